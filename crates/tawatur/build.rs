//! The hash of everything linguistic that the program carries, for `--version`.

#[path = "../fingerprint.rs"]
mod fingerprint;

fn main() {
    println!("cargo::rustc-env=TAWATUR_LEXICON={}", &fingerprint::of(&["lexicon", "gazetteer"])[..12]);
}
