//! `tawatur search`: full text and filters.

use crate::keeping::{Place, Shown, failed, record};
use crate::output::safe::terminal;
use claims::record::{CountKind, EventType, Modality};
use clap::ValueEnum;
use ledger::names::{Names, replace};
use ledger::record::Record;
use ledger::rows::DocNo;
use ledger::search::{Filters, Hit, Query};
use serde_json::json;
use std::io::{BufWriter, Write};
use std::ops::Range;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    pub place: Place,
    /// Words: any form of each; "as written" in quotes; -without. May be empty when there is a filter.
    #[arg(default_value = "", allow_hyphen_values = true)]
    pub query: String,
    #[command(flatten)]
    pub filter: Filter,
    /// How hits are written.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// Hits, at most.
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
    pub limit: u32,
    /// Only documents added before this one: its number.
    #[arg(long, value_name = "NUMBER")]
    pub before: Option<u64>,
    #[command(flatten)]
    pub shown: Shown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Table,
    /// One hit a line.
    Jsonl,
}

/// What one claim of a document must meet.
#[derive(Debug, clap::Args)]
pub struct Filter {
    /// Claims of this type, or type and mode: ASSAULT, ASSAULT/aerial.
    #[arg(long = "type", value_name = "TYPE", value_parser = kind)]
    pub kind: Option<String>,
    /// Who did it or to whom: lexicon id, country (SYR), or name.
    #[arg(long, value_name = "ACTOR")]
    pub actor: Option<String>,
    /// Where: gazetteer id, name, or country (SYR).
    #[arg(long = "where", value_name = "PLACE")]
    pub location: Option<String>,
    /// Where: south,west,north,east in degrees.
    #[arg(long = "box", value_name = "S,W,N,E", value_parser = area, allow_hyphen_values = true)]
    pub area: Option<[f64; 4]>,
    /// On this day or later.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub from: Option<i32>,
    /// On this day or earlier.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub to: Option<i32>,
    /// Who is credited: a kind (medical, ngo_monitor, …), lexicon id, or name.
    #[arg(long, value_name = "SOURCE")]
    pub source: Option<String>,
    /// At least so many: killed=5.
    #[arg(long, value_name = "KIND=N", value_parser = count)]
    pub count: Option<(String, f64)>,
    /// actual, negated, future, hypothetical or historical.
    #[arg(long, value_name = "MODALITY", value_parser = modality)]
    pub modality: Option<String>,
}

impl Filter {
    /// As the ledger takes them.
    ///
    /// # Errors
    /// When the days run backwards.
    pub fn filters(&self) -> std::io::Result<Filters> {
        if let (Some(from), Some(to)) = (self.from, self.to)
            && to < from
        {
            return Err(std::io::Error::other("--to is before --from; give the earlier day to --from"));
        }
        Ok(Filters {
            kind: self.kind.clone(),
            actor: self.actor.clone(),
            place: self.location.clone(),
            area: self.area,
            days: (self.from.is_some() || self.to.is_some()).then(|| (self.from.unwrap_or(i32::MIN / 2), self.to.unwrap_or(i32::MAX / 2))),
            source: self.source.clone(),
            count: self.count.clone(),
            modality: self.modality.clone(),
        })
    }
}

/// A word of a closed list, in any case.
fn one_of<'a>(word: &str, all: impl Iterator<Item = &'a str> + Clone) -> Result<&'a str, String> {
    let found = all.clone().find(|w| w.eq_ignore_ascii_case(word.trim()));
    found.ok_or_else(|| format!("“{word}” is none of {}", all.collect::<Vec<_>>().join(", ")))
}

fn kind(s: &str) -> Result<String, String> {
    let (name, mode) = s.split_once('/').map_or((s, None), |(t, m)| (t, Some(m)));
    let name = one_of(name, EventType::ALL.iter().map(|t| t.as_str()))?;
    let (Some(mode), Some(of)) = (mode, EventType::parse(name)) else { return Ok(name.into()) };
    if of.modes().is_empty() {
        return Err(format!("{name} has no modes; write {name}"));
    }
    Ok(format!("{name}/{}", one_of(mode, of.modes().iter().copied())?))
}

fn modality(s: &str) -> Result<String, String> {
    one_of(s, Modality::ALL.iter().map(|m| m.as_str())).map(String::from)
}

fn day(s: &str) -> Result<i32, String> {
    ledger::day::parse(s).ok_or_else(|| "write YYYY-MM-DD, as in 2018-02-13".into())
}

fn area(s: &str) -> Result<[f64; 4], String> {
    let wrong = || "write south,west,north,east in degrees, as in 35.0,36.0,37.5,38.5".to_string();
    let list = s.split(',').map(|x| x.trim().parse::<f64>().ok().filter(|x| x.abs() <= 180.0)).collect::<Option<Vec<f64>>>().ok_or_else(wrong)?;
    let b: [f64; 4] = list.try_into().map_err(|_| wrong())?;
    if b[0] <= b[2] && b[1] <= b[3] && b[0] >= -90.0 && b[2] <= 90.0 { Ok(b) } else { Err(wrong()) }
}

fn count(s: &str) -> Result<(String, f64), String> {
    let wrong = || "write a kind and a number, as in killed=5".to_string();
    let (kind, n) = s.split_once('=').ok_or_else(wrong)?;
    let kind = one_of(kind, CountKind::ALL.iter().map(|k| k.as_str()))?;
    Ok((kind.to_string(), n.trim().parse().map_err(|_| wrong())?))
}

pub fn run(c: &Args) -> std::io::Result<ExitCode> {
    let filters = c.filter.filters().map_err(|e| e.to_string());
    let mut query = match filters.and_then(|f| Query::parse(&c.query, f, c.limit as usize).map_err(|e| e.to_string())) {
        Ok(q) => q,
        Err(e) => {
            eprintln!("tawatur: {e}");
            return Ok(ExitCode::from(2));
        }
    };
    query.before = c.before.map(DocNo);
    let book = c.place.open(&c.shown, "search")?;
    let found = book.search(&query).map_err(failed)?;
    let mut names = (!c.shown.show_names).then(Names::default);
    let mut w = BufWriter::new(std::io::stdout().lock());
    for h in &found.hits {
        match c.format {
            Format::Jsonl => writeln!(w, "{}", line(h, names.as_mut()))?,
            Format::Table => table(&mut w, h, names.as_mut())?,
        }
    }
    w.flush()?;
    if found.more {
        let last = found.hits.last().map_or(0, |h| h.document.0);
        eprintln!("there are more; --before {last} shows them");
    } else if found.hits.is_empty() {
        eprintln!("nothing found");
    }
    Ok(ExitCode::SUCCESS)
}

/// The stretches of a text that name private persons, when names are hidden.
fn hidden(h: &Hit, names: Option<&mut Names>) -> Vec<Range<usize>> {
    let records: Vec<Record<'_>> = h.claims.iter().filter_map(|c| Record::parse(&c.record).ok()).collect();
    names.map(|n| n.of_document(&h.text, &records)).unwrap_or_default()
}

/// Code points around a match that are shown with it.
const AROUND: usize = 60;

/// Stretches around the matches, joined where they meet; without matches, around the triggers of the claims.
fn passages(h: &Hit) -> Vec<Range<usize>> {
    let all = h.text.chars().count();
    let triggers = || h.claims.iter().filter_map(|c| Record::parse(&c.record).ok().map(|r| (r.trigger.start, r.trigger.end))).collect::<Vec<_>>();
    let spans = if h.matches.is_empty() { triggers() } else { h.matches.iter().map(|m| (m.start, m.end)).collect() };
    let mut out: Vec<Range<usize>> = Vec::new();
    for (start, end) in spans {
        let r = start.saturating_sub(AROUND)..(end + AROUND).min(all);
        match out.last_mut() {
            Some(last) if r.start <= last.end => last.end = last.end.max(r.end),
            _ => out.push(r),
        }
    }
    out
}

/// A stretch of the text, with names hidden that lie or begin in it.
fn shown(text: &[char], r: &Range<usize>, hidden: &[Range<usize>]) -> String {
    let slice: String = text[r.clone()].iter().collect();
    let inside: Vec<Range<usize>> =
        hidden.iter().filter(|h| h.start < r.end && h.end > r.start).map(|h| h.start.max(r.start) - r.start..h.end.min(r.end) - r.start).collect();
    replace(&slice, &inside)
}

fn line(h: &Hit, mut names: Option<&mut Names>) -> serde_json::Value {
    let hide = hidden(h, names.as_deref_mut());
    let text: Vec<char> = h.text.chars().collect();
    let covered = |start: usize, end: usize| hide.iter().any(|r| r.start < end && start < r.end);
    let matches: Vec<_> = h
        .matches
        .iter()
        .map(|m| {
            let mut v = json!(m);
            if covered(m.start, m.end) {
                v["text"] = json!(ledger::names::HIDDEN);
            }
            v
        })
        .collect();
    let passages: Vec<_> = passages(h).iter().map(|r| json!({"start": r.start, "end": r.end, "text": shown(&text, r, &hide)})).collect();
    let title = h.meta.title.as_deref().map(|t| match names.as_deref_mut() {
        Some(n) => n.hide(t, &[], &[]),
        None => t.to_string(),
    });
    let claims: Vec<_> = h.claims.iter().map(|c| record(c, names.as_deref_mut())).collect();
    json!({
        "document": {"number": h.document.0, "id": h.meta.id, "title": title, "outlet": h.meta.outlet, "published": h.meta.published, "url": h.meta.url},
        "matches": matches, "in_title": h.in_title, "passages": passages, "claims": claims,
    })
}

fn table(w: &mut impl Write, h: &Hit, mut names: Option<&mut Names>) -> std::io::Result<()> {
    let hide = hidden(h, names.as_deref_mut());
    let text: Vec<char> = h.text.chars().collect();
    let m = &h.meta;
    let title = m.title.as_deref().map(|t| match names.as_deref_mut() {
        Some(n) => n.hide(t, &[], &[]),
        None => t.to_string(),
    });
    let about: Vec<&str> = [m.outlet.as_deref(), m.published.as_deref(), m.url.as_deref(), Some(m.id.as_str())].into_iter().flatten().collect();
    writeln!(w, "{}  {}", h.document.0, terminal(title.as_deref().unwrap_or_default()))?;
    writeln!(w, "    {}", terminal(&about.join(" · ")))?;
    for r in passages(h).iter().take(4) {
        writeln!(w, "    [{}-{}] …{}…", r.start, r.end, terminal(&shown(&text, r, &hide)))?;
    }
    let mut why: Vec<String> = Vec::new();
    for m in &h.matches {
        let covered = hide.iter().any(|r| r.start < m.end && m.start < r.end);
        let word = if covered { ledger::names::HIDDEN } else { &m.text };
        let form = serde_json::to_value(m.form).ok().and_then(|v| v.as_str().map(String::from)).unwrap_or_default();
        let s = format!("{} → {word} ({form})", m.word);
        if !why.contains(&s) {
            why.push(s);
        }
    }
    why.extend(h.in_title.iter().map(|t| format!("{t} (in the title)")));
    if !why.is_empty() {
        writeln!(w, "    found: {}", terminal(&why.join(", ")))?;
    }
    for c in &h.claims {
        let v = record(c, names.as_deref_mut());
        writeln!(w, "    {}", terminal(&super::show::summary(&v)))?;
    }
    writeln!(w)
}
