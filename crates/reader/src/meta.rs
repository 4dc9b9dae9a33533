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

/// A date, or a moment of it, as far as it is given.
///
/// ```
/// use std::cmp::Ordering::{Equal, Greater};
/// use tawatur_reader::meta::Instant;
/// let at = |s| Instant::parse(s).unwrap();
/// assert_eq!(at("2021-03-14T09:00:00+03:00").compare(&at("2021-03-14T06:00:00Z")), Equal);
/// assert_eq!(at("2021-03-14").compare(&at("2021-03-14T06:00:00Z")), Equal);
/// assert_eq!(at("2021-03-15").compare(&at("2021-03-14T06:00:00Z")), Greater);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instant {
    /// The day and the clock where it was read.
    local: Moment,
    /// Whether the clock is given.
    timed: bool,
    /// Minutes east of Greenwich.
    zone: Option<i64>,
}

impl Instant {
    /// Reads an ISO date or date-time, with or without a zone.
    pub fn parse(s: &str) -> Option<Instant> {
        let s = s.trim();
        let local = Moment::parse(s)?;
        let clock = s.split_once(['T', 't', ' ']).map(|x| x.1);
        Some(Instant { local, timed: clock.is_some(), zone: clock.and_then(zone) })
    }

    /// Which comes first, as far as both are given: two moments with zones as moments, anything else by the day.
    pub fn compare(&self, other: &Instant) -> std::cmp::Ordering {
        let both = self.timed && other.timed && self.zone.is_some() == other.zone.is_some();
        let key = |i: &Instant| match both {
            true => i.local.plus(-i.zone.unwrap_or(0), Unit::Minute),
            false => i.local.floor(Unit::Day),
        };
        key(self).cmp(&key(other))
    }
}

/// Minutes east of Greenwich at the end of a clock time.
fn zone(clock: &str) -> Option<i64> {
    if clock.ends_with(['Z', 'z']) {
        return Some(0);
    }
    let at = clock.rfind(['+', '-', '−'])?;
    let sign = if clock[at..].starts_with('+') { 1 } else { -1 };
    let digits: String = clock[at..].chars().filter(char::is_ascii_digit).collect();
    let (h, m) = match digits.len() {
        2 => (digits.as_str(), "0"),
        4 => digits.split_at(2),
        _ => return None,
    };
    Some(sign * (h.parse::<i64>().ok()? * 60 + m.parse::<i64>().ok()?))
}
