//! Who wrote a document: the name on its byline, or the one that its last line introduces.

use super::{People, one_line};
use crate::lexicon::Class;
use crate::source::ProseSpan;
use crate::syntax::names::{self, NameClass};
use crate::syntax::token::Kind;

/// The lines that tell who wrote a document.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    /// Its bylines and credits.
    pub bylines: Vec<ProseSpan>,
    /// Its last paragraph.
    pub foot: Option<ProseSpan>,
}

impl People<'_> {
    /// The one name on the byline; or “Ana Ruiz is a potter in Skarrow.”, where nothing before it names her.
    pub(super) fn writer(&self, lines: &Lines) -> Option<String> {
        let by =
            |line: &&ProseSpan| line.of(self.text).get(..3).is_some_and(|by| by.eq_ignore_ascii_case("by "));
        let mut bylines = lines.bylines.iter().filter(by);
        match (bylines.next(), bylines.next()) {
            (Some(byline), None) => self.only_name(*byline),
            (None, _) => lines.foot.and_then(|foot| self.introduced_last(foot)),
            _ => None,
        }
    }

    fn only_name(&self, line: ProseSpan) -> Option<String> {
        let mut names = self.names.iter().filter(|name| line.contains(name.span));
        let name = names.next().filter(|name| name.class > NameClass::Body && name.end - name.start > 1)?;
        names.next().is_none().then(|| one_line(name.span.of(self.text)))
    }

    fn introduced_last(&self, foot: ProseSpan) -> Option<String> {
        let index = self.names.partition_point(|name| name.span.start < foot.start);
        let name = self.names.get(index).filter(|name| name.span.start == foot.start)?;
        let next = self.tokens.get(name.end)?;
        let tells = next.is_word() && (next.is(Class::BE) || next.span.of(self.text) == "writes");
        let apposed = next.kind == Kind::Comma
            && self.tokens.get(name.end + 1).is_some_and(|token| token.is(Class::DETERMINER));
        let surname = names::surname(self.text, self.tokens, name);
        let known = self.names[..index]
            .iter()
            .any(|before| names::surname(self.text, self.tokens, before) == surname);
        let introduced = name.class == NameClass::Person && name.end - name.start > 1 && !name.titled;
        (introduced && (tells || apposed) && !known).then(|| one_line(name.span.of(self.text)))
    }
}
