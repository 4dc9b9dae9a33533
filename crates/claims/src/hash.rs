//! Hashes of evidence.

use sha2::{Digest, Sha256};

/// SHA-256, lower-case hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}
