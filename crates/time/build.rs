//! Puts the files of `lexicon/time` where the crate includes them. They are checked by the crate's tests.

use std::path::Path;

fn main() {
    // asked for when run, not when compiled: a build folder may have been moved here from another copy of the source
    let [out, here] = ["OUT_DIR", "CARGO_MANIFEST_DIR"].map(|name| std::env::var(name).unwrap_or_else(|_| panic!("cargo sets {name}")));
    for name in ["words.txt", "holidays.txt", "rules.toml"] {
        let from = Path::new(&here).join("../../lexicon/time").join(name);
        println!("cargo::rerun-if-changed={}", from.display());
        std::fs::copy(&from, Path::new(&out).join(name)).unwrap_or_else(|e| panic!("{}: {e}", from.display()));
    }
}
