//! Words of a draft around a place, without markup, with the words that matter set off.

use super::super::clean;
use super::Part;
use crate::source::{Document, Prose, ProseSpan, Span};

/// Bytes of the writer's words that are shown on each side of what matters.
const AROUND: usize = 140;

/// A document with its prose, which is made once for all excerpts.
pub(super) struct Reading<'d> {
    document: &'d Document,
    prose: Prose<'d>,
}

impl<'d> Reading<'d> {
    pub(super) fn of(document: &'d Document) -> Self {
        Self { document, prose: document.prose() }
    }

    /// The words around `place`. The quotation at `context` is shown whole, and `place` is marked; a place without a quotation is
    /// marked within its paragraph. Nothing that is marked is cut.
    pub(super) fn around(&self, place: Span, context: Option<Span>) -> Vec<Part> {
        let whole = context.map_or(place, |context| context.join(place));
        let mut shown: Vec<(Kind, &str)> = Vec::new();
        let blocks = &self.prose.blocks;
        // Blocks come in the order of the text.
        let first = blocks.partition_point(|block| self.prose.to_text(block.span).end <= whole.start);
        for block in &blocks[first..] {
            if self.prose.to_text(block.span).start >= whole.end.max(whole.start + 1) {
                break;
            }
            if !shown.is_empty() {
                shown.push((Kind::Quoted, "\n"));
            }
            for (words, at) in self.prose.pieces_of(block.span) {
                self.split(words, at, whole, place, &mut shown);
            }
        }
        if shown.iter().all(|(kind, _)| *kind != Kind::Marked) {
            // Front matter and the like are no prose: the line is shown as it is written.
            shown.clear();
            let text = self.document.text.as_str();
            let line = self.document.text.line(self.document.text.line_of(place.start));
            let to = place.end.min(line.end).max(place.start);
            shown.push((Kind::Plain, Span::new(line.start, place.start).of(text)));
            shown.push((Kind::Marked, Span::new(place.start, to).of(text)));
            shown.push((Kind::Plain, Span::new(to, line.end).of(text)));
        }
        cropped(&shown)
    }

    /// Cuts one piece of prose, which stands at `at` of the file, at the ends of the quotation and of the place.
    fn split<'s>(
        &'s self,
        words: ProseSpan,
        at: Span,
        whole: Span,
        place: Span,
        shown: &mut Vec<(Kind, &'s str)>,
    ) {
        let text: &'s str = &self.prose.text;
        let kind = |from: u32| match () {
            () if place.covers(from) || (place.is_empty() && place.start == from) => Kind::Marked,
            () if whole.covers(from) => Kind::Quoted,
            () => Kind::Plain,
        };
        if words.len() != at.len() {
            shown.push((kind(at.start), words.of(text)));
            return;
        }
        let mut cuts = [whole.start, place.start, place.end, whole.end];
        cuts.sort_unstable();
        let mut from = at.start;
        for cut in cuts.into_iter().chain([at.end]) {
            let cut = cut.clamp(at.start, at.end);
            if cut > from {
                let shift = words.start;
                let span = ProseSpan::new(shift + (from - at.start), shift + (cut - at.start));
                shown.push((kind(from), span.of(text)));
                from = cut;
            }
        }
    }
}

/// What words are, in a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// The writer's.
    Plain,
    /// The quotation's.
    Quoted,
    /// Those that matter.
    Marked,
}

/// The stretches joined by kind; the writer's words before the first and after the last that matter are cut at words.
fn cropped(shown: &[(Kind, &str)]) -> Vec<Part> {
    let mut joined: Vec<(Kind, String)> = Vec::new();
    for (kind, words) in shown {
        match joined.last_mut() {
            Some((last, text)) if last == kind => text.push_str(words),
            _ => joined.push((*kind, (*words).to_owned())),
        }
    }
    let last = joined.len().saturating_sub(1);
    let mut parts: Vec<Part> = Vec::new();
    for (rank, (kind, text)) in joined.iter().enumerate() {
        let text = text.lines().map(clean::line).collect::<Vec<_>>().join("\n");
        match kind {
            Kind::Marked => parts.push(("mark", text)),
            Kind::Quoted => parts.push(("q", text)),
            Kind::Plain if rank == 0 && text.len() > AROUND => {
                parts.push(("cut", String::new()));
                parts.push(("", format!(" {}", end_of(&text))));
            }
            Kind::Plain if rank == last && text.len() > AROUND => {
                parts.push(("", format!("{} ", start_of(&text))));
                parts.push(("cut", String::new()));
            }
            Kind::Plain => parts.push(("", text)),
        }
    }
    parts
}

/// The last words of a text.
fn end_of(text: &str) -> &str {
    let from = (text.len() - AROUND..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
    let rest = &text[from..];
    rest.split_once(char::is_whitespace).map_or(rest, |(_, rest)| rest)
}

/// The first words of a text.
fn start_of(text: &str) -> &str {
    let to = (0..=AROUND).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let start = &text[..to];
    start.rsplit_once(char::is_whitespace).map_or(start, |(start, _)| start)
}

/// A message with the words that differ set off: `[-voters-]{+supporters+}`.
pub(super) fn differences(text: &str) -> Vec<Part> {
    let text = clean::line(text);
    let mut parts: Vec<Part> = Vec::new();
    let mut rest: &str = &text;
    let mut plain = String::new();
    while let Some(at) = rest.find(['[', '{']) {
        let (name, open, close) =
            if rest[at..].starts_with('[') { ("del", "[-", "-]") } else { ("ins", "{+", "+}") };
        let inside = rest[at..].strip_prefix(open).and_then(|inside| inside.split_once(close));
        let Some((words, after)) = inside else {
            plain.push_str(&rest[..=at]);
            rest = &rest[at + 1..];
            continue;
        };
        plain.push_str(&rest[..at]);
        // Two that stand side by side would run together.
        if plain.is_empty() && parts.last().is_some_and(|(name, _)| *name != "span") {
            plain.push(' ');
        }
        if !plain.is_empty() {
            parts.push(("span", std::mem::take(&mut plain)));
        }
        parts.push((name, words.to_owned()));
        rest = after;
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        parts.push(("span", plain));
    }
    parts.into_iter().flat_map(unbroken).collect()
}

/// Paths and days apart from the words around them, so that a browser does not break them at a hyphen.
fn unbroken((kind, words): Part) -> Vec<Part> {
    let fixed = |word: &str| {
        word.contains('-')
            && (word.contains(['/', '.']) || word.starts_with(|sign: char| sign.is_ascii_digit()))
    };
    if kind != "span" || !words.split(' ').any(fixed) {
        return vec![(kind, words)];
    }
    let mut parts: Vec<Part> = Vec::new();
    for word in words.split_inclusive(' ') {
        let bare = word.trim_end_matches([' ', ',', ';', ':']);
        let (name, word, rest) =
            if fixed(bare) { ("bdi", bare, &word[bare.len()..]) } else { ("span", word, "") };
        match parts.last_mut() {
            Some((last, text)) if *last == name && name == "span" => text.push_str(word),
            _ => parts.push((name, word.to_owned())),
        }
        if !rest.is_empty() {
            parts.push(("span", rest.to_owned()));
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Format, Text};

    fn shown(text: &str, place: &str, context: Option<&str>) -> String {
        let document = Document::new("a.md", Format::Markdown, Text::new(text.to_owned()));
        let span = |words: &str| {
            let at = text.find(words).unwrap_or(0) as u32;
            Span::new(at, at + words.len() as u32)
        };
        let parts = Reading::of(&document).around(span(place), context.map(span));
        let show = |(kind, words): &Part| match *kind {
            "mark" => format!("<{words}>"),
            "q" => format!("({words})"),
            "cut" => "~".to_owned(),
            _ => words.clone(),
        };
        parts.iter().map(show).collect()
    }

    #[test]
    fn the_words_that_matter_stand_out_in_their_quotation() {
        let text = "# Head\n\nShe said “we *will* close the north pier” on Friday.\n";
        assert_eq!(
            shown(text, "north", Some("“we *will* close the north pier”")),
            "She said (“we will close the )<north>( pier”) on Friday."
        );
        let long = format!("{}“No,” she said. {}", "Rain fell. ".repeat(30), "Rain fell. ".repeat(30));
        let cut = shown(&long, "“No,”", None);
        assert!(cut.starts_with("~ fell. Rain") && cut.ends_with(" ~") && cut.contains("<“No,”>"), "{cut}");
    }

    #[test]
    fn a_message_with_words_that_differ() {
        let parts = differences("our [-old-]{+new+} wall [sic]");
        let shown: Vec<(&str, &str)> = parts.iter().map(|(kind, words)| (*kind, words.as_str())).collect();
        assert_eq!(
            shown,
            [("span", "our "), ("del", "old"), ("span", " "), ("ins", "new"), ("span", " wall [sic]")]
        );
    }
}
