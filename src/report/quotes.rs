//! Who said what: quotations as a table, as JSON Lines and as CSV.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::checked::{Checked, Tally, Tapes};
use super::clean::{self, CUT};
use super::json_line::JsonLine;
use super::json_text;
use super::output_style::{Ink, OutputStyle};
use super::sheet::Sheet;
use crate::calendar::Interval;
use crate::facts::{Phrase, Quotation, QuotationKind};
use crate::source::FileId;

/// A quotation as programs are told of it. Offsets count bytes of the file on disk.
#[derive(Serialize)]
pub(super) struct Record<'a> {
    path: &'a str,
    start: u64,
    end: u64,
    line: u32,
    column: u32,
    text: &'a str,
    kind: QuotationKind,
    attributed: bool,
    source: Option<Words<'a>>,
    cue: Option<Words<'a>>,
    speaker: Option<&'a str>,
    said_on: Option<String>,
    medium: Option<&'a str>,
    confidence: Option<f32>,
    evidence: Option<&'a str>,
    to: Option<Words<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    check: Option<Checked>,
}

/// A phrase as programs are told of it.
#[derive(Serialize)]
pub(super) struct Words<'a> {
    start: u64,
    end: u64,
    text: &'a str,
}

/// Writes one quotation a line, by path and place.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn quotes_lines(
    out: &mut dyn Write,
    sheet: &Sheet<'_>,
    wanted: &[FileId],
    check: bool,
) -> io::Result<()> {
    let mut line = JsonLine::default();
    each(sheet, wanted, check, |record| {
        line.begin();
        write_members(&mut line, &record)?;
        out.write_all(line.end())
    })
}

/// Writes one JSON document: all quotations by path and place, and how many of them are exact, edited and so on where they
/// are held against the tapes.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn quotes_json(out: &mut dyn Write, sheet: &Sheet<'_>, wanted: &[FileId], check: bool) -> io::Result<()> {
    let mut line = JsonLine::default();
    let mut first = true;
    write!(out, "{{\"quotations\":[")?;
    let mut tally = Tally::default();
    each(sheet, wanted, check, |record| {
        write!(out, "{}", if first { "\n" } else { ",\n" })?;
        first = false;
        tally.count(record.check.as_ref());
        line.begin();
        write_members(&mut line, &record)?;
        out.write_all(line.end().trim_ascii_end())
    })?;
    write!(out, "\n],\"summary\":")?;
    json_text::write(out, &tally.summary(check))?;
    writeln!(out, "}}")
}

/// Writes the members of a record: the same as its `Serialize` gives, which serves where there are few of them.
fn write_members(line: &mut JsonLine, record: &Record<'_>) -> io::Result<()> {
    line.before(r#"{"path":"#).text(record.path);
    line.before(r#","start":"#).number(record.start);
    line.before(r#","end":"#).number(record.end);
    line.before(r#","line":"#).number(record.line.into());
    line.before(r#","column":"#).number(record.column.into());
    line.before(r#","text":"#).text(record.text);
    line.before(r#","kind":"#).other(&record.kind)?;
    line.before(r#","attributed":"#).truth(record.attributed);
    write_words(line.before(r#","source":"#), record.source.as_ref());
    write_words(line.before(r#","cue":"#), record.cue.as_ref());
    line.before(r#","speaker":"#).text_or_null(record.speaker);
    line.before(r#","said_on":"#).text_or_null(record.said_on.as_deref());
    line.before(r#","medium":"#).text_or_null(record.medium);
    line.before(r#","confidence":"#).other(&record.confidence)?;
    line.before(r#","evidence":"#).text_or_null(record.evidence);
    write_words(line.before(r#","to":"#), record.to.as_ref());
    if let Some(check) = &record.check {
        line.before(r#","check":"#).other(check)?;
    }
    line.before("}");
    Ok(())
}

fn write_words(line: &mut JsonLine, words: Option<&Words<'_>>) {
    let Some(words) = words else { return line.null() };
    line.before(r#"{"start":"#).number(words.start);
    line.before(r#","end":"#).number(words.end);
    line.before(r#","text":"#).text(words.text);
    line.before("}");
}

/// Writes one quotation a row, by path and place, under a row of names.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn quotes_csv(out: &mut dyn Write, sheet: &Sheet<'_>, wanted: &[FileId], check: bool) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    let mut names = vec![
        "path",
        "start",
        "end",
        "line",
        "column",
        "text",
        "kind",
        "attributed",
        "source_start",
        "source_end",
        "source",
        "cue_start",
        "cue_end",
        "cue",
        "speaker",
        "said_on",
        "medium",
        "confidence",
        "evidence",
        "to_start",
        "to_end",
        "to",
    ];
    if check {
        names.extend(["check", "how", "place"]);
    }
    rows.write_record(names).map_err(of_rows)?;
    each(sheet, wanted, check, |record| {
        let phrase = |words: &Option<Words<'_>>| words.as_ref().map(|words| (words.start, words.end));
        let text = |words: Option<&Words<'_>>| words.map(|words| clean::cell(words.text).into_owned());
        let cell = |text: Option<&str>| text.map(|text| clean::cell(text).into_owned());
        let cells = (
            (clean::path_cell(record.path), record.start, record.end, record.line, record.column),
            (clean::cell(record.text), record.kind, record.attributed),
            (phrase(&record.source).map(|at| at.0), phrase(&record.source).map(|at| at.1)),
            text(record.source.as_ref()),
            (phrase(&record.cue).map(|at| at.0), phrase(&record.cue).map(|at| at.1)),
            text(record.cue.as_ref()),
            (cell(record.speaker), record.said_on, cell(record.medium), record.confidence, record.evidence),
            (phrase(&record.to).map(|at| at.0), phrase(&record.to).map(|at| at.1)),
            text(record.to.as_ref()),
        );
        match &record.check {
            Some(check) => {
                let place = check.place();
                rows.serialize((cells, check.found, check.how.join(", "), clean::cell(&place)))
                    .map_err(of_rows)?;
            }
            None => rows.serialize(cells).map_err(of_rows)?,
        }
        Ok(())
    })?;
    rows.flush()
}

/// What was wrong with writing rows. A reader that has gone away is told apart by the kind of its error.
fn of_rows(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// Calls `write` for each quotation of the wanted files, in order.
fn each(
    sheet: &Sheet<'_>,
    wanted: &[FileId],
    check: bool,
    mut write: impl FnMut(Record<'_>) -> io::Result<()>,
) -> io::Result<()> {
    for &file in wanted {
        let tapes = check.then(|| Tapes::of(sheet, file));
        for (number, quotation) in sheet.corpus.file(file).quotations.iter().enumerate() {
            let check = tapes.as_ref().map(|tapes| tapes.check(number as u32));
            write(Record { check, ..record(sheet, file, quotation) })?;
        }
    }
    Ok(())
}

/// A phrase with its bytes in the file on disk.
pub(super) fn words<'a>(sheet: &Sheet<'a>, file: FileId, phrase: &'a Phrase) -> Words<'a> {
    let (start, end) = sheet.bytes_in(file, phrase.span);
    Words { start, end, text: &phrase.text }
}

pub(super) fn record<'a>(sheet: &Sheet<'a>, file: FileId, quotation: &'a Quotation) -> Record<'a> {
    let spot = sheet.spot_in(file, quotation.span);
    let attribution = quotation.attribution.as_ref();
    let words = |phrase: &'a Phrase| words(sheet, file, phrase);
    Record {
        path: spot.path,
        start: spot.bytes.0,
        end: spot.bytes.1,
        line: spot.start.line,
        column: spot.start.column,
        text: &quotation.text,
        kind: quotation.kind,
        attributed: attribution.is_some(),
        source: attribution.and_then(|a| a.source.as_ref()).map(words),
        cue: attribution.and_then(|a| a.cue.as_ref()).map(words),
        speaker: attribution.and_then(|a| a.speaker.as_ref()).map(|speaker| speaker.name.as_str()),
        said_on: attribution.and_then(|a| a.said_on).map(days),
        medium: attribution.and_then(|a| a.medium.as_deref()),
        confidence: attribution.map(|a| a.confidence),
        evidence: attribution.map(|a| &*a.evidence),
        to: attribution.and_then(|a| a.to.as_ref()).map(words),
        check: None,
    }
}

/// A day as `2025-04-14`, several as an ISO 8601 interval with `..` for an open end.
pub(super) fn days(interval: Interval) -> String {
    let end = |day: Option<crate::calendar::Day>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
    interval
        .single()
        .map_or_else(|| format!("{}/{}", end(interval.from), end(interval.to)), |day| day.to_string())
}

/// Widest speaker and cue that a table shows whole.
const SPEAKER: usize = 28;
const CUE: usize = 16;
/// Widest word on the tapes that a table shows whole.
const TAPE: usize = 56;
/// Room that the words keep on a narrow terminal while the other columns can give way, and the room that they keep always.
const LEAST: usize = 28;
const SHORTEST: usize = 12;
/// Columns between the columns.
const GAPS: usize = 6;

/// Writes a table: place, speaker, cue and words, cut to the width there is.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn quotes_table(
    out: &mut dyn Write,
    sheet: &Sheet<'_>,
    wanted: &[FileId],
    check: bool,
    style: OutputStyle,
) -> io::Result<()> {
    let mut rows: Vec<[String; 5]> = Vec::new();
    for &file in wanted {
        let tapes = check.then(|| Tapes::of(sheet, file));
        for (number, quotation) in sheet.corpus.file(file).quotations.iter().enumerate() {
            let check = tapes.as_ref().map(|tapes| tapes.check(number as u32).words());
            let [place, who, how, what] = row(sheet, file, quotation);
            rows.push([place, who, how, check.unwrap_or_default(), what]);
        }
    }
    let widest = |column: usize| rows.iter().map(|row| clean::width(&row[column])).max().unwrap_or(0);
    let (mut place, mut speaker, mut cue) =
        (widest(0).clamp(5, (style.width / 3).max(5)), widest(1).clamp(7, SPEAKER), widest(2).clamp(3, CUE));
    let mut tape = if check { widest(3).clamp(5, TAPE) + 2 } else { 0 };
    // On a narrow terminal the columns give way to the words, the least telling first.
    let mut over = (place + speaker + cue + tape + GAPS + LEAST).saturating_sub(style.width);
    for (column, least) in [(&mut cue, 8), (&mut tape, 18), (&mut speaker, 14), (&mut place, 16)] {
        let spare = over.min(column.saturating_sub(least));
        *column -= spare;
        over -= spare;
    }
    let words = style.width.saturating_sub(place + speaker + cue + tape + GAPS).max(SHORTEST);
    let (dim, off) = (style.on(Ink::Dim), style.off());
    if !rows.is_empty() {
        let [place, speaker, cue] = [pad("place", place), pad("speaker", speaker), pad("cue", cue)];
        let heading = if check { pad("check", tape) } else { String::new() };
        writeln!(out, "{dim}{place}  {speaker}  {cue}  {heading}quotation{off}")?;
    }
    for [at, who, how, heard, what] in &rows {
        let at = pad(&tail(at, place), place);
        let open = who == UNDECIDED || who == NOBODY;
        let (ink, end) = if open { (dim, off) } else { (style.on(Ink::Bold), off) };
        let who = pad(&clean::cut(who, speaker), speaker);
        let how = pad(&clean::cut(how, cue), cue);
        let heard = pad(&clean::cut(&clean::line(heard), tape.saturating_sub(2)), tape);
        let (heard, what) = (style.dimmed_cuts(&heard, ""), clean::cut(what, words));
        let (who, what) = (style.dimmed_cuts(&who, ink), style.dimmed_cuts(&what, ""));
        writeln!(out, "{dim}{at}{off}  {ink}{who}{end}  {dim}{how}{off}  {heard}{what}")?;
    }
    Ok(())
}

/// Shown for a speaker that is not known.
const UNDECIDED: &str = "undecided";
/// Shown where nobody speaks: a title, words held at arm's length.
const NOBODY: &str = "–";

fn row(sheet: &Sheet<'_>, file: FileId, quotation: &Quotation) -> [String; 4] {
    let spot = sheet.spot_in(file, quotation.span);
    let attribution = quotation.attribution.as_ref();
    let speaker = attribution.and_then(|a| a.speaker.as_ref()).map(|speaker| speaker.name.as_str());
    let source = attribution.and_then(|a| a.source.as_ref()).map(|source| source.text.as_str());
    let who = match (speaker, source) {
        (Some(name), _) => name.to_owned(),
        (None, Some(source)) => format!("{source} (?)"),
        (None, None) if matches!(quotation.kind, QuotationKind::Scare | QuotationKind::Title) => {
            NOBODY.to_owned()
        }
        (None, None) => UNDECIDED.to_owned(),
    };
    let cue = attribution.and_then(|a| a.cue.as_ref()).map_or("", |cue| cue.text.as_str());
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    [
        format!("{}:{}:{}", clean::path(spot.path), spot.start.line, spot.start.column),
        clean::line(&one_line(&who)).into_owned(),
        clean::line(&one_line(cue)).into_owned(),
        clean::line(&one_line(&quotation.text)).into_owned(),
    ]
}

/// The end of a place that is too long: its file name and line matter more than its folders.
fn tail(text: &str, limit: usize) -> Cow<'_, str> {
    let mut spare = clean::width(text);
    if spare <= limit {
        return Cow::Borrowed(text);
    }
    let start = text.char_indices().find(|(_, c)| {
        spare -= clean::columns(*c);
        spare < limit
    });
    let kept = start.map_or("", |(at, c)| &text[at + c.len_utf8()..]);
    // Half a folder's name tells nothing.
    let kept = kept.find('/').map_or(kept, |slash| &kept[slash..]);
    Cow::Owned(format!("{CUT}{kept}"))
}

fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(clean::width(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_place_keeps_its_file_and_whole_folders() {
        for (limit, shown) in [
            (40, "drafts/2026/bridge-news.txt:11:1"),
            (30, "⋯/2026/bridge-news.txt:11:1"),
            (24, "⋯/bridge-news.txt:11:1"),
            (21, "⋯bridge-news.txt:11:1"),
            (10, "⋯.txt:11:1"),
        ] {
            assert_eq!(tail("drafts/2026/bridge-news.txt:11:1", limit), shown, "{limit}");
        }
    }

    #[test]
    fn a_line_says_what_the_record_says() {
        let words = |start, text| Some(Words { start, end: start + 4, text });
        let bare = || Record {
            path: "a.md",
            start: 0,
            end: 120,
            line: 4,
            column: 1,
            text: "“The \"tide\"\n\nturns”",
            kind: QuotationKind::Sentence,
            attributed: false,
            source: None,
            cue: None,
            speaker: None,
            said_on: None,
            medium: None,
            confidence: None,
            evidence: None,
            to: None,
            check: None,
        };
        let full = Record {
            kind: QuotationKind::Scare,
            attributed: true,
            source: words(130, "Ruiz"),
            cue: words(135, "told"),
            speaker: Some("Ana \\ Ruiz"),
            said_on: Some("2025-04-14".to_owned()),
            medium: Some("X"),
            confidence: Some(0.97),
            evidence: Some("cue-after"),
            to: words(140, "Okafor"),
            check: Some(Checked {
                found: "exact",
                how: vec!["other words".to_owned()],
                path: Some("tape.vtt".to_owned()),
                line: Some(3),
                at: None,
            }),
            ..bare()
        };
        let mut line = JsonLine::default();
        for record in [bare(), full] {
            line.begin();
            assert!(write_members(&mut line, &record).is_ok());
            let plainly = serde_json::to_string(&record).map(|line| line + "\n").unwrap_or_default();
            assert_eq!(String::from_utf8_lossy(line.end()), plainly);
        }
    }
}
