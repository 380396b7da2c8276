//! Conditions on a tape that a quotation cuts off: “we will sell it”, where the speaker went on “but only if the council
//! agrees”, or began with “I don't think”.

use std::ops::Range;

use super::condition::{Phrases, is_idle};
use super::gap::opens;
use super::hit::{Hit, Whose};
use super::passage::PassageId;
use super::vocabulary::{GAP, Symbol, Vocabulary};
use super::{Heard, Wording};
use crate::facts::{FileFacts, QuotationKind};
use crate::lexicon::{Class, lexicon};

/// A quotation that ends before a condition, or begins after one, that the tape has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CutOnTape<'w> {
    /// The passage that leaves the condition out.
    pub passage: PassageId,
    /// The place on the tape.
    pub hit: &'w Hit,
    /// Its word at which it is cut off: an item of the passage's normal form.
    pub edge: usize,
    /// The condition's words: places of [`Hit::said`].
    pub condition: Range<usize>,
    /// Does the condition follow?
    pub follows: bool,
}

/// The shortest quotation that can be cut off, in words and in words with a topic.
const SHORTEST: (usize, usize) = (4, 2);
/// Words of the longest sentence that only adds a condition.
const LONGEST_ADDED: usize = 12;
/// Words of a condition that are shown.
const SHOWN: usize = 8;
/// Words of the shortest one.
const SHORTEST_CLAUSE: usize = 3;
/// Words that an editor's brackets at the start may stand for.
const BRACKETED: usize = 3;
/// The shortest sentence of small words that can be cut off before “but only if” or behind “I think” and their like.
const SHORTEST_SENTENCE: usize = 5;
/// Words of the longest clause in front of the quoted words.
const LONGEST_CLAUSE: usize = 24;
/// Words with which people begin before they begin: “well, and I think”.
const LEAD_IN: usize = 2;

impl Wording {
    /// Every condition of a tape that a quotation cuts off, in the order of the quotations.
    pub fn cut_on_tapes(&self, files: &[FileFacts]) -> Vec<CutOnTape<'_>> {
        if files.iter().all(|file| file.turns.is_empty()) {
            return Vec::new();
        }
        let phrases = Phrases::numbered(self.vocabulary());
        let all = 0..self.passages().len() as PassageId;
        all.filter_map(|id| self.cut_from(files, &phrases, id, self.heard(id)?)).collect()
    }

    fn cut_from<'w>(
        &'w self,
        files: &[FileFacts],
        phrases: &Phrases,
        id: PassageId,
        heard: &'w Heard,
    ) -> Option<CutOnTape<'w>> {
        let (passage, words) = (self.passage(id), self.vocabulary());
        if passage.display || passage.quotations(files).any(|quotation| quotation.condition_told) {
            return None;
        }
        let parts: Option<Vec<&Hit>> = heard.parts.iter().map(Option::as_ref).collect();
        let parts =
            parts.filter(|parts| parts.iter().all(|hit| hit.is_found() && hit.whose == Whose::Own))?;
        let (first, last) = (*parts.first()?, *parts.last()?);
        let long = |hit: &Hit| {
            let topics = hit.part.iter().filter(|&&word| words.is_content(word)).count();
            hit.part.len() >= SHORTEST.0 && topics >= SHORTEST.1
        };
        let sentence =
            passage.quotations(files).next().is_some_and(|part| part.kind == QuotationKind::Sentence);
        let follows = self.condition_after(files, phrases, last).filter(|condition| {
            let rest = &last.said[condition.start..];
            let sure = phrases.after(rest).is_some_and(|length| is_sure(rest, length, words));
            let topic = || last.part.iter().any(|&word| words.is_content(word));
            long(last)
                || sentence && sure && last.is_whole() && last.part.len() >= SHORTEST_SENTENCE && topic()
        });
        let leads = || {
            let enough = long(first) || first.is_whole() && first.part.len() >= SHORTEST_SENTENCE;
            let word = || self.condition_before(files, phrases, id, first);
            let clause = || self.clause_before(files, id, first).filter(|_| long(first));
            (sentence && enough).then(|| word().or_else(clause)).flatten()
        };
        let (hit, condition, follows) = match follows {
            Some(condition) => (last, condition, true),
            None => (first, leads()?, false),
        };
        if self.draft_has(id, hit, &condition) {
            return None;
        }
        let edge = match follows {
            true => *hit.part_items.last()? as usize,
            false => *hit.part_items.first()? as usize,
        };
        Some(CutOnTape { passage: id, hit, edge, condition, follows })
    }

    /// The condition that follows the last word of a part, in the same sentence of the same speaker.
    fn condition_after(&self, files: &[FileFacts], phrases: &Phrases, hit: &Hit) -> Option<Range<usize>> {
        let &(last, said) = hit.aligned.matches.last()?;
        if last as usize + 1 != hit.part.len()
            || !hit.aligned.hunks.iter().all(|hunk| hunk.one.end < hit.part.len())
        {
            return None;
        }
        let start = said as usize + 1;
        let rest = hit.said.get(start..)?;
        let Some(length) = phrases.after(rest) else { return end_after(files, phrases, hit, said as usize) };
        let end = (start + 1..(start + SHOWN).min(hit.said.len())).find(|&at| opens(files, hit, at));
        let end = end.unwrap_or((start + SHOWN).min(hit.said.len()));
        // Without punctuation, a lone “if” may begin a sentence of its own.
        let same_turn = hit.turns.get(start) == hit.turns.get(said as usize);
        let sure = is_sure(rest, length, self.vocabulary());
        let in_sentence = (!opens(files, hit, start) || self.adds_a_condition(files, hit, start))
            && (sure || (same_turn && is_punctuated(files, hit, start)));
        (in_sentence && one_speaker(files, hit, said as usize, start)).then_some(start..end)
    }

    /// “Unless nobody else comes.”: a sentence that is a condition to the one before and nothing else, as people speak.
    fn adds_a_condition(&self, files: &[FileFacts], hit: &Hit, start: usize) -> bool {
        let first = self.vocabulary().text(hit.said[start]);
        let end = (start + 1..hit.said.len()).take(LONGEST_ADDED).find(|&at| opens(files, hit, at));
        let goes_on = |at: usize| {
            self.vocabulary().text(hit.said[at]) != "then"
                && self.between(files, hit, at).is_none_or(|between| !between.contains(','))
        };
        matches!(first, "unless" | "provided" | "except")
            && is_punctuated(files, hit, start)
            && end.is_some_and(|end| (start + 1..end).all(goes_on))
    }

    /// The condition in front of the first word of a part, where it begins the sentence.
    fn condition_before(
        &self,
        files: &[FileFacts],
        phrases: &Phrases,
        id: PassageId,
        hit: &Hit,
    ) -> Option<Range<usize>> {
        let &(first, said) = hit.aligned.matches.first()?;
        if first != 0 {
            return None;
        }
        let words = self.vocabulary();
        let word = |at: usize| hit.said.get(at).map_or("", |&word| words.text(word));
        // “[The boats] came back” may stand for “some of the boats came back”.
        let bracketed = self.form(id).first() == Some(&GAP);
        let ends =
            (0..=if bracketed { BRACKETED } else { 0 }).filter_map(|back| (said as usize).checked_sub(back));
        let condition = ends.into_iter().find_map(|end| {
            let length = phrases.before(&hit.said[..end]).map(|length| (length, end));
            // “I think that”
            let that = || Some((phrases.before(&hit.said[..end.checked_sub(1)?])?, end - 1));
            // “Some of the boats came back”: a draft may begin with “boats” too.
            let article = || phrases.before(&hit.said[..end.checked_sub(1)?]).filter(|length| *length > 1);
            let (length, end) = length.or_else(|| match word(end.checked_sub(1)?) {
                "that" => that(),
                "the" | "these" | "those" | "our" | "their" => Some((article()?, end - 1)),
                _ => None,
            })?;
            // An editor's brackets may stand for the “if” itself.
            (length > 1 || !bracketed).then(|| end - length..end)
        })?;
        if bracketed {
            let bracket = self.passage(id).quotations(files).next()?.words.to_lowercase();
            let bracket = bracket.split(']').next().unwrap_or_default();
            let tells = |&word: &Symbol| {
                bracket.split(|c: char| !c.is_alphanumeric()).any(|own| own == words.text(word))
            };
            if hit.said[condition.clone()].iter().any(tells) {
                return None;
            }
        }
        let mut start = condition.start;
        while !opens(files, hit, start)
            && condition.start - start < LEAD_IN
            && start > 0
            && is_lead_in(word(start - 1))
        {
            start -= 1;
        }
        let begins = opens(files, hit, start) || !is_punctuated(files, hit, start);
        let goes_on = (condition.start + 1..=said as usize).all(|at| !opens(files, hit, at));
        (begins && goes_on && one_speaker(files, hit, condition.start, said as usize)).then_some(condition)
    }

    /// The clause of the same sentence in front of a part: “if they didn't sign” before “there'd be no jobs”. Not “if you ask
    /// me” and its like, which limit nothing, and no question that somebody asks: “I don't know if”.
    fn clause_before(&self, files: &[FileFacts], id: PassageId, hit: &Hit) -> Option<Range<usize>> {
        let &(first, said) = hit.aligned.matches.first()?;
        let (said, words) = (said as usize, self.vocabulary());
        let word = |at: usize| hit.said.get(at).map_or("", |&word| words.text(word));
        // Words that begin with an “if” have a condition of their own.
        let conditional = matches!(word(said), "if" | "unless" | "until");
        if first != 0 || self.form(id).first() == Some(&GAP) || opens(files, hit, said) || conditional {
            return None;
        }
        let sentence = (said.saturating_sub(LONGEST_CLAUSE)..said).rev().find(|&at| opens(files, hit, at))?;
        let clause = (sentence..said).find(|&at| matches!(word(at), "if" | "unless" | "until"))?;
        let before = clause.checked_sub(1).filter(|before| *before >= sentence).map_or("", word);
        let whole = before.is_empty() || is_lead_in(before) || matches!(before, "that" | "then");
        let again = (clause..said).any(|at| word(at) == "but");
        // “If they sign by | half past three”: the piece begins within the clause.
        let within = lexicon().class(word(said - 1)).any(Class::PREPOSITION.or(Class::DETERMINER));
        let text: Vec<&str> = (clause..said).map(word).collect();
        (whole && !again && !within && said - clause >= SHORTEST_CLAUSE && !is_idle(&text))
            .then_some(clause..said)
            .filter(|_| one_speaker(files, hit, clause, said))
    }

    /// Does the draft quote the condition elsewhere?
    fn draft_has(&self, id: PassageId, hit: &Hit, condition: &Range<usize>) -> bool {
        let file = self.passage(id).file;
        let first = self.passages().partition_point(|passage| passage.file < file);
        let own = self.passages()[first..].iter().take_while(|passage| passage.file == file);
        // Most of it, as far as it has words with a topic.
        let topics: Vec<usize> = condition
            .clone()
            .filter(|&at| self.vocabulary().is_content(hit.said[at]))
            .map(|at| hit.start + at)
            .collect();
        let first_word = hit.start + condition.start;
        (first..).zip(own).any(|(other, _)| {
            let hits = self.heard(other as PassageId).map_or(&[][..], |heard| &heard.parts);
            hits.iter().flatten().any(|other| {
                let alike = other.alike();
                let there = other.start + alike.start..other.start + alike.end;
                let quoted = topics.iter().filter(|place| there.contains(place)).count();
                other.tape == hit.tape
                    && (there.contains(&first_word) || quoted > 0 && 2 * quoted >= topics.len())
            })
        })
    }
}

/// Is a phrase of this length at the head of the words a condition wherever it stands? A lone “if” may begin a sentence.
fn is_sure(words: &[Symbol], length: usize, vocabulary: &Vocabulary) -> bool {
    length > 1 || words.first().is_some_and(|&word| vocabulary.text(word) == "unless")
}

/// “I think” and its like after the last word of a part, where they end the sentence.
fn end_after(files: &[FileFacts], phrases: &Phrases, hit: &Hit, last: usize) -> Option<Range<usize>> {
    let start = last + 1;
    let end = start + phrases.at_end(&hit.said[start..])?;
    let inside = (start..end).all(|at| !opens(files, hit, at));
    let ends = end == hit.said.len() || opens(files, hit, end);
    (inside && ends && is_punctuated(files, hit, start) && one_speaker(files, hit, last, start))
        .then_some(start..end)
}

/// Does one speaker say all of a stretch of the tape?
fn one_speaker(files: &[FileFacts], hit: &Hit, from: usize, to: usize) -> bool {
    let Some(tape) = files.get(hit.tape.index()) else { return false };
    let speaker = |at: usize| {
        let turn = hit.turns.get(at).and_then(|&turn| tape.turns.get(turn as usize));
        turn.and_then(|turn| turn.speaker.as_deref())
    };
    speaker(from) == speaker(to)
}

/// Has the turn of a word punctuation that could end a sentence?
fn is_punctuated(files: &[FileFacts], hit: &Hit, at: usize) -> bool {
    let turns = files.get(hit.tape.index()).map_or(&[][..], |tape| &tape.turns);
    let turn = hit.turns.get(at).and_then(|&turn| turns.get(turn as usize));
    turn.is_some_and(|turn| turn.words.contains(['.', '?', '!']))
}

/// “Well, I think”, “and some of”
fn is_lead_in(word: &str) -> bool {
    matches!(
        word,
        "well"
            | "and"
            | "but"
            | "so"
            | "no"
            | "yes"
            | "look"
            | "now"
            | "because"
            | "okay"
            | "yeah"
            | "honestly"
    )
}
