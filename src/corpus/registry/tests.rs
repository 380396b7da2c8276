//! Lookups.

use super::Registry;
use crate::calendar::Interval;
use crate::source::{HouseName, Roster, RosterPerson, RosterTitle};

fn person(name: &str, aliases: &[&str], titles: &[&str]) -> RosterPerson {
    RosterPerson {
        name: name.into(),
        aliases: aliases.iter().map(|&alias| alias.into()).collect(),
        titles: titles
            .iter()
            .map(|&title| RosterTitle { title: title.into(), held: Interval::default() })
            .collect(),
        ..RosterPerson::default()
    }
}

fn registry() -> Registry {
    Registry::new(Roster {
        persons: vec![
            person("Jean-Noël Barrand", &[], &["foreign minister of France"]),
            person(
                "Abel Q. Torn Jr.",
                &["Abe Torn"],
                &["U.S. Senator", "prime minister and defense minister"],
            ),
            person("Hanna Torn", &[], &["U.S. Senator"]),
            RosterPerson { family: Some("Kim".into()), ..person("Kim Dae-sun", &[], &[]) },
        ],
        names: vec![HouseName { prefer: "Port Avel".into(), variants: vec!["Port Abel".into()] }],
        events: Vec::new(),
    })
}

#[test]
fn names_are_found_however_they_are_written() {
    let registry = registry();
    let found = |name: &str| -> Vec<&str> {
        registry.named(name).iter().map(|&id| &*registry.person(id).name).collect()
    };
    for name in ["Abel Q. Torn Jr.", "Abel Torn", "ABEL TORN", "Abe Torn", "Abel Quentin Torn"] {
        assert_eq!(found(name), ["Abel Q. Torn Jr."], "{name}");
    }
    assert_eq!(found("Jean-Noel Barrand"), ["Jean-Noël Barrand"]);
    for name in ["Torn", "Bela Torn", "", "Hanna"] {
        assert!(found(name).is_empty(), "{name}");
    }
}

#[test]
fn a_family_name_may_have_several_bearers_and_may_come_first() {
    let registry = registry();
    assert_eq!(registry.surnamed("Torn").len(), 2);
    assert_eq!(registry.surnamed("Kim").len(), 1);
    assert!(registry.surnamed("Dae-sun").is_empty());
}

#[test]
fn tenures_are_taken_apart_once() {
    let registry = registry();
    let id = registry.named("Abel Torn")[0];
    assert_eq!(registry.tenures(id).count(), 3, "a title may name two offices");
    assert_eq!(registry.offices.len(), 3, "titles written alike are parsed once");
}

#[test]
fn house_spellings() {
    assert_eq!(registry().wanted("Port Abel"), Some("Port Avel"));
    assert_eq!(registry().wanted("Port Avel"), None);
}

#[test]
fn nearly_named() {
    let registry = registry();
    for (name, found) in
        [("Hanna Thorn", 1), ("Hana Torn", 1), ("Hanna Torn", 0), ("Anna Vorn", 0), ("Torn", 0)]
    {
        assert_eq!(registry.nearly_named(name).len(), found, "{name}");
    }
}
