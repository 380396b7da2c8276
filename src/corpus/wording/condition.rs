//! Conditions that a quotation cuts off: “we will sell it” where the fuller words go on “but only if the council agrees”.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::Wording;
use super::ladder::entries;
use super::passage::{PassageId, Surface};
use super::relation::{Link, Relation, relate};
use super::speaker_name::SpeakerMatch;
use super::vocabulary::{GAP, Symbol, Vocabulary};
use crate::facts::{FileFacts, QuotationKind};

/// A quotation that ends before a condition, or begins after one, that another place has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CutCondition {
    /// The passage that leaves the condition out.
    pub short: PassageId,
    /// Its word at which it is cut off: the last one, or the first.
    pub edge: usize,
    /// The passage that has the condition.
    pub full: PassageId,
    /// The condition's words there.
    pub condition: Range<usize>,
    /// Does the condition follow?
    pub follows: bool,
}

/// The shortest quotation that can be cut off, in words and in words with a topic: a fragment of fewer is worked into the
/// writer's own sentence.
const SHORTEST: (usize, usize) = (5, 2);
/// Words of the shortest and the longest quotation that is looked for in a longer one, word for word.
const SHORTEST_WITHIN: usize = 4;
/// See [`SHORTEST_WITHIN`].
const LONGEST_WITHIN: usize = 16;
/// Words of the longest and the shortest clause with “if” that a sentence begins with.
const LONGEST_CLAUSE: usize = 16;
/// See [`LONGEST_CLAUSE`].
const SHORTEST_CLAUSE: usize = 3;
/// Quotations of one voice that are compared with each other.
const MOST_OF_ONE_VOICE: usize = 100;
/// Words of a condition that are shown.
const SHOWN: usize = 8;

impl Wording {
    /// Every condition that one draft's quotation cuts off and another's has, in the order of the quotations.
    pub fn cut_conditions(&self, files: &[FileFacts]) -> Vec<CutCondition> {
        let phrases = Phrases::numbered(self.vocabulary());
        let mut found: Vec<CutCondition> = self
            .links()
            .iter()
            .filter(|link| link.relation == Relation::Consistent)
            .flat_map(|link| [(link, false), (link, true)])
            .filter_map(|(link, turned)| self.cut_between(files, &phrases, link, turned))
            .collect();
        found.extend(self.cut_within(files, &phrases));
        found.sort_unstable_by_key(|cut| (cut.short, cut.full));
        found.dedup_by_key(|cut| (cut.short, cut.follows));
        found
    }

    /// Conditions that short quotations cut off: of words too few to be found by the index, all of which stand in a row in
    /// a longer quotation of the same voice.
    fn cut_within(&self, files: &[FileFacts], phrases: &Phrases) -> Vec<CutCondition> {
        let mut by_voice: FxHashMap<&str, Vec<PassageId>> = FxHashMap::default();
        for id in 0..self.passages().len() as PassageId {
            if let Some(voice) = self.voice(id).filter(|voice| voice.is_named()) {
                by_voice.entry(voice.surname()).or_default().push(id);
            }
        }
        let mut found = Vec::new();
        for members in by_voice.into_values() {
            let full: Vec<PassageId> =
                members.iter().copied().filter(|&id| phrases.may_stand_in(self.form(id))).collect();
            if full.is_empty() || members.len() > MOST_OF_ONE_VOICE {
                continue;
            }
            for &short in &members {
                let form = self.form(short);
                if !(SHORTEST_WITHIN..=LONGEST_WITHIN).contains(&form.len()) || form.contains(&GAP) {
                    continue;
                }
                found.extend(full.iter().find_map(|&full| self.cut_inside(files, phrases, short, full)));
            }
        }
        found
    }

    fn cut_inside(
        &self,
        files: &[FileFacts],
        phrases: &Phrases,
        short: PassageId,
        full: PassageId,
    ) -> Option<CutCondition> {
        let (form, fuller) = (self.form(short), self.form(full));
        let topics = form.iter().filter(|&&word| self.vocabulary().is_content(word)).count();
        let apart = self.passage(short).file != self.passage(full).file;
        if !apart
            || topics < SHORTEST.1
            || fuller.len() <= form.len()
            || !self.is_told_by_one_voice(short, full)
        {
            return None;
        }
        let start = fuller.windows(form.len()).position(|words| words == form)?;
        let end = start + form.len();
        let surface = self.passage(full).surface(files);
        // A quotation that its cue interrupts goes on in small letters.
        let opens = |at: usize| {
            surface.get(at).is_some_and(|item| item.opens && item.text.starts_with(char::is_uppercase))
        };
        let follows = phrases.after(&fuller[end..]).map(|len| end..end + len).filter(|condition| {
            let first = self.vocabulary().text(fuller[condition.start]);
            !opens(condition.start) || matches!(first, "but" | "only" | "provided" | "unless" | "as")
        });
        // “If the river drops, | the families can go home”: the sentence begins with the condition.
        let sentence = (0..start).rev().find(|&at| at == 0 || opens(at));
        let leads = sentence.filter(|&from| {
            let clause: Vec<&str> =
                fuller[from..start].iter().map(|&word| self.vocabulary().text(word)).collect();
            !opens(start)
                && start - from <= LONGEST_CLAUSE
                && start - from >= SHORTEST_CLAUSE
                && phrases.after(&fuller[from..start]).is_some()
                && !is_idle(&clause)
        });
        let (condition, follows) =
            follows.map(|found| (found, true)).or(leads.map(|from| (from..start, false)))?;
        let passage = self.passage(short);
        let told = passage.quotations(files).any(|quotation| quotation.condition_told);
        let whole = passage.quotations(files).next().is_some_and(|it| it.kind == QuotationKind::Sentence);
        // A few words that are no sentence are worked into the writer's own.
        let long = form.len() >= SHORTEST.0;
        if told || passage.display || !(whole || follows && long) || self.quotes_it(short, fuller, &condition)
        {
            return None;
        }
        let condition = match follows {
            true => condition.start..(condition.start + SHOWN).min(sentence_end(&surface, &condition)),
            false => condition.start..condition.end.min(condition.start + SHOWN),
        };
        let edge = if follows { form.len() - 1 } else { 0 };
        Some(CutCondition { short, edge, full, condition, follows })
    }

    fn cut_between(
        &self,
        files: &[FileFacts],
        phrases: &Phrases,
        link: &Link,
        turned: bool,
    ) -> Option<CutCondition> {
        let (short, full) = if turned { (link.other, link.one) } else { (link.one, link.other) };
        let form = self.form(self.version(short)[0]);
        let fuller = self.form(self.version(full)[0]);
        let (shorts, fulls) = (self.version(short), self.version(full));
        if !shorts.iter().any(|&one| fulls.iter().any(|&other| self.is_told_by_one_voice(one, other))) {
            return None;
        }
        let topics = form.iter().filter(|&&word| self.vocabulary().is_content(word)).count();
        if form.len() < SHORTEST.0
            || fuller.len() <= form.len()
            || topics < SHORTEST.1
            || form.contains(&GAP)
            || !phrases.may_stand_in(fuller)
        {
            return None;
        }
        let (_, aligned) = relate(form, fuller, self.vocabulary())?;
        let (&first, &last) = (aligned.matches.first()?, aligned.matches.last()?);
        let follows = (last.0 as usize + 1 == form.len()).then(|| last.1 as usize + 1);
        let follows = follows.and_then(|at| Some(at..at + phrases.after(&fuller[at..])?));
        let leads = (first.0 == 0).then_some(first.1 as usize);
        let leads = leads.and_then(|at| Some(at - phrases.before(&fuller[..at])?..at));
        let (condition, follows) = follows.map(|found| (found, true)).or(leads.map(|found| (found, false)))?;
        self.version(short).iter().find_map(|&id| {
            let there =
                self.version(full).iter().copied().find(|&there| self.is_told_by_one_voice(id, there))?;
            let surface = self.passage(there).surface(files);
            let passage = self.passage(id);
            let told = passage.quotations(files).any(|quotation| quotation.condition_told);
            let whole = passage
                .quotations(files)
                .next()
                .is_some_and(|quotation| quotation.kind == QuotationKind::Sentence);
            let one_sentence = match follows {
                true => !surface.get(condition.start).is_some_and(|item| item.opens),
                false => {
                    surface.get(condition.start).is_some_and(|item| item.opens)
                        && !opens_anew(&surface, &condition)
                }
            };
            if told
                || passage.display
                || !one_sentence
                || !(follows || whole)
                || self.quotes_it(id, fuller, &condition)
            {
                return None;
            }
            let condition = match follows {
                true => condition.start..(condition.start + SHOWN).min(sentence_end(&surface, &condition)),
                false => condition.clone(),
            };
            let edge = if follows { form.len() - 1 } else { 0 };
            Some(CutCondition { short: id, edge, full: there, condition, follows })
        })
    }

    /// Have both passages a speaker, and the same one?
    pub fn is_told_by_one_voice(&self, one: PassageId, other: PassageId) -> bool {
        match (self.voice(one), self.voice(other)) {
            (Some(voice), Some(other_voice)) => voice.speaker_match(other_voice) == SpeakerMatch::Same,
            _ => false,
        }
    }

    /// Does another passage of the same draft have the condition?
    fn quotes_it(&self, id: PassageId, fuller: &[Symbol], condition: &Range<usize>) -> bool {
        let file = self.passage(id).file;
        let phrase = &fuller[condition.clone()];
        let first = self.passages().partition_point(|passage| passage.file < file);
        let own = self.passages()[first..].iter().take_while(|passage| passage.file == file);
        (first..).zip(own).any(|(other, _)| {
            self.form(other as PassageId).windows(phrase.len()).any(|words| words == phrase)
        })
    }

    /// Pieces of one quotation, parted by an ellipsis, that another place has in the other order: the passage, its two
    /// pieces, the other passage, and where the pieces stand there. In the order of the quotations.
    pub fn reordered(&self, files: &[FileFacts]) -> Vec<Reordered> {
        let mut found: Vec<Reordered> = self
            .links()
            .iter()
            .flat_map(|link| [(link.one, link.other), (link.other, link.one)])
            .filter_map(|(gapped, full)| self.reordered_in(files, gapped, full))
            .collect();
        found.sort_unstable_by_key(|splice| (splice.passage, splice.other));
        found.dedup_by_key(|splice| splice.passage);
        found
    }

    fn reordered_in(&self, files: &[FileFacts], gapped: u32, full: u32) -> Option<Reordered> {
        let (passage, other) = (self.version(gapped)[0], self.version(full)[0]);
        let (form, fuller) = (self.form(passage), self.form(other));
        if !form.contains(&GAP) || !self.is_told_by_one_voice(passage, other) {
            return None;
        }
        let words = self.vocabulary();
        let mut pieces: Vec<(Range<usize>, usize)> = Vec::new();
        let mut at = 0;
        for piece in form.split(|&word| word == GAP) {
            let range = at..at + piece.len();
            at = range.end + 1;
            let topics = piece.iter().filter(|&&word| words.is_content(word)).count();
            if piece.len() >= PIECE.0 && topics >= PIECE.1 {
                let after = pieces.last().map_or(0, |(_, place)| *place);
                let places: Vec<usize> = (0..fuller.len().saturating_sub(piece.len() - 1))
                    .filter(|&start| fuller[start..].starts_with(piece))
                    .collect();
                let place = places.iter().copied().find(|&place| place >= after).or(places.first().copied());
                pieces.extend(place.map(|place| (range, place)));
            }
        }
        let surface = self.passage(passage).surface(files);
        let part = |item: usize| surface.get(item).map(|item| item.part);
        let turned = pieces
            .windows(2)
            .find(|pair| pair[0].1 > pair[1].1 && part(pair[0].0.start) == part(pair[1].0.start))?;
        let [(first, place), (second, before)] = turned else { return None };
        Some(Reordered {
            passage,
            pieces: [first.clone(), second.clone()],
            other,
            places: [*place..*place + first.len(), *before..*before + second.len()],
        })
    }
}

/// The shortest piece that is looked for, in words and in words with a topic.
const PIECE: (usize, usize) = (4, 2);

/// Two pieces of a quotation that stand in the other order elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reordered {
    /// The passage with the ellipsis.
    pub passage: PassageId,
    /// Its two pieces.
    pub pieces: [Range<usize>; 2],
    /// The passage that has them in the other order.
    pub other: PassageId,
    /// Where they stand there.
    pub places: [Range<usize>; 2],
}

/// Does a sentence open after the first word of a condition that stands in front?
fn opens_anew(surface: &[Surface<'_>], condition: &Range<usize>) -> bool {
    (condition.start + 1..=condition.end).any(|at| surface.get(at).is_some_and(|item| item.opens))
}

/// Where the sentence of a condition ends.
fn sentence_end(surface: &[Surface<'_>], condition: &Range<usize>) -> usize {
    (condition.start + 1..surface.len())
        .find(|&at| surface[at].opens || surface[at].text.is_empty())
        .unwrap_or(surface.len())
}

/// The phrases, as words of the vocabulary; a phrase with a word that no quotation has is left out.
pub(super) struct Phrases {
    /// By word: does a phrase begin or end with it? Few do, so that most words are passed over without a look at the
    /// lists.
    edges: Vec<bool>,
    after: FxHashMap<Symbol, Vec<Vec<Symbol>>>,
    /// By their last word.
    before: FxHashMap<Symbol, Vec<Vec<Symbol>>>,
    /// Those that limit at the end of their sentence, by their first word.
    end: FxHashMap<Symbol, Vec<Vec<Symbol>>>,
}

impl Phrases {
    pub(super) fn numbered(words: &Vocabulary) -> Self {
        let mut phrases = Self {
            edges: vec![false; words.len()],
            after: FxHashMap::default(),
            before: FxHashMap::default(),
            end: FxHashMap::default(),
        };
        for (place, phrase) in entries(LIST).filter_map(|line| line.split_once(' ')) {
            let symbols: Option<Vec<Symbol>> = phrase.split(' ').map(|word| words.known(word)).collect();
            let Some(symbols) = symbols else { continue };
            let (edge, list) = match (place, symbols.first(), symbols.last()) {
                ("after", Some(&first), _) => (first, &mut phrases.after),
                ("before", _, Some(&last)) => (last, &mut phrases.before),
                ("end", Some(&first), _) => {
                    phrases.end.entry(first).or_default().push(symbols);
                    continue;
                }
                _ => continue,
            };
            phrases.edges[edge as usize] = true;
            list.entry(edge).or_default().push(symbols);
        }
        phrases
    }

    /// Does one of the phrases stand in these words?
    fn may_stand_in(&self, form: &[Symbol]) -> bool {
        let edge = |at: &usize| self.edges.get(form[*at] as usize) == Some(&true);
        let mut edges = (0..form.len()).filter(edge);
        edges.any(|at| self.after(&form[at..]).is_some() || self.before(&form[..=at]).is_some())
    }

    /// The length of the longest phrase that these words begin with.
    pub(super) fn after(&self, rest: &[Symbol]) -> Option<usize> {
        longest_at_head(&self.after, rest)
    }

    /// The length of the longest phrase that these words begin with, among those that limit at the end of a sentence only.
    pub(super) fn at_end(&self, rest: &[Symbol]) -> Option<usize> {
        longest_at_head(&self.end, rest)
    }

    /// The length of the longest phrase that these words end with.
    pub(super) fn before(&self, rest: &[Symbol]) -> Option<usize> {
        let known = self.before.get(rest.last()?)?;
        known.iter().filter(|phrase| rest.ends_with(phrase)).map(Vec::len).max()
    }
}

/// The length of the longest of these phrases that the words begin with; the phrases are by their first word.
fn longest_at_head(phrases: &FxHashMap<Symbol, Vec<Vec<Symbol>>>, rest: &[Symbol]) -> Option<usize> {
    let known = phrases.get(rest.first()?)?;
    known.iter().filter(|phrase| rest.starts_with(phrase)).map(Vec::len).max()
}

const LIST: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/words/cut-conditions.txt"));

/// Does a clause begin with “if you ask”, “if I'm honest” or the like?
pub(super) fn is_idle(clause: &[&str]) -> bool {
    IDLE.iter().any(|phrase| {
        let mut own = clause.iter();
        phrase.split(' ').all(|word| own.next() == Some(&word))
    })
}

/// Is this “I don't know” or the like: a negation that denies nothing?
pub(super) fn is_aside(words: &[&str]) -> bool {
    ASIDES.iter().any(|phrase| phrase.split(' ').eq(words.iter().copied()))
}

/// The limit among words that are left out: “I think” of “so I think”.
pub(super) fn limit_inside(words: &[&str]) -> Option<&'static str> {
    INSIDE.iter().copied().find(|phrase| have(words, phrase))
}

/// Do the words have this phrase, one word after the other?
pub(super) fn have(words: &[&str], phrase: &str) -> bool {
    let length = phrase.split(' ').count();
    words.windows(length).any(|own| phrase.split(' ').eq(own.iter().copied()))
}

fn section(name: &'static str) -> Vec<&'static str> {
    entries(LIST).filter_map(|line| line.strip_prefix(name)).collect()
}

static IDLE: LazyLock<Vec<&str>> = LazyLock::new(|| section("idle "));

static ASIDES: LazyLock<Vec<&str>> = LazyLock::new(|| section("aside "));

static INSIDE: LazyLock<Vec<&str>> = LazyLock::new(|| section("inside "));
