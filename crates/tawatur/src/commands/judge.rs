//! `tawatur same`, `different`, `unsure`: what a person holds of two things.

use crate::keeping::{Person, Place, failed};
use crate::language::Language;
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

pub fn run(c: &Args, identity: Identity, language: &Language) -> std::io::Result<ExitCode> {
    if let Some(why) = unfit(&c.a, &c.b, language) {
        return Err(std::io::Error::other(why));
    }
    let author = c.place.person(&c.person)?;
    let seq = c.place.open_to_write()?.judge(&author, &c.a, &c.b, identity, &c.why).map_err(failed)?;
    eprintln!("statement {seq}: {} and {} are {}, says {}", c.a, c.b, identity.as_str(), author.who);
    Ok(ExitCode::SUCCESS)
}

/// Why two ids cannot be judged on: they are neither two claims, nor two actors, nor two places. Whether a claim is there the ledger knows.
fn unfit(a: &str, b: &str, language: &Language) -> Option<String> {
    let kind = |id: &str| {
        if id.starts_with("clm_") {
            Some("claim")
        } else if language.lexicon().actors.iter().any(|x| x.id == id) {
            Some("actor")
        } else {
            language.atlas().by_id(id).map(|_| "place")
        }
    };
    for id in [a, b] {
        if id.starts_with("inc_") {
            return Some(format!("“{id}” is an incident, which is a conclusion; name two of its claims: `tawatur show {id}` lists them"));
        }
        if kind(id).is_none() {
            return Some(format!(
                "“{id}” is no claim (clm_…) and no id of the actor lexicon or the gazetteer; `tawatur show` of a claim tells those of its parts, `tawatur places lookup NAME` those of places"
            ));
        }
    }
    let (x, y) = (kind(a)?, kind(b)?);
    (x != y).then(|| format!("“{a}” ({x}) and “{b}” ({y}) are not of one kind; name two claims, two actors or two places"))
}
