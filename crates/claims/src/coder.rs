//! The coder: a document in, its claims out.

use crate::args::{Filler, Parts};
use crate::count::{self, Tally};
use crate::credit::{self, Credited, Scope, Thread};
use crate::lexicon::{EventKind, Lexicon, Slot};
use crate::phrase::{Class, Context, Cutter, Memory, NpId, Phrase, Sentence};
use crate::record::*;
use crate::trigger::{self, Form, Lexes, Trigger};
use crate::who::{self, Identity, Setting};
use arabic::chars::CodePoints;
use arabic::names::skip_bytes;
use arabic::number::{Number, Numbers, Vague};
use arabic::text::Text;
use arabic::words::{Enclitic, Words};
use places::{Hints, PlaceFinder, PlaceKind, PlaceMention};
use std::collections::BTreeSet;
use std::ops::Range;
use time::{Anchor, Expression, Moment, Prefer, TimeFinder, Unit};

/// A document to be coded.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// Its id.
    pub id: String,
    /// Its text; offsets of claims count its code points.
    pub text: String,
    /// Its title: context only, never coded.
    pub title: Option<String>,
    /// Its outlet.
    pub outlet: Option<String>,
    /// ISO date or date-time of publication.
    pub published: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Other keys, passed through.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// The coder and its memory. One serves one thread.
#[derive(Debug)]
pub struct Coder {
    lexicon: &'static Lexicon,
    words: Words,
    numbers: Numbers,
    times: TimeFinder,
    places: PlaceFinder,
    memory: Memory,
}

/// A place of a claim before it is quoted.
#[derive(Debug, Clone, PartialEq)]
struct Spot {
    mention: usize,
    inherited: bool,
    why: &'static str,
}

/// A participant of a claim before it is quoted.
#[derive(Debug, Clone, PartialEq)]
struct Arg {
    sentence: usize,
    np: NpId,
    /// Quote only this token: an adjective.
    token: Option<usize>,
    basis: Basis,
    why: &'static str,
}

/// A claim in the making.
#[derive(Debug, Clone)]
struct Proto {
    sentence: usize,
    trigger: Trigger,
    event: usize,
    modes: BTreeSet<&'static str>,
    actors: Vec<Arg>,
    recipients: Vec<Arg>,
    spots: Vec<Spot>,
    things: Vec<(usize, NpId)>,
    time: Option<(usize, &'static str)>,
    counts: Vec<(usize, Tally)>,
    sources: Vec<Credited>,
    modality: Modality,
    why: Vec<String>,
    /// Merged into another one.
    gone: bool,
    parts: Parts,
    dropped_subject: bool,
    event_ref: usize,
    linked: Vec<usize>,
}

impl Coder {
    /// A coder over the lexicon and gazetteer that the program carries.
    pub fn new() -> Coder {
        Coder::with(crate::embedded(), PlaceFinder::new())
    }

    /// A coder over another lexicon and gazetteers.
    pub fn with(lexicon: &'static Lexicon, places: PlaceFinder) -> Coder {
        Coder { lexicon, words: Words::new(lexicon.dictionary), numbers: Numbers::new(), times: TimeFinder::new(), places, memory: Memory::default() }
    }

    /// The lexicon.
    pub fn lexicon(&self) -> &'static Lexicon {
        self.lexicon
    }

    /// Codes one document.
    pub fn code(&mut self, doc: &Document) -> Vec<Claim> {
        let text = Text::new(&doc.text, &mut self.words);
        let numbers = self.numbers.find(&text, &self.words);
        let anchor = doc.published.as_deref().and_then(Anchor::parse);
        let times = match anchor {
            Some(a) => self.times.find(&text, &self.words, a, Prefer::Past),
            // without a date only absolute expressions could be told from others; none is better than a wrong one
            None => Vec::new(),
        };
        let places = self.places.find(&text, &self.words, &Hints::default());
        let cx = Context { lexicon: self.lexicon, text: &text, words: &self.words, numbers: &numbers, times: &times, places: &places };
        let mut job = Job {
            cx: &cx,
            finder: &self.places,
            doc,
            anchor,
            sentences: Vec::new(),
            lexes: Vec::new(),
            protos: Vec::new(),
            scopes: Vec::new(),
            setting: Setting::default(),
            peaceful: false,
            contexts: Vec::new(),
            headers: Vec::new(),
        };
        job.run(&mut self.memory);
        job.claims()
    }
}

impl Default for Coder {
    fn default() -> Self {
        Coder::new()
    }
}

struct Job<'a> {
    cx: &'a Context<'a>,
    finder: &'a PlaceFinder,
    doc: &'a Document,
    anchor: Option<Anchor>,
    sentences: Vec<Sentence>,
    lexes: Vec<Lexes>,
    protos: Vec<Proto>,
    scopes: Vec<Vec<Scope>>,
    setting: Setting,
    peaceful: bool,
    contexts: Vec<&'static str>,
    /// For each sentence the place mention that a header before it names: "حلب::".
    headers: Vec<Option<usize>>,
}

/// ISO alpha-3 of a gazetteer country id.
pub(crate) fn alpha3(lexicon: &Lexicon, iso2: &str) -> Option<&'static str> {
    lexicon.actors.iter().take_while(|a| a.state).find(|a| &a.id["state.".len()..] == iso2).and_then(|a| a.country)
}

impl<'a> Job<'a> {
    fn key(&self, i: usize) -> &str {
        match self.cx.text.tokens.get(i) {
            Some(t) if t.kind == arabic::text::Kind::Word => &self.cx.words.get(t.word).key,
            _ => "",
        }
    }

    fn filler(&self, s: usize, triggers: &'a [Trigger]) -> Filler<'_> {
        Filler { s: &self.sentences[s], cx: self.cx, lexes: &self.lexes[s], triggers }
    }

    fn run(&mut self, memory: &mut Memory) {
        let cx = self.cx;
        let lexicon = cx.lexicon;
        let is_event = |l: &crate::vocab::Lex| trigger::is_event_word(lexicon, l);
        let lines = arabic::page::lines(cx.text, cx.words, self.doc.title.as_deref());
        let body = |t: usize| lines[lines.partition_point(|l| l.0.end <= t)].1 == arabic::page::Line::Body;
        for range in cx.text.sentences.iter().filter(|r| body(r.start)) {
            self.lexes.push(Lexes::new(cx, memory, range.clone()));
            self.sentences.push(Cutter::new(cx, memory, &is_event).cut(range.clone()));
        }
        self.contexts();
        self.countries();
        self.find_headers();
        let mut thread = Thread::default();
        for s in 0..self.sentences.len() {
            self.sentence(s, &mut thread);
        }
        self.discourse();
    }

    /// PLOVER contexts of the document, and whether it is about something peaceful.
    fn contexts(&mut self) {
        let lexicon = self.cx.lexicon;
        let mut words = 0usize;
        let mut hits = vec![0usize; lexicon.contexts.len()];
        for l in self.lexes.iter().flat_map(|l| l.iter()) {
            words += 1;
            for (n, c) in lexicon.contexts.iter().enumerate() {
                if l.1.has_any(&c.words) {
                    hits[n] += 1;
                }
            }
        }
        for (n, c) in lexicon.contexts.iter().enumerate() {
            let density = hits[n] as f32 * 1000.0 / words.max(100) as f32;
            if hits[n] >= 2 && density >= c.density {
                if c.peaceful {
                    self.peaceful = true;
                } else {
                    self.contexts.push(c.id);
                }
            }
        }
    }

    /// The countries that the text is about, by the places and states that it names.
    fn countries(&mut self) {
        let mut votes: std::collections::BTreeMap<&'static str, f64> = Default::default();
        for p in self.cx.places {
            if let Some(c) = p.place.or(p.candidates.first().map(|c| c.place)).and_then(|p| self.finder.country(p)).and_then(|c| alpha3(self.cx.lexicon, c)) {
                *votes.entry(c).or_default() += if p.kind == PlaceKind::Country { 0.5 } else { 1.0 };
            }
        }
        for s in &self.sentences {
            for np in &s.nps {
                for a in np.actor.iter().filter(|a| !a.local) {
                    let actor = &self.cx.lexicon.actors[a.actor as usize];
                    if let Some(c) = actor.country.filter(|_| !actor.state && np.actor.len() == 1) {
                        *votes.entry(c).or_default() += 0.4;
                    }
                }
            }
        }
        let mut list: Vec<_> = votes.into_iter().collect();
        list.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        self.setting = Setting { countries: list.into_iter().map(|c| c.0.to_string()).collect(), day: self.anchor.map(|a| a.moment.date()) };
    }

    /// "حلب::", "إدلب:" at the start of a line or sentence govern what follows.
    fn find_headers(&mut self) {
        let mut current: Option<usize> = None;
        for s in &self.sentences {
            let r = s.tokens.clone();
            // a header may stand inside a sentence too, where a page lost its line breaks; only the first counts here
            let colon = |i: usize| i < r.end && self.cx.text.slice(self.cx.text.tokens[i].range()) == ":";
            let mut here = None;
            for (n, p) in self.cx.places.iter().enumerate() {
                if p.outer.start >= r.start && p.outer.start <= r.start + 1 && p.tokens.end < r.end && colon(p.tokens.end) && p.tokens.len() <= 3 {
                    here = Some(n);
                }
            }
            let first = self.cx.text.tokens.get(r.start).is_some();
            // a new line without a header keeps it only in a round-up of headers
            if let Some(h) = here {
                current = Some(h);
            } else if !first {
                current = None;
            }
            self.headers.push(current);
        }
        // one header alone governs its own sentence only
        let distinct: BTreeSet<usize> = self.headers.iter().flatten().copied().collect();
        if distinct.len() < 2 {
            let own: Vec<Option<usize>> = self.headers.iter().enumerate().map(|(s, h)| h.filter(|h| self.sentences[s].tokens.contains(&self.cx.places[*h].tokens.start))).collect();
            self.headers = own;
        }
    }

    fn sentence(&mut self, index: usize, thread: &mut Thread) {
        let cx = self.cx;
        let lexicon = cx.lexicon;
        let triggers = trigger::find(&self.sentences[index], cx, &self.lexes[index]);
        let f = Filler { s: &self.sentences[index], cx, lexes: &self.lexes[index], triggers: &triggers };
        // who says what
        let outlet = |s: &Sentence, n: NpId| self.is_outlet(s, n);
        let scopes = credit::scopes(&f, index, &self.sentences[..index], thread, &outlet);
        if triggers.is_empty() {
            self.scopes.push(scopes);
            return;
        }
        let mut protos: Vec<Proto> = Vec::new();
        for t in &triggers {
            let parts = f.fill(t);
            let e = &lexicon.events[t.event];
            let mut p = Proto {
                sentence: index,
                trigger: t.clone(),
                event: t.event,
                modes: e.modes.iter().copied().collect(),
                actors: parts.actors.iter().map(|(n, w)| Arg { sentence: index, np: *n, token: None, basis: Basis::Named, why: w }).collect(),
                recipients: parts.recipients.iter().map(|(n, w)| Arg { sentence: index, np: *n, token: None, basis: Basis::Named, why: w }).collect(),
                spots: Vec::new(),
                things: parts.things.iter().map(|n| (index, *n)).collect(),
                time: parts.time.map(|t| (t, "time.beside")),
                counts: Vec::new(),
                sources: Vec::new(),
                modality: Modality::Actual,
                why: vec![format!("trigger: {}", e.id)],
                gone: false,
                dropped_subject: parts.dropped,
                event_ref: 0,
                linked: Vec::new(),
                parts,
            };
            for (n, w) in p.parts.places.clone() {
                if let Some(m) = self.sentences[index].nps[n].place {
                    p.spots.push(Spot { mention: m, inherited: false, why: w });
                }
            }
            // a casualty noun counts itself: "20 قتيلا"
            if let (Form::Noun(n), EventKind::Casualty | EventKind::Participant) = (t.form, e.kind) {
                let np = &self.sentences[index].nps[n];
                let itself = np.class.any(Class::CASUALTY) || e.kind == EventKind::Participant || np.tags.any(lexicon.tags.person);
                if itself && !np.tags.any(lexicon.tags.body) {
                    p.counts.extend(self.tally(index, n, e.counts.unwrap_or(CountKind::Other)).map(|t| (index, t)));
                    if e.kind == EventKind::Participant {
                        p.actors.push(Arg { sentence: index, np: n, token: None, basis: Basis::Named, why: "participant" });
                    }
                }
            }
            protos.push(p);
        }
        drop(f);
        self.lights(index, &triggers, &mut protos);
        self.means(index, &mut protos);
        self.counts(index, &mut protos);
        self.merge(index, &mut protos);
        for p in &mut protos {
            self.adjective_actor(p);
            self.credit(p, &scopes);
            self.modality(p);
        }
        self.scopes.push(scopes);
        let base = self.protos.len();
        for p in &mut protos {
            p.linked.iter_mut().for_each(|l| *l += base);
        }
        self.protos.extend(protos);
    }

    fn is_outlet(&self, s: &Sentence, n: NpId) -> bool {
        let np = &s.nps[n];
        let Some(outlet) = self.doc.outlet.as_deref() else { return false };
        let folded = arabic::names::name_words(outlet).join(" ");
        if folded.is_empty() {
            return false;
        }
        let text = arabic::names::name_words(self.cx.text.slice(self.cx.text.span(np.core.clone()))).join(" ");
        if text.contains(&folded) || folded.contains(&text) && text.chars().count() > 3 {
            return true;
        }
        np.actor.iter().any(|a| {
            let actor = &self.cx.lexicon.actors[a.actor as usize];
            let en = arabic::names::name_words(actor.name_en).join(" ");
            let ar = arabic::names::name_words(actor.name).join(" ");
            actor.source == Some(SourceKind::Media) && (en == folded || ar == folded || folded.starts_with(&en) || folded.contains(&ar))
        })
    }

    fn tally(&self, s: usize, n: NpId, kind: CountKind) -> Option<Tally> {
        let group = self.group_of(s, n);
        count::tally(self.cx, &self.sentences[s], n, kind, group)
    }

    fn group_of(&self, s: usize, n: NpId) -> Group {
        let id = self.identify(s, n, None);
        match id.civilian {
            Some(true) => Group::Civilian,
            Some(false) => Group::Combatant,
            None => Group::Unknown,
        }
    }

    fn identify(&self, s: usize, n: NpId, event: Option<EventType>) -> Identity {
        who::identify(self.cx, &self.sentences[s], &self.lexes[s], n, &self.setting, event, 0)
    }

    /// Light verbs give their subject to the event word that they carry, and lead from it to its casualties.
    fn lights(&self, index: usize, triggers: &[Trigger], protos: &mut [Proto]) {
        let s = &self.sentences[index];
        let lexicon = self.cx.lexicon;
        let f = Filler { s, cx: self.cx, lexes: &self.lexes[index], triggers };
        for k in 0..s.phrases.len() {
            let Phrase::Verb(v) = s.phrases[k] else { continue };
            let Some(l) = self.lexes[index].get(v) else { continue };
            let lights: Vec<usize> = l.syms.iter().filter_map(|(sym, _)| lexicon.light_syms.get(sym)).flatten().map(|n| *n as usize).collect();
            if lights.is_empty() {
                continue;
            }
            let shape = s.verb(v).map(|x| x.1);
            // what stands behind the verb: bare phrases and those behind a preposition, up to the end of its clause
            let mut bare: Vec<(usize, NpId)> = Vec::new();
            let mut preposed: Vec<(usize, NpId, String)> = Vec::new();
            let mut pending: Option<String> = None;
            let mut comma = false;
            for (j, p) in s.phrases.iter().enumerate().skip(k + 1) {
                match p {
                    Phrase::Np(n) => {
                        let np = &s.nps[*n];
                        let prep = pending.take().or(np.shape.prep.map(String::from));
                        match prep {
                            Some(p) => preposed.push((j, *n, p)),
                            None if !comma => bare.push((j, *n)),
                            None => break,
                        }
                    }
                    Phrase::Prep(i) => pending = Some(self.key(*i).trim_start_matches(['و', 'ف']).to_string()),
                    Phrase::Verb(_) | Phrase::Comp(_) | Phrase::Sub(_) | Phrase::Rel(_) => break,
                    Phrase::Mark(_, ',' | '-') => comma = true,
                    Phrase::Mark(..) => break,
                    Phrase::Other(i) if matches!(self.key(*i), "ما" | "مما") => break,
                    _ => {}
                }
            }
            let event_at = |phrase: usize| protos.iter().position(|p| p.trigger.phrase == phrase && matches!(p.trigger.form, Form::Noun(_)) && lexicon.events[p.event].kind != EventKind::Participant);
            for ln in lights {
                let light = &lexicon.lights[ln];
                if light.event_object || !light.event_preps.is_empty() {
                    let found = if light.event_object {
                        bare.iter().enumerate().find_map(|(n, (j, _))| event_at(*j).map(|e| (n, e)))
                    } else {
                        preposed.iter().find_map(|(j, _, p)| light.event_preps.contains(p).then(|| event_at(*j)).flatten()).map(|e| (bare.len(), e))
                    };
                    let Some((n, e)) = found else { continue };
                    if lexicon.events[protos[e].event].kind == EventKind::Casualty && light.subject == Slot::Actor && protos[e].event_type(lexicon) == EventType::Assault && light.event_object && light.id == "light.do" {
                        // "حقق إصابات"
                    }
                    let frame = &lexicon.frames[lexicon.events[protos[e].event].frame];
                    let mut subjects: Vec<NpId> = bare.iter().take(n).map(|b| b.1).collect();
                    // joined subjects: "سرايا القدس وكتائب شهداء الأقصى"
                    if subjects.is_empty() {
                        if let Some(b) = f.subject_before(k) {
                            subjects = b;
                        }
                    }
                    let slot = match light.subject {
                        Slot::Actor if frame.id == "clash" || frame.id == "resist" => Slot::Both,
                        Slot::Actor if frame.id == "suffer" => Slot::Actor,
                        s => s,
                    };
                    let mut parts = Parts::default();
                    if subjects.is_empty() && shape.is_some_and(|s| !s.passive) && light.subject == Slot::Actor {
                        protos[e].dropped_subject = true;
                    }
                    let passive = shape.is_some_and(|s| s.passive);
                    if !passive || light.subject != Slot::Actor {
                        for m in &subjects {
                            f.assign(*m, slot, frame, &mut parts, "light");
                        }
                    }
                    let p = &mut protos[e];
                    p.why.push(format!("light: {}", light.id));
                    if light.claim {
                        p.parts.claimed = true;
                    }
                    self.take_parts(index, p, parts, true);
                    // phrases behind the verb that stand before the event word
                    self.around(index, &f, p, &preposed, e, light.event_object);
                    if p.time.is_none() {
                        p.time = self.time_between(index, k, p.trigger.phrase).map(|t| (t, "time.clause"));
                    }
                    // other event words joined to it: "بغارات وقذائف"
                    break;
                }
                // the event word is the subject
                let subject = bare.first().and_then(|(j, _)| event_at(*j)).or_else(|| {
                    // before the verb
                    let mut j = k;
                    let mut steps = 0;
                    while j > 0 && steps < 6 {
                        j -= 1;
                        steps += 1;
                        match &s.phrases[j] {
                            Phrase::Np(_) => {
                                if let Some(e) = event_at(j) {
                                    return Some(e);
                                }
                            }
                            Phrase::Verb(_) | Phrase::Comp(_) | Phrase::Sub(_) => return None,
                            Phrase::Mark(_, ',') if !light.cause => return None,
                            _ => {}
                        }
                    }
                    None
                });
                if light.cause {
                    continue;
                }
                let Some(e) = subject else { continue };
                let first_is_event = bare.first().and_then(|(j, _)| event_at(*j)) == Some(e);
                let frame = &lexicon.frames[lexicon.events[protos[e].event].frame];
                let mut parts = Parts::default();
                if light.object != Slot::None {
                    let objects = bare.iter().skip(first_is_event as usize);
                    for (_, m) in objects.take(3) {
                        f.assign(*m, light.object, frame, &mut parts, "light.object");
                    }
                }
                let p = &mut protos[e];
                p.why.push(format!("light: {}", light.id));
                self.take_parts(index, p, parts, false);
                self.around(index, &f, p, &preposed, e, false);
                if p.time.is_none() {
                    p.time = self.time_after(index, k).map(|t| (t, "time.clause"));
                }
                break;
            }
        }
        // a verb that only carried an event word is no event of its own
        let carried: Vec<usize> = (0..protos.len())
            .filter(|i| {
                let p = &protos[*i];
                if p.trigger.form != Form::Verb || p.trigger.by_phrase {
                    return false;
                }
                let k = p.trigger.phrase;
                let v = p.trigger.tokens.start;
                let hits = self.lexes[index].get(v).is_some_and(|l| l.syms.iter().filter_map(|(s, _)| lexicon.light_syms.get(s)).flatten().any(|n| lexicon.lights[*n as usize].id == "light.hit"));
                hits && protos.iter().any(|q| {
                    matches!(q.trigger.form, Form::Noun(_))
                        && q.event_type(lexicon) == EventType::Assault
                        && lexicon.events[q.event].kind == EventKind::Attack
                        && (q.trigger.phrase + 1 == k || q.trigger.phrase == k + 1 || q.parts.stop > k && q.trigger.phrase < k)
                })
            })
            .collect();
        for i in carried {
            let parts = protos[i].parts.clone();
            let k = protos[i].trigger.phrase;
            let host = (0..protos.len()).find(|j| {
                let q = &protos[*j];
                *j != i && matches!(q.trigger.form, Form::Noun(_)) && lexicon.events[q.event].kind == EventKind::Attack && (q.trigger.phrase + 1 == k || q.trigger.phrase == k + 1 || q.parts.stop > k && q.trigger.phrase < k)
            });
            if let Some(h) = host {
                protos[i].gone = true;
                let mut p = Parts { recipients: parts.recipients, places: parts.places, things: parts.things, means: parts.means, time: parts.time, ..Parts::default() };
                // "القصف استهدف": the actor of the noun stays its own
                p.actors.clear();
                let mut host_p = protos[h].clone();
                self.take_parts(index, &mut host_p, p, false);
                protos[h] = host_p;
            }
        }
    }

    fn time_between(&self, index: usize, from: usize, to: usize) -> Option<usize> {
        self.sentences[index].phrases[from.min(to)..=to.max(from)].iter().find_map(|p| match p {
            Phrase::Time(t) => Some(*t),
            _ => None,
        })
    }

    fn time_after(&self, index: usize, from: usize) -> Option<usize> {
        for p in &self.sentences[index].phrases[from + 1..] {
            match p {
                Phrase::Time(t) => return Some(*t),
                Phrase::Verb(_) | Phrase::Comp(_) | Phrase::Sub(_) => return None,
                _ => {}
            }
        }
        None
    }

    /// Prepositional phrases around a light verb belong to the event word it carries.
    fn around(&self, index: usize, f: &Filler<'_>, p: &mut Proto, preposed: &[(usize, NpId, String)], e: usize, object: bool) {
        let _ = (e, object);
        let lexicon = self.cx.lexicon;
        let frame = &lexicon.frames[lexicon.events[p.event].frame];
        let mut parts = Parts::default();
        for (j, n, prep) in preposed {
            if *j >= p.trigger.phrase || self.sentences[index].nps[*n].event {
                continue;
            }
            let slot = if prep == "ل" { frame.lam_verb } else { frame.preps.iter().find(|x| x.words.len() == 1 && x.words[0] == *prep).map_or(Slot::None, |x| x.slot) };
            let place = self.sentences[index].nps[*n].place.is_some();
            f.assign(*n, if place && slot == Slot::None { Slot::Place } else { slot }, frame, &mut parts, "light.prep");
        }
        self.take_parts(index, p, parts, false);
    }

    fn take_parts(&self, index: usize, p: &mut Proto, parts: Parts, front: bool) {
        let mut add = |list: &mut Vec<Arg>, items: Vec<(NpId, &'static str)>| {
            for (k, (n, w)) in items.into_iter().enumerate() {
                if !list.iter().any(|a| a.np == n && a.sentence == index) {
                    let arg = Arg { sentence: index, np: n, token: None, basis: Basis::Named, why: w };
                    if front {
                        list.insert(k.min(list.len()), arg);
                    } else {
                        list.push(arg);
                    }
                }
            }
        };
        add(&mut p.actors, parts.actors);
        add(&mut p.recipients, parts.recipients);
        for (n, w) in parts.places {
            if let Some(m) = self.sentences[index].nps[n].place {
                if !p.spots.iter().any(|s| s.mention == m) {
                    p.spots.push(Spot { mention: m, inherited: false, why: w });
                }
            }
        }
        p.things.extend(parts.things.into_iter().map(|n| (index, n)));
        p.parts.means.extend(parts.means);
        if p.time.is_none() {
            p.time = parts.time.map(|t| (t, "time.beside"));
        }
    }

    /// Modes by what is named beside the attack.
    fn means(&self, index: usize, protos: &mut [Proto]) {
        let lexicon = self.cx.lexicon;
        let s = &self.sentences[index];
        for p in protos.iter_mut() {
            if p.event_type(lexicon) != EventType::Assault {
                continue;
            }
            // the words of the event's own noun phrase, of its means and of its actors
            let mut tokens: Vec<Range<usize>> = Vec::new();
            if let Form::Noun(n) = p.trigger.form {
                let np = &s.nps[n];
                tokens.push(np.core.clone());
            }
            tokens.extend(p.trigger.matched.iter().map(|m| *m..*m + 1));
            tokens.extend(p.parts.means.iter().map(|n| s.nps[*n].core.clone()));
            tokens.extend(p.actors.iter().filter(|a| a.sentence == index).map(|a| s.nps[a.np].core.clone()));
            let mut modes: BTreeSet<&'static str> = BTreeSet::new();
            let mut drops: BTreeSet<&'static str> = BTreeSet::new();
            for i in tokens.into_iter().flatten() {
                let Some(l) = self.lexes[index].get(i) else { continue };
                for m in &lexicon.means {
                    if l.has_any(&m.words) {
                        modes.insert(m.mode);
                        modes.extend(&m.adds);
                        drops.extend(&m.drops);
                    }
                }
            }
            // مسيّرة is no other aircraft
            for d in drops {
                modes.remove(d);
                p.modes.remove(d);
            }
            if p.modes.contains("territory") || p.modes.contains("clash") {
                modes.retain(|m| matches!(*m, "firearms" | "explosives" | "heavy-weapons" | "suicide-attack") && p.modes.contains("clash"));
            }
            if !modes.is_empty() {
                p.why.push(format!("modes: means {}", modes.iter().copied().collect::<Vec<_>>().join(" ")));
            }
            p.modes.extend(modes);
        }
    }

    /// Counts from the phrases that play a counted part.
    fn counts(&self, index: usize, protos: &mut [Proto]) {
        let lexicon = self.cx.lexicon;
        let s = &self.sentences[index];
        for p in protos.iter_mut() {
            let e = &lexicon.events[p.event];
            if let Some(kind) = e.counts {
                let who: Vec<Arg> = match kind {
                    CountKind::Participants => p.actors.clone(),
                    CountKind::Surrendered => if p.recipients.is_empty() { p.actors.clone() } else { p.recipients.clone() },
                    _ => p.recipients.clone(),
                };
                for a in who.iter().filter(|a| a.sentence == index) {
                    if p.counts.iter().any(|c| c.1.tokens.start == s.nps[a.np].core.start) {
                        continue;
                    }
                    let numbered = s.nps[a.np].number.is_some() || s.nps[a.np].quantifier.is_some();
                    if kind == CountKind::Participants && !numbered {
                        continue;
                    }
                    if let Some(t) = self.tally(index, a.np, kind) {
                        p.counts.push((index, t));
                    }
                }
            }
            // strikes: "4 غارات", "خمسة صواريخ"
            if p.event_type(lexicon) == EventType::Assault {
                if let Form::Noun(n) = p.trigger.form {
                    let np = &s.nps[n];
                    if np.number.is_some() && e.kind == EventKind::Attack && !np.class.any(Class::HUMAN) {
                        if let Some(t) = self.tally(index, n, CountKind::Strikes) {
                            p.counts.push((index, t));
                        }
                    }
                }
                for n in p.parts.means.clone() {
                    if s.nps[n].number.is_some() && s.nps[n].class.any(Class::WEAPON) {
                        if let Some(t) = self.tally(index, n, CountKind::Strikes) {
                            p.counts.push((index, t));
                        }
                    }
                }
                for (si, n) in p.things.clone() {
                    let np = &self.sentences[si].nps[n];
                    if np.number.is_some() && np.class.any(Class::THING) {
                        let kind = if np.tags.any(lexicon.tags.vehicle) { CountKind::Vehicles } else { CountKind::Buildings };
                        if let Some(t) = self.tally(si, n, kind) {
                            p.counts.push((si, t));
                        }
                    }
                }
            }
        }
    }

    /// Joins casualties to the attack that caused them, and second words for one attack to the first.
    fn merge(&self, index: usize, protos: &mut Vec<Proto>) {
        let lexicon = self.cx.lexicon;
        let s = &self.sentences[index];
        let n = protos.len();
        let kind = |p: &Proto| lexicon.events[p.event].kind;
        let assault = |p: &Proto| p.event_type(lexicon) == EventType::Assault;
        // 1. two casualty words for the same people: "سقط قتلى", "سقوط شهداء وجرحى"
        // 2. casualties and attacks
        let phrase_of = |p: &Proto| p.trigger.phrase;
        for c in 0..n {
            if protos[c].gone || kind(&protos[c]) != EventKind::Casualty || !assault(&protos[c]) {
                continue;
            }
            let k = phrase_of(&protos[c]);
            let own_means = !protos[c].parts.means.is_empty() && protos[c].modes.iter().any(|m| *m != "targeted");
            let own_actor = protos[c].actors.iter().any(|a| a.sentence == index);
            let mut best: Option<(i32, usize)> = None;
            for a in 0..n {
                if a == c || protos[a].gone || !assault(&protos[a]) || kind(&protos[a]) != EventKind::Attack || protos[a].modes.contains("territory") {
                    continue;
                }
                let ka = phrase_of(&protos[a]);
                let score = if ka < k {
                    self.leads_to(s, index, ka, k, own_means || own_actor)
                } else {
                    self.comes_from(s, index, k, ka, own_means || own_actor)
                };
                let Some(score) = score else { continue };
                // another attack between is nearer
                let nearer = (0..n).any(|b| b != a && b != c && !protos[b].gone && kind(&protos[b]) == EventKind::Attack && assault(&protos[b]) && { let kb = phrase_of(&protos[b]); (ka.min(k)..ka.max(k)).contains(&kb) && kb != ka });
                let score = score - if nearer { 2 } else { 0 } - (ka.abs_diff(k) as i32) / 8;
                if best.is_none_or(|b| score > b.0) {
                    best = Some((score, a));
                }
            }
            if let Some((_, a)) = best.filter(|b| b.0 > 0) {
                self.absorb(protos, a, c);
            }
        }
        // 3. casualties that have no attack: joined to one another
        for c in 0..n {
            if protos[c].gone || kind(&protos[c]) != EventKind::Casualty || !assault(&protos[c]) {
                continue;
            }
            for d in c + 1..n {
                if protos[d].gone || kind(&protos[d]) != EventKind::Casualty || !assault(&protos[d]) {
                    continue;
                }
                let (k, m) = (phrase_of(&protos[c]), phrase_of(&protos[d]));
                let between = &s.phrases[k.min(m)..k.max(m)];
                let broken = between.iter().any(|p| matches!(p, Phrase::Comp(_) | Phrase::Sub(_)) || matches!(p, Phrase::Mark(_, ';' | ':')));
                let own_place = protos[d].spots.iter().any(|x| protos[c].spots.iter().all(|y| y.mention != x.mention)) && !protos[c].spots.is_empty();
                let both_means = !protos[c].parts.means.is_empty() && !protos[d].parts.means.is_empty();
                let both_actors = !protos[d].actors.is_empty() && !protos[c].actors.is_empty();
                if !broken && !own_place && !both_means && !both_actors && m - k <= 12 {
                    self.absorb(protos, c, d);
                }
            }
        }
        // 4. a general word and the particular one that explains it
        for a in 0..n {
            if protos[a].gone || !assault(&protos[a]) || kind(&protos[a]) != EventKind::Attack {
                continue;
            }
            for b in 0..n {
                if a == b || protos[a].gone || protos[b].gone || !assault(&protos[b]) || kind(&protos[b]) != EventKind::Attack {
                    continue;
                }
                let general = |p: &Proto| matches!(lexicon.events[p.event].id, "assault.attack" | "assault.operation" | "assault.violence" | "assault.massacre" | "assault.target" | "assault.strike" | "assault.genocide");
                if !general(&protos[a]) || protos[a].modes.contains("territory") || protos[b].modes.contains("territory") {
                    continue;
                }
                if general(&protos[b]) && b < a {
                    continue;
                }
                let (ka, kb) = (phrase_of(&protos[a]), phrase_of(&protos[b]));
                if ka.abs_diff(kb) > 14 {
                    continue;
                }
                let conflict = |x: &[Arg], y: &[Arg]| !x.is_empty() && !y.is_empty() && !x.iter().any(|p| y.iter().any(|q| p.np == q.np || self.same_name(p, q)));
                if conflict(&protos[a].actors, &protos[b].actors) {
                    continue;
                }
                let places_differ = !protos[a].spots.is_empty() && !protos[b].spots.is_empty() && !protos[a].spots.iter().any(|x| protos[b].spots.iter().any(|y| x.mention == y.mention || self.related(x.mention, y.mention)));
                if places_differ {
                    continue;
                }
                // "فجر انتحاري نفسه في هجوم", "هجوم ... حيث فجر", "هجوم بسيارة مفخخة": adjacency by in, with, where
                let (first, last) = (ka.min(kb), ka.max(kb));
                let linked = s.phrases[first + 1..last].iter().any(|p| match p {
                    Phrase::Sub(i) => matches!(self.key(*i), "حيث" | "عندما" | "حين" | "اذ"),
                    Phrase::Prep(i) => matches!(self.key(*i).trim_start_matches('و'), "في" | "خلال" | "اثر" | "جراء" | "عبر"),
                    _ => false,
                }) || matches!(&s.phrases[last], Phrase::Np(m) if s.nps[*m].shape.prep == Some('ب'));
                let joined = s.phrases[first + 1..=last].iter().any(|p| matches!(p, Phrase::Np(m) if s.nps[*m].event && s.nps[*m].shape.wa && protos.iter().any(|q| q.trigger.phrase == last && matches!(q.trigger.form, Form::Noun(x) if x == *m))));
                if linked && !joined {
                    let (keep, drop) = if general(&protos[b]) { (a.min(b), a.max(b)) } else { (a, b) };
                    self.absorb(protos, keep, drop);
                }
            }
        }
        // 5. the same act told twice: "حملة اعتقالات أسفرت عن اعتقال 38"
        for a in 0..n {
            for b in a + 1..n {
                if protos[a].gone || protos[b].gone || protos[a].event_type(lexicon) != protos[b].event_type(lexicon) || protos[a].event_type(lexicon) == EventType::Assault && kind(&protos[a]) != kind(&protos[b]) {
                    continue;
                }
                let same_entry = protos[a].event == protos[b].event || protos[a].modes == protos[b].modes && !protos[a].modes.is_empty();
                let (ka, kb) = (phrase_of(&protos[a]), phrase_of(&protos[b]));
                let caused = s.phrases[ka..=kb].iter().any(|p| matches!(p, Phrase::Verb(v) if self.is_cause(index, *v)));
                if same_entry && caused && kb - ka < 12 {
                    self.absorb(protos, a, b);
                }
            }
        }
    }

    fn is_cause(&self, index: usize, verb: usize) -> bool {
        let lexicon = self.cx.lexicon;
        self.lexes[index].get(verb).is_some_and(|l| l.syms.iter().filter_map(|(s, _)| lexicon.light_syms.get(s)).flatten().any(|n| lexicon.lights[*n as usize].cause))
    }

    fn same_name(&self, a: &Arg, b: &Arg) -> bool {
        let (x, y) = (self.identify(a.sentence, a.np, None), self.identify(b.sentence, b.np, None));
        x.actor.is_some() && x.actor == y.actor
    }

    /// One of two mentions lies in the other, or they are the same place.
    fn related(&self, a: usize, b: usize) -> bool {
        let (x, y) = (&self.cx.places[a], &self.cx.places[b]);
        match (x.place.or(x.candidates.first().map(|c| c.place)), y.place.or(y.candidates.first().map(|c| c.place))) {
            (Some(p), Some(q)) => self.finder.contains(p, q) || self.finder.contains(q, p),
            _ => false,
        }
    }

    /// From an attack to a casualty behind it: by a verb of consequence, ما, or simply as the next clause.
    fn leads_to(&self, s: &Sentence, index: usize, from: usize, to: usize, own: bool) -> Option<i32> {
        let mut cause = false;
        let mut verbs = 0;
        for p in &s.phrases[from + 1..to] {
            match p {
                Phrase::Verb(v) => {
                    if self.is_cause(index, *v) {
                        cause = true;
                    } else {
                        verbs += 1;
                    }
                }
                Phrase::Other(i) if matches!(self.key(*i), "مما" | "ما") => cause = true,
                Phrase::Mark(_, ';') => return None,
                Phrase::Comp(_) => {
                    if !cause {
                        return None;
                    }
                }
                Phrase::Sub(i) if matches!(self.key(*i), "فيما" | "بينما" | "كما") => return if cause { Some(2) } else { None },
                _ => {}
            }
        }
        if cause {
            return Some(6);
        }
        if own || verbs > 2 {
            return None;
        }
        Some(3)
    }

    /// From a casualty to an attack behind it: by a preposition of cause or of circumstance.
    fn comes_from(&self, s: &Sentence, _index: usize, from: usize, to: usize, own: bool) -> Option<i32> {
        // what leads to the attack: the last preposition or conjunction before it
        let mut best = None;
        let mut verbs = 0;
        for (j, p) in s.phrases.iter().enumerate().take(to + 1).skip(from + 1) {
            match p {
                Phrase::Prep(i) => {
                    let k = self.key(*i).trim_start_matches(['و', 'ف']);
                    best = match k {
                        "جراء" | "اثر" | "نتيجه" | "بسبب" | "بفعل" => Some(7),
                        "في" | "خلال" | "اثناء" | "لدي" | "عبر" => Some(5),
                        "بعد" | "عقب" | "قبل" => Some(3),
                        _ => best,
                    };
                }
                Phrase::Sub(i) => {
                    let k = self.key(*i).trim_start_matches('و');
                    best = match k {
                        "عندما" | "حين" | "حيث" | "اذ" | "بعدما" | "لدي" | "حينما" => Some(4),
                        _ => return None,
                    };
                }
                Phrase::Np(n) => {
                    let np = &s.nps[*n];
                    if j == to && np.shape.prep == Some('ب') {
                        best = Some(6);
                    }
                    // "نتيجة قصف" read as a noun phrase
                    let k = self.key(np.tokens.start).trim_start_matches(['و', 'ب']);
                    if matches!(k, "نتيجه" | "سبب" | "اثر" | "جراء" | "فعل") {
                        best = Some(7);
                    }
                }
                Phrase::Verb(_) if j < to => verbs += 1,
                Phrase::Comp(_) => return None,
                Phrase::Mark(_, ';') => return None,
                _ => {}
            }
        }
        if verbs > 0 && best.unwrap_or(0) < 6 && own {
            return None;
        }
        best.filter(|b| !(own && *b < 4) && verbs <= 2)
    }

    /// Puts what a casualty or second word tells into the claim that it belongs to.
    fn absorb(&self, protos: &mut [Proto], into: usize, from: usize) {
        let f = protos[from].clone();
        protos[from].gone = true;
        let casualty = self.cx.lexicon.events[f.event].kind == EventKind::Casualty;
        let p = &mut protos[into];
        for a in f.recipients {
            if !p.recipients.iter().any(|x| x.np == a.np && x.sentence == a.sentence) {
                p.recipients.push(a);
            }
        }
        if p.actors.is_empty() {
            p.actors = f.actors;
            p.dropped_subject &= f.dropped_subject;
        } else if !casualty {
            for a in f.actors {
                if !p.actors.iter().any(|x| x.np == a.np) && false {
                    p.actors.push(a);
                }
            }
        }
        for s in f.spots {
            if !p.spots.iter().any(|x| x.mention == s.mention) {
                p.spots.push(s);
            }
        }
        p.things.extend(f.things);
        for c in f.counts {
            if !p.counts.iter().any(|x| x.1.tokens == c.1.tokens && x.1.kind == c.1.kind) {
                p.counts.push(c);
            }
        }
        if p.time.is_none() {
            p.time = f.time;
        }
        p.modes.extend(f.modes.iter().filter(|m| **m != "territory"));
        p.why.push(format!("joined: {}", self.cx.lexicon.events[f.event].id));
        p.linked.push(from);
        p.parts.claimed |= f.parts.claimed;
    }

    /// "قصف تركي", "العدوان الإسرائيلي": the adjective is the actor when no phrase is.
    fn adjective_actor(&self, p: &mut Proto) {
        if !p.actors.is_empty() {
            return;
        }
        let Some(a) = p.parts.adjective else { return };
        let Form::Noun(n) = p.trigger.form else { return };
        p.actors.push(Arg { sentence: p.sentence, np: n, token: Some(a), basis: Basis::Named, why: "adjective" });
    }

    fn credit(&self, p: &mut Proto, scopes: &[Scope]) {
        let at = p.trigger.tokens.start;
        // the innermost scope: the shortest that holds the trigger
        let scope = scopes.iter().filter(|s| s.tokens.contains(&at) && !s.frame.contains(&at)).min_by_key(|s| s.tokens.len());
        if let Some(s) = scope {
            p.sources = s.sources.clone();
        }
    }

    fn modality(&self, p: &mut Proto) {
        let lexicon = self.cx.lexicon;
        let s = &self.sentences[p.sentence];
        let lexes = &self.lexes[p.sentence];
        let first = p.trigger.tokens.start;
        // س on the verb itself
        if let Some((_, v, _)) = s.verb(first) {
            if v.future {
                p.modality = Modality::Future;
                p.why.push("modality: future.sa".into());
                return;
            }
        }
        // the clause begins behind the last أن, حيث, comma and verb
        let mut clause = s.tokens.start;
        for ph in &s.phrases[..p.trigger.phrase] {
            match ph {
                Phrase::Comp(i) | Phrase::Sub(i) => clause = *i,
                Phrase::Mark(i, ',' | ';' | ':') => clause = *i,
                _ => {}
            }
        }
        let has = |i: usize, sym| lexes.get(i).is_some_and(|l| l.has(sym));
        for cue in &lexicon.modality {
            let reach = if cue.clause { clause } else { first.saturating_sub(cue.within).max(s.tokens.start) };
            let reach = if cue.clause { reach.max(first.saturating_sub(cue.within.max(4) * 3)) } else { reach };
            for w in &cue.words {
                for at in reach..first {
                    if first - at > cue.within.max(1) && !cue.clause {
                        continue;
                    }
                    let Some(m) = w.matches(at, first, &mut |i, sym| has(i, sym)) else { continue };
                    if m[0] != at {
                        continue;
                    }
                    if cue.before_verb && !matches!(p.trigger.form, Form::Verb) {
                        continue;
                    }
                    // another trigger between takes the cue
                    let between = (at + 1..first).any(|i| s.verbs.iter().any(|v| v.0 == i) && !cue.clause);
                    if between {
                        continue;
                    }
                    p.modality = cue.modality;
                    p.why.push(format!("modality: {}", cue.id));
                    return;
                }
            }
        }
        // a future light verb, a denial
        if let Some(Phrase::Verb(v)) = s.phrases[..p.trigger.phrase].iter().rev().take(4).find(|x| matches!(x, Phrase::Verb(_))) {
            let carried = p.why.iter().any(|w| w.starts_with("light:"));
            if carried && s.verb(*v).is_some_and(|x| x.1.future) {
                p.modality = Modality::Future;
            }
        }
        if p.sources.iter().any(|c| c.stance == Stance::Denies && c.cue_sentence == p.sentence) {
            p.modality = Modality::Negated;
            p.why.push("modality: denied".into());
        }
    }

    // ---- over sentences ----

    fn discourse(&mut self) {
        self.weigh();
        self.times();
        self.subjects();
        self.spots();
        self.refer();
    }

    /// Drops what a peaceful text cannot mean.
    fn weigh(&mut self) {
        let lexicon = self.cx.lexicon;
        let peaceful = self.peaceful;
        for p in &mut self.protos {
            let e = &lexicon.events[p.event];
            if peaceful && (matches!(e.event_type, EventType::Assault | EventType::Coerce | EventType::Mobilize | EventType::Retreat | EventType::Protest) || e.weight < 0.7) {
                let armed = p.counts.iter().any(|c| matches!(c.1.kind, CountKind::Killed)) && e.weight > 0.85;
                if !armed {
                    p.gone = true;
                }
            }
            // a weak word with nothing beside it
            let bare = p.actors.is_empty() && p.recipients.is_empty() && p.spots.is_empty() && p.counts.is_empty();
            if bare && e.weight < 0.5 {
                p.gone = true;
            }
        }
    }

    /// When: beside the trigger, in its sentence, in the sentence before, on the day of publication.
    fn times(&mut self) {
        let Some(anchor) = self.anchor else { return };
        let days = |t: &Expression| t.days();
        let usable = |t: &Expression| t.interval.is_some() && t.rule != "clock";
        let month_ago = anchor.moment.floor(Unit::Day).plus(-31, Unit::Day);
        let mut carried: Option<(usize, usize)> = None;
        // the first time of the text, for a lead that has none
        let lead = self.sentences.iter().enumerate().find_map(|(s, sent)| sent.phrases.iter().find_map(|p| match p {
            Phrase::Time(t) if usable(&self.cx.times[*t]) && days(&self.cx.times[*t]).is_some_and(|d| d.1 >= month_ago) => Some((s, *t)),
            _ => None,
        }));
        for i in 0..self.protos.len() {
            let (s, phrase) = (self.protos[i].sentence, self.protos[i].trigger.phrase);
            let own = self.protos[i].time.filter(|t| usable(&self.cx.times[t.0]));
            let found = own.or_else(|| self.sentence_time(s, phrase).filter(|t| usable(&self.cx.times[*t])).map(|t| (t, "time.sentence")));
            match found {
                Some((t, w)) => {
                    self.protos[i].time = Some((t, w));
                    if days(&self.cx.times[t]).is_some_and(|d| d.1 >= month_ago) {
                        carried = Some((s, t));
                    }
                }
                None => {
                    let from = carried.or(lead.filter(|l| l.0 <= s + 1));
                    self.protos[i].time = from.map(|(_, t)| (t, "time.inherited"));
                }
            }
            // background: older than a month
            if let Some((t, _)) = self.protos[i].time {
                let old = days(&self.cx.times[t]).is_some_and(|d| d.1 < month_ago);
                if old && self.protos[i].modality == Modality::Actual {
                    self.protos[i].modality = Modality::Historical;
                    self.protos[i].why.push("modality: historical.date".into());
                }
            }
        }
    }

    /// A time elsewhere in the sentence: before the trigger in its clause first; one on a verb of saying last.
    fn sentence_time(&self, s: usize, phrase: usize) -> Option<usize> {
        let sent = &self.sentences[s];
        let mut best: Option<(i32, usize)> = None;
        for (j, p) in sent.phrases.iter().enumerate() {
            let Phrase::Time(t) = p else { continue };
            if self.cx.times[*t].interval.is_none() {
                continue;
            }
            let (a, b) = (j.min(phrase), j.max(phrase));
            let mut score = 100 - (b - a) as i32;
            for q in &sent.phrases[a..b] {
                match q {
                    Phrase::Comp(_) => score -= 20,
                    Phrase::Sub(_) => score -= 15,
                    Phrase::Verb(_) => score -= 6,
                    Phrase::Mark(_, ';' | ':') => score -= 20,
                    _ => {}
                }
            }
            // owned by another claim of the sentence
            let taken = self.protos.iter().any(|q| q.sentence == s && !q.gone && q.parts.time == Some(*t) && q.trigger.phrase != phrase);
            if taken {
                score -= 25;
            }
            if best.is_none_or(|b| score > b.0) {
                best = Some((score, *t));
            }
        }
        best.filter(|b| b.0 > 30).map(|b| b.1)
    }

    /// Who did it, where the sentence does not say: the subject before, the attacker of the same event.
    fn subjects(&mut self) {
        let lexicon = self.cx.lexicon;
        for i in 0..self.protos.len() {
            if self.protos[i].gone || !self.protos[i].actors.is_empty() {
                continue;
            }
            let e = &lexicon.events[self.protos[i].event];
            let s = self.protos[i].sentence;
            // a speech act without a speaker is its source's
            if e.kind == EventKind::Speech && e.event_type.is_speech() {
                if let Some(c) = self.protos[i].sources.first().cloned() {
                    self.protos[i].actors.push(Arg { sentence: c.sentence, np: c.np, token: None, basis: Basis::Named, why: "speaker" });
                    continue;
                }
            }
            if self.protos[i].dropped_subject {
                // the subject of the clause before, in this sentence or the last
                let prev = (0..i).rev().take(6).map(|j| &self.protos[j]).find(|q| q.sentence + 1 >= s && !q.actors.is_empty() && q.modality != Modality::Historical);
                if let Some(q) = prev {
                    let basis = if q.sentence == s { Basis::Named } else { Basis::Inherited };
                    let who: Vec<Arg> = q.actors.iter().map(|a| Arg { basis, why: "subject.goes-on", ..a.clone() }).collect();
                    // "وقتلوا": of two sides only the first
                    let clash = q.modes.contains("clash") && who.len() > 1;
                    self.protos[i].actors = if clash { who.into_iter().take(1).collect() } else { who };
                    continue;
                }
                // the subject of the sentence
                let subject = self.main_subject(s, self.protos[i].trigger.phrase);
                if let Some(n) = subject {
                    self.protos[i].actors.push(Arg { sentence: s, np: n, token: None, basis: Basis::Named, why: "subject.of-sentence" });
                    continue;
                }
            }
            if matches!(e.event_type, EventType::Assault | EventType::Coerce) && !matches!(self.protos[i].modality, Modality::Historical) {
                self.inherit_actor(i);
            }
        }
    }

    fn main_subject(&self, s: usize, before: usize) -> Option<NpId> {
        let triggers: [Trigger; 0] = [];
        let f = Filler { s: &self.sentences[s], cx: self.cx, lexes: &self.lexes[s], triggers: &triggers };
        for k in (0..before).rev() {
            if let Phrase::Verb(_) = self.sentences[s].phrases[k] {
                if let Some(b) = f.subject_before(k) {
                    if f.agentive(b[0]) {
                        return Some(b[0]);
                    }
                }
                // verb, subject
                if let Some(Phrase::Np(n)) = self.sentences[s].phrases.get(k + 1) {
                    if f.agentive(*n) && self.sentences[s].nps[*n].shape.prep.is_none() {
                        return Some(*n);
                    }
                }
            }
        }
        None
    }

    /// "القصف طال أيضا": the same attack goes on, its attacker with it.
    fn inherit_actor(&mut self, i: usize) {
        let lexicon = self.cx.lexicon;
        let p = &self.protos[i];
        let definite = match p.trigger.form {
            Form::Noun(n) => {
                let np = &self.sentences[p.sentence].nps[n];
                np.shape.the || np.definite
            }
            Form::Verb => false,
        };
        let bare_casualty = lexicon.events[p.event].kind == EventKind::Casualty;
        if !definite && !(bare_casualty && p.parts.means.is_empty() && p.parts.places.is_empty()) {
            return;
        }
        let s = p.sentence;
        let (ty, time) = (p.event_type(lexicon), p.time);
        let from = (0..i).rev().map(|j| &self.protos[j]).find(|q| {
            !q.gone && q.event_type(lexicon) == ty && q.sentence + 2 >= s && q.modality == Modality::Actual && q.time.map(|t| t.0) == time.map(|t| t.0) && q.modes.contains("clash") == self.protos[i].modes.contains("clash") && q.modes.contains("territory") == self.protos[i].modes.contains("territory")
        });
        if let Some(q) = from {
            let who: Vec<Arg> = q.actors.iter().map(|a| Arg { basis: Basis::Inherited, why: "actor.inherited", ..a.clone() }).collect();
            self.protos[i].actors = who;
        }
    }

    /// Where: beside the trigger, in the sentence, in the header, in the sentence before.
    fn spots(&mut self) {
        let lexicon = self.cx.lexicon;
        for i in 0..self.protos.len() {
            if self.protos[i].gone {
                continue;
            }
            let s = self.protos[i].sentence;
            let ty = self.protos[i].event_type(lexicon);
            let core = matches!(ty, EventType::Assault | EventType::Coerce | EventType::Protest | EventType::Retreat | EventType::Mobilize | EventType::Aid | EventType::Consult);
            if self.protos[i].spots.is_empty() && core {
                if let Some(list) = self.sentence_spots(i) {
                    self.protos[i].spots = list;
                }
            }
            // what contains the places given, named in the same sentence
            self.add_containing(i);
            if self.protos[i].spots.is_empty() {
                if let Some(h) = self.headers[s] {
                    self.protos[i].spots.push(Spot { mention: h, inherited: !self.sentences[s].tokens.contains(&self.cx.places[h].tokens.start), why: "place.header" });
                }
            }
            if self.protos[i].spots.is_empty() && matches!(ty, EventType::Assault | EventType::Coerce | EventType::Protest | EventType::Retreat | EventType::Mobilize) && self.protos[i].modality != Modality::Historical {
                self.inherit_spots(i);
            }
        }
    }

    fn in_sentence(&self, s: usize) -> Vec<(usize, usize)> {
        // (phrase, mention) of every place phrase of the sentence
        let sent = &self.sentences[s];
        sent.phrases
            .iter()
            .enumerate()
            .filter_map(|(k, p)| match p {
                Phrase::Np(n) => sent.nps[*n].place.filter(|_| sent.nps[*n].actor.is_empty() || sent.nps[*n].shape.prep.is_some() || k > 0 && matches!(sent.phrases[k - 1], Phrase::Prep(_))).map(|m| (k, m)),
                _ => None,
            })
            .collect()
    }

    /// Places of the sentence that no other claim of it took, nearest to the trigger: first what stands before it in its clause.
    fn sentence_spots(&self, i: usize) -> Option<Vec<Spot>> {
        let p = &self.protos[i];
        let s = p.sentence;
        let k = p.trigger.phrase;
        let all = self.in_sentence(s);
        if all.is_empty() {
            return None;
        }
        let taken: BTreeSet<usize> = self.protos.iter().enumerate().filter(|(j, q)| *j != i && q.sentence == s && !q.gone).flat_map(|(_, q)| q.spots.iter().map(|x| x.mention)).collect();
        // a group behind the trigger before the next comma and verb, else a group before it
        let sent = &self.sentences[s];
        let mut behind: Vec<Spot> = Vec::new();
        for (ph, m) in all.iter().filter(|(ph, _)| *ph > k) {
            let broken = sent.phrases[k + 1..*ph].iter().any(|x| matches!(x, Phrase::Comp(_) | Phrase::Mark(_, ';')) || matches!(x, Phrase::Verb(v) if sent.verb(*v).is_some_and(|y| y.1.wa)));
            if broken {
                break;
            }
            if !taken.contains(m) {
                behind.push(Spot { mention: *m, inherited: false, why: "place.clause" });
            }
        }
        let mut before: Vec<Spot> = Vec::new();
        for (ph, m) in all.iter().rev().filter(|(ph, _)| *ph < k) {
            let broken = sent.phrases[*ph..k].iter().any(|x| matches!(x, Phrase::Mark(_, ';')));
            if broken {
                break;
            }
            before.insert(0, Spot { mention: *m, inherited: false, why: "place.before" });
        }
        // a place named before at the head of the sentence, or what another claim of it has
        if !behind.is_empty() {
            return Some(behind);
        }
        if !before.is_empty() {
            // of several groups the nearest
            let last = before.last().map(|x| self.cx.places[x.mention].list);
            let mut near: Vec<Spot> = before.iter().filter(|x| Some(self.cx.places[x.mention].list) == last).cloned().collect();
            for x in &before {
                if !near.contains(x) && near.iter().any(|y| self.related(x.mention, y.mention)) {
                    near.push(x.clone());
                }
            }
            return Some(near);
        }
        let others: Vec<Spot> = self.protos.iter().enumerate().filter(|(j, q)| *j != i && q.sentence == s && !q.gone && !q.spots.is_empty()).min_by_key(|(_, q)| q.trigger.phrase.abs_diff(k)).map(|(_, q)| q.spots.iter().map(|x| Spot { why: "place.same-sentence", ..x.clone() }).collect()).unwrap_or_default();
        (!others.is_empty()).then_some(others)
    }

    fn add_containing(&mut self, i: usize) {
        let s = self.protos[i].sentence;
        let mut add = Vec::new();
        for (_, m) in self.in_sentence(s) {
            if self.protos[i].spots.iter().any(|x| x.mention == m) {
                continue;
            }
            let p = &self.cx.places[m];
            let Some(outer) = p.place.or(p.candidates.first().map(|c| c.place)) else { continue };
            let holds = self.protos[i].spots.iter().any(|x| {
                let q = &self.cx.places[x.mention];
                q.place.or(q.approximated_by).is_some_and(|inner| inner != outer && self.finder.contains(outer, inner) || q.approximated_by == Some(outer))
            });
            if holds && (self.finder.get(outer).kind.is_area() || self.finder.get(outer).kind == PlaceKind::Settlement) {
                add.push(Spot { mention: m, inherited: false, why: "place.containing" });
            }
        }
        self.protos[i].spots.extend(add);
    }

    fn inherit_spots(&mut self, i: usize) {
        let lexicon = self.cx.lexicon;
        let p = &self.protos[i];
        let s = p.sentence;
        let ty = p.event_type(lexicon);
        let weak = lexicon.events[p.event].weight < 0.5;
        // the claim before that tells the same kind of thing at the same time
        let from = (0..i).rev().map(|j| &self.protos[j]).find(|q| !q.gone && !q.spots.is_empty() && q.sentence + 2 >= s && (q.event_type(lexicon) == ty || q.sentence + 1 >= s) && q.modality != Modality::Historical && q.time.map(|t| t.0) == p.time.map(|t| t.0));
        if weak {
            return;
        }
        if let Some(q) = from {
            self.protos[i].spots = q.spots.iter().map(|x| Spot { inherited: q.sentence != s || x.inherited, why: "place.inherited", ..x.clone() }).collect();
        }
    }

    /// Mentions of one event share a reference: same type, places that agree, days that agree, actors that do not contradict.
    fn refer(&mut self) {
        let lexicon = self.cx.lexicon;
        let mut next = 1;
        for i in 0..self.protos.len() {
            if self.protos[i].gone {
                continue;
            }
            let found = (0..i).rev().find(|j| {
                let (p, q) = (&self.protos[i], &self.protos[*j]);
                if q.gone || p.event_type(lexicon) != q.event_type(lexicon) || p.modality != q.modality {
                    return false;
                }
                let special = |x: &Proto, m: &str| x.modes.contains(m);
                if special(p, "clash") != special(q, "clash") || special(p, "territory") != special(q, "territory") {
                    return false;
                }
                let days = |x: &Proto| x.time.and_then(|t| self.cx.times[t.0].days());
                let same_day = match (days(p), days(q)) {
                    (Some(a), Some(b)) => a.0 <= b.1 && b.0 <= a.1,
                    _ => true,
                };
                if !same_day {
                    return false;
                }
                let (a, b) = (p.spots.first().map(|x| x.mention), q.spots.first().map(|x| x.mention));
                let same_place = match (a, b) {
                    (Some(a), Some(b)) => a == b || self.same_place(a, b),
                    _ => p.sentence == q.sentence,
                };
                if !same_place {
                    return false;
                }
                p.actors.is_empty() || q.actors.is_empty() || p.actors.iter().any(|x| q.actors.iter().any(|y| x.np == y.np && x.sentence == y.sentence || self.same_name(x, y)))
            });
            self.protos[i].event_ref = match found {
                Some(j) => self.protos[j].event_ref,
                None => {
                    next += 1;
                    next - 1
                }
            };
        }
    }

    fn same_place(&self, a: usize, b: usize) -> bool {
        let (x, y) = (&self.cx.places[a], &self.cx.places[b]);
        match (x.place, y.place) {
            (Some(p), Some(q)) => p == q,
            _ => {
                let t = |m: &PlaceMention| arabic::fold::fold_str(self.cx.text.slice(m.bytes.clone()), arabic::fold::Level::Loose);
                t(x) == t(y)
            }
        }
    }

    // ---- records ----

    fn claims(&self) -> Vec<Claim> {
        let cp = CodePoints::new(&self.doc.text);
        let sha = crate::hash::sha256_hex(self.doc.text.as_bytes());
        let doc = DocRef {
            id: self.doc.id.clone(),
            sha256: sha,
            title: self.doc.title.clone(),
            outlet: self.doc.outlet.clone(),
            published: self.doc.published.clone(),
            url: self.doc.url.clone(),
            extra: self.doc.extra.clone(),
        };
        let mut out = Vec::new();
        let mut seen = std::collections::HashMap::new();
        for p in self.protos.iter().filter(|p| !p.gone) {
            let mut c = self.claim(p, &cp, &doc);
            let base = format!("{}\0{}\0{}\0{}\0{}", doc.id, doc.sha256, c.event_type.as_str(), c.trigger.start, c.trigger.end);
            let n: &mut usize = seen.entry(base.clone()).or_default();
            c.id = format!("clm_{}", &crate::hash::sha256_hex(format!("{base}\0{n}").as_bytes())[..20]);
            *n += 1;
            out.push(c);
        }
        out.sort_by_key(|c| (c.trigger.start, c.trigger.end));
        out
    }

    fn span(&self, bytes: Range<usize>, cp: &CodePoints<'_>) -> Span {
        Span { text: self.doc.text[bytes.clone()].to_string(), start: cp.at(bytes.start), end: cp.at(bytes.end) }
    }

    /// The bytes of some tokens without clitics of the first and quotation marks that are not closed inside.
    fn bytes(&self, tokens: Range<usize>, skip: u8) -> Range<usize> {
        let mut tokens = tokens;
        let text = self.cx.text;
        let quote = |i: usize| text.tokens[i].kind == arabic::text::Kind::Punct && matches!(text.slice(text.tokens[i].range()), "\"" | "«" | "»" | "“" | "”" | "(" | ")" | "‘" | "’" | "'");
        // a leading mark without its partner, or a pair around everything
        loop {
            if tokens.len() < 2 {
                break;
            }
            let marks = tokens.clone().filter(|i| quote(*i)).count();
            if quote(tokens.start) && (marks % 2 == 1 || quote(tokens.end - 1)) {
                tokens.start += 1;
                if quote(tokens.end - 1) && marks % 2 == 0 {
                    tokens.end -= 1;
                }
                continue;
            }
            if quote(tokens.end - 1) && marks % 2 == 1 {
                tokens.end -= 1;
                continue;
            }
            break;
        }
        let b = text.span(tokens);
        let cut = skip_bytes(text.slice(b.clone()), skip);
        b.start + cut..b.end
    }

    fn claim(&self, p: &Proto, cp: &CodePoints<'_>, doc: &DocRef) -> Claim {
        let lexicon = self.cx.lexicon;
        let e = &lexicon.events[p.event];
        let s = &self.sentences[p.sentence];
        let mut why = p.why.clone();
        let trigger = self.span(self.cx.text.span(p.trigger.tokens.clone()), cp);
        let sentence = {
            let b = self.cx.text.span(s.tokens.clone());
            Extent { start: cp.at(b.start), end: cp.at(b.end) }
        };
        let claimed = p.parts.claimed || p.sources.iter().any(|c| p.actors.iter().any(|a| a.np == c.np && a.sentence == c.sentence));
        let accused = p.sources.iter().any(|c| c.stance == Stance::Alleges);
        let participants = |list: &[Arg], actor: bool, why: &mut Vec<String>| -> Vec<Participant> {
            list.iter()
                .map(|a| {
                    let sent = &self.sentences[a.sentence];
                    let np = &sent.nps[a.np];
                    let (id, span) = match a.token {
                        Some(t) => {
                            let mut id = Identity::default();
                            if let Some(st) = who::nisba(lexicon, &self.lexes[a.sentence], t) {
                                let ac = &lexicon.actors[st];
                                id.actor = Some(st);
                                id.country = ac.country;
                                id.roles = vec![if e.event_type == EventType::Assault || e.event_type == EventType::Mobilize { "MIL" } else { "GOV" }];
                                id.civilian = Some(false);
                                id.status = Some(StatusBasis::Presumed);
                                id.why = format!("nisba {}", ac.id);
                            }
                            (id, self.span(self.cx.text.tokens[t].range(), cp))
                        }
                        None => (self.identify(a.sentence, a.np, Some(e.event_type)), self.span(self.bytes(np.core.clone(), np.shape.skip), cp)),
                    };
                    let basis = match a.basis {
                        Basis::Named if actor && claimed => Basis::Claimed,
                        Basis::Named if actor && accused => Basis::Accused,
                        b => b,
                    };
                    let part = if actor { "actor" } else { "recipient" };
                    why.push(format!("{part} {}: {}, {}", span.start, a.why, id.why));
                    let ac = id.actor.map(|i| &lexicon.actors[i]);
                    Participant {
                        name: ac.map(|a| a.name.to_string()),
                        name_en: ac.map(|a| a.name_en.to_string()),
                        id: ac.map(|a| a.id.to_string()),
                        country: id.country.map(str::to_string),
                        roles: id.roles.iter().map(|r| r.to_string()).collect(),
                        civilian: id.civilian,
                        status_basis: id.status,
                        credited: (basis == Basis::Inherited && !p.sources.is_empty()).then_some(false),
                        basis,
                        span,
                    }
                })
                .collect()
        };
        let actors = participants(&p.actors, true, &mut why);
        let recipients = participants(&p.recipients, false, &mut why);
        let places = self.places(p, cp, &mut why);
        let time = self.time(p, cp, &mut why);
        let counts: Vec<Count> = p
            .counts
            .iter()
            .map(|(_, t)| {
                why.push(format!("count: {}", t.why));
                Count {
                    span: self.span(self.bytes(t.tokens.clone(), t.skip), cp),
                    kind: t.kind,
                    low: t.low,
                    high: t.high,
                    vague: t.vague.map(|v: Vague| v.as_str().to_string()),
                    approx: t.approx,
                    group: t.group,
                    relation: t.relation,
                    credited: None,
                }
            })
            .collect();
        let speech = e.event_type.is_speech();
        let mut sources: Vec<Source> = Vec::new();
        for c in &p.sources {
            let sent = &self.sentences[c.sentence];
            let np = &sent.nps[c.np];
            if speech && p.actors.iter().any(|a| a.np == c.np && a.sentence == c.sentence) {
                continue;
            }
            let id = self.identify(c.sentence, c.np, None);
            let ac = id.actor.map(|i| &lexicon.actors[i]);
            why.push(format!("source: {}", c.why));
            sources.push(Source {
                span: self.span(self.bytes(np.core.clone(), np.shape.skip), cp),
                name: ac.map(|a| a.name.to_string()),
                id: ac.map(|a| a.id.to_string()),
                kind: who::source_kind(self.cx, sent, &self.lexes[c.sentence], c.np, &self.setting),
                stance: c.stance,
                cue: c.cue.map(|t| self.span(self.cx.text.tokens[t].range(), cp)),
            });
        }
        let objects = self.objects(p, cp);
        let framing = self.framing(p, cp);
        Claim {
            id: String::new(),
            doc: doc.clone(),
            event_type: e.event_type,
            modes: self.mode_list(p),
            contexts: self.contexts.iter().map(|c| c.to_string()).collect(),
            trigger,
            sentence,
            confidence: crate::confidence::of(e, p.actors.len(), p.recipients.len(), places.len(), counts.len(), p.modality, self.peaceful, matches!(p.trigger.form, Form::Verb)),
            actors,
            recipients,
            places,
            time,
            counts,
            sources,
            event_ref: format!("e{}", p.event_ref),
            objects,
            framing,
            modality: p.modality,
            why,
        }
    }

    fn mode_list(&self, p: &Proto) -> Vec<String> {
        let ty = self.cx.lexicon.events[p.event].event_type;
        // in PLOVER's order, so that the list does not depend on how it came about
        ty.modes().iter().filter(|m| p.modes.contains(*m)).map(|m| m.to_string()).collect()
    }

    fn places(&self, p: &Proto, cp: &CodePoints<'_>, why: &mut Vec<String>) -> Vec<Place> {
        let mut spots: Vec<&Spot> = Vec::new();
        for s in &p.spots {
            if !spots.iter().any(|x| self.same_place(x.mention, s.mention) && self.cx.places[x.mention].area == self.cx.places[s.mention].area) {
                spots.push(s);
            }
        }
        // most specific first; of equals as written
        let specific = |k: PlaceKind| match k {
            PlaceKind::Neighbourhood | PlaceKind::Facility | PlaceKind::Road => 0,
            PlaceKind::Settlement => 1,
            PlaceKind::Natural => 2,
            PlaceKind::Admin3 => 3,
            PlaceKind::Admin2 => 4,
            PlaceKind::Region => 5,
            PlaceKind::Admin1 => 6,
            PlaceKind::Country => 7,
        };
        // a launch site or a goal is not where it happened
        let role_rank = |m: &PlaceMention| matches!(m.role, places::PlaceRole::From) as u8;
        spots.sort_by_key(|s| {
            let m = &self.cx.places[s.mention];
            (role_rank(m), specific(m.kind), if s.inherited { 1 } else { 0 }, m.tokens.start)
        });
        let first = spots.first().map(|s| s.mention);
        spots
            .iter()
            .map(|s| {
                let m = &self.cx.places[s.mention];
                why.push(format!("place: {}, {}", s.why, m.found.as_str()));
                let known = m.place.map(|r| self.finder.get(r));
                let area = m.place.or(m.candidates.first().map(|c| c.place)).or(m.approximated_by);
                let contains = first.is_some_and(|f| f != s.mention && {
                    let fm = &self.cx.places[f];
                    match (area, fm.place.or(fm.approximated_by)) {
                        (Some(o), Some(i)) => o != i && self.finder.contains(o, i),
                        _ => specific(m.kind) > specific(fm.kind) + 2,
                    }
                });
                let role = if contains { "containing" } else { m.role.as_str() };
                let admin1 = area.and_then(|r| self.finder.admin1(r)).map(|r| self.finder.get(r).name_en.to_string());
                let country = area.and_then(|r| self.finder.country(r)).and_then(|c| alpha3(self.cx.lexicon, c)).map(str::to_string);
                let candidates = if m.candidates.len() > 1 {
                    m.candidates
                        .iter()
                        .take(5)
                        .map(|c| {
                            let pl = self.finder.get(c.place);
                            PlaceCandidate { id: pl.id.to_string(), name_en: pl.name_en.to_string(), lat: pl.point.map(|x| x.0), lon: pl.point.map(|x| x.1), score: c.score }
                        })
                        .collect()
                } else {
                    Vec::new()
                };
                Place {
                    span: self.span(m.bytes.clone(), cp),
                    name: known.map(|k| k.name_ar.to_string()),
                    name_en: known.map(|k| k.name_en.to_string()),
                    id: known.map(|k| k.id.to_string()),
                    kind: m.kind.as_str().to_string(),
                    country,
                    admin1,
                    lat: m.point.map(|x| x.0),
                    lon: m.point.map(|x| x.1),
                    precision: m.precision,
                    role: role.to_string(),
                    approximated_by: m.approximated_by.map(|r| self.finder.get(r).id.to_string()),
                    candidates,
                    inherited: s.inherited,
                }
            })
            .collect()
    }

    fn time(&self, p: &Proto, cp: &CodePoints<'_>, why: &mut Vec<String>) -> Option<Time> {
        let anchor = self.anchor?;
        let from_title = TimeAnchor { date: anchor.moment.date(), from: "published".into() };
        let precision = |a: Moment, b: Moment| match b.days_since(a) {
            0..=1 => 1,
            2..=7 => 2,
            _ => 3,
        };
        match p.time {
            Some((t, rule)) => {
                let x = &self.cx.times[t];
                let (a, b) = x.days()?;
                why.push(format!("time: {rule}, {}", x.rule));
                let inherited = !self.sentences[p.sentence].tokens.contains(&x.tokens.start);
                Some(Time {
                    span: Some(self.span(x.bytes.clone(), cp)),
                    from: a.date(),
                    to: b.date(),
                    precision: precision(a, b),
                    basis: if inherited { "inherited" } else { "expression" }.into(),
                    anchor: Some(from_title),
                    conflict: x.conflict.clone(),
                })
            }
            None => {
                why.push("time: time.published".into());
                let d = anchor.moment.date();
                Some(Time { span: None, from: d.clone(), to: d, precision: 1, basis: "document".into(), anchor: Some(from_title), conflict: None })
            }
        }
    }

    fn objects(&self, p: &Proto, cp: &CodePoints<'_>) -> Vec<Object> {
        let d = self.cx.words.dictionary();
        let kinds: [(&str, ObjectKind); 12] = [
            ("hospital", ObjectKind::Hospital),
            ("school", ObjectKind::School),
            ("worship", ObjectKind::Worship),
            ("market", ObjectKind::Market),
            ("camp", ObjectKind::Camp),
            ("dwelling", ObjectKind::Dwelling),
            ("aid", ObjectKind::Aid),
            ("pressobject", ObjectKind::Press),
            ("heritage", ObjectKind::Heritage),
            ("utility", ObjectKind::Utility),
            ("bridge", ObjectKind::BridgeOrRoad),
            ("airport", ObjectKind::Airport),
        ];
        let mut out: Vec<Object> = Vec::new();
        for (s, n) in &p.things {
            let np = &self.sentences[*s].nps[*n];
            for (tag, kind) in kinds {
                if np.tags.any(d.tags(&[tag])) {
                    let span = self.span(self.bytes(np.core.clone(), np.shape.skip), cp);
                    if !out.iter().any(|o| o.span == span) {
                        out.push(Object { span, kind });
                    }
                    break;
                }
            }
        }
        out
    }

    fn framing(&self, p: &Proto, cp: &CodePoints<'_>) -> Vec<Framing> {
        let lexicon = self.cx.lexicon;
        let mut tokens: BTreeSet<(usize, usize)> = p.trigger.tokens.clone().map(|t| (p.sentence, t)).collect();
        let mut loaded: Vec<Framing> = Vec::new();
        for a in p.actors.iter().chain(&p.recipients) {
            let np = &self.sentences[a.sentence].nps[a.np];
            tokens.extend(np.core.clone().map(|t| (a.sentence, t)));
            if np.actor.iter().any(|x| x.loaded) {
                let span = self.span(self.bytes(np.core.clone(), np.shape.skip), cp);
                let term = lexicon.actors[np.actor[0].actor as usize].id.to_string();
                if !loaded.iter().any(|f| f.span == span) {
                    loaded.push(Framing { span, term });
                }
            }
        }
        for j in &p.linked {
            if let Some(q) = self.protos.get(*j) {
                tokens.extend(q.trigger.tokens.clone().map(|t| (q.sentence, t)));
            }
        }
        for (s, t) in tokens {
            let Some(l) = self.lexes[s].get(t) else { continue };
            if let Some(term) = lexicon.terms.iter().find(|x| l.has_any(&x.words)) {
                loaded.push(Framing { span: self.span(self.cx.text.tokens[t].range(), cp), term: term.id.to_string() });
            }
        }
        loaded.sort_by_key(|f| (f.span.start, f.span.end));
        loaded.dedup();
        loaded
    }
}

impl Proto {
    fn event_type(&self, lexicon: &Lexicon) -> EventType {
        lexicon.events[self.event].event_type
    }
}

