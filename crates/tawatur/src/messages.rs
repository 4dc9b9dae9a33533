//! What is said to the person at the terminal, on standard error.

use crate::output::safe;
use std::io::IsTerminal;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// How often the count of documents is shown.
const EVERY: Duration = Duration::from_millis(500);

/// Counts what came of the inputs, and prints what could not be read. At a terminal the count is shown as it grows.
#[derive(Debug, Default)]
pub struct Messages {
    read: usize,
    skipped: usize,
    refused: usize,
    /// The inputs as they were named.
    named: Vec<String>,
    /// One of them was passed over as a whole.
    unread: bool,
    /// When the count was last shown, or counting began.
    shown: Option<Instant>,
}

impl Messages {
    /// For the inputs of a call.
    pub fn of(inputs: &[String]) -> Messages {
        Messages { named: inputs.to_vec(), ..Messages::default() }
    }

    /// An input, or a document of one, was not read.
    pub fn refused(&mut self, what: &reader::Refusal) {
        self.refuse(&what.to_string());
    }

    /// Documents were read.
    pub fn count(&mut self, documents: usize) {
        self.read += documents;
        let since = *self.shown.get_or_insert_with(Instant::now);
        if since.elapsed() >= EVERY && std::io::stderr().is_terminal() {
            self.shown = Some(Instant::now());
            eprint!("\r\x1b[K{} read, {} passed over, {} refused", self.read, self.skipped, self.refused);
        }
    }

    /// Takes the count off the line that a message is to stand on.
    fn clear(&self) {
        if self.shown.is_some() && std::io::stderr().is_terminal() {
            eprint!("\r\x1b[K");
        }
    }

    /// At the end: how many of each, where not everything was read.
    pub fn end(&self) {
        self.clear();
        if self.skipped + self.refused > 0 && self.read + self.skipped + self.refused > 1 {
            eprintln!("tawatur: {} read, {} passed over, {} refused", self.read, self.skipped, self.refused);
        }
    }

    /// What came of an input other than a document, and what a document warns of.
    pub fn tell(&mut self, outcome: &reader::Outcome) {
        match outcome {
            reader::Outcome::Read(d) => {
                self.count(1);
                self.warn(d);
            }
            reader::Outcome::Skipped(r) => {
                self.skipped += 1;
                self.unread |= self.named.contains(&r.input);
                self.clear();
                eprintln!("tawatur: passed over: {}", safe::terminal(&r.to_string()));
            }
            reader::Outcome::Refused(r) => self.refused(r),
            reader::Outcome::Note(n) => {
                self.clear();
                eprintln!("tawatur: {}", safe::terminal(&n.to_string()));
            }
        }
    }

    /// An input was refused by a command: `what` names it, the reason and the remedy.
    pub fn refuse(&mut self, what: &str) {
        self.refused += 1;
        self.clear();
        eprintln!("tawatur: {}", safe::terminal(what));
    }

    /// Something about a document that was read.
    pub fn warn(&self, document: &reader::Document) {
        for w in &document.warnings {
            self.clear();
            eprintln!("tawatur: {} {}", safe::terminal(&document.id), safe::terminal(w));
        }
    }

    /// 0 when everything was read, else 1.
    pub fn code(&self) -> ExitCode {
        ExitCode::from(u8::from(self.refused > 0 || self.unread))
    }
}
