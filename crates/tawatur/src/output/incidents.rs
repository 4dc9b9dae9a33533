//! Incidents for programs, spreadsheets, maps and people.

use super::{jsonl, safe};
use crate::cli::IncidentFormat;
use comfy_table::{ContentArrangement, Table, presets};
use ledger::incidents::Incident;
use ledger::incidents::counts::Tally;
use ledger::incidents::incident::Role;
use serde_json::{Value, json};
use std::io::Write;

/// Writes incidents one by one, in one format; a table alone waits for the last.
pub struct Writer<'w> {
    format: IncidentFormat,
    to: &'w mut dyn Write,
    count: usize,
    table: Table,
}

impl<'w> Writer<'w> {
    /// Writes what stands before the first.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn begin(format: IncidentFormat, to: &'w mut dyn Write) -> std::io::Result<Writer<'w>> {
        match format {
            IncidentFormat::Csv => to.write_all(&record(COLUMNS.iter().map(|c| c.to_string())))?,
            IncidentFormat::Geojson => to.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?,
            IncidentFormat::Jsonl | IncidentFormat::Table => {}
        }
        let mut table = Table::new();
        table.load_preset(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic).set_width(super::table::width());
        table.set_header(["when", "what", "where", "who", "to whom", "dead", "hurt", "documents, origins", "conflicts", "incident"]);
        Ok(Writer { format, to, count: 0, table })
    }

    /// Writes one.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&mut self, i: &Incident) -> std::io::Result<()> {
        self.put(Piece::of(self.format, i))
    }

    /// Writes one that was rendered.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn put(&mut self, piece: Piece) -> std::io::Result<()> {
        self.count += 1;
        match piece {
            Piece::Bytes(bytes) if self.format == IncidentFormat::Geojson => {
                self.to.write_all(if self.count > 1 { b",\n" } else { b"\n" })?;
                self.to.write_all(&bytes)
            }
            Piece::Bytes(bytes) => self.to.write_all(&bytes),
            Piece::Row(cells) => {
                self.table.add_row(cells);
                Ok(())
            }
        }
    }

    /// Writes what stands behind the last.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn end(self) -> std::io::Result<()> {
        match self.format {
            IncidentFormat::Geojson => self.to.write_all(b"\n]}\n"),
            IncidentFormat::Table if self.count == 0 => self.to.write_all(b"no incidents\n"),
            IncidentFormat::Table => writeln!(self.to, "{}", self.table),
            IncidentFormat::Jsonl | IncidentFormat::Csv => Ok(()),
        }
    }
}

/// An incident as its format writes it. To make it takes longer than to write it, and can be done by several threads.
pub enum Piece {
    Bytes(Vec<u8>),
    Row(Vec<String>),
}

impl Piece {
    /// Renders an incident.
    pub fn of(format: IncidentFormat, i: &Incident) -> Piece {
        match format {
            IncidentFormat::Jsonl => Piece::Bytes(jsonl::lines(std::slice::from_ref(i))),
            IncidentFormat::Csv => Piece::Bytes(record(row(i).into_iter())),
            IncidentFormat::Geojson => Piece::Bytes(feature(i).to_string().into_bytes()),
            IncidentFormat::Table => Piece::Row(cells(i).into()),
        }
    }
}

const COLUMNS: &[&str] = &[
    "id",
    "type",
    "modes",
    "from",
    "to",
    "dated",
    "place",
    "place_en",
    "place_id",
    "place_kind",
    "country",
    "admin1",
    "lat",
    "lon",
    "precision",
    "actors",
    "actors_id",
    "recipients",
    "killed_low",
    "killed_high",
    "killed_best",
    "injured_low",
    "injured_high",
    "injured_best",
    "documents",
    "origins_at_least",
    "origins",
    "denials",
    "conflicts",
    "claims",
];

/// A row of a spreadsheet.
fn record(cells: impl Iterator<Item = String>) -> Vec<u8> {
    let mut w = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // memory takes everything
    let _ = w.write_record(cells.map(|c| safe::cell(&c)));
    w.into_inner().unwrap_or_default()
}

/// One incident a row; lists within a cell are parted by ` | `, and a missing value is an empty cell.
fn row(i: &Incident) -> Vec<String> {
    let text = |s: Option<&str>| s.unwrap_or_default().to_string();
    let number = |n: Option<f64>| n.map(|n| n.to_string()).unwrap_or_default();
    let p = i.place.as_ref();
    let names = |list: &[Role]| list.iter().map(role).collect::<Vec<_>>().join(" | ");
    let tally = |kind: &str| i.counts.get(kind).map_or([None; 3], |t| [t.low, t.high, t.best]).map(number);
    let mut r = vec![i.id.clone(), i.kind.clone(), i.modes.join(" | "), text(i.from.as_deref()), text(i.to.as_deref()), text(i.dated)];
    r.extend([
        text(p.map(|p| p.name.as_deref().unwrap_or(p.text()))),
        text(p.and_then(|p| p.name_en.as_deref())),
        text(p.and_then(|p| p.id.as_deref())),
        text(p.map(|p| p.kind.as_str())),
        text(p.and_then(|p| p.country.as_deref())),
        text(p.and_then(|p| p.admin1.as_deref())),
        number(p.and_then(|p| p.lat)),
        number(p.and_then(|p| p.lon)),
        p.map(|p| p.precision.to_string()).unwrap_or_default(),
        names(&i.actors),
        i.actors.iter().map(|a| text(a.id.as_deref())).collect::<Vec<_>>().join(" | "),
        names(&i.recipients),
    ]);
    r.extend(tally("killed"));
    r.extend(tally("injured"));
    r.extend([
        i.documents.to_string(),
        i.origins_at_least.to_string(),
        i.origins.to_string(),
        i.denials.len().to_string(),
        i.conflicts.iter().map(|c| c.field).collect::<Vec<_>>().join(" | "),
        i.claims.iter().map(|c| format!("{}#{}", c.doc, c.claim)).collect::<Vec<_>>().join(" | "),
    ]);
    r
}

/// A name where the lexicon has one, else what is known: country, roles, standing.
pub fn role(r: &Role) -> String {
    if let Some(n) = &r.name {
        return n.clone();
    }
    if !r.texts.is_empty() {
        return r.texts.iter().map(String::as_str).collect::<Vec<_>>().join(" / ");
    }
    // a government is neither a civilian nor a combatant
    let armed = ["MIL", "REB", "UAF", "PRM", "COP", "SPY"];
    let standing = match r.civilian {
        Some(true) => Some("civilian"),
        Some(false) if r.roles.iter().any(|x| armed.contains(&x.as_str())) => Some("combatant"),
        _ => None,
    };
    let parts: Vec<&str> = r.country.as_deref().into_iter().chain(r.roles.iter().map(String::as_str)).chain(standing).collect();
    if parts.is_empty() { "unknown".into() } else { parts.join(" ") }
}

/// A feature; an incident without a point has a null geometry. Longitude comes first, as GeoJSON wants it.
fn feature(i: &Incident) -> Value {
    let point = i.place.as_ref().and_then(|p| p.lon.zip(p.lat));
    let geometry = point.map_or(Value::Null, |(lon, lat)| json!({"type": "Point", "coordinates": [lon, lat]}));
    json!({"type": "Feature", "id": i.id, "geometry": geometry, "properties": i})
}

fn cells(i: &Incident) -> [String; 10] {
    let when = match (&i.from, &i.to) {
        (Some(a), Some(b)) if a == b => a.clone(),
        (Some(a), Some(b)) => format!("{a} – {b}"),
        _ => String::new(),
    };
    let place = i.place.as_ref().map(|p| p.name.as_deref().unwrap_or(p.text()).to_string()).unwrap_or_default();
    let names = |list: &[Role]| list.iter().take(4).map(role).collect::<Vec<_>>().join("\n");
    let what = if i.modes.is_empty() { i.kind.clone() } else { format!("{}/{}", i.kind, i.modes.join("+")) };
    let origins = if i.origins_at_least == i.origins { i.origins.to_string() } else { format!("{}–{}", i.origins_at_least, i.origins) };
    let denied = if i.denials.is_empty() { "" } else { "\ndenied" };
    let row = [
        when,
        what,
        place,
        names(&i.actors),
        names(&i.recipients),
        figures(i.counts.get("killed")),
        figures(i.counts.get("injured")),
        format!("{}, {origins}{denied}", i.documents),
        i.conflicts.iter().map(|c| c.field).collect::<Vec<_>>().join("\n"),
        i.id.clone(),
    ];
    row.map(|s| s.split('\n').map(safe::terminal).collect::<Vec<_>>().join("\n"))
}

fn figures(t: Option<&Tally>) -> String {
    let Some(t) = t else { return String::new() };
    match (t.best, t.low, t.high) {
        (Some(best), Some(low), Some(high)) if low < high => format!("{best}\n({low}–{high})"),
        (Some(best), ..) => best.to_string(),
        // only words such as "several"
        _ => t.by_source.iter().find_map(|f| f.vague.clone()).unwrap_or_default(),
    }
}
