//! Whole JSON documents: an array of objects, one object, Telegram's export (`messages`), JSON Feed. Read element by element, so
//! that an export of any size needs the memory of its largest message.

use super::{Format, Source, text_head};
use crate::sink::{Flow, Sink};
use crate::{Document, Problem, record};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::cell::Cell;
use std::io::{BufReader, Read};
use std::rc::Rc;

/// A JSON array or object over several lines.
#[derive(Debug)]
pub struct Json;

/// Keys whose arrays hold documents.
const LISTS: [&str; 6] = ["messages", "items", "articles", "documents", "data", "results"];

/// Whether an object holds its documents in an array, as an export does: such a key stands among the first.
pub(super) fn is_nested(head: &[u8]) -> bool {
    LISTS.iter().any(|l| {
        let key = format!("\"{l}\"");
        head.windows(key.len()).position(|w| w == key.as_bytes()).is_some_and(|at| {
            let rest = head[at + key.len()..].trim_ascii_start();
            rest.strip_prefix(b":").is_some_and(|r| r.trim_ascii_start().starts_with(b"["))
        })
    })
}

impl Format for Json {
    fn sniff(&self, head: &[u8]) -> bool {
        let head = text_head(head);
        let next = |c: u8| head.strip_prefix(&[c]).map(|r| r.trim_ascii_start().first().copied());
        matches!(next(b'{'), Some(Some(b'"' | b'}'))) || matches!(next(b'['), Some(Some(b'{' | b']')))
    }

    fn read(&self, mut source: Source<'_>, sink: &mut Sink<'_>) -> Flow {
        let limit = sink.options.limit;
        let left = Rc::new(Cell::new(limit));
        let mut bytes = BufReader::with_capacity(1 << 16, Metered { bytes: source.stream(), left: left.clone() });
        let mark = std::io::BufRead::fill_buf(&mut bytes).is_ok_and(|b| b.starts_with(b"\xEF\xBB\xBF"));
        std::io::BufRead::consume(&mut bytes, if mark { 3 } else { 0 });
        let mut walk = Walk { source: &source, sink, left: &left, n: 0, flow: Flow::Continue(()), channel: None };
        let mut json = serde_json::Deserializer::from_reader(bytes);
        let end = Top(&mut walk).deserialize(&mut json).and_then(|()| json.end());
        let (flow, n) = (walk.flow, walk.n);
        match end {
            Ok(()) if n == 0 => sink.refuse(source.shown, Problem::Empty),
            Ok(()) => flow,
            Err(_) if flow.is_break() => flow,
            Err(_) if left.get() == 0 => sink.refuse(source.shown, Problem::TooLarge(limit >> 20)),
            Err(e) => sink.refuse(source.shown, Problem::Json(e.to_string())),
        }
    }
}

/// Ends a stream when one element is longer than a document may be.
struct Metered<R> {
    bytes: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        if self.left.get() == 0 {
            return Err(std::io::Error::other("too long"));
        }
        let n = self.bytes.read(out)?;
        self.left.set(self.left.get().saturating_sub(n as u64));
        Ok(n)
    }
}

/// Where the reading of one export stands.
struct Walk<'w, 's, 'k> {
    source: &'w Source<'s>,
    sink: &'w mut Sink<'k>,
    left: &'w Cell<u64>,
    n: u64,
    flow: Flow,
    /// The name of a channel or feed.
    channel: Option<String>,
}

impl Walk<'_, '_, '_> {
    fn element(&mut self, map: Map<String, Value>) {
        self.left.set(self.sink.options.limit);
        self.n += 1;
        let (n, at) = (self.n, format!("{}, item {}:", self.source.shown, self.n));
        let id = || format!("{}#{n}", self.source.id);
        let made = match is_message(&map) {
            // joined, left, pinned: nothing was said
            true if map.get("type").and_then(Value::as_str) == Some("service") => return,
            true => message(map, self.channel.as_deref(), &self.source.id),
            false => record::document(map, id, self.sink.options),
        };
        // a picture without words is no document
        if matches!(&made, Ok(d) if d.text.trim().is_empty()) {
            self.flow = self.sink.refuse(at, Problem::NoReport("a message without words"));
            return;
        }
        self.flow = self.sink.result(at, made);
    }
}

/// Whether an object is a message of Telegram's export.
fn is_message(map: &Map<String, Value>) -> bool {
    map.contains_key("date_unixtime")
        || map.contains_key("text_entities")
        || map.get("type").and_then(Value::as_str).is_some_and(|t| t == "message" || t == "service")
}

/// A message of Telegram's export: its text is a string, or a list of strings and of marked pieces.
fn message(mut map: Map<String, Value>, channel: Option<&str>, id: &str) -> Result<Document, Problem> {
    let piece = |v: &Value| v.as_str().or_else(|| v.get("text")?.as_str()).unwrap_or_default().to_string();
    let text = match map.remove("text") {
        Some(Value::Array(list)) => list.iter().map(piece).collect(),
        Some(v) => piece(&v),
        None => return Err(Problem::Field("text")),
    };
    let number = map.remove("id").map(|v| v.to_string()).unwrap_or_default();
    // the day is that of whoever exported; the moment, where given, is the world's
    let moment = map.get("date_unixtime").and_then(|v| v.as_str().and_then(|s| s.parse().ok()).or(v.as_i64())).and_then(crate::meta::unix);
    let published = moment.or_else(|| map.get("date").and_then(Value::as_str).and_then(crate::meta::iso));
    let from = map.get("from").and_then(Value::as_str).map(str::to_string);
    map.remove("text_entities");
    Ok(Document { id: format!("{id}#{number}"), text, published, outlet: channel.map(str::to_string).or(from), extra: map, ..Document::default() })
}

/// The whole document: an array of objects, or an object.
struct Top<'t, 'w, 's, 'k>(&'t mut Walk<'w, 's, 'k>);

impl<'de> DeserializeSeed<'de> for Top<'_, '_, '_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<(), D::Error> {
        d.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Top<'_, '_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object or a list of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(v) = list.next_element::<Value>()? {
            if let Value::Object(map) = v {
                self.0.element(map);
            }
            if self.0.flow.is_break() {
                return Err(A::Error::custom("stopped"));
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let (mut rest, mut lists) = (Map::new(), false);
        while let Some(key) = map.next_key::<String>()? {
            if LISTS.contains(&key.as_str()) {
                lists = true;
                map.next_value_seed(List(self.0))?;
            } else if key == "chats" {
                // Telegram's export of a whole account: {"chats": {"list": [{"messages": […]}]}}
                lists = true;
                map.next_value_seed(Top(self.0))?;
            } else if key == "list" {
                lists = true;
                map.next_value_seed(Chats(self.0))?;
            } else {
                let value: Value = map.next_value()?;
                if key == "name" || key == "title" {
                    self.0.channel = value.as_str().map(str::to_string);
                }
                // beside a list the rest is of no document, and may be as long as the list
                if !lists {
                    rest.insert(key, value);
                }
            }
        }
        if !lists && !rest.is_empty() {
            self.0.element(rest);
        }
        Ok(())
    }
}

/// The value of a key that usually lists documents; when it does not, it is passed over.
struct List<'t, 'w, 's, 'k>(&'t mut Walk<'w, 's, 'k>);

impl<'de> DeserializeSeed<'de> for List<'_, '_, '_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<(), D::Error> {
        d.deserialize_seq(Top(self.0))
    }
}

/// A list of chats, each an object with `messages`.
struct Chats<'t, 'w, 's, 'k>(&'t mut Walk<'w, 's, 'k>);

impl<'de> DeserializeSeed<'de> for Chats<'_, '_, '_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<(), D::Error> {
        d.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Chats<'_, '_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a list of chats")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(Top(self.0))?.is_some() {}
        Ok(())
    }
}
