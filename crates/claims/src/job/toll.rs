//! Tolls: people counted by a casualty noun beside no event word of their own ("ما أدى إلى سقوط شهداء وجرحى", "دون إصابات"), and
//! figures that a verb of reaching gives ("ارتفع عدد القتلى إلى 504").

use super::*;
use arabic::morph::Number;

impl Job<'_> {
    /// Counts what the claims of a sentence left uncounted.
    pub(super) fn tolls(&self, index: usize, protos: &mut [Proto]) {
        self.casualties(index, protos);
        self.corpses(index, protos);
        self.told_once(index, protos);
        self.unsplit(index, protos);
        self.between(index, protos);
        self.reached(index, protos);
        self.summed(index, protos);
        self.unknown_numbers(index, protos);
        self.told_twice(index, protos);
    }

    /// "سقوط قتلى وجرحى في صفوف عناصر الكتيبة": those whom the casualty nouns have counted are not counted once more by who they were.
    fn told_twice(&self, index: usize, protos: &mut [Proto]) {
        let noun = |t: &Tally| self.toll_kind(index, t.tokens.start).is_some();
        for p in protos.iter_mut() {
            let by_noun: Vec<CountKind> = p.counts.iter().filter(|c| c.0 == index && noun(&c.1)).map(|c| c.1.kind).collect();
            p.counts.retain(|c| c.0 != index || c.1.why != "count.plural" || noun(&c.1) || !by_noun.contains(&c.1.kind));
        }
    }

    /// "قتل 101 شخصا منذ بداية العام", "منذ مطلع العام نفذ الطيران 67 غارة": a sum since a beginning is not the figure of one event. What another
    /// verb tells after it is, unless it only leads to what came of it: "حملة مستمرة منذ نحو شهر أسفرت عن مقتل 60". The items of a list under such
    /// a sum are its parts.
    fn summed(&self, index: usize, protos: &mut [Proto]) {
        let s = &self.sentences[index];
        let totals = |c: &&mut (usize, Tally)| c.0 == index && matches!(c.1.relation, Relation::Total | Relation::Update);
        if self.under_a_sum(index) {
            protos.iter_mut().flat_map(|p| &mut p.counts).filter(totals).for_each(|c| c.1.relation = Relation::Cumulative);
            return;
        }
        let verbs =
            |between: Range<usize>| s.phrases.iter().filter_map(move |p| if let Phrase::Verb(v) = p { Some(*v).filter(|v| between.contains(v)) } else { None });
        for t in s.tokens.clone().filter(|t| t + 2 < s.tokens.end) {
            let (from_a_beginning, for_long) = (self.sums_from(index, t), self.lasts(index, t));
            if !from_a_beginning && !for_long {
                continue;
            }
            let brought = |v: usize| self.is(index, v, &self.cx.lexicon.sets.brought);
            let parted = |between: Range<usize>| s.phrases.iter().any(|p| matches!(p, Phrase::Mark(m, _) if between.contains(m)));
            let of_it = |c: &Tally| match c.tokens.end <= t {
                true => from_a_beginning && verbs(c.tokens.end..t).next().is_none(),
                false if t >= c.tokens.start => false,
                false if from_a_beginning => verbs(t..c.tokens.start).count() <= 1,
                false => verbs(t..c.tokens.start).count() == 1 && verbs(t..c.tokens.start).all(brought) && !parted(t..c.tokens.start),
            };
            for c in protos.iter_mut().flat_map(|p| &mut p.counts).filter(totals) {
                if c.1.low > Some(1.0) && of_it(&c.1) {
                    c.1.relation = Relation::Cumulative;
                }
            }
        }
    }

    /// "منذ بداية العام" begins here.
    fn sums_from(&self, index: usize, t: usize) -> bool {
        let sets = &self.cx.lexicon.sets;
        self.is(index, t, &sets.since) && self.is(index, t + 1, &sets.outset) && self.is(index, t + 2, &sets.era)
    }

    /// "منذ شهر", "منذ نحو شهر" begins here.
    fn lasts(&self, index: usize, t: usize) -> bool {
        let sets = &self.cx.lexicon.sets;
        self.is(index, t, &sets.since) && (t + 1..t + 3).any(|e| self.is(index, e, &sets.era))
    }

    /// A line with a dash, in a list that a sentence with a sum since a beginning leads.
    fn under_a_sum(&self, index: usize) -> bool {
        const LONGEST: usize = 16;
        let dashed = |i: usize| {
            let first = self.sentences[i].tokens.start;
            matches!(self.cx.text.slice(self.cx.text.span(first..first + 1)), "-" | "–" | "—" | "•" | "*" | "●")
        };
        if !dashed(index) {
            return false;
        }
        let head = (index.saturating_sub(LONGEST)..index).rev().find(|i| !dashed(*i));
        head.is_some_and(|h| self.sentences[h].tokens.clone().any(|t| self.sums_from(h, t)))
    }

    /// "عثر على 13 جثة", "انتشال جثث 37 شخصا": the bodies that are found where force was used are its dead.
    fn corpses(&self, index: usize, protos: &mut [Proto]) {
        let s = &self.sentences[index];
        let sets = &self.cx.lexicon.sets;
        for (k, phrase) in s.phrases.iter().enumerate() {
            let Phrase::Np(outer) = phrase else { continue };
            let chain: Vec<NpId> = std::iter::successors(Some(*outer), |n| s.nps[*n].genitive).take(4).collect();
            let Some(at) = chain.iter().position(|n| self.is(index, s.nps[*n].head, &sets.corpse)) else { continue };
            let finds = |p: &Phrase| match p {
                Phrase::Verb(v) => self.is(index, *v, &sets.found),
                Phrase::Np(n) => self.is(index, s.nps[*n].head, &sets.found),
                _ => false,
            };
            let found = chain[..at].iter().any(|n| self.is(index, s.nps[*n].head, &sets.found)) || s.phrases[k.saturating_sub(3)..k].iter().any(finds);
            let Some(n) = chain[at..].iter().find(|n| s.nps[**n].number.is_some()).filter(|_| found) else { continue };
            let counted = protos.iter().any(|p| p.counts.iter().any(|c| c.0 == index && s.nps[*n].core.contains(&c.1.tokens.start)));
            let Some(t) = self.tally(index, *n, CountKind::Killed).filter(|_| !counted) else { continue };
            if let Some(p) = self.nearest_force(k, protos) {
                // "13 جثة لمدنيين": who they were does not count them again
                p.counts.retain(|c| c.0 != index || c.1.kind != CountKind::Killed || c.1.vague.is_none());
                p.counts.push((index, Tally { why: "count.corpses", ..t }));
            }
        }
    }

    /// The use of force told nearest to a phrase.
    fn nearest_force<'p>(&self, phrase: usize, protos: &'p mut [Proto]) -> Option<&'p mut Proto> {
        let force = |p: &&mut Proto| !p.gone && p.event_type(self.cx.lexicon) == EventType::Assault && !p.modes.contains("territory");
        protos.iter_mut().filter(force).min_by_key(|p| (p.trigger.phrase.abs_diff(phrase), p.trigger.phrase > phrase))
    }

    /// "قتل مدنيان وأصيب 3 آخرون", "11 قتلوا و32 أصيبوا": one figure has one fate, that of the word right behind it or else of the nearest before it,
    /// unless two stand together: "مقتل وإصابة 7".
    fn told_once(&self, index: usize, protos: &mut [Proto]) {
        let is_fate = |k: &CountKind| matches!(k, CountKind::Killed | CountKind::Injured);
        let fate = |p: &Proto| self.cx.lexicon.events[p.event].counts.filter(is_fate);
        let words: Vec<(Range<usize>, CountKind)> = protos.iter().filter_map(|p| Some((p.trigger.tokens.clone(), fate(p)?))).collect();
        let of = |figure: &Range<usize>| {
            let behind = words.iter().find(|w| w.0.start == figure.end && !self.key(w.0.start).starts_with('و'));
            let before = || words.iter().filter(|w| w.0.end <= figure.start).max_by_key(|w| w.0.start).filter(|b| !words.iter().any(|w| w.0.end == b.0.start));
            behind.or_else(before).map(|w| w.1)
        };
        for p in protos.iter_mut() {
            let figures: Vec<(Range<usize>, CountKind)> =
                p.counts.iter().filter(|c| c.0 == index && is_fate(&c.1.kind)).map(|c| (c.1.tokens.clone(), c.1.kind)).collect();
            let twice = |c: &Tally| is_fate(&c.kind) && figures.iter().any(|f| f.0 == c.tokens && f.1 != c.kind);
            p.counts.retain(|c| c.0 != index || !twice(&c.1) || of(&c.1.tokens).is_none_or(|k| k == c.1.kind));
        }
    }

    /// "عدد القتلى" names a number without giving it.
    fn unknown_numbers(&self, index: usize, protos: &mut [Proto]) {
        let toll = &self.cx.lexicon.sets.toll;
        let named = |t: &Tally| {
            let first = t.tokens.start;
            t.why == "count.several" && self.is(index, first, toll) && crate::vocab::has_article(self.key(first + 1))
        };
        for p in protos.iter_mut() {
            p.counts.retain(|c| c.0 != index || !named(&c.1));
        }
    }

    /// What a noun counts: قتيل killed, جريح injured, إصابة injured.
    fn toll_kind(&self, index: usize, token: usize) -> Option<CountKind> {
        let lexicon = self.cx.lexicon;
        let l = self.lexes[index].get(token)?;
        let entries = l.syms.iter().filter(|(_, r)| *r != 255).filter_map(|(s, _)| lexicon.triggers.get(s)).flatten();
        let mut casualties = entries.filter(|(e, class)| *class != 1 && lexicon.events[*e as usize].kind == EventKind::Casualty);
        casualties.find_map(|(e, _)| lexicon.events[*e as usize].counts)
    }

    /// "50 قتيلا وجريحا": one figure for both; "عشرات القتلى والجرحى": as many of each.
    fn unsplit(&self, index: usize, protos: &mut [Proto]) {
        let nps = &self.sentences[index].nps;
        for first in nps.iter().filter(|n| n.number.is_some() && n.class.any(Class::CASUALTY)) {
            let joined = |n: &&Np| n.shape.wa && n.number.is_none() && n.tokens.start == first.core.end && n.class.any(Class::CASUALTY);
            let Some(second) = nps.iter().find(joined) else { continue };
            if !self.key(second.head).ends_with('ا') {
                let shared = first.number.map(|k| &self.cx.numbers[k]).and_then(|n| n.vague).filter(|_| second.shape.the);
                if shared.is_some() {
                    self.share_vague(index, first, second, shared, protos);
                }
                continue;
            }
            for p in protos.iter_mut() {
                p.counts.retain(|c| c.1.tokens.start != second.core.start);
                for c in p.counts.iter_mut().filter(|c| c.0 == index && first.core.contains(&(c.1.tokens.end - 1))) {
                    (c.1.kind, c.1.tokens.end, c.1.why) = (CountKind::Other, second.core.end, "count.unsplit");
                }
            }
        }
    }

    /// "37 مدنيا بين قتيل وجريح", "ما بين شهيد وجريح": the number before is one figure for both, and the two nouns count nobody.
    fn between(&self, index: usize, protos: &mut [Proto]) {
        let s = &self.sentences[index];
        let casualty = |n: &Np| n.number.is_none() && !n.definite && n.shape.number == Some(Number::Singular) && n.class.any(Class::CASUALTY);
        for (k, pair) in s.phrases.windows(3).enumerate() {
            let [Phrase::Prep(between), Phrase::Np(dead), Phrase::Np(hurt)] = pair else { continue };
            let (dead, hurt) = (&s.nps[*dead], &s.nps[*hurt]);
            if !self.is(index, *between, &self.cx.lexicon.sets.between) || !casualty(dead) || !casualty(hurt) || !hurt.shape.wa {
                continue;
            }
            let figure = s.phrases[..k].iter().rev().find_map(|p| match p {
                Phrase::Np(n) if s.nps[*n].number.is_some() => Some(&s.nps[*n]),
                _ => None,
            });
            for p in protos.iter_mut() {
                p.counts.retain(|c| c.0 != index || ![dead, hurt].iter().any(|n| n.core.contains(&c.1.tokens.start)));
                for c in p.counts.iter_mut().filter(|c| c.0 == index && figure.is_some_and(|f| f.core.contains(&c.1.tokens.end.saturating_sub(1)))) {
                    (c.1.kind, c.1.why) = (CountKind::Other, "count.unsplit");
                }
            }
        }
    }

    /// "عشرات القتلى والجرحى": the tens of the first are tens of the second.
    fn share_vague(&self, index: usize, first: &Np, second: &Np, vague: Option<Vague>, protos: &mut [Proto]) {
        let here = |c: &(usize, Tally), np: &Np| c.0 == index && np.core.contains(&c.1.tokens.start);
        for p in protos.iter_mut() {
            let Some(one) = p.counts.iter().find(|c| here(c, first)).cloned() else { continue };
            p.counts.retain(|c| !here(c, second));
            if let Some(kind) = self.toll_kind(index, second.head) {
                let (tokens, skip) = (second.core.clone(), second.shape.skip);
                p.counts.push((index, Tally { tokens, skip, kind, vague, why: "count.shared", ..one.1 }));
            }
        }
    }

    /// Casualty nouns that no claim has counted go to the nearest use of force.
    fn casualties(&self, index: usize, protos: &mut [Proto]) {
        let s = &self.sentences[index];
        for (k, phrase) in s.phrases.iter().enumerate() {
            let Phrase::Np(outer) = phrase else { continue };
            let inner = s.nps[*outer].genitive.into_iter();
            for n in std::iter::once(*outer).chain(inner) {
                let np = &s.nps[n];
                let counted = protos.iter().any(|p| p.counts.iter().any(|c| c.0 == index && c.1.tokens.start < np.core.end && np.core.start < c.1.tokens.end));
                if counted {
                    continue;
                }
                let Some(t) = self.toll(index, n, k) else { continue };
                if let Some(p) = self.nearest_force(k, protos) {
                    p.counts.push((index, t));
                }
            }
        }
    }

    /// The count of a casualty noun, when it is one that counts: not "الجرحى", who were told of before.
    fn toll(&self, index: usize, n: NpId, phrase: usize) -> Option<Tally> {
        let s = &self.sentences[index];
        let np = &s.nps[n];
        let kind = self.toll_kind(index, np.head).filter(|k| matches!(k, CountKind::Killed | CountKind::Injured))?;
        let has = |set: &[crate::lexicon::Sym]| self.is(index, np.head, set);
        let person = np.class.any(Class::CASUALTY);
        let figure = np.number.is_some() || np.quantifier.is_some();
        let number = np.shape.number;
        // "إصابات" and "إصابتان", not "إصابات خطيرة" nor "جروح"
        let injuries = has(&self.cx.lexicon.sets.injuries) && np.genitive.is_none() && np.adjectives.is_empty() && !np.shape.the;
        if !person && !(injuries && (figure || matches!(number, Some(Number::Plural | Number::Dual)))) {
            return None;
        }
        // victims may be dead or hurt: only their number counts
        if person && !figure && (np.definite && number != Some(Number::Dual) || has(&self.cx.lexicon.sets.victims)) {
            return None;
        }
        let mut t = self.tally(index, n, kind).or_else(|| (!person).then(|| self.injuries(np, kind)))?;
        // "دون وقوع إصابات"
        let without =
            s.phrases[phrase.saturating_sub(2)..phrase].iter().any(|p| matches!(p, Phrase::Prep(i) if self.is(index, *i, &self.cx.lexicon.sets.without)));
        if without && np.number.is_none() {
            (t.low, t.high, t.vague, t.why) = (Some(0.0), Some(0.0), None, "count.none");
        }
        Some(t)
    }

    /// "إصابات", "إصابتان".
    fn injuries(&self, np: &Np, kind: CountKind) -> Tally {
        let two = (np.shape.number == Some(Number::Dual)).then_some(2.0);
        Tally {
            tokens: np.core.clone(),
            skip: np.shape.skip,
            kind,
            low: two,
            high: two,
            vague: two.is_none().then_some(Vague::Several),
            approx: false,
            group: Group::Unknown,
            relation: Relation::Total,
            why: "count.injuries",
        }
    }

    /// "بلغ عدد المعتقلين 6370", "ارتفاع حصيلة القتلى إلى 20": the figure instead of the noun that it measures; "وعدد الجرحى بأكثر من أربعين" goes on
    /// with another.
    fn reached(&self, index: usize, protos: &mut [Proto]) {
        let s = &self.sentences[index];
        let sets = &self.cx.lexicon.sets;
        for (k, phrase) in s.phrases.iter().enumerate() {
            let (word, own) = match phrase {
                Phrase::Verb(v) => (*v, None),
                Phrase::Np(n) => (s.nps[*n].head, s.nps[*n].genitive.filter(|g| self.measures(index, *g))),
                _ => continue,
            };
            if !self.is(index, word, &sets.reach) || matches!(phrase, Phrase::Np(_)) && own.is_none() {
                continue;
            }
            let rise = self.is(index, word, &sets.rise);
            let measured = |k: usize| match s.phrases.get(k) {
                Some(Phrase::Np(n)) if self.measures(index, *n) => Some((k, *n)),
                _ => None,
            };
            let first = own.map(|n| (k, n)).or_else(|| measured(k + 1)).or_else(|| (0..k).rev().find_map(measured).map(|m| (k, m.1)));
            let mut next = first;
            while let Some((at, toll)) = next {
                let Some((end, figure)) = self.figure(index, at, rise) else { break };
                self.settle(index, toll, figure, if rise { Relation::Update } else { Relation::Cumulative }, protos);
                let joined = |m: &(usize, NpId)| s.nps[m.1].shape.wa;
                next = measured(end + 1).filter(joined);
            }
        }
    }

    /// "عدد القتلى", "حصيلة شهداء القصف".
    fn measures(&self, index: usize, n: NpId) -> bool {
        let np = &self.sentences[index].nps[n];
        let toll = &self.cx.lexicon.sets.toll;
        self.is(index, np.head, toll) || np.quantifier.is_some_and(|q| self.is(index, q, toll))
    }

    /// The figure that a measured noun has, and its phrase: behind "إلى", whatever stands between, or the first number before another verb.
    fn figure(&self, index: usize, at: usize, rise: bool) -> Option<(usize, NpId)> {
        let s = &self.sentences[index];
        let number = |p: &Phrase| match p {
            Phrase::Np(n) if s.nps[*n].number.is_some() && !self.is(index, s.nps[*n].head, &self.cx.lexicon.sets.toll) => Some(*n),
            _ => None,
        };
        let rest = s.phrases.iter().enumerate().skip(at + 1);
        // "ارتفاع عدد قتلى الهجوم الذي استهدف السوق إلى 20"
        let told_anew = |p: &Phrase| matches!(p, Phrase::Mark(_, ';') | Phrase::Comp(_)) || matches!(p, Phrase::Verb(v) if s.verb(*v).is_some_and(|x| x.1.wa));
        let led = rest.clone().take_while(|(_, p)| !told_anew(p)).find_map(|(k, p)| {
            let to = matches!(p, Phrase::Prep(i) if self.is(index, *i, &self.cx.lexicon.sets.up_to));
            to.then(|| s.phrases.get(k + 1).and_then(number)).flatten().map(|n| (k + 1, n))
        });
        let near = || rest.clone().take_while(|(_, p)| !matches!(p, Phrase::Verb(_))).find_map(|(k, p)| number(p).map(|n| (k, n)));
        if rise { led.or_else(near) } else { near() }
    }

    /// Gives the claims of those whom `toll` names, or else the nearest use of force, its figure.
    fn settle(&self, index: usize, toll: NpId, figure: NpId, relation: Relation, protos: &mut [Proto]) {
        let lexicon = self.cx.lexicon;
        let noun = self.sentences[index].nps[toll].tokens.clone();
        let within = |p: &Proto| noun.contains(&p.trigger.tokens.start);
        let counts = |p: &Proto| lexicon.events[p.event].counts;
        let said: Vec<Option<CountKind>> = protos
            .iter()
            .map(|p| {
                let own = p.counts.iter().find(|c| c.0 == index && noun.contains(&c.1.tokens.start)).map(|c| c.1.kind);
                let linked = || p.linked.iter().map(|l| &protos[*l]).filter(|q| within(q)).find_map(counts);
                own.or_else(|| within(p).then(|| counts(p)).flatten()).or_else(linked).filter(|_| !p.gone)
            })
            .collect();
        for (p, kind) in protos.iter_mut().zip(said) {
            let Some(t) = kind.and_then(|kind| self.tally(index, figure, kind)) else { continue };
            p.counts.retain(|c| c.0 != index || !noun.contains(&c.1.tokens.start) && c.1.tokens.start != t.tokens.start);
            // "ارتفع عدد قتلى الهجوم إلى 20 شخصا": they are those to whom it was done
            let np = &self.sentences[index].nps[figure];
            let people = np.class.any(Class::HUMAN) && !np.class.any(Class::CASUALTY) && matches!(t.kind, CountKind::Killed | CountKind::Injured);
            if people && p.recipients.is_empty() && p.event_type(lexicon) == EventType::Assault {
                p.recipients.push(Arg { sentence: index, np: figure, token: None, basis: Basis::Named, why: "reached" });
            }
            p.counts.push((index, Tally { relation, why: "count.reached", ..t }));
        }
    }
}
