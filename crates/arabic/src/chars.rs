//! Bytes to code points: records count code points, the program counts bytes.

/// Turns byte offsets of one text into code point offsets, each in constant time.
///
/// ```
/// use tawatur_arabic::chars::CodePoints;
/// let cp = CodePoints::new("قصف 3");
/// assert_eq!(cp.at(6), 3); // three letters of two bytes
/// assert_eq!(cp.at(8), 5);
/// ```
#[derive(Debug, Clone)]
pub struct CodePoints<'a> {
    bytes: &'a [u8],
    /// Code points before every 64th byte.
    before: Vec<u32>,
}

fn count(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|b| (**b as i8) >= -0x40).count() as u32
}

impl<'a> CodePoints<'a> {
    /// Counts a text once.
    pub fn new(text: &'a str) -> CodePoints<'a> {
        let bytes = text.as_bytes();
        let mut before = Vec::with_capacity(bytes.len() / 64 + 1);
        let mut n = 0;
        for block in bytes.chunks(64) {
            before.push(n);
            n += count(block);
        }
        before.push(n);
        CodePoints { bytes, before }
    }

    /// The number of code points before byte `byte` (which must be a character boundary, or the end).
    #[inline]
    pub fn at(&self, byte: usize) -> usize {
        let byte = byte.min(self.bytes.len());
        let block = byte / 64;
        (self.before[block] + count(&self.bytes[block * 64..byte])) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn counts_like_chars(s in "\\PC{0,200}") {
            let cp = CodePoints::new(&s);
            for (n, (at, _)) in s.char_indices().enumerate() {
                prop_assert_eq!(cp.at(at), n);
            }
            prop_assert_eq!(cp.at(s.len()), s.chars().count());
        }
    }
}
