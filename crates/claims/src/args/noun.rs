//! The parts of an event noun: its genitives, its adjectives, and the verb that governs it.

use super::*;

/// Who stands behind an event noun.
enum Governor {
    Subject(Vec<NpId>),
    /// The verb has no subject of its own.
    Dropped,
    /// The verb is in the first person: who tells of it.
    Teller,
    Announcer(Vec<NpId>),
    Claimant(Vec<NpId>),
    /// He denies that he did it.
    Denier(Vec<NpId>),
    /// A pronoun on the word that carries it.
    Pronoun(Enclitic),
    None,
}

/// How an event noun hangs on the verb before it.
struct Lead {
    purpose: bool,
    means: bool,
    beside: bool,
    responsible: bool,
    involved: bool,
    bare: bool,
    about: bool,
    /// The preposition that leads to what the verb goes on to.
    complement: Option<usize>,
}

impl Filler<'_> {
    pub(super) fn noun(&self, t: &Trigger, n: NpId, frame: &FrameTable, groups: &Groups, parts: &mut Parts) {
        // the genitive of a phrase trigger's last noun: "إطلاق النار" has none
        // "متهما الانفصاليين": what stands behind a participle is its object
        let participle = frame.object == Slot::Recipient && !self.np(n).definite && self.is_participle(self.np(n).head);
        // "قصفها القرية", "اتهامها الفصائل": the pronoun is the doer, what stands behind the object
        let bound = self.np(n).pron != Enclitic::None && frame.subject == Slot::Actor && frame.genitive2 != Slot::None;
        let speech = self.cx.lexicon.events[t.event].kind == EventKind::Speech;
        // "فقد في [الحرب] 600 مقاتل": behind an article stands no genitive
        let described = |m: NpId| self.lexes.get(self.np(m).head).is_some_and(|l| l.adj.is_some() && l.noun.is_none());
        let attack = self.cx.lexicon.events[t.event].kind == EventKind::Attack && frame.genitive != Slot::Recipient;
        // ("القصف طال [المواقع]": behind its verb stands an object)
        let own_verb = |k: &usize| matches!(self.s.phrases[*k], Phrase::Verb(_)) && !matches!(self.s.phrases[k - 1], Phrase::Rel(_));
        let verb = (t.phrase + 1..parts.stop.max(t.phrase + 1)).find(own_verb).map(|k| self.s.start(&self.s.phrases[k], self.cx));
        let behind_verb = |m: NpId| verb.is_some_and(|v| self.np(m).tokens.start > v);
        let closed = attack && self.np(n).shape.the && !t.by_phrase && !participle;
        for (g, group) in groups.iter().enumerate().filter(|(g, group)| !closed || *g > 0 || described(group[0]) || behind_verb(group[0])) {
            let slot = match g {
                0 if participle => frame.object,
                0 if bound => frame.genitive2,
                0 if parts.lam_object => frame.subject,
                0 => frame.genitive,
                1 => frame.genitive2,
                _ => Slot::None,
            };
            let slot = match slot {
                Slot::AgentOrTarget => {
                    // "قصف المدنيين", "حملة اعتقالات نساء": civilians are those to whom it was done
                    // ("اعتداء مريض على طبيب": to whom it was done is named)
                    let done_to = matches!(frame.id, "act" | "strike") && !parts.recipients.is_empty();
                    let acts = speech || !self.gathering(group[0]) && (done_to || !self.civilians(group[0]));
                    let agent = self.agentive(group[0]) && parts.actors.is_empty() && acts;
                    if agent { Slot::Actor } else { Slot::Target }
                }
                // "اتهام [الجيش] بقصف": the accused, when no other is
                Slot::Actor if g == 0 && frame.id == "accuse" && groups.len() == 1 && parts.recipients.is_empty() && self.led_by_ba(parts.stop) => {
                    Slot::Recipient
                }
                // two genitives: the first did it
                Slot::Target if g == 0 && groups.len() > 1 && self.agentive(group[0]) && !self.gathering(group[0]) => Slot::Actor,
                Slot::Recipient if g == 0 && groups.len() > 1 && self.agentive(group[0]) && !self.human(group[0]) && self.human(groups[1][0]) => Slot::Actor,
                s => s,
            };
            for m in group {
                self.assign(*m, slot, frame, parts, if g == 0 { "genitive" } else { "genitive2" });
            }
        }
        // what was hit stands behind ل when the doer is the genitive
        let np = self.np(n);
        // an adjective of a state or group
        if !np.class.any(Class::HUMAN) || np.event && !np.class.any(Class::CASUALTY) {
            parts.adjective = self.state_adjective(n).map(|a| (n, a)).or(parts.adjective);
        }
        if np.pron != Enclitic::None {
            // "قصفها القرية", "هجماته": the pronoun did it; "نقلهم", "اعتقاله": to him it was done
            let several = np.shape.number == Some(arabic::morph::Number::Plural);
            let alone = groups.is_empty() && parts.recipients.is_empty();
            let done = matches!(frame.genitive, Slot::Recipient | Slot::Target) && !several;
            // "يتم [تحريرها]": the verb makes it a passive
            let passive =
                t.phrase.checked_sub(1).is_some_and(|k| matches!(self.s.phrases[k], Phrase::Verb(v) if self.has(v, &self.cx.lexicon.sets.comes_about)));
            let passive = passive && frame.object != Slot::None && frame.subject == Slot::Actor;
            let done_to = alone && (done || passive);
            parts.pronoun = Some((
                if !done_to {
                    frame.subject
                } else if passive {
                    frame.object
                } else {
                    frame.genitive
                },
                np.pron,
            ));
        }
        // "مصمم على": a predicate takes the subject before it
        let predicate = !np.definite
            && matches!(frame.subject, Slot::Actor | Slot::Both)
            && self.lexes.get(np.head).is_some_and(|l| l.adj.is_some() && (l.noun.is_none() || t.by_phrase));
        if parts.actors.is_empty() && predicate {
            for m in self.subject_before(t.phrase).into_iter().flatten() {
                self.assign(m, frame.subject, frame, parts, "predicate");
            }
        }
        // "أعلن الجيش [مقتل] عشرة مسلحين": who announces it may have done it
        if frame.id == "die"
            && parts.actors.is_empty()
            && self.is_masdar(np.head)
            && let Governor::Announcer(group) = self.governor(t.phrase, false)
        {
            parts.announcer = group;
            parts.announced_dead = true;
        }
        // "قطع متظاهرون الطريق، [مطالبين] بالإفراج", "[متهما] إياه": a participle that tells in what state somebody acts has the subject of his verb
        parts.state_of_subject = participle && parts.actors.is_empty() && self.np(n).shape.prep.is_none() && !self.np(n).shape.the && {
            let shape = self.np(n).shape;
            shape.accusative || matches!(shape.number, Some(arabic::morph::Number::Plural | arabic::morph::Number::Dual))
        };
        let pronoun_acts = parts.pronoun.is_some_and(|p| matches!(p.0, Slot::Actor | Slot::Both));
        let one_side = parts.actors.is_empty() || frame.subject == Slot::Both && parts.actors.len() == 1;
        if one_side && !pronoun_acts && parts.adjective.is_none() && matches!(frame.subject, Slot::Actor | Slot::Both) {
            match self.governor(t.phrase, frame.subject == Slot::Both) {
                Governor::Subject(group) => {
                    for m in group {
                        self.assign(m, frame.subject, frame, parts, "governor");
                    }
                }
                Governor::Dropped => parts.dropped = true,
                Governor::Teller => parts.teller = Some(frame.subject),
                Governor::Announcer(group) => {
                    parts.announcer = group;
                    parts.announced_dead = self.has(np.head, &self.cx.lexicon.sets.fate);
                }
                Governor::Pronoun(pronoun) => parts.pronoun = Some((frame.subject, pronoun)),
                Governor::Denier(group) => {
                    parts.disowned = !group.is_empty();
                    for m in group {
                        self.assign(m, frame.subject, frame, parts, "disowned");
                    }
                }
                Governor::Claimant(group) => {
                    parts.claimed = true;
                    parts.dropped = group.is_empty();
                    for m in group {
                        self.assign(m, frame.subject, frame, parts, "responsibility");
                    }
                }
                Governor::None => {}
            }
        }
    }

    /// Who stands behind an event noun as the subject of its clause: "حاول المسلحون [اقتحام]", "دخلت قوة [لتفتيش]", "سيطر الجيش بعد
    /// [اشتباكات]", "أعلنت الشرطة [اعتقال]", "أعلن التنظيم مسؤوليته عن [الهجوم]".
    fn governor(&self, phrase: usize, two_sided: bool) -> Governor {
        let s = self.s;
        let sets = &self.cx.lexicon.sets;
        let Phrase::Np(top) = s.phrases[phrase] else { return Governor::None };
        // "في عملية [تحرير] المدينة"
        let undertaking = |k: &usize| self.np_at(*k).is_some_and(|n| self.has(self.np(n).head, &sets.undertaking) && self.np(n).adjectives.is_empty());
        if let Some(k) = phrase.checked_sub(1).filter(undertaking).filter(|_| self.np(top).shape.prep.is_none() && !self.np(top).shape.wa) {
            return self.governor(k, two_sided);
        }
        let word = match phrase.checked_sub(1).map(|j| &s.phrases[j]) {
            Some(Phrase::Prep(i)) => Some(*i),
            // "من أجل [السيطرة]"
            Some(Phrase::Other(i)) if self.has(*i, &sets.purpose) => Some(*i),
            _ => None,
        };
        let led_by = |set: &[crate::lexicon::Sym]| word.is_some_and(|i| self.has(i, set));
        let about = led_by(&sets.about);
        let letter = self.np(top).shape.prep;
        let purpose = letter == Some('ل') || led_by(&sets.purpose);
        let means = letter == Some('ب') || led_by(&sets.through);
        let complement = letter.is_none() && word.is_none() || means || purpose || led_by(&sets.complement);
        let beside = two_sided && led_by(&sets.beside);
        let mut j = phrase - word.is_some() as usize;
        // "مسؤوليته عن الهجوم"
        let responsible = about && j.checked_sub(1).and_then(|j| self.np_at(j)).is_some_and(|n| self.has(self.np(n).head, &sets.responsibility));
        if responsible {
            let n = self.np_at(j - 1).map(|n| self.np(n).genitive);
            if let Some(Some(owner)) = n {
                return Governor::Claimant(vec![owner]);
            }
        }
        // "تقدم المشورة [والتدريب]": beside another object of the verb
        // ("واصلت الطائرات تمشيط الحدود [وقصف] المواقع")
        let masdar = |m: NpId| {
            self.np(m).shape.prep.is_none() && !self.np(m).shape.the && !self.np(m).shape.accusative && !self.np(m).event && self.is_masdar(self.np(m).head)
        };
        let beside_object = || {
            letter.is_none() && j.checked_sub(1).and_then(|j| self.np_at(j)).is_some_and(|m| self.plain_object(m) || masdar(m) && self.np(m).actor.is_empty())
        };
        if self.np(top).shape.wa && !beside_object() {
            // "أعلن الجيش قصف المواقع في الجبل، [وتدمير] المقر", "بغارة على الجسر، [وبغارتين] على المعبر": joined event nouns hang on one verb
            let first = self.joined_to(phrase, letter).filter(|_| matches!(letter, None | Some('ب')) && word.is_none());
            return first.map_or(Governor::None, |k| self.governor(k, two_sided));
        }
        if !(complement || beside || responsible || about) {
            return Governor::None;
        }
        let mut commas = 0;
        let mut involved = false;
        while j > 0 {
            j -= 1;
            match &s.phrases[j] {
                Phrase::Time(_) | Phrase::Prep(_) | Phrase::Conj(_) | Phrase::Quote(..) | Phrase::Neg(_) | Phrase::Other(_) => {}
                Phrase::Np(m) => {
                    let np = self.np(*m);
                    // "تبنى التنظيم قتل الضابط ردا على [الهجوم]": what it answers is another's
                    if self.has(np.head, &sets.reply) && np.shape.accusative {
                        return Governor::None;
                    }
                    // "قيام التنظيم ب[احتجاز]", "محاولة المسلحين [اقتحام]"
                    let carries = self.lights_of(np.head).iter().any(|l| self.cx.lexicon.lights[*l].subject == Slot::Actor);
                    if let Some(g) = np.genitive.filter(|g| carries && !beside && self.may_act(*g)) {
                        // "نجاح القوات والمقاومة في [الدخول]"
                        let mut group = vec![g];
                        group.extend((j + 1..phrase).map_while(|i| self.np_at(i).filter(|m| self.np(*m).shape.wa && self.alike(g, *m))));
                        return Governor::Subject(group);
                    }
                    // "جهود الحكومة [لتحرير] المدينة": whose the effort is
                    let whose = np.genitive.filter(|g| purpose && j + 1 == phrase && self.may_act(*g) && !np.class.any(Class::AGENT.or(Class::PLACE)));
                    if let Some(g) = whose.filter(|_| !self.is_trigger_np(*m) && !self.is_masdar(np.head) && np.place.is_none()) {
                        return Governor::Subject(vec![g]);
                    }
                    // "بعد خوضهما [اشتباكا]", "محاولته [اغتيال]"
                    if carries && !beside && np.pron != Enclitic::None && np.genitive.is_none() && self.is_masdar(np.head) {
                        return Governor::Pronoun(np.pron);
                    }
                    // "تورط الحركة في الهجوم"; "نفت الحركة أي علاقة لها بالهجوم"
                    if self.has(np.head, &sets.involvement) {
                        if let Some(g) = np.genitive.filter(|g| self.may_act(*g)) {
                            return Governor::Subject(vec![g]);
                        }
                        involved = true;
                    }
                    // "أوقعت ضحايا [بغارات]"
                    let hit = means && np.class.any(Class::CASUALTY) && np.shape.prep.is_none();
                    // "حققت تقدما في [تحرير] المدينة"
                    let achieved = led_by(&sets.complement) && !np.definite && np.shape.prep.is_none() && !np.class.any(Class::HUMAN);
                    // "خرج الأهالي في مظاهرات [للمطالبة]", "يواصل المقاتلون بدعم من الدولة جهودهم [للسيطرة]": on what occasion
                    let occasion = purpose && (np.shape.prep == Some('ب') || j.checked_sub(1).is_some_and(|i| matches!(s.phrases[i], Phrase::Prep(_))));
                    if !beside && !hit && !achieved && !occasion && self.is_trigger_np(*m) {
                        return Governor::None;
                    }
                }
                // "أقر الجيش، اليوم السبت، بمقتل"
                Phrase::Mark(_, ',') if [j.wrapping_sub(1), j + 1].iter().any(|i| matches!(s.phrases.get(*i), Some(Phrase::Time(_)))) => {}
                // "قامت القوات - بعد ساعات - ب[تدمير]"
                Phrase::Mark(_, '-') => match s.phrases[..j].iter().rposition(|p| matches!(p, Phrase::Mark(_, '-'))) {
                    Some(open) => j = open,
                    None => return Governor::None,
                },
                Phrase::Mark(_, ',') if (purpose || beside || responsible) && commas == 0 => commas += 1,
                Phrase::Verb(v) => {
                    // the verb of a relative clause that ends before: "الذي يقوده", "تحالف تقوده الدولة"
                    let before = j.checked_sub(1).map(|i| &s.phrases[i]);
                    if phrase - j > 4 && matches!(before, Some(Phrase::Rel(_))) {
                        j -= 1;
                        continue;
                    }
                    let pointed = s.verb(*v).is_some_and(|x| !x.1.wa && x.1.object != Enclitic::None);
                    if purpose && pointed && matches!(before, Some(Phrase::Np(m)) if !self.np(*m).definite) {
                        continue;
                    }
                    return self.governing(
                        j,
                        *v,
                        phrase,
                        Lead {
                            purpose,
                            means,
                            beside,
                            responsible,
                            involved,
                            bare: letter.is_none() && word.is_none(),
                            about,
                            complement: word.filter(|i| self.has(*i, &sets.complement)),
                        },
                    );
                }
                _ => return Governor::None,
            }
        }
        Governor::None
    }

    /// The event noun that one behind و is joined to: the last before it in its clause that no preposition but ب leads.
    /// Behind a ب of its own it is joined to one behind ب.
    fn joined_to(&self, phrase: usize, letter: Option<char>) -> Option<usize> {
        let clause = |p: &Phrase| matches!(p, Phrase::Np(_) | Phrase::Prep(_) | Phrase::Time(_) | Phrase::Quote(..) | Phrase::Mark(_, ','));
        let from = self.s.phrases[..phrase].iter().rposition(|p| !clause(p)).map_or(0, |k| k + 1);
        let same = |prep: Option<char>| prep == Some('ب') || letter.is_none() && prep.is_none();
        // ("تمكنت القوات من قتل القائد [وتدمير] آلياته")
        let other = |i: usize| matches!(self.s.phrases[i], Phrase::Prep(w) if letter.is_some() || !self.has(w, &self.cx.lexicon.sets.complement));
        (from..phrase).rev().find(|k| {
            let led = k.checked_sub(1).is_some_and(other);
            !led && self.triggers.iter().any(|t| t.phrase == *k && matches!(t.form, Form::Noun(n) if same(self.np(n).shape.prep)))
        })
    }

    /// Is the phrase at `k` one behind ب?
    pub(super) fn led_by_ba(&self, k: usize) -> bool {
        self.np_at(k).is_some_and(|n| self.np(n).shape.prep == Some('ب'))
    }

    /// People whom their name calls civilians, and no body of theirs.
    fn civilians(&self, n: NpId) -> bool {
        let np = self.np(n);
        np.class.any(Class::HUMAN) && !np.class.any(Class::GROUP) && np.actor.is_empty() && np.tags.any(self.cx.lexicon.tags.civilian)
    }

    /// A building, a place or civilians, of no armed body.
    pub(super) fn is_hit(&self, n: NpId) -> bool {
        let np = self.np(n);
        let thing = np.class.any(Class::THING.or(Class::PLACE).or(Class::BASE)) && !np.class.any(Class::FLEET) && !np.tags.any(self.cx.lexicon.tags.combatant);
        np.actor.is_empty() && (thing || self.civilians(n) || self.gathering(n))
    }

    /// "تجمعات الجنود", "رتل للجيش": told of as what is hit, not as who hits.
    pub(super) fn gathering(&self, n: NpId) -> bool {
        let np = self.np(n);
        np.actor.is_empty() && self.has(np.head, &self.cx.lexicon.sets.gathering)
    }

    /// A thing said of no place and nobody, without preposition: "المشورة", "الدعم".
    fn plain_object(&self, n: NpId) -> bool {
        let np = self.np(n);
        np.shape.prep.is_none() && np.class == Class::default() && np.place.is_none() && np.actor.is_empty() && !self.is_trigger_np(n)
    }

    /// What the verb before an event noun makes of its subject.
    fn governing(&self, k: usize, verb: usize, noun: usize, lead: Lead) -> Governor {
        let s = self.s;
        let lexicon = self.cx.lexicon;
        let Some((_, shape, _)) = s.verb(verb).copied() else { return Governor::None };
        // "تحالف تقوده الدولة": a clause that describes
        if shape.passive || shape.object != Enclitic::None {
            return Governor::None;
        }
        let before = if shape.wa { None } else { self.subject_before(k) };
        let behind = || -> Option<Vec<NpId>> {
            let n = self.np_at(k + 1).filter(|n| k + 1 < noun && self.may_act(*n) && self.np(*n).shape.prep.is_none())?;
            let mut group = vec![n];
            group.extend((k + 2..noun).map_while(|j| self.np_at(j).filter(|m| self.np(*m).shape.wa && self.alike(n, *m))));
            group.extend(self.backed_by(k + 1 + group.len()).map(|b| b.0));
            Some(group)
        };
        let subject = before.filter(|b| b.iter().all(|n| self.may_act(*n))).or_else(behind);
        if self.has(verb, &lexicon.sets.push) {
            // "دفع المتمردين إلى [الفرار]": the object is made to do it
            let object = (k + 1..noun).rev().find_map(|j| self.np_at(j).filter(|n| self.may_act(*n)));
            return object.map_or(Governor::None, |n| Governor::Subject(vec![n]));
        }
        let say = self.lexes.get(verb).and_then(|l| l.syms.iter().filter(|(_, r)| *r != 255).find_map(|(sym, _)| lexicon.say_syms.get(sym)));
        let says = say.is_some();
        let denies = say.is_some_and(|n| lexicon.says[*n as usize].stance == Stance::Denies);
        if denies && (lead.responsible || lead.involved) {
            return Governor::Denier(subject.unwrap_or_default());
        }
        if lead.responsible {
            return Governor::Claimant(subject.unwrap_or_default());
        }
        if says {
            // "أعلنت الشرطة [اعتقال]", "عن [اعتقال]", "ب[قصف]": only what is told at once
            let direct = (k + 1..noun).filter(|j| matches!(s.phrases[*j], Phrase::Np(_))).count() <= subject.as_ref().map_or(0, Vec::len);
            // "أقر الجيش بمقتل جندي خلال [المعارك]": whoever tells of its dead fought
            let losses = lead.beside && (k + 1..noun).any(|j| self.np_at(j).is_some_and(|n| self.is_trigger_np(n)));
            let group = subject.filter(|_| losses || direct && (lead.bare || lead.means || lead.about)).unwrap_or_default();
            return if group.is_empty() { Governor::None } else { Governor::Announcer(group) };
        }
        if lead.about {
            return Governor::None;
        }
        let lights = self.lights_of(verb);
        // "نجحوا في", "يقفون وراء": the preposition must be the verb's own
        let led = |l: &crate::lexicon::Light| l.event_object || lead.complement.is_none_or(|i| l.event_preps.iter().any(|p| *p == lexicon.bare(self.key(i))));
        let carries = lights.iter().map(|l| &lexicon.lights[*l]).any(|l| l.subject == Slot::Actor && !l.claim && led(l));
        let causes = lights.iter().any(|l| lexicon.lights[*l].cause);
        let event = self.triggers.iter().find(|t| t.phrase == k);
        // "قتل شاب أثناء [مواجهات]": he fought nobody that the text tells of
        let victims = event.is_some_and(|t| lexicon.events[t.event].kind == EventKind::Casualty);
        let subject = subject.filter(|group| !victims || group.iter().all(|n| self.armed_body(*n)));
        let speech = event.is_some_and(|t| lexicon.events[t.event].kind == EventKind::Speech);
        // "استهدف الطيران [بغارتين] المبنى": the attack behind ب is the one that the verb tells
        let attack = event
            .is_some_and(|t| lexicon.events[t.event].kind == EventKind::Attack && matches!(lexicon.frames[lexicon.events[t.event].frame].subject, Slot::Actor));
        let fits = match () {
            () if speech => false,
            () if carries => true,
            () if !lights.is_empty() && !(lead.means && (subject.is_some() || shape.plural)) => false,
            () => lead.purpose || lead.beside && event.is_some() || lead.means && (causes || attack || self.has(verb, &lexicon.sets.by_doing)),
        };
        match subject {
            _ if !fits => Governor::None,
            // "سنقوم بتصفيتهم"
            _ if shape.person == arabic::morph::Person::First => Governor::Teller,
            Some(group) => Governor::Subject(group),
            None if shape.plural || shape.wa || lead.beside || carries && self.np_at(k + 1).is_none() => Governor::Dropped,
            None => Governor::None,
        }
    }

    pub(super) fn is_demonstrative(&self, token: usize) -> bool {
        self.lexes.get(token).and_then(|l| l.particle).is_some_and(|p| p.0 == crate::vocab::Particle::Dem)
    }

    pub(super) fn is_masdar(&self, token: usize) -> bool {
        let noun = self.lexes.get(token).and_then(|l| l.noun);
        noun.is_some_and(|n| crate::vocab::is_masdar(&self.cx.words.get(self.cx.text.tokens[token].word).readings[n as usize]))
    }

    fn is_participle(&self, token: usize) -> bool {
        let Some(a) = self.lexes.get(token).and_then(|l| l.adj) else { return false };
        self.cx.words.get(self.cx.text.tokens[token].word).readings[a as usize].feat.origin() == arabic::morph::Origin::Agent
    }

    /// "القوات المقتحمة للمخيم": who is so called did it.
    pub(super) fn attribute(&self, _t: &Trigger, n: NpId, frame: &FrameTable, groups: &Groups, parts: &mut Parts) {
        // "التنظيم المتهم بالهجوم" is accused, "متهما التنظيم" accuses
        let accused = frame.id == "accuse" && groups.is_empty();
        self.assign(n, if accused { frame.object } else { frame.subject }, frame, parts, "attribute");
        for m in groups.iter().flatten() {
            self.assign(*m, frame.object, frame, parts, "object");
        }
    }

    /// The adjective of a noun phrase that names a state.
    pub(super) fn state_adjective(&self, n: NpId) -> Option<usize> {
        let names_state = |a: &&usize| self.lexes.get(**a).is_some_and(|l| l.syms.iter().any(|(s, _)| self.cx.lexicon.nisba_syms.contains_key(s)));
        self.np(n).adjectives.iter().rev().find(names_state).copied()
    }
}
