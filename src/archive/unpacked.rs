//! Records read back from the bytes that [`super::packed`] writes.
//!
//! The bytes are handed to serde as they are read, without a tree in between. So facts are read in one pass.

use serde::Deserialize;
use serde::de::value::{Error, MapAccessDeserializer};
use serde::de::{self, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};

use super::packed::{BLANKS, RANGE, slice, tag, varint};
use super::record::Record;

/// Objects in objects deeper than this are no facts.
const DEEPEST: u32 = 64;
/// Memory is taken for so many times the bytes that were read, before what they are has been seen.
const MOST_SHORTENED: usize = 16;

/// The record of bytes that [`super::packed::pack`] has written, without its digest; `None` where they are broken.
pub(super) fn unpack([text, facts]: [&[u8]; 2]) -> Option<Record> {
    let mut at = 0;
    let length = varint(text, &mut at)? as usize;
    let text = lengthened(text.get(at..)?, length)?;
    let mut reader = Reader { bytes: facts, text: &text, ..Reader::default() };
    let facts = Deserialize::deserialize(&mut reader).ok().filter(|_| reader.at == facts.len())?;
    Some(Record { digest: 0, facts, text })
}

/// The text of `length` bytes that [`super::packed::shortened`] made short.
fn lengthened(short: &[u8], length: usize) -> Option<String> {
    let mut text = Vec::with_capacity(length.min(short.len().saturating_mul(MOST_SHORTENED)));
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

const fn unzigzag(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

    use super::super::packed::{pack, shortened};
    use super::*;
    use crate::facts::{Hints, read};
    use crate::source::{Document, Format, Text};

    const DRAFT: &str = "# Pier “to stay”\n\nMayor Ana Reyes, 43, came on Monday.\n\n“The pier is ours,” Reyes said, “and \
        it *stays*.”\n\nBo Lee, president of the Yacht Club, wrote on X: “No é — \u{1}.”\n\n> We were never asked.\n";

    fn record() -> Record {
        let document = Document::new("2026-01-05-a.md", Format::Markdown, Text::new(DRAFT.to_owned()));
        Record::of(&document, &read(&document, &Hints::default()), 0)
    }

    #[test]
    fn a_record_comes_back_as_it_was() {
        let record = record();
        let [text, facts] = pack(&record);
        assert!(!record.facts.quotations.is_empty() && !record.facts.mentions.is_empty());
        assert_eq!(unpack([&text, &facts]).as_ref(), Some(&record));
        let (bytes, json) = (text.len() + facts.len(), serde_json::to_vec(&record).unwrap().len());
        assert!(bytes * 2 < json, "{bytes} of {json}");
    }

    #[test]
    fn broken_bytes_are_no_panic() {
        let parts = pack(&record());
        for part in [0, 1] {
            for at in 0..parts[part].len() {
                let mut short = parts.clone();
                short[part].truncate(at);
                assert_eq!(unpack([&short[0], &short[1]]), None);
                for change in [0x01, 0x40, 0xff] {
                    let mut changed = parts.clone();
                    changed[part][at] ^= change;
                    let _ = unpack([&changed[0], &changed[1]]);
                }
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
