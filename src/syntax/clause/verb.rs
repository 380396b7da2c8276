//! Verbs: which tokens are verbs where they stand, in which form, and what belongs to their group.

use crate::lexicon::{Class, WordSet};
use crate::syntax::clause::noun_phrase;
use crate::syntax::token::{Kind, Token};

/// How a verb stands in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// Finite and active: said, says, has said, was saying, did say.
    Active,
    /// was called, is known.
    Passive,
    /// to say.
    Infinitive,
    /// saying, without an auxiliary.
    Gerund,
}

/// A verb where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verb {
    /// The token of the verb itself.
    pub at: usize,
    /// The first token of its group: auxiliaries and adverbs before it.
    pub first: usize,
    /// How it stands.
    pub voice: Voice,
    /// A cue?
    pub cue: bool,
}

/// The verb at `at`, where that token is one.
///
/// There is no tagger behind this: the lists say what a word can be, and what stands before it says what it is.
pub fn verb_at(text: &str, tokens: &[Token], at: usize) -> Option<Verb> {
    let token = &tokens[at];
    if !token.is_word() {
        return None;
    }
    // A capital inside a sentence is a name; at its start only a participle is a verb: “Adding that …”.
    if token.is_capital() && !token.is(Class::FORM_GERUND) {
        return None;
    }
    if token.is_capital() && at > 0 && !(tokens[at - 1].is_final() || tokens[at - 1].quote().is_some()) {
        return None;
    }
    let cue = token.is(Class::CUE)
        && !is_idiom(text, tokens, at)
        && (!token.is(Class::CUE_ON) || goes_on(text, tokens, at))
        && (!token.is(Class::CUE_IT) || tokens.get(at + 1).is_some_and(|next| next.span.of(text) == "it"));
    let word = token.span.of(text);
    let past_like = token.is(Class::FORM_PAST.or(Class::FORM_PARTICIPLE)) || is_regular_past(word, token);
    let gerund = token.is(Class::FORM_GERUND)
        || (word.ends_with("ing") && word.len() > 5 && token.class == Class::NONE);
    let present = token.is(Class::FORM_PRESENT);
    let base = token.is(Class::FORM_BASE);
    if !(past_like || gerund || present || base) {
        return None;
    }
    let (first, before, auxiliary) = group_start(tokens, at);
    let previous = before.map(|index| &tokens[index]);
    // Words that make a noun of what follows: the claim, his proposed ban, Reyes's call.
    let adjacent = at.checked_sub(1).map(|index| &tokens[index]);
    if let Some(near) = adjacent
        && (near.is(Class::DETERMINER.or(Class::POSSESSIVE))
            && !near.is(Class::SUBJECT.or(Class::RELATIVE))
            && !is_pronoun_like(tokens, at - 1)
            || near.kind == Kind::Possessive)
    {
        return None;
    }
    // “her own christening”
    if adjacent.is_some_and(|near| near.span.of(text) == "own")
        && at.checked_sub(2).is_some_and(|owner| {
            tokens[owner].kind == Kind::Possessive || tokens[owner].is(Class::POSSESSIVE)
        })
    {
        return None;
    }
    if let Some(kind) = auxiliary {
        let have = kind.has(Class::HAVE);
        let be = kind.has(Class::BE);
        // “there were shouts”: no verb ends in s after a form of be.
        if be && present && !(base || past_like || gerund) {
            return None;
        }
        let voice = if gerund && be {
            Voice::Active
        } else if past_like && have && kind.been {
            Voice::Passive
        } else if past_like && have && !(be && token.is(Class::CUE_CALL)) {
            // “he’s said” is a perfect, “it’s called” a passive.
            if kind.to { Voice::Infinitive } else { Voice::Active }
        } else if past_like && be {
            Voice::Passive
        } else if base || present {
            if kind.to { Voice::Infinitive } else { Voice::Active }
        } else if past_like {
            Voice::Passive
        } else {
            Voice::Gerund
        };
        return Some(Verb { at, first, voice, cue });
    }
    let preposition_before =
        adjacent.is_some_and(|near| near.is_word() && near.is(Class::PREPOSITION) && !near.is(Class::ADVERB));
    if gerund {
        return Some(Verb { at, first, voice: Voice::Gerund, cue });
    }
    // “an option seen by”, “Reyes, described as”: a participle with no object of its own describes what is before it.
    let next = tokens.get(at + 1).map_or("", |next| next.span.of(text));
    let describes = past_like
        && (next == "by" && token.is(Class::CUE_CALL.or(Class::CUE_WEAK).or(Class::CUE_THOUGHT))
            || next == "as" && token.is(Class::CUE_CALL));
    if describes
        && !previous.is_some_and(|token| token.is(Class::SUBJECT))
        && !is_relative_object(tokens, first)
    {
        return Some(Verb { at, first, voice: Voice::Passive, cue });
    }
    // “an order released Friday said”: what is published has no object of its own.
    let circumstance = Class::PREPOSITION.or(Class::WEEKDAY).or(Class::MONTH).or(Class::TIME);
    if past_like
        && WordSet::Published.has(word)
        && previous.is_some_and(|noun| noun.is_word() && !noun.is_capital() && noun.is(Class::DOCUMENT_NOUN))
        && tokens.get(at + 1).is_some_and(|next| next.is_word() && next.is(circumstance))
    {
        return Some(Verb { at, first, voice: Voice::Passive, cue });
    }
    if past_like {
        if preposition_before {
            return None;
        }
        return Some(Verb { at, first, voice: Voice::Active, cue });
    }
    // “that states can pass such laws”: an auxiliary after it makes it a noun.
    let after_that = previous.is_some_and(|token| token.is(Class::RELATIVE) && token.is(Class::DETERMINER));
    if present && after_that && tokens.get(at + 1).is_some_and(|next| next.is(Class::MODAL)) {
        return None;
    }
    // Present forms are nouns as often as not: claims, notes, reports. They need a subject right before them.
    let subject_before = previous.is_some_and(|token| {
        token.is(Class::SUBJECT.or(Class::RELATIVE))
            || token.is_capital()
            || token.is(Class::PERSON_NOUN.or(Class::BODY_NOUN).or(Class::DOCUMENT_NOUN))
            || matches!(token.kind, Kind::Close | Kind::Comma | Kind::Dash)
            || token.quote().is_some()
            || token.is(Class::COORDINATOR)
    });
    // “Reyes emails as”, “Reyes comments on”: where the word is a noun as well, an object or content must follow.
    let noun_too =
        token.is(Class::DOCUMENT_NOUN.or(Class::CUE_NOUN).or(Class::PERSON_NOUN).or(Class::BODY_NOUN));
    // “of the Holm protests that”: behind a preposition the word is the noun.
    if noun_too && present && is_in_prepositional_phrase(tokens, at) {
        return None;
    }
    // “Rule 12 affirms”, but “the 1,600 emails”
    let subject_before =
        subject_before || !noun_too && previous.is_some_and(|token| token.kind == Kind::Number);
    let that_follows = tokens
        .get(at + 1)
        .is_some_and(|next| next.is_word() && next.is(Class::SUBORDINATOR) && next.is(Class::DETERMINER));
    let content_follows = that_follows
        || tokens.get(at + 1).is_some_and(|next| {
            next.quote().is_some()
                || next.kind == Kind::Colon
                || next.is_word()
                    && !next.is(Class::PREPOSITION
                        .or(Class::AUXILIARY)
                        .or(Class::COORDINATOR)
                        .or(Class::SUBORDINATOR)
                        .or(Class::CUE)
                        .or(Class::VERB))
        });
    let pronoun_before = previous.is_some_and(|token| token.is(Class::SUBJECT.or(Class::RELATIVE)));
    let ends_here = tokens.get(at + 1).is_none_or(|next| next.is_final() || matches!(next.kind, Kind::Comma));
    if noun_too
        && !content_follows
        && !pronoun_before
        && !(present && ends_here && previous.is_some_and(Token::is_capital))
        && !is_for_or_to(text, tokens, at, previous)
    {
        return None;
    }
    // “the trust insists that”: what is no noun needs no known subject where content follows.
    let fits = if present && !base {
        subject_before || word == "says" || cue && !noun_too && that_follows
    } else {
        previous.is_some_and(|token| {
            let word = token.span.of(text);
            token.is(Class::SUBJECT) && !WordSet::Singular.has(word)
                || (token.is(Class::PERSON_NOUN.or(Class::BODY_NOUN).or(Class::CAPITAL))
                    && word.ends_with('s'))
                || WordSet::Plural.has(word)
                || tokens[at].is(Class::VERB_ONLY)
                    && (may_be_plural_subject(token, word)
                        || token.is_capital() && is_one_of_several(text, tokens, at)
                        || opens_in_plural(text, tokens, at))
        })
    };
    (fits && !preposition_before).then_some(Verb { at, first, voice: Voice::Active, cue })
}

/// “no better than, say, a levy”, “said, and I quote, “…””: set phrases that attribute nothing.
fn is_idiom(text: &str, tokens: &[Token], at: usize) -> bool {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.span.of(text));
    let comma = |at: Option<&Token>| at.is_some_and(|token| token.kind == Kind::Comma);
    match word(at) {
        "say" => at > 0 && comma(tokens.get(at - 1)) && comma(tokens.get(at + 1)),
        "quote" => at > 1 && word(at - 1) == "I" && word(at - 2) == "and",
        // “the so called”, “called off”
        cue if WordSet::Calling.has(cue) => word(at + 1) == "off" || at > 0 && word(at - 1) == "so",
        cue if WordSet::Adding.has(cue) => WordSet::AddedTo.has(word(at + 1)),
        // “sees the plan as”; without it somebody looks.
        cue if WordSet::Seeing.has(cue) => !(at + 1..tokens.len())
            .take(TAKEN_REACH)
            .take_while(|&next| tokens[next].is_word() || tokens[next].kind == Kind::Possessive)
            .any(|next| word(next) == "as"),
        _ => false,
    }
}

/// “went on: “…””, “went on to say”, “goes on.”; but “goes on holiday”.
fn goes_on(text: &str, tokens: &[Token], at: usize) -> bool {
    tokens.get(at + 1).is_some_and(|next| next.span.of(text) == "on")
        && tokens.get(at + 2).is_none_or(|next| !next.is_word() || next.is(Class::TO.or(Class::SUBORDINATOR)))
}

/// “whom one member described as”: between the relative pronoun and the verb stands the verb's own subject.
fn is_relative_object(tokens: &[Token], first: usize) -> bool {
    let subject = |token: &Token| {
        matches!(token.kind, Kind::Number | Kind::Possessive)
            || token.is_word()
                && (token.is_capital()
                    || !token.is(Class::AUXILIARY.or(Class::CUE).or(Class::VERB).or(Class::PREPOSITION)))
    };
    let before = (first.saturating_sub(RELATIVE_REACH)..first).rev().take_while(|&at| subject(&tokens[at]));
    let relative = before.clone().find(|&at| {
        tokens[at].is(Class::RELATIVE) || tokens[at].is(Class::SUBORDINATOR) && tokens[at].is(Class::OBJECT)
    });
    relative.is_some_and(|at| at + 1 < first)
}

/// “people close to the board say”, “lawyers for the union accuse”, “those who know him say”: the clause opens with a
/// noun in the plural, and nothing but the verb can have it as subject.
fn opens_in_plural(text: &str, tokens: &[Token], at: usize) -> bool {
    let start = (at.saturating_sub(PLURAL_REACH)..at)
        .rev()
        .find(|&index| {
            let token = &tokens[index];
            !token.is_word() && !matches!(token.kind, Kind::Possessive | Kind::Number)
        })
        .map_or(at.saturating_sub(PLURAL_REACH), |index| index + 1);
    if at > start
        && tokens[at - 1].is(Class::TO.or(Class::AUXILIARY).or(Class::OBJECT).or(Class::PREPOSITION))
    {
        // “know him say” needs a relative clause before it.
        let relative = (start + 1..at).any(|index| tokens[index].is(Class::RELATIVE));
        if !relative || !tokens[at - 1].is(Class::OBJECT) {
            return false;
        }
    }
    // “at least half of the voters say”
    let hedge = (start..at)
        .take(HEDGE)
        .find(|&index| tokens[index].is(Class::NUMBER_WORD) || tokens[index].kind == Kind::Number)
        .filter(|_| tokens[start].is(Class::PREPOSITION.or(Class::ADVERB)));
    let Some(phrase) = noun_phrase::forward(tokens, hedge.unwrap_or(start)).filter(|phrase| phrase.end <= at)
    else {
        return false;
    };
    let of = (phrase.start..phrase.end).find(|&index| tokens[index].span.of(text) == "of");
    if hedge.is_some()
        && of.is_some_and(|of| tokens[of..phrase.end].iter().any(|token| token.span.of(text).ends_with('s')))
    {
        return true;
    }
    let cut = (phrase.start + 1..phrase.end)
        .find(|&index| tokens[index].is_word() && tokens[index].is(Class::PREPOSITION))
        .unwrap_or(phrase.end);
    let postposed = |index: &usize| !tokens[*index].is(Class::POSTPOSED);
    let Some(head) = (phrase.start..cut).rev().find(postposed).map(|index| &tokens[index]) else {
        return false;
    };
    let word = head.span.of(text);
    let people = Class::PERSON_NOUN.or(Class::BODY_NOUN);
    head.is_word()
        && (head.is(people) && word.ends_with('s') && !word.ends_with("ss")
            || WordSet::Plural.has_in_any_case(word))
}

/// How far after “sees” its “as” is looked for, in tokens.
const TAKEN_REACH: usize = 12;

/// How many words may hedge a number: “at least half”.
const HEDGE: usize = 3;

/// How far before a verb its clause may open, in tokens.
const PLURAL_REACH: usize = 14;

/// “farmers like Ned Oakley say”, “Reyes and Okafor say”: the name before the verb is one of several.
fn is_one_of_several(text: &str, tokens: &[Token], at: usize) -> bool {
    tokens[at.saturating_sub(RELATIVE_REACH)..at]
        .iter()
        .rev()
        .skip_while(|token| token.is_capital())
        .take(1)
        .any(|token| {
            token.is_word() && (token.is(Class::COORDINATOR) || matches!(token.span.of(text), "like" | "as"))
        })
}

/// How many words a relative clause's own subject may have.
const RELATIVE_REACH: usize = 6;

/// What can stand before the base form of a verb that is no noun: “lobbyists describe”, “the two write”, “the boards,
/// however, argue”, “and say”.
fn may_be_plural_subject(token: &Token, word: &str) -> bool {
    match token.kind {
        Kind::Comma | Kind::Close | Kind::Number => true,
        Kind::Word => {
            token.is(Class::COORDINATOR.or(Class::NUMBER_WORD).or(Class::STANDALONE).or(Class::WEEKDAY))
                || word.ends_with('s')
                    && word.len() > 3
                    && !token.is(Class::AUXILIARY.or(Class::CUE).or(Class::VERB).or(Class::PREPOSITION))
        }
        _ => false,
    }
}

/// Does the word end a phrase of a preposition, an article and a name: “of the Holm protests”?
fn is_in_prepositional_phrase(tokens: &[Token], at: usize) -> bool {
    let article = tokens[..at].iter().rposition(|token| !token.is_capital());
    article.is_some_and(|article| {
        article > 0
            && article + 1 < at
            && tokens[article].is(Class::DETERMINER)
            && tokens[article - 1].is_word()
            && tokens[article - 1].is(Class::PREPOSITION)
    })
}

/// “Reyes calls for”, “Reyes pledges to”: a noun would have no name right before it.
fn is_for_or_to(text: &str, tokens: &[Token], at: usize, previous: Option<&Token>) -> bool {
    let next = tokens.get(at + 1).map_or("", |next| next.span.of(text));
    let word = tokens[at].span.of(text);
    let pledges = word.starts_with("p") && next == "to";
    // “rails against it and pledges to stop it”; but “vows and pledges to stop it”
    let joined = at >= 2
        && previous.is_some_and(|token| token.is_word() && token.is(Class::COORDINATOR))
        && !tokens[at - 2].is(Class::CUE_NOUN)
        && tokens.get(at + 2).is_some_and(|verb| verb.is(Class::FORM_BASE.or(Class::VERB)));
    let subject = previous.is_some_and(|token| {
        token.is_capital()
            || token.is(Class::PERSON_NOUN)
            || matches!(token.kind, Kind::Comma | Kind::Dash | Kind::Close)
    });
    subject && (word.starts_with("call") && matches!(next, "for" | "on") || pledges) || pledges && joined
}

/// “all”, “both”, “some”, “this” standing alone before a verb are its subject.
fn is_pronoun_like(tokens: &[Token], at: usize) -> bool {
    tokens[at].is(Class::SUBJECT)
        || tokens[at].is(Class::STANDALONE)
            && tokens.get(at + 1).is_some_and(|next| {
                // “another notes that”: no noun in the plural follows “another”.
                next.is(Class::FORM_PAST.or(Class::FORM_PRESENT))
                    && next.is(Class::CUE_SPEECH.or(Class::CUE_WRITING))
            })
}

fn is_regular_past(word: &str, token: &Token) -> bool {
    word.ends_with("ed")
        && !word.ends_with("eed")
        && word.len() > 3
        && !token.is_capital()
        && !token.is(Class::PERSON_NOUN.or(Class::ADVERB).or(Class::NUMBER_WORD))
        && !word.contains('-')
}

/// The auxiliaries of a verb group.
#[derive(Clone, Copy)]
struct Auxiliaries<'t> {
    tokens: &'t [Token],
    been: bool,
    to: bool,
}

impl Auxiliaries<'_> {
    fn has(&self, class: Class) -> bool {
        self.tokens.iter().any(|token| token.is(class))
    }
}

/// The first token of a verb's group, the token before that, and its auxiliaries.
fn group_start(tokens: &[Token], at: usize) -> (usize, Option<usize>, Option<Auxiliaries<'_>>) {
    let mut first = at;
    let mut auxiliary = false;
    let mut to = false;
    while let Some(previous) = first.checked_sub(1) {
        let token = &tokens[previous];
        // “in May said”, “for Will said”: a month or a name, no auxiliary. A text may begin with “Will the board say”, but
        // not with “Will said”: a modal stands before an infinitive.
        let past = || first == at && tokens[at].is(Class::FORM_PAST) && !tokens[at].is(Class::FORM_BASE);
        let named = if previous > 0 {
            token.is(Class::MONTH.or(Class::GIVEN_NAME)) || !token.is(Class::AUXILIARY)
        } else {
            token.is(Class::MODAL) && token.is(Class::GIVEN_NAME) && past()
        };
        if !token.is_word() || token.is_capital() && named {
            break;
        }
        if token.is(Class::AUXILIARY) {
            auxiliary = true;
        } else if token.is(Class::TO)
            && is_infinitive(tokens, previous)
            && (!auxiliary || tokens[previous + 1].is(Class::HAVE))
        {
            // “to say”, “to have said”
            to = true;
        } else if token.is(Class::SUBORDINATOR.or(Class::PREPOSITION))
            && previous > 0
            && tokens[previous - 1].is(Class::HAVE)
            && first == at
        {
            // “has since apologised”
        } else if !token.is(Class::ADVERB.or(Class::NEGATION)) || token.is(Class::CUE.or(Class::SUBJECT)) {
            break;
        }
        first = previous;
        if to {
            break;
        }
    }
    // A leading adverb that is no part of the group is harmless: what matters is what stands before it.
    let found = (auxiliary || to).then(|| Auxiliaries {
        tokens: &tokens[first..at],
        been: tokens[first..at].iter().filter(|token| token.is(Class::AUXILIARY)).count() > 1,
        to,
    });
    (first, first.checked_sub(1), found)
}

/// “to” makes an infinitive where a base form follows, adverbs aside.
fn is_infinitive(tokens: &[Token], at: usize) -> bool {
    let mut next = at + 1;
    while tokens.get(next).is_some_and(|token| token.is(Class::ADVERB)) {
        next += 1;
    }
    tokens.get(next).is_some_and(|token| token.is(Class::FORM_BASE) || token.is(Class::AUXILIARY))
}
