//! The gazetteer's source: tab-separated tables, one row a place (see gazetteer/README.md).

/// What kind of place, from the largest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum PlaceKind {
    /// A state.
    Country = 0,
    /// First-level division: governorate, province, wilaya.
    Admin1 = 1,
    /// Second-level division: district, qada.
    Admin2 = 2,
    /// Third-level division: sub-district, nahiya.
    Admin3 = 3,
    /// Any other area: a countryside, a plain without borders, a front.
    Region = 4,
    /// City, town, village, camp.
    Settlement = 5,
    /// Part of a settlement.
    Neighbourhood = 6,
    /// Airport, base, crossing, dam, field, hospital.
    Facility = 7,
    /// Road or highway.
    Road = 8,
    /// Mountain, river, valley, desert.
    Natural = 9,
}

impl PlaceKind {
    /// All kinds, in order.
    pub const ALL: [PlaceKind; 10] = {
        use PlaceKind::*;
        [Country, Admin1, Admin2, Admin3, Region, Settlement, Neighbourhood, Facility, Road, Natural]
    };

    /// The word that tables and records use.
    pub fn as_str(self) -> &'static str {
        match self {
            PlaceKind::Country => "country",
            PlaceKind::Admin1 => "admin1",
            PlaceKind::Admin2 => "admin2",
            PlaceKind::Admin3 => "admin3",
            PlaceKind::Region => "region",
            PlaceKind::Settlement => "settlement",
            PlaceKind::Neighbourhood => "neighbourhood",
            PlaceKind::Facility => "facility",
            PlaceKind::Road => "road",
            PlaceKind::Natural => "natural",
        }
    }

    /// Reads such a word.
    pub fn parse(s: &str) -> Option<PlaceKind> {
        PlaceKind::ALL.into_iter().find(|k| k.as_str() == s)
    }

    /// An area that contains other places: a country, a division, a region.
    pub fn is_area(self) -> bool {
        self <= PlaceKind::Region
    }
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The project's own id, or the importer's (`gn.163476`).
    pub id: String,
    /// The usual Arabic name.
    pub name_ar: String,
    /// Other names and spellings; a leading `!` marks those that are everyday words.
    pub variants: Vec<String>,
    /// The usual English name.
    pub name_en: String,
    /// What kind.
    pub kind: PlaceKind,
    /// The id of the containing row; empty for countries.
    pub parent: String,
    /// Latitude and longitude, WGS 84 degrees.
    pub point: Option<(f64, f64)>,
    /// How likely the bare name means this place, 0 to 9.
    pub rank: u8,
    /// Where the facts come from.
    pub source: String,
    /// The usual name is an everyday word too.
    pub marked: bool,
}

impl Row {
    /// A row of the facts that none can do without: no other names, no point, no source, the rank of a village.
    ///
    /// ```
    /// use tawatur_places::{PlaceKind, source::Row};
    /// let row = Row { point: Some((35.1, 36.2)), ..Row::new("own.2", "كفر الورد", PlaceKind::Settlement, "sy") };
    /// assert_eq!((row.rank, row.marked, row.variants.len()), (3, false, 0));
    /// ```
    pub fn new(id: &str, name_ar: &str, kind: PlaceKind, parent: &str) -> Row {
        Row {
            id: id.into(),
            name_ar: name_ar.into(),
            variants: Vec::new(),
            name_en: String::new(),
            kind,
            parent: parent.into(),
            point: None,
            rank: 3,
            source: String::new(),
            marked: false,
        }
    }
}

/// One problem of a table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct RowError {
    /// The table.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

/// Checks a pair of coordinates.
///
/// # Errors
/// When they are no numbers or lie off the globe.
pub fn point(lat: &str, lon: &str) -> Result<Option<(f64, f64)>, String> {
    if lat.is_empty() && lon.is_empty() {
        return Ok(None);
    }
    let (Ok(a), Ok(b)) = (lat.parse::<f64>(), lon.parse::<f64>()) else {
        return Err(format!("“{lat}, {lon}” is no pair of coordinates"));
    };
    if !(-90.0..=90.0).contains(&a) || !(-180.0..=180.0).contains(&b) {
        return Err(format!("{lat}, {lon} lies off the globe"));
    }
    Ok(Some((a, b)))
}

fn row(line: &str) -> Result<Row, String> {
    let c: Vec<&str> = line.split('\t').map(str::trim).collect();
    if c.len() != 10 {
        return Err(format!("{} columns, there must be 10", c.len()));
    }
    if c[0].is_empty() || c[1].is_empty() {
        return Err("a row needs an id and an Arabic name".into());
    }
    if c[9].is_empty() {
        return Err(format!("{} names no source: a table that has the place, or `press`", c[0]));
    }
    let kind = PlaceKind::parse(c[4]).ok_or_else(|| format!("no kind “{}”", c[4]))?;
    let rank: u8 = c[8].parse().ok().filter(|r| *r <= 9).ok_or_else(|| format!("rank “{}” is not 0 to 9", c[8]))?;
    let name = c[1].trim_start_matches('!').trim();
    Ok(Row {
        id: c[0].into(),
        name_ar: name.into(),
        variants: c[2].split('|').map(str::trim).filter(|v| !v.is_empty()).map(str::to_string).collect(),
        name_en: c[3].into(),
        kind,
        parent: c[5].into(),
        point: point(c[6], c[7])?,
        rank,
        source: c[9].into(),
        marked: c[1].starts_with('!'),
    })
}

/// Reads tables given as name and text. Rows with an error are left out, and so are rows whose id stands already or whose parent
/// is missing.
pub fn read<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Vec<Row>, Vec<RowError>) {
    let mut rows: Vec<(Row, String, usize)> = Vec::new();
    let mut errors = Vec::new();
    let mut seen = std::collections::HashMap::new();
    for (file, text) in files {
        for (n, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let mut fail = |message: String| errors.push(RowError { file: file.into(), line: n + 1, message });
            match row(line) {
                Ok(r) => match seen.get(&r.id) {
                    Some(at) => fail(format!("the id {} stands already in {at}", r.id)),
                    None => {
                        seen.insert(r.id.clone(), format!("{file}:{}", n + 1));
                        rows.push((r, file.into(), n + 1));
                    }
                },
                Err(e) => fail(e),
            }
        }
    }
    // parents must exist, and lead to a row without one
    let parents: std::collections::HashMap<&str, &str> = rows.iter().map(|(r, ..)| (r.id.as_str(), r.parent.as_str())).collect();
    let mut bad = std::collections::BTreeSet::new();
    for (i, (r, file, line)) in rows.iter().enumerate() {
        let mut at = r.parent.as_str();
        let mut steps = 0;
        let problem = loop {
            if at.is_empty() {
                break None;
            }
            match parents.get(at) {
                None => break Some(format!("the parent {at} of {} is not in the tables", r.id)),
                Some(up) => at = up,
            }
            steps += 1;
            if steps > 12 {
                break Some(format!("the parents of {} run in a circle", r.id));
            }
        };
        if let Some(message) = problem {
            errors.push(RowError { file: file.clone(), line: *line, message });
            bad.insert(i);
        }
    }
    let mut i = 0;
    rows.retain(|_| {
        i += 1;
        !bad.contains(&(i - 1))
    });
    (rows.into_iter().map(|r| r.0).collect(), errors)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_every_bad_row() {
        let good = "sy\tسوريا\t\tSyria\tcountry\t\t35.0\t38.0\t9\tderived";
        let t = format!(
            "{good}\n{good}\nsy.x\tس\t\tX\tvillage\tsy\t1\t2\t3\tocha\nsy.y\tص\t\tY\tsettlement\tsy\t95\t2\t3\tocha\nsy.z\tص\t\tZ\tsettlement\tgone\t35\t36\t3\tocha\nshort\nsy.w\tض\t\tW\tsettlement\tsy\t35\t36\t3\t\n"
        );
        let (rows, errors) = read([("t.tsv", t.as_str())]);
        assert_eq!(rows.len(), 1);
        assert_eq!(errors.iter().map(|e| e.line).collect::<Vec<_>>(), [2, 3, 4, 6, 7, 5]);
    }
}
