//! The lexicon: what words mean to the coder, read from `lexicon/` and made ready for use.

mod feature;
pub mod source;
mod symbols;

pub use feature::{Feature, Features};
pub use source::{EventKind, Frame, LexiconError, Slot, Source};
pub use symbols::{Pattern, Sym, SymbolTable};

use crate::record::{CountKind, EventType, Modality, SourceKind, Stance};
use arabic::dict::{Dictionary, Tags};
use arabic::hash::{Map, Set};
use arabic::names::NameIndex;
use std::collections::BTreeMap;

/// An event entry, its words turned into symbols.
#[derive(Debug)]
#[allow(missing_docs)] // source.rs says what each is
pub struct Event {
    pub id: &'static str,
    pub event_type: EventType,
    pub kind: EventKind,
    pub frame: usize,
    pub modes: Vec<&'static str>,
    pub by: Vec<&'static str>,
    pub counts: Option<CountKind>,
    pub needs: Vec<Pattern>,
    pub needs_near: Vec<Pattern>,
    pub unless: Vec<Pattern>,
    pub unless_near: Vec<Pattern>,
    pub unless_before: Vec<Pattern>,
    pub homographs: Vec<Pattern>,
    pub general: bool,
    pub weight: f32,
    pub loaded: Option<&'static str>,
    /// One of `needs_near` is a place.
    pub needs_place: bool,
}

/// A preposition of a frame: one word or several, the first maybe written onto the next.
#[derive(Debug, Clone)]
pub struct FramePrep {
    /// Folded words: `["من", "قبل"]`, `["ب"]`.
    pub words: Vec<String>,
    /// The part of what stands behind it.
    pub slot: Slot,
}

/// A frame with its prepositions taken apart, longest first.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct FrameTable {
    pub id: &'static str,
    pub subject: Slot,
    pub object: Slot,
    pub genitive: Slot,
    pub genitive2: Slot,
    pub lam: Slot,
    pub lam_verb: Slot,
    pub preps: Vec<FramePrep>,
}

/// Verbs that carry an event word.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Light {
    pub id: &'static str,
    /// The event is the subject or object, or stands behind one of these prepositions.
    pub event_subject: bool,
    pub event_object: bool,
    pub event_preps: Vec<String>,
    pub subject: Slot,
    pub object: Slot,
    /// What stands behind these prepositions when the event is the subject: "نُسب إلى".
    pub preps: Vec<FramePrep>,
    pub cause: bool,
    pub claim: bool,
}

macro_rules! sets {
    ($($(#[$m:meta])* $name:ident),* $(,)?) => {
        /// The closed classes of `lexicon/grammar.toml`, which says what each is.
        #[derive(Debug, Default)]
        #[allow(missing_docs)]
        pub struct Sets { $(pub $name: Vec<Sym>),* }
        impl Sets {
            const NAMES: &'static [&'static str] = &[$(stringify!($name)),*];
            fn slot(&mut self, id: &str) -> Option<&mut Vec<Sym>> {
                match id { $(stringify!($name) => Some(&mut self.$name),)* _ => None }
            }
        }
    };
}
sets!(
    relation,
    befalls,
    other,
    quantifier,
    sides,
    toll,
    since,
    outset,
    era,
    reach,
    result,
    owner,
    civil,
    opposed,
    governmental,
    security,
    responsibility,
    aside,
    together,
    meanwhile,
    contrast,
    sequence,
    topic,
    opinion,
    protesting,
    push,
    office,
    kin,
    attendant,
    pilot,
    origin,
    rigged,
    fate,
    transport,
    counterpart,
    presence,
    gathering,
    rank_detail,
    as_for,
    correspondent,
    issued,
    spokesman,
    rise,
    up_to,
    corpse,
    found,
    brought,
    undergoing,
    besides,
    besides_what,
    injuries,
    victims,
    allied,
    future,
    before_verb,
    until,
    between_subject_and_verb,
    that,
    of,
    within,
    about,
    to,
    on_behalf,
    name_link,
    name_too,
    relation_lead,
    to_them,
    speaks_from,
    hand,
    between,
    purpose,
    through,
    complement,
    beside,
    hold,
    suppose,
    drive,
    during,
    against,
    called,
    involvement,
    by_doing,
    alike,
    seem,
    comes_about,
    military,
    oneself,
    confirm,
    never,
    own_letter,
    was,
    circumstance,
    leading,
    regarding,
    known,
    counted_from,
    cause,
    course,
    after,
    without,
    all,
    one_of,
    another,
    least,
    among,
    lost,
    undertaking,
    lasting,
    then,
    day_before,
    at_feast,
    named_by_day,
    long_since,
    at_time,
    since_when,
    record,
    reply,
    object_word,
    verdict,
    with,
    recording,
    comes,
    takes_up,
    charge,
    anew,
    beginning,
    series,
    prisoner,
    back_then,
    town,
    bound_for,
    launched,
    native,
    descended,
    heading,
    occurs,
    break_out,
    foil,
    did_not
);

/// Verbs of saying.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Say {
    pub id: &'static str,
    pub stance: Stance,
    /// It takes what it tells as its object: "أعلن مقتل".
    pub object: bool,
    /// Behind these it takes it too: "أشار إلى مقتل".
    pub behind: Vec<&'static str>,
    /// Behind these stands who told it: "نقل عن".
    pub from: Vec<&'static str>,
    /// Without such a one it says nothing: "علم من".
    pub needs_from: bool,
    /// It does not go on with the last speaker.
    pub named: bool,
}

/// Words that credit what stands behind them.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Credit {
    pub id: &'static str,
    pub stance: Stance,
    /// A verb of saying and its subject stand behind it: "كما أعلن".
    pub said: bool,
    /// Folded words of the cue.
    pub words: Vec<String>,
}

/// A modality cue.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct ModalityCue {
    pub id: &'static str,
    pub modality: Modality,
    pub words: Vec<Pattern>,
    pub within: usize,
    pub clause: bool,
    pub before_verb: bool,
    pub before_present: bool,
}

/// What tells the means.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Means {
    pub mode: &'static str,
    pub words: Vec<Sym>,
    pub phrases: Vec<Pattern>,
    pub adds: Vec<&'static str>,
    pub drops: Vec<&'static str>,
}

/// A loaded term.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Term {
    pub id: &'static str,
    pub words: Vec<Sym>,
}

/// A head noun's class.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Head {
    pub id: &'static str,
    pub role: &'static str,
    pub wins: bool,
    pub of_state: Option<&'static str>,
    pub civilian: Option<bool>,
}

/// Rules for the kind of a source.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct KindRule {
    pub kind: SourceKind,
    pub words: Vec<Sym>,
    pub phrases: Vec<String>,
}

/// A PLOVER context.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Context {
    pub id: &'static str,
    pub density: f32,
    pub peaceful: bool,
}

/// An actor, or a country as an actor.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct Actor {
    pub id: &'static str,
    pub name: &'static str,
    pub name_en: &'static str,
    pub country: Option<&'static str>,
    pub roles: Vec<&'static str>,
    pub parent: &'static str,
    pub periods: Vec<(String, String, Vec<&'static str>)>,
    pub source: Option<SourceKind>,
    /// A state itself.
    pub state: bool,
}

impl Actor {
    /// Its roles on a day (ISO), or its usual ones.
    pub fn roles_on(&self, day: Option<&str>) -> &[&'static str] {
        if let Some(d) = day {
            for (from, to, roles) in &self.periods {
                if (from.is_empty() || d >= from.as_str()) && (to.is_empty() || d <= to.as_str()) {
                    return roles;
                }
            }
        }
        &self.roles
    }
}

/// A name of an actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alias {
    /// The actor's number.
    pub actor: u32,
    /// The name is loaded.
    pub loaded: bool,
    /// Only in texts from or about the actor's country.
    pub local: bool,
    /// One word with the article: the text must have it too.
    pub definite: bool,
    /// Several words, the first without article, so that an article may not part it from the next: "جيش حلب".
    pub construct: bool,
}

/// How sure a claim is: a logistic model over how its event word stands.
#[derive(Debug)]
pub struct Confidence {
    /// Claims less sure are not made.
    pub threshold: f64,
    /// The same in a text of a sentence or two, whose claims have nothing around them that could make them surer.
    pub lone_threshold: f64,
    /// Another threshold for some types.
    pub types: Vec<(EventType, f64)>,
    /// What each feature weighs.
    pub weights: Features,
    /// What it weighs besides in a text of a sentence or two, where nothing around it helps.
    pub lone: Features,
    /// What it weighs besides for protests, whose participants are named long after and before.
    pub protest: Features,
    /// How much surer or less sure each event entry is than its own weight says.
    pub entries: Vec<f32>,
}

impl Confidence {
    /// How sure a claim of this type, whose event word stands so, must be to be made.
    pub fn least(&self, event_type: EventType, stands: &Features) -> f64 {
        let general = if stands[Feature::Lone as usize] != 0.0 { self.lone_threshold } else { self.threshold };
        self.types.iter().find(|t| t.0 == event_type).map_or(general, |t| t.1)
    }

    /// The probability that an event word with these features asserts an event of its type, to three decimals.
    pub fn of(&self, event: usize, features: &Features) -> f64 {
        let dot = |w: &Features| w.iter().zip(features).map(|(w, f)| *w as f64 * *f as f64).sum::<f64>();
        let mut x = dot(&self.weights) + self.entries[event] as f64;
        if features[Feature::Lone as usize] != 0.0 {
            x += dot(&self.lone);
        }
        if features[Feature::Protest as usize] != 0.0 {
            x += dot(&self.protest);
        }
        let p = 1.0 / (1.0 + (-x).exp());
        (p * 1000.0).round() / 1000.0
    }
}

/// A phrase pattern that triggers an event.
#[derive(Debug)]
pub struct Phrase {
    /// The event's number.
    pub event: u16,
    /// What must stand.
    pub pattern: Pattern,
}

/// Everything, ready for use.
#[allow(missing_docs)]
pub struct Lexicon {
    pub dictionary: &'static Dictionary,
    pub symbols: SymbolTable,
    pub events: Vec<Event>,
    pub frames: Vec<FrameTable>,
    pub lights: Vec<Light>,
    pub light_syms: Map<Sym, Vec<u16>>,
    pub says: Vec<Say>,
    pub credits: Vec<Credit>,
    /// The first words of the phrases that cite.
    pub cites: Set<String>,
    /// Small words that begin with و or ف themselves.
    pub own_letters: Set<String>,
    pub kinds: Vec<KindRule>,
    pub modality: Vec<ModalityCue>,
    pub means: Vec<Means>,
    pub terms: Vec<Term>,
    pub heads: Vec<Head>,
    pub contexts: Vec<Context>,
    pub sets: Sets,
    pub confidence: Confidence,
    /// The entry of threats that are told as what will be done, `threaten.announce`.
    pub threat: Option<usize>,
    pub actors: Vec<Actor>,
    pub aliases: Vec<Vec<Alias>>,
    pub names: NameIndex<'static>,
    pub phrases: Vec<Phrase>,
    /// Triggers by symbol: events, and whether the symbol is a verb (1), masdar (2), participle (3) or noun (0).
    pub triggers: Map<Sym, Vec<(u16, u8)>>,
    pub phrase_starts: Map<Sym, Vec<u16>>,
    pub say_syms: Map<Sym, u16>,
    /// Nouns of saying, as they credit: إعلان, نفي.
    pub say_nouns: Map<Sym, u16>,
    /// The contexts that a word speaks for, by number.
    pub context_syms: Map<Sym, Vec<u16>>,
    pub head_syms: Map<Sym, u16>,
    pub nisba_syms: Map<Sym, u32>,
    pub tags: TagSets,
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Lexicon of {} events, {} actors", self.events.len(), self.actors.len())
    }
}

/// The dictionary's tags that the coder asks for.
#[derive(Debug, Clone, Copy, Default)]
#[allow(missing_docs)] // lexicon/words/README.md says what each is
pub struct TagSets {
    pub person: Tags,
    pub people: Tags,
    pub hospital: Tags,
    pub group: Tags,
    pub civilian: Tags,
    pub combatant: Tags,
    pub police: Tags,
    pub official: Tags,
    pub press: Tags,
    pub medic: Tags,
    pub relief: Tags,
    pub title: Tags,
    pub rank: Tags,
    pub fleet: Tags,
    pub weapon: Tags,
    pub vehicle: Tags,
    pub base: Tags,
    pub building: Tags,
    pub objects: Tags,
    pub casualty: Tags,
    pub body: Tags,
    pub source: Tags,
    pub document: Tags,
    pub medium: Tags,
    pub unit: Tags,
    pub quantity: Tags,
    pub direction: Tags,
    pub place_head: Tags,
    pub nisba: Tags,
    pub sector: Tags,
    pub armed: Tags,
    pub prep: Tags,
    pub conj: Tags,
    pub comp: Tags,
    pub sub: Tags,
    pub rel: Tags,
    pub dem: Tags,
    pub neg: Tags,
    pub pron: Tags,
    pub quant: Tags,
    pub adv: Tags,
    pub interrog: Tags,
    pub fut: Tags,
    pub timeunit: Tags,
    pub intrans: Tags,
}

impl TagSets {
    fn new(d: &Dictionary) -> TagSets {
        let t = |n: &[&str]| d.tags(n);
        TagSets {
            person: t(&["person"]),
            people: t(&["people"]),
            group: t(&["group"]),
            civilian: t(&["civilian"]),
            combatant: t(&["combatant"]),
            police: t(&["police"]),
            official: t(&["official"]),
            press: t(&["press"]),
            medic: t(&["medic"]),
            relief: t(&["relief"]),
            title: t(&["title"]),
            rank: t(&["rank"]),
            fleet: t(&["fleet"]),
            weapon: t(&["weapon"]),
            vehicle: t(&["vehicle"]),
            base: t(&["base"]),
            building: t(&[
                "building",
                "dwelling",
                "hospital",
                "school",
                "worship",
                "market",
                "camp",
                "utility",
                "heritage",
                "bridge",
                "airport",
                "pressobject",
            ]),
            objects: t(&["dwelling", "hospital", "school", "worship", "market", "camp", "aid", "pressobject", "heritage", "utility", "bridge", "airport"]),
            hospital: t(&["hospital"]),
            casualty: t(&["casualty"]),
            body: t(&["body"]),
            source: t(&["source"]),
            document: t(&["document"]),
            medium: t(&["medium"]),
            unit: t(&["unit"]),
            quantity: t(&["quantity"]),
            direction: t(&["direction"]),
            place_head: t(&["settlement", "neighbourhood", "admin", "region", "natural", "facility", "road", "direction", "nearby"]),
            nisba: t(&["nisba"]),
            sector: t(&["sector"]),
            armed: t(&["armedadj"]),
            prep: t(&["prep"]),
            conj: t(&["conj"]),
            comp: t(&["comp"]),
            sub: t(&["sub"]),
            rel: t(&["rel"]),
            dem: t(&["dem"]),
            neg: t(&["neg"]),
            pron: t(&["pron"]),
            quant: t(&["quant"]),
            adv: t(&["adv"]),
            interrog: t(&["interrog"]),
            fut: t(&["fut"]),
            timeunit: t(&["timeunit", "daypart"]),
            intrans: t(&["intrans"]),
        }
    }
}

fn leak(s: &str) -> &'static str {
    Box::leak(s.to_string().into_boxed_str())
}

fn leak_all(v: &[String]) -> Vec<&'static str> {
    v.iter().map(|s| leak(s)).collect()
}

/// The words of a preposition, folded.
fn prep_words(s: &str) -> Vec<String> {
    s.split_whitespace().map(|w| arabic::fold::fold_str(w, arabic::fold::Level::Folded)).collect()
}

impl Lexicon {
    /// A small word without the conjunctions written onto it, of which nobody writes more than two: "وفي" and "ففي" are "في", which
    /// begins with no conjunction itself.
    pub fn bare<'k>(&self, key: &'k str) -> &'k str {
        let off = |w: &'k str| w.strip_prefix(['و', 'ف']).filter(|_| !self.own_letters.contains(w)).unwrap_or(w);
        let rest = off(off(key));
        if rest.is_empty() { key } else { rest }
    }

    /// The country that a name speaks for: of a body that alone has the name and is no state itself.
    pub fn country_told_by(&self, name: &[Alias]) -> Option<&'static str> {
        let [only] = name else { return None };
        let actor = &self.actors[only.actor as usize];
        actor.country.filter(|_| !only.local && !actor.state)
    }

    /// Makes a source ready for use. Strings are leaked: a lexicon lives as long as the program.
    ///
    /// # Errors
    /// Unknown frames, types whose modes do not fit, words that the dictionary does not have, patterns that cannot be read;
    /// all of them.
    pub fn build(source: &Source, dictionary: &'static Dictionary) -> Result<Lexicon, Vec<LexiconError>> {
        let mut errors = Vec::new();
        let mut symbols = SymbolTable::new(dictionary);
        let mut frames = Vec::new();
        for f in &source.frames {
            let mut preps: Vec<FramePrep> = f.preps.iter().map(|(w, s)| FramePrep { words: prep_words(w), slot: *s }).collect();
            preps.sort_by(|a, b| b.words.len().cmp(&a.words.len()).then(a.words.cmp(&b.words)));
            frames.push(FrameTable {
                id: leak(&f.id),
                subject: f.subject,
                object: f.object,
                genitive: f.genitive,
                genitive2: f.genitive2,
                lam: f.lam,
                lam_verb: f.lam_verb,
                preps,
            });
        }
        let mut fail = |id: &str, message: String| errors.push(LexiconError { file: id.to_string(), message });
        let mut events = Vec::new();
        let mut phrases = Vec::new();
        let mut triggers: Map<Sym, Vec<(u16, u8)>> = Map::default();
        for (n, e) in source.events.iter().enumerate() {
            let frame = match frames.iter().position(|f| f.id == e.frame) {
                Some(f) => f,
                None => {
                    fail(&e.id, format!("no frame “{}”", e.frame));
                    0
                }
            };
            for m in e.modes.iter().chain(&e.by) {
                if !e.event_type.modes().contains(&m.as_str()) {
                    fail(&e.id, format!("{} has no mode “{m}”", e.event_type.as_str()));
                }
            }
            let mut pats = |list: &[String], symbols: &mut SymbolTable| -> Vec<Pattern> {
                let mut out = Vec::new();
                for p in list.iter().filter(|p| *p != "@place") {
                    // a set of grammar.toml by its name
                    let set = p.strip_prefix('@').map(|name| source.sets.iter().find(|s| s.id == name).ok_or_else(|| format!("no set “{name}”")));
                    let written = match set {
                        None => Ok(p.clone()),
                        Some(set) => set.map(|s| s.words.join("|")),
                    };
                    match written.and_then(|w| symbols.pattern(&w)) {
                        Ok(p) => out.push(p),
                        Err(m) => fail(&e.id, m),
                    }
                }
                out
            };
            let needs = pats(&e.needs, &mut symbols);
            let needs_near = pats(&e.needs_near, &mut symbols);
            let unless = pats(&e.unless, &mut symbols);
            let unless_near = pats(&e.unless_near, &mut symbols);
            let unless_before = pats(&e.unless_before, &mut symbols);
            let homographs = pats(&e.homographs, &mut symbols);
            for p in pats(&e.phrases, &mut symbols) {
                phrases.push(Phrase { event: n as u16, pattern: p });
            }
            let mut words: Vec<(String, u8)> = Vec::new();
            for v in &e.verbs {
                words.push((format!("v:{v}"), 1));
                if e.masdar {
                    words.push((format!("m:{v}"), 2));
                }
                if e.participles {
                    words.push((format!("p:{v}"), 3));
                }
            }
            words.extend(e.nouns.iter().map(|w| (format!("n:{w}"), 0)));
            for (w, class) in words {
                match symbols.word(&w) {
                    Ok(s) => {
                        let list = triggers.entry(s).or_default();
                        if !list.contains(&(n as u16, class)) {
                            list.push((n as u16, class));
                        }
                    }
                    // a verb without masdar or participle in the dictionary is no mistake
                    Err(_) if class >= 2 => {}
                    Err(m) => fail(&e.id, m),
                }
            }
            events.push(Event {
                id: leak(&e.id),
                event_type: e.event_type,
                kind: e.kind,
                frame,
                modes: leak_all(&e.modes),
                by: leak_all(&e.by),
                counts: e.counts,
                needs,
                needs_near,
                unless,
                unless_near,
                unless_before,
                homographs,
                general: e.general,
                weight: e.weight,
                loaded: e.loaded.as_deref().map(leak),
                needs_place: e.needs_near.iter().any(|p| p == "@place"),
            });
        }
        let mut phrase_starts: Map<Sym, Vec<u16>> = Map::default();
        for (n, p) in phrases.iter().enumerate() {
            for s in p.pattern.firsts() {
                phrase_starts.entry(s).or_default().push(n as u16);
            }
        }
        let mut lights = Vec::new();
        let mut light_syms: Map<Sym, Vec<u16>> = Map::default();
        for (n, l) in source.lights.iter().enumerate() {
            for v in &l.verbs {
                // finite forms and masdars: "شن غارة", "شنه غارة"
                for w in [format!("v:{v}"), format!("m:{v}")] {
                    match symbols.word(&w) {
                        Ok(s) => light_syms.entry(s).or_default().push(n as u16),
                        Err(m) => fail(&l.id, m),
                    }
                }
            }
            let stands = |place: &str| l.event.iter().any(|e| e == place);
            lights.push(Light {
                id: leak(&l.id),
                event_subject: stands("subject"),
                event_object: stands("object"),
                event_preps: l
                    .event
                    .iter()
                    .filter(|p| !matches!(p.as_str(), "subject" | "object"))
                    .map(|p| arabic::fold::fold_str(p, arabic::fold::Level::Folded))
                    .collect(),
                subject: l.subject,
                object: l.object,
                preps: l.preps.iter().map(|(w, s)| FramePrep { words: prep_words(w), slot: *s }).collect(),
                cause: l.cause,
                claim: l.claim,
            });
        }
        let mut says = Vec::new();
        let mut say_syms = Map::default();
        let mut say_nouns = Map::default();
        for (n, s) in source.says.iter().enumerate() {
            for v in &s.verbs {
                // finite forms and agents: قال, مضيفا
                for w in [format!("v:{v}"), format!("p:{v}")] {
                    match symbols.word(&w) {
                        Ok(sym) => {
                            say_syms.entry(sym).or_insert(n as u16);
                        }
                        Err(m) if w.starts_with('v') => fail(&s.id, m),
                        Err(_) => {}
                    }
                }
            }
            for w in &s.nouns {
                match symbols.word(&format!("n:{w}")) {
                    Ok(sym) => {
                        say_nouns.entry(sym).or_insert(n as u16);
                    }
                    Err(m) => fail(&s.id, m),
                }
            }
            let preps = |list: &[String]| list.iter().map(|w| leak(&arabic::fold::fold_str(w, arabic::fold::Level::Folded))).collect();
            says.push(Say {
                id: leak(&s.id),
                stance: s.stance,
                object: s.object,
                behind: preps(&s.behind),
                from: preps(&s.from),
                needs_from: s.needs_from,
                named: s.named,
            });
        }
        let mut credits: Vec<Credit> = source
            .credits
            .iter()
            .flat_map(|c| c.words.iter().map(|w| Credit { id: leak(&c.id), stance: c.stance, said: c.said, words: prep_words(w) }))
            .collect();
        // the longer first; "وفقا لما قال" before "وفقا لـ"
        credits.sort_by(|a, b| b.words.len().cmp(&a.words.len()).then(b.said.cmp(&a.said)).then(a.words.cmp(&b.words)));
        let mut modality = Vec::new();
        for m in &source.modality {
            let mut words = Vec::new();
            for w in &m.words {
                match symbols.pattern(w) {
                    Ok(p) => words.push(p),
                    Err(e) => fail(&m.id, e),
                }
            }
            modality.push(ModalityCue {
                id: leak(&m.id),
                modality: m.modality,
                words,
                within: m.within,
                clause: m.scope.as_deref() == Some("clause"),
                before_verb: m.before_verb,
                before_present: m.before_present,
            });
        }
        let mut sets = Sets::default();
        let named = |list: &[String], id: &str| list.iter().any(|p| p.strip_prefix('@') == Some(id));
        let asked_for = |id: &str| {
            let mut lists = source.events.iter().flat_map(|e| [&e.needs, &e.needs_near, &e.unless, &e.unless_near, &e.unless_before]);
            lists.any(|list| named(list, id))
        };
        let mut own_letters = Vec::new();
        for set in &source.sets {
            if set.id == "own_letter" {
                let folded = |w: &String| w.strip_prefix('=').map(|w| arabic::fold::fold_str(w, arabic::fold::Level::Folded));
                own_letters = set.words.iter().filter_map(folded).collect();
            }
            let mut words = Vec::new();
            for w in &set.words {
                match symbols.word(w) {
                    Ok(s) => words.push(s),
                    Err(m) => fail(&set.id, m),
                }
            }
            match sets.slot(&set.id) {
                Some(slot) => *slot = words,
                None if asked_for(&set.id) => {}
                None => fail(&set.id, "no construction looks for this set".into()),
            }
        }
        for name in Sets::NAMES.iter().filter(|n| !source.sets.iter().any(|s| s.id == **n)) {
            fail(name, "lexicon/grammar.toml lacks this set".into());
        }
        let mut table = |weights: &BTreeMap<String, f32>| -> Features {
            let mut out = [0.0; Feature::COUNT];
            for (name, w) in weights {
                match Feature::ALL.iter().find(|f| f.name() == name) {
                    Some(f) => out[*f as usize] = *w,
                    None => fail("confidence", format!("there is no feature “{name}”")),
                }
            }
            out
        };
        let given = &source.confidence;
        let (weights, lone, protest) = (table(&given.weights), table(&given.lone), table(&given.protest));
        let mut types = Vec::new();
        for (name, least) in &given.types {
            match events.iter().find(|e| e.event_type.as_str() == name) {
                Some(e) => types.push((e.event_type, *least)),
                None => fail("confidence", format!("no event entry is of type “{name}”")),
            }
        }
        // an entry that an overlay took away may keep its weight
        let entries = events.iter().map(|e| given.entries.get(e.id).copied().unwrap_or(0.0)).collect();
        let confidence = Confidence { threshold: given.threshold, lone_threshold: given.lone_threshold, types, weights, lone, protest, entries };
        let mut syms = |id: &str, list: &[String], prefix: &str, symbols: &mut SymbolTable| -> Vec<Sym> {
            let mut out = Vec::new();
            for w in list {
                let w = if w.contains(':') || w.starts_with('=') { w.clone() } else { format!("{prefix}{w}") };
                match symbols.word(&w) {
                    Ok(s) => out.push(s),
                    Err(m) => fail(id, m),
                }
            }
            out
        };
        let mut means = Vec::new();
        for m in &source.means {
            let words = syms(&m.mode, &m.words, "n:", &mut symbols);
            means.push(Means { mode: leak(&m.mode), words, phrases: Vec::new(), adds: leak_all(&m.adds), drops: leak_all(&m.drops) });
        }
        let mut terms = Vec::new();
        for t in &source.terms {
            terms.push(Term { id: leak(&t.id), words: syms(&t.id, &t.words, "n:", &mut symbols) });
        }
        let mut kinds = Vec::new();
        for k in &source.kinds {
            let mut words = syms(k.kind.as_str(), &k.nouns, "n:", &mut symbols);
            words.extend(syms(k.kind.as_str(), &k.adjectives, "a:", &mut symbols));
            kinds.push(KindRule { kind: k.kind, words, phrases: k.phrases.iter().map(|p| arabic::names::name_words(p).join(" ")).collect() });
        }
        let mut heads = Vec::new();
        let mut head_syms = Map::default();
        for (n, h) in source.heads.iter().enumerate() {
            for s in syms(&h.id, &h.nouns, "n:", &mut symbols) {
                head_syms.entry(s).or_insert(n as u16);
            }
            heads.push(Head { id: leak(&h.id), role: leak(&h.role), wins: h.wins, of_state: h.of_state.as_deref().map(leak), civilian: h.civilian });
        }
        let mut contexts = Vec::new();
        let mut context_syms: Map<Sym, Vec<u16>> = Map::default();
        for c in &source.contexts {
            for sym in syms(&c.id, &c.words, "n:", &mut symbols) {
                context_syms.entry(sym).or_default().push(contexts.len() as u16);
            }
            contexts.push(Context { id: leak(&c.id), density: c.density, peaceful: c.peaceful });
        }
        // actors: states first
        let mut actors: Vec<Actor> = Vec::new();
        let mut nisba_syms = Map::default();
        let mut names: BTreeMap<String, Vec<Alias>> = BTreeMap::new();
        let mut name = |n: &str, alias: Alias| {
            let words = arabic::names::name_words(n);
            let folded = arabic::fold::fold_str(n, arabic::fold::Level::Loose);
            let article = folded.starts_with("ال");
            let (definite, construct) = (words.len() == 1 && article, words.len() > 1 && !article);
            let list = names.entry(words.join(" ")).or_default();
            if !words.is_empty() && !list.iter().any(|a| a.actor == alias.actor) {
                list.push(Alias { definite, construct, ..alias });
            }
        };
        for c in &source.countries {
            let i = actors.len() as u32;
            actors.push(Actor {
                id: leak(&format!("state.{}", c.iso2)),
                name: leak(&c.name),
                name_en: leak(&c.name_en),
                country: Some(leak(&c.code)),
                roles: vec!["GOV"],
                parent: "",
                periods: Vec::new(),
                source: Some(SourceKind::Official),
                state: true,
            });
            let plain = Alias { actor: i, loaded: false, local: false, definite: false, construct: false };
            for n in std::iter::once(&c.name).chain(&c.aliases).chain(&c.metonyms) {
                name(n, plain);
            }
            for a in syms(&c.code, &c.nisba, "a:", &mut symbols) {
                nisba_syms.entry(a).or_insert(i);
            }
        }
        for a in &source.actors {
            let i = actors.len() as u32;
            if a.country.len() != 3 && !a.country.is_empty() {
                fail(&a.id, format!("country “{}” is not ISO 3166 alpha-3", a.country));
            }
            actors.push(Actor {
                id: leak(&a.id),
                name: leak(&a.name),
                name_en: leak(&a.name_en),
                country: (!a.country.is_empty()).then(|| leak(&a.country)),
                roles: leak_all(&a.roles),
                parent: leak(&a.parent),
                periods: a.periods.iter().map(|p| (p.from.clone(), p.to.clone(), leak_all(&p.roles))).collect(),
                source: a.source,
                state: false,
            });
            let plain = Alias { actor: i, loaded: false, local: false, definite: false, construct: false };
            for n in std::iter::once(&a.name).chain(&a.aliases) {
                name(n, plain);
            }
            for n in &a.loaded {
                name(n, Alias { loaded: true, ..plain });
            }
            for n in &a.local {
                name(n, Alias { local: true, ..plain });
            }
        }
        let mut map = fst::MapBuilder::memory();
        let mut aliases = Vec::new();
        for (key, list) in names {
            // keys come sorted; an insert can only fail when memory does
            if map.insert(&key, aliases.len() as u64).is_ok() {
                aliases.push(list);
            }
        }
        let bytes: &'static [u8] = Box::leak(map.into_inner().unwrap_or_default().into_boxed_slice());
        let names = match NameIndex::open(bytes) {
            Ok(n) => n,
            Err(e) => {
                errors.push(LexiconError { file: "actors".into(), message: e.to_string() });
                return Err(errors);
            }
        };
        if !errors.is_empty() {
            return Err(errors);
        }
        let threat = events.iter().position(|e| e.id == "threaten.announce");
        Ok(Lexicon {
            dictionary,
            symbols,
            events,
            frames,
            lights,
            light_syms,
            says,
            own_letters: own_letters.into_iter().collect(),
            cites: credits.iter().filter_map(|c| c.words.first().cloned()).collect(),
            credits,
            kinds,
            modality,
            means,
            terms,
            heads,
            contexts,
            sets,
            threat,
            confidence,
            actors,
            aliases,
            names,
            phrases,
            triggers,
            phrase_starts,
            say_syms,
            say_nouns,
            context_syms,
            head_syms,
            nisba_syms,
            tags: TagSets::new(dictionary),
        })
    }

    /// The actor of that id.
    pub fn actor(&self, id: &str) -> Option<&Actor> {
        self.actors.iter().find(|a| a.id == id)
    }
}
