//! What stops work, drawn with the place that has to be mended.

use std::io::{self, Write};

use miette::Severity;

use super::clean;
use super::excerpt::{Excerpt, Shown};
use super::look::Look;
use super::pretty::{Drawing, draw, handler, room};
use crate::source::{Gravity, Text, Trouble};

/// Writes troubles as drawings.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn troubles(out: &mut dyn Write, troubles: &[Trouble], look: Look) -> io::Result<()> {
    let handler = handler(look);
    for trouble in troubles {
        let text = trouble.text.clone().map(|text| Text::new(text.into()));
        let excerpt = text.as_ref().filter(|_| !trouble.labels.is_empty()).map(|text| {
            let places: Vec<Shown<'_>> = trouble
                .labels
                .iter()
                .enumerate()
                .map(|(rank, (span, words))| Shown {
                    path: &trouble.path,
                    text,
                    span: *span,
                    words,
                    primary: rank == 0,
                })
                .collect();
            Excerpt::new(&places, room(look))
        });
        let message = clean::line(&trouble.message);
        let message = match excerpt {
            Some(_) => message.into_owned(),
            None => format!("{}: {message}", clean::line(&trouble.path)),
        };
        let help = trouble.help.as_ref().map(|help| clean::line(help).into_owned());
        let severity = if trouble.gravity == Gravity::Fatal { Severity::Error } else { Severity::Warning };
        draw(out, &handler, &Drawing { message, severity, help, excerpt })?;
    }
    Ok(())
}
