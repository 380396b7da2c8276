//! Sentences in quotation marks that nobody says.

use serde::Deserialize;

use crate::facts::{FileFacts, PeopleNearby, Quotation, QuotationKind};
use crate::rules::{Finding, RuleContext};
use crate::source::{BlockKind, FileId, Place, Span};

/// What a house may set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Limits {
    /// How many words a quotation has at least to be reported.
    pub words: usize,
}

/// Reports a quotation that fills its paragraph where neither it nor the paragraphs around it bring in anybody who
/// could have said it, or where it stands between two paragraphs of plain narration. A quotation beside the writer's words is let be: they tell the reader what it is, a slogan, a
/// sign, an example, even where no grammar does.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let least = context.parameters.unattributed_quotation.words;
    for (file, facts) in context.corpus.files().filter(|(_, facts)| facts.other_language.is_none()) {
        let sourced = names_its_speakers(facts);
        let mut reported = None;
        for quotation in &facts.quotations {
            let long = quotation.words.split_whitespace().count() >= least;
            let speech = !matches!(quotation.kind, QuotationKind::Scare | QuotationKind::Title);
            if speech && breaks_off(facts, quotation) {
                findings.push(finding(file, quotation));
                continue;
            }
            let whole = quotation.kind == QuotationKind::Sentence && quotation.level == 0 && quotation.closed;
            let foreign = facts.is_in_foreign_block(quotation);
            if !whole || !long || foreign || quotation.attribution.is_some() {
                continue;
            }
            let Some(around) = around(facts, quotation) else { continue };
            // Of several paragraphs of speech in a row the first stands for all.
            if reported == Some(around)
                || !(nobody_speaks(facts, around) || sourced && stands_alone(facts, around))
            {
                continue;
            }
            reported = Some(around);
            findings.push(finding(file, quotation));
        }
    }
}

fn finding(file: FileId, quotation: &Quotation) -> Finding {
    let message = "nothing here says who said this".to_owned();
    let place = Place::new(file, quotation.span);
    Finding::new("unattributed-quotation", place, message, quotation.words.clone()).label("who says so?")
}

/// Words of a quotation that a comma at its end leaves open; fewer may be an aside.
const OPEN_WORDS: usize = 4;

/// Is a paragraph of a quotation alone left open for its source by a comma before the closing mark, and no source follows,
/// not in the next paragraph either?
fn breaks_off(facts: &FileFacts, quotation: &Quotation) -> bool {
    let at = quotation.block as usize;
    let Some(block) = facts.blocks.get(at).filter(|block| block.kind == BlockKind::Paragraph) else {
        return false;
    };
    // A speaker of the paragraph before may have been carried over.
    let told = quotation.attribution.as_ref().is_some_and(|said| {
        let mut own = said.source.iter().chain(&said.cue);
        own.any(|phrase| block.span.contains(phrase.span))
    });
    let goes_on = facts.blocks.get(at + 1).is_some_and(|next| next.setting.tells_first);
    quotation.closed
        && quotation.level == 0
        && quotation.words.ends_with(',')
        && block.span == quotation.span
        && quotation.words.split_whitespace().count() >= OPEN_WORDS
        && !goes_on
        && !told
}

/// The paragraph before the run of speech that a quotation belongs to, and the one after it, as indices of blocks.
/// None where the run stands at an edge of the text (an epigraph, a closing motto) or beside something that is no
/// running text: a headline, a list, a table, a picture's line.
fn around(facts: &FileFacts, quotation: &Quotation) -> Option<(usize, usize)> {
    let paragraph = |at: usize| facts.blocks.get(at).filter(|block| block.kind == BlockKind::Paragraph);
    let speech = |at: usize| paragraph(at).is_some_and(|block| block.setting.speech);
    let mut first = quotation.block as usize;
    if !speech(first) {
        return None;
    }
    let mut last = first;
    while first > 0 && speech(first - 1) {
        first -= 1;
    }
    while speech(last + 1) {
        last += 1;
    }
    let (before, after) = (first.checked_sub(1)?, last + 1);
    (paragraph(before).is_some() && paragraph(after).is_some()).then_some((before, after))
}

/// Do the paragraphs from the one before to the one after bring in nobody who could have spoken?
fn nobody_speaks(facts: &FileFacts, (before, after): (usize, usize)) -> bool {
    let (lead, trail) = (facts.blocks[before].setting, facts.blocks[after].setting);
    if lead.leads_on || lead.company != PeopleNearby::Nobody || trail.company == PeopleNearby::Named {
        return false;
    }
    let range = facts.blocks[before].span.join(facts.blocks[after].span);
    let attributed = facts
        .quotations
        .iter()
        .any(|quotation| quotation.attribution.is_some() && range.contains(quotation.span));
    let named = |span: Span| {
        let quoted = |quotation: &Quotation| quotation.segments.iter().any(|part| part.contains(span));
        range.contains(span) && !facts.quotations.iter().any(quoted)
    };
    !attributed
        && !facts.mentions.iter().any(|mention| named(mention.span))
        && !facts.names.iter().any(|name| named(name.span))
}

/// Does the draft, but for a paragraph or two, say of every sentence it quotes who said it? Dialogue does not, and a
/// paragraph of speech among narration has lost nothing there.
fn names_its_speakers(facts: &FileFacts) -> bool {
    let sentences =
        || facts.quotations.iter().filter(|it| it.level == 0 && it.kind == QuotationKind::Sentence);
    let open = sentences().filter(|quotation| quotation.attribution.is_none()).count();
    open <= MOST_OPEN && sentences().count() <= MOST_SPEECH
}

/// Sentences without a speaker in a draft that names its speakers.
const MOST_OPEN: usize = 2;

/// Sentences of speech in a draft beyond which it is dialogue.
const MOST_SPEECH: usize = 40;

/// Does the run of speech stand between two paragraphs of plain narration? Then nothing hands it to anybody, whoever is
/// named around it: the paragraph before has no quotation, no reported speech, no verb of saying and no colon, and the
/// paragraph after does not go on with speech.
fn stands_alone(facts: &FileFacts, (before, after): (usize, usize)) -> bool {
    let plain = |at: usize, tells: bool| {
        let block = &facts.blocks[at];
        let speech = |span: Span| block.span.overlaps(span);
        !tells
            && !block.setting.leads_on
            && !facts.quotations.iter().any(|quotation| quotation.segments.iter().any(|part| speech(*part)))
            && !facts.indirect.iter().any(|told| speech(told.content.span))
    };
    plain(before, facts.blocks[before].setting.tells) && plain(after, facts.blocks[after].setting.tells_first)
}
