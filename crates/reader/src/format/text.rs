//! Plain text, and what is none.

use super::{Format, Source};
use crate::sink::{Flow, Sink};
use crate::{Problem, encoding, plain};

/// What is known to hold no text.
#[derive(Debug)]
pub struct Binary;

/// First bytes, what they begin, what can be done.
const KNOWN: [(&[u8], &str, &str); 9] = [
    (b"\xFF\xD8\xFF", "a picture", "run text recognition on it first"),
    (b"\x89PNG", "a picture", "run text recognition on it first"),
    (b"GIF8", "a picture", "run text recognition on it first"),
    (b"RIFF", "a picture, a sound or a film", "write down what it says"),
    (b"\x00\x00\x00", "a film", "write down what it says"),
    (b"\xD0\xCF\x11\xE0", "an old Office document", "save it as DOCX, XLSX or text"),
    (b"{\\rtf", "an RTF document", "save it as DOCX or text"),
    (b"7z\xBC\xAF", "a 7z archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
];

impl Format for Binary {
    fn sniff(&self, head: &[u8]) -> bool {
        KNOWN.iter().any(|k| head.starts_with(k.0))
    }

    fn read(&self, mut source: Source<'_>, sink: &mut Sink<'_>) -> Flow {
        let mut head = [0; 8];
        let n = std::io::Read::read(&mut source.stream(), &mut head).unwrap_or(0);
        match KNOWN.iter().find(|k| head[..n].starts_with(k.0)) {
            Some((_, what, remedy)) => sink.refuse(source.shown, Problem::Foreign(what, remedy)),
            None => sink.refuse(source.shown, Problem::NoText),
        }
    }
}

/// Text, with or without header lines.
#[derive(Debug)]
pub struct Plain;

impl Format for Plain {
    fn sniff(&self, _: &[u8]) -> bool {
        true
    }

    fn read(&self, mut source: Source<'_>, sink: &mut Sink<'_>) -> Flow {
        let made = source.all(sink.options.limit).and_then(|bytes| {
            let original = sink.options.kept(&bytes);
            let decoded = encoding::decode(bytes, source.hints.charset.as_deref())?;
            let mut d = plain::document(&decoded.text);
            decoded.tell(&mut d);
            d.id = source.id.clone();
            d.original = original;
            d.url = d.url.or(source.hints.url.take());
            Ok(d)
        });
        sink.result(source.shown, made)
    }
}
