//! Pronouns of which the draft itself says whose they are: “who uses they and them”, “I” under a speaker's label.

use super::{People, Speaker, SpeakerKind};
use crate::lexicon::WordSet;
use crate::source::ProseSpan;
use crate::syntax::names::NameClass;
use crate::syntax::token::Kind;

/// How far back, in bytes, somebody who is called “they” was last named: some three paragraphs.
const FARTHEST: u32 = 1200;

/// The pronoun.
const THEY: &str = "they";

/// How many words before it the verb of “uses she or they” is looked for.
const REACH: usize = 4;

impl People<'_> {
    /// The one person of whom the draft says that “they” is the right word, where they were named not long ago.
    pub(super) fn called_they(&self, source: ProseSpan) -> Option<usize> {
        let end = self.tokens.partition_point(|token| token.span.start < source.start);
        let mut told: Option<usize> = None;
        let telling = self
            .telling_they
            .get_or_init(|| (1..self.tokens.len()).filter(|&at| self.tells_they(at)).collect());
        for &at in telling.iter().take_while(|at| **at < end) {
            let before = self.names.partition_point(|name| name.start < at);
            let person = self.person_of[..before].iter().rev().flatten().next().copied()?;
            if told.is_some_and(|known| known != person) {
                return None;
            }
            told = Some(person);
        }
        let told = told?;
        let before = self.names.partition_point(|name| name.span.start < source.start);
        let last = (0..before).rev().find(|&index| self.person_of[index] == Some(told))?;
        (source.start - self.names[last].span.end <= FARTHEST).then_some(told)
    }

    /// “uses they”, “uses they/them pronouns”
    fn tells_they(&self, at: usize) -> bool {
        let language = self.view.language;
        let word = self.tokens[at].span.of(self.text);
        let begins = word.get(..THEY.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(THEY));
        let they = begins && (word.len() == THEY.len() || word[THEY.len()..].starts_with('/'));
        they && self.tokens[at.saturating_sub(REACH)..at]
            .iter()
            .any(|token| token.is_word() && language.has(WordSet::Uses, token.span.of(self.text)))
    }

    /// “Ana Ruiz: I said “no””: whose label opens the paragraph.
    pub(super) fn labelled(&self, source: ProseSpan) -> Option<Speaker> {
        let before = self.text.get(..source.start as usize)?;
        let line = before.rfind('\n').map_or(0, |end| end + 1) as u32;
        let index = self.names.partition_point(|name| name.span.start < line);
        let name = self.names.get(index).filter(|name| name.span.end <= source.start)?;
        let opens =
            self.text.get(line as usize..name.span.start as usize)?.trim_matches(['*', '_', ' ']).is_empty();
        let colon = self.tokens.get(name.end).is_some_and(|token| token.kind == Kind::Colon);
        if !opens || !colon || name.class == NameClass::Body {
            return None;
        }
        let shown = match self.person_of[index] {
            Some(person) => self.shown(person),
            None => super::one_line(name.span.of(self.text)),
        };
        Some(Speaker { name: shown, kind: SpeakerKind::Person })
    }
}
