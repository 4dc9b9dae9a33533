//! `tawatur lexicon`: is it sound, do its examples hold, what does a user's own change?

use super::{Common, each, options, to_code};
use crate::cli::LexiconCommand;
use crate::language::Language;
use crate::output::{safe, table};
use claims::check::{self, Grade};
use std::collections::BTreeSet;
use std::io::Write;
use std::process::ExitCode;

pub fn run(c: LexiconCommand, language: &Language) -> std::io::Result<ExitCode> {
    match c {
        LexiconCommand::Check => entries(language),
        LexiconCommand::Test { only } => examples(language, &only),
        LexiconCommand::Diff(c) => diff(&c, language),
    }
}

fn entries(language: &Language) -> std::io::Result<ExitCode> {
    let mut w = std::io::stdout().lock();
    let source = language.source();
    let findings = check::entries(&source);
    for f in &findings {
        let grade = if f.grade == Grade::Error { "error" } else { "warning" };
        writeln!(w, "{grade}: {}: {}", safe::terminal(&f.entry), safe::terminal(&f.message))?;
    }
    let errors = findings.iter().filter(|f| f.grade == Grade::Error).count();
    writeln!(w, "{} entries: {errors} errors, {} warnings", source.len(), findings.len() - errors)?;
    Ok(ExitCode::from(u8::from(errors > 0)))
}

fn examples(language: &Language, only: &str) -> std::io::Result<ExitCode> {
    let mut w = std::io::stdout().lock();
    // the language was built of this source before
    let (run, failures) = check::examples(&language.source(), language.dictionary, only).unwrap_or_default();
    for f in &failures {
        writeln!(w, "{}", safe::terminal(&f.to_string()))?;
    }
    if run == 0 {
        eprintln!("tawatur: no entry with an example begins with “{}”; `lexicon check` lists the entries without", safe::terminal(only));
        return Ok(ExitCode::from(2));
    }
    writeln!(w, "{run} examples: {} hold, {} do not", run - failures.len(), failures.len())?;
    Ok(ExitCode::from(u8::from(!failures.is_empty())))
}

/// The entries that the user's files add, change and take away; with inputs, the claims that come and go because of them.
fn diff(c: &crate::cli::LexiconDiff, language: &Language) -> std::io::Result<ExitCode> {
    let mut w = std::io::stdout().lock();
    let changes = check::changes(&claims::embedded_source(), &language.source());
    for (sign, list) in [('+', &changes.added), ('~', &changes.changed), ('-', &changes.removed)] {
        for id in list {
            writeln!(w, "{sign} {}", safe::terminal(id))?;
        }
    }
    writeln!(w, "{} added, {} changed, {} taken away", changes.added.len(), changes.changed.len(), changes.removed.len())?;
    if c.inputs.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    let common = Common { inputs: c.inputs.clone(), output: None, published: None, max_size: 64, column: Vec::new() };
    let (mut before, mut after) = (claims::Coder::new(), language.coder());
    let (mut gone, mut new) = (0, 0);
    let code = each(&common, &options(&common), |d, _| {
        let doc = to_code(&d);
        let lines = |coder: &mut claims::Coder| -> BTreeSet<String> { coder.code(&doc).iter().map(table::line).collect() };
        let (a, b) = (lines(&mut before), lines(&mut after));
        if a != b {
            writeln!(w, "\n{}", safe::terminal(&d.id))?;
        }
        for l in a.difference(&b) {
            gone += 1;
            writeln!(w, "  - {}", safe::terminal(l))?;
        }
        for l in b.difference(&a) {
            new += 1;
            writeln!(w, "  + {}", safe::terminal(l))?;
        }
        Ok(())
    })?;
    writeln!(w, "\nclaims: {gone} gone or changed, {new} new or changed")?;
    Ok(code)
}
