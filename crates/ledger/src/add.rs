//! Documents and their claims come in.
//!
//! What costs time (compressing, sealing, analysing) is done by a [`Preparer`], one a thread; what must be done in order
//! (hashing the chain, writing) by [`Ledger::add`], a batch at a time in one transaction.

use crate::body::{Address, Body, Coding, Withdrawn, digest};
use crate::chain::{Author, Kind};
use crate::derive::{self, Derived};
use crate::error::Result;
use crate::record::Record;
use crate::rows::{DocNo, Meta};
use crate::seal::{Key, Sealed, Sealer, sha256_hex};
use crate::store::{Ledger, keep_key, plain};
use arabic::search::Analyser;
use rusqlite::{Connection, OptionalExtension};

/// A document that was read, before it is coded.
#[derive(Debug)]
pub struct Read {
    body: Body,
    bytes: Vec<u8>,
    address: Address,
    digest: [u8; 16],
}

impl Read {
    /// A document as it was read. `meta.sha256` is worked out here; without original bytes (a row of a table has none of its own)
    /// the text stands for them.
    ///
    /// # Errors
    /// When it is too large.
    pub fn new(mut meta: Meta, text: String, original: Vec<u8>) -> Result<Read> {
        meta.sha256 = sha256_hex(text.as_bytes());
        let original = if original.is_empty() { text.clone().into_bytes() } else { original };
        let body = Body { meta, text, original };
        let bytes = body.to_bytes()?;
        Ok(Read { address: Address::of(&body.meta), digest: digest(&bytes), body, bytes })
    }
}

/// A document ready to be written.
#[derive(Debug)]
pub struct Prepared {
    address: Address,
    digest: [u8; 16],
    key: Key,
    document: Sealed,
    coding: Sealed,
    derived: Derived,
}

/// Prepares documents. One serves one thread.
#[derive(Debug)]
pub struct Preparer {
    sealer: Sealer,
    analyser: Analyser,
}

impl Preparer {
    /// A preparer.
    ///
    /// # Errors
    /// When there is no memory for the compressor.
    pub fn new() -> Result<Preparer> {
        Ok(Preparer { sealer: Sealer::new()?, analyser: Analyser::new(arabic::dictionary()) })
    }

    /// Seals a document with its claim records under a new key, and works out its derived rows.
    ///
    /// # Errors
    /// When a record is none, or there are no random bytes.
    pub fn prepare(&mut self, read: Read, records: Vec<String>) -> Result<Prepared> {
        let derived = derive::derive(&mut self.analyser, &read.body, &records)?;
        let key = Key::random()?;
        let document = self.sealer.seal(&key, Kind::Document.as_str(), &read.bytes)?;
        let coding = self.sealer.seal(&key, Kind::Coding.as_str(), &Coding { records, withdrawn: Vec::new() }.to_bytes()?)?;
        Ok(Prepared { address: read.address, digest: read.digest, key, document, coding, derived })
    }
}

/// What became of a batch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Added {
    /// New documents.
    pub documents: usize,
    /// Of these, new versions of pages that were there.
    pub versions: usize,
    /// Documents that had been read before.
    pub known: usize,
    /// Claims of the new documents.
    pub claims: usize,
}

impl std::ops::AddAssign for Added {
    fn add_assign(&mut self, o: Added) {
        self.documents += o.documents;
        self.versions += o.versions;
        self.known += o.known;
        self.claims += o.claims;
    }
}

impl Ledger {
    /// `true` when the document is there already, just as it was read.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn knows(&self, read: &Read) -> Result<bool> {
        known(&self.db, &read.address, &read.digest)
    }

    /// Writes documents in one transaction: when this returns, they have reached the disk. Those that are there already are
    /// passed over.
    ///
    /// # Errors
    /// When the ledger cannot be written (a full disk, say); then nothing of the batch is there.
    pub fn add(&mut self, author: &Author, batch: Vec<Prepared>) -> Result<Added> {
        derive::require_dictionary(&self.db)?;
        let mut analyser = None;
        self.write(|db, head| {
            let mut added = Added::default();
            let mut words: Vec<(DocNo, String)> = Vec::with_capacity(batch.len());
            let put = |words: &mut Vec<(DocNo, String)>| words.drain(..).try_for_each(|(no, terms)| derive::insert_words(db, no, &terms));
            for p in batch {
                if known(db, &p.address, &p.digest)? {
                    added.known += 1;
                    continue;
                }
                if let Some(old) = current(db, &p.address)? {
                    // which may stand in the same batch
                    put(&mut words)?;
                    let analyser = analyser.get_or_insert_with(|| Analyser::new(arabic::dictionary()));
                    derive::forget_current(db, DocNo(old), &self.derived(analyser, DocNo(old))?)?;
                    db.prepare_cached("UPDATE document SET current = 0 WHERE no = ?")?.execute([old])?;
                    added.versions += 1;
                }
                let mut s = plain(Kind::Document, author, None, None);
                (s.commitment, s.sealed) = (Some(p.document.commitment.to_vec()), Some(p.document.bytes));
                let no = DocNo(head.append(db, s)?);
                keep_key(db, no, &p.key)?;
                let mut s = plain(Kind::Coding, author, Some(no), None);
                (s.commitment, s.sealed) = (Some(p.coding.commitment.to_vec()), Some(p.coding.bytes));
                let coding = head.append(db, s)?;
                derive::insert(db, no, coding, &p.address, &p.digest, &p.derived)?;
                added.documents += 1;
                added.claims += p.derived.claims;
                words.push((no, p.derived.terms));
            }
            put(&mut words)?;
            Ok(added)
        })
    }

    /// Keeps a new coding of a document, where it differs from the last: what it no longer finds, or finds otherwise, is withdrawn
    /// with the reason. Decisions stay with claims whose trigger stands in the same place.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn recode(&mut self, author: &Author, document: DocNo, records: Vec<String>, why: &str, preparer: &mut Preparer) -> Result<Recoded> {
        derive::require_dictionary(&self.db)?;
        let key = self.key(document)?;
        let old = self.coding_with(document, &key)?;
        if old.records == records {
            return Ok(Recoded::default());
        }
        let mut done = Recoded { changed: true, ..Recoded::default() };
        let mut withdrawn = Vec::new();
        for r in old.records.iter().filter(|r| !records.contains(r)) {
            let id = Record::parse(r)?.id.to_string();
            let again = records.iter().any(|n| Record::parse(n).is_ok_and(|n| n.id == id));
            withdrawn.push(Withdrawn { id, why: format!("{why}: {}", if again { "found otherwise" } else { "not found" }) });
        }
        done.withdrawn = withdrawn.len();
        done.added = records.iter().filter(|r| !old.records.contains(r)).count();
        let sealed = preparer.sealer.seal(&key, Kind::Coding.as_str(), &Coding { records, withdrawn }.to_bytes()?)?;
        let analyser = &mut preparer.analyser;
        done.unplaced = self.write(|db, head| {
            let before = self.derived(analyser, document)?;
            let mut s = plain(Kind::Coding, author, Some(document), None);
            (s.commitment, s.sealed) = (Some(sealed.commitment.to_vec()), Some(sealed.bytes));
            let seq = head.append(db, s)?;
            db.prepare_cached("UPDATE document SET coding = ? WHERE no = ?")?.execute([seq, document.0])?;
            let unplaced = self.place_decisions(db, document)?;
            derive::replace(db, document, &before, &self.derived(analyser, document)?)?;
            Ok(unplaced)
        })?;
        Ok(done)
    }

    /// Records that everything was coded again.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn recoding(&mut self, author: &Author, numbers: serde_json::Value) -> Result<u64> {
        self.write(|db, head| head.append(db, plain(Kind::Recoding, author, None, Some(numbers.to_string()))))
    }
}

/// What a new coding changed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Recoded {
    /// `false` when it found the same.
    pub changed: bool,
    /// Claims that are new, or found otherwise.
    pub added: usize,
    /// Claims that are withdrawn.
    pub withdrawn: usize,
    /// Claims with decisions for which nothing stands at the same place any more.
    pub unplaced: Vec<String>,
}

fn known(db: &Connection, a: &Address, digest: &[u8; 16]) -> Result<bool> {
    let mut q = db.prepare_cached("SELECT 1 FROM document WHERE address = ? AND digest = ?")?;
    Ok(q.exists((a.address, digest))?)
}

fn current(db: &Connection, a: &Address) -> Result<Option<u64>> {
    let mut q = db.prepare_cached("SELECT no FROM document WHERE address = ? AND current = 1")?;
    Ok(q.query_row([a.address], |r| r.get(0)).optional()?)
}
