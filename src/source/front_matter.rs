//! What a Markdown file says about itself before its text begins: YAML between `---` lines, TOML between `+++` lines.

use super::Span;
use super::input_error::{Gravity, InputError};
use super::prose::{FrontMatter, TextKind};
use super::structured::{self, Node, Parsed, Value};
use crate::lexicon::NamedLanguage;

/// The keys that carry a publication date, the most telling first. `date` is often the day of writing.
const DATE_KEYS: [&str; 7] =
    ["published", "published_at", "publishdate", "date_published", "pubdate", "publication_date", "date"];

/// The keys whose words a reader sees above the text, or in place of it.
const DISPLAY_KEYS: [&str; 20] = [
    "title",
    "headline",
    "standfirst",
    "subtitle",
    "subhead",
    "deck",
    "dek",
    "summary",
    "description",
    "excerpt",
    "teaser",
    "social",
    "caption",
    "photo_caption",
    "photo-caption",
    "image_caption",
    "cutline",
    "pullquote",
    "pull_quote",
    "pull-quote",
];

/// So many faults of a draft's front matter are told.
const MOST_TOLD: usize = 3;

/// Reads the front matter, if the text begins with any. Where it is broken, its place is known all the same, so
/// that it is not taken for prose, and an input error says why nothing was learnt from it.
pub(super) fn read(path: &str, text: &str) -> (Option<FrontMatter>, Vec<InputError>) {
    let Some((fence, inner, end)) = find(text) else { return (None, Vec::new()) };
    let mut matter = FrontMatter { span: Span::new(0, end as u32), ..FrontMatter::default() };
    let content = &text[inner.range()];
    let read = if fence == "+++" { structured::toml_node(content) } else { yaml(content) };
    // What comes after the first faults often comes of them, and each error has a copy of the text.
    let input_errors = read.faults.iter().take(MOST_TOLD).map(|fault| {
        let span = Span::new(fault.span.start + inner.start, fault.span.end + inner.start);
        InputError::new(path, format!("the front matter cannot be read: {}", fault.message))
            .help("until it is mended, its date and title are not known; the text itself is checked")
            .at(text, span, "here")
            .gravity(Gravity::Warning)
    });
    let mut input_errors: Vec<InputError> = input_errors.collect();
    if let Value::Table(entries) = &read.node.value {
        let find = |wanted: &str| {
            let entry = entries.iter().find(|(key, _)| key.name.eq_ignore_ascii_case(wanted));
            entry.and_then(|(_, node)| written(node, content, inner.start))
        };
        matter.date = DATE_KEYS.into_iter().find_map(find);
        matter.title = ["title", "headline"].into_iter().find_map(find);
        matter.language = ["language", "lang"].into_iter().find_map(find);
        matter.display = DISPLAY_KEYS.into_iter().filter_map(find).collect();
        let kind = ["kind"].into_iter().find_map(find);
        matter.kind = kind.as_ref().and_then(|(name, _)| TextKind::named(name));
        // Site generators have kinds of their own; only one that is nearly ours was meant for sayso.
        if let Some((name, span)) = kind.filter(|(name, _)| TextKind::named(name).is_none())
            && let Some(meant) = structured::nearest(&name, TextKind::NAMES.iter().map(|(name, _)| *name))
        {
            input_errors.push(
                InputError::new(path, format!("there is no kind of text “{name}”"))
                    .help(format!("did you mean \"{meant}\"?"))
                    .at(text, span, "not a kind")
                    .gravity(Gravity::Warning),
            );
        }
    }
    if let Some((tag, span)) =
        matter.language.as_ref().filter(|(tag, _)| NamedLanguage::of_tag(tag).is_none())
    {
        let message =
            format!("“{tag}” is the code of no language; this draft is read as one that names none");
        input_errors.push(
            InputError::new(path, message)
                .help("write a code of BCP 47: en, en-GB, de, pt-BR")
                .at(text, *span, "not a language")
                .gravity(Gravity::Warning),
        );
    }
    (Some(matter), input_errors)
}

/// YAML as site generators read it: a scalar in quotation marks may go on in lines that are not indented. The parser
/// refuses those. A line end inside such a scalar means a space, so the text is read again with a space in its place.
fn yaml(content: &str) -> Parsed {
    let first = structured::yaml_node(content);
    let mut joined = content.as_bytes().to_vec();
    let mut at = line_refused(&first, content);
    for _ in 0..MOST_JOINED {
        let Some(start) = at else { break };
        let line_end = if joined[..start].ends_with(b"\r\n") { 2 } else { 1 };
        joined[start - line_end..start].fill(b' ');
        let Ok(text) = std::str::from_utf8(&joined) else { break };
        let read = structured::yaml_node(text);
        if read.faults.is_empty() {
            return read;
        }
        at = line_refused(&read, text);
    }
    first
}

/// So many lines of scalars are joined to others before the front matter counts as broken.
const MOST_JOINED: usize = 40;

/// The first byte of the line that the parser refused, where it says that the line is at fault from its beginning.
fn line_refused(read: &Parsed, content: &str) -> Option<usize> {
    let at = read.faults.first()?.span.start as usize;
    let begins = content.get(..at).is_some_and(|before| before.ends_with(['\n', '\r']));
    (begins && !content[at..].starts_with(['\n', '\r'])).then_some(at)
}

/// A scalar as written, without quotation marks of the format around it, and where.
fn written(node: &Node, content: &str, base: u32) -> Option<(String, Span)> {
    let text = match &node.value {
        Value::Text(text) => text.clone(),
        Value::Date(_) | Value::Integer(_) => node.span.of(content).trim().to_owned(),
        _ => return None,
    };
    let raw = node.span.of(content);
    let span = match raw.find(&text) {
        Some(at) => Span::new(node.span.start + at as u32, node.span.start + (at + text.len()) as u32),
        None => node.span,
    };
    (!text.trim().is_empty()).then_some((text, Span::new(span.start + base, span.end + base)))
}

/// The fence, the range between the fences, and where the text begins.
///
/// A rule (`---`) may also begin a text, so what follows must look like metadata.
fn find(text: &str) -> Option<(&'static str, Span, usize)> {
    let fence = ["---", "+++"].into_iter().find(|fence| text.starts_with(fence))?;
    let first_end = line_end(text, 0);
    if !text[fence.len()..first_end].trim().is_empty() {
        return None;
    }
    let mut at = first_end;
    while at < text.len() {
        let next = line_end(text, at);
        let line = text[at..next].trim_end();
        if line == fence || (fence == "---" && line == "...") {
            let inner = &text[first_end..at];
            return is_metadata(inner, fence).then(|| (fence, Span::new(first_end as u32, at as u32), next));
        }
        at = next;
    }
    None
}

/// The byte after the line end of the line at `at`.
fn line_end(text: &str, at: usize) -> usize {
    let rest = &text.as_bytes()[at..];
    match memchr::memchr2(b'\n', b'\r', rest) {
        Some(found) if rest[found] == b'\r' && rest.get(found + 1) == Some(&b'\n') => at + found + 2,
        Some(found) => at + found + 1,
        None => text.len(),
    }
}

/// Is the first line that says anything of the form `key: value` or `key = value`?
fn is_metadata(inner: &str, fence: &str) -> bool {
    let said = inner.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    let Some(line) = said else { return true };
    let sign = if fence == "+++" { '=' } else { ':' };
    let key = line.split(sign).next().unwrap_or("").trim();
    let wordlike = |sign: char| sign.is_alphanumeric() || "_-.\"'".contains(sign);
    (line.contains(sign) && !key.is_empty() && key.chars().all(wordlike))
        || (fence == "+++" && line.starts_with('['))
        || line.starts_with('{')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date_and_title(text: &str) -> (Option<String>, Option<String>) {
        let (matter, input_errors) = read("a.md", text);
        assert_eq!(input_errors, [], "{text}");
        let matter = matter.unwrap_or_default();
        for (value, span) in [&matter.date, &matter.title].into_iter().flatten() {
            assert_eq!(span.of(text), value, "{text}");
        }
        let value = |field: Option<(String, Span)>| field.map(|(value, _)| value);
        (value(matter.date), value(matter.title))
    }

    #[test]
    fn dates_and_titles_with_their_places() {
        for (text, date, title) in [
            ("---\ntitle: Ferry late\ndate: 2025-04-17\n---\nText", Some("2025-04-17"), Some("Ferry late")),
            (
                "---\r\ndate: \"2025-04-17\"\r\ntitle: 'It’s late'\r\n---\r\n",
                Some("2025-04-17"),
                Some("It’s late"),
            ),
            (
                "---\ndate: 2025-04-16\npublished: 2025-04-17T09:30:00+02:00\n...\n",
                Some("2025-04-17T09:30:00+02:00"),
                None,
            ),
            (
                "---\n# by the desk\npublishDate: 2025-04-17 # checked\ntags: [a, {b: c}]\n---\n",
                Some("2025-04-17"),
                None,
            ),
            ("---\nyear: 2025\ndate: 2025\n---\n", Some("2025"), None),
            (
                "+++\ntitle = \"Späte Fähre\"\ndate = 2025-04-17\n+++\n",
                Some("2025-04-17"),
                Some("Späte Fähre"),
            ),
            (
                "+++\ndate = 2025-04-17T09:30:00Z\n[extra]\ntitle = \"no\"\n+++\n",
                Some("2025-04-17T09:30:00Z"),
                None,
            ),
            (
                "---\nabout: \"Ferry\nlate\"\nsummary: 'one\n\ntwo'\ndate: 2025-04-17\n---\n",
                Some("2025-04-17"),
                None,
            ),
            (
                "---\ndate: 2025-04-17\nsummary: \"one\r\ntwo\r\nthree\"\ntitle: \"x\"\n---\n",
                Some("2025-04-17"),
                Some("x"),
            ),
            ("---\n---\nText", None, None),
            ("---\ndate:\ntitle: \"\"\n---\n", None, None),
        ] {
            assert_eq!(date_and_title(text), (date.map(Into::into), title.map(Into::into)), "{text}");
        }
    }

    #[test]
    fn the_language_of_a_draft() {
        let (matter, input_errors) = read("a.md", "---\nlang: en-GB\n---\nText");
        assert_eq!(input_errors, []);
        assert_eq!(matter.unwrap_or_default().language.map(|(code, _)| code).as_deref(), Some("en-GB"));
        let (_, input_errors) = read("a.md", "---\nlanguage: xx\n---\nText");
        let told: Vec<&str> = input_errors.iter().map(|error| error.message.as_str()).collect();
        assert_eq!(told, ["“xx” is the code of no language; this draft is read as one that names none"]);
    }

    #[test]
    fn a_rule_is_not_front_matter() {
        for text in [
            "---\n\nShe said: “No.”\n\n---\n",
            "---\ntitle: never closed\n",
            "----\na: b\n---\n",
            " ---\na: b\n---\n",
        ] {
            assert_eq!(read("a.md", text), (None, vec![]), "{text}");
        }
    }

    #[test]
    fn broken_front_matter_is_told_and_left_out() {
        for (text, place) in [
            ("---\ntitle: \"open\ndate: [1\n---\nText.\n", 4..35),
            ("+++\ntitle = Ferry late\n+++\nText.\n", 4..25),
        ] {
            let (matter, input_errors) = read("a.md", text);
            let end = matter.map(|matter| matter.span.end as usize);
            assert_eq!(end.map(|end| &text[end..]), Some("Text.\n"));
            assert!(!input_errors.is_empty());
            for input_error in input_errors {
                assert_eq!(input_error.gravity, Gravity::Warning);
                let span = input_error.labels[0].0;
                assert!(place.contains(&(span.start as usize)), "{span:?} in {text}");
            }
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(fence in "---|\\+\\+\\+", inner in "([a-z]{1,5}: ?|[a-z]{1,5} ?= ?)?[ -~“é\n&*|>\\[{]{0,60}") {
            let text = format!("{fence}\n{inner}\n{fence}\nText");
            let (matter, input_errors) = read("a.md", &text);
            for (value, span) in matter.iter().flat_map(|matter| [&matter.date, &matter.title]).flatten() {
                prop_assert!(text.get(span.range()).is_some(), "{} at {:?}", value, span);
            }
            for input_error in input_errors {
                prop_assert!(input_error.labels.iter().all(|(span, _)| text.get(span.range()).is_some()));
            }
        }
    }
}
