//! Which blocks of a page are its report.
//!
//! The words of a report stand together: each block of prose gives its weight to the elements around it, and the element with the
//! most is the report's. The blocks outside of it are dropped, and of those inside the ones that only stand there: captions,
//! bylines, dates, links, the title again, headings of lists of links with what is under them.

use super::blocks::{Block, Kind, Page};
use arabic::names::name_words;
use arabic::page::{self, Line};
use arabic::text::Text;
use arabic::words::Words;
use std::cell::RefCell;
use std::collections::HashSet;

/// For every block, why it is not of the report, or `None` when it is.
pub fn choose(page: &Page, title: Option<&str>) -> Vec<Option<&'static str>> {
    let blocks = &page.blocks;
    let Some(home) = home(page) else { return vec![Some("no report"); blocks.len()] };
    let inside = subtree(page, home);
    let title = title.map(name_words).unwrap_or_default();
    let mut before: HashSet<&str> = HashSet::new();
    let mut under = false;
    let mut why: Vec<Option<&'static str>> = Vec::with_capacity(blocks.len());
    for b in blocks {
        // most blocks of a page are none of its report by where they stand: their words are not looked at
        let by_place = match &b.around {
            a if a.chrome => Some("navigation"),
            _ if !inside[b.element as usize] => Some("outside the report"),
            a if a.furniture => Some("furniture"),
            a if a.embedded => Some("an embedded post"),
            _ => None,
        };
        if by_place.is_some() {
            why.push(by_place);
            continue;
        }
        let words = b.words();
        let names = if words <= 30 { name_words(&b.text) } else { Vec::new() };
        let phrase = page::phrase(&names).filter(|_| words <= 20);
        let aside = || b.link_share() > 0.5 || matches!(b.kind, Kind::Item | Kind::Heading(_)) && !is_stopped(&b.text);
        let w = if b.kind == Kind::Caption || b.label == Some("caption") && words <= 40 {
            Some("caption")
        } else if b.label.is_some() && words <= 14 && !is_stopped(&b.text) {
            b.label
        } else if is_title(b, &names, &title) {
            Some("title")
        } else if phrase == Some(Line::Section) {
            Some("section")
        } else if phrase.is_some() {
            under = words <= 6;
            Some("furniture")
        } else if under && aside() {
            Some("related")
        } else if b.link_share() > 0.6 && words < 30 {
            Some("links")
        } else if names.is_empty() && words <= 30 || words <= 2 && !is_stopped(&b.text) && !matches!(b.kind, Kind::Heading(_)) {
            Some("furniture")
        } else if words >= 6 && !before.insert(&b.text) {
            Some("repetition")
        } else {
            None
        };
        under &= w.is_some();
        why.push(w);
    }
    lines(blocks, &title, &mut why);
    why
}

/// Ends as a sentence does.
fn is_stopped(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '»', ')', '’', ']', ' ']).ends_with(['.', '؟', '!', ':', '…'])
}

/// How much a block speaks for the elements around it.
fn weight(b: &Block) -> f64 {
    let words = b.words();
    let prose = words >= 5 && b.link_share() < 0.4 && !matches!(b.kind, Kind::Heading(_) | Kind::Caption);
    if !prose || b.around.chrome || b.around.furniture || b.around.embedded || crate::encoding::arabic_letters(&b.text) < 12 {
        return 0.0;
    }
    let sentence = if is_stopped(&b.text) { 1.5 } else { 1.0 };
    let short = if words < 12 { 0.5 } else { 1.0 };
    let named = if b.around.body { 3.0 } else { 1.0 } * if b.around.article { 1.3 } else { 1.0 };
    let item = if b.kind == Kind::Item { 0.6 } else { 1.0 };
    words.min(120) as f64 * sentence * short * named * item
}

/// The element that holds the report.
fn home(page: &Page) -> Option<u32> {
    let mut scores = vec![0.0; page.parents.len()];
    let weights: Vec<f64> = page.blocks.iter().map(weight).collect();
    for (b, w) in page.blocks.iter().zip(&weights).filter(|x| *x.1 > 0.0) {
        // a paragraph's own element, the one that holds it, and those around that
        let mut element = b.element as usize;
        for share in [1.0, 1.0, 0.5, 0.25] {
            scores[element] += w * share;
            if element == 0 {
                break;
            }
            element = page.parents[element] as usize;
        }
    }
    let best = (0..scores.len()).filter(|i| scores[*i] > 0.0).max_by(|a, b| scores[*a].total_cmp(&scores[*b]).then(a.cmp(b)))?;
    // a report in several parts, with something between them: as long as the element around holds more of it
    let total: f64 = weights.iter().sum();
    let mut home = best;
    let mut held = mass(page, &weights, home);
    for _ in 0..4 {
        if home == 0 {
            break;
        }
        let around = page.parents[home] as usize;
        let more = mass(page, &weights, around);
        if more > held && stopped_share(page, &weights, around, home) >= 0.6 && (more - held) * 10.0 >= held.min(total) * 0.5 {
            (home, held) = (around, more);
        } else if more > held {
            break;
        } else {
            // the same blocks: look further out, but take the smaller element
            let outer = page.parents[around] as usize;
            let further = mass(page, &weights, outer);
            if around != 0 && further > held && stopped_share(page, &weights, outer, home) >= 0.6 && (further - held) * 10.0 >= held * 0.5 {
                (home, held) = (outer, further);
            } else {
                break;
            }
        }
    }
    Some(home as u32)
}

/// The weight of the blocks in an element.
fn mass(page: &Page, weights: &[f64], element: usize) -> f64 {
    let inside = subtree(page, element as u32);
    page.blocks.iter().zip(weights).filter(|(b, _)| inside[b.element as usize]).map(|x| x.1).sum()
}

/// Of the prose that `outer` adds to `inner`, how much ends in full stops.
fn stopped_share(page: &Page, weights: &[f64], outer: usize, inner: usize) -> f64 {
    let (o, i) = (subtree(page, outer as u32), subtree(page, inner as u32));
    let added = || page.blocks.iter().zip(weights).filter(|(b, w)| **w > 0.0 && o[b.element as usize] && !i[b.element as usize]);
    let all: f64 = added().map(|x| x.1).sum();
    let stopped: f64 = added().filter(|(b, _)| is_stopped(&b.text) && b.words() >= 8).map(|x| x.1).sum();
    if all > 0.0 { stopped / all } else { 0.0 }
}

/// Which elements stand in one. Parents come before their children.
fn subtree(page: &Page, element: u32) -> Vec<bool> {
    let mut inside = vec![false; page.parents.len()];
    inside[element as usize] = true;
    for i in (element as usize + 1)..inside.len() {
        inside[i] = inside[page.parents[i] as usize];
    }
    inside
}

/// A heading, or a short line, that says the title again.
fn is_title(b: &Block, names: &[String], title: &[String]) -> bool {
    if names.len() < 3 || title.is_empty() {
        return matches!(b.kind, Kind::Heading(1));
    }
    let again = title.windows(names.len().min(title.len())).any(|w| w == &names[..w.len()]);
    matches!(b.kind, Kind::Heading(1)) || again && !is_stopped(&b.text)
}

thread_local! {
    /// The words of the pages that this thread has read.
    static WORDS: RefCell<Words> = RefCell::new(Words::new(arabic::dictionary()));
}

/// Drops the lines of the text that the analyser would not take for its report either.
fn lines(blocks: &[Block], title: &[String], why: &mut [Option<&'static str>]) {
    let kept: Vec<usize> = (0..blocks.len()).filter(|i| why[*i].is_none()).collect();
    let text: String = kept.iter().map(|i| blocks[*i].text.as_str()).collect::<Vec<_>>().join("\n");
    WORDS.with_borrow_mut(|words| {
        let t = Text::new(&text, words);
        let title = title.join(" ");
        let kinds = page::lines(&t, words, Some(&title).filter(|t| !t.is_empty()).map(String::as_str));
        let mut kinds = kinds.into_iter().map(|(tokens, kind)| (t.span(tokens).start, kind)).peekable();
        let mut start = 0;
        for i in kept {
            let end = start + blocks[i].text.len();
            // a block goes only when all of it does
            let (mut first, mut same) = (None, true);
            while let Some((_, kind)) = kinds.next_if(|k| k.0 < end) {
                same &= *first.get_or_insert(kind) == kind;
            }
            if let Some(kind) = first.filter(|_| same) {
                why[i] = match kind {
                    Line::Body => None,
                    Line::Title => Some("title"),
                    Line::Repetition => Some("repetition"),
                    Line::Related if matches!(blocks[i].kind, Kind::Heading(_)) => None,
                    Line::Related => Some("headline or caption"),
                    Line::Furniture => Some("furniture"),
                    Line::Section => Some("section"),
                };
            }
            start = end + 1;
        }
    });
}
