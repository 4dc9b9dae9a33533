//! Numbers: digits and words, ordinals, fractions, bounds and vague quantities.
//!
//! [`Numbers::find`] returns every number of a text in order. The words and cues stand in `lexicon/numbers.txt`; here is only
//! how they are put together.

mod parse;
mod table;

pub use table::{Bound, Class, Cue, Table, Vague};

use crate::text::Text;
use crate::words::{Column, Gates, Word, Words};
use std::ops::Range;
use std::sync::OnceLock;

/// What kind of number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NumberKind {
    /// So many.
    Cardinal,
    /// The so-manieth.
    Ordinal,
    /// A part, or a number with a part.
    Fraction,
}

impl NumberKind {
    /// The word that records use.
    pub fn as_str(self) -> &'static str {
        match self {
            NumberKind::Cardinal => "cardinal",
            NumberKind::Ordinal => "ordinal",
            NumberKind::Fraction => "fraction",
        }
    }
}

/// One number of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its bytes, without a conjunction or preposition written onto its first word.
    pub bytes: Range<usize>,
    /// Its tokens with the cue that bounds it.
    pub outer: Range<usize>,
    /// The value; of a vague quantity 0, of a range its low end.
    pub value: f64,
    /// What kind.
    pub kind: NumberKind,
    /// At least so many; for a range its low end.
    pub low: Option<f64>,
    /// At most so many; for a range its high end.
    pub high: Option<f64>,
    /// Of a quantity that is not a number.
    pub vague: Option<Vague>,
    /// About so many.
    pub approx: bool,
    /// The number carries the article: `القتلى الثلاثة`.
    pub definite: bool,
    /// Of an ordinal that is not counted from the first: `الأخير`, `قبل الأخير`, `التالي`; its `value` is then the distance.
    pub relative: Option<Relative>,
}

/// What an ordinal without a number is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relative {
    /// The last: 0, and back from it.
    End,
    /// The one at hand: 0, the next 1, the previous -1.
    Here,
}

/// No report counts further; beyond lie digits that are a name, or a trap.
const LARGEST: f64 = 1e18;

impl Number {
    /// Whether its values are ones that can be told.
    fn is_sound(&self) -> bool {
        [Some(self.value), self.low, self.high].into_iter().flatten().all(|v| v.abs() <= LARGEST)
    }

    /// The value as records write it: a number, or for a relative ordinal `end-1`, `current+1`.
    pub fn value_text(&self) -> String {
        match self.relative {
            None => self.value.to_string(),
            Some(Relative::End) if self.value == 0.0 => "end+0".into(),
            Some(Relative::End) => format!("end{:+}", self.value),
            Some(Relative::Here) => format!("current{:+}", self.value),
        }
    }
}

/// The finder of numbers, with its memory of words.
#[derive(Debug)]
pub struct Numbers {
    table: &'static Table,
    column: Column<parse::Cell>,
    /// Whether a word is part of numbers: one byte each, for the first look at every token.
    parts: Gates,
    relative: bool,
}

impl Default for Numbers {
    fn default() -> Self {
        Numbers::new()
    }
}

impl Numbers {
    /// A finder over the words that the crate carries.
    pub fn new() -> Numbers {
        static TABLE: OnceLock<Table> = OnceLock::new();
        static TEXT: &str = include_str!(concat!(env!("OUT_DIR"), "/numbers.txt"));
        Numbers { table: TABLE.get_or_init(|| Table::parse(TEXT).unwrap_or_default()), column: Column::default(), parts: Gates::default(), relative: false }
    }

    /// Finds relative ordinals too, as [`Relative`] has them.
    #[must_use]
    pub fn relative(mut self) -> Numbers {
        self.relative = true;
        self
    }

    /// A finder over another table.
    pub fn with_table(table: &'static Table) -> Numbers {
        Numbers { table, column: Column::default(), parts: Gates::default(), relative: false }
    }

    /// Every number of `text`, in order, none overlapping another.
    ///
    /// ```
    /// use tawatur_arabic::{dictionary, number::Numbers, text::Text, words::Words};
    /// let mut words = Words::new(dictionary());
    /// let text = Text::new("مئة وخمسة وعشرون ألفاً، وما بين 20 و30، وعشرات", &mut words);
    /// let n = Numbers::new().find(&text, &words);
    /// assert_eq!(n[0].value, 125_000.0);
    /// assert_eq!((n[1].low, n[1].high), (Some(20.0), Some(30.0)));
    /// assert_eq!(n[2].vague.unwrap().as_str(), "tens");
    /// ```
    pub fn find(&mut self, text: &Text<'_>, words: &Words) -> Vec<Number> {
        let mut out = Vec::new();
        let mode = parse::Mode { bounds: true, relative: self.relative };
        self.parse(text, words, 0..text.tokens.len(), mode, &mut out);
        out
    }

    /// Adds every number of a range of tokens by itself, without the cues and ranges that bound it: what dates are made of.
    pub fn find_plain_in(&mut self, text: &Text<'_>, words: &Words, tokens: Range<usize>, out: &mut Vec<Number>) {
        self.parse(text, words, tokens, parse::Mode::default(), out);
    }

    /// `true` when numbers in words can have this word.
    pub fn is_part(&self, word: &Word) -> bool {
        parse::is_part(self.table, word, false)
    }

    fn parse(&mut self, text: &Text<'_>, words: &Words, tokens: Range<usize>, mode: parse::Mode, out: &mut Vec<Number>) {
        let mut look = parse::Look { table: self.table, cells: &mut self.column, parts: &mut self.parts, relative: self.relative };
        parse::find(&mut look, text, words, tokens, mode, out);
    }
}
