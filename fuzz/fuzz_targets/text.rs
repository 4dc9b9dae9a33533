//! Tokens, sentences, folding, furniture, search terms.
#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tawatur_fuzz::language::text(bytes));
