//! Reading the parts of a `[match]` table, whatever they are for: texts, flags, names. Every fault points into the page.

use std::collections::BTreeMap;

use super::field::{FIELDS, FactKind, Field};
use crate::rules::{Declared, Level, ParameterType};
use crate::source::{InputError, Key, Node, Span, Value, nearest};

/// The keys of a condition that are no fields.
pub(super) const COMBINERS: [&str; 4] = ["all", "any", "not", "setting"];

/// What a page declares outside `[match]`, as far as its patterns depend on it.
#[derive(Clone, Copy, Debug)]
pub struct Declarations<'p> {
    /// Its level.
    pub level: Level,
    /// Other levels that it says its findings may have.
    pub levels: &'p BTreeMap<Level, String>,
    /// Its parameters.
    pub parameters: &'p BTreeMap<String, Declared>,
}

pub(super) struct Reader<'a> {
    pub(super) path: &'a str,
    pub(super) text: &'a str,
    pub(super) declarations: Declarations<'a>,
    /// Parameters that a test uses.
    pub(super) used: Vec<String>,
    pub(super) input_errors: Vec<InputError>,
}

impl Reader<'_> {
    pub(super) fn fault(
        &mut self,
        span: Span,
        message: impl Into<String>,
        label: &str,
        help: impl Into<String>,
    ) {
        self.input_errors.push(InputError::new(self.path, message).at(self.text, span, label).help(help));
    }

    pub(super) fn wrong_type(&mut self, key: &Key, node: &Node, wanted: &str) {
        let message = format!("`{}` is {wanted}, not {}", key.name, node.value.name());
        self.fault(node.span, message, "here", format!("write {wanted}"));
    }

    /// A name that is none of `known`.
    pub(super) fn unknown(&mut self, span: Span, message: String, name: &str, known: &[&str]) {
        let help = match nearest(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it is one of {}", known.join(", ")),
        };
        self.fault(span, message, "not known", help);
    }

    /// The entries of a table whose keys are known; the others are faults.
    pub(super) fn table<'n>(
        &mut self,
        what: &str,
        key: &Key,
        node: &'n Node,
        known: &[&str],
    ) -> &'n [(Key, Node)] {
        let Value::Table(entries) = &node.value else {
            self.wrong_type(key, node, "a table");
            return &[];
        };
        for (key, _) in entries {
            if !known.contains(&key.name.as_str()) {
                self.unknown(key.span, format!("{what} has no key `{}`", key.name), &key.name, known);
            }
        }
        entries
    }

    pub(super) fn text(&mut self, key: &Key, node: &Node) -> Option<String> {
        match &node.value {
            Value::Text(text) if !text.trim().is_empty() => Some(text.clone()),
            Value::Text(_) => {
                self.fault(
                    node.span,
                    format!("`{}` is empty", key.name),
                    "here",
                    "write some words, or take it out",
                );
                None
            }
            _ => {
                self.wrong_type(key, node, "a text");
                None
            }
        }
    }

    /// A text or a list of texts, each with its place.
    pub(super) fn texts(&mut self, key: &Key, node: &Node) -> Vec<(String, Span)> {
        match &node.value {
            Value::List(items) if items.is_empty() => {
                self.fault(
                    node.span,
                    format!("`{}` lists nothing", key.name),
                    "here",
                    "list at least one text",
                );
                Vec::new()
            }
            Value::List(items) => {
                items.iter().filter_map(|item| Some((self.text(key, item)?, item.span))).collect()
            }
            _ => self.text(key, node).into_iter().map(|text| (text, node.span)).collect(),
        }
    }

    pub(super) fn flag(&mut self, key: &Key, node: &Node) -> Option<bool> {
        match node.value {
            Value::Flag(flag) => Some(flag),
            _ => {
                self.wrong_type(key, node, "true or false");
                None
            }
        }
    }

    pub(super) fn kinds(&mut self, key: &Key, node: &Node) -> Vec<FactKind> {
        let mut kinds = Vec::new();
        for (name, span) in self.texts(key, node) {
            match FactKind::ALL.iter().find(|(_, own, ..)| *own == name) {
                Some((kind, ..)) => kinds.push(*kind),
                None => {
                    let known: Vec<&str> = FactKind::ALL.iter().map(|(_, name, ..)| *name).collect();
                    self.unknown(span, format!("there are no facts called `{name}`"), &name, &known);
                }
            }
        }
        kinds
    }

    /// The field of that name, which all the kinds have to have.
    pub(super) fn field(&mut self, name: &str, span: Span, kinds: &[FactKind]) -> Option<Field> {
        let Some(field) = Field::named(name) else {
            let known: Vec<&str> = FIELDS
                .iter()
                .filter(|row| kinds.iter().all(|kind| row.is_of(*kind)))
                .map(|row| row.name)
                .chain(COMBINERS)
                .collect();
            self.unknown(span, format!("there is no field `{name}`"), name, &known);
            return None;
        };
        let row = field.row();
        if let Some(without) = kinds.iter().find(|kind| !row.is_of(**kind)) {
            let having: Vec<&str> = FactKind::ALL
                .iter()
                .filter(|(kind, ..)| row.is_of(*kind))
                .map(|(kind, ..)| kind.plural())
                .collect();
            let message = format!("{} have no field `{name}`", without.plural());
            self.fault(span, message, "not here", format!("only {} have it: set `in`", having.join(" and ")));
            return None;
        }
        Some(field)
    }

    /// A parameter that the page declares, of this type.
    pub(super) fn parameter(&mut self, name: &str, span: Span, wanted: ParameterType) -> Option<&Declared> {
        let parameters = self.declarations.parameters;
        let Some(declared) = parameters.get(name) else {
            let known: Vec<&str> = parameters.keys().map(String::as_str).collect();
            let message = format!("this page declares no parameter `{name}`");
            if known.is_empty() {
                self.fault(span, message, "not declared", format!("declare it under [parameters.{name}]"));
            } else {
                self.unknown(span, message, name, &known);
            }
            return None;
        };
        if declared.takes != wanted {
            let wanted = match wanted {
                ParameterType::WholeNumber => "whole-number",
                ParameterType::Choice => "choice",
                ParameterType::Words => "words",
                ParameterType::MarksByLanguage => "marks-by-language",
            };
            let message = format!("the parameter `{name}` is of another type than this needs");
            self.fault(span, message, "here", format!("declare it with type = \"{wanted}\""));
            return None;
        }
        self.used.push(name.to_owned());
        Some(declared)
    }
}
