//! `tawatur recode`: every current document coded again with the lexicon of today.

use crate::keeping::{Place, failed};
use crate::language::Language;
use crate::output::safe::terminal;
use crate::pipeline::{self, jobs};
use ledger::Ledger;
use ledger::add::Preparer;
use ledger::rows::DocNo;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    pub place: Place,
    /// Why; what is withdrawn is withdrawn with this reason. Without it: the lexicon's hash.
    #[arg(long, value_name = "REASON")]
    pub why: Option<String>,
    /// How many documents are coded at once.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: Option<u16>,
}

pub fn run(c: &Args, language: &Language) -> std::io::Result<ExitCode> {
    let mut book = c.place.open_to_write()?;
    let author = c.place.program(language);
    let why = c.why.clone().unwrap_or_else(|| format!("coded again with lexicon {}", language.hash()));
    let path = &c.place.ledger;
    let documents = book.current().map_err(failed)?;
    let mut preparer = Preparer::new().map_err(failed)?;
    let (mut changed, mut added, mut withdrawn, mut unplaced) = (0, 0, 0, Vec::new());
    pipeline::ordered(
        jobs(c.jobs),
        || (language.coder(), Ledger::open(path)),
        |(coder, seen), d: DocNo| -> Result<(DocNo, Vec<String>), ledger::Error> {
            let b = match seen {
                Ok(l) => l.document(d)?,
                Err(e) => return Err(ledger::Error::Call(e.to_string())),
            };
            let m = b.meta;
            let input = claims::Document { id: m.id, text: b.text, title: m.title, outlet: m.outlet, published: m.published, url: m.url, extra: m.extra };
            Ok((d, coder.code(&input).iter().map(serde_json::to_string).collect::<Result<_, _>>()?))
        },
        |send| {
            documents.iter().all(|d| send(*d));
        },
        |coded| {
            let (d, records) = coded.map_err(failed)?;
            let r = book.recode(&author, d, records, &why, &mut preparer).map_err(failed)?;
            changed += usize::from(r.changed);
            added += r.added;
            withdrawn += r.withdrawn;
            unplaced.extend(r.unplaced.into_iter().map(|id| (d, id)));
            Ok(())
        },
    )?;
    let documents = documents.len();
    if changed > 0 {
        let numbers = serde_json::json!({"why": why, "documents": documents, "changed": changed, "added": added, "withdrawn": withdrawn, "decisions_unplaced": unplaced.len()});
        book.recoding(&author, numbers).map_err(failed)?;
    }
    eprintln!("{documents} documents coded again, {changed} changed: {added} claims added, {withdrawn} withdrawn");
    for (d, id) in &unplaced {
        eprintln!(
            "decisions on {} of document {} have no claim any more: no trigger stands at its place; `tawatur show {}` lists them",
            terminal(id),
            d.0,
            d.0
        );
    }
    Ok(ExitCode::SUCCESS)
}
