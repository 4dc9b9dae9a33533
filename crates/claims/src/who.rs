//! Who a noun phrase is: actor of the lexicon or made by grammar, country, roles, civilian or not.

use crate::lexicon::{Actor, Lexicon};
use crate::phrase::{Class, Context, Np, NpId, Sentence};
use crate::record::{EventType, SourceKind, StatusBasis};
use crate::trigger::Lexes;
use std::ops::Range;

/// What is known of a participant.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Identity {
    /// The actor entry.
    pub actor: Option<usize>,
    /// ISO 3166 alpha-3.
    pub country: Option<&'static str>,
    /// Sector codes.
    pub roles: Vec<&'static str>,
    /// Civilian, combatant, or not said.
    pub civilian: Option<bool>,
    /// Why.
    pub status: Option<StatusBasis>,
    /// The rule or entry that says so.
    pub why: String,
}

/// What decides between readings of a name: the countries of the text and the day.
#[derive(Debug, Clone, Default)]
pub struct Setting {
    /// ISO alpha-3 of the countries that the text is from or about, likeliest first.
    pub countries: Vec<String>,
    /// ISO day of publication.
    pub day: Option<String>,
}

impl Setting {
    fn chosen<'l>(&self, lexicon: &'l Lexicon, np: &Np, state: Option<usize>) -> Option<(usize, &'l Actor, bool)> {
        let mut best: Option<(i32, usize, bool)> = None;
        // "فرق الدفاع المدني السوري": the adjective says whose
        let said = state.and_then(|s| lexicon.actors[s].country);
        for a in &np.actor {
            let actor = &lexicon.actors[a.actor as usize];
            let at_home = actor.country.and_then(|c| if said == Some(c) { Some(0) } else { self.countries.iter().position(|x| x == c) });
            if a.local && at_home != Some(0) {
                continue;
            }
            let score = match at_home {
                Some(0) => 3,
                Some(_) => 2,
                None if actor.country.is_none() => 1,
                None => 0,
            } - actor.state as i32;
            if best.is_none_or(|b| score > b.0) {
                best = Some((score, a.actor as usize, a.loaded));
            }
        }
        best.map(|(_, i, loaded)| (i, &lexicon.actors[i], loaded))
    }
}

/// The roles that all actors of a phrase's name have. A name that one country alone gives to one body says nothing elsewhere.
fn shared_roles(lexicon: &Lexicon, np: &Np) -> Option<Vec<&'static str>> {
    if matches!(np.actor.as_slice(), [only] if only.local) {
        return None;
    }
    let mut all = np.actor.iter().map(|a| &lexicon.actors[a.actor as usize].roles);
    let first = all.next()?;
    all.all(|r| r == first).then(|| first.clone())
}

/// Makes out who a noun phrase is, for an act of this type.
pub fn identify(cx: &Context<'_>, s: &Sentence, lexes: &Lexes<'_>, n: NpId, set: &Setting, event: Option<EventType>, depth: u8) -> Identity {
    let lexicon = cx.lexicon;
    let np = &s.nps[n];
    let tags = &lexicon.tags;
    let mut id = Identity::default();
    // what the head noun says
    let head_rule = lexes.get(np.head).and_then(|l| l.syms.iter().find_map(|(sym, _)| lexicon.head_syms.get(sym))).map(|h| &lexicon.heads[*h as usize]);
    let armed = np.adjectives.iter().any(|a| lexes.get(*a).is_some_and(|l| l.tags.any(tags.armed)));
    // states that its adjectives name: "القوات التركية"
    let state = np.adjectives.iter().filter_map(|a| nisba(lexicon, lexes, *a)).next().or_else(|| nisba(lexicon, lexes, np.head));
    let own = set.chosen(lexicon, np, state);
    // "مسلحون موالون لإيران": the backer is not who they are
    let allied = np.owner.is_some_and(|o| (np.head..s.nps[o].tokens.start).any(|t| lexes.get(t).is_some_and(|l| l.has_any(&lexicon.sets.allied))));
    let owner = if allied { np.genitive } else { np.owner.or(np.genitive) };
    let inner = owner.filter(|_| depth < 4).map(|o| identify(cx, s, lexes, o, set, None, depth + 1));
    // "الفصائل العاملة ضمن غرفة العمليات": who they belong to tells more than a name that many bear
    let own =
        own.filter(|own| !(np.owner.is_some() && !allied && inner.as_ref().is_some_and(|i| i.actor.is_some_and(|a| a != own.0 && !lexicon.actors[a].state))));
    if let Some((i, a, _)) = own {
        id.actor = Some(i);
        id.country = a.country;
        id.roles = a.roles_on(set.day.as_deref()).to_vec();
        id.why = format!("actor {}", a.id);
        if a.state {
            if let Some(h) = head_rule.filter(|_| np.head != np.core.start || np.genitive.is_some())
                && let Some(r) = h.of_state
            {
                id.roles = vec![r];
            }
            // a state that shoots does so with its army
            if matches!(event, Some(EventType::Assault | EventType::Mobilize)) {
                id.roles = vec!["MIL"];
            }
        }
    } else if let Some(roles) = shared_roles(lexicon, np) {
        // a name that several countries have, in a text that does not say which: what they all are
        id.roles = roles;
        id.why = "name of several".into();
    } else if let Some(h) = head_rule {
        id.why = format!("head {}", h.id);
        id.civilian = h.civilian;
        id.roles = vec![h.role];
        if let Some(inner) = inner.as_ref().filter(|i| i.country.is_some() || i.actor.is_some() || !i.roles.is_empty() && i.roles != ["UNK"]) {
            id.country = inner.country;
            let owner_is_state = inner.actor.is_some_and(|a| lexicon.actors[a].state);
            let person = np.class.any(Class::HUMAN) && h.civilian == Some(true);
            if owner_is_state || inner.roles.first() == Some(&"GOV") && h.of_state == Some("MIL") {
                id.roles = vec![h.of_state.unwrap_or(h.role)];
            } else if !h.wins && !person && !inner.roles.is_empty() {
                id.roles = inner.roles.clone();
                if h.role == "MIL" && inner.roles.first() == Some(&"GOV") {
                    id.roles = vec!["MIL"];
                }
                if !matches!(h.role, "CVL" | "JRN" | "HLH") {
                    id.civilian = inner.civilian.or(id.civilian);
                }
            }
            if !person {
                id.actor = inner.actor;
            }
        }
        if let Some(st) = state {
            let a = &lexicon.actors[st];
            id.country = a.country;
            if let Some(r) = h.of_state {
                id.roles = vec![r];
            }
        }
        let backer = np.owner.filter(|_| allied && depth < 4).map(|o| identify(cx, s, lexes, o, set, None, depth + 1));
        if backer.is_some_and(|b| b.actor.is_some_and(|a| lexicon.actors[a].state) || matches!(b.roles.first(), Some(&"GOV" | &"MIL"))) && id.roles == ["REB"] {
            id.roles = vec!["PRM"];
        }
        if armed && id.roles == ["UNK"] {
            id.roles = vec!["UAF"];
            id.civilian = Some(false);
        }
    } else if let Some(inner) = inner {
        id = inner;
        id.why = "owner".into();
        if np.class.any(Class::FLEET) {
            id.roles = vec!["MIL"];
        }
    }
    if own.is_none()
        && id.country.is_none()
        && let Some(st) = state
    {
        let a = &lexicon.actors[st];
        id.country = a.country;
        if id.roles.is_empty() {
            id.roles = vec!["UNK"];
            id.why = format!("nisba {}", a.id);
        }
    }
    // adjectives: مدني, مسلح, معارض
    for a in &np.adjectives {
        let Some(l) = lexes.get(*a) else { continue };
        let says = |set: &[crate::lexicon::Sym]| l.has_any(set);
        if says(&lexicon.sets.civil) && np.class.any(Class::HUMAN) {
            id.civilian = Some(true);
            id.status = Some(StatusBasis::Stated);
            if id.roles.is_empty() || id.roles == ["UNK"] {
                id.roles = vec!["CVL"];
            }
        }
        if says(&lexicon.sets.opposed) && np.class.any(Class::GROUP) && !id.roles.contains(&"REB") {
            id.roles = vec!["REB"];
            id.civilian = Some(false);
        }
        if says(&lexicon.sets.governmental) && np.class.any(Class::GROUP.or(Class::FLEET)) && matches!(head_rule.map(|h| h.role), Some("MIL")) {
            id.roles = vec!["MIL"];
        }
        if says(&lexicon.sets.security) && np.class.any(Class::GROUP) && head_rule.is_some_and(|h| h.id == "forces") {
            id.roles = vec!["COP"];
        }
    }
    if id.roles.is_empty() {
        id.roles = vec!["UNK"];
    }
    // who is civilian
    let lead = id.roles[0];
    if id.civilian.is_none() && id.status.is_none() {
        id.civilian = match lead {
            "CVL" | "REF" | "JRN" | "HLH" | "EDU" | "NGO" | "BUS" | "REL" | "LAB" => Some(true),
            "MIL" | "REB" | "UAF" | "COP" | "GOV" | "PRM" | "SPY" | "CRM" => Some(false),
            _ => None,
        };
    }
    if id.civilian.is_some() && id.status.is_none() {
        // the word itself says it: مدني, طفل, مواطن
        let said = np.tags.any(tags.civilian);
        id.status = Some(if said { StatusBasis::Stated } else { StatusBasis::Presumed });
    }
    if let Some((a, _)) = id.actor.map(|a| (&lexicon.actors[a], 0))
        && id.why.is_empty()
    {
        id.why = format!("actor {}", a.id);
    }
    id
}

/// The state whose adjective stands at a token.
pub fn nisba(lexicon: &Lexicon, lexes: &Lexes<'_>, token: usize) -> Option<usize> {
    let l = lexes.get(token)?;
    l.syms.iter().find_map(|(s, _)| lexicon.nisba_syms.get(s)).map(|a| *a as usize)
}

/// What kind of source a noun phrase is.
pub fn source_kind(cx: &Context<'_>, s: &Sentence, lexes: &Lexes<'_>, n: NpId, set: &Setting) -> SourceKind {
    let lexicon = cx.lexicon;
    let np = &s.nps[n];
    let tokens: Range<usize> = np.core.clone();
    let id = identify(cx, s, lexes, n, set, None, 0);
    let by_role = |r: &str| match r {
        "MIL" => SourceKind::Military,
        "REB" | "PRM" | "UAF" => SourceKind::ArmedGroup,
        "COP" | "SPY" => SourceKind::Police,
        "GOV" | "IGO" | "LEG" | "JUD" => SourceKind::Official,
        "NGO" => SourceKind::NgoMonitor,
        "JRN" => SourceKind::Media,
        "HLH" => SourceKind::Medical,
        "PTY" | "OPP" => SourceKind::Official,
        _ => SourceKind::Person,
    };
    let name = arabic::names::name_words(cx.text.slice(cx.text.span(tokens.clone()))).join(" ");
    if let Some(rule) = lexicon.kinds.iter().find(|r| r.phrases.iter().any(|p| name.contains(p.as_str()))) {
        return rule.kind;
    }
    let head_kind = |i: usize| -> Option<SourceKind> {
        let l = lexes.get(i)?;
        lexicon.kinds.iter().find(|r| l.has_any(&r.words)).map(|r| r.kind)
    };
    let speaks_for = lexes.get(np.head).is_some_and(|l| l.has_any(&lexicon.sets.spokesman));
    // a ministry is an official whatever it has under it; a spokesman is what he speaks for
    if head_kind(np.head) == Some(SourceKind::Official) && !speaks_for && np.core.contains(&np.head) {
        return SourceKind::Official;
    }
    // the name itself
    if let Some(a) = id.actor.map(|a| &lexicon.actors[a])
        && !np.actor.is_empty()
    {
        return a.source.unwrap_or_else(|| by_role(a.roles_on(set.day.as_deref()).first().copied().unwrap_or("UNK")));
    }
    let opposed = np.adjectives.iter().any(|a| lexes.get(*a).is_some_and(|l| l.has_any(&lexicon.sets.opposed)));
    let is_bare_source = matches!(head_kind(np.head), None | Some(SourceKind::Anonymous));
    if is_bare_source {
        // مصادر طبية, مصدر في وزارة الداخلية: the adjective or the body tells
        let owner = np.owner.or(np.genitive).filter(|o| s.nps[*o].place.is_none()).map(|o| source_kind(cx, s, lexes, o, set));
        if owner == Some(SourceKind::ArmedGroup) {
            return SourceKind::ArmedGroup;
        }
        for a in &np.adjectives {
            if let Some(k) = head_kind(*a).filter(|k| *k != SourceKind::Anonymous) {
                return if k == SourceKind::Military && opposed { SourceKind::ArmedGroup } else { k };
            }
        }
        if let Some(k) = owner.filter(|k| !matches!(k, SourceKind::Person | SourceKind::Anonymous)) {
            return k;
        }
        if head_kind(np.head) == Some(SourceKind::Anonymous) {
            return SourceKind::Anonymous;
        }
    }
    if let Some(a) = id.actor.map(|a| &lexicon.actors[a]).filter(|a| !a.state) {
        if let Some(k) = a.source {
            return k;
        }
        let r = id.roles.first().copied().unwrap_or("UNK");
        if r != "UNK" {
            return by_role(r);
        }
    }
    if let Some(k) = head_kind(np.head) {
        // a minister of defence is an official; a spokesman is what he speaks for
        if k == SourceKind::Official && matches!(id.roles.first(), Some(&"MIL" | &"REB" | &"COP" | &"IGO")) && !np.core.is_empty() {
            return by_role(id.roles[0]);
        }
        return k;
    }
    match id.roles.first() {
        Some(&"UNK") | None => {
            if np.place.is_some() && np.shape.prep.is_none() {
                // "أعلنت كييف"
                SourceKind::Official
            } else if np.class.any(Class::NAMELIKE) || np.name.is_some() || np.class == Class::default() || one_person(np) {
                SourceKind::Person
            } else {
                SourceKind::Anonymous
            }
        }
        Some(&"CVL") => SourceKind::Local,
        Some(r) => by_role(r),
    }
}

/// "المحامي", "والد الضحية": somebody known, without a name.
fn one_person(np: &Np) -> bool {
    np.class.any(Class::HUMAN) && np.definite && np.shape.number.is_some_and(|n| n == arabic::morph::Number::Singular)
}
