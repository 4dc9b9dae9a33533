//! Web archives.
#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tawatur_fuzz::formats::read(b"WARC/1.0\r\n", bytes));
