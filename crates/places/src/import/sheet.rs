//! Tables as rows of cells: comma-, semicolon- or tab-separated text, or the sheets of a workbook.

use super::ImportError;
use calamine::{Data, Reader};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

type Each<'a> = dyn FnMut(&str, usize, &[&str]) -> Result<(), ImportError> + 'a;

/// Calls `f` with the file's (or sheet's) name, the line from 1, and the cells of every row.
pub(super) fn each(path: &Path, f: &mut Each<'_>) -> Result<(), ImportError> {
    let workbook = path.extension().and_then(|e| e.to_str()).is_some_and(|e| ["xlsx", "xlsm", "xls", "ods"].iter().any(|x| e.eq_ignore_ascii_case(x)));
    if workbook { sheets(path, f) } else { text(path, f) }
}

fn sheets(path: &Path, f: &mut Each<'_>) -> Result<(), ImportError> {
    let bad = |e: &dyn std::fmt::Display| ImportError::Sheet { path: path.to_path_buf(), reason: e.to_string() };
    let mut book = calamine::open_workbook_auto(path).map_err(|e| bad(&e))?;
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(|e| bad(&e))?;
        let label = format!("{}[{name}]", path.display());
        let first = range.start().map_or(0, |s| s.0 as usize) + 1;
        for (n, row) in range.rows().enumerate() {
            let cells: Vec<String> = row.iter().map(|c| if matches!(c, Data::Empty | Data::Error(_)) { String::new() } else { c.to_string() }).collect();
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            f(&label, first + n, &cells)?;
        }
    }
    Ok(())
}

fn text(path: &Path, f: &mut Each<'_>) -> Result<(), ImportError> {
    let bad = |source: std::io::Error| ImportError::File { path: path.to_path_buf(), source };
    let mut file = BufReader::with_capacity(1 << 18, std::fs::File::open(path).map_err(bad)?);
    let head = file.fill_buf().map_err(bad)?;
    if head.starts_with(b"\xEF\xBB\xBF") {
        file.consume(3);
    }
    let head = file.fill_buf().map_err(bad)?;
    let line = head.split(|b| *b == b'\n').next().unwrap_or(&[]);
    let count = |c: u8| line.iter().filter(|b| **b == c).count();
    let delimiter = [b'\t', b';', b','].into_iter().max_by_key(|c| count(*c)).unwrap_or(b',');
    let label = path.display().to_string();
    if delimiter == b'\t' {
        tabs(file, &label, f).map_err(|e| e.unwrap_or_else(bad))
    } else {
        quoted(file, delimiter, &label, f).map_err(|e| e.unwrap_or_else(bad))
    }
}

/// Either the table's own trouble or the file's.
enum Trouble {
    Import(ImportError),
    Io(std::io::Error),
}

impl Trouble {
    fn unwrap_or_else(self, io: impl Fn(std::io::Error) -> ImportError) -> ImportError {
        match self {
            Trouble::Import(e) => e,
            Trouble::Io(e) => io(e),
        }
    }
}

/// Tab-separated text knows no quotation marks: GeoNames' names contain them.
fn tabs(mut file: impl BufRead, label: &str, f: &mut Each<'_>) -> Result<(), Trouble> {
    let mut line = Vec::new();
    for n in 1.. {
        line.clear();
        if file.read_until(b'\n', &mut line).map_err(Trouble::Io)? == 0 {
            break;
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_end_matches(['\n', '\r']);
        let text = if n == 1 { text.trim_start_matches("# ") } else { text };
        if text.starts_with('#') {
            continue;
        }
        let cells: Vec<&str> = text.split('\t').collect();
        f(label, n, &cells).map_err(Trouble::Import)?;
    }
    Ok(())
}

fn quoted(file: impl Read, delimiter: u8, label: &str, f: &mut Each<'_>) -> Result<(), Trouble> {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(file);
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record).map_err(|e| Trouble::Io(e.into()))? {
        let line = record.position().map_or(0, |p| p.line() as usize);
        let cells: Vec<_> = record.iter().map(String::from_utf8_lossy).collect();
        let cells: Vec<&str> = cells.iter().map(|c| &**c).collect();
        f(label, line, &cells).map_err(Trouble::Import)?;
    }
    Ok(())
}
