//! The claim record: what leaves the program, field by field (see docs/record.md).
//!
//! Offsets are code points into the document's text, `start` inclusive, `end` exclusive; `text` is always exactly that slice.

use serde::{Deserialize, Serialize};

/// A stretch of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The slice itself.
    pub text: String,
    /// First code point.
    pub start: usize,
    /// Code point after the last.
    pub end: usize,
}

/// A stretch whose text is not repeated: the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extent {
    /// First code point.
    pub start: usize,
    /// Code point after the last.
    pub end: usize,
}

/// The document that a claim stands in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DocRef {
    /// Its id, as given or made by the reader.
    pub id: String,
    /// SHA-256 of its text, lower-case hexadecimal.
    pub sha256: String,
    /// Title, outlet, address, day or date-time of publication, as far as they are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[allow(missing_docs)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    #[allow(missing_docs)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    #[allow(missing_docs)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Other keys of a JSONL document, passed through.
    #[serde(default, skip_serializing_if = "serde_json::Map::is_empty")]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

macro_rules! words {
    ($(#[$m:meta])* $name:ident { $($(#[$vm:meta])* $v:ident = $w:literal),* $(,)? }) => {
        $(#[$m])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$vm])* #[serde(rename = $w)] $v),* }
        impl $name {
            /// All values, in order.
            pub const ALL: &'static [$name] = &[$($name::$v),*];
            /// The word that records use.
            pub fn as_str(self) -> &'static str { match self { $($name::$v => $w),* } }
            /// Reads such a word.
            pub fn parse(s: &str) -> Option<$name> { match s { $($w => Some($name::$v),)* _ => None } }
        }
    };
}
words! {
    /// How the text ties a participant to the act.
    Basis {
        /// Named by the clause.
        Named = "named",
        /// Named by itself.
        Claimed = "claimed",
        /// Named by an accuser.
        Accused = "accused",
        /// Named with reserve.
        Hedged = "hedged",
        /// Named in another sentence.
        Inherited = "inherited",
    }
}

words! {
    /// Why somebody counts as civilian or not.
    StatusBasis {
        /// The text says so.
        Stated = "stated",
        /// Taken from what they are.
        Presumed = "presumed",
    }
}

words! {
    /// PLOVER's auxiliary modes.
    Modality {
        /// Told as a fact.
        Actual = "actual",
        /// Told not to be so.
        Negated = "negated",
        /// To come.
        Future = "future",
        /// If, in order to, almost.
        Hypothetical = "hypothetical",
        /// Background, older than about a month.
        Historical = "historical",
    }
}

words! {
    /// What is counted.
    CountKind {
        /// Dead.
        Killed = "killed",
        /// Hurt.
        Injured = "injured",
        /// Fighters taken.
        Captured = "captured",
        /// People held.
        Detained = "detained",
        /// People taken away unlawfully or by unknown hands.
        Abducted = "abducted",
        /// Fighters who gave up.
        Surrendered = "surrendered",
        /// Set free.
        Released = "released",
        /// Driven out.
        Displaced = "displaced",
        /// Not found.
        Missing = "missing",
        /// Brought to safety or to hospital.
        Evacuated = "evacuated",
        /// Took part.
        Participants = "participants",
        /// Shells, raids, bombs.
        Strikes = "strikes",
        /// Cars, tanks, aircraft.
        Vehicles = "vehicles",
        /// Houses and other buildings.
        Buildings = "buildings",
        /// Held by anybody.
        Prisoners = "prisoners",
        /// Anything else.
        Other = "other",
    }
}

words! {
    /// Whom a count counts.
    Group {
        /// Civilians.
        Civilian = "civilian",
        /// Fighters, soldiers, police.
        Combatant = "combatant",
        /// Both.
        Mixed = "mixed",
        /// The text does not say.
        Unknown = "unknown",
    }
}

words! {
    /// How a count relates to others of its event.
    Relation {
        /// All of them.
        Total = "total",
        /// Some of the total: "بينهم".
        Part = "part",
        /// Since a beginning.
        Cumulative = "cumulative",
        /// A figure that replaces an earlier one.
        Update = "update",
    }
}

words! {
    /// What kind of source.
    SourceKind {
        /// A government, its bodies and members.
        Official = "official",
        /// A state's armed forces.
        Military = "military",
        /// Any other organised armed group.
        ArmedGroup = "armed_group",
        /// Police and security services.
        Police = "police",
        /// Hospitals, health services, the Red Crescent.
        Medical = "medical",
        /// Civil defence.
        CivilDefence = "civil_defence",
        /// Monitors and rights groups.
        NgoMonitor = "ngo_monitor",
        /// Newspapers, agencies, correspondents.
        Media = "media",
        /// People of the place.
        Local = "local",
        /// Somebody who saw it.
        Witness = "witness",
        /// Sources without a name.
        Anonymous = "anonymous",
        /// A named person.
        Person = "person",
        /// A statement, picture, recording.
        Document = "document",
    }
}

words! {
    /// What a source does with the claim.
    Stance {
        /// Tells it.
        States = "states",
        /// Tells it against somebody or with doubt.
        Alleges = "alleges",
        /// Denies it.
        Denies = "denies",
        /// Confirms what another has claimed.
        Confirms = "confirms",
    }
}

words! {
    /// Protected objects.
    ObjectKind {
        #[allow(missing_docs)] Hospital = "hospital",
        #[allow(missing_docs)] School = "school",
        #[allow(missing_docs)] Worship = "worship",
        #[allow(missing_docs)] Market = "market",
        #[allow(missing_docs)] Camp = "camp",
        #[allow(missing_docs)] Dwelling = "dwelling",
        #[allow(missing_docs)] Aid = "aid",
        #[allow(missing_docs)] Press = "press",
        #[allow(missing_docs)] Heritage = "heritage",
        #[allow(missing_docs)] Utility = "utility",
        #[allow(missing_docs)] BridgeOrRoad = "bridge_or_road",
        #[allow(missing_docs)] Airport = "airport",
    }
}

macro_rules! text_of {
    ($($t:ty),*) => { $(impl $t {
        /// The slice of the text, as written.
        pub fn text(&self) -> &str { &self.span.text }
    })* };
}
text_of!(Participant, Place, Count, Source, Object, Framing);

/// Somebody who did it or to whom it was done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Participant {
    /// The noun phrase as written.
    #[serde(flatten)]
    pub span: Span,
    /// The actor lexicon's name, where the phrase is one of its actors.
    pub name: Option<String>,
    #[allow(missing_docs)]
    pub name_en: Option<String>,
    /// The actor lexicon's id.
    pub id: Option<String>,
    /// ISO 3166 alpha-3.
    pub country: Option<String>,
    /// Sector codes, the most telling first.
    pub roles: Vec<String>,
    /// Civilian, combatant, or not said.
    pub civilian: Option<bool>,
    #[allow(missing_docs)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_basis: Option<StatusBasis>,
    /// How the text ties them to the act.
    pub basis: Basis,
    /// `false` when the claim's source did not name this part itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credited: Option<bool>,
}

/// A candidate for a place, with its score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlaceCandidate {
    #[allow(missing_docs)]
    pub id: String,
    #[allow(missing_docs)]
    pub name_en: String,
    #[allow(missing_docs)]
    pub lat: Option<f64>,
    #[allow(missing_docs)]
    pub lon: Option<f64>,
    /// Only differences within one place mean anything.
    pub score: f64,
}

/// Where it happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The name as written.
    #[serde(flatten)]
    pub span: Span,
    #[allow(missing_docs)]
    pub name: Option<String>,
    #[allow(missing_docs)]
    pub name_en: Option<String>,
    /// The gazetteer's id; `null` when unresolved.
    pub id: Option<String>,
    /// settlement, neighbourhood, facility, road, natural, region, admin1, admin2, admin3, country.
    pub kind: String,
    /// ISO 3166 alpha-3.
    pub country: Option<String>,
    #[allow(missing_docs)]
    pub admin1: Option<String>,
    /// WGS 84 degrees.
    pub lat: Option<f64>,
    #[allow(missing_docs)]
    pub lon: Option<f64>,
    /// ACLED's geo_precision, 1 to 3.
    pub precision: u8,
    /// at, containing, near, from, to.
    pub role: String,
    /// The area whose point stands in for the place's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approximated_by: Option<String>,
    /// What else the name could mean, best first; empty when there is nothing to choose from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<PlaceCandidate>,
    /// Taken from another sentence.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub inherited: bool,
}

/// The date against which a time was resolved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TimeAnchor {
    /// ISO date.
    pub date: String,
    /// Where it comes from.
    pub from: String,
}

/// When it happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Time {
    /// The expression as written; absent when the publication day stands in.
    #[serde(flatten)]
    pub span: Option<Span>,
    /// First day, ISO date.
    pub from: String,
    /// Last day, inclusive.
    pub to: String,
    /// ACLED's time_precision: 1 the day, 2 the week, 3 the month or longer.
    pub precision: u8,
    /// expression, inherited, document.
    pub basis: String,
    #[allow(missing_docs)]
    pub anchor: Option<TimeAnchor>,
    /// What the expression says that cannot all be true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conflict: Option<String>,
}

/// How many.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Count {
    /// The counted phrase as written, with its cue.
    #[serde(flatten)]
    pub span: Span,
    #[allow(missing_docs)]
    pub kind: CountKind,
    /// At least; `null` with `vague`.
    pub low: Option<f64>,
    /// At most; `null` when open.
    pub high: Option<f64>,
    /// few, several, tens, hundreds, thousands.
    pub vague: Option<String>,
    /// About so many.
    pub approx: bool,
    #[allow(missing_docs)]
    pub group: Group,
    #[allow(missing_docs)]
    pub relation: Relation,
    /// `false` when the claim's source did not name this figure itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credited: Option<bool>,
}

/// Whom the text credits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// The noun phrase as written.
    #[serde(flatten)]
    pub span: Span,
    #[allow(missing_docs)]
    pub name: Option<String>,
    #[allow(missing_docs)]
    pub id: Option<String>,
    #[allow(missing_docs)]
    pub kind: SourceKind,
    #[allow(missing_docs)]
    pub stance: Stance,
    /// The word that credits.
    pub cue: Option<Span>,
}

/// A protected object that was hit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Object {
    #[allow(missing_docs)]
    #[serde(flatten)]
    pub span: Span,
    #[allow(missing_docs)]
    pub kind: ObjectKind,
}

/// Loaded wording, recorded and never believed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Framing {
    #[allow(missing_docs)]
    #[serde(flatten)]
    pub span: Span,
    /// The neutral entry that it stands for, or the class of loading.
    pub term: String,
}

/// One claim.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// `clm_` and 20 hexadecimal digits; the same text, document and lexicon give the same id.
    pub id: String,
    #[allow(missing_docs)]
    pub doc: DocRef,
    /// One of PLOVER's 16 event types.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// Modes of that type.
    pub modes: Vec<String>,
    /// PLOVER contexts of the document.
    pub contexts: Vec<String>,
    #[allow(missing_docs)]
    pub trigger: Span,
    #[allow(missing_docs)]
    pub sentence: Extent,
    #[allow(missing_docs)]
    pub actors: Vec<Participant>,
    #[allow(missing_docs)]
    pub recipients: Vec<Participant>,
    /// Most specific first, then those that contain it.
    pub places: Vec<Place>,
    #[allow(missing_docs)]
    pub time: Option<Time>,
    #[allow(missing_docs)]
    pub counts: Vec<Count>,
    /// Innermost first; empty: the outlet itself.
    pub sources: Vec<Source>,
    /// Mentions of one event within the document share it.
    pub event_ref: String,
    #[allow(missing_docs)]
    pub objects: Vec<Object>,
    #[allow(missing_docs)]
    pub framing: Vec<Framing>,
    #[allow(missing_docs)]
    pub modality: Modality,
    /// Calibrated probability that the claim is one, and of this type.
    pub confidence: f64,
    /// Ids of the lexicon entries and rules that made each part: `part: id`.
    pub why: Vec<String>,
}

words! {
    /// PLOVER's event types.
    EventType {
        #[allow(missing_docs)] Agree = "AGREE",
        #[allow(missing_docs)] Consult = "CONSULT",
        #[allow(missing_docs)] Support = "SUPPORT",
        #[allow(missing_docs)] Concede = "CONCEDE",
        #[allow(missing_docs)] Cooperate = "COOPERATE",
        #[allow(missing_docs)] Aid = "AID",
        #[allow(missing_docs)] Retreat = "RETREAT",
        #[allow(missing_docs)] Request = "REQUEST",
        #[allow(missing_docs)] Accuse = "ACCUSE",
        #[allow(missing_docs)] Reject = "REJECT",
        #[allow(missing_docs)] Threaten = "THREATEN",
        #[allow(missing_docs)] Protest = "PROTEST",
        #[allow(missing_docs)] Sanction = "SANCTION",
        #[allow(missing_docs)] Mobilize = "MOBILIZE",
        #[allow(missing_docs)] Coerce = "COERCE",
        #[allow(missing_docs)] Assault = "ASSAULT",
    }
}

impl EventType {
    /// The modes that PLOVER gives this type (with `clash` and `territory` added to ASSAULT).
    pub fn modes(self) -> &'static [&'static str] {
        match self {
            EventType::Assault => &[
                "abduct",
                "beat",
                "torture",
                "sexual",
                "targeted",
                "destroy",
                "primitive",
                "firearms",
                "explosives",
                "suicide-attack",
                "aerial",
                "drone",
                "heavy-weapons",
                "crowd-control",
                "unconventional",
                "clash",
                "territory",
            ],
            EventType::Coerce => &["seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold", "misinformation", "cyber"],
            EventType::Mobilize => &["troops", "weapons", "police", "militia"],
            EventType::Protest => &["demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"],
            EventType::Retreat => &["withdraw", "release", "disarm", "ceasefire", "access", "resign"],
            EventType::Threaten => &["restrict", "arrest", "relations", "expel", "territory", "violence"],
            EventType::Accuse => &["disapprove", "investigate", "allege"],
            EventType::Request | EventType::Reject => &["assist", "change", "yield", "meet"],
            EventType::Sanction => &["convict", "expel", "withdraw", "discontinue"],
            EventType::Consult => &["visit", "third-party", "multilateral", "phone"],
            EventType::Agree | EventType::Support | EventType::Concede | EventType::Cooperate | EventType::Aid => &[],
        }
    }

    /// A speech act: its speaker is its actor, and no source.
    pub fn is_speech(self) -> bool {
        use EventType::*;
        matches!(self, Accuse | Request | Reject | Threaten | Agree | Support | Concede | Sanction)
    }
}
