//! An incident in full: what is held of it, by whom, what is not agreed on, how that came about, and its claims with their spans.

use super::View;
use crate::keeping::failed;
use crate::output::incidents::role;
use crate::output::safe::terminal;
use ledger::incidents::Incident;
use ledger::incidents::counts::{Figure, Tally};
use ledger::incidents::incident::{ClaimRef, Role};
use std::collections::BTreeSet;
use std::io::{Result, Write};

impl View<'_> {
    pub(super) fn incident(&mut self, w: &mut impl Write, i: &Incident) -> Result<()> {
        let what = if i.modes.is_empty() { i.kind.clone() } else { format!("{}/{}", i.kind, i.modes.join("+")) };
        writeln!(w, "{} {what}", i.id)?;
        if let (Some(from), Some(to)) = (&i.from, &i.to) {
            let days = if from == to { from.clone() } else { format!("{from} – {to}") };
            writeln!(w, "  when       {days} ({})", i.dated.unwrap_or("not dated"))?;
        }
        if let Some(p) = &i.place {
            let name = [p.name.as_deref().unwrap_or(p.text()), p.name_en.as_deref().unwrap_or_default(), p.id.as_deref().unwrap_or_default()];
            let point = p.lat.zip(p.lon).map(|(lat, lon)| format!(" at {lat}, {lon}, precision {}", p.precision)).unwrap_or_default();
            writeln!(w, "  where      {}{point}", terminal(name.join(" ").trim()))?;
        }
        for (name, list) in [("who", &i.actors), ("to whom", &i.recipients)] {
            for r in list {
                writeln!(w, "  {name:<10} {}", terminal(&party(r)))?;
            }
        }
        for (kind, t) in &i.counts {
            writeln!(w, "  {kind:<10} {}", terminal(&tally(t)))?;
            for f in &t.by_source {
                let source = f.source.as_deref().unwrap_or("nobody credited");
                let date = f.published.as_deref().unwrap_or("not dated");
                let holds = if f.holds { "" } else { ", enters no range" };
                let line = format!("{} ({}, {}{holds}): {source}, origin {}, {date}, {} of {}", figure(f), f.relation, f.group, f.origin + 1, f.claim, f.doc);
                writeln!(w, "    {}", terminal(&line))?;
            }
        }
        writeln!(w, "  origins    at least {}, at most {}, in {}", i.origins_at_least, i.origins, of(i.documents, "document"))?;
        for (n, o) in i.origin_list.iter().enumerate() {
            let sources = if o.sources.is_empty() { "nobody credited".to_string() } else { list(&o.sources) };
            let parties = if o.parties.is_empty() { String::new() } else { format!(", speaks for {}", list(&o.parties)) };
            let line = format!("{}. {sources}{parties}{}: {}", n + 1, if o.certain { ", certainly its own" } else { "" }, list(&o.documents));
            writeln!(w, "    {}", terminal(&line))?;
        }
        for c in &i.conflicts {
            let values: Vec<String> = c.values.iter().map(|v| format!("{} ({})", v.value, list(&v.documents))).collect();
            writeln!(w, "  conflict   {}: {}", c.field, terminal(&values.join(" against ")))?;
        }
        for s in &i.history {
            let by = format!("{} {} ({})", s.published.as_deref().unwrap_or("not dated"), list(&s.docs), list(&s.outlets));
            let value = |v: &Option<String>| v.clone().unwrap_or_else(|| "nothing".into());
            let changes: Vec<String> = s.changes.iter().map(|c| format!("{} {} → {}", c.field, value(&c.before), value(&c.after))).collect();
            writeln!(w, "  history    {}", terminal(&format!("{by}: {}", changes.join("; "))))?;
        }
        let denied: BTreeSet<&ClaimRef> = i.denials.iter().collect();
        for (title, claims) in [("claims", &i.claims), ("background: told later, corroborating nothing", &i.background)] {
            if claims.is_empty() {
                continue;
            }
            writeln!(w, "\n{title}\n")?;
            for c in claims {
                if denied.contains(c) {
                    writeln!(w, "(denies it)")?;
                }
                let of_document = |row: &&ledger::rows::ClaimRow| row.record.contains(&format!("\"id\":{}", serde_json::json!(c.doc)));
                let rows = self.book.claim(&c.claim).map_err(failed)?;
                for row in rows.iter().filter(of_document).take(1) {
                    self.claim(w, row)?;
                }
            }
        }
        Ok(())
    }
}

fn of(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

fn list(set: &BTreeSet<String>) -> String {
    set.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}

fn party(r: &Role) -> String {
    let id = r.id.as_deref().map(|i| format!(" {i}")).unwrap_or_default();
    let basis: Vec<&str> = r.basis.iter().copied().collect();
    format!("{}{id} ({}; {}): {}", role(r), of(r.documents, "document"), basis.join(", "), r.claims.join(" "))
}

fn tally(t: &Tally) -> String {
    match (t.best, t.low, t.high) {
        (Some(best), Some(low), Some(high)) if low < high => format!("{best}, between {low} and {high} (the first by {})", of(t.origins, "origin")),
        (Some(best), ..) => format!("{best} ({})", of(t.origins, "origin")),
        _ => "no number".into(),
    }
}

fn figure(f: &Figure) -> String {
    match (f.low, f.high, &f.vague) {
        (Some(l), Some(h), _) if l == h => l.to_string(),
        (Some(l), Some(h), _) => format!("{l}–{h}"),
        (Some(l), None, _) => format!("{l} or more"),
        (None, Some(h), _) => format!("{h} at most"),
        (None, None, v) => v.clone().unwrap_or_else(|| "some".into()),
    }
}
