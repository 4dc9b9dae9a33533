//! What is worked out from the record, and made again by a rebuild.
//!
//! Everything here is a function of the statements and the keys that are left. Adding, recoding and erasing keep it up to date
//! row by row; [`Ledger::rebuild`] makes it from nothing and comes to the same rows.

use crate::body::{Address, Body, digest};
use crate::chain::{COLUMNS, Kind, Statement};
use crate::copies;
use crate::error::{Error, Result};
use crate::incidents::kept;
use crate::record::Record;
use crate::rows::DocNo;
use crate::search::terms;
use crate::store::Ledger;
use arabic::search::Analyser;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

/// The rows of one current document.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Derived {
    pub terms: String,
    pub sketch: Option<Vec<u8>>,
    pub claims: usize,
}

/// Works the rows out.
pub(crate) fn derive(analyser: &mut Analyser, body: &Body, records: &[String]) -> Result<Derived> {
    let parsed = records.iter().map(|r| Record::parse(r)).collect::<serde_json::Result<Vec<_>>>()?;
    let tokens = analyser.analyse(&body.text);
    let title = body.meta.title.as_deref().map(|t| analyser.analyse(t)).unwrap_or_default();
    let sketch = copies::pack(&body.text);
    let found_by = sketch.as_deref().map(copies::found_by).unwrap_or_default();
    Ok(Derived { terms: terms::of(title.iter().chain(&tokens), &parsed, found_by), claims: parsed.len(), sketch })
}

/// Makes the empty tables.
pub(crate) fn create(db: &Connection) -> Result<()> {
    db.execute_batch(include_str!("derived.sql"))?;
    db.execute_batch(kept::TABLES)?;
    db.execute_batch(kept::INDICES)?;
    db.execute("INSERT INTO made VALUES ('dictionary', ?)", [dictionary()])?;
    Ok(())
}

/// What the search index depends on besides the texts: two programs with the same answer make the same terms.
pub(crate) fn dictionary() -> String {
    format!("{}-{}", env!("TAWATUR_WORDS"), terms::VERSION)
}

/// Writes a new version of a page as the current one, except for its [words](insert_words).
pub(crate) fn insert(db: &Connection, no: DocNo, coding: u64, address: &Address, digest: &[u8; 16], d: &Derived) -> Result<()> {
    db.prepare_cached("INSERT INTO document VALUES (?, ?, ?, ?, ?, 1)")?.execute(params![no.0, address.address, address.name, digest, coding])?;
    insert_beside_words(db, no, d)
}

/// Puts the words of a current document into the index. The index gathers words and writes them when something else is written that may be
/// undone by itself, as a statement is by its guards; so those of many documents are put in one after the other.
pub(crate) fn insert_words(db: &Connection, no: DocNo, terms: &str) -> Result<()> {
    db.prepare_cached("INSERT INTO words (rowid, terms) VALUES (?, ?)")?.execute(params![no.0, terms])?;
    Ok(())
}

fn insert_beside_words(db: &Connection, no: DocNo, d: &Derived) -> Result<()> {
    if let Some(s) = &d.sketch {
        db.prepare_cached("INSERT INTO sketch VALUES (?, ?)")?.execute(params![no.0, s])?;
    }
    db.prepare_cached("INSERT OR IGNORE INTO untold VALUES (?)")?.execute([no.0])?;
    Ok(())
}

fn insert_current(db: &Connection, no: DocNo, d: &Derived) -> Result<()> {
    insert_words(db, no, &d.terms)?;
    insert_beside_words(db, no, d)
}

/// Takes the words, the sketch and the tellings of a document out, before it is erased, superseded or coded again.
pub(crate) fn forget_current(db: &Connection, no: DocNo, d: &Derived) -> Result<()> {
    db.prepare_cached("INSERT INTO words (words, rowid, terms) VALUES ('delete', ?, ?)")?.execute(params![no.0, d.terms])?;
    db.prepare_cached("DELETE FROM sketch WHERE document = ?")?.execute([no.0])?;
    db.prepare_cached("DELETE FROM untold WHERE document = ?")?.execute([no.0])?;
    kept::forget(db, no)
}

/// The rows of a document are replaced after it was coded again or ruled on.
pub(crate) fn replace(db: &Connection, no: DocNo, before: &Derived, now: &Derived) -> Result<()> {
    if before == now {
        // what is not looked for may have changed
        return kept::untold(db, no);
    }
    forget_current(db, no, before)?;
    insert_current(db, no, now)
}

/// Fails when the search index was made with another dictionary: words taken out of it would not be those put in.
pub(crate) fn require_dictionary(db: &Connection) -> Result<()> {
    let found: Option<String> = db.query_row("SELECT value FROM made WHERE name = 'dictionary'", [], |r| r.get(0)).optional()?;
    let (found, now) = (found.unwrap_or_default(), dictionary());
    if found == now { Ok(()) } else { Err(Error::OtherDictionary { found, now }) }
}

/// What a rebuild did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// Documents that were not erased.
    pub documents: usize,
    /// Of these, the current versions.
    pub current: usize,
    /// Current claims.
    pub claims: usize,
}

impl Ledger {
    /// Makes everything that is derived again, from the statements alone.
    ///
    /// # Errors
    /// When the ledger cannot be written, or a statement is damaged; then nothing is changed.
    pub fn rebuild(&mut self) -> Result<Rebuilt> {
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        drop_derived(&tx)?;
        create(&tx)?;
        tx.commit()?;
        // a rebuild that breaks off leaves empty tables and this mark
        self.db.execute("UPDATE made SET value = 'unfinished' WHERE name = 'dictionary'", [])?;
        let done = self.derive_all()?;
        self.db.execute("UPDATE made SET value = ? WHERE name = 'dictionary'", [dictionary()])?;
        Ok(done)
    }

    fn derive_all(&mut self) -> Result<Rebuilt> {
        let mut out = Rebuilt::default();
        let mut analyser = Analyser::new(arabic::dictionary());
        let last = self.head()?.seq;
        // all versions first: which of them are current is known only at the end
        let tx = self.db.unchecked_transaction()?;
        for seq in 1..=last {
            let Some(s) = self.statement(seq)? else { return Err(Error::Damaged { seq, what: "it is missing".into() }) };
            match (Kind::parse(&s.kind), s.document) {
                (Some(Kind::Document), Some(d)) => {
                    let key = match self.key(DocNo(d)) {
                        Err(Error::Erased(_)) => continue,
                        k => k?,
                    };
                    let bytes = self.unseal(&s, &key)?;
                    let body = Body::from_bytes(&bytes).ok_or_else(|| Error::Damaged { seq, what: "it holds no document".into() })?;
                    let a = Address::of(&body.meta);
                    tx.prepare_cached("UPDATE document SET current = 0 WHERE address = ?")?.execute([a.address])?;
                    tx.prepare_cached("INSERT INTO document VALUES (?, ?, ?, ?, NULL, 1)")?.execute(params![d, a.address, a.name, digest(&bytes)])?;
                    out.documents += 1;
                }
                (Some(Kind::Coding), Some(d)) => {
                    tx.prepare_cached("UPDATE document SET coding = ? WHERE no = ?")?.execute([seq, d])?;
                }
                _ => {}
            }
        }
        // what people ruled first: the rows are those of the claims as corrected
        self.place_all(&tx)?;
        tx.commit()?;
        for batch in self.current()?.chunks(1000) {
            let tx = self.db.unchecked_transaction()?;
            for &no in batch {
                let d = self.derived(&mut analyser, no)?;
                insert_current(&tx, no, &d)?;
                out.current += 1;
                out.claims += d.claims;
            }
            tx.commit()?;
        }
        Ok(out)
    }

    /// Gives all decisions and judgements their rows.
    pub(crate) fn place_all(&self, db: &Connection) -> Result<()> {
        let decided: Vec<u64> = db
            .prepare("SELECT DISTINCT document FROM statement WHERE kind = 'decision' AND document IN (SELECT no FROM document) ORDER BY 1")?
            .query_map([], |r| r.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for d in decided {
            self.place_decisions(db, DocNo(d))?;
        }
        let judged: Vec<Statement> = db
            .prepare(&format!("SELECT {COLUMNS} FROM statement WHERE kind = 'judgement' ORDER BY seq"))?
            .query_map([], Statement::read)?
            .map(|r| r.map(|r| r.0))
            .collect::<rusqlite::Result<_>>()?;
        for s in judged {
            self.place_judgement(db, &s)?;
        }
        Ok(())
    }

    /// The rows of a current document, worked out from what is sealed.
    pub(crate) fn derived(&self, analyser: &mut Analyser, no: DocNo) -> Result<Derived> {
        let key = self.key(no)?;
        derive(analyser, &self.body_with(no, &key)?, &self.records_with(no, &key)?)
    }
}

fn drop_derived(db: &Connection) -> Result<()> {
    // children before their parents; `claim` and `joined` were tables of earlier programs
    for t in ["claim", "joined", "unsettled", "untold", "telling", "told", "words", "judgement", "decision", "sketch", "document", "made"] {
        db.execute_batch(&format!("DROP TABLE IF EXISTS {t}"))?;
    }
    Ok(())
}
