//! How a claim is told: as a fact, denied, to come, supposed, long past; and threats, which are told as what will be done.

use super::*;
use crate::lexicon::{ModalityCue, Pattern};
use arabic::morph::{Person, Tense};
use smallvec::SmallVec;

impl Job<'_> {
    pub(super) fn modality(&self, p: &mut Proto) {
        if let Some(v) = self.future_verb(p) {
            if !self.threat(p, v) && !self.accuses_already(p) {
                p.modality = Modality::Future;
                p.why.push("modality: future.verb".into());
            }
            return;
        }
        if let Some(cue) = self.lexicon_cue(p) {
            p.modality = cue.modality;
            p.why.push(format!("modality: {}", cue.id));
            return;
        }
        if self.purpose(p) {
            p.modality = Modality::Hypothetical;
            p.why.push("modality: purpose".into());
            return;
        }
        // "نفى المزاعم": what is denied was alleged; and who denies that he did it does not deny that it was done
        let stands = p.parts.disowned || p.event_type(self.cx.lexicon) == EventType::Accuse;
        if !stands && p.sources.iter().any(|c| c.stance == Stance::Denies && c.cue_sentence == p.sentence) {
            p.modality = Modality::Negated;
            p.why.push("modality: denied".into());
        }
    }

    /// The verb with س that tells the event: its own, or the light verb that carries it: "سنقصف", "سنقوم بقصف".
    fn future_verb(&self, p: &Proto) -> Option<usize> {
        let s = &self.sentences[p.sentence];
        let future = |v: usize| s.verb(v).is_some_and(|x| x.1.future).then_some(v);
        if let Some(v) = future(p.trigger.tokens.start) {
            return Some(v);
        }
        p.carrier.and_then(future)
    }

    /// "ستكشف عن تواطؤ": who announces what he will allege has alleged it.
    fn accuses_already(&self, p: &Proto) -> bool {
        p.event_type(self.cx.lexicon) == EventType::Accuse && p.modes.contains("allege")
    }

    /// Who says "سنقصف" of himself threatens; of two types PLOVER prefers the threat.
    fn threat(&self, p: &mut Proto, verb: usize) -> bool {
        let lexicon = self.cx.lexicon;
        let Some(threat) = lexicon.threat.filter(|_| matches!(p.event_type(lexicon), EventType::Assault | EventType::Coerce)) else { return false };
        let s = &self.sentences[p.sentence];
        let Some((_, _, reading)) = s.verb(verb) else { return false };
        let word = self.cx.words.get(self.cx.text.tokens[verb].word);
        if word.readings.get(*reading as usize).is_none_or(|r| r.feat.person() != Person::First) {
            return false;
        }
        p.event = threat;
        p.modes = lexicon.events[threat].modes.iter().copied().collect();
        p.counts.clear();
        p.actors.clear();
        p.why.push(format!("threat: {}", lexicon.events[threat].id));
        true
    }

    /// The first cue of `modality.toml` that stands before the event word, or a denial before the verb that carries it: "لم تتعرض القرية لقصف".
    fn lexicon_cue(&self, p: &Proto) -> Option<&ModalityCue> {
        let own = (p.trigger.form == Form::Verb).then_some(p.trigger.tokens.start);
        // ("لم تتبن أي جهة الهجوم": it happened, whoever owns up to it)
        let carrier = p.carrier.filter(|v| *v < p.trigger.tokens.start && !p.parts.claimed);
        let denied = carrier.and_then(|v| self.cue_before(p, v, Some(v))).filter(|c| c.modality == Modality::Negated);
        denied.or_else(|| self.cue_before(p, p.trigger.tokens.start, own))
    }

    /// The first cue before a token of a claim's clause, which is a verb or not.
    fn cue_before(&self, p: &Proto, first: usize, verb: Option<usize>) -> Option<&ModalityCue> {
        let s = &self.sentences[p.sentence];
        let lexes = &self.lexes[p.sentence];
        // the clause begins behind the last أن, حيث, comma; what governs أن is up to three words before it: "كان من المقرر أن"
        let verb = verb.and_then(|v| s.verb(v)).map(|v| v.1);
        let told = verb.is_some_and(|v| v.tense == Tense::Past);
        let mut clause = s.tokens.start;
        for ph in &s.phrases[..p.trigger.phrase] {
            match ph {
                // "كان مقررا أن ينسحب بموجب الاتفاق الذي أبرم": what a relative clause tells as past has happened
                Phrase::Rel(i) if told => clause = *i,
                Phrase::Comp(i) => clause = i.saturating_sub(3).max(s.tokens.start),
                Phrase::Sub(i) | Phrase::Mark(i, ',' | ';' | ':') => clause = *i,
                _ => {}
            }
        }
        let cues = self.cx.lexicon.modality.iter();
        cues.filter(|c| !c.before_verb || verb.is_some()).filter(|c| !c.before_present || verb.is_some_and(|v| v.tense == Tense::Present)).find(|cue| {
            let reach =
                if cue.clause { clause.max(first.saturating_sub(cue.within.max(4) * 3)) } else { first.saturating_sub(cue.within.max(1)).max(s.tokens.start) };
            let here: SmallVec<[&Pattern; 4]> = cue.words.iter().filter(|w| !lexes.lacks(w)).collect();
            if here.is_empty() {
                return false;
            }
            (reach..first).any(|at| {
                let stands = here.iter().any(|w| w.matches(at, first, &mut |i, sym| lexes.get(i).is_some_and(|l| l.has(sym))).is_some_and(|m| m[0] == at));
                // ("طائرة بدون طيار قصفت" denies nothing)
                let unmanned = lexes.get(at + 1).is_some_and(|l| l.has_any(&self.cx.lexicon.sets.pilot));
                // another verb between takes the cue
                stands && !unmanned && (cue.clause || !s.verbs.iter().any(|v| (at + 1..first).contains(&v.0)))
            })
        })
    }

    /// A light verb whose event stands behind ل.
    fn takes_lam(&self, sentence: usize, verb: usize) -> bool {
        let lexicon = self.cx.lexicon;
        let lights = self.lexes[sentence].get(verb).into_iter().flat_map(|l| l.syms.iter().filter_map(|(s, _)| lexicon.light_syms.get(s)).flatten());
        lights.into_iter().any(|n| lexicon.lights[*n as usize].event_preps.iter().any(|p| p == "ل"))
    }

    /// "لاستعادة المدينة": an act behind ل that no verb carries is what something is for.
    fn purpose(&self, p: &Proto) -> bool {
        let lexicon = self.cx.lexicon;
        let Form::Noun(n) = p.trigger.form else { return false };
        let s = &self.sentences[p.sentence];
        let np = &s.nps[n];
        let act = lexicon.events[p.event].kind == EventKind::Attack && !p.event_type(lexicon).is_speech();
        let masdar =
            np.reading.is_some_and(|r| self.cx.words.get(self.cx.text.tokens[np.head].word).readings.get(r as usize).is_some_and(crate::vocab::is_masdar));
        let caused = s.phrases[..p.trigger.phrase].iter().rev().take(3).any(|x| matches!(x, Phrase::Verb(v) if self.is_cause(p.sentence, *v)));
        // "تعرضت للقصف", "تصدوا لاقتحام": what the verb asks for
        let asked = matches!(s.phrases[..p.trigger.phrase].last(), Some(Phrase::Verb(_)));
        // ("تعرض القاعدة لقصف")
        let undergone = |n: NpId| self.is(p.sentence, s.nps[n].head, &lexicon.sets.undergoing);
        let suffered = s.phrases[..p.trigger.phrase].iter().rev().take(10).any(|x| match x {
            Phrase::Verb(v) => self.takes_lam(p.sentence, *v),
            Phrase::Np(n) => undergone(*n),
            _ => false,
        });
        // "رفضا للتنكيل", "حملة لقصف": what the noun before it asks for
        let governed = match s.phrases[..p.trigger.phrase].last() {
            Some(Phrase::Np(g)) => {
                let (np, undertaking) = (&s.nps[*g], &lexicon.sets.undertaking);
                (np.event || self.is(p.sentence, np.head, undertaking)) && !np.definite && np.shape.prep.is_none()
            }
            _ => false,
        };
        act && masdar && np.shape.prep == Some('ل') && p.carrier.is_none() && !caused && !asked && !suffered && !governed
    }

    /// "كانت الطائرات قصفت", "كان الجيش قد شن هجوما": the past before what the report tells. The verb is the event's own or the
    /// light verb that carries it; no other verb, clause or pause stands between كان and it.
    pub(super) fn before_the_report(&self, p: &Proto) -> bool {
        let s = &self.sentences[p.sentence];
        let own = (p.trigger.form == Form::Verb).then_some(p.trigger.tokens.start);
        let verb = own.or(p.carrier).and_then(|v| s.verb(v));
        let Some((told, ..)) = verb.filter(|v| v.1.tense == Tense::Past && !v.1.wa) else { return false };
        let mut clause = s.tokens.start;
        for ph in &s.phrases {
            match ph {
                Phrase::Comp(i) | Phrase::Sub(i) | Phrase::Rel(i) | Phrase::Mark(i, ',' | ';' | ':') if i < told => clause = *i,
                _ => {}
            }
        }
        let was = |i: usize| self.is(p.sentence, i, &self.cx.lexicon.sets.was);
        (clause..*told).rev().take_while(|i| s.verb(*i).is_none() || was(*i)).any(was)
    }

    /// "استئناف المحادثات الخميس المقبل": what has a day to come of its own is to come, unless a verb tells it as past.
    pub(super) fn announced(&mut self, i: usize) {
        let p = &self.protos[i];
        let s = &self.sentences[p.sentence];
        let past = p.trigger.form == Form::Verb && s.verb(p.trigger.tokens.start).is_none_or(|v| v.1.tense != Tense::Present);
        let ahead = |t: usize| self.anchor.zip(self.cx.times[t].days()).is_some_and(|(now, days)| days.0 > now.moment);
        if p.modality == Modality::Actual && !past && p.time.is_some_and(|t| ahead(t.0)) {
            self.protos[i].modality = Modality::Future;
            self.protos[i].why.push("modality: future.date".into());
        }
    }

    /// Background: what is older than a month, and what is told in the pluperfect without a day of its own.
    pub(super) fn background(&mut self) {
        let month_ago = self.anchor.map(|a| a.moment.floor(Unit::Day).plus(-31, Unit::Day));
        for i in 0..self.protos.len() {
            let p = &self.protos[i];
            if p.modality != Modality::Actual {
                continue;
            }
            let days = self.days_of(p);
            let old = days.is_some_and(|d| month_ago.is_some_and(|m| d.1 < m));
            let cue = match (old, days) {
                (true, _) | (_, None) if self.before_the_report(p) => "historical.background",
                (true, _) => "historical.date",
                _ => continue,
            };
            self.protos[i].modality = Modality::Historical;
            self.protos[i].why.push(format!("modality: {cue}"));
        }
        for i in 0..self.protos.len() {
            if self.told_of_back_then(i) {
                self.protos[i].modality = Modality::Historical;
                self.protos[i].why.push("modality: historical.back-then".into());
            }
        }
        for i in 1..self.protos.len() {
            if self.goes_on_before_the_report(i) {
                self.protos[i].modality = Modality::Historical;
                self.protos[i].why.push("modality: historical.joined".into());
            }
        }
    }

    /// "ما أثار استنكارا في حينه": a sentence that looks back on its time tells background.
    fn told_of_back_then(&self, i: usize) -> bool {
        let p = &self.protos[i];
        let open = p.modality == Modality::Actual && p.time.is_none() && !p.gone;
        open && self.lexes[p.sentence].any(&self.cx.lexicon.sets.back_then)
    }

    /// "كانت الشركة صرفت تعويضات وقالت إنها ستزيدها": what is joined to the pluperfect and has no day of its own is as far back.
    fn goes_on_before_the_report(&self, i: usize) -> bool {
        let (p, q) = (&self.protos[i], &self.protos[i - 1]);
        let s = &self.sentences[p.sentence];
        let open = p.modality != Modality::Historical && p.modality != Modality::Negated && p.time.is_none() && !p.gone;
        let past = q.sentence == p.sentence && !q.gone && q.modality == Modality::Historical && q.trigger.phrase < p.trigger.phrase;
        let over = || q.why.iter().any(|w| w.ends_with("historical.background") || w.ends_with("historical.joined"));
        let sets = &self.cx.lexicon.sets;
        let parts = |x: &Phrase| match x {
            Phrase::Mark(_, ';') | Phrase::Rel(_) => true,
            x => self.is(p.sentence, s.start(x, self.cx), &sets.contrast) || self.is(p.sentence, s.start(x, self.cx), &sets.meanwhile),
        };
        open && past && over() && !s.phrases[q.trigger.phrase + 1..p.trigger.phrase].iter().any(parts)
    }
}
