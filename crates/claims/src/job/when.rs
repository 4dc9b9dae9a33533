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

/// Where the other mention stands that a claim takes its time from.
#[derive(Clone, Copy)]
enum From {
    /// Before it.
    Before,
    /// Behind it, and known by then: "الهجوم" of "هجوم".
    Again,
    /// Behind it.
    Behind,
}

/// What an event word needs so that its claim can take the time of another mention.
pub(super) struct Mention {
    pub(super) definite: bool,
    pub(super) casualty: bool,
    places: Vec<usize>,
}

impl Job<'_> {
    /// The times of the claims' own sentences.
    pub(super) fn times(&mut self) {
        self.eve = self.written_before();
        for i in 0..self.protos.len() {
            self.announced(i);
            let beside = self.protos[i].time.filter(|t| self.dates(i, t.0) && !self.of_another(i, t.0));
            self.protos[i].time = beside.or_else(|| self.sentence_time(i));
            // what is told by the day after it takes its time from there
            let dated = match self.later_claim(i) {
                Some(later) => Dated::Before(later),
                None if self.has_begun(i) => Dated::Since,
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

    /// The claim of the sentence that came after this one, from which this one's time is counted: "وقع الهجوم بعد يومين من القصف",
    /// "يأتي الهجوم غداة مقتل اثنين".
    fn later_claim(&self, i: usize) -> Option<usize> {
        let p = &self.protos[i];
        let eve = self.led_by(p).filter(|i| self.is(p.sentence, *i, &self.cx.lexicon.sets.day_before));
        let from = match p.time.filter(|_| eve.is_none()) {
            Some((t, _)) => {
                let x = &self.cx.times[t];
                let back = x.rule == "after-event" && self.is(p.sentence, x.tokens.start, &self.cx.lexicon.sets.after);
                (back && x.tokens.start < p.trigger.tokens.start).then_some(x.tokens.start)?
            }
            None => eve?,
        };
        self.told_in(p.sentence).rev().find(|j| !self.protos[*j].gone && self.protos[*j].trigger.tokens.start < from)
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
        match &x.other {
            Some(next) if p.modality == Modality::Future && x.rule == "weekday" => Some((next.from.floor(Unit::Day), next.last_day())),
            _ => x.days(),
        }
    }

    /// The times of other mentions of the same event, and last the day on which it was told.
    pub(super) fn retold_times(&mut self) {
        let mentions: Vec<Mention> = (0..self.protos.len()).map(|i| self.mention(i)).collect();
        let own: Vec<bool> = self.protos.iter().map(|p| p.time.is_some()).collect();
        // in the order of the text: what takes its time from an earlier mention hands it on to later ones
        for i in 0..self.protos.len() {
            let p = &self.protos[i];
            if p.time.is_some() || p.gone {
                continue;
            }
            if let Dated::Before(later) = p.dated {
                self.protos[i].time = self.protos[later].time.map(|t| (t.0, "time.day-before"));
                continue;
            }
            let retold = |from: From| self.retold_time(i, &mentions, &own, from);
            let then = || self.then(i).map(|t| (t, "time.then"));
            let told = || self.told_on(i).map(|t| (t, "time.told"));
            self.protos[i].time = then()
                .or_else(|| retold(From::Before))
                .or_else(|| retold(From::Again))
                .or_else(told)
                .or_else(|| retold(From::Behind))
                .or_else(|| self.one_of_many(i));
        }
        self.background();
    }

    /// "وحينها سمع انفجار": the time of what was told just before.
    fn then(&self, i: usize) -> Option<usize> {
        let p = &self.protos[i];
        let start = self.sentences[p.sentence].tokens.start;
        let then = self.is(p.sentence, start, &self.cx.lexicon.sets.then);
        let near = |j: &usize| self.protos[*j].sentence + 1 >= p.sentence;
        (0..i).rev().take_while(near).filter(|_| then).find(|j| !self.protos[*j].gone).and_then(|j| self.protos[j].time).map(|t| t.0)
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
        open && self.sentences[p.sentence].tokens.clone().any(|t| self.is(p.sentence, t, &self.cx.lexicon.sets.back_then))
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
        // "حتى الآن" is no day
        let no_day = matches!(x.rule, "clock" | "now") || x.rule == "until.date" && x.grain == Unit::Second;
        let Some((from, _)) = x.days().filter(|_| x.interval.is_some() && !no_day) else { return false };
        let p = &self.protos[i];
        if self.names_a_feast(p.sentence, x) {
            return false;
        }
        let to_come = self.anchor.is_some_and(|a| from > a.moment);
        let promises = matches!(p.event_type(self.cx.lexicon), EventType::Agree | EventType::Concede | EventType::Threaten);
        !to_come || promises || matches!(p.modality, Modality::Future | Modality::Hypothetical)
    }

    /// "صلاة عيد الفطر": the feast tells which prayer it is, not when something happened.
    fn names_a_feast(&self, s: usize, x: &time::Expression) -> bool {
        let first = x.tokens.start;
        let of_noun = || self.sentences[s].nps.iter().any(|n| n.core.end == first && !n.class.any(Class::TIME));
        x.rule == "holiday" && !self.is(s, first, &self.cx.lexicon.sets.at_feast) && of_noun()
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
        said(&|t| self.tells_when_said(i, t) && !self.made_known(p.sentence, t)).or_else(|| said(&|t| self.told_beside(i, t)))
    }

    /// "قال في تسجيل بثته القناة أمس": the day on which it was made known is that of another verb than the one of saying.
    fn made_known(&self, s: usize, t: usize) -> bool {
        let at = self.cx.times[t].tokens.start;
        let frame = self.scopes[s].iter().find(|f| f.frame.contains(&at)).map(|f| f.frame.start);
        frame.is_some_and(|start| self.sentences[s].verbs.iter().filter(|v| (start..at).contains(&v.0)).count() > 1)
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
    fn goes_on_for_long(&self, i: usize) -> bool {
        let p = &self.protos[i];
        let s = &self.sentences[p.sentence];
        let lasting = |t: usize| self.is(p.sentence, t, &self.cx.lexicon.sets.lasting);
        let Form::Noun(n) = p.trigger.form else { return false };
        let k = p.trigger.phrase;
        let inside = !matches!(s.phrases[k], Phrase::Np(m) if m == n);
        let described = |n: &Np| n.adjectives.iter().any(|a| lasting(*a)) || lasting(n.tokens.end) && n.tokens.end < s.tokens.end;
        let outer = || matches!(s.phrases[k], Phrase::Np(m) if described(&s.nps[m]));
        described(&s.nps[n]) || outer() || self.governor(s, k, n, inside).is_some_and(lasting)
    }

    /// "يعاقب بالقتل كل من يغادر": what is told in the present is done again and again, except in a headline.
    fn told_in_the_present(&self, i: usize) -> bool {
        let p = &self.protos[i];
        let s = &self.sentences[p.sentence];
        let present = |v: usize| s.verb(v).is_some_and(|v| v.1.tense == Tense::Present && !v.1.future);
        let governs = || match s.phrases[..p.trigger.phrase].last() {
            Some(Phrase::Verb(v)) => present(*v),
            _ => false,
        };
        match p.trigger.form {
            Form::Verb => present(p.trigger.tokens.start),
            Form::Noun(_) => p.sentence > 0 && (p.carrier.is_some_and(present) || governs()),
            Form::Attribute(_) => false,
        }
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
        if before && self.in_relative_clause(s, time) {
            return None;
        }
        // "صحيفة الصادرة اليوم": the day of the paper
        if matches!(sent.phrases[time], Phrase::Time(t) if self.cx.times[t].tokens.start.checked_sub(1).is_some_and(|b| is(b, &sets.issued))) {
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

    /// The time of another mention of the claim's event: the last one before it, or the first one behind it.
    fn retold_time(&self, i: usize, mentions: &[Mention], own: &[bool], from: From) -> Option<(usize, &'static str)> {
        let s = self.protos[i].sentence;
        if self.told_in_the_present(i) || self.goes_on_for_long(i) || self.begun_since(&self.protos[i]) {
            return None;
        }
        let near = |j: &usize| self.protos[*j].sentence.abs_diff(s) <= RETOLD;
        let at = self.protos[i].trigger.tokens.start;
        let participants = self.by_participants(i);
        let dated = |j: usize| {
            let q = &self.protos[j];
            let (t, _) = q.time.filter(|t| !q.gone && self.is_a_day(t.0) && self.sentences_between(self.cx.times[t.0].tokens.start, at) <= RETOLD)?;
            // "بعد أيام من تفجير": what comes after is told of something earlier
            let earlier = j > i && !mentions[j].definite && self.is_after(q);
            let protest = j < i && own[j] && participants && q.event_type(self.cx.lexicon) == EventType::Protest;
            let again = mentions[i.max(j)].definite;
            let same_event = self.same_event(i, j, mentions) && (again || !self.places_apart(i, j, mentions));
            let now = q.modality != Modality::Historical || again || q.sentence == s;
            // "تمكنت من السيطرة على البلدة": the article makes no known event of it
            let taken = q.modes.contains("territory") && !self.one_place(&mentions[i], &mentions[j]);
            let same = (same_event && !taken || self.same_people(i, j)) && now;
            match () {
                _ if same && !earlier || protest => Some((t, "time.retold")),
                _ if own[j] && self.goes_on(i, j) => Some((t, "time.goes-on")),
                _ => None,
            }
        };
        let mut behind = (i + 1..self.protos.len()).take_while(near);
        match from {
            From::Before => (0..i).rev().take_while(near).find_map(dated),
            From::Again => behind.filter(|j| mentions[*j].definite).find_map(dated),
            From::Behind => behind.find_map(dated),
        }
    }

    fn sentences_between(&self, a: usize, b: usize) -> usize {
        let sentence = |token: usize| self.cx.text.sentences.partition_point(|s| s.end <= token);
        sentence(a).abs_diff(sentence(b))
    }

    /// "منذ بدء المعارك في الثالث من الشهر": what begins on a day goes on since.
    fn has_begun(&self, i: usize) -> bool {
        let p = &self.protos[i];
        let behind = |t: usize| p.trigger.tokens.start < self.cx.times[t].tokens.start;
        p.time.is_some_and(|t| behind(t.0)) && self.begun_since(p)
    }

    /// "منذ بدء المعارك": what the report counts from.
    fn begun_since(&self, p: &Proto) -> bool {
        let Form::Noun(n) = p.trigger.form else { return false };
        let s = &self.sentences[p.sentence];
        let sets = &self.cx.lexicon.sets;
        let outer = s.nps.iter().filter(|o| o.tokens.contains(&s.nps[n].head) && o.head < s.nps[n].head).min_by_key(|o| o.tokens.len());
        let begins = outer.is_some_and(|o| self.is(p.sentence, o.head, &sets.beginning));
        let since = |x: &Phrase| matches!(x, Phrase::Prep(t) if self.is(p.sentence, *t, &sets.since));
        begins && s.phrases[..p.trigger.phrase].iter().rev().take(3).any(since)
    }

    /// "قتل رجلا ... والرجل قتل مساء الثلاثاء", "اعتقال ثلاثة ... واعتقل الثلاثة": the same act done to people who are known by then.
    fn same_people(&self, i: usize, j: usize) -> bool {
        let (first, again) = (&self.protos[i.min(j)], &self.protos[i.max(j)]);
        let lexicon = self.cx.lexicon;
        let general = |p: &Proto| lexicon.events[p.event].general;
        let kin = first.event == again.event || general(first) || general(again) || !first.modes.is_disjoint(&again.modes);
        let close = again.sentence.abs_diff(first.sentence) <= 2;
        let number = |np: &Np| np.number.map(|k| self.cx.numbers[k].value);
        let known = |a: &Arg| {
            let np = &self.sentences[a.sentence].nps[a.np];
            a.sentence == again.sentence && (np.shape.the || np.number.is_some_and(|k| self.cx.numbers[k].definite)) && np.name.is_none() && np.actor.is_empty()
        };
        let new = |a: &Arg| a.sentence == first.sentence && !self.sentences[a.sentence].nps[a.np].shape.the;
        let same = |a: &Arg, b: &Arg| {
            let (x, y) = (&self.sentences[a.sentence].nps[a.np], &self.sentences[b.sentence].nps[b.np]);
            let one_word = || self.lexes[a.sentence].at(x.head).syms.iter().any(|(s, r)| *r != 255 && self.lexes[b.sentence].at(y.head).has(*s));
            number(x).map_or_else(one_word, |n| number(y) == Some(n))
        };
        let told = again.recipients.iter().filter(|a| known(a)).any(|a| first.recipients.iter().filter(|b| new(b)).any(|b| same(a, b)));
        first.event_type(lexicon) == again.event_type(lexicon) && kin && close && told
    }

    /// "سلسلة تفجيرات في العراق أمس" at the head of a report: each of them that it tells of, in its part of the country.
    fn one_of_many(&self, i: usize) -> Option<(usize, &'static str)> {
        let p = &self.protos[i];
        let lexicon = self.cx.lexicon;
        let many = |q: &Proto| {
            let Form::Noun(n) = q.trigger.form else { return false };
            let s = &self.sentences[q.sentence];
            let series = || s.nps.iter().any(|o| o.tokens.contains(&s.nps[n].head) && self.is(q.sentence, o.head, &lexicon.sets.series));
            !s.nps[n].shape.the && (s.nps[n].shape.number == Some(arabic::morph::Number::Plural) || series())
        };
        let force = |q: &Proto| q.event_type(lexicon) == EventType::Assault;
        let kin = |q: &Proto| force(p) && force(q) && (p.event == q.event || lexicon.events[q.event].general || !p.modes.is_disjoint(&q.modes));
        let inside = |q: &Proto| p.spots.iter().any(|x| q.spots.iter().any(|y| self.related(x.mention, y.mention)));
        let head = self.protos[..i].iter().take_while(|q| q.sentence <= 1);
        let lead = head.into_iter().find(|q| !q.gone && q.sentence < p.sentence && many(q) && kin(q) && inside(q) && p.modality == q.modality)?;
        let fits = !self.told_in_the_present(i) && !self.goes_on_for_long(i) && !self.is_after(p);
        lead.time.filter(|t| fits && self.is_a_day(t.0)).map(|t| (t.0, "time.one-of-many"))
    }

    /// The time counts from what stands behind it: "بعد يومين من".
    fn counted_behind(&self, s: usize, time: usize) -> bool {
        matches!(self.sentences[s].phrases[time], Phrase::Time(t) if self.cx.times[t].rule == "after-event")
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
        let lexicon = self.cx.lexicon;
        let goes_on = if p.sentence == q.sentence {
            let s = &self.sentences[p.sentence];
            let known = |t: usize| self.is(p.sentence, t, &self.cx.lexicon.sets.known);
            let apart = |x: &Phrase| match x {
                Phrase::Prep(t) => known(*t),
                Phrase::Np(n) => known(s.nps[*n].head) || known(s.nps[*n].tokens.start),
                _ => false,
            };
            q.trigger.phrase < p.trigger.phrase && !s.phrases[q.trigger.phrase..p.trigger.phrase].iter().any(apart)
        } else {
            let (a, b) = (p.event_type(lexicon), q.event_type(lexicon));
            // what somebody was arrested for came before the arrest
            let later_arrest = a == EventType::Assault && q.modes.contains("arrest");
            let alike = a == b || !a.is_speech() && !b.is_speech() && !later_arrest;
            alike && (1..=2).contains(&p.sentence.saturating_sub(q.sentence))
        };
        goes_on && p.modality == q.modality && same_source && !self.is_after(p)
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
            use CountKind::*;
            let people = |t: &Tally| matches!(t.kind, Killed | Injured | Detained | Abducted | Captured | Released) && t.low >= Some(2.0);
            let whole = |t: &Tally| people(t) && t.relation != Relation::Part;
            let others = |c: &(usize, Tally)| c.1.tokens.clone().any(|i| self.is(c.0, i, &self.cx.lexicon.sets.other));
            x.counts.iter().filter(|c| whole(&c.1) && !others(c)).map(|c| (c.1.kind, c.1.low)).collect()
        };
        let (a, b) = (tolls(p), tolls(q));
        a.iter().any(|x| b.contains(x))
    }

    /// A place of one is a place of the other, or lies in it.
    fn one_place(&self, m: &Mention, n: &Mention) -> bool {
        m.places.iter().any(|a| n.places.iter().any(|b| a == b || self.same_place(*a, *b) || self.related(*a, *b)))
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
        let meet = self.one_place(m, n);
        // a place that nobody knows may lie anywhere
        let known = |x: &Mention| x.places.iter().any(|p| self.cx.places[*p].place.is_some() || !self.cx.places[*p].candidates.is_empty());
        let apart = known(m) && known(n) && !meet;
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
