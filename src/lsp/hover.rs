//! What the editor shows beside the mouse: who said a quotation, or who is meant by a name.

use std::fmt::Write;

use serde_json::{Value, json};

use super::folder::Folder;
use super::under::{self, Under};
use crate::calendar::Day;
use crate::corpus::people::{MentionAt, Tally};
use crate::corpus::wording::{Hit, Verdict};
use crate::facts::{Attribution, Quotation, QuotationKind, clock};
use crate::source::{FileId, Span};

/// The most other drafts that are listed.
const MOST_VERSIONS: usize = 12;
/// The longest words of a tape that are shown, in characters.
const LONGEST_WORDS: usize = 400;

/// What is known of the quotation or the name at a byte of a draft; null for other words.
pub fn hover(folder: &Folder, path: &str, offset: u32) -> Value {
    let Some(found) = under::find(folder, path, offset) else { return Value::Null };
    let facts = folder.project.corpus().file(found.file);
    let markdown = match found.what {
        Under::Mention(at) => person(folder, at),
        Under::Source(index) => source(folder, found.file, index),
        Under::Quotation(index) => quotation(folder, path, found.file, index, &facts.quotations[index]),
    };
    let Some(document) = folder.document(path) else { return Value::Null };
    json!({
        "contents": { "kind": "markdown", "value": markdown },
        "range": folder.encoding.range(&document.text, found.span),
    })
}

fn quotation(folder: &Folder, path: &str, file: FileId, index: usize, quotation: &Quotation) -> String {
    let mut told = match &quotation.attribution {
        Some(by) => who(by),
        None => match quotation.kind {
            QuotationKind::Title => "**The title of a work**, nobody's speech".to_owned(),
            QuotationKind::Scare => "**Words held at arm's length**, nobody's speech".to_owned(),
            _ => "**Nobody is named as the speaker**".to_owned(),
        },
    };
    if let Some(by) = &quotation.attribution {
        circumstances(by, &mut told);
    }
    tape(folder, file, index, &mut told);
    versions(folder, path, index, &mut told);
    told
}

/// Who said it, by which words, and how sure that is.
fn who(by: &Attribution) -> String {
    let mut told = match &by.speaker {
        Some(speaker) => format!("**{}**", plain(&speaker.name)),
        None => "**Speaker undecided**".to_owned(),
    };
    if let Some(rival) = &by.rival {
        let _ = write!(told, " or **{}**", plain(rival));
    }
    let words: Vec<String> = [("source", &by.source), ("cue", &by.cue)]
        .into_iter()
        .filter_map(|(what, phrase)| Some(format!("{what} “{}”", plain(&phrase.as_ref()?.text))))
        .collect();
    if !words.is_empty() {
        let _ = write!(told, " — {}", words.join(", "));
    }
    let _ = write!(
        told,
        "\n\n`{}`: right in {:.0} of 100 measured cases",
        by.evidence,
        f64::from(by.confidence) * 100.0
    );
    told
}

/// When, how, where and to whom it was said.
fn circumstances(by: &Attribution, told: &mut String) {
    let mut parts: Vec<String> = Vec::new();
    if let Some(days) = by.said_on {
        parts.push(match (days.single(), days.from, days.to) {
            (Some(day), ..) => format!("on {}", day.long()),
            (None, Some(from), Some(to)) => format!("between {} and {}", from.long(), to.long()),
            _ => String::new(),
        });
    }
    parts.extend(by.medium.as_deref().map(plain));
    parts.extend(by.place.as_deref().map(|place| format!("in {}", plain(place))));
    parts.extend(by.to.as_ref().map(|to| format!("to {}", plain(&to.text))));
    parts.retain(|part| !part.is_empty());
    if !parts.is_empty() {
        let _ = write!(told, "\n\nSaid {}", parts.join(", "));
    }
}

/// What the tapes have of it, with the time.
fn tape(folder: &Folder, file: FileId, index: usize, told: &mut String) {
    // Without a tape in the project there is nothing to say about tapes.
    let corpus = folder.project.corpus();
    if corpus.facts().iter().all(|facts| facts.tape.is_none()) {
        return;
    }
    let list = |edits: &[crate::corpus::wording::Edit]| {
        edits.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    };
    let (state, hit): (String, Option<&Hit>) = match under::verdict(folder, file, index) {
        None => return,
        Some(Verdict::Exact(hit)) => ("word for word".to_owned(), Some(hit)),
        Some(Verdict::Edited(hit, edits)) => (format!("edited ({})", list(&edits)), Some(hit)),
        Some(Verdict::Altered(hit, edits)) => (format!("altered ({})", list(&edits)), Some(hit)),
        Some(Verdict::NotFound) => ("the words are on no tape of this speaker".to_owned(), None),
        Some(Verdict::Unchecked(why)) => (format!("not checked: {why}"), None),
    };
    let _ = write!(told, "\n\nTape: {}", plain(&state));
    let Some(hit) = hit else { return };
    let tape = corpus.file(hit.tape);
    let at = tape.turns.get(hit.turn as usize).and_then(|turn| turn.at);
    let at = at.map_or_else(String::new, |at| format!(" at {}", clock(at)));
    let words = corpus.wording().said(corpus.facts(), hit, hit.alike());
    let _ = write!(told, " — {}{at}\n\n> {}", plain(&tape.path), plain(&shortened(&words)));
}

/// The tape's words for those of a quotation, where the two differ and begin and end with the same word: the tape, the
/// bytes of the draft from the first word to the last, and the words.
pub fn tape_words(folder: &Folder, file: FileId, index: usize) -> Option<(FileId, Span, String)> {
    let (Verdict::Edited(hit, _) | Verdict::Altered(hit, _)) = under::verdict(folder, file, index)? else {
        return None;
    };
    let corpus = folder.project.corpus();
    let quotation = &corpus.file(file).quotations[index];
    let passage = *corpus.wording().passages_of(file).get(&(index as u32))?;
    let whole = corpus.wording().passage(passage).parts.len() == 1 && quotation.segments.len() == 1;
    let (first, last) = (hit.aligned.matches.first()?.0 as usize, hit.aligned.matches.last()?.0 as usize);
    if !whole || first != 0 || last + 1 != hit.part.len() {
        return None;
    }
    let own = quotation.words.trim_matches(|c: char| !c.is_alphanumeric());
    let start = own.as_ptr() as usize - quotation.words.as_ptr() as usize;
    let said = corpus.wording().said(corpus.facts(), hit, hit.alike());
    let said = said.trim_matches(|c: char| !c.is_alphanumeric());
    let span = quotation.places.span(start..start + own.len());
    (!said.is_empty() && said != own).then(|| (hit.tape, span, said.to_owned()))
}

/// The other places where its words stand, with the differences.
fn versions(folder: &Folder, path: &str, index: usize, told: &mut String) {
    let versions = folder.project.versions(path, index);
    if versions.is_empty() {
        return;
    }
    told.push_str("\n\nAlso in");
    for version in versions.iter().take(MOST_VERSIONS) {
        let document = folder.document(version.path);
        let line = document.map_or(1, |document| document.text.line_of(version.quotation.span.start));
        let target = format!("{}#L{line}", folder.uri(version.path));
        let _ = write!(told, "\n- [{}:{line}]({target}): ", plain(version.path));
        let shown: Vec<String> = version
            .differences
            .iter()
            .map(|difference| format!("`{}`", difference.shown.replace(['`', '\n'], " ")))
            .collect();
        told.push_str(if shown.is_empty() { "the same words" } else { "" });
        told.push_str(&shown.join(", "));
    }
    if versions.len() > MOST_VERSIONS {
        let _ = write!(told, "\n- and {} more", versions.len() - MOST_VERSIONS);
    }
}

/// Who the source of a quotation is, where it is no name.
fn source(folder: &Folder, file: FileId, index: usize) -> String {
    let Some(by) = &folder.project.corpus().file(file).quotations[index].attribution else {
        return String::new();
    };
    match under::speaker(folder, file, index) {
        Some(at) => format!("{}\n\n---\n\n{}", who(by), person(folder, at)),
        None => who(by),
    }
}

/// Who is meant by a name.
fn person(folder: &Folder, at: MentionAt) -> String {
    let corpus = folder.project.corpus();
    let mention = at.of(corpus.file(at.file));
    let person = corpus.people().of(at).map(|id| corpus.people().person(id));
    let Some((person, entry)) = person.and_then(|person| Some((person, person.entry(corpus.facts())?)))
    else {
        let name = plain(&mention.name);
        return format!(
            "**{name}**\n\nThis draft introduces nobody of this name in full, so it is not known who is meant"
        );
    };
    let mut files: Vec<FileId> = person.mentions.iter().map(|mention| mention.file).collect();
    files.dedup();
    let mut told = format!(
        "**{}** — {} in {}",
        plain(&entry.name),
        counted(entry.mentions, "mention"),
        counted(files.len(), "file")
    );
    list("Titles", &entry.titles, &mut told);
    list("Spellings", &entry.spellings, &mut told);
    let Some(id) = person.registered else { return told };
    let registered = corpus.registry().person(id);
    let _ = write!(told, "\n\nIn the registry: {}", plain(&registered.name));
    if !registered.aliases.is_empty() {
        let aliases: Vec<String> = registered.aliases.iter().map(|alias| plain(alias)).collect();
        let _ = write!(told, " (also {})", aliases.join(", "));
    }
    let day = |day: Option<Day>| day.map_or_else(|| "…".to_owned(), Day::long);
    for (title, days) in corpus.registry().titles(id) {
        let _ = write!(told, "\n- {}, {} to {}", plain(title), day(days.from), day(days.to));
    }
    told
}

fn list(what: &str, tallies: &[Tally], told: &mut String) {
    if !tallies.is_empty() {
        let all: Vec<String> =
            tallies.iter().map(|one| format!("{} ({})", plain(&one.text), one.count)).collect();
        let _ = write!(told, "\n\n{what}: {}", all.join(", "));
    }
}

fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

fn shortened(words: &str) -> String {
    match words.char_indices().nth(LONGEST_WORDS) {
        Some((at, _)) => format!("{}…", &words[..at]),
        None => words.to_owned(),
    }
}

/// A draft's words as Markdown that means nothing but these words.
fn plain(words: &str) -> String {
    let mut plain = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '!' | '&' => {
                plain.push('\\');
                plain.push(c);
            }
            c if c.is_control() => plain.push(' '),
            c => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn words_of_a_draft_are_no_markup() {
        assert_eq!(plain("*a* [b](c)\n<img> &lt;"), r"\*a\* \[b\](c) \<img\> \&lt;");
    }
}
