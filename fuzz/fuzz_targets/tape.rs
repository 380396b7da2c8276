#![no_main]
//! See `tape` in `oracles.rs`.

#[path = "../oracles.rs"]
#[allow(dead_code)]
mod oracles;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| oracles::run("tape", bytes));
