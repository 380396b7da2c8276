//! What a text states about a person beside the title: age, party, seat, kinship.
//!
//! Only what stands right beside the name is read (“Ana Ruiz, 43, …”, “(D-Ohio)”, “his sister, Ana Ruiz”), because
//! there it can be nobody else's.

use std::sync::LazyLock;

use memchr::memmem::{Finder, FinderRev};
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use super::{kin, life, seat};
use crate::lexicon::{Class, TitleWord, fold, lexicon, offices, party};
use crate::source::{ProseSpan, Span};
use crate::syntax::mentions::PersonMention;

/// Something stated about a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Particular<S = Span> {
    /// The name of the person it is about.
    pub about: S,
    /// The words that state it.
    pub span: S,
    /// What it is.
    pub kind: ParticularKind,
    /// The value in a form that can be compared: “43”, “republican”, “ohio”, “sibling”.
    pub value: String,
    /// For kinship, whose relative: “his”, “her” or a folded family name. Empty for the others.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// For an age: the name follows a “when” inside its sentence, which tells what happened at the time of the story. For
    /// kinship: it is a late husband or a former wife.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub narrated: bool,
}

/// What kind of statement it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ParticularKind {
    /// The age in years.
    Age,
    /// The political party.
    Party,
    /// The state or the constituency that somebody sits for.
    Seat,
    /// The relation to somebody else.
    Kin,
    /// The year of birth.
    Born,
    /// That the person has died; the days of it are those of the date behind the words.
    Died,
    /// How many years the person has done something.
    Years,
    /// The year since which the person has done something.
    Since,
    /// An age and the year in which the person had it: “34 2011”.
    AgeIn,
}

impl Particular<ProseSpan> {
    /// The same, with its places in the file.
    pub(super) fn in_file(self, place: impl Fn(ProseSpan) -> Span) -> Particular {
        Particular {
            about: place(self.about),
            span: place(self.span),
            kind: self.kind,
            value: self.value,
            owner: self.owner,
            narrated: self.narrated,
        }
    }
}

/// Bytes of a “When ” that opens its sentence.
const OPENING_WHEN: u32 = 5;

/// The searchers of what is looked for beside every name.
static PARAGRAPH: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("\n\n"));
static PARAGRAPH_BEFORE: LazyLock<FinderRev<'static>> = LazyLock::new(|| FinderRev::new("\n\n"));
static YEARS_OLD: LazyLock<FinderRev<'static>> = LazyLock::new(|| FinderRev::new("-year-old "));

/// The longest stretch before a name that is looked at, in bytes.
const BEFORE: usize = 80;

/// The longest stretch after a name that is looked at, in bytes.
const AFTER: usize = 120;

/// The oldest age in years that is taken for one; the youngest is 1.
const OLDEST: u32 = 115;

/// What the words beside a mention state about its person.
pub(super) fn read(text: &str, mention: &PersonMention) -> Vec<Particular<ProseSpan>> {
    let (start, end) = (mention.span.start as usize, mention.span.end as usize);
    let Some(after) = stretch_after(text, end) else { return Vec::new() };
    let before = stretch_before(text, start);
    let mut found = Vec::new();
    let narrated = before.ends_with(" when ") && mention.span.start > mention.sentence.start + OPENING_WHEN;
    let mut add = |kind, from: usize, to: usize, value: String, owner: String| {
        let span = ProseSpan::new(from as u32, to as u32);
        found.push(Particular { about: mention.span, span, kind, value, owner, narrated });
    };
    if let Some((from, to, age)) = age_after(after) {
        add(ParticularKind::Age, end + from, end + to, age.to_string(), String::new());
    } else if let Some((from, age)) = age_before(before).filter(|_| mention.name.contains(' ')) {
        let at = start - before.len() + from;
        add(ParticularKind::Age, at, start, age.to_string(), String::new());
    } else if let Some((from, to, age)) = life::reached(after) {
        add(ParticularKind::Age, end + from, end + to, age.to_string(), String::new());
    } else if let Some((back, age)) = life::opening(before, mention) {
        add(ParticularKind::Age, start - back, start - 2, age.to_string(), String::new());
    }
    // The name owns what follows: “Ruiz’s son died”.
    if !mention.possessive {
        if let Some(life) = life::born(after) {
            add(ParticularKind::Born, end + life.from, end + life.to, life.value, String::new());
        }
        if let Some((from, to)) = life::died(after) {
            add(ParticularKind::Died, end + from, end + to, String::new(), String::new());
        }
        if let Some((life, since)) = life::service(after) {
            let kind = if since { ParticularKind::Since } else { ParticularKind::Years };
            add(kind, end + life.from, end + life.to, life.value, String::new());
        }
    }
    if let Some((from, to, party, seat)) = party_after(after) {
        add(ParticularKind::Party, end + from, end + to, party.to_owned(), String::new());
        if let Some(seat) = seat {
            add(ParticularKind::Seat, end + from, end + to, fold(seat), String::new());
        }
    } else if let Some((from, to, party)) = party_before(before) {
        let at = start - before.len();
        add(ParticularKind::Party, at + from, at + to, party.to_owned(), String::new());
    }
    for title in mention.titles.iter().filter(|title| title.qualifier.is_empty()) {
        // The title may be wrapped over two lines; then its bytes differ from its words, and its whole is shown.
        let place = |at: usize, words: &str| {
            let from = title.span.start as usize + at;
            match text.get(from..from + words.len()) == Some(words) {
                true => (from, from + words.len()),
                false => (title.span.start as usize, title.span.end as usize),
            }
        };
        if let Some((at, seat)) = seat::in_title(&title.text) {
            let (from, to) = place(at, seat);
            add(ParticularKind::Seat, from, to, fold(seat), String::new());
        }
        if let Some((words, party)) =
            party_in_title(&title.text).filter(|_| title.span.start > mention.span.start)
        {
            let (from, to) = place(0, words);
            add(ParticularKind::Party, from, to, party.to_owned(), String::new());
        }
    }
    if let Some((from, to, seat)) = seat::after(after) {
        add(ParticularKind::Seat, end + from, end + to, seat, String::new());
    }
    if let Some((from, to, kin, owner)) = kin::after(after) {
        add(ParticularKind::Kin, end + from, end + to, kin.to_owned(), owner);
    } else if let Some((from, to, kin, owner)) = kin::before(before).or_else(|| kin::whose(before)) {
        let at = start - before.len();
        add(ParticularKind::Kin, at + from, at + to, kin.to_owned(), owner);
    }
    if let Some(said) = found.last_mut().filter(|said| said.kind == ParticularKind::Kin) {
        let words = said.span.of(text).split_whitespace();
        said.narrated = words.map(fold).any(|word| offices().word(&word) == Some(TitleWord::Past));
    }
    found
}

/// “I met Ana Ruiz. She is 71”: the age of the one person whom a block names.
pub(super) fn age_of_pronoun(
    text: &str,
    block: ProseSpan,
    mentions: &[PersonMention],
) -> Option<Particular<ProseSpan>> {
    let first = mentions.first()?;
    if first.possessive || mentions.iter().any(|mention| mention.known_as() != first.known_as()) {
        return None;
    }
    let rest = text.get(first.span.end as usize..block.end as usize)?;
    let (at, len) = [". She is ", ". He is ", ". She was ", ". He was "]
        .iter()
        .find_map(|lead| Some((rest.find(lead)?, lead.len())))?;
    let (age, digits) = number(&rest[at + len..])?;
    let tail = &rest[at + len + digits..];
    let plain =
        tail.starts_with([',', '.', ';']) || tail.starts_with(" and ") || tail.starts_with(" years old");
    let from = first.span.end as usize + at + len;
    plain.then(|| age_of(first.span, from, digits, age))
}

/// “Ana Ruiz kept the light for 50 years. She died on Tuesday”: the death of the one person whom a block names in full up to
/// there.
pub(super) fn death_of_pronoun(
    text: &str,
    block: ProseSpan,
    mentions: &[PersonMention],
) -> Option<Particular<ProseSpan>> {
    let first = mentions.first().filter(|first| first.name.contains(' ') && !first.possessive)?;
    let rest = text.get(first.span.end as usize..block.end as usize)?;
    let (at, lead) = [". She died ", ". He died "].iter().find_map(|lead| Some((rest.find(lead)?, lead)))?;
    let from = first.span.end + at as u32 + lead.len() as u32 - "died ".len() as u32;
    let mut others = mentions.iter().filter(|other| other.span.start < from && other.name.contains(' '));
    let span = ProseSpan::new(from, from + "died".len() as u32);
    let own = others.all(|other| other.known_as() == first.known_as());
    own.then(|| of_pronoun(first.span, span, ParticularKind::Died, String::new()))
}

/// “He was 89, his daughter said.” at the head of a paragraph, where the one before names one person, `before`, alone.
pub(super) fn age_of_opening_pronoun(
    text: &str,
    block: ProseSpan,
    before: &PersonMention,
) -> Option<Particular<ProseSpan>> {
    let words = block.of(text);
    let lead = ["He was ", "She was ", "He is ", "She is "].iter().find(|lead| words.starts_with(**lead))?;
    let (age, digits) = number(&words[lead.len()..])?;
    let tail = &words[lead.len() + digits..];
    let plain = tail.is_empty()
        || tail.starts_with(['.', ';'])
        || tail.starts_with(", ")
        || tail.starts_with(" years old");
    let from = block.start as usize + lead.len();
    plain.then(|| age_of(before.span, from, digits, age))
}

/// Somebody's age, which a pronoun gives: its digits begin at the byte `from`.
fn age_of(about: ProseSpan, from: usize, digits: usize, age: u32) -> Particular<ProseSpan> {
    let span = ProseSpan::new(from as u32, (from + digits) as u32);
    of_pronoun(about, span, ParticularKind::Age, age.to_string())
}

/// What a sentence about “he” or “she” states of the person whom the pronoun means.
fn of_pronoun(
    about: ProseSpan,
    span: ProseSpan,
    kind: ParticularKind,
    value: String,
) -> Particular<ProseSpan> {
    Particular { about, span, kind, value, owner: String::new(), narrated: false }
}

fn stretch_after(text: &str, from: usize) -> Option<&str> {
    let rest = text.get(from..)?;
    let near = &rest[..floor(rest, AFTER)];
    Some(PARAGRAPH.find(near.as_bytes()).map_or(near, |at| &near[..at]))
}

fn stretch_before(text: &str, until: usize) -> &str {
    let Some(rest) = text.get(..until) else { return "" };
    let mut from = rest.len().saturating_sub(BEFORE);
    while !rest.is_char_boundary(from) {
        from += 1;
    }
    let near = &rest[from..];
    PARAGRAPH_BEFORE.rfind(near).map_or(near, |at| &near[at + 2..])
}

/// The largest character boundary of `text` up to `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// “, 43,”, “ (43)”, “, aged 43,”, “, a 43-year-old”, “, who is 43,”: where the number stands, and the age.
fn age_after(after: &str) -> Option<(usize, usize, u32)> {
    for lead in [", aged ", ", age ", ", now ", ", who is ", ", a ", ", an ", ", the ", " (aged ", " (", ", "]
    {
        let Some(rest) = after.strip_prefix(lead) else { continue };
        let Some((age, len)) = number(rest) else { continue };
        let tail = &rest[len..];
        let article = matches!(lead, ", a " | ", an " | ", the ");
        let closed = match lead {
            " (" | " (aged " => tail.starts_with(')'),
            _ => tail.starts_with([',', '.', ';']) && !tail[1..].starts_with(|c: char| c.is_ascii_digit()),
        };
        if (!article && closed) || tail.starts_with("-year-old") || tail.starts_with(" years old") {
            return Some((lead.len(), lead.len() + len, age));
        }
    }
    None
}

/// “43-year-old Ana Ruiz”, with up to three words between.
fn age_before(before: &str) -> Option<(usize, u32)> {
    let at = YEARS_OLD.rfind(before)?;
    let between = &before[at + "-year-old ".len()..];
    let close = between.split_whitespace().count() <= 3
        && !between.contains([',', '.', ';', ':', '“', '”', '"', '(', ')'])
        && !between
            .split_whitespace()
            .any(|word| matches!(word, "of" | "and" | "who" | "for" | "with" | "to"));
    let digits = before[..at].bytes().rev().take_while(u8::is_ascii_digit).count();
    let (age, _) = number(&before[at - digits..])?;
    close.then_some((at - digits, age))
}

fn number(text: &str) -> Option<(u32, usize)> {
    let len = text.bytes().take_while(u8::is_ascii_digit).count();
    let value: u32 = text[..len].parse().ok()?;
    (len <= 3 && (1..=OLDEST).contains(&value)).then_some((value, len))
}

/// “ (D-Ohio)”, “, R-Texas,”, “ (Labour)”, “, a Republican”: its place, the party and the state.
fn party_after(after: &str) -> Option<(usize, usize, &'static str, Option<&str>)> {
    for (open, close) in [(" (", ")"), (", ", ",")] {
        let Some(rest) = after.strip_prefix(open) else { continue };
        let Some(end) = rest.find(close) else { continue };
        let inside = &rest[..end];
        let (letter, seat) = match inside.split_once(['-', '–', '‑']) {
            Some((letter, seat)) => {
                (letter, Some(seat.trim()).filter(|seat| seat.starts_with(char::is_uppercase)))
            }
            None => (inside, None),
        };
        // “, Labour,” may go on with a list; only a state beside the letter makes it plain there.
        let party = party_named(letter).or_else(|| party_named(&letter.replace(' ', "-")));
        if let Some(party) = party.filter(|_| open == " (" || seat.is_some()) {
            return Some((open.len(), open.len() + end, party, seat));
        }
    }
    // “Ana Ruiz, the Republican candidate had said” opens a clause of its own.
    for lead in PARTY_LEADS {
        let Some(rest) = after.strip_prefix(lead) else { continue };
        let first = rest.split([' ', ',', '.', ';']).next()?;
        let second =
            rest[first.len()..].strip_prefix(' ').and_then(|rest| rest.split([' ', ',', '.', ';']).next());
        let both = second.and_then(|second| party_named(&format!("{first}-{second}")));
        let word = if both.is_some() { &rest[..first.len() + 1 + second.map_or(0, str::len)] } else { first };
        let named = both.or_else(|| party_named(word));
        // “, the Labour MP for Tarn,”, “, Labour MP for Tarn,”: a title in apposition ends at its comma.
        if lead == ", the " || lead == ", " {
            let tail = &rest[word.len()..];
            let sits = [" senator", " congress", " MP", " councillor", " lawmaker", " governor", " mayor"];
            let end = tail.find([',', '.', ';', ':']);
            let closed = end.or(Some(tail.len())).is_some_and(|end| !tail[..end].contains(['“', '‘', '"']));
            if let Some(party) =
                named.filter(|_| closed && word.len() > 1 && sits.iter().any(|next| tail.starts_with(next)))
            {
                return Some((lead.len(), lead.len() + word.len(), party, None));
            }
            continue;
        }
        // “, an independent,” is written with a small letter.
        let named = named.or_else(|| {
            party_named("Independent").filter(|_| lead.ends_with("an ") && word == "independent")
        });
        // “a Labour of love” is no party: the word must end the phrase or stand before a role or “from”.
        let tail = &rest[word.len()..];
        let whole = tail.starts_with([',', '.', ';'])
            || [
                " Party",
                " from ",
                " senator",
                " congress",
                " MP",
                " councillor",
                " member",
                " candidate",
                " nominee",
                " representing ",
                " who ",
                " elected ",
                " on the ",
            ]
            .iter()
            .any(|next| tail.starts_with(next));
        if let Some(party) = named.filter(|_| whole && word.len() > 1) {
            return Some((lead.len(), lead.len() + word.len(), party, None));
        }
    }
    None
}

/// What leads from a name to its party; those that are part of others stand last.
const PARTY_LEADS: [&str; 10] = [
    ", who is a ",
    ", who is an ",
    ", of the ",
    ", of ",
    ", a ",
    ", an ",
    " is a ",
    " is an ",
    ", the ",
    ", ",
];

/// The words before a name among which its party is looked for.
const TITLE_WORDS: usize = 4;

/// “Democratic Sen. ”, “Labour MP ”, “the Republican candidate, ”: up to three words of a title between.
fn party_before(before: &str) -> Option<(usize, usize, &'static str)> {
    let clause = before
        .rfind([';', ':', '“', '”', '"', '(', ')', '\n'])
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    // Backwards from the name, with one more word than is looked at.
    let words: SmallVec<[&str; TITLE_WORDS + 1]> =
        before[clause..].split_whitespace().rev().take(TITLE_WORDS + 1).collect();
    let near = words.iter().take(TITLE_WORDS);
    let mut noun = false;
    for (back, word) in near.enumerate() {
        let bare = word.trim_end_matches(',');
        // What stands before a comma, and a role of several, belongs to somebody else.
        if word.ends_with(',') || back == 0 && bare.ends_with('s') && !bare.ends_with("ss") {
            return None;
        }
        let both = words.get(back + 1).and_then(|first| party_named(&format!("{first}-{bare}")));
        if let Some(party) = both.or_else(|| party_named(bare)).filter(|_| bare.len() > 1) {
            let past = words.get(back + 1);
            if past.is_some_and(|word| offices().word(&fold(word)) == Some(TitleWord::Past)) {
                return None;
            }
            let at = before.rfind(bare)?;
            return Some((at, at + bare.len(), party));
        }
        // “Democratic County Commissioner”: other words of the title, in capitals, behind the noun.
        let titular = word.ends_with('.')
            || lexicon().class(bare).any(Class::PERSON_NOUN.or(Class::HONORIFIC))
            || noun && bare.starts_with(char::is_uppercase);
        noun |= back == 0 && lexicon().class(bare).any(Class::PERSON_NOUN);
        if !titular {
            return None;
        }
    }
    None
}

/// “Labour member for Skarrow”, “Liberal Democrat councillor”: the party that a title behind a name begins with. A word with a
/// capital goes on with it, as in “Labour Secretary”, which is an office.
fn party_in_title(title: &str) -> Option<(&str, &'static str)> {
    let mut ends = title.match_indices(' ').map(|(at, _)| at);
    let (first, second) = (ends.next()?, ends.next());
    let small = |end: usize| {
        let next = title[end + 1..].split(' ').next().unwrap_or_default();
        let letters =
            next.len() >= 2 && next.len() <= 4 && next.bytes().all(|byte| byte.is_ascii_uppercase());
        letters || next.starts_with(char::is_lowercase) && lexicon().class(next).any(Class::PERSON_NOUN)
    };
    let both = second
        .filter(|end| small(*end))
        .and_then(|end| Some((&title[..end], party_named(&title[..end].replace(' ', "-"))?)));
    let one = || Some((&title[..first], party_named(&title[..first]).filter(|_| first > 1 && small(first))?));
    both.or_else(one)
}

/// The name by which a party is compared, where a word names one.
fn party_named(word: &str) -> Option<&'static str> {
    party(word).map(|party| party.name)
}

#[cfg(test)]
mod tests {
    use super::{age_after, age_before, party_after, party_before, party_in_title};

    #[test]
    fn ages() {
        let after = |text| age_after(text).map(|(_, _, age)| age);
        for (text, age) in [
            (", 43, left", Some(43)),
            (", 43.", Some(43)),
            (" (58) left", Some(58)),
            (", aged 61, left", Some(61)),
            (", a 19-year-old sailor", Some(19)),
            (", who is 30, left", Some(30)),
            (", 43 miles away", None),
            (", 4.5 metres", None),
            (", 2019, left", None),
            (", 43,000 voters", None),
            (", a 43 metre boat", None),
            (" is 43", None),
        ] {
            assert_eq!(after(text), age, "{text}");
        }
        assert_eq!(age_before("met 43-year-old skipper "), Some((4, 43)));
        assert_eq!(age_before("a 43-year-old. Then "), None);
        assert_eq!(age_before("the 43-year-old son of "), None);
    }

    #[test]
    fn parties_in_titles() {
        let party = |title| party_in_title(title).map(|(words, _)| words);
        assert_eq!(party("Labour member for Skarrow"), Some("Labour"));
        assert_eq!(party("Liberal Democrat councillor"), Some("Liberal Democrat"));
        assert_eq!(party("Conservative MP for Tarn"), Some("Conservative"));
        assert_eq!(party("Labour Secretary"), None);
        assert_eq!(party("green activist"), None);
        assert_eq!(party("member for Skarrow"), None);
    }

    #[test]
    fn parties() {
        let after = |text| party_after(text).map(|(_, _, party, seat)| (party, seat));
        assert_eq!(after(" (D-Ohio) said"), Some(("democratic", Some("Ohio"))));
        assert_eq!(after(", R-Texas, said"), Some(("republican", Some("Texas"))));
        assert_eq!(after(" (Labour) said"), Some(("labour", None)));
        assert_eq!(after(", a Republican from Ohio"), Some(("republican", None)));
        assert_eq!(after(", D.C., said"), None);
        assert_eq!(after(" (GP) said"), None);
        assert_eq!(after(", a Labour of love"), None);
        assert_eq!(after(", the Liberal Democrat MP for Tarn, said"), Some(("liberal-democrat", None)));
        assert_eq!(after(", Labour MP for Tarn, said"), Some(("labour", None)));
        assert_eq!(after(", an independent, said"), Some(("independent", None)));
        assert_eq!(after(", an independent consultant, said"), None);
        assert_eq!(after(", Labour of Tarn, said"), None);
        assert_eq!(after(", a Democrat who left, said"), Some(("democratic", None)));
        assert_eq!(after(", who is a Labour councillor, said"), Some(("labour", None)));
        assert_eq!(after(", of the Social Democrats, said"), Some(("social-democrats", None)));
        assert_eq!(after(", of the Labour Party, said"), Some(("labour", None)));
        assert_eq!(after(", of the Green Lane surgery, said"), None);
        assert_eq!(after(" (Fine Gael) said"), Some(("fine-gael", None)));
        assert_eq!(after(", who is a National treasure, said"), None);
        let before = |text| party_before(text).map(|(_, _, party)| party);
        assert_eq!(before("said Democratic Sen. "), Some("democratic"));
        assert_eq!(before("said Labour MP "), Some("labour"));
        assert_eq!(before("said former Democrat "), None);
        assert_eq!(before("said Liberal Democrat MP "), Some("liberal-democrat"));
        assert_eq!(before("beat the Conservatives, and "), None);
    }
}
