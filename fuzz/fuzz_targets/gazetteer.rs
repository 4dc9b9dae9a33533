//! Tables of places, as text and compiled.
#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tawatur_fuzz::files::gazetteer(bytes));
