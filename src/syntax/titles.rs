//! Titles taken apart: role, what the office is about, whose it is, and whether it is held.
//!
//! ```text
//! title   = { qualifier | place | topic } role { preposition ( place | topic | body ) }
//! titles  = title { "and" title }
//! ```
//!
//! “U.S. Secretary of State”, “the French foreign minister”, “then-Sen.”, “former deputy mayor of Port Avel”.
//! Two ways to name one office come out the same: “minister of foreign affairs” is “foreign minister”.

use smallvec::SmallVec;

use crate::lexicon::{LONGEST_PHRASE, PlaceId, RoleId, TitleWord, fold, offices};

/// Is the office held at the time the writer speaks of?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum OfficeStatus {
    /// Nothing says otherwise.
    #[default]
    Held,
    /// “former”, “then”, “late”.
    Past,
    /// “-elect”, “incoming”, “would-be”.
    Coming,
}

/// A title taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// The role.
    pub role: RoleId,
    /// A lower office with the same noun: “deputy”.
    pub below: bool,
    /// Held, over, or to come.
    pub status: OfficeStatus,
    /// “acting”.
    pub acting: bool,
    /// With words that describe rather than name: “top aide”, “senior adviser”, “a minister”.
    pub described: bool,
    /// The place whose office it is.
    pub place: Option<PlaceId>,
    /// What it is about, words in order of the alphabet: “defense”, “foreign”, “state”.
    pub topic: Vec<Box<str>>,
    /// The body it is in, words in order of the alphabet: “center”, “tides”.
    pub body: Vec<Box<str>>,
    /// Where somebody is sent: “envoy to …”, in order of the alphabet.
    pub to: Vec<Box<str>>,
    /// The person it serves: “Vell's chief of staff”, folded, the last word of the name.
    pub serves: Option<Box<str>>,
}

/// The offices that a phrase names, most often one; none where no word of it is a role.
pub fn parse_titles(phrase: &str) -> SmallVec<[Office; 1]> {
    let words = split(phrase);
    let mut found = SmallVec::new();
    for part in parts(&words) {
        if let Some(office) = parse(part) {
            found.push(office);
        }
    }
    found
}

/// A folded word; `owner` where it ended in a possessive.
#[derive(Debug)]
struct Word {
    text: Box<str>,
    owner: bool,
    /// Stands after a comma or before one.
    comma: bool,
}

fn split(phrase: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for written in phrase.split_whitespace() {
        let bare = written.trim_end_matches([',', ';', ':', ')', '”', '"']);
        let owner = [("'s"), ("’s"), ("s'"), ("s’")].iter().any(|ending| bare.ends_with(ending));
        let stem = bare.strip_suffix("'s").or_else(|| bare.strip_suffix("’s")).unwrap_or(bare);
        let folded = fold(stem);
        let mut pieces = folded.split(' ').filter(|piece| !piece.is_empty()).peekable();
        while let Some(piece) = pieces.next() {
            let last = pieces.peek().is_none();
            words.push(Word {
                text: offices().spelling(piece).into(),
                owner: owner && last,
                comma: last && written.ends_with(','),
            });
        }
    }
    words
}

/// Parts the words at “and” where both sides name a role, as in “prime minister and defense minister” but not in
/// “minister of foreign and European affairs”.
fn parts(words: &[Word]) -> SmallVec<[&[Word]; 2]> {
    let mut out: SmallVec<[&[Word]; 2]> = SmallVec::new();
    let mut start = 0;
    for at in 1..words.len() {
        let joins = &*words[at].text == "and" || words[at - 1].comma;
        if joins && head(&words[start..at]).is_some() && head(before_preposition(&words[at..])).is_some() {
            out.push(&words[start..at]);
            start = at;
        }
    }
    out.push(&words[start..]);
    out
}

fn before_preposition(words: &[Word]) -> &[Word] {
    let end = words.iter().skip(1).position(|word| is(word, TitleWord::Preposition));
    &words[..end.map_or(words.len(), |end| end + 1)]
}

fn is(word: &Word, kind: TitleWord) -> bool {
    offices().word(&word.text) == Some(kind)
}

/// The words joined by spaces, into a string that is used again and again.
fn join(words: &[Word], into: &mut String) {
    into.clear();
    for word in words {
        if !into.is_empty() {
            into.push(' ');
        }
        into.push_str(&word.text);
    }
}

/// The longest phrase at `at` that `find` knows, and its length in words.
fn longest<T>(words: &[Word], at: usize, find: impl Fn(&str) -> Option<T>) -> Option<(T, usize)> {
    let mut phrase = String::new();
    (1..=LONGEST_PHRASE.min(words.len() - at)).rev().find_map(|count| {
        let run = &words[at..at + count];
        if run[..count - 1].iter().any(|word| word.owner || word.comma) {
            return None;
        }
        join(run, &mut phrase);
        find(&phrase).map(|found| (found, count))
    })
}

fn role_at(words: &[Word], at: usize) -> Option<(RoleId, usize)> {
    longest(words, at, |phrase| offices().role(phrase))
}

fn place_at(words: &[Word], at: usize) -> Option<(PlaceId, usize)> {
    longest(words, at, |phrase| offices().place(phrase))
}

/// The last role before the first preposition that is not part of a role: where it starts, where it ends.
fn head(words: &[Word]) -> Option<(RoleId, usize, usize)> {
    let mut found = None;
    let mut at = 0;
    while at < words.len() {
        if let Some((role, count)) = role_at(words, at) {
            let owner = words[at + count - 1].owner;
            if !owner {
                found = Some((role, at, at + count));
            }
            at += count;
        } else if is(&words[at], TitleWord::Preposition) && at > 0 {
            // “Speaker Vell of Marland” and “head of the bank”: what follows belongs to the role found.
            if found.is_some() {
                break;
            }
            at += 1;
        } else {
            at += 1;
        }
    }
    found
}

fn parse(words: &[Word]) -> Option<Office> {
    let (role, start, end) = head(words)?;
    let known = offices().of(role);
    let mut office = Office {
        role,
        below: false,
        status: OfficeStatus::Held,
        acting: false,
        described: known.vague,
        place: None,
        topic: Vec::new(),
        body: Vec::new(),
        to: Vec::new(),
        serves: None,
    };
    let mut about = Vec::new();
    let owned = words[..start].iter().rposition(|word| word.owner).map_or(0, |owner| owner + 1);
    if owned > 0 {
        owner(&words[..owned], &mut office);
    }
    before(&words[owned..start], &mut office, &mut about);
    if known.portfolio {
        office.topic = about;
    } else {
        office.body = about;
    }
    let more = after(&words[end..], known.portfolio, &mut office);
    // “the US representative in the talks”, “the union’s representative”: sent there, not elected.
    office.described |= known.seat && (more || office.serves.is_some() || !office.body.is_empty());
    for list in [&mut office.topic, &mut office.body, &mut office.to] {
        list.sort_unstable();
        list.dedup();
    }
    Some(office)
}

/// What stands before the role: qualifiers, places, and what the office is about.
fn before(words: &[Word], office: &mut Office, about: &mut Vec<Box<str>>) {
    let mut at = 0;
    while at < words.len() {
        if let Some((place, count)) = place_at(words, at) {
            office.place.get_or_insert(place);
            at += count;
            continue;
        }
        match offices().word(&words[at].text) {
            Some(TitleWord::Past) => office.status = OfficeStatus::Past,
            Some(TitleWord::Coming) => office.status = OfficeStatus::Coming,
            Some(TitleWord::Acting) => office.acting = true,
            Some(TitleWord::Below) => office.below = true,
            Some(TitleWord::Modifier | TitleWord::Article) => office.described = true,
            Some(TitleWord::Preposition | TitleWord::Dropped) => {}
            None => about.push(words[at].text.clone()),
        }
        at += 1;
    }
}

/// “Ukraine's”, “Vell's”, “the French president's”: a place, or the person whose officer it is.
fn owner(words: &[Word], office: &mut Office) {
    let mut at = 0;
    while at < words.len() {
        match place_at(words, at) {
            Some((place, count)) => {
                office.place.get_or_insert(place);
                at += count;
            }
            None if words[at].owner => {
                office.serves = Some(words[at].text.clone());
                at += 1;
            }
            None => at += 1,
        }
    }
}

/// What stands after the role: “-elect”, “of the harbour board”, “for foreign affairs”, “to Ukraine and Russia”. True
/// where that is more than a place.
fn after(words: &[Word], portfolio: bool, office: &mut Office) -> bool {
    let mut more = false;
    let mut preposition = None;
    let mut run: Vec<Box<str>> = Vec::new();
    let mut at = 0;
    while at <= words.len() {
        let word = words.get(at);
        if word.is_none_or(|word| is(word, TitleWord::Preposition)) {
            more |= !run.is_empty();
            close(preposition, std::mem::take(&mut run), portfolio, office);
            preposition = word.map(|word| &*word.text);
            at += 1;
            continue;
        }
        let Some(word) = word else { break };
        if preposition.is_none() {
            match offices().word(&word.text) {
                Some(TitleWord::Coming) => office.status = OfficeStatus::Coming,
                Some(TitleWord::Past) => office.status = OfficeStatus::Past,
                _ => {}
            }
            at += 1;
        } else if let Some((place, count)) = place_at(words, at) {
            if preposition == Some("to") {
                run.push(offices().at(place).name.into());
            } else {
                office.place.get_or_insert(place);
            }
            at += count;
        } else if let Some((_, count)) = role_at(words, at) {
            // “of President Vell”: the office serves the person named last.
            let rest = &words[at + count..];
            let named = rest.iter().take_while(|word| !is(word, TitleWord::Preposition)).last();
            office.serves.get_or_insert(named.unwrap_or(&words[at]).text.clone());
            at += count + rest.iter().take_while(|word| !is(word, TitleWord::Preposition)).count();
        } else {
            if offices().word(&word.text).is_none() {
                run.push(word.text.clone());
            }
            at += 1;
        }
    }
    more
}

fn close(preposition: Option<&str>, run: Vec<Box<str>>, portfolio: bool, office: &mut Office) {
    let body = run.iter().any(|word| offices().is_body(word));
    match preposition {
        Some("to") => office.to.extend(run),
        Some("of" | "for") if portfolio && !body => office.topic.extend(run),
        Some("of" | "for" | "at") => office.body.extend(run),
        _ if body => office.body.extend(run),
        _ => {}
    }
}

impl Office {
    /// Does `longer` say all that this title says?
    pub fn shortens(&self, longer: &Self) -> bool {
        let part = |a: &[Box<str>], b: &[Box<str>]| a.iter().all(|word| b.contains(word));
        offices().shortens(self.role, longer.role)
            && (self.below, self.status, self.acting) == (longer.below, longer.status, longer.acting)
            && self.place.is_none_or(|place| longer.place == Some(place))
            && self.serves.as_ref().is_none_or(|served| longer.serves.as_ref() == Some(served))
            && part(&self.topic, &longer.topic)
            && part(&self.body, &longer.body)
            && part(&self.to, &longer.to)
    }

    /// May this title, as a writer put it, stand for `registered`? A shorter form may, one that says something else
    /// may not. Whether the office is held does not matter.
    pub fn may_mean(&self, registered: &Self) -> bool {
        let part = |a: &[Box<str>], b: &[Box<str>]| a.iter().all(|word| b.contains(word));
        let agrees = |a: &[Box<str>], b: &[Box<str>]| part(a, b) || (!b.is_empty() && part(b, a));
        offices().shortens(self.role, registered.role)
            && self.below == registered.below
            && self.place.is_none_or(|a| registered.place.is_none_or(|b| offices().place_within(a, b)))
            && agrees(&self.topic, &registered.topic)
            && agrees(&self.body, &registered.body)
    }

    /// Can one person hold both on one day? Only what plainly excludes the other is no: descriptions, shorter forms,
    /// ranks, and offices that are over or to come go with everything.
    pub fn excludes(&self, other: &Self) -> bool {
        if self.described || other.described {
            return false;
        }
        if self.status != OfficeStatus::Held || other.status != OfficeStatus::Held {
            return false;
        }
        let apart = |a: Option<PlaceId>, b: Option<PlaceId>| matches!((a, b), (Some(a), Some(b)) if !offices().place_within(a, b));
        if self.role != other.role {
            return (!self.below && !other.below || offices().are_posts(self.role, other.role))
                && offices().exclude(self.role, other.role)
                && !apart(self.place, other.place);
        }
        let differ = |a: &[Box<str>], b: &[Box<str>]| {
            !a.is_empty()
                && !b.is_empty()
                && !a.iter().all(|word| b.contains(word))
                && !b.iter().all(|word| a.contains(word))
        };
        self.below != other.below
            || (!self.to.is_empty() && !other.to.is_empty() && self.to != other.to)
            || (offices().of(self.role).portfolio && differ(&self.topic, &other.topic))
    }
}

#[cfg(test)]
mod tests;
