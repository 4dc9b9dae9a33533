//! Records: what was made out, quoted from the text.

use super::*;

impl Job<'_> {
    pub(crate) fn claims(&self) -> Vec<Claim> {
        if self.protos.iter().all(|p| p.gone) {
            return Vec::new();
        }
        let cp = CodePoints::new(&self.doc.text);
        let sha = crate::hash::sha256_hex(self.doc.text.as_bytes());
        let doc = DocRef {
            id: self.doc.id.clone(),
            sha256: sha,
            title: self.doc.title.clone(),
            outlet: self.doc.outlet.clone(),
            published: self.doc.published.clone(),
            url: self.doc.url.clone(),
            extra: self.doc.extra.clone(),
        };
        let mut out = Vec::new();
        let mut seen = std::collections::HashMap::new();
        for p in self.protos.iter().filter(|p| !p.gone) {
            let mut c = self.claim(p, &cp, &doc);
            let base = format!("{}\0{}\0{}\0{}\0{}", doc.id, doc.sha256, c.event_type.as_str(), c.trigger.start, c.trigger.end);
            let n: &mut usize = seen.entry(base.clone()).or_default();
            c.id = format!("clm_{}", &crate::hash::sha256_hex(format!("{base}\0{n}").as_bytes())[..20]);
            *n += 1;
            out.push(c);
        }
        out.sort_by_key(|c| (c.trigger.start, c.trigger.end));
        out
    }

    /// Every claim in the making, with what was seen of it.
    pub(crate) fn candidates(&self) -> Vec<Candidate> {
        let cp = CodePoints::new(&self.doc.text);
        let doc = DocRef { id: self.doc.id.clone(), sha256: String::new(), title: None, outlet: None, published: None, url: None, extra: Default::default() };
        let mut out: Vec<Candidate> =
            self.protos.iter().filter(|p| !p.gone).map(|p| Candidate { claim: self.claim(p, &cp, &doc), event: p.event, features: p.features }).collect();
        out.sort_by_key(|c| (c.claim.trigger.start, c.claim.trigger.end));
        out
    }

    pub(super) fn span(&self, bytes: Range<usize>, cp: &CodePoints<'_>) -> Span {
        Span { text: self.doc.text[bytes.clone()].to_string(), start: cp.at(bytes.start), end: cp.at(bytes.end) }
    }

    /// The bytes of some tokens without clitics of the first and quotation marks that are not closed inside.
    pub(super) fn bytes(&self, tokens: Range<usize>, skip: u8) -> Range<usize> {
        let mut tokens = tokens;
        let text = self.cx.text;
        let quote = |i: usize| {
            text.tokens[i].kind == arabic::text::Kind::Punct
                && matches!(text.slice(text.tokens[i].range()), "\"" | "«" | "»" | "“" | "”" | "(" | ")" | "‘" | "’" | "'")
        };
        // a leading mark without its partner, or a pair around everything
        loop {
            if tokens.len() < 2 {
                break;
            }
            let marks = tokens.clone().filter(|i| quote(*i)).count();
            if quote(tokens.start) && (marks % 2 == 1 || quote(tokens.end - 1)) {
                tokens.start += 1;
                if quote(tokens.end - 1) && marks % 2 == 0 {
                    tokens.end -= 1;
                }
                continue;
            }
            if quote(tokens.end - 1) && marks % 2 == 1 {
                tokens.end -= 1;
                continue;
            }
            break;
        }
        let b = text.span(tokens);
        let cut = skip_bytes(text.slice(b.clone()), skip);
        b.start + cut..b.end
    }

    pub(super) fn claim(&self, p: &Proto, cp: &CodePoints<'_>, doc: &DocRef) -> Claim {
        let lexicon = self.cx.lexicon;
        let e = &lexicon.events[p.event];
        let s = &self.sentences[p.sentence];
        let mut why = p.why.clone();
        let trigger = self.span(self.cx.text.span(p.trigger.tokens.clone()), cp);
        let sentence = {
            let b = self.cx.text.span(s.tokens.clone());
            Extent { start: cp.at(b.start), end: cp.at(b.end) }
        };
        let claimed = p.parts.claimed || p.sources.iter().any(|c| p.actors.iter().any(|a| a.np == c.np && a.sentence == c.sentence));
        let accused = p.sources.iter().any(|c| c.stance == Stance::Alleges);
        let participants = |list: &[Arg], actor: bool, why: &mut Vec<String>| -> Vec<Participant> {
            list.iter()
                .map(|a| {
                    let basis = match a.basis {
                        Basis::Named if actor && p.parts.disowned => Basis::Accused,
                        Basis::Named if actor && claimed => Basis::Claimed,
                        Basis::Named if actor && accused => Basis::Accused,
                        b => b,
                    };
                    let (p, rule) = self.participant(a, Some(e.event_type), basis, !p.sources.is_empty(), cp);
                    why.push(format!("{} {}: {}, {rule}", if actor { "actor" } else { "recipient" }, p.span.start, a.why));
                    p
                })
                .collect()
        };
        let actors = participants(&p.actors, true, &mut why);
        // "وإصابة 43": a figure without a noun names nobody; it is told among the counts
        let named: Vec<Arg> = p.recipients.iter().filter(|a| !self.bare_figure(a)).cloned().collect();
        let recipients = self.paired(&named, participants(&named, false, &mut why), cp);
        let places = self.places(p, cp, &mut why);
        let time = self.time(p, cp, &mut why);
        let counts: Vec<Count> = p
            .counts
            .iter()
            .map(|(_, t)| {
                why.push(format!("count: {}", t.why));
                Count {
                    span: self.span(self.bytes(t.tokens.clone(), t.skip), cp),
                    kind: t.kind,
                    low: t.low,
                    high: t.high,
                    vague: t.vague.map(|v: Vague| v.as_str().to_string()),
                    approx: t.approx,
                    group: t.group,
                    relation: t.relation,
                    credited: None,
                }
            })
            .collect();
        let speech = e.event_type.is_speech();
        let mut sources: Vec<Source> = Vec::new();
        for c in &p.sources {
            let sent = &self.sentences[c.sentence];
            let np = &sent.nps[c.np];
            if speech && p.actors.iter().any(|a| a.np == c.np && a.sentence == c.sentence) {
                continue;
            }
            let id = self.identify(c.sentence, c.np, None);
            let ac = id.actor.map(|i| &lexicon.actors[i]);
            why.push(format!("source: {}", c.why));
            sources.push(Source {
                span: self.span(self.bytes(np.core.start..c.end, np.shape.skip), cp),
                name: ac.map(|a| a.name.to_string()),
                id: ac.map(|a| a.id.to_string()),
                kind: who::source_kind(self.cx, sent, &self.lexes[c.sentence], c.np, &self.setting),
                stance: c.stance,
                cue: c.cue.map(|t| self.span(self.cx.text.tokens[t].range(), cp)),
            });
        }
        let objects = self.objects(p, cp);
        let framing = self.framing(p, cp);
        Claim {
            id: String::new(),
            doc: doc.clone(),
            event_type: e.event_type,
            modes: self.mode_list(p),
            contexts: self.contexts.iter().map(|c| c.to_string()).collect(),
            trigger,
            sentence,
            confidence: p.confidence,
            actors,
            recipients,
            places,
            time,
            counts,
            sources,
            event_ref: format!("e{}", p.event_ref),
            objects,
            framing,
            modality: p.modality,
            why,
        }
    }

    fn bare_figure(&self, a: &Arg) -> bool {
        let np = &self.sentences[a.sentence].nps[a.np];
        np.number.is_some() && np.class == Class::default() && !np.definite && np.owner.is_none() && !np.other && np.actor.is_empty()
    }

    /// "ضابط وجندي": two men side by side, of one kind and neither named nor counted, are one phrase.
    fn paired(&self, args: &[Arg], list: Vec<Participant>, cp: &CodePoints<'_>) -> Vec<Participant> {
        let np = |a: &Arg| &self.sentences[a.sentence].nps[a.np];
        let single = |a: &Arg| {
            let np = np(a);
            let readings = &self.cx.words.get(self.cx.text.tokens[np.head].word).readings;
            let one = readings.iter().any(|r| r.pos == arabic::morph::Pos::Noun && r.feat.number() == arabic::morph::Number::Singular);
            one && np.class.any(Class::HUMAN) && np.number.is_none() && np.quantifier.is_none() && np.name.is_none() && !np.definite && a.token.is_none()
        };
        let mut out: Vec<Participant> = Vec::new();
        for (k, p) in list.into_iter().enumerate() {
            let beside = k > 0 && single(&args[k - 1]) && single(&args[k]) && np(&args[k]).shape.wa && np(&args[k - 1]).core.end == np(&args[k]).core.start;
            match out.last_mut().filter(|q| beside && args[k - 1].sentence == args[k].sentence && q.roles == p.roles && q.civilian == p.civilian) {
                Some(first) => first.span = self.span(self.bytes(np(&args[k - 1]).core.start..np(&args[k]).core.end, np(&args[k - 1]).shape.skip), cp),
                None => out.push(p),
            }
        }
        out
    }

    /// A participant and the rule that tells who it is.
    fn participant(&self, a: &Arg, event: Option<EventType>, basis: Basis, sourced: bool, cp: &CodePoints<'_>) -> (Participant, String) {
        let lexicon = self.cx.lexicon;
        // who stands in another sentence is quoted by name: "تنظيم داعش", where that sentence has only "التنظيم"
        let bare = |a: &Arg| self.sentences[a.sentence].nps[a.np].core.len() == 1;
        let named = Some(a).filter(|a| a.basis == Basis::Inherited && a.token.is_none() && bare(a)).and_then(|a| self.mention_before(a.sentence, a.np));
        let a = &named.map_or_else(|| a.clone(), |((sentence, np), _)| Arg { sentence, np, ..a.clone() });
        let np = &self.sentences[a.sentence].nps[a.np];
        let (id, span) = match a.token {
            Some(t) => (self.identify_adjective(a.sentence, t, event), self.span(self.cx.text.tokens[t].range(), cp)),
            None => (self.identify(a.sentence, a.np, event), self.span(self.bytes(np.core.clone(), np.shape.skip), cp)),
        };
        let ac = id.actor.map(|i| &lexicon.actors[i]);
        let p = Participant {
            name: ac.map(|a| a.name.to_string()),
            name_en: ac.map(|a| a.name_en.to_string()),
            id: ac.map(|a| a.id.to_string()),
            country: id.country.map(str::to_string),
            roles: id.roles.iter().map(|r| r.to_string()).collect(),
            civilian: id.civilian,
            status_basis: id.status,
            credited: (basis == Basis::Inherited && sourced).then_some(false),
            basis,
            span,
        };
        (p, id.why)
    }

    pub(super) fn mode_list(&self, p: &Proto) -> Vec<String> {
        let ty = self.cx.lexicon.events[p.event].event_type;
        // in PLOVER's order, so that the list does not depend on how it came about
        ty.modes().iter().filter(|m| p.modes.contains(*m)).map(|m| m.to_string()).collect()
    }

    pub(super) fn places(&self, p: &Proto, cp: &CodePoints<'_>, why: &mut Vec<String>) -> Vec<Place> {
        let mut spots: Vec<&Spot> = Vec::new();
        let mut all: Vec<&Spot> = p.spots.iter().collect();
        all.sort_by_key(|s| self.cx.places[s.mention].kind.is_area());
        for s in all {
            // a town and the division that bears its name are told once
            let again = |x: &&Spot| self.cx.places[x.mention].area == self.cx.places[s.mention].area && self.same_place_or_name(x.mention, s.mention);
            if !spots.iter().any(again) {
                spots.push(s);
            }
        }
        // most specific first: what contains another one stands behind it
        let all: Vec<usize> = spots.iter().map(|s| s.mention).collect();
        let ty = p.event_type(self.cx.lexicon);
        let whence = |m: usize| {
            let place = &self.cx.places[m];
            let beside = |o: &PlaceMention| o.sentence == place.sentence && o.chain != place.chain;
            let within = |o: usize| beside(&self.cx.places[o]) && self.encloses(o, m);
            place.role == places::PlaceRole::From && !all.iter().any(|o| *o != m && within(*o))
        };
        // "قصفت جبل الزاوية، واستهدفت بلدة X": the village on the mountain
        const ON: f64 = 30.0;
        let on = |o: usize, m: &PlaceMention| {
            let town = &self.cx.places[o];
            let there =
                m.place.is_some() && town.kind == PlaceKind::Settlement && town.role == places::PlaceRole::At && town.direction == 0 && town.place.is_some();
            there && town.point.zip(m.point).is_some_and(|(p, q)| places::kilometres(p, q) < ON)
        };
        spots.sort_by_key(|s| {
            let m = &self.cx.places[s.mention];
            let outer = all.iter().any(|o| *o != s.mention && self.encloses(s.mention, *o));
            let within = all.iter().any(|o| *o != s.mention && self.encloses(*o, s.mention));
            // whence and whither are not where, unless inside of a place where it was; the wounded are brought to a hospital
            let same_chain = |o: usize| self.cx.places[o].chain == m.chain;
            let aside = match m.role {
                places::PlaceRole::From => whence(s.mention),
                // an advance takes place where it goes
                places::PlaceRole::To => ty != EventType::Aid && !p.modes.contains("territory") && (!within || m.kind == PlaceKind::Facility),
                // "من A بريف B": what it came from lies in it
                _ => all.iter().any(|o| *o < s.mention && same_chain(*o) && whence(*o) && self.encloses(s.mention, *o)),
            };
            // "أطراف A غربي B": both only locate, and A comes first; a mountain or plain on which the village lies is wider
            let beside = |o: usize| {
                let other = &self.cx.places[o];
                let wide = other.kind.is_area() || other.kind == PlaceKind::Natural;
                other.role != places::PlaceRole::Near && other.direction == 0 && !wide && !self.coordinated(s.mention, o)
            };
            let locates = match m.role {
                // "بمحيط A وفي B": all of one list
                // "قرب المطعم في مدينة A": the one is in the other
                places::PlaceRole::Near => all.iter().any(|o| beside(*o) && !(m.kind == PlaceKind::Facility && *o > s.mention && same_chain(*o))),
                _ => m.direction != 0 && !m.area,
            };
            let lies_on =
                m.kind == PlaceKind::Natural && all.iter().any(|o| *o < s.mention && same_chain(*o) && !self.cx.places[*o].kind.is_area() || on(*o, m));
            (aside, outer, self.broad(m).max(u8::from(lies_on)), locates, s.inherited, m.tokens.start)
        });
        let first = spots.first().map(|s| s.mention);
        spots
            .iter()
            .map(|s| {
                let m = &self.cx.places[s.mention];
                why.push(format!("place: {}, {}", s.why, m.found.as_str()));
                let contains = first.is_some_and(|f| {
                    f != s.mention && {
                        let fm = &self.cx.places[f];
                        match (area(m), fm.place.or(fm.approximated_by)) {
                            (Some(o), Some(i)) => o != i && self.atlas.contains(o, i),
                            _ => specific(m.kind) > specific(fm.kind) + 2,
                        }
                    }
                });
                let role = if contains { "containing" } else { m.role.as_str() };
                self.place(m, role, s.inherited, cp)
            })
            .collect()
    }

    /// Points, areas, countries and what spans several first-level areas: among places of one class the text's order holds.
    fn broad(&self, m: &PlaceMention) -> u8 {
        match m.kind {
            PlaceKind::Country => 2,
            PlaceKind::Region if !m.area && m.place.is_some_and(|p| self.atlas.admin1(p).is_none()) => 2,
            PlaceKind::Region | PlaceKind::Admin1 => 1,
            _ => 0,
        }
    }

    fn place(&self, m: &PlaceMention, role: &str, inherited: bool, cp: &CodePoints<'_>) -> Place {
        let known = m.place.map(|r| self.atlas.get(r));
        let within = area(m);
        let candidates = m.candidates.iter().take(5).filter(|_| m.candidates.len() > 1).map(|c| {
            let p = self.atlas.get(c.place);
            PlaceCandidate { id: p.id.to_string(), name_en: p.name_en.to_string(), lat: p.point.map(|x| x.0), lon: p.point.map(|x| x.1), score: c.score }
        });
        Place {
            span: self.span(m.bytes.clone(), cp),
            name: known.map(|k| k.name_ar.to_string()),
            name_en: known.map(|k| k.name_en.to_string()),
            id: known.map(|k| k.id.to_string()),
            kind: m.kind.as_str().to_string(),
            country: within.and_then(|r| self.atlas.country(r)).and_then(|c| alpha3(self.cx.lexicon, c)).map(str::to_string),
            admin1: within.and_then(|r| self.atlas.admin1(r)).map(|r| self.atlas.get(r).name_en.to_string()),
            lat: m.point.map(|x| x.0),
            lon: m.point.map(|x| x.1),
            precision: m.precision,
            role: role.to_string(),
            approximated_by: m.approximated_by.map(|r| self.atlas.get(r).id.to_string()),
            candidates: candidates.collect(),
            inherited,
        }
    }

    /// How the sentences were cut, one line each: `verb[..]`, `np[..]` with its classes, particles as they are.
    pub(crate) fn cut(&self) -> Vec<String> {
        let text = self.cx.text;
        let show = |r: Range<usize>| text.slice(text.span(r)).to_string();
        self.sentences
            .iter()
            .map(|s| {
                let parts = s.phrases.iter().map(|p| match p {
                    Phrase::Np(n) => {
                        let np = &s.nps[*n];
                        let mut marks = np.class.names();
                        marks.extend(np.actor.iter().map(|a| self.cx.lexicon.actors[a.actor as usize].id.to_string()));
                        marks.extend(np.place.map(|_| "place".to_string()));
                        marks.extend(np.event.then(|| "event".to_string()));
                        marks.extend(np.owner.map(|o| format!("of {}", show(s.nps[o].core.clone()))));
                        marks.extend(np.genitive.map(|o| format!("gen {}", show(s.nps[o].core.clone()))));
                        let rest = if np.tokens == np.core { String::new() } else { format!(" ({})", show(np.tokens.clone())) };
                        format!("np[{}{rest} | {}]", show(np.core.clone()), marks.join(" "))
                    }
                    Phrase::Verb(t) => {
                        let v = s.verb(*t).map(|v| v.1);
                        let voice = v.map_or("", |v| {
                            if v.passive {
                                " passive"
                            } else if v.active {
                                " active"
                            } else {
                                ""
                            }
                        });
                        format!("verb[{}{voice}]", show(*t..*t + 1))
                    }
                    Phrase::Time(t) => format!("time[{}]", show(self.cx.times[*t].tokens.clone())),
                    Phrase::Prep(t) => format!("prep[{}]", show(*t..*t + 1)),
                    Phrase::Comp(t) => format!("comp[{}]", show(*t..*t + 1)),
                    Phrase::Sub(t) => format!("sub[{}]", show(*t..*t + 1)),
                    Phrase::Rel(t) => format!("rel[{}]", show(*t..*t + 1)),
                    Phrase::Conj(t) => format!("conj[{}]", show(*t..*t + 1)),
                    Phrase::Neg(t) => format!("neg[{}]", show(*t..*t + 1)),
                    Phrase::Mark(t, _) | Phrase::Quote(t, _) => show(*t..*t + 1),
                    Phrase::Other(t) => format!("other[{}]", show(*t..*t + 1)),
                });
                parts.collect::<Vec<_>>().join(" ")
            })
            .collect()
    }

    /// Every place of the document, in order.
    pub(crate) fn all_places(&self) -> Vec<Place> {
        let cp = CodePoints::new(&self.doc.text);
        self.cx.places.iter().map(|m| self.place(m, m.role.as_str(), false, &cp)).collect()
    }

    /// Every participant of the document, in order; a phrase inside another one only when it names somebody else.
    pub(crate) fn all_participants(&self) -> Vec<Participant> {
        let cp = CodePoints::new(&self.doc.text);
        let mut out: Vec<Participant> = Vec::new();
        for (s, sentence) in self.sentences.iter().enumerate() {
            let acts = |n: &Np| {
                let body = !n.actor.is_empty() && (n.place.is_none() || n.shape.prep.is_none())
                    || n.class.any(Class::AGENT.or(Class::HUMAN).or(Class::GROUP))
                    || n.name.is_some();
                body && !n.event && (n.place.is_none() || !n.actor.is_empty())
            };
            for (n, np) in sentence.nps.iter().enumerate() {
                // of phrases with one head the longest
                let longer = sentence.nps.iter().enumerate().any(|(m, o)| m != n && o.head == np.head && (o.tokens.len(), m) > (np.tokens.len(), n) && acts(o));
                if acts(np) && !longer {
                    out.push(self.participant(&Arg { sentence: s, np: n, token: None, basis: Basis::Named, why: "np" }, None, Basis::Named, false, &cp).0);
                }
            }
        }
        out.sort_by_key(|p| (p.span.start, std::cmp::Reverse(p.span.end)));
        out.dedup_by(|a, b| a.span == b.span);
        out
    }

    pub(super) fn time(&self, p: &Proto, cp: &CodePoints<'_>, why: &mut Vec<String>) -> Option<Time> {
        let anchor = self.anchor?;
        let from_title = TimeAnchor { date: anchor.moment.date(), from: "published".into() };
        let precision = |a: Moment, b: Moment| match b.days_since(a) {
            0..=1 => 1,
            2..=7 => 2,
            _ => 3,
        };
        match p.time {
            Some((t, rule)) => {
                let x = &self.cx.times[t];
                let (a, b) = self.days_of(p)?;
                why.push(format!("time: {rule}, {}", x.rule));
                let inherited = !self.sentences[p.sentence].tokens.contains(&x.tokens.start);
                Some(Time {
                    span: Some(self.span(x.bytes.clone(), cp)),
                    from: a.date(),
                    to: b.date(),
                    precision: precision(a, b),
                    basis: if inherited { "inherited" } else { "expression" }.into(),
                    anchor: Some(from_title),
                    conflict: x.conflict.clone(),
                })
            }
            None => {
                why.push("time: time.published".into());
                let d = anchor.moment.date();
                Some(Time { span: None, from: d.clone(), to: d, precision: 1, basis: "document".into(), anchor: Some(from_title), conflict: None })
            }
        }
    }

    pub(super) fn objects(&self, p: &Proto, cp: &CodePoints<'_>) -> Vec<Object> {
        let d = self.cx.words.dictionary();
        let kinds: [(&str, ObjectKind); 12] = [
            ("hospital", ObjectKind::Hospital),
            ("school", ObjectKind::School),
            ("worship", ObjectKind::Worship),
            ("market", ObjectKind::Market),
            ("camp", ObjectKind::Camp),
            ("dwelling", ObjectKind::Dwelling),
            ("aid", ObjectKind::Aid),
            ("pressobject", ObjectKind::Press),
            ("heritage", ObjectKind::Heritage),
            ("utility", ObjectKind::Utility),
            ("bridge", ObjectKind::BridgeOrRoad),
            ("airport", ObjectKind::Airport),
        ];
        let mut out: Vec<Object> = Vec::new();
        for (s, n) in &p.things {
            let np = &self.sentences[*s].nps[*n];
            if !np.tags.any(self.cx.lexicon.tags.objects) {
                continue;
            }
            for (tag, kind) in kinds {
                if np.tags.any(d.tags(&[tag])) {
                    let span = self.span(self.bytes(np.core.clone(), np.shape.skip), cp);
                    if !out.iter().any(|o| o.span == span) {
                        out.push(Object { span, kind });
                    }
                    break;
                }
            }
        }
        out
    }

    /// Loaded wording in what a claim quotes. A word of a proper name is none: "كتائب شهداء الأقصى".
    pub(super) fn framing(&self, p: &Proto, cp: &CodePoints<'_>) -> Vec<Framing> {
        let lexicon = self.cx.lexicon;
        let mut tokens: BTreeSet<(usize, usize)> = p.trigger.tokens.clone().map(|t| (p.sentence, t)).collect();
        let mut loaded: Vec<Framing> = Vec::new();
        if let Form::Noun(n) = p.trigger.form {
            tokens.extend(self.sentences[p.sentence].nps[n].core.clone().map(|t| (p.sentence, t)));
        }
        tokens.extend(p.counts.iter().flat_map(|(s, t)| t.tokens.clone().map(|i| (*s, i))));
        let people = p.actors.iter().chain(&p.recipients).filter(|a| a.token.is_none()).map(|a| (a.sentence, a.np));
        let named = people.chain(p.sources.iter().map(|c| (c.sentence, c.np)));
        for (s, n) in named {
            let np = &self.sentences[s].nps[n];
            tokens.extend(np.core.clone().filter(|t| self.term(s, *t).is_some() && !self.in_proper_name(np, *t)).map(|t| (s, t)));
            if let Some(alias) = np.actor.iter().find(|x| x.loaded) {
                let span = self.span(self.bytes(np.core.clone(), np.shape.skip), cp);
                loaded.push(Framing { span, term: lexicon.actors[alias.actor as usize].id.to_string() });
            }
        }
        for q in p.linked.iter().filter_map(|j| self.protos.get(*j)) {
            tokens.extend(q.trigger.tokens.clone().map(|t| (q.sentence, t)));
        }
        for (s, t) in tokens {
            if let Some(term) = self.term(s, t) {
                loaded.push(Framing { span: self.span(self.cx.text.tokens[t].range(), cp), term: term.to_string() });
            }
        }
        loaded.sort_by(|a, b| (a.span.start, a.span.end, &a.term).cmp(&(b.span.start, b.span.end, &b.term)));
        loaded.dedup();
        loaded
    }

    /// The loaded term that a word is.
    fn term(&self, sentence: usize, token: usize) -> Option<&str> {
        let l = self.lexes[sentence].get(token).filter(|l| !l.syms.is_empty())?;
        self.cx.lexicon.terms.iter().find(|x| l.has_any(&x.words)).map(|x| x.id)
    }

    /// The word stands in the name that the actor goes by, not in one that somebody gives it.
    fn in_proper_name(&self, np: &Np, token: usize) -> bool {
        let skip = if token == np.core.start { np.shape.skip } else { 0 };
        let word = arabic::names::name_words(self.cx.text.slice(self.bytes(token..token + 1, skip)));
        let proper = |actor: u32| arabic::names::name_words(self.cx.lexicon.actors[actor as usize].name);
        np.actor.iter().filter(|a| !a.loaded).any(|a| proper(a.actor).iter().any(|w| Some(w) == word.first()))
    }
}

/// How specific a kind of place is: 0 most.
pub(super) fn specific(k: PlaceKind) -> u8 {
    match k {
        PlaceKind::Neighbourhood | PlaceKind::Facility | PlaceKind::Road => 0,
        PlaceKind::Settlement => 1,
        PlaceKind::Natural => 2,
        PlaceKind::Admin3 => 3,
        PlaceKind::Admin2 => 4,
        PlaceKind::Region => 5,
        PlaceKind::Admin1 => 6,
        PlaceKind::Country => 7,
    }
}

/// The gazetteer's place of a mention: itself, the likeliest, or the area that stands in for it.
pub(super) fn area(m: &PlaceMention) -> Option<PlaceRef> {
    m.place.or(m.candidates.first().map(|c| c.place)).or(m.approximated_by)
}
