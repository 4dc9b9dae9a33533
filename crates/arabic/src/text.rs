//! A text taken apart: tokens, each a [`WordId`] with its place, and sentences.

use crate::letters::{CharClass, FATHATAN, TATWEEL, class};
use crate::repair;
use crate::words::{WordId, Words};
use std::ops::Range;

/// What kind of token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A word of the Arabic script.
    Word,
    /// A word of another script.
    Foreign,
    /// A run of digits, without separators.
    Number,
    /// One punctuation mark or symbol; a run of dots is one token.
    Punct,
    /// A line break, or several.
    Break,
}

/// A token and its place in the text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// The word, number or mark; interned, so that equal tokens have equal ids.
    pub word: WordId,
    /// What kind of token.
    pub kind: Kind,
    /// `true` when no white space stands before it.
    pub glued: bool,
}

impl Token {
    /// The bytes of the text that the token covers.
    #[inline]
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A text, its tokens and its sentences. The text itself is borrowed, never copied.
#[derive(Debug, Clone)]
pub struct Text<'a> {
    raw: &'a str,
    /// All tokens in order.
    pub tokens: Vec<Token>,
    /// The sentences, as ranges of tokens; line breaks stand between sentences, in none.
    pub sentences: Vec<Range<usize>>,
}

impl<'a> Text<'a> {
    /// Splits `raw` into tokens and sentences, looking every word up in `words`.
    ///
    /// ```
    /// use tawatur_arabic::{text::Text, words::Words, dictionary};
    /// let mut words = Words::new(dictionary());
    /// let t = Text::new("قصفت القوات البلدة. وقال المتحدث: لا إصابات", &mut words);
    /// assert_eq!(t.sentences.len(), 2);
    /// assert_eq!(t.slice(t.tokens[0].range()), "قصفت");
    /// ```
    ///
    /// # Panics
    /// When `raw` is longer than 4 GiB; callers refuse such input long before.
    pub fn new(raw: &'a str, words: &mut Words) -> Text<'a> {
        assert!(raw.len() < u32::MAX as usize, "a text is at most 4 GiB");
        words.begin();
        let mut t = Text { raw, tokens: Vec::with_capacity(raw.len() / 9), sentences: Vec::new() };
        scan(raw, words, &mut t.tokens);
        crate::sentence::split(raw, words, &t.tokens, &mut t.sentences);
        t
    }

    /// The text as given.
    pub fn raw(&self) -> &'a str {
        self.raw
    }

    /// The text between two bytes.
    pub fn slice(&self, range: Range<usize>) -> &'a str {
        &self.raw[range]
    }

    /// The bytes from the first to the last of a range of tokens.
    pub fn span(&self, tokens: Range<usize>) -> Range<usize> {
        if tokens.is_empty() {
            let at = self.tokens.get(tokens.start).map_or(self.raw.len(), |t| t.start as usize);
            return at..at;
        }
        self.tokens[tokens.start].start as usize..self.tokens[tokens.end - 1].end as usize
    }
}

/// Letters that end a word: what follows ta marbuta or alef maqsura without a space belongs to the next one.
fn ends_word(c: char) -> bool {
    matches!(c, 'ة' | 'ى')
}

/// Where reading has come to in a text.
struct Cursor<'a> {
    raw: &'a str,
    at: usize,
}

impl Cursor<'_> {
    #[inline]
    fn peek(&self) -> Option<char> {
        self.raw[self.at..].chars().next()
    }

    /// Goes on while the next character is one of these.
    #[inline]
    fn pass(&mut self, of: impl Fn(char) -> bool) {
        while let Some(c) = self.peek().filter(|c| of(*c)) {
            self.at += c.len_utf8();
        }
    }

    /// Passes letters that can stand anywhere in a word, which nearly all do; tells whether there were any.
    #[inline]
    fn pass_letters(&mut self) -> bool {
        let from = self.at;
        // U+0621 to U+063A without ة, U+0641 to U+064A without ى
        while let [0xD8, 0xA1..=0xA8 | 0xAA..=0xBA, ..] | [0xD9, 0x81..=0x88 | 0x8A, ..] = &self.raw.as_bytes()[self.at..] {
            self.at += 2;
        }
        self.at > from
    }
}

fn scan(raw: &str, words: &mut Words, out: &mut Vec<Token>) {
    let mut cursor = Cursor { raw, at: 0 };
    let mut glued = false;
    while let Some(c) = cursor.peek() {
        let at = cursor.at;
        let kind = match class(c) {
            CharClass::Space | CharClass::Control => {
                cursor.at += c.len_utf8();
                // a control alone does not part two words
                glued &= class(c) == CharClass::Control;
                continue;
            }
            CharClass::Newline => {
                cursor.pass(|c| matches!(class(c), CharClass::Newline | CharClass::Space));
                Kind::Break
            }
            CharClass::Digit => {
                cursor.pass(|c| class(c) == CharClass::Digit);
                Kind::Number
            }
            CharClass::Arabic | CharClass::Mark => {
                word(&mut cursor);
                Kind::Word
            }
            CharClass::Other => {
                cursor.pass(|c| class(c) == CharClass::Other);
                Kind::Foreign
            }
            CharClass::Punct => {
                cursor.at += c.len_utf8();
                if c == '.' {
                    cursor.pass(|c| c == '.');
                }
                Kind::Punct
            }
        };
        let word = words.intern(&raw[at..cursor.at]);
        glued = push(raw, words, out, Token { start: at as u32, end: cursor.at as u32, word, kind, glued });
    }
}

/// Adds a token, several where several words were written as one, and none where it is the rest of the word before it. Tells whether
/// the next can be glued to it.
fn push(raw: &str, words: &mut Words, out: &mut Vec<Token>, t: Token) -> bool {
    if t.kind != Kind::Word {
        out.push(t);
        return t.kind != Kind::Break;
    }
    if let [.., left, mark] = out.as_slice() {
        let hides = t.glued && mark.glued && mark.kind == Kind::Punct && left.kind == Kind::Word && mark.end - mark.start == 1;
        if let Some(c) = hides.then(|| raw[mark.range()].chars().next()).flatten().filter(|c| repair::hides(*c)) {
            let left = *left;
            let whole = words.intern(&raw[left.start as usize..t.end as usize]);
            if repair::hidden(c, words.get(left.word), words.get(t.word), words.get(whole)) {
                out.truncate(out.len() - 2);
                out.push(Token { end: t.end, word: whole, ..left });
                return true;
            }
        }
    }
    let mut t = t;
    loop {
        let n = words.glued(t.word);
        if n == 0 {
            out.push(t);
            return true;
        }
        let at = t.start + crate::names::skip_bytes(&raw[t.range()], n) as u32;
        out.push(Token { end: at, word: words.intern(&raw[t.start as usize..at as usize]), ..t });
        // the rest may be several words too: مراسلالميادينفي
        t = Token { start: at, word: words.intern(&raw[at as usize..t.end as usize]), glued: true, ..t };
    }
}

/// Takes one word: letters and marks, and the dots that posts hide letters behind (`قصـ.ـف`).
fn word(cursor: &mut Cursor<'_>) {
    let mut last = ' ';
    let mut end_seen = false;
    let mut tanwin = false;
    loop {
        if !end_seen && cursor.pass_letters() {
            last = 'ا';
        }
        let Some(c) = cursor.peek() else { return };
        let after = cursor.at + c.len_utf8();
        match class(c) {
            CharClass::Mark | CharClass::Control => {
                if c == FATHATAN {
                    (end_seen, tanwin) = (true, true);
                }
                last = c;
            }
            CharClass::Arabic => {
                // after fathatan only its own alef; after ة nothing; after ى only the hamza of an old spelling (شاطىء)
                if end_seen && !(tanwin && matches!(c, 'ا' | 'ى') || last == 'ى' && c == 'ء') {
                    return;
                }
                tanwin = false;
                end_seen |= ends_word(c);
                last = c;
            }
            // a separator between two stretches inside one word
            CharClass::Punct if last == TATWEEL && matches!(c, '.' | '*' | '_' | '-' | '/' | '،') && cursor.raw[after..].starts_with(TATWEEL) => {}
            _ => return,
        }
        cursor.at = after;
    }
}
