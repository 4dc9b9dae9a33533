//! A file of tables: named sections of bytes that are used where they lie, in the program or in a mapped file.
//!
//! Layout, all numbers little-endian `u32`: the magic `TWTR`, a format tag, the number of sections, then for each its
//! offset and length from the start of the file, then the sections. Nothing is parsed when a table is opened; only the
//! bounds are checked.

/// Why a blob cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BlobError {
    /// Not such a file, or of another version of the program.
    #[error("not a table of this version of tawatur (made by another version, or damaged): make it again")]
    Format,
    /// Shorter than its own header says.
    #[error("the table is cut short: make it again")]
    Truncated,
}

/// Puts sections together into one blob.
///
/// ```
/// use tawatur_arabic::blob::{Blob, pack};
/// let bytes = pack(*b"demo", &[b"one", b"three"]);
/// let blob = Blob::open(&bytes, *b"demo", 2).unwrap();
/// assert_eq!(blob.section(1), b"three");
/// ```
pub fn pack(tag: [u8; 4], sections: &[&[u8]]) -> Vec<u8> {
    let head = 12 + 8 * sections.len();
    let mut out = Vec::with_capacity(head + sections.iter().map(|s| s.len()).sum::<usize>());
    out.extend_from_slice(b"TWTR");
    out.extend_from_slice(&tag);
    out.extend_from_slice(&(sections.len() as u32).to_le_bytes());
    let mut at = head as u32;
    for s in sections {
        out.extend_from_slice(&at.to_le_bytes());
        out.extend_from_slice(&(s.len() as u32).to_le_bytes());
        at += s.len() as u32;
    }
    for s in sections {
        out.extend_from_slice(s);
    }
    out
}

/// An opened blob.
#[derive(Debug, Clone, Copy)]
pub struct Blob<'a> {
    bytes: &'a [u8],
}

impl<'a> Blob<'a> {
    /// Opens a blob and checks its header.
    ///
    /// # Errors
    /// [`BlobError::Format`] when magic, tag or number of sections differ, [`BlobError::Truncated`] when a section
    /// reaches beyond the end.
    pub fn open(bytes: &'a [u8], tag: [u8; 4], sections: usize) -> Result<Blob<'a>, BlobError> {
        if bytes.len() < 12 || &bytes[..4] != b"TWTR" || bytes[4..8] != tag || u32_at(bytes, 8) as usize != sections {
            return Err(BlobError::Format);
        }
        if bytes.len() < 12 + 8 * sections {
            return Err(BlobError::Truncated);
        }
        let blob = Blob { bytes };
        for i in 0..sections {
            let (at, len) = blob.bounds(i);
            if at.checked_add(len).is_none_or(|end| end > bytes.len()) {
                return Err(BlobError::Truncated);
            }
        }
        Ok(blob)
    }

    fn bounds(&self, i: usize) -> (usize, usize) {
        (u32_at(self.bytes, 12 + 8 * i) as usize, u32_at(self.bytes, 16 + 8 * i) as usize)
    }

    /// The bytes of section `i`.
    pub fn section(&self, i: usize) -> &'a [u8] {
        let (at, len) = self.bounds(i);
        &self.bytes[at..at + len]
    }
}

/// Reads the little-endian `u32` at byte `at`; 0 beyond the end.
#[inline]
pub fn u32_at(bytes: &[u8], at: usize) -> u32 {
    match bytes.get(at..at + 4) {
        Some(b) => u32::from_le_bytes([b[0], b[1], b[2], b[3]]),
        None => 0,
    }
}

/// A growing heap of strings, each stored once; a string is its offset and length.
#[derive(Debug, Default)]
pub struct Strings {
    heap: Vec<u8>,
    seen: std::collections::HashMap<String, u32>,
}

impl Strings {
    /// The offset of `s`, stored if new.
    pub fn put(&mut self, s: &str) -> u32 {
        if let Some(&at) = self.seen.get(s) {
            return at;
        }
        let at = self.heap.len() as u32;
        self.heap.extend_from_slice(&(s.len() as u16).to_le_bytes());
        self.heap.extend_from_slice(s.as_bytes());
        self.seen.insert(s.to_string(), at);
        at
    }

    /// The heap's bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.heap
    }
}

/// The bytes of the string at offset `at` of a heap made by [`Strings`]; none when there is no string.
#[inline]
pub fn bytes_at(heap: &[u8], at: u32) -> &[u8] {
    let at = at as usize;
    let Some(n) = heap.get(at..at + 2) else { return &[] };
    let n = u16::from_le_bytes([n[0], n[1]]) as usize;
    heap.get(at + 2..at + 2 + n).unwrap_or(&[])
}

/// The string at offset `at` of a heap made by [`Strings`]; empty when there is none.
#[inline]
pub fn str_at(heap: &[u8], at: u32) -> &str {
    std::str::from_utf8(bytes_at(heap, at)).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_is_not_its_own() {
        let b = pack(*b"aaaa", &[b"x"]);
        assert_eq!(Blob::open(&b, *b"bbbb", 1).err(), Some(BlobError::Format));
        assert_eq!(Blob::open(&b, *b"aaaa", 2).err(), Some(BlobError::Format));
        assert_eq!(Blob::open(&b[..b.len() - 1], *b"aaaa", 1).err(), Some(BlobError::Truncated));
        assert_eq!(Blob::open(b"", *b"aaaa", 1).err(), Some(BlobError::Format));
    }

    #[test]
    fn strings_are_kept_once() {
        let mut s = Strings::default();
        let a = s.put("حلب");
        assert_eq!(s.put("حلب"), a);
        assert_eq!(str_at(s.bytes(), a), "حلب");
        assert_eq!(str_at(s.bytes(), 9999), "");
    }
}
