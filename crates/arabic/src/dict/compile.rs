//! From entries to tables.

use super::forms;
use super::source::Entry;
use crate::blob::{Strings, pack};
use crate::fold::{Level, fold_str};
use std::collections::BTreeMap;

/// Compiles entries into the bytes that [`Dictionary::open`](super::Dictionary::open) takes.
///
/// # Errors
/// When there are more than 128 different tags, or a form has more than 255 bytes or analyses.
pub fn compile(entries: &[Entry]) -> Result<Vec<u8>, String> {
    let mut heap = Strings::default();
    let mut tags: Vec<&str> = entries.iter().flat_map(|e| e.tags.iter().map(String::as_str)).collect();
    tags.sort_unstable();
    tags.dedup();
    if tags.len() > 128 {
        return Err(format!("{} different tags; there is room for 128", tags.len()));
    }
    let mut lemmas = Vec::new();
    let mut all: BTreeMap<String, Vec<[u32; 3]>> = BTreeMap::new();
    for (i, e) in entries.iter().enumerate() {
        let set = e.tags.iter().fold(0u128, |s, t| s | 1 << tags.binary_search(&t.as_str()).unwrap_or(0));
        let base = e.base.map_or(u32::MAX, |b| b as u32);
        for n in [heap.put(&e.lemma), e.pos as u32, base] {
            lemmas.extend_from_slice(&n.to_le_bytes());
        }
        lemmas.extend_from_slice(&set.to_le_bytes());
        for (form, feat) in &e.forms {
            let key = fold_str(form, Level::Folded);
            if key.is_empty() {
                continue;
            }
            let spelling = if *form == key { u32::MAX } else { heap.put(form) };
            let list = all.entry(key).or_default();
            let a = [i as u32, feat.0, spelling];
            if !list.contains(&a) {
                list.push(a);
            }
        }
    }
    let mut records = Vec::new();
    for (form, list) in &all {
        forms::put(&mut records, form, list)?;
    }
    let (marks, places) = forms::tables(&records);
    Ok(pack(*b"dic3", &[&marks, &places, &records, &lemmas, heap.bytes(), tags.join("\n").as_bytes()]))
}
