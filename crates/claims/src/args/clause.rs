//! The clause around an event word: the phrases behind it, each led to its part by a preposition or left bare for the verb or noun to take.

use super::*;

/// Where the way goes on.
enum Step {
    /// At this phrase.
    To(usize),
    /// Nowhere: the clause of the event word ends before this phrase.
    Stop,
}

/// The way forward from an event word, phrase by phrase, up to the end of its clause.
struct Walk<'f, 'a> {
    f: &'f Filler<'a>,
    t: &'f Trigger,
    frame: &'f FrameTable,
    noun: bool,
    /// The last word of a phrase trigger.
    skip_to: usize,
    parts: &'f mut Parts,
    groups: Groups,
    /// Prepositions that wait for their phrase.
    pending: Vec<usize>,
    comma: bool,
    /// Within "، اليوم الخميس،": the commas part nothing.
    aside: bool,
    /// The part of the phrase before, when a preposition or verb gave it one.
    last: Option<Slot>,
    /// The part that people behind a preposition play, and the last of them.
    people: Option<(Slot, NpId)>,
    /// May a bare phrase still be an argument?
    bare_open: bool,
    /// Behind what somebody was charged with: "بتهمة الانتماء للتنظيم" names nobody who has a part.
    charged: bool,
    /// A verb that only links the event word to its target or doer, and the part of what stands behind it.
    link: Option<Slot>,
}

impl Walk<'_, '_> {
    fn run(mut self) -> Groups {
        let mut k = self.t.phrase + 1;
        while k < self.f.s.phrases.len() {
            match self.step(k) {
                Step::To(next) => k = next,
                Step::Stop => break,
            }
        }
        self.parts.stop = k.min(self.f.s.phrases.len());
        self.groups
    }

    fn step(&mut self, k: usize) -> Step {
        let f = self.f;
        let p = &f.s.phrases[k];
        let start = f.s.start(p, f.cx);
        // words of a phrase trigger between its first and last token: what stands inside is seen, what belongs to it not
        if self.t.by_phrase && self.t.matched.contains(&start) && !matches!(p, Phrase::Np(_)) {
            return Step::To(k + 1);
        }
        // "ما بين" is one preposition
        let sets = &f.cx.lexicon.sets;
        let between = f.has(start, &sets.result) && f.has(start + 1, &sets.between);
        if !between && !matches!(p, Phrase::Np(_) | Phrase::Time(_) | Phrase::Verb(_)) && f.has(start, &sets.result) {
            // "على ما [يبدو]"
            let by_the_way = matches!(f.s.phrases.get(k + 1), Some(Phrase::Verb(v)) if f.has(*v, &sets.seem));
            return if by_the_way { Step::To(k + 1) } else { Step::Stop };
        }
        match p {
            Phrase::Np(n) => return self.noun_phrase(k, *n),
            Phrase::Verb(v) => return self.verb(k, *v),
            Phrase::Rel(_) => return Step::To(self.relative_clause(k)),
            Phrase::Mark(_, c) => return self.mark(k, *c),
            Phrase::Comp(_) | Phrase::Sub(_) => return Step::Stop,
            Phrase::Time(x) => {
                self.parts.time = self.parts.time.or(Some(*x));
                self.parts.end = self.parts.end.max(f.cx.times[*x].tokens.end);
                self.pending.clear();
            }
            // "ففي العاشر من الشهر استهدفت": another clause
            Phrase::Prep(i) if f.has(*i, &sets.anew) => return Step::Stop,
            Phrase::Prep(i) => self.pending.push(*i),
            Phrase::Other(i) => self.bound(*i),
            // "الغارات ليست سوى خدعة": what is said of a noun begins
            Phrase::Neg(_) if self.noun => return Step::Stop,
            Phrase::Conj(_) | Phrase::Quote(..) | Phrase::Neg(_) => {}
        }
        Step::To(k + 1)
    }

    /// "اعتدوا [عليهم]", "الإفراج [عنهم]", "اشتبكوا [معهم]": a preposition and its pronoun in one. "عليها" is as often a place.
    fn bound(&mut self, i: usize) {
        let f = self.f;
        // "متهما [إياه]": the object as a word of its own
        if let Some(pronoun) = f.object_word(i).filter(|_| self.frame.object == Slot::Recipient && !self.comma) {
            self.parts.pronoun = self.parts.pronoun.or(Some((Slot::Recipient, pronoun)));
            return;
        }
        let Some((preposition, pronoun)) = f.bound_preposition(i) else { return };
        let slot = f.prep_slot(self.frame, &[preposition.to_string()], self.noun);
        let people = matches!(pronoun, Enclitic::Them | Enclitic::ThemFem | Enclitic::Two);
        let of_people = people || matches!(pronoun, Enclitic::Him | Enclitic::Her) && matches!(self.frame.id, "kill" | "hold" | "act");
        let part = slot.filter(|s| matches!(s, Slot::Recipient | Slot::Target | Slot::Both));
        if let Some(slot) = part.filter(|_| of_people && !self.comma && self.parts.pronoun.is_none() && self.parts.recipients.is_empty()) {
            self.parts.pronoun = Some((slot, pronoun));
        }
    }

    /// The phrase at `k` is taken up to its end.
    fn taken(&mut self, k: usize, n: NpId) -> Step {
        self.parts.end = self.f.np(n).tokens.end;
        Step::To(k + 1)
    }

    fn noun_phrase(&mut self, k: usize, n: NpId) -> Step {
        let f = self.f;
        let np = f.np(n);
        let pending = std::mem::take(&mut self.pending);
        if self.t.by_phrase && self.t.matched.contains(&np.head) && np.head <= self.skip_to {
            self.within_trigger(n);
            return Step::To(k + 1);
        }
        let lead = f.leading(&pending, np);
        let led = !lead.is_empty();
        // "من جهة": parts the sides, says nothing
        if led && f.has(np.head, &f.cx.lexicon.sets.aside) {
            return Step::To(k + 1);
        }
        if f.is_trigger_np(n) {
            // "سقوط شهداء وجرحى في صفوف [المدنيين]": the hurt beside the dead
            let bare = self.t.by_phrase && self.frame.object == Slot::None && self.groups.is_empty();
            if bare && !led && np.shape.wa && np.class.any(Class::CASUALTY) {
                return Step::To(k + 1);
            }
            let same = led && f.prep_slot(self.frame, &lead, self.noun) == Some(Slot::None);
            // "نقل المصابين", "الإفراج عن المعتقلين": people so called are an argument
            let people = np.class.any(Class::CASUALTY) && np.class.any(Class::HUMAN) && f.takes_people(self.frame, &lead, self.noun, led);
            if !same && !people {
                return self.behind_occasion(k, led).map_or(Step::Stop, Step::To);
            }
        }
        // "وهذا الأمر يعد": a demonstrative begins a clause
        if np.shape.wa && np.tokens.start < np.head && f.is_demonstrative(np.tokens.start) {
            return Step::Stop;
        }
        let wa = np.shape.wa || matches!(f.s.phrases[..k].iter().rfind(|p| !matches!(p, Phrase::Quote(..))), Some(Phrase::Conj(_)));
        match self.last {
            Some(slot) if wa && !led => return self.joined_to_led(k, n, slot),
            None if wa && !led && !self.groups.is_empty() => return self.joined_to_bare(k, n),
            _ => {}
        }
        if self.second_owner(n) {
            return self.taken(k, n);
        }
        if led { self.led(k, n, &lead) } else { self.bare(k, n) }
    }

    /// "اعتقلت القوات خلال اقتحام البلدة [ثلاثة شبان]": the object of a verb stands behind what tells on which occasion. What follows the
    /// noun of the occasion at once is its own.
    fn behind_occasion(&self, k: usize, led: bool) -> Option<usize> {
        let f = self.f;
        let phrases = &f.s.phrases;
        let occasion = led && matches!(phrases[k - 1], Phrase::Prep(i) if f.has(i, &f.cx.lexicon.sets.beside) || f.has(i, &f.cx.lexicon.sets.known));
        let open = self.t.form == Form::Verb && matches!(self.frame.object, Slot::Recipient | Slot::Target) && self.groups.len() == 1 && !self.comma;
        if !occasion || !open {
            return None;
        }
        let clause = |p: &&Phrase| matches!(p, Phrase::Np(_) | Phrase::Prep(_) | Phrase::Time(_) | Phrase::Quote(..));
        let end = k + 1 + phrases[k + 1..].iter().take(8).take_while(clause).count();
        (k + 2..end).find(|j| {
            let bare = !matches!(phrases[j - 1], Phrase::Prep(_));
            f.np_at(*j).is_some_and(|n| {
                let np = f.np(n);
                let somebody = f.human(n) && (np.number.is_some() || np.quantifier.is_some() || np.name.is_some());
                bare && somebody && np.shape.prep.is_none() && !np.shape.wa && !f.is_trigger_np(n)
            })
        })
    }

    /// The noun of "إنهاء وجود": what is attached to it is an argument. People within are one: "إطلاق [مسلحين] النار".
    fn within_trigger(&mut self, n: NpId) {
        let np = self.f.np(n);
        // "ارتقى الشهيد [أحمد سلامة]"
        if np.head == self.skip_to && np.name.is_some() && np.class.any(Class::CASUALTY) && self.frame.subject == Slot::Recipient {
            self.parts.recipients.push((n, "subject"));
            return;
        }
        if np.head < self.skip_to && !np.event && np.class.any(Class::HUMAN) && self.f.agentive(n) {
            self.groups.push(vec![n]);
            return;
        }
        // "وصلت تعزيزات [للجيش]"
        // ("مساعدات [للنازحين]")
        let by_lam = |g: &NpId| self.f.np(*g).shape.prep == Some('ل') && self.frame.lam_verb == Slot::Recipient;
        match np.genitive.or(np.owner) {
            Some(g) if by_lam(&g) => {
                self.f.assign(g, Slot::Recipient, self.frame, self.parts, "prep");
            }
            Some(g) if self.frame.object != Slot::None => {
                self.f.assign(g, self.frame.object, self.frame, self.parts, "object");
            }
            g => self.groups.extend(g.map(|g| vec![g])),
        }
    }

    /// Joined by و to a phrase that has its part from a preposition or a verb.
    fn joined_to_led(&mut self, k: usize, n: NpId, slot: Slot) -> Step {
        let f = self.f;
        let np = f.np(n);
        // "بين مواطنين من الموصل [ومسلحين]", "قتل جندي في حلب [وثلاثة مدنيين]": people go with people
        let state = np.actor.iter().any(|a| f.cx.lexicon.actors[a.actor as usize].state);
        let people = self.people.filter(|(_, m)| !self.comma && !state && np.place.is_none() && f.alike(*m, n));
        let slot = people.map_or(slot, |p| p.0);
        let one = people.is_none() && !self.comma && np.place.is_none() && (f.human(n) || np.number.is_some());
        let group = self
            .groups
            .last_mut()
            .filter(|g| one && matches!(slot, Slot::None | Slot::Place | Slot::Means) && g.last().is_some_and(|m| f.human(*m) && f.alike(*m, n)));
        if let Some(g) = group {
            g.push(n);
        } else if !f.assign(n, slot, self.frame, self.parts, "join") && np.place.is_none() && f.agentive(n) {
            // something else is joined: a new clause
            return Step::Stop;
        }
        self.taken(k, n)
    }

    /// Joined by و to a bare phrase.
    fn joined_to_bare(&mut self, k: usize, n: NpId) -> Step {
        let f = self.f;
        let np = f.np(n);
        let Some(before) = self.groups.last().and_then(|g| g.last()).copied() else { return Step::Stop };
        // "ثلاثة عناصر من الجيش [والشرطة]": of both bodies
        let body = |n: NpId| f.armed_body(n) && !f.np(n).class.any(Class::HUMAN);
        let x = f.np(before);
        if x.number.is_some() && x.tokens.end == np.tokens.start && x.owner.is_some_and(body) && body(n) {
            return Step::To(k + 1);
        }
        if !f.alike(before, n) {
            return Step::Stop;
        }
        if let Some(g) = self.groups.last_mut() {
            g.push(n);
        }
        self.taken(k, n)
    }

    /// "مواقع لتنظيم كذا ولحزب كذا": a second owner behind a second ل.
    fn second_owner(&mut self, n: NpId) -> bool {
        let f = self.f;
        let np = f.np(n);
        let before = self.groups.last().and_then(|g| g.last()).copied().or(self.parts.things.last().copied());
        let owned_by_lam = before.and_then(|m| f.np(m).owner).is_some_and(|o| f.np(o).shape.prep == Some('ل'));
        let second = owned_by_lam && np.shape.wa && np.shape.prep == Some('ل') && f.agentive(n);
        if second && !self.parts.recipients.iter().any(|r| r.0 == n) {
            self.parts.recipients.push((n, "owner"));
        }
        second
    }

    /// Does an adjective of the event noun name a state?
    fn of_state(&self) -> bool {
        matches!(self.t.form, Form::Noun(n) if self.f.state_adjective(n).is_some())
    }

    /// Behind a preposition: the frame says what it is.
    fn led(&mut self, k: usize, n: NpId, lead: &[String]) -> Step {
        let f = self.f;
        let place = f.np(n).place.is_some();
        // "وصلت تعزيزات [للجيش]": of the noun of the phrase
        let of_noun = self.t.by_phrase && f.np_at(k - 1).is_some_and(|m| f.np(m).head == self.skip_to);
        let slot = f.prep_slot(self.frame, lead, self.noun || of_noun);
        // "على الحدود بين سوريا والعراق"
        let border = || k >= 2 && matches!(f.s.phrases[k - 2], Phrase::Np(m) if f.np(m).class.any(Class::PLACE));
        // "اجتماع برئاسة [الوزير]", "بحضور [القادة]": who was there met too
        if lead == ["ب"] && f.has(f.np(n).head, &f.cx.lexicon.sets.presence) {
            let there = f.np(n).genitive.filter(|_| self.frame.id == "meet");
            let taken = there.is_some_and(|m| f.assign(m, self.frame.subject, self.frame, self.parts, "presence"));
            self.last = Some(if taken { self.frame.subject } else { Slot::None });
            return self.taken(k, n);
        }
        self.charged |= f.has(f.np(n).head, &f.cx.lexicon.sets.charge);
        let slot = match slot {
            Some(_) if self.charged && !place => Some(Slot::None),
            Some(Slot::Both) if place && border() => Some(Slot::Place),
            // "زيارة الوفد [بمركز] المدينة"
            Some(Slot::Recipient) if self.noun && self.frame.id == "meet" && lead == ["ب"] && !f.human(n) && f.np(n).actor.is_empty() => Some(Slot::None),
            // "قصف الجيش [لمواقع] المسلحين", "منع التنظيم [للصلاة]": behind the doer its object
            _ if self.noun && lead == ["ل"] && f.undergoes(n) && f.one_doer(self.frame, &self.groups) => {
                self.parts.lam_object = true;
                Some(self.frame.object)
            }
            // "تقدمت قوة من [300 جندي]" consists of them
            Some(Slot::Recipient) if self.frame.id == "take" && lead == ["من"] && f.np(n).number.is_some() => Some(Slot::None),
            // "قصف [لمركز] النازحين": buildings and civilians are hit
            Some(Slot::Actor) if self.noun && lead == ["ل"] && f.is_hit(n) => Some(self.frame.object),
            // "غارة إسرائيلية من [مسيرة]": whose it was is said
            Some(Slot::From)
                if self.noun && self.of_state() && f.np(n).class.any(Class::FLEET) && !f.np(n).genitive.or(f.np(n).owner).is_some_and(|o| f.agentive(o)) =>
            {
                Some(Slot::Means)
            }
            // "غارة من [طيران] التحالف" (not "هجوم بأسراب من [المسيرات]")
            Some(Slot::From) if self.noun && !place && k <= self.t.phrase + 2 && f.armed_body(n) => Some(Slot::Actor),
            // "في مخيم قلنديا [للاجئين]": the place is theirs
            Some(_) if lead == ["ل"] && f.human(n) && f.np(n).actor.is_empty() && f.np_at(k - 1).is_some_and(|m| f.np(m).place.is_some()) => Some(Slot::None),
            slot => slot,
        };
        self.last = match slot {
            Some(slot) => {
                let taken = f.assign(f.behind_hand(n), slot, self.frame, self.parts, "prep");
                if taken && matches!(slot, Slot::Both | Slot::Recipient) && f.agentive(n) {
                    self.people = Some((slot, n));
                }
                Some(if taken { slot } else { Slot::None })
            }
            None if place => {
                f.assign(n, Slot::Place, self.frame, self.parts, "place-prep");
                Some(Slot::Place)
            }
            None => Some(Slot::None),
        };
        self.bare_open = self.bare_open && self.groups.len() < 2;
        self.taken(k, n)
    }

    /// Without preposition: one for the verb or noun to take, a part of the one before, or where it was.
    fn bare(&mut self, k: usize, n: NpId) -> Step {
        let f = self.f;
        let np = f.np(n);
        // "قتل 15 مدنيا بينهم 5 أطفال": some of those before, in their role
        let part = !self.comma && matches!(f.s.phrases[k - 1], Phrase::Other(i) if f.has(i, &f.cx.lexicon.sets.among));
        if let Some(g) = self.groups.last_mut().filter(|_| part) {
            g.push(n);
            return self.taken(k, n);
        }
        // "أغلقت [كليا] محيط القصر": how it was done
        let adverb = np.class == Class::default() && np.tokens.len() == 1 && np.shape.accusative;
        if adverb && f.lexes.get(np.head).is_some_and(|l| l.noun.is_none()) {
            return Step::To(k + 1);
        }
        // "بقذيفة الياسين [105]": the number of a weapon
        let weapon = || f.np_at(k - 1).is_some_and(|m| f.np(m).class.any(Class::WEAPON) && f.np(m).tokens.end == np.tokens.start);
        if np.class == Class::default() && f.cx.text.tokens[np.head].kind == arabic::text::Kind::Number && weapon() {
            return Step::To(k + 1);
        }
        if let Some((backer, next)) = f.backed_by(k).filter(|_| self.groups.len() == 1 && !self.noun) {
            self.groups[0].push(backer);
            return Step::To(next);
        }
        // "قصف مصدره [قوات النظام]": those from whom it comes did it
        if self.noun && np.pron != Enclitic::None && f.has(np.head, &f.cx.lexicon.sets.origin) {
            let from = f.np_at(k + 1).filter(|m| f.np(*m).shape.prep.is_none());
            if let Some(m) = from.filter(|m| f.armed_body(*m) && !f.np(*m).class.any(Class::PLACE)) {
                self.parts.actors.push((m, "origin"));
            }
            self.bare_open = false;
            self.last = Some(Slot::From);
            return Step::To(k + 1 + from.is_some() as usize);
        }
        if let Some(slot) = self.link.take() {
            f.assign(n, slot, self.frame, self.parts, "relative");
            self.last = Some(slot);
            return self.taken(k, n);
        }
        // "في حي X بمدينة Y، محافظة Z"
        if np.place.is_some() && (self.comma || !self.bare_open || self.groups.len() >= 2 || self.last.is_some()) {
            f.assign(n, Slot::Place, self.frame, self.parts, "place");
            self.last = Some(Slot::Place);
            return self.taken(k, n);
        }
        // "استهداف طائرة مسيرة، [سيارة] على الطريق": what an aircraft attacked, behind the comma after its description
        let fleet = |g: &Vec<NpId>| g.len() == 1 && f.np(g[0]).class.any(Class::FLEET);
        let attacked = self.comma && self.noun && self.frame.id == "hit" && self.groups.len() == 1 && self.groups.iter().all(fleet);
        if attacked && matches!(f.s.phrases[k - 1], Phrase::Mark(_, ',')) && !np.event && np.class.any(Class::THING.or(Class::BASE).or(Class::HUMAN)) {
            self.groups.push(vec![n]);
            return self.taken(k, n);
        }
        // an apposition or a new clause
        if self.comma {
            return Step::Stop;
        }
        if !self.bare_open {
            return Step::To(k + 1);
        }
        // "قصف طائرات الاحتلال [المسيرة]" describes what stands before
        let before = self.groups.last().and_then(|g| g.last()).map(|m| f.np(*m));
        let describes = np.shape.the && np.tokens.len() == 1 && f.lexes.get(np.head).is_some_and(|l| l.adj.is_some()) && !np.class.any(Class::HUMAN);
        if self.t.by_phrase && describes && before.is_some_and(|b| b.definite && b.tokens.end == np.tokens.start) {
            return Step::To(k + 1);
        }
        // "قتل ثلاثة جنود [شمال المدينة]"
        if np.tags.any(f.cx.lexicon.tags.direction) && !self.groups.is_empty() && np.actor.is_empty() {
            return Step::To(k + 1);
        }
        // "معارك في المدينة [خمسة قتلى]": a genitive follows its noun at once
        if self.noun && !self.t.by_phrase && self.groups.is_empty() && self.last.is_some() {
            self.bare_open = false;
            return Step::To(k + 1);
        }
        self.groups.push(vec![n]);
        self.last = None;
        self.parts.end = np.tokens.end;
        if self.groups.len() > 3 { Step::Stop } else { Step::To(k + 1) }
    }

    /// A verb ends the clause, unless it describes a phrase or carries the event word on.
    fn verb(&mut self, k: usize, v: usize) -> Step {
        let f = self.f;
        // "مواقع يسيطر عليها [الحوثيون]": theirs
        if let Some(after) = f.held(k, self.parts) {
            self.bare_open = false;
            return Step::To(after);
        }
        // "فجر، على ما يبدو، عبوة"
        if f.has(v, &f.cx.lexicon.sets.seem) {
            self.pending.clear();
            return Step::To(k + 1);
        }
        // "قتل مسلحون يستقلون دراجة [ضابطا]"
        if let Some(object) = f.behind_description(self.t, k, &self.groups).filter(|_| !self.comma && self.bare_open) {
            return Step::To(object);
        }
        if let Some(rider) = self.rider(k, v) {
            self.parts.recipients.push((rider, "rider"));
            self.bare_open = false;
            self.last = Some(Slot::Recipient);
            self.people = Some((Slot::Recipient, rider));
            return Step::To(k + 2);
        }
        if let Some(driver) = self.driver(k, v) {
            self.parts.actors.push((driver, "driver"));
            self.bare_open = false;
            return Step::To(k + 2);
        }
        if self.carried_on(k, v) { Step::To(k + 1) } else { Step::Stop }
    }

    /// "استهدفوا سيارة تقل [عناصر الأمن]", "انفجرت عبوة بسيارة يستقلها [قيادي]": who was in what was hit.
    fn rider(&self, k: usize, v: usize) -> Option<NpId> {
        let f = self.f;
        let sets = &f.cx.lexicon.sets;
        let rigged = |n: NpId| f.np(n).class.any(Class::WEAPON) || f.np(n).adjectives.iter().any(|a| f.has(*a, &sets.rigged));
        let vehicle = f.np_at(k - 1).is_some_and(|n| f.np(n).class.any(Class::THING) && !rigged(n));
        let pointed = f.s.verb(v).is_some_and(|x| x.1.object != Enclitic::None);
        let aboard = if pointed { f.has(v, &sets.drive) } else { f.has(v, &sets.transport) };
        let hit = self.frame.object == Slot::Target || self.frame.id == "blast";
        f.np_at(k + 1).filter(|n| hit && vehicle && aboard && f.human(*n) && f.np(*n).shape.prep.is_none())
    }

    /// "سيارة مفخخة يقودها [انتحاري]".
    fn driver(&self, k: usize, v: usize) -> Option<NpId> {
        let f = self.f;
        let vehicle = || f.np_at(k - 1).is_some_and(|n| f.np(n).class.any(Class::THING.or(Class::WEAPON).or(Class::FLEET)));
        let pointed = || f.s.verb(v).is_some_and(|x| x.1.object != Enclitic::None);
        let driven = self.parts.actors.is_empty() && pointed() && vehicle();
        f.np_at(k + 1).filter(|n| driven && f.has(v, &f.cx.lexicon.sets.drive) && f.human(*n))
    }

    /// A verb right behind an event noun may only carry it on: "غارة شنها [الطيران]", "قصف استهدف [القرية]".
    fn carried_on(&mut self, k: usize, v: usize) -> bool {
        let f = self.f;
        let Some(shape) = f.s.verb(v).map(|x| x.1) else { return false };
        let after_rel = matches!(f.s.phrases[k - 1], Phrase::Rel(_));
        let from = self.t.phrase;
        let near = k == from + 1 || after_rel && k == from + 2;
        let open = || self.link.is_none() && self.last != Some(Slot::Actor) && !self.comma && (after_rel || k <= from + 3);
        if !self.noun || !self.groups.is_empty() || shape.wa || !(near || open()) {
            return false;
        }
        let lights = f.lights_of(v);
        let mut carried = lights.iter().map(|l| &f.cx.lexicon.lights[*l]);
        let to_event = shape.object != Enclitic::None;
        // "غارة شنها الطيران", "الهجوم الذي نفذته الحركة"
        if to_event && carried.clone().any(|l| l.event_object || !l.event_preps.is_empty()) {
            self.link = Some(Slot::Actor);
            return true;
        }
        if let Some(l) = carried.clone().find(|l| l.event_subject && !l.cause) {
            if l.object != Slot::None {
                self.link = Some(l.object);
                // "استهداف [للقوات] طال بلدة": what was hit stands behind the verb, so that who stands behind ل did it
                if self.frame.lam == Slot::Target {
                    let by = |r: &(NpId, &'static str)| r.1 == "prep" && f.np(r.0).shape.prep == Some('ل') && f.armed_body(r.0);
                    self.parts.actors.extend(self.parts.recipients.extract_if(.., |r| by(r)));
                }
            }
            return true;
        }
        // "التفجير الذي تبناه التنظيم"
        let claims = to_event && carried.any(|l| l.claim);
        if claims {
            self.link = Some(Slot::Actor);
            self.parts.claimed = true;
        }
        claims
    }

    /// A relative clause of an argument: up to the comma, or the next و and verb. One of the event noun itself is read.
    fn relative_clause(&mut self, k: usize) -> usize {
        if self.noun && self.groups.is_empty() && k <= self.t.phrase + 2 {
            return k + 1;
        }
        self.bare_open = false;
        self.pending.clear();
        let s = self.f.s;
        let mut verbs = 0;
        let ends = |p: &Phrase| match p {
            Phrase::Mark(..) | Phrase::Comp(_) | Phrase::Sub(_) => true,
            Phrase::Verb(v) => {
                verbs += 1;
                verbs > 1 && s.verb(*v).is_some_and(|x| x.1.wa)
            }
            _ => false,
        };
        s.phrases[k + 1..].iter().position(ends).map_or(s.phrases.len(), |i| k + 1 + i)
    }

    fn mark(&mut self, k: usize, c: char) -> Step {
        let phrases = &self.f.s.phrases;
        match c {
            ',' if !self.comma && matches!(phrases.get(k + 1), Some(Phrase::Time(_))) => self.aside = true,
            ',' if self.aside && matches!(phrases[k - 1], Phrase::Time(_)) => self.aside = false,
            ',' | '-' => {
                self.comma = true;
                self.pending.clear();
            }
            _ => return Step::Stop,
        }
        Step::To(k + 1)
    }
}

impl Filler<'_> {
    /// Goes forward from the trigger: gives phrases behind prepositions their parts, returns the bare ones.
    pub(super) fn walk(&self, t: &Trigger, frame: &FrameTable, noun: bool, skip_to: usize, parts: &mut Parts) -> Groups {
        let walk = Walk {
            f: self,
            t,
            frame,
            noun,
            skip_to,
            parts,
            groups: Vec::new(),
            pending: Vec::new(),
            comma: false,
            aside: false,
            last: None,
            people: None,
            bare_open: true,
            charged: false,
            link: None,
        };
        walk.run()
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
            _ => self.armed_body(*n) || frame.id == "help" && self.may_act(*n),
        };
        transitive && matches!(frame.lam, Slot::Actor | Slot::Target | Slot::Recipient) && group.iter().all(doer)
    }

    /// Can something be done to it: somebody, a place, a thing, no stretch of time?
    fn undergoes(&self, n: NpId) -> bool {
        let np = self.np(n);
        np.place.is_some() || !np.actor.is_empty() || !np.class.any(Class::TIME.or(Class::MEASURE))
    }

    /// A group or a fleet, no single men.
    pub(super) fn armed_body(&self, n: NpId) -> bool {
        let np = self.np(n);
        let body = np.class.any(Class::GROUP.or(Class::FLEET)) || !np.actor.is_empty() && np.place.is_none();
        let state = np.actor.iter().any(|a| self.cx.lexicon.actors[a.actor as usize].state);
        body && !state && np.number.is_none() && self.agentive(n)
    }

    /// May two phrases be joined into one part?
    pub(crate) fn alike(&self, a: NpId, b: NpId) -> bool {
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
        // "مواقع [وتحركات] التنظيم"
        if x.class.any(Class::BASE) && self.gathering(b) {
            return true;
        }
        x.class.any(kinds) && y.class.any(kinds)
            || x.class.any(things) && y.class.any(things)
            || x.class.any(Class::NAMELIKE) && y.class.any(kinds.or(Class::NAMELIKE))
            || x.name.is_some() && x.class.any(Class::HUMAN) && y.class.any(Class::NAMELIKE)
            || y.other
            || y.number.is_some() && x.class.any(kinds)
    }
}
