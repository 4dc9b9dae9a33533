//! Who of those that tell an event did not have it from another.
//!
//! Two tellings are of one origin when their texts are near-copies, when they credit one named source, when one credits the outlet of
//! the other, or when one outlet published both without naming a source. What is left is not shown to be copied: so many origins there are *at most*.
//!
//! *At least* so many there are as certainly have it from somebody of their own: an origin counts when one of its tellings
//! credits a source that speaks at first hand (an authority, a force, a hospital, civil defence, a monitor, a named person, not
//! another outlet, and nobody without a name), says the day itself or was published on it, and names the place in the sentence
//! of the event; and of origins that speak for one party only one counts, since two bodies of one government may speak from one
//! report. Where anything is told there is at least one.

use super::days::Dated;
use super::incident::Member;
use claims::Lexicon;
use claims::record::{Claim, SourceKind};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Who is who among sources: what outlets are called, and for whom bodies speak.
#[derive(Debug)]
pub struct Directory {
    lexicon: &'static Lexicon,
    /// Name without what every outlet calls itself → position among the lexicon's actors.
    outlets: BTreeMap<String, usize>,
    by_id: BTreeMap<&'static str, usize>,
    /// Private persons are called by their names.
    pub(super) names: bool,
}

/// What every outlet calls itself, in the letters that folding leaves.
const GENERIC: &[&str] = &["وكاله", "انباء", "شبكه", "موقع", "صحيفه", "قناه", "اخباريه", "للانباء", "news", "agency", "network", "press", "the", "for", "of"];

fn bare_name(name: &str) -> String {
    let words = arabic::names::name_words(name).into_iter().map(|w| w.to_lowercase());
    words.filter(|w| !GENERIC.contains(&w.as_str())).collect::<Vec<_>>().join(" ")
}

impl Directory {
    /// The directory of the lexicon that the program carries.
    pub fn embedded() -> Directory {
        Directory::new(claims::embedded())
    }

    /// The directory of a lexicon.
    pub fn new(lexicon: &'static Lexicon) -> Directory {
        let by_id = lexicon.actors.iter().enumerate().map(|(n, a)| (a.id, n)).collect();
        let mut outlets = BTreeMap::new();
        for (n, a) in lexicon.actors.iter().enumerate().filter(|(_, a)| a.source.is_some()) {
            // "Hawar News Agency (ANHA)": the name, and the short name
            let (long, short) = a.name_en.split_once('(').unwrap_or((a.name_en, ""));
            for name in [a.name, long, short] {
                let bare = bare_name(name);
                if !bare.is_empty() {
                    outlets.entry(bare).or_insert(n);
                }
            }
        }
        Directory { lexicon, outlets, by_id, names: false }
    }

    /// With it, incidents give the names of sources and parties that the actor lexicon does not have.
    pub fn with_names(self) -> Directory {
        Directory { names: true, ..self }
    }

    /// What the lexicon calls an actor, in Arabic and English.
    pub(super) fn name(&self, id: &str) -> Option<(Option<String>, Option<String>)> {
        let a = &self.lexicon.actors[*self.by_id.get(id)?];
        Some((Some(a.name.to_string()), Some(a.name_en.to_string())))
    }

    /// The lexicon's id of an outlet, however it writes its name; else the name itself, folded.
    fn outlet(&self, name: &str) -> String {
        let bare = bare_name(name);
        match self.outlets.get(&bare) {
            Some(n) => self.lexicon.actors[*n].id.to_string(),
            None => bare,
        }
    }

    /// For whom a body speaks: the party at the head of its chain of command, a state's by its country.
    fn party(&self, id: &str) -> Option<String> {
        let mut at = *self.by_id.get(id)?;
        for _ in 0..8 {
            let a = &self.lexicon.actors[at];
            if a.roles.iter().any(|r| matches!(*r, "GOV" | "MIL" | "COP")) || a.state {
                return a.country.map(|c| format!("state of {c}"));
            }
            match self.by_id.get(a.parent) {
                Some(p) if *p != at => at = *p,
                _ => break,
            }
        }
        Some(self.lexicon.actors[at].id.to_string())
    }
}

/// The origins of an incident.
#[derive(Debug, Clone, PartialEq)]
pub struct Origins {
    /// How many are certain.
    pub at_least: usize,
    /// How many are not shown to be copies.
    pub at_most: usize,
    /// Each, in the order of its first report.
    pub list: Vec<Origin>,
    /// For each telling the number of its origin.
    pub of: Vec<usize>,
}

/// One origin.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Origin {
    /// The sources or outlets that it is known by.
    pub sources: BTreeSet<String>,
    /// The parties for which its sources speak; a list that is empty where none is known to speak for anybody.
    pub parties: BTreeSet<String>,
    /// It counts among those that are certainly independent.
    pub certain: bool,
    /// Its documents.
    pub documents: BTreeSet<String>,
}

/// What ties a telling to others.
struct Ties {
    keys: BTreeSet<String>,
    shown: BTreeSet<String>,
    parties: BTreeSet<String>,
    first_hand: bool,
}

fn ties(m: &Member<'_>, directory: &Directory) -> Ties {
    let mut t = Ties { keys: BTreeSet::new(), shown: BTreeSet::new(), parties: BTreeSet::new(), first_hand: false };
    for s in m.claims.iter().flat_map(|c| &c.sources) {
        let nameless = s.id.is_none() && matches!(s.kind, SourceKind::Anonymous | SourceKind::Local | SourceKind::Witness | SourceKind::Document);
        if nameless {
            continue;
        }
        let name = s.name.as_deref().unwrap_or(s.text());
        t.keys.insert(s.id.clone().unwrap_or_else(|| bare_name(name)));
        // a person's name is told apart by its hash alone: there is no index of persons
        t.shown.insert(if directory.names || s.id.is_some() || s.kind != SourceKind::Person {
            name.to_string()
        } else {
            SourceKind::Person.as_str().to_string()
        });
        if s.kind != SourceKind::Media {
            t.first_hand = true;
            t.parties.extend(s.id.as_deref().and_then(|id| directory.party(id)));
        }
    }
    if t.keys.is_empty()
        && let Some(o) = m.claims.first().and_then(|c| c.doc.outlet.as_deref())
    {
        t.keys.insert(directory.outlet(o));
        t.shown.insert(o.to_string());
    }
    t.keys.extend(m.copies.map(|n| format!("copies of {n}")));
    t
}

fn own_words(m: &Member<'_>) -> bool {
    let dated = m.telling.days.is_some_and(|d| matches!(d.dated, Dated::Said | Dated::Published));
    let placed = m.telling.sites.first().is_some_and(|s| !s.carried);
    let credited = |c: &&Claim| c.actors.iter().chain(&c.recipients).all(|p| p.credited != Some(false));
    dated && placed && m.claims.iter().any(credited)
}

/// The origins of some tellings, in the order of the tellings.
pub(super) fn of(members: &[&Member<'_>], directory: &Directory) -> Origins {
    let ties: Vec<Ties> = members.iter().map(|m| ties(m, directory)).collect();
    // tellings that share a key, directly or through others, are one origin
    let mut root: Vec<usize> = (0..members.len()).collect();
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for (n, t) in ties.iter().enumerate() {
        for k in &t.keys {
            let other = *first.entry(k).or_insert(n);
            let (a, b) = (top(&root, n), top(&root, other));
            root[a.max(b)] = a.min(b);
        }
    }
    let mut number: BTreeMap<usize, usize> = BTreeMap::new();
    let mut list: Vec<Origin> = Vec::new();
    let mut of = Vec::with_capacity(members.len());
    for (n, (m, t)) in members.iter().zip(&ties).enumerate() {
        let at = *number.entry(top(&root, n)).or_insert_with(|| {
            list.push(Origin { sources: BTreeSet::new(), parties: BTreeSet::new(), certain: false, documents: BTreeSet::new() });
            list.len() - 1
        });
        let o = &mut list[at];
        o.sources.extend(t.shown.iter().cloned());
        o.parties.extend(t.parties.iter().cloned());
        o.certain |= t.first_hand && own_words(m);
        o.documents.insert(m.document().to_string());
        of.push(at);
    }
    let mut heard: BTreeSet<&str> = BTreeSet::new();
    let mut certain = 0;
    for o in list.iter().filter(|o| o.certain) {
        let spoken_for = o.parties.iter().any(|p| heard.contains(p.as_str()));
        heard.extend(o.parties.iter().map(String::as_str));
        certain += usize::from(!spoken_for);
    }
    Origins { at_least: certain.max(usize::from(!members.is_empty())), at_most: list.len(), list, of }
}

fn top(root: &[usize], mut n: usize) -> usize {
    while root[n] != n {
        n = root[n];
    }
    n
}
