//! Writes invented news to a folder, for measurements of any size: `cargo bench --bench news -- FOLDER DRAFTS [SEED]`.
//!
//! The same numbers give the same drafts, so that a measurement can be repeated.

#![expect(clippy::print_stderr, reason = "a program for developers, which says how it is called")]

mod generated_news;

use std::path::Path;

use generated_news::News;

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let number = |at: usize| arguments.get(at).and_then(|written| written.parse::<u64>().ok());
    let (Some(folder), Some(drafts)) = (arguments.first(), number(1)) else {
        // `cargo bench` without a filter comes here: there is nothing to measure.
        eprintln!("usage: cargo bench --bench news -- FOLDER DRAFTS [SEED]");
        return Ok(());
    };
    let news = News::new(number(2).unwrap_or(1), drafts);
    let mut bytes = 0;
    let mut last = String::new();
    for draft in (0..drafts).map(|at| news.draft(at)) {
        let path = Path::new(folder).join(&draft.path);
        if let Some(parent) = path.parent().filter(|parent| parent.to_string_lossy() != last) {
            std::fs::create_dir_all(parent)?;
            last = parent.to_string_lossy().into_owned();
        }
        bytes += draft.text.len();
        std::fs::write(path, draft.text)?;
    }
    eprintln!("{drafts} drafts, {bytes} bytes");
    Ok(())
}
