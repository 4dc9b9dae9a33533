//! What a correction means, and the claims as people have corrected them.
//!
//! A coder writes a correction in a cell of a table; [`value`] makes of it what the field of a record holds, or says what is wrong with it. The ledger
//! keeps both. [`apply`] puts the last word on each field into the records: a corrected field is what the coder says, a rejected one is
//! left open. What the program read stays in the chain.
//!
//! | field | a correction is written |
//! |---|---|
//! | type | `ASSAULT` |
//! | modes, objects | words of the contract: `aerial`, `hospital` |
//! | modality | `negated` |
//! | time | `2018-02-13`, or `2018-02-13 – 2018-02-15` |
//! | counts | `killed=5`, `injured=10-12`, `killed=20+` |
//! | actors, recipients | ids or names of the actor lexicon, or words of the text |
//! | places | ids of the gazetteer, or names that only one place has |
//! | sources | ids or names of the actor lexicon, or a name with its kind: `مدير المشفى (medical)` |
//!
//! Of lists, items are parted by `|`. The whole field is replaced.

use crate::day;
use crate::decide::{Decision, Verdict};
use crate::error::Result;
use crate::names::HIDDEN;
use crate::record::Record;
use arabic::fold::{Level, fold_str};
use claims::Lexicon;
use claims::record::{CountKind, EventType, Modality, ObjectKind, SourceKind};
use places::{Atlas, PlaceRef};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What a correction may name.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Actors and sources.
    pub lexicon: &'a Lexicon,
    /// Places.
    pub atlas: &'a Atlas,
}

/// The field of a record that a correction of a claim asks for.
///
/// Words that stand in the claim's sentence get their place there; others stand at the trigger, with no extent.
///
/// # Errors
/// What is wrong with the correction, and how it is written.
pub fn value(known: &Known<'_>, text: &str, record: &Record<'_>, field: &str, correction: &str) -> std::result::Result<Value, String> {
    if correction.contains(HIDDEN) {
        return Err("the correction holds a hidden name; export with --show-names, or write the name".into());
    }
    let items: Vec<&str> = correction.split('|').map(str::trim).filter(|i| !i.is_empty()).collect();
    let list =
        |item: &dyn Fn(&str) -> std::result::Result<Value, String>| items.iter().map(|i| item(i)).collect::<std::result::Result<Vec<_>, _>>().map(Value::Array);
    let spanned = |text_: &str, mut fields: Value| -> Value {
        let (start, end) = stretch(text, record, text_);
        let mut out = Map::from_iter([("text".into(), json!(text_)), ("start".into(), json!(start)), ("end".into(), json!(end))]);
        out.append(fields.as_object_mut().unwrap_or(&mut Map::new()));
        Value::Object(out)
    };
    let digits = digits(correction);
    match field {
        "type" => one_of(correction, &EventType::ALL.iter().map(|t| t.as_str()).collect::<Vec<_>>()),
        "modality" => one_of(correction, &Modality::ALL.iter().map(|t| t.as_str()).collect::<Vec<_>>()),
        "modes" => {
            let all: Vec<&str> = EventType::ALL.iter().flat_map(|t| t.modes()).copied().collect();
            list(&|i| one_of(i, &all))
        }
        "objects" => {
            let all: Vec<&str> = ObjectKind::ALL.iter().map(|k| k.as_str()).collect();
            list(&|i| one_of(i, &all).map(|kind| spanned(i, json!({"kind": kind}))))
        }
        "time" => time(&digits),
        "counts" => list(&|i| count(&self::digits(i)).map(|c| spanned(i, c))),
        "actors" | "recipients" => list(&|i| party(known.lexicon, text, i, &spanned)),
        "sources" => list(&|i| source(known.lexicon, i, &spanned)),
        "places" => list(&|i| place(known, i, &spanned)),
        // the claim as a whole: what is said of it is for people
        _ => Ok(Value::Null),
    }
}

type Spanned<'a> = dyn Fn(&str, Value) -> Value + 'a;

/// Where a claim's sentence says something; else the trigger, without extent. In code points.
fn stretch(text: &str, record: &Record<'_>, said: &str) -> (usize, usize) {
    let sentence: String = text.chars().skip(record.sentence.start).take(record.sentence.end.saturating_sub(record.sentence.start)).collect();
    match sentence.find(said) {
        Some(at) => {
            let start = record.sentence.start + sentence[..at].chars().count();
            (start, start + said.chars().count())
        }
        None => (record.trigger.start, record.trigger.start),
    }
}

/// A spreadsheet may write ٢٠١٨ for 2018.
fn digits(s: &str) -> String {
    s.chars().map(|c| arabic::letters::digit(c).map_or(c, |d| char::from(b'0' + d))).collect()
}

fn one_of(word: &str, all: &[&str]) -> std::result::Result<Value, String> {
    let found = all.iter().find(|w| w.eq_ignore_ascii_case(word.trim()));
    found.map(|w| json!(w)).ok_or_else(|| format!("“{word}” is none of {}", all.join(", ")))
}

fn time(correction: &str) -> std::result::Result<Value, String> {
    let wrong = || format!("“{correction}” is no day; write 2018-02-13, or 2018-02-13 – 2018-02-15");
    let (from, to) = [" – ", "–", "/", " - "].iter().find_map(|sep| correction.split_once(sep)).unwrap_or((correction, correction));
    let (from, to) = (from.trim(), to.trim());
    let days = day::parse(to).zip(day::parse(from)).map(|(b, a)| b - a).filter(|n| *n >= 0).ok_or_else(wrong)?;
    let precision = match days {
        0 => 1,
        1..=6 => 2,
        _ => 3,
    };
    Ok(json!({"from": from, "to": to, "precision": precision, "basis": "expression", "anchor": null}))
}

/// `killed=5`, `killed=5-7`, `killed=20+`.
fn count(item: &str) -> std::result::Result<Value, String> {
    let wrong = || format!("“{item}” is no count; write killed=5, injured=10-12, killed=20+");
    let (kind, number) = item.split_once('=').ok_or_else(wrong)?;
    let kinds: Vec<&str> = CountKind::ALL.iter().map(|k| k.as_str()).collect();
    let kind = one_of(kind, &kinds)?;
    let digit = |s: &str| s.trim().parse::<u32>().map_err(|_| wrong());
    let (low, high) = match (number.strip_suffix('+'), number.split_once(['-', '–'])) {
        (Some(low), _) => (digit(low)?, None),
        (None, Some((low, high))) => (digit(low)?, Some(digit(high)?)),
        (None, None) => (digit(number)?, Some(digit(number)?)),
    };
    if high.is_some_and(|h| h < low) {
        return Err(wrong());
    }
    let number = |n: u32| f64::from(n);
    Ok(json!({"kind": kind, "low": number(low), "high": high.map(number), "vague": null, "approx": false, "group": "unknown", "relation": "total"}))
}

/// The entry of an id or a name.
fn actor<'l>(lexicon: &'l Lexicon, said: &str) -> Option<&'l claims::lexicon::Actor> {
    let folded = fold_str(said, Level::Loose);
    lexicon.actors.iter().find(|a| a.id == said).or_else(|| {
        let named = |name: &str| fold_str(name, Level::Loose) == folded;
        lexicon.actors.iter().find(|a| named(a.name) || a.name_en.eq_ignore_ascii_case(said))
    })
}

fn party(lexicon: &Lexicon, text: &str, item: &str, spanned: &Spanned<'_>) -> std::result::Result<Value, String> {
    let value = match actor(lexicon, item) {
        Some(a) => {
            let civilian = (!a.roles.is_empty()).then(|| !a.roles.iter().any(|r| matches!(*r, "MIL" | "REB" | "UAF" | "PRM" | "SPY")));
            let fields =
                json!({"name": a.name, "name_en": a.name_en, "id": a.id, "country": a.country, "roles": a.roles, "civilian": civilian, "basis": "named"});
            spanned(if item == a.id { a.name } else { item }, fields)
        }
        None if !text.contains(item) => {
            return Err(format!(
                "“{item}” is no id or name of the actor lexicon, and the text does not say it; write one of these, or words as they stand in the text"
            ));
        }
        None => spanned(item, json!({"name": null, "name_en": null, "id": null, "country": null, "roles": ["UNK"], "civilian": null, "basis": "named"})),
    };
    Ok(value)
}

fn source(lexicon: &Lexicon, item: &str, spanned: &Spanned<'_>) -> std::result::Result<Value, String> {
    if let Some(a) = actor(lexicon, item) {
        let kind = a.source.unwrap_or(SourceKind::Official);
        let fields = json!({"name": a.name, "id": a.id, "kind": kind.as_str(), "stance": "states", "cue": null});
        return Ok(spanned(if item == a.id { a.name } else { item }, fields));
    }
    let kinds: Vec<&str> = SourceKind::ALL.iter().map(|k| k.as_str()).collect();
    let (name, kind) = item
        .strip_suffix(')')
        .and_then(|i| i.rsplit_once('('))
        .ok_or_else(|| format!("“{item}” is no source of the actor lexicon; write its kind behind it in brackets: {item} ({})", kinds.join(" or ")))?;
    let kind = one_of(kind, &kinds)?;
    Ok(spanned(name.trim(), json!({"name": null, "id": null, "kind": kind, "stance": "states", "cue": null})))
}

fn place(known: &Known<'_>, item: &str, spanned: &Spanned<'_>) -> std::result::Result<Value, String> {
    let atlas = known.atlas;
    let id = match atlas.by_id(item) {
        Some(id) => id,
        None => {
            let mut found = atlas.lookup(item);
            // a town that gives its name to its district is meant by it
            let contains = |outer: PlaceRef, list: &[PlaceRef]| list.iter().any(|p| *p != outer && atlas.contains(outer, *p));
            let all = found.clone();
            found.retain(|p| !contains(*p, &all));
            match found[..] {
                [one] => one,
                [] => return Err(format!("no gazetteer has a place “{item}”; `tawatur places lookup` finds names and ids")),
                _ => {
                    let ids: Vec<&str> = found.iter().map(|p| atlas.get(*p).id).collect();
                    return Err(format!("“{item}” is the name of several places; write the id of one: {}", ids.join(", ")));
                }
            }
        }
    };
    let p = atlas.get(id);
    let point = atlas.point(id);
    let approximated = point.filter(|(_, of)| *of != id).map(|(_, of)| atlas.get(of).id);
    // a country's id is its ISO alpha-2 code, which the lexicon's states carry too
    let country = atlas.country(id).and_then(|c| actor(known.lexicon, &format!("state.{c}"))).and_then(|a| a.country);
    let mut fields = json!({
        "name": p.name_ar, "name_en": p.name_en, "id": p.id, "kind": p.kind.as_str(), "country": country,
        "admin1": atlas.admin1(id).map(|a| atlas.get(a).name_en), "lat": point.map(|x| x.0.0), "lon": point.map(|x| x.0.1),
        "precision": if approximated.is_some() { 3 } else { 1 }, "role": "at",
    });
    if let Some(of) = approximated {
        fields["approximated_by"] = json!(of);
    }
    Ok(spanned(if item == p.id { p.name_ar } else { item }, fields))
}

/// What one coder has said of one field, and where it stands in the chain.
#[derive(Debug, Clone)]
pub struct Ruling {
    /// The claim that it is placed with now.
    pub claim: String,
    /// The coder.
    pub by: String,
    /// The number of the statement.
    pub statement: u64,
    /// What was said.
    pub decision: Decision,
}

/// Puts rulings on fields into records. Of several on one field the last counts; one that says that it cannot be told counts for nothing. A
/// record that is changed says in `decided` which fields, by whom, and in which statement.
///
/// # Errors
/// When a record is none.
pub fn apply(records: &mut [String], rulings: &[Ruling]) -> Result<()> {
    let mut last: BTreeMap<&str, BTreeMap<&str, &Ruling>> = BTreeMap::new();
    let mut sorted: Vec<&Ruling> = rulings.iter().filter(|r| r.decision.verdict != Verdict::Unsure).collect();
    sorted.sort_by_key(|r| r.statement);
    for r in sorted {
        last.entry(&r.claim).or_default().insert(&r.decision.field, r);
    }
    for record in records.iter_mut().filter(|_| !last.is_empty()) {
        let id = Record::parse(record)?.id.to_string();
        let Some(fields) = last.get(id.as_str()) else { continue };
        let mut v: Value = serde_json::from_str(record)?;
        let mut decided = Map::new();
        for (field, r) in fields {
            let now = match r.decision.verdict {
                Verdict::Correct => r.decision.value.clone().filter(|v| !v.is_null()),
                Verdict::Reject => left_open(field),
                Verdict::Accept | Verdict::Unsure => None,
            };
            if let Some(now) = now {
                v[*field] = now;
                decided.insert((*field).into(), json!({"verdict": r.decision.verdict, "by": r.by, "statement": r.statement}));
            }
        }
        if decided.is_empty() {
            continue;
        }
        // another type has other modes
        if let Some(t) = v["type"].as_str().and_then(EventType::parse)
            && let Some(modes) = v["modes"].as_array_mut()
        {
            modes.retain(|m| m.as_str().is_some_and(|m| t.modes().contains(&m)));
        }
        v["decided"] = Value::Object(decided);
        *record = v.to_string();
    }
    Ok(())
}

/// What a field holds when nothing is known; a type and a modality there always are.
fn left_open(field: &str) -> Option<Value> {
    match field {
        "time" => Some(Value::Null),
        "modes" | "actors" | "recipients" | "places" | "counts" | "sources" | "objects" => Some(json!([])),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "قصفت الطائرات سراقب أمس وقتل خمسة";

    fn record() -> String {
        json!({"id": "clm_1", "type": "ASSAULT", "modes": ["aerial"], "trigger": {"text": "قصفت", "start": 0, "end": 4}, "sentence": {"start": 0, "end": 33},
               "actors": [], "counts": [], "time": null, "modality": "actual", "confidence": 0.5})
        .to_string()
    }

    fn value_of(field: &str, correction: &str) -> std::result::Result<Value, String> {
        let (atlas, r) = (Atlas::embedded(), record());
        value(&Known { lexicon: claims::embedded(), atlas: &atlas }, TEXT, &Record::parse(&r).unwrap(), field, correction)
    }

    #[test]
    fn corrections_mean_fields() {
        assert_eq!(value_of("type", "protest").unwrap(), "PROTEST");
        assert_eq!(value_of("modes", "drone | heavy-weapons").unwrap(), json!(["drone", "heavy-weapons"]));
        let t = value_of("time", "2019-12-30 – 2020-01-02").unwrap();
        assert_eq!((&t["from"], &t["to"], &t["precision"]), (&json!("2019-12-30"), &json!("2020-01-02"), &json!(2)));
        assert_eq!(value_of("time", "٢٠١٩-١٢-٣٠").unwrap()["from"], "2019-12-30");
        let c = value_of("counts", "killed=٥ | injured=10-12 | killed=20+").unwrap();
        assert_eq!((&c[0]["low"], &c[1]["high"], &c[2]["high"]), (&json!(5.0), &json!(12.0), &Value::Null));
        let p = value_of("places", "سراقب").unwrap();
        assert_eq!((&p[0]["start"], &p[0]["end"], &p[0]["country"]), (&json!(14), &json!(19), &json!("SYR")));
        let a = value_of("actors", "الطائرات").unwrap();
        assert_eq!((&a[0]["start"], &a[0]["id"]), (&json!(5), &Value::Null));
        let s = value_of("sources", "مدير المشفى (medical)").unwrap();
        assert_eq!((&s[0]["text"], &s[0]["kind"], &s[0]["end"]), (&json!("مدير المشفى"), &json!("medical"), &json!(0)));
    }

    #[test]
    fn wrong_corrections_say_the_remedy() {
        for (field, correction, remedy) in [
            ("type", "WAR", "ASSAULT"),
            ("modes", "loud", "aerial"),
            ("time", "أمس", "2018-02-13"),
            ("time", "2020-01-02 – 2019-12-30", "2018-02-13"),
            ("counts", "5", "killed=5"),
            ("counts", "killed=7-5", "killed=5"),
            ("places", "بلدة لا وجود لها", "places lookup"),
            ("sources", "رجل", "(official or"),
            ("actors", "houthis", "as they stand in the text"),
            ("recipients", HIDDEN, "--show-names"),
        ] {
            let e = value_of(field, correction).unwrap_err();
            assert!(e.contains(remedy), "{field} {correction}: {e}");
        }
    }

    #[test]
    fn the_last_word_holds() {
        let ruling = |statement, by: &str, verdict, value: Option<Value>, field: &str| Ruling {
            claim: "clm_1".into(),
            by: by.into(),
            statement,
            decision: Decision {
                claim: "clm_1".into(),
                trigger: (0, 4),
                field: field.into(),
                verdict,
                correction: String::new(),
                value,
                reason: String::new(),
            },
        };
        let mut records = vec![record()];
        let day = |d: &str| value_of("time", d).ok();
        let list = [
            ruling(9, "سامي", Verdict::Correct, day("2020-01-02"), "time"),
            ruling(7, "ليلى", Verdict::Correct, day("2020-01-01"), "time"),
            ruling(11, "منى", Verdict::Unsure, None, "time"),
            ruling(8, "ليلى", Verdict::Correct, Some(json!("COERCE")), "type"),
        ];
        apply(&mut records, &list).unwrap();
        let v: Value = serde_json::from_str(&records[0]).unwrap();
        assert_eq!((&v["time"]["from"], &v["decided"]["time"]["by"]), (&json!("2020-01-02"), &json!("سامي")));
        assert_eq!((&v["type"], &v["modes"]), (&json!("COERCE"), &json!([])), "a raid from the air is none of COERCE's modes");
        let mut records = vec![record()];
        apply(&mut records, &[ruling(9, "سامي", Verdict::Accept, None, "time")]).unwrap();
        assert_eq!(records, [record()]);
        apply(&mut records, &[ruling(9, "سامي", Verdict::Reject, None, "modes")]).unwrap();
        assert!(records[0].contains("\"modes\":[]"), "{}", records[0]);
    }
}
