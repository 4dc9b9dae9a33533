//! What the index holds of a document: its words, folded and by lemma, and what its claims say.
//!
//! | term | of |
//! |---|---|
//! | `قصف` | a word, folded |
//! | `~قصف` | a dictionary word that one of its words is a form of |
//! | `t=assault`, `t=assault/aerial` | a claim's type, and type with mode |
//! | `m=actual` | its modality |
//! | `p=state.sy`, `p=syr`, `p=الجيش_السوري` | an actor or recipient: id, country, name |
//! | `l=sy-…`, `l=حلب` | a place: id, name, name in English, country, first-level unit |
//! | `s=ngo_monitor`, `s=…` | a source: kind, id, name |
//! | `d=2018-02` | the months of its time |
//! | `g=36_37` | the degree square of its point |
//! | `c=killed`, `c=killed/5` | what it counts, and each step of [`STEPS`] that the number reaches |
//! | `i=7f3k09c2` | a claim's id, hashed |
//! | `h=7f3k09c2` | the hashes by which near-copies are found |
//!
//! Ids and hashes have no order, and a table of them would be written all over for every document that comes; the index writes what is new
//! at its end and sorts it together later.
//!
//! A document is found by its terms; whether one claim meets all that is asked is then looked up in its record.

use crate::day;
use crate::error::Result;
use crate::incidents::telling::long;
use crate::record::Record;
use crate::rows::DocNo;
use arabic::fold::{Level, fold_str};
use arabic::search::Token;
use foldhash::{HashSet, HashSetExt};
use rusqlite::Connection;

/// Grows with every change to the terms of a document, so that an older index is known as such.
pub const VERSION: u32 = 4;

/// Months of one claim that are listed, at most; a longer time is `d=long`.
pub const MONTHS: i32 = 24;

/// Numbers that a count is listed under when it reaches them: a filter asks for the last one below its own.
pub const STEPS: [u32; 29] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 25, 30, 40, 50, 75, 100, 200, 500, 1000];

/// The term of a count that is at least so large.
pub fn at_least(kind: &str, n: f64) -> String {
    match STEPS.iter().rfind(|s| f64::from(**s) <= n) {
        Some(s) => said('c', &format!("{kind}/{s}")),
        None => said('c', kind),
    }
}

/// The terms of a document, each once, apart by spaces, in order. `found_by` are the hashes by which near-copies find it.
pub(crate) fn of<'a>(tokens: impl Iterator<Item = &'a Token>, claims: &[Record<'_>], found_by: Vec<u64>) -> String {
    let mut terms = Terms::default();
    let mut seen: HashSet<*const arabic::search::Forms> = HashSet::new();
    for t in tokens {
        if !seen.insert(std::sync::Arc::as_ptr(&t.forms)) {
            continue;
        }
        terms.add(|out| out.push_str(&t.forms.folded));
        for l in &t.forms.lemmas {
            terms.add(|out| out.extend(["~", l]));
        }
    }
    for c in claims {
        terms.add(|out| out.push_str(&claim_id(&c.id)));
        claim(c, &mut terms);
    }
    for hash in found_by {
        terms.add(|out| out.push_str(&wording(hash)));
    }
    terms.written()
}

/// Terms one behind the other, and where each ends: a document has hundreds, most of them more than once.
#[derive(Default)]
struct Terms {
    text: String,
    ends: Vec<usize>,
}

impl Terms {
    fn add(&mut self, write: impl FnOnce(&mut String)) {
        write(&mut self.text);
        self.ends.push(self.text.len());
    }

    fn said(&mut self, letter: char, value: &str) {
        self.add(|out| said_into(letter, value, out));
    }

    /// Each once, in order, apart by spaces.
    fn written(&self) -> String {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let mut all: Vec<&str> = starts.zip(&self.ends).map(|(a, b)| &self.text[a..*b]).filter(|t| !t.is_empty()).collect();
        all.sort_unstable();
        all.dedup();
        all.join(" ")
    }
}

/// The term of a claim's id.
pub(crate) fn claim_id(id: &str) -> String {
    first_claim(long(id))
}

/// The term of the id of the claim that a telling with this number begins with.
pub(crate) fn first_claim(telling: u64) -> String {
    format!("i={}", forty_bits(telling))
}

/// The term of one of the hashes by which near-copies find a document.
pub(crate) fn wording(hash: u64) -> String {
    format!("h={}", forty_bits(hash))
}

/// The upper bits of a hash: whatever is found by them is looked at again.
fn forty_bits(hash: u64) -> String {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghijklmnopqrstuv";
    (0..8).map(|n| char::from(DIGITS[(hash >> (59 - 5 * n)) as usize & 31])).collect()
}

/// The documents that have a term, in the order of numbers.
pub(crate) fn documents_of(db: &Connection, term: &str) -> Result<Vec<DocNo>> {
    let mut q = db.prepare_cached("SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid")?;
    Ok(q.query_map([format!("\"{term}\"")], |r| r.get(0).map(DocNo))?.collect::<rusqlite::Result<_>>()?)
}

/// The term of a lemma.
pub fn lemma(l: &str) -> String {
    format!("~{l}")
}

/// The term of something that a claim says: `letter=value`, folded, its spaces bridged.
pub fn said(letter: char, value: &str) -> String {
    let mut out = String::new();
    said_into(letter, value, &mut out);
    out
}

fn said_into(letter: char, value: &str, out: &mut String) {
    out.extend([letter, '=']);
    out.extend(fold_str(value.trim(), Level::Loose).chars().map(|c| match c {
        c if c.is_alphanumeric() || !c.is_ascii() || "~=.:/@+#&-".contains(c) => c.to_ascii_lowercase(),
        _ => '_',
    }));
}

/// The terms of the months of a stretch of days.
pub fn months(first: i32, last: i32, mut add: impl FnMut(String)) {
    let ((y, m), (ly, lm)) = (day::month(first), day::month(last));
    let (first, last) = (y * 12 + m - 1, ly * 12 + lm - 1);
    if last - first >= MONTHS {
        return add("d=long".into());
    }
    for n in first..=last {
        add(format!("d={:04}-{:02}", n.div_euclid(12), n.rem_euclid(12) + 1));
    }
}

/// The term of the degree square of a point.
pub fn square(lat: f64, lon: f64) -> String {
    format!("g={}_{}", lat.floor() as i32, lon.floor() as i32)
}

fn claim(c: &Record<'_>, out: &mut Terms) {
    out.said('t', &c.kind);
    for m in &c.modes {
        out.said('t', &format!("{}/{m}", c.kind));
    }
    out.said('m', &c.modality);
    for p in c.parties() {
        for v in [p.id.as_deref(), p.country.as_deref(), p.name.as_deref()].into_iter().flatten() {
            out.said('p', v);
        }
    }
    for p in &c.places {
        out.said('l', &p.text);
        for v in [&p.id, &p.name, &p.name_en, &p.country, &p.admin1].into_iter().flatten() {
            out.said('l', v);
        }
        if let (Some(lat), Some(lon)) = (p.lat, p.lon) {
            out.add(|out| out.push_str(&square(lat, lon)));
        }
    }
    for s in &c.sources {
        for v in [s.kind.as_deref(), s.id.as_deref(), s.id.as_ref().and(s.name.as_deref())].into_iter().flatten() {
            out.said('s', v);
        }
    }
    if let Some((a, b)) = c.days() {
        months(a, b, |t| out.add(|out| out.push_str(&t)));
    }
    for n in &c.counts {
        out.said('c', &n.kind);
        let most = n.low.or(n.high).unwrap_or_default();
        for s in STEPS.iter().filter(|s| f64::from(**s) <= most) {
            out.said('c', &format!("{}/{s}", n.kind));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_of_a_stretch() {
        let list = |a, b| {
            let mut out = Vec::new();
            months(day::parse(a).unwrap(), day::parse(b).unwrap(), |t| out.push(t));
            out
        };
        assert_eq!(list("2018-12-30", "2019-02-01"), ["d=2018-12", "d=2019-01", "d=2019-02"]);
        assert_eq!(list("1990-01-01", "2019-02-01"), ["d=long"]);
    }

    #[test]
    fn counts_ask_for_the_last_step_below() {
        assert_eq!(at_least("killed", 8.0), "c=killed/8");
        assert_eq!(at_least("killed", 49.0), "c=killed/40");
        assert_eq!(at_least("killed", 0.0), "c=killed");
    }

    #[test]
    fn names_are_one_term() {
        assert_eq!(said('l', "ريف حلب \"الشمالي\""), "l=ريف_حلب__الشمالي_");
        assert_eq!(said('p', "State.SY"), "p=state.sy");
    }
}
