//! Tests of fields: what a page's `[match.where]` asks of one value.

use regex::Regex;

use crate::lexicon::{Class, lexicon};
use crate::rules::{Parameter, Parameters};

/// A test of words.
#[derive(Clone, Debug, Default)]
pub struct TextTest {
    /// The words are one of these.
    pub is: Vec<String>,
    /// One of these words or phrases stands in them.
    pub has: Vec<String>,
    /// They begin with one of these, spaces before them left out.
    pub begins: Vec<String>,
    /// They end with one of these.
    pub ends: Vec<String>,
    /// They match one of these.
    pub regex: Vec<Regex>,
    /// They are a cue of one of these classes, and not one that is often something else.
    pub class: Vec<Class>,
    /// They are one of the words of this parameter of the page.
    pub parameter: Option<String>,
    /// Is there no value at all? `None` where that is not asked.
    pub missing: Option<bool>,
}

impl TextTest {
    /// Does a value pass? The words of the test are in their compared form already ([`compared`]).
    pub fn passes(&self, value: &str, parameters: &Parameters) -> bool {
        let Self { is, has, begins, ends, regex, class, parameter, .. } = self;
        if !class.is_empty() {
            let known = lexicon().class(value);
            if known.any(Class::CUE_WEAK) || !class.iter().any(|class| known.any(*class)) {
                return false;
            }
        }
        if let Some(name) = parameter {
            let Some(Parameter::List(words)) = parameters.get(name) else { return false };
            let value = compared(value);
            if !words.iter().any(|word| compared(word) == value) {
                return false;
            }
        }
        if !regex.is_empty() && !regex.iter().any(|regex| regex.is_match(value)) {
            return false;
        }
        if is.is_empty() && has.is_empty() && begins.is_empty() && ends.is_empty() {
            return true;
        }
        let value = compared(value);
        let value = value.trim();
        let one_of =
            |list: &[String], test: &dyn Fn(&str) -> bool| list.is_empty() || list.iter().any(|it| test(it));
        one_of(is, &|word| value == word)
            && one_of(has, &|word| stands_in(word, value))
            && one_of(begins, &|word| value.starts_with(word))
            && one_of(ends, &|word| value.ends_with(word))
    }
}

/// Words as they are compared: small letters, straight apostrophes.
pub fn compared(words: &str) -> String {
    words.chars().map(|c| if c == '’' { '\'' } else { c }).flat_map(char::to_lowercase).collect()
}

/// Does a phrase stand in the words as whole words? Where it begins or ends with a sign, any neighbour will do.
fn stands_in(phrase: &str, words: &str) -> bool {
    let within = |at: usize, end: usize| {
        let joins = |inside: Option<char>, outside: Option<char>| {
            inside.is_some_and(char::is_alphanumeric) && outside.is_some_and(char::is_alphanumeric)
        };
        !joins(phrase.chars().next(), words[..at].chars().next_back())
            && !joins(phrase.chars().next_back(), words[end..].chars().next())
    };
    words.match_indices(phrase).any(|(at, found)| within(at, at + found.len()))
}

/// A number, or the parameter of the page that holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Limit {
    /// The number itself.
    Number(i64),
    /// The name of the parameter.
    Parameter(String),
}

impl Limit {
    fn value(&self, parameters: &Parameters) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Parameter(name) => match parameters.get(name) {
                Some(Parameter::Whole(number)) => Some(*number),
                _ => None,
            },
        }
    }
}

/// A test of a number; what is not set does not count.
#[derive(Clone, Debug, Default)]
pub struct NumberTest {
    /// It is at least this.
    pub least: Option<Limit>,
    /// It is at most this.
    pub most: Option<Limit>,
    /// It is more than this.
    pub over: Option<Limit>,
    /// It is less than this.
    pub under: Option<Limit>,
}

impl NumberTest {
    /// Does a number pass?
    pub fn passes(&self, number: i64, parameters: &Parameters) -> bool {
        let holds = |limit: &Option<Limit>, test: &dyn Fn(i64) -> bool| {
            limit.as_ref().is_none_or(|limit| limit.value(parameters).is_some_and(test))
        };
        holds(&self.least, &|limit| number >= limit)
            && holds(&self.most, &|limit| number <= limit)
            && holds(&self.over, &|limit| number > limit)
            && holds(&self.under, &|limit| number < limit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_stand_in_words_as_whole_words() {
        for (phrase, words, stands) in [
            ("sources", "two sources close to the board", true),
            ("source", "two sources close to the board", false),
            ("no comment", "there was no comment", true),
            ("comment", "no-comment", true),
            ("(sic)", "we was(sic)robbed", true),
            ("é", "cafés", false),
        ] {
            assert_eq!(stands_in(phrase, words), stands, "{phrase} in {words}");
        }
    }

    #[test]
    fn capitals_and_the_shape_of_apostrophes_do_not_count() {
        let test = |words: &str| TextTest { is: vec![compared(words)], ..TextTest::default() };
        assert!(test("Don’t").passes("don't", &Parameters::new()));
        assert!(!test("Don’t").passes("do not", &Parameters::new()));
    }

    #[test]
    fn all_keys_of_a_test_hold_together() {
        let test = TextTest {
            begins: vec!["the".to_owned()],
            ends: vec!["board".to_owned(), "council".to_owned()],
            ..TextTest::default()
        };
        let passes = |words: &str| test.passes(words, &Parameters::new());
        assert!(passes("The harbour board") && passes("the council"));
        assert!(!passes("harbour board") && !passes("the harbour"));
    }

    #[test]
    fn limits_may_be_parameters() {
        let over = NumberTest { over: Some(Limit::Parameter("most".to_owned())), ..NumberTest::default() };
        let set = Parameters::from([("most".to_owned(), Parameter::Whole(2))]);
        assert!(over.passes(3, &set) && !over.passes(2, &set) && !over.passes(3, &Parameters::new()));
    }
}
