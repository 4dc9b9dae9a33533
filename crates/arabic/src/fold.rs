//! Normalisation that never loses its way back to the source.
//!
//! Three levels, each doing what the one before does and more:
//!
//! | level | what goes | for |
//! |---|---|---|
//! | [`Level::Clean`] | harakat, tatweel, invisible controls; presentation forms, Persian and Kurdish letter shapes, digits and quotation marks are unified | showing, exact comparison |
//! | [`Level::Folded`] | also the differences that writers do not keep: `أ إ آ ٱ` → `ا`, `ى` → `ي`, `ة` → `ه` | the dictionary |
//! | [`Level::Loose`] | also the seats of hamza: `ؤ` → `و`, `ئ` → `ي`, `ء` dropped; foreign letters to their Arabic neighbours | names, search |
//!
//! [`fold`] returns a [`Folded`] text with its map: every output character knows the source code points it stands for,
//! and those stretches put together are the source, without a gap.

use crate::letters::{CharClass, class};
use unicode_normalization::UnicodeNormalization;

/// How much a normalisation unifies; see the [module](self) for the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Marks and controls dropped, code points unified, spelling kept.
    Clean,
    /// Clean, and alef, alef maqsura and ta marbuta unified.
    Folded,
    /// Folded, and hamza seats and foreign letters unified.
    Loose,
}

/// Calls `out` with each character that `c` becomes at `level`: none, one, or several (ligatures).
#[inline]
pub fn fold_char(c: char, level: Level, mut out: impl FnMut(char)) {
    // The letters of everyday Arabic first: they are nearly all of any text.
    if matches!(c, '\u{0627}'..='\u{063A}' | '\u{0641}'..='\u{0648}' | 'ي' | ' ') && c != 'ة' {
        return out(c);
    }
    match class(c) {
        CharClass::Mark | CharClass::Control => {}
        CharClass::Digit => out(crate::letters::digit(c).map_or(c, |d| (b'0' + d) as char)),
        CharClass::Space => out(' '),
        _ if matches!(c, '\u{FB50}'..='\u{FDFB}' | '\u{FE70}'..='\u{FEFC}') => {
            for d in std::iter::once(c).nfkc() {
                match class(d) {
                    CharClass::Mark | CharClass::Control => {}
                    // Isolated harakat decompose to a space and the mark: the space was never there.
                    CharClass::Space if matches!(c, '\u{FE70}'..='\u{FE7F}' | '\u{FC5E}'..='\u{FC63}') => {}
                    _ => fold_simple(d, level, &mut out),
                }
            }
        }
        _ => fold_simple(c, level, &mut out),
    }
}

fn fold_simple(c: char, level: Level, out: &mut impl FnMut(char)) {
    let c = match c {
        'ک' | 'ڪ' | 'ګ' => 'ك',
        'ی' | 'ې' | 'ۍ' | 'ێ' | 'ے' | 'ۓ' => 'ي',
        'ھ' | 'ہ' | 'ە' | 'ۀ' | 'ۂ' => 'ه',
        'ۃ' => 'ة',
        'ۆ' | 'ۇ' | 'ۈ' | 'ۋ' => 'و',
        'ڕ' => 'ر',
        'ڵ' => 'ل',
        'ٱ' => 'ا',
        'ٲ' => 'أ',
        'ٳ' => 'إ',
        '«' | '»' | '“' | '”' | '„' | '‟' | '″' | '＂' | '〝' | '〞' => '"',
        '‘' | '’' | '‚' | '‛' | '′' | '`' | '´' => '\'',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | 'ـ' => '-',
        c => c,
    };
    if level >= Level::Folded {
        match c {
            'أ' | 'إ' | 'آ' => return out('ا'),
            'ى' => return out('ي'),
            'ة' => return out('ه'),
            _ => {}
        }
    }
    if level >= Level::Loose {
        match c {
            'ؤ' => return out('و'),
            'ئ' => return out('ي'),
            'ء' => return,
            'گ' => return out('ك'),
            'چ' => return out('ج'),
            'پ' => return out('ب'),
            'ڤ' | 'ڥ' => return out('ف'),
            'ژ' => return out('ز'),
            _ => {}
        }
    }
    // letters of Arabic have no case: nearly all end here
    if matches!(c, '\u{0600}'..='\u{06FF}') {
        return out(c);
    }
    if c.is_uppercase() {
        for d in c.to_lowercase() {
            out(d);
        }
        return;
    }
    out(c);
}

/// Appends `text` folded at `level` to `out`, without a map.
pub fn fold_into(text: &str, level: Level, out: &mut String) {
    for c in text.chars() {
        fold_char(c, level, |d| out.push(d));
    }
}

/// `text` folded at `level`, without a map.
///
/// ```
/// use tawatur_arabic::fold::{fold_str, Level};
/// assert_eq!(fold_str("قَصَفَـــت", Level::Clean), "قصفت");
/// assert_eq!(fold_str("إدلب الخضراء ٢٠١٨", Level::Folded), "ادلب الخضراء 2018");
/// assert_eq!(fold_str("مسؤولة", Level::Loose), "مسووله");
/// ```
pub fn fold_str(text: &str, level: Level) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, level, &mut out);
    out
}

/// A normalised text and the way back to its source.
///
/// ```
/// use tawatur_arabic::fold::{fold, Level};
/// let f = fold("قُتِلَ ٣", Level::Folded);
/// assert_eq!(f.text(), "قتل 3");
/// // characters 0..3 of the folded text are code points 0..6 of the source: "قُتِلَ"
/// assert_eq!(f.source(0..3), 0..6);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    text: String,
    /// For each character of `text`, the source code point at which its stretch begins; then the source's length.
    starts: Vec<u32>,
}

impl Folded {
    /// The normalised text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The number of characters (code points) of the normalised text.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// `true` when nothing is left of the source.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The source code points that the characters `range` of the normalised text stand for.
    ///
    /// Characters that one ligature became share its source: a range that ends inside a ligature takes all of it. Marks
    /// and controls belong to the letter before them (those at the very start, to the first letter).
    ///
    /// # Panics
    /// When `range` reaches beyond [`len`](Self::len).
    pub fn source(&self, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
        let start = self.starts[range.start] as usize;
        if range.is_empty() {
            return start..start;
        }
        let mut end = range.end;
        while end < self.len() && self.starts[end] == self.starts[range.end - 1] {
            end += 1;
        }
        start..self.starts[end] as usize
    }
}

/// Normalises `text` at `level` and keeps the map back to its code points.
pub fn fold(text: &str, level: Level) -> Folded {
    let mut out = String::with_capacity(text.len());
    let mut starts = Vec::with_capacity(text.len() / 2 + 1);
    let mut n = 0u32;
    for c in text.chars() {
        fold_char(c, level, |d| {
            out.push(d);
            starts.push(if starts.is_empty() { 0 } else { n });
        });
        n += 1;
    }
    starts.push(n);
    Folded { text: out, starts }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn unifies_what_keyboards_differ_in() {
        assert_eq!(fold_str("کوردی", Level::Clean), "كوردي");
        assert_eq!(fold_str("ﻻ ﷲ", Level::Clean), "لا الله");
        assert_eq!(fold_str("«قسد» “قسد”", Level::Clean), "\"قسد\" \"قسد\"");
        assert_eq!(fold_str("ا\u{200F}ل\u{202B}ح", Level::Clean), "الح");
        assert_eq!(fold_str("مستشفى المدينة", Level::Folded), "مستشفي المدينه");
        assert_eq!(fold_str("چيچك گوران", Level::Loose), "جيجك كوران");
    }

    #[test]
    fn ligatures_keep_one_source_character() {
        let f = fold("بﷺ", Level::Clean);
        assert_eq!(f.source(1..2), 1..2);
        assert_eq!(f.source(1..f.len()), 1..2);
    }

    fn arabic_soup() -> impl Strategy<Value = String> {
        let c = prop_oneof![
            4 => prop::char::range('\u{0600}', '\u{06FF}'),
            1 => prop::char::range('\u{FB50}', '\u{FEFF}'),
            1 => prop::char::range('\u{2000}', '\u{2070}'),
            1 => any::<char>(),
        ];
        prop::collection::vec(c, 0..40).prop_map(|v| v.into_iter().collect())
    }

    proptest! {
        #[test]
        fn twice_is_once(s in arabic_soup()) {
            for level in [Level::Clean, Level::Folded, Level::Loose] {
                let once = fold_str(&s, level);
                prop_assert_eq!(fold_str(&once, level), once);
            }
        }

        #[test]
        fn stretches_cover_the_source(s in arabic_soup()) {
            for level in [Level::Clean, Level::Folded, Level::Loose] {
                let f = fold(&s, level);
                prop_assert_eq!(f.text(), &fold_str(&s, level));
                prop_assert_eq!(f.text().chars().count(), f.len());
                let n = s.chars().count();
                if !f.is_empty() { prop_assert_eq!(f.source(0..f.len()), 0..n); }
                let mut at = 0;
                for i in 0..f.len() {
                    let r = f.source(i..i + 1);
                    prop_assert!(r.start <= at && r.end >= at && r.end <= n);
                    at = r.end;
                }
            }
        }
    }
}
