//! Which lines of a page are its report, and which only stand around it.
//!
//! A stored article often carries its title once more, the lead once more, headlines of other articles, and the words of
//! buttons. None of that is reported there. What is meant by each [`Line`] and how it is told apart:
//!
//! - a title: a line without a full stop that repeats the title, wholly or in part;
//! - a repetition: a sentence nearly all of whose sequences of three words stood earlier in the text;
//! - furniture: begins with, or is, one of the phrases of `lexicon/page.txt`;
//! - a headline or caption: in a text whose paragraphs end in full stops, a short line that does not, and that opens with a
//!   noun. An Arabic report opens its sentences with a verb or a conjunction; headlines and captions put the noun first;
//! - a page of headlines: many short lines without a full stop, none of which tells what the title says.

use crate::hash::{Map, Set};
use crate::morph::{Person, Pos, Tense};
use crate::text::{Kind, Text};
use crate::words::{Proclitics, Word, WordId, Words};
use std::cell::OnceCell;
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
    /// A headline of another article, or a caption.
    Related,
    /// Words of the page.
    Furniture,
    /// The name of a section.
    Section,
}

/// How long a headline or caption can be, in words.
const HEADLINE: usize = 25;
/// How long a caption with its credit can be.
const CAPTION: usize = 60;
/// A question or shout that stands alone and is no longer is one, too.
const QUESTION: usize = 12;
/// A line longer than this is a paragraph whatever it opens with.
const PARAGRAPH: usize = 20;
/// A longer one is not compared with the title.
const FOLDED: usize = 30;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    /// A line that begins so is furniture.
    Begin,
    /// So is one that also has a number, as a line with a date has.
    Dated,
    /// A line that is just this.
    Whole,
    /// A line that is just this names a section.
    Section,
    /// A title that begins with this word stands over a list of short reports.
    Digest,
}

/// The phrases, and the words that one of them begins with.
struct Rules {
    phrases: Map<Vec<String>, Rule>,
    firsts: Set<String>,
}

fn rules() -> &'static Rules {
    static RULES: OnceLock<Rules> = OnceLock::new();
    static TEXT: &str = include_str!("../../../lexicon/page.txt");
    RULES.get_or_init(|| {
        let phrases: Map<Vec<String>, Rule> = TEXT
            .lines()
            .map(str::trim)
            .filter(|l| !l.is_empty() && !l.starts_with('#'))
            .filter_map(|l| {
                let (class, phrase) = l.split_once(' ')?;
                let rule = match class {
                    "begin" => Rule::Begin,
                    "dated" => Rule::Dated,
                    "whole" => Rule::Whole,
                    "section" => Rule::Section,
                    "digest" => Rule::Digest,
                    _ => return None,
                };
                Some((crate::names::name_words(phrase), rule))
            })
            .collect();
        let firsts = phrases.keys().filter_map(|p| p.first().cloned()).collect();
        Rules { phrases, firsts }
    })
}

/// Words of a line by the phrases of `lexicon/page.txt`, when it is furniture or names a section.
///
/// ```
/// use tawatur_arabic::{names::name_words, page::{phrase, Line}};
/// assert_eq!(phrase(&name_words("آخر تحديث: 14 مارس 2021")), Some(Line::Furniture));
/// assert_eq!(phrase(&name_words("شاهد عيان: القصف استمر ساعة")), None);
/// ```
pub fn phrase(words: &[String]) -> Option<Line> {
    let rules = &rules().phrases;
    match rules.get(words) {
        Some(Rule::Section) => return Some(Line::Section),
        Some(Rule::Begin | Rule::Dated | Rule::Whole) => return Some(Line::Furniture),
        Some(Rule::Digest) | None => {}
    }
    let numbered = || words.iter().any(|w| w.chars().all(char::is_numeric));
    (1..words.len().min(6))
        .any(|n| match rules.get(&words[..n]) {
            Some(Rule::Begin) => true,
            Some(Rule::Dated) => numbered(),
            _ => false,
        })
        .then_some(Line::Furniture)
}

/// What a line opens with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opening {
    /// A verb: a sentence.
    Verb,
    /// و or ف: the sentence before goes on.
    Joined,
    /// Anything else.
    Noun,
}

/// A stretch between two line breaks.
struct Stretch {
    tokens: Range<usize>,
    words: Vec<WordId>,
    names: OnceCell<Vec<String>>,
    opening: Opening,
    /// A point of a list.
    item: bool,
    /// Ends as a sentence does.
    stopped: bool,
    /// Has the sign of a right in a picture: a caption.
    credited: bool,
    /// Ends as a question or a shout does: a headline may, too.
    asks: bool,
    /// Ends in a colon or comma: more is to come.
    promises: bool,
}

impl Stretch {
    fn new(text: &Text<'_>, words: &Words, tokens: Range<usize>) -> Stretch {
        let all = &text.tokens[tokens.clone()];
        let counted = |k: Kind| matches!(k, Kind::Word | Kind::Number | Kind::Foreign);
        let ids: Vec<WordId> = all.iter().filter(|t| counted(t.kind)).map(|t| t.word).collect();
        // "." or "؟", also inside closing quotes; "..." promises more elsewhere
        let last = all.iter().rev().map(|t| text.slice(t.range())).find(|t| !matches!(*t, "\"" | "”" | "»" | ")" | "’" | "“" | "]"));
        let opening = opening(text, words, tokens.clone());
        Stretch {
            opening,
            item: all.first().is_some_and(|t| matches!(text.slice(t.range()), "-" | "–" | "—" | "•" | "*" | "●" | "▪")),
            // two dots end a careless sentence, and part the halves of a headline
            stopped: matches!(last, Some("." | "؟" | "!" | "?")) || last == Some("..") && opening != Opening::Noun,
            credited: all.iter().any(|t| t.kind == Kind::Punct && text.slice(t.range()) == "©"),
            asks: matches!(last, Some("؟" | "!" | "?")),
            promises: matches!(last, Some(":" | "،" | ",")),
            tokens,
            words: ids,
            names: OnceCell::new(),
        }
    }

    /// Its words, folded, for the lexicon and the title; none of a long line, which is neither.
    fn names(&self, text: &Text<'_>) -> &[String] {
        let make = || if self.words.len() <= FOLDED { crate::names::name_words(text.slice(text.span(self.tokens.clone()))) } else { Vec::new() };
        self.names.get_or_init(make)
    }

    /// What the lexicon says of it. Hardly any line begins with a word of the lexicon, so that only its first word is folded.
    fn phrase(&self, text: &Text<'_>) -> Option<Line> {
        if self.words.len() > PARAGRAPH {
            return None;
        }
        let first = crate::names::first_word(text.slice(text.span(self.tokens.clone())))?;
        if rules().firsts.contains(&first) { phrase(self.names(text)) } else { None }
    }

    /// A paragraph of a report rather than a line of a list.
    fn is_paragraph(&self) -> bool {
        self.words.len() > PARAGRAPH || self.opening != Opening::Noun
    }

    fn could_be_headline(&self) -> bool {
        (!self.stopped || self.asks && self.words.len() <= QUESTION) && !self.promises && self.words.len() <= HEADLINE
    }
}

/// What a line opens with; behind a name and a colon only a report is a sentence (`حمص: قصف الطيران`), a speaker's words are
/// not (`الوزير: سنقصف`).
fn opening(text: &Text<'_>, words: &Words, tokens: Range<usize>) -> Opening {
    let all = &text.tokens[tokens];
    let colon = all.iter().take(5).rposition(|t| text.slice(t.range()) == ":").map_or(0, |i| i + 1);
    let mut list = all[colon..].iter().filter(|t| t.kind != Kind::Punct);
    let (Some(first), second) = (list.next(), list.next()) else { return Opening::Noun };
    if first.kind != Kind::Word {
        return Opening::Noun;
    }
    let word = words.get(first.word);
    if !word.readings.is_empty() && word.readings.iter().all(|r| r.pro.any(Proclitics::CONJ)) {
        return Opening::Joined;
    }
    let tense = |t: Tense| t == Tense::Past || t == Tense::Present && colon == 0;
    let finite =
        |w: &Word| w.readings.iter().any(|r| r.pos == Pos::Verb && !r.pro.any(Proclitics::CONJ) && tense(r.feat.tense()) && r.feat.person() == Person::Third);
    if !finite(word) {
        return Opening::Noun;
    }
    // قصف الطيران: a verb and its subject; قصف جوي: a noun and its adjective
    let subject = || second.is_some_and(|t| t.kind == Kind::Word && words.get(t.word).readings.iter().any(|r| r.is_definite() || r.pos == Pos::Name));
    if word.readings.iter().all(|r| r.pos == Pos::Verb) || subject() { Opening::Verb } else { Opening::Noun }
}

fn stretches(text: &Text<'_>, words: &Words) -> Vec<Stretch> {
    text.tokens
        .split(|t| t.kind == Kind::Break)
        .scan(0, |at, part| {
            let start = *at;
            *at += part.len() + 1;
            Some(start..start + part.len())
        })
        .filter(|r| !r.is_empty())
        .map(|r| Stretch::new(text, words, r))
        .collect()
}

/// The sequences of three words that a text has had so far.
struct Before(Set<u64>);

/// The sequences of three words, each as one number. Those of a text of more than two million different words could be taken for
/// one another, a few of them: what nearly all of a sentence does is not changed by that.
fn threes(words: &[WordId]) -> impl Iterator<Item = u64> + '_ {
    words.windows(3).map(|w| (w[0].0 as u64) << 42 ^ (w[1].0 as u64) << 21 ^ w[2].0 as u64)
}

impl Before {
    /// Of a text of so many tokens.
    fn new(tokens: usize) -> Before {
        Before(Set::with_capacity_and_hasher(tokens, Default::default()))
    }

    fn add(&mut self, words: &[WordId]) {
        self.0.extend(threes(words));
    }

    /// Whether nearly all of a sentence stood there; a short one may, by chance.
    fn had(&self, words: &[WordId]) -> bool {
        if words.len() < 8 {
            return false;
        }
        let n = threes(words).filter(|w| self.0.contains(w)).count();
        n as f64 >= 0.85 * (words.len() - 2) as f64
    }
}

/// The lines of a text in order: their tokens, and what each is. A line that is only partly a repetition is given in parts.
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
    let list = stretches(text, words);
    let title = title.map(crate::names::name_words).unwrap_or_default();
    let joined = format!(" {} ", title.join(" "));
    let mut kinds: Vec<Line> = list
        .iter()
        .map(|s| match s.phrase(text) {
            Some(k) => k,
            None if !s.stopped && !title.is_empty() && s.names(text).len() >= 3 && joined.contains(&format!(" {} ", s.names(text).join(" "))) => Line::Title,
            None => Line::Body,
        })
        .collect();
    let digest = title.iter().take(2).any(|w| rules().phrases.get(std::slice::from_ref(w)) == Some(&Rule::Digest));
    headlines(&list, &mut kinds, digest);
    if !digest && page_of_headlines(text, &list, &kinds, &title) {
        kinds.iter_mut().filter(|k| **k == Line::Body).for_each(|k| *k = Line::Related);
    } else if !kinds.contains(&Line::Body)
        && let Some(first) = kinds.iter().position(|k| *k == Line::Title)
    {
        // a report of one line, which is its own title
        kinds[first] = Line::Body;
    }
    let mut before = Before::new(text.tokens.len());
    let mut out = Vec::with_capacity(list.len());
    for (s, kind) in list.into_iter().zip(kinds) {
        if kind == Line::Body {
            parts(text, &s, &mut before, &mut out);
        } else {
            before.add(&s.words);
            out.push((s.tokens, kind));
        }
    }
    out
}

/// The sentences of the report on a page: those of the lines of its [`Line::Body`].
pub fn report(text: &Text<'_>, words: &Words, title: Option<&str>) -> Vec<Range<usize>> {
    let lines = lines(text, words, title);
    let body = |s: &&Range<usize>| lines[lines.partition_point(|l| l.0.end <= s.start)].1 == Line::Body;
    text.sentences.iter().filter(body).cloned().collect()
}

/// Marks the headlines and captions of a text whose paragraphs end in full stops, and the lines under a heading such as
/// "اقرأ أيضا". In a `digest` every line may be a report.
fn headlines(list: &[Stretch], kinds: &mut [Line], digest: bool) {
    let is_body = |k: &Line| *k == Line::Body;
    // points of a list and what announces them need no full stop
    let paragraphs = || list.iter().zip(&*kinds).filter(|(s, k)| is_body(k) && s.is_paragraph() && !s.item && !s.promises);
    let (all, stopped) = (paragraphs().count(), paragraphs().filter(|(s, _)| s.stopped).count());
    let stops = !digest && stopped > 0 && stopped * 2 >= all;
    let first = kinds.iter().position(is_body);
    let last = list.iter().rposition(|s| s.stopped && s.is_paragraph()).unwrap_or(0);
    // a list that the report announced, of points or of bare lines; a heading of the page above; headlines have begun, behind the end
    let (mut in_list, mut under, mut tail) = (None, false, false);
    for (i, s) in list.iter().enumerate() {
        match kinds[i] {
            Line::Body => {}
            Line::Furniture => {
                under = s.words.len() <= 4;
                tail |= i > last;
                continue;
            }
            _ => continue,
        }
        in_list = match in_list {
            Some(None) => Some(Some(s.item)),
            Some(Some(points)) if s.item == points && (points || s.could_be_headline()) => in_list,
            _ => None,
        };
        if s.credited && s.words.len() <= CAPTION {
            kinds[i] = Line::Related;
            continue;
        }
        let noun = s.opening == Opening::Noun || first == Some(i) && s.opening == Opening::Joined;
        let open = s.could_be_headline() || tail && !s.stopped;
        if open && in_list.is_none() && (under && noun || stops && (noun || tail)) {
            kinds[i] = Line::Related;
            tail = i > last;
            continue;
        }
        (under, tail) = (false, false);
        if s.promises {
            in_list = Some(None);
        }
    }
    // a headline whose noun looks like a verb, among others or above the first paragraph
    let before = list.iter().position(|s| s.stopped && s.is_paragraph()).unwrap_or(0);
    for i in 1..list.len().saturating_sub(1) {
        let among = kinds[i - 1] == Line::Related && (kinds[i + 1] == Line::Related || i < before);
        if kinds[i] == Line::Body && stops && list[i].could_be_headline() && among {
            kinds[i] = Line::Related;
        }
    }
}

/// Whether a text is only headlines: none of its lines ends as a sentence does, and none tells what the title says.
fn page_of_headlines(text: &Text<'_>, list: &[Stretch], kinds: &[Line], title: &[String]) -> bool {
    let telling = |w: &&String| w.chars().count() >= 3;
    let said: Vec<&String> = title.iter().filter(telling).collect();
    let body: Vec<&Stretch> = list.iter().zip(kinds).filter(|(_, k)| **k == Line::Body).map(|(s, _)| s).collect();
    let tells = |s: &Stretch| s.names(text).iter().filter(|w| said.contains(w)).count() * 2 >= said.len();
    said.len() >= 4 && body.len() >= 4 && !kinds.contains(&Line::Title) && body.iter().all(|s| s.could_be_headline() && !s.item && !tells(s))
}

/// A line of the report, those of its sentences apart that only say again what was said.
fn parts(text: &Text<'_>, s: &Stretch, before: &mut Before, out: &mut Vec<(Range<usize>, Line)>) {
    let first = text.sentences.partition_point(|x| x.start < s.tokens.start);
    let mut start = s.tokens.start;
    let sentences = text.sentences[first..].iter().take_while(|x| x.end <= s.tokens.end);
    let mut ends: Vec<usize> = sentences.map(|x| x.end).collect();
    match ends.last_mut() {
        Some(end) => *end = s.tokens.end,
        None => ends.push(s.tokens.end),
    }
    let made = out.len();
    for end in ends {
        let words: Vec<WordId> = text.tokens[start..end].iter().filter(|t| !matches!(t.kind, Kind::Punct | Kind::Break)).map(|t| t.word).collect();
        let kind = if before.had(&words) { Line::Repetition } else { Line::Body };
        before.add(&words);
        match out[made..].last_mut() {
            Some((tokens, k)) if *k == kind => tokens.end = end,
            _ => out.push((start..end, kind)),
        }
        start = end;
    }
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
    fn headlines_behind_a_list_of_points() {
        let raw = "قصفت المدفعية الحي الشرقي من المدينة.\nوبذلك يرتفع عدد القتلى هذا الشهر في المدينة وريفها إلى تسعة، وهم:\n\
                   - ستة من المدنيين بينهم طفلان وامرأة من عائلة واحدة نزحت قبل شهر من القرية المجاورة إلى الحي الشرقي من المدينة بسبب القصف\n\
                   - ثلاثة من الحرس\nالمجلس المحلي يفتتح مدرسة جديدة\nبعد انقطاع.. المياه تعود إلى الأحياء الشمالية";
        assert_eq!(kinds(raw, None)[4..], [Line::Related; 2]);
    }

    #[test]
    fn headlines_behind_a_link_to_another_report() {
        let raw = "قصفت المدفعية الحي الشرقي من المدينة.\nاقرأ أيضا: افتتاح مدرسة جديدة في الحي الشمالي\nتضاربت الأنباء حول موعد الاجتماع";
        assert_eq!(kinds(raw, None), [Line::Body, Line::Furniture, Line::Related]);
    }

    #[test]
    fn headlines_and_captions_between_the_paragraphs() {
        let raw = "دخان فوق الحي الشرقي من المدينة - أرشيف\nقصفت المدفعية الحي الشرقي من المدينة.\nوزير النقل يفتتح جسرا جديدا\n\
                   ونقل المصابون إلى المشفى\nوقال شاهد إن القصف استمر ساعة.";
        assert_eq!(kinds(raw, None), [Line::Related, Line::Body, Line::Related, Line::Body, Line::Body]);
    }

    #[test]
    fn a_list_of_the_report_is_no_list_of_headlines() {
        let raw = "وثق المجلس المحلي مقتل ستة أشخاص في القصف، وهم:\n- ثلاثة رجال من عائلة واحدة\n- طفلان من الحي الشرقي\nوأضاف أن البحث جار.";
        assert_eq!(kinds(raw, None), [Line::Body; 4]);
    }

    #[test]
    fn a_page_of_headlines_is_no_report() {
        let raw = "افتتاح معرض الكتاب في العاصمة\nارتفاع أسعار الخبز\nوزير الصحة يزور الجنوب\nمنتخب الشباب إلى النهائي";
        assert_eq!(kinds(raw, Some("مقتل ثلاثة مدنيين في قصف على البلدة القديمة")), [Line::Related; 4]);
        assert_eq!(kinds(raw, Some("أبرز أخبار اليوم في المدينة والريف والجنوب")), [Line::Body; 4]);
    }

    #[test]
    fn a_report_that_is_only_its_title() {
        assert_eq!(kinds("مقتل رجل برصاص مجهولين", Some("مقتل رجل برصاص مجهولين")), [Line::Body]);
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
        let raw = format!("{lead} ونقلوا إلى المشفى. {lead}");
        assert_eq!(kinds(&raw, None), [Line::Body, Line::Repetition]);
    }
}
