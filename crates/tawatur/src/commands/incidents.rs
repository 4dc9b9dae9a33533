//! `tawatur incidents`: claims of several documents joined into events.

use super::{inputs, options, output, to_code};
use crate::cli::{Common, Incidents};
use crate::language::Language;
use crate::messages::Messages;
use crate::output::incidents as out;
use crate::pipeline;
use claims::record::{Claim, EventType};
use ledger::incidents::{Directory, Judgements, Report, incidents};
use reader::Outcome;
use std::io::Write;
use std::process::ExitCode;

pub fn run(c: Incidents, language: &Language) -> std::io::Result<ExitCode> {
    let (documents, messages) = code(&c.common, language)?;
    let reports: Vec<Report<'_>> = documents.iter().map(|(d, claims)| Report { text: &d.text, claims, undated: false, copies: None }).collect();
    let mut found = incidents(&reports, &Judgements::default(), &Directory::new(language.lexicon()));
    found.retain(|i| (c.types.is_empty() || c.types.iter().any(|t| t.as_str() == i.kind)) && i.documents >= c.documents);
    let mut w = output(&c.common)?;
    w.write_all(&out::render(c.format, &found))?;
    w.flush()?;
    Ok(messages.code())
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
    let jobs = std::thread::available_parallelism().map_or(1, |n| n.get());
    let (mut documents, mut messages) = (Vec::new(), Messages::default());
    pipeline::ordered(
        jobs,
        || language.coder(),
        |coder, outcome: Outcome| match outcome {
            Outcome::Read(d) => {
                let claims = coder.code(&to_code(&d));
                Ok((*d, claims))
            }
            Outcome::Refused(r) => Err(r),
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
                Err(r) => messages.refused(&r),
            }
            Ok(())
        },
    )?;
    Ok((documents, messages))
}
