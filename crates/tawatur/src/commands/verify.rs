//! `tawatur verify`: whether everything in a ledger holds.

use crate::keeping::Place;
use crate::language::Language;
use crate::output::safe::terminal;
use ledger::checkpoint::PublicKey;
use ledger::verify::Kept;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    pub place: Place,
    /// The key that checkpoints should be signed with, as minisign writes it.
    #[arg(long, value_name = "FILE")]
    pub public_key: Option<PathBuf>,
    /// A checkpoint kept elsewhere; its signature stands in FILE.minisig.
    #[arg(long, value_name = "FILE", requires = "public_key")]
    pub checkpoint: Option<PathBuf>,
}

pub fn read(path: &Path) -> std::io::Result<String> {
    std::fs::read_to_string(path).map_err(|e| std::io::Error::new(e.kind(), format!("{}: {e}", path.display())))
}

/// `FILE.minisig`
pub fn signature_of(path: &Path) -> PathBuf {
    let mut p = path.as_os_str().to_owned();
    p.push(".minisig");
    p.into()
}

pub fn run(c: &Args, language: &Language) -> std::io::Result<ExitCode> {
    let key = c.public_key.as_deref().map(|p| PublicKey::parse(&read(p)?).map_err(|e| std::io::Error::other(format!("{}: {e}", p.display())))).transpose()?;
    let kept = c.checkpoint.as_deref().map(|p| Ok::<_, std::io::Error>(Kept { message: read(p)?, signature: read(&signature_of(p))? })).transpose()?;
    let book = c.place.open_to_write()?;
    let v = match book.verify(key.as_ref(), kept.as_ref(), language.atlas()) {
        Ok(v) => v,
        Err(b) => {
            eprintln!("tawatur: {}: {}", c.place.ledger.display(), terminal(&b.to_string()));
            return Ok(ExitCode::from(1));
        }
    };
    let mut w = std::io::stdout().lock();
    writeln!(w, "everything holds: {} statements, {} documents, {} claims", v.statements, v.documents, v.claims)?;
    writeln!(w, "head: {}", v.head)?;
    for (d, at, why) in &v.erased {
        writeln!(w, "document {} was erased at {}: {}", d.0, terminal(at), terminal(why))?;
    }
    for (seq, key, trusted) in &v.checkpoints {
        let trust = if *trusted { "the key that you trust" } else { "not compared with a key of yours" };
        writeln!(w, "signed up to statement {seq} by key {key} ({trust})")?;
    }
    if kept.is_some() {
        writeln!(w, "the checkpoint kept elsewhere fits")?;
    }
    Ok(ExitCode::SUCCESS)
}
