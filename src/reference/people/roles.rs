//! Whom “the senator” stands for: the one person to whom the document gives that role.

use super::People;
use crate::lexicon::{Class, TitleWord, WordSet, fold, offices};
use crate::source::ProseSpan;
use crate::syntax::names::Name;
use crate::syntax::token::{Kind, Token};

/// The longest title looked at, in words.
const LONGEST: usize = 8;

/// How far back, in bytes, the bearer of a role was last named: some three paragraphs.
const FARTHEST: u32 = 1200;

/// What a description asks of a title.
struct Asked {
    /// The role, in small letters.
    head: String,
    /// What stands before it: “minority” in “the minority leader”.
    modifiers: Vec<String>,
}

impl People<'_> {
    /// The one person whom a description fits: by the name after it, or by the role that names before it have.
    pub(super) fn role_bearer(&self, source: ProseSpan) -> Option<usize> {
        // “the board's spokesman, Tobi Okafor”: the name follows.
        let next = self.names.partition_point(|name| name.span.start < source.end);
        if let Some(name) = self.names.get(next)
            && matches!(self.text.get(source.end as usize..name.span.start as usize), Some(", " | " "))
            && let Some(person) = self.person_of[next]
        {
            return Some(person);
        }
        let asked = self.asked(source)?;
        let before = self.names.partition_point(|name| name.span.start < source.start);
        let mut bearers = (0..before).filter_map(|index| {
            let person = self.person_of[index]?;
            self.bears(&self.names[index], &asked, source).then_some(person)
        });
        let first = bearers.next()?;
        if bearers.any(|other| other != first) {
            return None;
        }
        // Somebody last named far above is not the one that a passage calls “the governor”.
        let last = (0..before).rev().find(|&index| self.person_of[index] == Some(first))?;
        (source.start - self.names[last].span.end <= FARTHEST).then_some(first)
    }

    /// “the former harbour master”: the role and what tells it from others. One person only, without “of …”.
    fn asked(&self, source: ProseSpan) -> Option<Asked> {
        let from = self.tokens.partition_point(|token| token.span.start < source.start);
        let words: Vec<&Token> = self.tokens[from..]
            .iter()
            .take_while(|token| token.span.end <= source.end)
            .take_while(|token| !(token.is_word() && token.is(Class::PREPOSITION)))
            .collect();
        let (the, rest) = words.split_first()?;
        let (head, modifiers) = rest.split_last()?;
        let plain = rest.iter().all(|token| token.is_word());
        let definite = the.span.of(self.text).eq_ignore_ascii_case("the");
        (definite && plain).then(|| Asked {
            head: head.span.of(self.text).to_lowercase(),
            // Who has retired as a general is “the retired general”, and was introduced as General.
            modifiers: modifiers
                .iter()
                .filter(|token| !self.view.language.has(WordSet::Retired, token.span.of(self.text)))
                .map(|token| fold(token.span.of(self.text)))
                .collect(),
        })
    }

    /// Does the title before a name, or the one after it, have the role and everything that stands before it?
    fn bears(&self, name: &Name, asked: &Asked, source: ProseSpan) -> bool {
        let is_head = |token: &Token| {
            let word = token.span.of(self.text).to_lowercase();
            word == asked.head || abbreviates(&word, &asked.head)
        };
        let run = self.tokens[..name.start].iter().rev().take(LONGEST).take_while(|token| may_belong(token));
        let run: Vec<&Token> = run.collect();
        // “Senator Marco Vell of Oster”
        let home = self.tokens.get(name.end + 1).filter(|_| self.tokens[name.end].span.of(self.text) == "of");
        let aside: Vec<&Token> = self
            .tokens
            .get(name.end)
            .filter(|token| token.kind == Kind::Comma)
            .map(|_| {
                let rest = self.tokens[name.end + 1..].iter().take(LONGEST);
                rest.take_while(|token| {
                    token.span.end <= source.start
                        && token.is_word()
                        && !token.is(Class::RELATIVE.or(Class::AUXILIARY))
                })
                .collect()
            })
            .unwrap_or_default();
        let first_role = aside.iter().position(|token| token.is(Class::PERSON_NOUN));
        let closed = |role: usize| {
            let past = self.tokens.get(name.end + 2 + role);
            past.is_none_or(|next| next.kind != Kind::Possessive)
        };
        // “In an interview with Ana Vell, the mayor said”: what follows is no aside of hers, but the source.
        let aside_ends = aside.last().is_some_and(|last| {
            let next = self.tokens.partition_point(|token| token.span.start < last.span.end);
            self.tokens.get(next).is_some_and(|next| next.span.end <= source.start)
        });
        let agrees = |words: &[&Token]| {
            asked.modifiers.iter().all(|modifier| {
                let mut all = words.iter().copied().chain(home);
                // Where a title tells no place, the senator may be the Oregon one.
                let anywhere = home.is_none() && offices().place(modifier).is_some();
                anywhere || all.any(|token| fold(token.span.of(self.text)) == *modifier)
            })
        };
        let titled = run.first().is_some_and(|_| run.iter().any(|token| is_head(token))) && agrees(&run);
        let former = |words: &[&Token]| {
            let past = |word: &str| offices().word(word) == Some(TitleWord::Past);
            asked.modifiers.iter().any(|word| past(word))
                || !words.iter().any(|token| past(&fold(token.span.of(self.text))))
        };
        let titled = titled && former(&run);
        let aside_tells = aside_ends && former(&aside);
        titled
            || aside_tells
                && first_role.is_some_and(|role| is_head(aside[role]) && closed(role))
                && agrees(&aside)
    }
}

/// Can a word belong to the title right before a name?
fn may_belong(token: &Token) -> bool {
    let closed = Class::DETERMINER
        .or(Class::POSSESSIVE)
        .or(Class::PREPOSITION)
        .or(Class::AUXILIARY)
        .or(Class::COORDINATOR)
        .or(Class::SUBORDINATOR)
        .or(Class::SUBJECT)
        .or(Class::RELATIVE)
        .or(Class::TO);
    let verb = Class::CUE.or(Class::VERB);
    token.is_word()
        && !token.is(closed)
        && (token.is_capital() || token.is(Class::PERSON_NOUN) || !token.is(verb))
}

/// “Sen.” before a name for “the senator” later.
fn abbreviates(short: &str, long: &str) -> bool {
    let stem = short.trim_end_matches('.');
    short.ends_with('.') && stem.len() >= 3 && long.starts_with(stem)
}
