//! People decide: on single fields of a claim, and on whether two things are one.

use crate::chain::{Author, Kind, Statement};
use crate::derive;
use crate::error::{Error, Result};
use crate::record::Record;
use crate::rows::{DocNo, Identity};
use crate::seal::Sealer;
use crate::store::{Ledger, plain, sealed};
use arabic::search::Analyser;
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// What a coder holds of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It is right.
    Accept,
    /// It should be what the correction says.
    Correct,
    /// It is wrong.
    Reject,
    /// It cannot be told.
    Unsure,
}

impl Verdict {
    /// The word in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Accept => "accept",
            Verdict::Correct => "correct",
            Verdict::Reject => "reject",
            Verdict::Unsure => "unsure",
        }
    }

    /// All of them.
    pub const ALL: [Verdict; 4] = [Verdict::Accept, Verdict::Correct, Verdict::Reject, Verdict::Unsure];

    /// Reads such a word, in any case.
    pub fn parse(s: &str) -> Option<Verdict> {
        Verdict::ALL.into_iter().find(|v| v.as_str().eq_ignore_ascii_case(s.trim()))
    }
}

/// The fields that one can rule on: `claim` is the claim as a whole.
pub const FIELDS: [&str; 11] = ["claim", "type", "modes", "actors", "recipients", "places", "time", "counts", "sources", "modality", "objects"];

/// A ruling on one field of one claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The claim's id when it was ruled on.
    pub claim: String,
    /// Its trigger, in code points: what a decision stays with when the lexicon changes.
    pub trigger: (usize, usize),
    /// One of [`FIELDS`].
    pub field: String,
    /// The ruling.
    pub verdict: Verdict,
    /// What it should be.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub correction: String,
    /// What the correction means: the field of the record as it should be ([`correct::value`](crate::correct::value)).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// A judgement as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Pair {
    pub a: String,
    pub b: String,
    /// The documents of claims.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub a_document: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub b_document: Option<u64>,
    pub identity: Identity,
    pub why: String,
}

impl Ledger {
    /// Keeps rulings of one coder, all or none, and puts them into the claims that hold. Those that say what the coder's last word says
    /// already are passed over.
    ///
    /// # Errors
    /// When a claim is not there, or the ledger cannot be written.
    pub fn decide(&self, author: &Author, list: &[(DocNo, Decision)]) -> Result<usize> {
        derive::require_dictionary(&self.db)?;
        let (mut sealer, mut analyser) = (Sealer::new()?, Analyser::new(arabic::dictionary()));
        let mut by_document: BTreeMap<DocNo, Vec<&Decision>> = BTreeMap::new();
        for (document, d) in list {
            if !FIELDS.contains(&d.field.as_str()) {
                return Err(Error::Call(format!("“{}” is no field that can be ruled on; it is one of {}", d.field, FIELDS.join(", "))));
            }
            by_document.entry(*document).or_default().push(d);
        }
        self.write(|db, head| {
            let mut kept = 0;
            for (document, list) in by_document {
                let key = self.key(document)?;
                let before = if self.is_current(document)? { Some(self.derived(&mut analyser, document)?) } else { None };
                for d in list {
                    if self.decisions(document)?.iter().any(|(by, old)| *by == author.who && old == d) {
                        continue;
                    }
                    head.append(db, sealed(Kind::Decision, author, document, &mut sealer, &key, &serde_json::to_vec(d)?)?)?;
                    // the next of the list may repeat this one
                    self.place_decisions(db, document)?;
                    kept += 1;
                }
                if let Some(before) = before {
                    derive::replace(db, document, &before, &self.derived(&mut analyser, document)?)?;
                }
            }
            Ok(kept)
        })
    }

    /// The last word of each coder on each field of a document's claims, with the coder's name.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn decisions(&self, document: DocNo) -> Result<Vec<(String, Decision)>> {
        let mut q = self.db.prepare_cached("SELECT seq, claim, coder FROM decision WHERE document = ? ORDER BY claim, field, coder")?;
        let list: Vec<(u64, String, String)> = q.query_map([document.0], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?.collect::<rusqlite::Result<_>>()?;
        list.into_iter().map(|(seq, claim, coder)| Ok((coder, Decision { claim, ..self.decision(seq)? }))).collect()
    }

    /// Documents with decisions.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn decided(&self) -> Result<Vec<DocNo>> {
        let mut q = self.db.prepare_cached("SELECT DISTINCT document FROM decision ORDER BY 1")?;
        Ok(q.query_map([], |r| r.get(0).map(DocNo))?.collect::<rusqlite::Result<_>>()?)
    }

    pub(crate) fn decision(&self, seq: u64) -> Result<Decision> {
        let s = self.statement(seq)?.ok_or_else(|| Error::Damaged { seq, what: "it is missing".into() })?;
        serde_json::from_slice(&self.sealed(&s)?).map_err(|e| Error::Damaged { seq, what: e.to_string() })
    }

    /// Gives every decision on a document the claim that stands now where the decided one stood. Returns the ids of those for
    /// which there is none.
    pub(crate) fn place_decisions(&self, db: &Connection, document: DocNo) -> Result<Vec<String>> {
        db.prepare_cached("DELETE FROM decision WHERE document = ?")?.execute([document.0])?;
        let coding = self.coding(document)?;
        let now = coding.records.iter().map(|r| Record::parse(r)).collect::<serde_json::Result<Vec<_>>>()?;
        let mut unplaced = Vec::new();
        for s in self.history(document)?.iter().filter(|s| s.kind == Kind::Decision.as_str()) {
            let d: Decision = serde_json::from_slice(&self.sealed(s)?).map_err(|e| Error::Damaged { seq: s.seq, what: e.to_string() })?;
            let same = now.iter().find(|r| r.id == d.claim).or_else(|| now.iter().find(|r| (r.trigger.start, r.trigger.end) == d.trigger));
            if same.is_none() && !unplaced.contains(&d.claim) {
                unplaced.push(d.claim.clone());
            }
            let claim = same.map_or(d.claim.as_str(), |r| &r.id);
            db.prepare_cached("INSERT OR REPLACE INTO decision VALUES (?, ?, ?, ?, ?)")?.execute(params![document.0, claim, d.field, s.author.who, s.seq])?;
        }
        Ok(unplaced)
    }

    /// Keeps a judgement on two claims, actors or places.
    ///
    /// # Errors
    /// When the two are one, or of different kinds, or a claim is not there.
    pub fn judge(&self, author: &Author, a: &str, b: &str, identity: Identity, why: &str) -> Result<u64> {
        if a == b {
            return Err(Error::Call(format!("“{a}” is named twice; name two things")));
        }
        if why.trim().is_empty() {
            return Err(Error::Call("a judgement needs its reason; say --why".into()));
        }
        let (a, b) = if a < b { (a, b) } else { (b, a) };
        let document = |id: &str| -> Result<Option<u64>> {
            if !id.starts_with("clm_") {
                return Ok(None);
            }
            self.claim(id)?.first().map(|c| Some(c.document.0)).ok_or_else(|| Error::UnknownClaim(id.into()))
        };
        let (a_document, b_document) = (document(a)?, document(b)?);
        if a_document.is_some() != b_document.is_some() {
            return Err(Error::Call(format!("“{a}” and “{b}” are not of one kind; name two claims, two actors or two places")));
        }
        let pair = Pair { a: a.into(), b: b.into(), a_document, b_document, identity, why: why.into() };
        let body = serde_json::to_string(&pair)?;
        // what is said of two documents can be read only as long as both are there
        let s = match a_document.zip(b_document) {
            Some((a, b)) if a != b => {
                let key = self.key(DocNo(a))?.with(&self.key(DocNo(b))?);
                let s = sealed(Kind::Judgement, author, DocNo(a), &mut Sealer::new()?, &key, body.as_bytes())?;
                Statement { open: Some(serde_json::json!({"with": b}).to_string()), ..s }
            }
            Some((a, _)) => sealed(Kind::Judgement, author, DocNo(a), &mut Sealer::new()?, &self.key(DocNo(a))?, body.as_bytes())?,
            None => plain(Kind::Judgement, author, None, Some(body)),
        };
        self.write(|db, head| {
            let seq = head.append(db, s.clone())?;
            self.place_judgement(db, &Statement { seq, ..s })?;
            Ok(seq)
        })
    }

    pub(crate) fn place_judgement(&self, db: &Connection, s: &Statement) -> Result<()> {
        let bytes = match s.document {
            Some(_) => match self.sealed(s) {
                Err(Error::Erased(_)) => return Ok(()),
                b => b?,
            },
            None => s.open.clone().unwrap_or_default().into_bytes(),
        };
        let p: Pair = serde_json::from_slice(&bytes).map_err(|e| Error::Damaged { seq: s.seq, what: e.to_string() })?;
        db.prepare_cached("INSERT OR REPLACE INTO judgement VALUES (?, ?, ?, ?, ?)")?.execute(params![p.a, p.b, p.a_document, p.b_document, s.seq])?;
        for document in [p.a_document, p.b_document].into_iter().flatten() {
            crate::incidents::kept::untold(db, DocNo(document))?;
        }
        Ok(())
    }
}
