//! The words, holidays and constructions of `lexicon/time`.

use crate::pattern::{self, Node};
use arabic::fold::{Level, fold_str};
use arabic::hash::{Map, Set};
use serde::Deserialize;

/// The categories of `words.txt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
#[allow(missing_docs)] // words.txt says what each is
pub enum Cat {
    Weekday,
    Month,
    MonthPair,
    Hijri,
    HijriPair,
    HijriSecond,
    Unit,
    Unit2,
    Units,
    Shift,
    Recent,
    Relday,
    Now,
    Daypart,
    Position,
    Season,
    Share,
    Fuzzy,
    Decade,
}

impl Cat {
    fn parse(s: &str) -> Option<Cat> {
        use Cat::*;
        Some(match s {
            "weekday" => Weekday,
            "month" => Month,
            "monthpair" => MonthPair,
            "hijri" => Hijri,
            "hijripair" => HijriPair,
            "hijrisecond" => HijriSecond,
            "unit" => Unit,
            "unit2" => Unit2,
            "units" => Units,
            "shift" => Shift,
            "recent" => Recent,
            "relday" => Relday,
            "now" => Now,
            "daypart" => Daypart,
            "position" => Position,
            "season" => Season,
            "share" => Share,
            "fuzzy" => Fuzzy,
            "decade" => Decade,
            _ => return None,
        })
    }
}

/// One meaning of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sense {
    /// Its category.
    pub cat: Cat,
    /// Its value in the category.
    pub value: i64,
    /// The word has other meanings and counts only beside other words of time.
    pub weak: bool,
}

/// When a holiday falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feast {
    /// A day of the Gregorian year.
    Fixed(u8, u8),
    /// A day of the Hijri year.
    Hijri(u8, u8),
    /// Days from Easter by the western reckoning.
    Western(i64),
    /// Days from Easter by the eastern reckoning.
    Eastern(i64),
    /// The nth weekday of a month.
    Nth(u8, u8, u8),
}

/// A construction of `rules.toml`.
#[derive(Debug)]
pub struct Rule {
    /// Its name.
    pub id: String,
    /// What it matches.
    pub pattern: Vec<Node>,
    /// The same, laid out for matching.
    pub(crate) ops: Box<[pattern::Op]>,
    /// What every match has.
    pub(crate) needs: pattern::Needs,
    /// The ways in which it can begin.
    pub(crate) openings: Box<[pattern::Opening]>,
    /// Which resolver makes the interval.
    pub make: crate::resolve::Make,
    /// Texts with what must come out.
    pub examples: Vec<String>,
    /// Texts in which it must find nothing.
    pub not: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleSource {
    id: String,
    pattern: String,
    make: String,
    examples: Vec<String>,
    #[serde(default)]
    not: Vec<String>,
}

#[derive(Deserialize)]
struct RulesSource {
    rule: Vec<RuleSource>,
}

/// Everything of `lexicon/time`, ready for use.
#[derive(Debug, Default)]
pub struct Table {
    senses: Map<String, Vec<Sense>>,
    /// Holidays by the folded first word of a name: the other words, and when.
    feasts: Map<String, Vec<(Vec<String>, Feast)>>,
    /// The constructions.
    pub rules: Vec<Rule>,
    /// Words that patterns name.
    pub(crate) literals: Map<String, u16>,
    /// Those that only lead into an expression; see [`Table::leads`].
    leads: Set<u16>,
    /// Words that belong to expressions although no pattern and no category names them: behind an hour, inside a holiday's name.
    links: Set<String>,
    /// Words behind اليوم that make it another day than today.
    other_days: Set<String>,
}

impl Table {
    /// Reads the three files.
    ///
    /// # Errors
    /// The first bad line or rule, named.
    pub fn parse(words: &str, holidays: &str, rules: &str) -> Result<Table, String> {
        let mut t = Table::default();
        let mut leads: Vec<String> = Vec::new();
        for (n, line) in words.lines().enumerate() {
            let line = line.split('#').next().unwrap_or("").trim();
            let mut w = line.split_whitespace();
            let Some(cat) = w.next() else { continue };
            if cat == "link" {
                t.links.extend(w.skip(1).map(|x| fold_str(x, Level::Folded)));
                continue;
            }
            if cat == "lead" {
                leads.extend(w.skip(1).map(|x| fold_str(x, Level::Folded)));
                continue;
            }
            if cat == "otherday" {
                t.other_days.extend(w.skip(1).map(|x| fold_str(x, Level::Folded)));
                continue;
            }
            let bad = |why: String| format!("time/words.txt:{}: {why}", n + 1);
            let cat = Cat::parse(cat).ok_or_else(|| bad(format!("no category “{cat}”")))?;
            let value: i64 = w.next().and_then(|v| v.parse().ok()).ok_or_else(|| bad("the value is no number".into()))?;
            for form in w {
                let weak = form.starts_with('~');
                let key = fold_str(form.trim_start_matches('~'), Level::Folded);
                let list = t.senses.entry(key).or_default();
                let s = Sense { cat, value, weak };
                if !list.contains(&s) {
                    list.push(s);
                }
            }
        }
        for (n, line) in holidays.lines().enumerate() {
            let line = line.split('#').next().unwrap_or("").trim();
            if line.is_empty() {
                continue;
            }
            let bad = || format!("time/holidays.txt:{}: not “when, length, names”", n + 1);
            let w: Vec<&str> = line.split_whitespace().collect();
            let pair = |s: &str| -> Option<(u8, u8)> {
                let (a, b) = s.split_once('-')?;
                Some((a.parse().ok()?, b.parse().ok()?))
            };
            let num = |i: usize| w.get(i).and_then(|s| s.parse::<i64>().ok());
            let (feast, used) = match *w.first().ok_or_else(bad)? {
                "h" => (w.get(1).and_then(|s| pair(s)).map(|(m, d)| Feast::Hijri(m, d)), 3),
                "western" => (num(1).map(Feast::Western), 3),
                "eastern" => (num(1).map(Feast::Eastern), 3),
                "nth" => (num(1).zip(num(2)).zip(num(3)).map(|((a, b), c)| Feast::Nth(a as u8, b as u8, c as u8)), 5),
                s => (pair(s).map(|(m, d)| Feast::Fixed(m, d)), 2),
            };
            let feast = feast.ok_or_else(bad)?;
            for name in w.get(used..).ok_or_else(bad)?.join(" ").split('|') {
                let mut words = name.split_whitespace().map(|x| fold_str(x, Level::Folded));
                let first = words.next().ok_or_else(bad)?;
                let rest: Vec<String> = words.collect();
                t.links.extend(rest.iter().cloned());
                t.feasts.entry(first).or_default().push((rest, feast));
            }
        }
        for list in t.feasts.values_mut() {
            list.sort_by_key(|f| std::cmp::Reverse(f.0.len()));
        }
        let source: RulesSource = toml::from_str(rules).map_err(|e| format!("time/rules.toml: {e}"))?;
        for r in source.rule {
            let pattern = pattern::parse(&r.pattern, &mut t.literals).map_err(|e| format!("time/rules.toml: {}: {e}", r.id))?;
            let make = crate::resolve::Make::parse(&r.make).ok_or_else(|| format!("time/rules.toml: {}: no resolver “{}”", r.id, r.make))?;
            if t.rules.iter().any(|x| x.id == r.id) {
                return Err(format!("time/rules.toml: {}: two rules of this name", r.id));
            }
            let (ops, needs) = (pattern::compile(&pattern), pattern::Needs::of(&pattern));
            let openings = pattern::Opening::of(&ops);
            t.rules.push(Rule { id: r.id, pattern, ops, needs, openings, make, examples: r.examples, not: r.not });
        }
        t.leads = leads.iter().filter_map(|l| t.literals.get(l)).copied().collect();
        Ok(t)
    }

    /// Every word of time and every word that a construction or a holiday names, folded, in order.
    pub fn words(&self) -> Vec<&str> {
        let mut out: Vec<&str> = self.senses.keys().chain(self.literals.keys()).chain(self.feasts.keys()).map(String::as_str).collect();
        out.sort_unstable();
        out.dedup();
        out
    }

    /// The meanings of a folded word.
    pub fn senses(&self, key: &str) -> &[Sense] {
        self.senses.get(key).map_or(&[], Vec::as_slice)
    }

    /// `true` for a pattern's word that leads into expressions and never makes one without another word of time, a year or a
    /// date in digits; far from those, most tokens of most texts need no closer look.
    pub(crate) fn leads(&self, literal: u16) -> bool {
        self.leads.contains(&literal)
    }

    /// `true` for a word that expressions may hold without a meaning of its own there.
    pub(crate) fn links(&self, key: &str) -> bool {
        self.links.contains(key)
    }

    /// `true` for a word behind اليوم that makes it another day than today: "اليوم الوطني", "في اليوم الذي".
    pub(crate) fn makes_another_day(&self, key: &str) -> bool {
        self.other_days.contains(key)
    }

    /// The holidays whose name begins with a folded word, longest name first.
    pub fn feasts(&self, first: &str) -> &[(Vec<String>, Feast)] {
        self.feasts.get(first).map_or(&[], Vec::as_slice)
    }
}
