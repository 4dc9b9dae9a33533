//! The chain: statements, each of which hashes the one before it.
//!
//! A statement says that somebody (a program with its lexicon, or a named person) recorded something at some time. Its hash is
//! SHA-256 over the hash before it and all of its fields, each with its length in front; so no statement can be changed, taken
//! out or put in without every later hash showing it.

use crate::error::{Error, Result};
use crate::seal::Hash;
use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::{Digest, Sha256};

/// What a statement records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// The ledger begins.
    Ledger,
    /// A document was added; sealed: its metadata, text and original bytes.
    Document,
    /// A document was coded; sealed: its claims, and which earlier ones are withdrawn and why.
    Coding,
    /// Everything was coded again with another lexicon; open: the numbers.
    Recoding,
    /// A person ruled on a field of a claim; sealed.
    Decision,
    /// A person said whether two claims, actors or places are the same; sealed for claims (open: the other document), else open.
    Judgement,
    /// A document's key was destroyed; open: the reason.
    Erasure,
    /// Names of private persons were shown; open: by which command.
    Disclosure,
    /// The head of the chain was signed; open: the signature.
    Checkpoint,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 9] =
        [Kind::Ledger, Kind::Document, Kind::Coding, Kind::Recoding, Kind::Decision, Kind::Judgement, Kind::Erasure, Kind::Disclosure, Kind::Checkpoint];

    /// The word in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Ledger => "ledger",
            Kind::Document => "document",
            Kind::Coding => "coding",
            Kind::Recoding => "recoding",
            Kind::Decision => "decision",
            Kind::Judgement => "judgement",
            Kind::Erasure => "erasure",
            Kind::Disclosure => "disclosure",
            Kind::Checkpoint => "checkpoint",
        }
    }

    /// Reads such a word.
    pub fn parse(s: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|k| k.as_str() == s)
    }
}

/// Who says it, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// The program with its version and lexicon, or a person's name.
    pub who: String,
    /// ISO date-time; the ledger has no clock of its own.
    pub at: String,
}

/// A statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Its number, from 1, without gaps.
    pub seq: u64,
    /// The word of its kind; unknown words of later versions are kept.
    pub kind: String,
    /// Who and when.
    pub author: Author,
    /// The document whose key seals it.
    pub document: Option<u64>,
    /// What everybody may read, as JSON.
    pub open: Option<String>,
    /// The salted hash of what is sealed.
    pub commitment: Option<Vec<u8>>,
    /// The cipher text of what is sealed.
    pub sealed: Option<Vec<u8>>,
}

impl Statement {
    /// The other document whose key it takes to open a judgement on claims of two documents.
    pub fn with(&self) -> Option<u64> {
        let open = self.open.as_deref().filter(|_| self.kind == Kind::Judgement.as_str() && self.document.is_some())?;
        serde_json::from_str::<serde_json::Value>(open).ok()?["with"].as_u64()
    }

    /// The hash of the statement after one with the hash `before`.
    pub fn hash(&self, before: &Hash) -> Hash {
        let mut h = Sha256::new();
        h.update(b"tawatur statement 1\0");
        h.update(before);
        h.update(self.seq.to_le_bytes());
        let document = self.document.map(u64::to_le_bytes);
        let fields: [Option<&[u8]>; 7] = [
            Some(self.kind.as_bytes()),
            Some(self.author.who.as_bytes()),
            Some(self.author.at.as_bytes()),
            document.as_ref().map(|d| &d[..]),
            self.open.as_deref().map(str::as_bytes),
            self.commitment.as_deref(),
            self.sealed.as_deref(),
        ];
        for f in fields {
            // an absent field differs from an empty one
            h.update(f.map_or(u64::MAX, |f| f.len() as u64).to_le_bytes());
            h.update(f.unwrap_or_default());
        }
        h.finalize().into()
    }

    pub(crate) fn read(r: &Row<'_>) -> rusqlite::Result<(Statement, Vec<u8>)> {
        let s = Statement {
            seq: r.get(0)?,
            kind: r.get(1)?,
            author: Author { who: r.get(2)?, at: r.get(3)? },
            document: r.get(4)?,
            open: r.get(5)?,
            commitment: r.get(6)?,
            sealed: r.get(7)?,
        };
        Ok((s, r.get(8)?))
    }
}

pub(crate) const COLUMNS: &str = "seq, kind, who, at, document, open, commitment, sealed, hash";

/// The end of the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The number of the last statement; 0 before the first.
    pub seq: u64,
    /// Its hash; zeros before the first.
    pub hash: Hash,
}

impl Head {
    /// The end of the chain now.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn read(db: &Connection) -> Result<Head> {
        let last: Option<(u64, Vec<u8>)> =
            db.prepare_cached("SELECT seq, hash FROM statement ORDER BY seq DESC LIMIT 1")?.query_row([], |r| Ok((r.get(0)?, r.get(1)?))).optional()?;
        let Some((seq, hash)) = last else { return Ok(Head { seq: 0, hash: [0; 32] }) };
        let hash = hash.try_into().map_err(|_| Error::Damaged { seq, what: "its hash has not 32 bytes".into() })?;
        Ok(Head { seq, hash })
    }

    /// Adds a statement behind the head; its number is given to it. Returns the number.
    pub(crate) fn append(&mut self, db: &Connection, mut s: Statement) -> Result<u64> {
        s.seq = self.seq + 1;
        if s.kind == Kind::Document.as_str() {
            s.document = Some(s.seq);
        }
        let hash = s.hash(&self.hash);
        db.prepare_cached("INSERT INTO statement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")?.execute(params![
            s.seq,
            s.kind,
            s.author.who,
            s.author.at,
            s.document,
            s.open,
            s.commitment,
            s.sealed,
            hash
        ])?;
        *self = Head { seq: s.seq, hash };
        Ok(s.seq)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn statement() -> impl Strategy<Value = Statement> {
        let bytes = || prop::option::of(prop::collection::vec(any::<u8>(), 0..6));
        (1u64..4, "[ab]{0,2}", "[ab]{0,2}", "[ab]{0,2}", prop::option::of(0u64..3), prop::option::of("[ab]{0,2}"), bytes(), bytes()).prop_map(
            |(seq, kind, who, at, document, open, commitment, sealed)| Statement { seq, kind, author: Author { who, at }, document, open, commitment, sealed },
        )
    }

    proptest! {
        #[test]
        fn equal_hashes_only_for_equal_statements(a in statement(), b in statement()) {
            let before = [7; 32];
            prop_assert_eq!(a == b, a.hash(&before) == b.hash(&before));
            prop_assert_ne!(a.hash(&before), a.hash(&[8; 32]));
        }
    }

    #[test]
    fn words_of_kinds_come_back() {
        for k in Kind::ALL {
            assert_eq!(Kind::parse(k.as_str()), Some(k));
        }
        assert_eq!(Kind::parse("gossip"), None);
    }
}
