//! A person's name is spelled another way in all drafts, but for the words inside quotations: those are the speaker's.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::folder::Folder;
use super::under::{self, Under};
use super::wire::{Code, Failure};
use crate::corpus::people::MentionAt;
use crate::source::Span;

/// What a rename does: the edits, and how many places inside quotations are left as they are.
#[derive(Debug)]
pub struct Renamed {
    /// The protocol's edits of several files.
    pub edit: Value,
    /// Places inside quotations.
    pub left: usize,
}

/// The name at a byte of a draft, which may be renamed; null where there is none.
pub fn prepare(folder: &Folder, path: &str, offset: u32) -> Value {
    let (Some(at), Some(document)) = (name(folder, path, offset), folder.document(path)) else {
        return Value::Null;
    };
    let mention = at.of(folder.project.corpus().file(at.file));
    json!({ "range": folder.encoding.range(&document.text, mention.span), "placeholder": mention.name })
}

fn name(folder: &Folder, path: &str, offset: u32) -> Option<MentionAt> {
    match under::find(folder, path, offset)?.what {
        Under::Mention(at) => Some(at),
        Under::Source(_) | Under::Quotation(_) => None,
    }
}

/// The edits that spell the name at a byte of a draft as `new`, wherever the same person is named so.
///
/// Where both spellings have as many words, each changed word is changed wherever it stands in a name of the person:
/// “Ana Reyez” for “Ana Reyes” makes a later “Reyes” a “Reyez”. Otherwise only the whole spelling is changed.
///
/// # Errors
/// Where there is no name, or `new` is none.
pub fn rename(folder: &Folder, path: &str, offset: u32, new: &str) -> Result<Renamed, Failure> {
    let Some(at) = name(folder, path, offset) else {
        let message = "only a person's name outside a quotation's own words can be renamed here";
        return Err((Code::Failed, message.to_owned()));
    };
    let new = new.trim();
    if new.is_empty() || new.chars().any(char::is_control) || !new.chars().any(char::is_alphabetic) {
        return Err((Code::InvalidParams, format!("“{new}” is no name")));
    }
    let corpus = folder.project.corpus();
    let old = &at.of(corpus.file(at.file)).name;
    let changed = changes(old, new);
    let everywhere = corpus.people().of(at).map(|id| corpus.people().person(id).mentions.as_slice());
    let mut left = 0;
    let mut edits: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for mention_at in everywhere.unwrap_or(std::slice::from_ref(&at)) {
        let facts = corpus.file(mention_at.file);
        let mention = mention_at.of(facts);
        let Some(document) = folder.project.documents().get(mention_at.file.index()) else { continue };
        let written = mention.span.of(document.text.as_str());
        let places: Vec<(Span, &str)> = changed
            .iter()
            .flat_map(|(from, to)| words(written, from).map(move |at| (at, *to)))
            .map(|(at, to)| (Span::new(mention.span.start + at.start, mention.span.start + at.end), to))
            .collect();
        // A tape has what was said, whoever wrote it down.
        if (mention.quoted || facts.tape.is_some()) && !places.is_empty() {
            left += 1;
            continue;
        }
        for (span, to) in places {
            let range = folder.encoding.range(&document.text, span);
            edits.entry(folder.uri(&facts.path)).or_default().push(json!({ "range": range, "newText": to }));
        }
    }
    Ok(Renamed { edit: json!({ "changes": edits }), left })
}

/// Which words are spelled how: the words that differ, or the whole where the number of words does.
fn changes<'n>(old: &'n str, new: &'n str) -> Vec<(&'n str, &'n str)> {
    let (from, to): (Vec<&str>, Vec<&str>) = (old.split(' ').collect(), new.split_whitespace().collect());
    match from.len() == to.len() {
        true => from.into_iter().zip(to).filter(|(from, to)| from != to).collect(),
        false => vec![(old, new)],
    }
}

/// Where a word stands in a name as whole words.
fn words<'n>(name: &'n str, word: &'n str) -> impl Iterator<Item = Span> + 'n {
    name.match_indices(word).filter_map(move |(at, _)| {
        let end = at + word.len();
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let whole = !letter(name[..at].chars().next_back()) && !letter(name[end..].chars().next());
        whole.then(|| Span::new(at as u32, end as u32))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_differ_are_changed_and_else_the_whole() {
        assert_eq!(changes("Ana Reyes", "Ana Reyez"), [("Reyes", "Reyez")]);
        assert_eq!(changes("Ana Reyes", "Ana  Maria Reyes"), [("Ana Reyes", "Ana  Maria Reyes")]);
        assert_eq!(changes("Reyes", "Reyes"), []);
    }

    #[test]
    fn a_word_is_found_whole() {
        let at = |name, word| words(name, word).map(|span| span.start).collect::<Vec<_>>();
        assert_eq!(at("Ana Reyes-Reyes", "Reyes"), [4, 10]);
        assert_eq!(at("Ana Reyesová", "Reyes"), [] as [u32; 0]);
    }
}
