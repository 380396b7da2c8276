//! Messages with placeholders: `“{cue}” says more than that it was said`.

use super::field::Field;
use super::subject::Subject;

/// A text with placeholders, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Words(String),
    Value {
        field: Field,
        /// What stands in the place of a value that is missing.
        instead: Option<String>,
    },
}

/// What is wrong with a template: the placeholder, braces included, or the rest of the text after an open brace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TemplateFault {
    /// A brace that opens and does not close, or closes and was not opened.
    Brace,
    /// No field has this name.
    Unknown(String),
}

impl Template {
    /// Takes a text apart. `{{` and `}}` are braces of the text itself.
    ///
    /// # Errors
    /// The first placeholder that is none.
    pub fn read(text: &str) -> Result<Self, TemplateFault> {
        let mut parts = Vec::new();
        let mut words = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            words.push_str(&rest[..at]);
            let brace = &rest[at..=at];
            rest = &rest[at + 1..];
            if let Some(after) = rest.strip_prefix(brace) {
                words.push_str(brace);
                rest = after;
                continue;
            }
            let Some((inner, after)) = rest.split_once('}').filter(|_| brace == "{") else {
                return Err(TemplateFault::Brace);
            };
            let (name, instead) = match inner.split_once('|') {
                Some((name, instead)) => (name, Some(instead.to_owned())),
                None => (inner, None),
            };
            let field =
                Field::named(name.trim()).ok_or_else(|| TemplateFault::Unknown(name.trim().to_owned()))?;
            if !words.is_empty() {
                parts.push(Part::Words(std::mem::take(&mut words)));
            }
            parts.push(Part::Value { field, instead });
            rest = after;
        }
        words.push_str(rest);
        if !words.is_empty() {
            parts.push(Part::Words(words));
        }
        Ok(Self(parts))
    }

    /// The fields that it shows, each with whether words stand ready for a missing value.
    pub fn fields(&self) -> impl Iterator<Item = (Field, bool)> {
        self.0.iter().filter_map(|part| match part {
            Part::Words(_) => None,
            Part::Value { field, instead } => Some((*field, instead.is_some())),
        })
    }

    /// The text for a fact; `None` where a value is missing and nothing stands ready for it. Several values are parted by
    /// commas.
    pub fn fill(&self, subject: &Subject<'_>) -> Option<String> {
        let mut text = String::new();
        for part in &self.0 {
            match part {
                Part::Words(words) => text.push_str(words),
                Part::Value { field, instead } => {
                    let shown = shown(subject, *field);
                    text.push_str(shown.as_deref().or(instead.as_deref())?);
                }
            }
        }
        Some(text)
    }
}

fn shown(subject: &Subject<'_>, field: Field) -> Option<String> {
    use super::field::FieldType;
    match field.row().takes {
        FieldType::Number => Some(subject.number(field).to_string()),
        FieldType::Flag => Some(if subject.flag(field) { "yes" } else { "no" }.to_owned()),
        FieldType::Text | FieldType::Choice => {
            let values = subject.values(field);
            (!values.is_empty()).then(|| values.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_told_from_braces() {
        let value = |field, instead: Option<&str>| Part::Value { field, instead: instead.map(str::to_owned) };
        let words = |text: &str| Part::Words(text.to_owned());
        for (text, parts) in [
            ("nothing to fill", vec![words("nothing to fill")]),
            (
                "“{cue}” by {speaker|somebody}",
                vec![
                    words("“"),
                    value(Field::Cue, None),
                    words("” by "),
                    value(Field::Speaker, Some("somebody")),
                ],
            ),
            ("{{so}} {words}", vec![words("{so} "), value(Field::Words, None)]),
        ] {
            assert_eq!(Template::read(text), Ok(Template(parts)), "{text}");
        }
        assert_eq!(Template::read("{cue"), Err(TemplateFault::Brace));
        assert_eq!(Template::read("cue}"), Err(TemplateFault::Brace));
        assert_eq!(Template::read("{que}"), Err(TemplateFault::Unknown("que".to_owned())));
    }
}
