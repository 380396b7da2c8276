//! Words of a house's own, added to the lists that come with sayso.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use super::language::{ENGLISH_LISTS, Language, Lists};
use super::list::{List, ListError};

/// A list of a house: the same shape as the list of that name in `rules/words`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnList {
    /// The name of the list that it adds to: one of [`OwnList::NAMES`].
    pub name: &'static str,
    /// What stands in it.
    pub text: String,
}

impl OwnList {
    /// The lists that a house may add to.
    pub const NAMES: [&'static str; 10] = [
        "cues.txt",
        "given-names.txt",
        "honorifics.txt",
        "nicknames.txt",
        "places.txt",
        "roles.txt",
        "sources.txt",
        "title-words.txt",
        "unnamed.txt",
        "works.txt",
    ];
}

/// English with a house's words. What is built is never freed, because drafts are parsed with it for as long as the
/// process lives; the same words are built once.
///
/// # Errors
/// The list of the house that is wrong, with its line there.
pub fn english_with(own: &[OwnList]) -> Result<&'static Language, ListError> {
    static BUILT: Mutex<Vec<(Vec<OwnList>, &'static Language)>> = Mutex::new(Vec::new());
    if own.is_empty() {
        return Ok(Language::english());
    }
    let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, language)) = built.iter().find(|(words, _)| words == own) {
        return Ok(language);
    }
    let mut lists = ENGLISH_LISTS;
    for added in own {
        add(&mut lists, added)?;
    }
    add_people(&mut lists, own);
    let language = Language::read("en", &lists).map_err(|error| of_house(error, own))?;
    let language: &'static Language = Box::leak(Box::new(language));
    built.push((own.to_vec(), language));
    Ok(language)
}

/// Puts a house's lines behind those of the list.
fn add(lists: &mut Lists, own: &OwnList) -> Result<(), ListError> {
    let Some(list) = list_of(lists, own.name) else { return Ok(()) };
    let added = List { name: own.name, text: Box::leak(own.text.clone().into_boxed_str()) };
    let has_sections = list.entries().any(|entry| !entry.section.is_empty());
    if let Some(first) = added.entries().find(|entry| has_sections && entry.section.is_empty()) {
        return Err(first.unknown_section());
    }
    let text = format!("{}\n{}", list.text.trim_end(), added.text);
    *list = List { name: own.name, text: Box::leak(text.into_boxed_str()) };
    Ok(())
}

/// A role and a noun for people without a name is a noun for a source too, so that a house writes it down once.
fn add_people(lists: &mut Lists, own: &[OwnList]) {
    let mut nouns = Vec::new();
    for list in own {
        for line in list.text.lines().map(str::trim).filter(|line| !line.starts_with(['#', '['])) {
            match list.name {
                "roles.txt" => {
                    let forms = line.split(':').next().unwrap_or_default().split(['=', ',']);
                    nouns.extend(forms.filter_map(|form| form.split_whitespace().next_back()));
                }
                "unnamed.txt" => nouns.extend(line.split_whitespace()),
                _ => {}
            }
        }
    }
    let is_word = |noun: &&str| noun.chars().all(|c| c.is_alphabetic() || c == '-');
    nouns.retain(is_word);
    if !nouns.is_empty() {
        let text = format!("{}\n[person]\n{}\n", lists.lexicon.sources.text.trim_end(), nouns.join(" "));
        lists.lexicon.sources = List { name: "sources.txt", text: Box::leak(text.into_boxed_str()) };
    }
}

fn list_of<'l>(lists: &'l mut Lists, name: &str) -> Option<&'l mut List> {
    Some(match name {
        "cues.txt" => &mut lists.lexicon.cues,
        "given-names.txt" => &mut lists.lexicon.given_names,
        "honorifics.txt" => &mut lists.lexicon.honorifics,
        "nicknames.txt" => &mut lists.nicknames,
        "places.txt" => &mut lists.offices.places,
        "roles.txt" => &mut lists.offices.roles,
        "sources.txt" => &mut lists.lexicon.sources,
        "title-words.txt" => &mut lists.offices.title_words,
        "unnamed.txt" => &mut lists.unnamed,
        "works.txt" => &mut lists.lexicon.works,
        _ => return None,
    })
}

/// The same error with its line in the list of the house.
fn of_house(error: ListError, own: &[OwnList]) -> ListError {
    let mut lists = ENGLISH_LISTS;
    let Some(list) = list_of(&mut lists, error.list) else { return error };
    let before = list.text.trim_end().lines().count();
    // Several lists of one name stand one after the other.
    let mut line = error.line.saturating_sub(before);
    for added in own.iter().filter(|added| added.name == error.list) {
        let lines = added.text.lines().count();
        if line <= lines {
            break;
        }
        line -= lines;
    }
    ListError { line: line.max(1), ..error }
}

/// The languages that callers without a language have used in this process; an entry is set once and stays.
static USED: [OnceLock<&'static Language>; MOST] = [const { OnceLock::new() }; MOST];
/// How many different languages such callers may use: one for each time that a desk saves other word lists while an editor
/// is open. A power of two, so that no bound has to be checked.
const MOST: usize = 256;
/// Which of them is used now.
static CURRENT: AtomicUsize = AtomicUsize::new(0);

/// The language of callers that no language is handed to yet.
pub(super) fn current() -> &'static Language {
    USED[CURRENT.load(Ordering::Acquire) % MOST].get_or_init(Language::english)
}

/// Makes a house's words those of callers that no language is handed to yet: the titles of people, the classes of cues
/// in rules. A process that holds several projects calls it before it reads or judges one. False where too many different
/// languages have been used in this process; then only the grammar of drafts knows the words.
pub fn use_everywhere(language: &'static Language) -> bool {
    // Whoever takes a free entry for another language in the meantime makes this one go on to the next.
    let at = USED.iter().position(|used| std::ptr::eq(*used.get_or_init(|| language), language));
    if let Some(at) = at {
        CURRENT.store(at, Ordering::Release);
    }
    at.is_some()
}
