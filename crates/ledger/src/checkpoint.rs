//! The head of the chain, signed: who keeps such a signature elsewhere can show later that nothing before it was changed.
//!
//! Keys and signatures have the format of minisign (F. Denis, <https://jedisct1.github.io/minisign/>), so that anybody can check
//! a checkpoint without this program. Secret keys are those without a password (`minisign -G -W`).

use crate::chain::{Author, Head, Kind};
use crate::error::{Error, Result};
use crate::seal::hex;
use crate::store::{Ledger, plain};
use blake2::{Blake2b512, Digest};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

const HASHED: &[u8; 2] = b"ED";
const PURE: &[u8; 2] = b"Ed";

/// A key that signs.
pub struct SecretKey {
    id: [u8; 8],
    key: SigningKey,
}

impl std::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SecretKey({})", key_id(&self.id))
    }
}

/// A key that verifies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    id: [u8; 8],
    key: VerifyingKey,
}

fn key_id(id: &[u8; 8]) -> String {
    // as minisign prints it: a number, its highest byte first
    id.iter().rev().map(|b| format!("{b:02X}")).collect()
}

fn bad(what: &str) -> Error {
    Error::Key(what.into())
}

/// The lines of a minisign file that are not comments, decoded.
fn payload(text: &str) -> Result<Vec<u8>> {
    let line = text.lines().map(str::trim).find(|l| !l.is_empty() && !l.starts_with("untrusted comment:"));
    base64_decode(line.ok_or_else(|| bad("the key file is empty; name a key in minisign's format"))?)
        .ok_or_else(|| bad("the key is no base64; name a key in minisign's format"))
}

impl SecretKey {
    /// A new key.
    ///
    /// # Errors
    /// When the operating system has no random bytes.
    pub fn random() -> Result<SecretKey> {
        let (mut id, mut seed) = ([0; 8], [0; 32]);
        getrandom::fill(&mut id).and_then(|()| getrandom::fill(&mut seed)).map_err(Error::Random)?;
        Ok(SecretKey { id, key: SigningKey::from_bytes(&seed) })
    }

    /// The key of a minisign file without a password.
    ///
    /// # Errors
    /// When it is none, or has a password.
    pub fn parse(text: &str) -> Result<SecretKey> {
        let b = payload(text)?;
        if b.len() != 158 || &b[..2] != PURE {
            return Err(bad("this is no secret key of minisign; make one with `tawatur checkpoint --new-key FILE` or `minisign -G -W`"));
        }
        if b[2..4] != [0, 0] {
            return Err(bad("the secret key has a password, which this program cannot open; make one without: `minisign -C -W -s FILE`"));
        }
        let (id, secret, sum) = (&b[54..62], &b[62..126], &b[126..158]);
        let whole = blake2b256(&[PURE, id, secret]);
        if sum != whole && sum.iter().any(|x| *x != 0) {
            return Err(bad("the secret key is damaged: its checksum does not fit"));
        }
        let mut pair = [0; 64];
        pair.copy_from_slice(secret);
        let key = SigningKey::from_keypair_bytes(&pair).map_err(|_| bad("the secret key is damaged: its two halves do not fit"))?;
        Ok(SecretKey { id: array(id), key })
    }

    /// The file of the secret key, as minisign writes it.
    pub fn to_file(&self) -> String {
        let pair = self.key.to_keypair_bytes();
        let mut b = Vec::with_capacity(158);
        b.extend_from_slice(PURE);
        b.extend_from_slice(&[0, 0]); // no password
        b.extend_from_slice(b"B2");
        b.extend_from_slice(&[0; 48]); // salt and limits of a password
        b.extend_from_slice(&self.id);
        b.extend_from_slice(&pair);
        b.extend_from_slice(&blake2b256(&[PURE, &self.id, &pair]));
        format!("untrusted comment: tawatur secret key {}\n{}\n", key_id(&self.id), base64(&b))
    }

    /// The key that verifies.
    pub fn public(&self) -> PublicKey {
        PublicKey { id: self.id, key: self.key.verifying_key() }
    }

    /// The signature of a message, as minisign writes it.
    ///
    /// ```
    /// use tawatur_ledger::checkpoint::SecretKey;
    /// let key = SecretKey::random().unwrap();
    /// let signature = key.sign(b"seq 12", "ledger a");
    /// assert!(key.public().verify(b"seq 12", &signature).is_ok());
    /// assert!(key.public().verify(b"seq 13", &signature).is_err());
    /// ```
    pub fn sign(&self, message: &[u8], comment: &str) -> String {
        let hash = Blake2b512::digest(message);
        let signature = self.key.sign(&hash).to_bytes();
        let mut b = HASHED.to_vec();
        b.extend_from_slice(&self.id);
        b.extend_from_slice(&signature);
        let mut global = signature.to_vec();
        global.extend_from_slice(comment.as_bytes());
        let global = self.key.sign(&global).to_bytes();
        format!("untrusted comment: signature from tawatur key {}\n{}\ntrusted comment: {comment}\n{}\n", key_id(&self.id), base64(&b), base64(&global))
    }
}

impl PublicKey {
    /// The key of a minisign file, or its bare line.
    ///
    /// # Errors
    /// When it is none.
    pub fn parse(text: &str) -> Result<PublicKey> {
        let b = payload(text)?;
        if b.len() != 42 || &b[..2] != PURE {
            return Err(bad("this is no public key of minisign"));
        }
        let key = VerifyingKey::from_bytes(&array(&b[10..])).map_err(|_| bad("the public key is no point of the curve"))?;
        Ok(PublicKey { id: array(&b[2..10]), key })
    }

    /// The file of the public key, as minisign writes it.
    pub fn to_file(&self) -> String {
        let mut b = PURE.to_vec();
        b.extend_from_slice(&self.id);
        b.extend_from_slice(self.key.as_bytes());
        format!("untrusted comment: tawatur public key {}\n{}\n", key_id(&self.id), base64(&b))
    }

    /// Its number, as minisign prints it.
    pub fn id(&self) -> String {
        key_id(&self.id)
    }

    /// Checks a signature and its trusted comment.
    ///
    /// # Errors
    /// When it is of another key, of another message, or none; the message says which.
    pub fn verify(&self, message: &[u8], signature: &str) -> Result<()> {
        let lines: Vec<&str> = signature.lines().collect();
        let [_, line, comment, global] = lines[..] else { return Err(bad("the signature has not the four lines of minisign")) };
        let (b, global) = (base64_decode(line), base64_decode(global));
        let (Some(b), Some(global)) = (b.filter(|b| b.len() == 74), global.filter(|g| g.len() == 64)) else {
            return Err(bad("the signature is no base64 of minisign"));
        };
        if b[2..10] != self.id {
            return Err(bad(&format!("the signature is of key {}, not of {}", key_id(&array(&b[2..10])), self.id())));
        }
        let comment = comment.strip_prefix("trusted comment: ").ok_or_else(|| bad("the signature has no trusted comment"))?;
        let check = |m: &[u8], s: &[u8]| self.key.verify_strict(m, &Signature::from_bytes(&array(s)));
        let first = match &b[..2] {
            x if x == HASHED => check(&Blake2b512::digest(message), &b[10..]),
            x if x == PURE => check(message, &b[10..]),
            _ => return Err(bad("the signature has an unknown algorithm")),
        };
        first.map_err(|_| bad("the signature does not fit: the message or the signature was changed"))?;
        let mut all = b[10..].to_vec();
        all.extend_from_slice(comment.as_bytes());
        check(&all, &global).map_err(|_| bad("the trusted comment of the signature was changed"))
    }
}

/// A signed head of a ledger.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Checkpoint {
    /// The statement up to which it vouches.
    pub seq: u64,
    /// The hash of that statement, in hexadecimal.
    pub hash: String,
    /// The public key, as a minisign file.
    pub key: String,
    /// The signature of [`Checkpoint::message`], as a minisign file.
    pub signature: String,
}

impl Checkpoint {
    /// What is signed: a text of three lines that says which ledger, which statement and its hash.
    pub fn message(ledger: &str, seq: u64, hash: &str) -> String {
        format!("tawatur ledger {ledger}\nstatement {seq}\nsha256 {hash}\n")
    }

    /// The number and hash in such a text, and the ledger's id.
    pub fn read_message(text: &str) -> Option<(String, u64, String)> {
        let mut l = text.lines();
        let ledger = l.next()?.strip_prefix("tawatur ledger ")?.to_string();
        let seq = l.next()?.strip_prefix("statement ")?.parse().ok()?;
        Some((ledger, seq, l.next()?.strip_prefix("sha256 ")?.to_string()))
    }
}

impl Ledger {
    /// The id of the ledger, made when it began.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn id(&self) -> Result<String> {
        let first = self.statement(1)?.and_then(|s| s.open).unwrap_or_default();
        let v: serde_json::Value = serde_json::from_str(&first).map_err(|e| Error::Damaged { seq: 1, what: e.to_string() })?;
        Ok(v["id"].as_str().unwrap_or_default().to_string())
    }

    /// Signs the head and keeps the signature as a statement. Returns it with the message that was signed.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn checkpoint(&self, author: &Author, key: &SecretKey) -> Result<(Checkpoint, String)> {
        let id = self.id()?;
        self.write(|db, head: &mut Head| {
            let hash = hex(&head.hash);
            let message = Checkpoint::message(&id, head.seq, &hash);
            let signature = key.sign(message.as_bytes(), &format!("statement {} of ledger {id}, {}", head.seq, author.at));
            let c = Checkpoint { seq: head.seq, hash, key: key.public().to_file(), signature };
            head.append(db, plain(Kind::Checkpoint, author, None, Some(serde_json::to_string(&c)?)))?;
            Ok((c, message))
        })
    }
}

fn array<const N: usize>(b: &[u8]) -> [u8; N] {
    let mut out = [0; N];
    out.copy_from_slice(&b[..N]);
    out
}

fn blake2b256(parts: &[&[u8]]) -> [u8; 32] {
    let mut h = blake2::Blake2b::<blake2::digest::consts::U32>::new();
    for p in parts {
        h.update(p);
    }
    h.finalize().into()
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn base64(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for c in bytes.chunks(3) {
        let n = u32::from(c[0]) << 16 | u32::from(*c.get(1).unwrap_or(&0)) << 8 | u32::from(*c.get(2).unwrap_or(&0));
        for i in 0..4 {
            out.push(if i <= c.len() { ALPHABET[(n >> (18 - 6 * i)) as usize & 63] as char } else { '=' });
        }
    }
    out
}

fn base64_decode(text: &str) -> Option<Vec<u8>> {
    let text = text.trim_end_matches('=');
    let mut out = Vec::with_capacity(text.len() * 3 / 4);
    let (mut n, mut bits) = (0u32, 0);
    for c in text.bytes() {
        n = n << 6 | ALPHABET.iter().position(|a| *a == c)? as u32;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((n >> bits) as u8);
            n &= (1 << bits) - 1;
        }
    }
    (n == 0).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_the_key_and_signature_of_minisigns_manual() {
        // the public key on minisign's page
        let k = PublicKey::parse("RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3").unwrap();
        assert_eq!(k.id(), "E7620F1842B4E81F");
    }

    #[test]
    fn keys_come_back_from_their_files() {
        let k = SecretKey::random().unwrap();
        let again = SecretKey::parse(&k.to_file()).unwrap();
        assert_eq!(again.public(), k.public());
        assert_eq!(PublicKey::parse(&k.public().to_file()).unwrap(), k.public());
        let signature = again.sign(b"m", "c");
        k.public().verify(b"m", &signature).unwrap();
        assert!(SecretKey::random().unwrap().public().verify(b"m", &signature).unwrap_err().to_string().contains("of key"));
        assert!(k.public().verify(b"m", &signature.replace("trusted comment: c", "trusted comment: d")).is_err());
        let mut damaged = k.to_file();
        let at = damaged.len() - 60;
        let other = if damaged[at..].starts_with('x') { "y" } else { "x" };
        damaged.replace_range(at..=at, other);
        assert!(SecretKey::parse(&damaged).is_err());
    }

    proptest! {
        #[test]
        fn base64_comes_back(b in prop::collection::vec(any::<u8>(), 0..40)) {
            prop_assert_eq!(base64_decode(&base64(&b)), Some(b));
        }
        #[test]
        fn any_text_is_a_key_or_none(s in "\\PC{0,60}") {
            let _ = PublicKey::parse(&s);
            let _ = SecretKey::parse(&s);
            let _ = SecretKey::random().unwrap().public().verify(b"", &s);
        }
    }
}
