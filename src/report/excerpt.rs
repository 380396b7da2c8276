//! The lines that a diagnostic shows, cut out of one file or several.
//!
//! miette's own sources scan a text from its first byte for every label, show long lines whole, and hold one file
//! each. An excerpt is made beforehand: only the lines with labels, cropped at words around them, control
//! characters replaced, every line with the file and the number it has there. One paragraph a line is usual in
//! drafts, so cropping is the rule and not the exception.

use std::ops::Range;

use miette::{LabeledSpan, MietteError, SourceCode, SourceSpan, SpanContents};

use super::clean;
use super::output_style::wrapped;
use crate::source::{Position, Span, Text};

/// Lines of drafts with labels under them.
#[derive(Debug, Default)]
pub(super) struct Excerpt {
    content: String,
    windows: Vec<Window>,
    labels: Vec<Label>,
}

/// Columns from the middle of a mark to the first word of its label.
const LABEL_LEAD: usize = 4;
/// A label is broken into lines no narrower than this.
const NARROWEST_LABEL: usize = 18;

/// Neighbouring lines of one file.
#[derive(Debug)]
struct Window {
    path: String,
    /// Its range in the excerpt.
    range: Range<usize>,
    /// Number of its first line, from 1.
    line: usize,
}

/// A label's range in the excerpt and where that is in the file.
#[derive(Debug)]
struct Label {
    range: Range<usize>,
    at: Position,
    words: String,
    primary: bool,
}

/// A place to be shown, in one file's text.
pub(super) struct Shown<'a> {
    pub path: &'a str,
    pub text: &'a Text,
    pub span: Span,
    pub words: &'a str,
    pub primary: bool,
    /// Is all of it shown, however long it is? So are words that differ.
    pub whole: bool,
}

impl Shown<'_> {
    /// The same with a piece for each of its lines, where all of it is shown; the words stand under the last.
    fn lines(&self) -> Vec<Self> {
        let (text, Span { start, end, .. }) = (self.text.as_str(), self.span);
        let breaks = |byte: u8| matches!(byte, b'\n' | b'\r');
        let inside = text.as_bytes().get(self.span.range()).unwrap_or_default();
        if !self.whole || !inside.iter().any(|&byte| breaks(byte)) {
            return vec![Self { ..*self }];
        }
        let mut pieces = Vec::new();
        let mut at = start;
        for line in inside.split(|&byte| breaks(byte)) {
            let line_end = at + line.len() as u32;
            if !line.trim_ascii().is_empty() {
                let indent = (line.len() - line.trim_ascii_start().len()) as u32;
                let span = Span::new(at + indent, line_end.min(end));
                pieces.push(Self { span, words: "", ..*self });
            }
            at = line_end + 1;
        }
        if let Some(last) = pieces.last_mut() {
            last.words = self.words;
        }
        pieces
    }
}

impl Excerpt {
    /// Cuts out the lines of the places, files in the order in which they come, `width` columns for each line.
    pub(super) fn new(places: &[Shown<'_>], width: usize) -> Self {
        let mut excerpt = Self::default();
        let mut paths: Vec<&str> = Vec::new();
        let places: Vec<Shown<'_>> = places.iter().flat_map(Shown::lines).collect();
        for place in &places {
            if !paths.contains(&place.path) {
                paths.push(place.path);
            }
        }
        for path in paths {
            let mut own: Vec<&Shown<'_>> = places.iter().filter(|place| place.path == path).collect();
            own.sort_by_key(|place| (place.span.start, place.span.end));
            excerpt.add_file(&own, width);
        }
        excerpt
    }

    /// Adds the lines of one file's places, which come in order.
    fn add_file(&mut self, places: &[&Shown<'_>], width: usize) {
        let mut rest = places;
        let mut last = None;
        while let Some(first) = rest.first() {
            let text = first.text.as_str();
            let number = first.text.line_of(first.span.start);
            let row = first.text.line(number).range();
            let many = rest.iter().take_while(|place| row.end >= place.span.start as usize).count().max(1);
            let (here, later) = rest.split_at(many);
            rest = later;
            let number = number as usize;
            self.add_row(here, &text[row.clone()], row, number, last, width);
            last = Some(number);
        }
    }

    /// Adds one line with the places on it.
    fn add_row(
        &mut self,
        places: &[&Shown<'_>],
        line: &str,
        row: Range<usize>,
        number: usize,
        last: Option<usize>,
        width: usize,
    ) {
        let marks: Vec<Range<usize>> = places
            .iter()
            .map(|place| {
                let start = floor(line, (place.span.start as usize).clamp(row.start, row.end) - row.start);
                let end = floor(line, (place.span.end as usize).clamp(row.start, row.end) - row.start);
                start..end.max(start)
            })
            .collect();
        let whole: Vec<bool> = places.iter().map(|place| place.whole).collect();
        let (mut cropped, mut moved, shown) = crop(line, &marks, &whole, width, 0);
        // Words to the left give way where a label would run beyond the right edge.
        let over = labels_over(places, &cropped, &moved, width);
        if over > 0 {
            let first = marks.iter().map(|mark| mark.start).min().unwrap_or(0);
            let skip = skip_columns(line, shown, over + clean::width(CUT_BEFORE), first);
            if skip > shown {
                (cropped, moved, _) = crop(line, &marks, &whole, width, skip);
            }
        }
        let start = match (self.windows.last_mut(), last) {
            // The very next line goes into the same frame.
            (Some(window), Some(last)) if last + 1 == number => {
                self.content.push('\n');
                window.range.end = self.content.len() + cropped.len();
                self.content.len()
            }
            _ => {
                // Two windows must not touch, or miette would take them for one.
                self.content.push_str("\n\n");
                let start = self.content.len();
                let range = start..start + cropped.len();
                self.windows.push(Window {
                    path: clean::line(places[0].path).into_owned(),
                    range,
                    line: number,
                });
                start
            }
        };
        self.content.push_str(&cropped);
        for (place, range) in places.iter().zip(moved) {
            self.labels.push(Label {
                range: start + range.start..start + range.end,
                at: place.text.position(place.span.start),
                words: clean::line(place.words).into_owned(),
                primary: place.primary,
            });
        }
    }

    /// Breaks labels that would run beyond `width` columns into several lines.
    pub(super) fn fit_labels(&mut self, width: usize) {
        for label in &mut self.labels {
            let line = self.content[..label.range.start].rfind('\n').map_or(0, |at| at + 1);
            let before = clean::width(&self.content[line..label.range.start]);
            let middle = before + clean::width(&self.content[label.range.clone()]) / 2;
            let room = width.saturating_sub(middle + LABEL_LEAD).max(NARROWEST_LABEL);
            label.words = wrapped(&label.words, room);
        }
    }

    /// For each label in the order in which they are drawn: is it the finding's own place?
    pub(super) fn primary(&self) -> Vec<bool> {
        self.in_order().map(|label| label.primary).collect()
    }

    /// The words of each label in the order in which they are drawn.
    pub(super) fn words_in_order(&self) -> Vec<&str> {
        self.in_order().map(|label| label.words.as_str()).collect()
    }

    fn in_order(&self) -> impl Iterator<Item = &Label> {
        let mut labels: Vec<&Label> = self.labels.iter().collect();
        labels.sort_by_key(|label| label.range.start);
        labels.into_iter()
    }

    /// The labels, for miette.
    pub(super) fn labels(&self) -> impl Iterator<Item = LabeledSpan> {
        self.labels.iter().map(|label| {
            let words = Some(label.words.clone()).filter(|words| !words.is_empty());
            let span = SourceSpan::from(label.range.clone());
            if label.primary {
                LabeledSpan::new_primary_with_span(words, span)
            } else {
                LabeledSpan::new_with_span(words, span)
            }
        })
    }
}

/// The nearest character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// [`clean::CUT`] at the edges of an excerpt and inside it.
const CUT_BEFORE: &str = "⋯ ";
const CUT_BETWEEN: &str = " ⋯ ";
const CUT_AFTER: &str = " ⋯";

/// Crops a line to about `width` columns around its marks, and says where the marks are then. Marks that are to be shown
/// `whole` are never cut, although the line grows longer for it.
///
/// Nothing before byte `skip` is shown, which is none of a mark's. Also returns the first byte that is shown.
fn crop(
    line: &str,
    marks: &[Range<usize>],
    whole: &[bool],
    width: usize,
    skip: usize,
) -> (String, Vec<Range<usize>>, usize) {
    let room = if skip == 0 { width } else { width.saturating_sub(clean::width(CUT_BEFORE)) };
    let all = skip..line.len();
    let fits = clean::fits(&line[skip..], room);
    let kept = if fits { Vec::from([all]) } else { kept(line, marks, whole, width, skip) };
    let mut cropped = String::new();
    let mut moved: Vec<Range<usize>> = vec![usize::MAX..usize::MAX; marks.len()];
    let mut before = 0;
    for part in &kept {
        if part.start > before {
            cropped.push_str(if before == 0 { CUT_BEFORE } else { CUT_BETWEEN });
        }
        for (at, c) in line[part.clone()].char_indices() {
            note(part.start + at, cropped.len(), marks, &mut moved);
            cropped.push(clean::shown_at(line, part.start + at, c));
        }
        note(part.end, cropped.len(), marks, &mut moved);
        before = part.end;
    }
    if before < line.len() {
        cropped.push_str(CUT_AFTER);
    }
    for range in &mut moved {
        range.start = range.start.min(cropped.len());
        range.end = range.end.min(cropped.len()).max(range.start);
    }
    (cropped, moved, kept.first().map_or(0, |part| part.start))
}

/// By how many columns the farthest label runs beyond `width`, where no line of it can be made short enough.
fn labels_over(places: &[&Shown<'_>], cropped: &str, moved: &[Range<usize>], width: usize) -> usize {
    let over = |(place, range): (&&Shown<'_>, &Range<usize>)| {
        let middle = clean::width(&cropped[..range.start]) + clean::width(&cropped[range.clone()]) / 2;
        let label = clean::width(&clean::line(place.words)).min(NARROWEST_LABEL);
        (middle + LABEL_LEAD + label).saturating_sub(width)
    };
    places.iter().zip(moved).filter(|(place, _)| !place.words.is_empty()).map(over).max().unwrap_or(0)
}

/// The first word after `columns` columns from `from` on, but not beyond `to`.
fn skip_columns(line: &str, from: usize, columns: usize, to: usize) -> usize {
    let mut left = columns;
    let mut at_space = false;
    for (at, c) in line[from..to].char_indices() {
        if left == 0 && at_space && !c.is_whitespace() {
            return from + at;
        }
        at_space = c.is_whitespace();
        left = left.saturating_sub(clean::columns(c));
    }
    to
}

/// Notes that byte `from` of the line stands at byte `to` of the crop.
fn note(from: usize, to: usize, marks: &[Range<usize>], moved: &mut [Range<usize>]) {
    for (mark, moved) in marks.iter().zip(moved) {
        if mark.start == from {
            moved.start = to;
        }
        if mark.end == from && moved.end == usize::MAX {
            moved.end = to;
        }
    }
}

/// The parts of a long line that are shown: the marks, the beginning and end of a very long one, and as many
/// words around them as there is room for.
fn kept(line: &str, marks: &[Range<usize>], whole: &[bool], width: usize, skip: usize) -> Vec<Range<usize>> {
    let share = (width / marks.len().max(1)).saturating_sub(8).max(16);
    let mut parts: Vec<Range<usize>> = Vec::new();
    for (mark, &whole) in marks.iter().zip(whole) {
        if whole || clean::fits(&line[mark.clone()], share) {
            parts.push(mark.clone());
        } else {
            parts.push(mark.start..walk(line, mark.start, share / 2, mark.end));
            parts.push(walk_back(line, mark.end, share / 2, mark.start)..mark.end);
        }
    }
    parts.sort_by_key(|part| (part.start, part.end));
    let mut parts = merge(parts, line);
    let used: usize = parts.iter().map(|part| clean::width(&line[part.clone()]) + 3).sum();
    let mut room = width.saturating_sub(used);
    let mut sides = parts.len() * 2;
    for rank in 0..parts.len() {
        let low = if rank == 0 { skip } else { parts[rank - 1].end };
        let high = parts.get(rank + 1).map_or(line.len(), |next| next.start);
        let Range { start, end } = parts[rank].clone();
        let start = walk_back(line, start, room / sides, low);
        room -= clean::width(&line[start..parts[rank].start]).min(room);
        sides -= 1;
        let end = walk(line, end, room / sides, high);
        room -= clean::width(&line[parts[rank].end..end]).min(room);
        sides = (sides - 1).max(1);
        parts[rank] = start..end;
    }
    merge(parts, line)
}

/// Joins parts that overlap or leave so little out that a cut would take as much room. Parts come in order.
fn merge(parts: Vec<Range<usize>>, line: &str) -> Vec<Range<usize>> {
    let mut merged: Vec<Range<usize>> = Vec::new();
    for part in parts {
        match merged.last_mut() {
            Some(last) if part.start <= last.end || clean::fits(&line[last.end..part.start], 3) => {
                last.end = last.end.max(part.end);
            }
            _ => merged.push(part),
        }
    }
    merged
}

/// As far from `from` towards `to` as `room` columns reach, back to the end of a whole word.
fn walk(line: &str, from: usize, room: usize, to: usize) -> usize {
    let mut left = room;
    let mut end = from;
    let mut word_end = from;
    for (at, c) in line[from..to].char_indices() {
        if clean::columns(c) > left {
            return word_end;
        }
        if c.is_whitespace() {
            word_end = from + at;
        }
        left -= clean::columns(c);
        end = from + at + c.len_utf8();
    }
    end
}

/// The same in the other direction: the start of a whole word.
fn walk_back(line: &str, from: usize, room: usize, to: usize) -> usize {
    let mut left = room;
    let mut start = from;
    let mut word_start = from;
    for (at, c) in line[to..from].char_indices().rev() {
        if clean::columns(c) > left {
            return word_start;
        }
        if c.is_whitespace() {
            word_start = to + at + c.len_utf8();
        }
        left -= clean::columns(c);
        start = to + at;
    }
    start
}

/// What miette is given for a span.
struct View<'a> {
    data: &'a [u8],
    span: SourceSpan,
    line: usize,
    column: usize,
    rows: usize,
    path: &'a str,
}

impl<'a> SpanContents<'a> for View<'a> {
    fn data(&self) -> &'a [u8] {
        self.data
    }

    fn span(&self) -> &SourceSpan {
        &self.span
    }

    fn line(&self) -> usize {
        self.line
    }

    fn column(&self) -> usize {
        self.column
    }

    fn line_count(&self) -> usize {
        self.rows
    }

    fn name(&self) -> Option<&str> {
        Some(self.path)
    }
}

/// Context lines that the handler asks for when it draws; it asks for none when it wants a heading. Neighbouring
/// paragraphs say nothing about a quotation, so the answer holds the same lines in both cases.
pub(super) const CONTEXT: usize = 1;

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        let window = self
            .windows
            .iter()
            .find(|window| window.range.start <= start && end <= window.range.end)
            // A span over two windows is miette asking whether they can be drawn as one.
            .ok_or(MietteError::OutOfBounds)?;
        let data = &self.content[window.range.clone()];
        let label = self.labels.iter().find(|label| label.range == (start..end));
        let (line, column) = match label {
            Some(label) if before == 0 => (label.at.line as usize, label.at.column as usize),
            _ => (window.line, 1),
        };
        Ok(Box::new(View {
            data: data.as_bytes(),
            span: SourceSpan::from(window.range.clone()),
            line: line - 1,
            column: column - 1,
            rows: data.lines().count().max(1),
            path: &window.path,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cropped(line: &str, words: &str, width: usize) -> (String, String) {
        let start = line.find(words).unwrap_or(0);
        let mark = start..start + words.len();
        let (cropped, moved, _) = crop(line, std::slice::from_ref(&mark), &[false], width, 0);
        let under = cropped[moved[0].clone()].to_owned();
        (cropped, under)
    }

    const LONG: &str = "The council met on Monday in the old customs house by the harbour, and after four hours of \
        argument its chair, who had promised to say nothing, said that the wall “will not fall” this winter.";

    /// A label at the right edge of a line that fits: words at the left give way, so that the label has room.
    #[test]
    fn words_to_the_left_give_way_to_a_label() {
        let line = "“The cake was insured, the funnel was not,” said Town Clerk Alma Reed.";
        let text = Text::new(line.to_owned());
        for words in ["Alma Reed", "Reed.", "“The cake", "not,”"] {
            let start = line.find(words).unwrap_or(0) as u32;
            let span = Span::new(start, start + words.len() as u32);
            let place = Shown {
                path: "a.md",
                text: &text,
                span,
                words: "spelled so here",
                primary: true,
                whole: false,
            };
            let mut excerpt = Excerpt::new(&[place], 71);
            excerpt.fit_labels(71);
            let label = &excerpt.labels[0];
            assert_eq!(&excerpt.content[label.range.clone()], words);
            let row = excerpt.content.trim_start_matches('\n');
            assert!(clean::fits(row, 71), "{row}");
            let at = clean::width(&row[..row.find(words).unwrap_or(0)]) + clean::width(words) / 2;
            let widest = label.words.lines().map(clean::width).max().unwrap_or(0);
            assert!(at + LABEL_LEAD + widest <= 71, "{words}: {row}");
        }
    }

    #[test]
    fn a_short_line_stays_whole() {
        assert_eq!(
            cropped("The wall stands.", "wall", 40),
            ("The wall stands.".to_owned(), "wall".to_owned())
        );
    }

    #[test]
    fn a_long_line_is_cropped_at_words() {
        let (line, under) = cropped(LONG, "“will not fall”", 60);
        assert_eq!(line, "⋯ said that the wall “will not fall” this winter.");
        assert_eq!(under, "“will not fall”");
    }

    #[test]
    fn a_long_mark_keeps_its_beginning_and_end() {
        let (line, under) = cropped(LONG, &LONG[4..150], 60);
        assert!(clean::width(&line) <= 66, "{line}");
        assert!(under.starts_with("council met") && under.contains(" ⋯ "), "{under}");
    }

    #[test]
    fn control_characters_are_not_shown() {
        let (line, under) = cropped("a\u{1b}[2Jb “c” d", "“c”", 40);
        assert_eq!((line.as_str(), under.as_str()), ("a\u{fffd}[2Jb “c” d", "“c”"));
    }

    proptest::proptest! {
        #[test]
        fn no_line_is_too_strange(line in "[ -~“”é\u{1b}日\t]{0,300}", a in 0usize..900, b in 0usize..900, width in 0usize..120, whole: bool) {
            let (a, b) = (floor(&line, a.min(b)), floor(&line, a.max(b)));
            let (cropped, moved, _) = crop(&line, &[a..b, 0..0], &[whole, false], width, 0);
            proptest::prop_assert!(cropped.get(moved[0].clone()).is_some());
            let escape = cropped.chars().any(char::is_control);
            proptest::prop_assert!(!escape);
            if whole {
                let under = cropped[moved[0].clone()].chars().count();
                proptest::prop_assert_eq!(under, line[a..b].chars().count(), "nothing is cut out of it");
            }
        }
    }
}
