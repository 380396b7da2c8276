//! An office given to somebody who did not hold it on the day written of.
//!
//! The rule speaks only where all of this is so: the registry knows that office for that person; none of the
//! person's terms of it can overlap the day; and the sentence speaks of the day of publication, by its tense or by
//! a day it names. A sentence that looks back, imagines or looks ahead is let be.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::bearer::{Bearers, bearers, days, outlived};
use super::when::{span, spelled};
use crate::calendar::{Day, Interval};
use crate::corpus::registry::{RegisteredId, Registry, Tenure};
use crate::facts::{FileFacts, Mention, MentionTense, TitleMention, TitlePosition};
use crate::lexicon::{RoleId, offices};
use crate::rules::{Finding, Level, RuleContext};
use crate::source::{FileId, Place, Span};
use crate::syntax::{Office, OfficeStatus, parse_titles};

/// Reports each title that its bearer did not hold, once a file and person.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let registry = context.corpus.registry();
    if registry.is_empty() {
        return;
    }
    let limits = context.parameters.title_not_held;
    for (file, facts) in context.corpus.files() {
        let Some(published) = facts.published else { continue };
        let mut found: FxHashMap<(RegisteredId, Option<RoleId>), Finding> = FxHashMap::default();
        for mention in facts.mentions.iter().filter(|mention| !mention.quoted && !mention.imagined) {
            let day = published.day;
            for title in &mention.titles {
                let look = OfficeQuestion { registry, facts, mention, title, day, limits };
                let Some(fault) = look.fault() else { continue };
                let place = Place::new(file, look.place());
                found
                    .entry((fault.person, fault.role))
                    .and_modify(|finding| {
                        finding.related.push(crate::rules::Related::new(place, "and here"));
                    })
                    .or_insert_with(|| fault.finding(&look, file));
            }
        }
        let mut found: Vec<Finding> = found.into_values().collect();
        found.sort_by_key(|finding| finding.place);
        findings.append(&mut found);
    }
}

/// What a house may set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Limits {
    /// Days before and after a term in which copy may still be catching up.
    pub grace_days: i32,
    /// Years from its term after which an office is history.
    pub history_years: i32,
    /// Days before publication within which a day named in the sentence counts as news.
    pub news_days: i32,
    /// Days from its term within which a past tense without a date is taken to be about the news.
    pub recent_days: i32,
}

/// One title of one mention.
struct OfficeQuestion<'c> {
    registry: &'c Registry,
    facts: &'c FileFacts,
    mention: &'c Mention,
    title: &'c TitleMention,
    day: Day,
    limits: Limits,
}

/// An office that was not held.
struct Fault<'c> {
    person: RegisteredId,
    /// The role as written; none for an era.
    role: Option<RoleId>,
    /// The term nearest to the day.
    nearest: Tenure<'c>,
    /// The day on which it was not held.
    day: Day,
    /// Called “former” while the term goes on.
    still: bool,
}

impl<'c> OfficeQuestion<'c> {
    fn place(&self) -> Span {
        self.title.span.join(self.mention.span)
    }

    fn fault(&self) -> Option<Fault<'c>> {
        let people = bearers(self.registry, self.mention);
        if people.is_empty() {
            return None;
        }
        if self.title.position == TitlePosition::Era {
            let head = |tenure: &Tenure<'_>| offices().of(tenure.office.role).head && !tenure.office.below;
            return self.judge(&people, None, head);
        }
        // “Ana Ruiz, a two-term mayor” tells a life, not an office of the day.
        let then = self.title.qualifier.eq_ignore_ascii_case("then");
        if !then && (self.title.text.starts_with("a ") || self.title.text.starts_with("an ")) {
            return None;
        }
        parse_titles(&self.title.text).into_iter().find_map(|office| {
            let role = offices().of(office.role);
            if let Some(fault) =
                self.then_not_held(&people, &office).or_else(|| self.held_by_another(&people, &office))
            {
                return Some(fault);
            }
            if office.status == OfficeStatus::Past && !role.vague {
                return self.still_held(&people, &office);
            }
            if office.status != OfficeStatus::Held || role.vague || offices().goes_with_any(office.role) {
                return None;
            }
            self.judge(&people, Some(&office), |tenure| office.may_mean(tenure.office))
        })
    }

    /// “In 2025 Nestor, then a TD, …” and “Ruiz, mayor in 2025, …”: a title that the writer gives for the days of the sentence, or
    /// for the one of the sentence before, where the registry has it on other days only. “In 2025, Mayor Ruiz signed …” may be said of
    /// whoever is mayor today, so it counts only where the term had ended before that year.
    fn then_not_held(&self, people: &Bearers, office: &Office) -> Option<Fault<'c>> {
        let [person] = people.as_slice() else { return None };
        if offices().of(office.role).vague || office.status == OfficeStatus::Coming {
            return None;
        }
        let then = self.title.qualifier.eq_ignore_ascii_case("then");
        let mut named = self.days_in_the_title();
        let told = then || !named.is_empty();
        let plain = self.mention.tense == MentionTense::Past
            && office.status == OfficeStatus::Held
            && !self.mention.possessive
            && !self.mention.retrospect
            && self.opens_with_a_date();
        if !told && !plain {
            return None;
        }
        if named.is_empty() {
            named.extend(days(self.facts, self.mention));
        }
        if named.is_empty() {
            named.extend(self.day_before());
        }
        let day = named.first()?.from?;
        let grace = self.limits.grace_days;
        let past = |days: &Interval| days.to.is_some_and(|to| to < self.day);
        let around = |days: &Interval| Interval {
            from: days.from.map(|day| day.plus(-grace)),
            to: days.to.map(|day| day.plus(grace)),
        };
        let fits = || self.registry.tenures(*person).filter(|tenure| office.may_mean(tenure.office));
        let held = fits().any(|tenure| named.iter().any(|days| tenure.days.meets(around(days))));
        let over = || fits().all(|tenure| tenure.days.to.is_some_and(|to| to < day));
        if held || !named.iter().all(past) || !told && !over() {
            return None;
        }
        let nearest = fits().min_by_key(|tenure| distance(tenure.days, day).abs())?;
        Some(Fault { person: *person, role: Some(office.role), nearest, day, still: false })
    }

    /// The days that stand in the title: “mayor in 2025”.
    fn days_in_the_title(&self) -> Vec<Interval> {
        let first = self.facts.dates.partition_point(|date| date.span.start < self.title.span.start);
        let inside = self.facts.dates[first..].iter().take_while(|date| self.title.span.contains(date.span));
        inside.filter_map(|date| date.interval).collect()
    }

    /// The one day that the sentence before names, in the same paragraph.
    fn day_before(&self) -> Option<Interval> {
        let start = self.mention.sentence.start;
        let block = self.facts.blocks.partition_point(|block| block.span.start <= start);
        let floor = self.facts.blocks.get(block.checked_sub(1)?)?.span.start;
        let after = self.facts.dates.partition_point(|date| date.span.start < start);
        let before = &self.facts.dates[..after];
        let mut own = before.iter().rev().take_while(|date| date.span.start >= floor && !date.quoted);
        let (Some(date), None) = (own.next(), own.next()) else { return None };
        date.interval
    }

    /// “Governor Dace vetoed the bill in March 2024”: an act of office, or a statement, on a day on which the registry has
    /// another holder, of somebody who holds the office at another time.
    fn held_by_another(&self, people: &Bearers, office: &Office) -> Option<Fault<'c>> {
        let [person] = people.as_slice() else { return None };
        let role = offices().of(office.role);
        let then = self.title.qualifier.eq_ignore_ascii_case("then");
        let plain = office.status == OfficeStatus::Held || then;
        let past = self.mention.tense == MentionTense::Past;
        if !plain || !past || role.vague || self.mention.retrospect && !then {
            return None;
        }
        let on = self.day_of_the_act()?;
        let fits = || self.registry.tenures(*person).filter(|tenure| office.may_mean(tenure.office));
        let grace = self.limits.grace_days;
        let around =
            Interval { from: on.from.map(|day| day.plus(-grace)), to: on.to.map(|day| day.plus(grace)) };
        if fits().any(|tenure| tenure.days.meets(around)) {
            return None;
        }
        let nearest = fits().find(|tenure| {
            let holder = |day: Day| self.registry.holder(*tenure, day);
            on.from.and_then(holder).is_some() && on.to.and_then(holder).is_some()
        })?;
        Some(Fault { person: *person, role: Some(office.role), nearest, day: on.from?, still: false })
    }

    /// The day or month on which the person says something or acts in office, where the sentence names one alone.
    fn day_of_the_act(&self) -> Option<Interval> {
        let short = |days: &Interval| matches!((days.from, days.to), (Some(from), Some(to)) if to.days_since(from) <= LONGEST_MONTH);
        let mut named = days(self.facts, self.mention);
        let (Some(on), None) = (named.next(), named.next()) else { return None };
        let said_then = || {
            let direct = self.facts.quotations.iter().filter_map(|quotation| quotation.attribution.as_ref());
            let mut said = direct.chain(self.facts.indirect.iter().map(|indirect| &indirect.attribution));
            said.any(|said| {
                said.source.as_ref().is_some_and(|source| source.span.overlaps(self.mention.span))
                    && said.said_on == Some(on)
            })
        };
        let past = on.to.is_some_and(|to| to < self.day);
        (short(&on) && past && (self.mention.acts_in_office || said_then())).then_some(on)
    }

    /// “Former mayor” of somebody who is mayor by the registry, and never was before.
    fn still_held(&self, people: &Bearers, office: &Office) -> Option<Fault<'c>> {
        let role = offices().of(office.role);
        let [person] = people.as_slice() else { return None };
        let told = self.mention.retrospect
            || matches!(self.mention.tense, MentionTense::PastPerfect)
            || ["then", "late"].iter().any(|word| self.title.qualifier.eq_ignore_ascii_case(word));
        // “Former minister” may be of another ministry, and “former MP” of another seat.
        if told || role.portfolio && office.topic.is_empty() {
            return None;
        }
        let held: Vec<Tenure<'c>> =
            self.registry.tenures(*person).filter(|it| office.may_mean(it.office)).collect();
        let [tenure] = held.as_slice() else { return None };
        let grace = self.limits.grace_days;
        let before = tenure.days.from.is_some_and(|from| from < self.day.plus(-grace));
        let after = tenure.days.to.is_none_or(|to| to > self.day.plus(grace));
        let fault =
            Fault { person: *person, role: Some(office.role), nearest: *tenure, day: self.day, still: true };
        (before && after).then_some(fault)
    }

    /// Nobody meant can have held it on the days written of, and somebody meant held it at another time.
    fn judge(
        &self,
        people: &Bearers,
        office: Option<&Office>,
        fits: impl Fn(&Tenure<'_>) -> bool,
    ) -> Option<Fault<'c>> {
        let named: Vec<Interval> = days(self.facts, self.mention).collect();
        let grace = Interval {
            from: Some(self.day.plus(-self.limits.grace_days)),
            to: Some(self.day.plus(self.limits.grace_days)),
        };
        let mut nearest: Option<(RegisteredId, Tenure<'c>, i32)> = None;
        for &person in people {
            // Whom the day outlived is history, and another rule's business where he speaks.
            if outlived(self.registry, person, self.day) {
                return None;
            }
            for tenure in self.registry.tenures(person).filter(|tenure| fits(tenure)) {
                if tenure.days.meets(grace) || named.iter().any(|day| tenure.days.meets(*day)) {
                    return None;
                }
                let distance = distance(tenure.days, self.day);
                if nearest.is_none_or(|(_, _, least)| distance.abs() < least.abs()) {
                    nearest = Some((person, tenure, distance));
                }
            }
        }
        let (person, nearest, distance) = nearest?;
        if distance.abs() > self.limits.history_years * 366 || !self.speaks_of_now(&named, distance) {
            return None;
        }
        // A family name alone, without the title's help, might be anybody's.
        if people.len() > 1 && self.mention.person.is_none() && office.is_none() && self.short_name() {
            return None;
        }
        Some(Fault { person, role: office.map(|office| office.role), nearest, day: self.day, still: false })
    }

    fn short_name(&self) -> bool {
        !self.mention.name.contains(' ')
    }

    /// Does the sentence speak of the day of publication? `distance` is positive where the term was over.
    fn speaks_of_now(&self, named: &[Interval], distance: i32) -> bool {
        if self.mention.retrospect
            || matches!(self.mention.tense, MentionTense::Modal | MentionTense::PastPerfect)
        {
            return false;
        }
        let news = Interval { from: Some(self.day.plus(-self.limits.news_days)), to: Some(self.day) };
        if !named.is_empty() {
            // Some other day is named: the sentence is about that one, unless one of them is news.
            let short = |days: &Interval| matches!((days.from, days.to), (Some(from), Some(to)) if to.days_since(from) < LONGEST_NEWS);
            // “In March, Mayor Ruiz wrote …”: the month that opens the sentence is its time, and nobody held the office then.
            let month = Interval { from: Some(self.day.plus(-self.limits.recent_days)), to: Some(self.day) };
            let told = self.mention.tense == MentionTense::Past && self.opens_with_a_date();
            let within = |days: &Interval| {
                matches!((days.from, days.to), (Some(from), Some(to)) if to.days_since(from) <= LONGEST_MONTH)
                    && days.meets(month)
            };
            // “Who charged him in March”: the office was held neither then nor now.
            let neither = distance > 0
                && self.mention.tense == MentionTense::Past
                && named.iter().all(|days| {
                    let short = matches!((days.from, days.to), (Some(from), Some(to)) if to.days_since(from) <= LONGEST_MONTH);
                    short && days.from.is_some_and(|from| self.day.days_since(from) < distance)
                })
                && named.iter().any(|days| days.from.is_some_and(|from| self.day.days_since(from) <= YEAR));
            return neither
                || named.iter().any(|days| short(days) && days.meets(news) || told && within(days));
        }
        let recent = distance.abs() <= self.limits.recent_days;
        match self.mention.tense {
            MentionTense::Present => true,
            MentionTense::Past => recent && self.quoted_here(),
            // “Condemned by Ana Ruiz, the mayor, who said”: an apposition without a verb of its own tells of today.
            MentionTense::Unknown => {
                recent && self.title.position == TitlePosition::After && self.speaks_on()
            }
            _ => false,
        }
    }

    /// Does the sentence go on with speech behind the title: “Ana Ruiz, the mayor, who said”?
    fn speaks_on(&self) -> bool {
        let direct = self.facts.quotations.iter().filter_map(|quotation| quotation.attribution.as_ref());
        let indirect = self.facts.indirect.iter().map(|indirect| &indirect.attribution);
        let mut cues = direct.chain(indirect).filter_map(|said| said.cue.as_ref());
        let after = self.title.span.end;
        cues.any(|cue| cue.span.start > after && cue.span.start - after <= WHO_SAID)
    }

    /// Does the sentence begin with a date: “In March, …”?
    fn opens_with_a_date(&self) -> bool {
        let start = self.mention.sentence.start;
        let first = self.facts.dates.partition_point(|date| date.span.start < start);
        self.facts.dates.get(first).is_some_and(|date| date.span.start - start <= LEAD && !date.quoted)
    }

    /// Is the mention the source of a quotation, or of speech without marks? What people say in news copy is news.
    fn quoted_here(&self) -> bool {
        let direct = self.facts.quotations.iter().filter_map(|quotation| quotation.attribution.as_ref());
        let indirect = self.facts.indirect.iter().map(|indirect| &indirect.attribution);
        let mut sources = direct.chain(indirect).filter_map(|said| said.source.as_ref());
        sources.any(|source| source.span.overlaps(self.mention.span))
    }
}

/// Days in the longest expression that dates news: “this week”, “last weekend”. “In April” dates a story.
const LONGEST_NEWS: i32 = 14;

/// Bytes between a title and the cue of “, who said”.
const WHO_SAID: u32 = 7;

/// Days in a year.
const YEAR: i32 = 365;

/// Days of the longest month.
const LONGEST_MONTH: i32 = 31;

/// Bytes of a preposition before the date that opens a sentence: “In ”, “Early in ”.
const LEAD: u32 = 9;

/// Days from the end of a term to `day`, or from `day` to its beginning, then negative.
fn distance(days: Interval, day: Day) -> i32 {
    match (days.from, days.to) {
        (_, Some(to)) if to < day => day.days_since(to),
        (Some(from), _) if day < from => -from.days_since(day),
        _ => 0,
    }
}

impl Fault<'_> {
    fn finding(&self, look: &OfficeQuestion<'_>, file: FileId) -> Finding {
        let person = look.registry.person(self.person);
        let (name, title, day) = (&person.name, self.nearest.title, spelled(self.day));
        let held = self.nearest.days;
        let over = held.to.is_some_and(|to| to < self.day);
        if self.still {
            let message = format!("{name} is {title} on {day}, by the registry, and no former one");
            let mut finding = Finding::new(
                "title-not-held",
                Place::new(file, look.place()),
                message,
                format!("{name}\n{title}"),
            )
            .label(format!("held {}", span(self.nearest.days)))
            .help("take the “former” out, or give the registry the day on which the term ended");
            finding.level = Some(Level::Warning);
            return finding;
        }
        let message = if self.role.is_none() {
            let noun = &look.title.text;
            let end = held.to.filter(|_| over).map_or_else(
                || format!("had not begun on {day}"),
                |to| format!("ended on {}, before {day}", spelled(to)),
            );
            format!("the {noun} of {name} as {title} {end}")
        } else {
            format!("{name} was {} {title} on {day}", if over { "no longer" } else { "not yet" })
        };
        let holder = look.registry.holder(self.nearest, self.day);
        let now = holder
            .map_or_else(String::new, |holder| format!(" {} was, according to the registry.", holder.name));
        let help = format!(
            "The registry has {name} as {title} {}.{now} Write “former”, name who held the office, or correct the registry",
            span(held)
        );
        Finding::new(
            "title-not-held",
            Place::new(file, look.place()),
            message,
            format!("{name}\n{title}\n{}", look.title.text),
        )
        .label(format!("held {}", span(held)))
        .help(help)
    }
}
