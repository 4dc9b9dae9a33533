//! ZIP archives as they are, and archives whose one member is these bytes.
#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tawatur_fuzz::formats::zip(bytes));
