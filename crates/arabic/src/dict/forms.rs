//! Where each form stands: a table of hashes over the folded forms, so that a form is found with one or two looks into memory however
//! long it is. A stem is asked for whole, with each of the few endings that a pronoun can leave, which is cheaper than to walk an automaton letter by letter.

/// Appends the record of a form to a heap: its length, its letters, its first analysis and how many there are.
///
/// # Errors
/// When the form is longer than 255 bytes or has more than 255 analyses.
pub(super) fn put(heap: &mut Vec<u8>, form: &str, first: u32, count: usize) -> Result<(), String> {
    let len = u8::try_from(form.len()).map_err(|_| format!("“{form}” is longer than 255 bytes"))?;
    let count = u8::try_from(count).map_err(|_| format!("“{form}” has {count} analyses; there is room for 255"))?;
    heap.push(len);
    heap.extend_from_slice(form.as_bytes());
    heap.extend_from_slice(&first.to_le_bytes());
    heap.push(count);
    Ok(())
}

/// The table over the records of a heap: slots of eight bytes, the high half of the hash and the record's place counted from 1. Half of them at least stay free.
pub(super) fn table(heap: &[u8]) -> Vec<u8> {
    let all: Vec<(usize, Record<'_>)> = records(heap).collect();
    let mut slots = vec![0u64; (2 * all.len() + 1).next_power_of_two()];
    for (at, r) in all {
        let h = hash(r.form);
        let mut i = h as usize & (slots.len() - 1);
        while slots[i] != 0 {
            i = (i + 1) & (slots.len() - 1);
        }
        slots[i] = h >> 32 << 32 | (at as u64 + 1);
    }
    slots.into_iter().flat_map(u64::to_le_bytes).collect()
}

/// A form and its analyses.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'a> {
    pub form: &'a [u8],
    pub first: u32,
    pub count: u8,
}

/// The record at a byte of the heap, and the byte behind it.
#[inline]
fn record(heap: &[u8], at: usize) -> Option<(Record<'_>, usize)> {
    let len = *heap.get(at)? as usize;
    let form = heap.get(at + 1..at + 1 + len)?;
    let [a, b, c, d, count] = *heap.get(at + 1 + len..at + 6 + len)? else { return None };
    Some((Record { form, first: u32::from_le_bytes([a, b, c, d]), count }, at + 6 + len))
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
pub(super) fn find<'a>(slots: &[u8], heap: &'a [u8], form: &[u8]) -> Option<Record<'a>> {
    let (slots, _) = slots.as_chunks::<8>();
    let h = hash(form);
    // a power of two, unless the file is damaged: then some slots are never reached
    let mask = slots.len().checked_sub(1)?;
    for step in 0..slots.len() {
        let slot = u64::from_le_bytes(slots[(h as usize).wrapping_add(step) & mask]);
        if slot == 0 {
            return None;
        }
        if slot >> 32 == h >> 32
            && let Some((r, _)) = (slot as u32).checked_sub(1).and_then(|at| record(heap, at as usize))
            && r.form == form
        {
            return Some(r);
        }
    }
    None
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
        let mut heap = Vec::new();
        for (n, w) in words.iter().enumerate() {
            put(&mut heap, w, n as u32 * 3, n % 7).unwrap();
        }
        let slots = table(&heap);
        for (n, w) in words.iter().enumerate() {
            let r = find(&slots, &heap, w.as_bytes()).unwrap();
            assert_eq!((r.form, r.first, r.count as usize), (w.as_bytes(), n as u32 * 3, n % 7));
        }
        assert!(find(&slots, &heap, "كلمة500".as_bytes()).is_none());
        assert!(find(&slots, &heap, b"").is_none());
        assert!(put(&mut heap, &"ا".repeat(128), 0, 1).is_err());
    }

    #[test]
    fn a_damaged_table_finds_nothing() {
        let mut heap = Vec::new();
        put(&mut heap, "قصف", 1, 1).unwrap();
        assert!(find(&[0xFF; 31], &heap, "قصف".as_bytes()).is_none());
        assert!(find(&[], &heap, "قصف".as_bytes()).is_none());
        assert!(find(&table(&heap), &heap[..4], "قصف".as_bytes()).is_none());
    }
}
