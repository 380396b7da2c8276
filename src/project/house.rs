//! What holds for one check: the configuration, and what the run sets beside it.

use super::Options;
use crate::config::{Config, KnownRule};
use crate::rules::{Baseline, Level, Rule, RuleParameters, Rulebook, Settings};
use crate::source::FileId;

/// What a configuration may set, by rule.
pub(crate) fn known_rules(book: &Rulebook) -> Vec<KnownRule> {
    book.iter()
        .map(|(rule, page)| KnownRule {
            id: rule.id.to_owned(),
            group: rule.group.to_owned(),
            parameters: page.parameters.clone(),
        })
        .collect()
}

/// What holds for one check.
pub(super) struct House<'a> {
    pub(super) config: &'a Config,
    pub(super) options: &'a Options,
    pub(super) parameters: RuleParameters,
    pub(super) focus: Vec<bool>,
    pub(super) apart: &'a [bool],
}

impl Settings for House<'_> {
    fn level(&self, rule: &Rule, path: &str) -> Option<Level> {
        let mut set = self.options.levels.iter().rev();
        let here = set.find(|(id, _)| id == rule.id).map(|(_, level)| *level);
        here.or_else(|| self.config.level(rule.id, rule.group, path))
    }

    fn parameters(&self) -> Option<&RuleParameters> {
        Some(&self.parameters)
    }

    fn in_focus(&self, file: FileId) -> bool {
        self.focus.get(file.index()) == Some(&true)
    }

    fn compared(&self, file: FileId) -> bool {
        self.apart.get(file.index()) != Some(&true)
    }

    fn baseline(&self) -> Option<&Baseline> {
        self.options.baseline.as_ref()
    }
}
