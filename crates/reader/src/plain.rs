//! Plain text, with what people put above it: a title, a line with outlet, section and date, fields such as `العنوان:`.
//!
//! ```text
//! قصف على البلدة القديمة          title: a first line that does not end like a sentence
//!
//! المنبر تقارير 13 فبراير، 2018     outlet, section and date, in any order, a date being what tells the line
//!
//! حجم الخط:                       words of the page
//!
//! قصفت المدفعية ...               the report
//! ```

use crate::document::Dropped;
use crate::meta::{self, Dates};
use crate::{Document, Problem};
use arabic::names::name_words;
use arabic::page::{self, Line};
use std::ops::Range;

/// Names of header fields.
const FIELDS: [(&str, &[&str]); 5] = [
    ("title", &["العنوان", "عنوان", "title"]),
    ("published", &["التاريخ", "تاريخ النشر", "date", "published"]),
    ("outlet", &["المصدر", "الموقع", "source", "outlet"]),
    ("url", &["الرابط", "رابط", "url", "link"]),
    ("section", &["القسم", "section"]),
];

/// Takes the header lines off a text. The document's text is what remains, unchanged.
///
/// ```
/// let d = tawatur_reader::plain::document("هدوء في البلدة\n\nالمنبر تقارير 13 فبراير، 2018\n\nعاد الهدوء إلى البلدة أمس.");
/// assert_eq!(d.title.as_deref(), Some("هدوء في البلدة"));
/// assert_eq!(d.outlet.as_deref(), Some("المنبر"));
/// assert_eq!(d.published.as_deref(), Some("2018-02-13"));
/// assert_eq!(d.text, "عاد الهدوء إلى البلدة أمس.");
/// ```
pub fn document(text: &str) -> Document {
    let mut d = Document::default();
    let mut dates = Dates::default();
    let mut body = 0;
    let lines = lines(text);
    for (n, r) in lines.iter().enumerate() {
        let line = text[r.clone()].trim();
        if line.is_empty() {
            continue;
        }
        let more = lines[n + 1..].iter().any(|r| !text[r.clone()].trim().is_empty());
        let words = name_words(line);
        let why = if !more || n > 12 {
            None
        } else {
            field(line, n, &mut d, &mut dates)
                .or_else(|| dateline(line, &words, n, &mut d, &mut dates))
                .or_else(|| match page::phrase(&words) {
                    Some(Line::Section) if words.len() <= 3 => {
                        d.extra.entry("section").or_insert_with(|| line.into());
                        Some("section")
                    }
                    Some(Line::Furniture) if words.len() <= 12 => Some("furniture"),
                    _ => None,
                })
                .or_else(|| title(line, &words, n, &lines, text, &mut d))
        };
        let Some(why) = why else {
            body = r.start;
            break;
        };
        let chars = |b: usize| text[..b].chars().count();
        d.dropped.push(Dropped { span: chars(r.start)..chars(r.end), why, text: line.to_string() });
    }
    d.text = text[body..].trim_start_matches(['\n', '\r']).to_string();
    d
}

fn lines(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut at = 0;
    for l in text.split_inclusive('\n') {
        out.push(at..at + l.trim_end_matches(['\n', '\r']).len());
        at += l.len();
    }
    out
}

/// `العنوان: ...`
fn field(line: &str, n: usize, d: &mut Document, dates: &mut Dates) -> Option<&'static str> {
    let (key, value) = line.split_once(':')?;
    let key = key.trim().to_lowercase();
    let (name, _) = FIELDS.iter().find(|f| f.1.contains(&key.as_str()))?;
    let place = format!("line {}, {key}", n + 1);
    if *name == "published" {
        match meta::iso(value).or_else(|| dates.first(value).map(|x| x.0)) {
            Some(iso) => d.found("published", Some(iso), place),
            None => d.warnings.push(Problem::Date(value.trim().to_string()).to_string()),
        }
    } else {
        d.found(name, Some(value.to_string()), place);
    }
    Some("header")
}

/// A short line with a complete date: what stands before it is the outlet, and a section when it is one of the known names.
fn dateline(line: &str, words: &[String], n: usize, d: &mut Document, dates: &mut Dates) -> Option<&'static str> {
    if words.len() > 14 || d.published.is_some() {
        return None;
    }
    let (day, span) = dates.first(line)?;
    let rest = line[..span.start].trim_matches(|c: char| !c.is_alphanumeric());
    let behind = line[span.end..].trim_matches(|c: char| !c.is_alphanumeric());
    // a sentence that only names a date is the report
    if name_words(rest).len() > 6 || name_words(behind).len() > 6 || line.ends_with('.') {
        return None;
    }
    let place = format!("line {}", n + 1);
    d.found("published", Some(day), place.clone());
    let parts: Vec<&str> = rest.split_whitespace().filter(|p| p.chars().any(char::is_alphanumeric)).collect();
    // the longest tail that is a section
    let cut = (0..parts.len()).find(|i| page::phrase(&name_words(&parts[*i..].join(" "))) == Some(Line::Section)).unwrap_or(parts.len());
    d.found("section", Some(parts[cut..].join(" ")), place.clone());
    if cut <= 4 {
        d.found("outlet", Some(parts[..cut].join(" ")), place);
    }
    Some("header")
}

/// A first line that is no sentence, with something else between it and the report or an empty line behind it.
fn title(line: &str, words: &[String], n: usize, lines: &[Range<usize>], text: &str, d: &mut Document) -> Option<&'static str> {
    let first = d.title.is_none() && lines[..n].iter().all(|r| text[r.clone()].trim().is_empty() || d.published.is_some() || d.extra.contains_key("section"));
    let apart = lines.get(n + 1).is_some_and(|r| text[r.clone()].trim().is_empty());
    let sentence = line.ends_with(['.', '،', ':', '؛']) || words.len() > 25;
    if !first || !apart || sentence {
        return None;
    }
    d.found("title", Some(line.to_string()), format!("line {}", n + 1));
    Some("title")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_saved_as_text() {
        let d = document("قصف على البلدة القديمة\n\nالمنبر أخبار 13 فبراير،2018\n\nحجم الخط:\n\nقصفت المدفعية البلدة.\nوأصيب طفل.");
        assert_eq!(d.title.as_deref(), Some("قصف على البلدة القديمة"));
        assert_eq!((d.outlet.as_deref(), d.extra["section"].as_str()), (Some("المنبر"), Some("أخبار")));
        assert_eq!(d.published.as_deref(), Some("2018-02-13"));
        assert_eq!(d.dropped.iter().map(|x| x.why).collect::<Vec<_>>(), ["title", "header", "furniture"]);
        assert_eq!(d.text, "قصفت المدفعية البلدة.\nوأصيب طفل.");
    }

    #[test]
    fn fields() {
        let d = document("العنوان: هدوء حذر\nالتاريخ: 2020-05-01\nالمصدر: المنبر\nالرابط: https://example.org/1\n\nعاد الهدوء.");
        assert_eq!(d.title.as_deref(), Some("هدوء حذر"));
        assert_eq!(d.published.as_deref(), Some("2020-05-01"));
        assert_eq!(d.url.as_deref(), Some("https://example.org/1"));
        assert_eq!(d.text, "عاد الهدوء.");
    }

    #[test]
    fn a_text_without_header_is_left_alone() {
        let text = "قصفت المدفعية البلدة يوم 13 فبراير 2018 وأصابت مدنيين.\nوأصيب طفل.";
        assert_eq!(document(text).text, text);
    }
}
