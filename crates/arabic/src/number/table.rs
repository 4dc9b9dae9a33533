//! The number words and cues of `lexicon/numbers.txt`.

use crate::fold::{Level, fold_str};
use crate::hash::Map;

/// What a number word does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// 0.
    Zero,
    /// 1 to 9.
    Unit,
    /// 10, also the second part of 11 to 19.
    Ten,
    /// 11 to 19 written as one word.
    Teen,
    /// 20 to 90.
    Tens,
    /// 100.
    Hundred,
    /// 200 to 900 in one word.
    Hundreds,
    /// 1,000 and up (and the dozen): multiplies what stands before it.
    Scale,
    /// The dual of a scale.
    TwoScale,
    /// A place in a row.
    Ordinal,
    /// One part of so many: half, third.
    Part,
    /// Two parts of so many.
    TwoParts,
    /// Parts of so many, after a number.
    Parts,
    /// A vague quantity; the value is an index into [`Vague`].
    Vague,
    /// The decimal point.
    Point,
    /// The minus sign.
    Minus,
    /// A place counted from the end, backwards.
    FromEnd,
    /// A place counted from here.
    FromHere,
}

/// A quantity that is not a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Vague {
    /// بضعة
    Few,
    /// عدة، عدد من, a bare plural
    Several,
    /// عشرات
    Tens,
    /// مئات
    Hundreds,
    /// آلاف
    Thousands,
}

impl Vague {
    /// The word that records use.
    pub fn as_str(self) -> &'static str {
        match self {
            Vague::Few => "few",
            Vague::Several => "several",
            Vague::Tens => "tens",
            Vague::Hundreds => "hundreds",
            Vague::Thousands => "thousands",
        }
    }

    fn parse(s: &str) -> Option<Vague> {
        Some(match s {
            "few" => Vague::Few,
            "several" => Vague::Several,
            "tens" => Vague::Tens,
            "hundreds" => Vague::Hundreds,
            "thousands" => Vague::Thousands,
            _ => return None,
        })
    }
}

/// What a cue says of the number that it stands with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bound {
    /// At least so many.
    Low,
    /// At most so many.
    High,
    /// About so many.
    Approx,
}

/// Words that stand before or behind a number and bound it.
#[derive(Debug, Clone)]
pub struct Cue {
    /// Before the number, or behind it.
    pub before: bool,
    /// What it says.
    pub bound: Bound,
    /// Its words, folded.
    pub words: Vec<String>,
}

/// All number words and cues.
#[derive(Debug, Default)]
pub struct Table {
    words: Map<String, Vec<(Class, f64)>>,
    /// Longest first.
    cues: Vec<Cue>,
}

impl Table {
    /// Reads the text of `numbers.txt`.
    ///
    /// # Errors
    /// The first bad line, by number and reason.
    pub fn parse(text: &str) -> Result<Table, String> {
        let mut t = Table::default();
        for (n, line) in text.lines().enumerate() {
            let line = line.split('#').next().unwrap_or("").trim();
            let mut w = line.split_whitespace();
            let Some(class) = w.next() else { continue };
            let bad = |why: &str| format!("numbers.txt:{}: {why}", n + 1);
            if class == "cue" {
                let before = match w.next() {
                    Some("before") => true,
                    Some("after") => false,
                    _ => return Err(bad("a cue stands before or after")),
                };
                let bound = match w.next() {
                    Some("low") => Bound::Low,
                    Some("high") => Bound::High,
                    Some("approx") => Bound::Approx,
                    _ => return Err(bad("a cue is low, high or approx")),
                };
                let words: Vec<String> = w.map(|x| fold_str(x, Level::Folded)).collect();
                if words.is_empty() {
                    return Err(bad("the cue has no words"));
                }
                t.cues.push(Cue { before, bound, words });
                continue;
            }
            let class = match class {
                "zero" => Class::Zero,
                "unit" => Class::Unit,
                "ten" => Class::Ten,
                "teen" => Class::Teen,
                "tens" => Class::Tens,
                "hundred" => Class::Hundred,
                "hundreds" => Class::Hundreds,
                "scale" => Class::Scale,
                "twoscale" => Class::TwoScale,
                "ordinal" => Class::Ordinal,
                "part" => Class::Part,
                "twoparts" => Class::TwoParts,
                "parts" => Class::Parts,
                "vague" => Class::Vague,
                "point" => Class::Point,
                "minus" => Class::Minus,
                "fromend" => Class::FromEnd,
                "fromhere" => Class::FromHere,
                other => return Err(bad(&format!("no class “{other}”"))),
            };
            let value = w.next().unwrap_or("");
            let value = match Vague::parse(value) {
                Some(v) if class == Class::Vague => v as u8 as f64,
                _ => value.parse().map_err(|_| bad("the value is no number"))?,
            };
            for form in w {
                let list = t.words.entry(fold_str(form, Level::Folded)).or_default();
                if !list.contains(&(class, value)) {
                    list.push((class, value));
                }
            }
        }
        t.cues.sort_by(|a, b| b.words.len().cmp(&a.words.len()).then(a.words.cmp(&b.words)));
        Ok(t)
    }

    /// What the folded word `key` may be.
    pub fn get(&self, key: &str) -> &[(Class, f64)] {
        self.words.get(key).map_or(&[], Vec::as_slice)
    }

    /// The cues, longest first.
    pub fn cues(&self) -> &[Cue] {
        &self.cues
    }
}
