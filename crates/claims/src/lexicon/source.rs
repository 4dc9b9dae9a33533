//! The lexicon's source files, as an analyst writes them: one struct a table, unknown keys refused.

use crate::record::{CountKind, EventType, Modality, SourceKind, Stance};
use serde::{Deserialize, Serialize};

/// What a trigger word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EventKind {
    /// An act.
    #[default]
    Attack,
    /// What happened to people: joins the attack that caused it.
    Casualty,
    /// Said to somebody.
    Speech,
    /// A participant that implies the act: متظاهر.
    Participant,
}

fn default_weight() -> f32 {
    0.9
}

fn yes() -> bool {
    true
}

/// An entry of `events/*.toml`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Its name, unique over all files.
    pub id: String,
    /// Its PLOVER type.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// Verb lemmas.
    #[serde(default)]
    pub verbs: Vec<String>,
    /// Noun lemmas.
    #[serde(default)]
    pub nouns: Vec<String>,
    /// Patterns of several words.
    #[serde(default)]
    pub phrases: Vec<String>,
    /// The verbs' masdars are triggers too.
    #[serde(default = "yes")]
    pub masdar: bool,
    /// The verbs' participles are triggers too.
    #[serde(default)]
    pub participles: bool,
    /// What kind of trigger.
    #[serde(default)]
    pub kind: EventKind,
    /// The frame's id.
    pub frame: String,
    /// Modes that the word itself tells.
    #[serde(default)]
    pub modes: Vec<String>,
    /// Modes one of which the word means when the text tells none: "قصف" is from the air or from afar.
    #[serde(default)]
    pub by: Vec<String>,
    /// What a number beside it counts.
    #[serde(default)]
    pub counts: Option<CountKind>,
    /// Patterns one of which must stand right behind it.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Patterns one of which must stand in the sentence.
    #[serde(default)]
    pub needs_near: Vec<String>,
    /// Patterns that must not stand right behind it.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Patterns that must not stand in the sentence.
    #[serde(default)]
    pub unless_near: Vec<String>,
    /// Patterns that must not stand right before it.
    #[serde(default)]
    pub unless_before: Vec<String>,
    /// Words that are spelt like one of its verbs and nouns and are nearly always another: "تكمن" lies in, no ambush.
    #[serde(default)]
    pub homographs: Vec<String>,
    /// The word names no kind of attack: another that stands with it tells what it was.
    #[serde(default)]
    pub general: bool,
    /// How sure the word alone is.
    #[serde(default = "default_weight")]
    pub weight: f32,
    /// The loaded term that the word is, if any.
    #[serde(default)]
    pub loaded: Option<String>,
    /// Sentences in which it must be found.
    #[serde(default, rename = "match")]
    pub examples: Vec<String>,
    /// Sentences in which it must not.
    #[serde(default, rename = "not")]
    pub counter: Vec<String>,
}

/// The part that a phrase plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Slot {
    /// None.
    #[default]
    None,
    /// Who did it.
    Actor,
    /// To whom.
    Recipient,
    /// What it was done to, whatever it is.
    Target,
    /// Whoever can act is the actor, anything else the target.
    AgentOrTarget,
    /// One of two sides.
    Both,
    /// With what.
    Means,
    /// Where.
    Place,
    /// From where.
    From,
    /// To where.
    To,
    /// About what.
    Topic,
}

/// A frame of `frames.toml`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // frames.toml says what each is
pub struct Frame {
    pub id: String,
    pub subject: Slot,
    pub object: Slot,
    pub genitive: Slot,
    pub genitive2: Slot,
    pub lam: Slot,
    pub lam_verb: Slot,
    #[serde(default)]
    pub preps: std::collections::BTreeMap<String, Slot>,
}

/// Verbs that carry an event word.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // lightverbs.toml says what each is
pub struct Light {
    pub id: String,
    pub verbs: Vec<String>,
    pub event: Vec<String>,
    pub subject: Slot,
    #[serde(default)]
    pub object: Slot,
    #[serde(default)]
    pub preps: std::collections::BTreeMap<String, Slot>,
    #[serde(default)]
    pub cause: bool,
    #[serde(default)]
    pub claim: bool,
    #[serde(default, rename = "match")]
    pub examples: Vec<String>,
    #[serde(default, rename = "not")]
    pub counter: Vec<String>,
}

/// A group of verbs of saying.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // attribution.toml says what each is
pub struct Say {
    pub id: String,
    pub verbs: Vec<String>,
    #[serde(default)]
    pub nouns: Vec<String>,
    pub stance: Stance,
    #[serde(default)]
    pub object: bool,
    #[serde(default)]
    pub behind: Vec<String>,
    #[serde(default)]
    pub from: Vec<String>,
    #[serde(default)]
    pub needs_from: bool,
    #[serde(default)]
    pub named: bool,
    #[serde(default, rename = "match")]
    pub examples: Vec<String>,
    #[serde(default, rename = "not")]
    pub counter: Vec<String>,
}

/// Words that credit what stands behind them.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct CreditCue {
    pub id: String,
    pub words: Vec<String>,
    pub stance: Stance,
    #[serde(default)]
    pub said: bool,
    #[serde(default, rename = "match")]
    pub examples: Vec<String>,
    #[serde(default, rename = "not")]
    pub counter: Vec<String>,
}

/// Words that tell the kind of a source.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct KindRule {
    pub kind: SourceKind,
    #[serde(default)]
    pub nouns: Vec<String>,
    #[serde(default)]
    pub adjectives: Vec<String>,
    #[serde(default)]
    pub phrases: Vec<String>,
}

/// Words that change how a claim is told.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct ModalityCue {
    pub id: String,
    pub modality: Modality,
    pub words: Vec<String>,
    #[serde(default)]
    pub within: usize,
    #[serde(default)]
    pub scope: Option<String>,
    #[serde(default)]
    pub before_verb: bool,
    #[serde(default)]
    pub before_present: bool,
    #[serde(default, rename = "match")]
    pub examples: Vec<String>,
    #[serde(default, rename = "not")]
    pub counter: Vec<String>,
}

/// Words that tell by what means.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Means {
    pub mode: String,
    #[serde(default)]
    pub words: Vec<String>,
    #[serde(default)]
    pub phrases: Vec<String>,
    #[serde(default)]
    pub adds: Vec<String>,
    #[serde(default)]
    pub drops: Vec<String>,
}

/// A loaded term.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Term {
    pub id: String,
    pub words: Vec<String>,
    pub neutral: String,
    #[serde(default, rename = "match")]
    pub examples: Vec<String>,
    #[serde(default, rename = "not")]
    pub counter: Vec<String>,
}

/// A state and its adjective.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Country {
    /// ISO 3166 alpha-3.
    pub code: String,
    /// ISO 3166 alpha-2, lower case: the gazetteer's id.
    pub iso2: String,
    /// The usual Arabic name.
    pub name: String,
    /// The usual English name.
    pub name_en: String,
    /// Other names.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Lemmas of its adjectives.
    pub nisba: Vec<String>,
    /// Capitals and seats that stand for its government.
    #[serde(default)]
    pub metonyms: Vec<String>,
}

/// A stretch of time in which an actor was something else.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// First day, ISO; empty: from the beginning.
    #[serde(default)]
    pub from: String,
    /// Last day, ISO; empty: to this day.
    #[serde(default)]
    pub to: String,
    /// Roles in that time.
    pub roles: Vec<String>,
}

/// An entry of `actors/*.toml`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Actor {
    /// Its name, unique and never reused.
    pub id: String,
    /// The usual Arabic name.
    pub name: String,
    /// The usual English name.
    pub name_en: String,
    /// ISO 3166 alpha-3; empty for several states or none.
    #[serde(default)]
    pub country: String,
    /// Sector codes.
    pub roles: Vec<String>,
    /// The entry that it belongs to.
    #[serde(default)]
    pub parent: String,
    /// Other names; those with an article need it in the text too.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Loaded names, honouring or insulting.
    #[serde(default)]
    pub loaded: Vec<String>,
    /// Names that mean it only when the text is from or about its country.
    #[serde(default)]
    pub local: Vec<String>,
    /// Roles that changed with time.
    #[serde(default)]
    pub periods: Vec<Period>,
    /// What kind of source it is when credited.
    #[serde(default)]
    pub source: Option<SourceKind>,
    /// Sentences in which it must be found.
    #[serde(default, rename = "match")]
    pub examples: Vec<String>,
    /// Sentences in which it must not.
    #[serde(default, rename = "not")]
    pub counter: Vec<String>,
}

/// Nouns that head groups and persons, and what they make of them.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// Its name.
    pub id: String,
    /// Noun lemmas.
    pub nouns: Vec<String>,
    /// The role of who is named by it alone.
    pub role: String,
    /// The role wins over the owner's: "شرطة" of a government is police.
    #[serde(default)]
    pub wins: bool,
    /// With a state's adjective or name behind it: the role then.
    #[serde(default)]
    pub of_state: Option<String>,
    /// Civilian or not, when the word says so.
    #[serde(default)]
    pub civilian: Option<bool>,
}

/// A context of PLOVER and the words that tell it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Context {
    /// PLOVER's name.
    pub id: String,
    /// Words, as in events.
    pub words: Vec<String>,
    /// How many of them a text must have for a thousand words (and at least two in all).
    #[serde(default = "default_density")]
    pub density: f32,
    /// The context is a peaceful topic: attacks told in its words are figures of speech.
    #[serde(default)]
    pub peaceful: bool,
}

fn default_density() -> f32 {
    4.0
}

/// A closed class of words that a construction looks for.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct WordSet {
    pub id: String,
    pub words: Vec<String>,
}

/// How sure a claim must be, and what makes it so.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Confidence {
    /// Claims less sure are not made.
    pub threshold: f64,
    /// The threshold in a text of a sentence or two.
    pub lone_threshold: f64,
    /// Another threshold for a type: the rarer its events, the lower the best one lies.
    pub types: std::collections::BTreeMap<String, f64>,
    /// What each feature weighs, by its name; those left out weigh nothing.
    pub weights: std::collections::BTreeMap<String, f32>,
    /// What it weighs besides in a text of a sentence or two.
    pub lone: std::collections::BTreeMap<String, f32>,
    /// What it weighs besides for protests.
    pub protest: std::collections::BTreeMap<String, f32>,
    /// What event entries weigh besides, by their ids.
    pub entries: std::collections::BTreeMap<String, f32>,
}

/// One TOML file: any of the tables.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs)]
pub struct File {
    pub event: Vec<Event>,
    pub frame: Vec<Frame>,
    pub light: Vec<Light>,
    pub say: Vec<Say>,
    pub cue: Vec<toml::Value>,
    pub kind: Vec<KindRule>,
    pub means: Vec<Means>,
    pub term: Vec<Term>,
    pub country: Vec<Country>,
    pub actor: Vec<Actor>,
    pub head: Vec<Head>,
    pub context: Vec<Context>,
    pub set: Vec<WordSet>,
    pub confidence: Option<Confidence>,
    /// Ids of entries that this file takes away.
    pub remove: Vec<String>,
}

/// Everything that was read, in file order.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Source {
    pub events: Vec<Event>,
    pub frames: Vec<Frame>,
    pub lights: Vec<Light>,
    pub says: Vec<Say>,
    pub credits: Vec<CreditCue>,
    pub kinds: Vec<KindRule>,
    pub modality: Vec<ModalityCue>,
    pub means: Vec<Means>,
    pub terms: Vec<Term>,
    pub countries: Vec<Country>,
    pub actors: Vec<Actor>,
    pub heads: Vec<Head>,
    pub contexts: Vec<Context>,
    pub sets: Vec<WordSet>,
    pub confidence: Confidence,
}

/// One problem of the lexicon.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {message}")]
pub struct LexiconError {
    /// The file.
    pub file: String,
    /// What is wrong, and where.
    pub message: String,
}

fn put<T>(list: &mut Vec<T>, item: T, id: impl Fn(&T) -> &str) -> bool {
    match list.iter().position(|x| id(x) == id(&item)) {
        Some(i) => {
            list[i] = item;
            false
        }
        None => {
            list.push(item);
            true
        }
    }
}

impl Source {
    /// Adds a file. An entry whose id stands already takes the earlier one's place when `overlay`, else it is an error.
    ///
    /// # Errors
    /// What cannot be read, and ids that stand twice.
    pub fn add(&mut self, name: &str, text: &str, overlay: bool) -> Vec<LexiconError> {
        let err = |message: String| LexiconError { file: name.into(), message };
        let file: File = match toml::from_str(text) {
            Ok(f) => f,
            Err(e) => return vec![err(e.to_string().trim().to_string())],
        };
        let mut errors = Vec::new();
        macro_rules! all {
            ($from:expr, $to:ident, $id:ident) => {
                for x in $from {
                    let id = x.$id.clone();
                    if !put(&mut self.$to, x, |e| &e.$id) && !overlay {
                        errors.push(err(format!("{id} stands twice")));
                    }
                }
            };
        }
        all!(file.event, events, id);
        all!(file.frame, frames, id);
        all!(file.light, lights, id);
        all!(file.say, says, id);
        all!(file.term, terms, id);
        all!(file.country, countries, code);
        all!(file.actor, actors, id);
        all!(file.head, heads, id);
        all!(file.context, contexts, id);
        all!(file.set, sets, id);
        if let Some(c) = file.confidence {
            self.confidence = c;
        }
        self.kinds.extend(file.kind);
        self.means.extend(file.means);
        for c in file.cue {
            let id = c.get("id").and_then(|v| v.as_str()).unwrap_or("a cue without id").to_string();
            let fresh = if c.get("modality").is_some() {
                match c.try_into::<ModalityCue>() {
                    Ok(m) => put(&mut self.modality, m, |e| &e.id),
                    Err(e) => {
                        errors.push(err(format!("{id}: {e}")));
                        continue;
                    }
                }
            } else {
                match c.try_into::<CreditCue>() {
                    Ok(m) => put(&mut self.credits, m, |e| &e.id),
                    Err(e) => {
                        errors.push(err(format!("{id}: {e}")));
                        continue;
                    }
                }
            };
            if !fresh && !overlay {
                errors.push(err(format!("{id} stands twice")));
            }
        }
        for gone in file.remove {
            let n = self.len();
            self.events.retain(|e| e.id != gone);
            self.says.retain(|e| e.id != gone);
            self.credits.retain(|e| e.id != gone);
            self.modality.retain(|e| e.id != gone);
            self.terms.retain(|e| e.id != gone);
            self.actors.retain(|e| e.id != gone);
            self.heads.retain(|e| e.id != gone);
            self.contexts.retain(|e| e.id != gone);
            if self.len() == n {
                errors.push(err(format!("there is no {gone} to take away")));
            }
        }
        errors
    }

    /// The number of entries.
    pub fn len(&self) -> usize {
        self.events.len()
            + self.says.len()
            + self.credits.len()
            + self.modality.len()
            + self.terms.len()
            + self.actors.len()
            + self.heads.len()
            + self.contexts.len()
    }

    /// `true` when nothing was read.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
