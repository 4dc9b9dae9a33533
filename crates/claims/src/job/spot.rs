//! Where: places of a claim from its clause, sentence, header, or the sentences before.

use super::*;

impl Job<'_> {
    /// Where: beside the trigger, in the sentence, in the header, in the sentence before.
    pub(super) fn spots(&mut self) {
        let lexicon = self.cx.lexicon;
        for i in 0..self.protos.len() {
            if self.protos[i].gone {
                continue;
            }
            let s = self.protos[i].sentence;
            let ty = self.protos[i].event_type(lexicon);
            let core = matches!(
                ty,
                EventType::Assault | EventType::Coerce | EventType::Protest | EventType::Retreat | EventType::Mobilize | EventType::Aid | EventType::Consult
            );
            if self.protos[i].spots.is_empty() && core {
                if let Some(list) = self.sentence_spots(i) {
                    self.protos[i].spots = list;
                }
            }
            // what contains the places given, named in the same sentence
            self.add_containing(i);
            if self.protos[i].spots.is_empty() {
                if let Some(h) = self.headers[s] {
                    self.protos[i].spots.push(Spot {
                        mention: h,
                        inherited: !self.sentences[s].tokens.contains(&self.cx.places[h].tokens.start),
                        why: "place.header",
                    });
                }
            }
            if self.protos[i].spots.is_empty()
                && matches!(ty, EventType::Assault | EventType::Coerce | EventType::Protest | EventType::Retreat | EventType::Mobilize)
                && self.protos[i].modality != Modality::Historical
            {
                self.inherit_spots(i);
            }
        }
    }

    pub(super) fn in_sentence(&self, s: usize) -> Vec<(usize, usize)> {
        // (phrase, mention) of every place phrase of the sentence
        let sent = &self.sentences[s];
        sent.phrases
            .iter()
            .enumerate()
            .filter_map(|(k, p)| match p {
                Phrase::Np(n) => sent.nps[*n]
                    .place
                    .filter(|_| sent.nps[*n].actor.is_empty() || sent.nps[*n].shape.prep.is_some() || k > 0 && matches!(sent.phrases[k - 1], Phrase::Prep(_)))
                    .map(|m| (k, m)),
                _ => None,
            })
            .collect()
    }

    /// Places of the sentence that no other claim of it took, nearest to the trigger: first what stands before it in its clause.
    pub(super) fn sentence_spots(&self, i: usize) -> Option<Vec<Spot>> {
        let p = &self.protos[i];
        let s = p.sentence;
        let k = p.trigger.phrase;
        let all = self.in_sentence(s);
        if all.is_empty() {
            return None;
        }
        let taken: BTreeSet<usize> = self
            .protos
            .iter()
            .enumerate()
            .filter(|(j, q)| *j != i && q.sentence == s && !q.gone)
            .flat_map(|(_, q)| q.spots.iter().map(|x| x.mention))
            .collect();
        // a group behind the trigger before the next comma and verb, else a group before it
        let sent = &self.sentences[s];
        let mut behind: Vec<Spot> = Vec::new();
        for (ph, m) in all.iter().filter(|(ph, _)| *ph > k) {
            let broken = sent.phrases[k + 1..*ph]
                .iter()
                .any(|x| matches!(x, Phrase::Comp(_) | Phrase::Mark(_, ';')) || matches!(x, Phrase::Verb(v) if sent.verb(*v).is_some_and(|y| y.1.wa)));
            if broken {
                break;
            }
            if !taken.contains(m) {
                behind.push(Spot { mention: *m, inherited: false, why: "place.clause" });
            }
        }
        let mut before: Vec<Spot> = Vec::new();
        for (ph, m) in all.iter().rev().filter(|(ph, _)| *ph < k) {
            let broken = sent.phrases[*ph..k].iter().any(|x| matches!(x, Phrase::Mark(_, ';')));
            if broken {
                break;
            }
            before.insert(0, Spot { mention: *m, inherited: false, why: "place.before" });
        }
        // a place named before at the head of the sentence, or what another claim of it has
        if !behind.is_empty() {
            return Some(behind);
        }
        if !before.is_empty() {
            // of several groups the nearest
            let last = before.last().map(|x| self.cx.places[x.mention].list);
            let mut near: Vec<Spot> = before.iter().filter(|x| Some(self.cx.places[x.mention].list) == last).cloned().collect();
            for x in &before {
                if !near.contains(x) && near.iter().any(|y| self.related(x.mention, y.mention)) {
                    near.push(x.clone());
                }
            }
            return Some(near);
        }
        let others: Vec<Spot> = self
            .protos
            .iter()
            .enumerate()
            .filter(|(j, q)| *j != i && q.sentence == s && !q.gone && !q.spots.is_empty())
            .min_by_key(|(_, q)| q.trigger.phrase.abs_diff(k))
            .map(|(_, q)| q.spots.iter().map(|x| Spot { why: "place.same-sentence", ..x.clone() }).collect())
            .unwrap_or_default();
        (!others.is_empty()).then_some(others)
    }

    pub(super) fn add_containing(&mut self, i: usize) {
        let s = self.protos[i].sentence;
        let mut add = Vec::new();
        for (_, m) in self.in_sentence(s) {
            if self.protos[i].spots.iter().any(|x| x.mention == m) {
                continue;
            }
            let p = &self.cx.places[m];
            let Some(outer) = p.place.or(p.candidates.first().map(|c| c.place)) else { continue };
            let holds = self.protos[i].spots.iter().any(|x| {
                let q = &self.cx.places[x.mention];
                q.place.or(q.approximated_by).is_some_and(|inner| inner != outer && self.finder.contains(outer, inner) || q.approximated_by == Some(outer))
            });
            if holds && (self.finder.get(outer).kind.is_area() || self.finder.get(outer).kind == PlaceKind::Settlement) {
                add.push(Spot { mention: m, inherited: false, why: "place.containing" });
            }
        }
        self.protos[i].spots.extend(add);
    }

    pub(super) fn inherit_spots(&mut self, i: usize) {
        let lexicon = self.cx.lexicon;
        let p = &self.protos[i];
        let s = p.sentence;
        let ty = p.event_type(lexicon);
        let weak = lexicon.events[p.event].weight < 0.5;
        // the claim before that tells the same kind of thing at the same time
        let from = (0..i).rev().map(|j| (j, &self.protos[j])).find(|(j, q)| {
            !q.gone
                && !q.spots.is_empty()
                && q.sentence + 2 >= s
                && (q.event_type(lexicon) == ty || q.sentence + 1 >= s)
                && q.modality != Modality::Historical
                && self.same_time(i, *j)
        });
        if weak {
            return;
        }
        if let Some((_, q)) = from {
            self.protos[i].spots = q.spots.iter().map(|x| Spot { inherited: q.sentence != s || x.inherited, why: "place.inherited", ..x.clone() }).collect();
        }
    }
}
