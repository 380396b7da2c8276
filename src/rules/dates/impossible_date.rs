//! A day that the calendar does not have.

use crate::facts::QuotationKind;
use crate::rules::{Finding, RuleContext};
use crate::source::{Place, Span};

/// Reports every date whose month has no such day, in any year or in the one it names.
pub fn impossible_date(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    for (file, facts) in context.corpus.files() {
        // “June 31” may be what a book or a song is called.
        let title = |span: Span| {
            facts.quotations.iter().any(|quotation| {
                let title = matches!(quotation.kind, QuotationKind::Title | QuotationKind::Scare);
                quotation.span.contains(span) && (title || is_all(&quotation.words, span.len()))
            })
        };
        for date in facts.dates.iter().filter(|date| date.impossible && !title(date.span)) {
            let message = format!("there is no {}", date.text);
            let finding = Finding::new("impossible-date", Place::new(file, date.span), message, &date.text)
                .label("no such day");
            findings.push(if date.quoted {
                finding.help("it stands in a quotation: check the recording before the calendar")
            } else {
                finding
            });
        }
    }
}

/// Are these words nothing but a day of so many bytes, with “the” before it at most? Nobody says a day alone: it is what
/// something is called.
fn is_all(words: &str, day: u32) -> bool {
    let words = words.trim().trim_end_matches(['.', ',', '!', '?']);
    let bare = words.strip_prefix("The ").or_else(|| words.strip_prefix("the ")).unwrap_or(words);
    [words, bare].iter().any(|words| words.len() == day as usize)
}
