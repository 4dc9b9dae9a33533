//! CSV and TSV.
#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tawatur_fuzz::formats::read(b"id,text,title\n", bytes));
