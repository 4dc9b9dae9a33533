//! Who is credited.
//!
//! A sentence is read from left to right for words that credit: verbs of saying ([`saying`]), their nouns ([`announcing`]), and
//! words that cite ([`citing`]). Each makes a [`Scope`]: a stretch of the sentence and those who answer for it, the innermost first. What goes on from one
//! sentence to the next is the [`Thread`]: "وأضاف" has the last speaker, "المصادر" the fuller mention before it, and a quotation
//! that no mark has closed is still the speaker's.

mod announcing;
mod citing;
mod saying;

use crate::args::Filler;
use crate::lexicon::Lexicon;
use crate::phrase::{Class, Context, NpId, Phrase, Sentence};
use crate::record::Stance;
use crate::vocab::without_article;
use arabic::morph::Number;
use std::ops::Range;

/// A source of a sentence of the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Credited {
    /// The sentence that names it.
    pub sentence: usize,
    /// Its noun phrase there.
    pub np: NpId,
    /// Where its quotation ends, a token: with a name behind an office, and where it speaks from.
    pub end: usize,
    /// What it does with the claim.
    pub stance: Stance,
    /// The token of the word that credits.
    pub cue: Option<usize>,
    /// The sentence of the cue.
    pub cue_sentence: usize,
    /// The entry or rule.
    pub why: &'static str,
}

impl Credited {
    /// The same noun phrase of the same sentence.
    pub fn is(&self, other: &Credited) -> bool {
        (self.sentence, self.np) == (other.sentence, other.np)
    }
}

/// A stretch of a sentence and those credited for it, innermost first.
#[derive(Debug, Clone)]
pub struct Scope {
    /// Tokens.
    pub tokens: Range<usize>,
    /// Who says it.
    pub sources: Vec<Credited>,
    /// Tokens of the sources and cues themselves, which tell no event.
    pub frame: Range<usize>,
    /// Made by a word that cites, not by a verb of saying.
    pub cited: bool,
}

/// By what a source is known again: its head word, and whether it is several: "المصادر" takes up "مصادر طبية", not "مصدر طبي".
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    head: String,
    several: bool,
}

/// What goes on from sentence to sentence.
#[derive(Debug, Clone, Default)]
pub struct Thread {
    /// The last sources, for "وأضاف".
    pub last: Vec<Credited>,
    /// A quotation is open.
    pub quoted: bool,
    /// Earlier sources and those behind them, for "المصادر".
    pub named: Vec<(Mention, Vec<Credited>)>,
}

/// Finds the scopes of a sentence, which is the `index`th of the text; `outlet` tells whether a phrase is the outlet itself.
pub fn scopes<'l>(f: &'l Filler<'l>, index: usize, thread: &'l mut Thread, outlet: &'l dyn Fn(&Sentence, NpId) -> bool) -> Vec<Scope> {
    let mut listener = Listener { f, s: f.s, cx: f.cx, lexicon: f.cx.lexicon, index, thread, outlet, out: Vec::new(), asides: Vec::new() };
    let mut k = 0;
    while k < f.s.phrases.len() {
        k = listener.citing(k).or_else(|| listener.saying(k)).unwrap_or_else(|| {
            listener.announcing(k);
            k + 1
        });
    }
    listener.quotation();
    listener.out.append(&mut listener.asides);
    listener.out
}

/// One sentence being read for what credits.
struct Listener<'l> {
    f: &'l Filler<'l>,
    s: &'l Sentence,
    cx: &'l Context<'l>,
    lexicon: &'l Lexicon,
    index: usize,
    thread: &'l mut Thread,
    outlet: &'l dyn Fn(&Sentence, NpId) -> bool,
    out: Vec<Scope>,
    /// What nouns of saying tell, inside or beside what is told around them.
    asides: Vec<Scope>,
}

impl Listener<'_> {
    fn key(&self, i: usize) -> &str {
        match self.cx.text.tokens.get(i) {
            Some(t) if t.kind == arabic::text::Kind::Word => &self.cx.words.get(t.word).key,
            _ => "",
        }
    }

    /// A word without a conjunction written onto it.
    fn bare_key(&self, i: usize) -> &str {
        self.lexicon.bare(self.key(i))
    }

    fn start(&self, phrase: usize) -> usize {
        self.s.phrases.get(phrase).map_or(self.s.tokens.end, |p| self.s.start(p, self.cx))
    }

    /// The entry of a word of saying, and the reading that it is.
    fn say_at(&self, token: usize) -> Option<(usize, u8)> {
        let l = self.f.lexes.get(token)?;
        l.syms.iter().filter(|(_, r)| *r != 255).find_map(|(sym, r)| self.lexicon.say_syms.get(sym).map(|n| (*n as usize, *r)))
    }

    /// An event word stands at a phrase; a name such as "كتائب الشهداء" is none.
    fn tells(&self, phrase: usize) -> bool {
        self.f.triggers.iter().any(|t| t.phrase == phrase) && !matches!(self.s.phrases[phrase], Phrase::Np(n) if self.names(n))
    }

    /// A name or an office, whatever event its words could tell: "كتائب الشهداء", "الادعاء العام".
    fn names(&self, n: NpId) -> bool {
        let np = &self.s.nps[n];
        !np.actor.is_empty() || np.definite && (np.class.any(Class::SOURCE) || !np.event && np.class.any(Class::GROUP))
    }

    fn can_speak(&self, n: NpId) -> bool {
        let np = &self.s.nps[n];
        // "قائلا" says how, not who
        if self.circumstance(n) {
            return false;
        }
        self.names(n)
            || !np.event
                && (np.class.any(Class::SOURCE.or(Class::HUMAN).or(Class::GROUP).or(Class::AGENT)) || np.class.any(Class::NAMELIKE) && np.place.is_none())
    }

    /// A phrase that hands on what others say: an agency, a channel.
    fn is_medium(&self, n: NpId) -> bool {
        let np = &self.s.nps[n];
        let media = |a: u32| self.lexicon.actors[a as usize].source == Some(crate::record::SourceKind::Media);
        np.tags.any(self.lexicon.tags.medium) || np.actor.iter().any(|a| media(a.actor))
    }

    /// The outlet itself, which is never credited; its correspondent on the spot and its sources may be.
    fn is_outlet(&self, n: NpId) -> bool {
        let np = &self.s.nps[n];
        let others = self.f.has(np.head, &self.lexicon.sets.correspondent) || np.tags.any(self.lexicon.tags.source);
        !others && (self.outlet)(self.s, n)
    }

    fn credited(&self, np: NpId, stance: Stance, cue: usize, why: &'static str) -> Credited {
        Credited { sentence: self.index, np, end: self.s.nps[np].core.end, stance, cue: Some(cue), cue_sentence: self.index, why }
    }

    /// A participle of saying that goes on with the speaker before it: "مشيرا", "قائلا".
    fn circumstance(&self, n: NpId) -> bool {
        use arabic::morph::{Case, Gender, Origin};
        let head = self.s.nps[n].head;
        let Some(l) = self.f.lexes.get(head) else { return false };
        let adjective = l.adj.map(|a| self.cx.words.get(self.cx.text.tokens[head].word).readings[a as usize]);
        adjective.is_some_and(|r| {
            let marked = r.feat.case() == Case::Acc || r.feat.gender() == Gender::Fem || r.feat.number() != Number::Singular;
            r.feat.origin() == Origin::Agent && !r.is_definite() && marked && (l.noun.is_none() || r.feat.case() == Case::Acc)
        }) && self.say_at(head).is_some()
    }

    fn mention(&self, n: NpId) -> Mention {
        let np = &self.s.nps[n];
        let w = self.cx.words.get(self.cx.text.tokens[np.head].word);
        let head = match np.reading.and_then(|r| w.readings.get(r as usize)) {
            Some(r) => self.cx.words.dictionary().lemma(r.lemma).text.to_string(),
            None => without_article(&w.key).to_string(),
        };
        Mention { head, several: np.shape.number == Some(Number::Plural) }
    }

    /// "المصادر", "البيان": the fuller mention before it, with those who stood behind it.
    fn resolve(&self, c: Credited) -> Vec<Credited> {
        let np = &self.s.nps[c.np];
        let bare = np.shape.the && np.core.len() <= 2 && np.genitive.is_none() && np.owner.is_none() && np.name.is_none() && np.actor.is_empty();
        if !bare {
            return vec![c];
        }
        let again = self.mention(c.np);
        match self.thread.named.iter().rev().find(|(m, chain)| *m == again && chain[0].sentence < self.index) {
            Some((_, chain)) => {
                let first = Credited { sentence: chain[0].sentence, np: chain[0].np, end: chain[0].end, ..c };
                std::iter::once(first).chain(chain[1..].iter().cloned()).collect()
            }
            None => vec![c],
        }
    }

    /// Remembers those who are named in this sentence.
    fn remember(&mut self, sources: &[Credited]) {
        for (n, c) in sources.iter().enumerate().filter(|(_, c)| c.sentence == self.index) {
            self.thread.named.push((self.mention(c.np), sources[n..].to_vec()));
        }
    }

    /// A quotation that goes on over the full stop.
    fn quotation(&mut self) {
        let mark = |p: &&Phrase, marks: [char; 2]| matches!(p, Phrase::Quote(i, _) if self.cx.text.slice(self.cx.text.tokens[*i].range()).starts_with(marks));
        let open = self.s.phrases.iter().filter(|p| mark(p, ['«', '“'])).count();
        let close = self.s.phrases.iter().filter(|p| mark(p, ['»', '”'])).count();
        if self.thread.quoted && self.out.is_empty() && !self.thread.last.is_empty() {
            let sources = self.thread.last.iter().map(|c| Credited { why: "quote.goes-on", ..c.clone() }).collect();
            let at = self.s.tokens.start;
            self.out.push(Scope { tokens: self.s.tokens.clone(), sources, frame: at..at, cited: false });
        }
        if open != close {
            self.thread.quoted = open > close;
        }
    }
}
