//! Verbs of saying: "قال الناطق إن", "أعلن الجيش مقتل", "نقلت الوكالة عن مصدر أن", "وأشار إلى مقتل", "مضيفا أن".

use super::{Credited, Listener, Scope};
use crate::lexicon::Say;
use crate::phrase::{Class, NpId, Phrase};
use crate::record::Stance;
use arabic::morph::{Case, Gender, Number, Origin, Person, Tense, Voice};
use arabic::words::{Enclitic, Proclitics};

/// How many phrases a relative clause between the speaker and what he says may have.
const ASIDE: usize = 12;

/// A word of saying in its place.
struct Cue<'l> {
    token: usize,
    say: &'l Say,
    /// A verb; else a participle that goes on with the speaker before it: "مشيرا".
    finite: bool,
    /// Nobody is said to say it: "ذُكر", "قيل", and "يُذكر أن" at the head of a sentence.
    impersonal: bool,
    /// Its subject stands before it and is nobody who speaks: "حصيلة أولية أفادت بمقتل اثنين".
    of_a_thing: bool,
}

/// Those around a word of saying, and where what is told begins.
#[derive(Default)]
struct Speech {
    subject: Option<NpId>,
    /// "قال فلان وفلان".
    also: Vec<NpId>,
    /// "قال للوكالة".
    to: Option<NpId>,
    /// "نقلت عن فلان".
    from: Option<NpId>,
    /// Whose circumstance a participle is, when he does something before it in the sentence.
    circumstance_of: Option<NpId>,
    /// The phrase of the subject, when it stands behind the verb.
    at: Option<usize>,
    /// The first token of what is told, and the phrase to read on from.
    told: Option<(usize, usize)>,
}

impl<'l> Listener<'l> {
    /// Reads a word of saying at a phrase; where to read on, or `None` when there is none or it tells nothing.
    pub(super) fn saying(&mut self, k: usize) -> Option<usize> {
        let cue = self.cue(k)?;
        let mut speech = self.speech(k, &cue);
        // "ويتهم العاصمة بالعرقلة": who stands behind the verb is accused
        if self.f.charged_alone(k) {
            (speech.subject, speech.at) = (None, None);
            speech.also.clear();
        }
        if speech.subject.is_none() && cue.finite {
            speech.subject = self.subject_before(k);
        }
        // "متهمين" are as often people as what somebody says
        if speech.subject.is_none() && !cue.finite && cue.say.stance != Stance::Alleges {
            speech.circumstance_of = self.doer_before(k);
        }
        if cue.say.needs_from && !speech.from.is_some_and(|n| self.s.nps[n].class.any(Class::SOURCE)) {
            return None;
        }
        let Some((told, next)) = speech.told else {
            let after = self.afterthought(k, &cue, &speech);
            // "نشر الجيش أسماء القتلى، وكشف أن": who spoke goes on, whatever he told first
            let somebody = speech.at == Some(k + 1) && speech.subject.is_some_and(|n| self.somebody(n));
            if after.is_none() && cue.finite && somebody && speech.from.is_none() && self.out.is_empty() {
                self.thread.last = self.speakers(&cue, &speech);
            }
            return after;
        };
        let begin = self.start(k).min(speech.subject.map_or(usize::MAX, |n| self.s.nps[n].tokens.start));
        let outer = self.out.last().filter(|o| o.tokens.end == self.s.tokens.end && o.tokens.start < begin).cloned();
        // a participle goes on with the speaker of the clause around it
        let same = outer.as_ref().filter(|_| !cue.finite && speech.subject.is_none());
        let mut sources = match same {
            Some(o) => o.sources.iter().map(|c| Credited { stance: cue.say.stance, cue: Some(cue.token), cue_sentence: self.index, ..c.clone() }).collect(),
            None => self.speakers(&cue, &speech),
        };
        if sources.is_empty() {
            return None;
        }
        let nested = same.is_none() && outer.as_ref().is_some_and(|o| cue.finite && self.within(o, k));
        if nested {
            sources.extend(outer.iter().flat_map(|o| o.sources.iter().filter(|c| !sources.iter().any(|x| x.is(c))).cloned()).collect::<Vec<_>>());
        }
        // an earlier scope ends where a new speaker begins
        if let Some(o) = self.out.last_mut() {
            o.tokens.end = o.tokens.end.min(begin);
        }
        self.remember(&sources);
        if !nested && (cue.finite || same.is_some()) {
            self.thread.last = sources.clone();
        }
        self.out.push(Scope { tokens: told..self.s.tokens.end, sources, frame: begin..told, cited: false });
        Some(next)
    }

    fn cue(&self, k: usize) -> Option<Cue<'l>> {
        let reading = |token: usize, r: u8| &self.cx.words.get(self.cx.text.tokens[token].word).readings[r as usize];
        match &self.s.phrases[k] {
            // "التي رجحوا": said of somebody, not by the text's source
            Phrase::Verb(_) if k > 0 && matches!(self.s.phrases[k - 1], Phrase::Rel(_)) => None,
            Phrase::Verb(v) if self.unsaid(k, *v) => None,
            Phrase::Verb(v) => {
                let (n, r) = self.say_at(*v)?;
                // "رجل يدعى فلان": so called, not claimed
                let told = self.s.phrases[k + 1..].iter().take(4).any(|p| matches!(p, Phrase::Comp(_)));
                if !told && self.f.has(*v, &self.lexicon.sets.called) {
                    return None;
                }
                let readings = &self.cx.words.get(self.cx.text.tokens[*v].word).readings;
                let lemma = readings[r as usize].lemma;
                // reports tell of others: "أضاف" is he added, not I am added
                let mut told = readings.iter().filter(|x| x.lemma == lemma && x.feat.person() == Person::Third);
                let named = told.any(|x| x.feat.voice() != Voice::Passive && (x.feat.tense() == Tense::Past || *v != self.s.tokens.start));
                let pointed = self.s.verb(*v).is_some_and(|x| x.1.object != Enclitic::None);
                Some(Cue { token: *v, say: &self.lexicon.says[n], finite: true, impersonal: !named || pointed, of_a_thing: self.of_a_thing(k, *v) })
            }
            // "وبين أن": between, or made clear
            Phrase::Prep(p) if matches!(self.s.phrases.get(k + 1), Some(Phrase::Comp(_))) => {
                let (n, _) = self.say_at(*p)?;
                Some(Cue { token: *p, say: &self.lexicon.says[n], finite: true, impersonal: false, of_a_thing: false })
            }
            // "متهما", but "11 متهما" are people
            Phrase::Np(n) if self.s.nps[*n].number.is_none() && (self.s.nps[*n].tokens.len() <= 2 || self.s.nps[*n].event) => {
                let head = self.s.nps[*n].head;
                let r = reading(head, self.f.lexes.get(head)?.adj?);
                let marked = r.feat.case() == Case::Acc || r.feat.gender() == Gender::Fem || r.feat.number() != Number::Singular;
                let circumstance = r.feat.origin() == Origin::Agent && !r.is_definite() && marked;
                let (say, _) = self.say_at(head).filter(|_| circumstance)?;
                Some(Cue { token: head, say: &self.lexicon.says[say], finite: false, impersonal: false, of_a_thing: false })
            }
            _ => None,
        }
    }

    /// The subject before a verb is nobody who speaks.
    fn of_a_thing(&self, k: usize, verb: usize) -> bool {
        let joined = self.s.verb(verb).is_some_and(|x| x.1.wa);
        let before = if joined { None } else { self.f.subject_before(k) };
        before.is_some_and(|b| !b.is_empty() && !b.iter().any(|n| self.can_speak(*n)))
    }

    /// Not said, or not yet: "ستكشف", "لم يعلن", "دون أن يعلن". "قبل أن يعلن" is said, only later.
    fn unsaid(&self, k: usize, verb: usize) -> bool {
        let sets = &self.lexicon.sets;
        let Some((_, shape, reading)) = self.s.verb(verb) else { return false };
        let present = shape.tense != Tense::Past;
        let purpose = self.cx.words.get(self.cx.text.tokens[verb].word).readings[*reading as usize].pro.any(Proclitics::LI);
        let wanted = match self.s.phrases[..k] {
            [.., Phrase::Prep(p) | Phrase::Sub(p), Phrase::Comp(c)] => self.f.has(c, &sets.that) && !self.f.has(p, &sets.known),
            [.., Phrase::Comp(c)] => self.f.has(c, &sets.that),
            _ => false,
        };
        let negated = matches!(self.s.phrases[..k], [.., Phrase::Neg(w)] if self.f.has(w, &sets.never));
        shape.future || negated || present && (wanted || purpose)
    }

    /// Reads on behind a word of saying until what is told begins.
    fn speech(&self, k: usize, cue: &Cue<'_>) -> Speech {
        let (s, say) = (self.s, cue.say);
        // "متهما الانفصاليين بقصف": behind the participle stands who is accused
        let accuses = say.stance == Stance::Alleges && !cue.finite;
        // "المصادر تؤكد نجاح القوات"
        let spoken_for = cue.finite && self.subject_before(k).is_some();
        let mut out = Speech::default();
        let mut prep: Option<usize> = None;
        let mut commas = 0;
        let mut j = k + 1;
        while j < s.phrases.len() {
            match &s.phrases[j] {
                Phrase::Np(n) => {
                    let np = &s.nps[*n];
                    let tells = self.tells(j) || np.event && !self.names(*n) || self.f.has(np.head, &self.lexicon.sets.undergoing);
                    let word = prep.take();
                    let to = word.map_or(np.shape.prep == Some('ل'), |p| self.f.has(p, &self.lexicon.sets.to));
                    let mut letter = [0; 4];
                    let lead = word.map(|p| self.bare_key(p)).or(np.shape.prep.filter(|c| *c != 'ك').map(|c| &*c.encode_utf8(&mut letter)));
                    match lead {
                        Some(p) if tells && say.behind.contains(&p) => out.told = Some((self.start(j), j)),
                        Some(p) if self.can_speak(*n) && say.from.contains(&p) => out.from = Some(*n),
                        Some(_) if to && out.to.is_none() && self.is_medium(*n) => out.to = Some(*n),
                        Some(_) => {}
                        None if out.subject.is_none()
                            && !tells
                            && !np.shape.wa
                            && out.from.is_none()
                            && (cue.finite || np.definite && !accuses)
                            && (self.can_speak(*n) || j == k + 1 && self.stands_for_a_speaker(*n, j)) =>
                        {
                            (out.subject, out.at) = (Some(*n), Some(j))
                        }
                        None if np.shape.wa && !tells && self.can_speak(*n) && out.subject.is_some_and(|m| !self.one_name(m, *n)) => out.also.push(*n),
                        None if tells && say.object && !np.shape.wa => out.told = Some((self.start(j), j)),
                        // "أكدت المصادر نجاح القوات في الدخول": what succeeded is told of
                        None if (out.subject.is_some() || spoken_for && j == k + 1)
                            && commas == 0
                            && say.object
                            && !np.shape.wa
                            && !self.can_speak(*n)
                            && np.place.is_none()
                            && np.name.is_none() =>
                        {
                            out.told = Some((self.start(j), j))
                        }
                        None => {}
                    }
                }
                Phrase::Comp(_) | Phrase::Mark(_, ':') => out.told = Some((self.start(j + 1), j + 1)),
                Phrase::Quote(_, true) if out.subject.is_some() && !matches!(s.phrases.get(j + 1), Some(Phrase::Np(m)) if s.nps[*m].tokens.len() <= 2) => {
                    out.told = Some((self.start(j + 1), j + 1));
                }
                // "قال المصدر، الذي رفض ذكر اسمه، للوكالة إن"
                Phrase::Mark(_, ',') if out.subject.is_some() && matches!(s.phrases.get(j + 1), Some(Phrase::Rel(_))) => {
                    let closed = s.phrases.iter().enumerate().skip(j + 2).take(ASIDE).find(|(_, p)| matches!(p, Phrase::Mark(_, ',')));
                    match closed {
                        Some((end, _)) => j = end,
                        None => break,
                    }
                }
                Phrase::Mark(_, ',') => {
                    commas += 1;
                    if commas > 3 {
                        break;
                    }
                }
                Phrase::Verb(v) => {
                    // "قال ناشطون يعملون": a relative clause; another verb of saying ends it
                    if self.say_at(*v).is_some() || commas > 0 {
                        break;
                    }
                }
                Phrase::Mark(_, '-') | Phrase::Conj(_) | Phrase::Quote(..) | Phrase::Rel(_) | Phrase::Neg(_) => {}
                Phrase::Time(_) => prep = None,
                Phrase::Prep(p) => prep = Some(*p),
                Phrase::Other(t) if self.f.has(*t, &self.lexicon.sets.to) => prep = Some(*t),
                Phrase::Other(_) => {}
                Phrase::Mark(..) | Phrase::Sub(_) => break,
            }
            if out.told.is_some() {
                break;
            }
            j += 1;
        }
        out
    }

    /// A bare phrase right behind the verb that could be something else elsewhere: "أعلنت دمشق", "قال سعيد", "يقول يمنيون إن",
    /// "قال سعيد كريم، مدير المستشفى، إن". "قال نصا" and "أضاف قائلا" tell how.
    fn stands_for_a_speaker(&self, n: NpId, phrase: usize) -> bool {
        let np = &self.s.nps[n];
        if np.shape.accusative || self.circumstance(n) {
            return false;
        }
        let told_next = matches!(self.s.phrases.get(phrase + 1), Some(Phrase::Comp(_) | Phrase::Mark(_, ':')));
        np.place.is_some() || np.class.any(Class::NAMELIKE) || np.class == Class::default() && told_next || self.holds_office(n, phrase)
    }

    /// A person or a body, not what somebody says or publishes.
    fn somebody(&self, n: NpId) -> bool {
        let np = &self.s.nps[n];
        let body = np.class.any(Class::HUMAN.or(Class::GROUP)) || !np.actor.is_empty();
        body && np.place.is_none() && np.definite && !np.shape.accusative && !np.shape.wa
    }

    /// An office stands behind the phrase: it is a name, whatever else its words mean.
    fn holds_office(&self, n: NpId, phrase: usize) -> bool {
        let np = &self.s.nps[n];
        let strange = |m: NpId| self.s.nps[m].reading.is_none() || self.s.nps[m].class.any(Class::NAMELIKE);
        let named = !np.shape.the && np.tokens.len() <= 3 && np.genitive.or(np.owner).is_none_or(strange);
        let office = |m: NpId| {
            let o = &self.s.nps[m];
            o.class.any(Class::SOURCE.or(Class::HUMAN)) && o.definite && !o.event && !o.shape.wa && o.shape.prep.is_none()
        };
        named && matches!(self.s.phrases[phrase + 1..], [Phrase::Mark(_, ','), Phrase::Np(m), ..] | [Phrase::Np(m), ..] if office(m))
    }

    /// "هيئة الإذاعة والتلفزيون", "مسؤولون عراقيون وأكراد": the second word belongs to the first phrase.
    fn one_name(&self, first: NpId, second: NpId) -> bool {
        let (a, b) = (&self.s.nps[first], &self.s.nps[second]);
        let adjective = self.f.lexes.get(b.head).is_some_and(|l| l.adj.is_some()) && !a.adjectives.is_empty();
        b.core.len() == 1 && b.actor.is_empty() && a.core.end == b.core.start && (a.genitive.is_some() && b.shape.the || adjective && !b.shape.the)
    }

    /// "الناطق ... أعلن", "وفي بيان للجيش، أعلن".
    fn subject_before(&self, k: usize) -> Option<NpId> {
        let before = self.f.subject_before(k).and_then(|b| b.into_iter().find(|n| self.can_speak(*n) && !self.s.nps[*n].shape.accusative));
        let head = || {
            // "إلا أن المصادر الأمنية والطبية شددت"
            let first = self.s.phrases.iter().position(|p| !matches!(p, Phrase::Conj(_) | Phrase::Sub(_) | Phrase::Comp(_) | Phrase::Other(_)))?;
            let n = match self.s.phrases[first..k] {
                [Phrase::Np(n), ..] if self.s.nps[n].shape.prep.is_none() => n,
                [Phrase::Prep(p), Phrase::Np(n), ..] if self.f.has(p, &self.lexicon.sets.within) => n,
                _ => return None,
            };
            (k >= 2 && self.s.nps[n].class.any(Class::SOURCE)).then_some(n)
        };
        before.or_else(head)
    }

    /// The subject of the sentence's main verb before a phrase: "قدم الجيش مذكرة احتجاج مشيرا إلى".
    fn doer_before(&self, k: usize) -> Option<NpId> {
        let verb = self.s.phrases[..k].iter().position(|p| matches!(p, Phrase::Verb(_) | Phrase::Comp(_) | Phrase::Rel(_) | Phrase::Sub(_)))?;
        let Phrase::Verb(v) = self.s.phrases[verb] else { return None };
        let passive = self.s.verb(v).is_none_or(|x| x.1.passive || x.1.object != Enclitic::None);
        let behind = match self.s.phrases[verb + 1] {
            Phrase::Np(n) if !passive && self.s.nps[n].shape.prep.is_none() && !self.s.nps[n].shape.accusative => Some(n),
            _ => None,
        };
        let before = || self.f.subject_before(verb)?.into_iter().find(|n| self.can_speak(*n));
        behind.filter(|n| self.can_speak(*n)).or_else(before)
    }

    /// Those credited by a verb with its own subject, by "عن", or by nobody but the last speaker.
    fn speakers(&self, cue: &Cue<'_>, speech: &Speech) -> Vec<Credited> {
        let mut out: Vec<Credited> = Vec::new();
        let add = |c: Credited, out: &mut Vec<Credited>| {
            for c in self.resolve(c) {
                if !(c.sentence == self.index && self.is_outlet(c.np)) && !out.iter().any(|x: &Credited| x.is(&c)) {
                    out.push(c);
                }
            }
        };
        let by = |n: NpId, why| self.credited(n, cue.say.stance, cue.token, why);
        if let Some(n) = speech.from {
            add(by(n, cue.say.id), &mut out);
        }
        for n in speech.subject.iter().chain(&speech.also) {
            let c = by(*n, cue.say.id);
            let end = speech.at.filter(|_| speech.also.is_empty() && cue.say.stance != Stance::Alleges).map_or(c.end, |at| self.quoted_to(at, c.end));
            add(Credited { end, ..c }, &mut out);
        }
        if let Some(n) = speech.to {
            add(Credited { stance: Stance::States, ..by(n, "say.to-medium") }, &mut out);
        }
        // "وتساءل المستشار قائلا": the subject of the verb before it; at the head of a sentence it goes on with the last speaker
        if let Some(n) = speech.circumstance_of {
            add(by(n, "say.participle"), &mut out);
            return out;
        }
        if speech.subject.is_none() && speech.from.is_none() && !cue.impersonal && !cue.say.named && !cue.of_a_thing {
            let carried = self.thread.last.iter().map(|c| Credited {
                stance: cue.say.stance,
                cue: Some(cue.token),
                cue_sentence: self.index,
                why: "say.carried",
                ..c.clone()
            });
            out.splice(0..0, carried);
        }
        out
    }

    /// A subject is quoted with a name behind it and where it speaks from: "سكان من المدينة", "جيم قائد الشرطة في البلدة".
    fn quoted_to(&self, at: usize, end: usize) -> usize {
        let mut end = end;
        let mut pending = false;
        for p in &self.s.phrases[at + 1..] {
            match p {
                Phrase::Prep(t) if self.f.has(*t, &self.lexicon.sets.speaks_from) => pending = true,
                Phrase::Np(n) => {
                    let np = &self.s.nps[*n];
                    let somewhere = np.place.is_some() || np.class.any(Class::PLACE.or(Class::GROUP).or(Class::BASE)) || !np.actor.is_empty();
                    // a foreign name may begin with what looks like كـ
                    let bare = np.shape.prep.is_none_or(|c| c == 'ك') && !np.shape.wa;
                    let fits = if pending || np.shape.prep == Some('ب') { somewhere } else { bare && (self.can_speak(*n) || np.class.any(Class::NAMELIKE)) };
                    if np.event || !fits {
                        return end;
                    }
                    (end, pending) = (np.core.end, false);
                }
                _ => return end,
            }
        }
        end
    }

    /// The verb stands in what another one tells: no comma, conjunction or new clause between.
    fn within(&self, outer: &Scope, k: usize) -> bool {
        let joined = matches!(self.s.phrases[k], Phrase::Verb(v) if self.s.verb(v).is_some_and(|x| x.1.wa));
        let inside = self.s.phrases[..k].iter().filter(|p| self.s.start(p, self.cx) >= outer.tokens.start);
        !outer.cited && !joined && !inside.into_iter().any(|p| matches!(p, Phrase::Sub(_) | Phrase::Mark(..) | Phrase::Conj(_)))
    }

    /// "«...»، يقول أبو محمد": what was told stands before.
    fn afterthought(&mut self, k: usize, cue: &Cue<'_>, speech: &Speech) -> Option<usize> {
        let behind = k > 0 && matches!(self.s.phrases[k - 1], Phrase::Mark(_, ',') | Phrase::Quote(_, false));
        let subject = speech.subject.filter(|n| self.s.nps[*n].tokens.start > cue.token)?;
        let ends = self.s.phrases[k + 1..].iter().all(|p| {
            matches!(p, Phrase::Np(n) if *n == subject || !self.s.nps[*n].event)
                || matches!(p, Phrase::Mark(..) | Phrase::Quote(..) | Phrase::Time(_) | Phrase::Prep(_))
        });
        if !behind || !ends || !cue.say.object || !self.out.is_empty() {
            return None;
        }
        let sources = self.speakers(cue, speech);
        self.remember(&sources);
        self.thread.last = sources.clone();
        let from = self.s.tokens.start;
        if !sources.is_empty() {
            self.out.push(Scope { tokens: from..self.start(k), sources, frame: self.start(k)..self.s.tokens.end, cited: true });
        }
        Some(self.s.phrases.len())
    }
}
