//! Whose relative somebody is: “his sister, Ana Ruiz”, “Ana Ruiz, the mayor’s aunt”, “whose brother Josef”.

use crate::lexicon::{describes_relative, fold, kin};

/// Where the words stand, the kind of relative, and whose relative it is.
pub(super) type Kin = (usize, usize, &'static str, String);

/// The mark before an owner who is named by a role alone: “the mayor”.
pub const ROLE: &str = "the ";

/// “, his sister,”, “, Orrick’s wife.”, “, the wife of Tobias Orrick,”, “, the mayor’s aunt,”.
pub(super) fn after(after: &str) -> Option<Kin> {
    let rest = after.strip_prefix(", ")?;
    let end = rest.find([',', '.', ';'])?;
    let phrase = &rest[..end];
    let phrase = phrase.split(" who ").next().unwrap_or(phrase);
    // “his wife of 38 years”
    let timed = phrase.split_once(" of ").filter(|(_, time)| time.ends_with(" years"));
    let phrase = timed.map_or(phrase, |(words, _)| words);
    let end = phrase.len();
    if let Some((kin, owner)) = owned(phrase) {
        return Some((2, 2 + end, kin, owner));
    }
    let phrase = ["the ", "a ", "an "].iter().find_map(|lead| phrase.strip_prefix(lead)).unwrap_or(phrase);
    let (words, owner) = phrase.split_once(" of ")?;
    let kin = kin(words.rsplit(' ').next()?)?;
    let named = words.split(' ').count() <= 2;
    let owner = owner_of(owner)?;
    named.then(|| (2, 2 + end, kin, owner))
}

/// “Tobias Orrick”, “the late sheriff”: the family name, or the role.
fn owner_of(owner: &str) -> Option<String> {
    let last = owner.split_whitespace().next_back()?;
    if last.starts_with(char::is_uppercase) {
        return Some(fold(last));
    }
    let role = owner.strip_prefix("the ")?;
    let role = role.strip_prefix("late ").unwrap_or(role);
    (!role.contains(' ') && !role.ends_with('s')).then(|| format!("{ROLE}{role}"))
}

/// “his sister ”, “Orrick’s wife, ”, “whose brother ” before the name.
pub(super) fn before(before: &str) -> Option<Kin> {
    let trimmed = before.strip_suffix(", ").or_else(|| before.strip_suffix(' '))?;
    let words: Vec<&str> = trimmed.rsplitn(5, ' ').collect();
    (2..=words.len().min(4)).find_map(|count| {
        let len: usize = words[..count].iter().map(|word| word.len() + 1).sum();
        let from = (trimmed.len() + 1).checked_sub(len)?;
        let phrase = trimmed.get(from..)?;
        let (kin, owner) = owned(phrase)?;
        Some((from, trimmed.len(), kin, owner))
    })
}

/// “Ana Ruiz, whose brother ”: the word and where it stands, the family name that owns.
pub(super) fn whose(before: &str) -> Option<Kin> {
    let trimmed = before.strip_suffix(' ')?;
    let (rest, word) = trimmed.rsplit_once(' ')?;
    let kin = kin(word)?;
    let owner = rest.strip_suffix(", whose")?.split_whitespace().next_back()?;
    let named = owner.starts_with(char::is_uppercase);
    named.then(|| (trimmed.len() - word.len(), trimmed.len(), kin, fold(owner)))
}

/// “his younger sister”, “Orrick’s wife”, “the mayor’s aunt”: the kind of relative and the owner.
fn owned(phrase: &str) -> Option<(&'static str, String)> {
    // Most phrases end in no relative.
    kin(phrase.split_whitespace().next_back()?)?;
    let mut words = phrase.split_whitespace();
    let mut owner = words.next()?;
    let the = matches!(owner, "the" | "The");
    // “Leonard Fisk’s wife”: the family name owns.
    let full = owner.starts_with(char::is_uppercase) && fold(owner) != "his" && fold(owner) != "her";
    if the || full && possessor(owner).is_none() {
        owner = words.next()?;
    }
    let mut last = words.next()?;
    if let Some(next) = words.next() {
        if !describes_relative(last) || words.next().is_some() {
            return None;
        }
        last = next;
    }
    let kin = kin(last)?;
    let owner = match fold(owner).as_str() {
        own @ ("his" | "her") => own.to_owned(),
        _ => {
            let name = possessor(owner)?;
            let named = name.starts_with(char::is_uppercase);
            if the && !named { format!("{ROLE}{name}") } else { named.then(|| fold(name))? }
        }
    };
    Some((kin, owner))
}

/// “Orrick’s”, “Desmarais’”: whose.
fn possessor(word: &str) -> Option<&str> {
    let bare = ["'s", "’s"].iter().find_map(|ending| word.strip_suffix(ending));
    bare.or_else(|| word.strip_suffix(['\'', '’']).filter(|name| name.ends_with('s')))
}

#[cfg(test)]
mod tests {
    use super::{after, before, whose};

    #[test]
    fn relatives() {
        let after = |text| after(text).map(|(_, _, kin, owner)| (kin, owner));
        assert_eq!(after(", his younger sister, left"), Some(("sibling", "his".to_owned())));
        assert_eq!(after(", the wife of Tobias Orrick, left"), Some(("spouse", "orrick".to_owned())));
        assert_eq!(after(", the mayor’s aunt, left"), Some(("aunt-or-uncle", "the mayor".to_owned())));
        assert_eq!(
            after(", a nephew of the late sheriff, left"),
            Some(("niece-or-nephew", "the sheriff".to_owned()))
        );
        assert_eq!(after(", his wife of 38 years, left"), Some(("spouse", "his".to_owned())));
        assert_eq!(after(", his sister city, left"), None);
        assert_eq!(after(", the mother of all boats, left"), None);
        let before = |text| before(text).map(|(_, _, kin, owner)| (kin, owner));
        assert_eq!(before("Then his wife, "), Some(("spouse", "his".to_owned())));
        assert_eq!(before("met Orrick’s late brother "), Some(("sibling", "orrick".to_owned())));
        assert_eq!(before("the brother "), None);
        let whose = |text| whose(text).map(|(_, _, kin, owner)| (kin, owner));
        assert_eq!(whose("Ana Ruiz, whose brother "), Some(("sibling", "ruiz".to_owned())));
        assert_eq!(whose("the town, whose sister "), None);
    }
}
