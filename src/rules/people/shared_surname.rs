//! A quotation given to a family name that two people of the file bear.

use super::source::{family, named};
use crate::facts::{FileFacts, Mention, Particular, ParticularKind, Phrase};
use crate::lexicon::{Class, lexicon};
use crate::rules::{Finding, Level, RuleContext};
use crate::source::{Place, Span};

/// Reports a family name alone as a source where one sentence shortly before has named two bearers in full, or where two
/// have spoken under their full names a few paragraphs before.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    for (file, facts) in context.corpus.files() {
        let mut reported: Vec<&str> = Vec::new();
        for found in named(facts) {
            // “Mr Ruiz” is a family name alone as well.
            let titled = found.mention.filter(|(_, mention)| !mention.honorific.is_empty());
            let name = titled.map_or(found.words, |(_, mention)| mention.name.as_str());
            if name.contains(' ') || reported.contains(&name) {
                continue;
            }
            let honorific = titled.map_or("", |(_, mention)| mention.honorific.as_str());
            let meant = |both: &[(Span, &str); 2]| both.iter().all(|(_, name)| may_be(name, honorific));
            let both = bearers(facts, name, found.source, false);
            let plain = both.or_else(|| speakers(facts, name, found.source)).filter(meant);
            let relatives = || {
                let told = bearers(facts, name, found.source, true);
                told.or_else(|| came_in(facts, name, found.source)).filter(meant)
            };
            let level = plain.is_none().then_some(Level::Note);
            let Some([near, far]) = plain.or_else(relatives) else { continue };
            reported.push(name);
            findings.push(finding(Place::new(file, found.source), name, near, far, level));
        }
        let told = facts.indirect.iter().filter_map(|told| told.attribution.source.as_ref());
        for source in told.filter(|source| !source.text.contains(' ')) {
            let name = source.text.as_str();
            let both = relative(facts, source).or_else(|| came_in(facts, name, source.span));
            let Some([near, far]) = both.filter(|_| !reported.contains(&name)) else { continue };
            reported.push(name);
            findings.push(finding(Place::new(file, source.span), name, near, far, Some(Level::Note)));
        }
    }
}

/// The finding at a family name that two people bear; `level` where it is not that of the page.
fn finding(place: Place, name: &str, near: (Span, &str), far: (Span, &str), level: Option<Level>) -> Finding {
    let message = format!("two people here are called {name}: {} and {}", far.1, near.1);
    let mut finding = Finding::new("shared-surname", place, message, name)
        .label("which one?")
        .related(Place::new(place.file, far.0), "one is named here")
        .related(Place::new(place.file, near.0), "the other here");
    finding.level = level;
    finding
}

/// “His sister, Pia Ruiz, does the books. Ruiz says”: a relative who is introduced in the same paragraph, and the one of that
/// family name of whom the paragraphs before tell.
fn relative<'f>(facts: &'f FileFacts, source: &Phrase) -> Option<[(Span, &'f str); 2]> {
    let block = facts.blocks.partition_point(|block| block.span.start <= source.span.start);
    let own = facts.blocks.get(block.checked_sub(1)?)?.span.start;
    let floor = facts.blocks.get(block.saturating_sub(NEAR)).map_or(0, |block| block.span.start);
    let before = facts.mentions.partition_point(|mention| mention.span.start < source.span.start);
    let mut people = facts.mentions[..before].iter().rev().filter(|mention| {
        mention.name.contains(' ')
            && !mention.quoted
            && mention.span.start >= floor
            && family(&mention.name) == source.text
    });
    let near =
        people.next().filter(|near| near.span.start >= own && near.sentence.end <= source.span.start)?;
    let kin = |said: &&Particular| said.kind == ParticularKind::Kin && said.about == near.span;
    facts.particulars.iter().find(kin)?;
    let given = |name: &'f str| name.split(' ').next().unwrap_or(name);
    let far =
        people.find(|mention| given(&mention.name) != given(&near.name) && mention.person != near.person)?;
    Some([(near.span, near.name.as_str()), (far.span, far.name.as_str())])
}

/// “…,” Ruiz said. Her sister, Pia Ruiz, had gone to sea. “…,” says Ruiz: a relative who comes in without a word, in the same
/// paragraph or the one before, at the head or at the end of a sentence.
fn came_in<'f>(facts: &'f FileFacts, name: &str, source: Span) -> Option<[(Span, &'f str); 2]> {
    let block = facts.blocks.partition_point(|block| block.span.start <= source.start);
    let floor = |blocks: usize| facts.blocks.get(block.saturating_sub(blocks)).map_or(0, |it| it.span.start);
    let before = facts.mentions.partition_point(|mention| mention.span.start < source.start);
    let mut people = facts.mentions[..before].iter().rev().filter(|mention| {
        !mention.quoted && mention.span.start >= floor(NEAR) && family(mention.known_as()) == name
    });
    // Where the family name alone stands in between, the passage has settled on one of the two.
    let near = people.next().filter(|near| {
        near.name.contains(' ')
            && !near.possessive
            && near.span.start >= floor(2)
            && near.sentence.end <= source.start
    })?;
    let kin = |said: &&Particular| said.kind == ParticularKind::Kin && said.about == near.span;
    let kin = facts.particulars.iter().find(kin).filter(|said| !said.narrated)?;
    // Amid a sentence the relative stands in the background: “at the urging of his wife, Pia Ruiz, he has asked …”.
    let opens = near.span.start.min(kin.span.start) - near.sentence.start <= LEAD;
    let ends = near.sentence.end - near.span.end.max(kin.span.end) <= STOP;
    if !opens && !ends {
        return None;
    }
    // The family name alone, said of nobody for sure, settles it as well.
    let alone = |it: &&Phrase| it.text == name && it.span.start > near.span.end && it.span.end < source.start;
    if facts.names.iter().any(|it| alone(&it)) {
        return None;
    }
    let far = people.find(|far| far.known_as().contains(' ') && far.known_as() != near.known_as())?;
    let speaks = |mention: &Mention| {
        let quoted = facts.quotations.iter().filter_map(|quotation| quotation.attribution.as_ref());
        let told = facts.indirect.iter().map(|told| &told.attribution);
        let mut voices = quoted.chain(told).filter_map(|said| {
            let at = said.source.as_ref()?.span.start;
            Some((at, said.speaker.as_ref()?.name.as_str()))
        });
        voices.any(|(at, voice)| at < source.start && voice == mention.known_as())
    };
    (!speaks(near)).then_some([(near.span, near.known_as()), (far.span, far.known_as())])
}

/// May somebody of this full name be called by the honorific, as far as the given name tells?
fn may_be(name: &str, honorific: &str) -> bool {
    let given = lexicon().class(name.split(' ').next().unwrap_or(name));
    let (male, female) = (given.any(Class::MALE), given.any(Class::FEMALE));
    match honorific.trim_end_matches('.') {
        "Mr" | "Sir" => male || !female,
        "Mrs" | "Ms" | "Miss" | "Dame" => female || !male,
        _ => true,
    }
}

/// Bytes before the words that open a sentence: “But ”.
const LEAD: u32 = 4;

/// Bytes of the full stop and a closing bracket.
const STOP: u32 = 3;

/// Blocks before the source in which two bearers who have both spoken leave open who speaks on.
const NEAR: usize = 6;

/// The two people of that family name who have both spoken in the paragraphs before, each under the full name.
fn speakers<'f>(facts: &'f FileFacts, name: &str, source: Span) -> Option<[(Span, &'f str); 2]> {
    let block = facts.blocks.partition_point(|block| block.span.start <= source.start);
    let floor = facts.blocks.get(block.saturating_sub(NEAR)).map_or(0, |block| block.span.start);
    let quoted = facts.quotations.iter().filter_map(|quotation| quotation.attribution.as_ref());
    let told = facts.indirect.iter().map(|indirect| &indirect.attribution);
    let mut sources: Vec<&Phrase> = quoted.chain(told).filter_map(|said| said.source.as_ref()).collect();
    sources.sort_by_key(|phrase| phrase.span.start);
    // “Her uncle, Tom Ruiz, came. “No,” he said.”: he has spoken as well, and who he is has been worked out.
    let before = |span: Span| span.start < source.start;
    let quoted = facts.quotations.iter().filter(|quotation| before(quotation.span));
    let quoted = quoted.filter_map(|quotation| quotation.attribution.as_ref());
    let told = facts.indirect.iter().filter(|told| before(told.content.span)).map(|told| &told.attribution);
    let voices: Vec<&str> = quoted
        .chain(told)
        .filter(|said| said.source.as_ref().is_none_or(|phrase| phrase.span != source))
        .filter_map(|said| Some(said.speaker.as_ref()?.name.as_str()))
        .collect();
    let mut people = facts.mentions.iter().rev().filter(|mention| {
        // “Sir Ian Ruiz” is called “Sir Ian”, and never “Mr Ruiz”.
        !matches!(mention.honorific.as_str(), "Sir" | "Dame" | "Lord" | "Lady")
            && mention.span.start < source.start
            && mention.span.start >= floor
            && mention.name.contains(' ')
            && !mention.quoted
            && family(&mention.name) == name
            && (sources.iter().any(|phrase| phrase.span.contains(mention.span))
                || voices.contains(&mention.name.as_str()))
    });
    let near = people.next()?;
    let given = |name: &'f str| name.split(' ').next().unwrap_or(name);
    let far =
        people.find(|mention| given(&mention.name) != given(&near.name) && mention.person != near.person)?;
    // Where the family name alone has been used since, the passage is about one of the two.
    let settled = facts.mentions.iter().any(|mention| {
        !mention.quoted && mention.name == name && (near.span.end..source.start).contains(&mention.span.start)
    });
    // So it is where one of them has spoken on under a pronoun, in a paragraph of its own.
    let paragraph = facts.blocks.partition_point(|block| block.span.start <= near.span.start);
    let until = facts.blocks.get(paragraph.saturating_sub(1)).map_or(near.span.end, |block| block.span.end);
    let pronoun = |phrase: &&Phrase| matches!(phrase.text.as_str(), "he" | "she" | "He" | "She");
    let spoken_on = sources
        .iter()
        .filter(|phrase| pronoun(phrase))
        .any(|phrase| (until..source.start).contains(&phrase.span.start));
    (!settled && !spoken_on).then_some([(near.span, near.name.as_str()), (far.span, far.name.as_str())])
}

/// The two people of that family name who were named in full last, where one sentence named both. Where they stand
/// further apart, the later one is the one that the passage is about, and a reader takes it so.
///
/// Where one of the two stands in the description of the other (“Ana Ruiz, a sister of the sailor Tom Ruiz, left”), a
/// later sentence may mean either: these are found with `relatives`.
fn bearers<'f>(
    facts: &'f FileFacts,
    name: &str,
    source: Span,
    relatives: bool,
) -> Option<[(Span, &'f str); 2]> {
    let block = facts.blocks.partition_point(|block| block.span.start <= source.start);
    let floor = facts.blocks.get(block.saturating_sub(2)).map_or(0, |block| block.span.start);
    let before = facts.mentions.partition_point(|mention| mention.span.start < source.start);
    let mut people = facts.mentions[..before].iter().rev().filter(|mention| {
        mention.name.contains(' ')
            && !mention.quoted
            && (relatives || !mention.possessive)
            && family(&mention.name) == name
            && mention.span.start >= floor
    });
    let last = people.next()?;
    let given = |name: &'f str| name.split(' ').next().unwrap_or(name);
    let far = people.clone().find(|mention| given(&mention.name) != given(&last.name))?;
    // One of the two may have been named again since.
    let beside = people.find(|mention| mention.sentence == far.sentence && mention.person == last.person);
    let near = beside.unwrap_or(last);
    // “Ana Ruiz, mother of the sailor Tom Ruiz, said”: one stands in the other's description only.
    let described = |one: &Mention, other: &Mention| one.titles.iter().any(|it| it.span.contains(other.span));
    let told = described(near, far) || described(far, near);
    let later = source.start >= near.sentence.end;
    (near.sentence == far.sentence && near.person != far.person && told == relatives && (later || !relatives))
        .then_some([(near.span, near.name.as_str()), (far.span, far.name.as_str())])
}
