//! RSS, Atom and JSON Feed.
#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tawatur_fuzz::formats::read(b"<?xml version=\"1.0\"?>", bytes));
