//! `tawatur gaps`: claims by what they lack.

use super::search::{Filter, Format};
use crate::keeping::{Place, Shown, failed, record};
use crate::output::safe::terminal;
use clap::ValueEnum;
use ledger::names::Names;
use ledger::record::Record;
use serde_json::json;
use std::collections::BTreeMap;
use std::io::{BufWriter, Write};
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    pub place: Place,
    /// Only claims that lack this; may be given several times.
    #[arg(long, value_enum)]
    pub lacks: Vec<Gap>,
    #[command(flatten)]
    pub filter: Filter,
    /// How claims are written.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    #[command(flatten)]
    pub shown: Shown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Gap {
    /// Nobody is named who did it.
    Actor,
    /// Nobody is named to whom it was done.
    Recipient,
    /// No place is named.
    Place,
    /// A place is named that the gazetteer does not have.
    Point,
    /// No day is told, or only that of publication.
    Day,
    /// Nobody is credited.
    Source,
    /// People were hurt, it seems, and no number is told.
    Count,
}

impl Gap {
    fn name(self) -> String {
        self.to_possible_value().map(|v| v.get_name().to_string()).unwrap_or_default()
    }
}

/// What a claim lacks.
fn of(r: &Record<'_>) -> Vec<Gap> {
    let own_day = r.time.as_ref().is_some_and(|t| t.basis.as_deref() != Some("document"));
    let force = r.kind == "ASSAULT";
    [
        (Gap::Actor, r.actors.is_empty()),
        (Gap::Recipient, force && r.recipients.is_empty()),
        (Gap::Place, r.places.is_empty()),
        (Gap::Point, !r.places.is_empty() && r.point().is_none()),
        (Gap::Day, !own_day),
        (Gap::Source, r.sources.is_empty()),
        (Gap::Count, force && !r.recipients.is_empty() && r.counts.is_empty()),
    ]
    .into_iter()
    .filter_map(|(g, lacks)| lacks.then_some(g))
    .collect()
}

pub fn run(c: &Args) -> std::io::Result<ExitCode> {
    let book = c.place.open(&c.shown, "gaps")?;
    let filters = c.filter.filters()?;
    let mut names = (!c.shown.show_names).then(Names::default);
    let mut w = BufWriter::new(std::io::stdout().lock());
    let (mut tally, mut all): (BTreeMap<Gap, usize>, usize) = (BTreeMap::new(), 0);
    for coded in book.claims().map_err(failed)? {
        let coded = coded.map_err(failed)?;
        for claim in &coded.claims {
            let r = Record::parse(&claim.record)?;
            if !filters.meets(&r) {
                continue;
            }
            all += 1;
            let gaps = of(&r);
            for g in &gaps {
                *tally.entry(*g).or_default() += 1;
            }
            if gaps.is_empty() || !c.lacks.iter().all(|g| gaps.contains(g)) {
                continue;
            }
            let lacks: Vec<String> = gaps.iter().map(|g| g.name()).collect();
            let v = record(claim, names.as_mut());
            match c.format {
                Format::Jsonl => writeln!(w, "{}", json!({"document": claim.document.0, "claim": claim.id, "lacks": lacks, "record": v}))?,
                Format::Table => writeln!(w, "{}  lacks {}  {}", claim.document.0, lacks.join(", "), terminal(&super::show::summary(&v)))?,
            }
        }
    }
    w.flush()?;
    eprintln!("{all} claims; without {}", tally.iter().map(|(g, n)| format!("{}: {n}", g.name())).collect::<Vec<_>>().join(", "));
    Ok(ExitCode::SUCCESS)
}
