//! The incidents of a ledger: as from scratch after every change.

use claims::{Coder, Document};
use std::collections::BTreeSet;
use tawatur_ledger::add::{Preparer, Read};
use tawatur_ledger::incidents::{Directory, Incident};
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
        let gazetteer = places::embedded();
        self.ledger.join(&gazetteer).unwrap();
        let mut out = Vec::new();
        let keep = |i| -> Result<(), Error> {
            out.push(i);
            Ok(())
        };
        self.ledger.incidents(&gazetteer, &Directory::embedded(), of, keep).unwrap();
        out
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
    assert_eq!(book.ledger.join(&places::embedded()).unwrap(), Default::default());
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
