//! Opinions. A rule sees facts and lookups over them, and nothing else; it returns findings.
//! Each rule is a page (`rules/<group>/<id>.toml`) and a function (`check`).

pub mod attribution;
mod baseline;
mod book;
pub mod dates;
mod finding;
pub mod housekeeping;
mod judge;
mod matching;
pub mod marks;
mod page;
mod parameter;
mod quiet;
mod repeated;
pub mod people;
pub mod sourcing;
mod suppression;
mod tried;
pub mod wording;

pub use baseline::{Baseline, BaselineEntry, BaselineMatch};
pub use book::{DESK_GROUP, DeskPage, Rulebook};
pub use finding::{Edit, Finding, Fix, Level, Related};
pub use judge::{Allowed, Judge, Judged, Plain, Settings, Verdict, judge};
use matching::words_at;
pub use matching::{FieldDescription, described_facts, described_fields};
pub use page::{Drawn, Example, ExampleDraft, Mark, Page};
pub use parameter::{Declared, Parameter, ParameterType, Parameters, Refused, RuleParameters};
pub use quiet::QuietSetting;
pub use tried::{ExampleFault, Examples};

use crate::corpus::Corpus;

/// What a rule is given.
pub struct RuleContext<'a> {
    /// All files' facts and the lookups over them.
    pub corpus: &'a Corpus,
    /// Every rule's parameters, as configured.
    pub parameters: &'a RuleParameters,
}

/// What a rule looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// One file at a time, and the registry. Its corpus holds this one file, so its findings are kept until the file
    /// or the registry changes.
    File,
    /// All files together: their people and their wording. It runs again after every change.
    Project,
}

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// Its id, kebab-case.
    pub id: &'static str,
    /// Its group.
    pub group: &'static str,
    /// What it looks at.
    pub scope: Scope,
    /// The page's text; empty for a rule of a desk, whose page is read from its folder.
    pub page: &'static str,
    /// How it judges.
    pub check: Check,
}

/// How a rule judges.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// By a function.
    Function(fn(&RuleContext<'_>, &mut Vec<Finding>)),
    /// By the `[match]` of its page.
    Page,
}

/// A rule's row: its page is read at compile time from where its id says, so that a missing page is a compile error.
macro_rules! rule {
    ($group:literal, $id:literal) => {
        rule!(File, $group, $id, how Check::Page)
    };
    ($scope:ident, $group:literal, $id:literal, $check:path) => {
        rule!($scope, $group, $id, how Check::Function($check))
    };
    ($scope:ident, $group:literal, $id:literal, how $check:expr) => {
        Rule {
            id: $id,
            group: $group,
            scope: Scope::$scope,
            page: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/", $group, "/", $id, ".toml")),
            check: $check,
        }
    };
}

/// Every rule, in the order of the catalogue.
pub static RULES: &[Rule] = &[
    rule!("marks", "unclosed-quotation"),
    rule!("marks", "unopened-quotation"),
    rule!("marks", "mismatched-marks"),
    rule!("marks", "stand-in-marks"),
    rule!("marks", "nested-same-marks"),
    rule!(File, "marks", "unmarked-continuation", marks::unmarked_continuation),
    rule!("marks", "mixed-mark-style"),
    rule!(File, "marks", "house-marks", marks::house_marks),
    rule!("marks", "reversed-mark"),
    rule!("marks", "spaced-marks"),
    rule!("marks", "empty-quotation"),
    rule!("marks", "misplaced-punctuation"),
    rule!("marks", "placeholder-quotation"),
    rule!(File, "attribution", "unattributed-quotation", attribution::unattributed_quotation::check),
    rule!(File, "attribution", "ambiguous-speaker", attribution::ambiguous_speaker::check),
    rule!(File, "attribution", "late-attribution", attribution::late_attribution::check),
    rule!(File, "attribution", "repeated-attribution", attribution::repeated_attribution::check),
    rule!("attribution", "loaded-cue"),
    rule!("attribution", "mind-reading-cue"),
    rule!(Project, "attribution", "conflicting-speaker", attribution::conflicting_speaker::check),
    rule!(Project, "attribution", "conflicting-occasion", attribution::conflicting_occasion::check),
    rule!(Project, "attribution", "conflicting-outlet", attribution::conflicting_outlet::check),
    rule!(Project, "attribution", "lost-attribution", attribution::lost_attribution::check),
    rule!(Project, "attribution", "repeated-quotation", attribution::repeated_quotation::check),
    rule!(Project, "attribution", "printed-before", attribution::printed_before::check),
    rule!(File, "attribution", "unplaced-post", attribution::unplaced_post::check),
    rule!(File, "attribution", "shared-surname", people::shared_surname::check),
    rule!(File, "attribution", "unintroduced-speaker", people::unintroduced_speaker::check),
    rule!(Project, "wording", "altered-quotation", wording::altered_quotation::check),
    rule!(Project, "wording", "silent-omission", wording::silent_omission::check),
    rule!(Project, "wording", "not-in-transcript", wording::gaps::not_in_transcript),
    rule!(
        Project,
        "wording",
        "wrong-speaker-in-transcript",
        wording::transcripts::wrong_speaker_in_transcript
    ),
    rule!(Project, "wording", "spliced-quotation", wording::spliced_quotation::check),
    rule!(Project, "wording", "cut-condition", wording::cut_condition::check),
    rule!(Project, "wording", "unmarked-words", wording::unmarked_words::check),
    rule!(Project, "wording", "display-mismatch", wording::display_mismatch::check),
    rule!(Project, "wording", "display-missing", wording::display_missing::check),
    rule!(Project, "wording", "plan-turned-fact", wording::plan_turned_fact::check),
    rule!(Project, "wording", "quoted-paraphrase", wording::quoted_paraphrase::check),
    rule!("wording", "edge-ellipsis"),
    rule!("wording", "bracket-load"),
    rule!("wording", "sic-policy"),
    rule!(File, "dates", "impossible-date", dates::impossible_date),
    rule!(File, "dates", "weekday-mismatch", dates::weekday_mismatch),
    rule!(File, "dates", "future-statement", dates::future_statement),
    rule!(Project, "dates", "conflicting-dates", dates::conflicting_dates),
    rule!(Project, "dates", "off-cycle-event", dates::off_cycle_event),
    rule!(File, "dates", "undated-document", dates::undated_document),
    rule!(File, "dates", "ambiguous-numeric-date", dates::ambiguous_numeric_date),
    rule!("dates", "relative-day"),
    rule!(File, "dates", "redundant-day", dates::redundant_day),
    rule!(File, "dates", "ambiguous-weekday", dates::ambiguous_weekday),
    rule!(Project, "dates", "conflicting-event-day", dates::conflicting_event_day),
    rule!(Project, "people", "name-variant", people::name_variant::check),
    rule!(Project, "people", "misspelled-name", people::misspelled_name::check),
    rule!(Project, "people", "conflicting-title", people::conflicting_title::check),
    rule!(Project, "people", "conflicting-party", people::conflicting_party::check),
    rule!(Project, "people", "conflicting-age", people::conflicting_age::check),
    rule!(Project, "people", "conflicting-pronoun", people::conflicting_pronoun::check),
    rule!(Project, "people", "conflicting-kinship", people::conflicting_kinship::check),
    rule!(File, "people", "title-not-held", people::title_not_held::check),
    rule!(Project, "people", "outside-lifetime", people::outside_lifetime::check),
    rule!(Project, "people", "untitled-speaker", people::untitled_speaker::check),
    rule!(File, "people", "title-capitalization", people::title_capitalization::check),
    rule!(Project, "people", "repeated-title", people::repeated_title::check),
    rule!(File, "people", "unknown-person", people::unknown_person::check),
    rule!(File, "sourcing", "anonymous-source", sourcing::anonymous_source),
    rule!(File, "sourcing", "weasel-source", sourcing::weasel_source),
    rule!("sourcing", "unsourced-hedge"),
    rule!(Project, "house-keeping", "unused-suppression", housekeeping::unused_suppression),
    rule!("house-keeping", "unexplained-suppression"),
    rule!(File, "house-keeping", "unreadable-file", housekeeping::unreadable_file),
    rule!(File, "house-keeping", "duplicate-text", wording::duplicate_text::check),
];

/// The rule of that id.
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}

/// The ids of all rules, in the order of the catalogue.
pub fn ids() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|rule| rule.id)
}

/// The groups, each once, in the order of the catalogue.
pub fn groups() -> Vec<&'static str> {
    let mut groups: Vec<&'static str> = Vec::new();
    for rule in RULES {
        if !groups.contains(&rule.group) {
            groups.push(rule.group);
        }
    }
    groups
}
