//! The CSV that the Wikidata query service returns: one row for each office of each person, with the columns
//! `person`, `label`, `position`, `start` and `end` in any order; others are passed over.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::date::Partial;
use super::{Roster, RosterPerson, RosterTitle, tenure};
use crate::calendar::Interval;
use crate::source::{InputError, Span};

/// Reads a query result.
pub fn read(path: &str, text: &str) -> Result<Roster, InputError> {
    let mut rows = Rows { text, at: 0 };
    let headers = rows.next().unwrap_or_default();
    let columns = Columns::find(path, text, &headers)?;
    let mut persons: Vec<RosterPerson> = Vec::new();
    let mut rank: FxHashMap<String, usize> = FxHashMap::default();
    for row in rows {
        if row.len() != headers.len() {
            let span = row.first().map_or(Span::default(), |cell| cell.span).join(row[row.len() - 1].span);
            let message = format!("this row has {} columns and the first has {}", row.len(), headers.len());
            return Err(InputError::new(path, message).at(text, span, "here"));
        }
        let cell = |column: Option<usize>| column.map_or("", |column| row[column].text.trim());
        let date = |column: Option<usize>| match column {
            None => Ok(None),
            Some(at) => read_day(row[at].text.trim()).ok_or_else(|| {
                InputError::new(path, format!("“{}” is no day", row[at].text.trim()))
                    .at(text, row[at].span, "here")
                    .help("write 2019-05-20, 2019-05 or 2019, with or without a time, or leave it empty")
            }),
        };
        let (label, person) = (cell(Some(columns.label)), cell(Some(columns.person)));
        // The service repeats the id where a thing has no English name.
        if is_id(label) || label.is_empty() {
            continue;
        }
        let at = *rank.entry(person.to_owned()).or_insert_with(|| {
            persons.push(RosterPerson { name: label.to_owned(), ..RosterPerson::default() });
            persons.len() - 1
        });
        let known = &mut persons[at];
        if label != known.name && !known.aliases.iter().any(|alias| alias == label) {
            known.aliases.push(label.to_owned());
        }
        known.born = known.born.or(date(columns.born)?);
        known.died = known.died.or(date(columns.died)?);
        let (start, end) = (date(columns.start)?, date(columns.end)?);
        let position = cell(Some(columns.position));
        if !position.is_empty()
            && !is_id(position)
            && let Some(held) = tenure(start, end.map(widen))
        {
            let title = RosterTitle { title: position.to_owned(), held };
            // Joined with other columns, a query repeats whole rows.
            if !known.titles.contains(&title) {
                known.titles.push(title);
            }
        }
    }
    Ok(Roster { persons, ..Roster::default() })
}

/// One cell, and where it stands between its commas.
struct Cell<'t> {
    text: Cow<'t, str>,
    span: Span,
}

/// Rows of comma-separated values after RFC 4180: a cell in double marks may hold commas, line ends and, doubled,
/// double marks. Lines without anything are no rows. A mark that never closes runs to the end of the file.
struct Rows<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Iterator for Rows<'t> {
    type Item = Vec<Cell<'t>>;

    fn next(&mut self) -> Option<Vec<Cell<'t>>> {
        while matches!(self.text.as_bytes().get(self.at), Some(b'\n' | b'\r')) {
            self.at += 1;
        }
        if self.at >= self.text.len() {
            return None;
        }
        let mut cells = Vec::new();
        loop {
            cells.push(self.cell());
            match self.text.as_bytes().get(self.at) {
                Some(b',') => self.at += 1,
                _ => return Some(cells),
            }
        }
    }
}

impl<'t> Rows<'t> {
    fn cell(&mut self) -> Cell<'t> {
        let start = self.at;
        let rest = &self.text[start..];
        if let Some(inside) = rest.strip_prefix('"') {
            let mut length = 0;
            let mut doubled = false;
            while let Some(mark) = memchr::memchr(b'"', &inside.as_bytes()[length..]) {
                length += mark;
                if inside.as_bytes().get(length + 1) != Some(&b'"') {
                    break;
                }
                doubled = true;
                length += 2;
            }
            if memchr::memchr(b'"', &inside.as_bytes()[length..]) != Some(0) {
                length = inside.len();
            }
            let text = &inside[..length];
            let tail = inside[length..].find([',', '\n']).unwrap_or(inside.len() - length);
            self.at = start + 1 + length + tail;
            let text = if doubled { Cow::Owned(text.replace("\"\"", "\"")) } else { Cow::Borrowed(text) };
            return Cell { text, span: Span::new(start as u32, self.at as u32) };
        }
        let length = rest.find([',', '\n']).unwrap_or(rest.len());
        self.at = start + length;
        let text = rest[..length].trim_end_matches('\r');
        Cell { text: Cow::Borrowed(text), span: Span::new(start as u32, (start + text.len()) as u32) }
    }
}

struct Columns {
    person: usize,
    label: usize,
    position: usize,
    start: Option<usize>,
    end: Option<usize>,
    born: Option<usize>,
    died: Option<usize>,
}

impl Columns {
    fn find(path: &str, text: &str, headers: &[Cell<'_>]) -> Result<Self, InputError> {
        let find = |names: &[&str]| {
            names.iter().find_map(|name| {
                headers
                    .iter()
                    .position(|header| header.text.trim().trim_start_matches('?').eq_ignore_ascii_case(name))
            })
        };
        let need = |names: &[&str]| {
            find(names).ok_or_else(|| {
                let end = text.lines().next().map_or(0, str::len) as u32;
                InputError::new(path, format!("there is no column “{}”", names[0]))
                    .at(text, Span::new(0, end), "the columns of this file")
                    .help("a registry in CSV has the columns person, label, position, start and end")
            })
        };
        Ok(Self {
            person: need(&["person", "item", "human"])?,
            label: need(&["label", "personLabel", "itemLabel", "humanLabel"])?,
            // The service's own label column beats the id beside it.
            position: need(&["positionLabel", "position"])?,
            start: find(&["start", "startdate"]),
            end: find(&["end", "enddate"]),
            born: find(&["born", "birth", "dob", "dateOfBirth"]),
            died: find(&["died", "death", "dod", "dateOfDeath"]),
        })
    }
}

/// A day; empty, unknown (a blank node) and before the year 1 are `Some(None)`, what is none of these is `None`.
#[expect(clippy::option_option, reason = "nothing known and not a day are two answers")]
fn read_day(cell: &str) -> Option<Option<Interval>> {
    if is_id(cell) || cell.starts_with('-') || cell.contains("genid") {
        return Some(None);
    }
    Partial::parse(cell).map(|day| day.0)
}

/// The service writes a year as its first of January. An end on that day therefore stands for the whole year.
fn widen(end: Interval) -> Interval {
    match end.single() {
        Some(day) if day.month() == 1 && day.day() == 1 => Interval::year(day.year()).unwrap_or(end),
        _ => end,
    }
}

/// `Q42`, the address of one, or a blank node.
fn is_id(cell: &str) -> bool {
    let last = cell.rsplit('/').next().unwrap_or("");
    let numbered = |prefix: char| {
        last.strip_prefix(prefix)
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    numbered('Q') || (cell.contains("genid")) || cell.starts_with("_:") || (numbered('t') && cell == last)
}
