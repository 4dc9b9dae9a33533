//! GeoNames' dumps: nineteen columns, no titles (see its `readme.txt`).

use super::{Collector, ImportError, is_arabic, sheet};
use crate::source::{PlaceKind, Row, point};
use std::collections::HashMap;
use std::path::Path;

const COLUMNS: usize = 19;

/// Arabic names by GeoNames' number, the preferred first.
pub(super) type Names = HashMap<u32, Vec<String>>;

/// A first line that is a GeoNames row: a number, nineteen columns, coordinates where they belong.
pub(super) fn looks_like(cells: &[&str]) -> bool {
    cells.len() == COLUMNS && cells[0].parse::<u32>().is_ok() && cells[4].parse::<f64>().is_ok() && cells[5].parse::<f64>().is_ok()
}

/// Reads `alternateNamesV2.txt`: number, place, language, name, then flags for preferred, short, colloquial, historic.
pub(super) fn alternate_names(path: &Path, progress: &mut dyn FnMut(usize)) -> Result<Names, ImportError> {
    let mut names: HashMap<u32, Vec<(bool, String)>> = HashMap::new();
    let mut seen = 0;
    sheet::each(path, &mut |_, _, cells| {
        seen += 1;
        if seen % 500_000 == 0 {
            progress(seen);
        }
        let flag = |i: usize| cells.get(i).is_some_and(|c| *c == "1");
        if let (Some(id), Some("ar"), Some(name)) = (cells.get(1).and_then(|c| c.parse().ok()), cells.get(2).copied(), cells.get(3))
            && is_arabic(name)
            && !flag(7)
        {
            names.entry(id).or_default().push((!flag(4), name.to_string()));
        }
        Ok(())
    })?;
    let ordered = |mut list: Vec<(bool, String)>| {
        list.sort_by_key(|n| n.0);
        list.into_iter().map(|n| n.1).collect()
    };
    Ok(names.into_iter().map(|(id, list)| (id, ordered(list))).collect())
}

/// The kind of place that a feature code means, and how likely a bare name means it; nothing for what is no longer there.
fn kind(class: &str, code: &str, population: u64) -> Option<(PlaceKind, u8)> {
    if code.ends_with('H') && matches!(class, "A" | "P") || matches!(code, "PPLQ" | "PPLW") {
        return None;
    }
    let by_size = match population {
        100_000.. => 7,
        20_000.. => 6,
        5_000.. => 5,
        1_000.. => 4,
        _ => 3,
    };
    Some(match (class, code) {
        ("A", c) if c.starts_with("PCL") => (PlaceKind::Country, 9),
        ("A", "ADM1") => (PlaceKind::Admin1, 6),
        ("A", "ADM2") => (PlaceKind::Admin2, 5),
        ("A", "ADM3") => (PlaceKind::Admin3, 4),
        ("A" | "L", _) => (PlaceKind::Region, 2),
        ("P", "PPLC") => (PlaceKind::Settlement, 8),
        ("P", "PPLA") => (PlaceKind::Settlement, by_size.max(6)),
        ("P", "PPLX") => (PlaceKind::Neighbourhood, 2),
        ("P", _) => (PlaceKind::Settlement, by_size),
        ("R", _) => (PlaceKind::Road, 1),
        ("S", _) => (PlaceKind::Facility, 1),
        _ => (PlaceKind::Natural, 1),
    })
}

pub(super) fn row(cells: &[&str], alternate: &Names, rows: &mut Collector) {
    if cells.len() != COLUMNS {
        return rows.refuse(format!("{} columns, a GeoNames row has {COLUMNS}", cells.len()));
    }
    let Ok(number) = cells[0].parse::<u32>() else { return rows.refuse(format!("“{}” is no GeoNames number", cells[0])) };
    let place = match point(cells[4], cells[5]) {
        Ok(p) => p,
        Err(e) => return rows.refuse(e),
    };
    let Some((kind, rank)) = kind(cells[6], cells[7], cells[14].parse().unwrap_or(0)) else { return rows.out.unnamed += 1 };
    let country = cells[8].to_ascii_lowercase();
    let mut names: Vec<String> = alternate.get(&number).cloned().unwrap_or_default();
    names.extend(cells[3].split(',').chain([cells[1]]).map(str::trim).filter(|n| is_arabic(n)).map(str::to_string));
    let mut seen = std::collections::BTreeSet::new();
    names.retain(|n| seen.insert(n.clone()));
    // codes of what contains it, from the country down; an area's own code names it
    let levels = match kind {
        PlaceKind::Country => 0,
        PlaceKind::Admin1 => 1,
        PlaceKind::Admin2 => 2,
        _ => 3,
    };
    let mut path = country.clone();
    for code in cells[10..10 + levels].iter().filter(|c| !c.is_empty()) {
        path = format!("{path}.{code}");
    }
    let id = format!("gn.{number}");
    let parent = match kind {
        PlaceKind::Country => String::new(),
        PlaceKind::Admin1 | PlaceKind::Admin2 | PlaceKind::Admin3 if !names.is_empty() => {
            let up = path.rfind('.').map_or(String::new(), |dot| path[..dot].to_string());
            rows.areas.entry(path).or_insert_with(|| id.clone());
            up
        }
        _ => path,
    };
    let mut names = names.into_iter();
    let name_ar = names.next().unwrap_or_default();
    // a country is the embedded gazetteer's: its rows point to it by its code
    let id = if kind == PlaceKind::Country { country } else { id };
    rows.put(Row {
        id,
        marked: false,
        name_ar,
        variants: names.collect(),
        name_en: cells[2].to_string(),
        kind,
        parent,
        point: place,
        rank,
        source: "geonames".into(),
    });
}
