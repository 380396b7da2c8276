//! Noun phrases: “Sen. Ana Ruiz”, “a spokesman for the harbour board”, “she”.
//!
//! ```text
//! phrase      = pronoun | name-phrase | description
//! name-phrase = modifier* name [ "of" name ]
//! name        = capital ( particle* capital )* [ suffix ]
//! description = [ determiner ] modifier* noun [ "of" | "for" | "from" | "in" | "at" | "with" phrase ]
//! ```

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{opt, recognize, verify};
use nom::multi::{many0, many1};
use nom::sequence::{pair, preceded};

use super::input::{Parsed, Words, one, stop, word};
use crate::lexicon::Class;
use crate::syntax::token::{Kind, Token};

/// What the head of a noun phrase is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadKind {
    /// he, she, they, who, I
    Pronoun,
    /// A proper name.
    Name,
    /// A noun for a person.
    Person,
    /// A noun for a body of people.
    Body,
    /// A noun for something that carries words.
    Document,
    /// Anything else.
    Other,
}

/// A noun phrase: a range of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NounPhrase {
    /// First token.
    pub start: usize,
    /// The token after the last.
    pub end: usize,
    /// What its head is.
    pub head_kind: HeadKind,
}

impl NounPhrase {
    /// Is its head known to be a person, a body, something that carries words, or a name or pronoun for one?
    pub fn names_source(&self) -> bool {
        self.head_kind != HeadKind::Other
    }
}

/// The noun phrase that begins at `at`, reading to the right.
pub fn forward(tokens: &[Token], at: usize) -> Option<NounPhrase> {
    let input = Words(tokens.get(at..)?);
    let (rest, _) = phrase(input).ok()?;
    let end = without_verb(tokens, at, tokens.len() - rest.0.len());
    Some(NounPhrase { start: at, end, head_kind: head_kind(&tokens[at..end]) })
}

/// “Reyes notes.”: after a name, a word that is a verb as often as a noun is the verb where the clause goes on after it
/// as after a verb.
fn without_verb(tokens: &[Token], start: usize, end: usize) -> usize {
    // “Reyes closed the pier”, “the board closed”: a past form right after a name or a noun for a source.
    let heads = Class::CAPITAL.or(Class::PERSON_NOUN).or(Class::BODY_NOUN).or(Class::DOCUMENT_NOUN);
    let past = (start + 1..end).find(|&at| {
        let token = &tokens[at];
        is_regular_past(token) && tokens[at - 1].is_word() && tokens[at - 1].is(heads)
    });
    if let Some(past) = past {
        return past;
    }
    let last = &tokens[end - 1];
    let verb = end >= start + 2
        && last.is_word()
        && !last.is_capital()
        && last.is(Class::CUE)
        && last.is(Class::FORM_PRESENT)
        && tokens[end - 2].is_capital();
    let goes_on = tokens.get(end).is_none_or(|next| match next.kind {
        Kind::Word => {
            next.is(Class::DETERMINER.or(Class::SUBJECT).or(Class::WEEKDAY).or(Class::SUBORDINATOR))
        }
        Kind::Quote(_) | Kind::Colon => true,
        _ => next.is_final() || next.kind == Kind::Comma,
    });
    if verb && goes_on { end - 1 } else { end }
}

fn phrase(input: Words<'_>) -> Parsed<'_, Words<'_>> {
    alt((
        recognize(pronoun),
        recognize(named),
        recognize(pair(core, many0(complement))),
        recognize(partitive),
        // “the two”
        recognize(pair(word(Class::DETERMINER), many1(word(Class::NUMBER_WORD)))),
    ))
    .parse(input)
}

/// “Reyes of the harbour board”: a name takes only what belongs to it; “in a letter” says how Reyes wrote.
fn named(input: Words<'_>) -> Parsed<'_, Words<'_>> {
    let name = verify(core, |words: &Words<'_>| head_kind(words.0) == HeadKind::Name);
    let belongs = pair(word(Class::TYING), verify(core, |words: &Words<'_>| !is_day(words.0)));
    recognize(pair(name, many0(belongs))).parse(input)
}

/// “some”, “many in the crowd”, “one of two witnesses”.
fn partitive(input: Words<'_>) -> Parsed<'_, Words<'_>> {
    alt((
        recognize(pair(word(Class::STANDALONE), many0(complement))),
        recognize(pair(word(Class::NUMBER_WORD), many1(complement))),
    ))
    .parse(input)
}

/// he, she; also “it”, “who”, “some”, “all” alone, and with “himself”.
fn pronoun(input: Words<'_>) -> Parsed<'_, Token> {
    let (rest, found) =
        verify(word(Class::SUBJECT), |token: &Token| !token.is(Class::DETERMINER)).parse(input)?;
    let (rest, _) = opt(one(is_reflexive)).parse(rest)?;
    Ok((rest, found))
}

fn is_reflexive(token: &Token) -> bool {
    token.is_word() && token.is(Class::OBJECT) && token.span.len() >= 6
}

/// Determiners, modifiers and the noun itself, possessives included: “Reyes's former chief of staff”.
fn core(input: Words<'_>) -> Parsed<'_, Words<'_>> {
    alt((
        recognize((determiner, one(is_determined_noun), many0(part))),
        recognize(pair(opt(determiner), many1(part))),
    ))
    .parse(input)
}

fn determiner(input: Words<'_>) -> Parsed<'_, Words<'_>> {
    recognize(many1(word(Class::DETERMINER.or(Class::POSSESSIVE).or(Class::NUMBER_WORD)))).parse(input)
}

/// “the talks”: after an article a verb in form is a noun.
fn is_determined_noun(token: &Token) -> bool {
    token.is_word()
        && !token.is_capital()
        && token.is(Class::FORM_PRESENT)
        && token.is(Class::CUE.or(Class::VERB))
        && !token.is(Class::AUXILIARY)
}

/// A word that can stand inside a noun phrase.
fn part(input: Words<'_>) -> Parsed<'_, Words<'_>> {
    alt((
        recognize(pair(
            one(|token| token.kind == Kind::Possessive),
            many0(word(Class::POSSESSIVE.or(Class::NUMBER_WORD))),
        )),
        recognize(one(|token| is_nominal(token) || token.kind == Kind::Number)),
        recognize(pair(word(Class::PARTICLE), one(Token::is_capital))),
        recognize(preceded(stop(Kind::Comma), word(Class::SUFFIX))),
        recognize((stop(Kind::Symbol), one(Token::is_capital))),
    ))
    .parse(input)
}

/// “of the harbour board”, “for Reyes”: what belongs to the noun before it.
fn complement(input: Words<'_>) -> Parsed<'_, Words<'_>> {
    recognize(pair(one(is_linking), verify(core, |words: &Words<'_>| !is_day(words.0)))).parse(input)
}

/// “on Monday”, “in May”: says when, not who.
fn is_day(tokens: &[Token]) -> bool {
    tokens[0].is(Class::WEEKDAY.or(Class::MONTH)) && !tokens[0].is(Class::GIVEN_NAME)
}

/// The prepositions that tie a description together; others begin an adverbial.
fn is_linking(token: &Token) -> bool {
    token.is_word()
        && token.is(Class::PREPOSITION)
        && token.span.len() <= 4
        && !token.is_capital()
        && !token.is(Class::ADVERB)
        && !token.is(Class::TO.or(Class::SUBORDINATOR))
}

/// Can this token be part of a noun phrase? Not a function word, not a verb that cannot be a noun.
pub fn is_nominal(token: &Token) -> bool {
    if !token.is_word() {
        return false;
    }
    let closed = Class::AUXILIARY
        .or(Class::PREPOSITION)
        .or(Class::COORDINATOR)
        .or(Class::SUBORDINATOR)
        .or(Class::RELATIVE)
        .or(Class::OBJECT)
        .or(Class::NEGATION);
    if token.is_capital() {
        return !token.is(closed.or(Class::SUBJECT))
            || token.is(Class::GIVEN_NAME.or(Class::ALL_CAPITALS))
            || token.is(Class::MONTH);
    }
    let named = Class::PERSON_NOUN.or(Class::BODY_NOUN).or(Class::DOCUMENT_NOUN).or(Class::HONORIFIC);
    if token.is(named) {
        return true;
    }
    let noun_too = token.is(Class::CUE_NOUN.or(Class::WORK_NOUN).or(Class::MEDIUM));
    let finite = Class::FORM_PAST.or(Class::FORM_PRESENT).or(Class::VERB_ONLY);
    let verbal = token.is(Class::CUE.or(Class::VERB)) && token.is(finite) && !noun_too;
    !token.is(closed.or(Class::DETERMINER).or(Class::SUBJECT))
        && !verbal
        && !(token.is(Class::ADVERB) && !token.is(Class::PERSON_NOUN))
}

/// What a noun phrase's head is. The head is the last run of capitals where the phrase, cut at its first
/// preposition, ends in one; otherwise its last noun.
pub fn head_kind(tokens: &[Token]) -> HeadKind {
    let cut = tokens
        .iter()
        .enumerate()
        .skip(1)
        .find(|(_, token)| token.is_word() && token.is(Class::PREPOSITION) && !token.is_capital())
        .map_or(tokens.len(), |(index, _)| index);
    if tokens[0].is(Class::DETERMINER.or(Class::NUMBER_WORD))
        && cut <= tokens.len()
        && tokens[..cut].iter().all(|token| token.is(Class::DETERMINER.or(Class::NUMBER_WORD)))
    {
        // “one of two witnesses” is a witness; “some” alone are people.
        return match tokens.get(cut + 1..) {
            Some(rest) if !rest.is_empty() && tokens[cut].is(Class::PREPOSITION) => {
                let inner = head_kind(rest);
                if inner == HeadKind::Other || inner == HeadKind::Name { HeadKind::Person } else { inner }
            }
            _ => HeadKind::Person,
        };
    }
    let named = Class::PERSON_NOUN.or(Class::BODY_NOUN).or(Class::DOCUMENT_NOUN);
    let head = tokens[..cut]
        .iter()
        .enumerate()
        .rev()
        .filter(|(_, token)| token.is_word() && !token.is(Class::SUFFIX))
        // “a source familiar with the talks”
        .find(|&(at, token)| !(token.is(Class::POSTPOSED) && at > 0 && tokens[at - 1].is(named)))
        .map(|(_, token)| token);
    let Some(head) = head else { return HeadKind::Other };
    if tokens.len() <= 2
        && head.is(Class::SUBJECT.or(Class::OBJECT))
        && !(head.is_capital() && head.is(Class::GIVEN_NAME))
    {
        return HeadKind::Pronoun;
    }
    let first_is_article = tokens[0].is(Class::DETERMINER);
    if head.is_capital() && !(tokens.len() == 1 && head.is(Class::PERSON_NOUN)) {
        if first_is_article && head.is(Class::PERSON_NOUN) {
            return HeadKind::Person;
        }
        if !head.is(Class::MONTH.or(Class::WEEKDAY)) || head.is(Class::GIVEN_NAME) {
            return HeadKind::Name;
        }
        return HeadKind::Other;
    }
    if head.is(Class::PERSON_NOUN.or(Class::HONORIFIC)) {
        HeadKind::Person
    } else if head.is(Class::BODY_NOUN) {
        HeadKind::Body
    } else if head.is(Class::DOCUMENT_NOUN.or(Class::CUE_NOUN)) {
        HeadKind::Document
    } else if head.is(Class::SUBJECT) {
        HeadKind::Pronoun
    } else {
        HeadKind::Other
    }
}

/// The noun phrase that ends before `end`, reading to the left, within `floor..end`.
pub fn backward(tokens: &[Token], floor: usize, end: usize) -> Option<NounPhrase> {
    let last = tokens.get(end.checked_sub(1)?)?;
    if end <= floor {
        return None;
    }
    if last.is_word() && last.is(Class::SUBJECT) && !(last.is_capital() && last.is(Class::GIVEN_NAME)) {
        return Some(NounPhrase { start: end - 1, end, head_kind: HeadKind::Pronoun });
    }
    let mut start = end;
    if is_reflexive(last) {
        start -= 1;
    }
    while start > floor {
        let token = &tokens[start - 1];
        let inside = match token.kind {
            Kind::Possessive | Kind::Number => true,
            Kind::Word if token.is(Class::DETERMINER.or(Class::POSSESSIVE)) && !token.is(Class::RELATIVE) => {
                start -= 1;
                // A determiner begins the phrase, unless a preposition ties it to a noun before it.
                if !tied_to_noun(tokens, floor, start) {
                    break;
                }
                start -= 1;
                continue;
            }
            Kind::Word if is_determined_noun(token) && is_determined(tokens, floor, start - 1) => true,
            // “10 percent of registered voters”, “a third of likely voters”
            Kind::Word
                if start < end
                    && start > floor + 2
                    && !token.is_capital()
                    && (is_regular_past(token) || token.is(Class::ADVERB))
                    && is_nominal(&tokens[start])
                    && is_linking(&tokens[start - 2])
                    && is_noun_end(&tokens[start - 3]) =>
            {
                true
            }
            // “carrying signs”: a participle is no part of the phrase unless a determiner stands before it.
            Kind::Word
                if (token.is(Class::FORM_GERUND)
                    || is_regular_past(token) && !is_adjective(tokens, floor, start - 1))
                    && start < end
                    && !is_determined(tokens, floor, start - 1) =>
            {
                false
            }
            Kind::Word if start < end && tokens[start].is_capital() && leads_in(tokens, floor, start - 1) => {
                false
            }
            // “the powerful rules committee”
            Kind::Word
                if start < end
                    && !token.is_capital()
                    && token.is(Class::CUE_WEAK)
                    && token.is(Class::FORM_PRESENT)
                    && tokens[start].is(Class::BODY_NOUN)
                    && is_adjective(tokens, floor, start - 1) =>
            {
                true
            }
            // “a later interview”, “the former first lady”: an adverb in form, an adjective between article and noun.
            Kind::Word
                if start < end
                    && start > floor
                    && !token.is_capital()
                    && token.is(Class::ADVERB)
                    && !token.is(Class::NEGATION.or(Class::SUBJECT).or(Class::PREPOSITION))
                    && is_nominal(&tokens[start])
                    && is_adjective(tokens, floor, start - 1) =>
            {
                true
            }
            // “did not release”: a noun in form, a verb after a negation.
            Kind::Word
                if start > floor + 2
                    && tokens[start - 2].is_word()
                    && tokens[start - 2].is(Class::NEGATION)
                    && tokens[start - 3].is(Class::AUXILIARY)
                    && !tokens[start - 3].is(Class::BE) =>
            {
                false
            }
            // “von der Aue”
            Kind::Word
                if start < end
                    && token.is(Class::PARTICLE)
                    && !token.is(Class::NUMBER_WORD.or(Class::DETERMINER))
                    && (tokens[start].is_capital() || tokens[start].is(Class::PARTICLE)) =>
            {
                true
            }
            Kind::Word if is_nominal(token) => {
                // “at the rally Reyes”: a lower-case noun before a capital begins another phrase, unless it names a role.
                let next = tokens.get(start);
                !(next.is_some_and(|next| next.is_capital() && start < end)
                    && !token.is_capital()
                    && !may_precede_name(token))
            }
            Kind::Word if is_linking(token) && start < end => {
                start > floor + 1 && is_noun_end(&tokens[start - 2])
            }
            Kind::Comma => tokens.get(start).is_some_and(|next| next.is(Class::SUFFIX)),
            Kind::Symbol => {
                start < end
                    && tokens[start].is_capital()
                    && start > floor + 1
                    && tokens[start - 2].is_capital()
            }
            _ => false,
        };
        if !inside {
            break;
        }
        start -= 1;
    }
    while start < end && matches!(tokens[start].kind, Kind::Possessive | Kind::Symbol | Kind::Comma) {
        start += 1;
    }
    (start < end).then(|| NounPhrase { start, end, head_kind: head_kind(&tokens[start..end]) })
}

/// A person's name in full: two capitals or more, the first a given name or an initial, or none of them a word that stands
/// in names of things.
pub fn is_full_name(tokens: &[Token]) -> bool {
    let capitals =
        tokens.iter().all(|token| token.is_capital() || token.is_word() && token.is(Class::PARTICLE));
    let things =
        Class::THING.or(Class::BODY_NOUN).or(Class::DOCUMENT_NOUN).or(Class::WEEKDAY).or(Class::MONTH);
    tokens.len() >= 2
        && capitals
        && (tokens[0].is(Class::GIVEN_NAME.or(Class::HONORIFIC).or(Class::STOPPED))
            || tokens.len() <= 3 && !tokens.iter().any(|token| token.is(things)))
}

/// A word that can stand before a name without an article: a role, a party, a number of years.
fn may_precede_name(token: &Token) -> bool {
    token.is(Class::PERSON_NOUN
        .or(Class::HONORIFIC)
        .or(Class::BODY_NOUN)
        .or(Class::DOCUMENT_NOUN)
        .or(Class::CUE_NOUN))
        || token.span.len() > 3 && token.class == Class::NONE
}

/// Does an article or an owner stand before this word, with at most two adjectives between?
fn is_adjective(tokens: &[Token], floor: usize, at: usize) -> bool {
    let determiner = |index: usize| {
        tokens[index].kind == Kind::Possessive || tokens[index].is(Class::DETERMINER.or(Class::POSSESSIVE))
    };
    (floor..at)
        .rev()
        .take(3)
        .take_while(|&index| is_nominal(&tokens[index]) || determiner(index))
        .any(determiner)
}

/// Does a determiner or an owner stand right before this word?
fn is_determined(tokens: &[Token], floor: usize, at: usize) -> bool {
    at > floor && {
        let before = &tokens[at - 1];
        before.kind == Kind::Possessive
            || before.is_word() && before.is(Class::DETERMINER.or(Class::POSSESSIVE))
    }
}

/// “On Monday Calloway”, “Then Calloway”: the day and the adverb are not the name's.
fn leads_in(tokens: &[Token], floor: usize, at: usize) -> bool {
    let token = &tokens[at];
    let first = at == floor;
    let after_preposition = !first && tokens[at - 1].is_word() && tokens[at - 1].is(Class::PREPOSITION);
    token.is(Class::WEEKDAY) && (first || after_preposition)
        || first
            && token.is(Class::ADVERB)
            && !token.is(Class::GIVEN_NAME)
            && token.span.len() <= LONGEST_LEAD
}

/// The longest adverb that opens a sentence before its subject without a comma: then, later, again. Longer words in
/// -ly may be names.
const LONGEST_LEAD: u32 = 5;

fn is_noun_end(token: &Token) -> bool {
    is_nominal(token) && !is_regular_past(token)
}

/// A word in -ed that is in no list: closed, walked.
fn is_regular_past(token: &Token) -> bool {
    token.is_word() && token.class == Class::FORM_PARTICIPLE
}

fn tied_to_noun(tokens: &[Token], floor: usize, start: usize) -> bool {
    start > floor + 1 && is_linking(&tokens[start - 1]) && is_noun_end(&tokens[start - 2])
}
