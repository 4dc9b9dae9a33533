//! What is said to the person at the terminal, on standard error.

use crate::output::safe;
use std::process::ExitCode;

/// Counts and prints what could not be read.
#[derive(Debug, Default)]
pub struct Messages {
    refused: usize,
}

impl Messages {
    /// An input, or a document of one, was not read.
    pub fn refused(&mut self, what: &reader::Refusal) {
        self.refused += 1;
        eprintln!("tawatur: {}", safe::terminal(&what.to_string()));
    }

    /// What came of an input other than a document, and what a document warns of.
    pub fn tell(&mut self, outcome: &reader::Outcome) {
        match outcome {
            reader::Outcome::Read(d) => self.warn(d),
            reader::Outcome::Skipped(r) => eprintln!("tawatur: passed over: {}", safe::terminal(&r.to_string())),
            reader::Outcome::Refused(r) => self.refused(r),
            reader::Outcome::Note(n) => eprintln!("tawatur: {}", safe::terminal(&n.to_string())),
        }
    }

    /// An input was refused by a command: `what` names it, the reason and the remedy.
    pub fn refuse(&mut self, what: &str) {
        self.refused += 1;
        eprintln!("tawatur: {}", safe::terminal(what));
    }

    /// Something about a document that was read.
    pub fn warn(&self, document: &reader::Document) {
        for w in &document.warnings {
            eprintln!("tawatur: {} {}; coded without it", safe::terminal(&document.id), safe::terminal(w));
        }
    }

    /// 0 when everything was read, else 1.
    pub fn code(&self) -> ExitCode {
        ExitCode::from(u8::from(self.refused > 0))
    }
}
