//! Days as registries write them: a day, a month or a year; with or without a time; null; zero for what is unknown.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

use crate::calendar::Interval;

/// A day that may be known only to its month or year, or not at all.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Partial(pub Option<Interval>);

/// A day (2019-05-20), a month ("2019-05") or a year (2019).
#[cfg(feature = "cli")]
#[derive(schemars::JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "only its schema is used")]
enum WrittenDay {
    Text(#[schemars(regex(pattern = r"^\d{4}(-\d{2}(-\d{2})?)?([T ].*)?$"))] String),
    Year(i32),
}

#[cfg(feature = "cli")]
impl schemars::JsonSchema for Partial {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        WrittenDay::json_schema(generator)
    }
}

impl Partial {
    /// Reads `2019`, `2019-05`, `2019-05-20`, any of them with a time after it, with `00` for an unknown month or
    /// day, or nothing at all. `None` where it is none of these.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let date = text.split(['T', ' ']).next().unwrap_or("").trim_start_matches('+');
        if date.is_empty() {
            return Some(Self(None));
        }
        let date = date.strip_suffix("-00").unwrap_or(date);
        let date = date.strip_suffix("-00").unwrap_or(date);
        Interval::parse_partial(date).map(|days| Self(Some(days)))
    }
}

impl<'de> Deserialize<'de> for Partial {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(PartialVisitor)
    }
}

struct PartialVisitor;

impl<'de> Visitor<'de> for PartialVisitor {
    type Value = Partial;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a day such as 2019-05-20, a month such as 2019-05 or a year such as 2019")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Partial, E> {
        Partial::parse(text).ok_or_else(|| {
            E::custom(format!("“{text}” is no day (2019-05-20), month (2019-05) or year (2019)"))
        })
    }

    fn visit_i64<E: Error>(self, year: i64) -> Result<Partial, E> {
        self.visit_str(&format!("{year:04}"))
    }

    fn visit_u64<E: Error>(self, year: u64) -> Result<Partial, E> {
        self.visit_str(&format!("{year:04}"))
    }

    fn visit_unit<E: Error>(self) -> Result<Partial, E> {
        Ok(Partial(None))
    }

    fn visit_none<E: Error>(self) -> Result<Partial, E> {
        Ok(Partial(None))
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Partial, D::Error> {
        from.deserialize_any(self)
    }

    /// TOML hands a date of its own over as a table with one entry.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Partial, A::Error> {
        let mut found = None;
        while let Some((key, value)) = map.next_entry::<String, String>()? {
            if !key.starts_with("$__toml") {
                return Err(A::Error::custom("expected a day, not a table"));
            }
            found = Some(value);
        }
        self.visit_str(&found.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::Partial;
    use crate::calendar::Interval;

    #[test]
    fn what_registries_write_as_a_day() {
        for (written, means) in [
            ("2019", Interval::parse_partial("2019")),
            ("2019-05", Interval::parse_partial("2019-05")),
            ("2019-05-20", Interval::parse_partial("2019-05-20")),
            ("2019-05-20T00:00:00Z", Interval::parse_partial("2019-05-20")),
            ("2019-05-20 12:30", Interval::parse_partial("2019-05-20")),
            ("+2019-05-00T00:00:00Z", Interval::parse_partial("2019-05")),
            ("2019-00-00", Interval::parse_partial("2019")),
            ("", None),
        ] {
            assert_eq!(Partial::parse(written), Some(Partial(means)), "{written}");
        }
        for nonsense in ["spring", "2019-13", "2019-02-30", "20190520", "-0044-03-15"] {
            assert_eq!(Partial::parse(nonsense), None, "{nonsense}");
        }
    }
}
