//! When a document was published, as its name and its own words tell it.

use super::{Hints, Published, PublishedFrom};
use crate::calendar::Day;
use crate::source::{Block, Document, Prose, ProseSpan};
use crate::syntax::dates::{self, Expression, Shape};

/// A dateline stands within so many bytes of its paragraph.
const DATELINE: usize = 80;

/// Blocks at a document's beginning that may say when it was published.
const OPENING: usize = 6;

/// Words that open a line which says when a document was published.
const LABELS: &str = include_str!("../../rules/words/date-labels.txt");

/// When a document was published, by the first source that tells: its front matter, an override, its name, its
/// own first lines, the command line, the day on which somebody last changed it.
pub fn discover(document: &Document, prose: &Prose<'_>, hints: &Hints) -> Option<Published> {
    let known = |day: Option<Day>, from| day.map(|day| Published { day, from });
    let front = || document.front_matter.as_ref()?.date.as_ref().and_then(|(date, _)| written(date));
    let changed = || written(document.front_matter.as_ref()?.changed.as_ref()?);
    known(front(), PublishedFrom::FrontMatter)
        .or_else(|| known(hints.published, PublishedFrom::Override))
        .or_else(|| known(in_file_name(&document.path), PublishedFrom::FileName))
        .or_else(|| known(in_text(prose).map(|(day, _)| day), PublishedFrom::Dateline))
        .or_else(|| known(hints.fallback, PublishedFrom::CommandLine))
        .or_else(|| known(changed(), PublishedFrom::Properties))
}

/// The first day with its year in a few words: “2025-04-17T09:30:00Z”, “17 April 2025”.
fn written(text: &str) -> Option<Day> {
    dates::each(text).find_map(|expression| match expression.shape {
        Shape::Civil { year: Some(year), month, day } => Day::new(year, month, day),
        _ => None,
    })
}

/// The day in a file's name or in the folders above it: `2025-04-17-x.md`, `desk_20250417.txt`,
/// `2025/04/17/x.md`. The first one where there are several.
pub fn in_file_name(path: &str) -> Option<Day> {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    first_day(name).or_else(|| first_day(path))
}

/// The first day with its year in the head of a transcript: “Recorded 12 June 2026”.
pub(super) fn in_head(head: &str) -> Option<Day> {
    first_day(head).or_else(|| written(head))
}

fn first_day(text: &str) -> Option<Day> {
    let bytes = text.as_bytes();
    (0..bytes.len())
        .filter(|&at| bytes[at].is_ascii_digit() && (at == 0 || !bytes[at - 1].is_ascii_digit()))
        .find_map(|at| day_at(&bytes[at..]))
}

/// `YYYY-MM-DD` with any one mark between, or `YYYYMMDD`; 1900 to 2099.
fn day_at(bytes: &[u8]) -> Option<Day> {
    let digits = |range: std::ops::Range<usize>| {
        bytes
            .get(range)?
            .iter()
            .try_fold(0i16, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + i16::from(byte - b'0')))
    };
    let year = digits(0..4).filter(|year| (1900..2100).contains(year))?;
    let marked = bytes.get(4).is_some_and(|mark| b"-_./".contains(mark)) && bytes.get(7) == bytes.get(4);
    let (month, day, end) =
        if marked { (digits(5..7)?, digits(8..10)?, 10) } else { (digits(4..6)?, digits(6..8)?, 8) };
    let whole = !bytes.get(end).is_some_and(u8::is_ascii_digit);
    Day::new(year, month.try_into().ok()?, day.try_into().ok()?).filter(|_| whole)
}

/// The day a document gives for itself, with its place in the prose: in a line that begins with “Published” or
/// the like, in a line of its own at the top, or in a dateline (“OSLO, April 17, 2025 (AP) —”).
pub fn in_text(prose: &Prose<'_>) -> Option<(Day, ProseSpan)> {
    let text: &str = &prose.text;
    let opening = prose.blocks.iter().take(OPENING);
    let closing = prose.blocks.iter().skip(OPENING.max(prose.blocks.len().saturating_sub(2)));
    let labelled = || opening.clone().chain(closing).find_map(|block| labelled(text, block));
    let alone =
        || opening.clone().find_map(|block| alone(text, block).or_else(|| in_head_lines(text, block)));
    labelled()
        .or_else(alone)
        .or_else(|| opening.clone().find_map(|block| dateline(text, block)))
        .or_else(|| column_head(text, prose.blocks.first()?))
}

/// The block's first date that has its year, with the block's beginning.
fn dated<'t>(text: &'t str, block: &Block) -> Option<(&'t str, Expression, Day)> {
    let whole = block.span.of(text);
    let end = (0..=whole.len().min(2 * DATELINE)).rev().find(|&at| whole.is_char_boundary(at))?;
    let beginning = &whole[..end];
    dates::each(beginning).find_map(|expression| match expression.shape {
        Shape::Civil { year: Some(year), month, day } => {
            Some((beginning, expression, Day::new(year, month, day)?))
        }
        _ => None,
    })
}

fn placed(block: &Block, expression: &Expression, day: Day) -> (Day, ProseSpan) {
    let start = block.span.start;
    (day, ProseSpan::new(start + expression.span.start, start + expression.span.end))
}

/// “Published 17 April 2025”, “date 2025-04-17”, “Last updated: …”.
fn labelled(text: &str, block: &Block) -> Option<(Day, ProseSpan)> {
    let (beginning, expression, day) = dated(text, block)?;
    let before = beginning[..expression.span.start as usize].to_lowercase();
    let words = before.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let label = |word: &str| LABELS.lines().any(|label| label == word);
    let first = words.clone().take(2).any(label);
    (first && words.count() <= 4).then(|| placed(block, &expression, day))
}

/// A line that holds a date and hardly more: “Thursday, April 17, 2025 | 9:30 a.m.”.
fn alone(text: &str, block: &Block) -> Option<(Day, ProseSpan)> {
    let (_, expression, day) = dated(text, block)?;
    let rest = block.span.len() - expression.span.len();
    // The full stop of “Oct. 13” ends no sentence.
    let words = block.span.of(text);
    let wordy = words.get(expression.span.end as usize..).is_some_and(|rest| rest.contains(". "));
    (expression.span.start <= 2 && rest <= 24 && !wordy).then(|| placed(block, &expression, day))
}

/// “FOR IMMEDIATE RELEASE⏎April 17, 2025⏎Office of the Harbour Board”: a line of a head that is set without empty lines. All
/// of its lines are short, and none ends like a sentence.
fn in_head_lines(text: &str, block: &Block) -> Option<(Day, ProseSpan)> {
    let head = block.span.of(text);
    if head.len() > HEAD || !head.contains('\n') {
        return None;
    }
    let lines = || head.split('\n').map(str::trim);
    if lines().any(|line| line.len() > HEAD_LINE || line.ends_with(['.', '!', '?', '”', '"'])) {
        return None;
    }
    lines().find_map(|line| {
        let start = block.span.start + (line.as_ptr() as usize - head.as_ptr() as usize) as u32;
        let span = ProseSpan::new(start, start + line.len() as u32);
        alone(text, &Block { kind: block.kind, span })
    })
}

/// Bytes of the longest head of a release, and of its longest line.
const HEAD: usize = 400;
const HEAD_LINE: usize = 70;

/// “OSLO, April 17, 2025 (AP) —”: capitals before the date, and a dash behind it.
fn dateline(text: &str, block: &Block) -> Option<(Day, ProseSpan)> {
    let (beginning, expression, day) = dated(text, block)?;
    heads(beginning, &expression).then(|| placed(block, &expression, day))
}

/// The date in the document's dateline, with or without its year.
pub(super) fn dateline_date(prose: &Prose<'_>) -> Option<ProseSpan> {
    prose.blocks.iter().take(OPENING).find_map(|block| {
        let whole = block.span.of(&prose.text);
        let end = (0..=whole.len().min(2 * DATELINE)).rev().find(|&at| whole.is_char_boundary(at))?;
        let beginning = Some(&whole[..end]).filter(|words| opens_in_capitals(words))?;
        let first = dates::each(beginning).next()?;
        let at = |offset: u32| block.span.start + offset;
        heads(beginning, &first).then(|| ProseSpan::new(at(first.span.start), at(first.span.end)))
    })
}

/// Do the words begin with capitals, as a dateline does with its place? Most paragraphs do not and hold none.
fn opens_in_capitals(words: &str) -> bool {
    let mut letters = words.chars().filter(|c| c.is_alphabetic());
    (0..3).all(|_| letters.next().is_some_and(|c| !c.is_lowercase()))
}

/// Does the date stand in a dateline?
fn heads(beginning: &str, expression: &Expression) -> bool {
    let (before, after) =
        (&beginning[..expression.span.start as usize], &beginning[expression.span.end as usize..]);
    let place = before.split([',', '(']).next().unwrap_or("").trim();
    let capitals =
        place.chars().filter(|c| c.is_alphabetic()).count() > 2 && !place.chars().any(char::is_lowercase);
    capitals && dash_follows(after) && before.len() <= DATELINE && !before.contains(['—', '–'])
}

/// Does a dash follow soon? The name of an agency may stand in brackets before it: “(Skarrow News Agency) —”.
fn dash_follows(after: &str) -> bool {
    let soon = |words: &str| words.find(['—', '–', '-']).is_some_and(|at| at <= 24);
    let agency = after.trim_start().strip_prefix('(').and_then(|inside| inside.split_once(')'));
    soon(after) || agency.is_some_and(|(name, rest)| name.len() <= AGENCY && soon(rest))
}

/// Bytes of the longest name of an agency.
const AGENCY: usize = 60;

/// “Monday notebook, 16 March 2026”: the name of a column and the day, and nothing else on the first line.
fn column_head(text: &str, block: &Block) -> Option<(Day, ProseSpan)> {
    let (beginning, expression, day) = dated(text, block)?;
    let (before, after) =
        (&beginning[..expression.span.start as usize], &beginning[expression.span.end as usize..]);
    let ends = after.is_empty() || after.starts_with('\n') || after.trim_start().starts_with("By ");
    let name = before.trim_end();
    let parted = name.ends_with([',', '|', '·', '—', '–']);
    let short = before.split_whitespace().count() <= COLUMN_WORDS && !before.contains(['.', '\n']);
    (ends && parted && short).then(|| placed(block, &expression, day))
}

/// Words of the longest name of a column.
const COLUMN_WORDS: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::BlockKind;

    fn day(year: i16, month: i8, day: i8) -> Option<Day> {
        Day::new(year, month, day)
    }

    #[test]
    fn days_in_file_names() {
        let april = day(2025, 4, 17);
        for name in [
            "2025-04-17-ferry.md",
            "drafts/20250417.txt",
            "gazette_2025-04-17_the-ferry-sank.txt",
            "2025_04_17.md",
            "site/2025/04/17/ferry.html",
        ] {
            assert_eq!(in_file_name(name), april, "{name}");
        }
        for name in
            ["ferry.md", "202504171230.txt", "2025-13-40.txt", "v1.20.3.txt", "phone-5550417.txt", "17-04.md"]
        {
            assert_eq!(in_file_name(name), None, "{name}");
        }
    }

    fn opening(paragraphs: &[&str]) -> Option<Day> {
        let text = paragraphs.join("\n\n");
        let mut at = 0;
        let blocks = paragraphs.iter().map(|paragraph| {
            let span = ProseSpan::new(at, at + paragraph.len() as u32);
            at = span.end + 2;
            Block { kind: BlockKind::Paragraph, span }
        });
        let blocks = blocks.collect();
        in_text(&Prose { text: text.into(), pieces: Vec::new(), blocks, languages: Vec::new() })
            .map(|(day, _)| day)
    }

    #[test]
    fn days_in_the_first_lines() {
        let april = day(2025, 4, 17);
        assert_eq!(opening(&["Published 17 April 2025", "The ferry sank."]), april);
        assert_eq!(
            opening(&["Ferry lost", "Last updated: Thu., April 17, 2025 at 9 p.m.", "It sank."]),
            april
        );
        assert_eq!(opening(&["date 2025-04-17 The ferry to Skye sank in the night."]), april);
        assert_eq!(opening(&["Ferry lost", "Thursday, April 17, 2025", "It sank."]), april);
        assert_eq!(opening(&["Ferry lost", "Apr. 17, 2025", "It sank."]), april);
        assert_eq!(opening(&["OBAN, April 17, 2025 (HNS) — The ferry sank."]), april);
        assert_eq!(
            opening(&["OBAN, 17 April 2025 (Highland and Islands News Agency) — The ferry sank."]),
            april
        );
        assert_eq!(opening(&["Thursday notebook, 17 April 2025", "The ferry sank."]), april);
        assert_eq!(opening(&["The bridge was opened by the old mayor, 17 April 2025", "It sank."]), None);
        assert_eq!(opening(&["It sank.", "Thursday notebook, 17 April 2025"]), None);
        assert_eq!(
            opening(&["The ferry sank on April 17, 2025, off the cape, the owners said on Friday."]),
            None
        );
        assert_eq!(opening(&["OBAN, April 17 (HNS) — The ferry sank."]), None);
        let release = "FOR IMMEDIATE RELEASE\nApril 17, 2025\nOban Harbour Board\nContact: Bo Lee, 555-0148";
        assert_eq!(opening(&[release, "The ferry sank."]), april);
        assert_eq!(opening(&["The ferry sank on\nApril 17, 2025\nin a storm. Nobody was on board."]), None);
        assert_eq!(opening(&["The ferry sank on\nApril 17, 2025\nin a storm."]), None);
        assert_eq!(opening(&[]), None);
    }
}
