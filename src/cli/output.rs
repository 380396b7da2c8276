//! Where output goes: the terminal or a file, coloured or not.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anstream::{AutoStream, ColorChoice};

use super::args::{Color, Shared};
use crate::report::{self, OutputStyle, Summary};
use crate::source::{InputError, write_atomically};

/// Bytes written at once: a terminal takes less, a pipe takes this.
const BUFFER: usize = 1 << 16;

/// Columns where there is no terminal to ask.
const WIDTH: usize = 100;

/// Where output goes.
pub(super) struct Output {
    out: Out,
    /// How output looks.
    pub style: OutputStyle,
    /// How messages on standard error look.
    pub error_look: OutputStyle,
}

enum Out {
    Terminal(Box<BufWriter<AutoStream<io::Stdout>>>),
    File(PathBuf, Vec<u8>),
}

impl Output {
    /// Opens it as the options say: the terminal, or the one file of `--output`.
    pub(super) fn new(shared: &Shared) -> Self {
        Self::to(shared.output.last().map(PathBuf::as_path), shared)
    }

    /// Opens a file, or the terminal where there is none.
    pub(super) fn to(file: Option<&Path>, shared: &Shared) -> Self {
        let choice = match shared.color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        let resolve = |auto: ColorChoice| if choice == ColorChoice::Auto { auto } else { choice };
        let (out, chosen) = match file {
            Some(path) => (Out::File(path.to_owned(), Vec::new()), resolve(ColorChoice::Never)),
            None => {
                let chosen = resolve(AutoStream::choice(&io::stdout()));
                // Without colour nothing that needs stripping is written, and looking for it costs more than writing.
                let stream = match chosen {
                    ColorChoice::Never => AutoStream::always_ansi(io::stdout()),
                    chosen => AutoStream::new(io::stdout(), chosen),
                };
                (Out::Terminal(Box::new(BufWriter::with_capacity(BUFFER, stream))), chosen)
            }
        };
        let width = terminal_size::terminal_size().map_or(WIDTH, |(width, _)| usize::from(width.0));
        let style = |choice| OutputStyle { color: choice != ColorChoice::Never, width: width.max(40) };
        let error_look = style(resolve(AutoStream::choice(&io::stderr())));
        Self { out, style: style(chosen), error_look }
    }

    /// Does a person read along?
    pub(super) fn is_terminal(&self) -> bool {
        matches!(self.out, Out::Terminal(_)) && io::stdout().is_terminal()
    }

    /// Finishes: flushes the terminal, or puts the file in place.
    ///
    /// # Errors
    /// Where the file cannot be written. A reader that has gone away is no error.
    pub(super) fn finish(self) -> Result<(), InputError> {
        match self.out {
            Out::Terminal(mut out) => out.flush().or_else(gone).map_err(|error| failed(&error)),
            Out::File(path, bytes) => write_atomically(&path, &bytes),
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.out {
            Out::Terminal(out) => out.write(bytes),
            Out::File(_, file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.out {
            Out::Terminal(out) => out.flush(),
            Out::File(..) => Ok(()),
        }
    }
}

/// Ends a command: what could not be written, and the last line.
pub(super) fn finish(
    written: io::Result<()>,
    out: Output,
    shared: &Shared,
    summary: Option<(Summary, bool)>,
) -> Result<(), Vec<InputError>> {
    written.or_else(gone).map_err(|error| vec![failed(&error)])?;
    let style = out.error_look;
    out.finish().map_err(|error| vec![error])?;
    if let Some((summary, hidden)) = summary.filter(|_| !shared.quiet) {
        let mut line = Vec::new();
        let _ = summary.write(&mut line, style, hidden);
        if io::stderr().is_terminal() {
            line = report::wrapped(&String::from_utf8_lossy(&line), style.width).into_bytes();
        }
        // A summary that nobody can read is no reason to fail.
        let _ = AutoStream::always(io::stderr().lock()).write_all(&line);
    }
    Ok(())
}

/// Says on standard error what is wrong. Where nobody can read it there is nobody left to tell.
pub(super) fn complain(shared: &Shared, input_errors: &[InputError]) {
    let style = Output::new(shared).error_look;
    let mut out = AutoStream::always(io::stderr().lock());
    let _ = report::input_errors(&mut out, input_errors, style);
}

/// Standard error, for messages that are no errors.
pub(super) fn error_stream() -> impl Write {
    AutoStream::always(io::stderr().lock())
}

/// `sayso quotes | head` is no error.
pub(super) fn gone(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(error) }
}

/// Output that could not be written.
pub(super) fn failed(error: &io::Error) -> InputError {
    InputError::new("output", format!("it could not be written: {error}"))
}

/// Is somebody watching standard error?
pub(super) fn watched() -> bool {
    io::stderr().is_terminal()
}
