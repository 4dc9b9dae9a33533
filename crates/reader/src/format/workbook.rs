//! XLSX: every sheet is a table.

use super::table::Columns;
use crate::sink::{Flow, Sink};
use crate::{Problem, format::Source};
use calamine::{Data, Reader, Xlsx};
use std::io::Cursor;

/// Reads the sheets of a workbook that is known to be no larger, unpacked, than a document may be.
pub(super) fn read(source: &Source<'_>, bytes: Vec<u8>, sink: &mut Sink<'_>) -> Flow {
    let broken = |e: calamine::XlsxError| Problem::Broken("workbook", e.to_string());
    let mut book: Xlsx<_> = match calamine::open_workbook_from_rs(Cursor::new(bytes)) {
        Ok(b) => b,
        Err(e) => return sink.refuse(source.shown.clone(), broken(e)),
    };
    for name in book.sheet_names() {
        let sheet = source.inside(&name, Default::default(), super::Bytes::Memory(Vec::new()));
        let range = match book.worksheet_range(&name) {
            Ok(r) => r,
            Err(e) => {
                sink.refuse(sheet.shown, broken(e))?;
                continue;
            }
        };
        let rows: Vec<Vec<String>> = range.rows().map(|r| r.iter().map(cell).collect()).collect();
        // an empty sheet is how workbooks come
        if rows.is_empty() {
            continue;
        }
        match Columns::guess(&rows[..rows.len().min(51)], sink.options) {
            Ok(columns) => {
                sink.note(sheet.shown.clone(), columns.told())?;
                for (n, row) in rows.into_iter().enumerate() {
                    columns.document(&sheet, n + 1, row, sink)?;
                }
            }
            Err(p) => sink.refuse(sheet.shown, p)?,
        }
    }
    Flow::Continue(())
}

/// The cells of a workbook's first sheet, row by row.
///
/// # Errors
/// When it is no workbook.
pub fn first_sheet(bytes: Vec<u8>) -> Result<Vec<Vec<String>>, Problem> {
    let broken = |e: calamine::XlsxError| Problem::Broken("workbook", e.to_string());
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(broken)?;
    let Some(name) = book.sheet_names().into_iter().next() else { return Ok(Vec::new()) };
    let range = book.worksheet_range(&name).map_err(broken)?;
    Ok(range.rows().map(|r| r.iter().map(cell).collect()).collect())
}

fn cell(c: &Data) -> String {
    match c {
        Data::DateTime(t) if t.is_datetime() => {
            let (y, m, d, h, min, s, _) = t.to_ymd_hms_milli();
            if (h, min, s) == (0, 0, 0) { format!("{y:04}-{m:02}-{d:02}") } else { format!("{y:04}-{m:02}-{d:02}T{h:02}:{min:02}:{s:02}") }
        }
        Data::Float(f) if f.fract() == 0.0 && f.abs() < 1e15 => format!("{}", *f as i64),
        other => other.to_string(),
    }
}
