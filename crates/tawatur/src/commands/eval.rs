//! `tawatur eval`: how well the coder agrees with a person, on reports that the person annotated.

use super::{each, options, to_code};
use crate::cli::{Common, Eval};
use crate::eval::{Report, Scores};
use crate::language::Language;
use crate::output::safe;
use std::collections::BTreeMap;
use std::io::{BufRead, Write};
use std::process::ExitCode;

pub fn run(c: Eval, language: &Language) -> std::io::Result<ExitCode> {
    let name = c.gold.display();
    let file = match std::fs::File::open(&c.gold) {
        Ok(f) => std::io::BufReader::new(f),
        Err(e) => {
            eprintln!("tawatur: --gold {name}: {e}; name a JSONL file of annotated reports (docs/evaluation.md)");
            return Ok(ExitCode::from(2));
        }
    };
    let common = Common { inputs: c.inputs.clone(), output: None, published: None, max_size: 64, column: Vec::new() };
    let mut given = BTreeMap::new();
    if !c.inputs.is_empty() {
        each(&common, &options(&common), |d, _| {
            given.insert(d.id.clone(), d);
            Ok(())
        })?;
    }
    let mut coder = language.coder();
    let (mut scores, mut reports, mut refused) = (Scores::default(), 0, 0);
    for (n, line) in file.lines().enumerate() {
        let report = match line.map_err(|e| e.to_string()).and_then(|l| if l.trim().is_empty() { Ok(None) } else { Report::parse(&l).map(Some) }) {
            Ok(Some(r)) => r,
            Ok(None) => continue,
            Err(e) => {
                refused += 1;
                eprintln!("tawatur: {name}, line {}: {}; docs/evaluation.md tells the fields", n + 1, safe::terminal(&e));
                continue;
            }
        };
        let said = if c.inputs.is_empty() {
            coder.code(&report.document())
        } else {
            match given.get(&report.id) {
                Some(d) if d.text == report.text => coder.code(&to_code(d)),
                wrong => {
                    refused += 1;
                    let why = if wrong.is_some() { "has another text than the annotation counts in" } else { "is not among the inputs" };
                    eprintln!("tawatur: {name}, line {}: {} {why}; the report is left out", n + 1, safe::terminal(&report.id));
                    continue;
                }
            }
        };
        scores.add(&report, &said);
        reports += 1;
    }
    let mut w = std::io::stdout().lock();
    writeln!(w, "{:20} {:>6} {:>6} {:>6}   right/false/missed of {reports} reports", "slot", "P", "R", "F1")?;
    for (slot, s) in scores.slots() {
        let (p, r, f) = s.prf();
        writeln!(w, "{slot:20} {p:6.3} {r:6.3} {f:6.3}   {}/{}/{}", s.right, s.wrong, s.missed)?;
    }
    for e in scores.errors.iter().take(c.errors) {
        writeln!(w, "{}", safe::terminal(e))?;
    }
    Ok(ExitCode::from(u8::from(refused > 0)))
}
