//! Who says that who did what to whom, where, when and how many.
//!
//! A [`Coder`] reads a [`Document`] and returns its [`record::Claim`]s. What words mean stands in `lexicon/`; the modules
//! here are constructions of Arabic news: [`phrase`] cuts sentences, [`trigger`] finds event words, [`args`] tells which phrase
//! plays which part, [`credit`] who is credited, [`count`] how many, [`who`] who is who, [`job`] joins it all.

mod args;
pub mod coder;
mod confidence;
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

/// The lexicon that the program carries.
pub fn embedded() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| {
        static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));
        let source: lexicon::Source = postcard::from_bytes(BYTES).unwrap_or_else(|e| unreachable!("the build made it: {e}"));
        Lexicon::build(&source, arabic::dictionary()).unwrap_or_else(|e| unreachable!("the build checked it: {}", e[0]))
    })
}
