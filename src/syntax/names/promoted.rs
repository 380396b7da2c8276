//! Persons under names that no list has: who speaks, who is described, and whose family name speaks.

use std::cell::LazyCell;

use rustc_hash::FxHashSet;

use super::{Name, NameClass, PERSON, acts, may_be_person, speaks, surname};
use crate::lexicon::{Class, WordSet};
use crate::syntax::clause::view::TokenView;
use crate::syntax::token::{Kind, Token};

/// “Wilf Tarrant said”, “Wilf Tarrant, who”: who speaks, or is somebody rather than something, under two or three words
/// that no list has is a person, unless something in the words themselves, or an article before them anywhere in the
/// text, tells of a body or a place.
pub(super) fn speakers(view: TokenView<'_>, names: &mut [Name]) {
    let TokenView { text, tokens, .. } = view;
    let mut speakers: FxHashSet<&str> = names
        .iter()
        .filter(|name| name.class == NameClass::Unknown && PERSON.contains(&(name.end - name.start)))
        .filter(|name| speaks(tokens, name) || is_somebody(view, name) || apposed_role(view, name).is_some())
        .filter(|name| may_be_person(view, name))
        .map(|name| name.span.of(text))
        .collect();
    speakers.extend(named_by_a_part(view, names));
    if speakers.is_empty() {
        return;
    }
    for name in names.iter() {
        let before = name.start.checked_sub(1).map(|at| &tokens[at]);
        if before.is_some_and(|token| token.is_word() && token.is(Class::DETERMINER)) {
            speakers.remove(name.span.of(text));
        }
    }
    for name in names.iter_mut() {
        if name.class == NameClass::Unknown && speakers.contains(name.span.of(text)) {
            name.class = NameClass::Person;
            // “Her husband, Zsombor Quint,”
            if let Some(role) = apposed_role(view, name) {
                name.gender = tokens[role].gender();
            }
        }
    }
}

/// “Zsombor Quint called it a ruin. … Quint said”, “Shen Wuying … Ms. Shen”: the full names that no list has where the family
/// name alone speaks, or where an honorific goes with the first word of one.
fn named_by_a_part<'t>(view: TokenView<'t>, names: &[Name]) -> Vec<&'t str> {
    let TokenView { text, tokens, .. } = view;
    let unknown =
        |name: &&Name| name.class == NameClass::Unknown && PERSON.contains(&(name.end - name.start));
    let first = |name: &Name| tokens[name.start].span.of(text);
    // Few texts have such a name, and what stands beside the other names is not looked at.
    let parts: FxHashSet<&str> =
        names.iter().filter(unknown).flat_map(|name| [first(name), surname(text, tokens, name)]).collect();
    if parts.is_empty() {
        return Vec::new();
    }
    let titled = |name: &Name| {
        name.start
            .checked_sub(1)
            .is_some_and(|at| tokens[at].is(Class::HONORIFIC) && tokens[at].gender() != Class::NONE)
    };
    let single = names.iter().filter(|name| name.end - name.start == 1 && name.class != NameClass::Body);
    let single = single.filter(|name| parts.contains(name.span.of(text)));
    let (mut with_title, mut speaking): (FxHashSet<&str>, FxHashSet<&str>) = Default::default();
    for name in single {
        if titled(name) {
            with_title.insert(name.span.of(text));
        } else if name.class == NameClass::Unknown && speaks(tokens, name) {
            speaking.insert(name.span.of(text));
        }
    }
    if with_title.is_empty() && speaking.is_empty() {
        return Vec::new();
    }
    // Beside somebody whom the lists know, the family name alone is theirs.
    let known: LazyCell<FxHashSet<&str>, _> = LazyCell::new(|| {
        let full = names.iter().filter(|name| name.class == NameClass::Person && name.end - name.start > 1);
        full.map(|name| surname(text, tokens, name)).collect()
    });
    names
        .iter()
        .filter(unknown)
        .filter(|name| {
            let family = surname(text, tokens, name);
            (speaking.contains(family) || with_title.contains(family)) && acts(view, name)
                || with_title.contains(first(name))
        })
        .filter(|name| !known.contains(surname(text, tokens, name)))
        .filter(|name| may_be_person(view, name))
        .map(|name| name.span.of(text))
        .collect()
}

/// “Gideon Pell, who left in spring,”: only people are “who” after a comma; but in “the boxer at Tallow Square, who
/// won,” it is the boxer.
fn is_somebody(view: TokenView<'_>, name: &Name) -> bool {
    let tokens = view.tokens;
    let comma = tokens.get(name.end).is_some_and(|token| token.kind == Kind::Comma);
    let who = || view.is_in(name.end + 1, WordSet::Who);
    let before = name.start.checked_sub(1).map(|at| &tokens[at]);
    let inside = before.is_some_and(|token| token.is_word() && token.is(Class::PREPOSITION));
    comma && !inside && (who() || is_described(view, name.end + 1))
}

/// “The chief whip, Gideon Pell, counted”, “The museum’s curator of coins, Gideon Pell, left”: a role with its article, and
/// the name between commas: the role's token. Such a role means one person, so that a list of people does not look like it.
fn apposed_role(view: TokenView<'_>, name: &Name) -> Option<usize> {
    let tokens = view.tokens;
    let end = name.start.checked_sub(1).filter(|&at| tokens[at].kind == Kind::Comma)?;
    let closed = |token: &Token| matches!(token.kind, Kind::Comma | Kind::Stop | Kind::End | Kind::Dash);
    if !tokens.get(name.end).is_some_and(closed) {
        return None;
    }
    let floor = end.saturating_sub(LONGEST_ROLE);
    // Behind “of” stand at most three words, none of them a person or a name.
    let near = end.saturating_sub(LONGEST_TAIL).max(floor)..end;
    let role = near.rev().find(|&at| is_single_role(&tokens[at]))?;
    let tail = &tokens[role + 1..end];
    let plain = |token: &Token| token.is_word() && !token.is_capital() && !token.is(NEVER_IN_A_ROLE);
    if let Some((of, rest)) = tail.split_first()
        && !(view.word(role + 1) == "of" && of.is_word() && !rest.is_empty() && rest.iter().all(plain))
    {
        return None;
    }
    // Between the role and its article stand only words that tell which one: no verb, no preposition, no comma.
    let between = tokens[floor..role].iter().rev();
    let mut before =
        between.skip_while(|token| token.is_word() && !token.is(LEADS_A_ROLE.or(NEVER_IN_A_ROLE)));
    let led = before.next()?;
    (led.kind == Kind::Possessive || led.is_word() && led.is(LEADS_A_ROLE)).then_some(role)
}

/// Words from the article of a role to the comma behind it.
const LONGEST_ROLE: usize = 8;

/// Words from a role to the comma behind it: “curator of old coins”.
const LONGEST_TAIL: usize = 5;

/// What opens the words of a role: “the”, “its”.
const LEADS_A_ROLE: Class = Class::DETERMINER.or(Class::POSSESSIVE);

/// What never stands between an article and a role.
const NEVER_IN_A_ROLE: Class = Class::PREPOSITION
    .or(Class::AUXILIARY)
    .or(Class::RELATIVE)
    .or(Class::SUBORDINATOR)
    .or(Class::COORDINATOR);

/// Is it a noun for one person?
fn is_single_role(token: &Token) -> bool {
    token.is_word() && !token.is_capital() && token.is(Class::PERSON_NOUN)
}

/// “Gideon Pell, a retired boxer from Skarrow,”: does an aside begin with a noun that only people are? A body may be
/// “a leader in its field”.
fn is_described(view: TokenView<'_>, at: usize) -> bool {
    let tokens = view.tokens;
    let article = tokens.get(at).is_some_and(|token| token.is_word() && token.is(Class::DETERMINER));
    let rest = || tokens[at + 1..].iter().take(LONGEST_DESCRIPTION).take_while(|token| token.is_word());
    let role = || rest().position(|token| token.is(Class::PERSON_NOUN) && !token.is_capital());
    let plain = |role: usize| {
        let before = Class::PREPOSITION.or(Class::COORDINATOR).or(Class::RELATIVE).or(Class::AUXILIARY);
        !rest().take(role).any(|token| token.is(before))
            && tokens.get(at + 2 + role).is_none_or(|next| {
                !next.is_word() && next.kind != Kind::Possessive
                    || next.is_word() && next.is(Class::PREPOSITION.or(Class::RELATIVE))
            })
            && !view.is_in(at + 1 + role, WordSet::AlsoBodies)
    };
    article && role().is_some_and(plain)
}

/// The most words between an article and the noun it belongs to.
const LONGEST_DESCRIPTION: usize = 6;
