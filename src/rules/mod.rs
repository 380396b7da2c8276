//! Opinions. A rule sees facts and lookups over them, and nothing else; it returns findings.
//! Each rule is a page (`rules/<group>/<id>.toml`) and a function (`check`).

pub mod attribution;
pub mod dates;
mod finding;
pub mod housekeeping;
mod judge;
pub mod marks;
mod page;
mod parameter;
pub mod people;
pub mod sourcing;
mod suppression;
pub mod wording;

pub use finding::{Edit, Finding, Fix, Level, Related};
pub use judge::{Judged, Plain, Settings, judge};
pub use page::{Drawn, Example, ExampleDraft, Mark, Page, Rulebook};
pub use parameter::{Parameter, Parameters};

use crate::corpus::Corpus;

/// What a rule is given.
pub struct RuleContext<'a> {
    /// All files' facts and the lookups over them.
    pub corpus: &'a Corpus,
    /// The parameters of the rule's page, as configured.
    pub parameters: &'a Parameters,
}

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// Its id, kebab-case.
    pub id: &'static str,
    /// Its group.
    pub group: &'static str,
    /// The page's text.
    pub page: &'static str,
    /// The function that judges.
    pub check: fn(&RuleContext<'_>, &mut Vec<Finding>),
}

/// A rule's row: its page is read at compile time from where its id says, so that a missing page is a compile error.
macro_rules! rule {
    ($group:literal, $id:literal, $check:path) => {
        Rule {
            id: $id,
            group: $group,
            page: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/", $group, "/", $id, ".toml")),
            check: $check,
        }
    };
}

/// Every rule, in the order of the catalogue.
pub static RULES: &[Rule] = &[
    rule!("marks", "unclosed-quotation", marks::unclosed_quotation),
    rule!("marks", "unopened-quotation", marks::unopened_quotation),
    rule!("marks", "mismatched-marks", marks::mismatched_marks),
    rule!("marks", "stand-in-marks", marks::stand_in_marks),
    rule!("marks", "nested-same-marks", marks::nested_same_marks),
    rule!("marks", "unmarked-continuation", marks::unmarked_continuation),
    rule!("marks", "mixed-mark-style", marks::mixed_mark_style),
    rule!("marks", "reversed-mark", marks::reversed_mark),
    rule!("marks", "spaced-marks", marks::spaced_marks),
    rule!("marks", "empty-quotation", marks::empty_quotation),
    rule!("marks", "misplaced-punctuation", marks::misplaced_punctuation),
    rule!("marks", "placeholder-quotation", marks::placeholder_quotation),
    rule!("attribution", "unattributed-quotation", attribution::unattributed_quotation::check),
    rule!("attribution", "ambiguous-speaker", attribution::ambiguous_speaker::check),
    rule!("attribution", "late-attribution", attribution::late_attribution::check),
    rule!("attribution", "repeated-attribution", attribution::repeated_attribution::check),
    rule!("attribution", "loaded-cue", attribution::cues::loaded_cue),
    rule!("attribution", "mind-reading-cue", attribution::cues::mind_reading_cue),
    rule!("attribution", "conflicting-speaker", attribution::conflicting_speaker::check),
    rule!("attribution", "conflicting-occasion", attribution::conflicting_occasion::check),
    rule!("wording", "altered-quotation", wording::altered_quotation::check),
    rule!("wording", "silent-omission", wording::silent_omission::check),
    rule!("wording", "not-in-transcript", wording::transcripts::not_in_transcript),
    rule!("wording", "wrong-speaker-in-transcript", wording::transcripts::wrong_speaker_in_transcript),
    rule!("wording", "spliced-quotation", wording::transcripts::spliced_quotation),
    rule!("wording", "display-mismatch", wording::display_mismatch::check),
    rule!("wording", "quoted-paraphrase", wording::quoted_paraphrase::check),
    rule!("wording", "edge-ellipsis", wording::style::edge_ellipsis),
    rule!("wording", "bracket-load", wording::style::bracket_load),
    rule!("wording", "sic-policy", wording::style::sic_policy),
    rule!("dates", "impossible-date", dates::impossible_date),
    rule!("dates", "weekday-mismatch", dates::weekday_mismatch),
    rule!("dates", "future-statement", dates::future_statement),
    rule!("dates", "conflicting-dates", dates::conflicting_dates),
    rule!("dates", "off-cycle-event", dates::off_cycle_event),
    rule!("dates", "undated-document", dates::undated_document),
    rule!("dates", "ambiguous-numeric-date", dates::ambiguous_numeric_date),
    rule!("dates", "relative-day", dates::relative_day),
    rule!("dates", "redundant-day", dates::redundant_day),
    rule!("attribution", "shared-surname", people::shared_surname::check),
    rule!("attribution", "unintroduced-speaker", people::unintroduced_speaker::check),
    rule!("people", "name-variant", people::name_variant::check),
    rule!("people", "misspelled-name", people::misspelled_name::check),
    rule!("people", "conflicting-title", people::conflicting_title::check),
    rule!("people", "title-not-held", people::title_not_held::check),
    rule!("people", "outside-lifetime", people::outside_lifetime::check),
    rule!("people", "untitled-speaker", people::untitled_speaker::check),
    rule!("people", "title-capitalization", people::title_capitalization::check),
    rule!("people", "repeated-title", people::repeated_title::check),
    rule!("people", "unknown-person", people::unknown_person::check),
    rule!("sourcing", "anonymous-source", sourcing::anonymous_source),
    rule!("sourcing", "weasel-source", sourcing::weasel_source),
    rule!("house-keeping", "unused-suppression", housekeeping::unused_suppression),
    rule!("house-keeping", "unreadable-file", housekeeping::unreadable_file),
    rule!("house-keeping", "duplicate-text", wording::duplicate_text::check),
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
