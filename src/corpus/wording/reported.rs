//! Words on a tape that repeat what somebody else said: “you said on Monday that …”.

use super::tape::{Tape, Tapes};
use super::vocabulary::Vocabulary;
use crate::lexicon::{Class, lexicon};

/// Words before a place among which a cue shows that they are repeated from somebody else.
const REPEATING: usize = 6;
/// The same where a “that” stands right before them: “Tully told our paper, back in December, that …”.
const REPEATING_CLAUSE: usize = 12;

impl Tapes {
    /// Do the words at `place` repeat what somebody else said before: “you said on Monday that …”?
    pub(super) fn repeats(&self, tape: &Tape, place: usize, words: &Vocabulary) -> bool {
        let that = place.checked_sub(1).is_some_and(|at| words.text(tape.words[at]) == "that");
        let reach = if that { REPEATING_CLAUSE } else { REPEATING };
        let before = &tape.words[place.saturating_sub(reach)..place];
        let turn = tape.turns.get(place);
        (0..).zip(before).any(|(at, &word)| {
            let at = place - before.len() + at;
            tape.turns.get(at) == turn
                && lexicon().class(words.text(word)).any(Class::CUE)
                // “Let me put it to you”
                && !lexicon().class(words.text(word)).any(Class::CUE_IT.or(Class::CUE_ON))
                && at > 0
                && !matches!(words.text(tape.words[at - 1]), "i" | "we" | "to")
        })
    }
}
