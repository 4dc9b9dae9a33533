#![no_main]
mod reader;
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| reader::read(b"PK\x03\x04", bytes));
