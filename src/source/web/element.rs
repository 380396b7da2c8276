//! What a browser does with an element: shows it in the line, as a block of its own, or not at all.

use html5gum::StartTag;

use super::super::html;
use super::super::prose::BlockKind;
use super::{attribute, has_attribute};

/// What a browser does with an element.
pub(super) enum Show {
    /// Its words stand in the line.
    Inline,
    /// It begins and ends a block of this kind.
    Block(BlockKind),
    /// It is not shown, or it is no prose.
    Nothing,
    /// Something stands in the line that is no prose: code, a formula.
    Object,
}

/// What a browser does with the element that `tag` begins, in a block of kind `outer`. `inside` tells whether an element of
/// that name is open.
pub(super) fn show(
    name: &str,
    tag: &StartTag<usize>,
    outer: BlockKind,
    inside: impl Fn(&str) -> bool,
) -> Show {
    if is_hidden(tag) {
        return Show::Nothing;
    }
    match name {
        "script" | "style" | "template" | "noscript" | "head" | "nav" | "aside" | "form" | "button"
        | "select" | "option" | "datalist" | "textarea" | "iframe" | "object" | "audio" | "video"
        | "canvas" | "svg" | "menu" | "dialog" | "rp" | "rt" | "colgroup" | "map" => Show::Nothing,
        // The head of a page with its menus, and its foot; those of an article are its own.
        "header" | "footer" if !["article", "main", "blockquote"].into_iter().any(&inside) => {
            if name == "footer" { Show::Nothing } else { Show::Block(outer) }
        }
        "footer" if inside("blockquote") => Show::Block(BlockKind::BlockQuote),
        "code" | "kbd" | "samp" | "math" | "var" => Show::Object,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "summary" => Show::Block(BlockKind::Heading),
        "p" | "div" | "section" if is_standfirst(tag) => Show::Block(BlockKind::Heading),
        "figcaption" | "caption" => Show::Block(BlockKind::Caption),
        "td" | "th" => Show::Block(BlockKind::Cell),
        // Mail and old pages lay out whole texts in tables.
        "p" if outer == BlockKind::Cell => Show::Block(BlockKind::Paragraph),
        "li" | "dd" | "dt" => Show::Block(BlockKind::ListItem),
        "blockquote" => Show::Block(BlockKind::BlockQuote),
        _ if is_inline(name) => Show::Inline,
        _ => Show::Block(outer),
    }
}

/// Elements that stand inside a sentence.
pub(super) fn is_inline(name: &str) -> bool {
    html::is_inline(name)
}

/// Elements of SVG and MathML may close themselves; those of HTML may not.
pub(super) fn is_foreign(name: &str) -> bool {
    name.contains(':') || matches!(name, "svg" | "math" | "path" | "use" | "rect" | "circle" | "g")
}

/// The elements that end where one of this name begins.
pub(super) fn closed_by(name: &str) -> &'static [&'static str] {
    match name {
        "li" => &["li", "p"],
        "dt" | "dd" => &["dt", "dd", "p"],
        "td" | "th" => &["td", "th", "p"],
        "tr" | "tbody" | "tfoot" => &["tr", "p"],
        "option" => &["option"],
        "body" => &["head"],
        "p" | "div" | "ul" | "ol" | "dl" | "table" | "blockquote" | "section" | "article" | "aside"
        | "header" | "footer" | "figure" | "figcaption" | "form" | "h1" | "h2" | "h3" | "h4" | "h5"
        | "h6" | "hr" | "main" | "nav" | "pre" | "address" => &["p"],
        _ => &[],
    }
}

/// Is the element there and not shown?
fn is_hidden(tag: &StartTag<usize>) -> bool {
    if tag.attributes.is_empty() {
        return false;
    }
    let style = attribute(tag, "style").replace(' ', "").to_ascii_lowercase();
    (has_attribute(tag, "hidden") && attribute(tag, "hidden") != "until-found")
        || attribute(tag, "aria-hidden") == "true"
        || style.contains("display:none")
        || style.contains("visibility:hidden")
        || has_class(
            tag,
            &["sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "doc-backlink"],
        )
}

/// Is the element the standfirst, which sums up the text between its headline and its first paragraph?
fn is_standfirst(tag: &StartTag<usize>) -> bool {
    has_class(
        tag,
        &["standfirst", "dek", "deck", "subtitle", "subhead", "subheadline", "sub-headline", "kicker"],
    ) || attribute(tag, "itemprop") == "alternativeHeadline"
        || has_class(tag, &["title"])
}

fn has_class(tag: &StartTag<usize>, names: &[&str]) -> bool {
    let class = attribute(tag, "class");
    let mut classes = class.split_ascii_whitespace();
    classes.any(|class| names.iter().any(|name| class.eq_ignore_ascii_case(name)))
}
