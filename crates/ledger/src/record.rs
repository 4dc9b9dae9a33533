//! The parts of a claim record that the ledger looks at. The record itself is kept as the coder wrote it.

use crate::day;
use crate::rows::Keys;
use serde::Deserialize;
use std::borrow::Cow;

type Str<'a> = Option<Cow<'a, str>>;

/// A claim record, as far as it is looked at.
#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs)] // the contract's names
pub struct Record<'a> {
    #[serde(borrow)]
    pub id: Cow<'a, str>,
    #[serde(borrow, rename = "type")]
    pub kind: Cow<'a, str>,
    #[serde(borrow, default)]
    pub modes: Vec<Cow<'a, str>>,
    #[serde(borrow)]
    pub trigger: Span<'a>,
    pub sentence: Extent,
    #[serde(borrow, default)]
    pub actors: Vec<Named<'a>>,
    #[serde(borrow, default)]
    pub recipients: Vec<Named<'a>>,
    #[serde(borrow, default)]
    pub places: Vec<Named<'a>>,
    #[serde(borrow, default)]
    pub time: Option<Time<'a>>,
    #[serde(borrow, default)]
    pub counts: Vec<Count<'a>>,
    #[serde(borrow, default)]
    pub sources: Vec<Named<'a>>,
    #[serde(borrow)]
    pub modality: Cow<'a, str>,
    pub confidence: f64,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs)]
pub struct Span<'a> {
    #[serde(borrow)]
    pub text: Cow<'a, str>,
    pub start: usize,
    pub end: usize,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[allow(missing_docs)]
pub struct Extent {
    pub start: usize,
    pub end: usize,
}

/// Somebody or something that the text names: a participant, a place or a source, each with the fields of its kind.
#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs)]
pub struct Named<'a> {
    #[serde(borrow)]
    pub text: Cow<'a, str>,
    pub start: usize,
    pub end: usize,
    #[serde(borrow, default)]
    pub name: Str<'a>,
    #[serde(borrow, default)]
    pub name_en: Str<'a>,
    #[serde(borrow, default)]
    pub id: Str<'a>,
    #[serde(borrow, default)]
    pub country: Str<'a>,
    #[serde(borrow, default)]
    pub admin1: Str<'a>,
    #[serde(default)]
    pub lat: Option<f64>,
    #[serde(default)]
    pub lon: Option<f64>,
    #[serde(borrow, default)]
    pub kind: Str<'a>,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs)]
pub struct Time<'a> {
    #[serde(borrow)]
    pub from: Cow<'a, str>,
    #[serde(borrow)]
    pub to: Cow<'a, str>,
    #[serde(borrow, default)]
    pub basis: Str<'a>,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs)]
pub struct Count<'a> {
    #[serde(borrow)]
    pub text: Cow<'a, str>,
    #[serde(borrow)]
    pub kind: Cow<'a, str>,
    #[serde(default)]
    pub low: Option<f64>,
    #[serde(default)]
    pub high: Option<f64>,
}

impl<'a> Record<'a> {
    /// Reads a record.
    ///
    /// # Errors
    /// When the text is no claim record.
    pub fn parse(json: &'a str) -> serde_json::Result<Record<'a>> {
        serde_json::from_str(json)
    }

    /// First and last day, inclusive.
    pub fn days(&self) -> Option<(i32, i32)> {
        let t = self.time.as_ref()?;
        Some((day::parse(&t.from)?, day::parse(&t.to)?))
    }

    /// The first point of its places.
    pub fn point(&self) -> Option<(f64, f64)> {
        self.places.iter().find_map(|p| Some((p.lat?, p.lon?)))
    }

    /// Actors and recipients.
    pub fn parties(&self) -> impl Iterator<Item = &Named<'a>> {
        self.actors.iter().chain(&self.recipients)
    }

    /// The columns.
    pub fn keys(&self) -> Keys {
        let mut parties: Vec<String> = Vec::new();
        for p in self.parties() {
            for id in [&p.id, &p.country].into_iter().flatten() {
                if !parties.iter().any(|x| x == id) {
                    parties.push(id.to_string());
                }
            }
        }
        Keys {
            kind: self.kind.to_string(),
            modality: self.modality.to_string(),
            days: self.days(),
            point: self.point(),
            places: self.places.iter().filter_map(|p| p.id.as_deref().map(String::from)).collect(),
            parties,
        }
    }
}
