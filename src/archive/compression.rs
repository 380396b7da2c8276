//! Compression of records. Each is compressed by itself, so that one can be read without its neighbours; but all of a
//! segment with one dictionary, so that what repeats from draft to draft costs next to nothing.

use std::io;

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

/// A decompressed part of an archive has this many bytes at most. A draft has 256 MiB, its facts fewer.
const LARGEST: usize = 1 << 31;

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
    if length > LARGEST {
        return None;
    }
    let mut stream = Decompress::new(false);
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

    use super::{compress_with, decompress_with};

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
