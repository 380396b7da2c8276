//! Speech reported without marks: “Reyes said the pier was closed.”
//!
//! Three forms are read, each only where the clause leaves no doubt; all else is passed over:
//!
//! ```text
//! content-after  = source cue [ hearer ] adverbial* [ "that" ] clause       Reyes said on Monday that the pier was closed
//! participle     = "," cue-in-ing adverbial* [ "that" ] clause              …, adding that the boats were safe
//! content-before = clause "," ( source cue | cue source | "according to" source ) adverbial*
//! ```
//!
//! What is denied, asked, wished for or imagined is no report: a negation or a modal at the cue ends the attempt.

use super::{SentenceView, hearer};
use crate::lexicon::{Class, WordSet};
use crate::source::{BlockKind, ProseSpan};
use crate::syntax::clause::noun_phrase::{self, HeadKind, NounPhrase};
use crate::syntax::clause::sentence;
use crate::syntax::clause::subject;
use crate::syntax::clause::view::{Verb, Voice};
use crate::syntax::parse::Parse;
use crate::syntax::token::{Kind, Token};

/// Adverbials that are passed over between a cue and its content: “on Monday in a statement from Lima”.
const ADVERBIALS: usize = 5;

/// Tokens of the rest of a date behind its weekday, commas among them: “, May 15, 2026,”.
const DATE_TAIL: usize = 6;

/// Tokens from the start of a content clause within which its verb must stand.
const VERB_REACH: usize = 14;

/// Tokens of a clause behind “that” in which no verb was recognised, from which on it is a clause all the same.
const LONG_CLAUSE: usize = 5;

/// The fewest tokens of a content clause.
const SHORTEST: usize = 3;

/// The form in which speech is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Reyes said that the pier was closed.
    That,
    /// Reyes said the pier was closed.
    Bare,
    /// …, adding that the pier was closed.
    Participle,
    /// The pier was closed, Reyes said.
    Trailing,
    /// The pier was closed, according to Reyes.
    AccordingTo,
}

impl Form {
    /// The name that facts carry as evidence.
    pub const fn name(self) -> &'static str {
        match self {
            Self::That => "indirect-that",
            Self::Bare => "indirect-bare",
            Self::Participle => "indirect-participle",
            Self::Trailing => "indirect-trailing",
            Self::AccordingTo => "indirect-according-to",
        }
    }

    /// How sure its sources are, 0 to 1: set by hand, not measured.
    pub const fn precision(self) -> f32 {
        match self {
            Self::That | Self::Bare => 0.9,
            Self::Participle | Self::Trailing => 0.85,
            Self::AccordingTo => 0.9,
        }
    }
}

/// Speech reported without marks.
#[derive(Clone, Copy, Debug)]
pub struct Reported {
    /// How it is reported.
    pub form: Form,
    /// The phrase that names the source.
    pub source: ProseSpan,
    /// What that phrase is.
    pub head_kind: HeadKind,
    /// The words that attribute.
    pub cue: ProseSpan,
    /// The clause that was said.
    pub content: ProseSpan,
    /// The writer's words that belong to the cue: where and when it was said, and to whom.
    pub circumstance: ProseSpan,
}

/// What a document reports without marks, in order.
pub fn indirect(parse: &Parse<'_>) -> Vec<Reported> {
    let mut found = Vec::new();
    for (block, range) in parse.block_tokens() {
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem) {
            continue;
        }
        let view = SentenceView::new(parse, range);
        let mut start = 0;
        for at in 0..view.tokens.len() {
            if view.tokens[at].is(Class::ENDS) {
                Sentence { view: &view, start, end: at + 1 }.read(&mut found);
                start = at + 1;
            }
        }
    }
    found
}

/// One sentence of a block.
struct Sentence<'g, 'a> {
    view: &'g SentenceView<'a>,
    start: usize,
    /// The token after its last.
    end: usize,
}

impl Sentence<'_, '_> {
    fn tokens(&self) -> &[Token] {
        self.view.tokens
    }

    fn token(&self, at: usize) -> Option<&Token> {
        self.view.tokens[..self.end].get(at)
    }

    fn read(&self, found: &mut Vec<Reported>) {
        // The content of a report may hold a report; the outer one is the writer's.
        let mut taken = self.start;
        for at in self.start..self.end {
            let token = &self.tokens()[at];
            if at == self.start
                && let Some((reported, end)) = self.led_by_according_to()
            {
                found.push(reported);
                taken = end;
            }
            if at < taken || !token.is_word() || token.is_capital() {
                continue;
            }
            let reported = if self.view.is_according_to(at) {
                self.according_to(at)
            } else if token.is(Class::CUE_SPEECH.or(Class::CUE_WRITING))
                && !token.is(Class::CUE_WEAK.or(Class::CUE_CALL))
            {
                self.cue(at)
            } else if token.is(Class::CUE_THOUGHT) && token.is(Class::FORM_PAST.or(Class::FORM_PRESENT)) {
                // What is thought counts as told where “that” leads it, and without “that” where somebody
                // believes it; “felt” and “found” only of somebody.
                self.cue(at).filter(|(reported, _)| {
                    let somebody = matches!(reported.head_kind, HeadKind::Name | HeadKind::Person);
                    let bare = reported.form == Form::Bare && somebody && !token.is(Class::CUE_WEAK);
                    bare || reported.form == Form::That && (somebody || !token.is(Class::CUE_WEAK))
                })
            } else {
                None
            };
            if let Some((reported, end)) = reported {
                found.push(reported);
                taken = end;
            }
        }
    }

    /// What the cue at `at` reports, and the token after all of it.
    fn cue(&self, at: usize) -> Option<(Reported, usize)> {
        let verb = self.view.cue_at(at)?;
        if !self.is_plain(&verb) {
            return self.inverted(at);
        }
        let after = self.circumstances(at);
        let participle = verb.voice == Voice::Gerund;
        if verb.voice != Voice::Active && !participle {
            return None;
        }
        if participle && at.checked_sub(1).is_none_or(|before| self.tokens()[before].kind != Kind::Comma) {
            return None;
        }
        let source = subject::of(self.view.words, self.start, &verb);
        let Some(source) = source.filter(|phrase| self.speaks(phrase)) else { return self.inverted(at) };
        if !participle && !self.opens(&source) {
            return None;
        }
        if let Some((content, that)) = self.content(after) {
            let form = match (participle, that) {
                (true, _) => Form::Participle,
                (false, true) => Form::That,
                (false, false) => Form::Bare,
            };
            return Some((self.reported(form, &source, (at, at + 1), content, (at + 1, after)), content.1));
        }
        if participle || source.end > verb.first {
            return None;
        }
        self.before(&source, source.start, at, after)
    }

    /// The pier was closed, Reyes said: `lead` is the first token of source and cue.
    fn before(&self, source: &NounPhrase, lead: usize, at: usize, after: usize) -> Option<(Reported, usize)> {
        let content = self.content_before(lead, after)?;
        Some((self.reported(Form::Trailing, source, (at, at + 1), content, (at + 1, after)), after))
    }

    /// The pier was closed, said Reyes.
    fn inverted(&self, at: usize) -> Option<(Reported, usize)> {
        let finite = self.tokens()[at].is(Class::FORM_PAST.or(Class::FORM_PRESENT));
        let comma = at.checked_sub(1).is_some_and(|before| self.tokens()[before].kind == Kind::Comma);
        if !finite || !comma || self.view.is_in(at, WordSet::Telling) {
            return None;
        }
        let source = noun_phrase::forward(self.tokens(), at + 1).filter(|phrase| {
            matches!(phrase.head_kind, HeadKind::Name | HeadKind::Person) && phrase.end <= self.end
        })?;
        self.before(&source, at, at, self.circumstances(source.end - 1))
    }

    /// The pier was closed, according to Reyes.
    fn according_to(&self, at: usize) -> Option<(Reported, usize)> {
        let source = noun_phrase::forward(self.tokens(), at + 2).filter(|phrase| phrase.end <= self.end)?;
        let names = source.names_source();
        let after = self.circumstances(source.end - 1);
        let content = self.content_before(at, after).filter(|_| names)?;
        let circumstance = (source.end, after);
        Some((self.reported(Form::AccordingTo, &source, (at, at + 2), content, circumstance), after))
    }

    /// According to Reyes, the pier was closed.
    fn led_by_according_to(&self) -> Option<(Reported, usize)> {
        if !self.view.is_according_to(self.start) {
            return None;
        }
        let source = noun_phrase::forward(self.tokens(), self.start + 2)
            .filter(|phrase| phrase.end < self.end && phrase.names_source())?;
        let after = self.circumstances(source.end - 1);
        let comma = self.token(after).filter(|token| token.kind == Kind::Comma)?;
        let start = after + 1;
        let verb =
            (start + 1..self.end).find(|&at| self.is_finite(at)).filter(|_| comma.kind == Kind::Comma)?;
        let end = self.content_end(verb);
        let clean = (start..end).all(|at| self.tokens()[at].quote().is_none());
        let cue = (self.start, self.start + 2);
        let reported = self.reported(Form::AccordingTo, &source, cue, (start, end), (source.end, after));
        (clean && end - start >= SHORTEST).then_some((reported, end))
    }

    fn reported(
        &self,
        form: Form,
        source: &NounPhrase,
        cue: (usize, usize),
        content: (usize, usize),
        circumstance: (usize, usize),
    ) -> Reported {
        let span = |(start, end)| sentence::span(self.tokens(), start, end);
        Reported {
            form,
            source: span((source.start, source.end)),
            head_kind: source.head_kind,
            cue: span(cue),
            content: span(content),
            circumstance: span(circumstance),
        }
    }

    /// “said”, “has said”, “was saying”: neither denied nor imagined.
    fn is_plain(&self, verb: &Verb) -> bool {
        self.tokens()[verb.first..verb.at].iter().all(|token| {
            !token.is(Class::NEGATION)
                && (!token.is(Class::AUXILIARY) || token.is(Class::HAVE.or(Class::BE)))
                && !token.is(Class::TO)
        })
    }

    /// Somebody or something that can say things.
    fn speaks(&self, phrase: &NounPhrase) -> bool {
        match phrase.head_kind {
            HeadKind::Name | HeadKind::Person | HeadKind::Body | HeadKind::Document => true,
            HeadKind::Pronoun => {
                self.view.language.has_in_any_case(WordSet::Reporting, self.view.word(phrase.start))
            }
            HeadKind::Other => false,
        }
    }

    /// Does the subject open a clause of the writer's own, and not one that somebody else reports, or an “if”?
    fn opens(&self, source: &NounPhrase) -> bool {
        let Some(before) = source.start.checked_sub(1).filter(|&before| before >= self.start) else {
            return true;
        };
        let token = &self.tokens()[before];
        match token.kind {
            // “Harbour: Ana Ruiz said …”: a label before the sentence.
            Kind::Comma | Kind::Semicolon | Kind::Colon | Kind::Dash | Kind::Quote(_) => true,
            Kind::Word => {
                token.is(Class::COORDINATOR)
                    || token.is(Class::WEEKDAY.or(Class::ADVERB)) && !token.is(Class::SUBORDINATOR)
            }
            _ => false,
        }
    }

    /// The token after what belongs to the cue at `cue`: the hearer, the day, the medium.
    fn circumstances(&self, cue: usize) -> usize {
        let mut at = cue + 1;
        if let Some(hearer) = hearer::object(self.view, cue)
            && hearer.end < self.end
            && !self.is_finite(hearer.end)
        {
            at = hearer.end;
        }
        for _ in 0..ADVERBIALS {
            let Some(token) = self.token(at).filter(|token| token.is_word()) else { break };
            if token.is(Class::WEEKDAY)
                || token.is(Class::ADVERB) && !token.is_capital() && !token.is(Class::SUBORDINATOR)
            {
                at += 1;
                // “Monday morning”
                at += usize::from(self.token(at).is_some_and(|next| next.is(Class::TIME)));
            } else if token.is(Class::PREPOSITION) && !token.is(Class::SUBORDINATOR) && !token.is_capital() {
                match noun_phrase::forward(self.tokens(), at + 1) {
                    Some(phrase) if phrase.end < self.end && !self.is_finite(phrase.end) => at = phrase.end,
                    _ => break,
                }
            } else {
                break;
            }
        }
        self.date_tail(cue + 1, at)
    }

    /// The token after “, May 15,”, “, 9 March 2026,” or “, 2026,” at `at`, where “that” follows: what goes on with a weekday
    /// or with a day of a month that stands from `from` on.
    fn date_tail(&self, from: usize, at: usize) -> usize {
        let kind = |at: usize| self.token(at).map(|token| token.kind);
        let mut next = at;
        let mut month = (from..at).any(|at| self.token(at).is_some_and(|token| token.is(Class::MONTH)));
        while next < at + DATE_TAIL {
            let of_date = kind(next) == Some(Kind::Comma)
                || kind(next) == Some(Kind::Number)
                || self.token(next).is_some_and(|token| token.is(Class::MONTH));
            if !of_date {
                break;
            }
            month |= self.token(next).is_some_and(|token| token.is(Class::MONTH));
            next += 1;
        }
        let that =
            self.token(next).is_some_and(|token| token.is_word()) && self.view.is_in(next, WordSet::That);
        if month && that { next } else { at }
    }

    /// A finite verb or an auxiliary at `at`?
    fn is_finite(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| {
            token.is_word()
                && !token.is_capital()
                && (token.is(Class::AUXILIARY)
                    || self
                        .view
                        .verb(at)
                        .is_some_and(|verb| matches!(verb.voice, Voice::Active | Voice::Passive)))
        })
    }

    /// The clause that begins at `at`, and whether “that” leads it.
    fn content(&self, at: usize) -> Option<((usize, usize), bool)> {
        let that = self.token(at)?.is_word()
            && self.view.is_in(at, WordSet::That)
            // “said that was wrong”: a pronoun.
            && !self.is_finite(at + 1);
        let start = at + usize::from(that);
        let verb = if that {
            let verb = (start + 1..self.end.min(start + VERB_REACH)).find(|&index| self.is_finite(index));
            // “argue that bans move the trouble”: many verbs are in no list, and “that” leads a clause all the same.
            verb.or_else(|| (start + LONG_CLAUSE < self.end).then_some(start + 1))
        } else {
            // Without “that” the clause must show its subject at once: “said the pier was closed”.
            let subject = self.subject_end(start)?;
            let adverbs = (subject..self.end)
                .take(2)
                .take_while(|&index| {
                    self.tokens()[index].is(Class::ADVERB) && !self.tokens()[index].is(Class::AUXILIARY)
                })
                .count();
            Some(subject + adverbs).filter(|&index| self.is_finite(index))
        }?;
        let end = self.content_end(verb);
        let clean = (start..end).all(|index| self.tokens()[index].quote().is_none());
        (clean && end - start >= SHORTEST).then_some(((start, end), that))
    }

    /// The token after a content clause's subject. “The talks”: after an article a verb's form is a noun.
    fn subject_end(&self, start: usize) -> Option<usize> {
        let article = self.token(start)?.is(Class::DETERMINER.or(Class::POSSESSIVE));
        let noun = article && self.token(start + 1)?.is_word();
        // “said talks had begun”: a plain noun right before an auxiliary.
        let bare = || {
            let other = Class::PREPOSITION.or(Class::AUXILIARY).or(Class::ADVERB).or(Class::COORDINATOR);
            let plain = |token: &Token| token.is_word() && !token.is_capital() && !token.is(other);
            let auxiliary = self.token(start + 1).is_some_and(|next| next.is(Class::AUXILIARY));
            self.token(start).is_some_and(plain) && auxiliary
        };
        noun_phrase::forward(self.tokens(), start)
            .map(|phrase| phrase.end)
            .or_else(|| noun.then_some(start + 2))
            .or_else(|| bare().then_some(start + 1))
    }

    /// Where the clause with its verb at `verb` ends: with the sentence, or before “, adding that …”, “and said …”.
    fn content_end(&self, verb: usize) -> usize {
        let last = (verb..self.end).rev().find(|&at| !self.tokens()[at].is_final()).map_or(verb, |at| at);
        (verb + 1..last)
            .find(|&at| {
                let next = &self.tokens()[at + 1];
                let cue = next.is(Class::CUE_SPEECH.or(Class::CUE_WRITING)) && !next.is_capital();
                let comma = self.tokens()[at].kind == Kind::Comma;
                let and = self.tokens()[at].is_word() && self.tokens()[at].is(Class::COORDINATOR);
                self.tokens()[at].kind == Kind::Semicolon
                    || cue && comma && next.is(Class::FORM_GERUND)
                    || cue && and && next.is(Class::FORM_PAST) && !next.is(Class::CUE_WEAK)
                    || comma && self.view.is_according_to(at + 1)
            })
            .unwrap_or(last + 1)
    }

    /// The clause from the sentence's start to the comma before `lead`, where the sentence ends after `after`.
    fn content_before(&self, lead: usize, after: usize) -> Option<(usize, usize)> {
        let comma = lead.checked_sub(1).filter(|&at| at > self.start)?;
        let closes = self.token(after).is_none_or(|token| {
            token.is_final()
                || token.kind == Kind::Comma
                    && self.token(after + 1).is_some_and(|next| next.is(Class::FORM_GERUND))
        });
        let first = &self.tokens()[self.start];
        let clause = self.tokens()[comma].kind == Kind::Comma
            && first.is_word()
            && !first.is(Class::COORDINATOR)
            && !(first.is(Class::SUBORDINATOR) && !first.is(Class::DETERMINER));
        let content = (self.start, comma);
        let clean = (self.start..comma).all(|at| {
            let token = &self.tokens()[at];
            // Another report inside: whose content is it?
            token.quote().is_none()
                && !(token.is(Class::CUE_SPEECH) && token.is(Class::FORM_PAST) && !token.is(Class::CUE_WEAK))
        });
        let finite = (self.start + 1..comma).any(|at| self.is_finite(at));
        (closes && clause && clean && finite && comma - self.start >= SHORTEST).then_some(content)
    }
}

#[cfg(test)]
mod tests;
