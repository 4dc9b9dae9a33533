//! A fingerprint of what a word's forms depend on: the dictionary's files and the analyser's code. A search index that was made
//! with another one is made again.

#[path = "../fingerprint.rs"]
mod fingerprint;

fn main() {
    println!("cargo::rustc-env=TAWATUR_WORDS={}", &fingerprint::of(&["lexicon/words", "crates/arabic/src"])[..16]);
}
