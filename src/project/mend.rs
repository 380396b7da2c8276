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
            let mut edits: BTreeMap<String, Edits> = BTreeMap::new();
            for judged in &findings {
                self.choose(judged, focus, unsafe_too, &may_change, &mut edits, &mut mended);
            }
            if edits.is_empty() {
                break;
            }
            for (path, edits) in edits {
                let Some(document) = self.document(&path) else { continue };
                let old = document.text.as_str().to_owned();
                let new = edits.made_in(&old);
                mended.before.entry(path.clone()).or_insert(old);
                self.set_draft(&path, new);
            }
        }
        // What came back to what it was has not changed.
        let same = |path: &String, before: &String| {
            self.document(path).is_some_and(|document| document.text.as_str() == before)
        };
        mended.before.retain(|path, before| !same(path, before));
        Ok(mended)
    }

    /// Takes over the edits of a finding, unless one of them must not be made or lies where another one does.
    fn choose(
        &self,
        judged: &Judged,
        focus: &Focus,
        unsafe_too: bool,
        may_change: &impl Fn(&Document) -> bool,
        chosen: &mut BTreeMap<String, Edits>,
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
            if chosen.get(&document.path).is_some_and(|taken| taken.touch(edit.place.span)) {
                return;
            }
        }
        mended.made += 1;
        for edit in &fix.edits {
            let path = self.documents[edit.place.file.index()].path.clone();
            chosen.entry(path).or_default().0.insert(edit.place.span, edit.text.clone());
        }
    }

    fn document(&self, path: &str) -> Option<&Document> {
        self.rank(path).ok().map(|rank| &self.documents[rank])
    }
}

/// Edits of one text, by the words that they replace; no two overlap or begin or end at one place.
#[derive(Debug, Default)]
struct Edits(BTreeMap<Span, String>);

impl Edits {
    /// Does one of them overlap `span`, or put something in where it begins or ends? Only its neighbours can.
    fn touch(&self, span: Span) -> bool {
        let meets = |other: &Span| other.overlaps(span) || other.start == span.start || other.end == span.end;
        let before = self.0.range(..span).next_back().map(|(other, _)| other);
        let after = self.0.range(span..).next().map(|(other, _)| other);
        before.into_iter().chain(after).any(meets)
    }

    /// The text with the edits made.
    fn made_in(&self, text: &str) -> String {
        let mut new = String::with_capacity(text.len());
        let mut at = 0;
        for (span, words) in &self.0 {
            new.push_str(text.get(at..span.start as usize).unwrap_or_default());
            new.push_str(words);
            at = span.end as usize;
        }
        new.push_str(text.get(at..).unwrap_or_default());
        new
    }
}

/// Does an edit leave every letter and digit inside quotations as it is?
pub(crate) fn keeps_words(facts: &FileFacts, document: &Document, edit: &Edit) -> bool {
    let span = edit.place.span;
    let words = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    // Quotations come in the order of the text, and those inside others lie within them.
    let before =
        facts.quotations.partition_point(|quotation| quotation.span.start < span.end.max(span.start + 1));
    let outer = facts.quotations[..before].iter().rev().find(|quotation| quotation.level == 0);
    let inside = outer.is_some_and(|quotation| quotation.span.overlaps(span));
    !inside || words(span.of(document.text.as_str())) == words(&edit.text)
}

#[cfg(test)]
mod tests {
    use super::{Edits, Span};

    #[test]
    fn edits_that_meet_are_seen_and_the_others_are_made_together() {
        let mut edits = Edits::default();
        for (start, end, words) in [(10, 12, "B"), (0, 1, "A"), (20, 20, "+")] {
            assert!(!edits.touch(Span::new(start, end)));
            edits.0.insert(Span::new(start, end), words.to_owned());
        }
        for (start, end) in [(11, 13), (9, 11), (10, 11), (11, 12), (9, 13), (0, 0), (20, 20), (19, 21)] {
            assert!(edits.touch(Span::new(start, end)), "{start}..{end}");
        }
        assert!(!edits.touch(Span::new(2, 10)) && !edits.touch(Span::new(13, 15)));
        assert_eq!(edits.made_in("0123456789ab456789xyz"), "A123456789B456789xy+z");
    }
}
