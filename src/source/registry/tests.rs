//! A small hand-made file of each form, with the traps that published files have.

use super::{Roster, RosterPerson, read_registry};
use crate::calendar::{Day, Interval};
use crate::source::InputError;

type Outcome = Result<(), InputError>;

fn day(text: &str) -> Option<Day> {
    Day::parse_iso(text)
}

/// A person's titles as “title from/to”.
fn titles(person: &RosterPerson) -> Vec<String> {
    let end = |day: Option<Day>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
    person
        .titles
        .iter()
        .map(|title| format!("{} {}/{}", title.title, end(title.held.from), end(title.held.to)))
        .collect()
}

/// What a broken registry says, and the words it points at.
fn complaint(path: &str, text: &str) -> (String, String) {
    match read_registry(path, text) {
        Ok(_) => (String::new(), String::new()),
        Err(input_error) => {
            let at = input_error.labels.first().map_or("", |(span, _)| span.of(text));
            (input_error.message, at.to_owned())
        }
    }
}

#[test]
fn people_toml_has_partial_dates_and_open_ends() -> Outcome {
    let roster = read_registry(
        "desk/people.toml",
        r#"
[[person]]
name = "Ilka Vordenau"
aliases = ["Ilka Wordenau"]
born = 1961
[[person.title]]
title = "President of Marland"
from = 2019-05-20
to = "2023-04"
[[person.title]]
title = "mayor of Oster"
to = 2018

[[person]]
name = "Kim Dae-sun"
family = "Kim"
prefer = true

[[name]]
prefer = "Port Avel"
variants = ["Port Abel"]

[[event]]
name = "Marland election"
on = 2023-03-12
"#,
    )?;
    let [first, second] = roster.persons.as_slice() else {
        return Err(InputError::new("", "two people expected"));
    };
    assert_eq!(titles(first), ["President of Marland 2019-05-20/2023-04-30", "mayor of Oster ../2018-12-31"]);
    assert_eq!(first.born, Interval::year(1961));
    assert!(!first.prefer && second.prefer);
    assert_eq!(second.family.as_deref(), Some("Kim"));
    assert_eq!(roster.names[0].variants, ["Port Abel"]);
    assert_eq!(roster.events[0].days.single(), day("2023-03-12"));
    Ok(())
}

#[test]
fn a_broken_people_toml_is_pointed_into() {
    let (message, at) = complaint("people.toml", "[[person]]\nname = \"A B\"\nalias = []\n");
    assert!(message.contains("alias"), "{message}");
    assert_eq!(at, "alias");
    let (message, at) = complaint("people.toml", "[[person]]\nname = \"A B\"\nborn = \"spring\"\n");
    assert!(message.contains("“spring” is no day"), "{message}");
    assert_eq!(at, "\"spring\"");
    let (message, at) = complaint(
        "people.toml",
        "[[person]]\nname = \"A B\"\n[[person.title]]\ntitle = \"mayor\"\nfrom = 2020\nto = 2019\n",
    );
    assert_eq!(message, "“mayor” ends before it begins");
    assert_eq!(at, "[[person.title]]");
    let (message, at) = complaint(
        "people.toml",
        "[[person]]\nname = \"A B\"\nborn = 1970-05-02\ndied = \"1970-05\"\n\n[[person]]\nname = \"C D\"\nborn = 1970-05-02\ndied = 1950\n",
    );
    assert_eq!((message.as_str(), at.as_str()), ("C D dies before the day of birth", "1950"));
    let (message, _) = complaint("people.toml", "[[event]]\nname = \"Games\"\n");
    assert!(message.contains("has no day"), "{message}");
    let (message, at) = complaint("people.toml", "[[person]]\nname = \" \"\n");
    assert_eq!((message.as_str(), at.as_str()), ("a name cannot be empty", "\" \""));
}

#[test]
fn a_long_people_toml_is_read_in_parts() -> Outcome {
    let person = |at: usize| {
        format!("[[person]]\nname = \"Bo Kar{at}\"\n[[person.title]]\ntitle = \"\"\"\nmayor\n\"\"\"\n")
    };
    let mut text = "prefer = true\n".to_owned();
    text.extend((0..9_000).map(person));
    text.push_str("[[name]]\nprefer = \"Port Avel\"\n[[event]]\nname = \"Games\"\non = 2024\n");
    let roster = read_registry("people.toml", &text)?;
    assert_eq!((roster.persons.len(), roster.names.len(), roster.events.len()), (9_000, 1, 1));
    assert!(roster.persons.iter().all(|person| person.prefer && person.titles.len() == 1));
    assert_eq!(roster.persons[8_999].name, "Bo Kar8999");
    // A fault far down is pointed at where it stands in the file.
    let broken = format!("{text}[[person]]\nname = 5\n");
    assert_eq!(complaint("people.toml", &broken).1, "5");
    // A header inside a string of several lines is none.
    let odd = text.replace("\nmayor\n", "\n[[person]]\nmayor\n");
    assert_eq!(read_registry("people.toml", &odd)?.persons.len(), 9_000);
    Ok(())
}

const POPOLO: &str = r#"{
  "posts": [{"id": "speaker", "label": "Speaker of the Diet", "organization_id": "diet"}],
  "persons": [
    {"id": "p1", "name": "OKONRAD Belle", "birth_date": "1957-05", "death_date": null, "other_names": [
      {"lang": "et", "name": "Bella Okonrad", "note": "multilingual"},
      {"lang": "en", "name": "Belle O'Konrad", "note": "multilingual"}, {"name": "B. Okonrad"}]},
    {"id": "p2", "name": "Hon. Tomas Vell", "honorific_prefix": "Hon.", "given_name": "Tomas", "family_name": "Vell", "other_names": null},
    {"id": "p3", "name": "Iris Amadi"}
  ],
  "organizations": [
    {"id": "diet", "name": "Diet of Marland", "classification": "legislature"},
    {"id": "green", "name": "Green List", "classification": "party"}
  ],
  "memberships": [
    {"person_id": "p1", "organization_id": "diet", "role": "member", "legislative_period_id": "term/1"},
    {"person_id": "p1", "organization_id": "diet", "role": "member", "legislative_period_id": "term/2"},
    {"person_id": "p1", "organization_id": "green", "role": "member"},
    {"person_id": "p2", "organization_id": "diet", "role": "member", "legislative_period_id": "term/2",
     "start_date": "2016-03-01T00:00:00", "end_date": "2017"},
    {"person_id": "p2", "post_id": "speaker", "start_date": "2018", "end_date": "2016"},
    {"person_id": ["p2", "p3"], "organization": {"id": "x", "name": "Harbour Council"}, "role": "Harbour Warden", "start_date": null},
    {"person": {"id": "p4", "name": "Lena Foss"}, "post": {"id": "y", "label": "Ombudsman", "start_date": "2011"}},
    {"person_id": "nobody", "organization_id": "diet", "role": "member"}
  ],
  "events": [
    {"id": "term/1", "classification": "legislative period", "start_date": "2011-03-27", "end_date": "2015-03-23"},
    {"id": "term/2", "classification": "legislative period", "start_date": "2015-03-30"}
  ]
}"#;

#[test]
fn popolo_leans_on_periods_and_passes_over_parties() -> Outcome {
    let roster = read_registry("diet.json", POPOLO)?;
    let [belle, tomas, iris, lena] = roster.persons.as_slice() else {
        return Err(InputError::new("", "four people expected"));
    };
    assert_eq!((belle.name.as_str(), belle.family.as_deref()), ("Belle Okonrad", Some("Okonrad")));
    assert_eq!(belle.aliases, ["B. Okonrad", "Belle O'Konrad"], "only spellings for English copy");
    assert_eq!(belle.born, Interval::month(1957, 5));
    assert_eq!(titles(belle), ["member of Diet of Marland 2011-03-27/.."], "periods that follow each other");
    assert_eq!(tomas.name, "Tomas Vell");
    assert_eq!(
        titles(tomas),
        ["member of Diet of Marland 2016-03-01/2017-12-31", "Harbour Warden ../.."],
        "own dates beat the period's, and a tenure that ends before it begins is dropped"
    );
    assert_eq!(titles(iris), ["Harbour Warden ../.."]);
    assert_eq!((lena.name.as_str(), titles(lena)), ("Lena Foss", vec!["Ombudsman 2011-01-01/..".to_owned()]));
    Ok(())
}

#[test]
fn a_bare_list_of_popolo_persons() -> Outcome {
    let text = r#"[{"name": "Iris Amadi", "memberships": [{"role": "Mayor", "start_date": "2014-02"}]}, {"id": "q"}]"#;
    let roster = read_registry("mayors.json", text)?;
    assert_eq!(roster.persons.len(), 1, "a person without a name is nobody");
    assert_eq!(titles(&roster.persons[0]), ["Mayor 2014-02-01/.."]);
    Ok(())
}

const CONGRESS: &str = "
- id:
    bioguide: X000001
  name:
    first: Johanna
    middle: Q.
    last: Peridew
    nickname: Hanna
    official_full: Johanna Q. Peridew
  other_names:
  - last: Marsh
    end: '2009'
  bio:
    birthday: '1958-10-13'
  leadership_roles:
  - title: Senate Harbour Whip
    chamber: senate
    start: '2023-01-03'
  terms:
  - type: rep
    start: '1993-01-05'
    end: '1995-01-03'
    state: WA
  - type: sen
    start: '2013-01-03'
    end: '2019-01-03'
  - type: sen
    start: '2019-01-03'
    end: '2025-01-03'
  - type: sen
    start: '2025-01-03'
    end: '2031-01-03'
- name:
    first: Abel
    last: Torn
    suffix: Jr.
  terms:
  - type: prez
    start: '2001-01-20'
    end: '2005-01-20'
  - type: postmaster
    start: '1999-01-01'
    end: '1999-02-01'
";

fn check_congress(roster: &Roster) {
    let [hanna, abel] = roster.persons.as_slice() else {
        assert_eq!(roster.persons.len(), 2);
        return;
    };
    assert_eq!(hanna.name, "Johanna Q. Peridew");
    for spelling in ["Johanna Peridew", "Hanna Peridew", "Johanna Marsh", "Hanna Marsh"] {
        assert!(hanna.aliases.iter().any(|alias| alias == spelling), "{spelling} in {:?}", hanna.aliases);
    }
    assert_eq!(
        titles(hanna),
        [
            "U.S. Representative 1993-01-05/1995-01-03",
            "U.S. Senator 2013-01-03/..",
            "Senate Harbour Whip 2023-01-03/..",
        ],
        "terms that follow each other are one tenure, and an end in the list's future is open"
    );
    assert_eq!(abel.name, "Abel Torn", "without an official name the parts serve");
    assert!(abel.aliases.iter().any(|alias| alias == "Abel Torn Jr."));
    assert_eq!(titles(abel), ["President of the United States 2001-01-20/2005-01-20"]);
}

#[test]
fn congress_legislators_in_yaml() -> Outcome {
    check_congress(&read_registry("legislators.yaml", CONGRESS)?);
    Ok(())
}

#[test]
fn congress_legislators_in_json() -> Outcome {
    let text = r#"[
      {"name": {"first": "Johanna", "middle": "Q.", "last": "Peridew", "nickname": "Hanna", "official_full": "Johanna Q. Peridew"},
       "other_names": [{"last": "Marsh", "end": "2009"}], "bio": {"birthday": "1958-10-13"},
       "leadership_roles": [{"title": "Senate Harbour Whip", "start": "2023-01-03"}],
       "terms": [{"type": "rep", "start": "1993-01-05", "end": "1995-01-03"}, {"type": "sen", "start": "2013-01-03", "end": "2019-01-03"},
         {"type": "sen", "start": "2019-01-03", "end": "2025-01-03"}, {"type": "sen", "start": "2025-01-03", "end": "2031-01-03"}]},
      {"name": {"first": "Abel", "last": "Torn", "suffix": "Jr."}, "bio": null,
       "terms": [{"type": "prez", "start": "2001-01-20", "end": "2005-01-20"}, {"type": "postmaster", "start": "1999-01-01", "end": "1999-02-01"}]}
    ]"#;
    check_congress(&read_registry("legislators.json", text)?);
    Ok(())
}

#[test]
fn a_broken_yaml_is_pointed_into() {
    let text = "- name:\n    first: A\n    last: B\n  terms:\n  - type: sen\n    start: soon\n";
    let (message, at) = complaint("x.yaml", text);
    assert!(message.contains("“soon” is no day"), "{message}");
    assert_eq!(at, "s");
}

#[test]
fn a_broken_json_is_pointed_into() {
    let (message, at) = complaint("x.json", "{\"persons\": [{\"name\": \"A\", \"birth_date\": \"soon\"}]}");
    assert!(message.contains("“soon” is no day"), "{message}");
    assert_eq!(at, "\"");
    let (message, _) = complaint("x.json", "{\"colours\": []}");
    assert!(message.contains("no registry of people"), "{message}");
}

const ENTITIES: &str = r#"{"entities": {
  "Q1": {"id": "Q1", "labels": {"en": {"language": "en", "value": "Mira Castellan"}}, "aliases": {"en": [{"value": "M. Castellan"}]},
    "claims": {
      "P31": [{"mainsnak": {"snaktype": "value", "datavalue": {"value": "odd", "type": "string"}}, "rank": "normal"}],
      "P569": [{"mainsnak": {"snaktype": "value", "datavalue": {"value": {"time": "+1970-00-00T00:00:00Z", "precision": 9}}}, "rank": "normal"}],
      "P570": [{"mainsnak": {"snaktype": "somevalue"}, "rank": "normal"}],
      "P39": [
        {"mainsnak": {"snaktype": "value", "datavalue": {"value": {"id": "Q10"}}}, "rank": "normal",
         "qualifiers": {"P580": [{"snaktype": "value", "datavalue": {"value": {"time": "+2001-12-00T00:00:00Z", "precision": 10}}}],
                        "P582": [{"snaktype": "novalue"}]}},
        {"mainsnak": {"snaktype": "value", "datavalue": {"value": {"numeric-id": 11}}}, "rank": "preferred", "qualifiers": []},
        {"mainsnak": {"snaktype": "value", "datavalue": {"value": {"id": "Q11"}}}, "rank": "deprecated"},
        {"mainsnak": {"snaktype": "value", "datavalue": {"value": {"id": "Q99"}}}, "rank": "normal"},
        {"mainsnak": {"snaktype": "novalue"}, "rank": "normal"}
      ]}},
  "Q10": {"id": "Q10", "labels": {"en": {"value": "Minister of Tides"}}, "aliases": [], "claims": []},
  "Q11": {"id": "Q11", "labels": {"en": {"value": "Mayor of Port Avel"}}}
}}"#;

#[test]
fn wikidata_entities_mind_rank_precision_and_empty_lists() -> Outcome {
    let roster = read_registry("mira.json", ENTITIES)?;
    let [mira] = roster.persons.as_slice() else {
        return Err(InputError::new("", "one person expected, offices are none"));
    };
    assert_eq!(
        (mira.name.as_str(), mira.aliases.as_slice()),
        ("Mira Castellan", &["M. Castellan".to_owned()][..])
    );
    assert_eq!((mira.born, mira.died), (Interval::year(1970), None));
    assert_eq!(titles(mira), ["Minister of Tides 2001-12-01/..", "Mayor of Port Avel ../.."]);
    Ok(())
}

#[test]
fn a_wikidata_query_result() -> Outcome {
    let text = "position,end,label,person,start,article\n\
        Minister of Tides,2005-01-01T00:00:00Z,Mira Castellan,http://www.wikidata.org/entity/Q1,2001-12-01T00:00:00Z,x\n\
        Minister of Tides,2005-01-01T00:00:00Z,Mira Castellan,http://www.wikidata.org/entity/Q1,2001-12-01T00:00:00Z,y\n\
        http://www.wikidata.org/entity/Q77,,Mira Castellan,http://www.wikidata.org/entity/Q1,,x\n\
        \"Mayor of Port Avel, Marland\",t1234567,\"Castellan, Mira\",http://www.wikidata.org/entity/Q1,-0044-03-15T00:00:00Z,x\n\
        Warden,,Q5,http://www.wikidata.org/entity/Q5,,x\n";
    let roster = read_registry("offices.csv", text)?;
    assert_eq!(roster.persons.len(), 1, "a person whose label is an id has no English name");
    assert_eq!(roster.persons[0].aliases, ["Castellan, Mira"]);
    assert_eq!(
        titles(&roster.persons[0]),
        ["Minister of Tides 2001-12-01/2005-12-31", "Mayor of Port Avel, Marland ../.."],
        "an end on the first of January may be any day of that year"
    );
    Ok(())
}

#[test]
fn cells_in_marks_and_any_line_end() -> Outcome {
    let text =
        "person,label,position\r\nQ1,\"Vell, \"\"Tom\"\"\",\"Warden\nof Tides\"\r\n\r\nQ2,Iris Amadi,Mayor";
    let roster = read_registry("offices.csv", text)?;
    assert_eq!(roster.persons[0].name, "Vell, \"Tom\"");
    assert_eq!(titles(&roster.persons[0]), ["Warden\nof Tides ../.."]);
    assert_eq!(titles(&roster.persons[1]), ["Mayor ../.."]);
    for broken in ["\"", "person,label,position\n\"", "person,label,position\n\"\"\"", "", ",", "é\""] {
        let _ = read_registry("broken.csv", broken);
    }
    Ok(())
}

#[test]
fn a_broken_csv_is_pointed_into() {
    let (message, _) = complaint("x.csv", "person,position\nQ1,Mayor\n");
    assert_eq!(message, "there is no column “label”");
    let (message, at) =
        complaint("x.csv", "person,label,position,start,end\nQ1,A B,Mayor,2001,\nQ2,C D,Mayor,soon,\n");
    assert_eq!((message.as_str(), at.as_str()), ("“soon” is no day", "soon"));
    let (message, at) = complaint("x.csv", "person,label,position\nQ1,A B,Mayor\nQ2,C D\n");
    assert!(message.contains("2 columns"), "{message}");
    assert_eq!(at, "Q2,C D");
}
