//! Pages and the blocks that a browser shows of them.

use proptest::prelude::*;

use super::{about, comments, prose};
use crate::source::BlockKind;

fn blocks(page: &str) -> Vec<(BlockKind, String)> {
    let prose = prose(page);
    for block in &prose.blocks {
        for (words, place) in prose.pieces_of(block.span) {
            if words.len() == place.len() && !place.of(page).contains(['<', '&']) {
                assert_eq!(words.of(&prose.text), place.of(page), "{page}");
            }
        }
    }
    prose.blocks.iter().map(|block| (block.kind, block.span.of(&prose.text).to_owned())).collect()
}

fn words(page: &str) -> Vec<String> {
    blocks(page).into_iter().map(|(_, words)| words).collect()
}

#[test]
fn what_a_browser_does_not_show_is_left_out() {
    for hidden in [
        "<nav><ul><li>Home<li>Sport</ul></nav>",
        "<script>let a = \"<p>“no”</p>\";</script>",
        "<style>p { color: red }</style>",
        "<aside><p>“Read also”</p></aside>",
        "<p hidden>“no”</p>",
        "<div style=\"display: none\"><p>“no”</p></div>",
        "<div aria-hidden=true>“no”</div>",
        "<template><p>“no”</p></template>",
        "<form><p>Sign up</p><select><option>a<option>b</select></form>",
        "<!-- <p>“no”</p> -->",
        "<footer><p>All rights reserved</p></footer>",
        "<span class=\"sr-only\">Share</span>",
    ] {
        let page = format!("<body>{hidden}<p>Seen.</p></body>");
        assert_eq!(words(&page), ["Seen."], "{page}");
    }
}

#[test]
fn each_block_is_of_its_kind() {
    use BlockKind::{BlockQuote, Caption, Cell, Heading, ListItem, Paragraph};
    for (page, expected) in [
        ("<h1>Pier shut</h1><p>It is.", vec![(Heading, "Pier shut"), (Paragraph, "It is.")]),
        ("<p class=standfirst>Why it is shut</p>", vec![(Heading, "Why it is shut")]),
        ("<p>One<p>Two", vec![(Paragraph, "One"), (Paragraph, "Two")]),
        ("<ul><li>One<li><p>Two</ul>Three", vec![(ListItem, "One"), (ListItem, "Two"), (Paragraph, "Three")]),
        ("<table><tr><td>One<td>Two</table>", vec![(Cell, "One"), (Cell, "Two")]),
        ("<table><tr><td><p>Dear all,</table>", vec![(Paragraph, "Dear all,")]),
        (
            "<blockquote><p>We will.</p><cite>Ana Reyes</cite></blockquote>",
            vec![(BlockQuote, "We will."), (BlockQuote, "— Ana Reyes")],
        ),
        (
            "<figure><blockquote>We will.</blockquote><figcaption>— Ana Reyes</figcaption></figure>",
            vec![(BlockQuote, "We will."), (BlockQuote, "— Ana Reyes")],
        ),
        (
            "<figure><img alt='no'><figcaption>The pier on Friday.</figcaption></figure>",
            vec![(Caption, "The pier on Friday.")],
        ),
    ] {
        let expected: Vec<_> = expected.into_iter().map(|(kind, words)| (kind, words.to_owned())).collect();
        assert_eq!(blocks(page), expected, "{page}");
    }
}

#[test]
fn words_are_those_that_a_reader_sees() {
    for (page, expected) in [
        (
            "<p>&ldquo;We will&rdquo;, she said&nbsp;&#8212; &amp; left.</p>",
            vec!["“We will”, she said\u{A0}— & left."],
        ),
        ("<p>She <b>ne</b>ver <a href='x'>said</a> so.", vec!["She never said so."]),
        ("<p>One\n      two\n\n three</p>", vec!["One two three"]),
        ("<p>“A” <q>We will</q></p>", vec!["“A” “We will”"]),
        ("<p>She said <q>he said <q>no</q> to me</q>.</p>", vec!["She said \"he said 'no' to me\"."]),
        ("One<br>two<br><br>three<br>\n<br>four", vec!["One\ntwo", "three", "four"]),
        ("<p>So it is.<sup>[1]</sup> The 4<sup>th</sup> pier.", vec!["So it is. The 4th pier."]),
        (
            "<p>So<a href='#cmnt1'>[a]</a> it is.</p><div><p><a href='#cmnt_ref1'>[a]</a>check</p></div>",
            vec!["So it is."],
        ),
        ("<p title='a > b'>Seen", vec!["Seen"]),
        ("<p>soft&shy;en it", vec!["soften it"]),
        ("<pre>One line\nand two\n\nThree</pre>", vec!["One line\nand two", "Three"]),
        ("<p>run <code>x = \"1\"</code> now", vec!["run \u{FFFC} now"]),
    ] {
        assert_eq!(words(page), expected, "{page}");
    }
}

#[test]
fn days_and_languages_of_pages() {
    let day = |page: &str| about(page).and_then(|about| about.date).map(|(day, _)| day);
    for (page, expected) in [
        ("<meta property='article:published_time' content='2026-06-12T09:00Z'>", Some("2026-06-12T09:00Z")),
        (
            "<script type='application/ld+json'>{\"@graph\":[{\"datePublished\":\"2026-06-12\"}]}</script>",
            Some("2026-06-12"),
        ),
        ("<time datetime='2026-06-12T10:00'>Friday</time>", Some("2026-06-12T10:00")),
        ("<time datetime='2026-06-12'>a</time><time datetime='2026-06-14'>b</time>", None),
        (
            "<time datetime='2026-06-12' pubdate>a</time><time datetime='2026-06-14'>b</time>",
            Some("2026-06-12"),
        ),
        ("<p>12 June 2026</p>", None),
    ] {
        assert_eq!(day(page).as_deref(), expected, "{page}");
    }
    let page = "<html lang=de-AT><meta name=description content='Der Steg ist zu'>";
    let about = about(page).unwrap_or_default();
    assert_eq!(about.noted_language.as_deref(), Some("de-AT"));
    assert_eq!(about.display[0].1.of(page), "Der Steg ist zu");
}

#[test]
fn directives_stand_in_comments() {
    let page = "<p>a</p><!-- sayso: allow(altered-quotation) checked --><p>b</p><!-- other -->";
    let found = comments(page);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].inner.of(page), "sayso: allow(altered-quotation) checked");
    assert!(found[0].span.of(page).starts_with("<!--") && found[0].span.of(page).ends_with("-->"));
}

#[test]
fn broken_pages_cost_no_more_than_sound_ones() {
    let begin = std::time::Instant::now();
    for page in
        ["<b>".repeat(200_000), "<div>".repeat(200_000) + &"</i>".repeat(200_000), "&".repeat(400_000)]
    {
        let _ = prose(&page);
    }
    assert!(begin.elapsed().as_secs() < 60, "{:?}", begin.elapsed());
}

proptest! {
    #[test]
    fn any_text_is_a_page(page in "(<(/?)(p|b|q|li|td|br|sup|blockquote|script|nav|a href='#fn1')>|&[a-z]{2,5};|“|”|é|\r\n|[a-z <>&\"]){0,60}") {
        let prose = prose(&page);
        for block in &prose.blocks {
            let place = prose.to_text(block.span);
            prop_assert!(page.get(place.range()).is_some(), "{page:?} {place:?}");
            for (words, place) in prose.pieces_of(block.span) {
                prop_assert!(page.get(place.range()).is_some());
                prop_assert!(prose.text.get(words.range()).is_some());
            }
        }
    }
}
