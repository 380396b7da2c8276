//! Plain text into blocks.
//!
//! Nothing in a plain text says what a line end means, so it is judged from the file as a whole. Blank lines part
//! paragraphs everywhere. Within a run of lines,
//!
//! - in a **hard-wrapped** file a line end is white space where the next line's first word would not have fitted,
//!   or where the sentence plainly goes on;
//! - in every other file **each line is a paragraph**, as web pages copied without their blank lines have it.
//!
//! Separators (`___`, `* * *`) and directives (a line that begins with `sayso:`, or `<!-- sayso: … -->` alone on
//! its line) are not prose and end the block before them. The prose is the text itself, so places need no map, but
//! for a text that writes its marks as character references, which are decoded.

use std::borrow::Cow;

use super::comment::is_directive;
use super::line::{self, is_sentence_end};
use super::prose::{Block, BlockKind, Comment, Prose};
use super::weave::Weaver;
use super::{ProseSpan, Span, Text, markdown};

/// Lines longer than this, in characters, are not the product of hard wrapping.
const WIDEST_WRAP: usize = 110;
/// A file whose longest line is shorter than this is a list or a poem, not wrapped prose.
const NARROWEST_WRAP: usize = 40;

/// The blocks of a plain text.
pub(super) fn prose(text: &Text) -> Prose<'_> {
    let lines = lines(text);
    let wrap = wrap_width(&lines);
    let parted = wrap.is_some_and(|wrap| are_parted_by_blanks(&lines, wrap));
    let mut blocks: Vec<Block> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if !line.is_prose() {
            continue;
        }
        let before = index.checked_sub(1).map(|before| &lines[before]).filter(|before| before.is_prose());
        match (before, blocks.last_mut()) {
            (Some(before), Some(block)) if continues(before, line, wrap, parted) => {
                block.span.end = line.span.end
            }
            _ => blocks.push(Block {
                kind: BlockKind::Paragraph,
                span: ProseSpan::new(line.span.start, line.span.end),
            }),
        }
    }
    let content = text.as_str();
    let mut first = true;
    for block in &mut blocks {
        let words = block.span.of(content);
        block.kind = if let Some(rest) = after_bullet(words) {
            block.span.start = block.span.end - rest.len() as u32;
            BlockKind::ListItem
        } else {
            line::kind(words, first)
        };
        first = false;
    }
    if has_references(content) {
        return decoded(content, &blocks);
    }
    Prose { text: Cow::Borrowed(content), pieces: Vec::new(), blocks, languages: Vec::new() }
}

/// Does the text write its marks as character references: `&ldquo;`, `&quot;`, `&#8220;`?
fn has_references(content: &str) -> bool {
    memchr::memchr_iter(b'&', content.as_bytes()).any(|at| {
        let rest = &content[at..];
        let end = rest.bytes().take(LONGEST_REFERENCE).position(|byte| byte == b';');
        end.is_some_and(|end| {
            let decoded = markdown::decoded(&rest[..=end]);
            decoded.is_some_and(|sign| "“”\"‘’'«»„".contains(&*sign))
        })
    })
}

/// Bytes of the longest character reference that stands for a mark.
const LONGEST_REFERENCE: usize = 10;

/// The blocks with their character references decoded.
fn decoded(content: &str, blocks: &[Block]) -> Prose<'static> {
    let mut weaver = Weaver::new(content, 0);
    for block in blocks {
        let (mut at, end) = (block.span.start as usize, block.span.end as usize);
        let mut from = at;
        while let Some(hit) = memchr::memchr(b'&', &content.as_bytes()[from..end]) {
            let start = from + hit;
            from = start + 1;
            let close = content[start..end].bytes().take(LONGEST_REFERENCE).position(|byte| byte == b';');
            let Some(close) = close.map(|close| start + close + 1) else { continue };
            let Some(sign) = markdown::decoded(&content[start..close]) else { continue };
            weaver.copy(block.kind, at..start);
            weaver.stand_in(block.kind, &sign, start..close);
            (at, from) = (close, close);
        }
        weaver.copy(block.kind, at..end);
        weaver.close();
    }
    weaver.finish()
}

/// The directives of a plain text.
pub(super) fn comments(text: &Text) -> Vec<Comment> {
    let content = text.as_str();
    if memchr::memmem::find(content.as_bytes(), b"ayso").is_none() {
        return Vec::new();
    }
    let directive = |line: Line<'_>| {
        let inner = directive(line.words)?;
        let start = line.span.start + (inner.as_ptr() as usize - line.words.as_ptr() as usize) as u32;
        let inner_span = Span::new(start, start + inner.len() as u32);
        Some(Comment { span: line.span, inner: inner_span, content: inner.to_owned() })
    };
    lines(text).into_iter().filter_map(directive).collect()
}

/// One line without the white space around it.
struct Line<'t> {
    words: &'t str,
    span: Span,
    /// Neither blank nor a separator nor a directive.
    prose: bool,
}

impl Line<'_> {
    fn is_prose(&self) -> bool {
        self.prose
    }

    /// Length in characters, counted no further than needed.
    fn width(&self) -> usize {
        if self.words.len() > 4 * WIDEST_WRAP { usize::MAX } else { self.words.chars().count() }
    }

    fn first_word_width(&self) -> usize {
        self.words.split_whitespace().next().map_or(0, |word| word.chars().count())
    }
}

fn lines(text: &Text) -> Vec<Line<'_>> {
    let content = text.as_str();
    (1..=text.line_count())
        .map(|number| {
            let span = text.line(number);
            let raw = span.of(content);
            let words = line::trimmed(raw);
            let start = span.start + (words.as_ptr() as usize - raw.as_ptr() as usize) as u32;
            let prose = !words.is_empty() && !is_separator(words) && directive(words).is_none();
            Line { words, span: Span::new(start, start + words.len() as u32), prose }
        })
        .collect()
}

/// What stands inside a directive's line.
fn directive(words: &str) -> Option<&str> {
    let (inner, in_comment) = match words.strip_prefix("<!--") {
        Some(rest) => (rest.strip_suffix("-->")?.trim(), true),
        None => (words, false),
    };
    is_directive(inner, in_comment).then_some(inner)
}

/// Rules between parts of a text: three or more signs and no letter.
fn is_separator(words: &str) -> bool {
    let mut signs = words.chars().filter(|sign| !sign.is_whitespace());
    let Some(first) = signs.next() else { return false };
    let mut count = 1;
    "_*-=~#•·–—".contains(first)
        && signs.all(|sign| {
            count += 1;
            sign == first
        })
        && count >= 3
}

/// The words after a bullet.
fn after_bullet(words: &str) -> Option<&str> {
    let rest = words.strip_prefix(['*', '•', '-', '‣', '▪', '◦'])?;
    rest.starts_with([' ', '\t', '\u{A0}']).then(|| rest.trim_start_matches(line::is_blank))
}

/// The width at which the file is hard-wrapped, or `None` where each line is a paragraph.
///
/// The evidence is how lines end that another line follows: wrapped prose mostly breaks inside sentences and only
/// where the next word did not fit; paragraphs mostly end with their sentence, wherever that is.
fn wrap_width(lines: &[Line<'_>]) -> Option<usize> {
    let pairs = || lines.windows(2).filter(|pair| pair[0].prose && pair[1].prose);
    let (mut breaks, mut too_wide) = (0usize, 0usize);
    let mut widths = [0usize; WIDEST_WRAP + 1];
    for pair in pairs() {
        breaks += 1;
        match widths.get_mut(pair[0].width()) {
            Some(count) => *count += 1,
            None => too_wide += 1,
        }
    }
    // One line of a table or an address must not widen a whole book: the widest five of a thousand lines are left out.
    let mut wider = 0;
    let width = (0..=WIDEST_WRAP).rev().find(|&width| {
        wider += widths[width];
        wider > (breaks - too_wide) / 200
    });
    let width = width.unwrap_or(0);
    if breaks == 0 || width < NARROWEST_WRAP || too_wide * 10 > breaks {
        return None;
    }
    let (mut long, mut broken, mut full) = (0usize, 0usize, 0usize);
    for pair in pairs() {
        let here = pair[0].width();
        // A short line says nothing: it is a subhead, a line of a list, or the end of a paragraph.
        if here > WIDEST_WRAP || here * 2 < width {
            continue;
        }
        long += 1;
        broken += usize::from(!is_sentence_end(pair[0].words));
        full += usize::from(here + 1 + pair[1].first_word_width() > width);
    }
    (broken * 2 >= long && full * 2 >= long && long * 3 >= breaks).then_some(width)
}

/// So many paragraphs of several lines tell how a hard-wrapped file parts them.
const TELLING_RUNS: usize = 3;

/// Do blank lines alone part the paragraphs of this hard-wrapped file? Then hardly a sentence ends on a short line that
/// another line follows.
fn are_parted_by_blanks(lines: &[Line<'_>], wrap: usize) -> bool {
    let pairs = || lines.windows(2).filter(|pair| pair[0].prose);
    let runs = pairs().filter(|pair| !pair[1].prose).count();
    let short =
        |pair: &&[Line<'_>]| pair[1].prose && pair[0].width() * 2 < wrap && is_sentence_end(pair[0].words);
    runs >= TELLING_RUNS && pairs().filter(short).count() * 10 <= runs
}

/// Does `next` go on with the paragraph of `line`? `parted` says that blank lines alone part paragraphs.
fn continues(line: &Line<'_>, next: &Line<'_>, wrap: Option<usize>, parted: bool) -> bool {
    if after_bullet(next.words).is_some() {
        return false;
    }
    let open = !is_sentence_end(line.words);
    let width = line.width();
    // “Shall we mend it?”⏎asked Orla Finn: no paragraph begins with a small letter.
    let asks = line.words.trim_end_matches(['"', '”', '’', '\'', ')']).ends_with(['?', '!']);
    let goes_on = asks && next.words.starts_with(char::is_lowercase);
    match wrap {
        Some(_) if goes_on => true,
        Some(wrap) if parted && width.saturating_mul(2) > wrap => true,
        Some(wrap) => {
            let full = width.saturating_add(1 + next.first_word_width()) > wrap;
            // Hands wrap less evenly than machines: an unfinished sentence goes on even from a line with room to spare.
            full || (open && width.saturating_mul(5) > wrap * 3)
        }
        // A stray line end inside a sentence, as mail programs leave them.
        None => (open || goes_on) && width >= NARROWEST_WRAP && next.words.starts_with(char::is_lowercase),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::BlockKind::{Byline, Caption, Heading, ListItem, Paragraph};
    use super::*;

    #[track_caller]
    fn assert_blocks(source: &str, expected: &[(BlockKind, &str)]) {
        let text = Text::new(source.to_owned());
        let prose = prose(&text);
        let found: Vec<(BlockKind, &str)> =
            prose.blocks.iter().map(|block| (block.kind, block.span.of(source))).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn paragraphs_parted_by_blank_lines() {
        assert_blocks(
            "Mayor opens new pier\r\n\r\n  The pier opened on Monday, and the town came to see it.  \r\n \t\r\n“At last,” Reyes said.\r\n",
            &[
                (Heading, "Mayor opens new pier"),
                (Paragraph, "The pier opened on Monday, and the town came to see it."),
                (Paragraph, "“At last,” Reyes said."),
            ],
        );
    }

    #[test]
    fn one_line_paragraphs_with_subheads() {
        assert_blocks(
            "The council voted for the new bridge on Tuesday night after five hours of talk.\n\
             “We heard everybody who wanted to speak,” Mayor Lena Reyes said, and the room grew quiet.\n\
             Harbour plan\n\
             Okafor wrote on his page that the vote was “a long time in coming.”\n\
             What comes next?\n\
             “I do not know,” he said.\n\
             ___\n\
             Ruiz reported from Port Ellis.\n\
             Credit: Harbour News\n\
             Credit: Harbour News\n",
            &[
                (
                    Paragraph,
                    "The council voted for the new bridge on Tuesday night after five hours of talk.",
                ),
                (
                    Paragraph,
                    "“We heard everybody who wanted to speak,” Mayor Lena Reyes said, and the room grew quiet.",
                ),
                (Heading, "Harbour plan"),
                (Paragraph, "Okafor wrote on his page that the vote was “a long time in coming.”"),
                (Heading, "What comes next?"),
                (Paragraph, "“I do not know,” he said."),
                (Paragraph, "Ruiz reported from Port Ellis."),
                (Byline, "Credit: Harbour News"),
                (Byline, "Credit: Harbour News"),
            ],
        );
    }

    /// Breaks words into lines no wider than `width`.
    fn wrapped(words: &str, width: usize) -> String {
        let (mut lines, mut line) = (String::new(), String::new());
        for word in words.split(' ') {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
                lines += &std::mem::take(&mut line);
                lines.push('\n');
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line += word;
        }
        lines + &line + "\n"
    }

    const FIRST: &str = "The council of Port Ellis voted for the new bridge on Tuesday night after five hours of talk, \
        and “nobody went home angry,” the mayor said, while the clerk counted the hands that had been raised. It opens in May. Or never.";
    const SECOND: &str = "“We heard everybody who wanted to speak,” Reyes said. “Then we counted, and counted again, and the \
        count was the same both times, which is all that anybody can ask of a count in a hall as loud as that one was.”";

    #[test]
    fn hard_wrapped_text_with_and_without_blank_lines() {
        for width in [50, 66, 72, 78, 80, 100] {
            for between in ["\n", ""] {
                let (first, second) = (wrapped(FIRST, width), wrapped(SECOND, width));
                let (a, b) = (first.trim_end(), second.trim_end());
                assert_blocks(
                    &format!("Bridge vote\n\n{first}{between}{second}"),
                    &[(Heading, "Bridge vote"), (Paragraph, a), (Paragraph, b)],
                );
            }
        }
    }

    #[test]
    fn a_question_at_the_end_of_a_line_ends_no_paragraph() {
        // Wrapped by hand, with room to spare after the questions.
        let first = "The board met on a wet evening in the long room above the old boathouse, and\n\
                     the chair read out what the divers had found under the third pile of the\n\
                     pier in the week before, which was not much, and none of it was good news.\n\
                     The clerk of the harbour board asked who would pay for the new planks?\n\
                     Nobody in the hall had an answer to that, and the chair said that they\n\
                     would have to look at the books again before anybody could say so much!\n\
                     Then they all went home.";
        let second = "It rained for the whole of the week that followed, and the old pier was\n\
                      shut. Who would have gone there in a week like that?\n\
                      The boats lay at the quay until the wind had gone round to the west and\n\
                      the tide was high enough for them.";
        let third = "“Shall we mend it before the winter comes, or shall we leave it as it is?”\n\
                     asked Orla Finn of the board.";
        let source = format!("{first}\n\n{second}\n\n{third}\n");
        assert_blocks(&source, &[(Paragraph, first), (Paragraph, second), (Paragraph, third)]);
        let line = "“Shall we mend it before the winter comes, or not?”\nasked Orla Finn.";
        assert_blocks(line, &[(Paragraph, line)]);
        // Each line is a paragraph here.
        let (ask, answer) =
            ("“Shall we mend it before the winter comes, or not?”", "“We shall,” said Bo Lee.");
        assert_blocks(&format!("{ask}\n{answer}\n"), &[(Paragraph, ask), (Paragraph, answer)]);
    }

    #[test]
    fn a_short_paragraph_after_a_longer_one_is_not_its_second_line() {
        assert_blocks(
            "“We heard everybody who wanted to speak,” Mayor Lena Reyes said.\n“And?”\n“And we voted.”",
            &[
                (Paragraph, "“We heard everybody who wanted to speak,” Mayor Lena Reyes said."),
                (Paragraph, "“And?”"),
                (Paragraph, "“And we voted.”"),
            ],
        );
    }

    #[test]
    fn bylines_captions_and_bullets() {
        for (line, kind) in [
            ("By Ana Ruiz and Bo Lee", Byline),
            ("BY ANA RUIZ, HARBOUR NEWS", Byline),
            ("By Ana de la Cruz for Harbour News", Byline),
            ("(Reporting by Ana Ruiz in Port Ellis; Editing by Bo Lee)", Byline),
            ("By Friday the council had given up on the bridge.", Paragraph),
            ("By the time they met, it was over.", Paragraph),
            ("Reyes at the quay on Monday. Photo by Ana Ruiz/Harbour News", Caption),
            ("The new pier has opened. (Photo: HN)", Caption),
            ("She showed him a photo by Ana Ruiz.", Paragraph),
            ("The photo: a blurred shot of the pier, taken at night by nobody knows whom.", Paragraph),
            ("“We will win”", Paragraph),
            ("Reyes said", Heading),
            ("REYES: We will win.", Paragraph),
            ("Reyes: ‘We will win’", Heading),
            ("PORT ELLIS, May 3 –", Paragraph),
        ] {
            assert_eq!(line::kind(line, false), kind, "{line}");
        }
        assert_blocks(
            "What they want:\n* a bridge\n•\tmore ferries, and\n- peace\n",
            &[
                (Paragraph, "What they want:"),
                (ListItem, "a bridge"),
                (ListItem, "more ferries, and"),
                (ListItem, "peace"),
            ],
        );
    }

    #[test]
    fn separators_and_directives_are_not_prose() {
        let source = "One thing happened.\n* * *\nsayso: allow(some-rule) as heard\nAnother did.\n----\n\
                      <!-- sayso: allow-file(other) -->\nsayso is a tool.\n";
        assert_blocks(
            source,
            &[
                (Paragraph, "One thing happened."),
                (Paragraph, "Another did."),
                (Paragraph, "sayso is a tool."),
            ],
        );
        let comments = comments(&Text::new(source.to_owned()));
        let contents: Vec<&str> = comments.iter().map(|comment| comment.inner.of(source)).collect();
        assert_eq!(contents, ["sayso: allow(some-rule) as heard", "sayso: allow-file(other)"]);
        assert_eq!(comments[1].content, contents[1]);
    }

    #[test]
    fn a_text_without_words_has_no_blocks() {
        for source in ["", "\n\n", " \t\r\n", "\u{FEFF}", "***\n___\n"] {
            assert_blocks(source, &[]);
        }
    }

    proptest! {
        #[test]
        fn blocks_are_in_order_and_trimmed(source in "([a-zA-Z“”.,é ]{0,120}[\r\n]{0,2}){0,12}|\\PC*") {
            let text = Text::new(source.clone());
            let prose = prose(&text);
            let mut end = 0;
            let mut seen = 0;
            for block in &prose.blocks {
                prop_assert!(end <= block.span.start && !block.span.is_empty());
                end = block.span.end;
                let words = block.span.of(&source);
                prop_assert_eq!(words.trim(), words);
                let place = prose.to_text(block.span);
                prop_assert_eq!((place.start, place.end), (block.span.start, block.span.end));
                seen += words.chars().filter(|sign| sign.is_alphabetic()).count();
            }
            if !source.contains("sayso:") {
                prop_assert_eq!(seen, source.chars().filter(|sign| sign.is_alphabetic()).count());
            }
        }
    }
}
