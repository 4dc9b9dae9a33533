//! One JSON document a line: `id`, `text`, and if known `title`, `published`, `outlet`, `url`; other keys are kept.

use super::{Format, Source, text_head};
use crate::sink::{Flow, Sink};
use crate::{Document, Problem, record};
use std::io::{BufRead, BufReader};

/// JSON Lines.
#[derive(Debug)]
pub struct JsonLines;

impl Format for JsonLines {
    fn sniff(&self, head: &[u8]) -> bool {
        let head = text_head(head);
        // an object that begins with a key, whole on its line or longer than what is seen of it
        let object = head.strip_prefix(b"{").is_some_and(|rest| matches!(rest.trim_ascii_start().first(), Some(b'"' | b'}')));
        let line = head.split(|b| *b == b'\n').next().unwrap_or_default();
        object && (line.trim_ascii_end().ends_with(b"}") || line.len() == head.len() || line.len() > 256) && !super::json::is_nested(head)
    }

    fn read(&self, mut source: Source<'_>, sink: &mut Sink<'_>) -> Flow {
        let mut bytes = BufReader::with_capacity(1 << 16, source.stream());
        let limit = sink.options.limit;
        let mut line = Vec::new();
        let mut n = 0u64;
        loop {
            n += 1;
            line.clear();
            let at = || format!("{}, line {n}:", source.shown);
            let got = match std::io::Read::take(&mut bytes, limit + 1).read_until(b'\n', &mut line) {
                Ok(got) => got as u64,
                Err(e) => return sink.refuse(at(), Problem::Io(e)),
            };
            if got == 0 {
                return if n == 1 { sink.refuse(source.shown, Problem::Empty) } else { Flow::Continue(()) };
            }
            if got > limit && line.last() != Some(&b'\n') {
                // the rest of the line goes with it
                if let Err(e) = bytes.skip_until(b'\n') {
                    return sink.refuse(at(), Problem::Io(e));
                }
                sink.refuse(at(), Problem::TooLarge(limit >> 20))?;
                line = Vec::new();
                continue;
            }
            let raw = if n == 1 { line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&line) } else { &line };
            if raw.trim_ascii().is_empty() {
                continue;
            }
            let made = serde_json::from_slice(raw).map_err(|e| Problem::Json(e.to_string()));
            let made = made.and_then(|map| record::document(map, || format!("{}#{n}", source.id), sink.options));
            let made = made.map(|d| Document { original: sink.options.kept(raw), ..d });
            sink.result(at(), made)?;
        }
    }
}
