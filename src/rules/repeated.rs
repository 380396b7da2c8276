//! Words that stand in several places, for rules that compare what is said around them.

use crate::corpus::Corpus;
use crate::corpus::wording::{PassageId, Relation};

/// Calls `each` for the passages of every wording that stands in several places, paired with themselves, and for those of
/// every two wordings whose relation is `close`. Wordings that share fewer words than `least` (equal words, and equal words
/// with a topic) are left out: they prove nothing.
pub(super) fn repeated_words(
    corpus: &Corpus,
    least: (u32, u32),
    close: impl Fn(Relation) -> bool,
    mut each: impl FnMut(&[PassageId], &[PassageId]),
) {
    let wording = corpus.wording();
    let long = |id: PassageId| {
        let (form, words) = (wording.form(id), wording.vocabulary());
        form.len() as u32 >= least.0
            && form.iter().filter(|&&word| words.is_content(word)).count() as u32 >= least.1
    };
    for version in 0..wording.versions() as u32 {
        let members = wording.version(version);
        if members.len() > 1 && long(members[0]) {
            each(members, members);
        }
    }
    for link in wording.links() {
        if close(link.relation) && link.matched >= least.0 && link.content >= least.1 {
            each(wording.version(link.one), wording.version(link.other));
        }
    }
}
