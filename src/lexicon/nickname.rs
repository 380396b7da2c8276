//! Other forms of given names: Bob for Robert, Sergei for Serhiy.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::list::{List, ListError};

/// For each short form, the names that it may stand for.
#[derive(Debug)]
pub(super) struct ShortForms(FxHashMap<&'static str, SmallVec<[&'static str; 2]>>);

impl ShortForms {
    pub(super) fn read(list: List) -> Result<Self, ListError> {
        let mut full: FxHashMap<_, SmallVec<[&str; 2]>> = FxHashMap::default();
        for entry in list.entries() {
            let expected = || entry.error("a name, “ = ” and its short forms are expected");
            let (name, short) = entry.text.split_once(" = ").ok_or_else(expected)?;
            for form in short.split(' ') {
                full.entry(form).or_default().push(name);
            }
        }
        Ok(Self(full))
    }

    /// Each short form with the names that it may stand for, in no order.
    pub(super) fn each(&self) -> impl Iterator<Item = (&'static str, &[&'static str])> {
        self.0.iter().map(|(short, full)| (*short, full.as_slice()))
    }

    /// Is one name a form of the other, or are both forms of one name?
    pub(super) fn link(&self, one: &str, other: &str) -> bool {
        let names = |given: &str| self.0.get(given).map_or(&[][..], SmallVec::as_slice);
        one != other
            && (names(one).contains(&other)
                || names(other).contains(&one)
                || names(one).iter().any(|full| names(other).contains(full)))
    }
}

#[cfg(test)]
mod tests {
    use super::ShortForms;
    use crate::lexicon::list::list;
    use crate::lexicon::short_form;

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
        let full = ShortForms::read(list!("nicknames.txt")).map(|ShortForms(full)| full).unwrap_or_default();
        assert!(full.iter().all(|(short, names)| !names.contains(short)));
        assert!(full.len() > 100);
    }
}
