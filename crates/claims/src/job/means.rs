//! What is read off the phrases around an event word: means and numbers.

use super::*;

impl Job<'_> {
    /// Modes by what is named beside the attack.
    pub(super) fn means(&self, index: usize, protos: &mut [Proto]) {
        let lexicon = self.cx.lexicon;
        let s = &self.sentences[index];
        for p in protos.iter_mut() {
            if p.event_type(lexicon) != EventType::Assault {
                continue;
            }
            // the words of the event's own noun phrase, of its means and of its actors
            let mut tokens: Vec<Range<usize>> = Vec::new();
            if let Form::Noun(n) = p.trigger.form {
                let np = &s.nps[n];
                tokens.push(np.core.clone());
            }
            tokens.extend(p.trigger.matched.iter().map(|m| *m..*m + 1));
            tokens.extend(p.parts.means.iter().map(|n| s.nps[*n].core.clone()));
            tokens.extend(p.actors.iter().filter(|a| a.sentence == index).map(|a| s.nps[a.np].core.clone()));
            let mut modes: BTreeSet<&'static str> = BTreeSet::new();
            let mut drops: BTreeSet<&'static str> = BTreeSet::new();
            for i in tokens.into_iter().flatten() {
                let Some(l) = self.lexes[index].get(i).filter(|l| !l.syms.is_empty()) else { continue };
                for m in &lexicon.means {
                    if l.has_any(&m.words) {
                        modes.insert(m.mode);
                        modes.extend(&m.adds);
                        drops.extend(&m.drops);
                    }
                }
            }
            // مسيّرة is no other aircraft
            for d in drops {
                modes.remove(d);
                p.modes.remove(d);
            }
            if p.modes.contains("territory") || p.modes.contains("clash") {
                modes.retain(|m| matches!(*m, "firearms" | "explosives" | "heavy-weapons" | "suicide-attack") && p.modes.contains("clash"));
            }
            if !modes.is_empty() {
                p.why.push(format!("modes: means {}", modes.iter().copied().collect::<Vec<_>>().join(" ")));
            }
            p.modes.extend(modes);
        }
    }

    /// Counts from the phrases that play a counted part.
    pub(super) fn counts(&self, index: usize, protos: &mut [Proto]) {
        let lexicon = self.cx.lexicon;
        let s = &self.sentences[index];
        for p in protos.iter_mut() {
            let e = &lexicon.events[p.event];
            if let Some(kind) = e.counts {
                let who: Vec<Arg> = match kind {
                    CountKind::Participants => p.actors.clone(),
                    CountKind::Surrendered => {
                        if p.recipients.is_empty() {
                            p.actors.clone()
                        } else {
                            p.recipients.clone()
                        }
                    }
                    _ => p.recipients.clone(),
                };
                for a in who.iter().filter(|a| a.sentence == index) {
                    let kind =
                        if kind == CountKind::Detained && self.is(index, s.nps[a.np].head, &lexicon.sets.prisoner) { CountKind::Prisoners } else { kind };
                    if p.counts.iter().any(|c| c.1.tokens.start == s.nps[a.np].core.start) {
                        continue;
                    }
                    let numbered = s.nps[a.np].number.is_some() || s.nps[a.np].quantifier.is_some();
                    if kind == CountKind::Participants && !numbered {
                        continue;
                    }
                    if let Some(t) = self.tally(index, a.np, kind) {
                        p.counts.push((index, t));
                    }
                }
                self.join_singles(index, &mut p.counts);
            }
            self.doers(index, p);
            // strikes: "4 غارات", "خمسة صواريخ"
            if p.event_type(lexicon) == EventType::Assault {
                if let Form::Noun(n) = p.trigger.form {
                    let np = &s.nps[n];
                    if np.number.is_some()
                        && e.kind == EventKind::Attack
                        && !np.class.any(Class::HUMAN)
                        && let Some(t) = self.tally(index, n, CountKind::Strikes)
                    {
                        p.counts.push((index, t));
                    }
                }
                for n in p.parts.means.clone() {
                    if s.nps[n].number.is_some()
                        && s.nps[n].class.any(Class::WEAPON)
                        && let Some(t) = self.tally(index, n, CountKind::Strikes)
                    {
                        p.counts.push((index, t));
                    }
                }
                for (si, n) in p.things.clone() {
                    let np = &self.sentences[si].nps[n];
                    if np.number.is_some() && np.class.any(Class::THING) {
                        let kind = if np.tags.any(lexicon.tags.vehicle) { CountKind::Vehicles } else { CountKind::Buildings };
                        if let Some(t) = self.tally(si, n, kind) {
                            p.counts.push((si, t));
                        }
                    }
                }
            }
        }
    }

    /// "شن أربعة مسلحين هجوما": so many took part.
    fn doers(&self, index: usize, p: &mut Proto) {
        let nps = &self.sentences[index].nps;
        let counted = |n: NpId, p: &Proto| p.counts.iter().any(|c| c.0 == index && nps[n].core.contains(&(c.1.tokens.end - 1)));
        let several = |n: NpId| nps[n].number.is_some_and(|k| self.cx.numbers[k].vague.is_some() || self.cx.numbers[k].value >= 2.0);
        if p.event_type(self.cx.lexicon).is_speech() {
            return;
        }
        let one_side = p.recipients.iter().all(|r| p.actors.iter().all(|a| a.np != r.np)) && !p.modes.contains("clash");
        let people = |n: NpId| nps[n].class.any(Class::HUMAN) && !nps[n].class.any(Class::CASUALTY);
        for a in p.actors.clone().iter().filter(|a| a.sentence == index && a.basis == Basis::Named && a.token.is_none()) {
            if one_side && several(a.np) && people(a.np) && !counted(a.np, p) {
                p.counts.extend(self.tally(index, a.np, CountKind::Participants).map(|t| (index, t)));
            }
        }
    }

    /// "ضابط وجندي", "رجل وطفله": one and one are counted together.
    fn join_singles(&self, index: usize, counts: &mut Vec<(usize, Tally)>) {
        let single = |t: &Tally| matches!(t.why, "count.one" | "count.the-one" | "count.joined");
        let mut k = 1;
        while k < counts.len() {
            let (a, b) = (&counts[k - 1], &counts[k]);
            let touching = a.0 == index && b.0 == index && a.1.tokens.end == b.1.tokens.start && self.key(b.1.tokens.start).starts_with('و') && b.1.skip > 0;
            if !touching || !single(&a.1) || !single(&b.1) || a.1.kind != b.1.kind {
                k += 1;
                continue;
            }
            let (_, b) = counts.remove(k);
            let a = &mut counts[k - 1].1;
            a.low = a.low.zip(b.low).map(|(x, y)| x + y);
            a.high = a.low;
            a.tokens.end = b.tokens.end;
            a.group = if a.group == b.group { a.group } else { Group::Mixed };
            a.why = "count.joined";
        }
    }

    pub(super) fn tally(&self, s: usize, n: NpId, kind: CountKind) -> Option<Tally> {
        let group = self.group_of(s, n);
        let tally = count::tally(self.cx, &self.sentences[s], &self.lexes[s], n, kind, group)?;
        // "سقوط ضحايا": dead or hurt, the word alone does not tell
        let (head, sets) = (self.sentences[s].nps[n].head, &self.cx.lexicon.sets);
        let unsaid = tally.why == "count.plural" && self.is(s, head, &sets.victims);
        Some(if unsaid { Tally { kind: CountKind::Other, ..tally } } else { tally })
    }

    pub(super) fn group_of(&self, s: usize, n: NpId) -> Group {
        let id = self.identify(s, n, None);
        match id.civilian {
            Some(true) => Group::Civilian,
            Some(false) => Group::Combatant,
            None => Group::Unknown,
        }
    }
}
