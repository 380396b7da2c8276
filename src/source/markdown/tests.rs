//! Blocks and places of Markdown.

use proptest::prelude::*;

use super::*;
use crate::source::{Document, Format, ProseSpan};

fn blocks(source: &str) -> Vec<(BlockKind, String)> {
    let text = Text::new(source.to_owned());
    let prose = prose(&text, 0);
    prose.blocks.iter().map(|block| (block.kind, block.span.of(&prose.text).to_owned())).collect()
}

#[track_caller]
fn assert_blocks(source: &str, expected: &[(BlockKind, &str)]) {
    let found = blocks(source);
    let found: Vec<(BlockKind, &str)> = found.iter().map(|(kind, words)| (*kind, words.as_str())).collect();
    assert_eq!(found, expected);
}

#[test]
fn every_kind_of_block() {
    use BlockKind::{BlockQuote, Byline, Caption, Cell, Heading, ListItem, Paragraph};
    assert_blocks(
        "# Ferry *plan* delayed {#top}\n\n\
         *By Ana Ruiz and Bo Lee*\n\n\
         ![Reyes at the quay](quay.jpg \"Quay\")\n\n\
         Mayor Reyes spoke\non Monday.\n\n\
         > “We will build it.”\n>\n> “Soon,” she said.\n\n\
         - first point\n- second\n  point\n\n\
         1. loose item\n\n   its second paragraph\n\n\
         | Who | Said |\n|---|---|\n| Okafor | “No” |\n\n\
         Last word.[^1]\n\n\
         [^1]: The footnote says more.\n\n\
         Subhead\n-------\n\n    code here\n\n```\nmore “code”\n```\n",
        &[
            (Heading, "Ferry plan delayed"),
            (Byline, "By Ana Ruiz and Bo Lee"),
            (Caption, "Reyes at the quay"),
            (Paragraph, "Mayor Reyes spoke\non Monday."),
            (BlockQuote, "“We will build it.”"),
            (BlockQuote, "“Soon,” she said."),
            (ListItem, "first point"),
            (ListItem, "second\npoint"),
            (ListItem, "loose item"),
            (ListItem, "its second paragraph"),
            (Cell, "Who"),
            (Cell, "Said"),
            (Cell, "Okafor"),
            (Cell, "“No”"),
            (Paragraph, "Last word."),
            (Paragraph, "The footnote says more."),
            (Heading, "Subhead"),
        ],
    );
}

#[test]
fn markup_inside_sentences_is_left_out() {
    for (source, prose) in [
        ("“We *will* win,” **Reyes** ~~said~~.", "“We will win,” Reyes said."),
        ("The [mayor’s plan](https://example.org/a_b \"t\") failed.", "The mayor’s plan failed."),
        ("The [plan][p] failed.\n\n[p]: https://example.org", "The plan failed."),
        ("Run `go`, she said.", "Run \u{FFFC}, she said."),
        ("He typed “`exit`” twice.", "He typed “\u{FFFC}” twice."),
        ("See <https://example.org/x>, he said.", "See \u{FFFC}, he said."),
        ("See https://example.org/a_b_c?q=it's, he said.", "See \u{FFFC}, he said."),
        ("(www.example.org/x) and on", "(\u{FFFC}) and on"),
        ("Say &ldquo;yes&rdquo; &amp; go", "Say “yes” & go"),
        ("Say \\\"yes\\\" \\*now\\*", "Say \"yes\" *now*"),
        ("one<br>two <em>three</em>", "one two three"),
        ("one ![alt](x.png) two", "one  two"),
        ("one two ![alt](x.png)", "one two"),
        ("one  \ntwo\\\nthree", "one\ntwo\nthree"),
        ("one<!-- aside --> two", "one two"),
        ("- [x] done deal", "done deal"),
        ("[![alt](a.png)](b) tail", "alt|tail"),
        ("[a ![b d](f) g](h) i", "a  g i"),
        ("x ![b [c](d) e](f) g `h` i", "x  g \u{FFFC} i"),
    ] {
        let found: Vec<String> = blocks(source).into_iter().map(|(_, words)| words).collect();
        assert_eq!(found.join("|"), prose, "{source}");
    }
}

#[test]
fn html_blocks_give_their_words() {
    use BlockKind::Paragraph;
    assert_blocks(
        "<div class=\"x\">\n<p>&ldquo;We <b>will</b>,&rdquo; Reyes said.</p>\n<p>Next.<br/>Line</p>\n<!-- not\nthis -->\n\
         <script>\nvar a = '<p>';\n</script>\n</div>\n\nAfter.\n",
        &[
            (Paragraph, "“We will,” Reyes said."),
            (Paragraph, "Next."),
            (Paragraph, "Line"),
            (Paragraph, "After."),
        ],
    );
}

#[test]
fn places_lead_back_to_the_file() {
    let source = "> *A* &ldquo;b\r\n> c&rdquo; d";
    let text = Text::new(source.to_owned());
    let prose = prose(&text, 0);
    assert_eq!(prose.blocks[0].span.of(&prose.text), "A “b\r\nc” d");
    let at = prose.text.find("“b").unwrap_or_default() as u32;
    assert_eq!(prose.to_text(ProseSpan::new(at, at + 4)).of(source), "&ldquo;b");
    let at = prose.text.find("c”").unwrap_or_default() as u32;
    assert_eq!(prose.to_text(ProseSpan::new(at, at + 6)).of(source), "c&rdquo; d");
}

#[test]
fn directives_are_found_with_their_places() {
    let source = "---\ntitle: x\n---\n<!-- sayso: allow(a-b) as heard -->\nText <!-- aside --> and <!--sayso: allow-file(c)-->.\n\n```\n<!-- sayso: not -->\n```\n\
                  \n<!--\nsayso: allow(d)\n-->\n";
    let document = Document::new("a.md", Format::Markdown, Text::new(source.to_owned()));
    let comments = document.comments();
    let contents: Vec<&str> = comments.iter().map(|comment| comment.content.as_str()).collect();
    assert_eq!(contents, ["sayso: allow(a-b) as heard", "sayso: allow-file(c)", "sayso: allow(d)"]);
    for comment in &comments {
        assert_eq!(comment.inner.of(source), comment.content);
        assert!(comment.span.of(source).starts_with("<!--") && comment.span.of(source).ends_with("-->"));
    }
    assert!(!document.prose().text.contains("sayso:"));
}

/// Bits of Markdown whose mixtures bring out the parser's corners.
fn markdown() -> impl Strategy<Value = String> {
    let bits = prop::sample::select(vec![
        "“We",
        "win,”",
        " ",
        "said\n",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "> ",
        "- ",
        "1. ",
        "# ",
        "*",
        "**",
        "_",
        "`",
        "``",
        "[",
        "](u)",
        "![",
        "&ldquo;",
        "&nGg;",
        "&nGt;",
        "&lt;",
        "&#0;",
        "&",
        ";",
        "\\",
        "\\\"",
        "<b>",
        "</b>",
        "<div>\n",
        "</div>",
        "<!--",
        "-->",
        "<br>",
        "| a | b |\n|--|--|\n",
        "|",
        "    ",
        "\t",
        "https://a.b/c_d",
        "www.a.b",
        "é",
        "👩‍👧",
        "\u{301}",
        "---\n",
        "+++\n",
        "t: v\n",
        "[^1]",
        "[^1]: ",
        "~~",
        "<a@b.c>",
        "<http://x.y>",
        "```\n",
        "\0",
        "\u{FEFF}",
        "\u{2028}",
        "[x]: u\n",
        "{{< a \"b\" >}}",
        "{{",
        "}}",
        "{% c %}",
        "{a=\"b\"}",
        ":::n {t=\"x\"}\n",
        "[[a \"b|c]]",
        "$x'$",
        "$",
        "\\(",
        "\\)",
        "<q>",
        "</q>",
        "<cite>",
        "<A b={c} />",
        "import a from \"b\"\n",
        "{% raw %}",
        "{% endraw %}",
        "=\n",
    ]);
    prop_oneof![
        4 => prop::collection::vec(bits, 0..24).prop_map(|bits| bits.concat()),
        1 => any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]
    #[test]
    fn every_byte_of_every_block_leads_back(source in markdown()) {
        let document = Document::new("a.md", Format::Markdown, Text::new(source.clone()));
        let prose = document.prose();
        let mut end = 0;
        for block in &prose.blocks {
            prop_assert!(block.span.start >= end, "blocks overlap");
            end = block.span.end;
            let words = block.span.of(&prose.text);
            prop_assert!(!words.is_empty());
            prop_assert_eq!(words.trim(), words);
            for (offset, sign) in words.char_indices() {
                let at = block.span.start + offset as u32;
                let place = prose.to_text(ProseSpan::new(at, at + sign.len_utf8() as u32));
                prop_assert!(source.is_char_boundary(place.start as usize));
                prop_assert!(source.is_char_boundary(place.end as usize));
                let there = place.of(&source);
                prop_assert!(!there.is_empty(), "{:?} at {} stands nowhere", sign, at);
                if there != sign.to_string() {
                    let stands_in = there.starts_with('&') && there.ends_with(';')
                        || sign == '\u{FFFC}' || sign == ' ' || (there == "\0" && sign == '\u{FFFD}')
                        || (there.starts_with('<') && there.ends_with('>') && "“”\"— ".contains(sign));
                    prop_assert!(stands_in, "{:?} stands for {:?}", sign, there);
                }
            }
            let whole = prose.to_text(block.span);
            prop_assert!(whole.end as usize <= source.len() && !whole.is_empty());
        }
        for comment in document.comments() {
            prop_assert_eq!(comment.inner.of(&source), comment.content);
        }
    }
}
