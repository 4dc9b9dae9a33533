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
    /// Where each piece of the text stood in the page that it was taken from; empty where the text is the input.
    #[serde(skip)]
    pub map: Vec<Piece>,
    /// The bytes that it was read from, when [`Options::keep`](crate::Options::keep) asks for them.
    #[serde(skip)]
    pub original: Vec<u8>,
    /// What the reader wants to be known: a date that could not be read.
    #[serde(skip)]
    pub warnings: Vec<String>,
}

impl Document {
    /// Sets a field from what was found in some place, if there is anything; what was found before stays.
    pub(crate) fn found(&mut self, field: &'static str, value: Option<String>, place: impl Into<String>) {
        let Some(value) = value.map(|v| v.trim().to_string()).filter(|v| !v.is_empty()) else { return };
        let slot = match field {
            "title" => Some(&mut self.title),
            "outlet" => Some(&mut self.outlet),
            "published" => Some(&mut self.published),
            "url" => Some(&mut self.url),
            _ => None,
        };
        match slot {
            Some(slot) => {
                slot.get_or_insert_with(|| value.clone());
            }
            None => {
                self.extra.entry(field).or_insert_with(|| value.clone().into());
            }
        }
        self.found.push(Found { field, value, place: place.into() });
    }
}

/// A stretch of a document's text and of the page that it came from, in code points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// In the text.
    pub text: Range<usize>,
    /// In the page. Where characters are written as entities it is longer.
    pub source: Range<usize>,
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
    /// Code points of the input, or of the page.
    pub span: Range<usize>,
    /// What it is: title, header, furniture, a caption, …
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

/// Something that the person who asked should know of an input that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The input as it was named.
    pub input: String,
    /// Goes on from the input's name.
    pub text: String,
}

impl std::fmt::Display for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.input, self.text)
    }
}

/// What comes of an input.
#[derive(Debug)]
pub enum Outcome {
    /// A document.
    Read(Box<Document>),
    /// None: the input is in order, and holds nothing to read.
    Skipped(Refusal),
    /// None: the input could not be read.
    Refused(Refusal),
    /// Nothing yet: how an input is understood.
    Note(Note),
}
