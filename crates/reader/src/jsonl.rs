//! One JSON document a line: `id`, `text`, and if known `title`, `published`, `outlet`, `url`; other keys are kept.

use crate::{Document, Options, Outcome, Problem, Refusal, encoding, meta};
use serde_json::{Map, Value};
use std::io::BufRead;

/// Reads every line of `bytes`.
pub fn read(shown: &str, id: &str, mut bytes: impl BufRead, options: &Options, visit: &mut dyn FnMut(Outcome) -> bool) -> bool {
    let mut line = Vec::new();
    let mut n = 0u64;
    loop {
        n += 1;
        line.clear();
        let at = || format!("{shown}, line {n}:");
        let got = match std::io::Read::take(&mut bytes, options.limit + 1).read_until(b'\n', &mut line) {
            Ok(got) => got as u64,
            Err(e) => return visit(Outcome::Refused(Refusal::new(at(), Problem::Io(e)))),
        };
        if got == 0 {
            if n == 1 {
                return visit(Outcome::Refused(Refusal::new(shown, Problem::Empty)));
            }
            return true;
        }
        if got > options.limit && line.last() != Some(&b'\n') {
            // the rest of the line goes with it
            if let Err(e) = skip_line(&mut bytes) {
                return visit(Outcome::Refused(Refusal::new(at(), Problem::Io(e))));
            }
            if !visit(Outcome::Refused(Refusal::new(at(), Problem::TooLarge(options.limit >> 20)))) {
                return false;
            }
            continue;
        }
        let raw = if n == 1 { line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&line) } else { &line };
        if raw.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let outcome = match document(raw, id, n, options) {
            Ok(d) => Outcome::Read(Box::new(d)),
            Err(p) => Outcome::Refused(Refusal::new(at(), p)),
        };
        if !visit(outcome) {
            return false;
        }
    }
}

fn skip_line(bytes: &mut impl BufRead) -> std::io::Result<()> {
    loop {
        let buffer = bytes.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        match buffer.iter().position(|b| *b == b'\n') {
            Some(i) => {
                bytes.consume(i + 1);
                return Ok(());
            }
            None => {
                let n = buffer.len();
                bytes.consume(n);
            }
        }
    }
}

fn document(line: &[u8], id: &str, n: u64, options: &Options) -> Result<Document, Problem> {
    let mut map: Map<String, Value> = serde_json::from_slice(line).map_err(|e| Problem::Json(e.to_string()))?;
    from_map(&mut map, || format!("{id}#{n}"), options)
}

/// A document from the keys of an object; what it does not use stays in `extra`.
///
/// # Errors
/// When it has no text, or one that is not Arabic.
pub fn from_map(map: &mut Map<String, Value>, id: impl FnOnce() -> String, options: &Options) -> Result<Document, Problem> {
    let Some(Value::String(text)) = map.remove("text") else { return Err(Problem::Field("text")) };
    if text.trim().is_empty() {
        return Err(Problem::Empty);
    }
    if options.arabic_only {
        encoding::require_arabic(&text)?;
    }
    let id = match map.remove("id") {
        Some(Value::String(s)) if !s.is_empty() => s,
        Some(Value::Number(n)) => n.to_string(),
        _ => id(),
    };
    let mut take = |key: &str| match map.remove(key) {
        Some(Value::String(s)) if !s.trim().is_empty() => Some(s),
        Some(Value::Null | Value::String(_)) | None => None,
        Some(other) => {
            map.insert(key.into(), other);
            None
        }
    };
    let (title, outlet, url, date) = (take("title"), take("outlet"), take("url"), take("published"));
    let mut d = Document { id, text, title, outlet, url, ..Document::default() };
    d.published = match date {
        Some(s) => match meta::iso(&s) {
            Some(iso) => Some(iso),
            None => {
                d.warnings.push(Problem::Date(s.clone()).to_string());
                map.insert("published_as_given".into(), Value::String(s));
                options.published.clone()
            }
        },
        None => options.published.clone(),
    };
    d.extra = std::mem::take(map);
    Ok(d)
}
