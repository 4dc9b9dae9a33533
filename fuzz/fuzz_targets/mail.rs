#![no_main]
mod reader;
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| reader::read(b"MIME-Version: 1.0\r\nSubject: ", bytes));
