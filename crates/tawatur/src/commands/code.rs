//! `tawatur code`: documents in, claims out.

use super::{inputs, options, to_code};
use crate::cli::Code;
use crate::language::Language;
use crate::messages::Messages;
use crate::resume::Resume;
use crate::{output as out, pipeline};
use reader::Outcome;
use std::io::Write;
use std::process::ExitCode;

/// Documents that one worker takes at a time; small enough to share work evenly, large enough not to spend it on handing over.
const BATCH: usize = 32;
/// Bytes of text after which a batch is handed over.
const BATCH_BYTES: usize = 256 << 10;

enum Done {
    Text(Vec<u8>),
    Told(Outcome),
}

pub fn run(c: Code, language: &Language) -> std::io::Result<ExitCode> {
    let (mut resume, mut w) = Resume::open(c.resume.as_ref(), &c.common)?;
    let mut pass = resume.done();
    if pass == 0 {
        let header = out::header(c.format);
        w.write_all(&header)?;
        resume.mark(0, header.len() as u64, &mut w)?;
    }
    let jobs = pipeline::jobs(c.jobs);
    let (options, inputs, format) = (options(&c.common), inputs(&c.common), c.format);
    let mut messages = Messages::of(&c.common.inputs);
    pipeline::ordered(
        jobs,
        || language.coder(),
        |coder, batch: Vec<Outcome>| {
            let (outcomes, mut done) = (batch.len(), Vec::<Done>::new());
            for o in batch {
                match o {
                    Outcome::Read(d) => {
                        let bytes = out::render(format, &d, &coder.code(&to_code(&d)));
                        match done.last_mut() {
                            Some(Done::Text(t)) => t.extend(bytes),
                            _ => done.push(Done::Text(bytes)),
                        }
                        if !d.warnings.is_empty() {
                            done.push(Done::Told(Outcome::Read(d)));
                        }
                    }
                    other => done.push(Done::Told(other)),
                }
            }
            (outcomes, done)
        },
        move |send| {
            let (mut batch, mut bytes) = (Vec::new(), 0);
            reader::read(&inputs, &options, &mut |o| {
                if pass > 0 {
                    pass -= 1;
                    return true;
                }
                if let Outcome::Read(d) = &o {
                    bytes += d.text.len();
                }
                batch.push(o);
                if batch.len() < BATCH && bytes < BATCH_BYTES {
                    return true;
                }
                bytes = 0;
                send(std::mem::take(&mut batch))
            });
            if !batch.is_empty() {
                send(batch);
            }
        },
        |(outcomes, done)| {
            let (mut bytes, mut told) = (0, 0);
            for d in done {
                match d {
                    Done::Text(t) => {
                        bytes += t.len() as u64;
                        w.write_all(&t)?;
                    }
                    Done::Told(o) => {
                        told += 1;
                        messages.tell(&o);
                    }
                }
            }
            messages.count(outcomes - told);
            resume.mark(outcomes as u64, bytes, &mut w)
        },
    )?;
    w.flush()?;
    resume.finish()?;
    messages.end();
    Ok(messages.code())
}
