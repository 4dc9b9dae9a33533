//! How many: every figure with its source, and the range and the best of them.

use super::incident::Member;
use super::origins::{Directory, Origins};
use super::telling::Toll;
use claims::record::{Claim, CountKind, Relation, Source, SourceKind};
use serde::Serialize;
use std::collections::BTreeMap;

/// The figures of one kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tally {
    /// The smallest of the figures that hold; nothing when all are vague.
    pub low: Option<f64>,
    /// The largest.
    pub high: Option<f64>,
    /// The best: the figure of the most origins; of equals the one reported last, then the larger.
    pub best: Option<f64>,
    /// How many origins give the best.
    pub origins: usize,
    /// Every figure.
    pub by_source: Vec<Figure>,
    /// What each origin said last, summed up: the document, at least, at most.
    #[serde(skip)]
    pub(super) said: Vec<(String, f64, Option<f64>)>,
}

/// A figure as a claim gives it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// Whom the claim credits with it; the outlet where it credits nobody.
    pub source: Option<String>,
    /// The number of its origin in `origin_list`.
    pub origin: usize,
    /// The document.
    pub doc: String,
    /// The claim.
    pub claim: String,
    /// The day of publication.
    pub published: Option<String>,
    /// At least.
    pub low: Option<f64>,
    /// At most; nothing when open.
    pub high: Option<f64>,
    /// few, several, tens, hundreds, thousands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vague: Option<String>,
    /// civilian, combatant, mixed, unknown.
    pub group: &'static str,
    /// total, part, cumulative, update.
    pub relation: &'static str,
    /// It enters the range: its origin's last word on the total.
    pub holds: bool,
}

/// The figures of the tellings, by kind.
///
/// Of each origin only the last report counts, and of that the whole: the largest total of a claim, civilians and combatants added
/// up where it counts them apart. Parts, sums since a beginning and vague numbers are listed and enter no range; nor does somebody who is told
/// of without a number ("استشهدت سيدة") where others give a larger one: that there was one is not that there were no more. A figure
/// that the claim's source did not name itself is the outlet's own.
pub(super) fn of(members: &[&Member<'_>], origins: &Origins, directory: &Directory) -> BTreeMap<&'static str, Tally> {
    let mut out = BTreeMap::new();
    for kind in CountKind::ALL {
        let figures = figures(members, origins, *kind, directory.names);
        if !figures.is_empty() {
            out.insert(kind.as_str(), tally(members, origins, *kind, figures));
        }
    }
    out
}

fn figures(members: &[&Member<'_>], origins: &Origins, kind: CountKind, names: bool) -> Vec<Figure> {
    let mut out = Vec::new();
    for (n, m) in members.iter().enumerate() {
        for c in &m.claims {
            for k in c.counts.iter().filter(|k| k.kind == kind) {
                out.push(Figure {
                    source: source(c, k.credited, names),
                    origin: origins.of[n],
                    doc: c.doc.id.clone(),
                    claim: c.id.clone(),
                    published: c.doc.published.clone(),
                    low: k.low,
                    high: k.high,
                    vague: k.vague.clone(),
                    group: k.group.as_str(),
                    relation: k.relation.as_str(),
                    holds: false,
                });
            }
        }
    }
    out
}

fn source(c: &Claim, credited: Option<bool>, names: bool) -> Option<String> {
    let named = c.sources.first().filter(|_| credited != Some(false));
    let called = |s: &Source| match (&s.name, s.kind) {
        (Some(n), _) => n.clone(),
        // names of private persons stand in their claims alone
        (None, SourceKind::Person) if !names => s.kind.as_str().to_string(),
        (None, _) => s.text().to_string(),
    };
    named.map(called).or_else(|| c.doc.outlet.clone())
}

/// A claim gives the number of a kind in digits.
fn numbered(c: &Claim, kind: CountKind) -> bool {
    c.counts.iter().any(|k| k.kind == kind && k.text().contains(char::is_numeric))
}

fn tally(members: &[&Member<'_>], origins: &Origins, kind: CountKind, mut by_source: Vec<Figure>) -> Tally {
    let mut wholes: Vec<(usize, &Claim, Toll)> = Vec::new();
    for (n, m) in members.iter().enumerate() {
        wholes.extend(super::telling::wholes(&m.claims, kind).into_iter().map(|(c, toll)| (n, c, toll)));
    }
    if wholes.iter().any(|(.., t)| t.low > 1.0) {
        wholes.retain(|(_, c, t)| t.low != 1.0 || numbered(c, kind));
    }
    // origin → its last whole: (published, low, high, claim)
    let mut last: BTreeMap<usize, (Option<i32>, f64, f64, &Claim)> = BTreeMap::new();
    for (n, c, toll) in wholes {
        let (when, low, high) = (members[n].telling.published, f64::from(toll.low), f64::from(toll.high));
        let later = last.get(&origins.of[n]).is_none_or(|l| (when, low) > (l.0, l.1));
        if later {
            last.insert(origins.of[n], (when, low, high, c));
        }
    }
    for f in &mut by_source {
        f.holds = f.low.is_some()
            && f.relation != Relation::Part.as_str()
            && f.relation != Relation::Cumulative.as_str()
            && last.get(&f.origin).is_some_and(|l| l.3.id == f.claim);
    }
    // figure → origins, last report
    let mut votes: BTreeMap<u64, (usize, Option<i32>)> = BTreeMap::new();
    for (when, low, ..) in last.values() {
        let v = votes.entry(low.to_bits()).or_default();
        *v = (v.0 + 1, v.1.max(*when));
    }
    // figures are not negative, so the order of their bits is theirs
    let best = votes.iter().max_by_key(|(bits, (origins, when))| (*origins, *when, **bits));
    Tally {
        low: last.values().map(|l| l.1).min_by(f64::total_cmp),
        high: last.values().map(|l| l.2).max_by(f64::total_cmp),
        best: best.map(|b| f64::from_bits(*b.0)),
        origins: best.map_or(0, |b| b.1.0),
        said: last.values().map(|(_, low, high, c)| (c.doc.id.clone(), *low, Some(*high).filter(|_| !open_above(c, kind)))).collect(),
        by_source,
    }
}

/// A claim says of a kind that it is so many or more.
fn open_above(c: &Claim, kind: CountKind) -> bool {
    c.counts.iter().any(|k| k.kind == kind && matches!(k.relation, Relation::Total | Relation::Update) && k.low.is_some() && k.high.is_none())
}
