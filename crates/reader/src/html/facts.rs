//! What a page says of itself: title, outlet, byline, section, date, address; each with where it says so.
//!
//! A page says such things several times, and not always the same. All are kept; the one in the most reliable place is used:
//! JSON-LD, then OpenGraph and its like, then microdata, then `<time>`, then the address, then what a reader would see.

use super::blocks::{Kind, Page};
use crate::format::Hints;
use crate::meta::{self, Dates};
use crate::{Document, Found};
use serde_json::Value;
use std::cell::RefCell;

/// What a page says of itself, the most reliable first.
#[derive(Debug, Default)]
pub struct Facts {
    list: Vec<Found>,
    /// The text of the report in JSON-LD.
    pub body: Option<String>,
}

/// `meta` names: the field, and the names in order of trust.
const META: [(&str, &[&str]); 7] = [
    ("title", &["og:title", "twitter:title", "headline", "dc.title", "title"]),
    ("outlet", &["og:site_name", "application-name", "dc.publisher", "publisher", "article:publisher"]),
    (
        "published",
        &[
            "article:published_time",
            "og:published_time",
            "article:published",
            "datepublished",
            "publish-date",
            "publish_date",
            "publishdate",
            "pubdate",
            "parsely-pub-date",
            "sailthru.date",
            "dc.date.issued",
            "dc.date",
            "dcterms.created",
            "date",
            "og:article:published_time",
        ],
    ),
    ("updated", &["article:modified_time", "og:updated_time", "datemodified", "last-modified", "lastmod"]),
    ("byline", &["author", "article:author", "dc.creator", "parsely-author"]),
    ("section", &["article:section", "parsely-section", "section"]),
    ("url", &["og:url"]),
];

thread_local! {
    static DATES: RefCell<Dates> = RefCell::new(Dates::default());
}

impl Facts {
    /// Gathers them.
    pub fn of(page: &Page, hints: &Hints) -> Facts {
        let mut f = Facts::default();
        for script in &page.data {
            if let Ok(v) = serde_json::from_str::<Value>(script.trim()) {
                f.json_ld(&v, 0);
            }
        }
        f.meta(page);
        f.microdata(page);
        f.links(page, hints);
        f.visible(page);
        f.title_element(page);
        f
    }

    fn add(&mut self, field: &'static str, value: &str, place: impl Into<String>) {
        // no title and no date is so long
        if value.len() >= 2000 {
            return;
        }
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        let value = match field {
            "published" | "updated" => match date(&value) {
                Some(iso) => iso,
                None => return,
            },
            _ => value,
        };
        if !value.is_empty() {
            self.list.push(Found { field, value, place: place.into() });
        }
    }

    fn json_ld(&mut self, v: &Value, depth: u8) {
        match v {
            Value::Array(list) => list.iter().take(64).for_each(|v| self.json_ld(v, depth + 1)),
            Value::Object(map) if depth < 8 => {
                if let Some(graph) = map.get("@graph") {
                    self.json_ld(graph, depth + 1);
                }
                let kind = map.get("@type").map(|t| t.to_string()).unwrap_or_default();
                let article = ["Article", "Posting", "Report", "WebPage"].iter().any(|k| kind.contains(k));
                if !article {
                    return;
                }
                let name = |key: &str| -> Option<String> {
                    let v = map.get(key)?;
                    let v = v.as_array().map_or(v, |l| l.first().unwrap_or(&Value::Null));
                    v.as_str().or_else(|| v.get("name")?.as_str()).map(str::to_string)
                };
                let keys = [
                    ("headline", "title"),
                    ("name", "title"),
                    ("datePublished", "published"),
                    ("dateCreated", "published"),
                    ("dateModified", "updated"),
                    ("publisher", "outlet"),
                    ("author", "byline"),
                    ("articleSection", "section"),
                ];
                for (key, field) in keys {
                    if let Some(value) = name(key) {
                        self.add(field, &value, format!("JSON-LD {key}"));
                    }
                }
                if self.body.is_none() {
                    self.body = name("articleBody");
                }
            }
            _ => {}
        }
    }

    fn meta(&mut self, page: &Page) {
        for (field, names) in META {
            for name in names {
                for t in page.tags.iter().filter(|t| t.name == "meta") {
                    let key = t.get("property").or(t.get("name")).or(t.get("itemprop")).unwrap_or_default();
                    if key.eq_ignore_ascii_case(name)
                        && let Some(value) = t.get("content")
                    {
                        self.add(field, value, format!("meta {name}"));
                    }
                }
            }
        }
    }

    fn microdata(&mut self, page: &Page) {
        for t in page.tags.iter().filter(|t| t.name != "meta") {
            let field = match t.get("itemprop") {
                Some("datePublished" | "dateCreated") => "published",
                Some("dateModified") => "updated",
                _ => continue,
            };
            if let Some(value) = t.get("datetime").or(t.get("content")) {
                self.add(field, value, format!("microdata {}", t.get("itemprop").unwrap_or_default()));
            }
        }
        // the first time that stands in the report, before its end; others belong to comments and related pages
        let first = page.tags.iter().filter(|t| t.name == "time").filter(|t| page.blocks.get(t.at).is_none_or(|b| !b.around.furniture && !b.around.chrome));
        for t in first.take(2) {
            if let Some(value) = t.get("datetime") {
                let field = if t.get("class").is_some_and(|c| c.contains("updat") || c.contains("modif")) { "updated" } else { "published" };
                self.add(field, value, "time");
            }
        }
    }

    fn links(&mut self, page: &Page, hints: &Hints) {
        if let Some(url) = &hints.url {
            self.list.insert(0, Found { field: "url", value: url.clone(), place: "the archive".into() });
        }
        let canonical = page.tags.iter().find(|t| t.name == "link" && t.get("rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical")));
        if let Some(url) = canonical.and_then(|t| t.get("href")) {
            self.add("url", url, "link canonical");
        }
        let urls: Vec<String> = self.list.iter().filter(|f| f.field == "url").map(|f| f.value.clone()).collect();
        for url in urls {
            if let Some(day) = meta::in_url(&url) {
                self.add("published", &day, "the address");
            }
        }
    }

    /// What a reader sees: the first heading, the line with a date near it, the byline.
    fn visible(&mut self, page: &Page) {
        let heading = page.blocks.iter().position(|b| b.kind == Kind::Heading(1) && !b.around.chrome && b.words() >= 2);
        if let Some(h) = heading {
            self.add("title", &page.blocks[h].text, "h1");
        }
        let near = heading.map_or(0..20, |h| h.saturating_sub(4)..h + 12);
        let mut lines = page.blocks.iter().enumerate().filter(|(i, b)| {
            (near.contains(i) || b.label == Some("date")) && b.words() <= 16 && !b.text.ends_with('.') && b.text.chars().any(char::is_numeric)
        });
        let found = DATES.with_borrow_mut(|dates| lines.by_ref().take(12).find_map(|(i, b)| Some((i, dates.first(&b.text)?.0))));
        if let Some((i, day)) = found {
            self.add("published", &day, format!("the line “{}”", page.blocks[i].text));
        }
        if let Some(b) = page.blocks.iter().find(|b| b.label == Some("byline") && b.words() <= 8 && !b.around.chrome) {
            self.add("byline", &b.text.clone(), "the byline");
        }
    }

    /// `<title>`: the report's title, and behind the last bar or dash the outlet's name.
    fn title_element(&mut self, page: &Page) {
        let whole = page.title.split_whitespace().collect::<Vec<_>>().join(" ");
        let cut = [" | ", " - ", " – ", " — ", " :: ", " « "].iter().filter_map(|s| whole.rfind(s).map(|i| (i, i + s.len()))).max();
        match cut.filter(|(i, j)| whole[..*i].split_whitespace().count() >= 3 && whole[*j..].split_whitespace().count() <= 6) {
            Some((i, j)) => {
                let (title, outlet) = (whole[..i].to_string(), whole[j..].to_string());
                self.add("title", &title, "title");
                self.add("outlet", &outlet, "title");
            }
            None => self.add("title", &whole, "title"),
        }
    }

    /// Writes them into a document: the best of each, and all with their places.
    pub fn tell(&self, d: &mut Document) {
        for f in &self.list {
            let slot = match f.field {
                "title" => &mut d.title,
                "outlet" => &mut d.outlet,
                "published" => &mut d.published,
                "url" => &mut d.url,
                other => {
                    if !d.extra.contains_key(other) {
                        d.extra.insert(other.into(), f.value.clone().into());
                    }
                    continue;
                }
            };
            slot.get_or_insert_with(|| f.value.clone());
        }
        d.found.extend(self.list.iter().cloned());
    }
}

/// A date as pages write it: ISO, or anything that names a day by itself.
fn date(value: &str) -> Option<String> {
    meta::iso(value).or_else(|| DATES.with_borrow_mut(|d| d.first(value).map(|x| x.0)))
}
