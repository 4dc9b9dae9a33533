//! Dates as pages write them.

use arabic::text::Text;
use arabic::words::Words;
use std::ops::Range;
use time::{Anchor, Moment, Prefer, TimeFinder, Unit};

/// Finds dates that need no anchor.
#[derive(Debug)]
pub struct Dates {
    words: Words,
    finder: TimeFinder,
}

impl Default for Dates {
    fn default() -> Self {
        Dates { words: Words::new(arabic::dictionary()), finder: TimeFinder::new() }
    }
}

impl Dates {
    /// The first complete date of a line, as an ISO date with its bytes.
    ///
    /// ```
    /// let mut d = tawatur_reader::meta::Dates::default();
    /// assert_eq!(d.first("الثلاثاء 13 فبراير، 2018").unwrap().0, "2018-02-13");
    /// assert_eq!(d.first("الاثنين, ١٧ مارس ٢٠٢٥").unwrap().0, "2025-03-17");
    /// assert_eq!(d.first("مساء الثلاثاء"), None);
    /// ```
    pub fn first(&mut self, line: &str) -> Option<(String, Range<usize>)> {
        let text = Text::new(line, &mut self.words);
        // what two days of different years, months and weekdays agree on depends on neither
        let mut with = |y, m, d| {
            let anchor = Anchor::from(Moment::day(y, m, d)?);
            Some(self.finder.find(&text, &self.words, anchor, Prefer::Past))
        };
        let (a, b) = (with(1999, 3, 9)?, with(2031, 11, 21)?);
        a.iter().zip(&b).find_map(|(x, y)| {
            let (i, j) = (x.interval?, y.interval?);
            (i == j && x.bytes == y.bytes && x.grain <= Unit::Day && i.from.floor(Unit::Day) == i.last_day()).then(|| (i.from.date(), x.bytes.clone()))
        })
    }
}

/// An ISO date or date-time in its shortest true form, or `None`.
///
/// ```
/// use tawatur_reader::meta::iso;
/// assert_eq!(iso("2018-02-13"), Some("2018-02-13".into()));
/// assert_eq!(iso(" 2018-02-13T10:00:00Z "), Some("2018-02-13T10:00:00Z".into()));
/// assert_eq!(iso("2018-02-30"), None);
/// ```
pub fn iso(s: &str) -> Option<String> {
    let s = s.trim();
    Anchor::parse(s).map(|_| s.to_string())
}
