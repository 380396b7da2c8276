//! Two titles of one person of which one word differs: “artistic director”, “the theater’s managing director”.

use std::collections::BTreeSet;

use super::bearer::titled_now;
use crate::calendar::Day;
use crate::corpus::Corpus;
use crate::corpus::people::{MentionAt, Person};
use crate::facts::TitlePosition;
use crate::lexicon::{Class, TitleWord, WordSet, fold, is_relative, lexicon, offices, one_slip};
use crate::rules::{Finding, Level};
use crate::source::Place;
use crate::syntax::parse_titles;

/// A title of several words, where it stands.
struct Worded<'f> {
    words: TitleWords,
    text: &'f str,
    place: Place,
    day: Option<Day>,
}

/// Two titles of which one word differs and says what the office is about, or which office it is: “chair of the finance
/// committee”, “chair of the parks committee”. Somebody may hold both, so that this is a note.
pub(super) fn one_word_apart(corpus: &Corpus, person: &Person, days: i32) -> Option<Finding> {
    let titles = |mention: &&MentionAt| !mention.of(corpus.file(mention.file)).titles.is_empty();
    let only =
        person.mentions.iter().filter(titles).take(2).map(|mention| mention.of(corpus.file(mention.file)));
    if only.map(|said| said.titles.len()).sum::<usize>() < 2 {
        return None;
    }
    let mut given: Vec<Worded<'_>> = Vec::new();
    for &mention in &person.mentions {
        let facts = corpus.file(mention.file);
        let said = mention.of(facts);
        if !titled_now(facts, said) {
            continue;
        }
        let own = said.titles.iter().filter(|title| title.position != TitlePosition::Era);
        for title in own.filter(|title| title.qualifier.is_empty()) {
            let words = TitleWords::of(&title.text);
            // “Orrick’s wife” is no title; two relations are another rule's.
            if words.is_relative || given.iter().any(|other| other.words == words) {
                continue;
            }
            if (2..=LONGEST).contains(&words.all.len()) && given.len() < MOST {
                let day = facts.published.map(|published| published.day);
                given.push(Worded {
                    words,
                    text: &title.text,
                    place: Place::new(mention.file, title.span),
                    day,
                });
            }
        }
    }
    // “Leader” and “coach” describe: one of them is said for the other.
    let vague = |title: &str| parse_titles(title).iter().any(|office| offices().of(office.role).vague);
    let near = |a: Option<Day>, b: Option<Day>| a.zip(b).is_none_or(|(a, b)| a.days_since(b).abs() <= days);
    let pairs =
        given.iter().enumerate().flat_map(|(at, one)| given[at + 1..].iter().map(move |other| (one, other)));
    let (one, other) = pairs.into_iter().find(|(one, other)| {
        near(one.day, other.day)
            && one.words.one_apart(&other.words)
            && !vague(one.text)
            && !vague(other.text)
    })?;
    let mut finding = Finding::new(
        "conflicting-title",
        other.place,
        format!("{} is “{}” in one place and “{}” in another", person.name, one.text, other.text),
        fold(&person.name),
    )
    .label(format!("“{}” here", other.text))
    .related(one.place, format!("“{}” here", one.text));
    finding.level = Some(Level::Note);
    Some(finding)
}

/// Words of the longest title that is compared word by word.
const LONGEST: usize = 8;

/// Titles of one person that are compared with each other.
const MOST: usize = 12;

/// Letters that two forms of one word begin with: chairman, chairwoman, chairs.
const STEM: usize = 4;

/// The words of a title that tell something, folded, without articles and prepositions. Their order does not count: “finance
/// director” is “director of finance”.
#[derive(PartialEq, Eq)]
struct TitleWords {
    all: BTreeSet<String>,
    /// Without an owner: “managing director” of “the theater’s managing director”.
    bare: BTreeSet<String>,
    /// Those before the first preposition, where they are several: “finance director” of “finance director of the theatre”.
    core: BTreeSet<String>,
    is_relative: bool,
}

impl TitleWords {
    fn of(title: &str) -> Self {
        let (mut all, mut bare, mut core) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let (mut before, mut head) = (true, false);
        let mut is_relative_last = false;
        for written in title.split_whitespace() {
            let bare_word = written.trim_end_matches([',', ';', ':', ')', '”', '"']);
            let owner = ["’s", "'s", "’", "'"].iter().find_map(|ending| bare_word.strip_suffix(ending));
            let folded = fold(owner.unwrap_or(bare_word));
            is_relative_last = is_relative(&folded);
            let empty = matches!(
                offices().word(&folded),
                Some(TitleWord::Article | TitleWord::Preposition | TitleWord::Dropped)
            );
            before &= offices().word(&folded) != Some(TitleWord::Preposition);
            if empty || folded.is_empty() || folded == "the" {
                continue;
            }
            let word = offices().spelling(&folded).to_owned();
            if owner.is_none() {
                bare.insert(word.clone());
                if before {
                    core.insert(word.clone());
                    head = lexicon().class(&word).any(Class::PERSON_NOUN);
                }
            }
            all.insert(word);
        }
        // “His priest prays to the sea”: without a role at its end it is no title.
        if !head {
            core.clear();
        }
        Self { all, bare, core, is_relative: is_relative_last }
    }

    /// Do two titles differ in one word, with the owners or without them? An owner itself may be put in two ways: “the
    /// project’s engineer” is “engineer of the bridge”.
    fn one_apart(&self, other: &Self) -> bool {
        let own = |(a, b): &(String, String)| self.bare.contains(a) && other.bare.contains(b);
        differing(&self.all, &other.all).is_some_and(|pair| own(&pair))
            || self.bare.len() > 1 && differing(&self.bare, &other.bare).is_some()
            || self.core.len() > 1
                && differing(&self.core, &other.core)
                    .is_some_and(|(a, b)| !other.all.contains(&a) && !self.all.contains(&b))
    }
}

/// The one word in which two titles differ, of each; none where it is a qualifier, a place or another form of the other.
fn differing(one: &BTreeSet<String>, other: &BTreeSet<String>) -> Option<(String, String)> {
    if one.len() != other.len() {
        return None;
    }
    let same_word = |a: &str, b: &str| {
        a == b || a.get(..STEM).is_some_and(|stem| b.get(..STEM) == Some(stem)) || one_slip(a, b)
    };
    let left = |words: &BTreeSet<String>, others: &BTreeSet<String>| {
        let mut left = words.iter().filter(|word| !others.iter().any(|other| same_word(word, other)));
        (left.next().cloned(), left.next().is_some())
    };
    let ((Some(a), false), (Some(b), false)) = (left(one, other), left(other, one)) else { return None };
    // “based” and “there” of “a broker based there” name no office.
    let loose = Class::ADVERB.or(Class::FORM_PARTICIPLE).or(Class::FORM_PAST);
    let tells = |word: &str| {
        word.len() >= STEM
            && offices().word(word).is_none()
            && offices().place(word).is_none()
            && !word.ends_with("ed")
            && !lexicon().class(word).any(loose)
    };
    let same = one.iter().filter(|word| **word != a && tells(word)).count();
    let presiding = WordSet::Presiding.has(&a) && WordSet::Presiding.has(&b);
    (tells(&a) && tells(&b) && same > 0 && !presiding).then_some((a, b))
}

#[cfg(test)]
mod tests {
    use super::TitleWords;

    #[test]
    fn titles_of_which_one_word_differs() {
        let apart = |a: &str, b: &str| TitleWords::of(a).one_apart(&TitleWords::of(b));
        assert!(apart("Artistic director", "theater’s managing director"));
        assert!(apart("theater’s artistic director", "finance director of the Corn Theater"));
        assert!(apart("chairs the parks board", "chair of the library board"));
        assert!(apart("head of the county’s roads department", "heads the county’s parks department"));
        for (a, b) in [
            ("finance director", "director of finance"),
            ("finance director", "council’s director of finance"),
            ("chairs the parks board", "parks board chair"),
            ("senior finance director", "finance director"),
            ("Skarrow’s director", "the artistic director"),
            ("president of the board", "board chair"),
            ("union secretary", "general secretary of the union"),
            ("priest prays to the sea", "the town’s priest"),
            ("chief engineer of the bridge", "project’s chief engineer"),
            ("elections clerk", "election clerk"),
        ] {
            assert!(!apart(a, b), "{a}, {b}");
        }
    }
}
