//! The CSV that the Wikidata query service returns: one row for each office of each person, with the columns
//! `person`, `label`, `position`, `start` and `end` in any order; others are passed over.

use rustc_hash::FxHashMap;

use super::date::Partial;
use super::{Roster, RosterPerson, RosterTitle, tenure};
use crate::calendar::Interval;
use crate::source::{Span, Trouble};

/// Reads a query result.
pub fn read(path: &str, text: &str) -> Result<Roster, Trouble> {
    let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|error| trouble(path, text, &error))?.clone();
    let columns = Columns::find(path, text, &headers)?;
    let mut persons: Vec<RosterPerson> = Vec::new();
    let mut rank: FxHashMap<String, usize> = FxHashMap::default();
    let mut row = csv::StringRecord::new();
    while reader.read_record(&mut row).map_err(|error| trouble(path, text, &error))? {
        let cell = |column: Option<usize>| column.and_then(|column| row.get(column)).unwrap_or("").trim();
        let date = |column: Option<usize>| {
            read_day(cell(column)).ok_or_else(|| {
                let start = row.position().map_or(0, csv::Position::byte) as usize;
                let line = text[start.min(text.len())..].lines().next().unwrap_or("");
                let at = start + line.find(cell(column)).unwrap_or(0);
                Trouble::new(path, format!("“{}” is no day", cell(column)))
                    .at(text, Span::new(at as u32, (at + cell(column).len()) as u32), "here")
                    .help("write 2019-05-20, 2019-05 or 2019, with or without a time, or leave it empty")
            })
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
    fn find(path: &str, text: &str, headers: &csv::StringRecord) -> Result<Self, Trouble> {
        let find = |names: &[&str]| {
            names.iter().find_map(|name| {
                headers
                    .iter()
                    .position(|header| header.trim().trim_start_matches('?').eq_ignore_ascii_case(name))
            })
        };
        let need = |names: &[&str]| {
            find(names).ok_or_else(|| {
                let end = text.lines().next().map_or(0, str::len) as u32;
                Trouble::new(path, format!("there is no column “{}”", names[0]))
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

fn trouble(path: &str, text: &str, error: &csv::Error) -> Trouble {
    let start = error.position().map_or(0, csv::Position::byte) as usize;
    let line = text.get(start..).and_then(|rest| rest.lines().find(|line| !line.is_empty())).unwrap_or("");
    let message = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("this row has {len} columns and the first has {expected_len}")
        }
        _ => "this is not valid CSV".to_owned(),
    };
    Trouble::new(path, message).at(text, Span::new(start as u32, (start + line.len()) as u32), "here")
}
