//! What the tellings of an event do not agree on, field by field. Nothing is averaged away.

use super::counts::Tally;
use super::days::{self, Dated};
use super::incident::Member;
use super::telling::{Scale, Site, Standing};
use claims::record::{Basis, Place};
use places::Atlas;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A field on which the tellings differ.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Conflict {
    /// `standing`, `time`, `place`, `actors`, or a kind of count.
    pub field: &'static str,
    /// What is held of it, and by whom; at least two.
    pub values: Vec<Held>,
}

/// One of the values of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Held {
    /// The value, as records write it.
    pub value: String,
    /// The documents that give it.
    pub documents: BTreeSet<String>,
}

/// Kilometres from which two places of one event are a conflict.
const APART_KM: f64 = 5.0;

fn conflict<'a>(field: &'static str, held: impl Iterator<Item = (String, &'a str)>) -> Option<Conflict> {
    let mut by_value: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (value, document) in held {
        by_value.entry(value).or_default().insert(document.to_string());
    }
    let values: Vec<Held> = by_value.into_iter().map(|(value, documents)| Held { value, documents }).collect();
    (values.len() > 1).then_some(Conflict { field, values })
}

/// The conflicts of an incident's tellings.
///
/// - `standing`: some affirm, some deny.
/// - `time`: a date beside the event that lies outside the incident's days.
/// - `place`: a place named for the event that neither contains the incident's place nor lies in it nor within 5 km.
/// - `actors`: named actors of different countries, or two of one country that no telling names together.
/// - counts: what the origins said last, summed up, does not meet.
pub(super) fn of(
    members: &[Member<'_>],
    best: Option<(i32, i32)>,
    place: Option<&Place>,
    atlas: &Atlas,
    counts: &BTreeMap<&'static str, Tally>,
) -> Vec<Conflict> {
    let mut out = Vec::new();
    let standing = |m: &Member<'_>| match m.telling.standing {
        Standing::Affirms => "affirmed",
        Standing::Denies => "denied",
    };
    out.extend(conflict("standing", members.iter().map(|m| (standing(m).to_string(), m.document()))));
    out.extend(time(members, best));
    out.extend(place.and_then(|p| places_apart(members, p, atlas)));
    out.extend(actors(members));
    for (kind, tally) in counts {
        let top = |high: Option<f64>| high.unwrap_or(f64::INFINITY);
        let apart = |(_, low, high): &(String, f64, Option<f64>)| tally.said.iter().any(|(_, l, h)| *low > top(*h) || *l > top(*high));
        if tally.said.iter().any(apart) {
            let written = |low: f64, high: Option<f64>| match high {
                Some(h) if h == low => low.to_string(),
                Some(h) => format!("{low}–{h}"),
                None => format!("≥ {low}"),
            };
            out.extend(conflict(kind, tally.said.iter().map(|(doc, low, high)| (written(*low, *high), doc.as_str()))));
        }
    }
    out
}

fn time(members: &[Member<'_>], best: Option<(i32, i32)>) -> Option<Conflict> {
    let (from, to) = best?;
    let said: Vec<_> = members.iter().filter_map(|m| Some((m.telling.days.filter(|d| d.dated == Dated::Said)?, m.document()))).collect();
    if said.iter().all(|(d, _)| d.from <= to && from <= d.to) {
        return None;
    }
    let written = |from: i32, to: i32| if from == to { days::iso(from) } else { format!("{}/{}", days::iso(from), days::iso(to)) };
    conflict("time", said.into_iter().map(|(d, document)| (written(d.from, d.to), document)))
}

fn places_apart(members: &[Member<'_>], best: &Place, atlas: &Atlas) -> Option<Conflict> {
    let best = Site::of(best, atlas);
    let agree = |s: &Site| {
        let near =
            s.point.zip(best.point).is_none_or(|(p, q)| places::kilometres((f64::from(p.0), f64::from(p.1)), (f64::from(q.0), f64::from(q.1))) <= APART_KM);
        s.name == best.name || s.within.contains(&best.name) || best.within.contains(&s.name) || s.approximate || best.approximate || near
    };
    let own = |m: &Member<'_>| m.telling.sites.iter().any(|s| !s.carried && s.scale < Scale::Country);
    if members.iter().filter(|m| own(m)).all(|m| m.telling.sites.iter().any(agree)) {
        return None;
    }
    let named = members.iter().filter(|m| own(m)).filter_map(|m| {
        let first = m.telling.sites.first()?;
        let place = m.claims.iter().flat_map(|c| &c.places).find(|p| Site::of(p, atlas).name == first.name)?;
        Some((place.id.clone().unwrap_or_else(|| place.text().to_string()), m.document()))
    });
    conflict("place", named)
}

fn actors(members: &[Member<'_>]) -> Option<Conflict> {
    let mut named: Vec<(BTreeSet<&str>, BTreeSet<&str>, &str)> = Vec::new();
    for m in members {
        let list = || m.claims.iter().flat_map(|c| &c.actors).filter(|p| p.id.is_some() && !matches!(p.basis, Basis::Inherited | Basis::Hedged));
        let ids: BTreeSet<&str> = list().filter_map(|p| p.id.as_deref()).collect();
        if !ids.is_empty() {
            named.push((ids, list().filter_map(|p| p.country.as_deref()).collect(), m.document()));
        }
    }
    // a side of a clash that one report leaves out is no conflict: only reports without any actor in common are
    let apart = named.iter().any(|a| named.iter().any(|b| a.0.is_disjoint(&b.0) && (a.1.is_disjoint(&b.1) || a.1.is_empty())));
    if !apart {
        return None;
    }
    conflict("actors", named.iter().map(|(ids, _, document)| (ids.iter().copied().collect::<Vec<_>>().join(" + "), *document)))
}
