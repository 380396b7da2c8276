//! `sayso report`: who said what, as a page for a browser.

use std::io::IsTerminal;
use std::process::ExitCode;

use super::Outcome;
use super::args::Report;
use super::check_report;
use super::left_out;
use super::load::{configuration, load_to_check, look_at_tapes};
use super::output::{Output, finish};
use crate::project::Options;
use crate::report::{self, Summary};
use crate::source::InputError;

/// `sayso report`.
pub(super) fn report(options: &Report) -> Outcome {
    let shared = &options.shared;
    if shared.output.is_empty() && std::io::stdout().is_terminal() {
        let input_error =
            InputError::new("sayso report", "a report is a page for a browser, not for a terminal");
        return Err(vec![
            input_error.help("name a file to write it to: sayso report drafts/ -o report.html"),
        ]);
    }
    let config = configuration(shared, &options.drafts.paths)?;
    let baseline = left_out::recorded(&config).map_err(one)?;
    let run = Options { baseline, ..Options::default() };
    let mut loaded = load_to_check(&options.drafts, shared, config, run)?;
    let unusable = look_at_tapes(shared, &loaded);
    let findings = check_report::judged(shared, &mut loaded).map_err(one)?;
    let (findings, left_out) =
        left_out::leave_out(options.since.as_deref(), &loaded, findings).map_err(one)?;
    let sheet = loaded.sheet();
    let mut summary = Summary::of(sheet.corpus, &findings, |file| loaded.in_focus(file));
    summary.skipped = loaded.skipped();
    summary.left_out = left_out;
    let mut out = Output::new(shared);
    let written = report::page::page(&mut out, &sheet, &loaded.wanted(), &findings, &summary);
    finish(written, out, shared, Some((summary, false)))?;
    if unusable.is_empty() { Ok(ExitCode::SUCCESS) } else { Err(unusable) }
}

fn one(input_error: InputError) -> Vec<InputError> {
    vec![input_error]
}
