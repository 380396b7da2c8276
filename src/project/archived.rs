//! Archived drafts in a project: the others are compared with them, and nothing is reported in them.

use super::Project;
use super::one_file::{decode, understand};
use crate::archive::Record;
use crate::corpus::Corpus;
use crate::facts::FileFacts;
use crate::rules::Finding;
use crate::source::Document;

impl Project {
    /// Puts archived drafts in, which the project's own drafts are compared with. Nothing is reported in them. Where the
    /// project has a draft of the same path, that one stays.
    pub fn add_archived(&mut self, records: Vec<Record>) {
        for record in records {
            let (document, facts) = record.into_file();
            self.add_record(document, FileFacts { archived: true, ..facts });
        }
    }

    /// Puts drafts in whose facts another run has read. What each says to itself was judged there; here they are compared
    /// with each other.
    pub fn add_records(&mut self, records: Vec<Record>) {
        for record in records {
            let (document, facts) = record.into_file();
            self.add_record(document, facts);
        }
    }

    /// Reads a draft and puts it in as one of an archive, for examples. Bytes that are no text are left out.
    pub fn set_archived(&mut self, path: &str, bytes: impl Into<Vec<u8>>) {
        let (hints, changes) = (self.hints(path), self.config.tracked_changes());
        let read = understand(path, || decode(path, bytes.into(), false, changes), || hints);
        self.add_archived(read.iter().map(|(document, facts)| Record::of(document, facts, 0)).collect());
    }

    fn add_record(&mut self, document: Document, facts: FileFacts) {
        if let Err(rank) = self.rank(&document.path) {
            self.documents.insert(rank, document);
            self.apart.insert(rank, false);
            self.found.insert(rank, Some(Vec::new()));
            self.corpus.insert(rank, facts);
        }
    }
}

/// Says that what single files say to themselves must be judged again; archived drafts never are.
pub(super) fn forget(found: &mut [Option<Vec<Finding>>], corpus: &Corpus) {
    for (found, facts) in found.iter_mut().zip(corpus.facts()) {
        *found = facts.archived.then(Vec::new);
    }
}
