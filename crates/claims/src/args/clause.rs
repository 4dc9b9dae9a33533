//! The clause around an event word: the phrases behind it, each led to its part by a preposition or left bare for the verb or noun to take.

use super::*;

impl Filler<'_> {
    /// Goes forward from the trigger, collecting bare phrases and assigning prepositional ones.
    pub(super) fn walk(&self, t: &Trigger, frame: &FrameTable, noun: bool, skip_to: usize, groups: &mut Groups, parts: &mut Parts) {
        let s = self.s;
        let mut pending: Vec<usize> = Vec::new();
        let mut comma = false;
        // within "، اليوم الخميس،": the commas part nothing
        let mut aside = false;
        let mut last: Option<Slot> = None;
        // the part that people behind a preposition play, and the last of them
        let mut people: Option<(Slot, NpId)> = None;
        let mut bare_open = true;
        // a verb that only links the event word to its target or doer
        let mut link: Option<Slot> = None;
        let mut k = t.phrase + 1;
        // words of a phrase trigger between its first and last token: what stands inside is seen, what belongs to it not
        while k < s.phrases.len() {
            let p = &s.phrases[k];
            let start = s.start(p, self.cx);
            if t.by_phrase && t.matched.contains(&start) && !matches!(p, Phrase::Np(_)) {
                k += 1;
                continue;
            }
            // "ما بين" is one preposition
            let between = self.has(start, &self.cx.lexicon.sets.result) && self.has(start + 1, &self.cx.lexicon.sets.between);
            if !between && !matches!(p, Phrase::Np(_) | Phrase::Time(_) | Phrase::Verb(_)) && self.has(start, &self.cx.lexicon.sets.result) {
                parts.stop = k;
                return;
            }
            match p {
                Phrase::Time(x) => {
                    if parts.time.is_none() {
                        parts.time = Some(*x);
                    }
                    pending.clear();
                    parts.end = parts.end.max(self.cx.times[*x].tokens.end);
                }
                Phrase::Prep(i) => pending.push(*i),
                Phrase::Np(n) => {
                    let np = self.np(*n);
                    if t.by_phrase && t.matched.contains(&np.head) && np.head <= skip_to {
                        // the noun of "إنهاء وجود": what is attached to it is an argument
                        match np.genitive {
                            Some(g) if frame.object != Slot::None => {
                                self.assign(g, frame.object, frame, parts, "object");
                            }
                            g => groups.extend(g.map(|g| vec![g])),
                        }
                        k += 1;
                        pending.clear();
                        continue;
                    }
                    let lead = self.leading(&pending, np);
                    let led = !lead.is_empty();
                    if led && self.has(np.head, &self.cx.lexicon.sets.aside) {
                        // "من جهة": parts the sides, says nothing
                        pending.clear();
                        k += 1;
                        continue;
                    }
                    if self.is_trigger_np(*n) {
                        let same = led && self.prep_slot(frame, &lead, noun) == Some(Slot::None);
                        // "نقل المصابين", "الإفراج عن المعتقلين": people so called are an argument
                        let people = np.class.any(Class::CASUALTY) && np.class.any(Class::HUMAN) && self.takes_people(frame, &lead, noun, led);
                        // "سقوط شهداء وجرحى في صفوف [المدنيين]": the hurt beside the dead
                        let beside = t.by_phrase && !led && np.shape.wa && np.class.any(Class::CASUALTY) && frame.object == Slot::None && groups.is_empty();
                        if beside {
                            k += 1;
                            continue;
                        }
                        if !same && !people {
                            parts.stop = k;
                            return;
                        }
                    }
                    // "وهذا الأمر يعد": a demonstrative begins a clause
                    if np.shape.wa && np.tokens.start < np.head && self.is_demonstrative(np.tokens.start) {
                        parts.stop = k;
                        return;
                    }
                    let wa = np.shape.wa || matches!(s.phrases[..k].iter().rfind(|p| !matches!(p, Phrase::Quote(..))), Some(Phrase::Conj(_)));
                    if wa && !led && last.is_some() {
                        // joined to the phrase before
                        match last {
                            Some(slot) => {
                                // "بين مواطنين من الموصل [ومسلحين]", "قتل جندي في حلب [وثلاثة مدنيين]": people go with people
                                let state = np.actor.iter().any(|a| self.cx.lexicon.actors[a.actor as usize].state);
                                let people = people.filter(|(_, m)| !comma && !state && np.place.is_none() && self.alike(*m, *n));
                                let slot = people.map_or(slot, |p| p.0);
                                let group = groups.last_mut().filter(|g| {
                                    let one = people.is_none() && !comma && np.place.is_none() && (self.human(*n) || np.number.is_some());
                                    one && matches!(slot, Slot::None | Slot::Place | Slot::Means)
                                        && g.last().is_some_and(|m| self.human(*m) && self.alike(*m, *n))
                                });
                                if let Some(g) = group {
                                    g.push(*n);
                                } else if !self.assign(*n, slot, frame, parts, "join") && np.place.is_none() {
                                    // something else is joined: a new clause
                                    if self.agentive(*n) {
                                        parts.stop = k;
                                        return;
                                    }
                                }
                            }
                            None => {
                                if let Some(g) = groups.last_mut() {
                                    g.push(*n);
                                }
                            }
                        }
                        parts.end = np.tokens.end;
                        pending.clear();
                        k += 1;
                        continue;
                    }
                    if wa && !led && !groups.is_empty() && last.is_none() {
                        let joinable = groups.last().and_then(|g| g.last()).is_some_and(|m| self.alike(*m, *n));
                        // "ثلاثة عناصر من الجيش [والشرطة]": of both bodies
                        let whose = groups.last().and_then(|g| g.last()).is_some_and(|m| {
                            let (x, body) = (self.np(*m), |n: NpId| self.armed_body(n) && !self.np(n).class.any(Class::HUMAN));
                            x.number.is_some() && x.tokens.end == np.tokens.start && x.owner.is_some_and(body) && body(*n)
                        });
                        if whose {
                            k += 1;
                            continue;
                        }
                        if joinable {
                            if let Some(g) = groups.last_mut() {
                                g.push(*n);
                            }
                            parts.end = np.tokens.end;
                            k += 1;
                            continue;
                        }
                        parts.stop = k;
                        return;
                    }
                    // "مواقع لتنظيم كذا ولحزب كذا": a second owner behind a second ل
                    let owner_before = groups.last().and_then(|g| g.last()).copied().or(parts.things.last().copied());
                    let second = np.shape.wa && np.shape.prep == Some('ل') && self.agentive(*n);
                    let owned_by_lam = owner_before.and_then(|m| self.np(m).owner).is_some_and(|o| self.np(o).shape.prep == Some('ل'));
                    if second && owned_by_lam {
                        if !parts.recipients.iter().any(|r| r.0 == *n) {
                            parts.recipients.push((*n, "owner"));
                        }
                        parts.end = np.tokens.end;
                        pending.clear();
                        k += 1;
                        continue;
                    }
                    if led {
                        let slot = self.prep_slot(frame, &lead, noun);
                        let place = np.place.is_some();
                        // "على الحدود بين سوريا والعراق"
                        let between =
                            place && slot == Some(Slot::Both) && k >= 2 && matches!(s.phrases[k - 2], Phrase::Np(m) if self.np(m).class.any(Class::PLACE));
                        let slot = match slot {
                            _ if between => Some(Slot::Place),
                            // "قصف الجيش [لمواقع] المسلحين", "منع التنظيم [للصلاة]": behind the doer its object
                            _ if noun && lead == ["ل"] && self.one_doer(frame, groups) => {
                                parts.lam_object = true;
                                Some(frame.object)
                            }
                            // "غارة من [طيران] التحالف"
                            Some(Slot::From) if noun && !place && self.armed_body(*n) => Some(Slot::Actor),
                            slot => slot,
                        };
                        match slot {
                            Some(sl) => {
                                let taken = self.assign(self.behind_hand(*n), sl, frame, parts, "prep");
                                let sides = taken && matches!(sl, Slot::Both | Slot::Recipient) && self.agentive(*n);
                                people = if sides { Some((sl, *n)) } else { people };
                                last = Some(if taken { sl } else { Slot::None });
                            }
                            None if place => {
                                self.assign(*n, Slot::Place, frame, parts, "place-prep");
                                last = Some(Slot::Place);
                            }
                            None => last = Some(Slot::None),
                        }
                        bare_open = bare_open && groups.len() < 2;
                        parts.end = np.tokens.end;
                        pending.clear();
                        k += 1;
                        continue;
                    }
                    // "قتل 15 مدنيا بينهم 5 أطفال": some of those before, in their role
                    let part = matches!(s.phrases[k - 1], Phrase::Other(i) if self.has(i, &self.cx.lexicon.sets.among));
                    if let Some(g) = groups.last_mut().filter(|_| part && !comma) {
                        g.push(*n);
                        parts.end = np.tokens.end;
                        k += 1;
                        continue;
                    }
                    // "أغلقت [كليا] محيط القصر": how it was done
                    let word = self.lexes.get(np.head);
                    if !led && np.class == Class::default() && np.tokens.len() == 1 && np.shape.accusative && word.is_some_and(|l| l.noun.is_none()) {
                        k += 1;
                        continue;
                    }
                    // a bare phrase
                    if let Some(slot) = link.take() {
                        self.assign(*n, slot, frame, parts, "relative");
                        last = Some(slot);
                        parts.end = np.tokens.end;
                        k += 1;
                        continue;
                    }
                    if np.place.is_some() && (comma || !bare_open || groups.len() >= 2 || last.is_some()) {
                        // "في حي X بمدينة Y، محافظة Z"
                        self.assign(*n, Slot::Place, frame, parts, "place");
                        last = Some(Slot::Place);
                        parts.end = np.tokens.end;
                        k += 1;
                        continue;
                    }
                    if comma || !bare_open {
                        // an apposition or a new clause
                        if comma {
                            parts.stop = k;
                            return;
                        }
                        k += 1;
                        continue;
                    }
                    groups.push(vec![*n]);
                    last = None;
                    parts.end = np.tokens.end;
                    if groups.len() > 3 {
                        parts.stop = k;
                        return;
                    }
                }
                Phrase::Verb(v) => {
                    // "مواقع يسيطر عليها [الحوثيون]": theirs
                    if let Some(after) = self.held(k, parts) {
                        bare_open = false;
                        k = after;
                        continue;
                    }
                    // "فجر، على ما يبدو، عبوة"
                    if self.has(*v, &self.cx.lexicon.sets.seem) {
                        pending.clear();
                        k += 1;
                        continue;
                    }
                    // "قتل مسلحون يستقلون دراجة [ضابطا]"
                    if let Some(object) = self.behind_description(t, k, groups).filter(|_| !comma && bare_open) {
                        k = object;
                        continue;
                    }
                    // a verb right behind an event noun may only carry it on
                    let shape = s.verb(*v).map(|x| x.1);
                    // "سيارة مفخخة يقودها [انتحاري]"
                    let vehicle = || self.np_at(k - 1).is_some_and(|n| self.np(n).class.any(Class::THING.or(Class::WEAPON).or(Class::FLEET)));
                    let driven = parts.actors.is_empty() && shape.is_some_and(|s| s.object != Enclitic::None) && vehicle();
                    if let Some(n) = self.np_at(k + 1).filter(|n| driven && self.has(*v, &self.cx.lexicon.sets.drive) && self.human(*n)) {
                        parts.actors.push((n, "driver"));
                        bare_open = false;
                        k += 2;
                        continue;
                    }
                    let after_rel = matches!(s.phrases[k - 1], Phrase::Rel(_));
                    let direct = noun
                        && groups.is_empty()
                        && (k == t.phrase + 1
                            || after_rel && k == t.phrase + 2
                            || link.is_none() && last != Some(Slot::Actor) && !comma && (after_rel || k <= t.phrase + 3));
                    let lights = self.lights_of(*v);
                    let carried = lights.iter().map(|l| &self.cx.lexicon.lights[*l]).collect::<Vec<_>>();
                    let to_event = shape.is_some_and(|s| s.object != Enclitic::None);
                    if direct && shape.is_some_and(|s| !s.wa) {
                        if to_event && carried.iter().any(|l| l.event_object || !l.event_preps.is_empty()) {
                            // "غارة شنها الطيران", "الهجوم الذي نفذته الحركة"
                            link = Some(Slot::Actor);
                            k += 1;
                            continue;
                        }
                        if let Some(l) = carried.iter().find(|l| l.event_subject && !l.cause) {
                            if l.object != Slot::None {
                                link = Some(l.object);
                            }
                            k += 1;
                            continue;
                        }
                        // "التفجير الذي تبناه التنظيم"
                        if to_event && carried.iter().any(|l| l.claim) {
                            link = Some(Slot::Actor);
                            parts.claimed = true;
                            k += 1;
                            continue;
                        }
                    }
                    parts.stop = k;
                    return;
                }
                Phrase::Rel(_) => {
                    if noun && groups.is_empty() && k <= t.phrase + 2 {
                        k += 1;
                        continue;
                    }
                    // a relative clause of an argument: up to the comma, or the next و and verb
                    let mut j = k + 1;
                    let mut verbs = 0;
                    while j < s.phrases.len() {
                        match &s.phrases[j] {
                            Phrase::Mark(..) | Phrase::Comp(_) | Phrase::Sub(_) => break,
                            Phrase::Verb(v) => {
                                verbs += 1;
                                if verbs > 1 && s.verb(*v).is_some_and(|x| x.1.wa) {
                                    break;
                                }
                            }
                            _ => {}
                        }
                        j += 1;
                    }
                    bare_open = false;
                    pending.clear();
                    k = j;
                    continue;
                }
                Phrase::Mark(_, c) => match c {
                    ',' if !comma && matches!(s.phrases.get(k + 1), Some(Phrase::Time(_))) => aside = true,
                    ',' if aside && matches!(s.phrases[k - 1], Phrase::Time(_)) => aside = false,
                    ',' | '-' => {
                        comma = true;
                        pending.clear();
                    }
                    _ => {
                        parts.stop = k;
                        return;
                    }
                },
                Phrase::Comp(_) | Phrase::Sub(_) => {
                    parts.stop = k;
                    return;
                }
                Phrase::Conj(_) | Phrase::Quote(..) => {}
                Phrase::Neg(_) => {}
                Phrase::Other(_) => {}
            }
            k += 1;
        }
        parts.stop = s.phrases.len();
    }

    /// A clause without الذي that describes the indefinite subject of a verb: the phrase of the object behind it, "اختطف مسلحون يشتبه
    /// بانتمائهم إلى التنظيم [ثلاثة مهندسين]". What the clause's own verb does it to is a thing, and stands before.
    fn behind_description(&self, t: &Trigger, k: usize, groups: &Groups) -> Option<usize> {
        let s = self.s;
        let Phrase::Verb(v) = s.phrases[k] else { return None };
        let [group] = groups.as_slice() else { return None };
        let subject = *group.last()?;
        let present = s.verb(v).is_some_and(|x| !x.1.wa && x.1.tense == arabic::morph::Tense::Present);
        let described = t.form == Form::Verb && self.np_at(k.checked_sub(1)?) == Some(subject) && !self.np(subject).definite && self.human(subject);
        if !present || !described {
            return None;
        }
        let mut led = false;
        for (j, p) in s.phrases.iter().enumerate().skip(k + 1) {
            match p {
                Phrase::Prep(_) => led = true,
                Phrase::Np(n) if led || self.np(*n).shape.prep.is_some() || self.np(*n).shape.wa => led = false,
                Phrase::Np(n) if self.human(*n) && !self.is_trigger_np(*n) => return Some(j),
                Phrase::Np(_) | Phrase::Comp(_) | Phrase::Other(_) | Phrase::Quote(..) | Phrase::Time(_) => {}
                _ => return None,
            }
        }
        None
    }

    /// Who holds the position that was hit, when a clause says so: "مواقع يسيطر عليها [الحوثيون وقوات صالح]", "مقر تتحصن فيه [المجموعات]";
    /// the phrase to read on from.
    fn held(&self, k: usize, parts: &mut Parts) -> Option<usize> {
        let s = self.s;
        let Phrase::Verb(v) = s.phrases[k] else { return None };
        let thing = *parts.things.last()?;
        let behind = self.np_at(k.checked_sub(1)?) == Some(thing) || matches!(s.phrases[k - 1], Phrase::Rel(_)) && k >= 2 && self.np_at(k - 2) == Some(thing);
        let np = self.np(thing);
        let position = np.class.any(Class::BASE) && np.owner.is_none() && !np.genitive.is_some_and(|g| self.agentive(g));
        if !behind || !position || !self.has(v, &self.cx.lexicon.sets.hold) {
            return None;
        }
        // "عليها", "فيها", "داخلها"
        let mut j = k + 1;
        if matches!(s.phrases.get(j), Some(Phrase::Other(_) | Phrase::Prep(_))) {
            j += 1;
        }
        let first = self.np_at(j).filter(|n| self.agentive(*n) && self.np(*n).shape.prep.is_none())?;
        parts.recipients.push((first, "holder"));
        j += 1;
        while let Some(n) = self.np_at(j).filter(|n| self.np(*n).shape.wa && self.alike(first, *n)) {
            parts.recipients.push((n, "holder"));
            j += 1;
        }
        Some(j)
    }

    /// Is the one phrase behind an event noun so far its doer, and the event one that is done to somebody or something?
    fn one_doer(&self, frame: &FrameTable, groups: &Groups) -> bool {
        let [group] = groups.as_slice() else { return false };
        let transitive = matches!(frame.object, Slot::Recipient | Slot::Target) && matches!(frame.subject, Slot::Actor);
        let doer = |n: &NpId| match frame.genitive {
            Slot::AgentOrTarget => self.agentive(*n),
            _ => self.armed_body(*n),
        };
        transitive && matches!(frame.lam, Slot::Actor | Slot::Target) && group.iter().all(doer)
    }

    /// A group or a fleet, no single men.
    pub(super) fn armed_body(&self, n: NpId) -> bool {
        let np = self.np(n);
        let body = np.class.any(Class::GROUP.or(Class::FLEET)) || !np.actor.is_empty() && np.place.is_none();
        let state = np.actor.iter().any(|a| self.cx.lexicon.actors[a.actor as usize].state);
        body && !state && np.number.is_none() && self.agentive(n)
    }

    /// May two phrases be joined into one part?
    pub(super) fn alike(&self, a: NpId, b: NpId) -> bool {
        let (x, y) = (self.np(a), self.np(b));
        if x.place.is_some() != y.place.is_some() {
            // "روسيا والحكومة السورية": a state acts beside a body
            let (state, other) = if x.place.is_some() { (x, y) } else { (y, x) };
            return !state.actor.is_empty() && other.class.any(Class::GROUP) && state.shape.prep.is_none();
        }
        // "مقرات الهيئة والحزب": a second owner
        let owned = x.class.any(Class::BASE.or(Class::THING)) && x.owner.or(x.genitive).is_some_and(|o| self.agentive(o));
        if owned && self.agentive(b) && y.number.is_none() {
            return true;
        }
        let kinds = Class::AGENT.or(Class::HUMAN).or(Class::CASUALTY);
        let things = Class::THING.or(Class::BASE).or(Class::PLACE).or(Class::WEAPON);
        x.class.any(kinds) && y.class.any(kinds)
            || x.class.any(things) && y.class.any(things)
            || x.class.any(Class::NAMELIKE) && y.class.any(kinds.or(Class::NAMELIKE))
            || x.name.is_some() && x.class.any(Class::HUMAN) && y.class.any(Class::NAMELIKE)
            || y.other
            || y.number.is_some() && x.class.any(kinds)
    }
}
