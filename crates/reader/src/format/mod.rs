//! Every format that documents come in, one a module.
//!
//! A format is told by its first bytes ([`Format::sniff`]) and reads what they begin ([`Format::read`]). To add one, write its
//! module after the example of [`docx`] and name it in [`FORMATS`]; the order is that of certainty.

pub mod compressed;
pub mod docx;
pub mod feed;
pub mod json;
pub mod jsonl;
pub mod mail;
pub mod page;
pub mod pdf;
pub mod table;
pub mod text;
pub mod warc;
pub mod workbook;
pub mod zip;

use crate::Problem;
use crate::sink::{Flow, Sink};
use std::io::{Cursor, Read};

/// A format of documents.
pub trait Format: Sync {
    /// Whether these are the first bytes of an input in this format. `head` has at least [`HEAD`] bytes where the input does.
    fn sniff(&self, head: &[u8]) -> bool;
    /// Reads every document of the input.
    fn read(&self, source: Source<'_>, sink: &mut Sink<'_>) -> Flow;
}

/// How many first bytes a format is told by.
pub const HEAD: usize = 8 << 10;

/// How deep archives may stand in each other.
pub const DEEPEST: u8 = 4;

/// All formats, the most certain first; the last takes whatever text is left.
pub static FORMATS: [&dyn Format; 13] = [
    &compressed::Gzip,
    &compressed::Zstd,
    &zip::Zip,
    &pdf::Pdf,
    &warc::Warc,
    &mail::Mail,
    &feed::Feed,
    &page::Page,
    &jsonl::JsonLines,
    &json::Json,
    &table::Table,
    &text::Binary,
    &text::Plain,
];

/// Where bytes come from.
pub enum Bytes<'a> {
    /// A file, in which one can go back.
    File(std::fs::File),
    /// Anything else.
    Stream(Box<dyn Read + 'a>),
    /// Bytes in memory.
    Memory(Vec<u8>),
}

/// What is known of an input before it is opened: what an archive or a server said of it.
#[derive(Debug, Clone, Default)]
pub struct Hints {
    /// Its address.
    pub url: Option<String>,
    /// The encoding that was declared for it.
    pub charset: Option<String>,
    /// When it was fetched.
    pub retrieved: Option<String>,
}

/// An input: bytes with a name.
pub struct Source<'a> {
    /// Names it in messages.
    pub shown: String,
    /// The id of its document, when it holds one.
    pub id: String,
    /// What is known of it.
    pub hints: Hints,
    bytes: Bytes<'a>,
    depth: u8,
}

impl std::fmt::Debug for Source<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Source").field("shown", &self.shown).finish_non_exhaustive()
    }
}

impl<'a> Source<'a> {
    /// An input that stands in no other.
    pub fn new(shown: impl Into<String>, id: impl Into<String>, bytes: Bytes<'a>) -> Source<'a> {
        Source { shown: shown.into(), id: id.into(), hints: Hints::default(), bytes, depth: 0 }
    }

    /// An input inside this one, named after it.
    pub fn inside<'b>(&self, name: &str, hints: Hints, bytes: Bytes<'b>) -> Source<'b> {
        Source { shown: format!("{}, {name}:", self.shown), id: format!("{}#{name}", self.id), hints, bytes, depth: self.depth + 1 }
    }

    /// The bytes of this input unpacked: the same name, one level deeper.
    pub fn unpacked<'b>(shown: String, id: String, hints: Hints, depth: u8, bytes: Box<dyn Read + 'b>) -> Source<'b> {
        Source { shown, id, hints, bytes: Bytes::Stream(bytes), depth: depth + 1 }
    }

    /// How many archives it stands in.
    pub fn depth(&self) -> u8 {
        self.depth
    }

    /// Takes the bytes out.
    pub fn take(&mut self) -> Bytes<'a> {
        std::mem::replace(&mut self.bytes, Bytes::Memory(Vec::new()))
    }

    /// Takes the bytes out as a stream.
    pub fn stream(&mut self) -> Box<dyn Read + 'a> {
        match self.take() {
            Bytes::File(f) => Box::new(std::io::BufReader::with_capacity(1 << 16, f)),
            Bytes::Stream(s) => s,
            Bytes::Memory(m) => Box::new(Cursor::new(m)),
        }
    }

    /// Takes all bytes out, when there are no more than a document may have.
    ///
    /// # Errors
    /// [`Problem::TooLarge`], or what broke off.
    pub fn all(&mut self, limit: u64) -> Result<Vec<u8>, Problem> {
        if let Bytes::Memory(m) = &mut self.bytes {
            let m = std::mem::take(m);
            return if m.len() as u64 > limit { Err(Problem::TooLarge(limit >> 20)) } else { Ok(m) };
        }
        capped(self.stream(), limit)
    }

    /// The first bytes, which stay to be read.
    fn head(&mut self) -> std::io::Result<Vec<u8>> {
        if let Bytes::Memory(m) = &self.bytes {
            return Ok(m[..m.len().min(HEAD)].to_vec());
        }
        let mut head = Vec::with_capacity(HEAD);
        match self.take() {
            Bytes::File(mut f) => {
                use std::io::Seek;
                (&mut f).take(HEAD as u64).read_to_end(&mut head)?;
                // a pipe in the guise of a file cannot go back
                self.bytes = match f.rewind() {
                    Ok(()) => Bytes::File(f),
                    Err(_) => Bytes::Stream(Box::new(Cursor::new(head.clone()).chain(f))),
                };
            }
            Bytes::Stream(mut s) => {
                (&mut s).take(HEAD as u64).read_to_end(&mut head)?;
                self.bytes = Bytes::Stream(Box::new(Cursor::new(head.clone()).chain(s)));
            }
            Bytes::Memory(_) => {}
        }
        Ok(head)
    }
}

/// Reads to the end, or to the limit.
pub(crate) fn capped(bytes: impl Read, limit: u64) -> Result<Vec<u8>, Problem> {
    let mut all = Vec::new();
    bytes.take(limit + 1).read_to_end(&mut all)?;
    if all.len() as u64 > limit { Err(Problem::TooLarge(limit >> 20)) } else { Ok(all) }
}

/// Tells the format of an input and reads it.
pub fn read(mut source: Source<'_>, sink: &mut Sink<'_>) -> Flow {
    if source.depth > DEEPEST {
        return sink.refuse(source.shown, Problem::TooDeep(DEEPEST));
    }
    let head = match source.head() {
        Ok(h) => h,
        Err(e) => return sink.refuse(source.shown, Problem::Io(e)),
    };
    match FORMATS.iter().find(|f| f.sniff(&head)) {
        Some(f) => f.read(source, sink),
        None => sink.refuse(source.shown, Problem::NoText),
    }
}

/// The first bytes of a text without its mark and the white space before it.
pub(crate) fn text_head(head: &[u8]) -> &[u8] {
    head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start()
}

/// Whether `head` begins with one of these, whatever their case.
pub(crate) fn begins(head: &[u8], with: &[&str]) -> bool {
    with.iter().any(|w| head.get(..w.len()).is_some_and(|h| h.eq_ignore_ascii_case(w.as_bytes())))
}
