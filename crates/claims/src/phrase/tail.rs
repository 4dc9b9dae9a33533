//! What belongs to a head: genitives, adjectives, numbers of units, quoted names, names in apposition, and whose it is.

use super::*;

impl Cutter<'_, '_> {
    /// Everything that may follow a head.
    pub(super) fn tail(&mut self, np: &mut Np, depth: u8) {
        let t = &self.cx.lexicon.tags;
        self.glue_quote(np, depth);
        // "إن مسلحا [فتح النار]": behind إن it is no dual in the nominative that a genitive could follow
        let accusative = matches!(self.out.phrases.last(), Some(Phrase::Comp(_)))
            && self.cx.words.get(self.cx.text.tokens[np.head].word).readings.iter().any(|r| Shape::of(r).accusative);
        // "أصيبت اثنتان أخريان [نتيجة قصف]": others belong to nobody
        let others = self.lex(np.head).has_any(&self.cx.lexicon.sets.other) && !self.lex(np.head).has_any(&self.cx.lexicon.sets.another);
        // an idafa, unless the head is closed, or an event whose genitive is an argument
        if !others && !np.shape.closed && !accusative && !np.shape.the && np.actor.is_empty() && !np.event && np.place.is_none() && np.genitive.is_none() {
            let at = np.tokens.end;
            if let Some(child) = self.genitive(np, at, depth) {
                let c = &self.out.nps[child];
                np.tokens.end = c.tokens.end;
                np.core.end = c.core.end;
                np.definite = c.definite;
                np.genitive = Some(child);
            }
        }
        self.suspected(np);
        self.adjectives(np);
        self.number_behind(np);
        self.unit_number(np);
        self.unmanned(np);
        self.glue_quote(np, depth);
        self.dashed(np, depth);
        // a person's name in apposition
        let person = np.tags.any(t.title.or(t.rank).or(t.person))
            || np.class.any(Class::HUMAN) && np.tags.any(t.official)
            || np.genitive.is_some_and(|_| np.tags.any(t.person.or(t.official).or(t.title)));
        let named = np.class.any(Class::NAMELIKE) && np.actor.is_empty();
        // "هاجم مسلحون [حلب]": nobody's name describes several that are not known
        let absolute = |r: &arabic::words::Reading| r.feat.state() == State::Absolute && r.feat.number() == Number::Plural;
        let several =
            !np.definite && np.reading.and_then(|r| self.cx.words.get(self.cx.text.tokens[np.head].word).readings.get(r as usize)).is_some_and(absolute);
        if (person || named) && !several {
            self.apposition(np, person, depth);
        }
        self.attach_owner(np, depth);
        self.partitive_of_member(np, depth);
    }

    /// "المشتبه به", "المحكوم عليهم": a participle and its preposition are what a man is called.
    fn suspected(&mut self, np: &mut Np) {
        let at = np.tokens.end;
        if !np.shape.the || np.event || at != np.head + 1 || self.kind(at) != Some(Kind::Word) {
            return;
        }
        let l = self.lex(np.head);
        let readings = &self.cx.words.get(self.cx.text.tokens[np.head].word).readings;
        let called = l.adj.or(l.noun).is_some_and(|r| matches!(readings[r as usize].feat.origin(), Origin::Patient | Origin::Agent));
        let prep = self.lex(at).particle.filter(|p| p.0 == Particle::Prep).map(|p| self.cx.words.get(self.cx.text.tokens[at].word).readings[p.1 as usize]);
        let pronoun = prep.is_some_and(|r| matches!(r.enc, Enclitic::Him | Enclitic::Her | Enclitic::Them | Enclitic::Two));
        if called && pronoun {
            np.tokens.end = at + 1;
            np.core.end = at + 1;
            np.class = np.class.or(Class::HUMAN).or(Class::AGENT);
        }
    }

    /// "مدنيين اثنين", "القتلى الخمسة": the numeral behind its noun.
    fn number_behind(&mut self, np: &mut Np) {
        let at = np.tokens.end;
        if np.number.is_some() || np.place.is_some() || self.kind(at) != Some(Kind::Word) {
            return;
        }
        let Some(n) = self.number_at(at) else { return };
        let num = &self.cx.numbers[n];
        let cardinal = num.kind == arabic::number::NumberKind::Cardinal && num.tokens.start == at && num.outer.start == at && num.vague.is_none();
        // "الأكراد الاثنين": behind a plural the word for two is the weekday
        if num.value == 2.0 && self.time_at(at).is_some() && np.shape.number != Some(Number::Dual) {
            return;
        }
        if cardinal && num.value < 1000.0 && (num.value == 2.0 && !num.definite || num.definite && np.shape.the && num.value >= 2.0) {
            np.number = Some(n);
            np.tokens.end = num.tokens.end;
            np.core.end = num.tokens.end;
            self.adjectives(np);
        }
    }

    /// "اللواء 105", "الفرقة 25": the number that names a unit, unless it counts what follows.
    fn unit_number(&mut self, np: &mut Np) {
        let at = np.tokens.end;
        let unit = np.shape.the && np.class.any(Class::GROUP) && np.tags.any(self.cx.lexicon.tags.combatant) && np.actor.is_empty() && np.number.is_none();
        if !unit || self.kind(at) != Some(Kind::Number) || self.time_at(at).is_some() {
            return;
        }
        let next = self.lex(at + 1);
        let counted =
            self.kind(at + 1) == Some(Kind::Word) && next.nominal() && !next.only_particle && !has_article(self.key(at + 1)) && self.place_at(at + 1).is_none();
        if !counted {
            np.tokens.end = at + 1;
            np.core.end = at + 1;
        }
    }

    /// "طائرة بدون طيار أميركية", "طائرات من دون طيار": what kind of aircraft it is.
    fn unmanned(&mut self, np: &mut Np) {
        let sets = &self.cx.lexicon.sets;
        let at = np.tokens.end;
        let without = at + self.is(at, &sets.of) as usize;
        let fleet = np.class.any(Class::FLEET) && np.place.is_none();
        if fleet && self.is(without, &sets.without) && self.is(without + 1, &sets.pilot) {
            np.tokens.end = without + 2;
            np.core.end = without + 2;
            self.adjectives(np);
        }
    }

    /// "سرايا القدس - كتيبة نابلس": the branch of a group behind a dash.
    fn dashed(&mut self, np: &mut Np, depth: u8) {
        while !np.actor.is_empty() && np.place.is_none() && depth < 3 {
            let at = np.tokens.end;
            if !matches!(self.punct(at), Some('-' | '–' | '—')) {
                return;
            }
            let save = self.out.nps.len();
            let Some(child) = self.np(at + 1, false, depth + 3) else { return };
            let c = &self.out.nps[child];
            let end = c.tokens.end;
            let branch = c.shape.prep.is_none()
                && !c.shape.wa
                && !c.event
                && (c.place.is_some() || c.class.any(Class::GROUP) || c.class.any(Class::NAMELIKE) || !c.actor.is_empty());
            let closed = matches!(self.punct(end), Some('-' | '–' | '—' | '،' | ',')) || matches!(self.lex(end).particle, Some((Particle::Comp, _)));
            if !branch || !closed {
                self.out.nps.truncate(save);
                return;
            }
            np.tokens.end = end;
            np.core.end = end;
        }
    }

    /// A quoted name right behind: ميليشيا "قسد".
    fn glue_quote(&mut self, np: &mut Np, depth: u8) {
        let at = np.tokens.end;
        let Some(close) = self.punct(at).and_then(opens) else { return };
        let Some(end) = (at + 1..(at + 8).min(self.end)).find(|k| self.punct(*k) == Some(close)) else { return };
        if end == at + 1 || np.event {
            return;
        }
        // في صفوف "الجيش": the name is the genitive of what belongs to the preposition
        if self.lex(np.head).has_any(&self.cx.lexicon.sets.hand) && np.genitive.is_none() {
            if let Some(child) = self.np(at, false, depth + 1) {
                np.tokens.end = self.out.nps[child].tokens.end;
                np.core.end = self.out.nps[child].core.end;
                np.genitive = Some(child);
            }
            return;
        }
        let inner_actor = self.actor_at(at + 1, false);
        let whole = inner_actor.as_ref().is_some_and(|m| m.end == end);
        let group = np.class.any(Class::GROUP.or(Class::FLEET)) || np.tags.any(self.cx.lexicon.tags.medium.or(self.cx.lexicon.tags.source));
        if whole {
            if let Some(m) = inner_actor {
                let list = &self.cx.lexicon.aliases[m.name];
                if np.actor.is_empty() {
                    np.actor = list.iter().copied().collect();
                    np.class = np.class.or(Class::AGENT).or(Class::GROUP);
                }
                np.tokens.end = end + 1;
                np.core.end = end + 1;
                np.definite = true;
            }
        } else if group && self.punct(at) != Some('(') {
            let verb = (at + 1..end).any(|k| {
                let l = self.lex(k);
                l.verb.is_some() && l.noun.is_none() && l.adj.is_none() && !l.only_particle
            });
            if !verb {
                // تنظيم "القاعدة": head and quotation make one name; قوات "الجيش" الإسرائيلي goes on
                if np.actor.is_empty() && !self.lex(at + 1).tags.any(self.cx.lexicon.tags.group) {
                    let whole = self.cx.text.slice(self.cx.text.span(np.head..end));
                    let clitics = if np.head == np.core.start { np.shape.skip } else { 0 };
                    let known = self.cx.lexicon.names.get(&whole[arabic::names::skip_bytes(whole, clitics)..]);
                    np.actor = known.map(|n| self.cx.lexicon.aliases[n as usize].iter().copied().collect()).unwrap_or_default();
                }
                np.tokens.end = end + 1;
                np.core.end = end + 1;
                np.definite = true;
            }
        } else if self.punct(at) == Some('(') && depth < 3 && self.aside(at).is_some() && np.actor.is_empty() {
            // (22 عاما): passed over, not quoted
            np.tokens.end = end + 1;
        }
    }

    /// The genitive of a head that may take one.
    fn genitive(&mut self, np: &Np, at: usize, depth: u8) -> Option<NpId> {
        if self.time_at(at).is_some() || self.punct(at).is_some_and(|c| opens(c).is_none() || c == '(') {
            return None;
        }
        // "هاجم مسلحون حلب": a plural or dual with its ن has nothing behind it that it belongs to
        let head = self.cx.words.get(self.cx.text.tokens[np.head].word);
        let absolute = |r: &arabic::words::Reading| r.feat.state() == State::Absolute && matches!(r.feat.number(), Number::Plural | Number::Dual);
        if np.reading.and_then(|r| head.readings.get(r as usize)).is_some_and(absolute) {
            return None;
        }
        // "عشرة جنود [إضافة إلى]": what is added is nobody's
        if self.joins_as_and(at) {
            return None;
        }
        let l = self.lex(at);
        let kind = self.kind(at)?;
        // "أكدت مصادر [تعرض القوات] لقصف": what befell somebody is told by sources, not theirs
        let befell = |n: &u16| self.cx.lexicon.lights[*n as usize].subject == crate::lexicon::Slot::Target;
        if np.tags.any(self.cx.lexicon.tags.source) && l.syms.iter().filter_map(|(s, _)| self.cx.lexicon.light_syms.get(s)).flatten().any(befell) {
            return None;
        }
        // "أفراد [إحدى العشائر]", "والدة [أحد الطفلين]"
        let whole = np.class.any(Class::HUMAN.or(Class::THING).or(Class::BASE)) && !self.lex(np.head).triggers;
        if whole && kind == Kind::Word && self.is(at, &self.cx.lexicon.sets.one_of) {
            return self.np(at, false, depth + 1);
        }
        if kind == Kind::Number || self.number_at(at).is_some_and(|n| self.cx.numbers[n].outer.start == at && !np.shape.open) {
            return None;
        }
        if kind == Kind::Word {
            // "محامي [هؤلاء الأشخاص]", "قائد [هذه القوة]"
            if matches!(l.particle, Some((Particle::Dem, _))) && np.class.any(Class::HUMAN) && self.lex(at + 1).nominal() {
                return self.np(at, false, depth + 1);
            }
            if l.only_particle {
                return None;
            }
            // "انتحاري [شمال بغداد]": where, not whose; "محافظ شمال سيناء" has an office
            let t = &self.cx.lexicon.tags;
            let man = np.class.any(Class::HUMAN) && np.shape.number == Some(Number::Singular) && !np.tags.any(t.official.or(t.title).or(t.rank));
            if man && l.tags.any(t.direction) {
                return None;
            }
            let w = self.cx.words.get(self.cx.text.tokens[at].word);
            let place = self.place_at(at).is_some();
            let actor = self.actor_at(at, false).is_some();
            if !place && !actor {
                if !l.nominal() {
                    return None;
                }
                let shape = match l.noun.or(l.adj).or(l.name) {
                    Some(r) => Shape::of(&w.readings[r as usize]),
                    None => Shape::unknown(w, false),
                };
                if shape.wa || shape.prep.is_some() || shape.accusative {
                    return None;
                }
                // "لقي سبعة جنود [مصرعهم]": what befell them is not whose they are
                if np.class.any(Class::HUMAN) && l.event && shape.pron != Enclitic::None {
                    return None;
                }
                // an adjective without article behind a noun without article describes it
                let minister = |r: u8| self.disagrees(np, &w.readings[r as usize]) && np.tags.any(self.cx.lexicon.tags.official);
                if l.adj.is_some() && l.noun.is_none() && !shape.the && !l.adj.is_some_and(minister) {
                    return None;
                }
                let t = &self.cx.lexicon.tags;
                let describes = l.tags.any(t.nisba.or(t.sector).or(t.armed)) || np.class.any(Class::FLEET.or(Class::WEAPON));
                // "برصاص مجهولين": people in the plural fired it
                let people = l.noun.is_some() && l.tags.any(t.person) && matches!(shape.number, Some(Number::Plural | Number::Dual));
                let described = describes && !l.tags.any(t.group) && !people;
                let both = l.adj.is_some() && !shape.the && described;
                let named = l.adj.is_some_and(minister);
                // ("مرابض [مدفعية] الجيش" are of the artillery)
                let gathering = self.lex(np.head).has_any(&self.cx.lexicon.sets.gathering) && has_article(self.key(at + 1));
                if both && !np.shape.open && !named && !gathering && !self.befalls(np, l) {
                    return None;
                }
                // a verb where the genitive would have to be: "مسلحون قتلوا", and what only could be a noun by folding
                if l.verb.is_some() && self.choose_is_verb(at, l) && !shape.the {
                    return None;
                }
                // an indefinite person behind an indefinite person is the object: "قتل شخص طفلا"; "نائب [وزير] الخارجية", "عائلة [مؤسس] الحركة"
                // "نشطاء [مناصرين]" are described
                let several = |shape: &Shape| shape.number == Some(Number::Plural);
                if !shape.the && l.adj.is_some() && several(&shape) && several(&np.shape) && np.class.any(Class::HUMAN) && self.class_of(l).any(Class::HUMAN) {
                    return None;
                }
                let head = self.lex(np.head);
                let sets = &self.cx.lexicon.sets;
                let somebodys = np.tags.any(t.official) && l.tags.any(t.official.or(t.rank))
                    || head.has_any(&sets.kin)
                    || head.has_any(&sets.attendant) && l.tags.any(t.official.or(t.title)) && shape.number == Some(Number::Singular);
                let people = np.class.any(Class::HUMAN) && self.class_of(l).any(Class::HUMAN) && np.shape.number == Some(Number::Singular);
                if !shape.the && people && !np.shape.open && !somebodys {
                    return None;
                }
            } else if let Some(m) = self.actor_at(at, true) {
                if m.start.wa || m.start.prep {
                    return None;
                }
            } else if place {
                let first = self.key(at);
                let m = &self.cx.places[self.place_at(at)?];
                // "بحلب", "وحلب"
                if m.tokens.start == at && m.bytes.start > self.cx.text.tokens[m.tokens.start].start as usize && first.starts_with(['و', 'ف', 'ب', 'ل']) {
                    return None;
                }
                if m.tokens.start != at && self.shape(at, l, false).prep.is_some() {
                    return None;
                }
            }
        }
        self.np(at, false, depth + 1)
    }

    fn adjectives(&mut self, np: &mut Np) {
        if np.place.is_some() {
            return;
        }
        loop {
            let at = np.tokens.end;
            if self.kind(at) != Some(Kind::Word) || self.time_at(at).is_some() {
                return;
            }
            let l = self.lex(at);
            if l.only_particle || self.place_at(at).is_some() && l.adj.is_none() {
                return;
            }
            // "طالبت العائلات المحكمة الدستورية": the next name begins
            if self.actor_at(at, false).is_some_and(|m| m.end > at + 1) {
                return;
            }
            let w = self.cx.words.get(self.cx.text.tokens[at].word);
            let Some(a) = l.adj else {
                // an unknown word with the article and the shape of a nisba
                let nisba = l.unknown && has_article(&w.key) && ends_as_nisba(&w.key) && np.definite && w.letters > 5;
                if nisba && !np.class.any(Class::NAMELIKE) {
                    np.adjectives.push(at);
                    np.tokens.end = at + 1;
                    np.core.end = at + 1;
                    continue;
                }
                return;
            };
            let r = w.readings[a as usize];
            let shape = Shape::of(&r);
            if shape.wa && !np.adjectives.is_empty() && shape.the == np.definite && l.noun.is_none() && l.verb.is_none() {
                // "الأميركية والبريطانية"
            } else if shape.wa {
                return;
            }
            // ("قصف مصدره القاعدة": what has a pronoun describes nothing)
            if shape.pron != Enclitic::None {
                return;
            }
            if shape.prep.is_some() || shape.the != np.definite && !(np.actor.is_empty() && !np.definite && !shape.the) {
                return;
            }
            if np.definite && !shape.the {
                return;
            }
            // "ضربات حزب الله [المتواصلة]": of the noun before the name
            let head = np.reading.and_then(|r| self.cx.words.get(self.cx.text.tokens[np.head].word).readings.get(r as usize)).map(|r| r.feat);
            let masculine = head.is_some_and(|f| f.gender() == arabic::morph::Gender::Masc && f.number() == Number::Singular);
            let feminine = r.feat.gender() == arabic::morph::Gender::Fem && r.feat.number() == Number::Singular;
            if !np.actor.is_empty() && masculine && feminine {
                return;
            }
            // a participle with a phrase of its own is handled as the owner's
            if !shape.the && l.verb.is_some() && self.choose_is_verb(at, l) {
                return;
            }
            // "العاملة ضمن غرفة العمليات": whose it is, not what it is
            if l.has_any(&self.cx.lexicon.sets.relation) && self.leads_on(at + 1) {
                return;
            }
            // "هاجم مسلحون [حافلة]": men in the plural are not described like things
            let like_things = r.feat.gender() == arabic::morph::Gender::Fem && r.feat.number() == Number::Singular;
            let men = np.class.any(Class::HUMAN) && !np.class.any(Class::GROUP) && head.is_some_and(|f| f.number() == Number::Plural);
            if men && like_things && l.noun.is_some() && !shape.the && !np.tags.any(self.cx.lexicon.tags.official) {
                return;
            }
            if self.other_case(np, w) || self.disagrees(np, &r) || l.noun.is_some() && self.too_masculine(np, &r) {
                return;
            }
            // an adjective that names people is an object: "قتل الجنود المدنيين" stays open; after a group a person noun is not its adjective
            let people = l.noun.is_some()
                && l.tags.any(self.cx.lexicon.tags.person)
                && !l.tags.any(self.cx.lexicon.tags.nisba.or(self.cx.lexicon.tags.sector).or(self.cx.lexicon.tags.armed));
            // "مقتل مسلح", "اعتقال فلسطيني": he to whom it happened; "هجوم مسلح", "قصف تركي": what kind it was
            let somebody = l.noun.is_some() && l.tags.any(self.cx.lexicon.tags.person) || l.tags.any(self.cx.lexicon.tags.nisba);
            let one = somebody && !shape.the && !np.shape.the && r.feat.gender() != arabic::morph::Gender::Fem;
            if np.event && one && self.befalls_people(np.head) {
                return;
            }
            // "مقتل [حسن السالم]": a name, not what kind of killing it was
            if np.event && !np.shape.the && self.first_name(at, shape) && self.befalls_people(np.head) {
                return;
            }
            // "إصابة آخرين": others to whom it happened
            let others = l.has_any(&self.cx.lexicon.sets.other) && r.feat.number() != Number::Singular;
            if np.event && others && !np.shape.the && self.befalls_people(np.head) {
                return;
            }
            // "الهجوم الإرهابي": behind an article there is no genitive
            let describes = (np.shape.the && shape.the || np.event && one) && r.feat.number() == Number::Singular;
            // "يستقلون دراجة [ضابطا]": a man in the accusative is another object
            let object = w.readings.iter().any(|r| r.pos == arabic::morph::Pos::Noun && r.feat.case() == arabic::morph::Case::Acc);
            if people && object && np.class.any(Class::THING) {
                return;
            }
            // "قصفت طائرة مسيرة [منزلا]": a thing in the accusative is what was hit
            let thing = l.noun.is_some() && self.class_of(l).any(Class::THING.or(Class::BASE));
            if thing && shape.accusative && np.class.any(Class::AGENT) {
                return;
            }
            if people && !describes && (np.class.any(Class::GROUP) || np.event || !np.actor.is_empty()) {
                return;
            }
            // a number in the gender of the head: sound plurals describe people
            let several = r.feat.number() == Number::Plural || r.feat.number() == Number::Dual && w.key.ends_with("ين");
            let sound = several && r.feat.case() != arabic::morph::Case::Any;
            // ("هاجم الجيش [المسلحين]": a body is not described in the plural of men; "الأكراد السوريين" are a people)
            if sound && !np.class.any(Class::HUMAN) && self.lex(np.head).adj.is_none() {
                return;
            }
            np.adjectives.push(at);
            np.tokens.end = at + 1;
            np.core.end = at + 1;
        }
    }

    /// "مقتل مدني", "إصابة عسكري", "إصابة آخرين": a word that is both adjective and person, behind a noun of what befalls people, is the person.
    fn befalls(&mut self, np: &Np, l: &Lex) -> bool {
        let person = l.noun.is_some() && l.tags.any(self.cx.lexicon.tags.person) || l.has_any(&self.cx.lexicon.sets.other);
        person && !np.shape.the && self.lex(np.head).has_any(&self.cx.lexicon.sets.befalls)
    }

    /// Does the event that a word names happen to people, so that its genitive is one of them?
    pub(super) fn befalls_people(&mut self, head: usize) -> bool {
        let lexicon = self.cx.lexicon;
        let l = self.lex(head);
        let frame = |e: &u16| &lexicon.frames[lexicon.events[*e as usize].frame];
        let events = l.syms.iter().filter_map(|(s, _)| lexicon.triggers.get(s)).flatten();
        events.into_iter().any(|(e, _)| frame(e).genitive == crate::lexicon::Slot::Recipient)
    }

    /// Does a preposition stand at this token, alone or written onto the word?
    fn leads_on(&mut self, i: usize) -> bool {
        if self.kind(i) != Some(Kind::Word) {
            return false;
        }
        let l = self.lex(i);
        let w = self.cx.words.get(self.cx.text.tokens[i].word);
        l.particle.is_some_and(|p| p.0 == Particle::Prep)
            || w.readings.iter().any(|r| Shape::of(r).prep.is_some())
            || self.actor_at(i, false).is_some_and(|m| m.start.prep)
    }

    /// An adjective in the masculine singular that cannot be of this head: a plural, or a feminine.
    fn of_another(&self, np: &Np, adjective: &arabic::words::Reading) -> bool {
        use arabic::morph::Gender;
        let Some(head) = np.reading.and_then(|r| self.cx.words.get(self.cx.text.tokens[np.head].word).readings.get(r as usize)) else { return false };
        let one_masculine = adjective.feat.number() == Number::Singular && adjective.feat.gender() == Gender::Masc;
        one_masculine && np.actor.is_empty() && (head.feat.number() == Number::Plural || head.feat.gender() == Gender::Fem)
    }

    /// A singular head and an adjective of the other gender: "وزير [مالية]" is a genitive.
    fn disagrees(&self, np: &Np, adjective: &arabic::words::Reading) -> bool {
        use arabic::morph::Gender;
        let Some(r) = np.reading else { return false };
        let Some(head) = self.cx.words.get(self.cx.text.tokens[np.head].word).readings.get(r as usize) else { return false };
        let singular = head.feat.number() == Number::Singular && adjective.feat.number() == Number::Singular;
        // "وزير [مالية]" is a genitive, "وزير الخارجية [الروسي]" describes the minister
        let mixed = match (head.feat.gender(), adjective.feat.gender()) {
            (Gender::Masc, Gender::Fem) => true,
            (Gender::Fem, Gender::Masc) => !np.event,
            _ => false,
        };
        singular && np.genitive.is_none() && mixed && np.actor.is_empty()
    }

    /// "استهدف قناص [مدنيا]", "اغتال مسلحون [ناشطا]": what has the alif of the accusative does not describe a noun that would show it and does not.
    fn other_case(&self, np: &Np, adjective: &arabic::words::Word) -> bool {
        let head = &self.cx.words.get(self.cx.text.tokens[np.head].word).key;
        let accusative = adjective.readings.iter().any(|r| r.is_nominal() && r.feat.case() == arabic::morph::Case::Acc) && adjective.key.ends_with('ا');
        accusative && !head.ends_with(['ا', 'ى', 'ي', 'ء'])
    }

    /// "أطلقت الشرطة [الغاز]", "طالبت القوات [المجتمع]": what could be a noun too does not describe a singular of the other gender or a plural.
    fn too_masculine(&self, np: &Np, adjective: &arabic::words::Reading) -> bool {
        use arabic::morph::Gender;
        let Some(head) = np.reading.and_then(|r| self.cx.words.get(self.cx.text.tokens[np.head].word).readings.get(r as usize)) else { return false };
        let one_man = adjective.feat.number() == Number::Singular && adjective.feat.gender() == Gender::Masc;
        let other = match head.feat.number() {
            Number::Singular => head.feat.gender() == Gender::Fem,
            Number::Plural => true,
            _ => false,
        };
        one_man && np.genitive.is_none() && other
    }

    /// Names behind a title, a rank, a person: "العقيد مصطفى بكور", and behind a comma: "المستشار، جون كيربي،".
    fn apposition(&mut self, np: &mut Np, titled: bool, depth: u8) {
        let mut at = np.tokens.end;
        // "المتحدث باسم الجيش"
        if self.is(at, &self.cx.lexicon.sets.on_behalf)
            && let Some(child) = self.np(at + 1, false, depth + 1)
        {
            let c = &self.out.nps[child];
            np.tokens.end = c.tokens.end;
            np.core.end = c.core.end;
            np.owner = Some(child);
            np.definite = true;
            at = np.tokens.end;
        }
        // further titles: "قائد العمليات اللواء الركن"
        let title = self.cx.lexicon.tags.title.or(self.cx.lexicon.tags.rank);
        let reading = np.reading.and_then(|r| self.cx.words.get(self.cx.text.tokens[np.head].word).readings.get(r as usize));
        let several = reading.is_some_and(|r| matches!(r.feat.number(), Number::Plural | Number::Dual));
        let mut k = at;
        let mut comma = false;
        if titled && self.punct(k) == Some('،') || self.punct(k) == Some(',') && titled {
            comma = true;
            k += 1;
        }
        let from = k;
        while k < self.end && self.kind(k) == Some(Kind::Word) && k < from + 3 {
            let l = self.lex(k);
            let w = self.cx.words.get(self.cx.text.tokens[k].word);
            // "العقيد الطيار مصطفى", "الراحل الملا محمد"
            let described = has_article(&w.key) && titled && (l.adj.is_some() || l.noun.is_some()) && self.named_at(k + 1);
            // "اعتقل جنود الاحتلال [المواطن] خالد": one man is no name of several
            let one = l.noun.is_some_and(|n| w.readings[n as usize].feat.number() == Number::Singular);
            let person = l.tags.any(self.cx.lexicon.tags.person) && has_article(&w.key);
            if k == at && one && person && several && !np.tags.any(self.cx.lexicon.tags.official) {
                return;
            }
            // "العقيد ركن عبدالله", "اللواء احتياط"
            let detail = np.tags.any(self.cx.lexicon.tags.rank) && self.is(k, &self.cx.lexicon.sets.rank_detail);
            if l.tags.any(title) && has_article(&w.key) && titled && l.noun.is_some() || described || detail {
                k += 1;
            } else {
                break;
            }
        }
        let first = k;
        while k < self.end && k < first + 7 {
            if self.time_at(k).is_some() || self.number_at(k).is_some() {
                break;
            }
            match self.kind(k) {
                Some(Kind::Word) => {
                    let l = self.lex(k);
                    let w = self.cx.words.get(self.cx.text.tokens[k].word);
                    let name = l.name.is_some()
                        && (l.noun.is_none() && l.adj.is_none() && l.verb.is_none() || k > first || w.readings[l.name.unwrap_or(0) as usize].exact);
                    let link = self.is(k, &self.cx.lexicon.sets.name_link);
                    let member = l.has_any(&self.cx.lexicon.sets.relation) && self.leads_on(k + 1);
                    let surname = !member && k > first && has_article(&w.key) && (l.unknown || l.adj.is_some() || l.name.is_some());
                    let unknown = l.unknown && !has_article(&w.key) && (titled || np.class.any(Class::NAMELIKE));
                    // ("ميخائيل بوغدانوف [وفدا]" begins the object)
                    let bound = |shape: Shape| shape.accusative || shape.prep.is_some() || shape.wa;
                    // ("الشهيد أحمد [متأثرا] بجروحه" tells his state)
                    let accusative = w.readings.iter().any(|r| r.is_nominal() && r.feat.case() == arabic::morph::Case::Acc) && w.key.ends_with('ا');
                    let bound = accusative || l.noun.or(l.adj).is_some_and(|n| bound(Shape::of(&w.readings[n as usize])));
                    // a name that is also a common word, where the phrase ends: "مصطفى سلطان عابد (22 عاما)"
                    let common =
                        k > first && titled && !has_article(&w.key) && (l.noun.is_some() || l.adj.is_some()) && !w.marks.tanwin && !bound && self.closes(k + 1);
                    let place = self.place_at(k).is_some_and(|p| self.cx.places[p].headed);
                    let wa = l.name.map(|n| Shape::of(&w.readings[n as usize])).is_some_and(|s| s.wa || s.prep.is_some());
                    let ali = (titled || k > first) && self.is_ali(k);
                    if !ali && (place || wa || !(name || link || surname || unknown || common) || l.only_particle && !link) {
                        break;
                    }
                    k += 1;
                }
                Some(Kind::Foreign) if k > first => k += 1,
                _ => break,
            }
        }
        if k == from {
            return;
        }
        // a name behind a comma must be closed by one, or by a verb
        if comma {
            let l = self.lex(k);
            let closed = matches!(self.punct(k), Some('،' | ',' | '.' | ':' | '"' | '”' | '«'))
                || k >= self.end
                || l.verb.is_some()
                || matches!(l.particle, Some((Particle::Comp | Particle::Prep | Particle::Rel, _)));
            if !closed || k == first && from == first {
                return;
            }
        }
        if k > first {
            np.name = Some(first..k);
        }
        np.tokens.end = k;
        np.core.end = k;
        np.definite = true;
    }

    /// "السيد علي خامنئي": the man's name, not the preposition, when another name or the end of the phrase follows.
    fn is_ali(&self, i: usize) -> bool {
        let next = self.lex(i + 1);
        let goes_on =
            next.name.is_some() && !next.only_particle && !has_article(self.key(i + 1)) || next.unknown || self.is(i + 1, &self.cx.lexicon.sets.name_link);
        let dotted = self.is(i, &self.cx.lexicon.sets.name_too) && self.cx.words.get(self.cx.text.tokens[i].word).clean.ends_with('ي');
        dotted && (goes_on || self.kind(i + 1) != Some(Kind::Word))
    }

    /// Does a phrase end before this token: at a mark, a preposition, the end, or one more word before such?
    fn closes(&mut self, i: usize) -> bool {
        let ends = |this: &mut Self, i: usize| {
            i >= this.end || this.kind(i) != Some(Kind::Word) || matches!(this.lex(i).particle, Some((Particle::Prep | Particle::Comp | Particle::Rel, _)))
        };
        ends(self, i) || ends(self, i + 1) && self.lex(i).verb.is_none() && self.lex(i).nominal() && !has_article(self.key(i))
    }

    /// A personal name begins here, or a title before one.
    fn named_at(&mut self, i: usize) -> bool {
        let title = self.cx.lexicon.tags.title.or(self.cx.lexicon.tags.rank);
        if self.kind(i) != Some(Kind::Word) || self.place_at(i).is_some() {
            return false;
        }
        let l = self.lex(i);
        let w = self.cx.words.get(self.cx.text.tokens[i].word);
        let name = l.name.is_some_and(|n| w.readings[n as usize].exact && !has_article(&w.key) || l.verb.is_none() && l.noun.is_none() && l.adj.is_none());
        name || l.tags.any(title) && self.kind(i + 1) == Some(Kind::Word) && self.lex(i + 1).name.is_some()
    }

    /// Whose it is: "مواقع للمعارضة", "نقطة تابعة للحوثيين", "فصائل موالية لتركيا", "مصدر في الوزارة".
    fn attach_owner(&mut self, np: &mut Np, depth: u8) {
        let t = &self.cx.lexicon.tags;
        let at = np.tokens.end;
        if self.kind(at) != Some(Kind::Word) || self.time_at(at).is_some() || np.place.is_some() && !np.tags.any(t.base) {
            return;
        }
        let l = self.lex(at);
        let w = self.cx.words.get(self.cx.text.tokens[at].word);
        let save = self.out.nps.len();
        // a relational participle and its preposition
        // ("مخزن أسلحة [تابعا] للمسلحين": of two nouns the one that it agrees with)
        let of_this = depth == 0 || !l.adj.is_some_and(|a| self.of_another(np, &w.readings[a as usize]));
        // "القوات مدعومة بالحشد": in what state they are, not who they are
        let bare = l.adj.is_some_and(|a| !Shape::of(&w.readings[a as usize]).the);
        let definite = np.core.clone().any(|i| has_article(self.key(i)));
        let state = definite && bare && l.has_any(&self.cx.lexicon.sets.allied) && np.class.any(Class::GROUP);
        let relational = l.has_any(&self.cx.lexicon.sets.relation) && l.adj.is_some() && of_this && !state;
        let agentish = np.class.any(Class::AGENT.or(Class::BASE).or(Class::THING).or(Class::SOURCE).or(Class::FLEET).or(Class::GROUP)) || !np.actor.is_empty();
        if relational && agentish {
            let next = at + 1;
            // تابعة لـ / موالية للحكومة / مدعومة من
            let prep_word = self.is(next, &self.cx.lexicon.sets.relation_lead);
            let from = if prep_word { next + 1 } else { next };
            // "وداعميه من جهة أخرى" parts the sides
            if self.lex(from).has_any(&self.cx.lexicon.sets.aside) {
                return;
            }
            if let Some(child) = self.np(from, false, depth + 1) {
                let c = &self.out.nps[child];
                let ok = prep_word || c.shape.prep.is_some();
                if ok && c.tokens.start == from {
                    np.tokens.end = c.tokens.end;
                    np.core.end = c.core.end;
                    np.owner = Some(child);
                    // "الفصائل الموالية لها": a pronoun would not be a phrase
                    return;
                }
            }
            self.out.nps.truncate(save);
            // "الموالية لها", "التابعين له"
            if self.is(next, &self.cx.lexicon.sets.to_them) {
                np.tokens.end = next + 1;
                np.core.end = next + 1;
                return;
            }
            if prep_word {
                return;
            }
        }
        // ل of possession behind positions, vehicles, members
        let holds = np.class.any(Class::BASE.or(Class::THING).or(Class::WEAPON).or(Class::FLEET))
            || np.tags.any(t.base.or(t.vehicle))
            || np.class.any(Class::PLACE) && np.place.is_none()
            || np.class == Class::AGENT.or(Class::GROUP) && !np.shape.the && np.genitive.is_none() && np.actor.is_empty();
        let lam = w.readings.iter().any(|r| Shape::of(r).prep == Some('ل'))
            || self.actor_at(at, false).is_some_and(|m| m.start.prep) && self.prep_letter(at) == Some('ل');
        if holds && lam && np.pron == Enclitic::None && !l.only_particle && !np.event {
            if let Some(child) = self.np(at, false, depth + 1) {
                let c = &self.out.nps[child];
                if c.shape.prep == Some('ل') && (c.class.any(Class::AGENT.or(Class::GROUP).or(Class::HUMAN)) || !c.actor.is_empty()) {
                    np.tokens.end = c.tokens.end;
                    np.core.end = c.core.end;
                    np.owner = Some(child);
                    return;
                }
            }
            self.out.nps.truncate(save);
        }
        // "الأمين العام للأمم المتحدة", "القيادة العامة للجيش"
        // "القائد المحلي للشرطة": so is a man of office who is described, whatever by
        let of_office = np.class.any(Class::HUMAN.or(Class::GROUP)) && np.adjectives.last().is_some_and(|a| self.lex(*a).has_any(&self.cx.lexicon.sets.office));
        let officer = np.shape.the && np.class.any(Class::HUMAN) && np.tags.any(t.official.or(t.rank)) && !np.adjectives.is_empty();
        let relative = np.shape.the && self.lex(np.head).has_any(&self.cx.lexicon.sets.kin);
        // "الهيئة العليا لشؤون العشائر", "المنظمة الدولية للهجرة": what a body is for is its name
        let body = np.shape.the && !np.adjectives.is_empty() && np.class.any(Class::GROUP) && !np.tags.any(t.combatant.or(t.fleet)) && np.actor.is_empty();
        let office = of_office || officer || relative || body;
        if office && lam && np.owner.is_none() && !l.only_particle {
            if let Some(child) = self.np(at, false, depth + 1) {
                let c = &self.out.nps[child];
                let somebody = c.class.any(Class::GROUP) || !c.actor.is_empty();
                let matter = body && !somebody && !c.class.any(Class::HUMAN) && c.place.is_none() && c.pron == Enclitic::None;
                if c.shape.prep == Some('ل') && (somebody && !c.event || relative && c.class.any(Class::HUMAN) && !c.event || matter) {
                    np.tokens.end = c.tokens.end;
                    np.core.end = c.core.end;
                    np.owner = Some(child);
                    self.apposition(np, true, depth);
                    return;
                }
            }
            self.out.nps.truncate(save);
        }
        // "ممثلون عن الحكومة"
        if self.is(at, &self.cx.lexicon.sets.about) && np.class.any(Class::HUMAN) && np.tags.any(t.official.or(t.source)) && self.time_at(at + 1).is_none() {
            if let Some(child) = self.np(at + 1, false, depth + 1) {
                let c = &self.out.nps[child];
                if (c.class.any(Class::GROUP) || !c.actor.is_empty()) && !c.event {
                    np.tokens.end = c.tokens.end;
                    np.core.end = c.core.end;
                    np.owner = Some(child);
                    return;
                }
            }
            self.out.nps.truncate(save);
        }
        // a source and where it speaks from
        let source = np.actor.is_empty() && (np.tags.any(t.source) || np.tags.any(t.official) && !np.shape.the);
        let word = self.is(at, &self.cx.lexicon.sets.speaks_from) && !self.lex(at + 1).has_any(&self.cx.lexicon.sets.hand);
        let prep = word || w.readings.iter().any(|r| Shape::of(r).prep == Some('ب') && Shape::of(r).pron == Enclitic::None) && l.noun.is_some();
        if source && prep && !np.event {
            let from = if word { at + 1 } else { at };
            if self.time_at(from).is_none() {
                if let Some(child) = self.np(from, false, depth + 1) {
                    let c = &self.out.nps[child];
                    let head = c.head;
                    // "هيئة كذا من جهة": that parts two sides
                    let side = self.lex(head).has_any(&self.cx.lexicon.sets.aside);
                    let c = &self.out.nps[child];
                    let body = !side && (c.class.any(Class::GROUP.or(Class::THING).or(Class::PLACE).or(Class::BASE).or(Class::SOURCE)) || !c.actor.is_empty());
                    if body && !c.event && (word || c.shape.prep == Some('ب')) {
                        np.tokens.end = c.tokens.end;
                        np.core.end = c.core.end;
                        np.owner = Some(child);
                        return;
                    }
                }
                self.out.nps.truncate(save);
            }
        }
    }

    /// "عناصر من حزب العمال", "قيادي في التنظيم", "مسلحين من العناصر".
    fn partitive_of_member(&mut self, np: &mut Np, depth: u8) {
        let t = &self.cx.lexicon.tags;
        // "حلفاؤه من الحزب"
        // "القيادي في الحركة سالم": of which body a man is, before his name
        let member_of = np.shape.the && np.class.any(Class::HUMAN) && np.name.is_none() && self.is(np.tokens.end, &self.cx.lexicon.sets.within);
        let definite = np.definite && np.pron == Enclitic::None && !member_of;
        if np.owner.is_some() || np.genitive.is_some() || definite || np.event || np.place.is_some() {
            return;
        }
        let member = np.tags.any(t.combatant.or(t.people).or(t.person)) || np.class.any(Class::HUMAN.or(Class::GROUP));
        let at = np.tokens.end;
        let (of, within) = (self.is(at, &self.cx.lexicon.sets.of), self.is(at, &self.cx.lexicon.sets.within));
        let by = of && self.lex(at + 1).has_any(&self.cx.lexicon.sets.hand);
        if !member || !of && !within || by || self.time_at(at).is_some() {
            return;
        }
        let save = self.out.nps.len();
        if let Some(child) = self.np(at + 1, false, depth + 1) {
            let c = &self.out.nps[child];
            // "ثلاثة أشخاص في أنقرة" are not of the state
            let state = within && c.actor.iter().any(|a| self.cx.lexicon.actors[a.actor as usize].state);
            let group = c.class.any(Class::GROUP) || !c.actor.is_empty() || of && c.class.any(Class::HUMAN);
            let body = group && !state && c.place.is_none() && !c.event && (!member_of || c.definite);
            if body {
                np.tokens.end = c.tokens.end;
                np.core.end = c.core.end;
                np.owner = Some(child);
                if member_of {
                    self.apposition(np, true, depth);
                }
                return;
            }
        }
        self.out.nps.truncate(save);
    }
}
