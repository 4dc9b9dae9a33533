//! Where each form stands: a table of hashes over the folded forms, so that a form is found with a few looks into memory however long
//! it is, and what is no form nearly always with one. A stem is asked for whole, with each of the few endings that a pronoun can leave,
//! which is cheaper than to walk an automaton letter by letter.
//!
//! Three sections: a byte of the hash for each slot, small enough to stay near the processor; the place of each slot's record; and the
//! records, each a form and its analyses.

/// The bytes of an analysis: its three numbers, little-endian.
pub(super) const ANALYSIS_BYTES: usize = 12;

/// Appends the record of a form to a heap: the number of its letters' bytes and of its analyses, the letters, the analyses.
///
/// # Errors
/// When the form is longer than 255 bytes or has more than 255 analyses.
pub(super) fn put(heap: &mut Vec<u8>, form: &str, analyses: &[[u32; 3]]) -> Result<(), String> {
    let len = u8::try_from(form.len()).map_err(|_| format!("“{form}” is longer than 255 bytes"))?;
    let count = u8::try_from(analyses.len()).map_err(|_| format!("“{form}” has {} analyses; there is room for 255", analyses.len()))?;
    heap.extend_from_slice(&[len, count]);
    heap.extend_from_slice(form.as_bytes());
    heap.extend(analyses.as_flattened().iter().flat_map(|n| n.to_le_bytes()));
    Ok(())
}

/// The two tables over the records of a heap. At least a third of the slots stays free.
pub(super) fn tables(heap: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let all: Vec<(usize, Record<'_>)> = records(heap).collect();
    let slots = (all.len() + all.len() / 2 + 1).next_power_of_two();
    let (mut marks, mut places) = (vec![FREE; slots], vec![0u32; slots]);
    for (at, r) in all {
        let h = hash(r.form);
        let mut i = h as usize & (slots - 1);
        while marks[i] != FREE {
            i = (i + 1) & (slots - 1);
        }
        (marks[i], places[i]) = (mark(h), at as u32);
    }
    (marks, places.into_iter().flat_map(u32::to_le_bytes).collect())
}

/// A form and its analyses, [`ANALYSIS_BYTES`] each.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'a> {
    pub form: &'a [u8],
    pub analyses: &'a [u8],
}

/// The record at a byte of the heap, and the byte behind it.
#[inline]
fn record(heap: &[u8], at: usize) -> Option<(Record<'_>, usize)> {
    let [len, count, rest @ ..] = heap.get(at..)? else { return None };
    let (form, rest) = rest.split_at_checked(*len as usize)?;
    let (analyses, _) = rest.split_at_checked(*count as usize * ANALYSIS_BYTES)?;
    Some((Record { form, analyses }, at + 2 + form.len() + analyses.len()))
}

/// All records, in the order in which they were put, with their places.
pub(super) fn records(heap: &[u8]) -> impl Iterator<Item = (usize, Record<'_>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (r, next) = record(heap, at)?;
        Some((std::mem::replace(&mut at, next), r))
    })
}

/// The record of a form.
#[inline]
pub(super) fn find<'a>(marks: &[u8], places: &[u8], heap: &'a [u8], form: &[u8]) -> Option<Record<'a>> {
    let h = hash(form);
    // a power of two, unless the file is damaged: then some slots are never reached
    let mask = marks.len().checked_sub(1)?;
    for step in 0..marks.len() {
        let slot = (h as usize).wrapping_add(step) & mask;
        if marks[slot] == FREE {
            return None;
        }
        if marks[slot] == mark(h)
            && let Some((r, _)) = record(heap, crate::blob::u32_at(places, 4 * slot) as usize)
            && r.form == form
        {
            return Some(r);
        }
    }
    None
}

/// The mark of a free slot.
const FREE: u8 = 0;

/// The mark of a slot that is taken.
fn mark(hash: u64) -> u8 {
    ((hash >> 56) as u8).max(1)
}

/// The same on every machine and in every version of the program: the table is made by one and read by another.
#[inline]
fn hash(form: &[u8]) -> u64 {
    let mut h = form.len() as u64;
    for chunk in form.chunks(8) {
        let mut bytes = [0; 8];
        bytes[..chunk.len()].copy_from_slice(chunk);
        h = (h ^ u64::from_le_bytes(bytes)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        h ^= h >> 32;
    }
    h
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_put_and_nothing_else() {
        let words: Vec<String> = (0..500).map(|n| format!("كلمة{n}")).collect();
        let analyses = |n: usize| vec![[n as u32, 0, 1]; n % 7];
        let mut heap = Vec::new();
        for (n, w) in words.iter().enumerate() {
            put(&mut heap, w, &analyses(n)).unwrap();
        }
        let (marks, places) = tables(&heap);
        for (n, w) in words.iter().enumerate() {
            let r = find(&marks, &places, &heap, w.as_bytes()).unwrap();
            let bytes: Vec<u8> = analyses(n).as_flattened().iter().flat_map(|n| n.to_le_bytes()).collect();
            assert_eq!((r.form, r.analyses), (w.as_bytes(), &*bytes));
        }
        assert!(find(&marks, &places, &heap, "كلمة500".as_bytes()).is_none());
        assert!(find(&marks, &places, &heap, b"").is_none());
        assert!(put(&mut heap, &"ا".repeat(128), &[]).is_err());
    }

    #[test]
    fn a_damaged_table_finds_nothing() {
        let mut heap = Vec::new();
        put(&mut heap, "قصف", &[[1, 2, 3]]).unwrap();
        let (marks, places) = tables(&heap);
        let find = |marks: &[u8], places: &[u8], heap: &[u8]| find(marks, places, heap, "قصف".as_bytes()).is_some();
        assert!(find(&marks, &places, &heap));
        assert!(!find(&[0xFF; 3], &[0xFF; 12], &heap));
        assert!(!find(&[], &[], &heap));
        assert!(!find(&marks, &places, &heap[..4]));
    }
}
