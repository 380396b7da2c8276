//! What a block's own words, quotations left out, bring to the words quoted beside it: somebody who may have spoken, a
//! colon that leads on to the next paragraph, a reason for leaving a source unnamed.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use serde::{Deserialize, Serialize};

use crate::lexicon::Class;
use crate::source::ProseSpan;
use crate::syntax::token::{Kind, Token};

/// Who comes into a block's own words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PeopleNearby {
    /// Nobody who could have spoken.
    #[default]
    Nobody,
    /// A noun for somebody or something that may speak: “the visitors”, “the report”.
    Described,
    /// A name, or a pronoun for a person.
    Named,
}

/// What kind of text a block is part of, as its own words and those around it show it. Rules that are meant for news keep quiet outside
/// [`Form::Prose`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// Running text, or nothing that tells.
    #[default]
    Prose,
    /// A turn of an interview, a podcast or a play: “Q: …”, “**Bo Lee:** …”, `[00:12] FINN: …`.
    Turn,
    /// A line of a roundup, a name and what it is quoted with: “Ana Reyes, the Mercury: “…””.
    Roundup,
    /// A line in Title Case.
    TitleCase,
    /// A paragraph of fiction.
    Dialogue,
}

impl Form {
    const fn is_prose(&self) -> bool {
        matches!(self, Self::Prose)
    }
}

/// What a block's own words bring to the quotations in it and beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    /// Who comes into them.
    #[serde(default)]
    pub company: PeopleNearby,
    /// There are none: the block is speech from end to end.
    #[serde(default)]
    pub speech: bool,
    /// They end in a colon.
    #[serde(default)]
    pub leads_on: bool,
    /// They have a verb of saying: they report what somebody said, or bring in who did.
    #[serde(default)]
    pub tells: bool,
    /// The first sentence of them has one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub tells_first: bool,
    /// They say that somebody goes unnamed, and perhaps why.
    #[serde(default)]
    pub anonymity: bool,
    /// They say that one source asked not to be named; `anonymity` is true where they say why.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub asked: bool,
    /// The kind of text that the block is part of.
    #[serde(default, skip_serializing_if = "Form::is_prose")]
    pub form: Form,
}

impl Setting {
    /// Reads it from a block whose quotations are folded into one token each.
    pub(super) fn read(text: &str, block: ProseSpan, tokens: &[Token]) -> Self {
        let (anonymity, asked) = speaks_of_anonymity(text, block);
        let own = |token: &Token| token.is_word() || token.kind == Kind::Number;
        Self {
            company: company(text, tokens),
            speech: tokens.iter().any(|token| token.quote().is_some()) && !tokens.iter().any(own),
            leads_on: leads_on(tokens),
            tells: tells(text, tokens),
            tells_first: {
                let end = tokens.iter().position(Token::is_final).unwrap_or(tokens.len());
                tells(text, &tokens[..end])
            },
            anonymity,
            asked,
            form: form(tokens),
        }
    }

    /// The same in a story or a novel, where running text is fiction.
    pub(super) const fn in_fiction(self) -> Self {
        match self.form {
            Form::Prose => Self { form: Form::Dialogue, ..self },
            _ => self,
        }
    }
}

/// Words of the longest name before a turn or in a roundup, with what says who that is.
const LONGEST_LABEL: usize = 8;
/// Words of the shortest line that can be in Title Case, those of three letters or fewer left out.
const SHORTEST_TITLE: usize = 4;

fn form(tokens: &[Token]) -> Form {
    let own = || tokens.iter().filter(|token| token.is_word());
    if let Some(colon) = label(tokens) {
        let after = &tokens[colon + 1..];
        let quotes = after.first().is_some_and(|token| token.quote().is_some());
        let rest = after.iter().skip(1).any(|token| token.is_word());
        return if quotes && !rest { Form::Roundup } else { Form::Turn };
    }
    let longer = || own().filter(|token| token.span.len() > 3);
    if longer().nth(SHORTEST_TITLE - 1).is_some() && longer().all(Token::is_capital) {
        return Form::TitleCase;
    }
    Form::Prose
}

/// The colon after a name at the head of a block: capitals, with a clock before them or an aside after them.
fn label(tokens: &[Token]) -> Option<usize> {
    let mut words = 0;
    let mut aside = false;
    for (at, token) in tokens.iter().enumerate().take(LONGEST_LABEL * 3) {
        match token.kind {
            _ if token.is_word() => {
                words += 1;
                let says = aside && token.is(Class::CUE) && !token.is_capital();
                if words > LONGEST_LABEL || says || !(token.is_capital() || aside) {
                    return None;
                }
            }
            Kind::Colon if words > 0 => return Some(at),
            Kind::Comma if words > 0 => aside = true,
            Kind::Number | Kind::Open | Kind::Close | Kind::Colon | Kind::Symbol | Kind::Dash => {}
            _ => return None,
        }
    }
    None
}

/// Is there a verb of saying? “Put it” and “went on” are two words; “took” and “found” are seldom one.
fn tells(text: &str, tokens: &[Token]) -> bool {
    tokens.iter().enumerate().any(|(at, token)| {
        let next = || tokens.get(at + 1).map_or("", |next| next.span.of(text));
        // “Of painted plywood”, “in coins”: behind a preposition or an article stands no verb.
        let led = Class::PREPOSITION.or(Class::DETERMINER).or(Class::POSSESSIVE);
        let noun = at.checked_sub(1).is_some_and(|before| tokens[before].is_word() && tokens[before].is(led));
        // “Ruiz also spoke about it”, “he pointed out”: a weak verb of speech counts behind a person.
        let spoken = || {
            let finite = token.is(Class::CUE_SPEECH) && token.is(Class::FORM_PAST);
            let subject = tokens[..at].iter().rev().find(|before| !before.is(Class::ADVERB));
            finite && subject.is_some_and(|it| it.is_word() && (it.is_capital() || it.is(Class::SUBJECT)))
        };
        token.is_word()
            && !noun
            && token.is(Class::CUE)
            && (!token.is(Class::CUE_WEAK) || spoken())
            && (!token.is(Class::CUE_IT) || next() == "it")
            && (!token.is(Class::CUE_ON) || next() == "on" && !leads_away(tokens, at + 2))
    })
}

/// “Went on to the pier” is a walk: a “to” with a place behind it at `at`.
fn leads_away(tokens: &[Token], at: usize) -> bool {
    let place = Class::DETERMINER.or(Class::POSSESSIVE);
    tokens.get(at).is_some_and(|to| to.is(Class::TO))
        && tokens.get(at + 1).is_some_and(|next| next.is(place) || next.is_capital())
}

fn company(text: &str, tokens: &[Token]) -> PeopleNearby {
    let mut company = PeopleNearby::Nobody;
    let mut begins = true;
    for token in tokens {
        if token.is_word() {
            let word = token.span.of(text);
            let person = token.is(Class::SUBJECT.or(Class::OBJECT).or(Class::POSSESSIVE))
                && !token.is(Class::RELATIVE)
                && !["it", "its", "itself", "this", "that", "these", "those"]
                    .iter()
                    .any(|thing| word.eq_ignore_ascii_case(thing));
            let name = token.is_capital() && !begins && !token.is(Class::MONTH.or(Class::WEEKDAY));
            if person || name {
                return PeopleNearby::Named;
            }
            if token.is(Class::PERSON_NOUN.or(Class::BODY_NOUN).or(Class::DOCUMENT_NOUN)) {
                company = PeopleNearby::Described;
            }
        }
        begins = token.is_final() || matches!(token.kind, Kind::Open | Kind::Colon);
    }
    company
}

/// Does the block's last word lead on to the next: a colon?
fn leads_on(tokens: &[Token]) -> bool {
    tokens.iter().rev().find(|token| token.kind != Kind::End).is_some_and(|token| token.kind == Kind::Colon)
}

/// Does the block say that somebody goes unnamed, and perhaps why: “on condition of anonymity”? And does it say that
/// one source asked not to be named?
fn speaks_of_anonymity(text: &str, block: ProseSpan) -> (bool, bool) {
    let block = block.of(text);
    if !ANONYMITY.words.as_ref().is_some_and(|words| words.is_match(block)) {
        return (false, false);
    }
    let words = block.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let told = ANONYMITY.phrases.iter().any(|phrase| words.contains(phrase));
    let mut asked = ANONYMITY.unexplained.iter().flat_map(|phrase| words.match_indices(phrase)).peekable();
    if told || asked.peek().is_none() {
        return (told, false);
    }
    // The reason stands behind it, in this sentence or in one further on.
    let word = |word: &str| ANONYMITY.reasons.contains(&word.trim_matches(|c: char| !c.is_alphanumeric()));
    let explained = asked.any(|(at, phrase)| {
        let rest = &words[at + phrase.len()..];
        let named = rest.strip_prefix(" named").or_else(|| rest.strip_prefix(" identified")).unwrap_or(rest);
        named.starts_with(' ') || rest.split(' ').any(word)
    });
    (explained, true)
}

/// How a text says that somebody goes unnamed.
#[derive(Default)]
struct Anonymity {
    phrases: Vec<&'static str>,
    /// Phrases that say no more than that.
    unexplained: Vec<&'static str>,
    /// Words that lead to the reason.
    reasons: Vec<&'static str>,
    /// The longest word of each phrase: a text without one of these has no phrase, and one pass over its bytes tells.
    words: Option<AhoCorasick>,
}

static ANONYMITY: LazyLock<Anonymity> = LazyLock::new(|| {
    let list = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/words/anonymity.txt"));
    let mut found = Anonymity::default();
    let mut section = "";
    for line in list.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line {
            "[anonymity]" | "[unexplained]" | "[reason]" => section = line,
            phrase if section == "[anonymity]" => found.phrases.push(phrase),
            phrase if section == "[unexplained]" => found.unexplained.push(phrase),
            word => found.reasons.push(word),
        }
    }
    let longest = |phrase: &&'static str| phrase.split(' ').max_by_key(|word| word.len());
    let phrases = found.phrases.iter().chain(&found.unexplained);
    let words = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .kind(Some(AhoCorasickKind::DFA))
        .build(phrases.filter_map(longest));
    found.words = words.ok();
    found
});

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

    use super::{Form, PeopleNearby, Setting};
    use crate::facts::{Hints, read_prose};
    use crate::source::{Document, Format, Text};

    fn settings(text: &str) -> Vec<Setting> {
        let document = Document::new("draft.txt", Format::Plain, Text::new(text.to_owned()));
        read_prose(&document.prose(), &Hints::default()).blocks.iter().map(|block| block.setting).collect()
    }

    #[test]
    fn who_comes_into_a_block() {
        for (text, company) in [
            ("The feeling is gentle, on the whole. Rain fell on Monday.", PeopleNearby::Nobody),
            ("The visitors went home in the rain, wet and late.", PeopleNearby::Described),
            ("Rain fell, and she went home with a borrowed umbrella.", PeopleNearby::Named),
            ("In the rain that followed, Okafor walked home alone.", PeopleNearby::Named),
            ("“Okafor and she went home in the rain,” and that was that.", PeopleNearby::Nobody),
        ] {
            assert_eq!(settings(text).first().unwrap().company, company, "{text}");
        }
    }

    #[test]
    fn forms() {
        for (text, form) in [
            ("Q: How did you come to the harbour?", Form::Turn),
            ("Bo Lee: You said once, “the pier is done”.", Form::Turn),
            ("[00:12] FINN: I did say that.", Form::Turn),
            ("Ana Reyes, the Mercury: “A film that is as cold as its sea.”", Form::Roundup),
            ("Reyes: “A film that is as cold as its sea.”", Form::Roundup),
            ("Ana Reyes, harbour engineer, said: “It is done.”", Form::Prose),
            ("The Best Pier in the World and Its Last Days", Form::TitleCase),
            ("The board met on Friday: nobody came.", Form::Prose),
            ("“It is done,” Orla Finn said: it was.", Form::Prose),
            ("Orla Finn rowed home.", Form::Prose),
        ] {
            assert_eq!(settings(text).first().unwrap().form, form, "{text}");
        }
    }

    #[test]
    fn speech_colons_and_anonymity() {
        let found = settings(
            "The notice on the gate was short:\n\n“The gate is shut, and it will stay shut until Monday.”\n\n\
             An official spoke on condition of anonymity because the talks go on.\n",
        );
        assert_eq!(found.iter().map(|one| one.leads_on).collect::<Vec<_>>(), [true, false, false]);
        assert_eq!(found.iter().map(|one| one.speech).collect::<Vec<_>>(), [false, true, false]);
        assert_eq!(found.iter().map(|one| one.anonymity).collect::<Vec<_>>(), [false, false, true]);
    }
}
