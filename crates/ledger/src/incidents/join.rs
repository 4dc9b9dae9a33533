//! Tellings of one event put together.
//!
//! Pairs that share a [`block`](super::block) are [compared](super::compare); pairs of [`JOINED`] points and more span a graph. Within each of its
//! components, tellings are put together from the best pair downwards as long as the *average* over all pairs of two groups
//! reaches [`JOINED`] (average linkage), so that one telling that fits two events does not make one of them. A pair that was
//! not compared, or that excludes each other, counts [`APART`].
//!
//! Two tellings of one document are never put together: a round-up of ten events has a telling in each of ten incidents and
//! joins none of them. What people hold to be the same or different is never overruled.
//!
//! A component depends on its own tellings alone, and its groups do not depend on the order in which they came. So a new
//! document is joined by working its components out anew ([`rejoin`]), and the result is that of joining everything from
//! scratch ([`join`]).

use super::block::{Index, REACH};
use super::compare::{JOINED, compare};
use super::judgement::Judgements;
use super::telling::{Name, Telling, TellingId};
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

/// Points of a pair that was not compared or that excludes each other.
pub const APART: f32 = -4.0;

/// Points of a pair that people hold to be one event: more than any evidence.
const JUDGED: f32 = 1000.0;

/// Joins everything: groups of positions in `tellings`. Groups come in the order of their smallest [`TellingId`], and their
/// members in that of theirs.
///
/// The groups are the same in whatever order the tellings are given.
pub fn join(tellings: &[Telling], judgements: &Judgements) -> Vec<Vec<u32>> {
    let index = Index::new(tellings);
    let mut graph = Graph::default();
    let judged = Judged::new(tellings, judgements);
    let (mut near, mut edges) = (Vec::new(), Vec::new());
    for n in 0..tellings.len() as u32 {
        index.candidates(&tellings[n as usize], &mut near);
        links(tellings, n, near.iter().copied().filter(|m| *m > n), &judged, &mut edges);
        graph.edges.append(&mut edges);
    }
    graph.groups(tellings, &judged)
}

/// Where tellings that were joined before can be looked up.
pub trait Shelf {
    /// What can go wrong.
    type Error;
    /// All tellings that have a day between these two, inclusive; those without days never. In any order.
    ///
    /// # Errors
    /// When they cannot be read.
    fn between(&self, from: i32, to: i32) -> Result<Vec<Telling>, Self::Error>;
    /// The telling that a claim belongs to.
    ///
    /// # Errors
    /// When it cannot be read.
    fn of_claim(&self, claim: &str) -> Result<Option<Telling>, Self::Error>;
}

/// Joins some tellings anew, with everything that a change in them can touch: new ones, already on the shelf. Returns the
/// groups of all components that they belong to; whatever incidents their members were in before are replaced by these.
///
/// # Errors
/// Those of the shelf.
pub fn rejoin<S: Shelf>(changed: Vec<Telling>, shelf: &S, judgements: &Judgements) -> Result<Vec<Vec<Telling>>, S::Error> {
    let mut known: BTreeMap<TellingId, Telling> = changed.into_iter().map(|t| (t.id, t)).collect();
    let mut fresh: BTreeSet<TellingId> = known.keys().copied().collect();
    let mut around = Around { list: known.values().cloned().collect(), read: Vec::new() };
    let mut pairs: Vec<(TellingId, TellingId, f32)> = Vec::new();
    let mut indexed: Option<(Index, Judged)> = None;
    let (mut near, mut edges) = (Vec::new(), Vec::new());
    // from those that changed outwards: each is compared once, with everything that it can find
    while !fresh.is_empty() {
        if around.widen(fresh.iter().map(|id| &known[id]), shelf, judgements)? {
            indexed = None;
        }
        let list = &around.list;
        let (index, judged) = indexed.get_or_insert_with(|| (Index::new(list), Judged::new(list, judgements)));
        let mut next = BTreeSet::new();
        for n in (0..list.len() as u32).filter(|n| fresh.contains(&list[*n as usize].id)) {
            index.candidates(&list[n as usize], &mut near);
            links(list, n, near.iter().copied(), judged, &mut edges);
            for (a, b, points) in edges.drain(..) {
                let other = &list[if a == n { b } else { a } as usize];
                pairs.push((list[n as usize].id, other.id, points));
                if points >= JOINED && !known.contains_key(&other.id) {
                    known.insert(other.id, other.clone());
                    next.insert(other.id);
                }
            }
        }
        fresh = next;
    }
    let list: Vec<Telling> = known.into_values().collect();
    let place = |id: TellingId| list.binary_search_by_key(&id, |t| t.id).ok().map(|n| n as u32);
    let inside = pairs.into_iter().filter_map(|(a, b, points)| Some((place(a)?, place(b)?, points)));
    let graph = Graph { edges: inside.map(|(a, b, points)| (a.min(b), a.max(b), points)).collect() };
    let groups = graph.groups(&list, &Judged::new(&list, judgements));
    Ok(groups.into_iter().map(|g| g.into_iter().map(|n| list[n as usize].clone()).collect()).collect())
}

/// What was read from a shelf.
struct Around {
    /// By ids, each once.
    list: Vec<Telling>,
    /// The spans of days that were read, whole.
    read: Vec<(i32, i32)>,
}

impl Around {
    /// Reads what some tellings can find, as far as it was not read before; `true` when there was anything to read.
    fn widen<'a, S: Shelf>(&mut self, tellings: impl Iterator<Item = &'a Telling> + Clone, shelf: &S, judgements: &Judgements) -> Result<bool, S::Error> {
        let mut more: BTreeMap<TellingId, Telling> = BTreeMap::new();
        for (from, to) in windows(tellings.clone()) {
            if !self.read.iter().any(|r| r.0 <= from && to <= r.1) {
                more.extend(shelf.between(from, to)?.into_iter().map(|t| (t.id, t)));
                self.read.push((from, to));
            }
        }
        for claim in tellings.flat_map(|t| &t.claims).flat_map(|c| judgements.same_as(c)) {
            more.extend(shelf.of_claim(claim)?.map(|t| (t.id, t)));
        }
        if more.is_empty() {
            return Ok(false);
        }
        more.extend(std::mem::take(&mut self.list).into_iter().map(|t| (t.id, t)));
        self.list = more.into_values().collect();
        Ok(true)
    }
}

/// The spans of days in which something can be found by these tellings, each only once.
fn windows<'a>(tellings: impl Iterator<Item = &'a Telling>) -> Vec<(i32, i32)> {
    let mut spans: Vec<(i32, i32)> =
        tellings.filter_map(|t| t.days).filter(|d| d.count() <= super::block::LONGEST).map(|d| (d.from - REACH, d.to + REACH)).collect();
    spans.sort_unstable();
    let mut out: Vec<(i32, i32)> = Vec::new();
    for (from, to) in spans {
        match out.last_mut() {
            Some(last) if from <= last.1 + 1 => last.1 = last.1.max(to),
            _ => out.push((from, to)),
        }
    }
    out
}

/// Judgements on claims, as pairs of numbers of tellings.
#[derive(Debug, Default)]
struct Judged {
    same: BTreeSet<(u32, u32)>,
    different: BTreeMap<u32, BTreeSet<u32>>,
}

impl Judged {
    fn new(tellings: &[Telling], judgements: &Judgements) -> Judged {
        let mut out = Judged::default();
        if judgements.is_empty() {
            return out;
        }
        let of: BTreeMap<&str, u32> = tellings.iter().enumerate().flat_map(|(n, t)| t.claims.iter().map(move |c| (c.as_str(), n as u32))).collect();
        for (claim, n) in &of {
            for m in judgements.same_as(claim).filter_map(|c| of.get(c)).filter(|m| *m != n) {
                out.same.insert((*n.min(m), *n.max(m)));
            }
            for m in judgements.different_from(claim).filter_map(|c| of.get(c)).filter(|m| *m != n) {
                out.different.entry(*n).or_default().insert(*m);
            }
        }
        out
    }

    fn same(&self, a: u32, b: u32) -> bool {
        self.same.contains(&(a.min(b), a.max(b)))
    }

    fn differ(&self, a: u32, b: u32) -> bool {
        self.different.get(&a).is_some_and(|s| s.contains(&b))
    }
}

/// The pairs of `n` with some others that speak for one event, judged ones first.
fn links(tellings: &[Telling], n: u32, near: impl Iterator<Item = u32>, judged: &Judged, out: &mut Vec<(u32, u32, f32)>) {
    let a = &tellings[n as usize];
    out.extend(judged.same.iter().filter(|p| p.0 == n || p.1 == n).map(|p| (p.0, p.1, JUDGED)));
    for m in near {
        let b = &tellings[m as usize];
        if a.voice() == b.voice() || judged.differ(n, m) || judged.same(n, m) {
            continue;
        }
        if let Some(points) = compare(a, b).map(|f| f.points()).filter(|p| *p > 0.0) {
            out.push((n.min(m), n.max(m), points));
        }
    }
}

/// Pairs of tellings with their points.
#[derive(Debug, Default)]
struct Graph {
    edges: Vec<(u32, u32, f32)>,
}

impl Graph {
    /// The groups of all tellings.
    fn groups(mut self, tellings: &[Telling], judged: &Judged) -> Vec<Vec<u32>> {
        let mut root: Vec<u32> = (0..tellings.len() as u32).collect();
        fn find(root: &mut [u32], n: u32) -> u32 {
            let mut n = n;
            while root[n as usize] != n {
                root[n as usize] = root[root[n as usize] as usize];
                n = root[n as usize];
            }
            n
        }
        self.edges.sort_unstable_by_key(|e| (e.0, e.1));
        self.edges.dedup_by_key(|e| (e.0, e.1));
        for e in self.edges.iter().filter(|e| e.2 >= JOINED) {
            let (a, b) = (find(&mut root, e.0), find(&mut root, e.1));
            root[a.max(b) as usize] = a.min(b);
        }
        let mut components: BTreeMap<u32, (Vec<u32>, Vec<(u32, u32, f32)>)> = BTreeMap::new();
        for n in 0..tellings.len() as u32 {
            components.entry(find(&mut root, n)).or_default().0.push(n);
        }
        for e in &self.edges {
            let (a, b) = (find(&mut root, e.0), find(&mut root, e.1));
            if a == b
                && let Some(c) = components.get_mut(&a)
            {
                c.1.push(*e);
            }
        }
        let mut groups: Vec<Vec<u32>> = Vec::new();
        for (nodes, edges) in components.into_values() {
            if nodes.len() == 1 {
                groups.push(nodes);
            } else {
                groups.extend(agglomerate(tellings, nodes, &edges, judged));
            }
        }
        for g in &mut groups {
            g.sort_by_key(|n| tellings[*n as usize].id);
        }
        groups.sort_by_key(|g| tellings[g[0] as usize].id);
        groups
    }
}

/// A group in the making.
#[derive(Debug, Default)]
struct Cluster {
    members: Vec<u32>,
    voices: BTreeSet<Name>,
    /// Positions of clusters with which it has compared pairs: the sum of their points, and how many.
    beside: BTreeMap<usize, (f64, u32)>,
    /// Goes up with every change, so that what was worked out before is known to be stale.
    version: u32,
}

/// Average linkage within one component, the best pair first; of equals that with the smallest ids.
fn agglomerate(tellings: &[Telling], mut nodes: Vec<u32>, edges: &[(u32, u32, f32)], judged: &Judged) -> Vec<Vec<u32>> {
    nodes.sort_by_key(|n| tellings[*n as usize].id);
    let place: BTreeMap<u32, usize> = nodes.iter().enumerate().map(|(at, n)| (*n, at)).collect();
    let cluster = |n: &u32| Cluster { members: vec![*n], voices: BTreeSet::from([tellings[*n as usize].voice()]), ..Cluster::default() };
    let mut clusters: Vec<Cluster> = nodes.iter().map(cluster).collect();
    for (a, b, points) in edges {
        let (a, b) = (place[a], place[b]);
        clusters[a].beside.insert(b, (f64::from(*points), 1));
        clusters[b].beside.insert(a, (f64::from(*points), 1));
    }
    let average = |c: &[Cluster], a: usize, b: usize| -> Option<Best> {
        let &(sum, n) = c[a].beside.get(&b)?;
        let pairs = c[a].members.len() * c[b].members.len();
        let mean = (sum + f64::from(APART) * (pairs - n as usize) as f64) / pairs as f64;
        let (a, b) = (a.min(b), a.max(b));
        (mean >= f64::from(JOINED)).then_some(Best { mean, pair: (a, b), versions: (c[a].version, c[b].version) })
    };
    let mut heap: BinaryHeap<Best> = BinaryHeap::new();
    for a in 0..clusters.len() {
        heap.extend(clusters[a].beside.keys().filter(|b| **b > a).filter_map(|b| average(&clusters, a, *b)));
    }
    while let Some(best) = heap.pop() {
        let (a, b) = best.pair;
        if (clusters[a].version, clusters[b].version) != best.versions || !may_join(&clusters[a], &clusters[b], judged) {
            continue;
        }
        let gone = std::mem::take(&mut clusters[b]);
        clusters[b].version = u32::MAX;
        clusters[a].version += 1;
        clusters[a].members.extend(gone.members);
        clusters[a].voices.extend(gone.voices);
        clusters[a].beside.remove(&b);
        for (c, (sum, n)) in gone.beside {
            if c == a {
                continue;
            }
            clusters[c].beside.remove(&b);
            let with_a = clusters[a].beside.entry(c).or_default();
            *with_a = (with_a.0 + sum, with_a.1 + n);
            let merged = *with_a;
            clusters[c].beside.insert(a, merged);
        }
        let around: Vec<usize> = clusters[a].beside.keys().copied().collect();
        heap.extend(around.into_iter().filter_map(|c| average(&clusters, a, c)));
    }
    clusters.into_iter().filter(|c| !c.members.is_empty()).map(|c| c.members).collect()
}

/// Two groups may be one when no document stands in both, unless people joined these very claims, and nobody holds two of
/// their claims to be different.
fn may_join(a: &Cluster, b: &Cluster, judged: &Judged) -> bool {
    let pairs = || a.members.iter().flat_map(|x| b.members.iter().map(move |y| (*x, *y)));
    if !judged.different.is_empty() && pairs().any(|(x, y)| judged.differ(x, y)) {
        return false;
    }
    let (few, many) = if a.voices.len() <= b.voices.len() { (a, b) } else { (b, a) };
    let shared = few.voices.iter().any(|v| many.voices.contains(v));
    !shared || (!judged.same.is_empty() && pairs().any(|(x, y)| judged.same(x, y)))
}

/// A pair of groups that could be one.
#[derive(Debug, PartialEq)]
struct Best {
    mean: f64,
    pair: (usize, usize),
    versions: (u32, u32),
}

impl Eq for Best {}

impl Ord for Best {
    fn cmp(&self, other: &Best) -> std::cmp::Ordering {
        self.mean.total_cmp(&other.mean).then(other.pair.cmp(&self.pair)).then(self.versions.cmp(&other.versions))
    }
}

impl PartialOrd for Best {
    fn partial_cmp(&self, other: &Best) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
