//! What reads text: any text, with its offsets and order looked at.

use crate::{with, words};
use arabic::fold::{Level, fold, fold_str};
use arabic::number::Numbers;
use arabic::page;
use arabic::search::Analyser;
use arabic::text::Text;
use arabic::words::Words;
use claims::record::{Claim, Span};
use claims::{Coder, Document};
use places::{Hints, PlaceFinder};
use std::cell::RefCell;
use std::ops::Range;
use time::{Moment, Prefer, TimeFinder};

thread_local! {
    static WORDS: RefCell<Option<Words>> = const { RefCell::new(None) };
    static NUMBERS: RefCell<Option<[Numbers; 2]>> = const { RefCell::new(None) };
    static TIMES: RefCell<Option<TimeFinder>> = const { RefCell::new(None) };
    static PLACES: RefCell<Option<PlaceFinder>> = const { RefCell::new(None) };
    static CODER: RefCell<Option<Coder>> = const { RefCell::new(None) };
    static SEARCH: RefCell<Option<Analyser>> = const { RefCell::new(None) };
}

/// Cuts the text of some bytes and hands it on.
fn cut(bytes: &[u8], then: impl FnOnce(&str, &Text<'_>, &Words)) {
    let raw = words::text(bytes);
    with(
        &WORDS,
        || Words::new(arabic::dictionary()),
        |words| {
            let text = Text::new(&raw, words);
            then(&raw, &text, words);
        },
    );
}

/// Ranges that lie in the text, in order, none of them empty.
fn in_order<'a>(ranges: impl Iterator<Item = &'a Range<usize>>, end: usize) {
    let mut last = 0;
    for r in ranges {
        assert!(r.start >= last && r.start < r.end && r.end <= end, "{r:?} behind {last} in {end}");
        last = r.end;
    }
}

/// Tokens, sentences, folding, furniture and search terms.
pub fn text(bytes: &[u8]) {
    cut(bytes, |raw, text, words| {
        let tokens: Vec<Range<usize>> = text.tokens.iter().map(|t| t.range()).collect();
        in_order(tokens.iter(), raw.len());
        assert!(tokens.iter().all(|t| raw.get(t.clone()).is_some()));
        in_order(text.sentences.iter(), text.tokens.len());
        let points = raw.chars().count();
        for level in [Level::Clean, Level::Folded, Level::Loose] {
            let folded = fold(raw, level);
            assert_eq!(folded.text(), fold_str(raw, level));
            assert_eq!(fold_str(folded.text(), level), folded.text(), "folded again");
            let mut last = 0;
            for c in 0..folded.len() {
                let source = folded.source(c..c + 1);
                assert!(source.start <= last && source.end >= last && source.end <= points);
                last = source.end;
            }
        }
        in_order(page::lines(text, words, None).iter().map(|l| &l.0), text.tokens.len());
        with(
            &SEARCH,
            || Analyser::new(arabic::dictionary()),
            |a| {
                let _ = (a.analyse(raw), a.query(raw));
            },
        );
    });
}

/// Numbers.
pub fn numbers(bytes: &[u8]) {
    cut(bytes, |raw, text, words| {
        with(
            &NUMBERS,
            || [Numbers::new(), Numbers::new().relative()],
            |finders| {
                for finder in finders {
                    let found = finder.find(text, words);
                    in_order(found.iter().map(|n| &n.tokens), text.tokens.len());
                    for n in &found {
                        assert!(raw.get(n.bytes.clone()).is_some_and(|s| !s.is_empty()));
                        assert!(n.outer.start <= n.tokens.start && n.outer.end >= n.tokens.end && n.outer.end <= text.tokens.len());
                        assert!(n.value.is_finite(), "{n:?}");
                        assert!(!matches!((n.low, n.high), (Some(l), Some(h)) if l > h), "{n:?}");
                    }
                }
            },
        );
    });
}

/// Expressions of time, on any day of publication.
pub fn time(bytes: &[u8]) {
    let (year, rest) = bytes.split_at_checked(2).unwrap_or((b"\0\0", bytes));
    let year = 1 + u16::from_le_bytes([year[0], year[1]]) % 3000;
    let anchor = Moment::parse(&format!("{year:04}-02-28T23:59:59")).expect("a day");
    cut(rest, |raw, text, words| {
        with(&TIMES, TimeFinder::new, |finder| {
            for prefer in [Prefer::Past, Prefer::Future] {
                let found = finder.find(text, words, anchor, prefer);
                in_order(found.iter().map(|e| &e.tokens), text.tokens.len());
                for e in &found {
                    assert!(raw.get(e.bytes.clone()).is_some_and(|s| !s.is_empty()));
                    assert!(e.interval.is_none_or(|i| i.from < i.until), "{e:?}");
                }
            }
        });
    });
}

/// Names of places.
pub fn places(bytes: &[u8]) {
    cut(bytes, |raw, text, words| {
        with(&PLACES, PlaceFinder::new, |finder| {
            for m in finder.find(text, words, &Hints::default()) {
                assert!(raw.get(m.bytes.clone()).is_some_and(|s| !s.is_empty()));
                assert!(m.outer.start <= m.tokens.start && m.tokens.start < m.tokens.end && m.tokens.end <= m.outer.end && m.outer.end <= text.tokens.len());
                assert!(m.point.is_none_or(|(lat, lon)| lat.abs() <= 90.0 && lon.abs() <= 180.0));
                assert!((1..=3).contains(&m.precision));
            }
        });
    });
}

fn document(bytes: &[u8]) -> Document {
    Document { id: "d".into(), text: words::text(bytes), published: Some("2021-03-04".into()), ..Document::default() }
}

/// A span is the characters of the text.
fn sound(s: &Span, chars: &[char]) {
    assert!(s.start < s.end && s.end <= chars.len(), "{s:?}");
    assert!(chars[s.start..s.end].iter().copied().eq(s.text.chars()), "{s:?}");
}

/// Persons and groups.
pub fn participants(bytes: &[u8]) {
    let doc = document(bytes);
    let chars: Vec<char> = doc.text.chars().collect();
    with(&CODER, Coder::new, |coder| coder.participants(&doc).iter().for_each(|p| sound(&p.span, &chars)));
}

fn spans(c: &Claim) -> impl Iterator<Item = &Span> {
    std::iter::once(&c.trigger)
        .chain(c.actors.iter().chain(&c.recipients).map(|p| &p.span))
        .chain(c.places.iter().map(|p| &p.span))
        .chain(c.counts.iter().map(|p| &p.span))
        .chain(c.sources.iter().flat_map(|s| std::iter::once(&s.span).chain(&s.cue)))
        .chain(c.objects.iter().map(|p| &p.span))
        .chain(c.framing.iter().map(|p| &p.span))
        .chain(c.time.iter().filter_map(|t| t.span.as_ref()))
}

/// Claims.
pub fn code(bytes: &[u8]) {
    let doc = document(bytes);
    let chars: Vec<char> = doc.text.chars().collect();
    with(&CODER, Coder::new, |coder| {
        let claims = coder.code(&doc);
        for c in &claims {
            spans(c).for_each(|s| sound(s, &chars));
            assert!(c.sentence.start <= c.trigger.start && c.trigger.end <= c.sentence.end);
            assert!((0.0..=1.0).contains(&c.confidence));
            let line = serde_json::to_string(c).expect("a record is JSON");
            assert!(!line.contains('\n'));
        }
        assert!(claims.windows(2).all(|w| w[0].trigger.start <= w[1].trigger.start));
    });
}
