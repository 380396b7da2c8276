//! Political parties: the words that name one beside a person's name, and which of them exclude each other.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::entries;

/// A party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// The form by which it is compared.
    pub name: &'static str,
    /// The countries in which it is one of several; two parties exclude each other only where they share one.
    countries: SmallVec<[&'static str; 3]>,
}

static PARTIES: LazyLock<(Vec<Party>, FxHashMap<&'static str, usize>)> = LazyLock::new(|| {
    let (mut parties, mut forms) = (Vec::new(), FxHashMap::default());
    for (head, words) in
        entries(include_str!("../../rules/words/parties.txt")).filter_map(|line| line.split_once(" = "))
    {
        let (name, countries) = head.split_once(" : ").unwrap_or((head, ""));
        forms.extend(words.split(' ').map(|word| (word, parties.len())));
        parties.push(Party { name, countries: countries.split_whitespace().collect() });
    }
    (parties, forms)
});

/// The party that a word names; only a word with a capital does.
pub fn party(word: &str) -> Option<&'static Party> {
    let (parties, forms) = &*PARTIES;
    forms.get(word).map(|&at| &parties[at])
}

/// The one country in which a party, by the name in which it is compared, stands: “us”. None for a party of several.
pub fn party_country(name: &str) -> Option<&'static str> {
    let party = PARTIES.0.iter().find(|party| party.name == name)?;
    match party.countries.as_slice() {
        [only] => Some(only),
        _ => None,
    }
}

/// Do two parties, by the names in which they are compared, exclude each other? A Conservative of one country and a
/// Republican of another do not.
pub fn parties_exclude(one: &str, other: &str) -> bool {
    let find = |name: &str| PARTIES.0.iter().find(|party| party.name == name);
    let (Some(one), Some(other)) = (find(one), find(other)) else { return false };
    one.name != other.name && one.countries.iter().any(|country| other.countries.contains(country))
}

#[cfg(test)]
mod tests {
    use super::{parties_exclude, party};

    #[test]
    fn which_parties_exclude_each_other() {
        assert_eq!(party("Democratic").map(|party| party.name), Some("democratic"));
        assert_eq!(party("democratic"), None);
        assert!(parties_exclude("democratic", "republican"));
        assert!(parties_exclude("labour", "conservative"));
        assert!(!parties_exclude("conservative", "republican"));
        assert!(parties_exclude("independent", "democratic"));
        assert!(!parties_exclude("labour", "labour"));
    }
}
