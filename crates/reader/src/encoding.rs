//! Bytes to text.

use crate::Problem;

/// Decodes UTF-8 and, by their marks, UTF-16.
///
/// # Errors
/// [`Problem::Empty`] and [`Problem::NoText`].
pub fn decode(bytes: Vec<u8>) -> Result<String, Problem> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Problem::Empty);
    }
    let text = match &bytes[..] {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes)?,
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes)?,
        [0xEF, 0xBB, 0xBF, ..] => String::from_utf8(bytes[3..].to_vec()).map_err(|_| Problem::NoText)?,
        _ => String::from_utf8(bytes).map_err(|_| Problem::NoText)?,
    };
    if text.contains('\0') { Err(Problem::NoText) } else { Ok(text) }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Problem> {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|c| unit([c[0], c[1]])).collect();
    String::from_utf16(&units).map_err(|_| Problem::NoText)
}

/// How many of a hundred letters are Arabic.
pub fn arabic_share(text: &str) -> u32 {
    let (mut arabic, mut all) = (0u64, 0u64);
    for c in text.chars().take(20_000) {
        if c.is_alphabetic() {
            all += 1;
            arabic += matches!(c, '\u{0600}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' | '\u{08A0}'..='\u{08FF}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
                as u64;
        }
    }
    (arabic * 100).checked_div(all).unwrap_or(0) as u32
}

/// Refuses text that is not Arabic. A text needs no more than a third of its letters to be, as names and quotations are not.
///
/// # Errors
/// [`Problem::NotArabic`].
pub fn require_arabic(text: &str) -> Result<(), Problem> {
    let share = arabic_share(text);
    if share < 34 { Err(Problem::NotArabic(share)) } else { Ok(()) }
}
