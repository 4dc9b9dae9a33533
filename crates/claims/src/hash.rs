//! Hashes of evidence.

use sha2::{Digest, Sha256};

/// SHA-256, lower-case hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = |b: u8| [DIGITS[(b >> 4) as usize] as char, DIGITS[(b & 15) as usize] as char];
    Sha256::digest(bytes).iter().flat_map(|b| digits(*b)).collect()
}
