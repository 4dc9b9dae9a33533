//! The small language in which constructions are written: words, `{category}`, `[optional]`, `(one|or|other)`;
//! `\(` and `\)` are the marks themselves.

use arabic::fold::{Level, fold_str};
use arabic::hash::Map;

/// A category of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)] // rules.toml says what each is
pub enum Slot {
    Weekday,
    Weekday0,
    Month,
    Dom,
    Year,
    Number,
    Ordinal,
    Unit,
    UnitThe,
    Unit2,
    Unit2The,
    Units,
    UnitsThe,
    Shift,
    Recent,
    Relday,
    Now,
    Daypart,
    DaypartThe,
    Position,
    Season,
    Fuzzy,
    Decade,
    Clock,
    NumDate,
    Holiday,
    Date,
    /// The next word carries a joining و.
    And,
    Half,
    /// The sentence, or a part of it, ends here; takes no token.
    End,
}

impl Slot {
    /// Every category that takes tokens of its own.
    pub(crate) const ALL: [Slot; 28] = {
        use Slot::*;
        [
            Weekday, Weekday0, Month, Dom, Year, Number, Ordinal, Unit, UnitThe, Unit2, Unit2The, Units, UnitsThe, Shift, Recent, Relday, Now, Daypart,
            DaypartThe, Position, Season, Fuzzy, Decade, Clock, NumDate, Holiday, Half, And,
        ]
    };

    fn parse(s: &str) -> Option<Slot> {
        use Slot::*;
        Some(match s {
            "weekday" => Weekday,
            "weekday0" => Weekday0,
            "month" => Month,
            "dom" => Dom,
            "year" => Year,
            "n" => Number,
            "ord" => Ordinal,
            "unit" => Unit,
            "Unit" => UnitThe,
            "unit2" => Unit2,
            "Unit2" => Unit2The,
            "units" => Units,
            "Units" => UnitsThe,
            "shift" => Shift,
            "recent" => Recent,
            "relday" => Relday,
            "now" => Now,
            "daypart" => Daypart,
            "Daypart" => DaypartThe,
            "position" => Position,
            "season" => Season,
            "fuzzy" => Fuzzy,
            "decade" => Decade,
            "clock" => Clock,
            "numdate" => NumDate,
            "holiday" => Holiday,
            "date" => Date,
            "and" => And,
            "half" => Half,
            "end" => End,
            _ => return None,
        })
    }
}

/// A part of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// A word, by its number among the literals.
    Word(u16),
    /// A punctuation mark.
    Mark(char),
    /// A category.
    Slot(Slot),
    /// These, or nothing.
    Optional(Vec<Node>),
    /// One of these.
    Either(Vec<Vec<Node>>),
}

/// Reads a pattern; its words are numbered in `literals`.
///
/// # Errors
/// What is not closed or not known.
pub fn parse(source: &str, literals: &mut Map<String, u16>) -> Result<Vec<Node>, String> {
    let chars: Vec<char> = source.chars().collect();
    let mut at = 0;
    let nodes = sequence(&chars, &mut at, literals)?;
    if at < chars.len() {
        return Err(format!("“{}” is closed but was not opened", chars[at]));
    }
    if nodes.is_empty() {
        return Err("the pattern is empty".into());
    }
    Ok(nodes)
}

fn sequence(c: &[char], at: &mut usize, literals: &mut Map<String, u16>) -> Result<Vec<Node>, String> {
    let mut out = Vec::new();
    while *at < c.len() {
        match c[*at] {
            ' ' => *at += 1,
            ']' | '|' => return Ok(out),
            ')' => return Ok(out),
            '[' => {
                *at += 1;
                let inner = sequence(c, at, literals)?;
                if c.get(*at) != Some(&']') {
                    return Err("a [ is not closed".into());
                }
                *at += 1;
                out.push(Node::Optional(inner));
            }
            '(' => {
                let mut branches = Vec::new();
                loop {
                    *at += 1;
                    branches.push(sequence(c, at, literals)?);
                    match c.get(*at) {
                        Some('|') => continue,
                        Some(')') => break,
                        _ => return Err("a ( is not closed".into()),
                    }
                }
                *at += 1;
                out.push(Node::Either(branches));
            }
            '{' => {
                let end = c[*at..].iter().position(|x| *x == '}').ok_or("a { is not closed")? + *at;
                let name: String = c[*at + 1..end].iter().collect();
                out.push(Node::Slot(Slot::parse(&name).ok_or_else(|| format!("no category “{name}”"))?));
                *at = end + 1;
            }
            '\\' if c.get(*at + 1).is_some_and(|m| "()".contains(*m)) => {
                out.push(Node::Mark(c[*at + 1]));
                *at += 2;
            }
            m @ (',' | '/' | '-' | ':') => {
                out.push(Node::Mark(m));
                *at += 1;
            }
            _ => {
                let start = *at;
                while *at < c.len() && !" []()|{},/:\\".contains(c[*at]) {
                    *at += 1;
                }
                let word: String = c[start..*at].iter().collect();
                let key = fold_str(&word, Level::Folded);
                let n = literals.len() as u16;
                out.push(Node::Word(*literals.entry(key).or_insert(n)));
            }
        }
    }
    Ok(out)
}

/// A set of parts of patterns: a bit each for the categories and for marks, the words spread over the other bits. What one token
/// can be, what a pattern can begin with and what every match has are such sets; comparing them answers most questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Parts(u64);

impl Parts {
    /// Anything.
    pub const ALL: Parts = Parts(u64::MAX);
    /// A punctuation mark.
    pub const MARK: Parts = Parts(1 << 31);

    pub const fn slot(s: Slot) -> Parts {
        Parts(1 << s as u8)
    }

    pub const fn word(w: u16) -> Parts {
        Parts(1 << (32 + w % 32))
    }

    #[must_use]
    pub const fn with(self, other: Parts) -> Parts {
        Parts(self.0 | other.0)
    }

    #[must_use]
    pub const fn without(self, other: Parts) -> Parts {
        Parts(self.0 & !other.0)
    }

    /// All of `other` is here.
    pub const fn has(self, other: Parts) -> bool {
        self.0 & other.0 == other.0
    }

    /// Some of `other` is here.
    pub const fn any(self, other: Parts) -> bool {
        self.0 & other.0 != 0
    }

    /// What a number in words can be.
    pub const NUMBER: Parts =
        Parts::slot(Slot::Dom).with(Parts::slot(Slot::Number)).with(Parts::slot(Slot::Ordinal)).with(Parts::slot(Slot::Year)).with(Parts::slot(Slot::Clock));

    /// What digits can be.
    pub const DIGITS: Parts = Parts::NUMBER.with(Parts::slot(Slot::NumDate));

    /// What the first token of a match can be; everything where a match can be empty or begin with a date.
    fn first(pattern: &[Node]) -> Parts {
        let mut begin = Vec::new();
        if firsts(pattern, &mut begin) {
            return Parts::ALL;
        }
        begin.iter().fold(Parts::default(), |p, n| {
            p.with(match n {
                Node::Word(w) => Parts::word(*w),
                Node::Mark(_) => Parts::MARK,
                Node::Slot(Slot::Date | Slot::End) => Parts::ALL,
                Node::Slot(s) => Parts::slot(*s),
                Node::Optional(_) | Node::Either(_) => Parts::ALL,
            })
        })
    }
}

/// What every match of a pattern has, in whatever order: all of some parts, and one at least of each of others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Needs {
    all: Parts,
    some: Vec<Parts>,
}

impl Needs {
    /// The needs of a pattern.
    pub fn of(pattern: &[Node]) -> Needs {
        let mut needs = Needs::default();
        for part in Needs::in_order(pattern) {
            match part.0.count_ones() {
                1 => needs.all = needs.all.with(part),
                _ if needs.some.contains(&part) => {}
                _ => needs.some.push(part),
            }
        }
        needs
    }

    /// What must be there, in the order of the pattern: of each of these some. Of branches the first and the last that each must have.
    fn in_order(pattern: &[Node]) -> Vec<Parts> {
        let mut out = Vec::new();
        for n in pattern {
            match n {
                Node::Word(w) => out.push(Parts::word(*w)),
                // these take no token of their own, or any that a date begins with
                Node::Slot(Slot::Date | Slot::End) | Node::Mark(_) | Node::Optional(_) => {}
                Node::Slot(s) => out.push(Parts::slot(*s)),
                Node::Either(branches) => {
                    let each: Vec<Vec<Parts>> = branches.iter().map(|b| Needs::in_order(b)).collect();
                    let one = |of: fn(&[Parts]) -> Option<&Parts>| each.iter().map(|b| of(b).copied()).try_fold(Parts::default(), |all, p| Some(all.with(p?)));
                    out.extend(one(<[Parts]>::first));
                    out.extend(one(<[Parts]>::last));
                }
            }
        }
        out
    }

    /// Are they met by what a stretch of tokens can be?
    #[inline]
    pub fn met(&self, by: Parts) -> bool {
        by.has(self.all) && self.some.iter().all(|p| by.any(*p))
    }
}

/// One way to begin a pattern: what its first token can be, and what stands behind that token or behind the number that it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Opening {
    first: Parts,
    next: Parts,
}

impl Opening {
    /// Every way to begin a compiled pattern.
    pub fn of(ops: &[Op]) -> Box<[Opening]> {
        let mut out: Vec<Opening> = Vec::new();
        for (first, behind) in heads(ops, 0) {
            let next = match behind {
                Some((at, inside)) => heads(ops, at).into_iter().fold(inside, |p, h| p.with(h.0)),
                None => Parts::ALL,
            };
            match out.iter_mut().find(|o| o.next == next) {
                Some(o) => o.first = o.first.with(first),
                None => out.push(Opening { first, next }),
            }
        }
        out.into()
    }

    /// May a pattern begin with such a token and such a one behind it, nothing where the stretch ends?
    #[inline]
    pub fn fits(openings: &[Opening], first: Parts, next: Parts) -> bool {
        openings.iter().any(|o| o.first.any(first) && (o.next == Parts::ALL || o.next.any(next)))
    }
}

/// What can be taken first from a step on, and where that is known the step behind it with what else the category may hold itself.
type Head = (Parts, Option<(usize, Parts)>);

fn heads(ops: &[Op], at: usize) -> Vec<Head> {
    use Slot::*;
    let one = |part, inside| vec![(part, Some((at + 1, inside)))];
    match &ops[at] {
        // a joining و may be a letter of the next word
        Op::Done | Op::Slot(End | Date | And) => vec![(Parts::ALL, None)],
        Op::Jump(to) => heads(ops, *to as usize),
        Op::Optional(past, _) => heads(ops, at + 1).into_iter().chain(heads(ops, *past as usize)).collect(),
        Op::Either(branches) => branches.iter().flat_map(|(b, _)| heads(ops, *b as usize)).collect(),
        Op::Word(w) => one(Parts::word(*w), Parts::default()),
        Op::Mark(_) => one(Parts::MARK, Parts::default()),
        // "بعد الظهر", "بعد منتصف الليل"
        Op::Slot(Daypart) => one(Parts::slot(Daypart), Parts::slot(Daypart).with(Parts::slot(Position))),
        Op::Slot(s @ (Month | Year | Clock | NumDate | Holiday)) => vec![(Parts::slot(*s), None)],
        Op::Slot(s) => one(Parts::slot(*s), Parts::default()),
    }
}

/// One step of a compiled pattern; the steps run in order unless they say otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Op {
    /// Take this word.
    Word(u16),
    /// Take this mark.
    Mark(char),
    /// Take this category.
    Slot(Slot),
    /// The steps up to the given one, or none of them; and what they can begin with.
    Optional(u32, Parts),
    /// The steps from each of these on, and what each can begin with.
    Either(Box<[(u32, Parts)]>),
    /// Go on there.
    Jump(u32),
    /// The pattern is matched.
    Done,
}

/// Lays a pattern out as steps, so that matching needs no memory of where it is but one number.
pub(crate) fn compile(nodes: &[Node]) -> Box<[Op]> {
    fn lay(nodes: &[Node], ops: &mut Vec<Op>) {
        for n in nodes {
            match n {
                Node::Word(w) => ops.push(Op::Word(*w)),
                Node::Mark(m) => ops.push(Op::Mark(*m)),
                Node::Slot(s) => ops.push(Op::Slot(*s)),
                Node::Optional(inner) => {
                    let at = ops.len();
                    ops.push(Op::Done);
                    lay(inner, ops);
                    ops[at] = Op::Optional(ops.len() as u32, Parts::first(inner));
                }
                Node::Either(branches) => {
                    let at = ops.len();
                    ops.push(Op::Done);
                    let mut starts = Vec::with_capacity(branches.len());
                    let mut jumps = Vec::with_capacity(branches.len());
                    for b in branches {
                        starts.push((ops.len() as u32, Parts::first(b)));
                        lay(b, ops);
                        jumps.push(ops.len());
                        ops.push(Op::Done);
                    }
                    let end = ops.len() as u32;
                    for j in jumps {
                        ops[j] = Op::Jump(end);
                    }
                    ops[at] = Op::Either(starts.into());
                }
            }
        }
    }
    let mut ops = Vec::new();
    lay(nodes, &mut ops);
    ops.push(Op::Done);
    ops.into()
}

/// Every way in which a pattern may begin.
pub(crate) fn firsts(nodes: &[Node], out: &mut Vec<Node>) -> bool {
    for n in nodes {
        match n {
            Node::Optional(inner) => {
                firsts(inner, out);
            }
            Node::Either(branches) => {
                let mut empty = false;
                for b in branches {
                    empty |= firsts(b, out);
                }
                if !empty {
                    return false;
                }
            }
            n => {
                if !out.contains(n) {
                    out.push(n.clone());
                }
                return false;
            }
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_refuses() {
        let mut l = Map::default();
        let p = parse("[يوم] {weekday} (من|في) [\\(] {month} [\\)]", &mut l).unwrap();
        assert_eq!(p.len(), 6);
        assert_eq!(p[3], Node::Optional(vec![Node::Mark('(')]));
        assert!(parse("[يوم", &mut l).is_err());
        assert!(parse("{gone}", &mut l).is_err());
        assert!(parse("", &mut l).is_err());
        let mut f = Vec::new();
        assert!(!firsts(&p, &mut f));
        assert_eq!(f.len(), 2);
    }

    #[test]
    fn what_a_pattern_asks_for() {
        let mut l = Map::default();
        let p = parse("[يوم] ({weekday} {shift}|{Daypart} الماضي)", &mut l).unwrap();
        let (day, weekday, shift) = (Parts::word(l["يوم"]), Parts::slot(Slot::Weekday), Parts::slot(Slot::Shift));
        let needs = Needs::of(&p);
        assert!(needs.met(weekday.with(shift)));
        assert!(!needs.met(day.with(weekday)));
        let openings = Opening::of(&compile(&p));
        assert!(Opening::fits(&openings, day, weekday));
        assert!(Opening::fits(&openings, weekday, shift));
        assert!(!Opening::fits(&openings, weekday, day));
        assert!(!Opening::fits(&openings, shift, weekday));
        // what may be the whole match fits before anything
        let p = parse("{weekday} [{shift}]", &mut l).unwrap();
        assert!(Opening::fits(&Opening::of(&compile(&p)), weekday, Parts::default()));
    }
}
