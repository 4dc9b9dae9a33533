//! How many of the copies among many documents the index finds, against every pair compared.
//!
//! `cargo run --release -p tawatur-reader --example copies -- NEWS.jsonl`

use std::collections::{HashMap, HashSet};
use std::time::Instant;
use tawatur_reader::copies::{Index, Signature, overlap};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("name a file of JSON lines with a “text” each")?;
    let mut texts: Vec<String> = Vec::new();
    for line in std::fs::read_to_string(path)?.lines() {
        let document: serde_json::Value = serde_json::from_str(line)?;
        texts.extend(document["text"].as_str().map(str::to_string));
    }
    let bytes: usize = texts.iter().map(String::len).sum();
    let start = Instant::now();
    let signatures: Vec<Signature> = texts.iter().map(|t| Signature::of(t)).collect();
    println!("{} texts, {:.1} MB; signatures at {:.0} MB/s", texts.len(), bytes as f64 / 1e6, bytes as f64 / 1e6 / start.elapsed().as_secs_f64());
    let start = Instant::now();
    let mut index = Index::default();
    let mut found: HashSet<(usize, usize)> = HashSet::new();
    for (n, s) in signatures.iter().enumerate() {
        found.extend(index.insert(s.clone()).into_iter().map(|(i, _)| (i, n)));
    }
    println!("index: {:.2} s", start.elapsed().as_secs_f64());
    // every pair that shares a shingle at all
    let mut holders: HashMap<u64, Vec<usize>> = HashMap::new();
    for (n, s) in signatures.iter().enumerate() {
        s.hashes().iter().for_each(|h| holders.entry(*h).or_default().push(n));
    }
    let candidates: HashSet<(usize, usize)> =
        holders.values().flat_map(|l| l.iter().enumerate().flat_map(move |(k, i)| l[k + 1..].iter().map(move |j| (*i, *j)))).collect();
    let jaccard = |i: usize, j: usize| {
        let o = overlap(&signatures[i], &signatures[j]);
        o.shared as f64 / (signatures[i].hashes().len() + signatures[j].hashes().len() - o.shared) as f64
    };
    let contained: HashSet<_> = candidates.iter().copied().filter(|(i, j)| overlap(&signatures[*i], &signatures[*j]).is_copy()).collect();
    let alike: HashSet<_> = candidates.iter().copied().filter(|(i, j)| jaccard(*i, *j) >= 0.8).collect();
    for (name, truth) in [("of the shorter text's shingles", &contained), ("of all shingles of both", &alike)] {
        let right = truth.intersection(&found).count();
        println!("pairs that share ≥ 80 % {name}: {}, found {right} = {:.4}", truth.len(), right as f64 / truth.len().max(1) as f64);
    }
    let false_ones = found.difference(&contained).count();
    println!("found {} pairs, {false_ones} false", found.len());
    Ok(())
}
