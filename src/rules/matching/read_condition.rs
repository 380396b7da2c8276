//! Reads the conditions of a `[match.where]`.

use regex::{Regex, RegexBuilder};

use super::Condition;
use super::field::{FactKind, Field, FieldType};
use super::reader::Reader;
use super::test::{Limit, NumberTest, TextTest, compared};
use crate::lexicon::Class;
use crate::rules::ParameterType;
use crate::source::{Key, Node, Span, Value};

/// The classes of cues by name.
pub(super) const CLASSES: [(&str, Class); 5] = [
    ("loaded", Class::CUE_LOADED),
    ("thought", Class::CUE_THOUGHT),
    ("writing", Class::CUE_WRITING),
    ("speech", Class::CUE_SPEECH),
    ("call", Class::CUE_CALL),
];

/// The most that a compiled regular expression may take, in bytes. The engine needs time in proportion to the text.
const REGEX_SIZE: usize = 1 << 20;

const TEXT_KEYS: [&str; 8] = ["is", "has", "begins", "ends", "regex", "class", "parameter", "missing"];
const NUMBER_KEYS: [&str; 4] = ["least", "most", "over", "under"];

impl Reader<'_> {
    pub(super) fn condition(&mut self, whole: &Key, node: &Node, kinds: &[FactKind]) -> Condition {
        let Value::Table(entries) = &node.value else {
            self.wrong_type(whole, node, "a table of fields");
            return Condition::All(Vec::new());
        };
        let mut conditions = Vec::new();
        for (key, node) in entries {
            match key.name.as_str() {
                "all" => conditions.push(Condition::All(self.conditions(key, node, kinds))),
                "any" => conditions.push(Condition::Any(self.conditions(key, node, kinds))),
                "not" => conditions.push(Condition::Not(Box::new(self.condition(key, node, kinds)))),
                "setting" => conditions.extend(self.settings(key, node)),
                name => conditions.extend(
                    self.field(name, key.span, kinds).and_then(|field| self.test(field, key, node, kinds)),
                ),
            }
        }
        if entries.is_empty() && whole.name == "not" {
            self.fault(node.span, "`not` asks for nothing", "here", "name a field, or take it out");
        }
        if conditions.len() == 1 {
            return conditions.remove(0);
        }
        Condition::All(conditions)
    }

    fn conditions(&mut self, key: &Key, node: &Node, kinds: &[FactKind]) -> Vec<Condition> {
        match &node.value {
            Value::List(items) if !items.is_empty() => {
                items.iter().map(|item| self.condition(key, item, kinds)).collect()
            }
            _ => {
                self.wrong_type(key, node, "a list of tables such as [{ cue = \"said\" }]");
                Vec::new()
            }
        }
    }

    /// `setting = { usage = "british" }`: a choice that the page declares.
    fn settings(&mut self, whole: &Key, node: &Node) -> Vec<Condition> {
        let Value::Table(entries) = &node.value else {
            self.wrong_type(whole, node, "a table such as { usage = \"british\" }");
            return Vec::new();
        };
        let mut conditions = Vec::new();
        for (key, node) in entries {
            let Some(declared) = self.parameter(&key.name, key.span, ParameterType::Choice) else { continue };
            let choices: Vec<String> = declared.choices.clone();
            let mut values = Vec::new();
            for (value, span) in self.texts(key, node) {
                if choices.contains(&value) {
                    values.push(value);
                } else {
                    let known: Vec<&str> = choices.iter().map(String::as_str).collect();
                    self.unknown(span, format!("`{}` is never `{value}`", key.name), &value, &known);
                }
            }
            conditions.push(Condition::Setting(key.name.clone(), values));
        }
        conditions
    }

    fn test(&mut self, field: Field, key: &Key, node: &Node, kinds: &[FactKind]) -> Option<Condition> {
        match field.row().takes {
            FieldType::Text => Some(Condition::Text(field, self.text_test(field, key, node)?)),
            FieldType::Number => Some(Condition::Number(field, self.number_test(key, node)?)),
            FieldType::Flag => Some(Condition::Flag(field, self.flag(key, node)?)),
            FieldType::Choice => {
                let known: Vec<&str> = kinds.iter().flat_map(|kind| field.choices(*kind)).copied().collect();
                let mut choices = Vec::new();
                for (choice, span) in self.texts(key, node) {
                    if known.contains(&choice.as_str()) {
                        choices.push(choice);
                    } else {
                        let message = format!("`{}` is never `{choice}`", key.name);
                        self.unknown(span, message, &choice, &known);
                    }
                }
                Some(Condition::Choice(field, choices))
            }
        }
    }

    fn text_test(&mut self, field: Field, whole: &Key, node: &Node) -> Option<TextTest> {
        let phrases =
            |found: Vec<(String, Span)>| found.into_iter().map(|(words, _)| compared(&words)).collect();
        if !matches!(node.value, Value::Table(_)) {
            return Some(TextTest { has: phrases(self.texts(whole, node)), ..TextTest::default() });
        }
        let entries = self.table("a test of words", whole, node, &TEXT_KEYS);
        if entries.is_empty() {
            self.fault(
                node.span,
                format!("`{}` asks for nothing", whole.name),
                "here",
                format!("set one of {}", TEXT_KEYS.join(", ")),
            );
        }
        let mut test = TextTest::default();
        for (key, node) in entries {
            match key.name.as_str() {
                "is" => test.is = phrases(self.texts(key, node)),
                "has" => test.has = phrases(self.texts(key, node)),
                "begins" => test.begins = phrases(self.texts(key, node)),
                "ends" => test.ends = phrases(self.texts(key, node)),
                "regex" => {
                    for (pattern, span) in self.texts(key, node) {
                        test.regex.extend(self.regex(&pattern, span));
                    }
                }
                "class" => test.class = self.classes(field, key, node),
                "parameter" => {
                    if let Some(name) = self.text(key, node) {
                        self.parameter(&name, node.span, ParameterType::Words);
                        test.parameter = Some(name);
                    }
                }
                "missing" => {
                    test.missing = self.flag(key, node);
                    if field.row().always {
                        let message = format!("`{}` is never missing", whole.name);
                        self.fault(key.span, message, "here", "ask for its words instead");
                    } else if entries.len() > 1 {
                        let message = "what is missing has no words to ask for";
                        self.fault(key.span, message, "here", "leave `missing` or the other keys out");
                    }
                }
                _ => {}
            }
        }
        Some(test)
    }

    fn regex(&mut self, pattern: &str, span: Span) -> Option<Regex> {
        match RegexBuilder::new(pattern).size_limit(REGEX_SIZE).build() {
            Ok(regex) => Some(regex),
            Err(regex::Error::CompiledTooBig(_)) => {
                let message = "this regular expression takes too much memory";
                self.fault(span, message, "too large", "use fewer or smaller repetitions such as {1,500}");
                None
            }
            Err(error) => {
                // The last line of the report says what is wrong; those before it draw the place.
                let shown = error.to_string();
                let why = shown.lines().last().unwrap_or_default().trim_start_matches("error: ");
                let help = "look-around and back-references do not exist here, because they can take for ever; write '…' \
                            around it, where a backslash is a backslash";
                self.fault(span, format!("this is no regular expression: {why}"), "here", help);
                None
            }
        }
    }

    fn classes(&mut self, field: Field, key: &Key, node: &Node) -> Vec<Class> {
        if field != Field::Cue {
            self.fault(key.span, "only cues have a class", "here", "ask for words instead: has = [\"…\"]");
        }
        let mut classes = Vec::new();
        for (name, span) in self.texts(key, node) {
            match CLASSES.iter().find(|(own, _)| *own == name) {
                Some((_, class)) => classes.push(*class),
                None => {
                    let known = CLASSES.map(|(name, _)| name);
                    self.unknown(span, format!("there is no class of cues `{name}`"), &name, &known);
                }
            }
        }
        classes
    }

    fn number_test(&mut self, whole: &Key, node: &Node) -> Option<NumberTest> {
        if let Value::Integer(number) = node.value {
            let exactly = Some(Limit::Number(number));
            return Some(NumberTest { least: exactly.clone(), most: exactly, ..NumberTest::default() });
        }
        let mut test = NumberTest::default();
        let entries = self.table("a test of a number", whole, node, &NUMBER_KEYS);
        if entries.is_empty() && matches!(node.value, Value::Table(_)) {
            self.fault(
                node.span,
                format!("`{}` asks for nothing", whole.name),
                "here",
                "set least, most, over or under",
            );
        }
        for (key, node) in entries {
            let limit = match &node.value {
                Value::Integer(number) => Some(Limit::Number(*number)),
                Value::Text(name) => {
                    self.parameter(name, node.span, ParameterType::WholeNumber);
                    Some(Limit::Parameter(name.clone()))
                }
                _ => {
                    self.wrong_type(key, node, "a whole number, or the name of a parameter");
                    None
                }
            };
            match key.name.as_str() {
                "least" => test.least = limit,
                "most" => test.most = limit,
                "over" => test.over = limit,
                _ => test.under = limit,
            }
        }
        Some(test)
    }
}
