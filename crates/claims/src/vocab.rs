//! What each word is to the coder: its symbols, its possible parts of speech, its classes.

use crate::lexicon::{Lexicon, Sym};
use arabic::dict::Tags;
use arabic::morph::{Number, Origin, Person, Pos, State, Tense, Voice};
use arabic::names::NameCell;
use arabic::words::{Enclitic, Proclitics, Reading, Word};
use smallvec::SmallVec;

/// A closed class that decides how a sentence is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Particle {
    /// في، من، على
    Prep,
    /// و، أو، ثم
    Conj,
    /// أن، إن
    Comp,
    /// حيث، بينما، بعدما
    Sub,
    /// الذي، التي
    Rel,
    /// هذا، تلك
    Dem,
    /// لم، لن، لا
    Neg,
    /// هو، هم
    Pron,
    /// كل، بعض
    Quant,
    /// أيضا، حاليا
    Adv,
    /// سوف, قد and others that stand before a verb
    Aux,
    /// Anything else.
    Other,
}

/// A word as the coder sees it.
#[derive(Debug, Clone, Default)]
pub struct Lex {
    /// The symbols it satisfies, sorted, with the reading that does (255: the form itself).
    pub syms: SmallVec<[(Sym, u8); 4]>,
    /// The tags of its nominal readings.
    pub tags: Tags,
    /// The best reading as a finite verb, noun, adjective, name.
    pub verb: Option<u8>,
    #[allow(missing_docs)]
    pub noun: Option<u8>,
    #[allow(missing_docs)]
    pub adj: Option<u8>,
    #[allow(missing_docs)]
    pub name: Option<u8>,
    /// As a particle.
    pub particle: Option<(Particle, u8)>,
    /// No reading at all.
    pub unknown: bool,
    /// The word, or the stem behind و, is spelled as a particle and hardly ever anything else.
    pub only_particle: bool,
    /// Event words begin with it or consist of it.
    pub triggers: bool,
    /// It is an event word as a noun: asked while the sentence is cut.
    pub event: bool,
    /// It is a word of saying.
    pub says: bool,
    /// A phrase that cites may begin with it, as it is, behind a conjunction or written onto ل.
    pub cites: bool,
    /// A name of an actor may begin with it.
    pub names: bool,
    /// The contexts that it speaks for, each once.
    pub contexts: SmallVec<[u16; 2]>,
}

fn particle_class(lex: &Lexicon, r: &Reading) -> Particle {
    let t = &lex.tags;
    let has = |x: Tags| r.tags.any(x);
    match () {
        _ if has(t.rel) => Particle::Rel,
        _ if has(t.comp) => Particle::Comp,
        _ if has(t.neg) => Particle::Neg,
        _ if has(t.prep) => Particle::Prep,
        _ if has(t.dem) => Particle::Dem,
        _ if has(t.pron) => Particle::Pron,
        _ if has(t.quant) => Particle::Quant,
        _ if has(t.sub) => Particle::Sub,
        _ if has(t.conj) => Particle::Conj,
        _ if has(t.fut) => Particle::Aux,
        _ if has(t.adv) => Particle::Adv,
        _ => Particle::Other,
    }
}

/// "my rocket", "two rockets of": forms that reports hardly have, spelt as the adjectives and nouns in ي that they do have.
fn far_fetched(r: &Reading) -> bool {
    r.enc == Enclitic::Me || r.feat.number() == Number::Dual && r.feat.state() == State::Construct
}

impl Lex {
    /// Looks a word up in the lexicon.
    pub fn new(lex: &Lexicon, w: &Word) -> Lex {
        let mut l = Lex { syms: lex.symbols.of(w), unknown: w.is_unknown(), ..Lex::default() };
        for (n, r) in w.readings.iter().enumerate() {
            let n = n as u8;
            match r.pos {
                Pos::Verb => {
                    // reports are told in the third person: "أصيب" is "was hurt" before "I hit", "دعا" "he called" before "the two left"
                    // ("قصفنا" is "we shelled" before "he shelled us")
                    let likely = |r: &Reading| match r.feat.person() {
                        Person::Third if r.enc == Enclitic::Us && r.feat.tense() == Tense::Past => (0, false, false),
                        // ("تبنى التنظيم" is "claimed" before "is built")
                        Person::Third => (2, r.feat.number() == Number::Singular, r.feat.voice() != Voice::Passive),
                        _ => (1, false, false),
                    };
                    let better = |v: u8| likely(r) > likely(&w.readings[v as usize]) && r.exact >= w.readings[v as usize].exact;
                    if l.verb.is_none_or(better) {
                        l.verb = Some(n);
                    }
                }
                Pos::Noun => {
                    if l.noun.is_none_or(|m| far_fetched(&w.readings[m as usize]) && !far_fetched(r)) {
                        l.noun = Some(n);
                    }
                    l.tags = l.tags.or(r.tags);
                }
                Pos::Adj => {
                    l.adj.get_or_insert(n);
                    l.tags = l.tags.or(r.tags);
                }
                Pos::Name => {
                    l.name.get_or_insert(n);
                }
                Pos::Particle => {
                    l.particle.get_or_insert((particle_class(lex, r), n));
                }
            }
        }
        // "عراقي" is an Iraqi before "my Iraq", "صاروخي" of rockets before "two rockets of" and "my rocket"
        let plain = l.adj.is_some_and(|a| w.readings[a as usize].enc == Enclitic::None);
        if plain && w.readings.iter().filter(|r| r.pos == Pos::Noun).all(far_fetched) {
            l.noun = None;
        }
        // "كمين" is an ambush before "like whom"
        let led = |n: u8| w.readings[n as usize].pro.any(Proclitics::PREP);
        let whole = |n: Option<u8>| n.is_some_and(|n| w.readings[n as usize].exact && w.readings[n as usize].pro.0 == 0);
        if w.letters > 3 && l.particle.is_some_and(|(_, n)| led(n)) && whole(l.noun) {
            l.particle = None;
        }
        l.only_particle = l.particle.is_some_and(|(p, n)| {
            let exact = w.readings[n as usize].exact || matches!(p, Particle::Prep | Particle::Comp);
            exact
                && (w.letters <= 3
                    || l.verb.is_none() && l.noun.is_none() && l.adj.is_none()
                    || matches!(p, Particle::Rel | Particle::Dem | Particle::Comp | Particle::Pron))
        });
        // asked of every word of every text: looked up once
        l.triggers = l.syms.iter().any(|(s, _)| lex.triggers.contains_key(s) || lex.phrase_starts.contains_key(s));
        l.says = l.syms.iter().any(|(s, r)| *r != 255 && lex.say_syms.contains_key(s));
        l.cites = lex.cites.contains(&*w.key) || lex.cites.contains(lex.bare(&w.key)) || w.key.starts_with('ل') && lex.cites.contains("ل");
        l.names = NameCell::new(w, &[&lex.names]).can_start();
        l.event = l.triggers && crate::trigger::is_event_word(lex, &l);
        for n in l.syms.iter().filter_map(|(s, _)| lex.context_syms.get(s)).flatten() {
            if !l.contexts.contains(n) {
                l.contexts.push(*n);
            }
        }
        l
    }

    /// `true` when the word satisfies the symbol.
    #[inline]
    pub fn has(&self, s: Sym) -> bool {
        self.syms.binary_search_by_key(&s, |x| x.0).is_ok()
    }

    /// `true` when it satisfies one of them.
    #[inline]
    pub fn has_any(&self, list: &[Sym]) -> bool {
        self.syms.iter().any(|(s, _)| list.contains(s))
    }

    /// The readings by which it satisfies one of them.
    pub fn readings_of(&self, list: &[Sym]) -> impl Iterator<Item = usize> {
        self.syms.iter().filter(|s| list.contains(&s.0)).map(|s| s.1 as usize)
    }

    /// Can the word name something?
    #[inline]
    pub fn nominal(&self) -> bool {
        self.noun.is_some() || self.adj.is_some() || self.name.is_some() || self.unknown
    }
}

/// Does a folded word begin with the letters of the article?
pub fn has_article(key: &str) -> bool {
    key.starts_with("ال")
}

/// A folded word without the article.
pub fn without_article(key: &str) -> &str {
    key.strip_prefix("ال").unwrap_or(key)
}

/// Has a folded word the ending of an adjective of belonging: "الحميري", "الحميرية", "الحميريين"?
pub fn ends_as_nisba(key: &str) -> bool {
    key.ends_with('ي') || key.ends_with("يه") || key.ends_with("يين")
}

/// Is a pronoun written onto it: "إنه", "أنها"?
pub fn carries_pronoun(w: &Word) -> bool {
    w.readings.iter().any(|r| r.pos == Pos::Particle && r.enc != Enclitic::None)
}

/// What stands in front of a nominal word and behind it, from a reading or, for unknown words, from its letters.
#[derive(Debug, Clone, Copy, Default)]
pub struct Shape {
    /// و or ف.
    pub wa: bool,
    /// ب, ل or ك, as a letter.
    pub prep: Option<char>,
    /// The article.
    pub the: bool,
    /// A pronoun behind.
    pub pron: Enclitic,
    /// It cannot be followed by a genitive: مسلحون, قصفا.
    pub closed: bool,
    /// It must be: مسلحو.
    pub open: bool,
    /// Dual or plural.
    pub number: Option<Number>,
    /// Letters of clitics before the stem (with the article) and without it.
    pub skip: u8,
    /// Indefinite accusative: a second object, an adverb.
    pub accusative: bool,
}

impl Shape {
    /// The shape of a reading.
    pub fn of(r: &Reading) -> Shape {
        let prep = if r.pro.any(Proclitics::BI) {
            Some('ب')
        } else if r.pro.any(Proclitics::LI) {
            Some('ل')
        } else if r.pro.any(Proclitics::KA) {
            Some('ك')
        } else {
            None
        };
        let the = r.pro.any(Proclitics::AL);
        // of لل only the first lam can be cut off, and the rest would lack its alef: the word is quoted whole
        let skip = match (the, prep) {
            (true, Some('ل')) => r.pro.any(Proclitics::CONJ) as u8,
            (true, _) => r.skip.saturating_sub(2),
            _ => r.skip,
        };
        Shape {
            wa: r.pro.any(Proclitics::CONJ),
            prep,
            the,
            pron: r.enc,
            closed: r.feat.state() == State::Absolute || r.enc != Enclitic::None || the,
            open: r.feat.state() == State::Construct,
            number: Some(r.feat.number()),
            skip,
            accusative: r.feat.case() == arabic::morph::Case::Acc,
        }
    }

    /// The shape of a word that the dictionary does not know. A و in front is cut off only when `joined` says that something
    /// may be joined here.
    pub fn unknown(w: &Word, joined: bool) -> Shape {
        let key = &*w.key;
        let wa = joined && w.letters > 3 && key.starts_with('و');
        let rest = if wa { &key['و'.len_utf8()..] } else { key };
        let n = wa as u8;
        let (prep, the, skip) = if rest.starts_with("بال") && w.letters > 5 {
            (Some('ب'), true, n + 1)
        } else if rest.starts_with("لل") && w.letters > 4 {
            (Some('ل'), true, n)
        } else {
            (None, rest.starts_with("ال"), n)
        };
        Shape { wa, prep, the, skip, closed: w.marks.tanwin, ..Shape::default() }
    }
}

/// A finite verb's features, as far as arguments need them.
#[derive(Debug, Clone, Copy)]
pub struct VerbShape {
    /// و or ف in front.
    pub wa: bool,
    /// س in front, or a future particle.
    pub future: bool,
    /// An object pronoun.
    pub object: Enclitic,
    /// ل in front: what is meant to be done.
    pub purpose: bool,
    /// Only passive, or marked so.
    pub passive: bool,
    /// Only active by its spelling.
    pub active: bool,
    /// Present or past.
    pub tense: Tense,
    /// Who is its subject: first for "قصفنا".
    pub person: Person,
    /// ت in front or behind: its subject is feminine, or not human and plural.
    pub feminine: bool,
    /// Plural or dual ending: its subject is named before it or nowhere.
    pub plural: bool,
}

impl VerbShape {
    /// The shape of a verb reading.
    pub fn of(r: &Reading) -> VerbShape {
        use arabic::morph::Gender;
        VerbShape {
            person: r.feat.person(),
            wa: r.pro.any(Proclitics::CONJ),
            future: r.pro.any(Proclitics::SA),
            object: r.enc,
            purpose: r.pro.any(Proclitics::LI),
            passive: r.feat.voice() == Voice::Passive,
            active: r.feat.voice() == Voice::Active,
            tense: r.feat.tense(),
            feminine: r.feat.gender() == Gender::Fem,
            plural: r.feat.number() != Number::Singular && r.feat.person() == Person::Third,
        }
    }
}

/// `true` for masdars.
pub fn is_masdar(r: &Reading) -> bool {
    r.feat.origin() == Origin::Masdar
}
