//! `tawatur show`: a claim, an incident or a document, with all that the ledger knows of it.

mod incident;

use super::review;
use crate::keeping::{Place, Shown, failed, record};
use crate::language::Language;
use crate::output::safe::terminal;
use ledger::Ledger;
use ledger::chain::Statement;
use ledger::incidents::Directory;
use ledger::names::{Names, replace};
use ledger::record::Record;
use ledger::rows::{ClaimRow, DocNo, Identity};
use serde_json::Value;
use std::io::{BufWriter, Write};
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    pub place: Place,
    /// A claim (clm_…), an incident (inc_…), a document (its number, id or web address), or an actor or place that somebody has judged on.
    pub id: String,
    /// Also the whole text of a document.
    #[arg(long)]
    pub text: bool,
    /// Write the bytes that the document was read from, and nothing else.
    #[arg(long, requires = "show_names")]
    pub original: bool,
    #[command(flatten)]
    pub shown: Shown,
}

pub fn run(c: &Args, language: &Language) -> std::io::Result<ExitCode> {
    if c.id.starts_with("inc_") {
        // what was added, decided or judged since the last time
        c.place.open_to_write()?.join(language.atlas()).map_err(failed)?;
    }
    let book = c.place.open(&c.shown, "show")?;
    let mut w = BufWriter::new(std::io::stdout().lock());
    let mut view = View { book: &book, names: (!c.shown.show_names).then(Names::default) };
    if c.id.starts_with("clm_") {
        let found = book.claim(&c.id).map_err(failed)?;
        if found.is_empty() {
            return Err(failed(ledger::Error::UnknownClaim(c.id.clone())));
        }
        for claim in &found {
            view.claim(&mut w, claim)?;
        }
    } else if c.id.starts_with("inc_") {
        let directory = Directory::new(language.lexicon());
        let directory = if c.shown.show_names { directory.with_names() } else { directory };
        let i = book.incident(language.atlas(), &directory, &c.id).map_err(failed)?;
        view.incident(&mut w, &i)?;
    } else if view.identity(&mut w, &c.id)? {
        // an actor or a place: what people hold of it was all
    } else {
        let d = book.find(&c.id).map_err(failed)?;
        if c.original {
            w.write_all(&book.document(d).map_err(failed)?.original)?;
        } else {
            view.document(&mut w, d, c.text)?;
        }
    }
    w.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// What somebody holds of this and another thing.
fn held(identity: Identity) -> &'static str {
    match identity {
        Identity::Same => "the same as",
        Identity::Different => "different from",
        Identity::Unsure => "unsure whether the same as",
    }
}

/// A claim in one line.
pub fn summary(v: &Value) -> String {
    let text = |v: &Value| v["text"].as_str().unwrap_or_default().to_string();
    let all = |v: &Value| v.as_array().map(|a| a.iter().map(text).collect::<Vec<_>>().join("، ")).unwrap_or_default();
    let mut kind = v["type"].as_str().unwrap_or_default().to_string();
    if let Some(m) = v["modes"].as_array().filter(|m| !m.is_empty()) {
        kind += &format!("/{}", m.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("+"));
    }
    if v["modality"] != "actual" {
        kind += &format!(" ({})", v["modality"].as_str().unwrap_or_default());
    }
    let days = match (v["time"]["from"].as_str(), v["time"]["to"].as_str()) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (Some(a), Some(b)) => format!("{a} – {b}"),
        _ => String::new(),
    };
    let parts = [
        ("", text(&v["trigger"])),
        ("who: ", all(&v["actors"])),
        ("to whom: ", all(&v["recipients"])),
        ("where: ", all(&v["places"])),
        ("when: ", days),
        ("how many: ", all(&v["counts"])),
        ("according to: ", all(&v["sources"])),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|p| !p.1.is_empty()).map(|(name, v)| format!("{name}{v}")).collect();
    format!("{} {kind}  {}", v["id"].as_str().unwrap_or_default(), parts.join("; "))
}

struct View<'a> {
    book: &'a Ledger,
    names: Option<Names>,
}

impl View<'_> {
    fn hide(&mut self, text: &str) -> String {
        match &mut self.names {
            Some(n) => n.hide(text, &[], &[]),
            None => text.to_string(),
        }
    }

    fn claim(&mut self, w: &mut impl Write, c: &ClaimRow) -> std::io::Result<()> {
        let body = self.book.document(c.document).map_err(failed)?;
        let r = Record::parse(&c.record)?;
        let v = record(c, self.names.as_mut());
        writeln!(w, "{}", terminal(&summary(&v)))?;
        let title = body.meta.title.as_deref().map(|t| self.hide(t)).unwrap_or_default();
        let about: Vec<&str> = [body.meta.outlet.as_deref(), body.meta.published.as_deref(), body.meta.url.as_deref()].into_iter().flatten().collect();
        writeln!(w, "  document   {} “{}” {} {}", c.document.0, terminal(&body.meta.id), terminal(&title), terminal(&about.join(" · ")))?;
        writeln!(w, "  sentence   [{}-{}] {}", r.sentence.start, r.sentence.end, terminal(&self.sentence(&body.text, &r)))?;
        for (part, name) in [
            ("trigger", "trigger"),
            ("actors", "who"),
            ("recipients", "to whom"),
            ("places", "where"),
            ("time", "when"),
            ("counts", "how many"),
            ("sources", "source"),
            ("objects", "hit"),
            ("framing", "wording"),
        ] {
            let list = match &v[part] {
                Value::Array(a) => a.clone(),
                Value::Null => Vec::new(),
                one => vec![one.clone()],
            };
            for x in list {
                let span = x["start"].as_u64().zip(x["end"].as_u64()).map(|(a, b)| format!(" [{a}-{b}]")).unwrap_or_default();
                writeln!(w, "  {name:<10} {}{span}{}", terminal(x["text"].as_str().unwrap_or("(the day of publication)")), terminal(&details(&x)))?;
            }
        }
        writeln!(w, "  confidence {:.2}", r.confidence)?;
        let coded = self.book.history(c.document).map_err(failed)?.into_iter().rfind(|s| s.kind == "coding");
        if let Some(s) = coded {
            writeln!(w, "  coded      {} by {}, statement {}", terminal(&s.author.at), terminal(&s.author.who), s.seq)?;
        }
        self.as_read(w, c, &v)?;
        for (coder, d) in self.book.decisions(c.document).map_err(failed)?.iter().filter(|d| d.1.claim == c.id) {
            let (correction, reason) = (self.hide(&d.correction), self.hide(&d.reason));
            writeln!(w, "  decision   {}: {} {} {}", terminal(coder), d.field, d.verdict.as_str(), terminal(&[correction, reason].join(" ")))?;
        }
        for j in self.book.judgements().map_err(failed)?.iter().filter(|j| j.a == c.id || j.b == c.id) {
            let (other, why) = (if j.a == c.id { &j.b } else { &j.a }, self.hide(&j.why));
            writeln!(w, "  judgement  {}: {} {} ({}, {})", terminal(&j.by), held(j.identity), terminal(other), terminal(&why), terminal(&j.at))?;
        }
        writeln!(w)
    }

    /// What people hold of an actor or place; `false` when they hold nothing of such an id.
    fn identity(&mut self, w: &mut impl Write, id: &str) -> std::io::Result<bool> {
        let all = self.book.judgements().map_err(failed)?;
        let of: Vec<_> = all.iter().filter(|j| j.a == id || j.b == id).collect();
        for j in &of {
            let (other, why) = (if j.a == id { &j.b } else { &j.a }, self.hide(&j.why));
            writeln!(w, "{} is {} {}, says {} ({}, {})", terminal(id), held(j.identity), terminal(other), terminal(&j.by), terminal(&why), terminal(&j.at))?;
        }
        Ok(!of.is_empty())
    }

    /// Of the fields that people have decided, what the program read.
    fn as_read(&mut self, w: &mut impl Write, c: &ClaimRow, now: &Value) -> std::io::Result<()> {
        let Some(decided) = now["decided"].as_object() else { return Ok(()) };
        let coding = self.book.coding(c.document).map_err(failed)?;
        let Some(read) = coding.records.iter().filter_map(|r| serde_json::from_str::<Value>(r).ok()).find(|v| v["id"] == now["id"]) else { return Ok(()) };
        for (field, by) in decided {
            let before = self.hide(&review::value(&read, field));
            let before = if before.is_empty() { "nothing" } else { &before };
            let who = by["by"].as_str().unwrap_or_default();
            writeln!(w, "  decided    {field} by {} (statement {}); read: {}", terminal(who), by["statement"], terminal(before))?;
        }
        Ok(())
    }

    /// The sentence of a claim.
    fn sentence(&mut self, text: &str, r: &Record<'_>) -> String {
        let hidden = match &mut self.names {
            Some(n) => n.of_document(text, std::slice::from_ref(r)),
            None => Vec::new(),
        };
        let (a, b) = (r.sentence.start, r.sentence.end);
        let slice: String = text.chars().skip(a).take(b - a).collect();
        let inside: Vec<_> = hidden.into_iter().filter(|h| h.start >= a && h.end <= b).map(|h| h.start - a..h.end - a).collect();
        replace(&slice, &inside)
    }

    fn document(&mut self, w: &mut impl Write, d: DocNo, whole: bool) -> std::io::Result<()> {
        let history = self.book.history(d).map_err(failed)?;
        let body = match self.book.document(d) {
            Err(ledger::Error::Erased(_)) => {
                writeln!(w, "document {} was erased; what is left are its statements", d.0)?;
                return statements(w, &history);
            }
            b => b.map_err(failed)?,
        };
        let m = &body.meta;
        let title = m.title.as_deref().map(|t| self.hide(t)).unwrap_or_default();
        writeln!(w, "document {}  {}", d.0, terminal(&title))?;
        for (name, v) in
            [("id", Some(&m.id)), ("outlet", m.outlet.as_ref()), ("published", m.published.as_ref()), ("address", m.url.as_ref()), ("sha256", Some(&m.sha256))]
        {
            if let Some(v) = v {
                writeln!(w, "  {name:<10} {}", terminal(v))?;
            }
        }
        let coded = self.book.coding(d).map_err(failed)?;
        let records: Vec<Record<'_>> = coded.records.iter().filter_map(|r| Record::parse(r).ok()).collect();
        let hidden = match &mut self.names {
            Some(n) => n.of_document(&body.text, &records),
            None => Vec::new(),
        };
        if whole {
            writeln!(w, "\n{}\n", replace(&body.text, &hidden).split('\n').map(terminal).collect::<Vec<_>>().join("\n"))?;
        }
        let current = self.book.is_current(d).map_err(failed)?;
        writeln!(w, "\nclaims{}", if current { "" } else { " (of an earlier version: they no longer hold)" })?;
        for row in self.book.claims_of(d).map_err(failed)? {
            let v = record(&row, self.names.as_mut());
            let spans: Vec<String> = ["trigger", "sentence"].iter().map(|p| format!("{}-{}", v[*p]["start"], v[*p]["end"])).collect();
            let decided = v["decided"].as_object().map(|o| o.keys().cloned().collect::<Vec<_>>().join(", "));
            let decided = decided.map(|d| format!("  (decided: {d})")).unwrap_or_default();
            writeln!(w, "  [{}] in [{}] {}{decided}", spans[0], spans[1], terminal(&summary(&v)))?;
        }
        for x in &coded.withdrawn {
            writeln!(w, "  {} withdrawn: {}", terminal(&x.id), terminal(&x.why))?;
        }
        let decisions = self.book.decisions(d).map_err(failed)?;
        if !decisions.is_empty() {
            writeln!(w, "\ndecisions")?;
            for (coder, x) in &decisions {
                let gone = if records.iter().any(|r| r.id == x.claim) { "" } else { " (no claim stands there any more)" };
                let text = [self.hide(&x.correction), self.hide(&x.reason)].join(" ");
                writeln!(w, "  {} {} {}: {} {}{gone}", terminal(&x.claim), x.field, terminal(coder), x.verdict.as_str(), terminal(text.trim()))?;
            }
        }
        self.versions(w, d)?;
        let copies: Vec<String> = self.book.copies_of(d).map_err(failed)?.iter().map(|x| x.0.to_string()).collect();
        if !copies.is_empty() {
            writeln!(w, "\nnear-copies: documents {}", copies.join(", "))?;
        }
        writeln!(w, "\nstatements")?;
        statements(w, &history)
    }

    /// What changed from each version of the page to the next.
    fn versions(&mut self, w: &mut impl Write, d: DocNo) -> std::io::Result<()> {
        let versions = self.book.versions(d).map_err(failed)?;
        if versions.len() < 2 {
            return Ok(());
        }
        writeln!(w, "\nversions")?;
        let mut before: Option<ledger::body::Body> = None;
        for v in versions {
            let b = self.book.document(v).map_err(failed)?;
            let at = self.book.statement(v.0).map_err(failed)?.map(|s| s.author.at).unwrap_or_default();
            writeln!(w, "  document {}, read {}", v.0, terminal(&at))?;
            if let Some(old) = &before {
                let pairs = [
                    ("title", &old.meta.title, &b.meta.title),
                    ("published", &old.meta.published, &b.meta.published),
                    ("outlet", &old.meta.outlet, &b.meta.outlet),
                ];
                for (name, x, y) in pairs.into_iter().filter(|p| p.1 != p.2) {
                    let (x, y) = (self.hide(x.as_deref().unwrap_or("none")), self.hide(y.as_deref().unwrap_or("none")));
                    writeln!(w, "    {name}: {} → {}", terminal(&x), terminal(&y))?;
                }
                for (sign, line) in changes(&old.text, &b.text) {
                    let line = self.hide(line);
                    writeln!(w, "    {sign} {}", terminal(&line))?;
                }
            }
            before = Some(b);
        }
        Ok(())
    }
}

fn details(x: &Value) -> String {
    let mut out = String::new();
    for key in [
        "name",
        "name_en",
        "id",
        "country",
        "admin1",
        "roles",
        "civilian",
        "basis",
        "kind",
        "stance",
        "from",
        "to",
        "precision",
        "lat",
        "lon",
        "low",
        "high",
        "vague",
        "relation",
        "term",
        "conflict",
    ] {
        let v = match &x[key] {
            Value::Null => continue,
            Value::String(s) => s.clone(),
            Value::Array(a) => a.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("+"),
            other => other.to_string(),
        };
        out += &format!("{}{key} {v}", if out.is_empty() { "  " } else { ", " });
    }
    out
}

fn statements(w: &mut impl Write, list: &[Statement]) -> std::io::Result<()> {
    for s in list {
        let why =
            s.open.as_deref().and_then(|o| serde_json::from_str::<Value>(o).ok()).and_then(|v| v["why"].as_str().map(|w| format!(": {w}"))).unwrap_or_default();
        writeln!(w, "  {} {} {} {}{}", s.seq, s.kind, terminal(&s.author.at), terminal(&s.author.who), terminal(&why))?;
    }
    Ok(())
}

/// The lines that went (`-`) and came (`+`), in order: all that is not in the longest common run of lines.
fn changes<'a>(old: &'a str, new: &'a str) -> Vec<(char, &'a str)> {
    let lines = |s: &'a str| s.lines().map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>();
    let (a, b) = (lines(old), lines(new));
    // equal ends need no table
    let front = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let back = a[front..].iter().rev().zip(b[front..].iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[front..a.len() - back], &b[front..b.len() - back]);
    if a.len().saturating_mul(b.len()) > 4_000_000 {
        return a.iter().map(|l| ('-', *l)).chain(b.iter().map(|l| ('+', *l))).collect();
    }
    let mut best = vec![vec![0u32; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            best[i][j] = if a[i] == b[j] { best[i + 1][j + 1] + 1 } else { best[i + 1][j].max(best[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            (i, j) = (i + 1, j + 1);
        } else if j == b.len() || (i < a.len() && best[i + 1][j] >= best[i][j + 1]) {
            out.push(('-', a[i]));
            i += 1;
        } else {
            out.push(('+', b[j]));
            j += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::changes;

    #[test]
    fn what_went_and_what_came() {
        assert_eq!(changes("أ\nب\nج", "أ\nد\nج\nه"), [('-', "ب"), ('+', "د"), ('+', "ه")]);
        assert_eq!(changes("أ\nب", "أ\nب"), []);
        assert_eq!(changes("", "أ"), [('+', "أ")]);
    }
}
