//! Transcripts: who said what, and when on the tape.
//!
//! ```text
//! webvtt   = "WEBVTT" … { cue }     cue  = [id] times { payload }      payload = { ["-"] ["<v" NAME ">"] words }
//! srt      = { NUMBER times { words } }  times = clock "-->" clock …   clock = [hours ":"] minutes ":" seconds
//! json     = an array of objects with "text" (or "words"), "start" and "speaker", by whatever names tools give them
//! dialogue = { header | line }      header = NAME clock | clock NAME | NAME    line = [clock] [NAME ":"] words
//! ```
//!
//! The beginning of a file tells which of these it is. Reading never fails: what fits no line is words. Which layout it
//! was, and how much was understood, is returned with the lines.

mod dialogue;
mod html;
mod json;
mod subtitles;

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n};
use nom::character::complete::{char, one_of, space0, space1};
use nom::combinator::{opt, rest};
use nom::sequence::{preceded, terminated};
use nom::{IResult, Parser};

use crate::source::Span;

/// What one speaker said in one go, as far as the transcript divides it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpokenLine {
    /// Who, as written; `None` where the transcript does not say.
    pub speaker: Option<String>,
    /// Seconds from the start of the tape.
    pub at: Option<u32>,
    /// Where the words stand in the text.
    pub span: Span,
    /// The words, markup and escapes resolved.
    pub words: String,
}

/// How a transcript is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// WebVTT.
    WebVtt,
    /// SubRip, `.srt`.
    SubRip,
    /// JSON with segments, words or monologues.
    Json,
    /// JSON that does not parse.
    BrokenJson,
    /// Lines with a name and a time, and the words below them: Otter, Teams.
    NameAndTime,
    /// Lines that begin with a name and a colon.
    Labels,
    /// Questions and answers: `Q.` and `A.`.
    Questions,
    /// The chat of a meeting.
    Chat,
    /// Lines with times and without names.
    Times,
    /// Text without names and times.
    #[default]
    Plain,
}

impl Layout {
    /// What to call it in a message.
    pub const fn name(self) -> &'static str {
        match self {
            Self::WebVtt => "WebVTT subtitles",
            Self::SubRip => "SubRip subtitles",
            Self::Json => "JSON from a speech recognizer",
            Self::BrokenJson => "JSON that does not parse",
            Self::NameAndTime => "lines with a name and a time",
            Self::Labels => "lines that begin with a name and a colon",
            Self::Questions => "questions and answers",
            Self::Chat => "the chat of a meeting",
            Self::Times => "lines with times",
            Self::Plain => "plain text",
        }
    }
}

/// A transcript as read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spoken {
    /// What was said, in order.
    pub lines: Vec<SpokenLine>,
    /// How it is laid out.
    pub layout: Layout,
    /// Does it look like the work of a machine that recognizes speech?
    pub machine: bool,
}

/// Reads a transcript in any of the layouts.
pub fn read(text: &str) -> Spoken {
    match html::lines_of(text) {
        Some(lines) => {
            let mut spoken = read_text(&lines);
            for line in &mut spoken.lines {
                line.words = html::decoded(&line.words);
            }
            spoken
        }
        None => read_text(text),
    }
}

fn read_text(text: &str) -> Spoken {
    let head = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if head.starts_with(['{', '[']) && json::looks_like(head) {
        return json::read(text);
    }
    if head.starts_with("WEBVTT") || text.lines().take(12).any(|line| times(line).is_ok()) {
        return subtitles::read(text);
    }
    dialogue::read(text)
}

/// Hours, minutes and seconds as seconds; a fraction or the number of a frame is dropped.
fn clock(input: &str) -> IResult<&str, u32> {
    let number = |least, most| take_while_m_n(least, most, |c: char| c.is_ascii_digit());
    let (input, first) = number(1, 3).parse(input)?;
    let (input, second) = preceded(char(':'), number(2, 2)).parse(input)?;
    let (input, third) = opt(preceded(char(':'), number(2, 2))).parse(input)?;
    let (input, _) = opt((one_of(".,:;"), number(1, 3))).parse(input)?;
    let value = |digits: &str| digits.parse::<u32>().unwrap_or(0);
    let seconds = match third {
        Some(third) => value(first) * 3600 + value(second) * 60 + value(third),
        None => value(first) * 60 + value(second),
    };
    Ok((input, seconds))
}

/// `1 hour 2 minutes 5 seconds`, as Teams writes a time in a document.
fn spelled_clock(input: &str) -> IResult<&str, u32> {
    let mut seconds = 0;
    let mut rest = input;
    let mut some = false;
    for (unit, factor) in [("hour", 3600), ("minute", 60), ("second", 1)] {
        let number = take_while_m_n(1, 3, |c: char| c.is_ascii_digit());
        let part: IResult<&str, (&str, &str, &str, Option<char>, &str)> =
            (number, space1, tag(unit), opt(char('s')), space0).parse(rest);
        if let Ok((after, (digits, ..))) = part {
            seconds += digits.parse::<u32>().unwrap_or(0) * factor;
            rest = after;
            some = true;
        }
    }
    if some {
        Ok((rest, seconds))
    } else {
        Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Alt)))
    }
}

/// A time in either way of writing.
fn any_clock(input: &str) -> IResult<&str, u32> {
    alt((spelled_clock, clock)).parse(input)
}

/// `00:12:07.000 --> 00:12:10.500 align:start`
fn times(input: &str) -> IResult<&str, u32> {
    terminated(preceded(space0, clock), (space0, tag("-->"), rest)).parse(input)
}

/// The most words in a name before a colon: “THE SECRETARY OF STATE FOR HEALTH AND CARE”. More is a sentence.
const LONGEST_NAME: usize = 8;

/// Is it written like a name: capitals throughout or at each word's start, and not too long?
fn is_name(text: &str) -> bool {
    let mut count = 0;
    for word in text.split_whitespace() {
        count += 1;
        let word = word.trim_matches([',', '(', ')', '“', '”']);
        let small = matches!(
            word,
            "of" | "the"
                | "for"
                | "and"
                | "de"
                | "van"
                | "von"
                | "bin"
                | "al"
                | "la"
                | "der"
                | "da"
                | "du"
                | "di"
                | "&"
                | ""
        );
        let capital = word.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
        if !capital && (count == 1 || !small) {
            return false;
        }
    }
    (1..=LONGEST_NAME).contains(&count) && text.chars().any(char::is_alphabetic)
}

/// The lines of a text with their places.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end())
    })
}

/// Adds a line, unless it has no words.
fn push(
    spoken: &mut Vec<SpokenLine>,
    speaker: Option<&String>,
    at: Option<u32>,
    span: (usize, usize),
    words: String,
) {
    if words.chars().any(char::is_alphanumeric) {
        let span = Span::new(span.0 as u32, span.1 as u32);
        spoken.push(SpokenLine { speaker: speaker.cloned(), at, span, words });
    }
}

#[cfg(test)]
mod tests;
