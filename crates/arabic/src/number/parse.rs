//! How number words and digits are put together.

use super::table::{Bound, Class, Table, Vague};
use super::{Number, NumberKind, Relative};
use crate::letters::digit;
use crate::text::{Kind, Text};
use crate::words::{Column, Gates, Word, WordId, Words};
use smallvec::SmallVec;
use std::ops::Range;

/// What a word is to numbers.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell {
    classes: SmallVec<[(Class, f64); 2]>,
    /// و or ف stands in front.
    wa: bool,
    /// The article stands in front.
    al: bool,
    /// Letters before the number word.
    skip: u8,
    /// The word is و alone.
    is_wa: bool,
}

fn cell(table: &Table, w: &Word, relative: bool) -> Cell {
    let key = &*w.key;
    let mut c = Cell { is_wa: key == "و", ..Cell::default() };
    let try_at = |c: &mut Cell, stem: &str, wa, al, skip| {
        if c.classes.is_empty() {
            c.classes = table.get(stem).iter().copied().filter(|x| relative || !matches!(x.0, Class::FromEnd | Class::FromHere)).collect();
            if !c.classes.is_empty() {
                (c.wa, c.al, c.skip) = (wa, al, skip);
            }
        }
    };
    for (stem, wa, n) in [(key, false, 0u8), (key.strip_prefix('و').unwrap_or(""), true, 1), (key.strip_prefix('ف').unwrap_or(""), true, 1)] {
        if stem.is_empty() {
            continue;
        }
        try_at(&mut c, stem, wa, false, n);
        if let Some(s) = stem.strip_prefix("ال") {
            try_at(&mut c, s, wa, true, n + 2);
        }
        if let Some(s) = stem.strip_prefix("لل") {
            try_at(&mut c, s, wa, true, n + 2);
        }
        if let Some(s) = stem.strip_prefix(['ب', 'ل', 'ك']) {
            try_at(&mut c, s, wa, false, n + 1);
            if let Some(s) = s.strip_prefix("ال") {
                try_at(&mut c, s, wa, true, n + 3);
            }
        }
    }
    c
}

struct Parser<'a> {
    table: &'a Table,
    text: &'a Text<'a>,
    words: &'a Words,
    cells: &'a [Option<Cell>],
    first: usize,
    end: usize,
    mode: Mode,
}

/// What is read besides plain numbers.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Mode {
    /// Ranges and cues.
    pub bounds: bool,
    /// Ordinals counted from the end or from here.
    pub relative: bool,
}

/// A number read so far.
#[derive(Debug, Clone, Copy)]
struct Value {
    value: f64,
    next: usize,
    kind: NumberKind,
    /// The last unit added to larger parts: "عشرون وثلاثة" before "أخماس" is 20 and 3/5.
    tail: Option<f64>,
    /// The scale word it ended with: a half behind it is half of that ("مليون ونصف").
    scale: f64,
}

/// The table, and what it says of each word so far.
pub(super) struct Look<'a> {
    pub table: &'a Table,
    pub cells: &'a mut Column<Cell>,
    pub parts: &'a mut Gates,
    pub relative: bool,
}

impl Look<'_> {
    fn is_part(&mut self, words: &Words, word: WordId) -> bool {
        let (table, relative) = (self.table, self.relative);
        self.parts.get(words, word, |w| is_part(table, w, relative) as u8) != 0
    }

    fn cell(&mut self, words: &Words, word: WordId) -> &Cell {
        let (table, relative) = (self.table, self.relative);
        self.cells.get(words, word, |w| cell(table, w, relative))
    }
}

/// Can numbers have this word? Relative ordinals, only where they are asked for.
pub(super) fn is_part(table: &Table, w: &Word, relative: bool) -> bool {
    !cell(table, w, relative).classes.is_empty()
}

pub(super) fn find(look: &mut Look<'_>, text: &Text<'_>, words: &Words, range: Range<usize>, mode: Mode, out: &mut Vec<Number>) {
    // Most words have nothing to do with numbers: look at cells only around those that have.
    let part = |look: &mut Look<'_>, i: usize| match text.tokens[i].kind {
        Kind::Number => true,
        Kind::Word => look.is_part(words, text.tokens[i].word),
        _ => false,
    };
    let mut cells = Vec::new();
    let mut i = range.start;
    let mut last = range.start;
    while i < range.end {
        if !part(look, i) {
            i += 1;
            continue;
        }
        // A window: from a few tokens before to the end of the run of anything that may belong.
        let first = i.saturating_sub(5).max(last);
        let mut end = i;
        let mut gap = 0;
        while end < range.end && gap < 5 && text.tokens[end].kind != Kind::Break {
            gap = if part(look, end) { 0 } else { gap + 1 };
            end += 1;
        }
        cells.clear();
        cells.extend((first..end).map(|k| (text.tokens[k].kind == Kind::Word).then(|| look.cell(words, text.tokens[k].word).clone())));
        let p = Parser { table: look.table, text, words, cells: &cells, first, end, mode };
        let signed = i > last && text.tokens[i - 1].kind == Kind::Punct && (text.tokens[i].glued || i == 1);
        // "قبل الأخير"
        let last_but_one = mode.relative && i > last && p.key(i - 1) == Some("قبل");
        let mut k = if signed || last_but_one { i - 1 } else { i };
        while k < end {
            match p.number(k, last).filter(|(n, _)| n.is_sound()) {
                Some((n, next)) => {
                    last = next;
                    out.push(n);
                    k = next;
                }
                None => k += 1,
            }
        }
        last = last.max(first);
        i = end;
    }
}

impl Parser<'_> {
    fn cell(&self, i: usize) -> Option<&Cell> {
        if i < self.first || i >= self.end {
            return None;
        }
        self.cells[i - self.first].as_ref()
    }

    fn class(&self, i: usize, class: Class) -> Option<f64> {
        self.cell(i)?.classes.iter().find(|c| c.0 == class).map(|c| c.1)
    }

    fn kind(&self, i: usize) -> Option<Kind> {
        (i < self.end).then(|| self.text.tokens[i].kind)
    }

    fn glued(&self, i: usize) -> bool {
        i < self.end && self.text.tokens[i].glued
    }

    fn raw(&self, i: usize) -> &str {
        if i < self.end { &self.text.raw()[self.text.tokens[i].range()] } else { "" }
    }

    fn punct(&self, i: usize) -> Option<char> {
        (self.kind(i) == Some(Kind::Punct)).then(|| self.raw(i).chars().next()).flatten()
    }

    /// Joined by و: the index at which the joined word stands, whether و is written onto it or alone.
    fn joined(&self, i: usize) -> Option<usize> {
        let c = self.cell(i);
        if c.is_some_and(|c| c.is_wa) && i + 1 < self.end {
            return Some(i + 1);
        }
        c.filter(|c| c.wa && !c.classes.is_empty()).map(|_| i)
    }

    /// و written alone before digits or words, or onto the word itself.
    fn joined_any(&self, i: usize) -> Option<usize> {
        if self.cell(i).is_some_and(|c| c.is_wa) && i + 1 < self.end {
            return Some(i + 1);
        }
        self.joined(i)
    }

    // ---- digits ----

    fn digits(&self, i: usize) -> Option<Value> {
        let mut s = String::new();
        let mut k = i;
        let push = |s: &mut String, raw: &str| s.extend(raw.chars().filter_map(digit).map(|d| (b'0' + d) as char));
        if self.kind(k) != Some(Kind::Number) {
            // .5
            if matches!(self.punct(k), Some('.' | '٫' | ',')) && self.kind(k + 1) == Some(Kind::Number) && self.glued(k + 1) && !self.glued(k) {
                s.push_str("0.");
                push(&mut s, self.raw(k + 1));
                k += 2;
                return Some(Value { value: s.parse().ok()?, next: k, kind: NumberKind::Cardinal, tail: None, scale: 1.0 });
            }
            return None;
        }
        push(&mut s, self.raw(k));
        let first_len = s.len();
        k += 1;
        let mut decimal = false;
        let mut groups = 0;
        let number_after = |k: usize| self.kind(k + 1) == Some(Kind::Number) && self.glued(k) && self.glued(k + 1);
        let digits_in = |k: usize| self.raw(k).chars().count();
        while let Some(sep) = self.punct(k) {
            if !matches!(sep, '.' | '٫' | ',' | '٬' | '،' | '\'') || !number_after(k) {
                break;
            }
            let n = digits_in(k + 1);
            let grouping = n == 3
                && first_len <= 3
                && !decimal
                && match sep {
                    '٬' | '\'' => true,
                    ',' | '،' => !(groups == 0 && s == "0"),
                    _ => false,
                };
            if grouping {
                push(&mut s, self.raw(k + 1));
                groups += 1;
                k += 2;
                continue;
            }
            if decimal || matches!(sep, '٬' | '\'') {
                break;
            }
            if i > self.first + 1 && self.glued(i) && self.punct(i - 1) == Some(sep) && self.kind(i - 2) == Some(Kind::Number) {
                break;
            }
            // 13.2.2018 and 5.3.1 are no decimals
            if self.punct(k + 2) == Some(sep) && number_after(k + 2) {
                break;
            }
            s.push('.');
            push(&mut s, self.raw(k + 1));
            decimal = true;
            k += 2;
        }
        if !decimal && groups == 0 && first_len <= 3 {
            // 1 234 567, 40 000
            let mut j = k;
            let mut t = s.clone();
            let mut n = 0;
            let mut zeros = true;
            let mut thin = true;
            while self.kind(j) == Some(Kind::Number) && !self.glued(j) && digits_in(j) == 3 {
                let gap = &self.text.raw()[self.text.tokens[j - 1].end as usize..self.text.tokens[j].start as usize];
                if gap.chars().count() != 1 {
                    break;
                }
                thin &= gap != " ";
                push(&mut t, self.raw(j));
                zeros &= t.ends_with("000");
                n += 1;
                j += 1;
            }
            if n > 0 && (n > 1 || zeros || thin) {
                s = t;
                k = j;
                if matches!(self.punct(k), Some('.' | '٫' | ',')) && number_after(k) {
                    s.push('.');
                    push(&mut s, self.raw(k + 1));
                    k += 2;
                }
            }
        }
        let mut value: f64 = s.parse().ok()?;
        let mut kind = NumberKind::Cardinal;
        // 3/4, but not 13/2/2018
        let slash = |k: usize| self.punct(k) == Some('/') && number_after(k);
        let dated = i > 0 && i > self.first && self.punct(i - 1) == Some('/') && self.glued(i) && i >= 2 && self.kind(i - 2) == Some(Kind::Number);
        if slash(k) && !slash(k + 2) && !dated {
            let mut d = String::new();
            push(&mut d, self.raw(k + 1));
            let d: f64 = d.parse().unwrap_or(0.0);
            if d > value && value > 0.0 && d < 1000.0 {
                value /= d;
                kind = NumberKind::Fraction;
                k += 2;
                if self.kind(k) == Some(Kind::Number) && !self.glued(k) && self.raw(k).starts_with(|c: char| !c.is_ascii()) {
                    let mut w = String::new();
                    push(&mut w, self.raw(k));
                    value += w.parse::<f64>().unwrap_or(0.0);
                    k += 1;
                }
            }
        } else if self.kind(k) == Some(Kind::Number) && !self.glued(k) && slash(k + 1) && !slash(k + 3) && !decimal {
            let (mut a, mut b) = (String::new(), String::new());
            push(&mut a, self.raw(k));
            push(&mut b, self.raw(k + 2));
            let (a, b): (f64, f64) = (a.parse().unwrap_or(0.0), b.parse().unwrap_or(0.0));
            if a > 0.0 && a < b && b < 100.0 {
                value += a / b;
                kind = NumberKind::Fraction;
                k += 3;
            }
        }
        Some(Value { value, next: k, kind, tail: None, scale: 1.0 })
    }

    /// Digits with sign, exponent and power.
    fn signed_digits(&self, i: usize) -> Option<Value> {
        let minus = |k: usize| matches!(self.punct(k), Some('-' | '−' | '–'));
        let after_number = i > self.first && self.glued(i) && self.kind(i - 1) == Some(Kind::Number);
        let spaced = !self.glued(i + 1) && i > self.first;
        let (neg, at) = if minus(i) && !after_number && !spaced && self.kind(i + 1) == Some(Kind::Number) { (true, i + 1) } else { (false, i) };
        let mut v = self.digits(at)?;
        let exponent = |k: usize| -> Option<(f64, usize)> {
            let mut k = k;
            let mut sign = 1.0;
            while let Some(c) = self.punct(k).filter(|_| self.glued(k)) {
                match c {
                    '-' | '−' => sign = -sign,
                    '+' => {}
                    _ => return None,
                }
                k += 1;
            }
            if !self.glued(k) {
                return None;
            }
            let e = self.digits(k)?;
            Some((sign * e.value, e.next))
        };
        let power = if self.punct(v.next) == Some('^') && self.glued(v.next) {
            exponent(v.next + 1).map(|(e, n)| (v.value.powf(e), n))
        } else if self.raw(v.next).eq_ignore_ascii_case("e") && self.glued(v.next) {
            exponent(v.next + 1).map(|(e, n)| (v.value * 10f64.powf(e), n))
        } else {
            None
        };
        if let Some((x, n)) = power {
            (v.value, v.next) = (x, n);
        }
        if neg {
            v.value = -v.value;
        }
        Some(v)
    }

    // ---- words ----

    /// Below a thousand: "مئة وخمسة وعشرون", "ثلاث مئة", "خمسة عشر".
    fn small(&self, i: usize) -> Option<Value> {
        let v = |value, next| Some(Value { value, next, kind: NumberKind::Cardinal, tail: None, scale: 1.0 });
        let mut total = 0.0;
        let mut k = i;
        let mut some = false;
        let mut need_join = false;
        // hundreds
        if let Some(h) = self.class(k, Class::Hundreds) {
            (total, k, some, need_join) = (h, k + 1, true, true);
        } else if self.class(k, Class::Hundred).is_some() {
            (total, k, some, need_join) = (100.0, k + 1, true, true);
        } else if let (Some(u), Some(_)) = (self.class(k, Class::Unit), self.class(k + 1, Class::Hundred))
            && !self.cell(k + 1).is_some_and(|c| c.wa)
        {
            (total, k, some, need_join) = (u * 100.0, k + 2, true, true);
        }
        let at = if need_join {
            match self.joined_any(k) {
                Some(j) => j,
                None => return if some { v(total, k) } else { None },
            }
        } else {
            k
        };
        // tens and units
        let mut tail = None;
        if let Some(t) = self.class(at, Class::Teen) {
            return v(total + t, at + 1);
        }
        if let Some(u) = self.class(at, Class::Unit).or_else(|| self.class(at, Class::Ordinal).filter(|o| *o == 11.0).map(|_| 1.0)) {
            if self.class(at + 1, Class::Ten).is_some() && !self.cell(at + 1).is_some_and(|c| c.wa) {
                return v(total + u + 10.0, at + 2);
            }
            if let Some(j) = self.joined_any(at + 1)
                && let Some(t) = self.class(j, Class::Tens)
            {
                return v(total + u + t, j + 1);
            }
            if self.class(at, Class::Unit).is_some() {
                if some {
                    tail = Some(u);
                }
                return Some(Value { value: total + u, next: at + 1, kind: NumberKind::Cardinal, tail, scale: 1.0 });
            }
        }
        if let Some(t) = self.class(at, Class::Tens) {
            // "عشرون وثلاثة": not the standard order, but written
            if let Some(j) = self.joined_any(at + 1)
                && let Some(u) = self.class(j, Class::Unit)
            {
                let follows_scale = self.class(j + 1, Class::Scale).is_some() || self.class(j + 1, Class::Hundred).is_some();
                let new_unit = self.joined_any(j + 1).is_some_and(|m| self.class(m, Class::Tens).is_some());
                if !follows_scale && !new_unit {
                    return Some(Value { value: total + t + u, next: j + 1, kind: NumberKind::Cardinal, tail: Some(u), scale: 1.0 });
                }
            }
            return v(total + t, at + 1);
        }
        if self.class(at, Class::Ten).is_some() {
            return v(total + 10.0, at + 1);
        }
        if need_join && self.kind(at) == Some(Kind::Number) && at > k {
            // "3 مئة و 21"
            if let Some(d) = self.digits(at).filter(|d| d.value < 100.0 && d.value > 0.0) {
                return v(total + d.value, d.next);
            }
        }
        if some { v(total, k) } else { None }
    }

    /// A whole number in words, or digits before scale words.
    fn cardinal(&self, i: usize) -> Option<Value> {
        let mut total = 0.0;
        let mut k = i;
        let mut limit = f64::INFINITY;
        let mut some = false;
        let mut tail = None;
        let mut scale = 1.0;
        loop {
            let at = if some {
                match self.joined_any(k) {
                    Some(j) => j,
                    None => break,
                }
            } else {
                k
            };
            // a factor, then a scale
            let factor = match self.kind(at) {
                Some(Kind::Number) => self.digits(at),
                _ => self.small(at),
            };
            let (value, next, t) = match factor {
                Some(f) => match (self.class(f.next, Class::Scale), self.class(f.next, Class::Hundred)) {
                    (Some(s), _) if !self.cell(f.next).is_some_and(|c| c.wa) => {
                        // "مئتي ألف مليون" does not occur; one scale a factor, but "مئة ألف مليار" multiplies on
                        let mut v = f.value * s;
                        let mut n = f.next + 1;
                        while let Some(s2) = self.class(n, Class::Scale).filter(|s2| *s2 > s && !self.cell(n).is_some_and(|c| c.wa)) {
                            v *= s2;
                            n += 1;
                        }
                        (v, n, None)
                    }
                    (_, Some(_)) if self.kind(at) == Some(Kind::Number) && !self.cell(f.next).is_some_and(|c| c.wa) => {
                        let rest = self.joined_any(f.next + 1).filter(|j| self.kind(*j) == Some(Kind::Number) || self.small(*j).is_some());
                        let mut v = f.value * 100.0;
                        let mut n = f.next + 1;
                        if let Some(j) = rest {
                            let r = if self.kind(j) == Some(Kind::Number) { self.digits(j) } else { self.small(j) };
                            // "و 2,12 مئة" is a number of its own
                            if let Some(r) = r.filter(|r| r.value < 100.0 && r.value > 0.0 && self.class(r.next, Class::Hundred).is_none()) {
                                v += r.value;
                                n = r.next;
                            }
                        }
                        (v, n, None)
                    }
                    _ if self.kind(at) == Some(Kind::Number) => break,
                    _ => (f.value, f.next, f.tail.or(Some(f.value).filter(|v| some && *v < 10.0))),
                },
                None => match (self.class(at, Class::TwoScale), self.class(at, Class::Scale)) {
                    (Some(s), _) if self.dual_scale(at) => {
                        let mut v = 2.0 * s;
                        let mut n = at + 1;
                        while let Some(s2) = self.class(n, Class::Scale).filter(|s2| *s2 > s && !self.cell(n).is_some_and(|c| c.wa)) {
                            v *= s2;
                            n += 1;
                        }
                        (v, n, None)
                    }
                    (_, Some(s)) if s >= 1000.0 => {
                        // a bare plural of a scale is a vague quantity
                        if !some && self.bare_plural(at) {
                            break;
                        }
                        (s, at + 1, None)
                    }
                    _ => break,
                },
            };
            if value >= limit {
                break;
            }
            limit = if value >= 1000.0 { 10f64.powf(value.log10().floor()).max(1000.0) } else { 1.0 };
            total += value;
            scale = self.class(next - 1, Class::Scale).or(self.class(next - 1, Class::TwoScale)).filter(|s| *s >= 1000.0 && value >= 1000.0).unwrap_or(1.0);
            (k, tail, some) = (next, t, true);
            if limit <= 1.0 {
                break;
            }
        }
        some.then_some(Value { value: total, next: k, kind: NumberKind::Cardinal, tail, scale })
    }

    fn bare_plural(&self, i: usize) -> bool {
        let key = self.words.get(self.text.tokens[i].word).key.trim_start_matches(['و', 'ب', 'ل']);
        let key = key.strip_prefix("ال").unwrap_or(key);
        matches!(key, "الاف" | "اف" | "ملايين" | "مليارات" | "بلايين" | "الوف")
    }

    /// ألفا and مليونا are duals before a noun and accusatives alone: "ألفا جندي", "خمسون ألفا".
    fn dual_scale(&self, i: usize) -> bool {
        let w = self.words.get(self.text.tokens[i].word);
        !(w.key.ends_with('ا') && w.marks.tanwin)
    }

    /// A fraction, or a number with one.
    fn fraction(&self, whole: Option<Value>, i: usize) -> Option<Value> {
        let f = |value, next| Some(Value { value, next, kind: NumberKind::Fraction, tail: None, scale: 1.0 });
        if let Some(w) = whole {
            if let Some(d) = self.class(w.next, Class::Parts) {
                return match w.tail {
                    Some(t) if w.value > t => f(w.value - t + t / d, w.next + 1),
                    _ => f(w.value / d, w.next + 1),
                };
            }
            if let Some(j) = self.joined_any(w.next) {
                if let Some(d) = self.class(j, Class::Part).filter(|d| matches!(*d as u32, 2..=4) || self.only(j, Class::Part)) {
                    // "مليون ونصف المليون": the scale may be said again
                    let again = w.scale > 1.0 && self.class(j + 1, Class::Scale) == Some(w.scale) && self.cell(j + 1).is_some_and(|c| c.al);
                    return f(w.value + w.scale / d, j + 1 + again as usize);
                }
                if let Some(d) = self.class(j, Class::Part).filter(|_| w.value < 10.0) {
                    // "ثلاثة وخمس": five would stand first
                    return f(w.value + 1.0 / d, j + 1);
                }
                // "مئة وثلاثون وخمسين": a second ten can only be two fifths
                let two =
                    |d: f64| self.only(j, Class::TwoParts) || self.fraction_mark(j) || w.value > 100.0 && w.value % 10.0 == 0.0 && d > 0.0 && !self.between(i);
                if let Some(d) = self.class(j, Class::TwoParts).filter(|d| two(*d)) {
                    return f(w.value + 2.0 / d, j + 1);
                }
                if let (Some(u), Some(d)) = (self.class(j, Class::Unit), self.class(j + 1, Class::Parts)) {
                    return f(w.value + u / d, j + 2);
                }
            }
            return None;
        }
        // خمسين is fifty unless its vowels say otherwise
        if let Some(d) = self.class(i, Class::TwoParts).filter(|_| self.only(i, Class::TwoParts) || self.fraction_mark(i)) {
            return f(2.0 / d, i + 1);
        }
        if let Some(d) = self.class(i, Class::Part) {
            // خمس and سبع are also numbers: a part only before a definite noun, and with no و behind
            if self.only(i, Class::Part) || matches!(d as u32, 2 | 3 | 4 | 6) || self.fraction_mark(i) {
                return f(1.0 / d, i + 1);
            }
            // "السنوات الخمس الماضية" are five
            if self.cell(i).is_some_and(|c| c.al) {
                return None;
            }
            let definite = self.kind(i + 1) == Some(Kind::Word) && self.words.get(self.text.tokens[i + 1].word).key.starts_with("ال");
            if definite && self.cell(i + 1).is_none_or(|c| c.classes.is_empty()) {
                return f(1.0 / d, i + 1);
            }
        }
        None
    }

    fn between(&self, i: usize) -> bool {
        i > self.first && matches!(self.key(i - 1), Some("بين" | "وبين" | "من" | "الي"))
    }

    fn only(&self, i: usize, class: Class) -> bool {
        self.cell(i).is_some_and(|c| c.classes.iter().all(|x| x.0 == class))
    }

    /// "الخامسة والعشرون", "الحادي عشر", "الثالث".
    fn ordinal(&self, i: usize) -> Option<Value> {
        let v = |value, next| Some(Value { value, next, kind: NumberKind::Ordinal, tail: None, scale: 1.0 });
        // "المئة والخامسة والعشرون"
        if let Some(h) = self.class(i, Class::Hundreds).or(self.class(i, Class::Hundred)).filter(|_| self.cell(i).is_some_and(|c| c.al)) {
            let rest = self.joined(i + 1).filter(|j| self.class(*j, Class::Ordinal).is_some()).and_then(|j| self.ordinal(j));
            return rest.and_then(|r| v(h + r.value, r.next));
        }
        let o = self.class(i, Class::Ordinal)?;
        let base = if o == 11.0 { 1.0 } else { o };
        if base < 10.0 {
            if self.class(i + 1, Class::Ten).is_some() && !self.cell(i + 1).is_some_and(|c| c.wa) {
                return v(base + 10.0, i + 2);
            }
            if let Some(j) = self.joined_any(i + 1)
                && let Some(t) = self.class(j, Class::Tens)
            {
                return v(base + t, j + 1);
            }
        }
        if o == 11.0 {
            return None;
        }
        v(o, i + 1)
    }

    // ---- the whole ----

    fn number(&self, i: usize, last: usize) -> Option<(Number, usize)> {
        if self.mode.relative
            && let Some(n) = self.relative(i)
        {
            let next = n.tokens.end;
            return Some((n, next));
        }
        let mut at = i;
        let mut neg = false;
        if self.class(i, Class::Minus).is_some() && i + 1 < self.end {
            neg = true;
            at = i + 1;
        }
        let (mut v, vague) = self.value(at)?;
        if neg {
            if v.kind == NumberKind::Ordinal || vague.is_some() {
                return None;
            }
            v.value = -v.value;
        }
        let mut n = Number {
            tokens: i..v.next,
            bytes: 0..0,
            outer: i..v.next,
            value: v.value,
            kind: v.kind,
            low: None,
            high: None,
            vague,
            approx: false,
            definite: self.cell(i).is_some_and(|c| c.al),
            relative: None,
        };
        if self.mode.bounds {
            if vague.is_none() && v.kind != NumberKind::Ordinal {
                self.range(&mut n, last);
            }
            self.cues(&mut n, last);
        }
        n.bytes = self.bytes(&n.tokens);
        let next = n.tokens.end;
        Some((n, next))
    }

    /// "الأخير", "قبل الأخير", "الواحد قبل الأخير", "التالي".
    fn relative(&self, i: usize) -> Option<Number> {
        let before = |k: usize| self.key(k) == Some("قبل") && self.class(k + 1, Class::FromEnd).is_some();
        let (value, end, relative) = if before(i) {
            (-1.0, i + 2, Relative::End)
        } else if self.cell(i).is_some_and(|c| c.al) && self.class(i, Class::Unit) == Some(1.0) && before(i + 1) {
            (-1.0, i + 3, Relative::End)
        } else if let Some(v) = self.class(i, Class::FromEnd) {
            (v, i + 1, Relative::End)
        } else {
            (self.class(i, Class::FromHere)?, i + 1, Relative::Here)
        };
        let tokens = i..end;
        Some(Number {
            bytes: self.bytes(&tokens),
            outer: tokens.clone(),
            tokens,
            value,
            kind: NumberKind::Ordinal,
            low: None,
            high: None,
            vague: None,
            approx: false,
            definite: self.cell(i).is_some_and(|c| c.al),
            relative: Some(relative),
        })
    }

    /// The key of a word.
    fn key(&self, i: usize) -> Option<&str> {
        (self.kind(i) == Some(Kind::Word)).then(|| &*self.words.get(self.text.tokens[i].word).key)
    }

    /// The written damma of خُمس, which no five has.
    fn fraction_mark(&self, i: usize) -> bool {
        self.kind(i) == Some(Kind::Word) && self.words.get(self.text.tokens[i].word).marks.early_damma
    }

    /// Letters of another script touch the digits: a code, not a number (1M, F16).
    fn in_code(&self, i: usize) -> bool {
        let foreign = |k: usize| self.kind(k) == Some(Kind::Foreign);
        (i > self.first && self.glued(i) && foreign(i - 1)) || (self.glued(i + 1) && foreign(i + 1) && !self.raw(i + 1).eq_ignore_ascii_case("e"))
    }

    fn value(&self, i: usize) -> Option<(Value, Option<Vague>)> {
        if self.kind(i) == Some(Kind::Number) && self.in_code(i) {
            return None;
        }
        // "أي واحد", "كل واحد": a pronoun
        if self.class(i, Class::Unit) == Some(1.0) && i > self.first && matches!(self.key(i - 1), Some("اي" | "كل" | "وكل" | "لكل" | "ولا" | "لا" | "غير"))
        {
            return None;
        }
        if let Some(v) = self.class(i, Class::Vague) {
            let mut vague = match v as u8 {
                0 => Vague::Few,
                1 => Vague::Several,
                2 => Vague::Tens,
                3 => Vague::Hundreds,
                _ => Vague::Thousands,
            };
            // "عشرات الآلاف" are thousands, "بضع عشرات" tens
            let mut next = i + 1;
            if self.kind(next) == Some(Kind::Word) && !self.cell(next).is_some_and(|c| c.wa) {
                if self.class(next, Class::Scale).is_some() {
                    vague = Vague::Thousands;
                    next += 1;
                } else if let Some(w) = self.class(next, Class::Vague) {
                    vague = if w as u8 == 2 { Vague::Tens } else { Vague::Hundreds };
                    next += 1;
                }
            }
            let v = Value { value: 0.0, next, kind: NumberKind::Cardinal, tail: None, scale: 1.0 };
            return Some((v, Some(vague)));
        }
        if self.class(i, Class::Scale).is_some() && self.bare_plural(i) {
            return Some((Value { value: 0.0, next: i + 1, kind: NumberKind::Cardinal, tail: None, scale: 1.0 }, Some(Vague::Thousands)));
        }
        if let Some(o) = self.ordinal(i) {
            return Some((o, None));
        }
        if let Some(f) = self.fraction(None, i) {
            return Some((f, None));
        }
        if let Some(z) = self.class(i, Class::Zero) {
            return Some((Value { value: z, next: i + 1, kind: NumberKind::Cardinal, tail: None, scale: 1.0 }, None));
        }
        let words = self.cardinal(i).or_else(|| self.signed_digits(i));
        if let Some(mut w) = words {
            // "مئتين فاصلة ثلاثة"
            if self.class(w.next, Class::Point).is_some()
                && let Some(d) = self.cardinal(w.next + 1).or_else(|| self.digits(w.next + 1))
            {
                // "فاصلة ثلاثة من مئة" tells the place itself
                let place = (self.kind(d.next) == Some(Kind::Word) && &*self.words.get(self.text.tokens[d.next].word).key == "من")
                    .then(|| self.cardinal(d.next + 1))
                    .flatten();
                let digits = (d.value.max(1.0)).log10().floor() as i32 + 1;
                let (part, next) = match place {
                    Some(p) if p.value >= 10.0 => (d.value / p.value, p.next),
                    _ => (d.value / 10f64.powi(digits), d.next),
                };
                w = Value { value: w.value + part, next, kind: NumberKind::Fraction, tail: None, scale: 1.0 };
            }
            if let Some(f) = self.fraction(Some(w), i) {
                return Some((f, None));
            }
            // "ثلاثة أجزاء من عشرة"
            if matches!(self.key(w.next), Some("اجزاء" | "جزء" | "جزءا"))
                && self.key(w.next + 1) == Some("من")
                && let Some(d) = self.cardinal(w.next + 2).or_else(|| self.digits(w.next + 2)).filter(|d| d.value > 0.0)
            {
                return Some((Value { value: w.value / d.value, next: d.next, kind: NumberKind::Fraction, tail: None, scale: 1.0 }, None));
            }
            // "واحد من ثلاثة", "1 على 20": a part, when the first is smaller and no noun stands between
            if w.kind == NumberKind::Cardinal && self.kind(w.next) == Some(Kind::Word) && self.cell(w.next).is_some_and(|c| c.classes.is_empty()) {
                let key = &*self.words.get(self.text.tokens[w.next].word).key;
                if matches!(key, "علي" | "من")
                    && let Some(d) = self.cardinal(w.next + 1).or_else(|| self.digits(w.next + 1))
                    && w.value > 0.0
                    && (key == "علي" || w.value == 1.0 && d.value > 1.0)
                {
                    return Some((Value { value: w.value / d.value, next: d.next, kind: NumberKind::Fraction, tail: None, scale: 1.0 }, None));
                }
            }
            return Some((w, None));
        }
        // الثلاثون of "الكتاب الثلاثون" is read as a number by cardinal(); nothing else begins one
        None
    }

    /// "ما بين 20 و30", "من 20 إلى 30", "20 - 30".
    fn range(&self, n: &mut Number, last: usize) {
        let before = |k: usize| -> Option<&str> {
            let i = n.tokens.start.checked_sub(k)?;
            (i >= last && i >= self.first && self.kind(i) == Some(Kind::Word)).then(|| &*self.words.get(self.text.tokens[i].word).key)
        };
        let next = n.tokens.end;
        let key = |i: usize| (self.kind(i) == Some(Kind::Word)).then(|| &*self.words.get(self.text.tokens[i].word).key);
        let second = |i: usize| -> Option<Value> { self.cardinal(i).or_else(|| self.digits(i)) };
        let between = matches!(before(1), Some("بين" | "وبين"));
        let from = matches!(before(1), Some("من"));
        let mut start = n.tokens.start;
        let other = if between {
            start -= 1;
            if before(2) == Some("ما") {
                start -= 1;
            }
            // digits joined by و are not a word of the table: "و30" is و then a number
            match self.joined_any(next) {
                Some(j) => second(j),
                None if key(next) == Some("و") => second(next + 1),
                None if key(next) == Some("الي") => second(next + 1),
                None => None,
            }
        } else if key(next).is_some_and(|k| matches!(k, "الي" | "حتي")) && (from || self.kind(n.tokens.start) == Some(Kind::Number)) {
            if from {
                start -= 1;
            }
            second(next + 1)
        } else if self.punct(next).is_some_and(|c| matches!(c, '-' | '–' | '—'))
            && self.kind(n.tokens.start) == Some(Kind::Number)
            && self.kind(next + 1) == Some(Kind::Number)
            && self.punct(next + 2) != self.punct(next)
            && !(self.glued(n.tokens.start) && n.tokens.start > self.first && self.punct(n.tokens.start - 1) == self.punct(next))
            && self.glued(next) == self.glued(next + 1)
        {
            second(next + 1)
        } else {
            None
        };
        if let Some(o) = other.filter(|o| o.value > n.value) {
            n.low = Some(n.value);
            n.high = Some(o.value);
            n.tokens.end = o.next;
            n.outer = start..o.next;
        }
    }

    fn cues(&self, n: &mut Number, last: usize) {
        for c in self.table.cues() {
            let len = c.words.len();
            let (a, b) = if c.before {
                let Some(a) = n.outer.start.checked_sub(len) else { continue };
                if a < last || a < self.first {
                    continue;
                }
                (a, n.outer.start)
            } else {
                // a noun may stand between: "30 شخصا على الأقل"
                let mut found = None;
                for gap in 0..4 {
                    let a = n.outer.end + gap;
                    if a + len > self.text.tokens.len() {
                        break;
                    }
                    if self.matches(a, &c.words) {
                        found = Some(a);
                        break;
                    }
                    let t = self.text.tokens[a];
                    if !matches!(t.kind, Kind::Word) || a + 1 >= self.text.tokens.len() {
                        break;
                    }
                    if self.cell(a).is_some_and(|c| !c.classes.is_empty() || c.wa) {
                        break;
                    }
                }
                match found {
                    Some(a) => (a, a + len),
                    None => continue,
                }
            };
            if !self.matches(a, &c.words) {
                continue;
            }
            match c.bound {
                Bound::Low if n.low.is_none() && n.high.is_none() => n.low = Some(n.value),
                Bound::High if n.low.is_none() && n.high.is_none() => n.high = Some(n.value),
                Bound::Approx => n.approx = true,
                _ => continue,
            }
            if c.before {
                n.outer.start = a;
            } else if a == n.outer.end {
                n.outer.end = b;
            }
        }
    }

    fn matches(&self, at: usize, words: &[String]) -> bool {
        words.iter().enumerate().all(|(k, w)| {
            let Some(t) = self.text.tokens.get(at + k) else { return false };
            if t.kind != Kind::Word {
                return false;
            }
            let key = &*self.words.get(t.word).key;
            key == w || (k == 0 && key.strip_prefix(['و', 'ب', 'ل', 'ف']).is_some_and(|s| s == w))
        })
    }

    fn bytes(&self, tokens: &Range<usize>) -> Range<usize> {
        let span = self.text.span(tokens.clone());
        let skip = self.cell(tokens.start).map_or(0, |c| if c.al { c.skip.saturating_sub(2) } else { c.skip });
        let raw = &self.text.raw()[span.clone()];
        let at = raw.char_indices().filter(|(_, c)| crate::letters::class(*c) == crate::letters::CharClass::Arabic).nth(skip as usize).map_or(0, |x| x.0);
        let at = if skip == 0 { 0 } else { at };
        span.start + at..span.end
    }
}

#[cfg(test)]
mod tests {
    use super::super::Numbers;
    use crate::text::Text;
    use crate::words::Words;

    fn all(s: &str) -> Vec<f64> {
        let mut words = Words::new(crate::dictionary());
        let text = Text::new(s, &mut words);
        Numbers::new().find(&text, &words).into_iter().map(|n| (n.value * 1e6).round() / 1e6).collect()
    }

    #[test]
    fn words() {
        for (s, v) in [
            ("ثلاثة عشر", 13.0),
            ("خمسة وعشرون", 25.0),
            ("مئة وخمسة وعشرون ألفاً", 125_000.0),
            ("ألفين ومئتين", 2200.0),
            ("مائتا", 200.0),
            ("ثلاث مئة وواحد", 301.0),
            ("مئة ألف", 100_000.0),
            ("واحد وعشرون تريليون وثلاثمئة", 21_000_000_000_300.0),
            ("نحو مليون ونصف", 1_500_000.0),
            ("أربعة آلاف وثلاثمئة", 4300.0),
            ("اثنا عشر", 12.0),
            ("الحادي والعشرين", 21.0),
            ("بخمسة", 5.0),
            ("ثلاثة أرباع", 0.75),
            ("عشرون وثلاثة أخماس", 20.6),
            ("مئتان وعشرون وخُمسان", 220.4),
            ("خُمس السكان", 0.2),
            ("مئة وخمسين", 150.0),
            ("ثلاثة أجزاء من عشرة", 0.3),
            ("سالب واحد", -1.0),
        ] {
            assert_eq!(all(s), [v], "{s}");
        }
    }

    #[test]
    fn digits() {
        for (s, v) in [
            ("1,234,567", vec![1_234_567.0]),
            ("٠,٠٨", vec![0.08]),
            ("١،٢٣٤،٥٦٧", vec![1_234_567.0]),
            ("40 000", vec![40_000.0]),
            ("1.2 مليار", vec![1_200_000_000.0]),
            ("5/17/2018", vec![5.0, 17.0, 2018.0]),
            ("3/4", vec![0.75]),
            ("-4/5", vec![-0.8]),
            ("13.2.2018", vec![13.0, 2.0, 2018.0]),
            ("20 و30", vec![20.0, 30.0]),
            ("١٢ شخصا و٥ أطفال", vec![12.0, 5.0]),
        ] {
            assert_eq!(all(s), v, "{s}");
        }
    }

    #[test]
    fn relative_ordinals_where_they_are_asked_for() {
        let mut words = Words::new(crate::dictionary());
        let text = Text::new("الجملة قبل الأخيرة ثم الصفحة التالية ثم السابقة ثم آخر سطر", &mut words);
        assert!(Numbers::new().find(&text, &words).is_empty());
        let n: Vec<String> = Numbers::new().relative().find(&text, &words).iter().map(|n| n.value_text()).collect();
        assert_eq!(n, ["end-1", "current+1", "current-1", "end+0"]);
    }

    #[test]
    fn what_is_no_number() {
        assert!(all("طائرة F16 وصاروخ M4").is_empty());
        assert!(all("أي واحد منهم").is_empty());
        assert!(all(&"1".repeat(400)).is_empty());
        assert!(all(&format!("بين 3 و{} قتيل", "9".repeat(30))).iter().all(|n| *n == 3.0));
    }

    #[test]
    fn bounds_and_ranges() {
        let mut words = Words::new(crate::dictionary());
        let mut one = |s: &'static str| {
            let text = Text::new(s, &mut words);
            Numbers::new().find(&text, &words).remove(0)
        };
        let n = one("أكثر من 30 مدنيا");
        assert_eq!((n.value, n.low, n.high), (30.0, Some(30.0), None));
        let n = one("30 شخصا على الأقل");
        assert_eq!((n.value, n.low, n.high), (30.0, Some(30.0), None));
        let n = one("ما بين 20 و30 قتيلا");
        assert_eq!((n.low, n.high, n.outer), (Some(20.0), Some(30.0), 0..5));
        let n = one("ما يقارب 380 مقاتل");
        assert!(n.approx && n.low.is_none());
        assert_eq!(one("عشرات الآلاف").vague.map(|v| v.as_str()), Some("thousands"));
        assert_eq!(one("بضعة جنود").vague.map(|v| v.as_str()), Some("few"));
    }
}
