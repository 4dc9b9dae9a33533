//! What each character is to an Arabic reader: letter, mark, digit, space, punctuation.
//!
//! Everything that looks at single characters asks here, so that one answer holds for tokens, folding and search.

/// The part a character plays in written Arabic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CharClass {
    /// A letter of the Arabic script (Persian, Kurdish and Urdu letters and presentation forms included).
    Arabic,
    /// A letter of any other script.
    Other,
    /// A decimal digit: ASCII, Arabic-Indic `٠`–`٩` or Persian `۰`–`۹`.
    Digit,
    /// A mark that rides on a letter and is dropped when words are compared: harakat, tatweel, Quranic signs.
    Mark,
    /// An invisible control: zero-width joiners, bidi embeddings and isolates, byte-order marks.
    Control,
    /// White space inside a line.
    Space,
    /// A line or paragraph break.
    Newline,
    /// Anything else: punctuation and symbols.
    Punct,
}

/// Classifies one character.
///
/// ```
/// use tawatur_arabic::letters::{class, CharClass};
/// assert_eq!(class('ق'), CharClass::Arabic);
/// assert_eq!(class('٣'), CharClass::Digit);
/// assert_eq!(class('\u{064B}'), CharClass::Mark); // fathatan
/// assert_eq!(class('،'), CharClass::Punct);
/// ```
#[inline]
pub fn class(c: char) -> CharClass {
    use CharClass::*;
    match c {
        '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{0B}' | '\u{0C}' | '\u{85}' => Newline,
        ' ' | '\t' | '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => Space,
        '0'..='9' | '٠'..='٩' | '۰'..='۹' => Digit,
        'a'..='z' | 'A'..='Z' => Other,
        '\u{00}'..='\u{7F}' => Punct,
        '\u{0621}'..='\u{063F}' | '\u{0641}'..='\u{064A}' | '\u{066E}' | '\u{066F}' | '\u{0671}'..='\u{06D3}' => Arabic,
        '\u{06D5}' | '\u{06E5}' | '\u{06E6}' | '\u{06EE}' | '\u{06EF}' | '\u{06FA}'..='\u{06FC}' | '\u{06FF}' => Arabic,
        '\u{0750}'..='\u{077F}' | '\u{08A0}'..='\u{08C7}' => Arabic,
        '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0610}'..='\u{061A}' => Mark,
        '\u{06D6}'..='\u{06DC}' | '\u{06DF}'..='\u{06E4}' | '\u{06E7}' | '\u{06E8}' | '\u{06EA}'..='\u{06ED}' => Mark,
        '\u{08D3}'..='\u{08E1}' | '\u{08E3}'..='\u{08FF}' => Mark,
        '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{AD}' => Control,
        '\u{FD3E}' | '\u{FD3F}' => Punct,
        '\u{FB50}'..='\u{FBB1}' | '\u{FBD3}'..='\u{FDF9}' | '\u{FE70}'..='\u{FEFC}' => Arabic,
        '\u{0600}'..='\u{06FF}' => Punct,
        _ if c.is_alphabetic() => Other,
        _ if c.is_whitespace() => Space,
        _ if c.is_control() => Control,
        _ => Punct,
    }
}

/// `true` for letters and digits of any script. Those of Arabic and ASCII, which are nearly all, are told without Unicode's tables.
#[inline]
pub fn is_alphanumeric(c: char) -> bool {
    match c {
        '\u{0621}'..='\u{063A}' | '\u{0641}'..='\u{064A}' => true,
        '\0'..='\u{7F}' => c.is_ascii_alphanumeric(),
        _ => c.is_alphanumeric(),
    }
}

/// The value of a decimal digit of any of the three digit sets, or `None`.
///
/// ```
/// assert_eq!(tawatur_arabic::letters::digit('٧'), Some(7));
/// assert_eq!(tawatur_arabic::letters::digit('۷'), Some(7));
/// assert_eq!(tawatur_arabic::letters::digit('ض'), None);
/// ```
#[inline]
pub fn digit(c: char) -> Option<u8> {
    match c {
        '0'..='9' => Some(c as u8 - b'0'),
        '٠'..='٩' => Some((c as u32 - '٠' as u32) as u8),
        '۰'..='۹' => Some((c as u32 - '۰' as u32) as u8),
        _ => None,
    }
}

/// `true` for the short vowels, nunation, shadda and sukun (not tatweel).
#[inline]
pub fn is_haraka(c: char) -> bool {
    matches!(c, '\u{064B}'..='\u{0652}' | '\u{0670}')
}

/// The fathatan, which only stands at the end of an indefinite accusative: a letter other than alef behind it belongs to
/// the next word, glued on.
pub const FATHATAN: char = '\u{064B}';
/// The damma; on the first letter of a past-tense verb it marks the passive.
pub const DAMMA: char = '\u{064F}';
/// The shadda, which doubles the letter below it.
pub const SHADDA: char = '\u{0651}';
/// The tatweel (kashida), a stretch without meaning.
pub const TATWEEL: char = '\u{0640}';
