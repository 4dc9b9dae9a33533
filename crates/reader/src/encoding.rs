//! Bytes to text.
//!
//! What an input says of its encoding is often wrong, so it is believed only as far as its bytes bear it out: a byte order mark,
//! then valid UTF-8, then the declared encoding, then what Arabic looks like in each of the encodings that Arabic was written in.

use crate::{Document, Found, Problem};
use encoding_rs::{Encoding, ISO_8859_6, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1256};
use std::borrow::Cow;

/// A text and how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text.
    pub text: String,
    /// The encoding that its bytes were in.
    pub encoding: &'static str,
    /// What tells so.
    pub because: &'static str,
    /// What was not in order.
    pub notes: Vec<String>,
}

impl Decoded {
    /// Tells a document how it was read, where that is not plain UTF-8.
    pub(crate) fn tell(&self, d: &mut Document) {
        if self.encoding != UTF_8.name() {
            d.found.push(Found { field: "encoding", value: self.encoding.to_string(), place: self.because.to_string() });
        }
        d.warnings.extend(self.notes.iter().cloned());
    }
}

/// Decodes a text; `declared` is the encoding that a server or archive named.
///
/// ```
/// use tawatur_reader::encoding::decode;
/// let cp1256 = vec![0xDE, 0xD5, 0xDD, 0x20, 0xC7, 0xE1, 0xC8, 0xE1, 0xCF, 0xC9];
/// let d = decode(cp1256, None).unwrap();
/// assert_eq!((d.text.as_str(), d.encoding), ("قصف البلدة", "windows-1256"));
/// ```
///
/// # Errors
/// [`Problem::Empty`] and [`Problem::NoText`].
pub fn decode(bytes: Vec<u8>, declared: Option<&str>) -> Result<Decoded, Problem> {
    if bytes.trim_ascii().is_empty() {
        return Err(Problem::Empty);
    }
    let made =
        |text: Cow<'_, str>, encoding: &'static Encoding, because| Decoded { text: text.into_owned(), encoding: encoding.name(), because, notes: Vec::new() };
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        let (text, wrong) = encoding.decode_without_bom_handling(&bytes[mark..]);
        let mut d = made(text, encoding, "its byte order mark");
        if wrong {
            d.notes.push("has bytes that are no text in its encoding".into());
        }
        return finish(d);
    }
    if let Some(encoding) = utf16(&bytes) {
        return finish(made(encoding.decode_without_bom_handling(&bytes).0, encoding, "its bytes"));
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return finish(Decoded { text, encoding: UTF_8.name(), because: "its bytes", notes: Vec::new() }),
        Err(e) => e.into_bytes(),
    };
    // UTF-8 with a few broken places is UTF-8: a page put together of parts, a text cut in the middle of a letter
    let text = String::from_utf8_lossy(&bytes);
    let (broken, good) = text.chars().fold((0usize, 0usize), |(b, g), c| if c == '\u{FFFD}' { (b + 1, g) } else { (b, g + usize::from(!c.is_ascii())) });
    if good > 20 * broken {
        let mut d = made(text, UTF_8, "most of its bytes");
        d.notes.push(format!("mixes encodings: {broken} places are not UTF-8"));
        return finish(d);
    }
    let in_page = meta_charset(&bytes);
    let named = [declared, in_page.as_deref()].into_iter().flatten().filter_map(|n| Encoding::for_label(n.as_bytes())).filter(|e| *e != UTF_8);
    let mut guess = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    guess.feed(&bytes[..bytes.len().min(64 << 10)], true);
    let guessed = guess.guess(None, chardetng::Utf8Detection::Deny);
    // in order of trust: where two read equally well, the first is taken
    let tried = named.map(|e| (e, "the encoding that it names")).chain([(WINDOWS_1256, "its letters"), (ISO_8859_6, "its letters"), (guessed, "its letters")]);
    let mut best: Option<(u32, Decoded)> = None;
    for (encoding, because) in tried {
        let (text, _) = encoding.decode_without_bom_handling(&bytes);
        let score = plausible(&text);
        if best.as_ref().is_none_or(|b| score > b.0) {
            best = Some((score, made(text, encoding, because)));
        }
    }
    best.map_or(Err(Problem::NoText), |b| finish(b.1))
}

/// Refuses what is no text, and mends what was decoded wrongly before it came here.
fn finish(mut d: Decoded) -> Result<Decoded, Problem> {
    let controls = d.text.chars().take(4096).filter(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{C}' | '\u{1A}')).count();
    if controls > 8 && controls * 20 > d.text.chars().take(4096).count() {
        return Err(Problem::NoText);
    }
    if d.text.contains('\0') {
        d.text.retain(|c| c != '\0');
        d.notes.push("had NULs, which are left out".into());
    }
    if let Some(mended) = mend(&d.text) {
        d.text = mended;
        d.notes.push("was UTF-8 read in another encoding, and is mended".into());
    }
    Ok(d)
}

/// UTF-16 without a mark: every second byte is the page of Arabic or of ASCII.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let some = &bytes[..bytes.len().min(512)];
    let page = |b: &u8| matches!(b, 0 | 6);
    let share = |odd: usize| some.iter().skip(odd).step_by(2).filter(|b| page(b)).count() * 2;
    let enough = |n: usize| some.len() >= 8 && n * 10 >= some.len() * 9;
    match (enough(share(1)), enough(share(0))) {
        (true, false) => Some(UTF_16LE),
        (false, true) => Some(UTF_16BE),
        _ => None,
    }
}

/// The encoding that a page names in its head.
fn meta_charset(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let at = head.find("charset=").map(|i| i + 8).or_else(|| head.find("encoding=").map(|i| i + 9))?;
    let name = head[at..].trim_start_matches(['"', '\'', ' ']);
    Some(name.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).next()?.to_string()).filter(|n| !n.is_empty())
}

/// How much a text looks like Arabic: its share of Arabic letters, words with the article counted twice, less what no text has.
fn plausible(text: &str) -> u32 {
    let (mut good, mut bad, mut all) = (0i64, 0i64, 1i64);
    let mut last = ' ';
    for c in text.chars().take(20_000).filter(|c| !c.is_ascii()) {
        all += 1;
        good += i64::from(is_arabic(c)) + i64::from(last == 'ا' && c == 'ل');
        bad += 4 * i64::from(c == '\u{FFFD}' || ('\u{80}'..'\u{A0}').contains(&c)) + i64::from(c.is_alphabetic() && !is_arabic(c));
        last = c;
    }
    ((good - bad).max(0) * 1000 / all) as u32
}

/// UTF-8 that was once read as windows-1256 or windows-1252 (`ظ‚طµظپ`, `Ù‚ØµÙ`): read right, when all of it allows that and
/// Arabic comes of it. Anything less certain stays as it is.
///
/// ```
/// use tawatur_reader::encoding::mend;
/// assert_eq!(mend("ظ‚طµظپ ط§ظ„ط¨ظ„ط¯ط©").as_deref(), Some("قصف البلدة"));
/// assert_eq!(mend("قصف البلدة"), None);
/// ```
pub fn mend(text: &str) -> Option<String> {
    let letters = |t: &str, f: fn(char) -> bool| t.chars().take(20_000).filter(|c| f(*c)).count();
    let arabic = letters(text, is_arabic);
    // the first bytes of Arabic letters in UTF-8 come out as ط and ظ, or as Ø and Ù
    let of_1256 = letters(text, |c| matches!(c, 'ط' | 'ظ')) * 3 > arabic && arabic > 3;
    let of_1252 = letters(text, |c| matches!(c, 'Ø' | 'Ù')) * 3 > letters(text, |c| !c.is_ascii()) && !of_1256 && letters(text, |c| matches!(c, 'Ø' | 'Ù')) > 3;
    let was = match (of_1256, of_1252) {
        (true, _) => WINDOWS_1256,
        (_, true) => WINDOWS_1252,
        _ => return None,
    };
    let (bytes, _, unmappable) = was.encode(text);
    if unmappable {
        return None;
    }
    let mended = String::from_utf8(bytes.into_owned()).ok()?;
    let share = |t: &str| letters(t, |c| matches!(c, 'ط' | 'ظ')) * 6 < letters(t, is_arabic);
    share(&mended).then_some(mended)
}

/// The first bytes of an input as text, whatever they are.
pub(crate) fn lossy_head(head: &[u8]) -> Cow<'_, str> {
    match Encoding::for_bom(head) {
        Some((e, n)) => Cow::Owned(e.decode_without_bom_handling(&head[n..]).0.into_owned()),
        None => String::from_utf8_lossy(head),
    }
}

/// Whether the first bytes of an input are UTF-8; the last letter may be cut.
pub(crate) fn is_utf8_head(head: &[u8]) -> bool {
    let marked = Encoding::for_bom(head).is_some_and(|b| b.0 != UTF_8);
    !marked && std::str::from_utf8(head).map_or_else(|e| e.error_len().is_none(), |_| true)
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{0600}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' | '\u{08A0}'..='\u{08FF}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

/// How many letters of a text are Arabic.
pub(crate) fn arabic_letters(text: &str) -> usize {
    text.chars().take(20_000).filter(|c| is_arabic(*c)).count()
}

/// How many of a hundred letters are Arabic.
pub fn arabic_share(text: &str) -> u32 {
    let (mut all, mut arabic) = (0usize, 0usize);
    let mut rest = text;
    for _ in 0..20_000 {
        // nearly every character of a report is one of these: no need to ask Unicode's tables
        let len = match rest.as_bytes() {
            // U+0621 to U+064A
            [0xD8, 0xA1..=0xBF, ..] | [0xD9, 0x80..=0x8A, ..] => {
                (all, arabic) = (all + 1, arabic + 1);
                2
            }
            [b @ 0..=0x7F, ..] => {
                all += usize::from(b.is_ascii_alphabetic());
                1
            }
            _ => {
                let Some(c) = rest.chars().next() else { break };
                if c.is_alphabetic() {
                    (all, arabic) = (all + 1, arabic + usize::from(is_arabic(c)));
                }
                c.len_utf8()
            }
        };
        rest = &rest[len..];
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

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "قصفت المدفعية فجر اليوم الأحياء الشرقية من المدينة، وأصابت ثلاثة مدنيين.";

    #[test]
    fn the_letters_of_the_alphabet_are_letters() {
        assert!(('\u{0621}'..='\u{064A}').all(|c| c.is_alphabetic() && is_arabic(c)));
        assert_eq!(arabic_share("حلب abc ١٢٣، پ"), 400 / 7);
    }

    #[test]
    fn every_encoding_of_arabic() {
        for encoding in [WINDOWS_1256, ISO_8859_6] {
            let (bytes, _, lost) = encoding.encode(REPORT);
            assert!(!lost);
            let d = decode(bytes.into_owned(), None).unwrap();
            assert_eq!((d.text.as_str(), d.encoding), (REPORT, encoding.name()));
        }
        for (order, name) in [(u16::to_le_bytes as fn(u16) -> [u8; 2], "UTF-16LE"), (u16::to_be_bytes, "UTF-16BE")] {
            let bytes: Vec<u8> = REPORT.encode_utf16().flat_map(order).collect();
            let d = decode(bytes, None).unwrap();
            assert_eq!((d.text.as_str(), d.encoding), (REPORT, name));
        }
    }

    #[test]
    fn a_wrong_declaration_is_not_believed() {
        assert_eq!(decode(REPORT.into(), Some("windows-1256")).unwrap().text, REPORT);
        let cp1256 = WINDOWS_1256.encode(REPORT).0.into_owned();
        assert_eq!(decode(cp1256, Some("iso-8859-1")).unwrap().text, REPORT);
    }

    #[test]
    fn mixed_encodings_are_told() {
        let mut bytes = REPORT.repeat(3).into_bytes();
        bytes.extend([0xC7, 0xE1]);
        let d = decode(bytes, None).unwrap();
        assert!(d.notes[0].contains("mixes encodings"), "{:?}", d.notes);
    }

    #[test]
    fn only_certain_mojibake_is_mended() {
        let once = WINDOWS_1256.decode(REPORT.as_bytes()).0.into_owned();
        assert_eq!(mend(&once).as_deref(), Some(REPORT));
        assert_eq!(mend(&format!("{once} ق")), None);
        assert_eq!(mend("ظل الطائر ينتظر لطف الطبيعة"), None);
    }

    #[test]
    fn what_is_no_text() {
        assert!(matches!(decode((0..=31).cycle().take(4000).collect(), None), Err(Problem::NoText)));
        assert!(matches!(decode(b" \n".to_vec(), None), Err(Problem::Empty)));
    }
}
