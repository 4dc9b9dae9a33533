//! PDF with a text layer, by poppler's `pdftotext`: no library that is at hand gives Arabic in logical order.

use super::{Format, Source};
use crate::sink::{Flow, Sink};
use crate::{Document, Problem, plain};
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A PDF file.
#[derive(Debug)]
pub struct Pdf;

impl Format for Pdf {
    fn sniff(&self, head: &[u8]) -> bool {
        head[..head.len().min(1024)].windows(5).any(|w| w == b"%PDF-")
    }

    fn read(&self, mut source: Source<'_>, sink: &mut Sink<'_>) -> Flow {
        let mut original = Vec::new();
        let read = source.all(sink.options.limit).and_then(|bytes| {
            original = sink.options.kept(&bytes);
            text(bytes, sink.options.limit)
        });
        let made = read.map(|text| {
            let mut d: Document = plain::document(&text);
            d.id = source.id.clone();
            d.original = std::mem::take(&mut original);
            d.url = d.url.or(source.hints.url.take());
            d
        });
        match made {
            Ok(d) if d.text.trim().is_empty() => sink.refuse(source.shown, Problem::NoReport("its pages are pictures; run text recognition on it first")),
            made => sink.result(source.shown, made),
        }
    }
}

/// How long one file may take; what takes longer was made to.
const LONGEST: Duration = Duration::from_secs(120);

/// The text layer, as poppler gives it: lines joined to paragraphs.
fn text(pdf: Vec<u8>, limit: u64) -> Result<String, Problem> {
    let run = Command::new("pdftotext")
        .args(["-q", "-enc", "UTF-8", "-nopgbrk", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let mut child = run.map_err(|e| Problem::Pdf(format!("pdftotext could not be run ({e})")))?;
    let (Some(mut to), Some(from)) = (child.stdin.take(), child.stdout.take()) else { return Err(Problem::Pdf("pdftotext took no input".into())) };
    // it may stop reading early: what counts is what it writes and how it ends
    let writer = std::thread::spawn(move || to.write_all(&pdf));
    // when that is too much, the pipe is closed, which ends it
    let reader = std::thread::spawn(move || super::capped(from, limit));
    let begun = Instant::now();
    let status = loop {
        match child.try_wait()? {
            Some(status) => break Some(status),
            None if begun.elapsed() > LONGEST => break None,
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    if status.is_none() {
        child.kill().and_then(|()| child.wait())?;
    }
    let _ = writer.join();
    let out = reader.join().unwrap_or_else(|_| Err(Problem::Pdf("what pdftotext wrote could not be read".into())))?;
    match status {
        None => Err(Problem::Pdf(format!("pdftotext was not done with it after {} s", LONGEST.as_secs()))),
        Some(s) if !s.success() => Err(Problem::Pdf("pdftotext could not read it".into())),
        Some(_) => Ok(paragraphs(&String::from_utf8_lossy(&out))),
    }
}

/// Joins the lines of a paragraph: a line that ends a sentence, or an empty one, ends it.
fn paragraphs(text: &str) -> String {
    let mut out = String::new();
    // poppler puts marks of direction around each line that are not in the document
    let text = text.replace(['\u{202A}', '\u{202B}', '\u{202C}'], "");
    for line in text.lines().map(str::trim) {
        let ended = out.is_empty() || out.ends_with('\n');
        if line.is_empty() {
            out.push_str(if ended { "" } else { "\n" });
            continue;
        }
        if !ended {
            let stop = out.trim_end().ends_with(['.', '؟', '!', ':']);
            out.push(if stop { '\n' } else { ' ' });
        }
        out.push_str(line);
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn lines_are_joined_to_paragraphs() {
        assert_eq!(super::paragraphs("قصفت المدفعية\nالبلدة.\nوأصيب\n\nطفل"), "قصفت المدفعية البلدة.\nوأصيب\nطفل");
    }
}
