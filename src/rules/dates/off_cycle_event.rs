//! An event in a year in which it does not come round.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::corpus::Corpus;
use crate::facts::{Occasion, Particular, ParticularKind};
use crate::lexicon::{fold, party_country};
use crate::rules::{Finding, RuleContext};
use crate::source::{Place, RosterEvent, from_toml};

/// An event that comes round in fixed years.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Event {
    name: String,
    plural: String,
    /// How it is called beside its year.
    words: Vec<String>,
    /// Whose it is, where the words do not say.
    nation: Option<String>,
    runs: Vec<Run>,
    #[serde(default)]
    also: Vec<i16>,
    #[serde(default)]
    never: Vec<i16>,
}

/// A stretch of years with one rhythm.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Run {
    first: i16,
    last: Option<i16>,
    every: i16,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Events {
    event: Vec<Event>,
}

/// The list is ours and a test reads it, so that a list that cannot be read is an empty one.
static EVENTS: LazyLock<Vec<Event>> = LazyLock::new(|| {
    let text = include_str!("../../../rules/words/events.toml");
    from_toml::<Events>("rules/words/events.toml", text).map(|list| list.event).unwrap_or_default()
});

impl Event {
    /// Is this the occasion meant, in copy of that nation? Its words must end the phrase: a campaign for the election of
    /// a year may well fall in another.
    fn is(&self, occasion: &Occasion, home: Option<&str>) -> bool {
        let named = self.words.iter().any(|words| {
            occasion
                .text
                .strip_suffix(words.as_str())
                .is_some_and(|before| before.is_empty() || before.ends_with(' '))
        });
        named
            && self.nation.as_ref().is_none_or(|nation| match occasion.nations.as_slice() {
                [] => home == Some(nation),
                nations => nations == [nation.as_str()],
            })
    }

    fn held_in(&self, year: i16) -> bool {
        let runs = |run: &Run| {
            year >= run.first
                && run.last.is_none_or(|last| year <= last)
                && (year - run.first) % run.every == 0
        };
        self.also.contains(&year) || !self.never.contains(&year) && self.runs.iter().any(runs)
    }

    /// The years on either side in which it is held.
    fn around(&self, year: i16) -> (Option<i16>, Option<i16>) {
        let reach = 1..=20;
        let before = reach.clone().map(|years| year - years).find(|&year| self.held_in(year));
        (before, reach.map(|years| year + years).find(|&year| self.held_in(year)))
    }
}

/// Reports events of the list in a year that is none of theirs: “the 2026 presidential election” in the United
/// States. Where the nation is not plain from the sentence, nothing is said.
pub fn off_cycle_event(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let mut house = None;
    for (file, facts) in context.corpus.files() {
        for date in facts.dates.iter().filter(|date| !date.quoted) {
            let (Some(occasion), Some(year)) = (&date.occasion, date.interval.and_then(|days| days.from))
            else {
                continue;
            };
            let year = year.year();
            let known: Vec<&RosterEvent> = context
                .corpus
                .registry()
                .events()
                .iter()
                .filter(|event| ends_with(&occasion.text, &event.name))
                .collect();
            if let Some(event) = known.first() {
                if !known.iter().any(|event| in_year(event, year)) {
                    findings.push(elsewhere(event, &known, year, Place::new(file, occasion.span)));
                }
                continue;
            }
            let own = || home(facts.particulars.iter());
            let home = own().or_else(|| *house.get_or_insert_with(|| of_all(context.corpus)));
            let mut meant = EVENTS.iter().filter(|event| event.is(occasion, home)).peekable();
            let Some(event) = meant.peek().copied() else { continue };
            if meant.any(|event| event.held_in(year) || event.never.contains(&year))
                || event.runs.first().is_none_or(|run| year < run.first)
            {
                continue;
            }
            let years = match event.around(year) {
                (Some(before), Some(after)) => format!("{before} and {after}"),
                (Some(one), None) | (None, Some(one)) => format!("{one}"),
                (None, None) => continue,
            };
            findings.push(
                Finding::new(
                    "off-cycle-event",
                    Place::new(file, occasion.span),
                    format!("no {} falls in {year}", event.name),
                    format!("{year} {}", occasion.text),
                )
                .label(format!("not in {year}"))
                .help(format!(
                    "the nearest {} are those of {years}: check the year, or which event is meant",
                    event.plural
                )),
            );
        }
    }
}

/// The nation whose parties are given to people, where they are of one nation: “(D-Ohio)”.
fn home<'c>(particulars: impl Iterator<Item = &'c Particular>) -> Option<&'static str> {
    let parties = particulars.filter(|stated| stated.kind == ParticularKind::Party);
    let mut countries = parties.filter_map(|stated| party_country(&stated.value));
    let first = countries.next()?;
    countries.all(|country| country == first).then_some(first).and_then(|country| match country {
        "us" => Some("United States"),
        _ => None,
    })
}

/// The nation of all drafts.
fn of_all(corpus: &Corpus) -> Option<&'static str> {
    home(corpus.files().flat_map(|(_, facts)| facts.particulars.iter()))
}

/// Is the occasion the event of this name? Its words must end the phrase, as with the events of the list.
fn ends_with(occasion: &str, name: &str) -> bool {
    let (occasion, name) = (fold(occasion), fold(name));
    occasion.strip_suffix(name.as_str()).is_some_and(|before| before.is_empty() || before.ends_with(' '))
}

fn in_year(event: &RosterEvent, year: i16) -> bool {
    event.days.from.is_none_or(|from| from.year() <= year) && event.days.to.is_none_or(|to| to.year() >= year)
}

/// The house's own registry has the event in other years only.
fn elsewhere(event: &RosterEvent, known: &[&RosterEvent], year: i16, place: Place) -> Finding {
    let mut years: Vec<String> = known
        .iter()
        .filter_map(|event| event.days.from.or(event.days.to))
        .map(|day| day.year().to_string())
        .collect();
    years.sort_unstable();
    years.dedup();
    Finding::new(
        "off-cycle-event",
        place,
        format!("the registry has {} in {}, not in {year}", event.name, years.join(", ")),
        format!("{year} {}", event.name),
    )
    .label(format!("not in {year}"))
    .help("check the year; where the event has more editions, add them to the registry as [[event]] too")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_read_and_its_years_are_right() {
        let event = |name: &str| EVENTS.iter().find(|event| event.name == name);
        let held = |name: &str, year| event(name).map(|event| event.held_in(year));
        assert_eq!(held("U.S. presidential election", 2024), Some(true));
        assert_eq!(held("U.S. presidential election", 2026), Some(false));
        assert_eq!(held("U.S. midterm election", 2026), Some(true));
        assert_eq!(held("Winter Olympics", 1992), Some(true));
        assert_eq!(held("Winter Olympics", 1994), Some(true));
        assert_eq!(held("Winter Olympics", 1996), Some(false));
        for (name, years, others) in [
            (
                "U.S. presidential election",
                &[1789, 1800, 1860, 2000, 2028][..],
                &[1790, 2022, 2026, 2027][..],
            ),
            ("U.S. midterm election", &[1994, 2018, 2022, 2026], &[2020, 2024, 2025]),
            ("French presidential election", &[2002, 2017, 2022, 2027], &[2020, 2025]),
            ("Mexican presidential election", &[2000, 2018, 2024], &[2021, 2026]),
            ("Russian presidential election", &[2012, 2018, 2024], &[2020, 2023]),
            ("Polish presidential election", &[1995, 2010, 2020, 2025], &[2019, 2024]),
            ("Irish presidential election", &[1997, 2011, 2018, 2025], &[2019, 2024]),
            ("Philippine presidential election", &[1998, 2016, 2022], &[2019, 2025]),
            // Tokyo held the Games of 2020 a year later, and they kept their name.
            ("Summer Olympics", &[1896, 1906, 2012, 2020, 2021, 2024], &[2014, 2022, 2023]),
            // Two years after 1992 the winter Games moved between the summer ones.
            ("Winter Olympics", &[1924, 1988, 2018, 2022, 2026], &[1996, 2016, 2020, 2024]),
            ("Summer Paralympics", &[1960, 2016, 2020, 2021, 2024], &[2018, 2022]),
            // The Cup of 2022 was played in November and December of that year.
            ("men's FIFA World Cup", &[1930, 1950, 2018, 2022, 2026], &[1942, 2020, 2023, 2024]),
            ("FIFA Women's World Cup", &[1991, 2019, 2023], &[2020, 2022]),
            ("UEFA European Championship", &[1960, 2016, 2020, 2021, 2024], &[2018, 2022]),
            ("men's Rugby World Cup", &[1987, 2019, 2023], &[2021, 2025]),
            ("women's Rugby World Cup", &[2017, 2022, 2025], &[2018, 2023]),
            ("Commonwealth Games", &[1938, 1950, 2022, 2026], &[1946, 2021]),
            ("Ryder Cup", &[1999, 2002, 2018, 2021, 2023, 2025], &[2001, 2019, 2020, 2024]),
        ] {
            for &year in years {
                assert_eq!(held(name, year), Some(true), "{name} {year}");
            }
            for &year in others {
                assert_eq!(held(name, year), Some(false), "{name} {year}");
            }
        }
        assert!(
            EVENTS.iter().all(|event| event.runs.iter().all(|run| run.every > 1)),
            "no event of every year"
        );
        assert!(EVENTS.iter().all(|event| event.name != "British general election"));
        assert_eq!(held("Summer Olympics", 2021), Some(true));
        assert_eq!(held("Summer Olympics", 1944), Some(false));
        assert_eq!(event("Summer Olympics").map(|event| event.around(2026)), Some((Some(2024), Some(2028))));
    }
}
