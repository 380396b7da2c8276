//! “He” and “she” where only one person of the paragraph can be meant.

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use crate::lexicon::Class;
use crate::source::{ProseSpan, Span};
use crate::syntax::mentions::PersonMention;
use crate::syntax::token::{Kind, Token};

/// A pronoun and the one person that it can mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pronoun<S = Span> {
    /// Where it stands.
    pub span: S,
    /// True for “she”, false for “he”.
    pub female: bool,
    /// Where the name before it stands.
    pub name: S,
}

impl Pronoun<ProseSpan> {
    /// The same, with its places in the file.
    pub(super) fn in_file(self, place: impl Fn(ProseSpan) -> Span) -> Pronoun {
        Pronoun { span: place(self.span), female: self.female, name: place(self.name) }
    }
}

/// Tokens from a name to the noun of its apposition.
const APPOSITION: usize = 5;

/// Mentions of people in a block, beyond which it is a list or a table and no pronoun is read: each word is held against all of
/// them.
const MOST_MENTIONS: usize = 64;

/// Tokens between “is” or “as” and the noun for what somebody is.
const COMPLEMENT: usize = 3;

/// The first such pronoun of a block, and the first of the other gender that opens a later sentence; `tokens` are the block's, each
/// quotation one of them, and `mentions` those of the block, in order.
///
/// Nothing is read where the name is not the subject of its sentence, where the block names two people, or where somebody else comes between the name and the pronoun: a
/// noun for a person, a noun for a body, or another word with a capital.
pub(super) fn read(
    text: &str,
    tokens: &[Token],
    mentions: &[PersonMention],
) -> SmallVec<[Pronoun<ProseSpan>; 2]> {
    let mut found = SmallVec::new();
    read_into(text, tokens, mentions, &mut found);
    found
}

fn read_into(
    text: &str,
    tokens: &[Token],
    mentions: &[PersonMention],
    found: &mut SmallVec<[Pronoun<ProseSpan>; 2]>,
) {
    let Some(first) = mentions.first() else { return };
    if first.possessive || mentions.len() > MOST_MENTIONS {
        return;
    }
    let another = mentions.iter().find(|mention| mention.known_as() != first.known_as());
    let own = |span: ProseSpan| {
        mentions.iter().any(|mention| {
            mention.span.overlaps(span) || mention.titles.iter().any(|title| title.span.overlaps(span))
        })
    };
    let from = tokens.partition_point(|token| token.span.start < first.span.start);
    // Only the subject of its sentence is taken up by the pronoun, and nobody may have been meant by one before.
    let opens = tokens[..from].iter().rev().find(|token| {
        let honorific = token.is(Class::HONORIFIC) && token.is_capital();
        token.is_word() && !own(token.span) && !honorific || token.is_final() && !honorific
    });
    let pronoun = Class::SUBJECT.or(Class::OBJECT).or(Class::POSSESSIVE);
    // “…,” said Robin Tate. “…,” she said: the name behind the cue is whom the next pronoun takes up.
    let writers = |token: &&Token| token.is_word() && !own(token.span);
    let mut led = tokens[..from].iter().filter(writers);
    let told = led.next().is_some_and(|token| token.is(Class::CUE_SPEECH)) && led.next().is_none();
    let before = tokens[..from].iter().any(|token| token.is_word() && token.is(pronoun) && !own(token.span));
    if before || !told && opens.is_some_and(|token| !token.is_final()) {
        return;
    }
    // Somebody who comes before the name may be meant as well.
    let others = Class::PERSON_NOUN.or(Class::BODY_NOUN);
    if tokens[..from].iter().any(|token| token.is_word() && token.is(others) && !own(token.span)) {
        return;
    }
    // A body is never “he”.
    let others = Class::PERSON_NOUN;
    let mut begins = false;
    for token in &tokens[from..] {
        // Behind words in marks “he” may be whoever answers them.
        if token.quote().is_some() && !found.is_empty() {
            return;
        }
        if token.is_word() && !own(token.span) {
            let word = token.span.of(text);
            let (he, she) = (word.eq_ignore_ascii_case("he"), word.eq_ignore_ascii_case("she"));
            // Somebody else has come in by now.
            if another.is_some_and(|other| other.span.start < token.span.start) {
                return;
            }
            // Inside a sentence the pronoun may take up somebody from further back: “Ruiz said that he …”.
            // A later one at the head of a clause tells all the same.
            if (he || she) && !begins {
                let at = tokens.partition_point(|other| other.span.start < token.span.start);
                let told = at
                    .checked_sub(1)
                    .map(|before| &tokens[before])
                    .is_some_and(|before| before.is(Class::CUE_SPEECH) || before.span.of(text) == "that");
                if told {
                    continue;
                }
                return;
            }
            if he || she {
                match found.first() {
                    None => found.push(Pronoun { span: token.span, female: she, name: first.span }),
                    Some(before) if before.female != she => {
                        found.push(Pronoun { span: token.span, female: she, name: first.span });
                        return;
                    }
                    Some(_) => {}
                }
            }
            let capital = token.is_capital() && !begins && !token.is(Class::MONTH.or(Class::WEEKDAY));
            // “was named as acting head”, “is the mayor”: that is what the person is.
            let before = tokens.partition_point(|other| other.span.start < token.span.start);
            let near = &tokens[before.saturating_sub(COMPLEMENT)..before];
            let named = |pair: &[Token]| pair[0].is(Class::FORM_PAST) && pair[1].span.of(text) == "as";
            // “Ruiz, the town engineer, left”: an apposition.
            let after_name = tokens.partition_point(|other| other.span.start < first.span.end);
            let apposed = tokens.get(after_name).is_some_and(|next| next.kind == Kind::Comma)
                && before <= after_name + APPOSITION
                && !tokens[after_name + 1..before].iter().any(|other| other.kind == Kind::Comma);
            let complement =
                apposed || near.iter().any(|other| other.is(Class::BE)) || near.windows(2).any(named);
            // “Mayor Ruiz of Skarrow left”: a place belongs to its name.
            let place =
                before.checked_sub(1).is_some_and(|at| tokens[at].is_word() && tokens[at].is(Class::TYING))
                    && !token.is(Class::GIVEN_NAME);
            if capital && !place || token.is(others) && !complement {
                return;
            }
        }
        begins = token.is_final() || token.kind == Kind::Semicolon || token.quote().is_some();
    }
}
