//! sayso for a page: drafts go in as JSON, findings and the ledger of quotations come out as JSON.
//!
//! The functions have C's calling convention and know numbers only. A page puts its request into the memory that
//! [`request`] gives, calls [`check`], and reads the answer at [`answer`]. So the module needs no generated code beside it,
//! and no tool but cargo.

use std::cell::RefCell;

use sayso::calendar::Interval;
use sayso::config::Config;
use sayso::facts::{Quotation, QuotationKind};
use sayso::project::{Focus, Project};
use sayso::rules::Level;
use sayso::source::{Document, InputError, Place, Span};
use serde::{Deserialize, Serialize};

thread_local! {
    static REQUEST: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static ANSWER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Makes room for a request of so many bytes and gives its address.
#[unsafe(no_mangle)]
pub extern "C" fn request(bytes: usize) -> *mut u8 {
    REQUEST.with_borrow_mut(|request| {
        request.clear();
        request.resize(bytes, 0);
        request.as_mut_ptr()
    })
}

/// Checks the drafts of the request and gives the length of the answer in bytes.
#[unsafe(no_mangle)]
pub extern "C" fn check() -> usize {
    let answer = REQUEST.with_borrow(|request| answer_to(request));
    ANSWER.with_borrow_mut(|kept| {
        *kept = answer;
        kept.len()
    })
}

/// The address of the answer; it holds until the next check.
#[unsafe(no_mangle)]
pub extern "C" fn answer() -> *const u8 {
    ANSWER.with_borrow(|answer| answer.as_ptr())
}

#[derive(Deserialize)]
struct Request {
    drafts: Vec<Draft>,
    /// A `sayso.toml`; may be empty.
    #[serde(default)]
    config: String,
}

#[derive(Deserialize)]
struct Draft {
    name: String,
    text: String,
}

#[derive(Default, Serialize)]
struct Answer {
    version: &'static str,
    findings: Vec<Finding>,
    quotations: Vec<Entry>,
    /// What is wrong with the request or the configuration.
    errors: Vec<String>,
}

#[derive(Serialize)]
struct Finding {
    rule: &'static str,
    level: Level,
    message: String,
    help: String,
    /// Its own place first.
    places: Vec<Words>,
}

/// A quotation with who said it.
#[derive(Serialize)]
struct Entry {
    #[serde(flatten)]
    place: Words,
    text: String,
    kind: QuotationKind,
    speaker: Option<String>,
    source: Option<String>,
    cue: Option<String>,
    medium: Option<String>,
    day: Option<String>,
    confidence: Option<f32>,
}

/// A place in a draft. Offsets count units of UTF-16, as strings of JavaScript do.
#[derive(Serialize)]
struct Words {
    draft: String,
    start: usize,
    end: usize,
    line: u32,
    label: String,
}

/// The answer to a request, as JSON.
pub fn answer_to(request: &[u8]) -> Vec<u8> {
    let answer = match serde_json::from_slice(request) {
        Ok(request) => judge(&request).unwrap_or_else(|errors| Answer {
            errors: errors.iter().map(|error| told(error)).collect(),
            ..Answer::default()
        }),
        Err(error) => Answer { errors: vec![format!("the request: {error}")], ..Answer::default() },
    };
    serde_json::to_vec(&Answer { version: env!("CARGO_PKG_VERSION"), ..answer }).unwrap_or_default()
}

fn told(error: &InputError) -> String {
    let help = error.help.as_ref().map(|help| format!(" ({help})"));
    format!("{}: {}{}", error.path, error.message, help.unwrap_or_default())
}

fn judge(request: &Request) -> Result<Answer, Vec<InputError>> {
    let config = match request.config.trim() {
        "" => Config::isolated("/"),
        config => Config::from_text("sayso.toml", config, "/")?,
    };
    let mut project = Project::open(config)?;
    for draft in &request.drafts {
        project.set_draft(&draft.name, draft.text.as_str());
    }
    let judged = project.check(&Focus::everything())?;
    let documents = project.documents();
    let words = |place: Place, label: &str| words(&documents[place.file.index()], place.span, label);
    let findings = judged.iter().map(|judged| {
        let finding = &judged.finding;
        let related = finding.related.iter().map(|related| words(related.place, &related.message));
        Finding {
            rule: judged.rule.id,
            level: judged.level,
            message: finding.message.clone(),
            help: judged.help.clone(),
            places: std::iter::once(words(finding.place, &finding.label)).chain(related).collect(),
        }
    });
    let quotations = documents.iter().flat_map(|document| {
        let quotations = project.quotations(&document.path).unwrap_or_default();
        quotations.iter().map(move |quotation| entry(document, quotation))
    });
    Ok(Answer { findings: findings.collect(), quotations: quotations.collect(), ..Answer::default() })
}

fn entry(document: &Document, quotation: &Quotation) -> Entry {
    let attribution = quotation.attribution.as_ref();
    let phrase = |phrase: &sayso::facts::Phrase| phrase.text.clone();
    Entry {
        place: words(document, quotation.span, ""),
        text: quotation.text.clone(),
        kind: quotation.kind,
        speaker: attribution.and_then(|known| known.speaker.as_ref()).map(|speaker| speaker.name.clone()),
        source: attribution.and_then(|known| known.source.as_ref()).map(phrase),
        cue: attribution.and_then(|known| known.cue.as_ref()).map(phrase),
        medium: attribution.and_then(|known| known.medium.clone()),
        day: attribution.and_then(|known| known.said_on).and_then(day),
        confidence: attribution.map(|known| known.confidence),
    }
}

/// The day, where it is a single one.
fn day(interval: Interval) -> Option<String> {
    interval.single().map(|day| day.to_string())
}

fn words(document: &Document, span: Span, label: &str) -> Words {
    let text = document.text.as_str();
    let units = |end: u32| text.get(..end as usize).map_or(0, |before| before.encode_utf16().count());
    Words {
        draft: document.path.clone(),
        start: units(span.start),
        end: units(span.end),
        line: document.text.position(span.start).line,
        label: label.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(request: &str) -> serde_json::Value {
        serde_json::from_slice(&answer_to(request.as_bytes())).unwrap()
    }

    #[test]
    fn places_count_in_units_of_utf_16() {
        let answer = ask(
            r#"{"drafts": [{"name": "a.md", "text": "🙂 “We will close the north pier before the winter,” Ana Reyes said."},
                {"name": "b.md", "text": "“We will close the south pier before the winter,” Ana Reyes said."}]}"#,
        );
        let finding = &answer["findings"][0];
        assert_eq!(finding["rule"], "altered-quotation");
        let place = |at: usize| (finding["places"][at]["draft"].clone(), finding["places"][at]["start"].clone());
        assert_eq!(place(0), ("a.md".into(), 22.into()));
        assert_eq!(place(1), ("b.md".into(), 19.into()));
        assert_eq!(answer["quotations"][1]["speaker"], "Ana Reyes");
    }

    #[test]
    fn what_is_wrong_with_a_request_is_told() {
        assert!(ask("{").to_string().contains("the request"));
        let answer = ask(r#"{"drafts": [], "config": "[rules]\nno-such-rule = \"off\"\n"}"#);
        assert!(answer["errors"][0].as_str().unwrap().contains("no-such-rule"), "{answer}");
    }
}
