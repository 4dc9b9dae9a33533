//! Names of private persons, hidden where claims are listed, found or exported.
//!
//! A name is a run of words that the dictionary knows as given or family names, with the unknown words that follow it. It is
//! private unless it lies in a participant or source that the actor lexicon has an entry for, or is that of a city. In participants and sources
//! without an entry a single name is enough; elsewhere in a sentence it takes two, because many given names are also words.
//! When in doubt a name is hidden: an official whom the lexicon does not list is hidden too.

use crate::record::Record;
use arabic::chars::CodePoints;
use arabic::morph::Pos;
use arabic::number::Numbers;
use arabic::text::{Kind, Text};
use arabic::words::{Word, Words};
use places::Atlas;
use serde_json::Value;
use std::ops::Range;

/// What stands in the place of a hidden name.
pub const HIDDEN: &str = "[حُجب الاسم]";

/// Finds and hides names. One serves one thread.
#[derive(Debug)]
pub struct Names {
    words: Words,
    numbers: Numbers,
    atlas: Atlas,
}

/// Places of this rank and above are known by their names, خان يونس, whoever else may be called so.
const CITY: u8 = 6;

impl Default for Names {
    fn default() -> Self {
        Names { words: Words::new(arabic::dictionary()), numbers: Numbers::new(), atlas: Atlas::embedded() }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Only a name.
    Name,
    /// A name or another word.
    Perhaps,
    /// Not in the dictionary.
    Unknown,
    /// A word.
    No,
}

fn part(w: &Word, numbers: &Numbers) -> Part {
    if numbers.is_part(w) {
        return Part::No;
    }
    let name = w.readings.iter().any(|r| r.pos == Pos::Name);
    match (name, w.readings.iter().any(|r| r.pos != Pos::Name)) {
        (true, false) => Part::Name,
        (true, true) => Part::Perhaps,
        (false, true) => Part::No,
        (false, false) => Part::Unknown,
    }
}

impl Names {
    /// The stretches of `text`, in code points, that name private persons. `public` are stretches that do not: actors of the
    /// lexicon. `private` are participants and sources without an entry.
    pub fn find(&mut self, text: &str, public: &[Range<usize>], private: &[Range<usize>]) -> Vec<Range<usize>> {
        let t = Text::new(text, &mut self.words);
        let cp = CodePoints::new(text);
        let words: Vec<(Range<usize>, Part)> = t
            .tokens
            .iter()
            .map(|k| {
                let p = if k.kind == Kind::Word { part(self.words.get(k.word), &self.numbers) } else { Part::No };
                (cp.at(k.start as usize)..cp.at(k.end as usize), p)
            })
            .collect();
        let inside = |r: &Range<usize>, list: &[Range<usize>]| list.iter().any(|p| p.start <= r.start && r.end <= p.end);
        let mut out = Vec::new();
        let mut i = 0;
        while i < words.len() {
            let own = inside(&words[i].0, private);
            let begins = match words[i].1 {
                Part::Name | Part::Perhaps => true,
                Part::Unknown => own,
                Part::No => false,
            };
            if !begins || inside(&words[i].0, public) {
                i += 1;
                continue;
            }
            let mut end = i + 1;
            while end < words.len() && words[end].1 != Part::No && !inside(&words[end].0, public) {
                end += 1;
            }
            let sure = words[i..end].iter().any(|w| w.1 == Part::Name);
            if own || (end - i >= 2 && sure && !self.is_city(&text[t.tokens[i].start as usize..t.tokens[end - 1].end as usize])) {
                out.push(words[i].0.start..words[end - 1].0.end);
            }
            i = end;
        }
        out
    }

    fn is_city(&self, name: &str) -> bool {
        self.atlas.lookup(name).into_iter().any(|p| self.atlas.get(p).rank >= CITY)
    }

    /// `text` with those names hidden.
    ///
    /// ```
    /// use tawatur_ledger::names::{HIDDEN, Names};
    /// let shown = Names::default().hide("قتل محمد حسن في القصف", &[], &[]);
    /// assert_eq!(shown, format!("قتل {HIDDEN} في القصف"));
    /// ```
    pub fn hide(&mut self, text: &str, public: &[Range<usize>], private: &[Range<usize>]) -> String {
        let found = self.find(text, public, private);
        replace(text, &found)
    }

    /// The names of a document's text: those that its claims tell of and those that stand elsewhere.
    pub fn of_document(&mut self, text: &str, records: &[Record<'_>]) -> Vec<Range<usize>> {
        let (mut public, mut private) = (Vec::new(), Vec::new());
        for r in records {
            for p in r.parties() {
                if p.id.is_some() { &mut public } else { &mut private }.push(p.start..p.end);
            }
            for s in &r.sources {
                if s.id.is_some() { &mut public } else { &mut private }.push(s.start..s.end);
            }
            // a place may be called after a person
            for p in &r.places {
                public.push(p.start..p.end);
            }
        }
        self.find(text, &public, &private)
    }

    /// Hides names in every text of a record, except in what the actor lexicon or the gazetteer has an entry for.
    pub fn hide_in(&mut self, record: &mut Value) {
        match record {
            Value::Object(o) => {
                // participants have roles, sources a stance, places a point or none
                let party = o.contains_key("roles") || o.contains_key("stance");
                let known = o.contains_key("lat") || (party && o.get("id").is_some_and(Value::is_string));
                for (k, v) in o.iter_mut() {
                    match v {
                        Value::String(s) if matches!(k.as_str(), "text" | "name" | "title") && !known => {
                            let all = 0..s.chars().count();
                            *s = self.hide(s, &[], if party { std::slice::from_ref(&all) } else { &[] });
                        }
                        Value::Object(_) | Value::Array(_) => self.hide_in(v),
                        _ => {}
                    }
                }
            }
            Value::Array(a) => a.iter_mut().for_each(|v| self.hide_in(v)),
            _ => {}
        }
    }
}

/// `text` with stretches of code points, in order, replaced by [`HIDDEN`].
pub fn replace(text: &str, stretches: &[Range<usize>]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut next = stretches.iter().peekable();
    for (i, c) in text.chars().enumerate() {
        while next.peek().is_some_and(|r| r.end <= i) {
            next.next();
        }
        match next.peek() {
            Some(r) if r.start == i => out.push_str(HIDDEN),
            Some(r) if r.start < i => {}
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_people_are_hidden_and_groups_are_not() {
        let mut n = Names::default();
        for (text, private, shown) in [
            ("قتل خالد عبد الله", 0..0, "قتل [حُجب الاسم]"),
            ("قتل خمسة مدنيين بينهم طفلان", 0..0, "قتل خمسة مدنيين بينهم طفلان"),
            ("قال الطبيب سمير", 4..15, "قال الطبيب [حُجب الاسم]"),
            ("وأصيب ثلاثة أشخاص", 6..17, "وأصيب ثلاثة أشخاص"),
            ("المواجهات تتركز في خان يونس", 0..0, "المواجهات تتركز في خان يونس"),
        ] {
            assert_eq!(n.hide(text, &[], &[private]), shown);
        }
        assert_eq!(n.hide("كتائب خالد محمود", std::slice::from_ref(&(0..16)), &[]), "كتائب خالد محمود");
    }

    #[test]
    fn records_keep_what_the_lexicon_lists() {
        let mut v = serde_json::json!({
            "id": "clm_1", "trigger": {"text": "قتل"},
            "actors": [{"text": "كتائب خالد محمود", "id": "x.khalid", "roles": ["REB"]}],
            "recipients": [{"text": "الشاب خالد محمود", "id": null, "roles": ["CVL"]}, {"text": "3 مدنيين", "id": null, "roles": ["CVL"]}],
            "places": [{"text": "قرية الشيخ خالد محمود", "id": null, "lat": null}],
            "sources": [{"text": "سمير حسن", "id": null, "stance": "states", "cue": {"text": "قال"}}],
        });
        Names::default().hide_in(&mut v);
        let text = |p: &str, i: usize| v[p][i]["text"].as_str().unwrap().to_string();
        assert_eq!(text("actors", 0), "كتائب خالد محمود");
        assert_eq!(text("recipients", 0), format!("الشاب {HIDDEN}"));
        assert_eq!(text("recipients", 1), "3 مدنيين");
        assert_eq!(text("places", 0), "قرية الشيخ خالد محمود");
        assert_eq!(text("sources", 0), HIDDEN);
    }

    #[test]
    fn stretches_are_replaced_by_code_points() {
        assert_eq!(replace("أبجد هوز", std::slice::from_ref(&(0..4))), format!("{HIDDEN} هوز"));
        assert_eq!(replace("أبجد", &[]), "أبجد");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_hidden_quietly(s in "\\PC{0,60}") {
            Names::default().hide(&s, &[], std::slice::from_ref(&(0..s.chars().count())));
        }
    }
}
