//! DOCX: the paragraphs of a Word document, and its title and date from its properties.

use super::zip::member;
use crate::{Document, Options, Problem, meta, plain};
use quick_xml::Reader;
use quick_xml::events::Event;
use std::io::{Read, Seek};
use zip::ZipArchive;

/// Reads the document of a DOCX archive.
pub(super) fn read(zip: &mut ZipArchive<impl Read + Seek>, id: &str, options: &Options) -> Result<Document, Problem> {
    let text = paragraphs(&member(zip, "word/document.xml", options.limit)?)?;
    let mut d = plain::document(&text);
    d.id = id.to_string();
    if let Ok(core) = member(zip, "docProps/core.xml", options.limit) {
        let (title, created) = properties(&core);
        if d.title.is_none() {
            d.found("title", title, "the document's properties");
        }
        if d.published.is_none() {
            d.found("published", created.as_deref().and_then(meta::iso), "the document's properties (created)");
            if d.published.is_some() {
                // of the file, which may hold what was published long before or after
                d.extra.insert("published_from".into(), "file".into());
            }
        }
    }
    Ok(d)
}

fn broken(e: impl std::fmt::Display) -> Problem {
    Problem::Broken("Word document", e.to_string())
}

/// The text, a line a paragraph.
fn paragraphs(xml: &[u8]) -> Result<String, Problem> {
    let mut reader = Reader::from_reader(xml);
    let (mut out, mut buffer, mut in_text) = (String::new(), Vec::new(), false);
    loop {
        match reader.read_event_into(&mut buffer).map_err(broken)? {
            Event::Start(e) if e.local_name().as_ref() == "t" => in_text = true,
            Event::End(e) => match e.local_name().as_ref() {
                "t" => in_text = false,
                "p" => out.push('\n'),
                _ => {}
            },
            Event::Empty(e) => match e.local_name().as_ref() {
                "ta" => out.push('\t'),
                "br" | "cr" | "p" => out.push('\n'),
                _ => {}
            },
            Event::Text(t) if in_text => out.push_str(&t),
            Event::GeneralRef(r) if in_text => out.push_str(&entity(&r)),
            Event::Eof => return Ok(out),
            _ => {}
        }
        buffer.clear();
    }
}

/// A character named in XML; a name that the document itself defines stays unread, whatever it stands for.
fn entity(r: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(c)) = r.resolve_char_ref() {
        return c.to_string();
    }
    quick_xml::escape::resolve_predefined_entity(r).unwrap_or_default().to_string()
}

/// Title and date of creation.
fn properties(xml: &[u8]) -> (Option<String>, Option<String>) {
    let mut reader = Reader::from_reader(xml);
    let (mut buffer, mut key, mut title, mut created) = (Vec::new(), String::new(), String::new(), String::new());
    while let Ok(event) = reader.read_event_into(&mut buffer) {
        match event {
            Event::Start(e) => key = e.local_name().as_ref().to_string(),
            Event::End(_) => key.clear(),
            Event::Text(t) => match key.as_str() {
                "title" => title.push_str(&t),
                "created" => created.push_str(&t),
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
        buffer.clear();
    }
    let some = |s: String| Some(s.trim().to_string()).filter(|s| !s.is_empty());
    (some(title), some(created))
}
