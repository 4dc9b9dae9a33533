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
    // 2018-02-13T10:00:00+0300, as many sites write it
    let colon = match s.as_bytes() {
        [.., b'+' | b'-', a, b, c, d] if s.len() > 15 && [a, b, c, d].iter().all(|x| x.is_ascii_digit()) => {
            format!("{}:{}", &s[..s.len() - 2], &s[s.len() - 2..])
        }
        _ => s.to_string(),
    };
    Anchor::parse(&colon).map(|_| colon)
}

/// A moment given in seconds since 1970, in UTC.
///
/// ```
/// assert_eq!(tawatur_reader::meta::unix(1_518_516_000).as_deref(), Some("2018-02-13T10:00:00Z"));
/// ```
pub fn unix(seconds: i64) -> Option<String> {
    let in_range = (0..=253_402_300_799).contains(&seconds);
    let moment = Moment::day(1970, 1, 1)?.plus(seconds / 86_400, Unit::Day).plus(seconds % 86_400, Unit::Second);
    in_range.then(|| format!("{moment}Z"))
}

/// The day in an address: `/2018/02/13/`, `2018-02-13`, `/20180213/`.
///
/// ```
/// use tawatur_reader::meta::in_url;
/// assert_eq!(in_url("https://example.org/news/2018/2/13/some-report").as_deref(), Some("2018-02-13"));
/// assert_eq!(in_url("https://example.org/news/20180213-report").as_deref(), Some("2018-02-13"));
/// assert_eq!(in_url("https://example.org/news/123456"), None);
/// ```
pub fn in_url(url: &str) -> Option<String> {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let runs: Vec<&str> = path.split(|c: char| !c.is_ascii_digit()).collect();
    let day = |y: &str, m: &str, d: &str| {
        let year: i32 = y.parse().ok().filter(|y| (1990..2100).contains(y))?;
        Moment::day(year, m.parse().ok()?, d.parse().ok()?).map(|m| m.date())
    };
    // the parts stand next to each other, one mark between them
    let parts = runs.windows(3).find_map(|w| match w {
        [y, m, d] if y.len() == 4 && (1..=2).contains(&m.len()) && (1..=2).contains(&d.len()) => day(y, m, d),
        _ => None,
    });
    parts.or_else(|| runs.iter().filter(|r| r.len() == 8).find_map(|r| day(&r[..4], &r[4..6], &r[6..])))
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
