//! What the commands of the ledger share: which ledger, who speaks and when, whether names are shown.

use crate::language::Language;
use clap::Args;
use ledger::names::Names;
use ledger::rows::ClaimRow;
use ledger::{Author, Ledger};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The ledger and the clock of a command.
#[derive(Debug, Args)]
pub struct Place {
    /// The ledger, one file.
    #[arg(long, value_name = "PATH")]
    pub ledger: PathBuf,
    /// The time to record instead of now: "2018-02-13T10:00:00Z".
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub at: Option<String>,
}

/// A person who decides.
#[derive(Debug, Args)]
pub struct Person {
    /// Who decides; else the name of the user of this computer.
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
}

/// Whether names of private persons are shown.
#[derive(Debug, Args)]
pub struct Shown {
    /// Show the names of private persons; that they were shown is recorded in the ledger.
    #[arg(long)]
    pub show_names: bool,
    /// Who is shown them; else the name of the user of this computer.
    #[arg(long, value_name = "NAME", requires = "show_names")]
    pub by: Option<String>,
}

fn time(s: &str) -> Result<String, String> {
    reader::meta::iso(s).ok_or_else(|| "write a date or date-time, as in 2018-02-13T10:00:00Z".into())
}

impl Place {
    fn at(&self) -> String {
        self.at.clone().unwrap_or_else(|| {
            let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
            ledger::day::clock(now.as_secs())
        })
    }

    /// The program as the author of a statement.
    pub fn program(&self, language: &Language) -> Author {
        Author { who: format!("tawatur {} (lexicon {})", env!("CARGO_PKG_VERSION"), language.hash()), at: self.at() }
    }

    /// The program as an author of what depends on no lexicon.
    pub fn program_alone(&self) -> Author {
        Author { who: format!("tawatur {}", env!("CARGO_PKG_VERSION")), at: self.at() }
    }

    /// A person as the author of a statement.
    ///
    /// # Errors
    /// When nobody is named and the system knows no user.
    pub fn person(&self, p: &Person) -> std::io::Result<Author> {
        let user = || ["USER", "USERNAME"].iter().find_map(|v| std::env::var(v).ok()).filter(|u| !u.trim().is_empty());
        match p.by.clone().or_else(user) {
            Some(who) => Ok(Author { who, at: self.at() }),
            None => Err(std::io::Error::other("nobody is named who decides; say --by NAME")),
        }
    }

    /// Opens the ledger for reading; with names to be shown, that is recorded first.
    ///
    /// # Errors
    /// When there is no such ledger.
    pub fn open(&self, shown: &Shown, command: &str) -> std::io::Result<Ledger> {
        if shown.show_names {
            let author = self.person(&Person { by: shown.by.clone() }).unwrap_or_else(|_| self.program_alone());
            Ledger::open_to_write(&self.ledger).map_err(failed)?.disclose(&author, command).map_err(failed)?;
        }
        Ledger::open(&self.ledger).map_err(failed)
    }

    /// Opens the ledger for writing.
    ///
    /// # Errors
    /// When there is no such ledger.
    pub fn open_to_write(&self) -> std::io::Result<Ledger> {
        Ledger::open_to_write(&self.ledger).map_err(failed)
    }
}

/// Records that a command shows names of private persons.
///
/// # Errors
/// When there is no such ledger, or it cannot be written.
pub fn disclose(ledger: &Path, by: Option<String>, command: &str) -> std::io::Result<()> {
    let shown = Shown { show_names: true, by };
    Place { ledger: ledger.into(), at: None }.open(&shown, command).map(|_| ())
}

/// An error of the ledger as one of the program.
pub fn failed(e: ledger::Error) -> std::io::Error {
    std::io::Error::other(e.to_string())
}

/// A claim's record as a value, names hidden unless they are shown.
pub fn record(c: &ClaimRow, names: Option<&mut Names>) -> Value {
    // the ledger holds what the coder wrote
    let mut v: Value = serde_json::from_str(&c.record).unwrap_or_default();
    if let Some(n) = names {
        n.hide_in(&mut v);
    }
    v
}
