//! `tawatur add`: documents in, kept with their claims.

use super::{inputs, options, to_code};
use crate::cli::Common;
use crate::keeping::{Place, failed};
use crate::language::Language;
use crate::messages::Messages;
use crate::pipeline;
use ledger::Ledger;
use ledger::add::{Added, Prepared, Preparer, Read};
use ledger::rows::Meta;
use reader::Outcome;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    pub place: Place,
    #[command(flatten)]
    pub common: Common,
    /// How many documents are coded at once.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: Option<u16>,
    /// Say after each batch how many documents have reached the disk.
    #[arg(long)]
    pub progress: bool,
}

/// Documents that are handed to a worker at once.
const HANDED: usize = 32;
/// Documents that are written in one transaction, and bytes of text: a crash loses no more, and a commit is paid for by as many.
const WRITTEN: usize = 2000;
const WRITTEN_BYTES: usize = 32 << 20;

enum Done {
    Prepared(Box<Prepared>, usize),
    Known,
    Told(Outcome),
    Failed(String, ledger::Error),
}

struct Worker {
    coder: claims::Coder,
    preparer: Preparer,
    /// What is there already needs no coding.
    seen: Ledger,
}

impl Worker {
    fn document(&mut self, mut d: Box<reader::Document>, done: &mut Vec<Done>) {
        let id = d.id.clone();
        match self.prepare(&mut d) {
            Ok(Some((p, size))) => done.push(Done::Prepared(Box::new(p), size)),
            Ok(None) => done.push(Done::Known),
            Err(e) => done.push(Done::Failed(id, e)),
        }
        if !d.warnings.is_empty() {
            done.push(Done::Told(Outcome::Read(d)));
        }
    }

    fn prepare(&mut self, d: &mut reader::Document) -> ledger::Result<Option<(Prepared, usize)>> {
        let meta = Meta {
            id: d.id.clone(),
            sha256: String::new(),
            title: d.title.clone(),
            outlet: d.outlet.clone(),
            published: d.published.clone(),
            url: d.url.clone(),
            extra: d.extra.clone(),
        };
        let read = Read::new(meta, d.text.clone(), std::mem::take(&mut d.original))?;
        if self.seen.knows(&read)? {
            return Ok(None);
        }
        let records = self.coder.code(&to_code(d)).iter().map(serde_json::to_string).collect::<Result<_, _>>()?;
        Ok(Some((self.preparer.prepare(read, records)?, d.text.len())))
    }
}

pub fn run(c: Args, language: &Language) -> std::io::Result<ExitCode> {
    let jobs = pipeline::jobs(c.jobs);
    let (options, inputs) = (reader::Options { keep: true, ..options(&c.common) }, inputs(&c.common));
    let author = c.place.program(language);
    let path = c.place.ledger.clone();
    let mut book = Ledger::open_or_begin(&path, &author).map_err(failed)?;
    let mut messages = Messages::of(&c.common.inputs);
    // what is prepared is written while more is prepared
    let (to_write, batches) = std::sync::mpsc::sync_channel::<Vec<Prepared>>(1);
    let (progress, place) = (c.progress, path.clone());
    let writer = std::thread::spawn(move || -> std::io::Result<Added> {
        let mut total = Added::default();
        for batch in batches {
            let n = batch.len();
            total += book.add(&author, batch).map_err(|e| {
                let what = if e.is_full() { "make room and call again" } else { "put that right and call again" };
                let kept = total.documents;
                std::io::Error::other(format!("{}: the last {n} documents were not kept: {e}; {what}: {kept} that were kept are passed over", place.display()))
            })?;
            if progress {
                eprintln!("{} documents kept", total.documents);
            }
        }
        Ok(total)
    });
    // a writer that has gone tells why when it is joined
    let gone = || std::io::Error::other("the ledger is not written any more");
    let (mut known, mut waiting, mut bytes) = (0, Vec::new(), 0);
    // a worker that cannot open the ledger says so with its first document
    let worker =
        || -> Result<Worker, ledger::Error> { Ok(Worker { coder: language.coder(), preparer: Preparer::new()?, seen: Ledger::open(&c.place.ledger)? }) };
    let read = pipeline::ordered(
        jobs,
        worker,
        |worker, batch: Vec<Outcome>| {
            let mut done = Vec::new();
            for o in batch {
                match (o, worker.as_mut()) {
                    (Outcome::Read(d), Ok(w)) => w.document(d, &mut done),
                    (Outcome::Read(d), Err(e)) => done.push(Done::Failed(d.id.clone(), ledger::Error::Call(e.to_string()))),
                    (other, _) => done.push(Done::Told(other)),
                }
            }
            done
        },
        move |send| {
            let (mut batch, mut bytes) = (Vec::new(), 0);
            reader::read(&inputs, &options, &mut |o| {
                if let Outcome::Read(d) = &o {
                    bytes += d.text.len();
                }
                batch.push(o);
                if batch.len() < HANDED && bytes < 256 << 10 {
                    return true;
                }
                bytes = 0;
                send(std::mem::take(&mut batch))
            });
            if !batch.is_empty() {
                send(batch);
            }
        },
        |done| {
            for d in done {
                match d {
                    Done::Prepared(p, size) => {
                        waiting.push(*p);
                        bytes += size;
                    }
                    Done::Known => known += 1,
                    Done::Told(o) => messages.tell(&o),
                    Done::Failed(id, e) => messages.refuse(&format!("{id} was not kept: {e}")),
                }
            }
            if waiting.len() >= WRITTEN || bytes >= WRITTEN_BYTES {
                bytes = 0;
                to_write.send(std::mem::take(&mut waiting)).map_err(|_| gone())?;
            }
            Ok(())
        },
    );
    let read = read.and_then(|()| if waiting.is_empty() { Ok(()) } else { to_write.send(waiting).map_err(|_| gone()) });
    drop(to_write);
    let mut total = writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
    read?;
    total.known += known;
    let versions = if total.versions > 0 { format!(" ({} of them new versions of known pages)", total.versions) } else { String::new() };
    eprintln!("{} documents added{versions}, with {} claims; {} were there already", total.documents, total.claims, total.known);
    Ok(messages.code())
}
