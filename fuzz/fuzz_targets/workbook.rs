//! The parts of a workbook.
#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tawatur_fuzz::formats::workbook(bytes));
