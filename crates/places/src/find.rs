//! Where a text names places: heads and names, lists, directions.

use crate::gazetteer::{Gazetteer, PlaceId};
use crate::source::PlaceKind;
use crate::words::{PlaceWords, Role};
use arabic::fold::{Level, fold_str};
use arabic::morph::{Number, Pos};
use arabic::names::{NameColumn, NameIndex, Start, bare};
use arabic::text::{Kind, Text};
use arabic::words::{Column, Proclitics, Word, Words};
use smallvec::SmallVec;
use std::ops::Range;

/// A place of one of the finder's gazetteers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlaceRef {
    /// Which gazetteer: 0 is the embedded one.
    pub layer: u8,
    /// Which place in it.
    pub id: PlaceId,
}

/// What a word is to the finder.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cell {
    roles: SmallVec<[Role; 2]>,
    /// و or ف stands in front of a role word or a known noun.
    head_wa: bool,
    /// A preposition written onto a head word.
    head_prep: bool,
    /// The head word carries the article.
    head_the: bool,
    number: Option<Number>,
    /// An everyday word by the dictionary, other than a name; no toponym by itself.
    everyday: bool,
    /// Read as a verb.
    verb: bool,
    /// A given or family name.
    personal: bool,
    /// Names a person, title or rank: what follows is a person's name.
    titled: bool,
    adjective: bool,
    /// Read as an adjective with the article.
    the: bool,
    particle: bool,
    /// ي(ة) adjective of place or group.
    nisba: bool,
    known: bool,
}

pub(crate) struct Tables<'a> {
    pub layers: &'a [Gazetteer<'static>],
    pub words: &'a PlaceWords,
    pub person: arabic::dict::Tags,
    pub nisba: arabic::dict::Tags,
}

fn cell(t: &Tables<'_>, w: &Word, words: &Words) -> Cell {
    let mut c = Cell { known: !w.is_unknown(), ..Cell::default() };
    for r in &w.readings {
        let text = words.dictionary().lemma(r.lemma).text;
        let lemma = fold_str(text, Level::Folded);
        let plain = !r.pro.any(Proclitics::SA) && r.enc == arabic::words::Enclitic::None && matches!(r.pos, Pos::Noun | Pos::Adj | Pos::Particle);
        if plain {
            for role in t.words.get(&lemma) {
                if !c.roles.contains(role) {
                    c.roles.push(*role);
                    c.head_wa |= r.pro.any(Proclitics::CONJ);
                    c.head_prep |= r.pro.any(Proclitics::PREP);
                    c.head_the |= r.pro.any(Proclitics::AL);
                    c.number = Some(r.feat.number());
                }
            }
        }
        match r.pos {
            Pos::Name => c.personal = true,
            Pos::Verb => {
                c.verb = true;
                c.everyday |= r.exact && r.pro.0 & !(Proclitics::CONJ.0) == 0;
            }
            Pos::Particle => c.particle |= r.pro.0 & !Proclitics::CONJ.0 == 0,
            Pos::Adj => {
                c.adjective = true;
                c.the |= r.pro.any(Proclitics::AL);
                c.everyday |= r.exact;
                c.nisba |= r.tags.any(t.nisba);
            }
            Pos::Noun => {
                c.everyday |= r.exact;
                c.titled |= r.tags.any(t.person) && r.enc == arabic::words::Enclitic::None;
            }
        }
    }
    c
}

/// How a mention was found, for `explain`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// A gazetteer name by itself.
    Name,
    /// A gazetteer name behind a head word.
    HeadName,
    /// A name that the gazetteer does not have, behind a head word.
    HeadUnknown,
    /// A name in a list of places.
    Listed,
    /// An area made of a direction or ريف and a place.
    Area,
    /// العاصمة
    Capital,
}

impl Found {
    /// The id that `why` carries.
    pub fn as_str(self) -> &'static str {
        match self {
            Found::Name => "place.name",
            Found::HeadName => "place.head",
            Found::HeadUnknown => "place.head-unknown",
            Found::Listed => "place.list",
            Found::Area => "place.area",
            Found::Capital => "place.capital",
        }
    }
}

/// A mention before it is resolved.
#[derive(Debug, Clone)]
pub(crate) struct Raw {
    /// The tokens of the name, with a kept head and with the directions of an area.
    pub tokens: Range<usize>,
    /// The tokens with head words, nearness and prepositions.
    pub outer: Range<usize>,
    /// Letters of the first token that do not belong to the name.
    pub skip: u8,
    pub head: Option<PlaceKind>,
    pub found: Found,
    pub candidates: SmallVec<[(PlaceRef, bool); 4]>,
    /// Direction bits of an area or a location: شمال إدلب.
    pub direction: u8,
    /// The mention is an area around or part of the place: ريف, direction.
    pub area: bool,
    pub near: bool,
    pub prep: Option<Role>,
    /// Number of this mention's list, so that lists stay together.
    pub list: u32,
    /// Number of the locative phrase: "قرى A وB بريف C".
    pub chain: u32,
    pub sentence: usize,
}

pub(crate) struct Scan<'a> {
    pub tables: Tables<'a>,
    pub indexes: &'a [&'a NameIndex<'static>],
    pub names: &'a mut NameColumn,
    pub text: &'a Text<'a>,
    pub words: &'a Words,
    pub cells: &'a mut Column<Cell>,
}

impl Scan<'_> {
    fn cell(&mut self, i: usize) -> Option<&Cell> {
        let t = *self.text.tokens.get(i)?;
        if t.kind != Kind::Word {
            return None;
        }
        let (tables, words) = (&self.tables, self.words);
        Some(self.cells.get(words, t.word, |w| cell(tables, w, words)))
    }

    fn kind(&self, i: usize) -> Option<Kind> {
        self.text.tokens.get(i).map(|t| t.kind)
    }

    fn punct(&self, i: usize) -> Option<char> {
        let t = self.text.tokens.get(i)?;
        if t.kind != Kind::Punct {
            return None;
        }
        self.text.slice(t.range()).chars().next()
    }

    fn quote(&self, i: usize) -> bool {
        matches!(self.punct(i), Some('"' | '«' | '»' | '“' | '”' | '(' | ')' | '\'' | '‘' | '’'))
    }

    fn may_start(&mut self, i: usize) -> bool {
        self.names.cell(self.indexes, self.text, self.words, i).is_some_and(|c| c.can_start())
    }

    /// The longest gazetteer name at token `i`: its end, how it begins, the places it may mean.
    #[allow(clippy::type_complexity)]
    fn name(&mut self, i: usize, end: usize, joined: bool) -> Option<(usize, Start, SmallVec<[(PlaceRef, bool); 4]>)> {
        let m = self.names.longest(self.indexes, self.text, self.words, i, end, joined)?;
        let mut candidates: SmallVec<[(PlaceRef, bool); 4]> = SmallVec::new();
        for (layer, set) in &m.values {
            for p in self.tables.layers[*layer as usize].postings(*set) {
                let r = PlaceRef { layer: *layer, id: p.place };
                if !candidates.iter().any(|c| c.0 == r) {
                    candidates.push((r, p.marked));
                }
            }
        }
        Some((m.end, m.start, candidates))
    }

    /// A head word at `i`, its kind and whether it is open and kept.
    fn head(&mut self, i: usize) -> Option<(PlaceKind, bool, bool)> {
        self.cell(i)?.roles.iter().find_map(|r| match r {
            Role::Head { kind, open, keep } => Some((*kind, *open, *keep)),
            _ => None,
        })
    }

    fn direction(&mut self, i: usize) -> Option<u8> {
        self.cell(i)?.roles.iter().find_map(|r| match r {
            Role::Direction(d) => Some(*d),
            _ => None,
        })
    }

    fn role(&mut self, i: usize, role: Role) -> bool {
        self.cell(i).is_some_and(|c| c.roles.contains(&role))
    }

    /// Direction adjectives behind a name: "الشمالي الشرقي". Returns the end and the bits.
    fn directions_after(&mut self, i: usize, end: usize) -> (usize, u8) {
        let mut at = i;
        let mut bits = 0;
        while at < end {
            // "ريف حلب الشمالي"; without the article it begins the next place: "سهل الغاب غربي حماة"
            let ok = self.cell(at).is_some_and(|c| c.adjective && c.the && !c.head_wa);
            match self.direction(at).filter(|_| ok) {
                Some(d) => bits |= d,
                None => break,
            }
            at += 1;
        }
        (at, bits)
    }

    /// A name that the gazetteer does not have: its end, or `None` when the word cannot be one.
    fn unknown_name(&mut self, i: usize, end: usize, joined: bool) -> Option<(usize, u8)> {
        let w = self.text.tokens.get(i).filter(|_| i < end)?;
        if w.kind == Kind::Foreign {
            return Some((i + 1, 0));
        }
        let word = self.words.get(w.word).clone();
        let c = self.cell(i)?.clone();
        let clitic_noun = c.known && word.readings.iter().all(|r| r.pro.any(Proclitics::PREP));
        if word.letters < 3 || c.particle || c.verb && c.everyday || !c.roles.is_empty() || clitic_noun {
            return None;
        }
        let starts_wa = word.key.starts_with('و');
        let skip = (starts_wa && joined && word.letters > 3 && (!c.known || word.readings.iter().all(|r| r.pro.any(Proclitics::WA)))) as u8;
        if c.nisba && !c.head_the && c.adjective {
            return None;
        }
        let mut at = i + 1;
        // an idafa: the first word without article, the next with it or unknown too
        let definite = |k: &str| k.starts_with("ال");
        if at < end && !definite(word.key.trim_start_matches('و')) {
            if let Some(n) = self.cell(at).cloned() {
                let nk = self.words.get(self.text.tokens[at].word).key.clone();
                let firstish = matches!(
                    bare(word.key.trim_start_matches('و')),
                    "تل" | "خربه"
                        | "دير"
                        | "عين"
                        | "كفر"
                        | "ام"
                        | "ابو"
                        | "بير"
                        | "بيت"
                        | "رسم"
                        | "شيخ"
                        | "قلعه"
                        | "خان"
                        | "وادي"
                        | "جب"
                        | "حوش"
                        | "مزرعه"
                        | "بني"
                        | "راس"
                        | "باب"
                        | "جسر"
                        | "برج"
                        | "نبع"
                        | "خراب"
                        | "رجم"
                        | "سوق"
                        | "عرب"
                );
                if (firstish || definite(&nk) && !c.known) && !n.particle && !n.verb && n.roles.is_empty() && self.kind(at) == Some(Kind::Word) && !n.nisba {
                    at += 1;
                }
            }
        }
        Some((at, skip))
    }

    pub fn run(&mut self) -> Vec<Raw> {
        let mut out: Vec<Raw> = Vec::new();
        let mut list = 0;
        for s in 0..self.text.sentences.len() {
            let r = self.text.sentences[s].clone();
            let mut i = r.start;
            while i < r.end {
                if self.kind(i) != Some(Kind::Word) {
                    i += 1;
                    continue;
                }
                let interesting = self.cell(i).is_some_and(|c| !c.roles.is_empty()) || self.may_start(i);
                if !interesting {
                    i += 1;
                    continue;
                }
                list += 1;
                let next = self.at(i, &r, s, list, &mut out);
                i = next.max(i + 1);
            }
        }
        self.chain(&mut out);
        out
    }

    /// Numbers the locative phrases: mentions that follow one another with nothing between them but what ties places together.
    fn chain(&mut self, out: &mut [Raw]) {
        for i in 1..out.len() {
            let (before, here) = (&out[i - 1], &out[i]);
            let gap = before.outer.end.max(before.tokens.end)..here.outer.start.min(here.tokens.start);
            let tied = before.sentence == here.sentence && (before.list == here.list || self.ties(gap));
            out[i].chain = out[i - 1].chain + !tied as u32;
        }
    }

    /// Do these tokens tie a place to the next one? Quotation marks, words that say where, adjectives of what was named; a comma
    /// where such a word follows it.
    fn ties(&mut self, gap: Range<usize>) -> bool {
        if gap.len() > 4 {
            return false;
        }
        let mut comma = false;
        for i in gap.clone() {
            if self.quote(i) {
                continue;
            }
            match self.punct(i) {
                Some('،' | ',') if i == gap.start => {
                    comma = true;
                    continue;
                }
                Some(_) => return false,
                None => {}
            }
            let joined = self.kind(i) == Some(Kind::Word) && self.words.get(self.text.tokens[i].word).key.starts_with('و');
            let Some(c) = self.cell(i) else { return false };
            let says_where = c.roles.iter().any(|r| !matches!(r, Role::From | Role::To)) || c.adjective && !c.verb;
            let of_link = i > gap.start && self.role(i - 1, Role::Link) && self.role(i, Role::From);
            if !says_where && !of_link || comma && joined {
                return false;
            }
        }
        // a comma alone parts clauses, unless what follows says where by itself
        !comma || gap.len() > 1 || self.cell(gap.end).is_some_and(|c| c.head_prep || c.roles.iter().any(|r| matches!(r, Role::Direction(_) | Role::Near)))
    }

    /// Everything that begins at token `i`; returns the token to go on from.
    fn at(&mut self, i: usize, r: &Range<usize>, sentence: usize, list: u32, out: &mut Vec<Raw>) -> usize {
        let end = r.end;
        let prep = self.prep_before(i, r.start);
        let near = i > r.start && self.near_before(i, r.start);
        // 0. a unit's base
        if self.role(i, Role::Unit) && self.kind(i + 1) == Some(Kind::Number) && i + 1 < end && (near || matches!(prep, Some(Role::At | Role::To))) {
            out.push(Raw {
                tokens: i..i + 2,
                outer: i..i + 2,
                skip: self.skip_of(i),
                head: Some(PlaceKind::Facility),
                found: Found::HeadUnknown,
                candidates: SmallVec::new(),
                direction: 0,
                area: false,
                near,
                prep,
                list,
                chain: 0,
                sentence,
            });
            return self.rest_of_list(i + 2, end, PlaceKind::Facility, false, list, sentence, near, prep, out, false);
        }
        // 1. a road or facility whose name includes its head, a natural feature likewise
        let head = self.head(i);
        // 2. direction + place: "شمال غربي سوريا", "جنوب الحسكة"
        if let Some(d) = self.direction(i).filter(|_| head.is_none()) {
            return self.after_direction(i, d, r, sentence, list, out, near, prep);
        }
        if let Some((kind, open, keep)) = head {
            // the gazetteer may hold the name with its head: "جبل الزاوية", "قطاع غزة"
            if let Some((e, st, c)) = self.name(i, end, true).filter(|n| n.0 > i + 1) {
                let marked = c.iter().all(|x| x.1);
                if !marked {
                    let (e2, bits) = self.directions_after(e, end);
                    let _ = bits;
                    out.push(Raw {
                        tokens: i..e,
                        outer: i..e2,
                        skip: st.skip,
                        head: Some(kind),
                        found: Found::HeadName,
                        candidates: c,
                        direction: bits,
                        area: false,
                        near,
                        prep,
                        list,
                        chain: 0,
                        sentence,
                    });
                    return self.rest_of_list(e2, end, kind, open, list, sentence, near, prep, out, true);
                }
            }
            if kind == PlaceKind::Region && keep {
                return self.countryside(i, r, sentence, list, out, near, prep);
            }
            return self.behind_head(i, kind, open, keep, r, sentence, list, out, near, prep);
        }
        // 3. a name by itself
        let Some((e, st, candidates)) = self.name(i, end, true) else { return i + 1 };
        if !self.accept(i, e, &st, &candidates, r, prep, near) {
            return i + 1;
        }
        let (e2, bits) = self.directions_after(e, end);
        out.push(Raw {
            tokens: i..e,
            outer: i..e2,
            skip: st.skip,
            head: None,
            found: Found::Name,
            candidates,
            direction: bits,
            area: false,
            near,
            prep: if st.prep { Some(Role::At) } else { prep },
            list,
            chain: 0,
            sentence,
        });
        self.rest_of_list(e2, end, PlaceKind::Settlement, false, list, sentence, near, prep, out, false)
    }

    fn prep_before(&mut self, i: usize, start: usize) -> Option<Role> {
        let c = self.cell(i)?;
        if c.head_prep {
            return Some(Role::At);
        }
        let mut k = i;
        while k > start {
            k -= 1;
            if self.quote(k) {
                continue;
            }
            let roles = self.cell(k)?.roles.clone();
            for role in roles {
                if matches!(role, Role::At | Role::From | Role::To) {
                    return Some(role);
                }
            }
            // a head or a direction may stand between
            if self.head(k).is_some() || self.direction(k).is_some() || self.role(k, Role::Near) {
                continue;
            }
            return None;
        }
        None
    }

    fn near_before(&mut self, i: usize, start: usize) -> bool {
        let mut k = i;
        while k > start {
            k -= 1;
            if self.quote(k) {
                continue;
            }
            if self.role(k, Role::Near) {
                return true;
            }
            let key = &*self.words.get(self.text.tokens[k].word).key;
            if key == "من" || self.head(k).is_some() {
                continue;
            }
            return false;
        }
        false
    }

    #[allow(clippy::too_many_arguments)]
    fn after_direction(&mut self, i: usize, d: u8, r: &Range<usize>, sentence: usize, list: u32, out: &mut Vec<Raw>, near: bool, prep: Option<Role>) -> usize {
        let mut at = i + 1;
        let mut bits = d;
        while let Some(d) = self.direction(at).filter(|_| at < r.end) {
            bits |= d;
            at += 1;
        }
        // "إلى الشمال من X", "شمال مدينة X"
        let from = at;
        if at < r.end && &*self.words.get(self.text.tokens[at].word).key == "من" && self.kind(at) == Some(Kind::Word) {
            at += 1;
        }
        let n = out.len();
        let next = if self.head(at).is_some() {
            self.at(at, r, sentence, list, out)
        } else if let Some((e, st, c)) = self.name(at, r.end, false) {
            let ok = !c.iter().all(|x| x.1) || self.cell(at).is_some_and(|c| !c.everyday);
            if !ok {
                return from.max(i + 1);
            }
            // a part of a state is a region of its own: "شمال غربي سوريا"
            let part = c.first().is_some_and(|c| self.tables.layers[c.0.layer as usize].get(c.0.id).kind == PlaceKind::Country);
            out.push(Raw {
                tokens: if part { i..e } else { at..e },
                outer: i..e,
                skip: if part { self.skip_of(i) } else { st.skip },
                head: None,
                found: if part { Found::Area } else { Found::Name },
                candidates: c,
                direction: 0,
                area: part,
                near: false,
                prep,
                list,
                chain: 0,
                sentence,
            });
            self.rest_of_list(e, r.end, PlaceKind::Settlement, false, list, sentence, near, prep, out, false)
        } else {
            let key = if at < r.end && self.kind(at) == Some(Kind::Word) { self.words.get(self.text.tokens[at].word).key.to_string() } else { String::new() };
            // "شرق البلاد", "جنوبي القطاع"
            if matches!(&*key, "البلاد" | "القطاع" | "العاصمه" | "المدينه" | "المحافظه" | "الضفه" | "المخيم" | "البلده")
            {
                out.push(Raw {
                    tokens: i..at + 1,
                    outer: i..at + 1,
                    skip: self.skip_of(i),
                    head: Some(PlaceKind::Region),
                    found: Found::Area,
                    candidates: SmallVec::new(),
                    direction: bits,
                    area: true,
                    near,
                    prep,
                    list,
                    chain: 0,
                    sentence,
                });
                return at + 1;
            }
            from
        };
        for m in &mut out[n..] {
            if m.direction == 0 {
                m.direction = bits;
            }
            m.outer.start = i;
        }
        next.max(i + 1)
    }

    fn skip_of(&mut self, i: usize) -> u8 {
        let w = self.words.get(self.text.tokens[i].word);
        w.readings.first().map_or(0, |r| if r.pro.any(Proclitics::AL) { r.skip.saturating_sub(2) } else { r.skip })
    }

    /// ريف and what follows: "ريف حلب الشمالي", "أرياف حلب وإدلب", "الريف الشمالي".
    #[allow(clippy::too_many_arguments)]
    fn countryside(&mut self, i: usize, r: &Range<usize>, sentence: usize, list: u32, out: &mut Vec<Raw>, near: bool, prep: Option<Role>) -> usize {
        let end = r.end;
        let skip = self.skip_of(i);
        let plain = |tokens: Range<usize>, bits: u8| Raw {
            outer: tokens.clone(),
            tokens,
            skip,
            head: Some(PlaceKind::Region),
            found: Found::Area,
            candidates: SmallVec::new(),
            direction: bits,
            area: true,
            near,
            prep,
            list,
            chain: 0,
            sentence,
        };
        let mut at = i + 1;
        // "الريف الشمالي"
        let (e, bits) = self.directions_after(at, end);
        if bits != 0 {
            out.push(plain(i..e, bits));
            return e;
        }
        if self.head(at).is_some_and(|h| matches!(h.0, PlaceKind::Settlement | PlaceKind::Admin1 | PlaceKind::Admin2)) {
            at += 1;
        }
        let quoted = self.quote(at) as usize;
        let Some((e, _, c)) = self.name(at + quoted, end, false) else {
            // the countryside of a place that the gazetteer does not have
            return i + 1;
        };
        let e = e + (quoted == 1 && self.quote(e)) as usize;
        let (e2, bits) = self.directions_after(e, end);
        let mut m = plain(i..e2, bits);
        m.candidates = c;
        out.push(m);
        // "ريفي إدلب وحلب"
        let mut at = e2;
        while let Some((e, st, c)) = self.name(at, end, true).filter(|n| n.1.wa && self.head(at).is_none()) {
            let (e2, bits) = self.directions_after(e, end);
            out.push(Raw { tokens: at..e2, outer: at..e2, skip: st.skip, candidates: c, direction: bits, found: Found::Listed, ..plain(at..e2, bits) });
            at = e2;
        }
        at
    }

    #[allow(clippy::too_many_arguments)]
    fn behind_head(
        &mut self,
        i: usize,
        kind: PlaceKind,
        open: bool,
        keep: bool,
        r: &Range<usize>,
        sentence: usize,
        list: u32,
        out: &mut Vec<Raw>,
        near: bool,
        prep: Option<Role>,
    ) -> usize {
        let end = r.end;
        let c = self.cell(i).cloned().unwrap_or_default();
        let capital = &*fold_str(self.text.slice(self.text.tokens[i].range()), Level::Folded);
        let capital = capital.ends_with("لعاصمه") || capital.ends_with("عاصمه");
        let mut at = i + 1;
        // "قرى وبلدات X", "مدينة وريف X": a second head joined
        while self.head(at).is_some_and(|_| true) && self.cell(at).is_some_and(|c| c.head_wa) && at < end {
            at += 1;
        }
        // adjectives of the head: "المنطقة الشمالية", "القاعدة الأميركية" are not names
        let definite = c.head_the;
        if definite && !capital {
            // "المدينة", "القرية": a place told before; a name in brackets or quotes may follow
            if !(self.quote(at) || kind == PlaceKind::Facility) {
                return i + 1;
            }
        }
        // "العاصمة القطرية الدوحة": the adjective says whose, the name which
        if capital && definite && self.cell(at).is_some_and(|c| c.nisba && c.the) && self.name(at + 1, end, false).is_some() {
            at += 1;
        }
        let quoted = self.quote(at) && at + 1 < end;
        if quoted {
            at += 1;
        }
        let name = self.name(at, end, false);
        let push = |s: &mut Self, out: &mut Vec<Raw>, from: usize, e: usize, skip: u8, found: Found, cands: SmallVec<[(PlaceRef, bool); 4]>| {
            // "مشافي حلب" are those of the city
            let keep = keep && !(from > i + 1 && s.quote(from - 1)) && c.number != Some(Number::Plural);
            let start = if keep { i } else { from };
            let skip = if keep { s.skip_of(i) } else { skip };
            out.push(Raw {
                tokens: start..e,
                outer: i..e,
                skip,
                head: Some(kind),
                found,
                candidates: cands,
                direction: 0,
                area: false,
                near,
                prep,
                list,
                chain: 0,
                sentence,
            });
        };
        let mut e = match name {
            Some((e, st, cands)) => {
                // "مدينة الباب": whatever else the word may mean, behind an open head it is a name
                let plausible = open || cands.iter().any(|x| !x.1);
                if !plausible {
                    return i + 1;
                }
                push(self, out, at, e, st.skip, if capital { Found::Capital } else { Found::HeadName }, cands);
                e
            }
            None if capital && definite => {
                let skip = c.head_wa as u8 + c.head_prep as u8;
                push(self, out, i, i + 1, skip, Found::Capital, SmallVec::new());
                return i + 1;
            }
            None if open && !definite => match self.unknown_name(at, end, false) {
                Some((e, skip)) if quoted || self.names_follow(at, kind) => {
                    push(self, out, at, e, skip, Found::HeadUnknown, SmallVec::new());
                    e
                }
                _ => return i + 1,
            },
            None if open && quoted => match self.unknown_name(at, end, false) {
                Some((e, skip)) => {
                    push(self, out, at, e, skip, Found::HeadUnknown, SmallVec::new());
                    e
                }
                None => return i + 1,
            },
            None => return i + 1,
        };
        if quoted && self.quote(e) {
            e += 1;
        }
        let (e2, bits) = self.directions_after(e, end);
        if let Some(l) = out.last_mut().filter(|_| bits != 0) {
            l.direction = bits;
        }
        let plural = matches!(c.number, Some(Number::Dual | Number::Plural));
        self.rest_of_list(e2, end, kind, open && plural, list, sentence, near, prep, out, plural)
    }

    /// May an unknown word behind this head be a name? Facilities and natural features ask for more than a settlement.
    fn names_follow(&mut self, i: usize, kind: PlaceKind) -> bool {
        // "طريق M4"
        if self.kind(i) == Some(Kind::Foreign) {
            return kind == PlaceKind::Road;
        }
        let Some(c) = self.cell(i) else { return false };
        if c.adjective && !c.head_the && !c.personal {
            return false;
        }
        match kind {
            // "تلة الملك", "وادي الذئب": a feature of the land bears whatever word its people gave it
            PlaceKind::Natural => !c.adjective && !c.verb && !c.particle,
            PlaceKind::Settlement | PlaceKind::Neighbourhood | PlaceKind::Admin1 | PlaceKind::Admin2 | PlaceKind::Admin3 => {
                !c.adjective || c.personal || !c.known
            }
            _ => !c.known || c.personal && !c.titled,
        }
    }

    /// The further places of a list: "A وB وC", "A، B وC".
    #[allow(clippy::too_many_arguments)]
    fn rest_of_list(
        &mut self,
        from: usize,
        end: usize,
        kind: PlaceKind,
        open: bool,
        list: u32,
        sentence: usize,
        near: bool,
        prep: Option<Role>,
        out: &mut Vec<Raw>,
        headed: bool,
    ) -> usize {
        let mut at = from;
        loop {
            let mut next = at;
            let comma = matches!(self.punct(next), Some('،' | ',' | '/' | '-' | '–'));
            if comma {
                next += 1;
            }
            if next >= end || self.kind(next) != Some(Kind::Word) {
                break;
            }
            let standalone_wa = &*self.words.get(self.text.tokens[next].word).key == "و";
            if standalone_wa {
                next += 1;
            }
            if next >= end || self.kind(next) != Some(Kind::Word) {
                break;
            }
            let quoted = self.quote(next) as usize;
            let at_name = next + quoted;
            if let Some((e, st, cands)) = self.name(at_name, end, true) {
                let joined = st.wa || comma || standalone_wa;
                let c = self.cell(at_name).cloned().unwrap_or_default();
                // a list of names: an everyday word joined by a comma only may begin a new clause
                let fits = joined && !st.prep && (st.wa || standalone_wa || !c.everyday) && (headed || !c.everyday || cands.iter().any(|x| !x.1) && !c.verb);
                let heads = self.head(at_name).is_some();
                if fits && !heads {
                    let e = e + (quoted == 1 && self.quote(e)) as usize;
                    let (e2, bits) = self.directions_after(e, end);
                    out.push(Raw {
                        tokens: at_name..e - (quoted == 1 && e > at_name + 1 && self.quote(e - 1)) as usize,
                        outer: at_name..e2,
                        skip: st.skip,
                        head: headed.then_some(kind),
                        found: Found::Listed,
                        candidates: cands,
                        direction: bits,
                        area: false,
                        near,
                        prep,
                        list,
                        chain: 0,
                        sentence,
                    });
                    at = e2;
                    continue;
                }
            }
            if open && (!comma || headed) {
                let wa = self.words.get(self.text.tokens[next].word).key.starts_with('و') || standalone_wa;
                let c = self.cell(next).cloned().unwrap_or_default();
                let plausible = c.roles.is_empty() && !c.known && (wa || comma);
                if plausible {
                    if let Some((e, skip)) = self.unknown_name(next, end, !standalone_wa && wa) {
                        out.push(Raw {
                            tokens: next..e,
                            outer: next..e,
                            skip,
                            head: Some(kind),
                            found: Found::HeadUnknown,
                            candidates: SmallVec::new(),
                            direction: 0,
                            area: false,
                            near,
                            prep,
                            list,
                            chain: 0,
                            sentence,
                        });
                        at = e;
                        continue;
                    }
                }
            }
            break;
        }
        at
    }

    /// Is a bare gazetteer name really a place here?
    fn accept(&mut self, i: usize, e: usize, st: &Start, candidates: &[(PlaceRef, bool)], r: &Range<usize>, prep: Option<Role>, near: bool) -> bool {
        let best = candidates.iter().map(|c| self.tables.layers[c.0.layer as usize].get(c.0.id).rank).max().unwrap_or(0);
        let all_marked = candidates.iter().all(|c| c.1);
        let c = self.cell(i).cloned().unwrap_or_default();
        let single = e == i + 1;
        if all_marked {
            return false;
        }
        // a person's name before it: "مصطفى بكور"
        if i > r.start && !st.prep && !st.wa {
            let before = self.cell(i - 1).cloned().unwrap_or_default();
            let name_before = before.personal && !before.everyday || before.titled && !before.head_the && !c.everyday && best < 7;
            if name_before && best < 8 && self.text.tokens[i].kind == Kind::Word && self.punct(i - 1).is_none() {
                return false;
            }
        }
        if !single {
            // names of several everyday words need a place word before them, unless they are well known
            return !c.everyday || best >= 4 || prep.is_some() || near || st.prep;
        }
        let placed = prep.is_some() || near || st.prep;
        if c.particle && !st.al {
            return false;
        }
        if c.personal && best < 7 {
            return placed && best >= 5;
        }
        let with_article = |r: &PlaceRef| self.tables.layers[r.layer as usize].get(r.id).name_ar.starts_with("ال");
        if c.nisba && c.adjective && (best < 8 || st.al && !candidates.iter().any(|c| with_article(&c.0))) {
            return false;
        }
        if c.everyday {
            // الميادين، الباب: towns whose names are words
            return st.al && best >= 5 && placed || best >= 7 && (st.al || !c.verb);
        }
        if c.known && !c.everyday && st.skip > 0 && best < 5 {
            return false;
        }
        true
    }
}
