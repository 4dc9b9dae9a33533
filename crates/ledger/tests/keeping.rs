//! What is kept, what is derived, what is decided, what is erased.

mod common;

use common::*;
use ledger::Error;
use ledger::decide::{Decision, Verdict};
use ledger::search::{Filters, Form, Query};
use ledger::verify::Kept;
use tawatur_ledger as ledger;

fn found(l: &ledger::Ledger, query: &str) -> Vec<String> {
    l.search(&Query::parse(query, Filters::default(), 20).unwrap()).unwrap().hits.into_iter().map(|h| h.meta.id).collect()
}

#[test]
fn the_same_input_twice_changes_nothing() {
    let dir = Dir::new();
    let mut l = begin(&dir.path());
    let first = add(&mut l, &reports());
    assert_eq!((first.documents, first.known, first.claims), (5, 0, 6));
    let (head, rows) = (l.head().unwrap(), dump_without_people(&dir.path()));
    let again = add(&mut l, &reports());
    assert_eq!((again.documents, again.known), (0, 5));
    assert_eq!(l.head().unwrap(), head);
    assert_eq!(dump_without_people(&dir.path()), rows);
    // also twice within one batch
    let mut two = reports();
    two.extend(reports());
    let dir = Dir::new();
    assert_eq!(add(&mut begin(&dir.path()), &two).known, 5);
}

fn dump_without_people(path: &std::path::Path) -> Vec<(i64, Vec<u8>)> {
    let db = rusqlite::Connection::open(path).unwrap();
    let mut q = db.prepare("SELECT no, digest FROM document ORDER BY no").unwrap();
    q.query_map([], |r| Ok((r.get(0)?, r.get(1)?))).unwrap().map(|r| r.unwrap()).collect()
}

#[test]
fn original_bytes_come_back() {
    let dir = Dir::new();
    let mut l = begin(&dir.path());
    add(&mut l, &reports());
    for r in reports() {
        let b = l.document(l.find(r.id).unwrap()).unwrap();
        assert_eq!((b.text.as_str(), b.original), (r.text.as_str(), format!("original of {}", r.text).into_bytes()));
        assert_eq!(l.coding(l.find(r.id).unwrap()).unwrap().records, records(&r));
    }
}

#[test]
fn a_rebuild_comes_to_the_same_rows() {
    let dir = Dir::new();
    let mut l = full(&dir.path());
    let before = dump(&dir.path());
    let r = l.rebuild().unwrap();
    assert_eq!((r.documents, r.current), (5, 4));
    assert_eq!(dump(&dir.path()), before);
    l.verify(None, None, &places::Atlas::embedded()).unwrap();
}

#[test]
fn a_page_read_again_is_a_new_version() {
    let dir = Dir::new();
    let l = full(&dir.path());
    let e = l.find("https://a.example/1").unwrap();
    assert_eq!(l.find("e").unwrap(), e);
    let versions = l.versions(e).unwrap();
    assert_eq!(versions.len(), 2);
    assert_eq!((l.is_current(versions[0]).unwrap(), l.is_current(versions[1]).unwrap()), (false, true));
    // the old version is found no more, and its claims do not count
    assert_eq!(l.current().unwrap().iter().filter(|d| versions.contains(d)).count(), 1);
    assert_eq!(found(&l, "سالم"), ["e"]);
}

#[test]
fn near_copies_are_grouped() {
    let dir = Dir::new();
    let mut l = begin(&dir.path());
    add(&mut l, &reports());
    let (c, d) = (l.find("c").unwrap(), l.find("d").unwrap());
    assert_eq!((l.copies_of(c).unwrap(), l.copies_of(d).unwrap(), l.copies_of(l.find("a").unwrap()).unwrap()), (vec![d], vec![c], vec![]));
}

#[test]
fn words_are_found_in_all_their_forms() {
    let dir = Dir::new();
    let mut l = begin(&dir.path());
    add(&mut l, &reports());
    assert_eq!(found(&l, "القصف"), ["b", "a"]);
    assert_eq!(found(&l, "أحمد"), ["e", "a"]);
    assert_eq!(found(&l, "\"أحمد\""), ["a"]);
    assert_eq!(found(&l, "القصف -سراقب"), ["b"]);
    assert_eq!(found(&l, "سراقب"), ["c", "a"], "the title counts");
    assert_eq!(found(&l, "القصف طلاب"), Vec::<String>::new());
    let hits = l.search(&Query::parse("القصف أحمد", Filters::default(), 20).unwrap()).unwrap().hits;
    let forms: Vec<(&str, Form, usize, usize)> = hits[0].matches.iter().map(|m| (m.text.as_str(), m.form, m.start, m.end)).collect();
    assert_eq!(forms, [("قصفت", Form::Lemma, 0, 4), ("أحمد", Form::Exact, 29, 33)]);
}

#[test]
fn filters_hold_for_one_claim() {
    let dir = Dir::new();
    let mut l = begin(&dir.path());
    add(&mut l, &reports());
    let count = |f: Filters| l.search(&Query::parse("", f, 20).unwrap()).unwrap().hits.len();
    let day = |s| ledger::day::parse(s).unwrap();
    let kind = |k: &str| Filters { kind: Some(k.into()), ..Filters::default() };
    assert_eq!(count(kind("assault")), 5);
    assert_eq!(count(kind("ASSAULT/aerial")), 5);
    assert_eq!(count(kind("ASSAULT/drone")), 0);
    assert_eq!(count(Filters { place: Some("سراقب".into()), ..Filters::default() }), 5);
    assert_eq!(count(Filters { place: Some("sy.idlib".into()), ..Filters::default() }), 0);
    assert_eq!(count(Filters { area: Some([35.0, 36.0, 36.0, 37.0]), ..Filters::default() }), 5);
    assert_eq!(count(Filters { area: Some([35.0, 36.9, 36.0, 37.0]), ..Filters::default() }), 0);
    assert_eq!(count(Filters { days: Some((day("2019-12-31"), day("2020-06-01"))), ..Filters::default() }), 5);
    assert_eq!(count(Filters { days: Some((day("2020-01-01"), day("2020-06-01"))), ..Filters::default() }), 0);
    assert_eq!(count(Filters { days: Some((i32::MIN / 2, day("2019-12-29"))), ..Filters::default() }), 0);
    assert_eq!(count(Filters { modality: Some("negated".into()), ..Filters::default() }), 0);
    let mut q = Query::parse("", kind("ASSAULT"), 1).unwrap();
    q.before = Some(l.find("c").unwrap());
    let page = l.search(&q).unwrap();
    assert_eq!((page.hits[0].meta.id.as_str(), page.more), ("b", true));
}

#[test]
fn an_erased_document_is_forgotten_and_the_chain_holds() {
    let dir = Dir::new();
    let mut l = begin(&dir.path());
    add(&mut l, &[report("a", "قصفت الطائرات بلدة الزعفرانية", &["قصفت"]), report("b", "هدوء في المدينة", &[])]);
    let a = l.find("a").unwrap();
    let claim = l.coded(a).unwrap().claims[0].id.clone();
    assert_eq!(l.erase(&person("سامي"), a, "طلب").unwrap(), [a]);
    assert!(matches!(l.document(a), Err(Error::Erased(d)) if d == a));
    assert!(matches!(l.find("a"), Err(Error::Unknown(_))));
    assert!(l.claim(&claim).unwrap().is_empty());
    assert_eq!(found(&l, "الزعفرانية"), Vec::<String>::new());
    let v = l.verify(None, None, &places::Atlas::embedded()).unwrap();
    assert_eq!(v.erased, [(a, "2020-02-02T00:00:00Z".to_string(), "طلب".to_string())]);
    drop(l);
    // neither its words nor its key stand anywhere in the files
    for f in std::fs::read_dir(dir.0.path()).unwrap() {
        let bytes = std::fs::read(f.unwrap().path()).unwrap();
        for word in ["الزعفرانيه", "زعفرانيه", "clm_"] {
            assert!(!bytes.windows(word.len()).any(|w| w == word.as_bytes()), "{word}");
        }
    }
    // what was erased can be added anew, as a new document
    let mut l = begin(&dir.path());
    assert_eq!(add(&mut l, &[report("a", "قصفت الطائرات بلدة الزعفرانية", &["قصفت"])]).documents, 1);
    l.verify(None, None, &places::Atlas::embedded()).unwrap();
}

#[test]
fn all_versions_of_a_page_are_erased() {
    let dir = Dir::new();
    let l = full(&dir.path());
    let e = l.find("e").unwrap();
    assert_eq!(l.erase(&person("سامي"), e, "طلب").unwrap().len(), 2);
    assert_eq!(l.verify(None, None, &places::Atlas::embedded()).unwrap().erased.len(), 3);
}

#[test]
fn statements_and_keys_stay() {
    let dir = Dir::new();
    drop(full(&dir.path()));
    let db = rusqlite::Connection::open(dir.path()).unwrap();
    for sql in [
        "UPDATE statement SET who = 'x'",
        "DELETE FROM statement WHERE seq = 3",
        "INSERT OR REPLACE INTO statement SELECT seq, kind, 'x', at, document, open, commitment, sealed, hash FROM statement WHERE seq = 3",
        "INSERT INTO statement SELECT seq + 1000, kind, who, at, document, open, commitment, sealed, hash FROM statement WHERE seq = 3",
        "UPDATE key SET key = x'00'",
        "DELETE FROM key",
    ] {
        let e = db.execute(sql, []).unwrap_err().to_string();
        assert!(e.contains("statement") || e.contains("key"), "{sql}: {e}");
    }
}

#[test]
fn decisions_stay_with_the_trigger_when_the_lexicon_changes() {
    let dir = Dir::new();
    let mut l = begin(&dir.path());
    add(&mut l, &reports());
    let a = l.find("a").unwrap();
    let claims = l.coded(a).unwrap().claims;
    let decision = |i: usize, trigger, verdict| {
        (a, Decision { claim: claims[i].id.clone(), trigger, field: "claim".into(), verdict, correction: String::new(), value: None, reason: String::new() })
    };
    let list = [decision(0, (0, 4), Verdict::Reject), decision(1, (24, 28), Verdict::Accept)];
    assert_eq!(l.decide(&person("ليلى"), &list).unwrap(), 2);
    assert_eq!(l.decide(&person("ليلى"), &list).unwrap(), 0, "the same again is no news");
    assert_eq!(l.coded(a).unwrap().claims.len(), 1, "what is rejected does not count");
    // another type for the first claim under another id; the second is gone
    let mut preparer = ledger::add::Preparer::new().unwrap();
    let now = claims[0].record.replace("ASSAULT", "COERCE").replace(&claims[0].id, "clm_0123");
    let r = l.recode(&author(), a, vec![now], "lexicon 2", &mut preparer).unwrap();
    assert_eq!((r.added, r.withdrawn, r.unplaced), (1, 2, vec![claims[1].id.clone()]));
    let held: Vec<(String, Verdict)> = l.decisions(a).unwrap().into_iter().map(|d| (d.1.claim, d.1.verdict)).collect();
    assert!(held.contains(&("clm_0123".into(), Verdict::Reject)) && held.contains(&(claims[1].id.clone(), Verdict::Accept)));
    let withdrawn = l.coding(a).unwrap().withdrawn;
    assert_eq!(withdrawn[0].why, "lexicon 2: not found");
    // the same coding again is no news
    let records = l.coding(a).unwrap().records;
    assert!(!l.recode(&author(), a, records, "lexicon 3", &mut preparer).unwrap().changed);
    l.verify(None, None, &places::Atlas::embedded()).unwrap();
}

#[test]
fn judgements_need_two_things_of_one_kind_and_a_reason() {
    use ledger::rows::Identity::*;
    let dir = Dir::new();
    let l = full(&dir.path());
    let claim = l.coded(l.find("a").unwrap()).unwrap().claims[0].id.clone();
    for (a, b, why) in [("x", "x", "y"), ("x", "y", " "), ("x", claim.as_str(), "y"), ("clm_nowhere", claim.as_str(), "y")] {
        assert!(l.judge(&person("ليلى"), a, b, Same, why).is_err(), "{a} {b} {why}");
    }
    // the last word holds
    assert_eq!(l.judgements().unwrap().len(), 2);
    l.judge(&person("سامي"), "syr.police", "syr.army", Unsure, "لا يكفي").unwrap();
    let j = l.judgements().unwrap();
    assert_eq!((j.len(), j[1].identity, j[1].by.as_str(), j[1].a.as_str()), (2, Unsure, "سامي", "syr.army"));
}

#[test]
fn checkpoints_show_a_ledger_that_was_written_anew() {
    let dir = Dir::new();
    let l = full(&dir.path());
    let key = ledger::checkpoint::SecretKey::random().unwrap();
    let (c, message) = l.checkpoint(&author(), &key).unwrap();
    let kept = Kept { message, signature: c.signature };
    let v = l.verify(Some(&key.public()), Some(&kept), &places::Atlas::embedded()).unwrap();
    assert_eq!(v.checkpoints, [(c.seq, key.public().id(), true)]);
    let other = ledger::checkpoint::SecretKey::random().unwrap();
    assert!(!l.verify(Some(&other.public()), None, &places::Atlas::embedded()).unwrap().checkpoints[0].2);
    assert!(l.verify(Some(&other.public()), Some(&kept), &places::Atlas::embedded()).is_err());
    // the file as it was, with a chain of its own behind the same first statement
    let copy = Dir::new();
    drop(l);
    std::fs::copy(dir.path(), copy.path()).unwrap();
    let db = rusqlite::Connection::open(copy.path()).unwrap();
    db.execute_batch(
        "DROP TRIGGER statement_remains; DROP TRIGGER key_of_erased; PRAGMA foreign_keys = OFF; DELETE FROM key; DELETE FROM statement WHERE seq > 1",
    )
    .unwrap();
    drop(db);
    let mut forged = begin(&copy.path());
    forged.rebuild().unwrap();
    drop(forged);
    let db = rusqlite::Connection::open(copy.path()).unwrap();
    for guard in ["statement_remains", "key_of_erased"] {
        let sql = include_str!("../src/schema.sql");
        let from = sql.find(&format!("CREATE TRIGGER {guard}")).unwrap();
        db.execute_batch(&sql[from..from + sql[from..].find("END;").unwrap() + 4]).unwrap();
    }
    drop(db);
    let mut forged = begin(&copy.path());
    forged.verify(None, None, &places::Atlas::embedded()).unwrap();
    assert!(forged.verify(Some(&key.public()), Some(&kept), &places::Atlas::embedded()).unwrap_err().what.contains("cut off"));
    for i in 0..12 {
        add(&mut forged, &[report("z", &format!("هدوء {i}"), &[])]);
    }
    let b = forged.verify(Some(&key.public()), Some(&kept), &places::Atlas::embedded()).unwrap_err();
    assert!(b.what.contains("written anew"), "{b}");
}

#[test]
fn what_is_no_ledger_is_refused() {
    let dir = Dir::new();
    assert!(matches!(ledger::Ledger::open(&dir.path()), Err(Error::Missing(_))));
    std::fs::write(dir.path(), "هذا نص").unwrap();
    assert!(matches!(ledger::Ledger::open_or_begin(&dir.path(), &author()), Err(Error::NotALedger(_))));
    assert_eq!(std::fs::read_to_string(dir.path()).unwrap(), "هذا نص");
    let dir = Dir::new();
    rusqlite::Connection::open(dir.path()).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    assert!(matches!(ledger::Ledger::open(&dir.path()), Err(Error::NotALedger(_))));
}
