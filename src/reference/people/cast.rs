//! Who takes part in a piece of fiction, where each is named in the writer's words, and who fits a pronoun.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use super::{People, one_line, pronoun_gender};
use crate::lexicon::{Class, Language};
use crate::reference::speaker::{Speaker, SpeakerKind};
use crate::syntax::clause::noun_phrase::HeadKind;
use crate::syntax::names::{Name, NameClass};

/// Somebody in a piece of fiction.
struct Member {
    /// As the text is reported to call them.
    name: String,
    kind: SpeakerKind,
    gender: Class,
    /// Nothing in the text names them.
    nameless: bool,
}

/// The people of a piece of fiction, by number.
#[derive(Default)]
pub struct Cast {
    members: Vec<Member>,
    by_name: FxHashMap<String, usize>,
    /// The first token of each mention in the writer's words, in order, and who is meant.
    mentions: Vec<(usize, usize)>,
    /// For each mention whether a verb follows it.
    acts: Vec<bool>,
    /// The forms in which the text names each; a form that means two people means nobody.
    forms: FxHashMap<String, Option<usize>>,
}

/// Under which name the narrator is entered. No text calls anybody so.
const NARRATOR: &str = "(I)";

/// How often he or she was said of somebody, in a sentence that names nobody else.
#[derive(Clone, Copy, Default)]
struct Votes {
    male: u32,
    female: u32,
}

/// Votes from which on the text is believed over the list of given names.
const FEWEST_VOTES: u32 = 4;

/// The same where no vote speaks for the other gender.
const FEWEST_UNOPPOSED: u32 = 2;

/// How many times as many votes one gender must have as the other.
const CLEARLY: u32 = 2;

impl Votes {
    fn gender(self) -> Class {
        let (most, least, gender) = match self.male >= self.female {
            true => (self.male, self.female, Class::MALE),
            false => (self.female, self.male, Class::FEMALE),
        };
        let clear = most >= FEWEST_VOTES && most >= CLEARLY * least;
        let unopposed = most >= FEWEST_UNOPPOSED && least == 0;
        if clear || unopposed { gender } else { Class::NONE }
    }
}

impl<'t> People<'t> {
    /// The people of a piece of fiction.
    pub fn cast(&self) -> Cast {
        let mut cast = Cast::default();
        // A name that speaks is somebody's, although no list has it.
        let voiced: FxHashSet<&str> = self
            .voices
            .iter()
            .filter(|voice| voice.head_kind == HeadKind::Name)
            .filter_map(|voice| Some(self.names[self.name_in(voice.span)?].span.of(self.text)))
            .collect();
        let titled_only = self.titled_only();
        for (name, person) in self.names.iter().zip(&self.person_of) {
            let titled = self.is_titled(name);
            let only = titled_only.get(name.span.of(self.text)).and_then(Option::as_ref);
            let shown = match (only, person) {
                _ if titled => self.with_honorific(name),
                (Some(titled), _) => titled.clone(),
                (None, Some(person)) => self.shown(*person),
                (None, None) if name.class != NameClass::Body && voiced.contains(name.span.of(self.text)) => {
                    one_line(name.span.of(self.text))
                }
                (None, None) => continue,
            };
            let form = if titled { shown.clone() } else { one_line(name.span.of(self.text)) };
            let member = cast.number(&shown, SpeakerKind::Person);
            cast.mentions.push((name.start, member));
            // “Holt and Reyes mended the net”: both did.
            let joined =
                name.start.checked_sub(1).is_some_and(|before| self.tokens[before].is(Class::COORDINATOR));
            cast.acts.push(!joined && self.does_something(name.end));
            if person.is_some() && name.end - name.start > 1 {
                cast.enter(one_line(self.word(name.start)), member);
                cast.enter(one_line(self.word(name.end - 1)), member);
            }
            cast.enter(form, member);
        }
        for (family, titled) in titled_only {
            if let Some(&member) = titled.and_then(|titled| cast.by_name.get(&titled)) {
                cast.by_name.entry(family.to_owned()).or_insert(member);
            }
        }
        let votes = self.votes(&cast);
        for (member, votes) in cast.members.iter_mut().zip(votes) {
            let first = member.name.split_whitespace().next().unwrap_or_default();
            let class = self.view.language.lexicon.class(first);
            let listed = self.genders.get(&member.name).copied().unwrap_or_default();
            member.gender = if class.any(Class::HONORIFIC) && class.any(Class::GENDER) {
                only(class)
            } else if votes.gender() != Class::NONE {
                votes.gender()
            } else if listed != Class::NONE {
                only(listed)
            } else if class.any(Class::GIVEN_NAME) {
                only(class)
            } else {
                Class::NONE
            };
        }
        cast.join_bare_surnames();
        cast.join_short_forms(self.view.language);
        cast
    }

    fn is_titled(&self, name: &Name) -> bool {
        name.start.checked_sub(1).is_some_and(|before| self.tokens[before].is(Class::HONORIFIC))
    }

    /// “Holt” where the text has a Mr. Holt and no other Holt: each such family name with the name as its bearer is called,
    /// nothing where there are several.
    fn titled_only(&self) -> FxHashMap<&'t str, Option<String>> {
        let mut found: FxHashMap<&'t str, Option<String>> = FxHashMap::default();
        for name in self.names.iter().filter(|name| name.end - name.start == 1 && self.is_titled(name)) {
            let titled = Some(self.with_honorific(name));
            let known = found.entry(name.span.of(self.text)).or_insert_with(|| titled.clone());
            if *known != titled {
                *known = None;
            }
        }
        for name in self.names.iter().filter(|name| name.end - name.start > 1) {
            for at in [name.start, name.end - 1] {
                found.remove(self.word(at));
            }
        }
        found
    }

    /// Is a pronoun of this gender among these tokens?
    pub fn has_pronoun(&self, tokens: Range<usize>, gender: Class) -> bool {
        let watched = Class::SUBJECT.or(Class::OBJECT).or(Class::POSSESSIVE);
        self.tokens[tokens].iter().any(|token| {
            token.is_word()
                && token.span.len() <= 3
                && token.is(watched)
                && pronoun_gender(token.span.of(self.text)) == Some(gender)
        })
    }

    /// Does a verb stand at `at`, or after an adverb there?
    fn does_something(&self, at: usize) -> bool {
        let verb = Class::FORM_PAST.or(Class::FORM_PRESENT).or(Class::AUXILIARY);
        let mut words = self.tokens.get(at..).unwrap_or_default().iter().take(2);
        words
            .by_ref()
            .take_while(|token| token.is_word() && !token.is_capital())
            .any(|token| token.is(verb) || token.span.of(self.text).ends_with("ed"))
    }

    /// What pronouns say of each: those in a sentence that names one alone, and the one that opens the sentence after it.
    fn votes(&self, cast: &Cast) -> Vec<Votes> {
        let mut votes = vec![Votes::default(); cast.members.len()];
        let mut mentions = cast.mentions.iter().peekable();
        let pronoun = Class::SUBJECT.or(Class::OBJECT).or(Class::POSSESSIVE);
        let (mut named, mut several, mut before) = (None, false, None);
        for (at, token) in self.tokens.iter().enumerate() {
            while let Some(&(_, member)) = mentions.next_if(|(start, _)| *start <= at) {
                several |= named.is_some_and(|known| known != member);
                named = Some(member);
            }
            if token.is_final() {
                before = named.filter(|_| !several);
                (named, several) = (None, false);
            } else if token.is_word() && token.span.len() <= 3 && token.is(pronoun) && !several {
                let meant = named.or(before.filter(|_| token.is(Class::SUBJECT)));
                let gender = pronoun_gender(token.span.of(self.text));
                match (meant, gender) {
                    (Some(member), Some(Class::MALE)) => votes[member].male += 1,
                    (Some(member), Some(_)) => votes[member].female += 1,
                    _ => {}
                }
            }
        }
        votes
    }
}

/// A word with its first letter as a capital.
fn capitalized(word: &str) -> String {
    let mut signs = word.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}

/// A gender where it is the only one.
fn only(class: Class) -> Class {
    match (class.any(Class::MALE), class.any(Class::FEMALE)) {
        (true, false) => Class::MALE,
        (false, true) => Class::FEMALE,
        _ => Class::NONE,
    }
}

impl Cast {
    /// “Archer” among a Newland Archer, a Janey Archer and a Mrs. Archer: a family name alone is the one man's of the family.
    fn join_bare_surnames(&mut self) {
        let mut families: FxHashMap<&str, SmallVec<[usize; 4]>> = FxHashMap::default();
        for (number, member) in self.members.iter().enumerate() {
            if let Some((_, family)) = member.name.rsplit_once(' ') {
                families.entry(family).or_default().push(number);
            }
        }
        let means = |(number, member): (usize, &Member)| {
            let bearers = families.get(member.name.as_str()).map_or(&[][..], SmallVec::as_slice);
            let mut men = bearers.iter().filter(|&&bearer| self.members[bearer].gender != Class::FEMALE);
            match (men.next(), men.next()) {
                (Some(&man), None) if member.gender != Class::FEMALE => man,
                _ => number,
            }
        };
        let means: Vec<usize> = self.members.iter().enumerate().map(means).collect();
        self.join(&means);
    }

    /// “Lizzy” in a novel about an Elizabeth: a short form of the name of one person alone.
    fn join_short_forms(&mut self, language: &Language) {
        let mut called: FxHashMap<String, SmallVec<[usize; 2]>> = FxHashMap::default();
        for (number, member) in self.members.iter().enumerate() {
            let given = member.name.split(' ').next().unwrap_or_default().to_lowercase();
            called.entry(given).or_default().push(number);
        }
        let mut often = vec![0_u32; self.members.len()];
        self.mentions.iter().for_each(|(_, member)| often[*member] += 1);
        let mut means: Vec<usize> = (0..self.members.len()).collect();
        for (short, full) in language.short_forms() {
            let form = capitalized(short);
            let known = self.by_name.get(&form).copied();
            let fits = |bearer: &usize| {
                let gender = known.map_or(Class::NONE, |member| self.members[member].gender);
                known != Some(*bearer) && !gender.contradicts_gender(self.members[*bearer].gender)
            };
            let mut bearers =
                full.iter().filter_map(|full| called.get(*full)).flatten().copied().filter(fits);
            let (Some(bearer), None) = (bearers.next(), bearers.next()) else { continue };
            match known {
                // They keep the name by which the text mostly calls them.
                Some(known) if often[bearer] < often[known] => means[bearer] = known,
                Some(known) => means[known] = bearer,
                None => self.enter(form, bearer),
            }
        }
        self.join(&means);
    }

    /// Makes each member who they are found to be.
    fn join(&mut self, means: &[usize]) {
        self.mentions.iter_mut().for_each(|(_, member)| *member = means[*member]);
        self.by_name.values_mut().for_each(|member| *member = means[*member]);
        self.forms.values_mut().flatten().for_each(|member| *member = means[*member]);
    }

    /// The number of somebody by name, who is entered where nobody is called so yet.
    pub fn number(&mut self, name: &str, kind: SpeakerKind) -> usize {
        if let Some(&known) = self.by_name.get(name) {
            return known;
        }
        let number = self.members.len();
        self.members.push(Member { name: name.to_owned(), kind, gender: Class::NONE, nameless: false });
        self.by_name.insert(name.to_owned(), number);
        number
    }

    /// The number of somebody whom nothing names: “her mother”, “I”. They take part in an exchange, and no quotation is given
    /// to them by name.
    pub fn nameless(&mut self, phrase: &str, language: &Language) -> usize {
        let phrase = one_line(phrase).to_lowercase();
        let core = phrase.split(" of ").next().and_then(|core| core.split_whitespace().next_back());
        let gender = only(core.map_or(Class::NONE, |noun| language.lexicon.class(noun)));
        let number = self.number(&format!("({phrase})"), SpeakerKind::Unnamed);
        self.members[number].nameless = true;
        self.members[number].gender = gender;
        number
    }

    /// Enters whoever tells the story and says “I”.
    pub fn enter_narrator(&mut self) -> usize {
        let number = self.number(NARRATOR, SpeakerKind::Unnamed);
        self.members[number].nameless = true;
        number
    }

    /// Whoever says “I”, where somebody does.
    pub fn narrator(&self) -> Option<usize> {
        self.by_name.get(NARRATOR).copied()
    }

    /// Who is called so in speech: whom the writer's words name so, or else somebody whom they never name.
    pub fn called(&mut self, name: &str) -> usize {
        let member = self.form(name).unwrap_or_else(|| self.number(&one_line(name), SpeakerKind::Person));
        self.enter(one_line(name), member);
        member
    }

    /// Whom the writer's words name so.
    pub fn form(&self, name: &str) -> Option<usize> {
        self.forms.get(&one_line(name)).copied().flatten()
    }

    /// Enters a form in which the text names a member.
    fn enter(&mut self, form: String, member: usize) {
        let known = self.forms.entry(form).or_insert(Some(member));
        if *known != Some(member) {
            *known = None;
        }
    }

    /// A member as a speaker; nothing for one whom nothing names.
    pub fn speaker(&self, member: usize) -> Option<Speaker> {
        let member = self.members.get(member).filter(|member| !member.nameless)?;
        Some(Speaker { name: member.name.clone(), kind: member.kind })
    }

    /// The mentions in the writer's words among these tokens: who is named, and whether they do something there.
    pub fn mentions(&self, tokens: Range<usize>) -> impl Iterator<Item = (usize, bool)> {
        let from = self.mentions.partition_point(|(start, _)| *start < tokens.start);
        let among = self.mentions[from..].iter().zip(&self.acts[from..]);
        let among = among.take_while(move |((start, _), _)| *start < tokens.end);
        among.map(|(&(_, member), &acts)| (member, acts))
    }

    /// What is known of the gender of a member; nothing is none.
    pub fn gender(&self, member: usize) -> Class {
        self.members[member].gender
    }

    /// Adds those whom these quoted words call, “Orla, come here.”, “You are late, Mr. Holt.”, and those whom they name otherwise.
    pub fn named_in_speech(&self, words: &str, called: &mut Vec<usize>, talked_about: &mut Vec<usize>) {
        let mut at = 0;
        while let Some(offset) = words[at..].find(char::is_uppercase) {
            let start = at + offset;
            let rest = &words[start..];
            let opens = words[..start].chars().next_back().is_none_or(|before| !before.is_alphanumeric());
            let longest = if opens { self.form_at(rest) } else { None };
            let Some((len, member)) = longest else {
                at = start + rest.find(|sign: char| !sign.is_alphanumeric()).unwrap_or(rest.len()).max(1);
                continue;
            };
            at = start + len;
            let found = match set_off(&words[..start], &words[at..]) {
                true => &mut *called,
                false => &mut *talked_about,
            };
            if let Some(member) = member
                && found.len() < MOST_NAMED
                && !found.contains(&member)
            {
                found.push(member);
            }
        }
    }

    /// The longest form of a name with which these words begin: its length and who it means.
    fn form_at(&self, words: &str) -> Option<(usize, Option<usize>)> {
        let mut longest = None;
        let mut ends = words.char_indices().filter(|(_, sign)| !sign.is_alphanumeric() && *sign != '.');
        for _ in 0..LONGEST_FORM {
            let end = ends.next().map_or(words.len(), |(end, _)| end);
            let form = one_line(words[..end].trim_end_matches('.'));
            if let Some(member) = self.forms.get(&form) {
                longest = Some((words[..end].trim_end_matches('.').len(), *member));
            }
            if end == words.len() {
                break;
            }
        }
        longest
    }
}

/// The most people whom one turn is found to call, and to talk about.
const MOST_NAMED: usize = 64;

/// The most words of a form that is looked for in speech: “Mr. Peter Holt”.
const LONGEST_FORM: usize = 3;

/// Is what stands between these two set off by commas and the ends of its sentence, as an address is?
fn set_off(before: &str, after: &str) -> bool {
    let before = before.trim_end();
    let opens = before.is_empty()
        || before.ends_with([',', '—', '-', '–', '!', '?', '.', '“', '"', '‘', '\'', '…', ';', ':'])
        || before
            .rsplit(|sign: char| !sign.is_alphabetic())
            .next()
            .is_some_and(|word| ["dear", "Dear", "O", "Oh", "oh", "poor", "my", "My"].contains(&word));
    let after = after.trim_start();
    let closes =
        after.is_empty() || after.starts_with([',', '!', '?', '.', '—', '–', '-', '”', '"', '…', ';', ':']);
    // “Orla, Tom and I”: several named in a row are talked about.
    let listed = after.strip_prefix(',').is_some_and(|rest| {
        let mut words = rest.split_whitespace();
        let (first, second) = (words.next(), words.next());
        first == Some("and")
            || second == Some("and") && first.is_some_and(|word| word.starts_with(char::is_uppercase))
    });
    opens && closes && !listed
}
