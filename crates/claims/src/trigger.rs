//! Event words of a sentence: single triggers and phrases, checked against what they need and what forbids them.

use crate::lexicon::{EventKind, Lexicon, Pattern, Sym};
use crate::phrase::{Context, NpId, Phrase, Sentence};
use crate::vocab::Lex;
use arabic::text::{Kind, Text};
use arabic::words::{Column, Words};
use std::cell::OnceCell;
use std::ops::Range;

/// How a trigger stands in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A finite verb.
    Verb,
    /// A noun, masdar or participle; its noun phrase.
    Noun(NpId),
    /// A participle that describes a noun phrase: "القوات [المقتحمة]".
    Attribute(NpId),
}

/// An event word found in a sentence.
#[derive(Debug, Clone)]
pub struct Trigger {
    /// The event entry.
    pub event: usize,
    /// Its tokens: one, or the first to the last of a phrase when they touch.
    pub tokens: Range<usize>,
    /// All tokens that made it, for phrases.
    pub matched: Vec<usize>,
    /// Verb or noun.
    pub form: Form,
    /// The phrase of the sentence that it stands in.
    pub phrase: usize,
    /// Found by a pattern of several words.
    pub by_phrase: bool,
    /// The reading of its first word that makes it one; 255: its form.
    pub reading: u8,
}

/// What the lexicon says of every word that was looked up.
#[derive(Debug, Default)]
pub struct Vocabulary {
    column: Column<Lex>,
    /// What stands where there is no word.
    none: Lex,
}

impl Vocabulary {
    /// Looks words up, for [`Lexes`] of their sentences.
    pub fn learn(&mut self, lexicon: &Lexicon, text: &Text<'_>, words: &Words, tokens: Range<usize>) {
        for t in text.tokens[tokens].iter().filter(|t| t.kind == Kind::Word) {
            self.column.get(words, t.word, |w| Lex::new(lexicon, w));
        }
    }
}

/// The words of a sentence as the lexicon sees them.
#[derive(Clone, Copy)]
pub struct Lexes<'a> {
    text: &'a Text<'a>,
    vocabulary: &'a Vocabulary,
    first: usize,
    end: usize,
    /// A bit for every symbol that some word of the sentence satisfies, many symbols to a bit.
    syms: [u64; 16],
}

impl<'a> Lexes<'a> {
    /// The words of a sentence that the vocabulary has learned.
    pub fn new(text: &'a Text<'a>, vocabulary: &'a Vocabulary, tokens: Range<usize>) -> Lexes<'a> {
        let mut out = Lexes { text, vocabulary, first: tokens.start, end: tokens.end, syms: [0; 16] };
        let mut syms = [0; 16];
        for (_, l) in out.iter() {
            for (s, _) in &l.syms {
                syms[(s.0 >> 6 & 15) as usize] |= 1 << (s.0 & 63);
            }
        }
        out.syms = syms;
        out
    }

    /// Their tokens.
    pub fn tokens(&self) -> Range<usize> {
        self.first..self.end
    }

    /// The word at a token of the text.
    #[inline]
    pub fn get(&self, i: usize) -> Option<&'a Lex> {
        (self.first..self.end).contains(&i).then(|| self.word(i))
    }

    /// The word at a token of the text; what is no word of the sentence is an empty one.
    #[inline]
    pub fn at(&self, i: usize) -> &'a Lex {
        self.get(i).unwrap_or(&self.vocabulary.none)
    }

    #[inline]
    fn word(&self, i: usize) -> &'a Lex {
        let t = &self.text.tokens[i];
        let known = if t.kind == Kind::Word { self.vocabulary.column.peek(t.word) } else { None };
        known.unwrap_or(&self.vocabulary.none)
    }

    /// The words that may tell an event, with their tokens.
    fn triggers(&self) -> impl Iterator<Item = (usize, &'a Lex)> + use<'a> {
        self.iter().filter(|(_, l)| l.triggers)
    }

    /// Does a word stand here that may tell an event?
    pub fn may_tell(&self) -> bool {
        self.triggers().next().is_some()
    }

    /// Does a word or mark stand here that may credit somebody, or open or close what he says?
    pub fn may_credit(&self) -> bool {
        let mark = |i: usize| {
            let t = &self.text.tokens[i];
            t.kind == Kind::Punct && self.text.slice(t.range()).starts_with(['«', '»', '“', '”'])
        };
        self.iter().any(|(i, l)| l.says || l.cites || mark(i))
    }

    /// All words, with their tokens.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &'a Lex)> + use<'a> {
        let this = *self;
        (self.first..self.end).map(move |i| (i, this.word(i)))
    }

    /// Is it certain that no word of the sentence can begin the pattern?
    #[inline]
    pub fn lacks(&self, p: &Pattern) -> bool {
        p.first().is_some_and(|syms| !syms.iter().any(|s| self.syms[(s.0 >> 6 & 15) as usize] & 1 << (s.0 & 63) != 0))
    }

    fn has(&self, i: usize, s: Sym) -> bool {
        self.get(i).is_some_and(|l| l.has(s))
    }

    /// Does one of these patterns match from token `at`? Punctuation stops it.
    fn any_at(&self, patterns: &[Pattern], at: usize, end: usize) -> bool {
        patterns.iter().any(|p| !self.lacks(p) && p.matches(at, end, &mut |i, s| self.has(i, s)).is_some())
    }

    /// Does one of these patterns match somewhere in the range?
    fn near<'p>(&self, patterns: impl IntoIterator<Item = &'p Pattern>, range: Range<usize>) -> bool {
        patterns.into_iter().any(|p| {
            !self.lacks(p)
                && match p.single() {
                    Some(syms) => range.clone().any(|i| self.get(i).is_some_and(|l| l.has_any(syms))),
                    None => range.clone().any(|i| p.matches(i, range.end, &mut |i, s| self.has(i, s)).is_some()),
                }
        })
    }
}

/// Is the word an event word at all? Asked while the sentence is cut.
pub fn is_event_word(lexicon: &Lexicon, l: &Lex) -> bool {
    l.syms.iter().any(|(s, r)| {
        *r != 255 && lexicon.triggers.get(s).is_some_and(|t| t.iter().any(|(e, c)| *c != 1 && lexicon.events[*e as usize].kind != EventKind::Participant))
    })
}

/// The phrase of the sentence that covers a token, and the noun phrase whose head it is.
fn place_in(s: &Sentence, cx: &Context<'_>, token: usize) -> Option<(usize, Option<NpId>)> {
    for (k, p) in s.phrases.iter().enumerate() {
        match p {
            Phrase::Verb(t) if *t == token => return Some((k, None)),
            Phrase::Np(n) if s.nps[*n].tokens.contains(&token) => {
                // the innermost noun phrase with this head
                let np = (0..s.nps.len())
                    .filter(|m| s.nps[*m].head == token && s.nps[*n].tokens.start <= s.nps[*m].tokens.start && s.nps[*m].tokens.end <= s.nps[*n].tokens.end)
                    .max_by_key(|m| s.nps[*m].tokens.len());
                return Some((k, np));
            }
            p if s.start(p, cx) == token => return Some((k, None)),
            _ => {}
        }
    }
    None
}

/// "إنها المعركة الأخيرة": a noun with the article right behind أن and a pronoun says what something is, not that it happened.
fn is_predicate(s: &Sentence, cx: &Context<'_>, phrase: usize, n: NpId) -> bool {
    let behind = |p: &Phrase| matches!(p, Phrase::Comp(i) if cx.lexicon.bare(&cx.words.get(cx.text.tokens[*i].word).key).trim_start_matches('ب').ends_with(['ه', 'ا', 'م']));
    s.nps[n].shape.the && s.nps[n].shape.prep.is_none() && phrase > 0 && behind(&s.phrases[phrase - 1])
}

/// Is the reading an active participle?
fn is_agent(cx: &Context<'_>, token: usize, reading: u8) -> bool {
    cx.words.get(cx.text.tokens[token].word).readings.get(reading as usize).is_some_and(|r| r.feat.origin() == arabic::morph::Origin::Agent)
}

/// Is the reading a form that only a particle before it allows (لم، لن، أن، ل), while the word has another reading as a verb and no
/// particle stands there? "يصف" is "he describes", not a cut-off "he liquidates".
fn cut_short(cx: &Context<'_>, token: usize, reading: u8) -> bool {
    use arabic::morph::{Pos, Tense};
    let word = cx.words.get(cx.text.tokens[token].word);
    let Some(r) = word.readings.get(reading as usize) else { return false };
    if r.feat.tense() != Tense::Short || !word.readings.iter().any(|o| o.pos == Pos::Verb && o.feat.tense() != Tense::Short) {
        return false;
    }
    let before = token.checked_sub(1).map(|b| cx.text.tokens[b]).filter(|t| t.kind == Kind::Word);
    let tags = cx.lexicon.tags.neg.or(cx.lexicon.tags.comp);
    let particle = before.is_some_and(|t| cx.words.get(t.word).readings.iter().any(|o| o.pos == Pos::Particle && o.tags.any(tags)));
    !particle
}

/// Every trigger of a sentence, in order; of overlapping ones the phrase wins, then the surer entry.
pub fn find(s: &Sentence, cx: &Context<'_>, lexes: &Lexes<'_>) -> Vec<Trigger> {
    let lexicon = cx.lexicon;
    let range = s.tokens.clone();
    let has_place = s.nps.iter().any(|n| n.place.is_some());
    let mut out: Vec<Trigger> = Vec::new();
    let allowed = |event: usize, first: usize, last: usize| -> bool {
        let e = &lexicon.events[event];
        if first == last && lexes.any_at(&e.homographs, first, range.end) {
            return false;
        }
        if !e.needs.is_empty() && !lexes.any_at(&e.needs, last + 1, range.end) {
            return false;
        }
        if !(e.needs_near.is_empty() && !e.needs_place) {
            let mut others = (range.start..first).chain(last + 1..range.end);
            let possible = !e.needs_near.iter().all(|p| lexes.lacks(p));
            let near =
                possible && (others.any(|i| lexes.near(&e.needs_near, i..i + 1)) || lexes.near(e.needs_near.iter().filter(|p| p.len() > 1), range.clone()));
            if !(near || e.needs_place && has_place) {
                return false;
            }
        }
        if lexes.any_at(&e.unless, last + 1, range.end) {
            return false;
        }
        if lexes.near(&e.unless_near, range.clone()) {
            return false;
        }
        if !e.unless_before.is_empty() {
            // right before it, an article or preposition aside
            for p in &e.unless_before {
                let n = p.len();
                for gap in 0..2 {
                    if let Some(at) = first.checked_sub(n + gap).filter(|a| *a >= range.start)
                        && p.matches(at, range.end, &mut |i, s| lexes.has(i, s)).is_some_and(|m| m.last().is_some_and(|x| x + 1 + gap == first))
                    {
                        return false;
                    }
                }
            }
        }
        true
    };
    // phrases
    for (i, l) in lexes.triggers() {
        let place = OnceCell::new();
        let place = || *place.get_or_init(|| place_in(s, cx, i));
        for (sym, reading) in &l.syms {
            let Some(list) = lexicon.phrase_starts.get(sym) else { continue };
            for p in list {
                let ph = &lexicon.phrases[*p as usize];
                let Some(m) = ph.pattern.matches(i, range.end, &mut |i, s| lexes.has(i, s)) else { continue };
                if m[0] != i {
                    continue;
                }
                let last = *m.last().unwrap_or(&i);
                // a clause must not end inside
                if (i..last).any(|k| cx.text.tokens[k].kind == Kind::Punct && matches!(cx.text.slice(cx.text.tokens[k].range()), "،" | "؛" | ":" | ",")) {
                    continue;
                }
                let event = ph.event as usize;
                if !allowed(event, i, last) {
                    continue;
                }
                let Some((phrase, np)) = place() else { continue };
                let form = match s.phrases[phrase] {
                    Phrase::Verb(_) => Form::Verb,
                    _ => match np {
                        Some(n) => Form::Noun(n),
                        None => continue,
                    },
                };
                let touching = last - i + 1 == m.len();
                let tokens = if touching { i..last + 1 } else { i..i + 1 };
                out.push(Trigger { event, tokens, matched: m.to_vec(), form, phrase, by_phrase: true, reading: *reading });
            }
        }
    }
    // single words
    for (i, l) in lexes.triggers() {
        let place = OnceCell::new();
        let place = || *place.get_or_init(|| place_in(s, cx, i));
        for (sym, r) in &l.syms {
            let Some(list) = lexicon.triggers.get(sym) else { continue };
            for (event, class) in list {
                let Some((phrase, np)) = place() else { continue };
                let form = match (&s.phrases[phrase], class) {
                    (Phrase::Verb(t), 1) if *t == i && s.verb(i).is_some() && *r != 255 && !cut_short(cx, i, *r) => Form::Verb,
                    (Phrase::Np(n), 0 | 2 | 3) => match np {
                        Some(m) if is_predicate(s, cx, phrase, m) => continue,
                        Some(n) => Form::Noun(n),
                        None if *class == 3 && s.nps[*n].adjectives.contains(&i) && is_agent(cx, i, *r) => Form::Attribute(*n),
                        None => continue,
                    },
                    _ => continue,
                };
                if !allowed(*event as usize, i, i) {
                    continue;
                }
                out.push(Trigger { event: *event as usize, tokens: i..i + 1, matched: vec![i], form, phrase, by_phrase: false, reading: *r });
            }
        }
    }
    // overlaps: a phrase takes the words that it is made of
    out.sort_by(|a, b| {
        let w = |t: &Trigger| lexicon.events[t.event].weight;
        b.by_phrase
            .cmp(&a.by_phrase)
            .then(b.matched.len().cmp(&a.matched.len()))
            .then(w(b).total_cmp(&w(a)))
            .then(a.tokens.start.cmp(&b.tokens.start))
            .then(a.event.cmp(&b.event))
    });
    let mut kept: Vec<Trigger> = Vec::new();
    for t in out {
        if kept.iter().any(|k| t.matched.iter().any(|m| k.matched.contains(m))) {
            continue;
        }
        kept.push(t);
    }
    kept.sort_by_key(|t| t.tokens.start);
    kept
}
