//! The people of the report: what they said where, their spellings, and their titles over time.

use rustc_hash::FxHashMap;

use super::super::clean;
use super::super::sheet::Sheet;
use super::roll::Roll;
use super::story::Story;
use crate::source::{FileId, Place, one_line};
use crate::syntax::mentions::TitlePosition;

/// Characters of a quotation that a person's list shows.
const SHOWN: usize = 110;

pub(super) struct Person {
    pub(super) id: String,
    pub(super) name: String,
    /// Each spelling with how often it is written.
    pub(super) spellings: Vec<(String, String)>,
    /// Day, title, place.
    pub(super) titles: Vec<(String, String, String)>,
    /// The quotation's id, its words, place and day.
    pub(super) said: Vec<(String, String, String)>,
}

impl Person {
    pub(super) fn is_quoted(&self) -> bool {
        !self.said.is_empty()
    }
}

/// Everybody in the drafts, by name.
pub(super) fn people(roll: &Roll, sheet: &Sheet<'_>, drafts: &[FileId], stories: &[Story]) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    for (rank, (_, person)) in sheet.corpus.people().iter().enumerate() {
        let inside = person.mentions.iter().any(|at| drafts.contains(&at.file));
        let Some(entry) = person.entry(sheet.corpus.facts()).filter(|_| inside) else { continue };
        let mut titles = Vec::new();
        for &at in &person.mentions {
            let facts = sheet.corpus.file(at.file);
            let mention = at.of(facts);
            let day = facts.published.map_or_else(|| "day unknown".to_owned(), |known| known.day.to_string());
            for title in
                mention.titles.iter().filter(|title| !mention.quoted && title.position != TitlePosition::Era)
            {
                let spot = sheet.spot(Place::new(at.file, title.span));
                let words = shown(&[title.qualifier.as_str(), title.text.as_str()].join(" "));
                titles.push((day.clone(), words, format!("{}:{}", shown(spot.path), spot.start.line)));
            }
        }
        titles.sort();
        titles.dedup_by(|one, other| one.0 == other.0 && one.1 == other.1);
        let spellings =
            entry.spellings.iter().map(|tally| (shown(&tally.text), times(tally.count))).collect();
        people.push(Person {
            id: format!("p{}", rank + 1),
            name: shown(&entry.name),
            spellings,
            titles,
            said: Vec::new(),
        });
    }
    let mut others: Vec<(&String, &usize)> = roll.others.iter().collect();
    others.sort();
    people.extend(others.into_iter().map(|(name, rank)| Person {
        id: format!("o{}", rank + 1),
        name: shown(name),
        spellings: Vec::new(),
        titles: Vec::new(),
        said: Vec::new(),
    }));
    let mut by_id: FxHashMap<String, usize> = FxHashMap::default();
    by_id.extend(people.iter().enumerate().map(|(rank, person)| (person.id.clone(), rank)));
    for story in stories {
        for item in &story.items {
            if let (Some(said), Some(&rank)) = (&item.quotation, by_id.get(&item.person)) {
                let words = clean::cut(&one_line(&said.words), SHOWN).into_owned();
                let day = if said.day.is_empty() { String::new() } else { format!(" · {}", said.day) };
                people[rank].said.push((
                    said.id.clone(),
                    words,
                    format!("{}:{}{day}", story.path, said.place),
                ));
            }
        }
    }
    // A body that speaks only in files outside the focus is nobody here.
    people.retain(|person| person.is_quoted() || person.id.starts_with('p'));
    people.sort_by(|one, other| (family(&one.name), &one.name).cmp(&(family(&other.name), &other.name)));
    people
}

fn family(name: &str) -> String {
    name.rsplit(' ').next().unwrap_or(name).to_lowercase()
}

fn times(count: usize) -> String {
    if count == 1 { "once".to_owned() } else { format!("{count} times") }
}

fn shown(words: &str) -> String {
    clean::line(&one_line(words)).trim().to_owned()
}
