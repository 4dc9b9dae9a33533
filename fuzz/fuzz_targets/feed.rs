#![no_main]
mod reader;
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| reader::read(b"<?xml version=\"1.0\"?>", bytes));
