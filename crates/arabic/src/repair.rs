//! Words that a page or its writer has run together or taken apart, put right where the dictionary makes one reading certain.
//!
//! - Two words without their space (`فيشباط`, `وكانالرئيس`): a word that the dictionary does not know is split when exactly one place
//!   in it parts a free particle from a noun, or a known word from one with the article.
//! - One word with a mark inside, against filters (`اغت.يال`, `تفج*ير`): joined when the whole is in the dictionary and the pieces
//!   cannot be words of their own.
//!
//! Tatweel with dots between (`قصـ.ـف`) needs no dictionary; [`crate::text`] takes it as one word.

use crate::dict::Dictionary;
use crate::morph::{Pos, Tense};
use crate::words::{Enclitic, Proclitics, Reading, Word, read_key};

/// Words that lose their space most often; none of them is itself written onto a word. The hamza of أن tells it from the beginning of
/// foreign names (أنجلوس, إنترميلان).
const FREE: [&str; 20] =
    ["في", "من", "عن", "مع", "أن", "على", "إلى", "كان", "كانت", "بعد", "قبل", "خلال", "منذ", "بين", "حتى", "هذا", "هذه", "ضد", "عند", "حول"];

/// First parts of names that are written as one word: عبداللطيف, أبوالحسن.
const NAMED: [&str; 9] = ["عبد", "أبو", "ابو", "أبا", "ابن", "أم", "ام", "ال", "بن"];

/// The letters of the first of two words that are written as one, or 0.
pub(crate) fn glued(d: &Dictionary, clean: &str, key: &str) -> u8 {
    // places are letters; the cleaned spelling and the key have as many, but not as many bytes
    let letters: Vec<(usize, usize)> = clean.char_indices().map(|x| x.0).zip(key.char_indices().map(|x| x.0)).collect();
    let n = letters.len();
    if n < 6 || clean.chars().count() != key.chars().count() {
        return 0;
    }
    let joined = key.starts_with(['و', 'ف']) as usize;
    let mut found = 0;
    for k in 2..=n - 4 {
        let (at, key_at) = letters[k];
        let (left, right) = (&clean[..at], &key[key_at..]);
        let bare = &clean[letters[joined].0..at];
        let free = FREE.contains(&left) || FREE.contains(&bare);
        let article = right.starts_with("ال");
        // short pieces are found in many names: فيليبي, الخالدية
        let short = n - k == 4 && [left, bare].iter().any(|x| matches!(*x, "في" | "من"));
        let long = short || n - k >= if k - joined <= 3 && article { 6 } else { 5 };
        if !long || !article && !free || NAMED.iter().any(|x| bare == *x || bare.strip_prefix("ال") == Some(x)) {
            continue;
        }
        let whole = |r: &Reading| r.exact && r.enc == Enclitic::None;
        let first = free
            || k - joined >= 3
                && read_key(d, left, &key[..key_at]).iter().any(|r| match r.pos {
                    Pos::Verb => whole(r) && r.feat.tense() == Tense::Past,
                    Pos::Noun | Pos::Adj => whole(r) && !r.is_definite() && !r.pro.any(Proclitics::PREP) && k - joined >= 4,
                    _ => false,
                });
        // four letters behind في only when they are a noun's dictionary form: شباط, not ليبي or سنتي
        let noun = |r: &Reading| !short || r.pos == Pos::Noun && d.lemma(r.lemma).text == &clean[at..];
        let noun = |r: &Reading| noun(r) && whole(r) && r.is_nominal() && !r.pro.any(Proclitics::CONJ.with(Proclitics::PREP));
        if first && read_key(d, &clean[at..], right).iter().any(|r| noun(r) && (r.is_definite() || free)) {
            if found > 0 {
                return 0;
            }
            found = k as u8;
        }
    }
    found
}

/// Marks that posts put inside words.
pub(crate) fn hides(c: char) -> bool {
    matches!(c, '.' | '*' | '_' | '/' | '-' | '|' | '~')
}

/// Are these two pieces with a mark between them one word? `whole` is the word without the mark.
pub(crate) fn hidden(mark: char, left: &Word, right: &Word, whole: &Word) -> bool {
    if !whole.readings.iter().any(|r| r.exact && r.pro.0 == 0 || r.exact && whole.letters >= 5) || whole.letters < 3 {
        return false;
    }
    // "المواجهة.ووفقا" are two words, "أ.حمد" a title and a name; a star inside a word is never either
    let piece = |w: &Word| w.is_unknown() && w.letters >= 2;
    mark == '*' || mark == '_' && left.letters + right.letters >= 4 || piece(left) || piece(right) || left.letters >= 2 && right.letters == 1
}

#[cfg(test)]
mod tests {
    use crate::text::Text;
    use crate::words::Words;

    fn cut(s: &str) -> Vec<String> {
        let mut words = Words::new(crate::dictionary());
        let t = Text::new(s, &mut words);
        t.tokens.iter().map(|t| words.get(t.word).clean.to_string()).collect()
    }

    #[test]
    fn two_words_written_as_one() {
        assert_eq!(cut("فيشباط"), ["في", "شباط"]);
        assert_eq!(cut("وكانالرئيس"), ["وكان", "الرئيس"]);
        assert_eq!(cut("قصفالمدينة"), ["قصف", "المدينة"]);
        assert_eq!(cut("منالمدينة"), ["من", "المدينة"]);
    }

    #[test]
    fn one_word_stays_one() {
        for w in [
            "عبداللطيف",
            "العبدالكريم",
            "أفغانستان",
            "والاستدامة",
            "البرتغال",
            "كالفورنيا",
            "منبج",
            "عندان",
            "فيينا",
            "معرتمصرين",
            "الخالدية",
            "فيليبي",
            "أنجلوس",
            "انجذاب",
        ] {
            assert_eq!(cut(w), [w]);
        }
    }

    #[test]
    fn marks_inside_a_word() {
        assert_eq!(cut("اغت.يال ضابط"), ["اغتيال", "ضابط"]);
        assert_eq!(cut("تفج*ير"), ["تفجير"]);
        assert_eq!(cut("قصـ.ـف"), ["قصف"]);
        assert_eq!(cut("المواجهة.ووفقاً"), ["المواجهة", ".", "ووفقا"]);
        assert_eq!(cut("أ.حمد"), ["أ", ".", "حمد"]);
        assert_eq!(cut("أ.ف.ب"), ["أ", ".", "ف", ".", "ب"]);
    }
}
