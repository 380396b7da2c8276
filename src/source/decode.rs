//! Bytes into text: which encoding a file is in, and where each character stood on disk.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::Text;
use super::text::Stretch;

/// Why bytes are not a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undecodable {
    /// They are a picture, a program, an office document: no text at all.
    Binary,
    /// They are 4 GiB or more, as they lie on disk or in UTF-8.
    TooLarge,
}

/// How many bytes are looked at to recognise UTF-16 without byte order mark.
const SAMPLE: usize = 4096;

/// Beginnings of files that are no text although they may do without NUL bytes.
const BINARY_HEADS: [&[u8]; 5] = [b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xFF\xD8\xFF", b"{\\rtf"];

impl Text {
    /// Decodes a file's bytes: byte order mark first, then UTF-16 where the zero bytes give it away, then UTF-8,
    /// then the likeliest legacy encoding.
    ///
    /// # Errors
    /// Where the bytes are no text, or too many for 32-bit offsets.
    pub fn decode(bytes: Vec<u8>) -> Result<Self, Undecodable> {
        if u32::try_from(bytes.len()).is_err() {
            return Err(Undecodable::TooLarge);
        }
        let text = match Encoding::for_bom(&bytes) {
            Some((encoding, mark)) if encoding == UTF_8 => marked_utf8(&bytes, mark),
            Some((encoding, mark)) => utf16(&bytes, mark, encoding),
            None => match unmarked_utf16(&bytes) {
                Some(encoding) => utf16(&bytes, 0, encoding),
                None => unmarked(bytes)?,
            },
        };
        if u32::try_from(text.0.len()).is_err() {
            return Err(Undecodable::TooLarge);
        }
        if memchr::memchr(0, text.0.as_bytes()).is_some() {
            return Err(Undecodable::Binary);
        }
        Ok(Self::with_stretches(text.0, text.1))
    }
}

type Decoded = (String, Vec<Stretch>);

fn unmarked(bytes: Vec<u8>) -> Result<Decoded, Undecodable> {
    if memchr::memchr(0, &bytes).is_some() || BINARY_HEADS.iter().any(|head| bytes.starts_with(head)) {
        return Err(Undecodable::Binary);
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Ok((text, Vec::new())),
        Err(error) => error.into_bytes(),
    };
    // Text of any encoding holds few control characters; a picture or a program holds many.
    let controls = bytes.iter().filter(|&&b| b < 0x20 && !b"\t\n\r\x0C\x1B".contains(&b)).count();
    if controls * 50 > bytes.len() {
        return Err(Undecodable::Binary);
    }
    if mostly_utf8(&bytes) {
        return Ok(damaged_utf8(&bytes, 0));
    }
    Ok(legacy(&bytes, guess(&bytes)))
}

fn marked_utf8(bytes: &[u8], mark: usize) -> Decoded {
    match std::str::from_utf8(&bytes[mark..]) {
        Ok(text) => {
            let stretch = Stretch { text: 0, file: mark as u32, text_width: 1, file_width: 1 };
            (text.to_owned(), vec![stretch])
        }
        Err(_) => damaged_utf8(bytes, mark),
    }
}

/// A text in UTF-8 that a slip of some tool has spoilt in places stays UTF-8: reading it in a legacy encoding
/// would spoil every other mark in it.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().bytes().filter(|&byte| byte >= 0xC0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    sound >= 3 * broken
}

fn damaged_utf8(bytes: &[u8], mark: usize) -> Decoded {
    let mut builder = Builder::new(mark, bytes.len());
    for chunk in bytes[mark..].utf8_chunks() {
        // One byte here is one byte there, so a whole sound chunk is one stretch.
        builder.push_same(chunk.valid());
        if !chunk.invalid().is_empty() {
            builder.push('\u{FFFD}', chunk.invalid().len());
        }
    }
    builder.finish()
}

/// UTF-16 without a mark: in Latin script every second byte of it is zero.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if sample.len() < 4 || !bytes.len().is_multiple_of(2) || memchr::memchr(0, sample).is_none() {
        return None;
    }
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), sample.len() / 2);
    match (even, odd) {
        (0, odd) if odd * 10 >= half * 7 => Some(UTF_16LE),
        (even, 0) if even * 10 >= half * 7 => Some(UTF_16BE),
        _ => None,
    }
}

fn utf16(bytes: &[u8], mark: usize, encoding: &'static Encoding) -> Decoded {
    let read = if encoding == UTF_16BE { u16::from_be_bytes } else { u16::from_le_bytes };
    let pairs = bytes[mark..].chunks_exact(2);
    let stray = pairs.remainder().len();
    let units = pairs.map(|pair| read([pair[0], pair[1]]));
    let mut builder = Builder::new(mark, bytes.len());
    for unit in char::decode_utf16(units) {
        match unit {
            Ok(character) => builder.push(character, 2 * character.len_utf16()),
            Err(_) => builder.push('\u{FFFD}', 2),
        }
    }
    if stray > 0 {
        builder.push('\u{FFFD}', stray);
    }
    builder.finish()
}

/// The likeliest legacy encoding.
///
/// English copy in Windows-1252 has few bytes beyond ASCII, nearly all of them typographic marks, and few bytes
/// are thin evidence for a detector made for web pages; where there are only such marks, nothing is guessed.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let typographic = |byte: u8| matches!(byte, 0x80 | 0x85 | 0x91..=0x97 | 0xA0 | 0xA3 | 0xA9 | 0xAE | 0xB0);
    if bytes.iter().all(|&byte| byte < 0x80 || typographic(byte)) {
        return WINDOWS_1252;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Decodes byte by byte, so that the first byte of every character is known. Legacy files are rare and small;
/// exact places in them matter more than speed.
fn legacy(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut builder = Builder::new(0, bytes.len());
    let mut start = 0;
    let mut room = [0u8; 32];
    for at in 0..bytes.len() {
        let last = at + 1 == bytes.len();
        let (_, _, written, _) = decoder.decode_to_utf8(&bytes[at..=at], &mut room, last);
        let Ok(piece) = std::str::from_utf8(&room[..written]) else { continue };
        let count = piece.chars().count();
        for (index, character) in piece.chars().enumerate() {
            // Several characters at once come from a broken sequence and the byte that showed it was broken.
            let end = if index + 1 == count { at + 1 } else { at.max(start) };
            builder.push(character, end - start);
            start = end;
        }
    }
    builder.finish()
}

/// Text under construction, with the stretches that lead back to the file.
struct Builder {
    text: String,
    stretches: Vec<Stretch>,
    file: usize,
}

impl Builder {
    fn new(mark: usize, capacity: usize) -> Self {
        Self { text: String::with_capacity(capacity), stretches: Vec::new(), file: mark }
    }

    fn stretch(&mut self, text_width: u8, file_width: u8) {
        let last = self.stretches.last();
        if last.is_none_or(|last| last.text_width != text_width || last.file_width != file_width) {
            self.stretches.push(Stretch {
                text: self.text.len() as u32,
                file: self.file as u32,
                text_width,
                file_width,
            });
        }
    }

    fn push(&mut self, character: char, file_width: usize) {
        self.stretch(character.len_utf8() as u8, file_width as u8);
        self.text.push(character);
        self.file += file_width;
    }

    fn push_same(&mut self, text: &str) {
        if !text.is_empty() {
            self.stretch(1, 1);
            self.text.push_str(text);
            self.file += text.len();
        }
    }

    fn finish(self) -> Decoded {
        (self.text, self.stretches)
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::{EUC_KR, SHIFT_JIS};
    use proptest::prelude::*;

    use super::*;

    const STORY: &str =
        "“We’ll rebuild the pier,” Mayor Zoë Ågren said. 🎣 Costs: £3m – perhaps €4m…\r\nEnd.\n";

    fn utf16_bytes(text: &str, mark: bool, big: bool) -> Vec<u8> {
        let unit = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16()).flat_map(unit).collect()
    }

    /// Every character of the text stands on disk where the text says, checked by encoding all before it.
    fn check_offsets(text: &Text, encoded_len: impl Fn(&str) -> usize) {
        for (offset, _) in text.as_str().char_indices().chain([(text.as_str().len(), ' ')]) {
            let expected = encoded_len(&text.as_str()[..offset]) as u64;
            assert_eq!(text.file_offset(offset as u32), expected, "at byte {offset}");
        }
    }

    #[test]
    fn utf8_with_and_without_mark() -> Result<(), Undecodable> {
        let text = Text::decode(STORY.into())?;
        assert_eq!(text.as_str(), STORY);
        check_offsets(&text, str::len);
        let marked = Text::decode([b"\xEF\xBB\xBF", STORY.as_bytes()].concat())?;
        assert_eq!(marked.as_str(), STORY);
        check_offsets(&marked, |before| before.len() + 3);
        Ok(())
    }

    #[test]
    fn utf16_in_both_orders_with_and_without_mark() -> Result<(), Undecodable> {
        for big in [false, true] {
            for mark in [false, true] {
                let text = Text::decode(utf16_bytes(STORY, mark, big))?;
                assert_eq!(text.as_str(), STORY, "big-endian {big}, mark {mark}");
                check_offsets(&text, |before| 2 * (before.encode_utf16().count() + usize::from(mark)));
            }
        }
        Ok(())
    }

    #[test]
    fn windows_1252_with_typographic_marks() -> Result<(), Undecodable> {
        for story in [
            "\u{201C}We\u{2019}ll rebuild the pier,\u{201D} Reyes said.",
            "The café\u{2019}s owner, Zoë Ågren, said: \u{201C}Nous étions là.\u{201D} It cost £3.",
        ] {
            let (bytes, _, unmappable) = WINDOWS_1252.encode(story);
            assert!(!unmappable);
            let text = Text::decode(bytes.into_owned())?;
            assert_eq!(text.as_str(), story);
            check_offsets(&text, |before| before.chars().count());
        }
        Ok(())
    }

    #[test]
    fn encodings_of_several_bytes_keep_their_places() {
        let (bytes, ..) = SHIFT_JIS.encode("市長は「橋を直す」と述べた。OK\r\n");
        let (content, stretches) = legacy(&bytes, SHIFT_JIS);
        let text = Text::with_stretches(content, stretches);
        check_offsets(&text, |before| SHIFT_JIS.encode(before).0.len());
        // A lead byte whose trail byte is missing must not swallow the letter that follows.
        let (content, stretches) = legacy(b"ab\xB0!\xB0", EUC_KR);
        assert_eq!(content, "ab\u{FFFD}!\u{FFFD}");
        let text = Text::with_stretches(content, stretches);
        assert_eq!(text.file_offset(5), 3);
        assert_eq!(text.file_offset(9), 5);
    }

    #[test]
    fn one_broken_byte_does_not_spoil_the_other_marks() -> Result<(), Undecodable> {
        let mut bytes = STORY.as_bytes().to_vec();
        bytes.insert(3, 0xFF);
        let text = Text::decode(bytes)?;
        assert!(text.as_str().starts_with("“\u{FFFD}We’ll"));
        assert_eq!(text.file_offset(3), 3);
        assert_eq!(text.file_offset(6), 4);
        Ok(())
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(Text::decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec()).err(), Some(Undecodable::Binary));
        assert_eq!(Text::decode(b"%PDF-1.7 without zeros".to_vec()).err(), Some(Undecodable::Binary));
        assert_eq!(Text::decode(b"a few words\0and a zero".to_vec()).err(), Some(Undecodable::Binary));
        let noise: Vec<u8> = (0..4000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8 | 1).collect();
        assert_eq!(Text::decode(noise).err(), Some(Undecodable::Binary));
        assert_eq!(Text::decode(Vec::new()).map(|text| text.len()), Ok(0));
        assert_eq!(Text::decode(b"\xEF\xBB\xBF".to_vec()).map(|text| text.len()), Ok(0));
    }

    proptest! {
        #[test]
        fn any_bytes_decode_or_are_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let size = bytes.len() as u64;
            if let Ok(text) = Text::decode(bytes) {
                let mut before = 0;
                for (offset, _) in text.as_str().char_indices() {
                    let file = text.file_offset(offset as u32);
                    prop_assert!(before <= file && file < size);
                    before = file;
                }
                prop_assert_eq!(text.file_offset(text.len()), size);
            }
        }

        #[test]
        fn legacy_bytes_keep_their_places(bytes in proptest::collection::vec(1u8.., 0..60)) {
            for encoding in [WINDOWS_1252, SHIFT_JIS, EUC_KR, encoding_rs::GB18030, encoding_rs::BIG5] {
                let (content, stretches) = legacy(&bytes, encoding);
                let text = Text::with_stretches(content, stretches);
                prop_assert_eq!(text.file_offset(text.len()), bytes.len() as u64);
                let whole = encoding.decode_without_bom_handling(&bytes).0;
                prop_assert_eq!(text.as_str(), &*whole);
            }
        }
    }
}
