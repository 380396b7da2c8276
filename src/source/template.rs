//! What stands in Markdown and is neither Markdown nor prose: templates of site generators (Hugo, Liquid, Jinja),
//! attributes (Pandoc, kramdown), JSX, imports, wiki links and formulas.
//!
//! The Markdown parser does not know them, and would read their arguments as quotations. So they are found first and
//! painted over with as many bytes that mean nothing to the parser. Offsets stay as they are.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

/// Bytes of the longest template, attribute list or formula. A bound keeps the search for its end linear.
const LONGEST: usize = 4_000;
/// Bytes of the longest formula inside a line.
const LONGEST_FORMULA: usize = 300;
/// Bytes of the longest code span that is looked for.
const LONGEST_CODE: usize = 400;
/// A word of a formula has no more letters than this: `sin`, `max`.
const FORMULA_WORD: usize = 3;

/// What a stretch that was painted over leaves in the prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trace {
    /// A placeholder: it may have been a word of the sentence.
    Object,
    /// Nothing: it belonged to the words before it.
    Nothing,
}

impl Trace {
    /// What the parser sees: a letter, as in a word, or a stop, beside which emphasis may end.
    const fn paint(self) -> u8 {
        match self {
            Self::Object => b'x',
            Self::Nothing => b'.',
        }
    }
}

/// A stretch that was painted over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Masked {
    /// Its bytes in the body.
    pub range: Range<usize>,
    /// What it leaves in the prose.
    pub trace: Trace,
}

/// The text for the parser, and what was painted over, in order.
pub(super) fn mask(body: &str) -> (Cow<'_, str>, Vec<Masked>) {
    let bytes = body.as_bytes();
    let possible = memchr::memchr3(b'{', b'$', b'\\', bytes).is_some()
        || memchr::memmem::find(bytes, b"[[").is_some()
        || memchr::memmem::find(bytes, b":::").is_some()
        || memchr::memmem::find(bytes, b"import ").is_some();
    if !possible {
        return (Cow::Borrowed(body), Vec::new());
    }
    let mut finder = Finder { body, masked: Vec::new(), unclosed: Vec::new() };
    finder.run();
    let mut painted = bytes.to_vec();
    for Masked { range, trace } in &finder.masked {
        painted[range.clone()].fill(trace.paint());
    }
    // Stretches begin and end at ASCII signs, so what is left is UTF-8.
    match String::from_utf8(painted) {
        Ok(painted) => (Cow::Owned(painted), finder.masked),
        Err(_) => (Cow::Borrowed(body), Vec::new()),
    }
}

struct Finder<'t> {
    body: &'t str,
    masked: Vec<Masked>,
    /// Templates with content for which no end was found; they are not looked for again.
    unclosed: Vec<&'t str>,
}

impl<'t> Finder<'t> {
    fn run(&mut self) {
        let mut at = 0;
        let mut may_import = true;
        while at < self.body.len() {
            let line = self.line(at);
            let words = line.trim_start();
            let indent = line.len() - words.len();
            if let Some(end) = self.fence(at + indent) {
                at = end;
                continue;
            }
            let import = may_import && is_import(words);
            if import || words.starts_with(":::") {
                let end = at + line.trim_end().len();
                self.add(at + indent..end, Trace::Nothing);
                at += line.len();
            } else {
                at = self.inline(at, at + line.len());
            }
            may_import = import || words.trim().is_empty();
        }
    }

    /// The line at `at`, with its end.
    fn line(&self, at: usize) -> &'t str {
        let rest = &self.body[at..];
        &rest[..memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |end| end + 1)]
    }

    fn add(&mut self, range: Range<usize>, trace: Trace) {
        if !range.is_empty() {
            self.masked.push(Masked { range, trace });
        }
    }

    /// Where a fenced block of code that begins at `at` ends.
    fn fence(&self, at: usize) -> Option<usize> {
        let sign = ['`', '~'].into_iter().find(|sign| self.body[at..].starts_with(*sign))?;
        let width = |line: &str| line.len() - line.trim_start_matches(sign).len();
        let opening = self.line(at);
        let fence = width(opening);
        if fence < 3 || (sign == '`' && opening[fence..].contains('`')) {
            return None;
        }
        let mut next = at + opening.len();
        while next < self.body.len() {
            let line = self.line(next);
            next += line.len();
            let words = line.trim();
            if width(words) >= fence && width(words) == words.len() {
                break;
            }
        }
        Some(next)
    }

    /// Looks through the line `at..end` and returns where the next one begins: a template may run over its end.
    fn inline(&mut self, mut at: usize, mut end: usize) -> usize {
        let body = self.body;
        let bytes = body.as_bytes();
        while at < end {
            let Some(hit) = bytes[at..end].iter().position(|byte| b"{`<\\$[!".contains(byte)) else { break };
            at += hit;
            let found = match bytes[at] {
                b'`' => {
                    at = self.code(at);
                    continue;
                }
                b'{' => self.braces(at),
                b'<' => jsx(body, at).map(|end| (end, Trace::Nothing)),
                b'\\' if is_accent(bytes, at) => Some((at + 2, Trace::Nothing)),
                b'\\' => brackets(body, at).map(|end| (end, Trace::Object)),
                b'[' | b'!' => self.wiki_link(at),
                _ => dollars(body, at).map(|end| (end, Trace::Object)),
            };
            match found {
                Some((stop, trace)) => {
                    // A wiki link has noted its ends itself.
                    if self.masked.last().is_none_or(|last| last.range.end < stop) {
                        self.add(at..stop, trace);
                    }
                    at = stop;
                }
                // A backslash takes the sign after it along: `\$5`, `\{`.
                None if bytes[at] == b'\\' => {
                    at += 1 + body[at + 1..].chars().next().map_or(0, char::len_utf8);
                }
                None => at += 1,
            }
            if at > end {
                end = if bytes[at - 1] == b'\n' { at } else { at + self.line(at).len() };
            }
        }
        end.max(at)
    }

    /// A wiki link, `[[target|words]]`, whose words alone are prose, or an embed, `![[target]]`.
    fn wiki_link(&mut self, at: usize) -> Option<(usize, Trace)> {
        let rest = &self.body[at..];
        let embed = rest.starts_with("![[");
        if !embed && !rest.starts_with("[[") {
            return None;
        }
        let window = &rest.as_bytes()[..rest.len().min(LONGEST_CODE)];
        let end = memchr::memmem::find(window, b"]]")?;
        let inside = &rest[..end];
        if inside.contains('\n') {
            return None;
        }
        if embed {
            return Some((at + end + 2, Trace::Object));
        }
        let bar = inside.find('|')?;
        self.add(at..at + bar + 1, Trace::Nothing);
        // The words between are looked through by nobody else: a template does not stand in a link's words.
        self.add(at + end..at + end + 2, Trace::Nothing);
        Some((at + end + 2, Trace::Nothing))
    }

    /// The byte after a code span that begins at `at`, or after its opening signs where it never ends.
    fn code(&self, at: usize) -> usize {
        let rest = &self.body[at..];
        let signs = rest.len() - rest.trim_start_matches('`').len();
        let window = &rest.as_bytes()[..rest.len().min(signs + LONGEST_CODE)];
        let mut from = signs;
        while let Some(hit) = memchr::memchr(b'`', &window[from..]) {
            let run = window[from + hit..].iter().take_while(|byte| **byte == b'`').count();
            from += hit + run;
            if run == signs {
                return at + from;
            }
        }
        at + signs
    }

    /// A template or a list of attributes that begins with the brace at `at`.
    fn braces(&mut self, at: usize) -> Option<(usize, Trace)> {
        let rest = &self.body[at..];
        let close = match rest.as_bytes() {
            [b'{', b'{', b'{', ..] => "}}}",
            [b'{', b'{', b'<', ..] => ">}}",
            [b'{', b'{', b'%', ..] => "%}}",
            [b'{', b'{', b'/', b'*', ..] => "*/}}",
            [b'{', b'{', ..] => "}}",
            [b'{', b'%', ..] => "%}",
            [b'{', b'/', b'*', ..] => "*/}",
            [b'{', b'#', b' ' | b'-' | b'\n', ..] => "#}",
            _ => return self.attributes(at),
        };
        let window = &rest.as_bytes()[..rest.len().min(LONGEST)];
        let end = memchr::memmem::find(window, close.as_bytes())? + close.len();
        let inside = &rest[..end];
        // An expression stands in one paragraph. The others name what they are, and may hold blank lines.
        if close == "}}" && inside.contains("\n\n") {
            return None;
        }
        let name = inside.trim_matches(|sign: char| "{}<>%-# ".contains(sign));
        let name = &name[..name.find(|sign: char| !sign.is_ascii_alphanumeric()).unwrap_or(name.len())];
        let content = if matches!(close, ">}}" | "%}}" | "%}") { self.content(at + end, name) } else { None };
        Some((content.unwrap_or(at + end), Trace::Object))
    }

    /// Where the content of a template that holds code ends, its closing tag included.
    fn content(&mut self, from: usize, name: &'t str) -> Option<usize> {
        static NAMES: LazyLock<Vec<&str>> = LazyLock::new(|| {
            let file = include_str!("../../rules/words/code-templates.txt");
            file.lines().filter(|line| !line.starts_with('#')).collect()
        });
        NAMES.binary_search(&name).ok()?;
        if self.unclosed.contains(&name) {
            return None;
        }
        let rest = &self.body[from..];
        let mut searched = 0;
        while let Some(hit) = memchr::memmem::find(&rest.as_bytes()[searched..], name.as_bytes()) {
            let at = searched + hit;
            searched = at + name.len();
            let before = rest[..at].trim_end();
            let before = before.strip_suffix('/').or_else(|| before.strip_suffix("end")).map(str::trim_end);
            if before.is_some_and(|before| before.ends_with(['%', '<', '-'])) {
                let close = memchr::memchr(b'}', &rest.as_bytes()[searched..])? + searched + 1;
                let brace = rest[close..].starts_with('}');
                return Some(from + close + usize::from(brace));
            }
        }
        self.unclosed.push(name);
        None
    }

    /// A list of attributes, `{width="50%"}`, `{: .pull}`, or an object, `{"a": 1}`, on one line.
    fn attributes(&self, at: usize) -> Option<(usize, Trace)> {
        let rest = &self.body.as_bytes()[at..];
        let window = &rest[..rest.len().min(LONGEST)];
        let end = memchr::memchr2(b'}', b'\n', window).filter(|&end| window[end] == b'}')?;
        let inside = &self.body[at + 1..at + end];
        let glued = self.body[..at].ends_with([']', ')', '`', '*']);
        if is_attributes(inside) || (glued && inside.starts_with(['.', '#'])) {
            Some((at + end + 1, Trace::Nothing))
        } else {
            inside.contains("\":").then_some((at + end + 1, Trace::Object))
        }
    }
}

/// `title="x"`, `.pull title='x'`, and all that kramdown writes after `{:`.
fn is_attributes(inside: &str) -> bool {
    let sets = |mark: &str| {
        inside.find(mark).is_some_and(|at| inside[..at].ends_with(|sign: char| sign.is_ascii_alphanumeric()))
    };
    inside.starts_with(':') || sets("=\"") || sets("='")
}

/// `import Note from "../note"`, `import "x";`, `export const a = …`: the module that an MDX page begins with.
fn is_import(line: &str) -> bool {
    let line = line.trim_end().trim_end_matches(';');
    let from = line.starts_with("import ") && line.ends_with(['"', '\'']);
    from && (line.contains(" from ") || line[7..].starts_with(['"', '\'']))
        || ["export const ", "export default ", "export function "]
            .iter()
            .any(|begin| line.starts_with(begin))
}

/// Where a JSX element that begins at `at` ends; `None` for what the Markdown parser knows as a tag itself.
fn jsx(body: &str, at: usize) -> Option<usize> {
    let bytes = body.as_bytes();
    if !bytes.get(at + 1)?.is_ascii_uppercase() {
        return None;
    }
    let window = &bytes[at..bytes.len().min(at + LONGEST)];
    let (mut depth, mut braces, mut quoted) = (0usize, false, None);
    for (offset, &byte) in window.iter().enumerate() {
        match (quoted, byte) {
            (Some(mark), byte) if byte == mark => quoted = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'' | b'`') => quoted = Some(byte),
            (None, b'{') => (depth, braces) = (depth + 1, true),
            (None, b'}') => depth = depth.saturating_sub(1),
            (None, b'>') if depth == 0 => return braces.then_some(at + offset + 1),
            _ => {}
        }
    }
    None
}

/// A formula between `\(` and `\)` or `\[` and `\]`. Escaped brackets round words are an editor's.
fn brackets(body: &str, at: usize) -> Option<usize> {
    let close: &[u8] = match body.as_bytes().get(at + 1)? {
        b'(' => b"\\)",
        b'[' => b"\\]",
        _ => return None,
    };
    let rest = &body.as_bytes()[at..];
    let window = &rest[..rest.len().min(LONGEST_FORMULA)];
    let end = memchr::memmem::find(window, close)?;
    is_formula(&body[at + 2..at + end]).then_some(at + end + 2)
}

/// A formula between `$` and `$` or `$$` and `$$`. Between two amounts of money stand words.
fn dollars(body: &str, at: usize) -> Option<usize> {
    let rest = &body[at..];
    if rest.starts_with("$$") {
        let window = &rest.as_bytes()[..rest.len().min(LONGEST)];
        let end = memchr::memmem::find(&window[2..], b"$$")? + 2;
        return (!rest[..end].contains("\n\n")).then_some(at + end + 2);
    }
    let window = &rest.as_bytes()[..rest.len().min(LONGEST_FORMULA)];
    let end = memchr::memchr(b'$', &window[1..])? + 1;
    let inside = &rest[1..end];
    let money = rest[end + 1..].starts_with(|sign: char| sign.is_ascii_digit());
    let tight = !inside.starts_with(char::is_whitespace) && !inside.ends_with(char::is_whitespace);
    (tight && !money && is_formula(inside)).then_some(at + end + 1)
}

/// Letters, figures and signs without a word among them; commands (`\alpha`) do not count.
fn is_formula(inside: &str) -> bool {
    let mut signs = false;
    let mut letters = 0;
    let mut command = false;
    for sign in inside.chars() {
        if sign.is_ascii_alphabetic() {
            letters += usize::from(!command);
            if letters > FORMULA_WORD {
                return false;
            }
            continue;
        }
        if !sign.is_ascii() && sign.is_alphabetic() || "“”‘’\"".contains(sign) {
            return false;
        }
        letters = 0;
        command = sign == '\\';
        signs |= "\\^_=+<>/*'|".contains(sign);
    }
    signs || inside.chars().count() == 1
}

/// `G\"odel`: an accent of TeX between two letters.
fn is_accent(bytes: &[u8], at: usize) -> bool {
    let letter = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphabetic);
    bytes.get(at + 1) == Some(&b'"') && letter(at.checked_sub(1)) && letter(Some(at + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_painted_over() {
        for (body, seen) in [
            ("a {{< x \"y\" >}} b", "a xxxxxxxxxxxxx b"),
            ("a {{ x | y }}b", "a xxxxxxxxxxxb"),
            ("[p]({{ \"/p\" }})", "[p](xxxxxxxxxx)"),
            ("{% if x == \"y\" %}", "xxxxxxxxxxxxxxxxx"),
            ("{% raw %}\"a{% endraw %}", "xxxxxxxxxxxxxxxxxxxxxxx"),
            ("{% raw %}\"a", "xxxxxxxxx\"a"),
            ("{{< code >}}\"a{{< /code >}} b", "xxxxxxxxxxxxxxxxxxxxxxxxxxx b"),
            ("{# a #} b", "xxxxxxx b"),
            ("{/* a \"b */} c", "xxxxxxxxxxxx c"),
            ("G\\\"odel", "G..odel"),
            ("\\\"a\\\"", "\\\"a\\\""),
            ("w{a=\"b\"} c", "w....... c"),
            ("*w*{.c} d", "*w*.... d"),
            ("{: .c}", "......"),
            ("{a} b", "{a} b"),
            ("{\"a\": 1}", "xxxxxxxx"),
            (":::q{a=\"b\"}\nw\n:::\n", "...........\nw\n...\n"),
            ("`{{ x }}` b", "`{{ x }}` b"),
            ("```\n{{ x }}\n```\n{{x}}", "```\n{{ x }}\n```\nxxxxx"),
            ("import A from 'b'\n\nimport a", ".................\n\nimport a"),
            ("<A b={\"c\"} /> d", "............. d"),
            ("<a b=\"{{ c }}\">", "<a b=\"xxxxxxx\">"),
            ("$x'$ and $5 or $6", "xxxx and $5 or $6"),
            ("$$\na'\n$$", "xxxxxxxx"),
            ("\\(a'\\) \\[the pier\\] \\[a = 1\\]", "xxxxxx \\[the pier\\] xxxxxxxxx"),
            ("\\$a' b$", "\\$a' b$"),
            ("{{ a\n\nb }}", "{{ a\n\nb }}"),
            ("[[a|b]] ![[c]] [[d]]", "....b.. xxxxxx [[d]]"),
            ("{{< a\nb >}} c {{d}}", "xxxxxxxxxxx c xxxxx"),
        ] {
            assert_eq!(mask(body).0, seen, "{body}");
        }
    }

    #[test]
    fn a_million_braces_take_no_time() {
        for piece in
            ["{", "{{", "{%", "{{<", "{% raw %}", "$", "\\(", "<A ", "`", "{{< a\n>}}", "```", "{a=\""]
        {
            let body = piece.repeat(200_000);
            let begin = std::time::Instant::now();
            mask(&body);
            assert!(begin.elapsed().as_secs() < 5, "{piece}: {:?}", begin.elapsed());
        }
    }
}
