//! What goes wrong with a ledger.

use crate::rows::DocNo;
use std::path::PathBuf;

/// An error of a ledger; its message names what failed and what can be done.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)] // the messages say it
pub enum Error {
    #[error("{0} is not there; name a ledger, or make one with `tawatur add --ledger {0} INPUT`")]
    Missing(PathBuf),
    #[error("{0} is no ledger of tawatur; name another file")]
    NotALedger(PathBuf),
    #[error("{path} has the format {found}, this program knows {known}; use a newer version of it")]
    Newer { path: PathBuf, found: u32, known: u32 },
    #[error("the ledger cannot be read or written: {0}{remedy}", remedy = remedy(.0))]
    Sqlite(#[from] rusqlite::Error),
    #[error("statement {seq} does not open with the key of document {document}: one of them was changed; run `tawatur verify`")]
    Sealed { seq: u64, document: u64 },
    #[error("document {} was erased before; `tawatur verify` says when and why", .0.0)]
    Erased(DocNo),
    #[error("statement {seq} is damaged: {what}; run `tawatur verify`")]
    Damaged { seq: u64, what: String },
    #[error("nothing in the ledger has the id “{0}”; `tawatur search` shows ids")]
    Unknown(String),
    #[error("no claim that holds has the id “{0}”; where it was read from a document earlier, `tawatur show DOCUMENT` says what was withdrawn and why")]
    UnknownClaim(String),
    #[error("several documents have the id “{id}”: {}; name one by its number", .numbers.iter().map(u64::to_string).collect::<Vec<_>>().join(", "))]
    Ambiguous { id: String, numbers: Vec<u64> },
    #[error("the search index was made with another dictionary ({found}, now {now}); run `tawatur rebuild`")]
    OtherDictionary { found: String, now: String },
    #[error("the operating system gives no random bytes: {0}")]
    Random(getrandom::Error),
    #[error("compression failed: {0}")]
    Compression(std::io::Error),
    #[error("{0}")]
    Json(#[from] serde_json::Error),
    #[error("{path}: {source}")]
    File { path: PathBuf, source: std::io::Error },
    #[error("{0}")]
    Key(String),
    #[error("{0}")]
    Call(String),
}

/// What can be done where SQLite fails.
fn remedy(e: &rusqlite::Error) -> &'static str {
    use rusqlite::ErrorCode::{CannotOpen, DatabaseBusy, DatabaseCorrupt, DiskFull, ReadOnly};
    match e.sqlite_error_code() {
        Some(DatabaseCorrupt) => "; the file was cut off or written over: take a copy that was made before, which `tawatur verify` can check",
        Some(CannotOpen) => "; name a file in a folder that is there and can be written",
        Some(DatabaseBusy) => "; another program writes it: wait for that, and call again",
        Some(DiskFull) => "; make room, and call again",
        Some(ReadOnly) => "; make the file and its folder writable",
        _ => "",
    }
}

/// What the functions of this crate return.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// `true` when the disk is full or the file may not be written: what was acknowledged before is safe.
    pub fn is_full(&self) -> bool {
        matches!(self, Error::Sqlite(rusqlite::Error::SqliteFailure(e, _)) if matches!(e.code, rusqlite::ErrorCode::DiskFull | rusqlite::ErrorCode::ReadOnly))
    }
}
