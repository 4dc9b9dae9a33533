//! `tawatur erase`: the end of a document.

use crate::keeping::{Person, Place, failed};
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    pub place: Place,
    /// The document: its number, id or web address. All versions of its page go.
    pub document: String,
    /// Why; it stands in the open, so name nobody.
    #[arg(long, value_name = "REASON")]
    pub why: String,
    #[command(flatten)]
    pub person: Person,
}

pub fn run(c: &Args) -> std::io::Result<ExitCode> {
    let book = c.place.open_to_write()?;
    let d = book.find(&c.document).map_err(failed)?;
    let gone = book.erase(&c.place.person(&c.person)?, d, &c.why).map_err(failed)?;
    for d in &gone {
        eprintln!("document {} was erased", d.0);
    }
    eprintln!("copies of the ledger made before, backups and the files that it was read from hold it still: erase it there too");
    Ok(ExitCode::SUCCESS)
}
