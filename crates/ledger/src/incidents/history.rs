//! How reports changed what is held of an event, one after the other; of an event that very many report, day after day.
//!
//! Each step draws the conclusions anew, so it costs as many reports as came before. Reports of an event come within a few days, later ones are
//! background; so the cost of steps by days is that of the reports, and that of steps by reports is bounded.

use super::counts;
use super::days;
use super::incident::{Member, best_days, best_place};
use super::origins::{self, Directory};
use super::telling::Standing;
use claims::record::Basis;
use places::Atlas;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Reports up to which each is a step of its own.
const ONE_BY_ONE: usize = 64;

/// A report that changed something, or the reports of a day that did together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// The day of publication.
    pub published: Option<String>,
    /// The documents.
    pub docs: BTreeSet<String>,
    /// Their outlets.
    pub outlets: BTreeSet<String>,
    /// What changed, by field: from nothing or another value.
    pub changes: Vec<Change>,
}

/// One field that a report changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// `time`, `place`, `actors`, `standing`, `origins`, or a kind of count.
    pub field: String,
    /// What was held before; nothing when nothing was.
    pub before: Option<String>,
    /// What is held since.
    pub after: Option<String>,
}

/// The steps, in the order of publication (of reports of one day, in that of their tellings' ids): for each report what would be held
/// of the event if no later one had come, where that differs from before; where more than [`ONE_BY_ONE`] report it, for each day.
pub(super) fn of(members: &[Member<'_>], atlas: &Atlas, directory: &Directory) -> Vec<Step> {
    let mut out: Vec<Step> = Vec::new();
    let mut before: BTreeMap<String, String> = BTreeMap::new();
    let ends = |n: &usize| members.len() <= ONE_BY_ONE || members.get(*n).is_none_or(|next| next.telling.published != members[n - 1].telling.published);
    let mut start = 0;
    for n in (1..=members.len()).filter(ends) {
        let after = held(&members[..n], atlas, directory);
        let mut changes = Vec::new();
        for field in before.keys().chain(after.keys()).collect::<BTreeSet<_>>() {
            let (b, a) = (before.get(field), after.get(field));
            if a != b {
                changes.push(Change { field: field.clone(), before: b.cloned(), after: a.cloned() });
            }
        }
        if !changes.is_empty() {
            let new = &members[start..n];
            out.push(Step {
                published: new[0].published().map(str::to_string),
                docs: new.iter().map(|m| m.document().to_string()).collect(),
                outlets: new.iter().filter_map(|m| m.claims.first()?.doc.outlet.clone()).collect(),
                changes,
            });
        }
        (before, start) = (after, n);
    }
    out
}

/// What is held after some reports, as records write it.
fn held(members: &[Member<'_>], atlas: &Atlas, directory: &Directory) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    let affirming: Vec<&Member<'_>> = members.iter().filter(|m| m.telling.standing == Standing::Affirms).collect();
    let denied = affirming.len() < members.len();
    let telling: Vec<&Member<'_>> = if affirming.is_empty() { members.iter().collect() } else { affirming };
    if denied {
        out.insert("standing".into(), if telling.len() < members.len() { "affirmed and denied".into() } else { "denied".into() });
    }
    if let Some((from, to)) = best_days(&telling) {
        out.insert("time".into(), if from == to { days::iso(from) } else { format!("{}/{}", days::iso(from), days::iso(to)) });
    }
    if let Some(p) = best_place(&telling, atlas) {
        out.insert("place".into(), p.id.unwrap_or(p.span.text));
    }
    let actors = telling.iter().flat_map(|m| &m.claims).flat_map(|c| &c.actors).filter(|p| p.basis != Basis::Inherited).filter_map(|p| p.id.as_deref());
    let actors: BTreeSet<&str> = actors.collect();
    if !actors.is_empty() {
        out.insert("actors".into(), actors.into_iter().collect::<Vec<_>>().join(" + "));
    }
    let origins = origins::of(&telling, directory);
    for (kind, t) in counts::of(&telling, &origins, directory) {
        if let (Some(best), Some(low), Some(high)) = (t.best, t.low, t.high) {
            out.insert(kind.into(), if low == high { best.to_string() } else { format!("{best} ({low}–{high})") });
        }
    }
    out.insert(
        "origins".into(),
        if origins.at_least == origins.at_most { origins.at_most.to_string() } else { format!("{}–{}", origins.at_least, origins.at_most) },
    );
    out
}
