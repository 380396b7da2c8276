//! Why a quotation has the speaker it has, or none: drawn for eyes, and as the `why` of a line of JSON.

use std::io::{self, Write};

use miette::Severity;
use serde::Serialize;

use super::clean;
use super::excerpt::{Excerpt, Shown};
use super::json_text;
use super::output_style::{Ink, OutputStyle, wrapped};
use super::pretty::{Drawing, draw, handler_by_words, room};
use super::quotes::{Record, Words, record, words};
use super::sheet::Sheet;
use super::summary::counted;
use crate::facts::{Phrase, Quotation, QuotationKind, Said, Tie, Tried, Verdict, Why};
use crate::source::FileId;

/// A quotation that was asked about.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Its file.
    pub file: FileId,
    /// Its index among the file's quotations.
    pub index: usize,
    /// Why it has its speaker or none.
    pub why: Why,
}

#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    quotation: Record<'a>,
    why: Reason<'a>,
}

/// Why, as programs are told of it.
#[derive(Serialize)]
struct Reason<'a> {
    verdict: Verdict,
    instead: Option<&'a str>,
    needed: f32,
    /// What ties source and speaker.
    tie: Option<Tie>,
    shown: Option<Words<'a>>,
    others: &'a [String],
    tried: Vec<Step<'a>>,
}

/// A step of the sieve.
#[derive(Serialize)]
struct Step<'a> {
    step: &'a str,
    patterns: &'a [&'static str],
    decides: bool,
    found: Option<Found<'a>>,
}

/// What a step found.
#[derive(Serialize)]
struct Found<'a> {
    evidence: &'a str,
    confidence: f32,
    source: Option<Words<'a>>,
    cue: Option<Words<'a>>,
    speaker: Option<&'a str>,
}

/// Writes one quotation a line, with its reasons.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn why_lines(out: &mut dyn Write, sheet: &Sheet<'_>, asked: &[Asked]) -> io::Result<()> {
    for Asked { file, index, why } in asked {
        let Some(quotation) = sheet.corpus.file(*file).quotations.get(*index) else { continue };
        let quotation = record(sheet, *file, quotation);
        json_text::write(out, &Line { quotation, why: reason(sheet, *file, why) })?;
        writeln!(out)?;
    }
    Ok(())
}

fn reason<'a>(sheet: &Sheet<'a>, file: FileId, why: &'a Why) -> Reason<'a> {
    let words = |phrase: &'a Phrase| words(sheet, file, phrase);
    let found = |said: &'a Said| Found {
        evidence: said.pattern,
        confidence: said.precision,
        source: said.source.as_ref().map(words),
        cue: said.cue.as_ref().map(words),
        speaker: said.speaker.as_deref(),
    };
    let step = |tried: &'a Tried| Step {
        step: tried.step,
        patterns: &tried.patterns,
        decides: tried.decides,
        found: tried.found.as_ref().map(found),
    };
    Reason {
        verdict: why.verdict,
        instead: why.instead,
        needed: why.needed,
        tie: why.tie,
        shown: why.shown.as_ref().map(words),
        others: &why.others,
        tried: why.tried.iter().map(step).collect(),
    }
}

/// Draws each quotation with its source and cue, under its answer. Then it says what decided and what else was found; with
/// `all_steps` also which patterns found nothing.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn why_pretty(
    out: &mut dyn Write,
    sheet: &Sheet<'_>,
    asked: &[Asked],
    all_steps: bool,
    style: OutputStyle,
) -> io::Result<()> {
    for Asked { file, index, why } in asked {
        let Some(quotation) = sheet.corpus.file(*file).quotations.get(*index) else { continue };
        let drawing = drawing(sheet, *file, quotation, why, style);
        draw(out, &handler_by_words(drawing.excerpt.as_ref(), rank, style), &drawing)?;
        for (name, words) in told(sheet, *file, quotation, why) {
            let (dim, off) = (style.on(Ink::Dim), style.off());
            let words = hanging(&clean::line(&words), 11, style);
            writeln!(out, "  {dim}{name:<9}{off}{words}")?;
        }
        steps(out, why, all_steps, style)?;
    }
    Ok(())
}

fn drawing(sheet: &Sheet<'_>, file: FileId, quotation: &Quotation, why: &Why, style: OutputStyle) -> Drawing {
    let attribution = quotation.attribution.as_ref();
    let source = attribution.and_then(|found| found.source.as_ref());
    let cue = attribution.and_then(|found| found.cue.as_ref());
    let places = [
        (Some(quotation.span), ASKED, true),
        (source.map(|phrase| phrase.span), SOURCE, false),
        (cue.map(|phrase| phrase.span), CUE, false),
        (why.shown.as_ref().map(|phrase| phrase.span), shown_as(why.tie), false),
    ];
    let path = &sheet.corpus.file(file).path;
    let excerpt = sheet.documents.get(file.index()).map(|document| {
        let shown: Vec<Shown<'_>> = places
            .iter()
            .filter_map(|&(span, words, primary)| {
                Some(Shown { path, text: &document.text, span: span?, words, primary, whole: false })
            })
            .collect();
        Excerpt::new(&shown, room(style))
    });
    let speaker = attribution.and_then(|found| found.speaker.as_ref());
    let message = match why.verdict {
        Verdict::Decided => match (speaker, source) {
            (Some(speaker), _) => format!("attributed to {}", speaker.name),
            (None, Some(source)) => format!("attributed to “{}”, which nobody is known by", source.text),
            (None, None) => "attributed to nobody by name".to_owned(),
        },
        Verdict::BelowConfidence => "undecided: what was found is right too seldom".to_owned(),
        Verdict::NotSpeech => format!("not speech: {}", why.instead.unwrap_or("words named as words")),
        Verdict::InsideAnother => "not asked about: it stands inside another quotation".to_owned(),
        Verdict::OtherLanguage => {
            "not attributed: the draft is in a language that sayso does not read".to_owned()
        }
        Verdict::NoPattern => "undecided: no pattern finds a source".to_owned(),
    };
    let (bold, off) = (style.on(Ink::Bold), style.off());
    let message = format!("{bold}{}{off}", clean::line(&message));
    Drawing { message, severity: Severity::Advice, help: None, excerpt }
}

const ASKED: &str = "asked about";
const SOURCE: &str = "source";
const CUE: &str = "cue";

/// Which colour a label has. What ties source and speaker is about the source, and has its colour.
fn rank(words: &str) -> usize {
    match words {
        ASKED => 2,
        CUE => 1,
        _ => 0,
    }
}

/// What the place is that ties source and speaker.
const fn shown_as(tie: Option<Tie>) -> &'static str {
    match tie {
        Some(Tie::Pronoun) => "last named here",
        Some(Tie::Apposition) => "the name beside it",
        Some(Tie::Role) => "the one with this role",
        _ => "introduced here",
    }
}

/// What decided, and how the source became the speaker, each under its name.
fn told(sheet: &Sheet<'_>, file: FileId, quotation: &Quotation, why: &Why) -> Vec<(&'static str, String)> {
    let mut told = Vec::new();
    let decided = why.tried.iter().find(|step| step.decides).and_then(|step| step.found.as_ref());
    if let Some(found) = decided {
        told.push((
            "pattern",
            format!(
                "{}, whose sources are right {} of the time; one is named from {} on",
                found.pattern,
                percent(found.precision),
                percent(why.needed)
            ),
        ));
        if why.verdict == Verdict::BelowConfidence
            && let Some(source) = &found.source
        {
            told.push(("withheld", format!("“{}”", source.text)));
        }
    }
    let line = why.shown.as_ref().map_or(0, |shown| sheet.spot_in(file, shown.span).start.line);
    let attribution = quotation.attribution.as_ref();
    if let Some(from) = attribution.and_then(|found| found.source.as_ref()) {
        told.push(("speaker", format!("“{}”: {}", from.text, tie_words(why, line))));
    } else if let Some(speaker) = attribution.and_then(|found| found.speaker.as_ref()) {
        // A turn of an exchange has no source of its own.
        told.push(("speaker", format!("{}: {}", speaker.name, tie_words(why, line))));
    }
    if why.verdict == Verdict::NoPattern && quotation.kind == QuotationKind::Scare {
        told.push((
            "kind",
            "a few words held at arm’s length, which nobody is taken to have said".to_owned(),
        ));
    }
    told
}

/// How the source became the speaker; `line` is where the draft shows it.
fn tie_words(why: &Why, line: u32) -> String {
    let others = why.others.join(", ");
    match why.tie {
        Some(Tie::InFull) => "the name as fully as the draft gives it".to_owned(),
        Some(Tie::Introduced) => format!("a shorter name for who is introduced in line {line}"),
        Some(Tie::Shared) => format!("several people bear this name ({others}), so nobody is named"),
        Some(Tie::Pronoun) if others.is_empty() => {
            format!("taken for the person the passage is about, last named in line {line}")
        }
        Some(Tie::Pronoun) => {
            format!("taken for the person last named in line {line}; {others} fits as well")
        }
        Some(Tie::NobodyFits) => "fits nobody named before it".to_owned(),
        Some(Tie::NotResolved) => "a pronoun that is not resolved".to_owned(),
        Some(Tie::Writer) => "outside quotations this is the writer".to_owned(),
        Some(Tie::Apposition) => "a description with the name beside it".to_owned(),
        Some(Tie::Role) => format!("the one person who is given this role, in line {line}"),
        Some(Tie::Unnamed) | None => "somebody whom nothing names".to_owned(),
        Some(Tie::Exchange) => {
            "two people speak in turn here, and this turn is that of the one before last".to_owned()
        }
        Some(Tie::Addressed) => "the turn beside it addresses them by name".to_owned(),
        Some(Tie::Acts) => "the one person who acts beside it".to_owned(),
        Some(Tie::Scene) => "the likeliest one in the scene whom the pronoun fits".to_owned(),
        Some(Tie::Honorific) => "the name with its honorific, which is part of who somebody is".to_owned(),
        Some(Tie::Narrator) => "who tells the story, by the name that others call them".to_owned(),
        Some(Tie::Itself) => "a body or a document, which stands for itself".to_owned(),
    }
}

/// The steps that found something, the one that decides marked. The others are counted, or with `all` listed in their place.
fn steps(out: &mut dyn Write, why: &Why, all: bool, style: OutputStyle) -> io::Result<()> {
    if why.tried.is_empty() {
        return Ok(());
    }
    let (dim, bold, off) = (style.on(Ink::Dim), style.on(Ink::Bold), style.off());
    let listed: Vec<&Tried> = why.tried.iter().filter(|tried| all || tried.found.is_some()).collect();
    let widest = listed.iter().map(|tried| clean::width(tried.step)).max().unwrap_or(0);
    for (number, tried) in listed.iter().enumerate() {
        let name = if number == 0 { "tried" } else { "" };
        let sign = if tried.decides { "→" } else { " " };
        let pad = " ".repeat(widest - clean::width(tried.step));
        let (ink, said) = match &tried.found {
            None => (dim, "found nothing".to_owned()),
            Some(found) if tried.decides => (bold, said(found)),
            Some(found) => (dim, format!("would say {}", said(found))),
        };
        let said = hanging(&clean::line(&said), widest + 13, style);
        writeln!(out, "  {dim}{name:<7}{off}{sign} {}{pad}  {ink}{said}{off}", tried.step)?;
    }
    let silent = why.tried.len() - listed.len();
    if silent > 0 {
        let name = if listed.is_empty() { "tried" } else { "" };
        let steps = counted(silent, "pattern");
        writeln!(out, "  {dim}{name:<9}{steps} found nothing (--steps lists them){off}")?;
    }
    writeln!(out)
}

/// The words in lines that fit beside the `indent` columns before them.
fn hanging(words: &str, indent: usize, style: OutputStyle) -> String {
    const LEAST: usize = 24;
    let lines = wrapped(words, style.width.saturating_sub(indent).max(LEAST));
    lines.replace('\n', &format!("\n{}", " ".repeat(indent)))
}

/// `cue-after, 97.7 %: “Reyes”, “said”`.
fn said(found: &Said) -> String {
    let phrases = [&found.source, &found.cue].into_iter().flatten();
    let phrases: Vec<String> = phrases.map(|phrase| format!("“{}”", phrase.text)).collect();
    format!("{}, {}: {}", found.pattern, percent(found.precision), phrases.join(", "))
}

fn percent(part: f32) -> String {
    format!("{:.1} %", part * 100.0)
}
