//! Places: a gazetteer, their names in Arabic text, and which place is meant.
//!
//! [`PlaceFinder::find`] returns every place that a text names, resolved where the evidence allows, with the candidates and
//! their scores; a place that cannot be resolved keeps its text and, where a containing area is known, that area's point,
//! marked as such. The table stands in `gazetteer/`, the words around names in `lexicon/places.txt`.

mod atlas;
mod compile;
mod construct;
mod find;
mod gazetteer;
pub mod import;
mod imported;
mod resolve;
pub mod source;
mod words;

pub use atlas::{Atlas, PlaceRef};
pub use compile::compile;
pub use find::Found;
pub use gazetteer::{Gazetteer, Place, PlaceId, Posting, kilometres};
pub use imported::{OpenError, open, write};
pub use resolve::Candidate;
pub use source::PlaceKind;
pub use words::{PlaceWords, Role};

use arabic::names::{NameColumn, NameIndex, skip_bytes};
use arabic::text::Text;
use arabic::words::{Column, Gates, Words};
use gazetteer::nearer;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/gazetteer.bin"));

/// The gazetteer that the crate carries.
///
/// ```
/// let g = tawatur_places::embedded();
/// assert!(g.len() > 6000);
/// let aleppo = g.get(g.by_id("sy.aleppo").unwrap());
/// assert_eq!((aleppo.name_ar, aleppo.name_en), ("حلب", "Aleppo"));
/// ```
pub fn embedded() -> Gazetteer<'static> {
    Gazetteer::open(BYTES).unwrap_or_else(|e| unreachable!("the build made it: {e}"))
}

fn place_words() -> &'static PlaceWords {
    static WORDS: OnceLock<PlaceWords> = OnceLock::new();
    WORDS.get_or_init(|| PlaceWords::parse(include_str!(concat!(env!("OUT_DIR"), "/places.txt"))).unwrap_or_default())
}

/// How a place takes part in what is told of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlaceRole {
    /// It happened there.
    At,
    /// It contains the place where it happened.
    Containing,
    /// It happened near it.
    Near,
    /// It came from there.
    From,
    /// It went there.
    To,
}

impl PlaceRole {
    /// The word that records use.
    pub fn as_str(self) -> &'static str {
        match self {
            PlaceRole::At => "at",
            PlaceRole::Containing => "containing",
            PlaceRole::Near => "near",
            PlaceRole::From => "from",
            PlaceRole::To => "to",
        }
    }
}

/// A place that a text names.
#[derive(Debug, Clone)]
pub struct PlaceMention {
    /// The tokens of the name.
    pub tokens: Range<usize>,
    /// The tokens with head words, prepositions and directions.
    pub outer: Range<usize>,
    /// The bytes of the name, without clitics in front.
    pub bytes: Range<usize>,
    /// The sentence, by number.
    pub sentence: usize,
    /// What kind of place the text makes it, or the gazetteer knows it as.
    pub kind: PlaceKind,
    /// The place, when it is resolved.
    pub place: Option<PlaceRef>,
    /// All candidates, best first.
    pub candidates: Vec<Candidate>,
    /// A point: the place's own, or that of [`approximated_by`](Self::approximated_by).
    pub point: Option<(f64, f64)>,
    /// The area whose point stands in for the place's own.
    pub approximated_by: Option<PlaceRef>,
    /// ACLED's geo_precision: 1 the place itself, 2 near it or a part of an area, 3 a region.
    pub precision: u8,
    /// How it takes part.
    pub role: PlaceRole,
    /// Direction bits: 1 north, 2 south, 4 east, 8 west, 16 middle.
    pub direction: u8,
    /// The mention is an area around or part of the place (ريف, شمال).
    pub area: bool,
    /// Mentions of one list share a number.
    pub list: u32,
    /// Mentions of one locative phrase share a number: "قرى A وB بريف C".
    pub chain: u32,
    /// A head word stands before it: what it is cannot be anything but a place.
    pub headed: bool,
    /// How it was found.
    pub found: Found,
}

/// What is known beforehand about where a text's places lie.
#[derive(Debug, Clone, Default)]
pub struct Hints {
    /// ISO 3166 alpha-2 of the outlet's country, lower case.
    pub country: Option<String>,
    /// A point that the places should lie near.
    pub near: Option<(f64, f64)>,
}

/// The finder of places, with its memory of words.
#[derive(Debug)]
pub struct PlaceFinder {
    atlas: Atlas,
    cells: Column<find::Cell>,
    names: NameColumn,
    gates: Gates,
    /// The capital of each country of the embedded gazetteer: its best-ranked settlement.
    capitals: BTreeMap<PlaceId, PlaceRef>,
}

/// A place that a text names.
struct Named {
    place: PlaceRef,
    /// How often.
    times: usize,
    country: Option<&'static str>,
    point: Option<(f64, f64)>,
}

impl Default for PlaceFinder {
    fn default() -> Self {
        PlaceFinder::new()
    }
}

impl PlaceFinder {
    /// A finder over the embedded gazetteer.
    pub fn new() -> PlaceFinder {
        PlaceFinder::with(Atlas::embedded())
    }

    /// A finder over an atlas.
    pub fn with(atlas: Atlas) -> PlaceFinder {
        let g = &atlas.layers()[0];
        let mut capitals: BTreeMap<PlaceId, PlaceRef> = BTreeMap::new();
        for id in (0..g.len() as u32).map(PlaceId).filter(|id| g.kind(*id) == PlaceKind::Settlement && g.rank(*id) >= 8) {
            let Some(country) = g.country(id) else { continue };
            let best = capitals.entry(country).or_insert(PlaceRef { layer: 0, id });
            if g.rank(id) > g.rank(best.id) {
                best.id = id;
            }
        }
        PlaceFinder { atlas, cells: Column::default(), names: NameColumn::default(), gates: Gates::default(), capitals }
    }

    /// What it finds places in.
    pub fn atlas(&self) -> &Atlas {
        &self.atlas
    }

    /// Every place that `text` names, in order.
    ///
    /// ```
    /// use arabic::{dictionary, text::Text, words::Words};
    /// use tawatur_places::{Hints, PlaceFinder};
    /// let mut words = Words::new(dictionary());
    /// let text = Text::new("في بلدة الخوين بريف إدلب الشرقي", &mut words);
    /// let mut finder = PlaceFinder::new();
    /// let found = finder.find(&text, &words, &Hints::default());
    /// let place = finder.atlas().get(found[0].place.unwrap());
    /// assert_eq!(place.name_ar, "الخوين");
    /// ```
    pub fn find(&mut self, text: &Text<'_>, words: &Words, hints: &Hints) -> Vec<PlaceMention> {
        let d = words.dictionary();
        let tables = find::Tables {
            atlas: &self.atlas,
            words: place_words(),
            person: d.tags(&["title", "rank", "person"]),
            nisba: d.tags(&["nisba"]),
            ordinal: d.tags(&["ordinal"]),
        };
        let raws = {
            let indexes: Vec<&NameIndex<'static>> = self.atlas.layers().iter().map(Gazetteer::names).collect();
            find::Scan { tables, indexes: &indexes, names: &mut self.names, text, words, cells: &mut self.cells, gates: &mut self.gates }.run()
        };
        let resolver = resolve::Resolver { atlas: &self.atlas, country: hints.country.as_deref(), near: hints.near };
        let mut scored = resolver.resolve(&raws);
        // the country of most resolved places stands for "العاصمة" and "البلاد"
        let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
        for s in &scored {
            if let Some(c) = s.first().and_then(|c| self.atlas.country(c.place)) {
                *votes.entry(c).or_default() += 1;
            }
        }
        let home = votes.iter().max_by_key(|v| v.1).map(|v| *v.0).or(hints.country.as_deref());
        for (raw, s) in raws.iter().zip(&mut scored).filter(|(raw, _)| raw.found == Found::Capital) {
            if raw.candidates.is_empty() {
                let capital = home.and_then(|h| self.atlas.by_id(h)).and_then(|c| self.capitals.get(&c.id));
                s.extend(capital.map(|p| Candidate { place: *p, score: 0.0 }));
            }
            // "العاصمة القطرية" was found by its country
            for c in s {
                if let Some(capital) = self.capitals.get(&c.place.id).filter(|_| c.place.layer == 0) {
                    c.place = *capital;
                }
            }
        }
        let mut best: Vec<Option<PlaceRef>> = scored.iter().map(|s| s.first().map(|c| c.place)).collect();
        // what stands beside a name may exclude the likeliest place of that name, and leave another one
        let joined = |raw: &find::Raw| text.tokens.get(raw.outer.start).is_some_and(|t| words.get(t.word).key.starts_with('و'));
        let mut excluded = vec![false; raws.len()];
        for (i, s) in scored.iter_mut().enumerate().filter(|(_, s)| !s.is_empty()) {
            let Some(area) = self.told_area(&raws, &best, i, &joined) else { continue };
            match s.iter().position(|c| !self.lies_far(&raws[i], c.place, area)) {
                Some(k) => s[..=k].rotate_right(1),
                None => excluded[i] = true,
            }
            best[i] = s.first().map(|c| c.place);
        }
        let mut times: BTreeMap<PlaceRef, usize> = BTreeMap::new();
        best.iter().flatten().for_each(|p| *times.entry(*p).or_default() += 1);
        let named = times.into_iter().map(|(p, times)| Named { place: p, times, country: self.atlas.country(p), point: self.atlas.whereabouts(p) });
        let named: Vec<Named> = named.collect();
        let stray = |i: usize| excluded[i] || best[i].is_some_and(|p| self.strays(&raws[i], p, &named));
        let strays: Vec<bool> = (0..raws.len()).map(stray).collect();
        let best: Vec<Option<PlaceRef>> = best.into_iter().zip(&strays).map(|(b, s)| b.filter(|_| !s)).collect();
        // the governorate or district named last, and in which sentence
        const REMEMBERED: usize = 3;
        let mut division: Option<(PlaceRef, usize)> = None;
        let mut out = Vec::with_capacity(raws.len());
        for (i, raw) in raws.iter().enumerate() {
            // nothing but the gazetteer says that it is a place, and the gazetteer does not have this one
            if strays[i] && raw.found == Found::Name && raw.head.is_none() && raw.prep.is_none() && !raw.near && raw.direction == 0 {
                continue;
            }
            let bytes = text.span(raw.tokens.clone());
            let skip = skip_bytes(text.slice(bytes.clone()), raw.skip);
            let gaz_kind = best[i].map(|p| self.atlas.kind(p));
            // "مستشفى حلب" is one in the town, not the town
            let inside = matches!(raw.head, Some(PlaceKind::Facility | PlaceKind::Road)) && gaz_kind.is_some_and(|k| k.is_area() || k == PlaceKind::Settlement);
            let place = best[i].filter(|_| !raw.area && !inside);
            let kind = match (raw.area, raw.head, gaz_kind) {
                (true, Some(PlaceKind::Road), _) => PlaceKind::Road,
                (true, ..) => PlaceKind::Region,
                (_, Some(h), Some(g)) if h == PlaceKind::Settlement && g.is_area() && g != PlaceKind::Country => h,
                _ if inside => raw.head.unwrap_or(PlaceKind::Facility),
                (_, _, Some(g)) => g,
                (_, Some(h), None) => h,
                _ => PlaceKind::Settlement,
            };
            // the place itself, or the smallest area known to contain it
            let (mut point, mut approximated_by) = (None, None);
            if let Some(p) = place {
                match self.atlas.point(p) {
                    Some((pt, at)) if at == p => point = Some(pt),
                    Some((pt, at)) => (point, approximated_by) = (Some(pt), Some(at)),
                    None => {}
                }
            } else {
                let last = division.filter(|d| raw.area || d.1 + REMEMBERED >= raw.sentence).map(|d| d.0);
                // "الريف الجنوبي" beside a town is that of the town's governorate
                let beside = || match raw.found {
                    Found::Told => self.told(text, words, &raws, &best, i, home),
                    _ => self.area_beside(&raws, &best, i).or(last).map(|a| if raw.area { self.atlas.admin1(a).unwrap_or(a) } else { a }),
                };
                let area = best[i].or_else(beside);
                if let Some((pt, at)) = area.and_then(|a| self.atlas.point(a)) {
                    (point, approximated_by) = (Some(pt), Some(at));
                }
            }
            if matches!(gaz_kind, Some(PlaceKind::Admin1 | PlaceKind::Admin2)) {
                division = best[i].map(|p| (p, raw.sentence));
            }
            let precision = match (approximated_by.is_some(), kind) {
                (true, _) => 3,
                (_, PlaceKind::Country | PlaceKind::Admin1 | PlaceKind::Region) => 3,
                (_, PlaceKind::Admin2 | PlaceKind::Admin3 | PlaceKind::Natural | PlaceKind::Road) => 2,
                _ if raw.near || raw.direction != 0 || place.is_some_and(|p| self.atlas.get(p).is_approximate()) => 2,
                _ => 1,
            };
            let role = match raw.prep {
                _ if raw.near => PlaceRole::Near,
                Some(Role::From) => PlaceRole::From,
                Some(Role::To) => PlaceRole::To,
                _ => PlaceRole::At,
            };
            out.push(PlaceMention {
                tokens: raw.tokens.clone(),
                outer: raw.outer.clone(),
                bytes: bytes.start + skip..bytes.end,
                sentence: raw.sentence,
                kind,
                place,
                candidates: if strays[i] { Vec::new() } else { std::mem::take(&mut scored[i]) },
                point,
                approximated_by,
                precision,
                role,
                direction: raw.direction,
                area: raw.area,
                list: raw.list,
                chain: raw.chain,
                headed: raw.head.is_some(),
                found: raw.found,
            });
        }
        out
    }

    /// What "البلاد", "القطاع", "شرقي المدينة" stand for: the country; the town of the sentence, or of those before the
    /// nearest to what is said to lie there; else the place that was named last with that word.
    fn told(&self, text: &Text<'_>, words: &Words, raws: &[find::Raw], best: &[Option<PlaceRef>], i: usize, home: Option<&str>) -> Option<PlaceRef> {
        const SENTENCES: usize = 6;
        const TOWN: u8 = 5;
        const CLOSE: f64 = 60.0;
        // mentions before and behind, of which one lies in what is meant
        const NEAR: usize = 50;
        let key = |t: usize| text.tokens.get(t).map_or("", |t| arabic::names::bare(&words.get(t.word).key));
        let word = key(raws[i].tokens.end - 1);
        let meant = |role: Role| place_words().get(word).contains(&role);
        if meant(Role::ToldTown) {
            let town = |p: &PlaceRef| self.atlas.kind(*p) == PlaceKind::Settlement && self.atlas.gazetteer(*p).rank(p.id) >= TOWN;
            let point = |p: PlaceRef| self.atlas.gazetteer(p).point(p.id);
            let beside = i.checked_sub(1).filter(|j| raws[*j].chain == raws[i].chain).and_then(|j| best[j]);
            let before = |from: usize| (0..i).rev().take_while(move |j| raws[*j].sentence >= from).filter_map(|j| best[j]).filter(town);
            if let Some(one) = before(raws[i].sentence).find(|p| Some(*p) != beside) {
                return Some(one);
            }
            if let Some((beside, here)) = beside.and_then(|p| Some((p, point(p)?))) {
                let towns = before(raws[i].sentence.saturating_sub(SENTENCES)).filter(|p| *p != beside);
                let away = |p: PlaceRef| point(p).map_or(f64::INFINITY, |q| kilometres(here, q));
                return towns.reduce(|a, b| if away(b) < away(a) { b } else { a }).filter(|p| away(*p) < CLOSE);
            }
        }
        let named =
            (0..i).rev().find(|j| (raws[*j].outer.start..raws[*j].tokens.end).any(|t| text.tokens[t].kind == arabic::text::Kind::Word && key(t) == word));
        if let Some(place) = named.and_then(|j| best[j]) {
            return Some(place);
        }
        let country = home.and_then(|h| self.atlas.by_id(h));
        if meant(Role::ToldCountry) {
            return country;
        }
        // never named itself: the region that contains a place of the text and bears the word in its name, "القطاع" of قطاع غزة
        let called = |p: PlaceRef| arabic::names::name_words(self.atlas.get(p).name_ar).first().is_some_and(|w| w == word);
        let bears = |p: &PlaceRef| self.atlas.kind(*p) == PlaceKind::Region && called(*p);
        let near = (0..i).rev().take(NEAR).chain((i + 1..best.len()).take(NEAR)).filter_map(|j| best[j]);
        near.into_iter().flat_map(|p| self.atlas.ancestors(p)).find(bears)
    }

    /// A small place far from everything else that the text names, in a country that it names nothing else of, is another place of the
    /// name, one that the gazetteer does not have.
    fn strays(&self, raw: &find::Raw, place: PlaceRef, named: &[Named]) -> bool {
        const SMALL: u8 = 6;
        const FAR: f64 = 300.0;
        const ENOUGH: usize = 3;
        let g = self.atlas.gazetteer(place);
        let wide = matches!(g.kind(place.id), PlaceKind::Country | PlaceKind::Admin1 | PlaceKind::Region);
        if g.rank(place.id) > SMALL || wide || raw.area {
            return false;
        }
        let (Some(point), Some(country)) = (self.atlas.whereabouts(place), self.atlas.country(place)) else { return false };
        let others = || named.iter().filter(|o| o.place != place);
        let near = |o: &Named| o.point.is_some_and(|q| nearer(FAR, point, q) < FAR);
        others().map(|o| o.times).sum::<usize>() >= ENOUGH && !others().any(|o| o.country == Some(country) || near(o))
    }

    /// The area that the text says a place lies in: "مديونة بريف حلب الشرقي", "منطقة القبائل الباكستانية".
    fn told_area(&self, raws: &[find::Raw], best: &[Option<PlaceRef>], i: usize, joined: &dyn Fn(&find::Raw) -> bool) -> Option<PlaceRef> {
        let raw = &raws[i];
        if raw.area || best[i].is_some_and(|p| self.atlas.kind(p) == PlaceKind::Country) {
            return None;
        }
        // said of what stands before it; what و joins is another place
        let phrase = raws[i + 1..].iter().zip(&best[i + 1..]).take_while(|(o, _)| o.chain == raw.chain && !joined(o));
        let says = |o: &find::Raw| o.list != raw.list && !o.near && (o.prep == Some(Role::At) || o.direction != 0);
        let area =
            |o: &find::Raw, p: PlaceRef| o.area || matches!(self.atlas.kind(p), PlaceKind::Country | PlaceKind::Admin1 | PlaceKind::Admin2 | PlaceKind::Admin3);
        let told = phrase.filter(|(o, _)| says(o)).find_map(|(o, p)| p.filter(|p| area(o, *p)));
        told.or(raw.of)
    }

    /// Is a place so far from an area that it cannot be what the text says lies there?
    fn lies_far(&self, raw: &find::Raw, place: PlaceRef, area: PlaceRef) -> bool {
        // kilometres from the middle of a country, from that of an area, and from that of an area in another country
        const ABROAD: f64 = 2000.0;
        const AWAY: f64 = 200.0;
        const ACROSS: f64 = 60.0;
        let (Some(p), Some(q)) = (self.atlas.whereabouts(place), self.atlas.whereabouts(area)) else { return false };
        let other = self.atlas.country(area) != self.atlas.country(place);
        let wide = matches!(self.atlas.kind(place), PlaceKind::Country | PlaceKind::Region | PlaceKind::Natural | PlaceKind::Road);
        let limit = match self.atlas.kind(area) {
            PlaceKind::Country if other => ABROAD,
            PlaceKind::Admin1 | PlaceKind::Admin2 | PlaceKind::Admin3 | PlaceKind::Settlement if !wide && !raw.near => {
                if other {
                    ACROSS
                } else {
                    AWAY
                }
            }
            _ => return false,
        };
        kilometres(p, q) > limit && !self.atlas.contains(area, place)
    }

    /// The smallest area named in the sentence of mention `i` that may contain it: behind it, else before it.
    fn area_beside(&self, raws: &[find::Raw], best: &[Option<PlaceRef>], i: usize) -> Option<PlaceRef> {
        let me = &raws[i];
        let smallness = |r: PlaceRef| match self.atlas.kind(r) {
            PlaceKind::Admin3 | PlaceKind::Settlement => 4i64,
            PlaceKind::Admin2 => 3,
            PlaceKind::Admin1 => 2,
            PlaceKind::Region | PlaceKind::Natural => 1,
            _ => 0,
        };
        // mentions stand sentence by sentence
        let from = raws.partition_point(|o| o.sentence < me.sentence);
        let same = raws
            .iter()
            .enumerate()
            .skip(from)
            .take_while(|(_, o)| o.sentence == me.sentence)
            .filter(|(j, o)| *j != i && (o.list != me.list || me.found == Found::Placed))
            .filter_map(|(j, o)| {
                let p = best[j]?;
                let after = o.tokens.start > me.tokens.start;
                let away = o.tokens.start.abs_diff(me.tokens.start) as i64;
                // in one phrase with it the nearest, else the smallest
                let worth = if o.chain == me.chain { (true, after, -away, 0) } else { (false, after, smallness(p), -away) };
                (smallness(p) > 0).then_some((worth, p))
            })
            .max_by(|a, b| a.0.cmp(&b.0));
        same.map(|s| s.1)
    }
}
