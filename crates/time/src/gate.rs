//! Which tokens are worth a closer look: one byte a word, so that the first pass over a text costs next to nothing.

use crate::matcher::{Index, cell};
use crate::table::Table;
use arabic::number::Numbers;
use arabic::words::Word;

/// What a word can be to time expressions, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Gate(pub u8);

impl Gate {
    /// No expression holds the word.
    pub const NONE: Gate = Gate(0);
    /// An expression may hold the word.
    pub const LINK: Gate = Gate(1);
    /// The word makes an expression possible.
    pub const STRONG: Gate = Gate(2);
    /// Numbers may hold the word.
    pub const NUMBER: Gate = Gate(4);

    pub fn has(self, other: Gate) -> bool {
        self.0 & other.0 != 0
    }

    /// Of a run of digits, by its length in bytes: four of them may be a year.
    pub fn number(bytes: u32) -> Gate {
        let strong = if matches!(bytes, 4 | 8) { Gate::STRONG.0 } else { 0 };
        Gate(Gate::LINK.0 | Gate::NUMBER.0 | strong)
    }

    pub fn of(table: &Table, index: &Index, numbers: &Numbers, w: &Word) -> Gate {
        let number = numbers.is_part(w);
        let c = cell(table, index, w);
        let mut g = 0;
        if number || c.is_some() || table.links(&w.key) {
            g |= Gate::LINK.0;
        }
        if number {
            g |= Gate::NUMBER.0;
        }
        // thousands in words may be a year
        if c.is_some_and(|c| c.is_strong(table)) || number && w.key.contains("لف") {
            g |= Gate::STRONG.0;
        }
        Gate(g)
    }
}
