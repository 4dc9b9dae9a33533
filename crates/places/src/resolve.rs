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
//! | an adjective behind the name is of its country ("حلب السورية") | +2.5 |
//! | the outlet's country | +1 |
//! | another name than the usual one | −0.3 |

use crate::atlas::{Atlas, PlaceRef};
use crate::find::{Meant, Raw};
use crate::gazetteer::{kilometres, nearer};
use crate::source::PlaceKind;
use smallvec::SmallVec;
use std::collections::BTreeMap;

/// A candidate and its score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// The place.
    pub place: PlaceRef,
    /// Its score; only differences within one mention mean anything.
    pub score: f64,
}

/// A place that a mention may mean.
struct Meaning {
    place: PlaceRef,
    /// The name is a word too.
    marked: bool,
    /// The name is not its usual one.
    variant: bool,
    kind: PlaceKind,
    rank: u8,
    point: Option<(f64, f64)>,
    chain: Chain,
}

pub(crate) struct Resolver<'a> {
    pub atlas: &'a Atlas,
    /// The outlet's country, or the one asked for: ISO alpha-2, lower case.
    pub country: Option<&'a str>,
    /// A point that results should lie near.
    pub near: Option<(f64, f64)>,
}

/// A candidate and what contains it, smallest first.
type Chain = SmallVec<[PlaceRef; 6]>;

impl Resolver<'_> {
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
            // the محافظات of Saudi Arabia are districts
            (false, Admin1, Admin2) => 1.0,
            _ => -3.0,
        }
    }

    /// Scores every candidate of every mention; lists sorted best first.
    pub fn resolve(&self, raws: &[Raw]) -> Vec<Vec<Candidate>> {
        let options: Vec<Vec<Meaning>> = raws.iter().map(|m| m.candidates.iter().map(|c| self.option(c)).collect()).collect();
        let named = Named::new(&options);
        let votes = votes(&options);
        let most = votes.values().copied().fold(1.0f64, f64::max);
        let home = self.country.and_then(|c| self.atlas.by_id(c));
        // what does not change while neighbours settle
        let mut fixed: Vec<Vec<f64>> = Vec::with_capacity(raws.len());
        for (i, m) in raws.iter().enumerate() {
            let score = |o: &Meaning| {
                let mut s = 0.5 * o.rank as f64 + self.head_fits(m, o.kind);
                if o.marked && m.head.is_none() {
                    s -= 0.5;
                }
                if o.variant {
                    s -= 0.3;
                }
                s += named.containment(raws, i, &o.chain);
                if m.of.is_some() && m.of == o.chain.last().copied() {
                    s += 2.5;
                }
                if let Some(c) = o.chain.last() {
                    s += 2.0 * votes.get(c).copied().unwrap_or(0.0) / most + f64::from(home == Some(*c));
                }
                if let (Some(p), Some(q)) = (o.point, self.near) {
                    s += 3.0 * (-kilometres(p, q) / 100.0).exp();
                }
                s
            };
            fixed.push(options[i].iter().map(score).collect());
        }
        // two rounds: the second sees where the first put the neighbours
        let first: Vec<Option<usize>> = fixed.iter().map(|f| best(f)).collect();
        let neighbours = Neighbours::new(&options, &first);
        let mut out = Vec::with_capacity(raws.len());
        for (i, scores) in fixed.iter().enumerate() {
            let with = |(o, s): (&Meaning, &f64)| {
                let s = s + neighbours.nearness(raws, i, o);
                Candidate { place: o.place, score: (s * 100.0).round() / 100.0 }
            };
            let mut list: Vec<Candidate> = options[i].iter().zip(scores).map(with).collect();
            list.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.place.cmp(&b.place)));
            out.push(list);
        }
        out
    }

    fn option(&self, meant: &Meant) -> Meaning {
        let Meant { place, marked, variant } = *meant;
        let (g, id) = (self.atlas.gazetteer(place), place.id);
        Meaning {
            place,
            marked,
            variant,
            kind: g.kind(id),
            rank: g.rank(id),
            point: self.atlas.whereabouts(place),
            chain: self.atlas.ancestors(place).collect(),
        }
    }
}

/// The first of the highest.
fn best(scores: &[f64]) -> Option<usize> {
    (0..scores.len()).reduce(|a, b| if scores[b] > scores[a] { b } else { a })
}

/// Countries, each with how many mentions lie in it: every mention votes once, for the country of its candidates when they agree.
fn votes(options: &[Vec<Meaning>]) -> BTreeMap<PlaceRef, f64> {
    let mut votes: BTreeMap<PlaceRef, f64> = BTreeMap::new();
    for list in options {
        let countries: SmallVec<[PlaceRef; 8]> = list.iter().filter_map(|o| o.chain.last().copied()).collect();
        let Some(first) = countries.first() else { continue };
        if countries.iter().all(|c| c == first) {
            // a country named is a weaker sign than a village in it
            *votes.entry(*first).or_default() += if list.iter().any(|o| o.chain.len() == 1) { 0.6 } else { 1.0 };
        } else {
            let n = countries.len() as f64;
            for c in countries {
                *votes.entry(c).or_default() += 0.3 / n;
            }
        }
    }
    votes
}

/// The mentions that may mean an area, in the order of the text: those that may mean a country too, and those that cannot.
#[derive(Default)]
struct Mentions {
    country: Vec<usize>,
    other: Vec<usize>,
}

/// Mentions by the area that they may mean: what is said to contain something is looked up, not searched for.
struct Named(BTreeMap<PlaceRef, Mentions>);

impl Named {
    fn new(options: &[Vec<Meaning>]) -> Named {
        let mut of: BTreeMap<PlaceRef, Mentions> = BTreeMap::new();
        for (i, list) in options.iter().enumerate() {
            let country = list.iter().any(|o| o.chain.len() == 1);
            for o in list.iter().filter(|o| o.kind.is_area() || o.kind == PlaceKind::Settlement) {
                let mentions = of.entry(o.chain.first().copied().unwrap_or(o.place)).or_default();
                if country { &mut mentions.country } else { &mut mentions.other }.push(i);
            }
        }
        Named(of)
    }

    /// What it is worth that places which contain the candidate are named: in its sentence, or elsewhere.
    fn containment(&self, raws: &[Raw], i: usize, chain: &[PlaceRef]) -> f64 {
        let me = &raws[i];
        let mut worth: f64 = 0.0;
        for area in chain.iter().skip(1).filter_map(|a| self.0.get(a)) {
            for (mentions, country) in [(&area.country, true), (&area.other, false)] {
                let from = mentions.partition_point(|j| raws[*j].sentence < me.sentence);
                let to = mentions.partition_point(|j| raws[*j].sentence <= me.sentence);
                if to - from < mentions.len() {
                    worth = worth.max(if country { 0.7 } else { 1.5 });
                }
                for other in mentions[from..to].iter().filter(|j| **j != i).map(|j| &raws[*j]).filter(|o| o.tokens != me.tokens) {
                    worth = worth.max(if country {
                        2.0
                    } else {
                        let distance = other.tokens.start.abs_diff(me.tokens.start) as f64;
                        let after = if other.tokens.start > me.tokens.start { 1.0 } else { 0.7 };
                        4.0 * after / (1.0 + distance / 40.0)
                    });
                }
            }
        }
        worth
    }
}

/// Kilometres from which a neighbour is worth nothing.
const FAR: f64 = 500.0;

/// A place that a mention has settled on.
#[derive(Clone, Copy)]
struct Settled {
    place: PlaceRef,
    point: (f64, f64),
    /// A district: small enough for villages to lie near, not for other areas.
    area: bool,
}

/// Where the points of a text lie once every mention has its likeliest place.
struct Neighbours {
    /// By mention, of those that are points or districts.
    at: Vec<Option<Settled>>,
    /// Each of those places once, with the number of its mentions.
    places: Vec<(Settled, usize)>,
}

impl Neighbours {
    fn new(options: &[Vec<Meaning>], settled: &[Option<usize>]) -> Neighbours {
        let mut at = Vec::with_capacity(options.len());
        let mut count: BTreeMap<PlaceRef, (Settled, usize)> = BTreeMap::new();
        for (list, k) in options.iter().zip(settled) {
            let o = k.map(|k| &list[k]).filter(|o| !o.kind.is_area() || matches!(o.kind, PlaceKind::Admin2 | PlaceKind::Admin3));
            let point = o.and_then(|o| Some(Settled { place: o.place, point: o.point?, area: o.kind.is_area() }));
            if let Some(s) = point {
                count.entry(s.place).or_insert((s, 0)).1 += 1;
            }
            at.push(point);
        }
        Neighbours { at, places: count.into_values().collect() }
    }

    /// What it is worth that the candidate lies near another place of its sentence, or of the text.
    fn nearness(&self, raws: &[Raw], i: usize, of: &Meaning) -> f64 {
        let Some(point) = of.point else { return 0.0 };
        let other = |s: &Settled| s.place != of.place && !(s.area && of.kind.is_area());
        let mine = self.at[i].map(|m| m.place);
        let any = self.places.iter().filter(|(s, n)| other(s) && (mine != Some(s.place) || *n > 1)).map(|x| x.0);
        let sentence = raws[i].sentence;
        let from = raws.partition_point(|m| m.sentence < sentence);
        let same = (from..raws.len()).take_while(|j| raws[*j].sentence == sentence).filter(|j| *j != i);
        let same = same.filter_map(|j| self.at[j]).filter(other);
        let worth = |d: f64| (-d / 40.0).exp();
        let least = |least, s: Settled| nearer(least, point, s.point);
        (2.5 * worth(same.fold(FAR, least))).max(1.2 * worth(any.fold(FAR, least)))
    }
}
