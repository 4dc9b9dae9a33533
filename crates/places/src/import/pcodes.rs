//! OCHA's tables of administrative areas with P-codes, as its data exchange has them: for each level a name in English, one in Arabic
//! and a code; or one row an area with its `level`.

use super::{Collector, is_arabic};
use crate::source::{PlaceKind, Row, point};

/// The columns of one level.
#[derive(Debug, Clone, Copy, Default)]
struct Level {
    code: Option<usize>,
    arabic: Option<usize>,
    english: Option<usize>,
}

/// Where the columns stand.
#[derive(Debug)]
pub(super) struct Pcodes {
    /// One row an area: its level and its codes of the levels above.
    level: Option<usize>,
    levels: [Level; 5],
    lat: Option<usize>,
    lon: Option<usize>,
}

impl Pcodes {
    /// By the titles: `ADM1_PCODE`, `admin2Name_ar`, `adm3_ar`, `pcode` with `level`.
    pub(super) fn of(titles: &[&str]) -> Option<Pcodes> {
        let plain = |t: &str| t.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_ascii_lowercase();
        let titles: Vec<String> = titles.iter().map(|t| plain(t)).collect();
        let find = |names: &[String]| titles.iter().position(|t| names.contains(t));
        let one = |names: &[&str]| find(&names.iter().map(|n| n.to_string()).collect::<Vec<_>>());
        let mut levels = [Level::default(); 5];
        for (n, l) in levels.iter_mut().enumerate() {
            let any = |tails: &[&str]| find(&["adm", "admin"].iter().flat_map(|a| tails.iter().map(move |t| format!("{a}{n}{t}"))).collect::<Vec<_>>());
            *l = Level {
                code: any(&["pcode", "pcod", "code"]),
                arabic: any(&["ar", "namear", "arname", "nameara"]),
                english: any(&["en", "nameen", "enname", "name"]),
            };
        }
        let (lat, lon) = (one(&["lat", "latitude", "centerlat", "y", "latitudey"]), one(&["lon", "lng", "longitude", "centerlon", "x", "longitudex"]));
        if let (Some(level), Some(code)) = (one(&["level", "admlevel", "adminlevel"]), one(&["pcode"])) {
            // the area's own columns are put at the level that the row tells
            levels[4] = Level { code: Some(code), arabic: one(&["namear", "ar"]), english: one(&["nameen", "en", "name"]) };
            return Some(Pcodes { level: Some(level), levels, lat, lon });
        }
        let coded = levels.iter().any(|l| l.code.is_some() && (l.arabic.is_some() || l.english.is_some()));
        coded.then_some(Pcodes { level: None, levels, lat, lon })
    }

    pub(super) fn row(&self, cells: &[&str], rows: &mut Collector) {
        let cell = |i: Option<usize>| i.and_then(|i| cells.get(i)).map_or("", |c| c.trim());
        let place = match point(cell(self.lat), cell(self.lon)) {
            Ok(p) => p,
            Err(e) => return rows.refuse(e),
        };
        // the deepest level that the row fills is the row's own
        let (n, own) = match self.level {
            Some(level) => match cell(Some(level)).parse::<usize>().ok().filter(|n| *n <= 4) {
                Some(n) => (n, self.levels[4]),
                None => return rows.refuse(format!("“{}” is no level from 0 to 4", cell(Some(level)))),
            },
            None => match (0..5).rev().find(|n| !cell(self.levels[*n].code).is_empty()) {
                Some(n) => (n, self.levels[n]),
                None => return rows.refuse("no P-code in the row"),
            },
        };
        let code = cell(own.code);
        if code.is_empty() {
            return rows.refuse("no P-code in the row");
        }
        // some code of the row begins with the country's letters: "SY0702"
        let letters = |code: &str| code.chars().take_while(char::is_ascii_alphabetic).collect::<String>().to_ascii_lowercase();
        let codes = std::iter::once(code).chain((0..n).map(|l| cell(self.levels[l].code)));
        let country = codes.map(letters).find(|c| c.len() == 2).unwrap_or_default();
        let above = (0..n).rev().map(|l| cell(self.levels[l].code)).find(|c| !c.is_empty()).unwrap_or("");
        // levels above are in the table by their own rows, or only beside this one
        if self.level.is_none() {
            for l in 1..n {
                let (code, up) = (cell(self.levels[l].code), (0..l).rev().map(|k| cell(self.levels[k].code)).find(|c| !c.is_empty()).unwrap_or(""));
                if !code.is_empty() && !rows.ids.contains_key(code) {
                    put(rows, code, l, (cell(self.levels[l].arabic), cell(self.levels[l].english)), parent(up, &country), None);
                }
            }
        }
        put(rows, code, n, (cell(own.arabic), cell(own.english)), parent(above, &country), place);
    }
}

/// The id of what contains an area: the code above, the country's where that is the country.
fn parent(above: &str, country: &str) -> String {
    if above.is_empty() || above.eq_ignore_ascii_case(country) { country.to_string() } else { above.to_string() }
}

fn put(rows: &mut Collector, code: &str, level: usize, (arabic, english): (&str, &str), parent: String, place: Option<(f64, f64)>) {
    let (kind, rank) = match level {
        0 => return,
        1 => (PlaceKind::Admin1, 6),
        2 => (PlaceKind::Admin2, 5),
        3 => (PlaceKind::Admin3, 4),
        _ => (PlaceKind::Settlement, 3),
    };
    let name_ar = if is_arabic(arabic) { arabic } else { "" };
    rows.put(Row { name_en: english.to_string(), point: place, rank, source: "ocha".into(), ..Row::new(code, name_ar, kind, &parent) });
}
