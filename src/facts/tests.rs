//! Sentences in, mentions out.

use std::borrow::Cow;

use crate::facts::{FileFacts, Hints, Mention, MentionTense, TitlePosition, read_prose};
use crate::source::{Block, BlockKind, Prose, ProseSpan};

/// The facts of a text, one paragraph a line.
fn facts(text: &str) -> FileFacts {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.trim_end().len() as u32;
        blocks.push(Block { kind: BlockKind::Paragraph, span: ProseSpan::new(at, end) });
        at += line.len() as u32;
    }
    read_prose(
        &Prose { text: Cow::Borrowed(text), pieces: Vec::new(), blocks, languages: Vec::new() },
        &Hints::default(),
    )
}

/// The same with its first line as a headline: the persons that its mentions stand for.
fn persons_under(headline: &str, text: &str) -> Vec<Option<String>> {
    let whole = format!("{headline}\n{text}");
    let end = headline.len() as u32;
    let blocks = vec![
        Block { kind: BlockKind::Heading, span: ProseSpan::new(0, end) },
        Block { kind: BlockKind::Paragraph, span: ProseSpan::new(end + 1, whole.len() as u32) },
    ];
    let prose = Prose { text: Cow::Owned(whole), pieces: Vec::new(), blocks, languages: Vec::new() };
    read_prose(&prose, &Hints::default()).mentions.into_iter().map(|mention| mention.person).collect()
}

#[test]
fn a_headline_gives_nobody_a_fuller_name() {
    let persons = persons_under("Mayor Ana Ruiz Backs Pier", "“Yes,” said Ana Ruiz. Ruiz left.");
    assert_eq!(persons.last(), Some(&Some("Ana Ruiz".to_owned())), "{persons:?}");
    assert!(persons.iter().flatten().all(|person| person == "Ana Ruiz"), "{persons:?}");
    // Whom only the headline names in full is known by that name.
    let persons = persons_under("Ana Ruiz backs the pier", "Ruiz left.");
    assert!(persons.iter().flatten().all(|person| person == "Ana Ruiz"), "{persons:?}");
    assert!(!persons.is_empty());
}

#[test]
fn whoever_speaks_under_a_name_in_no_list_is_a_person() {
    assert_eq!(shown("Brida Quennell told the crowd so. Quennell left."), ["Brida Quennell", "Quennell"]);
    assert_eq!(shown("The Skarrow Packet reported it. Skarrow News said so."), [""; 0]);
}

/// “name: title | title”, with `<` for a title after the name and `~` for an era.
fn shown(text: &str) -> Vec<String> {
    facts(text)
        .mentions
        .iter()
        .map(|mention| {
            let titles: Vec<String> = mention
                .titles
                .iter()
                .map(|title| match title.position {
                    TitlePosition::Before => title.text.clone(),
                    TitlePosition::After => format!("<{}", title.text),
                    TitlePosition::Era => format!("~{}", title.text),
                })
                .collect();
            if titles.is_empty() {
                mention.name.clone()
            } else {
                format!("{}: {}", mention.name, titles.join(" | "))
            }
        })
        .collect()
}

#[test]
fn titles_before_and_after() {
    for (text, expected) in [
        ("Marlandish President Ilka Vordenau spoke.", vec!["Ilka Vordenau: Marlandish President"]),
        ("U.S. Secretary of State Anna Peridew spoke.", vec!["Anna Peridew: U.S. Secretary of State"]),
        ("The French defence minister, Anna Peridew, left.", vec!["Anna Peridew: French defence minister"]),
        ("They met foreign minister Anna Peridew there.", vec!["Anna Peridew: foreign minister"]),
        ("Anna Peridew, the mayor of Port Avel, left.", vec!["Anna Peridew: <mayor of Port Avel"]),
        (
            "Anna Peridew, president of the Center for Tidal Studies in Oster, called it late.",
            vec!["Anna Peridew: <president of the Center for Tidal Studies in Oster"],
        ),
        ("Anna Peridew, 43, a teacher, left.", vec!["Anna Peridew: <a teacher"]),
        ("In 2015 then-Sen. Anna Peridew left.", vec!["Anna Peridew: then-Sen."]),
        ("They praised former Gov. Anna Peridew.", vec!["Anna Peridew: former Gov."]),
        ("Mrs. Anna Peridew left.", vec!["Anna Peridew"]),
        ("Anna Peridew, analysts said, has left.", vec!["Anna Peridew"]),
        ("They overtake Mr. Tom Bell.", vec!["Tom Bell"]),
        ("It pits rivals against a friend of Mrs. Anna Peridew.", vec!["Anna Peridew"]),
        ("They pester President Anna Peridew daily.", vec!["Anna Peridew: President"]),
        ("A remark President Anna Peridew made was odd.", vec!["Anna Peridew: President"]),
        (
            "They met longtime Marlandish tide minister Anna Peridew.",
            vec!["Anna Peridew: longtime Marlandish tide minister"],
        ),
        ("With Mayor Anna Peridew gone, all is well.", vec!["Anna Peridew: Mayor"]),
        ("US Mayor Anna Peridew left.", vec!["Anna Peridew: US Mayor"]),
        (
            "Anna Peridew, Mayor Tom Bell and Carl Voss left.",
            vec!["Anna Peridew", "Tom Bell: Mayor", "Carl Voss"],
        ),
        ("Anna Peridew, who was mayor, left.", vec!["Anna Peridew"]),
        ("Anna Peridew said the mayor, a friend, had left.", vec!["Anna Peridew"]),
        ("Vordenau's chief of staff Anna Peridew left.", vec!["Anna Peridew: Vordenau's chief of staff"]),
        (
            "Vordenau's envoy to Oster and Avel, retired Gen. Anna Peridew, left.",
            vec!["Anna Peridew: retired Gen. | Vordenau's envoy to Oster and Avel"],
        ),
        (
            "Anna Peridew, President Tom Vell's envoy to Oster, left.",
            vec!["Anna Peridew: <President Tom Vell's envoy to Oster", "Tom Vell: President"],
        ),
        ("He is now chairman of Anna Peridew's guild.", vec!["Anna Peridew"]),
        ("Mayor Anna Peridew Wins More Votes Than Expected Today", vec![]),
        ("The port is closed.", vec![]),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn a_title_behind_an_owner_is_not_the_owners() {
    for (text, expected) in [
        (
            "President Tom Vell’s chief of staff, Ana Ruiz, said so.",
            vec!["Tom Vell: President", "Ana Ruiz: President Tom Vell’s chief of staff"],
        ),
        (
            "President Tom Vell's chief of staff Ana Ruiz said so.",
            vec!["Tom Vell: President", "Ana Ruiz: President Tom Vell's chief of staff"],
        ),
        (
            "Bo Tarn, Mayor Ana Ruiz's envoy, left.",
            vec!["Bo Tarn: <Mayor Ana Ruiz's envoy", "Ana Ruiz: Mayor"],
        ),
        ("The president's chief of staff, Ana Ruiz, left.", vec!["Ana Ruiz: president's chief of staff"]),
        (
            "Governor Hanna Torn's spokesman, Abel Foss, said no.",
            vec!["Hanna Torn: Governor", "Abel Foss: Governor Hanna Torn's spokesman"],
        ),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
    // Only the owner is of the past.
    let facts = facts("Former President Tom Vell's chief of staff, Ana Ruiz, left.");
    let qualifiers: Vec<&str> = facts.mentions.iter().map(|it| it.titles[0].qualifier.as_str()).collect();
    assert_eq!(qualifiers, ["Former", ""]);
}

/// “name=person”, with `“` where the name stands inside a quotation.
fn meant(text: &str) -> Vec<String> {
    let of = |mention: Mention| {
        let mark = if mention.quoted { "“" } else { "" };
        format!("{mark}{}={}", mention.name, mention.person.unwrap_or_default())
    };
    facts(text).mentions.into_iter().map(of).collect()
}

#[test]
fn names_inside_quotations_are_mentions_too() {
    assert_eq!(
        meant("“I told Mayor Ana Ruiz, and Ruiz and Tom Bell agreed,” said Ana Maria Ruiz."),
        [
            "“Ana Ruiz=Ana Maria Ruiz",
            "“Ruiz=Ana Maria Ruiz",
            "“Tom Bell=Tom Bell",
            "Ana Maria Ruiz=Ana Maria Ruiz"
        ]
    );
    // A title of a work is spelled as its author spelled it.
    assert_eq!(meant("Ana Ruiz wrote the book “The Trial of Tom Bell”."), ["Ana Ruiz=Ana Ruiz"]);
}

#[test]
fn a_father_and_a_son_are_two() {
    assert_eq!(
        meant("Abel Torn Jr. left. His father, Abel Torn, stayed. “No,” Torn said."),
        ["Abel Torn Jr.=Abel Torn Jr.", "Abel Torn=Abel Torn", "Torn=Abel Torn"]
    );
    assert_eq!(
        meant("Abel Torn Jr. left. Torn came back."),
        ["Abel Torn Jr.=Abel Torn Jr.", "Torn=Abel Torn Jr."]
    );
    let names = meant("George W. Torn left. George H.W. Torn stayed. George Torn slept.");
    assert_eq!(names[..2], ["George W. Torn=George W. Torn", "George H.W. Torn=George H.W. Torn"]);
}

#[test]
fn a_slip_in_a_family_name_hides_nobody() {
    let text = "Mayor Ana Gonzales left. Gonzales came back. Later Gonzalez slept.";
    assert_eq!(meant(text).last().map(String::as_str), Some("Gonzalez=Ana Gonzales"));
    for (text, last) in [
        // Somebody else bears it; a plural; a place; the wrong one as often as the right one.
        ("Mayor Ana Gonzales left. Gonzales met Tom Gonzalez. Gonzalez slept.", "Gonzalez=Tom Gonzalez"),
        ("Mayor Ana Kaneda left. Kaneda said so. The Kanedas slept.", "Kaneda=Ana Kaneda"),
        ("Mayor Ana Bolton left. Bolton flew to Boston.", "Bolton=Ana Bolton"),
        ("Mayor Ana Gonzales left. Gonzalez slept.", "Ana Gonzales=Ana Gonzales"),
    ] {
        assert_eq!(meant(text).last().map(String::as_str), Some(last), "{text}");
    }
}

#[test]
fn a_role_of_several_is_no_title_of_one() {
    assert_eq!(shown("Harbour News writers Ana Ruiz and Tom Bell contributed."), ["Ana Ruiz", "Tom Bell"]);
    assert_eq!(shown("Peridew hosts Ana Ruiz and top officials."), ["Ana Ruiz"]);
    assert_eq!(shown("Harbour News writer Ana Ruiz contributed."), ["Ana Ruiz: Harbour News writer"]);
}

#[test]
fn eras() {
    assert_eq!(shown("The Vordenau administration appears firm."), ["Vordenau: ~administration"]);
    assert_eq!(
        shown("Anna Peridew spoke. Peridew’s government is firm."),
        ["Anna Peridew", "Peridew: ~government"]
    );
}

#[test]
fn the_clause_says_what_time_it_speaks_of() {
    let first = |text: &str| facts(text).mentions.into_iter().next().unwrap_or_default();
    assert_eq!(first("Anna Peridew says no.").tense, MentionTense::Present);
    assert_eq!(first("Anna Peridew, who left early, is gone.").tense, MentionTense::Present);
    assert_eq!(first("Anna Peridew said no.").tense, MentionTense::Past);
    assert_eq!(first("Anna Peridew had signed it.").tense, MentionTense::PastPerfect);
    assert_eq!(first("Anna Peridew would sign it.").tense, MentionTense::Modal);
    assert_eq!(first("He had represented Mayor Anna Peridew, and has left.").tense, MentionTense::Unknown);
    assert_eq!(first("Now and then Mayor Anna Peridew says no.").tense, MentionTense::Present);
    assert!(first("A President Anna Peridew would sign it.").imagined);
    assert!(first("If Mayor Anna Peridew signs, all is well.").imagined);
    assert!(!first("Mayor Anna Peridew signs.").imagined);
    assert!(first("Anna Peridew, mayor during the flood, left.").retrospect);
    let peridew = &facts("Anna Peridew left. Later Peridew's aides left.").mentions[1];
    assert_eq!((peridew.person.as_deref(), peridew.possessive), (Some("Anna Peridew"), true));
}
