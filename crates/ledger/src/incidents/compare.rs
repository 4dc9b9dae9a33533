//! How well two tellings fit one event.
//!
//! Each field that both tell gives or takes points; a field that one of them leaves open gives none. The sum is a weight of
//! evidence in the sense of Good and of Fellegi and Sunter: about a bit of log-odds a point, set by hand from what the fields are worth in
//! war reporting and checked on the dated and located incidents of a monitor, not fitted. [`JOINED`] points are enough.
//!
//! | field | for | against |
//! |---|---|---|
//! | time | +2 one day in common, +1½ within two, +½ within a week | −1 days that touch, none when they are further apart |
//! | place | +4 one village or quarter, +3 one city, +3 a city and its quarter, +3 to +½ by distance up to 10 km, +1½ to ½ one area, +1 to 0 a place and an area that contains it | −2 up to 20 km; no join beyond |
//! | place known from the rest of a report alone | none | what it lacks of two points |
//! | modes | +0.8 one in common | −1.2 means that exclude each other |
//! | actors | +1.2 one in common, +0.6 of one country | −1.2 of different countries |
//! | recipients | +0.8 one in common, +0.3 of one standing | −0.8 civilians here, combatants there |
//! | dead, hurt | +0.6 and more for equal figures, the larger the more; +0.4 for ranges that meet; the hurt count half | −0.5 to −1.2 the further apart |
//! | objects | +0.5 one in common | |
//! | wording | up to +3 with the share of words in common | |
//!
//! Denials are compared like affirmations: what they deny is the event.

use super::days::Days;
use super::telling::{Party, Scale, Site, Telling, Toll};
use claims::record::EventType;
use smallvec::SmallVec;

/// Points from which two tellings are held to be of one event.
pub const JOINED: f32 = 4.0;

/// Points of each field.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Fit {
    /// Time.
    pub time: f32,
    /// Place.
    pub place: f32,
    /// Modes.
    pub modes: f32,
    /// Actors.
    pub actors: f32,
    /// Recipients.
    pub recipients: f32,
    /// Dead and hurt.
    pub tolls: f32,
    /// Protected objects.
    pub objects: f32,
    /// Wording.
    pub wording: f32,
}

impl Fit {
    /// The sum.
    pub fn points(&self) -> f32 {
        self.time + self.place + self.modes + self.actors + self.recipients + self.tolls + self.objects + self.wording
    }
}

/// Compares two tellings; the order does not matter. `None` when they cannot be of one event: types, days or places that
/// exclude each other, or when both look back and one names no place. An outlet's standing paragraph of background has its day and its words in
/// common with itself, and says nothing.
pub fn compare(a: &Telling, b: &Telling) -> Option<Fit> {
    if a.kind != b.kind || (a.stands_nowhere() || b.stands_nowhere()) && a.looks_back() && b.looks_back() {
        return None;
    }
    Some(Fit {
        time: time(a.days?, b.days?)?,
        place: place(a, b)?,
        modes: modes(a, b),
        actors: parties(&a.actors, &b.actors, 1.2, 0.6, -1.2),
        recipients: recipients(&a.recipients, &b.recipients),
        tolls: tolls(a.killed, b.killed) + 0.5 * tolls(a.injured, b.injured),
        objects: if a.objects & b.objects != 0 { 0.5 } else { 0.0 },
        wording: wording(&a.words, &b.words),
    })
}

fn time(a: Days, b: Days) -> Option<f32> {
    let gap = a.from.max(b.from) - a.to.min(b.to);
    let longest = a.count().max(b.count());
    match gap {
        ..=0 => Some(match longest {
            1 => 2.0,
            2 => 1.5,
            3..=7 => 0.5,
            _ => -1.0,
        }),
        // a night has two dates, and a report of yesterday's report is a day late
        1 => Some(-1.0),
        _ => None,
    }
}

/// What a place must be worth for one that is known from the rest of the report alone not to speak against it: about a village's within 5 km.
const AROUND: f32 = 2.0;

fn place(a: &Telling, b: &Telling) -> Option<f32> {
    let best = |a: &[&Site], b: &[&Site]| a.iter().flat_map(|x| b.iter().map(move |y| site(x, y))).flatten().max_by(f32::total_cmp);
    let (small_a, small_b) = (smallest(a), smallest(b));
    if small_a.is_empty() || small_b.is_empty() {
        return Some(0.0);
    }
    let points = best(&small_a, &small_b)?;
    if a.stands_nowhere() || b.stands_nowhere() {
        // the rest of a report can only tell that it was elsewhere
        return Some((points - AROUND).min(0.0));
    }
    if points < 0.0 {
        return Some(points);
    }
    // nothing speaks against it: then a town that both name counts even where one of them names a quarter or a subdistrict beside it
    let (all_a, all_b): (SmallVec<[&Site; 8]>, SmallVec<[&Site; 8]>) = (a.placing().collect(), b.placing().collect());
    Some(best(&all_a, &all_b).map_or(points, |p| p.max(points)))
}

/// The sites that say most: those at the head of the list, which begins with the smallest that were not carried over, and
/// without those that only contain another.
fn smallest(t: &Telling) -> SmallVec<[&Site; 8]> {
    t.placing().filter(|s| !t.placing().any(|o| o.within.contains(&s.name))).collect()
}

/// Points of two places, `None` when they exclude each other.
fn site(a: &Site, b: &Site) -> Option<f32> {
    let carried = if a.carried || b.carried { 0.7 } else { 1.0 };
    let area = |scale: Scale, same: bool| match scale {
        Scale::Spot | Scale::City => 3.0,
        Scale::Subdistrict if same => 1.5,
        Scale::District if same => 1.0,
        Scale::Governorate if same => 0.5,
        Scale::Subdistrict => 1.0,
        Scale::District => 0.5,
        Scale::Governorate | Scale::Country => 0.0,
    };
    if a.name == b.name {
        let points = if a.scale == Scale::Spot { 4.0 } else { area(a.scale, true) };
        return Some(points * carried);
    }
    if let Some(outer) = [(a, b), (b, a)].iter().find(|(x, y)| y.within.contains(&x.name)).map(|p| p.0) {
        return Some(area(outer.scale, false) * carried);
    }
    let (Some(p), Some(q)) = (a.point, b.point) else {
        // both unknown and differently named, or one unknown: nothing is known of their distance
        return Some(if a.known || b.known { 0.0 } else { -0.5 });
    };
    let km = places::kilometres((f64::from(p.0), f64::from(p.1)), (f64::from(q.0), f64::from(q.1)));
    let exact = |s: &Site| !s.approximate && s.scale <= Scale::City;
    if exact(a) && exact(b) {
        return match km {
            ..2.0 => Some(3.0 * carried),
            ..5.0 => Some(2.0 * carried),
            ..10.0 => Some(0.5 * carried),
            ..20.0 => Some(-2.0),
            _ => None,
        };
    }
    // an area that does not contain the other place, or a place known only by its area
    match km {
        ..30.0 => Some(0.0),
        ..80.0 => Some(-1.0),
        _ => None,
    }
}

/// Means that exclude each other: what falls from the sky, what is shot from a gun's barrel afar, what explodes where it lies, what
/// is fired by hand.
fn modes(a: &Telling, b: &Telling) -> f32 {
    if a.modes == 0 || b.modes == 0 {
        return 0.0;
    }
    if a.modes & b.modes != 0 {
        return 0.8;
    }
    if a.kind != EventType::Assault {
        return -0.6;
    }
    let class = |t: &Telling| {
        let all = EventType::Assault.modes();
        let has = |names: &[&str]| all.iter().enumerate().any(|(n, m)| t.modes & 1 << n != 0 && names.contains(m));
        u8::from(has(&["aerial", "drone"]))
            | u8::from(has(&["heavy-weapons", "clash"])) << 1
            | u8::from(has(&["explosives", "suicide-attack"])) << 2
            | u8::from(has(&["firearms", "clash", "beat", "primitive", "abduct"])) << 3
    };
    match (class(a), class(b)) {
        (0, _) | (_, 0) => 0.0,
        (x, y) if x & y != 0 => 0.0,
        _ => -1.2,
    }
}

fn parties(a: &[Party], b: &[Party], same: f32, country: f32, apart: f32) -> f32 {
    let pairs = || a.iter().flat_map(|x| b.iter().map(move |y| (x, y)));
    if pairs().any(|(x, y)| x.id.is_some() && x.id == y.id) {
        return same;
    }
    if pairs().any(|(x, y)| x.country.is_some() && x.country == y.country) {
        return country;
    }
    if pairs().any(|(x, y)| x.country.is_some() && y.country.is_some()) { apart } else { 0.0 }
}

fn recipients(a: &[Party], b: &[Party]) -> f32 {
    let pairs = || a.iter().flat_map(|x| b.iter().map(move |y| (x, y)));
    if pairs().any(|(x, y)| x.id.is_some() && x.id == y.id) {
        return 0.8;
    }
    if pairs().any(|(x, y)| x.civilian.is_some() && x.civilian == y.civilian) {
        return 0.3;
    }
    if pairs().any(|(x, y)| x.civilian.is_some() && y.civilian.is_some()) { -0.8 } else { 0.0 }
}

fn tolls(a: Option<Toll>, b: Option<Toll>) -> f32 {
    let (Some(a), Some(b)) = (a, b) else { return 0.0 };
    if a == b {
        return 0.6 + (0.3 * (1.0 + a.low).log2()).min(1.2);
    }
    if a.low <= b.high && b.low <= a.high {
        return 0.4;
    }
    let apart = ((1.0 + a.low.max(b.low)) / (1.0 + a.high.min(b.high))).ln();
    match apart {
        // a toll that rises in the course of a day
        ..0.4 => 0.0,
        ..1.0 => -0.5,
        _ => -1.2,
    }
}

/// The share of the words of the shorter that the longer has too, from a fifth upwards.
fn wording(a: &[u32], b: &[u32]) -> f32 {
    let shorter = a.len().min(b.len());
    if shorter < 5 {
        return 0.0;
    }
    let (mut i, mut j, mut common) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                common += 1;
                i += 1;
                j += 1;
            }
        }
    }
    3.75 * (common as f32 / shorter as f32 - 0.2).max(0.0)
}
