//! RTF as programs write it, and as nobody should.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use super::super::super::prose::BlockKind;
use super::*;

fn text(rtf: &str) -> String {
    read(rtf.as_bytes(), TrackedChanges::Accepted).unwrap().text
}

fn body(rtf: &str) -> String {
    text(&format!("{{\\rtf1\\ansi\\ansicpg1252 {rtf}}}"))
}

fn kinds(rtf: &str) -> Vec<(BlockKind, String)> {
    let extract = read(rtf.as_bytes(), TrackedChanges::Accepted).unwrap();
    let prose = extract.layout.prose(&extract.text);
    prose.blocks.iter().map(|block| (block.kind, block.span.of(&prose.text).to_owned())).collect()
}

#[test]
fn words_marks_and_letters() {
    for (rtf, expected) in [
        ("One.\\par Two.", "One.\nTwo.\n"),
        ("\\pard\\plain {\\b Bo}ld\\par", "Bold\n"),
        // Four ways to write marks.
        ("\\'93We will,\\'94 she said.", "“We will,” she said.\n"),
        ("\\ldblquote We will,\\rdblquote  she said.", "“We will,” she said.\n"),
        ("\\u8220?We will,\\u8221? she said.", "“We will,” she said.\n"),
        ("\\uc1\\u8220\\'93We will,\\u8221\\'94 she said.", "“We will,” she said.\n"),
        ("\\uc0\\u8220 We will,\\u8221  she said.", "“We will,” she said.\n"),
        ("\\uc2\\u8220\\'81\\'67We {\\uc0\\u233 t\\u233 }\\u8221\\'81\\'68.", "“We été”.\n"),
        ("a\\emdash b\\endash c\\~d\\_e\\-f\\line g", "a—b–c\u{a0}d-ef\ng\n"),
        ("caf\\'e9 \\u-10179?\\u-8640?", "café 🙀\n"),
        ("a\\{b\\}c\\\\d", "a{b}c\\d\n"),
        // TextEdit ends paragraphs so.
        ("One.\\\nTwo.\\\n", "One.\nTwo.\n"),
        // Words that the file breaks into lines.
        ("On\r\ne.", "One.\n"),
    ] {
        assert_eq!(body(rtf), expected, "{rtf}");
    }
}

#[test]
fn what_is_no_text_is_left_out() {
    for (rtf, expected) in [
        ("{\\fonttbl{\\f0\\fswiss Helvetica;}}{\\colortbl;\\red0\\green0\\blue0;}Text", "Text\n"),
        ("{\\*\\generator Word 16;}{\\*\\unknown {\\b deep}}Text", "Text\n"),
        ("{\\header Page \\chpgn\\par}{\\footer foot\\par}Text", "Text\n"),
        ("{\\field{\\*\\fldinst HYPERLINK \"x\"}{\\fldrslt She}} said", "She said\n"),
        ("{\\pict\\pngblip 89504e47}Text{\\*\\shppict{\\pict\\bin4 }}}}}}", "Text\n"),
        ("She{\\v hidden} said{\\*\\atnid x}{\\*\\annotation check}", "She said\n"),
        ("{\\upr{She?}{\\*\\ud{She\\u8217 ?}}} said", "She’ said\n"),
    ] {
        assert_eq!(body(rtf), expected, "{rtf}");
    }
}

#[test]
fn notes_follow_the_text_and_boxes_their_paragraph() {
    let rtf = "She said{\\super\\chftn{\\footnote\\pard\\plain \\chftn By phone.}} so.\\par \
               {\\shp{\\*\\shpinst\\shpleft1{\\sp{\\sn wzName}{\\sv Box}}{\\shptxt \\pard In a box.\\par Second.\\par}}}\
               Here.\\par End.\\par";
    assert_eq!(body(rtf), "She said so.\nHere.\nIn a box.\nSecond.\nEnd.\nBy phone.\n");
}

#[test]
fn encodings_of_the_file_and_of_fonts() {
    let fonts = "{\\fonttbl{\\f0 Arial;}{\\f1\\fcharset238 Arial CE;}{\\f2\\fcharset128 Mincho;}{\\f3\\fcharset204 Arial Cyr;}}";
    for (rtf, expected) in [
        ("\\f1 \\'e8e\\'9a\\f0 \\'e8", "češè\n"),
        ("{\\f2 \\'93\\'fa\\'96\\'7b}", "日本\n"),
        ("\\f3 \\'c4\\'e0", "Да\n"),
    ] {
        assert_eq!(body(&format!("{fonts}{rtf}")), expected, "{rtf}");
    }
    assert_eq!(text("{\\rtf1\\mac \\'d2We\\'d3}"), "“We”\n");
    assert_eq!(text("{\\rtf1\\ansi\\ansicpg1251 \\'c4\\'e0}"), "Да\n");
    // The letters of old terminals are not guessed.
    assert_eq!(text("{\\rtf1\\pc caf\\'82}"), "caf\u{fffd}\n");
}

#[test]
fn kinds_of_paragraphs() {
    let rtf = "{\\rtf1{\\stylesheet{\\s0 Normal;}{\\s1\\sbasedon0 heading 1;}{\\s2\\sbasedon3 House intro;}{\\s3 Quote;}\
               {\\*\\cs4 Strong;}}\\pard\\s1 Pier shut\\par\\pard\\s2 It is said.\\par\\pard\\s0 Running text.\\par\
               \\pard{\\listtext\\'b7\\tab}\\ls1 One item\\par\\pard\\intbl A cell\\cell\\row\\pard End.\\par}";
    use BlockKind::{BlockQuote, Cell, Heading, ListItem, Paragraph};
    let expected = [
        (Heading, "Pier shut"),
        (BlockQuote, "It is said."),
        (Paragraph, "Running text."),
        (ListItem, "One item"),
        (Cell, "A cell"),
        (Paragraph, "End."),
    ];
    assert_eq!(kinds(rtf), expected.map(|(kind, words)| (kind, words.to_owned())));
}

/// Without a style, indents on both sides set a quotation off. One on the left is a paragraph's first shape in many drafts.
#[test]
fn indents_set_a_quotation_off() {
    use BlockKind::{BlockQuote, Cell, ListItem, Paragraph};
    for (before, kind) in [
        ("\\li720\\ri720", BlockQuote),
        ("\\li864\\ri864\\lin864\\rin864", BlockQuote),
        ("\\li360\\ri360\\fi0", BlockQuote),
        ("\\li720", Paragraph),
        ("\\li720\\ri0", Paragraph),
        ("\\ri720", Paragraph),
        ("\\li200\\ri200", Paragraph),
        ("\\li720\\ri720\\ls1", ListItem),
        ("\\li720\\ri720\\intbl", Cell),
        ("\\li720\\ri720\\pard", Paragraph),
    ] {
        let rtf = format!("{{\\rtf1\\ansi Before.\\par\\pard{before} It is said.\\par\\pard After.\\par}}");
        assert_eq!(kinds(&rtf)[1], (kind, "It is said.".to_owned()), "{before}");
    }
}

#[test]
fn tracked_changes_both_ways() {
    let rtf = "{\\rtf1 We will {\\deleted\\revauthdel1 not }{\\revised\\revauth1 never }pay.\\par One.{\\deleted \\par }Two.}";
    let read = |changes| read(rtf.as_bytes(), changes).unwrap().text;
    assert_eq!(read(TrackedChanges::Accepted), "We will never pay.\nOne.Two.\n");
    assert_eq!(read(TrackedChanges::Rejected), "We will not pay.\nOne.\nTwo.\n");
}

#[test]
fn what_a_file_says_about_itself() {
    let rtf = "{\\rtf1{\\info{\\title Pier}{\\author Ana Ruiz}{\\operator Bo}{\\creatim\\yr2020\\mo1\\dy1}{\\revtim\\yr2026\\mo6\\dy12\\hr9}}Text}";
    let about = read(rtf.as_bytes(), TrackedChanges::Accepted).unwrap().about;
    assert_eq!(about.title.unwrap().0, "Pier");
    assert_eq!((about.author.as_deref(), about.changed.as_deref()), (Some("Ana Ruiz"), Some("2026-06-12")));
}

#[test]
fn what_is_no_rtf_or_damaged_is_refused() {
    let fault = |bytes: &[u8]| read(bytes, TrackedChanges::Accepted).unwrap_err();
    assert_eq!(fault(b"Pier"), ContainerFault::NoArchive);
    assert_eq!(fault(b"{\\rtf1 {Pier}"), ContainerFault::Broken);
    assert_eq!(fault(&[b"{\\rtf1 ".as_slice(), &b"{".repeat(20_000)].concat()), ContainerFault::Broken);
    let long = [b"{\\rtf1 ".as_slice(), &b"word ".repeat(MOST_TEXT / 5 + 1), b"}"].concat();
    assert_eq!(fault(&long), ContainerFault::TooLarge);
    // What stands behind the last brace is not read.
    assert_eq!(text("{\\rtf1 Pier}\0\0{{{"), "Pier\n");
}

mod any_bytes {
    use proptest::prelude::*;

    use super::super::*;

    fn piece() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec![
            "{",
            "}",
            "\\",
            "\\par",
            "\\u-8220",
            "\\uc9",
            "\\'9",
            "\\'93",
            "\\bin99",
            "\\bin-1",
            "\\*",
            "\\footnote",
            "\\shptxt",
            "\\shpinst",
            "\\stylesheet",
            "\\s1",
            "\\fonttbl",
            "\\f999999999999",
            "\\deleted",
            "\\info",
            "\\title",
            "\\revtim",
            "\\yr-3",
            "é“",
            " ",
            "\r\n",
            "x",
            "\\upr",
            "\\ud",
        ])
    }

    proptest! {
        /// Whatever stands in a file, it is read or refused.
        #[test]
        fn are_read_or_refused(pieces in prop::collection::vec(piece(), 0..60)) {
            let rtf = format!("{{\\rtf1 {}", pieces.concat());
            for changes in [TrackedChanges::Accepted, TrackedChanges::Rejected] {
                let _ = read(rtf.as_bytes(), changes);
            }
        }
    }
}
