//! Occasions: is a quotation from the recording that is at hand?
//!
//! A quotation is checked against a tape where the tape is its occasion, or where most of its words are on it. The
//! draft tells the occasion: it is listed for the tape, or it names a day or a medium that fits the tape of this
//! speaker and no other. What was written, or said on another day, to another hearer or in another way, was not said on
//! the tape.

use rustc_hash::FxHashSet;

use super::hit::Hit;
use super::passage::{Passage, PassageId};
use super::tape::{Looked, Tape, Tapes};
use super::verdict::Unchecked;
use super::votes::TapeNumber;
use super::{Heard, Wording};
use crate::calendar::Day;
use crate::facts::{
    self, Attribution, FileFacts, MarkFaultKind, Mention, Phrase, Quotation, pronoun_gender, spoken_words,
};
use crate::lexicon::{Class, WordSet, lexicon};
use crate::source::FileId;

/// Days after a recording within which a draft that names its medium alone may be about it.
const FRESH: i32 = 14;

/// Days by which what a paragraph tells of lies before a recording, so that its words are hardly from it.
const LONG_BEFORE: i32 = 30;

/// What a draft says about how and to whom something was said, by draft and tape: where words with such a phrase are
/// found on the tape, the phrase fits the tape for the rest of the draft too.
pub(super) type Proven = FxHashSet<(FileId, FileId, String)>;

/// What a draft says about a passage's occasion.
struct Told<'f> {
    facts: &'f FileFacts,
    /// The first attribution of the passage's parts.
    by: Option<&'f Attribution>,
    /// The first of its parts.
    first: Option<&'f Quotation>,
    /// By the first attribution, in small letters: to whom, where and how. They are held against many tapes.
    hearer: Option<String>,
    place: Option<String>,
    medium: Option<String>,
    /// Were the words written?
    written: bool,
}

impl<'f> Told<'f> {
    fn of(passage: &Passage, files: &'f [FileFacts]) -> Option<Self> {
        let facts = files.get(passage.file.index())?;
        let by = passage.quotations(files).find_map(|part| part.attribution.as_ref());
        let small = |phrase: &Option<String>| phrase.as_ref().map(|phrase| phrase.to_lowercase());
        Some(Self {
            facts,
            by,
            first: passage.quotations(files).next(),
            hearer: by.and_then(|by| by.to.as_ref()).map(|to| to.text.to_lowercase()),
            place: by.and_then(|by| small(&by.place)),
            medium: by.and_then(|by| small(&by.medium)),
            written: by.is_some_and(facts::is_written),
        })
    }

    /// Is the source “he” or “she”, and does its paragraph name somebody else before it and the speaker nowhere: “Coyle did not
    /// retreat. “…,” she said”? Who is meant then is too unsure to hold it against a tape.
    fn names_another_nearer(&self) -> bool {
        let Some((source, speaker)) =
            self.by.and_then(|by| Some((by.source.as_ref()?, by.speaker.as_ref()?)))
        else {
            return false;
        };
        let Some(gender) = pronoun_gender(&source.text) else { return false };
        let block = self.facts.blocks.partition_point(|block| block.span.start <= source.span.start);
        let start = block.checked_sub(1).map_or(0, |at| self.facts.blocks[at].span.start);
        let first = self.facts.mentions.partition_point(|mention| mention.span.start < start);
        let mut here =
            self.facts.mentions[first..].iter().take_while(|mention| mention.span.start < source.span.start);
        let whole = |mention: &'f Mention| mention.person.as_ref().unwrap_or(&mention.name);
        // “Coyle” may be somebody whom only a quotation introduces.
        let acts = |phrase: &&Phrase| start <= phrase.span.start && phrase.span.end <= source.span.start;
        let mut another =
            self.facts.acting.iter().any(|phrase| acts(&phrase) && !speaker.name.ends_with(&phrase.text));
        here.all(|mention| {
            another |= !mention.quoted && may_have_gender(whole(mention), gender);
            mention.quoted || whole(mention) != &speaker.name
        }) && another
    }

    /// Does the paragraph tell of days long before the recording, the last ones that it names before the words: “At a rally in
    /// 2009 she shouted”?
    fn is_of_old(&self, recorded: Day) -> bool {
        let Some(first) = self.first else { return false };
        let start = self.facts.blocks.get(first.block as usize).map_or(0, |block| block.span.start);
        let from = self.facts.dates.partition_point(|date| date.span.start < start);
        let own = self.facts.dates[from..].iter().take_while(|date| date.span.start < first.span.start);
        let told = own.filter(|date| !date.quoted).last().and_then(|date| date.interval);
        self.by.is_some_and(|by| by.said_on.is_none())
            && told.and_then(|days| days.to).is_some_and(|last| recorded.days_since(last) > LONG_BEFORE)
    }

    /// Why the words cannot have been said on the tape, as far as the draft tells.
    fn speaks_against(&self, file: FileId, tape: &Tape, proven: &Proven) -> Option<Unchecked> {
        let by = self.by?;
        if self.written {
            return Some(Unchecked::Written);
        }
        let about = &tape.fact;
        let proven = |phrase: &str| proven.contains(&(file, tape.file, phrase.to_owned()));
        if let Some(recorded) = about.recorded {
            let before = self.facts.published.is_some_and(|published| published.day < recorded);
            if before || by.said_on.is_some_and(|days| !days.covers(recorded)) {
                return Some(Unchecked::OtherDay);
            }
        }
        if let Some(hearer) = &self.hearer
            && !is_anybody(hearer)
            && !proven(hearer)
            && !self.facts.desk.as_ref().is_some_and(|desk| hearer.contains(&desk.to_lowercase()))
            && !names(&about.about, hearer)
            && !tape.labels.iter().any(|label| names(label, hearer))
        {
            return Some(Unchecked::OtherHearer);
        }
        if let Some(place) = &self.place
            && !proven(place)
            && !names(&about.about, place)
            && !tape.labels.iter().any(|label| names(label, place))
        {
            return Some(Unchecked::OtherPlace);
        }
        if let Some(medium) = &self.medium
            && !about.media.is_empty()
            && !proven(medium)
        {
            let mut ways = spoken_words(medium).peekable();
            if ways.peek().is_some() && !ways.any(|way| about.media.contains(&way) || way == "reporters") {
                return Some(Unchecked::OtherMedium);
            }
        }
        let of_old = about.recorded.is_some_and(|recorded| self.is_of_old(recorded));
        of_old.then_some(Unchecked::OtherDay)
    }

    /// Does the draft name the tape's day, or its medium while the recording is fresh?
    fn fits(&self, tape: &Tape) -> bool {
        let Some(by) = self.by else { return false };
        if let Some(days) = by.said_on {
            return days.single().is_some() && days.single() == tape.fact.recorded;
        }
        let fresh = match (self.facts.published, tape.fact.recorded) {
            (Some(published), Some(recorded)) => (0..=FRESH).contains(&published.day.days_since(recorded)),
            _ => true,
        };
        let medium = self.medium.as_deref().unwrap_or_default();
        let fits = spoken_words(medium).any(|way| tape.fact.media.contains(&way));
        fits && fresh
    }
}

/// A hearer who may be anybody: “reporters”, “her”, “me”. Not “it” or “them”: an inquiry, a crowd.
fn is_anybody(hearer: &str) -> bool {
    let last = hearer.rsplit(' ').next().unwrap_or_default();
    let class = lexicon().class(last);
    WordSet::Press.has(last)
        || class.any(Class::SUBJECT.or(Class::OBJECT)) && !matches!(last, "it" | "them")
        || matches!(last, "me" | "us" | "interviewer")
}

/// Do the words about a tape name the hearer, by the last word of the phrase or a word with a topic?
fn names(about: &str, hearer: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2);
        words.map(str::to_lowercase).collect()
    };
    let about = words(about);
    words(hearer).iter().any(|word| !lexicon().class(word).any(Class::DETERMINER) && about.contains(word))
}

/// Speakers who are only inferred from a paragraph before.
fn is_carried_over(quotation: &Quotation) -> bool {
    let evidence = quotation.attribution.as_ref().map(|by| &*by.evidence);
    matches!(evidence, Some("carried-over-paragraph" | "carried-from-indirect" | "introduced-above"))
}

/// Is the source of a passage “he” or “she”, and may that be this speaker of a tape? The draft names the speaker before it, and
/// the given name does not tell another gender. Then the tape says whom the pronoun means.
fn pronoun_may_mean(passage: &Passage, files: &[FileFacts], speaker: &str) -> bool {
    let Some(facts) = files.get(passage.file.index()) else { return false };
    let gender = passage.quotations(files).find_map(|part| {
        let source = part.attribution.as_ref()?.source.as_ref()?;
        Some((pronoun_gender(&source.text)?, source.span.start))
    });
    let Some((gender, at)) = gender else { return false };
    let words: Vec<String> = speaker.split(' ').map(str::to_lowercase).collect();
    let is_speaker = |name: &str| name.split(' ').next_back().map(str::to_lowercase).as_ref() == words.last();
    let named = |mention: &Mention| {
        mention.span.start < at
            && (is_speaker(&mention.name) || mention.person.as_deref().is_some_and(is_speaker))
    };
    may_have_gender(speaker, gender) && facts.mentions.iter().any(named)
}

/// Does the given name of a person leave this gender open?
fn may_have_gender(name: &str, gender: Class) -> bool {
    let given = name.split(' ').next().unwrap_or_default();
    !lexicon().class(given).among(Class::GENDER).contradicts_gender(gender)
}

/// Is there a placeholder in the passage instead of somebody's words?
fn is_placeholder(passage: &Passage, files: &[FileFacts]) -> bool {
    let Some(facts) = files.get(passage.file.index()) else { return false };
    let faults = facts.mark_faults.iter().filter(|fault| fault.kind == MarkFaultKind::PlaceholderQuotation);
    let spans: Vec<_> = faults.map(|fault| fault.span).collect();
    passage
        .quotations(files)
        .any(|part| spans.iter().any(|span| span.start < part.span.end && part.span.start < span.end))
}

impl Wording {
    /// Of the tapes by voice, those on which the passage's speaker speaks.
    pub(super) fn own_tapes<'t>(&self, id: PassageId, by_voice: &'t [Vec<TapeNumber>]) -> &'t [TapeNumber] {
        let voice = self.passage(id).voice;
        voice.and_then(|voice| by_voice.get(voice as usize)).map_or(&[], Vec::as_slice)
    }
}

impl Tapes {
    /// The phrases for hearers and media of passages whose words are on a tape.
    pub(super) fn proven(&self, wording: &Wording, files: &[FileFacts], looked: &[Option<Looked>]) -> Proven {
        let mut proven = Proven::default();
        for (passage, looked) in wording.passages().iter().zip(looked) {
            let Some(tape) = looked.as_ref().and_then(|looked| looked.whole_on) else { continue };
            let Some(told) = Told::of(passage, files) else { continue };
            for phrase in [told.hearer, told.medium, told.place].into_iter().flatten() {
                proven.insert((passage.file, tape, phrase));
            }
        }
        proven
    }

    /// What was heard of a passage where it is checked, and why it is not where it is not. `by_voice` are the tapes on which
    /// each voice speaks.
    pub(super) fn decide(
        &self,
        wording: &Wording,
        files: &[FileFacts],
        (id, by_voice): (PassageId, &[Vec<TapeNumber>]),
        looked: Option<Looked>,
        proven: &Proven,
    ) -> Result<Heard, Unchecked> {
        let passage = wording.passage(id);
        if is_placeholder(passage, files) {
            return Err(Unchecked::Placeholder);
        }
        let Some(looked) = looked else {
            return Err(if wording.voice(id).is_none() { Unchecked::Undecided } else { Unchecked::TooFew });
        };
        let carried = passage.quotations(files).any(is_carried_over);
        if looked.sure {
            let mut heard = looked.heard;
            // Where nobody is decided on, a piece that is nowhere is held against nobody.
            let found = |hit: &Option<Hit>| hit.as_ref().is_some_and(Hit::is_found);
            if wording.voice(id).is_none() && !heard.parts.iter().all(found) {
                return Err(Unchecked::Undecided);
            }
            if carried {
                // The words are found; the draft does not say whose they are, so nobody is contradicted.
                heard.forgive_speakers(|_| true);
            }
            heard.forgive_speakers(|speaker| pronoun_may_mean(passage, files, speaker));
            return Ok(heard);
        }
        if wording.voice(id).is_none() {
            return Err(Unchecked::Undecided);
        }
        let Some(told) = Told::of(passage, files) else { return Err(Unchecked::NoOccasion) };
        if carried {
            return Err(Unchecked::CarriedOver);
        }
        if told.names_another_nearer() {
            return Err(Unchecked::Undecided);
        }
        self.occasion(&told, passage.file, wording.own_tapes(id, by_voice), proven)?;
        Ok(looked.heard)
    }

    /// Is one of the tapes the occasion of words whose speaker speaks on those of the numbers `own`?
    fn occasion(
        &self,
        told: &Told<'_>,
        file: FileId,
        own: &[TapeNumber],
        proven: &Proven,
    ) -> Result<(), Unchecked> {
        if told.written {
            return Err(Unchecked::Written);
        }
        let listed = |tape: &&Tape| tape.fact.tables.iter().any(|table| told.facts.listed.contains(table));
        let own: Vec<&Tape> = own.iter().filter_map(|&number| self.all.get(number as usize)).collect();
        if own.is_empty() {
            // Whoever is a label without a name may be the speaker.
            let unnamed = self.all.iter().find(|tape| tape.unnamed && (listed(tape) || told.fits(tape)));
            return Err(match unnamed {
                Some(tape) if !tape.fact.english => Unchecked::Translated,
                Some(_) => Unchecked::Unmapped,
                None => Unchecked::NoTape,
            });
        }
        let mut against = None;
        let mut translated = false;
        let mut fitting = 0;
        for tape in own.iter().filter(|tape| listed(tape)) {
            match told.speaks_against(file, tape, proven) {
                Some(reason) => against = Some(reason),
                None if !tape.fact.english => translated = true,
                None => fitting += 1,
            }
        }
        if fitting > 0 && !translated {
            return Ok(());
        }
        if fitting == 0 && !translated {
            let mut fits = Vec::new();
            for tape in &own {
                match told.speaks_against(file, tape, proven) {
                    Some(reason) => against = against.or(Some(reason)),
                    None if told.fits(tape) => fits.push(tape),
                    None => {}
                }
            }
            match fits.as_slice() {
                [only] if only.fact.english => return Ok(()),
                [_] => translated = true,
                _ => {}
            }
        }
        if translated || own.iter().all(|tape| !tape.fact.english) {
            return Err(Unchecked::Translated);
        }
        Err(against.unwrap_or(Unchecked::NoOccasion))
    }
}
