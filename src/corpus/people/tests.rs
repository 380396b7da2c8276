//! Who is put together, and who is not.

use proptest::prelude::{Strategy, proptest};

use super::{Evidence, People};
use crate::corpus::registry::Registry;
use crate::facts::{FileFacts, Mention, TitleMention, TitlePosition};
use crate::source::{Roster, RosterPerson, Span};

/// A file whose mentions are “Title | Full Name”.
fn file(path: &str, mentions: &[&str]) -> FileFacts {
    let mentions = mentions.iter().enumerate().map(|(at, written)| {
        let (title, name) = written.split_once(" | ").unwrap_or(("", written));
        let titles = (!title.is_empty()).then(|| TitleMention {
            span: Span::default(),
            text: title.to_owned(),
            position: TitlePosition::Before,
            qualifier: String::new(),
        });
        Mention {
            span: Span::new(at as u32 * 10, at as u32 * 10 + 5),
            name: name.to_owned(),
            person: Some(name.to_owned()),
            sentence: Span::new(at as u32 * 10, at as u32 * 10 + 9),
            titles: titles.into_iter().collect(),
            ..Mention::default()
        }
    });
    FileFacts { path: path.to_owned(), mentions: mentions.collect(), ..FileFacts::default() }
}

/// The persons as sorted lists of the spellings put together.
fn persons(files: &[FileFacts], registry: &Registry) -> Vec<Vec<String>> {
    let people = People::gather(files, registry);
    let mut all: Vec<Vec<String>> = people
        .iter()
        .map(|(_, person)| {
            let mut names: Vec<String> =
                person.mentions.iter().map(|at| at.of(&files[at.file.index()]).name.clone()).collect();
            names.sort();
            names.dedup();
            names
        })
        .collect();
    all.sort();
    all
}

fn together(a: &[&str], b: &[&str]) -> bool {
    persons(&[file("a", a), file("b", b)], &Registry::default()).len() == 1
}

#[test]
fn one_person_under_several_spellings() {
    for (a, b) in [
        ("Volodymyr Zelenko", "Volodymyr Zelenko"),
        ("Andriy Yarmenko", "Andrii Yarmenko"),
        ("Andriy Sebiga", "Andrii Sebiha"),
        ("Sébastien Lecoq", "Sebastien Lecoq"),
        ("Ana Maria Ruiz", "Ana Ruiz"),
        ("Abel Torn Jr.", "Abel Torn"),
        ("Mayor | Alberta Gonzales", "Mayor | Alberta Gonzalez"),
        ("Tim Kaneda", "Timothy Kaneda"),
        ("Bob Kaneda", "Robert J. Kaneda"),
        ("Serhiy Sobol", "Sergei Sobol"),
        ("Ana M. Ruiz", "Ana Maria Ruiz"),
    ] {
        assert!(together(&[a], &[b]), "{a} and {b}");
    }
}

#[test]
fn two_people_stay_apart() {
    for (a, b) in [
        ("Andriy Yarmenko", "Andrii Sebiha"),
        ("Alberta Gonzales", "Alberta Gonzalez"),
        ("Mayor | Alberta Gonzales", "Warden | Alberta Gonzalez"),
        ("Anna Johnson", "Anna Johnston"),
        ("Marie Ruiz", "Maria Ruiz"),
        ("Tom Ruiz", "Ana Ruiz"),
        ("spokesman | Alberto Gonzales", "spokesman | Alberto Gonzalez"),
        ("Tim Kaneda", "Tom Kaneda"),
        ("Alan Kaneda", "Albert Kaneda"),
        ("Abel W. Torn", "Abel H.W. Torn"),
    ] {
        assert!(!together(&[a], &[b]), "{a} and {b}");
    }
    assert_eq!(persons(&[file("a", &["Marie Ruiz", "Maria Ruiz"])], &Registry::default()).len(), 2);
    assert_eq!(persons(&[file("a", &["Ana Gonzales", "Ana Gonzalez"])], &Registry::default()).len(), 1);
}

/// How many persons these names are, each in a file of its own.
fn count(names: &[&str]) -> usize {
    let files: Vec<FileFacts> = names.iter().map(|name| file(name, &[name])).collect();
    persons(&files, &Registry::default()).len()
}

#[test]
fn a_name_that_may_be_two_peoples_ties_nobody() {
    assert_eq!(count(&["Al Kaneda", "Albert Kaneda"]), 1);
    assert_eq!(count(&["Al Kaneda", "Albert Kaneda", "Alan Kaneda"]), 3);
    assert_eq!(count(&["Chris Kaneda", "Christine Kaneda", "Christopher Kaneda"]), 3);
    assert_eq!(count(&["Abel Torn", "Abel W. Torn"]), 1);
    assert_eq!(count(&["Abel Torn", "Abel W. Torn", "Abel H.W. Torn"]), 3);
    assert_eq!(count(&["Abel Torn", "Abel Torn Jr."]), 1);
    let both = [file("a", &["Abel Torn", "Abel Torn Jr."]), file("b", &["Abel Torn"])];
    assert_eq!(People::gather(&both, &Registry::default()).iter().count(), 2);
}

#[test]
fn the_registry_joins_and_parts() {
    let person = |name: &str, aliases: &[&str]| RosterPerson {
        name: name.into(),
        aliases: aliases.iter().map(|&alias| alias.into()).collect(),
        ..RosterPerson::default()
    };
    let registry = Registry::new(Roster {
        persons: vec![
            person("Abel Torn", &["Abe Torn"]),
            person("Andriy Vell", &[]),
            person("Andrii Vell", &[]),
        ],
        ..Roster::default()
    });
    let files = [file("a", &["Abel Torn", "Andriy Vell"]), file("b", &["Abe Torn", "Andrii Vell"])];
    assert_eq!(persons(&files, &registry).len(), 3);
    let people = People::gather(&files, &registry);
    let abel = people.iter().find(|(_, person)| person.name == "Abel Torn").map(|(_, person)| person);
    assert_eq!(abel.map(|person| person.evidence.clone()), Some(vec![Evidence::Registry]));
}

/// Names from a small pool, so that all kinds of likeness come up.
fn names() -> impl Strategy<Value = Vec<Vec<String>>> {
    let name = (
        proptest::sample::select(vec!["", "Mayor | ", "Sen. | "]),
        proptest::sample::select(vec![
            "Andriy", "Andrii", "Andrey", "Ana", "Anna", "Maria", "Marie", "Tim", "Timothy", "Al", "Alan",
            "Albert",
        ]),
        proptest::sample::select(vec!["", " M.", " Jo", " J."]),
        proptest::sample::select(vec!["Sybiga", "Sybiha", "Sybihas", "Gonzales", "Gonzalez", "Gonsalez"]),
    )
        .prop_map(|(title, given, middle, family)| format!("{title}{given}{middle} {family}"));
    proptest::collection::vec(proptest::collection::vec(name, 0..6), 0..6)
}

proptest! {
    #[test]
    fn the_order_of_files_does_not_matter(drafts in names()) {
        let files: Vec<FileFacts> = drafts
            .iter()
            .enumerate()
            .map(|(at, names)| file(&at.to_string(), &names.iter().map(String::as_str).collect::<Vec<_>>()))
            .collect();
        let mut turned = files.clone();
        turned.reverse();
        let registry = Registry::default();
        assert_eq!(persons(&files, &registry), persons(&turned, &registry));
    }

    #[test]
    fn one_name_is_one_person_and_nothing_else_is_moved(drafts in names()) {
        let files: Vec<FileFacts> = drafts
            .iter()
            .enumerate()
            .map(|(at, names)| file(&at.to_string(), &names.iter().map(String::as_str).collect::<Vec<_>>()))
            .collect();
        let twice: Vec<FileFacts> = files.iter().chain(&files).cloned().collect();
        let registry = Registry::default();
        let (once, again) = (persons(&files, &registry), persons(&twice, &registry));
        // No name is in two classes, and reading the same files again puts nobody together or apart.
        let mut all: Vec<&String> = once.iter().flatten().collect();
        let total = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), total);
        assert_eq!(once, again);
    }

    #[test]
    fn every_mention_is_one_persons(drafts in names()) {
        let files: Vec<FileFacts> = drafts
            .iter()
            .enumerate()
            .map(|(at, names)| file(&at.to_string(), &names.iter().map(String::as_str).collect::<Vec<_>>()))
            .collect();
        let people = People::gather(&files, &Registry::default());
        let mut seen: Vec<_> = people.iter().flat_map(|(_, person)| person.mentions.clone()).collect();
        let total = seen.len();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!((seen.len(), total), (total, files.iter().map(|file| file.mentions.len()).sum()));
        for (id, person) in people.iter() {
            assert!(person.mentions.iter().all(|&mention| people.of(mention) == Some(id)));
        }
    }
}
