//! A changed byte anywhere in the tables is found, and named.

mod common;

use common::*;
use rusqlite::Connection;
use tawatur_ledger::Ledger;

/// What verify says after `sql` was run on a full ledger with the guards taken off.
fn after(sql: &str) -> String {
    let dir = Dir::new();
    drop(full(&dir.path()));
    let db = Connection::open(dir.path()).unwrap();
    db.execute_batch(
        "DROP TRIGGER statement_stays; DROP TRIGGER statement_remains; DROP TRIGGER key_stays; DROP TRIGGER key_of_erased; PRAGMA foreign_keys = OFF",
    )
    .unwrap();
    let changed = db.execute(sql, []).unwrap();
    assert!(changed > 0, "{sql} changed nothing");
    drop(db);
    Ledger::open_to_write(&dir.path()).unwrap().verify(None, None, &places::Atlas::embedded()).unwrap_err().to_string()
}

/// The first byte of a column with its lowest bit turned.
fn flipped(column: &str) -> String {
    let digits = format!("substr(hex({column}), 2, 1)");
    let other = format!("substr('1032547698BADCFE', 1 + instr('0123456789ABCDEF', {digits}) - 1, 1)");
    format!("CAST(unhex(substr(hex({column}), 1, 1) || {other} || substr(hex({column}), 3)) AS BLOB)")
}

#[test]
fn every_column_of_a_statement() {
    for column in ["commitment", "sealed", "hash"] {
        let b = after(&format!("UPDATE statement SET {column} = {} WHERE seq = 4", flipped(column)));
        assert!(b.starts_with("statement 4 (document): does not fit its hash"), "{column}: {b}");
    }
    for column in ["kind", "who", "at"] {
        let b = after(&format!("UPDATE statement SET {column} = {column} || 'x' WHERE seq = 4"));
        assert!(b.starts_with("statement 4 (document"), "{column}: {b}");
    }
    assert!(after("UPDATE statement SET document = 2 WHERE seq = 5").starts_with("statement 5 (coding)"));
    assert!(after("UPDATE statement SET open = '{}' WHERE seq = 1").starts_with("statement 1 (ledger)"));
    // also of what was erased
    let b = after(&format!("UPDATE statement SET sealed = {} WHERE seq = (SELECT document FROM statement WHERE kind = 'erasure')", flipped("sealed")));
    assert!(b.contains("(document): does not fit its hash"), "{b}");
}

#[test]
fn statements_taken_out() {
    assert!(after("DELETE FROM statement WHERE seq = 6").starts_with("statement 6: is missing"));
    assert!(after("DELETE FROM statement WHERE seq = 1").starts_with("statement 1: is missing"));
}

#[test]
fn keys() {
    for (column, byte) in [("secret", 1), ("salt", 40)] {
        let b = after(&format!(
            "UPDATE key SET key = CAST(substr(key, 1, {byte} - 1) || CASE WHEN substr(key, {byte}, 1) = x'00' THEN x'01' ELSE x'00' END || substr(key, {byte} + 1) AS BLOB) WHERE document = 4"
        ));
        assert!(b.contains("document 4") || b.contains("statement 4"), "{column}: {b}");
    }
    assert_eq!(after("DELETE FROM key WHERE document = 4"), "the key of document 4: is missing, and no statement says that it was erased");
    let b = after("INSERT INTO key SELECT document, randomblob(48) FROM statement WHERE kind = 'erasure'");
    assert!(b.contains("the key of document"), "{b}");
}

#[test]
fn derived_tables() {
    for (table, change) in [
        ("document", "address = x'00112233445566778899aabbccddeeff'"),
        ("document", "name = x'00112233445566778899aabbccddeeff'"),
        ("document", "digest = x'00'"),
        ("document", "current = 1 - current"),
        ("document", "coding = 1"),
        ("sketch", "hashes = zeroblob(64)"),
        ("decision", "coder = 'somebody'"),
        ("decision", "field = 'time'"),
        ("judgement", "a = 'z'"),
    ] {
        let one = match table {
            "document" => "no = (SELECT max(no) FROM document)",
            "sketch" => "document = (SELECT max(document) FROM sketch)",
            "decision" => "(claim, field) = (SELECT claim, field FROM decision LIMIT 1)",
            _ => "a = 'syr.army'",
        };
        let b = after(&format!("UPDATE {table} SET {change} WHERE {one}"));
        assert!(b.contains(&format!("the derived table {table}")), "{table} {change}: {b}");
    }
    for table in ["document", "sketch", "decision", "judgement"] {
        let b = after(&format!("DELETE FROM {table}"));
        assert!(b.contains("derived table") || b.contains("refers to nothing"), "{table}: {b}");
    }
    let b = after("INSERT INTO words (rowid, terms) VALUES (4, 'دخيل')");
    assert!(b.starts_with("the search index"), "{b}");
    let b = after("UPDATE made SET value = 'x'");
    assert!(b.contains("another dictionary"), "{b}");
}

#[test]
fn guards_taken_off() {
    assert_eq!(after("UPDATE judgement SET seq = seq"), "the schema: key_of_erased is not as a ledger has it: a guard was taken off, or a table changed");
}

/// Bytes of the file itself, spread over all pages.
#[test]
fn bytes_of_the_file() {
    let dir = Dir::new();
    drop(full(&dir.path()));
    // without the pointers to rows that were deleted, which belong to nothing
    Connection::open(dir.path()).unwrap().execute_batch("VACUUM").unwrap();
    let good = std::fs::read(dir.path()).unwrap();
    let copy = Dir::new();
    let (mut missed, mut tried) = (Vec::new(), 0);
    for at in (100..good.len()).step_by(211) {
        // what is between the rows of a page is zeros and belongs to nothing
        if good[at] == 0 {
            continue;
        }
        let mut bad = good.clone();
        bad[at] ^= 0x40;
        std::fs::write(copy.path(), &bad).unwrap();
        let _ = std::fs::remove_file(copy.path().with_extension("tw-wal"));
        tried += 1;
        if Ledger::open_to_write(&copy.path()).is_ok_and(|l| l.verify(None, None, &places::Atlas::embedded()).is_ok()) {
            missed.push(at);
        }
    }
    assert!(tried > 30 && missed.is_empty(), "{missed:?} of {tried}, {} bytes", good.len());
}
