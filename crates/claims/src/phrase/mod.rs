//! A sentence cut into phrases: noun phrases with what belongs to them, verbs, particles.
//!
//! Arabic news writes verb, subject, object, then prepositional phrases, or the subject first behind أن and in headlines; a
//! noun phrase is a head, its genitives, its adjectives, names in apposition, and for some heads a phrase that tells whose
//! it is ("مواقع للمعارضة", "فصائل موالية لتركيا"). That much is parsed here, left to right and without backtracking; what phrase
//! plays which part is decided in `args`.

mod choice;
mod head;
mod tail;
mod word;

use crate::lexicon::{Alias, Lexicon, Sym};
use crate::trigger::Lexes;
use crate::vocab::{Lex, Particle, Shape, VerbShape, ends_as_nisba, has_article};
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
    // "قصف الجيش حلب": with the article it is no construct, only its first word may be a name
    let article = |i: usize| cx.text.tokens[i].kind == Kind::Word && has_article(&cx.words.get(cx.text.tokens[i].word).key);
    if m.end > i + 1 && m.start.al && !article(i + 1) && lexicon.aliases[name].iter().all(|a| a.construct) {
        return actor_at(cx, names, i, i + 1, joined);
    }
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
        self.kind(i) == Some(Kind::Word) && self.lex(i).has_any(set) && self.cx.lexicon.bare(self.key(i)).len() == self.key(i).len()
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
        if !self.lex(i).names {
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
}
