//! Zstandard: frames as they are, and frames of raw blocks.
#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tawatur_fuzz::formats::zstd(bytes));
