//! `tawatur review`: claims out to a table for people, and their rulings back in.
//!
//! The table is CSV or XLSX. A coder fills in `verdict` (accept, correct, reject, unsure), `correction` and `reason` for the claim as a whole;
//! to rule on one part, they name it in `field` (type, modes, actors, …), and copy the row to rule on several.

use super::search::Filter;
use crate::keeping::{Place, Shown, failed, record};
use crate::language::Language;
use crate::output::safe::terminal;
use crate::sheet;
use clap::Subcommand;
use ledger::agreement::alpha;
use ledger::correct::{self, Known};
use ledger::decide::{Decision, FIELDS, Verdict};
use ledger::names::{Names, replace};
use ledger::record::Record;
use ledger::rows::DocNo;
use ledger::{Author, Ledger};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    pub what: What,
}

#[derive(Debug, Subcommand)]
pub enum What {
    /// Writes a table, one claim a row, with empty columns for the verdict, correction, reason and coder.
    Export(Box<Export>),
    /// Reads such a table back, and prints how far coders agree.
    Import(Import),
}

#[derive(Debug, clap::Args)]
pub struct Export {
    #[command(flatten)]
    pub place: Place,
    #[command(flatten)]
    pub filter: Filter,
    /// Write here instead of CSV to standard output: a workbook where the name ends in .xlsx, else CSV.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub shown: Shown,
}

#[derive(Debug, clap::Args)]
pub struct Import {
    #[command(flatten)]
    pub place: Place,
    /// The filled table.
    pub input: PathBuf,
    /// The coder of rows that name none.
    #[arg(long, value_name = "NAME")]
    pub coder: Option<String>,
}

pub fn run(c: Args, language: &Language) -> std::io::Result<ExitCode> {
    match c.what {
        What::Export(e) => export(&e),
        What::Import(i) => import(&i, language),
    }
}

const PARTS: [&str; 10] = ["type", "modes", "actors", "recipients", "places", "time", "counts", "sources", "modality", "objects"];

fn export(c: &Export) -> std::io::Result<ExitCode> {
    let book = c.place.open(&c.shown, "review export")?;
    let filters = c.filter.filters()?;
    let mut names = (!c.shown.show_names).then(Names::default);
    let titles: Vec<&str> = ["document", "claim", "published", "outlet", "sentence", "trigger"]
        .into_iter()
        .chain(PARTS)
        .chain(["field", "verdict", "correction", "reason", "coder"])
        .collect();
    let verdicts = Verdict::ALL.map(Verdict::as_str);
    let mut w = sheet::Writer::begin(c.output.as_deref(), &titles, &[("field", &FIELDS), ("verdict", &verdicts)])?;
    let mut rows = 0;
    for coded in book.claims().map_err(failed)? {
        let coded = coded.map_err(failed)?;
        if coded.claims.is_empty() {
            continue;
        }
        let body = book.document(coded.document).map_err(failed)?;
        let records = coded.claims.iter().map(|x| Record::parse(&x.record)).collect::<Result<Vec<_>, _>>()?;
        let hidden = names.as_mut().map(|n| n.of_document(&body.text, &records)).unwrap_or_default();
        let text: Vec<char> = body.text.chars().collect();
        for (claim, r) in coded.claims.iter().zip(&records).filter(|(_, r)| filters.meets(r)) {
            let v = record(claim, names.as_mut());
            let (a, b) = (r.sentence.start.min(text.len()), r.sentence.end.min(text.len()));
            let inside: Vec<_> = hidden.iter().filter(|h| h.start >= a && h.end <= b).map(|h| h.start - a..h.end - a).collect();
            let sentence = replace(&text[a..b].iter().collect::<String>(), &inside);
            let mut row = vec![
                claim.document.0.to_string(),
                claim.id.clone(),
                body.meta.published.clone().unwrap_or_default(),
                body.meta.outlet.clone().unwrap_or_default(),
                sentence,
                r.trigger.text.to_string(),
            ];
            row.extend(PARTS.iter().map(|p| value(&v, p)));
            row.extend(["claim", "", "", "", ""].map(String::from));
            w.row(&row)?;
            rows += 1;
        }
    }
    w.end()?;
    eprintln!("{rows} claims written");
    Ok(ExitCode::SUCCESS)
}

/// A part of a claim as a cell.
pub(super) fn value(v: &Value, part: &str) -> String {
    let text = |x: &Value| x.as_str().or_else(|| x["text"].as_str()).unwrap_or_default().to_string();
    match &v[part] {
        Value::Array(a) if part == "counts" => {
            a.iter().map(|n| format!("{} ({})", text(n), n["kind"].as_str().unwrap_or_default())).collect::<Vec<_>>().join(" | ")
        }
        Value::Array(a) => a.iter().map(text).collect::<Vec<_>>().join(" | "),
        Value::Object(t) if part == "time" => {
            let day = |k: &str| t.get(k).and_then(Value::as_str).unwrap_or_default();
            if day("from") == day("to") { day("from").into() } else { format!("{} – {}", day("from"), day("to")) }
        }
        other => text(other),
    }
}

fn import(c: &Import, language: &Language) -> std::io::Result<ExitCode> {
    let book = c.place.open_to_write()?;
    let at = c.place.program_alone().at;
    let table = sheet::read(&c.input)?;
    let known = Known { lexicon: language.lexicon(), atlas: language.atlas() };
    let column = |name: &str| table.titles.iter().position(|h| h.trim().eq_ignore_ascii_case(name));
    let (Some(claim), Some(verdict)) = (column("claim"), column("verdict")) else {
        return Err(std::io::Error::other(format!("{}: has no columns “claim” and “verdict”; import what `tawatur review export` wrote", c.input.display())));
    };
    let columns = Columns {
        claim,
        verdict,
        document: column("document"),
        field: column("field"),
        correction: column("correction"),
        reason: column("reason"),
        coder: column("coder"),
    };
    let mut by_coder: BTreeMap<String, Vec<(DocNo, Decision)>> = BTreeMap::new();
    let (mut lost, mut empty) = (0, 0);
    for (line, row) in &table.rows {
        match columns.decision(row, &book, c.coder.as_deref(), &known) {
            Ok(Some((coder, d, x))) => by_coder.entry(coder).or_default().push((d, x)),
            Ok(None) => empty += 1,
            Err(why) => {
                lost += 1;
                eprintln!("tawatur: {}, row {line}: {}", c.input.display(), terminal(&why));
            }
        }
    }
    let mut kept = 0;
    for (who, list) in &by_coder {
        kept += book.decide(&Author { who: who.clone(), at: at.clone() }, list).map_err(failed)?;
    }
    eprintln!("{kept} decisions kept, {empty} rows without a verdict, {lost} rows not placed");
    agreement(&book)?;
    Ok(ExitCode::from(u8::from(lost > 0)))
}

struct Columns {
    claim: usize,
    verdict: usize,
    document: Option<usize>,
    field: Option<usize>,
    correction: Option<usize>,
    reason: Option<usize>,
    coder: Option<usize>,
}

impl Columns {
    /// The decision of a row, `None` where nothing was decided, or why it cannot be placed.
    fn decision(&self, row: &[String], book: &Ledger, coder: Option<&str>, known: &Known<'_>) -> Result<Option<(String, DocNo, Decision)>, String> {
        let get = |i: Option<usize>| i.and_then(|i| row.get(i)).map_or("", |c| c.trim());
        let verdict = get(Some(self.verdict));
        if verdict.is_empty() {
            return Ok(None);
        }
        let verdict = Verdict::parse(verdict).ok_or_else(|| format!("the verdict “{verdict}” is none; write accept, correct, reject or unsure"))?;
        let field = Some(get(self.field)).filter(|f| !f.is_empty()).unwrap_or("claim").to_lowercase();
        if !FIELDS.contains(&field.as_str()) {
            return Err(format!("the field “{field}” is none; write one of {}", FIELDS.join(", ")));
        }
        let named = Some(get(self.coder)).filter(|c| !c.is_empty()).or(coder);
        let coder = named.ok_or("names no coder; fill the column, or call with --coder NAME")?.to_string();
        let correction = get(self.correction).to_string();
        if verdict == Verdict::Correct && correction.is_empty() {
            return Err("says “correct” without a correction".into());
        }
        let id = get(Some(self.claim));
        let found = book.claim(id).map_err(|e| e.to_string())?;
        let document = get(self.document).parse::<u64>().ok();
        let claim = match &found[..] {
            [one] => one,
            many => {
                many.iter().find(|x| Some(x.document.0) == document).ok_or_else(|| format!("the claim “{id}” is not among the current claims of the ledger"))?
            }
        };
        let r = Record::parse(&claim.record).map_err(|e| e.to_string())?;
        let value = match verdict {
            Verdict::Correct => {
                let text = book.document(claim.document).map_err(|e| e.to_string())?.text;
                Some(correct::value(known, &text, &r, &field, &correction)?)
            }
            _ => None,
        };
        let trigger = (r.trigger.start, r.trigger.end);
        let d = Decision { claim: id.into(), trigger, field, verdict, correction, value, reason: get(self.reason).into() };
        Ok(Some((coder, claim.document, d)))
    }
}

/// Prints Krippendorff's alpha for each field that two coders ruled on in the same claims.
fn agreement(book: &Ledger) -> std::io::Result<()> {
    let mut fields: BTreeMap<String, BTreeMap<String, Vec<String>>> = BTreeMap::new();
    for d in book.decided().map_err(failed)? {
        for (_, x) in book.decisions(d).map_err(failed)? {
            // two corrections agree when they say the same
            let value = if x.verdict == Verdict::Correct { format!("correct: {}", x.correction) } else { x.verdict.as_str().to_string() };
            fields.entry(x.field).or_default().entry(format!("{} {}", d.0, x.claim)).or_default().push(value);
        }
    }
    let mut w = std::io::stdout().lock();
    for (field, units) in fields {
        let units: Vec<Vec<String>> = units.into_values().filter(|u| u.len() > 1).collect();
        if units.is_empty() {
            continue;
        }
        match alpha(&units) {
            Some(a) => writeln!(w, "{field}: alpha {a:.3} over {} claims", units.len())?,
            None => writeln!(w, "{field}: no alpha, because all {} verdicts are the same", units.iter().map(Vec::len).sum::<usize>())?,
        }
    }
    Ok(())
}
