//! Who says that who did what to whom, where, when and how many.
//!
//! A [`Coder`] reads a [`Document`] and returns its [`record::Claim`]s. What words mean stands in `lexicon/`; the modules
//! here are constructions of Arabic news: [`phrase`] cuts sentences, [`trigger`] finds event words, [`args`] tells which phrase
//! plays which part, [`credit`] who is credited, [`count`] how many, [`who`] who is who, [`job`] joins it all.

mod args;
pub mod check;
pub mod coder;
mod count;
mod credit;
pub mod hash;
mod job;
pub mod lexicon;
pub mod phrase;
pub mod record;
mod trigger;
pub mod vocab;
mod who;

pub use coder::{Coder, Document};
pub use lexicon::Lexicon;

use std::sync::OnceLock;

/// The sources of the lexicon that the program carries, for checks and overlays.
pub fn embedded_source() -> lexicon::Source {
    static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));
    postcard::from_bytes(BYTES).unwrap_or_else(|e| unreachable!("the build made it: {e}"))
}

/// The lexicon that the program carries.
pub fn embedded() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| Lexicon::build(&embedded_source(), arabic::dictionary()).unwrap_or_else(|e| unreachable!("the build checked it: {}", e[0])))
}

/// The embedded lexicon with a user's files (name and text of TOML) over it: an entry of a known id takes that entry's place,
/// `remove = ["id"]` takes entries away, anything else is added. It lives as long as the program.
///
/// # Errors
/// Every file and entry that is wrong, each named.
///
/// ```
/// use tawatur_claims::{overlaid, Coder, Document};
/// let mine = r#"
/// [[actor]]
/// id = "my.kataib"
/// name = "كتائب الوادي الأخضر"
/// name_en = "Green Valley Battalions"
/// roles = ["REB"]
/// "#;
/// let lexicon = overlaid(&[("mine.toml".into(), mine.into())], arabic::dictionary()).unwrap();
/// let doc = Document { text: "قصفت كتائب الوادي الأخضر معسكرا للجيش.".into(), ..Document::default() };
/// let claims = Coder::with(lexicon, places::PlaceFinder::new()).code(&doc);
/// assert_eq!(claims[0].actors[0].id.as_deref(), Some("my.kataib"));
/// ```
pub fn overlaid(files: &[(String, String)], dictionary: &'static arabic::dict::Dictionary) -> Result<&'static Lexicon, Vec<lexicon::LexiconError>> {
    let source = check::source_with(files)?;
    Lexicon::build(&source, dictionary).map(|l| &*Box::leak(Box::new(l)))
}
