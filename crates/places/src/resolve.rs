//! Which place is meant: candidates weighed by what contains them, by what stands near, by how well known they are.
//!
//! The score of a candidate is a sum, each part of it printed by `explain`:
//!
//! | part | worth |
//! |---|---|
//! | rank of the place, 0 to 9 | 0.5 each |
//! | the head word names its kind ("قرية", "محافظة") | +3, another kind −3 |
//! | it lies in a place named in the same sentence | +4 for the nearest division named, +2 for a country |
//! | it lies in a place named elsewhere in the text | +1.5 |
//! | its country has the most other places of the text | up to +2 |
//! | kilometres to the nearest settled place of the sentence, of the text | up to +2.5 |
//! | the outlet's country | +1 |
//! | another name than the usual one | −0.3 |

use crate::find::{PlaceRef, Raw};
use crate::gazetteer::{Gazetteer, PlaceId, kilometres};
use crate::source::PlaceKind;
use std::collections::HashMap;

/// A candidate and its score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// The place.
    pub place: PlaceRef,
    /// Its score; only differences within one mention mean anything.
    pub score: f64,
}

pub(crate) struct Resolver<'a> {
    pub layers: &'a [Gazetteer<'static>],
    /// The outlet's country, or the one asked for: ISO alpha-2, lower case.
    pub country: Option<&'a str>,
    /// A point that results should lie near.
    pub near: Option<(f64, f64)>,
}

/// The area of a candidate, as a chain of ids that layers share.
type Chain = Vec<String>;

impl Resolver<'_> {
    fn gazetteer(&self, r: PlaceRef) -> &Gazetteer<'static> {
        &self.layers[r.layer as usize]
    }

    fn chain(&self, r: PlaceRef) -> Chain {
        let g = self.gazetteer(r);
        g.ancestors(r.id).map(|a| g.get(a).id.to_string()).collect()
    }

    fn head_fits(&self, raw: &Raw, kind: PlaceKind) -> f64 {
        use PlaceKind::*;
        let Some(head) = raw.head else {
            // ريف and directions lean towards the division, a bare name towards the town
            return match kind {
                Admin1 if raw.direction & 15 != 0 => 1.2,
                Settlement if raw.direction & 15 == 0 => 0.8,
                _ => 0.0,
            };
        };
        let fits = match head {
            Settlement => matches!(kind, Settlement | Neighbourhood),
            Neighbourhood => kind == Neighbourhood,
            Admin1 => kind == Admin1,
            Admin2 => matches!(kind, Admin2 | Admin1),
            Admin3 => matches!(kind, Admin3 | Admin2),
            // "ريف حلب" is that of the governorate, not of the city
            Region if raw.area => return if matches!(kind, Admin1 | Admin2 | Region | Admin3) { 4.0 } else { -1.0 },
            Region => return if matches!(kind, Admin1 | Admin2 | Region | Admin3) { 2.0 } else { 0.0 },
            Country => kind == Country,
            Facility | Road | Natural => return if kind == head { 3.0 } else { -1.0 },
        };
        match (fits, head, kind) {
            (true, ..) => 3.0,
            (false, Neighbourhood, Settlement) => -0.5,
            (false, Admin2 | Admin3, Settlement) => -0.5,
            (false, Settlement, Admin3 | Admin2) => -0.5,
            _ => -3.0,
        }
    }

    /// Scores every candidate of every mention; lists sorted best first.
    pub fn resolve(&self, raws: &[Raw]) -> Vec<Vec<Candidate>> {
        let chains: Vec<Vec<Chain>> = raws.iter().map(|m| m.candidates.iter().map(|c| self.chain(c.0)).collect()).collect();
        // countries: every mention votes once, for the country of its candidates when they agree
        let mut votes: HashMap<&str, f64> = HashMap::new();
        for ch in &chains {
            let countries: Vec<&str> = ch.iter().filter_map(|c| c.last().map(String::as_str)).collect();
            let Some(first) = countries.first() else { continue };
            if countries.iter().all(|c| c == first) {
                // a country named is a weaker sign than a village in it
                let w = if ch.iter().any(|c| c.len() == 1) { 0.6 } else { 1.0 };
                *votes.entry(first).or_default() += w;
            } else {
                let n = countries.len() as f64;
                for c in countries {
                    *votes.entry(c).or_default() += 0.3 / n;
                }
            }
        }
        let most = votes.values().cloned().fold(1.0f64, f64::max);
        // two rounds: the second sees where the first put the neighbours
        let mut settled: Vec<Option<usize>> = vec![None; raws.len()];
        let mut out: Vec<Vec<Candidate>> = Vec::new();
        for round in 0..2 {
            out.clear();
            let mut now = settled.clone();
            for (i, m) in raws.iter().enumerate() {
                let mut list: Vec<Candidate> = Vec::with_capacity(m.candidates.len());
                for (k, (r, marked)) in m.candidates.iter().enumerate() {
                    let p = self.gazetteer(*r).get(r.id);
                    let chain = &chains[i][k];
                    let mut s = 0.5 * p.rank as f64 + self.head_fits(m, p.kind);
                    if *marked && m.head.is_none() {
                        s -= 0.5;
                    }
                    // containment
                    let mut same: f64 = 0.0;
                    let mut elsewhere: f64 = 0.0;
                    for (j, other) in raws.iter().enumerate() {
                        if i == j || other.tokens == m.tokens {
                            continue;
                        }
                        let named: &[Chain] = &chains[j];
                        let area = named.iter().zip(&other.candidates).any(|(c, (orf, _))| {
                            let id = c.first();
                            id.is_some() && chain.len() > 1 && chain[1..].iter().any(|a| Some(a) == id) && {
                                let kind = self.gazetteer(*orf).get(orf.id).kind;
                                kind.is_area() || kind == PlaceKind::Settlement
                            }
                        });
                        if !area {
                            continue;
                        }
                        let country = named.iter().any(|c| c.len() == 1);
                        if other.sentence == m.sentence {
                            let distance = other.tokens.start.abs_diff(m.tokens.start) as f64;
                            let after = if other.tokens.start > m.tokens.start { 1.0 } else { 0.7 };
                            let w = if country { 2.0 } else { 4.0 * after / (1.0 + distance / 40.0) };
                            same = same.max(w);
                        } else {
                            elsewhere = elsewhere.max(if country { 0.7 } else { 1.5 });
                        }
                    }
                    s += same.max(elsewhere);
                    // the country of most places
                    if let Some(c) = chain.last() {
                        s += 2.0 * votes.get(c.as_str()).copied().unwrap_or(0.0) / most;
                        if self.country == Some(c.as_str()) {
                            s += 1.0;
                        }
                    }
                    // distance to what is settled
                    if let Some(pt) = p.point {
                        if round > 0 {
                            let mut best_same = f64::INFINITY;
                            let mut best_any = f64::INFINITY;
                            for (j, other) in raws.iter().enumerate() {
                                let Some(k2) = settled[j].filter(|_| j != i) else { continue };
                                let o = other.candidates[k2].0;
                                let op = self.gazetteer(o).get(o.id);
                                if op.kind.is_area() || o == *r {
                                    continue;
                                }
                                if let Some(q) = op.point {
                                    let d = kilometres(pt, q);
                                    best_any = best_any.min(d);
                                    if other.sentence == m.sentence {
                                        best_same = best_same.min(d);
                                    }
                                }
                            }
                            let worth = |d: f64| if d.is_finite() { (-d / 40.0).exp() } else { 0.0 };
                            s += (2.5 * worth(best_same)).max(1.2 * worth(best_any));
                        }
                        if let Some(q) = self.near {
                            s += 3.0 * (-kilometres(pt, q) / 100.0).exp();
                        }
                    }
                    list.push(Candidate { place: *r, score: (s * 100.0).round() / 100.0 });
                }
                let mut order: Vec<usize> = (0..list.len()).collect();
                order.sort_by(|a, b| list[*b].score.total_cmp(&list[*a].score).then(list[*a].place.cmp(&list[*b].place)));
                now[i] = order.first().copied();
                out.push(order.into_iter().map(|k| list[k]).collect());
            }
            settled = now;
        }
        out
    }

    /// The point of a place, or of the smallest area that contains it and has one.
    pub fn point(&self, r: PlaceRef) -> Option<((f64, f64), PlaceRef)> {
        let g = self.gazetteer(r);
        g.point_or_area(r.id).map(|(p, id)| (p, PlaceRef { layer: r.layer, id }))
    }

    /// The capital of a country: its best-ranked settlement.
    pub fn capital(&self, country: &str) -> Option<PlaceRef> {
        let g = self.layers.first()?;
        let c = g.by_id(country)?;
        let mut best: Option<(u8, PlaceId)> = None;
        for (id, p) in g.iter() {
            if p.kind == PlaceKind::Settlement && p.rank >= 8 && g.country(id) == Some(c) && best.is_none_or(|b| p.rank > b.0) {
                best = Some((p.rank, id));
            }
        }
        best.map(|(_, id)| PlaceRef { layer: 0, id })
    }
}
