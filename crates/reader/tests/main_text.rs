//! The report of each of sixty pages is found: token F1 at least .92 on average, and no paragraph is lost.

mod pages;

use std::collections::HashMap;
use tawatur_reader::format::Hints;
use tawatur_reader::html;

fn tokens(text: &str) -> HashMap<&str, i64> {
    let mut out = HashMap::new();
    for w in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        *out.entry(w).or_default() += 1;
    }
    out
}

fn f1(got: &str, expected: &str) -> f64 {
    let (a, b) = (tokens(got), tokens(expected));
    let both: i64 = a.iter().map(|(w, n)| (*n).min(*b.get(w).unwrap_or(&0))).sum();
    let all: i64 = a.values().chain(b.values()).sum();
    2.0 * both as f64 / all.max(1) as f64
}

#[test]
fn reports_are_found_whole() {
    let cases = pages::all();
    let (mut sum, mut lost) = (0.0, Vec::new());
    for c in &cases {
        let text = html::document(&c.html, &Hints::default()).map(|d| d.text).unwrap_or_default();
        let score = f1(&text, &c.article.paragraphs.join("\n"));
        sum += score;
        lost.extend(c.article.paragraphs.iter().filter(|p| !text.contains(**p)).map(|p| format!("{}: {p}", c.name)));
        println!("{:.3} {}", score, c.name);
        if score < 0.92 {
            println!("{text}\n");
        }
    }
    let mean = sum / cases.len() as f64;
    println!("{} pages, mean F1 {mean:.3}, {} paragraphs lost", cases.len(), lost.len());
    assert!(lost.is_empty(), "{lost:#?}");
    assert!(mean >= 0.97, "mean F1 {mean}");
}

#[test]
fn the_text_maps_back_to_the_page() {
    for c in pages::all() {
        let d = html::document(&c.html, &Hints::default()).unwrap();
        let (text, page): (Vec<char>, Vec<char>) = (d.text.chars().collect(), c.html.chars().collect());
        assert!(!d.map.is_empty(), "{}", c.name);
        for p in &d.map {
            let (t, s): (String, String) = (text[p.text.clone()].iter().collect(), page[p.source.clone()].iter().collect());
            assert_eq!(t.split_whitespace().collect::<Vec<_>>(), s.split_whitespace().collect::<Vec<_>>(), "{}", c.name);
        }
    }
}

#[test]
fn titles_and_dates_are_found() {
    for c in pages::all() {
        let d = html::document(&c.html, &Hints::default()).unwrap();
        assert_eq!(d.title.as_deref(), Some(c.article.title), "{}", c.name);
        // a layout that shows no date at all
        if let Some(day) = d.published {
            assert_eq!(&day[..10], c.article.day.0, "{}", c.name);
        } else {
            assert!(!c.html.contains(c.article.day.1) && !c.html.contains(c.article.day.0), "{}", c.name);
        }
    }
}
