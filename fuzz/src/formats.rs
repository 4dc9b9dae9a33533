//! Inputs of the reader: bytes, and bytes put where a format has them.

use std::io::{Cursor, Write};
use tawatur_reader::{Options, Outcome, stream};

/// Reads `bytes` behind `prefix`, which makes them one format, unless they begin so themselves.
pub fn read(prefix: &[u8], bytes: &[u8]) {
    let begun = prefix.is_empty() || bytes.starts_with(&prefix[..prefix.len().min(4)]);
    input(&if begun { bytes.to_vec() } else { [prefix, bytes].concat() });
}

/// Reads bytes that are a packed format or, where their first byte is odd, the rest of them packed: what is inside is reached
/// without a checksum having to be guessed.
fn packed(bytes: &[u8], prefix: &[u8], pack: impl Fn(&[u8]) -> Vec<u8>) {
    match bytes.split_first() {
        Some((first, rest)) if first % 2 == 1 && !bytes.starts_with(prefix) => input(&pack(rest)),
        _ => read(prefix, bytes),
    }
}

/// A ZIP archive, or bytes as a member of one.
pub fn zip(bytes: &[u8]) {
    packed(bytes, b"PK\x03\x04", |b| zipped(&[("a/page", b)]));
}

/// gzip.
pub fn gzip(bytes: &[u8]) {
    packed(bytes, b"\x1F\x8B\x08", gzipped);
}

/// Zstandard.
pub fn zstd(bytes: &[u8]) {
    packed(bytes, b"\x28\xB5\x2F\xFD", framed);
}

/// Reads an input and looks at what comes of it.
fn input(input: &[u8]) {
    // a small limit, so that a bomb shows as a long text
    let options = Options { limit: 1 << 20, arabic_only: false, keep: true, ..Options::default() };
    let mut outcomes = 0u64;
    stream("fuzz", "fuzz", Box::new(input), &options, &mut |o| {
        outcomes += 1;
        if let Outcome::Read(d) = o {
            let chars = d.text.chars().count();
            assert!(!d.text.trim().is_empty());
            assert!(d.text.len() <= 4 << 20, "a document of {} bytes", d.text.len());
            assert!(d.map.iter().all(|p| p.text.end <= chars && p.text.start <= p.text.end && p.source.start <= p.source.end));
            assert!(d.map.windows(2).all(|w| w[0].text.end <= w[1].text.start));
            assert!(d.dropped.iter().all(|x| x.span.start <= x.span.end));
        }
        true
    });
    assert!(outcomes <= 4 * input.len() as u64 + 8, "{outcomes} outcomes of {} bytes", input.len());
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut e = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    e.write_all(bytes).unwrap();
    e.finish().unwrap()
}

/// A Zstandard frame of raw blocks: no checksum, no stated size.
fn framed(bytes: &[u8]) -> Vec<u8> {
    let mut out = b"\x28\xB5\x2F\xFD\x00\x40".to_vec();
    let mut blocks = bytes.chunks(64 << 10).peekable();
    while let Some(b) = blocks.next() {
        let header = (b.len() as u32) << 3 | u32::from(blocks.peek().is_none());
        out.extend(&header.to_le_bytes()[..3]);
        out.extend(b);
    }
    out
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut z = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        z.start_file(*name, zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored)).unwrap();
        z.write_all(bytes).unwrap();
    }
    z.finish().unwrap().into_inner()
}

/// The parts that bytes are cut into at `\0\0`.
fn parts<const N: usize>(bytes: &[u8]) -> [&[u8]; N] {
    let mut rest = bytes;
    std::array::from_fn(|_| {
        let at = rest.windows(2).position(|w| w == b"\0\0");
        let (part, next) = at.map_or((rest, &b""[..]), |at| (&rest[..at], &rest[at + 2..]));
        rest = next;
        part
    })
}

/// A Word document of these bytes: its text, `\0\0`, its properties.
pub fn docx(bytes: &[u8]) {
    let [text, properties] = parts(bytes);
    input(&zipped(&[("word/document.xml", text), ("docProps/core.xml", properties)]));
}

/// A workbook of these bytes: a sheet, then after `\0\0` each the strings, the styles and the book.
pub fn workbook(bytes: &[u8]) {
    let [sheet, strings, styles, book] = parts(bytes);
    let relation = |id: &str, what: &str, target: &str| {
        format!(r#"<Relationship Id="{id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{what}" Target="{target}"/>"#)
    };
    let related =
        |r: &[String]| format!(r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>"#, r.concat());
    let root = related(&[relation("r", "officeDocument", "xl/workbook.xml")]);
    let inner = related(&[
        relation("r1", "worksheet", "worksheets/s.xml"),
        relation("r2", "sharedStrings", "sharedStrings.xml"),
        relation("r3", "styles", "styles.xml"),
    ]);
    let plain = br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#;
    input(&zipped(&[
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", if book.is_empty() { plain } else { book }),
        ("xl/_rels/workbook.xml.rels", inner.as_bytes()),
        ("xl/worksheets/s.xml", sheet),
        ("xl/sharedStrings.xml", strings),
        ("xl/styles.xml", styles),
    ]));
}
