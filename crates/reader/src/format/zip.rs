//! ZIP, and what is kept in it: Word documents, workbooks, WACZ web archives, or files as in a folder.

use super::{Bytes, Format, Source, docx, read, workbook};
use crate::Problem;
use crate::sink::{Flow, Sink};
use std::io::{BufReader, Cursor, Read, Seek};
use zip::ZipArchive;

/// A ZIP archive.
#[derive(Debug)]
pub struct Zip;

impl Format for Zip {
    fn sniff(&self, head: &[u8]) -> bool {
        head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
    }

    fn read(&self, mut source: Source<'_>, sink: &mut Sink<'_>) -> Flow {
        // the list of members stands at the end: what comes as a stream has to be taken in whole, and must not be large
        match source.take() {
            Bytes::File(f) => archive(source, BufReader::new(f), sink),
            Bytes::Memory(m) => archive(source, Cursor::new(m), sink),
            Bytes::Stream(s) => match super::capped(s, sink.options.limit) {
                Ok(m) => archive(source, Cursor::new(m), sink),
                Err(Problem::TooLarge(limit)) => sink.refuse(source.shown, Problem::LargeStream(limit)),
                Err(p) => sink.refuse(source.shown, p),
            },
        }
    }
}

fn archive(source: Source<'_>, bytes: impl Read + Seek, sink: &mut Sink<'_>) -> Flow {
    let broken = |e: zip::result::ZipError| Problem::Broken("ZIP archive", e.to_string());
    let mut zip = match ZipArchive::new(bytes) {
        Ok(z) => z,
        Err(e) => return sink.refuse(source.shown, broken(e)),
    };
    // a name that is no text is still that of a member
    let named = zip.file_names().enumerate().map(|(i, n)| (n.map_or_else(|_| format!("member {i}"), |n| n.into_owned()), i));
    let mut names: Vec<(String, usize)> = named.filter(|(n, _)| !n.ends_with('/') && !is_hidden(n)).collect();
    names.sort_unstable();
    let has = |n: &str| names.iter().any(|x| x.0 == n);
    if has("word/document.xml") {
        let made = docx::read(&mut zip, &source.id, sink.options);
        return sink.result(source.shown, made);
    }
    if has("xl/workbook.xml") {
        return match whole(&mut zip, sink.options.limit) {
            Ok(bytes) => workbook::read(&source, bytes, sink),
            Err(p) => sink.refuse(source.shown, p),
        };
    }
    if has("content.xml") && has("META-INF/manifest.xml") {
        return sink.refuse(source.shown, Problem::Foreign("an OpenDocument file", "save it as DOCX, XLSX or text"));
    }
    // of a WACZ only the archive itself holds pages; the rest is its index
    let is_warc = |n: &str| n.starts_with("archive/") && (n.ends_with(".warc") || n.ends_with(".warc.gz"));
    let warcs: Vec<(String, usize)> = names.iter().filter(|n| is_warc(&n.0)).cloned().collect();
    let names = if warcs.is_empty() { names } else { warcs };
    if names.is_empty() {
        return sink.refuse(source.shown, Problem::EmptyFolder);
    }
    for (name, i) in names {
        match zip.by_index(i) {
            Ok(member) => {
                let inside = source.inside(&name, source.hints.clone(), Bytes::Stream(Box::new(member)));
                read(inside, sink)?;
            }
            Err(e) => sink.refuse(format!("{}, {name}:", source.shown), broken(e))?,
        }
    }
    Flow::Continue(())
}

/// What a system adds to an archive on its own.
fn is_hidden(name: &str) -> bool {
    name.starts_with("__MACOSX/") || name.rsplit('/').next().is_some_and(|n| n.starts_with('.') || n == "Thumbs.db")
}

/// One member, when it is no larger than the limit.
pub(super) fn member(zip: &mut ZipArchive<impl Read + Seek>, name: &str, limit: u64) -> Result<Vec<u8>, Problem> {
    let broken = |e: zip::result::ZipError| Problem::Broken("ZIP archive", e.to_string());
    super::capped(zip.by_name(name).map_err(broken)?, limit)
}

/// The archive itself as bytes, when all that it holds is no larger than the limit: measured, not believed.
fn whole(zip: &mut ZipArchive<impl Read + Seek>, limit: u64) -> Result<Vec<u8>, Problem> {
    let mut left = limit;
    let broken = |e: zip::result::ZipError| Problem::Broken("workbook", e.to_string());
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..zip.len() {
        let file = zip.by_index(i).map_err(broken)?;
        if file.is_dir() {
            continue;
        }
        let name = file.name().map_err(broken)?.into_owned();
        let bytes = super::capped(file, left).map_err(|p| if matches!(p, Problem::TooLarge(_)) { Problem::TooLarge(limit >> 20) } else { p })?;
        left -= bytes.len() as u64;
        let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        out.start_file(name, stored).map_err(broken)?;
        std::io::Write::write_all(&mut out, &bytes)?;
    }
    Ok(out.finish().map_err(broken)?.into_inner())
}
