//! Who did it, where the clause does not say.

use super::*;

impl Job<'_> {
    /// "قصف تركي", "العدوان الإسرائيلي": the adjective is the actor when no phrase is.
    pub(super) fn adjective_actor(&self, p: &mut Proto) {
        if !p.actors.is_empty() {
            return;
        }
        let Some((n, a)) = p.parts.adjective else { return };
        // "قوات الاحتلال ... بالرصاص الإسرائيلي": a body of that state named in the sentence
        let country = who::nisba(self.cx.lexicon, &self.lexes[p.sentence], a).and_then(|s| self.cx.lexicon.actors[s].country);
        let sentence = &self.sentences[p.sentence];
        let body = |m: &NpId| {
            let np = &sentence.nps[*m];
            let before = np.tokens.end <= p.trigger.tokens.start && !np.event && !np.actor.is_empty() && np.place.is_none();
            before && {
                let id = self.identify(p.sentence, *m, None);
                id.country == country && id.roles.first() == Some(&"MIL")
            }
        };
        let means = !matches!(p.trigger.form, Form::Noun(t) if t == n);
        if let Some(m) = (0..sentence.nps.len()).filter(|_| means && country.is_some()).filter(body).max_by_key(|m| sentence.nps[*m].tokens.start) {
            p.actors.push(Arg { sentence: p.sentence, np: m, token: None, basis: Basis::Named, why: "adjective.body" });
            return;
        }
        p.actors.push(Arg { sentence: p.sentence, np: n, token: Some(a), basis: Basis::Named, why: "adjective" });
    }

    /// Who did it, where the sentence does not say: the subject before, the attacker of the same event.
    pub(super) fn subjects(&mut self) {
        let lexicon = self.cx.lexicon;
        for i in 0..self.protos.len() {
            if self.protos[i].gone {
                continue;
            }
            if !self.protos[i].actors.is_empty() {
                self.other_side(i);
                continue;
            }
            let e = &lexicon.events[self.protos[i].event];
            let s = self.protos[i].sentence;
            if self.state_of_subject(i) {
                continue;
            }
            // a speech act without a speaker is its source's
            if e.kind == EventKind::Speech
                && e.event_type.is_speech()
                && !matches!(self.protos[i].trigger.form, Form::Attribute(_))
                && !self.protos[i].parts.pronoun.is_some_and(|p| p.0 == Slot::Actor && matches!(p.1, Enclitic::Them | Enclitic::ThemFem | Enclitic::Two))
                && let Some(c) = self.protos[i].sources.first().cloned()
            {
                self.protos[i].actors.push(Arg { sentence: c.sentence, np: c.np, token: None, basis: Basis::Named, why: "speaker" });
                continue;
            }
            if e.kind == EventKind::Casualty && self.occasion(i) {
                continue;
            }
            if let Some(list) = self.announcer(i) {
                self.protos[i].actors = list;
                continue;
            }
            if self.opponents(i) {
                continue;
            }
            if self.protos[i].dropped_subject {
                // the subject of the clause before, in this sentence or the last
                let goes_on =
                    |q: &&Proto| q.sentence + 1 >= s && !q.actors.is_empty() && q.modality != Modality::Historical && !self.in_relative(q, &self.protos[i]);
                // the verb of the clause before, the subject of the sentence, whoever acted last
                let verb = |q: &Proto| q.trigger.form == Form::Verb || q.actors.iter().any(|a| a.why == "light");
                let clause = |q: &&Proto| goes_on(q) && q.sentence == s && verb(q);
                let before = || (0..i).rev().take(6).map(|j| &self.protos[j]);
                let mut subject = self.main_subject(s, self.protos[i].trigger.phrase);
                // "أشارت السلطات إلى أنه فجر نفسه": somebody else
                if let Some(pronoun) = self.told_pronoun(&self.protos[i]) {
                    subject.retain(|n| self.agrees(s, *n, pronoun));
                }
                let prev = before().find(clause).or_else(|| if subject.is_empty() { before().find(goes_on) } else { None });
                if let Some(q) = prev {
                    let basis = if q.sentence == s { Basis::Named } else { Basis::Inherited };
                    // "استمر الطيران في مساندة تقدم القوات": of an event noun only the subject of its verb
                    let carried = q.sentence == s && q.actors.iter().any(|a| a.why == "light");
                    let subject = |a: &&Arg| !carried || a.why == "light";
                    // "تصدوا للقوات وقتلوا": of two sides only the first, which is no preposition's
                    let clash = q.modes.contains("clash") && q.actors.len() > 1;
                    let led = |a: &&Arg| clash && matches!(a.why, "prep" | "join");
                    let all =
                        if q.actors.iter().all(|a| led(&a)) { q.actors.iter().collect() } else { q.actors.iter().filter(|a| !led(a)).collect::<Vec<_>>() };
                    let many = if clash { 1 } else { usize::MAX };
                    let who = all.into_iter().filter(subject).take(many).map(|a| Arg { basis, why: "subject.goes-on", ..a.clone() }).collect();
                    self.protos[i].actors = who;
                    continue;
                }
                if !subject.is_empty() {
                    let who = subject.into_iter().map(|n| Arg { sentence: s, np: n, token: None, basis: Basis::Named, why: "subject.of-sentence" });
                    self.protos[i].actors = who.collect();
                    continue;
                }
            }
            if matches!(e.event_type, EventType::Assault | EventType::Coerce) && !matches!(self.protos[i].modality, Modality::Historical) && !self.sequel(i) {
                self.inherit_actor(i);
            }
        }
    }

    /// "قطع متظاهرون الطريق [مطالبين] بالإفراج": in what state the subject of the sentence acted, with which the participle agrees. One
    /// whose words the sentence gives is asked first.
    fn state_of_subject(&mut self, i: usize) -> bool {
        let p = &self.protos[i];
        let Form::Noun(n) = p.trigger.form else { return false };
        if !p.parts.state_of_subject || p.sources.first().is_some_and(|c| c.sentence == p.sentence) {
            return false;
        }
        let s = p.sentence;
        let shape = self.sentences[s].nps[n].shape;
        let reading =
            self.sentences[s].nps[n].reading.and_then(|r| self.cx.words.get(self.cx.text.tokens[self.sentences[s].nps[n].head].word).readings.get(r as usize));
        let alike = match shape.number {
            // ("مطالبين" is written alike of two and of many)
            Some(arabic::morph::Number::Plural | arabic::morph::Number::Dual) => [Enclitic::Them, Enclitic::Two],
            _ if reading.is_some_and(|r| r.feat.gender() == arabic::morph::Gender::Fem) => [Enclitic::Her; 2],
            _ => [Enclitic::Him; 2],
        };
        let subject = self.main_subject(s, p.trigger.phrase);
        if !subject.first().is_some_and(|m| alike.iter().any(|a| self.agrees(s, *m, *a))) {
            return false;
        }
        self.protos[i].actors = subject.into_iter().map(|np| Arg { sentence: s, np, token: None, basis: Basis::Named, why: "state-of-subject" }).collect();
        true
    }

    /// "أعلنت الشرطة اعتقال", "أعلن الجيش قصف": who tells of what armed people and police do did it.
    pub(super) fn announcer(&self, i: usize) -> Option<Vec<Arg>> {
        let p = &self.protos[i];
        let e = &self.cx.lexicon.events[p.event];
        let deed = e.kind == EventKind::Attack || matches!(e.event_type, EventType::Coerce | EventType::Retreat | EventType::Mobilize | EventType::Protest);
        // a government arrests and takes places by its forces
        let by_forces = e.event_type == EventType::Coerce || p.modes.contains("territory");
        let armed = |n: &NpId| match self.identify(p.sentence, *n, None).roles.first() {
            Some(&"MIL" | &"REB" | &"COP" | &"PRM" | &"UAF" | &"SPY") => true,
            Some(&"GOV") => by_forces,
            // "أعلنت نقابة المعلمين تنظيم تظاهرة"
            Some(&"LAB" | &"PTY" | &"OPP" | &"EDU") => e.event_type == EventType::Protest,
            _ => false,
        };
        let list = &p.parts.announcer;
        // "أعلن الجيش مقتل عشرة مسلحين": of the dead only those of the other side, soldiers and police on one, fighters on the other
        let state = |role: Option<&&'static str>| matches!(role, Some(&"MIL" | &"COP" | &"PRM" | &"SPY"));
        let fighter = |role: Option<&&'static str>| matches!(role, Some(&"REB" | &"UAF"));
        let enemies = || {
            let side = |n: &NpId| self.identify(p.sentence, *n, None).roles.first().copied();
            list.iter().all(|n| {
                let own = side(n);
                let person = self.sentences[p.sentence].nps[*n].class.any(Class::HUMAN);
                !person
                    && !p.recipients.is_empty()
                    && p.recipients.iter().all(|a| {
                        let fallen = self.identify(a.sentence, a.np, None).roles.first().copied();
                        state(own.as_ref()) && fighter(fallen.as_ref()) || own == Some("REB") && state(fallen.as_ref())
                    })
            })
        };
        // ("أقر التحالف بقتل مدنيين": of a killing, no death, he tells as of his deed)
        let fight = p.modes.contains("clash");
        let killing = e.kind == EventKind::Casualty && e.event_type == EventType::Assault;
        let deed = if p.parts.announced_dead { e.event_type == EventType::Assault && (enemies() || fight) } else { deed || killing };
        // of a fight only that in which armed people died: "أعلنت الشرطة مقتل ثلاثة مدنيين خلال اشتباكات" says nothing of who fought
        let lost = || p.recipients.iter().any(|a| self.identify(a.sentence, a.np, None).civilian == Some(false));
        (deed && (!fight || lost()) && !list.is_empty() && list.iter().all(armed))
            .then(|| list.iter().map(|n| Arg { sentence: p.sentence, np: *n, token: None, basis: Basis::Claimed, why: "announcer" }).collect())
    }

    /// "داهم الجيش منزل الرجل بعد [اعتقاله]", "لقصف [مماثل]": the deed before it in its sentence was done by the same.
    fn sequel(&mut self, i: usize) -> bool {
        let lexicon = self.cx.lexicon;
        let p = &self.protos[i];
        let Form::Noun(n) = p.trigger.form else { return false };
        let s = p.sentence;
        let phrases = &self.sentences[s].phrases;
        let has = |t: usize, set: &[crate::lexicon::Sym]| self.is(s, t, set);
        let np = &self.sentences[s].nps[n];
        let alike = np.adjectives.iter().any(|a| has(*a, &lexicon.sets.alike));
        let to_him = p.parts.pronoun.is_some_and(|x| matches!(x.0, Slot::Recipient | Slot::Target));
        let led = p.trigger.phrase.checked_sub(1).is_some_and(|k| matches!(phrases[k], Phrase::Prep(t) if has(t, &lexicon.sets.beside)));
        if !(alike || to_him && led) {
            return false;
        }
        let fight = alike && p.modes.contains("clash");
        let deed =
            |q: &&Proto| !q.actors.is_empty() && matches!(q.event_type(lexicon), EventType::Assault | EventType::Coerce) && q.modes.contains("clash") == fight;
        let mut before = self.protos[..i].iter().rev().take_while(|q| q.sentence + alike as usize >= s).filter(|q| !q.gone);
        let Some(q) = before.find(deed) else { return false };
        let basis = |a: &Arg| if a.sentence == s { Basis::Named } else { Basis::Inherited };
        // who fell there fights no more
        let fell = |a: &&Arg| !fight || a.why != "fallen" && !q.recipients.iter().any(|r| (r.sentence, r.np) == (a.sentence, a.np));
        let who: Vec<Arg> = q.actors.iter().filter(fell).map(|a| Arg { basis: basis(a), why: "sequel", ..a.clone() }).collect();
        self.protos[i].actors = who;
        true
    }

    /// "إصابة 22 شخصا خلال [اقتحام القوات] المدينة": those whose deed it happened in.
    fn occasion(&mut self, i: usize) -> bool {
        let lexicon = self.cx.lexicon;
        let p = &self.protos[i];
        if lexicon.events[p.event].kind != EventKind::Casualty {
            return false;
        }
        let (s, k) = (p.sentence, p.trigger.phrase);
        let phrases = &self.sentences[s].phrases;
        let led = |q: &Proto| {
            let lead = q.trigger.phrase.checked_sub(1).map(|j| &phrases[j]);
            matches!(lead, Some(Phrase::Prep(t)) if self.is(s, *t, &lexicon.sets.during))
        };
        // how sure it is that the deed itself is told of matters not
        let deed = |q: &&Proto| q.trigger.phrase > k && matches!(q.event_type(lexicon), EventType::Assault | EventType::Coerce);
        let next = self.protos[i + 1..self.told_in(s).end].iter().find(deed).filter(|q| led(q) && q.trigger.phrase - k <= 8);
        let runs = |q: &&Proto| !phrases[k + 1..q.trigger.phrase].iter().any(|p| matches!(p, Phrase::Comp(_) | Phrase::Sub(_) | Phrase::Mark(_, ';')));
        let who: Vec<Arg> = next.filter(runs).map(|q| q.actors.iter().map(|a| Arg { why: "occasion", ..a.clone() }).collect()).unwrap_or_default();
        self.protos[i].actors = who;
        !self.protos[i].actors.is_empty()
    }

    /// "وسيطرت على المديرية بعد مواجهات مع المسلحين", "أطلق مقاومون النار واندلعت اشتباكات مع القوات": who did something before it is the
    /// other side of the fight.
    fn other_side(&mut self, i: usize) {
        let p = &self.protos[i];
        let lexicon = self.cx.lexicon;
        let s = p.sentence;
        let one_sided = p.actors.len() == 1 && p.modes.contains("clash") && p.actors[0].sentence == s;
        if !one_sided {
            return;
        }
        let one = p.actors[0].clone();
        let clause_of_other = p.dropped_subject || self.stands_against(s, one.np);
        let other = |a: &&Arg| (a.sentence, a.np) != (one.sentence, one.np) && !self.same_name(a, &one);
        let goes_on = |q: &&Proto| !q.gone && q.sentence == s && q.modality != Modality::Historical && matches!(q.trigger.form, Form::Verb | Form::Noun(_));
        let before = (0..i).rev().take(6).map(|j| &self.protos[j]).filter(goes_on);
        let found = before.filter(|_| clause_of_other).flat_map(|q| q.actors.first()).find(other).map(|a| Arg { why: "subject.goes-on", ..a.clone() });
        // "لقي سبعة من عناصر الجماعة مصرعهم في اشتباكات مع القوات": the armed dead were the other side
        let armed = |a: &&Arg| other(a) && a.sentence == s && self.identify(s, a.np, None).civilian == Some(false);
        let dead = || {
            let casualties = self.protos[..i].iter().rev().take_while(|q| q.sentence == s).filter(|q| lexicon.events[q.event].kind == EventKind::Casualty);
            casualties.flat_map(|q| &q.recipients).find(armed).filter(|_| clause_of_other).map(|a| Arg { why: "fallen", ..a.clone() })
        };
        // "سيطرت القوات بعد معارك دفعت المتمردين إلى الفرار": who ran fought
        let routed = || {
            let told = self.protos[self.told_in(s)].iter().filter(|q| !q.gone && q.event_type(lexicon) == EventType::Retreat);
            told.flat_map(|q| &q.actors).find(armed).map(|a| Arg { why: "routed", ..a.clone() })
        };
        // (of a word for a fight, not of an attack in the course of one)
        let fight = lexicon.frames[lexicon.events[p.event].frame].subject == Slot::Both;
        let found = found.or_else(dead).or_else(routed).or_else(|| if fight { self.antagonist(i, &one) } else { None });
        if let Some(a) = found {
            self.protos[i].actors.insert(0, a);
        }
    }

    /// Whom one side of a fight fought, or attacked, or was attacked by, shortly before.
    fn antagonist(&self, i: usize, one: &Arg) -> Option<Arg> {
        let lexicon = self.cx.lexicon;
        let s = self.protos[i].sentence;
        let fleet = |a: &Arg| self.sentences[a.sentence].nps[a.np].class.any(Class::FLEET);
        let armed = |a: &&Arg| !fleet(a) && !self.same_name(a, one) && self.identify(a.sentence, a.np, None).civilian == Some(false);
        let is_one = |list: &[Arg]| list.iter().any(|a| a.token.is_none() && self.same_name(a, one));
        let fought = |q: &&Proto| !q.gone && q.event_type(lexicon) == EventType::Assault && q.modality == Modality::Actual;
        let before = self.protos[..i].iter().rev().take_while(|q| q.sentence + 2 >= s).filter(fought);
        let other = before.filter_map(|q| {
            let two = q.modes.contains("clash") && q.actors.len() == 2;
            let others = match () {
                () if two && is_one(&q.actors) => &q.actors,
                () if !two && is_one(&q.actors) => &q.recipients,
                () if is_one(&q.recipients) => &q.actors,
                () => return None,
            };
            others.iter().filter(|a| a.token.is_none()).find(armed)
        });
        let basis = |a: &Arg| if a.sentence == s { Basis::Named } else { Basis::Inherited };
        other.take(1).next().map(|a| Arg { basis: basis(a), why: "antagonist", ..a.clone() })
    }

    /// "مع [القوات]", "ضد [المسلحين]".
    fn stands_against(&self, s: usize, n: NpId) -> bool {
        let phrases = &self.sentences[s].phrases;
        let at = phrases.iter().position(|p| *p == Phrase::Np(n)).and_then(|k| k.checked_sub(1));
        matches!(at.map(|k| &phrases[k]), Some(Phrase::Prep(i)) if self.is(s, *i, &self.cx.lexicon.sets.against))
    }

    /// "اتهم الجيش المسلحين ب[قصف]": the accused did it, as the accuser has it.
    pub(super) fn accused(&self, protos: &mut [Proto]) {
        let lexicon = self.cx.lexicon;
        for j in 1..protos.len() {
            let phrase = protos[j].trigger.phrase;
            let s = protos[j].sentence;
            let of = |k: usize| match self.sentences[s].phrases.get(k) {
                Some(Phrase::Np(n)) if self.sentences[s].nps[*n].shape.prep == Some('ب') => Some(self.sentences[s].nps[*n].head),
                _ => None,
            };
            let before = |back: usize| phrase.checked_sub(back);
            let light = |t: usize| self.lexes[s].at(t).syms.iter().any(|(sym, _)| lexicon.light_syms.contains_key(sym));
            // "بقصف", "بتنفيذ الهجوم", "بالوقوف وراء الهجوم", "بالتورط في الهجوم"
            let carried = || before(1).and_then(of).is_some_and(light);
            let involved = || {
                let prep = before(1).is_some_and(|k| matches!(self.sentences[s].phrases[k], Phrase::Prep(_)));
                prep && before(2).and_then(of).is_some_and(|t| self.is(s, t, &lexicon.sets.involvement))
            };
            let led = of(phrase).is_some() || carried() || involved();
            let doer = matches!(lexicon.frames[lexicon.events[protos[j].event].frame].subject, Slot::Actor);
            if !led || !doer || protos[j].event_type(lexicon).is_speech() || protos[j].actors.iter().any(|a| a.why == "genitive" || a.why == "prep") {
                continue;
            }
            let accuser = (0..j).rev().find(|i| {
                let q = &protos[*i];
                q.event_type(lexicon) == EventType::Accuse && !q.recipients.is_empty() && q.parts.stop == phrase
            });
            if let Some(i) = accuser {
                protos[j].actors = protos[i].recipients.iter().map(|a| Arg { basis: Basis::Accused, why: "accused", ..a.clone() }).collect();
            }
        }
    }

    /// "سيطر الجيش على التلة بعد اشتباكات مع المسلحين": whom he fought lost it.
    pub(super) fn losers(&self, protos: &mut [Proto]) {
        for i in 0..protos.len() {
            if protos[i].gone || !protos[i].modes.contains("territory") || !protos[i].recipients.is_empty() || protos[i].actors.is_empty() {
                continue;
            }
            let won = |a: &Arg| protos[i].actors.iter().any(|x| (x.sentence, x.np) == (a.sentence, a.np) || self.same_name(x, a));
            let fight = (i + 1..protos.len()).chain((0..i).rev()).map(|j| &protos[j]).find(|q| {
                let near = !q.gone && q.modes.contains("clash") && q.trigger.phrase.abs_diff(protos[i].trigger.phrase) <= 12;
                // (of two sides one must be who won)
                let lost = q.actors.iter().filter(|a| !won(a)).count();
                near && lost > 0 && (lost < q.actors.len() || lost == 1)
            });
            let lost: Vec<Arg> = fight.map(|q| q.actors.iter().filter(|a| !won(a)).map(|a| Arg { why: "opponent", ..a.clone() }).collect()).unwrap_or_default();
            protos[i].recipients = lost;
        }
    }

    /// The same once more, when it is known whom a fight was with that its clause does not name.
    pub(super) fn losers_of_fights(&mut self) {
        let mut protos = std::mem::take(&mut self.protos);
        for sentence in protos.chunk_by_mut(|a, b| a.sentence == b.sentence) {
            self.losers(sentence);
        }
        self.protos = protos;
    }

    /// "قتل ثلاثة مسلحين في اشتباكات مع الشرطة": the armed dead were the other side.
    pub(super) fn fallen(&self, protos: &mut [Proto]) {
        let fights = |p: &Proto| self.cx.lexicon.frames[self.cx.lexicon.events[p.event].frame].subject == Slot::Both;
        for p in protos.iter_mut().filter(|p| !p.gone && p.modes.contains("clash") && fights(p) && p.actors.len() == 1) {
            let one = p.actors[0].clone();
            let armed = |a: &&Arg| {
                (a.sentence, a.np) != (one.sentence, one.np) && self.identify(a.sentence, a.np, None).civilian == Some(false) && !self.same_name(a, &one)
            };
            let other: Vec<Arg> = p.recipients.iter().filter(armed).map(|a| Arg { why: "fallen", ..a.clone() }).collect();
            p.actors.splice(0..0, other);
        }
    }

    /// "تصدى المقاومون لاقتحام [القوات]": whose deed is resisted is the other side.
    pub(super) fn resisted(&self, protos: &mut [Proto]) {
        let lexicon = self.cx.lexicon;
        for i in 0..protos.len() {
            let p = &protos[i];
            if p.gone || p.actors.len() > 1 || lexicon.frames[lexicon.events[p.event].frame].id != "resist" {
                continue;
            }
            let deed = |q: &&Proto| q.trigger.phrase == p.parts.stop && matches!(q.event_type(lexicon), EventType::Assault | EventType::Coerce);
            let Some(q) = protos.iter().find(deed) else { continue };
            let side = |a: &&Arg| !p.actors.iter().any(|x| x.np == a.np || self.same_name(x, a));
            let others: Vec<Arg> = q.actors.iter().filter(side).map(|a| Arg { why: "resisted", ..a.clone() }).collect();
            protos[i].actors.extend(others);
        }
    }

    /// Does the first claim stand in a relative clause that has ended before the second begins?
    fn in_relative(&self, q: &Proto, then: &Proto) -> bool {
        if q.sentence != then.sentence || q.trigger.phrase >= then.trigger.phrase {
            return false;
        }
        let phrases = &self.sentences[q.sentence].phrases;
        let opened = (0..q.trigger.phrase).rev().take(3).take_while(|k| !matches!(phrases[*k], Phrase::Mark(..))).any(|k| matches!(phrases[k], Phrase::Rel(_)));
        let closed = phrases[q.trigger.phrase..then.trigger.phrase].iter().any(|p| matches!(p, Phrase::Mark(..) | Phrase::Sub(_)));
        opened && closed
    }

    /// Event nouns joined by و share who did it and to whom: "قصف وغارات للتحالف", "الاقتحامات الإسرائيلية والاعتقالات".
    pub(super) fn share(&self, index: usize, protos: &mut [Proto]) {
        let lexicon = self.cx.lexicon;
        let s = &self.sentences[index];
        for j in 1..protos.len() {
            let i = j - 1;
            let (Form::Noun(_), Form::Noun(n)) = (protos[i].trigger.form, protos[j].trigger.form) else { continue };
            let (a, b) = (protos[i].trigger.phrase, protos[j].trigger.phrase);
            let joined = s.nps[n].shape.wa || b > 0 && matches!(s.phrases[b - 1], Phrase::Conj(_));
            let touching = b > a && s.phrases[a + 1..b].iter().all(|p| matches!(p, Phrase::Conj(_) | Phrase::Quote(..)));
            if !joined || !touching {
                continue;
            }
            let doer = |p: &Proto| matches!(lexicon.frames[lexicon.events[p.event].frame].subject, Slot::Actor | Slot::Both);
            if !doer(&protos[i]) || !doer(&protos[j]) {
                continue;
            }
            for (from, to) in [(j, i), (i, j)] {
                let first = from < to;
                if protos[to].actors.is_empty() && protos[to].parts.adjective.is_none() {
                    // what stands behind the last belongs to all; of the first only what describes it or governs the clause
                    let list: Vec<Arg> =
                        protos[from].actors.iter().filter(|x| !first || matches!(x.why, "governor" | "light" | "responsibility")).cloned().collect();
                    protos[to].actors = list;
                    protos[to].parts.adjective = protos[from].parts.adjective;
                    protos[to].dropped_subject |= protos[from].dropped_subject;
                }
                if !first && protos[to].recipients.is_empty() {
                    protos[to].recipients = protos[from].recipients.clone();
                }
            }
        }
    }

    /// The subject of the last clause before a phrase, with those joined to it; empty when none is found.
    pub(super) fn main_subject(&self, s: usize, before: usize) -> Vec<NpId> {
        let triggers: [Trigger; 0] = [];
        let f = Filler { s: &self.sentences[s], cx: self.cx, lexes: &self.lexes[s], triggers: &triggers };
        for k in (0..before).rev() {
            if let Phrase::Verb(_) = self.sentences[s].phrases[k] {
                if let Some(b) = f.subject_before(k)
                    && f.may_act(b[0])
                {
                    return b;
                }
                // verb, subject
                if let Some(Phrase::Np(n)) = self.sentences[s].phrases.get(k + 1)
                    && f.may_act(*n)
                    && self.sentences[s].nps[*n].shape.prep.is_none()
                {
                    // ("وزير الثقافة [والإعلام]" is one man)
                    let people = |m: NpId| self.sentences[s].nps[m].class.any(Class::HUMAN);
                    let joins = |m: &NpId| self.sentences[s].nps[*m].shape.wa && people(*n) == people(*m) && f.alike(*n, *m) && f.may_act(*m);
                    let joined = |j: usize| f.np_at(j).filter(joins);
                    return std::iter::once(*n).chain((k + 2..before).map_while(joined)).collect();
                }
            }
        }
        Vec::new()
    }

    /// "القصف طال أيضا": the same attack goes on, its attacker with it.
    pub(super) fn inherit_actor(&mut self, i: usize) {
        let lexicon = self.cx.lexicon;
        let p = &self.protos[i];
        let definite = match p.trigger.form {
            Form::Noun(n) => {
                let np = &self.sentences[p.sentence].nps[n];
                np.shape.the || np.definite
            }
            Form::Verb | Form::Attribute(_) => false,
        };
        // a toll that stands by itself is of the attack told before
        let bare_casualty = lexicon.events[p.event].kind == EventKind::Casualty && p.spots.is_empty();
        let s = p.sentence;
        let ty = p.event_type(lexicon);
        // "واعتقل الثلاثة", "حملات اعتقالات": who held others just before; "منعا لاعتقاله" tells what was wanted
        let wanted = matches!(p.trigger.form, Form::Noun(n) if p.carrier.is_none() && self.sentences[s].nps[n].shape.prep == Some('ل'));
        let held = ty == EventType::Coerce && p.modality == Modality::Actual && !wanted;
        if !definite && !held && !(bare_casualty && p.parts.means.is_empty() && p.parts.places.is_empty()) {
            return;
        }
        let reach = if definite { 4 } else { 2 };
        // an arrest is by whoever held or searched before it, what else is forbidden or closed only by who does so in the sentence
        let seized = |q: &Proto| q.modes.contains("arrest") || q.modes.contains("seize");
        let alike = |q: &Proto| definite || !held || seized(q) && seized(p) || q.sentence == s;
        // a minister or a voice shells nobody
        let able = |a: &Arg| {
            let np = &self.sentences[a.sentence].nps[a.np];
            let official = np.class.any(Class::HUMAN) && self.identify(a.sentence, a.np, None).roles.first() == Some(&"GOV");
            a.token.is_some() || !np.actor.is_empty() || np.class.any(Class::AGENT) && !(ty == EventType::Assault && official)
        };
        let from = (0..i).rev().map(|j| (j, &self.protos[j])).take_while(|(_, q)| q.sentence + reach >= s).find(|(j, q)| {
            !q.gone
                && !q.actors.is_empty()
                && q.event_type(lexicon) == ty
                && q.modality == Modality::Actual
                && self.same_time(i, *j)
                && alike(q)
                // "خطف مسلحون موظفا. وقتل جنديان في القصف"
                && !self.means_apart(&self.protos[i], q)
                && q.actors.iter().all(able)
                && q.modes.contains("clash") == self.protos[i].modes.contains("clash")
                && q.modes.contains("territory") == self.protos[i].modes.contains("territory")
        });
        if from.is_none() && definite && self.protos[i].modes.contains("clash") {
            self.fought_before(i);
            return;
        }
        if let Some((_, q)) = from {
            let who: Vec<Arg> = q.actors.iter().map(|a| Arg { basis: Basis::Inherited, why: "actor.inherited", ..a.clone() }).collect();
            self.protos[i].actors = who;
        }
    }
    /// "نصب مسلحون كمينا للدورية ... وفي الاشتباكات": an attack of armed people on armed people is the fight told of behind it.
    fn fought_before(&mut self, i: usize) {
        let lexicon = self.cx.lexicon;
        let s = self.protos[i].sentence;
        let armed = |a: &Arg| self.identify(a.sentence, a.np, None).civilian == Some(false);
        let fight = |q: &&Proto| {
            let assault = !q.gone && q.event_type(lexicon) == EventType::Assault && q.modality == Modality::Actual;
            assault && !q.actors.is_empty() && !q.recipients.is_empty() && q.actors.iter().chain(&q.recipients).all(armed)
        };
        let Some(q) = self.protos[..i].iter().rev().take_while(|q| q.sentence + 2 >= s).find(fight) else { return };
        let two = |a: &Arg| Arg { basis: Basis::Inherited, why: "fought-before", ..a.clone() };
        // (who told of its own dead fought whom it does not name)
        let others = q.recipients.iter().take(usize::from(q.actors.iter().all(|a| a.why != "announcer")));
        let who: Vec<Arg> = q.actors.iter().take(1).chain(others).map(two).collect();
        self.protos[i].actors = super::anaphora::distinct(who);
    }
}
