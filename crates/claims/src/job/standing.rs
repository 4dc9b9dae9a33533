//! How an event word stands in its text: whether an event is asserted by it or only mentioned.
//!
//! "شن مسلحون هجوما" tells of an attack; "بعد الهجوم", "التحقيق في الهجوم", "خطر هجوم" take one as known, possible or feared. Each
//! circumstance that tells these apart is a [`Feature`]; a logistic model weighs them (`lexicon/confidence.toml`).

use super::outright::OUTRIGHT;
use super::*;
use crate::lexicon::{Feature, Features};
use crate::vocab::VerbShape;
use arabic::morph::{Person, Tense};
use arabic::words::Enclitic;

/// How sure a claim at most is that only refers back, or tells what is feared.
const KNOWN: f64 = 0.2;

/// What stands before a noun phrase: a letter written onto it, or a word.
#[derive(Clone, Copy)]
enum Lead {
    Letter(char),
    Word(usize),
}

/// What one sentence contributes to every event word in it.
struct Surroundings {
    talk: bool,
    opinion: bool,
    presents: f32,
    place: bool,
    day: bool,
    long: bool,
    year: bool,
    weapon: bool,
    toll: bool,
    length: f32,
}

/// Does the claim count people by a number, in figures, words or as tens and hundreds?
pub(super) fn counts_people(p: &Proto) -> bool {
    p.counts.iter().any(|(_, c)| {
        let people = !matches!(c.kind, CountKind::Strikes | CountKind::Vehicles | CountKind::Buildings | CountKind::Other);
        people && (c.low.is_some() || c.vague.is_some_and(|v| v != Vague::Several))
    })
}

/// "خوفا من القصف", "نخشى أن يندلع القتال".
fn feared(p: &Proto) -> bool {
    p.why.iter().any(|w| w == "modality: hypo.feared")
}

impl Job<'_> {
    /// Judges every claim in the making and drops those that are less sure than the lexicon asks for.
    pub(super) fn judge(&mut self) {
        let lexicon = self.cx.lexicon;
        let around: Vec<Option<Surroundings>> =
            (0..self.sentences.len()).map(|s| self.protos[self.told_in(s)].iter().any(|p| !p.gone).then(|| self.surroundings(s))).collect();
        let telling: Vec<f32> = (0..self.sentences.len())
            .map(|s| self.protos[self.told_in(s)].iter().any(|p| !p.gone && p.event_type(lexicon) == EventType::Assault && self.substance(p) >= 2) as u8 as f32)
            .collect();
        for i in 0..self.protos.len() {
            if self.protos[i].gone {
                continue;
            }
            let Some(near) = &around[self.protos[i].sentence] else { continue };
            let f = self.features(i, near, &telling);
            let least = if !near.year && !near.talk && self.told_outright(i) { OUTRIGHT } else { 0.0 };
            let most = if self.taken_as_known(&self.protos[i]) || feared(&self.protos[i]) { KNOWN } else { 1.0 };
            let p = &mut self.protos[i];
            p.confidence = lexicon.confidence.of(p.event, &f).max(least).min(most);
            p.features = f;
        }
        if !self.keep_all {
            for p in self.protos.iter_mut().filter(|p| p.confidence < lexicon.confidence.least(lexicon.events[p.event].event_type, &p.features)) {
                p.gone = true;
            }
        }
    }

    /// "وبعد هذا الهجوم، قصف الجيش", "ويأتي الهجوم غداة": only dates what follows, and adds nothing of its own.
    fn taken_as_known(&self, p: &Proto) -> bool {
        let Form::Noun(n) = p.trigger.form else { return false };
        let np = &self.sentences[p.sentence].nps[n];
        let own = |a: &Arg| a.sentence == p.sentence && a.basis != Basis::Inherited;
        let told =
            p.actors.iter().any(own) || p.recipients.iter().any(own) || p.spots.iter().any(|s| !s.inherited && s.why != "place.shared") || !p.counts.is_empty();
        let comes = p.carrier.is_some_and(|v| self.is(p.sentence, v, &self.cx.lexicon.sets.comes));
        let bare = !told && p.parts.time.is_none() && p.parts.means.is_empty() && p.linked.is_empty() && (p.carrier.is_none() || comes);
        bare && np.shape.the && np.adjectives.is_empty() && (comes || self.is_after(p))
    }

    /// How many kinds of parts a claim has of its own.
    pub(super) fn substance(&self, p: &Proto) -> usize {
        [!p.actors.is_empty(), !p.recipients.is_empty(), !p.spots.is_empty(), !p.counts.is_empty(), p.time.is_some(), !p.parts.means.is_empty()]
            .iter()
            .filter(|x| **x)
            .count()
    }

    fn surroundings(&self, index: usize) -> Surroundings {
        let s = &self.sentences[index];
        let lexicon = self.cx.lexicon;
        let (mut finite, mut present, mut talk) = (0, 0, false);
        for (token, shape, reading) in &s.verbs {
            finite += 1;
            present += (shape.tense == Tense::Present) as usize;
            let word = self.cx.words.get(self.cx.text.tokens[*token].word);
            talk |= matches!(shape.object, Enclitic::Me | Enclitic::Us | Enclitic::You);
            // spelling often leaves the person open; only when no reading is a third person's
            let third = word.readings.iter().any(|r| r.pos == arabic::morph::Pos::Verb && r.feat.person() == Person::Third);
            talk |= !third && word.readings.get(*reading as usize).is_some_and(|r| matches!(r.feat.person(), Person::First | Person::Second));
        }
        talk |= s.nps.iter().any(|n| matches!(n.pron, Enclitic::Me | Enclitic::Us | Enclitic::You));
        for i in s.tokens.clone() {
            let t = self.cx.text.tokens[i];
            if t.kind == arabic::text::Kind::Punct && matches!(self.cx.text.slice(t.range()), "؟" | "?" | "!") {
                talk = true;
            }
        }
        let opinion = self.lexes[index].any(&lexicon.sets.opinion);
        let grains = s.phrases.iter().filter_map(|p| match p {
            Phrase::Time(t) => Some(self.cx.times[*t].grain),
            _ => None,
        });
        let (mut day, mut long, mut year) = (false, false, false);
        for g in grains {
            match g {
                Unit::Year => year = true,
                g if g <= Unit::Day => day = true,
                _ => long = true,
            }
        }
        let toll = self.protos[self.told_in(index)].iter().any(|p| !p.gone && counts_people(p));
        Surroundings {
            talk,
            opinion,
            presents: if finite == 0 { 0.0 } else { present as f32 / finite as f32 },
            place: s.nps.iter().any(|n| n.place.is_some()),
            day,
            long,
            year: year && !day,
            weapon: s.nps.iter().any(|n| n.class.any(Class::WEAPON.or(Class::FLEET))),
            toll,
            length: (s.tokens.len().max(1) as f32 / 10.0).ln(),
        }
    }

    fn features(&self, i: usize, near: &Surroundings, telling: &[f32]) -> Features {
        let lexicon = self.cx.lexicon;
        let p = &self.protos[i];
        let e = &lexicon.events[p.event];
        let s = &self.sentences[p.sentence];
        let k = p.trigger.phrase;
        let mut f: Features = [0.0; Feature::COUNT];
        let mut set = |x: Feature, on: bool| f[x as usize] = on as u8 as f32;
        set(Feature::Always, true);
        set(Feature::Casualty, e.kind == EventKind::Casualty);
        set(Feature::Participant, e.kind == EventKind::Participant);
        set(Feature::Speech, e.kind == EventKind::Speech);
        set(Feature::Assault, e.event_type == EventType::Assault);
        set(Feature::Protest, e.event_type == EventType::Protest);
        set(Feature::Phrase, p.trigger.by_phrase);
        // the verb
        let mut someone = !p.recipients.is_empty();
        if let Some((token, shape, _)) = s.verb(p.trigger.tokens.start).filter(|_| p.trigger.form == Form::Verb) {
            let behind_that = self.behind_that(s, k);
            let present = self.is_present(&p.trigger, shape);
            // "وقتلوه": the pronoun is somebody, whoever is meant by it
            someone |= shape.object != Enclitic::None;
            set(Feature::Past, !present);
            set(Feature::Present, present && !behind_that);
            set(Feature::Subjunctive, present && behind_that);
            set(Feature::Pluperfect, self.pluperfect(p.sentence, *token, shape));
        }
        // the noun
        if let Form::Noun(n) = p.trigger.form {
            let np = &s.nps[n];
            let definite = np.shape.the;
            let owned = np.pron != Enclitic::None;
            let annexed = !definite && !owned && np.definite;
            let inside = !matches!(s.phrases[k], Phrase::Np(m) if m == n);
            let lead = self.lead(p.sentence, k, np.shape.prep);
            set(Feature::Definite, definite);
            set(Feature::Owned, owned);
            set(Feature::Annexed, annexed);
            set(Feature::Numbered, np.number.is_some());
            set(Feature::Carried, p.carrier.is_some());
            set(Feature::Genitive, inside);
            set(
                Feature::Circumstance,
                // "تعرضت لهجوم": the preposition is its carrier's
                p.linked.is_empty()
                    && p.carrier.is_none()
                    && lead.is_some_and(|w| match w {
                        Lead::Letter(c) => c != 'ك',
                        Lead::Word(i) => self.is(p.sentence, i, &lexicon.sets.circumstance),
                    }),
            );
            set(Feature::Core, !inside && lead.is_none());
            set(Feature::Joined, np.shape.wa && k > 0 && matches!(s.phrases[k - 1], Phrase::Np(_)));
            if e.kind == EventKind::Participant {
                set(Feature::Acts, !inside && lead.is_none() && self.protests(p.sentence, k));
            }
        }
        // what joined it and stands before it tells how the claim as a whole is brought in: "بعد مقتل ثلاثة في هجوم"
        let parts = || {
            std::iter::once(p)
                .chain(p.linked.iter().map(|l| &self.protos[*l]).filter(|q| q.sentence == p.sentence && q.trigger.tokens.start < p.trigger.tokens.start))
        };
        set(Feature::Topic, parts().any(|q| self.is_topic(q)));
        set(Feature::After, parts().any(|q| self.is_after(q)));
        set(Feature::Relative, parts().any(|q| q.trigger.form == Form::Verb && self.relative(s, q.trigger.phrase)));
        let past = |q: &Proto| q.trigger.form == Form::Verb && s.verb(q.trigger.tokens.start).is_some_and(|v| !self.is_present(&q.trigger, &v.1));
        set(Feature::LinkedVerb, parts().skip(1).any(past));
        // its parts
        let people = counts_people(p);
        let acts = p.actors.iter().any(|a| a.why != "participant");
        let bare = !acts && !someone && p.spots.is_empty() && p.counts.is_empty() && p.parts.time.is_none() && p.parts.means.is_empty();
        set(Feature::Bare, bare);
        set(Feature::Actor, acts);
        set(Feature::Recipient, someone);
        set(Feature::Count, people);
        set(Feature::Place, !p.spots.is_empty());
        set(Feature::Time, p.parts.time.is_some());
        set(Feature::Means, !p.parts.means.is_empty() || p.modes.len() > e.modes.len());
        set(Feature::Linked, !p.linked.is_empty());
        // its sentence and text
        set(Feature::PlaceNear, near.place);
        set(Feature::DayNear, near.day);
        set(Feature::LongNear, near.long);
        set(Feature::YearNear, near.year);
        set(Feature::TollNear, near.toll);
        set(Feature::WeaponNear, near.weapon);
        set(Feature::Unreal, matches!(p.modality, Modality::Negated | Modality::Future | Modality::Hypothetical));
        set(Feature::Historical, p.modality == Modality::Historical);
        set(Feature::Credited, !p.sources.is_empty());
        set(Feature::Witnessed, p.sources.iter().any(|c| self.witnesses(c)));
        let before = parts().map(|q| self.told_before(q)).min().unwrap_or(0);
        set(Feature::First, before == 0);
        set(Feature::Deep, before > 1);
        let beside = self.told_in(p.sentence);
        let earlier = |q: &&Proto| !q.gone && q.trigger.tokens.start < p.trigger.tokens.start;
        set(Feature::Judged, self.protos[beside.clone()].iter().filter(earlier).any(|q| q.event_type(lexicon).is_speech()));
        set(Feature::Again, self.protos[beside.clone()].iter().filter(earlier).any(|q| q.event_type(lexicon) == e.event_type));
        set(Feature::Quoted, self.quoted(s, p.trigger.tokens.start));
        set(Feature::Talk, near.talk);
        set(Feature::Opinion, near.opinion);
        set(Feature::Lone, self.sentences.len() < 3 && matches!(e.event_type, EventType::Assault | EventType::Protest));
        set(Feature::Peaceful, self.peaceful);
        let w = e.weight.clamp(0.02, 0.98);
        f[Feature::Entry as usize] = (w / (1.0 - w)).ln();
        f[Feature::Presents as usize] = near.presents;
        f[Feature::Length as usize] = near.length;
        let others = beside.filter(|j| *j != i && !self.protos[*j].gone && self.substance(&self.protos[*j]) >= 2).count();
        f[Feature::Others as usize] = others.min(3) as f32;
        let (a, b) = (p.sentence.saturating_sub(2), (p.sentence + 3).min(telling.len()));
        let company: f32 = (a..b).filter(|x| *x != p.sentence).map(|x| telling[x]).sum();
        f[Feature::Company as usize] = company / (b - a).max(2).saturating_sub(1) as f32;
        f
    }

    /// Is the verb in the present, read as the event word that it is? "تجمع" as "they gathered" is past, as "she collects" present; an
    /// unwritten hamza makes "أصاب" look like "I hit".
    pub(super) fn is_present(&self, t: &Trigger, shape: &VerbShape) -> bool {
        let word = self.cx.words.get(self.cx.text.tokens[t.tokens.start].word);
        let tense = word.readings.get(t.reading as usize).filter(|r| r.pos == arabic::morph::Pos::Verb).map_or(shape.tense, |r| r.feat.tense());
        let past = |r: &arabic::words::Reading| r.pos == arabic::morph::Pos::Verb && r.feat.tense() == Tense::Past && r.feat.person() == Person::Third;
        let same = |r: &arabic::words::Reading| word.readings.get(t.reading as usize).is_some_and(|x| x.lemma == r.lemma);
        tense != Tense::Past && !word.readings.iter().any(|r| past(r) && same(r))
    }

    /// Is the source one who was there or whose task it is to know?
    fn witnesses(&self, c: &Credited) -> bool {
        let kind = who::source_kind(self.cx, &self.sentences[c.sentence], &self.lexes[c.sentence], c.np, &self.setting);
        matches!(kind, SourceKind::Official | SourceKind::Military | SourceKind::Police | SourceKind::Medical | SourceKind::CivilDefence | SourceKind::Witness)
    }

    /// How many verbs before an event word tell something else: not of saying, not كان, not those that carry or cause it.
    fn told_before(&self, p: &Proto) -> usize {
        let lexicon = self.cx.lexicon;
        let s = &self.sentences[p.sentence];
        let other = |v: usize| {
            let Some(l) = self.lexes[p.sentence].get(v) else { return false };
            let known = |sym: &crate::lexicon::Sym| lexicon.say_syms.contains_key(sym) || lexicon.light_syms.contains_key(sym);
            !l.syms.iter().any(|(sym, _)| known(sym)) && !l.has_any(&lexicon.sets.was)
        };
        s.phrases[..p.trigger.phrase].iter().filter(|x| matches!(x, Phrase::Verb(v) if other(*v) && !p.trigger.matched.contains(v))).count()
    }

    /// The verb stands behind أن that a verb or noun of wanting, being able or before governs: "يمكن أن تقصف".
    fn behind_that(&self, s: &Sentence, k: usize) -> bool {
        s.phrases[..k].iter().rev().take(3).any(|p| matches!(p, Phrase::Comp(_)))
    }

    /// كان, or a relative of it, before a verb of its clause.
    pub(super) fn pluperfect(&self, index: usize, token: usize, shape: &VerbShape) -> bool {
        let s = &self.sentences[index];
        let _ = shape;
        (s.tokens.start.max(token.saturating_sub(8))..token)
            .rev()
            .take_while(|i| !matches!(self.cx.text.slice(self.cx.text.tokens[*i].range()), "،" | ":"))
            .any(|i| self.is(index, i, &self.cx.lexicon.sets.was))
    }

    /// The verb's clause begins with الذي.
    pub(super) fn relative(&self, s: &Sentence, k: usize) -> bool {
        for p in s.phrases[..k].iter().rev() {
            match p {
                Phrase::Rel(_) => return true,
                Phrase::Verb(_) | Phrase::Comp(_) | Phrase::Sub(_) | Phrase::Mark(..) => return false,
                _ => {}
            }
        }
        false
    }

    /// The preposition before a noun phrase: its own letter, or the word before.
    /// The word that leads an event noun to what stands before it: "بعد", "غداة".
    pub(super) fn led_by(&self, p: &Proto) -> Option<usize> {
        let Form::Noun(n) = p.trigger.form else { return None };
        match self.lead(p.sentence, p.trigger.phrase, self.sentences[p.sentence].nps[n].shape.prep) {
            Some(Lead::Word(i)) => Some(i),
            _ => None,
        }
    }

    fn lead(&self, index: usize, k: usize, letter: Option<char>) -> Option<Lead> {
        if let Some(c) = letter {
            return Some(Lead::Letter(c));
        }
        let s = &self.sentences[index];
        let Phrase::Np(n) = s.phrases[k] else { return None };
        let first = s.nps[n].tokens.start;
        // "نتيجة قصف", "إثر غارة" read as a noun phrase
        if s.nps[n].tokens.len() > 1 && self.is(index, first, &self.cx.lexicon.sets.leading) {
            return Some(Lead::Word(first));
        }
        // "ردا على هجوم"
        let reply = |p: &Phrase| match p {
            Phrase::Np(n) => Some(s.nps[*n].head).filter(|h| self.is(index, *h, &self.cx.lexicon.sets.reply)),
            _ => None,
        };
        match s.phrases[..k].last()? {
            Phrase::Prep(i) => Some(Lead::Word(s.phrases[..k - 1].last().and_then(reply).unwrap_or(*i))),
            _ => None,
        }
    }

    /// Is the event word spoken of, feared, investigated, forbidden, rather than told? Looked for up the chain of governing nouns.
    fn is_topic(&self, p: &Proto) -> bool {
        let Form::Noun(mut n) = p.trigger.form else { return false };
        let s = &self.sentences[p.sentence];
        let lexicon = self.cx.lexicon;
        let lead = self.lead(p.sentence, p.trigger.phrase, s.nps[n].shape.prep);
        if matches!(lead, Some(Lead::Word(i)) if self.is(p.sentence, i, &lexicon.sets.regarding)) {
            return true;
        }
        for _ in 0..3 {
            let Some(phrase) = s.phrases.iter().position(|x| matches!(x, Phrase::Np(m) if s.nps[*m].tokens.contains(&s.nps[n].tokens.start))) else {
                return false;
            };
            let inside = !matches!(s.phrases[phrase], Phrase::Np(m) if m == n);
            let Some(g) = self.governor(s, phrase, n, inside) else { return false };
            if self.is(p.sentence, g, &lexicon.sets.topic) {
                return true;
            }
            match (0..s.nps.len()).filter(|m| s.nps[*m].head == g).max_by_key(|m| s.nps[*m].tokens.len()) {
                Some(m) if m != n => n = m,
                _ => return false,
            }
        }
        false
    }

    /// Does a preposition of sequence bring it in: "بعد الهجوم", "بعد يوم من الهجوم"?
    pub(super) fn is_after(&self, p: &Proto) -> bool {
        let Form::Noun(n) = p.trigger.form else { return false };
        let s = &self.sentences[p.sentence];
        let k = p.trigger.phrase;
        let sets = &self.cx.lexicon.sets;
        // "بعد أيام من تفجير"
        let counted = |k: usize| matches!(s.phrases[k], Phrase::Time(t) if self.cx.times[t].rule == "after-event");
        match self.lead(p.sentence, k, s.nps[n].shape.prep) {
            None if k > 0 => counted(k - 1),
            Some(Lead::Word(i)) if self.is(p.sentence, i, &sets.known) => true,
            Some(Lead::Word(i)) => self.is(p.sentence, i, &sets.counted_from) && k > 1 && matches!(s.phrases[k - 2], Phrase::Time(_)),
            _ => false,
        }
    }

    /// The word that governs an event noun: the noun whose genitive it is, or what stands before its preposition.
    pub(super) fn governor(&self, s: &Sentence, k: usize, n: NpId, inside: bool) -> Option<usize> {
        if inside {
            return s
                .nps
                .iter()
                .filter(|o| o.tokens.start < s.nps[n].tokens.start && o.tokens.end >= s.nps[n].tokens.end && o.head != s.nps[n].head)
                .min_by_key(|o| o.tokens.len())
                .map(|o| o.head);
        }
        let mut back = s.phrases[..k].iter().rev();
        let mut last = back.next()?;
        if let Phrase::Prep(_) = last {
            last = back.next()?;
        } else {
            s.nps[n].shape.prep?;
        }
        match last {
            Phrase::Np(m) => Some(s.nps[*m].head),
            Phrase::Verb(v) => Some(*v),
            _ => None,
        }
    }

    /// A verb of protest right before a phrase or, when the phrase opens its clause, right behind.
    fn protests(&self, index: usize, k: usize) -> bool {
        let s = &self.sentences[index];
        let protest = |p: Option<&Phrase>| matches!(p, Some(Phrase::Verb(v)) if self.is(index, *v, &self.cx.lexicon.sets.protesting));
        k > 0 && protest(s.phrases.get(k - 1)) || protest(s.phrases.get(k + 1))
    }

    /// Does a quotation begin before a token and end behind it?
    fn quoted(&self, s: &Sentence, token: usize) -> bool {
        let mut depth = 0i32;
        for p in &s.phrases {
            match p {
                Phrase::Quote(i, open) if *i < token && !matches!(self.cx.text.slice(self.cx.text.tokens[*i].range()), "(" | ")" | "[" | "]") => {
                    depth = (depth + if *open { 1 } else { -1 }).max(0)
                }
                _ => {}
            }
        }
        depth > 0
    }
}
