//! The ledger's commands, from the outside: what is printed, what it exits with, whether names stay hidden.

use std::path::Path;
use std::process::{Command, Output};

fn run(dir: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tawatur")).current_dir(dir).env("USER", "layla").args(args).output().unwrap()
}

fn text(o: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&o.stdout), String::from_utf8_lossy(&o.stderr))
}

fn ok(dir: &Path, args: &[&str]) -> String {
    let o = run(dir, args);
    assert!(o.status.success(), "{args:?}: {}", text(&o));
    text(&o)
}

fn write(dir: &Path, name: &str, content: &str) {
    std::fs::write(dir.join(name), content).unwrap();
}

fn begun() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let lines = [
        r#"{"id":"one","text":"قصفت مدفعية الجيش السوري بلدة سراقب أمس، ما أدى إلى مقتل 5 مدنيين.","published":"2019-12-03","outlet":"الجسر","url":"https://a.example/1"}"#,
        r#"{"id":"two","text":"اعتقلت الشرطة في حلب الشاب خالد محمود أمس.","title":"اعتقال خالد محمود","published":"2019-12-04","outlet":"الراية"}"#,
        r#"{"id":"three"}"#,
    ];
    write(dir.path(), "in.jsonl", &lines.join("\n"));
    let o = run(dir.path(), &["add", "--ledger", "l.tw", "in.jsonl", "--at", "2020-01-01"]);
    assert_eq!(o.status.code(), Some(1), "one input is refused: {}", text(&o));
    assert!(text(&o).contains("2 documents added"), "{}", text(&o));
    dir
}

#[test]
fn add_search_show_verify() {
    let dir = begun();
    let d = dir.path();
    let again = text(&run(d, &["add", "--ledger", "l.tw", "in.jsonl", "--at", "2021-01-01"]));
    assert!(again.contains("0 documents added") && again.contains("2 were there already"), "{again}");
    let hits = ok(d, &["search", "--ledger", "l.tw", "القصف", "--format", "jsonl"]);
    let hit: serde_json::Value = serde_json::from_str(hits.lines().next().unwrap()).unwrap();
    assert_eq!(hit["document"]["id"], "one");
    assert_eq!((hit["matches"][0]["text"].as_str(), hit["matches"][0]["form"].as_str()), (Some("قصفت"), Some("lemma")));
    assert_eq!(hit["claims"][0]["type"], "ASSAULT");
    assert!(ok(d, &["search", "--ledger", "l.tw", "--type", "COERCE", "--where", "حلب"]).contains("COERCE/arrest"));
    assert!(ok(d, &["search", "--ledger", "l.tw", "--count", "killed=6"]).contains("nothing found"));
    assert_eq!(run(d, &["search", "--ledger", "l.tw"]).status.code(), Some(2));
    // words of closed lists are not looked for in vain
    for (filter, word, remedy) in [
        ("--type", "WAR", "ASSAULT"),
        ("--type", "ASSAULT/loud", "aerial"),
        ("--modality", "sure", "negated"),
        ("--count", "dead=3", "killed"),
        ("--from", "2019-13-01", "YYYY-MM-DD"),
        ("--box", "1,2", "south,west"),
        ("--limit", "0", "0 is not in 1"),
    ] {
        let o = run(d, &["search", "--ledger", "l.tw", filter, word]);
        assert!(o.status.code() == Some(2) && text(&o).contains(remedy), "{filter} {word}: {}", text(&o));
    }
    assert_eq!(run(d, &["search", "--ledger", "l.tw", "--from", "2020-01-02", "--to", "2020-01-01"]).status.code(), Some(2));
    assert!(ok(d, &["search", "--ledger", "l.tw", "--type", "coerce/Arrest"]).contains("COERCE/arrest"));
    assert_eq!(run(d, &["search", "--ledger", "none.tw", "قصف"]).status.code(), Some(1));
    assert!(ok(d, &["verify", "--ledger", "l.tw"]).contains("everything holds"));
    ok(d, &["rebuild", "--ledger", "l.tw"]);
    assert!(ok(d, &["recode", "--ledger", "l.tw"]).contains("0 changed"));
    assert!(ok(d, &["verify", "--ledger", "l.tw"]).contains("everything holds"));
}

#[test]
fn names_are_hidden_unless_asked_for_and_that_is_recorded() {
    let dir = begun();
    let d = dir.path();
    for args in [
        &["show", "--ledger", "l.tw", "two", "--text"][..],
        &["search", "--ledger", "l.tw", "الشرطة"],
        &["search", "--ledger", "l.tw", "خالد", "--format", "jsonl"],
        &["gaps", "--ledger", "l.tw"],
        &["review", "export", "--ledger", "l.tw"],
    ] {
        let out = ok(d, args);
        assert!(!out.contains("خالد محمود"), "{args:?}: {out}");
    }
    let statements = || ok(d, &["verify", "--ledger", "l.tw"]).split(" statements").next().unwrap().rsplit(' ').next().unwrap().parse::<u32>().unwrap();
    let before = statements();
    assert!(ok(d, &["show", "--ledger", "l.tw", "two", "--text", "--show-names", "--by", "منى"]).contains("خالد محمود"));
    assert_eq!(statements(), before + 1);
    assert_eq!(run(d, &["show", "--ledger", "l.tw", "two", "--original"]).status.code(), Some(2), "the original shows names");
    assert!(ok(d, &["show", "--ledger", "l.tw", "two", "--original", "--show-names"]).starts_with("{\"id\":\"two\""));
}

#[test]
fn a_new_version_shows_what_changed() {
    let dir = begun();
    let d = dir.path();
    write(
        d,
        "again.jsonl",
        r#"{"id":"one","text":"قصفت مدفعية الجيش السوري بلدة سراقب أمس، ما أدى إلى مقتل 7 مدنيين.","published":"2019-12-03","outlet":"الجسر","url":"https://a.example/1"}"#,
    );
    assert!(ok(d, &["add", "--ledger", "l.tw", "again.jsonl"]).contains("1 of them new versions"));
    let shown = ok(d, &["show", "--ledger", "l.tw", "https://a.example/1"]);
    assert!(shown.contains("- قصفت") && shown.contains("مقتل 5") && shown.contains("+ قصفت") && shown.contains("مقتل 7"), "{shown}");
}

#[test]
fn rulings_come_back_from_a_table() {
    let dir = begun();
    let d = dir.path();
    ok(d, &["review", "export", "--ledger", "l.tw", "-o", "out.csv"]);
    let table = std::fs::read(d.join("out.csv")).unwrap();
    assert!(table.starts_with("\u{feff}document,claim,".as_bytes()));
    let mut rows = csv::Reader::from_reader(&table[3..]);
    let header = rows.headers().unwrap().clone();
    let all: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    let filled = |coder: &str, verdicts: &[&str]| {
        let mut w = csv::Writer::from_writer(Vec::new());
        w.write_record(&header).unwrap();
        for (row, verdict) in all.iter().zip(verdicts) {
            let cells = header.iter().zip(row).map(|(h, c)| match h {
                "verdict" => verdict,
                "coder" => coder,
                _ => c,
            });
            w.write_record(cells).unwrap();
        }
        w.write_record(header.iter().map(|h| match h {
            "claim" => "clm_nowhere",
            "verdict" => "accept",
            "coder" => coder,
            _ => "",
        }))
        .unwrap();
        String::from_utf8(w.into_inner().unwrap()).unwrap()
    };
    assert!(all.len() >= 2);
    write(d, "layla.csv", &filled("ليلى", &["accept", "reject"]));
    write(d, "sami.csv", &filled("سامي", &["accept", "reject"]));
    let o = run(d, &["review", "import", "--ledger", "l.tw", "layla.csv"]);
    assert_eq!(o.status.code(), Some(1), "a row cannot be placed");
    assert!(text(&o).contains("2 decisions kept") && text(&o).contains("clm_nowhere"), "{}", text(&o));
    let o = text(&run(d, &["review", "import", "--ledger", "l.tw", "sami.csv"]));
    assert!(o.contains("claim: alpha 1.000 over 2 claims"), "{o}");
    assert!(text(&run(d, &["review", "import", "--ledger", "l.tw", "sami.csv"])).contains("0 decisions kept"));
    let shown = ok(d, &["show", "--ledger", "l.tw", &all[0][1]]);
    assert!(shown.contains("ليلى: claim accept"), "{shown}");
}

#[test]
fn a_workbook_goes_out_and_a_correction_comes_back() {
    let dir = begun();
    let d = dir.path();
    assert!(ok(d, &["review", "export", "--ledger", "l.tw", "-o", "out.xlsx"]).contains("claims written"));
    assert!(std::fs::read(d.join("out.xlsx")).unwrap().starts_with(b"PK"));
    // as it came out it decides nothing
    assert!(ok(d, &["review", "import", "--ledger", "l.tw", "out.xlsx"]).contains("0 decisions kept"));
    let table = std::fs::read_to_string(d.join("out.csv")).unwrap_or_else(|_| {
        ok(d, &["review", "export", "--ledger", "l.tw", "-o", "out.csv"]);
        std::fs::read_to_string(d.join("out.csv")).unwrap()
    });
    let claim = table.lines().nth(1).unwrap().split(',').nth(1).unwrap();
    let rows = format!("claim,field,verdict,correction,coder\n{claim},counts,correct,killed=8,ليلى\n{claim},time,correct,أمس,ليلى\n");
    write(d, "filled.csv", &rows);
    let o = text(&run(d, &["review", "import", "--ledger", "l.tw", "filled.csv"]));
    assert!(o.contains("1 decisions kept") && o.contains("row 3: “أمس” is no day; write 2018-02-13"), "{o}");
    let shown = ok(d, &["show", "--ledger", "l.tw", claim]);
    assert!(shown.contains("killed=8") && shown.contains("counts by ليلى") && shown.contains("read: 5 مدنيين (killed)"), "{shown}");
    assert!(ok(d, &["search", "--ledger", "l.tw", "--count", "killed=8"]).contains(claim));
    let all = ok(d, &["incidents", "--ledger", "l.tw", "--format", "jsonl"]);
    assert!(all.contains("\"best\":8.0"), "{all}");
    assert!(ok(d, &["verify", "--ledger", "l.tw"]).contains("everything holds"));
}

#[test]
fn an_incident_is_shown_in_full() {
    let dir = begun();
    let d = dir.path();
    let all = ok(d, &["incidents", "--ledger", "l.tw", "--format", "jsonl", "--type", "COERCE"]);
    let i: serde_json::Value = serde_json::from_str(all.lines().next().unwrap()).unwrap();
    let shown = ok(d, &["show", "--ledger", "l.tw", i["id"].as_str().unwrap()]);
    for part in ["COERCE/arrest", "2019-12-03", "origins", "history", "sentence   [0-42]", "trigger    اعتقلت [0-6]", "[حُجب الاسم]"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(!shown.contains("خالد"));
    assert!(!all.contains("خالد"));
    let named = ok(d, &["incidents", "--ledger", "l.tw", "--format", "jsonl", "--type", "COERCE", "--show-names"]);
    assert!(named.contains("خالد محمود"), "{named}");
    assert_eq!(run(d, &["show", "--ledger", "l.tw", "inc_0000000000000000"]).status.code(), Some(1));
    let table = ok(d, &["incidents", "--ledger", "l.tw", "--type", "COERCE"]);
    assert!(table.contains("incident"), "{table}");
}

#[test]
fn judge_sign_erase() {
    let dir = begun();
    let d = dir.path();
    ok(d, &["checkpoint", "--ledger", "l.tw", "--new-key", "key"]);
    assert_eq!(run(d, &["checkpoint", "--ledger", "l.tw", "--new-key", "key"]).status.code(), Some(1), "a key is not written over");
    let claim = |word: &str| {
        let hits = ok(d, &["search", "--ledger", "l.tw", word, "--format", "jsonl"]);
        let v: serde_json::Value = serde_json::from_str(hits.lines().next().unwrap()).unwrap();
        v["claims"][0]["id"].as_str().unwrap().to_string()
    };
    let (a, b) = (claim("القصف"), claim("الاعتقال"));
    assert!(ok(d, &["different", "--ledger", "l.tw", &a, &b, "--why", "مدينتان"]).contains("says layla"));
    assert!(ok(d, &["show", "--ledger", "l.tw", &a]).contains("different from"));
    // two actors or two places that the lexicon and the gazetteer have, and not one of each
    for (x, y, remedy) in [("sy.saraqib", "syr.army", "not of one kind"), ("sy.saraqib", "sy.nowhere", "no claim"), ("inc_1", &a, "lists them")] {
        let o = run(d, &["same", "--ledger", "l.tw", x, y, "--why", "سهو"]);
        assert!(o.status.code() == Some(1) && text(&o).contains(remedy), "{x} {y}: {}", text(&o));
    }
    ok(d, &["same", "--ledger", "l.tw", "sy.saraqib", "sy.sarmin", "--why", "سهو", "--by", "سامي"]);
    assert!(ok(d, &["show", "--ledger", "l.tw", "sy.sarmin"]).contains("the same as sy.saraqib, says سامي"));
    assert!(text(&run(d, &["show", "--ledger", "l.tw", "clm_0"])).contains("withdrawn"));
    ok(d, &["checkpoint", "--ledger", "l.tw", "--key", "key", "-o", "head"]);
    assert!(ok(d, &["checkpoint", "--ledger", "l.tw", "--check", "head", "--public-key", "key.pub"]).contains("kept elsewhere fits"));
    assert!(ok(d, &["erase", "--ledger", "l.tw", "two", "--why", "طلب"]).contains("was erased"));
    assert!(text(&run(d, &["erase", "--ledger", "l.tw", "4", "--why", "طلب"])).contains("erased before"));
    let v = ok(d, &["verify", "--ledger", "l.tw", "--public-key", "key.pub", "--checkpoint", "head"]);
    assert!(v.contains("was erased at") && v.contains("the key that you trust"), "{v}");
    assert!(ok(d, &["search", "--ledger", "l.tw", "الشرطة"]).contains("nothing found"));
    std::fs::write(d.join("head"), std::fs::read_to_string(d.join("head")).unwrap().replace("statement ", "statement 1")).unwrap();
    assert_eq!(run(d, &["verify", "--ledger", "l.tw", "--public-key", "key.pub", "--checkpoint", "head"]).status.code(), Some(1));
}
