//! A zip archive of which no more is unpacked than [`LARGEST_PART`] bytes. `zip` lives here, and only here.

use std::cell::Cell;
use std::io::{self, Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{ContainerFault, LARGEST_PART};

/// How files begin that are no archive: those of Office before 2007, and Office files with a password.
const OLD_OFFICE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];

/// An archive.
pub(super) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// How many bytes may still be unpacked.
    left: Cell<u64>,
}

impl<'b> Archive<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, ContainerFault> {
        if bytes.starts_with(OLD_OFFICE) {
            return Err(ContainerFault::Encrypted);
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ContainerFault::NoArchive)?;
        Ok(Self { zip, left: Cell::new(LARGEST_PART) })
    }

    /// The name of the first part that ends so.
    pub(super) fn name_that_ends(&self, ending: &str) -> Option<String> {
        let mut names = self.zip.file_names().flatten();
        names.find(|name| name.ends_with(ending)).map(|name| name.into_owned())
    }

    /// Reads a part with `read`; `None` where there is no part of that name.
    pub(super) fn part<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut dyn Read) -> Result<T, ContainerFault>,
    ) -> Result<Option<T>, ContainerFault> {
        let part = match self.zip.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(reason)) if reason.contains("assword") => {
                return Err(ContainerFault::Encrypted);
            }
            Err(_) => return Err(ContainerFault::NoArchive),
        };
        let over = Cell::new(false);
        let mut limited = Limited { inner: part, left: &self.left, over: &over };
        let found = read(&mut limited);
        if over.get() { Err(ContainerFault::TooLarge) } else { found.map(Some) }
    }

    /// A part as text; what is no UTF-8 in it becomes U+FFFD.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, ContainerFault> {
        self.part(name, |part| {
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).map_err(|_| ContainerFault::Broken)?;
            Ok(match String::from_utf8(bytes) {
                Ok(text) => text,
                Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
            })
        })
    }
}

/// Reads on while there are bytes left that may be unpacked.
struct Limited<'l, R> {
    inner: R,
    left: &'l Cell<u64>,
    over: &'l Cell<bool>,
}

impl<R: Read> Read for Limited<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        match self.left.get().checked_sub(count as u64) {
            Some(left) => {
                self.left.set(left);
                Ok(count)
            }
            None => {
                self.over.set(true);
                Err(io::Error::other("too much to unpack"))
            }
        }
    }
}
