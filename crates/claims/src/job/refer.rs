//! Which claims of a document tell one event, and which words tell none.

use super::render::{area, specific};
use super::retold::Mention;
use super::*;

/// For how many sentences an event is remembered that is not spoken of.
pub(super) const FORGOTTEN: usize = 60;

impl Job<'_> {
    /// Drops what a peaceful text cannot mean.
    pub(super) fn weigh(&mut self) {
        let lexicon = self.cx.lexicon;
        let peaceful = self.peaceful;
        for p in &mut self.protos {
            let e = &lexicon.events[p.event];
            if peaceful
                && (matches!(e.event_type, EventType::Assault | EventType::Coerce | EventType::Mobilize | EventType::Retreat | EventType::Protest)
                    || e.weight < 0.7)
            {
                let armed = p.counts.iter().any(|c| matches!(c.1.kind, CountKind::Killed)) && e.weight > 0.85;
                if !armed {
                    p.gone = true;
                }
            }
        }
    }

    /// Mentions of one event share a reference: each that of the last mention before it which tells the same event, unless any
    /// mention of that event excludes it: a lead that names a region and the villages that it stands for are not one event with
    /// each other's villages. What was last spoken of [`FORGOTTEN`] sentences ago is not spoken of again.
    pub(super) fn refer(&mut self) {
        let mentions: Vec<Mention> = (0..self.protos.len()).map(|i| self.mention(i)).collect();
        let mut events = 0;
        // each with its number and its mentions, the one spoken of last at the end
        let mut recent: Vec<(usize, Vec<usize>)> = Vec::new();
        for i in 0..self.protos.len() {
            if self.protos[i].gone {
                continue;
            }
            let remembered = |j: &usize| self.protos[*j].sentence + FORGOTTEN > self.protos[i].sentence;
            let live = recent.partition_point(|e| !e.1.last().is_some_and(remembered));
            recent.drain(..live);
            let told = |event: &Vec<usize>| {
                let near = &event[event.partition_point(|j| !remembered(j))..];
                near.iter().any(|j| self.tells_again(i, *j, &mentions)) && near.iter().all(|j| self.may_be_one(i, *j, &mentions))
            };
            let (number, mut event) = match recent.iter().rposition(|e| told(&e.1)) {
                Some(last) => recent.remove(last),
                None => {
                    events += 1;
                    (events, Vec::new())
                }
            };
            event.push(i);
            recent.push((number, event));
            self.protos[i].event_ref = number;
        }
    }

    /// Nothing keeps two claims from being of one event: they are of one type, told alike, on days that meet, at places that meet, by
    /// nobody who excludes the other, by one means.
    fn may_be_one(&self, i: usize, j: usize, mentions: &[Mention]) -> bool {
        let (p, q) = (&self.protos[i], &self.protos[j]);
        let lexicon = self.cx.lexicon;
        let days = |x: &Proto| self.days_of(x);
        p.event_type(lexicon) == q.event_type(lexicon)
            && p.modality == q.modality
            && p.modes.contains("territory") == q.modes.contains("territory")
            && days(p).zip(days(q)).is_none_or(|(a, b)| a.0 <= b.1 && b.0 <= a.1)
            && !self.places_apart(i, j, mentions)
            && !self.means_apart(p, q)
            && !self.actors_apart(p, q)
    }

    /// They tell one event: by their words ([`same_event`](Self::same_event)), or at one and the same village, quarter or building.
    fn tells_again(&self, i: usize, j: usize, mentions: &[Mention]) -> bool {
        let (p, q) = (&self.protos[i], &self.protos[j]);
        let particular = |x: &Spot| specific(self.cx.places[x.mention].kind) <= 2;
        let one_place = p
            .spots
            .iter()
            .filter(|x| !x.inherited && particular(x))
            .any(|x| q.spots.iter().any(|y| x.mention == y.mention || self.same_place(x.mention, y.mention)));
        one_place || self.same_event(i, j, mentions) || self.details(i, j)
    }

    /// The lead told closely: "مقتل ثلاثة بقصف على ريف حماة" at the head of a report, and in one of the next two sentences the village in
    /// that country, by the same means or hand and with no other toll.
    fn details(&self, i: usize, j: usize) -> bool {
        let (p, q) = (&self.protos[i], &self.protos[j]);
        let particular = |x: &Spot| specific(self.cx.places[x.mention].kind) <= 2;
        let lead = q.sentence <= 1 && (1..=2).contains(&p.sentence.saturating_sub(q.sentence));
        if !lead || q.spots.iter().any(particular) {
            return false;
        }
        let within = |x: usize, y: usize| {
            let (inner, outer) = (area(&self.cx.places[x]), area(&self.cx.places[y]));
            inner.zip(outer).is_some_and(|(inner, outer)| inner == outer || self.atlas.contains(outer, inner))
        };
        let inside = p.spots.iter().filter(|x| !x.inherited && particular(x)).any(|x| {
            let areas = q.spots.iter().filter(|y| self.cx.places[y.mention].kind != PlaceKind::Country);
            areas.into_iter().any(|y| within(x.mention, y.mention))
        });
        let by_same_hand = p.actors.iter().any(|x| q.actors.iter().any(|y| self.same_name(x, y)));
        let toll =
            |x: &Proto| -> f64 { x.counts.iter().filter(|c| c.1.kind == CountKind::Killed && c.1.relation == Relation::Total).filter_map(|c| c.1.low).sum() };
        let other_toll = toll(p) > 0.0 && toll(q) > 0.0 && toll(p) != toll(q);
        inside && !other_toll && (by_same_hand || p.modes.intersection(&q.modes).next().is_some())
    }

    /// Both name a village, quarter or building of their own, and none that is the same or lies in the other's. What is told again
    /// ("القصف") or only counted ("القتلى") has for its own only what stands beside it, not what its sentence names otherwise.
    pub(super) fn places_apart(&self, i: usize, j: usize, mentions: &[Mention]) -> bool {
        let own = |n: usize| -> Vec<usize> {
            let x = &self.protos[n];
            let beside = |m: usize| x.parts.places.iter().any(|(np, _)| self.sentences[x.sentence].nps[*np].place == Some(m));
            let again = mentions[n].definite || mentions[n].casualty;
            let all = x.spots.iter().filter(|s| !s.inherited && specific(self.cx.places[s.mention].kind) <= 2 && (!again || beside(s.mention)));
            all.map(|s| s.mention).collect()
        };
        let (a, b) = (own(i), own(j));
        let meet = |x: usize, y: usize| x == y || self.same_place(x, y) || self.related(x, y);
        !a.is_empty() && !b.is_empty() && !a.iter().any(|x| b.iter().any(|y| meet(*x, *y)))
    }

    /// Means that one event does not have both of: from the air, from guns afar, a charge laid, arms in the hand.
    pub(super) fn means_apart(&self, p: &Proto, q: &Proto) -> bool {
        const MEANS: [&[&str]; 4] =
            [&["aerial", "drone"], &["heavy-weapons", "clash"], &["explosives", "suicide-attack"], &["firearms", "clash", "beat", "primitive", "abduct"]];
        // ("قصف" that does not say by what is from the air or from afar)
        let could = |x: &Proto, m: &&str| x.modes.contains(m) || x.modes.is_empty() && self.cx.lexicon.events[x.event].by.contains(m);
        let of = |x: &Proto| MEANS.map(|class| class.iter().any(|m| could(x, m)));
        let (a, b) = (of(p), of(q));
        a.contains(&true) && b.contains(&true) && !a.iter().zip(&b).any(|(x, y)| *x && *y)
    }

    /// Both name who did it, and nobody in common: neither an actor of the lexicon nor a country.
    fn actors_apart(&self, p: &Proto, q: &Proto) -> bool {
        let known = |x: &Proto| -> Vec<Identity> {
            let all = x.actors.iter().filter(|a| a.token.is_none()).map(|a| self.identify(a.sentence, a.np, None));
            all.filter(|i| i.actor.is_some() || i.country.is_some()).collect()
        };
        let (a, b) = (known(p), known(q));
        let alike = |x: &Identity, y: &Identity| match (x.actor, y.actor) {
            (Some(a), Some(b)) => a == b || self.one_party(a, b),
            _ => x.country.is_none() || y.country.is_none() || x.country == y.country,
        };
        !a.is_empty() && !b.is_empty() && !a.iter().any(|x| b.iter().any(|y| alike(x, y)))
    }

    /// One of two actors is part of the other, or one is a state whose forces or government the other is.
    fn one_party(&self, a: usize, b: usize) -> bool {
        let actors = &self.cx.lexicon.actors;
        let above = |x: usize, y: usize| {
            let mut at = actors[x].parent;
            for _ in 0..8 {
                if at == actors[y].id {
                    return true;
                }
                at = actors.iter().find(|c| !at.is_empty() && c.id == at).map_or("", |c| c.parent);
            }
            false
        };
        let of_state = |x: usize, y: usize| {
            actors[x].state && actors[x].country == actors[y].country && actors[y].roles.iter().any(|r| matches!(*r, "GOV" | "MIL" | "COP"))
        };
        let both = actors[a].country == actors[b].country && [a, b].iter().all(|x| actors[*x].roles.iter().any(|r| matches!(*r, "GOV" | "MIL" | "COP")));
        above(a, b) || above(b, a) || of_state(a, b) || of_state(b, a) || both
    }

    /// Is it one place, or at least one name: a town and the division that bears it?
    pub(super) fn same_place_or_name(&self, a: usize, b: usize) -> bool {
        let called = |m: usize| arabic::names::name_words(self.cx.text.slice(self.cx.places[m].bytes.clone()));
        self.same_place(a, b) || called(a) == called(b)
    }

    pub(super) fn same_place(&self, a: usize, b: usize) -> bool {
        let (x, y) = (&self.cx.places[a], &self.cx.places[b]);
        match (x.place, y.place) {
            (Some(p), Some(q)) => p == q,
            _ => {
                let t = |m: &PlaceMention| arabic::fold::fold_str(self.cx.text.slice(m.bytes.clone()), arabic::fold::Level::Loose);
                t(x) == t(y)
            }
        }
    }
}
