//! What one document tells of one event, boiled down to what joining compares.
//!
//! The claims of a document that share an `event_ref` are one [`Telling`]: the unit that is joined. Where they name places too far from
//! each other for one event ("a day of shelling"), each place is a telling. It keeps no text: names and words are hashes, so that
//! millions fit in memory and a ledger can store them beside the claims that they were made of.

use super::days::{self, Days};
use super::judgement::Judgements;
use arabic::fold::{Level, fold_str};
use arabic::names::bare;
use claims::record::{Basis, Claim, Count, CountKind, EventType, Modality, ObjectKind, Participant, Place, Relation};
use places::Atlas;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

/// A document with its claims, as joining is given it.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// The text that the claims' offsets count.
    pub text: &'a str,
    /// All its claims; all of one document.
    pub claims: &'a [Claim],
    /// Its date of publication comes from nothing better than a file's time, a guess or the day of retrieval: it dates
    /// nothing for corroboration.
    pub undated: bool,
    /// Documents with one number are near-copies of each other.
    pub copies: Option<u64>,
}

/// The identity of a telling: from the id of its first claim, so that it is the same in every ledger and every order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TellingId(pub u64);

/// A hash that never changes: FNV-1a over the bytes, folded to 32 bits. Names are compared among neighbours in time and place, of whom there are
/// hundreds, so that two different ones are hardly ever alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Name(pub u32);

impl Name {
    /// The hash of some text.
    pub fn of(s: &str) -> Name {
        Name((long(s) >> 32) as u32)
    }

    /// The hash of a name, however it is spelt.
    pub fn folded(s: &str) -> Name {
        Name::of(&fold_str(s, Level::Loose))
    }
}

/// The same with 64 bits, for what must not be taken for another among millions.
pub(crate) fn long(s: &str) -> u64 {
    let mut h: u64 = 0xcbf2_9ce4_8422_2325;
    for b in s.bytes() {
        h = (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
    }
    // FNV's high bits mix poorly on short names
    (h ^ (h >> 29)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// How a telling stands to the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Standing {
    /// It happened.
    Affirms,
    /// It did not.
    Denies,
}

/// How much of the map a place name covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scale {
    /// A village, quarter, building, crossing.
    Spot,
    /// A city: rank 7 and above, where several events of a day are nothing unusual.
    City,
    /// A third-level area.
    Subdistrict,
    /// A second-level area, a region, a natural feature, a road.
    District,
    /// A first-level area.
    Governorate,
    /// A country.
    Country,
}

/// A place of a telling.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Site {
    /// The gazetteer's id, or the name as written where it has none.
    pub name: Name,
    /// The gazetteer knows it.
    pub known: bool,
    /// Degrees; those of the containing area where `near` says so.
    pub point: Option<(f32, f32)>,
    /// The point is another's: of the area that contains it.
    pub approximate: bool,
    /// How much it covers.
    pub scale: Scale,
    /// What contains it, smallest first.
    pub within: SmallVec<[Name; 4]>,
    /// Taken over from another sentence.
    pub carried: bool,
}

/// Somebody who did it or to whom it was done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Party {
    /// The actor lexicon's id.
    pub id: Option<Name>,
    /// ISO 3166 alpha-3.
    pub country: Option<[u8; 3]>,
    /// Civilian, combatant or not said.
    pub civilian: Option<bool>,
}

/// At least and at most.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Toll {
    /// At least.
    pub low: f32,
    /// At most.
    pub high: f32,
}

/// What one document tells of one event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Telling {
    /// Its identity.
    pub id: TellingId,
    /// The document.
    pub document: Name,
    /// The day of publication, counted from 1970-01-01.
    pub published: Option<i32>,
    /// The ids of its claims, in the order of the text.
    #[serde(with = "claim_ids")]
    pub claims: SmallVec<[String; 1]>,
    /// PLOVER type.
    pub kind: EventType,
    /// Bits of the modes, in the type's order.
    pub modes: u32,
    /// Whether it affirms or denies.
    pub standing: Standing,
    /// When.
    pub days: Option<Days>,
    /// Where, the most specific first.
    pub sites: SmallVec<[Site; 2]>,
    /// Of one that names no place itself: those of the rest of its report, by their names. It happened at one of them, if at any that is known.
    pub around: SmallVec<[Site; 2]>,
    /// Who did it.
    pub actors: SmallVec<[Party; 2]>,
    /// To whom.
    pub recipients: SmallVec<[Party; 2]>,
    /// Dead, all of them.
    pub killed: Option<Toll>,
    /// Hurt, all of them.
    pub injured: Option<Toll>,
    /// Bits of the protected objects.
    pub objects: u16,
    /// Hashes of the words of its sentences, sorted: short words, articles and suffixes of spelling aside.
    #[serde(with = "steps")]
    pub words: Vec<u32>,
}

impl Telling {
    /// What must not stand twice in one incident: a document, affirming or denying. A report of an attack whose deaths it denies
    /// tells of one event in two voices.
    pub fn voice(&self) -> Name {
        Name(self.document.0 ^ self.standing as u32)
    }
}

impl Telling {
    /// It tells of days before those in which a report is [news](super::incident::NEWS).
    pub fn looks_back(&self) -> bool {
        self.days.zip(self.published).is_some_and(|(d, published)| published - d.to > super::incident::NEWS)
    }

    /// The places by which it is compared: its own, else those of its report; never countries.
    pub fn placing(&self) -> impl Iterator<Item = &Site> + Clone {
        let sites = if self.stands_nowhere() { &self.around } else { &self.sites };
        sites.iter().filter(|s| s.scale < Scale::Country)
    }

    /// It names no place itself, or none but a country.
    pub fn stands_nowhere(&self) -> bool {
        self.sites.iter().all(|s| s.scale >= Scale::Country)
    }

    /// The dead that it tells of, at least.
    pub fn dead(&self) -> u32 {
        self.killed.map_or(0, |k| k.low as u32)
    }
}

/// Ascending numbers, kept as the steps between them, which are shorter.
mod steps {
    use super::*;
    use serde::{Deserializer, Serializer};

    pub fn serialize<S: Serializer>(words: &[u32], s: S) -> Result<S::Ok, S::Error> {
        let before = std::iter::once(0).chain(words.iter().copied());
        s.collect_seq(words.iter().zip(before).map(|(w, b)| w.wrapping_sub(b)))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<u32>, D::Error> {
        let mut words = Vec::<u32>::deserialize(d)?;
        let mut at = 0u32;
        for w in &mut words {
            at = at.wrapping_add(*w);
            *w = at;
        }
        Ok(words)
    }
}

/// Ids of claims are hexadecimal digits: kept as bytes.
mod claim_ids {
    use super::*;
    use serde::{Deserializer, Serializer};

    #[derive(Serialize, Deserialize)]
    enum Id<'a> {
        Digits([u8; 10]),
        #[serde(borrow)]
        Other(std::borrow::Cow<'a, str>),
    }

    fn digits(id: &str) -> Option<[u8; 10]> {
        let hex = id.strip_prefix("clm_").filter(|h| h.len() == 20 && h.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')))?;
        let mut out = [0; 10];
        for (n, byte) in out.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&hex[2 * n..2 * n + 2], 16).ok()?;
        }
        Some(out)
    }

    pub fn serialize<S: Serializer>(ids: &[String], s: S) -> Result<S::Ok, S::Error> {
        s.collect_seq(ids.iter().map(|id| digits(id).map_or(Id::Other(id.as_str().into()), Id::Digits)))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<SmallVec<[String; 1]>, D::Error> {
        let ids = Vec::<Id<'de>>::deserialize(d)?;
        let written = |id| match id {
            Id::Digits(bytes) => format!("clm_{}", crate::seal::hex(&bytes)),
            Id::Other(id) => id.into_owned(),
        };
        Ok(ids.into_iter().map(written).collect())
    }
}

/// Words that are kept of a telling. Reports say an event in one or two sentences; more would only cost memory.
const WORDS: usize = 64;

/// The tellings of a report.
///
/// Threats, plans and conditions tell of no event and make none. A claim that people hold to be another event than the rest of
/// its `event_ref` is a telling of its own, and so are those whose own places lie [`APART_KM`] and more from all that the others name;
/// a claim that names none goes with the last.
pub fn tellings(report: &Report<'_>, atlas: &Atlas, judgements: &Judgements) -> Vec<Telling> {
    let mut groups: Vec<(Vec<&Claim>, Vec<(f64, f64)>)> = Vec::new();
    for c in report.claims {
        if matches!(c.modality, Modality::Future | Modality::Hypothetical) {
            continue;
        }
        let own: Vec<(f64, f64)> = c.places.iter().filter_map(|p| own_point(p, atlas)).collect();
        let joins = |(g, points): &&mut (Vec<&Claim>, Vec<(f64, f64)>)| {
            let alike = g.iter().all(|d| d.event_ref == c.event_ref && d.event_type == c.event_type && standing(d) == standing(c));
            let apart = g.iter().any(|d| judgements.differ(&d.id, &c.id));
            let near = own.is_empty() || points.is_empty() || points.iter().any(|p| own.iter().any(|q| places::kilometres(*p, *q) < APART_KM));
            alike && near && !apart
        };
        match groups.iter_mut().rev().find(joins) {
            Some((g, points)) => {
                g.push(c);
                points.extend(own);
            }
            None => groups.push((vec![c], own)),
        }
    }
    let groups: Vec<Vec<&Claim>> = groups.into_iter().map(|g| g.0).collect();
    if groups.is_empty() {
        return Vec::new();
    }
    let offsets: Vec<usize> = report.text.char_indices().map(|(at, _)| at).chain([report.text.len()]).collect();
    let sentence = |c: &Claim| {
        let at = |n: usize| offsets[n.min(offsets.len() - 1)];
        &report.text[at(c.sentence.start)..at(c.sentence.end.max(c.sentence.start))]
    };
    let mut out: Vec<Telling> = groups.iter().map(|g| telling(g, report.undated, atlas, sentence)).collect();
    let around = surroundings(&out);
    for t in out.iter_mut().filter(|t| t.stands_nowhere()) {
        t.around.clone_from(&around);
    }
    out
}

/// Places of a report that are kept with what names none itself.
const AROUND: usize = 8;

/// The places of a report, those aside that only contain others. Of many those whose names have the smallest hashes, so that copies keep the same ones.
fn surroundings(tellings: &[Telling]) -> SmallVec<[Site; 2]> {
    let all = || tellings.iter().flat_map(|t| &t.sites).filter(|s| s.scale < Scale::Country);
    let mut out: SmallVec<[Site; 2]> = SmallVec::new();
    for s in all().filter(|s| !all().any(|o| o.within.contains(&s.name))) {
        if !out.iter().any(|o| o.name == s.name) {
            out.push(Site { carried: false, ..s.clone() });
        }
    }
    out.sort_by_key(|s| s.name);
    out.truncate(AROUND);
    out
}

/// Kilometres from which two places that are named for themselves are not those of one event.
const APART_KM: f64 = 20.0;

/// The point of a place no larger than a city that a claim's own sentence names.
fn own_point(p: &Place, atlas: &Atlas) -> Option<(f64, f64)> {
    let s = Site::of(p, atlas);
    let own = !s.carried && !s.approximate && s.scale <= Scale::City && p.role != "from" && p.role != "to";
    p.lat.zip(p.lon).filter(|_| own)
}

fn standing(c: &Claim) -> Standing {
    let denied = c.modality == Modality::Negated || c.sources.first().is_some_and(|s| s.stance == claims::record::Stance::Denies);
    if denied { Standing::Denies } else { Standing::Affirms }
}

fn telling<'a>(group: &[&'a Claim], undated: bool, atlas: &Atlas, sentence: impl Fn(&'a Claim) -> &'a str) -> Telling {
    let first = group[0];
    let all = first.event_type.modes();
    let modes = group.iter().flat_map(|c| &c.modes).filter_map(|m| all.iter().position(|a| a == m)).fold(0, |bits, n| bits | 1 << n);
    let mut words: Vec<u32> = group.iter().flat_map(|c| content_words(sentence(c))).collect();
    words.sort_unstable();
    words.dedup();
    words.truncate(WORDS);
    Telling {
        id: TellingId(long(&first.id)),
        document: Name::of(&first.doc.id),
        published: first.doc.published.as_deref().and_then(days::number),
        claims: group.iter().map(|c| c.id.clone()).collect(),
        kind: first.event_type,
        modes,
        standing: standing(first),
        days: best_days(group, undated),
        sites: sites(group, atlas),
        around: SmallVec::new(),
        actors: parties(group.iter().flat_map(|c| &c.actors)),
        recipients: parties(group.iter().flat_map(|c| &c.recipients)),
        killed: toll(group, CountKind::Killed),
        injured: toll(group, CountKind::Injured),
        objects: group.iter().flat_map(|c| &c.objects).filter_map(|o| ObjectKind::ALL.iter().position(|k| *k == o.kind)).fold(0, |bits, n| bits | 1 << n),
        words,
    }
}

/// Hashes of the words of four letters and more, without article, loosely folded. Shorter ones are mostly particles.
fn content_words(sentence: &str) -> impl Iterator<Item = u32> {
    let folded = fold_str(sentence, Level::Loose);
    let hashes: Vec<u32> = folded
        .split(|c: char| !c.is_alphanumeric())
        .map(bare)
        .filter(|w| w.chars().count() >= 3 || w.starts_with(|c: char| c.is_numeric()))
        // 21 bits: three bytes where they are kept, and still hardly ever the same for two words of a sentence
        .map(|w| Name::of(w).0 >> 11)
        .collect();
    hashes.into_iter()
}

/// The best dated of the claims: said before carried over before the day of publication; of equals the narrowest, then the first.
fn best_days(group: &[&Claim], undated: bool) -> Option<Days> {
    group.iter().filter_map(|c| Days::of(c.time.as_ref()?, undated)).min_by_key(|d| (d.dated, d.to - d.from))
}

/// Every place at or near which it happened; one that was named for the event itself before one carried over, the smaller
/// before the larger, as in the text else. Places of departure and of direction are not where it happened; a containing
/// place counts when there is nothing smaller.
fn sites(group: &[&Claim], atlas: &Atlas) -> SmallVec<[Site; 2]> {
    let mut out: SmallVec<[Site; 2]> = SmallVec::new();
    for p in group.iter().flat_map(|c| &c.places).filter(|p| p.role != "from" && p.role != "to") {
        let s = Site::of(p, atlas);
        match out.iter_mut().find(|o| o.name == s.name) {
            Some(o) => o.carried &= s.carried,
            None => out.push(s),
        }
    }
    out.sort_by_key(|s| (s.carried, s.scale.max(Scale::City)));
    out.truncate(8);
    out
}

impl Site {
    /// A claim's place, with what the gazetteer knows of it.
    pub fn of(p: &Place, atlas: &Atlas) -> Site {
        let known = p.id.as_deref().and_then(|id| atlas.by_id(id));
        let area = p.approximated_by.as_deref().and_then(|id| atlas.by_id(id));
        let rank = known.map_or(0, |k| atlas.get(k).rank);
        let scale = match p.kind.as_str() {
            "country" => Scale::Country,
            "admin1" => Scale::Governorate,
            "admin2" | "region" | "natural" | "road" => Scale::District,
            "admin3" => Scale::Subdistrict,
            _ if rank >= 7 => Scale::City,
            _ => Scale::Spot,
        };
        let name = |id| Name::of(atlas.get(id).id);
        let within = match (known, area) {
            (Some(k), _) => atlas.ancestors(k).skip(1).map(name).collect(),
            (None, Some(a)) => atlas.ancestors(a).map(name).collect(),
            (None, None) => SmallVec::new(),
        };
        Site {
            name: p.id.as_deref().map_or_else(|| Name::folded(p.text()), Name::of),
            known: p.id.is_some(),
            point: p.lat.zip(p.lon).map(|(lat, lon)| (lat as f32, lon as f32)),
            approximate: p.id.is_none(),
            scale,
            within,
            carried: p.inherited,
        }
    }
}

/// Parties that the lexicon or their standing tells apart from others; those named with reserve or taken from another
/// sentence are left out: they corroborate nothing.
fn parties<'a>(list: impl Iterator<Item = &'a Participant>) -> SmallVec<[Party; 2]> {
    let mut out: SmallVec<[Party; 2]> = SmallVec::new();
    for p in list.filter(|p| !matches!(p.basis, Basis::Inherited | Basis::Hedged)) {
        let country = p.country.as_deref().and_then(|c| <[u8; 3]>::try_from(c.as_bytes()).ok());
        let party = Party { id: p.id.as_deref().map(Name::of), country, civilian: p.civilian };
        if (party.id.is_some() || country.is_some() || p.civilian.is_some()) && !out.contains(&party) {
            out.push(party);
        }
    }
    out.truncate(6);
    out
}

/// The figure of the event as a whole: the largest total of its claims. Parts say less than the total that they belong to, and
/// sums since a beginning say more.
fn toll(group: &[&Claim], kind: CountKind) -> Option<Toll> {
    wholes(group, kind).into_iter().map(|w| w.1).max_by(|a, b| a.low.total_cmp(&b.low))
}

/// The claims of a telling that count those of the event, with their figures. What is counted over an area ("60 dead in the north") is more than
/// the event where the same telling counts fewer at a place of it.
pub(super) fn wholes<'a>(group: &[&'a Claim], kind: CountKind) -> Vec<(&'a Claim, Toll)> {
    let mut all: Vec<(&Claim, Toll)> = group.iter().filter_map(|c| Some((*c, figure(c, kind)?))).collect();
    let at_a_place = all.iter().filter(|(c, _)| c.places.first().is_some_and(|p| !is_area(p))).map(|w| w.1.low).max_by(f32::total_cmp);
    if let Some(most) = at_a_place {
        let over_an_area = |c: &Claim| c.places.first().is_some_and(is_area);
        all.retain(|(c, toll)| toll.low <= most || !over_an_area(c));
    }
    all
}

/// A governorate, a district, a region, a country: more than one place.
fn is_area(p: &Place) -> bool {
    matches!(p.kind.as_str(), "country" | "admin1" | "admin2" | "region")
}

/// The figure of a claim: the sum of its totals, "قتل طفل وامرأة", "3 مدنيين ومقاتلان". The first alone where the others are what it is
/// made of: "قتل اثنان، رجل مسنّ وفتى". A phrase that is repeated counts once. A number that is given for the dead and for the hurt at
/// once says of neither how many they are, and is left to the hurt, who are more. What a claim tells of months is a sum of events.
pub fn figure(claim: &Claim, kind: CountKind) -> Option<Toll> {
    let days = claim.time.as_ref().and_then(|t| Days::of(t, false));
    if days.is_some_and(|d| d.count() > super::block::LONGEST) {
        return None;
    }
    let mut list: Vec<(&Count, Toll)> = Vec::new();
    for c in claim.counts.iter().filter(|c| c.kind == kind && matches!(c.relation, Relation::Total | Relation::Update)) {
        let Some(low) = c.low.or(c.high) else { continue };
        if !list.iter().any(|(b, _)| b.span.text == c.span.text && b.low == c.low) {
            list.push((c, Toll { low: low as f32, high: c.high.unwrap_or(low) as f32 }));
        }
    }
    if kind == CountKind::Killed {
        list.retain(|(c, _)| !claim.counts.iter().any(|o| o.kind == CountKind::Injured && o.span.start == c.span.start));
    }
    let (first, rest) = list.split_first()?;
    let sum = rest.iter().fold(Toll { low: 0.0, high: 0.0 }, |s, (_, t)| Toll { low: s.low + t.low, high: s.high + t.high });
    let made_of = rest.len() > 1 && sum == first.1;
    Some(if made_of { first.1 } else { Toll { low: first.1.low + sum.low, high: first.1.high + sum.high } })
}
