//! CSV and TSV: a row a document. Which column holds what is told by its name, the texts also by their looks; the reader says what
//! it took for what, and options overrule it.

use super::{Format, Source};
use crate::record::{Column, Field};
use crate::sink::{Flow, Sink};
use crate::{Document, Options, Problem, encoding};
use serde_json::Value;
use std::io::{BufReader, Read};

/// A table as text, with commas, semicolons, tabs or bars between its columns.
#[derive(Debug)]
pub struct Table;

/// How many rows are looked at to tell the columns.
const LOOK: usize = 50;

impl Format for Table {
    fn sniff(&self, head: &[u8]) -> bool {
        let text = encoding::lossy_head(head);
        separator(&text).is_some()
    }

    fn read(&self, mut source: Source<'_>, sink: &mut Sink<'_>) -> Flow {
        let limit = sink.options.limit;
        let mut bytes = BufReader::with_capacity(1 << 16, source.stream());
        let (head, utf8) = match std::io::BufRead::fill_buf(&mut bytes) {
            Ok(b) => (encoding::lossy_head(&b[..b.len().min(super::HEAD)]).into_owned(), encoding::is_utf8_head(b)),
            Err(e) => return sink.refuse(source.shown, Problem::Io(e)),
        };
        // a table in another encoding is read whole; one in UTF-8, of any size, row by row
        let bytes: Box<dyn Read + '_> = if utf8 {
            Box::new(bytes)
        } else {
            match super::capped(bytes, limit).and_then(|b| encoding::decode(b, None)) {
                Ok(t) => Box::new(std::io::Cursor::new(t.text.into_bytes())),
                Err(p) => return sink.refuse(source.shown, p),
            }
        };
        let delimiter = separator(&head).unwrap_or(b',');
        let mut csv = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(Rows { bytes, left: limit, limit });
        let wrong = |e: csv::Error| match e.into_kind() {
            csv::ErrorKind::Io(e) if e.kind() == std::io::ErrorKind::FileTooLarge => Problem::TooLarge(limit >> 20),
            csv::ErrorKind::Io(e) => Problem::Io(e),
            other => Problem::Broken("table", format!("{other:?}")),
        };
        let mut row = csv::ByteRecord::new();
        let rows = std::iter::from_fn(|| {
            let read = csv.read_byte_record(&mut row);
            csv.get_mut().left = limit;
            match read {
                Ok(true) => Some(Ok(row.iter().map(|c| String::from_utf8_lossy(c).trim_start_matches('\u{FEFF}').to_string()).collect())),
                Ok(false) => None,
                Err(e) => Some(Err(wrong(e))),
            }
        });
        documents(&source, rows.enumerate().map(|(n, r)| Ok((n + 1, r?))), sink)
    }
}

/// The rows of a table as documents, each row with its number from 1. The first rows tell what the columns hold.
pub(super) fn documents(source: &Source<'_>, mut rows: impl Iterator<Item = Result<(usize, Vec<String>), Problem>>, sink: &mut Sink<'_>) -> Flow {
    let mut first: Vec<(usize, Vec<String>)> = Vec::new();
    let mut broken = None;
    for r in rows.by_ref().take(LOOK + 1) {
        match r {
            Ok(row) => first.push(row),
            Err(p) => {
                broken = Some(p);
                break;
            }
        }
    }
    if let Some(p) = broken.take_if(|_| first.is_empty()) {
        return sink.refuse(source.shown.clone(), p);
    }
    let columns = match Columns::guess(&first, sink.options) {
        Ok(c) => c,
        Err(p) => return sink.refuse(source.shown.clone(), p),
    };
    sink.note(source.shown.clone(), columns.told())?;
    let mut last = 0;
    for r in first.into_iter().map(Ok).chain(broken.map(Err)).chain(rows) {
        match r {
            Ok((n, row)) => {
                last = n;
                columns.document(source, n, row, sink)?;
            }
            Err(p) => return sink.refuse(format!("{}, row {}:", source.shown, last + 1), p),
        }
    }
    Flow::Continue(())
}

/// Ends a table when one row is longer than a document may be.
struct Rows<'a> {
    bytes: Box<dyn Read + 'a>,
    left: u64,
    limit: u64,
}

impl Read for Rows<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        if self.left == 0 {
            return Err(std::io::Error::new(std::io::ErrorKind::FileTooLarge, format!("a row has more than {} bytes", self.limit)));
        }
        let n = self.bytes.read(out)?;
        self.left = self.left.saturating_sub(n as u64);
        Ok(n)
    }
}

/// What stands between the columns: what the first line has of, when one of its cells is a name that columns have.
fn separator(head: &str) -> Option<u8> {
    let line = head.lines().next()?;
    let counts = [b'\t', b';', b',', b'|'].map(|d| (line.bytes().filter(|b| *b == d).count(), d));
    let (n, d) = counts.into_iter().max_by_key(|c| c.0)?;
    let mut cells = line.split(d as char).map(|c| c.trim_matches(['"', ' ', '\u{FEFF}']));
    (n > 0 && line.len() < 2000 && cells.any(|c| Field::named(c).is_some()) && !line.trim_start().starts_with(['{', '[', '<'])).then_some(d)
}

/// Which column holds what.
#[derive(Debug)]
struct Columns {
    names: Vec<String>,
    fields: Vec<(Field, usize)>,
    header: bool,
}

impl Columns {
    /// Tells the columns of a table by its first rows.
    fn guess(rows: &[(usize, Vec<String>)], options: &Options) -> Result<Columns, Problem> {
        let Some((_, first)) = rows.first() else { return Err(Problem::Empty) };
        let header = first.iter().any(|c| Field::named(c).is_some()) || options.columns.iter().any(|c| first.contains(&c.column));
        let names: Vec<String> = if header { first.clone() } else { (1..=first.len()).map(|n| n.to_string()).collect() };
        let mut fields: Vec<(Field, usize)> = Vec::new();
        for Column { field, column } in &options.columns {
            let at = names.iter().position(|n| n.trim() == column).or_else(|| column.parse::<usize>().ok()?.checked_sub(1)).filter(|i| *i < names.len());
            fields.push((*field, at.ok_or_else(|| Problem::Columns(names.join(", ")))?));
        }
        for field in Field::ALL {
            if fields.iter().any(|f| f.0 == field) || !header {
                continue;
            }
            let named = names.iter().enumerate().filter_map(|(i, n)| Some((i, Field::named(n)?))).filter(|(_, (f, _))| *f == field);
            if let Some((i, _)) = named.min_by_key(|(_, (_, sure))| *sure) {
                fields.push((field, i));
            }
        }
        // a column of long Arabic is the texts, when none is named so
        if !fields.iter().any(|f| f.0 == Field::Text) {
            let body = &rows[usize::from(header)..];
            let letters = |i: usize| body.iter().filter_map(|(_, r)| r.get(i)).map(|c| encoding::arabic_letters(c)).sum::<usize>() / body.len().max(1);
            let best = (0..names.len()).filter(|i| fields.iter().all(|f| f.1 != *i)).map(|i| (letters(i), i)).max().filter(|b| b.0 >= 40);
            fields.push((Field::Text, best.ok_or_else(|| Problem::Columns(names.join(", ")))?.1));
        }
        Ok(Columns { names, fields, header })
    }

    /// What was taken for what, for the person who asked.
    fn told(&self) -> String {
        let pairs: Vec<String> = self.fields.iter().map(|(f, i)| format!("{}={}", f.as_str(), self.names[*i])).collect();
        format!("is read with --column {}; other columns are kept", pairs.join(" --column "))
    }

    /// The document of row `n`, from 1.
    fn document(&self, source: &Source<'_>, n: usize, mut row: Vec<String>, sink: &mut Sink<'_>) -> Flow {
        if n == 1 && self.header || row.iter().all(|c| c.trim().is_empty()) {
            return Flow::Continue(());
        }
        let at = format!("{}, row {n}:", source.shown);
        let mut take = |field: Field| {
            let i = self.fields.iter().find(|f| f.0 == field)?.1;
            row.get_mut(i).map(std::mem::take).filter(|c| !c.trim().is_empty())
        };
        let Some(text) = take(Field::Text) else { return sink.refuse(at, Problem::Field("text")) };
        let id = take(Field::Id).unwrap_or_else(|| format!("{}#{n}", source.id));
        let mut d = Document { id, text, title: take(Field::Title), outlet: take(Field::Outlet), url: take(Field::Url), ..Document::default() };
        let date = take(Field::Published);
        for (name, cell) in self.names.iter().zip(row) {
            if !cell.is_empty() {
                d.extra.insert(name.clone(), Value::String(cell));
            }
        }
        d.date(date, sink.options);
        sink.document(at, d)
    }
}
