//! Time expressions of Arabic reports and posts: found in a text and resolved against an anchor.
//!
//! The words, holidays and constructions are data (`lexicon/time`); `resolve.rs` holds one small function for each kind of
//! construction. News looks back: a bare weekday or month is the last one, unless [`Prefer::Future`] turns that. Every expression has
//! the interval that it names, local and without a zone, and where a coder of news would take other days for it, those
//! ([`Expression::days`]). A weekday that its date contradicts is told in [`Expression::conflict`].
//!
//! How it is fast: one byte a word tells whether an expression can hold the word at all; only stretches of such words in which one
//! makes an expression possible are looked at, and there only the constructions that can begin with the two words at hand and all of
//! whose parts stand somewhere behind them are tried.
//!
//! ```
//! use arabic::{dictionary, text::Text, words::Words};
//! use tawatur_time::{Moment, Prefer, TimeFinder};
//! let mut words = Words::new(dictionary());
//! let text = Text::new("قصفت القوات البلدة مساء أمس الأربعاء", &mut words);
//! let anchor = Moment::parse("2015-07-23").unwrap();
//! let found = TimeFinder::new().find(&text, &words, anchor, Prefer::Past);
//! assert_eq!(found[0].days().unwrap().0.date(), "2015-07-22");
//! ```

mod gate;
pub mod hijri;
mod matcher;
mod moment;
mod pattern;
mod resolve;
mod table;

pub use moment::{Interval, Moment, Unit};
pub use table::Table;

use arabic::number::{Number, Numbers};
use arabic::text::{Kind, Text};
use arabic::words::{Column, Gates, Words};
use gate::Gate;
use pattern::Parts;
use std::ops::Range;
use std::sync::OnceLock;

/// Which way a bare weekday, month or day leans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Prefer {
    /// The last one: news.
    #[default]
    Past,
    /// The next one: diaries, announcements.
    Future,
}

/// The moment against which expressions are resolved: when the report was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Anchor {
    /// By the local clock.
    pub moment: Moment,
    /// Minutes east of Greenwich, where they are known; "8 بتوقيت غرينتش" needs them.
    pub offset: Option<i32>,
}

impl From<Moment> for Anchor {
    fn from(moment: Moment) -> Anchor {
        Anchor { moment, offset: None }
    }
}

impl Anchor {
    /// Reads an ISO date or date-time with its zone, if it has one.
    ///
    /// ```
    /// use tawatur_time::Anchor;
    /// assert_eq!(Anchor::parse("2013-02-12T04:30:00-02:00").unwrap().offset, Some(-120));
    /// assert_eq!(Anchor::parse("2018-02-13").unwrap().offset, None);
    /// ```
    pub fn parse(s: &str) -> Option<Anchor> {
        let moment = Moment::parse(s)?;
        let zone = s.trim().get(11..).unwrap_or("");
        let offset = if zone.ends_with('Z') {
            Some(0)
        } else {
            zone.rfind(['+', '-']).and_then(|i| {
                let (h, m) = zone[i + 1..].split_once(':').unwrap_or((&zone[i + 1..], "0"));
                let minutes = h.parse::<i32>().ok()? * 60 + m.parse::<i32>().ok()?;
                Some(if zone[i..].starts_with('-') { -minutes } else { minutes })
            })
        };
        Some(Anchor { moment, offset })
    }
}

/// What an expression names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExpressionKind {
    /// A day or a longer unit of the calendar.
    Date,
    /// A time of the clock.
    Time,
    /// A stretch with two ends.
    Interval,
    /// A length.
    Duration,
    /// Again and again.
    Set,
    /// A holiday.
    Holiday,
}

impl ExpressionKind {
    /// The word that records use.
    pub fn as_str(self) -> &'static str {
        match self {
            ExpressionKind::Date => "date",
            ExpressionKind::Time => "time",
            ExpressionKind::Interval => "interval",
            ExpressionKind::Duration => "duration",
            ExpressionKind::Set => "set",
            ExpressionKind::Holiday => "holiday",
        }
    }
}

/// One time expression of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its bytes, without a conjunction written onto its first word.
    pub bytes: Range<usize>,
    /// What it names.
    pub kind: ExpressionKind,
    /// When; `None` for durations and sets.
    pub interval: Option<Interval>,
    /// The unit it is good to.
    pub grain: Unit,
    /// ISO 8601, of durations.
    pub duration: Option<String>,
    /// What its parts say that cannot all be true, in words.
    pub conflict: Option<String>,
    /// First and last day that a news coder takes it for, where that differs from the interval.
    pub window: Option<(Moment, Moment)>,
    /// The interval that the other preference would give.
    pub other: Option<Interval>,
    /// The construction that found it: the `id` in rules.toml.
    pub rule: &'static str,
}

impl Expression {
    /// First and last day, inclusive, as a coder of news takes them; `None` for durations and sets.
    pub fn days(&self) -> Option<(Moment, Moment)> {
        if let Some(w) = self.window {
            return Some(w);
        }
        let i = self.interval?;
        Some((i.from.floor(Unit::Day), i.last_day()))
    }
}

/// The finder of time expressions, with its memory of words.
#[derive(Debug)]
pub struct TimeFinder {
    table: &'static Table,
    index: matcher::Index,
    cells: Column<Option<Box<matcher::Cell>>>,
    gates: Gates,
    numbers: Numbers,
    /// Of the stretch at hand: its numbers, what each token can be, what those from it on can be, and the dates within others.
    found: Vec<Number>,
    parts: Vec<Parts>,
    rest: Vec<Parts>,
    memo: matcher::Memo,
}

impl Default for TimeFinder {
    fn default() -> Self {
        TimeFinder::new()
    }
}

/// The table that the crate carries.
pub fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let parsed = Table::parse(
            include_str!(concat!(env!("OUT_DIR"), "/words.txt")),
            include_str!(concat!(env!("OUT_DIR"), "/holidays.txt")),
            include_str!(concat!(env!("OUT_DIR"), "/rules.toml")),
        );
        // the crate's tests read the same files
        parsed.unwrap_or_else(|e| unreachable!("{e}"))
    })
}

impl TimeFinder {
    /// A finder over the words and constructions that the crate carries.
    pub fn new() -> TimeFinder {
        TimeFinder::with_table(table())
    }

    /// A finder over another table.
    pub fn with_table(table: &'static Table) -> TimeFinder {
        TimeFinder {
            table,
            index: matcher::Index::new(table),
            cells: Column::default(),
            gates: Gates::default(),
            numbers: Numbers::new(),
            found: Vec::new(),
            parts: Vec::new(),
            rest: Vec::new(),
            memo: Vec::new(),
        }
    }

    /// Every time expression of `text`, in order, none overlapping another, resolved against `anchor`.
    pub fn find(&mut self, text: &Text<'_>, words: &Words, anchor: impl Into<Anchor>, prefer: Prefer) -> Vec<Expression> {
        self.find_in(text, words, &text.sentences, anchor, prefer)
    }

    /// The same, of some of its sentences only.
    pub fn find_in(&mut self, text: &Text<'_>, words: &Words, sentences: &[Range<usize>], anchor: impl Into<Anchor>, prefer: Prefer) -> Vec<Expression> {
        let Anchor { moment: anchor, offset } = anchor.into();
        let mut cx = resolve::Context { anchor, offset, prefer, named: None, table: self.table };
        let mut out = Vec::new();
        for sentence in sentences {
            self.sentence(text, words, sentence.clone(), &mut cx, &mut out);
        }
        out
    }

    fn sentence(&mut self, text: &Text<'_>, words: &Words, sentence: Range<usize>, cx: &mut resolve::Context<'_>, out: &mut Vec<Expression>) {
        // Most tokens are ordinary words, which no expression can hold: what lies between two of them is looked at only where
        // a word of time stands in it.
        let mut start = sentence.start;
        let mut strong = false;
        for i in sentence.clone() {
            let t = &text.tokens[i];
            let gate = match t.kind {
                Kind::Word => Gate(self.gates.get(words, t.word, |w| Gate::of(self.table, &self.index, &self.numbers, w).0)),
                Kind::Number => Gate::number(t.end - t.start),
                Kind::Punct | Kind::Foreign => Gate::LINK,
                Kind::Break => Gate::NONE,
            };
            if gate.has(Gate::LINK) {
                // a day of the month, in digits or words, may end the sentence or a part of it
                strong |= gate.has(Gate::STRONG) || gate.has(Gate::NUMBER) && text.tokens[..sentence.end].get(i + 1).is_none_or(|n| n.kind == Kind::Punct);
            } else {
                if strong {
                    self.stretch(text, words, start..i, sentence.end, cx, out);
                }
                (start, strong) = (i + 1, false);
            }
        }
        if strong {
            self.stretch(text, words, start..sentence.end, sentence.end, cx, out);
        }
    }

    /// The expressions of a stretch of tokens that may belong to one.
    fn stretch(&mut self, text: &Text<'_>, words: &Words, stretch: Range<usize>, stop: usize, cx: &mut resolve::Context<'_>, out: &mut Vec<Expression>) {
        self.parts.clear();
        let mut leads = false;
        for t in &text.tokens[stretch.clone()] {
            let led = std::mem::take(&mut leads);
            let part = match t.kind {
                Kind::Word => {
                    let cell = self.cells.get(words, t.word, |w| matcher::cell(self.table, &self.index, w));
                    leads = cell.as_ref().is_some_and(|c| c.leads_to_year);
                    if let (true, Some(before)) = (led && cell.as_ref().is_some_and(|c| c.names_year), self.parts.last_mut()) {
                        *before = before.with(Parts::slot(pattern::Slot::Year));
                    }
                    let own = cell.as_ref().map_or(Parts::default(), |c| c.parts);
                    // a number in words may carry its و; the gates were made by the first pass
                    match Gate(self.gates.peek(t.word)).has(Gate::NUMBER) {
                        true => own.with(Parts::NUMBER).with(Parts::slot(pattern::Slot::And)),
                        false => own,
                    }
                }
                Kind::Number => Parts::DIGITS,
                // a comma may stand before a year
                _ => Parts::MARK.with(Parts::slot(pattern::Slot::Year)),
            };
            self.parts.push(part);
        }
        self.rest.clear();
        self.rest.extend(self.parts.iter().rev().scan(Parts::default(), |all, p| {
            *all = all.with(*p);
            Some(*all)
        }));
        self.rest.reverse();
        self.found.clear();
        self.numbers.find_plain_in(text, words, stretch.clone(), &mut self.found);
        self.memo.clear();
        let view = matcher::View {
            table: self.table,
            text,
            words,
            numbers: &self.found,
            cells: &self.cells,
            index: &self.index,
            end: stretch.end,
            stop,
            start: stretch.start,
            tokens: &self.parts,
            rest: &self.rest,
        };
        let mut i = stretch.start;
        while i < stretch.end {
            let begins = match text.tokens[i].kind {
                Kind::Number => true,
                Kind::Word => view.cell(i).is_some_and(matcher::Cell::may_begin) || view.number(i).is_some(),
                _ => false,
            };
            let found = if begins { view.longest(i, false, 2, &mut self.memo) } else { None };
            let resolved = found.and_then(|(end, rule, caps)| Some((end, rule, resolve::resolve(self.table.rules[rule].make, &caps, cx)?)));
            let Some((end, rule, r)) = resolved else {
                i += 1;
                continue;
            };
            if matches!(r.kind, ExpressionKind::Date | ExpressionKind::Interval | ExpressionKind::Holiday) {
                cx.named = r.interval.map(|i| i.from).or(cx.named);
            }
            out.push(Expression {
                tokens: i..end,
                bytes: bytes(text, words, i..end),
                kind: r.kind,
                interval: r.interval,
                grain: r.grain,
                duration: r.duration,
                conflict: r.conflict,
                window: r.window,
                other: r.other,
                rule: &self.table.rules[rule].id,
            });
            i = end;
        }
    }
}

/// The bytes of an expression, without و or ف of its first word.
fn bytes(text: &Text<'_>, words: &Words, tokens: Range<usize>) -> Range<usize> {
    let span = text.span(tokens.clone());
    let w = words.get(text.tokens[tokens.start].word);
    let known = ["وامس", "واليوم", "ومساء", "وصباح", "وفجر", "وفي", "وقبل", "ومنذ", "وخلال", "وبعد"];
    let joined = known.contains(&&*w.key) || (w.key.starts_with("وال") && w.key.chars().count() > 4);
    if joined { span.start + 'و'.len_utf8()..span.end } else { span }
}
