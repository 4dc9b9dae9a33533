//! What comes of an input.

use crate::Problem;
use serde::Serialize;
use std::ops::Range;

/// A report with what is known of it.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Document {
    /// Given, or the name of the file (inside the folder that was named), or that and the line.
    pub id: String,
    /// The report; offsets of claims count its code points.
    pub text: String,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Who published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// When, as an ISO date or date-time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Where it stood.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Everything else that came with it, and `section`.
    #[serde(flatten)]
    pub extra: serde_json::Map<String, serde_json::Value>,
    /// Where the date, title and outlet were found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub found: Vec<Found>,
    /// What of the input is not in the text, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dropped: Vec<Dropped>,
    /// What the reader wants to be known: a date that could not be read.
    #[serde(skip)]
    pub warnings: Vec<String>,
}

/// Where a fact about a document was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Found {
    /// title, outlet, published, section
    pub field: &'static str,
    /// What it says.
    pub value: String,
    /// In which place of the input.
    pub place: String,
}

/// A stretch of the input that is not in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dropped {
    /// Code points of the input.
    pub span: Range<usize>,
    /// What it is: title, header, furniture.
    pub why: &'static str,
    /// What it says.
    pub text: String,
}

/// An input, or a document of one, that was not read.
#[derive(Debug)]
pub struct Refusal {
    /// The input as it was named, with the line where it has several documents.
    pub input: String,
    /// Why, and what can be done.
    pub problem: Problem,
}

impl Refusal {
    /// A refusal of `input`.
    pub fn new(input: impl Into<String>, problem: Problem) -> Refusal {
        Refusal { input: input.into(), problem }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.input, self.problem)
    }
}

/// What comes of an input.
#[derive(Debug)]
pub enum Outcome {
    /// A document.
    Read(Box<Document>),
    /// None.
    Refused(Refusal),
}
