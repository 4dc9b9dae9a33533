//! Is the lexicon sound, and do its own examples hold?

use crate::lexicon::{Lexicon, LexiconError, Source};
use crate::{Coder, Document};
use arabic::dict::Dictionary;
use std::collections::{BTreeMap, BTreeSet};

/// The sector codes that roles may be.
pub const ROLES: [&str; 24] = [
    "MIL", "REB", "UAF", "COP", "GOV", "CVL", "MED", "JRN", "HLH", "REF", "EDU", "REL", "LEG", "JUD", "PTY", "OPP", "IGO", "NGO", "BUS", "CRM", "SPY", "LAB",
    "PRM", "UNK",
];

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// The lexicon must not be used so.
    Error,
    /// It works, but an analyst should look.
    Warning,
}

/// Something that [`entries`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    #[allow(missing_docs)]
    pub grade: Grade,
    /// The entry's id.
    pub entry: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// Looks through the entries of a lexicon that can be built: unknown codes, entries that nothing can reach, names and words that two
/// entries claim, missing examples.
///
/// ```
/// use tawatur_claims::{check, embedded_source};
/// let findings = check::entries(&embedded_source());
/// assert!(findings.iter().all(|f| f.grade == check::Grade::Warning), "{findings:?}");
/// ```
pub fn entries(source: &Source) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut say = |grade, entry: &str, message: String| out.push(Finding { grade, entry: entry.to_string(), message });
    events(source, &mut say);
    actors(source, &mut say);
    unexplained(source, &mut say);
    out.sort_by(|a, b| (a.grade, &a.entry, &a.message).cmp(&(b.grade, &b.entry, &b.message)));
    out
}

fn events(source: &Source, say: &mut impl FnMut(Grade, &str, String)) {
    // (word, class) -> entries that take it without any condition
    let mut takers: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for e in &source.events {
        if e.verbs.is_empty() && e.nouns.is_empty() && e.phrases.is_empty() {
            say(Grade::Error, &e.id, "has no verbs, nouns or phrases: nothing can reach it".into());
        }
        if !(0.0..=1.0).contains(&e.weight) {
            say(Grade::Error, &e.id, format!("weight {} is not between 0 and 1", e.weight));
        }
        let conditions = [&e.needs, &e.needs_near, &e.unless, &e.unless_near, &e.unless_before];
        if conditions.iter().all(|c| c.is_empty()) {
            for w in e.verbs.iter().map(|v| format!("v:{v}")).chain(e.nouns.iter().map(|n| format!("n:{n}"))) {
                takers.entry(w).or_default().push(&e.id);
            }
        }
    }
    for (word, ids) in takers.iter().filter(|(_, ids)| ids.len() > 1) {
        say(Grade::Warning, ids[1], format!("“{word}” stands without a condition in {} too: only one of them can win", ids[0]));
    }
}

fn actors(source: &Source, say: &mut impl FnMut(Grade, &str, String)) {
    let countries: BTreeSet<&str> = source.countries.iter().map(|c| c.code.as_str()).collect();
    let ids: BTreeSet<&str> = source.actors.iter().map(|a| a.id.as_str()).collect();
    let states: BTreeSet<String> = source.countries.iter().map(|c| format!("state.{}", c.iso2)).collect();
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    for a in &source.actors {
        if !a.country.is_empty() && !countries.contains(a.country.as_str()) {
            say(Grade::Error, &a.id, format!("country “{}” is not in countries.toml", a.country));
        }
        let periods = a.periods.iter().flat_map(|p| &p.roles);
        for role in a.roles.iter().chain(periods).filter(|r| !ROLES.contains(&r.as_str())) {
            say(Grade::Error, &a.id, format!("“{role}” is no sector code; the codes are {}", ROLES.join(" ")));
        }
        if !a.parent.is_empty() && !ids.contains(a.parent.as_str()) && !states.contains(&a.parent) {
            say(Grade::Error, &a.id, format!("there is no “{}” that could be its parent", a.parent));
        }
        for p in a.periods.iter().filter(|p| !p.from.is_empty() && !p.to.is_empty() && p.from > p.to) {
            say(Grade::Error, &a.id, format!("the period from {} ends before it begins, on {}", p.from, p.to));
        }
        for n in std::iter::once(&a.name).chain(&a.aliases).chain(&a.loaded) {
            let key = arabic::names::name_words(n).join(" ");
            if let Some(first) = names.insert(key, &a.id).filter(|f| *f != a.id) {
                say(Grade::Warning, &a.id, format!("“{n}” names {first} too: put it under `local` where the country tells them apart"));
            }
        }
    }
}

fn unexplained(source: &Source, say: &mut impl FnMut(Grade, &str, String)) {
    for (id, matching, counter) in examples_of(source) {
        let lacking: Vec<&str> = [("match", matching.is_empty()), ("not", counter.is_empty())].iter().filter(|x| x.1).map(|x| x.0).collect();
        if !lacking.is_empty() {
            say(Grade::Warning, id, format!("has no example under {}", lacking.join(" and none under ")));
        }
    }
}

type Examples<'a> = (&'a str, &'a [String], &'a [String]);

/// Every entry that carries examples of its own, with those that must and those that must not match.
fn examples_of(source: &Source) -> Vec<Examples<'_>> {
    let mut out: Vec<Examples<'_>> = Vec::new();
    macro_rules! all {
        ($($list:ident),*) => { $(out.extend(source.$list.iter().map(|e| (e.id.as_str(), e.examples.as_slice(), e.counter.as_slice())));)* };
    }
    all!(events, lights, says, credits, modality, terms, actors);
    out
}

/// An example that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The entry's id.
    pub entry: String,
    /// The example.
    pub sentence: String,
    /// It should have matched; else it should not have.
    pub should: bool,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {} {}", self.entry, if self.should { "does not match" } else { "matches" }, self.sentence)
    }
}

/// Runs the examples of all entries, or of those whose id begins with `only`; the number run, and those that do not hold.
///
/// An entry matches a sentence when a claim (for an actor: a participant) of it names the entry as a reason. A sentence under `match` of
/// an event also holds when another entry of the same type found the event: the words of one sentence may tell it twice. What stands
/// under `match` is coded without the threshold of confidence: a sentence out of its report may say too little to be believed, and the entry
/// works all the same.
///
/// # Errors
/// When the lexicon cannot be built.
///
/// ```
/// use tawatur_claims::{check, embedded_source};
/// let (run, failures) = check::examples(&embedded_source(), arabic::dictionary(), "assault.bombard").unwrap();
/// assert!(run >= 3 && failures.is_empty());
/// ```
pub fn examples(source: &Source, dictionary: &'static Dictionary, only: &str) -> Result<(usize, Vec<Failure>), Vec<LexiconError>> {
    let coder = |source: &Source| Lexicon::build(source, dictionary).map(|l| Coder::with(Box::leak(Box::new(l)), places::PlaceFinder::new()));
    let mut strict = coder(source)?;
    let mut open = source.clone();
    open.confidence.threshold = 0.0;
    open.confidence.lone_threshold = 0.0;
    open.confidence.types.clear();
    let mut open = coder(&open)?;
    let (mut run, mut failures) = (0, Vec::new());
    let actors: BTreeSet<&str> = source.actors.iter().map(|a| a.id.as_str()).collect();
    let types: BTreeMap<&str, _> = source.events.iter().map(|e| (e.id.as_str(), e.event_type)).collect();
    for (id, matching, counter) in examples_of(source).into_iter().filter(|e| e.0.starts_with(only)) {
        for (sentence, should) in matching.iter().map(|s| (s, true)).chain(counter.iter().map(|s| (s, false))) {
            run += 1;
            let coder = if should { &mut open } else { &mut strict };
            let doc = Document { id: id.into(), text: sentence.clone(), published: Some("2020-06-15".into()), ..Document::default() };
            let found = if actors.contains(id) {
                coder.participants(&doc).iter().any(|p| p.id.as_deref() == Some(id))
            } else {
                let named = |why: &String| why.split_once(": ").is_some_and(|(_, list)| list.split([',', ' ']).any(|w| w == id));
                coder
                    .code(&doc)
                    .iter()
                    .any(|c| c.why.iter().any(named) || c.framing.iter().any(|f| f.term == id) || should && types.get(id) == Some(&c.event_type))
            };
            if found != should {
                failures.push(Failure { entry: id.into(), sentence: sentence.clone(), should });
            }
        }
    }
    Ok((run, failures))
}

/// What an overlay did to the lexicon: ids of entries added, changed and taken away, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Changes {
    pub added: Vec<String>,
    pub changed: Vec<String>,
    pub removed: Vec<String>,
}

/// Compares two lexicons entry by entry.
pub fn changes(before: &Source, after: &Source) -> Changes {
    fn all(s: &Source) -> BTreeMap<String, String> {
        let mut out = BTreeMap::new();
        macro_rules! put {
            ($($list:ident: $key:expr),* $(,)?) => { $(for e in &s.$list { #[allow(clippy::redundant_closure_call)] out.insert($key(e), format!("{e:?}")); })* };
        }
        put!(
            events: |e: &crate::lexicon::source::Event| e.id.clone(), frames: |e: &crate::lexicon::Frame| e.id.clone(),
            lights: |e: &crate::lexicon::source::Light| e.id.clone(), says: |e: &crate::lexicon::source::Say| e.id.clone(),
            credits: |e: &crate::lexicon::source::CreditCue| e.id.clone(), modality: |e: &crate::lexicon::source::ModalityCue| e.id.clone(),
            terms: |e: &crate::lexicon::source::Term| e.id.clone(), countries: |e: &crate::lexicon::source::Country| e.code.clone(),
            actors: |e: &crate::lexicon::source::Actor| e.id.clone(), heads: |e: &crate::lexicon::source::Head| e.id.clone(),
            contexts: |e: &crate::lexicon::source::Context| e.id.clone(), sets: |e: &crate::lexicon::source::WordSet| e.id.clone(),
        );
        out
    }
    let (before, after) = (all(before), all(after));
    let mut out = Changes::default();
    for (id, entry) in &after {
        match before.get(id) {
            None => out.added.push(id.clone()),
            Some(b) if b != entry => out.changed.push(id.clone()),
            Some(_) => {}
        }
    }
    out.removed = before.keys().filter(|id| !after.contains_key(*id)).cloned().collect();
    out
}

/// Reads a user's files over the embedded sources.
///
/// # Errors
/// What cannot be read, and entries to be taken away that there are not.
pub fn source_with(files: &[(String, String)]) -> Result<Source, Vec<LexiconError>> {
    let mut source = crate::embedded_source();
    let errors: Vec<_> = files.iter().flat_map(|(name, text)| source.add(name, text, true)).collect();
    if errors.is_empty() { Ok(source) } else { Err(errors) }
}
