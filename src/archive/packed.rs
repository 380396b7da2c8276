//! Records as bytes: much shorter than JSON, and read without building a tree first.
//!
//! Facts are full of places, of words that the text has as well, and of the same field names again and again. So a place is
//! written as the distance to the place before; a string as a range of the text, or as the number of an equal string
//! before it; and the names of an object's fields once for all objects that have the same. Everything that serde writes
//! for [`FileFacts`] is kept, whatever fields it has. Strings that repeat from draft to draft are left to the compression
//! that follows.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::record::Record;

/// What a byte before a value says. The largest values mean a small number, an array or an object by themselves.
pub(super) mod tag {
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
pub(super) const BLANKS: u8 = 1;
/// Bytes of the marks between the beginning of a quotation and its words, at most.
const LONGEST_MARK: usize = 8;
/// The fields of a range of the text, which are written as distances.
pub(super) const RANGE: [&str; 2] = ["end", "start"];

/// The bytes of a record without its digest: those of the text, and those of the facts. They are compressed apart, because
/// each repeats itself and neither repeats the other.
pub(super) fn pack(record: &Record) -> [Vec<u8>; 2] {
    let mut text = Vec::new();
    push_varint(&mut text, record.text.len() as u64);
    text.extend(shortened(&record.text));
    let mut writer = Writer { text: &record.text, ..Writer::default() };
    // Facts are made of numbers, texts and lists: there is nothing that JSON cannot hold.
    let facts = serde_json::to_value(&record.facts).unwrap_or_default();
    writer.value(&facts);
    [text, writer.out]
}

/// A text whose rows of blanks are numbers.
pub(super) fn shortened(text: &str) -> Vec<u8> {
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
        let place = |name: &str| fields.get(name).and_then(Value::as_u64).map(|place| place.cast_signed());
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
pub(super) fn slice(text: &str, (end, start): (i64, i64)) -> Option<&str> {
    text.get(usize::try_from(start).ok()?..usize::try_from(end).ok()?)
}

const fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)).cast_unsigned()
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
