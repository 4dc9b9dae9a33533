//! Which format some bytes are.

/// A format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line.
    JsonLines,
    /// Plain text.
    Text,
}

/// Tells a format by the first bytes of an input.
///
/// ```
/// use tawatur_reader::detect::{format, Format};
/// assert_eq!(format(b" {\"id\": 1}\n"), Format::JsonLines);
/// assert_eq!(format("قصفت".as_bytes()), Format::Text);
/// ```
pub fn format(head: &[u8]) -> Format {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let first = head.iter().position(|b| !b.is_ascii_whitespace()).map(|i| &head[i..]).unwrap_or_default();
    // an object that begins with a key
    let object = first.strip_prefix(b"{").is_some_and(|rest| matches!(rest.iter().find(|b| !b.is_ascii_whitespace()), Some(b'"' | b'}')));
    if object { Format::JsonLines } else { Format::Text }
}
