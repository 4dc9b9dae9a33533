//! `tawatur incidents`: claims of several documents joined into events.

use super::{inputs, options, output, to_code};
use crate::cli::{Common, Incidents};
use crate::keeping::{disclose, failed};
use crate::language::Language;
use crate::messages::Messages;
use crate::output::incidents as out;
use crate::pipeline;
use claims::record::{Claim, EventType};
use ledger::Ledger;
use ledger::incidents::{AtHand, Directory, Group, Incident, Judgements, Report, incidents, unverified};
use places::Atlas;
use reader::Outcome;
use reader::copies::{Signature, groups};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

pub fn run(c: Incidents, language: &Language) -> std::io::Result<ExitCode> {
    let directory = Directory::new(language.lexicon());
    let wanted = |i: &Incident| (c.types.is_empty() || c.types.iter().any(|t| t.as_str() == i.kind)) && i.documents >= c.documents;
    let mut w = output(&c.common)?;
    let mut out = out::Writer::begin(c.format, &mut w)?;
    let code = match &c.ledger {
        Some(path) => {
            let directory = if c.show_names { directory.with_names() } else { directory };
            if c.show_names {
                disclose(path, c.by.clone(), "incidents")?;
            }
            kept(path, c.document.as_deref(), language.atlas(), &directory, |i| wanted(i).then(|| out::Piece::of(c.format, i)), |piece| out.put(piece))?;
            ExitCode::SUCCESS
        }
        None => {
            let (documents, messages) = code(&c.common, language)?;
            let copies = groups(documents.iter().map(|(d, _)| Signature::of(&d.text)));
            let mut reports: Vec<Report<'_>> = Vec::with_capacity(documents.len());
            for ((d, claims), first) in documents.iter().zip(copies) {
                reports.push(Report { text: &d.text, claims, undated: unverified(&d.extra), copies: first.map(|n| n as u64) });
            }
            for i in incidents(&reports, &Judgements::default(), language.atlas(), &directory).iter().filter(|i| wanted(i)) {
                out.write(i)?;
            }
            messages.code()
        }
    };
    out.end()?;
    w.flush()?;
    Ok(code)
}

/// Incidents that a thread draws the conclusions of at once: enough that the documents of one stand together.
const HANDED: usize = 256;

/// The incidents of a ledger, brought up to date first: `render` is called on several threads, `put` in order.
fn kept<P: Send>(
    path: &Path,
    document: Option<&str>,
    atlas: &Atlas,
    directory: &Directory,
    render: impl Fn(&Incident) -> Option<P> + Sync,
    mut put: impl FnMut(P) -> std::io::Result<()>,
) -> std::io::Result<()> {
    let mut book = Ledger::open_to_write(path).map_err(failed)?;
    book.join(atlas).map_err(failed)?;
    let of = document.map(|d| book.find(d)).transpose().map_err(failed)?;
    let groups = book.groups(of).map_err(failed)?;
    let jobs = if groups.len() > HANDED { pipeline::jobs(None) } else { 1 };
    pipeline::ordered(
        jobs,
        || (Ledger::open(path), AtHand::default()),
        |(reader, at_hand), some: &[Group]| {
            let l = reader.as_ref().map_err(|e| ledger::Error::Call(e.to_string()))?;
            let incidents = some.iter().map(|g| l.conclude(*g, at_hand, atlas, directory));
            incidents.filter_map(|i| i.map(|i| render(&i)).transpose()).collect::<ledger::Result<Vec<P>>>()
        },
        |send| {
            groups.chunks(HANDED).all(send);
        },
        |pieces| pieces.map_err(failed)?.into_iter().try_for_each(&mut put),
    )
}

/// A PLOVER type, as the command line gives it.
pub fn event_type(s: &str) -> Result<EventType, String> {
    EventType::parse(&s.to_uppercase()).ok_or_else(|| {
        let all: Vec<&str> = EventType::ALL.iter().map(|t| t.as_str()).collect();
        format!("no such type; write one of {}", all.join(", "))
    })
}

/// Reads and codes every document of the inputs.
fn code(c: &Common, language: &Language) -> std::io::Result<(Vec<(reader::Document, Vec<Claim>)>, Messages)> {
    let (options, inputs) = (options(c), inputs(c));
    let (mut documents, mut messages) = (Vec::new(), Messages::of(&c.inputs));
    pipeline::ordered(
        pipeline::jobs(None),
        || language.coder(),
        |coder, outcome: Outcome| match outcome {
            Outcome::Read(d) => {
                let claims = coder.code(&to_code(&d));
                Ok((*d, claims))
            }
            other => Err(other),
        },
        move |send| {
            reader::read(&inputs, &options, &mut |o| send(o));
        },
        |done| {
            match done {
                Ok((d, claims)) => {
                    messages.warn(&d);
                    documents.push((d, claims));
                }
                Err(other) => messages.tell(&other),
            }
            Ok(())
        },
    )?;
    Ok((documents, messages))
}
