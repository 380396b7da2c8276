//! Who speaks in an exchange: invented pages of fiction and of news, with the speaker of every quotation.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use sayso::facts::{self, Hints, TextKind};
use sayso::source::{Document, Format, Text};

/// The speakers of a draft's quotations, “–” for nobody.
fn speakers(draft: &str, kind: Option<TextKind>) -> Vec<String> {
    let document = Document::new("draft.txt", Format::Plain, Text::new(draft.to_owned()));
    let facts = facts::read(&document, &Hints { kind, ..Hints::default() });
    let name = |quotation: &facts::Quotation| {
        let speaker = quotation.attribution.as_ref().and_then(|attribution| attribution.speaker.as_ref());
        speaker.map_or_else(|| "–".to_owned(), |speaker| speaker.name.clone())
    };
    facts.quotations.iter().map(name).collect()
}

/// A page that its own paragraphs show to be fiction.
const PAGE: &str = "Ines Calloway stood on the quay with Wilf Okafor.

“Is it far?” asked Ines.

“A mile,” said Wilf Okafor. “A mile and a bit.”

“A mile!”

“You wanted to see it.”

“I did not want to walk there in the rain!”

“Then stay here,” said Wilf.
";

#[test]
fn an_exchange_is_told_from_its_own_paragraphs() {
    let found = speakers(PAGE, None);
    assert_eq!(found[0], "Ines Calloway");
    assert_eq!(found[1..3], ["Wilf Okafor", "Wilf Okafor"]);
    assert_eq!(found[3..6], ["Ines Calloway", "Wilf Okafor", "Ines Calloway"]);
    assert_eq!(found[6], "Wilf Okafor");
}

#[test]
fn news_goes_on_with_whoever_spoke() {
    let draft =
        "“The pier is closed,” Ines Calloway said.\n\n“It will stay closed until the beams are replaced.”\n";
    assert_eq!(speakers(draft, None), ["Ines Calloway", "Ines Calloway"]);
    // The house may know better.
    assert_eq!(speakers(draft, Some(TextKind::Fiction)), ["Ines Calloway", "–"]);
}

#[test]
fn statements_in_a_row_are_no_novel() {
    let draft = "Ines Calloway, the harbour engineer, spoke on Monday.

“The pier is closed,” Calloway said.

“The beams have rotted through,” she said.

“Nobody saw it from above,” she said.

“It will stay closed until spring,” she said.

“The board has the money,” she said.

“The work begins in May.”
";
    assert!(speakers(draft, None).iter().all(|speaker| speaker == "Ines Calloway"));
}

#[test]
fn a_pronoun_is_not_the_one_who_has_just_spoken() {
    let draft = "Tom Dunmore and Wilf Okafor mended the net.

“It leaks,” said Tom Dunmore.

“Nets do,” said Wilf Okafor.

“Not like this,” he said.
";
    assert_eq!(speakers(draft, Some(TextKind::Fiction))[2], "Tom Dunmore");
}

#[test]
fn of_three_men_a_pronoun_tells_none() {
    let draft = "Tom Dunmore, Wilf Okafor and Peter Lund mended the net.

“It leaks,” he said.
";
    assert_eq!(speakers(draft, Some(TextKind::Fiction)), ["–"]);
}

#[test]
fn an_honorific_is_part_of_who_somebody_is() {
    let draft = "Mrs. Dunmore sat with her daughter Edda Dunmore.

“It is late,” said Mrs. Dunmore.

“It is not,” said Edda.

“Late enough,” said Mr. Dunmore.
";
    let found = speakers(draft, Some(TextKind::Fiction));
    assert_eq!((found[0].as_str(), found[2].as_str()), ("Mrs. Dunmore", "Mr. Dunmore"));
}

#[test]
fn the_word_that_opens_a_sentence_is_no_name() {
    for (draft, name) in [
        ("So Matthew laughed. “I knew it,” said Matthew.", "Matthew"),
        ("Suddenly Brenda turned. “Who is there?” asked Brenda.", "Brenda"),
        ("In Martin there was no malice. “Let it be,” said Martin.", "Martin"),
    ] {
        let found = speakers(draft, Some(TextKind::Fiction));
        assert_eq!(found.last().unwrap(), name, "{draft}");
    }
}

#[test]
fn the_girl_and_i_are_left_undecided_in_fiction() {
    let draft = "“Come in,” said the girl.\n\n“I will not,” I said.\n";
    assert_eq!(speakers(draft, Some(TextKind::Fiction)), ["–", "–"]);
}

#[test]
fn figures_tell_a_feature_full_of_dialogue_from_a_story() {
    let feature = PAGE.replace(
        "Ines Calloway stood on the quay with Wilf Okafor.",
        "Ines Calloway, 47, stood on the quay with Wilf Okafor, 52, at 6:30 on June 3.",
    );
    let found = speakers(&feature, None);
    // In news nobody's turn is told from the turns around it.
    assert_ne!(found[3..6], ["Ines Calloway", "Wilf Okafor", "Ines Calloway"]);
    assert_eq!(
        speakers(&feature, Some(TextKind::Fiction))[3..6],
        ["Ines Calloway", "Wilf Okafor", "Ines Calloway"]
    );
}

#[test]
fn a_turn_whose_count_does_not_come_out_is_nobodys() {
    let draft = "Tom Dunmore and Edda Lund mended the net.

“It leaks,” said Tom Dunmore.

“Where?”

“By the mast.”

“I see it,” said Tom Dunmore.
";
    let found = speakers(draft, Some(TextKind::Fiction));
    assert_eq!(found[1..3], ["–", "–"]);
}

#[test]
fn who_is_addressed_does_not_speak() {
    let draft = "Tom Dunmore and Edda Lund mended the net.

“It leaks,” said Tom Dunmore.

“Where?” asked Edda Lund.

“Look there, Tom.”
";
    // By turns it would be Tom's, who is addressed in it.
    assert_eq!(speakers(draft, Some(TextKind::Fiction))[2], "–");
}

#[test]
fn the_pronouns_of_the_text_tell_a_gender_that_no_list_has() {
    let draft =
        "Quell took off her hat. Orrin hung up his coat. Quell shook her head. Orrin rubbed his hands.

“It is cold,” said Quell.

“It is,” said Orrin.

Quell lit the lamp, and Orrin sat down.

“There,” she said.
";
    assert_eq!(speakers(draft, Some(TextKind::Fiction))[2], "Quell");
}

#[test]
fn what_the_text_calls_somebody_throughout_stands_for_them() {
    let draft = "“Who is there?” said the beadle.\n\n“Open,” said the beadle.\n\n“At once,” said the beadle.\n\n“Never,” said the girl.\n";
    assert_eq!(speakers(draft, Some(TextKind::Fiction)), ["beadle", "beadle", "beadle", "–"]);
}

/// A page whose narrator others call by name.
const TOLD_BY_I: &str = "I found Wilf Okafor on the quay.

“Is it far?” I asked.

“A mile, Quennell,” said Wilf Okafor.

“A mile!” I said.

“You know, my dear Quennell, that I cannot walk in the rain,” said Wilf Okafor.

“Then stay here,” I answered.

“Good night, Quennell!” said Wilf Okafor.
";

#[test]
fn a_narrator_is_called_by_the_name_that_others_use() {
    let found = speakers(TOLD_BY_I, Some(TextKind::Fiction));
    assert_eq!(found, ["Quennell", "Wilf Okafor", "Quennell", "Wilf Okafor", "Quennell", "Wilf Okafor"]);
    // Two calls may be anybody's.
    let twice = TOLD_BY_I.replace("“Good night, Quennell!”", "“Good night!”");
    assert_eq!(speakers(&twice, Some(TextKind::Fiction))[0], "–");
    // Whoever speaks by that name is not the one who tells the story.
    let other = format!("{TOLD_BY_I}\n“I am here too,” said Quennell.\n");
    assert_eq!(speakers(&other, Some(TextKind::Fiction))[0], "–");
}

#[test]
fn a_pronoun_after_the_writers_paragraph_is_the_one_whom_it_is_about() {
    let scene = "Ines Calloway and Edda Dunmore were in the shop with Wilf Okafor.";
    for (paragraph, speaker) in [
        ("Ines looked at the boats.", "Ines Calloway"),
        ("At last, Edda looked at the boats with Wilf.", "Edda Dunmore"),
        ("Ines looked at Edda.", "–"),
        ("The boats lay beside Ines.", "–"),
        ("Wilf Okafor looked at the boats.", "–"),
    ] {
        let draft = format!("{scene}\n\n{paragraph}\n\n“They are late,” she said.\n");
        assert_eq!(speakers(&draft, Some(TextKind::Fiction)), [speaker], "{paragraph}");
    }
}

#[test]
fn in_company_no_turn_is_counted() {
    let two = "“It is far,” said Ines Calloway.

“A mile,” said Wilf Okafor.

“A mile!”
";
    assert_eq!(speakers(two, Some(TextKind::Fiction))[2], "Ines Calloway");
    let three = format!("“Is it cold?” said Peter Lund.\n\n{two}");
    assert_eq!(speakers(&three, Some(TextKind::Fiction))[3], "–");
}

#[test]
fn a_pronoun_beside_a_turn_speaks_against_its_speaker() {
    let draft = |beside: &str| {
        format!(
            "“It is far,” said Ines Calloway.\n\n“A mile,” said Wilf Okafor.\n\n“A mile!” {beside} a hand.\n"
        )
    };
    assert_eq!(speakers(&draft("She raised"), Some(TextKind::Fiction))[2], "Ines Calloway");
    assert_eq!(speakers(&draft("He raised"), Some(TextKind::Fiction))[2], "–");
}

#[test]
fn holt_and_mr_holt_are_one_where_there_is_no_other() {
    let draft = "Mr. Holt mended the net.

“It leaks,” said Holt.

“Nets do,” said Ines Calloway.

“Not like this,” he said.
";
    assert_eq!(speakers(draft, Some(TextKind::Fiction))[2], "Mr. Holt");
}

/// A scene in which the last turn is that of the first speaker, if the two are told apart.
fn answered(first: &str, second: &str) -> String {
    format!("“It is late,” said {first}.\n\n“Is it?” asked {second}.\n\n“We must go.”\n")
}

#[test]
fn a_family_name_alone_is_the_one_mans_of_the_family() {
    let family = "Edmund Vell came in with his sister Ines Vell and with Mrs. Vell. Lund was there.";
    let draft = format!("{family}\n\n{}", answered("Vell", "Lund"));
    assert_eq!(speakers(&draft, Some(TextKind::Fiction))[2], "Edmund Vell");
    // Of two brothers it may be either, and stands for itself.
    let brothers = draft.replace("his sister Ines", "his brother Arthur");
    assert_eq!(speakers(&brothers, Some(TextKind::Fiction))[2], "Vell");
}

#[test]
fn a_short_form_is_the_name_of_the_one_whom_it_fits() {
    let called = "Elizabeth Lund sat by the fire. Elizabeth had not heard Okafor.\n\n“Are you cold, Lizzie?” asked Okafor.\n\n“A little.”\n";
    assert_eq!(speakers(called, Some(TextKind::Fiction))[1], "Elizabeth Lund");
    let two = called
        .replace("Okafor.\n\n", "Okafor. Eliza Pell had.\n\n")
        .replace("Elizabeth had", "Elizabeth Pell had");
    assert_ne!(speakers(&two, Some(TextKind::Fiction))[1], "Elizabeth Lund");
}
