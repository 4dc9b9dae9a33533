//! Which phrase plays which part: arguments of an event word by its frame.

mod clause;
mod noun;
mod verb;

use crate::lexicon::{EventKind, FrameTable, Slot};
use crate::phrase::{Class, Context, Np, NpId, Phrase, Sentence};
use crate::record::Stance;
use crate::trigger::{Form, Lexes, Trigger};
use crate::vocab::Particle;
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
    /// A participle that tells in what state the subject of the sentence acts: "شن هجوما [متهما] إياه".
    pub state_of_subject: bool,
    /// The part that a pronoun on the event word plays: "[قصفها] القرية", "[نقلهم] إلى المشفى", "[اعتقلته]".
    pub pronoun: Option<(Slot, Enclitic)>,
    /// The part that who tells of it plays himself: "[استهدفنا] الدبابة", "[قصفنا]".
    pub teller: Option<Slot>,
    /// The verb says that somebody claimed it (تبنى).
    pub claimed: bool,
    /// Who is called its doer says that he is not: "نفت [الحركة] مسؤوليتها عن الهجوم".
    pub disowned: bool,
    /// Who announces it, and did it if it is what they do: "أعلنت [الشرطة] اعتقال".
    pub announcer: Vec<NpId>,
    /// What is announced is that somebody died: "أعلن الجيش [مقتل] عشرة".
    pub announced_dead: bool,
    /// To whom or what it was done stands behind ل: "منع التنظيم [للصلاة]".
    pub lam_object: bool,
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
        let mut out: Vec<String> = pending.iter().map(|i| self.cx.lexicon.bare(self.key(*i)).to_string()).collect();
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
        let skip_to = t.matched.last().copied().unwrap_or(t.tokens.start);
        if t.by_phrase && noun && frame.object != Slot::None {
            // "إنهاء وجود [التنظيم]": the genitive of the last word
            let inside = (0..self.s.nps.len()).find(|m| self.np(*m).head == skip_to && skip_to > t.tokens.start);
            let names_nobody = |m: &NpId| !self.np(*m).class.any(Class::HUMAN.or(Class::AGENT).or(Class::CASUALTY).or(Class::THING).or(Class::WEAPON));
            if let Some(g) = inside.filter(names_nobody).and_then(|m| self.np(m).genitive) {
                self.assign(g, frame.object, frame, &mut parts, "object");
            }
        }
        let groups = self.walk(t, frame, noun, skip_to, &mut parts);
        match t.form {
            Form::Verb => {
                self.verb(t, frame, event.kind, &groups, &mut parts);
                parts.dropped &= !self.in_relative(t);
                // "أعلنت الأجهزة أنها [قتلت] ثمانية": the pronoun is the subject
                parts.dropped |= parts.actors.is_empty() && matches!(frame.subject, Slot::Actor | Slot::Both) && self.behind_pronoun(t);
                let object = !parts.recipients.is_empty() || !parts.things.is_empty() || !parts.places.is_empty();
                if parts.actors.is_empty() && frame.subject == Slot::Actor && frame.object != Slot::None && object {
                    // (an official's "إنه قتل عشرة جنود" may as well tell that they were killed)
                    let himself = self.says_of_himself(t).filter(|n| event.kind != EventKind::Casualty || !self.np(*n).class.any(Class::HUMAN));
                    parts.actors.extend(himself.map(|n| (n, "of-himself")));
                }
            }
            Form::Noun(n) => self.noun(t, n, frame, &groups, &mut parts),
            Form::Attribute(n) => self.attribute(t, n, frame, &groups, &mut parts),
        }
        // "لحظة إطلاق [مسلحين] النار", "قمع [الشرطة] المسيرة": who stands within the words of the phrase, in the genitive of a phrase around it
        if t.by_phrase && noun && parts.actors.is_empty() && frame.subject == Slot::Actor && event.kind != EventKind::Speech && self.is_masdar(t.tokens.start) {
            let first = self.s.nps.iter().find(|np| np.head == t.tokens.start && np.genitive.is_some());
            let between = |g: &NpId| self.np(*g).tokens.end <= skip_to && !t.matched.iter().any(|m| self.np(*g).tokens.contains(m));
            let within = first.and_then(|np| np.genitive).filter(|g| between(g) && self.agentive(*g));
            parts.actors.extend(within.map(|g| (g, "genitive")));
        }
        // "اكتمل وصول [تعزيزاته]": the pronoun on the last noun of a phrase
        if t.by_phrase && noun && parts.pronoun.is_none() && parts.actors.is_empty() && frame.subject == Slot::Actor {
            let last = self.s.nps.iter().find(|np| np.head == skip_to && np.pron != Enclitic::None && !self.has(np.head, &self.cx.lexicon.sets.oneself));
            parts.pronoun = last.map(|np| (frame.subject, np.pron));
        }
        // "تم القبض [عليه]"
        if t.by_phrase && parts.pronoun.is_none() && parts.recipients.is_empty() && frame.object == Slot::Recipient {
            parts.pronoun = self.bound_preposition(skip_to).map(|(_, pronoun)| (frame.object, pronoun));
        }
        for (n, _) in parts.actors.iter_mut().chain(&mut parts.recipients) {
            *n = self.counted(*n);
        }
        if parts.actors.is_empty() {
            parts.actors = parts.armed_by.iter().map(|n| (*n, "means-owner")).collect();
        }
        parts
    }

    /// "القوات مدعومة بـ[الحشد]", "المقاومة مدعومة من [الجيش]": who acts with the body named before, and the phrase behind.
    pub fn backed_by(&self, k: usize) -> Option<(NpId, usize)> {
        let state = self.np_at(k).filter(|n| !self.np(*n).definite && self.has(self.np(*n).head, &self.cx.lexicon.sets.allied))?;
        let j = k + 1 + matches!(self.s.phrases.get(k + 1), Some(Phrase::Prep(_))) as usize;
        let n = self.np_at(j).filter(|n| *n != state && self.armed_body(*n) && (j > k + 1 || self.np(*n).shape.prep.is_some()))?;
        Some((n, j + 1))
    }

    /// A preposition and its pronoun in one word: "عليه", "معهم".
    fn bound_preposition(&self, token: usize) -> Option<(&'static str, Enclitic)> {
        let (particle, r) = self.lexes.get(token)?.particle?;
        let reading = self.cx.words.get(self.cx.text.tokens[token].word).readings[r as usize];
        let bound = particle == Particle::Prep && reading.enc != Enclitic::None;
        bound.then(|| (self.cx.words.dictionary().lemma(reading.lemma).text, reading.enc))
    }

    /// The pronoun of "إياه", "إياهم".
    fn object_word(&self, token: usize) -> Option<Enclitic> {
        let (_, r) = self.lexes.get(token)?.particle?;
        let reading = self.cx.words.get(self.cx.text.tokens[token].word).readings[r as usize];
        (reading.enc != Enclitic::None && self.has(token, &self.cx.lexicon.sets.object_word)).then_some(reading.enc)
    }

    /// "المرض الذي [اجتاح] المدينة": the subject of a relative clause is what it is said of, also when that is nobody who acts.
    fn in_relative(&self, t: &Trigger) -> bool {
        let pointed = self.s.verb(t.tokens.start).is_some_and(|v| v.1.object != Enclitic::None);
        !pointed && t.phrase.checked_sub(1).is_some_and(|k| matches!(self.s.phrases[k], Phrase::Rel(_)))
    }

    /// "أنها [قتلت]", "إنهم قد [صادروا]": أن carries a pronoun. أنه may point at nothing: "أنه تم".
    fn behind_pronoun(&self, t: &Trigger) -> bool {
        matches!(self.pronoun_before(t), Some(Enclitic::Her | Enclitic::Them | Enclitic::ThemFem | Enclitic::Two))
    }

    /// "قال الجيش إنه [قتل] قائدا": who says it of himself, when his name is one of a man or a masculine body.
    fn says_of_himself(&self, t: &Trigger) -> Option<NpId> {
        let comp = self.s.phrases[..t.phrase].iter().rposition(|p| matches!(p, Phrase::Comp(_))).filter(|_| self.behind_him(t))?;
        // the phrases between the verb of saying and its أن; the first is who says it
        let bare = |p: &Phrase| matches!(p, Phrase::Np(n) if self.np(*n).shape.prep.is_none());
        let first = comp - self.s.phrases[..comp].iter().rev().take(3).take_while(|p| bare(p)).count();
        let told = first.checked_sub(1).is_some_and(|k| matches!(self.s.phrases[k], Phrase::Verb(_)));
        let n = self.np_at(first).filter(|n| told && self.agentive(*n) && !self.np(*n).class.any(Class::SOURCE))?;
        let reading = self.np(n).reading.and_then(|r| self.cx.words.get(self.cx.text.tokens[self.np(n).head].word).readings.get(r as usize))?;
        let one_masculine = reading.feat.gender() == arabic::morph::Gender::Masc && reading.feat.number() == arabic::morph::Number::Singular;
        one_masculine.then_some(n)
    }

    /// "أنه [سيلتقي] الوزير".
    fn behind_him(&self, t: &Trigger) -> bool {
        self.pronoun_before(t) == Some(Enclitic::Him)
    }

    /// The pronoun on the أن right before an active verb.
    fn pronoun_before(&self, t: &Trigger) -> Option<Enclitic> {
        let before = self.s.phrases[..t.phrase].iter().rfind(|p| !matches!(p, Phrase::Other(i) if self.has(*i, &self.cx.lexicon.sets.before_verb)));
        let Some(Phrase::Comp(i)) = before else { return None };
        let particle = self.lexes.get(*i).and_then(|l| l.particle)?;
        let passive = self.s.verb(t.tokens.start).is_some_and(|v| v.1.passive);
        (!passive).then_some(self.cx.words.get(self.cx.text.tokens[*i].word).readings[particle.1 as usize].enc)
    }

    /// "عدد [مقاتلي التنظيم] الذين": the number does nothing, they do.
    fn counted(&self, n: NpId) -> NpId {
        let np = self.np(n);
        let Some(q) = np.quantifier.filter(|q| self.has(*q, &self.cx.lexicon.sets.toll)) else { return n };
        (0..self.s.nps.len()).find(|m| self.np(*m).tokens == (q + 1..np.tokens.end)).unwrap_or(n)
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
                let owner = np.owner.or(np.genitive).filter(|o| self.agentive(*o) && !self.np(*o).class.any(Class::WEAPON));
                // "بصواريخ طائرات [التحالف]", but "بصواريخ الطائرات" are nobody's
                let somebodys = |o: &NpId| !self.np(*o).class.any(Class::FLEET) || self.np(*o).genitive.or(self.np(*o).owner).is_some_and(|x| self.agentive(x));
                // ("برأي مراقبين" arms nobody)
                let arms = np.class.any(Class::WEAPON.or(Class::FLEET));
                parts.armed_by.extend(owner.filter(|_| arms).filter(somebodys));
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
        // "القاعدة الأميركية", "الكلية الحربية": what belongs to a state's forces by its name
        let tags = &self.cx.lexicon.tags;
        let by_word = |a: usize| self.has(a, &self.cx.lexicon.sets.military);
        // (the adjective of what is a place without a name of its own belongs to the mention: "الأكاديمية العسكرية")
        let nameless = np.place.is_some() && np.core.len() == 2 && np.core.start == np.head && !np.tags.any(tags.hospital) && by_word(np.head + 1);
        let military = np.definite && (nameless || np.adjectives.iter().any(|a| by_word(*a)));
        let of_state = self.state_adjective(n).is_some();
        if np.place.is_some() {
            parts.places.push((n, rule));
            let of_forces = np.tags.any(tags.base) && of_state || np.tags.any(tags.base.or(tags.building)) && military;
            if np.actor.is_empty() && of_forces {
                parts.recipients.push((n, rule));
            }
            return;
        }
        let holds = np.class.any(Class::BASE.or(Class::THING).or(Class::PLACE).or(Class::WEAPON));
        // "القاعدة الأميركية": told of by its state it is its forces
        let base = np.tags.any(tags.base) && np.definite && np.actor.is_empty() && np.owner.is_none() && np.genitive.is_none();
        let alone = np.shape.the && np.adjectives.is_empty() && np.core.len() == 1;
        if base && (of_state || military || alone) && !np.class.any(Class::FLEET) {
            parts.things.push(n);
            parts.recipients.push((n, rule));
            return;
        }
        // "مركز المدينة"
        let of_place = np.actor.is_empty() && holds && np.genitive.is_some_and(|g| self.np(g).class.any(Class::PLACE) && self.np(g).actor.is_empty());
        let body = !of_place && (!np.actor.is_empty() || np.class.any(Class::AGENT.or(Class::HUMAN)));
        let owned = np.owner.is_some() || np.genitive.is_some_and(|g| self.agentive(g));
        if body && !(np.class.any(Class::BASE) && np.actor.is_empty() && owned) {
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
            // "مرابض مدفعية [الجيش]": whose the arms are
            let arms = |n: NpId| self.np(n).class.any(Class::FLEET) && !self.np(n).class.any(Class::GROUP) && self.np(n).actor.is_empty();
            let o = self.np(o).owner.or(self.np(o).genitive).filter(|x| np.class.any(Class::BASE) && arms(o) && self.agentive(*x)).unwrap_or(o);
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
        if np.class.any(Class::BASE) && of_state || np.class.any(Class::BASE.or(Class::THING)) && military {
            parts.recipients.push((n, rule));
        }
    }
}
