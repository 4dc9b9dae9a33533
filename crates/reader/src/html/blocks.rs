//! The blocks of a page: its paragraphs, headings, list items, cells, each with where it stands.

use aho_corasick::AhoCorasick;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use std::ops::Range;
use std::sync::LazyLock;

/// How many elements can stand open in each other; deeper ones are taken for their parent.
const DEEPEST: usize = 256;
/// How many elements and blocks a page can have; the rest of a larger one is left out.
const MOST: usize = 400_000;

/// What kind of block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Running text.
    Text,
    /// A heading of some level.
    Heading(u8),
    /// A point of a list.
    Item,
    /// The caption of a picture.
    Caption,
}

/// What the elements around a block say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Around {
    /// In navigation, a form, a button: no place of a report.
    pub chrome: bool,
    /// In an element whose class or id names furniture of pages: share bars, related headlines, comments.
    pub furniture: bool,
    /// In an element that is named for the article's body.
    pub body: bool,
    /// In `article` or `main`.
    pub article: bool,
    /// In a quotation of another page: an embedded post.
    pub embedded: bool,
}

/// A run of text between two breaks of the page.
#[derive(Debug, Clone)]
pub struct Block {
    /// Its words, white space made single.
    pub text: String,
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub around: Around,
    /// The element that it stands in.
    pub element: u32,
    /// How many of its characters are in links.
    pub linked: usize,
    /// Class and id name a byline, a date or the like.
    pub label: Option<&'static str>,
    /// Where each piece of the text, from this byte on, came from in the page.
    pieces: Vec<(usize, Range<usize>)>,
}

impl Block {
    /// The pieces of the text, each with its bytes in the page.
    pub fn pieces(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        let ends = self.pieces.iter().skip(1).map(|p| p.0).chain([self.text.len()]);
        self.pieces.iter().zip(ends).map(|((start, source), end)| (&self.text[*start..end], source.clone()))
    }

    /// The bytes of the page from its first to its last character.
    pub fn source(&self) -> Range<usize> {
        let (first, last) = (self.pieces.first(), self.pieces.last());
        first.map_or(0, |p| p.1.start)..last.map_or(0, |p| p.1.end)
    }

    /// How many words it has.
    pub fn words(&self) -> usize {
        self.text.split_whitespace().count()
    }

    /// The share of its characters that are in links.
    pub fn link_share(&self) -> f64 {
        self.linked as f64 / self.text.chars().count().max(1) as f64
    }
}

/// A `meta`, `time`, `link` or other element that tells something of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Its name.
    pub name: String,
    /// Its attributes, names in lower case.
    pub attributes: Vec<(String, String)>,
    /// How many blocks stand before it.
    pub at: usize,
}

impl Tag {
    /// An attribute's value.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|a| a.0 == name).map(|a| a.1.as_str())
    }
}

/// A page taken apart.
#[derive(Debug, Default)]
pub struct Page {
    /// Its blocks in order.
    pub blocks: Vec<Block>,
    /// The parent of each element; the first is the page.
    pub parents: Vec<u32>,
    /// Its title.
    pub title: String,
    /// What tells something of it.
    pub tags: Vec<Tag>,
    /// Its JSON-LD scripts.
    pub data: Vec<String>,
}

const VOID: [&str; 14] = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
const BLOCKS: [&str; 44] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "amp-sidebar",
    "amp-accordion",
];
const CHROME: [&str; 15] = [
    "nav",
    "footer",
    "form",
    "button",
    "select",
    "option",
    "aside",
    "dialog",
    "menu",
    "label",
    "textarea",
    "datalist",
    "amp-sidebar",
    "amp-consent",
    "amp-user-notification",
];
const HIDDEN: [&str; 12] = ["script", "style", "noscript", "template", "svg", "iframe", "object", "canvas", "audio", "video", "math", "head"];
const TOLD: [&str; 4] = ["meta", "link", "time", "html"];

/// Parts of class names and ids that stand around reports.
const FURNITURE: [&str; 56] = [
    "related",
    "share",
    "sharing",
    "social",
    "comment",
    "disqus",
    "sidebar",
    "side-bar",
    "widget",
    "breadcrumb",
    "cookie",
    "gdpr",
    "consent",
    "newsletter",
    "subscribe",
    "popup",
    "modal",
    "banner",
    "advert",
    "sponsor",
    "promo",
    "most-read",
    "mostread",
    "most-view",
    "popular",
    "trending",
    "latest",
    "recommend",
    "more-news",
    "morenews",
    "read-more",
    "readmore",
    "read-also",
    "readalso",
    "see-also",
    "also-read",
    "pagination",
    "paging",
    "pager",
    "next-post",
    "prev-post",
    "post-nav",
    "nav-links",
    "navbar",
    "menu",
    "topbar",
    "top-bar",
    "ticker",
    "footer",
    "copyright",
    "tags",
    "tag-list",
    "font-size",
    "toolbar",
    "print",
    "author-bio",
];
/// Names that are furniture only as a whole word of a class.
const FURNITURE_WORDS: [&str; 12] = ["nav", "ad", "ads", "adv", "login", "search", "skip", "rating", "votes", "tools", "header", "keywords"];
/// Names of the element that holds a report.
const BODY: [&str; 22] = [
    "article-body",
    "articlebody",
    "article_body",
    "article-content",
    "articlecontent",
    "article-text",
    "entry-content",
    "post-content",
    "post-body",
    "postbody",
    "story-body",
    "storybody",
    "story-content",
    "news-body",
    "newsbody",
    "news-content",
    "news-text",
    "newstext",
    "news-details",
    "content-body",
    "field-name-body",
    "wysiwyg",
];
/// Names of elements that hold one fact.
const LABELS: [(&str, &str); 8] = [
    ("byline", "byline"),
    ("author", "byline"),
    ("writer", "byline"),
    ("timestamp", "date"),
    ("pubdate", "date"),
    ("date", "date"),
    ("caption", "caption"),
    ("meta-info", "date"),
];

/// Embedded posts of other pages.
const EMBEDDED: [&str; 4] = ["twitter-tweet", "instagram-media", "fb-post", "telegram-post"];

/// What the names of an element say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Said {
    body: bool,
    furniture: bool,
    embedded: bool,
    label: Option<&'static str>,
}

impl Said {
    /// By its class, id and the like: one pass over each for all names at once.
    fn by<'a>(names: impl Iterator<Item = &'a str>) -> Said {
        static ALL: LazyLock<AhoCorasick> = LazyLock::new(|| {
            let all = FURNITURE.into_iter().chain(BODY).chain(EMBEDDED).chain(LABELS.map(|l| l.0));
            AhoCorasick::builder().ascii_case_insensitive(true).build(all).unwrap_or_else(|e| unreachable!("a hundred short names: {e}"))
        });
        const BODIES: usize = FURNITURE.len();
        const EMBEDS: usize = BODIES + BODY.len();
        const LABEL: usize = EMBEDS + EMBEDDED.len();
        let mut said = Said::default();
        let mut label = LABELS.len();
        for name in names {
            for m in ALL.find_overlapping_iter(name) {
                match m.pattern().as_usize() {
                    i if i < BODIES => said.furniture = true,
                    i if i < EMBEDS => said.body = true,
                    i if i < LABEL => said.embedded = true,
                    // the first of the list is the surest
                    i => label = label.min(i - LABEL),
                }
            }
            let mut words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
            said.furniture |= words.any(|w| FURNITURE_WORDS.iter().any(|f| f.eq_ignore_ascii_case(w)));
        }
        said.label = LABELS.get(label).map(|l| l.1);
        said
    }
}

/// An open element.
#[derive(Debug, Clone, Copy)]
struct Open {
    name: &'static str,
    element: u32,
    around: Around,
    kind: Kind,
    label: Option<&'static str>,
    link: bool,
    hidden: bool,
}

impl Page {
    /// Takes a page apart. Any text is a page; what it does not make sense of is running text.
    pub fn parse(html: &str) -> Page {
        let root = Open { name: "", element: 0, around: Around::default(), kind: Kind::Text, label: None, link: false, hidden: false };
        let mut b =
            Builder { page: Page { parents: vec![0], ..Page::default() }, open: vec![root], block: None, start: None, text_of: "", data: String::new() };
        let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| -> Option<std::convert::Infallible> {
            b.event(event, span.start..span.end);
            None
        });
        emitter.naively_switch_states(true);
        // reading from memory cannot fail
        let _ = Tokenizer::new_with_emitter(html, emitter).finish();
        b.flush();
        b.page
    }
}

/// A start tag while its attributes come in.
struct Start {
    name: String,
    attributes: Vec<(String, String)>,
}

struct Builder {
    page: Page,
    open: Vec<Open>,
    block: Option<Block>,
    start: Option<Start>,
    /// `title` or `ld` while the text of one is read.
    text_of: &'static str,
    data: String,
}

impl Builder {
    fn event(&mut self, event: CallbackEvent<'_>, span: Range<usize>) {
        let lower = |b: &[u8]| {
            let mut name = String::from_utf8_lossy(b).into_owned();
            name.make_ascii_lowercase();
            name
        };
        match event {
            CallbackEvent::OpenStartTag { name } => self.start = Some(Start { name: lower(name), attributes: Vec::new() }),
            CallbackEvent::AttributeName { name } => {
                if let Some(s) = self.start.as_mut().filter(|s| s.attributes.len() < 64) {
                    s.attributes.push((lower(name), String::new()));
                }
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some(a) = self.start.as_mut().and_then(|s| s.attributes.last_mut()) {
                    a.1 = String::from_utf8_lossy(value).into_owned();
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                if let Some(s) = self.start.take() {
                    self.opened(s, self_closing);
                }
            }
            CallbackEvent::EndTag { name } => {
                self.start = None;
                self.closed(&lower(name));
            }
            CallbackEvent::String { value } => self.text(value, span),
            _ => {}
        }
    }

    fn top(&self) -> Open {
        // the root is never closed
        self.open[self.open.len() - 1]
    }

    fn opened(&mut self, tag: Start, self_closing: bool) {
        let name = tag.name.as_str();
        let attribute = |n: &str| tag.attributes.iter().find(|a| a.0 == n).map(|a| a.1.as_str());
        if name == "br" {
            return self.line_break();
        }
        if name == "title" && self.page.title.is_empty() && !self.top().hidden_by("svg") {
            self.text_of = "title";
        }
        if name == "script" && attribute("type").is_some_and(|t| t.to_ascii_lowercase().contains("ld+json")) {
            self.text_of = "ld";
            self.data.clear();
        }
        if (TOLD.contains(&name) || attribute("itemprop").is_some()) && self.page.tags.len() < 4096 {
            self.page.tags.push(Tag { name: tag.name.clone(), attributes: tag.attributes.clone(), at: self.page.blocks.len() });
        }
        let block = BLOCKS.iter().find(|b| **b == name);
        if block.is_some() {
            self.flush();
            self.imply(name);
        }
        if VOID.contains(&name) || self_closing && block.is_none() && !HIDDEN.contains(&name) {
            return;
        }
        let known = block.or_else(|| CHROME.iter().chain(&HIDDEN).chain(&["a", "span", "title", "time"]).find(|b| **b == name));
        // an element that is not known changes nothing and need not be kept open
        let Some(known) = known else { return };
        if self.open.len() >= DEEPEST {
            return;
        }
        let mut o = self.top();
        o.name = known;
        if block.is_some() && self.page.parents.len() < MOST {
            self.page.parents.push(o.element);
            o.element = self.page.parents.len() as u32 - 1;
        }
        let role = attribute("role").unwrap_or_default();
        o.hidden |=
            HIDDEN.contains(&name) || attribute("hidden").is_some() || attribute("aria-hidden") == Some("true") || attribute("style").is_some_and(is_hidden);
        o.link |= name == "a";
        o.around.chrome |= CHROME.contains(&name) || matches!(role, "navigation" | "banner" | "contentinfo" | "search" | "dialog" | "complementary");
        o.around.article |= matches!(name, "article" | "main") || role == "main";
        let whole_page = matches!(name, "html" | "body" | "main");
        if !whole_page {
            let names = [attribute("class"), attribute("id"), attribute("itemprop"), attribute("data-testid")];
            let said = Said::by(names.into_iter().flatten());
            if said.body {
                // the report itself, in whatever it stands
                (o.around.body, o.around.furniture) = (true, false);
            }
            o.around.furniture |= said.furniture && !said.body;
            o.around.embedded |= said.embedded;
            o.label = said.label.or(o.label);
        }
        o.kind = match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Kind::Heading(name.as_bytes()[1] - b'0'),
            "li" => Kind::Item,
            "figcaption" | "caption" => Kind::Caption,
            "p" if o.kind == Kind::Item || o.kind == Kind::Caption => o.kind,
            _ if block.is_some() && o.kind != Kind::Caption => Kind::Text,
            _ => o.kind,
        };
        self.open.push(o);
    }

    /// Closes what the start of a block closes without being told to.
    fn imply(&mut self, name: &str) {
        let closes: &[&str] = match name {
            "li" => &["p", "li"],
            "dd" | "dt" => &["p", "dd", "dt"],
            "td" | "th" => &["p", "td", "th"],
            "tr" => &["p", "td", "th", "tr"],
            "option" => &["option"],
            "body" => &["head", "title"],
            _ => &["p", "head"],
        };
        // not beyond the list or table that it stands in
        while self.open.len() > 1 && closes.contains(&self.top().name) {
            self.open.pop();
        }
    }

    fn closed(&mut self, name: &str) {
        match (name, self.text_of) {
            ("title", "title") => self.text_of = "",
            ("script", "ld") => {
                self.text_of = "";
                if self.page.data.len() < 64 {
                    self.page.data.push(std::mem::take(&mut self.data));
                }
            }
            _ => {}
        }
        if BLOCKS.contains(&name) {
            self.flush();
        }
        // the innermost of that name and what was left open in it; a stray end changes nothing
        if let Some(at) = self.open.iter().rposition(|o| o.name == name).filter(|at| *at > 0) {
            self.open.truncate(at);
        }
    }

    fn line_break(&mut self) {
        match &self.block {
            // two breaks part paragraphs, and so does one behind a full stop
            Some(b) if b.text.ends_with(['\n', '.', '؟', '!', '…']) => self.flush(),
            Some(_) => {
                if let Some(b) = &mut self.block {
                    b.text.push('\n');
                }
            }
            None => {}
        }
    }

    fn text(&mut self, value: &[u8], span: Range<usize>) {
        let value = String::from_utf8_lossy(value);
        match self.text_of {
            "title" => return self.page.title.push_str(&value),
            "ld" => return self.data.push_str(&value),
            _ => {}
        }
        let top = self.top();
        if top.hidden || self.page.blocks.len() >= MOST {
            return;
        }
        let words = value.trim();
        if words.is_empty() {
            if let Some(b) = self.block.as_mut().filter(|b| !b.text.ends_with([' ', '\n'])) {
                b.text.push(' ');
            }
            return;
        }
        let block = self.block.get_or_insert_with(|| Block {
            text: String::new(),
            kind: top.kind,
            around: top.around,
            element: top.element,
            linked: 0,
            label: None,
            pieces: Vec::new(),
        });
        block.label = block.label.or(top.label);
        if value.starts_with(char::is_whitespace) && !block.text.is_empty() && !block.text.ends_with([' ', '\n']) {
            block.text.push(' ');
        }
        block.pieces.push((block.text.len(), span));
        for (n, w) in words.split_whitespace().enumerate() {
            if n > 0 {
                block.text.push(' ');
            }
            block.text.push_str(w);
        }
        if top.link {
            block.linked += words.chars().count();
        }
        if value.ends_with(char::is_whitespace) {
            block.text.push(' ');
        }
    }

    fn flush(&mut self) {
        let Some(mut b) = self.block.take() else { return };
        b.text.truncate(b.text.trim_end().len());
        // one line a block: a single break inside is a space
        if b.text.contains('\n') {
            b.text = b.text.replace('\n', " ");
        }
        self.page.blocks.push(b);
    }
}

impl Open {
    fn hidden_by(&self, name: &str) -> bool {
        self.name == name
    }
}

fn is_hidden(style: &str) -> bool {
    let style: String = style.to_ascii_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    style.contains("display:none") || style.contains("visibility:hidden")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_that_nothing_closes() {
        let p = Page::parse("<ul><li>أول<li>ثان</ul><p>ثالث<p>رابع &amp; خامس<br><br>سادس");
        let texts: Vec<&str> = p.blocks.iter().map(|b| b.text.as_str()).collect();
        assert_eq!(texts, ["أول", "ثان", "ثالث", "رابع & خامس", "سادس"]);
    }

    #[test]
    fn every_piece_knows_its_place() {
        let html = "<p>قصفت <b>المدفعية</b> البلدة</p>";
        let p = Page::parse(html);
        for (text, source) in p.blocks[0].pieces() {
            assert_eq!(text.trim(), html[source].trim());
        }
    }

    #[test]
    fn a_million_elements_deep() {
        let p = Page::parse(&format!("{}قصف{}", "<div>".repeat(1_000_000), "</div>".repeat(1_000_000)));
        assert_eq!(p.blocks[0].text, "قصف");
    }
}
