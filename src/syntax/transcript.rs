//! Transcripts: who said what, and when on the tape.
//!
//! ```text
//! webvtt   = "WEBVTT" … { cue }         cue  = [id] times { payload }     payload = ["<v" NAME ">"] words
//! srt      = { NUMBER times { words } }  times = clock "-->" clock …      clock = [hours ":"] minutes ":" seconds
//! whisper  = "{" … "segments" ":" "[" { "{" "start" "text" ["speaker"] … "}" } "]" … "}"
//! dialogue = { line }                   line = ["[" clock "]"] [NAME ["(" clock ")"] ":"] words
//! ```
//!
//! Names in capitals, in Markdown's bold and with a clock beside them are read; a line without a name goes on with
//! the speaker before it. Reading never fails: what fits no line is words.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while_m_n, take_while1};
use nom::character::complete::{char, one_of, space0};
use nom::combinator::{consumed, opt, recognize, rest, verify};
use nom::multi::many0_count;
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};

use crate::source::Span;

/// What one speaker said in one go, as far as the transcript divides it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpokenLine {
    /// Who, as written; `None` where the transcript does not say.
    pub speaker: Option<String>,
    /// Seconds from the start of the tape.
    pub at: Option<u32>,
    /// Where the words stand in the file.
    pub span: Span,
    /// The words, markup and escapes resolved.
    pub words: String,
}

/// Longest name before a colon, in words: “SECRETARY OF STATE ANA REYES:”. More is a sentence.
const LONGEST_NAME: usize = 5;

/// Reads a transcript in any of the formats above; which one, its beginning tells.
pub fn read(text: &str) -> Vec<SpokenLine> {
    let head = text.trim_start();
    if head.starts_with('{') && text.contains("\"segments\"") {
        segments(text)
    } else if head.starts_with("WEBVTT") || text.lines().take(12).any(|line| times(line).is_ok()) {
        cues(text)
    } else {
        dialogue(text)
    }
}

/// Hours, minutes and seconds as seconds; a fraction is dropped.
fn clock(input: &str) -> IResult<&str, u32> {
    let number = |least, most| take_while_m_n(least, most, |c: char| c.is_ascii_digit());
    let (input, first) = number(1, 3).parse(input)?;
    let (input, second) = preceded(char(':'), number(2, 2)).parse(input)?;
    let (input, third) = opt(preceded(char(':'), number(2, 2))).parse(input)?;
    let (input, _) = opt((one_of(".,"), number(1, 3))).parse(input)?;
    let value = |digits: &str| digits.parse::<u32>().unwrap_or(0);
    let seconds = match third {
        Some(third) => value(first) * 3600 + value(second) * 60 + value(third),
        None => value(first) * 60 + value(second),
    };
    Ok((input, seconds))
}

/// `00:12:07.000 --> 00:12:10.500 align:start`
fn times(input: &str) -> IResult<&str, u32> {
    terminated(preceded(space0, clock), (space0, tag("-->"), rest)).parse(input)
}

/// `<v Ana Reyes>`, `<v.loud Ana Reyes>`
fn voice_tag(input: &str) -> IResult<&str, &str> {
    let class = take_while(|c: char| !c.is_whitespace() && c != '>');
    delimited((tag("<v"), class, space0), take_while1(|c| c != '>'), char('>')).parse(input)
}

/// `REYES:`, `**Ana Reyes:**`, `Ana Reyes (00:12:07):`, `[00:12:07] Q:`
fn label(input: &str) -> IResult<&str, (Option<&str>, Option<u32>)> {
    let bracketed = delimited(one_of("[("), clock, one_of("])"));
    let clock_first = opt(terminated(alt((bracketed, clock)), space0));
    let (input, before) = terminated(preceded(space0, clock_first), opt((char('-'), space0))).parse(input)?;
    let (input, name) = opt(named).parse(input)?;
    let (name, beside) = name.map_or((None, None), |(name, at)| (Some(name), at));
    Ok((input, (name, before.or(beside))))
}

/// A name with its colon.
fn named(input: &str) -> IResult<&str, (&str, Option<u32>)> {
    let stars = || many0_count(one_of("*_"));
    let words = verify(
        recognize(take_while1(|c: char| c.is_alphanumeric() || " .'’-".contains(c))),
        |name: &str| is_name(name),
    );
    let beside = || opt(preceded(space0, delimited(one_of("[("), clock, one_of("])"))));
    let colon = (stars(), space0, char(':'), stars());
    let (input, (_, name, before, _, after, _)) =
        (stars(), words, beside(), colon, beside(), space0).parse(input)?;
    Ok((input, (name.trim(), before.or(after))))
}

/// Capitals throughout or at each word's start, and not too long.
fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let small =
        |word: &str| matches!(word, "of" | "the" | "de" | "van" | "von" | "bin" | "al" | "la" | "der");
    (1..=LONGEST_NAME).contains(&words.len())
        && words[0].starts_with(char::is_uppercase)
        && words
            .iter()
            .all(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric()) || small(word))
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

/// WebVTT and SubRip.
fn cues(text: &str) -> Vec<SpokenLine> {
    let mut spoken: Vec<SpokenLine> = Vec::new();
    let mut at: Option<u32> = None;
    let mut speaker: Option<String> = None;
    for (start, line) in lines(text) {
        if let Ok((_, seconds)) = times(line) {
            // A cue without a voice is nobody's, whatever the one before it said; SubRip's dialogue goes on.
            at = Some(seconds);
            if text.starts_with("WEBVTT") {
                speaker = None;
            }
        } else if line.is_empty() {
            at = None;
        } else if at.is_some() {
            let mut words = line;
            if let Ok((after, name)) = voice_tag(words) {
                (words, speaker) = (after, Some(name.trim().to_owned()));
            } else if let Ok((after, (Some(name), _))) = label(words) {
                (words, speaker) = (after, Some(name.to_owned()));
            }
            let from = start + line.len() - words.len();
            push(&mut spoken, speaker.as_ref(), at, from, untagged(words));
            if let Some(last) = spoken.last_mut() {
                last.span = Span::new(from as u32, (start + line.len()) as u32);
            }
        }
    }
    spoken
}

/// A payload without `<i>` and `</v>`.
fn untagged(words: &str) -> String {
    let mut plain = String::with_capacity(words.len());
    let mut inside = false;
    for c in words.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            c if !inside => plain.push(c),
            _ => {}
        }
    }
    plain.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ")
}

/// Plain text and Markdown with names before colons.
fn dialogue(text: &str) -> Vec<SpokenLine> {
    let mut spoken = Vec::new();
    let mut speaker: Option<String> = None;
    let mut at = None;
    for (start, line) in lines(text) {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let (words, (name, seconds)) = label(line).unwrap_or((line, (None, None)));
        if let Some(name) = name {
            speaker = Some(name.to_owned());
            at = None;
        }
        at = seconds.or(at);
        push(
            &mut spoken,
            speaker.as_ref(),
            at,
            start + line.len() - words.len(),
            words.replace(['*', '_'], ""),
        );
        if let Some(last) = spoken.last_mut() {
            last.span.end = (start + line.len()) as u32;
        }
    }
    spoken
}

fn push(
    spoken: &mut Vec<SpokenLine>,
    speaker: Option<&String>,
    at: Option<u32>,
    start: usize,
    words: String,
) {
    let start = start as u32;
    if words.chars().any(char::is_alphanumeric) {
        spoken.push(SpokenLine { speaker: speaker.cloned(), at, span: Span::new(start, start), words });
    }
}

/// What a JSON value is, as far as a transcript needs it.
enum Json<'a> {
    Text(&'a str),
    Number(&'a str),
    Other,
}

/// Whisper's segments.
fn segments(text: &str) -> Vec<SpokenLine> {
    let mut spoken = Vec::new();
    let Some(start) = text.find("\"segments\"") else { return spoken };
    let Some(open) = text[start..].find('[') else { return spoken };
    let mut input = &text[start + open + 1..];
    while let Ok((after, members)) = delimited(filler, object, filler).parse(input) {
        let offset = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
        let value = |key: &str| members.iter().find(|(name, _)| *name == key).map(|(_, value)| value);
        if let Some(Json::Text(raw)) = value("text") {
            let at = match value("start") {
                Some(Json::Number(digits)) => {
                    digits.parse::<f64>().ok().map(|seconds| seconds.max(0.0) as u32)
                }
                _ => None,
            };
            let speaker = match value("speaker") {
                Some(Json::Text(name)) => Some(unescaped(name)),
                _ => None,
            };
            push(&mut spoken, speaker.as_ref(), at, offset(raw), unescaped(raw));
            if let Some(last) = spoken.last_mut() {
                last.span.end = (offset(raw) + raw.len()) as u32;
            }
        }
        input = after;
    }
    spoken
}

/// White space and commas between members.
fn filler(input: &str) -> IResult<&str, &str> {
    take_while(|c: char| c.is_whitespace() || c == ',').parse(input)
}

fn object(input: &str) -> IResult<&str, Vec<(&str, Json<'_>)>> {
    let (mut input, _) = char('{').parse(input)?;
    let mut members = Vec::new();
    loop {
        (input, _) = filler(input)?;
        if let Ok((after, _)) = char::<_, nom::error::Error<&str>>('}').parse(input) {
            return Ok((after, members));
        }
        let (after, key) = json_text(input)?;
        let (after, _) = (filler, char(':'), filler).parse(after)?;
        let (after, value) = json_value(after)?;
        members.push((key, value));
        input = after;
    }
}

fn json_value(input: &str) -> IResult<&str, Json<'_>> {
    alt((
        json_text.map(Json::Text),
        take_while1(|c: char| c.is_ascii_digit() || "+-.eE".contains(c)).map(Json::Number),
        recognize(tag("true")).map(|_| Json::Other),
        recognize(tag("false")).map(|_| Json::Other),
        recognize(tag("null")).map(|_| Json::Other),
        nested.map(|_| Json::Other),
    ))
    .parse(input)
}

/// What stands between two marks, escapes unresolved.
fn json_text(input: &str) -> IResult<&str, &str> {
    let part = alt((
        recognize((char('\\'), nom::character::complete::anychar)),
        take_while1(|c: char| c != '"' && c != '\\'),
    ));
    delimited(char('"'), recognize(many0_count(part)), char('"')).parse(input)
}

/// An object or array that a transcript does not need: skipped over, strings and all.
fn nested(input: &str) -> IResult<&str, &str> {
    let (mut at, _) = one_of("[{").parse(input)?;
    let mut depth = 1;
    while depth > 0 {
        let (after, (skipped, _)) = consumed(alt((
            json_text,
            recognize(one_of("[]{}")),
            take_while1(|c: char| !"[]{}\"".contains(c)),
        )))
        .parse(at)?;
        match skipped {
            "[" | "{" => depth += 1,
            "]" | "}" => depth -= 1,
            _ => {}
        }
        at = after;
    }
    Ok((at, input))
}

/// JSON's escapes resolved; a broken one stays as it is.
fn unescaped(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut chars = raw.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match chars.next() {
            Some('n' | 'r' | 't') => text.push(' '),
            Some('u') => {
                let digits: String = chars.by_ref().take(4).collect();
                text.extend(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32));
            }
            Some(other) => text.push(other),
            None => text.push('\\'),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{clock, label, read};

    fn told(text: &str) -> Vec<String> {
        read(text)
            .iter()
            .map(|line| {
                assert!(line.span.end as usize <= text.len() && !line.span.is_empty());
                let at = line.at.map_or("-".to_owned(), |at| at.to_string());
                format!("{} {at} {}", line.speaker.as_deref().unwrap_or("?"), line.words.trim())
            })
            .collect()
    }

    #[test]
    fn clocks() {
        for (text, seconds) in [("00:12:07.500", 727), ("12:07", 727), ("1:00:00,000", 3600), ("0:05", 5)] {
            assert_eq!(clock(text), Ok(("", seconds)), "{text}");
        }
        assert!(clock("12.07").is_err());
    }

    #[test]
    fn labels() {
        for (text, name, at, rest) in [
            ("REYES: No.", Some("REYES"), None, "No."),
            ("**Ana Reyes:** No.", Some("Ana Reyes"), None, "No."),
            ("[00:01:05] Q: Why?", Some("Q"), Some(65), "Why?"),
            ("Ana Reyes (01:05): No.", Some("Ana Reyes"), Some(65), "No."),
            ("**Ana Reyes:** [01:05] No.", Some("Ana Reyes"), Some(65), "No."),
            ("He told me: no.", None, None, "He told me: no."),
            ("A sentence that goes on: no.", None, None, "A sentence that goes on: no."),
        ] {
            assert_eq!(label(text), Ok((rest, (name, at))), "{text}");
        }
    }

    #[test]
    fn web_vtt_with_voices() {
        let text = "WEBVTT\n\nNOTE made by hand\n\n1\n00:00:01.000 --> 00:00:04.000\n<v Ana Reyes>We will <i>not</i> sell.</v>\n\n00:00:05.000 --> 00:00:06.000 align:start\nWho asked?\n";
        assert_eq!(told(text), ["Ana Reyes 1 We will not sell.", "? 5 Who asked?"]);
    }

    #[test]
    fn sub_rip_with_and_without_names() {
        let text = "1\r\n00:00:01,000 --> 00:00:04,000\r\nREYES: We will not\r\nsell.\r\n\r\n2\r\n00:00:05,000 --> 00:00:06,000\r\nNot ever.\r\n";
        assert_eq!(told(text), ["REYES 1 We will not", "REYES 1 sell.", "REYES 5 Not ever."]);
        let bare = "1\n00:00:01,000 --> 00:00:04,000\nWe will not sell.\n";
        assert_eq!(told(bare), ["? 1 We will not sell."]);
    }

    #[test]
    fn interviews() {
        let text = "# The interview\n\n**Q:** Will you sell?\n\n**Ana Reyes:** No. *Never.*\n\nNot the pier either.\n";
        assert_eq!(
            told(text),
            ["Q - Will you sell?", "Ana Reyes - No. Never.", "Ana Reyes - Not the pier either."]
        );
    }

    #[test]
    fn whisper() {
        let text = r#"{"text":"x","language":"en","segments":[{"id":0,"start":1.5,"end":3.0,"text":" We \"won't\" sell.","tokens":[1,[2]],"speaker":"SPEAKER_01"},
          {"start":4,"text":"Caf\u00e9."}]}"#;
        assert_eq!(told(text), ["SPEAKER_01 1 We \"won't\" sell.", "? 4 Café."]);
    }

    #[test]
    fn never_fails() {
        for text in
            ["", "{\"segments\":[{", "WEBVTT", "00:00:01 --> ", "{\"segments\" \"text\":\"\\", "::::", "[[["]
        {
            read(text);
        }
    }
}
