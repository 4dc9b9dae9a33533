//! Names of one or more words, found in running text: loosely folded, articles and clitics aside.
//!
//! A [`NameIndex`] is an automaton over names whose words are folded ([`Level::Loose`]), stripped of the article and joined by
//! single spaces. A text is walked word by word; a [`NameCell`] remembers for each word which names can begin with it, so
//! that most words cost one look into a table.

use crate::fold::{Level, fold_char, fold_str};
use crate::letters::is_alphanumeric;
use crate::text::{Kind, Text};
use crate::words::{Column, Word, Words};
use fst::raw::{Fst, Node, Output};
use smallvec::SmallVec;
use std::borrow::Cow;
use std::sync::Arc;

/// The words of a name as they are looked up.
///
/// ```
/// use tawatur_arabic::names::name_words;
/// assert_eq!(name_words("عين العرب / كوباني"), ["عين", "عرب", "كوباني"]);
/// ```
pub fn name_words(name: &str) -> Vec<String> {
    fold_str(name, Level::Loose).split(|c: char| !is_alphanumeric(c)).filter(|w| !w.is_empty()).map(|w| bare(w).to_string()).collect()
}

/// The first of the [`name_words`] of a name.
///
/// ```
/// assert_eq!(tawatur_arabic::names::first_word("«العين» الشمالية").as_deref(), Some("عين"));
/// ```
pub fn first_word(name: &str) -> Option<String> {
    let mut out = String::new();
    for c in name.chars() {
        let mut ended = false;
        fold_char(c, Level::Loose, |d| match is_alphanumeric(d) {
            true if !ended => out.push(d),
            true => {}
            false => ended = !out.is_empty(),
        });
        if ended {
            break;
        }
    }
    (!out.is_empty()).then(|| bare(&out).to_string())
}

/// A folded word without its article, where enough is left of it.
pub fn bare(w: &str) -> &str {
    match w.strip_prefix("ال") {
        Some(r) if r.chars().count() >= 2 => r,
        _ => w,
    }
}

/// The automaton of names; the value of a name is whatever its maker put there.
#[derive(Clone)]
pub struct NameIndex<'a> {
    fst: Fst<&'a [u8]>,
    pairs: Arc<Pairs>,
}

/// Where the walks of all names stand behind two Arabic letters: most words begin none, and are dismissed by one look.
struct Pairs {
    /// For each pair the number of its walk, counted from 1; 0: no name begins so.
    numbers: Box<[u16]>,
    walks: Vec<Walk>,
}

impl Pairs {
    /// So many letters are told apart: those of two bytes from U+0600 on.
    const LETTERS: usize = 128;

    /// The pair that bytes begin with, when it is one of Arabic letters.
    #[inline]
    fn of(bytes: &[u8]) -> Option<usize> {
        let [a @ 0xD8..=0xD9, b, c @ 0xD8..=0xD9, d, ..] = *bytes else { return None };
        let letter = |lead: u8, rest: u8| (lead as usize & 1) << 6 | rest as usize & 0x3F;
        Some(letter(a, b) * Self::LETTERS + letter(c, d))
    }

    fn new(fst: &Fst<&[u8]>) -> Pairs {
        let mut pairs = Pairs { numbers: vec![0; Self::LETTERS * Self::LETTERS].into(), walks: Vec::new() };
        let mut open = vec![(fst.root().addr(), Output::zero(), SmallVec::<[u8; 4]>::new())];
        while let Some((addr, out, bytes)) = open.pop() {
            let node = fst.node(addr);
            if bytes.len() == 4 {
                if let Some(p) = Self::of(&bytes) {
                    pairs.walks.push(Walk::at(&node, out));
                    pairs.numbers[p] = pairs.walks.len() as u16;
                }
                continue;
            }
            for t in node.transitions().filter(|t| bytes.len() % 2 == 1 || matches!(t.inp, 0xD8 | 0xD9)) {
                let mut bytes = bytes.clone();
                bytes.push(t.inp);
                open.push((t.addr, out.cat(t.out), bytes));
            }
        }
        pairs
    }
}

impl std::fmt::Debug for NameIndex<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NameIndex of {} names", self.fst.len())
    }
}

/// Where a walk through the names stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Walk {
    addr: usize,
    out: Output,
    /// The value of the name that ends here.
    pub value: Option<u64>,
}

impl Walk {
    #[inline]
    fn at(node: &Node<'_>, out: Output) -> Walk {
        let value = node.is_final().then(|| out.cat(node.final_output()).value());
        Walk { addr: node.addr(), out, value }
    }
}

impl<'a> NameIndex<'a> {
    /// Opens the bytes of an [`fst::Map`] over joined [`name_words`].
    ///
    /// # Errors
    /// When the bytes are no such automaton.
    pub fn open(bytes: &'a [u8]) -> Result<NameIndex<'a>, fst::Error> {
        let fst = Fst::new(bytes)?;
        let pairs = Arc::new(Pairs::new(&fst));
        Ok(NameIndex { fst, pairs })
    }

    /// Goes on from a walk (or the start) over more bytes.
    #[inline]
    pub fn walk(&self, from: Option<Walk>, bytes: &[u8]) -> Option<Walk> {
        let (from, rest) = match (from, Pairs::of(bytes)) {
            (None, Some(pair)) => (Some(self.pairs.walks[(self.pairs.numbers[pair] as usize).checked_sub(1)?]), &bytes[4..]),
            _ => (from, bytes),
        };
        let (mut node, mut out) = match from {
            None => (self.fst.root(), Output::zero()),
            Some(w) if rest.is_empty() => return Some(w),
            Some(w) => (self.fst.node(w.addr), w.out),
        };
        for &b in rest {
            let t = node.transition(node.find_input(b)?);
            out = out.cat(t.out);
            node = self.fst.node(t.addr);
        }
        Some(Walk::at(&node, out))
    }

    /// The value of a name, given in any spelling that folding makes one.
    pub fn get(&self, name: &str) -> Option<u64> {
        self.walk(None, name_words(name).join(" ").as_bytes())?.value
    }
}

/// One way in which names can begin with a word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Start {
    /// Which of the indexes.
    pub layer: u8,
    walk: Walk,
    /// Letters of clitics in front (of `لل` only the first lam).
    pub skip: u8,
    /// و or ف is one of them.
    pub wa: bool,
    /// ب, ل or ك is one of them.
    pub prep: bool,
    /// The article stands in front of the name's first word.
    pub al: bool,
}

/// A word as names have it, folded loosely: mostly as the dictionary has it.
fn loose(word: &Word) -> Cow<'_, str> {
    if word.plain { Cow::Borrowed(&word.key) } else { Cow::Owned(fold_str(&word.clean, Level::Loose)) }
}

/// What a word is to names: how they can begin with it. Hardly any word begins one, so that most cells are empty.
#[derive(Debug, Clone, Default)]
pub struct NameCell(Option<Box<[Start]>>);

impl NameCell {
    /// Looks a word up in all indexes, as it is and without its possible clitics.
    pub fn new(word: &Word, layers: &[&NameIndex<'_>]) -> NameCell {
        let key = loose(word);
        let key = &*key;
        let mut starts: SmallVec<[Start; 2]> = SmallVec::new();
        let mut fronts: SmallVec<[(&str, u8, bool, bool); 8]> = SmallVec::new();
        fronts.push((key, 0, false, false));
        for wa in [false, true] {
            let (rest, n) = match wa {
                false => (key, 0),
                true => match key.strip_prefix(['و', 'ف']) {
                    Some(r) if r.chars().count() >= 2 => (r, 1),
                    _ => continue,
                },
            };
            if wa {
                fronts.push((rest, n, true, false));
            }
            if let Some(r) = rest.strip_prefix(['ب', 'ل', 'ك']).filter(|r| r.chars().count() >= 3) {
                fronts.push((r, n + 1, wa, true));
            }
            if let Some(r) = rest.strip_prefix("لل").filter(|r| r.chars().count() >= 2) {
                fronts.push((r, n + 1, wa, true));
            }
        }
        for (stem, skip, wa, prep) in fronts {
            let al = stem.starts_with("ال") || key[..key.len() - stem.len()].ends_with("لل");
            for (layer, index) in layers.iter().enumerate() {
                if let Some(walk) = index.walk(None, bare(stem).as_bytes())
                    && (walk.value.is_some() || index.walk(Some(walk), b" ").is_some())
                {
                    starts.push(Start { layer: layer as u8, walk, skip, wa, prep, al });
                }
            }
        }
        NameCell((!starts.is_empty()).then(|| starts.into_vec().into()))
    }

    /// `true` when some name can begin with the word.
    #[inline]
    pub fn can_start(&self) -> bool {
        self.0.is_some()
    }
}

/// A name found in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct NameMatch {
    /// The token after its last.
    pub end: usize,
    /// How it begins: clitics, article.
    pub start: Start,
    /// The value in each index that has it.
    pub values: SmallVec<[(u8, u64); 2]>,
}

/// Indexes and a column of cells: what it takes to find names.
#[derive(Debug, Default)]
pub struct NameColumn {
    cells: Column<NameCell>,
}

impl NameColumn {
    /// The cell of token `i`, when it is a word.
    pub fn cell(&mut self, layers: &[&NameIndex<'_>], text: &Text<'_>, words: &Words, i: usize) -> Option<&NameCell> {
        let t = text.tokens.get(i).filter(|t| t.kind == Kind::Word)?;
        Some(self.cells.get(words, t.word, |w| NameCell::new(w, layers)))
    }

    /// Goes on from a walk through the word at token `i`.
    fn step(index: &NameIndex<'_>, text: &Text<'_>, words: &Words, i: usize, on: Walk) -> Option<Walk> {
        let t = text.tokens.get(i)?;
        match t.kind {
            Kind::Word => {
                let key = loose(words.get(t.word));
                index.walk(Some(on), bare(&key).as_bytes())
            }
            Kind::Number | Kind::Foreign => index.walk(Some(on), fold_str(text.slice(t.range()), Level::Loose).as_bytes()),
            _ => None,
        }
    }

    /// The longest name that begins at token `i` and ends before token `end`; with `joined`, one behind a conjunction counts.
    ///
    /// A hyphen between two words of a name is passed over. Of equally long readings the one with fewer clitics wins.
    pub fn longest(&mut self, layers: &[&NameIndex<'_>], text: &Text<'_>, words: &Words, i: usize, end: usize, joined: bool) -> Option<NameMatch> {
        // nearly every word begins none
        let starts = self.cell(layers, text, words, i)?.0.as_deref()?;
        let hyphen = |k: usize| text.tokens[k].kind == Kind::Punct && matches!(text.slice(text.tokens[k].range()), "-" | "–" | "ـ");
        let mut best: Option<(usize, Start)> = None;
        let mut values: SmallVec<[(u8, u64); 2]> = SmallVec::new();
        for &s in starts {
            if s.wa && !joined {
                continue;
            }
            let index = layers[s.layer as usize];
            let mut walk = s.walk;
            let mut at = i + 1;
            loop {
                if let Some(v) = walk.value {
                    let longer = best.as_ref().is_none_or(|b| at > b.0 || at == b.0 && s.skip < b.1.skip);
                    if longer {
                        best = Some((at, s));
                        values.clear();
                    }
                    if best.as_ref().is_some_and(|b| b.0 == at && b.1.skip == s.skip) {
                        values.push((s.layer, v));
                    }
                }
                let mut next = at;
                if next + 1 < end && hyphen(next) {
                    next += 1;
                }
                if next >= end {
                    break;
                }
                let Some(on) = index.walk(Some(walk), b" ") else { break };
                let Some(w) = Self::step(index, text, words, next, on) else { break };
                walk = w;
                at = next + 1;
            }
        }
        best.map(|(end, start)| NameMatch { end, start, values })
    }
}

/// The first byte of a token's text behind so many letters of clitics.
pub fn skip_bytes(raw: &str, letters: u8) -> usize {
    if letters == 0 {
        return 0;
    }
    raw.char_indices().filter(|(_, c)| crate::letters::class(*c) == crate::letters::CharClass::Arabic).nth(letters as usize).map_or(0, |x| x.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_behind_clitics_and_across_hyphens() {
        let mut map = fst::MapBuilder::memory();
        for (k, v) in [("ام خلاخيل", 1), ("تل ابيض", 2), ("خوين", 3)] {
            map.insert(k, v).unwrap();
        }
        let bytes = map.into_inner().unwrap();
        let index = NameIndex::open(&bytes).unwrap();
        let mut words = Words::new(crate::dictionary());
        let text = Text::new("بالخوين وأم الخلاخيل وتل-أبيض", &mut words);
        let mut col = NameColumn::default();
        let mut at = |i| col.longest(&[&index], &text, &words, i, text.tokens.len(), true).map(|m| (m.values[0].1, m.end, m.start.skip));
        assert_eq!(at(0), Some((3, 1, 1)));
        assert_eq!(at(1), Some((1, 3, 1)));
        assert_eq!(at(3), Some((2, 6, 1)));
    }
}
