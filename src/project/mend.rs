//! Fixes made: the edits that findings offer, applied to the drafts in memory until none is left.

use std::collections::BTreeMap;

use super::{Focus, Project};
use crate::facts::FileFacts;
use crate::rules::{Edit, Judged};
use crate::source::{Document, InputError, Span};

/// Rounds after which fixes that wake one another are given up; ordinary drafts take one or two.
const ROUNDS: usize = 10;

/// What was changed.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Mended {
    /// The drafts that changed, by path, each with its text before; the text after is the project's.
    pub before: BTreeMap<String, String>,
    /// How many fixes were made.
    pub made: usize,
    /// Fixes that were left alone because their draft is none that may be written, by path.
    pub left: BTreeMap<String, usize>,
}

impl Project {
    /// Makes the safe fixes of all findings in the focus, or with `unsafe_too` all fixes, and looks again until there is
    /// nothing more to fix. Only drafts for which `may_change` is true are changed.
    ///
    /// Where two fixes overlap, the one that comes first is made and the other is looked at in the next round. A fix
    /// that would change a letter or a digit inside a quotation is never made.
    ///
    /// # Errors
    /// As [`Project::check`].
    pub fn mend(
        &mut self,
        focus: &Focus,
        unsafe_too: bool,
        may_change: impl Fn(&Document) -> bool,
    ) -> Result<Mended, InputError> {
        let mut mended = Mended::default();
        for _ in 0..ROUNDS {
            let findings = self.check(focus)?;
            mended.left.clear();
            let mut edits: BTreeMap<String, Vec<Edit>> = BTreeMap::new();
            for judged in &findings {
                self.choose(judged, focus, unsafe_too, &may_change, &mut edits, &mut mended);
            }
            if edits.is_empty() {
                break;
            }
            for (path, mut edits) in edits {
                let Some(document) = self.document(&path) else { continue };
                let old = document.text.as_str().to_owned();
                edits.sort_by_key(|edit| (edit.place.span.start, edit.place.span.end));
                let new = edited(&old, &edits);
                mended.before.entry(path.clone()).or_insert(old);
                self.set_draft(&path, new);
            }
        }
        // What came back to what it was has not changed.
        let same = |path: &String, before: &String| {
            self.document(path).is_some_and(|document| document.text.as_str() == before)
        };
        mended.before = std::mem::take(&mut mended.before)
            .into_iter()
            .filter(|(path, before)| !same(path, before))
            .collect();
        Ok(mended)
    }

    /// Takes over the edits of a finding, unless one of them must not be made or lies where another one does.
    fn choose(
        &self,
        judged: &Judged,
        focus: &Focus,
        unsafe_too: bool,
        may_change: &impl Fn(&Document) -> bool,
        chosen: &mut BTreeMap<String, Vec<Edit>>,
        mended: &mut Mended,
    ) {
        let Some(fix) = judged.finding.fix.as_ref().filter(|fix| fix.safe || unsafe_too) else { return };
        if judged.known || fix.edits.is_empty() {
            return;
        }
        for edit in &fix.edits {
            let Some(document) = self.documents.get(edit.place.file.index()) else { return };
            if !focus.has(&document.path) || !keeps_words(self.corpus.file(edit.place.file), document, edit) {
                return;
            }
            if !may_change(document) {
                *mended.left.entry(document.path.clone()).or_default() += 1;
                return;
            }
            let taken = chosen.get(&document.path).map_or(&[][..], Vec::as_slice);
            if taken.iter().any(|other| touch(other.place.span, edit.place.span)) {
                return;
            }
        }
        mended.made += 1;
        for edit in &fix.edits {
            let path = self.documents[edit.place.file.index()].path.clone();
            chosen.entry(path).or_default().push(edit.clone());
        }
    }

    fn document(&self, path: &str) -> Option<&Document> {
        self.rank(path).ok().map(|rank| &self.documents[rank])
    }
}

/// Do two edits overlap, or put something in at one place?
fn touch(one: Span, other: Span) -> bool {
    one.overlaps(other) || one.start == other.start || one.end == other.end
}

/// The text with its edits made, which ascend and do not overlap.
fn edited(text: &str, edits: &[Edit]) -> String {
    let mut new = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        let (start, end) = (edit.place.span.start as usize, edit.place.span.end as usize);
        new.push_str(text.get(at..start).unwrap_or_default());
        new.push_str(&edit.text);
        at = end;
    }
    new.push_str(text.get(at..).unwrap_or_default());
    new
}

/// Does an edit leave every letter and digit inside quotations as it is?
fn keeps_words(facts: &FileFacts, document: &Document, edit: &Edit) -> bool {
    let span = edit.place.span;
    let words = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let inside = facts.quotations.iter().any(|quotation| quotation.span.overlaps(span));
    !inside || words(span.of(document.text.as_str())) == words(&edit.text)
}
