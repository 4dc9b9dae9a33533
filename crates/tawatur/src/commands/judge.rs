//! `tawatur same`, `different`, `unsure`: what a person holds of two things.

use crate::keeping::{Person, Place, failed};
use ledger::rows::Identity;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    pub place: Place,
    /// A claim (clm_…), or the lexicon's or gazetteer's id of an actor or place.
    pub a: String,
    /// Another of the same kind.
    pub b: String,
    /// Why.
    #[arg(long, value_name = "REASON")]
    pub why: String,
    #[command(flatten)]
    pub person: Person,
}

pub fn run(c: &Args, identity: Identity) -> std::io::Result<ExitCode> {
    let author = c.place.person(&c.person)?;
    let seq = c.place.open_to_write()?.judge(&author, &c.a, &c.b, identity, &c.why).map_err(failed)?;
    eprintln!("statement {seq}: {} and {} are {}, says {}", c.a, c.b, identity.as_str(), author.who);
    Ok(ExitCode::SUCCESS)
}
