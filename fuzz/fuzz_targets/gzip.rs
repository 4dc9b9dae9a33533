//! gzip as it is, and these bytes packed with it.
#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tawatur_fuzz::formats::gzip(bytes));
