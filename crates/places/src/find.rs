//! Where a text names places: heads and names, lists, directions.

use crate::atlas::{Atlas, PlaceRef};
use crate::construct::Head;
use crate::source::PlaceKind;
use crate::words::{PlaceWords, Role};
use arabic::fold::{Level, fold_into, fold_str};
use arabic::morph::{Gender, Number, Pos};
use arabic::names::{NameCell, NameColumn, NameIndex, Start};
use arabic::text::{Kind, Text};
use arabic::words::{Column, Gates, Proclitics, Reading, Word, Words};
use smallvec::SmallVec;
use std::ops::Range;

/// What a word is to the finder.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cell {
    pub roles: SmallVec<[Role; 2]>,
    /// و or ف stands in front of a role word or a known noun.
    pub head_wa: bool,
    /// A preposition written onto a head word.
    pub head_prep: bool,
    /// The head word carries the article.
    pub head_the: bool,
    pub number: Option<Number>,
    /// An everyday word by the dictionary, other than a name; no toponym by itself.
    pub everyday: bool,
    /// An everyday word with all its letters: "فرقة" is not "و" and a name.
    pub whole: bool,
    /// Read as a verb.
    pub verb: bool,
    /// A given or family name.
    pub personal: bool,
    /// One with all its letters: "باراك" is not "ب" and a place.
    pub person: bool,
    /// Names a person, title or rank: what follows is a person's name.
    pub titled: bool,
    pub adjective: bool,
    /// Read as an adjective with the article.
    pub the: bool,
    pub particle: bool,
    /// ي(ة) adjective of place or group.
    pub nisba: bool,
    /// An ordinal with the article.
    pub ordinal: bool,
    pub known: bool,
}

pub(crate) struct Tables<'a> {
    pub atlas: &'a Atlas,
    pub words: &'a PlaceWords,
    pub person: arabic::dict::Tags,
    pub nisba: arabic::dict::Tags,
    pub ordinal: arabic::dict::Tags,
}

impl Cell {
    /// The word says where something is, so that it is no name itself; words that names begin with are both.
    fn says_where(&self) -> bool {
        let begins = self.roles.iter().any(|r| matches!(r, Role::First | Role::Calls));
        let says = |r: &Role| {
            !matches!(r, Role::First | Role::Calls | Role::Told | Role::ToldTown | Role::ToldCountry | Role::Proper | Role::Unit | Role::Distance | Role::Land)
        };
        !begins && self.roles.iter().any(says)
    }
}

/// The roles of a word, with the reading that it has each by, if it is one.
fn roles<'w>(t: &Tables<'_>, w: &'w Word, words: &Words) -> SmallVec<[(Role, Option<&'w Reading>); 2]> {
    // words that names begin with are told by their letters: "أبو" is a form of another word to the dictionary
    let begins = t.words.get(&w.key).iter().filter(|r| matches!(r, Role::First | Role::Calls));
    let mut out: SmallVec<[(Role, Option<&Reading>); 2]> = begins.map(|r| (*r, None)).collect();
    let mut lemma = String::new();
    for r in &w.readings {
        let plain = !r.pro.any(Proclitics::SA) && r.enc == arabic::words::Enclitic::None && matches!(r.pos, Pos::Noun | Pos::Adj | Pos::Particle);
        if !plain {
            continue;
        }
        lemma.clear();
        fold_into(words.dictionary().lemma(r.lemma).text, Level::Folded, &mut lemma);
        for role in t.words.get(&lemma) {
            if !out.iter().any(|x| x.0 == *role) {
                out.push((*role, Some(r)));
            }
        }
    }
    out
}

/// A verb whose subject is several women, a form that news hardly has: جنين and وعين are names.
fn of_women(r: &Reading) -> bool {
    r.pos == Pos::Verb && r.feat.gender() == Gender::Fem && r.feat.number() == Number::Plural
}

fn cell(t: &Tables<'_>, w: &Word, words: &Words) -> Cell {
    let mut c = Cell { known: !w.is_unknown(), ..Cell::default() };
    for (role, reading) in roles(t, w, words) {
        c.roles.push(role);
        let Some(r) = reading else { continue };
        c.head_wa |= r.pro.any(Proclitics::CONJ);
        c.head_prep |= r.pro.any(Proclitics::PREP);
        c.head_the |= r.pro.any(Proclitics::AL);
        c.number = Some(r.feat.number());
    }
    for r in &w.readings {
        c.whole |= r.exact && r.pos != Pos::Name && r.pro.0 & !Proclitics::AL.0 == 0;
        match r.pos {
            Pos::Name => {
                c.personal = true;
                c.person |= r.exact && r.pro == Proclitics::default();
            }
            Pos::Verb if of_women(r) => {}
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
                c.ordinal |= r.tags.any(t.ordinal) && r.pro.any(Proclitics::AL);
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
    /// A road by its ends.
    Road,
    /// A part of an area that was told before.
    Told,
    /// A name that the gazetteer does not have, by what says where it lies.
    Placed,
    /// The town that a facility is called by.
    Within,
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
            Found::Road => "place.road",
            Found::Told => "place.told",
            Found::Placed => "place.placed",
            Found::Within => "place.within",
        }
    }
}

/// A place that a name may mean.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Meant {
    pub place: PlaceRef,
    /// The name is an everyday word too.
    pub marked: bool,
    /// The name is not the place's usual one.
    pub variant: bool,
}

/// What a name may mean.
pub(crate) type Candidates = SmallVec<[Meant; 4]>;

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
    pub candidates: Candidates,
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
    /// The country that an adjective behind the name says it is of: "منطقة القبائل الباكستانية".
    pub of: Option<PlaceRef>,
}

pub(crate) struct Scan<'a> {
    pub tables: Tables<'a>,
    pub indexes: &'a [&'a NameIndex<'static>],
    pub names: &'a mut NameColumn,
    pub text: &'a Text<'a>,
    pub words: &'a Words,
    pub cells: &'a mut Column<Cell>,
    /// Whether something may begin with a word.
    pub gates: &'a mut Gates,
}

impl Scan<'_> {
    pub(crate) fn cell(&mut self, i: usize) -> Option<&Cell> {
        let t = *self.text.tokens.get(i)?;
        if t.kind != Kind::Word {
            return None;
        }
        let (tables, words) = (&self.tables, self.words);
        Some(self.cells.get(words, t.word, |w| cell(tables, w, words)))
    }

    pub(crate) fn kind(&self, i: usize) -> Option<Kind> {
        self.text.tokens.get(i).map(|t| t.kind)
    }

    pub(crate) fn punct(&self, i: usize) -> Option<char> {
        let t = self.text.tokens.get(i)?;
        if t.kind != Kind::Punct {
            return None;
        }
        self.text.slice(t.range()).chars().next()
    }

    pub(crate) fn quote(&self, i: usize) -> bool {
        matches!(self.punct(i), Some('"' | '«' | '»' | '“' | '”' | '(' | ')' | '\'' | '‘' | '’'))
    }

    /// May a place begin at a token: with a head, a direction or a unit, or with a name?
    fn may_begin(&mut self, i: usize) -> bool {
        let t = self.text.tokens[i];
        let (tables, indexes, words) = (&self.tables, self.indexes, self.words);
        let leads = |w: &Word| roles(tables, w, words).iter().any(|r| matches!(r.0, Role::Head { .. } | Role::Direction(_) | Role::Unit | Role::Land));
        let begins = |w: &Word| leads(w) || NameCell::new(w, indexes).can_start();
        t.kind == Kind::Word && self.gates.get(words, t.word, |w| begins(w) as u8) != 0
    }

    /// The longest gazetteer name at token `i`: its end, how it begins, the places it may mean.
    pub(crate) fn name(&mut self, i: usize, end: usize, joined: bool) -> Option<(usize, Start, Candidates)> {
        let mut m = self.names.longest(self.indexes, self.text, self.words, i, end, joined)?;
        // "ريف الباب شرقي حلب": not the name "الباب الشرقي"
        let bare = |s: &mut Self, at: usize| s.direction(at).is_some() && s.cell(at).is_some_and(|c| !c.the);
        if m.end > i + 1 && m.start.al && bare(self, m.end - 1) {
            m = self.names.longest(self.indexes, self.text, self.words, i, m.end - 1, joined)?;
        }
        let mut candidates = Candidates::new();
        for (layer, set) in &m.values {
            for p in self.tables.atlas.layers()[*layer as usize].postings(*set) {
                let place = PlaceRef { layer: *layer, id: p.place };
                if !candidates.iter().any(|c| c.place == place) {
                    candidates.push(Meant { place, marked: p.marked, variant: p.variant });
                }
            }
        }
        Some((m.end, m.start, candidates))
    }

    /// A head word at `i`, its kind and whether it is open and kept.
    pub(crate) fn head(&mut self, i: usize) -> Option<Head> {
        self.cell(i)?.roles.iter().find_map(|r| match r {
            Role::Head { kind, open, keep } => Some(Head { kind: *kind, open: *open, keep: *keep }),
            _ => None,
        })
    }

    /// The country that an adjective is made of, which stands for its name without its ending: "البيلاروسية".
    pub(crate) fn country_of(&mut self, i: usize) -> Option<PlaceRef> {
        if !self.cell(i)?.nisba || !self.cell(i)?.the {
            return None;
        }
        let word = self.words.get(self.text.tokens[i].word);
        let adjective = word.readings.iter().find(|r| r.pos == Pos::Adj && r.tags.any(self.tables.nisba))?;
        let lemma = fold_str(self.words.dictionary().lemma(adjective.lemma).text, Level::Loose);
        let stem = lemma.strip_suffix('ي')?;
        let g = &self.tables.atlas.layers()[0];
        let country = |end: &&str| g.lookup(&format!("{stem}{end}")).into_iter().map(|p| p.place).find(|p| g.kind(*p) == PlaceKind::Country);
        ["", "ا", "يا", "ة", "ية"].iter().find_map(country).map(|id| PlaceRef { layer: 0, id })
    }

    /// The kind of a gazetteer's place.
    pub(crate) fn kind_of(&self, r: PlaceRef) -> PlaceKind {
        self.tables.atlas.kind(r)
    }

    /// The folded word at a token; empty for anything else.
    pub(crate) fn key(&self, i: usize) -> &str {
        match self.text.tokens.get(i) {
            Some(t) if t.kind == Kind::Word => &self.words.get(t.word).key,
            _ => "",
        }
    }

    /// "على بعد 30 كلم شمال X", "على بعد عشرة كيلومترات من X".
    pub(crate) fn distance_before(&mut self, i: usize, start: usize) -> bool {
        let mut k = i;
        while k > start && i - k < 3 {
            k -= 1;
            if self.role(k, Role::Distance) {
                return true;
            }
            if !self.role(k, Role::From) && self.direction(k).is_none() {
                return false;
            }
        }
        false
    }

    pub(crate) fn direction(&mut self, i: usize) -> Option<u8> {
        self.cell(i)?.roles.iter().find_map(|r| match r {
            Role::Direction(d) => Some(*d),
            _ => None,
        })
    }

    pub(crate) fn role(&mut self, i: usize, role: Role) -> bool {
        self.cell(i).is_some_and(|c| c.roles.contains(&role))
    }

    /// Direction adjectives behind a name: "الشمالي الشرقي". Returns the end and the bits.
    pub(crate) fn directions_after(&mut self, i: usize, end: usize) -> (usize, u8) {
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
    pub(crate) fn unknown_name(&mut self, i: usize, end: usize, joined: bool) -> Option<(usize, u8)> {
        let w = self.text.tokens.get(i).filter(|_| i < end)?;
        if w.kind == Kind::Foreign {
            // "M4": its number is a token of its own
            let number = self.kind(i + 1) == Some(Kind::Number) && self.text.tokens[i + 1].glued && i + 1 < end;
            return Some((i + 1 + number as usize, 0));
        }
        let words = self.words;
        let word = words.get(w.word);
        let c = self.cell(i)?.clone();
        // "قرية وهجرة": what joins the next word begins no name
        let clitics = if joined { Proclitics::PREP } else { Proclitics::PREP.with(Proclitics::CONJ) };
        let clitic_noun = c.known && word.readings.iter().all(|r| r.pro.any(clitics));
        let firstish = c.roles.iter().any(|r| matches!(r, Role::First | Role::Calls));
        // a word that says how ("نصرةً لغزة") is no name
        if word.letters < 3 || word.marks.tanwin || c.particle || c.verb && c.everyday && !firstish || c.says_where() || clitic_noun {
            return None;
        }
        let starts_wa = word.key.starts_with('و');
        let skip = (starts_wa && joined && word.letters > 3 && (!c.known || c.head_wa || word.readings.iter().all(|r| r.pro.any(Proclitics::WA)))) as u8;
        // "قرية صغيرة", "خارطة طريق جديدة"
        let describes = c.known && word.readings.iter().all(|r| r.pos == Pos::Adj && r.exact && !r.pro.any(Proclitics::AL));
        if c.nisba && !c.head_the && c.adjective || describes {
            return None;
        }
        let mut at = i + 1;
        // an idafa: the first word without article, the next with it or unknown too
        let definite = |k: &str| k.starts_with("ال");
        if at < end
            && !definite(word.key.trim_start_matches('و'))
            && let Some(n) = self.cell(at).cloned()
        {
            let nk = self.words.get(self.text.tokens[at].word).key.clone();
            // "مشروع دمر": a verb by itself, but a name where the gazetteer has it
            if firstish && let Some((e, ..)) = self.name(at, end, false).filter(|m| !m.1.prep) {
                at = e;
            } else if (firstish
                || definite(&nk) && !c.known
                || !c.known && !n.known && !nk.starts_with(['و', 'ب', 'ل', 'ك']) && self.name(at, end, true).is_none())
                && !n.particle
                && !n.verb
                && n.roles.is_empty()
                && self.kind(at) == Some(Kind::Word)
                && !n.nisba
            {
                at += 1;
            }
        }
        // "منطقة الشرطة الرابعة": numbered
        at += usize::from(at == i + 1 && at < end && definite(&word.key) && self.cell(at).is_some_and(|n| n.ordinal));
        // "تل النبي أيوب", "دوار أبو فراس الحمداني": behind a word that calls somebody the name goes on
        if self.role(at - 1, Role::Calls) || at == i + 2 && self.role(i, Role::Calls) {
            for _ in 0..2 {
                let joined = !self.cell(at).is_some_and(|n| n.known) && self.key(at).starts_with('و');
                let goes_on =
                    at < end && !joined && self.cell(at).is_some_and(|n| (n.personal || !n.known || n.the) && n.roles.is_empty() && !n.verb && !n.particle);
                at += goes_on as usize;
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
                if !self.may_begin(i) {
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

    /// Numbers the locative phrases, and sees whose a place is said to be: mentions that follow one another with nothing between them but what ties places together.
    fn chain(&mut self, out: &mut [Raw]) {
        for m in out.iter_mut().filter(|m| !matches!(m.head, Some(PlaceKind::Facility | PlaceKind::Road))) {
            m.of = self.country_of(m.outer.end.max(m.tokens.end));
        }
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
                Some('،' | ',') if !comma => {
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

    pub(crate) fn prep_before(&mut self, i: usize, start: usize) -> Option<Role> {
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
            if let Some(role) = self.cell(k)?.roles.iter().copied().find(|r| matches!(r, Role::At | Role::From | Role::To)) {
                // "من داخل الأراضي اليمنية"
                let out_of = role == Role::At && k > start && self.key(k - 1) == "من";
                return Some(if out_of { Role::From } else { role });
            }
            // a head or a direction may stand between
            if self.head(k).is_some() || self.direction(k).is_some() || self.role(k, Role::Near) {
                continue;
            }
            return None;
        }
        None
    }

    pub(crate) fn near_before(&mut self, i: usize, start: usize) -> bool {
        let mut k = i;
        while k > start {
            k -= 1;
            if self.quote(k) {
                continue;
            }
            if self.role(k, Role::Near) {
                return true;
            }
            let tied = k + 1 < i && self.key(k + 1) == "من" || k + 1 == i && self.key(i).starts_with('ل');
            if tied && self.role(k, Role::Beside) {
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

    pub(crate) fn skip_of(&mut self, i: usize) -> u8 {
        let w = self.words.get(self.text.tokens[i].word);
        w.readings.first().map_or(0, |r| if r.pro.any(Proclitics::AL) { r.skip.saturating_sub(2) } else { r.skip })
    }

    /// Is a bare gazetteer name really a place here?
    #[allow(clippy::too_many_arguments)] // each is one circumstance of the name
    pub(crate) fn accept(&mut self, i: usize, e: usize, st: &Start, candidates: &[Meant], r: &Range<usize>, prep: Option<Role>, near: bool) -> bool {
        let best = candidates.iter().map(|c| self.tables.atlas.gazetteer(c.place).rank(c.place.id)).max().unwrap_or(0);
        let all_marked = candidates.iter().all(|c| c.marked);
        let c = self.cell(i).cloned().unwrap_or_default();
        let single = e == i + 1;
        if all_marked {
            // "في إب": the word that it could be is "آب", spelled otherwise
            let spelled = || candidates.iter().any(|m| self.tables.atlas.get(m.place).name_ar == self.text.slice(self.text.tokens[i].range()));
            return single && best >= 7 && prep == Some(Role::At) && !c.everyday && !c.personal && c.known && spelled();
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
            // "نصر الله": a person's name is a small place's only where the context says so
            if best < 5 && !(prep.is_some() || near || st.prep) && (i..e).all(|k| self.cell(k).is_some_and(|c| c.personal)) {
                return false;
            }
            // names of several everyday words need a place word before them, unless they are well known
            return !c.everyday || best >= 4 || prep.is_some() || near || st.prep;
        }
        let placed = prep.is_some() || near || st.prep;
        if c.particle && !st.al || (c.whole || c.person) && st.skip > 0 {
            return false;
        }
        if c.personal && best < 7 {
            // "بمحور الليثي", but "من الليثي"
            return placed && best >= 5 || near;
        }
        let with_article = |c: &Meant| self.tables.atlas.get(c.place).name_ar.starts_with("ال");
        if c.nisba && c.adjective && (best < 8 || st.al && !candidates.iter().any(with_article)) {
            return false;
        }
        if c.everyday {
            // الميادين، الباب: towns whose names are words; "طبقة" is only the word
            let article = candidates.iter().all(with_article);
            return st.al && best >= 5 && placed || best >= 7 && (st.al || (placed || !c.verb) && !article);
        }
        if c.known && !c.everyday && st.skip > 0 && best < 5 {
            return false;
        }
        // a country or capital keeps its article: "يمن" is the verb, "اليمن" the country
        best < 8 || st.al || candidates.iter().any(|m| m.variant || !with_article(m))
    }
}
