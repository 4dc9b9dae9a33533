//! Verbs: the ten forms and the quadriliterals, sound and weak, both voices, and their masdars and participles.
//!
//! A verb is given by its principal parts, spelled with shadda and otherwise without vowels: the past
//! (`قصف`, `أكّد`, `شنّ`) and, where it does not follow from the past, the present (`قال يقول`). Everything is worked out
//! from the shape of those two words; the root is never needed.

use super::noun::{Plural, inflect_adjective, inflect_defective, inflect_noun};
use super::{Feat, Form, Gender, Number, Origin, Person, State, Tense, Voice};
use crate::letters::{CharClass, SHADDA, class, is_haraka};

/// Why a verb line cannot be conjugated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VerbError {
    /// The past is too short to be a verb.
    #[error("“{0}” is too short for a verb")]
    TooShort(String),
    /// A part has signs that are no Arabic letters.
    #[error("“{0}” has signs that are no letters: write it with Arabic letters alone")]
    Letters(String),
    /// The present does not begin with ya, or has too little behind it.
    #[error("the present “{0}” must begin with ي and have two letters behind it")]
    Present(String),
    /// A form I verb with a weak letter does not tell its present.
    #[error("“{0}” has a weak letter: give its present too, as in “قال يقول”")]
    NeedsPresent(String),
}

/// How a stem ends, which decides what its endings do to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Sound,
    /// Second-last letter is a long vowel that drops in closed syllables: `قال`, `يقول`.
    Hollow,
    /// Last two letters are one doubled letter: `شنّ`.
    Doubled,
    /// Ends in a long vowel: `دعا`, `رمى`, `نسي`, `يدعو`.
    Weak,
}

/// A verb's principal parts, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verb {
    past: String,
    past_end: End,
    /// The present without its prefix: `قصف` of `يقصف`.
    present: String,
    present_end: End,
    shape: Shape,
    /// Masdars given by the dictionary; empty: the regular one.
    masdars: Vec<String>,
}

/// The pattern of the past, as far as it decides the masdar, the participles and the passive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Form I.
    Plain,
    /// Form II: `أكّد`.
    Geminate,
    /// Form III: `هاجم`.
    Long,
    /// Form IV: `أعلن`.
    Causative,
    /// Form V: `تقدّم`.
    TaGeminate,
    /// Form VI: `تبادل`.
    TaLong,
    /// Forms VII to X and longer ones that begin with a helping alef: `انفجر`, `استهدف`.
    Alef,
    /// Quadriliteral: `سيطر`.
    Quad,
    /// Quadriliteral with ta: `تمركز`.
    TaQuad,
}

const PREFIXES: [(char, Person, Gender, Number); 4] = [
    ('ي', Person::Third, Gender::Masc, Number::Any),
    ('ت', Person::Third, Gender::Fem, Number::Any),
    ('ن', Person::First, Gender::Any, Number::Plural),
    ('أ', Person::First, Gender::Any, Number::Singular),
];

fn chars(s: &str) -> Vec<char> {
    s.chars().collect()
}

fn but_last(s: &str, n: usize) -> String {
    let c = chars(s);
    c[..c.len().saturating_sub(n)].iter().collect()
}

fn last(s: &str) -> char {
    s.chars().next_back().unwrap_or(' ')
}

/// The letters of `s`, and for each whether a shadda stands on it.
fn letters(s: &str) -> Vec<(char, bool)> {
    let mut out: Vec<(char, bool)> = Vec::new();
    for c in s.chars() {
        if c == SHADDA {
            if let Some(l) = out.last_mut() {
                l.1 = true;
            }
        } else if !is_haraka(c) {
            out.push((c, false));
        }
    }
    out
}

impl Verb {
    /// Takes a verb's principal parts apart.
    ///
    /// `past` and `present` are third person masculine singular, with shadda, other vowels ignored; `masdars` may be empty
    /// for every form but the first.
    ///
    /// # Errors
    /// When the past is shorter than two letters or has signs that are none, the present has no ya with two letters behind it, or a weak form I verb comes without a present.
    ///
    /// ```
    /// use tawatur_arabic::morph::Verb;
    /// let v = Verb::new("أصاب", None, &[]).unwrap();
    /// let forms: Vec<String> = v.forms().into_iter().map(|f| f.0).collect();
    /// for f in ["أصابت", "أصبنا", "يصيبون", "أصيب", "يصاب"] { assert!(forms.iter().any(|x| x == f), "{f}"); }
    /// ```
    pub fn new(past: &str, present: Option<&str>, masdars: &[&str]) -> Result<Verb, VerbError> {
        let l = letters(past);
        let n = l.len();
        if n < 2 {
            return Err(VerbError::TooShort(past.into()));
        }
        if let Some(part) = [Some(past), present].into_iter().flatten().find(|p| letters(p).iter().any(|l| class(l.0) != CharClass::Arabic)) {
            return Err(VerbError::Letters(part.into()));
        }
        let bare: String = l.iter().map(|x| x.0).collect();
        let doubled_end = l[n - 1].1;
        let first = l[0].0;
        let shape = match n {
            _ if first == 'ا' && n >= 4 => Shape::Alef,
            3 if first == 'أ' && doubled_end => Shape::Causative,
            4 if first == 'أ' && !l[2].1 => Shape::Causative,
            3 if first == 'آ' => Shape::Causative,
            _ if first == 'ت' && n == 4 && l[2].1 => Shape::TaGeminate,
            _ if first == 'ت' && n == 5 && l[2].0 == 'ا' => Shape::TaLong,
            4 if first == 'ت' && l[1].0 == 'آ' => Shape::TaLong,
            _ if first == 'ت' && n == 5 => Shape::TaQuad,
            3 if l[1].1 => Shape::Geminate,
            4 if l[1].0 == 'ا' => Shape::Long,
            3 if l[1].0 == 'ا' && doubled_end => Shape::Long,
            4 => Shape::Quad,
            _ => Shape::Plain,
        };
        // أقلم يؤقلم: four letters of a root, no form IV
        let shape = match present {
            Some(p) if shape == Shape::Causative && first == 'أ' && p.starts_with("يؤ") => Shape::Quad,
            _ => shape,
        };
        let past_end = match () {
            _ if matches!(l[n - 1].0, 'ى' | 'ي') || (l[n - 1].0 == 'ا' && n >= 3) => End::Weak,
            _ if doubled_end => End::Doubled,
            _ if n >= 3 && l[n - 2].0 == 'ا' && !matches!(shape, Shape::Long | Shape::TaLong) => End::Hollow,
            _ => End::Sound,
        };
        let present = match present {
            Some(p) => {
                let p: String = letters(p).iter().map(|x| x.0).collect();
                p.strip_prefix('ي').filter(|r| r.chars().count() >= 2).map(str::to_string).ok_or(VerbError::Present(p.clone()))?
            }
            None => Self::regular_present(past, &bare, shape, past_end)?,
        };
        let pc = chars(&present);
        let present_end = match () {
            _ if matches!(last(&present), 'ى' | 'ي' | 'و') => End::Weak,
            _ if past_end == End::Doubled => End::Doubled,
            _ if past_end == End::Hollow && pc.len() >= 3 && matches!(pc[pc.len() - 2], 'ا' | 'و' | 'ي') => End::Hollow,
            _ if past_end == End::Hollow && pc.len() == 2 => End::Sound,
            _ => End::Sound,
        };
        let masdars = masdars.iter().map(|m| letters(m).iter().map(|x| x.0).collect()).collect();
        Ok(Verb { past: bare, past_end, present, present_end, shape, masdars })
    }

    fn regular_present(past: &str, bare: &str, shape: Shape, end: End) -> Result<String, VerbError> {
        let c = chars(bare);
        let n = c.len();
        let rest: String = c[1..].iter().collect();
        Ok(match shape {
            Shape::Plain => match end {
                End::Sound if c[0] != 'و' => bare.to_string(),
                End::Doubled => bare.to_string(),
                _ => return Err(VerbError::NeedsPresent(past.into())),
            },
            Shape::Geminate | Shape::Long | Shape::Quad => {
                let mut p = c.clone();
                if p[0] == 'أ' {
                    p[0] = 'ؤ';
                } else if p[0] == 'آ' {
                    p.splice(0..1, ['ؤ', 'ا']);
                }
                let k = p.len() - 1;
                match p[k] {
                    'ى' => p[k] = 'ي',
                    'أ' => p[k] = 'ئ',
                    _ => {}
                }
                p.into_iter().collect()
            }
            Shape::Causative => {
                let mut p: Vec<char> = if c[0] == 'آ' { vec!['ؤ', c[1], c[2]] } else { c[1..].to_vec() };
                let k = p.len() - 1;
                match end {
                    End::Weak => p[k] = 'ي',
                    End::Hollow => p[k - 1] = 'ي',
                    _ if p[k] == 'أ' => p[k] = 'ئ',
                    _ => {}
                }
                if p[0] == 'ي' && end == End::Sound {
                    p[0] = 'و';
                }
                p.into_iter().collect()
            }
            Shape::TaGeminate | Shape::TaLong | Shape::TaQuad => bare.to_string(),
            Shape::Alef => {
                let mut p = chars(&rest);
                let k = p.len() - 1;
                match end {
                    End::Weak => p[k] = 'ي',
                    End::Hollow if n >= 6 && bare.starts_with("است") => p[k - 1] = 'ي',
                    _ if p[k] == 'أ' => p[k] = 'ئ',
                    // التأم → يلتئم
                    End::Sound if n == 5 && p[k - 1] == 'أ' => p[k - 1] = 'ئ',
                    _ => {}
                }
                p.into_iter().collect()
            }
        })
    }

    /// Every finite form, imperatives excepted (reports hardly have any).
    ///
    /// Forms spelled alike in both voices are given once, with [`Voice::Either`].
    pub fn forms(&self) -> Vec<Form> {
        let mut out = Vec::with_capacity(96);
        let passive_past = self.passive_past();
        let passive_present = self.passive_present();
        let one_past = passive_past == (self.past.clone(), self.past_end);
        let one_present = passive_present == (self.present.clone(), self.present_end);
        push_past(&mut out, &self.past, self.past_end, if one_past { Voice::Either } else { Voice::Active });
        if !one_past {
            push_past(&mut out, &passive_past.0, passive_past.1, Voice::Passive);
        }
        push_present(&mut out, &self.present, self.present_end, if one_present { Voice::Either } else { Voice::Active });
        if !one_present {
            push_present(&mut out, &passive_present.0, passive_present.1, Voice::Passive);
        }
        merge_voices(out)
    }

    fn passive_past(&self) -> (String, End) {
        let mut c = chars(&self.past);
        let n = c.len();
        match self.shape {
            Shape::Long if c[0] == 'آ' => {
                c.splice(0..1, ['أ', 'و']);
            }
            Shape::Long => c[1] = 'و',
            Shape::TaLong if c[1] == 'آ' => {}
            Shape::TaLong => c[2] = 'و',
            // استأنف → استؤنف
            Shape::Alef if n == 6 && c[3] == 'أ' => c[3] = 'ؤ',
            Shape::Causative if c[0] == 'آ' => {
                c.splice(0..1, ['أ', 'و']);
            }
            _ => {}
        }
        let k = c.len() - 1;
        match self.past_end {
            End::Hollow => c[k - 1] = 'ي',
            End::Weak => c[k] = 'ي',
            _ if c[k] == 'أ' => c[k] = 'ئ',
            _ if n == 3 && c[1] == 'أ' => c[1] = 'ئ',
            _ => {}
        }
        (c.into_iter().collect(), self.past_end)
    }

    fn passive_present(&self) -> (String, End) {
        let mut c = chars(&self.present);
        let k = c.len() - 1;
        let mut end = self.present_end;
        if self.shape == Shape::Plain && c.len() == 2 && self.past.starts_with('و') {
            c.insert(0, 'و');
        }
        if self.shape == Shape::Plain && c[0] == 'أ' {
            c[0] = 'ؤ';
        }
        let k = if c.len() > k + 1 { k + 1 } else { k };
        match self.present_end {
            End::Hollow => c[k - 1] = 'ا',
            End::Weak => {
                c[k] = 'ى';
                end = End::Weak;
            }
            _ if c[k] == 'ئ' => c[k] = 'أ',
            _ => {}
        }
        (c.into_iter().collect(), end)
    }

    /// The masdars: those of the dictionary, or the regular one of a derived form.
    ///
    /// ```
    /// use tawatur_arabic::morph::Verb;
    /// let m = |past| Verb::new(past, None, &[]).unwrap().masdars();
    /// assert_eq!(m("استهدف"), ["استهداف"]);
    /// assert_eq!(m("أصاب"), ["إصابة"]);
    /// assert_eq!(m("احتلّ"), ["احتلال"]);
    /// assert_eq!(m("اعتدى"), ["اعتداء"]);
    /// assert_eq!(m("استولى"), ["استيلاء"]);
    /// assert_eq!(m("فجّر"), ["تفجير"]);
    /// assert_eq!(m("سيطر"), ["سيطرة"]);
    /// ```
    pub fn masdars(&self) -> Vec<String> {
        if !self.masdars.is_empty() {
            return self.masdars.clone();
        }
        let c = chars(&self.past);
        let n = c.len();
        let weak = self.past_end == End::Weak;
        let s = |v: &[char]| v.iter().collect::<String>();
        let one = match self.shape {
            Shape::Plain => return Vec::new(),
            Shape::Geminate => {
                let r1 = c[0];
                match (weak, c[2]) {
                    (true, _) => s(&['ت', r1, c[1], 'ي', 'ة']),
                    (_, 'أ') => s(&['ت', r1, c[1], 'ئ', 'ة']),
                    _ => s(&['ت', r1, c[1], 'ي', c[2]]),
                }
            }
            Shape::Long if weak => format!("م{}اة", but_last(&self.past, 1)),
            Shape::Long if c[0] == 'آ' => format!("مؤا{}ة", s(&c[1..])),
            Shape::Long => format!("م{}ة", self.past),
            Shape::Causative => {
                let body = if c[0] == 'آ' { vec!['ي', c[1], c[2]] } else { c[1..].to_vec() };
                match self.past_end {
                    End::Hollow => format!("إ{}ة", s(&body)),
                    End::Weak if body[0] == 'و' => format!("إي{}اء", s(&body[1..body.len() - 1])),
                    End::Weak => format!("إ{}اء", s(&body[..body.len() - 1])),
                    End::Doubled => format!("إ{}ا{}", s(&body), body[body.len() - 1]),
                    _ => {
                        let k = body.len() - 1;
                        let b0 = if body[0] == 'و' { 'ي' } else { body[0] };
                        let end = if body[k] == 'أ' { 'ء' } else { body[k] };
                        format!("إ{}{}ا{}", b0, s(&body[1..k]), end).replace("أا", "آ")
                    }
                }
            }
            Shape::TaGeminate | Shape::TaLong | Shape::TaQuad => match last(&self.past) {
                _ if weak => format!("{}ي", but_last(&self.past, 1)),
                'أ' if self.shape == Shape::TaLong => format!("{}ؤ", but_last(&self.past, 1)),
                'أ' => format!("{}ؤ", but_last(&self.past, 1)),
                _ => self.past.clone(),
            },
            Shape::Alef => match self.past_end {
                End::Hollow if self.past.starts_with("است") && n >= 6 => format!("{}ة", self.past),
                End::Hollow => format!("{}يا{}", s(&c[..n - 2]), c[n - 1]),
                End::Weak => {
                    let mut b = c[..n - 1].to_vec();
                    if s(&b).starts_with("استو") {
                        b[3] = 'ي';
                    }
                    format!("{}اء", s(&b))
                }
                End::Doubled => format!("{}ا{}", self.past, c[n - 1]),
                End::Sound => {
                    let mut b = c.clone();
                    if self.past.starts_with("استو") && n >= 6 {
                        b[3] = 'ي';
                    }
                    // التأم → التئام
                    if b[n - 2] == 'أ' {
                        b[n - 2] = 'ئ';
                    }
                    let end = if b[n - 1] == 'أ' { 'ء' } else { b[n - 1] };
                    format!("{}ا{}", s(&b[..n - 1]), end)
                }
            },
            Shape::Quad => format!("{}ة", self.past),
        };
        vec![one]
    }

    /// Each masdar with all its forms.
    pub fn masdar_forms(&self) -> Vec<(String, Vec<Form>)> {
        let mut all = Vec::new();
        for m in self.masdars() {
            let mut out: Vec<Form> = Vec::new();
            // A masdar that is counted takes -at: هجوم has a broken plural of its own in the noun list.
            let plural = [Plural::Ta];
            out.extend(inflect_noun(&m, &plural, None).into_iter().map(|(s, f)| (s, f.with_origin(Origin::Masdar))));
            if m.ends_with('ي') && self.past_end == End::Weak {
                // تبنٍّ, تحدٍّ
                let f = Feat::nominal(Gender::Masc, Number::Singular, State::Absolute, super::Case::Any).with_origin(Origin::Masdar);
                out.push((but_last(&m, 1), f));
            }
            all.push((m, out));
        }
        all
    }

    /// All forms of both participles. Where they are spelled alike, as in most derived forms, the form is given once with
    /// [`Voice::Either`].
    ///
    /// ```
    /// use tawatur_arabic::morph::Verb;
    /// let f = |past, present| -> Vec<String> {
    ///     Verb::new(past, present, &[]).unwrap().participle_forms().into_iter().map(|f| f.0).collect()
    /// };
    /// assert!(f("قتل", None).contains(&"مقتولين".to_string()));
    /// assert!(f("هاجم", None).contains(&"مهاجمون".to_string()));
    /// assert!(f("قال", Some("يقول")).contains(&"قائلا".to_string()));
    /// assert!(f("احتلّ", None).contains(&"محتلة".to_string()));
    /// ```
    pub fn participle_forms(&self) -> Vec<Form> {
        let agent = self.active_participle();
        let patient = self.passive_participle();
        let mut out = Vec::new();
        let mut push = |base: &str, origin: Origin, voice: Voice| {
            let weak = base.ends_with('ي') && (self.past_end == End::Weak || last(&self.present) == 'ي');
            let forms = if weak { inflect_defective(base) } else { inflect_adjective(base, &[]) };
            for (s, f) in forms {
                out.push((s, f.with_origin(origin).with_voice(voice)));
            }
        };
        if agent == patient {
            push(&agent, Origin::Agent, Voice::Either);
        } else {
            push(&agent, Origin::Agent, Voice::Active);
            push(&patient, Origin::Patient, Voice::Passive);
        }
        out
    }

    fn active_participle(&self) -> String {
        let c = chars(&self.past);
        if self.shape != Shape::Plain {
            let mut p = chars(&self.present);
            let k = p.len() - 1;
            match p[k] {
                'ى' => p[k] = 'ي',
                // متساءل as a person is متسائل
                _ if k > 1 && p[k - 1] == 'ء' => p[k - 1] = 'ئ',
                _ => {}
            }
            return format!("م{}", p.iter().collect::<String>());
        }
        match self.past_end {
            End::Hollow => format!("{}ائ{}", c[0], c[2]),
            End::Weak if c[0] == 'أ' => format!("آ{}ي", c[1]),
            End::Weak => format!("{}ا{}ي", c[0], c[1]),
            End::Doubled => format!("{}ا{}", c[0], c[1]),
            End::Sound if c.len() == 3 => {
                let end = if c[2] == 'أ' { 'ئ' } else { c[2] };
                let mid = if c[1] == 'أ' { 'ئ' } else { c[1] };
                match c[0] {
                    'أ' => format!("آ{mid}{end}"),
                    r => format!("{r}ا{mid}{end}"),
                }
            }
            End::Sound => self.past.clone(),
        }
    }

    fn passive_participle(&self) -> String {
        if self.shape != Shape::Plain {
            return format!("م{}", self.passive_present().0);
        }
        let c = chars(&self.past);
        let p = chars(&self.present);
        match self.past_end {
            End::Hollow if p.len() >= 3 && p[1] == 'ي' => format!("م{}ي{}", c[0], c[2]),
            End::Hollow => format!("م{}و{}", c[0], c[2]),
            End::Weak if last(&self.present) == 'و' => format!("م{}{}و", c[0], c[1]),
            End::Weak => format!("م{}{}ي", c[0], c[1]),
            End::Doubled => format!("م{}{}و{}", c[0], c[1], c[1]),
            End::Sound if c.len() == 3 => match c[2] {
                'أ' => format!("م{}{}وء", c[0], c[1]),
                r3 => format!("م{}{}و{}", c[0], c[1], r3),
            },
            End::Sound => self.past.clone(),
        }
    }
}

fn push_past(out: &mut Vec<Form>, stem: &str, end: End, voice: Voice) {
    use {Gender::*, Number::*, Person::*};
    let mut push = |s: String, p, g, n| out.push((s, Feat::verb(Tense::Past, voice, p, g, n)));
    let c = chars(stem);
    let k = c.len() - 1;
    let cut = but_last(stem, 1);
    // the stem before a vowel ending, and before a consonant
    let (fs, mp, mpb, md, fd, cons) = match end {
        End::Weak if c[k] == 'ي' => (format!("{stem}ت"), format!("{cut}وا"), format!("{cut}و"), format!("{stem}ا"), format!("{stem}تا"), stem.to_string()),
        End::Weak => {
            let r = if c[k] == 'ا' && c.len() == 3 { 'و' } else { 'ي' };
            (format!("{cut}ت"), format!("{cut}وا"), format!("{cut}و"), format!("{cut}{r}ا"), format!("{cut}تا"), format!("{cut}{r}"))
        }
        _ => {
            let cons = match end {
                End::Hollow => {
                    let mut d = c.clone();
                    d.remove(k - 1);
                    // جاء → جئت, but أساء → أسأت
                    if let Some(l) = d.last_mut().filter(|l| **l == 'ء') {
                        *l = if c.len() == 3 { 'ئ' } else { 'أ' };
                    }
                    d.iter().collect()
                }
                End::Doubled => format!("{stem}{}", c[k]),
                _ => stem.to_string(),
            };
            let mp = match c[k] {
                'ء' => format!("{cut}ؤ"),
                _ => stem.to_string(),
            };
            (format!("{stem}ت"), format!("{mp}وا"), format!("{mp}و"), format!("{stem}ا"), format!("{stem}تا"), cons)
        }
    };
    push(stem.to_string(), Third, Masc, Singular);
    push(fs, Third, Fem, Singular);
    push(mp, Third, Masc, Plural);
    if end == End::Sound && c[k] == 'أ' {
        push(format!("{cut}ؤوا"), Third, Masc, Plural);
    }
    if c[k] == 'ء' {
        push(format!("{stem}وا"), Third, Masc, Plural);
    }
    push(md, Third, Masc, Dual);
    push(fd, Third, Fem, Dual);
    // two like letters meet as one with shadda: أعلن + نا → أعلنا, أثبت + ت → أثبت
    let close = |ending: &str| match cons.chars().next_back() {
        Some(c) if ending.starts_with(c) => format!("{cons}{}", &ending[c.len_utf8()..]),
        _ => format!("{cons}{ending}"),
    };
    push(close("ن"), Third, Fem, Plural);
    push(close("نا"), First, Gender::Any, Plural);
    push(close("ت"), First, Gender::Any, Singular);
    push(close("تم"), Second, Masc, Plural);
    // bound: before a pronoun the alef of وا goes, and a final ى is written ا
    out.push((mpb, Feat::verb(Tense::Past, voice, Third, Masc, Plural).with_state(State::Bound)));
    if c[k] == 'ى' {
        let bound = if cut.ends_with('أ') { format!("{}آ", but_last(&cut, 1)) } else { format!("{cut}ا") };
        out.push((bound, Feat::verb(Tense::Past, voice, Third, Masc, Singular).with_state(State::Bound)));
    }
}

fn push_present(out: &mut Vec<Form>, stem: &str, end: End, voice: Voice) {
    use {Gender::*, Number::*, Person::*};
    let c = chars(stem);
    let k = c.len() - 1;
    let cut = but_last(stem, 1);
    let weak = end == End::Weak;
    // a final hamza takes the seat of what surrounds it: يسيء → يسيئون, يشاء → يشاؤون
    let plural = match c[k] {
        _ if weak => cut.clone(),
        'ء' if k > 0 && c[k - 1] == 'ي' => format!("{cut}ئ"),
        'ء' => format!("{cut}ؤ"),
        _ => stem.to_string(),
    };
    let dual = match (weak, c[k]) {
        (true, 'ى') => format!("{cut}ي"),
        _ => stem.to_string(),
    };
    let short = match end {
        End::Weak => cut.clone(),
        End::Hollow => {
            let mut d = c.clone();
            d.remove(k - 1);
            d.iter().collect()
        }
        _ => stem.to_string(),
    };
    let fem = match end {
        End::Weak if c[k] == 'ى' => format!("{cut}ي"),
        End::Weak => stem.to_string(),
        End::Hollow => short.clone(),
        End::Doubled => format!("{stem}{}", c[k]),
        End::Sound => stem.to_string(),
    };
    for (p, person, gender, number) in PREFIXES {
        let with = |s: &str| match (p, s.chars().next()) {
            // أ + أ/ؤ: آخذ, but أؤكد stays
            ('أ', Some('أ')) => format!("آ{}", &s['أ'.len_utf8()..]),
            _ => format!("{p}{s}"),
        };
        let n = if number == Number::Any { Singular } else { number };
        out.push((with(stem), Feat::verb(Tense::Present, voice, person, gender, n)));
        if short != stem {
            out.push((with(&short), Feat::verb(Tense::Short, voice, person, gender, n)));
        }
        if c[k] == 'ى' {
            let f = Feat::verb(Tense::Present, voice, person, gender, n).with_state(State::Bound);
            out.push((with(&format!("{cut}ا")), f));
        }
        if person != Third {
            continue;
        }
        let pl_person = if p == 'ت' { Second } else { Third };
        let mut push = |s: &str, t, pe, g, nu| out.push((with(s), Feat::verb(t, voice, pe, g, nu)));
        push(&format!("{plural}ون"), Tense::Present, pl_person, Masc, Plural);
        push(&format!("{plural}وا"), Tense::Short, pl_person, Masc, Plural);
        if c[k] == 'أ' {
            push(&format!("{cut}ؤون"), Tense::Present, pl_person, Masc, Plural);
            push(&format!("{cut}ؤوا"), Tense::Short, pl_person, Masc, Plural);
        }
        push(&format!("{dual}ان"), Tense::Present, Third, gender, Dual);
        push(&format!("{dual}ا"), Tense::Short, Third, gender, Dual);
        if p == 'ي' {
            push(&format!("{fem}ن"), Tense::Present, Third, Fem, Plural);
        }
        out.push((with(&format!("{plural}و")), Feat::verb(Tense::Short, voice, pl_person, Masc, Plural).with_state(State::Bound)));
    }
}

/// Joins forms that differ in nothing but the voice.
fn merge_voices(mut forms: Vec<Form>) -> Vec<Form> {
    for (s, _) in &mut forms {
        // بدأ + ا is بدآ
        if s.contains("أا") {
            *s = s.replace("أا", "آ");
        }
    }
    forms.sort();
    let mut out: Vec<Form> = Vec::with_capacity(forms.len());
    for (s, f) in forms {
        let key = f.with_voice(Voice::Either);
        match out.iter_mut().rev().take_while(|o| o.0 == s).find(|o| o.1.with_voice(Voice::Either) == key) {
            Some(o) if o.1 != f => o.1 = key,
            Some(_) => {}
            None => out.push((s, f)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_verb_is_refused() {
        assert!(matches!(Verb::new("ق", None, &[]), Err(VerbError::TooShort(_))));
        assert!(matches!(Verb::new("قال", Some("ي"), &[]), Err(VerbError::Present(_))));
        assert!(matches!(Verb::new("قال", Some("يق\u{1}ول"), &[]), Err(VerbError::Letters(_))));
        assert!(matches!(Verb::new("qال", Some("يقول"), &[]), Err(VerbError::Letters(_))));
    }

    #[test]
    fn hamza_between_vowels() {
        has("بدأ", None, &["بدآ", "يبدآن", "بدؤوا"], &["بدأا"]);
        has("التأم", None, &["يلتئم", "تلتئمان"], &["يلتأم"]);
        has("أقلم", Some("يؤقلم"), &["يؤقلمون", "أقلمت"], &["يقلم"]);
        let masdar = |past, present| Verb::new(past, present, &[]).unwrap().masdars();
        assert_eq!(masdar("التأم", None), ["التئام"]);
        assert_eq!(masdar("أقلم", Some("يؤقلم")), ["أقلمة"]);
    }

    fn has(past: &str, present: Option<&str>, want: &[&str], not: &[&str]) {
        let v = Verb::new(past, present, &[]).unwrap();
        let forms: Vec<String> = v.forms().into_iter().map(|f| f.0).collect();
        for w in want {
            assert!(forms.iter().any(|f| f == w), "{past}: {w} is missing; there is {forms:?}");
        }
        for w in not {
            assert!(!forms.iter().any(|f| f == w), "{past}: {w} must not be there");
        }
    }

    #[test]
    fn sound_verbs() {
        has("قصف", None, &["قصفت", "قصفوا", "قصفنا", "يقصف", "تقصف", "يقصفون", "يقصفان", "نقصف", "أقصف"], &["قصفن ا"]);
        has("أعلن", None, &["أعلنت", "يعلن", "تعلن", "أعلنوا", "يعلنون"], &["يأعلن"]);
        has("أكّد", None, &["أكد", "أكدت", "يؤكد", "نؤكد", "أؤكد", "يؤكدون"], &["يأكد"]);
        has("هاجم", None, &["هاجم", "هوجم", "هوجمت", "يهاجم", "هاجموا"], &[]);
        has("تبادل", None, &["تبادلوا", "تبودل", "يتبادلان", "تتبادل"], &[]);
        has("سيطر", None, &["سيطرت", "تسيطر", "يسيطرون"], &[]);
        has("استهدف", None, &["استهدف", "استهدفت", "يستهدف", "تستهدف"], &["يااستهدف"]);
        has("انفجر", None, &["انفجرت", "تنفجر"], &[]);
    }

    #[test]
    fn weak_verbs() {
        has("قال", Some("يقول"), &["قالت", "قلنا", "قيل", "يقال", "يقولون", "يقل", "تقول"], &["قالنا"]);
        has("دعا", Some("يدعو"), ["دعت", "دعوا", "دعونا", "دعي", "يدعون", "تدعو", "يدعى", "يدع", "دعاه"][..8].as_ref(), &["دعات"]);
        has("لقي", Some("يلقى"), &["لقيت", "لقوا", "يلقون", "تلقى"], &["لقيوا"]);
        has("وصل", Some("يصل"), &["وصلت", "يصل", "تصل", "يوصل", "يصلون"], &[]);
        has("شنّ", None, &["شن", "شنت", "شنوا", "شننا", "يشن", "تشن", "يشنون"], &["شنننا"]);
        has("أصاب", None, &["أصابت", "أصبنا", "أصيب", "أصيبت", "أصيبوا", "يصيب", "يصاب", "تصب"], &[]);
        has("أدّى", None, &["أدت", "أدوا", "يؤدي", "تؤدي", "يؤدون", "أدينا"], &[]);
        has("تبنّى", None, &["تبنت", "تبنى", "يتبنى", "تتبنى", "يتبنون", "تبنوا"], &[]);
        has("اعتدى", None, &["اعتدت", "اعتدوا", "يعتدي", "يعتدون", "اعتدي"], &[]);
        has("احتلّ", None, &["احتلت", "احتللنا", "يحتل", "تحتل"], &[]);
        has("استقال", None, &["استقالت", "استقلنا", "يستقيل", "تستقيل"], &[]);
        has("اختار", None, &["اختارت", "يختار", "اختير", "اخترنا"], &["يختير"]);
        has("أخذ", Some("يأخذ"), &["أخذت", "يأخذ", "آخذ", "يؤخذ"], &[]);
        has("قرأ", Some("يقرأ"), &["قرأت", "قرؤوا", "قرأوا", "قرئ", "يقرؤون", "يقرأ"], &[]);
        has("جاء", Some("يجيء"), &["جاءت", "جئنا", "جاؤوا"], &["جاءنا"]);
        has("رأى", Some("يرى"), &["رأت", "رأوا", "رأينا", "يرون", "ترى"], &[]);
        has("أساء", None, &["أسأت", "يسيئون", "أساءوا", "أساؤوا"], &[]);
        has("استأنف", None, &["استؤنفت", "يستأنف"], &[]);
        has("امتلأ", None, &["يمتلئ", "امتلأت"], &[]);
        has("تآمر", None, &["يتآمر", "تآمروا"], &[]);
    }

    #[test]
    fn masdars_and_participles() {
        let m = |p: &str| Verb::new(p, None, &[]).unwrap().masdars();
        assert_eq!(m("انفجر"), ["انفجار"]);
        assert_eq!(m("أعلن"), ["إعلان"]);
        assert_eq!(m("أوقف"), ["إيقاف"]);
        assert_eq!(m("أعدّ"), ["إعداد"]);
        assert_eq!(m("أجرى"), ["إجراء"]);
        assert_eq!(m("استقال"), ["استقالة"]);
        assert_eq!(m("انهار"), ["انهيار"]);
        assert_eq!(m("قاتل"), ["مقاتلة"]);
        assert_eq!(m("نادى"), ["مناداة"]);
        assert_eq!(m("تبنّى"), ["تبني"]);
        assert_eq!(m("سمّى"), ["تسمية"]);
        assert_eq!(m("آمن"), ["إيمان"]);
        assert_eq!(m("آخذ").len(), 1);
        assert_eq!(m("أنشأ"), ["إنشاء"]);
        let p = |past: &str, pres| -> Vec<String> { Verb::new(past, pres, &[]).unwrap().participle_forms().into_iter().map(|f| f.0).collect() };
        for (past, pres, want) in [
            ("قتل", None, "مقتول"),
            ("أصاب", None, "مصاب"),
            ("أصاب", None, "مصيبة"),
            ("دعا", Some("يدعو"), "مدعو"),
            ("دعا", Some("يدعو"), "داعي"),
            ("استهدف", None, "مستهدفة"),
            ("تبنّى", None, "متبني"),
            ("اعتدى", None, "معتدون"),
            ("اعتدى", None, "معتد"),
            ("تساءل", None, "متسائل"),
            ("أتى", Some("يأتي"), "آتية"),
            ("أكّد", None, "مؤكدا"),
            ("أخذ", Some("يأخذ"), "مأخوذ"),
        ] {
            assert!(p(past, pres).iter().any(|f| f == want), "{past}: {want} in {:?}", p(past, pres));
        }
    }

    #[test]
    fn says_what_is_missing() {
        assert!(matches!(Verb::new("ف", None, &[]), Err(VerbError::TooShort(_))));
        assert!(matches!(Verb::new("قال", None, &[]), Err(VerbError::NeedsPresent(_))));
        assert!(matches!(Verb::new("قال", Some("تقول"), &[]), Err(VerbError::Present(_))));
    }
}
