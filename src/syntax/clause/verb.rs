//! Verbs: which tokens are verbs where they stand, in which form, and what belongs to their group.

use super::noun_phrase;
use super::view::{TokenView, Verb, VerbEntry, VerbTense, Voice};
use crate::lexicon::{Class, WordSet, is_regular_past};
use crate::syntax::token::{Kind, Token};

/// What the table of verbs holds for the token at `at`.
#[inline]
pub(in crate::syntax) fn entry(view: TokenView<'_>, at: usize) -> VerbEntry {
    if !may_be_verb(view, at) {
        return VerbEntry::default();
    }
    entry_of_verb(view, at)
}

/// The same for one of the tokens that are left. Apart, so that the look at the others stays small.
#[inline(never)]
fn entry_of_verb(view: TokenView<'_>, at: usize) -> VerbEntry {
    verb_at(view, at).map_or_else(VerbEntry::default, |verb| VerbEntry::new(&verb))
}

/// Rejects most tokens by their class and their last letters.
#[inline]
fn may_be_verb(view: TokenView<'_>, at: usize) -> bool {
    let token = &view.tokens[at];
    if token.is_capital() {
        return token.is(Class::FORM_GERUND);
    }
    let forms = Class::FORM_BASE
        .or(Class::FORM_PRESENT)
        .or(Class::FORM_PAST)
        .or(Class::FORM_PARTICIPLE)
        .or(Class::FORM_GERUND);
    let last = (token.span.end as usize).checked_sub(1).and_then(|at| view.text.as_bytes().get(at));
    token.is(forms) || token.is_word() && matches!(last, Some(b'd' | b'g'))
}

/// The verb at `at`, where that token is one.
///
/// There is no tagger behind this: the lists say what a word can be, and what stands before it says what it is.
pub(in crate::syntax) fn verb_at(view: TokenView<'_>, at: usize) -> Option<Verb> {
    let tokens = view.tokens;
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
    let word = view.word(at);
    let past_like = token.is(Class::FORM_PAST.or(Class::FORM_PARTICIPLE)) || may_be_regular_past(word, token);
    let gerund = token.is(Class::FORM_GERUND)
        || (word.ends_with("ing") && word.len() > 5 && token.class == Class::NONE);
    let present = token.is(Class::FORM_PRESENT);
    let base = token.is(Class::FORM_BASE);
    if !(past_like || gerund || present || base) {
        return None;
    }
    let cue = token.is(Class::CUE)
        && !is_idiom(view, at)
        && (!token.is(Class::CUE_ON) || goes_on(view, at))
        && (!token.is(Class::CUE_IT) || view.is_in(at + 1, WordSet::It));
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
    if at
        .checked_sub(2)
        .is_some_and(|owner| tokens[owner].kind == Kind::Possessive || tokens[owner].is(Class::POSSESSIVE))
        && view.is_in(at - 1, WordSet::OwnAfterOwner)
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
        return Some(group(view, first, at, voice, cue));
    }
    let preposition_before =
        adjacent.is_some_and(|near| near.is_word() && near.is(Class::PREPOSITION) && !near.is(Class::ADVERB));
    if gerund {
        return Some(group(view, first, at, Voice::Gerund, cue));
    }
    // “an option seen by”, “Reyes, described as”: a participle with no object of its own describes what is before it.
    let describes = past_like
        && (token.is(Class::CUE_CALL.or(Class::CUE_WEAK).or(Class::CUE_THOUGHT))
            && view.is_in(at + 1, WordSet::By)
            || token.is(Class::CUE_CALL) && view.is_in(at + 1, WordSet::As));
    if describes
        && !previous.is_some_and(|token| token.is(Class::SUBJECT))
        && !is_relative_object(view, first)
    {
        return Some(group(view, first, at, Voice::Passive, cue));
    }
    // “an order released Friday said”: what is published has no object of its own.
    let circumstance = Class::PREPOSITION.or(Class::WEEKDAY).or(Class::MONTH).or(Class::TIME);
    if past_like
        && previous.is_some_and(|noun| noun.is_word() && !noun.is_capital() && noun.is(Class::DOCUMENT_NOUN))
        && view.language.has(WordSet::Published, word)
        && tokens.get(at + 1).is_some_and(|next| next.is_word() && next.is(circumstance))
    {
        return Some(group(view, first, at, Voice::Passive, cue));
    }
    if past_like {
        if preposition_before {
            return None;
        }
        return Some(group(view, first, at, Voice::Active, cue));
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
        // “which Orrick views as”
        && !(token.is(Class::CUE_CALL) && view.is_in(at + 1, WordSet::As) && is_relative_object(view, at))
        && !(present && ends_here && previous.is_some_and(Token::is_capital))
        && !is_for_or_to(view, at, previous)
    {
        return None;
    }
    // “the trust insists that”: what is no noun needs no known subject where content follows.
    let fits = if present && !base {
        subject_before || view.is_in(at, WordSet::PlainPresent) || cue && !noun_too && that_follows
    } else {
        previous.is_some_and(|token| {
            let word = token.span.of(view.text);
            token.is(Class::SUBJECT) && !view.language.has(WordSet::Singular, word)
                || (token.is(Class::PERSON_NOUN.or(Class::BODY_NOUN).or(Class::CAPITAL))
                    && word.ends_with('s'))
                || view.language.has(WordSet::Plural, word)
                || tokens[at].is(Class::VERB_ONLY)
                    && (may_be_plural_subject(token, word)
                        || token.is_capital() && is_one_of_several(view, at)
                        || opens_in_plural(view, at))
        })
    };
    (fits && !preposition_before).then_some(group(view, first, at, Voice::Active, cue))
}

/// The verb at `at` with its group from `first` on, and what the group tells: its tense, and whether it is denied.
fn group(view: TokenView<'_>, first: usize, at: usize, voice: Voice, cue: bool) -> Verb {
    let helpers = first..at;
    let auxiliary = helpers.clone().find(|&at| view.tokens[at].is(Class::AUXILIARY));
    let tense = match (voice, auxiliary) {
        (Voice::Infinitive | Voice::Gerund, _) => VerbTense::None,
        (_, Some(auxiliary)) => auxiliary_tense(view, auxiliary),
        (Voice::Active, None) if !view.tokens[at].is(Class::FORM_PRESENT.or(Class::FORM_BASE)) => {
            VerbTense::Past
        }
        (Voice::Active, None) if view.tokens[at].is(Class::FORM_PAST) => VerbTense::Past,
        (Voice::Active, None) => VerbTense::Present,
        // “an option seen by”: a participle alone tells no time.
        (Voice::Passive, None) => VerbTense::None,
    };
    let negated =
        helpers.into_iter().any(|at| view.tokens[at].is(Class::NEGATION) || view.is_in(at, WordSet::Negated));
    Verb { at, first, voice, cue, tense, negated }
}

/// The tense that a group has by its first auxiliary, which may stand alone: “was called”, “is the mayor”.
pub fn auxiliary_tense(view: TokenView<'_>, at: usize) -> VerbTense {
    if view.is_in(at, WordSet::HadAuxiliary) {
        VerbTense::PastPerfect
    } else if view.is_in(at, WordSet::PastAuxiliary) {
        VerbTense::Past
    } else if view.is_in(at, WordSet::PresentAuxiliary) {
        VerbTense::Present
    } else {
        VerbTense::Modal
    }
}

/// “no better than, say, a levy”, “said, and I quote, “…””: set phrases that attribute nothing.
fn is_idiom(view: TokenView<'_>, at: usize) -> bool {
    let comma = |at: usize| view.tokens.get(at).is_some_and(|token| token.kind == Kind::Comma);
    let before =
        |distance: usize, set: WordSet| at.checked_sub(distance).is_some_and(|at| view.is_in(at, set));
    let is = |set: WordSet| view.is_in(at, set);
    is(WordSet::ForExample) && at > 0 && comma(at - 1) && comma(at + 1)
        || is(WordSet::Quote) && before(1, WordSet::FirstPerson) && before(2, WordSet::And)
        // “the so called”, “called off”
        || is(WordSet::Calling) && (view.is_in(at + 1, WordSet::Off) || before(1, WordSet::So))
        || is(WordSet::Adding) && view.is_in(at + 1, WordSet::AddedTo)
        // “sees the plan as”; without it somebody looks.
        || is(WordSet::Seeing)
            && !(at + 1..view.tokens.len())
                .take(TAKEN_REACH)
                .take_while(|&next| {
                    view.tokens[next].is_word() || view.tokens[next].kind == Kind::Possessive
                })
                .any(|next| view.is_in(next, WordSet::As))
}

/// “went on: “…””, “went on to say”, “goes on.”; but “goes on holiday”.
fn goes_on(view: TokenView<'_>, at: usize) -> bool {
    view.is_in(at + 1, WordSet::On)
        && view
            .tokens
            .get(at + 2)
            .is_none_or(|next| !next.is_word() || next.is(Class::TO.or(Class::SUBORDINATOR)))
        // “went on to the pier” is a walk.
        && view
            .tokens
            .get(at + 3)
            .is_none_or(|next| !next.is(Class::DETERMINER.or(Class::POSSESSIVE)) && !next.is_capital())
}

/// “whom one member described as”, “what Reyes described as”: between the pronoun and the verb stands the verb's own subject.
fn is_relative_object(view: TokenView<'_>, first: usize) -> bool {
    let tokens = view.tokens;
    let subject = |token: &Token| {
        matches!(token.kind, Kind::Number | Kind::Possessive)
            || token.is_word()
                && (token.is_capital()
                    || !token.is(Class::AUXILIARY.or(Class::CUE).or(Class::VERB).or(Class::PREPOSITION)))
    };
    let before = (first.saturating_sub(RELATIVE_REACH)..first).rev().take_while(|&at| subject(&tokens[at]));
    let relative = before.clone().find(|&at| {
        let token = &tokens[at];
        token.is(Class::RELATIVE)
            || token.is(Class::SUBORDINATOR) && token.is(Class::OBJECT)
            || view.is_in(at, WordSet::What)
    });
    relative.is_some_and(|at| at + 1 < first)
}

/// “people close to the board say”, “lawyers for the union accuse”, “those who know him say”: the clause opens with a
/// noun in the plural, and nothing but the verb can have it as subject.
fn opens_in_plural(view: TokenView<'_>, at: usize) -> bool {
    let tokens = view.tokens;
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
    let of = (phrase.start..phrase.end).find(|&index| view.is_in(index, WordSet::Of));
    if hedge.is_some()
        && of.is_some_and(|of| {
            tokens[of..phrase.end].iter().any(|token| token.span.of(view.text).ends_with('s'))
        })
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
    let word = head.span.of(view.text);
    let people = Class::PERSON_NOUN.or(Class::BODY_NOUN);
    head.is_word()
        && (head.is(people) && word.ends_with('s') && !word.ends_with("ss")
            || view.language.has_in_any_case(WordSet::Plural, word))
}

/// How far after “sees” its “as” is looked for, in tokens.
const TAKEN_REACH: usize = 12;

/// How many words may hedge a number: “at least half”.
const HEDGE: usize = 3;

/// How far before a verb its clause may open, in tokens.
const PLURAL_REACH: usize = 14;

/// “farmers like Ned Oakley say”, “Reyes and Okafor say”: the name before the verb is one of several.
fn is_one_of_several(view: TokenView<'_>, at: usize) -> bool {
    (at.saturating_sub(RELATIVE_REACH)..at).rev().find(|&at| !view.tokens[at].is_capital()).is_some_and(
        |at| {
            let token = &view.tokens[at];
            token.is_word() && (token.is(Class::COORDINATOR) || view.is_in(at, WordSet::Comparing))
        },
    )
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
fn is_for_or_to(view: TokenView<'_>, at: usize, previous: Option<&Token>) -> bool {
    let tokens = view.tokens;
    let to = || tokens.get(at + 1).is_some_and(|next| next.is_word() && next.is(Class::TO));
    let pledges = view.is_in(at, WordSet::Pledging) && to();
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
    let calls = || view.is_in(at, WordSet::Calling) && view.is_in(at + 1, WordSet::CalledFor);
    subject && (pledges || calls()) || pledges && joined
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

/// A word in -ed that is a verb where nothing in the lists says otherwise.
fn may_be_regular_past(word: &str, token: &Token) -> bool {
    is_regular_past(word.as_bytes())
        && !token.is_capital()
        && !token.is(Class::PERSON_NOUN.or(Class::ADVERB).or(Class::NUMBER_WORD))
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
