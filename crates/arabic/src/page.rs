//! Which lines of a page are its report, and which only stand around it.
//!
//! A stored article often carries its title once more, the lead once more, headlines of other articles, and the words of
//! buttons. None of that is reported there. What is meant by each [`Line`] and how it is told apart:
//!
//! - a title: a line without a full stop that repeats the title, wholly or in part;
//! - a repetition: nearly all sequences of three words stood earlier in the text;
//! - a headline of another article: at the end of a text whose lines end in full stops, lines that do not;
//! - furniture: begins with, or is, one of the phrases of `lexicon/page.txt`.

use crate::text::{Kind, Text};
use crate::words::{WordId, Words};
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::OnceLock;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Line {
    /// Part of the report.
    Body,
    /// The title again.
    Title,
    /// Something that stood there before.
    Repetition,
    /// A headline of another article.
    Related,
    /// Words of the page.
    Furniture,
    /// The name of a section.
    Section,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    Begin,
    Whole,
    Section,
}

fn rules() -> &'static HashMap<Vec<String>, Rule> {
    static RULES: OnceLock<HashMap<Vec<String>, Rule>> = OnceLock::new();
    static TEXT: &str = include_str!("../../../lexicon/page.txt");
    RULES.get_or_init(|| {
        TEXT.lines()
            .map(str::trim)
            .filter(|l| !l.is_empty() && !l.starts_with('#'))
            .filter_map(|l| {
                let (class, phrase) = l.split_once(' ')?;
                let rule = match class {
                    "begin" => Rule::Begin,
                    "whole" => Rule::Whole,
                    "section" => Rule::Section,
                    _ => return None,
                };
                Some((crate::names::name_words(phrase), rule))
            })
            .collect()
    })
}

/// Words of a line by the phrases of `lexicon/page.txt`, when it is furniture or names a section.
pub fn phrase(words: &[String]) -> Option<Line> {
    let rules = rules();
    match rules.get(words) {
        Some(Rule::Section) => return Some(Line::Section),
        Some(_) => return Some(Line::Furniture),
        None => {}
    }
    (1..words.len().min(5)).any(|n| rules.get(&words[..n]) == Some(&Rule::Begin)).then_some(Line::Furniture)
}

/// A stretch between two line breaks.
struct Stretch {
    tokens: Range<usize>,
    words: Vec<WordId>,
    stopped: bool,
}

fn stretches(text: &Text<'_>) -> Vec<Stretch> {
    let mut out = Vec::new();
    let mut start = 0;
    for i in 0..=text.tokens.len() {
        if i < text.tokens.len() && text.tokens[i].kind != Kind::Break {
            continue;
        }
        if i > start {
            let tokens = start..i;
            let words = text.tokens[tokens.clone()].iter().filter(|t| matches!(t.kind, Kind::Word | Kind::Number | Kind::Foreign)).map(|t| t.word).collect();
            // "." or "؟", also inside closing quotes; "..." promises more elsewhere
            let last =
                text.tokens[tokens.clone()].iter().rev().map(|t| text.slice(t.range())).find(|t| !matches!(*t, "\"" | "”" | "»" | ")" | "’" | "“" | "]"));
            let stopped = matches!(last, Some("." | "؟" | "!" | "?"));
            out.push(Stretch { tokens, words, stopped });
        }
        start = i + 1;
    }
    out
}

/// How much of a line stood in the lines before: the share of its sequences of three words.
fn seen(words: &[WordId], before: &HashSet<[WordId; 3]>) -> f64 {
    if words.len() < 3 {
        return 0.0;
    }
    let n = words.windows(3).filter(|w| before.contains(&[w[0], w[1], w[2]])).count();
    n as f64 / (words.len() - 2) as f64
}

/// The lines of a text in order: their tokens, and what each is.
///
/// ```
/// use tawatur_arabic::{page::{lines, Line}, text::Text, words::Words, dictionary};
/// let mut words = Words::new(dictionary());
/// let raw = "قصف على البلدة القديمة\nقصفت المدفعية البلدة القديمة فجر اليوم.\nاقرأ أيضا: افتتاح المعرض";
/// let t = Text::new(raw, &mut words);
/// let kinds: Vec<Line> = lines(&t, &words, Some("قصف على البلدة القديمة | موقع")).into_iter().map(|l| l.1).collect();
/// assert_eq!(kinds, [Line::Title, Line::Body, Line::Furniture]);
/// ```
pub fn lines(text: &Text<'_>, words: &Words, title: Option<&str>) -> Vec<(Range<usize>, Line)> {
    let list = stretches(text);
    let names = |s: &Stretch| crate::names::name_words(text.slice(text.span(s.tokens.clone())));
    let title: String = title.map(|t| format!(" {} ", crate::names::name_words(t).join(" "))).unwrap_or_default();
    let mut before: HashSet<[WordId; 3]> = HashSet::new();
    let mut kinds: Vec<Line> = Vec::with_capacity(list.len());
    for s in &list {
        let long = s.words.len() >= 8;
        let short = s.words.len() <= 30;
        let line = if short { names(s) } else { Vec::new() };
        let kind = if let Some(k) = phrase(&line).filter(|_| s.words.len() <= 20) {
            k
        } else if short && !s.stopped && line.len() >= 3 && title.contains(&format!(" {} ", line.join(" "))) {
            Line::Title
        } else if long && seen(&s.words, &before) >= 0.85 {
            Line::Repetition
        } else {
            Line::Body
        };
        before.extend(s.words.windows(3).map(|w| [w[0], w[1], w[2]]));
        kinds.push(kind);
    }
    // what stands behind the last full stop of a text that has them
    let body: Vec<usize> = (0..list.len()).filter(|i| kinds[*i] == Line::Body).collect();
    if let Some(at) = body.iter().rposition(|i| list[*i].stopped) {
        let (kept, tail) = body.split_at(at + 1);
        let stopped = kept.iter().filter(|i| list[**i].stopped).count();
        let headlines = tail.iter().all(|i| list[*i].words.len() <= 25);
        if headlines && stopped * 3 >= kept.len() * 2 {
            for i in tail {
                kinds[*i] = Line::Related;
            }
        }
    }
    let _ = words;
    list.into_iter().zip(kinds).map(|(s, k)| (s.tokens, k)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(raw: &str, title: Option<&str>) -> Vec<Line> {
        let mut words = Words::new(crate::dictionary());
        let text = Text::new(raw, &mut words);
        lines(&text, &words, title).into_iter().map(|l| l.1).collect()
    }

    #[test]
    fn headlines_behind_the_last_full_stop() {
        let raw = "قال المجلس المحلي إن القصف توقف.\nوأضاف أن الأهالي عادوا إلى بيوتهم.\nانفجار في سوق المدينة…\nوصول قافلة مساعدات";
        assert_eq!(kinds(raw, None), [Line::Body, Line::Body, Line::Related, Line::Related]);
    }

    #[test]
    fn a_text_without_full_stops_is_all_body() {
        assert_eq!(kinds("قصف على القرية\nإصابة طفل\nوصول الإسعاف", None), [Line::Body; 3]);
    }

    #[test]
    fn the_lead_told_again() {
        let lead = "قصفت المدفعية فجر اليوم الأحياء الشرقية من المدينة وأصابت ثلاثة مدنيين.";
        let raw = format!("{lead}\nونقلوا إلى المشفى.\n{lead}");
        assert_eq!(kinds(&raw, None), [Line::Body, Line::Body, Line::Repetition]);
    }
}
