//! The hash of everything linguistic that the program carries, for `--version`.

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
    for d in ["lexicon", "gazetteer"] {
        println!("cargo::rerun-if-changed={}", root.join(d).display());
        files(&root.join(d), &mut list);
    }
    list.sort();
    // names and contents, in order of names
    let mut hash = sha2::Sha256::default();
    for f in &list {
        use sha2::Digest;
        let name = f.strip_prefix(&root).unwrap_or(f).to_string_lossy().replace('\\', "/");
        hash.update(name.as_bytes());
        hash.update([0]);
        hash.update(std::fs::read(f).unwrap_or_default());
        hash.update([0]);
    }
    let hex: String = sha2::Digest::finalize(hash).iter().map(|b| format!("{b:02x}")).collect();
    println!("cargo::rustc-env=TAWATUR_LEXICON={}", &hex[..12]);
}
