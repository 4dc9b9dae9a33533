//! Fits `lexicon/confidence.toml` to annotated texts.
//!
//! ```text
//! cargo run --release -p tawatur-claims --example calibrate -- \
//!     --reports REPORTS.jsonl --sentences A.jsonl --sentences B.jsonl --lexicon lexicon/events [--threshold 0.4] [--lone-threshold 0.35] [--type PROTEST=0.2] [--ridge 2] [--list FILE] [--write lexicon/confidence.toml]
//! ```
//!
//! REPORTS: a document a line, `{"id","text","published","segments":[[from,to]],"claims":[{"type","seg","trigger":[from,to],"also":[[from,to]]}]}`.
//! SENTENCES: a sentence a line, `{"id","text","type","label","accept","reject"}`, the label "yes" when it tells of an event of the type.
//! LEXICON: a folder of event entries, whose own examples are short sentences that tell, or do not tell, of the entry's type.
//!
//! The model is a logistic regression with a ridge, fitted by Newton's method: no randomness, the same files give the same weights.
//! A sentence says only that one of its event words is meant; the surest one under the last fit is taken, four times over. What is
//! printed is measured on documents that the fit has not seen: five folds, by the order of the lines.

use serde_json::Value;
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use tawatur_claims::coder::Candidate;
use tawatur_claims::lexicon::{Confidence, Feature, Features, Source};
use tawatur_claims::record::Modality;
use tawatur_claims::{Coder, Document};

const FOLDS: usize = 5;
const N: usize = Feature::COUNT;

/// The parameters: each feature alone, in a lone sentence, of a protest; then one for each event entry.
fn parameters(events: usize) -> usize {
    3 * N + events
}

/// What an event word switches on.
type Row = Vec<(usize, f64)>;

fn row(event: usize, f: &Features) -> Row {
    let on: Vec<(usize, f64)> = f.iter().enumerate().filter(|x| *x.1 != 0.0).map(|(i, v)| (i, *v as f64)).collect();
    let mut out = on.clone();
    for (block, switch) in [(1, Feature::Lone), (2, Feature::Protest)] {
        if f[switch as usize] != 0.0 {
            out.extend(on.iter().map(|(i, v)| (block * N + i, *v)));
        }
    }
    out.push((3 * N + event, 1.0));
    out
}

/// An event word: which fold and text it is of, how it stands, whether it is a claim.
struct Example {
    fold: usize,
    text: usize,
    event: usize,
    features: Features,
    row: Row,
    /// `None`: a word of a sentence that tells an event, maybe by another word.
    truth: Option<bool>,
    /// Its text, word and lexicon entry, for `--list`.
    shown: String,
}

impl Example {
    fn new(text: usize, c: &Candidate, truth: Option<bool>) -> Example {
        Example { fold: text % FOLDS, text, event: c.event, features: c.features, row: row(c.event, &c.features), truth, shown: shown(c) }
    }
}

/// One annotated file: its event words and what they are measured against.
struct Set {
    name: String,
    examples: Vec<Example>,
    /// Sentences: does the text tell of an event? Empty for reports.
    labels: Vec<bool>,
    /// Claims that no event word stands for.
    missed: usize,
}

fn lines(path: &str) -> Result<Vec<Value>, Box<dyn Error>> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{path}: {e}"))?;
    text.lines()
        .filter(|l| !l.trim().is_empty())
        .enumerate()
        .map(|(n, l)| serde_json::from_str(l).map_err(|e| format!("{path}, line {}: {e}", n + 1).into()))
        .collect()
}

fn document(v: &Value) -> Document {
    let s = |k: &str| v[k].as_str().map(str::to_string);
    Document {
        id: s("id").unwrap_or_default(),
        text: s("text").unwrap_or_default(),
        title: s("title"),
        outlet: s("outlet"),
        published: s("published"),
        ..Document::default()
    }
}

fn pair(v: &Value) -> (usize, usize) {
    (v[0].as_u64().unwrap_or(0) as usize, v[1].as_u64().unwrap_or(0) as usize)
}

/// Event words of reports, each paired with at most one annotated claim of its type: first where the words overlap, then in the
/// same segment.
fn reports(coder: &mut Coder, path: &str) -> Result<Set, Box<dyn Error>> {
    let mut set = Set { name: path.to_string(), examples: Vec::new(), labels: Vec::new(), missed: 0 };
    for (n, v) in lines(path)?.iter().enumerate() {
        let segments: Vec<(usize, usize)> = v["segments"].as_array().into_iter().flatten().map(pair).collect();
        let segment = |at: usize| segments.iter().position(|s| s.0 <= at && at < s.1);
        let list: Vec<_> = coder.candidates(&document(v)).into_iter().filter(|c| segment(c.claim.trigger.start).is_some()).collect();
        let gold: Vec<&Value> = v["claims"].as_array().into_iter().flatten().collect();
        let mut pairs = Vec::new();
        for (g, claim) in gold.iter().enumerate() {
            let spans: Vec<(usize, usize)> = std::iter::once(pair(&claim["trigger"])).chain(claim["also"].as_array().into_iter().flatten().map(pair)).collect();
            for (c, cand) in list.iter().enumerate() {
                let t = &cand.claim.trigger;
                if claim["type"].as_str() != Some(cand.claim.event_type.as_str()) {
                    continue;
                }
                let overlaps = spans.iter().any(|s| s.0 < t.end && t.start < s.1);
                if overlaps || segment(t.start).map(|s| s as u64) == claim["seg"].as_u64() {
                    pairs.push((!overlaps, g, c));
                }
            }
        }
        pairs.sort();
        let (mut taken, mut found) = (vec![false; list.len()], vec![false; gold.len()]);
        for (_, g, c) in pairs {
            if !taken[c] && !found[g] {
                (taken[c], found[g]) = (true, true);
            }
        }
        set.missed += found.iter().filter(|f| !**f).count();
        set.examples.extend(list.iter().zip(&taken).map(|(c, t)| Example::new(n, c, Some(*t))));
    }
    Ok(set)
}

/// Event words of single sentences, of the type that the sentence was judged for.
fn sentences(coder: &mut Coder, path: &str) -> Result<Set, Box<dyn Error>> {
    let mut set = Set { name: path.to_string(), examples: Vec::new(), labels: Vec::new(), missed: 0 };
    for v in lines(path)? {
        let yes = v["label"] == "yes";
        if v["label"] == "ambiguous" || !yes && v["accept"].as_u64() >= v["reject"].as_u64() {
            continue;
        }
        let n = set.labels.len();
        set.labels.push(yes);
        for c in coder.candidates(&document(&v)) {
            if v["type"].as_str() == Some(c.claim.event_type.as_str()) && matches!(c.claim.modality, Modality::Actual | Modality::Historical) {
                set.examples.push(Example::new(n, &c, (!yes).then_some(false)));
            }
        }
    }
    Ok(set)
}

/// A candidate in a line.
fn shown(c: &Candidate) -> String {
    let on: Vec<&str> = Feature::ALL.iter().filter(|f| c.features[**f as usize] != 0.0).map(|f| f.name()).collect();
    format!("{}\t{}\t{}\t{}", c.claim.doc.id, c.claim.trigger.text, c.claim.why.first().map_or("", |w| w.as_str()), on.join(" "))
}

/// Event words of the lexicon's own examples: short sentences that tell of an entry's type, and some that do not.
fn examples(coder: &mut Coder, folder: &str) -> Result<Set, Box<dyn Error>> {
    let mut files: Vec<_> = std::fs::read_dir(folder).map_err(|e| format!("{folder}: {e}"))?.collect::<Result<Vec<_>, _>>()?.iter().map(|f| f.path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "toml"));
    files.sort();
    let mut source = Source::default();
    for f in files {
        let text = std::fs::read_to_string(&f).map_err(|e| format!("{}: {e}", f.display()))?;
        if let Some(e) = source.add(&f.display().to_string(), &text, false).into_iter().next() {
            return Err(e.into());
        }
    }
    let mut set = Set { name: folder.to_string(), examples: Vec::new(), labels: Vec::new(), missed: 0 };
    for e in &source.events {
        for (text, yes) in e.examples.iter().map(|t| (t, true)).chain(e.counter.iter().map(|t| (t, false))) {
            let n = set.labels.len();
            set.labels.push(yes);
            for c in coder.candidates(&Document { id: e.id.clone(), text: text.clone(), ..Document::default() }) {
                if c.claim.event_type == e.event_type {
                    set.examples.push(Example::new(n, &c, (!yes).then_some(false)));
                }
            }
        }
    }
    Ok(set)
}

fn dot(w: &[f64], row: &Row) -> f64 {
    row.iter().map(|(i, v)| w[*i] * v).sum()
}

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// Newton's method for a logistic regression with a ridge on everything but the constant; what is added to a feature in some
/// texts, or for an entry, has a stronger one.
fn fit(data: &[(&Row, bool)], size: usize, ridge: f64) -> Vec<f64> {
    let mut w = vec![0.0; size];
    for _ in 0..25 {
        let mut h = vec![vec![0.0; size]; size];
        let mut g = vec![0.0; size];
        for (row, y) in data {
            let p = sigmoid(dot(&w, row));
            let v = p * (1.0 - p);
            for (i, a) in row.iter() {
                g[*i] += (*y as u8 as f64 - p) * a;
                for (j, b) in row.iter() {
                    h[*i][*j] += v * a * b;
                }
            }
        }
        for i in 0..size {
            let r = match i {
                _ if i == Feature::Always as usize => 1e-6,
                _ if i < N => ridge,
                _ if i < 3 * N => 2.0 * ridge,
                _ => 3.0 * ridge,
            };
            h[i][i] += r;
            g[i] -= r * w[i];
        }
        let step = solve(h, g);
        for i in 0..size {
            w[i] += step[i];
        }
        if step.iter().all(|s| s.abs() < 1e-9) {
            break;
        }
    }
    w
}

/// Gauss's elimination with the largest pivot.
fn solve(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Vec<f64> {
    let n = b.len();
    for i in 0..n {
        let pivot = (i..n).max_by(|x, y| a[*x][i].abs().total_cmp(&a[*y][i].abs())).unwrap_or(i);
        a.swap(i, pivot);
        b.swap(i, pivot);
        let (done, rest) = a.split_at_mut(i + 1);
        let top = &done[i];
        for (r, line) in rest.iter_mut().enumerate() {
            let m = line[i] / top[i];
            if m != 0.0 {
                for c in i..n {
                    line[c] -= m * top[c];
                }
                b[i + 1 + r] -= m * b[i];
            }
        }
    }
    for i in (0..n).rev() {
        let s: f64 = (i + 1..n).map(|c| a[i][c] * b[c]).sum();
        b[i] = (b[i] - s) / a[i][i];
    }
    b
}

/// Fits to everything outside a fold.
fn train(sets: &[Set], without: Option<usize>, size: usize, ridge: f64) -> Vec<f64> {
    let mut w = vec![0.0; size];
    w[Feature::Entry as usize] = 1.0;
    for _ in 0..4 {
        let mut data: Vec<(&Row, bool)> = Vec::new();
        for s in sets {
            let mut best: BTreeMap<usize, &Example> = BTreeMap::new();
            for e in s.examples.iter().filter(|e| Some(e.fold) != without) {
                match e.truth {
                    Some(t) => data.push((&e.row, t)),
                    None => {
                        best.entry(e.text)
                            .and_modify(|b| {
                                if dot(&w, &e.row) > dot(&w, &b.row) {
                                    *b = e
                                }
                            })
                            .or_insert(e);
                    }
                }
            }
            data.extend(best.values().map(|e| (&e.row, true)));
        }
        w = fit(&data, size, ridge);
    }
    w
}

fn f1(tp: usize, fp: usize, miss: usize) -> (f64, f64, f64) {
    let p = tp as f64 / (tp + fp).max(1) as f64;
    let r = tp as f64 / (tp + miss).max(1) as f64;
    (p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 })
}

/// Precision, recall and F1 of a set at a threshold, by its own measure: claims of reports, sentences of sentences.
fn measure(s: &Set, scores: &[f64], threshold: f64) -> (f64, f64, f64) {
    if s.labels.is_empty() {
        let hit = |t: bool| s.examples.iter().zip(scores).filter(|(e, p)| e.truth == Some(t) && **p >= threshold).count();
        let all = s.examples.iter().filter(|e| e.truth == Some(true)).count();
        return f1(hit(true), hit(false), all - hit(true) + s.missed);
    }
    let mut said = vec![false; s.labels.len()];
    for (e, p) in s.examples.iter().zip(scores) {
        said[e.text] |= *p >= threshold;
    }
    let count = |a: bool, b: bool| said.iter().zip(&s.labels).filter(|(x, y)| **x == a && **y == b).count();
    f1(count(true, true), count(true, false), count(false, true))
}

/// Expected calibration error over ten bins, Brier score, and the Brier score of always saying the base rate.
fn calibration(list: &[(f64, bool)]) -> (f64, f64, f64) {
    let n = list.len().max(1) as f64;
    let mut bins = [(0.0, 0.0, 0.0); 10];
    for (p, y) in list {
        let b = &mut bins[((p * 10.0) as usize).min(9)];
        *b = (b.0 + p, b.1 + *y as u8 as f64, b.2 + 1.0);
    }
    let ece = bins.iter().filter(|b| b.2 > 0.0).map(|b| (b.0 - b.1).abs() / n).sum();
    let y = |t: bool| t as u8 as f64;
    let brier = list.iter().map(|(p, t)| (p - y(*t)).powi(2)).sum::<f64>() / n;
    let rate = list.iter().map(|(_, t)| y(*t)).sum::<f64>() / n;
    (ece, brier, rate * (1.0 - rate))
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut sets: Vec<Set> = Vec::new();
    let (mut threshold, mut lone_threshold, mut types, mut ridge, mut write, mut list) = (0.4, 0.35, Vec::new(), 2.0, None, None);
    let mut coder = Coder::new();
    let mut args = std::env::args().skip(1);
    while let Some(a) = args.next() {
        let value = args.next().ok_or_else(|| format!("{a} needs a value; see the top of examples/calibrate.rs"))?;
        match a.as_str() {
            "--reports" => sets.push(reports(&mut coder, &value)?),
            "--sentences" => sets.push(sentences(&mut coder, &value)?),
            "--lexicon" => sets.push(examples(&mut coder, &value)?),
            "--threshold" => threshold = value.parse()?,
            "--lone-threshold" => lone_threshold = value.parse()?,
            "--type" => {
                let (name, least) = value.split_once('=').ok_or("--type wants TYPE=THRESHOLD")?;
                let found = coder.lexicon().events.iter().find(|e| e.event_type.as_str() == name);
                types.push((found.ok_or_else(|| format!("no event entry is of type {name}"))?.event_type, least.parse()?));
            }
            "--ridge" => ridge = value.parse()?,
            "--list" => list = Some(value),
            "--write" => write = Some(value),
            _ => return Err(format!("unknown option {a}; see the top of examples/calibrate.rs").into()),
        }
    }
    if sets.is_empty() {
        return Err("no annotated files: --reports FILE, --sentences FILE".into());
    }
    let size = parameters(coder.lexicon().events.len());
    let folds: Vec<Vec<f64>> = (0..FOLDS).map(|k| train(&sets, Some(k), size, ridge)).collect();
    let all = train(&sets, None, size, ridge);
    let unseen: Vec<Vec<f64>> = sets.iter().map(|s| s.examples.iter().map(|e| sigmoid(dot(&folds[e.fold], &e.row))).collect()).collect();
    let seen: Vec<Vec<f64>> = sets.iter().map(|s| s.examples.iter().map(|e| sigmoid(dot(&all, &e.row))).collect()).collect();
    for (s, (u, v)) in sets.iter().zip(unseen.iter().zip(&seen)) {
        println!("{}: {} event words", s.name, s.examples.len());
        for t in [0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6] {
            let (a, b) = (measure(s, u, t), measure(s, v, t));
            println!("  at {t:.2}: P {:.3} R {:.3} F1 {:.3}; seen: F1 {:.3}", a.0, a.1, a.2, b.2);
        }
        let all = measure(s, u, -1.0);
        println!("  all:     P {:.3} R {:.3} F1 {:.3}", all.0, all.1, all.2);
        for (what, least) in [("all event words", -1.0), ("claims made", threshold)] {
            let judged: Vec<(f64, bool)> = s.examples.iter().zip(u).filter(|(_, p)| **p >= least).filter_map(|(e, p)| e.truth.map(|t| (*p, t))).collect();
            let (ece, brier, base) = calibration(&judged);
            if s.labels.is_empty() {
                println!("  {what}: expected calibration error {ece:.3}, Brier {brier:.3}, of the base rate {base:.3}");
            }
        }
    }
    if let Some(path) = list {
        let mut out = String::new();
        for (e, p) in sets.iter().zip(&unseen).flat_map(|(s, u)| s.examples.iter().zip(u)) {
            writeln!(out, "{p:.3}\t{}\t{}", e.truth.map_or("?", |t| if t { "yes" } else { "no" }), e.shown)?;
        }
        std::fs::write(&path, out).map_err(|e| format!("{path}: {e}"))?;
    }
    let block = |k: usize| -> Features { std::array::from_fn(|i| all[k * N + i] as f32) };
    let events = &coder.lexicon().events;
    let entries: Vec<f32> = (0..events.len()).map(|e| all[3 * N + e] as f32).collect();
    let model = Confidence { threshold, lone_threshold, types, weights: block(0), lone: block(1), protest: block(2), entries };
    if let Some(path) = write {
        let mut out = String::from(
            "# What the circumstances of an event word weigh when the coder judges whether the text asserts an event by it, and how sure a claim must be.\n\
             # Made by `cargo run -p tawatur-claims --example calibrate`; crates/claims/src/lexicon/feature.rs says what each circumstance is.\n\
             # lone and protest are added to the weights for force and protest in texts of a sentence or two, and for protests; entries are added for their event words.\n\n[confidence]\n",
        );
        writeln!(out, "threshold = {threshold}\nlone_threshold = {lone_threshold}")?;
        writeln!(out, "\n[confidence.types]")?;
        for (t, least) in &model.types {
            writeln!(out, "{} = {least}", t.as_str())?;
        }
        for (name, table) in [("weights", &model.weights), ("lone", &model.lone), ("protest", &model.protest)] {
            writeln!(out, "\n[confidence.{name}]")?;
            for (f, w) in Feature::ALL.iter().zip(table).filter(|x| x.1.abs() >= 0.0005) {
                writeln!(out, "\"{}\" = {w:.3}", f.name())?;
            }
        }
        writeln!(out, "\n[confidence.entries]")?;
        for (e, w) in events.iter().zip(&model.entries).filter(|x| x.1.abs() >= 0.0005) {
            writeln!(out, "\"{}\" = {w:.3}", e.id)?;
        }
        std::fs::write(&path, out).map_err(|e| format!("{path}: {e}"))?;
    } else {
        for f in Feature::ALL {
            let i = *f as usize;
            println!("{:>8.3} {:>8.3} {:>8.3}  {}", model.weights[i], model.lone[i], model.protest[i], f.name());
        }
    }
    // the model as the coder will read it gives the same answers
    let drift = sets.iter().flat_map(|s| &s.examples).map(|e| (model.of(e.event, &e.features) - sigmoid(dot(&all, &e.row))).abs()).fold(0.0, f64::max);
    if drift > 0.002 {
        return Err(format!("the weights do not survive rounding: off by {drift}").into());
    }
    Ok(())
}
