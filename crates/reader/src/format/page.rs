//! HTML pages.

use super::{Format, Source, begins, text_head};
use crate::sink::{Flow, Sink};
use crate::{encoding, html};

/// A page: HTML of any kind, saved or fetched.
#[derive(Debug)]
pub struct Page;

impl Format for Page {
    fn sniff(&self, head: &[u8]) -> bool {
        let text = encoding::lossy_head(head);
        let head = text_head(text.as_bytes());
        let tags = [
            "<!doctype html",
            "<html",
            "<head",
            "<body",
            "<meta",
            "<title",
            "<!--",
            "<div",
            "<p>",
            "<p ",
            "<article",
            "<script",
            "<link",
            "<h1",
            "<table",
            "<section",
            "<main",
        ];
        let has = |what: &str| text.to_ascii_lowercase().contains(what);
        begins(head, &tags) || head.starts_with(b"<?xml") && has("<html") || has("<html") && has("<head") || has("</p>") && has("</div>")
    }

    fn read(&self, mut source: Source<'_>, sink: &mut Sink<'_>) -> Flow {
        let made = source.all(sink.options.limit).and_then(|bytes| {
            let original = sink.options.kept(&bytes);
            let decoded = encoding::decode(bytes, source.hints.charset.as_deref())?;
            let mut d = html::document(&decoded.text, &source.hints)?;
            decoded.tell(&mut d);
            d.id = source.id.clone();
            d.original = original;
            Ok(d)
        });
        sink.result(source.shown, made)
    }
}
