//! Opinions. A rule sees facts and lookups over them, and nothing else; it returns findings.
//! Each rule is a page (`rules/<group>/<id>.toml`) and a function (`check`).

mod finding;
pub mod marks;

pub use finding::{Edit, Finding, Fix, Level, Related};

use crate::corpus::Corpus;

/// What a rule is given.
pub struct Case<'a> {
    /// All files' facts and the lookups over them.
    pub corpus: &'a Corpus,
    /// The parameters of the rule's page, as configured.
    pub parameters: &'a Parameters,
}

/// A rule's parameters by name.
pub type Parameters = std::collections::BTreeMap<String, Parameter>;

/// A parameter's value.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub enum Parameter {
    /// A number.
    Number(f64),
    /// A word.
    Text(String),
    /// A list of words.
    List(Vec<String>),
    /// Yes or no.
    Flag(bool),
}

/// One rule.
pub struct Rule {
    /// Its id, kebab-case.
    pub id: &'static str,
    /// Its group.
    pub group: &'static str,
    /// The page's text.
    pub page: &'static str,
    /// The function that judges.
    pub check: fn(&Case<'_>, &mut Vec<Finding>),
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
pub static RULES: &[Rule] = &[rule!("marks", "unclosed-quotation", marks::unclosed_quotation::check)];
