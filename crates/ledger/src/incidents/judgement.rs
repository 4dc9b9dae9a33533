//! What people hold of two claims: hard constraints on joining.

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

    /// Nobody has judged anything.
    pub fn is_empty(&self) -> bool {
        self.same.is_empty() && self.different.is_empty()
    }
}
