#![no_main]
//! See `fixes` in `oracles.rs`.

#[path = "../oracles.rs"]
#[allow(dead_code)]
mod oracles;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| oracles::run("fixes", bytes));
