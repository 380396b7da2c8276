//! All rules with their pages: those that come with sayso, and those of a desk.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::matching::Pattern;
use super::{Check, Page, Parameters, RULES, Rule, RuleParameters, Scope, find, groups};
use crate::source::InputError;

/// The group of a desk's page that stands in no folder of its own.
pub const DESK_GROUP: &str = "desk";

/// A page of a desk, as it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskPage {
    /// The path as shown.
    pub path: String,
    /// The rule's id: the name of the file.
    pub id: String,
    /// The rule's group: the folder below that of the configuration, or [`DESK_GROUP`].
    pub group: String,
    /// Its text.
    pub text: String,
}

/// The pages of all rules, read.
#[derive(Clone, Debug)]
pub struct Rulebook {
    /// In the order of the catalogue; those of a desk come last in their group.
    rules: Vec<&'static Rule>,
    pages: BTreeMap<&'static str, Page>,
    /// Those of the rules that are pages. Those that come with sayso are read when a rule runs first: most are off.
    patterns: BTreeMap<&'static str, OnceLock<Arc<[Pattern]>>>,
    parameters: RuleParameters,
}

impl Rulebook {
    /// Reads the pages that come with sayso.
    ///
    /// # Errors
    /// The first page that cannot be read, or that declares other parameters than its rule reads.
    pub fn read() -> Result<Self, InputError> {
        let unknown = || InputError::new("rules", "the pages of the rules cannot be read");
        Self::with_desk(&[]).map_err(|errors| errors.into_iter().next().unwrap_or_else(unknown))
    }

    /// Reads the pages that come with sayso, and those of a desk.
    ///
    /// # Errors
    /// Everything wrong with the pages of the desk, each with its place; and as [`Rulebook::read`].
    pub fn with_desk(desk: &[DeskPage]) -> Result<Self, Vec<InputError>> {
        let mut rules = Vec::with_capacity(RULES.len() + desk.len());
        let mut pages = BTreeMap::new();
        let mut patterns = BTreeMap::new();
        for rule in RULES {
            let path = format!("rules/{}/{}.toml", rule.group, rule.id);
            let page = Page::read(&path, rule.page)?;
            if matches!(rule.check, Check::Page) {
                patterns.insert(rule.id, OnceLock::new());
            }
            pages.insert(rule.id, page);
            rules.push(rule);
        }
        let mut wrong = Vec::new();
        for found in desk {
            match found.read(&pages) {
                Ok((page, own)) => {
                    let rule = desk_rule(&found.group, &found.id);
                    let last = rules.iter().rposition(|other| other.group == rule.group);
                    rules.insert(last.map_or(rules.len(), |last| last + 1), rule);
                    patterns.insert(rule.id, OnceLock::from(Arc::from(own)));
                    pages.insert(rule.id, page);
                }
                Err(errors) => wrong.extend(errors),
            }
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let values = pages.iter().map(|(id, page)| (*id, page.defaults())).collect();
        let parameters = RuleParameters::read(split(values, &patterns)).map_err(|fault| {
            InputError::new("rules", format!("a page declares other parameters than its rule reads: {fault}"))
        })?;
        Ok(Self { rules, pages, patterns, parameters })
    }

    /// Every rule, in the order of the catalogue.
    pub fn rules(&self) -> &[&'static Rule] {
        &self.rules
    }

    /// The rule of that id.
    pub fn find(&self, id: &str) -> Option<&'static Rule> {
        self.rules.iter().find(|rule| rule.id == id).copied()
    }

    /// The groups, each once, in the order of the catalogue.
    pub fn groups(&self) -> Vec<&'static str> {
        let mut groups: Vec<&'static str> = self.rules.iter().map(|rule| rule.group).collect();
        groups.dedup();
        groups
    }

    /// The ids of all rules and the names of all groups.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.rules.iter().map(|rule| rule.id).chain(self.groups())
    }

    /// Is there a rule or a group of that name?
    pub fn has(&self, name: &str) -> bool {
        self.rules.iter().any(|rule| rule.id == name || rule.group == name)
    }

    /// Does a rule ask for the writer's words around quotations?
    pub fn needs_words_around(&self) -> bool {
        self.patterns.keys().any(|id| {
            // The page of a rule that comes with sayso is read only where it may ask for them.
            let may = find(id).is_none_or(|rule| match_tables(rule.page).contains("around"));
            may && self.patterns(id).iter().any(Pattern::needs_words_around)
        })
    }

    /// The patterns of a rule that is a page; empty for others.
    pub(super) fn patterns(&self, id: &str) -> &[Pattern] {
        let Some(patterns) = self.patterns.get(id) else { return &[] };
        // A test reads each page that comes with sayso, so none of them is wrong here.
        let built_in = || {
            let page = self.pages.get(id).zip(find(id));
            let read = page.map(|(page, rule)| page.patterns(id, match_tables(rule.page)));
            read.and_then(Result::ok).unwrap_or_default().into()
        };
        patterns.get_or_init(built_in)
    }

    /// Every rule's parameters where a house sets none.
    pub fn parameters(&self) -> &RuleParameters {
        &self.parameters
    }

    /// Every rule's parameters with those that a house sets; `set` gives them for a rule's id.
    ///
    /// # Errors
    /// Where something is set that no page declares, or a value is of another type than declared. Whether it is in the
    /// range is asked by [`Declared::check`](super::Declared::check).
    pub fn parameters_with(&self, set: impl Fn(&str) -> Parameters) -> Result<RuleParameters, String> {
        let mut values: BTreeMap<&'static str, Parameters> = BTreeMap::new();
        for (id, page) in &self.pages {
            let mut own = page.defaults();
            let set = set(id);
            if let Some(stray) = set.keys().find(|name| !own.contains_key(*name)) {
                return Err(format!("{id}: unknown field `{stray}`"));
            }
            own.extend(set);
            values.insert(*id, own);
        }
        RuleParameters::read(split(values, &self.patterns))
    }

    /// A rule's page.
    pub fn page(&self, id: &str) -> Option<&Page> {
        self.pages.get(id)
    }

    /// Every rule with its page, in the order of the catalogue.
    pub fn iter(&self) -> impl Iterator<Item = (&'static Rule, &Page)> {
        self.rules.iter().filter_map(|rule| Some((*rule, self.pages.get(rule.id)?)))
    }
}

/// The parameters of functions, and those of pages.
fn split(
    values: BTreeMap<&'static str, Parameters>,
    patterns: &BTreeMap<&'static str, OnceLock<Arc<[Pattern]>>>,
) -> (BTreeMap<&'static str, Parameters>, BTreeMap<&'static str, Parameters>) {
    values.into_iter().partition(|(id, _)| !patterns.contains_key(id))
}

/// The part of a page from its first `[match]` to its examples, so that the examples are not parsed a second time. Only for
/// pages that come with sayso: no error has to point into them.
fn match_tables(page: &str) -> &str {
    let start = ["\n[match]", "\n[[match]]"].into_iter().filter_map(|head| page.find(head)).min();
    let tables = start.map_or("", |start| &page[start..]);
    tables.split("\n[[example]]").next().unwrap_or_default()
}

impl DeskPage {
    /// The page and its patterns; `known` are the pages read before.
    fn read(&self, known: &BTreeMap<&str, Page>) -> Result<(Page, Vec<Pattern>), Vec<InputError>> {
        let Self { path, id, group, text } = self;
        let refuse = |message: String, help: &str| Err(vec![InputError::new(path, message).help(help)]);
        for (what, name) in [("file", id), ("folder", group)] {
            let kebab = !name.starts_with('-') && !name.ends_with('-');
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            if name.is_empty() || !kebab || !name.chars().all(plain) {
                let message =
                    format!("the name of this {what}, “{name}”, cannot be the name of a rule or a group");
                return refuse(message, "use small letters, digits and hyphens: no-anonymous-praise.toml");
            }
        }
        if find(id).is_some() {
            let message = format!("the rule `{id}` comes with sayso");
            return refuse(message, "give the page another name; set the level of that rule under [rules]");
        }
        if known.contains_key(id.as_str()) {
            let message = format!("there are two pages for the rule `{id}`");
            return refuse(message, "give one of them another name");
        }
        if groups().contains(&id.as_str()) || group == id {
            let message = format!("`{id}` is the name of a group");
            return refuse(message, "give the page another name");
        }
        let page = Page::read(path, text)?;
        if !page.is_rule() {
            let help = "say which facts it reports: [match] with `where` and `message`; docs/house-rules.md has the fields";
            return refuse("this page has no [match], so it finds nothing".to_owned(), help);
        }
        let patterns = page.patterns(path, text)?;
        Ok((page, patterns))
    }
}

/// The rule of a desk's page. Findings hold their rule by reference for as long as the process lives, so that of a page
/// is never freed; each id and group is kept once, however often an editor reads the pages again.
fn desk_rule(group: &str, id: &str) -> &'static Rule {
    static KNOWN: Mutex<Vec<&'static Rule>> = Mutex::new(Vec::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(rule) = known.iter().find(|rule| rule.id == id && rule.group == group) {
        return rule;
    }
    let keep = |name: &str| -> &'static str { Box::leak(name.into()) };
    let rule = Rule { id: keep(id), group: keep(group), scope: Scope::File, page: "", check: Check::Page };
    let rule: &'static Rule = Box::leak(Box::new(rule));
    known.push(rule);
    rule
}

#[cfg(test)]
mod tests {
    #![expect(clippy::expect_used, reason = "a test that cannot go on should say where")]

    use super::*;

    #[test]
    fn the_pages_that_come_with_sayso_can_be_read_and_their_part_says_what_the_whole_says() {
        let book = Rulebook::read().expect("pages");
        for (rule, page) in book.iter().filter(|(rule, _)| matches!(rule.check, Check::Page)) {
            let whole = page.patterns(rule.id, rule.page).expect("a sound page");
            assert!(!whole.is_empty(), "{}", rule.id);
            assert_eq!(format!("{:?}", book.patterns(rule.id)), format!("{whole:?}"), "{}", rule.id);
        }
    }
}
