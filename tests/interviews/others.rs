//! Interviews of other kinds than those of `generator`: other layouts, other machine errors, and reporters with other habits.

use std::fmt::Write;

use crate::Quoted;
use crate::generator::Dice;

/// One interview: its tape, its article, and how each quotation was made.
pub struct Interview {
    /// The file's name.
    pub tape_name: &'static str,
    pub tape: String,
    pub article: String,
    /// By line of the article.
    pub quotations: Vec<Quoted>,
    /// What the table says of its speakers.
    pub speakers: String,
}

/// Something said: for the tape, and as a reporter would print it.
struct Said {
    /// As spoken, without hesitations: numbers in words.
    spoken: String,
    /// As printed whole.
    printed: String,
    /// Ways of printing less, each sound.
    sound: Vec<(&'static str, String)>,
    /// Ways that are wrong.
    faults: Vec<(&'static str, String)>,
}

const PEOPLE: [(&str, &str); 8] = [
    ("Ingram Tull", "who runs the night ferry"),
    ("Maud Kessler", "the dean of the old cathedral"),
    ("Joaquim Abend", "chairman of the growers' league"),
    ("Philippa Strand", "the county's roads engineer"),
    ("Oksana Whitby", "head of the lifeboat trust"),
    ("Bartholomew Quill", "a retired signalman"),
    ("Zadie Marchetti", "who owns the last cannery"),
    ("Leopold Finch", "the leader of the opposition"),
];
const BODIES: [&str; 10] = [
    "the harbour board",
    "the growers",
    "the bishop",
    "our lenders",
    "the ferry company",
    "the water board",
    "the schools",
    "the unions",
    "the island council",
    "the insurers",
];
const WORKS: [&str; 12] = [
    "the breakwater",
    "the west road",
    "the pumping station",
    "the grain store",
    "the footbridge",
    "the lighthouse",
    "the cold store",
    "the reading room",
    "the slipway",
    "the timber yard",
    "the bus shelter",
    "the old brewery",
];
const DOINGS: [(&str, &str); 10] = [
    ("close", "closed"),
    ("sell", "sold"),
    ("rent out", "rented out"),
    ("mend", "mended"),
    ("paint", "painted"),
    ("pull down", "pulled down"),
    ("reopen", "reopened"),
    ("insure", "insured"),
    ("widen", "widened"),
    ("heat", "heated"),
];
const WHY: [&str; 10] = [
    "because the rain got in every October",
    "since nobody else would sign for it",
    "when the money finally came through",
    "after the second flood took the stairs",
    "which my father would have called a miracle",
    "and the whole town turned out to watch",
    "although the surveyor had warned us twice",
    "as you can still see from the tide marks",
    "and I have the letters in a drawer at home",
    "which nobody on the mainland believes",
];
/// Spoken and printed.
const MONEY: [(&str, &str, &str); 8] = [
    ("two point five million pounds", "£2.5 million", "£25 million"),
    ("three hundred thousand pounds", "£300,000", "£30,000"),
    ("forty-five thousand pounds", "£45,000", "£54,000"),
    ("one and a half million pounds", "£1.5m", "£1.5bn"),
    ("six hundred and twenty pounds", "£620", "£610"),
    ("nine million pounds", "£9m", "£19m"),
    ("twelve thousand five hundred pounds", "£12,500", "£12,050"),
    ("eighty pounds", "£80", "£18"),
];
const COUNTS: [(&str, &str, &str); 8] = [
    ("two hundred and forty", "240", "420"),
    ("thirty-one", "31", "13"),
    ("a hundred and five", "105", "150"),
    ("seventeen", "17", "70"),
    ("four thousand", "4,000", "40,000"),
    ("sixty-six", "66", "96"),
    ("eleven hundred", "1,100", "1,011"),
    ("ninety", "90", "19"),
];
const DAYS: [(&str, &str, &str); 6] = [
    ("the twenty-first of June", "June 21", "July 21"),
    ("the third of March", "March 3", "March 30"),
    ("the second of November", "Nov. 2", "Nov. 12"),
    ("the fourteenth of May", "14 May", "15 May"),
    ("October the ninth", "9 October", "19 October"),
    ("the first of August", "1 August", "1 April"),
];
const TIMES: [(&str, &str, &str); 5] = [
    ("half past four", "4:30", "4:13"),
    ("ten thirty", "10:30", "10:13"),
    ("quarter to seven", "6:45", "7:15"),
    ("five past nine", "9:05", "9:55"),
    ("twenty to eight", "7:40", "8:20"),
];
const YEARS: [(&str, &str, &str); 5] = [
    ("nineteen eighty-four", "1984", "1994"),
    ("twenty nineteen", "2019", "2009"),
    ("two thousand and seven", "2007", "2017"),
    ("nineteen oh six", "1906", "1960"),
    ("twenty twenty-two", "2022", "2020"),
];
const SHARES: [(&str, &str, &str); 5] = [
    ("two and a half per cent", "2.5 per cent", "25 per cent"),
    ("seventy per cent", "70%", "17%"),
    ("a third", "one-third", "two-thirds"),
    ("thirty-three percent", "33 percent", "30 percent"),
    ("half a per cent", "0.5 percent", "5 percent"),
];
/// What a machine writes for what is said.
const MISHEARD: [(&str, &str); 26] = [
    ("would", "wood"),
    ("their", "there"),
    ("mainland", "main land"),
    ("tide", "tied"),
    ("board", "bored"),
    ("bishop's", "bishops"),
    ("know", "no"),
    ("new", "knew"),
    ("road", "rode"),
    ("whole", "hole"),
    ("right", "write"),
    ("great", "grate"),
    ("hear", "here"),
    ("heard", "herd"),
    ("sale", "sail"),
    ("waste", "waist"),
    ("council", "counsel"),
    ("by", "buy"),
    ("week", "weak"),
    ("anyone", "any one"),
    ("every day", "everyday"),
    ("stairs", "stares"),
    ("rain", "reign"),
    ("than", "then"),
    ("maybe", "may be"),
    ("been", "bin"),
];

/// A sentence with ways of quoting it.
fn said(dice: &mut Dice) -> Said {
    let (body, other) = (dice.one_of(&BODIES), dice.one_of(&BODIES));
    let (work, more) = (dice.one_of(&WORKS), dice.one_of(&WORKS));
    let (doing, done) = DOINGS[dice.roll(DOINGS.len())];
    let (doing_two, done_two) = DOINGS[dice.roll(DOINGS.len())];
    let why = dice.one_of(&WHY);
    let tail = why.trim_start_matches("and ").trim_start_matches("which ");
    let capital = |text: &str| {
        let mut letters = text.chars();
        letters
            .next()
            .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect::<String>())
    };
    let short = work.trim_start_matches("the ");
    match dice.roll(9) {
        0 => {
            let (spoken, figure, wrong) = MONEY[dice.roll(MONEY.len())];
            Said {
                spoken: format!("we paid {spoken} for {work} before {body} had {done} {more}, {why}"),
                printed: format!("We paid {figure} for {work} before {body} had {done} {more}, {why}"),
                sound: vec![
                    ("house style", format!("We paid {figure} for {work} before {body} had {done} {more}")),
                    (
                        "bracketed",
                        format!("[We] paid {figure} for [{short}] before {body} had {done} {more}"),
                    ),
                    ("gap at the end", format!("We paid {figure} for {work} … {tail}")),
                ],
                faults: vec![
                    ("amount", format!("We paid {wrong} for {work} before {body} had {done} {more}, {why}")),
                    (
                        "body",
                        format!("We paid {figure} for {work} before the children had {done} {more}, {why}"),
                    ),
                ],
            }
        }
        1 => Said {
            spoken: format!(
                "I don't think {body} will {doing} {work} while {other} own half of {more}, {why}"
            ),
            printed: format!(
                "I don’t think {body} will {doing} {work} while {other} own half of {more}, {why}"
            ),
            sound: vec![
                (
                    "cleaned",
                    format!("I do not think {body} will {doing} {work} while {other} own half of {more}"),
                ),
                (
                    "whole",
                    format!("I don’t think {body} will {doing} {work} while {other} own half of {more}"),
                ),
            ],
            faults: vec![
                (
                    "denial cut",
                    format!("{} will {doing} {work} while {other} own half of {more}, {why}", capital(body)),
                ),
                (
                    "denial lost",
                    format!("I do think {body} will {doing} {work} while {other} own half of {more}, {why}"),
                ),
            ],
        },
        2 => Said {
            spoken: format!(
                "we will {doing} {work} this winter, but only if {body} have {done_two} {more} by then"
            ),
            printed: format!(
                "We will {doing} {work} this winter, but only if {body} have {done_two} {more} by then"
            ),
            sound: vec![
                (
                    "whole",
                    format!(
                        "We will {doing} {work} this winter, but only if {body} have {done_two} {more} by then"
                    ),
                ),
                ("fragment", format!("only if {body} have {done_two} {more}")),
            ],
            faults: vec![
                ("condition cut", format!("We will {doing} {work} this winter")),
                (
                    "condition in a gap",
                    format!("We will {doing} {work} this winter … {body} have {done_two} {more} by then"),
                ),
            ],
        },
        3 => {
            let (spoken, figure, wrong) = COUNTS[dice.roll(COUNTS.len())];
            Said {
                spoken: format!("there were {spoken} of us on {work} the night {body} {done} {more}, {why}"),
                printed: format!("There were {figure} of us on {work} the night {body} {done} {more}, {why}"),
                sound: vec![
                    (
                        "house style",
                        format!("There were {figure} of us on {work} the night {body} {done} {more}"),
                    ),
                    ("fragment", format!("{figure} of us on {work}")),
                    ("trimmed", format!("the night {body} {done} {more}, {why}")),
                ],
                faults: vec![
                    (
                        "count",
                        format!("There were {wrong} of us on {work} the night {body} {done} {more}, {why}"),
                    ),
                    (
                        "verb",
                        format!("There were {figure} of us on {work} the night {body} burned {more}, {why}"),
                    ),
                ],
            }
        }
        4 => {
            let (spoken, figure, wrong) = DAYS[dice.roll(DAYS.len())];
            let (hour, clock, late) = TIMES[dice.roll(TIMES.len())];
            Said {
                spoken: format!(
                    "they told me on {spoken}, at {hour} in the morning, that {body} had {done} {work}"
                ),
                printed: format!(
                    "They told me on {figure}, at {clock} in the morning, that {body} had {done} {work}"
                ),
                sound: vec![
                    (
                        "house style",
                        format!(
                            "They told me on {figure}, at {clock} in the morning, that {body} had {done} {work}"
                        ),
                    ),
                    ("gap", format!("They told me on {figure} … that {body} had {done} {work}")),
                ],
                faults: vec![
                    (
                        "day",
                        format!(
                            "They told me on {wrong}, at {clock} in the morning, that {body} had {done} {work}"
                        ),
                    ),
                    (
                        "time",
                        format!(
                            "They told me on {figure}, at {late} in the morning, that {body} had {done} {work}"
                        ),
                    ),
                ],
            }
        }
        5 => {
            let (spoken, figure, wrong) = YEARS[dice.roll(YEARS.len())];
            Said {
                spoken: format!("nobody has {done} {work} since {spoken}, not even {body}, {why}"),
                printed: format!("Nobody has {done} {work} since {figure}, not even {body}, {why}"),
                sound: vec![
                    ("house style", format!("Nobody has {done} {work} since {figure}, not even {body}")),
                    ("bracketed", format!("Nobody has {done} [it] since {figure}, not even {body}, {why}")),
                ],
                faults: vec![
                    ("year", format!("Nobody has {done} {work} since {wrong}, not even {body}, {why}")),
                    ("claim", format!("Everybody has {done} {work} since {figure}, even {body}, {why}")),
                ],
            }
        }
        6 => {
            let (spoken, figure, wrong) = SHARES[dice.roll(SHARES.len())];
            Said {
                spoken: format!(
                    "{spoken} of what we earned on {work} went to {body}, and we may {doing} {more} as well, {why}"
                ),
                printed: format!(
                    "{} of what we earned on {work} went to {body}, and we may {doing} {more} as well, {why}",
                    capital(figure)
                ),
                sound: vec![
                    (
                        "house style",
                        format!(
                            "{} of what we earned on {work} went to {body}, and we may {doing} {more} as well",
                            capital(figure)
                        ),
                    ),
                    ("trimmed", format!("we may {doing} {more} as well, {why}")),
                ],
                faults: vec![
                    (
                        "share",
                        format!(
                            "{} of what we earned on {work} went to {body}, and we may {doing} {more} as well, {why}",
                            capital(wrong)
                        ),
                    ),
                    (
                        "may",
                        format!(
                            "{} of what we earned on {work} went to {body}, and we will {doing} {more} as well, {why}",
                            capital(figure)
                        ),
                    ),
                ],
            }
        }
        7 => Said {
            spoken: format!(
                "you can't {doing} {work} with the men we have, you know, and {body} can't {doing_two} {more} either, {why}"
            ),
            printed: format!(
                "You can’t {doing} {work} with the men we have, and {body} can’t {doing_two} {more} either, {why}"
            ),
            sound: vec![
                (
                    "cleaned",
                    format!(
                        "You cannot {doing} {work} with the men we have, and {body} can’t {doing_two} {more} either"
                    ),
                ),
                (
                    "gap",
                    format!(
                        "You can’t {doing} {work} with the men we have … {body} can’t {doing_two} {more} either"
                    ),
                ),
            ],
            faults: vec![
                (
                    "can",
                    format!(
                        "You can {doing} {work} with the men we have, and {body} can’t {doing_two} {more} either, {why}"
                    ),
                ),
                (
                    "words added",
                    format!(
                        "You can’t {doing} {work} with the lazy men we have, and {body} can’t {doing_two} {more} either, {why}"
                    ),
                ),
            ],
        },
        _ => Said {
            spoken: format!(
                "some of {body} wanted to {doing} {work}, and we, we were going to {doing_two} {more} for them, {why}"
            ),
            printed: format!(
                "Some of {body} wanted to {doing} {work}, and we were going to {doing_two} {more} for them, {why}"
            ),
            sound: vec![
                (
                    "cleaned",
                    format!(
                        "Some of {body} wanted to {doing} {work}, and we were going to {doing_two} {more} for them"
                    ),
                ),
                ("trimmed", format!("we were going to {doing_two} {more} for them, {why}")),
                ("fragment", format!("wanted to {doing} {work}")),
            ],
            faults: vec![
                (
                    "some cut",
                    format!(
                        "{} wanted to {doing} {work}, and we were going to {doing_two} {more} for them, {why}",
                        capital(body)
                    ),
                ),
                (
                    "object",
                    format!(
                        "Some of {body} wanted to {doing} the moon, and we were going to {doing_two} {more} for them, {why}"
                    ),
                ),
            ],
        },
    }
}

/// The words as the tape has them.
fn on_tape(spoken: &str, machine: bool, dice: &mut Dice) -> String {
    let mut text = spoken.to_owned();
    if machine {
        for (right, wrong) in MISHEARD {
            if dice.percent(40) {
                text = format!(" {text} ")
                    .replace(&format!(" {right} "), &format!(" {wrong} "))
                    .trim()
                    .to_owned();
            }
        }
    }
    let words: Vec<&str> = text.split(' ').collect();
    let mut said: Vec<String> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if dice.percent(4) {
            said.push(dice.one_of(&["er,", "um,", "uh,", "erm,", "you know,", "I mean,"]).to_owned());
        }
        // A sentence begun and begun again.
        if at > 2 && at + 3 < words.len() && dice.percent(3) {
            let again = &words[at - 2..at];
            if !again.iter().any(|word| word.ends_with(',')) {
                said.extend(again.iter().map(|word| (*word).to_owned()));
            }
        }
        if at + 2 < words.len() && word.len() > 3 && dice.percent(2) {
            said.push(format!("{}-", &word[..2]));
        }
        said.push((*word).to_owned());
    }
    let said = said.join(" ");
    if machine { said.to_lowercase().replace([',', '.'], "") } else { format!("{said}.") }
}

/// One interview.
pub fn interview(number: usize, seed: u64) -> Interview {
    let mut dice = Dice(104_729 * (number as u64 + 1) + seed);
    let (person, office) = PEOPLE[number % PEOPLE.len()];
    // A relation of the same name for each seed.
    let given = ["Ada", "Ned", "Ruth", "Hugo"][seed as usize % 4];
    let surname = person.rsplit(' ').next().unwrap_or(person);
    let surname = format!("{surname}{}", ["", "ton", "ley", "man"][seed as usize % 4]);
    let person = &format!("{given} {surname}");
    let machine = number.is_multiple_of(2);
    // Turns: is it the interviewer's, its second, its words.
    let mut turns: Vec<(bool, usize, String)> = Vec::new();
    let mut all: Vec<Said> = Vec::new();
    let (mut words, mut second) = (0, 4);
    while words < 3_000 {
        let question =
            format!("Tell me about {} and what {} did there?", dice.one_of(&WORKS), dice.one_of(&BODIES));
        turns.push((true, second, question));
        second += 5;
        let sentences: Vec<Said> = (0..2 + dice.roll(3)).map(|_| said(&mut dice)).collect();
        let mut answer = Vec::new();
        for one in sentences {
            let heard = on_tape(&one.spoken, machine, &mut dice);
            words += heard.split(' ').count();
            let mut letters = heard.chars();
            let first = letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>());
            answer.push(if machine { heard.clone() } else { first.unwrap_or_default() });
            all.push(one);
        }
        turns.push((false, second, answer.join(" ")));
        second += 40;
    }
    let (tape_name, tape, speakers) = laid_out(number, person, &turns);
    let mut article = format!("# Notes from the quay\n\n{person}, {office}, talked for an hour.\n");
    let mut quotations = Vec::new();
    let mut line = 4;
    for (turn, one) in all.iter().enumerate().take(44) {
        let (how, words, sound) = match turn % 4 {
            3 => {
                let (how, words) = &one.faults[dice.roll(one.faults.len())];
                (*how, words.clone(), false)
            }
            0 if dice.percent(50) => ("whole", one.printed.clone(), true),
            _ => {
                let (how, words) = &one.sound[dice.roll(one.sound.len())];
                (*how, words.clone(), true)
            }
        };
        let text = match (how, turn % 5) {
            ("fragment", _) => format!("There, {surname} said, it was “{words}” and nothing else."),
            (_, 0) => format!("“{words},” said {surname}."),
            (_, 1) => format!("{surname} said: “{words}.”"),
            (_, 2) => format!("“{words},” {surname} recalled over tea."),
            (_, 3) => format!("As {surname} put it: “{words}.”"),
            _ => format!("“{words},” {surname} said."),
        };
        line += 2;
        let _ = write!(article, "\n{text}\n");
        quotations.push(Quoted { line: line - 1, words, how, sound });
    }
    Interview { tape_name, tape, article, quotations, speakers }
}

/// The tape in one of eight layouts; its file name; what the table says of its speakers.
fn laid_out(number: usize, person: &str, turns: &[(bool, usize, String)]) -> (&'static str, String, String) {
    let clock =
        |at: usize, sign: char| format!("{:02}:{:02}:{:02}{sign}000", at / 3600, at / 60 % 60, at % 60);
    let name = |asks: bool| if asks { "Nell Harker" } else { person };
    let mut tape = String::new();
    let mut speakers = String::new();
    let file = match number % 8 {
        // whisperX
        0 => {
            let segments: Vec<serde_json::Value> = turns
                .iter()
                .map(|(asks, at, words)| {
                    let speaker = if *asks { "SPEAKER_01" } else { "SPEAKER_00" };
                    serde_json::json!({"start": at, "end": at + 9, "text": format!(" {words}"), "speaker": speaker})
                })
                .collect();
            tape = serde_json::json!({"segments": segments, "language": "en"}).to_string();
            speakers = format!("SPEAKER_00 = \"{person}\", SPEAKER_01 = \"Nell Harker\"");
            "talk.json"
        }
        // Typed by hand.
        1 => {
            for (asks, _, words) in turns {
                let _ = write!(tape, "{}: {words}\n\n", name(*asks).to_uppercase());
            }
            "talk.txt"
        }
        // SubRip in lines of some seven words, cue after cue.
        2 => {
            let mut cue = 0;
            for (asks, at, words) in turns {
                let all: Vec<&str> = words.split(' ').collect();
                for (part, words) in all.chunks(7).enumerate() {
                    cue += 1;
                    let label = if part == 0 { format!("{}: ", name(*asks)) } else { String::new() };
                    let (from, to) = (at + part, at + part + 1);
                    let _ = write!(
                        tape,
                        "{cue}\n{} --> {}\n{label}{}\n\n",
                        clock(from, ','),
                        clock(to, ','),
                        words.join(" ")
                    );
                }
            }
            "talk.srt"
        }
        // Questions and answers.
        3 => {
            for (asks, _, words) in turns {
                let _ = write!(tape, "{} {words}\n\n", if *asks { "Q:" } else { "A:" });
            }
            speakers = format!("A = \"{person}\", Q = \"Nell Harker\"");
            "talk.txt"
        }
        // Otter
        4 => {
            for (asks, at, words) in turns {
                let _ = write!(tape, "{}  {}:{:02}  \n{words}\n\n", name(*asks), at / 60, at % 60);
            }
            tape.push_str("Transcribed by https://otter.ai\n");
            "talk.txt"
        }
        // Rev
        5 => {
            for (asks, at, words) in turns {
                let _ = write!(tape, "{} ({:02}:{:02}):\n{words}\n\n", name(*asks), at / 60, at % 60);
            }
            "talk.txt"
        }
        // WebVTT, speakers by number.
        6 => {
            tape.push_str("WEBVTT\n");
            for (asks, at, words) in turns {
                let label = if *asks { "Speaker 2" } else { "Speaker 1" };
                let _ = write!(
                    tape,
                    "\n{} --> {}\n<v {label}>{words}</v>\n",
                    clock(*at, '.'),
                    clock(at + 9, '.')
                );
            }
            speakers = format!("\"Speaker 1\" = \"{person}\", \"Speaker 2\" = \"Nell Harker\"");
            "talk.vtt"
        }
        // Markdown
        _ => {
            tape.push_str("# Transcript\n");
            for (asks, at, words) in turns {
                let _ = write!(
                    tape,
                    "\n**[{:02}:{:02}:{:02}] {}:** {words}\n",
                    at / 3600,
                    at / 60 % 60,
                    at % 60,
                    name(*asks)
                );
            }
            "talk.md"
        }
    };
    (file, tape, speakers)
}
