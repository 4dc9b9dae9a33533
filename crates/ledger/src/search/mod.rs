//! Full-text search over documents and their claims.
//!
//! ```text
//! القصف            any form of the word: بقصفٍ، قصفت، القصف
//! "أحمد"           the word as written
//! قصف حلب          both
//! قصف -طائرة       the first without the second
//! ```
//! Hits come newest first, in the order in which they were added.

pub mod terms;

use crate::error::{Error, Result};
use crate::record::Record;
use crate::rows::{ClaimRow, DocNo, Meta};
use crate::store::Ledger;
use arabic::search::{Analyser, Forms};
use std::sync::Arc;

/// What is searched for.
#[derive(Debug, Clone, Default)]
pub struct Query {
    words: Vec<Word>,
    /// What one claim of a hit must meet.
    pub filters: Filters,
    /// Hits, at most.
    pub limit: usize,
    /// Only documents with smaller numbers: the next page after the last hit of one.
    pub before: Option<DocNo>,
}

#[derive(Debug, Clone)]
struct Word {
    forms: Arc<Forms>,
    exact: bool,
    not: bool,
}

/// What one claim must meet; empty: anything.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filters {
    /// PLOVER type, or type and mode: `ASSAULT`, `ASSAULT/aerial`.
    pub kind: Option<String>,
    /// An actor or recipient: lexicon id, country, or name.
    pub actor: Option<String>,
    /// A place: gazetteer id, name, or country.
    pub place: Option<String>,
    /// South, west, north, east, in degrees.
    pub area: Option<[f64; 4]>,
    /// First and last day, inclusive; the claim's time must touch them.
    pub days: Option<(i32, i32)>,
    /// A source: kind, lexicon id or name.
    pub source: Option<String>,
    /// A count: its kind and the least number.
    pub count: Option<(String, f64)>,
    /// actual, negated, future, hypothetical, historical.
    pub modality: Option<String>,
}

impl Filters {
    /// `true` when everything passes.
    pub fn is_empty(&self) -> bool {
        *self == Filters::default()
    }

    /// `true` when the claim meets all of them.
    pub fn meets(&self, c: &Record<'_>) -> bool {
        let is = |wanted: &str, letter: char, values: &[Option<&str>]| {
            let wanted = terms::said(letter, wanted);
            values.iter().flatten().any(|v| terms::said(letter, v) == wanted)
        };
        let kind = |k: &str| match k.split_once('/') {
            Some((t, mode)) => c.kind.eq_ignore_ascii_case(t) && c.modes.iter().any(|m| m.eq_ignore_ascii_case(mode)),
            None => c.kind.eq_ignore_ascii_case(k),
        };
        let within =
            |[s, w, n, e]: [f64; 4]| c.places.iter().any(|p| p.lat.zip(p.lon).is_some_and(|(lat, lon)| (s..=n).contains(&lat) && (w..=e).contains(&lon)));
        self.kind.as_deref().is_none_or(kind)
            && self.modality.as_deref().is_none_or(|m| c.modality.eq_ignore_ascii_case(m))
            && self.actor.as_deref().is_none_or(|a| c.parties().any(|p| is(a, 'p', &[p.id.as_deref(), p.country.as_deref(), p.name.as_deref()])))
            && self.place.as_deref().is_none_or(|l| {
                c.places
                    .iter()
                    .any(|p| is(l, 'l', &[Some(&p.text), p.id.as_deref(), p.name.as_deref(), p.name_en.as_deref(), p.country.as_deref(), p.admin1.as_deref()]))
            })
            && self.area.is_none_or(within)
            && self.days.is_none_or(|(a, b)| c.days().is_some_and(|(first, last)| first <= b && last >= a))
            && self
                .source
                .as_deref()
                .is_none_or(|x| c.sources.iter().any(|s| is(x, 's', &[s.kind.as_deref(), s.id.as_deref(), s.id.as_ref().and(s.name.as_deref())])))
            && self
                .count
                .as_ref()
                .is_none_or(|(kind, least)| c.counts.iter().any(|n| n.kind.eq_ignore_ascii_case(kind) && n.low.or(n.high).is_some_and(|x| x >= *least)))
    }

    /// Terms that a document must have for one of its claims to meet them; each entry is a choice.
    fn terms(&self) -> Vec<Vec<String>> {
        let mut out = Vec::new();
        let one = [(&self.kind, 't'), (&self.modality, 'm'), (&self.actor, 'p'), (&self.place, 'l'), (&self.source, 's')];
        for (value, letter) in one {
            out.extend(value.as_deref().map(|v| vec![terms::said(letter, v)]));
        }
        if let Some((kind, least)) = &self.count {
            out.push(vec![terms::at_least(kind, *least)]);
        }
        if let Some((a, b)) = self.days {
            let mut choice = vec!["d=long".to_string()];
            terms::months(a, b, |t| choice.push(t));
            // a stretch too long to list is left to the records
            if choice.len() > 2 || choice.get(1).is_some_and(|t| t != "d=long") {
                out.push(choice);
            }
        }
        if let Some([s, w, n, e]) = self.area {
            let squares = (n.floor() - s.floor() + 1.0) * (e.floor() - w.floor() + 1.0);
            if squares <= 200.0 {
                let lats = s.floor() as i32..=n.floor() as i32;
                out.push(lats.flat_map(|lat| (w.floor() as i32..=e.floor() as i32).map(move |lon| terms::square(f64::from(lat), f64::from(lon)))).collect());
            }
        }
        out
    }
}

/// How a word of a text answers to one of the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// Written alike.
    Exact,
    /// Alike but for spellings that writers do not keep apart.
    Folded,
    /// A form of the same dictionary word.
    Lemma,
}

/// A word of a hit that the query found.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Match {
    /// The word as it stands there.
    pub text: String,
    /// First code point of the text.
    pub start: usize,
    /// Code point after the last.
    pub end: usize,
    /// The word of the query.
    pub word: String,
    /// How they agree.
    pub form: Form,
}

/// A document that answers a query.
#[derive(Debug, Clone)]
pub struct Hit {
    /// Its number.
    pub document: DocNo,
    /// What is known of it.
    pub meta: Meta,
    /// Its text.
    pub text: String,
    /// The words of the text that the query found.
    pub matches: Vec<Match>,
    /// Words of the query that only the title has.
    pub in_title: Vec<String>,
    /// The claims that meet the filters; without filters, those in whose sentence a word was found.
    pub claims: Vec<ClaimRow>,
}

impl Query {
    /// Reads a query.
    ///
    /// ```
    /// use tawatur_ledger::search::{Filters, Query};
    /// assert!(Query::parse("القصف \"أحمد\" -طائرة", Filters::default(), 20).is_ok());
    /// assert!(Query::parse("-طائرة", Filters::default(), 20).is_err());
    /// ```
    ///
    /// # Errors
    /// When it asks for nothing.
    pub fn parse(query: &str, filters: Filters, limit: usize) -> Result<Query> {
        let mut analyser = Analyser::new(arabic::dictionary());
        let mut words = Vec::new();
        for (i, part) in query.split('"').enumerate() {
            let exact = i % 2 == 1;
            for piece in part.split_whitespace() {
                let (piece, not) = match piece.strip_prefix('-').filter(|p| !p.is_empty() && !exact) {
                    Some(p) => (p, true),
                    None => (piece, false),
                };
                words.extend(analyser.query(piece).into_iter().map(|forms| Word { forms, exact, not }));
            }
        }
        if words.iter().all(|w| w.not) && filters.is_empty() {
            return Err(Error::Call("the query has no word to look for; write one, or a filter such as --type ASSAULT".into()));
        }
        Ok(Query { words, filters, limit, before: None })
    }

    fn fts(&self) -> Option<String> {
        let quote = |t: &str| format!("\"{}\"", t.replace('"', "\"\""));
        let any = |list: &[String]| format!("({})", list.iter().map(|t| quote(t)).collect::<Vec<_>>().join(" OR "));
        let word = |w: &Word| {
            let mut choice = vec![w.forms.folded.to_string()];
            if !w.exact {
                choice.extend(w.forms.lemmas.iter().map(|l| terms::lemma(l)));
            }
            any(&choice)
        };
        let mut must: Vec<String> = self.words.iter().filter(|w| !w.not).map(word).collect();
        must.extend(self.filters.terms().iter().map(|c| any(c)));
        if must.is_empty() {
            return None;
        }
        let mut q = must.join(" AND ");
        for w in self.words.iter().filter(|w| w.not) {
            q = format!("({q}) NOT {}", word(w));
        }
        Some(q)
    }
}

impl Word {
    fn matches(&self, f: &Forms) -> Option<Form> {
        if f.exact == self.forms.exact {
            return Some(Form::Exact);
        }
        if self.exact {
            return None;
        }
        if f.folded == self.forms.folded {
            return Some(Form::Folded);
        }
        f.lemmas.iter().any(|l| self.forms.lemmas.contains(l)).then_some(Form::Lemma)
    }
}

/// What a search found.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The hits, newest first.
    pub hits: Vec<Hit>,
    /// `true` when there are more.
    pub more: bool,
}

impl Ledger {
    /// Searches.
    ///
    /// # Errors
    /// When the ledger cannot be read, or its index was made with another dictionary.
    pub fn search(&self, query: &Query) -> Result<Found> {
        crate::derive::require_dictionary(&self.db)?;
        let before = query.before.map_or(i64::MAX, |d| d.0 as i64);
        let mut found = Found::default();
        let mut analyser = Analyser::new(arabic::dictionary());
        let fts = query.fts();
        let sql = match &fts {
            Some(_) => "SELECT rowid FROM words WHERE words MATCH ?2 AND rowid < ?1 ORDER BY rowid DESC",
            None => "SELECT no FROM document WHERE no < ?1 AND current = 1 AND ?2 IS NULL ORDER BY no DESC",
        };
        let mut q = self.db.prepare_cached(sql)?;
        let mut rows = q.query(rusqlite::params![before, fts])?;
        while let Some(r) = rows.next()? {
            let Some(hit) = self.hit(query, DocNo(r.get(0)?), &mut analyser)? else { continue };
            if found.hits.len() == query.limit {
                found.more = true;
                break;
            }
            found.hits.push(hit);
        }
        Ok(found)
    }

    /// The document as a hit, or `None` when a closer look says that it is none.
    fn hit(&self, query: &Query, document: DocNo, analyser: &mut Analyser) -> Result<Option<Hit>> {
        let key = self.key(document)?;
        let mut claims = Vec::new();
        let records = self.records_with(document, &key)?;
        let mut sentences = Vec::new();
        for (index, record) in records.into_iter().enumerate() {
            let r = Record::parse(&record)?;
            if query.filters.meets(&r) {
                sentences.push(r.sentence);
                let (id, keys) = (r.id.to_string(), r.keys());
                claims.push(ClaimRow { document, index: index as u32, id, record, keys });
            }
        }
        if claims.is_empty() && !query.filters.is_empty() {
            return Ok(None);
        }
        let body = self.body_with(document, &key)?;
        let mut matches = Vec::new();
        let wanted: Vec<&Word> = query.words.iter().filter(|w| !w.not).collect();
        let mut seen = vec![false; wanted.len()];
        if !wanted.is_empty() {
            let mut slice = CodePointSlices::new(&body.text);
            for t in analyser.analyse(&body.text) {
                let best = wanted.iter().enumerate().filter_map(|(i, w)| Some((w.matches(&t.forms)?, i))).min();
                if let Some((form, i)) = best {
                    seen[i] = true;
                    matches.push(Match {
                        text: slice.get(t.start, t.end).to_string(),
                        start: t.start,
                        end: t.end,
                        word: wanted[i].forms.exact.to_string(),
                        form,
                    });
                    for (j, w) in wanted.iter().enumerate() {
                        seen[j] |= w.matches(&t.forms).is_some();
                    }
                }
            }
        }
        let title = body.meta.title.as_deref().map(|t| analyser.analyse(t)).unwrap_or_default();
        let mut in_title = Vec::new();
        for (i, w) in wanted.iter().enumerate().filter(|(i, _)| !seen[*i]) {
            if !title.iter().any(|t| w.matches(&t.forms).is_some()) {
                return Ok(None);
            }
            in_title.push(wanted[i].forms.exact.to_string());
        }
        if query.filters.is_empty() {
            let hit = |i: usize| matches.iter().any(|m| sentences[i].start <= m.start && m.end <= sentences[i].end);
            let keep: Vec<bool> = (0..claims.len()).map(hit).collect();
            let mut k = keep.iter();
            claims.retain(|_| *k.next().unwrap_or(&false));
        }
        Ok(Some(Hit { document, meta: body.meta, text: body.text, matches, in_title, claims }))
    }
}

/// Slices by code points, asked for in order.
struct CodePointSlices<'a> {
    text: &'a str,
    at: (usize, usize),
}

impl<'a> CodePointSlices<'a> {
    fn new(text: &'a str) -> Self {
        CodePointSlices { text, at: (0, 0) }
    }

    fn byte(&mut self, point: usize) -> usize {
        if point < self.at.0 {
            self.at = (0, 0);
        }
        let n = point - self.at.0;
        let byte = self.text[self.at.1..].char_indices().nth(n).map_or(self.text.len(), |c| self.at.1 + c.0);
        self.at = (point, byte);
        byte
    }

    fn get(&mut self, start: usize, end: usize) -> &'a str {
        let (a, b) = (self.byte(start), self.byte(end));
        &self.text[a..b]
    }
}
