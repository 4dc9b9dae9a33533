//! What is written so that a reader sees another text than a program does, or a program another than a reader.
//!
//! A name can be hidden from a search by an invisible character or a letter of another script that looks the same, and a line can be
//! made to show its words in another order. Normalisation ([`fold`](mod@crate::fold)) reads through the first; whoever has to rely on a
//! text should be told of all of them.

use crate::letters::{CharClass, class};
use std::ops::Range;

/// How a text is not what it looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Disguise {
    /// A control that changes the order in which characters are shown: bidi embeddings, overrides and isolates (Unicode's UAX 9).
    Reordered,
    /// An invisible character between two letters of one word.
    Invisible,
    /// A word of letters from two scripts: "حмاس" with a Cyrillic letter.
    MixedScripts,
    /// Arabic letters without the dots that tell them apart, as posts write to get past filters: "ٯصڡ".
    Dotless,
}

impl Disguise {
    /// What to tell a reader.
    pub fn what(self) -> &'static str {
        match self {
            Disguise::Reordered => "a control that changes the order of what is shown",
            Disguise::Invisible => "an invisible character inside a word",
            Disguise::MixedScripts => "a word of letters from two scripts",
            Disguise::Dotless => "letters without their dots",
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Arabic,
    Latin,
    Cyrillic,
    Greek,
    Other,
}

/// The script of a letter. Blocks are enough: what is looked for are letters that pass for those of another script.
fn script(c: char) -> Option<Script> {
    match class(c) {
        CharClass::Arabic => Some(Script::Arabic),
        CharClass::Other => Some(match c {
            'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => Script::Latin,
            '\u{400}'..='\u{52F}' => Script::Cyrillic,
            '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => Script::Greek,
            _ => Script::Other,
        }),
        _ => None,
    }
}

/// Every disguise in a text, in order, each with the bytes that it covers: the control, the invisible character, or the whole word.
///
/// ```
/// use tawatur_arabic::disguise::{Disguise, find};
/// assert_eq!(find("قصف الجيش مدينة حلب"), []);
/// let cyrillic = "مقاتلو حмاس"; // the م is a Cyrillic letter
/// assert_eq!(find(cyrillic), [(Disguise::MixedScripts, 13..cyrillic.len())]);
/// assert_eq!(find("ال\u{200B}جيش")[0].0, Disguise::Invisible);
/// assert_eq!(find("في \u{202E}حلب\u{202C}")[0].0, Disguise::Reordered);
/// assert_eq!(find("ٯصڡ")[0].0, Disguise::Dotless);
/// ```
pub fn find(text: &str) -> Vec<(Disguise, Range<usize>)> {
    let mut out = Vec::new();
    let mut word: Option<Word> = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        match class(c) {
            CharClass::Arabic | CharClass::Other => word.get_or_insert_with(|| Word::at(at)).letter(c, end),
            CharClass::Mark => {}
            CharClass::Control => {
                if matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}') {
                    out.push((Disguise::Reordered, at..end));
                } else if word.is_some() && chars.peek().is_some_and(|(_, next)| script(*next).is_some()) {
                    out.push((Disguise::Invisible, at..end));
                }
            }
            _ => {
                if let Some(w) = word.take() {
                    w.judge(&mut out);
                }
            }
        }
    }
    if let Some(w) = word {
        w.judge(&mut out);
    }
    out.sort_by_key(|(kind, at)| (at.start, *kind));
    out
}

/// A run of letters.
struct Word {
    bytes: Range<usize>,
    script: Option<Script>,
    mixed: bool,
    dotless: bool,
}

impl Word {
    fn at(start: usize) -> Word {
        Word { bytes: start..start, script: None, mixed: false, dotless: false }
    }

    fn letter(&mut self, c: char, end: usize) {
        self.bytes.end = end;
        self.dotless |= matches!(c, 'ٮ' | 'ٯ' | 'ڡ' | 'ں');
        let s = script(c);
        self.mixed |= self.script.is_some() && s != self.script;
        self.script = self.script.or(s);
    }

    fn judge(self, out: &mut Vec<(Disguise, Range<usize>)>) {
        for (kind, is) in [(Disguise::MixedScripts, self.mixed), (Disguise::Dotless, self.dotless)] {
            if is {
                out.push((kind, self.bytes.clone()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_people_write_is_no_disguise() {
        for s in ["وكالة AFP", "طائرة إف-16", "ک ی ه", "قُتِلَ", "الـجـيش", "3 كم", "\u{200F}قال\u{200F} المتحدث", "نظام ال\u{640}حكم"]
        {
            assert_eq!(find(s), [], "{s}");
        }
    }

    proptest! {
        #[test]
        fn any_text(s in "[قصف a\u{400}\u{200B}\u{202E}ٯ\\PC]{0,60}") {
            let found = find(&s);
            prop_assert!(found.is_sorted_by_key(|f| f.1.start));
            for (_, at) in found {
                prop_assert!(s.get(at).is_some_and(|slice| !slice.is_empty()));
            }
        }
    }
}
