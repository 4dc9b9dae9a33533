//! Where a construction stands in a text: its pattern tried against the tokens, the parts it captures.

use crate::pattern::{Node, Op, Opening, Parts, Slot};
use crate::table::{Cat, Feast, Sense, Table};
use arabic::hash::Map;
use arabic::letters::digit;
use arabic::morph::Pos;
use arabic::number::{Number, NumberKind};
use arabic::text::{Kind, Text};
use arabic::words::{Column, Word, Words};
use smallvec::SmallVec;

/// What a word is to time.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cell {
    senses: SmallVec<[(Sense, Front); 2]>,
    literals: SmallVec<[(u16, bool); 2]>,
    /// A holiday's name may begin here; bytes of the key before it.
    feast: Option<(u8, bool)>,
    and: bool,
    /// What it can be in patterns.
    pub parts: Parts,
    /// With a word for a year behind it, a year may begin here: "من", "في".
    pub leads_to_year: bool,
    /// A word for a year.
    pub names_year: bool,
    /// The rules that can begin with the word, in order.
    rules: Box<[u16]>,
}

/// What stands in front of a sense's stem.
#[derive(Debug, Clone, Copy, Default)]
struct Front {
    wa: bool,
    the: bool,
}

/// What a word is to time; `None` for most words.
pub(crate) fn cell(table: &Table, index: &Index, w: &Word) -> Option<Box<Cell>> {
    let mut c = senses(table, w);
    let known = c.and || !c.senses.is_empty() || !c.literals.is_empty() || c.feast.is_some();
    if !known && !told_by_letters(&w.key) {
        return None;
    }
    c.parts = index.parts(&c, &w.key);
    c.rules = index.rules(&c, &w.key);
    c.names_year = is_year_word(&w.key);
    c.leads_to_year = leads_to_year(&w.key);
    if c.leads_to_year {
        // told of the token when what stands behind it is known
        c.parts = c.parts.without(Parts::slot(Slot::Year));
    }
    (known || !c.rules.is_empty()).then(|| Box::new(c))
}

/// Can the program itself take the word for a part of an expression, whatever the table says of it?
fn told_by_letters(key: &str) -> bool {
    let bare = key.strip_prefix('و').unwrap_or(key);
    leads_to_year(key) || is_year_word(key) || is_article(bare) || CLOCK_WORDS.contains(&bare) || CLOCK_FRONTS.contains(&bare)
}

/// "ال 27"
fn is_article(bare: &str) -> bool {
    matches!(bare, "ال" | "بال")
}

impl Cell {
    /// The word makes an expression possible, where others only lead into it.
    pub(crate) fn is_strong(&self, table: &Table) -> bool {
        let strong = |c: Cat| !matches!(c, Cat::Recent | Cat::Position | Cat::Share | Cat::Fuzzy | Cat::HijriSecond);
        self.senses.iter().any(|(s, _)| strong(s.cat)) || self.feast.is_some() || self.literals.iter().any(|(l, _)| !table.leads(*l))
    }

    /// An expression may begin with the word.
    pub(crate) fn may_begin(&self) -> bool {
        !self.rules.is_empty()
    }
}

/// Two sorted lists as one.
fn merged<'a>(a: &'a [u16], b: &'a [u16]) -> impl Iterator<Item = u16> + 'a {
    let (mut i, mut j) = (0, 0);
    std::iter::from_fn(move || match (a.get(i), b.get(j)) {
        (Some(x), Some(y)) if x == y => {
            (i, j) = (i + 1, j + 1);
            Some(*x)
        }
        (Some(x), Some(y)) if x < y => {
            i += 1;
            Some(*x)
        }
        (Some(x), None) => {
            i += 1;
            Some(*x)
        }
        (_, Some(y)) => {
            j += 1;
            Some(*y)
        }
        (None, None) => None,
    })
}

fn senses(table: &Table, w: &Word) -> Cell {
    let mut c = Cell { and: &*w.key == "و", ..Cell::default() };
    let key = &*w.key;
    let bases = [(key, false), (key.strip_prefix('و').or(key.strip_prefix('ف')).unwrap_or(""), true)];
    let mut owned;
    for (base, wa) in bases {
        if base.is_empty() {
            continue;
        }
        let mut sense = |stem: &str, the: bool| {
            for s in table.senses(stem) {
                if !c.senses.iter().any(|x| x.0 == *s && x.1.the == the) {
                    c.senses.push((*s, Front { wa, the }));
                }
            }
        };
        sense(base, false);
        if let Some(s) = base.strip_prefix("ال") {
            sense(s, true);
        }
        if let Some(s) = base.strip_prefix("لل") {
            sense(s, true);
        }
        if let Some(s) = base.strip_prefix(['ب', 'ل', 'ك']) {
            sense(s, false);
            if let Some(s) = s.strip_prefix("ال") {
                sense(s, true);
            }
        }
        let mut literal = |stem: &str| {
            if let Some(&n) = table.literals.get(stem)
                && !c.literals.iter().any(|x| x.0 == n)
            {
                c.literals.push((n, wa));
            }
        };
        literal(base);
        if let Some(s) = base.strip_prefix(['ب', 'ل']) {
            literal(s);
        }
        if let Some(s) = base.strip_prefix("لل") {
            owned = format!("ال{s}");
            literal(&owned);
        }
        for (n, stem) in [(0u8, Some(base)), (2, base.strip_prefix(['ب', 'ل'])), (4, base.strip_prefix("ال"))] {
            if c.feast.is_none() && stem.is_some_and(|s| !table.feasts(s).is_empty()) {
                c.feast = Some((n + if wa { 2 } else { 0 }, wa));
            }
        }
    }
    c
}

/// One captured part.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Cap {
    pub slot: Slot,
    pub value: i64,
    /// Month: 1 Hijri. Year: 1 counted from the anchor, 2 Hijri. Clock: 0 as said, 1 morning, 2 afternoon. Fraction: halves.
    pub extra: i64,
}

/// The parts of a match, in order; a `{date}` is a match of its own.
#[derive(Debug, Clone, Default)]
pub(crate) struct Caps {
    pub items: SmallVec<[Cap; 8]>,
    pub nested: Vec<(usize, Caps)>,
    pub feast: Option<Feast>,
    /// Which branch of the first choice of words matched, so that a resolver can tell them apart.
    pub words: SmallVec<[u16; 6]>,
}

impl Caps {
    pub fn get(&self, slot: Slot) -> Option<Cap> {
        self.items.iter().find(|c| c.slot == slot).copied()
    }

    pub fn value(&self, slot: Slot) -> Option<i64> {
        self.get(slot).map(|c| c.value)
    }

    pub fn any(&self, slots: &[Slot]) -> Option<Cap> {
        self.items.iter().find(|c| slots.contains(&c.slot)).copied()
    }
}

/// The nested dates that a sentence was already asked for: token, depth, what was found.
pub(crate) type Memo = Vec<(usize, u8, Option<(usize, usize, Caps)>)>;

/// A text as the matcher sees it.
pub(crate) struct View<'a> {
    pub table: &'a Table,
    pub text: &'a Text<'a>,
    pub words: &'a Words,
    pub numbers: &'a [Number],
    /// The cells of the sentence's words are made.
    pub cells: &'a Column<Option<Box<Cell>>>,
    pub index: &'a Index,
    /// No match reaches beyond this token.
    pub end: usize,
    /// Where the sentence ends.
    pub stop: usize,
    /// The first token at hand, what each can be, and what it and all behind it can be.
    pub start: usize,
    pub tokens: &'a [Parts],
    pub rest: &'a [Parts],
}

/// Which rules can begin with what.
#[derive(Debug, Default)]
pub(crate) struct Index {
    by_slot: Vec<(Slot, Vec<u16>)>,
    by_word: Map<u16, Vec<u16>>,
    /// Rules that a number in words, or in digits, can begin.
    numbers: Vec<u16>,
    digits: Vec<u16>,
    /// What a date can begin with.
    dates: Parts,
    /// Numbers of words that the program itself looks for.
    after: Option<u16>,
    before: Option<u16>,
}

const OF_NUMBERS: [Slot; 5] = [Slot::Dom, Slot::Number, Slot::Ordinal, Slot::Year, Slot::Clock];

impl Index {
    pub fn new(table: &Table) -> Index {
        let mut ix = Index { after: table.literals.get("بعد").copied(), before: table.literals.get("قبل").copied(), ..Index::default() };
        // what a date can begin with
        let mut dates = Vec::new();
        for r in table.rules.iter().filter(|r| r.make.is_date()) {
            crate::pattern::firsts(&r.pattern, &mut dates);
        }
        dates.retain(|d| *d != Node::Slot(Slot::Date));
        for d in &dates {
            ix.dates = ix.dates.with(match d {
                Node::Word(w) => Parts::word(*w),
                Node::Slot(s) => Parts::slot(*s),
                _ => Parts::MARK,
            });
        }
        for (n, r) in table.rules.iter().enumerate() {
            let mut firsts = Vec::new();
            crate::pattern::firsts(&r.pattern, &mut firsts);
            if firsts.contains(&Node::Slot(Slot::Date)) {
                firsts.retain(|f| *f != Node::Slot(Slot::Date) && !dates.contains(f));
                firsts.extend_from_slice(&dates);
            }
            let n = n as u16;
            for f in &firsts {
                match f {
                    Node::Word(w) => ix.by_word.entry(*w).or_default().push(n),
                    Node::Slot(s) => match ix.by_slot.iter_mut().find(|x| x.0 == *s) {
                        Some(x) => x.1.push(n),
                        None => ix.by_slot.push((*s, vec![n])),
                    },
                    _ => {}
                }
            }
            if firsts.iter().any(|f| matches!(f, Node::Slot(s) if OF_NUMBERS.contains(s))) {
                ix.numbers.push(n);
            }
            if firsts.iter().any(|f| matches!(f, Node::Slot(s) if OF_NUMBERS.contains(s) || *s == Slot::NumDate)) {
                ix.digits.push(n);
            }
        }
        ix
    }

    /// The parts of patterns that a word can be, as far as the word alone can tell; what only numbers can be is left out.
    fn parts(&self, c: &Cell, key: &str) -> Parts {
        let has = |cat: Cat, the: Option<bool>| c.senses.iter().any(|(s, f)| s.cat == cat && the.is_none_or(|t| t == f.the));
        let literal = |n: Option<u16>| n.is_some_and(|n| c.literals.iter().any(|l| l.0 == n));
        let bare = key.strip_prefix('و').unwrap_or(key);
        let article = is_article(bare);
        let mut parts = Parts::default();
        for (l, _) in &c.literals {
            parts = parts.with(Parts::word(*l));
        }
        for slot in Slot::ALL {
            let plausible = match slot {
                Slot::Weekday => has(Cat::Weekday, Some(true)),
                Slot::Weekday0 => has(Cat::Weekday, None),
                Slot::Month => has(Cat::Month, None) || has(Cat::MonthPair, None) || has(Cat::Hijri, None) || has(Cat::HijriPair, None),
                Slot::Year => leads_to_year(key) || is_year_word(key),
                Slot::Dom | Slot::Number | Slot::Ordinal => article,
                Slot::Unit => has(Cat::Unit, Some(false)),
                Slot::UnitThe => has(Cat::Unit, Some(true)),
                Slot::Unit2 => has(Cat::Unit2, Some(false)),
                Slot::Unit2The => has(Cat::Unit2, Some(true)),
                Slot::Units => has(Cat::Units, Some(false)),
                Slot::UnitsThe => has(Cat::Units, Some(true)),
                Slot::Shift => has(Cat::Shift, None),
                Slot::Recent => has(Cat::Recent, None),
                Slot::Relday => has(Cat::Relday, None),
                Slot::Now => has(Cat::Now, None),
                Slot::Daypart => has(Cat::Daypart, None) || literal(self.after) || literal(self.before) || has(Cat::Position, None),
                Slot::DaypartThe => has(Cat::Daypart, Some(true)),
                Slot::Position => has(Cat::Position, None),
                Slot::Season => has(Cat::Season, None),
                Slot::Fuzzy => has(Cat::Fuzzy, None),
                Slot::Decade => has(Cat::Decade, None),
                Slot::Half => has(Cat::Share, None),
                Slot::Clock => article || CLOCK_WORDS.contains(&bare) || CLOCK_FRONTS.contains(&bare),
                Slot::Holiday => c.feast.is_some(),
                Slot::And => c.and || c.senses.iter().any(|s| s.1.wa) || c.literals.iter().any(|l| l.1),
                Slot::NumDate | Slot::Date | Slot::End => false,
            };
            if plausible {
                parts = parts.with(Parts::slot(slot));
            }
        }
        parts
    }

    /// Every rule that a word of these parts can begin; those that its number begins are left out.
    fn rules(&self, c: &Cell, key: &str) -> Box<[u16]> {
        let clock = !CLOCK_FRONTS.contains(&key.strip_prefix('و').unwrap_or(key));
        let mut rules: Vec<u16> = c.literals.iter().filter_map(|(l, _)| self.by_word.get(l)).flatten().copied().collect();
        rules.extend(
            self.by_slot.iter().filter(|(slot, _)| c.parts.has(Parts::slot(*slot)) && (clock || *slot != Slot::Clock)).flat_map(|(_, list)| list).copied(),
        );
        rules.sort_unstable();
        rules.dedup();
        rules.into()
    }
}

/// Words with which an hour begins.
const CLOCK_WORDS: [&str; 3] = ["الساعه", "ساعه", "بالساعه"];

/// Words that may stand before it inside an expression, but do not begin one.
const CLOCK_FRONTS: [&str; 9] = ["عند", "بحدود", "حوالي", "نحو", "قرابه", "حدود", "عندالساعه", "تمام", "في"];

/// Words behind which a number of four digits is a year, also before a noun: "في 2014 مقتل عشرة".
const YEAR_FRONTS: [&str; 14] = ["في", "وفي", "منذ", "ومنذ", "حتي", "وحتي", "خلال", "بين", "وبين", "من", "الي", "قبل", "بعد", "لغايه"];

/// "من عام 2015", "في سنة 2015".
fn leads_to_year(key: &str) -> bool {
    matches!(key, "من" | "في")
}

fn is_year_word(key: &str) -> bool {
    let k = key.strip_prefix(['ل', 'ب']).unwrap_or(key);
    matches!(k, "عام" | "سنه" | "العام" | "السنه" | "لعام" | "لسنه")
}

impl View<'_> {
    pub fn cell(&self, i: usize) -> Option<&Cell> {
        let t = self.text.tokens[..self.end].get(i)?;
        if t.kind != Kind::Word {
            return None;
        }
        self.cells.peek(t.word)?.as_deref()
    }

    /// The longest construction that begins at token `i`: (end, rule, parts). `dates` keeps to rules that make a date.
    pub fn longest(&self, i: usize, dates: bool, depth: u8, memo: &mut Memo) -> Option<(usize, usize, Caps)> {
        if dates {
            // what was asked for lies near, so the last answers are enough, however long a table of dates is
            if let Some(m) = memo.iter().rev().take(32).find(|m| m.0 == i && m.1 == depth) {
                return m.2.clone();
            }
        }
        let own: &[u16] = self.cell(i).map_or(&[], |c| &c.rules);
        let numeric: &[u16] = match self.text.tokens[..self.end].get(i)?.kind {
            Kind::Number => &self.index.digits,
            Kind::Word if self.number(i).is_some() => &self.index.numbers,
            _ => &[],
        };
        let table = self.table;
        let mut best: Option<(usize, usize, Caps)> = None;
        let mut caps = Caps::default();
        let rest = self.rest[i - self.start];
        let token = self.tokens[i - self.start];
        // behind the token, and behind the number that it or the word behind its article begins
        let number = self.number(i).or_else(|| if token.any(Parts::slot(Slot::Dom)) { self.number(i + 1) } else { None });
        let at = |i: usize| self.tokens.get(i - self.start).copied().unwrap_or_default();
        let next = at(i + 1).with(number.map_or(Parts::default(), |n| at(n.tokens.end)));
        for r in merged(own, numeric) {
            let rule = &table.rules[r as usize];
            if dates && !rule.make.is_date() || !Opening::fits(&rule.openings, token, next) || !rule.needs.met(rest) {
                continue;
            }
            let before = best.as_ref().map_or(i, |b| b.0);
            let mut found: Option<(usize, Caps)> = None;
            self.run(&rule.ops, 0, i, i, &mut caps, depth, memo, &mut |end, caps| {
                if end > found.as_ref().map_or(before, |f| f.0) {
                    found = Some((end, caps.clone()));
                }
            });
            if let Some((end, caps)) = found {
                best = Some((end, r as usize, caps));
            }
        }
        if dates {
            memo.push((i, depth, best.clone()));
        }
        best
    }

    /// Runs a pattern from step `at` on; calls `done` for every way through, and tells whether there was one. An optional part
    /// that leads through is never left out.
    #[allow(clippy::too_many_arguments)] // what stands still during a match, and what moves
    fn run(&self, ops: &[Op], at: usize, first: usize, i: usize, caps: &mut Caps, depth: u8, memo: &mut Memo, done: &mut dyn FnMut(usize, &Caps)) -> bool {
        // most steps fail at once; only those that may succeed are worth the larger frame of `take`
        let (mut at, mut i) = (at, i);
        loop {
            match &ops[at] {
                Op::Done => {
                    done(i, caps);
                    return true;
                }
                Op::Jump(to) => at = *to as usize,
                Op::Optional(past, begin) => {
                    if self.can_be(i, *begin) && self.run(ops, at + 1, first, i, caps, depth, memo, done) {
                        return true;
                    }
                    at = *past as usize;
                }
                Op::Either(branches) => {
                    let mut through = false;
                    for (b, _) in branches.iter().filter(|(_, begin)| self.can_be(i, *begin)) {
                        through |= self.run(ops, *b as usize, first, i, caps, depth, memo, done);
                    }
                    return through;
                }
                Op::Mark(m) => {
                    if self.mark(i) != Some(*m) {
                        return false;
                    }
                    (at, i) = (at + 1, i + 1);
                }
                Op::Word(w) if !self.can_be(i, Parts::word(*w)) => return false,
                Op::Slot(s) if !matches!(s, Slot::And | Slot::Date | Slot::End) && !self.can_be(i, Parts::slot(*s)) => return false,
                _ => return self.take(ops, at, first, i, caps, depth, memo, done),
            }
        }
    }

    /// One step that takes something, and those behind it.
    #[inline(never)]
    #[allow(clippy::too_many_arguments)] // as for `run`
    fn take(&self, ops: &[Op], at: usize, first: usize, i: usize, caps: &mut Caps, depth: u8, memo: &mut Memo, done: &mut dyn FnMut(usize, &Caps)) -> bool {
        match &ops[at] {
            Op::Done | Op::Jump(_) | Op::Optional(..) | Op::Either(_) | Op::Mark(_) => self.run(ops, at, first, i, caps, depth, memo, done),
            Op::Word(w) => {
                let Some(c) = self.cell(i) else { return false };
                let Some(l) = c.literals.iter().find(|(l, _)| l == w) else { return false };
                if l.1 && !self.may_join(first, i, caps) {
                    return false;
                }
                caps.words.push(*w);
                let through = self.run(ops, at + 1, first, i + 1, caps, depth, memo, done);
                caps.words.pop();
                through
            }
            Op::Slot(Slot::End) => self.at_end(i) && self.run(ops, at + 1, first, i, caps, depth, memo, done),
            Op::Slot(Slot::And) => {
                if i == first || i >= self.end {
                    return false;
                }
                if self.cell(i).is_some_and(|c| c.and) {
                    return self.run(ops, at + 1, first, i + 1, caps, depth, memo, done);
                }
                let wa = self.cell(i).is_some_and(|c| c.senses.iter().any(|s| s.1.wa) || c.literals.iter().any(|l| l.1)) || self.number_with_wa(i);
                if !wa {
                    return false;
                }
                caps.items.push(Cap { slot: Slot::And, value: 0, extra: 0 });
                let through = self.run(ops, at + 1, first, i, caps, depth, memo, done);
                caps.items.pop();
                through
            }
            Op::Slot(Slot::Date) => {
                if depth == 0 || !self.can_be(i, self.index.dates) {
                    return false;
                }
                let Some((end, rule, sub)) = self.longest(i, true, depth - 1, memo) else { return false };
                caps.nested.push((rule, sub));
                let through = self.run(ops, at + 1, first, end, caps, depth, memo, done);
                caps.nested.pop();
                through
            }
            Op::Slot(slot) => {
                let joined = self.may_join(first, i, caps);
                let Some((end, value, extra)) = self.slot(*slot, i, joined, caps) else { return false };
                let cap = Cap { slot: *slot, value, extra };
                if *slot == Slot::Holiday {
                    caps.feast = self.feast_at(i, cap);
                }
                caps.items.push(cap);
                let through = self.run(ops, at + 1, first, end, caps, depth, memo, done);
                caps.items.pop();
                through
            }
        }
    }

    /// Can token `i` be one of these?
    fn can_be(&self, i: usize, parts: Parts) -> bool {
        parts == Parts::ALL || self.tokens.get(i - self.start).is_some_and(|t| t.any(parts))
    }

    /// A word that carries و may stand here.
    fn may_join(&self, first: usize, i: usize, caps: &Caps) -> bool {
        i == first || self.joined_before(i) || caps.items.last().is_some_and(|c| c.slot == Slot::And)
    }

    /// Nothing more of the sentence stands here.
    fn at_end(&self, i: usize) -> bool {
        if self.mark(i) == Some('.') && self.text.tokens.get(i + 1).is_some_and(|t| t.glued && t.kind == Kind::Number) {
            return false;
        }
        i >= self.stop || matches!(self.text.tokens[i].kind, Kind::Punct | Kind::Break) && !matches!(self.mark(i), Some('-' | '/' | ':' | '%'))
    }

    fn joined_before(&self, i: usize) -> bool {
        i > 0 && self.cell(i - 1).is_some_and(|c| c.and)
    }

    fn number_with_wa(&self, i: usize) -> bool {
        self.number(i).is_some() && self.text.tokens[i].kind == Kind::Word && {
            let w = self.words.get(self.text.tokens[i].word);
            w.key.starts_with('و') && &*w.key != "واحد" && &*w.key != "واحده"
        }
    }

    fn mark(&self, i: usize) -> Option<char> {
        if i >= self.end || self.text.tokens[i].kind != Kind::Punct {
            return None;
        }
        Some(match self.text.slice(self.text.tokens[i].range()).chars().next()? {
            '،' | ',' | '؛' => ',',
            '-' | '–' | '—' | 'ـ' | '‑' => '-',
            '/' | '\\' | '⁄' => '/',
            c => c,
        })
    }

    fn glued(&self, i: usize) -> bool {
        i < self.end && self.text.tokens[i].glued
    }

    pub fn number(&self, i: usize) -> Option<&Number> {
        let n = self.numbers.partition_point(|n| n.tokens.start < i);
        self.numbers.get(n).filter(|n| n.tokens.start == i && n.tokens.end <= self.end && n.vague.is_none())
    }

    /// The value of one token of digits, and how many digits it has.
    fn digits(&self, i: usize) -> Option<(i64, usize)> {
        if i >= self.end || self.text.tokens[i].kind != Kind::Number {
            return None;
        }
        let raw = self.text.slice(self.text.tokens[i].range());
        let mut v = 0i64;
        let mut n = 0;
        for d in raw.chars().filter_map(digit) {
            v = v.saturating_mul(10).saturating_add(d as i64);
            n += 1;
        }
        (n <= 9).then_some((v, n))
    }

    fn sense(&self, i: usize, joined: bool, cat: Cat, the: Option<bool>) -> Option<(i64, bool)> {
        let c = self.cell(i)?;
        c.senses.iter().find(|(s, f)| s.cat == cat && (joined || !f.wa) && the.is_none_or(|t| t == f.the)).map(|(s, _)| (s.value, s.weak))
    }

    fn literal(&self, i: usize, word: Option<u16>) -> bool {
        word.is_some_and(|n| self.cell(i).is_some_and(|c| c.literals.iter().any(|l| l.0 == n)))
    }

    fn key(&self, i: usize) -> &str {
        if i < self.end && self.text.tokens[i].kind == Kind::Word { &self.words.get(self.text.tokens[i].word).key } else { "" }
    }

    fn slot(&self, slot: Slot, i: usize, joined: bool, caps: &Caps) -> Option<(usize, i64, i64)> {
        if i >= self.end {
            return None;
        }
        let one = |x: Option<(i64, bool)>| x.map(|(v, _)| (i + 1, v, 0));
        match slot {
            Slot::Weekday => one(self.sense(i, joined, Cat::Weekday, Some(true))),
            Slot::Weekday0 => one(self.sense(i, joined, Cat::Weekday, None)),
            Slot::Month => self.month(i, joined, caps),
            Slot::Dom => self.dom(i),
            Slot::Year => self.year(i, !caps.items.is_empty() || !caps.words.is_empty()),
            Slot::Number => {
                let skip = (self.key(i) == "ال" && self.glued(i + 1)) as usize;
                let n = self.number(i + skip)?;
                (n.kind != NumberKind::Ordinal && n.value >= 0.0 && n.value < 1e6)
                    .then(|| (n.tokens.end, n.value as i64, ((n.value.fract()) * 1000.0).round() as i64))
            }
            Slot::Ordinal => {
                let n = self.number(i)?;
                (n.kind == NumberKind::Ordinal).then_some((n.tokens.end, n.value as i64, 0)).or_else(|| {
                    // "الثلاثة والعشرون" as an ordinal
                    (n.definite && n.value.fract() == 0.0 && n.value > 10.0).then_some((n.tokens.end, n.value as i64, 0))
                })
            }
            Slot::Unit => one(self.sense(i, joined, Cat::Unit, Some(false))),
            Slot::UnitThe => one(self.sense(i, joined, Cat::Unit, Some(true))),
            Slot::Unit2 => one(self.sense(i, joined, Cat::Unit2, Some(false))),
            Slot::Unit2The => one(self.sense(i, joined, Cat::Unit2, Some(true))),
            Slot::Units => one(self.sense(i, joined, Cat::Units, Some(false))),
            Slot::UnitsThe => one(self.sense(i, joined, Cat::Units, Some(true))),
            Slot::Shift => one(self.sense(i, joined, Cat::Shift, None)),
            Slot::Recent => one(self.sense(i, joined, Cat::Recent, None)),
            Slot::Relday => one(self.sense(i, joined, Cat::Relday, None)).filter(|r| r.1 != 0 || !self.another_day(i)),
            Slot::Now => one(self.sense(i, joined, Cat::Now, None)),
            Slot::Daypart => {
                // "بعد الظهر", "منتصف الليل"
                if self.literal(i, self.index.after) && self.sense(i + 1, false, Cat::Daypart, Some(true)).is_some_and(|d| matches!(d.0, 3 | 4)) {
                    return Some((i + 2, 4, 0));
                }
                if self.literal(i, self.index.before) && self.sense(i + 1, false, Cat::Daypart, Some(true)).is_some_and(|d| matches!(d.0, 3 | 7)) {
                    let v = if self.sense(i + 1, false, Cat::Daypart, Some(true)).is_some_and(|d| d.0 == 3) { 2 } else { 4 };
                    return Some((i + 2, v, 0));
                }
                // "بعد منتصف ليل السبت"
                let front = self.literal(i, self.index.after) || self.literal(i, self.index.before);
                let middle = i + front as usize;
                if self.sense(middle, joined && !front, Cat::Position, None).is_some_and(|p| p.0 == 2)
                    && self.sense(middle + 1, false, Cat::Daypart, None).is_some_and(|d| d.0 == 6)
                {
                    return Some((middle + 2, 6, 1));
                }
                one(self.sense(i, joined, Cat::Daypart, None))
            }
            Slot::DaypartThe => one(self.sense(i, joined, Cat::Daypart, Some(true))),
            Slot::Position => one(self.sense(i, joined, Cat::Position, None)),
            Slot::Season => one(self.sense(i, joined, Cat::Season, None)),
            Slot::Fuzzy => one(self.sense(i, joined, Cat::Fuzzy, None)),
            Slot::Decade => one(self.sense(i, joined, Cat::Decade, None)),
            Slot::Half => self.sense(i, true, Cat::Share, None).map(|(v, _)| (i + 1, v, 0)),
            Slot::Clock => self.clock(i, joined, !caps.items.is_empty()),
            Slot::NumDate => self.numdate(i),
            Slot::Holiday => self.holiday(i, joined),
            Slot::Date | Slot::And | Slot::End => None,
        }
    }

    /// "اليوم" that is not today: "اليوم الوطني", "في اليوم الذي", "اليوم الثاني", "مرتين في اليوم". "في اليوم الأربعاء" is.
    fn another_day(&self, i: usize) -> bool {
        let weekday = || self.sense(i + 1, false, Cat::Weekday, Some(true)).is_some();
        let next = self.text.tokens[..self.stop].get(i + 1).filter(|t| t.kind == Kind::Word).map_or("", |t| &*self.words.get(t.word).key);
        let ordinal = self.number(i + 1).is_some_and(|n| n.kind == NumberKind::Ordinal);
        let within = i > 0 && matches!(self.key(i - 1), "في" | "وفي") && !weekday();
        within || ordinal || self.table.makes_another_day(next)
    }

    fn one_month(&self, i: usize, joined: bool) -> Option<(usize, i64, i64, bool)> {
        if let Some((m, weak)) = self.sense(i, joined, Cat::Month, None) {
            // إب is a town of Yemen, آب is August
            if self.words.get(self.text.tokens[i].word).clean.ends_with("إب") {
                return None;
            }
            return Some((i + 1, m, 0, weak));
        }
        let second = |v: &Self, i: usize| -> Option<i64> {
            match v.key(i).trim_start_matches("ال") {
                "اول" | "اولي" => Some(1),
                "ثاني" | "ثان" | "ثانيه" | "اخر" | "اخره" | "تاني" => Some(2),
                _ => v.digits(i).map(|d| d.0).filter(|d| matches!(d, 1 | 2)),
            }
        };
        if let Some((pair, _)) = self.sense(i, joined, Cat::MonthPair, None) {
            let n = second(self, i + 1)?;
            // كانون الأول is December, كانون الثاني January; تشرين likewise October and November
            let m = match (pair, n) {
                (1201, 1) => 12,
                (1201, _) => 1,
                (_, 1) => 10,
                _ => 11,
            };
            return Some((i + 2, m, 0, false));
        }
        if let Some((m, weak)) = self.sense(i, joined, Cat::Hijri, None) {
            return Some((i + 1, m, 1, weak));
        }
        if let Some((pair, weak)) = self.sense(i, joined, Cat::HijriPair, None) {
            if pair == 1112 {
                if matches!(self.key(i).trim_start_matches('و'), "ذوالقعده") {
                    return Some((i + 1, 11, 1, false));
                }
                let (m, _) = self.sense(i + 1, false, Cat::HijriSecond, None)?;
                return Some((i + 2, m, 1, false));
            }
            let n = second(self, i + 1)?;
            let first = if pair == 34 { 3 } else { 5 };
            return Some((i + 2, first + n - 1, 1, weak));
        }
        None
    }

    /// A month, with its other name behind it: "فبراير/شباط", "يناير (كانون الثاني)". A name with other meanings needs a day, a year
    /// or the word شهر beside it.
    fn month(&self, i: usize, joined: bool, caps: &Caps) -> Option<(usize, i64, i64)> {
        let (mut end, m, hijri, weak) = self.one_month(i, joined)?;
        let mut j = end;
        let open = self.mark(j);
        if matches!(open, Some('/' | '-' | '(' | ',')) {
            j += 1;
        }
        if j < self.end
            && let Some((e, m2, h2, _)) = self.one_month(j, false)
            && m2 == m
            && h2 == hijri
            && (open.is_some_and(|o| o != ',') || j == end)
        {
            end = e;
            if open == Some('(') && self.mark(end) == Some(')') {
                end += 1;
            }
        }
        if weak {
            let front = if i > 0 { self.key(i - 1) } else { "" };
            let fronted = matches!(front, "في" | "وفي" | "الي" | "والي" | "حتي" | "وحتي" | "منذ" | "ومنذ" | "خلال" | "وخلال" | "بين")
                || front == "من" && matches!(self.key(end), "الي" | "حتي" | "وحتي");
            let dated = fronted
                || !caps.items.is_empty()
                || !caps.words.is_empty()
                || self.year(end, true).is_some()
                || self.sense(end, false, Cat::Shift, None).is_some();
            if !dated {
                return None;
            }
        }
        Some((end, m, hijri))
    }

    /// A day of the month: "12", "الـ21", "الثاني عشر".
    fn dom(&self, i: usize) -> Option<(usize, i64, i64)> {
        let skip = (matches!(self.key(i), "ال" | "وال" | "بال") && self.glued(i + 1)) as usize;
        let at = i + skip;
        if let Some((d, n)) = self.digits(at) {
            return ((1..=31).contains(&d) && n <= 2).then_some((at + 1, d, 0));
        }
        let n = self.number(at)?;
        // "الأحد" is Sunday, not the first: with the article only ordinals and tens
        let plain = n.kind == NumberKind::Ordinal || !n.definite || n.value > 10.0;
        let whole = n.value.fract() == 0.0 && (1.0..=31.0).contains(&n.value) && n.kind != NumberKind::Fraction && plain;
        let extra = match n.kind {
            NumberKind::Ordinal if self.key(n.tokens.start).ends_with('ه') => 2,
            NumberKind::Ordinal => 1,
            _ => 0,
        };
        whole.then_some((n.tokens.end, n.value as i64, extra))
    }

    /// A year: "2018", "عام 2018", "من العام الماضي", "1439 هـ", "ألفين وثمانية عشر".
    /// Alone, where nothing of the expression stands before it, it must not count the noun behind it: "2017 قذيفة".
    fn year(&self, i: usize, dated: bool) -> Option<(usize, i64, i64)> {
        let mut at = i;
        let mut named = false;
        let word = |v: &Self, at: usize| is_year_word(v.key(at));
        if leads_to_year(self.key(at)) && word(self, at + 1) {
            at += 1;
        }
        if word(self, at) {
            named = true;
            at += 1;
            if let Some((s, _)) = self.sense(at, false, Cat::Shift, None) {
                return Some((at + 1, s, 1));
            }
        } else if at > i {
            return None;
        }
        if matches!(self.mark(at), Some(',' | '.')) && self.digits(at + 1).is_some_and(|d| d.1 == 4) {
            at += 1;
        }
        let hijri = |v: &Self, at: usize| matches!(v.key(at), "ه" | "هجري" | "هجريه");
        if let Some((y, n)) = self.digits(at) {
            // 1436-1437هـ: the sign stands behind the second
            let two = matches!(self.mark(at + 1), Some('-' | '/')) && self.digits(at + 2).is_some_and(|d| d.1 == 4) && hijri(self, at + 3);
            if n == 4 && (1300..=1600).contains(&y) && two {
                return Some((at + 1, y, 2));
            }
            if n == 4 && (1300..=1600).contains(&y) && hijri(self, at + 1) {
                return Some((at + 2, y, 2));
            }
            let ok = (n == 4 && if dated { (1000..=2200).contains(&y) } else { self.year_alone(i, y, at + 1) }) || (named && (1..=4).contains(&n));
            let mut end = at + 1;
            if self.key(end) == "م" || self.key(end) == "ميلادي" {
                end += 1;
            }
            return ok.then_some((end, y, 0));
        }
        let n = self.number(at)?;
        if n.kind != NumberKind::Cardinal || n.value.fract() != 0.0 {
            return None;
        }
        // "تسعة عشر ثمانية وعشرون" as in English
        if named
            && (10.0..=20.0).contains(&n.value)
            && let Some(m) = self.number(n.tokens.end).filter(|m| m.value < 100.0 && m.kind == NumberKind::Cardinal)
        {
            return Some((m.tokens.end, n.value as i64 * 100 + m.value as i64, 0));
        }
        let plain = (1700.0..=2200.0).contains(&n.value) && (dated || self.year_alone(i, n.value as i64, n.tokens.end));
        (plain || named && n.value > 0.0 && n.value < 3000.0).then_some((n.tokens.end, n.value as i64, 0))
    }

    /// Is the number at `i` a year, with no other word of time before it? What stands on both sides decides.
    fn year_alone(&self, i: usize, y: i64, next: usize) -> bool {
        let fronted = i > 0 && YEAR_FRONTS.contains(&self.key(i - 1));
        let counts = self.text.tokens[..self.stop].get(next).filter(|t| t.kind == Kind::Word).is_some_and(|t| {
            let r = self.words.get(t.word).readings.first();
            r.is_some_and(|r| matches!(r.pos, Pos::Noun | Pos::Adj) && !r.is_definite() && r.pro.0 == 0)
        });
        match counts {
            true => fronted && (1901..=2099).contains(&y) && y != 2000,
            false => (1900..=2100).contains(&y) || fronted && (1000..=2200).contains(&y),
        }
    }

    /// A time of day; value is seconds since midnight as said, extra whether a part of the day was named. Behind a day "في الثالثة" is
    /// an hour, and before another hour "الثالثة" in "بين الثالثة والخامسة"; elsewhere a word must say so.
    fn clock(&self, i: usize, joined: bool, dated: bool) -> Option<(usize, i64, i64)> {
        let mut at = i;
        let mut named = false;
        loop {
            let k = self.key(at);
            let k = k.strip_prefix('و').filter(|_| joined && at == i).unwrap_or(k);
            match k {
                "الساعه" | "ساعه" | "بالساعه" => {
                    named |= k != "ساعه";
                    at += 1;
                }
                "عند" | "بحدود" | "حوالي" | "نحو" | "قرابه" | "حدود" | "عندالساعه" if !named && at < i + 3 => at += 1,
                "تمام" | "في" if !named && at < i + 3 => at += 1,
                _ => break,
            }
            if at > i + 4 {
                break;
            }
        }
        if self.key(at) == "ال" && self.glued(at + 1) {
            at += 1;
        }
        let (mut seconds, mut end, ordinal);
        if let Some((h, n)) = self.digits(at) {
            if h > 24 || n > 2 {
                return None;
            }
            seconds = h * 3600;
            end = at + 1;
            ordinal = false;
            if matches!(self.mark(end), Some(':' | '.')) && self.glued(end) && self.glued(end + 1) {
                let (m, n) = self.digits(end + 1)?;
                if m > 59 || n != 2 || (self.mark(end) == Some('.') && !named) {
                    return None;
                }
                seconds += m * 60;
                end += 2;
                named = true;
                if self.mark(end) == Some(':')
                    && self.glued(end)
                    && let Some((s, 2)) = self.digits(end + 1)
                {
                    seconds += s.min(59);
                    end += 2;
                }
            }
        } else {
            let (v, e, o) = {
                let n = self.number(at)?;
                (n.value, n.tokens.end, n.kind == NumberKind::Ordinal || matches!(self.key(at), "الواحده" | "والواحده"))
            };
            // "ثلاثة" is an hour only after الساعة; "الثالثة" also before a part of the day
            if !(1.0..=12.0).contains(&v) || v.fract() != 0.0 && !named {
                return None;
            }
            let feminine = self.key(e - 1).ends_with(['ه', 'ي', 'ر']);
            if !named && !(o && feminine && self.key(at).contains("ال")) {
                return None;
            }
            let front = if i > 0 { self.key(i - 1) } else { "" };
            named |= o && feminine && (dated && at > i || matches!(front, "بين" | "من") && self.hour_follows(e));
            seconds = (v * 3600.0) as i64;
            end = e;
            ordinal = o;
        }
        // and so many minutes, a quarter, half; less a quarter
        let with_minutes = seconds % 3600 != 0;
        for _ in 0..if with_minutes { 0 } else { 2 } {
            let less = self.key(end) == "الا";
            let j = if less { end + 1 } else { end };
            let and = self.key(j) == "و";
            let k = if and { j + 1 } else { j };
            let wa = self.key(k).starts_with('و') || and;
            if !less && !wa {
                break;
            }
            if let Some((share, _)) = self.sense(k, true, Cat::Share, None) {
                seconds += if less { -share * 60 } else { share * 60 };
                end = k + 1;
                continue;
            }
            let Some((v, e, plain)) = self.number(k).map(|n| (n.value, n.tokens.end, n.kind == NumberKind::Cardinal)) else { break };
            if !plain || v >= 60.0 || v.fract() != 0.0 {
                break;
            }
            let minute = self.sense(e, false, Cat::Unit, None).or(self.sense(e, false, Cat::Units, None)).is_some_and(|u| u.0 == 2);
            if !minute && !(named || ordinal) {
                break;
            }
            seconds += if less { -(v as i64) * 60 } else { v as i64 * 60 };
            end = e + minute as usize;
        }
        // the part of the day
        let mut half = 0;
        let mut j = end;
        if matches!(self.key(j), "من" | "في") {
            j += 1;
        }
        if matches!(self.key(j), "هذا" | "هذه") {
            j += 1;
        }
        let part = match self.slot(Slot::Daypart, j, false, &Caps::default()) {
            Some((e, v, _)) => Some((e, v)),
            None => match self.key(j) {
                "ص" | "صباحا" => Some((j + 1, 2)),
                "م" => Some((j + 1, 5)),
                _ if self.text.tokens.get(j).is_some_and(|t| t.kind == Kind::Foreign) => {
                    match self.text.slice(self.text.tokens[j].range()).to_ascii_lowercase().as_str() {
                        "am" => Some((j + 1, 2)),
                        "pm" => Some((j + 1, 5)),
                        _ => None,
                    }
                }
                _ => None,
            },
        };
        if let Some((e, p)) = part {
            half = match p {
                1 | 2 | 8 => 1,
                3 if seconds >= 11 * 3600 => 3,
                6 if !(5 * 3600..12 * 3600).contains(&seconds) => 1,
                _ => 2,
            };
            end = e;
            named = true;
        }
        // "بعد العصر", "قبل المغرب"
        if !named {
            return None;
        }
        // a zone: GMT is kept as an offset of the anchor elsewhere; here it belongs to the span
        let mut gmt = 0;
        if matches!(self.key(end), "بتوقيت" | "توقيت") {
            let zone = end + 1;
            let foreign = self
                .text
                .tokens
                .get(zone)
                .is_some_and(|t| zone < self.end && t.kind == Kind::Foreign && self.text.slice(t.range()).eq_ignore_ascii_case("gmt"));
            if foreign || self.key(zone) == "غرينتش" || self.key(zone) == "جرينتش" {
                end = zone + 1;
                gmt = 10;
            }
        }
        Some((end, seconds, half + gmt))
    }

    /// "والخامسة عصرا", "إلى السابعة": an hour that another one stands before.
    fn hour_follows(&self, i: usize) -> bool {
        let at = if matches!(self.key(i), "الي" | "حتي" | "وحتي" | "و") { i + 1 } else { i };
        let joined = at > i || self.key(i).starts_with('و');
        joined && self.number(at).is_some_and(|n| n.kind == NumberKind::Ordinal && n.value <= 12.0) && self.key(at).ends_with('ه')
    }

    /// A date in digits: value year * 10000 + month * 100 + day, year 0 when it is not given.
    fn numdate(&self, i: usize) -> Option<(usize, i64, i64)> {
        let (a, an) = self.digits(i)?;
        if i > 0 && self.glued(i) && matches!(self.mark(i - 1), Some('/' | '-' | '.' | ':' | '+')) {
            return None;
        }
        let sep = self.mark(i + 1).filter(|s| matches!(s, '/' | '-' | '.'))?;
        let tight = self.glued(i + 1) && self.glued(i + 2);
        if !tight && sep != '/' {
            return None;
        }
        let (b, bn) = self.digits(i + 2)?;
        let third = (self.mark(i + 3) == Some(sep)).then(|| self.digits(i + 4)).flatten().filter(|_| !tight || self.glued(i + 3) && self.glued(i + 4));
        let pack = |y: i64, m: i64, d: i64, end: usize| {
            let ok = (1..=12).contains(&m) && (1..=31).contains(&d);
            ok.then_some((end, y * 10_000 + m * 100 + d, 0))
        };
        let year = |y: i64, n: usize| match n {
            4 if (1000..2200).contains(&y) => Some(y),
            2 => Some(if y < 50 { 2000 + y } else { 1900 + y }),
            _ => None,
        };
        if let Some((c, cn)) = third {
            if self.mark(i + 5) == Some(sep) && self.digits(i + 6).is_some() && self.glued(i + 5) && self.glued(i + 6) {
                return None;
            }
            if an == 4 {
                return pack(year(a, an)?, b, c, i + 5);
            }
            if cn != 4 && cn != 2 {
                return None;
            }
            let y = year(c, cn)?;
            return if b > 12 { pack(y, a, b, i + 5) } else { pack(y, b, a, i + 5) };
        }
        if an == 4 && bn <= 2 && tight {
            return (1..=12).contains(&b).then_some((i + 3, year(a, 4)? * 10_000 + b * 100, 0));
        }
        if bn == 4 && an <= 2 && sep == '/' {
            return (1..=12).contains(&a).then(|| (i + 3, year(b, 4).unwrap_or(0) * 10_000 + a * 100, 0));
        }
        if an > 2 || bn > 2 || !tight {
            return None;
        }
        // day and month only: with dots and dashes it may as well be a decimal or a score
        if sep != '/' && !matches!(self.key(i.wrapping_sub(1)), "في" | "يوم" | "بتاريخ" | "تاريخ" | "الموافق" | "بيوم") {
            return None;
        }
        // a share or a road: "3/4" before a noun is neither day nor month, unless something says so
        if b > 12 { pack(0, a, b, i + 3) } else { pack(0, b, a, i + 3) }
    }

    fn holiday(&self, i: usize, joined: bool) -> Option<(usize, i64, i64)> {
        let (skip, wa) = self.cell(i)?.feast?;
        if wa && !joined {
            return None;
        }
        let key = self.key(i).to_string();
        let first = key.get(skip as usize..)?;
        let table = self.table;
        for (n, (rest, _)) in table.feasts(first).iter().enumerate() {
            if rest.iter().enumerate().all(|(k, w)| self.key(i + 1 + k) == w) {
                // which holiday: found again by its first word and number
                return Some((i + 1 + rest.len(), n as i64, skip as i64));
            }
        }
        None
    }

    /// The holiday that a `{holiday}` capture at token `i` means.
    fn feast_at(&self, i: usize, cap: Cap) -> Option<Feast> {
        let key = self.key(i).to_string();
        self.table.feasts(key.get(cap.extra as usize..)?).get(cap.value as usize).map(|f| f.1)
    }
}
