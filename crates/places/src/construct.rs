//! The constructions that name places, from the token at which they begin: a head and a name, a direction, ريف, a road, a list.

use crate::find::{Candidates, Found, Meant, Raw, Scan};
use crate::source::PlaceKind;
use crate::words::Role;
use arabic::fold::{Level, fold_str};
use arabic::morph::Number;
use arabic::names::skip_bytes;
use arabic::text::Kind;
use std::ops::Range;

/// The rank from which a place is a town that everybody in its country knows.
const TOWN: u8 = 6;

/// What holds for all mentions of one construction.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Here {
    pub sentence: usize,
    /// The sentence's tokens end here.
    pub end: usize,
    pub list: u32,
    /// The place only locates: محيط، قرب.
    pub near: bool,
    /// The preposition in front.
    pub prep: Option<Role>,
}

impl Here {
    /// A mention of these tokens, with nothing else known of it.
    fn mention(&self, tokens: Range<usize>, found: Found) -> Raw {
        Raw {
            outer: tokens.clone(),
            tokens,
            skip: 0,
            head: None,
            found,
            candidates: Candidates::new(),
            direction: 0,
            area: false,
            near: self.near,
            prep: self.prep,
            list: self.list,
            chain: 0,
            sentence: self.sentence,
            of: None,
        }
    }
}

/// A head word: what kind of place it makes, whether an unknown name may follow it, whether it is quoted with the name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Head {
    pub kind: PlaceKind,
    pub open: bool,
    pub keep: bool,
}

impl Scan<'_> {
    /// Everything that begins at token `i`; returns the token to go on from.
    pub(crate) fn at(&mut self, i: usize, r: &Range<usize>, sentence: usize, list: u32, out: &mut Vec<Raw>) -> usize {
        let prep = self.prep_before(i, r.start);
        let near = i > r.start && (self.near_before(i, r.start) || self.distance_before(i, r.start));
        let mut here = Here { sentence, end: r.end, list, near, prep };
        // "إلى مشفى A ومشافي B": what says where goes on
        let joined = self.cell(i).is_some_and(|c| c.head_wa);
        let before = out.last().filter(|m| m.sentence == sentence && m.outer.end.max(m.tokens.end) == i);
        if let Some(before) = before.filter(|_| prep.is_none() && joined) {
            (here.prep, here.near) = (before.prep, before.near);
        }
        if let Some(next) = self.unit(i, here, out) {
            return next;
        }
        if let Some(next) = self.land(i, here, out) {
            return next;
        }
        let head = self.head(i);
        self.name_before(i, r, here, out);
        if let Some(d) = self.direction(i).filter(|_| head.is_none()) {
            return self.after_direction(i, d, r, here, out);
        }
        if let Some(head) = head {
            if head.kind == PlaceKind::Road
                && let Some(next) = self.road(i, here, out)
            {
                return next;
            }
            // the gazetteer may hold the name with its head: "جبل الزاوية", "قطاع غزة"; or the head as a name: "الضفة"
            let described = self.cell(i + 1).is_some_and(|c| c.adjective && c.the);
            let itself = head.kind == PlaceKind::Region && !head.open && !described;
            if let Some((e, st, candidates)) = self.name(i, r.end, true).filter(|n| n.2.iter().any(|c| !c.marked) && (n.0 > i + 1 || itself)) {
                let (e2, direction) = self.directions_after(e, r.end);
                // "جسر الشغور" is a town, no bridge in one
                let built = matches!(head.kind, PlaceKind::Facility | PlaceKind::Road);
                let kind = Some(head.kind).filter(|k| !built || candidates.iter().any(|c| self.kind_of(c.place) == *k));
                out.push(Raw { outer: i..e2, skip: st.skip, head: kind, candidates, direction, ..here.mention(i..e, Found::HeadName) });
                // "ميناء عدن" is in Aden
                if let Some((_, _, candidates)) =
                    self.name(i + 1, r.end, false).filter(|n| head.keep && n.0 == e && self.role(i, Role::OfTown) && self.names_towns(&n.2))
                {
                    out.push(Raw { candidates, ..here.mention(i + 1..e, Found::Within) });
                }
                return self.rest_of_list(e2, head.kind, head.open, true, here, out);
            }
            if head.kind == PlaceKind::Region && head.open && head.keep {
                return self.countryside(i, here, out);
            }
            return self.behind_head(i, head, r, here, out);
        }
        // a name by itself
        let Some((e, st, candidates)) = self.name(i, r.end, true) else { return i + 1 };
        if !self.accept(i, e, &st, &candidates, r, prep, near) {
            return i + 1;
        }
        let (e2, direction) = self.directions_after(e, r.end);
        let prep = if st.prep { Some(Role::At) } else { prep };
        out.push(Raw { outer: i..e2, skip: st.skip, candidates, direction, prep, ..here.mention(i..e, Found::Name) });
        self.rest_of_list(e2, PlaceKind::Settlement, false, false, here, out)
    }

    /// A name that neither gazetteer nor dictionary knows, before what says where it lies: "في A بولاية B", "قرب A غربي B"; one of two words whose first
    /// begins names needs no word for where: "عين سليمو غربي حماة".
    fn name_before(&mut self, i: usize, r: &Range<usize>, here: Here, out: &mut Vec<Raw>) {
        let free = out.last().map_or(r.start, |m| m.outer.end.max(m.tokens.end).max(r.start));
        let strange = i > free && self.kind(i - 1) == Some(Kind::Word) && self.cell(i - 1).is_some_and(|c| !c.known && c.roles.is_empty());
        if !strange || !self.is_placed(i, r.end) {
            return;
        }
        let begun = i > free + 1 && self.role(i - 2, Role::First);
        let at = i - 1 - begun as usize;
        let (prep, near) = (self.prep_before(at, r.start), self.near_before(at, r.start));
        let Some((_, skip)) = self.unknown_name(at, r.end, begun).filter(|n| n.0 == i) else { return };
        if begun || at > r.start && (near || prep == Some(Role::At)) && self.head(at - 1).is_none() {
            out.push(Raw { skip, ..Here { prep, near, ..here }.mention(at..i, Found::Placed) });
        }
    }

    /// The land, border or sky of a country by its adjective: "الأراضي التركية", "الشريط الحدودي السعودي", "الحدود مع سوريا".
    fn land(&mut self, i: usize, here: Here, out: &mut Vec<Raw>) -> Option<usize> {
        if !self.role(i, Role::Land) || !self.cell(i)?.head_the {
            return None;
        }
        let describes = |s: &mut Self, at: usize| at < here.end && s.cell(at).is_some_and(|c| c.adjective && c.the && !c.head_wa);
        let mut at = i + 1;
        let mut whose = None;
        while describes(self, at) {
            whose = whose.or(self.country_of(at));
            at += 1;
        }
        let candidates = match whose {
            Some(place) => std::iter::once(Meant { place, marked: false, variant: false }).collect(),
            None if self.key(at) == "مع" && at + 1 < here.end => {
                let (e, _, list) = self.name(at + 1, here.end, false).filter(|n| n.2.iter().any(|m| self.kind_of(m.place) == PlaceKind::Country))?;
                at = e;
                list
            }
            None => return None,
        };
        // "المنطقة القريبة من الحدود السورية" only locates; nor is what somebody crosses a place of anything
        let beside =
            here.near && (i.checked_sub(2).is_some_and(|k| self.role(k, Role::Beside)) || i.checked_sub(1).is_some_and(|k| self.role(k, Role::Beside)));
        let told = here.near || here.prep.is_some() || i.checked_sub(1).is_some_and(|k| self.head(k).is_some() || self.role(k, Role::On));
        if told && !beside {
            out.push(Raw { skip: self.skip_of(i), head: Some(PlaceKind::Region), candidates, area: true, ..here.mention(i..at, Found::Area) });
        }
        Some(at)
    }

    /// The base of a unit that is called by a number: "في الفوج 46", "باتجاه اللواء 35".
    fn unit(&mut self, i: usize, here: Here, out: &mut Vec<Raw>) -> Option<usize> {
        let numbered = i + 1 < here.end && self.kind(i + 1) == Some(Kind::Number) && self.role(i, Role::Unit);
        if !numbered || !here.near && !matches!(here.prep, Some(Role::At | Role::To)) {
            return None;
        }
        out.push(Raw { skip: self.skip_of(i), head: Some(PlaceKind::Facility), ..here.mention(i..i + 2, Found::HeadUnknown) });
        Some(self.rest_of_list(i + 2, PlaceKind::Facility, false, false, here, out))
    }

    /// A road by its ends: "طريق A – B", "الطريق الواصل بين مدينتي A وB". It lies between them, so it has the first one's point, with
    /// that said.
    fn road(&mut self, i: usize, here: Here, out: &mut Vec<Raw>) -> Option<usize> {
        let mut at = i + 1;
        let mut tied = false;
        // adjectives of the road, and the word that says what it ties together
        while at < here.end && self.cell(at).is_some_and(|c| c.adjective && c.the && c.roles.iter().all(|r| *r == Role::Proper)) {
            at += 1;
        }
        // "الطريق الدولي" by itself is a name, with what it ties together an explanation
        let own = (at > i + 1 && self.role(i + 1, Role::Proper)).then_some(i + 2);
        if self.role(at, Role::Between) {
            tied = true;
            at += 1;
        }
        while at < here.end && self.head(at).is_some_and(|h| !h.keep) {
            at += 1;
        }
        let (mut e, _, candidates) = self.name(at, here.end, false)?;
        let one = here.mention(at..e, Found::Within);
        let hyphen = matches!(self.punct(e), Some('-' | '–' | '—' | '/'));
        if hyphen {
            e += 1;
        } else if !tied {
            return None;
        }
        while tied && e < here.end && self.head(e).is_some_and(|h| !h.keep) {
            e += 1;
        }
        let (end, st, others) = self.name(e, here.end, true).filter(|n| hyphen || n.1.wa || self.head(e - 1).is_some())?;
        let ends = [Raw { candidates: candidates.clone(), ..one }, Raw { candidates: others, skip: st.skip, ..here.mention(e..end, Found::Within) }];
        out.push(Raw {
            skip: self.skip_of(i),
            head: Some(PlaceKind::Road),
            candidates,
            area: true,
            outer: i..end,
            ..here.mention(i..own.unwrap_or(end), Found::Road)
        });
        out.extend(ends);
        Some(end)
    }

    /// "شمال غربي سوريا", "جنوب الحسكة", "إلى الشمال من مدينة X", "شرق البلاد".
    fn after_direction(&mut self, i: usize, d: u8, r: &Range<usize>, here: Here, out: &mut Vec<Raw>) -> usize {
        let mut at = i + 1;
        let mut bits = d;
        while let Some(d) = self.direction(at).filter(|_| at < r.end) {
            bits |= d;
            at += 1;
        }
        let from = at;
        if at < r.end && self.key(at) == "من" {
            at += 1;
        }
        // an area told before: "شرق البلاد", "وسط القطاع"
        if at < r.end && self.role(at, Role::Told) && self.cell(at).is_some_and(|c| c.head_the) {
            // a town may be called just so; where the word is told before, that is meant
            let named = self.name(at, r.end, false);
            if named.as_ref().is_none_or(|n| n.0 == at + 1 && n.2.iter().all(|c| c.marked)) {
                let skip = self.skip_of(i);
                out.push(Raw { skip, head: Some(PlaceKind::Region), direction: bits, area: true, ..here.mention(i..at + 1, Found::Told) });
                return at + 1;
            }
        }
        let n = out.len();
        let next = if self.head(at).is_some() {
            self.at(at, r, here.sentence, here.list, out)
        } else if let Some((e, st, candidates)) = self.name(at, r.end, false) {
            // "طابع شرقي وأن": a conjunction, not the town of its letters
            let small = e == at + 1 && !st.al && self.cell(at).is_some_and(|c| c.particle);
            if small || candidates.iter().all(|x| x.marked) && self.cell(at).is_none_or(|c| c.everyday) {
                return from.max(i + 1);
            }
            // a part of a state is a region of its own: "شمال غربي سوريا"
            let part = candidates.first().is_some_and(|c| self.kind_of(c.place) == PlaceKind::Country);
            let (tokens, skip, found) = if part { (i..e, self.skip_of(i), Found::Area) } else { (at..e, st.skip, Found::Name) };
            out.push(Raw { outer: i..e, skip, candidates, area: part, near: here.near && !part, ..here.mention(tokens, found) });
            self.rest_of_list(e, PlaceKind::Settlement, false, false, here, out)
        } else {
            from
        };
        for (k, m) in out[n..].iter_mut().enumerate() {
            if m.direction == 0 {
                m.direction = bits;
            }
            if k == 0 {
                m.outer.start = i;
            }
            m.near |= here.near && !m.area;
        }
        next.max(i + 1)
    }

    /// ريف and what follows: "ريف حلب الشمالي", "أرياف حلب وإدلب", "الريف الشمالي".
    fn countryside(&mut self, i: usize, here: Here, out: &mut Vec<Raw>) -> usize {
        let skip = self.skip_of(i);
        let area =
            |tokens: Range<usize>, direction: u8| Raw { skip, head: Some(PlaceKind::Region), direction, area: true, ..here.mention(tokens, Found::Area) };
        let mut at = i + 1;
        let (e, bits) = self.directions_after(at, here.end);
        if bits != 0 {
            out.push(area(i..e, bits));
            return e;
        }
        if self.head(at).is_some_and(|h| matches!(h.kind, PlaceKind::Settlement | PlaceKind::Admin1 | PlaceKind::Admin2)) {
            at += 1;
        }
        let quoted = self.quote(at) as usize;
        // the countryside of a place that the gazetteer does not have is not known either
        let Some((e, _, candidates)) = self.name(at + quoted, here.end, false) else { return i + 1 };
        let e = e + (quoted == 1 && self.quote(e)) as usize;
        let (mut at, bits) = self.directions_after(e, here.end);
        out.push(Raw { candidates, ..area(i..at, bits) });
        // "ريفي إدلب وحلب"; but "بريف حلب وقرية" goes on with villages
        let several = self.cell(i).is_some_and(|c| matches!(c.number, Some(Number::Dual | Number::Plural)));
        while let Some((e, st, candidates)) = self.name(at, here.end, true).filter(|n| n.1.wa && self.head(at).is_none()) {
            if !several && !candidates.iter().any(|c| self.kind_of(c.place).is_area()) {
                return self.rest_of_list(at, PlaceKind::Settlement, false, false, here, out);
            }
            let (e, bits) = self.directions_after(e, here.end);
            out.push(Raw { skip: st.skip, candidates, found: Found::Listed, ..area(at..e, bits) });
            at = e;
        }
        at
    }

    fn behind_head(&mut self, i: usize, head: Head, r: &Range<usize>, here: Here, out: &mut Vec<Raw>) -> usize {
        let Head { kind, open, keep } = head;
        let end = here.end;
        let c = self.cell(i).cloned().unwrap_or_default();
        let capital = fold_str(self.text.slice(self.text.tokens[i].range()), Level::Folded).ends_with("عاصمه");
        let definite = c.head_the;
        let mut at = i + 1;
        // "قرى وبلدات X": a second head joined
        while at < end && self.head(at).is_some() && self.cell(at).is_some_and(|c| c.head_wa) {
            at += 1;
        }
        // "طريق بلدة X" is a road, and X lies at it
        if kind == PlaceKind::Road && at == i + 1 && self.head(at).is_some_and(|h| h.kind == PlaceKind::Settlement) && !definite {
            let n = out.len();
            let next = self.at(at, r, here.sentence, here.list, out);
            if let Some(town) = out.get(n) {
                let (e, candidates) = (town.tokens.end, town.candidates.clone());
                out.insert(n, Raw { skip: self.skip_of(i), head: Some(kind), candidates, ..here.mention(i..e, Found::HeadName) });
            }
            return next;
        }
        // "منطقة شارع X": what the second head makes, the first one holds
        if !definite && at == i + 1 && !keep && self.head(at).is_some_and(|h| h.keep) {
            let n = out.len();
            let next = self.at(at, r, here.sentence, here.list, out);
            for m in &mut out[n..] {
                m.outer.start = m.outer.start.min(i);
                (m.prep, m.near) = (here.prep, here.near);
            }
            // "مدينة جسر الشغور"
            if let Some(m) = out.get_mut(n).filter(|m| m.head.is_none() && m.found == Found::HeadName) {
                m.head = Some(kind);
            }
            return next;
        }
        // "مطار العاصمة طشقند": by the town that it serves
        let town = kind == PlaceKind::Facility && keep && !definite && at == i + 1 && self.role(i, Role::OfTown) && self.head(at).is_some_and(|h| !h.keep);
        if town && let Some((e, _, candidates)) = self.name(at + 1, end, false).filter(|n| self.names_towns(&n.2)) {
            out.push(Raw { skip: self.skip_of(i), head: Some(kind), candidates: candidates.clone(), ..here.mention(i..e, Found::HeadName) });
            out.push(Raw { candidates, ..here.mention(at + 1..e, Found::Within) });
            return self.rest_of_list(e, kind, false, false, here, out);
        }
        // "مستشفى مدينة غزة", "ضواحي مدينة عدن": which one is not told, only where
        let of_head = at == i + 1 && !definite && self.head(at).is_some_and(|h| !h.keep && h.open) && self.cell(at).is_some_and(|c| !c.head_the);
        if of_head && (kind != PlaceKind::Facility || self.name(at + 1, end, false).is_some()) {
            return i + 1;
        }
        // "المشفى الوطني", "الكلية الحربية": called by what it is
        if definite && kind == PlaceKind::Facility && c.number == Some(Number::Singular) && self.role(at, Role::Proper) && self.cell(at).is_some_and(|c| c.the)
        {
            out.push(Raw { skip: self.skip_of(i), head: Some(kind), ..here.mention(i..at + 1, Found::HeadUnknown) });
            return self.rest_of_list(at + 1, kind, false, false, here, out);
        }
        // "المدينة", "القرية": a place told before; a name in brackets or quotes may follow
        if definite && !capital && !self.quote(at) && kind != PlaceKind::Facility {
            return i + 1;
        }
        // "العاصمة القطرية الدوحة": the adjective says whose, the name which
        let says_which = |s: &mut Self, at: usize| s.name(at, end, false).is_some_and(|n| n.2.iter().any(|m| !m.marked));
        if capital && definite && self.cell(at).is_some_and(|c| c.nisba && c.the) && says_which(self, at + 1) {
            at += 1;
        }
        let quoted = self.quote(at) && at + 1 < end;
        at += quoted as usize;
        // "مشافي حلب" are those of the city; a name in quotes is quoted without its head
        let keep = keep && !quoted && c.number != Some(Number::Plural);
        let from = if keep { i } else { at };
        let unknown = |s: &mut Self| {
            let closing = (at + 2..end.min(at + 5)).find(|e| quoted && s.quote(*e));
            let strange = kind != PlaceKind::Road || s.cell(at).is_none_or(|c| !c.known);
            let allowed =
                open && (quoted && strange || !definite && (s.names_follow(at, kind, here) || kind == PlaceKind::Facility && s.named_by_thing(at, end)));
            let name = s.unknown_name(at, end, false).filter(|_| allowed)?;
            Some((closing.unwrap_or(name.0), name.1, Found::HeadUnknown, Candidates::new()))
        };
        // a letter that could be a preposition is the name's own here, or the word is an adjective: "مدينة كبيرة"
        // "مقبرة وادي عقاب": the gazetteer's "الوادي" is the beginning of another name
        let longer = |s: &mut Self, e: usize| e == at + 1 && s.role(at, Role::First) && unknown(s).is_some_and(|u| u.0 > e);
        // "العاصمة السورية" is not called Syria
        let whose = capital && definite && self.cell(at).is_some_and(|c| c.nisba && c.the);
        // "مناطق جنوب X", "إقليم شمال وشرق سوريا": a direction, not "الجنوب"
        let bare_direction = self.direction(at).is_some() && self.cell(at).is_some_and(|c| !c.the && !c.head_the);
        let known = self.name(at, end, false).filter(|n| !n.1.prep && !((whose || bare_direction) && n.0 == at + 1));
        let known = known.filter(|n| quoted || n.0 > at + 1 || !self.only_a_word(at, kind, &n.2, end));
        let named = match known.filter(|n| !longer(self, n.0)) {
            // "مدينة الباب": whatever else the word may mean, behind an open head it is a name
            Some((e, st, list)) if open || list.iter().any(|x| !x.marked) => Some((e, st.skip, if capital { Found::Capital } else { Found::HeadName }, list)),
            Some(_) => None,
            None if capital && definite => {
                let whose = self.country_of(at);
                let e = i + 1 + whose.is_some() as usize;
                let candidates = whose.map(|place| Meant { place, marked: false, variant: false }).into_iter().collect();
                out.push(Raw { skip: c.head_wa as u8 + c.head_prep as u8, head: Some(kind), candidates, ..here.mention(i..e, Found::Capital) });
                return e;
            }
            // "السيطرة على 32 بلدة وكييف تنفي": the next place, no name of this one
            None if self.name(at, end, true).is_some_and(|n| n.1.wa) => None,
            None => unknown(self),
        };
        let Some((e, skip, found, mut candidates)) = named else { return i + 1 };
        if quoted && head.keep {
            let entitled = self.entitled(i, at..e);
            candidates = if entitled.is_empty() { candidates } else { entitled };
        }
        // "مسجد التوبة" is not at the village of that name; "فندق حلب" may be in the city
        if self.role(i, Role::OfThing) {
            let village = |m: &Meant| self.kind_of(m.place) == PlaceKind::Settlement && self.tables.atlas.get(m.place).rank < TOWN;
            candidates.retain(|m| !village(m));
        } else if self.called_by_word(at, e, kind, &candidates) {
            candidates.clear();
        }
        let skip = if keep { self.skip_of(i) } else { skip };
        let after = e + (quoted && self.quote(e)) as usize;
        let (next, direction) = self.directions_after(after, end);
        let inner = Some(candidates.clone()).filter(|c| from < at && self.role(i, Role::OfTown) && self.names_towns(c));
        out.push(Raw { outer: i..e, skip, head: Some(kind), candidates, direction, ..here.mention(from..e, found) });
        if let Some(candidates) = inner {
            out.push(Raw { candidates, ..here.mention(at..e, Found::Within) });
        }
        let plural = matches!(c.number, Some(Number::Dual | Number::Plural));
        self.rest_of_list(next, kind, open && plural, plural, here, out)
    }

    /// Is a word behind a head just that, though small places bear it as a name? An adjective of the head ("مدينة أثرية", "محطة هامة"), or what areas
    /// are for ("مناطق وقف إطلاق النار").
    fn only_a_word(&mut self, at: usize, kind: PlaceKind, candidates: &Candidates, end: usize) -> bool {
        let several = self.cell(at - 1).is_some_and(|c| c.number == Some(Number::Plural));
        let Some(c) = self.cell(at) else { return false };
        let (everyday, adjective) = (c.everyday && !c.personal, c.adjective && !c.the && self.key(at).ends_with('ه'));
        let the = self.key(at).starts_with("ال");
        let small = candidates.iter().all(|m| self.tables.atlas.get(m.place).rank <= TOWN && (m.marked || adjective));
        everyday && small && (adjective || kind == PlaceKind::Region && several && !the) && !self.is_placed(at + 1, end)
    }

    /// "محطة القطار", "أكاديمية الشعر": called by what the word means, not by the small place that bears it.
    fn called_by_word(&mut self, at: usize, e: usize, kind: PlaceKind, candidates: &Candidates) -> bool {
        let facility = matches!(kind, PlaceKind::Facility | PlaceKind::Road) && !candidates.iter().any(|m| self.kind_of(m.place) == kind);
        facility && e == at + 1 && self.is_thing(at) && candidates.iter().all(|m| m.marked && self.tables.atlas.get(m.place).rank < TOWN)
    }

    /// What the gazetteer calls by a head and a name between which a quotation mark stands: معبر "X".
    fn entitled(&mut self, head: usize, name: Range<usize>) -> Candidates {
        let word = self.text.slice(self.text.tokens[head].range());
        let title = format!("{} {}", &word[skip_bytes(word, self.skip_of(head))..], self.text.slice(self.text.span(name)));
        let places = self.tables.atlas.lookup(&title);
        places.into_iter().map(|place| Meant { place, marked: false, variant: false }).collect()
    }

    /// May an unknown word behind this head be a name? Facilities ask for more than settlements.
    fn names_follow(&mut self, i: usize, kind: PlaceKind, here: Here) -> bool {
        // "طريق M4"
        if self.kind(i) == Some(Kind::Foreign) {
            return kind == PlaceKind::Road;
        }
        let begins = self.role(i, Role::Calls) || self.role(i, Role::First);
        let placed = here.near || here.prep == Some(Role::At) || self.role(i.wrapping_sub(2), Role::On);
        let manner = self.role(i.wrapping_sub(1), Role::OfTown) && self.cell(i.wrapping_sub(1)).is_some_and(|c| c.head_prep);
        let numbered = self.cell(i + 1).is_some_and(|n| n.ordinal);
        // "في مسجد النور", but "في مسجد المدينة"
        let of_thing = placed && self.role(i.wrapping_sub(1), Role::OfThing) && self.is_thing(i);
        let Some(c) = self.cell(i) else { return false };
        // "مشروع" is a noun in "منطقة مشروع دمر"
        if c.adjective && !c.head_the && !c.personal && !begins {
            return false;
        }
        // "مدن المملكة", "معسكرات النظام", "مساجد القرية": places of what the word means; several names would follow one another
        let (everyday, next) = (c.everyday && !c.personal && !begins, i + 1);
        let several = self.cell(i.wrapping_sub(1)).is_some_and(|c| c.number == Some(Number::Plural));
        let listed = |s: &Self| s.key(next).starts_with('و') || matches!(s.punct(next), Some('،' | ','));
        if several && everyday && !listed(self) && !self.is_placed(next, here.end) {
            return false;
        }
        let Some(c) = self.cell(i) else { return false };
        match kind {
            // "تلة الملك", "وادي الذئب": a feature of the land bears whatever word its people gave it
            PlaceKind::Natural => !c.adjective && !c.verb && !c.particle,
            // "في شارع المدارس", but "عن طريق الحوار", "بطريق الخطأ"
            PlaceKind::Road => !c.known || placed && !manner && !c.adjective && !c.verb && !c.particle,
            PlaceKind::Settlement | PlaceKind::Neighbourhood => !c.adjective || c.personal || !c.known,
            PlaceKind::Facility => begins || of_thing || !c.known || c.personal && !c.titled,
            PlaceKind::Region => begins || numbered || !c.known || c.personal && !c.titled,
            _ => begins || !c.known || c.personal && !c.titled,
        }
    }

    /// Do these tokens begin with a word that names begin with, and go on behind it?
    fn begins_name(&mut self, i: usize, e: usize) -> bool {
        e > i + 1 && (self.role(i, Role::First) || self.role(i, Role::Calls))
    }

    /// A thing with the article by which a facility is called, where what follows says where it stands: "حاجز الشط بريف X".
    fn named_by_thing(&mut self, i: usize, end: usize) -> bool {
        // "مطعم الواحة في مدينة X", "سوق الحميدية ببغداد"
        let in_town = |s: &mut Self, at: usize| {
            let at = at + usize::from(at < end && s.role(at, Role::At) && s.head(at).is_none());
            at > i + 1 && (s.head(at).is_some_and(|h| !h.keep) || s.name(at, end, false).is_some())
                || at < end && s.cell(at).is_some_and(|c| c.head_prep) && s.head(at).is_some_and(|h| h.kind == PlaceKind::Settlement)
                || s.name(at, end, false).is_some_and(|n| n.1.prep)
        };
        let one = self.cell(i.wrapping_sub(1)).is_some_and(|c| c.number == Some(Number::Singular));
        self.is_thing(i) && (self.is_placed(i + 1, end) || one && in_town(self, i + 1))
    }

    /// A noun with the article that says nothing of places.
    fn is_thing(&mut self, i: usize) -> bool {
        let thing = self.cell(i).is_some_and(|c| c.known && !c.adjective && !c.verb && !c.particle && !c.titled && c.roles.is_empty());
        thing && self.key(i).starts_with("ال")
    }

    /// Does what begins at a token say where that before it lies: "بريف X", "بمحافظة Y", "غربي Z"?
    pub(crate) fn is_placed(&mut self, i: usize, end: usize) -> bool {
        let area = |h: Head| matches!(h.kind, PlaceKind::Admin1 | PlaceKind::Admin2 | PlaceKind::Admin3) || h.kind == PlaceKind::Region && h.open && h.keep;
        i < end
            && (self.cell(i).is_some_and(|c| c.head_prep) && self.head(i).is_some_and(area)
                || self.direction(i).is_some() && self.name(i + 1, end, false).is_some())
    }

    /// Are these places towns, or areas that are called by one?
    fn names_towns(&self, candidates: &Candidates) -> bool {
        candidates
            .iter()
            .any(|c| !c.marked && matches!(self.kind_of(c.place), PlaceKind::Settlement | PlaceKind::Admin1 | PlaceKind::Admin2 | PlaceKind::Admin3))
    }

    /// The further places of a list: "A وB وC", "A، B وC".
    fn rest_of_list(&mut self, from: usize, kind: PlaceKind, open: bool, headed: bool, here: Here, out: &mut Vec<Raw>) -> usize {
        let end = here.end;
        let mut at = from;
        loop {
            let comma = matches!(self.punct(at), Some('،' | ',' | '/' | '-' | '–'));
            let next = at + comma as usize;
            let alone = next < end && self.key(next) == "و";
            let next = next + alone as usize;
            if next >= end || self.kind(next) != Some(Kind::Word) || self.head(next).is_some() {
                return at;
            }
            if let Some((e, st, candidates)) = self.name(next, end, true) {
                let (joined, c) = (st.wa || alone, self.cell(next).cloned().unwrap_or_default());
                // an everyday word that only a comma joins may begin a new clause, and so may a verb: "شوارع المدينة، وتدمر خطا"
                let plain = headed && !(joined && c.verb && (comma || !open))
                    || !c.everyday
                    || candidates.iter().any(|x| !x.marked) && !c.verb
                    || joined && self.is_placed(e, end);
                let fits = (joined || comma && !c.everyday) && !st.prep && !(c.particle && !st.al) && plain;
                if fits {
                    let (e2, direction) = self.directions_after(e, end);
                    let head = headed.then_some(kind);
                    out.push(Raw { outer: next..e2, skip: st.skip, head, candidates, direction, ..here.mention(next..e, Found::Listed) });
                    at = e2;
                    continue;
                }
            }
            let wa = alone || self.key(next).starts_with('و');
            let strange = self.cell(next).is_none_or(|c| c.roles.is_empty() && !c.known);
            let Some((e, skip)) = self.unknown_name(next, end, !alone && wa) else { return at };
            // "قرى A وخربة الناقوس", "A وعرب حسن": what names begin with begins one in a list, before a word that is none by itself anywhere
            let begins = wa
                && self.begins_name(next, e)
                && (open || !self.cell(next).is_some_and(|c| c.verb) && self.cell(e - 1).is_some_and(|c| !c.known || c.personal && !c.everyday));
            if !strange && !begins {
                return at;
            }
            // "قرى A وB", "في A وB غرب C"
            let told = begins || open && (!comma || headed) && (wa || comma) || wa && self.direction(e).is_some();
            if !told {
                return at;
            }
            out.push(Raw { skip, head: Some(kind), ..here.mention(next..e, Found::HeadUnknown) });
            at = e;
        }
    }
}
