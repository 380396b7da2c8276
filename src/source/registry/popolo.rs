//! Popolo JSON, the shape in which legislatures are published: people, organizations, posts, memberships, events.
//!
//! What published files do, and this reader takes in its stride: memberships without dates that lean on a
//! legislative period; days known to the year only; null; times after days; objects embedded where an id is
//! usual; one membership for several people; names in capitals with the family name first; a hundred
//! transliterations of each name.

use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde::de::{Deserializer, Error};

use super::date::Partial;
use super::parse::nullable;
use super::{Roster, RosterPerson, RosterTitle, tenure};
use crate::calendar::{Day, Interval};
use crate::source::{InputError, from_json};

/// Reads a Popolo document.
pub fn read(path: &str, text: &str) -> Result<Roster, InputError> {
    from_json(path, text).map(roster)
}

/// Reads a bare list of Popolo persons, with their memberships embedded.
pub fn read_persons(path: &str, text: &str) -> Result<Roster, InputError> {
    Ok(roster(File { persons: from_json(path, text)?, ..File::default() }))
}

#[derive(Default, Deserialize)]
struct File {
    #[serde(default, deserialize_with = "nullable")]
    persons: Vec<Person>,
    #[serde(default, deserialize_with = "nullable")]
    organizations: Vec<Organization>,
    #[serde(default, deserialize_with = "nullable")]
    posts: Vec<Post>,
    #[serde(default, deserialize_with = "nullable")]
    memberships: Vec<Membership>,
    #[serde(default, deserialize_with = "nullable")]
    events: Vec<Period>,
}

#[derive(Default, Deserialize)]
struct Person {
    id: Option<String>,
    name: Option<String>,
    given_name: Option<String>,
    family_name: Option<String>,
    honorific_prefix: Option<String>,
    #[serde(default)]
    birth_date: Partial,
    #[serde(default)]
    death_date: Partial,
    #[serde(default, deserialize_with = "nullable")]
    other_names: Vec<OtherName>,
    #[serde(default, deserialize_with = "nullable")]
    memberships: Vec<Membership>,
}

#[derive(Deserialize)]
struct OtherName {
    name: Option<String>,
    lang: Option<String>,
}

#[derive(Default, Deserialize)]
struct Organization {
    id: Option<String>,
    name: Option<String>,
    classification: Option<String>,
}

#[derive(Default, Deserialize)]
struct Post {
    id: Option<String>,
    label: Option<String>,
    role: Option<String>,
    organization_id: Option<String>,
    #[serde(default)]
    start_date: Partial,
    #[serde(default)]
    end_date: Partial,
}

/// A legislative period is an event; elections are too, and no membership leans on them.
#[derive(Default, Deserialize)]
struct Period {
    id: Option<String>,
    #[serde(default)]
    start_date: Partial,
    #[serde(default)]
    end_date: Partial,
}

#[derive(Default, Deserialize)]
struct Membership {
    #[serde(default, deserialize_with = "ids")]
    person_id: Vec<String>,
    person: Option<Person>,
    organization_id: Option<String>,
    organization: Option<Organization>,
    post_id: Option<String>,
    post: Option<Post>,
    legislative_period_id: Option<String>,
    role: Option<String>,
    label: Option<String>,
    #[serde(default)]
    start_date: Partial,
    #[serde(default)]
    end_date: Partial,
}

/// One id, several, or null.
fn ids<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    match serde_json::Value::deserialize(from)? {
        serde_json::Value::Null => Ok(Vec::new()),
        serde_json::Value::String(id) => Ok(vec![id]),
        serde_json::Value::Array(list) => Ok(list
            .into_iter()
            .filter_map(|id| if let serde_json::Value::String(id) = id { Some(id) } else { None })
            .collect()),
        _ => Err(D::Error::custom("person_id is neither an id nor a list of ids")),
    }
}

fn roster(mut file: File) -> Roster {
    let mut persons: Vec<RosterPerson> = Vec::with_capacity(file.persons.len());
    let mut rank = FxHashMap::default();
    let mut memberships = std::mem::take(&mut file.memberships);
    for mut person in std::mem::take(&mut file.persons) {
        let id = person.id.clone();
        let embedded = std::mem::take(&mut person.memberships);
        let Some(converted) = convert(person) else { continue };
        // An id that the publisher left out is made up, so that embedded memberships find their person.
        let id = id.unwrap_or_else(|| format!("\u{0}{}", persons.len()));
        memberships.extend(
            embedded.into_iter().map(|membership| Membership { person_id: vec![id.clone()], ..membership }),
        );
        rank.insert(id, persons.len());
        persons.push(converted);
    }
    let lookup = Lookup {
        organizations: by_id(&file.organizations, |organization| &organization.id),
        posts: by_id(&file.posts, |post| &post.id),
        periods: by_id(&file.events, |period| &period.id),
    };
    let mut tenures = Tenures::default();
    for mut membership in memberships {
        if let Some(person) = membership.person.take() {
            let id = person.id.clone().or_else(|| person.name.clone()).unwrap_or_default();
            if !rank.contains_key(&id)
                && let Some(converted) = convert(person)
            {
                rank.insert(id.clone(), persons.len());
                persons.push(converted);
            }
            membership.person_id.push(id);
        }
        let Some((title, held)) = lookup.office(&membership) else { continue };
        for id in &membership.person_id {
            if let Some(&at) = rank.get(id) {
                tenures.add(at, &mut persons[at].titles, &title, held);
            }
        }
    }
    Roster { persons, ..Roster::default() }
}

fn by_id<'f, T>(list: &'f [T], id: impl Fn(&'f T) -> &'f Option<String>) -> FxHashMap<&'f str, &'f T> {
    list.iter().filter_map(|entry| Some((id(entry).as_deref()?, entry))).collect()
}

struct Lookup<'f> {
    organizations: FxHashMap<&'f str, &'f Organization>,
    posts: FxHashMap<&'f str, &'f Post>,
    periods: FxHashMap<&'f str, &'f Period>,
}

impl Lookup<'_> {
    /// The office that a membership stands for, in words, and when it was held. Membership in a party is no office.
    fn office(&self, membership: &Membership) -> Option<(String, Interval)> {
        let post =
            membership.post.as_ref().or_else(|| self.posts.get(membership.post_id.as_deref()?).copied());
        let organization = membership.organization.as_ref().or_else(|| {
            let id = membership.organization_id.as_deref().or_else(|| post?.organization_id.as_deref())?;
            self.organizations.get(id).copied()
        });
        if organization.and_then(|body| body.classification.as_deref()) == Some("party") {
            return None;
        }
        let period = membership.legislative_period_id.as_deref().and_then(|id| self.periods.get(id));
        let start = membership.start_date.0.or_else(|| period?.start_date.0).or_else(|| post?.start_date.0);
        let end = membership.end_date.0.or_else(|| period?.end_date.0).or_else(|| post?.end_date.0);
        let plain = |text: &&String| !text.is_empty() && !text.eq_ignore_ascii_case("member");
        let named = membership.role.as_ref().filter(plain).or_else(|| {
            let post = post?;
            post.role.as_ref().filter(plain).or(post.label.as_ref()).or(membership.label.as_ref())
        });
        let title = match (named, organization.and_then(|body| body.name.as_ref())) {
            (Some(named), _) => named.clone(),
            (None, Some(body)) => format!("member of {body}"),
            (None, None) => membership.label.clone()?,
        };
        Some((title, tenure(start, end)?))
    }
}

/// Where the titles of each person stand that have the same words.
#[derive(Default)]
struct Tenures(FxHashMap<(usize, String), Vec<usize>>);

impl Tenures {
    /// Adds a tenure to the `titles` of the person `at`; one that goes on with an earlier one of the same office, as
    /// consecutive periods do, is joined to it. Periods are often known to the year only and leave a gap of an election
    /// between them, so up to a year is bridged: a tenure too long only makes a finding rarer.
    fn add(&mut self, at: usize, titles: &mut Vec<RosterTitle>, title: &str, held: Interval) {
        let near = |end: Option<Day>, start: Option<Day>| match (end, start) {
            (Some(end), Some(start)) => start <= end.plus(366),
            _ => true,
        };
        let same = self.0.entry((at, title.to_owned())).or_default();
        let known = same.iter().copied().find(|&known| {
            let known = titles[known].held;
            near(known.to, held.from) && near(held.to, known.from)
        });
        match known.map(|known| &mut titles[known].held) {
            Some(known) => {
                known.from = known.from.zip(held.from).map(|(a, b)| a.min(b));
                known.to = known.to.zip(held.to).map(|(a, b)| a.max(b));
            }
            None => {
                same.push(titles.len());
                titles.push(RosterTitle { title: title.to_owned(), held });
            }
        }
    }
}

fn convert(person: Person) -> Option<RosterPerson> {
    let written = person.name.or_else(|| {
        let parts: Vec<&str> =
            [&person.given_name, &person.family_name].into_iter().flatten().map(String::as_str).collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    })?;
    let mut name = written.trim();
    if let Some(prefix) = person.honorific_prefix.as_deref().filter(|prefix| !prefix.is_empty()) {
        name = name.strip_prefix(prefix).unwrap_or(name).trim_start();
    }
    let (mut name, mut family) = (name.to_owned(), person.family_name);
    if let Some((given, last)) = capitals_first(&name) {
        name = format!("{given} {last}");
        family.get_or_insert(last);
    }
    let mut aliases: Vec<String> = person
        .other_names
        .into_iter()
        .filter(|other| other.lang.as_deref().is_none_or(|lang| lang == "en"))
        .filter_map(|other| other.name)
        .filter(|other| *other != name && !other.is_empty())
        .collect();
    if let (Some(given), Some(last)) = (&person.given_name, &family) {
        let short = format!("{given} {last}");
        if short != name {
            aliases.push(short);
        }
    }
    aliases.sort_unstable();
    aliases.dedup();
    Some(RosterPerson {
        name,
        aliases,
        family,
        born: person.birth_date.0,
        died: person.death_date.0,
        ..RosterPerson::default()
    })
}

/// “RUIZ DIAZ Ana” is how some publishers write Ana Ruiz Diaz: the given and the family name, in usual case.
fn capitals_first(name: &str) -> Option<(String, String)> {
    let capital = |word: &&str| word.chars().count() > 1 && !word.chars().any(char::is_lowercase);
    let words: Vec<&str> = name.split_whitespace().collect();
    let count = words.iter().take_while(|word| capital(word)).count();
    if count == 0 || count == words.len() || words[count..].iter().any(capital) {
        return None;
    }
    let usual = |word: &&str| {
        let mut start = true;
        let mut out = String::with_capacity(word.len());
        for letter in word.chars() {
            if start {
                out.push(letter);
            } else {
                out.extend(letter.to_lowercase());
            }
            start = !letter.is_alphabetic();
        }
        out
    };
    let family: Vec<String> = words[..count].iter().map(usual).collect();
    Some((words[count..].join(" "), family.join(" ")))
}
