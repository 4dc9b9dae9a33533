//! Light verbs: "شن هجوما", "تعرضت لقصف", "أسفر عن مقتل".

use super::*;

impl Job<'_> {
    /// Light verbs give their subject to the event word that they carry, and lead from it to its casualties.
    pub(super) fn lights(&self, index: usize, triggers: &[Trigger], protos: &mut [Proto]) {
        let s = &self.sentences[index];
        let lexicon = self.cx.lexicon;
        let f = Filler { s, cx: self.cx, lexes: &self.lexes[index], triggers };
        for k in 0..s.phrases.len() {
            let Phrase::Verb(v) = s.phrases[k] else { continue };
            let Some(l) = self.lexes[index].get(v) else { continue };
            let lights: Vec<usize> = l.syms.iter().filter_map(|(sym, _)| lexicon.light_syms.get(sym)).flatten().map(|n| *n as usize).collect();
            if lights.is_empty() {
                continue;
            }
            let shape = s.verb(v).map(|x| x.1);
            // what stands behind the verb: bare phrases and those behind a preposition, up to the end of its clause
            let mut bare: Vec<(usize, NpId)> = Vec::new();
            let mut preposed: Vec<(usize, NpId, String)> = Vec::new();
            let mut pending: Option<String> = None;
            let mut comma = false;
            // "شن مسلحون [يعتقد أنهم من الجماعة] هجوما": a clause describes the subject up to the event word
            let mut described = false;
            let describes = |j: usize, v: usize, bare: &[(usize, NpId)]| {
                let subject = |m: NpId| !s.nps[m].definite && s.nps[m].class.any(Class::HUMAN);
                let present = s.verb(v).is_some_and(|x| !x.1.wa && x.1.tense == arabic::morph::Tense::Present);
                present && matches!(bare, [(at, m)] if at + 1 == j && subject(*m))
            };
            for (j, p) in s.phrases.iter().enumerate().skip(k + 1) {
                match p {
                    Phrase::Verb(v) if describes(j, *v, &bare) => described = true,
                    Phrase::Comp(_) if described => {}
                    Phrase::Np(n) if described && (pending.is_some() || s.nps[*n].shape.prep.is_some() || !s.nps[*n].event) => pending = None,
                    Phrase::Np(n) => {
                        let np = &s.nps[*n];
                        let prep = pending.take().or(np.shape.prep.map(String::from));
                        match prep {
                            Some(p) => preposed.push((j, *n, p)),
                            // "شهدت الجبهة بين الجيش [والفصائل] اشتباكات"
                            None if np.shape.wa && !np.event && preposed.last().is_some_and(|b| b.2 == "بين" && b.0 + 1 == j) => {
                                preposed.push((j, *n, "بين".into()));
                            }
                            None if !comma => bare.push((j, *n)),
                            // "ارتكب الجيش، [مجزرة]"
                            None if np.event && np.place.is_none() && bare.len() == 1 && !s.nps[bare[0].1].event => bare.push((j, *n)),
                            // "تعرضت القاعدة، في الريف [شرقي البلاد]، لقصف": where, said by the way
                            None if np.place.is_some() => {}
                            None => break,
                        }
                    }
                    Phrase::Prep(i) => pending = Some(self.cx.lexicon.bare(self.key(*i)).to_string()),
                    Phrase::Verb(_) | Phrase::Comp(_) | Phrase::Sub(_) | Phrase::Rel(_) => break,
                    // "خاضوا، اليوم، اشتباكات"
                    Phrase::Mark(_, ',') if matches!(s.phrases.get(j + 1), Some(Phrase::Time(_))) || matches!(s.phrases[j - 1], Phrase::Time(_)) => {}
                    Phrase::Mark(_, ',' | '-') => comma = true,
                    Phrase::Mark(..) => break,
                    Phrase::Other(i) if f.has(*i, &lexicon.sets.result) => break,
                    _ => {}
                }
            }
            // "شنت القوات مدعومة بـ[الحشد] هجوما": who stands by the subject acts with it
            for (j, n) in &mut bare {
                if let Some((backer, _)) = f.backed_by(*j) {
                    *n = backer;
                    preposed.retain(|p| p.1 != backer);
                }
            }
            let event_at = |protos: &[Proto], phrase: usize| {
                protos.iter().position(|p| {
                    p.trigger.phrase == phrase && matches!(p.trigger.form, Form::Noun(_)) && lexicon.events[p.event].kind != EventKind::Participant
                })
            };
            for ln in lights {
                let light = &lexicon.lights[ln];
                if !light.preps.is_empty() {
                    continue;
                }
                if light.event_object || !light.event_preps.is_empty() {
                    // "شهد الأسبوع توترا، متهما": who so speaks is the subject of another clause
                    let speaks = |j: usize, e: &usize| {
                        lexicon.events[protos[*e].event].kind == EventKind::Speech && j > 0 && matches!(f.s.phrases[j - 1], Phrase::Mark(..))
                    };
                    // "هجوم [قام به] مسلحون", "مسيرات [شارك فيها] الآلاف": the pronoun stands for the event before
                    let resumed = (!light.event_object).then(|| self.resumed(index, k).and_then(|j| event_at(protos, j))).flatten();
                    let found = if resumed.is_some() {
                        let joined = bare.iter().enumerate().take_while(|(i, b)| *i == 0 || s.nps[b.1].shape.wa).count();
                        resumed.map(|e| (joined, e))
                    } else if light.event_object {
                        bare.iter().enumerate().find_map(|(n, (j, _))| event_at(protos, *j).filter(|e| !speaks(*j, e)).map(|e| (n, e)))
                    } else {
                        preposed.iter().find_map(|(j, _, p)| light.event_preps.contains(p).then(|| event_at(protos, *j)).flatten()).map(|e| (bare.len(), e))
                    };
                    let Some((n, e)) = found else { continue };
                    let frame = &lexicon.frames[lexicon.events[protos[e].event].frame];
                    let event_phrase = protos[e].trigger.phrase;
                    let mut subjects: Vec<NpId> = bare.iter().take(n).filter(|b| resumed.is_some() || b.0 < event_phrase).map(|b| b.1).collect();
                    // joined subjects: "سرايا القدس وكتائب شهداء الأقصى"
                    if subjects.is_empty()
                        && resumed.is_none()
                        && let Some(b) = f.subject_before(k)
                    {
                        subjects = b;
                    }
                    let slot = match light.subject {
                        Slot::Actor if frame.id == "clash" || frame.id == "resist" => Slot::Both,
                        Slot::Actor if frame.id == "suffer" => Slot::Actor,
                        s => s,
                    };
                    let mut parts = Parts::default();
                    // "نفذنا هجوما"
                    if light.subject == Slot::Actor && shape.is_some_and(|s| s.person == arabic::morph::Person::First) {
                        protos[e].parts.teller = Some(slot);
                        subjects.clear();
                    } else if subjects.is_empty() && shape.is_some_and(|s| !s.passive) && light.subject == Slot::Actor {
                        protos[e].dropped_subject = true;
                    }
                    let passive = shape.is_some_and(|s| s.passive);
                    if !passive || light.subject != Slot::Actor {
                        for m in &subjects {
                            f.assign(*m, slot, frame, &mut parts, "light");
                        }
                    }
                    let p = &mut protos[e];
                    p.carry(v, light.id);
                    if light.claim {
                        p.parts.claimed = true;
                    }
                    self.take_parts(index, p, parts, true);
                    // phrases behind the verb that stand before the event word
                    self.around(index, &f, p, &preposed, e, light.event_object);
                    if p.time.is_none() {
                        p.time = self.time_between(index, k, p.trigger.phrase).map(|t| (t, "time.clause"));
                    }
                    // other event words joined to it: "بغارات وقذائف"
                    break;
                }
                // the event word is the subject
                let subject = bare.first().and_then(|(j, _)| event_at(protos, *j)).or_else(|| {
                    // before the verb
                    let mut j = k;
                    let mut steps = 0;
                    while j > 0 && steps < 6 {
                        j -= 1;
                        steps += 1;
                        match &s.phrases[j] {
                            Phrase::Np(_) => {
                                if let Some(e) = event_at(protos, j) {
                                    return Some(e);
                                }
                            }
                            Phrase::Verb(_) | Phrase::Comp(_) | Phrase::Sub(_) => return None,
                            Phrase::Mark(_, ',') if !light.cause => return None,
                            _ => {}
                        }
                    }
                    None
                });
                if light.cause {
                    // what it caused joins it when the sentence's words are merged
                    if let Some(e) = subject {
                        protos[e].carry(v, light.id);
                    }
                    continue;
                }
                let Some(e) = subject else { continue };
                let first_is_event = bare.first().and_then(|(j, _)| event_at(protos, *j)) == Some(e);
                let frame = &lexicon.frames[lexicon.events[protos[e].event].frame];
                let mut parts = Parts::default();
                if light.object != Slot::None {
                    let objects = bare.iter().skip(first_is_event as usize);
                    for (_, m) in objects.take(3) {
                        f.assign(*m, light.object, frame, &mut parts, "light.object");
                    }
                }
                let p = &mut protos[e];
                p.carry(v, light.id);
                self.take_parts(index, p, parts, false);
                self.around(index, &f, p, &preposed, e, false);
                if p.time.is_none() {
                    p.time = self.time_after(index, k).map(|t| (t, "time.clause"));
                }
                break;
            }
        }
        self.befell(index, &f, protos);
        // "قصف للقوات [استهدف]": what belongs to the noun goes up to the verb, or over it
        let reaches = |q: &Proto, k: usize| {
            let comma = || s.phrases[q.trigger.phrase..k].iter().any(|p| matches!(p, Phrase::Mark(..)));
            q.trigger.phrase < k && (q.parts.stop > k || q.parts.stop == k && !comma())
        };
        // a verb that only carried an event word is no event of its own
        let carried: Vec<usize> = (0..protos.len())
            .filter(|i| {
                let p = &protos[*i];
                if p.trigger.form != Form::Verb || p.trigger.by_phrase {
                    return false;
                }
                let k = p.trigger.phrase;
                let v = p.trigger.tokens.start;
                let hits = self.lexes[index].get(v).is_some_and(|l| {
                    l.syms.iter().filter_map(|(s, _)| lexicon.light_syms.get(s)).flatten().any(|n| lexicon.lights[*n as usize].id == "light.hit")
                });
                hits && protos.iter().any(|q| {
                    matches!(q.trigger.form, Form::Noun(_))
                        && q.event_type(lexicon) == EventType::Assault
                        && lexicon.events[q.event].kind == EventKind::Attack
                        && (q.trigger.phrase + 1 == k || q.trigger.phrase == k + 1 || reaches(q, k))
                })
            })
            .collect();
        for i in carried {
            let parts = protos[i].parts.clone();
            let k = protos[i].trigger.phrase;
            let host = (0..protos.len()).find(|j| {
                let q = &protos[*j];
                *j != i
                    && matches!(q.trigger.form, Form::Noun(_))
                    && lexicon.events[q.event].kind == EventKind::Attack
                    && (q.trigger.phrase + 1 == k || q.trigger.phrase == k + 1 || reaches(q, k))
            });
            if let Some(h) = host {
                protos[i].gone = true;
                let mut p = Parts {
                    recipients: parts.recipients,
                    places: parts.places,
                    things: parts.things,
                    means: parts.means,
                    time: parts.time,
                    ..Parts::default()
                };
                // "القصف استهدف": the actor of the noun stays its own
                p.actors.clear();
                let mut host_p = protos[h].clone();
                self.take_parts(index, &mut host_p, p, false);
                protos[h] = host_p;
            }
        }
    }

    /// "أكدت مصادر تعرض [القاعدة] لقصف": the masdar of a verb that tells whom something befell, and who that was.
    fn befell(&self, index: usize, f: &Filler<'_>, protos: &mut [Proto]) {
        let s = &self.sentences[index];
        let lexicon = self.cx.lexicon;
        for p in protos.iter_mut().filter(|p| p.carrier.is_none()) {
            let Form::Noun(n) = p.trigger.form else { continue };
            if s.nps[n].shape.prep != Some('ل') {
                continue;
            }
            let light = |m: NpId| {
                let lex = self.lexes[index].get(s.nps[m].head)?;
                let lights = lex.syms.iter().filter_map(|(sym, _)| lexicon.light_syms.get(sym)).flatten().map(|l| &lexicon.lights[*l as usize]);
                lights.into_iter().find(|l| l.subject == Slot::Target && l.event_preps.iter().any(|p| p == "ل"))
            };
            let clause = |x: &&Phrase| matches!(x, Phrase::Np(_) | Phrase::Prep(_) | Phrase::Time(_) | Phrase::Mark(_, ',') | Phrase::Quote(..));
            let before = s.phrases[..p.trigger.phrase].iter().rev().take(10).take_while(clause);
            let found = before
                .filter_map(|x| if let Phrase::Np(m) = x { Some(*m) } else { None })
                .find_map(|m| light(m).zip(s.nps[m].genitive).map(|(l, g)| (l, m, g)));
            let Some((light, m, sufferer)) = found else { continue };
            let mut parts = Parts::default();
            f.assign(sufferer, Slot::Target, &lexicon.frames[lexicon.events[p.event].frame], &mut parts, "light");
            p.carry(s.nps[m].head, light.id);
            self.take_parts(index, p, parts, false);
        }
    }

    /// The noun phrase that a preposition with a pronoun right behind the verb at `k` stands for: "هجوم قام به", "المسيرة التي شارك فيها".
    fn resumed(&self, index: usize, k: usize) -> Option<usize> {
        let s = &self.sentences[index];
        let bound = |i: usize| crate::vocab::carries_pronoun(self.cx.words.get(self.cx.text.tokens[i].word));
        let led = matches!(s.phrases.get(k + 1), Some(Phrase::Other(i)) if bound(*i));
        let before = k.checked_sub(1).filter(|_| led)?;
        let noun = if matches!(s.phrases[before], Phrase::Rel(_)) { before.checked_sub(1)? } else { before };
        matches!(s.phrases[noun], Phrase::Np(_)).then_some(noun)
    }

    /// "هجوم ... نسب إلى [التنظيم]", "نسبت الوزارة الهجوم إلى [المسلحين]": on whom an event is put.
    pub(super) fn blamed(&self, index: usize, protos: &mut [Proto]) {
        let s = &self.sentences[index];
        let lexicon = self.cx.lexicon;
        for (k, p) in s.phrases.iter().enumerate() {
            let Phrase::Verb(v) = p else { continue };
            let Some(l) = self.lexes[index].get(*v) else { continue };
            let preps = l.syms.iter().filter_map(|(sym, _)| lexicon.light_syms.get(sym)).flatten().flat_map(|n| &lexicon.lights[*n as usize].preps);
            let preps: Vec<&[String]> = preps.map(|p| p.words.as_slice()).collect();
            if preps.is_empty() {
                continue;
            }
            let deed = |p: &Proto| !p.gone && matches!(p.trigger.form, Form::Noun(_)) && !p.event_type(lexicon).is_speech();
            // ("هجومين استهدفا الثكنة نسبا إلى الحركة": a verb that carries the event describes it)
            let carries = |v: usize| protos.iter().any(|p| p.carrier == Some(v));
            let clause = |p: &&Phrase| match p {
                Phrase::Verb(v) => carries(*v),
                p => !matches!(p, Phrase::Comp(_) | Phrase::Sub(_) | Phrase::Mark(..)),
            };
            let end = k + 1 + s.phrases[k + 1..].iter().take_while(clause).count();
            let start = k - s.phrases[..k].iter().rev().take_while(clause).count();
            let led = |j: &usize| matches!(s.phrases[*j], Phrase::Prep(i) if preps.iter().any(|w| *w == [self.cx.lexicon.bare(self.key(i))]));
            let Some(at) = (k + 1..end).find(led) else { continue };
            let mut to: Vec<Arg> = Vec::new();
            for p in &s.phrases[at + 1..end] {
                match p {
                    Phrase::Np(n) if to.is_empty() || s.nps[*n].shape.wa => {
                        to.push(Arg { sentence: index, np: *n, token: None, basis: Basis::Accused, why: "blamed" });
                    }
                    Phrase::Quote(..) => {}
                    _ => break,
                }
            }
            // its object, or the event before it
            let found = (k + 1..at).chain((start..k).rev()).find_map(|j| protos.iter().position(|p| p.trigger.phrase == j && deed(p)));
            if let Some(e) = found.filter(|_| !to.is_empty()) {
                protos[e].actors = to;
                protos[e].carry(*v, "light.blame");
            }
        }
    }

    pub(super) fn time_between(&self, index: usize, from: usize, to: usize) -> Option<usize> {
        self.sentences[index].phrases[from.min(to)..=to.max(from)].iter().find_map(|p| match p {
            Phrase::Time(t) => Some(*t),
            _ => None,
        })
    }

    pub(super) fn time_after(&self, index: usize, from: usize) -> Option<usize> {
        for p in &self.sentences[index].phrases[from + 1..] {
            match p {
                Phrase::Time(t) => return Some(*t),
                Phrase::Verb(_) | Phrase::Comp(_) | Phrase::Sub(_) => return None,
                // "يأتي الهجوم غداة مقتل اثنين": the time of what came before
                Phrase::Prep(t) if self.is(index, *t, &self.cx.lexicon.sets.day_before) => return None,
                Phrase::Np(n) if self.is(index, self.sentences[index].nps[*n].tokens.start, &self.cx.lexicon.sets.day_before) => return None,
                _ => {}
            }
        }
        None
    }

    /// Prepositional phrases around a light verb belong to the event word it carries.
    pub(super) fn around(&self, index: usize, f: &Filler<'_>, p: &mut Proto, preposed: &[(usize, NpId, String)], e: usize, object: bool) {
        let _ = (e, object);
        let lexicon = self.cx.lexicon;
        let frame = &lexicon.frames[lexicon.events[p.event].frame];
        let mut parts = Parts::default();
        for (j, n, prep) in preposed {
            if *j >= p.trigger.phrase || self.sentences[index].nps[*n].event {
                continue;
            }
            let slot = if prep == "ل" {
                frame.lam_verb
            } else {
                frame.preps.iter().find(|x| x.words.len() == 1 && x.words[0] == *prep).map_or(Slot::None, |x| x.slot)
            };
            let place = self.sentences[index].nps[*n].place.is_some();
            f.assign(*n, if place && slot == Slot::None { Slot::Place } else { slot }, frame, &mut parts, "light.prep");
        }
        self.take_parts(index, p, parts, false);
    }

    pub(super) fn take_parts(&self, index: usize, p: &mut Proto, parts: Parts, front: bool) {
        let add = |list: &mut Vec<Arg>, items: Vec<(NpId, &'static str)>| {
            for (k, (n, w)) in items.into_iter().enumerate() {
                if !list.iter().any(|a| a.np == n && a.sentence == index) {
                    let arg = Arg { sentence: index, np: n, token: None, basis: Basis::Named, why: w };
                    if front {
                        list.insert(k.min(list.len()), arg);
                    } else {
                        list.push(arg);
                    }
                }
            }
        };
        add(&mut p.actors, parts.actors);
        add(&mut p.recipients, parts.recipients);
        for (n, w) in parts.places {
            if let Some(m) = self.sentences[index].nps[n].place
                && !p.spots.iter().any(|s| s.mention == m)
            {
                p.spots.push(Spot { mention: m, inherited: false, why: w });
            }
        }
        p.things.extend(parts.things.into_iter().map(|n| (index, n)));
        p.parts.means.extend(parts.means);
        if p.time.is_none() {
            p.time = parts.time.map(|t| (t, "time.beside"));
        }
    }
}
