//! Everything is checked again, offline: the chain, the keys, every document's hash, every span against its text, and what is
//! derived against what it is derived from.

use crate::body::{Address, Body, Coding, digest};
use crate::chain::{COLUMNS, Kind, Statement};
use crate::checkpoint::{Checkpoint, PublicKey};
use crate::derive;
use crate::error::Result;
use crate::rows::DocNo;
use crate::seal::{Hash, Key, hex, sha256_hex, short};
use crate::store::Ledger;
use arabic::search::Analyser;
use places::Atlas;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;
use std::collections::BTreeMap;

/// A ledger in which everything holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// Statements.
    pub statements: u64,
    /// The hash of the last, in hexadecimal.
    pub head: String,
    /// Documents that were opened and checked.
    pub documents: u64,
    /// Claims whose spans were checked, of all codings.
    pub claims: u64,
    /// What was erased: document, when, why. Of these the chain was checked, and that they are sealed still as they were.
    pub erased: Vec<(DocNo, String, String)>,
    /// Signed heads: statement, the id of the key, and whether it is the key that the caller trusts.
    pub checkpoints: Vec<(u64, String, bool)>,
}

/// The first thing that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{where_}: {what}")]
pub struct Break {
    /// The statement or table.
    pub where_: String,
    /// What does not hold.
    pub what: String,
}

fn broken<T>(where_: impl Into<String>, what: impl Into<String>) -> std::result::Result<T, Break> {
    Err(Break { where_: where_.into(), what: what.into() })
}

fn at(s: &Statement) -> String {
    format!("statement {} ({})", s.seq, s.kind)
}

fn readable<T>(where_: &str, r: rusqlite::Result<T>) -> std::result::Result<T, Break> {
    r.or_else(|e| broken(where_, format!("cannot be read: {e}")))
}

/// A checkpoint that was kept outside the ledger.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The message that was signed.
    pub message: String,
    /// Its signature.
    pub signature: String,
}

impl Ledger {
    /// Checks everything. `trusted` is the key that checkpoints should be signed with, `kept` a checkpoint from elsewhere.
    ///
    /// # Errors
    /// [`Break`]: the first statement or table that does not hold, and why.
    pub fn verify(&self, trusted: Option<&PublicKey>, kept: Option<&Kept>, atlas: &Atlas) -> std::result::Result<Verified, Break> {
        let mut v = Verified::default();
        let kept = self.kept(trusted, kept)?;
        self.verify_chain(&mut v, trusted, kept)?;
        self.verify_file()?;
        self.verify_derived(atlas)?;
        self.verify_guards()?;
        Ok(v)
    }

    fn kept(&self, trusted: Option<&PublicKey>, kept: Option<&Kept>) -> std::result::Result<Option<(u64, String)>, Break> {
        let Some(k) = kept else { return Ok(None) };
        let Some(key) = trusted else { return broken("the checkpoint", "needs the key that signed it; name --public-key") };
        key.verify(k.message.as_bytes(), &k.signature).or_else(|e| broken("the checkpoint", e.to_string()))?;
        let Some((id, seq, hash)) = Checkpoint::read_message(&k.message) else { return broken("the checkpoint", "is none of a ledger of tawatur") };
        let own = self.id().or_else(|e| broken("statement 1 (ledger)", e.to_string()))?;
        if id != own {
            return broken("the checkpoint", format!("is of the ledger {id}, this one is {own}"));
        }
        Ok(Some((seq, hash)))
    }

    fn verify_chain(&self, v: &mut Verified, trusted: Option<&PublicKey>, kept: Option<(u64, String)>) -> std::result::Result<(), Break> {
        let mut before: Hash = [0; 32];
        let mut last = 0;
        let mut open: Option<(u64, Body)> = None;
        let mut without_key: BTreeMap<u64, String> = BTreeMap::new();
        let mut erased: BTreeMap<u64, (String, String)> = BTreeMap::new();
        let mut q = readable("the table of statements", self.db.prepare(&format!("SELECT {COLUMNS} FROM statement ORDER BY seq")))?;
        let mut rows = readable("the table of statements", q.query([]))?;
        loop {
            let here = format!("statement {}", last + 1);
            let Some(row) = readable(&here, rows.next())? else { break };
            let (s, hash) = readable(&here, Statement::read(row))?;
            if s.seq != last + 1 {
                return broken(here, format!("is missing; the next is {}", s.seq));
            }
            let expected = s.hash(&before);
            if expected[..] != hash[..] {
                return broken(at(&s), "does not fit its hash: it, its hash or the one before it was changed");
            }
            if kept.as_ref().is_some_and(|(seq, h)| *seq == s.seq && *h != hex(&expected)) {
                return broken(at(&s), "has another hash than the checkpoint: the ledger was written anew since it was signed");
            }
            self.verify_statement(&s, v, &mut open, &mut without_key, &mut erased, trusted)?;
            (before, last) = (expected, s.seq);
        }
        if let Some((seq, _)) = kept.filter(|k| k.0 > last) {
            return broken("the checkpoint", format!("vouches for statement {seq}, but the ledger ends at {last}: its end was cut off"));
        }
        for (d, why) in &without_key {
            if !erased.contains_key(d) {
                return broken(format!("the key of document {d}"), format!("{why}, and no statement says that it was erased"));
            }
        }
        if let Some(d) = erased.keys().find(|d| !without_key.contains_key(d)) {
            return broken(format!("the key of document {d}"), "is still there, though a statement says that it was erased");
        }
        let stray: Option<u64> = readable(
            "the table of keys",
            self.db
                .query_row("SELECT document FROM key WHERE document NOT IN (SELECT seq FROM statement WHERE kind = 'document') ORDER BY 1", [], |r| r.get(0))
                .optional(),
        )?;
        if let Some(d) = stray {
            return broken(format!("the key of document {d}"), "is of no document");
        }
        (v.statements, v.head) = (last, hex(&before));
        v.erased = erased.into_iter().map(|(d, (at, why))| (DocNo(d), at, why)).collect();
        Ok(())
    }

    fn verify_statement(
        &self,
        s: &Statement,
        v: &mut Verified,
        open: &mut Option<(u64, Body)>,
        without_key: &mut BTreeMap<u64, String>,
        erased: &mut BTreeMap<u64, (String, String)>,
        trusted: Option<&PublicKey>,
    ) -> std::result::Result<(), Break> {
        let kind = Kind::parse(&s.kind);
        match kind {
            Some(Kind::Erasure) => {
                let why = s.open.as_deref().and_then(|o| serde_json::from_str::<Value>(o).ok());
                let why = why.as_ref().and_then(|w| w["why"].as_str()).unwrap_or_default().to_string();
                erased.insert(s.document.unwrap_or_default(), (s.author.at.clone(), why));
                return Ok(());
            }
            Some(Kind::Checkpoint) => return self.verify_checkpoint(s, v, trusted),
            _ => {}
        }
        let (Some(document), Some(sealed)) = (s.document, &s.sealed) else { return Ok(()) };
        let bytes: Option<Vec<u8>> = readable(
            &format!("the key of document {document}"),
            self.db.prepare_cached("SELECT key FROM key WHERE document = ?").and_then(|mut q| q.query_row([document], |r| r.get(0)).optional()),
        )?;
        let Some(bytes) = bytes else {
            without_key.entry(document).or_insert_with(|| "is missing".into());
            return Ok(());
        };
        let Ok(bytes) = <[u8; 48]>::try_from(bytes) else { return broken(format!("the key of document {document}"), "has not 48 bytes") };
        let mut key = Key::from_bytes(&bytes);
        if let Some(other) = s.with() {
            match self.key(DocNo(other)) {
                Ok(k) => key = key.with(&k),
                Err(_) => {
                    without_key.entry(other).or_insert_with(|| "is missing".into());
                    return Ok(());
                }
            }
        }
        // the chain vouches for the statement, so it is the key that was changed
        let Some(body) = key.open(&s.kind, sealed) else { return broken(format!("the key of document {document}"), format!("does not open {}", at(s))) };
        if s.commitment.as_deref() != Some(&key.commitment(&s.kind, &body)[..]) {
            return broken(at(s), "holds something else than it committed to, or the salt of its key was changed");
        }
        match kind {
            Some(Kind::Document) => {
                let Some(b) = Body::from_bytes(&body) else { return broken(at(s), "holds no document") };
                if sha256_hex(b.text.as_bytes()) != b.meta.sha256 {
                    return broken(at(s), "the text does not fit its hash");
                }
                v.documents += 1;
                *open = Some((document, b));
            }
            Some(Kind::Coding) => {
                if open.as_ref().is_none_or(|o| o.0 != document) {
                    let b = self.body_with(DocNo(document), &key).or_else(|e| broken(at(s), e.to_string()))?;
                    *open = Some((document, b));
                }
                let Some(c) = Coding::from_bytes(&body) else { return broken(at(s), "holds no claims") };
                if let Some((_, b)) = open {
                    v.claims += spans(s, &b.text, &c)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn verify_checkpoint(&self, s: &Statement, v: &mut Verified, trusted: Option<&PublicKey>) -> std::result::Result<(), Break> {
        let Some(c) = s.open.as_deref().and_then(|o| serde_json::from_str::<Checkpoint>(o).ok()) else { return broken(at(s), "holds no checkpoint") };
        let key = PublicKey::parse(&c.key).or_else(|e| broken(at(s), e.to_string()))?;
        let id = self.id().or_else(|e| broken(at(s), e.to_string()))?;
        let message = Checkpoint::message(&id, c.seq, &c.hash);
        key.verify(message.as_bytes(), &c.signature).or_else(|e| broken(at(s), e.to_string()))?;
        let hash: Option<Vec<u8>> = readable(&at(s), self.db.query_row("SELECT hash FROM statement WHERE seq = ?", [c.seq], |r| r.get(0)).optional())?;
        if hash.map(|h| hex(&h)).as_deref() != Some(&c.hash) {
            return broken(at(s), format!("vouches for another hash of statement {}", c.seq));
        }
        v.checkpoints.push((c.seq, key.id(), trusted == Some(&key)));
        Ok(())
    }

    fn verify_file(&self) -> std::result::Result<(), Break> {
        let first: String = readable("the file", self.db.query_row("PRAGMA integrity_check(1)", [], |r| r.get(0)))?;
        if first != "ok" {
            return broken("the file", first);
        }
        let foreign: Option<String> = readable("the file", self.db.query_row("PRAGMA foreign_key_check", [], |r| r.get(0)).optional())?;
        foreign.map_or(Ok(()), |t| broken(format!("the table {t}"), "has a row that refers to nothing; run `tawatur rebuild`"))
    }

    /// Tables and guards are those that a new ledger gets.
    fn verify_guards(&self) -> std::result::Result<(), Break> {
        let list = |db: &Connection| -> rusqlite::Result<BTreeMap<String, String>> {
            db.prepare("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")?.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect()
        };
        let new = || -> Result<BTreeMap<String, String>> {
            let db = Connection::open_in_memory()?;
            db.execute_batch(include_str!("schema.sql"))?;
            derive::create(&db)?;
            Ok(list(&db)?)
        };
        let expected = new().or_else(|e| broken("the schema", e.to_string()))?;
        let found = readable("the schema", list(&self.db))?;
        let differs = expected.iter().find(|(name, sql)| found.get(*name) != Some(sql)).map(|e| e.0);
        match differs.or_else(|| found.keys().find(|name| !expected.contains_key(*name))) {
            Some(name) => broken("the schema", format!("{name} is not as a ledger has it: a guard was taken off, or a table changed")),
            None => Ok(()),
        }
    }

    fn verify_derived(&self, atlas: &Atlas) -> std::result::Result<(), Break> {
        const REMEDY: &str = "run `tawatur rebuild`";
        let wrong = |table: &str, no: DocNo| {
            broken(format!("the derived table {table}"), format!("does not say of document {} what its statements say; {REMEDY}", no.0))
        };
        let fail = |e: crate::error::Error| Break { where_: "the derived tables".into(), what: format!("{e}; {REMEDY}") };
        // this one names its remedy itself
        derive::require_dictionary(&self.db).or_else(|e| broken("the derived tables", e.to_string()))?;
        let mut analyser = Analyser::new(arabic::dictionary());
        let mut words = 0u64;
        let mut current: BTreeMap<[u8; 16], u64> = BTreeMap::new();
        let mut expected = 0u64;
        let mut documents = readable("the table of statements", self.db.prepare("SELECT document FROM key ORDER BY document"))?;
        let documents: Vec<u64> = readable("the table of keys", documents.query_map([], |r| r.get(0)).and_then(Iterator::collect))?;
        for no in documents.into_iter().map(DocNo) {
            let key = self.key(no).map_err(fail)?;
            let s = self.statement(no.0).map_err(fail)?;
            let bytes = s.map(|s| self.unseal(&s, &key)).transpose().map_err(fail)?.unwrap_or_default();
            let Some(body) = Body::from_bytes(&bytes) else { return wrong("document", no) };
            let a = Address::of(&body.meta);
            let fits = self.db.query_row(
                "SELECT address = ?2 AND name = ?3 AND digest = ?4 AND coding = (SELECT max(seq) FROM statement WHERE document = ?1 AND kind = 'coding') FROM document WHERE no = ?1",
                params![no.0, a.address, a.name, digest(&bytes)],
                |r| r.get::<_, Option<bool>>(0),
            );
            if readable("the derived table document", fits.optional())?.flatten() != Some(true) {
                return wrong("document", no);
            }
            current.insert(a.address, no.0);
            expected += 1;
        }
        let rows: u64 = readable("the derived table document", self.db.query_row("SELECT count(*) FROM document", [], |r| r.get(0)))?;
        let list: Vec<u64> = {
            let mut l: Vec<u64> = current.into_values().collect();
            l.sort_unstable();
            l
        };
        let said = self.current().map_err(fail)?;
        if rows != expected || said.iter().map(|d| d.0).ne(list.iter().copied()) {
            return broken("the derived table document", format!("does not list the current versions; {REMEDY}"));
        }
        let mut sketches = 0u64;
        for &no in &said {
            let d = self.derived(&mut analyser, no).map_err(fail)?;
            let sketch: Option<Vec<u8>> =
                readable("the derived table sketch", self.db.query_row("SELECT hashes FROM sketch WHERE document = ?", [no.0], |r| r.get(0)).optional())?;
            if sketch != d.sketch {
                return wrong("sketch", no);
            }
            sketches += u64::from(d.sketch.is_some());
            for t in d.terms.split(' ').filter(|t| !t.is_empty()) {
                words = words.wrapping_add(of_word(t, no.0));
            }
        }
        let rows: u64 = readable("the derived table sketch", self.db.query_row("SELECT count(*) FROM sketch", [], |r| r.get(0)))?;
        if rows != sketches {
            return broken("the derived table sketch", format!("has rows of documents that are not current; {REMEDY}"));
        }
        self.verify_words(words)?;
        self.verify_decided().map_err(fail)??;
        if !crate::incidents::kept::all_told_or_listed(&self.db).map_err(fail)? {
            return broken("the derived table untold", format!("does not list what is not told; {REMEDY}"));
        }
        match self.joined_as_told(atlas).map_err(fail)? {
            true => Ok(()),
            false => broken("the derived table telling", format!("does not hold the incidents that the claims make; {REMEDY}")),
        }
    }

    /// The index holds exactly the words that the current documents have.
    fn verify_words(&self, expected: u64) -> std::result::Result<(), Break> {
        let here = "the search index";
        readable(here, self.db.execute_batch("CREATE VIRTUAL TABLE IF NOT EXISTS temp.indexed USING fts5vocab(main, words, instance)"))?;
        let sum = (|| {
            let mut q = self.db.prepare("SELECT term, doc FROM temp.indexed")?;
            let mut rows = q.query([])?;
            let mut sum = 0u64;
            while let Some(r) = rows.next()? {
                sum = sum.wrapping_add(of_word(r.get_ref(0)?.as_str()?, r.get(1)?));
            }
            Ok(sum)
        })();
        if readable(here, sum)? == expected { Ok(()) } else { broken(here, "does not hold the words of the current documents; run `tawatur rebuild`") }
    }

    /// Decisions and judgements: placed again inside a transaction that is taken back, they come to the same rows.
    fn verify_decided(&self) -> Result<std::result::Result<(), Break>> {
        let dump = |db: &Connection| -> Result<[Vec<String>; 2]> {
            let one = |sql: &str| -> Result<Vec<String>> { Ok(db.prepare(sql)?.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?) };
            Ok([
                one("SELECT format('%d|%s|%s|%s|%d', document, claim, field, coder, seq) FROM decision ORDER BY 1")?,
                one("SELECT format('%s|%s|%s|%s|%d', a, b, a_document, b_document, seq) FROM judgement ORDER BY 1")?,
            ])
        };
        let tx = self.db.unchecked_transaction()?;
        let before = dump(&tx)?;
        tx.execute_batch("DELETE FROM decision; DELETE FROM judgement")?;
        self.place_all(&tx)?;
        let after = dump(&tx)?;
        tx.rollback()?;
        for (i, table) in ["decision", "judgement"].into_iter().enumerate() {
            if before[i] != after[i] {
                return Ok(broken(format!("the derived table {table}"), "does not say what people have said; run `tawatur rebuild`"));
            }
        }
        Ok(Ok(()))
    }
}

fn of_word(term: &str, document: u64) -> u64 {
    let h = short(&[term.as_bytes(), &document.to_le_bytes()]);
    u64::from_le_bytes([h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7]])
}

/// Every stretch of every record is what the text has there.
fn spans(s: &Statement, text: &str, coding: &Coding) -> std::result::Result<u64, Break> {
    let mut starts: Vec<usize> = text.char_indices().map(|c| c.0).collect();
    starts.push(text.len());
    for r in &coding.records {
        let Ok(v) = serde_json::from_str::<Value>(r) else { return broken(at(s), "holds a claim that is no record") };
        if let Some(bad) = first_wrong(&v, text, &starts) {
            let id = v["id"].as_str().unwrap_or_default();
            return broken(at(s), format!("the claim {id} has a span {bad} that does not fit the text"));
        }
    }
    Ok(coding.records.len() as u64)
}

fn first_wrong(v: &Value, text: &str, starts: &[usize]) -> Option<String> {
    match v {
        Value::Object(o) => {
            if let (Some(Value::String(t)), Some(a), Some(b)) = (o.get("text"), o.get("start").and_then(Value::as_u64), o.get("end").and_then(Value::as_u64)) {
                let slice = starts.get(a as usize).zip(starts.get(b as usize)).and_then(|(a, b)| text.get(*a..*b));
                if slice != Some(t) {
                    return Some(format!("{a}-{b}"));
                }
            }
            o.values().find_map(|x| first_wrong(x, text, starts))
        }
        Value::Array(a) => a.iter().find_map(|x| first_wrong(x, text, starts)),
        _ => None,
    }
}
