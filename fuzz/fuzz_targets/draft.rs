#![no_main]
//! See `draft` in `oracles.rs`.

#[path = "../oracles.rs"]
#[allow(dead_code)]
mod oracles;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| oracles::run("draft", bytes));
