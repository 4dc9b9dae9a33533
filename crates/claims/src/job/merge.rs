//! Words of one sentence that tell one event: casualties join their attack, a general word the particular one.

use super::*;

impl Job<'_> {
    /// Joins casualties to the attack that caused them, and second words for one attack to the first.
    pub(super) fn merge(&self, index: usize, protos: &mut [Proto]) {
        let lexicon = self.cx.lexicon;
        let sets = &lexicon.sets;
        let s = &self.sentences[index];
        let n = protos.len();
        let kind = |p: &Proto| lexicon.events[p.event].kind;
        let assault = |p: &Proto| p.event_type(lexicon) == EventType::Assault;
        // 1. two casualty words for the same people: "سقط قتلى", "سقوط شهداء وجرحى"
        // 2. casualties and attacks
        let phrase_of = |p: &Proto| p.trigger.phrase;
        // what was destroyed is to an attack what the dead are: "تدمير منزل جراء سقوط قذائف"
        let harm = |p: &Proto| kind(p) == EventKind::Casualty || p.modes.len() == 1 && p.modes.contains("destroy") && p.actors.is_empty();
        for c in 0..n {
            if protos[c].gone || !harm(&protos[c]) || !assault(&protos[c]) {
                continue;
            }
            let k = phrase_of(&protos[c]);
            let own_means = !protos[c].parts.means.is_empty() && protos[c].modes.iter().any(|m| *m != "targeted");
            let own_actor = protos[c].actors.iter().any(|a| a.sentence == index);
            let mut best: Option<(i32, usize)> = None;
            for a in 0..n {
                if a == c || protos[a].gone || !assault(&protos[a]) || harm(&protos[a]) || protos[a].modes.contains("territory") {
                    continue;
                }
                let ka = phrase_of(&protos[a]);
                // "يأتي الهجوم غداة مقتل اثنين": the dead of another day
                if ka < k && self.is_after(&protos[c]) {
                    continue;
                }
                let score =
                    // "قتلى الهجوم", "مصابو الانفجارات"
                    if ka == k { Some(7) } else if ka < k { self.leads_to(s, index, ka, k, own_means || own_actor) } else { self.comes_from(s, index, k, ka, own_means || own_actor) };
                let Some(score) = score else { continue };
                // another attack between is nearer
                let nearer = (0..n).any(|b| {
                    b != a && b != c && !protos[b].gone && kind(&protos[b]) == EventKind::Attack && assault(&protos[b]) && {
                        let kb = phrase_of(&protos[b]);
                        (ka.min(k)..ka.max(k)).contains(&kb) && kb != ka
                    }
                });
                let score = score - if nearer { 2 } else { 0 } - (ka.abs_diff(k) as i32) / 8;
                if best.is_none_or(|b| score > b.0) {
                    best = Some((score, a));
                }
            }
            if let Some((_, a)) = best.filter(|b| b.0 > 0) {
                self.absorb(protos, a, c);
            }
        }
        // 3. casualties that have no attack: joined to one another
        for c in 0..n {
            if protos[c].gone || kind(&protos[c]) != EventKind::Casualty || !assault(&protos[c]) {
                continue;
            }
            for d in c + 1..n {
                if protos[d].gone || kind(&protos[d]) != EventKind::Casualty || !assault(&protos[d]) {
                    continue;
                }
                let (k, m) = (phrase_of(&protos[c]), phrase_of(&protos[d]));
                let between = &s.phrases[k.min(m)..k.max(m)];
                let broken = between.iter().any(|p| matches!(p, Phrase::Comp(_) | Phrase::Sub(_)) || matches!(p, Phrase::Mark(_, ';' | ':')));
                let own_place = protos[d].spots.iter().any(|x| protos[c].spots.iter().all(|y| y.mention != x.mention)) && !protos[c].spots.is_empty();
                let both_means = !protos[c].parts.means.is_empty() && !protos[d].parts.means.is_empty();
                let both_actors = !protos[d].actors.is_empty() && !protos[c].actors.is_empty();
                if !broken && !own_place && !both_means && !both_actors && m - k <= 12 {
                    self.absorb(protos, c, d);
                }
            }
        }
        // 4. a general word and the particular one that explains it
        let general = |p: &Proto| lexicon.events[p.event].general;
        for a in 0..n {
            if protos[a].gone || !assault(&protos[a]) || kind(&protos[a]) != EventKind::Attack {
                continue;
            }
            for b in 0..n {
                if a == b || protos[a].gone || protos[b].gone || !assault(&protos[b]) || kind(&protos[b]) != EventKind::Attack {
                    continue;
                }
                if !general(&protos[a]) || protos[a].modes.contains("territory") || protos[b].modes.contains("territory") {
                    continue;
                }
                if general(&protos[b]) && b < a {
                    continue;
                }
                let (ka, kb) = (phrase_of(&protos[a]), phrase_of(&protos[b]));
                if ka.abs_diff(kb) > 14 {
                    continue;
                }
                let conflict =
                    |x: &[Arg], y: &[Arg]| !x.is_empty() && !y.is_empty() && !x.iter().any(|p| y.iter().any(|q| p.np == q.np || self.same_name(p, q)));
                if conflict(&protos[a].actors, &protos[b].actors) {
                    continue;
                }
                let places_differ = !protos[a].spots.is_empty()
                    && !protos[b].spots.is_empty()
                    && !protos[a].spots.iter().any(|x| protos[b].spots.iter().any(|y| x.mention == y.mention || self.related(x.mention, y.mention)));
                if places_differ {
                    continue;
                }
                // "فجر انتحاري نفسه في هجوم", "هجوم ... حيث فجر", "هجوم بسيارة مفخخة": adjacency by in, with, where
                let (first, last) = (ka.min(kb), ka.max(kb));
                // (nothing, of two in one phrase)
                let between = s.phrases.get(first + 1..last).unwrap_or_default();
                let linked = between.iter().any(|p| match p {
                    Phrase::Sub(i) => self.is(index, *i, &sets.together),
                    Phrase::Prep(i) => self.is(index, *i, &sets.course) || self.is(index, *i, &sets.cause),
                    _ => false,
                }) || matches!(&s.phrases[last], Phrase::Np(m) if s.nps[*m].shape.prep == Some('ب'));
                let joined = s.phrases[first + 1..=last].iter().any(|p| matches!(p, Phrase::Np(m) if s.nps[*m].event && s.nps[*m].shape.wa && protos.iter().any(|q| q.trigger.phrase == last && matches!(q.trigger.form, Form::Noun(x) if x == *m))));
                // "قصف للقوات استهدف مواقع": the verb says whom the attack hit
                let hits = kb < ka && protos[a].trigger.form == Form::Verb && matches!(protos[b].trigger.form, Form::Noun(_)) && self.runs_on(s, kb, ka);
                // "الهجوم غداة تفجير", "ففي العاشر من الشهر", "أن الهجوم أوقع ستة قتلى، مشيرا إلى أن القوات ردت بقصف": another one
                let anew = between.iter().any(|p| match p {
                    Phrase::Prep(i) => self.is(index, *i, &sets.anew) || self.is(index, *i, &sets.day_before),
                    Phrase::Comp(_) => true,
                    _ => false,
                });
                if hits {
                    self.absorb(protos, b, a);
                } else if linked && !joined && !anew {
                    let (keep, drop) = if general(&protos[b]) { (a.min(b), a.max(b)) } else { (a, b) };
                    self.absorb(protos, keep, drop);
                }
            }
        }
        // two words for one fight: "اشتبكوا ... في معارك", "تصدوا لهم وسط اشتباكات"
        for a in 0..n {
            for b in a + 1..n {
                let fights = |p: &Proto| !p.gone && p.modes.contains("clash");
                if !fights(&protos[a]) || !fights(&protos[b]) || phrase_of(&protos[b]) - phrase_of(&protos[a]) > 14 {
                    continue;
                }
                let apart = |x: &[Arg], y: &[Arg]| !x.is_empty() && !y.is_empty() && !x.iter().any(|p| y.iter().any(|q| p.np == q.np || self.same_name(p, q)));
                let elsewhere = |x: &[Spot], y: &[Spot]| {
                    !x.is_empty() && !y.is_empty() && !x.iter().any(|p| y.iter().any(|q| p.mention == q.mention || self.related(p.mention, q.mention)))
                };
                if self.runs_on(s, phrase_of(&protos[a]), phrase_of(&protos[b]))
                    && !apart(&protos[a].actors, &protos[b].actors)
                    && !elsewhere(&protos[a].spots, &protos[b].spots)
                {
                    // each may name one side
                    let named = |x: &Arg, list: &[Arg]| list.iter().any(|y| x.np == y.np || self.same_name(x, y));
                    let other = protos[b].actors.iter().find(|x| protos[a].actors.len() == 1 && !named(x, &protos[a].actors)).cloned();
                    protos[a].actors.extend(other);
                    self.absorb(protos, a, b);
                }
            }
        }
        // 5. the same act told twice: "حملة اعتقالات أسفرت عن اعتقال 38"
        for a in 0..n {
            for b in a + 1..n {
                if protos[a].gone
                    || protos[b].gone
                    || protos[a].event_type(lexicon) != protos[b].event_type(lexicon)
                    || protos[a].event_type(lexicon) == EventType::Assault && kind(&protos[a]) != kind(&protos[b])
                {
                    continue;
                }
                let same_entry = protos[a].event == protos[b].event || protos[a].modes == protos[b].modes && !protos[a].modes.is_empty();
                let (ka, kb) = (phrase_of(&protos[a]), phrase_of(&protos[b]));
                let caused = s.phrases[ka..=kb].iter().any(|p| matches!(p, Phrase::Verb(v) if self.is_cause(index, *v)));
                if same_entry && caused && kb - ka < 12 {
                    self.absorb(protos, a, b);
                }
            }
        }
    }

    /// People who take part in a protest that the sentence names by another word are part of that claim; named twice they are one.
    pub(super) fn join_participants(&self, protos: &mut [Proto]) {
        let lexicon = self.cx.lexicon;
        let participant = |p: &Proto| lexicon.events[p.event].kind == EventKind::Participant;
        let protest = |p: &Proto| !p.gone && p.event_type(lexicon) == EventType::Protest;
        for i in 0..protos.len() {
            if protos[i].gone || !participant(&protos[i]) {
                continue;
            }
            let Form::Noun(n) = protos[i].trigger.form else { continue };
            let acts = |p: &Proto| p.actors.iter().any(|a| a.np == n && a.sentence == p.sentence);
            let host = (0..protos.len()).find(|j| *j != i && protest(&protos[*j]) && !participant(&protos[*j]) && acts(&protos[*j]));
            let host = host.or_else(|| (0..protos.len()).find(|j| *j != i && protest(&protos[*j]) && !participant(&protos[*j])));
            match host {
                Some(h) if acts(&protos[h]) => self.absorb(protos, h, i),
                Some(_) => protos[i].gone = true,
                None if (0..i).any(|j| protest(&protos[j])) => protos[i].gone = true,
                None => {}
            }
        }
    }

    /// Does the clause go on from one phrase to another: no أن, no حيث, no stop, no verb that و begins?
    fn runs_on(&self, s: &Sentence, from: usize, to: usize) -> bool {
        let begins = |v: usize| s.verb(v).is_some_and(|x| x.1.wa);
        !s.phrases
            .get(from + 1..to)
            .unwrap_or_default()
            .iter()
            .any(|p| matches!(p, Phrase::Comp(_) | Phrase::Sub(_) | Phrase::Mark(_, ';' | ':')) || matches!(p, Phrase::Verb(v) if begins(*v)))
            && !matches!(&s.phrases[to], Phrase::Verb(v) if begins(*v))
            && !matches!(&s.phrases[to], Phrase::Np(n) if s.nps[*n].shape.wa)
    }

    pub(super) fn is_cause(&self, index: usize, verb: usize) -> bool {
        let lexicon = self.cx.lexicon;
        self.lexes[index]
            .get(verb)
            .is_some_and(|l| l.syms.iter().filter_map(|(s, _)| lexicon.light_syms.get(s)).flatten().any(|n| lexicon.lights[*n as usize].cause))
    }

    pub(super) fn same_name(&self, a: &Arg, b: &Arg) -> bool {
        let (x, y) = (self.identify(a.sentence, a.np, None), self.identify(b.sentence, b.np, None));
        x.actor.is_some() && x.actor == y.actor
    }

    /// One of two mentions lies in the other, or they are the same place.
    pub(super) fn related(&self, a: usize, b: usize) -> bool {
        let (x, y) = (&self.cx.places[a], &self.cx.places[b]);
        match (x.place.or(x.candidates.first().map(|c| c.place)), y.place.or(y.candidates.first().map(|c| c.place))) {
            (Some(p), Some(q)) => self.atlas.contains(p, q) || self.atlas.contains(q, p),
            _ => false,
        }
    }

    /// From an attack to a casualty behind it: by a verb of consequence, ما, or simply as the next clause.
    pub(super) fn leads_to(&self, s: &Sentence, index: usize, from: usize, to: usize, own: bool) -> Option<i32> {
        let sets = &self.cx.lexicon.sets;
        let mut cause = false;
        let mut verbs = 0;
        // "الهجوم غداة مقتل اثنين": who fell before or after did not fall in it
        let mut apart = false;
        // "والحصيلة قتيلان": what is told behind أن and the word for it is what came of the attack
        let toll = |k: usize| matches!(s.phrases.get(k), Some(Phrase::Np(n)) if self.is(index, s.nps[*n].head, &sets.toll));
        for (k, p) in s.phrases.iter().enumerate().take(to).skip(from + 1) {
            match p {
                Phrase::Prep(i) if matches!(s.phrases[to], Phrase::Np(_)) => apart |= self.is(index, *i, &sets.known),
                Phrase::Verb(v) => {
                    apart = false;
                    if self.is_cause(index, *v) {
                        cause = true;
                    } else {
                        verbs += 1;
                    }
                }
                Phrase::Other(i) if self.is(index, *i, &sets.result) => cause = true,
                Phrase::Mark(_, ';') => return None,
                Phrase::Comp(_) if toll(k + 1) => cause = true,
                Phrase::Comp(_) if !cause => {
                    return None;
                }
                Phrase::Sub(i) if self.is(index, *i, &sets.meanwhile) => return if cause { Some(2) } else { None },
                _ => {}
            }
        }
        if cause {
            return Some(6);
        }
        if own || apart || verbs > 2 {
            return None;
        }
        Some(3)
    }

    /// From a casualty to an attack behind it: by a preposition of cause or of circumstance.
    pub(super) fn comes_from(&self, s: &Sentence, index: usize, from: usize, to: usize, own: bool) -> Option<i32> {
        let sets = &self.cx.lexicon.sets;
        let is = |i: usize, set: &[crate::lexicon::Sym]| self.is(index, i, set);
        // what leads to the attack: the last preposition or conjunction before it
        let mut best = None;
        let mut verbs = 0;
        for (j, p) in s.phrases.iter().enumerate().take(to + 1).skip(from + 1) {
            match p {
                Phrase::Prep(i) => {
                    best = match () {
                        _ if is(*i, &sets.cause) => Some(7),
                        _ if is(*i, &sets.course) => Some(5),
                        // an attack that is new here explains the dead; one that is known came before
                        _ if is(*i, &sets.after) && matches!(s.phrases[to], Phrase::Np(n) if !s.nps[n].definite && !s.nps[n].shape.the) => Some(5),
                        _ if is(*i, &sets.known) => Some(3),
                        // "قتلوا رجلا في المدينة ردا على هجوم": another event
                        _ if j + 1 == to => None,
                        _ => best,
                    };
                }
                Phrase::Sub(i) => {
                    if !is(*i, &sets.together) && !is(*i, &sets.after) {
                        return None;
                    }
                    best = Some(4);
                }
                Phrase::Np(n) => {
                    let np = &s.nps[*n];
                    if j == to && np.shape.prep == Some('ب') {
                        best = Some(6);
                    }
                    // "قتلى [الهجمات]"
                    let genitive =
                        np.shape.prep.is_none() && !np.shape.wa && matches!(s.phrases[from], Phrase::Np(m) if s.nps[m].tokens.end == np.tokens.start);
                    if j == to && j == from + 1 && genitive {
                        best = Some(7);
                    }
                    // "نتيجة قصف" read as a noun phrase
                    if is(np.tokens.start, &sets.cause) {
                        best = Some(7);
                    }
                }
                // "قتل 11 مسلحا، وأشاروا إلى مقتل اثنين في انفجار": another thing is told
                Phrase::Verb(v) if j < to && s.verb(*v).is_some_and(|x| x.1.wa) && self.lexes[index].at(*v).says => return None,
                Phrase::Verb(_) if j < to => verbs += 1,
                Phrase::Comp(_) => return None,
                Phrase::Mark(_, ';') => return None,
                _ => {}
            }
        }
        if verbs > 0 && best.unwrap_or(0) < 6 && own {
            return None;
        }
        best.filter(|b| !(own && *b < 4) && verbs <= 2)
    }

    /// Puts what a casualty or second word tells into the claim that it belongs to.
    pub(super) fn absorb(&self, protos: &mut [Proto], into: usize, from: usize) {
        let f = protos[from].clone();
        protos[from].gone = true;
        let p = &mut protos[into];
        // "أسر وقتل العشرات": one figure for two fates
        let counts = |e: usize| self.cx.lexicon.events[e].counts;
        let unsplit = matches!(p.trigger.form, Form::Noun(_))
            && f.trigger.tokens.start == p.trigger.tokens.end
            && p.counts.is_empty()
            && counts(p.event).is_some_and(|k| counts(f.event) != Some(k));
        for a in f.recipients {
            if !p.recipients.iter().any(|x| x.np == a.np && x.sentence == a.sentence) {
                p.recipients.push(a);
            }
        }
        if p.actors.is_empty() && !f.actors.is_empty() {
            p.actors = f.actors;
            p.dropped_subject = false;
        }
        for s in f.spots {
            if !p.spots.iter().any(|x| x.mention == s.mention) {
                p.spots.push(s);
            }
        }
        p.things.extend(f.things);
        for mut c in f.counts {
            if unsplit {
                (c.1.kind, c.1.why) = (CountKind::Other, "count.unsplit");
            }
            if !p.counts.iter().any(|x| x.1.tokens == c.1.tokens && x.1.kind == c.1.kind) {
                p.counts.push(c);
            }
        }
        if p.time.is_none() {
            p.time = f.time;
        }
        // what came of an attack is no means of it
        p.modes.extend(f.modes.iter().filter(|m| !matches!(**m, "territory" | "destroy")));
        p.why.push(format!("joined: {}", self.cx.lexicon.events[f.event].id));
        p.linked.push(from);
        p.parts.claimed |= f.parts.claimed;
        if p.parts.announcer.is_empty() {
            p.parts.announcer = f.parts.announcer;
            p.parts.announced_dead = f.parts.announced_dead;
        }
    }
}
