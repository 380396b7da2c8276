//! Whom of the registry a mention may mean.

use smallvec::SmallVec;

use crate::calendar::{Day, Interval};
use crate::corpus::registry::{RegisteredId, Registry};
use crate::facts::{FileFacts, Mention, MentionTense};

/// A person of the registry that a mention may mean.
pub type Bearers = SmallVec<[RegisteredId; 2]>;

/// Who may be meant by a mention: by the full name under which the file introduces the person; by the family name
/// alone only where the file introduces nobody of that name. A file that introduces somebody whom the registry
/// does not have means nobody in it.
pub fn bearers(registry: &Registry, mention: &Mention) -> Bearers {
    let full = |name: &str| name.split_whitespace().count() > 1;
    let introduced = mention.person.as_deref().filter(|name| full(name));
    match introduced.or(Some(&*mention.name).filter(|name| full(name))) {
        Some(name) => registry.named(name).into(),
        None => registry.surnamed(&mention.name).into(),
    }
}

/// Had the person died before `day`, or not been born by then?
pub fn outlived(registry: &Registry, id: RegisteredId, day: Day) -> bool {
    let person = registry.person(id);
    person.died.and_then(|died| died.to).is_some_and(|died| died < day)
        || person.born.and_then(|born| born.from).is_some_and(|born| born > day)
}

/// The days that the sentence of a mention names, the writer's own, not a speaker's.
pub fn days<'f>(facts: &'f FileFacts, mention: &'f Mention) -> impl Iterator<Item = Interval> + 'f {
    let first = facts.dates.partition_point(|date| date.span.start < mention.sentence.start);
    facts.dates[first..]
        .iter()
        .take_while(|date| date.span.start < mention.sentence.end)
        .filter(|date| !date.quoted)
        .filter_map(|date| date.interval)
}

/// Does the sentence name a day well before or after the publication? Then it tells a career, in which one title follows
/// another. Where the publication is not known, any year that is written out may be such a day.
pub fn of_another_time(facts: &FileFacts, said: &Mention) -> bool {
    let published = facts.published.map(|published| published.day);
    // A day to come is that of what will happen (“papers are due by August”), unless the verb looks ahead too.
    let to = if said.tense == MentionTense::Modal { Some(SEASON) } else { None };
    days(facts, said).any(|days| match published {
        Some(day) => !days.meets(Interval { from: Some(day.plus(-SEASON)), to: to.map(|to| day.plus(to)) }),
        None => true,
    })
}

/// Does a mention give a title for the time of the story? One inside a quotation is the speaker's, and a sentence that imagines,
/// looks back or names a day of another time tells of that.
pub fn titled_now(facts: &FileFacts, said: &Mention) -> bool {
    !said.titles.is_empty()
        && !said.quoted
        && !said.imagined
        && !said.retrospect
        && !of_another_time(facts, said)
}

/// Days around the publication within which a day that the sentence names is of the present.
const SEASON: i32 = 60;
