//! What a line of light markup is.

use super::super::prose::BlockKind;
use super::Markup;

/// What a line is.
pub(super) enum Line {
    /// Words from byte `from` to byte `to` of the line. `begins` says that they begin a block.
    Prose { kind: BlockKind, from: usize, to: usize, begins: bool },
    /// Nothing to read: blank, code, a comment, metadata.
    Nothing,
}

/// Follows the lines of a text.
pub(super) struct Reader {
    markup: Markup,
    /// Inside a block that is no prose: the line that ends it begins so.
    raw: Option<String>,
    /// Inside a block quote: the line that ends it.
    quote: Option<&'static str>,
    /// Lines that are indented further than this are no prose (reStructuredText).
    indented: Option<usize>,
    /// In the head of the text, before the first blank line.
    head: bool,
    /// The line before was the name of a character (Fountain).
    speech: bool,
    /// The line before ended with `::`: an indented block of code follows.
    literal: bool,
    /// Indented lines go on with an item of a list.
    in_list: bool,
}

impl Reader {
    pub(super) fn new(markup: Markup) -> Self {
        Self {
            markup,
            raw: None,
            quote: None,
            indented: None,
            head: true,
            speech: false,
            literal: false,
            in_list: false,
        }
    }

    pub(super) fn read(&mut self, line: &str, next: &str) -> Line {
        let bare = line.trim();
        if let Some(end) = &self.raw {
            if bare.to_ascii_lowercase().starts_with(end.as_str()) || (end == "}}" && bare.ends_with("}}")) {
                self.raw = None;
            }
            return Line::Nothing;
        }
        let found = match self.markup {
            Markup::AsciiDoc => self.asciidoc(line, bare),
            Markup::Rst => self.rst(line, bare, next),
            Markup::Org => self.org(line, bare),
            Markup::Typst => self.typst(line, bare),
            Markup::Wiki => self.wiki(line, bare),
            Markup::Fountain => self.fountain(line, bare, next),
        };
        if bare.is_empty() {
            self.head = false;
        }
        match found {
            Line::Prose { kind: BlockKind::ListItem, .. } => {
                self.in_list = true;
                found
            }
            Line::Prose { kind: BlockKind::Paragraph | BlockKind::BlockQuote, from, to, begins }
                if self.in_list && self.quote.is_none() && line.starts_with([' ', '\t']) =>
            {
                Line::Prose { kind: BlockKind::ListItem, from, to, begins }
            }
            Line::Prose { .. } => {
                self.in_list = false;
                found
            }
            Line::Nothing => found,
        }
    }

    /// Words of `line` after `from` bytes, white space at both ends left out.
    fn words(&self, line: &str, from: usize, kind: BlockKind, begins: bool) -> Line {
        let rest = &line[from..];
        let from = from + (rest.len() - rest.trim_start().len());
        let to = line.trim_end().len().max(from);
        let kind =
            if self.quote.is_some() && kind == BlockKind::Paragraph { BlockKind::BlockQuote } else { kind };
        if from == to { Line::Nothing } else { Line::Prose { kind, from, to, begins } }
    }

    fn raw_until(&mut self, end: &str) -> Line {
        self.raw = Some(end.to_owned());
        Line::Nothing
    }

    fn asciidoc(&mut self, line: &str, bare: &str) -> Line {
        let fence = |sign: char| bare.len() >= 4 && bare.chars().all(|one| one == sign);
        if fence('_') {
            self.quote = if self.quote.is_some() { None } else { Some("____") };
            return Line::Nothing;
        }
        if fence('-') || fence('.') || fence('+') || fence('/') || bare.starts_with("```") || bare == "|===" {
            return self.raw_until(bare.get(..3).unwrap_or(bare).to_owned().as_str());
        }
        let attribute =
            bare.starts_with(':') && bare[1..].contains(": ") || bare.starts_with(':') && bare.ends_with(':');
        let block = bare.starts_with('[') && bare.ends_with(']');
        let macros = [
            "image::",
            "include::",
            "ifdef::",
            "ifndef::",
            "endif::",
            "toc::",
            "video::",
            "audio::",
            "//",
            "'''",
            "<<<",
        ];
        if attribute
            || block
            || bare == "+"
            || macros.iter().any(|one| bare.starts_with(one))
            || fence('=')
            || fence('*')
        {
            return Line::Nothing;
        }
        let level = bare.bytes().take_while(|byte| *byte == b'=').count();
        if (1..=6).contains(&level) && bare[level..].starts_with(' ') {
            return self.words(line, line.find('=').unwrap_or(0) + level, BlockKind::Heading, true);
        }
        if bare.starts_with('.') && bare[1..].starts_with(char::is_alphanumeric) {
            return self.words(line, line.find('.').unwrap_or(0) + 1, BlockKind::Caption, true);
        }
        match list_item(line, "*-.") {
            Some(from) => self.words(line, from, BlockKind::ListItem, true),
            None => self.words(line, 0, BlockKind::Paragraph, false),
        }
    }

    fn rst(&mut self, line: &str, bare: &str, next: &str) -> Line {
        let indent = line.len() - line.trim_start().len();
        if bare.is_empty() {
            return Line::Nothing;
        }
        if let Some(outer) = self.indented {
            if indent > outer {
                return Line::Nothing;
            }
            self.indented = None;
        }
        if std::mem::take(&mut self.literal) && indent > 0 {
            self.indented = Some(indent - 1);
            return Line::Nothing;
        }
        if bare.starts_with(".. ") || bare == ".." || bare.starts_with("__ ") {
            // What a directive, a comment or a footnote says is indented below it.
            self.indented = Some(indent);
            return Line::Nothing;
        }
        if is_underline(bare) {
            return Line::Nothing;
        }
        let field =
            bare.starts_with(':') && bare[1..].find(':').is_some_and(|at| !bare[1..=at].contains('`'));
        if (field && !bare[1..].starts_with(' '))
            || bare.starts_with('|') && bare.ends_with('|')
            || bare.starts_with("+-")
        {
            return Line::Nothing;
        }
        if bare == "::" {
            self.literal = true;
            return Line::Nothing;
        }
        self.literal = bare.ends_with("::");
        if indent == 0
            && is_underline(next.trim())
            && next.trim().chars().count() * 3 >= bare.chars().count() * 2
        {
            return self.words(line, 0, BlockKind::Heading, true);
        }
        if let Some(from) = list_item(line, "-*+•") {
            return self.words(line, from, BlockKind::ListItem, true);
        }
        let kind = if indent > 0 { BlockKind::BlockQuote } else { BlockKind::Paragraph };
        self.words(line, 0, kind, false)
    }

    fn org(&mut self, line: &str, bare: &str) -> Line {
        let low = bare.to_ascii_lowercase();
        if low.starts_with("#+begin_quote") || low.starts_with("#+begin_verse") {
            self.quote = Some("#+end_");
            return Line::Nothing;
        }
        if let Some(kind) = low.strip_prefix("#+begin_") {
            let kind = kind.split(' ').next().unwrap_or("").to_owned();
            return self.raw_until(&format!("#+end_{kind}"));
        }
        if low.starts_with("#+end_") {
            self.quote = None;
            return Line::Nothing;
        }
        if low.starts_with("#+caption:") {
            return self.words(line, line.find(':').unwrap_or(0) + 1, BlockKind::Caption, true);
        }
        if low.starts_with("#+title:") {
            return self.words(line, line.find(':').unwrap_or(0) + 1, BlockKind::Heading, true);
        }
        if bare.starts_with(':') && bare.ends_with(':') && bare.len() > 2 && !bare.contains(' ') {
            return if low == ":end:" { Line::Nothing } else { self.raw_until(":end:") };
        }
        if bare.starts_with("#+")
            || bare.starts_with("# ")
            || bare == "#"
            || bare.starts_with('|')
            || bare.starts_with(": ")
        {
            return Line::Nothing;
        }
        let stars = line.bytes().take_while(|byte| *byte == b'*').count();
        if stars > 0 && line[stars..].starts_with(' ') {
            return self.words(line, stars, BlockKind::Heading, true);
        }
        if ["DEADLINE:", "SCHEDULED:", "CLOSED:"].iter().any(|word| bare.starts_with(word)) {
            return Line::Nothing;
        }
        match list_item(line, "-+") {
            Some(from) => self.words(line, from, BlockKind::ListItem, true),
            None => self.words(line, 0, BlockKind::Paragraph, false),
        }
    }

    fn typst(&mut self, line: &str, bare: &str) -> Line {
        if let Some(rest) = bare.strip_prefix("```") {
            return if rest.contains("```") { Line::Nothing } else { self.raw_until("```") };
        }
        if bare.starts_with("/*") {
            return if bare.ends_with("*/") { Line::Nothing } else { self.raw_until("*/") };
        }
        if bare.starts_with("#quote") {
            let open = line.find('[').map_or(line.len(), |at| at + 1);
            self.quote = if line[open..].contains(']') { None } else { Some("]") };
            let to = line[open..].rfind(']').map_or(line.trim_end().len(), |at| open + at);
            let begins = Line::Prose { kind: BlockKind::BlockQuote, from: open, to, begins: true };
            return if open < to { begins } else { Line::Nothing };
        }
        if bare == "]" || bare == ")" {
            self.quote = None;
            return Line::Nothing;
        }
        let code = [
            "#let",
            "#set",
            "#show",
            "#import",
            "#include",
            "#figure",
            "#image",
            "#table",
            "#pagebreak",
            "#bibliography",
            "#v(",
            "#outline",
            "//",
        ];
        if code.iter().any(|one| bare.starts_with(one)) {
            return Line::Nothing;
        }
        let level = bare.bytes().take_while(|byte| *byte == b'=').count();
        if level > 0 && bare[level..].starts_with(' ') {
            return self.words(line, line.find('=').unwrap_or(0) + level, BlockKind::Heading, true);
        }
        match list_item(line, "-+") {
            Some(from) => self.words(line, from, BlockKind::ListItem, true),
            None => self.words(line, 0, BlockKind::Paragraph, false),
        }
    }

    fn wiki(&mut self, line: &str, bare: &str) -> Line {
        if bare.starts_with("{{") {
            return if bare.contains("}}") { Line::Nothing } else { self.raw_until("}}") };
        }
        if bare.starts_with("{|") {
            return self.raw_until("|}");
        }
        if bare.starts_with("<!--") && !bare.contains("-->") {
            return self.raw_until("-->");
        }
        let low = bare.to_ascii_lowercase();
        for (open, close) in [
            ("<pre", "</pre>"),
            ("<syntaxhighlight", "</syntaxhighlight>"),
            ("<gallery", "</gallery>"),
            ("<source", "</source>"),
        ] {
            if low.starts_with(open) {
                return if low.contains(close) { Line::Nothing } else { self.raw_until(close) };
            }
        }
        let magic = ["[[category:", "[[file:", "[[image:", "#redirect", "__", "----"];
        if magic.iter().any(|one| low.starts_with(one)) {
            return Line::Nothing;
        }
        let opens = low.contains("<blockquote");
        if opens {
            self.quote = Some("</blockquote>");
        }
        let level = bare.bytes().take_while(|byte| *byte == b'=').count();
        if level > 0 && bare.len() > 2 * level && bare.ends_with('=') {
            let from = line.find('=').unwrap_or(0) + level;
            let to = line.trim_end().trim_end_matches('=').trim_end().len();
            let rest = line[from..].len() - line[from..].trim_start().len();
            return Line::Prose {
                kind: BlockKind::Heading,
                from: from + rest,
                to: to.max(from + rest),
                begins: true,
            };
        }
        let signs = line.bytes().take_while(|byte| b"*#:;".contains(byte)).count();
        let kind = if signs > 0 { BlockKind::ListItem } else { BlockKind::Paragraph };
        // In wikitext every line of a list is an item; a line of text goes on with the one before.
        let found = self.words(line, signs, kind, signs > 0 || opens);
        if low.contains("</blockquote") {
            self.quote = None;
        }
        found
    }

    fn fountain(&mut self, line: &str, bare: &str, next: &str) -> Line {
        if bare.is_empty() {
            self.speech = false;
            return Line::Nothing;
        }
        if bare.starts_with("/*") {
            return if bare.ends_with("*/") { Line::Nothing } else { self.raw_until("*/") };
        }
        // The title page is a list of keys; its values may be indented.
        if self.head && (bare.contains(':') && !bare.contains(". ") || line.starts_with([' ', '\t'])) {
            return Line::Nothing;
        }
        if self.speech {
            let aside = bare.starts_with('(') && bare.ends_with(')');
            return if aside { Line::Nothing } else { self.words(line, 0, BlockKind::Paragraph, false) };
        }
        let scene = ["INT.", "EXT.", "INT ", "EXT ", "EST.", "I/E"]
            .iter()
            .any(|one| bare.to_ascii_uppercase().starts_with(one));
        if scene || bare.starts_with("#") || (bare.starts_with('.') && !bare.starts_with("..")) {
            let from = line.len() - line.trim_start_matches([' ', '#', '.']).len();
            return self.words(line, from, BlockKind::Heading, true);
        }
        let capital = bare.chars().any(char::is_alphabetic) && !bare.chars().any(char::is_lowercase);
        if bare.starts_with('@') || (capital && !next.trim().is_empty()) {
            self.speech = true;
            return Line::Nothing;
        }
        if bare.starts_with(['=', '~', '>']) || bare.starts_with("[[") || (capital && bare.ends_with("TO:")) {
            return Line::Nothing;
        }
        let from = usize::from(line.starts_with('!'));
        self.words(line, from, BlockKind::Paragraph, false)
    }
}

/// Where the words of a list item begin, after a sign and a space or after a number.
fn list_item(line: &str, signs: &str) -> Option<usize> {
    let indent = line.len() - line.trim_start().len();
    let rest = &line[indent..];
    let run = rest.len() - rest.trim_start_matches(|sign| signs.contains(sign)).len();
    if run > 0 && rest[run..].starts_with([' ', '\t']) {
        return Some(indent + run);
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let numbered =
        (1..=3).contains(&digits) && (rest[digits..].starts_with(". ") || rest[digits..].starts_with(") "));
    numbered.then_some(indent + digits + 1)
}

/// A line of one sign, three times or more, as it stands under and over titles.
fn is_underline(bare: &str) -> bool {
    let Some(first) = bare.chars().next() else { return false };
    bare.len() >= 3 && "=-~^\"'`#*+.:_".contains(first) && bare.chars().all(|sign| sign == first)
}
