//! Words: are they the same wherever they are quoted?

pub mod altered_quotation;
pub mod display_mismatch;
pub mod duplicate_text;
pub mod quoted_paraphrase;
pub mod silent_omission;
pub mod style;
pub mod transcripts;

use std::borrow::Cow;

use crate::corpus::Corpus;
use crate::corpus::wording::{Change, Difference, PassageId, SpeakerName, Utterance};
use crate::rules::Finding;

/// An utterance's wordings, laid beside the fullest of them.
struct Sides {
    /// The first passage that has the fullest wording.
    fullest: PassageId,
    /// One passage of each other wording, in path order, with where it differs from the fullest one.
    others: Vec<(PassageId, Vec<Difference>)>,
}

impl Sides {
    /// Lays out an utterance; `None` where nothing that a reader would see differs.
    fn of(corpus: &Corpus, utterance: &Utterance) -> Option<Self> {
        let wording = corpus.wording();
        let length = |id: PassageId| wording.form(id).len();
        // `max_by_key` keeps the last of equals, hence the reversed order: the first place wins.
        let fullest = utterance.passages.iter().copied().rev().max_by_key(|&id| length(id))?;
        let mut seen = vec![wording.passage(fullest).version];
        let mut others = Vec::new();
        for &id in &utterance.passages {
            let version = wording.passage(id).version;
            if seen.contains(&version) {
                continue;
            }
            seen.push(version);
            let differences = wording.compare(corpus.facts(), fullest, id);
            if !differences.is_empty() {
                others.push((id, differences));
            }
        }
        (!others.is_empty()).then_some(Self { fullest, others })
    }

    /// Everything that differs.
    fn changes(&self) -> impl Iterator<Item = Change> {
        self.others.iter().flat_map(|(_, differences)| differences.iter().map(|difference| difference.change))
    }

    /// The gravest difference of the first wording that has one as grave.
    fn gravest(&self) -> Option<(PassageId, &Difference)> {
        let worst = self.changes().max()?;
        self.others.iter().find_map(|(id, differences)| {
            differences
                .iter()
                .find(|difference| difference.change == worst)
                .map(|difference| (*id, difference))
        })
    }
}

/// How the rules on wording tell what they found.
struct Telling {
    rule: &'static str,
    /// “is quoted in two wordings”, and so on, after the speaker's name.
    what: &'static str,
}

/// Makes a finding of an utterance: at its first place, the others related, the fullest wording's first.
fn finding(corpus: &Corpus, utterance: &Utterance, sides: &Sides, telling: &Telling) -> Option<Finding> {
    let wording = corpus.wording();
    let facts = corpus.facts();
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
    let label = |id: PassageId| {
        let version = wording.passage(id).version;
        if version == wording.passage(sides.fullest).version {
            return match difference.one.as_str() {
                "" => format!("without “{}” here", difference.other),
                words => format!("“{words}” here"),
            };
        }
        let own = sides.others.iter().find(|(other, _)| wording.passage(*other).version == version);
        match own.and_then(|(_, differences)| differences.iter().max_by_key(|difference| difference.change)) {
            None => "the same words, in part".to_owned(),
            Some(own) if own.other.is_empty() => format!("without “{}” here", own.one),
            Some(own) => format!("“{}” here", own.other),
        }
    };
    let first = *utterance.passages.first()?;
    let mut finding = Finding::new(
        telling.rule,
        wording.passage(first).place(facts),
        format!("{speaker} {what}: {said}"),
        wording.key(sides.fullest),
    )
    .label(label(first));
    let mut rest: Vec<PassageId> = utterance.passages.iter().copied().filter(|&id| id != first).collect();
    rest.sort_by_key(|&id| (id != sides.fullest, id));
    for id in rest {
        finding = finding.related(wording.passage(id).place(facts), label(id));
    }
    let shown: Vec<&str> = sides
        .others
        .iter()
        .flat_map(|(_, differences)| differences.iter().map(|difference| difference.shown.as_str()))
        .collect();
    Some(finding.help(format!("{}; listen to the recording, or ask whoever was there", shown.join(" / "))))
}

/// Do the texts agree, so that only what stands above them in headlines and captions differs?
fn is_display(corpus: &Corpus, utterance: &Utterance) -> bool {
    let wording = corpus.wording();
    let (above, texts): (Vec<PassageId>, Vec<PassageId>) =
        utterance.passages.iter().partition(|&&id| wording.passage(id).display);
    let file = |id: PassageId| wording.passage(id).file;
    let Some(&fullest) = texts.iter().max_by_key(|&&id| wording.form(id).len()) else { return false };
    let mut seen = vec![wording.passage(fullest).version];
    let texts_agree = texts.iter().all(|&id| {
        let version = wording.passage(id).version;
        let known = seen.contains(&version);
        seen.push(version);
        known || wording.compare(corpus.facts(), fullest, id).is_empty()
    });
    let over_its_text = |&id: &PassageId| texts.iter().any(|&text| file(text) == file(id));
    !above.is_empty() && texts_agree && above.iter().all(over_its_text)
}

#[cfg(test)]
mod tests;
