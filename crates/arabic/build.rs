//! Compiles `lexicon/words` into the dictionary that the crate carries, and checks `lexicon/numbers.txt`.

#![allow(dead_code, missing_docs)]

#[path = "src/blob.rs"]
mod blob;
#[path = "src/dict/compile.rs"]
mod compile;
#[path = "src/fold.rs"]
mod fold;
#[path = "src/dict/forms.rs"]
mod forms;
#[path = "src/hash.rs"]
mod hash;
#[path = "src/letters.rs"]
mod letters;
#[path = "src/morph/mod.rs"]
mod morph;
#[path = "src/dict/source.rs"]
mod source;
#[path = "src/number/table.rs"]
mod table;

use std::path::Path;

fn main() {
    // asked for when run, not when compiled: a build folder may have been moved here from another copy of the source
    let here = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| panic!("cargo sets CARGO_MANIFEST_DIR"));
    let dir = Path::new(&here).join("../../lexicon/words");
    println!("cargo::rerun-if-changed={}", dir.display());
    for f in ["blob.rs", "dict/compile.rs", "dict/forms.rs", "dict/source.rs", "fold.rs", "hash.rs", "letters.rs", "morph", "number/table.rs"] {
        println!("cargo::rerun-if-changed=src/{f}");
    }
    let mut files: Vec<(String, String)> = std::fs::read_dir(&dir)
        .unwrap_or_else(|e| panic!("{}: {e}", dir.display()))
        .filter_map(|f| f.ok().map(|f| f.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "txt"))
        .map(|p| {
            let text = std::fs::read_to_string(&p).unwrap_or_else(|e| panic!("{}: {e}", p.display()));
            (format!("lexicon/words/{}", p.file_name().unwrap_or_default().to_string_lossy()), text)
        })
        .collect();
    files.sort();
    let views = || files.iter().map(|(n, t)| (n.as_str(), t.as_str()));
    let (entries, mut errors) = source::read(views());
    errors.extend(source::duplicates(views()));
    for e in &errors {
        println!("cargo::error={e}");
    }
    if !errors.is_empty() {
        std::process::exit(1);
    }
    let bytes = compile::compile(&entries).unwrap_or_else(|e| panic!("lexicon/words: {e}"));
    let out = std::env::var("OUT_DIR").unwrap_or_default();
    let write = |name: &str, bytes: &[u8]| std::fs::write(Path::new(&out).join(name), bytes).unwrap_or_else(|e| panic!("{name}: {e}"));
    write("dictionary.bin", &bytes);
    // the sources too: a user's own words are compiled together with them
    let sources: String = files.iter().map(|(n, t)| format!("\u{1}{n}\n{t}")).collect();
    write("words.txt", sources.as_bytes());

    let numbers = Path::new(&here).join("../../lexicon/numbers.txt");
    println!("cargo::rerun-if-changed={}", numbers.display());
    let text = std::fs::read_to_string(&numbers).unwrap_or_else(|e| panic!("{}: {e}", numbers.display()));
    if let Err(e) = table::Table::parse(&text) {
        println!("cargo::error=lexicon/{e}");
        std::process::exit(1);
    }
    write("numbers.txt", text.as_bytes());
}
