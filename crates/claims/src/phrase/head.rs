//! The head of a noun phrase: what is counted or picked out, a name, a plain noun; its class and its shape.

use super::*;

impl Cutter<'_, '_> {
    // ---- noun phrases ----

    pub(super) fn noun_phrase(&mut self, i: usize) -> usize {
        let joined = true;
        match self.np(i, joined, 0) {
            Some(n) => {
                let end = self.out.nps[n].tokens.end;
                // a demonstrative or quantifier that led nowhere
                if end <= i {
                    self.push(Phrase::Other(i));
                    return i + 1;
                }
                self.push(Phrase::Np(n));
                end
            }
            None => {
                self.push(Phrase::Other(i));
                i + 1
            }
        }
    }

    pub(super) fn class_of(&self, l: &Lex) -> Class {
        let t = &self.cx.lexicon.tags;
        let classes = [
            (t.person.or(t.people), Class::AGENT.or(Class::HUMAN)),
            (t.group, Class::AGENT.or(Class::GROUP)),
            (t.fleet, Class::AGENT.or(Class::FLEET)),
            (t.weapon, Class::WEAPON),
            (t.vehicle.or(t.building).or(t.objects), Class::THING),
            (t.base, Class::BASE),
            (t.place_head, Class::PLACE),
            (t.casualty, Class::CASUALTY.or(Class::HUMAN)),
            (t.source.or(t.document).or(t.medium), Class::SOURCE),
            (t.unit, Class::MEASURE),
            (t.timeunit, Class::TIME),
        ];
        classes.into_iter().filter(|(tags, _)| l.tags.any(*tags)).fold(Class::default(), |all, (_, class)| all.or(class))
    }

    /// A noun phrase that begins at token `i`, or `None` when the word cannot begin one.
    pub(super) fn np(&mut self, i: usize, joined: bool, depth: u8) -> Option<NpId> {
        if i >= self.end || depth > 12 || self.time_at(i).is_some() && depth > 0 {
            return None;
        }
        // هذا الهجوم
        let l = self.lex(i);
        if let Some((Particle::Dem, r)) = l.particle.filter(|_| self.kind(i) == Some(Kind::Word)) {
            let inner = self.np(i + 1, false, depth + 1)?;
            let reading = self.cx.words.get(self.cx.text.tokens[i].word).readings[r as usize];
            let shape = Shape::of(&reading);
            let np = &mut self.out.nps[inner];
            np.tokens.start = i;
            np.shape.wa = shape.wa;
            np.shape.prep = shape.prep;
            np.definite = true;
            return Some(inner);
        }
        // "ربع الله" is a name before it is a fraction
        if let Some(n) = self.number_at(i).filter(|_| self.kind(i) == Some(Kind::Number) || self.actor_at(i, joined).is_none())
            && self.cx.numbers[n].kind != arabic::number::NumberKind::Ordinal
        {
            return Some(self.counted(i, n, joined, depth));
        }
        if self.kind(i) == Some(Kind::Number) {
            return None;
        }
        if let Some((Particle::Quant, _)) = l.particle.filter(|p| matches!(p.0, Particle::Quant))
            && let Some(n) = self.quantified(i, depth)
        {
            return Some(n);
        }
        // عدد من، عشرات من، مجموعة من، أحد; "مجموعة الأزمات الدولية" is a name, "مجموعات مسلحة" are a body
        let body = l.tags.any(self.cx.lexicon.tags.group)
            && self.lex(i + 1).adj.is_some_and(|a| {
                let next = self.cx.words.get(self.cx.text.tokens[i + 1].word);
                next.readings[a as usize].feat.gender() == arabic::morph::Gender::Fem && !Shape::of(&next.readings[a as usize]).wa
            });
        let quantity = !body && l.tags.any(self.cx.lexicon.tags.quantity) || l.has_any(&self.cx.lexicon.sets.quantifier);
        if quantity
            && self.actor_at(i, joined).is_none()
            && let Some(n) = self.quantified(i, depth)
        {
            return Some(n);
        }
        self.simple(i, joined, depth)
    }

    /// A numeral and what it counts.
    fn counted(&mut self, i: usize, number: usize, joined: bool, depth: u8) -> NpId {
        let _ = joined;
        let n = &self.cx.numbers[number];
        let (first, end) = (n.outer.start.min(n.tokens.start).max(i.min(n.outer.start)), n.tokens.end);
        let _ = first;
        let mut shape = Shape::default();
        let w = self.cx.words.get(self.cx.text.tokens[i].word);
        if self.kind(i) == Some(Kind::Word) {
            shape.wa = w.key.starts_with('و') && n.bytes.start > self.cx.text.tokens[n.tokens.start].start as usize
                || w.key.starts_with('و') && n.outer.start == i && n.tokens.start > i;
            if let Some(r) = w.readings.first() {
                shape.prep = Shape::of(r).prep;
            }
            if n.tokens.start == i {
                // بعشرة, لثلاثة
                let raw = self.cx.text.slice(self.cx.text.tokens[i].range());
                let cut = n.bytes.start - self.cx.text.tokens[i].start as usize;
                let lead = &raw[..cut.min(raw.len())];
                shape.wa = lead.starts_with(['و', 'ف']);
                shape.prep = lead.chars().last().filter(|c| matches!(c, 'ب' | 'ل' | 'ك'));
                shape.skip = lead.chars().count() as u8;
            }
        }
        // "وأكثر من 300 جريح": what is joined is the figure with its cue
        if n.outer.start == i && n.tokens.start > i && w.key.starts_with('و') {
            shape.skip = 1;
        }
        // "(20) شخصا": the brackets are part of the phrase
        let bracketed = i.checked_sub(1).is_some_and(|b| self.punct(b) == Some('(')) && self.punct(end) == Some(')');
        let (i, end) = if bracketed { (i - 1, end + 1) } else { (i, end) };
        let base = Np {
            tokens: i..end,
            core: i..end,
            head: n.tokens.end - 1,
            shape,
            number: Some(number),
            definite: n.definite,
            class: Class::default(),
            ..Np::default()
        };
        let at = end;
        let mut np = base;
        // "ثلاثة من عناصر"
        let of = self.is(at, &self.cx.lexicon.sets.of);
        if of && self.time_at(at).is_none() {
            if let Some(child) = self.np(at + 1, false, depth + 1) {
                let c = &self.out.nps[child];
                if c.class.any(Class::AGENT.or(Class::HUMAN).or(Class::CASUALTY)) || !c.actor.is_empty() {
                    np.class = c.class.or(Class::HUMAN);
                    np.tags = c.tags;
                    np.head = c.head;
                    np.reading = c.reading;
                    np.tokens.end = c.tokens.end;
                    np.core.end = c.core.end;
                    np.owner = Some(child);
                    self.out.nps.push(np);
                    return self.out.nps.len() - 1;
                }
            }
        } else if self.time_at(at).is_none() && self.place_at(at).is_none() {
            let l = self.lex(at);
            let word = self.kind(at) == Some(Kind::Word);
            let w2 = word.then(|| self.cx.words.get(self.cx.text.tokens[at].word));
            let wa = w2.is_some_and(|w| w.readings.first().is_some_and(|r| Shape::of(r).wa) || w.is_unknown() && w.key.starts_with('و'));
            let verbish = l.verb.is_some() && l.noun.is_none() && l.adj.is_none();
            if word
                && !wa
                && !l.only_particle
                && !verbish
                && l.nominal()
                && let Some(child) = self.simple(at, false, depth + 1)
            {
                let mut c = self.out.nps[child].clone();
                // "أصابت خمسة صواريخ [القاعدة]", "سبعة جنود [شمال المدينة]": what is counted is indefinite, so that nothing definite is its owner
                let counted = !np.definite && self.cx.numbers[number].value > 2.0;
                if let Some(g) = c.genitive.map(|g| &self.out.nps[g]).filter(|g| {
                    let direction = g.tags.any(self.cx.lexicon.tags.direction);
                    counted && (g.shape.the || direction) && g.tokens.start == c.head + 1
                }) {
                    let end = g.tokens.start;
                    c = Np { tokens: at..end, core: at..end, genitive: None, owner: None, name: None, adjectives: Default::default(), ..c };
                }
                if c.shape.prep.is_none() {
                    np = Np { tokens: i..c.tokens.end, core: i..c.core.end, number: Some(number), shape: np.shape, ..c };
                    np.other = self.is_other(np.head);
                    self.partitive(&mut np, depth);
                    self.out.nps.push(np);
                    return self.out.nps.len() - 1;
                }
            }
            // "انطلق الآلاف في تظاهرة", "المئات"
            if np.definite && self.cx.numbers[number].vague.is_some() {
                np.class = Class::HUMAN;
            }
            if self.is_other(at) {
                np.tokens.end = at + 1;
                np.core.end = at + 1;
                np.other = true;
                np.class = Class::HUMAN;
            }
        }
        self.out.nps.push(np);
        self.out.nps.len() - 1
    }

    /// "من" behind a counted or quantified phrase: "4 عناصر من قوات النظام".
    fn partitive(&mut self, np: &mut Np, depth: u8) {
        let at = np.tokens.end;
        // ("ثلاثة ناشطين من طرف الأمن" are none of them)
        let by = self.lex(at + 1).has_any(&self.cx.lexicon.sets.hand);
        if !self.is(at, &self.cx.lexicon.sets.of) || by || np.owner.is_some() || self.time_at(at).is_some() {
            return;
        }
        let human = np.class.any(Class::HUMAN.or(Class::AGENT).or(Class::CASUALTY));
        if !human {
            return;
        }
        let save = self.out.nps.len();
        if let Some(child) = self.np(at + 1, false, depth + 1) {
            let c = &self.out.nps[child];
            // "من قبل", "من مدينة حلب" are something else
            if (c.class.any(Class::GROUP.or(Class::HUMAN)) || !c.actor.is_empty()) && c.place.is_none() && !c.event {
                np.tokens.end = c.tokens.end;
                np.core.end = c.core.end;
                np.owner = Some(child);
                return;
            }
        }
        self.out.nps.truncate(save);
    }

    /// "عدد من المدنيين", "أحد العناصر", "كل المدن".
    fn quantified(&mut self, i: usize, depth: u8) -> Option<NpId> {
        let mut at = i + 1;
        let l = self.lex(i);
        let r = l.noun.or(l.particle.map(|p| p.1)).or(l.adj);
        let shape = match r {
            Some(r) => Shape::of(&self.cx.words.get(self.cx.text.tokens[i].word).readings[r as usize]),
            None => Shape::default(),
        };
        if shape.pron != Enclitic::None {
            return None;
        }
        // "عدد كبير من", "أعداد كبيرة من"
        while self.lex(at).adj.is_some() && !self.lex(at).unknown && at < i + 3 && self.is(at + 1, &self.cx.lexicon.sets.of) {
            at += 1;
        }
        if self.is(at, &self.cx.lexicon.sets.of) {
            at += 1;
        }
        if self.time_at(at).is_some() || self.punct(at).is_some() {
            return None;
        }
        let save = self.out.nps.len();
        let inner = self.np(at, false, depth + 1)?;
        let c = self.out.nps[inner].clone();
        if c.shape.prep.is_some() || c.shape.wa || c.event && at > i + 1 {
            self.out.nps.truncate(save);
            return None;
        }
        let np = Np { tokens: i..c.tokens.end, core: i..c.core.end, shape, quantifier: Some(i), ..c };
        self.out.nps.push(np);
        Some(self.out.nps.len() - 1)
    }

    /// A head with its genitives, adjectives, names and owner.
    fn simple(&mut self, i: usize, joined: bool, depth: u8) -> Option<NpId> {
        let kind = self.kind(i)?;
        // an opening quotation mark: the name inside, mark aside
        if kind == Kind::Punct {
            let close = opens(self.punct(i)?)?;
            let inner = self.np(i + 1, false, depth + 1)?;
            let end = self.out.nps[inner].tokens.end;
            if self.punct(end) == Some(close) {
                let mut np = self.out.nps[inner].clone();
                np.tokens = i..end + 1;
                np.core = i..end + 1;
                // "جيش" الاحتلال, "الجيش" الإسرائيلي: the marks part nothing
                let before = np.tokens.end;
                if np.place.is_none() && close != ')' {
                    self.tail(&mut np, depth);
                }
                if np.tokens.end == before {
                    np.core = self.out.nps[inner].core.clone();
                }
                self.out.nps[inner] = np;
                return Some(inner);
            }
            return None;
        }
        if kind == Kind::Foreign {
            let mut end = i + 1;
            while self.kind(end) == Some(Kind::Foreign) {
                end += 1;
            }
            self.out.nps.push(Np { tokens: i..end, core: i..end, head: i, class: Class::NAMELIKE, definite: true, ..Np::default() });
            return Some(self.out.nps.len() - 1);
        }
        let l = self.lex(i);
        // a place
        let actor = self.actor_at(i, joined);
        if let Some(p) = self.place_at(i) {
            let m = &self.cx.places[p];
            let actor_end = actor.as_ref().map_or(0, |a| a.end);
            if actor_end < m.tokens.end || actor_end == m.tokens.end && m.headed {
                let shape = self.shape(i, l, joined);
                let state = actor.filter(|a| a.end == m.tokens.end).map(|a| a.name);
                let mut np = Np {
                    tokens: i..m.outer.end.max(m.tokens.end),
                    core: m.tokens.clone(),
                    head: m.tokens.start,
                    shape,
                    class: Class::PLACE,
                    place: Some(p),
                    definite: true,
                    ..Np::default()
                };
                // a facility or base can be hit and be somebody's
                let hl = self.lex(i);
                np.tags = hl.tags;
                if let Some(s) = state {
                    np.actor = self.cx.lexicon.aliases[s].iter().copied().collect();
                    np.class = np.class.or(Class::AGENT).or(Class::GROUP);
                }
                // "حاجز سالم العسكري"
                while m.headed
                    && self.kind(np.tokens.end) == Some(Kind::Word)
                    && self.time_at(np.tokens.end).is_none()
                    && self.place_at(np.tokens.end).is_none()
                {
                    let a = self.lex(np.tokens.end);
                    let w = self.cx.words.get(self.cx.text.tokens[np.tokens.end].word);
                    let described = a.adj.is_some_and(|r| Shape::of(&w.readings[r as usize]).the && !Shape::of(&w.readings[r as usize]).wa)
                        && !a.has_any(&self.cx.lexicon.sets.relation);
                    if !described {
                        break;
                    }
                    np.adjectives.push(np.tokens.end);
                    np.tokens.end += 1;
                }
                while matches!(self.punct(np.tokens.end), Some('”' | '»' | '"'))
                    && self.cx.text.tokens[np.tokens.end].glued
                    && matches!(self.punct(np.core.start.wrapping_sub(1)), Some('“' | '«' | '"'))
                {
                    np.tokens.end += 1;
                }
                self.out.nps.push(np);
                return Some(self.out.nps.len() - 1);
            }
        }
        if let Some(m) = actor {
            let aliases = &self.cx.lexicon.aliases[m.name];
            let prep = m.start.prep.then(|| self.prep_letter(i)).flatten();
            // of لل no letter is cut off: the rest would lack its alef
            let skip = if prep == Some('ل') && m.start.al { m.start.wa as u8 } else { m.start.skip };
            let shape = Shape { wa: m.start.wa, prep, the: m.start.al, skip, ..Shape::default() };
            let mut np = Np {
                tokens: i..m.end,
                core: i..m.end,
                head: i,
                reading: l.noun.or(l.adj),
                shape,
                class: Class::AGENT.or(Class::GROUP),
                tags: l.tags,
                actor: aliases.iter().copied().collect(),
                definite: true,
                ..Np::default()
            };
            // "تنظيم الدولة داعش": a second name of the same group
            if let Some(second) = self.actor_at(np.tokens.end, false).filter(|m| !m.start.wa && !m.start.prep) {
                let names = &self.cx.lexicon.aliases[second.name];
                if names.iter().any(|x| np.actor.iter().any(|y| x.actor == y.actor)) {
                    np.tokens.end = second.end;
                    np.core.end = second.end;
                }
            }
            self.tail(&mut np, depth);
            self.out.nps.push(np);
            return Some(self.out.nps.len() - 1);
        }
        if l.only_particle || !l.nominal() {
            return None;
        }
        // the article of "ال 27" alone
        if has_article(self.key(i)) && self.key(i).chars().count() == 2 {
            return None;
        }
        let shape = self.shape(i, l, joined);
        let reading = l.noun.or(l.adj).or(l.name);
        let mut np = Np {
            tokens: i..i + 1,
            core: i..i + 1,
            head: i,
            reading,
            shape,
            class: self.class_of(l),
            tags: l.tags,
            definite: shape.the || shape.pron != Enclitic::None || l.name.is_some() && l.noun.is_none() && l.adj.is_none(),
            event: l.event && !self.never_event(i, l, shape),
            pron: shape.pron,
            ..Np::default()
        };
        let plain_name = l.noun.is_none() && l.adj.is_none();
        if l.unknown || l.name.is_some() && (plain_name || (l.noun.is_none() || self.befallen(depth)) && self.first_name(i, shape)) {
            np.class = np.class.or(Class::NAMELIKE);
        }
        // "فلسطيني", "العراقيون": the adjective of a people, alone, is one of them
        let alone = depth > 0 || !matches!(self.out.phrases.last(), Some(Phrase::Np(n)) if !self.out.nps[*n].event);
        let of_people = l.noun.is_none() && l.adj.is_some() && l.tags.any(self.cx.lexicon.tags.nisba) && np.place.is_none();
        if of_people && alone && self.names_people(i, l) {
            np.class = np.class.or(Class::AGENT).or(Class::HUMAN);
        }
        np.other = l.noun.is_none() && self.is_other(i);
        // "ويعتقلون بعضهم"
        let some_of_them = matches!(shape.pron, Enclitic::Them | Enclitic::ThemFem) && l.has_any(&self.cx.lexicon.sets.quantifier);
        if np.other || some_of_them {
            np.class = np.class.or(Class::HUMAN);
        }
        // "وأكد سموه": a title and a pronoun is what a man is called
        if l.tags.any(self.cx.lexicon.tags.title) && shape.pron != Enclitic::None {
            np.class = np.class.or(Class::AGENT).or(Class::HUMAN);
        }
        self.tail(&mut np, depth);
        self.out.nps.push(np);
        Some(self.out.nps.len() - 1)
    }

    /// "مقتل [حسن السالم]": does what begins here stand behind a noun of what befalls people, without its article?
    fn befallen(&mut self, depth: u8) -> bool {
        match self.out.phrases.last() {
            Some(Phrase::Np(n)) if depth == 0 && self.out.nps[*n].event && !self.out.nps[*n].shape.the => self.befalls_people(self.out.nps[*n].head),
            _ => false,
        }
    }

    /// "حسن السالم": a name that is an adjective too, with another name behind it.
    pub(super) fn first_name(&mut self, i: usize, shape: Shape) -> bool {
        let next = self.kind(i + 1) == Some(Kind::Word) && self.time_at(i + 1).is_none() && self.place_at(i + 1).is_none();
        let l = self.lex(i + 1);
        // (behind an adjective without the article none with it could stand)
        let family = l.unknown || l.noun.is_none() && (l.name.is_some() || l.adj.is_some() && has_article(self.key(i + 1)));
        !shape.the && self.lex(i).name.is_some() && next && !l.only_particle && family
    }

    /// Is this adjective masculine or plural, as people are named?
    fn names_people(&self, i: usize, l: &Lex) -> bool {
        let w = self.cx.words.get(self.cx.text.tokens[i].word);
        l.adj.and_then(|a| w.readings.get(a as usize)).is_some_and(|r| r.feat.gender() != arabic::morph::Gender::Fem || r.feat.number() != Number::Singular)
    }

    fn is_other(&mut self, i: usize) -> bool {
        self.kind(i) == Some(Kind::Word) && self.lex(i).has_any(&self.cx.lexicon.sets.other)
    }

    /// Groups are no events, whatever their name could tell; of "الإسعاف" and "إسعاف الأطفال" the second is what is done.
    fn never_event(&mut self, i: usize, l: &Lex, shape: Shape) -> bool {
        let t = &self.cx.lexicon.tags;
        let done_to = !shape.the && l.noun.is_some() && self.befalls_people(i) && self.class_of(self.lex(i + 1)).any(Class::HUMAN);
        l.tags.any(t.group) && !l.tags.any(t.casualty) && !done_to
    }

    pub(super) fn prep_letter(&self, i: usize) -> Option<char> {
        let key = self.key(i);
        let k = key.strip_prefix(['و', 'ف']).filter(|r| r.starts_with(['ب', 'ل', 'ك'])).unwrap_or(key);
        k.chars().next().filter(|c| matches!(c, 'ب' | 'ل' | 'ك'))
    }

    pub(super) fn shape(&mut self, i: usize, l: &Lex, joined: bool) -> Shape {
        let w = self.cx.words.get(self.cx.text.tokens[i].word);
        match l.noun.or(l.adj).or(l.name).or(l.particle.map(|p| p.1)) {
            Some(r) => Shape::of(&w.readings[r as usize]),
            None => Shape::unknown(w, joined && self.can_join()),
        }
    }

    /// May what stands here be joined by و to a noun phrase before it: "الطفلين عمر، ودانيال"?
    fn can_join(&self) -> bool {
        let listed = matches!(self.out.phrases.as_slice(), [.., Phrase::Np(_), Phrase::Mark(_, ',')]);
        self.last_noun_can_join || listed
    }
}
