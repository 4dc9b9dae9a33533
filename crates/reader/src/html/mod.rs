//! A page: its blocks ([`blocks`]), which of them are its report ([`main_text`]), what it says of itself ([`facts`]).
//!
//! The page is read in one pass over its tokens, with a stack of open elements that no page can make large; nothing recurses. Every
//! block knows which characters of the page it came from, and so does the text of a document ([`Document::map`]).

pub mod blocks;
pub mod facts;
pub mod main_text;

use crate::format::Hints;
use crate::{Document, Dropped, Problem};
use blocks::Page;

/// The document of a page.
///
/// # Errors
/// [`Problem::NoReport`] when no block of it reads like one.
pub fn document(html: &str, hints: &Hints) -> Result<Document, Problem> {
    let page = Page::parse(html);
    let mut d = Document::default();
    let facts = facts::Facts::of(&page, hints);
    facts.tell(&mut d);
    let kept = main_text::choose(&page, d.title.as_deref());
    // code points of the page, in the order of the blocks
    let mut at = Cursor { html, byte: 0, point: 0 };
    let mut points = 0;
    for (block, why) in page.blocks.iter().zip(&kept) {
        let Some(why) = why else {
            if !d.text.is_empty() {
                d.text.push('\n');
                points += 1;
            }
            for (text, source) in block.pieces() {
                let n = text.chars().count();
                d.map.push(crate::Piece { text: points..points + n, source: at.to(source.start)..at.to(source.end) });
                points += n;
            }
            d.text.push_str(&block.text);
            continue;
        };
        let source = block.source();
        d.dropped.push(Dropped { span: at.to(source.start)..at.to(source.end), why, text: block.text.clone() });
    }
    if d.text.trim().is_empty() {
        // a page that a script would fill may carry its text for search engines
        match facts.body {
            Some(body) if body.split_whitespace().count() > 20 => {
                d.text = plain(&body);
                d.map.clear();
                d.found.push(crate::Found { field: "text", value: String::new(), place: "JSON-LD articleBody".into() });
            }
            _ => return Err(Problem::NoReport("nothing on the page reads like one")),
        }
    }
    Ok(d)
}

/// The words of a fragment of HTML, a line a block: the body of a feed's entry.
///
/// ```
/// assert_eq!(tawatur_reader::html::plain("<p>قصفت المدفعية <b>البلدة</b>.</p><p>وأصيب طفل&#1611;.</p>"), "قصفت المدفعية البلدة.\nوأصيب طفلً.");
/// ```
pub fn plain(html: &str) -> String {
    let page = Page::parse(html);
    page.blocks.iter().map(|b| b.text.as_str()).collect::<Vec<_>>().join("\n")
}

/// Counts code points of a page forward.
struct Cursor<'a> {
    html: &'a str,
    byte: usize,
    point: usize,
}

impl Cursor<'_> {
    fn to(&mut self, byte: usize) -> usize {
        let mut byte = byte.min(self.html.len());
        while !self.html.is_char_boundary(byte) {
            byte -= 1;
        }
        if byte < self.byte {
            self.point -= self.html[byte..self.byte].chars().count();
        } else {
            self.point += self.html[self.byte..byte].chars().count();
        }
        self.byte = byte;
        self.point
    }
}
