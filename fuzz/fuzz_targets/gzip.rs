#![no_main]
mod reader;
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| reader::read(b"\x1F\x8B\x08", bytes));
