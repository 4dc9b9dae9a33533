//! The groups of a component: average linkage under what people hold.

use super::block::LONGEST;
use super::compare::JOINED;
use super::judgement::Judgements;
use super::telling::{Name, Telling, TellingId};
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

/// Points of a pair that was not compared or that excludes each other.
pub const APART: f32 = -4.0;

/// What grouping knows of a telling, once its pairs are compared.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    pub id: TellingId,
    pub voice: Name,
    /// Its first and last day; none when it is dated too loosely to be joined by its days.
    pub days: Option<(i32, i32)>,
}

impl From<&Telling> for Node {
    fn from(t: &Telling) -> Node {
        let days = t.days.filter(|d| d.count() <= LONGEST).map(|d| (d.from, d.to));
        Node { id: t.id, voice: t.voice(), days }
    }
}

/// Two numbers of tellings, the smaller first, and what speaks for one event.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair {
    pub a: u32,
    pub b: u32,
    pub points: f32,
}

/// Judgements on claims, as pairs of numbers of tellings.
#[derive(Debug, Default)]
pub(super) struct Judged {
    pub same: BTreeSet<(u32, u32)>,
    joined: BTreeSet<u32>,
    different: BTreeMap<u32, BTreeSet<u32>>,
}

impl Judged {
    /// `of` gives the telling of each claim that people have judged.
    pub fn new(of: &BTreeMap<String, u32>, judgements: &Judgements) -> Judged {
        let mut out = Judged::default();
        for (claim, n) in of {
            for m in judgements.same_as(claim).filter_map(|c| of.get(c)).filter(|m| *m != n) {
                out.same.insert((*n.min(m), *n.max(m)));
                out.joined.insert(*n);
            }
            for m in judgements.different_from(claim).filter_map(|c| of.get(c)).filter(|m| *m != n) {
                out.different.entry(*n).or_default().insert(*m);
            }
        }
        out
    }

    /// People hold it and another to be one event.
    pub fn has(&self, n: u32) -> bool {
        self.joined.contains(&n)
    }

    /// All such.
    pub fn held(&self) -> impl Iterator<Item = u32> {
        self.joined.iter().copied()
    }

    pub fn same(&self, a: u32, b: u32) -> bool {
        self.same.contains(&(a.min(b), a.max(b)))
    }

    pub fn differ(&self, a: u32, b: u32) -> bool {
        self.different.get(&a).is_some_and(|s| s.contains(&b))
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
///
/// `component` are numbers of `nodes`, `pairs` those of its pairs that were compared, each once.
pub(super) fn agglomerate(nodes: &[Node], component: &[u32], pairs: &[Pair], judged: &Judged) -> Vec<Vec<u32>> {
    let mut component = component.to_vec();
    component.sort_by_key(|n| nodes[*n as usize].id);
    let place: BTreeMap<u32, usize> = component.iter().enumerate().map(|(at, n)| (*n, at)).collect();
    let cluster = |n: &u32| Cluster { members: vec![*n], voices: BTreeSet::from([nodes[*n as usize].voice]), ..Cluster::default() };
    let mut clusters: Vec<Cluster> = component.iter().map(cluster).collect();
    for Pair { a, b, points } in pairs {
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
