//! For people: one table a document.

use super::safe::terminal;
use claims::record::{Claim, Count, Modality, Participant};
use comfy_table::{ContentArrangement, Table, presets};

/// The width of tables: that of the terminal where it is told, else 160 columns.
pub fn width() -> u16 {
    std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok()).filter(|c| *c >= 40).unwrap_or(160)
}

/// A document's title line and its claims.
pub fn document(d: &reader::Document, claims: &[Claim]) -> String {
    let mut out = String::new();
    let line = |out: &mut String, s: &str| {
        out.push_str(&terminal(s));
        out.push('\n');
    };
    line(&mut out, d.title.as_deref().unwrap_or(&d.id));
    let section = d.extra.get("section").and_then(|s| s.as_str());
    let about: Vec<&str> =
        [d.outlet.as_deref(), section, d.published.as_deref(), d.url.as_deref(), d.title.as_ref().map(|_| d.id.as_str())].into_iter().flatten().collect();
    line(&mut out, &about.join(" · "));
    if claims.is_empty() {
        out.push_str("no claims\n\n");
        return out;
    }
    let mut t = Table::new();
    t.load_preset(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic).set_width(width());
    t.set_header(["", "what", "who", "to whom", "where", "when", "how many", "according to"]);
    for c in claims {
        t.add_row(
            [c.event_ref.clone(), what(c), people(&c.actors), people(&c.recipients), places(c), when(c), counts(&c.counts), sources(c)].map(|s| cell(&s)),
        );
    }
    out.push_str(&t.to_string());
    out.push_str("\n\n");
    out
}

/// A claim on one line.
pub fn line(c: &Claim) -> String {
    [what(c), people(&c.actors), people(&c.recipients), places(c), when(c), counts(&c.counts), sources(c)].map(|s| s.replace('\n', " ")).join(" | ")
}

/// Keeps the line breaks of a cell, and nothing else that steers a terminal.
fn cell(s: &str) -> String {
    s.split('\n').map(terminal).collect::<Vec<_>>().join("\n")
}

/// Type, modes, trigger, and how it is told when not as a fact.
pub fn what(c: &Claim) -> String {
    let mut s = c.event_type.as_str().to_string();
    if !c.modes.is_empty() {
        s += "/";
        s += &c.modes.join("+");
    }
    if c.modality != Modality::Actual {
        s += &format!(" ({})", c.modality.as_str());
    }
    s + "\n" + &c.trigger.text
}

/// Participants, one a line, with country and roles.
pub fn people(list: &[Participant]) -> String {
    let one = |p: &Participant| {
        let of = p.country.as_deref().map(|c| format!("{c} ")).unwrap_or_default();
        let status = match p.civilian {
            Some(true) if !p.roles.iter().any(|r| r == "CVL") => ", civilian",
            _ => "",
        };
        let basis = if p.basis == claims::record::Basis::Named { String::new() } else { format!(", {}", p.basis.as_str()) };
        format!("{} [{of}{}{status}{basis}]", p.span.text, p.roles.join("+"))
    };
    list.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// Places, the most specific first, with the point of the first.
pub fn places(c: &Claim) -> String {
    let mut names: Vec<String> = c.places.iter().take(6).map(|p| p.span.text.clone()).collect();
    if c.places.len() > 6 {
        names.push(format!("and {} more", c.places.len() - 6));
    }
    let mut s = names.join(", ");
    if let Some(p) = c.places.first() {
        match (p.lat, p.lon) {
            (Some(lat), Some(lon)) => s += &format!("\n{}{lat:.3} {lon:.3}", if p.precision == 1 { "" } else { "~ " }),
            _ => s += "\nnot in the gazetteer",
        }
    }
    s
}

/// The days, and where they come from.
pub fn when(c: &Claim) -> String {
    let Some(t) = &c.time else { return String::new() };
    let days = if t.from == t.to { t.from.clone() } else { format!("{} – {}", t.from, t.to) };
    let from = match t.basis.as_str() {
        "document" => "published".to_string(),
        "inherited" => t.span.as_ref().map(|s| format!("from “{}”", s.text)).unwrap_or_default(),
        _ => t.span.as_ref().map(|s| s.text.clone()).unwrap_or_default(),
    };
    format!("{days}\n{from}")
}

/// Counts, one a line.
pub fn counts(list: &[Count]) -> String {
    let one = |c: &Count| {
        let n = match (&c.vague, c.low, c.high) {
            (Some(v), ..) => v.clone(),
            (_, Some(l), Some(h)) if l == h => l.to_string(),
            (_, Some(l), Some(h)) => format!("{l}–{h}"),
            (_, Some(l), None) => format!("≥ {l}"),
            (_, None, Some(h)) => format!("≤ {h}"),
            _ => "?".into(),
        };
        let part = if c.relation == claims::record::Relation::Total { String::new() } else { format!(" ({})", c.relation.as_str()) };
        format!("{}{n} {}{part}", if c.approx { "~ " } else { "" }, c.kind.as_str())
    };
    list.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// Sources, innermost first, with their stance.
pub fn sources(c: &Claim) -> String {
    let one = |s: &claims::record::Source| {
        let stance = if s.stance == claims::record::Stance::States { String::new() } else { format!(", {}", s.stance.as_str()) };
        format!("{} [{}{stance}]", s.span.text, s.kind.as_str())
    };
    c.sources.iter().map(one).collect::<Vec<_>>().join("\n")
}
