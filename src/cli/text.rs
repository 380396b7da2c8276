//! `sayso text`: the text that is read in a file.

use std::io::{self, Write};

use super::Outcome;
use super::args::{Drafts, ShowText};
use super::load::{configuration, load_one, unread};
use super::output::{Output, finish};
use crate::report;

/// Prints the text, or its prose block by block.
pub(super) fn text(options: &ShowText) -> Outcome {
    let paths = vec![options.path.clone()];
    let config = configuration(&options.shared, &paths)?;
    let drafts = Drafts { paths, stdin_filename: options.stdin_filename.clone() };
    let loaded = load_one(&drafts, &options.shared, config)?;
    let mut out = Output::new(&options.shared);
    let mut written: io::Result<()> = Ok(());
    for document in loaded.project.documents() {
        written = written.and_then(|()| match options.blocks {
            true => report::text_blocks(&mut out, document),
            // A terminal obeys control characters, which a draft may hold.
            false if out.is_terminal() => report::text_lines(&mut out, document),
            false => out.write_all(document.text.as_str().as_bytes()),
        });
    }
    finish(written, out, &options.shared, None)?;
    unread(&loaded)
}
