//! Near-copies: the same report syndicated, trimmed or given another title.
//!
//! A [`Signature`] is the set of a text's shingles: every five words in a row, folded so that hamzas, marks and punctuation do
//! not matter, as hashes that no version of the program changes. [`overlap`] of two signatures is exact. An [`Index`] finds
//! the candidates for it by a sample of the hashes, the same for every text (FracMinHash: those in the lowest part of the range),
//! so that a short text is found inside a long one as well as beside its like.
//!
//! ```
//! use tawatur_reader::copies::{Signature, overlap};
//! let a = Signature::of("قصفت المدفعية فجر اليوم الأحياء الشرقية من المدينة، وأصابت ثلاثة مدنيين");
//! let b = Signature::of("قصفت المدفعيّة فجر اليوم الأحياء الشرقيه من المدينة وأصابت ثلاثة مدنيين ونقلوا إلى المشفى");
//! let o = overlap(&a, &b);
//! assert_eq!((o.shared, o.of_a), (7, 1.0));
//! assert!(o.of_b < 0.8);
//! ```

use arabic::fold::{Level, fold_str};
use arabic::names::name_words;
use std::collections::HashMap;
use xxhash_rust::xxh3::xxh3_64;

/// How many words in a row make a shingle.
pub const SHINGLE: usize = 5;
/// The overlap of the shorter text from which two are taken for one report.
pub const COPY: f64 = 0.8;

/// Hashes below this are the sample: one in four.
const SAMPLED: u64 = u64::MAX / 4;
/// The sample of a short text has at least so many.
const AT_LEAST: usize = 8;
/// With how many holders of one hash a new text is compared; more are copies of each other, or share a phrase of the house.
const HOLDERS: usize = 64;

/// The shingles of a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Signature {
    /// Sorted, each once.
    hashes: Box<[u64]>,
}

impl Signature {
    /// The signature of a text. A text of fewer than [`SHINGLE`] words has one shingle, an empty one none.
    pub fn of(text: &str) -> Signature {
        let folded = fold_str(text, Level::Loose);
        let words: Vec<u64> = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(|w| xxh3_64(w.as_bytes())).collect();
        let mut bytes = [0u8; 8 * SHINGLE];
        let mut hash = |words: &[u64]| {
            for (to, w) in bytes.chunks_exact_mut(8).zip(words) {
                to.copy_from_slice(&w.to_le_bytes());
            }
            xxh3_64(&bytes[..8 * words.len()])
        };
        let mut hashes: Vec<u64> = match words.len() {
            0 => Vec::new(),
            n if n < SHINGLE => vec![hash(&words)],
            _ => words.windows(SHINGLE).map(hash).collect(),
        };
        hashes.sort_unstable();
        hashes.dedup();
        Signature { hashes: hashes.into() }
    }

    /// A signature from hashes that [`Signature::hashes`] gave, in any order.
    pub fn from_hashes(mut hashes: Vec<u64>) -> Signature {
        hashes.sort_unstable();
        hashes.dedup();
        Signature { hashes: hashes.into() }
    }

    /// The hashes of its shingles, sorted, each once: stable across versions, fit to be stored.
    pub fn hashes(&self) -> &[u64] {
        &self.hashes
    }

    /// The hashes by which an index finds it: a start of [`Signature::hashes`].
    pub fn sample(&self) -> &[u64] {
        let n = self.hashes.partition_point(|h| *h < SAMPLED);
        &self.hashes[..n.max(AT_LEAST).min(self.hashes.len())]
    }
}

/// How much of two texts is the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overlap {
    /// Shingles that both have.
    pub shared: usize,
    /// Their share of the first text's, 0 to 1.
    pub of_a: f64,
    /// Their share of the second text's, 0 to 1.
    pub of_b: f64,
}

impl Overlap {
    /// Whether one text is, to [`COPY`] of it, part of the other.
    pub fn is_copy(&self) -> bool {
        self.of_a.max(self.of_b) >= COPY
    }
}

/// The exact overlap of two texts.
pub fn overlap(a: &Signature, b: &Signature) -> Overlap {
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.hashes.get(i), b.hashes.get(j)) {
        shared += (x == y) as usize;
        i += (x <= y) as usize;
        j += (y <= x) as usize;
    }
    let share = |n: usize| if n == 0 { 0.0 } else { shared as f64 / n as f64 };
    Overlap { shared, of_a: share(a.hashes.len()), of_b: share(b.hashes.len()) }
}

/// Finds the copies among many texts.
///
/// ```
/// use tawatur_reader::copies::{Index, Signature};
/// let report = "قصفت المدفعية فجر اليوم الأحياء الشرقية من المدينة وأصابت ثلاثة مدنيين";
/// let mut index = Index::default();
/// assert!(index.insert(Signature::of(report)).is_empty());
/// assert!(index.insert(Signature::of("افتتح الوزير معرض الكتاب في العاصمة بحضور عدد من الكتاب")).is_empty());
/// let copies = index.insert(Signature::of(report));
/// assert_eq!(copies[0].0, 0);
/// assert_eq!(copies[0].1.of_a, 1.0);
/// ```
#[derive(Debug, Default)]
pub struct Index {
    signatures: Vec<Signature>,
    holders: HashMap<u64, Vec<u32>>,
}

impl Index {
    /// Adds a text and tells of which earlier ones it is a copy: their numbers, in order of insertion from 0, each with the
    /// overlap (`a` the new text, `b` the earlier one).
    pub fn insert(&mut self, signature: Signature) -> Vec<(usize, Overlap)> {
        let copies = self.copies(&signature);
        let n = self.signatures.len() as u32;
        for h in signature.sample() {
            let list = self.holders.entry(*h).or_default();
            if list.len() < HOLDERS {
                list.push(n);
            }
        }
        self.signatures.push(signature);
        copies
    }

    /// Of which texts this one is a copy, or they of it.
    pub fn copies(&self, signature: &Signature) -> Vec<(usize, Overlap)> {
        let mut candidates: Vec<u32> = signature.sample().iter().filter_map(|h| self.holders.get(h)).flatten().copied().collect();
        candidates.sort_unstable();
        candidates.dedup();
        let verified = candidates.into_iter().map(|i| (i as usize, overlap(signature, &self.signatures[i as usize])));
        verified.filter(|(_, o)| o.is_copy()).collect()
    }

    /// How many texts it holds.
    pub fn len(&self) -> usize {
        self.signatures.len()
    }

    /// `true` when it holds none.
    pub fn is_empty(&self) -> bool {
        self.signatures.is_empty()
    }
}

/// For each of some texts the first, by position, of those that are copies of each other, itself among them, directly or through others. `None` for
/// a text without copies.
///
/// ```
/// use tawatur_reader::copies::{Signature, groups};
/// let report = "قصفت المدفعية فجر اليوم الأحياء الشرقية من المدينة وأصابت ثلاثة مدنيين";
/// let texts = ["افتتح الوزير معرض الكتاب في العاصمة بحضور عدد من الكتاب", report, report];
/// assert_eq!(groups(texts.map(Signature::of)), [None, Some(1), Some(1)]);
/// ```
pub fn groups(signatures: impl IntoIterator<Item = Signature>) -> Vec<Option<usize>> {
    let mut index = Index::default();
    let mut group: Vec<Option<usize>> = Vec::new();
    for (n, signature) in signatures.into_iter().enumerate() {
        group.push(None);
        let found: Vec<usize> = index.insert(signature).into_iter().map(|c| c.0).collect();
        let Some(first) = found.iter().map(|m| group[*m].unwrap_or(*m)).min() else { continue };
        // a text may hang groups together
        let merged: Vec<usize> = found.iter().filter_map(|m| group[*m]).collect();
        group.iter_mut().filter(|g| g.is_some_and(|g| merged.contains(&g))).for_each(|g| *g = Some(first));
        for m in found.into_iter().chain([n]) {
            group[m] = Some(first);
        }
    }
    group
}

/// What a document tells of where its text came from.
#[derive(Debug, Clone, Copy, Default)]
pub struct Provenance<'a> {
    /// Its text.
    pub text: &'a str,
    /// Who published it.
    pub outlet: Option<&'a str>,
    /// When, an ISO date or date-time.
    pub published: Option<&'a str>,
}

/// Which of two copies came first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// The first was copied from the second.
    FromB(Because),
    /// The second was copied from the first.
    FromA(Because),
    /// Nothing tells.
    Unknown,
}

/// What tells the direction of copying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// The copy names the other's outlet, which does not name the copy's.
    Credit,
    /// The copy is dated later.
    Date,
}

/// Tells which of two copies came first, by credits, else by dates. Dates are compared as far as both are given.
///
/// ```
/// use tawatur_reader::copies::{Because, Direction, Provenance, direction};
/// let a = Provenance { text: "قتل رجل بانفجار لغم، بحسب ما نقلت وكالة المنبر", outlet: Some("الراية"), published: None };
/// let b = Provenance { text: "قتل رجل بانفجار لغم", outlet: Some("وكالة المنبر"), published: None };
/// assert_eq!(direction(&a, &b), Direction::FromB(Because::Credit));
/// ```
pub fn direction(a: &Provenance<'_>, b: &Provenance<'_>) -> Direction {
    match (names(a.text, b.outlet), names(b.text, a.outlet)) {
        (true, false) => return Direction::FromB(Because::Credit),
        (false, true) => return Direction::FromA(Because::Credit),
        _ => {}
    }
    let instant = |p: &Provenance<'_>| p.published.and_then(crate::meta::Instant::parse);
    match (instant(a), instant(b)) {
        (Some(x), Some(y)) => match x.compare(&y) {
            std::cmp::Ordering::Less => Direction::FromA(Because::Date),
            std::cmp::Ordering::Greater => Direction::FromB(Because::Date),
            std::cmp::Ordering::Equal => Direction::Unknown,
        },
        _ => Direction::Unknown,
    }
}

/// Whether a text names an outlet.
fn names(text: &str, outlet: Option<&str>) -> bool {
    let name = outlet.map(name_words).unwrap_or_default();
    !name.is_empty() && name_words(text).windows(name.len()).any(|w| w == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hashes_do_not_change() {
        // stored signatures depend on it
        assert_eq!(Signature::of("واحد اثنان ثلاثة أربعة خمسة").hashes(), [STABLE]);
        assert_eq!(Signature::of("واحد، إثنان؛ ثلاثه أربعة خمسة.").hashes(), [STABLE]);
    }
    const STABLE: u64 = 515_131_840_443_641_312;

    #[test]
    fn a_trimmed_copy_is_found_in_the_long_one() {
        let words: Vec<String> = (0..600).map(|i| format!("كلمة{i}")).collect();
        let mut index = Index::default();
        index.insert(Signature::of(&words.join(" ")));
        let found = index.insert(Signature::of(&words[200..260].join(" ")));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].1.of_a, 1.0);
        assert!(index.insert(Signature::of("نص آخر لا يشبه ما سبقه في شيء من كلماته")).is_empty());
    }

    #[test]
    fn dates_of_unlike_precision() {
        let at = |published| Provenance { published: Some(published), ..Provenance::default() };
        assert_eq!(direction(&at("2021-03-14"), &at("2021-03-14T18:00:00Z")), Direction::Unknown);
        assert_eq!(direction(&at("2021-03-14T08:00:00+03:00"), &at("2021-03-14T06:00:00Z")), Direction::FromA(Because::Date));
        assert_eq!(direction(&at("2021-03-15"), &at("2021-03-14T18:00:00Z")), Direction::FromB(Because::Date));
    }

    #[test]
    fn empty_texts_are_no_copies() {
        let o = overlap(&Signature::of(""), &Signature::of(""));
        assert!(!o.is_copy());
    }
}
