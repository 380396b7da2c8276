//! One family name, and perhaps one given name: one person or two?

use unicode_normalization::UnicodeNormalization;

use super::{People, Person};
use crate::lexicon::{Class, fold, is_relative};
use crate::source::name_line;
use crate::syntax::names::Name;
use crate::syntax::token::Kind;

impl People<'_> {
    /// May a full name be the person's, whose family name it has? `given` are the first words of both.
    pub(super) fn may_be_one(&self, person: &Person<'_>, name: &Name, given: (&str, &str)) -> bool {
        let (a, b) = given;
        self.middles_agree(person, name)
            && (a == b
                || !a.is_ascii() && a.nfc().eq(b.nfc())
                || initial_of(a, b)
                || self.shares_given(person, name))
    }

    /// May both middle names be one? “George W.” and “George H.W.” are two people.
    fn middles_agree(&self, person: &Person<'_>, name: &Name) -> bool {
        let middle = |(start, end): (usize, usize)| {
            let inner = (end - start > 2).then(|| self.word(start + 1).trim_end_matches('.'));
            inner.filter(|_| !self.tokens[start + 2].is(Class::SUFFIX))
        };
        match (middle(person.fullest), middle((name.start, name.end))) {
            (Some(a), Some(b)) => {
                let initials = a.contains('.') || b.contains('.') || a.len().min(b.len()) == 1;
                a == b || !initials || a.len() != b.len() && a.as_bytes().first() == b.as_bytes().first()
            }
            _ => true,
        }
    }

    /// “Mrs. Holt, her mother,” and “her mother, Mrs. Holt,”: a family name alone, of a relative of somebody in the text.
    pub(super) fn is_a_relative(&self, name: &Name) -> bool {
        let relative = |owner: usize, word: usize| {
            let (Some(owner), Some(word)) = (self.tokens.get(owner), self.tokens.get(word)) else {
                return false;
            };
            owner.is_word()
                && owner.is(Class::POSSESSIVE)
                && word.is_word()
                && is_relative(&fold(word.span.of(self.text)))
        };
        let comma = |at: usize| self.tokens.get(at).is_some_and(|token| token.kind == Kind::Comma);
        let titled = name.start.checked_sub(1).filter(|&at| self.tokens[at].is(Class::HONORIFIC));
        let before =
            titled.and_then(|at| at.checked_sub(3)).is_some_and(|at| comma(at + 2) && relative(at, at + 1));
        titled.is_some()
            && name.end - name.start == 1
            && (before || comma(name.end) && relative(name.end + 1, name.end + 2))
    }

    /// “Von der Aue”, “De Brissac”: a family name whose particle has a capital at a sentence's head.
    pub(super) fn begins_with_particle(&self, name: &Name) -> bool {
        let (first, rest) = (&self.tokens[name.start], &self.tokens[name.start + 1..name.end]);
        first.is(Class::PARTICLE)
            && rest.split_last().is_some_and(|(_, inner)| inner.iter().all(|token| token.is(Class::PARTICLE)))
    }

    /// Does the full name of the person end in the words of the name, in whichever case?
    pub(super) fn ends_alike(&self, person: usize, name: &Name) -> bool {
        let (start, end) = self.people[person].fullest;
        let words = name.end - name.start;
        end - start > words
            && (end - words..end)
                .zip(name.start..name.end)
                .all(|(a, b)| self.word(a).eq_ignore_ascii_case(self.word(b)))
    }

    /// The person's fullest name. Of several with one family name, who is known by that alone keeps the honorific: Mr. Holt and
    /// Mrs. Holt are two people.
    pub(super) fn shown(&self, person: usize) -> String {
        let (start, end) = self.people[person].fullest;
        let namesakes = || self.of_surname(self.people[person].surname).len() > 1;
        let honorific = start.checked_sub(1).filter(|&at| self.tokens[at].is(Class::HONORIFIC));
        // Novels write names with honorifics of their own: `with_honorific`.
        let apart = !self.fiction && self.people[person].given.is_none();
        let start = honorific.filter(|_| apart && namesakes()).unwrap_or(start);
        let span = self.tokens[start].span.join(self.tokens[end - 1].span);
        name_line(span.of(self.text))
    }

    /// “His brother Nils”, where one Nils is introduced: a role in small letters goes before given names too.
    pub(super) fn called_by_given(&self, name: &Name) -> Option<usize> {
        let role = name.start.checked_sub(1).filter(|&role| !self.tokens[role].is_capital())?;
        let alone = name.end - name.start == 1 && self.tokens[role].is(Class::PERSON_NOUN);
        alone.then(|| self.only_one_given(name))?
    }

    /// “Ms. Shen”, where one Shen Wuying is introduced: the family name stands first. A first word that many are given is no
    /// family name.
    pub(super) fn called_by_first(&self, name: &Name) -> Option<usize> {
        let alone =
            name.titled && name.end - name.start == 1 && !self.tokens[name.start].is(Class::GIVEN_NAME);
        alone.then(|| self.only_one_given(name))?
    }

    /// The one person who is given the word that a name begins with, and whose gender the name does not contradict.
    fn only_one_given(&self, name: &Name) -> Option<usize> {
        let fits = |&index: &usize| !self.people[index].gender.contradicts_gender(name.gender);
        let mut fitting = self.of_given(self.word(name.start)).filter(fits);
        let index = fitting.next()?;
        fitting.next().is_none().then_some(index)
    }

    /// “Hillary Rodham Clinton” and “Hillary Clinton”.
    pub(super) fn shares_given(&self, person: &Person<'_>, name: &Name) -> bool {
        let person = (person.fullest.0..person.fullest.1).map(|at| self.word(at));
        person.clone().any(|word| word == self.word(name.start))
            || (name.start..name.end).any(|at| person.clone().next() == Some(self.word(at)))
    }

    /// The people of a given name, in order.
    pub(super) fn of_given(&self, given: &str) -> impl Iterator<Item = usize> {
        let people = self.people.iter().enumerate();
        people.filter(move |(_, person)| person.given == Some(given)).map(|(index, _)| index)
    }

    /// The first of some people whom a short name fits, the father before the son, and whether it fits others too.
    pub(super) fn one(&self, name: &Name, among: impl Iterator<Item = usize>) -> (Option<usize>, bool) {
        let single = name.end - name.start == 1;
        let people = among.map(|index| (index, &self.people[index]));
        let mut found = people.filter(|(_, person)| {
            !person.is_regnal()
                && !person.gender.contradicts_gender(name.gender)
                && (single || self.shares_given(person, name))
        });
        let Some((first, one)) = found.next() else { return (None, false) };
        let mut kept = (first, one);
        let several = found.fold(false, |several, (index, other)| {
            let namesakes = kept.1.given == other.given && kept.1.suffixed != other.suffixed;
            if namesakes && kept.1.suffixed {
                kept = (index, other);
            }
            several || !namesakes
        });
        (Some(kept.0), several)
    }
}

fn initial_of(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    short.ends_with('.') && short.len() == 2 && long.starts_with(&short[..1])
}
