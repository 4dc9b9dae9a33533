//! Reads `lexicon/`, checks it, and packs it for the crate to carry.

#![allow(dead_code, missing_docs, unused_imports)]

#[path = "src/lexicon/mod.rs"]
mod lexicon;
#[path = "src/record.rs"]
mod record;

use std::path::{Path, PathBuf};

fn files(dir: &Path, out: &mut Vec<PathBuf>) {
    let Ok(list) = std::fs::read_dir(dir) else { return };
    for f in list.flatten().map(|f| f.path()) {
        if f.is_dir() {
            if !f.ends_with("time") && !f.ends_with("words") {
                files(&f, out);
            }
        } else if f.extension().is_some_and(|e| e == "toml") {
            out.push(f);
        }
    }
}

fn main() {
    // asked for when run, not when compiled: a build folder may have been moved here from another copy of the source
    let here = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| panic!("cargo sets CARGO_MANIFEST_DIR"));
    let root = Path::new(&here).join("../../lexicon");
    println!("cargo::rerun-if-changed={}", root.display());
    println!("cargo::rerun-if-changed=src/lexicon");
    println!("cargo::rerun-if-changed=src/record.rs");
    let mut list = Vec::new();
    files(&root, &mut list);
    list.sort();
    let mut source = lexicon::Source::default();
    let mut errors = Vec::new();
    for f in &list {
        let text = std::fs::read_to_string(f).unwrap_or_else(|e| panic!("{}: {e}", f.display()));
        let name = f.strip_prefix(&root).map_or(f.display().to_string(), |p| format!("lexicon/{}", p.display()));
        errors.extend(source.add(&name, &text, false));
    }
    if let Err(more) = lexicon::Lexicon::build(&source, arabic::dictionary()) {
        errors.extend(more);
    }
    for e in &errors {
        println!("cargo::error={}", e.to_string().replace('\n', " "));
    }
    if !errors.is_empty() {
        std::process::exit(1);
    }
    let bytes = postcard::to_allocvec(&source).unwrap_or_else(|e| panic!("{e}"));
    let out = Path::new(&std::env::var("OUT_DIR").unwrap_or_default()).join("lexicon.bin");
    std::fs::write(&out, bytes).unwrap_or_else(|e| panic!("{}: {e}", out.display()));
}
