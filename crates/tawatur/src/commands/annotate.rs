//! `when`, `numbers`, `where`, `who`: one layer of a text each, as JSON lines.

use super::{each, options, output, to_code};
use crate::cli::{Common, Prefer, When, Where};
use crate::language::Language;
use arabic::chars::CodePoints;
use arabic::number::Numbers;
use arabic::text::Text;
use serde_json::{Value, json};
use std::io::Write;
use std::process::ExitCode;
use time::{Anchor, TimeFinder};

/// Reads documents of any language and length and writes one object for each.
fn annotate(c: &Common, mut f: impl FnMut(&reader::Document) -> Result<Value, String>) -> std::io::Result<ExitCode> {
    let mut w = output(c)?;
    // a short text may be all digits
    let o = reader::Options { arabic_only: false, ..options(c) };
    let code = each(c, &o, |d, messages| {
        match f(&d) {
            Ok(v) => writeln!(w, "{v}")?,
            Err(e) => messages.refuse(&e),
        }
        Ok(())
    })?;
    w.flush()?;
    Ok(code)
}

pub fn when(c: When, language: &Language) -> std::io::Result<ExitCode> {
    let (mut words, mut finder) = (language.words(), TimeFinder::new());
    let prefer = match c.prefer {
        Prefer::Past => time::Prefer::Past,
        Prefer::Future => time::Prefer::Future,
    };
    annotate(&c.common, |d| {
        let given = d.extra.get("anchor").and_then(Value::as_str).or(d.published.as_deref());
        let Some(given) = given else { return Err(format!("{} has no “anchor”; add one, or call with --published", d.id)) };
        let Some(anchor) = Anchor::parse(given) else { return Err(format!("{} has the anchor “{given}”, which is no ISO date-time", d.id)) };
        let text = Text::new(&d.text, &mut words);
        let cp = CodePoints::new(&d.text);
        let list: Vec<Value> = finder
            .find(&text, &words, anchor, prefer)
            .iter()
            .map(|e| {
                json!({
                    "text": &d.text[e.bytes.clone()], "start": cp.at(e.bytes.start), "end": cp.at(e.bytes.end), "kind": e.kind.as_str(),
                    "from": e.interval.map(|i| i.from.to_string()), "until": e.interval.map(|i| i.until.to_string()),
                    "grain": e.grain.as_str(), "duration": e.duration, "conflict": e.conflict, "why": e.rule,
                })
            })
            .collect();
        Ok(json!({"id": d.id, "expressions": list}))
    })
}

pub fn numbers(c: Common, language: &Language) -> std::io::Result<ExitCode> {
    let (mut words, mut finder) = (language.words(), Numbers::new().relative());
    annotate(&c, |d| {
        let text = Text::new(&d.text, &mut words);
        let cp = CodePoints::new(&d.text);
        let list: Vec<Value> = finder
            .find(&text, &words)
            .iter()
            .map(|n| {
                // a relative ordinal is no number: "end-1"
                let value = if n.relative.is_some() { json!(n.value_text()) } else { json!(n.value) };
                let mut v = json!({
                    "text": &d.text[n.bytes.clone()], "start": cp.at(n.bytes.start), "end": cp.at(n.bytes.end), "value": value, "kind": n.kind.as_str(),
                });
                if n.low.is_some() || n.high.is_some() {
                    v["low"] = json!(n.low);
                    v["high"] = json!(n.high);
                }
                if let Some(vague) = n.vague {
                    v["vague"] = json!(vague.as_str());
                    v["value"] = Value::Null;
                }
                if n.approx {
                    v["approx"] = json!(true);
                }
                v
            })
            .collect();
        Ok(json!({"id": d.id, "numbers": list}))
    })
}

pub fn places(c: Where, language: &Language) -> std::io::Result<ExitCode> {
    let mut coder = language.coder();
    let country = match &c.country {
        Some(iso3) => match coder.country(iso3) {
            Some(iso2) => Some(iso2.to_string()),
            None => {
                eprintln!("tawatur: --country {}: no such country; write its ISO 3166 alpha-3 code, as in SYR", crate::output::safe::terminal(iso3));
                return Ok(ExitCode::from(2));
            }
        },
        None => None,
    };
    coder.hint(places::Hints { country, near: c.near });
    annotate(&c.common, |d| Ok(json!({"id": d.id, "places": coder.places(&to_code(d))})))
}

pub fn who(c: Common, language: &Language) -> std::io::Result<ExitCode> {
    let mut coder = language.coder();
    annotate(&c, |d| Ok(json!({"id": d.id, "participants": coder.participants(&to_code(d))})))
}
