//! Puts the files of `lexicon/time` where the crate includes them. They are checked by the crate's tests.

use std::path::Path;

fn main() {
    let out = std::env::var("OUT_DIR").unwrap_or_default();
    for name in ["words.txt", "holidays.txt", "rules.toml"] {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lexicon/time").join(name);
        println!("cargo::rerun-if-changed={}", from.display());
        std::fs::copy(&from, Path::new(&out).join(name)).unwrap_or_else(|e| panic!("{}: {e}", from.display()));
    }
}
