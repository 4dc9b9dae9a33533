//! Which claims of a document tell one event, and which words tell none.

use super::*;

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
            // a weak word with nothing beside it
            let bare = p.actors.is_empty() && p.recipients.is_empty() && p.spots.is_empty() && p.counts.is_empty();
            if bare && e.weight < 0.5 {
                p.gone = true;
            }
        }
    }

    /// Mentions of one event share a reference: same type, places that agree, days that agree, actors that do not contradict.
    pub(super) fn refer(&mut self) {
        let lexicon = self.cx.lexicon;
        let mut next = 1;
        for i in 0..self.protos.len() {
            if self.protos[i].gone {
                continue;
            }
            let found = (0..i).rev().find(|j| {
                let (p, q) = (&self.protos[i], &self.protos[*j]);
                if q.gone || p.event_type(lexicon) != q.event_type(lexicon) || p.modality != q.modality {
                    return false;
                }
                let special = |x: &Proto, m: &str| x.modes.contains(m);
                if special(p, "clash") != special(q, "clash") || special(p, "territory") != special(q, "territory") {
                    return false;
                }
                let days = |x: &Proto| x.time.and_then(|t| self.cx.times[t.0].days());
                let same_day = match (days(p), days(q)) {
                    (Some(a), Some(b)) => a.0 <= b.1 && b.0 <= a.1,
                    _ => true,
                };
                if !same_day {
                    return false;
                }
                let (a, b) = (p.spots.first().map(|x| x.mention), q.spots.first().map(|x| x.mention));
                let same_place = match (a, b) {
                    (Some(a), Some(b)) => a == b || self.same_place(a, b),
                    _ => p.sentence == q.sentence,
                };
                if !same_place {
                    return false;
                }
                p.actors.is_empty()
                    || q.actors.is_empty()
                    || p.actors.iter().any(|x| q.actors.iter().any(|y| x.np == y.np && x.sentence == y.sentence || self.same_name(x, y)))
            });
            self.protos[i].event_ref = match found {
                Some(j) => self.protos[j].event_ref,
                None => {
                    next += 1;
                    next - 1
                }
            };
        }
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
