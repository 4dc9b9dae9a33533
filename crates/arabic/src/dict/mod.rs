//! The dictionary: every form of every lemma in one automaton, compiled when the program is built.

mod compile;
pub mod overlay;
pub mod source;

pub use compile::compile;

use crate::blob::{Blob, BlobError, str_at, u32_at};
use crate::morph::{Feat, Pos};
use fst::raw::{CompiledAddr, Fst};

/// The number of a lemma in a [`Dictionary`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LemmaId(pub u32);

/// A set of the dictionary's tags, for quick tests.
///
/// Made from names with [`Dictionary::tags`]; a lemma has at most 128 different tags to choose from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Tags(pub u128);

impl Tags {
    /// `true` when the two sets share a tag.
    #[inline]
    pub fn any(self, other: Tags) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets together.
    #[inline]
    #[must_use]
    pub fn or(self, other: Tags) -> Tags {
        Tags(self.0 | other.0)
    }

    /// `true` when the set is empty.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// A lemma as the dictionary keeps it.
#[derive(Debug, Clone, Copy)]
pub struct Lemma<'a> {
    /// The dictionary form, without vowels.
    pub text: &'a str,
    /// Part of speech.
    pub pos: Pos,
    /// Of a masdar or participle: its verb.
    pub base: Option<LemmaId>,
    /// Its tags.
    pub tags: Tags,
}

/// One way to read a stem: its lemma and features.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Analysis {
    /// The lemma.
    pub lemma: LemmaId,
    /// The features of the form.
    pub feat: Feat,
    /// Offset of the exact spelling in the string heap, or `u32::MAX` when it is the folded form itself.
    spelling: u32,
}

const TAG: [u8; 4] = *b"dic1";
const SECTIONS: usize = 5;
const LEMMA_BYTES: usize = 28;
const ANALYSIS_BYTES: usize = 12;

/// The compiled dictionary; a view into bytes that live as long as the program.
pub struct Dictionary {
    fst: Fst<&'static [u8]>,
    analyses: &'static [u8],
    lemmas: &'static [u8],
    heap: &'static [u8],
    tag_names: Vec<&'static str>,
    intransitive: Tags,
    loose: Tags,
}

impl std::fmt::Debug for Dictionary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Dictionary of {} lemmas", self.len())
    }
}

impl Dictionary {
    /// Opens a dictionary that [`compile`] made.
    ///
    /// # Errors
    /// When the bytes are not a dictionary of this version.
    pub fn open(bytes: &'static [u8]) -> Result<Dictionary, BlobError> {
        let b = Blob::open(bytes, TAG, SECTIONS)?;
        let fst = Fst::new(b.section(0)).map_err(|_| BlobError::Format)?;
        let names = std::str::from_utf8(b.section(4)).map_err(|_| BlobError::Format)?;
        let tag_names = names.split('\n').filter(|s| !s.is_empty()).collect();
        let mut d = Dictionary {
            fst,
            analyses: b.section(1),
            lemmas: b.section(2),
            heap: b.section(3),
            tag_names,
            intransitive: Tags::default(),
            loose: Tags::default(),
        };
        (d.intransitive, d.loose) = (d.tags(&["intrans"]), d.tags(&["loose"]));
        Ok(d)
    }

    /// The number of lemmas.
    pub fn len(&self) -> usize {
        self.lemmas.len() / LEMMA_BYTES
    }

    /// `true` when there is no lemma.
    pub fn is_empty(&self) -> bool {
        self.lemmas.is_empty()
    }

    /// The lemma of that number.
    pub fn lemma(&self, id: LemmaId) -> Lemma<'static> {
        let at = id.0 as usize * LEMMA_BYTES;
        let base = u32_at(self.lemmas, at + 8);
        let word = |i: usize| u32_at(self.lemmas, at + i) as u128;
        Lemma {
            text: str_at(self.heap, u32_at(self.lemmas, at)),
            pos: Pos::from_u8(u32_at(self.lemmas, at + 4) as u8),
            base: (base != u32::MAX).then_some(LemmaId(base)),
            tags: Tags(word(12) | word(16) << 32 | word(20) << 64 | word(24) << 96),
        }
    }

    /// The set of the tags of these names; names that no lemma carries are left out.
    pub fn tags(&self, names: &[&str]) -> Tags {
        let mut t = 0u128;
        for n in names {
            if let Some(i) = self.tag_names.iter().position(|x| x == n) {
                t |= 1 << i;
            }
        }
        Tags(t)
    }

    /// The names of the tags in a set, in the dictionary's order.
    pub fn tag_names(&self, tags: Tags) -> impl Iterator<Item = &'static str> + '_ {
        self.tag_names.iter().enumerate().filter(move |(i, _)| tags.0 >> i & 1 == 1).map(|(_, n)| *n)
    }

    /// The tag of small words that are often written onto their neighbour.
    pub(crate) fn loose(&self) -> Tags {
        self.loose
    }

    /// The tag of verbs that never take an object.
    pub(crate) fn intransitive(&self) -> Tags {
        self.intransitive
    }

    /// All lemmas spelled `text` (without vowels), of any part of speech.
    pub fn lemmas_of(&self, text: &str) -> Vec<LemmaId> {
        let key = crate::fold::fold_str(text, crate::fold::Level::Folded);
        let mut out = Vec::new();
        self.prefixes(key.as_bytes(), |end, set| {
            if end == key.len() {
                for a in self.analyses(set) {
                    if self.lemma(a.lemma).text == text && !out.contains(&a.lemma) {
                        out.push(a.lemma);
                    }
                }
            }
        });
        out
    }

    /// Every form of every lemma, folded, in order; a few megabytes.
    pub fn forms(&self) -> Vec<String> {
        let mut out = Vec::new();
        let mut stream = self.fst.stream();
        while let Some((form, _)) = fst::Streamer::next(&mut stream) {
            out.push(String::from_utf8_lossy(form).into_owned());
        }
        out
    }

    /// Calls `found` with every prefix of `key` that is a form: its length in bytes and its set of analyses.
    #[inline]
    pub(crate) fn prefixes(&self, key: &[u8], mut found: impl FnMut(usize, u64)) {
        let fst = &self.fst;
        let mut node = fst.root();
        let mut out = fst::raw::Output::zero();
        for (i, &b) in key.iter().enumerate() {
            let Some(t) = node.find_input(b) else { return };
            let t = node.transition(t);
            out = out.cat(t.out);
            let addr: CompiledAddr = t.addr;
            node = fst.node(addr);
            if node.is_final() {
                found(i + 1, out.cat(node.final_output()).value());
            }
        }
    }

    /// The analyses of a set that [`prefixes`](Self::prefixes) found.
    pub(crate) fn analyses(&self, set: u64) -> impl Iterator<Item = Analysis> + '_ {
        let (first, n) = ((set >> 8) as usize, (set & 0xFF) as usize);
        (first..first + n).map(move |i| {
            let at = i * ANALYSIS_BYTES;
            Analysis { lemma: LemmaId(u32_at(self.analyses, at)), feat: Feat(u32_at(self.analyses, at + 4)), spelling: u32_at(self.analyses, at + 8) }
        })
    }

    /// `true` when the exact spelling of `a` is `clean` (the folded form being `key`).
    pub(crate) fn is_exact(&self, a: &Analysis, key: &str, clean: &str) -> bool {
        let s = if a.spelling == u32::MAX { key } else { str_at(self.heap, a.spelling) };
        s == clean
    }
}
