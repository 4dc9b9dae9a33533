//! The coder: a document in, its claims out.

use crate::job::Job;
use crate::lexicon::{Features, Lexicon};
use crate::phrase::{Context, Starts};
use crate::record::{Claim, Extent, Participant, Place};
use crate::trigger::{self, Clue, Lexes, Vocabulary};
use arabic::chars::CodePoints;
use arabic::names::NameColumn;
use arabic::number::Numbers;
use arabic::page::Line;
use arabic::text::Text;
use arabic::words::Words;
use places::{Hints, PlaceFinder};
use std::ops::Range;
use time::{Anchor, Expression, Prefer, TimeFinder};

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

/// An event word that might be a claim.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The claim that it would make.
    pub claim: Claim,
    /// The number of its lexicon entry.
    pub event: usize,
    /// How it stands in its text: the values of [`Feature::ALL`](crate::lexicon::Feature::ALL), in that order.
    pub features: Features,
}

/// What is known of words seen before.
#[derive(Debug, Default)]
struct Memory {
    vocabulary: Vocabulary,
    /// How names of actors begin with them.
    names: NameColumn,
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
    hints: Hints,
}

impl Coder {
    /// A coder over the lexicon and gazetteer that the program carries.
    pub fn new() -> Coder {
        Coder::with(crate::embedded(), PlaceFinder::new())
    }

    /// A coder over another lexicon and gazetteers.
    pub fn with(lexicon: &'static Lexicon, places: PlaceFinder) -> Coder {
        Coder {
            lexicon,
            words: Words::new(lexicon.dictionary),
            numbers: Numbers::new(),
            times: TimeFinder::new(),
            places,
            memory: Memory::default(),
            hints: Hints::default(),
        }
    }

    /// The lexicon.
    pub fn lexicon(&self) -> &'static Lexicon {
        self.lexicon
    }

    /// ISO 3166 alpha-2, lower case, of an alpha-3 code: the gazetteer's ids of countries.
    pub fn country(&self, iso3: &str) -> Option<&'static str> {
        let states = self.lexicon.actors.iter().filter(|a| a.state);
        states.into_iter().find(|a| a.country.is_some_and(|c| c.eq_ignore_ascii_case(iso3))).and_then(|a| a.id.strip_prefix("state."))
    }

    /// Every country: its ISO 3166 alpha-3 code and its alpha-2 code in lower case, the gazetteer's id.
    pub fn countries(&self) -> impl Iterator<Item = (&'static str, &'static str)> + '_ {
        let states = self.lexicon.actors.iter().filter(|a| a.state);
        states.filter_map(|a| Some((a.country?, a.id.strip_prefix("state.")?)))
    }

    /// Where the texts to come are believed to lie.
    pub fn hint(&mut self, hints: Hints) {
        self.hints = hints;
    }

    /// Codes one document.
    ///
    /// ```
    /// use tawatur_claims::{Coder, Document};
    /// let doc = Document { text: "قصفت مدفعية الجيش مدينة حلب أمس.".into(), published: Some("2016-05-02".into()), ..Document::default() };
    /// let claims = Coder::new().code(&doc);
    /// assert_eq!(claims[0].trigger.text, "قصفت");
    /// assert_eq!(claims[0].places[0].text(), "حلب");
    /// assert_eq!(claims[0].time.as_ref().unwrap().from, "2016-05-01");
    /// ```
    pub fn code(&mut self, doc: &Document) -> Vec<Claim> {
        self.job(doc, Want::Claims, |job| job.claims())
    }

    /// Every event word that might be a claim, sure enough or not, with what the coder saw of it.
    ///
    /// ```
    /// use tawatur_claims::{Coder, Document};
    /// let doc = Document { text: "تحدث عن خطر هجوم على المدينة.".into(), ..Document::default() };
    /// let mut coder = Coder::new();
    /// assert!(coder.code(&doc).is_empty());
    /// assert_eq!(coder.candidates(&doc)[0].claim.trigger.text, "هجوم");
    /// ```
    pub fn candidates(&mut self, doc: &Document) -> Vec<Candidate> {
        self.job(doc, Want::Candidates, |job| job.candidates())
    }

    /// Every place that a document names.
    pub fn places(&mut self, doc: &Document) -> Vec<Place> {
        self.with_job(doc, |job| job.all_places())
    }

    /// Every person, group, organisation and population group that a document names.
    pub fn participants(&mut self, doc: &Document) -> Vec<Participant> {
        self.with_job(doc, |job| job.all_participants())
    }

    /// How the report's sentences are cut into phrases, for those who write rules.
    pub fn cut(&mut self, doc: &Document) -> Vec<String> {
        self.with_job(doc, |job| job.cut())
    }

    /// The sentences of a document, and whether each is part of its report or of the page around it.
    pub fn outline(&mut self, doc: &Document) -> Vec<(Extent, Line)> {
        let text = Text::new(&doc.text, &mut self.words);
        let cp = CodePoints::new(&doc.text);
        let lines = arabic::page::lines(&text, &self.words, doc.title.as_deref());
        let kind = |t: usize| lines.get(lines.partition_point(|l| l.0.end <= t)).map_or(Line::Body, |l| l.1);
        text.sentences
            .iter()
            .map(|s| {
                let b = text.span(s.clone());
                (Extent { start: cp.at(b.start), end: cp.at(b.end) }, kind(s.start))
            })
            .collect()
    }

    fn with_job<T>(&mut self, doc: &Document, then: impl FnOnce(&Job<'_>) -> T) -> T {
        self.job(doc, Want::Everything, then)
    }

    fn job<T>(&mut self, doc: &Document, want: Want, then: impl FnOnce(&Job<'_>) -> T) -> T {
        let Memory { vocabulary, names } = &mut self.memory;
        let text = Text::new(&doc.text, &mut self.words);
        let report = arabic::page::report(&text, &self.words, doc.title.as_deref());
        for s in &report {
            vocabulary.learn(self.lexicon, &text, &self.words, s.clone());
        }
        let mut lexes: Vec<Lexes<'_>> = report.iter().map(|s| Lexes::new(&text, vocabulary, s.clone())).collect();
        let mut clues: Vec<Vec<Clue>> = lexes.iter().map(|l| trigger::clues(self.lexicon, l)).collect();
        // most of the work is never begun for a text without a word that may tell an event
        let telling = want == Want::Everything || clues.iter().any(|c| !c.is_empty());
        let (mut numbers, mut times, mut places) = (Vec::new(), Vec::new(), Vec::new());
        if telling {
            numbers = self.numbers.find(&text, &self.words);
            times = find_times(&mut self.times, &text, &self.words, &report, doc);
            places = self.places.find(&text, &self.words, &self.hints);
        } else {
            (lexes, clues) = Default::default();
        }
        let tokens = text.tokens.len();
        let cx = Context {
            lexicon: self.lexicon,
            text: &text,
            words: &self.words,
            numbers: &numbers,
            times: &times,
            places: &places,
            number_starts: &Starts::new(tokens, &numbers, |n| (n.outer.start, n.tokens.start)),
            time_starts: &Starts::new(tokens, &times, |t| (t.tokens.start, t.tokens.start)),
            place_starts: &Starts::new(tokens, &places, |p| (p.outer.start, p.tokens.start)),
        };
        let mut job = Job::new(&cx, self.places.atlas(), names, lexes, clues, doc, want == Want::Candidates);
        job.run();
        then(&job)
    }
}

/// What a document is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Want {
    /// What it claims.
    Claims,
    /// What it might claim, sure enough or not.
    Candidates,
    /// Its places, its participants, its phrases.
    Everything,
}

/// The times of the report's sentences. Without a date no day is better than a wrong one; where the expressions stand still matters.
fn find_times(finder: &mut TimeFinder, text: &Text<'_>, words: &Words, report: &[Range<usize>], doc: &Document) -> Vec<Expression> {
    if let Some(published) = doc.published.as_deref().and_then(Anchor::parse) {
        return finder.find_in(text, words, report, published, Prefer::Past);
    }
    let any = Anchor::parse("2000-01-03").map(|any| finder.find_in(text, words, report, any, Prefer::Past));
    let mut list = any.unwrap_or_default();
    for t in &mut list {
        (t.interval, t.window, t.other) = (None, None, None);
    }
    list
}

impl Default for Coder {
    fn default() -> Self {
        Coder::new()
    }
}
