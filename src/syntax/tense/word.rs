//! The words of a clause, as far as they bear on its tense.

use crate::lexicon::{Class, TenseWord};
use crate::syntax::clause::view::TokenView;

/// A word of the clause.
#[derive(Clone, Copy)]
pub(super) struct Word<'t> {
    pub(super) text: &'t str,
    pub(super) class: Class,
    tense: TenseWord,
    pub(super) capital: bool,
    /// A comma stands behind it.
    pub(super) comma: bool,
}

impl<'t> Word<'t> {
    /// The word at `at`.
    pub(super) fn of(view: TokenView<'t>, at: usize, comma: bool) -> Self {
        let text = view.word(at);
        let class = view.tokens.get(at).map_or(Class::NONE, |token| token.class);
        Self { text, class, tense: view.language.tense_word(text), capital: class.any(Class::CAPITAL), comma }
    }

    /// Does it stand in one of these sections of the list?
    pub(super) const fn is(&self, sections: TenseWord) -> bool {
        self.tense.any(sections)
    }

    pub(super) fn ends_with(&self, ending: &str) -> bool {
        let tail = self.text.len().checked_sub(ending.len()).and_then(|from| self.text.get(from..));
        tail.is_some_and(|tail| tail.eq_ignore_ascii_case(ending))
    }

    pub(super) const fn be(&self) -> bool {
        self.class.any(Class::BE)
    }

    /// A form that can stand alone for the past, or with an auxiliary for anything.
    pub(super) fn past_form(&self) -> bool {
        let ed = || self.text.len() > 3 && self.ends_with("ed") && !self.is(TenseWord::Adjective);
        // “Asked on Friday, she said no”: a participle opens the sentence.
        let opens = self.capital && self.is(TenseWord::Opening);
        opens || !self.capital && (self.is(TenseWord::Past) || self.class.any(Class::FORM_PAST) || ed())
    }

    /// A form in -ed that is as often a participle: “planned”, “scheduled”.
    pub(super) const fn ambiguous(&self) -> bool {
        self.is(TenseWord::Promise) && !self.is(TenseWord::Vow)
    }

    /// May stand between an auxiliary and its verb.
    pub(super) fn passing(&self) -> bool {
        !self.comma && (self.class.any(Class::ADVERB.or(Class::NEGATION)) || self.ends_with("ly"))
    }
}
