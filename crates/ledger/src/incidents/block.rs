//! Which tellings can be of one event at all: those that share a block.
//!
//! A block is a type, a day and a place: the cell of a grid, a place by name, or an area that contains it. A telling that names no place stands in the
//! blocks of those that its report names. Where the gazetteer knows none of these, a block is a type, a day and two words; two tellings that both
//! have places it knows are not looked for by their words. A telling stands in the blocks of each of its days and looks into those of the
//! days beside them and of the cells beside its own, so nothing that [`compare`](super::compare) could join is missed for
//! standing on the other side of midnight or of a grid line. The cost of joining grows with what happens in one place on one
//! day, not with the number of reports.

use super::telling::{Scale, Site, Telling};
use foldhash::{HashMap, HashMapExt};

/// Degrees of a cell: 11 km from south to north, 9 km from west to east at 35° north.
const CELL: f32 = 0.1;

/// The longest span of days that dates an event well enough to be joined; a longer one (a month, a season) is a telling of its
/// own incident.
pub const LONGEST: i32 = 7;

/// Why two tellings share a block.
#[derive(Clone, Copy, PartialEq)]
enum By {
    Cell = 1,
    Place = 2,
    Area = 3,
    /// Words of tellings of which no place is known.
    Words = 4,
    /// Words of the others.
    PlacedWords = 5,
}

fn key(t: &Telling, day: i32, by: By, what: u64) -> u64 {
    let head = (t.kind as u64) << 40 | (by as u64) << 32 | u64::from(day as u32);
    // two rounds of a multiply-and-fold: keys stay the same across versions
    let mix = |x: u64, y: u64| {
        let p = u128::from(x ^ 0x9e37_79b9_7f4a_7c15) * u128::from(y ^ 0xa076_1d64_78bd_642f);
        (p >> 64) as u64 ^ p as u64
    };
    mix(mix(head, what), head)
}

fn cell(lat: f32, lon: f32) -> (i32, i32) {
    ((lat / CELL).floor() as i32, (lon / CELL).floor() as i32)
}

fn packed((y, x): (i32, i32)) -> u64 {
    u64::from(y as u32) << 32 | u64::from(x as u32)
}

/// A place whose point is its own: no area.
fn exact(s: &Site) -> bool {
    !s.approximate && s.scale <= Scale::City && s.point.is_some()
}

/// By which words a telling is found.
fn worded(t: &Telling) -> By {
    if t.placing().any(|s| s.known) { By::PlacedWords } else { By::Words }
}

/// The first few words stand for all, as in a bottom-k sketch: near-copies agree on most of them.
fn word_pairs(t: &Telling) -> impl Iterator<Item = u64> + '_ {
    let w = |n: usize| t.words.get(n).copied();
    [(0, 1), (1, 2), (0, 2)].into_iter().filter_map(move |(a, b)| Some(u64::from(w(a)?) << 32 | u64::from(w(b)?)))
}

/// The blocks in which a telling stands.
fn stands(t: &Telling, mut each: impl FnMut(u64)) {
    let Some(days) = t.days.filter(|d| d.count() <= LONGEST) else { return };
    for day in days.from..=days.to {
        for s in t.placing() {
            each(key(t, day, By::Place, s.name.0.into()));
            s.within.iter().take(s.within.len().saturating_sub(1)).for_each(|a| each(key(t, day, By::Area, a.0.into())));
            if let Some((lat, lon)) = s.point.filter(|_| exact(s)) {
                each(key(t, day, By::Cell, packed(cell(lat, lon))));
            }
        }
        word_pairs(t).for_each(|w| each(key(t, day, worded(t), w)));
    }
}

/// The blocks into which it looks.
fn looks(t: &Telling, mut each: impl FnMut(u64)) {
    let Some(days) = t.days.filter(|d| d.count() <= LONGEST) else { return };
    for day in days.from - 1..=days.to + 1 {
        for s in t.placing() {
            // the same, what lies in it, what it lies in
            each(key(t, day, By::Place, s.name.0.into()));
            each(key(t, day, By::Area, s.name.0.into()));
            s.within.iter().take(s.within.len().saturating_sub(1)).for_each(|a| each(key(t, day, By::Place, a.0.into())));
            if let Some((lat, lon)) = s.point.filter(|_| exact(s)) {
                let (y, x) = cell(lat, lon);
                for (dy, dx) in (-1..=1).flat_map(|dy| (-1..=1).map(move |dx| (dy, dx))) {
                    each(key(t, day, By::Cell, packed((y + dy, x + dx))));
                }
            }
        }
        for w in word_pairs(t) {
            each(key(t, day, By::Words, w));
            if worded(t) == By::Words {
                each(key(t, day, By::PlacedWords, w));
            }
        }
    }
}

/// Tellings by their blocks.
#[derive(Debug, Default)]
pub struct Index {
    blocks: HashMap<u64, (u32, u32)>,
    members: Vec<u32>,
}

impl Index {
    /// Indexes tellings; their numbers are their positions.
    pub fn new(tellings: &[Telling]) -> Index {
        let mut pairs: Vec<(u64, u32)> = Vec::with_capacity(tellings.len() * 8);
        for (n, t) in tellings.iter().enumerate() {
            stands(t, |k| pairs.push((k, n as u32)));
        }
        pairs.sort_unstable();
        pairs.dedup();
        let mut blocks = HashMap::with_capacity(pairs.len() / 2);
        let mut members = Vec::with_capacity(pairs.len());
        for block in pairs.chunk_by(|a, b| a.0 == b.0) {
            blocks.insert(block[0].0, (members.len() as u32, block.len() as u32));
            members.extend(block.iter().map(|p| p.1));
        }
        Index { blocks, members }
    }

    /// The numbers of tellings that might be of the same event as this, ascending, itself among them if it was indexed.
    pub fn candidates(&self, t: &Telling, out: &mut Vec<u32>) {
        out.clear();
        looks(t, |k| {
            if let Some(&(at, n)) = self.blocks.get(&k) {
                out.extend(&self.members[at as usize..(at + n) as usize]);
            }
        });
        out.sort_unstable();
        out.dedup();
    }
}
