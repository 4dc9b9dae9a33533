//! Tables as rows of cells: comma-, semicolon- or tab-separated text, or the sheets of a workbook.

use super::ImportError;
use calamine::{Data, Reader, Xlsx, XlsxError};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

type Each<'a> = dyn FnMut(&str, usize, &[&str]) -> Result<(), ImportError> + 'a;

/// Calls `f` with the file's (or sheet's) name, the line from 1, and the cells of every row.
pub(super) fn each(path: &Path, f: &mut Each<'_>) -> Result<(), ImportError> {
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
    match extension.as_str() {
        "xlsx" | "xlsm" => sheets(path, f),
        "xls" | "xlsb" | "ods" => Err(ImportError::Sheet { path: path.to_path_buf(), reason: format!("workbooks of the kind .{extension} are not read") }),
        _ => text(path, f),
    }
}

/// What stands in columns further right is left out: no table of places is so wide, and a sheet of a few bytes can be.
const WIDEST: u32 = 1024;

/// A sheet is read cell by cell: as a whole it would have a place for every cell between its first and its last.
fn sheets(path: &Path, f: &mut Each<'_>) -> Result<(), ImportError> {
    let bad = |e: XlsxError| ImportError::Sheet { path: path.to_path_buf(), reason: e.to_string() };
    let mut book: Xlsx<_> = calamine::open_workbook(path).map_err(bad)?;
    for name in book.sheet_names() {
        let mut sheet = match book.worksheet_cells_reader(&name) {
            Ok(sheet) => sheet,
            // a chart
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(e) => return Err(bad(e)),
        };
        let label = format!("{}[{name}]", path.display());
        let (mut row, mut cells): (u32, Vec<String>) = (0, Vec::new());
        let mut end = |row: u32, cells: &mut Vec<String>| {
            let list: Vec<&str> = cells.iter().map(String::as_str).collect();
            let done = if list.is_empty() { Ok(()) } else { f(&label, row as usize + 1, &list) };
            cells.clear();
            done
        };
        while let Some(cell) = sheet.next_cell().map_err(bad)? {
            let (at, column) = cell.get_position();
            let value = Data::from(cell.get_value().clone());
            if column >= WIDEST || matches!(value, Data::Empty | Data::Error(_)) {
                continue;
            }
            if at != row {
                end(row, &mut cells)?;
                row = at;
            }
            let column = column as usize;
            cells.resize(cells.len().max(column + 1), String::new());
            cells[column] = value.to_string();
        }
        end(row, &mut cells)?;
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
