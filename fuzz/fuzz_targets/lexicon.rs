//! Files of a lexicon.
#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tawatur_fuzz::files::lexicon(bytes));
