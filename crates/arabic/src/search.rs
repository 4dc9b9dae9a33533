//! What a full-text index keeps of each word: its exact, folded and lemma forms.
//!
//! - *exact*: as written, without marks and invisible characters, digits in ASCII;
//! - *folded*: exact, with the spellings unified that writers do not keep apart ([`Level::Loose`]): `أحمد` is `احمد`;
//! - *lemmas*: the dictionary words that it can be a form of, folded; masdars and participles count as their verb, so that
//!   `القصف`, `بقصفٍ`, `قصفت` and `المقصوفة` meet at `قصف`. A word that the dictionary does not know is its own lemma, without
//!   the article and what stands before the article.
//!
//! The same analysis serves the text and the query: a query word finds a text word when they share a form of the level asked for.
//!
//! ```
//! use tawatur_arabic::search::Analyser;
//! let mut a = Analyser::new(tawatur_arabic::dictionary());
//! let text = a.analyse("أكدت الوكالة تعرّض القرية لقصفٍ مدفعي");
//! let mut lemma = |w: &str| a.query(w)[0].lemmas.clone();
//! let asked = lemma("القصف");
//! let hit = text.iter().find(|t| t.forms.lemmas.iter().any(|l| asked.contains(l))).unwrap();
//! assert_eq!(&*hit.forms.exact, "لقصف");
//! assert_eq!((hit.start, hit.end), (26, 31)); // code points, the tanwin included
//! ```

use crate::chars::CodePoints;
use crate::dict::Dictionary;
use crate::fold::{Level, fold_str};
use crate::names::bare;
use crate::text::{Kind, Text};
use crate::words::{Column, Word, Words};
use smallvec::SmallVec;
use std::sync::Arc;

/// The forms of one word, shared by all tokens that are written alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forms {
    /// As written, without marks.
    pub exact: Box<str>,
    /// Spelling differences unified.
    pub folded: Box<str>,
    /// The dictionary words that it can be a form of, the likeliest first; never empty.
    pub lemmas: SmallVec<[Box<str>; 2]>,
}

/// A word of a text, in code points, and its forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// First code point.
    pub start: usize,
    /// Code point after the last.
    pub end: usize,
    /// Its forms.
    pub forms: Arc<Forms>,
}

/// The analyser, with its memory of words. One serves one thread.
#[derive(Debug)]
pub struct Analyser {
    words: Words,
    forms: Column<Arc<Forms>>,
}

impl Analyser {
    /// An analyser over a dictionary.
    pub fn new(dictionary: &'static Dictionary) -> Analyser {
        Analyser { words: Words::new(dictionary), forms: Column::default() }
    }

    /// The words and numbers of a text, in order; punctuation has no part in search.
    pub fn analyse(&mut self, text: &str) -> Vec<Token> {
        let t = Text::new(text, &mut self.words);
        let cp = CodePoints::new(text);
        let (words, column) = (&self.words, &mut self.forms);
        t.tokens
            .iter()
            .filter(|t| matches!(t.kind, Kind::Word | Kind::Number | Kind::Foreign))
            .map(|t| {
                let forms = column.get(words, t.word, |w| Arc::new(forms(words.dictionary(), w))).clone();
                Token { start: cp.at(t.start as usize), end: cp.at(t.end as usize), forms }
            })
            .filter(|t| !t.forms.exact.is_empty())
            .collect()
    }

    /// The forms of a query's words.
    pub fn query(&mut self, query: &str) -> Vec<Arc<Forms>> {
        self.analyse(query).into_iter().map(|t| t.forms).collect()
    }
}

fn forms(d: &Dictionary, w: &Word) -> Forms {
    let folded = fold_str(&w.clean, Level::Loose);
    let mut lemmas: SmallVec<[Box<str>; 2]> = SmallVec::new();
    for r in &w.readings {
        let lemma: Box<str> = fold_str(d.lemma(r.base).text, Level::Loose).into();
        if !lemma.is_empty() && !lemmas.contains(&lemma) {
            lemmas.push(lemma);
        }
    }
    if lemmas.is_empty() {
        lemmas.push(unknown(&folded).into());
    }
    Forms { exact: w.clean.clone(), folded: folded.into(), lemmas }
}

/// A word that the dictionary does not know, without the article and what is written before it. Letters in front of a word
/// without the article stay: they may be its own.
fn unknown(folded: &str) -> &str {
    let rest = folded.strip_prefix(['و', 'ف']).unwrap_or(folded);
    let front = rest.strip_prefix(['ب', 'ك']).filter(|r| r.starts_with("ال")).unwrap_or(rest);
    if let Some(stem) = rest.strip_prefix("لل").filter(|s| s.chars().count() >= 3) {
        return stem;
    }
    match bare(front) {
        stem if stem.len() < front.len() => stem,
        _ => folded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lemmas(a: &mut Analyser, w: &str) -> Vec<String> {
        a.query(w)[0].lemmas.iter().map(|l| l.to_string()).collect()
    }

    #[test]
    fn forms_of_one_verb_meet() {
        let mut a = Analyser::new(crate::dictionary());
        for w in ["القصف", "بقصفٍ", "قصفت", "وسيقصفون", "المقصوفة", "قَصَفَـــت", "قصـ.ـف"] {
            assert!(lemmas(&mut a, w).contains(&"قصف".to_string()), "{w}");
        }
        for w in ["الاعتقالات", "معتقلين", "اعتُقل"] {
            assert!(lemmas(&mut a, w).contains(&"اعتقل".to_string()), "{w}");
        }
    }

    #[test]
    fn folding_joins_spellings() {
        let mut a = Analyser::new(crate::dictionary());
        let one = |a: &mut Analyser, w: &str| a.query(w)[0].folded.clone();
        assert_eq!(one(&mut a, "أحمد"), one(&mut a, "احمد"));
        assert_eq!(one(&mut a, "مسؤولة"), one(&mut a, "مسوولة"));
        assert_eq!(one(&mut a, "٢٠١٨"), one(&mut a, "2018"));
        assert_eq!(one(&mut a, "NATO"), one(&mut a, "nato"));
    }

    #[test]
    fn unknown_words_lose_only_the_article() {
        assert_eq!(unknown("والشحطبوط"), "شحطبوط");
        assert_eq!(unknown("بالشحطبوط"), "شحطبوط");
        assert_eq!(unknown("للشحطبوط"), "شحطبوط");
        assert_eq!(unknown("بشحطبوط"), "بشحطبوط");
        assert_eq!(unknown("وال"), "وال");
    }

    #[test]
    fn places_are_code_points() {
        let mut a = Analyser::new(crate::dictionary());
        let t = a.analyse("قال، 12 مدنياً!");
        assert_eq!(t.iter().map(|t| (t.start, t.end)).collect::<Vec<_>>(), [(0, 3), (5, 7), (8, 14)]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_analysed(s in "\\PC{0,120}") {
            let n = s.chars().count();
            let mut a = Analyser::new(crate::dictionary());
            let mut last = 0;
            for t in a.analyse(&s) {
                proptest::prop_assert!(t.start >= last && t.start < t.end && t.end <= n);
                proptest::prop_assert!(!t.forms.lemmas.is_empty());
                last = t.end;
            }
        }
    }
}
