//! Which frequent words does the dictionary not know?
//!
//! usage: coverage [--words DIR] [--top N] [--show WORD…] < TEXT
//!
//! Compiles the word files of DIR (default: `lexicon/words`), naming every bad line, reads a text from standard input and
//! prints the share of its words that are known and the commonest unknown ones with how often they occur. `--show` prints
//! the readings of single words instead.

use std::collections::HashMap;
use std::io::Read;
use tawatur_arabic::dict::{Dictionary, compile, source};
use tawatur_arabic::text::{Kind, Text};
use tawatur_arabic::words::{Words, analyse};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| args.iter().position(|a| a == name).and_then(|i| args.get(i + 1)).cloned();
    let dir = value("--words").unwrap_or_else(|| "lexicon/words".into());
    let top: usize = value("--top").and_then(|n| n.parse().ok()).unwrap_or(200);
    let mut files: Vec<(String, String)> = std::fs::read_dir(&dir)
        .unwrap_or_else(|e| panic!("{dir}: {e}"))
        .filter_map(|f| f.ok().map(|f| f.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "txt"))
        .map(|p| (p.display().to_string(), std::fs::read_to_string(&p).unwrap_or_default()))
        .collect();
    files.sort();
    let (entries, errors) = source::read(files.iter().map(|(n, t)| (n.as_str(), t.as_str())));
    for e in &errors {
        println!("BAD {e}");
    }
    let bytes: &'static [u8] = Box::leak(compile(&entries).unwrap_or_else(|e| panic!("{e}")).into_boxed_slice());
    let dictionary: &'static Dictionary = Box::leak(Box::new(Dictionary::open(bytes).unwrap_or_else(|e| panic!("{e}"))));
    println!("{} lemmas, {} bytes", dictionary.len(), bytes.len());
    if let Some(i) = args.iter().position(|a| a == "--show") {
        for w in &args[i + 1..] {
            let word = analyse(dictionary, w);
            println!("{w}: {} readings", word.readings.len());
            for r in &word.readings {
                let l = dictionary.lemma(r.lemma);
                println!(
                    "   {} {:?} of {} +{:?} -{:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} exact={} @{}",
                    l.text,
                    r.pos,
                    dictionary.lemma(r.base).text,
                    r.pro,
                    r.enc,
                    r.feat.tense(),
                    r.feat.voice(),
                    r.feat.gender(),
                    r.feat.number(),
                    r.feat.state(),
                    r.feat.case(),
                    r.feat.origin(),
                    r.exact,
                    dictionary.tag_names(l.tags).collect::<Vec<_>>().join(" @")
                );
            }
        }
        return;
    }
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).unwrap_or_else(|e| panic!("standard input: {e}"));
    let mut words = Words::new(dictionary);
    let (mut all, mut known) = (0usize, 0usize);
    let mut unknown: HashMap<String, usize> = HashMap::new();
    for line in text.lines() {
        let t = Text::new(line, &mut words);
        for token in t.tokens.iter().filter(|t| t.kind == Kind::Word) {
            all += 1;
            let w = words.get(token.word);
            if w.is_unknown() {
                *unknown.entry(w.clean.to_string()).or_default() += 1;
            } else {
                known += 1;
            }
        }
    }
    println!("{known} of {all} words known: {:.2} %", 100.0 * known as f64 / all.max(1) as f64);
    let mut list: Vec<_> = unknown.into_iter().collect();
    list.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    for (w, n) in list.into_iter().take(top) {
        println!("{n}\t{w}");
    }
}
