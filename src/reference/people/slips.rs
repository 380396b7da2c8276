//! Names that are misspelled: “Gonzalez” in a text about Ana Gonzales.

use super::People;
use crate::lexicon::{Class, fold, lexicon, offices, one_slip};
use crate::syntax::names::{self, Name, NameClass};

/// Ties names that are nobody's to the person whose name they miss by a letter.
pub(super) fn mend(people: &mut People<'_>) {
    given_names(people);
    let initials = Initials::of(people);
    let strange: Vec<(usize, String)> = (0..people.names.len())
        .filter(|&index| is_nobody(people, index) && initials.near(people.word(people.names[index].start)))
        .filter_map(|index| Some((index, strange(people, index)?)))
        .collect();
    for (index, word) in &strange {
        let name = people.names[*index];
        let by_itself = |index: usize| !people.is_in_longer_name(people.word(people.names[index].start));
        let times = || strange.iter().filter(|(at, other)| other == word && by_itself(*at)).count();
        let person_like = || name.titled || names::speaks(people.tokens, &name);
        if let Some(person) = nearest(people, word, times, person_like, name.gender)
            && by_itself(*index)
            && !is_common(people, name)
        {
            people.person_of[*index] = Some(person);
        }
    }
}

/// “Front legs”, where the text also has “front”: at the head of a sentence a common word has a capital too.
fn is_common(people: &People<'_>, name: Name) -> bool {
    let word = people.word(name.start);
    people.tokens.iter().any(|token| {
        let other = token.span.of(people.text);
        other.len() == word.len() && other != word && other == word.to_lowercase()
    })
}

/// The first letters of the family names of those who are introduced in full, and for each of them the lengths of the
/// names, one bit each. A name that looks otherwise misses none of them by a letter, and most do.
struct Initials([u32; 64]);

impl Initials {
    fn of(people: &People<'_>) -> Self {
        let mut lengths = [0; 64];
        for person in people.people.iter().filter(|person| person.given.is_some()) {
            let Some(first) = first_folded(person.surname) else { continue };
            let plain = person.surname.bytes().all(|byte| byte.is_ascii_alphanumeric());
            let len = if plain { person.surname.len() } else { fold(person.surname).len() };
            lengths[place(first)] |= 1 << len.min(LONGEST);
        }
        Self(lengths)
    }

    /// May a word, once it is folded, differ from one of them by a letter?
    fn near(&self, word: &str) -> bool {
        if !word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return true;
        }
        let lengths = word.bytes().next().map_or(0, |first| self.0[place(first.to_ascii_lowercase())]);
        // A letter more, a letter less, or as long.
        lengths & (0b111 << word.len().min(LONGEST) >> 1) != 0
    }
}

/// Names of so many bytes or more count as equally long.
const LONGEST: usize = 29;

/// The first letter of a folded word.
fn first_folded(word: &str) -> Option<u8> {
    match word.bytes().next()? {
        first if first.is_ascii_alphanumeric() => Some(first.to_ascii_lowercase()),
        _ => fold(word).bytes().next(),
    }
}

/// Another place for each small letter; digits share theirs with some of them.
const fn place(letter: u8) -> usize {
    (letter & 0x3F) as usize
}

impl People<'_> {
    /// Is the word one of a name of several words?
    fn is_in_longer_name(&self, word: &str) -> bool {
        let gathered = || {
            let longer = self.names.iter().filter(|name| name.end - name.start > 1);
            let mut words: Vec<usize> = longer.flat_map(|name| name.start..name.end).collect();
            words.sort_unstable_by_key(|&at| self.word(at));
            words.dedup_by_key(|at| self.word(*at));
            words
        };
        self.in_longer.get_or_init(gathered).binary_search_by_key(&word, |&at| self.word(at)).is_ok()
    }

    /// The person whose family name a word inside a quotation misses by a letter.
    pub(super) fn nearly_meant(&self, word: &str) -> Option<usize> {
        let folded = unlisted(word).filter(|_| !self.is_in_longer_name(word))?;
        nearest(self, &folded, || 1, || false, Class::NONE)
    }
}

/// “Donlad Vell” where the text has Donald Vell: a given name that is in no list and misses the known one by a letter.
fn given_names(people: &mut People<'_>) {
    for index in 0..people.names.len() {
        let name = people.names[index];
        let known = people.person_of[index].is_some_and(|person| people.people[person].given.is_some());
        if known || name.end - name.start != 2 || people.tokens[name.start].is(Class::GIVEN_NAME) {
            continue;
        }
        let (given, surname) = (people.word(name.start), people.word(name.start + 1));
        let slip = |person: &&usize| {
            people.people[**person].given.is_some_and(|right| one_slip(&fold(right), &fold(given)))
        };
        let mut near = people.of_surname(surname).iter().filter(slip);
        let found = near.next().copied();
        if near.next().is_none() && found.is_some() {
            people.person_of[index] = found;
        }
    }
}

/// Is a name of one word nobody's who is introduced in full?
fn is_nobody(people: &People<'_>, index: usize) -> bool {
    let name: &Name = &people.names[index];
    let nobody = match people.person_of[index] {
        Some(person) => people.people[person].given.is_none(),
        None => name.class == NameClass::Unknown || name.titled,
    };
    nobody && name.end - name.start == 1 && !people.tokens[name.start].is(Class::STOPPED)
}

/// The folded word of such a name, where it is in no list and does not follow the preposition of a place.
fn strange(people: &People<'_>, index: usize) -> Option<String> {
    let name: &Name = &people.names[index];
    let before = name.start.checked_sub(1).filter(|_| !name.titled).map(|at| people.word(at));
    let place = before.is_some_and(|word| ["in", "at", "near", "from", "to"].contains(&word));
    if place {
        return None;
    }
    unlisted(people.word(name.start))
}

/// The folded word, where it is no word, no given name, no place and no body that is known.
fn unlisted(word: &str) -> Option<String> {
    if lexicon().class(word) != Class::NONE
        || !(word.bytes().any(|byte| byte.is_ascii_lowercase()) || word.chars().any(char::is_lowercase))
    {
        return None;
    }
    let folded = fold(word);
    (offices().place(&folded).is_none() && !offices().is_body(&folded)).then_some(folded)
}

/// The one person introduced in full whose family name differs from the word by a slip, where the text plainly has one
/// of the two by mistake. `times` is how often the word stands in it by itself.
fn nearest(
    people: &People<'_>,
    word: &str,
    times: impl Fn() -> usize,
    person_like: impl Fn() -> bool,
    gender: Class,
) -> Option<usize> {
    let mut near = people.people.iter().enumerate().filter(|(_, person)| {
        if first_folded(person.surname) != word.bytes().next() {
            return false;
        }
        let folded = fold(person.surname);
        let surname = folded.as_str();
        let plural = surname.strip_suffix('s') == Some(word) || word.strip_suffix('s') == Some(surname);
        person.given.is_some()
            && !person.gender.contradicts_gender(gender)
            && surname.len().max(word.len()) >= SHORTEST
            && !plural
            && one_slip(surname, word)
    });
    let (person, known) = near.next()?;
    if near.next().is_some() {
        return None;
    }
    let right = people
        .names
        .iter()
        .enumerate()
        .filter(|(index, name)| {
            people.person_of[*index] == Some(person)
                && names::surname(people.text, people.tokens, name) == known.surname
        })
        .count();
    let times = times();
    let (rarer, commoner) = (times.min(right), times.max(right));
    let mistake = rarer <= MOST && (rarer < commoner || person_like());
    mistake.then_some(person)
}

/// Of two names that differ by a letter, one has at least this many: “Bush” and “Buck” are two.
const SHORTEST: usize = 5;

/// More often than this nobody slips in one text: it is another name.
const MOST: usize = 2;
