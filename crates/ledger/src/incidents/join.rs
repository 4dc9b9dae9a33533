//! Tellings of one event put together.
//!
//! Pairs that share a [`block`](super::block) are [compared](super::compare); pairs of [`JOINED`] points and more span a graph. Within each of its
//! components, tellings are put together from the best pair downwards as long as the *average* over all pairs of two groups
//! reaches [`JOINED`] (average linkage), so that one telling that fits two events does not make one of them. A pair that was
//! not compared, or that excludes each other, counts [`APART`](super::linkage::APART).
//!
//! Two tellings of one document are never put together: a round-up of ten events has a telling in each of ten incidents and
//! joins none of them. What people hold to be the same or different is never overruled.
//!
//! Only tellings of the same or neighbouring days are compared. So [everything is joined](join_by_days) day after day, and only tellings of a
//! few days are in memory: a component that the days have left behind is complete.
//!
//! A component depends on its own tellings alone, and its groups do not depend on the order in which they came. So a new
//! document is joined by working its components out anew ([`rejoin`]), and the result is that of joining everything from
//! scratch.

use super::block::Index;
use super::compare::{JOINED, compare};
use super::judgement::Judgements;
use super::linkage::{Judged, Node, Pair, agglomerate};
use super::telling::{Telling, TellingId};
use foldhash::HashSet;
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

/// Fewer are compared on one thread.
const WORTH_SHARING: usize = 4096;

/// All tellings that are to be joined, in a few words each; their numbers are the order in which they were listed.
#[derive(Debug, Default)]
pub struct Roll {
    nodes: Vec<Node>,
    /// The tellings of claims that people have judged.
    judged: BTreeMap<String, u32>,
}

impl Roll {
    /// Lists one more.
    pub fn list(&mut self, t: &Telling, judgements: &Judgements) {
        let n = self.nodes.len() as u32;
        self.judged.extend(t.claims.iter().filter(|c| judgements.mention(c)).map(|c| (c.clone(), n)));
        self.nodes.push(Node::from(t));
    }

    fn of(tellings: &[Telling], judgements: &Judgements) -> Roll {
        let mut roll = Roll::default();
        tellings.iter().for_each(|t| roll.list(t, judgements));
        roll
    }
}

/// Joins everything: groups of positions in `tellings`. Groups come in the order of their smallest [`TellingId`], and their
/// members in that of theirs.
///
/// The groups are the same in whatever order the tellings are given.
pub fn join(tellings: &[Telling], judgements: &Judgements) -> Vec<Vec<u32>> {
    let roll = Roll::of(tellings, judgements);
    let read = |numbers: &[u32]| Ok::<_, Infallible>(numbers.iter().map(|n| tellings[*n as usize].clone()).collect());
    let Ok(firsts) = join_by_days(&roll, judgements, usize::MAX, read);
    let mut groups: BTreeMap<TellingId, Vec<u32>> = BTreeMap::new();
    for (n, first) in firsts.iter().enumerate() {
        groups.entry(tellings[*first as usize].id).or_default().push(n as u32);
    }
    let mut groups: Vec<Vec<u32>> = groups.into_values().collect();
    groups.iter_mut().for_each(|g| g.sort_by_key(|n| tellings[*n as usize].id));
    groups
}

/// Joins everything that is listed: for each telling the number of the one with the smallest [`TellingId`] in its group. `read` is given some
/// numbers, ascending, and returns their tellings in that order; each is asked for once, `at_once` together and those of the same day.
///
/// # Errors
/// Those of `read`.
pub fn join_by_days<E>(roll: &Roll, judgements: &Judgements, at_once: usize, mut read: impl FnMut(&[u32]) -> Result<Vec<Telling>, E>) -> Result<Vec<u32>, E> {
    let nodes = &roll.nodes;
    let mut firsts: Vec<u32> = (0..nodes.len() as u32).collect();
    let mut keep = |group: &[u32]| {
        let first = group.iter().copied().min_by_key(|n| nodes[*n as usize].id);
        group.iter().for_each(|n| firsts[*n as usize] = first.unwrap_or(*n));
    };
    let judged = Judged::new(&roll.judged, judgements);
    let mut graph = Graph::new(nodes, &judged);
    let mut dated: Vec<(i32, u32)> = Vec::new();
    for (n, node) in (0u32..).zip(nodes) {
        match node.days {
            Some((from, _)) => dated.push((from, n)),
            None => graph.waiting.push(n),
        }
    }
    dated.sort_unstable();
    // tellings that those of the next days can still find
    let mut beside: Vec<(u32, Telling)> = Vec::new();
    let mut at = 0;
    while at < dated.len() {
        let last_day = dated[at.saturating_add(at_once.max(1)).min(dated.len()) - 1].0;
        let end = dated.partition_point(|(from, _)| *from <= last_day);
        let mut numbers: Vec<u32> = dated[at..end].iter().map(|d| d.1).collect();
        numbers.sort_unstable();
        let new = read(&numbers)?;
        let old = beside.len();
        beside.extend(numbers.iter().copied().zip(new));
        let (numbers, tellings): (Vec<u32>, Vec<Telling>) = beside.into_iter().unzip();
        graph.pairs.extend(pairs(&tellings, &numbers, old, &judged));
        graph.waiting.extend(&numbers[old..]);
        beside = numbers.into_iter().zip(tellings).filter(|(n, _)| nodes[*n as usize].days.is_some_and(|(_, to)| to >= last_day)).collect();
        let near: HashSet<u32> = beside.iter().map(|b| b.0).collect();
        graph.group(|n| near.contains(&n) || judged.has(n), &mut keep);
        at = end;
    }
    graph.group(|_| false, &mut keep);
    Ok(firsts)
}

/// The pairs of some tellings that speak for one event; those of two of the first `old` aside.
fn pairs(tellings: &[Telling], numbers: &[u32], old: usize, judged: &Judged) -> Vec<Pair> {
    let index = Index::new(tellings);
    let of = |some: std::ops::Range<usize>| {
        let (mut near, mut out) = (Vec::new(), Vec::new());
        for n in some {
            index.candidates(&tellings[n], &mut near);
            out.extend(near.iter().filter(|m| (**m as usize) < n).filter_map(|m| pair(tellings, numbers, n, *m as usize, judged)));
        }
        out
    };
    let all = old..tellings.len();
    let jobs = if all.len() < WORTH_SHARING { 1 } else { std::thread::available_parallelism().map_or(1, |n| n.get()) };
    if jobs == 1 {
        return of(all);
    }
    std::thread::scope(|scope| {
        let of = &of;
        let part = all.len().div_ceil(jobs);
        let threads: Vec<_> = all.clone().step_by(part).map(|from| scope.spawn(move || of(from..(from + part).min(tellings.len())))).collect();
        threads.into_iter().flat_map(|t| t.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    })
}

/// What two tellings say for one event; nothing where people have spoken, where a document would stand twice in it, or where nothing does.
fn pair(tellings: &[Telling], numbers: &[u32], n: usize, m: usize, judged: &Judged) -> Option<Pair> {
    let (a, b) = (numbers[n].min(numbers[m]), numbers[n].max(numbers[m]));
    if tellings[n].voice() == tellings[m].voice() || judged.differ(a, b) || judged.same(a, b) {
        return None;
    }
    let points = compare(&tellings[n], &tellings[m])?.points();
    (points > 0.0).then_some(Pair { a, b, points })
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
    let mut around = Around { list: known.values().cloned().collect(), read: BTreeSet::new() };
    let mut found: Vec<(TellingId, TellingId, f32)> = Vec::new();
    // from those that changed outwards: each is compared once, with everything that it can find
    while !fresh.is_empty() {
        around.widen(fresh.iter().map(|id| &known[id]), shelf, judgements)?;
        let list = &around.list;
        let numbers: Vec<u32> = (0..list.len() as u32).collect();
        let (index, judged) = (Index::new(list), Judged::new(&Roll::of(list, judgements).judged, judgements));
        let mut near = Vec::new();
        let mut next = BTreeSet::new();
        for n in (0..list.len()).filter(|n| fresh.contains(&list[*n].id)) {
            index.candidates(&list[n], &mut near);
            let others = near.iter().filter(|m| **m as usize != n).filter_map(|m| Some((*m, pair(list, &numbers, n, *m as usize, &judged)?.points)));
            let held = judged.same.iter().filter_map(|(a, b)| (*a == n as u32).then_some(*b).or((*b == n as u32).then_some(*a)));
            for (other, points) in others.chain(held.map(|m| (m, JUDGED))) {
                let other = &list[other as usize];
                found.push((list[n].id, other.id, points));
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
    let roll = Roll::of(&list, judgements);
    let judged = Judged::new(&roll.judged, judgements);
    let mut graph = Graph::new(&roll.nodes, &judged);
    graph.waiting.extend(0..list.len() as u32);
    graph.pairs.extend(found.into_iter().filter_map(|(a, b, points)| {
        let (a, b) = (place(a)?, place(b)?);
        (points < JUDGED).then_some(Pair { a: a.min(b), b: a.max(b), points })
    }));
    let mut groups: Vec<Vec<Telling>> = Vec::new();
    graph.group(|_| false, &mut |g| groups.push(g.iter().map(|n| list[*n as usize].clone()).collect()));
    groups.iter_mut().for_each(|g| g.sort_by_key(|t| t.id));
    groups.sort_by_key(|g| g.first().map(|t| t.id));
    Ok(groups)
}

/// What was read from a shelf.
struct Around {
    /// By ids, each once.
    list: Vec<Telling>,
    /// The days of which everything was read.
    read: BTreeSet<i32>,
}

impl Around {
    /// Reads what some tellings can find, as far as it was not read before.
    fn widen<'a, S: Shelf>(&mut self, tellings: impl Iterator<Item = &'a Telling> + Clone, shelf: &S, judgements: &Judgements) -> Result<(), S::Error> {
        let mut more: BTreeMap<TellingId, Telling> = BTreeMap::new();
        let days: BTreeSet<i32> = tellings.clone().filter_map(|t| Node::from(t).days).flat_map(|(from, to)| from - 1..=to + 1).collect();
        let days: Vec<i32> = days.difference(&self.read).copied().collect();
        for run in days.chunk_by(|a, b| a + 1 == *b) {
            more.extend(shelf.between(run[0], run[run.len() - 1])?.into_iter().map(|t| (t.id, t)));
        }
        self.read.extend(days);
        for claim in tellings.flat_map(|t| &t.claims).flat_map(|c| judgements.same_as(c)) {
            more.extend(shelf.of_claim(claim)?.map(|t| (t.id, t)));
        }
        if !more.is_empty() {
            more.extend(std::mem::take(&mut self.list).into_iter().map(|t| (t.id, t)));
            self.list = more.into_values().collect();
        }
        Ok(())
    }
}

/// Points of a pair that people hold to be one event: more than any evidence.
const JUDGED: f32 = 1000.0;

/// Pairs of tellings, and the tellings that are not in a group yet.
struct Graph<'a> {
    nodes: &'a [Node],
    judged: &'a Judged,
    /// For each telling one of its component with a smaller number, or itself.
    root: Vec<u32>,
    pairs: Vec<Pair>,
    waiting: Vec<u32>,
}

impl<'a> Graph<'a> {
    fn new(nodes: &'a [Node], judged: &'a Judged) -> Self {
        let pairs = judged.same.iter().map(|(a, b)| Pair { a: *a, b: *b, points: JUDGED }).collect();
        Graph { nodes, judged, root: (0..nodes.len() as u32).collect(), pairs, waiting: Vec::new() }
    }

    fn find(&mut self, mut n: u32) -> u32 {
        while self.root[n as usize] != n {
            self.root[n as usize] = self.root[self.root[n as usize] as usize];
            n = self.root[n as usize];
        }
        n
    }

    /// Hands over the groups of those components none of whose members may get another pair, and forgets them.
    fn group(&mut self, may: impl Fn(u32) -> bool, each: &mut impl FnMut(&[u32])) {
        let mut pairs = std::mem::take(&mut self.pairs);
        for p in pairs.iter().filter(|p| p.points >= JOINED) {
            let (a, b) = (self.find(p.a), self.find(p.b));
            self.root[a.max(b) as usize] = a.min(b);
        }
        let waiting: Vec<(u32, u32)> = std::mem::take(&mut self.waiting).into_iter().map(|n| (self.find(n), n)).collect();
        let mut open: HashSet<u32> = waiting.iter().filter(|(_, n)| may(*n)).map(|w| w.0).collect();
        // what people hold to be one may wait for a telling whose days have not come
        let judged = self.judged;
        open.extend(judged.held().filter(|n| may(*n)).map(|n| self.find(n)));
        let (open_waiting, mut complete): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|w| open.contains(&w.0));
        self.waiting = open_waiting.into_iter().map(|w| w.1).collect();
        // of pairs too weak to join two components nothing is left once one of these is complete
        let mut inside: Vec<(u32, Pair)> = Vec::new();
        for p in pairs.drain(..) {
            let (a, b) = (self.find(p.a), self.find(p.b));
            match (open.contains(&a), open.contains(&b)) {
                (true, true) => self.pairs.push(p),
                (false, false) if a == b => inside.push((a, p)),
                _ => {}
            }
        }
        complete.sort_unstable();
        inside.sort_unstable_by_key(|(root, p)| (*root, p.a, p.b));
        inside.dedup_by_key(|(_, p)| (p.a, p.b));
        let mut inside = inside.chunk_by(|x, y| x.0 == y.0).peekable();
        for component in complete.chunk_by(|x, y| x.0 == y.0) {
            let members: Vec<u32> = component.iter().map(|c| c.1).collect();
            match inside.next_if(|pairs| pairs[0].0 == component[0].0) {
                Some(pairs) => {
                    let pairs: Vec<Pair> = pairs.iter().map(|p| p.1).collect();
                    agglomerate(self.nodes, &members, &pairs, self.judged).iter().for_each(|g| each(g));
                }
                None => members.iter().for_each(|n| each(&[*n])),
            }
        }
    }
}
