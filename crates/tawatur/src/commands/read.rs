//! `tawatur read`: the documents that `code` would see.

use super::{each, options, output};
use crate::cli::Common;
use std::io::Write;
use std::process::ExitCode;

pub fn run(c: Common) -> std::io::Result<ExitCode> {
    let mut w = output(&c)?;
    let code = each(&c, &options(&c), |d, _| w.write_all(&crate::output::jsonl::lines(&[d])))?;
    w.flush()?;
    Ok(code)
}
