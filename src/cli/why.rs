//! `quotes --why`: which quotations are asked about, and what is said where there is none.

use std::path::{Path, PathBuf};

use crate::facts::{self, Quotation};
use crate::project::Project;
use crate::report::Asked;
use crate::source::{self, Document, Found, InputError, Point, Position};

/// How many quotations near a place without one are named.
const NEAR: usize = 3;

/// The places asked about.
pub(super) struct Points(Vec<Point>);

impl Points {
    /// Reads the places that were typed.
    pub(super) fn read(paths: &[PathBuf]) -> Self {
        Self(paths.iter().map(|path| Point::read(path)).collect())
    }

    /// The files and folders without lines and columns.
    pub(super) fn paths(&self) -> Vec<PathBuf> {
        self.0.iter().map(|point| point.path.clone()).collect()
    }

    /// Why each quotation asked about has its speaker or none, by file and place, and the places that have no
    /// quotation. Relative paths are seen from `cwd`; `found` tells where a file was found.
    pub(super) fn answer<'f>(
        &self,
        cwd: &Path,
        project: &Project,
        found: impl Fn(&str) -> Option<&'f Found>,
    ) -> (Vec<Asked>, Vec<InputError>) {
        let points: Vec<(&Point, PathBuf)> =
            self.0.iter().map(|point| (point, source::absolute(cwd, &point.path))).collect();
        let mut asked = Vec::new();
        let mut met = vec![false; points.len()];
        let mut input_errors = Vec::new();
        for (file, facts) in project.corpus().files() {
            let Some(document) = project.documents().get(file.index()) else { continue };
            let of_file = |point: &Point, location: &Path| {
                found(&facts.path).is_some_and(|found| {
                    if point.path.as_os_str() == "-" { found.stdin } else { found.location == location }
                })
            };
            let mut wanted = vec![false; facts.quotations.len()];
            for ((point, location), met) in points.iter().zip(&mut met) {
                let Some(line) = point.line else {
                    let below = found(&facts.path).is_some_and(|found| found.location.starts_with(location));
                    if below || of_file(point, location) {
                        wanted.fill(true);
                    }
                    continue;
                };
                if !of_file(point, location) {
                    continue;
                }
                *met = true;
                let hits = at(document, &facts.quotations, line, point.column);
                if hits.is_empty() && facts.unreadable.is_none() {
                    input_errors.push(nothing_at(document, &facts.quotations, line, point.column));
                }
                hits.into_iter().for_each(|hit| wanted[hit] = true);
            }
            if points.is_empty() {
                wanted.fill(true);
            }
            if wanted.contains(&true) {
                let why = facts::why(document, &project.hints(&facts.path));
                let chosen = why.into_iter().enumerate().filter(|(index, _)| wanted[*index]);
                asked.extend(chosen.map(|(index, why)| Asked { file, index, why }));
            }
        }
        let unmet = points.iter().zip(&met).filter(|((point, _), met)| point.line.is_some() && !**met);
        for ((point, _), _) in unmet {
            let input_error =
                InputError::new(point.path.to_string_lossy(), "a line of a folder cannot be asked about");
            input_errors.push(input_error.help("name the file, as in drafts/monday.md:8"));
        }
        (asked, input_errors)
    }
}

/// The quotations on a line; with a column, the innermost one there.
fn at(document: &Document, quotations: &[Quotation], line: u32, column: Option<u32>) -> Vec<usize> {
    let ends = |quotation: &Quotation| {
        let last = quotation.span.end.saturating_sub(1).max(quotation.span.start);
        (document.text.position(quotation.span.start), document.text.position(last))
    };
    let key = |position: Position| (position.line, position.column);
    let hits = quotations.iter().enumerate().filter(|(_, quotation)| {
        let (first, last) = ends(quotation);
        match column {
            None => first.line <= line && line <= last.line,
            Some(column) => key(first) <= (line, column) && (line, column) <= key(last),
        }
    });
    let mut hits = hits.map(|(index, _)| index);
    match column {
        None => hits.collect(),
        Some(_) => hits.next_back().into_iter().collect(),
    }
}

/// A place without a quotation, with the nearest ones drawn.
fn nothing_at(document: &Document, quotations: &[Quotation], line: u32, column: Option<u32>) -> InputError {
    let place = match column {
        Some(column) => format!("at line {line}, column {column}"),
        None => format!("in line {line}"),
    };
    if line > document.text.line_count() {
        let input_error = InputError::new(&document.path, format!("there is no line {line}"));
        return input_error.help(format!("the last line is {}", document.text.line_count()));
    }
    let input_error = InputError::new(&document.path, format!("there is no quotation {place}"));
    if quotations.is_empty() {
        return input_error.help("there is none in this file");
    }
    let span = document.text.line(line);
    let here = span.start + column.map_or(0, |column| column.saturating_sub(1)).min(span.len());
    let mut near: Vec<&Quotation> = quotations.iter().filter(|quotation| quotation.level == 0).collect();
    near.sort_by_key(|quotation| {
        let (start, end) = (quotation.span.start, quotation.span.end);
        (start.saturating_sub(here).max(here.saturating_sub(end)), start)
    });
    near.truncate(NEAR);
    near.sort_by_key(|quotation| quotation.span.start);
    let named: Vec<String> = near
        .iter()
        .map(|quotation| {
            let at = document.text.position(quotation.span.start);
            format!("{}:{}:{}", document.path, at.line, at.column)
        })
        .collect();
    let input_error = near.iter().fold(input_error, |input_error, quotation| {
        input_error.at(document.text.as_str(), quotation.span, "")
    });
    input_error.help(format!("the nearest: {}", named.join(", ")))
}
