//! Single words: what each could be, worked out once and remembered.
//!
//! A report uses few different words many times. [`Words`] keeps every word it has seen with its cleaned spelling, its
//! dictionary key and all its readings; a token is then a number, and what other crates know of a word they keep in
//! columns beside it ([`Column`]).

use crate::dict::{Dictionary, LemmaId, Tags};
use crate::fold::{Level, fold_char};
use crate::hash::Map;
use crate::letters::{CharClass, DAMMA, FATHATAN, class, is_haraka};
use crate::morph::{Case, Feat, Number, Origin, Person, Pos, State, Tense, Voice};
use smallvec::SmallVec;

/// A word of a [`Words`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WordId(pub u32);

/// The particles written onto the front of a word, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Proclitics(pub u8);

impl Proclitics {
    /// و “and”.
    pub const WA: Proclitics = Proclitics(1);
    /// ف “so, then”.
    pub const FA: Proclitics = Proclitics(2);
    /// ب “with, in”.
    pub const BI: Proclitics = Proclitics(4);
    /// ل “to, for”.
    pub const LI: Proclitics = Proclitics(8);
    /// ك “like”.
    pub const KA: Proclitics = Proclitics(16);
    /// س “will”.
    pub const SA: Proclitics = Proclitics(32);
    /// ال “the”.
    pub const AL: Proclitics = Proclitics(64);

    /// `true` when all of `other`'s bits are set.
    #[inline]
    pub fn has(self, other: Proclitics) -> bool {
        self.0 & other.0 == other.0
    }

    /// `true` when any of `other`'s bits is set.
    #[inline]
    pub fn any(self, other: Proclitics) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets.
    #[inline]
    #[must_use]
    pub const fn with(self, other: Proclitics) -> Proclitics {
        Proclitics(self.0 | other.0)
    }

    /// و or ف.
    pub const CONJ: Proclitics = Proclitics(3);
    /// ب, ل or ك.
    pub const PREP: Proclitics = Proclitics(4 | 8 | 16);
}

/// A pronoun written onto the end of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Enclitic {
    /// None.
    #[default]
    None,
    /// ه
    Him,
    /// ها
    Her,
    /// هما
    Two,
    /// هم
    Them,
    /// هن
    ThemFem,
    /// ي, ني
    Me,
    /// نا
    Us,
    /// ك, كم, كن, كما
    You,
}

/// The longest first.
const ENCLITICS: [(&str, Enclitic); 11] = [
    ("هما", Enclitic::Two),
    ("كما", Enclitic::You),
    ("ها", Enclitic::Her),
    ("هم", Enclitic::Them),
    ("هن", Enclitic::ThemFem),
    ("ني", Enclitic::Me),
    ("نا", Enclitic::Us),
    ("كم", Enclitic::You),
    ("ه", Enclitic::Him),
    ("ي", Enclitic::Me),
    ("ك", Enclitic::You),
];

/// One way to read a whole word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The lemma of the stem.
    pub lemma: LemmaId,
    /// Its part of speech.
    pub pos: Pos,
    /// Of a masdar or participle: its verb; of a verb, itself; else the lemma.
    pub base: LemmaId,
    /// The lemma's tags.
    pub tags: Tags,
    /// The features of the stem.
    pub feat: Feat,
    /// What stands before the stem.
    pub pro: Proclitics,
    /// What stands behind it.
    pub enc: Enclitic,
    /// Letters before the stem, without marks (ال counts two; in `لل` the article's alef is not written).
    pub skip: u8,
    /// `true` when the stem is spelled as the dictionary spells it, hamzas and all.
    pub exact: bool,
}

impl Reading {
    /// `true` for a form that names (noun, adjective, name), not a verb or particle.
    #[inline]
    pub fn is_nominal(&self) -> bool {
        matches!(self.pos, Pos::Noun | Pos::Adj | Pos::Name)
    }

    /// `true` when the word carries the article.
    #[inline]
    pub fn is_definite(&self) -> bool {
        self.pro.any(Proclitics::AL)
    }
}

/// What the vowels that are written tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks {
    /// A damma stands early in the word, as in a passive past: `قُتل`, `اعتُقل`.
    pub early_damma: bool,
    /// The word ends in fathatan: `قصفاً`.
    pub tanwin: bool,
}

/// A word as [`Words`] remembers it.
#[derive(Debug, Clone)]
pub struct Word {
    /// Without marks and controls.
    pub clean: Box<str>,
    /// The dictionary key: folded.
    pub key: Box<str>,
    /// Every reading, the likeliest spelling first; empty for an unknown word.
    pub readings: SmallVec<[Reading; 3]>,
    /// What its written vowels tell.
    pub marks: Marks,
    /// The number of letters.
    pub letters: u8,
    /// The key has only letters that names keep as they are, which nearly all have: it is the word as names have it, too.
    pub(crate) plain: bool,
}

impl Word {
    /// `true` when the dictionary does not know the word.
    #[inline]
    pub fn is_unknown(&self) -> bool {
        self.readings.is_empty()
    }

    /// The tags of all readings together.
    pub fn tags(&self) -> Tags {
        self.readings.iter().fold(Tags::default(), |t, r| t.or(r.tags))
    }

    /// The first reading with one of these tags.
    #[inline]
    pub fn tagged(&self, tags: Tags) -> Option<&Reading> {
        self.readings.iter().find(|r| r.tags.any(tags))
    }
}

/// The bytes of a word of up to fifteen, and their number: looked up without a second look into memory.
#[inline]
fn short(raw: &str) -> Option<(u64, u64)> {
    let mut bytes = [[0; 8]; 2];
    let all = bytes.as_flattened_mut();
    all.get_mut(..raw.len()).filter(|b| b.len() < 16)?.copy_from_slice(raw.as_bytes());
    all[15] = raw.len() as u8;
    Some((u64::from_ne_bytes(bytes[0]), u64::from_ne_bytes(bytes[1])))
}

/// The words seen so far, each analysed once.
///
/// One `Words` serves one thread. When it has grown past its limit, [`Words::begin`] empties it and starts a new generation; columns notice.
#[derive(Debug)]
pub struct Words {
    dictionary: &'static Dictionary,
    /// The words of a few letters, which are nearly all, by their bytes ([`short`]); and the others.
    short: Map<(u64, u64), WordId>,
    long: Map<Box<str>, WordId>,
    words: Vec<Word>,
    /// Beside each word the letters of the first of two that were written as one: asked for every token, and small.
    glued: Vec<u8>,
    generation: u32,
}

/// Words kept before a document that begins with more of them starts afresh: some 50 MB with what other crates know of them.
pub const LIMIT: usize = 120_000;

impl Words {
    /// An empty memory over a dictionary.
    pub fn new(dictionary: &'static Dictionary) -> Words {
        Words { dictionary, short: Map::default(), long: Map::default(), words: Vec::new(), glued: Vec::new(), generation: 0 }
    }

    /// The dictionary.
    pub fn dictionary(&self) -> &'static Dictionary {
        self.dictionary
    }

    /// To be called before a new document: forgets everything when there is too much.
    pub fn begin(&mut self) {
        if self.words.len() > LIMIT {
            self.short.clear();
            self.long.clear();
            self.words.clear();
            self.glued.clear();
            self.generation += 1;
        }
    }

    /// The number of the word written `raw`.
    #[inline]
    pub fn intern(&mut self, raw: &str) -> WordId {
        let known = match short(raw) {
            Some(bytes) => self.short.get(&bytes),
            None => self.long.get(raw),
        };
        match known {
            Some(id) => *id,
            None => self.add(raw),
        }
    }

    #[cold]
    fn add(&mut self, raw: &str) -> WordId {
        let id = WordId(self.words.len() as u32);
        let word = analyse(self.dictionary, raw);
        // a ligature is one letter as written and several when read, so that no letter of the one is that of the other: ﷶقبل
        let as_written = || raw.chars().filter(|c| class(*c) == CharClass::Arabic).count() == word.letters as usize;
        let unknown = word.readings.is_empty() && word.letters >= 6 && word.key.len() <= 64 && as_written();
        self.glued.push(if unknown { crate::repair::glued(self.dictionary, &word.clean, &word.key) } else { 0 });
        self.words.push(word);
        match short(raw) {
            Some(bytes) => self.short.insert(bytes, id),
            None => self.long.insert(raw.into(), id),
        };
        id
    }

    /// The word of that number.
    #[inline]
    pub fn get(&self, id: WordId) -> &Word {
        &self.words[id.0 as usize]
    }

    /// The letters of the first of two words that were written as one; 0 for one word.
    #[inline]
    pub(crate) fn glued(&self, id: WordId) -> u8 {
        self.glued[id.0 as usize]
    }

    /// The number of words.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// `true` before the first word.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// What another part of the program knows of each word, worked out at first need. Cells are kept only for words that were asked
/// for; what is small and asked for every word belongs into a [`Gates`].
#[derive(Debug)]
pub struct Column<T> {
    /// The number of each word's cell, counted from 1; 0: not yet made.
    numbers: Vec<u32>,
    cells: Vec<T>,
    generation: u32,
}

impl<T> Default for Column<T> {
    fn default() -> Self {
        Column { numbers: Vec::new(), cells: Vec::new(), generation: 0 }
    }
}

impl<T> Column<T> {
    /// The cell of `id`, made by `make` when it is new.
    #[inline]
    pub fn get(&mut self, words: &Words, id: WordId, make: impl FnOnce(&Word) -> T) -> &T {
        if self.generation != words.generation {
            self.numbers.clear();
            self.cells.clear();
            self.generation = words.generation;
        }
        let i = id.0 as usize;
        if self.numbers.len() <= i {
            self.numbers.resize(words.words.len().max(i + 1), 0);
        }
        if self.numbers[i] == 0 {
            self.cells.push(make(&words.words[i]));
            self.numbers[i] = self.cells.len() as u32;
        }
        &self.cells[self.numbers[i] as usize - 1]
    }

    /// The cell of `id`, where [`get`](Self::get) has made it since the words were last forgotten.
    #[inline]
    pub fn peek(&self, id: WordId) -> Option<&T> {
        let n = self.numbers.get(id.0 as usize)?.checked_sub(1)?;
        self.cells.get(n as usize)
    }
}

/// A few bits that another part of the program knows of each word, worked out at first need: the first look at every token.
#[derive(Debug, Default)]
pub struct Gates {
    /// The bits and [`Gates::MADE`].
    bits: Vec<u8>,
    generation: u32,
}

impl Gates {
    /// The bit that says that the others are known.
    const MADE: u8 = 1 << 7;

    /// The bits of `id`, the lower seven, made by `make` when they are new.
    #[inline]
    pub fn get(&mut self, words: &Words, id: WordId, make: impl FnOnce(&Word) -> u8) -> u8 {
        if self.generation != words.generation {
            self.bits.clear();
            self.generation = words.generation;
        }
        let i = id.0 as usize;
        if self.bits.len() <= i {
            self.bits.resize(words.words.len().max(i + 1), 0);
        }
        if self.bits[i] == 0 {
            self.bits[i] = make(&words.words[i]) | Self::MADE;
        }
        self.bits[i] & !Self::MADE
    }

    /// The bits of `id`, where [`get`](Self::get) has made them since the words were last forgotten; else none.
    #[inline]
    pub fn peek(&self, id: WordId) -> u8 {
        self.bits.get(id.0 as usize).map_or(0, |b| b & !Self::MADE)
    }
}

/// Analyses one word, as written.
///
/// Every way to read it as conjunction, preposition, article, stem and pronoun is returned, exact spellings and shorter
/// clitics first; a word that the dictionary does not know has no readings.
pub fn analyse(dictionary: &Dictionary, raw: &str) -> Word {
    let mut clean = String::with_capacity(raw.len());
    let mut key = String::with_capacity(raw.len());
    let mut marks = Marks::default();
    let mut letters = 0u8;
    for c in raw.chars() {
        // dots that posts hide a word's letters behind: قصـ.ـف
        if letters > 0 && class(c) == CharClass::Punct {
            continue;
        }
        // شاطىء is شاطئ
        if c == 'ء' && clean.ends_with('ى') {
            clean.pop();
            key.pop();
            clean.push('ئ');
            key.push('ئ');
            continue;
        }
        if c == DAMMA && (1..=3).contains(&letters) {
            marks.early_damma = true;
        }
        if c == FATHATAN {
            marks.tanwin = true;
        } else if !is_haraka(c) && c != 'ا' && class(c) == CharClass::Arabic {
            marks.tanwin = false;
        }
        fold_char(c, Level::Clean, |d| {
            clean.push(d);
            if class(d) == CharClass::Arabic {
                letters = letters.saturating_add(1);
            }
        });
        fold_char(c, Level::Folded, |d| key.push(d));
    }
    let mut readings = SmallVec::new();
    if letters > 0 && key.len() <= 64 {
        read(dictionary, &clean, &key, marks, &mut readings);
    }
    let plain = key.chars().all(|c| matches!(c, 'ا'..='غ' | 'ف'..='ه' | 'و' | 'ي'));
    Word { clean: clean.into(), key: key.into(), readings, marks, letters, plain }
}

/// The readings of a word given without marks, and folded.
pub(crate) fn read_key(dictionary: &Dictionary, clean: &str, key: &str) -> SmallVec<[Reading; 3]> {
    let mut readings = SmallVec::new();
    read(dictionary, clean, key, Marks::default(), &mut readings);
    readings
}

/// Letters of the folded key: two bytes each for Arabic.
fn letter(key: &str, i: usize) -> Option<char> {
    key.get(i..)?.chars().next()
}

fn read(d: &Dictionary, clean: &str, key: &str, marks: Marks, out: &mut SmallVec<[Reading; 3]>) {
    // Every way in which clitics can stand before the stem: (bytes, letters, which).
    let mut starts: SmallVec<[(usize, u8, Proclitics); 12]> = SmallVec::new();
    let mut conj: SmallVec<[(usize, u8, Proclitics); 2]> = SmallVec::new();
    conj.push((0, 0, Proclitics::default()));
    match letter(key, 0) {
        Some('و') => conj.push((2, 1, Proclitics::WA)),
        Some('ف') => conj.push((2, 1, Proclitics::FA)),
        _ => {}
    }
    for (at, n, pro) in conj {
        starts.push((at, n, pro));
        let after = |at: usize| key.get(at..).unwrap_or("");
        if after(at).starts_with("ال") {
            starts.push((at + 4, n + 2, pro.with(Proclitics::AL)));
        }
        let prep = match letter(key, at) {
            Some('ب') => Proclitics::BI,
            Some('ل') => Proclitics::LI,
            Some('ك') => Proclitics::KA,
            Some('س') => Proclitics::SA,
            _ => continue,
        };
        starts.push((at + 2, n + 1, pro.with(prep)));
        if prep == Proclitics::SA {
            continue;
        }
        if prep == Proclitics::LI && letter(key, at + 2) == Some('ل') {
            // لل = ل + ال: of a stem that begins with lam itself, one lam is dropped (للجنة = ل + ال + لجنة).
            starts.push((at + 4, n + 2, pro.with(prep).with(Proclitics::AL)));
            starts.push((at + 2, n + 1, pro.with(prep).with(Proclitics::AL)));
        } else if prep != Proclitics::LI && after(at + 2).starts_with("ال") {
            starts.push((at + 6, n + 3, pro.with(prep).with(Proclitics::AL)));
        }
    }
    // and every pronoun that can stand behind it, by bytes, the longest first
    let endings: SmallVec<[(usize, Enclitic); 4]> =
        ENCLITICS.iter().filter(|e| key.ends_with(e.0)).map(|e| (e.0.len(), e.1)).chain([(0, Enclitic::None)]).collect();
    for (at, skip, pro) in starts {
        for &(behind, enc) in &endings {
            let Some(stem) = key.len().checked_sub(behind).and_then(|end| key.get(at..end)) else { continue };
            let rest = &key[key.len() - behind..];
            for a in d.analyses(stem) {
                let lemma = d.lemma(a.lemma);
                // a written ta marbuta is never a pronoun, and me on a verb is ني
                if enc != Enclitic::None && (clean.ends_with('ة') || lemma.pos == Pos::Verb && rest == "ي") {
                    continue;
                }
                // أبرزها, أكبرهم
                let elative = lemma.pos == Pos::Adj && enc != Enclitic::None && lemma.text.starts_with('أ') && lemma.text.chars().count() == 4;
                // و is no stem for a pronoun; ب ل ك are
                if enc != Enclitic::None && lemma.text == "و" {
                    continue;
                }
                let intransitive = lemma.tags.any(d.intransitive()) && lemma.pos == Pos::Verb;
                if intransitive && (enc != Enclitic::None || a.feat.voice() == Voice::Passive) || !fits(lemma.pos, a.feat, pro, enc, marks, elative) {
                    continue;
                }
                // The clean spelling has as many letters as the key, each in its place.
                let skip_bytes: usize = clean.chars().take(skip as usize).map(char::len_utf8).sum();
                let exact = match stem_slice(clean, skip_bytes, enc, rest) {
                    Some(s) => d.is_exact(&a, stem, s),
                    None => false,
                };
                let mut feat = a.feat;
                if feat.tense() == Tense::Past && marks.early_damma && feat.voice() == Voice::Either {
                    feat = feat.with_voice(Voice::Passive);
                }
                let base = lemma.base.unwrap_or(a.lemma);
                out.push(Reading { lemma: a.lemma, pos: lemma.pos, base, tags: lemma.tags, feat, pro, enc, skip, exact });
            }
        }
    }
    // للحريري: a name keeps its own article, whose alef is not written after ل
    for at in [0usize, 2] {
        let conj = match (at, letter(key, 0)) {
            (0, _) => Proclitics::default(),
            (_, Some('و')) => Proclitics::WA,
            (_, Some('ف')) => Proclitics::FA,
            _ => continue,
        };
        let Some(rest) = key.get(at..).and_then(|k| k.strip_prefix("لل")) else { continue };
        let name = format!("ال{rest}");
        for a in d.analyses(&name) {
            let lemma = d.lemma(a.lemma);
            if lemma.pos == Pos::Name {
                let pro = conj.with(Proclitics::LI);
                let skip = (at / 2) as u8 + 1;
                out.push(Reading {
                    lemma: a.lemma,
                    pos: Pos::Name,
                    base: a.lemma,
                    tags: lemma.tags,
                    feat: a.feat,
                    pro,
                    enc: Enclitic::None,
                    skip,
                    exact: true,
                });
            }
        }
    }
    // An exact spelling outweighs those that differ from it, but for the small words that everybody misspells.
    if out.iter().any(|r| r.exact) {
        out.retain(|r| r.exact || r.pos == Pos::Particle);
    }
    // Exact spellings first, small words before others; then fewer clitics; then the dictionary's order, so that the result
    // never depends on chance.
    out.sort_by_key(|r| (!r.exact, r.pos != Pos::Particle, r.pro.0.count_ones() + (r.enc != Enclitic::None) as u32, r.lemma, r.feat));
}

fn stem_slice<'a>(clean: &'a str, skip_bytes: usize, enc: Enclitic, rest: &str) -> Option<&'a str> {
    let end = if enc == Enclitic::None { clean.len() } else { clean.len().checked_sub(rest.len())? };
    clean.get(skip_bytes..end)
}

/// May these clitics stand on a stem of this kind?
fn fits(pos: Pos, f: Feat, pro: Proclitics, enc: Enclitic, marks: Marks, elative: bool) -> bool {
    if marks.tanwin && (enc != Enclitic::None || pro.any(Proclitics::AL)) {
        return false;
    }
    match pos {
        Pos::Verb => {
            if marks.tanwin || pro.any(Proclitics::AL.with(Proclitics::BI).with(Proclitics::KA)) {
                return false;
            }
            if pro.any(Proclitics::SA) && f.tense() != Tense::Present {
                return false;
            }
            if pro.any(Proclitics::LI) && f.tense() == Tense::Past {
                return false;
            }
            if f.state() == State::Bound {
                return enc != Enclitic::None && enc != Enclitic::Me;
            }
            // وا loses its alef before a pronoun; the passive has no object; first persons hardly do in the press.
            enc == Enclitic::None || (f.voice() != Voice::Passive && f.number() != Number::Plural || f.person() == Person::First || f.tense() == Tense::Present)
        }
        Pos::Noun | Pos::Adj => {
            if pro.any(Proclitics::SA) {
                return false;
            }
            if enc != Enclitic::None {
                return !pro.any(Proclitics::AL)
                    && f.state() != State::Absolute
                    && f.case() != Case::Acc
                    && (pos == Pos::Noun || f.origin() != Origin::Plain || elative);
            }
            if f.state() == State::Bound {
                return false;
            }
            if f.case() == Case::Acc {
                return !pro.any(Proclitics::AL.with(Proclitics::PREP));
            }
            !(pro.any(Proclitics::AL) && f.state() == State::Construct)
        }
        Pos::Particle => !pro.any(Proclitics::AL.with(Proclitics::SA)) && !(marks.tanwin && enc != Enclitic::None),
        Pos::Name => !pro.any(Proclitics::AL.with(Proclitics::SA)) && enc == Enclitic::None && !marks.tanwin,
    }
}
