//! Headlines and captions with one word put for another: “We never wanted the money” over “We never needed the money”.
//!
//! So few words would prove nothing between two drafts. Over the text that they head they do: one voice, one draft, and
//! every word but one the same, one after the other.

use super::Wording;
use super::contraction::contracted;
use super::groups::Utterance;
use super::passage::{Passage, PassageId};
use super::relation::{Link, Relation, relate};
use super::speaker_name::SpeakerMatch;
use super::vocabulary::{GAP, Symbol, Vocabulary};
use crate::facts::FileFacts;

/// The shortest quotation in a headline, in words: of five words four are the same.
const SHORTEST: usize = 5;
/// The longest one; longer ones have words enough of their own.
const LONGEST: usize = 10;
/// Headlines, pull quotes and quotations set off in one draft that are held against its text: each is compared with every other
/// quotation of the draft.
const MOST_SHOWN: usize = 256;
/// Equal words that carry a topic, without which “I think it is the end” stands over any sentence.
const LEAST_CONTENT: usize = 1;

/// Equal words that carry a topic where the headline names nobody.
const VOICELESS: usize = 2;

/// Short quotations above a text that have another word than the text.
pub(super) fn utterances(wording: &Wording, files: &[FileFacts]) -> Vec<Utterance> {
    let all = wording.passages();
    let mut found = Vec::new();
    let mut first = 0;
    for file in all.chunk_by(|one, other| one.file == other.file) {
        let shown = |passage: &Passage| passage.display || passage.set_off(files);
        for (at, _) in file.iter().enumerate().filter(|(_, passage)| shown(passage)).take(MOST_SHOWN) {
            found.extend(beneath(wording, file, first, first + at));
        }
        first += file.len();
    }
    found
}

/// The one passage of the text, if there is one, that has the words of the headline at `above` but for one; `file` are
/// the passages of its draft, from the number `first`.
fn beneath(wording: &Wording, file: &[Passage], first: usize, above: usize) -> Option<Utterance> {
    let above = above as PassageId;
    let (form, words) = (wording.form(above), wording.vocabulary());
    if !(SHORTEST..=LONGEST).contains(&form.len()) || form.contains(&GAP) {
        return None;
    }
    // A pull quote often names nobody: then more of its words must agree.
    let voice = wording.voice(above).filter(|voice| voice.is_named());
    let mut near = None;
    for (at, _) in
        file.iter().enumerate().filter(|(at, passage)| !passage.display && first + at != above as usize)
    {
        let id = (first + at) as PassageId;
        let text = wording.form(id);
        // Whoever says them, the words of the headline stand in the text.
        if holds(text, form, words) {
            return None;
        }
        let same = match voice {
            Some(voice) => {
                wording.voice(id).is_some_and(|other| voice.speaker_match(other) == SpeakerMatch::Same)
            }
            None => wording.voice(above).is_none() && shared_content(form, text, words) >= VOICELESS,
        };
        // Where the words are enough to be laid side by side, that has been done.
        if same && one_word_off(form, text, words) && relate(form, text, words).is_none() {
            // Near two sentences of the text, it may be neither.
            if near.replace(id).is_some() {
                return None;
            }
        }
    }
    let near = near?;
    let (here, there) = (wording.passage(above).version, wording.passage(near).version);
    let mut passages = vec![above, near];
    passages.sort_unstable();
    let link = Link {
        one: here.min(there),
        other: here.max(there),
        relation: Relation::Altered,
        matched: form.len() as u32 - 1,
        content: 0,
        differing: 1,
    };
    Some(Utterance { passages, links: vec![link] })
}

/// The words of a headline that carry a topic and stand in the text too.
fn shared_content(form: &[Symbol], text: &[Symbol], words: &Vocabulary) -> usize {
    form.iter().filter(|word| words.is_content(**word) && text.contains(word)).count()
}

/// Does the text have these words, one after the other, capitals aside?
fn holds(text: &[Symbol], form: &[Symbol], words: &Vocabulary) -> bool {
    let same = |(&one, &other): (&Symbol, &Symbol)| words.folded(one) == words.folded(other);
    text.windows(form.len()).any(|run| run.iter().zip(form).all(same))
}

/// Is the text the headline's words with one word put for another? A small word, a form of the same word and a
/// contraction are what an editor may mend above a text; a negation and a number are looked after in any place.
fn one_word_off(form: &[Symbol], text: &[Symbol], words: &Vocabulary) -> bool {
    text.windows(form.len()).any(|run| differs_in_a_word(form, run, words))
}

fn differs_in_a_word(form: &[Symbol], text: &[Symbol], words: &Vocabulary) -> bool {
    let mut differing =
        form.iter().zip(text).filter(|(one, other)| words.folded(**one) != words.folded(**other));
    let (Some((&one, &other)), None) = (differing.next(), differing.next()) else { return false };
    let content = form.iter().filter(|&&word| word != one && words.is_content(word)).count();
    let plain = |word: Symbol| words.is_content(word) && !words.negates(word) && !words.is_number(word);
    plain(one)
        && plain(other)
        && !words.inflected(one, other)
        && !contracted(&[one], &[other], words)
        && content >= LEAST_CONTENT
}
