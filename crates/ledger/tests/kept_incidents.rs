//! The incidents of a ledger: as from scratch after every change.

use claims::{Coder, Document};
use std::collections::BTreeSet;
use tawatur_ledger::add::{Preparer, Read};
use tawatur_ledger::correct::{self, Known};
use tawatur_ledger::decide::{Decision, Verdict};
use tawatur_ledger::incidents::{AtHand, Directory, Incident};
use tawatur_ledger::record::Record;
use tawatur_ledger::rows::{DocNo, Identity, Meta};
use tawatur_ledger::{Author, Error, Ledger};

struct Book {
    ledger: Ledger,
    coder: Coder,
    preparer: Preparer,
    _folder: tempfile::TempDir,
}

fn author() -> Author {
    Author { who: "ليلى".into(), at: "2021-07-01T00:00:00Z".into() }
}

impl Book {
    fn new() -> Book {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::open_or_begin(&folder.path().join("ledger.sqlite"), &author()).unwrap();
        Book { ledger, coder: Coder::new(), preparer: Preparer::new().unwrap(), _folder: folder }
    }

    fn add(&mut self, id: &str, outlet: &str, published: &str, text: &str) {
        let some = |s: &str| Some(s.to_string());
        let d = Document { id: id.into(), text: text.into(), outlet: some(outlet), published: some(published), ..Document::default() };
        let records = self.coder.code(&d).iter().map(|c| serde_json::to_string(c).unwrap()).collect();
        let meta = Meta { id: id.into(), outlet: d.outlet, published: d.published, ..Meta::default() };
        let read = Read::new(meta, text.into(), text.as_bytes().to_vec()).unwrap();
        let prepared = self.preparer.prepare(read, records).unwrap();
        self.ledger.add(&author(), vec![prepared]).unwrap();
    }

    fn incidents(&mut self, of: Option<DocNo>) -> Vec<Incident> {
        let atlas = places::Atlas::embedded();
        self.ledger.join(&atlas).unwrap();
        let groups = self.ledger.groups(of).unwrap();
        let (directory, mut at_hand) = (Directory::embedded(), AtHand::default());
        groups.into_iter().map(|g| self.ledger.conclude(g, &mut at_hand, &atlas, &directory).unwrap()).collect()
    }

    fn groups(&mut self) -> BTreeSet<String> {
        let documents = |i: &Incident| i.claims.iter().map(|c| c.doc.as_str()).collect::<BTreeSet<_>>().into_iter().collect::<String>();
        self.incidents(None).iter().map(documents).collect()
    }
}

fn set(list: &[&str]) -> BTreeSet<String> {
    list.iter().map(|s| s.to_string()).collect()
}

const SARMIN: &str = "قتل 4 مدنيين في قصف مدفعي استهدف بلدة سرمين صباح اليوم.";
const AGAIN: &str = "أدى قصف مدفعي على سرمين اليوم إلى مقتل 4 مدنيين.";
const BAB: &str = "انفجرت عبوة ناسفة في مدينة الباب اليوم وأصيب ثلاثة أشخاص.";

#[test]
fn documents_come_and_go() {
    let mut book = Book::new();
    book.add("a", "الصباح", "2021-06-10", SARMIN);
    book.add("b", "المساء", "2021-06-10", BAB);
    assert_eq!(book.groups(), set(&["a", "b"]));
    book.add("c", "الليل", "2021-06-10", AGAIN);
    assert_eq!(book.groups(), set(&["ac", "b"]));
    let c = book.ledger.find("c").unwrap();
    assert_eq!(book.incidents(Some(c)).len(), 1);
    // nothing has changed: nothing is joined
    assert_eq!(book.ledger.join(&places::Atlas::embedded()).unwrap(), Default::default());
    let a = book.ledger.find("a").unwrap();
    book.ledger.erase(&author(), a, "طلب حذف").unwrap();
    assert_eq!(book.groups(), set(&["b", "c"]));
}

#[test]
fn a_rebuild_changes_nothing() {
    let mut book = Book::new();
    for (id, text) in [("a", SARMIN), ("b", BAB), ("c", AGAIN)] {
        book.add(id, "الصباح", "2021-06-10", text);
        book.incidents(None);
    }
    let before = book.incidents(None);
    book.ledger.rebuild().unwrap();
    assert_eq!(book.incidents(None), before);
}

#[test]
fn judgements_hold() {
    let mut book = Book::new();
    book.add("a", "الصباح", "2021-06-10", SARMIN);
    book.add("c", "الليل", "2021-06-10", AGAIN);
    let joined = book.incidents(None);
    assert_eq!(joined.len(), 1);
    let (a, c) = (&joined[0].claims[0], &joined[0].claims[1]);
    assert_ne!(a.doc, c.doc);
    book.ledger.judge(&author(), &a.claim, &c.claim, Identity::Different, "قصفان").unwrap();
    assert_eq!(book.groups(), set(&["a", "c"]));
    book.ledger.judge(&author(), &a.claim, &c.claim, Identity::Same, "قصف واحد").unwrap();
    assert_eq!(book.groups(), set(&["ac"]));
}

#[test]
fn two_names_of_one_place_are_one() {
    let mut book = Book::new();
    book.add("a", "الصباح", "2021-06-10", SARMIN);
    book.add("c", "الليل", "2021-06-10", &AGAIN.replace("سرمين", "الرستن بريف حمص"));
    assert_eq!(book.groups(), set(&["a", "c"]));
    book.ledger.judge(&author(), "sy.sarmin", "sy.rastan", Identity::Same, "مكان واحد").unwrap();
    let joined = book.incidents(None);
    assert_eq!((joined.len(), joined[0].documents), (1, 2));
    assert_eq!(joined[0].place.as_ref().and_then(|p| p.id.as_deref()), Some("sy.rastan"));
    assert!(book.ledger.verify(None, None, &places::Atlas::embedded()).is_ok());
    book.ledger.rebuild().unwrap();
    assert_eq!(book.incidents(None), joined);
    book.ledger.judge(&author(), "sy.sarmin", "sy.rastan", Identity::Different, "مكانان").unwrap();
    assert_eq!(book.groups(), set(&["a", "c"]));
}

#[test]
fn a_correction_shows_everywhere() {
    use tawatur_ledger::search::{Filters, Query};
    let mut book = Book::new();
    book.add("a", "الصباح", "2021-06-10", SARMIN);
    book.add("b", "الليل", "2021-06-10", AGAIN);
    assert_eq!(book.groups(), set(&["ab"]));
    let b = book.ledger.find("b").unwrap();
    let claim = book.ledger.coded(b).unwrap().claims.remove(0);
    let atlas = places::Atlas::embedded();
    let known = Known { lexicon: claims::embedded(), atlas: &atlas };
    let rule = |field: &str, verdict, correction: &str| {
        let r = Record::parse(&claim.record).unwrap();
        let value = (verdict == Verdict::Correct).then(|| correct::value(&known, AGAIN, &r, field, correction).unwrap());
        let trigger = (r.trigger.start, r.trigger.end);
        (b, Decision { claim: claim.id.clone(), trigger, field: field.into(), verdict, correction: correction.into(), value, reason: String::new() })
    };
    let found = |l: &Ledger, place: &str| {
        let filters = Filters { place: Some(place.into()), count: Some(("killed".into(), 9.0)), ..Filters::default() };
        l.search(&Query::parse("", filters, 9).unwrap()).unwrap().hits.len()
    };
    assert_eq!(found(&book.ledger, "الباب"), 0);
    // two coders: the last word on a field holds
    book.ledger.decide(&author(), &[rule("places", Verdict::Correct, "سراقب"), rule("counts", Verdict::Correct, "killed=9")]).unwrap();
    let sami = Author { who: "سامي".into(), ..author() };
    book.ledger.decide(&sami, &[rule("places", Verdict::Correct, "sy.bab")]).unwrap();
    assert_eq!(found(&book.ledger, "الباب"), 1);
    assert_eq!(book.groups(), set(&["a", "b"]), "another place is another event");
    let i = book.incidents(Some(b)).remove(0);
    assert_eq!((i.place.unwrap().id.as_deref(), i.counts["killed"].best), (Some("sy.bab"), Some(9.0)));
    let shown = book.ledger.claim(&claim.id).unwrap().remove(0).record;
    assert!(shown.contains("\"places\":{\"verdict\":\"correct\",\"by\":\"سامي\""), "{shown}");
    assert_eq!(book.ledger.coding(b).unwrap().records, std::slice::from_ref(&claim.record), "what was read stays");
    // a rejected field is left open, and the program's reading comes back with an acceptance
    book.ledger.decide(&sami, &[rule("places", Verdict::Reject, "")]).unwrap();
    assert!(book.ledger.claim(&claim.id).unwrap().remove(0).record.contains("\"places\":[]"));
    book.ledger.verify(None, None, &places::Atlas::embedded()).unwrap();
    book.ledger.rebuild().unwrap();
    assert_eq!(found(&book.ledger, "الباب"), 0);
    assert!(book.ledger.claim(&claim.id).unwrap().remove(0).record.contains("\"low\":9.0"));
    book.ledger.decide(&sami, &[rule("places", Verdict::Accept, ""), rule("counts", Verdict::Accept, "")]).unwrap();
    assert_eq!(book.groups(), set(&["ab"]));
    book.ledger.verify(None, None, &places::Atlas::embedded()).unwrap();
}

/// An imported gazetteer of a subdistrict and a village in it.
fn own_places() -> places::Atlas {
    use places::source::Row;
    let row = |id, name, kind, parent, point| Row { point: Some(point), ..Row::new(id, name, kind, parent) };
    let rows = [
        row("own.1", "الغاضرية", places::PlaceKind::Admin3, "sy", (35.2, 36.3)),
        row("own.2", "كفر الورد", places::PlaceKind::Settlement, "own.1", (35.1, 36.2)),
        row("sy", "", places::PlaceKind::Country, "", (35.0, 38.0)),
    ];
    let bytes = places::compile(&rows).unwrap().leak();
    places::Atlas::with([places::Gazetteer::open(bytes).unwrap()])
}

#[test]
fn imported_places_take_part_in_joining() {
    let atlas = own_places();
    let mut book = Book::new();
    book.coder = Coder::with(claims::embedded(), places::PlaceFinder::with(atlas.clone()));
    book.add("a", "الصباح", "2021-06-10", "قتل 4 مدنيين في قصف مدفعي استهدف بلدة كفر الورد صباح اليوم.");
    book.add("b", "الليل", "2021-06-10", "قتل 4 مدنيين اليوم في قصف مدفعي استهدف ناحية الغاضرية.");
    let mut groups = |atlas: &places::Atlas| {
        let joined = book.ledger.join(atlas).unwrap();
        book.ledger.verify(None, None, atlas).unwrap();
        (joined.documents, book.ledger.groups(None).unwrap().len())
    };
    // that the village lies in the subdistrict only the imported gazetteer knows
    assert_eq!(groups(&atlas), (2, 1));
    assert_eq!(groups(&atlas), (0, 1));
    assert_eq!(groups(&places::Atlas::embedded()), (2, 2), "another gazetteer: everything is joined anew");
    let known = Known { lexicon: claims::embedded(), atlas: &atlas };
    let record = book.ledger.coded(book.ledger.find("a").unwrap()).unwrap().claims.remove(0).record;
    let text = "قتل 4 مدنيين في قصف مدفعي استهدف بلدة كفر الورد صباح اليوم.";
    let place = correct::value(&known, text, &Record::parse(&record).unwrap(), "places", "كفر الورد").unwrap();
    assert_eq!(place[0]["id"], "own.2");
}

#[test]
fn what_is_said_of_two_documents_ends_with_either() {
    for gone in ["a", "b"] {
        let mut book = Book::new();
        book.add("a", "الصباح", "2021-06-10", SARMIN);
        book.add("b", "المساء", "2021-06-10", BAB);
        let id = |l: &Ledger, name: &str| l.coded(l.find(name).unwrap()).unwrap().claims[0].id.clone();
        let (a, b) = (id(&book.ledger, "a"), id(&book.ledger, "b"));
        let seq = book.ledger.judge(&author(), &a, &b, Identity::Same, "شهادة واحدة").unwrap();
        let s = book.ledger.statement(seq).unwrap().unwrap();
        assert!(String::from_utf8(book.ledger.sealed(&s).unwrap()).unwrap().contains("شهادة واحدة"));
        book.ledger.verify(None, None, &places::Atlas::embedded()).unwrap();
        let gone = book.ledger.find(gone).unwrap();
        book.ledger.erase(&author(), gone, "طلب حذف").unwrap();
        assert!(matches!(book.ledger.sealed(&s), Err(Error::Erased(d)) if d == gone));
        book.ledger.verify(None, None, &places::Atlas::embedded()).unwrap();
        book.ledger.rebuild().unwrap();
        assert_eq!(book.ledger.judgements().unwrap(), []);
    }
}

#[test]
fn an_incident_is_found_by_its_id() {
    let mut book = Book::new();
    book.add("b", "المساء", "2021-06-11", "أدى قصف مدفعي على سرمين أمس إلى مقتل 6 مدنيين.");
    let first = book.incidents(None).remove(0).id;
    // an earlier report gives it another id; the old one still leads to it
    book.add("a", "الصباح", "2021-06-10", SARMIN);
    let now = book.incidents(None).remove(0);
    assert_eq!((now.documents, now.id == first), (2, false));
    let atlas = places::Atlas::embedded();
    for id in [&first, &now.id] {
        assert_eq!(book.ledger.incident(&atlas, &Directory::embedded(), id).unwrap(), now);
    }
    assert!(matches!(book.ledger.incident(&atlas, &Directory::embedded(), "inc_0000000000000001"), Err(Error::Unknown(_))));
}

#[test]
fn changed_tellings_are_found() {
    for sql in ["UPDATE telling SET incident = incident + 1", "UPDATE telling SET dead = dead + 1", "DELETE FROM telling"] {
        let mut book = Book::new();
        book.add("a", "الصباح", "2021-06-10", SARMIN);
        book.incidents(None);
        book.ledger.verify(None, None, &places::Atlas::embedded()).unwrap();
        rusqlite::Connection::open(book.ledger.path()).unwrap().execute(sql, []).unwrap();
        let b = book.ledger.verify(None, None, &places::Atlas::embedded()).unwrap_err().to_string();
        assert!(b.starts_with("the derived table telling"), "{sql}: {b}");
    }
}
