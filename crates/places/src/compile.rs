//! From rows to one file of tables.

use super::source::Row;
use arabic::blob::{Strings, pack};
use arabic::fold::{Level, fold_str};
use arabic::names::{bare, name_words};
use std::collections::{BTreeMap, HashMap};

/// The tag of a compiled gazetteer.
pub const TAG: [u8; 4] = *b"gaz2";

/// The sections of a compiled gazetteer.
pub const SECTIONS: usize = 6;

/// Set on a posting whose name is an everyday word too.
pub const MARKED: u32 = 1 << 31;
/// Set on a posting made from a variant, not the usual name.
pub const VARIANT: u32 = 1 << 30;

/// Compiles rows into the bytes that [`Gazetteer::open`](super::Gazetteer::open) takes.
///
/// # Errors
/// When there are too many rows for 30 bits, or the name automaton cannot be built.
pub fn compile(rows: &[Row]) -> Result<Vec<u8>, String> {
    if rows.len() >= 1 << 30 {
        return Err("more than a billion rows".into());
    }
    let mut heap = Strings::default();
    let index: HashMap<&str, u32> = rows.iter().enumerate().map(|(i, r)| (r.id.as_str(), i as u32)).collect();
    let mut names: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    let mut records = Vec::with_capacity(rows.len() * 36);
    for (i, r) in rows.iter().enumerate() {
        let micro = |x: f64| (x * 1e6).round() as i32;
        let (lat, lon) = r.point.map_or((i32::MIN, i32::MIN), |(a, b)| (micro(a), micro(b)));
        let parent = index.get(r.parent.as_str()).copied().unwrap_or(u32::MAX);
        for n in [heap.put(&r.id), heap.put(&r.name_ar), heap.put(&r.name_en), heap.put(&r.source), parent, lat as u32, lon as u32] {
            records.extend_from_slice(&n.to_le_bytes());
        }
        records.extend_from_slice(&[r.kind as u8, r.rank, r.marked as u8, 0]);
        let all = std::iter::once((r.name_ar.as_str(), if r.marked { MARKED } else { 0 }))
            .chain(r.variants.iter().map(|v| (v.trim_start_matches('!'), VARIANT | if v.starts_with('!') { MARKED } else { 0 })));
        for (name, flags) in all {
            let words = name_words(name);
            if words.is_empty() {
                continue;
            }
            let mut put = |key: String| {
                let list = names.entry(key).or_default();
                let posting = i as u32 | flags;
                if !list.iter().any(|p| p & !(MARKED | VARIANT) == i as u32) {
                    list.push(posting);
                }
            };
            put(words.join(" "));
            // names of two and three words are often written as one: ديرالزور
            if (2..=3).contains(&words.len()) && words.iter().map(|w| w.chars().count()).sum::<usize>() >= 5 {
                let joined: String = fold_str(name, Level::Loose).chars().filter(|c| c.is_alphanumeric()).collect();
                put(bare(&joined).to_string());
            }
        }
    }
    let mut map = fst::MapBuilder::memory();
    let mut postings = Vec::new();
    let mut n = 0u64;
    for (key, list) in &names {
        let len = list.len().min(255);
        map.insert(key, n << 8 | len as u64).map_err(|e| e.to_string())?;
        // the likeliest first, so that a cut list keeps them
        let mut list = list.clone();
        list.sort_by_key(|p| {
            let i = p & !(MARKED | VARIANT);
            (std::cmp::Reverse(rows[i as usize].rank), i)
        });
        for p in &list[..len] {
            postings.extend_from_slice(&p.to_le_bytes());
        }
        n += len as u64;
    }
    let fst = map.into_inner().map_err(|e| e.to_string())?;
    // ids in order, so that one can be found
    let mut by_id: Vec<u32> = (0..rows.len() as u32).collect();
    by_id.sort_by(|a, b| rows[*a as usize].id.cmp(&rows[*b as usize].id));
    let ids: Vec<u8> = by_id.iter().flat_map(|i| i.to_le_bytes()).collect();
    let tables: [&[u8]; SECTIONS - 1] = [&fst, &postings, &records, heap.bytes(), &ids];
    let mark = tables.iter().fold(0xcbf2_9ce4_8422_2325, |h, t| mark(h, t)).to_le_bytes();
    let [names, postings, records, heap, ids] = tables;
    Ok(pack(TAG, &[names, postings, records, heap, ids, &mark]))
}

/// FNV-1a over bytes: what tells one gazetteer from another.
fn mark(from: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(from, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3))
}
