//! Inputs made to break a reader: each is read or refused, in bounded memory and in time that grows with its length alone. At these
//! sizes whatever is quadratic would not end.

mod archives;

use archives::zip;
use std::io::{Read, Write};
use tawatur_reader::{Document, Options, Outcome, stream};

const REPORT: &str = "قصفت المدفعية فجر اليوم الأحياء الشرقية من المدينة، وأصابت ثلاثة مدنيين.";

#[derive(Default)]
struct Got {
    read: Vec<Document>,
    /// Refused or passed over.
    not: Vec<String>,
}

fn got<'a>(bytes: impl Read + 'a, options: &Options) -> Got {
    let mut got = Got::default();
    stream("input", "input", Box::new(bytes), options, &mut |o| {
        match o {
            Outcome::Read(d) => got.read.push(*d),
            Outcome::Skipped(r) | Outcome::Refused(r) => got.not.push(r.to_string()),
            Outcome::Note(_) => {}
        }
        true
    });
    got
}

/// Something came of it, and it was no endless list.
fn accounted(name: &str, bytes: impl Read) {
    let g = got(bytes, &Options { arabic_only: false, ..Options::default() });
    assert!(!g.read.is_empty() || !g.not.is_empty(), "{name}");
}

fn many(what: &str, times: usize) -> Box<dyn Read> {
    let what = what.to_string().into_bytes();
    Box::new(std::io::Cursor::new(what.repeat(times)))
}

#[test]
fn five_hundred_megabytes_on_one_line() {
    let line = |begin: &'static str, end: String| begin.as_bytes().chain(std::io::repeat(b'a').take(500 << 20)).chain(std::io::Cursor::new(end));
    for begin in [
        "",
        "<html><body><p>",
        "[{\"text\":\"",
        "{\n\"text\":\"",
        "id,text\n1,\"",
        "<?xml version=\"1.0\"?><rss>",
        "Subject: x\nMIME-Version: 1.0\n\n",
        "%PDF-1.4\n",
    ] {
        let g = got(line(begin, String::new()), &Options::default());
        assert!(g.read.is_empty() && g.not.len() == 1 && g.not[0].contains("larger than 64 MiB"), "{begin}: {:?}", g.not);
    }
    // of many lines only the long one is lost
    let g = got(line("{\"text\":\"", format!("\"}}\n{{\"text\":\"{REPORT}\"}}\n")), &Options::default());
    assert_eq!((g.read.len(), g.not.len()), (1, 1));
    let head = "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: a\r\nContent-Type: text/html\r\nContent-Length: 524288000\r\n\r\n";
    let next = format!("\r\n\r\nWARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: b\r\nContent-Length: {}\r\n\r\n{REPORT}", REPORT.len());
    let g = got(line(head, next), &Options::default());
    assert_eq!((g.read.len(), g.not.len()), (1, 1), "{:?}", g.not);
    // the limit can be set
    let g = got(many(&format!("{REPORT}\n"), 10_000), &Options { limit: 1 << 20, ..Options::default() });
    assert!(g.not[0].contains("larger than 1 MiB"), "{:?}", g.not);
}

#[test]
fn pages_a_million_elements_deep() {
    for element in ["div", "span", "b", "table><tr><td", "ul><li", "blockquote", "font", "svg", "a href=x", "p"] {
        let page = format!("<html><body>{}<p>{REPORT}</p>", format!("<{element}>").repeat(1_000_000));
        accounted(element, std::io::Cursor::new(page));
    }
    let deep = format!("<html><body>{}<p>{REPORT}</p>{}", "<div>".repeat(1_000_000), "</div>".repeat(1_000_000));
    assert_eq!(got(deep.as_bytes(), &Options::default()).read[0].text, REPORT);
}

#[test]
fn pages_of_very_many_things() {
    let page = |inside: String| std::io::Cursor::new(format!("<html><body><article>{inside}</article></body></html>"));
    accounted("paragraphs", page((0..200_000).map(|i| format!("<p>{REPORT} {i}")).collect()));
    accounted("points", page((0..300_000).map(|i| format!("<li>خبر {i}")).collect()));
    accounted("the same", page(format!("<p>{REPORT}").repeat(200_000)));
    accounted("attributes", page(format!("<div {}>{REPORT}", (0..1_000_000).map(|i| format!("a{i}=b ")).collect::<String>())));
    accounted("a class", page(format!("<div class='{}'>{REPORT}</div>", "related ".repeat(1_000_000))));
    accounted("breaks", page(format!("{REPORT}<br>").repeat(300_000)));
    accounted("pieces", page("قصف<b>".repeat(1_000_000)));
    accounted("entities", page("&amp;".repeat(5_000_000)));
    accounted("dates", page(format!("<meta name=date content='{}'>", "13 فبراير ".repeat(300_000)).repeat(8)));
    accounted("times", page("<time datetime='2021-03-14'>14 مارس 2021</time>".repeat(200_000)));
    accounted("data", page(format!("<script type='application/ld+json'>{}</script>", "[".repeat(1_000_000)).repeat(8)));
    accounted("unclosed tags", page("<a ".repeat(5_000_000)));
    accounted("comments", page("<!-- ".repeat(5_000_000)));
    accounted("scripts", page("<script>".repeat(2_000_000)));
    accounted("ends", page("</div>".repeat(5_000_000)));
}

#[test]
fn other_formats_very_deep_and_very_long() {
    let feed = |inside: String| format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel>{inside}");
    accounted("feed", std::io::Cursor::new(feed("<item>".repeat(1_000_000))));
    accounted("feed of elements", std::io::Cursor::new(feed(format!("<item>{}", "<a>".repeat(1_000_000)))));
    let atom = |inside: &str| format!("<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><content type=\"xhtml\">{inside}");
    accounted("atom", std::io::Cursor::new(atom(&"<div>".repeat(1_000_000))));
    accounted("feed of links", std::io::Cursor::new(feed(format!("<item>{}</item></channel></rss>", "<link>x</link>".repeat(200_000)))));
    accounted("JSON", std::io::Cursor::new("[".repeat(1_000_000)));
    accounted("JSON objects", std::io::Cursor::new("{\"list\":".repeat(1_000_000)));
    accounted("JSON feed", std::io::Cursor::new(format!("{{\"version\":\"https://jsonfeed.org/version/1\",\"items\":{}", "[".repeat(1_000_000))));
    accounted("chats", std::io::Cursor::new("{\"chats\":{\"list\":[".repeat(300_000)));
    let docx = |inside: String| zip(&[("word/document.xml", format!("<w:document xmlns:w='x'>{inside}").as_bytes())]);
    accounted("DOCX", std::io::Cursor::new(docx(format!("<w:p><w:t>{REPORT}").repeat(500_000))));
    let mail = |inside: String| std::io::Cursor::new(format!("MIME-Version: 1.0\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n{inside}"));
    accounted("parts in parts", mail("--b\nContent-Type: multipart/mixed; boundary=b\n\n".repeat(200_000)));
    accounted("parts", mail(format!("--b\n\n{REPORT}\n").repeat(200_000)));
    accounted("messages in messages", mail("--b\nContent-Type: message/rfc822\n\nSubject: y\nContent-Type: multipart/mixed; boundary=b\n\n".repeat(100_000)));
    accounted("headers", mail("X-A: b\n".repeat(1_000_000)));
    accounted("encoded words", std::io::Cursor::new(format!("MIME-Version: 1.0\nSubject: {}\n\n{REPORT}", "=?utf-8?B?2Kc=?= ".repeat(300_000))));
    accounted("columns", std::io::Cursor::new(format!("id,text{}\n1,{REPORT}{}", ",a".repeat(900), ",".repeat(5_000_000))));
    accounted("rows", many("id,text\n", 1_000_000));
    accounted("empty lines", many("\n", 5_000_000));
    accounted("lines", many("خبر\n\n", 2_000_000));
    accounted("WARC headers", std::io::Cursor::new(format!("WARC/1.0\r\n{}", "a: b\r\n".repeat(1_000_000))));
    accounted(
        "chunks",
        std::io::Cursor::new(format!(
            "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9000000\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{}",
            "1\r\na\r\n".repeat(1_500_000)
        )),
    );
    let members: Vec<(String, &[u8])> = (0..20_000).map(|i| (format!("{i}.txt"), REPORT.as_bytes())).collect();
    let members: Vec<(&str, &[u8])> = members.iter().map(|m| (m.0.as_str(), m.1)).collect();
    assert_eq!(got(&zip(&members)[..], &Options::default()).read.len(), 20_000);
}

#[test]
fn a_large_archive_has_to_be_a_file() {
    let zeros = vec![0u8; 3 << 20];
    let mut w = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    w.start_file("a", zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored)).unwrap();
    w.write_all(&zeros).unwrap();
    w.start_file("b.txt", zip::write::SimpleFileOptions::default()).unwrap();
    w.write_all(REPORT.as_bytes()).unwrap();
    let archive = w.finish().unwrap().into_inner();
    let small = Options { limit: 1 << 20, ..Options::default() };
    let streamed = got(&archive[..], &small);
    assert!(streamed.not[0].contains("is no file of its own and larger than 1 MiB"), "{:?}", streamed.not);
    // the same as a file has only its large member refused
    let path = std::env::temp_dir().join(format!("tawatur-hostile-{}.zip", std::process::id()));
    std::fs::write(&path, &archive).unwrap();
    let (mut read, mut not) = (0, 0);
    tawatur_reader::read(&[path.to_str().unwrap().into()], &small, &mut |o| {
        match o {
            Outcome::Read(_) => read += 1,
            _ => not += 1,
        }
        true
    });
    std::fs::remove_file(&path).unwrap();
    assert_eq!((read, not), (1, 1));
}
