//! Writes invented news to a folder, for measurements of any size: `cargo bench --bench news -- FOLDER DRAFTS [SEED [EVERY]]`.
//!
//! The same numbers give the same drafts, so that a measurement can be repeated. With `EVERY`, only one in so many is
//! written: drafts to hold against an archive of all, without writing all.

#![expect(clippy::print_stderr, reason = "a program for developers, which says how it is called")]

mod generated_news;

use std::path::Path;

use generated_news::News;

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let number = |at: usize| arguments.get(at).and_then(|written| written.parse::<u64>().ok());
    let (Some(folder), Some(drafts)) = (arguments.first(), number(1)) else {
        // `cargo bench` without a filter comes here: there is nothing to measure.
        eprintln!("usage: cargo bench --bench news -- FOLDER DRAFTS [SEED [EVERY]]");
        return Ok(());
    };
    let news = News::new(number(2).unwrap_or(1), drafts);
    let every = number(3).unwrap_or(1).max(1);
    let mut bytes = 0;
    let mut written = 0;
    let mut last = String::new();
    for draft in (0..drafts).filter(|at| at % every == every / 2).map(|at| news.draft(at)) {
        let path = Path::new(folder).join(&draft.path);
        if let Some(parent) = path.parent().filter(|parent| parent.to_string_lossy() != last) {
            std::fs::create_dir_all(parent)?;
            last = parent.to_string_lossy().into_owned();
        }
        bytes += draft.text.len();
        written += 1;
        std::fs::write(path, draft.text)?;
    }
    eprintln!("{written} drafts, {bytes} bytes");
    Ok(())
}
