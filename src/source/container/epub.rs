//! The text of an EPUB: its chapters in the order of the spine, one paragraph a line.

use rustc_hash::FxHashMap;

use super::super::prose::FrontMatter;
use super::super::{Span, web};
use super::archive::Archive;
use super::layout::Composer;
use super::xml::{Step, walk};
use super::{ContainerFault, Extract};

/// Takes the text out.
pub(super) fn read(bytes: &[u8]) -> Result<Extract, ContainerFault> {
    let mut archive = Archive::open(bytes)?;
    let mut package = None;
    archive.part("META-INF/container.xml", |part| {
        walk(part, |step| {
            if let Step::Open(element) = step
                && element.name() == "rootfile"
            {
                package = Some(element.value("full-path"));
            }
            package.is_none()
        })
    })?;
    let package = package.or_else(|| archive.name_that_ends(".opf"));
    let package = package.ok_or(ContainerFault::NoBody)?;
    let mut book = Book::default();
    let found = archive.part(&package, |part| book.read(part))?;
    if found.is_none() {
        return Err(ContainerFault::NoBody);
    }
    let folder = package.rsplit_once('/').map_or("", |(folder, _)| folder);
    let encrypted = archive.text("META-INF/encryption.xml")?.unwrap_or_default();
    let mut composer = Composer::default();
    let mut chapters = 0;
    for id in &book.spine {
        let Some(href) = book.chapters.get(id) else { continue };
        let name = resolved(folder, href);
        // Books encrypt fonts, which nobody reads; encrypted chapters are another thing.
        if encrypted.contains(&format!("URI=\"{name}\"")) {
            return Err(ContainerFault::Encrypted);
        }
        let Some(page) = archive.text(&name)? else { continue };
        chapters += 1;
        composer.part(&name);
        if !composer.prose(&web::prose(&expanded(&page))) {
            return Err(ContainerFault::TooLarge);
        }
    }
    if chapters == 0 {
        return Err(ContainerFault::NoBody);
    }
    Ok(composer.finish(book.about))
}

/// What the package says.
#[derive(Debug, Default)]
struct Book {
    about: FrontMatter,
    /// The chapters' files by id.
    chapters: FxHashMap<String, String>,
    /// The ids in reading order.
    spine: Vec<String>,
}

impl Book {
    fn read(&mut self, part: &mut dyn std::io::Read) -> Result<(), ContainerFault> {
        let mut open = String::new();
        walk(part, |step| {
            match step {
                Step::Open(element) => {
                    open = element.name().to_owned();
                    match open.as_str() {
                        "item" if element.value("properties").split(' ').all(|one| one != "nav") => {
                            let kind = element.value("media-type");
                            if kind.contains("html") || kind.contains("dtbook") {
                                self.chapters.insert(element.value("id"), element.value("href"));
                            }
                        }
                        "itemref" => self.spine.push(element.value("idref")),
                        _ => {}
                    }
                }
                Step::Close(_) => open.clear(),
                Step::Words(words) => {
                    let (about, words) = (&mut self.about, words.trim().to_owned());
                    match open.as_str() {
                        _ if words.is_empty() => {}
                        "title" if about.title.is_none() => about.title = Some((words, Span::new(0, 0))),
                        "creator" if about.author.is_none() => about.author = Some(words),
                        "language" => about.noted_language = Some(words),
                        // Programs often write the day on which they made the book.
                        "date" if about.changed.is_none() => about.changed = Some(words),
                        _ => {}
                    }
                }
            }
            true
        })
    }
}

/// The name of a part, as the package in `folder` writes it: relative to the folder, with `%20` for a space.
fn resolved(folder: &str, href: &str) -> String {
    let href = href.split('#').next().unwrap_or(href);
    let mut bytes = Vec::with_capacity(href.len());
    let mut rest = href.bytes();
    while let Some(byte) = rest.next() {
        let two = (byte == b'%').then(|| rest.as_slice_hex()).flatten();
        match two {
            Some(value) => {
                bytes.push(value);
                rest.nth(1);
            }
            None => bytes.push(byte),
        }
    }
    let href = String::from_utf8_lossy(&bytes).into_owned();
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in href.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The next two bytes as a number in hexadecimal digits.
trait Hex {
    fn as_slice_hex(&self) -> Option<u8>;
}

impl Hex for std::str::Bytes<'_> {
    fn as_slice_hex(&self) -> Option<u8> {
        let mut ahead = self.clone();
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        let (high, low) = (digit(ahead.next())?, digit(ahead.next())?);
        u8::try_from(high * 16 + low).ok()
    }
}

/// Elements that have no content and no end in HTML.
const VOID: [&str; 9] = ["br", "hr", "img", "meta", "link", "input", "col", "wbr", "source"];

/// A chapter is XML, in which any element may close itself. In HTML most may not: `<title/>` becomes `<title></title>`.
fn expanded(page: &str) -> String {
    let mut out = String::with_capacity(page.len() + page.len() / 64);
    let mut from = 0;
    for at in memchr::memmem::find_iter(page.as_bytes(), b"/>") {
        let open = page[from..at].rfind('<').map(|open| from + open);
        let name = open.map(|open| {
            let tag = &page[open + 1..at];
            &tag[..tag.find(|sign: char| sign.is_whitespace()).unwrap_or(tag.len())]
        });
        let fits = |name: &str| {
            !name.is_empty()
                && !VOID.contains(&name)
                && name.chars().all(|sign| sign.is_alphanumeric() || ":-".contains(sign))
        };
        out.push_str(&page[from..at]);
        match name.filter(|name| fits(name)) {
            Some(name) => {
                out.push_str("></");
                out.push_str(name);
                out.push('>');
            }
            None => out.push_str("/>"),
        }
        from = at + 2;
    }
    out.push_str(&page[from..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_parts() {
        for (folder, href, name) in [
            ("OEBPS", "text/one.xhtml#p3", "OEBPS/text/one.xhtml"),
            ("OEBPS/x", "../one%20two.xhtml", "OEBPS/one two.xhtml"),
            ("", "100%.xhtml", "100%.xhtml"),
        ] {
            assert_eq!(resolved(folder, href), name);
        }
    }

    #[test]
    fn elements_that_close_themselves_are_closed() {
        assert_eq!(
            expanded("<title/><p>a<br/>b</p><a id=\"x\"/>c"),
            "<title></title><p>a<br/>b</p><a id=\"x\"></a>c"
        );
    }
}
