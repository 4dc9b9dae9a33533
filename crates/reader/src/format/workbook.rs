//! XLSX: every sheet is a table.

use super::table::documents;
use crate::sink::{Flow, Sink};
use crate::{Problem, format::Source};
use calamine::{Data, DataRef, Reader, Xlsx, XlsxCellReader, XlsxError};
use std::io::{Cursor, Read, Seek};
use std::iter::Peekable;

/// What stands in columns further right is left out: no table of reports is so wide, and a sheet of a few bytes can be.
const WIDEST: u32 = 1024;

/// Reads the sheets of a workbook that is known to be no larger, unpacked, than a document may be. A sheet is read cell by cell:
/// as a whole it would have a place for every cell between its first and its last.
pub(super) fn read(source: &Source<'_>, bytes: Vec<u8>, sink: &mut Sink<'_>) -> Flow {
    let mut book: Xlsx<_> = match calamine::open_workbook_from_rs(Cursor::new(bytes)) {
        Ok(b) => b,
        Err(e) => return sink.refuse(source.shown.clone(), broken(e)),
    };
    for name in book.sheet_names() {
        let sheet = source.inside(&name, Default::default(), super::Bytes::Memory(Vec::new()));
        match book.worksheet_cells_reader(&name) {
            Ok(cells) => {
                let mut rows = Rows { cells: Cells(cells).peekable(), at: None }.peekable();
                // an empty sheet is how workbooks come
                if rows.peek().is_some() {
                    documents(&sheet, rows, sink)?;
                }
            }
            // a chart
            Err(XlsxError::NotAWorksheet(_)) => {}
            Err(e) => sink.refuse(sheet.shown, broken(e))?,
        }
    }
    Flow::Continue(())
}

/// The rows of a workbook's first sheet that hold something, each with its number, counted from 1 at the first of them; a row ends at its
/// last cell.
///
/// # Errors
/// When it is no workbook.
pub fn first_sheet(bytes: Vec<u8>) -> Result<Vec<(usize, Vec<String>)>, Problem> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(broken)?;
    let Some(name) = book.sheet_names().into_iter().next() else { return Ok(Vec::new()) };
    let cells = book.worksheet_cells_reader(&name).map_err(broken)?;
    (Rows { cells: Cells(cells).peekable(), at: None }).collect()
}

fn broken(e: XlsxError) -> Problem {
    Problem::Broken("workbook", e.to_string())
}

/// The cells of a sheet that hold something, in the order of the file: row, column, text.
struct Cells<'a, RS: Read + Seek>(XlsxCellReader<'a, RS>);

impl<RS: Read + Seek> Iterator for Cells<'_, RS> {
    type Item = Result<(u32, u32, String), XlsxError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let cell = match self.0.next_cell() {
                Ok(c) => c?,
                Err(e) => return Some(Err(e)),
            };
            let (row, column) = cell.get_position();
            if column < WIDEST && !matches!(cell.get_value(), DataRef::Empty) {
                return Some(Ok((row, column, text(cell.get_value().clone().into()))));
            }
        }
    }
}

/// The rows of a sheet, numbered from its first one that holds something.
struct Rows<'a, RS: Read + Seek> {
    cells: Peekable<Cells<'a, RS>>,
    /// The row that was read last: its number, and its place in the sheet.
    at: Option<(usize, u32)>,
}

impl<RS: Read + Seek> Iterator for Rows<'_, RS> {
    type Item = Result<(usize, Vec<String>), Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        let place = match self.cells.peek()? {
            Ok(c) => c.0,
            Err(_) => return self.cells.next()?.err().map(|e| Err(broken(e))),
        };
        let mut row: Vec<String> = Vec::new();
        while let Some(Ok((_, column, text))) = self.cells.next_if(|c| matches!(c, Ok(c) if c.0 == place)) {
            let column = column as usize;
            if row.len() <= column {
                row.resize_with(column + 1, String::new);
            }
            row[column] = text;
        }
        // rows that stand in no order are numbered on
        let n = self.at.map_or(1, |(n, last)| n + (place.saturating_sub(last) as usize).max(1));
        self.at = Some((n, place));
        Some(Ok((n, row)))
    }
}

fn text(c: Data) -> String {
    match c {
        Data::String(s) => s,
        Data::DateTime(t) if t.is_datetime() => {
            let (y, m, d, h, min, s, _) = t.to_ymd_hms_milli();
            if (h, min, s) == (0, 0, 0) { format!("{y:04}-{m:02}-{d:02}") } else { format!("{y:04}-{m:02}-{d:02}T{h:02}:{min:02}:{s:02}") }
        }
        Data::Float(f) if f.fract() == 0.0 && f.abs() < 1e15 => format!("{}", f as i64),
        other => other.to_string(),
    }
}
