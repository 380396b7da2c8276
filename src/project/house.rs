//! What holds for one check: the configuration, and what the run sets beside it.

use super::{Options, Project};
use crate::config::{Config, KnownRule};
use crate::rules::{Baseline, Level, Parameter, Rule, RuleParameters, Rulebook, Settings};
use crate::source::{FileId, InputError};

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

impl Project {
    /// The rules' parameters as the configuration and the options set them.
    pub(super) fn parameters(&self, book: &Rulebook) -> Result<RuleParameters, InputError> {
        let set = |id: &str| {
            let mut parameters = self.config.parameters(id);
            let options = self.options.parameters.iter().filter(|(rule, _)| rule == id);
            options.for_each(|(_, set)| parameters.extend(set.clone()));
            parameters
        };
        book.parameters_with(set).map_err(|fault| InputError::new("rules", fault))
    }

    /// How many paragraphs without a mark may count as inside an open quotation, where the house sets it. It is a
    /// parameter of the rule `unmarked-continuation`, and needed before any rule runs: it decides what a quotation is.
    pub(super) fn unmarked_paragraphs(&self) -> Option<usize> {
        const RULE: &str = "unmarked-continuation";
        let options = self.options.parameters.iter().rev().filter(|(rule, _)| rule == RULE);
        let of_options = options.filter_map(|(_, set)| set.get("paragraphs").cloned()).next();
        match of_options.or_else(|| self.config.parameters(RULE).remove("paragraphs"))? {
            Parameter::Whole(number) => usize::try_from(number).ok(),
            _ => None,
        }
    }
}
