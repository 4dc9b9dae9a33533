//! Days, and how surely a report gives them.

use claims::record::Time;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How a telling came by its days; the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Dated {
    /// An expression beside the event.
    Said,
    /// An expression of another sentence.
    Carried,
    /// The day of publication.
    Published,
    /// A day of publication that nothing vouches for.
    Unverified,
}

/// A span of days, counted from 1970-01-01, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Days {
    /// The first.
    pub from: i32,
    /// The last.
    pub to: i32,
    /// How surely.
    pub dated: Dated,
}

/// Words for the night as a whole. "منتصف الليل" parts two days and is none of them.
const NIGHT: &[&str] = &["ليلة", "ليل", "ليلا", "ليلاً", "الليلة"];

impl Days {
    /// The days of a claim's time; none when they are no dates or run backwards.
    ///
    /// A report without a time of its own tells of its day or the day before: its publication day is widened by one day. A night
    /// has two dates: "ليلة أمس" is widened by the morning after.
    pub fn of(time: &Time, undated: bool) -> Option<Days> {
        let (from, to) = (number(&time.from)?, number(&time.to)?);
        let dated = match time.basis.as_str() {
            _ if undated => Dated::Unverified,
            "expression" => Dated::Said,
            "inherited" => Dated::Carried,
            _ => Dated::Published,
        };
        let from = if time.basis == "document" { from - 1 } else { from };
        let night = from == to && time.span.as_ref().is_some_and(|s| s.text.split_whitespace().any(|w| NIGHT.contains(&w)));
        let to = if night { to + 1 } else { to };
        (from <= to).then_some(Days { from, to, dated })
    }

    /// How many.
    pub fn count(&self) -> i32 {
        self.to - self.from + 1
    }
}

/// The number of an ISO date, counted from 1970-01-01. The time of a date-time is ignored.
pub fn number(iso: &str) -> Option<i32> {
    let date: Date = iso.get(..10)?.parse().ok()?;
    let span = date.since(Date::constant(1970, 1, 1)).ok()?;
    Some(span.get_days())
}

/// The ISO date of a number.
pub fn iso(day: i32) -> String {
    let span = jiff::Span::new().try_days(day);
    span.and_then(|s| Date::constant(1970, 1, 1).checked_add(s)).map_or_else(|_| String::new(), |d| d.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_numbers() {
        for (date, n) in [("1970-01-01", 0), ("1969-12-31", -1), ("2018-02-13", 17575), ("2018-02-13T22:10:00+03:00", 17575)] {
            assert_eq!(number(date), Some(n), "{date}");
            assert_eq!(iso(n), date[..10]);
        }
        assert_eq!(number("gestern"), None);
        assert_eq!(number("2018-13-01"), None);
    }
}
