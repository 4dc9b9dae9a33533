//! Files that a user can hand over: of language, of places, ledgers.

use arabic::dict::source;
use claims::check;
use claims::lexicon::{Lexicon, Source};
use ledger::add::{Preparer, Read};
use ledger::rows::Meta;
use ledger::search::{Filters, Query};
use ledger::{Author, Ledger};
use places::Gazetteer;
use std::cell::RefCell;
use std::path::PathBuf;

/// Lexicon files: TOML, words, numbers, times, told apart by the first byte.
pub fn lexicon(bytes: &[u8]) {
    let (kind, text) = bytes.split_first().map_or((b'0', &b""[..]), |(k, t)| (*k, t));
    let text = String::from_utf8_lossy(text);
    match kind {
        b'v' | b'n' | b'a' | b'p' => {
            let name = match kind {
                b'v' => "verbs.txt",
                b'n' => "nouns.txt",
                b'a' => "adjectives.txt",
                _ => "particles.txt",
            };
            let (entries, errors) = source::read([(name, &*text)]);
            let lines = || text.lines().map(|l| l.split('#').next().unwrap_or("").trim());
            let takes_away = lines().any(|l| l.starts_with('-'));
            assert!(!entries.is_empty() || !errors.is_empty() || takes_away || lines().all(str::is_empty));
        }
        b'1' => drop(arabic::number::Table::parse(&text)),
        b't' => drop(time::Table::parse(&text, "", "")),
        b'h' => drop(time::Table::parse("", &text, "")),
        b'r' => drop(time::Table::parse("", "", &text)),
        _ => {
            let mut source = Source::default();
            if source.add("fuzz.toml", &text, false).is_empty() {
                let _ = check::entries(&source);
                let _ = Lexicon::build(&source, arabic::dictionary());
            }
        }
    }
}

thread_local! {
    static GAZETTEER: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
    static LEDGER: RefCell<Option<(PathBuf, Vec<u8>)>> = const { RefCell::new(None) };
}

const ROWS: &str = "id\tname_ar\tvariants\tname_en\tkind\tparent\tlat\tlon\trank\tsource\n\
    a\tالنخلة\tنخلة|!السدر\tAn Nakhla\tcountry\t\t35.1\t36.9\t5\ttest\n\
    b\tتل السدر\t\tTall as Sidr\tsettlement\ta\t35.2\t36.8\t3\ttest\n";

/// A table of places as text, compiled and used; or, where the first byte is odd, a compiled one with bytes of it changed.
pub fn gazetteer(bytes: &[u8]) {
    match bytes.split_first() {
        Some((b, rest)) if b % 2 == 1 => {
            let mut own = crate::with(&GAZETTEER, || compiled(ROWS).expect("the rows are sound"), |b| b.clone());
            change(&mut own, rest);
            used(&own);
        }
        _ => {
            if let Some(made) = compiled(&String::from_utf8_lossy(bytes)) {
                used(&made);
            }
        }
    }
}

fn compiled(table: &str) -> Option<Vec<u8>> {
    let (rows, _) = places::source::read([("fuzz.tsv", table)]);
    places::compile(&rows).ok()
}

/// Everything that is read of a table.
fn used(bytes: &[u8]) {
    let Ok(g) = Gazetteer::open(bytes) else { return };
    for (id, p) in g.iter().take(64) {
        let _ = (g.lookup(p.name_ar), g.by_id(p.id), g.country(id), g.admin1(id), g.point_or_area(id));
        assert!(g.ancestors(id).count() <= g.len() + 64);
    }
}

/// Changes bytes: three for the place, one for what stands there then. An odd number of bytes left over cuts the end off.
fn change(bytes: &mut Vec<u8>, with: &[u8]) {
    let size = bytes.len();
    for c in with.chunks(4) {
        match *c {
            [a, b, c, to] => bytes[u32::from_le_bytes([a, b, c, 0]) as usize % size] = to,
            [a, b, ..] => bytes.truncate(size.saturating_sub(usize::from(a) * 256 + usize::from(b))),
            _ => {}
        }
        if bytes.len() != size {
            return;
        }
    }
}

fn author() -> Author {
    Author { who: "fuzz".into(), at: "2020-01-01T00:00:00Z".into() }
}

/// A small ledger in a file, and its bytes.
fn book() -> (PathBuf, Vec<u8>) {
    let path = std::env::temp_dir().join(format!("tawatur-fuzz-{}.tw", std::process::id()));
    let _ = std::fs::remove_file(&path);
    let mut l = Ledger::open_or_begin(&path, &author()).expect("a new ledger");
    let mut p = Preparer::new().expect("keys");
    let text = "قصفت الطائرات سراقب أمس وقتل أحمد محمود";
    let record = serde_json::json!({
        "id": "clm_1", "doc": {"id": "a"}, "type": "ASSAULT", "modes": ["aerial"], "trigger": {"text": "قصفت", "start": 0, "end": 4},
        "sentence": {"start": 0, "end": 39}, "actors": [], "recipients": [], "places": [], "counts": [], "sources": [],
        "time": {"from": "2019-12-30", "to": "2019-12-31", "basis": "expression"}, "modality": "actual", "confidence": 0.9,
    });
    let read = Read::new(Meta { id: "a".into(), ..Meta::default() }, text.into(), Vec::new()).expect("a document");
    l.add(&author(), vec![p.prepare(read, vec![record.to_string()]).expect("a record")]).expect("kept");
    drop(l);
    let bytes = std::fs::read(&path).expect("the ledger's file");
    (path, bytes)
}

/// A file opened as a ledger: these bytes or, where the first is odd, a ledger with bytes of it changed. The file stays where it is
/// when something is found.
pub fn open_ledger(bytes: &[u8]) {
    let path = crate::with(&LEDGER, book, |(path, own)| {
        let file = match bytes.split_first() {
            Some((b, rest)) if b % 2 == 1 => {
                let mut own = own.clone();
                change(&mut own, rest);
                own
            }
            _ => bytes.to_vec(),
        };
        let _ = std::fs::remove_file(path.with_extension("tw-wal"));
        std::fs::write(&*path, file).expect("a file");
        path.clone()
    });
    let Ok(l) = Ledger::open(&path) else { return };
    let _ = (l.head(), l.judgements());
    for d in l.current().unwrap_or_default().into_iter().take(8) {
        let _ = (l.document(d), l.coding(d), l.coded(d), l.copies_of(d), l.history(d), l.versions(d));
    }
    if let Ok(all) = l.claims() {
        all.take(8).for_each(drop);
    }
    let _ = Query::parse("قصف -طائرة", Filters::default(), 5).map(|q| l.search(&q));
    drop(l);
    if let Ok(mut l) = Ledger::open_to_write(&path) {
        let _ = l.verify(None, None, &places::Atlas::embedded());
        let _ = l.rebuild();
    }
}
