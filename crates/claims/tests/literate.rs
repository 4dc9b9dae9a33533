//! Runs the reports of `tests/claims/*.md`: each is coded, and its claims are held against those that the page expects.
//!
//! The notation stands in tests/claims/README.md. What a claim is not asked about is not compared, so a page states only what it is about.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use tawatur_claims::record::{Basis, Claim, Count, Modality, Participant, Relation, Stance};
use tawatur_claims::{Coder, Document};

/// A report of a page and what is expected of it.
struct Case {
    line: usize,
    doc: Document,
    expected: Vec<Expected>,
    /// `...`: claims that are not listed may stand beside the listed ones.
    open: bool,
}

/// One expected claim: `TYPE/modes «trigger»`, then `part: values`.
struct Expected {
    head: String,
    parts: Vec<(String, String)>,
}

const PARTS: [&str; 9] = ["who", "whom", "where", "when", "count", "source", "modality", "hit", "wording"];

#[test]
fn the_pages_hold() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/claims");
    let mut pages: Vec<PathBuf> = std::fs::read_dir(&dir).unwrap().map(|f| f.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "md")).collect();
    pages.sort();
    let mut coder = Coder::new();
    let (mut problems, mut cases) = (String::new(), 0);
    for page in pages.iter().filter(|p| !p.ends_with("README.md")) {
        let text = std::fs::read_to_string(page).unwrap();
        for case in parse(&page.display().to_string(), &text) {
            cases += 1;
            let claims = coder.code(&case.doc);
            if let Some(problem) = differs(&case, &claims) {
                let _ = writeln!(problems, "{}:{}\n{problem}", page.file_name().unwrap().to_string_lossy(), case.line);
            }
        }
    }
    assert!(cases > 0, "{} has no report", dir.display());
    assert!(problems.is_empty(), "\n{problems}");
}

/// The cases of a page: each `report` fence with the `claims` fence behind it.
fn parse(page: &str, text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((n, line)) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        let body: Vec<&str> = lines.by_ref().map(|(_, l)| l).take_while(|l| *l != "```").collect();
        match info.split_whitespace().next() {
            Some("report") => {
                let attribute = |name: &str| info.split_whitespace().find_map(|w| w.strip_prefix(name)?.strip_prefix('=')).map(str::to_string);
                let doc = Document {
                    id: format!("{page}:{}", n + 1),
                    text: body.join("\n"),
                    published: Some(attribute("published").unwrap_or_else(|| "2020-06-15".into())),
                    outlet: attribute("outlet"),
                    ..Document::default()
                };
                cases.push(Case { line: n + 1, doc, expected: Vec::new(), open: true });
            }
            Some("claims") => {
                let case = cases.last_mut().unwrap_or_else(|| panic!("{page}:{}: claims without a report before them", n + 1));
                case.open = false;
                for l in body.iter().filter(|l| !l.trim().is_empty()) {
                    match l.trim().split_once(": ") {
                        _ if *l == "..." => case.open = true,
                        Some((part, value)) if l.starts_with(' ') => {
                            assert!(PARTS.contains(&part), "{page}:{}: no part “{part}”; there are {PARTS:?}", n + 1);
                            let e = case.expected.last_mut().unwrap_or_else(|| panic!("{page}:{}: “{part}” of no claim", n + 1));
                            e.parts.push((part.into(), value.into()));
                        }
                        _ => case.expected.push(Expected { head: l.trim().into(), parts: Vec::new() }),
                    }
                }
            }
            _ => {}
        }
    }
    cases
}

fn head(c: &Claim) -> String {
    let mut modes = c.modes.clone();
    modes.sort();
    let modes = if modes.is_empty() { String::new() } else { format!("/{}", modes.join("+")) };
    format!("{}{modes} «{}»", c.event_type.as_str(), c.trigger.text)
}

fn number(c: &Count) -> String {
    match (&c.vague, c.low, c.high) {
        (Some(v), ..) => v.clone(),
        (_, Some(l), Some(h)) if l == h => l.to_string(),
        (_, l, h) => format!("{}..{}", l.map(|l| l.to_string()).unwrap_or_default(), h.map(|h| h.to_string()).unwrap_or_default()),
    }
}

/// A value as quoted, and what may be asked about it in brackets.
type Value = (String, Vec<String>);

fn people(list: &[Participant]) -> Vec<Value> {
    let one = |p: &Participant| {
        let mut about = p.roles.clone();
        about.extend(p.country.clone());
        about.extend(p.id.clone());
        about.extend((p.civilian == Some(true)).then(|| "civilian".to_string()));
        about.extend((p.basis != Basis::Named).then(|| p.basis.as_str().to_string()));
        (p.text().to_string(), about)
    };
    list.iter().map(one).collect()
}

fn values(c: &Claim, part: &str) -> Vec<Value> {
    match part {
        "who" => people(&c.actors),
        "whom" => people(&c.recipients),
        "where" => c
            .places
            .iter()
            .map(|p| {
                let mut about = vec![p.kind.clone(), p.role.clone()];
                about.extend(p.id.clone());
                about.extend(p.country.clone());
                about.extend(p.inherited.then(|| "inherited".to_string()));
                (p.text().to_string(), about)
            })
            .collect(),
        "when" => {
            let days = |from: &str, to: &str| if from == to { from.to_string() } else { format!("{from}..{to}") };
            c.time.iter().map(|t| (days(&t.from, &t.to), vec![t.basis.clone()])).collect()
        }
        "count" => c
            .counts
            .iter()
            .map(|n| {
                let mut about = vec![n.group.as_str().to_string()];
                about.extend((n.relation != Relation::Total).then(|| n.relation.as_str().to_string()));
                about.extend(n.approx.then(|| "about".to_string()));
                (format!("{} {}", number(n), n.kind.as_str()), about)
            })
            .collect(),
        "source" => c
            .sources
            .iter()
            .map(|s| {
                let mut about = vec![s.kind.as_str().to_string()];
                about.extend((s.stance != Stance::States).then(|| s.stance.as_str().to_string()));
                (s.text().to_string(), about)
            })
            .collect(),
        "modality" => vec![(c.modality.as_str().into(), Vec::new())],
        "hit" => c.objects.iter().map(|o| (o.text().to_string(), vec![o.kind.as_str().to_string()])).collect(),
        "wording" => c.framing.iter().map(|f| (f.text().to_string(), vec![f.term.clone()])).collect(),
        _ => Vec::new(),
    }
}

/// Does a claim have just the values `a; b [x y]` (or `-` for none)?
fn has(c: &Claim, part: &str, wanted: &str) -> bool {
    let got = values(c, part);
    let wanted: Vec<&str> = if wanted == "-" { Vec::new() } else { wanted.split("; ").collect() };
    let one = |w: &str, (text, about): &Value| match w.split_once(" [") {
        Some((t, list)) => t == text && list.trim_end_matches(']').split(' ').all(|x| about.iter().any(|a| a == x)),
        None => w == text,
    };
    got.len() == wanted.len() && wanted.iter().all(|w| got.iter().any(|g| one(w, g)))
}

/// What is wrong, in the pages' own notation; nothing when all is as expected.
fn differs(case: &Case, claims: &[Claim]) -> Option<String> {
    let mut free: Vec<&Claim> = claims.iter().collect();
    let mut out = String::new();
    for e in &case.expected {
        // of claims that look alike, the one that fits best
        let wrong = |c: &Claim| e.parts.iter().filter(|(p, v)| !has(c, p, v)).count();
        let best = free.iter().enumerate().filter(|(_, c)| head(c) == e.head).min_by_key(|(_, c)| wrong(c)).map(|(i, _)| i);
        let Some(c) = best.map(|i| free.remove(i)) else {
            let _ = writeln!(out, "  missing: {}", e.head);
            continue;
        };
        for (part, value) in e.parts.iter().filter(|(p, v)| !has(c, p, v)) {
            let got: Vec<String> = values(c, part).into_iter().map(|(t, a)| if a.is_empty() { t } else { format!("{t} [{}]", a.join(" ")) }).collect();
            let _ = writeln!(out, "  {}\n    {part}: {}\n    expected {value}", e.head, if got.is_empty() { "-".into() } else { got.join("; ") });
        }
    }
    if !case.open {
        for c in free {
            let how = if c.modality == Modality::Actual { String::new() } else { format!(" ({})", c.modality.as_str()) };
            let _ = writeln!(out, "  not expected: {}{how}", head(c));
        }
    }
    (!out.is_empty()).then_some(out)
}
