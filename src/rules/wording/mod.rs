//! Words: are they the same wherever they are quoted?

mod above;
pub mod altered_quotation;
pub mod cut_condition;
pub mod display_mismatch;
pub mod display_missing;
pub mod duplicate_text;
pub mod gaps;
mod joined;
pub mod plan_turned_fact;
pub mod quoted_paraphrase;
pub mod silent_omission;
pub mod spliced_quotation;
pub mod transcripts;
pub mod unmarked_words;

use std::borrow::Cow;

use crate::corpus::Corpus;
use crate::corpus::wording::{PassageId, Sides, SpeakerName, Underlined, Utterance, gravest};
use crate::rules::{Finding, Related};
use crate::source::Place;

/// How the rules on wording tell what they found.
struct Telling {
    rule: &'static str,
    /// “is quoted in two wordings”, and so on, after the speaker's name.
    what: &'static str,
}

/// Differences between two wordings that a finding shows, from the first on. Nobody reads on after so many, and each is looked up
/// in the whole of both.
const MOST_DIFFERENCES: usize = 64;

/// A passage of an utterance, with the words in it that a difference is about.
struct Shown {
    id: PassageId,
    underlined: Underlined,
    label: String,
}

/// The passages of an utterance in which the words that differ stand: those with the fullest wording there, and those
/// with another. Passages that leave the place out have no part in the finding.
fn shown(corpus: &Corpus, utterance: &Utterance, sides: &Sides) -> Option<(Vec<Shown>, Vec<Shown>)> {
    let wording = corpus.wording();
    let version = |id: PassageId| wording.passage(id).version;
    let (_, main) = sides.gravest()?;
    let (mut full, mut others) = (Vec::new(), Vec::new());
    for &id in &utterance.passages {
        let own = sides.others.iter().find(|(other, _)| version(*other) == version(id));
        let (items, label) = match own {
            Some((_, differences)) => {
                let own = gravest(differences)?;
                (Some(own.items.other.clone()), label(&own.other, &own.one))
            }
            None => (wording.counterpart(sides.fullest, id, &main.items.one), label(&main.one, &main.other)),
        };
        let underlined = items.and_then(|items| wording.underlined(corpus.facts(), id, items));
        let side = if own.is_some() { &mut others } else { &mut full };
        side.extend(underlined.map(|underlined| Shown { id, underlined, label }));
    }
    Some((full, others))
}

/// What stands under the words of a place: `words`, or the lack of the other place's.
fn label(words: &str, instead: &str) -> String {
    match words {
        "" => format!("without “{instead}” here"),
        words => format!("“{words}” here"),
    }
}

/// Makes a finding of an utterance. It stands at its first place, or at the one odd copy among several; a place with
/// the other words comes next, then the rest in path order.
fn finding(corpus: &Corpus, utterance: &Utterance, sides: &Sides, telling: &Telling) -> Option<Finding> {
    let wording = corpus.wording();
    let (other, difference) = sides.gravest()?;
    let path = |id: PassageId| corpus.file(wording.passage(id).file).path.as_str();
    let speaker = utterance
        .passages
        .iter()
        .find_map(|&id| wording.voice(id))
        .map_or(Cow::Borrowed("one utterance"), SpeakerName::told);
    let what = telling.what;
    let (here, there) = (path(sides.fullest), path(other));
    let there = if here == there { "the other place".to_owned() } else { there.to_owned() };
    let said = match (difference.one.as_str(), difference.other.as_str()) {
        ("", added) => format!("{there} has “{added}”, {here} leaves it out"),
        (gone, "") => format!("{here} has “{gone}”, {there} leaves it out"),
        (one, two) => format!("“{one}” in {here}, “{two}” in {there}"),
    };
    let (full, others) = shown(corpus, utterance, sides)?;
    let first_of = |side: &[Shown]| side.first().map(|shown| shown.id);
    let (first_full, first_other) = (first_of(&full), first_of(&others));
    let odd_first = match (full.len(), others.len()) {
        (1, 2..) => true,
        (2.., 1) => false,
        _ => first_full < first_other,
    };
    let lead = if odd_first { [first_full, first_other] } else { [first_other, first_full] };
    let mut places: Vec<Shown> = full.into_iter().chain(others).collect();
    places.sort_by_key(|shown| (lead.iter().position(|&lead| lead == Some(shown.id)).unwrap_or(2), shown.id));
    let mut places = places.into_iter();
    let first = places.next()?;
    let place =
        |id: PassageId, underlined: Underlined| Place::new(wording.passage(id).file, underlined.words);
    let related = |id: PassageId, underlined: Underlined, label: String| {
        Related::new(place(id, underlined), label).within(underlined.quotation)
    };
    let mut finding = Finding::new(
        telling.rule,
        place(first.id, first.underlined),
        format!("{speaker} {what}: {said}"),
        wording.key(sides.fullest),
    )
    .within(first.underlined.quotation)
    .label(first.label);
    for Shown { id, underlined, label } in places {
        finding = finding.and(Some(related(id, underlined, label)));
    }
    // Whatever else differs between two wordings is shown in both as well.
    let mut told = vec![&difference.items.one];
    for (other, differences) in &sides.others {
        let main = gravest(differences).map(|main| &main.items);
        for more in differences.iter().take(MOST_DIFFERENCES) {
            let mut sides_of_it = Vec::new();
            if !told.contains(&&more.items.one) {
                told.push(&more.items.one);
                sides_of_it.push((sides.fullest, &more.items.one, label(&more.one, &more.other)));
            }
            if main != Some(&more.items) {
                sides_of_it.push((*other, &more.items.other, label(&more.other, &more.one)));
            }
            for (id, items, label) in sides_of_it {
                if let Some(underlined) = wording.underlined(corpus.facts(), id, items.clone()) {
                    finding = finding.and(Some(related(id, underlined, label)));
                }
            }
        }
    }
    let shown: Vec<&str> = sides
        .others
        .iter()
        .flat_map(|(_, differences)| differences.iter().take(MOST_DIFFERENCES))
        .map(|difference| difference.shown.as_str())
        .collect();
    Some(finding.help(format!("{}; listen to the recording, or ask whoever was there", shown.join(" / "))))
}

/// Do the texts agree, so that only what stands above them in headlines and captions differs?
fn is_display(corpus: &Corpus, utterance: &Utterance) -> bool {
    let wording = corpus.wording();
    let (above, texts): (Vec<PassageId>, Vec<PassageId>) = utterance.passages.iter().partition(|&&id| {
        let passage = wording.passage(id);
        passage.display || passage.set_off(corpus.facts())
    });
    let file = |id: PassageId| wording.passage(id).file;
    let over_its_text = |&id: &PassageId| texts.iter().any(|&text| file(text) == file(id));
    if above.is_empty() || !above.iter().all(over_its_text) {
        return false;
    }
    let Some(&fullest) = texts.iter().max_by_key(|&&id| wording.form(id).len()) else { return false };
    let mut seen = vec![wording.passage(fullest).version];
    texts.iter().all(|&id| {
        let version = wording.passage(id).version;
        let known = seen.contains(&version);
        seen.push(version);
        known || wording.compare(corpus.facts(), fullest, id).is_empty()
    })
}

#[cfg(test)]
mod tests;
