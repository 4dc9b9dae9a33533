//! Runs every example of `lexicon/time/rules.toml`, and every text in which a rule must find nothing.

use arabic::{dictionary, text::Text, words::Words};
use tawatur_time::{Expression, Moment, Prefer, TimeFinder, table};

fn find(finder: &mut TimeFinder, words: &mut Words, text: &str, anchor: Moment) -> Vec<Expression> {
    let t = Text::new(text, words);
    finder.find(&t, words, anchor, Prefer::Past)
}

#[test]
fn examples_resolve() {
    let mut words = Words::new(dictionary());
    let mut finder = TimeFinder::new();
    let mut bad = Vec::new();
    for rule in &table().rules {
        for e in &rule.examples {
            let p: Vec<&str> = e.split('|').map(str::trim).collect();
            let anchor = Moment::parse(p[1]).unwrap_or_else(|| panic!("{}: anchor of {e}", rule.id));
            let found = find(&mut finder, &mut words, p[0], anchor);
            let got = found.iter().max_by_key(|x| x.bytes.len());
            let ok = got.is_some_and(|x| {
                x.rule == rule.id
                    && match p.len() {
                        3 => x.duration.as_deref() == Some(p[2]),
                        _ => x.interval.is_some_and(|i| Some(i.from) == Moment::parse(p[2]) && Some(i.until) == Moment::parse(p[3])),
                    }
            });
            if !ok {
                bad.push(format!("{}: {e}\n      got {got:?}", rule.id));
            }
        }
    }
    assert!(bad.is_empty(), "{} examples fail:\n{}", bad.len(), bad.join("\n"));
}

#[test]
fn counterexamples_do_not_match() {
    let mut words = Words::new(dictionary());
    let mut finder = TimeFinder::new();
    let anchor = Moment::parse("2016-11-07").unwrap();
    let mut bad = Vec::new();
    for rule in &table().rules {
        for text in &rule.not {
            if let Some(x) = find(&mut finder, &mut words, text, anchor).iter().find(|x| x.rule == rule.id) {
                bad.push(format!("{}: {text}: {x:?}", rule.id));
            }
        }
    }
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

#[test]
fn every_rule_has_examples_of_both_kinds() {
    for r in &table().rules {
        // sets have no interval, and what only looks forward needs another preference than the examples'
        let exempt = matches!(&*r.id, "set" | "set.always" | "set.every" | "set.running" | "hence.bare");
        assert!(!r.not.is_empty() && (!r.examples.is_empty() || exempt), "{}", r.id);
    }
}
