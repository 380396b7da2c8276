//! Invented news of any size: people, places, bodies, quotations and days, a different draft for every number.
//!
//! A draft is a function of the seed and its number alone. So drafts can be written in any order, on any number of
//! threads, and a test can ask for the ones that it needs. Some drafts share a paragraph, as agency copy does, and some
//! contradict an earlier draft on purpose: [`Draft::planted`] says which, and how.
#![allow(dead_code, reason = "each program that includes this file uses a part of it")]

use std::fmt::Write;

use sayso::calendar::Day;

/// A draft.
pub struct Draft {
    /// Its path: a folder for each year and month, and its day of publication in the name.
    pub path: String,
    /// Its text: plain text, about 5,000 bytes.
    pub text: String,
    /// The conflict that was put into it, if any.
    pub planted: Option<Planted>,
}

/// A conflict with an earlier draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Planted {
    /// What is wrong.
    pub fault: Fault,
    /// The number of the draft that it contradicts.
    pub with: u64,
}

/// What was planted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// One speaker, one quotation, a number in it differs.
    Number,
    /// One speaker, one quotation, a word in it differs.
    Word,
    /// The same words from another speaker.
    Speaker,
    /// The same words on another day.
    Day,
    /// The same words in a letter here and at a press conference there.
    Occasion,
    /// The same person with another title.
    Title,
    /// The same person under another spelling.
    Spelling,
    /// Nothing is wrong: the same words from the same speaker, printed again.
    Again,
}

/// All faults, in the order in which they are planted.
pub const FAULTS: [Fault; 8] = [
    Fault::Number,
    Fault::Word,
    Fault::Speaker,
    Fault::Day,
    Fault::Occasion,
    Fault::Title,
    Fault::Spelling,
    Fault::Again,
];

/// Every so many drafts one has a planted fault.
pub const PLANTED_EVERY: u64 = 20;
/// How far back the draft stands that a planted fault contradicts.
pub const BACK: u64 = 13;
/// Drafts a day.
const PER_DAY: u64 = 40;
/// Every so many drafts one ends in a paragraph that others have too.
const BOILERPLATE_EVERY: u64 = 6;
/// Paragraphs of boilerplate that there are.
const BOILERPLATES: u64 = 40;

const GIVEN: [&str; 32] = [
    "Ana", "Miriam", "Tobias", "Helen", "Peter", "Laura", "Martin", "Clara", "Simon", "Alice", "Robert",
    "Julia", "David", "Emma", "George", "Nora", "Henry", "Sarah", "Oscar", "Maria", "Paul", "Irene",
    "Victor", "Ruth", "Arthur", "Diana", "Felix", "Teresa", "Hugo", "Sylvia", "Leon", "Edith",
];
const ONSETS: [&str; 24] = [
    "B", "Br", "C", "Cr", "D", "Dr", "F", "G", "Gr", "H", "K", "Kl", "L", "M", "N", "P", "Pr", "R", "S",
    "St", "T", "Tr", "V", "W",
];
const MIDDLES: [&str; 20] = [
    "arl", "end", "ost", "ick", "ull", "and", "ern", "ald", "omb", "ist", "unt", "ack", "ell", "ord", "ann",
    "irk", "ump", "est", "old", "and",
];
const ENDINGS: [&str; 20] = [
    "ey", "man", "ing", "ow", "er", "son", "ick", "ett", "worth", "field", "ard", "well", "ham", "by",
    "stone", "ier", "land", "mark", "wood", "gate",
];
const PLACE_ENDINGS: [&str; 10] =
    ["port", "mouth", "haven", "dale", "bury", "ford", "minster", "ness", "bridge", "cliff"];
const OFFICES: [&str; 12] = [
    "mayor of {}",
    "chief executive of {} Water",
    "chair of the {} harbour board",
    "head teacher of {} School",
    "director of {} Museum",
    "governor of {}",
    "police chief of {}",
    "president of {} University",
    "manager of {} Rail",
    "bishop of {}",
    "coroner of {}",
    "treasurer of the {} council",
];
const NOUNS: [&str; 96] = [
    "harbour",
    "bridge",
    "budget",
    "school",
    "river",
    "market",
    "station",
    "library",
    "orchard",
    "factory",
    "railway",
    "reservoir",
    "hospital",
    "theatre",
    "quarry",
    "ferry",
    "lighthouse",
    "museum",
    "tunnel",
    "pipeline",
    "archive",
    "vineyard",
    "warehouse",
    "stadium",
    "terminal",
    "canal",
    "depot",
    "chapel",
    "nursery",
    "laboratory",
    "forest",
    "island",
    "contract",
    "licence",
    "report",
    "survey",
    "ballot",
    "inquiry",
    "petition",
    "loan",
    "pension",
    "tariff",
    "grant",
    "permit",
    "verdict",
    "treaty",
    "strike",
    "flood",
    "drought",
    "harvest",
    "storm",
    "fire",
    "outbreak",
    "shortage",
    "surplus",
    "auction",
    "festival",
    "election",
    "hearing",
    "rehearsal",
    "excavation",
    "renovation",
    "timetable",
    "blueprint",
    "embankment",
    "greenhouse",
    "windmill",
    "slipway",
    "boathouse",
    "playground",
    "clinic",
    "bakery",
    "foundry",
    "brewery",
    "sawmill",
    "granary",
    "observatory",
    "courthouse",
    "shipyard",
    "dairy",
    "ropewalk",
    "causeway",
    "aqueduct",
    "cemetery",
    "pavilion",
    "arcade",
    "promenade",
    "viaduct",
    "refinery",
    "hatchery",
    "kennel",
    "tannery",
    "gallery",
    "cloister",
    "turbine",
    "dredger",
];
const VERBS: [&str; 48] = [
    "close",
    "rebuild",
    "inspect",
    "finance",
    "abandon",
    "defend",
    "postpone",
    "repair",
    "measure",
    "sell",
    "lease",
    "expand",
    "restore",
    "dismantle",
    "survey",
    "flood",
    "drain",
    "insure",
    "replace",
    "reopen",
    "evacuate",
    "protect",
    "paint",
    "guard",
    "widen",
    "shorten",
    "heat",
    "cool",
    "photograph",
    "catalogue",
    "audit",
    "auction",
    "transfer",
    "demolish",
    "reinforce",
    "reroute",
    "subsidise",
    "privatise",
    "register",
    "rename",
    "review",
    "approve",
    "reject",
    "suspend",
    "monitor",
    "fence",
    "excavate",
    "modernise",
];
const ADJECTIVES: [&str; 48] = [
    "northern",
    "southern",
    "wooden",
    "empty",
    "crowded",
    "ancient",
    "modern",
    "narrow",
    "shallow",
    "costly",
    "noisy",
    "quiet",
    "municipal",
    "private",
    "temporary",
    "permanent",
    "disputed",
    "forgotten",
    "flooded",
    "frozen",
    "rural",
    "coastal",
    "central",
    "outer",
    "inner",
    "lower",
    "upper",
    "damaged",
    "new",
    "unfinished",
    "leaking",
    "dusty",
    "famous",
    "remote",
    "sheltered",
    "steep",
    "rusty",
    "fragile",
    "gigantic",
    "modest",
    "profitable",
    "idle",
    "experimental",
    "regional",
    "provincial",
    "seasonal",
    "hidden",
    "abandoned",
];
/// A sequence of numbers that a seed decides (SplitMix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn roll(&mut self, sides: u64) -> u64 {
        (self.next() >> 16) % sides
    }

    fn one<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.roll(words.len() as u64) as usize]
    }

    /// A number below `sides`; small ones are more frequent, as famous people are in the news.
    fn crowded(&mut self, sides: u64) -> u64 {
        let (one, other) = (self.roll(sides), self.roll(sides));
        (u128::from(one) * u128::from(other) / u128::from(sides)) as u64
    }
}

/// Somebody who is quoted.
struct Person {
    given: &'static str,
    family: String,
    title: String,
}

/// A quotation and what stands around it.
struct Said {
    person: u64,
    words: String,
    number: u64,
    /// Days before publication.
    ago: u64,
}

/// A world of news.
pub struct News {
    /// Two seeds make two worlds.
    pub seed: u64,
    /// How many people there are in it.
    pub people: u64,
}

impl News {
    /// A world for about so many drafts: the more drafts, the more people.
    pub fn new(seed: u64, drafts: u64) -> Self {
        Self { seed, people: (drafts * 2).clamp(400, 400_000) }
    }

    fn dice(&self, what: u64, number: u64) -> Dice {
        let mut dice = Dice(
            self.seed ^ what.wrapping_mul(0xd6e8_feb8_6659_fd93) ^ number.wrapping_mul(0xa076_1d64_78bd_642f),
        );
        dice.next();
        dice
    }

    fn family(&self, dice: &mut Dice) -> String {
        let middle = if dice.roll(3) == 0 {
            format!("{}{}", dice.one(&MIDDLES), dice.one(&["o", "a", "i"]))
        } else {
            String::new()
        };
        let onset = dice.one(&ONSETS);
        let core = dice.one(&MIDDLES);
        if middle.is_empty() {
            format!("{onset}{core}{}", dice.one(&ENDINGS))
        } else {
            format!("{onset}{middle}{}{}", dice.one(&["n", "r", "l", "v", "d"]), dice.one(&ENDINGS))
        }
    }

    fn place(&self, number: u64) -> String {
        let mut dice = self.dice(2, number);
        format!("{}{}{}", dice.one(&ONSETS), dice.one(&MIDDLES), dice.one(&PLACE_ENDINGS))
    }

    fn person(&self, number: u64) -> Person {
        let mut dice = self.dice(1, number);
        let family = self.family(&mut dice);
        let place = self.place(dice.roll(2_000));
        Person {
            given: GIVEN[(number % GIVEN.len() as u64) as usize],
            family,
            title: dice.one(&OFFICES).replace("{}", &place),
        }
    }

    /// The day of a draft, counted from the first day of 2016.
    fn day(number: u64) -> u64 {
        number / PER_DAY % 3_650
    }

    /// A sentence that somebody says, with a number in it.
    fn statement(&self, dice: &mut Dice, number: u64) -> String {
        let place = self.place(dice.roll(2_000));
        let thing = |dice: &mut Dice| format!("{} {}", dice.one(&ADJECTIVES), dice.one(&NOUNS));
        let (one, two, three) = (thing(dice), thing(dice), thing(dice));
        let (does, then) = (dice.one(&VERBS), dice.one(&VERBS));
        match dice.roll(8) {
            0 => format!("We will {does} the {one} in {place} before anybody can {then} the {two}"),
            1 => format!(
                "Nobody asked the {two} to {does} {number} of our boats, and the {one} of {place} knows it"
            ),
            2 => format!(
                "There are {number} families in {place} who wait for the {one}, and we cannot {does} a {two} for each of them"
            ),
            3 => format!(
                "If they {does} the {one}, then the {two} has to {then} the {three} within {number} weeks"
            ),
            4 => format!(
                "The {one} cost us {number} million, which is more than {place} ever paid for a {two}"
            ),
            5 => format!(
                "I have never seen a {one} so close to the {two}, and I would not {does} it for {number} crowns"
            ),
            6 => format!(
                "People in {place} want to {does} the {one}; what they get is a {two} and {number} promises"
            ),
            _ => format!(
                "My council voted {number} times to {does} the {one}, while the {two} went on to {then} the {three}"
            ),
        }
    }

    /// The quotations that a draft has of its own, before anything is planted.
    fn said(&self, number: u64) -> Vec<Said> {
        let mut dice = self.dice(3, number);
        let mut people: Vec<u64> = Vec::new();
        while people.len() < 4 {
            let person = dice.crowded(self.people);
            // Two people of one family name in a story would have to be told apart in every line.
            if people.iter().all(|&known| self.person(known).family != self.person(person).family) {
                people.push(person);
            }
        }
        (0..9)
            .map(|at| {
                let number = 2 + dice.roll(900);
                let mut words = self.statement(&mut dice, number);
                if dice.roll(3) == 0 {
                    let more = 2 + dice.roll(900);
                    words = format!("{words}. {}", self.statement(&mut dice, more));
                }
                Said { person: people[at % people.len()], words, number, ago: dice.roll(4) }
            })
            .collect()
    }

    /// The conflict that is planted in a draft, if any.
    pub fn planted(number: u64) -> Option<Planted> {
        let turn = number / PLANTED_EVERY;
        (number % PLANTED_EVERY == PLANTED_EVERY - 1)
            .then(|| Planted { fault: FAULTS[(turn % FAULTS.len() as u64) as usize], with: number - BACK })
    }

    /// The draft of that number.
    pub fn draft(&self, number: u64) -> Draft {
        let day = Self::day(number);
        let date = calendar(day);
        let mut dice = self.dice(4, number);
        let said = self.said(number);
        let planted = Self::planted(number);
        let place = self.place(dice.roll(2_000));
        let mut text = String::with_capacity(5_600);
        let _ = writeln!(
            text,
            "{} {} of {place}, draft {number}\n",
            capital(dice.one(&ADJECTIVES)),
            dice.one(&NOUNS)
        );
        let _ = write!(text, "{}, {} — ", place.to_uppercase(), date.long());
        let lead = self.filler(&mut dice);
        text.push_str(&lead);
        text.push_str("\n\n");
        let mut introduced: Vec<u64> = Vec::new();
        for quotation in &said {
            let person = self.person(quotation.person);
            let first = !introduced.contains(&quotation.person);
            introduced.push(quotation.person);
            if first {
                // A later draft has the first quotation from a letter.
                let later = Self::planted(number + BACK).is_some_and(|it| it.fault == Fault::Occasion);
                let place = if later && introduced.len() == 1 { "at a press conference " } else { "" };
                let _ = write!(
                    text,
                    "“{},” said {} {}, the {}, {place}on {}. ",
                    quotation.words,
                    person.given,
                    person.family,
                    person.title,
                    weekday(day, quotation.ago)
                );
            } else {
                match dice.roll(3) {
                    0 => {
                        let _ = write!(text, "“{},” {} said. ", quotation.words, person.family);
                    }
                    1 => {
                        let _ = write!(text, "{} said: “{}.” ", person.family, quotation.words);
                    }
                    _ => {
                        let _ = write!(text, "“{},” {} told reporters. ", quotation.words, person.family);
                    }
                }
            }
            let filler = self.filler(&mut dice);
            text.push_str(&filler);
            text.push_str("\n\n");
        }
        if let Some(planted) = planted {
            self.plant(&mut text, planted, day);
        }
        if number.is_multiple_of(BOILERPLATE_EVERY) {
            let mut dice = self.dice(5, number / BOILERPLATE_EVERY % BOILERPLATES);
            let place = self.place(dice.roll(2_000));
            let (one, two) = (self.filler(&mut dice), self.filler(&mut dice));
            let _ = write!(text, "The {place} agency has reported on this for years. {one} {two}\n\n");
        }
        let (year, month) = (date.year(), date.month());
        let path = format!("{year}/{month:02}/{year}-{month:02}-{:02}-{number:07}.txt", date.day());
        Draft { path, text, planted }
    }

    /// Writes a paragraph that contradicts the first quotation of another draft.
    fn plant(&self, text: &mut String, planted: Planted, day: u64) {
        let Some(said) = self.said(planted.with).into_iter().next() else { return };
        let person = self.person(said.person);
        let name = format!("{} {}", person.given, person.family);
        let title = &person.title;
        // The other draft says on which day it was; so does this one.
        let ago = day - Self::day(planted.with) + said.ago;
        let when = weekday(day, ago);
        let words = &said.words;
        let _ = match planted.fault {
            Fault::Number => {
                let wrong = match words.contains(&said.number.to_string()) {
                    true => words.replacen(&said.number.to_string(), &(said.number + 100).to_string(), 1),
                    false => words.replacen("We will", "We will not", 1),
                };
                writeln!(text, "“{wrong},” said {name}, the {title}, on {when}.\n")
            }
            Fault::Word => {
                let wrong = words.replacen(" the ", " the whole ", 1);
                let wrong = if wrong == *words { words.replacen(" a ", " a whole ", 1) } else { wrong };
                writeln!(text, "“{wrong},” said {name}, the {title}, on {when}.\n")
            }
            Fault::Speaker => {
                let other = self.person(said.person + 1);
                writeln!(
                    text,
                    "“{words},” said {} {}, the {}, on {when}.\n",
                    other.given, other.family, other.title
                )
            }
            Fault::Day => {
                let when = weekday(day, ago + 1);
                writeln!(text, "“{words},” said {name}, the {title}, on {when}.\n")
            }
            Fault::Occasion => {
                writeln!(text, "“{words},” {name}, the {title}, wrote in a letter on {when}.\n")
            }
            Fault::Title => {
                let other = if title.starts_with("mayor") {
                    title.replacen("mayor", "bishop", 1)
                } else {
                    format!("mayor of {}", self.place(said.person))
                };
                writeln!(text, "{name}, the {other}, opened the exhibition in the afternoon.\n")
            }
            Fault::Spelling => {
                let slip = format!(
                    "{}h{}",
                    &person.family[..person.family.len() - 2],
                    &person.family[person.family.len() - 2..]
                );
                writeln!(
                    text,
                    "{} {slip}, the {title}, opened the exhibition in the afternoon.\n",
                    person.given
                )
            }
            Fault::Again => writeln!(text, "“{words},” said {name}, the {title}, on {when}.\n"),
        };
    }

    /// A few sentences of the writer's own.
    fn filler(&self, dice: &mut Dice) -> String {
        let mut text = String::new();
        for _ in 0..3 {
            let place = self.place(dice.roll(2_000));
            let (one, two) = (dice.one(&NOUNS), dice.one(&NOUNS));
            let (adjective, other) = (dice.one(&ADJECTIVES), dice.one(&ADJECTIVES));
            let does = dice.one(&VERBS);
            let number = 2 + dice.roll(90);
            let _ = match dice.roll(5) {
                0 => write!(
                    text,
                    "The {adjective} {one} of {place} has waited {number} years for a {other} {two}. "
                ),
                1 => write!(
                    text,
                    "Plans to {does} the {one} were first drawn up {number} years ago, and the {other} {two} was part of them. "
                ),
                2 => write!(
                    text,
                    "About {number} workers came to the {adjective} {one}, most of them from {place}. "
                ),
                3 => write!(
                    text,
                    "A {adjective} {one} stands beside the {other} {two}, {number} miles from {place}. "
                ),
                _ => write!(
                    text,
                    "The council has yet to {does} the {adjective} {one}, for which {place} pays {number} per cent. "
                ),
            };
        }
        text.truncate(text.trim_end().len());
        text
    }
}

/// The day that is so many days after the first of 2016.
fn calendar(day: u64) -> Day {
    let first = Day::new(2016, 1, 1).unwrap_or_else(|| unreachable!("January has a first day"));
    first.plus(i32::try_from(day).unwrap_or(i32::MAX))
}

/// The name of the weekday so many days before `day`.
fn weekday(day: u64, ago: u64) -> &'static str {
    calendar(day).plus(-i32::try_from(ago).unwrap_or(0)).weekday().name()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
