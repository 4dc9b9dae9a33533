//! `tawatur read`: the documents that `code` would see.

use super::{inputs, options};
use crate::cli::Read;
use crate::messages::Messages;
use crate::output::jsonl::lines;
use crate::resume::Resume;
use reader::Outcome;
use serde_json::json;
use std::process::ExitCode;

pub fn run(c: Read) -> std::io::Result<ExitCode> {
    let (mut resume, mut w) = Resume::open(c.resume.as_ref(), &c.common)?;
    let (mut messages, mut result, mut pass) = (Messages::of(&c.common.inputs), Ok(()), resume.done());
    reader::read(&inputs(&c.common), &options(&c.common), &mut |outcome| {
        if pass > 0 {
            pass -= 1;
            return true;
        }
        messages.tell(&outcome);
        let bytes = match outcome {
            Outcome::Read(d) => document(*d, &c),
            _ => Vec::new(),
        };
        result = w.write_all(&bytes).and_then(|()| resume.mark(1, bytes.len() as u64, &mut w));
        result.is_ok()
    });
    result?;
    w.flush()?;
    resume.finish()?;
    messages.end();
    Ok(messages.code())
}

/// One line of output.
fn document(mut d: reader::Document, c: &Read) -> Vec<u8> {
    if !c.dropped {
        d.dropped.clear();
    }
    if c.map {
        let map: Vec<_> = d.map.iter().map(|p| json!([p.text.start, p.text.end, p.source.start, p.source.end])).collect();
        d.extra.insert("map".into(), map.into());
    }
    lines(&[d])
}
