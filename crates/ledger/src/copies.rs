//! Near-copies: what is kept of a text's wording, so that documents are compared without being opened.
//!
//! What near-copies are, and how they are found, is the reader's: [`reader::copies`]. Here the sample of a text's shingles is kept by which an
//! index finds it, the upper 40 bits of each hash. Overlaps of samples are estimates of those of the texts: with a hundred words, good
//! to about a tenth.

use crate::error::Result;
use crate::rows::DocNo;
use crate::search::terms;
use reader::copies::Signature;
use rusqlite::{Connection, OptionalExtension};
use std::collections::BTreeSet;

/// Bytes that are kept of a hash: with a million documents two different ones are hardly ever alike.
const KEPT: usize = 5;
/// Fewer shingles say little: two headlines may share them.
const FEWEST: usize = 8;
/// Hashes of a long text that are looked up, the lowest.
const LOOKED_UP: usize = 1024;

/// What is kept of a text, or `None` when it has too few words to tell.
pub(crate) fn pack(text: &str) -> Option<Vec<u8>> {
    let s = Signature::of(text);
    let hashes = s.sample();
    (hashes.len() >= FEWEST).then(|| hashes.iter().flat_map(|h| h.to_be_bytes()[..KEPT].to_vec()).collect())
}

/// Of what is kept of a text, the hashes by which the index finds it: a quarter, the lowest, which any text that has them is found by too.
pub(crate) fn found_by(kept: &[u8]) -> Vec<u64> {
    let s = unpack(kept);
    let hashes = s.hashes();
    let low = hashes.partition_point(|h| *h < u64::MAX / 16);
    hashes[..low.max(FEWEST / 2).min(hashes.len())].to_vec()
}

/// The current documents that may be near-copies of one: those that share a hash by which they are found with it.
pub(crate) fn candidates(db: &Connection, document: DocNo, own: &Signature) -> Result<BTreeSet<DocNo>> {
    let mut out = BTreeSet::new();
    for h in own.hashes().iter().take(LOOKED_UP) {
        out.extend(terms::documents_of(db, &terms::wording(*h))?);
    }
    out.remove(&document);
    Ok(out)
}

/// The signature of a sample.
pub(crate) fn unpack(bytes: &[u8]) -> Signature {
    let hash = |b: &[u8]| {
        let mut h = [0; 8];
        h[..KEPT].copy_from_slice(b);
        u64::from_be_bytes(h)
    };
    Signature::from_hashes(bytes.chunks_exact(KEPT).map(hash).collect())
}

/// What is kept of a current document.
pub(crate) fn kept(db: &Connection, document: DocNo) -> Result<Option<Signature>> {
    let mut q = db.prepare_cached("SELECT hashes FROM sketch WHERE document = ?")?;
    let bytes: Option<Vec<u8>> = q.query_row([document.0], |r| r.get(0)).optional()?;
    Ok(bytes.map(|b| unpack(&b)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use reader::copies::overlap;

    fn text(words: std::ops::Range<usize>) -> String {
        words.map(|i| format!("كلمة{i} ")).collect()
    }

    #[test]
    fn samples_tell_what_whole_texts_do() {
        let kept = |t: &str| unpack(&pack(t).unwrap());
        let (whole, excerpt, other) = (text(0..600), text(200..330), text(1000..1200));
        assert!(overlap(&kept(&whole), &kept(&excerpt)).is_copy());
        assert!(!overlap(&kept(&whole), &kept(&other)).is_copy());
        assert!(!overlap(&kept(&text(0..300)), &kept(&text(150..450))).is_copy(), "a half is no copy");
        assert_eq!(pack("عاد الهدوء إلى البلدة"), None);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_a_sample(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..40)) {
            let _ = unpack(&bytes);
        }
    }
}
