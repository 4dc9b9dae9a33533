//! Bytes to text, header lines and near-copies.
#![no_main]

use tawatur_reader::{copies, encoding, html, plain};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(d) = encoding::decode(bytes.to_vec(), None) {
        let document = plain::document(&d.text);
        assert!(document.text.len() <= d.text.len());
        let _ = html::plain(&d.text);
        let signature = copies::Signature::of(&d.text);
        let whole = copies::overlap(&signature, &signature);
        assert_eq!(whole.shared, signature.hashes().len());
    }
});
