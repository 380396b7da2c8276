//! WebVTT and SubRip: cues with times, and voices in tags, in labels, behind dashes or as the cue's name.

use nom::bytes::complete::{tag, take_while, take_while1};
use nom::character::complete::{char, space0};
use nom::sequence::delimited;
use nom::{IResult, Parser};

use super::dialogue::label;
use super::{Layout, Spoken, SpokenLine, is_name, lines, push, times};

/// One cue: its time, its name, and its lines with their places.
struct Cue<'t> {
    at: u32,
    name: Option<&'t str>,
    lines: Vec<(usize, &'t str)>,
}

/// Reads cues.
pub(super) fn read(text: &str) -> Spoken {
    let web = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r']).starts_with("WEBVTT");
    let cues = cues(text);
    let rolling = rolls(text, &cues);
    // Where voices are tagged, a cue without a voice is nobody's. Labels are written when the speaker changes.
    let tagged = web && text.contains("<v");
    let named = cues.iter().any(|cue| cue.name.is_some());
    let mut spoken: Vec<SpokenLine> = Vec::new();
    let mut speaker: Option<String> = None;
    let mut before: Vec<String> = Vec::new();
    for cue in &cues {
        if tagged || named {
            speaker = cue.name.map(str::to_owned);
        }
        let mut own = Vec::new();
        for &(start, line) in &cue.lines {
            let plain = untagged(line);
            let bare = one_line(plain.trim_start_matches([' ', '-', '>']));
            own.push(bare.clone());
            if rolling && !bare.is_empty() && before.contains(&bare) {
                continue;
            }
            for (from, voice, words) in voices(start, line) {
                match voice {
                    Voice::Named(name) => speaker = Some(name),
                    Voice::Changed => speaker = None,
                    Voice::Same => {}
                }
                let plain = untagged(words);
                let span = (from, from + words.len());
                // A line that is painted word by word begins anew in each cue.
                if rolling && let Some(last) = spoken.last_mut() {
                    let (old, new) = (one_line(&last.words), one_line(&plain));
                    if new.len() > old.len() && new.starts_with(&old) {
                        last.span.end = (span.1 as u32).max(last.span.end);
                        last.span.start = span.0 as u32;
                        last.words = plain;
                        continue;
                    }
                }
                push(&mut spoken, speaker.as_ref(), Some(cue.at), span, plain);
            }
        }
        before = own;
    }
    Spoken { lines: spoken, layout: if web { Layout::WebVtt } else { Layout::SubRip }, machine: rolling }
}

/// The cues of a text. Notes and styles have no times and are passed over.
fn cues(text: &str) -> Vec<Cue<'_>> {
    let mut cues: Vec<Cue<'_>> = Vec::new();
    let mut open = false;
    let mut above: Option<&str> = None;
    for (start, line) in lines(text) {
        if let Ok((_, at)) = times(line) {
            // The line above the times is the cue's name. Subtitles without empty lines between them have it at the
            // end of the cue before.
            if open
                && let Some(cue) = cues.last_mut()
                && cue.lines.last().is_some_and(|(_, last)| is_number(last))
            {
                cue.lines.pop();
            }
            let name = above
                .map(str::trim)
                .filter(|name| is_name(name) && name.contains(char::is_alphabetic) && !is_machine_name(name));
            cues.push(Cue { at, name, lines: Vec::new() });
            open = true;
            above = None;
        } else if line.trim().is_empty() {
            // A blank line between the times and the words ends nothing.
            open = open && cues.last().is_some_and(|cue| cue.lines.is_empty());
            above = None;
        } else if open {
            if let Some(cue) = cues.last_mut() {
                cue.lines.push((start, line));
            }
        } else {
            above = Some(line);
        }
    }
    cues
}

fn is_number(line: &str) -> bool {
    !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit())
}

/// “1a/2”, “b0c3-41”: the name that a machine gives a cue.
fn is_machine_name(name: &str) -> bool {
    name.bytes().any(|byte| byte.is_ascii_digit()) && !name.contains(' ')
        || name.contains('/')
        || name == "WEBVTT"
}

/// Do the lines roll up, so that each is shown in several cues? Inline times tell it, or lines that are there again.
fn rolls(text: &str, cues: &[Cue<'_>]) -> bool {
    let inline = text.contains("<c>") || text.contains("<00:");
    let again = cues.windows(2).filter(|pair| {
        let last = pair[0].lines.last().map(|(_, line)| one_line(line));
        last.is_some_and(|last| pair[1].lines.len() > 1 && one_line(pair[1].lines[0].1) == last)
    });
    inline || (cues.len() > 3 && again.count() * 2 >= cues.len())
}

/// Who speaks a stretch of a line.
enum Voice {
    /// Somebody with this name.
    Named(String),
    /// Somebody else than before, without a name.
    Changed,
    /// Who spoke before.
    Same,
}

/// The stretches of a line, cut at voice tags, each with its place and its speaker.
fn voices(start: usize, line: &str) -> Vec<(usize, Voice, &str)> {
    let mut found = Vec::new();
    let mut rest = line;
    loop {
        // A tag at the very beginning is the part's own.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let cut = rest[first..].find("<v").map_or(rest.len(), |at| at + first);
        let part = &rest[..cut];
        let at = start + (rest.as_ptr() as usize - line.as_ptr() as usize);
        let bare = unstyled(part.trim_start_matches([' ', '\t']));
        let marked = bare.trim_start_matches(['-', '–', '>']);
        let dashed = marked.len() < bare.len() && !bare.starts_with("-->");
        let words = if dashed { marked.trim_start() } else { bare };
        let (voice, words) = if let Ok((after, name)) = voice_tag(words) {
            (Voice::Named(name.trim().to_owned()), after)
        } else if let Ok((after, (Some(name), _))) = label(words) {
            (Voice::Named(name.to_owned()), after)
        } else if let Some((name, after)) = bracketed_name(words) {
            (Voice::Named(name.to_owned()), after)
        } else if dashed {
            (Voice::Changed, words)
        } else {
            (Voice::Same, words)
        };
        found.push((at + (part.len() - words.len()), voice, words));
        rest = &rest[cut..];
        if rest.is_empty() {
            return found
                .into_iter()
                .filter(|(_, voice, words)| !words.is_empty() || matches!(voice, Voice::Named(_)))
                .collect();
        }
    }
}

/// A line without the tags and positions of subtitles in front of its words: `<i>`, `{\an8}`.
fn unstyled(mut line: &str) -> &str {
    loop {
        let close = match line.as_bytes() {
            [b'{', b'\\', ..] => line.find('}'),
            [b'<', next, ..] if *next != b'v' => line.find('>'),
            _ => None,
        };
        match close {
            Some(close) => line = line[close + 1..].trim_start(),
            None => return line,
        }
    }
}

/// `[Ana Reyes] words`: a name of two words or more, for `[Applause]` is a sound.
fn bracketed_name(line: &str) -> Option<(&str, &str)> {
    let (name, words) = line.strip_prefix('[')?.split_once(']')?;
    let capitals = name.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
    let long = name.split_whitespace().count() > 1 && capitals && is_name(name);
    (long && !words.trim().is_empty()).then(|| (name.trim(), words.trim_start_matches([':', ' '])))
}

/// `<v Ana Reyes>`, `<v.loud Ana Reyes>`
fn voice_tag(input: &str) -> IResult<&str, &str> {
    let class = take_while(|c: char| !c.is_whitespace() && c != '>');
    delimited((tag("<v"), class, space0), take_while1(|c| c != '>'), char('>')).parse(input)
}

/// A payload without tags, character references resolved.
fn untagged(words: &str) -> String {
    let mut plain = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(open) = rest.find('<') {
        let Some(close) = rest[open..].find('>') else { break };
        plain.push_str(&rest[..open]);
        rest = &rest[open + close + 1..];
    }
    plain.push_str(rest);
    if !plain.contains('&') {
        return plain;
    }
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&nbsp;", " "),
        ("&lrm;", ""),
        ("&rlm;", ""),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(plain, |text, (name, character)| text.replace(name, character))
}

fn one_line(text: &str) -> String {
    untagged(text).split_whitespace().collect::<Vec<_>>().join(" ")
}
