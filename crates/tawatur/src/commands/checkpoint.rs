//! `tawatur checkpoint`: the end of the chain, signed; or such a signature checked.

use super::verify::{read, signature_of};
use crate::keeping::{Place, failed};
use crate::language::Language;
use ledger::checkpoint::SecretKey;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("what").required(true).args(["key", "new_key", "check"]))]
pub struct Args {
    #[command(flatten)]
    pub place: Place,
    /// Sign with this secret key, one of minisign's without a password.
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
    /// Make a key: FILE, and FILE.pub to give away. Nothing is signed.
    #[arg(long, value_name = "FILE")]
    pub new_key: Option<PathBuf>,
    /// Write what was signed here, and its signature beside it with the ending .minisig, to be kept where the ledger is not.
    #[arg(short, long, value_name = "FILE", requires = "key")]
    pub output: Option<PathBuf>,
    /// Check such a file against its signature and the ledger.
    #[arg(long, value_name = "FILE", requires = "public_key")]
    pub check: Option<PathBuf>,
    /// The key to check it with.
    #[arg(long, value_name = "FILE")]
    pub public_key: Option<PathBuf>,
}

pub fn run(c: &Args, language: &Language) -> std::io::Result<ExitCode> {
    if let Some(path) = &c.new_key {
        return new_key(path);
    }
    if let (Some(check), Some(key)) = (&c.check, &c.public_key) {
        let args =
            super::verify::Args { place: Place { ledger: c.place.ledger.clone(), at: None }, public_key: Some(key.clone()), checkpoint: Some(check.clone()) };
        return super::verify::run(&args, language);
    }
    let Some(path) = &c.key else { return Ok(ExitCode::from(2)) };
    let named = |e: ledger::Error| std::io::Error::other(format!("{}: {e}", path.display()));
    let key = SecretKey::parse(&read(path)?).map_err(named)?;
    let book = c.place.open_to_write()?;
    let (checkpoint, message) = book.checkpoint(&c.place.program_alone(), &key).map_err(failed)?;
    match &c.output {
        Some(p) => {
            write(p, message.as_bytes())?;
            write(&signature_of(p), checkpoint.signature.as_bytes())?;
        }
        None => std::io::stdout().write_all(message.as_bytes())?,
    }
    eprintln!("statement {} signed with key {}", checkpoint.seq, key.public().id());
    Ok(ExitCode::SUCCESS)
}

fn new_key(path: &Path) -> std::io::Result<ExitCode> {
    let key = SecretKey::random().map_err(failed)?;
    let mut public = path.as_os_str().to_owned();
    public.push(".pub");
    // a key that is there is not written over, and only its owner may read it
    let mut how = std::fs::OpenOptions::new();
    how.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut how, 0o600);
    let mut f = how.open(path).map_err(|e| std::io::Error::new(e.kind(), format!("{}: {e}; name a file that is not there", path.display())))?;
    f.write_all(key.to_file().as_bytes())?;
    write(Path::new(&public), key.public().to_file().as_bytes())?;
    eprintln!("key {}: {} is secret, {} is for everybody", key.public().id(), path.display(), Path::new(&public).display());
    Ok(ExitCode::SUCCESS)
}

fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    std::fs::write(path, bytes).map_err(|e| std::io::Error::new(e.kind(), format!("{}: {e}; name a file that can be written", path.display())))
}
