//! Which phrase plays which part: arguments of an event word by its frame.

use crate::lexicon::{EventKind, FrameTable, Slot};
use crate::phrase::{Class, Context, Np, NpId, Phrase, Sentence};
use crate::record::Stance;
use crate::trigger::{Form, Lexes, Trigger};
use crate::vocab::bare;
use arabic::words::Enclitic;

/// The parts of one event word, as noun phrases of its sentence.
#[derive(Debug, Clone, Default)]
pub struct Parts {
    /// Who did it, with the rule that says so.
    pub actors: Vec<(NpId, &'static str)>,
    /// To whom.
    pub recipients: Vec<(NpId, &'static str)>,
    /// Where: noun phrases that are place mentions.
    pub places: Vec<(NpId, &'static str)>,
    /// Things that were hit.
    pub things: Vec<NpId>,
    /// With what.
    pub means: Vec<NpId>,
    /// The nearest time expression.
    pub time: Option<usize>,
    /// The last token that belongs to it.
    pub end: usize,
    /// The phrase at which it stopped.
    pub stop: usize,
    /// An adjective that names the actor, with its noun phrase: "قصف تركي", "بالرصاص الإسرائيلي".
    pub adjective: Option<(NpId, usize)>,
    /// Whose the means are: "برصاص [القناصة]".
    pub armed_by: Vec<NpId>,
    /// No subject of its own: the one before goes on.
    pub dropped: bool,
    /// The part that a pronoun on the event word plays: "[قصفها] القرية", "[نقلهم] إلى المشفى", "[اعتقلته]".
    pub pronoun: Option<(Slot, Enclitic)>,
    /// The verb says that somebody claimed it (تبنى).
    pub claimed: bool,
    /// Who is called its doer says that he is not: "نفت [الحركة] مسؤوليتها عن الهجوم".
    pub disowned: bool,
    /// Who announces it, and did it if it is what they do: "أعلنت [الشرطة] اعتقال".
    pub announcer: Vec<NpId>,
    /// To whom or what it was done stands behind ل: "منع التنظيم [للصلاة]".
    pub lam_object: bool,
}

/// Who stands behind an event noun.
enum Governor {
    Subject(Vec<NpId>),
    /// The verb has no subject of its own.
    Dropped,
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
}

pub(crate) struct Filler<'a> {
    pub s: &'a Sentence,
    pub cx: &'a Context<'a>,
    pub lexes: &'a Lexes<'a>,
    /// Every trigger of the sentence.
    pub triggers: &'a [Trigger],
}

/// Bare noun phrases behind a word, each with those joined to it by و.
type Groups = Vec<Vec<NpId>>;

impl Filler<'_> {
    fn np(&self, n: NpId) -> &Np {
        &self.s.nps[n]
    }

    fn key(&self, i: usize) -> &str {
        match self.cx.text.tokens.get(i) {
            Some(t) if t.kind == arabic::text::Kind::Word => &self.cx.words.get(t.word).key,
            _ => "",
        }
    }

    /// Could this phrase do something?
    pub fn agentive(&self, n: NpId) -> bool {
        let np = self.np(n);
        if !np.actor.is_empty() && np.place.is_none() {
            return true;
        }
        if np.event || np.class.any(Class::CASUALTY) && !np.class.any(Class::AGENT) {
            return false;
        }
        // "أسلحتهم" are things, "سلاح الجو" acts
        if np.class.any(Class::WEAPON) && !np.class.any(Class::FLEET) && np.actor.is_empty() && np.genitive.is_none() {
            return false;
        }
        np.class.any(Class::AGENT) || np.class.any(Class::NAMELIKE) && np.place.is_none() || np.number.is_some() && np.class.any(Class::HUMAN)
    }

    /// Could it be the subject? States and their capitals can: "أعلنت دمشق".
    pub fn may_act(&self, n: NpId) -> bool {
        let np = self.np(n);
        self.agentive(n) || np.place.is_some() && !np.actor.is_empty() && np.shape.prep.is_none()
    }

    /// Does the word at a token belong to a closed class?
    pub fn has(&self, token: usize, set: &[crate::lexicon::Sym]) -> bool {
        self.lexes.get(token).is_some_and(|l| l.has_any(set))
    }

    fn human(&self, n: NpId) -> bool {
        let np = self.np(n);
        np.class.any(Class::HUMAN.or(Class::CASUALTY)) || np.number.is_some() && np.class == Class::default()
    }

    fn is_trigger_np(&self, n: NpId) -> bool {
        self.triggers.iter().any(|t| matches!(t.form, Form::Noun(m) if m == n || self.np(m).tokens.start >= self.np(n).tokens.start && self.np(m).tokens.end <= self.np(n).tokens.end && self.np(m).head == self.np(n).head)) || self.np(n).event
    }

    /// The slot of a preposition in a frame; `words` are the prepositions just before the phrase.
    fn prep_slot(&self, frame: &FrameTable, words: &[String], noun: bool) -> Option<Slot> {
        if words.len() == 1 && words[0] == "ل" {
            return Some(if noun { frame.lam } else { frame.lam_verb });
        }
        frame.preps.iter().find(|p| words.ends_with(&p.words)).map(|p| p.slot)
    }

    /// Does a frame take people where such a phrase stands?
    fn takes_people(&self, frame: &FrameTable, lead: &[String], noun: bool, led: bool) -> bool {
        if matches!(frame.id, "die" | "kill" | "clash") {
            return false;
        }
        match led {
            true => self.prep_slot(frame, lead, noun) == Some(Slot::Recipient),
            false => (if noun { frame.genitive } else { frame.object }) == Slot::Recipient,
        }
    }

    /// The prepositions that lead to a phrase: the words before it and the letter written onto it.
    fn leading(&self, pending: &[usize], np: &Np) -> Vec<String> {
        let mut out: Vec<String> = pending.iter().map(|i| bare(self.key(*i)).to_string()).collect();
        if let Some(c) = np.shape.prep {
            out.push(c.to_string());
        }
        // "بيد", "على أيدي", "في صفوف": the word behind the preposition belongs to it
        if self.has(np.tokens.start, &self.cx.lexicon.sets.hand) {
            out.push(self.key(np.tokens.start).trim_start_matches(['و', 'ف', 'ب']).to_string());
        }
        out
    }

    /// "على أيدي [المسلحين]", "من جانب [القوات]", "في صفوف [المدنيين]": the owner of the word that belongs to the preposition.
    fn behind_hand(&self, n: NpId) -> NpId {
        let np = self.np(n);
        np.genitive.filter(|_| self.has(np.tokens.start, &self.cx.lexicon.sets.hand)).unwrap_or(n)
    }

    fn lights_of(&self, verb: usize) -> Vec<usize> {
        let Some(l) = self.lexes.get(verb) else { return Vec::new() };
        l.syms.iter().filter_map(|(s, _)| self.cx.lexicon.light_syms.get(s)).flatten().map(|n| *n as usize).collect()
    }

    /// Fills the parts of a trigger.
    pub fn fill(&self, t: &Trigger) -> Parts {
        let event = &self.cx.lexicon.events[t.event];
        let frame = &self.cx.lexicon.frames[event.frame];
        let mut parts = Parts { end: t.tokens.end, stop: t.phrase, ..Parts::default() };
        let noun = matches!(t.form, Form::Noun(_));
        let mut groups: Groups = Vec::new();
        let skip_to = t.matched.last().copied().unwrap_or(t.tokens.start);
        if t.by_phrase && noun && frame.object != Slot::None {
            // "إنهاء وجود [التنظيم]": the genitive of the last word
            let inside = (0..self.s.nps.len()).find(|m| self.np(*m).head == skip_to && skip_to > t.tokens.start);
            let names_nobody = |m: &NpId| !self.np(*m).class.any(Class::HUMAN.or(Class::AGENT).or(Class::CASUALTY).or(Class::THING).or(Class::WEAPON));
            if let Some(g) = inside.filter(names_nobody).and_then(|m| self.np(m).genitive) {
                self.assign(g, frame.object, frame, &mut parts, "object");
            }
        }
        self.walk(t, frame, noun, skip_to, &mut groups, &mut parts);
        match t.form {
            Form::Verb => {
                self.verb(t, frame, event.kind, &groups, &mut parts);
                parts.dropped &= !self.in_relative(t);
                // "أعلنت الأجهزة أنها [قتلت] ثمانية": the pronoun is the subject
                parts.dropped |= parts.actors.is_empty() && matches!(frame.subject, Slot::Actor | Slot::Both) && self.behind_pronoun(t);
            }
            Form::Noun(n) => self.noun(t, n, frame, &groups, &mut parts),
            Form::Attribute(n) => self.attribute(t, n, frame, &groups, &mut parts),
        }
        for (n, _) in parts.actors.iter_mut().chain(&mut parts.recipients) {
            *n = self.counted(*n);
        }
        if parts.actors.is_empty() {
            parts.actors = parts.armed_by.iter().map(|n| (*n, "means-owner")).collect();
        }
        parts
    }

    /// "المرض الذي [اجتاح] المدينة": the subject of a relative clause is what it is said of, also when that is nobody who acts.
    fn in_relative(&self, t: &Trigger) -> bool {
        let pointed = self.s.verb(t.tokens.start).is_some_and(|v| v.1.object != Enclitic::None);
        !pointed && t.phrase.checked_sub(1).is_some_and(|k| matches!(self.s.phrases[k], Phrase::Rel(_)))
    }

    /// "أنها [قتلت]", "إنهم قد [صادروا]": أن carries a pronoun. أنه may point at nothing: "أنه تم".
    fn behind_pronoun(&self, t: &Trigger) -> bool {
        let before = self.s.phrases[..t.phrase].iter().rfind(|p| !matches!(p, Phrase::Other(i) if self.has(*i, &self.cx.lexicon.sets.before_verb)));
        let Some(Phrase::Comp(i)) = before else { return false };
        let pronoun = self.lexes.get(*i).and_then(|l| l.particle).map(|p| self.cx.words.get(self.cx.text.tokens[*i].word).readings[p.1 as usize].enc);
        let passive = self.s.verb(t.tokens.start).is_some_and(|v| v.1.passive);
        !passive && matches!(pronoun, Some(Enclitic::Her | Enclitic::Them | Enclitic::ThemFem | Enclitic::Two))
    }

    /// "عدد [مقاتلي التنظيم] الذين": the number does nothing, they do.
    fn counted(&self, n: NpId) -> NpId {
        let np = self.np(n);
        let Some(q) = np.quantifier.filter(|q| self.has(*q, &self.cx.lexicon.sets.toll)) else { return n };
        (0..self.s.nps.len()).find(|m| self.np(*m).tokens == (q + 1..np.tokens.end)).unwrap_or(n)
    }

    /// Goes forward from the trigger, collecting bare phrases and assigning prepositional ones.
    fn walk(&self, t: &Trigger, frame: &FrameTable, noun: bool, skip_to: usize, groups: &mut Groups, parts: &mut Parts) {
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
    fn armed_body(&self, n: NpId) -> bool {
        let np = self.np(n);
        let body = np.class.any(Class::GROUP.or(Class::FLEET)) || !np.actor.is_empty() && np.place.is_none();
        let state = np.actor.iter().any(|a| self.cx.lexicon.actors[a.actor as usize].state);
        body && !state && np.number.is_none() && self.agentive(n)
    }

    /// May two phrases be joined into one part?
    fn alike(&self, a: NpId, b: NpId) -> bool {
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

    fn noun(&self, t: &Trigger, n: NpId, frame: &FrameTable, groups: &Groups, parts: &mut Parts) {
        // the genitive of a phrase trigger's last noun: "إطلاق النار" has none
        // "متهما الانفصاليين": what stands behind a participle is its object
        let participle = frame.object == Slot::Recipient && !self.np(n).definite && self.is_participle(self.np(n).head);
        // "قصفها القرية", "اتهامها الفصائل": the pronoun is the doer, what stands behind the object
        let bound = self.np(n).pron != Enclitic::None && frame.subject == Slot::Actor && frame.genitive2 != Slot::None;
        for (g, group) in groups.iter().enumerate() {
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
                    let agent = self.agentive(group[0]) && parts.actors.is_empty();
                    if agent { Slot::Actor } else { Slot::Target }
                }
                // two genitives: the first did it
                Slot::Target if g == 0 && groups.len() > 1 && self.agentive(group[0]) => Slot::Actor,
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
            let done_to = matches!(frame.genitive, Slot::Recipient | Slot::Target) && alone && !several;
            parts.pronoun = Some((if done_to { frame.genitive } else { frame.subject }, np.pron));
        }
        // "مصمم على": a predicate takes the subject before it
        let predicate =
            !np.definite && matches!(frame.subject, Slot::Actor | Slot::Both) && self.lexes.get(np.head).is_some_and(|l| l.adj.is_some() && l.noun.is_none());
        if parts.actors.is_empty() && predicate {
            for m in self.subject_before(t.phrase).into_iter().flatten() {
                self.assign(m, frame.subject, frame, parts, "predicate");
            }
        }
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
                Governor::Announcer(group) => parts.announcer = group,
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
        let word = match phrase.checked_sub(1).map(|j| &s.phrases[j]) {
            Some(Phrase::Prep(i)) => Some(*i),
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
        let beside_object = || letter.is_none() && j.checked_sub(1).and_then(|j| self.np_at(j)).is_some_and(|m| self.plain_object(m));
        if !(complement || beside || responsible || about) || self.np(top).shape.wa && !beside_object() {
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
                    // "قيام التنظيم ب[احتجاز]", "محاولة المسلحين [اقتحام]"
                    let carries = self.lights_of(np.head).iter().any(|l| self.cx.lexicon.lights[*l].subject == Slot::Actor);
                    if let Some(g) = np.genitive.filter(|g| carries && !beside && self.may_act(*g)) {
                        // "نجاح القوات والمقاومة في [الدخول]"
                        let mut group = vec![g];
                        group.extend((j + 1..phrase).map_while(|i| self.np_at(i).filter(|m| self.np(*m).shape.wa && self.alike(g, *m))));
                        return Governor::Subject(group);
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
                    if !beside && self.is_trigger_np(*m) {
                        return Governor::None;
                    }
                }
                // "أقر الجيش، اليوم السبت، بمقتل"
                Phrase::Mark(_, ',') if [j.wrapping_sub(1), j + 1].iter().any(|i| matches!(s.phrases.get(*i), Some(Phrase::Time(_)))) => {}
                Phrase::Mark(_, ',') if (purpose || beside || responsible) && commas == 0 => commas += 1,
                Phrase::Verb(v) => {
                    // the verb of a relative clause that ends before
                    if phrase - j > 4 && matches!(j.checked_sub(1).map(|i| &s.phrases[i]), Some(Phrase::Rel(_))) {
                        continue;
                    }
                    return self.governing(
                        j,
                        *v,
                        phrase,
                        Lead { purpose, means, beside, responsible, involved, bare: letter.is_none() && word.is_none(), about },
                    );
                }
                _ => return Governor::None,
            }
        }
        Governor::None
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
        let carries = lights.iter().any(|l| lexicon.lights[*l].subject == Slot::Actor && !lexicon.lights[*l].claim);
        let causes = lights.iter().any(|l| lexicon.lights[*l].cause);
        let event = self.triggers.iter().find(|t| t.phrase == k);
        // "قتل شاب أثناء [مواجهات]": he fought nobody that the text tells of
        let victims = event.is_some_and(|t| lexicon.events[t.event].kind == EventKind::Casualty);
        let subject = subject.filter(|group| !victims || group.iter().all(|n| self.armed_body(*n)));
        let speech = event.is_some_and(|t| lexicon.events[t.event].kind == EventKind::Speech);
        let fits = match () {
            () if speech => false,
            () if carries => true,
            () if !lights.is_empty() && !(lead.means && subject.is_some()) => false,
            () => lead.purpose || lead.beside && event.is_some() || lead.means && (causes || self.has(verb, &lexicon.sets.by_doing)),
        };
        match subject {
            _ if !fits => Governor::None,
            Some(group) => Governor::Subject(group),
            None if shape.plural || shape.wa || lead.beside || carries && self.np_at(k + 1).is_none() => Governor::Dropped,
            None => Governor::None,
        }
    }

    fn is_demonstrative(&self, token: usize) -> bool {
        self.lexes.get(token).and_then(|l| l.particle).is_some_and(|p| p.0 == crate::vocab::Particle::Dem)
    }

    fn is_masdar(&self, token: usize) -> bool {
        let noun = self.lexes.get(token).and_then(|l| l.noun);
        noun.is_some_and(|n| crate::vocab::is_masdar(&self.cx.words.get(self.cx.text.tokens[token].word).readings[n as usize]))
    }

    fn is_participle(&self, token: usize) -> bool {
        let Some(a) = self.lexes.get(token).and_then(|l| l.adj) else { return false };
        self.cx.words.get(self.cx.text.tokens[token].word).readings[a as usize].feat.origin() == arabic::morph::Origin::Agent
    }

    /// "القوات المقتحمة للمخيم": who is so called did it.
    fn attribute(&self, _t: &Trigger, n: NpId, frame: &FrameTable, groups: &Groups, parts: &mut Parts) {
        self.assign(n, frame.subject, frame, parts, "attribute");
        for m in groups.iter().flatten() {
            self.assign(*m, frame.object, frame, parts, "object");
        }
    }

    /// The adjective of a noun phrase that names a state.
    fn state_adjective(&self, n: NpId) -> Option<usize> {
        let names_state = |a: &&usize| self.lexes.get(**a).is_some_and(|l| l.syms.iter().any(|(s, _)| self.cx.lexicon.nisba_syms.contains_key(s)));
        self.np(n).adjectives.iter().rev().find(names_state).copied()
    }

    fn verb(&self, t: &Trigger, frame: &FrameTable, kind: EventKind, groups: &Groups, parts: &mut Parts) {
        let s = self.s;
        let Some((_, shape, _)) = s.verb(t.tokens.start).copied() else { return };
        // a verb behind و begins a clause of its own
        let before = if shape.wa { None } else { self.subject_before(t.phrase) };
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
                let victims =
                    n == 0 && matches!(subject_slot, Slot::Actor) && kind == EventKind::Casualty && b.iter().all(|m| self.human(*m)) && !object_pronoun;
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
                parts.dropped = topic.is_none();
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
                        "hit" | "raid" | "take" => !acts,
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
                if shape.plural {
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
                    let preposed = np.shape.prep.is_some() || k > 0 && matches!(s.phrases[k - 1], Phrase::Prep(_));
                    if preposed {
                        // a prepositional phrase between subject and verb: "قوات الأمن في المدينة اعتقلت"
                        skipped += 1;
                        if skipped > 2 {
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
        let acts = self.agentive(n) || self.human(n) || np.class.any(Class::WEAPON.or(Class::THING).or(Class::PLACE)) || np.place.is_some();
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

    fn np_at(&self, k: usize) -> Option<NpId> {
        match self.s.phrases.get(k)? {
            Phrase::Np(n) => Some(*n),
            _ => None,
        }
    }

    /// Gives a phrase its part. `false` when it cannot play it.
    pub fn assign(&self, n: NpId, slot: Slot, frame: &FrameTable, parts: &mut Parts, rule: &'static str) -> bool {
        let np = self.np(n);
        let pure_place = np.place.is_some() && (np.actor.is_empty() || !matches!(slot, Slot::Actor | Slot::Both | Slot::Recipient));
        let stands_for_state = np.place.is_some() && !np.actor.is_empty();
        match slot {
            Slot::None | Slot::Topic => {
                if pure_place && slot == Slot::Topic {
                    return false;
                }
                false
            }
            _ if pure_place && !matches!(slot, Slot::Actor | Slot::Both) => {
                parts.places.push((n, rule));
                true
            }
            Slot::Actor | Slot::Both | Slot::AgentOrTarget => {
                if np.event {
                    return false;
                }
                if np.place.is_some() && !stands_for_state {
                    parts.places.push((n, rule));
                    return true;
                }
                if self.agentive(n) || np.class.any(Class::HUMAN) || stands_for_state {
                    if !parts.actors.iter().any(|a| a.0 == n) {
                        parts.actors.push((n, rule));
                    }
                    return true;
                }
                if np.class.any(Class::WEAPON) {
                    parts.means.push(n);
                    return true;
                }
                if slot == Slot::Both {
                    return false;
                }
                // "هجوم الفجر"
                false
            }
            Slot::Recipient => {
                if np.event && !np.class.any(Class::CASUALTY) {
                    return false;
                }
                // "مساحات من العراق"
                if stands_for_state && rule == "prep" && frame.id == "take" {
                    parts.places.push((n, rule));
                    return true;
                }
                if self.agentive(n) || self.human(n) || stands_for_state || np.class.any(Class::NAMELIKE) {
                    if !parts.recipients.iter().any(|a| a.0 == n) {
                        parts.recipients.push((n, rule));
                    }
                    return true;
                }
                if let Some(o) = np.owner.or(np.genitive).filter(|o| self.agentive(*o)) {
                    parts.recipients.push((o, "owner"));
                    parts.things.push(n);
                    return true;
                }
                parts.things.push(n);
                true
            }
            Slot::Target => {
                if np.event {
                    return false;
                }
                if np.class.any(Class::WEAPON) && !np.class.any(Class::AGENT) {
                    parts.things.push(n);
                    return true;
                }
                self.target(n, parts, rule, 0);
                true
            }
            Slot::Means => {
                if np.class.any(Class::PLACE) && np.place.is_none() && !np.class.any(Class::WEAPON.or(Class::FLEET)) {
                    return false;
                }
                if np.class.any(Class::HUMAN) && !np.class.any(Class::WEAPON) {
                    // "انفجار انتحاري": who carried it
                    if !np.event && frame.id == "blast" {
                        parts.actors.push((n, rule));
                    }
                    return false;
                }
                parts.means.push(n);
                // "برصاص قوات", "بنيران القناصة", "بالرصاص الإسرائيلي"
                let owner = np.owner.or(np.genitive).filter(|o| self.agentive(*o) && !self.np(*o).class.any(Class::FLEET.or(Class::WEAPON)));
                parts.armed_by.extend(owner);
                parts.adjective = parts.adjective.or(self.state_adjective(n).map(|a| (n, a)));
                true
            }
            Slot::Place | Slot::From | Slot::To => {
                parts.things.push(n);
                // a place inside: "في منزل بقرية X" is read by itself
                true
            }
        }
    }

    /// What was hit: a group or person is a recipient, a position its owner's.
    fn target(&self, n: NpId, parts: &mut Parts, rule: &'static str, depth: u8) {
        let np = self.np(n);
        if np.place.is_some() {
            parts.places.push((n, rule));
            return;
        }
        let holds = np.class.any(Class::BASE.or(Class::THING).or(Class::PLACE).or(Class::WEAPON));
        // "مركز المدينة"
        let of_place = np.actor.is_empty() && holds && np.genitive.is_some_and(|g| self.np(g).class.any(Class::PLACE) && self.np(g).actor.is_empty());
        let body = !of_place && (!np.actor.is_empty() || np.class.any(Class::AGENT.or(Class::HUMAN)));
        if body && !(np.class.any(Class::BASE) && np.actor.is_empty() && np.owner.is_some()) {
            parts.recipients.push((n, rule));
            return;
        }
        if np.class.any(Class::NAMELIKE) && np.definite && !holds {
            parts.recipients.push((n, rule));
            return;
        }
        parts.things.push(n);
        if depth > 3 {
            return;
        }
        if let Some(o) = np.owner.or(np.genitive) {
            let child = self.np(o);
            if child.place.is_some() && child.actor.is_empty() {
                parts.places.push((o, "genitive"));
            } else if self.agentive(o) || child.class.any(Class::AGENT) {
                // "مقرات الفصائل" are theirs, "منازل المدنيين" are buildings
                let armed = !child.actor.is_empty() || child.class.any(Class::GROUP) || child.tags.any(self.cx.lexicon.tags.combatant) || child.name.is_some();
                if np.class.any(Class::BASE) || armed && np.class.any(Class::THING.or(Class::WEAPON)) {
                    parts.recipients.push((o, "owner"));
                }
            } else if holds {
                self.target(o, parts, "owner", depth + 1);
            }
            return;
        }
        // "القاعدة الأميركية": a base with an adjective of its owner
        let of_state = np.adjectives.iter().any(|a| self.lexes.get(*a).is_some_and(|l| l.syms.iter().any(|(s, _)| self.cx.lexicon.nisba_syms.contains_key(s))));
        if np.class.any(Class::BASE) && of_state {
            parts.recipients.push((n, rule));
        }
    }
}
