//! JSON from speech recognizers and editing programs: Whisper, whisperX, whisper.cpp, Rev, Premiere and their like.
//! They differ in the names of the members, not in the shape: a list of stretches with words, a time and a speaker.

use std::borrow::Cow;

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while1};
use nom::character::complete::{char, one_of};
use nom::combinator::recognize;
use nom::multi::many0_count;
use nom::sequence::delimited;
use nom::{IResult, Parser};

use super::{Layout, Spoken, SpokenLine, clock, push};
use crate::source::without_lone_surrogates;

/// A JSON value. Texts are as written, escapes unresolved, so that their places are known.
#[derive(Clone, Debug, PartialEq)]
enum Json<'t> {
    Text(&'t str),
    Number(&'t str),
    List(Vec<Json<'t>>),
    Table(Vec<(&'t str, Json<'t>)>),
    Other,
}

/// Deepest nesting that is read.
const DEEPEST: usize = 48;

const LISTS: [&str; 8] = [
    "segments",
    "transcription",
    "monologues",
    "utterances",
    "paragraphs",
    "transcript",
    "captions",
    "results",
];
const WORDS: [&str; 5] = ["text", "transcript", "sentence", "content", "caption"];
const WORD: [&str; 5] = ["punctuated_word", "word", "text", "value", "content"];
const STARTS: [&str; 7] = ["start", "start_time", "startTime", "ts", "begin", "from", "start_ms"];
const SPEAKERS: [&str; 6] = ["speaker", "speaker_name", "speakerName", "speaker_label", "speaker_id", "name"];

/// Does the text begin like JSON, and not like “[00:00:05] Ana Reyes:”?
pub(super) fn looks_like(head: &str) -> bool {
    let inside = head[1..].trim_start();
    if head.starts_with('{') { inside.starts_with(['"', '}']) } else { inside.starts_with(['{', ']']) }
}

/// Reads a file of JSON. One that does not parse has the layout [`Layout::BrokenJson`] and no lines.
pub(super) fn read(text: &str) -> Spoken {
    let parsed = (blank, |input| value(input, 0), blank).parse(text.trim_start_matches('\u{feff}'));
    let Ok((rest, (_, root, _))) = parsed else { return broken() };
    if !rest.is_empty() {
        return broken();
    }
    let reader = Reader { text, people: people(&root) };
    let mut lines = Vec::new();
    if let Some((name, list)) = stretches(&root, 0) {
        for item in list {
            reader.stretch(item, name, &mut lines);
        }
    }
    Spoken { lines, layout: Layout::Json, machine: true }
}

fn broken() -> Spoken {
    Spoken { layout: Layout::BrokenJson, ..Spoken::default() }
}

impl<'t> Json<'t> {
    fn member(&self, name: &str) -> Option<&Self> {
        let Self::Table(members) = self else { return None };
        members.iter().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    fn first(&self, names: &[&str]) -> Option<&Self> {
        names.iter().find_map(|name| self.member(name))
    }

    /// Seconds, from a number of seconds, of thousandths, or a clock.
    fn seconds(&self, thousandths: bool) -> Option<u32> {
        match self {
            Self::Number(digits) => {
                let number = digits.parse::<f64>().ok()?;
                let seconds = if thousandths { number / 1000.0 } else { number };
                (seconds >= 0.0).then_some(seconds as u32)
            }
            Self::Text(text) => clock(text).ok().map(|(_, at)| at).or_else(|| {
                text.trim_end_matches('s').parse::<f64>().ok().map(|seconds| seconds.max(0.0) as u32)
            }),
            _ => None,
        }
    }
}

/// The list of stretches and the name of the member that holds it.
fn stretches<'j, 't>(root: &'j Json<'t>, depth: usize) -> Option<(&'t str, &'j [Json<'t>])> {
    const FAR: usize = 4;
    let spoken = |list: &[Json<'_>]| {
        list.iter().any(|item| {
            item.first(&WORDS).is_some()
                || item.member("words").is_some()
                || item.member("elements").is_some()
        })
    };
    match root {
        Json::List(list) if spoken(list) => Some(("", list)),
        Json::Table(members) if depth < FAR => {
            let rank = |name: &str| LISTS.iter().position(|list| *list == name).unwrap_or(LISTS.len());
            let mut members: Vec<&(&'t str, Json<'t>)> = members.iter().collect();
            members.sort_by_key(|(name, _)| rank(name));
            let direct = members.iter().find_map(|(name, value)| match value {
                Json::List(list) if spoken(list) => Some((*name, list.as_slice())),
                _ => None,
            });
            direct.or_else(|| members.iter().find_map(|(_, value)| stretches(value, depth + 1)))
        }
        Json::List(list) if depth < FAR => list.iter().find_map(|item| stretches(item, depth + 1)),
        _ => None,
    }
}

/// Speakers' numbers and names, as Premiere and Rev list them beside the stretches.
fn people<'t>(root: &Json<'t>) -> Vec<(Cow<'t, str>, String)> {
    let Some(Json::List(list)) = root.member("speakers") else { return Vec::new() };
    let id = |person: &Json<'t>| match person.member("id") {
        Some(Json::Text(id) | Json::Number(id)) => Some(Cow::Borrowed(*id)),
        _ => None,
    };
    let name = |person: &Json<'t>| match person.member("name") {
        Some(Json::Text(name)) => Some(unescaped(name)),
        _ => None,
    };
    list.iter().filter_map(|person| Some((id(person)?, name(person)?))).collect()
}

struct Reader<'t> {
    text: &'t str,
    people: Vec<(Cow<'t, str>, String)>,
}

impl<'t> Reader<'t> {
    fn offset(&self, part: &str) -> usize {
        part.as_ptr() as usize - self.text.as_ptr() as usize
    }

    fn speaker(&self, item: &Json<'t>) -> Option<String> {
        let (written, number) = match item.first(&SPEAKERS)? {
            Json::Text(name) => (*name, false),
            Json::Number(number) => (*number, true),
            table @ Json::Table(_) => match table.first(&["name", "label", "id"])? {
                Json::Text(name) => (*name, false),
                Json::Number(number) => (*number, true),
                _ => return None,
            },
            _ => return None,
        };
        let listed = self.people.iter().find(|(id, _)| id == written).map(|(_, name)| name.clone());
        let name =
            listed.unwrap_or_else(|| if number { format!("Speaker {written}") } else { unescaped(written) });
        (!name.trim().is_empty()).then_some(name)
    }

    /// Reads one stretch. One with words that have speakers or times of their own is cut at the end of a sentence and
    /// where the speaker changes, so that the time of a quotation is near it.
    fn stretch(&self, item: &Json<'t>, list: &str, lines: &mut Vec<SpokenLine>) {
        let start =
            item.first(&STARTS).or_else(|| item.member("timestamps").and_then(|times| times.member("from")));
        let whole = matches!(start, Some(Json::Number(digits)) if !digits.contains('.'));
        let thousandths = list == "utterances" && whole || item.member("start_ms").is_some();
        let offset = item
            .member("offsets")
            .and_then(|offsets| offsets.member("from"))
            .and_then(|from| from.seconds(true));
        let at = offset.or_else(|| start.and_then(|start| start.seconds(thousandths)));
        let speaker = self.speaker(item);
        let words = match item.member("words").or_else(|| item.member("elements")) {
            Some(Json::List(words)) if !words.is_empty() => words.as_slice(),
            _ => &[],
        };
        let text = match item.first(&WORDS) {
            Some(Json::Text(text)) => Some(*text),
            _ => None,
        };
        let several =
            words.iter().any(|word| self.speaker(word).is_some_and(|other| Some(&other) != speaker.as_ref()));
        match text {
            Some(raw) if !several => {
                let from = self.offset(raw);
                push(lines, speaker.as_ref(), at, (from, from + raw.len()), unescaped(raw));
            }
            _ => self.words(words, speaker.as_ref(), at, thousandths, lines),
        }
    }

    fn words(
        &self,
        words: &[Json<'t>],
        speaker: Option<&String>,
        at: Option<u32>,
        thousandths: bool,
        lines: &mut Vec<SpokenLine>,
    ) {
        let mut open: Option<(SpokenLine, bool)> = None;
        for word in words {
            let Some(Json::Text(raw)) = word.first(&WORD) else { continue };
            let said = unescaped(raw);
            let who = self.speaker(word).or_else(|| speaker.cloned());
            let from = self.offset(raw);
            let time = word.first(&STARTS).and_then(|start| start.seconds(thousandths));
            let mark = matches!(word.member("type"), Some(Json::Text("punct")));
            if let Some((line, ended)) = &mut open {
                if mark || (line.speaker == who && !*ended) {
                    if !mark && !line.words.ends_with(' ') && !said.starts_with(' ') {
                        line.words.push(' ');
                    }
                    line.words.push_str(&said);
                    line.span.end = (from + raw.len()) as u32;
                    *ended = line.words.trim_end().ends_with(['.', '?', '!']);
                    continue;
                }
                lines.extend(open.take().map(|(line, _)| line));
            }
            if !said.chars().any(char::is_alphanumeric) {
                continue;
            }
            let ended = said.trim_end().ends_with(['.', '?', '!']);
            let span = crate::source::Span::new(from as u32, (from + raw.len()) as u32);
            open = Some((SpokenLine { speaker: who, at: time.or(at), span, words: said }, ended));
        }
        lines.extend(open.map(|(line, _)| line));
    }
}

/// White space.
fn blank(input: &str) -> IResult<&str, &str> {
    take_while(|c: char| c.is_ascii_whitespace()).parse(input)
}

/// White space and commas between members.
fn filler(input: &str) -> IResult<&str, &str> {
    take_while(|c: char| c.is_ascii_whitespace() || c == ',').parse(input)
}

fn value(input: &str, depth: usize) -> IResult<&str, Json<'_>> {
    match input.as_bytes().first() {
        Some(b'"') => json_text.map(Json::Text).parse(input),
        Some(b'{') if depth < DEEPEST => table(input, depth),
        Some(b'[') if depth < DEEPEST => list(input, depth),
        _ => alt((
            recognize((
                one_of("+-.0123456789IN"),
                take_while(|c: char| c.is_ascii_alphanumeric() || "+-.".contains(c)),
            ))
            .map(|number: &str| match number {
                "NaN" | "Infinity" | "-Infinity" => Json::Other,
                number => Json::Number(number),
            }),
            alt((tag("true"), tag("false"), tag("null"))).map(|_| Json::Other),
        ))
        .parse(input),
    }
}

fn table(input: &str, depth: usize) -> IResult<&str, Json<'_>> {
    let (mut input, _) = char('{').parse(input)?;
    let mut members = Vec::new();
    loop {
        (input, _) = filler(input)?;
        if let Some(after) = input.strip_prefix('}') {
            return Ok((after, Json::Table(members)));
        }
        let (after, key) = json_text(input)?;
        let (after, _) = (blank, char(':'), blank).parse(after)?;
        let (after, value) = value(after, depth + 1)?;
        members.push((key, value));
        input = after;
    }
}

fn list(input: &str, depth: usize) -> IResult<&str, Json<'_>> {
    let (mut input, _) = char('[').parse(input)?;
    let mut items = Vec::new();
    loop {
        (input, _) = filler(input)?;
        if let Some(after) = input.strip_prefix(']') {
            return Ok((after, Json::List(items)));
        }
        let (after, item) = value(input, depth + 1)?;
        items.push(item);
        input = after;
    }
}

/// What stands between two marks, escapes unresolved.
fn json_text(input: &str) -> IResult<&str, &str> {
    let part = alt((
        recognize((char('\\'), nom::character::complete::anychar)),
        take_while1(|c: char| c != '"' && c != '\\'),
    ));
    delimited(char('"'), recognize(many0_count(part)), char('"')).parse(input)
}

/// JSON's escapes resolved; a broken one stays out.
fn unescaped(raw: &str) -> String {
    if !raw.contains('\\') {
        return raw.to_owned();
    }
    // The parser of the JSON library knows surrogate pairs.
    let mended = without_lone_surrogates(raw);
    serde_json::from_str(&format!("\"{mended}\"")).unwrap_or_else(|_| raw.replace('\\', " "))
}
