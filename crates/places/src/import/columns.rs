//! Any table whose columns are named, by its titles or by the caller.

use super::{Collector, FIELDS, Options, is_arabic};
use crate::source::{PlaceKind, Row, point};
use std::collections::HashMap;
use std::path::Path;

/// Titles that tables give to a column without being asked.
const TITLES: [(&str, &[&str]); 10] = [
    ("id", &["id"]),
    ("name_ar", &["name_ar", "arabic", "name_arabic", "native"]),
    ("variants", &["variants", "alternate_names", "alternatenames"]),
    ("name_en", &["name_en", "english", "name_english", "name"]),
    ("kind", &["kind"]),
    ("parent", &["parent"]),
    ("lat", &["lat", "latitude", "y"]),
    ("lon", &["lon", "lng", "long", "longitude", "x"]),
    ("rank", &["rank"]),
    ("country", &["country", "country_code", "iso2"]),
];

/// Which column holds what.
#[derive(Debug)]
pub(super) struct Columns {
    at: [Option<usize>; FIELDS.len()],
    /// Stands in front of ids that are only a line's number.
    stem: String,
    country: String,
    alpha3: HashMap<String, String>,
}

impl Columns {
    fn new(at: [Option<usize>; FIELDS.len()], path: &Path, options: &Options) -> Option<Columns> {
        // without an Arabic name nothing can be found
        at[1]?;
        let stem = path.file_stem().map_or("import".into(), |s| s.to_string_lossy().into_owned());
        let alpha3 = options.alpha3.iter().map(|(three, two)| (three.to_ascii_lowercase(), two.clone())).collect();
        Some(Columns { at, stem, country: options.country.clone().unwrap_or_default(), alpha3 })
    }

    /// As the caller says.
    pub(super) fn mapped(titles: &[&str], path: &Path, options: &Options) -> Option<Columns> {
        let title = |field: &str| options.columns.iter().find(|c| c.0 == field).map(|c| c.1.as_str());
        let at = FIELDS.map(|f| title(f).and_then(|t| titles.iter().position(|x| x.trim() == t)));
        // a column that the caller names must be there
        let all = FIELDS.iter().zip(&at).all(|(f, i)| title(f).is_none() || i.is_some());
        if all { Columns::new(at, path, options) } else { None }
    }

    /// By the table's own titles.
    pub(super) fn titled(titles: &[&str], path: &Path, options: &Options) -> Option<Columns> {
        let at = TITLES.map(|(_, names)| names.iter().find_map(|n| titles.iter().position(|t| t.trim().eq_ignore_ascii_case(n))));
        Columns::new(at, path, options)
    }

    pub(super) fn row(&self, cells: &[&str], line: usize, rows: &mut Collector) {
        let cell = |field: usize| self.at[field].and_then(|i| cells.get(i)).map_or("", |c| c.trim());
        let [id, name, variants, english, kind, parent, lat, lon, rank, country] = std::array::from_fn(cell);
        let place = match point(lat, lon) {
            Ok(p) => p,
            Err(e) => return rows.refuse(e),
        };
        let kind = match kind {
            "" => PlaceKind::Settlement,
            k => match PlaceKind::parse(k).or_else(|| usual(k)) {
                Some(k) => k,
                None => return rows.refuse(format!("no kind “{k}”; one of {}", PlaceKind::ALL.map(PlaceKind::as_str).join(" "))),
            },
        };
        let rank = match rank {
            "" if kind == PlaceKind::Settlement => 3,
            "" if kind.is_area() => 5,
            "" => 2,
            r => match r.parse::<u8>().ok().filter(|r| *r <= 9) {
                Some(r) => r,
                None => return rows.refuse(format!("rank “{r}” is not 0 to 9")),
            },
        };
        let bare = name.trim_start_matches('!').trim();
        let code = country.to_ascii_lowercase();
        let country = match code.len() {
            0 => self.country.clone(),
            2 => code,
            _ => match self.alpha3.get(&code) {
                Some(two) => two.clone(),
                None => return rows.refuse(format!("no country “{country}”; write its ISO 3166 code, as in SY or SYR")),
            },
        };
        rows.put(Row {
            id: if id.is_empty() { format!("{}.{line}", self.stem) } else { id.to_string() },
            name_ar: if is_arabic(bare) { bare.to_string() } else { String::new() },
            variants: variants.split(['|', ',']).map(str::trim).filter(|v| is_arabic(v)).map(str::to_string).collect(),
            name_en: english.to_string(),
            kind,
            parent: if parent.is_empty() { country } else { parent.to_string() },
            point: place,
            rank,
            source: self.stem.clone(),
            marked: name.starts_with('!'),
        });
    }
}

/// Words that other tables use for the kinds.
fn usual(word: &str) -> Option<PlaceKind> {
    Some(match word.to_ascii_lowercase().as_str() {
        "city" | "town" | "village" | "camp" | "hamlet" | "locality" | "settlement" => PlaceKind::Settlement,
        "governorate" | "province" | "state" | "adm1" => PlaceKind::Admin1,
        "district" | "adm2" => PlaceKind::Admin2,
        "subdistrict" | "sub-district" | "adm3" => PlaceKind::Admin3,
        "neighborhood" | "quarter" | "suburb" => PlaceKind::Neighbourhood,
        "airport" | "base" | "crossing" | "dam" | "hospital" | "port" | "field" => PlaceKind::Facility,
        "mountain" | "river" | "valley" | "desert" | "lake" | "island" | "hill" => PlaceKind::Natural,
        "area" => PlaceKind::Region,
        "highway" => PlaceKind::Road,
        _ => return None,
    })
}
