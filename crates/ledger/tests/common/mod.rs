//! A small ledger for tests: reports of our own with records as a coder would write them.

#![allow(dead_code)] // each test file uses a part

use ledger::add::{Preparer, Read};
use ledger::rows::Meta;
use ledger::{Author, Ledger};
use std::path::{Path, PathBuf};
use tawatur_ledger as ledger;

pub fn author() -> Author {
    Author { who: "tawatur test".into(), at: "2020-01-01T00:00:00Z".into() }
}

pub fn person(name: &str) -> Author {
    Author { who: name.into(), at: "2020-02-02T00:00:00Z".into() }
}

/// A report with one claim for each of its words that `triggers` lists.
pub struct Report {
    pub id: &'static str,
    pub url: Option<&'static str>,
    pub title: Option<&'static str>,
    pub text: String,
    pub triggers: Vec<&'static str>,
}

pub fn report(id: &'static str, text: &str, triggers: &[&'static str]) -> Report {
    Report { id, url: None, title: None, text: text.into(), triggers: triggers.to_vec() }
}

pub fn records(r: &Report) -> Vec<String> {
    r.triggers
        .iter()
        .map(|t| {
            let at = r.text.find(t).unwrap();
            let start = r.text[..at].chars().count();
            let end = start + t.chars().count();
            serde_json::json!({
                "id": format!("clm_{}", &ledger::seal::sha256_hex(format!("{} {start} {}", r.id, r.text).as_bytes())[..20]),
                "doc": {"id": r.id}, "type": "ASSAULT", "modes": ["aerial"], "trigger": {"text": t, "start": start, "end": end},
                "sentence": {"start": 0, "end": r.text.chars().count()}, "actors": [], "recipients": [],
                "places": [{"text": t, "start": start, "end": end, "id": "sy.saraqib", "name": "سراقب", "lat": 35.86, "lon": 36.8}],
                "time": {"from": "2019-12-30", "to": "2019-12-31", "basis": "expression"}, "counts": [], "sources": [],
                "modality": "actual", "confidence": 0.9,
            })
            .to_string()
        })
        .collect()
}

pub fn add(l: &mut Ledger, list: &[Report]) -> ledger::add::Added {
    let mut p = Preparer::new().unwrap();
    let batch = list
        .iter()
        .map(|r| {
            let meta = Meta { id: r.id.into(), url: r.url.map(Into::into), title: r.title.map(Into::into), ..Meta::default() };
            p.prepare(Read::new(meta, r.text.clone(), format!("original of {}", r.text).into_bytes()).unwrap(), records(r)).unwrap()
        })
        .collect();
    l.add(&author(), batch).unwrap()
}

pub fn reports() -> Vec<Report> {
    let long = "شهدت البلدة حركة نزوح واسعة باتجاه القرى المجاورة بعد أيام من التوتر وأغلقت المحال أبوابها وتوقفت المدارس عن استقبال الطلاب";
    vec![
        report("a", "قصفت الطائرات سراقب أمس وقتل أحمد محمود", &["قصفت", "وقتل"]),
        report("b", "تعرضت الأحياء لقصفٍ عنيف", &["لقصفٍ"]),
        Report { title: Some("نزوح من سراقب"), ..report("c", long, &["نزوح"]) },
        report("d", &format!("{long} بحسب الأهالي"), &["نزوح"]),
        Report { url: Some("https://a.example/1"), ..report("e", "هدوء حذر في المدينة\nقتل احمد في غارة", &["قتل"]) },
    ]
}

pub struct Dir(pub tempfile::TempDir);

impl Dir {
    pub fn new() -> Dir {
        Dir(tempfile::tempdir().unwrap())
    }
    pub fn path(&self) -> PathBuf {
        self.0.path().join("book.tw")
    }
}

pub fn begin(path: &Path) -> Ledger {
    Ledger::open_or_begin(path, &author()).unwrap()
}

/// A ledger with the reports, two decisions, two judgements, a recoding and an erasure.
pub fn full(path: &Path) -> Ledger {
    use ledger::decide::{Decision, Verdict};
    use ledger::rows::Identity;
    let mut l = begin(path);
    add(&mut l, &reports());
    let a = l.find("a").unwrap();
    let claims = l.coded(a).unwrap().claims;
    let d = |i: usize, field: &str, verdict| {
        let t = ledger::record::Record::parse(&claims[i].record).unwrap().trigger;
        (
            a,
            Decision {
                claim: claims[i].id.clone(),
                trigger: (t.start, t.end),
                field: field.into(),
                verdict,
                correction: String::new(),
                value: None,
                reason: "رأيت الصور".into(),
            },
        )
    };
    l.decide(&person("ليلى"), &[d(0, "claim", Verdict::Accept), d(1, "places", Verdict::Unsure)]).unwrap();
    let b = l.coded(l.find("b").unwrap()).unwrap().claims;
    l.judge(&person("ليلى"), &claims[0].id, &b[0].id, Identity::Same, "الوقت نفسه").unwrap();
    l.judge(&person("ليلى"), "syr.army", "syr.police", Identity::Different, "جهتان").unwrap();
    let c = l.find("c").unwrap();
    l.recode(&author(), c, vec![], "a new lexicon", &mut Preparer::new().unwrap()).unwrap();
    add(
        &mut l,
        &[Report {
            url: Some("https://a.example/1"), ..report("e", "هدوء حذر في المدينة\nقتل احمد وسالم في غارة", &["قتل"])
        }],
    );
    let gone = l.find("d").unwrap();
    l.erase(&person("سامي"), gone, "طلب صاحب الشأن").unwrap();
    l
}

/// Every row of every derived table, as text.
pub fn dump(path: &Path) -> Vec<String> {
    let db = rusqlite::Connection::open(path).unwrap();
    db.execute_batch("CREATE VIRTUAL TABLE temp.indexed USING fts5vocab(main, words, instance)").unwrap();
    let mut out = Vec::new();
    for t in ["document", "sketch", "decision", "judgement", "temp.indexed"] {
        let mut q = db.prepare(&format!("SELECT * FROM {t}")).unwrap();
        let n = q.column_count();
        let rows = q.query_map([], |r| Ok((0..n).map(|i| format!("{:?}", r.get_ref(i).unwrap())).collect::<Vec<_>>().join("|"))).unwrap();
        let mut rows: Vec<String> = rows.map(|r| format!("{t}: {}", r.unwrap())).collect();
        rows.sort();
        assert!(!rows.is_empty(), "{t} is empty, so it proves nothing");
        out.extend(rows);
    }
    out
}
