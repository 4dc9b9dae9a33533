// Shared by build scripts: what a program's answers depend on, as one hash.

use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

fn files(dir: &Path, out: &mut Vec<PathBuf>) {
    let Ok(list) = std::fs::read_dir(dir) else { return };
    for p in list.flatten().map(|f| f.path()) {
        if p.is_dir() { files(&p, out) } else { out.push(p) }
    }
}

/// The hash of all files in some folders of the repository, in hexadecimal: names and contents, in the order of names. The build script
/// runs again when one changes.
pub fn of(folders: &[&str]) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut list = Vec::new();
    for d in folders {
        println!("cargo::rerun-if-changed={}", root.join(d).display());
        files(&root.join(d), &mut list);
    }
    list.sort();
    let mut hash = Sha256::new();
    for f in &list {
        let name = f.strip_prefix(&root).unwrap_or(f).to_string_lossy().replace('\\', "/");
        hash.update(name.as_bytes());
        hash.update([0]);
        hash.update(std::fs::read(f).unwrap_or_default());
        hash.update([0]);
    }
    hash.finalize().iter().map(|b| format!("{b:02x}")).collect()
}
