//! Quotations against the tape: said there, said by somebody else, put together from two places.

use std::borrow::Cow;
use std::ops::Range;

use serde::Deserialize;

use crate::corpus::Corpus;
use crate::corpus::wording::{Change, Departure, Heard, Hit, Hunk, PassageId, SpeakerName, Whose};
use crate::facts::{self, clock};
use crate::rules::{Finding, Level, Related, RuleContext};
use crate::source::Place;

/// What a house may set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NotInTranscript {
    /// What an editor may do to the words of the tape.
    pub profile: Profile,
}

/// What an editor may do to a quotation without saying so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// Nothing, an ellipsis included.
    Verbatim,
    /// Leave words out, with an ellipsis.
    Deletions,
    /// Mend contractions and agreement, and drop small words.
    Cleaned,
}

impl Profile {
    /// Is a departure from the tape more than an editor may do?
    fn forbids(self, corpus: &Corpus, hit: &Hit, departure: &Departure) -> bool {
        let cleaned = corpus.wording().is_cleaning(hit, departure.change, &departure.hunk);
        self != Self::Cleaned || !cleaned || departure.change == Change::SoundAlike
    }
}

/// Equal words from which on a passage in somebody else's turn is no accident.
const SURELY_THEIRS: usize = 5;

/// Reports words that their speaker is on a tape without saying there, or says there in other words.
pub fn not_in_transcript(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let (corpus, profile) = (context.corpus, context.parameters.not_in_transcript.profile);
    for (id, heard) in heard(corpus) {
        let name = name(corpus, id);
        let gaps = profile == Profile::Verbatim && has_ellipsis(corpus, id);
        let mut found: Option<Finding> = None;
        for (part, items) in heard.parts.iter().zip(&heard.items) {
            match part {
                // What was written was not said, there or anywhere.
                None if is_written(corpus, id) => {}
                Some(hit) if !hit.is_found() && is_written(corpus, id) => {}
                None => {
                    let finding = start(
                        "not-in-transcript",
                        corpus,
                        id,
                        items.clone(),
                        format!("{name} did not say these words on any tape"),
                    )
                    .label("on no tape");
                    found = Some(
                        finding
                            .help("check the recording; the words may come from elsewhere, or from nowhere"),
                    );
                }
                Some(hit) if spliced(corpus, hit).is_some() || theirs(hit).is_some() => {}
                Some(hit) if !hit.is_found() => {
                    let message = format!(
                        "{name} did not say these words on the tape; the nearest are {}",
                        when(corpus, hit)
                    );
                    found = Some(
                        start("not-in-transcript", corpus, id, items.clone(), message)
                            .label("not on the tape")
                            .and(said(corpus, hit, hit.alike(), "the nearest words")),
                    );
                }
                Some(hit) => {
                    let departures: Vec<Departure> = corpus
                        .wording()
                        .departures(corpus.facts(), id, hit)
                        .into_iter()
                        .filter(|departure| profile.forbids(corpus, hit, departure))
                        .collect();
                    let Some(finding) = in_other_words(corpus, id, hit, &departures) else { continue };
                    // One finding a passage: the gravest, the first of several.
                    let level = |finding: &Finding| finding.level.unwrap_or(Level::Error);
                    found = match found {
                        Some(first) if level(&first) >= level(&finding) => Some(first),
                        _ => Some(finding),
                    };
                }
            }
        }
        if found.is_none() && gaps {
            let message = format!("{name} is quoted with an ellipsis, and the house quotes verbatim");
            found = Some(start("not-in-transcript", corpus, id, whole(corpus, id), message));
        }
        findings.extend(found);
    }
}

/// A finding about the places where a passage departs from the tape; `None` where there are none. What a machine may have
/// misheard is for the desk to know, and where it turns the sense it is a warning.
fn in_other_words(corpus: &Corpus, id: PassageId, hit: &Hit, departures: &[Departure]) -> Option<Finding> {
    let grave = |departure: &Departure| match departure.change {
        Change::SoundAlike => Level::Note,
        Change::Negation | Change::Number if !departure.misheard => Level::Error,
        _ => Level::Warning,
    };
    // The gravest one, the first of several.
    let weight = |departure: &Departure| (grave(departure), departure.change);
    let main = departures.iter().rev().max_by_key(|departure| weight(departure))?;
    let shown: Vec<String> = departures.iter().map(|found| departure(corpus, id, hit, &found.hunk)).collect();
    let (name, when, shown) = (name(corpus, id), when(corpus, hit), shown.join(" / "));
    let message = match main.misheard {
        true => {
            format!("{name} may have said this {when}, where a machine heard words that sound alike: {shown}")
        }
        false => format!("{name} said this in other words {when}: {shown}"),
    };
    let items = hit.items(&main.hunk.one);
    let mut finding = start("not-in-transcript", corpus, id, items, message)
        .label("the tape has other words")
        .and(said(corpus, hit, main.hunk.other.clone(), "said here"));
    for more in departures.iter().filter(|more| more.hunk != main.hunk) {
        finding = finding
            .and(printed(corpus, id, hit.items(&more.hunk.one), "other words here too"))
            .and(said(corpus, hit, more.hunk.other.clone(), "said here"));
    }
    if main.misheard {
        finding = finding.help("a machine wrote this tape down: listen to it there");
    }
    if grave(main) != Level::Error {
        finding.level = Some(grave(main));
    }
    Some(finding)
}

/// Does the draft have a passage from a post, a letter or a statement? That is no tape's business, unless the tape has it.
fn is_written(corpus: &Corpus, id: PassageId) -> bool {
    let mut parts = corpus.wording().passage(id).quotations(corpus.facts());
    parts.any(|part| part.attribution.as_ref().is_some_and(facts::is_written))
}

/// Is an ellipsis printed between the words of a passage?
fn has_ellipsis(corpus: &Corpus, id: PassageId) -> bool {
    let mut parts = corpus.wording().passage(id).quotations(corpus.facts());
    parts.any(|part| {
        let inner = part.words.trim_matches(|c: char| c.is_whitespace() || matches!(c, '…' | '.'));
        ["…", "...", ". . ."].iter().any(|ellipsis| inner.contains(ellipsis))
    })
}

/// Reports words that somebody else says on the tape.
pub fn wrong_speaker_in_transcript(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let corpus = context.corpus;
    for (id, heard) in heard(corpus) {
        let parts = heard.parts.iter().zip(&heard.items);
        let mut hits = parts.filter_map(|(hit, items)| Some((hit.as_ref()?, items)));
        if let Some((hit, items, speaker)) = hits.find_map(|(hit, items)| Some((hit, items, theirs(hit)?))) {
            let message =
                format!("{} is quoted with what {speaker} said {}", name(corpus, id), when(corpus, hit));
            findings.push(
                start("wrong-speaker-in-transcript", corpus, id, items.clone(), message)
                    .label(format!("given to {} here", name(corpus, id)))
                    .and(said(corpus, hit, hit.alike(), format!("{speaker} says it here"))),
            );
        }
    }
}

/// Reports quotations put together from two places of the tape without an ellipsis.
pub fn spliced_quotation(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let corpus = context.corpus;
    for (id, hit, seam) in seams(corpus) {
        let Seam::Elsewhere(turn, hunk) = seam else { continue };
        let second = corpus.file(hit.tape).turns.get(turn as usize);
        let clock =
            second.and_then(|turn| turn.at).map_or("elsewhere".to_owned(), |at| format!("at {}", clock(at)));
        let message = format!(
            "{}'s words are joined from two places of the tape, {} and {clock}, without an ellipsis",
            name(corpus, id),
            when(corpus, hit)
        );
        let finding = start("spliced-quotation", corpus, id, hit.items(&hunk.one), message)
            .label("two passages in one")
            .and(said(corpus, hit, hit.alike_before(hunk), "the one passage"));
        let later = hit.alike_after(hunk);
        findings.push(match second {
            _ if hunk.one.is_empty() => finding.and(said(corpus, hit, later, "the other")),
            Some(second) => finding.related(Place::new(hit.tape, second.span), "the other"),
            None => finding,
        });
    }
}

/// Reports quotations that leave out words of one turn of the tape without an ellipsis.
pub fn silent_omission(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let corpus = context.corpus;
    for (id, hit, seam) in seams(corpus) {
        let Seam::LeftOut(hunk) = seam else { continue };
        let words = corpus.wording().said(corpus.facts(), hit, hunk.other.clone());
        let message = format!(
            "{} said more {}: “{words}” is left out without an ellipsis",
            name(corpus, id),
            when(corpus, hit)
        );
        findings.push(
            start("silent-omission", corpus, id, hit.items(&hunk.one), message)
                .label("words left out")
                .and(said(corpus, hit, hunk.other.clone(), "said here")),
        );
    }
}

/// Every passage that a tape has with a seam, the first one of each.
fn seams(corpus: &Corpus) -> impl Iterator<Item = (PassageId, &Hit, Seam<'_>)> {
    heard(corpus).filter_map(move |(id, heard)| {
        heard.parts.iter().flatten().find_map(|hit| spliced(corpus, hit).map(|seam| (id, hit, seam)))
    })
}

/// How a quotation was put together.
enum Seam<'h> {
    /// From two turns: the second one, and the words that stand there.
    Elsewhere(u32, &'h Hunk),
    /// By leaving words out: which.
    LeftOut(&'h Hunk),
}

/// Words that a shortened quotation leaves out of one turn: a clause or two. What more of them part was said apart.
const LONGEST_OMISSION: usize = 12;

/// Does the tape itself tell that words of this passage were left out or joined? Then another draft that has them
/// tells less.
pub(super) fn is_spliced(corpus: &Corpus, id: PassageId) -> bool {
    let parts = corpus.wording().heard(id).map_or(&[][..], |heard| &heard.parts);
    parts.iter().flatten().any(|hit| spliced(corpus, hit).is_some())
}

fn spliced<'h>(corpus: &Corpus, hit: &'h Hit) -> Option<Seam<'h>> {
    if theirs(hit).is_some() {
        return None;
    }
    if let Some(turn) = hit.spliced {
        let lacking = hit.aligned.hunks.iter().max_by_key(|hunk| hunk.one.len())?;
        return Some(Seam::Elsewhere(turn, lacking));
    }
    let omission = hit.left_out(corpus.wording().vocabulary())?;
    // Somebody else spoke in between: then it is two answers and not one shortened.
    let speaker =
        |turn: u32| corpus.file(hit.tape).turns.get(turn as usize).and_then(|turn| turn.speaker.as_deref());
    let between = hit.turns.get(omission.other.clone()).unwrap_or_default();
    match hit.turns.get(omission.other.end) {
        Some(&after) if between.iter().any(|&turn| speaker(turn) != speaker(after)) => {
            Some(Seam::Elsewhere(after, omission))
        }
        // So it is where the speaker went on about other things in between.
        Some(&after) if omission.other.len() > LONGEST_OMISSION => Some(Seam::Elsewhere(after, omission)),
        _ => Some(Seam::LeftOut(omission)),
    }
}

/// The name of the one who says it, where that is plainly somebody else.
fn theirs(hit: &Hit) -> Option<&str> {
    match &hit.whose {
        Whose::Other(name)
            if hit.is_found()
                && hit.aligned.hunks.is_empty()
                && hit.aligned.matches.len() >= SURELY_THEIRS =>
        {
            Some(name)
        }
        _ => None,
    }
}

/// Every passage that was looked up, with what was heard of its parts.
fn heard(corpus: &Corpus) -> impl Iterator<Item = (PassageId, &Heard)> {
    let wording = corpus.wording();
    (0..wording.passages().len() as PassageId).filter_map(|id| Some((id, wording.heard(id)?)))
}

/// A finding about some items of a passage.
fn start(
    rule: &'static str,
    corpus: &Corpus,
    id: PassageId,
    items: Range<usize>,
    message: String,
) -> Finding {
    let wording = corpus.wording();
    let passage = wording.passage(id);
    match wording.underlined(corpus.facts(), id, items) {
        Some(found) => Finding::new(rule, Place::new(passage.file, found.words), message, wording.key(id))
            .within(found.quotation),
        None => Finding::new(rule, passage.place(corpus.facts()), message, wording.key(id)),
    }
}

/// All items of a passage.
fn whole(corpus: &Corpus, id: PassageId) -> Range<usize> {
    0..corpus.wording().form(id).len()
}

/// Items of a passage as another place of a finding.
fn printed(corpus: &Corpus, id: PassageId, items: Range<usize>, label: &str) -> Option<Related> {
    let wording = corpus.wording();
    let found = wording.underlined(corpus.facts(), id, items)?;
    Some(Related::new(Place::new(wording.passage(id).file, found.words), label).within(found.quotation))
}

/// Words of the tape as another place of a finding.
pub(super) fn said(
    corpus: &Corpus,
    hit: &Hit,
    words: Range<usize>,
    label: impl Into<String>,
) -> Option<Related> {
    let turn = hit.turns.get(words.start).or(hit.turns.last()).copied().unwrap_or(hit.turn);
    let at = corpus.file(hit.tape).turns.get(turn as usize).and_then(|turn| turn.at);
    let found = corpus.wording().underlined_on_tape(corpus.facts(), hit, words)?;
    Some(Related { at, ..Related::new(Place::new(hit.tape, found.words), label).within(found.quotation) })
}

fn name(corpus: &Corpus, id: PassageId) -> Cow<'_, str> {
    corpus.wording().voice(id).map_or(Cow::Borrowed("the speaker"), SpeakerName::told)
}

/// “in tape.vtt at 00:12:07”
pub(super) fn when(corpus: &Corpus, hit: &Hit) -> String {
    let tape = corpus.file(hit.tape);
    match tape.turns.get(hit.turn as usize).and_then(|turn| turn.at) {
        Some(at) => format!("in {} at {}", tape.path, clock(at)),
        None => format!("in {}", tape.path),
    }
}

/// From the tape to the draft, in the words of each: `[-said-]{+printed+}`.
fn departure(corpus: &Corpus, id: PassageId, hit: &Hit, hunk: &Hunk) -> String {
    corpus.wording().departure(corpus.facts(), id, hit, hunk)
}
