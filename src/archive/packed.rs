//! Records as bytes: much shorter than JSON, and read without building a tree first.
//!
//! Facts are full of places, of words that the text has as well, and of the same field names again and again. So a place is
//! written as the distance to the place before; a string as a range of the text, or as the number of an equal string
//! before it; and the names of an object's fields once for all objects that have the same. Everything that serde writes
//! for [`FileFacts`] is kept, whatever fields it has. Strings that repeat from draft to draft are left to the compression
//! that follows.

use std::collections::HashMap;

use serde::Deserialize;
use serde::de::value::{Error, MapAccessDeserializer};
use serde::de::{self, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::record::Record;

/// What a byte before a value says. The largest values mean a small number, an array or an object by themselves.
mod tag {
    pub const NULL: u8 = 0;
    pub const FALSE: u8 = 1;
    pub const TRUE: u8 = 2;
    pub const EMPTY: u8 = 3;
    /// A string: its length and its bytes.
    pub const STRING: u8 = 4;
    /// A string that came before: how many other strings have come since.
    pub const AGAIN: u8 = 5;
    /// A string that is a range of the text: where it begins, from the place before on, and its length.
    pub const SLICE: u8 = 6;
    /// A string that is the last range of the text.
    pub const HERE: u8 = 7;
    /// An object with a new list of fields.
    pub const SHAPE: u8 = 8;
    /// A range that came before: how many other ranges have come since.
    pub const RANGE: u8 = 9;
    pub const ARRAY: u8 = 10;
    pub const NUMBER: u8 = 11;
    pub const NEGATIVE: u8 = 12;
    pub const FLOAT: u8 = 13;
    /// An object whose list of fields came before, as its number.
    pub const OBJECT: u8 = 14;
    /// From here on: an object with one of the first lists of fields.
    pub const OBJECTS: u8 = 16;
    /// From here on: an array of few items.
    pub const ARRAYS: u8 = 64;
    /// From here on: a small number.
    pub const NUMBERS: u8 = 96;
}

/// In a text, this byte stands before the number of blanks in a row, or before 0 where the text itself has it.
const BLANKS: u8 = 1;
/// Bytes of the marks between the beginning of a quotation and its words, at most.
const LONGEST_MARK: usize = 8;
/// Objects in objects deeper than this are no facts.
const DEEPEST: u32 = 64;
/// The fields of a range of the text, which are written as distances.
const RANGE: [&str; 2] = ["end", "start"];

/// The bytes of a record.
pub(super) fn pack(record: &Record) -> Vec<u8> {
    let mut writer = Writer { text: &record.text, ..Writer::default() };
    writer.out.extend(record.digest.to_le_bytes());
    let text = shortened(&record.text);
    writer.number(record.text.len() as u64);
    writer.number(text.len() as u64);
    writer.out.extend(text);
    // Facts are made of numbers, texts and lists: there is nothing that JSON cannot hold.
    let facts = serde_json::to_value(&record.facts).unwrap_or_default();
    writer.value(&facts);
    writer.out
}

/// The record of such bytes; `None` where they are none.
pub(super) fn unpack(bytes: &[u8]) -> Option<Record> {
    let digest = u64::from_le_bytes(bytes.get(..8)?.try_into().ok()?);
    let mut reader = Reader { bytes, at: 8, ..Reader::default() };
    let (length, short) = (reader.number().ok()? as usize, reader.number().ok()? as usize);
    let text = lengthened(reader.take(short).ok()?, length)?;
    let mut reader = Reader { bytes, at: reader.at, text: &text, ..Reader::default() };
    let facts = Deserialize::deserialize(&mut reader).ok().filter(|_| reader.at == bytes.len())?;
    Some(Record { digest, facts, text })
}

/// A text whose rows of blanks are numbers.
fn shortened(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut short = Vec::with_capacity(bytes.len() / 2);
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let blanks = bytes[at..].iter().take_while(|&&byte| byte == b' ').count();
        if blanks > 2 {
            short.push(BLANKS);
            push_varint(&mut short, blanks as u64);
        } else if blanks > 0 {
            short.extend_from_slice(&bytes[at..at + blanks]);
        } else {
            short.push(byte);
            if byte == BLANKS {
                short.push(0);
            }
        }
        at += blanks.max(1);
    }
    short
}

/// The text of `length` bytes that [`shortened`] made short.
fn lengthened(short: &[u8], length: usize) -> Option<String> {
    let mut text = Vec::new();
    let mut at = 0;
    while let Some(&byte) = short.get(at) {
        at += 1;
        if byte != BLANKS {
            text.push(byte);
            continue;
        }
        match varint(short, &mut at)? as usize {
            0 => text.push(BLANKS),
            blanks if blanks <= length => text.resize(text.len() + blanks, b' '),
            _ => return None,
        }
    }
    String::from_utf8(text).ok().filter(|text| text.len() == length)
}

#[derive(Default)]
struct Writer<'a> {
    text: &'a str,
    out: Vec<u8>,
    shapes: HashMap<Vec<String>, u64>,
    strings: Vec<String>,
    ranges: Vec<(i64, i64)>,
    place: i64,
}

impl Writer<'_> {
    fn number(&mut self, number: u64) {
        push_varint(&mut self.out, number);
    }

    fn distance(&mut self, place: i64) {
        let distance = place - self.place;
        self.number(zigzag(distance));
        self.place = place;
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Null => self.out.push(tag::NULL),
            Value::Bool(false) => self.out.push(tag::FALSE),
            Value::Bool(true) => self.out.push(tag::TRUE),
            Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(small), ..) if small < u64::from(u8::MAX - tag::NUMBERS) => {
                    self.out.push(tag::NUMBERS + small as u8);
                }
                (Some(number), ..) => {
                    self.out.push(tag::NUMBER);
                    self.number(number);
                }
                (_, Some(number), _) => {
                    self.out.push(tag::NEGATIVE);
                    self.number(number.unsigned_abs());
                }
                (.., float) => {
                    self.out.push(tag::FLOAT);
                    self.out.extend(float.unwrap_or_default().to_le_bytes());
                }
            },
            Value::String(string) => self.string(string),
            Value::Array(items) => {
                self.counted(tag::ARRAY, (tag::ARRAYS, tag::NUMBERS), items.len());
                items.iter().for_each(|item| self.value(item));
            }
            Value::Object(fields) => self.object(fields),
        }
    }

    /// Writes a tag with a number: one byte where the number is small.
    fn counted(&mut self, tag: u8, (from, to): (u8, u8), number: usize) {
        if number < usize::from(to - from) {
            self.out.push(from + number as u8);
        } else {
            self.out.push(tag);
            self.number(number as u64);
        }
    }

    fn string(&mut self, string: &str) {
        if string.is_empty() {
            self.out.push(tag::EMPTY);
        } else if self.ranges.last().and_then(|range| slice(self.text, *range)) == Some(string) {
            self.out.push(tag::HERE);
        } else if let Some(at) = self.strings.iter().rposition(|known| known == string) {
            self.out.push(tag::AGAIN);
            self.number((self.strings.len() - 1 - at) as u64);
            let again = self.strings.remove(at);
            self.strings.push(again);
        } else {
            // A quotation's words begin right after its mark.
            let from = self.ranges.last().map_or(0, |range| range.1.max(0) as usize);
            let begins =
                |near: &usize| self.text.get(from + near..).is_some_and(|text| text.starts_with(string));
            match (0..LONGEST_MARK).find(begins) {
                Some(near) => {
                    self.out.push(tag::SLICE);
                    self.number(near as u64);
                    self.number(string.len() as u64);
                }
                None => {
                    self.out.push(tag::STRING);
                    self.number(string.len() as u64);
                    self.out.extend_from_slice(string.as_bytes());
                }
            }
            self.strings.push(string.to_owned());
        }
    }

    fn object(&mut self, fields: &Map<String, Value>) {
        let place = |name: &str| fields.get(name).and_then(Value::as_u64).map(|place| place as i64);
        let range = place(RANGE[0]).zip(place(RANGE[1]));
        if let Some(range) = range.filter(|_| fields.len() == 2)
            && let Some(at) = self.ranges.iter().rposition(|known| *known == range)
        {
            self.out.push(tag::RANGE);
            self.number((self.ranges.len() - 1 - at) as u64);
            self.ranges.remove(at);
            self.ranges.push(range);
            return;
        }
        // What stands at a place is written after the place, and the place by its own rule.
        let names: Vec<String> = match range {
            Some(_) => RANGE
                .into_iter()
                .chain(fields.keys().map(String::as_str).filter(|name| !RANGE.contains(name)))
                .map(str::to_owned)
                .collect(),
            None => fields.keys().cloned().collect(),
        };
        match self.shapes.get(&names) {
            Some(&known) => {
                self.counted(tag::OBJECT, (tag::OBJECTS, tag::ARRAYS), known as usize);
            }
            None => {
                self.out.push(tag::SHAPE);
                self.number(names.len() as u64);
                self.out.push(u8::from(range.is_some()));
                for name in &names {
                    self.number(name.len() as u64);
                    self.out.extend_from_slice(name.as_bytes());
                }
                self.shapes.insert(names.clone(), self.shapes.len() as u64);
            }
        }
        if let Some((end, start)) = range {
            self.distance(start);
            self.distance(end);
            self.ranges.push((end, start));
        }
        for name in names.iter().skip(if range.is_some() { 2 } else { 0 }) {
            fields.get(name).into_iter().for_each(|value| self.value(value));
        }
    }
}

/// The text from the second number up to the first.
fn slice(text: &str, (end, start): (i64, i64)) -> Option<&str> {
    text.get(usize::try_from(start).ok()?..usize::try_from(end).ok()?)
}

const fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)).cast_unsigned()
}

const fn unzigzag(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}

pub(super) fn push_varint(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

pub(super) fn varint(bytes: &[u8], at: &mut usize) -> Option<u64> {
    let mut number = 0_u64;
    for shift in (0..64).step_by(7) {
        let byte = *bytes.get(*at)?;
        *at += 1;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

/// The fields of an object.
#[derive(Default)]
struct Shape<'a> {
    names: Vec<&'a str>,
    has_range: bool,
}

#[derive(Default)]
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    text: &'a str,
    shapes: Vec<Shape<'a>>,
    strings: Vec<&'a str>,
    ranges: Vec<(i64, i64)>,
    place: i64,
    depth: u32,
}

fn broken() -> Error {
    de::Error::custom("no record")
}

impl<'a> Reader<'a> {
    fn number(&mut self) -> Result<u64, Error> {
        varint(self.bytes, &mut self.at).ok_or_else(broken)
    }

    fn byte(&mut self) -> Result<u8, Error> {
        let byte = self.bytes.get(self.at).copied().ok_or_else(broken)?;
        self.at += 1;
        Ok(byte)
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], Error> {
        let end = self.at.checked_add(length).ok_or_else(broken)?;
        let bytes = self.bytes.get(self.at..end).ok_or_else(broken)?;
        self.at = end;
        Ok(bytes)
    }

    fn name(&mut self) -> Result<&'a str, Error> {
        let length = self.number()? as usize;
        std::str::from_utf8(self.take(length)?).map_err(|_| broken())
    }

    fn distance(&mut self) -> Result<i64, Error> {
        self.place = self.place.checked_add(unzigzag(self.number()?)).ok_or_else(broken)?;
        Ok(self.place)
    }

    /// The string after one of its tags; `None` where the tag is another's.
    fn string(&mut self, tag: u8) -> Result<Option<&'a str>, Error> {
        let last = self.ranges.last().copied();
        let string = match tag {
            tag::EMPTY => return Ok(Some("")),
            tag::HERE => return last.and_then(|last| slice(self.text, last)).ok_or_else(broken).map(Some),
            tag::AGAIN => {
                let back = self.number()? as usize;
                let at = self.strings.len().checked_sub(1).and_then(|end| end.checked_sub(back));
                self.strings.remove(at.ok_or_else(broken)?)
            }
            tag::SLICE => {
                let from = last.map_or(0, |(_, start)| start.max(0) as usize);
                let start = from.checked_add(self.number()? as usize).ok_or_else(broken)?;
                let end = start.checked_add(self.number()? as usize).ok_or_else(broken)?;
                self.text.get(start..end).ok_or_else(broken)?
            }
            tag::STRING => self.name()?,
            _ => return Ok(None),
        };
        self.strings.push(string);
        Ok(Some(string))
    }

    /// The object after one of its tags; `None` where the tag is another's.
    fn object(&mut self, tag: u8) -> Result<Option<Fields<'_, 'a>>, Error> {
        let shape = match tag {
            tag::RANGE => {
                let back = self.number()? as usize;
                let at = self.ranges.len().checked_sub(1).and_then(|end| end.checked_sub(back));
                let range = self.ranges.remove(at.ok_or_else(broken)?);
                self.ranges.push(range);
                return Ok(Some(Fields { reader: self, shape: None, at: 0, count: 2, range: Some(range) }));
            }
            tag::SHAPE => {
                let count = self.number()? as usize;
                let has_range = self.byte()? != 0;
                let mut shape = Shape { names: Vec::new(), has_range };
                for _ in 0..count {
                    shape.names.push(self.name()?);
                }
                if has_range && count < RANGE.len() {
                    return Err(broken());
                }
                self.shapes.push(shape);
                self.shapes.len() - 1
            }
            tag::OBJECT => self.number()? as usize,
            tag::OBJECTS..tag::ARRAYS => usize::from(tag - tag::OBJECTS),
            _ => return Ok(None),
        };
        let (count, has_range) =
            self.shapes.get(shape).map(|it| (it.names.len(), it.has_range)).ok_or_else(broken)?;
        let mut range = None;
        if has_range {
            let start = self.distance()?;
            let end = self.distance()?;
            self.ranges.push((end, start));
            range = Some((end, start));
        }
        Ok(Some(Fields { reader: self, shape: Some(shape), at: 0, count, range }))
    }

    fn deeper(&mut self) -> Result<(), Error> {
        self.depth += 1;
        if self.depth > DEEPEST { Err(broken()) } else { Ok(()) }
    }
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let tag = self.byte()?;
        match tag {
            tag::NULL => return visitor.visit_unit(),
            tag::FALSE | tag::TRUE => return visitor.visit_bool(tag == tag::TRUE),
            tag::NUMBER => {
                let number = self.number()?;
                return visitor.visit_u64(number);
            }
            tag::NEGATIVE => {
                let number = self.number()?;
                return visitor.visit_i64(0_i64.checked_sub_unsigned(number).ok_or_else(broken)?);
            }
            tag::FLOAT => {
                let bytes = self.take(8)?.try_into().map_err(|_| broken())?;
                return visitor.visit_f64(f64::from_le_bytes(bytes));
            }
            tag::NUMBERS.. => return visitor.visit_u64(u64::from(tag - tag::NUMBERS)),
            _ => {}
        }
        if let Some(string) = self.string(tag)? {
            return visitor.visit_str(string);
        }
        let count = match tag {
            tag::ARRAY => Some(self.number()? as usize),
            tag::ARRAYS..tag::NUMBERS => Some(usize::from(tag - tag::ARRAYS)),
            _ => None,
        };
        self.deeper()?;
        let value = match count {
            Some(count) => visitor.visit_seq(Items { reader: &mut *self, count })?,
            None => visitor.visit_map(self.object(tag)?.ok_or_else(broken)?)?,
        };
        self.depth -= 1;
        Ok(value)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.bytes.get(self.at) == Some(&tag::NULL) {
            self.at += 1;
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let tag = self.byte()?;
        match self.string(tag)? {
            Some(name) => visitor.visit_enum(name.into_deserializer()),
            None => {
                let fields = self.object(tag)?.ok_or_else(broken)?;
                visitor.visit_enum(MapAccessDeserializer::new(fields))
            }
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

/// The items of an array.
struct Items<'r, 'a> {
    reader: &'r mut Reader<'a>,
    count: usize,
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        if self.count == 0 {
            return Ok(None);
        }
        self.count -= 1;
        seed.deserialize(&mut *self.reader).map(Some)
    }
}

/// The fields of an object.
struct Fields<'r, 'a> {
    reader: &'r mut Reader<'a>,
    /// The number of its list of fields; `None` for a range.
    shape: Option<usize>,
    at: usize,
    count: usize,
    /// Its first two fields, where they are a range of the text.
    range: Option<(i64, i64)>,
}

impl<'de> MapAccess<'de> for Fields<'_, 'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        if self.at == self.count {
            return Ok(None);
        }
        let name = match self.shape {
            Some(shape) => self.reader.shapes.get(shape).and_then(|shape| shape.names.get(self.at)).copied(),
            None => RANGE.get(self.at).copied(),
        };
        self.at += 1;
        let name: &'de str = name.ok_or_else(broken)?;
        seed.deserialize(de::value::BorrowedStrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Error> {
        match self.range {
            Some((end, start)) if self.at <= 2 => {
                let place = if self.at == 1 { end } else { start };
                seed.deserialize(u64::try_from(place).map_err(|_| broken())?.into_deserializer())
            }
            _ => seed.deserialize(&mut *self.reader),
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

    use super::*;
    use crate::facts::{Hints, read};
    use crate::source::{Document, Format, Text};

    const DRAFT: &str = "# Pier “to stay”\n\nMayor Ana Reyes, 43, came on Monday.\n\n“The pier is ours,” Reyes said, “and \
        it *stays*.”\n\nBo Lee, president of the Yacht Club, wrote on X: “No é — \u{1}.”\n\n> We were never asked.\n";

    fn record() -> Record {
        let document = Document::new("2026-01-05-a.md", Format::Markdown, Text::new(DRAFT.to_owned()));
        Record::of(&document, &read(&document, &Hints::default()), 7)
    }

    #[test]
    fn a_record_comes_back_as_it_was() {
        let record = record();
        let bytes = pack(&record);
        assert!(!record.facts.quotations.is_empty() && !record.facts.mentions.is_empty());
        assert_eq!(unpack(&bytes).as_ref(), Some(&record));
        let json = serde_json::to_vec(&record).unwrap();
        assert!(bytes.len() * 2 < json.len(), "{} of {}", bytes.len(), json.len());
    }

    #[test]
    fn broken_bytes_are_no_panic() {
        let bytes = pack(&record());
        for at in 0..bytes.len() {
            assert_eq!(unpack(&bytes[..at]), None);
            for change in [0x01, 0x40, 0xff] {
                let mut changed = bytes.clone();
                changed[at] ^= change;
                let _ = unpack(&changed);
            }
        }
    }

    #[test]
    fn blanks_come_back() {
        for text in ["", " ", "a  b   c", "\u{1}     \u{1}", "é\u{a0}     \n     "] {
            assert_eq!(lengthened(&shortened(text), text.len()).as_deref(), Some(text));
        }
    }
}
