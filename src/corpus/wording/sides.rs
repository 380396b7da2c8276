//! The wordings of one utterance, each beside the fullest of them.

use super::relation::Change;
use super::{Difference, PassageId, Utterance, Wording};
use crate::facts::FileFacts;

/// An utterance's wordings, laid beside the fullest of them.
#[derive(Debug)]
pub struct Sides {
    /// The first passage that has the fullest wording.
    pub fullest: PassageId,
    /// One passage of each other wording, in path order, with where it differs from the fullest one.
    pub others: Vec<(PassageId, Vec<Difference>)>,
}

impl Sides {
    /// Lays out an utterance; `None` where nothing that a reader would see differs.
    fn of(wording: &Wording, files: &[FileFacts], utterance: &Utterance) -> Option<Self> {
        let length = |id: PassageId| wording.form(id).len();
        // `max_by_key` keeps the last of equals, hence the reversed order: the first place wins.
        let fullest = utterance.passages.iter().copied().rev().max_by_key(|&id| length(id))?;
        let mut seen = vec![wording.passage(fullest).version];
        let mut others = Vec::new();
        // Where both are held against the tapes, these say what was said, each time.
        let on_tape = |id: PassageId| wording.heard(id).is_some();
        for &id in &utterance.passages {
            let version = wording.passage(id).version;
            if seen.contains(&version) || (on_tape(fullest) && on_tape(id)) {
                continue;
            }
            seen.push(version);
            let differences = wording.compare(files, fullest, id);
            if !differences.is_empty() {
                others.push((id, differences));
            }
        }
        (!others.is_empty()).then_some(Self { fullest, others })
    }

    /// Everything that differs.
    pub fn changes(&self) -> impl Iterator<Item = Change> {
        self.others.iter().flat_map(|(_, differences)| differences.iter().map(|difference| difference.change))
    }

    /// Did a gap take up words that matter?
    pub fn in_gap(&self) -> bool {
        self.others.iter().any(|(_, differences)| differences.iter().any(|difference| difference.in_gap))
    }

    /// The gravest difference of the first wording that has one as grave.
    pub fn gravest(&self) -> Option<(PassageId, &Difference)> {
        let worst = self.changes().max()?;
        let found = self
            .others
            .iter()
            .find(|(_, differences)| differences.iter().any(|difference| difference.change == worst));
        found.and_then(|(id, differences)| Some((*id, gravest(differences)?)))
    }
}

/// The gravest of several differences, the first of them.
pub fn gravest(differences: &[Difference]) -> Option<&Difference> {
    // `max_by_key` keeps the last of equals, hence the reversed order.
    differences.iter().rev().max_by_key(|difference| difference.change)
}

impl Wording {
    /// Every utterance that is quoted in several wordings, with these laid side by side, in the order of their first
    /// passages. They are laid side by side once, whoever asks.
    pub fn sides<'w>(&'w self, files: &'w [FileFacts]) -> impl Iterator<Item = (&'w Utterance, &'w Sides)> {
        self.utterances().iter().zip(&self.sides).filter_map(|(utterance, sides)| {
            let sides = sides.get_or_init(|| Sides::of(self, files, utterance));
            Some((utterance, sides.as_ref()?))
        })
    }
}
