//! Transcripts that are web pages: the tags become blanks and line breaks, so that every byte keeps its place.

/// Tags within a line of text. All others end a line.
const INLINE: [&str; 22] = [
    "a", "abbr", "b", "bdi", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span", "strong",
    "sub", "sup", "time", "u", "var", "wbr", "v",
];

/// Elements whose content is no text.
const HIDDEN: [&str; 4] = ["script", "style", "head", "template"];

/// The text of a page as lines, as long as the page; `None` for a text that is no page.
pub(super) fn lines_of(text: &str) -> Option<String> {
    let head = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let start = head.get(..15).unwrap_or(head).to_ascii_lowercase();
    if !["<!doctype html", "<html"].iter().any(|page| start.starts_with(page)) {
        return None;
    }
    let mut lines = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        push_text(&mut lines, &rest[..open]);
        let tag = &rest[open..];
        let end = match tag.strip_prefix("<!--") {
            Some(comment) => comment.find("-->").map_or(tag.len(), |at| at + 7),
            None => tag.find('>').map_or(tag.len(), |at| at + 1),
        };
        let name: String =
            tag[1..end].trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        let closing = tag.starts_with("</");
        let end = match HIDDEN.contains(&name.as_str()) && !closing {
            true => find_closing(tag, &name).unwrap_or(end),
            false => end,
        };
        let breaks = !name.is_empty() && !INLINE.contains(&name.as_str());
        if breaks {
            lines.push('\n');
        }
        lines.extend(std::iter::repeat_n(' ', end - usize::from(breaks)));
        rest = &rest[open + end..];
    }
    push_text(&mut lines, rest);
    Some(lines)
}

/// Text between tags: its line breaks mean nothing.
fn push_text(lines: &mut String, text: &str) {
    lines.extend(text.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }));
}

/// Where the element that `tag` opens ends.
fn find_closing(tag: &str, name: &str) -> Option<usize> {
    let close = format!("</{name}");
    let at = tag.to_ascii_lowercase().find(&close)?;
    tag[at..].find('>').map(|end| at + end + 1)
}

/// Words with character references resolved and blanks joined.
pub(super) fn decoded(words: &str) -> String {
    let mut plain = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        let end = rest[at..].bytes().take(12).position(|byte| byte == b';').map(|end| at + end);
        match end.and_then(|end| Some((end, character(&rest[at + 1..end])?))) {
            Some((end, c)) => {
                plain.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                plain.push('&');
                rest = &rest[at + 1..];
            }
        }
    }
    plain.push_str(rest);
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn character(reference: &str) -> Option<char> {
    if let Some(number) = reference.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    let names = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", ' '),
        ("ndash", '–'),
        ("mdash", '—'),
        ("lsquo", '‘'),
        ("rsquo", '’'),
        ("ldquo", '“'),
        ("rdquo", '”'),
        ("hellip", '…'),
        ("pound", '£'),
        ("euro", '€'),
        ("eacute", 'é'),
    ];
    names.iter().find(|(name, _)| *name == reference).map(|(_, c)| *c)
}

#[cfg(test)]
mod tests {
    use super::{decoded, lines_of};

    #[test]
    fn pages_keep_their_places() {
        let page = "<!doctype html>\n<head><title>x</title></head><p><b>Ana:</b> No<br>Never.</p><!-- no -->";
        let lines = lines_of(page).unwrap_or_default();
        assert_eq!(lines.len(), page.len());
        assert_eq!(lines.split_whitespace().collect::<Vec<_>>(), ["Ana:", "No", "Never."]);
        assert_eq!(lines.find("Never"), page.find("Never"));
        assert_eq!(lines_of("Ana Reyes: <no>"), None);
        assert_eq!(decoded("don&rsquo;t  &#8212; R&amp;D &c"), "don’t — R&D &c");
    }
}
