//! Gazetteers of others, read into rows: GeoNames dumps, OCHA's tables of P-codes, any table whose columns are named.
//!
//! ```
//! use std::io::Write as _;
//! use tawatur_places::import::{Options, read};
//! let dir = tempfile::tempdir().unwrap();
//! let path = dir.path().join("villages.csv");
//! std::fs::File::create(&path).unwrap().write_all("name_ar,lat,lon\nالنخلة,35.1,36.9\nالسدرة,95,36.9\n".as_bytes()).unwrap();
//! let import = read(&[path], &Options::default(), &mut |_| {}).unwrap();
//! assert_eq!(import.rows[0].name_ar, "النخلة");
//! assert_eq!(import.refused[0].line, 3);
//! ```

mod columns;
mod geonames;
mod pcodes;
mod sheet;

use crate::source::{PlaceKind, Row, RowError};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// What an importer is told beside the files.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Which column of a table holds what: pairs of one of [`FIELDS`] and the column's title.
    pub columns: Vec<(String, String)>,
    /// The country of rows that do not tell theirs: ISO 3166 alpha-2, lower case.
    pub country: Option<String>,
    /// Alpha-3 codes of countries, each with its alpha-2 code in lower case: a column of countries may hold either.
    pub alpha3: Vec<(String, String)>,
    /// GeoNames' file of alternate names (`alternateNamesV2.txt`).
    pub alternate_names: Option<PathBuf>,
}

/// What a column can hold.
pub const FIELDS: [&str; 10] = ["id", "name_ar", "variants", "name_en", "kind", "parent", "lat", "lon", "rank", "country"];

/// What was read.
#[derive(Debug, Default)]
pub struct Import {
    /// The rows that can be compiled.
    pub rows: Vec<Row>,
    /// The rows that cannot, by file and line, with the reason.
    pub refused: Vec<RowError>,
    /// Rows without a name in Arabic letters: no Arabic text can name them, so they are left out.
    pub unnamed: usize,
    /// All rows seen.
    pub seen: usize,
}

/// A file that cannot be read as a whole.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file itself.
    #[error("{}: {source}; name a file that can be read", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A spreadsheet that is none.
    #[error("{}: {reason}; save it as .xlsx or .csv", path.display())]
    Sheet {
        /// Which.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// Columns that nothing is known of.
    #[error(
        "{file}: its columns are not known ({columns}); say which is which: --columns name_ar=TITLE,lat=TITLE,lon=TITLE (also: id, variants, name_en, kind, parent, rank, country)"
    )]
    Layout {
        /// Which file or sheet.
        file: String,
        /// The titles found.
        columns: String,
    },
}

/// Reads gazetteers of others. `progress` is told how many rows have been seen, now and then.
///
/// # Errors
/// When a file cannot be read at all or its layout is unknown. Bad rows are no error: they are in [`Import::refused`].
pub fn read(files: &[PathBuf], options: &Options, progress: &mut dyn FnMut(usize)) -> Result<Import, ImportError> {
    let names = match &options.alternate_names {
        Some(p) => geonames::alternate_names(p, progress)?,
        None => HashMap::new(),
    };
    let mut rows = Collector::default();
    for path in files {
        one(path, options, &names, &mut rows, progress)?;
    }
    Ok(rows.finish())
}

fn one(path: &Path, options: &Options, names: &geonames::Names, rows: &mut Collector, progress: &mut dyn FnMut(usize)) -> Result<(), ImportError> {
    let mut tables: Vec<Table> = Vec::new();
    sheet::each(path, &mut |file, line, cells| {
        if cells.iter().all(|c| c.trim().is_empty()) {
            return Ok(());
        }
        if tables.last().is_none_or(|t| t.name != file) {
            tables.push(Table { name: file.to_string(), ..Table::default() });
        }
        let Some(table) = tables.last_mut() else { return Ok(()) };
        if table.layout.is_none() {
            table.find_layout(line, cells, path, options);
            if !matches!(table.layout, Some(Layout::GeoNames)) {
                return Ok(());
            }
        }
        rows.at(file, line);
        if rows.out.seen.is_multiple_of(50_000) {
            progress(rows.out.seen);
        }
        match &table.layout {
            Some(Layout::GeoNames) => geonames::row(cells, names, rows),
            Some(Layout::Pcodes(p)) => p.row(cells, rows),
            Some(Layout::Columns(c)) => c.row(cells, line, rows),
            None => {}
        }
        Ok(())
    })?;
    let (known, unknown): (Vec<Table>, Vec<Table>) = tables.into_iter().partition(|t| t.layout.is_some());
    for t in unknown {
        let (line, columns) = t.widest;
        if known.is_empty() {
            return Err(ImportError::Layout { file: t.name, columns });
        }
        // the sheet of a workbook that says where the others come from
        rows.at(&t.name, line);
        rows.tell(format!("the columns of this sheet are not known ({columns}): all of it is left out"));
    }
    Ok(())
}

/// A file's table, or one of a workbook's.
#[derive(Default)]
struct Table {
    name: String,
    layout: Option<Layout>,
    /// Rows that could not be its titles.
    above: usize,
    /// The longest of them: its line and what stands in it.
    widest: (usize, String),
    cells: usize,
}

/// A table's own title and notes may stand above the titles of its columns, on so many rows.
const ABOVE: usize = 24;

impl Table {
    /// By a row that may hold the titles.
    fn find_layout(&mut self, line: usize, cells: &[&str], path: &Path, options: &Options) {
        if self.above >= ABOVE {
            return;
        }
        self.layout = Layout::of(cells, path, options);
        self.above += 1;
        let filled: Vec<&str> = cells.iter().map(|c| c.trim()).filter(|c| !c.is_empty()).collect();
        if filled.len() > self.cells {
            (self.cells, self.widest) = (filled.len(), (line, filled.join(", ")));
        }
    }
}

/// How a table's columns are to be read.
enum Layout {
    GeoNames,
    Pcodes(pcodes::Pcodes),
    Columns(columns::Columns),
}

impl Layout {
    /// By a first line: what the caller says, else a GeoNames row, else the titles.
    fn of(first: &[&str], path: &Path, options: &Options) -> Option<Layout> {
        if !options.columns.is_empty() {
            return columns::Columns::mapped(first, path, options).map(Layout::Columns);
        }
        if geonames::looks_like(first) {
            return Some(Layout::GeoNames);
        }
        pcodes::Pcodes::of(first).map(Layout::Pcodes).or_else(|| columns::Columns::titled(first, path, options).map(Layout::Columns))
    }
}

/// Rows as they come, each with its place in the files.
#[derive(Default)]
struct Collector {
    out: Import,
    /// Where each id stands: the file by number, and the line.
    ids: HashMap<String, (usize, usize)>,
    files: Vec<String>,
    lines: Vec<(usize, usize)>,
    line: usize,
    /// Second names for containing rows that are only named in passing: `country` + level codes to id.
    areas: HashMap<String, String>,
}

impl Collector {
    fn at(&mut self, file: &str, line: usize) {
        if self.files.last().is_none_or(|f| f != file) {
            self.files.push(file.to_string());
        }
        self.line = line;
        self.out.seen += 1;
    }

    fn refuse(&mut self, message: impl Into<String>) {
        self.tell(format!("{}; the row is left out", message.into()));
    }

    fn tell(&mut self, message: impl Into<String>) {
        let file = self.files.last().cloned().unwrap_or_default();
        self.out.refused.push(RowError { file, line: self.line, message: message.into() });
    }

    /// Keeps a row unless its id stands already or a name is out of all measure.
    fn put(&mut self, row: Row) {
        if row.name_ar.is_empty() {
            self.out.unnamed += 1;
            return;
        }
        const LONGEST: usize = 400;
        if let Some(long) = [&row.id, &row.name_ar, &row.name_en].into_iter().chain(&row.variants).find(|n| n.len() > LONGEST) {
            let head: String = long.chars().take(30).collect();
            return self.refuse(format!("“{head}…” is {} bytes long, a name has at most {LONGEST}", long.len()));
        }
        let here = (self.files.len().saturating_sub(1), self.line);
        match self.ids.get(&row.id) {
            Some((file, line)) => {
                let at = format!("{}:{line}", self.files.get(*file).map_or("", String::as_str));
                self.refuse(format!("the id {} stands already in {at}", row.id));
            }
            None => {
                self.ids.insert(row.id.clone(), here);
                self.lines.push(here);
                self.out.rows.push(row);
            }
        }
    }

    /// Ties parents that were told by code, adds the countries that rows lie in, drops parents that are nowhere.
    fn finish(mut self) -> Import {
        for r in &mut self.out.rows {
            // the narrowest area first, its codes joined by dots: "sy.07.12"
            let mut key = r.parent.clone();
            while !key.is_empty() && !self.ids.contains_key(&key) {
                if let Some(id) = self.areas.get(&key).filter(|id| **id != r.id) {
                    key = id.clone();
                    break;
                }
                match key.rfind('.') {
                    Some(dot) => key.truncate(dot),
                    None => break,
                }
            }
            r.parent = key;
        }
        let embedded = crate::embedded();
        let mut countries: Vec<String> = Vec::new();
        for r in &mut self.out.rows {
            if r.parent.is_empty() || self.ids.contains_key(&r.parent) {
                continue;
            }
            let known = embedded.by_id(&r.parent).is_some_and(|c| embedded.get(c).kind == PlaceKind::Country);
            if !known {
                r.parent.clear();
            } else if !countries.contains(&r.parent) {
                countries.push(r.parent.clone());
            }
        }
        // a country is in the table only to be pointed to: its names stand in the embedded one
        for id in countries {
            let Some(c) = embedded.by_id(&id) else { continue };
            let c = embedded.get(c);
            self.out.rows.push(Row {
                name_en: c.name_en.to_string(),
                point: c.point,
                rank: c.rank,
                source: c.source.to_string(),
                ..Row::new(&id, "", PlaceKind::Country, "")
            });
        }
        self.break_circles();
        self.out
    }

    /// A row whose parents lead back to it has none.
    fn break_circles(&mut self) {
        let parents: HashMap<String, String> = self.out.rows.iter().map(|r| (r.id.clone(), r.parent.clone())).collect();
        for (n, r) in self.out.rows.iter_mut().enumerate() {
            let mut at = r.parent.as_str();
            let mut steps = 0;
            while let Some(up) = parents.get(at).filter(|_| steps <= 12) {
                at = up;
                steps += 1;
            }
            if steps > 12 {
                let (file, line) = self.lines.get(n).copied().unwrap_or_default();
                let file = self.files.get(file).cloned().unwrap_or_default();
                self.out.refused.push(RowError { file, line, message: format!("the parents of {} run in a circle: it is kept without any", r.id) });
                r.parent.clear();
            }
        }
    }
}

/// `true` when a name is written in Arabic letters.
fn is_arabic(name: &str) -> bool {
    name.chars().any(|c| arabic::letters::class(c) == arabic::letters::CharClass::Arabic)
}
