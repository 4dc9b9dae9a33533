//! From captured parts to an interval: one small function a kind of construction.

use crate::hijri;
use crate::matcher::{Cap, Caps};
use crate::moment::{Interval, Moment, Unit, first_week_of};
use crate::pattern::Slot;
use crate::table::{Feast, Table};
use crate::{ExpressionKind, Prefer};

/// What a construction is resolved to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Resolved {
    pub kind: ExpressionKind,
    pub interval: Option<Interval>,
    pub grain: Unit,
    /// ISO 8601, of durations.
    pub duration: Option<String>,
    /// What the parts say that cannot all be true.
    pub conflict: Option<String>,
    /// The days that a news coder takes a vague expression for, where they differ from the interval.
    pub window: Option<(Moment, Moment)>,
    /// The interval as the other preference would have it.
    pub other: Option<Interval>,
}

impl Resolved {
    fn new(kind: ExpressionKind, interval: Interval, grain: Unit) -> Resolved {
        Resolved { kind, interval: Some(interval), grain, duration: None, conflict: None, window: None, other: None }
    }

    fn unit(from: Moment, unit: Unit) -> Resolved {
        Resolved::new(ExpressionKind::Date, Interval::unit(from, unit), unit)
    }

    fn span(from: Moment, until: Moment, grain: Unit) -> Option<Resolved> {
        (until > from).then(|| Resolved::new(ExpressionKind::Interval, Interval { from, until }, grain))
    }

    fn with_window(mut self, first: Moment, last: Moment) -> Resolved {
        self.window = Some((first, last));
        self
    }
}

macro_rules! makes {
    ($($name:ident = $text:literal),* $(,)?) => {
        /// The resolvers that rules.toml can name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum Make { $($name),* }
        impl Make {
            pub(crate) fn parse(s: &str) -> Option<Make> {
                match s { $($text => Some(Make::$name),)* _ => None }
            }
        }
    };
}

makes! {
    Date = "date", Month = "month", Year = "year", Weekday = "weekday", Relday = "relday", BeforeYesterday = "before-yesterday",
    AfterTomorrow = "after-tomorrow", Now = "now", DayPart = "daypart", Shifted = "shifted", Last = "last", Next = "next",
    Ago = "ago", Hence = "hence", Within = "within", Since = "since", SinceDate = "since-date", UntilDate = "until-date",
    Range = "range", DomRange = "dom-range", Position = "position", Duration = "duration", NthWeekday = "nth-weekday",
    NthUnit = "nth-unit", LastUnit = "last-unit", Holiday = "holiday", Season = "season", Decade = "decade", Quarter = "quarter",
    Weekend = "weekend", Rest = "rest", Set = "set", Clock = "clock", Nights = "nights", WeekdayOfWeek = "weekday-of-week",
    YearRange = "year-range", AfterEvent = "after-event", LaterIn = "later-in", DayAfter = "day-after", NthAfter = "nth-after", Dom = "dom",
    Century = "century", Today = "now-day", FirstOfMonth = "first-of-month", LastDay = "last-unit-day", ClockRange = "clock-range", WeekOf = "week-of",
    WeekdaysOfWeek = "weekdays-of-week",
    ShiftedTwice = "shifted-twice",
    HenceBare = "hence-bare",
    Half = "half",
    LastWeekday = "last-weekday",
    HolidayEve = "holiday-eve",
    HolidayDay = "holiday-day",
    SameDay = "same-day",
    TwoWeekdays = "two-weekdays",
}

impl Make {
    pub(crate) fn is_date(self) -> bool {
        matches!(
            self,
            Make::Date
                | Make::Month
                | Make::Weekday
                | Make::Relday
                | Make::Year
                | Make::BeforeYesterday
                | Make::AfterTomorrow
                | Make::DayPart
                | Make::Today
                | Make::Shifted
                | Make::Position
                | Make::Dom
                | Make::Now
                | Make::Holiday
                | Make::Ago
        )
    }
}

/// Against what expressions are resolved.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'a> {
    pub anchor: Moment,
    /// The anchor's zone, in minutes east of Greenwich, where it is known.
    pub offset: Option<i32>,
    pub prefer: Prefer,
    /// The day that the text named last: "27 من الشهر نفسه" is a day of its month.
    pub named: Option<Moment>,
    pub table: &'a Table,
}

impl Context<'_> {
    fn past(&self) -> bool {
        self.prefer == Prefer::Past
    }

    fn today(&self) -> Moment {
        self.anchor.floor(Unit::Day)
    }

    /// The day of which "the same" is said.
    fn named_day(&self) -> Moment {
        self.named.unwrap_or(self.anchor).floor(Unit::Day)
    }

    fn has(&self, caps: &Caps, word: &str) -> bool {
        self.table.literals.get(word).is_some_and(|n| caps.words.contains(n))
    }
}

const DAYPARTS: [(u8, u8); 9] = [(0, 24), (3, 6), (6, 12), (11, 14), (14, 18), (18, 24), (18, 24), (17, 20), (8, 12)];

/// Narrows a day to a part of it, or to a time of the clock.
fn refine(day: Moment, caps: &Caps, cx: &Context<'_>) -> (Interval, Unit) {
    if let Some(c) = caps.get(Slot::Clock) {
        return clock_on(day, c, cx, true);
    }
    match caps.any(&[Slot::Daypart, Slot::DaypartThe]) {
        Some(p) => {
            let (a, b) = DAYPARTS.get(p.value as usize).copied().unwrap_or((0, 24));
            let from = day.plus(a as i64, Unit::Hour);
            (Interval { from, until: day.plus(b as i64, Unit::Hour) }, Unit::Hour)
        }
        None => (Interval::unit(day, Unit::Day), Unit::Day),
    }
}

/// A time of the clock on a day. Without a part of the day, hours up to six are taken for the afternoon when the day is named and
/// the preference looks forward, else for what lies nearest on the preferred side.
fn clock_on(day: Moment, c: Cap, cx: &Context<'_>, dated: bool) -> (Interval, Unit) {
    let gmt = c.extra >= 10;
    let half = c.extra % 10;
    let mut s = c.value;
    let hour = s / 3600;
    match half {
        2 if hour < 12 => s += 12 * 3600,
        1 if hour == 12 => s -= 12 * 3600,
        0 if !gmt && !dated && hour < 12 && hour > 0 => {
            let now = cx.anchor.seconds_of_day() as i64;
            if !cx.past() && s <= now {
                s += 12 * 3600;
            }
        }
        _ => {}
    }
    if let (true, Some(minutes)) = (gmt, cx.offset) {
        s += minutes as i64 * 60;
    }
    let grain = match c.value {
        v if v % 3600 == 0 && !gmt => Unit::Hour,
        v if v % 60 == 0 => Unit::Minute,
        _ => Unit::Second,
    };
    let from = day.plus(s, Unit::Second);
    (Interval::unit(from, grain), grain)
}

fn kind_of(grain: Unit) -> ExpressionKind {
    if grain < Unit::Day { ExpressionKind::Time } else { ExpressionKind::Date }
}

fn weekday_conflict(said: Option<i64>, day: Moment) -> Option<String> {
    let said = said?;
    (said != day.weekday() as i64).then(|| format!("weekday {} is not {}", weekday_name(said), day.date()))
}

fn weekday_name(n: i64) -> &'static str {
    ["", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"].get(n as usize).copied().unwrap_or("")
}

fn finish_day(day: Moment, caps: &Caps, cx: &Context<'_>) -> Resolved {
    let (interval, grain) = refine(day, caps, cx);
    let mut r = Resolved::new(kind_of(grain), interval, grain);
    if grain < Unit::Day && interval.until.days_since(interval.from) > 0 {
        r.window = Some((day, day));
    }
    r
}

pub(crate) fn resolve(make: Make, caps: &Caps, cx: &Context<'_>) -> Option<Resolved> {
    let today = cx.today();
    Some(match make {
        Make::Date => date(caps, cx)?,
        Make::Dom => dom_alone(caps, cx)?,
        Make::Month => month(caps, cx)?,
        Make::Year => {
            let y = year(caps, cx)?;
            if caps.get(Slot::Year).is_some_and(|c| c.extra == 2) {
                let from = hijri::day(y, 1, 1)?;
                return Resolved::span(from, hijri::day(y + 1, 1, 1)?, Unit::Year);
            }
            Resolved::unit(Moment::day(y, 1, 1)?, Unit::Year)
        }
        Make::Weekday => weekday(caps, cx)?,
        Make::Relday => {
            let mut day = today.plus(caps.value(Slot::Relday)?, Unit::Day);
            let said = caps.any(&[Slot::Weekday, Slot::Weekday0]).map(|c| c.value);
            let conflict = weekday_conflict(said, day);
            if conflict.is_some() {
                // The page's date is oftener wrong than its weekday: a report is posted a day or two after it was written.
                let said = said? as u8;
                let back = (day.weekday() as i64 - said as i64).rem_euclid(7);
                day = if back <= 3 { day.plus(-back, Unit::Day) } else { day.plus(7 - back, Unit::Day) };
            }
            let mut r = finish_day(day, caps, cx);
            r.conflict = conflict;
            r
        }
        Make::WeekOf => Resolved::unit(nested(caps, cx, 0)?.interval?.from.floor(Unit::Week), Unit::Week),
        Make::WeekdaysOfWeek => {
            let week = today.floor(Unit::Week).plus(shift_of(caps), Unit::Week);
            let mut days = caps.items.iter().filter(|c| c.slot == Slot::Weekday).map(|c| week.next_weekday(c.value as u8));
            let (a, b) = (days.next()?, days.next()?);
            Resolved::span(a, b.plus(1, Unit::Day), Unit::Day)?
        }
        Make::Today => finish_day(today, caps, cx),
        Make::SameDay => finish_day(cx.named_day(), caps, cx),
        Make::LastDay => finish_day(today.plus(-1, Unit::Day), caps, cx),
        Make::FirstOfMonth => Resolved::unit(month(caps, cx)?.interval?.from, Unit::Day),
        Make::ClockRange => {
            let day = match caps.any(&[Slot::Weekday]) {
                Some(w) => pick_weekday(w.value as u8, None, cx),
                None => today,
            };
            // "من 3 إلى 5 مساء": the first may be a bare number
            let hour = |c: &Cap| (c.slot == Slot::Number && (1..=24).contains(&c.value)).then_some(Cap { slot: Slot::Clock, value: c.value * 3600, extra: 0 });
            let clocks: Vec<Cap> = caps.items.iter().filter_map(|c| if c.slot == Slot::Clock { Some(*c) } else { hour(c) }).collect();
            let [a, b] = clocks.as_slice() else { return None };
            let b_at = clock_on(day, *b, cx, true).0;
            // "من التاسعة حتى الحادية عشرة صباحا": the first takes the second's half of the day
            let a = if a.extra == 0 { Cap { extra: b.extra, ..*a } } else { *a };
            let a_at = clock_on(day, a, cx, true).0;
            Resolved::span(a_at.from, b_at.until, Unit::Hour)?
        }
        Make::BeforeYesterday => finish_day(today.plus(-2, Unit::Day), caps, cx),
        Make::AfterTomorrow => finish_day(today.plus(2, Unit::Day), caps, cx),
        Make::Now => Resolved::new(ExpressionKind::Time, Interval::unit(cx.anchor, Unit::Second), Unit::Second),
        Make::DayPart => {
            let shift = caps.value(Slot::Shift).unwrap_or(0);
            let night = caps.any(&[Slot::Daypart, Slot::DaypartThe]).is_some_and(|c| c.value == 6);
            if shift == -1 && night {
                // The night before this day: it belongs to both.
                let from = today.plus(-1, Unit::Day);
                let r = Resolved::span(from.plus(18, Unit::Hour), today.plus(6, Unit::Hour), Unit::Hour)?;
                return Some(r.with_window(from, today));
            }
            // "الليلة" names its part itself
            if caps.any(&[Slot::Daypart, Slot::DaypartThe]).is_none() {
                return Resolved::span(today.plus(18, Unit::Hour), today.plus(24, Unit::Hour), Unit::Hour);
            }
            let (i, g) = refine(today.plus(shift, Unit::Day), caps, cx);
            Resolved::new(ExpressionKind::Interval, i, g)
        }
        Make::Nights => {
            // "ليل السبت الأحد": from one day into the next
            let mut days = caps.items.iter().filter(|c| matches!(c.slot, Slot::Weekday | Slot::Weekday0)).map(|c| c.value as u8);
            let (a, b) = (days.next()?, days.next()?);
            let last = pick_weekday(b, None, cx);
            let first = last.plus(-((b as i64 - a as i64).rem_euclid(7)), Unit::Day);
            Resolved::span(first.plus(18, Unit::Hour), last.plus(6, Unit::Hour), Unit::Hour)?.with_window(first, last)
        }
        Make::TwoWeekdays => {
            let mut days = caps.items.iter().filter(|c| c.slot == Slot::Weekday).map(|c| c.value as u8);
            let (a, b) = (days.next()?, days.next()?);
            let last = pick_weekday(b, caps.value(Slot::Shift).filter(|s| s.abs() == 1), cx);
            let first = last.plus(-((b as i64 - a as i64).rem_euclid(7)), Unit::Day);
            Resolved::span(first, last.plus(1, Unit::Day), Unit::Day)?
        }
        Make::Shifted => shifted(caps, cx)?,
        Make::Last => last(caps, cx, -1)?,
        Make::Next => last(caps, cx, 1)?,
        Make::ShiftedTwice => {
            let s = shift_of(caps).signum();
            match caps.get(Slot::Weekday) {
                Some(w) => Resolved::unit(pick_weekday(w.value as u8, Some(s), cx).plus(s, Unit::Week), Unit::Day),
                None => {
                    let unit = Unit::from_code(caps.value(Slot::UnitThe)?);
                    Resolved::unit(cx.anchor.floor(unit).plus(2 * s, unit), unit)
                }
            }
        }
        // in a report "بعد يومين" counts from what was told before; in a diary from now
        Make::HenceBare if cx.past() => return None,
        Make::HenceBare => ago(caps, cx, 1)?,
        Make::Half => {
            let half = caps.value(Slot::Ordinal).filter(|n| matches!(n, 1 | 2))?;
            let whole = framed(caps, cx)?;
            halves(whole.interval?.from, whole.grain, if half == 1 { 1 } else { 3 })?
        }
        Make::LastWeekday => {
            let w = caps.any(&[Slot::Weekday, Slot::Weekday0])?.value as u8;
            let until = framed(caps, cx)?.interval?.until;
            finish_day(until.plus(-7, Unit::Day).next_weekday(w), caps, cx)
        }
        Make::HolidayEve => moved(holiday(caps, cx)?, -1),
        Make::HolidayDay => moved(holiday(caps, cx)?, caps.value(Slot::Ordinal).filter(|n| (1..=10).contains(n))? - 1),
        Make::Ago => ago(caps, cx, -1)?,
        Make::Hence => ago(caps, cx, 1)?,
        Make::Within => {
            let (n, unit) = quantity(caps)?;
            if !cx.past() {
                return Resolved::span(cx.anchor, back(cx.anchor, n, unit, 1), unit);
            }
            let from = back(cx.anchor, n, unit, -1);
            let mut r = Resolved::span(from, cx.anchor.max(from.plus(1, Unit::Second)), unit)?;
            r.other = Some(Interval { from: cx.anchor, until: back(cx.anchor, n, unit, 1) });
            r.with_window(from.floor(Unit::Day), cx.anchor.floor(Unit::Day))
        }
        Make::Since => {
            let (n, unit) = quantity(caps)?;
            let from = back(today, n, unit, -1).floor(Unit::Day);
            let mut r = Resolved::span(from, today.plus(1, Unit::Day), Unit::Day)?;
            r.other = Some(Interval::unit(from.floor(unit.clamp(Unit::Day, Unit::Month)), unit.clamp(Unit::Day, Unit::Month)));
            r.with_window(from, today)
        }
        Make::SinceDate => {
            let from = nested(caps, cx, 0)?;
            let until = today.plus(1, Unit::Day);
            if from.interval?.from >= until {
                return None;
            }
            let first = from.window.map_or(from.interval?.from.floor(Unit::Day), |w| w.0);
            let mut r = Resolved::span(from.interval?.from, until, Unit::Day)?;
            r.other = from.interval;
            r.with_window(first, today)
        }
        Make::UntilDate => {
            let to = nested(caps, cx, 0)?;
            let i = to.interval?;
            Resolved::new(ExpressionKind::Interval, i, to.grain)
        }
        Make::Range => range(caps, cx)?,
        Make::DomRange => dom_range(caps, cx)?,
        Make::YearRange => {
            let mut years = caps.items.iter().filter(|c| c.slot == Slot::Year || c.slot == Slot::Number);
            let (first, last) = (years.next()?, years.next()?);
            let (a, b) = (first.value as i32, last.value as i32);
            if first.extra == 2 {
                return Resolved::span(hijri::day(a, 1, 1)?, hijri::day(b + 1, 1, 1)?, Unit::Year);
            }
            if !(1000..2300).contains(&a) || b <= a || b > 2300 {
                return None;
            }
            let last = Moment::day(b, 12, 31)?;
            Resolved::span(Moment::day(a, 1, 1)?, Moment::day(b, 1, 1)?, Unit::Year)?.with_window(Moment::day(a, 1, 1)?, last)
        }
        Make::Position => position(caps, cx)?,
        Make::Duration => duration(caps, cx)?,
        Make::NthWeekday => nth_weekday(caps, cx)?,
        Make::NthUnit => nth_unit(caps, cx)?,
        Make::LastUnit => last_unit(caps, cx)?,
        Make::WeekdayOfWeek => {
            let week = today.floor(Unit::Week).plus(shift_of(caps), Unit::Week);
            let day = week.next_weekday(caps.any(&[Slot::Weekday, Slot::Weekday0])?.value as u8);
            finish_day(day, caps, cx)
        }
        Make::Holiday => holiday(caps, cx)?,
        Make::Season => season(caps, cx)?,
        Make::Decade => decade(caps, cx)?,
        Make::Century => {
            let n = caps.any(&[Slot::Ordinal, Slot::Dom])?.value as i32;
            let from = Moment::day((n - 1) * 100 + 1, 1, 1)?;
            Resolved::span(from, from.plus(100, Unit::Year), Unit::Year)?
        }
        Make::Quarter => {
            let q = caps.any(&[Slot::Ordinal, Slot::Dom])?.value;
            if !(1..=4).contains(&q) {
                return None;
            }
            let y = year(caps, cx).unwrap_or(cx.anchor.year());
            Resolved::unit(Moment::day(y, (q as u8 - 1) * 3 + 1, 1)?, Unit::Quarter)
        }
        Make::Weekend => {
            // Saturday and Sunday, as the sources have it; the Friday of much of the region lies in the week before.
            let weeks = if cx.has(caps, "بعد") { 2 } else { shift_of(caps) };
            let from = today.floor(Unit::Week).plus(weeks, Unit::Week).plus(5, Unit::Day);
            let mut r = Resolved::span(from, from.plus(2, Unit::Day), Unit::Day)?;
            r.grain = Unit::Day;
            r
        }
        Make::Rest => {
            // "بقية أسبوعي"
            let unit = caps.any(&[Slot::UnitThe, Slot::Unit]).map_or(Unit::Week, |c| Unit::from_code(c.value));
            let until = today.floor(unit).plus(1, unit);
            Resolved::span(today, until.plus(-1, Unit::Day).max(today.plus(1, Unit::Day)), Unit::Day)?.with_window(today, until.plus(-1, Unit::Day))
        }
        Make::LaterIn => {
            let unit = caps.any(&[Slot::UnitThe, Slot::Unit]).map(|c| Unit::from_code(c.value))?;
            let from = today.floor(unit);
            halves(from, unit, 3)?
        }
        Make::Set => {
            let mut r = Resolved::unit(today, Unit::Day);
            r.kind = ExpressionKind::Set;
            r.interval = None;
            r
        }
        Make::Clock => {
            let c = caps.get(Slot::Clock)?;
            let (i, g) = clock_on(today, c, cx, false);
            Resolved::new(ExpressionKind::Time, i, g)
        }
        Make::AfterEvent => {
            // "بعد أيام من", "قبل ساعات من": near an event that is dated elsewhere; a coder dates it by the report
            let (n, unit) = quantity(caps)?;
            if unit >= Unit::Day && !vague(caps) {
                return ago(caps, cx, -1);
            }
            let from = back(today, n, unit, -1).floor(Unit::Day);
            Resolved::span(from, today.max(from.plus(1, Unit::Day)), Unit::Day)?
        }
        Make::DayAfter => finish_day(today.plus(1, Unit::Day), caps, cx),
        Make::NthAfter => {
            let feast = caps.feast?;
            let y = year(caps, cx).unwrap_or(cx.anchor.year());
            let after = feast_day(feast, y)?;
            let n = caps.any(&[Slot::Ordinal])?.value.max(1);
            let wd = caps.any(&[Slot::Weekday, Slot::Weekday0])?.value as u8;
            let day = after.plus(1, Unit::Day).next_weekday(wd).plus(n - 1, Unit::Week);
            finish_day(day, caps, cx)
        }
    })
}

/// A holiday so many days on.
fn moved(mut r: Resolved, days: i64) -> Resolved {
    let plus = |i: Interval| Interval { from: i.from.plus(days, Unit::Day), until: i.until.plus(days, Unit::Day) };
    (r.interval, r.other) = (r.interval.map(plus), r.other.map(plus));
    r
}

fn nested(caps: &Caps, cx: &Context<'_>, n: usize) -> Option<Resolved> {
    let (rule, sub) = caps.nested.get(n)?;
    resolve(cx.table.rules[*rule].make, sub, cx)
}

/// The shift that a word beside the unit tells: last, this, next.
fn shift_of(caps: &Caps) -> i64 {
    match caps.value(Slot::Shift) {
        Some(2) | None => 0,
        Some(s) => s,
    }
}

fn year(caps: &Caps, cx: &Context<'_>) -> Option<i32> {
    let c = caps.get(Slot::Year)?;
    Some(match c.extra {
        1 if c.value == 2 => cx.named_day().year(),
        1 => cx.anchor.year() + c.value as i32,
        _ => c.value as i32,
    })
}

/// A year for a month and day that came without one: the latest that is not after the anchor, or the earliest not before it.
fn nearest_year(cx: &Context<'_>, shift: Option<i64>, make: impl Fn(i32) -> Option<Moment>) -> Option<(Moment, Option<Moment>)> {
    let y = cx.anchor.year();
    let today = cx.today();
    let all: Vec<Moment> = (y - 4..=y + 4).filter_map(&make).collect();
    let past = all.iter().rev().find(|d| **d <= today).copied();
    let future = all.iter().find(|d| **d >= today).copied();
    let strictly_past = all.iter().rev().find(|d| **d < today).copied();
    let strictly_future = all.iter().find(|d| **d > today).copied();
    // what lies in this month is this year's
    let this_month = make(y).filter(|d| d.month() == today.month());
    match shift {
        None if !cx.past() && this_month.is_some() => this_month.map(|d| (d, None)),
        Some(-1) => Some((strictly_past?, None)),
        Some(1) => Some((strictly_future?, None)),
        Some(_) => make(y).map(|d| (d, None)),
        None if cx.past() => Some((past?, future.filter(|f| Some(*f) != past))),
        None => Some((future?, past.filter(|p| Some(*p) != future))),
    }
}

fn date(caps: &Caps, cx: &Context<'_>) -> Option<Resolved> {
    let said = caps.any(&[Slot::Weekday, Slot::Weekday0]).map(|c| c.value);
    if let Some(n) = caps.value(Slot::NumDate) {
        let (y, m, d) = ((n / 10_000) as i32, (n / 100 % 100) as u8, (n % 100) as u8);
        if d == 0 {
            // "2/2013": a month; a day where the source looks for one
            let first = Moment::day(y, m, 1)?;
            return Some(if cx.past() { Resolved::unit(first, Unit::Month) } else { Resolved::unit(first, Unit::Day) });
        }
        let (day, other) = if (1300..=1500).contains(&y) {
            (hijri::day(y, m, d)?, None)
        } else if y > 0 {
            (Moment::day(y, m, d)?, None)
        } else {
            nearest_year(cx, caps.value(Slot::Shift), |y| Moment::day(y, m, d))?
        };
        let mut r = finish_day(day, caps, cx);
        r.other = other.map(|o| Interval::unit(o, Unit::Day));
        r.conflict = weekday_conflict(said, day);
        return Some(r);
    }
    let dom = caps.value(Slot::Dom)? as u8;
    let shift = caps.value(Slot::Shift);
    let mut other = None;
    let day = match caps.get(Slot::Month) {
        Some(m) if m.extra == 1 => {
            let month = m.value as u8;
            match caps.get(Slot::Year) {
                Some(y) if y.extra != 1 => hijri::day(y.value as i32, month, dom)?,
                y => {
                    let (hy, ..) = hijri::of(cx.anchor)?;
                    let add = y.map_or(0, |y| y.value as i32);
                    let shift = if y.is_some() { Some(0) } else { shift };
                    nearest_year(cx, shift, |g| hijri::day(hy + add + (g - cx.anchor.year()), month, dom))?.0
                }
            }
        }
        Some(m) => {
            let month = m.value as u8;
            match year(caps, cx) {
                Some(y) if caps.get(Slot::Year).is_some_and(|c| c.extra == 2) => hijri::day(y, month, dom)?,
                Some(y) => Moment::day(y, month, dom)?,
                None if shift == Some(0) || shift == Some(2) => {
                    // "من فبراير الجاري": this year's, or the year in which this month is
                    Moment::day(cx.anchor.year(), month, dom)?
                }
                None => {
                    let (d, o) = nearest_year(cx, shift, |y| Moment::day(y, month, dom))?;
                    other = o;
                    d
                }
            }
        }
        None => {
            // a day of this month, of the last one, or the one that falls on the weekday said
            let this = cx.anchor.floor(Unit::Month);
            match (shift.or(cx.has(caps, "الشهر").then_some(0)), said) {
                (Some(s), _) => {
                    let month = if s == 2 { cx.named_day() } else { this.plus(s, Unit::Month) };
                    Moment::day(month.year(), month.month(), dom)?
                }
                (None, Some(w)) => {
                    let order: [i64; 5] = if cx.past() { [0, -1, 1, -2, 2] } else { [0, 1, -1, 2, -2] };
                    order.iter().map(|n| this.plus(*n, Unit::Month)).filter_map(|m| Moment::day(m.year(), m.month(), dom)).find(|d| d.weekday() as i64 == w)?
                }
                (None, None) => return None,
            }
        }
    };
    // "الثلاثاء الثالث من أيلول": the third Tuesday, when the third is none
    let by_word = caps.get(Slot::Dom).is_some_and(|d| d.extra > 0);
    if let Some(w) = said.filter(|w| by_word && dom <= 5 && *w != day.weekday() as i64) {
        let nth = Moment::day(day.year(), day.month(), 1)?.next_weekday(w as u8).plus(dom as i64 - 1, Unit::Week);
        if nth.month() == day.month() {
            return Some(finish_day(nth, caps, cx));
        }
    }
    let mut r = finish_day(day, caps, cx);
    // "السابع والثالث من": two days; the first named counts
    r.other = other.map(|o| Interval::unit(o, Unit::Day));
    r.conflict = weekday_conflict(said, day).or_else(|| {
        let rel = caps.value(Slot::Relday)?;
        // "اليوم الأول من رمضان" is no today
        if rel == 0 && by_word && said.is_none() {
            return None;
        }
        let meant = cx.today().plus(rel, Unit::Day);
        (meant != day).then(|| format!("{} is not {}", meant.date(), day.date()))
    });
    Some(r)
}

fn dom_alone(caps: &Caps, cx: &Context<'_>) -> Option<Resolved> {
    let dom = caps.value(Slot::Dom)? as u8;
    // "في الثالثة" is an hour
    if dom <= 12 && caps.get(Slot::Dom).is_some_and(|d| d.extra == 2) {
        return None;
    }
    let this = cx.anchor.floor(Unit::Month);
    let all: Vec<Moment> = (-2..=2)
        .filter_map(|n| {
            let m = this.plus(n, Unit::Month);
            Moment::day(m.year(), m.month(), dom)
        })
        .collect();
    let today = cx.today();
    let past = all.iter().rev().find(|d| **d <= today).copied();
    let future = all.iter().find(|d| **d >= today).copied();
    // A bare day of the month is this month's, whichever side it lies on.
    let day = Moment::day(this.year(), this.month(), dom).or(if cx.past() { past } else { future })?;
    let mut r = finish_day(day, caps, cx);
    r.other = [past, future].into_iter().flatten().find(|d| *d != day).map(|d| Interval::unit(d, Unit::Day));
    Some(r)
}

fn month(caps: &Caps, cx: &Context<'_>) -> Option<Resolved> {
    let (m, is_hijri) = match caps.get(Slot::Month) {
        Some(m) => (m.value as u8, m.extra == 1),
        None => (u8::try_from(caps.get(Slot::Number).or(caps.get(Slot::Ordinal))?.value).ok()?, false),
    };
    if !(1..=12).contains(&m) {
        return None;
    }
    let shift = caps.value(Slot::Shift);
    if is_hijri || caps.get(Slot::Year).is_some_and(|y| y.extra == 2) {
        let (hy, hm, _) = hijri::of(cx.anchor)?;
        let y = match caps.get(Slot::Year) {
            Some(y) if y.extra == 1 => hy + y.value as i32,
            Some(y) if y.extra == 2 || y.value < 1600 => y.value as i32,
            Some(y) => {
                // a Hijri month of a Gregorian year
                let (h, ..) = hijri::of(Moment::day(y.value as i32, 6, 15)?)?;
                (h - 1..=h + 1).find(|h| hijri::month(*h, m).is_some_and(|x| x.0.year() == y.value as i32))?
            }
            None => match shift {
                Some(-1) if m >= hm => hy - 1,
                Some(1) if m <= hm => hy + 1,
                None if cx.past() && m > hm => hy - 1,
                None if !cx.past() && m < hm => hy + 1,
                _ => hy,
            },
        };
        let (from, until) = hijri::month(y, m)?;
        let mut r = Resolved::new(ExpressionKind::Date, Interval { from, until }, Unit::Month);
        r.grain = Unit::Month;
        return Some(r);
    }
    let this = cx.anchor.month();
    let y = match year(caps, cx) {
        Some(y) => y,
        None => {
            let y = cx.anchor.year();
            match shift {
                Some(-1) if m >= this => y - 1,
                Some(1) if m <= this => y + 1,
                Some(_) => y,
                None if cx.past() && m > this => y - 1,
                None if !cx.past() && m < this => y + 1,
                None => y,
            }
        }
    };
    let mut r = Resolved::unit(Moment::day(y, m, 1)?, Unit::Month);
    if caps.get(Slot::Year).is_none() && shift.is_none() {
        let o = if cx.past() { y + 1 } else { y - 1 };
        r.other = Moment::day(o, m, 1).map(|d| Interval::unit(d, Unit::Month));
    }
    Some(r)
}

/// The day that a bare weekday means.
fn pick_weekday(w: u8, shift: Option<i64>, cx: &Context<'_>) -> Moment {
    let today = cx.today();
    let back = (today.weekday() as i64 - w as i64).rem_euclid(7);
    match shift {
        Some(-1) => today.plus(-if back == 0 { 7 } else { back }, Unit::Day),
        Some(1) => today.plus(if back == 0 { 7 } else { 7 - back }, Unit::Day),
        Some(_) => today.floor(Unit::Week).plus(w as i64 - 1, Unit::Day),
        None if cx.past() => today.plus(-back, Unit::Day),
        None => today.plus(if back == 0 { 7 } else { 7 - back }, Unit::Day),
    }
}

fn weekday(caps: &Caps, cx: &Context<'_>) -> Option<Resolved> {
    let w = caps.any(&[Slot::Weekday, Slot::Weekday0])?.value as u8;
    let mut shift = caps.value(Slot::Shift);
    let this = cx.has(caps, "هذا") || cx.has(caps, "هذه");
    if this && shift.is_none() {
        shift = if cx.past() { Some(0) } else { None };
    }
    let day = pick_weekday(w, shift, cx);
    let mut r = finish_day(day, caps, cx);
    if shift.is_none() {
        let turned = if cx.past() { Prefer::Future } else { Prefer::Past };
        r.other = Some(Interval::unit(pick_weekday(w, None, &Context { prefer: turned, ..*cx }), Unit::Day));
    }
    Some(r)
}

/// "الأسبوع الماضي", "هذه السنة", "اليوم التالي".
fn shifted(caps: &Caps, cx: &Context<'_>) -> Option<Resolved> {
    let unit = Unit::from_code(caps.any(&[Slot::UnitThe, Slot::Unit])?.value);
    let from = cx.anchor.floor(unit).plus(shift_of(caps), unit);
    if unit == Unit::Day {
        return Some(finish_day(from, caps, cx));
    }
    if let Some(m) = caps.get(Slot::Month) {
        return Some(Resolved::unit(Moment::day(from.year(), m.value as u8, 1)?, Unit::Month));
    }
    let mut r = Resolved::unit(from, unit);
    r.grain = unit;
    Some(r)
}

/// The further parts of a quantity: "شهر و21 يوما".
fn further(caps: &Caps) -> Vec<(f64, Unit)> {
    let mut out = Vec::new();
    let mut n = None;
    for c in &caps.items {
        match c.slot {
            Slot::Number => n = Some(c.value as f64),
            Slot::Units | Slot::Unit | Slot::Unit2 => out.push((n.take().unwrap_or(1.0), Unit::from_code(c.value))),
            _ => {}
        }
    }
    out.drain(..1.min(out.len()));
    out
}

/// How many of which unit: "ثلاثة أيام", "يومين", "عدة أسابيع", "أيام", "ساعة ونصف".
fn quantity(caps: &Caps) -> Option<(f64, Unit)> {
    let is_unit = |s: Slot| matches!(s, Slot::Unit | Slot::UnitThe | Slot::Unit2 | Slot::Unit2The | Slot::Units | Slot::UnitsThe);
    let at = caps.items.iter().position(|c| is_unit(c.slot))?;
    let unit_cap = caps.items[at];
    let unit = Unit::from_code(unit_cap.value);
    let half_before = caps.items[..at].iter().any(|c| c.slot == Slot::Half);
    let half = caps.value(Slot::Half).map_or(0.0, |v| v as f64 / 60.0);
    // the number stands before an indefinite unit, behind a definite plural
    let number = |items: &[Cap]| items.iter().find(|c| c.slot == Slot::Number).map(|c| c.value as f64 + c.extra as f64 / 1000.0);
    let n = number(&caps.items[..at]).or_else(|| if unit_cap.slot == Slot::UnitsThe { number(&caps.items[at..]) } else { None });
    let fuzzy = caps.value(Slot::Fuzzy).map(|f| f as f64);
    Some(match unit_cap.slot {
        Slot::Unit2 | Slot::Unit2The => (2.0 + half, unit),
        Slot::Units | Slot::UnitsThe => {
            // a bare plural: "قبل أيام" reaches back a week, "قبل أشهر" three months; "الأيام القليلة" are three days
            let vague = match unit {
                Unit::Day if unit_cap.slot == Slot::UnitsThe && fuzzy.is_some() => 3.0,
                Unit::Day => 7.0,
                Unit::Hour => 12.0,
                _ => fuzzy.unwrap_or(3.0),
            };
            (n.unwrap_or(vague) + half, unit)
        }
        _ if half_before => (half, unit),
        _ => (n.or(fuzzy).unwrap_or(1.0) + half, unit),
    })
}

fn vague(caps: &Caps) -> bool {
    caps.get(Slot::Number).is_none() && caps.any(&[Slot::Units, Slot::UnitsThe]).is_some()
}

/// `n` units before (`sign` -1) or after a moment; fractions go by the next smaller unit.
fn back(from: Moment, n: f64, unit: Unit, sign: i64) -> Moment {
    let whole = n.trunc() as i64;
    let m = from.plus(sign * whole, unit);
    let rest = n.fract();
    if rest < 1e-9 {
        return m;
    }
    match unit {
        Unit::Year => m.plus(sign * (rest * 12.0).round() as i64, Unit::Month),
        Unit::Month => m.plus(sign * (rest * 30.0).round() as i64, Unit::Day),
        Unit::Week => m.plus(sign * (rest * 7.0).round() as i64, Unit::Day),
        Unit::Day => m.plus(sign * (rest * 24.0).round() as i64, Unit::Hour),
        Unit::Hour => m.plus(sign * (rest * 60.0).round() as i64, Unit::Minute),
        _ => m,
    }
}

/// "الأيام الثلاثة الماضية", "آخر 24 ساعة", "الأشهر الستة المقبلة".
fn last(caps: &Caps, cx: &Context<'_>, direction: i64) -> Option<Resolved> {
    let (n, unit) = quantity(caps)?;
    let sign = match caps.value(Slot::Shift) {
        Some(1) => 1,
        Some(-1) => -1,
        _ => direction,
    };
    let today = cx.today();
    if unit >= Unit::Decade {
        let this = cx.anchor.floor(unit);
        let other = this.plus(sign * n as i64, unit);
        return if sign < 0 { Resolved::span(other, this, unit) } else { Resolved::span(this.plus(1, unit), this.plus(1 + n as i64, unit), unit) };
    }
    if unit < Unit::Day {
        let other = back(cx.anchor, n, unit, sign);
        let (a, b) = if sign < 0 { (other, cx.anchor) } else { (cx.anchor, other) };
        let r = Resolved::span(a, b, unit)?;
        // "خلال الساعات الماضية": the day of publication and the day before
        return Some(if sign < 0 { r.with_window(a.floor(Unit::Day).min(today.plus(-1, Unit::Day)), today) } else { r });
    }
    if sign < 0 {
        let from = back(today, n, unit, -1);
        let r = Resolved::span(from, today, unit)?;
        // the last six months reach to the day of the report; the last three days are the three before it
        let last = if unit == Unit::Day { today.plus(-1, Unit::Day) } else { today };
        Some(r.with_window(from, last))
    } else {
        let from = today.plus(1, Unit::Day);
        Resolved::span(from, back(from, n, unit, 1), unit)
    }
}

/// "قبل يومين", "بعد أسبوع".
fn ago(caps: &Caps, cx: &Context<'_>, sign: i64) -> Option<Resolved> {
    let (n, unit) = quantity(caps)?;
    let today = cx.today();
    if unit < Unit::Day {
        let at = back(cx.anchor, n, unit, sign);
        // a moment is good to the next smaller unit
        let fine = if unit == Unit::Hour { Unit::Minute } else { Unit::Second };
        let r = Resolved::new(ExpressionKind::Time, Interval::unit(at, fine), fine);
        return Some(if vague(caps) && sign < 0 { r.with_window(today, today) } else { r });
    }
    if vague(caps) {
        let n = if unit == Unit::Day { 7.0 } else { n };
        let (a, b) = if sign < 0 { (back(today, n, unit, -1), today) } else { (today.plus(1, Unit::Day), back(today.plus(1, Unit::Day), n, unit, 1)) };
        // "قبل بضعة أشهر" counts as three months before; "قبل أيام" as the week before
        if caps.get(Slot::Fuzzy).is_some() && unit > Unit::Day {
            let day = back(today, 3.0, unit, sign);
            return Some(Resolved::unit(day, Unit::Day).with_window(a, b.plus(-1, Unit::Day)));
        }
        return Resolved::span(a, b, Unit::Day);
    }
    let more = further(caps);
    let at = more.iter().fold(back(today, n, unit, sign), |at, (n, u)| back(at, *n, *u, sign));
    let mut r = finish_day(at.floor(Unit::Day), caps, cx);
    if unit >= Unit::Month && sign < 0 && more.is_empty() && caps.get(Slot::Daypart).is_none() {
        // "قبل ثلاث سنوات" is good to the unit, not to the day
        let from = at.floor(Unit::Month);
        r.window = Some((from, from.plus(1, Unit::Month).plus(-1, Unit::Day)));
    }
    Some(r)
}

fn range(caps: &Caps, cx: &Context<'_>) -> Option<Resolved> {
    let a = nested(caps, cx, 0)?;
    let b = nested(caps, cx, 1)?;
    let (mut ia, mut ib) = (a.interval?, b.interval?);
    // both ends without a year fall on the same side
    if ib.from < ia.from {
        match (a.other, b.other) {
            (Some(o), _) if o.from < ib.from => ia = o,
            (_, Some(o)) if o.from > ia.from => ib = o,
            _ => {}
        }
    }
    let grain = a.grain.max(b.grain);
    if let (Some((_, sa)), Some((_, sb))) = (caps.nested.first(), caps.nested.get(1)) {
        // "بين 2017 و2020", "من 2014 إلى 2018"
        if sa.get(Slot::Year).is_some() && sb.get(Slot::Year).is_some() && a.grain == Unit::Year && b.grain == Unit::Year {
            return Resolved::span(ia.from, ib.from, Unit::Year).map(|r| r.with_window(ia.from, ib.last_day()));
        }
    }
    let first = a.window.map_or(ia.from.floor(Unit::Day), |w| w.0);
    let last = b.window.map_or(ib.last_day(), |w| w.1);
    let r = Resolved::span(ia.from, ib.until, grain)?;
    Some(r.with_window(first, last))
}

fn dom_range(caps: &Caps, cx: &Context<'_>) -> Option<Resolved> {
    let mut doms = caps.items.iter().filter(|c| c.slot == Slot::Dom).map(|c| c.value);
    let (a, b) = (doms.next()?, doms.next()?);
    if b <= a {
        return None;
    }
    let mut one = caps.clone();
    one.items.retain(|c| c.slot != Slot::Dom && c.slot != Slot::Daypart);
    let at = |d: i64| {
        let mut c = one.clone();
        c.items.push(Cap { slot: Slot::Dom, value: d, extra: 0 });
        if c.get(Slot::Month).is_none() && c.any(&[Slot::Ordinal, Slot::Number]).is_none() {
            let m = cx.anchor.floor(Unit::Month).plus(shift_of(caps), Unit::Month);
            c.items.retain(|x| x.slot != Slot::Shift);
            c.items.push(Cap { slot: Slot::Month, value: m.month() as i64, extra: 0 });
            c.items.push(Cap { slot: Slot::Year, value: m.year() as i64, extra: 0 });
        } else if c.get(Slot::Month).is_none() {
            let m = c.get(Slot::Number).or(c.get(Slot::Ordinal))?;
            c.items.push(Cap { slot: Slot::Month, value: m.value, extra: 0 });
        }
        date(&c, cx)
    };
    let (ra, rb) = (at(a)?, at(b)?);
    let (ia, ib) = (ra.interval?, rb.interval?);
    let ib = if ib.from < ia.from { Interval::unit(ia.from.plus(b - a, Unit::Day), Unit::Day) } else { ib };
    let mut r = Resolved::span(ia.from, ib.until, Unit::Day)?;
    r.other = ra.other.zip(rb.other).map(|(a, b)| Interval { from: a.from, until: b.until }).filter(|o| o.from < o.until);
    Some(r)
}

/// The first or second half of a unit, as "مطلع" and "أواخر" are taken; of a month its thirds when a part is named by a plural.
fn halves(from: Moment, unit: Unit, position: i64) -> Option<Resolved> {
    let until = from.plus(1, unit);
    let middle = match unit {
        Unit::Year => from.plus(6, Unit::Month),
        Unit::Month => from.plus(15, Unit::Day),
        Unit::Week => from.plus(3, Unit::Day),
        _ => from.plus(until.days_since(from) / 2, Unit::Day),
    };
    if position == 1 { Resolved::span(from, middle, unit) } else { Resolved::span(middle, until, unit) }
}

/// The month, year or unit of which a construction takes a part.
fn framed(caps: &Caps, cx: &Context<'_>) -> Option<Resolved> {
    if caps.get(Slot::Month).is_some() || caps.get(Slot::Number).is_some() {
        return month(caps, cx);
    }
    match year(caps, cx) {
        Some(y) => Some(Resolved::unit(Moment::day(y, 1, 1)?, Unit::Year)),
        None => shifted(caps, cx),
    }
}

fn position(caps: &Caps, cx: &Context<'_>) -> Option<Resolved> {
    let p = caps.value(Slot::Position)?;
    let whole = framed(caps, cx)?;
    // of a day, the words mean other things: "نهاية اليوم"
    if whole.grain <= Unit::Day {
        return None;
    }
    let (i, unit) = (whole.interval?, whole.grain);
    if p == 2 {
        let r = match unit {
            // the middle day; a coder takes two days on either side
            Unit::Month => {
                let mid = i.from.plus(14, Unit::Day);
                Resolved::unit(mid, Unit::Day).with_window(mid.plus(-2, Unit::Day), mid.plus(2, Unit::Day))
            }
            Unit::Year => {
                let mid = i.from.plus(5, Unit::Month);
                Resolved::span(mid, mid.plus(2, Unit::Month), Unit::Month)?
            }
            Unit::Week => Resolved::span(i.from.plus(2, Unit::Day), i.from.plus(4, Unit::Day), Unit::Day)?,
            _ => whole.clone(),
        };
        return Some(r);
    }
    let first = matches!(p, 1 | 4);
    if unit == Unit::Month && p > 3 {
        return if first {
            Resolved::span(i.from, i.from.plus(10, Unit::Day), Unit::Day)
        } else {
            Resolved::span(i.from.plus(20, Unit::Day), i.until, Unit::Day)
        };
    }
    halves(i.from, unit, if first { 1 } else { 3 })
}

fn duration(caps: &Caps, _: &Context<'_>) -> Option<Resolved> {
    // every unit with the number before it; a half behind belongs to the last one
    let mut parts: Vec<(f64, Unit)> = Vec::new();
    let mut n: Option<f64> = None;
    let mut half_first = None;
    for c in &caps.items {
        match c.slot {
            Slot::Number => n = Some(c.value as f64 + c.extra as f64 / 1000.0),
            Slot::Half if parts.is_empty() => half_first = Some(c.value as f64 / 60.0),
            Slot::Half => {
                if let Some(l) = parts.last_mut() {
                    l.0 += c.value as f64 / 60.0;
                }
            }
            Slot::Unit | Slot::UnitThe | Slot::Units | Slot::UnitsThe => {
                let one = matches!(c.slot, Slot::Unit | Slot::UnitThe).then_some(1.0);
                parts.push((n.take().or(half_first.take()).or(one)?, Unit::from_code(c.value)));
            }
            Slot::Unit2 | Slot::Unit2The => parts.push((2.0, Unit::from_code(c.value))),
            _ => {}
        }
    }
    let mut date = String::new();
    let mut time = String::new();
    for (n, u) in &parts {
        let (n, letter) = match u {
            Unit::Century => (n * 100.0, 'Y'),
            Unit::Decade => (n * 10.0, 'Y'),
            Unit::Year => (*n, 'Y'),
            Unit::Quarter => (n * 3.0, 'M'),
            Unit::Month | Unit::Minute => (*n, 'M'),
            Unit::Week => (*n, 'W'),
            Unit::Day => (*n, 'D'),
            Unit::Hour => (*n, 'H'),
            Unit::Second => (*n, 'S'),
        };
        let s = if *u < Unit::Day { &mut time } else { &mut date };
        s.push_str(&format!("{n}{letter}"));
    }
    if parts.is_empty() {
        return None;
    }
    let iso = if time.is_empty() { format!("P{date}") } else { format!("P{date}T{time}") };
    Some(Resolved { kind: ExpressionKind::Duration, interval: None, grain: parts[0].1, duration: Some(iso), conflict: None, window: None, other: None })
}

fn frame(caps: &Caps, cx: &Context<'_>) -> Option<Resolved> {
    if caps.get(Slot::Month).is_some() || (caps.get(Slot::Number).is_some() && (cx.has(caps, "شهر") || cx.has(caps, "الشهر"))) {
        return month(caps, cx);
    }
    if let Some(y) = year(caps, cx) {
        return Some(Resolved::unit(Moment::day(y, 1, 1)?, Unit::Year));
    }
    if caps.any(&[Slot::UnitThe]).is_some() {
        return shifted(caps, cx);
    }
    None
}

fn nth_weekday(caps: &Caps, cx: &Context<'_>) -> Option<Resolved> {
    let n = caps.any(&[Slot::Ordinal]).map_or(1, |c| c.value);
    let w = caps.any(&[Slot::Weekday, Slot::Weekday0])?.value as u8;
    let i = frame(caps, cx)?.interval?;
    let day = i.from.next_weekday(w).plus(n - 1, Unit::Week);
    (day < i.until).then(|| finish_day(day, caps, cx))
}

fn nth_unit(caps: &Caps, cx: &Context<'_>) -> Option<Resolved> {
    let n = caps.any(&[Slot::Ordinal]).map_or(1, |c| c.value);
    let unit = Unit::from_code(caps.any(&[Slot::Unit, Slot::UnitThe, Slot::Units])?.value);
    let mut rest = caps.clone();
    // the unit that is counted is not the frame
    if let Some(k) = rest.items.iter().position(|c| matches!(c.slot, Slot::Unit | Slot::UnitThe | Slot::Units)) {
        rest.items.remove(k);
    }
    let f = frame(&rest, cx)?;
    let i = f.interval?;
    match unit {
        Unit::Week => {
            // the first week is the one with the unit's first Monday; of a year, the ISO week
            let first = if f.grain == Unit::Year { first_week_of(i.from.year())? } else { i.from.next_weekday(1) };
            Some(Resolved::unit(first.plus(n - 1, Unit::Week), Unit::Week))
        }
        Unit::Day => Some(finish_day(i.from.plus(n - 1, Unit::Day), &Caps::default(), cx)),
        _ => Some(Resolved::unit(i.from.plus(n - 1, unit), unit)),
    }
}

fn last_unit(caps: &Caps, cx: &Context<'_>) -> Option<Resolved> {
    let unit = Unit::from_code(caps.any(&[Slot::Unit, Slot::UnitThe])?.value);
    let mut rest = caps.clone();
    if let Some(k) = rest.items.iter().position(|c| matches!(c.slot, Slot::Unit | Slot::UnitThe)) {
        rest.items.remove(k);
    }
    match frame(&rest, cx) {
        Some(f) => {
            let i = f.interval?;
            match unit {
                Unit::Week => {
                    // the last week that lies wholly inside
                    let end = i.until.floor(Unit::Week);
                    Some(Resolved::unit(end.plus(-1, Unit::Week), Unit::Week))
                }
                _ => Some(Resolved::unit(i.until.plus(-1, unit), unit)),
            }
        }
        None if unit == Unit::Day => Some(finish_day(cx.today().plus(-1, Unit::Day), caps, cx)),
        None => None,
    }
}

/// Easter Sunday by the western reckoning (the anonymous Gregorian algorithm of 1876).
fn western_easter(y: i32) -> Option<Moment> {
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Moment::day(y, (n / 31) as u8, (n % 31 + 1) as u8)
}

/// Easter Sunday by the eastern reckoning (Meeus's Julian algorithm, thirteen days added: right from 1900 to 2099).
fn eastern_easter(y: i32) -> Option<Moment> {
    let (a, b, c) = (y % 4, y % 7, y % 19);
    let d = (19 * c + 15) % 30;
    let e = (2 * a + 4 * b - d + 34) % 7;
    let n = d + e + 114;
    Some(Moment::day(y, (n / 31) as u8, (n % 31 + 1) as u8)?.plus(13, Unit::Day))
}

/// The day of a holiday in a Gregorian year.
fn feast_day(feast: Feast, y: i32) -> Option<Moment> {
    match feast {
        Feast::Fixed(m, d) => Moment::day(y, m, d),
        Feast::Western(n) => Some(western_easter(y)?.plus(n, Unit::Day)),
        Feast::Eastern(n) => Some(eastern_easter(y)?.plus(n, Unit::Day)),
        Feast::Nth(n, w, m) => Some(Moment::day(y, m, 1)?.next_weekday(w).plus(n as i64 - 1, Unit::Week)),
        Feast::Hijri(m, d) => {
            let (h, ..) = hijri::of(Moment::day(y, 1, 1)?)?;
            (h..=h + 1).filter_map(|h| hijri::day(h, m, d)).find(|x| x.year() == y)
        }
    }
}

fn holiday(caps: &Caps, cx: &Context<'_>) -> Option<Resolved> {
    let feast = caps.feast?;
    let mut r = match year(caps, cx) {
        Some(y) => Resolved::unit(feast_day(feast, y)?, Unit::Day),
        None => {
            let (d, other) = nearest_year(cx, caps.value(Slot::Shift), |y| feast_day(feast, y))?;
            let mut r = Resolved::unit(d, Unit::Day);
            r.other = other.map(|o| Interval::unit(o, Unit::Day));
            r
        }
    };
    r.kind = ExpressionKind::Holiday;
    Some(r)
}

fn season(caps: &Caps, cx: &Context<'_>) -> Option<Resolved> {
    let s = caps.value(Slot::Season)?;
    let first_month = match s {
        1 => 3,
        2 => 6,
        3 => 9,
        _ => 12,
    };
    let from = match year(caps, cx) {
        Some(y) => Moment::day(y, first_month, 1)?,
        None => nearest_year(cx, caps.value(Slot::Shift), |y| Moment::day(y, first_month, 1))?.0,
    };
    let mut r = Resolved::span(from, from.plus(3, Unit::Month), Unit::Quarter)?;
    r.kind = ExpressionKind::Date;
    Some(r)
}

fn decade(caps: &Caps, cx: &Context<'_>) -> Option<Resolved> {
    let d = caps.value(Slot::Decade)? as i32;
    let from = match caps.any(&[Slot::Ordinal, Slot::Dom]) {
        // "سبعينيات القرن التاسع عشر"
        Some(c) => (c.value as i32 - 1) * 100 + d,
        None if cx.has(caps, "القرن") && caps.value(Slot::Shift) == Some(-1) => 1900 + d,
        // the twenties and tens are of this century, the others of the last
        None => {
            if d < 30 {
                2000 + d - if cx.anchor.year() < 2000 + d { 100 } else { 0 }
            } else {
                1900 + d
            }
        }
    };
    let first = Moment::day(from, 1, 1)?;
    Resolved::span(first, first.plus(10, Unit::Year), Unit::Year)
}
