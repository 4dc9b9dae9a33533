//! What was acknowledged is there after a kill, a full disk, or a power cut; and the ledger opens.

mod common;

use common::*;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use tawatur_ledger::{Error, Ledger};

const CHILD: &str = "TAWATUR_TEST_LEDGER";

/// Adds reports one after another and says after each that it is there; runs only as the child of the next test.
#[test]
fn child_that_adds_until_it_is_killed() {
    let Some(path) = std::env::var_os(CHILD) else { return };
    let mut l = Ledger::open_or_begin(path.as_ref(), &author()).unwrap();
    for i in 0.. {
        let id: &'static str = Box::leak(format!("r{i}").into_boxed_str());
        add(&mut l, &[report(id, &format!("قصفت الطائرات الحي رقم {i}"), &["قصفت"])]);
        println!("kept {id}");
        std::io::stdout().flush().unwrap();
    }
}

#[test]
fn killed_in_a_loop() {
    let dir = Dir::new();
    let mut acknowledged = 0;
    for round in 0..12u64 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["child_that_adds_until_it_is_killed", "--exact", "--nocapture"])
            .env(CHILD, dir.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok).filter(|l| l.contains("kept r"));
        // later and later, at odd moments
        let mut last = None;
        for _ in 0..=round * 3 {
            last = lines.next();
        }
        std::thread::sleep(std::time::Duration::from_micros(700 * (round % 5)));
        child.kill().unwrap();
        child.wait().unwrap();
        last = lines.last().or(last);
        let l = Ledger::open(&dir.path()).unwrap();
        let n: u64 = last.as_deref().and_then(|l| l.rsplit('r').next()?.trim().parse().ok()).unwrap();
        for i in 0..=n {
            let d = l.find(&format!("r{i}")).unwrap_or_else(|e| panic!("round {round}: r{i} was acknowledged: {e}"));
            assert!(l.document(d).unwrap().text.ends_with(&format!(" {i}")));
        }
        acknowledged = acknowledged.max(n);
        Ledger::open_to_write(&dir.path()).unwrap().verify(None, None, &places::Atlas::embedded()).unwrap();
    }
    assert!(acknowledged > 10, "{acknowledged}");
}

/// SQLite's own limit of pages stands for a full disk: the write fails in the middle of a transaction.
#[test]
fn a_full_disk_loses_nothing_that_was_kept() {
    let dir = Dir::new();
    let mut l = begin(&dir.path());
    add(&mut l, &reports());
    let (head, rows) = (l.head().unwrap(), 5);
    l.limit(0).unwrap();
    let mut p = tawatur_ledger::add::Preparer::new().unwrap();
    let noise: String = (0..400_000u32).map(|i| char::from_u32(0x0627 + (i.wrapping_mul(2_654_435_761) >> 13) % 36).unwrap()).collect();
    let meta = tawatur_ledger::rows::Meta { id: "big".into(), ..Default::default() };
    let big = p.prepare(tawatur_ledger::add::Read::new(meta, noise, Vec::new()).unwrap(), vec![]).unwrap();
    let e = l.add(&author(), vec![big]).unwrap_err();
    assert!(e.is_full(), "{e}");
    assert!(matches!(e, Error::Sqlite(_)));
    assert_eq!(l.head().unwrap(), head);
    drop(l);
    let mut l = begin(&dir.path());
    assert_eq!(l.current().unwrap().len(), rows);
    l.verify(None, None, &places::Atlas::embedded()).unwrap();
    // with room again it goes on
    add(&mut l, &[report("z", "هدوء", &[])]);
}

/// A power cut: the log ends anywhere, or its end is torn. Every prefix is a ledger of some earlier moment, and holds.
#[test]
fn a_log_cut_anywhere() {
    let dir = Dir::new();
    let mut l = begin(&dir.path());
    let mut sizes = Vec::new();
    for r in reports() {
        add(&mut l, &[r]);
        sizes.push((std::fs::metadata(log(&dir)).unwrap().len(), l.head().unwrap().seq));
    }
    let (file, whole) = (std::fs::read(dir.path()).unwrap(), std::fs::read(log(&dir)).unwrap());
    let copy = Dir::new();
    for cut in (0..=whole.len()).step_by(whole.len() / 60) {
        for torn in [false, true] {
            let mut part = whole[..cut].to_vec();
            if torn {
                let from = cut.saturating_sub(300);
                part[from..].fill(0xAA);
            }
            std::fs::write(copy.path(), &file).unwrap();
            std::fs::write(log(&copy), &part).unwrap();
            let _ = std::fs::remove_file(copy.path().with_extension("tw-shm"));
            let l = match Ledger::open_to_write(&copy.path()) {
                Ok(l) => l,
                // before the first commit reached the disk there was no ledger
                Err(e) => panic!("cut at {cut}: {e}"),
            };
            l.verify(None, None, &places::Atlas::embedded()).unwrap_or_else(|b| panic!("cut at {cut}: {b}"));
            let safe = sizes.iter().rfind(|s| s.0 as usize <= cut.saturating_sub(if torn { 300 } else { 0 })).map_or(1, |s| s.1);
            assert!(l.head().unwrap().seq >= safe, "cut at {cut}: {} of {safe}", l.head().unwrap().seq);
        }
    }
}

fn log(d: &Dir) -> std::path::PathBuf {
    d.path().with_extension("tw-wal")
}
