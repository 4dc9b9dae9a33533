//! Event words of a sentence: single triggers and phrases, checked against what they need and what forbids them.

use crate::lexicon::{Event, EventKind, Lexicon, Pattern, Sym};
use crate::phrase::{Context, NpId, Phrase, Sentence};
use crate::vocab::Lex;
use arabic::text::{Kind, Text};
use arabic::words::{Column, Words};
use smallvec::{SmallVec, smallvec};
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
    pub matched: SmallVec<[usize; 4]>,
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

    /// May a word of the sentence satisfy one of these symbols? Where not, none does.
    #[inline]
    fn may_have(&self, syms: &[Sym]) -> bool {
        syms.iter().any(|s| self.syms[(s.0 >> 6 & 15) as usize] & 1 << (s.0 & 63) != 0)
    }

    /// Does a word of the sentence satisfy one of these symbols?
    pub fn any(&self, syms: &[Sym]) -> bool {
        self.may_have(syms) && self.iter().any(|(_, l)| l.has_any(syms))
    }

    /// Is it certain that no word of the sentence can begin the pattern?
    #[inline]
    pub fn lacks(&self, p: &Pattern) -> bool {
        p.first().is_some_and(|syms| !self.may_have(syms))
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

    /// May the words from `first` to `last` be a trigger of this entry, by the words around them? If so, whether only where the sentence names
    /// a place.
    fn allow(&self, e: &Event, first: usize, last: usize) -> Option<bool> {
        let range = self.tokens();
        if first == last && self.any_at(&e.homographs, first, range.end) {
            return None;
        }
        if !e.needs.is_empty() && !self.any_at(&e.needs, last + 1, range.end) {
            return None;
        }
        let mut needs_place = false;
        if !(e.needs_near.is_empty() && !e.needs_place) {
            let mut others = (range.start..first).chain(last + 1..range.end);
            // of the many words that an entry asks for a sentence has few
            let possible: SmallVec<[&Pattern; 4]> = e.needs_near.iter().filter(|p| !self.lacks(p)).collect();
            let long = possible.iter().copied().filter(|p| p.len() > 1);
            let near = !possible.is_empty() && (others.any(|i| self.near(possible.iter().copied(), i..i + 1)) || self.near(long, range.clone()));
            needs_place = !near;
            if needs_place && !e.needs_place {
                return None;
            }
        }
        if self.any_at(&e.unless, last + 1, range.end) || self.near(&e.unless_near, range.clone()) {
            return None;
        }
        // right before it, an article or preposition aside
        let before = |p: &Pattern, gap: usize| {
            let at = first.checked_sub(p.len() + gap).filter(|a| *a >= range.start);
            let found = at.and_then(|at| p.matches(at, range.end, &mut |i, s| self.has(i, s)));
            found.is_some_and(|m| m.last().is_some_and(|x| x + 1 + gap == first))
        };
        if e.unless_before.iter().any(|p| (0..2).any(|gap| before(p, gap))) {
            return None;
        }
        Some(needs_place)
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

/// "غادر الوفد [متهما] الحكومة بالمماطلة": how somebody does what is told, not a person as in "المتهم", "إعدام متهمين", "من متهمين".
fn tells_how(s: &Sentence, cx: &Context<'_>, phrase: usize, n: NpId, reading: u8) -> bool {
    use arabic::morph::{Case, Gender, Number};
    let np = &s.nps[n];
    let alone = matches!(s.phrases[phrase], Phrase::Np(m) if m == n) && !matches!(s.phrases[..phrase].last(), Some(Phrase::Prep(_)));
    let reading = cx.words.get(cx.text.tokens[np.head].word).readings.get(reading as usize);
    let marked = reading.is_some_and(|r| r.feat.case() == Case::Acc || r.feat.gender() == Gender::Fem || r.feat.number() != Number::Singular);
    alone && marked && !np.shape.the && np.shape.prep.is_none() && np.number.is_none()
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

/// What may be a trigger, as far as the words of the sentence alone can say. Most sentences have none, and need not be cut to know it.
#[derive(Debug, Clone)]
pub struct Clue {
    /// The event entry.
    event: usize,
    /// Its tokens, in order.
    matched: SmallVec<[usize; 4]>,
    /// The class of a single word, as the lexicon's table of triggers has it; a pattern of several words has none.
    class: Option<u8>,
    /// The reading of its first word that makes it one; 255: its form.
    reading: u8,
    /// It is one only where the sentence names a place.
    needs_place: bool,
}

/// Every clue of a sentence: those of several words, then single words, each kind in order.
pub fn clues(lexicon: &Lexicon, lexes: &Lexes<'_>) -> Vec<Clue> {
    let mut out: Vec<Clue> = Vec::new();
    // phrases
    for (i, l) in lexes.triggers() {
        for (sym, reading) in &l.syms {
            for p in lexicon.phrase_starts.get(sym).into_iter().flatten() {
                let ph = &lexicon.phrases[*p as usize];
                let Some(m) = ph.pattern.matches(i, lexes.end, &mut |i, s| lexes.has(i, s)) else { continue };
                let last = *m.last().unwrap_or(&i);
                let stops = |k: usize| {
                    let t = &lexes.text.tokens[k];
                    t.kind == Kind::Punct && matches!(lexes.text.slice(t.range()), "،" | "؛" | ":" | ",")
                };
                // a clause must not end inside
                if m[0] != i || (i..last).any(stops) {
                    continue;
                }
                let event = ph.event as usize;
                if let Some(needs_place) = lexes.allow(&lexicon.events[event], i, last) {
                    out.push(Clue { event, matched: m, class: None, reading: *reading, needs_place });
                }
            }
        }
    }
    // single words
    for (i, l) in lexes.triggers() {
        for (sym, reading) in &l.syms {
            for (event, class) in lexicon.triggers.get(sym).into_iter().flatten() {
                let event = *event as usize;
                if let Some(needs_place) = lexes.allow(&lexicon.events[event], i, i) {
                    out.push(Clue { event, matched: smallvec![i], class: Some(*class), reading: *reading, needs_place });
                }
            }
        }
    }
    out
}

/// Every trigger of a sentence, in order; of overlapping ones the phrase wins, then the surer entry.
pub fn find(s: &Sentence, cx: &Context<'_>, clues: &[Clue]) -> Vec<Trigger> {
    let lexicon = cx.lexicon;
    let has_place = s.nps.iter().any(|n| n.place.is_some());
    let mut out: Vec<Trigger> = Vec::new();
    // clues of one word follow each other
    let mut place: Option<(usize, Option<(usize, Option<NpId>)>)> = None;
    for clue in clues.iter().filter(|c| has_place || !c.needs_place) {
        let (i, last) = (clue.matched[0], clue.matched[clue.matched.len() - 1]);
        let known = place.filter(|p| p.0 == i).unwrap_or_else(|| (i, place_in(s, cx, i)));
        place = Some(known);
        let Some((phrase, np)) = known.1 else { continue };
        let form = match (&s.phrases[phrase], clue.class) {
            (Phrase::Verb(_), None) => Form::Verb,
            (_, None) => match np {
                Some(n) => Form::Noun(n),
                None => continue,
            },
            (Phrase::Verb(t), Some(1)) if *t == i && s.verb(i).is_some() && clue.reading != 255 && !cut_short(cx, i, clue.reading) => Form::Verb,
            (Phrase::Np(n), Some(class @ (0 | 2 | 3))) => match np {
                Some(m) if is_predicate(s, cx, phrase, m) => continue,
                Some(m) if class == 3 && lexicon.events[clue.event].kind == EventKind::Speech && !tells_how(s, cx, phrase, m, clue.reading) => continue,
                Some(n) => Form::Noun(n),
                // "الرجل المتهم بالقتل": what he is called, nothing that he says
                None if class == 3 && lexicon.events[clue.event].kind == EventKind::Speech => continue,
                None if class == 3 && s.nps[*n].adjectives.contains(&i) && is_agent(cx, i, clue.reading) => Form::Attribute(*n),
                None => continue,
            },
            _ => continue,
        };
        let touching = last - i + 1 == clue.matched.len();
        let tokens = if touching { i..last + 1 } else { i..i + 1 };
        let (matched, by_phrase) = (clue.matched.clone(), clue.class.is_none());
        out.push(Trigger { event: clue.event, tokens, matched, form, phrase, by_phrase, reading: clue.reading });
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
