//! Where readers hand over what they read.

use crate::{Document, Note, Options, Outcome, Problem, Refusal, encoding};
use std::ops::ControlFlow;

/// Whether to go on reading.
pub type Flow = ControlFlow<()>;

/// Takes documents, refusals and notes, under one set of options.
pub struct Sink<'a> {
    /// What the reader was told.
    pub options: &'a Options,
    visit: &'a mut dyn FnMut(Outcome) -> bool,
}

impl std::fmt::Debug for Sink<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sink").field("options", &self.options).finish_non_exhaustive()
    }
}

impl<'a> Sink<'a> {
    /// A sink that calls `visit`, until it returns `false`.
    pub fn new(options: &'a Options, visit: &'a mut dyn FnMut(Outcome) -> bool) -> Sink<'a> {
        Sink { options, visit }
    }

    fn hand(&mut self, outcome: Outcome) -> Flow {
        if (self.visit)(outcome) { Flow::Continue(()) } else { Flow::Break(()) }
    }

    /// Hands over a document, or the reason that there is none.
    pub fn result(&mut self, input: impl Into<String>, made: Result<Document, Problem>) -> Flow {
        match made {
            Ok(d) => self.document(input, d),
            Err(p) => self.refuse(input, p),
        }
    }

    /// Hands over a document that has text and is Arabic; `input` names it otherwise.
    pub fn document(&mut self, input: impl Into<String>, mut d: Document) -> Flow {
        if d.text.trim().is_empty() {
            return self.refuse(input, Problem::Empty);
        }
        if self.options.arabic_only
            && let Err(p) = encoding::require_arabic(&d.text)
        {
            return self.refuse(input, p);
        }
        if d.published.is_none() {
            d.published = self.options.published.clone();
        }
        self.hand(Outcome::Read(Box::new(d)))
    }

    /// Hands over the reason that an input was not read.
    pub fn refuse(&mut self, input: impl Into<String>, problem: Problem) -> Flow {
        let refusal = Refusal::new(input, problem);
        let skip = refusal.problem.is_skip();
        self.hand(if skip { Outcome::Skipped(refusal) } else { Outcome::Refused(refusal) })
    }

    /// Hands over something that the person who asked should know.
    pub fn note(&mut self, input: impl Into<String>, text: impl Into<String>) -> Flow {
        self.hand(Outcome::Note(Note { input: input.into(), text: text.into() }))
    }
}
