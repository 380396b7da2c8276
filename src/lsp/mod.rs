//! The language server: an editor asks over standard input and output, and gets the findings and facts of a project that is
//! held in memory.
//!
//! There is no async runtime. One thread reads messages, one writes them, and one answers in the order of the questions.

mod actions;
mod diagnostics;
mod folder;
mod folders;
mod hover;
mod links;
mod position;
mod progress;
mod registry_edit;
mod rename;
mod requests;
mod server;
mod session;
mod under;
mod uri;
mod welcome;
mod wire;

use std::io::{Read, Write};
use std::path::Path;

/// Serves an editor until it says `exit` or closes `input`. `here` is the project where the editor names none.
///
/// Returns true where the editor said `shutdown` first, as the protocol asks.
pub fn serve(input: impl Read + Send + 'static, output: impl Write + Send + 'static, here: &Path) -> bool {
    let incoming = wire::reader(input);
    let (outbox, writer) = wire::writer(output);
    let orderly = server::Server::new(outbox, here).run(&incoming);
    // The outbox is gone with the server, so the writer ends when all is sent. It cannot panic.
    let _ = writer.join();
    orderly
}
