//! What is sealed: the bodies of documents and codings.

use crate::error::{Error, Result};
use crate::rows::Meta;
use crate::seal::short;
use serde::{Deserialize, Serialize};

/// A document as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// What is known of it.
    pub meta: Meta,
    /// Its text; offsets of claims count its code points.
    pub text: String,
    /// The bytes that it was read from.
    pub original: Vec<u8>,
}

impl Body {
    /// As bytes: the length of the metadata, the metadata, the length of the text, the text, the original. An original that is
    /// the text itself is left out; one that contains it costs little, because the compressor sees it twice.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        let meta = serde_json::to_vec(&self.meta)?;
        let original: &[u8] = if self.original == self.text.as_bytes() { &[] } else { &self.original };
        let mut out = Vec::with_capacity(8 + meta.len() + self.text.len() + original.len());
        for part in [&meta[..], self.text.as_bytes()] {
            let n = u32::try_from(part.len()).map_err(|_| Error::Call("a document of 4 GiB or more is too large for a ledger; split it".into()))?;
            out.extend_from_slice(&n.to_le_bytes());
            out.extend_from_slice(part);
        }
        out.extend_from_slice(original);
        Ok(out)
    }

    /// Reads such bytes; `None` when they are none.
    pub fn from_bytes(bytes: &[u8]) -> Option<Body> {
        let part = |b: &mut &[u8]| -> Option<Vec<u8>> {
            let (n, rest) = b.split_first_chunk::<4>()?;
            let (part, rest) = rest.split_at_checked(u32::from_le_bytes(*n) as usize)?;
            *b = rest;
            Some(part.to_vec())
        };
        let mut rest = bytes;
        let meta = serde_json::from_slice(&part(&mut rest)?).ok()?;
        let text = String::from_utf8(part(&mut rest)?).ok()?;
        let original = if rest.is_empty() { text.as_bytes().to_vec() } else { rest.to_vec() };
        Some(Body { meta, text, original })
    }
}

/// What a document is found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address {
    /// Of its web address, or of its id where it has none: versions of one page share it.
    pub address: [u8; 16],
    /// Of its id.
    pub name: [u8; 16],
}

impl Address {
    /// The address of a document.
    pub fn of(meta: &Meta) -> Address {
        Address { address: Address::hash(meta.url.as_deref().unwrap_or(&meta.id)), name: Address::hash(&meta.id) }
    }

    /// The hash of an id or a web address.
    pub fn hash(s: &str) -> [u8; 16] {
        short(&[b"name", s.as_bytes()])
    }
}

/// What tells whether a document has been read before: everything that was read of it.
pub fn digest(body: &[u8]) -> [u8; 16] {
    short(&[b"body", body])
}

/// The claims of a document as one coding found them, one record a line, and what it withdrew.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Coding {
    /// The claim records, as the coder wrote them.
    pub records: Vec<String>,
    /// Earlier claims that it no longer finds, or finds otherwise.
    pub withdrawn: Vec<Withdrawn>,
}

/// A claim that is no longer held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// Its id.
    pub id: String,
    /// Why.
    pub why: String,
}

impl Coding {
    /// As lines: the withdrawals as a list, then a record a line.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        let mut out = serde_json::to_vec(&self.withdrawn)?;
        for r in &self.records {
            out.push(b'\n');
            out.extend_from_slice(r.as_bytes());
        }
        Ok(out)
    }

    /// Reads such lines; `None` when they are none.
    pub fn from_bytes(bytes: &[u8]) -> Option<Coding> {
        let text = std::str::from_utf8(bytes).ok()?;
        let mut lines = text.split('\n');
        let withdrawn = serde_json::from_str(lines.next()?).ok()?;
        Some(Coding { withdrawn, records: lines.map(String::from).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bodies_come_back(id in "\\PC{0,8}", url in prop::option::of("\\PC{0,8}"), text in "\\PC{0,60}", original in prop::collection::vec(any::<u8>(), 1..60)) {
            let b = Body { meta: Meta { id, url, ..Meta::default() }, text, original };
            prop_assert_eq!(Body::from_bytes(&b.to_bytes().unwrap()), Some(b.clone()));
            let plain = Body { original: b.text.clone().into_bytes(), ..b };
            prop_assert_eq!(Body::from_bytes(&plain.to_bytes().unwrap()), Some(plain));
        }

        #[test]
        fn any_bytes_are_a_body_or_none(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = Body::from_bytes(&bytes);
            let _ = Coding::from_bytes(&bytes);
        }
    }

    #[test]
    fn codings_come_back() {
        for records in [vec![], vec!["{}".to_string(), "{\"a\":1}".into()]] {
            let c = Coding { records, withdrawn: vec![Withdrawn { id: "clm_1".into(), why: "recoded".into() }] };
            assert_eq!(Coding::from_bytes(&c.to_bytes().unwrap()), Some(c));
        }
    }
}
