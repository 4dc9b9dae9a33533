//! The Islamic calendar, by the tables of Umm al-Qura (Saudi Arabia), years 1300 to 1600 AH.
//!
//! Sightings differ by a day from country to country: a Hijri date is good to ±1 day.

use crate::moment::{Moment, Unit};
use icu_calendar::Date;
use icu_calendar::cal::Hijri;

/// Midnight of a Hijri day, or `None` when the calendar has no such day.
///
/// ```
/// use tawatur_time::hijri;
/// assert_eq!(hijri::day(1434, 10, 1).unwrap().date(), "2013-08-08"); // Id al-Fitr
/// ```
pub fn day(year: i32, month: u8, day: u8) -> Option<Moment> {
    if !(1300..=1600).contains(&year) {
        return None;
    }
    let d = Date::try_new_hijri_with_calendar(year, month, day, Hijri::new_umm_al_qura()).ok()?;
    let iso = d.to_calendar(icu_calendar::Iso);
    Moment::day(iso.year().extended_year(), iso.month().ordinal, iso.day_of_month().0)
}

/// Year, month and day of a moment in the Hijri calendar.
pub fn of(m: Moment) -> Option<(i32, u8, u8)> {
    let iso = Date::try_new_iso(m.year(), m.month(), m.dom()).ok()?;
    let h = iso.to_calendar(Hijri::new_umm_al_qura());
    Some((h.year().extended_year(), h.month().ordinal, h.day_of_month().0))
}

/// The first and the day after the last of a Hijri month.
pub fn month(year: i32, month: u8) -> Option<(Moment, Moment)> {
    let first = day(year, month, 1)?;
    let (y, m) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    Some((first, day(y, m, 1).unwrap_or_else(|| first.plus(30, Unit::Day))))
}
