//! What a page says about itself: its language, its day of publication, and the lines that others show in place of it.

use html5gum::{StartTag, Token};
use serde_json::Value;

use super::super::Span;
use super::super::prose::FrontMatter;
use super::{attribute, each_token, has_attribute};

/// The names of `<meta>` whose content is the day of publication, the most telling first.
const DATES: [&str; 12] = [
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date-published",
    "publish-date",
    "publishdate",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "date",
];

/// The names of `<meta>` whose content is shown in place of the text, on the pages of others.
const LINES: [&str; 5] =
    ["og:title", "twitter:title", "og:description", "twitter:description", "description"];

/// The days that a page gives for its publication, by how much they can be trusted.
#[derive(Default)]
struct Days {
    of_json: Option<(String, Span)>,
    /// With the rank of its name in [`DATES`].
    of_meta: Option<(usize, (String, Span))>,
    of_marked_time: Option<(String, Span)>,
    /// What all `<time>` of the page say, where they say the same.
    of_times: Option<(String, Span)>,
    times_differ: bool,
}

/// What a page says about itself; `None` where it says nothing.
pub(in super::super) fn about(text: &str) -> Option<FrontMatter> {
    let mut matter = FrontMatter::default();
    let mut days = Days::default();
    let mut json_from = None;
    each_token(text, |token, range| match token {
        Token::StartTag(tag) => match &*tag.name.0 {
            b"html" => {
                let language = Some(attribute(tag, "lang")).filter(|tag| !tag.is_empty());
                matter.noted_language =
                    language.or_else(|| Some(attribute(tag, "xml:lang")).filter(|tag| !tag.is_empty()));
            }
            b"meta" => meta(tag, text, &mut matter, &mut days),
            b"time" => time(tag, text, &mut days),
            b"script" if attribute(tag, "type") == "application/ld+json" => json_from = Some(range.end),
            _ => {}
        },
        Token::EndTag(tag) if *tag.name.0 == *b"script" => {
            if let Some(from) = json_from.take()
                && days.of_json.is_none()
            {
                days.of_json = json_day(text, from, range.start);
            }
        }
        _ => {}
    });
    matter.date = days
        .of_json
        .or(days.of_meta.map(|(_, day)| day))
        .or(days.of_marked_time)
        .or(days.of_times.filter(|_| !days.times_differ));
    (matter != FrontMatter::default()).then_some(matter)
}

/// Is the page a report that sayso wrote?
pub(in super::super) fn is_report(page: &[u8]) -> bool {
    let head = &page[..page.len().min(REPORT_HEAD)];
    memchr::memmem::find(head, b"<meta name=\"generator\" content=\"sayso").is_some()
}

/// Bytes at the beginning of a report in which it names its maker.
const REPORT_HEAD: usize = 1_000;

fn meta(tag: &StartTag<usize>, text: &str, matter: &mut FrontMatter, days: &mut Days) {
    let Some(content) = placed(tag, "content", text) else { return };
    let name = ["property", "name", "itemprop"]
        .into_iter()
        .map(|key| attribute(tag, key))
        .find(|name| !name.is_empty());
    let Some(name) = name.map(|name| name.to_ascii_lowercase()) else { return };
    if let Some(rank) = DATES.iter().position(|date| *date == name) {
        if days.of_meta.as_ref().is_none_or(|(known, _)| rank < *known) {
            days.of_meta = Some((rank, content));
        }
    } else if LINES.contains(&name.as_str()) {
        if !matter.display.iter().any(|(line, _)| *line == content.0) {
            matter.display.push(content);
        }
    } else if name == "author" {
        matter.author = Some(content.0);
    }
}

fn time(tag: &StartTag<usize>, text: &str, days: &mut Days) {
    let Some(day) = placed(tag, "datetime", text) else { return };
    let marked = attribute(tag, "itemprop") == "datePublished"
        || has_attribute(tag, "pubdate")
        || attribute(tag, "class").to_ascii_lowercase().contains("publish");
    if marked && days.of_marked_time.is_none() {
        days.of_marked_time = Some(day.clone());
    }
    let date = |day: &str| day.get(..10).map(str::to_owned);
    match &days.of_times {
        Some((known, _)) => days.times_differ |= date(known) != date(&day.0),
        None => days.of_times = Some(day),
    }
}

/// The value of an attribute with its place, as written where it can be found, and else the tag's.
fn placed(tag: &StartTag<usize>, name: &str, text: &str) -> Option<(String, Span)> {
    let value = attribute(tag, name);
    let value = value.trim();
    if value.is_empty() {
        return None;
    }
    let raw = text.get(tag.span.start..tag.span.end).unwrap_or("");
    let span = match raw.find(value) {
        Some(at) => Span::new((tag.span.start + at) as u32, (tag.span.start + at + value.len()) as u32),
        None => Span::new(tag.span.start as u32, tag.span.end as u32),
    };
    Some((value.to_owned(), span))
}

/// The day of publication in JSON-LD.
fn json_day(text: &str, from: usize, to: usize) -> Option<(String, Span)> {
    let raw = text.get(from..to)?;
    let value: Value = serde_json::from_str(raw.trim()).ok()?;
    let day = published(&value)?;
    let start = from + raw.find(&day).unwrap_or(0);
    Some((day.clone(), Span::new(start as u32, (start + day.len()) as u32)))
}

/// The first `datePublished` of an object or of one in it.
fn published(value: &Value) -> Option<String> {
    match value {
        Value::Object(fields) => match fields.get("datePublished") {
            Some(Value::String(day)) => Some(day.clone()),
            _ => fields.values().find_map(published),
        },
        Value::Array(items) => items.iter().find_map(published),
        _ => None,
    }
}
