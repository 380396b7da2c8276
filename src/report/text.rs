//! The text that is read in a file, for `sayso text`.

use std::io::{self, Write};

use super::clean;
use crate::source::{BlockKind, Document, one_line};

/// Writes the text line by line, with the signs in the place of control characters that the other reports have too.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn text_lines(out: &mut dyn Write, document: &Document) -> io::Result<()> {
    document.text.as_str().lines().try_for_each(|line| writeln!(out, "{}", clean::begin_line(line)))
}

/// Writes the prose block by block: where each block stands, what it is, and its words without markup.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn text_blocks(out: &mut dyn Write, document: &Document) -> io::Result<()> {
    let prose = document.prose();
    for block in &prose.blocks {
        let at = document.text.position(prose.to_text(block.span).start);
        let words = one_line(block.span.of(&prose.text));
        writeln!(out, "{}:{} {}: {}", at.line, at.column, name(block.kind), clean::line(&words))?;
    }
    Ok(())
}

const fn name(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Paragraph => "paragraph",
        BlockKind::Heading => "heading",
        BlockKind::ListItem => "list item",
        BlockKind::BlockQuote => "block quote",
        BlockKind::Caption => "caption",
        BlockKind::Byline => "byline",
        BlockKind::Cell => "cell",
    }
}
