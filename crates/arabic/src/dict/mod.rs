//! The dictionary: every form of every lemma in one table, compiled when the program is built.

mod compile;
mod forms;
pub mod overlay;
pub mod source;

pub use compile::compile;

use crate::blob::{Blob, BlobError, bytes_at, str_at, u32_at};
use crate::morph::{Feat, Pos};

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

impl Lemma<'static> {
    /// Reads a lemma's line of the table.
    fn read(line: &[u8], heap: &'static [u8]) -> Lemma<'static> {
        let word = |i: usize| u32_at(line, i);
        let (base, tag) = (word(8), |i: usize| word(i) as u128);
        Lemma {
            text: str_at(heap, word(0)),
            pos: Pos::from_u8(word(4) as u8),
            base: (base != u32::MAX).then_some(LemmaId(base)),
            tags: Tags(tag(12) | tag(16) << 32 | tag(20) << 64 | tag(24) << 96),
        }
    }
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

const TAG: [u8; 4] = *b"dic3";
const SECTIONS: usize = 6;
const LEMMA_BYTES: usize = 28;

/// The compiled dictionary; a view into bytes that live as long as the program.
pub struct Dictionary {
    marks: &'static [u8],
    places: &'static [u8],
    forms: &'static [u8],
    lemmas: Box<[Lemma<'static>]>,
    heap: &'static [u8],
    tag_names: Vec<&'static str>,
    intransitive: Tags,
    loose: Tags,
    loosest: Tags,
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
        let names = std::str::from_utf8(b.section(5)).map_err(|_| BlobError::Format)?;
        let tag_names = names.split('\n').filter(|s| !s.is_empty()).collect();
        let mut d = Dictionary {
            marks: b.section(0),
            places: b.section(1),
            forms: b.section(2),
            lemmas: b.section(3).chunks_exact(LEMMA_BYTES).map(|l| Lemma::read(l, b.section(4))).collect(),
            heap: b.section(4),
            tag_names,
            intransitive: Tags::default(),
            loose: Tags::default(),
            loosest: Tags::default(),
        };
        (d.intransitive, d.loose, d.loosest) = (d.tags(&["intrans"]), d.tags(&["loose"]), d.tags(&["loosest"]));
        Ok(d)
    }

    /// The number of lemmas.
    pub fn len(&self) -> usize {
        self.lemmas.len()
    }

    /// `true` when there is no lemma.
    pub fn is_empty(&self) -> bool {
        self.lemmas.is_empty()
    }

    /// The lemma of that number.
    #[inline]
    pub fn lemma(&self, id: LemmaId) -> &Lemma<'static> {
        const NONE: Lemma<'static> = Lemma { text: "", pos: Pos::Particle, base: None, tags: Tags(0) };
        self.lemmas.get(id.0 as usize).unwrap_or(&NONE)
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

    /// Of these, the tag of those before which a short noun may follow.
    pub(crate) fn loosest(&self) -> Tags {
        self.loosest
    }

    /// The tag of verbs that never take an object.
    pub(crate) fn intransitive(&self) -> Tags {
        self.intransitive
    }

    /// All lemmas spelled `text` (without vowels), of any part of speech.
    pub fn lemmas_of(&self, text: &str) -> Vec<LemmaId> {
        let key = crate::fold::fold_str(text, crate::fold::Level::Folded);
        let mut out = Vec::new();
        for a in self.analyses(&key) {
            if self.lemma(a.lemma).text == text && !out.contains(&a.lemma) {
                out.push(a.lemma);
            }
        }
        out
    }

    /// Every form of every lemma, folded, in order; a few megabytes.
    pub fn forms(&self) -> Vec<String> {
        forms::records(self.forms).map(|(_, r)| String::from_utf8_lossy(r.form).into_owned()).collect()
    }

    /// The analyses of a folded form, in the order of the dictionary; none of what is no form.
    #[inline]
    pub(crate) fn analyses(&self, form: &str) -> impl Iterator<Item = Analysis> + use<> {
        let found = forms::find(self.marks, self.places, self.forms, form.as_bytes()).map_or(&[][..], |r| r.analyses);
        let (all, _) = found.as_chunks::<{ forms::ANALYSIS_BYTES }>();
        all.iter().map(|a| Analysis { lemma: LemmaId(u32_at(a, 0)), feat: Feat(u32_at(a, 4)), spelling: u32_at(a, 8) })
    }

    /// `true` when the exact spelling of `a` is `clean` (the folded form being `key`).
    pub(crate) fn is_exact(&self, a: &Analysis, key: &str, clean: &str) -> bool {
        let spelling = if a.spelling == u32::MAX { key.as_bytes() } else { bytes_at(self.heap, a.spelling) };
        spelling == clean.as_bytes()
    }
}
