//! How many: numerals, duals, singulars and bare plurals of counted people and things.

use crate::lexicon::Sym;
use crate::phrase::{Class, Context, Np, NpId, Sentence};
use crate::record::{CountKind, Group, Relation};
use crate::trigger::Lexes;
use crate::vocab::Particle;
use arabic::morph::Number;
use arabic::number::Vague;
use arabic::text::Kind;
use std::ops::Range;

/// A count before it is quoted.
#[derive(Debug, Clone, PartialEq)]
pub struct Tally {
    /// The tokens to quote.
    pub tokens: Range<usize>,
    /// The first byte, when clitics of the first token are left out.
    pub skip: u8,
    #[allow(missing_docs)]
    pub kind: CountKind,
    #[allow(missing_docs)]
    pub low: Option<f64>,
    #[allow(missing_docs)]
    pub high: Option<f64>,
    #[allow(missing_docs)]
    pub vague: Option<Vague>,
    #[allow(missing_docs)]
    pub approx: bool,
    #[allow(missing_docs)]
    pub group: Group,
    #[allow(missing_docs)]
    pub relation: Relation,
    /// The rule.
    pub why: &'static str,
}

/// Counts a noun phrase as `kind`; `None` when it is a name of a group or a thing that is not counted.
pub fn tally(cx: &Context<'_>, s: &Sentence, lexes: &Lexes<'_>, n: NpId, kind: CountKind, group: Group) -> Option<Tally> {
    let np = &s.nps[n];
    let mut t = Tally {
        tokens: np.core.clone(),
        skip: np.shape.skip,
        kind,
        low: None,
        high: None,
        vague: None,
        approx: false,
        group,
        relation: relation(cx, s, lexes, np),
        why: "count.number",
    };
    if let Some(k) = np.number {
        let num = &cx.numbers[k];
        if num.kind != arabic::number::NumberKind::Cardinal {
            return None;
        }
        t.tokens = num.outer.start.min(np.core.start).max(s.tokens.start)..np.core.end.min(number_end(cx, s, lexes, np));
        t.skip = if t.tokens.start == np.core.start { np.shape.skip } else { 0 };
        t.vague = num.vague;
        t.approx = num.approx;
        if num.vague.is_none() {
            match (num.low, num.high) {
                (None, None) => (t.low, t.high) = (Some(num.value), Some(num.value)),
                (l, h) => (t.low, t.high) = (l, h),
            }
            // "30 شخصا على الأقل": the cue stands behind the noun
            if num.low.is_some() && num.high.is_none() {
                t.tokens.end = cue_behind(cx, s, lexes, t.tokens.end);
            }
        }
        return Some(t);
    }
    let sets = &cx.lexicon.sets;
    let has = |i: usize, set: &[Sym]| lexes.at(i).has_any(set);
    let word = |i: usize| -> &str {
        match cx.text.tokens.get(i) {
            Some(t) if t.kind == Kind::Word => &cx.words.get(t.word).key,
            _ => "",
        }
    };
    if let Some(q) = np.quantifier {
        if has(q, &sets.all) {
            return None;
        }
        if has(q, &sets.one_of) {
            (t.low, t.high) = (Some(1.0), Some(1.0));
            t.why = "count.one-of";
        } else {
            t.vague = Some(Vague::Several);
            t.why = "count.several";
        }
        return Some(t);
    }
    if np.other && np.number.is_none() {
        // "وإصابة آخرين"
        if dual_form(word(np.head), false) && np.shape.number != Some(Number::Plural) {
            (t.low, t.high) = (Some(2.0), Some(2.0));
        } else if has(np.head, &sets.another) {
            (t.low, t.high) = (Some(1.0), Some(1.0));
        } else {
            t.vague = Some(Vague::Several);
        }
        t.why = "count.others";
        return Some(t);
    }
    let human = np.class.any(Class::HUMAN.or(Class::CASUALTY)) || np.name.is_some();
    // a group's name, a body: not counted
    if !np.actor.is_empty() && !human || np.class.any(Class::GROUP) && !human && np.number.is_none() {
        return None;
    }
    // the numeral may stand behind: "القتلى الخمسة", "مدنيين اثنين"
    if let Some(num) = number_behind(cx, s, np) {
        t.tokens.end = t.tokens.end.max(num.tokens.end);
        (t.low, t.high) = (Some(num.value), Some(num.value));
        t.why = "count.behind";
        return Some(t);
    }
    // "المدنيان أحمد وسالم": the second of two who were counted
    if joined_to(cx, s, np).is_some_and(|p| p.name.is_some() && p.shape.number == Some(Number::Dual)) {
        return None;
    }
    // a name is one person
    if np.name.is_some() || np.class.any(Class::NAMELIKE) && np.definite {
        if np.shape.number == Some(Number::Dual) {
            (t.low, t.high) = (Some(2.0), Some(2.0));
        } else {
            (t.low, t.high) = (Some(1.0), Some(1.0));
        }
        t.why = "count.named";
        return Some(t);
    }
    if !human {
        return None;
    }
    let number = np.shape.number.unwrap_or(Number::Any);
    // -ين may be dual or plural: "مدنيين" alone is plural, "مدنيين اثنين" was caught above; "شخصين" has another plural
    match number {
        Number::Plural | Number::Dual if !np.shape.the && vowelled_dual(cx.text.slice(cx.text.span(np.head..np.head + 1))) => {
            (t.low, t.high) = (Some(2.0), Some(2.0));
            t.why = "count.dual";
        }
        // "شابا", "جندي": a form like the dual's own that stands alone is the singular
        Number::Dual if !dual_form(word(np.head), np.genitive.is_some()) => {
            (t.low, t.high) = (Some(1.0), Some(1.0));
            t.why = "count.one";
        }
        Number::Dual if !ambiguous_dual(cx, np) => {
            (t.low, t.high) = (Some(2.0), Some(2.0));
            t.why = "count.dual";
        }
        Number::Singular if !np.definite || np.genitive.is_some() && !np.shape.the => {
            (t.low, t.high) = (Some(1.0), Some(1.0));
            t.why = "count.one";
        }
        Number::Singular => {
            (t.low, t.high) = (Some(1.0), Some(1.0));
            t.why = "count.the-one";
        }
        // "اقتادوا العائلات": known people, not a number
        Number::Plural | Number::Dual if np.shape.the => return None,
        Number::Plural | Number::Dual => {
            t.vague = Some(Vague::Several);
            t.why = "count.plural";
        }
        Number::Any => return None,
    }
    Some(t)
}

/// "شابان", "شابي الحي": a dual by its ending, which ا has only before a genitive; "جندي" is none.
fn dual_form(key: &str, construct: bool) -> bool {
    key.ends_with("ان") || key.ends_with("ين") || construct && (key.ends_with('ا') || key.ends_with("تي"))
}

/// "مدنيَّيْن": the vowel before the ending, where it is written, tells two from many, "مدنيِّين".
fn vowelled_dual(written: &str) -> bool {
    const FATHA: char = '\u{064E}';
    let is_mark = |c: &char| arabic::letters::class(*c) == arabic::letters::CharClass::Mark;
    let mut back = written.chars().rev().skip_while(is_mark);
    if back.next() != Some('ن') {
        return false;
    }
    let mut back = back.skip_while(is_mark);
    back.next() == Some('ي') && back.take_while(is_mark).any(|c| c == FATHA)
}

/// مدنيين, مسلحين: written alike as dual and plural.
fn ambiguous_dual(cx: &Context<'_>, np: &Np) -> bool {
    let w = cx.words.get(cx.text.tokens[np.head].word);
    let pos = np.reading.and_then(|r| w.readings.get(r as usize)).map(|r| r.pos);
    w.key.ends_with("ين") && w.readings.iter().any(|r| Some(r.pos) == pos && r.feat.number() == Number::Plural)
}

fn number_behind<'a>(cx: &'a Context<'_>, s: &Sentence, np: &Np) -> Option<&'a arabic::number::Number> {
    let behind = cx.numbers.partition_point(|n| n.tokens.start <= np.core.start);
    let near = cx.numbers[behind..].iter().take_while(|n| n.tokens.start <= np.core.end && n.tokens.start < s.tokens.end);
    let inside = near.into_iter().find(|n| n.vague.is_none());
    inside.filter(|n| {
        n.value >= 2.0
            && n.value < 1000.0
            && n.kind == arabic::number::NumberKind::Cardinal
            && (n.definite && np.shape.the || n.value == 2.0 && !n.definite)
            && cx.text.tokens[n.tokens.start].kind == Kind::Word
            // "جنديا وخمسة عمال": another count is joined
            && !cx.words.get(cx.text.tokens[n.tokens.start].word).key.starts_with('و')
    })
}

/// Where the quotation of a counted phrase ends: the noun and its adjectives, not whose they are; a number without a noun of its own
/// is quoted with those that it counts, "ثلاثة من العناصر".
fn number_end(cx: &Context<'_>, s: &Sentence, lexes: &Lexes<'_>, np: &Np) -> usize {
    let (Some(o), Some(k)) = (np.owner, np.number) else { return np.core.end };
    let number = cx.numbers[k].tokens.end;
    let owner = s.nps[o].tokens.start.min(np.core.end);
    let linked = owner.checked_sub(1).filter(|i| *i >= number && lexes.at(*i).particle.is_some_and(|p| p.0 == Particle::Prep));
    match linked {
        Some(i) if i == number => np.core.end,
        Some(i) => i,
        None => owner.max(number),
    }
}

fn cue_behind(cx: &Context<'_>, s: &Sentence, lexes: &Lexes<'_>, from: usize) -> usize {
    let least = from + 1 < s.tokens.end && cx.text.tokens[from].kind == Kind::Word && lexes.at(from + 1).has_any(&cx.lexicon.sets.least);
    if least { from + 2 } else { from }
}

/// "بينهم طفلان وامرأة": some of those that stand before, and what is joined to them.
fn relation(cx: &Context<'_>, s: &Sentence, lexes: &Lexes<'_>, np: &Np) -> Relation {
    let among = |np: &Np| {
        let before = np.tokens.start.saturating_sub(3).max(s.tokens.start)..np.tokens.start;
        before.into_iter().any(|i| lexes.at(i).has_any(&cx.lexicon.sets.among))
    };
    let list = std::iter::successors(Some(np), |np| joined_to(cx, s, np));
    if list.into_iter().any(among) { Relation::Part } else { Relation::Total }
}

/// The phrase right before one that is joined to it: "⟨8 أطفال⟩ و4 نساء".
fn joined_to<'s>(cx: &Context<'_>, s: &'s Sentence, np: &Np) -> Option<&'s Np> {
    let word = |i: usize| cx.text.tokens.get(i).filter(|t| t.kind == Kind::Word).map_or("", |t| cx.words.get(t.word).key.as_ref());
    let start = np.tokens.start;
    let end = match start.checked_sub(1).filter(|i| *i >= s.tokens.start) {
        Some(i) if word(i) == "و" => i,
        Some(_) if word(start).starts_with('و') => start,
        _ => return None,
    };
    s.nps.iter().filter(|p| p.tokens.end == end).min_by_key(|p| p.tokens.start)
}
