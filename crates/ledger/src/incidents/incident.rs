//! What is held of an event: the conclusions from all tellings of it.

use super::conflicts::{self, Conflict};
use super::counts::{self, Tally};
use super::days::{self, Dated};
use super::history::{self, Step};
use super::origins::{self, Directory, Origin};
use super::telling::{Site, Standing, Telling};
use claims::record::{Basis, Claim, Participant, Place};
use places::Atlas;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A telling with the claims that it was made of.
#[derive(Debug, Clone)]
pub struct Member<'a> {
    /// The telling.
    pub telling: &'a Telling,
    /// Its claims, in the order of the text, at least one.
    pub claims: Vec<&'a Claim>,
    /// Documents with one number are near-copies of each other.
    pub copies: Option<u64>,
}

impl Member<'_> {
    /// Its document's id.
    pub fn document(&self) -> &str {
        self.claims.first().map_or("", |c| &c.doc.id)
    }

    /// Its day of publication, or nothing.
    pub fn published(&self) -> Option<&str> {
        self.claims.first().and_then(|c| c.doc.published.as_deref())
    }
}

/// An event as several documents tell it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Incident {
    /// `inc_` and 16 hexadecimal digits, from the claim of the earliest report.
    pub id: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Modes that any telling gives, in the type's order.
    pub modes: Vec<String>,
    /// First day, ISO; nothing when no telling is dated.
    pub from: Option<String>,
    /// Last day, inclusive.
    pub to: Option<String>,
    /// How surely the days are known: `said`, `carried`, `published`, `unverified`.
    pub dated: Option<&'static str>,
    /// The best place.
    pub place: Option<Place>,
    /// Who did it, as told.
    pub actors: Vec<Role>,
    /// To whom.
    pub recipients: Vec<Role>,
    /// By kind: `killed`, `injured` …
    pub counts: BTreeMap<&'static str, Tally>,
    /// Every claim that reports it.
    pub claims: Vec<ClaimRef>,
    /// Claims of documents that appeared later than news does ([`NEWS`]) and tell it as background. They repeat what was known: nothing
    /// above and no origin rests on them, unless there is nothing else.
    pub background: Vec<ClaimRef>,
    /// Independent origins: at most so many, those not shown to have it from another.
    pub origins: usize,
    /// At least so many: those that certainly have it from somebody of their own.
    pub origins_at_least: usize,
    /// Each of them.
    pub origin_list: Vec<Origin>,
    /// Documents that report it.
    pub documents: usize,
    /// Documents that deny it.
    pub denials: Vec<ClaimRef>,
    /// What the tellings do not agree on.
    pub conflicts: Vec<Conflict>,
    /// How reports changed what is held.
    pub history: Vec<Step>,
}

/// A claim of an incident.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ClaimRef {
    /// The document's id.
    pub doc: String,
    /// The claim's.
    pub claim: String,
}

/// A party of an incident.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Role {
    /// The lexicon's name; nothing for parties that it does not have, whose wording stands in their claims alone.
    pub name: Option<String>,
    /// How texts call those parties, where names of private persons are asked for.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub texts: BTreeSet<String>,
    /// The same in English.
    pub name_en: Option<String>,
    /// The lexicon's id.
    pub id: Option<String>,
    /// ISO 3166 alpha-3.
    pub country: Option<String>,
    /// Sector codes.
    pub roles: Vec<String>,
    /// Civilian, combatant, or not said.
    pub civilian: Option<bool>,
    /// The ways in which texts tie it to the act: named, claimed, accused, hedged, inherited.
    pub basis: BTreeSet<&'static str>,
    /// How many documents give it.
    pub documents: usize,
    /// In which claims.
    pub claims: Vec<String>,
}

/// Days after an event in which a report of it is news: tolls rise, the wounded die, the dead are buried. Later ones look back.
pub const NEWS: i32 = 3;

impl Incident {
    /// Draws the conclusions from the tellings of one event, at least one.
    pub fn of(mut members: Vec<Member<'_>>, atlas: &Atlas, directory: &Directory) -> Incident {
        members.sort_by_key(|m| (m.telling.published.unwrap_or(i32::MAX), m.telling.id));
        let late = |m: &Member<'_>| m.telling.looks_back();
        let (later, reports): (Vec<Member<'_>>, Vec<Member<'_>>) = members.into_iter().partition(late);
        let (members, background) = if reports.is_empty() { (later, Vec::new()) } else { (reports, later) };
        let affirming: Vec<&Member<'_>> = members.iter().filter(|m| m.telling.standing == Standing::Affirms).collect();
        // denied by all: what is denied is still what the incident is about
        let telling: Vec<&Member<'_>> = if affirming.is_empty() { members.iter().collect() } else { affirming };
        let origins = origins::of(&telling, directory);
        let days = best_days(&telling);
        let place = best_place(&telling, atlas);
        let kind = members[0].telling.kind;
        let bits = telling.iter().fold(0, |bits, m| bits | m.telling.modes);
        let claim_ref = |c: &&Claim| ClaimRef { doc: c.doc.id.clone(), claim: c.id.clone() };
        let counts = counts::of(&telling, &origins, directory);
        Incident {
            id: format!("inc_{:016x}", members[0].telling.id.0),
            kind: kind.as_str().into(),
            modes: kind.modes().iter().enumerate().filter(|(n, _)| bits & 1 << n != 0).map(|(_, m)| (*m).to_string()).collect(),
            from: days.map(|d| days::iso(d.0)),
            to: days.map(|d| days::iso(d.1)),
            dated: telling.iter().filter_map(|m| m.telling.days).map(|d| d.dated).min().map(|d| d.as_str()),
            actors: roles(&telling, directory, |c| &c.actors),
            recipients: roles(&telling, directory, |c| &c.recipients),
            claims: members.iter().flat_map(|m| m.claims.iter().map(claim_ref)).collect(),
            background: background.iter().flat_map(|m| m.claims.iter().map(claim_ref)).collect(),
            origins: origins.at_most,
            origins_at_least: origins.at_least,
            documents: members.iter().map(|m| m.document()).collect::<BTreeSet<_>>().len(),
            denials: members.iter().filter(|m| m.telling.standing == Standing::Denies).flat_map(|m| m.claims.iter().map(claim_ref)).collect(),
            conflicts: conflicts::of(&members, days, place.as_ref(), atlas, &counts),
            history: history::of(&members, atlas, directory),
            origin_list: origins.list,
            place,
            counts,
        }
    }
}

impl Dated {
    /// The word that records use.
    pub fn as_str(self) -> &'static str {
        match self {
            Dated::Said => "said",
            Dated::Carried => "carried",
            Dated::Published => "published",
            Dated::Unverified => "unverified",
        }
    }
}

/// The days that are told most: each telling spreads its weight over its days (3 for a date beside the event, 2 for one of
/// another sentence, 1 for the day of publication and the day before, ½ where nothing vouches for that), and the days of the
/// greatest sum, with neighbours of the same sum, are the incident's.
pub fn best_days(members: &[&Member<'_>]) -> Option<(i32, i32)> {
    let mut sums: BTreeMap<i32, f64> = BTreeMap::new();
    for d in members.iter().filter_map(|m| m.telling.days) {
        let weight = match d.dated {
            Dated::Said => 3.0,
            Dated::Carried => 2.0,
            Dated::Published => 1.0,
            Dated::Unverified => 0.5,
        };
        // a span of a season says nothing of its days; its ends are kept for want of better
        let days: Vec<i32> = if d.count() <= 31 { (d.from..=d.to).collect() } else { vec![d.from, d.to] };
        for day in &days {
            *sums.entry(*day).or_default() += weight / days.len() as f64;
        }
    }
    let top = sums.values().copied().max_by(f64::total_cmp)?;
    let equal = |day: &i32| sums.get(day).is_some_and(|s| (s - top).abs() < 1e-9);
    let first = *sums.keys().find(|d| equal(d))?;
    let mut last = first;
    while equal(&(last + 1)) {
        last += 1;
    }
    Some((first, last))
}

/// The place that most tellings give, as closely as any of them gives it.
///
/// A telling speaks for its first place with weight 1 and for each further one with half the weight of that before it; half as much for
/// a place that was carried over from another sentence. It speaks for a place inside one that it names with a third of that. The place
/// with the greatest sum is the incident's; of equals the smaller, then the first told.
pub fn best_place(members: &[&Member<'_>], atlas: &Atlas) -> Option<Place> {
    let mut sums: Vec<(Site, &Place, f64)> = Vec::new();
    for m in members {
        for p in m.claims.iter().flat_map(|c| &c.places) {
            let s = Site::of(p, atlas);
            if m.telling.sites.iter().any(|t| t.name == s.name) && !sums.iter().any(|o| o.0.name == s.name) {
                sums.push((s, p, 0.0));
            }
        }
    }
    for m in members {
        let mut weight = 1.0;
        for s in &m.telling.sites {
            let own = if s.carried { weight / 2.0 } else { weight };
            for (site, _, sum) in &mut sums {
                if site.name == s.name {
                    *sum += own;
                } else if site.within.contains(&s.name) {
                    *sum += own / 3.0;
                }
            }
            weight /= 2.0;
        }
    }
    // of equals the first stays
    let best = sums.into_iter().reduce(|a, b| {
        let better = (b.2 - a.2).partial_cmp(&1e-9).is_some_and(|o| o.is_gt());
        let equal = (b.2 - a.2).abs() <= 1e-9;
        if better || (equal && b.0.scale < a.0.scale) { b } else { a }
    })?;
    Some(Place { candidates: Vec::new(), ..best.1.clone() })
}

/// The parties of some claims, those of more documents first. Parties that the lexicon has are told apart by their ids, others by
/// country, roles and standing.
fn roles(members: &[&Member<'_>], directory: &Directory, of: impl for<'c> Fn(&'c Claim) -> &'c [Participant]) -> Vec<Role> {
    let mut out: Vec<(Role, BTreeSet<&str>)> = Vec::new();
    for c in members.iter().flat_map(|m| &m.claims) {
        for p in of(c) {
            let same = |r: &Role| r.id == p.id && (p.id.is_some() || (r.country == p.country && r.roles == p.roles && r.civilian == p.civilian));
            let at = out.iter().position(|r| same(&r.0)).unwrap_or_else(|| {
                let (name, name_en) = p.id.as_deref().map(|id| directory.name(id).unwrap_or((p.name.clone(), p.name_en.clone()))).unwrap_or_default();
                let role = Role {
                    name,
                    texts: BTreeSet::new(),
                    name_en,
                    id: p.id.clone(),
                    country: p.country.clone(),
                    roles: p.roles.clone(),
                    civilian: p.civilian,
                    basis: BTreeSet::new(),
                    documents: 0,
                    claims: Vec::new(),
                };
                out.push((role, BTreeSet::new()));
                out.len() - 1
            });
            out[at].0.basis.insert(p.basis.as_str());
            if directory.names && p.id.is_none() {
                out[at].0.texts.insert(p.text().to_string());
            }
            // one that only another sentence names is listed, but no document gives it for this event
            if p.basis != Basis::Inherited {
                out[at].1.insert(&c.doc.id);
            }
            if out[at].0.claims.last() != Some(&c.id) {
                out[at].0.claims.push(c.id.clone());
            }
        }
    }
    for (r, documents) in &mut out {
        r.documents = documents.len();
    }
    let mut roles: Vec<Role> = out.into_iter().map(|r| r.0).collect();
    roles.sort_by_key(|r| std::cmp::Reverse(r.documents));
    roles
}
