//! One person, or one place of the registry, under several spellings.

use std::cell::LazyCell;
use std::collections::BTreeMap;

use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use super::misspelled_name::misspells;
use super::source::{family, named};
use crate::corpus::Corpus;
use crate::corpus::people::{MentionAt, People, Person};
use crate::facts::{FileFacts, Mention, QuotationKind};
use crate::lexicon::{
    Class, WordSet, fold, lexicon, offices, one_slip, same_consonants, short_form, skeleton, two_slips,
};
use crate::rules::{Finding, RuleContext};
use crate::source::{FileId, Place, Span};

/// Reports each person whose name one desk spells in several ways, once a person and desk, and every place or body
/// that the registry wants spelled another way.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    for (_, person) in context.corpus.people().iter() {
        if is_spelled_in_one_way(context.corpus, person) {
            continue;
        }
        let mut desks: BTreeMap<Option<&str>, Vec<MentionAt>> = BTreeMap::new();
        for &mention in &person.mentions {
            let desk = context.corpus.file(mention.file).desk.as_deref();
            desks.entry(desk).or_default().push(mention);
        }
        for mentions in desks.values() {
            findings.extend(variants(context.corpus, person, mentions));
        }
    }
    house_spellings(context.corpus, findings);
    lone_slips(context.corpus, findings);
}

/// Is no spelling of the person's name like another, with nothing in the registry to hold them against? So it is with most,
/// and no places need to be gathered for them.
fn is_spelled_in_one_way(corpus: &Corpus, person: &Person) -> bool {
    let names =
        distinct(person.spellings.iter().map(|mention| mention.of(corpus.file(mention.file)).name.as_str()));
    if names.len() < 2 || person.registered.is_some() {
        return person.registered.is_none();
    }
    let family = distinct(names.iter().map(|name| family(name)));
    let given = distinct(names.iter().filter_map(|name| Some(name.split_once(' ')?.0)));
    let one_way = |forms: SmallVec<[&str; 8]>| {
        forms.len() < 2 || alike(forms.into_iter().map(|form| (form, Vec::new())).collect()).is_empty()
    };
    one_way(family) && one_way(given)
}

/// Each word once, in the order in which they come.
fn distinct<'f>(words: impl Iterator<Item = &'f str>) -> SmallVec<[&'f str; 8]> {
    let mut found: SmallVec<[&str; 8]> = SmallVec::new();
    for word in words {
        if !found.contains(&word) {
            found.push(word);
        }
    }
    found
}

/// Paragraphs between a full name and the family name that takes it up.
const NEAR: usize = 3;

/// A name that nothing introduces, where a person is expected.
struct Lone<'f> {
    name: &'f str,
    span: Span,
    /// Paragraphs back in which the person meant is looked for.
    reach: usize,
}

/// The names of a file that no person has: sources of speech, and names that do what people do.
fn lone<'f>(people: &People, file: FileId, facts: &'f FileFacts) -> Vec<Lone<'f>> {
    let sources = named(facts).filter_map(|found| {
        // A name that nothing introduces is often no mention at all.
        let known = found.mention.and_then(|(index, _)| people.of(MentionAt { file, index: index as u32 }));
        let (name, span) = match found.mention {
            Some((_, mention)) => (mention.name.as_str(), mention.span),
            None => (found.words, found.source),
        };
        known.is_none().then_some(Lone { name, span, reach: NEAR })
    });
    let acting =
        facts.acting.iter().map(|name| Lone { name: &name.text, span: name.span, reach: usize::MAX });
    let mut lone: Vec<Lone<'_>> = sources.chain(acting).collect();
    lone.sort_by_key(|lone| (lone.span.start, lone.reach));
    lone.dedup_by_key(|lone| lone.span);
    lone
}

/// Reports a name that is one slip away from that of a person named in full before, where nobody in any draft has that
/// other name: “Miriam Holt left. “No,” Holte said.”, “Femi Oduya scored. Femi Oduja ran off.”
fn lone_slips(corpus: &Corpus, findings: &mut Vec<Finding>) {
    let people = corpus.people();
    let families: LazyCell<FxHashSet<String>, _> =
        LazyCell::new(|| people.iter().map(|(_, person)| fold(family(&person.name))).collect());
    for (file, facts) in corpus.files() {
        let lone = lone(people, file, facts);
        for Lone { name, span, reach } in &lone {
            let full = name.contains(' ');
            if !name.starts_with(char::is_uppercase) || full && *reach == NEAR {
                continue;
            }
            let own = fold(family(name));
            // Somebody's own name is no slip.
            let known = !full && families.contains(&own) || !registry_free(corpus, name);
            let often = || lone.iter().filter(|other| other.name == *name).count() > SLIPS;
            let placed = || offices().place(&own).is_some() || lexicon().class(name).any(Class::GIVEN_NAME);
            if known || *reach > NEAR && (!full && placed() || often()) {
                continue;
            }
            let index = facts.mentions.partition_point(|mention| mention.span.start < span.start);
            let block = facts.blocks.partition_point(|block| block.span.start <= span.start);
            let floor = facts.blocks.get(block.saturating_sub(*reach)).map_or(0, |block| block.span.start);
            // A full name may be the wrong one of two of which the second is introduced.
            let (before, after) = facts.mentions.split_at(index);
            let near = before.iter().rev().take_while(|other| other.span.start >= floor);
            let mut near = near.chain(after.iter().filter(|_| full));
            let in_full = |other: &&Mention| {
                other.name.contains(' ') && !other.quoted && !begins_with_preposition(&other.name)
            };
            // A source is compared with the person named last, a name that acts with everybody before it.
            let meant = if *reach == NEAR {
                near.find(in_full).filter(|other| slip(family(&other.name), name))
            } else {
                let acting = Acting::new(name, *span);
                near.find(|other| acting.is_slip_of(other) && in_full(other))
            };
            let Some(meant) = meant else { continue };
            let side = if meant.span.start < span.start { "before" } else { "below" };
            findings.push(
                Finding::new(
                    "name-variant",
                    Place::new(file, *span),
                    format!("“{name}” here, and {} {side}: a slip apart", meant.name),
                    own,
                )
                .label(format!("“{name}” here"))
                .related(Place::new(file, meant.span), format!("“{}” here", meant.name)),
            );
        }
    }
}

/// Places in which one draft has a slip of the pen; a name that stands in more of them is somebody's.
const SLIPS: usize = 2;

/// Is a family name one slip from another, or two where the consonants agree?
fn slip(family: &str, name: &str) -> bool {
    let (own, folded) = (fold(name), fold(family));
    one_slip(&folded, &own)
        || added(&folded, &own)
        || added(&own, &folded)
        || two_slips(&folded, &own) && same_consonants(&folded, &own)
}

/// A name that acts, with what it is compared by.
struct Acting<'n> {
    name: &'n str,
    family: &'n str,
    span: Span,
    folded: String,
    folded_family: String,
}

impl<'n> Acting<'n> {
    fn new(name: &'n str, span: Span) -> Self {
        let family = family(name);
        Self { name, family, span, folded: fold(name), folded_family: fold(family) }
    }

    /// Is it a misspelling of the name of a mention that stands in another sentence? A family name alone must be long,
    /// and neither the plural of the other nor a form with a common ending.
    fn is_slip_of(&self, other: &Mention) -> bool {
        if !self.may_be_slip_of(&other.name) || other.sentence.contains(self.span) {
            return false;
        }
        let near = |a: &str, b: &str| one_slip(a, b) || two_slips(a, b) || same_consonants(a, b);
        let (known, known_family) = (fold(&other.name), fold(family(&other.name)));
        let (own, own_family) = (&self.folded, &self.folded_family);
        if let (Some((first, _)), Some((known_first, _))) = (own.split_once(' '), known.split_once(' ')) {
            return first == known_first && *own_family != known_family && near(own_family, &known_family)
                || *own_family == known_family
                    && first != known_first
                    && first.len() >= LONG
                    && near(first, known_first);
        }
        let ending = |long: &str, short: &str| {
            long.strip_prefix(short)
                .is_some_and(|end| matches!(end, "s" | "es" | "n" | "d" | "ed" | "er" | "y"))
        };
        own.len() >= LONG
            && !own.contains(' ')
            && own.get(..ALIKE) == known_family.get(..ALIKE)
            && near(own, &known_family)
            && !ending(own, &known_family)
            && !ending(&known_family, own)
    }

    /// The same by a look at letters alone, which turns nearly all names away: of two full names the given names or the
    /// family names are equal; a family name alone begins as the other's does.
    fn may_be_slip_of(&self, full: &str) -> bool {
        let first = |name: &'n str| name.split(' ').next().unwrap_or(name);
        if self.name.contains(' ') {
            let given = full.split(' ').next().unwrap_or(full);
            may_be_equal(first(self.name), given) || may_be_equal(self.family, family(full))
        } else {
            self.name.get(..ALIKE).zip(family(full).get(..ALIKE)).is_none_or(|(a, b)| may_be_equal(a, b))
        }
    }
}

/// May two words be equal once they are folded? Words that are not ASCII letters alone may be, unless they begin with
/// different ones.
fn may_be_equal(one: &str, other: &str) -> bool {
    if let (Some(first), Some(other)) = (one.bytes().next(), other.bytes().next())
        && first.is_ascii_alphanumeric()
        && other.is_ascii_alphanumeric()
        && !first.eq_ignore_ascii_case(&other)
    {
        return false;
    }
    let plain = |word: &str| word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    one.eq_ignore_ascii_case(other) || !plain(one) || !plain(other)
}

/// Letters with which two family names begin alike, where nothing but the name tells.
const ALIKE: usize = 2;

/// Letters of a name that is long enough for a slip in it to tell.
const LONG: usize = 5;

/// Is one of two short names the other with an “e” or a doubled letter at its end?
fn added(short: &str, long: &str) -> bool {
    let end = long.strip_prefix(short).unwrap_or("");
    short.len() == SHORT_NAME && (end == "e" || end.len() == 1 && short.ends_with(end))
}

/// Letters of a family name too short for slips in general.
const SHORT_NAME: usize = 3;

/// Does the registry have nobody of this family name?
fn registry_free(corpus: &Corpus, name: &str) -> bool {
    corpus.registry().surnamed(name).is_empty()
}

/// “In Korea” is no name, whatever took it for one.
fn begins_with_preposition(name: &str) -> bool {
    let first = name.split(' ').next().unwrap_or_default();
    let given = lexicon().class(first).any(Class::GIVEN_NAME) && !WordSet::In.has_in_any_case(first);
    lexicon().class(first).any(Class::PREPOSITION) && !given
}

/// The spellings of one part of the name, each with its places.
type Spellings<'f> = BTreeMap<&'f str, Vec<Place>>;

fn variants(corpus: &Corpus, person: &Person, mentions: &[MentionAt]) -> Option<Finding> {
    if begins_with_preposition(&person.name) {
        return None;
    }
    let known = person.registered.map(|id| corpus.registry().person(id));
    let mut given: Spellings<'_> = BTreeMap::new();
    let mut last: Spellings<'_> = BTreeMap::new();
    // The names with accents, in full and the family name, without them.
    let accented: FxHashSet<_> = mentions
        .iter()
        .map(|mention| mention.of(corpus.file(mention.file)).name.as_str())
        .filter(|name| !name.is_ascii())
        .flat_map(|name| [fold(name), fold(family(name))])
        .collect();
    for &mention in mentions {
        let facts: &FileFacts = corpus.file(mention.file);
        let name = mention.of(facts).name.as_str();
        let accepted = known.is_some_and(|known| known.prefer && *known.name == *name);
        // “Una” for “Úna” where the draft writes no accent and no curly mark at all: that is how a wire sends it.
        let is_accented = || accented.contains(&fold(name)) || accented.contains(&fold(family(name)));
        if !accented.is_empty() && name.is_ascii() && is_accented() && is_plain(facts) {
            continue;
        }
        // A headline in capitals spells nothing differently. What differs from the registry's spelling by a slip is
        // another rule's; and a family name that the registry gives to somebody else may be theirs.
        let registry = corpus.registry();
        let misspelled = person.registered.is_some_and(|id| misspells(registry, id, name));
        let others = !registry.is_empty()
            && !name.contains(' ')
            && name != family(&person.name)
            && registry.surnamed(name).iter().any(|id| {
                person.registered != Some(*id) && !registry.nearly_named(&person.name).contains(id)
            });
        // A name in another script stands beside the English one to explain it.
        let foreign = name.chars().any(|c| c.is_alphabetic() && c > LAST_LATIN);
        let others = others || is_foreign_word(facts, mention.of(facts));
        if accepted || misspelled || others || foreign || !name.chars().any(char::is_lowercase) {
            continue;
        }
        let place = mention.place(facts);
        last.entry(family(name)).or_default().push(place);
        if let Some((first, _)) = name.split_once(' ').filter(|(first, _)| !first.ends_with('.')) {
            given.entry(first).or_default().push(place);
        }
    }
    if let Some(known) = known.filter(|known| known.prefer) {
        return wanted(&known.name, &given, &last, mentions, corpus);
    }
    // Where the registry accepts every form there is nothing to say; the others stand beside those that it accepts.
    let accepts = |form: &str| {
        known.is_some_and(|known| {
            known
                .spellings()
                .any(|spelling| family(spelling) == form || spelling.split(' ').next() == Some(form))
        })
    };
    let parts = [alike(last), alike(given)];
    let open = parts.iter().filter(|spellings| spellings.keys().any(|form| !accepts(form)));
    let (one, other) = open.into_iter().find_map(|spellings| {
        let mut all: Vec<(&&str, &Vec<Place>)> = spellings.iter().collect();
        // The commonest form comes first and is counted; the odd one is what the finding points at.
        let most = all.iter().map(|(_, places)| places.len()).max().unwrap_or(0);
        all.sort_by_key(|(_, places)| {
            let common = most > 1 && places.len() == most;
            (!common, if common { 0 } else { places.len().min(most) }, places[0])
        });
        (all.len() > 1).then(|| (all[0], all[1..].to_vec()))
    })?;
    let forms: Vec<String> =
        std::iter::once(&one).chain(&other).map(|(form, places)| counted(form, places.len())).collect();
    let (first, rest) = other.split_first()?;
    let name = known.map_or(&*person.name, |known| &known.name);
    let mut finding = Finding::new(
        "name-variant",
        first.1[0],
        format!("{name} is spelled in {} ways: {}", forms.len(), forms.join(", ")),
        fold(name),
    )
    .label(format!("“{}” here", first.0))
    .related(one.1[0], format!("“{}” here", one.0));
    for (form, places) in rest {
        finding = finding.related(places[0], format!("“{form}” here"));
    }
    // A rare form is shown in every file that has it: each of them may be the one that somebody is reading.
    for (form, places) in other.iter().filter(|(_, places)| places.len() <= RARE) {
        for (at, place) in places.iter().enumerate().skip(1) {
            if places[..at].iter().all(|before| before.file != place.file) {
                finding = finding.related(*place, format!("“{form}” here too"));
            }
        }
    }
    if let Some(known) = known {
        finding = finding.help(format!(
            "The registry has this person as {}; it can list the other spelling as an alias",
            known.name
        ));
    }
    Some(finding)
}

/// Are all names and quotations of the file, marks included, in the letters and signs of an old wire?
fn is_plain(facts: &FileFacts) -> bool {
    facts.mentions.iter().all(|mention| mention.name.is_ascii())
        && facts.names.iter().all(|name| name.text.is_ascii())
        && facts.quotations.iter().all(|quotation| quotation.text.is_ascii())
}

/// Is it a word of a fragment, “a satire against Vell (“contre Velle”)”? Whose spelling that is, nobody can tell.
fn is_foreign_word(facts: &FileFacts, mention: &Mention) -> bool {
    mention.quoted
        && facts.quotations.iter().any(|quotation| {
            quotation.span.contains(mention.span)
                && quotation.attribution.is_none()
                && quotation.kind != QuotationKind::Sentence
        })
}

/// The last letter of the Latin blocks that names of people are written in.
const LAST_LATIN: char = '\u{24F}';

/// A form that stands in so many places at most is rare.
const RARE: usize = 8;

/// Forms count as spellings of each other only where they look or sound alike: Joe is no misspelling of Joseph, and
/// a file that calls Hanna Torn by her first name spells nothing differently. Plurals and the two apostrophes are
/// no spellings either.
fn alike(forms: Spellings<'_>) -> Spellings<'_> {
    let folded: Vec<(String, String)> =
        forms.keys().map(|form| (fold(form), form.replace('’', "'"))).collect();
    let near = |(a, written): &(String, String), (b, other): &(String, String)| {
        // “Pete” and “Peter” are two names of one person, each spelled right.
        let sounds = skeleton(a) == skeleton(b);
        let plural = a.strip_suffix('s') == Some(b) || b.strip_suffix('s') == Some(a);
        let two = short_form(a, b) && !sounds || plural;
        let sound = a.len().min(b.len()) > 3 && sounds;
        // “Korea” and “Korean”; “van” and “Van”.
        let people =
            |a: &str, b: &str| a.strip_suffix('n').is_some_and(|land| land == b && land.ends_with('a'));
        let particle = written.starts_with(char::is_lowercase) || other.starts_with(char::is_lowercase);
        let two = two || people(a, b) || people(b, a) || particle && a == b;
        written != other
            && !two
            && (a == b || one_slip(a, b) || two_slips(a, b) || same_consonants(a, b) || sound)
    };
    forms
        .into_iter()
        .enumerate()
        .filter(|(at, _)| folded.iter().any(|other| near(&folded[*at], other)))
        .map(|(_, entry)| entry)
        .collect()
}

fn counted(form: &str, count: usize) -> String {
    if count == 1 { format!("“{form}” once") } else { format!("“{form}” {count} times") }
}

/// The registry wants one spelling, and another is used.
fn wanted(
    name: &str,
    given: &Spellings<'_>,
    last: &Spellings<'_>,
    mentions: &[MentionAt],
    corpus: &Corpus,
) -> Option<Finding> {
    let own = family(name);
    let first = name.split(' ').next().unwrap_or(name);
    let wrong = last
        .iter()
        .filter(|(form, _)| **form != own)
        .chain(given.iter().filter(|(form, _)| **form != first && !name.contains(**form)));
    let mut places: Vec<Place> = wrong.flat_map(|(_, places)| places.iter().copied()).collect();
    places.sort_unstable();
    places.dedup();
    let (&place, others) = places.split_first()?;
    let written = mentions.iter().find_map(|mention| {
        let facts = corpus.file(mention.file);
        (mention.place(facts) == place).then(|| mention.of(facts).name.as_str())
    })?;
    let mut finding =
        Finding::new("name-variant", place, format!("the registry wants this spelled “{name}”"), fold(name))
            .label(format!("“{written}” here"));
    for &place in others {
        finding = finding.related(place, "and here");
    }
    Some(finding)
}

fn house_spellings(corpus: &Corpus, findings: &mut Vec<Finding>) {
    if corpus.registry().is_empty() {
        return;
    }
    for (file, facts) in corpus.files() {
        for name in &facts.names {
            let Some(prefer) = corpus.registry().wanted(&name.text) else { continue };
            let finding = Finding::new(
                "name-variant",
                Place::new(file, name.span),
                format!("the registry wants this spelled “{prefer}”"),
                &*name.text,
            )
            .label(format!("“{}” here", name.text));
            // Nothing is changed inside a quotation, not even a spelling.
            let quoted = facts.quotations.iter().any(|quotation| quotation.span.contains(name.span));
            findings.push(if quoted {
                finding
            } else {
                finding.fix(true, vec![(name.span, prefer.to_owned())])
            });
        }
    }
}
