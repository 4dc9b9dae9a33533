//! A compiled gazetteer: records and the automaton of their names, used where the bytes lie.

use crate::compile::{MARKED, SECTIONS, TAG, VARIANT};
use crate::source::PlaceKind;
use arabic::blob::{Blob, BlobError, str_at, u32_at};
use arabic::names::NameIndex;

/// The number of a place in one [`Gazetteer`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlaceId(pub u32);

/// A place as the gazetteer keeps it.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// Its id.
    pub id: &'a str,
    /// The usual Arabic name.
    pub name_ar: &'a str,
    /// The usual English name.
    pub name_en: &'a str,
    /// Where the facts come from.
    pub source: &'a str,
    /// The place that contains it.
    pub parent: Option<PlaceId>,
    /// Latitude and longitude, WGS 84 degrees.
    pub point: Option<(f64, f64)>,
    /// What kind.
    pub kind: PlaceKind,
    /// How likely the bare name means it, 0 to 9.
    pub rank: u8,
    /// The name is an everyday word too.
    pub marked: bool,
}

impl Place<'_> {
    /// The point was worked out from other rows ("beside the town"): the place lies near it, not at it.
    pub fn is_approximate(&self) -> bool {
        self.source.split('+').any(|s| s == "derived")
    }
}

const RECORD: usize = 32;

/// One name's claim on a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    /// The place.
    pub place: PlaceId,
    /// The name is an everyday word too.
    pub marked: bool,
    /// The name is not the place's usual one.
    pub variant: bool,
}

/// A view of compiled tables; cheap to keep and to copy.
#[derive(Clone)]
pub struct Gazetteer<'a> {
    names: NameIndex<'a>,
    postings: &'a [u8],
    records: &'a [u8],
    heap: &'a [u8],
    ids: &'a [u8],
    mark: u64,
}

impl std::fmt::Debug for Gazetteer<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Gazetteer of {} places", self.len())
    }
}

impl<'a> Gazetteer<'a> {
    /// Opens what [`compile`](crate::compile::compile) made.
    ///
    /// # Errors
    /// When the bytes are not a gazetteer of this version.
    pub fn open(bytes: &'a [u8]) -> Result<Gazetteer<'a>, BlobError> {
        let b = Blob::open(bytes, TAG, SECTIONS)?;
        // the checksum of the names: a walk through damaged ones could leave the file
        fst::raw::Fst::new(b.section(0)).and_then(|f| f.verify()).map_err(|_| BlobError::Format)?;
        let names = NameIndex::open(b.section(0)).map_err(|_| BlobError::Format)?;
        let mark = b.section(5).try_into().map(u64::from_le_bytes).map_err(|_| BlobError::Format)?;
        if b.section(2).len() % RECORD != 0 || b.section(4).len() * RECORD != b.section(2).len() * 4 {
            return Err(BlobError::Format);
        }
        Ok(Gazetteer { names, postings: b.section(1), records: b.section(2), heap: b.section(3), ids: b.section(4), mark })
    }

    /// A hash of all that it holds.
    pub fn mark(&self) -> u64 {
        self.mark
    }

    /// The number of places.
    pub fn len(&self) -> usize {
        self.records.len() / RECORD
    }

    /// `true` when there is none.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// A place by its number.
    pub fn get(&self, id: PlaceId) -> Place<'a> {
        let string = |i: usize| str_at(self.heap, self.word(id, i));
        Place {
            id: string(0),
            name_ar: string(1),
            name_en: string(2),
            source: string(3),
            parent: self.parent(id),
            point: self.point(id),
            kind: self.kind(id),
            rank: self.rank(id),
            marked: self.tail(id)[2] != 0,
        }
    }

    fn word(&self, id: PlaceId, i: usize) -> u32 {
        u32_at(self.records, id.0 as usize * RECORD + 4 * i)
    }

    fn tail(&self, id: PlaceId) -> [u8; 4] {
        self.word(id, 7).to_le_bytes()
    }

    /// The place that contains a place; cheaper than [`get`](Self::get), like those below.
    pub fn parent(&self, id: PlaceId) -> Option<PlaceId> {
        Some(self.word(id, 4)).filter(|p| *p != u32::MAX).map(PlaceId)
    }

    /// Its point.
    pub fn point(&self, id: PlaceId) -> Option<(f64, f64)> {
        let (lat, lon) = (self.word(id, 5) as i32, self.word(id, 6) as i32);
        (lat != i32::MIN).then_some((lat as f64 / 1e6, lon as f64 / 1e6))
    }

    /// Its id.
    pub fn id(&self, id: PlaceId) -> &'a str {
        str_at(self.heap, self.word(id, 0))
    }

    /// Its kind.
    pub fn kind(&self, id: PlaceId) -> PlaceKind {
        PlaceKind::ALL.get(self.tail(id)[0] as usize).copied().unwrap_or(PlaceKind::Settlement)
    }

    /// Its rank.
    pub fn rank(&self, id: PlaceId) -> u8 {
        self.tail(id)[1]
    }

    /// All places in order.
    pub fn iter(&self) -> impl Iterator<Item = (PlaceId, Place<'a>)> + '_ {
        (0..self.len() as u32).map(|i| (PlaceId(i), self.get(PlaceId(i))))
    }

    /// The place of that id.
    pub fn by_id(&self, id: &str) -> Option<PlaceId> {
        let n = self.ids.len() / 4;
        let (mut lo, mut hi) = (0, n);
        while lo < hi {
            let mid = (lo + hi) / 2;
            let i = u32_at(self.ids, mid * 4);
            match self.id(PlaceId(i)).cmp(id) {
                std::cmp::Ordering::Equal => return Some(PlaceId(i)),
                std::cmp::Ordering::Less => lo = mid + 1,
                std::cmp::Ordering::Greater => hi = mid,
            }
        }
        None
    }

    /// The place and everything that contains it, smallest first.
    pub fn ancestors(&self, id: PlaceId) -> impl Iterator<Item = PlaceId> + '_ {
        let mut at = Some(id);
        let mut steps = 0;
        std::iter::from_fn(move || {
            let here = at?;
            steps += 1;
            at = if steps < 16 { self.parent(here) } else { None };
            Some(here)
        })
    }

    /// The country that a place lies in: the id of its last ancestor, when that is a country.
    pub fn country(&self, id: PlaceId) -> Option<PlaceId> {
        self.ancestors(id).last().filter(|c| self.kind(*c) == PlaceKind::Country)
    }

    /// The first-level division that a place lies in or is.
    pub fn admin1(&self, id: PlaceId) -> Option<PlaceId> {
        self.ancestors(id).find(|a| self.kind(*a) == PlaceKind::Admin1)
    }

    /// Its own coordinates, or else those of the smallest containing place that has some.
    pub fn point_or_area(&self, id: PlaceId) -> Option<((f64, f64), PlaceId)> {
        self.ancestors(id).find_map(|a| self.point(a).map(|p| (p, a)))
    }

    /// All places of a name, in any spelling that folding makes one.
    pub fn lookup(&self, name: &str) -> Vec<Posting> {
        self.names.get(name).map_or(Vec::new(), |set| self.postings(set).collect())
    }

    /// The automaton of names.
    pub(crate) fn names(&self) -> &NameIndex<'a> {
        &self.names
    }

    pub(crate) fn postings(&self, set: u64) -> impl Iterator<Item = Posting> + '_ {
        let (first, n) = ((set >> 8) as usize, (set & 0xFF) as usize);
        (first..first + n).map(move |i| {
            let p = u32_at(self.postings, 4 * i);
            Posting { place: PlaceId(p & !(MARKED | VARIANT)), marked: p & MARKED != 0, variant: p & VARIANT != 0 }
        })
    }
}

/// The least of some distance and the kilometres from one point to another; cheap where these are certainly more.
pub(crate) fn nearer(least: f64, a: (f64, f64), b: (f64, f64)) -> f64 {
    // a little less than a degree of latitude measures
    const DEGREE: f64 = 111.0;
    if (a.0 - b.0).abs() * DEGREE >= least { least } else { least.min(kilometres(a, b)) }
}

/// Kilometres between two points, on a sphere of the earth's mean radius.
///
/// ```
/// let d = tawatur_places::kilometres((35.478, 36.836), (35.512, 36.882));
/// assert!((d - 5.6).abs() < 0.3);
/// ```
pub fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let r = std::f64::consts::PI / 180.0;
    let h = ((b.0 - a.0) * r / 2.0).sin().powi(2) + (a.0 * r).cos() * (b.0 * r).cos() * ((b.1 - a.1) * r / 2.0).sin().powi(2);
    12_742.0 * h.sqrt().min(1.0).asin()
}
