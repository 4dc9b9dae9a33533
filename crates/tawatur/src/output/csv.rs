//! One claim a row, with the content of its record: lists within a cell are parted by ` | `, and the columns of one list
//! (`actors`, `actors_id`, `actors_span` …) keep the same order and number. A missing value is an empty cell, or an empty item.
//! Spans are `start-end` in code points of the document's text.

use super::safe;
use claims::record::{Claim, Participant, Span};

const COLUMNS: &[&str] = &[
    "id",
    "doc_id",
    "doc_sha256",
    "doc_title",
    "doc_outlet",
    "doc_published",
    "doc_url",
    "doc_extra",
    "type",
    "modes",
    "contexts",
    "trigger",
    "trigger_span",
    "sentence_span",
    "actors",
    "actors_span",
    "actors_name",
    "actors_name_en",
    "actors_id",
    "actors_country",
    "actors_roles",
    "actors_civilian",
    "actors_status_basis",
    "actors_basis",
    "actors_credited",
    "recipients",
    "recipients_span",
    "recipients_name",
    "recipients_name_en",
    "recipients_id",
    "recipients_country",
    "recipients_roles",
    "recipients_civilian",
    "recipients_status_basis",
    "recipients_basis",
    "recipients_credited",
    "places",
    "places_span",
    "places_name",
    "places_name_en",
    "places_id",
    "places_kind",
    "places_country",
    "places_admin1",
    "places_lat",
    "places_lon",
    "places_precision",
    "places_role",
    "places_approximated_by",
    "places_inherited",
    "places_candidates",
    "time",
    "time_span",
    "time_from",
    "time_to",
    "time_precision",
    "time_basis",
    "time_anchor",
    "time_conflict",
    "counts",
    "counts_span",
    "counts_kind",
    "counts_low",
    "counts_high",
    "counts_vague",
    "counts_approx",
    "counts_group",
    "counts_relation",
    "counts_credited",
    "sources",
    "sources_span",
    "sources_name",
    "sources_id",
    "sources_kind",
    "sources_stance",
    "sources_cue",
    "sources_cue_span",
    "event_ref",
    "objects",
    "objects_span",
    "objects_kind",
    "framing",
    "framing_span",
    "framing_term",
    "modality",
    "confidence",
    "why",
];

/// The names of the columns.
pub fn header() -> Vec<u8> {
    write([COLUMNS.iter().map(|c| c.to_string()).collect::<Vec<_>>()])
}

/// The rows of some claims.
pub fn rows(claims: &[Claim]) -> Vec<u8> {
    write(claims.iter().map(row))
}

fn write(rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let mut w = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for r in rows {
        debug_assert_eq!(r.len(), COLUMNS.len());
        // memory takes everything
        let _ = w.write_record(r.iter().map(|c| safe::cell(c)));
    }
    w.into_inner().unwrap_or_default()
}

fn list<T>(items: &[T], f: impl Fn(&T) -> String) -> String {
    items.iter().map(f).collect::<Vec<_>>().join(" | ")
}

fn opt(s: &Option<String>) -> String {
    s.clone().unwrap_or_default()
}

fn num<T: ToString>(n: Option<T>) -> String {
    n.map(|n| n.to_string()).unwrap_or_default()
}

fn span(s: &Span) -> String {
    format!("{}-{}", s.start, s.end)
}

fn participants(p: &[Participant], out: &mut Vec<String>) {
    out.push(list(p, |x| x.span.text.clone()));
    out.push(list(p, |x| span(&x.span)));
    out.push(list(p, |x| opt(&x.name)));
    out.push(list(p, |x| opt(&x.name_en)));
    out.push(list(p, |x| opt(&x.id)));
    out.push(list(p, |x| opt(&x.country)));
    out.push(list(p, |x| x.roles.join("+")));
    out.push(list(p, |x| num(x.civilian)));
    out.push(list(p, |x| x.status_basis.map_or("", |b| b.as_str()).into()));
    out.push(list(p, |x| x.basis.as_str().into()));
    out.push(list(p, |x| num(x.credited)));
}

fn row(c: &Claim) -> Vec<String> {
    let d = &c.doc;
    let extra = if d.extra.is_empty() { String::new() } else { serde_json::to_string(&d.extra).unwrap_or_default() };
    let mut r = vec![
        c.id.clone(),
        d.id.clone(),
        d.sha256.clone(),
        opt(&d.title),
        opt(&d.outlet),
        opt(&d.published),
        opt(&d.url),
        extra,
        c.event_type.as_str().into(),
        c.modes.join(" | "),
        c.contexts.join(" | "),
        c.trigger.text.clone(),
        span(&c.trigger),
        format!("{}-{}", c.sentence.start, c.sentence.end),
    ];
    participants(&c.actors, &mut r);
    participants(&c.recipients, &mut r);
    let p = &c.places;
    r.push(list(p, |x| x.span.text.clone()));
    r.push(list(p, |x| span(&x.span)));
    r.push(list(p, |x| opt(&x.name)));
    r.push(list(p, |x| opt(&x.name_en)));
    r.push(list(p, |x| opt(&x.id)));
    r.push(list(p, |x| x.kind.clone()));
    r.push(list(p, |x| opt(&x.country)));
    r.push(list(p, |x| opt(&x.admin1)));
    r.push(list(p, |x| num(x.lat)));
    r.push(list(p, |x| num(x.lon)));
    r.push(list(p, |x| x.precision.to_string()));
    r.push(list(p, |x| x.role.clone()));
    r.push(list(p, |x| opt(&x.approximated_by)));
    r.push(list(p, |x| x.inherited.to_string()));
    r.push(list(p, |x| list(&x.candidates, |c| c.id.clone()).replace(" | ", " / ")));
    match &c.time {
        Some(t) => {
            r.push(t.span.as_ref().map(|s| s.text.clone()).unwrap_or_default());
            r.push(t.span.as_ref().map(span).unwrap_or_default());
            r.extend([t.from.clone(), t.to.clone(), t.precision.to_string(), t.basis.clone()]);
            r.push(t.anchor.as_ref().map(|a| format!("{} {}", a.date, a.from)).unwrap_or_default());
            r.push(opt(&t.conflict));
        }
        None => r.extend(std::iter::repeat_n(String::new(), 8)),
    }
    let n = &c.counts;
    r.push(list(n, |x| x.span.text.clone()));
    r.push(list(n, |x| span(&x.span)));
    r.push(list(n, |x| x.kind.as_str().into()));
    r.push(list(n, |x| num(x.low)));
    r.push(list(n, |x| num(x.high)));
    r.push(list(n, |x| opt(&x.vague)));
    r.push(list(n, |x| x.approx.to_string()));
    r.push(list(n, |x| x.group.as_str().into()));
    r.push(list(n, |x| x.relation.as_str().into()));
    r.push(list(n, |x| num(x.credited)));
    let s = &c.sources;
    r.push(list(s, |x| x.span.text.clone()));
    r.push(list(s, |x| span(&x.span)));
    r.push(list(s, |x| opt(&x.name)));
    r.push(list(s, |x| opt(&x.id)));
    r.push(list(s, |x| x.kind.as_str().into()));
    r.push(list(s, |x| x.stance.as_str().into()));
    r.push(list(s, |x| x.cue.as_ref().map(|c| c.text.clone()).unwrap_or_default()));
    r.push(list(s, |x| x.cue.as_ref().map(span).unwrap_or_default()));
    r.push(c.event_ref.clone());
    r.push(list(&c.objects, |x| x.span.text.clone()));
    r.push(list(&c.objects, |x| span(&x.span)));
    r.push(list(&c.objects, |x| x.kind.as_str().into()));
    r.push(list(&c.framing, |x| x.span.text.clone()));
    r.push(list(&c.framing, |x| span(&x.span)));
    r.push(list(&c.framing, |x| x.term.clone()));
    r.push(c.modality.as_str().into());
    r.push(c.confidence.to_string());
    r.push(c.why.join(" | "));
    r
}
