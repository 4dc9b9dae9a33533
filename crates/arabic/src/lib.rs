//! Arabic text as people write it.
//!
//! - [`fold`](mod@fold): normalisation with an exact map back to the source's code points;
//! - [`text`]: tokens and sentences of real pages, glued words and hidden letters included;
//! - [`words`]: every reading of a word as clitics and an inflected form of the dictionary;
//! - [`morph`]: the generator of those forms;
//! - [`names`]: names of several words in running text;
//! - [`number`]: numbers in digits and words;
//! - [`search`]: exact, folded and lemma forms for a full-text index;
//! - [`page`]: which lines of a page are its report;
//! - [`dict`]: the dictionary, compiled from `lexicon/words`.
//!
//! Inside the crate and its neighbours places are bytes, as Rust slices are; [`chars::CodePoints`] turns them into code points
//! where records leave the program.

pub mod blob;
pub mod chars;
pub mod dict;
pub mod fold;
pub mod letters;
pub mod morph;
pub mod names;
pub mod number;
pub mod page;
pub mod search;
mod sentence;
pub mod text;
pub mod words;

use std::sync::OnceLock;

/// The dictionary that the crate carries.
///
/// ```
/// let d = tawatur_arabic::dictionary();
/// assert!(d.len() > 100);
/// ```
pub fn dictionary() -> &'static dict::Dictionary {
    static DICTIONARY: OnceLock<dict::Dictionary> = OnceLock::new();
    static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/dictionary.bin"));
    DICTIONARY.get_or_init(|| dict::Dictionary::open(BYTES).unwrap_or_else(|e| unreachable!("the build made it: {e}")))
}
