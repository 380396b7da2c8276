//! A rule's parameters: the few numbers, words and lists that a house may set.
//!
//! A page declares each with its type, its default and its range or choices ([`Declared`]). A rule reads them as fields
//! of [`RuleParameters`], so that a rule which asks for a parameter that is not there does not compile, and a page which
//! declares other parameters than its rule reads does not load.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{self, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::{attribution, dates, marks, people, wording};
use crate::source::nearest;

/// Values of a rule's parameters by name.
pub type Parameters = BTreeMap<String, Parameter>;

/// A parameter's value.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Parameter {
    /// A whole number.
    Whole(i64),
    /// Another number. No parameter takes one; it is kept so that the error can show it.
    Number(f64),
    /// A word.
    Text(String),
    /// A list of words.
    List(Vec<String>),
    /// Yes or no. No parameter takes it; it is kept so that the error can show it.
    Flag(bool),
}

/// What a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ParameterType {
    /// A whole number from `least` to `most`.
    WholeNumber,
    /// One of `choices`.
    Choice,
    /// A list of words.
    Words,
    /// Quotation marks by language, as [`marks::ByLanguage`] reads them.
    MarksByLanguage,
}

/// A parameter as a page declares it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Declared {
    /// What it takes.
    #[serde(rename = "type")]
    pub takes: ParameterType,
    /// Its value where a house sets none.
    pub default: Parameter,
    /// What it does, in a line without capital and full stop.
    pub about: String,
    /// The smallest whole number that it takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least: Option<i64>,
    /// The largest whole number that it takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most: Option<i64>,
    /// What a whole number counts: words, days, years.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The words that a choice takes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
}

/// Why a parameter does not take a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What is wrong with the value, without the parameter's name: “is a whole number, not a text”.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

impl Declared {
    /// Is `value` one that the parameter takes?
    ///
    /// # Errors
    /// The type, range or choices that it does not keep to.
    pub fn check(&self, value: &Parameter) -> Result<(), Refused> {
        let refused = |message: String| Refused { message, help: format!("it takes {}", self.takes()) };
        match (self.takes, value) {
            (ParameterType::WholeNumber, Parameter::Whole(number)) => {
                let least = self.least.is_none_or(|least| least <= *number);
                let most = self.most.is_none_or(|most| *number <= most);
                if least && most { Ok(()) } else { Err(refused(format!("cannot be {number}"))) }
            }
            (ParameterType::Choice, Parameter::Text(word)) if self.choices.contains(word) => Ok(()),
            (ParameterType::Choice, Parameter::Text(word)) => {
                let mut refused = refused(format!("cannot be “{word}”"));
                if let Some(near) = nearest(word, self.choices.iter().map(String::as_str)) {
                    refused.help = format!("did you mean \"{near}\"? {}", refused.help);
                }
                Err(refused)
            }
            (ParameterType::Words, Parameter::List(_)) => Ok(()),
            (ParameterType::MarksByLanguage, Parameter::List(list)) => match marks::ByLanguage::read(list) {
                Ok(_) => Ok(()),
                Err(message) => Err(refused(format!("cannot have {message}"))),
            },
            _ => Err(refused(format!("is {}, not {}", self.kind(), value.kind()))),
        }
    }

    const fn kind(&self) -> &'static str {
        match self.takes {
            ParameterType::WholeNumber => "a whole number",
            ParameterType::Choice => "one of a few words",
            ParameterType::Words | ParameterType::MarksByLanguage => "a list of texts",
        }
    }

    /// What it takes, in words: `a whole number of days from 0 to 366`.
    pub fn takes(&self) -> String {
        match self.takes {
            ParameterType::WholeNumber => {
                let unit = self.unit.as_ref().map(|unit| format!(" of {unit}")).unwrap_or_default();
                let range = match (self.least, self.most) {
                    (Some(least), Some(most)) => format!(" from {least} to {most}"),
                    (Some(least), None) => format!(" from {least} on"),
                    (None, Some(most)) => format!(" up to {most}"),
                    (None, None) => String::new(),
                };
                format!("a whole number{unit}{range}")
            }
            ParameterType::Choice => {
                let choices: Vec<String> = self.choices.iter().map(|word| format!("\"{word}\"")).collect();
                match choices.split_last() {
                    Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
                    _ => choices.join(""),
                }
            }
            ParameterType::Words => "a list of texts".to_owned(),
            ParameterType::MarksByLanguage => "a list of texts such as \"de „…“ ‚…‘\"".to_owned(),
        }
    }

    /// Does the declaration hold together?
    ///
    /// # Errors
    /// The key that is missing, out of place or contradicts the type.
    pub(super) fn sound(&self) -> Result<(), String> {
        let whole = self.takes == ParameterType::WholeNumber;
        if self.about.trim().is_empty() {
            return Err("`about` is empty".to_owned());
        }
        if whole != (self.least.is_some() && self.most.is_some() && self.unit.is_some()) {
            return Err("a whole number, and nothing else, has `least`, `most` and `unit`".to_owned());
        }
        if (self.takes == ParameterType::Choice) != (self.choices.len() > 1) {
            return Err("a choice, and nothing else, has `choices`".to_owned());
        }
        self.check(&self.default).map_err(|refused| format!("`default` {}", refused.message))
    }
}

impl Parameter {
    /// What to call it in a message.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Whole(_) => "a whole number",
            Self::Number(_) => "a number with a fraction",
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
            Self::Flag(_) => "true or false",
        }
    }
}

/// The parameters of every rule that has any, by the rule's id.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each field is the rule of that name")]
pub struct RuleParameters {
    pub conflicting_party: people::conflicting_party::Limits,
    pub conflicting_title: people::conflicting_title::Limits,
    pub house_marks: marks::HouseMarks,
    pub late_attribution: attribution::late_attribution::Limits,
    pub lost_attribution: attribution::lost_attribution::Limits,
    pub not_in_transcript: wording::transcripts::NotInTranscript,
    pub plan_turned_fact: wording::plan_turned_fact::Cues,
    pub printed_before: attribution::printed_before::Limits,
    pub repeated_quotation: attribution::repeated_quotation::Limits,
    pub title_not_held: people::title_not_held::Limits,
    pub unplaced_post: attribution::unplaced_post::Cues,
    pub unattributed_quotation: attribution::unattributed_quotation::Limits,
    pub unintroduced_speaker: people::unintroduced_speaker::Limits,
    pub unmarked_continuation: marks::UnmarkedContinuation,
    pub weekday_mismatch: dates::Mends,
    /// Those of the rules that are pages with a `[match]`, by rule.
    #[serde(skip)]
    pub of_pages: BTreeMap<&'static str, Parameters>,
}

impl RuleParameters {
    /// The parameters of a rule that is a page with a `[match]`.
    pub fn of_page(&self, rule: &str) -> Option<&Parameters> {
        self.of_pages.get(rule)
    }

    /// Makes them of values by rule, first those of functions, then those of pages; a rule without parameters may be
    /// left out.
    ///
    /// # Errors
    /// Where a rule's values are not those that its function reads.
    pub fn read(
        (mut values, of_pages): (BTreeMap<&str, Parameters>, BTreeMap<&'static str, Parameters>),
    ) -> Result<Self, String> {
        values.retain(|_, parameters| !parameters.is_empty());
        let read = serde_json::to_value(values).and_then(serde_json::from_value);
        let read: Self = read.map_err(|error| error.to_string())?;
        Ok(Self { of_pages, ..read })
    }
}

impl fmt::Display for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(number) => number.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => write!(f, "{text:?}"),
            Self::List(list) => write!(f, "{list:?}"),
            Self::Flag(flag) => flag.fmt(f),
        }
    }
}

/// Written by hand because an untagged derive reduces every error to “did not match any variant”.
impl<'de> Deserialize<'de> for Parameter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Parameter;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a whole number, a word or a list of words")
            }

            fn visit_bool<E: de::Error>(self, value: bool) -> Result<Parameter, E> {
                Ok(Parameter::Flag(value))
            }

            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Parameter, E> {
                Ok(Parameter::Whole(value))
            }

            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Parameter, E> {
                Ok(i64::try_from(value).map_or(Parameter::Number(value as f64), Parameter::Whole))
            }

            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Parameter, E> {
                Ok(Parameter::Number(value))
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<Parameter, E> {
                Ok(Parameter::Text(value.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Parameter, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = seq.next_element()? {
                    list.push(item);
                }
                Ok(Parameter::List(list))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

    use super::*;
    use crate::rules::Rulebook;

    fn days() -> Declared {
        Declared {
            takes: ParameterType::WholeNumber,
            default: Parameter::Whole(3),
            about: "how long".to_owned(),
            least: Some(0),
            most: Some(31),
            unit: Some("days".to_owned()),
            choices: Vec::new(),
        }
    }

    fn profile() -> Declared {
        Declared {
            takes: ParameterType::Choice,
            default: Parameter::Text("strict".to_owned()),
            choices: vec!["strict".to_owned(), "free".to_owned()],
            least: None,
            most: None,
            unit: None,
            ..days()
        }
    }

    #[test]
    fn a_value_of_another_type_range_or_choice_is_refused() {
        let text = |word: &str| Parameter::Text(word.to_owned());
        for (declared, value, expected) in [
            (days(), Parameter::Whole(0), None),
            (days(), Parameter::Whole(31), None),
            (days(), Parameter::Whole(-4), Some("cannot be -4")),
            (days(), Parameter::Whole(32), Some("cannot be 32")),
            (days(), Parameter::Number(2.5), Some("is a whole number, not a number with a fraction")),
            (days(), text("3"), Some("is a whole number, not a text")),
            (profile(), text("free"), None),
            (profile(), text("fre"), Some("cannot be “fre”")),
            (profile(), Parameter::Flag(true), Some("is one of a few words, not true or false")),
        ] {
            let refused = declared.check(&value).err();
            assert_eq!(refused.as_ref().map(|refused| refused.message.as_str()), expected, "{value}");
        }
        assert_eq!(
            days().check(&text("3")).unwrap_err().help,
            "it takes a whole number of days from 0 to 31"
        );
        let help = profile().check(&text("fre")).unwrap_err().help;
        assert_eq!(help, "did you mean \"free\"? it takes \"strict\" or \"free\"");
    }

    #[test]
    fn a_declaration_that_contradicts_itself_is_refused() {
        assert_eq!(days().sound(), Ok(()));
        assert_eq!(profile().sound(), Ok(()));
        let wrong = [
            Declared { default: Parameter::Whole(40), ..days() },
            Declared { unit: None, ..days() },
            Declared { choices: profile().choices, ..days() },
            Declared { choices: Vec::new(), ..profile() },
            Declared { default: Parameter::Text("loose".to_owned()), ..profile() },
            Declared { about: " ".to_owned(), ..profile() },
        ];
        for declared in wrong {
            assert!(declared.sound().is_err(), "{declared:?}");
        }
    }

    /// Whatever a page allows, the rule's function can read: both ends of a range, every choice, a list.
    #[test]
    fn every_value_that_a_page_allows_reaches_its_rule() {
        let book = Rulebook::read().unwrap();
        let mut tried = 0;
        for (rule, page) in book.iter() {
            for (name, declared) in &page.parameters {
                let ends = [declared.least, declared.most].into_iter().flatten().map(Parameter::Whole);
                let choices = declared.choices.iter().cloned().map(Parameter::Text);
                let words = vec![Parameter::List(vec!["claimed".to_owned()])];
                let words = words.into_iter().filter(|_| declared.takes == ParameterType::Words);
                let marks = vec![Parameter::List(vec!["de „…“ ‚…‘".to_owned()])];
                let marks = marks.into_iter().filter(|_| declared.takes == ParameterType::MarksByLanguage);
                for value in ends.chain(choices).chain(words).chain(marks) {
                    let set = Parameters::from([(name.clone(), value.clone())]);
                    let read = book
                        .parameters_with(|id| if id == rule.id { set.clone() } else { Parameters::new() });
                    assert!(read.is_ok(), "{} {name} = {value}: {read:?}", rule.id);
                    assert!(
                        declared.default == value || read.as_ref() != Ok(book.parameters()),
                        "{} {name} = {value} changes nothing",
                        rule.id
                    );
                    tried += 1;
                }
            }
        }
        assert!(tried > 10, "{tried}");
    }

    #[test]
    fn a_page_that_declares_other_parameters_than_its_rule_reads_does_not_load() {
        let book = Rulebook::read().unwrap();
        let stray = |id: &str, name: &str| {
            let (id, name) = (id.to_owned(), name.to_owned());
            book.parameters_with(move |rule| {
                if rule == id {
                    Parameters::from([(name.clone(), Parameter::Whole(1))])
                } else {
                    Parameters::new()
                }
            })
        };
        assert!(stray("late-attribution", "sentences").is_ok());
        assert!(stray("late-attribution", "words").unwrap_err().contains("unknown field `words`"));
        assert!(stray("impossible-date", "words").unwrap_err().contains("impossible-date"));
        assert!(
            RuleParameters::read((BTreeMap::new(), BTreeMap::new())).unwrap_err().contains("missing field")
        );
    }
}
