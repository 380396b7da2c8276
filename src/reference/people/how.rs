//! How a source became its speaker, for whoever asks why: the reason beside the answer that `resolve` gives.

use serde::Serialize;

use super::{People, SpeakerKind, is_first_person, pronoun_gender};
use crate::lexicon::Class;
use crate::source::ProseSpan;
use crate::syntax::clause::noun_phrase::HeadKind;
use crate::syntax::names::{self, NameClass};

/// What ties a source to its speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tie {
    /// The source gives the name as fully as the draft does.
    InFull,
    /// A shorter name for somebody whom the draft introduces.
    Introduced,
    /// A name that several people of the draft bear: nobody is named.
    Shared,
    /// A pronoun, taken for the person the passage is about.
    Pronoun,
    /// A pronoun that fits nobody named before it.
    NobodyFits,
    /// A pronoun that is not resolved: they, who.
    NotResolved,
    /// “I” and “we” outside quotations.
    Writer,
    /// A description with the name right after it.
    Apposition,
    /// A role that the draft gives to one person.
    Role,
    /// A description of somebody whom nothing names.
    Unnamed,
    /// A body or a document: it stands for itself.
    Itself,
    /// No source: two people speak in turn, and this turn is that of the one before last.
    Exchange,
    /// No source: the turn beside it addresses somebody by name.
    Addressed,
    /// No source: somebody acts beside it.
    Acts,
    /// A pronoun in fiction: the one in the scene whom it fits.
    Scene,
    /// A name whose honorific is part of who somebody is.
    Honorific,
    /// “I” in fiction: the narrator, by the name that others call them.
    Narrator,
}

/// What ties one source to its speaker, and where the draft shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tied {
    /// What ties them.
    pub tie: Tie,
    /// The place in the prose that shows it: the introduction, the name nearest before a pronoun.
    pub shown: Option<ProseSpan>,
    /// Others whom the source fits as well.
    pub others: Vec<String>,
}

impl From<Tie> for Tied {
    fn from(tie: Tie) -> Self {
        Self { tie, shown: None, others: Vec::new() }
    }
}

impl People<'_> {
    /// How [`People::resolve`] comes to its answer.
    pub fn tied(&self, source: ProseSpan, head_kind: HeadKind) -> Tied {
        match head_kind {
            HeadKind::Pronoun => self.pronoun_tied(source),
            HeadKind::Name => self.name_tied(source),
            HeadKind::Person => self.description_tied(source),
            HeadKind::Body | HeadKind::Document => Tie::Itself.into(),
            HeadKind::Other => Tie::Unnamed.into(),
        }
    }

    fn pronoun_tied(&self, source: ProseSpan) -> Tied {
        let pronoun = source.of(self.text);
        if pronoun.eq_ignore_ascii_case("it") {
            let shown = self.thing(source).map(|(span, _)| span);
            let tie = if shown.is_some() { Tie::Pronoun } else { Tie::NobodyFits };
            return Tied { shown, ..tie.into() };
        }
        if self.fiction && pronoun_gender(pronoun).is_some() {
            return Tie::Scene.into();
        }
        if self.fiction && is_first_person(pronoun) {
            return Tie::Narrator.into();
        }
        if pronoun_gender(pronoun).is_none() {
            return if is_first_person(pronoun) { Tie::Writer.into() } else { Tie::NotResolved.into() };
        }
        let token = self.tokens.partition_point(|token| token.span.start < source.start);
        let Some(meant) = self.read().meant.get(&token) else { return Tie::NobodyFits.into() };
        if let Some(stranger) = meant.person.checked_sub(self.people.len()) {
            let shown = Some(self.read().strangers[stranger].phrase);
            return Tied { tie: Tie::Pronoun, shown, others: Vec::new() };
        }
        let nearest = self
            .names
            .iter()
            .zip(&self.person_of)
            .take_while(|(name, _)| name.span.start < source.start)
            .filter(|(_, person)| **person == Some(meant.person))
            .last()
            .map_or_else(|| self.fullest(meant.person), |(name, _)| name.span);
        Tied { tie: Tie::Pronoun, shown: Some(nearest), others: self.rival(source).into_iter().collect() }
    }

    fn name_tied(&self, source: ProseSpan) -> Tied {
        let Some(index) = self.name_in(source) else { return Tie::NobodyFits.into() };
        let name = &self.names[index];
        let before = name.start.checked_sub(1).map(|before| &self.tokens[before]);
        if self.fiction && before.is_some_and(|token| token.is(Class::HONORIFIC)) {
            return Tie::Honorific.into();
        }
        if let Some(person) = self.person_of[index] {
            return self.by_name(name.span, person);
        }
        if name.class == NameClass::Body {
            return Tie::Itself.into();
        }
        let surname = names::surname(self.text, self.tokens, name);
        let bearers = self.of_surname(surname);
        if bearers.len() < 2 {
            return Tie::InFull.into();
        }
        // Two bear the name, and an honorific may fit one of them alone.
        let meant = self.named(source).map(|speaker| speaker.name);
        match bearers.iter().find(|&&person| Some(self.shown(person)) == meant) {
            Some(&person) => self.by_name(name.span, person),
            None => Tied {
                others: bearers.iter().map(|&person| self.shown(person)).collect(),
                ..Tie::Shared.into()
            },
        }
    }

    /// “the landlady, Morag Innes”: does the source describe a person before it names one?
    pub(super) fn is_called_person(&self, source: ProseSpan, name: ProseSpan) -> bool {
        let from = self.tokens.partition_point(|token| token.span.start < source.start);
        self.tokens[from..]
            .iter()
            .take_while(|token| token.span.end <= name.start)
            .any(|token| token.is_word() && token.is(Class::PERSON_NOUN))
    }

    /// A name as full as the draft's fullest needs no introduction.
    fn by_name(&self, name: ProseSpan, person: usize) -> Tied {
        let fullest = self.fullest(person);
        if fullest == name || fullest.of(self.text) == name.of(self.text) {
            return Tie::InFull.into();
        }
        Tied { shown: Some(fullest), ..Tie::Introduced.into() }
    }

    fn description_tied(&self, source: ProseSpan) -> Tied {
        let Some(speaker) = self.described(source).filter(|speaker| speaker.kind == SpeakerKind::Person)
        else {
            return Tie::Unnamed.into();
        };
        let of_speaker =
            |index: usize| self.person_of[index].is_some_and(|person| self.shown(person) == speaker.name);
        let after = self.names.partition_point(|name| name.span.start < source.end);
        let follows = self.names.get(after).filter(|name| {
            matches!(self.text.get(source.end as usize..name.span.start as usize), Some(", " | " "))
                && of_speaker(after)
        });
        if let Some(name) = follows {
            return Tied { shown: Some(name.span), ..Tie::Apposition.into() };
        }
        let before = (0..after).find(|&index| of_speaker(index)).map(|index| self.names[index].span);
        Tied { shown: before, ..Tie::Role.into() }
    }

    fn fullest(&self, person: usize) -> ProseSpan {
        let (start, end) = self.people[person].fullest;
        self.tokens[start].span.join(self.tokens[end - 1].span)
    }
}
