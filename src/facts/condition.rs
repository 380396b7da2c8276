//! Does a writer set a condition near a quotation? Then the quotation need not have it.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::source::ProseSpan;

/// Bytes before and after a quotation in which its writer may set the condition.
const NEAR: (u32, u32) = (80, 160);

/// The longest of the words.
const LONGEST: usize = 11;

/// Does the writer set a condition near a quotation, in its paragraph?
pub(super) fn is_told(text: &str, quotation: ProseSpan, block: ProseSpan) -> bool {
    let before = ProseSpan::new(block.start.max(quotation.start.saturating_sub(NEAR.0)), quotation.start);
    let after = ProseSpan::new(quotation.end, block.end.min(quotation.end.saturating_add(NEAR.1)));
    [before, after].into_iter().any(|near| {
        let bytes = text.as_bytes().get(near.range()).unwrap_or_default();
        let mut words = bytes.split(|byte| !byte.is_ascii_alphabetic());
        words.any(|word| {
            let mut low = [0; LONGEST];
            let Some(letters) = low.get_mut(..word.len()).filter(|letters| letters.len() > 1) else {
                return false;
            };
            letters.copy_from_slice(word);
            letters.make_ascii_lowercase();
            WORDS.contains(&*letters)
        })
    })
}

/// Words by which a writer sets a condition, or calls what follows an opinion.
static WORDS: LazyLock<FxHashSet<&'static [u8]>> = LazyLock::new(|| {
    let list = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/words/cut-conditions.txt"));
    list.lines().filter_map(|line| line.strip_prefix("told ")).map(str::as_bytes).collect()
});
