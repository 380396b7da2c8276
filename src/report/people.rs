//! Every person: as a table, as JSON Lines, and as a registry to go on with.

use std::io::{self, Write};

use serde::Serialize;

use super::clean;
use super::json_text;
use super::output_style::{Ink, OutputStyle};
use super::sheet::Sheet;
use super::summary::counted;
use crate::corpus::people::{Entry, Person, Tally, is_held_office};
use crate::lexicon::fold;
use crate::source::Place;
use crate::syntax::parse_titles;

/// A person as programs are told of one.
#[derive(Serialize)]
struct Record<'a> {
    name: &'a str,
    /// The name in the registry, where the registry has the person.
    registered: Option<&'a str>,
    mentions: usize,
    #[serde(flatten)]
    first: At<'a>,
    spellings: Vec<Count<'a>>,
    titles: Vec<Count<'a>>,
}

#[derive(Serialize)]
struct Count<'a> {
    text: &'a str,
    count: usize,
    #[serde(flatten)]
    first: At<'a>,
}

#[derive(Serialize)]
struct At<'a> {
    path: &'a str,
    line: u32,
    column: u32,
}

fn at<'a>(sheet: &Sheet<'a>, place: Place) -> At<'a> {
    let spot = sheet.spot(place);
    At { path: spot.path, line: spot.start.line, column: spot.start.column }
}

fn counts<'a>(sheet: &Sheet<'a>, tallies: &'a [Tally]) -> Vec<Count<'a>> {
    tallies
        .iter()
        .map(|tally| Count { text: &tally.text, count: tally.count, first: at(sheet, tally.first) })
        .collect()
}

/// Writes one person a line.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn people_lines(out: &mut dyn Write, sheet: &Sheet<'_>, people: &[(&Person, Entry)]) -> io::Result<()> {
    for (person, entry) in people {
        let registry = sheet.corpus.registry();
        let record = Record {
            name: &entry.name,
            registered: person.registered.map(|id| &*registry.person(id).name),
            mentions: entry.mentions,
            first: at(sheet, entry.first),
            spellings: counts(sheet, &entry.spellings),
            titles: counts(sheet, &entry.titles),
        };
        json_text::write(out, &record)?;
        writeln!(out)?;
    }
    Ok(())
}

/// Widest name or title that a table shows whole.
const WIDEST: usize = 60;

/// Writes a table: each person with the number of mentions and the first place, and under it each spelling and
/// each title with theirs.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn people_table(
    out: &mut dyn Write,
    sheet: &Sheet<'_>,
    people: &[(&Person, Entry)],
    style: OutputStyle,
) -> io::Result<()> {
    let mut rows: Vec<(String, usize, Place, bool)> = Vec::new();
    for (_, entry) in people {
        rows.push((entry.name.clone(), entry.mentions, entry.first, true));
        let several = entry.spellings.len() > 1;
        for tally in entry.spellings.iter().filter(|_| several) {
            rows.push((format!("  spelled {}", tally.text), tally.count, tally.first, false));
        }
        for tally in &entry.titles {
            rows.push((format!("  title   {}", tally.text), tally.count, tally.first, false));
        }
    }
    if rows.is_empty() {
        return Ok(());
    }
    let (dim, off) = (style.on(Ink::Dim), style.off());
    let widest = rows.iter().map(|(what, ..)| clean::width(&clean::line(what))).max().unwrap_or(0);
    let room = widest.clamp(6, WIDEST.min(style.width.saturating_sub(20).max(20)));
    let pad = |text: &str| format!("{text}{}", " ".repeat(room.saturating_sub(clean::width(text))));
    writeln!(out, "{dim}{}  times  first{off}", pad("person"))?;
    for (what, times, place, heads) in rows {
        let what = clean::begin_line(&what).into_owned();
        let what = pad(&clean::cut(&what, room));
        let spot = at(sheet, place);
        let (ink, end) = if heads { (style.on(Ink::Bold), off) } else { ("", "") };
        let path = clean::line(spot.path);
        writeln!(out, "{ink}{what}{end}  {times:>5}  {dim}{path}:{}:{}{off}", spot.line, spot.column)?;
    }
    Ok(())
}

/// Drafts a `people.toml` from what the drafts say: whom the registry does not have yet, under the name written most
/// often, with its shorter forms and each office in its longest form. Spellings that differ, and titles that are no
/// office or a shorter form of one, stand in comments. Somebody has to read it: what stands in the drafts may be
/// wrong, and the days in office do not stand there.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn people_toml(out: &mut dyn Write, sheet: &Sheet<'_>, people: &[(&Person, Entry)]) -> io::Result<()> {
    writeln!(out, "# Drafted by sayso from the drafts themselves: check each spelling and each title,")?;
    writeln!(out, "# and add `from` and `to` to the titles.")?;
    let known = people.iter().filter(|(person, _)| person.registered.is_some()).count();
    if known > 0 {
        let who = if known == 1 { "1 person is".to_owned() } else { format!("{known} people are") };
        writeln!(out, "# {who} in the registry already and left out here.")?;
    }
    for (_, entry) in people.iter().filter(|(person, _)| person.registered.is_none()) {
        let place = at(sheet, entry.first);
        let times = counted(entry.mentions, "mention");
        writeln!(out, "\n# {times}, first in {}:{}", clean::line(place.path), place.line)?;
        writeln!(out, "[[person]]\nname = {}", quoted(&entry.name))?;
        let others =
            entry.spellings.iter().filter(|tally| tally.text.contains(' ') && tally.text != entry.name);
        let (short, doubtful): (Vec<&Tally>, Vec<&Tally>) =
            others.partition(|tally| shortens(&tally.text, &entry.name));
        if !short.is_empty() {
            let aliases: Vec<String> = short.iter().map(|tally| quoted(&tally.text)).collect();
            writeln!(out, "aliases = [{}]", aliases.join(", "))?;
        }
        // To accept a spelling that differs would hide a slip; whoever reads this decides.
        for tally in doubtful {
            let place = at(sheet, tally.first);
            let path = clean::line(place.path);
            writeln!(
                out,
                "# also spelled {} ({path}:{}): an alias, or a slip?",
                quoted(&tally.text),
                place.line
            )?;
        }
        let held = held(&entry.titles);
        for tally in entry.titles.iter().filter(|tally| !held.iter().any(|held| held.text == tally.text)) {
            let place = at(sheet, tally.first);
            let path = clean::line(place.path);
            writeln!(out, "# also called {} ({path}:{})", quoted(&tally.text), place.line)?;
        }
        for tally in held {
            let place = at(sheet, tally.first);
            writeln!(out, "[[person.title]]")?;
            writeln!(out, "title = {} # {}:{}", quoted(&tally.text), clean::line(place.path), place.line)?;
        }
    }
    Ok(())
}

/// Is one name the other with some words left out: “Ana Ruiz” and “Ana Maria Ruiz”?
fn shortens(one: &str, other: &str) -> bool {
    let words = |name: &str| -> Vec<String> { name.split_whitespace().map(fold).collect() };
    let (one, other) = (words(one), words(other));
    one.iter().all(|word| other.contains(word)) || other.iter().all(|word| one.contains(word))
}

/// The offices among a person's titles, each in its longest form: “chair” and “chair of the harbour board” are one.
fn held(titles: &[Tally]) -> Vec<&Tally> {
    let offices: Vec<(&Tally, _)> = titles
        .iter()
        .filter(|tally| is_held_office(&tally.text))
        .map(|tally| (tally, parse_titles(&tally.text)))
        .collect();
    let within = |at: usize, other: usize| {
        offices[at].1.iter().all(|office| offices[other].1.iter().any(|longer| office.shortens(longer)))
    };
    // Of two that say the same, the first stays: it is the commoner one.
    let told = |at: usize| {
        (0..offices.len()).any(|other| at != other && within(at, other) && (other < at || !within(other, at)))
    };
    (0..offices.len()).filter(|at| !told(*at)).map(|at| offices[at].0).collect()
}

/// A string as TOML writes it.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for (at, c) in text.char_indices() {
        match c {
            '#' if clean::begins_command(&text[at..]) => quoted.push_str("\\u0023"),
            '"' | '\\' => quoted.extend(['\\', c]),
            c if clean::is_hidden(c) => quoted.push_str(&format!("\\U{:08X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Corpus;
    use crate::facts::{Hints, read};
    use crate::source::{Document, FileId, Format, Span, Text, read_registry};

    #[test]
    fn the_draft_registry_can_be_read_again() {
        let text = "“Yes,” said Mayor Ana Ruiz. Ana Maria Ruiz left. “No,” Ruiz said.\n";
        let text = Text::decode(text.as_bytes().to_vec()).unwrap_or_default();
        let documents = vec![Document::new("a.txt", Format::Plain, text)];
        let corpus = Corpus::new(documents.iter().map(|it| read(it, &Hints::default())).collect());
        let sheet = Sheet { documents: &documents, corpus: &corpus };
        let people: Vec<_> = corpus
            .people()
            .iter()
            .filter_map(|(_, person)| Some((person, person.entry(corpus.facts())?)))
            .collect();
        let mut written = Vec::new();
        assert!(people_toml(&mut written, &sheet, &people).is_ok());
        let written = String::from_utf8(written).unwrap_or_default();
        let roster = read_registry("people.toml", &written).unwrap_or_default();
        assert_eq!(roster.persons.len(), 1, "{written}");
        assert_eq!(roster.persons[0].name, "Ana Maria Ruiz");
        assert_eq!(roster.persons[0].aliases, ["Ana Ruiz"]);
        assert_eq!(roster.persons[0].titles[0].title, "Mayor");
    }

    #[test]
    fn a_short_title_goes_into_the_longer_one() {
        let kept = |titles: &[&str]| -> Vec<String> {
            let tallies: Vec<Tally> = titles
                .iter()
                .map(|title| Tally {
                    text: (*title).to_owned(),
                    count: 1,
                    first: Place::new(FileId(0), Span::default()),
                })
                .collect();
            held(&tallies).iter().map(|tally| tally.text.clone()).collect()
        };
        assert_eq!(kept(&["Chair", "chair of the harbour board"]), ["chair of the harbour board"]);
        assert_eq!(kept(&["Foreign Minister", "minister of foreign affairs"]), ["Foreign Minister"]);
        assert_eq!(kept(&["Mayor", "mayor", "Mayor of Oster"]), ["Mayor of Oster"]);
        assert_eq!(kept(&["Mayor of Oster", "Mayor of Avel"]), ["Mayor of Oster", "Mayor of Avel"]);
        assert_eq!(kept(&["Deputy Mayor", "Mayor", "former warden"]), ["Deputy Mayor", "Mayor"]);
    }

    #[test]
    fn marks_in_a_name_do_not_break_the_file() {
        assert_eq!(quoted("Ana \"La\\Mar\" Ruiz\n"), r#""Ana \"La\\Mar\" Ruiz\U0000000A""#);
    }
}
