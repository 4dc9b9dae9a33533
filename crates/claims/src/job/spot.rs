//! Where: places of a claim from its clause, sentence, header, or the sentences before.
//!
//! Places are told in locative phrases: "في قريتي A وB بريف C الشرقي" is one, and a claim that has one of its places has them all.
//! So places are given out by whole phrases ([`Site::chain`]), nearest first, and each to one claim as long as there are enough.

use super::refer::FORGOTTEN;
use super::*;
use arabic::morph::Number;
use arabic::words::{Proclitics, Reading};
use std::collections::BTreeMap;

/// A place mention as it stands in a sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Site {
    /// The phrase that it is or lies in.
    phrase: usize,
    mention: usize,
    /// Its locative phrase.
    chain: u32,
    /// It belongs to somebody's name or description ("مصادر في حلب"): a place of the event only when there is no other.
    weak: bool,
    /// Somebody comes from it: "الشاب فلان من بلدة X".
    origin: bool,
    /// Somebody belongs to it, and what contains it is told besides: "مواطنة من أهالي قرية X في مقاطعة Y".
    native: bool,
    /// A hospital that people are brought to: "وصول جرحى إلى مستشفى X".
    tended: bool,
    /// Fire or fighters came from it: "الهجوم انطلاقا من X".
    launch: bool,
    /// Whoever tells it is there: "مصادر في حلب".
    credited: bool,
}

/// Where a locative phrase stands as seen from a trigger.
struct Offer {
    chain: u32,
    behind: bool,
    /// A clause begins between the two.
    broken: bool,
    /// A clause of something else begins between the two: "بالمقابل", "في حين".
    turned: bool,
    /// Another claim has it.
    taken: bool,
    /// Another claim has it whose trigger stands between.
    shared: bool,
    weak: bool,
    distance: usize,
}

/// How many sentences a place is remembered for what is told on of the same kind of event.
const REMEMBERED: usize = 3;

/// A place that only another clause behind the claim's own tells.
const LATER: &str = "place.later";

impl Job<'_> {
    /// Where: beside the trigger, in the sentence, in the header, in the sentence before.
    pub(super) fn spots(&mut self) {
        let named = Named::new(self.cx.places);
        let told = |s: usize| !self.told_in(s).is_empty();
        let sites: Vec<Vec<Site>> = (0..self.sentences.len()).map(|s| if told(s) { self.sites(s) } else { Vec::new() }).collect();
        for p in &mut self.protos {
            complete(&mut p.spots, &sites[p.sentence]);
        }
        for (s, sites) in sites.iter().enumerate() {
            // a place in a clause to come is given to what happens there before it is given to what has none of its own
            let wait: Vec<usize> = self.told_in(s).filter(|i| !self.spot(*i, sites, &named, false)).collect();
            for i in wait {
                self.spot(i, sites, &named, true);
            }
        }
    }

    /// Where one claim is; `false` when only a clause to come tells and it is not its turn yet.
    fn spot(&mut self, i: usize, sites: &[Site], named: &Named, last: bool) -> bool {
        if self.protos[i].gone {
            return true;
        }
        let ty = self.protos[i].event_type(self.cx.lexicon);
        let core = matches!(
            ty,
            EventType::Assault | EventType::Coerce | EventType::Protest | EventType::Retreat | EventType::Mobilize | EventType::Aid | EventType::Consult
        );
        // where the dead and wounded came from, or are brought to, is not where it happened
        let aside = ty == EventType::Assault && !self.protos[i].modes.iter().any(|m| matches!(*m, "territory" | "abduct"));
        let aside: BTreeSet<u32> = sites.iter().filter(|x| aside && (x.origin || x.tended)).map(|x| x.chain).collect();
        let native: BTreeSet<usize> = sites.iter().filter(|x| ty == EventType::Assault && x.native).map(|x| x.mention).collect();
        self.protos[i].spots.retain(|x| !aside.contains(&self.cx.places[x.mention].chain) && !native.contains(&x.mention));
        // whence it was launched is told besides
        let launched: BTreeSet<u32> = sites.iter().filter(|x| ty == EventType::Assault && x.launch).map(|x| x.chain).collect();
        let whence = |x: &Spot| launched.contains(&self.cx.places[x.mention].chain);
        let (launch, spots): (Vec<Spot>, Vec<Spot>) = self.protos[i].spots.iter().cloned().partition(whence);
        self.protos[i].spots = spots;
        let fits = |x: &&Site| !aside.contains(&x.chain) && !launched.contains(&x.chain) && !native.contains(&x.mention);
        let here: Vec<Site> = sites.iter().filter(fits).copied().collect();
        if core && self.protos[i].spots.is_empty() {
            let told = self.object_town(i);
            let spots = if told.is_empty() { self.sentence_spots(i, &here) } else { told };
            if !last && spots.iter().any(|x| x.why == LATER) {
                self.protos[i].spots = launch;
                return false;
            }
            self.protos[i].spots = spots;
        } else if core {
            self.narrow(i, &here);
        }
        // what contains the places given, named in the same sentence
        self.add_containing(i, sites);
        self.drop_locating(i);
        self.name_capitals(i, named);
        self.add_header(i);
        if self.protos[i].spots.is_empty() && self.protos[i].modality != Modality::Historical {
            // whoever is brought to hospital is brought there from where it happened
            if happens(ty) || self.takes_away(&self.protos[i]) {
                self.inherit_spots(i);
            } else if ty == EventType::Request || self.by_participants(i) {
                self.spots_of_protest(i);
            }
        }
        self.protos[i].spots.extend(launch);
        true
    }

    /// The places of a sentence: not those that are a state as an actor or part of an actor's name.
    fn sites(&self, s: usize) -> Vec<Site> {
        let sent = &self.sentences[s];
        let starts: Vec<usize> = sent.phrases.iter().map(|p| sent.start(p, self.cx)).collect();
        let mut out = Vec::new();
        // mentions stand sentence by sentence
        let from = self.cx.places.partition_point(|m| m.tokens.start < sent.tokens.start);
        let mut road: Option<&PlaceMention> = None;
        for (n, m) in self.cx.places.iter().enumerate().skip(from).take_while(|(_, m)| m.tokens.start < sent.tokens.end) {
            // "على الطريق الدولي الرابط بين A وB": a road that has a name of its own only runs between its ends
            if m.found == places::Found::Road {
                road = Some(m);
            } else if m.found == places::Found::Within && road.is_some_and(|r| r.list == m.list && r.tokens.end <= m.tokens.start) {
                continue;
            }
            let phrase = starts.partition_point(|t| *t <= m.tokens.start).saturating_sub(1);
            // a header says where what follows it is, when that does not say so itself
            // where a source is, is not where what it tells happened
            let credited = self.scopes[s].iter().any(|x| x.frame.contains(&m.tokens.start));
            let mut site = Site {
                phrase,
                mention: n,
                chain: m.chain,
                weak: credited || self.brought(s, phrase) || self.headers[s] == Some(n),
                origin: self.origin(s, phrase, m) || self.bound_for(s, m),
                native: self.native(s, m),
                tended: self.tended(s, phrase, n),
                launch: self.launches(s, m),
                credited,
            };
            if let Some(Phrase::Np(top)) = sent.phrases.get(phrase) {
                let np = &sent.nps[*top];
                let led = np.shape.prep.is_some() || phrase > 0 && matches!(sent.phrases[phrase - 1], Phrase::Prep(_));
                if np.place == Some(n) {
                    // "كما أعلنت كييف": a capital that speaks is a government
                    let speaks = credited && phrase > 0 && matches!(sent.phrases[phrase - 1], Phrase::Verb(_));
                    if !led && (!np.actor.is_empty() || speaks) {
                        continue;
                    }
                } else if !np.actor.is_empty() && np.core.contains(&m.tokens.start) {
                    // "في اليابان" is a place, "اليابان" and "شرطة اليابان" are not
                    let inside = phrase > 0 && matches!(&sent.phrases[phrase - 1], Phrase::Prep(t) if self.places_in(*t)) || np.shape.prep == Some('ب');
                    // "زيارة إلى واشنطن": a town to which somebody goes, whoever may be meant by it elsewhere
                    let inside = inside || m.kind == PlaceKind::Settlement && m.role == places::PlaceRole::To && led;
                    // "باتجاه اللواء 35" goes to its base
                    let base = led && m.kind == PlaceKind::Facility && m.found == places::Found::HeadUnknown;
                    if !((inside || base) && m.tokens.start <= np.core.start) {
                        continue;
                    }
                } else {
                    // "قوات حكومة دمشق", "التحالف الدولي لدعم اليمن": part of a body's name
                    let named =
                        sent.nps.iter().any(|x| !x.actor.is_empty() && x.core.contains(&m.tokens.start) && (x.place.is_none() || x.shape.prep.is_none()));
                    if named {
                        continue;
                    }
                    site.weak |= np.class.any(Class::HUMAN.or(Class::GROUP).or(Class::SOURCE).or(Class::FLEET))
                        && !np.class.any(Class::BASE.or(Class::THING).or(Class::PLACE));
                }
            }
            out.push(site);
        }
        out
    }

    /// Does a person come from the place? "النقيب فلان، 22 عاما، من X".
    fn origin(&self, s: usize, phrase: usize, m: &PlaceMention) -> bool {
        let sent = &self.sentences[s];
        if m.role != places::PlaceRole::From || phrase < 2 || !matches!(sent.phrases[phrase - 1], Phrase::Prep(_)) {
            return false;
        }
        // "فلان، 22 عاما، من X"
        let age = |x: &Phrase| matches!(x, Phrase::Np(n) if sent.nps[*n].class.any(Class::TIME.or(Class::MEASURE)));
        let before = sent.phrases[..phrase - 1].iter().rev().find(|x| !matches!(x, Phrase::Mark(..) | Phrase::Time(_)) && !age(x));
        matches!(before, Some(Phrase::Np(n)) if !sent.nps[*n].event && sent.nps[*n].class.any(Class::HUMAN.or(Class::NAMELIKE)))
    }

    /// Is somebody only on the way there? "تعزيزات كانت متجهة إلى X".
    fn bound_for(&self, s: usize, m: &PlaceMention) -> bool {
        let heading = |t: usize| t > self.sentences[s].tokens.start && self.is(s, t - 1, &self.cx.lexicon.sets.heading);
        m.role == places::PlaceRole::To && m.outer.start.checked_sub(1).is_some_and(heading)
    }

    /// Does somebody belong to the place? "وهو من أبناء بلدة X", "المنحدر من مدينة X".
    fn native(&self, s: usize, m: &PlaceMention) -> bool {
        let sets = &self.cx.lexicon.sets;
        let start = self.sentences[s].tokens.start;
        let before = |n: usize| m.outer.start.checked_sub(n).filter(|t| *t >= start);
        let from = |n: usize| before(n).is_some_and(|t| self.key(t) == "من");
        before(1).is_some_and(|t| self.is(s, t, &sets.native)) && from(2) || from(1) && before(2).is_some_and(|t| self.is(s, t, &sets.descended))
    }

    /// Did fire or fighters set out from the place? "قصف القرية انطلاقا من X", "صواريخ أطلقت من البادية بين X وY".
    fn launches(&self, s: usize, m: &PlaceMention) -> bool {
        let start = self.sentences[s].tokens.start;
        let word = |t: &usize| self.cx.text.tokens[*t].kind == arabic::text::Kind::Word;
        let from = (start + 1..m.outer.start.max(start + 1)).rev().take(5).take_while(word).find(|t| self.key(*t) == "من");
        from.is_some_and(|t| self.is(s, t - 1, &self.cx.lexicon.sets.launched))
    }

    /// Is it a hospital to which people come? Gunfire goes towards one, too.
    fn tended(&self, s: usize, phrase: usize, mention: usize) -> bool {
        let sent = &self.sentences[s];
        let to = phrase > 0 && matches!(sent.phrases[phrase - 1], Phrase::Prep(t) if self.is(s, t, &self.cx.lexicon.sets.bound_for));
        let hospital = |n: NpId| sent.nps[n].place == Some(mention) && sent.nps[n].tags.any(self.cx.lexicon.tags.hospital);
        to && matches!(sent.phrases.get(phrase), Some(Phrase::Np(n)) if hospital(*n))
    }

    /// Are people brought there? "نقلوا إلى أحد المستشفيات في X".
    fn brought(&self, s: usize, phrase: usize) -> bool {
        let sent = &self.sentences[s];
        let back = sent.phrases[..phrase].iter().rev().find(|x| !matches!(x, Phrase::Prep(t) if self.places_in(*t)));
        let hospital = |n: NpId| sent.nps[n].place.is_none() && sent.nps[n].tags.any(self.cx.lexicon.tags.hospital);
        matches!(back, Some(Phrase::Np(n)) if hospital(*n) || sent.nps[*n].genitive.is_some_and(hospital))
    }

    /// The word says that something happens inside of what follows.
    fn places_in(&self, token: usize) -> bool {
        let word = self.key(token);
        matches!(word.strip_prefix('و').unwrap_or(word), "في" | "داخل" | "ضمن" | "عبر")
    }

    /// The places that the sentence offers to a claim which has none beside its trigger: the nearest locative phrase behind it in its
    /// clause, else before it; one that no other claim has, else one shared with its neighbour.
    fn sentence_spots(&self, i: usize, sites: &[Site]) -> Vec<Spot> {
        let offers = self.offers(i, sites);
        let nearest = |f: &dyn Fn(&Offer) -> bool| offers.iter().filter(|o| f(o)).min_by_key(|o| o.distance).map(|o| o.chain);
        let pick = |weak: bool| {
            let ahead = || offers.iter().filter(|o| o.weak == weak && o.behind && !o.broken && (!o.taken || o.shared)).min_by_key(|o| o.distance);
            let behind = ahead().filter(|o| !o.taken).map(|o| (o.chain, "place.clause"));
            let shared = || ahead().filter(|o| o.taken).map(|o| (o.chain, "place.shared"));
            let before = || nearest(&|o| o.weak == weak && !o.behind && !o.broken && !o.taken).map(|c| (c, "place.before"));
            let taken = || nearest(&|o| o.weak == weak && !o.behind && !o.broken && o.taken).map(|c| (c, "place.before"));
            // inside of what would be left for it stands what its neighbour has
            let inside = |outer: (u32, &'static str)| {
                let held = |c: u32| c != outer.0 && self.holds(sites, outer.0, c);
                let earlier = || nearest(&|o| o.weak == weak && !o.behind && !o.broken && held(o.chain)).map(|c| (c, "place.before"));
                shared().filter(|s| held(s.0)).or_else(earlier).unwrap_or(outer)
            };
            // "كثفت من استهداف المدنيين، بالمقابل قصف الجيش A": A is of the other one
            let later = || nearest(&|o| o.weak == weak && o.behind && !(o.turned && o.taken)).map(|c| (c, LATER));
            behind.or_else(|| before().map(inside)).or_else(shared).or_else(|| taken().map(inside)).or_else(later)
        };
        let Some((chain, why)) = pick(false).or_else(|| pick(true)) else {
            let p = &self.protos[i];
            let k = p.trigger.phrase;
            let others = self.told_in(p.sentence).filter(|j| *j != i).map(|j| &self.protos[j]).filter(|q| !q.gone && !q.spots.is_empty());
            let nearest = others.min_by_key(|q| q.trigger.phrase.abs_diff(k));
            return nearest.map_or(Vec::new(), |q| q.spots.iter().map(|x| Spot { why: "place.same-sentence", ..x.clone() }).collect());
        };
        sites.iter().filter(|x| x.chain == chain).map(|x| Spot { mention: x.mention, inherited: false, why }).collect()
    }

    fn offers(&self, i: usize, sites: &[Site]) -> Vec<Offer> {
        let p = &self.protos[i];
        let k = p.trigger.phrase;
        let sent = &self.sentences[p.sentence];
        let sets = &self.cx.lexicon.sets;
        // another clause begins: one of the same time tells of the same
        let turns = |t: usize| self.is(p.sentence, t, &sets.contrast) || self.is(p.sentence, t, &sets.meanwhile);
        let parts = |x: &Phrase| match x {
            Phrase::Comp(_) | Phrase::Mark(_, ';') => true,
            Phrase::Sub(t) => !self.is(p.sentence, *t, &sets.together),
            Phrase::Verb(v) => sent.verb(*v).is_some_and(|y| y.1.wa),
            other => turns(sent.start(other, self.cx)),
        };
        let mut out: Vec<Offer> = Vec::new();
        for site in sites {
            if out.last().is_some_and(|o| o.chain == site.chain) {
                continue;
            }
            let chain: Vec<usize> = sites.iter().filter(|x| x.chain == site.chain).map(|x| x.mention).collect();
            let behind = site.phrase > k;
            let aside = !behind && self.meanwhile(p.sentence, site.phrase);
            let between = if behind { k + 1..site.phrase } else { site.phrase..k };
            let others = self.told_in(p.sentence).filter(|j| *j != i).map(|j| &self.protos[j]);
            let owners = others.filter(|q| !q.gone && q.spots.iter().any(|x| !x.inherited && chain.contains(&x.mention)));
            let owners: Vec<&Proto> = owners.collect();
            // where some flee to, nothing else happened
            let refuge = chain.iter().any(|m| self.cx.places[*m].role == places::PlaceRole::To);
            if refuge && owners.iter().any(|q| q.event_type(self.cx.lexicon) == EventType::Retreat) {
                continue;
            }
            let owners: Vec<usize> = owners.into_iter().map(|q| q.trigger.phrase).collect();
            out.push(Offer {
                chain: site.chain,
                behind,
                turned: sent.phrases[between.clone()].iter().any(|x| turns(sent.start(x, self.cx))),
                broken: sent.phrases[between.clone()].iter().any(|x| if behind { parts(x) } else { matches!(x, Phrase::Mark(_, ';')) }),
                taken: !owners.is_empty(),
                shared: owners.iter().any(|o| between.contains(o)),
                weak: site.weak || site.origin || aside,
                distance: between.len(),
            });
        }
        out
    }

    /// The phrase belongs to something told as going on beside or since: "منذ بدء الحرب على A", "بالتزامن مع قصف B".
    fn meanwhile(&self, s: usize, phrase: usize) -> bool {
        let sent = &self.sentences[s];
        let back = sent.phrases[..phrase].iter().rev().take_while(|x| !matches!(x, Phrase::Mark(..) | Phrase::Verb(_) | Phrase::Comp(_) | Phrase::Sub(_)));
        back.into_iter().any(|x| {
            let t = sent.start(x, self.cx);
            self.is(s, t, &self.cx.lexicon.sets.since)
        })
    }

    /// Does the one locative phrase lie in a place of the other?
    fn holds(&self, sites: &[Site], outer: u32, inner: u32) -> bool {
        let of = |c: u32| sites.iter().filter(move |x| x.chain == c).map(|x| x.mention);
        of(outer).any(|o| of(inner).any(|i| self.encloses(o, i)))
    }

    /// Does the place of one mention contain that of another?
    pub(super) fn encloses(&self, outer: usize, inner: usize) -> bool {
        let (o, i) = (&self.cx.places[outer], &self.cx.places[inner]);
        // "بلدة A بالريف الجنوبي", "شمالي القطاع، قصفت المدفعية A"
        if o.area && o.candidates.is_empty() {
            let ahead = o.found == places::Found::Told && outer < inner;
            let told = || ahead && o.approximated_by.zip(i.place).is_some_and(|(area, place)| self.atlas.contains(area, place));
            return !i.area && i.sentence == o.sentence && (i.chain == o.chain || told());
        }
        // "مسجد القديح" is in Qudaih, and holds nothing of it; of "A وB" neither holds the other
        if o.place.is_none() && !o.area || self.coordinated(outer, inner) {
            return false;
        }
        let Some(outer) = o.place.or(o.candidates.first().map(|c| c.place)) else { return false };
        // "إدلب::" means the division, whatever town bears its name too
        if self.is_header(o) && i.place.or(i.approximated_by).is_some_and(|i| o.candidates.iter().any(|c| self.atlas.contains(c.place, i))) {
            return true;
        }
        if i.place.is_none() && i.candidates.is_empty() {
            return !i.area && i.approximated_by.is_some_and(|a| self.atlas.contains(outer, a));
        }
        let Some(inner) = i.place.or(i.candidates.first().map(|c| c.place)) else { return false };
        // the north of a country holds what lies north of its middle
        if o.area && o.chain != i.chain && !self.lies_towards(o.direction, outer, inner) {
            return false;
        }
        // a part of an area lies in the area: "ريف حلب" in "حلب"
        if inner == outer { i.place.is_none() && o.place.is_some() } else { self.atlas.contains(outer, inner) }
    }

    /// Does a place lie north, south, east or west of the middle of an area, as the bits of a direction say? What has no point may.
    fn lies_towards(&self, direction: u8, area: PlaceRef, place: PlaceRef) -> bool {
        let (Some((middle, _)), Some((point, _))) = (self.atlas.point(area), self.atlas.point(place)) else { return true };
        let off = [point.0 < middle.0, point.0 > middle.0, point.1 < middle.1, point.1 > middle.1];
        [1, 2, 4, 8].iter().zip(off).all(|(bit, off)| direction & bit == 0 || !off)
    }

    /// Is the later of the two joined to the earlier one by "و", in one locative phrase?
    pub(super) fn coordinated(&self, earlier: usize, later: usize) -> bool {
        let places = self.cx.places;
        let one = earlier < later && places[earlier].chain == places[later].chain;
        one && places[earlier + 1..=later].iter().any(|m| {
            let before = m.outer.start.checked_sub(1).map_or("", |t| self.key(t));
            before == "و" || self.key(m.outer.start).starts_with('و') && m.bytes.start > self.cx.text.tokens[m.outer.start].start as usize
        })
    }

    /// A claim that has only areas beside its trigger happened where the clause before names a place inside of them:
    /// "شهدت مدينة A اشتباكات، شمالي B".
    fn narrow(&mut self, i: usize, sites: &[Site]) {
        let spots = &self.protos[i].spots;
        if spots.iter().any(|x| !self.cx.places[x.mention].kind.is_area() || x.inherited) {
            return;
        }
        // the narrowest of those given
        let narrowest = |y: &&Spot| !spots.iter().any(|z| z.mention != y.mention && self.encloses(y.mention, z.mention));
        let inside = |m: usize| spots.iter().filter(narrowest).any(|y| self.encloses(y.mention, m));
        let offers = self.offers(i, sites).into_iter();
        let inner = offers.filter(|o| !o.behind && !o.broken && !o.weak && sites.iter().any(|x| x.chain == o.chain && inside(x.mention)));
        let Some(chain) = inner.min_by_key(|o| (o.taken, o.distance)).map(|o| o.chain) else { return };
        let more = sites.iter().filter(|x| x.chain == chain).map(|x| Spot { mention: x.mention, inherited: false, why: "place.narrower" });
        let more: Vec<Spot> = more.filter(|x| !spots.iter().any(|y| y.mention == x.mention)).collect();
        self.protos[i].spots.extend(more);
    }

    fn add_containing(&mut self, i: usize, sites: &[Site]) {
        let spots = &self.protos[i].spots;
        let held = |m: usize| spots.iter().any(|x| self.encloses(m, x.mention));
        let add = sites.iter().filter(|x| !x.credited).map(|x| x.mention).filter(|m| spots.iter().all(|x| x.mention != *m) && held(*m));
        let add: Vec<Spot> = add.map(|m| Spot { mention: m, inherited: false, why: "place.containing" }).collect();
        self.protos[i].spots.extend(add);
    }

    /// A town that only says where another place lies is none of the event's where the other one is given and does not lie in it: of "في مدينة A شمال B" and
    /// "في مدينة A القريبة من B" A alone.
    fn drop_locating(&mut self, i: usize) {
        let places = self.cx.places;
        let spots = &self.protos[i].spots;
        let locates = |m: &PlaceMention| !m.area && (m.role == places::PlaceRole::Near || m.direction & 15 != 0 && m.outer.start < m.tokens.start);
        let idle = |x: &Spot| {
            let m = &places[x.mention];
            let town = matches!(m.kind, PlaceKind::Settlement | PlaceKind::Admin1 | PlaceKind::Admin2 | PlaceKind::Admin3) && m.place.is_some();
            let before = spots.iter().map(|y| y.mention).filter(|y| *y < x.mention && places[*y].chain == m.chain);
            let contains = |y: usize| places[y].place.is_none_or(|inner| m.candidates.iter().any(|c| self.atlas.contains(c.place, inner)));
            // "في البحر قرب A": nothing better is given
            let wide = |y: usize| matches!(places[y].kind, PlaceKind::Natural | PlaceKind::Region | PlaceKind::Country);
            let better = |y: &usize| m.role != places::PlaceRole::Near || !wide(*y);
            let mut others = before.filter(|y| !locates(&places[*y]) && better(y)).peekable();
            town && !x.inherited && locates(m) && others.peek().is_some() && !others.any(contains)
        };
        let idle: Vec<usize> = spots.iter().filter(|x| idle(x)).map(|x| x.mention).collect();
        self.protos[i].spots.retain(|x| !idle.contains(&x.mention));
    }

    /// "إدلب::" before what is told: where it happened, when that does not say so itself, else what contains the places that it names.
    fn add_header(&mut self, i: usize) {
        let p = &self.protos[i];
        let Some(h) = self.headers[p.sentence] else { return };
        let header = &self.cx.places[h];
        let governs = |x: &Spot| {
            let m = &self.cx.places[x.mention];
            let inner = m.place.or(m.candidates.first().map(|c| c.place)).or(m.approximated_by);
            !x.inherited && inner.is_none_or(|inner| header.candidates.iter().any(|o| self.atlas.contains(o.place, inner)))
        };
        if p.spots.iter().any(|x| self.same_place_or_name(x.mention, h)) || !p.spots.is_empty() && !p.spots.iter().any(governs) {
            return;
        }
        let inherited = !self.sentences[p.sentence].tokens.contains(&self.cx.places[h].tokens.start);
        self.protos[i].spots.push(Spot { mention: h, inherited, why: "place.header" });
    }

    /// "العاصمة", "شرقي المدينة" are quoted by the name of what they mean, where the text has it.
    fn name_capitals(&mut self, i: usize, named: &Named) {
        let places = self.cx.places;
        let spots: Vec<usize> = self.protos[i].spots.iter().map(|x| x.mention).collect();
        let by_name = |m: usize| {
            let p = &places[m];
            let means = match p.found {
                // "العاصمة القطرية" says which
                places::Found::Capital if p.tokens == p.outer && p.tokens.len() == 1 => p.place,
                places::Found::Told => p.approximated_by.filter(|a| self.atlas.kind(*a) == PlaceKind::Settlement),
                _ => None,
            };
            named.nearest(means?, m)
        };
        let s = self.protos[i].sentence;
        // "شرقي المدينة", where it cannot be told of which
        let unknown = |m: &PlaceMention| m.found == places::Found::Told && m.approximated_by.is_none() && self.told_town(m.tokens.end - 1).is_some();
        let lost: BTreeSet<usize> = self.protos[i].spots.iter().map(|x| x.mention).filter(|m| unknown(&places[*m])).collect();
        self.protos[i].spots.retain(|x| !lost.contains(&x.mention));
        for spot in &mut self.protos[i].spots {
            if let Some(named) = by_name(spot.mention) {
                let here = self.sentences[s].tokens.contains(&places[named].tokens.start);
                // "في مديرية A بشمال العاصمة": it stands behind A, wherever it is named
                let behind = spots.iter().any(|y| *y < spot.mention && places[*y].chain == places[spot.mention].chain);
                *spot = Spot { mention: named, inherited: !here || behind, why: "place.capital" };
            }
        }
    }

    /// A word that means a town told before, "المدينة"; `true` for several of them, "البلدتين".
    fn told_town(&self, token: usize) -> Option<bool> {
        let lex = self.lexes.get(self.lexes.partition_point(|l| l.tokens().end <= token))?.at(token);
        let reading = |r: usize| self.cx.words.get(self.cx.text.tokens[token].word).readings.get(r);
        let told = |r: &Reading| r.pro.any(Proclitics::AL).then(|| r.feat.number()).filter(|n| *n != Number::Plural);
        lex.readings_of(&self.cx.lexicon.sets.town).find_map(|r| reading(r).and_then(told)).map(|n| n == Number::Dual)
    }

    /// "المدينة", "البلدتين" among these tokens: the town that the text named last before them, or all towns of the list.
    fn town_before(&self, tokens: Range<usize>) -> Vec<Spot> {
        let places = self.cx.places;
        let Some((at, several)) = tokens.into_iter().find_map(|t| self.told_town(t).map(|d| (t, d))) else { return Vec::new() };
        let town = |m: &PlaceMention| m.kind == PlaceKind::Settlement && m.headed;
        // a list stands in one sentence
        let beside = |n: usize| {
            let sentence = places[n].sentence;
            places.partition_point(|m| m.sentence < sentence)..places.partition_point(|m| m.sentence <= sentence)
        };
        let listed = |n: usize| beside(n).filter(move |m| places[*m].list == places[n].list && town(&places[*m]));
        let before = places.partition_point(|m| m.tokens.start < at);
        // what was named long before the place named last is not meant
        let told_here = places.get(before.wrapping_sub(1)).map_or(0, |m| m.sentence);
        let remembered = (0..before).rev().take_while(|n| places[*n].sentence + FORGOTTEN > told_here);
        let named = remembered.into_iter().find(|n| town(&places[*n]) && (!several || listed(*n).nth(1).is_some()));
        let all: Vec<usize> = named.map_or(Vec::new(), |n| if several { listed(n).collect() } else { vec![n] });
        all.into_iter().map(|mention| Spot { mention, inherited: true, why: "place.told-before" }).collect()
    }

    /// What was hit is a town told before: "استهداف البلدتين".
    fn object_town(&self, i: usize) -> Vec<Spot> {
        let p = &self.protos[i];
        let mut spots = Vec::new();
        for (s, n) in p.things.iter().filter(|t| t.0 == p.sentence) {
            let np = &self.sentences[*s].nps[*n];
            if np.place.is_none() && np.class.any(Class::PLACE) {
                spots.extend(self.town_before(np.head..np.head + 1));
            }
        }
        for x in &mut spots {
            x.inherited = !self.sentences[p.sentence].tokens.contains(&self.cx.places[x.mention].tokens.start);
        }
        spots
    }

    /// What tells an event again without a place has that of the mention before it, when that is not long ago.
    pub(super) fn retold_places(&mut self) {
        let lexicon = self.cx.lexicon;
        let mut last: BTreeMap<usize, usize> = Default::default();
        for i in 0..self.protos.len() {
            let p = &self.protos[i];
            if p.gone {
                continue;
            }
            if !p.spots.is_empty() {
                last.insert(p.event_ref, i);
                continue;
            }
            // "القتلى" says less of an event than what it shares it with
            let known = matches!(p.trigger.form, Form::Noun(n) if self.sentences[p.sentence].nps[n].shape.the);
            let takes_place = happens(p.event_type(lexicon)) && (lexicon.events[p.event].weight >= 0.5 || known);
            let told = last.get(&p.event_ref).filter(|j| takes_place && self.protos[**j].sentence + 2 * REMEMBERED >= p.sentence);
            if let Some(&j) = told {
                let (s, q) = (p.sentence, &self.protos[j]);
                self.protos[i].spots = q.spots.iter().map(|x| Spot { inherited: q.sentence != s || x.inherited, why: "place.retold", ..x.clone() }).collect();
            }
        }
    }

    /// "ودعا المحتجون", "مظاهرة في X للمطالبة بـ": they spoke where they protested.
    fn spots_of_protest(&mut self, i: usize) {
        let s = self.protos[i].sentence;
        let back = if self.by_participants(i) { REMEMBERED } else { 0 };
        let recent = |q: &&Proto| q.sentence + back >= s;
        let mut before = self.protos[..i].iter().rev().take_while(recent);
        let protest = before.find(|q| !q.gone && !q.spots.is_empty() && q.event_type(self.cx.lexicon) == EventType::Protest);
        if let Some(q) = protest {
            let there = |x: &Spot| Spot { inherited: q.sentence != s || x.inherited, why: "place.protest", ..x.clone() };
            self.protos[i].spots = q.spots.iter().map(there).collect();
        }
    }

    fn inherit_spots(&mut self, i: usize) {
        let lexicon = self.cx.lexicon;
        let p = &self.protos[i];
        let s = p.sentence;
        let ty = p.event_type(lexicon);
        let weak = lexicon.events[p.event].weight < 0.5;
        // the claim before that tells the same kind of thing at the same time, else the one just before
        let told = |j: &usize| {
            let q = &self.protos[*j];
            !q.gone && !q.spots.is_empty() && q.modality != Modality::Historical && self.same_time(i, *j)
        };
        // claims stand in the order of the text: no need to look further back than is remembered
        let recent = |j: &usize| self.protos[*j].sentence + REMEMBERED >= s;
        let before = || (0..i).rev().take_while(recent).filter(told).map(|j| &self.protos[j]);
        let alike = || before().filter(|q| q.event_type(lexicon) == ty);
        // of a country alone, a place in it that was told before says more
        let country = |q: &Proto| match q.spots.as_slice() {
            [one] => self.cx.places[one.mention].place.filter(|p| self.atlas.kind(*p) == PlaceKind::Country),
            _ => None,
        };
        let inside = |q: &Proto, c: PlaceRef| q.spots.iter().filter_map(|x| self.cx.places[x.mention].place).any(|p| p != c && self.atlas.contains(c, p));
        let within = |q: &Proto| country(q).and_then(|c| alike().find(|r| inside(r, c)));
        let from = alike().next().map(|q| within(q).unwrap_or(q)).or_else(|| before().find(|q| q.sentence + 1 >= s));
        if weak {
            return;
        }
        let town = self.town_before(self.sentences[s].tokens.clone());
        if !town.is_empty() {
            self.protos[i].spots = town;
            return;
        }
        if let Some(q) = from {
            self.protos[i].spots = q.spots.iter().map(|x| Spot { inherited: q.sentence != s || x.inherited, why: "place.inherited", ..x.clone() }).collect();
        }
    }
}

/// The mentions of each place by its name, in the order of the text.
struct Named(BTreeMap<places::PlaceRef, Vec<usize>>);

impl Named {
    fn new(mentions: &[PlaceMention]) -> Named {
        use places::Found::{Capital, Told};
        let mut of: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        // few texts have a "العاصمة" to be named
        if mentions.iter().any(|m| matches!(m.found, Capital | Told)) {
            for (n, m) in mentions.iter().enumerate().filter(|(_, m)| m.found != Capital) {
                if let Some(place) = m.place {
                    of.entry(place).or_default().push(n);
                }
            }
        }
        Named(of)
    }

    /// The last mention of the place before the one given, else its first.
    fn nearest(&self, place: places::PlaceRef, before: usize) -> Option<usize> {
        let mentions = self.0.get(&place)?;
        mentions.get(mentions.partition_point(|m| *m < before).wrapping_sub(1)).or(mentions.first()).copied()
    }
}

/// An event of this type happens at a place, whether it is told or not.
fn happens(ty: EventType) -> bool {
    matches!(ty, EventType::Assault | EventType::Coerce | EventType::Protest | EventType::Retreat | EventType::Mobilize)
}

/// Adds to the places of a claim those that stand in one locative phrase with them.
fn complete(spots: &mut Vec<Spot>, sites: &[Site]) {
    let chains: BTreeSet<u32> = sites.iter().filter(|x| spots.iter().any(|y| y.mention == x.mention)).map(|x| x.chain).collect();
    for x in sites.iter().filter(|x| chains.contains(&x.chain) && !x.weak) {
        if spots.iter().all(|y| y.mention != x.mention) {
            spots.push(Spot { mention: x.mention, inherited: false, why: "place.phrase" });
        }
    }
}
