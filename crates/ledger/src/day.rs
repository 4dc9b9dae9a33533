//! Days as numbers, counted from 1970-01-01.

/// The day of an ISO date, or of the date before a `T`.
///
/// ```
/// use tawatur_ledger::day;
/// assert_eq!(day::parse("1970-01-02"), Some(1));
/// assert_eq!(day::parse("2018-02-13T10:00:00"), Some(17575));
/// assert_eq!(day::parse("2018-02-30"), None);
/// assert_eq!(day::format(17575), "2018-02-13");
/// ```
pub fn parse(iso: &str) -> Option<i32> {
    let date = iso.get(..10)?;
    let b = date.as_bytes();
    if b[4] != b'-' || b[7] != b'-' || iso.get(10..).is_some_and(|r| !r.is_empty() && !r.starts_with(['T', ' '])) {
        return None;
    }
    let part = |r: std::ops::Range<usize>| date.get(r).filter(|s| s.bytes().all(|c| c.is_ascii_digit())).and_then(|s| s.parse::<i32>().ok());
    let (y, m, d) = (part(0..4)?, part(5..7)?, part(8..10)?);
    let n = number(y, m, d);
    ((1..=12).contains(&m) && civil(n) == (y, m, d)).then_some(n)
}

/// The ISO date of a day.
pub fn format(day: i32) -> String {
    let (y, m, d) = civil(day);
    format!("{y:04}-{m:02}-{d:02}")
}

/// The year and month of a day.
pub fn month(day: i32) -> (i32, i32) {
    let (y, m, _) = civil(day);
    (y, m)
}

/// The time of a clock that counts seconds from 1970, as ISO in UTC.
pub fn clock(seconds: u64) -> String {
    let (day, s) = ((seconds / 86_400) as i32, seconds % 86_400);
    format!("{}T{:02}:{:02}:{:02}Z", format(day), s / 3600, s / 60 % 60, s % 60)
}

// days from civil and back: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms"
fn number(y: i32, m: i32, d: i32) -> i32 {
    let y = if m <= 2 { y - 1 } else { y };
    let era = y.div_euclid(400);
    let yoe = y.rem_euclid(400);
    let doy = (153 * ((m + 9) % 12) + 2) / 5 + d - 1;
    era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
}

fn civil(day: i32) -> (i32, i32, i32) {
    let z = day + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let m = if mp < 10 { mp + 3 } else { mp - 9 };
    (yoe + era * 400 + i32::from(m <= 2), m, doy - (153 * mp + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    proptest! {
        #[test]
        fn there_and_back(n in -100_000i32..200_000) {
            prop_assert_eq!(super::parse(&super::format(n)), Some(n));
        }
        #[test]
        fn any_text_is_a_day_or_none(s in "\\PC{0,12}") {
            let _ = super::parse(&s);
        }
    }
}
