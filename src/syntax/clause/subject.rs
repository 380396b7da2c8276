//! Subjects: the noun phrase that a verb's clause is about.

use super::noun_phrase::{self, NounPhrase, Sort};
use super::verb::{Verb, Voice, verb_at};
use crate::lexicon::Class;
use crate::syntax::token::{Kind, Token};

/// How many verbs a shared subject is followed back through; a sentence has fewer.
const DEEPEST: usize = 6;

/// The subject of the verb, looked for between `floor` and the verb.
pub fn of(text: &str, tokens: &[Token], floor: usize, verb: &Verb) -> Option<NounPhrase> {
    search(text, tokens, floor, verb, DEEPEST)
}

fn search(text: &str, tokens: &[Token], floor: usize, verb: &Verb, depth: usize) -> Option<NounPhrase> {
    let depth = depth.checked_sub(1)?;
    if matches!(verb.voice, Voice::Gerund | Voice::Infinitive | Voice::Reduced) {
        return of_main_clause(text, tokens, floor, verb.first, depth);
    }
    let before = verb.first.checked_sub(1).filter(|&before| before >= floor)?;
    let token = &tokens[before];
    match token.kind {
        Kind::Comma | Kind::Close | Kind::Dash => {
            if token.kind == Kind::Comma
                && let Some(phrase) = before_appositive(text, tokens, floor, before)
            {
                return Some(phrase);
            }
            if token.kind == Kind::Close {
                let open = (floor..before).rev().find(|&index| tokens[index].kind == Kind::Open)?;
                return noun_phrase::backward(tokens, floor, open);
            }
            if token.kind == Kind::Dash {
                let open = (floor..before).rev().find(|&index| tokens[index].kind == Kind::Dash)?;
                return noun_phrase::backward(tokens, floor, open);
            }
            let previous = previous_finite(text, tokens, floor, before)?;
            search(text, tokens, floor, &previous, depth)
        }
        Kind::Word if token.is(Class::COORDINATOR) && !token.is_capital() => {
            let previous = previous_verb(text, tokens, floor, before)?;
            search(text, tokens, floor, &previous, depth)
        }
        Kind::Word if token.is(Class::RELATIVE) && !token.is(Class::DETERMINER) => {
            antecedent(tokens, floor, before).or(Some(NounPhrase {
                start: before,
                end: before + 1,
                sort: Sort::Pronoun,
            }))
        }
        Kind::Word if token.is(Class::RELATIVE) => antecedent(tokens, floor, before),
        _ => {
            let phrase = noun_phrase::backward(tokens, floor, before + 1)?;
            (phrase.sort != Sort::Other || phrase.end - phrase.start > 0).then_some(phrase)
        }
    }
}

/// “Reyes, who said”: the noun phrase a relative pronoun stands for.
fn antecedent(tokens: &[Token], floor: usize, relative: usize) -> Option<NounPhrase> {
    let end =
        if relative > floor && tokens[relative - 1].kind == Kind::Comma { relative - 1 } else { relative };
    noun_phrase::backward(tokens, floor, end).filter(|phrase| phrase.sort != Sort::Other)
}

/// “Reyes, the harbour master, said”: the noun phrase before the apposition that the comma at `comma` closes.
fn before_appositive(text: &str, tokens: &[Token], floor: usize, comma: usize) -> Option<NounPhrase> {
    let mut close = comma;
    for _ in 0..DEEPEST {
        let open = (floor..close).rev().find(|&index| tokens[index].kind == Kind::Comma)?;
        if !is_parenthesis(text, tokens, open + 1, close) {
            return None;
        }
        let phrase = noun_phrase::backward(tokens, floor, open)?;
        let names_somebody =
            matches!(phrase.sort, Sort::Name | Sort::Person | Sort::Pronoun | Sort::Body | Sort::Document);
        // “Reyes, director of ports at the ministry in Bahía, Peru, said”: the piece before is a parenthesis too.
        let before_is_aside =
            (floor..open).rev().find(|&index| tokens[index].kind == Kind::Comma).is_some_and(|earlier| {
                phrase.start > earlier + 1
                    || is_lower_description(&tokens[phrase.start..phrase.end])
                    || is_age(&tokens[earlier + 1..open])
            });
        if names_somebody && !before_is_aside {
            return Some(phrase);
        }
        if names_somebody
            && (floor..open)
                .rev()
                .find(|&index| tokens[index].kind == Kind::Comma)
                .is_none_or(|earlier| !is_parenthesis(text, tokens, earlier + 1, open))
        {
            return Some(phrase);
        }
        close = open;
    }
    None
}

fn is_age(tokens: &[Token]) -> bool {
    matches!(tokens, [one] if one.kind == Kind::Number)
}

fn is_lower_description(tokens: &[Token]) -> bool {
    tokens.iter().all(|token| !token.is_capital())
}

/// Can the tokens between two commas be an apposition or a relative clause, not a clause of their own?
fn is_parenthesis(text: &str, tokens: &[Token], start: usize, end: usize) -> bool {
    let Some(first) = tokens.get(start).filter(|_| start < end) else { return false };
    if first.is(Class::RELATIVE) || first.kind == Kind::Number || first.is(Class::SUFFIX) {
        return true;
    }
    if first.is(Class::SUBJECT.or(Class::COORDINATOR)) && !first.is_capital() {
        return false;
    }
    let opens_participle = verb_at(text, tokens, start).is_some() || first.is(Class::FORM_GERUND);
    if opens_participle || first.is(Class::PREPOSITION.or(Class::SUBORDINATOR)) {
        return true;
    }
    // A description has no finite verb of its own outside a relative clause.
    let mut relative = false;
    for index in start..end {
        relative |= tokens[index].is(Class::RELATIVE);
        if !relative
            && verb_at(text, tokens, index).is_some_and(|verb| {
                verb.voice == Voice::Active && verb.first > start && tokens[verb.first - 1].is(Class::SUBJECT)
            })
        {
            return false;
        }
    }
    true
}

/// The verb before `before` that a coordinated verb shares its subject with.
fn previous_verb(text: &str, tokens: &[Token], floor: usize, before: usize) -> Option<Verb> {
    (floor..before)
        .rev()
        .filter_map(|index| verb_at(text, tokens, index))
        .find(|verb| verb.voice != Voice::Reduced)
}

/// The finite verb before `before`, outside relative clauses.
fn previous_finite(text: &str, tokens: &[Token], floor: usize, before: usize) -> Option<Verb> {
    (floor..before).rev().filter_map(|index| verb_at(text, tokens, index)).find(|verb| {
        matches!(verb.voice, Voice::Active | Voice::Passive)
            && verb
                .first
                .checked_sub(1)
                .is_none_or(|index| index < floor || !tokens[index].is(Class::RELATIVE))
    })
}

/// The subject of the sentence's main clause: of its first finite verb outside a leading subordinate clause.
fn of_main_clause(
    text: &str,
    tokens: &[Token],
    floor: usize,
    before: usize,
    depth: usize,
) -> Option<NounPhrase> {
    let mut start = floor;
    // “When Reyes left, Okafor …”: the main clause begins after the comma.
    if tokens.get(floor).is_some_and(|token| {
        token.is(Class::SUBORDINATOR) && !token.is(Class::DETERMINER)
            || (token.is(Class::PREPOSITION) && !token.is(Class::GIVEN_NAME))
    }) && let Some(comma) = (floor..before).find(|&index| tokens[index].kind == Kind::Comma)
    {
        start = comma + 1;
    }
    let finite = |from: usize| {
        (from..before).filter_map(|index| verb_at(text, tokens, index)).find(|verb| {
            matches!(verb.voice, Voice::Active | Voice::Passive)
                && verb.first.checked_sub(1).is_none_or(|index| {
                    index < floor
                        || !tokens[index].is(Class::RELATIVE.without(Class::SUBJECT))
                        || tokens[index].is(Class::SUBJECT) && !tokens[index].is(Class::RELATIVE)
                })
        })
    };
    let auxiliary_clause = finite(start).or_else(|| finite(floor));
    if let Some(verb) = auxiliary_clause {
        return search(text, tokens, start.min(verb.first), &verb, depth);
    }
    // No listed verb: “Reyes is the mayor, calling …”: the subject stands before the first auxiliary.
    let auxiliary = (start..before).find(|&index| tokens[index].is(Class::AUXILIARY) && index > start)?;
    noun_phrase::backward(tokens, start, auxiliary)
}
