//! When: the day of a claim.
//!
//! Three witnesses, the best first. A time in the claim's own clause ("قُتل اثنان أمس"). Another mention of the same event
//! ("الهجوم" in a later sentence). The day on the verb of saying ("أعلن الجيش أمس أن"), when nothing better is given. A claim
//! that none of them dates keeps the day of publication, which its basis says: a day is not carried over to what happens
//! next, only to what is told again.

use super::render::specific;
use super::*;
use arabic::morph::Tense;

/// How far apart, in sentences, two mentions of one event may stand.
const RETOLD: usize = 6;

/// What an event word needs so that its claim can take the time of another mention.
pub(super) struct Mention {
    pub(super) definite: bool,
    pub(super) casualty: bool,
    places: Vec<usize>,
}

impl Job<'_> {
    /// The times of the claims' own sentences.
    pub(super) fn times(&mut self) {
        for i in 0..self.protos.len() {
            self.announced(i);
            let beside = self.protos[i].time.filter(|t| self.dates(i, t.0) && !self.of_another(i, t.0));
            self.protos[i].time = beside.or_else(|| self.sentence_time(i));
        }
        self.background();
    }

    /// "استئناف المحادثات الخميس المقبل": what has a day to come of its own is to come, unless a verb tells it as past.
    fn announced(&mut self, i: usize) {
        let p = &self.protos[i];
        let s = &self.sentences[p.sentence];
        let past = p.trigger.form == Form::Verb && s.verb(p.trigger.tokens.start).is_none_or(|v| v.1.tense != Tense::Present);
        let ahead = |t: usize| self.anchor.zip(self.cx.times[t].days()).is_some_and(|(now, days)| days.0 > now.moment);
        if p.modality == Modality::Actual && !past && p.time.is_some_and(|t| ahead(t.0)) {
            self.protos[i].modality = Modality::Future;
            self.protos[i].why.push("modality: future.date".into());
        }
    }

    /// The days of a claim. A weekday is the last one, but of what is to come the next: "سيعقد المجلس جلسة الخميس".
    pub(super) fn days_of(&self, p: &Proto) -> Option<(Moment, Moment)> {
        let x = &self.cx.times[p.time?.0];
        match &x.other {
            Some(next) if p.modality == Modality::Future && x.rule == "weekday" => Some((next.from.floor(Unit::Day), next.last_day())),
            _ => x.days(),
        }
    }

    /// The times of other mentions of the same event, and last the day on which it was told.
    pub(super) fn retold_times(&mut self) {
        let mentions: Vec<Mention> = (0..self.protos.len()).map(|i| self.mention(i)).collect();
        let found: Vec<Option<(usize, &'static str)>> = (0..self.protos.len())
            .map(|i| {
                let p = &self.protos[i];
                if p.time.is_some() || p.gone {
                    return None;
                }
                self.retold_time(i, &mentions).map(|t| (t, "time.retold")).or_else(|| self.told_on(i).map(|t| (t, "time.told")))
            })
            .collect();
        for (p, t) in self.protos.iter_mut().zip(found) {
            p.time = p.time.or(t);
        }
        self.background();
    }

    /// Background: what is older than a month, and what is told in the pluperfect without a day of its own.
    fn background(&mut self) {
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
        for i in 1..self.protos.len() {
            if self.goes_on_before_the_report(i) {
                self.protos[i].modality = Modality::Historical;
                self.protos[i].why.push("modality: historical.joined".into());
            }
        }
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

    /// `true` when a claim stays at the time of an earlier one: it gives none of its own, nor does anything told between.
    pub(super) fn same_time(&self, i: usize, earlier: usize) -> bool {
        let days = |p: &Proto| self.days_of(p);
        match self.protos[earlier + 1..=i].iter().rev().find_map(days) {
            Some(now) => days(&self.protos[earlier]) == Some(now),
            None => true,
        }
    }

    /// `true` when an expression can be the day of a claim: a date, and one to come only of what is to come.
    fn dates(&self, i: usize, t: usize) -> bool {
        let x = &self.cx.times[t];
        let Some((from, _)) = x.days().filter(|_| x.interval.is_some() && !matches!(x.rule, "clock" | "now")) else { return false };
        let p = &self.protos[i];
        let to_come = self.anchor.is_some_and(|a| from > a.moment);
        let promises = matches!(p.event_type(self.cx.lexicon), EventType::Agree | EventType::Concede | EventType::Threaten);
        !to_come || promises || matches!(p.modality, Modality::Future | Modality::Hypothetical)
    }

    /// The time of the sentence that is tied closest to the claim.
    fn sentence_time(&self, i: usize) -> Option<(usize, &'static str)> {
        let (s, phrase) = (self.protos[i].sentence, self.protos[i].trigger.phrase);
        let times = self.sentences[s].phrases.iter().enumerate();
        let best = times.filter_map(|(j, p)| match p {
            Phrase::Time(t) if self.dates(i, *t) && !self.tells_when_said(i, *t) => self.tie(i, phrase, j).map(|score| (score, std::cmp::Reverse(j), *t)),
            _ => None,
        });
        best.max().map(|b| (b.2, "time.sentence"))
    }

    /// `true` when the time stands on the words that credit the claim's source.
    fn tells_when_said(&self, i: usize, t: usize) -> bool {
        let (at, told) = (self.cx.times[t].tokens.start, self.protos[i].trigger.tokens.start);
        self.scopes[self.protos[i].sentence].iter().any(|s| s.frame.contains(&at) && s.tokens.contains(&told) && !s.frame.contains(&told))
    }

    /// The day on which the claim's source spoke.
    fn told_on(&self, i: usize) -> Option<usize> {
        let p = &self.protos[i];
        if p.parts.claimed || p.modality == Modality::Historical {
            return None;
        }
        if self.goes_on_for_long(i) {
            return None;
        }
        let said = |is: &dyn Fn(usize) -> bool| {
            self.sentences[p.sentence].phrases.iter().find_map(|x| match x {
                Phrase::Time(t) if self.dates(i, *t) && is(*t) => Some(*t),
                _ => None,
            })
        };
        // "ذكرت مصادر أمس أن ..., فيما أكدت أخرى أن ...": the day of the first who speaks is that of the others
        said(&|t| self.tells_when_said(i, t)).or_else(|| said(&|t| self.told_beside(i, t)))
    }

    /// The time stands on the words that credit another source of the same sentence, before the claim's own.
    fn told_beside(&self, i: usize, t: usize) -> bool {
        let (at, told) = (self.cx.times[t].tokens.start, self.protos[i].trigger.tokens.start);
        let scopes = &self.scopes[self.protos[i].sentence];
        let own = scopes.iter().find(|s| s.tokens.contains(&told) && !s.frame.contains(&told));
        own.is_some_and(|own| scopes.iter().any(|s| s.frame.contains(&at) && s.frame.end <= own.frame.start))
    }

    /// "قتل ثلاثة بعد يومين من الهدنة": the days from the report back to an event are that event's, which stands behind them. "قبل
    /// يومين من الهدنة" is the time of what stands before it.
    fn of_another(&self, i: usize, t: usize) -> bool {
        let (x, p) = (&self.cx.times[t], &self.protos[i]);
        let from_back = self.is(p.sentence, x.tokens.start, &self.cx.lexicon.sets.after);
        x.rule == "after-event" && (p.trigger.tokens.start < x.tokens.start) == from_back
    }

    /// "العدوان المستمر منذ تسعة أشهر": the stretch is of the noun that the adjective describes.
    fn stretch_of(&self, s: usize, time: usize) -> Option<usize> {
        let Phrase::Time(t) = self.sentences[s].phrases[time] else { return None };
        let x = &self.cx.times[t];
        let before = x.tokens.start.checked_sub(1)?;
        if !x.rule.starts_with("since") || !self.is(s, before, &self.cx.lexicon.sets.lasting) {
            return None;
        }
        self.sentences[s].phrases[..time].iter().rposition(|p| matches!(p, Phrase::Np(n) if self.sentences[s].nps[*n].event))
    }

    /// "استمرار المعارك", "تصاعد وتيرة العمليات": what goes on has no day.
    fn goes_on_for_long(&self, i: usize) -> bool {
        let p = &self.protos[i];
        let s = &self.sentences[p.sentence];
        let Form::Noun(n) = p.trigger.form else { return false };
        let inside = !matches!(s.phrases[p.trigger.phrase], Phrase::Np(m) if m == n);
        self.governor(s, p.trigger.phrase, n, inside).is_some_and(|g| self.is(p.sentence, g, &self.cx.lexicon.sets.lasting))
    }

    /// How closely a time phrase is tied to an event word of its sentence: higher is closer, `None` is another clause.
    fn tie(&self, i: usize, trigger: usize, time: usize) -> Option<i32> {
        let s = self.protos[i].sentence;
        let sent = &self.sentences[s];
        let sets = &self.cx.lexicon.sets;
        let is = |t: usize, set: &[crate::lexicon::Sym]| self.is(s, t, set);
        let before = time < trigger;
        let between = if before { time + 1..trigger } else { trigger + 1..time };
        // what the event word does with a ل in front: "تعرضت لقصف" is the event itself, "للتنديد بقصف" its purpose
        let carried = self.protos[i].carrier.is_some();
        let purpose = |n: NpId| sent.nps[n].event && sent.nps[n].shape.prep == Some('ل');
        if before && !carried && matches!(sent.phrases[trigger], Phrase::Np(n) if purpose(n)) {
            return None;
        }
        if matches!(sent.phrases[time], Phrase::Time(t) if self.of_another(i, t)) || self.stretch_of(s, time).is_some_and(|k| k != trigger) {
            return None;
        }
        let known = self.is_after(&self.protos[i]);
        // "خطفوا العشرات منذ اجتياحهم المدينة في أيلول": the day is of what the clause counts from
        if !before && between.clone().any(|j| matches!(sent.phrases[j], Phrase::Prep(t) if is(t, &sets.since))) {
            return None;
        }
        let mut score = 100 - 2 * between.len() as i32;
        for j in between.clone() {
            match &sent.phrases[j] {
                Phrase::Comp(_) if !before => return None,
                Phrase::Comp(_) => score -= 15,
                // "في حين"
                Phrase::Sub(t) if is(*t, &sets.meanwhile) || self.key(t.saturating_sub(1)) == "في" => score -= 25,
                Phrase::Sub(t) if is(*t, &sets.together) => score -= 5,
                Phrase::Sub(_) => return None,
                // "الهجوم الذي وقع أمس": the relative clause of the event word itself
                Phrase::Rel(_) if !before && sent.phrases[between.start..j].iter().all(|p| matches!(p, Phrase::Mark(_, ',') | Phrase::Quote(..))) => score -= 5,
                Phrase::Rel(_) => return None,
                Phrase::Mark(_, ';') => return None,
                Phrase::Mark(_, ':') if !before => return None,
                Phrase::Mark(_, ':') => score -= 15,
                Phrase::Mark(_, ',') => score -= 3,
                p if is(sent.start(p, self.cx), &sets.contrast) => return None,
                Phrase::Verb(v) => score -= if sent.verb(*v).is_some_and(|x| x.1.wa) { 12 } else { 5 },
                // "قتل أمس ... بعد هجوم": what lies before or after is another time
                Phrase::Prep(t) if is(*t, &sets.sequence) && before => return None,
                // "منذ بداية العدوان، بعد اعتقال أربعين، اليوم": what is taken as known has no part in what comes behind the next
                Phrase::Prep(t) if is(*t, &sets.sequence) && known => return None,
                Phrase::Prep(t) if is(*t, &sets.sequence) => score -= 20,
                // "اعتقل اليوم ... في أعقاب مقتل أربعة"
                Phrase::Np(n) if before && is(sent.nps[*n].head, &sets.known) => return None,
                // "متهما", "مشيرا": another speech begins
                Phrase::Np(n) if self.speaks(s, *n) => return None,
                Phrase::Np(n) if before && purpose(*n) && !carried => return None,
                _ => {}
            }
        }
        // a time that another claim stands closer to
        let taken = self.protos[self.told_in(s)]
            .iter()
            .any(|q| !q.gone && q.trigger.phrase != trigger && matches!(sent.phrases[time], Phrase::Time(t) if q.parts.time == Some(t)));
        if taken {
            score -= 25;
        }
        (score > 30).then_some(score)
    }

    /// "مشيرا", "متهمة": a participle of saying.
    fn speaks(&self, s: usize, n: NpId) -> bool {
        let np = &self.sentences[s].nps[n];
        let indefinite = !np.shape.the && np.shape.prep.is_none();
        indefinite
            && self.lexes[s]
                .get(np.head)
                .is_some_and(|l| l.adj.is_some() && l.syms.iter().any(|(sym, r)| *r != 255 && self.cx.lexicon.say_syms.contains_key(sym)))
    }

    pub(super) fn mention(&self, i: usize) -> Mention {
        let p = &self.protos[i];
        let casualty = self.cx.lexicon.events[p.event].kind == EventKind::Casualty;
        let definite = match p.trigger.form {
            Form::Noun(n) => {
                let np = &self.sentences[p.sentence].nps[n];
                np.shape.the || np.definite && (np.genitive.is_none() || p.trigger.by_phrase)
            }
            Form::Verb | Form::Attribute(_) => false,
        };
        let places = p.spots.iter().filter(|x| !x.inherited).map(|x| x.mention).collect();
        Mention { definite, casualty, places }
    }

    /// The time of another mention of the claim's event: the last one before it, else the first one behind it.
    fn retold_time(&self, i: usize, mentions: &[Mention]) -> Option<usize> {
        let s = self.protos[i].sentence;
        // "تستهدف القوات المنطقة": what goes on has no day
        let now = self.sentences[s].verb(self.protos[i].trigger.tokens.start).is_some_and(|v| v.1.tense == Tense::Present);
        if now && self.protos[i].trigger.form == Form::Verb {
            return None;
        }
        if self.goes_on_for_long(i) {
            return None;
        }
        let near = |j: &usize| self.protos[*j].sentence.abs_diff(s) <= RETOLD;
        let participants = self.by_participants(i);
        let dated = |j: usize| {
            let q = &self.protos[j];
            let (t, _) = q.time.filter(|t| !q.gone && self.is_a_day(t.0))?;
            // "بعد أيام من تفجير": what comes after is told of something earlier
            let earlier = j > i && !mentions[j].definite && self.is_after(q);
            let protest = j < i && participants && q.event_type(self.cx.lexicon) == EventType::Protest;
            (self.same_event(i, j, mentions) && !earlier || protest || j < i && self.goes_on(i, j)).then_some(t)
        };
        let before = (0..i).rev().take_while(near).find_map(dated);
        before.or_else(|| (i + 1..self.protos.len()).take_while(near).find_map(dated))
    }

    /// "ودعا المحتجون": whoever took part in a protest spoke there.
    fn by_participants(&self, i: usize) -> bool {
        let lexicon = self.cx.lexicon;
        self.protos[i].actors.iter().any(|a| {
            let np = &self.sentences[a.sentence].nps[a.np];
            let syms = self.lexes[a.sentence].at(np.head).syms.iter().filter_map(|(s, _)| lexicon.triggers.get(s)).flatten();
            np.shape.the && syms.into_iter().any(|(e, _)| lexicon.events[*e as usize].kind == EventKind::Participant)
        })
    }

    /// A day or a few, not a stretch up to now or one counted from another event.
    fn is_a_day(&self, t: usize) -> bool {
        let x = &self.cx.times[t];
        !matches!(x.rule, "after-event" | "since" | "since.date" | "ago.since" | "until.date") && x.days().is_some_and(|(a, b)| b.days_since(a) <= 7)
    }

    /// "وأضاف المصدر": whoever told of a dated event goes on about it.
    fn goes_on(&self, i: usize, j: usize) -> bool {
        let (p, q) = (&self.protos[i], &self.protos[j]);
        let same_source = p.sources.iter().any(|a| q.sources.iter().any(|b| self.same_speaker(a, b)));
        p.modality == q.modality && p.sentence <= q.sentence + 2 && same_source
    }

    /// "أعلن الجيش ..., وأشار الجيش": one source named again.
    fn same_speaker(&self, a: &Credited, b: &Credited) -> bool {
        let (x, y) = (&self.sentences[a.sentence].nps[a.np], &self.sentences[b.sentence].nps[b.np]);
        let same_word = || self.lexes[a.sentence].at(x.head).syms.iter().any(|(s, r)| *r != 255 && self.lexes[b.sentence].at(y.head).has(*s));
        a.is(b) || x.shape.the && (self.key(x.head) == self.key(y.head) || same_word())
    }

    /// "قتل سبعة ..., وقالت الشرطة إن سبعة قتلوا": one toll, told again.
    fn same_toll(&self, p: &Proto, q: &Proto) -> bool {
        let tolls = |x: &Proto| -> Vec<(CountKind, Option<f64>)> {
            let dead_or_hurt = |t: &Tally| matches!(t.kind, CountKind::Killed | CountKind::Injured) && t.low >= Some(2.0) && t.relation != Relation::Part;
            let others = |c: &(usize, Tally)| c.1.tokens.clone().any(|i| self.is(c.0, i, &self.cx.lexicon.sets.other));
            x.counts.iter().filter(|c| dead_or_hurt(&c.1) && !others(c)).map(|c| (c.1.kind, c.1.low)).collect()
        };
        let (a, b) = (tolls(p), tolls(q));
        a.iter().any(|x| b.contains(x))
    }

    /// Two claims that tell one event, by their words and places.
    pub(super) fn same_event(&self, i: usize, j: usize, mentions: &[Mention]) -> bool {
        let (p, q) = (&self.protos[i], &self.protos[j]);
        let lexicon = self.cx.lexicon;
        let to_come = |x: &Proto| matches!(x.modality, Modality::Future | Modality::Hypothetical);
        if p.event_type(lexicon) != q.event_type(lexicon) || to_come(p) || to_come(q) {
            return false;
        }
        let (m, n) = (&mentions[i], &mentions[j]);
        let meet = m.places.iter().any(|a| n.places.iter().any(|b| a == b || self.same_place(*a, *b) || self.related(*a, *b)));
        let apart = !m.places.is_empty() && !n.places.is_empty() && !meet;
        let control = |x: &Proto| x.modes.contains("territory");
        if apart || control(p) != control(q) {
            return false;
        }
        let general = |x: &Proto| matches!(lexicon.events[x.event].id, "assault.attack" | "assault.operation" | "assault.violence" | "assault.target");
        let kin = p.event == q.event || general(p) || general(q) || m.casualty || n.casualty || p.modes.intersection(&q.modes).next().is_some();
        let close = p.sentence.abs_diff(q.sentence) <= 3;
        // "الهجوم" behind "هجوم"
        let retold = if j < i { m.definite } else { n.definite && close };
        // "وقالت السلطات إن سبعة أصيبوا": the toll of what was told just before
        let toll = j < i && m.casualty && m.places.is_empty() && p.parts.means.is_empty() && p.actors.is_empty() && close;
        let particular = m.places.iter().any(|x| specific(self.cx.places[*x].kind) <= 2);
        kin && (retold || toll || meet && particular && close) || close && self.same_toll(p, q)
    }
}
