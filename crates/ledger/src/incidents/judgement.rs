//! What people hold of two claims: hard constraints on joining. And of two actors or places: which are one under two names.

use claims::record::{Claim, Place};
use places::Atlas;
use std::collections::{BTreeMap, BTreeSet};

/// Judgements on pairs of claims. A later one on the same pair replaces an earlier one.
#[derive(Debug, Clone, Default)]
pub struct Judgements {
    same: BTreeMap<String, BTreeSet<String>>,
    different: BTreeMap<String, BTreeSet<String>>,
}

/// What a person holds of two claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// One event.
    Same,
    /// Two events.
    Different,
    /// It cannot be told: takes back an earlier verdict.
    Unsure,
}

impl Judgements {
    /// Adds a judgement of the claims with these ids.
    pub fn judge(&mut self, a: &str, b: &str, verdict: Verdict) {
        for (x, y) in [(a, b), (b, a)] {
            let set = |m: &mut BTreeMap<String, BTreeSet<String>>, on: bool| {
                if on {
                    m.entry(x.into()).or_default().insert(y.into());
                } else if let Some(s) = m.get_mut(x) {
                    s.remove(y);
                }
            };
            set(&mut self.same, verdict == Verdict::Same);
            set(&mut self.different, verdict == Verdict::Different);
        }
    }

    /// People hold something of this claim and another.
    pub fn mention(&self, a: &str) -> bool {
        self.same.contains_key(a) || self.different.contains_key(a)
    }

    /// People hold them to be two events.
    pub fn differ(&self, a: &str, b: &str) -> bool {
        self.different.get(a).is_some_and(|s| s.contains(b))
    }

    /// The claims that people hold to be the same event as this.
    pub fn same_as(&self, a: &str) -> impl Iterator<Item = &str> {
        self.same.get(a).into_iter().flatten().map(String::as_str)
    }

    /// The claims that people hold to be another event.
    pub fn different_from(&self, a: &str) -> impl Iterator<Item = &str> {
        self.different.get(a).into_iter().flatten().map(String::as_str)
    }

    /// The id that an actor or place goes by: of all that people hold to be the same, the first in the order of the alphabet.
    ///
    /// ```
    /// use tawatur_ledger::incidents::{Judgements, Verdict};
    /// let mut j = Judgements::default();
    /// j.judge("sy.b", "sy.c", Verdict::Same);
    /// j.judge("sy.a", "sy.b", Verdict::Same);
    /// assert_eq!((j.identity("sy.c"), j.identity("sy.d")), ("sy.a", "sy.d"));
    /// j.judge("sy.a", "sy.b", Verdict::Different);
    /// assert_eq!(j.identity("sy.c"), "sy.b");
    /// ```
    pub fn identity<'a>(&'a self, id: &'a str) -> &'a str {
        let (mut all, mut next) = (BTreeSet::from([id]), vec![id]);
        while let Some(a) = next.pop() {
            next.extend(self.same_as(a).filter(|b| all.insert(*b)));
        }
        all.first().copied().unwrap_or(id)
    }

    /// Calls the actors, sources and places of a claim by the ids that they go by. What the text says of them stays.
    pub fn identify(&self, claim: &mut Claim, atlas: &Atlas) {
        if self.same.is_empty() {
            return;
        }
        let parties = claim.actors.iter_mut().chain(&mut claim.recipients).map(|p| &mut p.id);
        for id in parties.chain(claim.sources.iter_mut().map(|s| &mut s.id)).flatten() {
            *id = self.identity(id).to_string();
        }
        for p in &mut claim.places {
            let now = p.id.as_deref().map(|id| self.identity(id).to_string());
            if now != p.id {
                move_to(p, &now.unwrap_or_default(), atlas);
            }
        }
    }
}

/// Gives a place the gazetteer's entry of another id; one that it does not have changes nothing.
fn move_to(p: &mut Place, id: &str, atlas: &Atlas) {
    let Some(at) = atlas.by_id(id) else { return };
    let entry = atlas.get(at);
    (p.id, p.name, p.name_en) = (Some(entry.id.into()), Some(entry.name_ar.into()), Some(entry.name_en.into()));
    p.kind = entry.kind.as_str().into();
    let point = atlas.point(at);
    (p.lat, p.lon) = point.map(|x| x.0).unzip();
    p.approximated_by = point.filter(|(_, of)| *of != at).map(|(_, of)| atlas.get(of).id.into());
    p.admin1 = atlas.admin1(at).map(|a| atlas.get(a).name_en.into());
}
