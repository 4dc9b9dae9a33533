//! `tawatur explain`: the text, each claim under its sentence, and for every part the entry or rule that made it.

use super::{each, options, output, to_code};
use crate::cli::Explain;
use crate::language::Language;
use crate::output::safe::terminal;
use crate::output::table;
use arabic::page::Line;
use claims::record::Claim;
use std::fmt::Write as _;
use std::io::Write;
use std::process::ExitCode;

pub fn run(Explain { common: c, phrases }: Explain, language: &Language) -> std::io::Result<ExitCode> {
    let mut w = output(&c)?;
    let mut coder = language.coder();
    let code = each(&c, &options(&c), |d, _| {
        let doc = to_code(&d);
        let (outline, claims) = (coder.outline(&doc), coder.code(&doc));
        let passed = passed_over(&mut coder, &doc, &claims);
        w.write_all(document(&d, &outline, &claims, &passed).as_bytes())?;
        if phrases {
            for line in coder.cut(&doc) {
                writeln!(w, "{}", terminal(&line))?;
            }
        }
        Ok(())
    })?;
    w.flush()?;
    Ok(code)
}

/// An event word that is no claim: its text gives too little reason to take it for an assertion.
struct Passed {
    claim: Claim,
    /// The confidence that its type asks for.
    least: f64,
}

fn passed_over(coder: &mut claims::Coder, doc: &claims::Document, claims: &[Claim]) -> Vec<Passed> {
    let same = |a: &Claim, b: &Claim| (a.trigger.start, a.event_type) == (b.trigger.start, b.event_type);
    let candidates = coder.candidates(doc);
    let confidence = &coder.lexicon().confidence;
    let low = candidates.into_iter().map(|c| Passed { least: confidence.least(c.claim.event_type, &c.features), claim: c.claim });
    low.filter(|p| p.claim.confidence < p.least && !claims.iter().any(|c| same(c, &p.claim))).collect()
}

/// The explanation of one document.
fn document(d: &reader::Document, outline: &[(claims::record::Extent, Line)], claims: &[Claim], passed: &[Passed]) -> String {
    let mut out = String::new();
    let chars: Vec<char> = d.text.chars().collect();
    let _ = writeln!(out, "# {}", terminal(&d.id));
    for f in &d.found {
        let _ = writeln!(out, "  {}: {}  ({})", f.field, terminal(&f.value), terminal(&f.place));
    }
    for x in &d.dropped {
        let _ = writeln!(out, "  not in the text: {} [{}, {}-{}]", terminal(&x.text), x.why, x.span.start, x.span.end);
    }
    if let Some(day) = d.published.as_deref().filter(|_| d.found.iter().all(|f| f.field != "published")) {
        let _ = writeln!(out, "  published: {}", terminal(day));
    }
    let disguises = arabic::disguise::find(&d.text);
    let code_points = arabic::chars::CodePoints::new(&d.text);
    for (kind, at) in &disguises {
        let points: Vec<String> = d.text[at.clone()].chars().map(|c| format!("U+{:04X}", c as u32)).collect();
        let shown = terminal(&d.text[at.clone()]);
        let _ = writeln!(out, "  disguised: {} [{}-{}] {shown} = {}", kind.what(), code_points.at(at.start), code_points.at(at.end), points.join(" "));
    }
    out.push('\n');
    for (extent, line) in outline {
        let text: String = chars[extent.start..extent.end].iter().collect();
        let aside = match line {
            Line::Body => "",
            Line::Title => "  (the title again: not coded)",
            Line::Repetition => "  (told before: not coded)",
            Line::Related => "  (a headline of another article: not coded)",
            Line::Furniture | Line::Section => "  (words of the page: not coded)",
        };
        let _ = writeln!(out, "[{}-{}] {}{aside}", extent.start, extent.end, terminal(&text));
        for c in claims.iter().filter(|c| c.sentence.start == extent.start) {
            claim(&mut out, c);
        }
        for Passed { claim: c, least } in passed.iter().filter(|p| p.claim.sentence.start == extent.start) {
            let (start, end) = (c.trigger.start, c.trigger.end);
            let (word, what) = (terminal(&c.trigger.text), c.event_type.as_str());
            let _ = writeln!(out, "    ▹ no claim: {word} [{start}-{end}] as {what}: confidence {:.2}, {least:.2} asked", c.confidence);
        }
    }
    out.push('\n');
    out
}

fn claim(out: &mut String, c: &Claim) {
    let rules = |part: &str| -> Vec<&str> { c.why.iter().filter_map(|w| w.strip_prefix(part)?.strip_prefix(": ")).collect() };
    let _ = writeln!(out, "    ▸ {}  {}  confidence {:.2}  {}", c.event_ref, terminal(&table::what(c).replace('\n', "  ")), c.confidence, c.id);
    let mut line = |name: &str, value: &str, span: Option<(usize, usize)>, why: &str| {
        let at = span.map(|s| format!(" [{}-{}]", s.0, s.1)).unwrap_or_default();
        let _ = writeln!(out, "        {name:<10} {}{at}{}", terminal(value), if why.is_empty() { String::new() } else { format!("  ← {}", terminal(why)) });
    };
    let first = [rules("trigger"), rules("light"), rules("joined")].concat().join(", ");
    line("trigger", &c.trigger.text, Some((c.trigger.start, c.trigger.end)), &first);
    if !c.modes.is_empty() {
        line("modes", &c.modes.join(" "), None, &rules("modes").join(", "));
    }
    if c.modality != claims::record::Modality::Actual {
        line("modality", c.modality.as_str(), None, &rules("modality").join(", "));
    }
    let people = |part: &str, list: &[claims::record::Participant], line: &mut dyn FnMut(&str, &str, Option<(usize, usize)>, &str)| {
        for p in list {
            let why = rules(&format!("{part} {}", p.span.start)).join("; ");
            line(if part == "actor" { "who" } else { "to whom" }, &table::people(std::slice::from_ref(p)), Some((p.span.start, p.span.end)), &why);
        }
    };
    people("actor", &c.actors, &mut line);
    people("recipient", &c.recipients, &mut line);
    for (p, why) in c.places.iter().zip(rules("place").into_iter().chain(std::iter::repeat(""))) {
        let known = match (&p.name_en, &p.approximated_by, p.lat, p.lon) {
            (Some(n), None, Some(lat), Some(lon)) => format!(" = {n}, {} {lat:.3} {lon:.3}", p.admin1.as_deref().unwrap_or("")),
            (_, Some(a), Some(lat), Some(lon)) => format!(" within {a}, {lat:.3} {lon:.3}"),
            _ => " (not in the gazetteer)".into(),
        };
        line("where", &format!("{}{known} [{}, {}]", p.span.text, p.kind, p.role), Some((p.span.start, p.span.end)), why);
        if p.candidates.len() > 1 {
            let list: Vec<String> = p.candidates.iter().map(|c| format!("{} {:.1}", c.id, c.score)).collect();
            line("", &format!("could be {}", list.join(", ")), None, "places.resolve");
        }
    }
    if let Some(t) = &c.time {
        let span = t.span.as_ref().map(|s| (s.start, s.end));
        line("when", &table::when(c).replace('\n', "  "), span, &rules("time").join(", "));
    }
    for (n, why) in c.counts.iter().zip(rules("count").into_iter().chain(std::iter::repeat(""))) {
        let value = format!("{} = {}, {}", n.span.text, table::counts(std::slice::from_ref(n)), n.group.as_str());
        line("how many", &value, Some((n.span.start, n.span.end)), why);
    }
    for (s, why) in c.sources.iter().zip(rules("source").into_iter().chain(std::iter::repeat(""))) {
        let cue = s.cue.as_ref().map(|c| format!(" by “{}”", c.text)).unwrap_or_default();
        line("according to", &format!("{} [{}, {}]{cue}", s.span.text, s.kind.as_str(), s.stance.as_str()), Some((s.span.start, s.span.end)), why);
    }
    for o in &c.objects {
        line("hit", &format!("{} [{}]", o.span.text, o.kind.as_str()), Some((o.span.start, o.span.end)), "");
    }
    for f in &c.framing {
        line("wording", &format!("{} [{}]", f.span.text, f.term), Some((f.span.start, f.span.end)), "");
    }
}
