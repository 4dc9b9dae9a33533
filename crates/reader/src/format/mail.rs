//! Mail (EML) and pages saved as mail (MHTML).

use super::{Bytes, Format, Hints, Source, begins, read, text_head};
use crate::sink::{Flow, Sink};
use crate::{Document, Problem, meta, plain};
use mail_parser::{MessageParser, MimeHeaders};

/// How many messages may stand in a message, or in each other.
const DEEPEST: usize = 1000;

/// A message.
#[derive(Debug)]
pub struct Mail;

impl Format for Mail {
    fn sniff(&self, head: &[u8]) -> bool {
        let head = text_head(head);
        let first = ["From:", "From ", "Received:", "Return-Path:", "MIME-Version:", "Date:", "Subject:", "Message-ID:", "Delivered-To:", "To:", "X-"];
        let lines = || head.split(|b| *b == b'\n').take(60);
        let has = |name: &str| lines().any(|l| begins(l, &[name]));
        begins(head, &first) && (has("MIME-Version:") || has("Message-ID:") || has("Content-Type:")) && (has("Subject:") || has("From:"))
    }

    fn read(&self, mut source: Source<'_>, sink: &mut Sink<'_>) -> Flow {
        let bytes = match source.all(sink.options.limit) {
            Ok(b) => b,
            Err(p) => return sink.refuse(source.shown, p),
        };
        // the parser's messages hold each other and are let go one inside the other: thousands of them would use up the stack
        let nests = |w: &&[u8]| w.eq_ignore_ascii_case(b"rfc822") || w.eq_ignore_ascii_case(b"digest");
        if bytes.windows(6).filter(nests).nth(DEEPEST).is_some() {
            return sink.refuse(source.shown, Problem::Broken("message", format!("more than {DEEPEST} messages stand in it")));
        }
        let Some(mail) = MessageParser::default().parse(&bytes) else { return sink.refuse(source.shown, Problem::Broken("message", "it has no parts".into())) };
        let header = |name: &str| mail.header_raw(name).map(|v| v.trim().to_string()).filter(|v| !v.is_empty());
        let saved = mail.content_type().is_some_and(|t| t.subtype().is_some_and(|s| s.eq_ignore_ascii_case("related")))
            && header("From").is_some_and(|f| f.contains("aved by"));
        let location = header("Snapshot-Content-Location").or_else(|| mail.parts.iter().find_map(|p| p.content_location().map(str::to_string)));
        if let Some(page) = mail.body_html(0).filter(|_| saved || location.is_some()) {
            let hints = Hints { url: location.or(source.hints.url.take()), charset: Some("utf-8".into()), retrieved: mail.date().map(|d| d.to_rfc3339()) };
            let mut page = source.inside("page", hints, Bytes::Memory(page.into_owned().into_bytes()));
            (page.shown, page.id) = (source.shown, source.id);
            return read(page, sink);
        }
        let Some(text) = mail.body_text(0) else { return sink.refuse(source.shown, Problem::NoReport("the message has no words")) };
        let mut d: Document = plain::document(&text);
        d.id = source.id;
        d.original = sink.options.kept(&bytes);
        if d.title.is_none() {
            d.found("title", mail.subject().map(str::to_string), "the subject");
        }
        if d.published.is_none() {
            d.found("published", mail.date().and_then(|x| meta::iso(&x.to_rfc3339())), "the date of the message");
        }
        if d.outlet.is_none() {
            let from = mail.from().and_then(|a| a.first()).and_then(|a| a.name().or(a.address())).map(str::to_string);
            d.found("outlet", from, "the sender");
        }
        sink.document(source.shown, d)
    }
}
