//! The grammatical features of a word form, packed into 32 bits.

/// Part of speech of a lemma.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Pos {
    /// A verb.
    Verb = 0,
    /// A noun, masdars and participles included.
    Noun = 1,
    /// An adjective.
    Adj = 2,
    /// A closed-class word: preposition, conjunction, negation, pronoun, …; its tags say which.
    Particle = 3,
    /// A given or family name.
    Name = 4,
}

impl Pos {
    pub(crate) fn from_u8(n: u8) -> Pos {
        match n {
            0 => Pos::Verb,
            1 => Pos::Noun,
            2 => Pos::Adj,
            3 => Pos::Particle,
            _ => Pos::Name,
        }
    }
}

macro_rules! packed {
    ($(#[$m:meta])* $name:ident: $get:ident $with:ident @ $shift:literal, $bits:literal { $($(#[$vm:meta])* $v:ident = $n:literal),* $(,)? }) => {
        $(#[$m])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum $name { $($(#[$vm])* $v = $n),* }
        impl Feat {
            #[doc = concat!("The [`", stringify!($name), "`] of this form.")]
            #[inline]
            pub fn $get(self) -> $name {
                match (self.0 >> $shift) & ((1 << $bits) - 1) { $($n => $name::$v,)* _ => unreachable!() }
            }
            #[doc = concat!("This form with another [`", stringify!($name), "`].")]
            #[inline]
            #[must_use]
            pub const fn $with(self, v: $name) -> Feat {
                Feat(self.0 & !(((1 << $bits) - 1) << $shift) | ((v as u32) << $shift))
            }
        }
    };
}

/// Features of one form: verbs use tense, voice, person, gender, number; nominals gender, number, state, case, origin.
///
/// ```
/// use tawatur_arabic::morph::{Feat, Number, Tense};
/// let f = Feat::default().with_tense(Tense::Past).with_number(Number::Dual);
/// assert_eq!((f.tense(), f.number()), (Tense::Past, Number::Dual));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub struct Feat(pub u32);

packed! {
    /// The tense of a verb form.
    Tense: tense with_tense @ 0, 2 {
        /// Not a verb.
        None = 0,
        /// Past (perfect).
        Past = 1,
        /// Present or future (imperfect indicative).
        Present = 2,
        /// The imperfect cut short after لم، لن، أن، لـ.
        Short = 3,
    }
}
packed! {
    /// The voice: unwritten vowels leave most forms open.
    Voice: voice with_voice @ 2, 2 {
        /// Spelled alike in both voices.
        Either = 0,
        /// Active only.
        Active = 1,
        /// Passive only.
        Passive = 2,
        /// Not used.
        Unused = 3,
    }
}
packed! {
    /// The person of a verb form.
    Person: person with_person @ 4, 2 {
        /// Not a verb.
        None = 0,
        /// Speaker.
        First = 1,
        /// Addressee.
        Second = 2,
        /// Anybody else.
        Third = 3,
    }
}
packed! {
    /// The gender.
    Gender: gender with_gender @ 6, 2 {
        /// Both, or not known.
        Any = 0,
        /// Masculine.
        Masc = 1,
        /// Feminine.
        Fem = 2,
        /// Not used.
        Unused = 3,
    }
}
packed! {
    /// The number.
    Number: number with_number @ 8, 2 {
        /// Not known.
        Any = 0,
        /// One.
        Singular = 1,
        /// Two.
        Dual = 2,
        /// Three and more.
        Plural = 3,
    }
}
packed! {
    /// What may follow a nominal form.
    State: state with_state @ 10, 2 {
        /// Both an idafa and the end of the phrase.
        Any = 0,
        /// Only an idafa or a pronoun: `مسلحو`, `منزلي` (dual), `غارت` (before a pronoun).
        Construct = 1,
        /// Never an idafa: `مسلحون`, `منزلين`, `قصفا`.
        Absolute = 2,
        /// Only a pronoun: `غارت`, `قتلو`.
        Bound = 3,
    }
}
packed! {
    /// The case, as far as it is written.
    Case: case with_case @ 12, 2 {
        /// Not written.
        Any = 0,
        /// Nominative: `ون`, `ان`, `و`, `ا`.
        Nom = 1,
        /// Accusative or genitive: `ين`, `ي`.
        Obl = 2,
        /// Indefinite accusative: `قصفا`.
        Acc = 3,
    }
}
packed! {
    /// How a nominal comes from a verb.
    Origin: origin with_origin @ 14, 2 {
        /// It does not.
        Plain = 0,
        /// The verb's masdar.
        Masdar = 1,
        /// The one who does it: `مهاجم`.
        Agent = 2,
        /// The one to whom it is done: `مقتول` (spelled like the agent in most derived forms).
        Patient = 3,
    }
}

impl Feat {
    /// A finite verb form.
    pub const fn verb(tense: Tense, voice: Voice, person: Person, gender: Gender, number: Number) -> Feat {
        Feat(0).with_tense(tense).with_voice(voice).with_person(person).with_gender(gender).with_number(number)
    }

    /// A nominal form.
    pub const fn nominal(gender: Gender, number: Number, state: State, case: Case) -> Feat {
        Feat(0).with_gender(gender).with_number(number).with_state(state).with_case(case)
    }
}
