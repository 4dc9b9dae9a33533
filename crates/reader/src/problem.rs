//! What goes wrong, and what can be done.

/// What goes wrong with one input or one document of it. The message goes on from the input's name.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)] // the messages say it
#[non_exhaustive]
pub enum Problem {
    #[error("cannot be opened: {0}; check the path and its permissions")]
    Open(std::io::Error),
    #[error("broke off while it was read: {0}; get a whole copy of it")]
    Io(#[from] std::io::Error),
    #[error("holds no documents; name files, or a folder that has some")]
    EmptyFolder,
    #[error("is empty; nothing to read")]
    Empty,
    #[error("is no text that can be told; save it as UTF-8")]
    NoText,
    #[error("is {0}, which holds no text to read; {1}")]
    Foreign(&'static str, &'static str),
    #[error("is not Arabic ({0} of 100 letters are); only Arabic reports are read")]
    NotArabic(u32),
    #[error("is larger than {0} MiB; raise --max-size, or split it")]
    TooLarge(u64),
    #[error("is a ZIP archive that is no file of its own and larger than {0} MiB; save or unpack it into a file and name that")]
    LargeStream(u64),
    #[error("is an archive within an archive, {0} deep; unpack it first")]
    TooDeep(u8),
    #[error("is not valid JSON: {0}")]
    Json(String),
    #[error("is no {0} that can be read: {1}; save it again from the program that made it")]
    Broken(&'static str, String),
    #[error("has no “{0}”, or it is no text")]
    Field(&'static str),
    #[error("has no column of texts that can be told among {0}; name it, as in --column text=NAME")]
    Columns(String),
    #[error("has the date “{0}”, which is none, and is read without it; write YYYY-MM-DD")]
    Date(String),
    #[error("has no report in it: {0}")]
    NoReport(&'static str),
    #[error("answers {0}, not a page")]
    Status(u16),
    #[error("was fetched before and had not changed; the earlier copy is the one to read")]
    Revisit,
    #[error("is a PDF, and {0}; install poppler (pdftotext), or save it as text")]
    Pdf(String),
}

impl Problem {
    /// Whether the input is in order and only holds nothing to read, as against one that could not be read.
    pub fn is_skip(&self) -> bool {
        matches!(self, Problem::NotArabic(_) | Problem::Status(_) | Problem::Revisit | Problem::NoReport(_) | Problem::Foreign(..))
    }
}
