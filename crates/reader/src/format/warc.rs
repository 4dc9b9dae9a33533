//! WARC: the pages of a web archive, record by record.

use super::compressed::inflate;
use super::{Bytes, Format, Hints, Source, read};
use crate::Problem;
use crate::sink::{Flow, Sink};
use std::io::{BufRead, BufReader, Read};

/// A WARC file, unpacked; packed ones come through [`super::compressed::Gzip`].
#[derive(Debug)]
pub struct Warc;

/// The headers of a record or an answer are no longer.
const HEADERS: u64 = 64 << 10;

impl Format for Warc {
    fn sniff(&self, head: &[u8]) -> bool {
        head.starts_with(b"WARC/")
    }

    fn read(&self, mut source: Source<'_>, sink: &mut Sink<'_>) -> Flow {
        let mut bytes = BufReader::with_capacity(1 << 16, source.stream());
        let mut n = 0;
        loop {
            n += 1;
            let at = format!("{}, record {n}:", source.shown);
            let headers = match record(&mut bytes) {
                Ok(Some(h)) => h,
                Ok(None) => return Flow::Continue(()),
                Err(p) => return sink.refuse(at, p),
            };
            let length: u64 = match headers.get("content-length").and_then(|l| l.parse().ok()) {
                Some(l) => l,
                None => return sink.refuse(at, Problem::Broken("WARC file", "a record does not tell its length".into())),
            };
            // what the page does not take is passed over to the next record
            let mut body = (&mut bytes).take(length);
            let flow = page(&headers, &mut body, n, &source, sink);
            if let Err(e) = std::io::copy(&mut body, &mut std::io::sink()) {
                return sink.refuse(at, Problem::Io(e));
            }
            flow?;
        }
    }
}

/// The names, in lower case, and values of some headers.
struct Headers(Vec<(String, String)>);

impl Headers {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|h| h.0 == name).map(|h| h.1.as_str())
    }

    /// Reads header lines up to the empty one.
    fn read(bytes: &mut impl BufRead) -> Result<Headers, Problem> {
        let mut out: Vec<(String, String)> = Vec::new();
        let mut bytes = bytes.take(HEADERS);
        loop {
            let mut line = Vec::new();
            if bytes.read_until(b'\n', &mut line)? == 0 || line.trim_ascii().is_empty() {
                return Ok(Headers(out));
            }
            let line = String::from_utf8_lossy(&line);
            match (line.split_once(':'), out.last_mut()) {
                (_, Some(last)) if line.starts_with([' ', '\t']) => last.1 += &format!(" {}", line.trim()),
                (Some((k, v)), _) => out.push((k.trim().to_ascii_lowercase(), v.trim().to_string())),
                _ => {}
            }
        }
    }
}

/// The headers of the next record, or `None` at the end.
fn record(bytes: &mut impl BufRead) -> Result<Option<Headers>, Problem> {
    loop {
        let mut line = Vec::new();
        if Read::take(&mut *bytes, HEADERS).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        match line.trim_ascii() {
            b"" => {}
            l if l.starts_with(b"WARC/") => return Headers::read(bytes).map(Some),
            _ => return Err(Problem::Broken("WARC file", "a record does not begin where the last one ends".into())),
        }
    }
}

/// Reads the page of one record, if it is one. Requests and notes about the crawl are no pages and pass in silence.
fn page(record: &Headers, body: &mut impl Read, n: u64, source: &Source<'_>, sink: &mut Sink<'_>) -> Flow {
    let url = record.get("warc-target-uri").map(|u| u.trim_matches(['<', '>']).to_string());
    let named = |what: &str| format!("{}, record {n} ({what}):", source.shown);
    let shown = named(url.as_deref().unwrap_or("no address"));
    let answer = match record.get("warc-type") {
        Some("response") => true,
        Some("resource" | "conversion") => false,
        Some("revisit") => return sink.refuse(shown, Problem::Revisit),
        _ => return Flow::Continue(()),
    };
    let http = answer && url.as_ref().is_none_or(|u| u.starts_with("http"));
    // the server's part of a fetch for names or for robots
    if answer && !http {
        return Flow::Continue(());
    }
    let mut body = BufReader::new(body);
    let (head, charset) = if http {
        let mut status = Vec::new();
        let head = Read::take(&mut body, HEADERS).read_until(b'\n', &mut status).map_err(Problem::Io).and_then(|_| Headers::read(&mut body));
        let head = match head {
            Ok(h) => h,
            Err(p) => return sink.refuse(shown, p),
        };
        let code = String::from_utf8_lossy(&status).split_whitespace().nth(1).and_then(|c| c.parse::<u16>().ok());
        match code {
            Some(200 | 203 | 206) => {}
            Some(other) => return sink.refuse(shown, Problem::Status(other)),
            None => return sink.refuse(shown, Problem::Broken("WARC file", "an answer has no status".into())),
        }
        let charset = head.get("content-type").and_then(charset);
        (head, charset)
    } else {
        let charset = record.get("content-type").and_then(charset);
        (Headers(Vec::new()), charset)
    };
    let kind = head.get("content-type").or(record.get("content-type")).unwrap_or_default().to_ascii_lowercase();
    // scripts, styles and pictures belong to pages and are none
    if ["image/", "video/", "audio/", "font/", "text/css", "javascript", "application/octet", "application/wasm"].iter().any(|k| kind.contains(k)) {
        return Flow::Continue(());
    }
    let limit = sink.options.limit;
    let made =
        super::capped(body, limit).map(|b| if head.get("transfer-encoding").is_some_and(|t| t.eq_ignore_ascii_case("chunked")) { unchunk(b) } else { b });
    let made = made.and_then(|b| match head.get("content-encoding") {
        // archivers often store a page unpacked and leave the header
        Some(_) if b.starts_with(b"<") || b.is_empty() => Ok(b),
        Some(e) => inflate(&b, &e.to_ascii_lowercase(), limit),
        None => Ok(b),
    });
    match made {
        Ok(bytes) if bytes.trim_ascii().is_empty() => sink.refuse(shown, Problem::NoReport("an empty answer")),
        Ok(bytes) => {
            let hints = Hints { url, charset, retrieved: record.get("warc-date").map(str::to_string) };
            let mut inside = source.inside(&n.to_string(), hints, Bytes::Memory(bytes));
            inside.shown = shown;
            read(inside, sink)
        }
        Err(p) => sink.refuse(shown, p),
    }
}

/// The encoding that a content type declares.
fn charset(content_type: &str) -> Option<String> {
    let at = content_type.to_ascii_lowercase().find("charset=")? + 8;
    Some(content_type[at..].trim_matches(['"', '\'', ' ']).split([';', ' ']).next()?.to_string())
}

/// The bytes of a chunked body; what is not in chunks is left as it is.
fn unchunk(body: Vec<u8>) -> Vec<u8> {
    let (mut out, mut rest) = (Vec::with_capacity(body.len()), &body[..]);
    while let Some(at) = rest.iter().take(32).position(|b| *b == b'\n') {
        let size = std::str::from_utf8(&rest[..at]).ok().and_then(|s| usize::from_str_radix(s.split(';').next()?.trim(), 16).ok());
        let Some(size) = size else { break };
        rest = &rest[at + 1..];
        if size == 0 {
            return out;
        }
        let Some(chunk) = rest.get(..size) else {
            out.extend_from_slice(rest);
            return out;
        };
        out.extend_from_slice(chunk);
        rest = rest[size..].strip_prefix(b"\r\n").unwrap_or(&rest[size..]);
    }
    if out.is_empty() { body } else { out }
}
