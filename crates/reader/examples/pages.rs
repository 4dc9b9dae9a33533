//! The sixty test pages: written to a folder with the text that should be read of each, or read and timed.
//!
//! `cargo run --release -p tawatur-reader --example pages -- write DIR` and `… -- time DIR [ROUNDS]`;
//! `scripts/compare-trafilatura.py DIR` does the rest.

#[path = "../tests/pages/mod.rs"]
mod pages;

use std::path::Path;
use std::time::Instant;
use tawatur_reader::format::Hints;
use tawatur_reader::html;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (Some(what), Some(dir)) = (args.first(), args.get(1)) else { return Err("say write DIR or time DIR [ROUNDS]".into()) };
    let dir = Path::new(dir);
    match what.as_str() {
        "write" => {
            std::fs::create_dir_all(dir)?;
            for c in pages::all() {
                std::fs::write(dir.join(format!("{}.html", c.name)), &c.html)?;
                std::fs::write(dir.join(format!("{}.txt", c.name)), c.article.paragraphs.join("\n"))?;
            }
        }
        "time" => {
            let rounds: u32 = args.get(2).map_or(Ok(20), |n| n.parse())?;
            let mut files: Vec<_> = std::fs::read_dir(dir)?.map(|f| Ok(f?.path())).collect::<Result<_, std::io::Error>>()?;
            files.retain(|f| f.extension().is_some_and(|e| e == "html"));
            files.sort();
            let pages: Vec<String> = files.iter().map(std::fs::read_to_string).collect::<Result<_, _>>()?;
            for (f, page) in files.iter().zip(&pages) {
                std::fs::write(f.with_extension("ours"), html::document(page, &Hints::default()).map(|d| d.text).unwrap_or_default())?;
            }
            let start = Instant::now();
            for _ in 0..rounds {
                pages.iter().for_each(|p| drop(html::document(p, &Hints::default())));
            }
            println!("{}", start.elapsed().as_secs_f64() / rounds as f64);
        }
        other => return Err(format!("{other}: say write or time").into()),
    }
    Ok(())
}
