//! RSS, Atom and JSON Feed: an entry a document.

use super::{Format, Source, begins, text_head};
use crate::sink::{Flow, Sink};
use crate::{Document, Problem, html, meta};

/// A feed.
#[derive(Debug)]
pub struct Feed;

impl Format for Feed {
    fn sniff(&self, head: &[u8]) -> bool {
        let head = text_head(head);
        let has = |what: &[u8]| head.windows(what.len()).any(|w| w == what);
        let json = head.starts_with(b"{") && has(b"jsonfeed.org/version");
        let xml = begins(head, &["<?xml", "<rss", "<feed", "<rdf:RDF", "<urlset", "<sitemapindex", "<!DOCTYPE rss", "<!DOCTYPE urlset"]) && !has(b"<html");
        json || xml
    }

    fn read(&self, mut source: Source<'_>, sink: &mut Sink<'_>) -> Flow {
        let bytes = match source.all(sink.options.limit) {
            Ok(b) => b,
            Err(p) => return sink.refuse(source.shown, p),
        };
        let head = &bytes[..bytes.len().min(super::HEAD)];
        let has = |what: &[u8]| head.windows(what.len()).any(|w| w == what);
        if has(b"<urlset") || has(b"<sitemapindex") {
            return sink.refuse(source.shown, Problem::Foreign("a sitemap", "it only lists pages: name the saved pages"));
        }
        let parser = feed_rs::parser::Builder::new().build();
        let feed = match parser.parse(&bytes[..]) {
            Ok(f) => f,
            Err(e) => return sink.refuse(source.shown, Problem::Broken("feed", e.to_string())),
        };
        let outlet = feed.title.map(|t| html::plain(&t.content));
        for (n, e) in feed.entries.into_iter().enumerate() {
            let at = format!("{}, entry {}:", source.shown, n + 1);
            let body = e.content.and_then(|c| c.body).or(e.summary.map(|s| s.content)).unwrap_or_default();
            let mut d = Document { id: format!("{}#{}", source.id, n + 1), text: html::plain(&body), ..Document::default() };
            d.found("title", e.title.map(|t| html::plain(&t.content)), "the entry's title");
            d.found("outlet", outlet.clone(), "the feed's title");
            d.found("published", e.published.or(e.updated).and_then(|t| meta::iso(&t.to_rfc3339())), "the entry's date");
            d.url = e.links.into_iter().next().map(|l| l.href);
            match d.text.trim().is_empty() {
                true => sink.refuse(at, Problem::NoReport("the entry has only a title"))?,
                false => sink.document(at, d)?,
            }
        }
        Flow::Continue(())
    }
}
