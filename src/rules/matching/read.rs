//! Reads a page's `[match]`. Every fault points into the page and says what to write instead.

use super::field::{FIELDS, FactKind, Field};
use super::reader::{Declarations, Reader};
use super::template::{Template, TemplateFault};
use super::{Condition, Pattern, PatternFix};
use crate::rules::Level;
use crate::source::{InputError, Key, Node, Span, Value, toml_node};

/// The fields that have a place of their own, where a finding or a fix may stand.
pub(super) const PLACES: [&str; 3] = ["cue", "source", "title"];

const KEYS: [&str; 12] =
    ["in", "nested", "where", "at", "once", "message", "label", "help", "related", "also", "level", "fix"];
const FIX_KEYS: [&str; 3] = ["safe", "replace", "with"];

/// The patterns of a page; empty where it has no `[match]`.
///
/// # Errors
/// Everything wrong with them, each with its place in the page.
pub fn patterns(
    path: &str,
    text: &str,
    declarations: Declarations<'_>,
) -> Result<Vec<Pattern>, Vec<InputError>> {
    let parsed = toml_node(text);
    let Value::Table(entries) = &parsed.node.value else { return Ok(Vec::new()) };
    let Some((key, node)) = entries.iter().find(|(key, _)| key.name == "match") else {
        return Ok(Vec::new());
    };
    let mut reader = Reader { path, text, declarations, used: Vec::new(), input_errors: Vec::new() };
    let patterns: Vec<Pattern> = match &node.value {
        Value::List(items) => items.iter().filter_map(|item| reader.pattern(key, item)).collect(),
        _ => reader.pattern(key, node).into_iter().collect(),
    };
    for name in declarations.parameters.keys() {
        if !reader.used.contains(name) {
            let at = text.find(&format!("[parameters.{name}]")).unwrap_or(0) as u32;
            let span = Span::new(at, at + "[parameters.]".len() as u32 + name.len() as u32);
            let message = format!("nothing in [match] uses the parameter `{name}`");
            reader.fault(span, message, "declared here", "take it out, or ask for it in a test");
        }
    }
    if reader.input_errors.is_empty() { Ok(patterns) } else { Err(reader.input_errors) }
}

impl Reader<'_> {
    fn pattern(&mut self, whole: &Key, node: &Node) -> Option<Pattern> {
        let entries = self.table("[match]", whole, node, &KEYS);
        let get = |name: &str| entries.iter().find(|(key, _)| key.name == name);
        let kinds = match get("in") {
            Some((key, node)) => self.kinds(key, node),
            None => vec![FactKind::Quotation],
        };
        let condition = match get("where") {
            Some((key, node)) => self.condition(key, node, &kinds),
            None => Condition::All(Vec::new()),
        };
        let mut present = Vec::new();
        condition.present(&mut present);
        let at = get("at").and_then(|(key, node)| self.place(key, node, &kinds));
        let template = |reader: &mut Self, name: &str| {
            let (key, node) = get(name)?;
            reader.template(key, node, &kinds, &present)
        };
        let message = template(self, "message");
        if get("message").is_none() {
            let help = "say what is wrong: message = \"“{cue}” is not the house's word\"";
            self.fault(whole.span, "this [match] has no `message`", "here", help);
        }
        let label = template(self, "label");
        let help = template(self, "help");
        let fix = get("fix").and_then(|(key, node)| self.fix(key, node, &kinds, at));
        let words = |reader: &mut Self, name: &str| {
            get(name).and_then(|(key, node)| reader.text(key, node)).unwrap_or_default()
        };
        let (mut related, mut also) = (words(self, "related"), words(self, "also"));
        for (name, words, usual) in [("related", &mut related, "see here"), ("also", &mut also, "here too")] {
            if words.is_empty() {
                *words = usual.to_owned();
            } else if let (Some((key, _)), false) = (get(name), kinds.contains(&FactKind::Mark)) {
                self.fault(
                    key.span,
                    format!("`{name}` is for marks, and this looks at none"),
                    "here",
                    "take it out",
                );
            }
        }
        let nested = get("nested").and_then(|(key, node)| self.flag(key, node)).unwrap_or(false);
        let level = get("level").and_then(|(key, node)| self.level(key, node));
        let once = get("once").and_then(|(key, node)| {
            let name = self.text(key, node)?;
            self.field(&name, node.span, &kinds)
        });
        Some(Pattern {
            kinds,
            nested,
            condition,
            at,
            once,
            message: message?,
            label,
            help,
            related,
            also,
            level,
            fix,
        })
    }

    /// A field that has a place of its own.
    fn place(&mut self, key: &Key, node: &Node, kinds: &[FactKind]) -> Option<Field> {
        let name = self.text(key, node)?;
        if !PLACES.contains(&name.as_str()) {
            self.unknown(node.span, format!("`{name}` has no place of its own"), &name, &PLACES);
            return None;
        }
        let field = self.field(&name, node.span, kinds)?;
        if field == Field::Title && kinds.iter().any(|kind| *kind != FactKind::Mention) {
            let message = "the titles of a speaker stand in several places";
            self.fault(
                node.span,
                message,
                "here",
                "only a mention has its title's place: set in = \"mention\"",
            );
        }
        Some(field)
    }

    /// A text with placeholders; `present` are the fields that surely have a value.
    fn template(
        &mut self,
        key: &Key,
        node: &Node,
        kinds: &[FactKind],
        present: &[Field],
    ) -> Option<Template> {
        let text = self.text(key, node)?;
        let template = match Template::read(&text) {
            Ok(template) => template,
            Err(TemplateFault::Brace) => {
                let help = "a placeholder is {field}; write {{ or }} for a brace of the text itself";
                self.fault(node.span, "a brace has no partner", "in this text", help);
                return None;
            }
            Err(TemplateFault::Unknown(name)) => {
                self.field(&name, node.span, kinds);
                return None;
            }
        };
        for (field, ready) in template.fields() {
            let name = field.row().name;
            if self.field(name, node.span, kinds).is_some()
                && !ready
                && !field.row().always
                && !present.contains(&field)
            {
                let message = format!("`{{{name}}}` may be missing");
                let help = format!(
                    "write {{{name}|what to say instead}}, or ask for it in [match.where]: {name} = {{ missing = false }}"
                );
                self.fault(node.span, message, "in this text", help);
            }
        }
        Some(template)
    }

    fn level(&mut self, key: &Key, node: &Node) -> Option<Level> {
        let name = self.text(key, node)?;
        let levels = [("error", Level::Error), ("warning", Level::Warning), ("note", Level::Note)];
        let Some((_, level)) = levels.iter().find(|(own, _)| *own == name) else {
            let known = levels.map(|(name, _)| name);
            self.unknown(node.span, format!("there is no level `{name}`"), &name, &known);
            return None;
        };
        let Declarations { level: own, levels, .. } = self.declarations;
        if *level != own && !levels.contains_key(level) {
            let message = format!("the page does not say that a finding may be of level `{name}`");
            self.fault(node.span, message, "here", format!("say when under [levels]: {name} = \"where …\""));
        }
        Some(*level)
    }

    fn fix(&mut self, whole: &Key, node: &Node, kinds: &[FactKind], at: Option<Field>) -> Option<PatternFix> {
        let entries = self.table("a fix", whole, node, &FIX_KEYS);
        let get = |name: &str| entries.iter().find(|(key, _)| key.name == name);
        let safe = get("safe").and_then(|(key, node)| self.flag(key, node)).unwrap_or(false);
        let replace = get("replace").and_then(|(key, node)| self.place(key, node, kinds));
        let Some((key, with)) = get("with") else {
            self.fault(
                whole.span,
                "this fix does not say what to write",
                "no `with` here",
                "add with = \"…\"",
            );
            return None;
        };
        // A missing value means that no fix is offered, so every field may stand here.
        let all: Vec<Field> = FIELDS.iter().map(|row| row.field).collect();
        let with = self.template(key, with, kinds, &all)?;
        let spoken = |kind: &FactKind| matches!(kind, FactKind::Quotation | FactKind::Indirect);
        if replace.or(at).is_none() && kinds.iter().any(spoken) {
            let message = "a fix never replaces what somebody said";
            self.fault(
                whole.span,
                message,
                "replaces the whole",
                "say what it replaces: replace = \"cue\" or \"source\"",
            );
            return None;
        }
        Some(PatternFix { safe, replace, with })
    }
}
