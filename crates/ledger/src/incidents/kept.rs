//! The incidents of a ledger: joined when they are asked for, and only what has changed since.
//!
//! Tellings and the groups that they form are derived tables, beside the claims that they are made of. Whatever changes the claims of a
//! document (it is added, coded again, decided or judged on) puts it on the list of those untold; [`Ledger::join`] makes the tellings of
//! these and joins the components that they belong to anew ([`rejoin`]). The tables are the same as if everything had been joined from
//! scratch. An erasure takes its document's tellings out at once.
//!
//! The tellings of a document are one packed row, because they have places and words in common, and beside it each has a row of what is
//! asked for. Their numbers follow those of the documents, so that new rows come to the end of the file.

use super::incident::{Incident, Member};
use super::join::{Roll, Shelf, join_by_days, rejoin};
use super::judgement::{Judgements, Verdict};
use super::origins::Directory;
use super::telling::{Report, Telling, TellingId, tellings};
use crate::copies;
use crate::error::{Error, Result};
use crate::rows::{DocNo, Identity};
use crate::search::terms;
use crate::store::Ledger;
use claims::record::Claim;
use places::Atlas;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// The derived tables.
pub(crate) const TABLES: &str = "
CREATE TABLE IF NOT EXISTS told (document INTEGER PRIMARY KEY, tellings BLOB NOT NULL) STRICT;
-- no: of the document, then the place among its tellings; incident: the no of its first telling
CREATE TABLE IF NOT EXISTS telling (
  no       INTEGER PRIMARY KEY,
  first    INTEGER,
  last     INTEGER,
  told     INTEGER NOT NULL,
  dead     INTEGER NOT NULL,
  incident INTEGER NOT NULL
) STRICT;
-- documents whose tellings are to be made, or made again
CREATE TABLE IF NOT EXISTS untold (document INTEGER PRIMARY KEY) STRICT;
-- where tellings were taken out and what stood beside them has not been joined anew
CREATE TABLE IF NOT EXISTS unsettled (first INTEGER, last INTEGER, incident INTEGER NOT NULL) STRICT;
";

/// Its indices, which are made at once when everything is joined from scratch.
pub(crate) const INDICES: &str = "
CREATE INDEX telling_days ON telling (first);
CREATE INDEX telling_incident ON telling (incident);
";

/// Above this share of new documents everything is joined from scratch, which then costs less.
const MANY: usize = 4;

/// Documents that are kept open while incidents are put together.
const OPEN: usize = 4096;

/// Documents whose tellings are made before they are written.
const AT_ONCE: usize = 4096;
/// Tellings that are in memory to be compared, about.
const COMPARED: usize = 50_000;
/// Fewer are made on one thread: to open the ledger on others costs more.
const WORTH_SHARING: usize = 64;

/// Bits of a telling's number that are its place in its document.
const PLACE_BITS: u32 = 20;

/// The numbers of the tellings of a document: from, to.
fn numbers(document: u64) -> (i64, i64) {
    let first = (document << PLACE_BITS) as i64;
    (first, first | ((1 << PLACE_BITS) - 1))
}

/// The document of a telling.
fn document_of(no: i64) -> u64 {
    no as u64 >> PLACE_BITS
}

/// Level of the compressor: the rows are small, and made by the million.
const LEVEL: i32 = 3;

thread_local! {
    // to make them costs more than to use them once
    static PACKER: RefCell<Option<zstd::bulk::Compressor<'static>>> = const { RefCell::new(None) };
    static UNPACKER: RefCell<Option<zstd::bulk::Decompressor<'static>>> = const { RefCell::new(None) };
}

/// The tellings of a document as they are kept: the length, then compressed; nothing for none.
fn pack(list: &[Telling]) -> Result<Vec<u8>> {
    if list.is_empty() {
        return Ok(Vec::new());
    }
    let plain = postcard::to_allocvec(list).map_err(|e| Error::Call(e.to_string()))?;
    let length = u32::try_from(plain.len()).map_err(|_| Error::Call("a document tells of more than a ledger can hold; split it".into()))?;
    let packed = PACKER.with_borrow_mut(|packer| match packer {
        Some(p) => p.compress(&plain),
        none => none.insert(zstd::bulk::Compressor::new(LEVEL)?).compress(&plain),
    });
    let mut out = length.to_le_bytes().to_vec();
    out.extend_from_slice(&packed.map_err(Error::Compression)?);
    Ok(out)
}

fn unpack(kept: &[u8]) -> Result<Vec<Telling>> {
    if kept.is_empty() {
        return Ok(Vec::new());
    }
    let list = kept.split_first_chunk::<4>().and_then(|(length, packed)| {
        let plain = UNPACKER.with_borrow_mut(|unpacker| {
            if unpacker.is_none() {
                *unpacker = zstd::bulk::Decompressor::new().ok();
            }
            unpacker.as_mut()?.decompress(packed, u32::from_le_bytes(*length) as usize).ok()
        })?;
        postcard::from_bytes(&plain).ok()
    });
    list.ok_or_else(|| Error::Damaged { seq: 0, what: "a derived table holds no tellings; `tawatur rebuild` makes it again".into() })
}

/// What joining did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Joined {
    /// Documents that were new or had changed.
    pub documents: usize,
    /// Tellings whose incidents were worked out anew.
    pub tellings: usize,
}

/// The incident in which a telling stands, as long as nothing is joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Group(i64);

/// What is asked for of a telling, beside its incident.
struct Row {
    no: i64,
    days: Option<(i32, i32)>,
    claims: u32,
    dead: u32,
}

impl Row {
    fn of(no: i64, t: &Telling) -> Row {
        Row { no, days: t.days.map(|d| (d.from, d.to)), claims: t.claims.len() as u32, dead: t.dead() }
    }
}

/// The tellings of a ledger.
struct Kept<'a> {
    db: &'a Connection,
    /// The numbers of those that were read.
    numbers: RefCell<BTreeMap<TellingId, i64>>,
}

impl<'a> Kept<'a> {
    fn new(db: &'a Connection) -> Self {
        Kept { db, numbers: RefCell::default() }
    }

    fn told(&self, document: u64) -> Result<Vec<Telling>> {
        let mut q = self.db.prepare_cached("SELECT tellings FROM told WHERE document = ?")?;
        let kept: Option<Vec<u8>> = q.query_row([document], |r| r.get(0)).optional()?;
        kept.map_or(Ok(Vec::new()), |k| unpack(&k))
    }

    /// The same, for what will be grouped.
    fn of_document(&self, document: u64) -> Result<Vec<Telling>> {
        let list = self.told(document)?;
        let mut numbers = self.numbers.borrow_mut();
        numbers.extend(list.iter().zip(self::numbers(document).0..).map(|(t, no)| (t.id, no)));
        Ok(list)
    }

    /// Those of some documents that are picked.
    fn of_documents(&self, sql: &str, with: impl rusqlite::Params, pick: impl Fn(&Telling, i64) -> bool) -> Result<Vec<Telling>> {
        let mut q = self.db.prepare_cached(sql)?;
        let documents: Vec<u64> = q.query_map(with, |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        let mut out = Vec::new();
        for d in documents {
            let list = self.of_document(d)?;
            out.extend(list.into_iter().zip(numbers(d).0..).filter(|(t, no)| pick(t, *no)).map(|(t, _)| t));
        }
        Ok(out)
    }

    fn put(&self, document: u64, packed: &[u8]) -> Result<()> {
        self.db.prepare_cached("INSERT INTO told VALUES (?, ?)")?.execute(params![document, packed])?;
        Ok(())
    }

    fn put_row(&self, row: &Row, incident: i64) -> Result<()> {
        let (first, last) = row.days.unzip();
        self.db.prepare_cached("INSERT INTO telling VALUES (?, ?, ?, ?, ?, ?)")?.execute(params![row.no, first, last, row.claims, row.dead, incident])?;
        Ok(())
    }

    /// What may have been beside tellings that were taken out: those of the same days, and of the same incidents.
    fn unsettled(&self) -> Result<Vec<Telling>> {
        let mut q = self.db.prepare_cached("SELECT DISTINCT first, last FROM unsettled WHERE first IS NOT NULL AND last IS NOT NULL")?;
        let spans: Vec<(i32, i32)> = q.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
        let mut list = Vec::new();
        for (first, last) in spans {
            list.extend(self.between(first - 1, last + 1)?);
        }
        let sql = "SELECT DISTINCT t.no FROM unsettled u JOIN telling t ON t.incident = u.incident";
        let together: BTreeSet<i64> = self.db.prepare_cached(sql)?.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        let documents: BTreeSet<u64> = together.iter().map(|no| document_of(*no)).collect();
        for d in documents {
            let told = self.of_document(d)?.into_iter().zip(numbers(d).0..);
            list.extend(told.filter(|(_, no)| together.contains(no)).map(|(t, _)| t));
        }
        Ok(list)
    }

    fn group(&self, tellings: &[Telling]) -> Result<()> {
        let numbers = self.numbers.borrow();
        let list: Vec<i64> = tellings.iter().filter_map(|t| numbers.get(&t.id).copied()).collect();
        let Some(first) = list.first() else { return Ok(()) };
        let mut q = self.db.prepare_cached("UPDATE telling SET incident = ?1 WHERE no = ?2 AND incident <> ?1")?;
        for no in &list {
            q.execute([first, no])?;
        }
        Ok(())
    }
}

impl Shelf for Kept<'_> {
    type Error = Error;

    fn between(&self, from: i32, to: i32) -> Result<Vec<Telling>> {
        // longer ones are joined with nothing
        let earliest = from - super::block::LONGEST;
        let sql = format!("SELECT DISTINCT no >> {PLACE_BITS} FROM telling WHERE first BETWEEN ?1 AND ?2 AND last >= ?3");
        self.of_documents(&sql, [earliest, to, from], |t, _| t.days.is_some_and(|d| (earliest..=to).contains(&d.from) && d.to >= from))
    }

    fn of_claim(&self, claim: &str) -> Result<Option<Telling>> {
        for d in terms::documents_of(self.db, &terms::claim_id(claim))? {
            if let Some(t) = self.of_document(d.0)?.into_iter().find(|t| t.claims.iter().any(|c| c == claim)) {
                return Ok(Some(t));
            }
        }
        Ok(None)
    }
}

impl Ledger {
    /// Brings the incidents up to date with the claims, decisions and judgements. Costs what has changed; with other gazetteers than the last time,
    /// everything is joined from scratch.
    ///
    /// # Errors
    /// When the ledger cannot be written, or a document is damaged; then nothing is changed.
    pub fn join(&mut self, atlas: &Atlas) -> Result<Joined> {
        // whoever else would write waits, so that what other threads read of the documents stays as it is
        let tx = Transaction::new_unchecked(&self.db, TransactionBehavior::Immediate)?;
        let done = self.join_in(&tx, atlas)?;
        tx.commit()?;
        Ok(done)
    }

    /// `true` when joining everything from scratch comes to the tellings and incidents that the tables hold, brought up to date first.
    /// Nothing is changed.
    pub(crate) fn joined_as_told(&self, atlas: &Atlas) -> Result<bool> {
        let dump = |db: &Connection| -> Result<Vec<(i64, [u8; 16])>> {
            let mut all = Vec::new();
            for sql in [
                "SELECT no, format('%d %d %d %d %d', first, last, told, dead, incident), x'' FROM telling ORDER BY no",
                "SELECT document, '', tellings FROM told ORDER BY document",
            ] {
                let mut q = db.prepare(sql)?;
                let rows = q.query_map([], |r| {
                    let hash = crate::seal::short(&[r.get_ref(1)?.as_str()?.as_bytes(), r.get_ref(2)?.as_blob()?]);
                    Ok((r.get(0)?, hash))
                })?;
                all.extend(rows.collect::<rusqlite::Result<Vec<_>>>()?);
            }
            Ok(all)
        };
        let tx = Transaction::new_unchecked(&self.db, TransactionBehavior::Immediate)?;
        let never: bool = tx.query_row("SELECT NOT EXISTS (SELECT 1 FROM told)", [], |r| r.get(0))?;
        if never {
            return Ok(true);
        }
        self.join_in(&tx, atlas)?;
        let before = dump(&tx)?;
        start_over(&tx)?;
        self.join_in(&tx, atlas)?;
        let after = dump(&tx)?;
        tx.rollback()?;
        Ok(before == after)
    }

    fn join_in(&self, tx: &Connection, atlas: &Atlas) -> Result<Joined> {
        crate::derive::require_dictionary(tx)?;
        self.start_over_with_others(tx, atlas)?;
        // what is to be told again is first taken out, and with it what was left out because it stood there already
        loop {
            let mut q = tx.prepare_cached("SELECT document FROM untold WHERE document IN (SELECT document FROM told)")?;
            let again: Vec<u64> = q.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
            if again.is_empty() {
                break;
            }
            for d in again {
                forget(tx, DocNo(d))?;
            }
        }
        let sql = "SELECT u.document FROM untold u JOIN document d ON d.no = u.document WHERE d.current = 1 AND d.coding IS NOT NULL ORDER BY 1";
        let new: Vec<u64> = tx.prepare_cached(sql)?.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        let settled: bool = tx.query_row("SELECT NOT EXISTS (SELECT 1 FROM unsettled)", [], |r| r.get(0))?;
        if new.is_empty() && settled {
            tx.execute("DELETE FROM untold", [])?;
            return Ok(Joined::default());
        }
        let judgements = self.joining_judgements()?;
        let kept = Kept::new(tx);
        let mut out = Joined { documents: new.len(), tellings: 0 };
        let sql = "SELECT count(*) FROM (SELECT 1 FROM told LIMIT ?)";
        let known: usize = tx.query_row(sql, [new.len() * MANY], |r| r.get(0))?;
        let many = new.len() * MANY > known;
        // whoever was beside what went, and what comes
        let unsettled = if many { Vec::new() } else { kept.unsettled()? };
        let mut changed: BTreeMap<TellingId, Telling> = unsettled.into_iter().map(|t| (t.id, t)).collect();
        for batch in new.chunks(AT_ONCE) {
            let made = self.tellings_of_all(batch, atlas, &judgements)?;
            for (&document, list) in batch.iter().zip(made) {
                let list = without_twins(&kept, document, list)?;
                // one that tells nothing is told, too
                kept.put(document, &pack(&list)?)?;
                if !many {
                    for (t, no) in list.into_iter().zip(numbers(document).0..) {
                        kept.put_row(&Row::of(no, &t), no)?;
                        kept.numbers.borrow_mut().insert(t.id, no);
                        changed.insert(t.id, t);
                    }
                }
            }
        }
        if many {
            out.tellings = join_all(&kept, &judgements)?;
        } else if !changed.is_empty() {
            for g in rejoin(changed.into_values().collect(), &kept, &judgements)? {
                out.tellings += g.len();
                kept.group(&g)?;
            }
        }
        tx.execute_batch("DELETE FROM unsettled; DELETE FROM untold")?;
        Ok(out)
    }

    /// Tellings that were made with other gazetteers, or when people held other actors and places to be one, are taken out: something would be
    /// told of some and not of others.
    fn start_over_with_others(&self, tx: &Connection, atlas: &Atlas) -> Result<()> {
        let mut q = tx.prepare_cached("SELECT ifnull(group_concat(seq, ' ' ORDER BY seq), '') FROM judgement WHERE a_document IS NULL")?;
        let identities: String = q.query_row([], |r| r.get(0))?;
        for (name, now) in [("gazetteers", atlas.imported().unwrap_or_default()), ("identities", identities)] {
            let then: Option<String> = tx.query_row("SELECT value FROM made WHERE name = ?", [name], |r| r.get(0)).optional()?;
            if then.unwrap_or_default() != now {
                start_over(tx)?;
                tx.execute("INSERT OR REPLACE INTO made VALUES (?, ?)", [name, &now])?;
            }
        }
        Ok(())
    }

    /// The tellings of some documents, made by as many threads as the machine has processors.
    fn tellings_of_all(&self, documents: &[u64], atlas: &Atlas, judgements: &Judgements) -> Result<Vec<Vec<Telling>>> {
        let jobs = std::thread::available_parallelism().map_or(1, |n| n.get());
        let make = |l: &Ledger, part: &[u64]| part.iter().map(|d| l.tellings_of(DocNo(*d), atlas, judgements)).collect::<Result<Vec<_>>>();
        if jobs == 1 || documents.len() < WORTH_SHARING {
            return make(self, documents);
        }
        let (path, make) = (self.path(), &make);
        std::thread::scope(|scope| {
            let parts = documents.chunks(documents.len().div_ceil(jobs)).map(|part| scope.spawn(move || make(&Ledger::open(path)?, part)));
            let mut out = Vec::with_capacity(documents.len());
            for part in parts.collect::<Vec<_>>() {
                out.extend(part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
            }
            Ok(out)
        })
    }

    fn joining_judgements(&self) -> Result<Judgements> {
        let mut out = Judgements::default();
        for j in self.judgements()? {
            let verdict = match j.identity {
                Identity::Same => Verdict::Same,
                Identity::Different => Verdict::Different,
                Identity::Unsure => Verdict::Unsure,
            };
            out.judge(&j.a, &j.b, verdict);
        }
        Ok(out)
    }

    fn tellings_of(&self, document: DocNo, atlas: &Atlas, judgements: &Judgements) -> Result<Vec<Telling>> {
        let mut claims = self.typed_claims(document)?;
        if claims.is_empty() {
            return Ok(Vec::new());
        }
        claims.iter_mut().for_each(|c| judgements.identify(c, atlas));
        let body = self.document(document)?;
        Ok(tellings(&Report { text: &body.text, claims: &claims, undated: unverified(&body.meta.extra), copies: None }, atlas, judgements))
    }

    fn typed_claims(&self, document: DocNo) -> Result<Vec<Claim>> {
        let mut claims = Vec::new();
        for record in self.records_with(document, &self.key(document)?)? {
            claims.push(serde_json::from_str::<Claim>(&record)?);
        }
        let rejected = self.rejected(document)?;
        claims.retain(|c| !rejected.contains(&c.id));
        Ok(claims)
    }

    /// The incidents: those that most documents tell first, of these the earlier, of one day those whose dead are counted, of these those of which
    /// most is said; those that one document alone tells document by document. So few documents are opened more than once. Call
    /// [`Ledger::join`] before.
    ///
    /// With `of` only the incidents in which that document takes part.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn groups(&self, of: Option<DocNo>) -> Result<Vec<Group>> {
        let which = "incident IN (SELECT incident FROM telling WHERE no BETWEEN ?1 AND ?2)";
        let sql = format!(
            "SELECT incident FROM telling {} GROUP BY incident \
             ORDER BY count(DISTINCT no >> {PLACE_BITS}) DESC, \
             iif(min(no) >> {PLACE_BITS} = max(no) >> {PLACE_BITS}, min(no) >> {PLACE_BITS}, min(first)), \
             max(dead) > 0 DESC, sum(told) DESC, max(dead) DESC, min(first), incident",
            if of.is_some() { format!("WHERE {which}") } else { String::new() }
        );
        let mut q = self.db.prepare_cached(&sql)?;
        let group = |r: &rusqlite::Row<'_>| r.get(0).map(Group);
        let list = match of.map(|d| numbers(d.0)) {
            Some((from, to)) => q.query_map([from, to], group)?.collect::<rusqlite::Result<_>>()?,
            None => q.query_map([], group)?.collect::<rusqlite::Result<_>>()?,
        };
        Ok(list)
    }

    /// Draws the conclusions of an incident.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn conclude(&self, group: Group, at_hand: &mut AtHand, atlas: &Atlas, directory: &Directory) -> Result<Incident> {
        let mut q = self.db.prepare_cached("SELECT no FROM telling WHERE incident = ? ORDER BY no")?;
        let numbers: Vec<i64> = q.query_map([group.0], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        let judgements = at_hand.judgements(self)?;
        let mut told = Vec::with_capacity(numbers.len());
        for no in numbers {
            let document = document_of(no);
            let opened = at_hand.open(self, document)?;
            let damaged = || Error::Damaged { seq: document, what: "its tellings are not those of the table; run `tawatur rebuild`".into() };
            let place = (no - self::numbers(document).0) as usize;
            let mut claims = opened.claims(opened.tellings.get(place).ok_or_else(damaged)?)?;
            claims.iter_mut().for_each(|c| judgements.identify(c, atlas));
            told.push((document, opened, place, claims));
        }
        let copies = self.copies_among(told.iter().map(|t| t.0))?;
        let members = told.iter().map(|(document, opened, place, claims)| Member {
            telling: &opened.tellings[*place],
            claims: claims.iter().collect(),
            copies: copies.get(document).copied(),
        });
        Ok(Incident::of(members.collect(), atlas, directory))
    }

    /// The incident in which a telling stands after which an incident was called: its id is that of the earliest report, and a report
    /// that is added later may be earlier. Call [`Ledger::join`] before.
    ///
    /// # Errors
    /// When there is none, or the ledger cannot be read.
    pub fn incident(&self, atlas: &Atlas, directory: &Directory, id: &str) -> Result<Incident> {
        let none = || Error::Unknown(id.into());
        let number = id.strip_prefix("inc_").and_then(|hex| u64::from_str_radix(hex, 16).ok()).ok_or_else(none)?;
        let kept = Kept::new(&self.db);
        let mut telling = None;
        for d in terms::documents_of(&self.db, &terms::first_claim(number))? {
            let at = kept.of_document(d.0)?.iter().position(|t| t.id.0 == number);
            telling = telling.or(at.map(|at| numbers(d.0).0 + at as i64));
        }
        let mut q = self.db.prepare_cached("SELECT incident FROM telling WHERE no = ?")?;
        let group = q.query_row([telling.ok_or_else(none)?], |r| r.get(0).map(Group)).optional()?.ok_or_else(none)?;
        self.conclude(group, &mut AtHand::default(), atlas, directory)
    }

    /// The near-copies among some documents: document → number of the first of its group.
    fn copies_among(&self, documents: impl Iterator<Item = u64>) -> Result<BTreeMap<u64, u64>> {
        let documents: Vec<u64> = documents.collect::<BTreeSet<_>>().into_iter().collect();
        if documents.len() < 2 {
            return Ok(BTreeMap::new());
        }
        let kept = documents.iter().map(|d| Ok(copies::kept(&self.db, DocNo(*d))?.unwrap_or_default()));
        let groups = reader::copies::groups(kept.collect::<Result<Vec<_>>>()?);
        Ok(documents.iter().zip(groups).filter_map(|(d, first)| Some((*d, documents[first?]))).collect())
    }
}

/// Nothing vouches for a document's date of publication: whoever gave it says so among the document's other keys.
pub fn unverified(extra: &serde_json::Map<String, serde_json::Value>) -> bool {
    extra.get("published_from").and_then(|v| v.as_str()).is_some_and(|v| matches!(v, "file" | "guess" | "retrieved"))
}

/// Takes the tellings of a document out. What stood beside them is joined anew by the next [`Ledger::join`]; what another document with
/// the same claims did not tell because this one did, it now does.
pub(crate) fn forget(db: &Connection, document: DocNo) -> Result<()> {
    let (from, to) = numbers(document.0);
    db.prepare_cached("INSERT INTO unsettled SELECT first, last, incident FROM telling WHERE no BETWEEN ? AND ?")?.execute([from, to])?;
    db.prepare_cached("DELETE FROM telling WHERE no BETWEEN ? AND ?")?.execute([from, to])?;
    if db.prepare_cached("DELETE FROM told WHERE document = ?")?.execute([document.0])? > 0 {
        for twin in twins(db, document.0)?.into_iter().filter(|t| *t > document.0) {
            untold(db, DocNo(twin))?;
        }
    }
    Ok(())
}

/// Takes all tellings out, so that all are made again.
fn start_over(db: &Connection) -> Result<()> {
    db.execute_batch("DELETE FROM telling; DELETE FROM told; DELETE FROM unsettled; INSERT OR IGNORE INTO untold SELECT no FROM document WHERE current = 1")?;
    Ok(())
}

/// Puts a document on the list of those whose tellings are to be made, where it is current.
pub(crate) fn untold(db: &Connection, document: DocNo) -> Result<()> {
    db.prepare_cached("INSERT OR IGNORE INTO untold SELECT no FROM document WHERE no = ? AND current = 1")?.execute([document.0])?;
    Ok(())
}

/// `true` when every current document is told or on the list of those that are to be, and no other on that list.
pub(crate) fn all_told_or_listed(db: &Connection) -> Result<bool> {
    let sql = "SELECT NOT EXISTS (SELECT 1 FROM document WHERE current = 1 AND no NOT IN (SELECT document FROM told) AND no NOT IN (SELECT document FROM untold)) \
               AND NOT EXISTS (SELECT 1 FROM untold WHERE document NOT IN (SELECT no FROM document WHERE current = 1))";
    Ok(db.query_row(sql, [], |r| r.get(0))?)
}

/// The other current documents of the same id, at other web addresses: where they have the same text they have the same claims.
fn twins(db: &Connection, document: u64) -> Result<Vec<u64>> {
    let sql = "SELECT o.no FROM document d JOIN document o ON o.address = d.name WHERE d.no = ?1 AND o.no <> ?1 AND o.current = 1 \
               UNION SELECT o.no FROM document d JOIN document o ON o.name = d.name AND o.name IS NOT o.address WHERE d.no = ?1 AND o.no <> ?1 AND o.current = 1";
    Ok(db.prepare_cached(sql)?.query_map([document], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// The tellings that no earlier document has: two addresses may hold one report, whose claims are told once.
fn without_twins(kept: &Kept<'_>, document: u64, mut list: Vec<Telling>) -> Result<Vec<Telling>> {
    for twin in twins(kept.db, document)?.into_iter().filter(|t| *t < document) {
        let told: BTreeSet<TellingId> = kept.of_document(twin)?.iter().map(|t| t.id).collect();
        list.retain(|t| !told.contains(&t.id));
    }
    list.truncate(1 << PLACE_BITS);
    Ok(list)
}

/// Joins all that is told from scratch, and writes its rows.
fn join_all(kept: &Kept<'_>, judgements: &Judgements) -> Result<usize> {
    let (mut roll, mut rows): (Roll, Vec<Row>) = (Roll::default(), Vec::new());
    let mut all = kept.db.prepare("SELECT document, tellings FROM told ORDER BY document")?;
    let mut told = all.query([])?;
    while let Some(r) = told.next()? {
        let list = unpack(r.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?)?;
        for (t, no) in list.iter().zip(numbers(r.get(0)?).0..) {
            roll.list(t, judgements);
            rows.push(Row::of(no, t));
        }
    }
    let document = |n: u32| document_of(rows[n as usize].no);
    let firsts = join_by_days(&roll, judgements, COMPARED, |wanted| -> Result<Vec<Telling>> {
        let mut out = Vec::with_capacity(wanted.len());
        for of_one in wanted.chunk_by(|a, b| document(*a) == document(*b)) {
            let no = document(of_one[0]);
            let mut list: Vec<Option<Telling>> = kept.told(no)?.into_iter().map(Some).collect();
            let places = of_one.iter().map(|n| (rows[*n as usize].no - numbers(no).0) as usize);
            out.extend(places.filter_map(|place| list.get_mut(place)?.take()));
        }
        Ok(out)
    })?;
    kept.db.execute_batch("DROP INDEX telling_days; DROP INDEX telling_incident; DELETE FROM telling")?;
    for (row, first) in rows.iter().zip(&firsts) {
        kept.put_row(row, rows[*first as usize].no)?;
    }
    kept.db.execute_batch(INDICES)?;
    Ok(rows.len())
}

/// A document with what it tells.
#[derive(Debug)]
struct Told {
    records: Vec<String>,
    tellings: Vec<Telling>,
}

/// What concluding needs again: documents that were opened, so that those that stand in several incidents are opened once, and what people hold.
#[derive(Debug, Default)]
pub struct AtHand {
    documents: BTreeMap<u64, Rc<Told>>,
    judgements: Option<Rc<Judgements>>,
}

impl AtHand {
    fn judgements(&mut self, ledger: &Ledger) -> Result<Rc<Judgements>> {
        if let Some(j) = &self.judgements {
            return Ok(j.clone());
        }
        Ok(self.judgements.insert(Rc::new(ledger.joining_judgements()?)).clone())
    }

    fn open(&mut self, ledger: &Ledger, document: u64) -> Result<Rc<Told>> {
        if let Some(told) = self.documents.get(&document) {
            return Ok(told.clone());
        }
        if self.documents.len() >= OPEN {
            self.documents.clear();
        }
        let records = ledger.records_with(DocNo(document), &ledger.key(DocNo(document))?)?;
        let told = Told { records, tellings: Kept::new(&ledger.db).of_document(document)? };
        Ok(self.documents.entry(document).or_insert(Rc::new(told)).clone())
    }
}

impl Told {
    /// The claims of a telling. Only its own records are read.
    fn claims(&self, t: &Telling) -> Result<Vec<Claim>> {
        let mut out = Vec::with_capacity(t.claims.len());
        for id in &t.claims {
            let written = format!("\"{id}\"");
            for r in self.records.iter().filter(|r| r.contains(&written)) {
                let claim: Claim = serde_json::from_str(r)?;
                if claim.id == *id {
                    out.push(claim);
                    break;
                }
            }
        }
        Ok(out)
    }
}
