//! What the coder sees of an event word when it judges whether the text asserts an event by it.
//!
//! A word such as هجوم names an event far more often than it reports one: "بعد الهجوم", "خطر هجوم", "التحقيق في الهجوم". How it stands
//! tells the two apart. Each feature is one such circumstance, 1 when it holds; `lexicon/confidence.toml` gives what it weighs.

/// The values of all features for one event word.
pub type Features = [f32; Feature::COUNT];

macro_rules! features {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal),* $(,)?) => {
        /// A circumstance of an event word.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(usize)]
        pub enum Feature { $($(#[doc = $doc])+ $variant),* }

        impl Feature {
            /// Every feature, in order.
            pub const ALL: &'static [Feature] = &[$(Feature::$variant),*];
            /// How many there are.
            pub const COUNT: usize = Self::ALL.len();
            /// Its name in `lexicon/confidence.toml`.
            pub fn name(self) -> &'static str {
                match self { $(Feature::$variant => $name),* }
            }
        }
    };
}

features! {
    /// Always 1.
    Always = "always",
    /// How sure the lexicon entry is of its word: the logit of its weight.
    Entry = "entry",
    /// The entry is of casualties: قتل, جريح.
    Casualty = "entry.casualty",
    /// The entry is of people who take part: متظاهر.
    Participant = "entry.participant",
    /// The entry is a speech act.
    Speech = "entry.speech",
    /// ASSAULT.
    Assault = "type.assault",
    /// PROTEST.
    Protest = "type.protest",
    /// A pattern of several words found it.
    Phrase = "form.phrase",
    /// A verb in the past.
    Past = "verb.past",
    /// A verb in the present.
    Present = "verb.present",
    /// A verb in the present behind أن or a modal verb.
    Subjunctive = "verb.subjunctive",
    /// كان before a verb: background.
    Pluperfect = "verb.pluperfect",
    /// A verb in a relative clause: "الذي خطف".
    Relative = "verb.relative",
    /// A noun with the article.
    Definite = "noun.definite",
    /// A noun that its genitive makes definite: "هجوم العاصمة".
    Annexed = "noun.annexed",
    /// A noun with a pronoun: "هجومهم".
    Owned = "noun.owned",
    /// A noun with a numeral: "ثلاث غارات".
    Numbered = "noun.numbered",
    /// A noun that a light verb carries: "شن هجوما", "وقع انفجار".
    Carried = "noun.carried",
    /// A noun behind a verb, as its subject or object, without a preposition.
    Core = "noun.core",
    /// A noun behind بعد, منذ, قبل: known already.
    After = "noun.after",
    /// A noun behind جراء, في, خلال, ب without a casualty that it explains.
    Circumstance = "noun.circumstance",
    /// A noun of which somebody speaks, warns, is accused; that is feared, investigated, fought.
    Topic = "noun.topic",
    /// The genitive of another noun.
    Genitive = "noun.genitive",
    /// Joined to the noun before: "القتل والتدمير".
    Joined = "noun.joined",
    /// Nothing of its own beside it: no part, number, place, time.
    Bare = "parts.none",
    /// Who did it.
    Actor = "parts.actor",
    /// To whom.
    Recipient = "parts.recipient",
    /// A number of people killed, hurt, held, or taking part, in figures or words.
    Count = "parts.count",
    /// A place of its own.
    Place = "parts.place",
    /// A time of its own.
    Time = "parts.time",
    /// Means, or a weapon.
    Means = "parts.means",
    /// Casualties or a second word joined it.
    Linked = "parts.linked",
    /// A verb of casualties in the past joined it: "قتل ثلاثة في هجوم".
    LinkedVerb = "linked.verb",
    /// The sentence has a place.
    PlaceNear = "near.place",
    /// The sentence has a day.
    DayNear = "near.day",
    /// The sentence has a month, a week, a duration.
    LongNear = "near.long",
    /// The sentence has a year and no day.
    YearNear = "near.year",
    /// A claim of the sentence counts its dead, hurt or held.
    TollNear = "near.toll",
    /// A weapon in the sentence.
    WeaponNear = "near.weapon",
    /// The participant is subject of a verb of protest.
    Acts = "participant.acts",
    /// Told as not actual.
    Unreal = "told.unreal",
    /// Told as long past.
    Historical = "told.historical",
    /// A source is credited.
    Credited = "told.credited",
    /// Those credited are soldiers, police, officials, medics, rescuers, witnesses.
    Witnessed = "told.witnessed",
    /// No other verb that tells something stands before it in its sentence.
    First = "told.first",
    /// Two or more do.
    Deep = "told.deep",
    /// Somebody accuses, condemns, asks, threatens before it in its sentence.
    Judged = "told.judged",
    /// Between quotation marks.
    Quoted = "told.quoted",
    /// First or second person, a question, an exclamation in its sentence: talk.
    Talk = "told.talk",
    /// Opinion, possibility, habit in its sentence.
    Opinion = "told.opinion",
    /// How many verbs of the sentence are in the present, as a share.
    Presents = "sentence.presents",
    /// Words of the sentence, logarithm of tens.
    Length = "sentence.length",
    /// Other event words of its sentence that have parts of their own, up to three.
    Others = "sentence.others",
    /// An event word of the same type stands before it in its sentence.
    Again = "sentence.again",
    /// The text is a sentence or two and speaks of force or protest, which are named by the way more often than told. Of other acts such a
    /// text says no less than a long one.
    Lone = "text.lone",
    /// Of the sentences around it, how many tell events.
    Company = "text.company",
    /// The text is of a peaceful kind.
    Peaceful = "text.peaceful",
}
