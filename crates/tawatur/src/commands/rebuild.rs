//! `tawatur rebuild`: everything derived, made again.

use crate::keeping::{Place, failed};
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    pub place: Place,
}

pub fn run(c: &Args) -> std::io::Result<ExitCode> {
    let r = c.place.open_to_write()?.rebuild().map_err(failed)?;
    eprintln!("{} documents, {} of them current, with {} claims", r.documents, r.current, r.claims);
    Ok(ExitCode::SUCCESS)
}
