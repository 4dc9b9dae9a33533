//! What is read out of a ledger, as typed rows.

use serde::{Deserialize, Serialize};

/// The number of a document in its ledger: that of the statement that added it. Never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DocNo(pub u64);

/// What is known of a document apart from its text.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Meta {
    /// Its id, as given or made by the reader.
    pub id: String,
    /// SHA-256 of its text, lower-case hexadecimal.
    pub sha256: String,
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Who published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// When: an ISO date or date-time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Where it stood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Other keys that came with it.
    #[serde(default, skip_serializing_if = "serde_json::Map::is_empty")]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// A claim as it is kept: the record, and the columns that joining and filters ask for.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimRow {
    /// The document that it stands in.
    pub document: DocNo,
    /// Its place among the claims of its document, from 0.
    pub index: u32,
    /// `clm_…`
    pub id: String,
    /// The claim record (the contract's JSON), `doc` included.
    pub record: String,
    /// Columns of it.
    pub keys: Keys,
}

/// The columns of a claim. Days count from 1970-01-01.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Keys {
    /// PLOVER type: `ASSAULT`.
    pub kind: String,
    /// `actual`, `negated`, `future`, `hypothetical`, `historical`.
    pub modality: String,
    /// First and last day, inclusive.
    pub days: Option<(i32, i32)>,
    /// Latitude and longitude of the first place that has a point.
    pub point: Option<(f64, f64)>,
    /// The gazetteer's ids of all places.
    pub places: Vec<String>,
    /// The lexicon's ids and the countries of actors and recipients.
    pub parties: Vec<String>,
}

/// A current document with its current claims.
#[derive(Debug, Clone, PartialEq)]
pub struct Coded {
    /// Its number.
    pub document: DocNo,
    /// What is known of it.
    pub meta: Meta,
    /// Its claims, in the order of the text.
    pub claims: Vec<ClaimRow>,
}

/// What a person holds of two things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Identity {
    /// One and the same.
    Same,
    /// Two.
    Different,
    /// It cannot be told; takes back an earlier judgement.
    Unsure,
}

impl Identity {
    /// The word that records use.
    pub fn as_str(self) -> &'static str {
        match self {
            Identity::Same => "same",
            Identity::Different => "different",
            Identity::Unsure => "unsure",
        }
    }
}

/// A person's judgement of two claims, actors or places. Of several on one pair the latest holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// The smaller of the two ids.
    pub a: String,
    /// The larger.
    pub b: String,
    /// What they are to each other.
    pub identity: Identity,
    /// Who judged.
    pub by: String,
    /// When, as the command was told.
    pub at: String,
    /// Why.
    pub why: String,
}
