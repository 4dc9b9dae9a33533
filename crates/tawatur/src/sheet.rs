//! Tables that people fill in: CSV with a byte order mark, so that spreadsheets read its Arabic, or XLSX, by the end of the file's name.

use crate::output::safe;
use rust_xlsxwriter::{DataValidation, Format, Workbook, XlsxError};
use std::io::{Error, Result, Write};
use std::path::{Path, PathBuf};

/// Code points of one cell, at most, as spreadsheets have it.
const CELL: usize = 32_767;

/// A table that is being written.
pub enum Writer {
    /// Comma-separated, row by row.
    Csv(Box<csv::Writer<Box<dyn Write>>>),
    /// A workbook, which is written at its end.
    Xlsx(Box<Sheet>),
}

/// A workbook of one sheet.
pub struct Sheet {
    book: Workbook,
    rows: u32,
    path: PathBuf,
}

fn is_workbook(path: &Path) -> bool {
    path.extension().and_then(|e| e.to_str()).is_some_and(|e| e.eq_ignore_ascii_case("xlsx"))
}

fn named(path: &Path, e: impl std::fmt::Display) -> Error {
    Error::other(format!("{}: {e}; name a file that can be written", path.display()))
}

impl Writer {
    /// Begins a table with the titles of its columns: on standard output, or in a file. In a workbook a column that `choices` names offers its words.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn begin(path: Option<&Path>, titles: &[&str], choices: &[(&str, &[&str])]) -> Result<Writer> {
        if let Some(path) = path.filter(|p| is_workbook(p)) {
            let sheet = workbook(titles, choices).map_err(|e| named(path, e))?;
            return Ok(Writer::Xlsx(Box::new(Sheet { book: sheet, rows: 1, path: path.into() })));
        }
        let mut out: Box<dyn Write> = match path {
            Some(p) => Box::new(std::fs::File::create(p).map_err(|e| named(p, e))?),
            None => Box::new(std::io::stdout().lock()),
        };
        out.write_all("\u{feff}".as_bytes())?;
        let mut w = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        w.write_record(titles)?;
        Ok(Writer::Csv(Box::new(w)))
    }

    /// Writes a row.
    ///
    /// # Errors
    /// When it cannot be written, or a sheet is full.
    pub fn row(&mut self, cells: &[String]) -> Result<()> {
        match self {
            Writer::Csv(w) => Ok(w.write_record(cells.iter().map(|c| safe::cell(c)))?),
            Writer::Xlsx(s) => s.row(cells).map_err(|e| match e {
                XlsxError::RowColumnLimitError => Error::other("a sheet holds 1,048,576 rows; choose fewer claims with --type, --from, --where, or write CSV"),
                e => named(&s.path, e),
            }),
        }
    }

    /// Writes what is left.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn end(self) -> Result<()> {
        match self {
            Writer::Csv(mut w) => w.flush(),
            Writer::Xlsx(mut s) => s.book.save(&s.path).map_err(|e| named(&s.path, e)),
        }
    }
}

/// A workbook with its first row: from right to left, the titles staying in view.
fn workbook(titles: &[&str], choices: &[(&str, &[&str])]) -> std::result::Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_right_to_left(true).set_freeze_panes(1, 0)?;
    let bold = Format::new().set_bold();
    for (column, title) in titles.iter().enumerate() {
        let column = column as u16;
        sheet.write_string_with_format(0, column, *title, &bold)?;
        if let Some((_, words)) = choices.iter().find(|c| c.0 == *title) {
            sheet.add_data_validation(1, column, 1_048_575, column, &DataValidation::new().allow_list_strings(words)?)?;
        }
    }
    Ok(book)
}

impl Sheet {
    fn row(&mut self, cells: &[String]) -> std::result::Result<(), XlsxError> {
        let sheet = self.book.worksheet_from_index(0)?;
        for (column, text) in cells.iter().enumerate().filter(|c| !c.1.is_empty()) {
            // as text: what begins like a formula is none
            sheet.write_string(self.rows, column as u16, text.chars().take(CELL).collect::<String>())?;
        }
        self.rows += 1;
        Ok(())
    }
}

/// A table as it was filled in.
#[derive(Debug, PartialEq)]
pub struct Table {
    /// The titles of its columns.
    pub titles: Vec<String>,
    /// Its rows, with their number in the file.
    pub rows: Vec<(u64, Vec<String>)>,
}

/// Reads a table: of a workbook the first sheet.
///
/// # Errors
/// When it cannot be read.
pub fn read(path: &Path) -> Result<Table> {
    let wrong = |e: &dyn std::fmt::Display| Error::other(format!("{}: {e}", path.display()));
    let bytes = std::fs::read(path).map_err(|e| wrong(&e))?;
    if bytes.starts_with(b"PK") {
        let mut rows = reader::format::workbook::first_sheet(bytes).map_err(|e| wrong(&e))?.into_iter();
        let titles = rows.next().unwrap_or_default().1;
        return Ok(Table { titles, rows: rows.map(|(n, r)| (n as u64, r)).collect() });
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    // some spreadsheets part cells with semicolons
    let first = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
    let count = |c: u8| first.iter().filter(|b| **b == c).count();
    let delimiter = if count(b';') > count(b',') { b';' } else { b',' };
    let mut r = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(bytes);
    let titles = r.headers().map_err(|e| wrong(&e))?.iter().map(String::from).collect();
    let mut rows = Vec::new();
    for row in r.records() {
        let row = row.map_err(|e| wrong(&e))?;
        rows.push((row.position().map_or(0, csv::Position::line), row.iter().map(String::from).collect()));
    }
    Ok(Table { titles, rows })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_comes_back_from_both_kinds_of_file() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["t.csv", "t.XLSX"] {
            let path = dir.path().join(name);
            let mut w = Writer::begin(Some(&path), &["claim", "verdict", "reason"], &[("verdict", &["accept", "reject"])]).unwrap();
            w.row(&["clm_1".into(), String::new(), "قال \"نعم\"، ثم سكت".into()]).unwrap();
            w.row(&["clm_2".into(), "accept".into(), "سطر\nوآخر".into()]).unwrap();
            w.end().unwrap();
            let t = read(&path).unwrap();
            assert_eq!(t.titles, ["claim", "verdict", "reason"], "{name}");
            assert_eq!(t.rows[0].1, ["clm_1", "", "قال \"نعم\"، ثم سكت"], "{name}");
            assert_eq!(t.rows[1].1, ["clm_2", "accept", "سطر\nوآخر"], "{name}");
        }
        std::fs::write(dir.path().join("bad.xlsx"), b"PK\x03\x04 is no workbook").unwrap();
        assert!(read(&dir.path().join("bad.xlsx")).is_err());
    }

    #[test]
    fn what_begins_like_a_formula_is_text() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("t.xlsx");
        let mut w = Writer::begin(Some(&path), &["a"], &[]).unwrap();
        w.row(&["=1+1".into()]).unwrap();
        w.end().unwrap();
        assert_eq!(read(&path).unwrap().rows[0].1, ["=1+1"]);
    }
}
