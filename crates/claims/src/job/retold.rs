//! An event told again: which mentions tell of one event, and what a claim without a day takes from another mention of its own
//! ("هجوم ... أمس", three sentences on "الهجوم") or from what it is told along with ("وأضاف المصدر").

use super::render::specific;
use super::when::Dated;
use super::*;
use arabic::morph::Tense;

/// How far apart, in sentences, two mentions of one event may stand.
const RETOLD: usize = 6;

/// How far off, in sentences, a report states when its event happened.
const STATED: usize = 20;

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
    /// Those of them that no other event word lends it.
    own: Vec<usize>,
}

impl Job<'_> {
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
                .or_else(|| self.stated(i, &mentions, &own))
                .or_else(told)
                .or_else(|| retold(From::Behind))
                .or_else(|| self.one_of_many(i))
                .or_else(|| self.brought_then(i));
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

    /// The time of another mention of the claim's event: the last one before it, or the first one behind it.
    fn retold_time(&self, i: usize, mentions: &[Mention], own: &[bool], from: From) -> Option<(usize, &'static str)> {
        let s = self.protos[i].sentence;
        let summed = self.protos[i].counts.iter().any(|c| c.1.relation == Relation::Cumulative);
        if summed || self.told_in_the_present(i) || self.goes_on_for_long(i) || self.begun_since(&self.protos[i]) {
            return None;
        }
        let near = |j: &usize| self.protos[*j].sentence.abs_diff(s) <= RETOLD;
        let p = &self.protos[i];
        let at = p.trigger.tokens.start;
        let participants = self.by_participants(i);
        let dated = |j: usize| {
            let q = &self.protos[j];
            let (t, _) = q
                .time
                .filter(|t| !q.gone && q.dated == Dated::On && self.is_a_day(t.0) && self.sentences_between(self.cx.times[t.0].tokens.start, at) <= RETOLD)?;
            // "بعد أيام من تفجير": what comes after is told of something earlier
            let earlier = j > i && !mentions[j].definite && self.is_after(q);
            let protest = j < i && own[j] && participants && q.event_type(self.cx.lexicon) == EventType::Protest;
            let again = mentions[i.max(j)].definite;
            let alike = || !self.places_apart(i, j, mentions) && !self.means_apart(p, q);
            let same_event = self.same_event(i, j, mentions) && (again || alike()) && !self.is_sentence(q);
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

    /// "يعاقب بالقتل كل من يغادر": what is told in the present is done again and again, except in a headline.
    fn told_in_the_present(&self, i: usize) -> bool {
        let p = &self.protos[i];
        let s = &self.sentences[p.sentence];
        let present = |v: usize| s.verb(v).is_some_and(|v| v.1.tense == Tense::Present && !v.1.future);
        let governs = || match s.phrases[..p.trigger.phrase].last() {
            Some(Phrase::Verb(v)) => present(*v),
            _ => false,
        };
        // "ويأتي الهجوم غداة": the report speaks of what it has told
        let comes = |v: usize| self.is(p.sentence, v, &self.cx.lexicon.sets.takes_up);
        let taken_up = |n: NpId| {
            s.nps[n].shape.the && (p.carrier.is_some_and(comes) || matches!(s.phrases[..p.trigger.phrase].last(), Some(Phrase::Verb(v)) if comes(*v)))
        };
        match p.trigger.form {
            Form::Verb => present(p.trigger.tokens.start),
            Form::Noun(n) if taken_up(n) => false,
            Form::Noun(_) => p.sentence > 0 && (p.carrier.is_some_and(present) || governs()),
            Form::Attribute(_) => false,
        }
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

    /// "ووقع الهجوم يوم الجمعة": the day that the report states of an event by the same noun, and no other day.
    fn stated(&self, i: usize, mentions: &[Mention], own: &[bool]) -> Option<(usize, &'static str)> {
        let p = &self.protos[i];
        let near = |j: &usize| self.protos[*j].sentence.abs_diff(p.sentence) <= STATED;
        let occurs = |q: &Proto| q.carrier.is_some_and(|v| self.is(q.sentence, v, &self.cx.lexicon.sets.occurs));
        let known = |j: usize| matches!(self.protos[j].trigger.form, Form::Noun(_)) && mentions[j].definite;
        if !known(i) || self.told_in_the_present(i) || self.goes_on_for_long(i) || self.begun_since(p) {
            return None;
        }
        let says = |j: &usize| {
            let q = &self.protos[*j];
            let alike = !q.gone && q.event == p.event && q.modality == p.modality && q.dated == Dated::On;
            alike && own[*j] && known(*j) && occurs(q) && q.time.is_some_and(|t| self.is_a_day(t.0))
        };
        let before = (0..i).rev().take_while(near);
        let mut all = before.chain((i + 1..self.protos.len()).take_while(near)).filter(says).filter_map(|j| self.protos[j].time.map(|t| t.0));
        let first = all.next()?;
        all.all(|t| self.cx.times[t].days() == self.cx.times[first].days()).then_some((first, "time.stated"))
    }

    /// "أصيب ثلاثة أمس ونقلوا إلى المستشفى": on the day on which it happened.
    fn brought_then(&self, i: usize) -> Option<(usize, &'static str)> {
        let p = &self.protos[i];
        let lexicon = self.cx.lexicon;
        let near = |q: &&Proto| q.sentence + 1 >= p.sentence;
        let hurt = |q: &&Proto| !q.gone && q.event_type(lexicon) == EventType::Assault && q.modality == p.modality;
        let told = self.protos[..i].iter().rev().take_while(near).filter(|_| self.takes_away(p)).find(hurt)?;
        told.time.filter(|t| told.dated == Dated::On && self.is_a_day(t.0)).map(|t| (t.0, "time.brought"))
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

    /// "ودعا المحتجون": whoever took part in a protest spoke there.
    pub(super) fn by_participants(&self, i: usize) -> bool {
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

    fn sentences_between(&self, a: usize, b: usize) -> usize {
        let sentence = |token: usize| self.cx.text.sentences.partition_point(|s| s.end <= token);
        sentence(a).abs_diff(sentence(b))
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
        let here = || p.spots.iter().filter(|x| !x.inherited);
        // what is known by then may have happened elsewhere than the next event of its sentence: "ويأتي الهجوم غداة تفجير في المدينة"
        let own = here().filter(|x| !definite || x.why != "place.shared").map(|x| x.mention).collect();
        Mention { definite, casualty, places: here().map(|x| x.mention).collect(), own }
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
        let known = |x: &Mention| x.own.iter().any(|p| self.cx.places[*p].place.is_some() || !self.cx.places[*p].candidates.is_empty());
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

    /// "أعلن الجيش ..., وأشار الجيش": one source named again.
    fn same_speaker(&self, a: &Credited, b: &Credited) -> bool {
        let (x, y) = (&self.sentences[a.sentence].nps[a.np], &self.sentences[b.sentence].nps[b.np]);
        let same_word = || self.lexes[a.sentence].at(x.head).syms.iter().any(|(s, r)| *r != 255 && self.lexes[b.sentence].at(y.head).has(*s));
        a.is(b) || x.shape.the && (self.key(x.head) == self.key(y.head) || same_word())
    }

    /// "تنفيذ حكم القتل بالجاني": what a court has ordered is not the crime.
    fn is_sentence(&self, p: &Proto) -> bool {
        let Form::Noun(n) = p.trigger.form else { return false };
        let s = &self.sentences[p.sentence];
        let inside = !matches!(s.phrases[p.trigger.phrase], Phrase::Np(m) if m == n);
        let ordered = |t: usize| self.is(p.sentence, t, &self.cx.lexicon.sets.verdict);
        self.governor(s, p.trigger.phrase, n, inside).is_some_and(ordered) || p.trigger.tokens.end < s.tokens.end && ordered(p.trigger.tokens.end)
    }

    /// A place of one is a place of the other, or lies in it.
    fn one_place(&self, m: &Mention, n: &Mention) -> bool {
        m.places.iter().any(|a| n.places.iter().any(|b| a == b || self.same_place(*a, *b) || self.related(*a, *b)))
    }
}
