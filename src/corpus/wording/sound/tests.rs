//! Words that sound alike, words that do not, and names.

use super::{alike, alike_but_not_in_sense, near};

fn words(text: &str) -> Vec<&str> {
    text.split(' ').collect()
}

#[test]
fn words_that_sound_alike() {
    let mut wrong = Vec::new();
    for pair in [
        "their/there",
        "grieve ants/grievance",
        "prince/prints",
        "which/witch",
        "would/wood",
        "weir/where",
        "rain/reign",
        "whole/hole",
        "tolled/told",
        "pier/peer",
        "council/counsel",
        "principal/principle",
        "site/sight",
        "cite/sight",
        "brake/break",
        "piece/peace",
        "weather/whether",
        "role/roll",
        "bored/board",
        "course/coarse",
        "ceiling/sealing",
        "no/know",
        "new/knew",
        "threw/through",
        "buy/by",
        "right/write",
        "wait/weight",
        "way/weigh",
        "sea/see",
        "meet/meat",
        "steel/steal",
        "week/weak",
        "mourning/morning",
        "plain/plane",
        "sale/sail",
        "flower/flour",
        "cell/sell",
        "mayor/mare",
        "key/quay",
        "berth/birth",
        "lock/loch",
        "fair/fare",
        "tide/tied",
        "great/grate",
        "main/mane",
        "pour/poor",
        "sun/son",
        "night/knight",
        "rode/road",
        "heard/herd",
        "allot/a lot",
        "maybe/may be",
        "into/in to",
        "tail/tale",
        "wear/where",
        "aloud/allowed",
        "past/passed",
        "waste/waist",
        "led/lead",
        "mist/missed",
        "nose/knows",
        "rows/rose",
        "seen/scene",
        "stake/steak",
        "whose/who's",
        "bare/bear",
        "blue/blew",
        "by/bye",
        "dew/due",
        "die/dye",
        "four/for",
        "4/for",
        "hare/hair",
        "hear/here",
        "higher/hire",
        "idle/idol",
        "lesson/lessen",
        "miner/minor",
        "pair/pear",
        "pail/pale",
        "pain/pane",
        "profit/prophet",
        "raise/rays",
        "read/reed",
        "root/route",
        "sum/some",
        "stair/stare",
        "than/then",
        "throne/thrown",
        "vain/vein",
        "wore/war",
        "won/one",
        "harbour/harbor",
    ] {
        let Some((one, other)) = pair.split_once('/') else { continue };
        if !alike(&words(one), &words(other)) || !alike(&words(other), &words(one)) {
            wrong.push(pair);
        }
    }
    assert_eq!(wrong, Vec::<&str>::new());
}

#[test]
fn words_that_do_not() {
    let mut wrong = Vec::new();
    for pair in [
        "raise/rose",
        "rise/rose",
        "sold/sell",
        "win/won",
        "fell/full",
        "ship/shop",
        "boat/bet",
        "hard/herd",
        "never/ever",
        "fifteen/fifty",
        "can/can't",
        "may/will",
        "some/all",
        "close/open",
        "bridge/barge",
        "people/voters",
        "always/often",
        "forget/forgive",
        "granted/grounded",
        "sink/sank",
        "bank/bunk",
        "stop/step",
        "lost/last",
        "north/south",
        "hundred/thousand",
        "he/she",
        "was/is",
        "before/after",
        "more/less",
        "repaired/prepared",
        "support/report",
        "cost/cast",
        "hate/hit",
        "million/billion",
        "include/exclude",
        "approve/improve",
        "legal/illegal",
        "dock/duck",
        "hill/hall",
        "live/leave",
        "found/fund",
        "36000/31000",
        "now/know",
        "work/walk",
        "form/farm",
    ] {
        let Some((one, other)) = pair.split_once('/') else { continue };
        if alike(&words(one), &words(other)) {
            wrong.push(pair);
        }
    }
    assert_eq!(wrong, Vec::<&str>::new());
    assert!(alike_but_not_in_sense("15", "50") && alike_but_not_in_sense("can", "can't"));
    assert!(!alike_but_not_in_sense("15", "16"));
}

#[test]
fn names_misheard() {
    for pair in [
        "dolan/dolin",
        "lindqvist/lindquist",
        "marisa/marissa",
        "fenn/finn",
        "okafor/okay for",
        "merrow/morrow",
        "stannick/stanick",
        "amersham/amisham",
        "pryce/price",
        "skarrow/scarrow",
        "halloran/hallorin",
    ] {
        let Some((one, other)) = pair.split_once('/') else { continue };
        assert!(near(&words(one), &words(other)), "{pair}");
    }
    for pair in
        ["reyes/ruiz", "okafor/obama", "brack/burke", "varga/vance", "north/south", "amersham/evesham"]
    {
        let Some((one, other)) = pair.split_once('/') else { continue };
        assert!(!near(&words(one), &words(other)), "{pair}");
    }
}
