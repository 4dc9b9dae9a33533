//! Arabic text as people write it.
//!
//! The ground of a reader of Arabic: it knows letters, words and numbers, and nothing of what a text is about. All of it is rules and
//! tables, compiled when the crate is built; nothing is learned, loaded or downloaded, and the same text always gives the same answer.
//!
//! ```
//! use tawatur_arabic::{dictionary, morph::{Pos, Tense}, text::Text, words::{Proclitics, Words}};
//! let mut words = Words::new(dictionary());
//! let text = Text::new("وسيقصفون المدينة.وقُتل ضابط", &mut words); // the space is lost
//! assert_eq!(text.sentences.len(), 2);
//! let verb = words.get(text.tokens[0].word).readings[0];
//! assert_eq!((verb.pos, verb.feat.tense()), (Pos::Verb, Tense::Present));
//! assert!(verb.pro.has(Proclitics::WA.with(Proclitics::SA)));
//! assert_eq!(words.dictionary().lemma(verb.lemma).text, "قصف");
//! ```
//!
//! - [`fold`](mod@fold): normalisation with an exact map back to the source's code points;
//! - [`text`]: tokens and sentences of real pages, glued words and hidden letters included;
//! - [`words`]: every reading of a word as clitics and an inflected form of the dictionary;
//! - [`morph`]: the generator of those forms;
//! - [`names`]: names of several words in running text;
//! - [`number`]: numbers in digits and words;
//! - [`search`]: exact, folded and lemma forms for a full-text index;
//! - [`page`]: which lines of a page are its report;
//! - [`disguise`]: characters that hide or forge a word;
//! - [`dict`]: the dictionary, compiled from `lexicon/words`.
//!
//! [`Words`](words::Words) remembers every word that it has seen, so that a run over many texts analyses each once. Past
//! [`LIMIT`](words::LIMIT) words it forgets them before the next text; texts that are looked at together must stay below that.
//!
//! Inside the crate and its neighbours places are bytes, as Rust slices are; [`chars::CodePoints`] turns them into code points
//! where records leave the program.

pub mod blob;
pub mod chars;
pub mod dict;
pub mod disguise;
pub mod fold;
pub mod hash;
pub mod letters;
pub mod morph;
pub mod names;
pub mod number;
pub mod page;
mod repair;
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
