//! Names as novels use them.

use std::cmp::Reverse;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::{People, Speaker, SpeakerKind, one_line, without_article};
use crate::lexicon::{Class, WordSet};
use crate::source::ProseSpan;
use crate::syntax::clause::noun_phrase::HeadKind;
use crate::syntax::names::{self, Name};

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

/// How often a description must speak to be what the text calls somebody throughout: “the beadle”.
const STANDING: u32 = 3;

/// Is this the one gender that is known?
fn is_only(known: Class, gender: Class) -> bool {
    known.any(gender) && [Class::MALE, Class::FEMALE].into_iter().all(|one| one == gender || !known.any(one))
}

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
        for voice in &self.voices {
            if matches!(voice.head_kind, HeadKind::Person | HeadKind::Other) {
                *self.standing.entry(voice.span.of(self.text).to_lowercase()).or_default() += 1;
            }
        }
        for (index, person) in self.people.iter().enumerate() {
            let one = [Class::MALE, Class::FEMALE].into_iter().find(|&one| is_only(person.gender, one));
            let known = self.genders.entry(self.shown(index)).or_default();
            *known = known.or(one.unwrap_or_default());
        }
    }

    /// The names that begin among these tokens, each with the person it stands for.
    fn names_among(&self, tokens: Range<usize>) -> impl Iterator<Item = (&Name, Option<usize>)> {
        let from = self.names.partition_point(|name| name.start < tokens.start);
        let names = self.names[from..].iter().zip(self.person_of[from..].iter().copied());
        names.take_while(move |(name, _)| name.start < tokens.end)
    }

    /// A name with its honorific, as written.
    pub(super) fn with_honorific(&self, name: &Name) -> String {
        let before = name.start.checked_sub(1).map(|at| &self.tokens[at]);
        match before.filter(|token| token.is(Class::HONORIFIC)) {
            Some(honorific) => one_line(honorific.span.join(name.span).of(self.text)),
            None => one_line(name.span.of(self.text)),
        }
    }

    /// Whom a description means in fiction. “The beadle” is what the text calls somebody throughout; “the girl” and “his
    /// mother” are somebody whom the reader knows by name.
    pub(super) fn described_in_fiction(&self, source: ProseSpan, head_kind: HeadKind) -> Option<Speaker> {
        let phrase = source.of(self.text);
        let first = self.tokens.partition_point(|token| token.span.start < source.start);
        let end = self.tokens.partition_point(|token| token.span.start < source.end);
        let words = self.tokens.get(first..end)?;
        let language = self.view.language;
        let core = words.iter().take_while(|token| !(token.is_word() && token.is(Class::PREPOSITION)));
        let head = core.filter(|token| token.is_word()).last()?;
        let general = language.has_in_any_case(WordSet::Anybody, head.span.of(self.text));
        if head_kind == HeadKind::Person
            && !general
            && let Some(person) = self.role_bearer(source)
        {
            return Some(self.speaker(person));
        }
        // “said Monks”, “said Nanny”: a noun with a capital and no article is a name.
        if let [name] = words
            && name.is_capital()
        {
            return Some(Speaker { name: one_line(phrase), kind: SpeakerKind::Person });
        }
        let article = words.first()?;
        if !language.has_in_any_case(WordSet::The, article.span.of(self.text)) {
            return None;
        }
        // “The General”: with a capital it is what everybody calls them.
        if head.is_capital() {
            return Some(Speaker { name: one_line(phrase), kind: SpeakerKind::Person });
        }
        let named = head_kind == HeadKind::Person || head_kind == HeadKind::Other;
        let often = || self.standing.get(&phrase.to_lowercase()).is_some_and(|&count| count >= STANDING);
        (named && !general && often())
            .then(|| Speaker { name: without_article(phrase), kind: SpeakerKind::Unnamed })
    }

    /// The one person who is the subject of a plain past verb at the start of a sentence of the writer's among these tokens.
    pub fn only_agent(&self, tokens: Range<usize>) -> Option<String> {
        let first = tokens.start;
        let mut agent: Option<String> = None;
        for (name, person) in self.names_among(tokens) {
            let before = name.start.checked_sub(1).filter(|&at| at >= first).map(|at| &self.tokens[at]);
            let opens = before.is_none_or(|token| {
                token.is_final() || token.quote().is_some() || token.is(Class::HONORIFIC)
            });
            let acts = self.tokens.get(name.end).is_some_and(|token| {
                let past = token.is(Class::FORM_PAST.or(Class::FORM_PARTICIPLE))
                    || token.span.of(self.text).ends_with("ed");
                token.is_word() && !token.is_capital() && past
            });
            let acts = opens && acts;
            let shown = match person {
                Some(person) => self.shown(person),
                // Whoever does something is a person, although no list has the name.
                None if acts && names::may_be_person(self.view, name) => name.span.of(self.text).to_owned(),
                None => continue,
            };
            match &agent {
                // Somebody else in the paragraph may be the one who speaks.
                Some(known) if *known != shown => return None,
                None if acts => agent = Some(shown),
                _ => {}
            }
        }
        agent
    }
}
