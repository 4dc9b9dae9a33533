//! Symbols: the words that lexicon entries name, each a number; a word of the text is the set of symbols that it satisfies.
//!
//! | written | satisfied by |
//! |---|---|
//! | `v:قصف` | every finite form of the verb |
//! | `m:قصف` | its masdars |
//! | `p:قصف` | its participles |
//! | `n:غارة` | every form of the noun (a masdar by its own name too) |
//! | `a:جوي` | every form of the adjective |
//! | `=النار` | exactly this word, folded, with or without و in front |
//!
//! Several are joined by `|`; `*` in a pattern stands for up to six words.

use arabic::dict::Dictionary;
use arabic::fold::{Level, fold_str};
use arabic::hash::Map;
use arabic::morph::{Origin, Pos};
use arabic::words::Word;
use smallvec::SmallVec;

/// A symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sym(pub u16);

/// One element of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Element {
    /// One of these symbols.
    One(SmallVec<[Sym; 2]>),
    /// Up to six words.
    Gap,
}

/// A sequence of words that an entry asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(Vec<Element>);

/// How far a `*` reaches, in words.
const GAP: usize = 6;

impl Pattern {
    /// The symbols with which it may begin.
    pub fn firsts(&self) -> SmallVec<[Sym; 2]> {
        match self.0.first() {
            Some(Element::One(s)) => s.clone(),
            _ => SmallVec::new(),
        }
    }

    /// The symbols that its first word has one of; `None` where it begins with a gap.
    #[inline]
    pub fn first(&self) -> Option<&[Sym]> {
        match self.0.first() {
            Some(Element::One(s)) => Some(s),
            _ => None,
        }
    }

    /// Matches from position `at`; `has` tells whether a position satisfies a symbol, `end` is the first position out of reach.
    /// Returns the positions of the matched words.
    pub fn matches(&self, at: usize, end: usize, has: &mut dyn FnMut(usize, Sym) -> bool) -> Option<SmallVec<[usize; 4]>> {
        let mut out = SmallVec::new();
        self.step(0, at, end, has, &mut out).then_some(out)
    }

    fn step(&self, k: usize, at: usize, end: usize, has: &mut dyn FnMut(usize, Sym) -> bool, out: &mut SmallVec<[usize; 4]>) -> bool {
        match self.0.get(k) {
            None => true,
            Some(Element::Gap) => (at..(at + GAP + 1).min(end)).any(|j| self.step(k + 1, j, end, has, out)),
            Some(Element::One(syms)) => {
                if at >= end || !syms.iter().any(|s| has(at, *s)) {
                    return false;
                }
                out.push(at);
                if self.step(k + 1, at + 1, end, has, out) {
                    return true;
                }
                out.pop();
                false
            }
        }
    }

    /// The single symbol set of a one-word pattern.
    pub fn single(&self) -> Option<&[Sym]> {
        match self.0.as_slice() {
            [Element::One(s)] => Some(s),
            _ => None,
        }
    }

    /// The number of elements.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// `true` for the empty pattern, which cannot be written.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The letters before the colon, and `=`.
const CLASSES: [u8; 6] = *b"vmpna=";

/// All symbols.
#[derive(Debug)]
pub struct SymbolTable {
    dictionary: &'static Dictionary,
    /// By lemma, or by folded form, for each of [`CLASSES`].
    ids: [Map<Box<str>, Sym>; CLASSES.len()],
    len: u16,
}

impl SymbolTable {
    /// An empty table over a dictionary.
    pub fn new(dictionary: &'static Dictionary) -> SymbolTable {
        SymbolTable { dictionary, ids: Default::default(), len: 0 }
    }

    /// The number of symbols.
    pub fn len(&self) -> usize {
        self.len as usize
    }

    /// `true` before the first symbol.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    fn of_class(&mut self, class: u8) -> &mut Map<Box<str>, Sym> {
        let at = CLASSES.iter().position(|c| *c == class).unwrap_or(CLASSES.len() - 1);
        &mut self.ids[at]
    }

    /// The symbol of a written word: `n:غارة`.
    ///
    /// # Errors
    /// When it has no class, or the dictionary has no such lemma.
    pub fn word(&mut self, written: &str) -> Result<Sym, String> {
        let (class, text) = if let Some(t) = written.strip_prefix('=') {
            (b'=', fold_str(t, Level::Folded))
        } else {
            match written.split_once(':') {
                Some((c, t)) if matches!(c, "v" | "m" | "p" | "n" | "a") => (c.as_bytes()[0], t.to_string()),
                _ => return Err(format!("“{written}” needs a class: v: n: a: m: p: or =")),
            }
        };
        if class != b'=' {
            let ids = self.dictionary.lemmas_of(&text);
            let fits = |pos: Pos| ids.iter().any(|i| self.dictionary.lemma(*i).pos == pos);
            let known = match class {
                b'v' | b'm' | b'p' => fits(Pos::Verb),
                b'n' => fits(Pos::Noun),
                _ => fits(Pos::Adj),
            };
            if !known {
                return Err(format!("the dictionary has no “{written}”: add it to lexicon/words"));
            }
        }
        let next = Sym(self.len);
        let sym = *self.of_class(class).entry(text.into()).or_insert(next);
        self.len += (sym == next) as u16;
        Ok(sym)
    }

    /// Reads a pattern.
    ///
    /// # Errors
    /// The first word that cannot be read.
    pub fn pattern(&mut self, written: &str) -> Result<Pattern, String> {
        let mut out = Vec::new();
        for w in written.split_whitespace() {
            if w == "*" {
                out.push(Element::Gap);
                continue;
            }
            let mut parts = w.split('|');
            let first = parts.next().unwrap_or("");
            let class = first.split_once(':').map_or(first.chars().next().map_or(String::new(), String::from), |c| format!("{}:", c.0));
            let mut syms = SmallVec::new();
            syms.push(self.word(first)?);
            for p in parts {
                let full = if p.contains(':') || p.starts_with('=') { p.to_string() } else { format!("{class}{p}") };
                syms.push(self.word(&full)?);
            }
            out.push(Element::One(syms));
        }
        if out.is_empty() {
            return Err("an empty pattern".into());
        }
        Ok(Pattern(out))
    }

    /// The symbols that a word satisfies, with the reading that does (255: the form itself).
    pub fn of(&self, word: &Word) -> SmallVec<[(Sym, u8); 4]> {
        let mut out: SmallVec<[(Sym, u8); 4]> = SmallVec::new();
        let [verbs, masdars, participles, nouns, adjectives, forms] = &self.ids;
        let mut push = |class: &Map<Box<str>, Sym>, text: &str, r: u8| {
            if let Some(&s) = class.get(text)
                && !out.iter().any(|x| x.0 == s)
            {
                out.push((s, r));
            }
        };
        push(forms, &word.key, 255);
        for lead in ['و', 'ف'] {
            if let Some(k) = word.key.strip_prefix(lead) {
                push(forms, k, 255);
            }
        }
        for (n, r) in word.readings.iter().enumerate() {
            let n = n as u8;
            let lemma = self.dictionary.lemma(r.lemma);
            match r.pos {
                Pos::Verb => push(verbs, lemma.text, n),
                Pos::Noun | Pos::Adj => {
                    let base = self.dictionary.lemma(r.base).text;
                    match r.feat.origin() {
                        Origin::Masdar => push(masdars, base, n),
                        Origin::Agent | Origin::Patient => push(participles, base, n),
                        Origin::Plain => {}
                    }
                    push(if r.pos == Pos::Noun { nouns } else { adjectives }, lemma.text, n);
                }
                _ => {}
            }
        }
        out.sort_unstable_by_key(|x| x.0);
        out
    }
}
