//! Names as novels use them.

use std::cmp::Reverse;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::{GENDER, People, contradicts, gender_of, one_line};
use crate::lexicon::Class;
use crate::source::ProseSpan;
use crate::syntax::names::Name;

/// One way in which a text writes somebody's name.
#[derive(Clone, Copy)]
struct NameForm {
    /// How often.
    count: u32,
    /// Where first, as a range of tokens.
    tokens: (usize, usize),
}

/// Mentions from which on a form of a name that is written once is not taken for the fullest.
const OFTEN: u32 = 10;

impl<'t> People<'t> {
    /// Reads names as novels use them: Mrs. Holt and her daughter Rose Holt are two people, and of several Holts the one who
    /// is called so is nobody else. The name as written stands for its bearer. A form of a name that is written once is
    /// hardly somebody's fullest: “Margaret Skarrow was never called”.
    pub fn read_as_fiction(&mut self) {
        self.fiction = true;
        let mut forms: FxHashMap<(usize, &'t str), NameForm> = FxHashMap::default();
        for (name, person) in self.names.iter().zip(&self.person_of) {
            let Some(person) = *person else { continue };
            let form = forms
                .entry((person, name.span.of(self.text)))
                .or_insert(NameForm { count: 0, tokens: (name.start, name.end) });
            form.count += 1;
        }
        let mut mentions = vec![0; self.people.len()];
        for ((person, _), form) in &forms {
            mentions[*person] += form.count;
        }
        // Ties are settled by place, so that the order of the table does not matter.
        let rank = |person: usize, form: &NameForm| {
            // Longest among those written twice; of those written once, the shortest says least that is wrong. Of somebody
            // who is hardly mentioned one form is as good as another.
            let words = form.tokens.1 - form.tokens.0;
            let again = form.count > 1 || mentions[person] < OFTEN;
            (again, if again { words } else { usize::MAX - words }, form.count, Reverse(form.tokens))
        };
        let mut best: Vec<Option<NameForm>> = vec![None; self.people.len()];
        for ((person, _), form) in forms {
            if best[person].is_none_or(|known| rank(person, &known) < rank(person, &form)) {
                best[person] = Some(form);
            }
        }
        for (person, best) in self.people.iter_mut().zip(best) {
            if let Some(form) = best {
                person.fullest = form.tokens;
            }
        }
    }

    /// Whom the names among these tokens stand for, as fiction gives them, each once, in order of their last mention.
    pub fn present(&self, tokens: Range<usize>) -> Vec<String> {
        let from = self.names.partition_point(|name| name.start < tokens.start);
        let mut present: Vec<String> = Vec::new();
        for (name, person) in self.names[from..].iter().zip(&self.person_of[from..]) {
            if name.start >= tokens.end {
                break;
            }
            let titled = name.start.checked_sub(1).is_some_and(|at| self.tokens[at].is(Class::HONORIFIC));
            let shown = match person {
                _ if titled => self.with_honorific(name),
                Some(person) => self.shown(*person),
                None => continue,
            };
            present.retain(|known| *known != shown);
            present.push(shown);
        }
        present
    }

    /// May the pronoun at `source` mean the person of that name? Only a gender that contradicts speaks against it.
    pub fn may_mean(&self, source: ProseSpan, name: &str) -> bool {
        let Some(gender) = gender_of(source.of(self.text)) else { return false };
        let by_honorific = name
            .split_whitespace()
            .next()
            .map_or(Class::NONE, |first| self.view.language.lexicon.class(first));
        if by_honorific.any(GENDER) {
            return !contradicts(gender, by_honorific);
        }
        (0..self.people.len())
            .filter(|&person| self.shown(person) == name)
            .all(|person| !contradicts(gender, self.people[person].gender))
    }

    /// A name with its honorific, as written.
    pub(super) fn with_honorific(&self, name: &Name) -> String {
        let before = name.start.checked_sub(1).map(|at| &self.tokens[at]);
        match before.filter(|token| token.is(Class::HONORIFIC)) {
            Some(honorific) => one_line(honorific.span.join(name.span).of(self.text)),
            None => one_line(name.span.of(self.text)),
        }
    }

    /// “the girl”, “his mother”, “that man”: somebody whom the text has brought in before.
    pub(super) fn is_definite(&self, source: ProseSpan) -> bool {
        let first = self.tokens.partition_point(|token| token.span.start < source.start);
        let Some(token) = self.tokens.get(first) else { return false };
        let indefinite = ["a", "an", "another", "some", "one"];
        let word = token.span.of(self.text);
        !indefinite.iter().any(|article| word.eq_ignore_ascii_case(article))
    }
}
