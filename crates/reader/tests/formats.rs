//! Every format is told by its bytes and read, whatever its name; everything that comes in is accounted for.

use std::io::Write;
use tawatur_reader::{Document, Options, Outcome, Problem, stream};

const REPORT: &str = "قصفت المدفعية فجر اليوم الأحياء الشرقية من المدينة، وأصابت ثلاثة مدنيين.";
const SECOND: &str = "وأوضح المجلس المحلي أن فرق الإسعاف نقلت المصابين إلى المشفى.";

#[derive(Default)]
struct Got {
    read: Vec<Document>,
    skipped: Vec<String>,
    refused: Vec<String>,
    notes: Vec<String>,
}

fn with(bytes: &[u8], options: &Options) -> Got {
    let mut got = Got::default();
    stream("input", "input", Box::new(bytes), options, &mut |o| {
        match o {
            Outcome::Read(d) => got.read.push(*d),
            Outcome::Skipped(r) => got.skipped.push(r.to_string()),
            Outcome::Refused(r) => got.refused.push(r.to_string()),
            Outcome::Note(n) => got.notes.push(n.to_string()),
        }
        true
    });
    got
}

fn got(bytes: &[u8]) -> Got {
    with(bytes, &Options::default())
}

/// The only document of an input.
fn one(bytes: &[u8]) -> Document {
    let mut g = got(bytes);
    assert!(g.refused.is_empty() && g.skipped.is_empty(), "{:?} {:?}", g.refused, g.skipped);
    assert_eq!(g.read.len(), 1);
    g.read.remove(0)
}

fn page() -> String {
    format!("<!DOCTYPE html><html><head><title>قصف على المدينة</title></head><body><h1>قصف على المدينة</h1><p>{REPORT}</p><p>{SECOND}</p></body></html>")
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut w = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    w.write_all(bytes).unwrap();
    w.finish().unwrap()
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut w = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        w.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        w.write_all(bytes).unwrap();
    }
    w.finish().unwrap().into_inner()
}

fn record(kind: &str, url: &str, body: &str) -> String {
    format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2021-03-14T10:00:00Z\r\nContent-Length: {}\r\n\r\n{body}\r\n\r\n",
        body.len()
    )
}

fn answer(headers: &str, body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\n{headers}\r\n\r\n{body}")
}

#[test]
fn json_lines_arrays_and_objects() {
    let line = format!(r#"{{"id":"a","text":"{REPORT}","published":"2021-03-14","lang":"ar"}}"#);
    let d = one(line.as_bytes());
    assert_eq!((d.id.as_str(), d.published.as_deref(), d.extra["lang"].as_str()), ("a", Some("2021-03-14"), Some("ar")));
    let pretty = format!("[\n {{\n \"id\": 7,\n \"text\": \"{REPORT}\"\n }},\n {{\"text\": \"{SECOND}\"}}\n]\n");
    let g = got(pretty.as_bytes());
    assert_eq!(g.read.iter().map(|d| d.id.as_str()).collect::<Vec<_>>(), ["7", "input#2"]);
    let object = format!("{{\n  \"title\": \"عنوان\",\n  \"text\": \"{REPORT}\"\n}}\n");
    assert_eq!(one(object.as_bytes()).title.as_deref(), Some("عنوان"));
}

#[test]
fn a_broken_line_is_refused_and_the_rest_read() {
    let g = got(format!("{{\"text\":\"{REPORT}\"}}\n{{\"text\":\n{{\"title\":\"x\"}}\n{{\"text\":\"{SECOND}\"}}\n").as_bytes());
    assert_eq!(g.read.len(), 2);
    assert!(g.refused[0].starts_with("input, line 2: is not valid JSON"), "{:?}", g.refused);
    assert!(g.refused[1].starts_with("input, line 3: has no “text”"), "{:?}", g.refused);
}

#[test]
fn telegram_export() {
    let export = format!(
        r#"{{"name":"قناة المنبر","type":"public_channel","id":1,"messages":[
        {{"id":1,"type":"service","date":"2021-03-14T09:00:00","action":"create_channel","text":""}},
        {{"id":2,"type":"message","date":"2021-03-14T12:00:00","date_unixtime":"1615712400","text":["{REPORT} ",{{"type":"link","text":"https://example.org"}}]}},
        {{"id":3,"type":"message","date":"2021-03-14T12:05:00","photo":"p.jpg","text":""}}]}}"#
    );
    let g = got(export.as_bytes());
    assert_eq!(g.read.len(), 1);
    assert_eq!(g.read[0].outlet.as_deref(), Some("قناة المنبر"));
    assert_eq!(g.read[0].published.as_deref(), Some("2021-03-14T09:00:00Z"));
    assert!(g.read[0].text.starts_with(REPORT));
    assert_eq!(g.skipped.len(), 1);
}

#[test]
fn tables() {
    let g = got(format!("العنوان;التاريخ;النص\nعنوان;2021-03-14;\"{REPORT}\n{SECOND}\"\n").as_bytes());
    assert_eq!((g.read[0].title.as_deref(), g.read[0].published.as_deref()), (Some("عنوان"), Some("2021-03-14")));
    assert!(g.read[0].text.contains(SECOND));
    assert!(g.notes[0].contains("--column text=النص"), "{:?}", g.notes);
    // no name tells the texts, their looks do; an option overrules both
    let table = format!("id\tcol_a\tcol_b\n1\t{REPORT}\tقصير\n");
    assert_eq!(got(table.as_bytes()).read[0].text, REPORT);
    let options = Options { columns: vec!["text=col_b".parse().unwrap()], ..Options::default() };
    assert_eq!(with(table.as_bytes(), &options).read[0].text, "قصير");
}

#[test]
fn a_workbook() {
    let sheet = |rows: &str| {
        format!(
            r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
        )
    };
    let row = |n: u8, cells: [&str; 2]| {
        format!(r#"<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{}</t></is></c><c r="B{n}" t="inlineStr"><is><t>{}</t></is></c></row>"#, cells[0], cells[1])
    };
    let xml = sheet(&(row(1, ["title", "text"]) + &row(2, ["عنوان", REPORT])));
    let book = zip(&[
        ("[Content_Types].xml", br#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#),
        (
            "_rels/.rels",
            br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        ("xl/workbook.xml", br#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#),
        ("xl/_rels/workbook.xml.rels", br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#),
        ("xl/worksheets/sheet1.xml", xml.as_bytes()),
    ]);
    let d = one(&book);
    assert_eq!((d.title.as_deref(), d.text.as_str()), (Some("عنوان"), REPORT));
}

#[test]
fn a_word_document() {
    let xml = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"x\"><w:body><w:p><w:r><w:t>{REPORT}</w:t></w:r></w:p><w:p><w:r><w:t>{SECOND} &amp; &#1575;</w:t></w:r></w:p></w:body></w:document>"
    );
    let core = "<cp:coreProperties xmlns:dc=\"d\" xmlns:dcterms=\"t\"><dc:title>عنوان</dc:title><dcterms:created>2021-03-14T10:00:00Z</dcterms:created></cp:coreProperties>";
    let d = one(&zip(&[("word/document.xml", xml.as_bytes()), ("docProps/core.xml", core.as_bytes())]));
    assert_eq!(d.text.trim(), format!("{REPORT}\n{SECOND} & ا"));
    assert_eq!((d.title.as_deref(), d.published.as_deref()), (Some("عنوان"), Some("2021-03-14T10:00:00Z")));
}

#[test]
fn feeds() {
    let rss = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>المنبر</title><item><title>عنوان</title><link>https://example.org/1</link><pubDate>Sun, 14 Mar 2021 10:00:00 GMT</pubDate><description><![CDATA[<p>{REPORT}</p><p>{SECOND}</p>]]></description></item></channel></rss>"
    );
    let d = one(rss.as_bytes());
    assert_eq!(d.text, format!("{REPORT}\n{SECOND}"));
    assert_eq!((d.outlet.as_deref(), d.url.as_deref()), (Some("المنبر"), Some("https://example.org/1")));
    assert!(d.published.unwrap().starts_with("2021-03-14T10:00:00"));
    let atom = format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>المنبر</title><id>x</id><updated>2021-03-14T10:00:00Z</updated><entry><id>1</id><title>عنوان</title><updated>2021-03-14T10:00:00Z</updated><content type=\"html\">&lt;p&gt;{REPORT}&lt;/p&gt;</content></entry></feed>"
    );
    assert_eq!(one(atom.as_bytes()).text, REPORT);
    let json = format!(
        "{{\n\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"المنبر\", \"items\": [{{\"id\": \"1\", \"content_html\": \"<p>{REPORT}</p>\"}}]}}"
    );
    assert_eq!(one(json.as_bytes()).text, REPORT);
    let sitemap =
        got(b"<?xml version=\"1.0\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><url><loc>https://example.org</loc></url></urlset>");
    assert!(sitemap.skipped[0].contains("sitemap"), "{:?}", sitemap.skipped);
}

#[test]
fn web_archives() {
    let url = "https://example.org/2021/03/14/a";
    let chunked = format!("{:x}\r\n{}\r\n0\r\n\r\n", page().len(), page());
    let parts = [
        record("warcinfo", "", "software: test"),
        record("request", url, "GET / HTTP/1.1\r\n\r\n"),
        record("response", url, &answer("Content-Type: text/html; charset=utf-8", &page())),
        record("response", "https://example.org/b", &answer("Content-Type: text/html\r\nTransfer-Encoding: chunked", &chunked)),
        record("response", "https://example.org/x.png", &answer("Content-Type: image/png", "PNG")),
        record("response", "https://example.org/gone", "HTTP/1.1 404 Not Found\r\n\r\nلا شيء"),
        record("revisit", url, ""),
    ];
    for archive in [
        parts.concat().into_bytes(),
        parts.iter().flat_map(|p| gzip(p.as_bytes())).collect(),
        zip(&[("archive/data.warc.gz", &gzip(parts.concat().as_bytes())), ("datapackage.json", b"{}")]),
    ] {
        let g = got(&archive);
        assert_eq!(g.read.len(), 2, "{:?} {:?}", g.refused, g.skipped);
        assert_eq!(g.read[0].url.as_deref(), Some(url));
        assert_eq!(g.read[0].published.as_deref(), Some("2021-03-14"));
        assert_eq!(g.read[1].text, format!("{REPORT}\n{SECOND}"));
        assert_eq!(g.skipped.len(), 2, "{:?}", g.skipped);
        assert!(g.refused.is_empty(), "{:?}", g.refused);
    }
}

#[test]
fn mail_and_pages_saved_as_mail() {
    let mail = format!(
        "From: =?utf-8?B?2KfZhNmF2YbYqNix?= <a@example.org>\r\nSubject: news\r\nDate: Sun, 14 Mar 2021 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{REPORT}\r\n"
    );
    let d = one(mail.as_bytes());
    assert_eq!((d.title.as_deref(), d.outlet.as_deref(), d.text.trim()), (Some("news"), Some("المنبر"), REPORT));
    let mhtml = format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/a\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"B\"\r\n\r\n--B\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\nContent-Location: https://example.org/a\r\n\r\n{}\r\n--B--\r\n",
        page()
    );
    let d = one(mhtml.as_bytes());
    assert_eq!((d.url.as_deref(), d.text), (Some("https://example.org/a"), format!("{REPORT}\n{SECOND}")));
}

#[test]
fn archives_of_anything() {
    let g = got(&zip(&[
        ("a/page.txt", page().as_bytes()),
        ("b.jsonl.gz", &gzip(format!("{{\"text\":\"{REPORT}\"}}").as_bytes())),
        ("c.jpg", b"\xFF\xD8\xFF\xE0"),
        ("__MACOSX/x", b"x"),
    ]));
    assert_eq!(g.read.iter().map(|d| d.id.as_str()).collect::<Vec<_>>(), ["input#a/page.txt", "input#b.jsonl#1"]);
    assert!(g.skipped[0].contains("c.jpg: is a picture"), "{:?}", g.skipped);
}

#[test]
fn another_language_is_passed_over() {
    let g = got("A report about something else entirely, in English and of some length.".as_bytes());
    assert!(g.skipped[0].contains("is not Arabic"), "{:?}", g.skipped);
}

#[test]
fn bombs_are_refused_in_bounded_memory() {
    let small = Options { limit: 1 << 20, ..Options::default() };
    let refused = |bytes: &[u8]| {
        let g = with(bytes, &small);
        assert!(g.read.is_empty());
        g.refused.first().cloned().unwrap_or_default()
    };
    let zeros = vec![b'a'; 50 << 20];
    assert!(refused(&gzip(&zeros)).contains("larger than 1 MiB"));
    assert!(refused(&zip(&[("a.txt", &zeros)])).contains("larger than 1 MiB"));
    assert!(refused(&zip(&[("xl/workbook.xml", &zeros)])).contains("larger than 1 MiB"));
    assert!(refused(&zip(&[("word/document.xml", &zeros)])).contains("larger than 1 MiB"));
    assert!(refused(&[b"{\"text\":\"", &zeros[..], b"\"}\n"].concat()).contains("larger than 1 MiB"));
    assert!(refused(&[b"[{\"text\":\"", &zeros[..], b"\"}]"].concat()).contains("larger than 1 MiB"));
    assert!(refused(&[b"id,text\n1,\"", &zeros[..]].concat()).contains("larger than 1 MiB"));
    let mut nested = REPORT.as_bytes().to_vec();
    for _ in 0..10 {
        nested = gzip(&nested);
    }
    assert!(refused(&nested).contains("archive within an archive"));
    // the line after the one that is too long is read
    let g = with(&[b"{\"text\":\"", &zeros[..], b"\"}\n{\"text\":\"", REPORT.as_bytes(), b"\"}\n"].concat(), &small);
    assert_eq!((g.read.len(), g.refused.len()), (1, 1));
}

#[test]
fn entity_bombs_expand_to_nothing() {
    let entities: String = (1..10).map(|i| format!("<!ENTITY a{i} \"{}\">", format!("&a{};", i - 1).repeat(10))).collect();
    let rss = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a0 \"ha\">{entities}]><rss version=\"2.0\"><channel><title>x</title><item><title>y</title><description>&a9; {REPORT}</description></item></channel></rss>"
    );
    let g = got(rss.as_bytes());
    assert!(g.read.iter().all(|d| d.text.len() < 1000));
    let xml =
        format!("<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY a0 \"ha\">{entities}]><w:document xmlns:w=\"x\"><w:p><w:t>{REPORT}&a9;</w:t></w:p></w:document>");
    assert!(one(&zip(&[("word/document.xml", xml.as_bytes())])).text.len() < 1000);
}

#[test]
fn damage_is_told() {
    let whole = gzip(format!("{{\"text\":\"{REPORT}\"}}\n").repeat(2000).as_bytes());
    let g = got(&whole[..whole.len() / 2]);
    assert!(g.refused.last().unwrap().contains("broke off"), "{:?}", g.refused);
    let archive = zip(&[("a.txt", REPORT.as_bytes())]);
    assert!(got(&archive[..archive.len() - 10]).refused[0].contains("is no ZIP archive"));
    assert!(got(b"WARC/1.0\r\nContent-Length: x\r\n\r\n").refused[0].contains("does not tell its length"));
    assert!(got(b"[{\"text\": 1}, ").refused.iter().any(|r| r.contains("is not valid JSON")));
    assert!(got(b"").refused[0].contains("is empty"));
    assert!(got(&[0u8; 400]).refused.len() + got(&[0u8; 400]).skipped.len() > 0);
    assert!(got(&"<rss><channel>".repeat(3).into_bytes()).read.is_empty());
}

#[test]
fn nuls_and_invalid_utf8() {
    let mut bytes = format!("{REPORT}\n{SECOND}").into_bytes();
    bytes[40] = 0;
    bytes.insert(60, 0xFF);
    let d = one(&bytes);
    assert!(!d.text.contains('\0'));
    assert_eq!(d.warnings.len(), 2, "{:?}", d.warnings);
}

#[test]
fn a_visit_that_returns_false_ends_the_reading() {
    let lines = format!("{{\"text\":\"{REPORT}\"}}\n").repeat(50);
    let array = format!("[{}]", [format!("{{\"text\":\"{REPORT}\"}}"); 1].join(",").clone());
    for bytes in [lines.as_bytes(), array.as_bytes()] {
        let mut n = 0;
        stream("x", "x", Box::new(bytes), &Options::default(), &mut |_| {
            n += 1;
            false
        });
        assert_eq!(n, 1);
    }
}

#[test]
fn a_pdf_without_poppler_is_refused_with_the_remedy() {
    let broken = Problem::Pdf("pdftotext could not be run".into()).to_string();
    assert!(broken.contains("install poppler"));
    let g = got(b"%PDF-1.4\nnothing");
    assert!(g.refused[0].contains("PDF") || g.skipped.first().is_some_and(|s| s.contains("pictures")), "{:?}", g.refused);
}
