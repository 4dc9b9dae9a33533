//! Documents out of whatever people keep them in.
//!
//! An input is a file, a folder, a pattern or standard input; what it holds is told by its bytes, not by its name. Everything is
//! accounted for: an [`Outcome`] is a document, something passed over with its reason, or a refusal that names the input, the
//! reason and the remedy. An archive is read piece by piece, so that one of any size needs the memory of its largest document.
//!
//! | module | knows |
//! |---|---|
//! | [`input`] | paths, folders, standard input: streams of bytes with a name |
//! | [`format`](mod@format) | every format, one a module, behind one trait; which one some bytes are |
//! | [`encoding`] | bytes to text |
//! | [`html`] | a page: its blocks, its main text, what it says of itself |
//! | [`plain`] | plain text with a title, an outlet and a date line above it |
//! | [`record`] | a document from named fields |
//! | [`meta`] | dates as pages write them |
//! | [`copies`] | which texts are copies of each other |

pub mod copies;
mod document;
pub mod encoding;
pub mod format;
pub mod html;
pub mod input;
pub mod meta;
pub mod plain;
mod problem;
pub mod record;
mod sink;

pub use document::{Document, Dropped, Found, Note, Outcome, Piece, Refusal};
pub use input::Input;
pub use problem::Problem;
pub use sink::Sink;

use format::{Bytes, Source};
use record::Column;

/// What a reader is told.
#[derive(Debug, Clone)]
pub struct Options {
    /// The day of documents that do not tell theirs, ISO.
    pub published: Option<String>,
    /// The largest document in bytes; larger ones are refused.
    pub limit: u64,
    /// Pass over what is not Arabic.
    pub arabic_only: bool,
    /// Which columns of a table hold what, where the guess is wrong.
    pub columns: Vec<Column>,
    /// Keep the bytes of each document with it, where it is a file, a line or a record of its own.
    pub keep: bool,
}

impl Options {
    /// The bytes of a document, when they are to be kept.
    pub(crate) fn kept(&self, bytes: &[u8]) -> Vec<u8> {
        if self.keep { bytes.to_vec() } else { Vec::new() }
    }
}

impl Default for Options {
    fn default() -> Self {
        Options { published: None, limit: 64 << 20, arabic_only: true, columns: Vec::new(), keep: false }
    }
}

/// Reads inputs in order and hands out what comes of each.
///
/// `visit` is called once for every document, refusal and note; when it returns `false`, reading ends.
///
/// ```
/// use tawatur_reader::{Options, Outcome, stream};
/// let page = "<html><body><nav><a href=/>الرئيسية</a></nav><h1>قصف على البلدة</h1><p>قصفت المدفعية البلدة فجر اليوم.</p></body></html>";
/// let mut texts = Vec::new();
/// stream("page.html", "page.html", Box::new(page.as_bytes()), &Options::default(), &mut |o| {
///     if let Outcome::Read(d) = o {
///         texts.push(d.text);
///     }
///     true
/// });
/// assert_eq!(texts, ["قصفت المدفعية البلدة فجر اليوم."]);
/// ```
pub fn read(inputs: &[Input], options: &Options, visit: &mut dyn FnMut(Outcome) -> bool) {
    let mut sink = Sink::new(options, visit);
    for i in inputs {
        let flow = match i {
            Input::Stdin => format::read(Source::new("-", "-", Bytes::Stream(Box::new(std::io::stdin().lock()))), &mut sink),
            Input::Path(p) => path(p, &mut sink),
        };
        if flow.is_break() {
            return;
        }
    }
}

fn path(p: &std::path::Path, sink: &mut Sink<'_>) -> sink::Flow {
    let shown = p.display().to_string();
    let files = match input::files(p) {
        Ok(f) => f,
        Err(e) => return sink.refuse(shown, Problem::Open(e)),
    };
    if files.is_empty() {
        return sink.refuse(shown, Problem::EmptyFolder);
    }
    for f in files {
        let shown = f.path.display().to_string();
        match std::fs::File::open(&f.path) {
            Ok(file) => format::read(Source::new(shown, f.id, Bytes::File(file)), sink)?,
            Err(e) => sink.refuse(shown, Problem::Open(e))?,
        }
    }
    sink::Flow::Continue(())
}

/// Reads one stream of bytes; `shown` names it in messages, `id` is the id of the document when it holds one.
pub fn stream<'a>(shown: &str, id: &str, bytes: Box<dyn std::io::Read + 'a>, options: &Options, visit: &mut dyn FnMut(Outcome) -> bool) -> bool {
    format::read(Source::new(shown, id, Bytes::Stream(bytes)), &mut Sink::new(options, visit)).is_continue()
}
