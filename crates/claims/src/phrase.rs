//! A sentence cut into phrases: noun phrases with what belongs to them, verbs, particles.
//!
//! Arabic news writes verb, subject, object, then prepositional phrases, or the subject first behind أن and in headlines; a
//! noun phrase is a head, its genitives, its adjectives, names in apposition, and for some heads a phrase that tells whose
//! it is ("مواقع للمعارضة", "فصائل موالية لتركيا"). That much is parsed here, left to right and without backtracking; what phrase
//! plays which part is decided in `args`.

use crate::lexicon::{Alias, Lexicon, Sym};
use crate::trigger::Lexes;
use crate::vocab::{Lex, Particle, Shape, VerbShape, bare, ends_as_nisba, has_article};
use arabic::dict::Tags;
use arabic::morph::{Number, Origin, State, Tense};
use arabic::names::{NameColumn, Start};
use arabic::number::Number as Numeral;
use arabic::text::{Kind, Text};
use arabic::words::{Enclitic, Words};
use places::PlaceMention;
use smallvec::SmallVec;
use std::ops::Range;
use time::Expression;

/// The number of a noun phrase in its sentence.
pub type NpId = usize;

/// What a noun phrase names, as far as its head tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Class(pub u16);

impl Class {
    /// Can act: persons, groups, states, fleets.
    pub const AGENT: Class = Class(1);
    /// Human beings.
    pub const HUMAN: Class = Class(2);
    /// An organised body, or a state.
    pub const GROUP: Class = Class(4);
    /// A weapon platform.
    pub const FLEET: Class = Class(8);
    /// A weapon or munition.
    pub const WEAPON: Class = Class(16);
    /// A building, vehicle or other thing that can be hit.
    pub const THING: Class = Class(32);
    /// A military position.
    pub const BASE: Class = Class(64);
    /// A place named or a head of place names.
    pub const PLACE: Class = Class(128);
    /// Dead, wounded, captives as such.
    pub const CASUALTY: Class = Class(256);
    /// Somebody or something that can be quoted.
    pub const SOURCE: Class = Class(512);
    /// Time.
    pub const TIME: Class = Class(1024);
    /// An unknown word or name.
    pub const NAMELIKE: Class = Class(2048);
    /// Measures and money.
    pub const MEASURE: Class = Class(4096);

    /// `true` when the two share a bit.
    #[inline]
    pub fn any(self, o: Class) -> bool {
        self.0 & o.0 != 0
    }

    /// The names of its bits, lower case.
    pub fn names(self) -> Vec<String> {
        const NAMES: [&str; 13] = ["agent", "human", "group", "fleet", "weapon", "thing", "base", "place", "casualty", "source", "time", "namelike", "measure"];
        NAMES.iter().enumerate().filter(|(i, _)| self.0 & 1 << i != 0).map(|(_, n)| n.to_string()).collect()
    }

    /// Both.
    #[must_use]
    pub const fn or(self, o: Class) -> Class {
        Class(self.0 | o.0)
    }
}

/// A noun phrase.
#[derive(Debug, Clone, Default)]
pub struct Np {
    /// All its tokens, with everything attached.
    pub tokens: Range<usize>,
    /// Its tokens as quoted: without relative clauses and trailing brackets.
    pub core: Range<usize>,
    /// The head noun (or first word of a name).
    pub head: usize,
    /// The reading of the head, when it has one.
    pub reading: Option<u8>,
    /// Shape of its first word.
    pub shape: Shape,
    /// The head's class.
    pub class: Class,
    /// The tags of the head.
    pub tags: Tags,
    /// The actors that its head is a name of.
    pub actor: SmallVec<[Alias; 1]>,
    /// The place mention that it is.
    pub place: Option<usize>,
    /// The numeral that counts it, by index.
    pub number: Option<usize>,
    /// عدد من, عشرات, أحد: the token of a quantifier.
    pub quantifier: Option<usize>,
    /// The genitive: "قوات ⟨النظام⟩".
    pub genitive: Option<NpId>,
    /// Whose it is, behind ل, تابع ل, من: "مواقع ⟨للمعارضة⟩", "عناصر من ⟨الجيش⟩".
    pub owner: Option<NpId>,
    /// Adjectives of the head.
    pub adjectives: SmallVec<[usize; 3]>,
    /// Tokens of a person's name in apposition.
    pub name: Option<Range<usize>>,
    /// The head is an event word: its genitive is an argument, not a part.
    pub event: bool,
    /// The phrase is definite: article, name, or a definite genitive.
    pub definite: bool,
    /// "آخرين", "مثلهم": counted people whose kind stands before.
    pub other: bool,
    /// The head is a pronoun's owner: "منازلهم".
    pub pron: Enclitic,
}

/// A phrase of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum Phrase {
    /// A noun phrase.
    Np(NpId),
    /// A finite verb.
    Verb(usize),
    /// A preposition written as a word.
    Prep(usize),
    /// A time expression, by index.
    Time(usize),
    /// أن، إن
    Comp(usize),
    /// حيث، بينما، بعدما
    Sub(usize),
    /// الذي
    Rel(usize),
    /// و alone, أو, ثم
    Conj(usize),
    /// لم، لا
    Neg(usize),
    /// A comma, colon, dash or the like.
    Mark(usize, char),
    /// A quotation mark or bracket; `true` opens.
    Quote(usize, bool),
    /// Anything else.
    Other(usize),
}

/// Everything that is known of a text before its sentences are cut.
pub struct Context<'a> {
    #[allow(missing_docs)]
    pub lexicon: &'a Lexicon,
    #[allow(missing_docs)]
    pub text: &'a Text<'a>,
    #[allow(missing_docs)]
    pub words: &'a Words,
    #[allow(missing_docs)]
    pub numbers: &'a [Numeral],
    #[allow(missing_docs)]
    pub times: &'a [Expression],
    #[allow(missing_docs)]
    pub places: &'a [PlaceMention],
    /// Which of the numbers, times and places begins at a token.
    pub number_starts: &'a Starts,
    #[allow(missing_docs)]
    pub time_starts: &'a Starts,
    #[allow(missing_docs)]
    pub place_starts: &'a Starts,
}

/// For each token of a text which of its numbers, times or places begins there.
#[derive(Debug)]
pub struct Starts(Vec<u32>);

impl Starts {
    const NONE: u32 = u32::MAX;

    /// The table of a text of so many tokens; of several that begin at a token the first. What begins there with its head or
    /// its cue stands before what begins there by itself: `starts` gives both.
    pub fn new<T>(tokens: usize, list: &[T], starts: impl Fn(&T) -> (usize, usize)) -> Starts {
        let mut table = vec![Self::NONE; if list.is_empty() { 0 } else { tokens }];
        for (n, x) in list.iter().enumerate().rev() {
            table[starts(x).1] = n as u32;
        }
        for (n, x) in list.iter().enumerate().rev() {
            table[starts(x).0] = n as u32;
        }
        Starts(table)
    }

    /// The number of the one that begins at a token.
    #[inline]
    pub fn at(&self, token: usize) -> Option<usize> {
        self.0.get(token).filter(|n| **n != Self::NONE).map(|n| *n as usize)
    }
}

/// A sentence cut into phrases.
#[derive(Debug, Default)]
pub struct Sentence {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its phrases in order.
    pub phrases: Vec<Phrase>,
    /// Its noun phrases.
    pub nps: Vec<Np>,
    /// The chosen part of speech of each token, from the first: verb shapes for verbs.
    pub verbs: Vec<(usize, VerbShape, u8)>,
}

impl Sentence {
    /// The verb at a token.
    pub fn verb(&self, token: usize) -> Option<&(usize, VerbShape, u8)> {
        self.verbs.iter().find(|v| v.0 == token)
    }

    /// The first token of a phrase.
    pub fn start(&self, p: &Phrase, cx: &Context<'_>) -> usize {
        match p {
            Phrase::Np(n) => self.nps[*n].tokens.start,
            Phrase::Time(t) => cx.times[*t].tokens.start,
            Phrase::Verb(t) | Phrase::Prep(t) | Phrase::Comp(t) | Phrase::Sub(t) | Phrase::Rel(t) | Phrase::Conj(t) | Phrase::Neg(t) | Phrase::Other(t) => *t,
            Phrase::Mark(t, _) | Phrase::Quote(t, _) => *t,
        }
    }
}

pub(crate) struct Cutter<'a, 'b> {
    cx: &'b Context<'a>,
    lexes: Lexes<'b>,
    names: &'b mut NameColumn,
    /// The names of actors looked for so far: at which token, behind a conjunction too, and what was found.
    actors: Vec<(usize, bool, Option<ActorMatch>)>,
    out: Sentence,
    end: usize,
    /// The last phrase was a preposition or carried one: what follows is its noun phrase.
    last_noun_can_join: bool,
}

fn opens(c: char) -> Option<char> {
    Some(match c {
        '"' => '"',
        '“' => '”',
        '«' => '»',
        '(' => ')',
        '[' => ']',
        '‘' => '’',
        '\'' => '\'',
        _ => return None,
    })
}

/// A name of an actor found in a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ActorMatch {
    /// The token after its last.
    pub end: usize,
    /// How it begins: clitics, article.
    pub start: Start,
    /// Whose name it is: a number of [`Lexicon::aliases`].
    pub name: usize,
}

/// The longest name of an actor that begins at a token and ends before `end`; with `joined`, one behind a conjunction counts.
pub(crate) fn actor_at(cx: &Context<'_>, names: &mut NameColumn, i: usize, end: usize, joined: bool) -> Option<ActorMatch> {
    let lexicon = cx.lexicon;
    let m = names.longest(&[&lexicon.names], cx.text, cx.words, i, end, joined)?;
    let name = m.values.first()?.1 as usize;
    // a one-word name that is written with the article needs it
    if m.end == i + 1 && lexicon.aliases[name].iter().all(|a| a.definite) && !m.start.al {
        return None;
    }
    Some(ActorMatch { end: m.end, start: m.start, name })
}

impl<'a, 'b> Cutter<'a, 'b> {
    /// A cutter of the sentence that these words make.
    pub fn new(cx: &'b Context<'a>, lexes: Lexes<'b>, names: &'b mut NameColumn) -> Cutter<'a, 'b> {
        Cutter { cx, lexes, names, actors: Vec::new(), out: Sentence::default(), end: 0, last_noun_can_join: false }
    }

    /// The word at a token; what is no word, or behind the sentence, is an empty one.
    fn lex(&self, i: usize) -> &'b Lex {
        self.lexes.at(i)
    }

    fn kind(&self, i: usize) -> Option<Kind> {
        (i < self.end).then(|| self.cx.text.tokens[i].kind)
    }

    fn punct(&self, i: usize) -> Option<char> {
        if self.kind(i) != Some(Kind::Punct) {
            return None;
        }
        self.cx.text.slice(self.cx.text.tokens[i].range()).chars().next()
    }

    fn key(&self, i: usize) -> &'a str {
        if self.kind(i) == Some(Kind::Word) { &self.cx.words.get(self.cx.text.tokens[i].word).key } else { "" }
    }

    /// Is the word at a token of a closed class, with nothing joined to it?
    fn is(&self, i: usize, set: &[Sym]) -> bool {
        self.kind(i) == Some(Kind::Word) && self.lex(i).has_any(set) && bare(self.key(i)).len() == self.key(i).len()
    }

    fn time_at(&self, i: usize) -> Option<usize> {
        self.cx.time_starts.at(i)
    }

    /// The place that begins at a token; "فرقة" is a division, not "and Raqqa".
    fn place_at(&self, i: usize) -> Option<usize> {
        let n = self.cx.place_starts.at(i)?;
        let m = &self.cx.places[n];
        let cut = m.tokens.start == i && m.bytes.start > self.cx.text.tokens[i].start as usize;
        let plain = |l: &Lex| l.noun.is_some_and(|r| self.cx.words.get(self.cx.text.tokens[i].word).readings[r as usize].pro.0 == 0);
        (!(cut && plain(self.lex(i)))).then_some(n)
    }

    fn number_at(&self, i: usize) -> Option<usize> {
        self.cx.number_starts.at(i)
    }

    fn actor_at(&mut self, i: usize, joined: bool) -> Option<ActorMatch> {
        let names = &[&self.cx.lexicon.names];
        if !self.names.cell(names, self.cx.text, self.cx.words, i)?.can_start() {
            return None;
        }
        // asked several times for a word, by each phrase that it might belong to
        if let Some(known) = self.actors.iter().rev().find(|a| (a.0, a.1) == (i, joined)) {
            return known.2;
        }
        let m = actor_at(self.cx, self.names, i, self.end, joined);
        self.actors.push((i, joined, m));
        m
    }

    /// Cuts the sentence of these tokens.
    pub fn cut(mut self, tokens: Range<usize>) -> Sentence {
        self.end = tokens.end;
        self.out.tokens = tokens.clone();
        let mut i = tokens.start;
        while i < self.end {
            i = self.phrase(i).max(i + 1);
        }
        self.out
    }

    fn push(&mut self, p: Phrase) {
        self.last_noun_can_join = matches!(p, Phrase::Np(_));
        self.out.phrases.push(p);
    }

    fn phrase(&mut self, i: usize) -> usize {
        let t = self.cx.text.tokens[i];
        if let Some(x) = self.time_at(i) {
            // "اليوم" behind كل or a verb is still time
            let end = self.cx.times[x].tokens.end;
            self.push(Phrase::Time(x));
            return end;
        }
        match t.kind {
            Kind::Punct => {
                let c = self.punct(i).unwrap_or(' ');
                if matches!(c, '"' | '“' | '”' | '«' | '»' | '(' | ')' | '[' | ']' | '‘' | '’' | '\'') {
                    // a bracket that only comments is passed over: (22 عاما)
                    // "(20) شخصا"
                    if c == '(' && self.bracketed_number(i) {
                        return self.noun_phrase(i + 1);
                    }
                    if let Some(end) = self.aside(i) {
                        return end;
                    }
                    if let Some(end) = self.quoted_name(i) {
                        return end;
                    }
                    let open = opens(c).is_some() && !matches!(c, '”' | '»' | ')' | ']' | '’') && !t.glued || matches!(c, '«' | '“' | '(' | '[');
                    self.push(Phrase::Quote(i, open));
                } else {
                    let c = match c {
                        '،' => ',',
                        '؛' => ';',
                        '–' | '—' => '-',
                        c => c,
                    };
                    self.push(Phrase::Mark(i, c));
                }
                i + 1
            }
            Kind::Break => i + 1,
            Kind::Foreign | Kind::Number | Kind::Word => self.word(i),
        }
    }

    /// The end of a bracket that holds an age, an abbreviation, a date or a comment of a few words.
    fn aside(&mut self, i: usize) -> Option<usize> {
        if self.punct(i) != Some('(') {
            return None;
        }
        let close = (i + 1..(i + 8).min(self.end)).find(|k| self.punct(*k) == Some(')'))?;
        let has_verb = (i + 1..close).any(|k| {
            let l = self.lex(k);
            l.verb.is_some() && l.noun.is_none() && l.adj.is_none() && !l.only_particle
        });
        // a name in brackets belongs to the phrase before it
        (!has_verb && self.actor_at(i + 1, false).is_none_or(|m| m.end != close)).then_some(close + 1)
    }

    /// A figure in brackets that counts the noun behind it: "مقتل (20) شخصا".
    fn bracketed_number(&mut self, i: usize) -> bool {
        let Some(n) = self.number_at(i + 1) else { return false };
        let n = &self.cx.numbers[n];
        let alone = n.kind == arabic::number::NumberKind::Cardinal && n.tokens == (i + 1..i + 2) && self.punct(i + 2) == Some(')');
        if !alone || self.kind(i + 3) != Some(Kind::Word) {
            return false;
        }
        let l = self.lex(i + 3);
        let verb = l.verb.is_some() && l.noun.is_none() && l.adj.is_none();
        let shape = self.shape(i + 3, l, false);
        l.nominal() && !l.only_particle && !verb && !shape.the && !shape.wa && shape.prep.is_none()
    }

    /// "فقد مدني حياته": before what is no verb it is the verb "lost", not ف and قد.
    fn lost(&mut self, i: usize, l: &Lex) -> bool {
        if l.verb.is_none() || !l.has_any(&self.cx.lexicon.sets.lost) {
            return false;
        }
        let tags = &self.cx.lexicon.tags;
        let next = self.lex(i + 1);
        let people = next.tags.any(tags.person.or(tags.people).or(tags.group));
        self.number_at(i + 1).is_some() || next.nominal() && !next.only_particle && (next.verb.is_none() || people)
    }

    /// "الجيش" الإسرائيلي, "الهيئة": a name in marks is a phrase as any other; a longer stretch is somebody's words.
    fn quoted_name(&mut self, i: usize) -> Option<usize> {
        let close = self.punct(i).filter(|c| *c != '(').and_then(opens)?;
        let end = (i + 2..(i + 6).min(self.end)).find(|k| self.punct(*k) == Some(close))?;
        let saved = self.out.nps.len();
        if let Some(n) = self.np(i, false, 0) {
            let np = &self.out.nps[n];
            let named = !np.actor.is_empty() || np.class.any(Class::GROUP);
            if named && !np.event && np.place.is_none() && np.tokens.end > end && np.core.start <= i + 1 {
                let to = np.tokens.end;
                self.push(Phrase::Np(n));
                return Some(to);
            }
        }
        self.out.nps.truncate(saved);
        None
    }

    fn word(&mut self, i: usize) -> usize {
        let l = self.lex(i);
        let kind = self.kind(i);
        if kind == Some(Kind::Number) || kind == Some(Kind::Foreign) {
            return self.noun_phrase(i);
        }
        // names of actors and places come before grammar
        let joined = true;
        if let Some(m) = self.actor_at(i, joined) {
            // "أن مسلحا فتح النار": a name of one word that is a verb as well
            let verb = l.verb.is_some() && !m.start.al && !l.unknown;
            let after_topic = matches!(self.out.phrases.last(), Some(Phrase::Np(n)) if self.topic(*n));
            if m.end > i + 1 || !(verb && (l.noun.is_none() || after_topic)) {
                return self.noun_phrase(i);
            }
        }
        if self.place_at(i).is_some() {
            return self.noun_phrase(i);
        }
        if self.number_at(i).is_some() && !l.only_particle {
            let n = &self.cx.numbers[self.number_at(i).unwrap_or(0)];
            // أول, ثاني are adjectives of every day; a cue before a number is part of the phrase
            if n.kind != arabic::number::NumberKind::Ordinal {
                return self.noun_phrase(i);
            }
        }
        if self.number_at(i).is_some_and(|n| self.cx.numbers[n].outer.start == i && self.cx.numbers[n].tokens.start > i) {
            return self.noun_phrase(i);
        }
        if let Some((p, r)) = l.particle
            && (l.only_particle || !self.likely_open_class(i, l))
            && !self.lost(i, l)
        {
            return self.particle(i, p, r, l);
        }
        match self.choose(i, l) {
            Choice::Verb(r) => {
                let w = self.cx.words.get(self.cx.text.tokens[i].word);
                let mut shape = VerbShape::of(&w.readings[r as usize]);
                if let Some(Phrase::Other(k)) = self.out.phrases.last()
                    && self.is(*k, &self.cx.lexicon.sets.future)
                {
                    shape.future = true;
                }
                self.out.verbs.push((i, shape, r));
                self.push(Phrase::Verb(i));
                i + 1
            }
            Choice::Noun => self.noun_phrase(i),
            Choice::Other => {
                self.push(Phrase::Other(i));
                i + 1
            }
        }
    }

    /// A word that is a particle and something else: which is it here? Prepositions of two or three letters stay particles.
    fn likely_open_class(&mut self, i: usize, l: &Lex) -> bool {
        let Some((p, r)) = l.particle else { return true };
        let exact = self.cx.words.get(self.cx.text.tokens[i].word).readings.get(r as usize).is_some_and(|r| r.exact);
        if !exact {
            return true;
        }
        match p {
            Particle::Prep | Particle::Conj | Particle::Sub | Particle::Quant | Particle::Adv | Particle::Other => {
                // a noun only when something makes it one: an article or a pronoun is in its reading already
                false
            }
            _ => false,
        }
    }

    fn particle(&mut self, i: usize, p: Particle, r: u8, l: &Lex) -> usize {
        let w = self.cx.words.get(self.cx.text.tokens[i].word);
        let reading = w.readings.get(r as usize);
        let bound = reading.is_some_and(|r| r.enc != Enclitic::None);
        match p {
            Particle::Prep => {
                // منهم، عليه: preposition and pronoun in one
                if bound {
                    self.push(Phrase::Other(i));
                } else {
                    self.push(Phrase::Prep(i));
                }
            }
            Particle::Conj => self.push(Phrase::Conj(i)),
            Particle::Comp => self.push(Phrase::Comp(i)),
            Particle::Sub => self.push(Phrase::Sub(i)),
            Particle::Rel => self.push(Phrase::Rel(i)),
            Particle::Neg => self.push(Phrase::Neg(i)),
            Particle::Dem => {
                // هذا before a noun belongs to it
                if self.lex(i + 1).nominal() && self.kind(i + 1) == Some(Kind::Word) && !bound {
                    return self.noun_phrase(i);
                }
                self.push(Phrase::Other(i));
            }
            Particle::Quant if !bound => {
                if self.lex(i + 1).nominal() || self.number_at(i + 1).is_some() || self.is(i + 1, &self.cx.lexicon.sets.of) {
                    return self.noun_phrase(i);
                }
                self.push(Phrase::Other(i));
            }
            _ => {
                let _ = l;
                self.push(Phrase::Other(i));
            }
        }
        i + 1
    }

    /// Verb or noun, for a word that can be both.
    fn choose(&mut self, i: usize, l: &Lex) -> Choice {
        let Some(v) = l.verb else {
            return if l.nominal() { Choice::Noun } else { Choice::Other };
        };
        let w = self.cx.words.get(self.cx.text.tokens[i].word);
        let vr = w.readings[v as usize];
        let nominal = l.noun.or(l.adj).map(|n| w.readings[n as usize]);
        let Some(nr) = nominal else {
            return if l.name.is_some() && !vr.exact { Choice::Noun } else { Choice::Verb(v) };
        };
        if w.marks.tanwin {
            return Choice::Noun;
        }
        if !vr.exact && nr.exact {
            return Choice::Noun;
        }
        let shape = Shape::of(&nr);
        // a preposition before it, written on or alone, an article on it: a noun
        let after_prep = matches!(self.out.phrases.last(), Some(Phrase::Prep(_)));
        if after_prep || shape.the || shape.prep.is_some() && vr.pro.0 == nr.pro.0 {
            return Choice::Noun;
        }
        if vr.exact && !nr.exact && nr.feat.origin() == Origin::Plain && l.noun.is_some_and(|n| !w.readings[n as usize].exact) {
            return Choice::Verb(v);
        }
        let before = self.out.phrases.last().cloned();
        match before {
            Some(Phrase::Neg(_)) => return Choice::Verb(v),
            // "إنها قتلت": the pronoun on it is the subject
            Some(Phrase::Comp(k)) if crate::vocab::carries_pronoun(self.cx.words.get(self.cx.text.tokens[k].word)) => return Choice::Verb(v),
            Some(Phrase::Comp(k)) => {
                // أن takes a short form, أنّ and إن a noun
                let subjunctive = self.lex(k).has_any(&self.cx.lexicon.sets.that) && vr.feat.tense() != Tense::Past;
                return if subjunctive { Choice::Verb(v) } else { Choice::Noun };
            }
            Some(Phrase::Other(k)) if self.lex(k).has_any(&self.cx.lexicon.sets.before_verb) => return Choice::Verb(v),
            _ => {}
        }
        if vr.feat.tense() == Tense::Present || vr.feat.tense() == Tense::Short {
            // تقدم, تصعيد: present and masdar alike; a present verb needs somebody to do it
            if nr.feat.origin() != Origin::Masdar && (nr.pos == arabic::morph::Pos::Adj || l.noun.is_none()) {
                return Choice::Verb(v);
            }
        }
        let fresh = match before {
            None => true,
            Some(Phrase::Mark(..) | Phrase::Conj(_) | Phrase::Quote(..) | Phrase::Sub(_) | Phrase::Time(_) | Phrase::Rel(_)) => true,
            _ => shape.wa,
        };
        // "في السياق ذاته سلم المقاتلون": behind a phrase that only opens the sentence the verb stands first
        let spoken = self.out.phrases.iter().rfind(|p| !matches!(p, Phrase::Quote(..)));
        let after_topic = matches!(spoken, Some(Phrase::Np(n)) if self.topic(*n));
        let fresh = fresh || vr.exact && vr.feat.tense() == Tense::Past && (self.after_opening() || after_topic);
        let next = self.lex(i + 1);
        let nw = (self.kind(i + 1) == Some(Kind::Word)).then(|| self.cx.words.get(self.cx.text.tokens[i + 1].word));
        let next_the = nw.is_some_and(|w| has_article(&w.key));
        if nr.feat.origin() == Origin::Masdar || l.event {
            // "إن شخصين [قتلا]": a topic has its verb behind it
            if after_topic && vr.exact && vr.feat.tense() == Tense::Past {
                return Choice::Verb(v);
            }
            // "قصف مدفعي": an indefinite adjective behind it makes it a noun
            let adjective = next.adj.is_some()
                && !next_the
                && next.verb.is_none()
                && next.noun.is_none_or(|_| next.tags.any(self.cx.lexicon.tags.nisba) || next.tags.any(self.cx.lexicon.tags.sector));
            if adjective {
                return Choice::Noun;
            }
            // "أن رجلا قتل في": what stands first behind أن is the subject
            if after_topic && vr.exact && vr.feat.tense() == Tense::Past {
                return Choice::Verb(v);
            }
            // behind a noun, it is that noun's genitive or apposition
            if !fresh {
                return match before {
                    // "كثفت القوات قصفها": a clause that has its verb takes a noun
                    Some(Phrase::Np(n)) if self.out.nps[n].definite && self.has_verb() => Choice::Noun,
                    Some(Phrase::Np(n)) if self.out.nps[n].definite => Choice::Verb(v),
                    Some(Phrase::Np(n)) if self.out.nps[n].event => Choice::Verb(v),
                    // "أن رجلا قتل": what stands first behind أن is the subject
                    Some(Phrase::Np(n)) if self.topic(n) => Choice::Verb(v),
                    Some(Phrase::Np(_)) => Choice::Noun,
                    _ => Choice::Noun,
                };
            }
            // at the beginning: a verb when a subject or object follows at once
            let number = self.number_at(i + 1).is_some();
            let actor = self.actor_at(i + 1, false).is_some();
            return if next.nominal() || number || actor || self.time_at(i + 1).is_some() || self.kind(i + 1) == Some(Kind::Punct) {
                Choice::Verb(v)
            } else {
                Choice::Noun
            };
        }
        // other nouns: at the beginning of a clause rather a verb, elsewhere rather a noun
        if fresh && vr.exact && vr.feat.tense() == Tense::Past && (next.nominal() || self.number_at(i + 1).is_some()) {
            let common = l.tags.any(self.cx.lexicon.tags.group.or(self.cx.lexicon.tags.person).or(self.cx.lexicon.tags.people).or(self.cx.lexicon.tags.weapon));
            return if common { Choice::Noun } else { Choice::Verb(v) };
        }
        if vr.pro.0 == 0 && vr.feat.tense() == Tense::Past && vr.feat.gender() == arabic::morph::Gender::Fem && nr.pro.0 == 0 {
            return Choice::Verb(v);
        }
        Choice::Noun
    }

    /// Is there nothing so far but a prepositional phrase, since the sentence or clause began?
    fn after_opening(&self) -> bool {
        let phrases = &self.out.phrases;
        let start = phrases.iter().rposition(|p| matches!(p, Phrase::Mark(..) | Phrase::Comp(_))).map_or(0, |k| k + 1);
        let here = &phrases[start..];
        let led = matches!(here.first(), Some(Phrase::Prep(_))) || matches!(here.first(), Some(Phrase::Np(n)) if self.out.nps[*n].shape.prep.is_some());
        led && here.len() <= 3
            && here[1..].iter().all(|p| matches!(p, Phrase::Np(_) | Phrase::Other(_) | Phrase::Time(_)))
            && here.iter().filter(|p| matches!(p, Phrase::Np(_))).count() == 1
    }

    /// Does the clause so far begin with its verb, followed by noun phrases only?
    fn has_verb(&self) -> bool {
        let back = self.out.phrases.iter().rev().find(|p| !matches!(p, Phrase::Np(_) | Phrase::Time(_) | Phrase::Conj(_)));
        matches!(back, Some(Phrase::Verb(_)))
    }

    /// Is this phrase, just cut, the first behind أن, and somebody?
    fn topic(&self, n: NpId) -> bool {
        let np = &self.out.nps[n];
        let at = self.out.phrases.iter().rposition(|p| *p == Phrase::Np(n)).unwrap_or(0);
        let before = self.out.phrases[..at].iter().rfind(|p| !matches!(p, Phrase::Quote(..)));
        let first = matches!(before, Some(Phrase::Comp(_)));
        first && np.shape.prep.is_none() && np.class.any(Class::HUMAN.or(Class::AGENT))
    }

    // ---- noun phrases ----

    fn noun_phrase(&mut self, i: usize) -> usize {
        let joined = true;
        match self.np(i, joined, 0) {
            Some(n) => {
                let end = self.out.nps[n].tokens.end;
                // a demonstrative or quantifier that led nowhere
                if end <= i {
                    self.push(Phrase::Other(i));
                    return i + 1;
                }
                self.push(Phrase::Np(n));
                end
            }
            None => {
                self.push(Phrase::Other(i));
                i + 1
            }
        }
    }

    fn class_of(&self, l: &Lex) -> Class {
        let t = &self.cx.lexicon.tags;
        let mut c = Class::default();
        let has = |x: Tags| l.tags.any(x);
        if has(t.person) || has(t.people) {
            c = c.or(Class::AGENT).or(Class::HUMAN);
        }
        if has(t.group) {
            c = c.or(Class::AGENT).or(Class::GROUP);
        }
        if has(t.fleet) {
            c = c.or(Class::AGENT).or(Class::FLEET);
        }
        if has(t.weapon) {
            c = c.or(Class::WEAPON);
        }
        if has(t.vehicle) || has(t.building) || has(t.objects) {
            c = c.or(Class::THING);
        }
        if has(t.base) {
            c = c.or(Class::BASE);
        }
        if has(t.place_head) {
            c = c.or(Class::PLACE);
        }
        if has(t.casualty) {
            c = c.or(Class::CASUALTY).or(Class::HUMAN);
        }
        if has(t.source) || has(t.document) || has(t.medium) {
            c = c.or(Class::SOURCE);
        }
        if has(t.unit) {
            c = c.or(Class::MEASURE);
        }
        if has(t.timeunit) {
            c = c.or(Class::TIME);
        }
        c
    }

    /// A noun phrase that begins at token `i`, or `None` when the word cannot begin one.
    fn np(&mut self, i: usize, joined: bool, depth: u8) -> Option<NpId> {
        if i >= self.end || depth > 12 || self.time_at(i).is_some() && depth > 0 {
            return None;
        }
        // هذا الهجوم
        let l = self.lex(i);
        if let Some((Particle::Dem, r)) = l.particle.filter(|_| self.kind(i) == Some(Kind::Word)) {
            let inner = self.np(i + 1, false, depth + 1)?;
            let reading = self.cx.words.get(self.cx.text.tokens[i].word).readings[r as usize];
            let shape = Shape::of(&reading);
            let np = &mut self.out.nps[inner];
            np.tokens.start = i;
            np.shape.wa = shape.wa;
            np.shape.prep = shape.prep;
            np.definite = true;
            return Some(inner);
        }
        // "ربع الله" is a name before it is a fraction
        if let Some(n) = self.number_at(i).filter(|_| self.kind(i) == Some(Kind::Number) || self.actor_at(i, joined).is_none())
            && self.cx.numbers[n].kind != arabic::number::NumberKind::Ordinal
        {
            return Some(self.counted(i, n, joined, depth));
        }
        if self.kind(i) == Some(Kind::Number) {
            return None;
        }
        if let Some((Particle::Quant, _)) = l.particle.filter(|p| matches!(p.0, Particle::Quant))
            && let Some(n) = self.quantified(i, depth)
        {
            return Some(n);
        }
        // عدد من، عشرات من، مجموعة من، أحد; "مجموعة الأزمات الدولية" is a name, "مجموعات مسلحة" are a body
        let body = l.tags.any(self.cx.lexicon.tags.group)
            && self.lex(i + 1).adj.is_some_and(|a| {
                let next = self.cx.words.get(self.cx.text.tokens[i + 1].word);
                next.readings[a as usize].feat.gender() == arabic::morph::Gender::Fem && !Shape::of(&next.readings[a as usize]).wa
            });
        let quantity = !body && l.tags.any(self.cx.lexicon.tags.quantity) || l.has_any(&self.cx.lexicon.sets.quantifier);
        if quantity
            && self.actor_at(i, joined).is_none()
            && let Some(n) = self.quantified(i, depth)
        {
            return Some(n);
        }
        self.simple(i, joined, depth)
    }

    /// A numeral and what it counts.
    fn counted(&mut self, i: usize, number: usize, joined: bool, depth: u8) -> NpId {
        let _ = joined;
        let n = &self.cx.numbers[number];
        let (first, end) = (n.outer.start.min(n.tokens.start).max(i.min(n.outer.start)), n.tokens.end);
        let _ = first;
        let mut shape = Shape::default();
        let w = self.cx.words.get(self.cx.text.tokens[i].word);
        if self.kind(i) == Some(Kind::Word) {
            shape.wa = w.key.starts_with('و') && n.bytes.start > self.cx.text.tokens[n.tokens.start].start as usize
                || w.key.starts_with('و') && n.outer.start == i && n.tokens.start > i;
            if let Some(r) = w.readings.first() {
                shape.prep = Shape::of(r).prep;
            }
            if n.tokens.start == i {
                // بعشرة, لثلاثة
                let raw = self.cx.text.slice(self.cx.text.tokens[i].range());
                let cut = n.bytes.start - self.cx.text.tokens[i].start as usize;
                let lead = &raw[..cut.min(raw.len())];
                shape.wa = lead.starts_with(['و', 'ف']);
                shape.prep = lead.chars().last().filter(|c| matches!(c, 'ب' | 'ل' | 'ك'));
                shape.skip = lead.chars().count() as u8;
            }
        }
        // "(20) شخصا": the brackets are part of the phrase
        let bracketed = i.checked_sub(1).is_some_and(|b| self.punct(b) == Some('(')) && self.punct(end) == Some(')');
        let (i, end) = if bracketed { (i - 1, end + 1) } else { (i, end) };
        let base = Np {
            tokens: i..end,
            core: i..end,
            head: n.tokens.end - 1,
            shape,
            number: Some(number),
            definite: n.definite,
            class: Class::default(),
            ..Np::default()
        };
        let at = end;
        let mut np = base;
        // "ثلاثة من عناصر"
        let of = self.is(at, &self.cx.lexicon.sets.of);
        if of && self.time_at(at).is_none() {
            if let Some(child) = self.np(at + 1, false, depth + 1) {
                let c = &self.out.nps[child];
                if c.class.any(Class::AGENT.or(Class::HUMAN).or(Class::CASUALTY)) || !c.actor.is_empty() {
                    np.class = c.class.or(Class::HUMAN);
                    np.tags = c.tags;
                    np.head = c.head;
                    np.reading = c.reading;
                    np.tokens.end = c.tokens.end;
                    np.core.end = c.core.end;
                    np.owner = Some(child);
                    self.out.nps.push(np);
                    return self.out.nps.len() - 1;
                }
            }
        } else if self.time_at(at).is_none() && self.place_at(at).is_none() {
            let l = self.lex(at);
            let word = self.kind(at) == Some(Kind::Word);
            let w2 = word.then(|| self.cx.words.get(self.cx.text.tokens[at].word));
            let wa = w2.is_some_and(|w| w.readings.first().is_some_and(|r| Shape::of(r).wa) || w.is_unknown() && w.key.starts_with('و'));
            let verbish = l.verb.is_some() && l.noun.is_none() && l.adj.is_none();
            if word
                && !wa
                && !l.only_particle
                && !verbish
                && l.nominal()
                && let Some(child) = self.simple(at, false, depth + 1)
            {
                let c = self.out.nps[child].clone();
                if c.shape.prep.is_none() {
                    np = Np { tokens: i..c.tokens.end, core: i..c.core.end, number: Some(number), shape: np.shape, ..c };
                    np.other = self.is_other(np.head);
                    self.partitive(&mut np, depth);
                    self.out.nps.push(np);
                    return self.out.nps.len() - 1;
                }
            }
            if self.is_other(at) {
                np.tokens.end = at + 1;
                np.core.end = at + 1;
                np.other = true;
                np.class = Class::HUMAN;
            }
        }
        self.out.nps.push(np);
        self.out.nps.len() - 1
    }

    /// "من" behind a counted or quantified phrase: "4 عناصر من قوات النظام".
    fn partitive(&mut self, np: &mut Np, depth: u8) {
        let at = np.tokens.end;
        if !self.is(at, &self.cx.lexicon.sets.of) || np.owner.is_some() || self.time_at(at).is_some() {
            return;
        }
        let human = np.class.any(Class::HUMAN.or(Class::AGENT).or(Class::CASUALTY));
        if !human {
            return;
        }
        let save = self.out.nps.len();
        if let Some(child) = self.np(at + 1, false, depth + 1) {
            let c = &self.out.nps[child];
            // "من قبل", "من مدينة حلب" are something else
            if (c.class.any(Class::GROUP.or(Class::HUMAN)) || !c.actor.is_empty()) && c.place.is_none() && !c.event {
                np.tokens.end = c.tokens.end;
                np.core.end = c.core.end;
                np.owner = Some(child);
                return;
            }
        }
        self.out.nps.truncate(save);
    }

    /// "عدد من المدنيين", "أحد العناصر", "كل المدن".
    fn quantified(&mut self, i: usize, depth: u8) -> Option<NpId> {
        let mut at = i + 1;
        let l = self.lex(i);
        let r = l.noun.or(l.particle.map(|p| p.1)).or(l.adj);
        let shape = match r {
            Some(r) => Shape::of(&self.cx.words.get(self.cx.text.tokens[i].word).readings[r as usize]),
            None => Shape::default(),
        };
        if shape.pron != Enclitic::None {
            return None;
        }
        // "عدد كبير من", "أعداد كبيرة من"
        while self.lex(at).adj.is_some() && !self.lex(at).unknown && at < i + 3 && self.is(at + 1, &self.cx.lexicon.sets.of) {
            at += 1;
        }
        if self.is(at, &self.cx.lexicon.sets.of) {
            at += 1;
        }
        if self.time_at(at).is_some() || self.punct(at).is_some() {
            return None;
        }
        let save = self.out.nps.len();
        let inner = self.np(at, false, depth + 1)?;
        let c = self.out.nps[inner].clone();
        if c.shape.prep.is_some() || c.shape.wa || c.event && at > i + 1 {
            self.out.nps.truncate(save);
            return None;
        }
        let np = Np { tokens: i..c.tokens.end, core: i..c.core.end, shape, quantifier: Some(i), ..c };
        self.out.nps.push(np);
        Some(self.out.nps.len() - 1)
    }

    /// A head with its genitives, adjectives, names and owner.
    fn simple(&mut self, i: usize, joined: bool, depth: u8) -> Option<NpId> {
        let kind = self.kind(i)?;
        // an opening quotation mark: the name inside, mark aside
        if kind == Kind::Punct {
            let close = opens(self.punct(i)?)?;
            let inner = self.np(i + 1, false, depth + 1)?;
            let end = self.out.nps[inner].tokens.end;
            if self.punct(end) == Some(close) {
                let mut np = self.out.nps[inner].clone();
                np.tokens = i..end + 1;
                np.core = i..end + 1;
                // "جيش" الاحتلال, "الجيش" الإسرائيلي: the marks part nothing
                let before = np.tokens.end;
                if np.place.is_none() && close != ')' {
                    self.tail(&mut np, depth);
                }
                if np.tokens.end == before {
                    np.core = self.out.nps[inner].core.clone();
                }
                self.out.nps[inner] = np;
                return Some(inner);
            }
            return None;
        }
        if kind == Kind::Foreign {
            let mut end = i + 1;
            while self.kind(end) == Some(Kind::Foreign) {
                end += 1;
            }
            self.out.nps.push(Np { tokens: i..end, core: i..end, head: i, class: Class::NAMELIKE, definite: true, ..Np::default() });
            return Some(self.out.nps.len() - 1);
        }
        let l = self.lex(i);
        // a place
        let actor = self.actor_at(i, joined);
        if let Some(p) = self.place_at(i) {
            let m = &self.cx.places[p];
            let actor_end = actor.as_ref().map_or(0, |a| a.end);
            if actor_end < m.tokens.end || actor_end == m.tokens.end && m.headed {
                let shape = self.shape(i, l, joined);
                let state = actor.filter(|a| a.end == m.tokens.end).map(|a| a.name);
                let mut np = Np {
                    tokens: i..m.outer.end.max(m.tokens.end),
                    core: m.tokens.clone(),
                    head: m.tokens.start,
                    shape,
                    class: Class::PLACE,
                    place: Some(p),
                    definite: true,
                    ..Np::default()
                };
                // a facility or base can be hit and be somebody's
                let hl = self.lex(i);
                np.tags = hl.tags;
                if let Some(s) = state {
                    np.actor = self.cx.lexicon.aliases[s].iter().copied().collect();
                    np.class = np.class.or(Class::AGENT).or(Class::GROUP);
                }
                // "حاجز سالم العسكري"
                while m.headed
                    && self.kind(np.tokens.end) == Some(Kind::Word)
                    && self.time_at(np.tokens.end).is_none()
                    && self.place_at(np.tokens.end).is_none()
                {
                    let a = self.lex(np.tokens.end);
                    let w = self.cx.words.get(self.cx.text.tokens[np.tokens.end].word);
                    let described = a.adj.is_some_and(|r| Shape::of(&w.readings[r as usize]).the && !Shape::of(&w.readings[r as usize]).wa)
                        && !a.has_any(&self.cx.lexicon.sets.relation);
                    if !described {
                        break;
                    }
                    np.adjectives.push(np.tokens.end);
                    np.tokens.end += 1;
                }
                while matches!(self.punct(np.tokens.end), Some('”' | '»' | '"'))
                    && self.cx.text.tokens[np.tokens.end].glued
                    && matches!(self.punct(np.core.start.wrapping_sub(1)), Some('“' | '«' | '"'))
                {
                    np.tokens.end += 1;
                }
                self.out.nps.push(np);
                return Some(self.out.nps.len() - 1);
            }
        }
        if let Some(m) = actor {
            let aliases = &self.cx.lexicon.aliases[m.name];
            let prep = m.start.prep.then(|| self.prep_letter(i)).flatten();
            // of لل no letter is cut off: the rest would lack its alef
            let skip = if prep == Some('ل') && m.start.al { m.start.wa as u8 } else { m.start.skip };
            let shape = Shape { wa: m.start.wa, prep, the: m.start.al, skip, ..Shape::default() };
            let mut np = Np {
                tokens: i..m.end,
                core: i..m.end,
                head: i,
                reading: l.noun.or(l.adj),
                shape,
                class: Class::AGENT.or(Class::GROUP),
                tags: l.tags,
                actor: aliases.iter().copied().collect(),
                definite: true,
                ..Np::default()
            };
            // "تنظيم الدولة داعش": a second name of the same group
            if let Some(second) = self.actor_at(np.tokens.end, false).filter(|m| !m.start.wa && !m.start.prep) {
                let names = &self.cx.lexicon.aliases[second.name];
                if names.iter().any(|x| np.actor.iter().any(|y| x.actor == y.actor)) {
                    np.tokens.end = second.end;
                    np.core.end = second.end;
                }
            }
            self.tail(&mut np, depth);
            self.out.nps.push(np);
            return Some(self.out.nps.len() - 1);
        }
        if l.only_particle || !l.nominal() {
            return None;
        }
        // the article of "ال 27" alone
        if has_article(self.key(i)) && self.key(i).chars().count() == 2 {
            return None;
        }
        let shape = self.shape(i, l, joined);
        let reading = l.noun.or(l.adj).or(l.name);
        let mut np = Np {
            tokens: i..i + 1,
            core: i..i + 1,
            head: i,
            reading,
            shape,
            class: self.class_of(l),
            tags: l.tags,
            definite: shape.the || shape.pron != Enclitic::None || l.name.is_some() && l.noun.is_none() && l.adj.is_none(),
            event: l.event && !self.never_event(i, l, shape),
            pron: shape.pron,
            ..Np::default()
        };
        if l.unknown || l.name.is_some() && l.noun.is_none() && l.adj.is_none() {
            np.class = np.class.or(Class::NAMELIKE);
        }
        // "فلسطيني", "العراقيون": the adjective of a people, alone, is one of them
        let alone = depth > 0 || !matches!(self.out.phrases.last(), Some(Phrase::Np(n)) if !self.out.nps[*n].event);
        let of_people = l.noun.is_none() && l.adj.is_some() && l.tags.any(self.cx.lexicon.tags.nisba) && np.place.is_none();
        if of_people && alone && self.names_people(i, l) {
            np.class = np.class.or(Class::AGENT).or(Class::HUMAN);
        }
        np.other = l.noun.is_none() && self.is_other(i);
        // "ويعتقلون بعضهم"
        let some_of_them = matches!(shape.pron, Enclitic::Them | Enclitic::ThemFem) && l.has_any(&self.cx.lexicon.sets.quantifier);
        if np.other || some_of_them {
            np.class = np.class.or(Class::HUMAN);
        }
        self.tail(&mut np, depth);
        self.out.nps.push(np);
        Some(self.out.nps.len() - 1)
    }

    /// Is this adjective masculine or plural, as people are named?
    fn names_people(&self, i: usize, l: &Lex) -> bool {
        let w = self.cx.words.get(self.cx.text.tokens[i].word);
        l.adj.and_then(|a| w.readings.get(a as usize)).is_some_and(|r| r.feat.gender() != arabic::morph::Gender::Fem || r.feat.number() != Number::Singular)
    }

    fn is_other(&mut self, i: usize) -> bool {
        self.kind(i) == Some(Kind::Word) && self.lex(i).has_any(&self.cx.lexicon.sets.other)
    }

    /// Groups are no events, whatever their name could tell; of "الإسعاف" and "إسعاف الأطفال" the second is what is done.
    fn never_event(&mut self, i: usize, l: &Lex, shape: Shape) -> bool {
        let t = &self.cx.lexicon.tags;
        let done_to = !shape.the && l.noun.is_some() && self.befalls_people(i) && self.class_of(self.lex(i + 1)).any(Class::HUMAN);
        l.tags.any(t.group) && !l.tags.any(t.casualty) && !done_to
    }

    fn prep_letter(&self, i: usize) -> Option<char> {
        let key = self.key(i);
        let k = key.strip_prefix(['و', 'ف']).filter(|r| r.starts_with(['ب', 'ل', 'ك'])).unwrap_or(key);
        k.chars().next().filter(|c| matches!(c, 'ب' | 'ل' | 'ك'))
    }

    fn shape(&mut self, i: usize, l: &Lex, joined: bool) -> Shape {
        let w = self.cx.words.get(self.cx.text.tokens[i].word);
        match l.noun.or(l.adj).or(l.name).or(l.particle.map(|p| p.1)) {
            Some(r) => Shape::of(&w.readings[r as usize]),
            None => Shape::unknown(w, joined && self.can_join()),
        }
    }

    /// May what stands here be joined by و to a noun phrase before it: "الطفلين عمر، ودانيال"?
    fn can_join(&self) -> bool {
        let listed = matches!(self.out.phrases.as_slice(), [.., Phrase::Np(_), Phrase::Mark(_, ',')]);
        self.last_noun_can_join || listed
    }

    /// Everything that may follow a head.
    fn tail(&mut self, np: &mut Np, depth: u8) {
        let t = &self.cx.lexicon.tags;
        self.glue_quote(np, depth);
        // "إن مسلحا [فتح النار]": behind إن it is no dual in the nominative that a genitive could follow
        let accusative = matches!(self.out.phrases.last(), Some(Phrase::Comp(_)))
            && self.cx.words.get(self.cx.text.tokens[np.head].word).readings.iter().any(|r| Shape::of(r).accusative);
        // an idafa, unless the head is closed, or an event whose genitive is an argument
        if !np.shape.closed && !accusative && !np.shape.the && np.actor.is_empty() && !np.event && np.place.is_none() && np.genitive.is_none() {
            let at = np.tokens.end;
            if let Some(child) = self.genitive(np, at, depth) {
                let c = &self.out.nps[child];
                np.tokens.end = c.tokens.end;
                np.core.end = c.core.end;
                np.definite = c.definite;
                np.genitive = Some(child);
            }
        }
        self.adjectives(np);
        self.number_behind(np);
        self.unit_number(np);
        self.glue_quote(np, depth);
        self.dashed(np, depth);
        // a person's name in apposition
        let person = np.tags.any(t.title.or(t.rank).or(t.person))
            || np.class.any(Class::HUMAN) && np.tags.any(t.official)
            || np.genitive.is_some_and(|_| np.tags.any(t.person.or(t.official).or(t.title)));
        let named = np.class.any(Class::NAMELIKE) && np.actor.is_empty();
        if person || named {
            self.apposition(np, person, depth);
        }
        self.attach_owner(np, depth);
        self.partitive_of_member(np, depth);
    }

    /// "مدنيين اثنين", "القتلى الخمسة": the numeral behind its noun.
    fn number_behind(&mut self, np: &mut Np) {
        let at = np.tokens.end;
        if np.number.is_some() || np.place.is_some() || self.kind(at) != Some(Kind::Word) {
            return;
        }
        let Some(n) = self.number_at(at) else { return };
        let num = &self.cx.numbers[n];
        let cardinal = num.kind == arabic::number::NumberKind::Cardinal && num.tokens.start == at && num.outer.start == at && num.vague.is_none();
        if cardinal && num.value < 1000.0 && (num.value == 2.0 && !num.definite || num.definite && np.shape.the && num.value >= 2.0) {
            np.number = Some(n);
            np.tokens.end = num.tokens.end;
            np.core.end = num.tokens.end;
            self.adjectives(np);
        }
    }

    /// "اللواء 105", "الفرقة 25": the number that names a unit, unless it counts what follows.
    fn unit_number(&mut self, np: &mut Np) {
        let at = np.tokens.end;
        let unit = np.shape.the && np.class.any(Class::GROUP) && np.tags.any(self.cx.lexicon.tags.combatant) && np.actor.is_empty() && np.number.is_none();
        if !unit || self.kind(at) != Some(Kind::Number) || self.time_at(at).is_some() {
            return;
        }
        let next = self.lex(at + 1);
        let counted =
            self.kind(at + 1) == Some(Kind::Word) && next.nominal() && !next.only_particle && !has_article(self.key(at + 1)) && self.place_at(at + 1).is_none();
        if !counted {
            np.tokens.end = at + 1;
            np.core.end = at + 1;
        }
    }

    /// "سرايا القدس - كتيبة نابلس": the branch of a group behind a dash.
    fn dashed(&mut self, np: &mut Np, depth: u8) {
        while !np.actor.is_empty() && np.place.is_none() && depth < 3 {
            let at = np.tokens.end;
            if !matches!(self.punct(at), Some('-' | '–' | '—')) {
                return;
            }
            let save = self.out.nps.len();
            let Some(child) = self.np(at + 1, false, depth + 3) else { return };
            let c = &self.out.nps[child];
            let end = c.tokens.end;
            let branch = c.shape.prep.is_none()
                && !c.shape.wa
                && !c.event
                && (c.place.is_some() || c.class.any(Class::GROUP) || c.class.any(Class::NAMELIKE) || !c.actor.is_empty());
            let closed = matches!(self.punct(end), Some('-' | '–' | '—' | '،' | ',')) || matches!(self.lex(end).particle, Some((Particle::Comp, _)));
            if !branch || !closed {
                self.out.nps.truncate(save);
                return;
            }
            np.tokens.end = end;
            np.core.end = end;
        }
    }

    /// A quoted name right behind: ميليشيا "قسد".
    fn glue_quote(&mut self, np: &mut Np, depth: u8) {
        let at = np.tokens.end;
        let Some(close) = self.punct(at).and_then(opens) else { return };
        let Some(end) = (at + 1..(at + 8).min(self.end)).find(|k| self.punct(*k) == Some(close)) else { return };
        if end == at + 1 || np.event {
            return;
        }
        let inner_actor = self.actor_at(at + 1, false);
        let whole = inner_actor.as_ref().is_some_and(|m| m.end == end);
        let group = np.class.any(Class::GROUP.or(Class::FLEET)) || np.tags.any(self.cx.lexicon.tags.medium.or(self.cx.lexicon.tags.source));
        if whole {
            if let Some(m) = inner_actor {
                let list = &self.cx.lexicon.aliases[m.name];
                if np.actor.is_empty() {
                    np.actor = list.iter().copied().collect();
                    np.class = np.class.or(Class::AGENT).or(Class::GROUP);
                }
                np.tokens.end = end + 1;
                np.core.end = end + 1;
                np.definite = true;
            }
        } else if group && self.punct(at) != Some('(') {
            let verb = (at + 1..end).any(|k| {
                let l = self.lex(k);
                l.verb.is_some() && l.noun.is_none() && l.adj.is_none() && !l.only_particle
            });
            if !verb {
                np.tokens.end = end + 1;
                np.core.end = end + 1;
                np.definite = true;
            }
        } else if self.punct(at) == Some('(') && depth < 3 && self.aside(at).is_some() && np.actor.is_empty() {
            // (22 عاما): passed over, not quoted
            np.tokens.end = end + 1;
        }
    }

    /// The genitive of a head that may take one.
    fn genitive(&mut self, np: &Np, at: usize, depth: u8) -> Option<NpId> {
        if self.time_at(at).is_some() || self.punct(at).is_some_and(|c| opens(c).is_none() || c == '(') {
            return None;
        }
        // "هاجم مسلحون حلب": a plural or dual with its ن has nothing behind it that it belongs to
        let head = self.cx.words.get(self.cx.text.tokens[np.head].word);
        let absolute = |r: &arabic::words::Reading| r.feat.state() == State::Absolute && matches!(r.feat.number(), Number::Plural | Number::Dual);
        if np.reading.and_then(|r| head.readings.get(r as usize)).is_some_and(absolute) {
            return None;
        }
        let l = self.lex(at);
        let kind = self.kind(at)?;
        if kind == Kind::Number || self.number_at(at).is_some_and(|n| self.cx.numbers[n].outer.start == at && !np.shape.open) {
            return None;
        }
        if kind == Kind::Word {
            if l.only_particle {
                return None;
            }
            // "انتحاري [شمال بغداد]": where, not whose; "محافظ شمال سيناء" has an office
            let t = &self.cx.lexicon.tags;
            let man = np.class.any(Class::HUMAN) && np.shape.number == Some(Number::Singular) && !np.tags.any(t.official.or(t.title).or(t.rank));
            if man && l.tags.any(t.direction) {
                return None;
            }
            let w = self.cx.words.get(self.cx.text.tokens[at].word);
            let place = self.place_at(at).is_some();
            let actor = self.actor_at(at, false).is_some();
            if !place && !actor {
                if !l.nominal() {
                    return None;
                }
                let shape = match l.noun.or(l.adj).or(l.name) {
                    Some(r) => Shape::of(&w.readings[r as usize]),
                    None => Shape::unknown(w, false),
                };
                if shape.wa || shape.prep.is_some() || shape.accusative {
                    return None;
                }
                // "لقي سبعة جنود [مصرعهم]": what befell them is not whose they are
                if np.class.any(Class::HUMAN) && l.event && shape.pron != Enclitic::None {
                    return None;
                }
                // an adjective without article behind a noun without article describes it
                let minister = |r: u8| self.disagrees(np, &w.readings[r as usize]) && np.tags.any(self.cx.lexicon.tags.official);
                if l.adj.is_some() && l.noun.is_none() && !shape.the && !l.adj.is_some_and(minister) {
                    return None;
                }
                let t = &self.cx.lexicon.tags;
                let describes = l.tags.any(t.nisba.or(t.sector).or(t.armed)) || np.class.any(Class::FLEET.or(Class::WEAPON));
                // "برصاص مجهولين": people in the plural fired it
                let people = l.noun.is_some() && l.tags.any(t.person) && matches!(shape.number, Some(Number::Plural | Number::Dual));
                let described = describes && !l.tags.any(t.group) && !people;
                let both = l.adj.is_some() && !shape.the && described;
                let named = l.adj.is_some_and(minister);
                if both && !np.shape.open && !named && !self.befalls(np, l) {
                    return None;
                }
                // a verb where the genitive would have to be: "مسلحون قتلوا", and what only could be a noun by folding
                if l.verb.is_some() && self.choose_is_verb(at, l) && !shape.the {
                    return None;
                }
                // an indefinite person behind an indefinite person is the object: "قتل شخص طفلا"
                if !shape.the && np.class.any(Class::HUMAN) && self.class_of(l).any(Class::HUMAN) && !np.shape.open && np.shape.number == Some(Number::Singular)
                {
                    return None;
                }
            } else if let Some(m) = self.actor_at(at, true) {
                if m.start.wa || m.start.prep {
                    return None;
                }
            } else if place {
                let first = self.key(at);
                let m = &self.cx.places[self.place_at(at)?];
                // "بحلب", "وحلب"
                if m.tokens.start == at && m.bytes.start > self.cx.text.tokens[m.tokens.start].start as usize && first.starts_with(['و', 'ف', 'ب', 'ل']) {
                    return None;
                }
                if m.tokens.start != at && self.shape(at, l, false).prep.is_some() {
                    return None;
                }
            }
        }
        self.np(at, false, depth + 1)
    }

    fn choose_is_verb(&mut self, i: usize, l: &Lex) -> bool {
        let Some(v) = l.verb else { return false };
        let w = self.cx.words.get(self.cx.text.tokens[i].word);
        let vr = w.readings[v as usize];
        match l.noun.or(l.adj) {
            None => true,
            Some(n) => {
                let nr = w.readings[n as usize];
                vr.exact && !nr.exact
                    || vr.feat.gender() == arabic::morph::Gender::Fem
                        && vr.feat.tense() == Tense::Past
                        && nr.feat.origin() == Origin::Plain
                        && nr.feat.state() != arabic::morph::State::Any
            }
        }
    }

    fn adjectives(&mut self, np: &mut Np) {
        if np.place.is_some() {
            return;
        }
        loop {
            let at = np.tokens.end;
            if self.kind(at) != Some(Kind::Word) || self.time_at(at).is_some() {
                return;
            }
            let l = self.lex(at);
            if l.only_particle || self.place_at(at).is_some() && l.adj.is_none() {
                return;
            }
            // "طالبت العائلات المحكمة الدستورية": the next name begins
            if self.actor_at(at, false).is_some_and(|m| m.end > at + 1) {
                return;
            }
            let w = self.cx.words.get(self.cx.text.tokens[at].word);
            let Some(a) = l.adj else {
                // an unknown word with the article and the shape of a nisba
                let nisba = l.unknown && has_article(&w.key) && ends_as_nisba(&w.key) && np.definite && w.letters > 5;
                if nisba && !np.class.any(Class::NAMELIKE) {
                    np.adjectives.push(at);
                    np.tokens.end = at + 1;
                    np.core.end = at + 1;
                    continue;
                }
                return;
            };
            let r = w.readings[a as usize];
            let shape = Shape::of(&r);
            if shape.wa && !np.adjectives.is_empty() && shape.the == np.definite && l.noun.is_none() && l.verb.is_none() {
                // "الأميركية والبريطانية"
            } else if shape.wa {
                return;
            }
            if shape.prep.is_some() || shape.the != np.definite && !(np.actor.is_empty() && !np.definite && !shape.the) {
                return;
            }
            if np.definite && !shape.the {
                return;
            }
            // a participle with a phrase of its own is handled as the owner's
            if !shape.the && l.verb.is_some() && self.choose_is_verb(at, l) {
                return;
            }
            // "العاملة ضمن غرفة العمليات": whose it is, not what it is
            if l.has_any(&self.cx.lexicon.sets.relation) && self.leads_on(at + 1) {
                return;
            }
            if self.disagrees(np, &r) || l.noun.is_some() && self.too_masculine(np, &r) {
                return;
            }
            // an adjective that names people is an object: "قتل الجنود المدنيين" stays open; after a group a person noun is not its adjective
            let people = l.noun.is_some()
                && l.tags.any(self.cx.lexicon.tags.person)
                && !l.tags.any(self.cx.lexicon.tags.nisba.or(self.cx.lexicon.tags.sector).or(self.cx.lexicon.tags.armed));
            // "مقتل مسلح", "اعتقال فلسطيني": he to whom it happened; "هجوم مسلح", "قصف تركي": what kind it was
            let somebody = l.noun.is_some() && l.tags.any(self.cx.lexicon.tags.person) || l.tags.any(self.cx.lexicon.tags.nisba);
            let one = somebody && !shape.the && !np.shape.the && r.feat.gender() != arabic::morph::Gender::Fem;
            if np.event && one && self.befalls_people(np.head) {
                return;
            }
            // "الهجوم الإرهابي": behind an article there is no genitive
            let describes = (np.shape.the && shape.the || np.event && one) && r.feat.number() == Number::Singular;
            // "يستقلون دراجة [ضابطا]": a man in the accusative is another object
            let object = w.readings.iter().any(|r| r.pos == arabic::morph::Pos::Noun && r.feat.case() == arabic::morph::Case::Acc);
            if people && object && np.class.any(Class::THING) {
                return;
            }
            if people && !describes && (np.class.any(Class::GROUP) || np.event || !np.actor.is_empty()) {
                return;
            }
            // a number in the gender of the head: sound plurals describe people
            let sound = r.feat.number() == Number::Plural && r.feat.case() != arabic::morph::Case::Any;
            // ("هاجم الجيش [المسلحين]": a body is not described in the plural of men; "الأكراد السوريين" are a people)
            if sound && !np.class.any(Class::HUMAN) && self.lex(np.head).adj.is_none() {
                return;
            }
            np.adjectives.push(at);
            np.tokens.end = at + 1;
            np.core.end = at + 1;
        }
    }

    /// "مقتل مدني", "إصابة عسكري", "إصابة آخرين": a word that is both adjective and person, behind a noun of what befalls people, is the person.
    fn befalls(&mut self, np: &Np, l: &Lex) -> bool {
        let person = l.noun.is_some() && l.tags.any(self.cx.lexicon.tags.person) || l.has_any(&self.cx.lexicon.sets.other);
        person && !np.shape.the && self.lex(np.head).has_any(&self.cx.lexicon.sets.befalls)
    }

    /// Does the event that a word names happen to people, so that its genitive is one of them?
    fn befalls_people(&mut self, head: usize) -> bool {
        let lexicon = self.cx.lexicon;
        let l = self.lex(head);
        let frame = |e: &u16| &lexicon.frames[lexicon.events[*e as usize].frame];
        let events = l.syms.iter().filter_map(|(s, _)| lexicon.triggers.get(s)).flatten();
        events.into_iter().any(|(e, _)| frame(e).genitive == crate::lexicon::Slot::Recipient)
    }

    /// Does a preposition stand at this token, alone or written onto the word?
    fn leads_on(&mut self, i: usize) -> bool {
        if self.kind(i) != Some(Kind::Word) {
            return false;
        }
        let l = self.lex(i);
        let w = self.cx.words.get(self.cx.text.tokens[i].word);
        l.particle.is_some_and(|p| p.0 == Particle::Prep)
            || w.readings.iter().any(|r| Shape::of(r).prep.is_some())
            || self.actor_at(i, false).is_some_and(|m| m.start.prep)
    }

    /// A singular head and an adjective of the other gender: "وزير [مالية]" is a genitive.
    fn disagrees(&self, np: &Np, adjective: &arabic::words::Reading) -> bool {
        use arabic::morph::Gender;
        let Some(r) = np.reading else { return false };
        let Some(head) = self.cx.words.get(self.cx.text.tokens[np.head].word).readings.get(r as usize) else { return false };
        let singular = head.feat.number() == Number::Singular && adjective.feat.number() == Number::Singular;
        // "وزير [مالية]" is a genitive, "وزير الخارجية [الروسي]" describes the minister
        let mixed = match (head.feat.gender(), adjective.feat.gender()) {
            (Gender::Masc, Gender::Fem) => true,
            (Gender::Fem, Gender::Masc) => !np.event,
            _ => false,
        };
        singular && np.genitive.is_none() && mixed && np.actor.is_empty()
    }

    /// "أطلقت الشرطة [الغاز]", "طالبت القوات [المجتمع]": what could be a noun too does not describe a singular of the other gender or a plural.
    fn too_masculine(&self, np: &Np, adjective: &arabic::words::Reading) -> bool {
        use arabic::morph::Gender;
        let Some(head) = np.reading.and_then(|r| self.cx.words.get(self.cx.text.tokens[np.head].word).readings.get(r as usize)) else { return false };
        let one_man = adjective.feat.number() == Number::Singular && adjective.feat.gender() == Gender::Masc;
        let other = match head.feat.number() {
            Number::Singular => head.feat.gender() == Gender::Fem,
            Number::Plural => true,
            _ => false,
        };
        one_man && np.genitive.is_none() && other
    }

    /// Names behind a title, a rank, a person: "العقيد مصطفى بكور", and behind a comma: "المستشار، جون كيربي،".
    fn apposition(&mut self, np: &mut Np, titled: bool, depth: u8) {
        let mut at = np.tokens.end;
        // "المتحدث باسم الجيش"
        if self.is(at, &self.cx.lexicon.sets.on_behalf)
            && let Some(child) = self.np(at + 1, false, depth + 1)
        {
            let c = &self.out.nps[child];
            np.tokens.end = c.tokens.end;
            np.core.end = c.core.end;
            np.owner = Some(child);
            np.definite = true;
            at = np.tokens.end;
        }
        // further titles: "قائد العمليات اللواء الركن"
        let title = self.cx.lexicon.tags.title.or(self.cx.lexicon.tags.rank);
        let mut k = at;
        let mut comma = false;
        if titled && self.punct(k) == Some('،') || self.punct(k) == Some(',') && titled {
            comma = true;
            k += 1;
        }
        let from = k;
        while k < self.end && self.kind(k) == Some(Kind::Word) && k < from + 3 {
            let l = self.lex(k);
            let w = self.cx.words.get(self.cx.text.tokens[k].word);
            // "العقيد الطيار مصطفى", "الراحل الملا محمد"
            let described = has_article(&w.key) && titled && (l.adj.is_some() || l.noun.is_some()) && self.named_at(k + 1);
            if l.tags.any(title) && has_article(&w.key) && titled && l.noun.is_some() || described {
                k += 1;
            } else {
                break;
            }
        }
        let first = k;
        while k < self.end && k < first + 7 {
            if self.time_at(k).is_some() || self.number_at(k).is_some() {
                break;
            }
            match self.kind(k) {
                Some(Kind::Word) => {
                    let l = self.lex(k);
                    let w = self.cx.words.get(self.cx.text.tokens[k].word);
                    let name = l.name.is_some()
                        && (l.noun.is_none() && l.adj.is_none() && l.verb.is_none() || k > first || w.readings[l.name.unwrap_or(0) as usize].exact);
                    let link = self.is(k, &self.cx.lexicon.sets.name_link);
                    let member = l.has_any(&self.cx.lexicon.sets.relation) && self.leads_on(k + 1);
                    let surname = !member && k > first && has_article(&w.key) && (l.unknown || l.adj.is_some() || l.name.is_some());
                    let unknown = l.unknown && !has_article(&w.key) && (titled || np.class.any(Class::NAMELIKE));
                    // a name that is also a common word, where the phrase ends: "مصطفى سلطان عابد (22 عاما)"
                    let common = k > first && titled && !has_article(&w.key) && (l.noun.is_some() || l.adj.is_some()) && !w.marks.tanwin && self.closes(k + 1);
                    let place = self.place_at(k).is_some_and(|p| self.cx.places[p].headed);
                    let wa = l.name.map(|n| Shape::of(&w.readings[n as usize])).is_some_and(|s| s.wa || s.prep.is_some());
                    if place || wa || !(name || link || surname || unknown || common) || l.only_particle && !link {
                        break;
                    }
                    k += 1;
                }
                Some(Kind::Foreign) if k > first => k += 1,
                _ => break,
            }
        }
        if k == from {
            return;
        }
        // a name behind a comma must be closed by one, or by a verb
        if comma {
            let l = self.lex(k);
            let closed = matches!(self.punct(k), Some('،' | ',' | '.' | ':' | '"' | '”' | '«'))
                || k >= self.end
                || l.verb.is_some()
                || matches!(l.particle, Some((Particle::Comp | Particle::Prep | Particle::Rel, _)));
            if !closed || k == first && from == first {
                return;
            }
        }
        if k > first {
            np.name = Some(first..k);
        }
        np.tokens.end = k;
        np.core.end = k;
        np.definite = true;
    }

    /// Does a phrase end before this token: at a mark, a preposition, the end, or one more word before such?
    fn closes(&mut self, i: usize) -> bool {
        let ends = |this: &mut Self, i: usize| {
            i >= this.end || this.kind(i) != Some(Kind::Word) || matches!(this.lex(i).particle, Some((Particle::Prep | Particle::Comp | Particle::Rel, _)))
        };
        ends(self, i) || ends(self, i + 1) && self.lex(i).verb.is_none() && self.lex(i).nominal() && !has_article(self.key(i))
    }

    /// A personal name begins here, or a title before one.
    fn named_at(&mut self, i: usize) -> bool {
        let title = self.cx.lexicon.tags.title.or(self.cx.lexicon.tags.rank);
        if self.kind(i) != Some(Kind::Word) || self.place_at(i).is_some() {
            return false;
        }
        let l = self.lex(i);
        let w = self.cx.words.get(self.cx.text.tokens[i].word);
        let name = l.name.is_some_and(|n| w.readings[n as usize].exact && !has_article(&w.key) || l.verb.is_none() && l.noun.is_none() && l.adj.is_none());
        name || l.tags.any(title) && self.kind(i + 1) == Some(Kind::Word) && self.lex(i + 1).name.is_some()
    }

    /// Whose it is: "مواقع للمعارضة", "نقطة تابعة للحوثيين", "فصائل موالية لتركيا", "مصدر في الوزارة".
    fn attach_owner(&mut self, np: &mut Np, depth: u8) {
        let t = &self.cx.lexicon.tags;
        let at = np.tokens.end;
        if self.kind(at) != Some(Kind::Word) || self.time_at(at).is_some() || np.place.is_some() && !np.tags.any(t.base) {
            return;
        }
        let l = self.lex(at);
        let w = self.cx.words.get(self.cx.text.tokens[at].word);
        let save = self.out.nps.len();
        // a relational participle and its preposition
        let relational = l.has_any(&self.cx.lexicon.sets.relation) && l.adj.is_some();
        let agentish = np.class.any(Class::AGENT.or(Class::BASE).or(Class::THING).or(Class::SOURCE).or(Class::FLEET).or(Class::GROUP)) || !np.actor.is_empty();
        if relational && agentish {
            let next = at + 1;
            // تابعة لـ / موالية للحكومة / مدعومة من
            let prep_word = self.is(next, &self.cx.lexicon.sets.relation_lead);
            let from = if prep_word { next + 1 } else { next };
            // "وداعميه من جهة أخرى" parts the sides
            if self.lex(from).has_any(&self.cx.lexicon.sets.aside) {
                return;
            }
            if let Some(child) = self.np(from, false, depth + 1) {
                let c = &self.out.nps[child];
                let ok = prep_word || c.shape.prep.is_some();
                if ok && c.tokens.start == from {
                    np.tokens.end = c.tokens.end;
                    np.core.end = c.core.end;
                    np.owner = Some(child);
                    // "الفصائل الموالية لها": a pronoun would not be a phrase
                    return;
                }
            }
            self.out.nps.truncate(save);
            // "الموالية لها", "التابعين له"
            if self.is(next, &self.cx.lexicon.sets.to_them) {
                np.tokens.end = next + 1;
                np.core.end = next + 1;
                return;
            }
            if prep_word {
                return;
            }
        }
        // ل of possession behind positions, vehicles, members
        let holds = np.class.any(Class::BASE.or(Class::THING).or(Class::WEAPON).or(Class::FLEET))
            || np.tags.any(t.base.or(t.vehicle))
            || np.class.any(Class::PLACE) && np.place.is_none()
            || np.class == Class::AGENT.or(Class::GROUP) && !np.shape.the && np.genitive.is_none() && np.actor.is_empty();
        let lam = w.readings.iter().any(|r| Shape::of(r).prep == Some('ل'))
            || self.actor_at(at, false).is_some_and(|m| m.start.prep) && self.prep_letter(at) == Some('ل');
        if holds && lam && np.pron == Enclitic::None && !l.only_particle && !np.event {
            if let Some(child) = self.np(at, false, depth + 1) {
                let c = &self.out.nps[child];
                if c.shape.prep == Some('ل') && (c.class.any(Class::AGENT.or(Class::GROUP).or(Class::HUMAN)) || !c.actor.is_empty()) {
                    np.tokens.end = c.tokens.end;
                    np.core.end = c.core.end;
                    np.owner = Some(child);
                    return;
                }
            }
            self.out.nps.truncate(save);
        }
        // "الأمين العام للأمم المتحدة", "القيادة العامة للجيش"
        let office = np.class.any(Class::HUMAN.or(Class::GROUP)) && np.adjectives.last().is_some_and(|a| self.lex(*a).has_any(&self.cx.lexicon.sets.office));
        if office && lam && np.owner.is_none() && !l.only_particle {
            if let Some(child) = self.np(at, false, depth + 1) {
                let c = &self.out.nps[child];
                if c.shape.prep == Some('ل') && (c.class.any(Class::GROUP) || !c.actor.is_empty()) && !c.event {
                    np.tokens.end = c.tokens.end;
                    np.core.end = c.core.end;
                    np.owner = Some(child);
                    self.apposition(np, true, depth);
                    return;
                }
            }
            self.out.nps.truncate(save);
        }
        // "ممثلون عن الحكومة"
        if self.is(at, &self.cx.lexicon.sets.about) && np.class.any(Class::HUMAN) && np.tags.any(t.official.or(t.source)) && self.time_at(at + 1).is_none() {
            if let Some(child) = self.np(at + 1, false, depth + 1) {
                let c = &self.out.nps[child];
                if (c.class.any(Class::GROUP) || !c.actor.is_empty()) && !c.event {
                    np.tokens.end = c.tokens.end;
                    np.core.end = c.core.end;
                    np.owner = Some(child);
                    return;
                }
            }
            self.out.nps.truncate(save);
        }
        // a source and where it speaks from
        let source = np.actor.is_empty() && (np.tags.any(t.source) || np.tags.any(t.official) && !np.shape.the);
        let word = self.is(at, &self.cx.lexicon.sets.speaks_from);
        let prep = word || w.readings.iter().any(|r| Shape::of(r).prep == Some('ب') && Shape::of(r).pron == Enclitic::None) && l.noun.is_some();
        if source && prep && !np.event {
            let from = if word { at + 1 } else { at };
            if self.time_at(from).is_none() {
                if let Some(child) = self.np(from, false, depth + 1) {
                    let c = &self.out.nps[child];
                    let head = c.head;
                    // "هيئة كذا من جهة": that parts two sides
                    let side = self.lex(head).has_any(&self.cx.lexicon.sets.aside);
                    let c = &self.out.nps[child];
                    let body = !side && (c.class.any(Class::GROUP.or(Class::THING).or(Class::PLACE).or(Class::BASE).or(Class::SOURCE)) || !c.actor.is_empty());
                    if body && !c.event && (word || c.shape.prep == Some('ب')) {
                        np.tokens.end = c.tokens.end;
                        np.core.end = c.core.end;
                        np.owner = Some(child);
                        return;
                    }
                }
                self.out.nps.truncate(save);
            }
        }
    }

    /// "عناصر من حزب العمال", "قيادي في التنظيم", "مسلحين من العناصر".
    fn partitive_of_member(&mut self, np: &mut Np, depth: u8) {
        let t = &self.cx.lexicon.tags;
        // "حلفاؤه من الحزب"
        let definite = np.definite && np.pron == Enclitic::None;
        if np.owner.is_some() || np.genitive.is_some() || definite || np.event || np.place.is_some() {
            return;
        }
        let member = np.tags.any(t.combatant.or(t.people).or(t.person)) || np.class.any(Class::HUMAN.or(Class::GROUP));
        let at = np.tokens.end;
        let (of, within) = (self.is(at, &self.cx.lexicon.sets.of), self.is(at, &self.cx.lexicon.sets.within));
        if !member || !of && !within || self.time_at(at).is_some() {
            return;
        }
        let save = self.out.nps.len();
        if let Some(child) = self.np(at + 1, false, depth + 1) {
            let c = &self.out.nps[child];
            // "ثلاثة أشخاص في أنقرة" are not of the state
            let state = within && c.actor.iter().any(|a| self.cx.lexicon.actors[a.actor as usize].state);
            let group = c.class.any(Class::GROUP) || !c.actor.is_empty() || of && c.class.any(Class::HUMAN);
            let body = group && !state && c.place.is_none() && !c.event;
            if body {
                np.tokens.end = c.tokens.end;
                np.core.end = c.core.end;
                np.owner = Some(child);
                return;
            }
        }
        self.out.nps.truncate(save);
    }
}

enum Choice {
    Verb(u8),
    Noun,
    Other,
}
