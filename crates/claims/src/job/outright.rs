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

/// Tokens of a sentence that has room for one thing told only.
const BRIEF: usize = 14;

/// The same for a protest, of which chants and banners alone are no telling.
const PLAIN_PROTEST: f32 = 0.7;

impl Job<'_> {
    /// Does the claim's own clause assert its event?
    pub(super) fn told_outright(&self, i: usize) -> bool {
        let p = &self.protos[i];
        let e = &self.cx.lexicon.events[p.event];
        if e.kind == EventKind::Speech || p.modality != Modality::Actual {
            return false;
        }
        match e.event_type {
            EventType::Protest => e.weight >= PLAIN_PROTEST && self.protested(p),
            EventType::Assault => self.done(p, e) || e.weight >= PLAIN && self.headline(p),
            _ => self.done(p, e),
        }
    }

    /// "هاجم مسلحون المدينة", "شن مسلحون هجوما على المدينة", "أفرجت السلطات عن خمسين معتقلا", "اندلعت اشتباكات في المدينة", "أسفر تفجير عن مقتل
    /// عشرة": who did it, to whom or what or where.
    fn done(&self, p: &Proto, e: &Event) -> bool {
        // a long sentence may tell of force by the way: "يذكر أنه عندما هاجم مسلحون البرلمان"
        let brief = e.event_type != EventType::Assault || self.sentences[p.sentence].tokens.len() <= BRIEF;
        let undergone = !p.recipients.is_empty()
            || !p.spots.is_empty()
            || brief && (!p.things.is_empty() || counts_people(p) || self.goes_on_to(p))
            || p.parts.pronoun.is_some_and(|x| matches!(x.0, Slot::Recipient | Slot::Target));
        let armed = p.actors.iter().any(|a| self.identify(a.sentence, a.np, None).civilian == Some(false));
        let somebody = p.actors.iter().filter(|a| a.token.is_none()).any(|a| {
            let np = &self.sentences[a.sentence].nps[a.np];
            // "قتل الباحث المسألة درسا": force by one man is a figure of speech more often than not, unless it befalls somebody
            let several = e.event_type != EventType::Assault || np.shape.number == Some(Number::Plural) || !p.recipients.is_empty();
            several && (!np.actor.is_empty() || np.class.any(Class::HUMAN.or(Class::GROUP)))
        });
        // "اندلعت اشتباكات في حلب": what broke out needs no doer, but a place; what killed by number needs neither
        let carried = p.carrier.is_some() && (!p.spots.is_empty() || counts_people(p));
        let plain = if armed && brief { PLAIN_FORCE } else { PLAIN };
        e.weight >= plain && undergone && (armed || somebody && brief || carried) && (brief || e.kind == EventKind::Attack) && self.asserted(p)
    }

    /// "انسحبت القوات من البلدة", "حشدت القوات مئات المقاتلين": behind the event word stands somebody or something else, or a place.
    fn goes_on_to(&self, p: &Proto) -> bool {
        let kinds = Class::PLACE.or(Class::BASE).or(Class::THING).or(Class::HUMAN).or(Class::GROUP);
        let nps = self.sentences[p.sentence].nps.iter().enumerate().filter(|(_, np)| np.tokens.start > p.trigger.tokens.start && np.class.any(kinds));
        nps.into_iter().any(|(n, np)| !p.actors.iter().any(|a| a.np == n || self.sentences[a.sentence].nps[a.np].tokens.contains(&np.head)))
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
            // told as new: "شن هجوما", not "شن الهجوم", "واصل هجومه"
            Form::Noun(n) => p.carrier.filter(|v| *v < at && !s.nps[n].definite && s.nps[n].pron == Enclitic::None && s.nps[n].genitive.is_none()),
            Form::Attribute(_) => None,
        };
        let Some((token, shape, _)) = told.and_then(|v| s.verb(v)) else { return false };
        let present = if p.carrier.is_some() { shape.tense == Tense::Present } else { self.is_present(&p.trigger, shape) };
        let phrase = s.phrases.iter().position(|x| matches!(x, Phrase::Verb(v) if v == token)).unwrap_or(p.trigger.phrase);
        !present && !self.pluperfect(p.sentence, *token, shape) && !self.relative(s, phrase)
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
        let main_verb = s.phrases.iter().enumerate().any(|(k, x)| matches!(x, Phrase::Verb(_)) && !self.relative(s, k));
        // "غارات جوية على مدينة إدلب", "اشتباكات بين الجيش والفصائل في بلدة سراقب"; not "قصف المدن بالطائرات"
        let how = !np.definite && (!p.actors.is_empty() || !p.parts.means.is_empty() || !p.linked.is_empty());
        !main_verb && plain && (opens(p) || linked().any(opens)) && !p.spots.is_empty() && (counts_people(p) || named || how)
    }
}
