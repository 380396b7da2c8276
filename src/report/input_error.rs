//! What stops work, drawn with the place that has to be mended.

use std::io::{self, Write};

use miette::Severity;

use super::clean;
use super::excerpt::{Excerpt, Shown};
use super::output_style::OutputStyle;
use super::pretty::{Drawing, draw, handler, room, unbroken};
use crate::source::{Gravity, InputError, Text};

/// Writes input errors as drawings.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn input_errors(out: &mut dyn Write, input_errors: &[InputError], style: OutputStyle) -> io::Result<()> {
    let handler = handler(style);
    for input_error in input_errors {
        let text = input_error.text.clone().map(|text| Text::new(text.into()));
        let excerpt = text.as_ref().filter(|_| !input_error.labels.is_empty()).map(|text| {
            let places: Vec<Shown<'_>> = input_error
                .labels
                .iter()
                .enumerate()
                .map(|(rank, (span, words))| Shown {
                    path: &input_error.path,
                    text,
                    span: *span,
                    words,
                    primary: rank == 0,
                    whole: false,
                })
                .collect();
            Excerpt::new(&places, room(style))
        });
        let message = clean::line(&input_error.message);
        let message = match excerpt {
            Some(_) => message.into_owned(),
            None => format!("{}: {message}", clean::line(&input_error.path)),
        };
        let help = input_error.help.as_ref().map(|help| clean::line(help).into_owned());
        let severity =
            if input_error.gravity == Gravity::Fatal { Severity::Error } else { Severity::Warning };
        let (message, help) = (unbroken(&message), help.map(|help| unbroken(&help)));
        draw(out, &handler, &Drawing { message, severity, help, excerpt })?;
    }
    Ok(())
}
