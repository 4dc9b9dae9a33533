//! What is told outright: a sentence that says of itself that something happened, with no company to vouch for it.
//!
//! "هاجم مسلحون مخفرا للشرطة" tells an attack in a lone sentence too, and so do "اندلعت مظاهرات في العاصمة" and the line of a list
//! "مقتل ثلاثة جنود بانفجار لغم قرب المطار". The weights of [`standing`](super::standing) judge an event word by its company and would
//! hold such sentences back.

use super::standing::counts_people;
use super::*;
use crate::lexicon::Event;
use arabic::morph::{Number, Tense};

/// How sure a claim at least is that is told outright.
pub(super) const OUTRIGHT: f64 = 0.4;

/// How sure the entry of such a word is by itself: "دخل" has too many other meanings.
const PLAIN: f32 = 0.5;

/// The same where armed people or officials do it: what "دمر" says of them is no metaphor.
const PLAIN_FORCE: f32 = 0.4;

/// The same where it takes one side only and neither whom nor where need be told: "استقال الوزير".
const PLAIN_ALONE: f32 = 0.7;

/// Tokens of a sentence that has room for one thing told only.
const BRIEF: usize = 14;

/// The same for a protest, of which chants and banners alone are no telling.
const PLAIN_PROTEST: f32 = 0.7;

impl Job<'_> {
    /// Does the claim's own clause assert its event?
    pub(super) fn told_outright(&self, i: usize) -> bool {
        let p = &self.protos[i];
        let e = &self.cx.lexicon.events[p.event];
        if e.kind == EventKind::Speech || p.modality != Modality::Actual && !self.undone(p) && !self.foiled(p) {
            return false;
        }
        match e.event_type {
            EventType::Protest => {
                let act = e.kind != EventKind::Participant;
                e.weight >= PLAIN_PROTEST && self.protested(p) || act && self.announces_own(i, e)
            }
            EventType::Assault => self.done(p, e) || e.weight >= PLAIN && self.headline(p),
            _ => self.done(p, e) || self.announces_own(i, e),
        }
    }

    /// "هاجم مسلحون المدينة", "شن مسلحون هجوما على المدينة", "أفرجت السلطات عن خمسين معتقلا", "اندلعت اشتباكات في المدينة", "أسفر تفجير عن مقتل
    /// عشرة": who did it, to whom or what or where.
    fn done(&self, p: &Proto, e: &Event) -> bool {
        // a long sentence may tell of force by the way: "يذكر أنه عندما هاجم مسلحون البرلمان"
        let brief = e.event_type != EventType::Assault || self.sentences[p.sentence].tokens.len() <= BRIEF;
        let undergone = !p.recipients.is_empty()
            || self.placed(p)
            || brief && (!p.things.is_empty() || counts_people(p) || self.goes_on_to(p))
            || p.parts.pronoun.is_some_and(|x| matches!(x.0, Slot::Recipient | Slot::Target))
            // "استقال الوزير", "استنفر الجيش": it befalls nobody else
            || e.weight >= PLAIN_ALONE && matches!(e.event_type, EventType::Retreat | EventType::Mobilize);
        let armed = p.actors.iter().any(|a| self.identify(a.sentence, a.np, None).civilian == Some(false));
        let somebody = p.actors.iter().filter(|a| a.token.is_none()).any(|a| {
            let np = &self.sentences[a.sentence].nps[a.np];
            // "قتل الباحث المسألة درسا": force by one man is a figure of speech more often than not, unless it befalls somebody
            let many = np.shape.number == Some(Number::Plural) || !np.actor.is_empty();
            let several = e.event_type != EventType::Assault || many || !p.recipients.is_empty();
            several && (!np.actor.is_empty() || np.class.any(Class::HUMAN.or(Class::GROUP)))
        });
        // "اندلعت اشتباكات في حلب": what broke out needs no doer, but a place; what killed by number needs neither
        let carried = p.carrier.is_some() && (self.placed(p) || counts_people(p));
        let plain = if armed && brief { PLAIN_FORCE } else { PLAIN };
        e.weight >= plain && undergone && (armed || somebody && brief || carried) && (brief || e.kind == EventKind::Attack) && self.asserted(p)
    }

    /// It has a place, or a brief sentence names one behind it that is only said to be around: "في محيط المطار".
    fn placed(&self, p: &Proto) -> bool {
        let s = &self.sentences[p.sentence];
        !p.spots.is_empty() || s.tokens.len() <= BRIEF && s.nps.iter().any(|np| np.place.is_some() && np.tokens.start > p.trigger.tokens.start)
    }

    /// "انسحبت القوات من البلدة", "حشدت القوات مئات المقاتلين": behind the event word stands somebody or something else, or a place.
    fn goes_on_to(&self, p: &Proto) -> bool {
        let kinds = Class::PLACE.or(Class::BASE).or(Class::THING).or(Class::HUMAN).or(Class::GROUP);
        let nps = self.sentences[p.sentence].nps.iter().enumerate().filter(|(_, np)| np.tokens.start > p.trigger.tokens.start && np.class.any(kinds));
        nps.into_iter().any(|(n, np)| !p.actors.iter().any(|a| a.np == n || self.sentences[a.sentence].nps[a.np].tokens.contains(&np.head)))
    }

    /// "أعلن الأطباء الإضراب", "أعلنت الحكومة التعبئة": who announces his own act does it.
    fn announces_own(&self, i: usize, e: &Event) -> bool {
        let brief = self.sentences[self.protos[i].sentence].tokens.len() <= BRIEF;
        brief && e.kind == EventKind::Attack && e.weight >= PLAIN && self.announcer(i).is_some()
    }

    /// "لم تقصف القوات المدينة": told outright not to have happened.
    fn undone(&self, p: &Proto) -> bool {
        p.modality == Modality::Negated && p.trigger.form == Form::Verb && self.did_not(p.sentence, p.trigger.tokens.start)
    }

    /// "أحبط الجيش هجوما": told outright to have been tried.
    fn foiled(&self, p: &Proto) -> bool {
        p.modality == Modality::Hypothetical && p.carrier.is_some_and(|v| self.is(p.sentence, v, &self.cx.lexicon.sets.foil))
    }

    /// لم stands right before the verb.
    fn did_not(&self, sentence: usize, verb: usize) -> bool {
        verb > self.sentences[sentence].tokens.start && self.is(sentence, verb - 1, &self.cx.lexicon.sets.did_not)
    }

    /// "تجمع المتظاهرون في الساحة", "خرجت مظاهرة في الحي": people who do it, or a protest that a verb
    /// brings in, and a place.
    fn protested(&self, p: &Proto) -> bool {
        let people = p.actors.iter().any(|a| {
            let np = &self.sentences[a.sentence].nps[a.np];
            let many = np.number.is_some() || np.shape.number.is_some_and(|n| n == Number::Plural);
            np.class.any(Class::HUMAN) && many
        });
        (people || p.carrier.is_some() && !p.spots.is_empty()) && self.asserted(p)
    }

    /// A finite verb in the past, not of a relative clause nor of the time before: the event word itself, or one that carries it.
    fn asserted(&self, p: &Proto) -> bool {
        let s = &self.sentences[p.sentence];
        let at = p.trigger.tokens.start;
        let told = match p.trigger.form {
            Form::Verb => Some(at),
            // told as new: "شن هجوما", not "شن الهجوم", "واصل هجومه"; but "تجددت المعارك"
            Form::Noun(n) => {
                let np = &s.nps[n];
                let own = np.genitive.is_none_or(|g| p.trigger.matched.contains(&s.nps[g].head));
                let breaks_out = |v: usize| self.is(p.sentence, v, &self.cx.lexicon.sets.break_out);
                p.carrier.filter(|v| *v < at && np.pron == Enclitic::None && (!np.definite && own || breaks_out(*v)))
            }
            Form::Attribute(_) => None,
        };
        let Some((token, shape, _)) = told.and_then(|v| s.verb(v)) else { return false };
        let present = if p.carrier.is_some() { shape.tense == Tense::Present } else { self.is_present(&p.trigger, shape) };
        let phrase = s.phrases.iter().position(|x| matches!(x, Phrase::Verb(v) if v == token)).unwrap_or(p.trigger.phrase);
        let past = !present || p.modality == Modality::Negated && self.did_not(p.sentence, *token);
        past && !self.pluperfect(p.sentence, *token, shape) && !self.relative(s, phrase)
    }

    /// "مقتل ثلاثة جنود بانفجار لغم قرب المطار": a sentence without a verb that begins with the event word, counts or names whom it hit
    /// or says how, and where.
    fn headline(&self, p: &Proto) -> bool {
        let s = &self.sentences[p.sentence];
        let Form::Noun(n) = p.trigger.form else { return false };
        let opens = |q: &Proto| {
            let before = &s.phrases[..q.trigger.phrase];
            before.iter().all(|x| matches!(x, Phrase::Time(_) | Phrase::Mark(..) | Phrase::Quote(..)))
        };
        let linked = || p.linked.iter().map(|l| &self.protos[*l]).filter(|q| q.sentence == p.sentence);
        let np = &s.nps[n];
        let plain = !np.shape.the && np.pron == Enclitic::None;
        let named = p.recipients.iter().any(|a| {
            let np = &self.sentences[a.sentence].nps[a.np];
            np.name.is_some() || np.number.is_some()
        });
        let main_verb = s.phrases.iter().enumerate().any(|(k, x)| matches!(x, Phrase::Verb(v) if p.carrier != Some(*v)) && !self.relative(s, k));
        // "غارات جوية على مدينة إدلب", "اشتباكات بين الجيش والفصائل في بلدة سراقب"; not "قصف المدن بالطائرات"
        let how = !np.definite && (!p.actors.is_empty() || !p.parts.means.is_empty() || !p.linked.is_empty());
        !main_verb && plain && (opens(p) || linked().any(opens)) && !p.spots.is_empty() && (counts_people(p) || named || how)
    }
}
