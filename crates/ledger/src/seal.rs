//! What can identify a person is compressed and encrypted under its document's own key, and only its salted hash is open.
//!
//! A key is 32 random bytes with 16 random bytes of salt. A sealed body is `version ‖ nonce (12) ‖ ChaCha20-Poly1305(length (4) ‖ zstd)`,
//! with the kind of its statement as associated data and the text of its version in `common/` as the compressor's dictionary. Whoever has
//! the key can prove what the body said: the commitment in the chain is SHA-256 of salt, kind and body. Without the key neither the
//! cipher text nor the commitment tells anything.

use crate::error::{Error, Result};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use sha2::{Digest, Sha256};
use std::cell::RefCell;

/// What bodies have in common, known to the compressor from the start: frequent actors and rules, the keys of records and everyday
/// words. A body begins with its number here, counted from 1; it opens with nothing else, so that none is ever changed or taken away.
/// New bodies are sealed with the last.
const COMMON: [&[u8]; 2] = [include_bytes!("common/1.txt"), include_bytes!("common/2.txt")];
const LEVEL: i32 = 6;
const HEAD: usize = 1 + 12;
/// The largest body that is unpacked: what the reader accepts, four times over.
const LIMIT: usize = 256 << 20;

/// SHA-256.
pub type Hash = [u8; 32];

/// The key of one document.
#[derive(Clone)]
pub struct Key {
    secret: [u8; 32],
    salt: [u8; 16],
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}

impl Key {
    /// A new key.
    ///
    /// # Errors
    /// When the operating system has no random bytes.
    pub fn random() -> Result<Key> {
        let mut bytes = [0; 48];
        getrandom::fill(&mut bytes).map_err(Error::Random)?;
        Ok(Key::from_bytes(&bytes))
    }

    /// The key as it is stored.
    pub fn to_bytes(&self) -> [u8; 48] {
        let mut out = [0; 48];
        out[..32].copy_from_slice(&self.secret);
        out[32..].copy_from_slice(&self.salt);
        out
    }

    /// A stored key.
    pub fn from_bytes(bytes: &[u8; 48]) -> Key {
        let mut k = Key { secret: [0; 32], salt: [0; 16] };
        k.secret.copy_from_slice(&bytes[..32]);
        k.salt.copy_from_slice(&bytes[32..]);
        k
    }

    /// The key of what concerns two documents: whoever lacks one of theirs lacks it.
    pub fn with(&self, other: &Key) -> Key {
        let half = |part: &[u8]| -> Hash {
            let mut h = Sha256::new();
            h.update(b"tawatur keys of two\0");
            h.update(part);
            h.update(self.to_bytes());
            h.update(other.to_bytes());
            h.finalize().into()
        };
        let mut salt = [0; 16];
        salt.copy_from_slice(&half(b"salt")[..16]);
        Key { secret: half(b"secret"), salt }
    }

    /// The salted hash of a body.
    pub fn commitment(&self, kind: &str, body: &[u8]) -> Hash {
        let mut h = Sha256::new();
        h.update(self.salt);
        h.update([kind.len() as u8]);
        h.update(kind);
        h.update(body);
        h.finalize().into()
    }

    /// The body that was sealed, or `None` when this is not its key, or it was changed.
    pub fn open(&self, kind: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let version = usize::from(*sealed.first()?).checked_sub(1)?;
        let (common, nonce) = (COMMON.get(version)?, sealed.get(1..HEAD)?);
        let nonce: [u8; 12] = nonce.try_into().ok()?;
        let packed = self.cipher().decrypt(&Nonce::from(nonce), Payload { msg: &sealed[HEAD..], aad: kind.as_bytes() }).ok()?;
        let (length, packed) = packed.split_first_chunk::<4>()?;
        let length = u32::from_le_bytes(*length) as usize;
        if length > LIMIT {
            return None;
        }
        UNPACKERS.with_borrow_mut(|unpackers| {
            let unpacker = &mut unpackers[version];
            if unpacker.is_none() {
                *unpacker = zstd::bulk::Decompressor::with_dictionary(common).ok();
            }
            unpacker.as_mut()?.decompress(packed, length).ok().filter(|b| b.len() == length)
        })
    }

    fn cipher(&self) -> ChaCha20Poly1305 {
        ChaCha20Poly1305::new(&self.secret.into())
    }
}

thread_local! {
    // to make one costs more than to unpack most bodies
    static UNPACKERS: RefCell<[Option<zstd::bulk::Decompressor<'static>>; COMMON.len()]> = const { RefCell::new([const { None }; COMMON.len()]) };
}

/// A sealed body.
#[derive(Debug, Clone)]
pub struct Sealed {
    /// The salted hash of the body.
    pub commitment: Hash,
    /// The cipher text.
    pub bytes: Vec<u8>,
}

/// Seals bodies; keeps the compressor's memory between them.
pub struct Sealer(zstd::bulk::Compressor<'static>);

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealer")
    }
}

impl Sealer {
    /// A sealer.
    ///
    /// # Errors
    /// When there is no memory for the compressor.
    pub fn new() -> Result<Sealer> {
        Ok(Sealer(zstd::bulk::Compressor::with_dictionary(LEVEL, COMMON[COMMON.len() - 1]).map_err(Error::Compression)?))
    }

    /// Compresses and encrypts a body.
    ///
    /// ```
    /// use tawatur_ledger::seal::{Key, Sealer};
    /// let key = Key::random().unwrap();
    /// let sealed = Sealer::new().unwrap().seal(&key, "document", "هدوء في البلدة".as_bytes()).unwrap();
    /// assert_eq!(key.open("document", &sealed.bytes).unwrap(), "هدوء في البلدة".as_bytes());
    /// assert_eq!(Key::random().unwrap().open("document", &sealed.bytes), None);
    /// ```
    ///
    /// # Errors
    /// When the body is larger than 256 MiB, or there are no random bytes.
    pub fn seal(&mut self, key: &Key, kind: &str, body: &[u8]) -> Result<Sealed> {
        if body.len() > LIMIT {
            return Err(Error::Call(format!("a document of {} MiB is too large for a ledger; split it", body.len() >> 20)));
        }
        let mut packed = Vec::with_capacity(body.len() / 2 + 64);
        packed.extend_from_slice(&(body.len() as u32).to_le_bytes());
        packed.extend_from_slice(&self.0.compress(body).map_err(Error::Compression)?);
        let mut nonce = [0; 12];
        getrandom::fill(&mut nonce).map_err(Error::Random)?;
        let cipher = key.cipher().encrypt(&Nonce::from(nonce), Payload { msg: &packed, aad: kind.as_bytes() });
        let cipher = cipher.map_err(|_| Error::Call("a body is too large to be encrypted".into()))?;
        let mut bytes = Vec::with_capacity(HEAD + cipher.len());
        bytes.push(COMMON.len() as u8);
        bytes.extend_from_slice(&nonce);
        bytes.extend_from_slice(&cipher);
        Ok(Sealed { commitment: key.commitment(kind, body), bytes })
    }
}

/// The first bytes of SHA-256, for tables that only need to tell things apart.
pub(crate) fn short(parts: &[&[u8]]) -> [u8; 16] {
    let mut h = Sha256::new();
    for p in parts {
        h.update((p.len() as u64).to_le_bytes());
        h.update(p);
    }
    let full: Hash = h.finalize().into();
    let mut out = [0; 16];
    out.copy_from_slice(&full[..16]);
    out
}

/// SHA-256 in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    let mut s = String::with_capacity(bytes.len() * 2);
    for b in bytes {
        let _ = write!(s, "{b:02x}");
    }
    s
}

/// SHA-256 of `bytes`, lower-case hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Hash::from(Sha256::digest(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn opens_only_unchanged(body in prop::collection::vec(any::<u8>(), 0..300), at in any::<prop::sample::Index>(), bit in 0u8..8) {
            let key = Key::random().unwrap();
            let sealed = Sealer::new().unwrap().seal(&key, "coding", &body).unwrap();
            prop_assert_eq!(key.open("coding", &sealed.bytes), Some(body));
            prop_assert_eq!(key.open("document", &sealed.bytes), None);
            let mut bad = sealed.bytes.clone();
            let i = at.index(bad.len());
            bad[i] ^= 1 << bit;
            prop_assert_eq!(key.open("coding", &bad), None);
        }

        #[test]
        fn any_bytes_are_refused_quietly(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            prop_assert_eq!(Key::random().unwrap().open("document", &bytes), None);
        }
    }

    /// Ledgers outlive programs: what an earlier one sealed still opens.
    #[test]
    fn bodies_of_all_versions_open() {
        let (key, body) = (Key::random().unwrap(), "هدوء في البلدة".as_bytes());
        for (n, common) in COMMON.iter().enumerate() {
            let mut packed = (body.len() as u32).to_le_bytes().to_vec();
            packed.extend(zstd::bulk::Compressor::with_dictionary(LEVEL, common).unwrap().compress(body).unwrap());
            let cipher = key.cipher().encrypt(&Nonce::from([7; 12]), Payload { msg: &packed, aad: b"document" }).unwrap();
            let sealed = [&[n as u8 + 1][..], &[7; 12], &cipher].concat();
            assert_eq!(key.open("document", &sealed).as_deref(), Some(body), "version {}", n + 1);
        }
    }

    /// A text of this folder that changes makes unreadable what was sealed with it.
    #[test]
    fn the_common_texts_stay_as_they_are() {
        let marks = COMMON.map(|c| crate::seal::hex(&crate::seal::short(&[c])));
        assert_eq!(marks, ["9b6f731d4d8dd45784783ddfe72bbfd5", "deec68a7e18d71ecccf362e06be7f686"]);
    }

    #[test]
    fn equal_bodies_look_different() {
        let mut s = Sealer::new().unwrap();
        let (a, b) = (Key::random().unwrap(), Key::random().unwrap());
        let (x, y) = (s.seal(&a, "document", b"same").unwrap(), s.seal(&b, "document", b"same").unwrap());
        assert_ne!(x.commitment, y.commitment);
        assert_ne!(x.bytes, y.bytes);
    }
}
