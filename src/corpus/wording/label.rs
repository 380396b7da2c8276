//! The labels of transcripts: whom each stands for.
//!
//! ```text
//! label = [ titles ] name [ "(" aside ")" ]     name = given family | family "," given | family
//! ```
//!
//! A label that is mapped in the configuration is that person; one that is a title alone is whoever the project's drafts
//! or its registry give that office to, where that is one person; one such as SPEAKER_01 is nobody.

use crate::corpus::people::{People, offices_of};
use crate::corpus::registry::Registry;
use crate::facts::{FileFacts, TapeFact, names_nobody};
use crate::lexicon::{Class, fold, lexicon, offices};
use crate::source::FileId;
use crate::syntax::{Office, parse_titles};

/// How it is known whom a label stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelSource {
    /// The configuration says it.
    Mapped,
    /// The label is a name.
    Name,
    /// The label is a title, and one person of the project holds it.
    Office,
}

/// A label of a transcript, and whom it is taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TapeLabel {
    /// The transcript.
    pub tape: FileId,
    /// The label as written.
    pub label: String,
    /// The person that it stands for, and how that is known; `None` for nobody.
    pub person: Option<(String, LabelSource)>,
    /// Turns under this label.
    pub turns: u32,
    /// Words in them.
    pub words: u32,
}

/// Who holds which office, as the drafts and the registry tell.
pub(super) struct Holders {
    held: Vec<(Office, String)>,
}

impl Holders {
    /// Reads the titles of everybody in the project.
    pub(super) fn gather(files: &[FileFacts], people: &People, registry: &Registry) -> Self {
        let mut held = Vec::new();
        for (_, person) in people.iter() {
            for mention in &person.mentions {
                let Some(facts) = files.get(mention.file.index()) else { continue };
                held.extend(offices_of(mention.of(facts)).map(|(_, office)| (office, person.name.clone())));
            }
        }
        for id in registry.ids() {
            let name = &registry.person(id).name;
            held.extend(registry.tenures(id).map(|tenure| (tenure.office.clone(), name.to_string())));
        }
        Self { held }
    }

    /// The one person whose office a title may mean.
    fn holder(&self, title: &str) -> Option<&str> {
        let offices = parse_titles(title);
        let [office] = offices.as_slice() else { return None };
        let mut found: Option<&str> = None;
        for (_, name) in self.held.iter().filter(|(held, _)| office.may_mean(held)) {
            match found {
                Some(other) if fold(other) != fold(name) => return None,
                _ => found = Some(name),
            }
        }
        found
    }
}

/// The person that a label stands for.
pub(super) fn person(
    label: &str,
    tape: Option<&TapeFact>,
    holders: &Holders,
) -> Option<(String, LabelSource)> {
    if let Some(person) = tape.and_then(|tape| tape.person(label)) {
        return Some((person.to_owned(), LabelSource::Mapped));
    }
    let bare = without_asides(label);
    if names_nobody(&bare) {
        return None;
    }
    match name_in(&bare) {
        Some(name) if names_nobody(&name) => None,
        Some(name) => Some((name, LabelSource::Name)),
        None => holders.holder(&bare.to_lowercase()).map(|name| (name.to_owned(), LabelSource::Office)),
    }
}

/// “Ana Reyes (Guest)” without what stands in brackets.
fn without_asides(label: &str) -> String {
    let mut bare = String::with_capacity(label.len());
    let mut depth = 0;
    for c in label.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' if depth > 0 => depth -= 1,
            c if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The name in a label, titles left out, given name first; `None` where there are titles alone.
fn name_in(label: &str) -> Option<String> {
    if let Some((first, second)) = label.split_once(',') {
        let (first, second) = (first.trim(), second.trim());
        let suffix = ["jr", "sr", "ii", "iii", "iv", "md", "phd", "mp", "qc", "kc", "esq"];
        let bare = second.to_lowercase().replace('.', "");
        // “Ana Reyes, Mayor” and “REYES, MP”; “Reyes, Ana” is turned around.
        if suffix.contains(&bare.as_str()) || first.contains(' ') || without_titles(second).is_none() {
            return without_titles(first);
        }
        return without_titles(&format!("{second} {first}"));
    }
    without_titles(label)
}

/// The words behind the titles at the beginning.
fn without_titles(label: &str) -> Option<String> {
    let words: Vec<&str> = label.split_whitespace().collect();
    let folded: Vec<String> = words.iter().map(|word| comparable(word)).collect();
    let mut at = 0;
    let mut titled = false;
    while at < words.len() {
        let title = (1..=3).rev().find(|&count| {
            folded.get(at..at + count).is_some_and(|phrase| {
                let phrase = phrase.join(" ");
                offices().role(&phrase).is_some()
                    || (count == 1 && lexicon().class(&phrase).any(Class::HONORIFIC))
                    || (count == 1
                        && lexicon().class(words[at].to_lowercase().as_str()).any(Class::HONORIFIC))
            })
        });
        let word = folded[at].as_str();
        if let Some(count) = title {
            at += count;
            titled = true;
        } else if titled && matches!(word, "of" | "for") {
            // “Secretary of the State Ana Reyes”: one word says of what.
            at += 1 + usize::from(folded.get(at + 1).is_some_and(|next| next == "the")) + 1;
        } else if word == "the"
            || offices().word(word).is_some()
            || offices().place(word).is_some() && at + 1 < words.len() && role_follows(&folded[at + 1..])
        {
            at += 1;
        } else if !titled && is_topic(&folded[at..]) {
            // “Health Minister Ana Reyes”: what the office is about.
            at += 1;
        } else {
            break;
        }
    }
    let name = words.get(at..).unwrap_or_default().join(" ");
    let capitals = !name.chars().any(char::is_lowercase) && words.len() > 2 && at == 0;
    if capitals && !lexicon().class(&folded[0]).any(Class::GIVEN_NAME) {
        // “TOWN SERVANT PENROSE”: a title that no list has, before a surname.
        return words.last().map(|last| (*last).to_owned());
    }
    (!name.is_empty()).then_some(name)
}

/// A word of a label as the lists of offices have it.
fn comparable(word: &str) -> String {
    let folded = fold(word.trim_end_matches('.')).replace(['.', '-'], " ");
    offices().spelling(&folded).to_owned()
}

fn role_follows(rest: &[String]) -> bool {
    (1..=2).any(|count| rest.get(..count).is_some_and(|phrase| offices().role(&phrase.join(" ")).is_some()))
}

/// Does the first word say what an office is about: “Health” in “Health Minister”? A given name before a word that is a
/// role too (“Dominic Dean”) does not.
fn is_topic(words: &[String]) -> bool {
    let Some((first, rest)) = words.split_first() else { return false };
    role_follows(rest)
        && !lexicon().class(first).any(Class::GIVEN_NAME)
        && (rest.len() == 1 || words.len() > 3)
}

#[cfg(test)]
mod tests {
    use super::{Holders, LabelSource, person};
    use crate::facts::TapeFact;
    use crate::syntax::parse_titles;

    #[test]
    fn labels_stand_for_people() {
        let held = [
            ("mayor of Skarrow", "Brida Quennell"),
            ("health minister", "Ana Reyes"),
            ("councillor", "Bo Okafor"),
            ("councillor", "Ida Brandt"),
        ];
        let holders = Holders {
            held: held
                .iter()
                .flat_map(|(title, name)| {
                    parse_titles(title).into_iter().map(|office| (office, (*name).to_owned()))
                })
                .collect(),
        };
        let tape =
            TapeFact { speakers: vec![("SPEAKER_00".into(), "Tobias Orrick".into())], ..TapeFact::default() };
        for (label, expected) in [
            ("Ana Reyes", Some(("Ana Reyes", LabelSource::Name))),
            ("Ana Reyes (Guest)", Some(("Ana Reyes", LabelSource::Name))),
            ("Reyes, Ana", Some(("Ana Reyes", LabelSource::Name))),
            ("Reyes, Ana (she/her)", Some(("Ana Reyes", LabelSource::Name))),
            ("Ana Reyes, Mayor", Some(("Ana Reyes", LabelSource::Name))),
            ("MAYOR ANA REYES", Some(("ANA REYES", LabelSource::Name))),
            ("MS. REYES", Some(("REYES", LabelSource::Name))),
            ("SECRETARY OF STATE ANA REYES", Some(("ANA REYES", LabelSource::Name))),
            ("Prime Minister Ana Reyes", Some(("Ana Reyes", LabelSource::Name))),
            ("Health Minister Ana Reyes", Some(("Ana Reyes", LabelSource::Name))),
            ("The Mayor", Some(("Brida Quennell", LabelSource::Office))),
            ("HEALTH MINISTER", Some(("Ana Reyes", LabelSource::Office))),
            ("Councillor", None),
            ("HARBOUR MASTER PENROSE", Some(("PENROSE", LabelSource::Name))),
            ("Dominic Dean", Some(("Dominic Dean", LabelSource::Name))),
            ("SPEAKER_00", Some(("Tobias Orrick", LabelSource::Mapped))),
            ("speaker_00", Some(("Tobias Orrick", LabelSource::Mapped))),
            ("SPEAKER_01", None),
            ("Q", None),
        ] {
            let found = person(label, Some(&tape), &holders);
            let found = found.as_ref().map(|(name, how)| (name.as_str(), *how));
            assert_eq!(found, expected, "{label}");
        }
    }
}
