//! `sayso tape`: what was read from transcripts.

use super::Outcome;
use super::args::{Drafts, Tape, TapeFormat};
use super::load::{configuration, load_tapes, unread};
use super::output::{Output, finish};
use crate::report;

/// `sayso tape`: what was read from transcripts.
pub(super) fn tape(options: &Tape) -> Outcome {
    let drafts = Drafts { paths: options.paths.clone(), stdin_filename: None };
    let config = configuration(&options.shared, &drafts.paths)?;
    let loaded = load_tapes(&drafts, &options.shared, config)?;
    let sheet = loaded.sheet();
    let mut wanted = loaded.wanted();
    wanted.retain(|&file| sheet.corpus.file(file).tape.is_some());
    let mut out = Output::new(&options.shared);
    let style = out.style;
    let written = match options.format {
        TapeFormat::Table => report::tape_table(&mut out, &sheet, &wanted, style),
        TapeFormat::Jsonl => report::tape_lines(&mut out, &sheet, &wanted),
    };
    finish(written, out, &options.shared, None)?;
    unread(&loaded)
}
