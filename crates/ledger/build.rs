//! A fingerprint of what a word's forms depend on: the dictionary's files and the analyser's code. A search index that was made
//! with another one is made again.

use std::path::{Path, PathBuf};

fn files(dir: &Path, out: &mut Vec<PathBuf>) {
    let Ok(list) = std::fs::read_dir(dir) else { return };
    for p in list.flatten().map(|f| f.path()) {
        if p.is_dir() { files(&p, out) } else { out.push(p) }
    }
}

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut list = Vec::new();
    for d in ["lexicon/words", "crates/arabic/src"] {
        println!("cargo::rerun-if-changed={}", root.join(d).display());
        files(&root.join(d), &mut list);
    }
    list.sort();
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    for f in &list {
        let name = f.strip_prefix(&root).unwrap_or(f).to_string_lossy().replace('\\', "/");
        for b in name.bytes().chain(std::fs::read(f).unwrap_or_default()) {
            hash = (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    println!("cargo::rustc-env=TAWATUR_WORDS={hash:016x}");
}
