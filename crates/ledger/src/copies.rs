//! Near-copies: documents that share most of their wording.
//!
//! A sketch keeps the smallest of 32 hashes over the runs of five folded words (MinHash: A. Broder, "On the resemblance and
//! containment of documents", 1997). Documents that agree in one of eight bands of four minima are compared by all of them.
//! Groups are what hangs together; they depend on the documents alone, not on the order in which they came.

use crate::rows::{Copies, DocNo};
use std::collections::{BTreeMap, HashMap};

const MINIMA: usize = 32;
const BAND: usize = 4;
const RUN: usize = 5;
/// Shared minima of two near-copies, at least: a resemblance of about two thirds.
const SHARED: usize = 21;

/// The sketch of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sketch(pub [u16; MINIMA]);

impl Sketch {
    /// The sketch of a text's words, or `None` when it has too few to tell.
    ///
    /// ```
    /// use tawatur_ledger::copies::Sketch;
    /// let words = |s: &'static str| s.split(' ').collect::<Vec<_>>();
    /// assert!(Sketch::of(words("عاد الهدوء إلى البلدة").into_iter()).is_none());
    /// ```
    pub fn of<'a>(words: impl Iterator<Item = &'a str>) -> Option<Sketch> {
        let mut minima = [u64::MAX; MINIMA];
        let mut run = [0u64; RUN];
        let mut n = 0;
        for w in words {
            run[n % RUN] = fnv(w.as_bytes());
            n += 1;
            if n < RUN {
                continue;
            }
            // the words of the run in their order, whatever slot they stand in
            let h = (0..RUN).fold(0u64, |h, i| mix(h.rotate_left(9) ^ run[(n + i) % RUN]));
            for (i, m) in minima.iter_mut().enumerate() {
                // one permutation for each minimum
                *m = (*m).min(mix(h ^ SEEDS[i]));
            }
        }
        // fewer than eight runs say little: two headlines may share them
        (n >= RUN + 7).then(|| Sketch(minima.map(|m| (m >> 13) as u16)))
    }

    /// How many minima two sketches share, of 32.
    pub fn shared(&self, other: &Sketch) -> usize {
        self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count()
    }

    /// `true` for near-copies.
    pub fn is_copy(&self, other: &Sketch) -> bool {
        self.shared(other) >= SHARED
    }

    /// As stored.
    pub fn to_bytes(&self) -> [u8; 2 * MINIMA] {
        let mut out = [0; 2 * MINIMA];
        for (o, m) in out.chunks_exact_mut(2).zip(self.0) {
            o.copy_from_slice(&m.to_le_bytes());
        }
        out
    }

    /// A stored sketch.
    pub fn from_bytes(bytes: &[u8]) -> Option<Sketch> {
        let mut s = Sketch([0; MINIMA]);
        if bytes.len() != 2 * MINIMA {
            return None;
        }
        for (m, b) in s.0.iter_mut().zip(bytes.chunks_exact(2)) {
            *m = u16::from_le_bytes([b[0], b[1]]);
        }
        Some(s)
    }

    fn bands(&self) -> impl Iterator<Item = (usize, [u16; BAND])> + '_ {
        self.0.chunks_exact(BAND).enumerate().map(|(n, b)| (n, [b[0], b[1], b[2], b[3]]))
    }
}

/// The groups among documents, each in the order of numbers, the groups in that of their first.
pub fn groups(sketches: &[(DocNo, Sketch)]) -> Vec<Copies> {
    let mut parent: Vec<usize> = (0..sketches.len()).collect();
    fn root(parent: &mut [usize], mut i: usize) -> usize {
        while parent[i] != i {
            parent[i] = parent[parent[i]];
            i = parent[i];
        }
        i
    }
    for band in 0..MINIMA / BAND {
        let mut buckets: HashMap<[u16; BAND], Vec<usize>, foldhash::fast::FixedState> = HashMap::default();
        for (i, (_, s)) in sketches.iter().enumerate() {
            let Some((_, key)) = s.bands().nth(band) else { continue };
            let bucket = buckets.entry(key).or_default();
            // one of each different wording stands for its bucket, so that a thousand copies cost a thousand comparisons
            match bucket.iter().find(|j| sketches[**j].1.is_copy(s)) {
                Some(&j) => {
                    let (a, b) = (root(&mut parent, i), root(&mut parent, j));
                    parent[a.max(b)] = a.min(b);
                }
                None => bucket.push(i),
            }
        }
    }
    let mut out: BTreeMap<usize, Vec<DocNo>> = BTreeMap::new();
    for (i, s) in sketches.iter().enumerate() {
        out.entry(root(&mut parent, i)).or_default().push(s.0);
    }
    out.into_values().filter(|g| g.len() > 1).map(Copies).collect()
}

fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3))
}

const fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    x = (x ^ (x >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    x ^ (x >> 32)
}

const SEEDS: [u64; MINIMA] = {
    let mut out = [0; MINIMA];
    let mut i = 0;
    while i < MINIMA {
        out[i] = mix(i as u64 + 1);
        i += 1;
    }
    out
};

#[cfg(test)]
mod tests {
    use super::*;

    fn text(first: usize, n: usize) -> Vec<String> {
        (first..first + n).map(|i| format!("كلمة{i}")).collect()
    }

    fn sketch(words: &[String]) -> Sketch {
        Sketch::of(words.iter().map(String::as_str)).unwrap()
    }

    #[test]
    fn trimmed_copies_are_found_and_strangers_are_not() {
        let (a, trimmed, other) = (sketch(&text(0, 200)), sketch(&text(0, 185)), sketch(&text(1000, 200)));
        assert!(a.is_copy(&trimmed), "{}", a.shared(&trimmed));
        assert!(!a.is_copy(&other), "{}", a.shared(&other));
        let half = sketch(&text(100, 200));
        assert!(!a.is_copy(&half), "{}", a.shared(&half));
    }

    #[test]
    fn the_order_does_not_matter() {
        let mut list: Vec<(DocNo, Sketch)> = (0..40).map(|i| (DocNo(i), sketch(&text((i as usize % 7) * 500, 200 + i as usize / 7)))).collect();
        let groups_of = |list: &[(DocNo, Sketch)]| {
            let mut g: Vec<Vec<DocNo>> = groups(list).into_iter().map(|c| c.0).collect();
            g.iter_mut().for_each(|g| g.sort());
            g.sort();
            g
        };
        let a = groups_of(&list);
        list.reverse();
        assert_eq!(a, groups_of(&list));
        assert_eq!(a.len(), 7);
    }

    #[test]
    fn sketches_come_back() {
        let s = sketch(&text(3, 50));
        assert_eq!(Sketch::from_bytes(&s.to_bytes()), Some(s));
        assert_eq!(Sketch::from_bytes(&[1, 2, 3]), None);
    }
}
