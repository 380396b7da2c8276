//! Text and Markdown: names before colons, names with times on lines of their own, questions and answers.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while1};
use nom::character::complete::{char, one_of, space0, space1};
use nom::combinator::{opt, recognize, verify};
use nom::multi::{many0, many0_count};
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};
use rustc_hash::FxHashMap;

use super::{Layout, Spoken, SpokenLine, any_clock, clock, is_name, lines, push};

/// What a line is, as far as its own words tell.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Line<'t> {
    /// Nothing, or an ornament.
    Empty,
    /// A time alone, or a range of times.
    Time(u32),
    /// A name with a time, or a name with a colon and nothing behind: the words are below.
    Header { name: &'t str, at: Option<u32>, colon: bool },
    /// `[time] NAME: words`; the words may have no name.
    Words { name: Option<&'t str>, at: Option<u32>, words: &'t str },
    /// `Q. words`, `A. words`
    Question { answer: bool, words: &'t str },
    /// “BY MS. REYES:” in a court transcript: who asks from here on.
    Examiner(&'t str),
    /// “BO OKAFOR, called as a witness …”: who answers from here on.
    Witness(&'t str),
    /// A line of a meeting's chat.
    Chat { name: &'t str, at: u32, words: &'t str },
    /// A line that the tool added.
    Note,
}

/// Lines of a tool's own, by the words that they begin or end with.
const NOTES: [&str; 8] = [
    "Meeting ended after",
    "Transcription ended after",
    "This editable transcript was computer generated",
    "Transcribed by http",
    "started transcription",
    "stopped transcription",
    "[END OF TRANSCRIPT]",
    "END OF TRANSCRIPT",
];

/// Reads dialogue.
pub(super) fn read(text: &str) -> Spoken {
    let lines_by = |label: Label| -> Vec<(usize, &str, Line<'_>)> {
        lines(text).map(|(start, line)| (start, line, line_of(unmarked(line), label))).collect()
    };
    let mut read = lines_by(label);
    let mut layout = layout_of(&read);
    if matches!(layout, Layout::Plain | Layout::Times) {
        let loose = lines_by(loose_label);
        if are_labels(&loose) {
            (read, layout) = (loose, Layout::Labels);
        }
    }
    let known = names(&read);
    let is_label = |name: &str, at: Option<u32>| at.is_some() || known.get(name).is_some_and(|known| *known);
    let labelled = matches!(layout, Layout::Labels | Layout::NameAndTime | Layout::Questions | Layout::Chat);
    let mut spoken: Vec<SpokenLine> = Vec::new();
    let mut speaker: Option<String> = None;
    let mut at = None;
    let (mut examiner, mut witness): (Option<String>, Option<String>) = (None, None);
    // Lines above the first label are the head. A name alone counts right after a range of times.
    let mut begun = !labelled;
    let mut after_time = false;
    for (start, line, kind) in &read {
        let place = |words: &str| {
            let from = start + (words.as_ptr() as usize - line.as_ptr() as usize);
            (from, from + words.len())
        };
        let was_after_time = after_time;
        let named = after_time && is_name(line.trim()) && line.split_whitespace().count() <= 4;
        after_time = false;
        match kind {
            // On a page, an empty line may stand between a time and the name that goes with it.
            Line::Empty => after_time = was_after_time,
            Line::Note => {}
            Line::Time(seconds) => {
                at = Some(*seconds);
                after_time = true;
                begun = begun || layout == Layout::Times;
            }
            Line::Header { name, at: seconds, colon } if !colon || is_label(name, *seconds) => {
                speaker = Some((*name).to_owned());
                at = seconds.or(at);
                begun = true;
            }
            Line::Chat { name, at: seconds, words } => {
                speaker = Some((*name).to_owned());
                at = Some(*seconds);
                begun = true;
                push(&mut spoken, speaker.as_ref(), at, place(words), (*words).to_owned());
            }
            Line::Examiner(name) => {
                examiner = Some((*name).to_owned());
                begun = true;
            }
            Line::Witness(name) => witness = Some((*name).to_owned()),
            Line::Question { answer, words } => {
                let (who, letter) = if *answer { (&witness, "A") } else { (&examiner, "Q") };
                speaker = Some(who.clone().unwrap_or_else(|| letter.to_owned()));
                begun = true;
                push(&mut spoken, speaker.as_ref(), at, place(words), plain(words));
            }
            Line::Words { name: Some(name), at: seconds, words } if is_label(name, *seconds) => {
                if speaker.as_deref() != Some(*name) {
                    speaker = Some((*name).to_owned());
                    at = at.filter(|_| layout == Layout::Times || !timed(&read));
                }
                at = seconds.or(at);
                begun = true;
                push(&mut spoken, speaker.as_ref(), at, place(words), plain(words));
            }
            _ if named => {
                speaker = Some(line.trim().to_owned());
                begun = true;
            }
            Line::Words { name: None, at: seconds, words } => {
                at = seconds.or(at);
                begun = begun || (seconds.is_some() && layout == Layout::Times);
                if begun {
                    let marked = words.starts_with(">>");
                    if marked {
                        speaker = None;
                    }
                    let words = words.trim_start_matches('>').trim_start();
                    push(&mut spoken, speaker.as_ref(), at, place(words), plain(words));
                }
            }
            _ if begun => {
                let words = unnumbered(line).trim_start();
                push(&mut spoken, speaker.as_ref(), at, place(words), plain(words));
            }
            _ => {}
        }
    }
    // Footers of tools say that a machine made it.
    let machine =
        text.contains("otter.ai") || text.contains("was computer generated") || text.contains("Speaker 1");
    Spoken { lines: spoken, layout, machine }
}

/// Are names without colons labels, and no words of a text that happens to have a dash? They are where most lines begin with
/// one, or where a name comes again.
fn are_labels(read: &[(usize, &str, Line<'_>)]) -> bool {
    let mut names = read.iter().filter_map(|(_, _, line)| match line {
        Line::Words { name: Some(name), .. } => Some(*name),
        _ => None,
    });
    let lines = read.iter().filter(|(_, _, line)| !matches!(line, Line::Empty | Line::Note)).count();
    let labels = names.clone().count();
    let first = names.next();
    labels > 1 && (labels * 2 >= lines || names.any(|name| Some(name) == first))
}

/// Does every label have a time of its own, so that a time does not hold for the next speaker?
fn timed(read: &[(usize, &str, Line<'_>)]) -> bool {
    read.iter().any(|(_, _, line)| matches!(line, Line::Words { name: Some(_), at: Some(_), .. }))
}

/// Which names are labels, and not the first word of a sentence (“Look: we never …”): names in capitals or of two
/// words, names that come again, and the first in the file.
fn names<'t>(read: &[(usize, &'t str, Line<'t>)]) -> FxHashMap<&'t str, bool> {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    let mut first = None;
    for (_, _, line) in read {
        if let Line::Words { name: Some(name), .. } | Line::Header { name, .. } = line {
            *counts.entry(name).or_default() += 1;
            first.get_or_insert(*name);
        }
    }
    let sure = |name: &str| {
        name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase)
            || name.split_whitespace().count() > 1
            || name.bytes().any(|byte| byte.is_ascii_digit())
    };
    counts.iter().map(|(&name, &count)| (name, count > 1 || sure(name) || first == Some(name))).collect()
}

fn layout_of(read: &[(usize, &str, Line<'_>)]) -> Layout {
    let count = |of: fn(&Line<'_>) -> bool| read.iter().filter(|(_, _, line)| of(line)).count();
    let headers = count(|line| matches!(line, Line::Header { at: Some(_), colon: false, .. }));
    let labels =
        count(|line| matches!(line, Line::Words { name: Some(_), .. } | Line::Header { colon: true, .. }));
    let questions = count(|line| matches!(line, Line::Question { .. }));
    let chat = count(|line| matches!(line, Line::Chat { .. }));
    let times = count(|line| matches!(line, Line::Time(_) | Line::Words { at: Some(_), .. }));
    if chat > 0 && chat >= labels {
        Layout::Chat
    } else if questions > 1 && questions >= labels / 2 {
        Layout::Questions
    } else if headers > 0 && headers >= labels {
        Layout::NameAndTime
    } else if labels > 0 {
        Layout::Labels
    } else if times > 0 {
        Layout::Times
    } else {
        Layout::Plain
    }
}

/// A line without what tools put in front of it: `>>` of captions, `>` of a quoted block, characters without width.
fn unmarked(line: &str) -> &str {
    let bare = line.trim_start_matches(['\u{200b}', '\u{200e}', '\u{feff}', ' ', '\t']);
    let marked = bare.trim_start_matches('>').trim_start();
    let is_label = label(marked).is_ok_and(|(_, (name, _))| name.is_some());
    match marked.len() < bare.len() {
        true if is_label => marked,
        true => line,
        false if bare.len() < line.len() && line.starts_with(['\u{200b}', '\u{200e}', '\u{feff}']) => bare,
        false => line,
    }
}

fn line_of(line: &str, label: Label) -> Line<'_> {
    let bare = line.trim().trim_start_matches(['#', ' ']).trim_matches(['*', '_', ' ']).trim_end();
    if bare.is_empty() || bare.chars().all(|c| "-=_*~".contains(c)) {
        return Line::Empty;
    }
    if NOTES.iter().any(|note| bare.starts_with(note) || bare.ends_with(note)) {
        return Line::Note;
    }
    if let Some(at) = time_alone(bare) {
        return Line::Time(at);
    }
    if let Ok((_, (at, name, words))) = chat(line) {
        return Line::Chat { name, at, words };
    }
    if let Some((name, at)) = header(bare) {
        return Line::Header { name, at: Some(at), colon: false };
    }
    let line = unnumbered(line);
    if let Some(line) = court(line) {
        return line;
    }
    if line.trim_start().starts_with('#') {
        return Line::Empty;
    }
    match label(line) {
        Ok((words, (Some(name), at))) if words.trim().is_empty() => Line::Header { name, at, colon: true },
        Ok((words, (name, at))) => Line::Words { name, at, words },
        Err(_) => Line::Words { name: None, at: None, words: line },
    }
}

/// A time or a range of times with nothing else on the line, brackets aside.
fn time_alone(line: &str) -> Option<u32> {
    let line = line.trim_matches(['[', ']', '(', ')', ' ']);
    let (rest, at) = any_clock(line).ok()?;
    let rest = rest.trim_start_matches([' ', '-', '–', '—', '>']);
    (rest.is_empty() || any_clock(rest).is_ok_and(|(rest, _)| rest.trim().is_empty())).then_some(at)
}

/// `Ana Reyes  0:05`, `[Ana Reyes] 10:04:05`, `00:05 | Ana Reyes`, `Ana Reyes   0 minutes 5 seconds`
fn header(line: &str) -> Option<(&str, u32)> {
    let edge = |c: char| c.is_whitespace() || "[](){}|-–—,·•*_".contains(c);
    // “Thu, Jun 11, 2026 10:00AM” is a day.
    let is_time = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.contains(':') || (word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let named = |name: &str| {
        is_name(name)
            && name.split_whitespace().count() <= 6
            && !name.ends_with('.')
            && !name.contains(['\t', '?', '!'])
            && !name.split_whitespace().any(is_time)
    };
    let first = any_clock(line.trim_start_matches(edge)).ok().and_then(|(rest, at)| {
        let name = rest.trim_matches(edge).trim_end_matches(':');
        (named(name) && !rest.starts_with(char::is_alphanumeric)).then_some((name, at))
    });
    first.or_else(|| {
        let digit = line.char_indices().filter(|(at, c)| c.is_ascii_digit() && line[..*at].ends_with(edge));
        for (at, _) in digit {
            let (name, rest) = (line[..at].trim_matches(edge), &line[at..]);
            if let Ok((rest, seconds)) = any_clock(rest)
                && matches!(rest.trim_matches(edge).to_ascii_lowercase().as_str(), "" | "am" | "pm")
                && named(name)
            {
                return Some((name, seconds));
            }
        }
        None
    })
}

/// `10:04:05 From  Ana Reyes to Everyone: words`
fn chat(input: &str) -> IResult<&str, (u32, &str, &str)> {
    let (input, at) = preceded(space0, clock).parse(input)?;
    let (input, _) = (space0, tag("From"), space1).parse(input)?;
    let (words, who) = terminated(take_while1(|c| c != ':'), (char(':'), space0)).parse(input)?;
    let name = [" to ", " To "].iter().filter_map(|to| who.find(to)).min().map_or(who, |at| &who[..at]);
    Ok(("", (at, name.trim(), words)))
}

/// `Q. words`, `A   words`, `BY MS. REYES:`, `BO OKAFOR, called as a witness`, `Ms. REYES. words`
fn court(line: &str) -> Option<Line<'_>> {
    let line = line.trim_start();
    for (letter, answer) in [("Q", false), ("A", true)] {
        let Some(rest) = line.strip_prefix(letter) else { continue };
        let words = rest
            .strip_prefix(['.', ':'])
            .or_else(|| rest.strip_prefix("  ").or_else(|| rest.strip_prefix('\t')));
        if let Some(words) =
            words.filter(|words| words.starts_with([' ', '\t']) || !rest.starts_with(['.', ':']))
        {
            return Some(Line::Question { answer, words: words.trim_start() });
        }
    }
    if let Some(name) = line.strip_prefix("BY ").and_then(|rest| rest.trim_end().strip_suffix(':')) {
        return is_name(name).then_some(Line::Examiner(name));
    }
    let capitals = |name: &str| name.len() > 2 && !name.chars().any(char::is_lowercase) && is_name(name);
    let low = line.to_lowercase();
    if ["called as a witness", "duly sworn", "having been sworn"].iter().any(|phrase| low.contains(phrase))
        && let Some((name, _)) = line.split_once(',')
        && capitals(name.trim())
    {
        return Some(Line::Witness(name.trim()));
    }
    // “Ms. REYES. Mr. Speaker, …”
    for title in ["Mr. ", "Ms. ", "Mrs. ", "Dr. ", "Senator ", "Miss "] {
        let Some(rest) = line.strip_prefix(title) else { continue };
        let Some(stop) = rest.find(". ") else { continue };
        if capitals(&rest[..stop]) && !rest[..stop].contains(' ') {
            let cut = title.len() + stop;
            return Some(Line::Words {
                name: Some(&line[..cut]),
                at: None,
                words: line[cut + 2..].trim_start(),
            });
        }
    }
    None
}

/// A line without the number that a court reporter prints before it.
fn unnumbered(line: &str) -> &str {
    let bare = line.trim_start();
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &bare[digits..];
    if (1..=2).contains(&digits) && (rest.starts_with("  ") || rest.starts_with('\t')) {
        rest.trim_start()
    } else {
        line
    }
}

/// Words without Markdown's marks.
fn plain(words: &str) -> String {
    words.replace(['*', '_'], "")
}

/// Reads what stands before the words of a line: a name, a time, both or neither.
type Label = for<'t> fn(&'t str) -> IResult<&'t str, (Option<&'t str>, Option<u32>)>;

/// `REYES:`, `**Ana Reyes:**`, `Ana Reyes (00:12:07):`, `[00:12:07] Q:`, `**[00:12:07]** **Ana Reyes:**`, `[Ana Reyes]:`,
/// `<Ana Reyes>`
pub(super) fn label(input: &str) -> IResult<&str, (Option<&str>, Option<u32>)> {
    let (input, before) = time_before(input)?;
    let (input, name) = opt(alt((named, in_brackets))).parse(input)?;
    let (name, beside) = name.map_or((None, None), |(name, at)| (Some(name), at));
    Ok((input, (name, before.or(beside))))
}

/// A label without a colon too: `REYES — words`, `Ana Reyes -- words`, `[Ana Reyes] words`, a name before a tab.
fn loose_label(input: &str) -> IResult<&str, (Option<&str>, Option<u32>)> {
    let (input, before) = time_before(input)?;
    let (input, name) = opt(loosely_named).parse(input)?;
    Ok((input, (name, before)))
}

/// A time or a range of times at the start of a line, and what divides it from a name.
fn time_before(input: &str) -> IResult<&str, Option<u32>> {
    let stars = || many0_count(one_of("*_"));
    let range = || terminated(clock, opt((space0, alt((tag("-->"), tag("-"), tag("–"))), space0, clock)));
    let bracketed = delimited(one_of("[("), range(), one_of("])"));
    let clock_first = opt((stars(), alt((bracketed, clock)), stars(), space0).map(|(_, at, ..)| at));
    let dash = opt((one_of("-–—|"), space0));
    terminated(preceded(space0, clock_first), dash).parse(input)
}

/// Words that may be a name; “June 11, 2026, 10:00AM” is a day.
fn name(input: &str) -> IResult<&str, &str> {
    let letters = |c: char| c.is_alphanumeric() || " .'’-_,&/".contains(c);
    let has_year = |name: &str| {
        name.split([' ', ',']).any(|word| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()))
    };
    verify(recognize(take_while1(letters)), |name: &str| is_name(name) && !has_year(name)).parse(input)
}

/// A name with its colon.
fn named(input: &str) -> IResult<&str, (&str, Option<u32>)> {
    let stars = || many0_count(one_of("*_"));
    let beside = || opt(preceded(space0, delimited(one_of("[("), clock, one_of("])"))));
    // “(Skarrow North) (Ind)”: a constituency and a party.
    let aside = || delimited((space0, char('(')), take_while(|c: char| !"():\n".contains(c)), char(')'));
    let colon = (many0(aside()), stars(), space0, char(':'), stars());
    let (input, (_, name, before, _, after, _)) =
        (stars(), name, beside(), colon, beside(), space0).parse(input)?;
    Ok((input, (name.trim().trim_end_matches(['*', '_']), before.or(after))))
}

/// A name in brackets: square and round ones want a colon, for they hold “[laughter]” too.
fn in_brackets(input: &str) -> IResult<&str, (&str, Option<u32>)> {
    let stars = || many0_count(one_of("*_"));
    let angled = (delimited(char('<'), name, char('>')), stars(), opt(char(':')));
    let square = (
        alt((delimited(char('['), name, char(']')), delimited(char('('), name, char(')')))),
        stars(),
        opt(char(':')),
    );
    let colon = verify(square, |(.., colon): &(&str, usize, Option<char>)| colon.is_some());
    let (input, (_, (name, ..), ..)) = (stars(), alt((angled, colon)), stars(), space0).parse(input)?;
    Ok((input, (name, None)))
}

/// A name before a dash, a bar or a tab, or in square brackets; of two words or in capitals, since more than a name stands
/// before a dash.
fn loosely_named(input: &str) -> IResult<&str, &str> {
    let stars = || many0_count(one_of("*_"));
    let dash = || (space0, alt((tag("--"), tag("—"), tag("–"), tag("-"), tag("|"))), space1).map(drop);
    let tab = || (many0_count(char(' ')), char('\t'), space0).map(drop);
    let spaced = |c: char| c.is_alphanumeric() || " .'’,&".contains(c);
    let plain = terminated(recognize(take_while1(spaced)), (stars(), alt((tab(), dash()))));
    let bracketed = terminated(delimited(char('['), name, char(']')), (stars(), space1));
    let sure = |name: &&str| {
        let name = name.trim();
        is_name(name)
            && name.split_whitespace().count() <= MOST_WORDS_BEFORE_A_DASH
            && (name.contains(' ') || (name.len() > 1 && !name.chars().any(char::is_lowercase)))
    };
    let (input, name) =
        verify(preceded(stars(), alt((bracketed, plain))), |name: &str| sure(&name)).parse(input)?;
    Ok((input, name.trim()))
}

/// The most words of a name that has no colon: “Councillor Ana María Reyes”.
const MOST_WORDS_BEFORE_A_DASH: usize = 4;
