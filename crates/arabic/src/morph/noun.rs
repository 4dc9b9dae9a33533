//! Nouns and adjectives: sound and broken plurals, duals, the construct state, the written accusative.

use super::{Case, Feat, Form, Gender, Number, State};

/// A plural as the dictionary gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plural {
    /// `-ون`: sound masculine.
    Un,
    /// `-ات`: sound feminine.
    Ta,
    /// A broken plural, spelled out.
    Broken(String),
}

impl Plural {
    /// Reads `-ون`, `-ات` or a spelled-out plural.
    pub fn parse(s: &str) -> Plural {
        match s {
            "-ون" => Plural::Un,
            "-ات" => Plural::Ta,
            s => Plural::Broken(s.to_string()),
        }
    }
}

fn but_last(s: &str, n: usize) -> String {
    let c: Vec<char> = s.chars().collect();
    c[..c.len().saturating_sub(n)].iter().collect()
}

/// The stem to which endings are added: without ta marbuta, with the weak end put right.
fn stem(s: &str) -> String {
    match s.chars().next_back() {
        Some('ة') => but_last(s, 1),
        Some('ى') => format!("{}ي", but_last(s, 1)),
        _ => s.to_string(),
    }
}

fn dual_stem(s: &str) -> String {
    match s.chars().next_back() {
        Some('ة') => format!("{}ت", but_last(s, 1)),
        Some('ى') => format!("{}ي", but_last(s, 1)),
        _ => s.to_string(),
    }
}

/// A final hamza moves to its seat when a vowel follows: `بناء` → `بناءان`, `جزء` → `جزأين`; both spellings are kept as written
/// in the press, so only ta marbuta and alef maqsura need care here.
fn push_number(out: &mut Vec<Form>, word: &str, gender: Gender, number: Number) {
    let f = |state, case| Feat::nominal(gender, number, state, case);
    out.push((word.to_string(), f(State::Any, Case::Any)));
    match word.chars().next_back() {
        Some('ة') => out.push((format!("{}ت", but_last(word, 1)), f(State::Bound, Case::Any))),
        Some('ى') => out.push((format!("{}ا", but_last(word, 1)), f(State::Bound, Case::Any))),
        Some('ا') => {}
        Some('ء') => {
            let b = but_last(word, 1);
            out.push((format!("{b}ئ"), f(State::Bound, Case::Any)));
            out.push((format!("{b}ؤ"), f(State::Bound, Case::Any)));
            if !b.ends_with('ا') {
                out.push((format!("{word}ا"), f(State::Absolute, Case::Acc)));
            }
        }
        _ if no_alef(word, number) => {}
        _ => out.push((format!("{word}ا"), f(State::Absolute, Case::Acc))),
    }
}

/// Plurals that never take the alef of the indefinite accusative: sound ones (not أوقات, أصوات), and those of the patterns of مساجد and
/// قنابل.
fn no_alef(word: &str, number: Number) -> bool {
    let c: Vec<char> = word.chars().collect();
    // مبدأ: the hamza has a seat already
    c.last() == Some(&'أ')
        || number == Number::Plural
            && (["ات", "ون", "ين"].iter().any(|e| word.ends_with(e) && c.len() > 4 && !(c.len() == 5 && c[0] == 'أ'))
                || c.len() >= 5 && c[2] == 'ا'
                || c.len() == 4 && c[1] == 'آ')
}

fn push_dual(out: &mut Vec<Form>, word: &str, gender: Gender) {
    let d = dual_stem(word);
    let f = |state, case| Feat::nominal(gender, Number::Dual, state, case);
    // مبدأ + ان is مبدآن
    let alef = |s: String| s.replace("أا", "آ");
    out.push((alef(format!("{d}ان")), f(State::Absolute, Case::Nom)));
    out.push((format!("{d}ين"), f(State::Absolute, Case::Obl)));
    out.push((alef(format!("{d}ا")), f(State::Construct, Case::Nom)));
    out.push((format!("{d}ي"), f(State::Construct, Case::Obl)));
}

fn push_sound_masc(out: &mut Vec<Form>, word: &str) {
    let s = match word.chars().next_back() {
        // قاضي → قاضون, معتدى → معتدون; a nisba keeps its ya
        Some('ى') => but_last(word, 1),
        _ => word.to_string(),
    };
    let f = |state, case| Feat::nominal(Gender::Masc, Number::Plural, state, case);
    out.push((format!("{s}ون"), f(State::Absolute, Case::Nom)));
    out.push((format!("{s}ين"), f(State::Absolute, Case::Obl)));
    out.push((format!("{s}و"), f(State::Construct, Case::Nom)));
    out.push((format!("{s}ي"), f(State::Construct, Case::Obl)));
}

fn push_sound_fem(out: &mut Vec<Form>, word: &str) {
    let s = match word.chars().next_back() {
        Some('ة') if word.ends_with("اة") => format!("{}و", but_last(word, 2)),
        // مفاجأة → مفاجآت
        Some('ة') if word.ends_with("أة") => {
            let f = Feat::nominal(Gender::Fem, Number::Plural, State::Any, Case::Any);
            return out.push((format!("{}آت", but_last(word, 2)), f));
        }
        _ => stem(word),
    };
    let gender = Gender::Fem;
    out.push((format!("{s}ات"), Feat::nominal(gender, Number::Plural, State::Any, Case::Any)));
}

/// All forms of a noun: singular, dual, the plurals, each with what may follow it.
///
/// `gender` overrides what the ending tells (`حرب`, `نار` are feminine without ta marbuta).
///
/// ```
/// use tawatur_arabic::morph::{inflect_noun, Plural};
/// let forms: Vec<String> = inflect_noun("غارة", &[Plural::Ta], None).into_iter().map(|f| f.0).collect();
/// for f in ["غارة", "غارتين", "غارات", "غارت"] { assert!(forms.iter().any(|x| x == f), "{f}"); }
/// ```
pub fn inflect_noun(word: &str, plurals: &[Plural], gender: Option<Gender>) -> Vec<Form> {
    let g = gender.unwrap_or(if word.ends_with('ة') { Gender::Fem } else { Gender::Masc });
    let mut out = Vec::with_capacity(16);
    push_number(&mut out, word, g, Number::Singular);
    push_dual(&mut out, word, g);
    for p in plurals {
        match p {
            Plural::Un => push_sound_masc(&mut out, word),
            Plural::Ta => push_sound_fem(&mut out, word),
            Plural::Broken(b) => push_number(&mut out, b, Gender::Any, Number::Plural),
        }
    }
    out
}

/// All forms of an adjective or participle in both genders, with any broken plurals besides the sound ones.
///
/// Feminines that are not made with ta marbuta (`كبرى`, `حمراء`) are listed as plurals of their own in the dictionary.
///
/// ```
/// use tawatur_arabic::morph::inflect_adjective;
/// let forms: Vec<String> = inflect_adjective("تركي", &["أتراك"]).into_iter().map(|f| f.0).collect();
/// for f in ["تركي", "تركية", "تركيين", "تركيتين", "تركيات", "أتراك"] { assert!(forms.iter().any(|x| x == f), "{f}"); }
/// ```
pub fn inflect_adjective(word: &str, broken: &[&str]) -> Vec<Form> {
    let mut out = Vec::with_capacity(24);
    push_number(&mut out, word, Gender::Masc, Number::Singular);
    push_dual(&mut out, word, Gender::Masc);
    push_sound_masc(&mut out, word);
    let fem = match word.chars().next_back() {
        Some('ى') => format!("{}اة", but_last(word, 1)),
        Some('ة') => word.to_string(),
        // بريء → بريئة
        Some('ء') if word.ends_with("يء") => format!("{}ئة", but_last(word, 1)),
        _ => format!("{word}ة"),
    };
    push_number(&mut out, &fem, Gender::Fem, Number::Singular);
    push_dual(&mut out, &fem, Gender::Fem);
    push_sound_fem(&mut out, &fem);
    for b in broken {
        push_number(&mut out, b, Gender::Any, Number::Plural);
    }
    out
}

/// All forms of a participle with a weak end, given with its ya: `معتدي` → `معتد`, `معتدية`, `معتدون`.
///
/// ```
/// use tawatur_arabic::morph::inflect_defective;
/// let forms: Vec<String> = inflect_defective("معتدي").into_iter().map(|f| f.0).collect();
/// for f in ["معتد", "معتدين", "معتدية", "معتدو"] { assert!(forms.iter().any(|x| x == f), "{f}"); }
/// ```
pub fn inflect_defective(word: &str) -> Vec<Form> {
    let mut out: Vec<Form> = inflect_adjective(word, &[]).into_iter().filter(|(_, f)| f.number() != Number::Plural || f.gender() == Gender::Fem).collect();
    let short = but_last(word, 1);
    push_sound_masc(&mut out, &short);
    out.push((short, Feat::nominal(Gender::Masc, Number::Singular, State::Absolute, Case::Any)));
    out
}

/// The forms of a word that does not inflect (`كم`, `أمن`), or of a plural without singular (`حدود`).
pub fn inflect_fixed(word: &str, gender: Option<Gender>, number: Number) -> Vec<Form> {
    let g = gender.unwrap_or(if word.ends_with('ة') { Gender::Fem } else { Gender::Any });
    let mut out = Vec::new();
    push_number(&mut out, word, g, number);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(w: &str, p: &[&str]) -> Vec<String> {
        let p: Vec<Plural> = p.iter().map(|x| Plural::parse(x)).collect();
        inflect_noun(w, &p, None).into_iter().map(|f| f.0).collect()
    }

    #[test]
    fn plurals() {
        assert!(forms("جندي", &["جنود"]).contains(&"جنديين".to_string()));
        assert!(forms("جندي", &["جنود"]).contains(&"جنودا".to_string()));
        assert!(forms("مسلح", &["-ون"]).contains(&"مسلحو".to_string()));
        assert!(forms("مدنية", &["-ات"]).contains(&"مدنيات".to_string()));
        assert!(forms("فتاة", &["فتيات"]).contains(&"فتاتين".to_string()));
        assert!(forms("قناة", &["-ات"]).contains(&"قنوات".to_string()));
        assert!(forms("مستشفى", &["مستشفيات"]).contains(&"مستشفيين".to_string()));
        assert!(forms("بناء", &["أبنية"]).contains(&"بنائ".to_string()));
        assert!(forms("مبدأ", &["مبادئ"]).contains(&"مبدآن".to_string()));
        for (w, p, not) in [("مسجد", "مساجد", "مساجدا"), ("سماء", "سماوات", "سماواتا"), ("مأرب", "مآرب", "مآربا"), ("مبدأ", "مبادئ", "مبدأا")]
        {
            assert!(!forms(w, &[p]).contains(&not.to_string()), "{not}");
        }
        for (w, p, want) in [("رجل", "رجال", "رجالا"), ("ميل", "أميال", "أميالا"), ("جندي", "جنود", "جنودا"), ("وقت", "أوقات", "أوقاتا")]
        {
            assert!(forms(w, &[p]).contains(&want.to_string()), "{want}");
        }
    }
}
