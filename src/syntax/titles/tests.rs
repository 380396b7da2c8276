//! Titles in and out.

use super::{Office, OfficeStatus, parse_titles};
use crate::lexicon::offices;

/// An office in short: role, then what else is known.
fn show(office: &Office) -> String {
    let mut out = offices().of(office.role).name.to_owned();
    let mut add = |key: &str, value: String| {
        if !value.is_empty() {
            out.push_str(&format!(" {key}={value}"));
        }
    };
    add("topic", office.topic.join("+"));
    add("body", office.body.join("+"));
    add("place", office.place.map_or(String::new(), |place| offices().at(place).name.to_owned()));
    add("to", office.to.join("+"));
    add("serves", office.serves.as_deref().unwrap_or("").to_owned());
    for (flag, name) in [
        (office.below, "below"),
        (office.acting, "acting"),
        (office.status == OfficeStatus::Past, "past"),
        (office.status == OfficeStatus::Coming, "coming"),
    ] {
        if flag {
            out.push_str(&format!(" {name}"));
        }
    }
    out
}

#[test]
fn titles_taken_apart() {
    for (written, expected) in [
        ("U.S. Secretary of State", "secretary topic=state place=united states"),
        ("US Defence Secretary", "secretary topic=defense place=united states"),
        ("French foreign minister", "minister topic=foreign place=france"),
        ("minister for foreign affairs of France", "minister topic=foreign place=france"),
        ("Minister of Foreign and European Affairs", "minister topic=foreign place=european union"),
        ("President", "president"),
        ("President of the United States", "president place=united states"),
        ("then-Sen.", "senator past"),
        ("former U.S. Rep.", "representative place=united states past"),
        ("ex-mayor of Port Avel", "mayor body=avel+port past"),
        ("acting attorney general", "attorney general acting"),
        ("President-elect", "president coming"),
        ("deputy mayor", "mayor below"),
        ("deputy foreign minister", "minister topic=foreign below"),
        ("vice-president", "vice president"),
        ("Ukraine's presidential adviser", "adviser place=ukraine"),
        ("Vell’s chief of staff", "chief of staff serves=vell"),
        (
            "chief of staff of Marlandish President Ilka Vordenau",
            "chief of staff body=marlandish serves=vordenau",
        ),
        (
            "the French president's foreign policy adviser",
            "adviser topic=foreign+policy place=france serves=president",
        ),
        ("President Abel Torn's special envoy to Ukraine and Russia", "envoy to=russia+ukraine serves=torn"),
        ("US envoy", "envoy place=united states"),
        ("US representative", "representative place=united states"),
        ("Speaker of the House", "house speaker"),
        ("president of the Center for Tidal Studies in Oster", "president body=center+studies+tidal"),
        ("Virginia Gov.", "governor place=virginia"),
        ("retired Lt. Gen.", "lieutenant general past"),
        ("state Sen.", "state senator"),
    ] {
        let found: Vec<String> = parse_titles(written).iter().map(show).collect();
        assert_eq!(found, [expected], "{written}");
    }
}

#[test]
fn two_titles_in_one_phrase() {
    let found: Vec<String> =
        parse_titles("prime minister and defence minister of Norway").iter().map(show).collect();
    assert_eq!(found, ["premier", "minister topic=defense place=norway"]);
    assert!(parse_titles("the harbour in spring").is_empty());
    assert!(parse_titles("").is_empty());
}

#[expect(clippy::panic, reason = "a case without a role is a fault of the test")]
fn one(title: &str) -> Office {
    parse_titles(title).into_iter().next().unwrap_or_else(|| panic!("{title} names no role"))
}

#[test]
fn what_a_title_may_stand_for() {
    for (written, registered) in [
        ("Secretary", "U.S. Secretary of State"),
        ("foreign minister", "Minister of Foreign Affairs of Ukraine"),
        ("Minister of Foreign Affairs", "foreign minister"),
        ("US president", "President of the United States"),
        ("American President", "President of the United States"),
        ("Speaker", "Speaker of the House"),
        ("Virginia Sen.", "U.S. Senator"),
        ("Defence Secretary", "Secretary of Defense"),
        ("General", "Lt. Gen."),
        ("prime minister", "Prime Minister of Norway"),
    ] {
        assert!(one(written).may_mean(&one(registered)), "{written} for {registered}");
    }
    for (written, registered) in [
        ("president", "Vice President of the United States"),
        ("vice president", "President of the United States"),
        ("French president", "President of the United States"),
        ("defence minister", "foreign minister"),
        ("deputy secretary of state", "Secretary of State"),
        ("lieutenant governor", "governor"),
        ("state senator", "U.S. Senator"),
        ("president of the Harbour Guild", "president of the Tide Center"),
    ] {
        assert!(!one(written).may_mean(&one(registered)), "{written} for {registered}");
    }
}

#[test]
fn what_nobody_holds_at_once() {
    for (a, b) in [
        ("foreign minister", "defence minister"),
        ("Sen.", "Rep."),
        ("special envoy to Ukraine", "special envoy to Ukraine and Russia"),
        ("governor", "lieutenant governor"),
        ("finance director", "chief executive"),
        ("deputy mayor", "mayor"),
        ("chief of staff", "Ukraine's presidential adviser"),
        ("US envoy", "US representative"),
    ] {
        assert!(one(a).excludes(&one(b)), "{a} against {b}");
        assert!(one(b).excludes(&one(a)), "{b} against {a}");
    }
    for (a, b) in [
        ("foreign minister", "minister of foreign affairs"),
        ("foreign minister", "minister"),
        ("top aide", "chief of staff"),
        ("senior adviser", "chief of staff"),
        ("former senator", "Rep."),
        ("retired Lt. Gen.", "envoy"),
        ("Secretary", "Secretary of State"),
        ("Defence Secretary", "US Secretary of Defense"),
        ("chief envoy", "special envoy to Ukraine"),
        ("US envoy", "the US representative in the talks"),
        ("US envoy", "the union's representative"),
        ("US envoy", "trade representative"),
        ("speaker", "House Speaker"),
        ("president-elect", "governor"),
        ("director", "professor"),
    ] {
        assert!(!one(a).excludes(&one(b)), "{a} with {b}");
        assert!(!one(b).excludes(&one(a)), "{b} with {a}");
    }
}
