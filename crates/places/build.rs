//! Compiles the tables of `gazetteer/` into the gazetteer that the crate carries.

#![allow(dead_code, missing_docs)]

#[path = "src/compile.rs"]
mod compile;
#[path = "src/source.rs"]
mod source;
#[path = "src/words.rs"]
mod words_table;

use std::path::Path;

fn main() {
    // asked for when run, not when compiled: a build folder may have been moved here from another copy of the source
    let here = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| panic!("cargo sets CARGO_MANIFEST_DIR"));
    let dir = Path::new(&here).join("../../gazetteer");
    println!("cargo::rerun-if-changed={}", dir.display());
    println!("cargo::rerun-if-changed=src/compile.rs");
    println!("cargo::rerun-if-changed=src/source.rs");
    let mut files: Vec<(String, String)> = std::fs::read_dir(&dir)
        .unwrap_or_else(|e| panic!("{}: {e}", dir.display()))
        .filter_map(|f| f.ok().map(|f| f.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "tsv"))
        .map(|p| {
            let text = std::fs::read_to_string(&p).unwrap_or_else(|e| panic!("{}: {e}", p.display()));
            (format!("gazetteer/{}", p.file_name().unwrap_or_default().to_string_lossy()), text)
        })
        .collect();
    files.sort();
    let (rows, errors) = source::read(files.iter().map(|(n, t)| (n.as_str(), t.as_str())));
    for e in &errors {
        println!("cargo::error={e}");
    }
    if !errors.is_empty() {
        std::process::exit(1);
    }
    let bytes = compile::compile(&rows).unwrap_or_else(|e| panic!("gazetteer: {e}"));
    let out = Path::new(&std::env::var("OUT_DIR").unwrap_or_default()).join("gazetteer.bin");
    std::fs::write(&out, bytes).unwrap_or_else(|e| panic!("{}: {e}", out.display()));

    let words = Path::new(&here).join("../../lexicon/places.txt");
    println!("cargo::rerun-if-changed={}", words.display());
    let text = std::fs::read_to_string(&words).unwrap_or_else(|e| panic!("{}: {e}", words.display()));
    if let Err(e) = words_table::PlaceWords::parse(&text) {
        println!("cargo::error=lexicon/{e}");
        std::process::exit(1);
    }
    let out = Path::new(&std::env::var("OUT_DIR").unwrap_or_default()).join("places.txt");
    std::fs::write(&out, text).unwrap_or_else(|e| panic!("{}: {e}", out.display()));
}
