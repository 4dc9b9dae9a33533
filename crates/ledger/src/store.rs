//! The file: opening it, and reading what is current.

use crate::body::{Address, Body, Coding};
use crate::chain::{Author, COLUMNS, Head, Kind, Statement};
use crate::copies;
use crate::correct;
use crate::error::{Error, Result};
use crate::record::Record;
use crate::rows::{ClaimRow, Coded, DocNo, Judgement};
use crate::seal::{Key, Sealer};
use crate::search::terms;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior, params};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// "TWTR" in the header of the file.
const APPLICATION: i32 = 0x5457_5452;
/// The format that this program writes.
const FORMAT: u32 = 1;
/// How long a command waits for another that writes.
const PATIENCE: Duration = Duration::from_secs(60);

/// An open ledger.
#[derive(Debug)]
pub struct Ledger {
    pub(crate) db: Connection,
    path: PathBuf,
}

impl Ledger {
    /// Opens a ledger for reading.
    ///
    /// # Errors
    /// When there is none, or one of a later format.
    pub fn open(path: &Path) -> Result<Ledger> {
        if !path.exists() {
            return Err(Error::Missing(path.into()));
        }
        // not read-only for SQLite: a ledger whose last writer was killed is put right by whoever opens it next
        let l = Ledger::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE).or_else(|e| match e {
            Error::Sqlite(_) => Ledger::connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY),
            e => Err(e),
        })?;
        l.db.pragma_update(None, "query_only", true)?;
        Ok(l)
    }

    /// Opens a ledger for writing.
    ///
    /// # Errors
    /// When there is none, or one of a later format.
    pub fn open_to_write(path: &Path) -> Result<Ledger> {
        if !path.exists() {
            return Err(Error::Missing(path.into()));
        }
        Ledger::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
    }

    /// Opens a ledger for writing, or begins one.
    ///
    /// # Errors
    /// When the path holds something else, or cannot be written.
    pub fn open_or_begin(path: &Path, author: &Author) -> Result<Ledger> {
        if std::fs::metadata(path).is_ok_and(|m| m.len() > 0) {
            return Ledger::open_to_write(path);
        }
        let mut db = Connection::open(path)?;
        // sealed bodies are a few kilobytes: on larger pages less is left over
        db.pragma_update(None, "page_size", 16384)?;
        settings(&db)?;
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // somebody else may have been faster
        let begun: i64 = tx.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0))?;
        if begun == 0 {
            tx.pragma_update(None, "application_id", APPLICATION)?;
            tx.pragma_update(None, "user_version", FORMAT)?;
            tx.execute_batch(include_str!("schema.sql"))?;
            crate::derive::create(&tx)?;
            let mut id = [0; 16];
            getrandom::fill(&mut id).map_err(Error::Random)?;
            let open = serde_json::json!({"format": FORMAT, "id": crate::seal::hex(&id)}).to_string();
            Head::read(&tx)?.append(&tx, plain(Kind::Ledger, author, None, Some(open)))?;
        }
        tx.commit()?;
        drop(db);
        Ledger::open_to_write(path)
    }

    fn connect(path: &Path, flags: OpenFlags) -> Result<Ledger> {
        let db = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        let id: i32 = db.pragma_query_value(None, "application_id", |r| r.get(0)).map_err(|e| match e {
            rusqlite::Error::SqliteFailure(f, _) if f.code == rusqlite::ErrorCode::NotADatabase => Error::NotALedger(path.into()),
            e => e.into(),
        })?;
        if id != APPLICATION {
            return Err(Error::NotALedger(path.into()));
        }
        let found: u32 = db.pragma_query_value(None, "user_version", |r| r.get(0))?;
        if found > FORMAT {
            return Err(Error::Newer { path: path.into(), found, known: FORMAT });
        }
        if flags.contains(OpenFlags::SQLITE_OPEN_READ_WRITE) {
            settings(&db)?;
        } else {
            db.busy_timeout(PATIENCE)?;
        }
        db.set_prepared_statement_cache_capacity(64);
        // a statement is planned once and not anew for every value that it is given
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        Ok(Ledger { db, path: path.into() })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Lets the file grow to so many bytes at most, but never less than it has: beyond, adding fails as on a full disk.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn limit(&self, bytes: u64) -> Result<()> {
        let page: u64 = self.db.pragma_query_value(None, "page_size", |r| r.get(0))?;
        self.db.pragma_update_and_check(None, "max_page_count", (bytes / page).max(1), |_| Ok(()))?;
        Ok(())
    }

    /// The end of the chain.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn head(&self) -> Result<Head> {
        Head::read(&self.db)
    }

    /// The documents whose claims hold: of each page the last version that was not erased, in the order of numbers.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn current(&self) -> Result<Vec<DocNo>> {
        let mut q = self.db.prepare_cached("SELECT no FROM document WHERE current = 1 ORDER BY no")?;
        let list = q.query_map([], |r| r.get(0).map(DocNo))?.collect::<rusqlite::Result<_>>()?;
        Ok(list)
    }

    /// A document with the claims that hold: as people have corrected them, without those that somebody has rejected and nobody accepted.
    ///
    /// # Errors
    /// When it is not there, was erased, or is damaged.
    pub fn coded(&self, document: DocNo) -> Result<Coded> {
        let key = self.key(document)?;
        let body = self.body_with(document, &key)?;
        let rejected = self.rejected(document)?;
        let claims = self.claims_of(document)?.into_iter().filter(|c| !rejected.contains(&c.id)).collect();
        Ok(Coded { document, meta: body.meta, claims })
    }

    /// Every current document with its claims, in the order of numbers.
    ///
    /// # Errors
    /// When the ledger cannot be read; each item, when that document cannot.
    pub fn claims(&self) -> Result<impl Iterator<Item = Result<Coded>> + '_> {
        Ok(self.current()?.into_iter().map(|d| self.coded(d)))
    }

    /// The other current documents that are near-copies of one. Looks at those that share a part of its wording.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn copies_of(&self, document: DocNo) -> Result<Vec<DocNo>> {
        let Some(own) = copies::kept(&self.db, document)? else { return Ok(Vec::new()) };
        let mut out = Vec::new();
        for other in copies::candidates(&self.db, document, &own)? {
            if copies::kept(&self.db, other)?.is_some_and(|o| reader::copies::overlap(&own, &o).is_copy()) {
                out.push(other);
            }
        }
        Ok(out)
    }

    /// What people hold of pairs of claims, actors and places: the last word on each.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn judgements(&self) -> Result<Vec<Judgement>> {
        let mut q = self.db.prepare_cached("SELECT seq FROM judgement ORDER BY seq")?;
        let list: Vec<u64> = q.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        list.into_iter().map(|seq| self.judgement(seq)).collect()
    }

    fn judgement(&self, seq: u64) -> Result<Judgement> {
        let s = self.statement(seq)?.ok_or_else(|| Error::Damaged { seq, what: "it is missing".into() })?;
        let body = match s.document {
            Some(_) => self.sealed(&s)?,
            None => s.open.clone().unwrap_or_default().into_bytes(),
        };
        let body: crate::decide::Pair = serde_json::from_slice(&body).map_err(|e| Error::Damaged { seq, what: e.to_string() })?;
        Ok(Judgement { a: body.a, b: body.b, identity: body.identity, by: s.author.who, at: s.author.at, why: body.why })
    }

    /// The claims of a document's last coding as people have corrected them, those that they rejected among them.
    ///
    /// # Errors
    /// When it is not there, was erased, or is damaged.
    pub fn claims_of(&self, document: DocNo) -> Result<Vec<ClaimRow>> {
        let rows = self.records_with(document, &self.key(document)?)?.into_iter().enumerate().map(|(index, record)| {
            let r = Record::parse(&record)?;
            let (id, keys) = (r.id.to_string(), r.keys());
            Ok(ClaimRow { document, index: index as u32, id, record, keys })
        });
        rows.collect()
    }

    /// The claims with an id, and their documents. Equal ids mean the same text under the same document id.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn claim(&self, id: &str) -> Result<Vec<ClaimRow>> {
        let mut out = Vec::new();
        for d in terms::documents_of(&self.db, &terms::claim_id(id))? {
            out.extend(self.claims_of(d)?.into_iter().filter(|c| c.id == id));
        }
        Ok(out)
    }

    /// The document of a number, or of an id or web address: then the current version.
    ///
    /// # Errors
    /// When there is none, or when several have the id.
    pub fn find(&self, name: &str) -> Result<DocNo> {
        let hash = Address::hash(name);
        let sql = "SELECT no FROM document WHERE current = 1 AND address = ?1 UNION SELECT no FROM document WHERE current = 1 AND name = ?1 AND name IS NOT address ORDER BY 1";
        let found: Vec<u64> = self.db.prepare_cached(sql)?.query_map([hash], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        match found[..] {
            [one] => return Ok(DocNo(one)),
            [] => {}
            _ => return Err(Error::Ambiguous { id: name.into(), numbers: found }),
        }
        let number = name.parse::<u64>().ok();
        let is_document = |n: &u64| self.statement(*n).map(|s| s.is_some_and(|s| s.kind == Kind::Document.as_str()));
        match number {
            Some(n) if is_document(&n)? => Ok(DocNo(n)),
            _ => Err(Error::Unknown(name.into())),
        }
    }

    /// The versions of the page that a document is one of, in the order in which they were added.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn versions(&self, document: DocNo) -> Result<Vec<DocNo>> {
        let mut q = self.db.prepare_cached("SELECT no FROM document WHERE address = (SELECT address FROM document WHERE no = ?) ORDER BY no")?;
        let list = q.query_map([document.0], |r| r.get(0).map(DocNo))?.collect::<rusqlite::Result<_>>()?;
        Ok(list)
    }

    /// `true` when this is the version whose claims hold.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn is_current(&self, document: DocNo) -> Result<bool> {
        let mut q = self.db.prepare_cached("SELECT current FROM document WHERE no = ?")?;
        Ok(q.query_row([document.0], |r| r.get(0)).optional()?.unwrap_or(false))
    }

    /// A document with its text and original bytes.
    ///
    /// # Errors
    /// When it is not there, was erased, or is damaged.
    pub fn document(&self, document: DocNo) -> Result<Body> {
        self.body_with(document, &self.key(document)?)
    }

    /// The claims of a document as last coded, and what that coding withdrew.
    ///
    /// # Errors
    /// When it is not there, was erased, or is damaged.
    pub fn coding(&self, document: DocNo) -> Result<Coding> {
        self.coding_with(document, &self.key(document)?)
    }

    /// The statements about a document, in order.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn history(&self, document: DocNo) -> Result<Vec<Statement>> {
        let mut q = self.db.prepare_cached(&format!("SELECT {COLUMNS} FROM statement WHERE document = ? ORDER BY seq"))?;
        let list = q.query_map([document.0], Statement::read)?.map(|r| r.map(|r| r.0)).collect::<rusqlite::Result<_>>()?;
        Ok(list)
    }

    /// A statement by its number.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn statement(&self, seq: u64) -> Result<Option<Statement>> {
        let mut q = self.db.prepare_cached(&format!("SELECT {COLUMNS} FROM statement WHERE seq = ?"))?;
        Ok(q.query_row([seq], Statement::read).optional()?.map(|r| r.0))
    }

    /// What a statement has sealed.
    ///
    /// # Errors
    /// When the document was erased, or either was changed.
    pub fn sealed(&self, s: &Statement) -> Result<Vec<u8>> {
        let document = s.document.ok_or_else(|| Error::Damaged { seq: s.seq, what: "it seals nothing".into() })?;
        let key = self.key(DocNo(document))?;
        match s.with() {
            Some(other) => self.unseal(s, &key.with(&self.key(DocNo(other))?)),
            None => self.unseal(s, &key),
        }
    }

    pub(crate) fn key(&self, document: DocNo) -> Result<Key> {
        let mut q = self.db.prepare_cached("SELECT key FROM key WHERE document = ?")?;
        let bytes: Option<Vec<u8>> = q.query_row([document.0], |r| r.get(0)).optional()?;
        match bytes {
            Some(b) => {
                let b: [u8; 48] = b.try_into().map_err(|_| Error::Sealed { seq: document.0, document: document.0 })?;
                Ok(Key::from_bytes(&b))
            }
            None if self.statement(document.0)?.is_some_and(|s| s.kind == Kind::Document.as_str()) => Err(Error::Erased(document)),
            None => Err(Error::Unknown(document.0.to_string())),
        }
    }

    pub(crate) fn unseal(&self, s: &Statement, key: &Key) -> Result<Vec<u8>> {
        let document = s.document.unwrap_or_default();
        s.sealed.as_deref().and_then(|b| key.open(&s.kind, b)).ok_or(Error::Sealed { seq: s.seq, document })
    }

    pub(crate) fn body_with(&self, document: DocNo, key: &Key) -> Result<Body> {
        let s = self.statement(document.0)?.ok_or_else(|| Error::Unknown(document.0.to_string()))?;
        Body::from_bytes(&self.unseal(&s, key)?).ok_or_else(|| Error::Damaged { seq: s.seq, what: "it holds no document".into() })
    }

    pub(crate) fn coding_with(&self, document: DocNo, key: &Key) -> Result<Coding> {
        let mut q = self.db.prepare_cached("SELECT coding FROM document WHERE no = ?")?;
        let Some(seq) = q.query_row([document.0], |r| r.get::<_, Option<u64>>(0)).optional()?.flatten() else { return Ok(Coding::default()) };
        let s = self.statement(seq)?.ok_or_else(|| Error::Damaged { seq, what: "it is missing".into() })?;
        Coding::from_bytes(&self.unseal(&s, key)?).ok_or_else(|| Error::Damaged { seq, what: "it holds no claims".into() })
    }

    /// The records of a document's last coding as people have ruled on their fields.
    pub(crate) fn records_with(&self, document: DocNo, key: &Key) -> Result<Vec<String>> {
        let mut records = self.coding_with(document, key)?.records;
        let mut q = self.db.prepare_cached("SELECT claim, coder, seq FROM decision WHERE document = ? AND field <> 'claim' ORDER BY seq")?;
        let list: Vec<(String, String, u64)> = q.query_map([document.0], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?.collect::<rusqlite::Result<_>>()?;
        let rulings = list.into_iter().map(|(claim, by, statement)| Ok(correct::Ruling { claim, by, statement, decision: self.decision(statement)? }));
        correct::apply(&mut records, &rulings.collect::<Result<Vec<_>>>()?)?;
        Ok(records)
    }

    pub(crate) fn rejected(&self, document: DocNo) -> Result<Vec<String>> {
        let mut q = self.db.prepare_cached("SELECT seq, claim FROM decision WHERE document = ? AND field = 'claim' ORDER BY claim")?;
        let list: Vec<(u64, String)> = q.query_map([document.0], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
        let mut out: Vec<String> = Vec::new();
        let mut kept: Vec<String> = Vec::new();
        for (seq, claim) in list {
            match self.decision(seq)?.verdict {
                crate::decide::Verdict::Reject => out.push(claim),
                crate::decide::Verdict::Accept => kept.push(claim),
                _ => {}
            }
        }
        out.retain(|c| !kept.contains(c));
        Ok(out)
    }

    /// Records that names of private persons were shown.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn disclose(&mut self, author: &Author, command: &str) -> Result<u64> {
        let open = serde_json::json!({"command": command}).to_string();
        self.write(|db, head| head.append(db, plain(Kind::Disclosure, author, None, Some(open))))
    }

    /// Runs one transaction that adds statements. Writers wait for each other before they read the head.
    pub(crate) fn write<T>(&self, f: impl FnOnce(&Connection, &mut Head) -> Result<T>) -> Result<T> {
        let tx = Transaction::new_unchecked(&self.db, TransactionBehavior::Immediate)?;
        let mut head = Head::read(&tx)?;
        let out = f(&tx, &mut head)?;
        tx.commit()?;
        Ok(out)
    }
}

fn settings(db: &Connection) -> Result<()> {
    db.busy_timeout(PATIENCE)?;
    db.execute_batch(
        // FULL: a commit that returned has reached the disk. secure_delete: what is deleted is overwritten with zeros. The log is written
        // back when it has 64 MiB, so that a page which many documents change is written once for all of them.
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON; PRAGMA wal_autocheckpoint = 4096;
         PRAGMA secure_delete = ON; PRAGMA cache_size = -131072; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;",
    )?;
    Ok(())
}

/// A statement with nothing sealed.
pub(crate) fn plain(kind: Kind, author: &Author, document: Option<DocNo>, open: Option<String>) -> Statement {
    Statement { seq: 0, kind: kind.as_str().into(), author: author.clone(), document: document.map(|d| d.0), open, commitment: None, sealed: None }
}

/// A statement with a sealed body.
pub(crate) fn sealed(kind: Kind, author: &Author, document: DocNo, sealer: &mut Sealer, key: &Key, body: &[u8]) -> Result<Statement> {
    let s = sealer.seal(key, kind.as_str(), body)?;
    Ok(Statement { commitment: Some(s.commitment.to_vec()), sealed: Some(s.bytes), ..plain(kind, author, Some(document), None) })
}

pub(crate) fn keep_key(db: &Connection, document: DocNo, key: &Key) -> Result<()> {
    db.prepare_cached("INSERT INTO key VALUES (?, ?)")?.execute(params![document.0, key.to_bytes()])?;
    Ok(())
}
