//! The work on one document.
//!
//! Sentence by sentence: event words ([`trigger`](crate::trigger)), their parts ([`args`](crate::args)), light verbs ([`light`]),
//! means and numbers ([`means`]), words that tell one event ([`merge`]), who is credited ([`credit`](crate::credit)), how it is told
//! ([`modality`]). Then over sentences: when ([`when`], [`retold`]), whom pronouns mean ([`anaphora`]), who ([`agent`]), where ([`spot`]), which event ([`refer`]). At last the
//! records ([`render`]).

mod agent;
mod anaphora;
mod hedge;
mod light;
mod means;
mod merge;
mod modality;
mod modes;
mod outright;
mod refer;
mod render;
mod retold;
mod sentences;
mod setting;
mod source;
mod spot;
mod standing;
mod toll;
mod when;

use crate::args::{Filler, Parts};
use crate::coder::{Candidate, Document};
use crate::count::{self, Tally};
use crate::credit::{self, Credited, Scope, Thread};
use crate::lexicon::{EventKind, Feature, Features, Lexicon, Slot};
use crate::phrase::{Class, Context, Np, NpId, Phrase, Sentence};
use crate::record::*;
use crate::trigger::{self, Clue, Form, Lexes, Trigger};
use crate::who::{self, Identity, Setting};
use arabic::chars::CodePoints;
use arabic::names::{NameColumn, skip_bytes};
use arabic::number::Vague;
use arabic::words::Enclitic;
use places::{Atlas, PlaceKind, PlaceMention, PlaceRef};
use sentences::Sentences;
use std::collections::BTreeSet;
use std::ops::Range;
use time::{Anchor, Moment, Unit};

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
    dated: when::Dated,
    counts: Vec<(usize, Tally)>,
    sources: Vec<Credited>,
    modality: Modality,
    why: Vec<String>,
    /// The light verb that carries the event word, by its token: "شنّ" of "شنّ هجوما".
    carrier: Option<usize>,
    /// Merged into another one.
    gone: bool,
    parts: Parts,
    dropped_subject: bool,
    event_ref: usize,
    linked: Vec<usize>,
    features: Features,
    confidence: f64,
}

pub(crate) struct Job<'a> {
    cx: &'a Context<'a>,
    atlas: &'a Atlas,
    doc: &'a Document,
    anchor: Option<Anchor>,
    /// The day before publication, when the report was written on it.
    eve: Option<Moment>,
    /// The name of the outlet, folded.
    outlet: Option<String>,
    sentences: Sentences<'a>,
    lexes: Vec<Lexes<'a>>,
    /// What may tell an event, for each sentence.
    clues: Vec<Vec<Clue>>,
    /// How many sentences there are up to the last one that may tell an event.
    told: usize,
    protos: Vec<Proto>,
    scopes: Vec<Vec<Scope>>,
    setting: Setting,
    peaceful: bool,
    /// Claims that are not sure enough are kept, to be looked at.
    keep_all: bool,
    contexts: Vec<&'static str>,
    /// For each sentence the place mention that a header before it names: "حلب::".
    headers: Vec<Option<usize>>,
}

/// ISO alpha-3 of a gazetteer country id.
pub(crate) fn alpha3(lexicon: &Lexicon, iso2: &str) -> Option<&'static str> {
    lexicon.actors.iter().take_while(|a| a.state).find(|a| &a.id["state.".len()..] == iso2).and_then(|a| a.country)
}

impl<'a> Job<'a> {
    /// `lexes` are the sentences of the report, `clues` what may tell an event in each.
    pub(crate) fn new(
        cx: &'a Context<'a>,
        atlas: &'a Atlas,
        names: &'a mut NameColumn,
        lexes: Vec<Lexes<'a>>,
        clues: Vec<Vec<Clue>>,
        doc: &'a Document,
        keep_all: bool,
    ) -> Job<'a> {
        let outlet = doc.outlet.as_deref().map(|o| arabic::names::name_words(o).join(" "));
        Job {
            cx,
            atlas,
            doc,
            anchor: doc.published.as_deref().and_then(Anchor::parse),
            eve: None,
            outlet: outlet.filter(|o| !o.is_empty()),
            sentences: Sentences::new(cx, names, &lexes),
            told: clues.iter().rposition(|c| !c.is_empty()).map_or(0, |last| last + 1),
            lexes,
            clues,
            protos: Vec::new(),
            scopes: Vec::new(),
            setting: Setting::default(),
            peaceful: false,
            keep_all,
            contexts: Vec::new(),
            headers: Vec::new(),
        }
    }

    fn key(&self, i: usize) -> &str {
        match self.cx.text.tokens.get(i) {
            Some(t) if t.kind == arabic::text::Kind::Word => &self.cx.words.get(t.word).key,
            _ => "",
        }
    }

    /// Is the word of a sentence one of a closed class?
    fn is(&self, sentence: usize, token: usize, set: &[crate::lexicon::Sym]) -> bool {
        self.lexes[sentence].at(token).has_any(set)
    }

    pub(crate) fn run(&mut self) {
        self.contexts();
        self.countries();
        self.find_headers();
        let mut thread = Thread::default();
        for s in 0..self.told {
            if self.is_read(s) {
                self.sentence(s, &mut thread);
            } else {
                self.scopes.push(Vec::new());
            }
        }
        self.discourse();
    }

    /// Is a sentence asked what it tells? Of one that tells nothing later ones ask only who spoke in it, and nobody asks behind the last that tells.
    fn is_read(&self, s: usize) -> bool {
        s < self.told && (!self.clues[s].is_empty() || self.lexes[s].may_credit())
    }

    fn sentence(&mut self, index: usize, thread: &mut Thread) {
        let cx = self.cx;
        let lexicon = cx.lexicon;
        let triggers = trigger::find(&self.sentences[index], cx, &self.clues[index]);
        // people who take part are people: other event words may have them as a part
        let acts: Vec<Trigger> = triggers.iter().filter(|t| lexicon.events[t.event].kind != EventKind::Participant).cloned().collect();
        let f = Filler { s: &self.sentences[index], cx, lexes: &self.lexes[index], triggers: &acts };
        // who says what
        let outlet = |s: &Sentence, n: NpId| self.is_outlet(s, n);
        let scopes = credit::scopes(&f, index, thread, &outlet);
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
                dated: when::Dated::On,
                counts: Vec::new(),
                sources: Vec::new(),
                modality: Modality::Actual,
                why: vec![format!("trigger: {}", e.id)],
                carrier: None,
                gone: false,
                dropped_subject: parts.dropped,
                event_ref: 0,
                linked: Vec::new(),
                features: [0.0; Feature::COUNT],
                confidence: 0.0,
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
                // "القتلى المدنيين", "المعتقلين الفلسطينيين": who so described are people, not only a number of them
                let described =
                    |a: &usize| self.lexes[index].get(*a).is_some_and(|l| l.tags.any(lexicon.tags.nisba.or(lexicon.tags.armed).or(lexicon.tags.civilian)));
                if e.kind == EventKind::Casualty
                    && np.class.any(Class::CASUALTY)
                    && np.number.is_none()
                    && np.adjectives.iter().any(described)
                    && p.recipients.is_empty()
                {
                    p.recipients.push(Arg { sentence: index, np: n, token: None, basis: Basis::Named, why: "casualty" });
                }
                if itself && !np.tags.any(lexicon.tags.body) {
                    p.counts.extend(self.tally(index, n, e.counts.unwrap_or(CountKind::Other)).map(|t| (index, t)));
                    if e.kind == EventKind::Participant {
                        p.actors.push(Arg { sentence: index, np: n, token: None, basis: Basis::Named, why: "participant" });
                    }
                }
            }
            // "سقوط 5 قتلى", "لقي أربعة مصرعهم": the casualty noun of the phrase is counted, not its first word
            if let (true, EventKind::Casualty, Some(kind)) = (t.by_phrase, e.kind, e.counts) {
                let nps = &self.sentences[index].nps;
                // "راح ضحيتها سبعة": its victims, whom the number behind counts
                let its_victims = |np: &Np| np.shape.pron != Enclitic::None && np.number.is_none() && self.is(index, np.head, &lexicon.sets.victims);
                let of_phrase =
                    |n: &NpId| nps[*n].class.any(Class::CASUALTY) && t.matched.contains(&nps[*n].head) && t.form != Form::Noun(*n) && !its_victims(&nps[*n]);
                // a noun in the genitive is a phrase of its own beside the one that holds its numeral
                let mut counted: Vec<NpId> = (0..nps.len()).filter(of_phrase).collect();
                counted.sort_by_key(|n| nps[*n].number.is_none());
                for n in counted {
                    if !p.counts.iter().any(|c| c.1.tokens.contains(&nps[n].head)) {
                        // "راح ضحيتها خمسة": the victims stand behind, as an argument
                        p.counts.extend(self.tally(index, n, kind).filter(|t| t.why != "count.behind").map(|t| (index, t)));
                    }
                }
            }
            protos.push(p);
        }
        self.lights(index, &acts, &mut protos);
        self.means(index, &mut protos);
        self.counts(index, &mut protos);
        self.counted_by_pronoun(index, &mut protos);
        self.blamed(index, &mut protos);
        self.share(index, &mut protos);
        self.accused(&mut protos);
        self.merge(index, &mut protos);
        self.tolls(index, &mut protos);
        self.resisted(&mut protos);
        self.fallen(&mut protos);
        self.losers(&mut protos);
        self.join_participants(&mut protos);
        for p in &mut protos {
            self.adjective_actor(p);
        }
        self.hedged(index, &mut protos);
        self.credit(&mut protos, &scopes);
        for p in &mut protos {
            self.modality(p);
        }
        if scopes.is_empty() {
            self.speaker(&protos, thread);
        }
        self.scopes.push(scopes);
        let base = self.protos.len();
        for p in &mut protos {
            p.linked.iter_mut().for_each(|l| *l += base);
        }
        self.protos.extend(protos);
    }

    fn identify(&self, s: usize, n: NpId, event: Option<EventType>) -> Identity {
        let id = who::identify(self.cx, &self.sentences[s], &self.lexes[s], n, &self.setting, event, 0);
        match self.named_before(s, n).filter(|_| id.actor.is_none()) {
            Some(known) => Identity { status: id.status, civilian: id.civilian.or(known.civilian), ..known },
            None => id,
        }
    }

    /// The state that an adjective names, as an actor: "قصف تركي".
    fn identify_adjective(&self, s: usize, token: usize, event: Option<EventType>) -> Identity {
        let lexicon = self.cx.lexicon;
        let Some(state) = who::nisba(lexicon, &self.lexes[s], token) else { return Identity::default() };
        let actor = &lexicon.actors[state];
        let armed = matches!(event, Some(EventType::Assault | EventType::Mobilize));
        Identity {
            actor: Some(state),
            country: actor.country,
            roles: vec![if armed { "MIL" } else { "GOV" }],
            civilian: Some(false),
            status: Some(StatusBasis::Presumed),
            why: format!("nisba {}", actor.id),
        }
    }

    /// The claims of one sentence: they stand in the order of the text.
    fn told_in(&self, sentence: usize) -> Range<usize> {
        let from = self.protos.partition_point(|p| p.sentence < sentence);
        from..from + self.protos[from..].partition_point(|p| p.sentence == sentence)
    }

    fn discourse(&mut self) {
        self.weigh();
        self.judge();
        self.times();
        self.pronouns();
        self.subjects();
        self.losers_of_fights();
        self.spots();
        self.retold_times();
        self.refer();
        self.retold_places();
        self.confirmations();
        self.modes_by_actor();
        self.modes_told_before();
    }
}

impl Proto {
    /// The light verb at token `verb` carries the event word.
    fn carry(&mut self, verb: usize, light: &str) {
        self.carrier = Some(verb);
        self.why.push(format!("light: {light}"));
    }

    fn event_type(&self, lexicon: &Lexicon) -> EventType {
        lexicon.events[self.event].event_type
    }
}
