#![no_main]
mod reader;
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| reader::read(b"WARC/1.0\r\n", bytes));
