//! Every format is told by its bytes and read, whatever its name; everything that comes in is accounted for.

mod archives;

use archives::zip;
use std::io::Write;
use tawatur_reader::{Document, Options, Outcome, stream};

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
    // what stands beside the list is passed over, before it and behind
    let export = format!("{{\n\"from\": \"x\", \"articles\": [{{\"text\": \"{REPORT}\"}}], \"to\": [1, 2]\n}}");
    assert_eq!(one(export.as_bytes()).text, REPORT);
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

/// A workbook of one sheet with these rows.
fn workbook(rows: &str) -> Vec<u8> {
    let sheet = |rows: &str| {
        format!(
            r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
        )
    };
    let xml = sheet(rows);
    zip(&[
        ("[Content_Types].xml", br#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#),
        (
            "_rels/.rels",
            br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        ("xl/workbook.xml", br#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#),
        ("xl/_rels/workbook.xml.rels", br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#),
        ("xl/worksheets/sheet1.xml", xml.as_bytes()),
    ])
}

#[test]
fn a_workbook() {
    let row = |n: u32, cells: [&str; 2]| {
        format!(r#"<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{}</t></is></c><c r="B{n}" t="inlineStr"><is><t>{}</t></is></c></row>"#, cells[0], cells[1])
    };
    let d = one(&workbook(&(row(1, ["title", "text"]) + &row(2, ["عنوان", REPORT]))));
    assert_eq!((d.title.as_deref(), d.text.as_str()), (Some("عنوان"), REPORT));
    // a header below, an empty row between, and no place asked for between the cells that are there
    let far = r#"<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c><c r="A1048576" t="inlineStr"><is><t>y</t></is></c></row>"#;
    let g = got(&workbook(&(row(3, ["title", "text"]) + &row(5, ["عنوان", REPORT]) + far)));
    assert_eq!(g.read.iter().map(|d| d.id.as_str()).collect::<Vec<_>>(), ["input#S#3"]);
    assert_eq!(g.refused, ["input, S:, row 1048574: has no “text”, or it is no text"]);
    // a sheet that says to end before it begins, and one that breaks off
    let damaged = row(1, ["title", "text"]) + &row(2, ["عنوان", REPORT]) + r#"<row r="3"><c r="A3" t="s"><v>7</v></c><c r="3">"#;
    let g = got(&workbook(&damaged));
    assert!(g.read.len() == 1 && g.refused[0].contains("workbook"), "{:?}", g.refused);
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
fn pages_as_servers_pack_them() {
    // the report in a paragraph, by another program, as nothing here writes Brotli
    let br = b"\x1b\x8b\x00\xf8\x9d\x07v,\x18af\xf9-m\xa4\xc6\xce\x06\xe1\x095\xb7\x12\x0a\xa58\xc2\xf9\xa0cl\x12\x04\xe7X\
        \xc8\xd9\xa3\xe3\xac|\xe0\x9a!\x91\x90\x02K\x0bP\x05;,9\xbc\xce\x141\xd4\xa6\x8a\x9f\xb4\xe2\xe8\xe0\x80\xca\
        \xdd\x84Ex\xbaKZ\x0bU\x83\xd8zn`\x8b\xc9\x0aIk*2\xe3(\x00";
    let zstd = ruzstd::encoding::compress_to_vec(page().as_bytes(), ruzstd::encoding::CompressionLevel::Fastest);
    let packed: [(&str, &[u8]); 3] = [("gzip", &gzip(page().as_bytes())), ("br", br), ("zstd", &zstd)];
    for (encoding, body) in packed {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: {encoding}\r\n\r\n");
        let length = head.len() + body.len();
        let head = format!("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/a\r\nContent-Length: {length}\r\n\r\n{head}");
        let d = one(&[head.as_bytes(), body].concat());
        assert_eq!(d.text.lines().next(), Some(REPORT), "{encoding}");
    }
    let unknown = record("response", "https://example.org/a", &answer("Content-Encoding: exi", &page().replacen('<', " <", 1)));
    assert!(got(unknown.as_bytes()).refused[0].contains("compressed with exi"));
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

/// A PDF as programs make it: the glyphs of a line in the order in which they are seen, from left to right, and a table of what
/// they stand for.
fn pdf(lines: &[&str]) -> Vec<u8> {
    let mut glyphs: Vec<char> = lines.iter().flat_map(|l| l.chars()).collect();
    glyphs.sort_unstable();
    glyphs.dedup();
    let hex = |c: char| format!("{:04x}", glyphs.binary_search(&c).unwrap() + 1);
    let mut content = String::new();
    for (n, line) in lines.iter().enumerate() {
        let x = 560 - 6 * line.chars().count();
        let seen: String = line.chars().rev().map(hex).collect();
        content += &format!("BT /F 12 Tf 1 0 0 1 {x} {} Tm <{seen}> Tj ET\n", 780 - 20 * n);
    }
    let told: String = glyphs.iter().map(|c| format!("<{}> <{:04x}>\n", hex(*c), u32::from(*c))).collect();
    let told = format!(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n1 begincodespacerange <0000> <ffff> endcodespacerange\n{} beginbfchar\n{told}endbfchar\nendcmap end end",
        glyphs.len()
    );
    let stream = |s: &str| format!("<< /Length {} >>\nstream\n{s}\nendstream", s.len());
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_string(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".into(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>".into(),
        stream(&content),
        "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>".into(),
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /DW 500 /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 8 0 R >>".into(),
        stream(&told),
        "<< /Type /FontDescriptor /FontName /X /Flags 4 /FontBBox [0 0 500 800] /ItalicAngle 0 /Ascent 800 /Descent 0 /CapHeight 700 /StemV 80 >>".into(),
    ];
    let mut out = String::from("%PDF-1.5\n");
    let mut at = Vec::new();
    for (n, o) in objects.iter().enumerate() {
        at.push(out.len());
        out += &format!("{} 0 obj\n{o}\nendobj\n", n + 1);
    }
    let table: String = at.iter().map(|a| format!("{a:010} 00000 n \n")).collect();
    let (size, start) = (objects.len() + 1, out.len());
    out += &format!("xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
    out.into_bytes()
}

#[test]
fn a_pdf_is_read_by_poppler_or_refused_with_the_remedy() {
    let (first, second) = ("قصفت المدفعية فجر اليوم الأحياء", "الشرقية من المدينة.");
    let report = pdf(&[first, second, SECOND]);
    // cargo's tests run without a shell: what is not in the path is not there
    if std::process::Command::new("pdftotext").arg("-v").stderr(std::process::Stdio::null()).status().is_err() {
        eprintln!("pdftotext is not there: only the refusal is tested");
        let refused = got(&report).refused.concat();
        assert!(refused.contains("is a PDF") && refused.contains("install poppler"), "{refused}");
        return;
    }
    assert_eq!(one(&report).text, format!("{first} {second}\n{SECOND}"));
    let pictures = got(&pdf(&[]));
    assert!(pictures.skipped[0].contains("its pages are pictures"), "{:?} {:?}", pictures.skipped, pictures.refused);
    let broken = got(b"%PDF-1.4\nnothing").refused;
    assert!(broken[0].contains("pdftotext could not read it"), "{broken:?}");
    let long = got(&report[..report.len() / 2]);
    assert_eq!(long.read.len() + long.refused.len() + long.skipped.len(), 1);
    let small = with(&report, &Options { limit: report.len() as u64 - 1, ..Options::default() });
    assert!(small.refused[0].contains("larger than"), "{:?}", small.refused);
}
