//! Files opened as ledgers.
#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tawatur_fuzz::files::open_ledger(bytes));
