//! The program; everything it does is in the library.

use std::process::ExitCode;

/// musl's own allocator takes a lock for every word that several threads keep.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    sayso::cli::main()
}
