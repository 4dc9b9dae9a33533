//! scratch
use arabic::{chars::CodePoints, dictionary, number::Numbers, text::Text, words::Words};
use serde_json::{Value, json};
use std::io::{BufRead, Write};
use time::{Anchor, Prefer, TimeFinder};

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let input: Box<dyn BufRead> = Box::new(std::io::BufReader::new(std::fs::File::open(&args[2]).unwrap()));
    let mut words = Words::new(dictionary());
    let mut finder = TimeFinder::new();
    let mut coder = claims::Coder::new();
    let mut numbers = Numbers::new();
    let mut places = places::PlaceFinder::new();
    let prefer = if args.iter().any(|a| a == "future") { Prefer::Future } else { Prefer::Past };
    let out = std::io::stdout();
    let mut out = out.lock();
    for line in input.lines() {
        let v: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let text = v["text"].as_str().unwrap();
        if args[1] == "code" {
            let g = |k: &str| v[k].as_str().map(str::to_string);
            let d = claims::Document { id: g("id").unwrap(), text: text.to_string(), title: g("title"), outlet: g("outlet"), published: g("published"), url: g("url"), extra: Default::default() };
            for c in coder.code(&d) {
                serde_json::to_writer(&mut out, &c).unwrap();
                writeln!(out).unwrap();
            }
            continue;
        }
        let t = Text::new(text, &mut words);
        let cp = CodePoints::new(text);
        let r = if args[1] == "where" {
            let e: Vec<Value> = places
                .find(&t, &words, &Default::default())
                .iter()
                .map(|e| json!({"text": &text[e.bytes.clone()], "start": cp.at(e.bytes.start), "end": cp.at(e.bytes.end), "kind": e.kind.as_str(), "id": e.place.map(|p| places.get(p).id), "point": e.point, "approx": e.approximated_by.map(|p| places.get(p).id), "role": e.role.as_str(), "found": e.found.as_str(), "n": e.candidates.iter().take(3).map(|c| json!([places.get(c.place).id, c.score])).collect::<Vec<_>>() }))
                .collect();
            json!({"id": v["id"], "places": e})
        } else if args[1] == "when" {
            let anchor = Anchor::parse(v["anchor"].as_str().unwrap()).unwrap();
            let e: Vec<Value> = finder
                .find(&t, &words, anchor, prefer)
                .iter()
                .map(|e| json!({"text": &text[e.bytes.clone()], "start": cp.at(e.bytes.start), "end": cp.at(e.bytes.end), "kind": e.kind.as_str(),
                    "from": e.interval.map(|i| i.from.to_string()), "until": e.interval.map(|i| i.until.to_string()), "grain": e.grain.as_str(), "duration": e.duration, "rule": e.rule}))
                .collect();
            json!({"id": v["id"], "expressions": e})
        } else {
            let e: Vec<Value> = numbers
                .find(&t, &words)
                .iter()
                .map(|n| json!({"text": &text[n.bytes.clone()], "start": cp.at(n.bytes.start), "end": cp.at(n.bytes.end), "value": n.value, "kind": n.kind.as_str(), "low": n.low, "high": n.high, "vague": n.vague.map(|v| v.as_str()), "approx": n.approx}))
                .collect();
            json!({"id": v["id"], "numbers": e})
        };
        writeln!(out, "{r}").unwrap();
    }
}
