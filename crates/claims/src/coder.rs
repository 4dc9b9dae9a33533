//! The coder: a document in, its claims out.

use crate::job::Job;
use crate::lexicon::{Features, Lexicon};
use crate::phrase::{Context, Memory, PlaceStarts};
use crate::record::{Claim, Extent, Participant, Place};
use arabic::chars::CodePoints;
use arabic::number::Numbers;
use arabic::page::Line;
use arabic::text::Text;
use arabic::words::Words;
use places::{Hints, PlaceFinder};
use time::{Anchor, Prefer, TimeFinder};

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
        self.with_job(doc, |job| job.claims())
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
        self.job(doc, true, |job| job.candidates())
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
        self.job(doc, false, then)
    }

    fn job<T>(&mut self, doc: &Document, keep_all: bool, then: impl FnOnce(&Job<'_>) -> T) -> T {
        let text = Text::new(&doc.text, &mut self.words);
        let numbers = self.numbers.find(&text, &self.words);
        let anchor = doc.published.as_deref().and_then(Anchor::parse);
        let times = match anchor {
            Some(a) => self.times.find(&text, &self.words, a, Prefer::Past),
            // without a date no day is better than a wrong one; where the expressions stand still matters
            None => {
                let any = Anchor::parse("2000-01-03").map(|any| self.times.find(&text, &self.words, any, Prefer::Past));
                let mut list = any.unwrap_or_default();
                for t in &mut list {
                    (t.interval, t.window, t.other) = (None, None, None);
                }
                list
            }
        };
        let places = self.places.find(&text, &self.words, &self.hints);
        let place_starts = PlaceStarts::new(text.tokens.len(), &places);
        let cx =
            Context { lexicon: self.lexicon, text: &text, words: &self.words, numbers: &numbers, times: &times, places: &places, place_starts: &place_starts };
        let mut job = Job::new(&cx, &self.places, doc, anchor, keep_all);
        job.run(&mut self.memory);
        then(&job)
    }
}

impl Default for Coder {
    fn default() -> Self {
        Coder::new()
    }
}
