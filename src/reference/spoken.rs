//! Names inside quotations. The reporter spelled them; the titles there are the speaker's.

use super::people::People;
use crate::source::ProseSpan;
use crate::syntax::mentions::{self, Passage, PersonMention, SharedSentence};
use crate::syntax::names::{self, NameClass};
use crate::syntax::{Parse, QuotationId};

/// The mentions of people in the quotation's words and its other names, in prose offsets.
pub fn names_in_quotation(
    parse: &Parse<'_>,
    quotation: QuotationId,
    people: &People<'_>,
) -> (Vec<PersonMention>, Vec<ProseSpan>) {
    let (mut mentioned, mut others) = (Vec::new(), Vec::new());
    let text = parse.text();
    for view in parse.quoted_words(quotation) {
        let tokens = view.tokens;
        let Some(last) = tokens.last() else { continue };
        let passage = Passage::new(view);
        let mut sentence = SharedSentence::default();
        for name in names::find(view) {
            if disowned(text, name.span.end, last.span.end) {
                continue;
            }
            let words = name.span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
            let person = people
                .meant_by(&words)
                .or_else(|| (name.class == NameClass::Person && words.contains(' ')).then_some(words));
            match mentions::mention(passage, &name, 0..tokens.len(), &mut sentence, person) {
                Some(mention) => mentioned.push(PersonMention { quoted: true, ..mention }),
                None => others.push(name.span),
            }
        }
    }
    (mentioned, others)
}

/// “Quenell [sic]”: the reporter says that the spelling is somebody else's.
fn disowned(text: &str, from: u32, to: u32) -> bool {
    let rest = ProseSpan::new(from, to.max(from)).of(text);
    let rest = rest.strip_prefix("’s").or_else(|| rest.strip_prefix("'s")).unwrap_or(rest);
    let rest = rest.trim_start();
    rest.starts_with("[sic") || rest.starts_with("(sic")
}
