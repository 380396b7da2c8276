//! Other forms of given names: Bob for Robert, Sergei for Serhiy.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::entries;

/// May one and the same person be called by both given names, in small letters: a name and another form of it, or two
/// forms of one name? Two full names are two people's, though one short form may stand for both.
pub fn short_form(one: &str, other: &str) -> bool {
    let names = |given: &str| FULL.get(given).map_or(&[][..], SmallVec::as_slice);
    one != other
        && (names(one).contains(&other)
            || names(other).contains(&one)
            || names(one).iter().any(|full| names(other).contains(full)))
}

/// For each short form, the names that it may stand for.
static FULL: LazyLock<FxHashMap<&'static str, SmallVec<[&'static str; 2]>>> = LazyLock::new(|| {
    let mut full: FxHashMap<_, SmallVec<[&str; 2]>> = FxHashMap::default();
    for (name, short) in
        entries(include_str!("../../rules/words/nicknames.txt")).filter_map(|line| line.split_once(" = "))
    {
        for form in short.split(' ') {
            full.entry(form).or_default().push(name);
        }
    }
    full
});

#[cfg(test)]
mod tests {
    use super::{FULL, short_form};

    #[test]
    fn a_name_and_its_short_forms() {
        for (one, other) in
            [("timothy", "tim"), ("michael", "mike"), ("bob", "rob"), ("ted", "edward"), ("serhiy", "sergei")]
        {
            assert!(short_form(one, other) && short_form(other, one), "{one} {other}");
        }
        for (one, other) in [
            ("alan", "albert"),
            ("christina", "christopher"),
            ("tim", "tom"),
            ("tim", "tim"),
            ("maria", "marie"),
            ("", ""),
        ] {
            assert!(!short_form(one, other), "{one} {other}");
        }
    }

    #[test]
    fn no_short_form_is_listed_as_its_own_name() {
        assert!(FULL.iter().all(|(short, names)| !names.contains(short)));
        assert!(FULL.len() > 100);
    }
}
