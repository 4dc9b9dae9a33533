//! The incidents of a ledger: joined when they are asked for, and only what has changed since.
//!
//! Tellings and the groups that they form are derived tables, beside the claims that they are made of. [`Ledger::join`] brings them up to
//! date: documents added, coded again, erased or decided on since the last time are taken out and put in, and the components that
//! they belong to are joined anew ([`rejoin`]). The tables are the same as if everything had been joined from scratch. An erasure takes
//! its document's tellings out at once.

use super::incident::{Incident, Member};
use super::join::{Shelf, join, rejoin};
use super::judgement::{Judgements, Verdict};
use super::origins::Directory;
use super::telling::{Report, Telling, TellingId, tellings};
use crate::copies;
use crate::error::{Error, Result};
use crate::rows::{DocNo, Identity};
use crate::store::Ledger;
use claims::record::Claim;
use places::Atlas;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// The derived tables.
pub(crate) const TABLES: &str = "
CREATE TABLE IF NOT EXISTS telling (
  id       INTEGER PRIMARY KEY,
  document INTEGER NOT NULL,
  first    INTEGER,
  last     INTEGER,
  dead     INTEGER NOT NULL,
  incident INTEGER NOT NULL,
  body     BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS telling_days ON telling (first);
CREATE INDEX IF NOT EXISTS telling_document ON telling (document);
CREATE INDEX IF NOT EXISTS telling_incident ON telling (incident);
CREATE TABLE IF NOT EXISTS joined (document INTEGER PRIMARY KEY, coding INTEGER NOT NULL) STRICT;
-- where tellings were taken out and what stood beside them has not been joined anew
CREATE TABLE IF NOT EXISTS unsettled (first INTEGER, last INTEGER, incident INTEGER NOT NULL) STRICT;
";

/// Above this share of new documents everything is joined from scratch, which then costs less.
const MANY: usize = 4;

/// Documents whose claims are kept in memory while incidents are put together.
const AT_HAND: usize = 4096;

/// What joining did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Joined {
    /// Documents that were new or had changed.
    pub documents: usize,
    /// Tellings whose incidents were worked out anew.
    pub tellings: usize,
}

/// The tellings of a ledger.
struct Kept<'a>(&'a Connection);

fn stored(id: TellingId) -> i64 {
    id.0 as i64
}

fn telling(body: &[u8]) -> Result<Telling> {
    postcard::from_bytes(body).map_err(|_| Error::Damaged { seq: 0, what: "a derived table holds no telling; `tawatur rebuild` makes it again".into() })
}

impl Kept<'_> {
    fn list(&self, sql: &str, with: impl rusqlite::Params) -> Result<Vec<Telling>> {
        let mut q = self.0.prepare_cached(sql)?;
        let mut rows = q.query(with)?;
        let mut out = Vec::new();
        while let Some(r) = rows.next()? {
            out.push(telling(r.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?)?);
        }
        Ok(out)
    }

    fn of_document(&self, document: u64) -> Result<Vec<Telling>> {
        self.list("SELECT body FROM telling WHERE document = ?", [document])
    }

    fn put(&self, document: u64, t: &Telling) -> Result<()> {
        let body = postcard::to_allocvec(t).map_err(|e| Error::Call(e.to_string()))?;
        let days = t.days.map(|d| (d.from, d.to)).unzip();
        // two addresses may hold one document: the same claims are told once
        let sql = "INSERT OR IGNORE INTO telling VALUES (?, ?, ?, ?, ?, ?, ?)";
        self.0.prepare_cached(sql)?.execute(params![stored(t.id), document, days.0, days.1, t.dead(), stored(t.id), body])?;
        Ok(())
    }

    /// What may have been beside tellings that were taken out: those of the same days, and of the same incidents.
    fn unsettled(&self) -> Result<Vec<Telling>> {
        let near = "SELECT DISTINCT t.body FROM unsettled u JOIN telling t ON t.first BETWEEN u.first - ?1 AND u.last + 1 AND t.last >= u.first - 1";
        let mut list = self.list(near, [super::block::REACH])?;
        list.extend(self.list("SELECT DISTINCT t.body FROM unsettled u JOIN telling t ON t.incident = u.incident", [])?);
        Ok(list)
    }

    fn group<'t>(&self, tellings: impl Iterator<Item = &'t Telling>) -> Result<()> {
        let ids: Vec<i64> = tellings.map(|t| stored(t.id)).collect();
        let Some(first) = ids.first() else { return Ok(()) };
        let mut q = self.0.prepare_cached("UPDATE telling SET incident = ?1 WHERE id = ?2 AND incident <> ?1")?;
        for id in &ids {
            q.execute([first, id])?;
        }
        Ok(())
    }
}

impl Shelf for Kept<'_> {
    type Error = Error;

    fn between(&self, from: i32, to: i32) -> Result<Vec<Telling>> {
        // longer ones are joined with nothing
        let earliest = from - super::block::LONGEST;
        self.list("SELECT body FROM telling WHERE first BETWEEN ?1 AND ?2 AND last >= ?3", [earliest, to, from])
    }

    fn of_claim(&self, claim: &str) -> Result<Option<Telling>> {
        let mut q = self.0.prepare_cached("SELECT DISTINCT document FROM claim WHERE key = ?")?;
        let documents: Vec<u64> = q.query_map([crate::record::key_of(claim)], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        for d in documents {
            if let Some(t) = self.of_document(d)?.into_iter().find(|t| t.claims.iter().any(|c| c == claim)) {
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
        self.db.execute_batch(TABLES)?;
        let tx = self.db.unchecked_transaction()?;
        let done = self.join_in(&tx, atlas)?;
        tx.commit()?;
        Ok(done)
    }

    /// `true` when joining everything from scratch comes to the tellings and incidents that the tables hold, brought up to date first.
    /// Nothing is changed.
    pub(crate) fn joined_as_told(&self, atlas: &Atlas) -> Result<bool> {
        let dump = |db: &Connection| -> Result<Vec<(i64, [u8; 16])>> {
            let mut q = db.prepare("SELECT id, format('%d %d %d %d %d', document, first, last, dead, incident), body FROM telling ORDER BY id")?;
            let rows = q.query_map([], |r| {
                let hash = crate::seal::short(&[r.get_ref(1)?.as_str()?.as_bytes(), r.get_ref(2)?.as_blob()?]);
                Ok((r.get(0)?, hash))
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        };
        let tx = self.db.unchecked_transaction()?;
        let never: bool = tx.query_row("SELECT NOT EXISTS (SELECT 1 FROM joined)", [], |r| r.get(0))?;
        if never {
            return Ok(true);
        }
        self.join_in(&tx, atlas)?;
        let before = dump(&tx)?;
        tx.execute_batch("DELETE FROM telling; DELETE FROM joined; DELETE FROM unsettled")?;
        self.join_in(&tx, atlas)?;
        let after = dump(&tx)?;
        tx.rollback()?;
        Ok(before == after)
    }

    fn join_in(&self, tx: &Connection, atlas: &Atlas) -> Result<Joined> {
        let judgements = self.joining_judgements()?;
        self.start_over_with_others(tx, atlas)?;
        let (gone, new, seen) = self.changed_documents()?;
        let settled: bool = self.db.query_row("SELECT NOT EXISTS (SELECT 1 FROM unsettled)", [], |r| r.get(0))?;
        if gone.is_empty() && new.is_empty() && settled {
            return Ok(Joined::default());
        }
        let kept = Kept(tx);
        let mut out = Joined { documents: new.len().max(gone.len()), tellings: 0 };
        for d in &gone {
            forget(tx, DocNo(*d))?;
        }
        // whoever was beside what went, and what comes
        let known: usize = tx.query_row("SELECT count(*) FROM joined", [], |r| r.get(0))?;
        let many = new.len() * MANY > known;
        let mut changed: BTreeMap<TellingId, Telling> = kept.unsettled()?.into_iter().map(|t| (t.id, t)).collect();
        for (document, coding) in new {
            for t in self.tellings_of(DocNo(document), atlas, &judgements)? {
                kept.put(document, &t)?;
                if !many {
                    changed.insert(t.id, t);
                }
            }
            tx.prepare_cached("INSERT OR REPLACE INTO joined VALUES (?, ?)")?.execute([document, coding])?;
        }
        if many {
            changed.clear();
            let list = kept.list("SELECT body FROM telling", [])?;
            out.tellings = list.len();
            for g in join(&list, &judgements) {
                kept.group(g.iter().map(|n| &list[*n as usize]))?;
            }
        } else if !changed.is_empty() {
            for g in rejoin(changed.into_values().collect(), &kept, &judgements)? {
                out.tellings += g.len();
                kept.group(g.iter())?;
            }
        }
        tx.execute("DELETE FROM unsettled", [])?;
        tx.execute("INSERT OR REPLACE INTO made VALUES ('joined', ?)", [seen.to_string()])?;
        Ok(out)
    }

    /// Tellings that were made with other gazetteers are taken out: what contains a place would be told of some and not of others.
    fn start_over_with_others(&self, tx: &Connection, atlas: &Atlas) -> Result<()> {
        let now = atlas.imported().unwrap_or_default();
        let then: Option<String> = tx.query_row("SELECT value FROM made WHERE name = 'gazetteers'", [], |r| r.get(0)).optional()?;
        if then.unwrap_or_default() != now {
            tx.execute_batch("DELETE FROM telling; DELETE FROM joined; DELETE FROM unsettled")?;
            tx.execute("INSERT OR REPLACE INTO made VALUES ('gazetteers', ?)", [now])?;
        }
        Ok(())
    }

    /// Documents whose tellings no longer hold; documents (and their codings) that have none yet; the last statement that was taken into
    /// account.
    #[allow(clippy::type_complexity)]
    fn changed_documents(&self) -> Result<(Vec<u64>, Vec<(u64, u64)>, u64)> {
        let seen: Option<String> = self.db.query_row("SELECT value FROM made WHERE name = 'joined'", [], |r| r.get(0)).optional()?;
        let seen: u64 = seen.and_then(|s| s.parse().ok()).unwrap_or(0);
        let head: u64 = self.db.query_row("SELECT coalesce(max(seq), 0) FROM statement", [], |r| r.get(0))?;
        // decided or judged on since
        let sql = "SELECT document FROM decision WHERE seq > ?1 UNION SELECT a_document FROM judgement WHERE seq > ?1 AND a_document IS NOT NULL \
                   UNION SELECT b_document FROM judgement WHERE seq > ?1 AND b_document IS NOT NULL";
        let touched: BTreeSet<u64> = self.db.prepare_cached(sql)?.query_map([seen], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        let sql =
            "SELECT j.document FROM joined j LEFT JOIN document d ON d.no = j.document AND d.current = 1 AND d.coding = j.coding WHERE d.no IS NULL ORDER BY 1";
        let mut gone: BTreeSet<u64> = self.db.prepare_cached(sql)?.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        let sql = "SELECT d.no, d.coding FROM document d LEFT JOIN joined j ON j.document = d.no WHERE d.current = 1 AND d.coding IS NOT NULL \
                   AND (j.document IS NULL OR j.coding <> d.coding) ORDER BY 1";
        let mut new: BTreeMap<u64, u64> = self.db.prepare_cached(sql)?.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
        for d in touched {
            let coding: Option<u64> = self.db.query_row("SELECT coding FROM document WHERE no = ? AND current = 1", [d], |r| r.get(0)).optional()?.flatten();
            if let Some(coding) = coding {
                gone.insert(d);
                new.insert(d, coding);
            }
        }
        Ok((gone.into_iter().collect(), new.into_iter().collect(), head))
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
        let claims = self.typed_claims(document)?;
        if claims.is_empty() {
            return Ok(Vec::new());
        }
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

    /// The incidents: those that most documents tell first, of these the deadliest; those that one document alone tells document by
    /// document, so that each is opened once. Call [`Ledger::join`] before.
    ///
    /// With `of` only the incidents in which that document takes part.
    ///
    /// # Errors
    /// When the ledger cannot be read, or `each` fails.
    pub fn incidents<E: From<Error>>(
        &self,
        atlas: &Atlas,
        directory: &Directory,
        of: Option<DocNo>,
        mut each: impl FnMut(Incident) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let mut at_hand = BTreeMap::new();
        for group in self.groups(of)? {
            each(self.concluded(group, &mut at_hand, atlas, directory)?)?;
        }
        Ok(())
    }

    /// The incident in which a telling stands after which an incident was called: its id is that of the earliest report, and a report
    /// that is added later may be earlier. Call [`Ledger::join`] before.
    ///
    /// # Errors
    /// When there is none, or the ledger cannot be read.
    pub fn incident(&self, atlas: &Atlas, directory: &Directory, id: &str) -> Result<Incident> {
        let none = || Error::Unknown(id.into());
        let number = id.strip_prefix("inc_").and_then(|hex| u64::from_str_radix(hex, 16).ok()).ok_or_else(none)?;
        let mut q = self.db.prepare_cached("SELECT incident FROM telling WHERE id = ?")?;
        let group = q.query_row([stored(TellingId(number))], |r| r.get(0)).optional()?.ok_or_else(none)?;
        self.concluded(group, &mut BTreeMap::new(), atlas, directory)
    }

    fn concluded(&self, group: i64, at_hand: &mut BTreeMap<u64, Rc<Vec<Claim>>>, atlas: &Atlas, directory: &Directory) -> Result<Incident> {
        let members = self.members(group)?;
        let mut claims: Vec<Rc<Vec<Claim>>> = Vec::with_capacity(members.len());
        for (document, _) in &members {
            if at_hand.len() > AT_HAND {
                at_hand.clear();
            }
            let list = match at_hand.get(document) {
                Some(l) => l.clone(),
                None => at_hand.entry(*document).or_insert(Rc::new(self.typed_claims(DocNo(*document))?)).clone(),
            };
            claims.push(list);
        }
        let copies = self.copies_among(members.iter().map(|m| m.0))?;
        let members = members.iter().zip(&claims).map(|((document, t), claims)| {
            let own = t.claims.iter().filter_map(|id| claims.iter().find(|c| c.id == *id)).collect();
            Member { telling: t, claims: own, copies: copies.get(document).copied() }
        });
        Ok(Incident::of(members.collect(), atlas, directory))
    }

    fn groups(&self, of: Option<DocNo>) -> Result<Vec<i64>> {
        let sql = "SELECT incident FROM telling WHERE ?1 IS NULL OR incident IN (SELECT incident FROM telling WHERE document = ?1) \
                   GROUP BY incident ORDER BY count(DISTINCT document) DESC, iif(min(document) = max(document), min(document), 0), max(dead) DESC, min(first), incident";
        let list = self.db.prepare_cached(sql)?.query_map([of.map(|d| d.0)], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        Ok(list)
    }

    fn members(&self, incident: i64) -> Result<Vec<(u64, Telling)>> {
        let mut q = self.db.prepare_cached("SELECT document, body FROM telling WHERE incident = ? ORDER BY id")?;
        let mut rows = q.query([incident])?;
        let mut out = Vec::new();
        while let Some(r) = rows.next()? {
            out.push((r.get(0)?, telling(r.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?)?));
        }
        Ok(out)
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

/// Takes the tellings of a document out. What stood beside them is joined anew by the next [`Ledger::join`].
pub(crate) fn forget(db: &Connection, document: DocNo) -> Result<()> {
    db.prepare_cached("INSERT INTO unsettled SELECT first, last, incident FROM telling WHERE document = ?")?.execute([document.0])?;
    db.prepare_cached("DELETE FROM telling WHERE document = ?")?.execute([document.0])?;
    db.prepare_cached("DELETE FROM joined WHERE document = ?")?.execute([document.0])?;
    Ok(())
}
