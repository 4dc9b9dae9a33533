//! A user's own words beside those that the crate carries.

use super::source::{self, SourceError};
use super::{Dictionary, compile};

/// The files of `lexicon/words`, as the build found them: each behind a line `\u{1}name`.
static FILES: &str = include_str!(concat!(env!("OUT_DIR"), "/words.txt"));

/// The source files of the dictionary that the crate carries, name and text.
pub fn embedded_files() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.split('\u{1}').filter(|f| !f.is_empty()).map(|f| f.split_once('\n').unwrap_or((f, "")))
}

/// Compiles the dictionary with files of the user's behind its own: a line whose lemma stands already takes the other's place,
/// `-lemma` takes one away (see [`source`]). Bytes for [`Dictionary::open`]; a second or two of work, so callers keep them.
///
/// # Errors
/// Every line that cannot be read.
///
/// ```
/// use tawatur_arabic::dict::overlay;
/// let bytes = overlay::compile_with(&[("my.verbs.txt".into(), "رشرش".into())]).unwrap();
/// assert!(overlay::open(bytes).unwrap().lemmas_of("رشرش").len() == 1);
/// let wrong = overlay::compile_with(&[("my.verbs.txt".into(), "-رشرش".into())]).unwrap_err();
/// assert_eq!(wrong[0].to_string(), "my.verbs.txt:1: there is no “رشرش” to take away");
/// ```
pub fn compile_with(files: &[(String, String)]) -> Result<Vec<u8>, Vec<SourceError>> {
    let mut all: Vec<(&str, &str)> = embedded_files().collect();
    all.extend(files.iter().map(|(n, t)| (n.as_str(), t.as_str())));
    let (entries, errors) = source::read(all);
    if !errors.is_empty() {
        return Err(errors);
    }
    compile(&entries).map_err(|message| vec![SourceError { file: "words".into(), line: 0, message }])
}

/// Opens compiled bytes for the rest of the program's life.
///
/// # Errors
/// When the bytes are not a dictionary of this version.
pub fn open(bytes: Vec<u8>) -> Result<&'static Dictionary, crate::blob::BlobError> {
    Dictionary::open(Box::leak(bytes.into_boxed_slice())).map(|d| &*Box::leak(Box::new(d)))
}
