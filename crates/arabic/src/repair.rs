//! Words that a page or its writer has run together or taken apart, put right where the dictionary makes one reading certain.
//!
//! - Two words without their space (`فيشباط`, `وكانالرئيس`, `ذكرتصحيفة`): a word that the dictionary does not know is split when exactly
//!   one place in it parts a small word (tagged `@loose`) from another, a word from one with the article, or else two long words. What
//!   is left may be split again (`مراسلالقناةفي`).
//! - One word with a mark inside, against filters (`اغت.يال`, `تفج*ير`): joined when the whole is in the dictionary and the pieces
//!   cannot be words of their own.
//!
//! Tatweel with dots between (`قصـ.ـف`) needs no dictionary; [`crate::text`] takes it as one word.

use crate::dict::Dictionary;
use crate::morph::{Number, Person, Pos, State, Tense};
use crate::words::{Enclitic, Proclitics, Reading, Word, read_key};
use smallvec::SmallVec;

/// First parts of names that are written as one word: عبداللطيف, أبوالحسن.
const NAMED: [&str; 9] = ["عبد", "أبو", "ابو", "أبا", "ابن", "أم", "ام", "ال", "بن"];

/// A word and its dictionary key, letter by letter.
struct Letters<'a> {
    clean: &'a str,
    key: &'a str,
    /// The first byte of each letter in both, and their ends.
    at: Vec<(usize, usize)>,
}

impl<'a> Letters<'a> {
    /// `None` when the key has not as many letters as the word.
    fn new(clean: &'a str, key: &'a str) -> Option<Letters<'a>> {
        let mut at: Vec<(usize, usize)> = clean.char_indices().map(|x| x.0).zip(key.char_indices().map(|x| x.0)).collect();
        at.push((clean.len(), key.len()));
        (clean.chars().count() + 1 == at.len() && key.chars().count() + 1 == at.len()).then_some(Letters { clean, key, at })
    }

    fn len(&self) -> usize {
        self.at.len() - 1
    }

    /// The letters `from..to`, as written and as keyed.
    fn piece(&self, from: usize, to: usize) -> (&'a str, &'a str) {
        let (a, b) = (self.at[from], self.at[to]);
        (&self.clean[a.0..b.0], &self.key[a.1..b.1])
    }
}

/// The letters of the first of two words that are written as one, or 0.
pub(crate) fn glued(d: &Dictionary, clean: &str, key: &str) -> u8 {
    let Some(word) = Letters::new(clean, key).filter(|w| w.len() >= 6) else { return 0 };
    let n = word.len();
    let seams: SmallVec<[(usize, Seam); 4]> = (2..=n - 2).filter_map(|k| Some((k, seam(d, &word, k)?))).collect();
    // أنالأسعار is not أنال and أسعار
    let best = seams.iter().map(|s| s.1).max();
    let mut best = seams.iter().filter(|s| Some(s.1) == best);
    match (best.next(), best.next()) {
        (Some((k, _)), None) => *k as u8,
        _ => 0,
    }
}

/// What parts two words that are written as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Seam {
    /// Both are long: `ذكرتصحيفة`.
    Long,
    /// One is a small word, or the article of the second: `فيشباط`, `وكانالرئيس`.
    Sure,
}

/// A word that is often written onto its neighbour.
struct Small {
    /// Its letters.
    letters: usize,
    /// It is so often, that a noun of four letters may follow: `فيشباط`.
    loosest: bool,
}

/// The small word that a piece is by its readings; as the first of two (`front`) it may be a verb, and stand behind و or ف. It must be spelled as the dictionary spells it: the hamza of أن
/// tells it from the beginning of foreign names (أنجلوس, إنترميلان).
fn small(d: &Dictionary, word: &str, readings: &[Reading], front: bool) -> Option<Small> {
    let may = if front { Proclitics::CONJ } else { Proclitics::default() };
    let fits = |r: &Reading| r.tags.any(d.loose()) && r.enc == Enclitic::None && may.has(r.pro);
    let was =
        |r: &Reading| r.pos == Pos::Verb && r.exact && r.feat.tense() == Tense::Past && r.feat.person() == Person::Third && r.feat.number() == Number::Singular;
    readings.iter().filter(|r| fits(r)).find_map(|r| {
        let stem = word.get(2 * usize::from(r.skip)..)?;
        let known = r.pos == Pos::Particle && stem == d.lemma(r.lemma).text || was(r);
        known.then(|| Small { letters: stem.chars().count(), loosest: r.tags.any(d.loosest()) })
    })
}

/// How two words meet behind the letter `k`, if they do.
fn seam(d: &Dictionary, word: &Letters<'_>, k: usize) -> Option<Seam> {
    let ((left, left_key), (right, right_key)) = (word.piece(0, k), word.piece(k, word.len()));
    let joined = left_key.starts_with(['و', 'ف']) as usize;
    let bare = word.piece(joined, k).0;
    let (front, behind) = (k - joined, word.len() - k);
    if NAMED.iter().any(|x| bare == *x || bare.strip_prefix("ال") == Some(x)) {
        return None;
    }
    // both must be words, but for a second with the article, which may be several
    let first = read_key(d, left, left_key);
    if first.is_empty() {
        return None;
    }
    let second = read_key(d, right, right_key);
    if second.is_empty() && !right_key.starts_with("ال") {
        return None;
    }
    let sure = |yes: bool| yes.then_some(Seam::Sure);
    let exact = |readings: &[Reading], of: &dyn Fn(&Reading) -> bool| readings.iter().any(|r| r.exact && of(r));
    let plain = |r: &Reading| r.is_nominal() && r.enc == Enclitic::None && !r.pro.any(Proclitics::CONJ.with(Proclitics::PREP));
    // "شهداءفي": a whole word and a small one. The smallest are found at the end of many names (باليمن), and بين as a plural of them
    if small(d, right, &second, false).is_some() {
        let least = |r: &Reading| match () {
            () if right.ends_with("ين") || behind == 2 && !r.is_definite() => 5,
            () => 4,
        };
        let whole = |r: &Reading| {
            front + joined >= r.skip as usize + least(r) && (r.enc != Enclitic::None || !matches!(r.feat.state(), State::Construct | State::Bound))
        };
        return sure(exact(&first, &|r| r.pos != Pos::Name && whole(r)));
    }
    // "حيثيتعرض", "فيشباط"; four letters only when they are a noun's dictionary form: شباط, not ليبي or سنتي
    if let Some(Small { letters, loosest }) = small(d, left, &first, true) {
        let short = behind == 4 && loosest;
        let noun = |r: &Reading| plain(r) && (!short || r.pos == Pos::Noun && d.lemma(r.lemma).text == right);
        let verb = |r: &Reading| letters >= 3 && r.pos == Pos::Verb && !r.pro.any(Proclitics::PREP);
        return sure((behind >= 5 || short) && exact(&second, &|r| noun(r) || verb(r)));
    }
    // "وكانالرئيس", "مراسلالميادينفي": the article cannot stand inside of a word; short pieces are found in many names: الخالدية
    if right_key.starts_with("ال") {
        let whole = |r: &Reading| match r.pos {
            Pos::Verb => r.enc == Enclitic::None,
            Pos::Noun | Pos::Adj => r.enc == Enclitic::None && !r.is_definite() && !r.pro.any(Proclitics::PREP) && front >= 4,
            _ => false,
        };
        let noun = || exact(&second, &|r| plain(r) && r.is_definite()) || glued(d, right, right_key) > 0;
        return sure(front >= 3 && behind >= if front == 3 { 6 } else { 5 } && exact(&first, &whole) && noun());
    }
    // "ذكرتصحيفة", "الإسرائيليعدوانا": two long words; names of other languages fall into short ones (كارو + لينا). What seems a dual
    // before ل is another word before the article (تشعرالسعودية), and يتهم is an ending: انضباطيتهم
    let ending = right_key.strip_prefix("يت").is_some_and(|r| matches!(r, "ه" | "ها" | "هم" | "هما" | "نا"));
    if left_key.ends_with('ا') && right_key.starts_with('ل') || ending || front < 4 || behind < 4 {
        return None;
    }
    let long = |piece: &str, read: &[Reading]| {
        let letters = piece.chars().count();
        let of =
            |r: &Reading| matches!(r.pos, Pos::Verb | Pos::Noun | Pos::Adj) && !matches!(r.enc, Enclitic::Me | Enclitic::You) && !r.pro.any(Proclitics::FA);
        // "بمقتلضابط": what is written onto the first word tells that it is one
        let led = |r: &Reading| r.is_definite() || r.pro.any(Proclitics::PREP);
        let stems = read.iter().filter(|r| r.exact && of(r)).map(|r| (letters - r.skip as usize, led(r)));
        stems.max().filter(|s| s.0 >= 4)
    };
    match (long(left, &first), long(right, &second)) {
        (Some((a, led)), Some((b, _))) if a + b >= if led { 8 } else { 9 } => Some(Seam::Long),
        _ => None,
    }
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
        assert_eq!(cut("جرحىفي"), ["جرحى", "في"]);
        assert_eq!(cut("المتظاهرينفي"), ["المتظاهرين", "في"]);
        assert_eq!(cut("حيثتظاهر"), ["حيث", "تظاهر"]);
        assert_eq!(cut("أنالأسرى"), ["أن", "الأسرى"]);
        assert_eq!(cut("أعلنتوزارة"), ["أعلنت", "وزارة"]);
        assert_eq!(cut("تقصفالمدفعية"), ["تقصف", "المدفعية"]);
        assert_eq!(cut("النقيبفي"), ["النقيب", "في"]);
        assert_eq!(cut("بمقتلضابط"), ["بمقتل", "ضابط"]);
    }

    #[test]
    fn several_words_written_as_one() {
        assert_eq!(cut("مراسلالقناةفي"), ["مراسل", "القناة", "في"]);
        assert_eq!(cut("وزيرالدفاعبعد"), ["وزير", "الدفاع", "بعد"]);
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
            "الفيليبين",
            "باليمن",
            "أميركان",
            "انضباطيتهم",
            "كارولينا",
            "باتروشيف",
            "باخموت",
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
