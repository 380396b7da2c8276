//! Invented interviews and the articles that quote them: some as reporters do, some with a fault planted.

use std::fmt::Write;

use crate::Quoted;

/// A generator of numbers: the same seed gives the same interviews.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides
    }

    pub fn one_of<'t>(&mut self, choices: &[&'t str]) -> &'t str {
        choices[self.roll(choices.len())]
    }

    pub fn percent(&mut self, percent: usize) -> bool {
        self.roll(100) < percent
    }
}

/// One interview: its people, its tape and its article.
pub struct Interview {
    pub tape: String,
    pub article: String,
    /// By line of the article: how its quotation was made.
    pub quotations: Vec<Quoted>,
}

const PEOPLE: [(&str, &str, &str); 10] = [
    ("Ottilie Brack", "the harbour engineer", "Brack"),
    ("Cuthbert Fenn", "the school governor", "Fenn"),
    ("Marisa Dolan", "the ferry captain", "Dolan"),
    ("Ravi Amersham", "the county treasurer", "Amersham"),
    ("Thea Lindqvist", "the museum director", "Lindqvist"),
    ("Gawain Pryce", "the reservoir keeper", "Pryce"),
    ("Noor Halloran", "the bus company's manager", "Halloran"),
    ("Elspeth Varga", "the orchard owner", "Varga"),
    ("Dominic Oyelaran", "the fire chief", "Oyelaran"),
    ("Petra Whitlock", "the market trader", "Whitlock"),
];

const SUBJECTS: [&str; 26] = [
    "the council",
    "my predecessor",
    "the contractor",
    "the union",
    "our insurer",
    "the parish",
    "the night shift",
    "the landlord",
    "the ministry",
    "the tenants",
    "the auditor",
    "the village hall",
    "the surveyor",
    "the apprentices",
    "the volunteers",
    "the quarry",
    "the bank",
    "the neighbours",
    "the inspector",
    "the old committee",
    "the mill",
    "the diocese",
    "the planners",
    "the allotment holders",
    "the lifeboat crew",
    "the choir",
];
const VERBS: [&str; 24] = [
    "repaired",
    "abandoned",
    "inherited",
    "measured",
    "promised",
    "refused",
    "borrowed",
    "inspected",
    "auctioned",
    "rebuilt",
    "questioned",
    "ignored",
    "postponed",
    "insured",
    "painted",
    "flooded",
    "surveyed",
    "defended",
    "photographed",
    "demolished",
    "financed",
    "misread",
    "protected",
    "delivered",
];
const OBJECTS: [&str; 30] = [
    "the swing bridge",
    "the boiler room",
    "the granite steps",
    "the pension fund",
    "the winter timetable",
    "the lower reservoir",
    "the signal box",
    "the orchard wall",
    "the bell tower",
    "the ticket office",
    "the dredging licence",
    "the slate roof",
    "the allotment fence",
    "the emergency exit",
    "the tram depot",
    "the cattle grid",
    "the sluice gate",
    "the archive cupboard",
    "the pavilion",
    "the weighbridge",
    "the generator",
    "the night bus",
    "the copper pipes",
    "the flood barrier",
    "the school kitchen",
    "the quayside crane",
    "the village pump",
    "the chapel windows",
    "the gravel pit",
    "the mooring posts",
];
const PLACES: [&str; 18] = [
    "behind the station",
    "above the weir",
    "on Larch Street",
    "under the viaduct",
    "beside the cannery",
    "near the toll house",
    "outside Merrow",
    "in the lower town",
    "across the estuary",
    "at the old dairy",
    "along the canal",
    "by the north gate",
    "opposite the bakery",
    "on the island side",
    "below the quarry",
    "at Stannick Point",
    "in the drill hall",
    "past the lock",
];
const TIMES: [&str; 16] = [
    "before the election",
    "in the second winter",
    "after the merger",
    "over a single weekend",
    "during the drought",
    "in the first fortnight",
    "long before I arrived",
    "after the storm",
    "in the spring of that year",
    "within a month",
    "on the last day of term",
    "while the river was low",
    "before anybody was asked",
    "the year the mill closed",
    "after two public meetings",
    "in a single afternoon",
];
const NUMBERS: [(&str, &str); 14] = [
    ("forty-one", "41"),
    ("seventeen", "17"),
    ("ninety", "90"),
    ("twenty-three", "23"),
    ("sixty-eight", "68"),
    ("fourteen", "14"),
    ("thirty-six", "36"),
    ("eighty-five", "85"),
    ("fifty-two", "52"),
    ("twenty-nine", "29"),
    ("seventy-four", "74"),
    ("thirteen", "13"),
    ("forty-seven", "47"),
    ("ninety-three", "93"),
];
const THINGS: [&str; 16] = [
    "lanterns",
    "invoices",
    "ladders",
    "complaints",
    "barrels",
    "permits",
    "turbines",
    "photographs",
    "benches",
    "valves",
    "ledgers",
    "passengers",
    "saplings",
    "buckets",
    "windows",
    "tickets",
];
const FEELINGS: [&str; 12] = [
    "frightened",
    "relieved",
    "astonished",
    "impatient",
    "grateful",
    "suspicious",
    "cheerful",
    "exhausted",
    "stubborn",
    "curious",
    "furious",
    "hopeful",
];
const QUESTIONS: [&str; 10] = [
    "What did you think when you first saw",
    "Who paid for the work on",
    "How long will it take to finish",
    "Were you told about",
    "Why did nobody speak up about",
    "What would you change about",
    "Who decided to close",
    "When did you last walk past",
    "How much is left of",
    "What happened to the plans for",
];
const CLOSERS: [&str; 14] = [
    "and I would do the same tomorrow",
    "and that was the end of the matter",
    "whatever the minutes say",
    "which is why we kept the receipts",
    "and the rest is arithmetic",
    "as any plumber could have told them",
    "and half the town knew it",
    "though I have never said so in public",
    "because somebody had lost the key",
    "and the rain did the rest",
    "so we learned to wait",
    "and there is a photograph to prove it",
    "which suited everybody but the tenants",
    "and my mother kept the letter",
];
/// Words that a recognizer takes for one another.
const ALIKE: [(&str, &str); 8] = [
    ("their", "there"),
    ("which", "witch"),
    ("would", "wood"),
    ("weir", "where"),
    ("rain", "reign"),
    ("whole", "hole"),
    ("tolled", "told"),
    ("pier", "peer"),
];

/// A sentence that somebody says, as it would be printed.
fn sentence(dice: &mut Dice) -> String {
    let (number, _) = NUMBERS[dice.roll(NUMBERS.len())];
    let mut part = |list: &[&'static str]| dice.one_of(list);
    let (subject, verb, object, place, time) =
        (part(&SUBJECTS), part(&VERBS), part(&OBJECTS), part(&PLACES), part(&TIMES));
    let (other, things, feeling, closer) = (part(&SUBJECTS), part(&THINGS), part(&FEELINGS), part(&CLOSERS));
    let (verb_two, object_two) = (part(&VERBS), part(&OBJECTS));
    let said = match dice.roll(12) {
        0 => format!("{subject} {verb} {object} {place} {time}, {closer}"),
        1 => format!(
            "we did not expect {subject} to have {verb} {object}, and {other} was never {feeling} about it"
        ),
        2 => format!("there were {number} {things} {place} when {subject} {verb} {object}, {closer}"),
        3 => format!("I think {subject} {verb} {object} because {other} had {verb_two} {object_two} {time}"),
        4 => format!("nobody {verb} {object} {place}, not even {subject}, {closer}"),
        5 => format!("if {subject} had {verb} {object} {time}, we would not be counting {things} {place}"),
        6 => format!(
            "some of {object} was {verb} {time}, but {object_two} was only {verb_two} after {other} asked"
        ),
        7 => format!("I was {feeling} when {subject} {verb} {object}, and I told {other} so {place}"),
        8 => format!(
            "it cost {number} thousand pounds to have {object} {verb}, and {subject} may ask for more {time}"
        ),
        9 => format!("{subject} never {verb} {object}, {closer}"),
        10 => {
            format!("we counted {number} {things} and {subject} counted fewer, which made {other} {feeling}")
        }
        _ => format!(
            "{subject} and {other} {verb} {object} {place}, but they could not agree about {object_two}"
        ),
    };
    let mut letters = said.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect()) + "."
}

/// The sentence as a tape has it: hesitations, repeats, and now and then a word that the machine misheard.
fn spoken(sentence: &str, machine: bool, dice: &mut Dice) -> String {
    let mut said: Vec<String> = Vec::new();
    let words: Vec<&str> = sentence.split(' ').collect();
    for (at, word) in words.iter().enumerate() {
        let mut word = (*word).to_owned();
        if dice.percent(5) {
            said.push(dice.one_of(&["um,", "uh,", "er,"]).to_owned());
        }
        if at + 2 < words.len() && dice.percent(3) {
            said.push(format!("{},", word.trim_end_matches(',')));
        }
        if machine {
            word = word.trim_matches(['.', ',']).to_lowercase();
            let misheard = ALIKE.iter().find(|(right, _)| *right == word);
            if let Some((_, wrong)) = misheard.filter(|_| dice.percent(30)) {
                word = (*wrong).to_owned();
            }
        }
        said.push(word);
    }
    said.join(" ")
}

/// One interview.
pub fn interview(number: usize) -> Interview {
    let mut dice = Dice(7_919 * (number as u64 + 1));
    let (person, office, surname) = PEOPLE[number % PEOPLE.len()];
    let machine = number % 2 == 1;
    let mut tape = String::from("WEBVTT\n");
    // Answers of some sentences each; questions between them.
    let mut answers: Vec<Vec<String>> = Vec::new();
    let mut questions: Vec<String> = Vec::new();
    let (mut words, mut second) = (0, 5);
    let clock = |at: usize| format!("{:02}:{:02}:{:02}.000", at / 3600, at / 60 % 60, at % 60);
    while words < 3_000 {
        let question =
            format!("{} {} {}?", dice.one_of(&QUESTIONS), dice.one_of(&OBJECTS), dice.one_of(&PLACES));
        let _ =
            write!(tape, "\n{} --> {}\n<v Interviewer>{question}</v>\n", clock(second), clock(second + 4));
        second += 5;
        questions.push(question);
        let mut answer = Vec::new();
        for _ in 0..2 + dice.roll(4) {
            let said = sentence(&mut dice);
            let heard = spoken(&said, machine, &mut dice);
            words += heard.split(' ').count();
            let _ = write!(tape, "\n{} --> {}\n<v {person}>{heard}</v>\n", clock(second), clock(second + 8));
            second += 9;
            answer.push(said);
        }
        answers.push(answer);
    }
    let mut article = format!("# What {surname} saw\n\n{person}, {office}, spoke for an hour.\n");
    let mut quotations = Vec::new();
    let mut line = 4;
    let mut add = |article: &mut String, words: String, how: &'static str, sound: bool| {
        let text = match how {
            "fragment" => format!("Asked about it, {surname} said “{words}” and shrugged."),
            "interrupted" => {
                let (first, second) = words.split_once(" | ").unwrap_or((&words, ""));
                format!("“{first},” {surname} said, “{second}.”")
            }
            _ => format!("“{},” {surname} said.", words.trim_end_matches('.')),
        };
        line += 2;
        let _ = write!(article, "\n{text}\n");
        quotations.push(Quoted { line: line - 1, words: words.replace(" | ", " "), how, sound });
    };
    // Every other answer is quoted soundly, so that no sentence is quoted twice.
    let mut fresh = answers.iter().flatten();
    for turn in 0..40 {
        let Some(said) = fresh.next() else { break };
        let plain: Vec<&str> = said.trim_end_matches('.').split(' ').collect();
        if plain.len() < 10 {
            continue;
        }
        if turn % 4 == 3 {
            if let Some((words, how)) = altered(&plain, turn / 4, &questions, &mut fresh, &mut dice) {
                add(&mut article, words, how, false);
            }
        } else {
            let (words, how) = quoted(&plain, turn, &mut dice);
            add(&mut article, words, how, true);
        }
    }
    Interview { tape, article, quotations }
}

/// A sentence as a reporter quotes it.
fn quoted(plain: &[&str], turn: usize, dice: &mut Dice) -> (String, &'static str) {
    let last = plain.len();
    let clean = |words: &[&str]| words.join(" ").trim_end_matches(',').to_owned();
    // Without “I think” or “some of” the rest is another claim: that is a fault, and no way of quoting.
    let limited = matches!(plain[..2], ["I", "think"] | ["Some", "of"]);
    match turn % 7 {
        2 | 5 if limited => (clean(plain), "whole"),
        0 => (clean(plain), "whole"),
        1 => (clean(&plain[..last - 2 - dice.roll(3)]), "trimmed at the end"),
        2 => (clean(&plain[2..]), "trimmed at the start"),
        4 => {
            let cut = 4 + dice.roll(2);
            // What is left out says neither whether nor how many.
            let left_out = &plain[cut..last - 4];
            let safe = !left_out.iter().any(|word| {
                ["not", "never", "nobody", "only", "if", "may", "but", "some", "fewer", "thousand"]
                    .contains(&word.trim_end_matches(','))
                    || NUMBERS.iter().any(|(number, _)| *number == word.trim_end_matches(','))
            });
            match safe {
                true => (format!("{} … {}", clean(&plain[..cut]), clean(&plain[last - 4..])), "gap"),
                false => (clean(plain), "whole"),
            }
        }
        5 => {
            let words = clean(plain);
            let figures = NUMBERS.iter().find(|(number, _)| plain.contains(number));
            match figures {
                Some((number, figure)) if !words.contains("thousand") => {
                    (words.replace(number, figure), "figures")
                }
                _ if words.contains("could not") => (words.replace("could not", "couldn’t"), "contraction"),
                _ => (format!("[It] {}", clean(&plain[2..])), "bracket"),
            }
        }
        6 => {
            let start = 1 + dice.roll(3);
            (clean(&plain[start..start + 6]), "fragment")
        }
        _ => {
            let cut = last / 2;
            (format!("{} | {}", clean(&plain[..cut]), clean(&plain[cut..])), "interrupted")
        }
    }
}

/// A sentence with a fault.
fn altered<'s>(
    plain: &[&str],
    number: usize,
    questions: &[String],
    fresh: &mut impl Iterator<Item = &'s String>,
    dice: &mut Dice,
) -> Option<(String, &'static str)> {
    let words = plain.join(" ");
    let swap = |from: &str, to: &str| words.contains(from).then(|| words.replacen(from, to, 1));
    let other = |list: &[&'static str], not: &str, dice: &mut Dice| {
        let at = dice.roll(list.len());
        if list[at] == not { list[(at + 1) % list.len()] } else { list[at] }
    };
    let object = OBJECTS.iter().find(|object| words.contains(**object));
    let verb = VERBS.iter().find(|verb| plain.contains(verb));
    let figure = NUMBERS.iter().find(|(figure, _)| plain.contains(figure));
    let flips = [
        (" did not", " did"),
        (" never", ""),
        (" not even", " even"),
        (" would not", " would"),
        (" could not", " could"),
    ];
    let shifts = [
        ("may ask", "will ask"),
        ("Some of", "All of"),
        ("fewer", "more"),
        ("only ", ""),
        ("I think ", ""),
        ("Nobody ", "Everybody "),
    ];
    for kind in (0..10).map(|step| (number + step) % 10) {
        let found = match kind {
            0 => flips.iter().find_map(|(from, to)| swap(from, to)).map(|words| (words, "negation lost")),
            1 => figure.map(|(figure, _)| {
                let new = other(&["eleven", "sixteen", "thirty-one", "eighty"], figure, dice);
                (words.replacen(figure, new, 1), "number changed")
            }),
            2 => object.map(|object| {
                let new = other(&OBJECTS, object, dice);
                (words.replacen(object, new, 1), "thing changed")
            }),
            3 => verb.map(|verb| (words.replacen(verb, other(&VERBS, verb, dice), 1), "verb changed")),
            4 => shifts.iter().find_map(|(from, to)| swap(from, to)).map(|words| (words, "claim shifted")),
            5 => verb.map(|verb| (words.replacen(verb, &format!("always {verb}"), 1), "word added")),
            6 => Some((
                format!(
                    "{} {} {}",
                    other(&SUBJECTS, "", dice),
                    "has been lying to everybody about",
                    other(&OBJECTS, "", dice)
                ),
                "invented",
            )),
            7 => fresh.next().and_then(|next| fresh.next().map(|_| next)).map(|next| {
                let tail: Vec<&str> = next.trim_end_matches('.').split(' ').collect();
                let tail = tail[tail.len().saturating_sub(6)..].join(" ");
                (format!("{}, {tail}", plain[..7].join(" ").trim_end_matches(',')), "two answers joined")
            }),
            8 => Some((
                questions[dice.roll(questions.len())].trim_end_matches('?').to_owned(),
                "question as answer",
            )),
            _ => object.map(|object| {
                let bare = object.split(' ').nth(1).unwrap_or_default();
                (words.replacen(&format!(" {bare} "), " ", 1), "word dropped")
            }),
        };
        if let Some((altered, how)) = found.filter(|(altered, _)| *altered != words) {
            let mut letters = altered.chars();
            let capital = letters
                .next()
                .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
            return Some((capital, how));
        }
    }
    None
}
