//! Annotated reports, one a line of JSON.

use super::mention::Mentions;
use claims::record::{CountKind, EventType, Modality, Stance};
use serde::Deserialize;

/// A report with the claims that a person found in it. Offsets count code points of `text`.
#[derive(Debug, Deserialize)]
pub struct Report {
    pub id: String,
    pub text: String,
    pub published: Option<String>,
    pub title: Option<String>,
    pub outlet: Option<String>,
    /// The stretches of text within which claims may be paired; each line of the text when absent.
    #[serde(default)]
    segments: Vec<(usize, usize)>,
    #[serde(default)]
    pub claims: Vec<GoldClaim>,
}

#[derive(Debug, Deserialize)]
pub struct GoldClaim {
    #[serde(rename = "type")]
    pub event_type: EventType,
    #[serde(default)]
    pub modes: Vec<String>,
    pub trigger: (usize, usize),
    /// Other words that could be its trigger.
    #[serde(default)]
    pub also: Vec<(usize, usize)>,
    #[serde(default)]
    pub actors: Vec<GoldMention>,
    #[serde(default)]
    pub recipients: Vec<GoldMention>,
    #[serde(default)]
    pub places: Vec<GoldPlace>,
    #[serde(default)]
    pub time: Option<GoldTime>,
    #[serde(default)]
    pub counts: Vec<GoldCount>,
    #[serde(default)]
    pub sources: Vec<GoldSource>,
    #[serde(default = "actual")]
    pub modality: Modality,
}

fn actual() -> Modality {
    Modality::Actual
}

fn states() -> Stance {
    Stance::States
}

impl GoldClaim {
    /// A claim without parts.
    pub fn none(event_type: EventType) -> GoldClaim {
        GoldClaim {
            event_type,
            modes: Vec::new(),
            trigger: (0, 0),
            also: Vec::new(),
            actors: Vec::new(),
            recipients: Vec::new(),
            places: Vec::new(),
            time: None,
            counts: Vec::new(),
            sources: Vec::new(),
            modality: Modality::Actual,
        }
    }
}

#[derive(Debug, Deserialize)]
pub struct GoldMention {
    pub text: String,
}

#[derive(Debug, Deserialize)]
pub struct GoldPlace {
    pub text: String,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
}

#[derive(Debug, Deserialize)]
pub struct GoldTime {
    pub from: String,
    pub to: String,
}

#[derive(Debug, Deserialize)]
pub struct GoldCount {
    pub kind: CountKind,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub vague: Option<String>,
    #[serde(default)]
    pub span: (usize, usize),
}

#[derive(Debug, Deserialize)]
pub struct GoldSource {
    pub text: String,
    #[serde(default = "states")]
    pub stance: Stance,
}

impl Report {
    /// Reads a line.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(line: &str) -> Result<Report, String> {
        let mut r: Report = serde_json::from_str(line).map_err(|e| e.to_string())?;
        if r.segments.is_empty() {
            let mut start = 0;
            for l in r.text.split('\n') {
                let n = l.chars().count();
                r.segments.push((start, start + n));
                start += n + 1;
            }
        }
        Ok(r)
    }

    /// What the coder is given of it.
    pub fn document(&self) -> claims::Document {
        claims::Document {
            id: self.id.clone(),
            text: self.text.clone(),
            title: self.title.clone(),
            outlet: self.outlet.clone(),
            published: self.published.clone(),
            ..claims::Document::default()
        }
    }

    /// The segment that a code point stands in.
    pub fn segment(&self, at: usize) -> Option<usize> {
        self.segments.iter().position(|(s, e)| *s <= at && at < *e)
    }

    /// Does the count that begins there stand behind "بينهم" as a part of a total?
    pub fn is_part(&self, start: usize, mentions: &Mentions) -> bool {
        const REACH: usize = 40;
        let before: String = self.text.chars().skip(start.saturating_sub(REACH)).take(start.min(REACH)).collect();
        mentions.ends_with_part(&before)
    }
}
