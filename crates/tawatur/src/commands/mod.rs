//! The commands, one a module.

pub mod add;
mod annotate;
pub mod checkpoint;
mod code;
pub mod erase;
mod eval;
mod explain;
pub mod gaps;
mod incidents;
pub mod judge;
mod lexicon;
mod places;
mod read;
pub mod rebuild;
pub mod recode;
pub mod review;
pub mod search;
pub mod show;
pub mod verify;

pub use incidents::event_type;

use crate::cli::{Cli, Command, Common};
use crate::language::Language;
use crate::messages::Messages;
use crate::output::safe;
use ledger::rows::Identity;
use reader::{Input, Options, Outcome};
use std::io::{BufWriter, Write};
use std::process::ExitCode;

/// Runs the command.
///
/// # Errors
/// When the output cannot be written.
pub fn run(cli: Cli) -> std::io::Result<ExitCode> {
    let language = match Language::new(cli.lexicon.as_deref(), &cli.gazetteers()) {
        Ok(l) => l,
        Err(problems) => {
            for p in problems {
                eprintln!("tawatur: {}", safe::terminal(&p));
            }
            return Ok(ExitCode::from(2));
        }
    };
    match cli.command {
        Command::Code(c) => code::run(c, &language),
        Command::Explain(c) => explain::run(c, &language),
        Command::When(c) => annotate::when(c, &language),
        Command::Numbers(c) => annotate::numbers(c, &language),
        Command::Where(c) => annotate::places(c, &language),
        Command::Who(c) => annotate::who(c, &language),
        Command::Read(c) => read::run(c),
        Command::Incidents(c) => incidents::run(c, &language),
        Command::Eval(c) => eval::run(c, &language),
        Command::Lexicon(c) => lexicon::run(c, &language),
        Command::Places(c) => places::run(c, language.atlas()),
        Command::Add(c) => add::run(c, &language),
        Command::Search(c) => search::run(&c),
        Command::Show(c) => show::run(&c, &language),
        Command::Gaps(c) => gaps::run(&c),
        Command::Review(c) => review::run(c, &language),
        Command::Same(c) => judge::run(&c, Identity::Same, &language),
        Command::Different(c) => judge::run(&c, Identity::Different, &language),
        Command::Unsure(c) => judge::run(&c, Identity::Unsure, &language),
        Command::Recode(c) => recode::run(&c, &language),
        Command::Erase(c) => erase::run(&c),
        Command::Verify(c) => verify::run(&c, &language),
        Command::Checkpoint(c) => checkpoint::run(&c, &language),
        Command::Rebuild(c) => rebuild::run(&c),
    }
}

/// Standard output, or the file that was named.
pub(crate) fn output(c: &Common) -> std::io::Result<Box<dyn Write + Send>> {
    Ok(match &c.output {
        Some(p) => {
            let f = std::fs::File::create(p).map_err(|e| std::io::Error::new(e.kind(), format!("{}: {e}; name a file that can be written", p.display())))?;
            Box::new(BufWriter::with_capacity(1 << 16, f))
        }
        None => Box::new(BufWriter::with_capacity(1 << 16, std::io::stdout())),
    })
}

fn options(c: &Common) -> Options {
    Options { published: c.published.clone(), limit: c.max_size.saturating_mul(1 << 20), columns: c.column.clone(), ..Options::default() }
}

fn inputs(c: &Common) -> Vec<Input> {
    c.inputs.iter().map(|s| Input::from(s.as_str())).collect()
}

/// Reads every document of a command's inputs, one at a time.
fn each(c: &Common, options: &Options, mut f: impl FnMut(reader::Document, &mut Messages) -> std::io::Result<()>) -> std::io::Result<ExitCode> {
    let mut messages = Messages::of(&c.inputs);
    let mut result = Ok(());
    reader::read(&inputs(c), options, &mut |outcome| {
        messages.tell(&outcome);
        if let Outcome::Read(d) = outcome {
            result = f(*d, &mut messages);
        }
        result.is_ok()
    });
    result?;
    messages.end();
    Ok(messages.code())
}

/// What the coder is given of what the reader read.
fn to_code(d: &reader::Document) -> claims::Document {
    claims::Document {
        id: d.id.clone(),
        text: d.text.clone(),
        title: d.title.clone(),
        outlet: d.outlet.clone(),
        published: d.published.clone(),
        url: d.url.clone(),
        extra: d.extra.clone(),
    }
}
