//! Local date-times and intervals, without time zones: a report's clock is its reader's.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use std::fmt;

/// A local date-time, precise to the second, between the years -9999 and 9999.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(DateTime);

/// A unit of the calendar or the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unit {
    /// A second.
    Second,
    /// A minute.
    Minute,
    /// An hour.
    Hour,
    /// A day.
    Day,
    /// A week, Monday to Sunday.
    Week,
    /// A month.
    Month,
    /// A quarter of a year.
    Quarter,
    /// A year.
    Year,
    /// Ten years, from one that ends in 0.
    Decade,
    /// A hundred years.
    Century,
}

impl Unit {
    pub(crate) fn from_code(n: i64) -> Unit {
        use Unit::*;
        [Second, Second, Minute, Hour, Day, Week, Month, Quarter, Year, Decade, Century].get(n as usize).copied().unwrap_or(Day)
    }

    /// The word that records use.
    pub fn as_str(self) -> &'static str {
        match self {
            Unit::Second => "second",
            Unit::Minute => "minute",
            Unit::Hour => "hour",
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Quarter => "quarter",
            Unit::Year | Unit::Decade | Unit::Century => "year",
        }
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Moment {
    /// ISO 8601, to the second: `2018-02-13T00:00:00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let d = self.0;
        write!(f, "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", d.year(), d.month(), d.day(), d.hour(), d.minute(), d.second())
    }
}

impl Moment {
    /// Midnight of a day, or `None` when there is no such day.
    pub fn day(year: i32, month: u8, day: u8) -> Option<Moment> {
        let d = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        Some(Moment(d.at(0, 0, 0, 0)))
    }

    /// Reads an ISO date or date-time (`2018-02-13`, `2018-02-13T09:30`, `2018-02-13T09:30:00+03:00`); a zone is dropped, the
    /// local clock kept.
    ///
    /// ```
    /// use tawatur_time::Moment;
    /// assert_eq!(Moment::parse("2018-02-13").unwrap().to_string(), "2018-02-13T00:00:00");
    /// assert_eq!(Moment::parse("2023-09-28T10:59:00+03:00").unwrap().to_string(), "2023-09-28T10:59:00");
    /// assert!(Moment::parse("13/2/2018").is_none());
    /// ```
    pub fn parse(s: &str) -> Option<Moment> {
        let s = s.trim();
        if !s.is_char_boundary(10.min(s.len())) {
            return None;
        }
        let (date, time) = s.split_at(10.min(s.len()));
        let mut p = date.splitn(3, '-');
        let mut n = |len: usize| p.next().filter(|x| x.len() == len && x.bytes().all(|b| b.is_ascii_digit())).and_then(|x| x.parse::<i32>().ok());
        let day = Moment::day(n(4)?, n(2)? as u8, n(2)? as u8)?;
        if time.is_empty() {
            return Some(day);
        }
        let clock = time.strip_prefix(['T', ' '])?;
        let clock = clock.split(['Z', '+', '.']).next().unwrap_or("");
        let clock = clock.split_once('-').map_or(clock, |c| c.0);
        let mut parts = clock.split(':');
        let mut next = || parts.next().map_or(Some(0), |x| x.parse::<u8>().ok());
        let (h, m, s) = (next()?, next()?, next()?);
        day.at(h, m, s)
    }

    /// This day at a time of the clock.
    pub fn at(self, hour: u8, minute: u8, second: u8) -> Option<Moment> {
        let (h, m, s) = (i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, i8::try_from(second).ok()?);
        jiff::civil::Time::new(h, m, s, 0).ok().map(|t| Moment(self.0.date().to_datetime(t)))
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.0.year() as i32
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.0.month() as u8
    }

    /// The day of the month, from 1.
    pub fn dom(self) -> u8 {
        self.0.day() as u8
    }

    /// The hour, 0 to 23.
    pub fn hour(self) -> u8 {
        self.0.hour() as u8
    }

    /// Seconds since midnight.
    pub fn seconds_of_day(self) -> u32 {
        self.0.hour() as u32 * 3600 + self.0.minute() as u32 * 60 + self.0.second() as u32
    }

    /// The day of the week: Monday 1 to Sunday 7.
    pub fn weekday(self) -> u8 {
        self.0.weekday().to_monday_one_offset() as u8
    }

    /// So many units later (earlier when negative). Months and years keep the day where they can; out of range, the moment stays.
    #[must_use]
    pub fn plus(self, n: i64, unit: Unit) -> Moment {
        let n = n.clamp(-4_000_000, 4_000_000);
        let span = match unit {
            Unit::Second => n.seconds(),
            Unit::Minute => n.minutes(),
            Unit::Hour => n.hours(),
            Unit::Day => n.days(),
            Unit::Week => n.weeks(),
            Unit::Month => n.clamp(-200_000, 200_000).months(),
            Unit::Quarter => (n * 3).clamp(-200_000, 200_000).months(),
            Unit::Year => n.clamp(-15_000, 15_000).years(),
            Unit::Decade => (n * 10).clamp(-15_000, 15_000).years(),
            Unit::Century => (n * 100).clamp(-15_000, 15_000).years(),
        };
        self.0.checked_add(span).map_or(self, Moment)
    }

    /// The start of the unit that this moment lies in.
    #[must_use]
    pub fn floor(self, unit: Unit) -> Moment {
        let d = self.0;
        let day = Moment(d.date().at(0, 0, 0, 0));
        match unit {
            Unit::Second => self,
            Unit::Minute => Moment(d.date().at(d.hour(), d.minute(), 0, 0)),
            Unit::Hour => Moment(d.date().at(d.hour(), 0, 0, 0)),
            Unit::Day => day,
            Unit::Week => day.plus(1 - self.weekday() as i64, Unit::Day),
            Unit::Month => Moment::day(self.year(), self.month(), 1).unwrap_or(day),
            Unit::Quarter => Moment::day(self.year(), (self.month() - 1) / 3 * 3 + 1, 1).unwrap_or(day),
            Unit::Year => Moment::day(self.year(), 1, 1).unwrap_or(day),
            Unit::Decade => Moment::day(self.year().div_euclid(10) * 10, 1, 1).unwrap_or(day),
            Unit::Century => Moment::day((self.year() - 1).div_euclid(100) * 100 + 1, 1, 1).unwrap_or(day),
        }
    }

    /// Whole days from `other` to this day.
    pub fn days_since(self, other: Moment) -> i64 {
        self.0.date().since(other.0.date()).map_or(0, |s| s.get_days() as i64)
    }

    /// The ISO date.
    pub fn date(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year(), self.month(), self.dom())
    }

    /// The first day of that weekday on or after this one.
    #[must_use]
    pub fn next_weekday(self, weekday: u8) -> Moment {
        let ahead = (weekday as i64 - self.weekday() as i64).rem_euclid(7);
        self.floor(Unit::Day).plus(ahead, Unit::Day)
    }
}

/// Monday of ISO week 1 lies in the week of 4 January; used for "the third week of 2027".
pub(crate) fn first_week_of(year: i32) -> Option<Moment> {
    Moment::day(year, 1, 4).map(|d| d.floor(Unit::Week))
}

/// A stretch of local time: `from` inclusive, `until` exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Interval {
    /// First moment inside.
    pub from: Moment,
    /// First moment after it.
    pub until: Moment,
}

impl Interval {
    /// The unit that begins at `from`.
    pub fn unit(from: Moment, unit: Unit) -> Interval {
        Interval { from, until: from.plus(1, unit) }
    }

    /// The last day that the interval touches.
    pub fn last_day(&self) -> Moment {
        let last = self.until.plus(-1, Unit::Second);
        if last < self.from { self.from.floor(Unit::Day) } else { last.floor(Unit::Day) }
    }
}
