//! When: the day of a claim.
//!
//! Three witnesses, the best first. A time in the claim's own clause ("قُتل اثنان أمس"). Another mention of the same event
//! ("الهجوم" in a later sentence: [`retold`](super::retold)). The day on the verb of saying ("أعلن الجيش أمس أن"), when nothing better is
//! given. A claim that none of them dates keeps the day of publication, which its basis says: a day is not carried over to what happens
//! next, only to what is told again.

use super::*;

/// In how many sentences a report says when its first source spoke.
const HEAD: usize = 3;

/// How a claim lies to its time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Dated {
    /// On it.
    On,
    /// Before the claim with this number, from which the time counts back: "وقع الهجوم بعد يومين من القصف".
    Before(usize),
    /// From it until the report: "منذ اندلاع المعارك في الثالث من الشهر".
    Since,
}

impl Job<'_> {
    /// The times of the claims' own sentences.
    pub(super) fn times(&mut self) {
        self.eve = self.written_before();
        for i in 0..self.protos.len() {
            self.announced(i);
            let beside = self.protos[i].time.filter(|t| self.dates(i, t.0) && !self.of_another(i, t.0));
            let own = beside.or_else(|| self.sentence_time(i));
            let since = if own.is_none() { self.counted_since(i) } else { None };
            self.protos[i].time = own.or(since.map(|t| (t, "time.since")));
            // what is told by the day after it takes its time from there
            let dated = match self.later_claim(i) {
                Some(later) => Dated::Before(later),
                None if since.is_some() || self.has_begun(i) => Dated::Since,
                None => Dated::On,
            };
            self.protos[i].dated = dated;
            if matches!(dated, Dated::Before(_)) && self.protos[i].time.is_some_and(|t| self.cx.times[t.0].rule != "after-event") {
                self.protos[i].time = None;
            }
        }
        self.background();
    }

    /// The day before publication, when the first source of the report spoke on it: "أفادت مصادر أمنية أمس". A newspaper writes on one day
    /// what it prints on the next, and its "الليلة الماضية" is the night before it wrote.
    fn written_before(&self) -> Option<Moment> {
        let yesterday = self.anchor?.moment.floor(Unit::Day).plus(-1, Unit::Day);
        let head = 0..self.scopes.len().min(HEAD);
        let said = head.flat_map(|s| {
            let frames = &self.scopes[s];
            self.sentences[s].phrases.iter().filter_map(move |p| match p {
                Phrase::Time(t) if frames.iter().any(|f| f.frame.contains(&self.cx.times[*t].tokens.start)) => self.cx.times[*t].days(),
                _ => None,
            })
        });
        said.take(1).find(|d| *d == (yesterday, yesterday)).map(|d| d.0)
    }

    /// "مع بداية شهر رمضان": on its first day.
    fn at_onset(&self, s: usize, x: &time::Expression) -> bool {
        let sets = &self.cx.lexicon.sets;
        let with = x.tokens.start > self.sentences[s].tokens.start && self.is(s, x.tokens.start - 1, &sets.with);
        with && x.rule == "position" && x.grain == Unit::Month && self.is(s, x.tokens.start, &sets.outset)
    }

    /// "اتفاق منذ عام 2013", "الأسير المعتقل منذ عام 2002": what is done at once was done then; only its outcome lasts since.
    fn is_done_since(&self, p: &Proto, x: &time::Expression) -> bool {
        let since = self.is(p.sentence, x.tokens.start, &self.cx.lexicon.sets.since_when) && p.trigger.tokens.start < x.tokens.start;
        let one = || p.counts.iter().all(|c| c.1.low == Some(1.0) && c.1.vague.is_none());
        let at_once = || match p.event_type(self.cx.lexicon) {
            EventType::Agree => p.trigger.form != Form::Verb,
            EventType::Support => matches!(self.cx.lexicon.events[p.event].id, "support.sign" | "support.conclude"),
            _ => p.modes.iter().any(|m| matches!(*m, "arrest" | "abduct")) && one(),
        };
        since && matches!(p.modality, Modality::Actual | Modality::Historical) && at_once()
    }

    /// The claim of the sentence that came after this one, from which this one's time is counted: "وقع الهجوم بعد يومين من القصف",
    /// "يأتي الهجوم غداة مقتل اثنين".
    fn later_claim(&self, i: usize) -> Option<usize> {
        let p = &self.protos[i];
        // "غداة مقتل اثنين في انفجار": what joined it counts too
        let words = std::iter::once(p).chain(p.linked.iter().map(|l| &self.protos[*l]).filter(|q| q.sentence == p.sentence));
        let eve = words.filter_map(|q| self.led_by(q)).find(|i| self.is(p.sentence, *i, &self.cx.lexicon.sets.day_before));
        let from = match p.time.filter(|_| eve.is_none()) {
            Some((t, _)) => {
                let x = &self.cx.times[t];
                let back = x.rule == "after-event" && self.is(p.sentence, x.tokens.start, &self.cx.lexicon.sets.after);
                (back && x.tokens.start < p.trigger.tokens.start).then_some(x.tokens.start)?
            }
            None => eve?,
        };
        let here = self.told_in(p.sentence);
        let told = |j: &usize| !self.protos[*j].gone;
        let beside = here.clone().rev().filter(told).find(|j| self.protos[*j].trigger.tokens.start < from);
        // "ويأتي الهجوم غداة": what only takes up the attack of the sentences before is no claim, and the day is that attack's
        let near = |j: &usize| self.protos[*j].sentence + 2 >= p.sentence;
        let before = || (0..here.start).rev().take_while(near).filter(told).find(|j| self.protos[*j].event_type(self.cx.lexicon) == EventType::Assault);
        beside.or_else(|| eve.and_then(|_| before()))
    }

    /// The days of a claim. A weekday is the last one, but of what is to come the next: "سيعقد المجلس جلسة الخميس".
    pub(super) fn days_of(&self, p: &Proto) -> Option<(Moment, Moment)> {
        let x = &self.cx.times[p.time?.0];
        if let (Dated::Since, Some(now)) = (p.dated, self.anchor) {
            return x.days().map(|d| (d.0, now.moment.floor(Unit::Day).max(d.1)));
        }
        if let (Dated::Before(later), Some(now)) = (p.dated, self.anchor) {
            let told = self.days_of(&self.protos[later]).map(|d| d.0);
            if x.rule != "after-event" {
                return told.map(|d| d.plus(-1, Unit::Day)).map(|d| (d, d));
            }
            // counted back from the day of the other; what is good to the month from the report
            let days = x.days().filter(|_| x.grain <= Unit::Day);
            let late = told.map_or(0, |d| now.moment.days_since(d));
            return days.map(|d| (d.0.plus(-late, Unit::Day), d.1.plus(-late, Unit::Day))).or(x.days());
        }
        if let (Some(eve), true) = (self.eve, x.rule == "daypart.this") {
            // the night that belongs to two days, the later of which is the day of the report
            return x.days().map(|d| if d.0 < d.1 { (eve.plus(-1, Unit::Day), eve) } else { d });
        }
        if self.at_onset(p.sentence, x) {
            return x.days().map(|d| (d.0, d.0));
        }
        let to_come = p.modality == Modality::Future && matches!(x.rule, "weekday" | "last.within" | "date.full" | "date.digits" | "month.named" | "range.dom");
        match &x.other {
            Some(other) if to_come || self.is_done_since(p, x) => Some((other.from.floor(Unit::Day), other.last_day())),
            _ => x.days(),
        }
    }

    /// `true` when a claim stays at the time of an earlier one: it gives none of its own, nor does anything told between. What gives no day is of the
    /// day of the report, and "اليوم" is no other.
    pub(super) fn same_time(&self, i: usize, earlier: usize) -> bool {
        let days = |p: &Proto| self.days_of(p);
        let today = || self.anchor.map(|a| a.moment.floor(Unit::Day)).map(|d| (d, d));
        match self.protos[earlier + 1..=i].iter().rev().find_map(days) {
            Some(now) => days(&self.protos[earlier]).or_else(today) == Some(now),
            None => true,
        }
    }

    /// `true` when an expression can be the day of a claim: a date, and one to come only of what is to come.
    fn dates(&self, i: usize, t: usize) -> bool {
        let x = &self.cx.times[t];
        // "حتى الآن" is no day
        let no_day = matches!(x.rule, "clock" | "now") || x.rule == "until.date" && x.grain == Unit::Second;
        let Some((from, _)) = x.days().filter(|_| x.interval.is_some() && !no_day) else { return false };
        let p = &self.protos[i];
        if self.names_a_feast(p.sentence, x)
            || self.names_a_thing(p.sentence, x)
            || self.dates_a_state(p, x)
            || self.sets_a_record(p, x)
            || self.dates_a_toll(p, x)
        {
            return false;
        }
        let to_come = self.anchor.is_some_and(|a| from > a.moment);
        let promises = matches!(p.event_type(self.cx.lexicon), EventType::Agree | EventType::Concede | EventType::Threaten);
        !to_come || promises || matches!(p.modality, Modality::Future | Modality::Hypothetical)
    }

    /// "ارتفعت حصيلة القتلى اليوم إلى 20": the day of the count, not of the deaths.
    fn dates_a_toll(&self, p: &Proto, x: &time::Expression) -> bool {
        let s = &self.sentences[p.sentence];
        let reach = |t: usize| self.is(p.sentence, t, &self.cx.lexicon.sets.reach);
        let governs = |t: &usize| reach(*t) || s.verb(*t).is_some();
        let counted = p.counts.iter().any(|c| c.0 == p.sentence && c.1.why == "count.reached");
        let one_day = x.days().is_some_and(|d| d.0 == d.1);
        counted && one_day && (s.tokens.start..x.tokens.start.max(s.tokens.start)).rev().find(governs).is_some_and(reach)
    }

    /// "صلاة عيد الفطر": the feast tells which prayer it is, not when something happened.
    fn names_a_feast(&self, s: usize, x: &time::Expression) -> bool {
        let first = x.tokens.start;
        let of_noun = || self.sentences[s].nps.iter().any(|n| n.core.end == first && !n.class.any(Class::TIME));
        x.rule == "holiday" && !self.is(s, first, &self.cx.lexicon.sets.at_feast) && of_noun()
    }

    /// "ثورة 23 يوليو", "ميزانية لعام 2015": the time tells which one a thing is, not when something happened.
    fn names_a_thing(&self, s: usize, x: &time::Expression) -> bool {
        let first = x.tokens.start;
        // with its year a date is one: "بعد ثورة يناير 2011"
        let by_day = matches!(x.rule, "date.full" | "month.named") && x.other.is_some();
        let bearer = |n: &Np| n.head + 1 == first && !n.shape.the && self.is(s, n.head, &self.cx.lexicon.sets.named_by_day);
        let bears = by_day && self.sentences[s].nps.iter().any(bearer);
        let of = matches!(x.rule, "year.named" | "month.named" | "unit.shifted") && self.key(first).starts_with('ل');
        // "المسؤولية عن يوم 7 تشرين", "في الأربعينيات من عمره"
        let about = first > self.sentences[s].tokens.start && self.key(first - 1) == "عن";
        let age = x.rule == "decade" && self.key(x.tokens.end) == "من";
        bears || of || about || age
    }

    /// "من مواليد عام 1986", "الأراضي المحتلة عام 1948", "متجر أنشئ في عام 1990": the time of what people and things have long been.
    fn dates_a_state(&self, p: &Proto, x: &time::Expression) -> bool {
        let s = &self.sentences[p.sentence];
        let sets = &self.cx.lexicon.sets;
        let state = |t: usize| self.is(p.sentence, t, &sets.long_since) && t != p.trigger.tokens.start;
        let mut before = (s.tokens.start..x.tokens.start).rev().skip_while(|t| self.is(p.sentence, *t, &sets.at_time));
        let beside = before.next().is_some_and(state);
        let verb = || s.verbs.iter().map(|v| v.0).filter(|v| *v < x.tokens.start).max();
        beside || verb().is_some_and(|v| state(v) && (p.trigger.tokens.start < v || x.tokens.start < p.trigger.tokens.start))
    }

    /// "وقع اتفاقا لأول مرة منذ ثلاثة عقود", "أعنف قصف على المدينة منذ أشهر": how long there had been none like it.
    fn sets_a_record(&self, p: &Proto, x: &time::Expression) -> bool {
        let start = self.sentences[p.sentence].tokens.start;
        let record = |t: usize| t >= start && self.is(p.sentence, t, &self.cx.lexicon.sets.record);
        let near = x.tokens.start.saturating_sub(4)..x.tokens.start;
        x.rule.starts_with("since") && (near.into_iter().any(record) || p.trigger.tokens.start.checked_sub(1).is_some_and(record))
    }

    /// The time of the sentence that is tied closest to the claim.
    fn sentence_time(&self, i: usize) -> Option<(usize, &'static str)> {
        let (s, phrase) = (self.protos[i].sentence, self.protos[i].trigger.phrase);
        let times = self.sentences[s].phrases.iter().enumerate();
        let best = times.filter_map(|(j, p)| match p {
            Phrase::Time(t) if self.dates(i, *t) && !self.tells_when_said(i, *t) && !self.told_before_speech(i, *t) => {
                self.tie(i, phrase, j).map(|score| (score, std::cmp::Reverse(j), *t))
            }
            _ => None,
        });
        best.max().map(|b| (b.2, "time.sentence"))
    }

    /// `true` when the time stands on the words that credit the claim's source.
    fn tells_when_said(&self, i: usize, t: usize) -> bool {
        let (at, told) = (self.cx.times[t].tokens.start, self.protos[i].trigger.tokens.start);
        self.scopes[self.protos[i].sentence].iter().any(|s| s.frame.contains(&at) && s.tokens.contains(&told) && !s.frame.contains(&told))
    }

    /// "قصفت القاعدة مرات في الأيام الماضية، بحيث أفاد مراسل بأن": the time of another claim that stands before whoever tells this one.
    fn told_before_speech(&self, i: usize, t: usize) -> bool {
        let (at, p) = (self.cx.times[t].tokens.start, &self.protos[i]);
        let frame = self.scopes[p.sentence].iter().find(|s| s.tokens.contains(&p.trigger.tokens.start) && !s.frame.contains(&p.trigger.tokens.start));
        let of_another = || self.protos[self.told_in(p.sentence)].iter().any(|q| !q.gone && q.trigger.tokens.start < at);
        frame.is_some_and(|s| at < s.frame.start && s.frame.end <= p.trigger.tokens.start) && of_another()
    }

    /// The day on which the claim's source spoke.
    pub(super) fn told_on(&self, i: usize) -> Option<usize> {
        let p = &self.protos[i];
        if p.parts.claimed || p.modality == Modality::Historical {
            return None;
        }
        // "أعلنت القوات أمس قصف المدينة ردا على هجوم": what is taken as known came before
        if self.goes_on_for_long(i) || self.is_after(p) {
            return None;
        }
        let said = |is: &dyn Fn(usize) -> bool| {
            self.sentences[p.sentence].phrases.iter().find_map(|x| match x {
                Phrase::Time(t) if self.dates(i, *t) && is(*t) => Some(*t),
                _ => None,
            })
        };
        // "ذكرت مصادر أمس أن ..., فيما أكدت أخرى أن ...": the day of the first who speaks is that of the others
        said(&|t| self.tells_when_said(i, t) && !self.made_known(p.sentence, t)).or_else(|| said(&|t| self.told_beside(i, t)))
    }

    /// "قال في تسجيل بثته القناة أمس": the day on which it was made known is that of another verb than the one of saying.
    fn made_known(&self, s: usize, t: usize) -> bool {
        let at = self.cx.times[t].tokens.start;
        let frame = self.scopes[s].iter().find(|f| f.frame.contains(&at)).map(|f| f.frame.start);
        let recorded = |start: usize| (start..at).any(|t| self.is(s, t, &self.cx.lexicon.sets.recording));
        frame.is_some_and(|start| recorded(start) || self.sentences[s].verbs.iter().filter(|v| (start..at).contains(&v.0)).count() > 1)
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

    /// "استمرار المعارك", "تصاعد وتيرة العمليات", "اشتباكات يومية": what goes on or comes again has no day.
    pub(super) fn goes_on_for_long(&self, i: usize) -> bool {
        let p = &self.protos[i];
        let s = &self.sentences[p.sentence];
        let lasting = |t: usize| self.is(p.sentence, t, &self.cx.lexicon.sets.lasting);
        let Form::Noun(n) = p.trigger.form else { return false };
        let k = p.trigger.phrase;
        let inside = !matches!(s.phrases[k], Phrase::Np(m) if m == n);
        let described = |n: &Np| n.adjectives.iter().any(|a| lasting(*a)) || lasting(n.tokens.end) && n.tokens.end < s.tokens.end;
        let outer = || matches!(s.phrases[k], Phrase::Np(m) if described(&s.nps[m]));
        // "صعدت القوات من قصفها"
        described(&s.nps[n]) || outer() || p.carrier.is_some_and(lasting) || self.governor(s, k, n, inside).is_some_and(lasting)
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
        // "في أعقاب دعوة", "غداة مقتل اثنين": what is taken as known came before
        if before && known && !self.counted_behind(s, time) {
            return None;
        }
        // "شهد الأحد توترا، متهما": another speech begins
        if before && matches!(sent.phrases[trigger], Phrase::Np(n) if self.speaks(s, n)) {
            return None;
        }
        let leaves = |p: &Phrase| matches!(p, Phrase::Verb(_) | Phrase::Mark(..));
        if before && sent.phrases[time + 1..=trigger].iter().any(leaves) && self.in_relative_clause(s, time) {
            return None;
        }
        // "صحيفة الصادرة اليوم": the day of the paper
        if matches!(sent.phrases[time], Phrase::Time(t) if self.cx.times[t].tokens.start.checked_sub(1).is_some_and(|b| is(b, &sets.issued))) {
            return None;
        }
        // "ردا على هجوم وقع أمس"
        let trigger_end = self.protos[i].trigger.tokens.end;
        let answers = matches!(sent.phrases[time], Phrase::Time(t) if (trigger_end..self.cx.times[t].tokens.start).any(|t| is(t, &sets.reply)));
        if !before && answers {
            return None;
        }
        // "حيث يتمركزون منذ سنوات": a stretch is of the verb that it stands behind, unless that only carries an event
        let stretch = matches!(sent.phrases[time], Phrase::Time(t) if self.cx.times[t].rule.starts_with("since"));
        let light = |v: usize| self.lexes[s].at(v).syms.iter().any(|(sym, _)| self.cx.lexicon.light_syms.contains_key(sym));
        let parts = |j: usize| match sent.phrases[j] {
            Phrase::Verb(v) => !light(v),
            Phrase::Prep(t) => is(t, &sets.sequence),
            _ => false,
        };
        if !before && stretch && between.clone().any(parts) {
            return None;
        }
        // "خطفوا العشرات منذ اجتياحهم المدينة في أيلول": the day is of what the clause counts from
        if !before && between.clone().any(|j| matches!(sent.phrases[j], Phrase::Prep(t) if is(t, &sets.since))) {
            return None;
        }
        let mut score = 100 - 2 * between.len() as i32;
        for j in between.clone() {
            match &sent.phrases[j] {
                Phrase::Prep(t) if !before && is(*t, &sets.anew) => return None,
                // a nearer time is the claim's
                Phrase::Time(t) if before && self.dates(i, *t) && !self.counted_behind(s, j) => return None,
                // "يأتي الهجوم بعد أيام من تفجير الجمعة": the day is of what the first is counted from
                Phrase::Time(t) if !before && self.cx.times[*t].rule == "after-event" => return None,
                // "اعتقل اليوم للاشتباه في قتله": what somebody is charged with was done before
                Phrase::Np(n) if before && is(sent.nps[*n].head, &sets.charge) => return None,
                Phrase::Verb(v) if before && is(*v, &sets.charge) => return None,
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
        // "أدانت أمس الهجمات": the day is of the words, what they are about came before
        let event = &self.protos[i];
        let of_past = |ty: EventType| matches!(ty, EventType::Accuse | EventType::Request | EventType::Reject | EventType::Threaten);
        let spoke = |q: &Proto| of_past(q.event_type(self.cx.lexicon)) && q.trigger.phrase < trigger;
        let of_speech = |t: usize| self.protos[self.told_in(s)].iter().any(|q| !q.gone && q.parts.time == Some(t) && spoke(q));
        if before && !event.event_type(self.cx.lexicon).is_speech() && matches!(sent.phrases[time], Phrase::Time(t) if of_speech(t)) {
            return None;
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

    /// "الجيش الذي انهار أمام تقدم المسلحين العام الماضي يستعيد": the time is of an event word of the relative clause before it.
    fn in_relative_clause(&self, s: usize, time: usize) -> bool {
        let sent = &self.sentences[s];
        let Phrase::Time(t) = sent.phrases[time] else { return false };
        let rel = sent.phrases[..time].iter().rposition(|p| matches!(p, Phrase::Rel(_) | Phrase::Mark(_, ',' | ';')));
        let Some(rel) = rel.filter(|r| matches!(sent.phrases[*r], Phrase::Rel(_))) else { return false };
        self.protos[self.told_in(s)].iter().any(|q| !q.gone && (rel..time).contains(&q.trigger.phrase) && q.parts.time == Some(t))
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

    /// "خطفوا العشرات منذ اجتياحهم المدينة في أيلول": the time of what the clause counts from, since which the claim's goes on.
    fn counted_since(&self, i: usize) -> Option<usize> {
        let p = &self.protos[i];
        let s = &self.sentences[p.sentence];
        let sets = &self.cx.lexicon.sets;
        if p.event_type(self.cx.lexicon).is_speech() {
            return None;
        }
        let behind = p.trigger.phrase + 1..s.phrases.len();
        let ends = |x: &Phrase| matches!(x, Phrase::Comp(_) | Phrase::Sub(_) | Phrase::Rel(_) | Phrase::Mark(..) | Phrase::Verb(_));
        let since = behind
            .clone()
            .take_while(|k| !ends(&s.phrases[*k]))
            .find(|k| matches!(s.phrases[*k], Phrase::Prep(t) if self.is(p.sentence, t, &sets.since_when)))?;
        // "للمرة الأولى منذ حرب تشرين": how long there had been none like it
        if (s.tokens.start..s.start(&s.phrases[since], self.cx)).any(|t| self.is(p.sentence, t, &sets.record)) {
            return None;
        }
        // "منذ أن دخل الجيش في تشرين"
        let mut clause = s.phrases[since + 1..].iter().skip_while(|x| matches!(x, Phrase::Comp(_) | Phrase::Verb(_)));
        let stands = |x: &&Phrase| !ends(x);
        let time = clause.by_ref().take_while(stands).find_map(|x| match x {
            Phrase::Time(t) => Some(*t),
            _ => None,
        });
        time.filter(|t| self.dates(i, *t) && self.cx.times[*t].grain >= Unit::Day)
    }

    /// "منذ بدء المعارك في الثالث من الشهر": what begins on a day goes on since.
    fn has_begun(&self, i: usize) -> bool {
        let p = &self.protos[i];
        let behind = |t: usize| p.trigger.tokens.start < self.cx.times[t].tokens.start;
        p.time.is_some_and(|t| behind(t.0)) && self.begun_since(p)
    }

    /// "منذ بدء المعارك": what the report counts from.
    pub(super) fn begun_since(&self, p: &Proto) -> bool {
        let Form::Noun(n) = p.trigger.form else { return false };
        let s = &self.sentences[p.sentence];
        let sets = &self.cx.lexicon.sets;
        let outer = s.nps.iter().filter(|o| o.tokens.contains(&s.nps[n].head) && o.head < s.nps[n].head).min_by_key(|o| o.tokens.len());
        let begins = outer.is_some_and(|o| self.is(p.sentence, o.head, &sets.beginning));
        let since = |x: &Phrase| matches!(x, Phrase::Prep(t) if self.is(p.sentence, *t, &sets.since));
        begins && s.phrases[..p.trigger.phrase].iter().rev().take(3).any(since)
    }

    /// The time counts from what stands behind it: "بعد يومين من".
    fn counted_behind(&self, s: usize, time: usize) -> bool {
        matches!(self.sentences[s].phrases[time], Phrase::Time(t) if self.cx.times[t].rule == "after-event")
    }
}
