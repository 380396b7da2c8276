//! LaTeX: the words of the document's body, commands left out.

use std::ops::Range;

use super::super::prose::{BlockKind, Prose};
use super::super::weave::{OBJECT, Weaver};

/// Commands whose argument is a heading, and whose argument is no prose.
const HEADINGS: [&str; 9] = [
    "title",
    "part",
    "chapter",
    "section",
    "subsection",
    "subsubsection",
    "paragraph",
    "headline",
    "subtitle",
];
const SILENT: [&str; 30] = [
    "label",
    "ref",
    "pageref",
    "cite",
    "citep",
    "citet",
    "parencite",
    "autocite",
    "footcite",
    "url",
    "input",
    "include",
    "includegraphics",
    "usepackage",
    "documentclass",
    "bibliography",
    "bibliographystyle",
    "hypertarget",
    "index",
    "vspace",
    "hspace",
    "pagestyle",
    "thispagestyle",
    "setlength",
    "setcounter",
    "newcommand",
    "renewcommand",
    "providecommand",
    "author",
    "date",
];
/// Environments that are no prose.
const RAW: [&str; 12] = [
    "verbatim",
    "lstlisting",
    "minted",
    "equation",
    "equation*",
    "align",
    "align*",
    "tikzpicture",
    "tabular",
    "comment",
    "thebibliography",
    "math",
];

/// The blocks of a LaTeX text.
pub(in super::super) fn prose(text: &str) -> Prose<'static> {
    let start = text.find("\\begin{document}").map_or(0, |at| at + "\\begin{document}".len());
    let end = text.find("\\end{document}").filter(|end| *end >= start).unwrap_or(text.len());
    let mut reader = Reader {
        text,
        weaver: Weaver::new(text, 0),
        kinds: Vec::new(),
        closers: Vec::new(),
        unended: Vec::new(),
    };
    reader.read(start..end);
    reader.weaver.finish()
}

/// What closes with a brace.
enum Closer {
    /// Nothing.
    Group,
    /// The block.
    Block,
    /// A quotation, with its mark.
    Mark,
}

struct Reader<'t> {
    text: &'t str,
    weaver: Weaver<'t>,
    /// The kinds of the environments and commands that are open.
    kinds: Vec<BlockKind>,
    closers: Vec<Closer>,
    /// Environments without words whose end was looked for in vain; another look would find none either.
    unended: Vec<String>,
}

impl Reader<'_> {
    fn kind(&self) -> BlockKind {
        self.kinds.last().copied().unwrap_or_default()
    }

    fn read(&mut self, range: Range<usize>) {
        let text = self.text;
        let mut from = range.start;
        let mut at = range.start;
        while let Some(stop) =
            text[at..range.end].find(['\\', '{', '}', '%', '$', '~', '`', '\'', '-', '\n', '['])
        {
            let start = at + stop;
            let rest = &text[start..range.end];
            let (len, sign) = match rest.as_bytes()[0] {
                b'\\' => {
                    self.weaver.copy(self.kind(), from..start);
                    let len = self.command(start, rest);
                    (from, at) = (start + len, start + len);
                    continue;
                }
                b'%' => (rest.find('\n').map_or(rest.len(), |at| at + 1), Some("")),
                b'{' => {
                    self.closers.push(Closer::Group);
                    (1, Some(""))
                }
                b'}' => {
                    self.weaver.copy(self.kind(), from..start);
                    self.close(start);
                    (from, at) = (start + 1, start + 1);
                    continue;
                }
                b'$' => {
                    let mark = if rest.starts_with("$$") { "$$" } else { "$" };
                    let inner = rest[mark.len()..].find(mark).map_or(0, |at| at + mark.len());
                    (mark.len() + inner, Some(OBJECT))
                }
                b'~' => (1, Some("\u{A0}")),
                b'`' if rest.starts_with("``") => (2, Some("“")),
                b'`' => (1, Some("‘")),
                b'\'' if rest.starts_with("''") => (2, Some("”")),
                b'\'' => (1, Some("’")),
                b'-' if rest.starts_with("---") => (3, Some("—")),
                b'-' if rest.starts_with("--") => (2, Some("–")),
                b'\n' => {
                    let blank = rest[1..].find(|sign: char| sign == '\n' || !sign.is_whitespace());
                    match blank.filter(|at| rest[1 + at..].starts_with('\n')) {
                        Some(len) => {
                            self.weaver.copy(self.kind(), from..start);
                            self.weaver.close();
                            (from, at) = (start + len + 1, start + len + 1);
                            continue;
                        }
                        None => (0, None),
                    }
                }
                _ => (0, None),
            };
            match sign {
                Some(sign) => {
                    self.weaver.copy(self.kind(), from..start);
                    self.weaver.stand_in(self.kind(), sign, start..start + len);
                    (from, at) = (start + len, start + len);
                }
                None => at = start + 1,
            }
        }
        self.weaver.copy(self.kind(), from..range.end);
    }

    fn close(&mut self, at: usize) {
        match self.closers.pop() {
            Some(Closer::Block) => {
                self.weaver.close();
                self.kinds.pop();
            }
            Some(Closer::Mark) => self.weaver.stand_in(self.kind(), "”", at..at + 1),
            Some(Closer::Group) | None => {}
        }
    }

    fn open(&mut self, kind: BlockKind) {
        self.weaver.close();
        self.kinds.push(kind);
    }

    /// Deals with the command at byte `start`, and returns how many bytes it takes; the words of most arguments follow.
    fn command(&mut self, start: usize, rest: &str) -> usize {
        let name_len = rest[1..].find(|sign: char| !sign.is_ascii_alphabetic()).unwrap_or(rest.len() - 1);
        if name_len == 0 {
            let sign = rest[1..].chars().next();
            let len = 1 + sign.map_or(0, char::len_utf8);
            match sign {
                Some('\\') => self.weaver.stand_in(self.kind(), "\n", start..start + len),
                Some(sign @ ('%' | '&' | '$' | '#' | '_' | '{' | '}')) => {
                    self.weaver.stand_in(self.kind(), sign.encode_utf8(&mut [0; 4]), start..start + len);
                }
                Some(',' | ' ' | ';') => self.weaver.space(start..start + len),
                _ => {}
            }
            return len;
        }
        let name = &rest[1..=name_len];
        let mut len = 1 + name_len;
        if rest[len..].starts_with('*') {
            len += 1;
        }
        // Options are no prose.
        if rest[len..].starts_with('[') && name != "item" {
            let window = &rest.as_bytes()[len..rest.len().min(len + LONGEST_ARGUMENT)];
            len += memchr::memchr(b']', window).map_or(0, |at| at + 1);
        }
        let argument = argument_of(&rest[len..]);
        match name {
            "begin" | "end" => {
                let Some(inner) = argument else { return len };
                let environment = &rest[len + inner.start..len + inner.end];
                len += inner.end + 1;
                self.environment(name == "begin", environment, &rest[len..]).map_or(len, |more| len + more)
            }
            "item" => {
                self.weaver.close();
                len
            }
            "enquote" | "textquote" if argument.is_some() => {
                self.weaver.stand_in(self.kind(), "“", start..start + len + 1);
                self.closers.push(Closer::Mark);
                len + 1
            }
            "footnote" | "footnotetext" | "marginpar" | "thanks" | "todo" => {
                argument.map_or(len, |inner| len + inner.end + 1)
            }
            "caption" if argument.is_some() => {
                self.open(BlockKind::Caption);
                self.closers.push(Closer::Block);
                len + 1
            }
            _ if HEADINGS.contains(&name) && argument.is_some() => {
                self.open(BlockKind::Heading);
                self.closers.push(Closer::Block);
                len + 1
            }
            _ if SILENT.contains(&name) => {
                let mut end = len;
                while let Some(inner) =
                    argument_of(&rest[end..]).filter(|_| end == len || name.starts_with("set"))
                {
                    end += inner.end + 1;
                }
                end
            }
            "textbackslash" => len,
            "ldots" | "dots" | "textellipsis" => {
                self.weaver.stand_in(self.kind(), "…", start..start + len);
                len
            }
            "par" => {
                self.weaver.close();
                len
            }
            "verb" => {
                self.weaver.stand_in(self.kind(), OBJECT, start..start + len);
                len + verbatim(&rest[len..]).unwrap_or(0)
            }
            // A command eats the space behind it; its argument in braces is read as words.
            _ => len + usize::from(rest[len..].starts_with(' ') && argument.is_none()),
        }
    }

    /// Begins or ends an environment. `Some` where more bytes belong to it.
    fn environment(&mut self, begins: bool, name: &str, rest: &str) -> Option<usize> {
        let kind = match name {
            "quote" | "quotation" | "quoting" | "displayquote" | "verse" => Some(BlockKind::BlockQuote),
            "itemize" | "enumerate" | "description" => Some(BlockKind::ListItem),
            _ => None,
        };
        self.weaver.close();
        if begins && RAW.contains(&name) {
            let end = format!("\\end{{{name}}}");
            if self.unended.iter().any(|unended| unended == name) {
                return None;
            }
            let length = rest.find(&end).map(|at| at + end.len());
            if length.is_none() {
                self.unended.push(name.to_owned());
            }
            return length;
        }
        match (kind, begins) {
            (Some(kind), true) => self.kinds.push(kind),
            (Some(_), false) => drop(self.kinds.pop()),
            (None, _) => {}
        }
        None
    }
}

/// Bytes in which the end of an argument is looked for.
const LONGEST_ARGUMENT: usize = 8_000;

/// The bytes of `|code|` behind `\verb`: up to the next mark like the first, on the same line. `None` where it is not closed.
fn verbatim(rest: &str) -> Option<usize> {
    let mark = rest.chars().next().filter(|mark| !mark.is_whitespace())?;
    let inner = rest[mark.len_utf8()..].find([mark, '\n'])?;
    let end = mark.len_utf8() + inner;
    rest[end..].starts_with(mark).then_some(end + mark.len_utf8())
}

/// The inside of the argument in braces at the beginning of `rest`.
fn argument_of(rest: &str) -> Option<Range<usize>> {
    let open = rest.len() - rest.trim_start().len();
    if !rest[open..].starts_with('{') {
        return None;
    }
    let mut depth = 0_usize;
    for (at, byte) in rest.bytes().enumerate().take(LONGEST_ARGUMENT).skip(open) {
        match byte {
            b'{' => depth += 1,
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(open + 1..at);
                }
            }
            _ => {}
        }
    }
    None
}
