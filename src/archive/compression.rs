//! Compression of records. Each is compressed by itself, so that one can be read without its neighbours; but all of a
//! segment with one dictionary, so that what repeats from draft to draft costs next to nothing.

use std::io;

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

use super::packed::{push_varint, varint};

/// A decompressed part of an archive has this many bytes at most. A draft has 256 MiB, its facts fewer.
const LARGEST: usize = 1 << 31;

/// Compresses the two parts of a record, each with its dictionary.
pub(super) fn compress_record(parts: &[Vec<u8>; 2], dictionaries: &[Vec<u8>; 2]) -> io::Result<Vec<u8>> {
    let [text, facts] = parts;
    let packed = compress_with(text, &dictionaries[0])?;
    let mut bytes = Vec::with_capacity(packed.len() * 2 + 16);
    for length in [text.len(), facts.len(), packed.len()] {
        push_varint(&mut bytes, length as u64);
    }
    bytes.extend(packed);
    bytes.extend(compress_with(facts, &dictionaries[1])?);
    Ok(bytes)
}

/// The two parts that [`compress_record`] made short; `None` where the bytes are others.
pub(super) fn decompress_record(
    bytes: &[u8],
    dictionaries: &[Vec<u8>; 2],
    stream: &mut Decompress,
) -> Option<[Vec<u8>; 2]> {
    let mut at = 0;
    let mut number = || varint(bytes, &mut at).map(|number| number as usize);
    let (text, facts, packed) = (number()?, number()?, number()?);
    let end = at.checked_add(packed)?;
    let text = decompress_in(stream, bytes.get(at..end)?, text, &dictionaries[0])?;
    Some([text, decompress_in(stream, bytes.get(end..)?, facts, &dictionaries[1])?])
}

/// Compresses bytes.
pub(super) fn compress(bytes: &[u8]) -> io::Result<Vec<u8>> {
    compress_with(bytes, &[])
}

/// Compresses bytes with a dictionary: bytes that may occur in them.
pub(super) fn compress_with(bytes: &[u8], dictionary: &[u8]) -> io::Result<Vec<u8>> {
    let mut stream = Compress::new(Compression::best(), false);
    if !dictionary.is_empty() {
        stream.set_dictionary(dictionary).map_err(io::Error::other)?;
    }
    let mut packed = Vec::with_capacity(bytes.len() / 2 + 64);
    loop {
        let rest = bytes.get(stream.total_in() as usize..).unwrap_or_default();
        match stream.compress_vec(rest, &mut packed, FlushCompress::Finish)? {
            Status::StreamEnd => return Ok(packed),
            Status::Ok | Status::BufError => packed.reserve(bytes.len() / 2 + 64),
        }
    }
}

/// The `length` bytes that [`compress_with`] made short; `None` where these are others.
pub(super) fn decompress_with(packed: &[u8], length: usize, dictionary: &[u8]) -> Option<Vec<u8>> {
    decompress_in(&mut fresh(), packed, length, dictionary)
}

/// What bytes are decompressed in: tables and a window, which can be used again.
pub(super) fn fresh() -> Decompress {
    Decompress::new(false)
}

/// The same as [`decompress_with`], in what may have been used before.
fn decompress_in(
    stream: &mut Decompress,
    packed: &[u8],
    length: usize,
    dictionary: &[u8],
) -> Option<Vec<u8>> {
    if length > LARGEST {
        return None;
    }
    stream.reset(false);
    if !dictionary.is_empty() {
        stream.set_dictionary(dictionary).ok()?;
    }
    // One byte more than there should be, so that the end is seen.
    let mut bytes = Vec::with_capacity(length + 1);
    let status = stream.decompress_vec(packed, &mut bytes, FlushDecompress::Finish).ok()?;
    (status == Status::StreamEnd && bytes.len() == length).then_some(bytes)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

    use super::{compress_record, compress_with, decompress_record, decompress_with, fresh};

    #[test]
    fn both_parts_of_a_record_come_back() {
        let parts = [b"the words".repeat(9), b"the facts".to_vec()];
        let dictionaries = [b"words".to_vec(), Vec::new()];
        let packed = compress_record(&parts, &dictionaries).unwrap();
        let mut stream = fresh();
        let mut back = |packed: &[u8]| decompress_record(packed, &dictionaries, &mut stream);
        assert_eq!(back(&packed[..packed.len() - 1]), None);
        assert_eq!(back(&packed), Some(parts));
        assert_eq!(back(&[]), None);
    }

    #[test]
    fn bytes_come_back_with_a_dictionary_and_without() {
        let text = "The harbour board of Okonmouth meets on Monday. ".repeat(40);
        for (text, dictionary) in [(&*text, ""), (&*text, "The harbour board of"), ("", "x"), ("a", "")] {
            let packed = compress_with(text.as_bytes(), dictionary.as_bytes()).unwrap();
            let back = |length: usize| decompress_with(&packed, length, dictionary.as_bytes());
            assert_eq!(back(text.len()).as_deref(), Some(text.as_bytes()));
            assert_eq!(back(text.len() + 1), None);
        }
    }
}
