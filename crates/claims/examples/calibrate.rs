//! Fits `lexicon/confidence.toml` to annotated texts.
//!
//! ```text
//! cargo run --release -p tawatur-claims --example calibrate -- \
//!     --reports REPORTS.jsonl --sentences A.jsonl --sentences B.jsonl [--threshold 0.4] [--ridge 2] [--list FILE] [--write lexicon/confidence.toml]
//! ```
//!
//! REPORTS: a document a line, `{"id","text","published","segments":[[from,to]],"claims":[{"type","seg","trigger":[from,to],"also":[[from,to]]}]}`.
//! SENTENCES: a sentence a line, `{"id","text","type","label","accept","reject"}`, the label "yes" when it tells of an event of the type.
//!
//! The model is a logistic regression with a ridge, fitted by Newton's method: no randomness, the same files give the same weights.
//! A sentence says only that one of its event words is meant; the surest one under the last fit is taken, four times over. What is
//! printed is measured on documents that the fit has not seen: five folds, by the order of the lines.

use serde_json::Value;
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use tawatur_claims::coder::Candidate;
use tawatur_claims::lexicon::{Confidence, Feature, Features};
use tawatur_claims::record::Modality;
use tawatur_claims::{Coder, Document};

const FOLDS: usize = 5;
const N: usize = Feature::COUNT;

/// An event word: which fold and text it is of, how it stands, whether it is a claim.
struct Example {
    fold: usize,
    text: usize,
    features: Features,
    /// `None`: a word of a sentence that tells an event, maybe by another word.
    truth: Option<bool>,
    /// Its text, word and lexicon entry, for `--list`.
    shown: String,
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
        set.examples.extend(list.iter().zip(&taken).map(|(c, t)| Example { fold: n % FOLDS, text: n, features: c.features, truth: Some(*t), shown: shown(c) }));
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
                set.examples.push(Example { fold: n % FOLDS, text: n, features: c.features, truth: (!yes).then_some(false), shown: shown(&c) });
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

fn dot(w: &[f64; N], f: &Features) -> f64 {
    w.iter().zip(f).map(|(a, b)| a * *b as f64).sum()
}

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// Newton's method for a logistic regression with a ridge on everything but the constant.
fn fit(data: &[(&Features, bool)], ridge: f64) -> [f64; N] {
    let mut w = [0.0; N];
    for _ in 0..25 {
        let mut h = vec![[0.0; N]; N];
        let mut g = [0.0; N];
        for (f, y) in data {
            let p = sigmoid(dot(&w, f));
            let v = p * (1.0 - p);
            let on: Vec<usize> = (0..N).filter(|i| f[*i] != 0.0).collect();
            for &i in &on {
                g[i] += (*y as u8 as f64 - p) * f[i] as f64;
                for &j in &on {
                    h[i][j] += v * f[i] as f64 * f[j] as f64;
                }
            }
        }
        for i in 0..N {
            let r = if i == Feature::Always as usize { 1e-6 } else { ridge };
            h[i][i] += r;
            g[i] -= r * w[i];
        }
        let step = solve(h, g);
        for i in 0..N {
            w[i] += step[i];
        }
        if step.iter().all(|s| s.abs() < 1e-9) {
            break;
        }
    }
    w
}

/// Gauss's elimination with the largest pivot.
fn solve(mut a: Vec<[f64; N]>, mut b: [f64; N]) -> [f64; N] {
    for i in 0..N {
        let pivot = (i..N).max_by(|x, y| a[*x][i].abs().total_cmp(&a[*y][i].abs())).unwrap_or(i);
        a.swap(i, pivot);
        b.swap(i, pivot);
        for r in i + 1..N {
            let m = a[r][i] / a[i][i];
            for c in i..N {
                a[r][c] -= m * a[i][c];
            }
            b[r] -= m * b[i];
        }
    }
    for i in (0..N).rev() {
        let s: f64 = (i + 1..N).map(|c| a[i][c] * b[c]).sum();
        b[i] = (b[i] - s) / a[i][i];
    }
    b
}

/// Fits to everything outside a fold.
fn train(sets: &[Set], without: Option<usize>, ridge: f64) -> [f64; N] {
    let mut w = [0.0; N];
    w[Feature::Entry as usize] = 1.0;
    for _ in 0..4 {
        let mut data: Vec<(&Features, bool)> = Vec::new();
        for s in sets {
            let mut best: BTreeMap<usize, &Example> = BTreeMap::new();
            for e in s.examples.iter().filter(|e| Some(e.fold) != without) {
                match e.truth {
                    Some(t) => data.push((&e.features, t)),
                    None => {
                        best.entry(e.text)
                            .and_modify(|b| {
                                if dot(&w, &e.features) > dot(&w, &b.features) {
                                    *b = e
                                }
                            })
                            .or_insert(e);
                    }
                }
            }
            data.extend(best.values().map(|e| (&e.features, true)));
        }
        w = fit(&data, ridge);
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
    let (mut threshold, mut ridge, mut write, mut list) = (0.4, 2.0, None, None);
    let mut coder = Coder::new();
    let mut args = std::env::args().skip(1);
    while let Some(a) = args.next() {
        let value = args.next().ok_or_else(|| format!("{a} needs a value; see the top of examples/calibrate.rs"))?;
        match a.as_str() {
            "--reports" => sets.push(reports(&mut coder, &value)?),
            "--sentences" => sets.push(sentences(&mut coder, &value)?),
            "--threshold" => threshold = value.parse()?,
            "--ridge" => ridge = value.parse()?,
            "--list" => list = Some(value),
            "--write" => write = Some(value),
            _ => return Err(format!("unknown option {a}; see the top of examples/calibrate.rs").into()),
        }
    }
    if sets.is_empty() {
        return Err("no annotated files: --reports FILE, --sentences FILE".into());
    }
    let folds: Vec<[f64; N]> = (0..FOLDS).map(|k| train(&sets, Some(k), ridge)).collect();
    let all = train(&sets, None, ridge);
    let unseen: Vec<Vec<f64>> = sets.iter().map(|s| s.examples.iter().map(|e| sigmoid(dot(&folds[e.fold], &e.features))).collect()).collect();
    let seen: Vec<Vec<f64>> = sets.iter().map(|s| s.examples.iter().map(|e| sigmoid(dot(&all, &e.features))).collect()).collect();
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
    if let Some(path) = write {
        let mut out = String::from(
            "# What the circumstances of an event word weigh when the coder judges whether the text asserts an event by it, and how sure a claim must be.\n\
             # Made by `cargo run -p tawatur-claims --example calibrate`; crates/claims/src/lexicon/feature.rs says what each circumstance is.\n\n[confidence]\n",
        );
        writeln!(out, "threshold = {threshold}\n\n[confidence.weights]")?;
        for (f, w) in Feature::ALL.iter().zip(all) {
            writeln!(out, "\"{}\" = {:.3}", f.name(), w)?;
        }
        std::fs::write(&path, out).map_err(|e| format!("{path}: {e}"))?;
    } else {
        for (f, w) in Feature::ALL.iter().zip(all) {
            let (mut on, mut right) = (0.0, 0.0);
            for e in sets.iter().flat_map(|s| &s.examples).filter(|e| e.features[*f as usize] != 0.0) {
                on += 1.0;
                right += (e.truth != Some(false)) as u8 as f64;
            }
            println!("{:>8.3}  {:24} {on:5} {:.2}", w, f.name(), right / f64::max(on, 1.0));
        }
    }
    // the model as the coder will read it gives the same answers
    let model = Confidence { threshold, weights: all.map(|w| w as f32) };
    let drift = sets.iter().flat_map(|s| &s.examples).map(|e| (model.of(&e.features) - sigmoid(dot(&all, &e.features))).abs()).fold(0.0, f64::max);
    if drift > 0.002 {
        return Err(format!("the weights do not survive rounding: off by {drift}").into());
    }
    Ok(())
}
