//! Mail and pages saved as mail.
#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tawatur_fuzz::formats::read(b"MIME-Version: 1.0\r\nSubject: ", bytes));
