//! Documents out of whatever people keep them in.
//!
//! An input is a file, a folder or standard input; what it holds is told by its bytes, not by its name. Everything is accounted
//! for: an [`Outcome`] is a document, or a refusal that names the input, the reason and the remedy. A file is read piece by piece
//! where its format allows it, so that an archive of any size needs the memory of its largest document.
//!
//! | module | knows |
//! |---|---|
//! | [`input`] | paths, folders, standard input: streams of bytes with a name |
//! | [`detect`] | which format some bytes are |
//! | [`encoding`] | bytes to text |
//! | [`jsonl`] | one JSON document a line |
//! | [`plain`] | plain text with a title, an outlet and a date line above it |
//! | [`meta`] | dates as pages write them |
//! | [`copies`] | which texts are copies of each other |

pub mod copies;
pub mod detect;
mod document;
pub mod encoding;
pub mod input;
pub mod jsonl;
pub mod meta;
pub mod plain;

pub use document::{Document, Dropped, Found, Outcome, Refusal};
pub use input::Input;

use std::io::{BufRead, BufReader, Read};

/// What a reader is told.
#[derive(Debug, Clone)]
pub struct Options {
    /// The day of documents that do not tell theirs, ISO.
    pub published: Option<String>,
    /// The largest document in bytes; larger ones are refused.
    pub limit: u64,
    /// Refuse what is not Arabic.
    pub arabic_only: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options { published: None, limit: 64 << 20, arabic_only: true }
    }
}

/// What goes wrong with one input or one document of it.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)] // the messages say it
pub enum Problem {
    #[error("cannot be opened: {0}; check the path and its permissions")]
    Open(std::io::Error),
    #[error("broke off while it was read: {0}")]
    Io(#[from] std::io::Error),
    #[error("holds no documents; name files, or a folder that has some")]
    EmptyFolder,
    #[error("is empty; nothing to read")]
    Empty,
    #[error("is no text that can be told (neither UTF-8 nor UTF-16); save it as UTF-8")]
    NoText,
    #[error("is not Arabic ({0} of 100 letters are); only Arabic reports are read")]
    NotArabic(u32),
    #[error("is larger than {0} MiB; raise --max-size, or split it")]
    TooLarge(u64),
    #[error("is not valid JSON: {0}")]
    Json(String),
    #[error("has no “{0}”, or it is no text")]
    Field(&'static str),
    #[error("has the date “{0}”, which is none; write YYYY-MM-DD")]
    Date(String),
}

/// Reads inputs in order and hands out what comes of each.
///
/// `visit` is called once for every document and every refusal; when it returns `false`, reading ends.
pub fn read(inputs: &[Input], options: &Options, visit: &mut dyn FnMut(Outcome) -> bool) {
    for i in inputs {
        let go_on = match i {
            Input::Stdin => stream("-", "-", Box::new(std::io::stdin().lock()), options, visit),
            Input::Path(p) => path(p, options, visit),
        };
        if !go_on {
            return;
        }
    }
}

fn path(p: &std::path::Path, options: &Options, visit: &mut dyn FnMut(Outcome) -> bool) -> bool {
    let shown = p.display().to_string();
    let files = match input::files(p) {
        Ok(f) => f,
        Err(e) => return visit(Outcome::Refused(Refusal::new(shown, Problem::Open(e)))),
    };
    if files.is_empty() {
        return visit(Outcome::Refused(Refusal::new(shown, Problem::EmptyFolder)));
    }
    for f in files {
        let shown = f.path.display().to_string();
        let go_on = match std::fs::File::open(&f.path) {
            Ok(file) => stream(&shown, &f.id, Box::new(file), options, visit),
            Err(e) => visit(Outcome::Refused(Refusal::new(shown, Problem::Open(e)))),
        };
        if !go_on {
            return false;
        }
    }
    true
}

/// Reads one stream of bytes; `shown` names it in messages, `id` is the id of the document when it holds one.
pub fn stream<'a>(shown: &str, id: &str, bytes: Box<dyn Read + 'a>, options: &Options, visit: &mut dyn FnMut(Outcome) -> bool) -> bool {
    let mut bytes = BufReader::with_capacity(1 << 16, bytes);
    let head = match bytes.fill_buf() {
        Ok(h) => h,
        Err(e) => return visit(Outcome::Refused(Refusal::new(shown, Problem::Io(e)))),
    };
    match detect::format(head) {
        detect::Format::JsonLines => jsonl::read(shown, id, bytes, options, visit),
        detect::Format::Text => {
            let outcome = plain::read(shown, id, bytes, options);
            visit(outcome)
        }
    }
}
