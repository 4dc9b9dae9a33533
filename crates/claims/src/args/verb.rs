//! The parts of a verb: its object, and its subject behind it, before it, or in the clause before.

use super::*;

impl Filler<'_> {
    pub(super) fn verb(&self, t: &Trigger, frame: &FrameTable, kind: EventKind, groups: &Groups, parts: &mut Parts) {
        let s = self.s;
        let Some((_, shape, _)) = s.verb(t.tokens.start).copied() else { return };
        // a verb behind و begins a clause of its own
        let before = if shape.wa { self.as_for(t.phrase) } else { self.subject_before(t.phrase) };
        let object_slot = frame.object;
        let subject_slot = frame.subject;
        let put = |group: &[NpId], slot: Slot, parts: &mut Parts, rule: &'static str| {
            for m in group {
                self.assign(*m, slot, frame, parts, rule);
            }
        };
        let object_pronoun = shape.object != Enclitic::None;
        let one_argument = object_slot == Slot::None || matches!(frame.subject, Slot::Recipient | Slot::Means);
        if object_pronoun && !one_argument && groups.len() < 2 {
            parts.pronoun = Some((object_slot, shape.object));
        }
        // "استهدفنا الدبابة": the one who says it did it
        if shape.person == arabic::morph::Person::First && matches!(subject_slot, Slot::Actor | Slot::Both) {
            parts.teller = Some(subject_slot);
        }
        // "أعدموا على أيدي": who did it stands behind a preposition
        let passive = shape.passive || subject_slot == Slot::Actor && parts.actors.iter().any(|a| a.1 == "prep");
        if passive && !one_argument {
            match (&before, groups.first()) {
                // "أن رجلا اعتقل أمس لارتكابه [جريمة]"
                (Some(b), Some(g)) if b.iter().all(|n| self.human(*n)) && !self.human(g[0]) => put(b, object_slot, parts, "passive-before"),
                (_, Some(g)) => put(g, object_slot, parts, "passive"),
                (Some(b), None) => put(b, object_slot, parts, "passive-before"),
                _ => {
                    let topic = self.topic(t.phrase).filter(|n| !shape.wa && self.human(*n));
                    put(topic.as_slice(), object_slot, parts, "passive-before");
                }
            }
            return;
        }
        match (before, groups.len()) {
            (Some(b), n) => {
                // "شخصان قتلا": a person before an intransitive or a killing verb in the plural is the one killed
                // ("الطفلة نقلت إلى المستشفى")
                let befell = kind == EventKind::Casualty || frame.id == "carry";
                let victims = n == 0 && matches!(subject_slot, Slot::Actor) && befell && b.iter().all(|m| self.human(*m)) && !object_pronoun;
                if victims {
                    put(&b, object_slot, parts, "passive-before");
                    return;
                }
                // "تسعة آلاف شخص [تحتجزهم] جماعات": what stands first is taken up by the pronoun, who did it stands behind
                let taken_up = object_pronoun && !one_argument && groups.first().is_some_and(|g| g.iter().all(|m| self.armed_body(*m) || self.agentive(*m)));
                if let Some(g) = groups.first().filter(|_| taken_up) {
                    put(g, subject_slot, parts, "subject");
                    put(&b, object_slot, parts, "object-before");
                    parts.pronoun = None;
                    return;
                }
                put(&b, subject_slot, parts, "subject-before");
                if let Some(g) = groups.first() {
                    put(g, object_slot, parts, "object");
                }
            }
            (None, 0) => {
                // "أن الرجل، وهو تاجر، قتل"
                let topic = self.topic(t.phrase).filter(|n| kind == EventKind::Casualty && !shape.wa && !object_pronoun && !one_argument && self.human(*n));
                // "ونقلوا إلى المستشفى": with nobody behind it they are those who were taken
                if frame.id == "carry" && !object_pronoun {
                    parts.pronoun = Some((object_slot, if shape.plural { Enclitic::Them } else { Enclitic::Him }));
                    return;
                }
                // "تم القبض عليه" has no subject that could be named before
                let happens = self.has(t.tokens.start, &self.cx.lexicon.sets.comes_about);
                // "نظمت تظاهرات" at the head of a clause: what is told of stands where the subject would
                // ("أطلقت صواريخ من القطاع", "أطلقت النار على الشاب")
                let fired = || frame.id == "strike" && t.matched.last().is_some_and(|m| s.nps.iter().any(|np| np.head == *m && np.class.any(Class::WEAPON)));
                let told = t.by_phrase && !shape.wa && shape.feminine && (frame.id == "protest" || fired());
                parts.dropped = topic.is_none() && !happens && !told;
                put(topic.as_slice(), object_slot, parts, "passive-before");
            }
            (None, 1) => {
                let g = &groups[0];
                let n0 = g[0];
                let np = self.np(n0);
                if one_argument || object_pronoun {
                    put(g, subject_slot, parts, "subject");
                    return;
                }
                // "وتقتحم [القسم]": a feminine verb has no masculine subject
                if shape.feminine && !shape.plural && self.one_masculine(n0) && kind != EventKind::Speech {
                    put(g, object_slot, parts, "object-only");
                    parts.dropped = true;
                    return;
                }
                // "بقصف [دمر] المنصات": what was done to something describes the event before
                let of_event = t.phrase.checked_sub(1).and_then(|k| self.np_at(k)).is_some_and(|m| !shape.wa && !self.np(m).definite && self.is_trigger_np(m));
                // "أكد أنه [سيلتقي] الوزير", "التقى نظيره", "وسعت حملتها [لتستهدف] المسلحين": who did it is named before
                // ("أعلنت الجماعة أنها [استهدفت] ناقلة نفط")
                let told_of_them = self.behind_pronoun(t) && (shape.feminine || shape.plural);
                let told_of_him =
                    shape.person == arabic::morph::Person::First || shape.purpose || told_of_them || self.behind_him(t) && kind == EventKind::Speech;
                if told_of_him || of_event && np.class.any(Class::FLEET.or(Class::THING)) || self.has(np.head, &self.cx.lexicon.sets.counterpart) {
                    put(g, object_slot, parts, "object-only");
                    parts.dropped = !of_event;
                    return;
                }
                if frame.id == "accuse" && self.charged_alone(t.phrase) {
                    put(g, object_slot, parts, "object-only");
                    parts.dropped = shape.wa || shape.purpose;
                    return;
                }
                let acts = self.agentive(n0);
                // "قتل خمسة من عناصر التنظيم": a number of people is not the body that they belong to
                let body = np.number.is_none() && (!np.actor.is_empty() && np.place.is_none() || np.class.any(Class::GROUP.or(Class::FLEET)));
                let is_object = match kind {
                    EventKind::Casualty => !body,
                    EventKind::Speech => {
                        let thing = np.place.is_some() || np.class.any(Class::WEAPON.or(Class::THING).or(Class::BASE));
                        !acts && !self.human(n0) && (!np.definite || thing)
                    }
                    _ => match frame.id {
                        "kill" | "hold" | "carry" => !body && (self.human(n0) || np.number.is_some() || np.class.any(Class::NAMELIKE)),
                        "hit" | "raid" | "take" => !acts || self.gathering(n0),
                        _ => !acts && !np.class.any(Class::WEAPON),
                    },
                };
                // a subject that went on from the verb before: "وقتلوا جنديين"
                let plural = shape.plural;
                if is_object {
                    put(g, object_slot, parts, "object-only");
                    // "واعتقلت شابا": a feminine verb before a man has another subject
                    let other = shape.feminine && self.masculine(g[0]);
                    parts.dropped =
                        plural || other || shape.wa && shape.active || kind != EventKind::Casualty && matches!(frame.id, "hit" | "raid" | "take" | "strike");
                } else if plural {
                    put(g, object_slot, parts, "object-only");
                    parts.dropped = true;
                } else {
                    put(g, subject_slot, parts, "subject");
                }
            }
            (None, _) => {
                let (a, b) = (&groups[0], &groups[1]);
                if one_argument {
                    put(a, subject_slot, parts, "subject");
                    return;
                }
                // the accusative may come first only when it is marked; a plural verb has its subject before it
                if shape.plural || matches!(shape.person, arabic::morph::Person::First) {
                    put(a, object_slot, parts, "object-only");
                    parts.dropped = true;
                    return;
                }
                // "قتل ثلاثة من جنودنا [الشجعان]": what follows describes them
                let described =
                    self.np(b[0]).class == Class::default() && self.lexes.get(self.np(b[0]).head).is_some_and(|l| l.adj.is_some() && l.noun.is_none());
                if kind == EventKind::Casualty && described && !self.armed_body(a[0]) {
                    put(a, object_slot, parts, "object-only");
                    return;
                }
                let first_acts = self.may_act(a[0]) || self.np(a[0]).class.any(Class::WEAPON);
                if !first_acts && self.np(a[0]).class.any(Class::THING.or(Class::PLACE)) {
                    put(a, object_slot, parts, "object-only");
                    parts.dropped = kind != EventKind::Casualty && matches!(subject_slot, Slot::Actor);
                    return;
                }
                put(a, subject_slot, parts, "subject");
                put(b, object_slot, parts, "object");
            }
        }
    }

    /// The subject that stands before a verb: behind أن, at the beginning, in headlines.
    pub fn subject_before(&self, phrase: usize) -> Option<Vec<NpId>> {
        let s = self.s;
        let mut k = phrase;
        let mut skipped = 0;
        while k > 0 {
            k -= 1;
            match &s.phrases[k] {
                Phrase::Time(_) | Phrase::Neg(_) | Phrase::Quote(..) => {}
                Phrase::Other(i) => {
                    if !self.has(*i, &self.cx.lexicon.sets.before_verb) && !self.has(*i, &self.cx.lexicon.sets.between_subject_and_verb) {
                        return None;
                    }
                }
                Phrase::Mark(_, ',') => {
                    // "إن القوات، اليوم، استهدفت"
                    let timed = matches!(s.phrases.get(k + 1), Some(Phrase::Time(_))) || matches!(s.phrases.get(k.wrapping_sub(1)), Some(Phrase::Time(_)));
                    if !timed || skipped > 0 {
                        return self.behind_comp(k);
                    }
                }
                Phrase::Rel(_) if k + 1 == phrase => {
                    // "المسلحون الذين هاجموا", "الميليشيا، التي كثفت": the noun before is the subject
                    let j = if matches!(s.phrases.get(k.wrapping_sub(1)), Some(Phrase::Mark(_, ','))) { k - 1 } else { k };
                    let n = self.np_at(j.checked_sub(1)?)?;
                    if self.agentive(n) || self.human(n) {
                        return Some(vec![n]);
                    }
                    // "موقف المنظمة التي تدين": of two nouns the one that can act
                    let inner = self.np(n).genitive.or(self.np(n).owner);
                    let other = self.np_at(phrase + 1).is_some_and(|m| self.agentive(m) && self.np(m).shape.prep.is_none());
                    return inner.filter(|m| !other && self.agentive(*m) && self.relative_of(phrase - 1, *m)).map(|m| vec![m]);
                }
                Phrase::Np(n) => {
                    let np = self.np(*n);
                    // "رجل يبلغ من العمر 31 عاما"
                    if np.class.any(Class::MEASURE.or(Class::TIME)) && np.actor.is_empty() && np.number.is_some() {
                        continue;
                    }
                    let preposed = np.shape.prep.is_some() || k > 0 && matches!(s.phrases[k - 1], Phrase::Prep(_));
                    // "في خوف من عصابات [تنهب] القرى": a verb right behind an indefinite noun describes it
                    if preposed && self.described_by(*n, phrase, k) {
                        return Some(vec![*n]);
                    }
                    if preposed {
                        // a prepositional phrase between subject and verb: "قوات الأمن في المدينة اعتقلت"
                        skipped += 1;
                        if skipped > 4 {
                            return None;
                        }
                        if k > 0 && matches!(s.phrases[k - 1], Phrase::Prep(_)) {
                            k -= 1;
                        }
                        continue;
                    }
                    return self.subject_from(k, *n);
                }
                // "أن رجلا يبلغ من العمر ثلاثين عاما [قتل]": a clause describes the subject
                Phrase::Verb(v) => {
                    let present = s.verb(*v).is_some_and(|x| !x.1.wa && x.1.tense == arabic::morph::Tense::Present);
                    let n = self.np_at(k.checked_sub(1)?).filter(|n| present && !self.np(*n).definite && self.human(*n))?;
                    return self.subject_from(k - 1, n).filter(|_| k == 1 || matches!(s.phrases[k - 2], Phrase::Comp(_)));
                }
                _ => return None,
            }
        }
        None
    }

    /// "ويتهم [العاصمة] بالعرقلة", "اتهم [الجيش] بقصف المعبر": does who stands alone before the charge follow the verb of accusing at `phrase`?
    pub(crate) fn charged_alone(&self, phrase: usize) -> bool {
        let accuses = |t: &&Trigger| t.phrase == phrase && t.form == Form::Verb && self.cx.lexicon.frames[self.cx.lexicon.events[t.event].frame].id == "accuse";
        let Some(first) = self.np_at(phrase + 1).filter(|n| self.np(*n).shape.prep.is_none()) else { return false };
        let joined = (phrase + 2..).take_while(|k| self.np_at(*k).is_some_and(|m| self.np(m).shape.wa && self.alike(first, m))).count();
        self.triggers.iter().any(|t| accuses(&t)) && self.led_by_ba(phrase + 2 + joined)
    }

    /// Does the verb at `phrase` describe the indefinite people or body right before it, with which it agrees?
    fn described_by(&self, n: NpId, phrase: usize, k: usize) -> bool {
        let np = self.np(n);
        let Phrase::Verb(v) = self.s.phrases[phrase] else { return false };
        let agrees = self.s.verb(v).is_some_and(|x| !x.1.wa && if np.class.any(Class::GROUP) { x.1.feminine } else { x.1.plural });
        k + 1 == phrase && agrees && !np.definite && np.place.is_none() && np.class.any(Class::AGENT) && self.agentive(n)
    }

    /// "أما الكتائب [فقصفت]": whom أما turns to is the subject of the verb behind ف.
    fn as_for(&self, phrase: usize) -> Option<Vec<NpId>> {
        let s = self.s;
        let turned = |k: usize| matches!(s.phrases[k], Phrase::Conj(i) if self.has(i, &self.cx.lexicon.sets.as_for));
        let at = (phrase.saturating_sub(8)..phrase).rev().find(|k| turned(*k))?;
        let first = self.np_at(at + 1).filter(|n| self.may_act(*n) && self.np(*n).shape.prep.is_none())?;
        let open = !s.phrases[at + 1..phrase].iter().any(|p| matches!(p, Phrase::Verb(_)));
        open.then(|| {
            std::iter::once(first).chain((at + 2..phrase).map_while(|j| self.np_at(j).filter(|m| self.np(*m).shape.wa && self.alike(first, *m)))).collect()
        })
    }

    /// Can the relative pronoun at a phrase be of this one: الذي of a masculine, التي of a feminine?
    fn relative_of(&self, pronoun: usize, n: NpId) -> bool {
        use arabic::morph::Gender;
        let Phrase::Rel(i) = self.s.phrases[pronoun] else { return false };
        let readings = |t: usize| &self.cx.words.get(self.cx.text.tokens[t].word).readings;
        let of = self.lexes.get(i).and_then(|l| l.particle).map_or(Gender::Any, |p| readings(i)[p.1 as usize].feat.gender());
        let np = self.np(n);
        let head = np.reading.and_then(|r| readings(np.head).get(r as usize)).map_or(Gender::Any, |r| r.feat.gender());
        of == Gender::Any || head == Gender::Any || of == head
    }

    /// The subject whose last phrase is `n` at `k`: with those joined to it, or the phrase that it stands in apposition to.
    fn subject_from(&self, k: usize, n: NpId) -> Option<Vec<NpId>> {
        let s = self.s;
        let np = self.np(n);
        let mut first = k;
        let mut group = vec![n];
        while first > 0 && self.np_at(first).is_some_and(|m| self.np(m).shape.wa) {
            match self.np_at(first - 1) {
                Some(m) if self.alike(m, n) => {
                    group.insert(0, m);
                    first -= 1;
                }
                _ => break,
            }
        }
        let opens = |j: usize| {
            let before = j.checked_sub(1).map(|j| &s.phrases[j]);
            before.is_none_or(|p| !matches!(p, Phrase::Np(_) | Phrase::Verb(_) | Phrase::Prep(_) | Phrase::Rel(_) | Phrase::Neg(_)))
        };
        // "أن عائلة الزعيم الراحل فلان رفضت": phrases in apposition, the first is what the clause is about
        if group.len() == 1 && !opens(first) && np.definite {
            let mut j = first;
            while j > 0 && first - j < 3 && self.np_at(j - 1).is_some_and(|m| self.np(m).shape.prep.is_none()) {
                j -= 1;
            }
            let head = self.np_at(j).filter(|_| j < first && matches!(j.checked_sub(1).map(|i| &s.phrases[i]), Some(Phrase::Comp(_))));
            if let Some(m) = head.filter(|m| self.agentive(*m) || self.human(*m)) {
                return Some(vec![m]);
            }
        }
        // "شنت قوة اقتحمت": an indefinite noun and its relative clause
        let relative = matches!(first.checked_sub(1).map(|j| &s.phrases[j]), Some(Phrase::Verb(_) | Phrase::Np(_))) && !np.definite;
        let acts = self.agentive(n) || self.human(n) || np.class.any(Class::WEAPON.or(Class::THING).or(Class::BASE).or(Class::PLACE)) || np.place.is_some();
        ((opens(first) || relative) && acts && !self.is_trigger_np(n)).then_some(group)
    }

    /// "أن القوات، تساندها آليات، اقتحمت": the phrase behind the last أن, when only a parenthesis parts it from the verb.
    fn behind_comp(&self, comma: usize) -> Option<Vec<NpId>> {
        let s = self.s;
        let comp = (comma.saturating_sub(14)..comma).rev().find(|j| matches!(s.phrases[*j], Phrase::Comp(_)))?;
        let first = (comp + 1..comma).find(|j| !matches!(s.phrases[*j], Phrase::Quote(..) | Phrase::Time(_)))?;
        let n = self.np_at(first)?;
        let open = (first..=comma).find(|j| matches!(s.phrases[*j], Phrase::Mark(_, ',')))?;
        let plain = !s.phrases[first..open].iter().any(|p| matches!(p, Phrase::Verb(_) | Phrase::Mark(..)));
        let mut group = vec![n];
        group.extend((first + 1..open).map_while(|j| self.np_at(j).filter(|m| self.np(*m).shape.wa && self.alike(n, *m))));
        (plain && self.np(n).shape.prep.is_none() && (self.may_act(n) || self.human(n))).then_some(group)
    }

    /// Is this phrase of one man, or of several?
    fn masculine(&self, n: NpId) -> bool {
        let np = self.np(n);
        np.class.any(Class::HUMAN) && self.of_gender(np, arabic::morph::Number::Plural)
    }

    /// A single body, thing or man whose name is masculine: "القسم". Of a place or a weapon the gender is not sure, and a side that is
    /// named is believed before the verb's ending is.
    fn one_masculine(&self, n: NpId) -> bool {
        let np = self.np(n);
        let known = np.class.any(Class::GROUP.or(Class::HUMAN).or(Class::THING))
            && !np.class.any(Class::WEAPON.or(Class::FLEET))
            && np.place.is_none()
            && np.actor.is_empty();
        known && self.of_gender(np, arabic::morph::Number::Plural) && self.of_gender(np, arabic::morph::Number::Dual)
    }

    /// Masculine by its head, uncounted, and not of this number.
    fn of_gender(&self, np: &Np, not: arabic::morph::Number) -> bool {
        let reading = np.reading.and_then(|r| self.cx.words.get(self.cx.text.tokens[np.head].word).readings.get(r as usize));
        np.number.is_none() && np.quantifier.is_none() && reading.is_some_and(|r| r.feat.gender() == arabic::morph::Gender::Masc && r.feat.number() != not)
    }

    /// What the clause behind the last أن is about: its first phrase, however much is said of it before the verb.
    fn topic(&self, phrase: usize) -> Option<NpId> {
        let s = self.s;
        let comp = (phrase.saturating_sub(14)..phrase).rev().find(|j| matches!(s.phrases[*j], Phrase::Comp(_) | Phrase::Sub(_) | Phrase::Mark(_, ';')))?;
        let first = matches!(s.phrases[comp], Phrase::Comp(_)).then_some(comp + 1)?;
        self.np_at(first).filter(|n| self.np(*n).shape.prep.is_none())
    }

    pub(crate) fn np_at(&self, k: usize) -> Option<NpId> {
        match self.s.phrases.get(k)? {
            Phrase::Np(n) => Some(*n),
            _ => None,
        }
    }
}
