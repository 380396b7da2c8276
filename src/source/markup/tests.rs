//! What of each light markup is prose.

use proptest::prelude::*;

use super::{Markup, latex, prose};
use crate::source::{BlockKind, Prose};

fn shown(prose: &Prose<'_>) -> Vec<String> {
    let sign = |kind: BlockKind| match kind {
        BlockKind::Heading => "# ",
        BlockKind::ListItem => "- ",
        BlockKind::BlockQuote => "> ",
        BlockKind::Caption => "^ ",
        _ => "",
    };
    let words = |block: &crate::source::Block| {
        block.span.of(&prose.text).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    prose.blocks.iter().map(|block| format!("{}{}", sign(block.kind), words(block))).collect()
}

#[test]
fn prose_is_prose_and_the_rest_is_not() {
    use Markup::{AsciiDoc, Fountain, Org, Rst, Typst, Wiki};
    for (markup, text, expected) in [
        (
            AsciiDoc,
            "= Pier shut\n:toc: left\n\nIt *is* _shut_,\nshe said.\n",
            vec!["# Pier shut", "It is shut, she said."],
        ),
        (
            AsciiDoc,
            "[quote]\n____\nWe will.\n____\n----\ncode “x”\n----\n* one\n* two\n// note\n",
            vec!["> We will.", "- one", "- two"],
        ),
        (
            AsciiDoc,
            "See https://x.example/a[the page]footnote:[By phone.] for `x` and snake_case_name.",
            vec!["See the page for \u{FFFC} and snake_case_name."],
        ),
        (AsciiDoc, ".The pier on Friday\nimage::pier.jpg[]\n", vec!["^ The pier on Friday"]),
        (
            Rst,
            "Pier shut\n=========\n\nIt *is* **shut** [1]_ says `the page <http://x>`_.\n\n   We will.\n",
            vec!["# Pier shut", "It is shut says the page.", "> We will."],
        ),
        (
            Rst,
            "One::\n\n   code “x”\n\nTwo\n\n.. note:: hidden\n   more\n\n- item\n  goes on\n\n:date: x\n",
            vec!["One::", "Two", "- item goes on"],
        ),
        (
            Org,
            "#+TITLE: Pier\n* Shut\n:PROPERTIES:\n:ID: x\n:END:\nIt /is/ =x= [[http://x][the page]].\n#+begin_quote\nWe will.\n#+end_quote\n#+begin_src\n“x”\n#+end_src\n- one\n",
            vec!["# Pier", "# Shut", "It is \u{FFFC} the page.", "> We will.", "- one"],
        ),
        (
            Typst,
            "#set page(\"a4\")\n= Pier\nIt *is* _shut_ @ref #emph[now].\n#quote(block: true)[We will.]\n- one\n// no\n```\nx\n```\n",
            vec!["# Pier", "It is shut now.", "> We will.", "- one"],
        ),
        (
            Wiki,
            "{{Infobox\n| a = b\n}}\n== Pier ==\nIt is \u{27}\u{27}\u{27}shut\u{27}\u{27}\u{27} at [[North Pier|the pier]].<ref>By phone</ref>\n* one\n<blockquote>We will.</blockquote>\n[[Category:Piers]]\n",
            vec!["# Pier", "It is shut at the pier.", "- one", "> We will."],
        ),
        (
            Fountain,
            "Title: Pier\n\nINT. PIER - DAY\n\nAna rows home.\n\nANA\n(tired)\nWe will.\n\nCUT TO:\n",
            vec!["# INT. PIER - DAY", "Ana rows home.", "We will."],
        ),
    ] {
        assert_eq!(shown(&prose(text, markup)), expected, "{markup:?} {text}");
    }
}

#[test]
fn latex_is_read_from_its_body() {
    let text = "\\documentclass{article}\n\\title{no}\n\\begin{document}\n\\section{Pier \\emph{shut}}\\label{x}\n\n``We will,\u{27}\u{27} she~said---and\nleft\\footnote{By phone.}. % no\n50\\% of $x$ went.\n\n\\begin{quote}\nNo.\n\\end{quote}\n\\begin{itemize}\n\\item one\n\\item \\enquote{two}\n\\end{itemize}\n\\begin{verbatim}\n``x\n\\end{verbatim}\n\\end{document}\nno";
    let shown = shown(&latex(text));
    assert_eq!(
        shown,
        ["# Pier shut", "“We will,” she said—and left. 50% of \u{FFFC} went.", "> No.", "- one", "- “two”"]
    );
}

#[test]
fn a_long_line_of_marks_costs_no_more_than_it_should() {
    let begin = std::time::Instant::now();
    for markup in [Markup::AsciiDoc, Markup::Rst, Markup::Org, Markup::Typst, Markup::Wiki, Markup::Fountain]
    {
        let _ = prose(&"a *b [[c {{d `e #f(g ".repeat(4_000), markup);
    }
    let _ = latex(&"\\textbf{a ".repeat(10_000));
    assert!(begin.elapsed().as_secs() < 60, "{:?}", begin.elapsed());
}

proptest! {
    #[test]
    fn any_text_is_read(text in "([*_`#=+\\-:|'\\[\\]{}<>/@$%\\\\~.&;]|[a-zé“” \n]|::|____|\\.\\. |#\\+begin_quote\n|\\\\begin\\{quote\\}|https://x){0,80}") {
        let mut all = vec![latex(&text)];
        for markup in [Markup::AsciiDoc, Markup::Rst, Markup::Org, Markup::Typst, Markup::Wiki, Markup::Fountain] {
            all.push(prose(&text, markup));
        }
        for prose in all {
            for block in &prose.blocks {
                for (words, place) in prose.pieces_of(block.span) {
                    prop_assert!(text.get(place.range()).is_some());
                    prop_assert!(prose.text.get(words.range()).is_some());
                }
            }
        }
    }
}
