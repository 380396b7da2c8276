//! A spelling is added to `people.toml` without touching anything else in it.

use crate::source::{Node, Span, Value, toml_node};

/// The edit that makes `spelling` right for the person `name`: another alias, or a person of its own where the registry
/// has nobody of that name. `None` where the text cannot be read as TOML.
pub fn add_spelling(text: &str, name: &str, spelling: &str) -> Option<(Span, String)> {
    let parsed = toml_node(text);
    if !parsed.faults.is_empty() {
        return None;
    }
    let quoted = basic_string(spelling);
    let Some(person) =
        people(&parsed.node).find(|person| field(person, "name").is_some_and(|node| is(node, name)))
    else {
        let end = text.len() as u32;
        let lead = if text.is_empty() || text.ends_with("\n\n") {
            ""
        } else if text.ends_with('\n') {
            "\n"
        } else {
            "\n\n"
        };
        return Some((Span::new(end, end), format!("{lead}[[person]]\nname = {quoted}\n")));
    };
    if let Some(aliases) = field(person, "aliases") {
        let Value::List(known) = &aliases.value else { return None };
        let (at, words) = match known.last() {
            Some(last) => (last.span.end, format!(", {quoted}")),
            None => (aliases.span.start + 1, quoted),
        };
        return Some((Span::new(at, at), words));
    }
    let end = field(person, "name")?.span.end;
    // A comment may follow on the line of the name.
    let end = text[end as usize..].find('\n').map_or(text.len() as u32, |line| end + line as u32);
    Some((Span::new(end, end), format!("\naliases = [{quoted}]")))
}

fn people(root: &Node) -> impl Iterator<Item = &Node> {
    let list = field(root, "person").map(|node| &node.value);
    let people = match list {
        Some(Value::List(people)) => people.as_slice(),
        _ => &[],
    };
    people.iter()
}

fn field<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    let Value::Table(entries) = &node.value else { return None };
    entries.iter().find(|(key, _)| key.name == name).map(|(_, node)| node)
}

fn is(node: &Node, text: &str) -> bool {
    matches!(&node.value, Value::Text(own) if own == text)
}

/// A TOML string with these words. A name holds no control characters.
fn basic_string(words: &str) -> String {
    format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::read_registry;

    fn added(text: &str, name: &str, spelling: &str) -> String {
        let (span, words) = add_spelling(text, name, spelling).unwrap_or_default();
        let mut text = text.to_owned();
        text.replace_range(span.start as usize..span.end as usize, &words);
        text
    }

    #[test]
    fn the_registry_has_the_spelling_and_nothing_else_changes() {
        let person = "# the council\n[[person]]\nname = \"Ana Reyes\" # mayor\n";
        for (text, expected) in [
            (person.to_owned(), format!("{person}aliases = [\"Ana Reyez\"]\n")),
            (
                format!("{person}aliases = [\"A. Reyes\", ]\n"),
                format!("{person}aliases = [\"A. Reyes\", \"Ana Reyez\", ]\n"),
            ),
            (format!("{person}aliases = []\n"), format!("{person}aliases = [\"Ana Reyez\"]\n")),
        ] {
            assert_eq!(added(&text, "Ana Reyes", "Ana Reyez"), expected);
            let roster = read_registry("people.toml", &expected).unwrap_or_default();
            assert!(roster.persons[0].aliases.contains(&"Ana Reyez".to_owned()), "{expected}");
        }
        let new = added(person, "Bo Okafor", "Bo “B” Okafor");
        assert_eq!(new, format!("{person}\n[[person]]\nname = \"Bo “B” Okafor\"\n"));
        assert_eq!(read_registry("people.toml", &new).unwrap_or_default().persons.len(), 2);
        assert_eq!(added("", "Bo Okafor", "Bo Okafor"), "[[person]]\nname = \"Bo Okafor\"\n");
        assert_eq!(add_spelling("[[person]\n", "Bo Okafor", "Bo Okafor"), None);
    }
}
