//! The grammar in tables: noun phrases, verbs, subjects and sentences of invented copy.

use super::noun_phrase::{HeadKind, backward, forward};
use super::sentence::{self, QuotationShape};
use super::subject;
use super::view::{TokenView, Verb, Voice};
use crate::lexicon::Language;
use crate::source::{Block, BlockKind, ProseSpan};
use crate::syntax::token::Token;
use crate::syntax::{Extent, Parse, TokenId};

/// A text that is one paragraph.
fn paragraph(text: &str) -> [Block; 1] {
    [Block { kind: BlockKind::Paragraph, span: ProseSpan::new(0, text.len() as u32) }]
}

/// One paragraph as the grammar sees it.
fn read(text: &str) -> Vec<Token> {
    let blocks = paragraph(text);
    Parse::of_blocks(text, &blocks, Language::english(), Extent::Everything).tokens().to_vec()
}

/// A row without its brackets and angles, and what stands between each of them.
fn marked(row: &str) -> (String, Option<ProseSpan>, Option<ProseSpan>) {
    let mut text = String::new();
    let (mut square, mut angle, mut open) = (None, None, 0);
    for c in row.chars() {
        let at = text.len() as u32;
        match c {
            '[' | '<' => open = at,
            ']' => square = Some(ProseSpan::new(open, at)),
            '>' => angle = Some(ProseSpan::new(open, at)),
            c => text.push(c),
        }
    }
    (text, square, angle)
}

/// The verb at `at`, read alone.
fn verb(text: &str, tokens: &[Token], at: usize) -> Option<Verb> {
    super::verb::verb_at(TokenView::without_verbs(text, tokens, Language::english()), at)
}

/// The token that begins at a byte.
fn token_at(tokens: &[Token], byte: u32) -> usize {
    tokens.partition_point(|token| token.span.start < byte)
}

#[test]
fn noun_phrases_from_left_to_right() {
    for (row, head_kind) in [
        ("[Ines Calloway] said", HeadKind::Name),
        ("[Dr. Petra Vane] said", HeadKind::Name),
        ("[Mr. Okafor] said", HeadKind::Name),
        ("[Harbour master Ines Calloway] said", HeadKind::Name),
        ("[Ana de la Cruz] said", HeadKind::Name),
        ("[Tobi Okafor Jr.] said", HeadKind::Name),
        ("[the chairman] said", HeadKind::Person),
        ("[a senior port official] said", HeadKind::Person),
        ("[a spokesman for the harbour board] said", HeadKind::Person),
        ("[the board's spokesman] said", HeadKind::Person),
        ("[Calloway's lawyer] said", HeadKind::Person),
        ("[one of two witnesses] said", HeadKind::Person),
        ("[some] said", HeadKind::Person),
        ("[the ministry] said", HeadKind::Body),
        ("[the harbour board] on Monday", HeadKind::Body),
        ("[the report] said", HeadKind::Document),
        ("[a statement from the ministry] said", HeadKind::Document),
        ("[she] said", HeadKind::Pronoun),
        ("[he himself] said", HeadKind::Pronoun),
        ("[the pier] fell", HeadKind::Other),
    ] {
        let (text, wanted, _) = marked(row);
        let tokens = read(&text);
        let found = forward(&tokens, 0);
        let span = found.map(|phrase| sentence::span(&tokens, phrase.start, phrase.end));
        assert_eq!(span, wanted, "{row}: {:?}", span.map(|span| span.of(&text)));
        assert_eq!(found.map(|phrase| phrase.head_kind), Some(head_kind), "{row}");
    }
}

#[test]
fn no_noun_phrase_begins_with_what_is_none() {
    for text in ["of the board", "and Calloway", "said Calloway", "was late", ", late", "if Calloway"] {
        let tokens = read(text);
        assert_eq!(forward(&tokens, 0), None, "{text}");
    }
}

#[test]
fn noun_phrases_from_right_to_left() {
    for (row, head_kind) in [
        ("yesterday [Ines Calloway]< said>", HeadKind::Name),
        ("at the rally [Calloway]< said>", HeadKind::Name),
        ("On Monday [Calloway]< said>", HeadKind::Name),
        ("Then [Calloway]< said>", HeadKind::Name),
        ("after the vote [the port official]< said>", HeadKind::Person),
        ("late, [a spokesman for the harbour board]< said>", HeadKind::Person),
        ("late, [the board's chairman]< said>", HeadKind::Person),
        ("late, [the ministry]< said>", HeadKind::Body),
        ("late, [the letter]< said>", HeadKind::Document),
        ("and [she]< said>", HeadKind::Pronoun),
    ] {
        let (text, wanted, before) = marked(row);
        let tokens = read(&text);
        let end = token_at(&tokens, before.map_or(0, |span| span.start));
        let found = backward(&tokens, 0, end);
        let span = found.map(|phrase| sentence::span(&tokens, phrase.start, phrase.end));
        assert_eq!(span, wanted, "{row}: {:?}", span.map(|span| span.of(&text)));
        assert_eq!(found.map(|phrase| phrase.head_kind), Some(head_kind), "{row}");
    }
    let tokens = read("said Calloway");
    assert_eq!(backward(&tokens, 1, 1), None, "nothing between floor and end");
    assert_eq!(backward(&tokens, 0, 0), None);
}

#[test]
fn verbs_and_how_they_stand() {
    for (row, voice, cue) in [
        ("Calloway <said> so.", Voice::Active, true),
        ("Calloway has <said> so.", Voice::Active, true),
        ("Calloway was <saying> so.", Voice::Active, true),
        ("Calloway did not <say> so.", Voice::Active, true),
        ("Calloway <says> so.", Voice::Active, true),
        ("She <claims> nothing.", Voice::Active, true),
        ("Residents <say> so.", Voice::Active, true),
        ("They <argue> about it.", Voice::Active, true),
        ("The pier was <called> a ruin.", Voice::Passive, true),
        ("The pier had been <described> as a ruin.", Voice::Passive, true),
        ("Calloway went on to <say> so.", Voice::Infinitive, true),
        ("Calloway left, <saying> so.", Voice::Gerund, true),
        ("Calloway <walked> home.", Voice::Active, false),
    ] {
        let (text, _, at) = marked(row);
        let tokens = read(&text);
        let at = token_at(&tokens, at.map_or(0, |span| span.start));
        let verb = verb(&text, &tokens, at);
        assert_eq!(verb.map(|verb| (verb.voice, verb.cue)), Some((voice, cue)), "{row}");
    }
}

#[test]
fn words_that_are_no_verbs_where_they_stand() {
    for row in [
        "The <claim> was false.",
        "His <call> was short.",
        "Calloway's <promise> was kept.",
        "The <claims> were false.",
        "He met Mr. <Grumble> there.",
        "It was a matter of <record>.",
        "The <pier> fell.",
        "It fell <,> and sank.",
    ] {
        let (text, _, at) = marked(row);
        let tokens = read(&text);
        let at = token_at(&tokens, at.map_or(0, |span| span.start));
        assert_eq!(verb(&text, &tokens, at), None, "{row}");
    }
}

#[test]
fn auxiliaries_and_adverbs_belong_to_the_verbs_group() {
    for (row, group) in [
        ("Calloway <said> so.", "said"),
        ("Calloway has <said> so.", "has said"),
        ("Calloway has never <said> so.", "has never said"),
        ("Calloway later <said> so.", "later said"),
        ("She went on to <say> so.", "to say"),
    ] {
        let (text, _, at) = marked(row);
        let tokens = read(&text);
        let at = token_at(&tokens, at.map_or(0, |span| span.start));
        let found = verb(&text, &tokens, at)
            .map(|verb| sentence::span(&tokens, verb.first, verb.at + 1).of(&text).to_owned());
        assert_eq!(found.as_deref(), Some(group), "{row}");
    }
}

#[test]
fn subjects_of_verbs() {
    for row in [
        "[Calloway] <said> so.",
        "[Ines Calloway] has <said> so.",
        "[The harbour master] <said> so.",
        "On Monday, [she] <said> so.",
        "[Calloway], the harbour master, <said> so.",
        "[Calloway], who runs the port, <said> so.",
        "[Calloway] (Harbour Party) <said> so.",
        "[Calloway], 47, <said> so.",
        "[Calloway] on Monday <said> so.",
        "[Calloway] last week <said> so.",
        "[Calloway] stood up and <said> so.",
        "[Calloway] left the hall, <saying> so.",
        "[Calloway] went on to <say> so.",
        "[The official] who saw it <said> so.",
        "The plan comes from [Okafor], who <said> so.",
        "[A sign] <saying> so hung there.",
        "The board met, and [Okafor] <said> so.",
    ] {
        let (text, wanted, at) = marked(row);
        let blocks = paragraph(&text);
        let parse = Parse::of_blocks(&text, &blocks, Language::english(), Extent::Everything);
        let view = parse.all();
        let verb = view.verb(token_at(view.tokens, at.map_or(0, |span| span.start)));
        assert!(verb.is_some(), "no verb in {row}");
        let found = verb
            .and_then(|verb| subject::of(view, 0, &verb))
            .map(|phrase| sentence::span(view.tokens, phrase.start, phrase.end));
        assert_eq!(found, wanted, "{row}: {:?}", found.map(|span| span.of(&text)));
    }
}

#[test]
fn sentences_end_where_a_reader_stops() {
    for row in [
        "Calloway left. | Okafor stayed.",
        "Is it gone? | Nobody knew! | Okafor left.",
        "Dr. Vane met Mr. Okafor on Jan. 3.",
        "Ines M. Calloway left at noon.",
        "“The pier is gone,” Calloway said. | “Nobody will build another.” | Okafor left.",
        "“Why?” Okafor asked. | Nobody spoke.",
        "“Why?” he asked.",
        "“It is gone.” | “It is not.”",
        "The “old” pier is gone. | Okafor left.",
        "He paid 3.5 crowns. | Okafor left.",
        "“It is gone …” she said. | Okafor left.",
    ] {
        let wanted: Vec<&str> = row.split(" | ").collect();
        let text = wanted.join(" ");
        let blocks = paragraph(&text);
        let parse = Parse::of_blocks(&text, &blocks, Language::english(), Extent::Everything);
        let tokens = parse.tokens();
        let mut found = Vec::new();
        let mut at = 0;
        // The last token is the end of the block.
        while at + 1 < tokens.len() {
            let around = parse.sentence_around(TokenId::new(at)).indices();
            assert_eq!(around.start, at, "{row}");
            let end = around.end;
            found.push(sentence::span(tokens, at, end.min(tokens.len() - 1)).of(&text));
            at = end;
        }
        assert_eq!(found, wanted);
    }
}

#[test]
fn edges_of_quotations() {
    for (inside, last, capital, words, title) in [
        ("The pier is gone,", ',', true, 4, false),
        ("beyond repair", 'a', false, 2, false),
        ("Why?", '?', true, 1, false),
        ("It is gone …", '…', true, 3, false),
        ("It is gone...", '…', true, 3, false),
        ("It is —", '-', true, 2, false),
        ("[The] pier.", '.', true, 2, false),
        ("The Last Ferry", 'a', true, 3, true),
        ("A House of Salt", 'a', true, 4, true),
        ("The Pier Stays!", '!', true, 3, false),
        ("", 'a', false, 0, false),
    ] {
        let shapes = QuotationShape::of(inside, Language::english());
        assert_eq!(
            (shapes.last, shapes.capital, shapes.words, shapes.title),
            (last, capital, words, title),
            "{inside}"
        );
    }
}
