//! XML read element by element, without holding a part in memory. `quick_xml` lives here, and only here.

use std::io::{BufReader, Read};

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::super::markdown;
use super::ContainerFault;

/// One step through a part of XML. Names are without their prefix.
pub(super) enum Step<'e> {
    /// An element begins. One that closes itself is followed by its [`Step::Close`] all the same.
    Open(&'e Element<'e>),
    /// An element ends.
    Close(&'e str),
    /// Words, with references resolved.
    Words(&'e str),
}

/// An element's name and attributes.
pub(super) struct Element<'e> {
    tag: &'e BytesStart<'e>,
}

impl Element<'_> {
    /// The name without its prefix.
    pub(super) fn name(&self) -> &str {
        self.tag.local_name().into_inner()
    }

    /// The value of an attribute by its name without prefix; empty where there is none.
    pub(super) fn value(&self, name: &str) -> String {
        let mut attributes = self.tag.attributes();
        let found =
            attributes.with_checks(false).flatten().find(|one| one.key.local_name().into_inner() == name);
        found
            .and_then(|one| {
                one.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
            })
            .unwrap_or_default()
    }

    /// Is a setting on? One without a value is.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.value("val").as_str(), "0" | "false" | "off" | "none")
    }
}

/// How deep a reader stands among the elements, and which of them it passes over with all that they hold.
#[derive(Debug, Default)]
pub(super) struct Depth {
    open: usize,
    passed_over: Option<usize>,
}

impl Depth {
    /// An element begins; false where it is passed over.
    pub(super) fn enter(&mut self) -> bool {
        self.open += 1;
        self.passed_over.is_none()
    }

    /// Passes over the element that has just begun.
    pub(super) fn pass_over(&mut self) {
        self.passed_over = Some(self.open);
    }

    /// An element ends; false where it was passed over.
    pub(super) fn leave(&mut self) -> bool {
        let read = self.passed_over.is_none();
        if self.passed_over == Some(self.open) {
            self.passed_over = None;
        }
        self.open = self.open.saturating_sub(1);
        read
    }

    /// Is what stands here read?
    pub(super) fn is_read(&self) -> bool {
        self.passed_over.is_none()
    }

    /// Have all elements ended?
    pub(super) fn is_closed(&self) -> bool {
        self.open == 0
    }
}

/// Walks through a part. `take` returns false to stop.
pub(super) fn walk(
    part: &mut dyn Read,
    mut take: impl FnMut(Step<'_>) -> bool,
) -> Result<(), ContainerFault> {
    let mut reader = Reader::from_reader(BufReader::new(part));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(|_| ContainerFault::Broken)?;
        let on = match event {
            Event::Start(tag) => take(Step::Open(&Element { tag: &tag })),
            Event::Empty(tag) => {
                take(Step::Open(&Element { tag: &tag })) && take(Step::Close(tag.local_name().into_inner()))
            }
            Event::End(tag) => take(Step::Close(tag.local_name().into_inner())),
            Event::Text(words) => take(Step::Words(&words.xml10_content())),
            Event::CData(words) => take(Step::Words(&words)),
            Event::GeneralRef(reference) => {
                take(Step::Words(&resolved(&reference).ok_or(ContainerFault::Broken)?))
            }
            Event::Eof => return Ok(()),
            _ => true,
        };
        if !on {
            return Ok(());
        }
    }
}

/// What a reference such as `&amp;` or `&#8217;` stands for.
fn resolved(reference: &BytesRef<'_>) -> Option<String> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Some(character.to_string());
    }
    let name = reference.xml10_content();
    let known = match &*name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        // Chapters and old files use the names of HTML.
        _ => return markdown::decoded(&format!("&{name};")),
    };
    Some(known.to_owned())
}
