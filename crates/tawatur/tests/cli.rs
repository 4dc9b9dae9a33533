//! The program as other programs see it: what it prints, where, and how it exits (docs/record.md, README.md).

use std::path::Path;
use std::process::{Command, Output};

fn tawatur(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tawatur")).args(args).output().unwrap()
}

/// Exit code, standard output, standard error.
fn run(args: &[&str]) -> (i32, String, String) {
    let o = tawatur(args);
    (o.status.code().unwrap(), String::from_utf8(o.stdout).unwrap(), String::from_utf8(o.stderr).unwrap())
}

fn write(dir: &Path, name: &str, bytes: impl AsRef<[u8]>) -> String {
    let path = dir.join(name);
    std::fs::write(&path, bytes).unwrap();
    path.display().to_string()
}

const REPORT: &str = "قصفت مدفعية الجيش قرية الزيتونة أمس، ما أدى إلى مقتل ثلاثة مدنيين.";

fn examples() -> Vec<String> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut list: Vec<String> = std::fs::read_dir(dir)
        .unwrap()
        .map(|f| f.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "txt"))
        .map(|p| p.display().to_string())
        .collect();
    list.sort();
    list
}

fn jsonl(id: &str, text: &str) -> String {
    format!("{}\n", serde_json::json!({"id": id, "published": "2021-03-04", "text": text}))
}

#[test]
fn every_span_of_the_examples_is_its_text() {
    let mut args = vec!["code".to_string(), "--format".into(), "jsonl".into()];
    args.extend(examples());
    let (code, out, _) = run(&args.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(code, 0);
    let (_, read, _) = run(&["read"].into_iter().chain(args[3..].iter().map(String::as_str)).collect::<Vec<_>>());
    let texts: std::collections::BTreeMap<String, Vec<char>> = read
        .lines()
        .map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap())
        .map(|d| (d["id"].as_str().unwrap().to_string(), d["text"].as_str().unwrap().chars().collect()))
        .collect();
    let mut claims = 0;
    for line in out.lines() {
        let c: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = &texts[c["doc"]["id"].as_str().unwrap()];
        let parts = ["actors", "recipients", "places", "counts", "sources", "objects", "framing"].iter().flat_map(|k| c[*k].as_array().unwrap());
        for part in parts.chain([&c["trigger"]]) {
            let (start, end) = (part["start"].as_u64().unwrap() as usize, part["end"].as_u64().unwrap() as usize);
            assert_eq!(text[start..end].iter().collect::<String>(), part["text"].as_str().unwrap());
        }
        claims += 1;
    }
    assert!(claims >= 20, "{claims} claims in the examples");
}

#[test]
fn one_job_or_sixteen_the_same_bytes() {
    let dir = tempfile::tempdir().unwrap();
    let many: String = (0..200).map(|i| jsonl(&format!("d{i}"), &format!("{REPORT} وأصيب {} آخرون في بلدة سرمين.", i % 17 + 3))).collect();
    let file = write(dir.path(), "many.jsonl", many);
    for format in ["jsonl", "csv", "table"] {
        let one = tawatur(&["code", &file, "--format", format, "--jobs", "1"]);
        let sixteen = tawatur(&["code", &file, "--format", format, "--jobs", "16"]);
        assert!(one.status.success() && one.stdout == sixteen.stdout, "{format}");
    }
}

#[test]
fn files_together_give_the_claims_of_each() {
    let dir = tempfile::tempdir().unwrap();
    let a = write(dir.path(), "a.jsonl", jsonl("a", REPORT));
    let b = write(dir.path(), "b.jsonl", jsonl("b", "اعتقلت الشرطة شابين في مدينة عفرين."));
    let code = |list: &[&str]| run(&[&["code", "--format", "jsonl"], list].concat()).1;
    assert_eq!(code(&[&a, &b]), code(&[&a]) + &code(&[&b]));
    let joined = write(dir.path(), "both.jsonl", jsonl("a", REPORT) + &jsonl("b", "اعتقلت الشرطة شابين في مدينة عفرين."));
    assert_eq!(code(&[&joined]), code(&[&a, &b]));
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_done() {
    let dir = tempfile::tempdir().unwrap();
    let good = write(dir.path(), "good.txt", REPORT);
    let empty = write(dir.path(), "empty.txt", "");
    let noise = write(dir.path(), "noise.bin", [0u8, 159, 146, 150, 0, 1, 2, 255].repeat(64));
    let english = write(dir.path(), "english.txt", "The army shelled the village yesterday and three people were killed there.");
    let missing = dir.path().join("missing.txt").display().to_string();
    let bare = dir.path().join("bare");
    std::fs::create_dir(&bare).unwrap();
    for bad in [empty, noise, english, missing, bare.display().to_string()] {
        let (code, out, err) = run(&["code", "--format", "jsonl", &bad, &good]);
        assert_eq!(code, 1, "{bad}");
        let name = Path::new(&bad).file_name().unwrap().to_str().unwrap();
        let lines: Vec<&str> = err.lines().filter(|l| l.contains(name)).collect();
        assert_eq!(lines.len(), 1, "{bad}: {err}");
        assert!(lines[0].starts_with("tawatur: "), "{err}");
        assert!(out.contains("\"ASSAULT\""), "{bad}: the good one is still coded");
    }
}

#[test]
fn a_wrong_call_exits_2_and_says_the_remedy() {
    let (code, _, err) = run(&["code", "--published", "13.2.2018", "x.txt"]);
    assert_eq!(code, 2);
    assert!(err.contains("YYYY-MM-DD"), "{err}");
    assert_eq!(run(&["code", "--format", "xml", "x.txt"]).0, 2);
    assert_eq!(run(&["fly"]).0, 2);
    let (code, _, err) = run(&["--lexicon", "/nowhere/at/all", "lexicon", "check"]);
    assert_eq!(code, 2);
    assert!(err.contains("/nowhere/at/all"), "{err}");
}

#[test]
fn help_and_version_are_answers() {
    for c in ["code", "explain", "when", "numbers", "where", "who", "read", "lexicon", "eval"] {
        let (code, out, err) = run(&[c, "--help"]);
        assert!(code == 0 && out.contains("Usage:") && err.is_empty(), "{c}");
    }
    let (code, out, _) = run(&["--version"]);
    assert!(code == 0 && out.contains("lexicon"), "{out}");
}

#[test]
fn output_steers_neither_terminal_nor_spreadsheet() {
    let dir = tempfile::tempdir().unwrap();
    let text = "قصفت \u{1b}[31mمدفعية\u{1b}[0m الجيش قرية الزيتونة.";
    let doc = serde_json::json!({"id": "=cmd|'/c calc'!A1", "title": "\u{1b}]0;x\u{7}", "text": text});
    let file = write(dir.path(), "a.jsonl", format!("{doc}\n"));
    for args in [vec!["code", &file], vec!["explain", &file]] {
        assert!(!run(&args).1.contains('\u{1b}'), "{args:?}");
    }
    let (_, csv, _) = run(&["code", "--format", "csv", &file]);
    assert!(csv.contains("'=cmd"), "{csv}");
    assert!(!csv.lines().skip(1).any(|l| l.split(',').any(|cell| cell.starts_with('='))), "{csv}");
}

#[test]
fn explain_shows_what_is_hidden_and_what_was_passed_over() {
    let dir = tempfile::tempdir().unwrap();
    let file = write(dir.path(), "a.txt", "هاجم عناصر حмاس حاجزا في \u{202E}حلب\u{202C} أمس. وقال إنه يخشى خطر هجوم.");
    let out = run(&["explain", &file]).1;
    assert!(out.contains("a word of letters from two scripts [11-15] حмاس = U+062D U+043C U+0627 U+0633"), "{out}");
    assert!(out.contains("changes the order of what is shown [25-26]  = U+202E"), "{out}");
    assert!(out.contains("no claim: هجوم"), "{out}");
}

#[test]
fn a_users_lexicon_adds_and_takes_away() {
    let dir = tempfile::tempdir().unwrap();
    let mine = dir.path().join("mine");
    std::fs::create_dir_all(mine.join("words")).unwrap();
    write(&mine, "words/my.verbs.txt", "زخّخ\n");
    write(
        &mine,
        "events.toml",
        "[[event]]\nid = \"my.spray\"\ntype = \"ASSAULT\"\nverbs = [\"زخخ\"]\nframe = \"strike\"\nmatch = [\"زخخ المسلحون الحاجز بالرصاص\"]\nnot = [\"زار الوزير المدرسة\"]\n",
    );
    let mine = mine.display().to_string();
    let (code, out, _) = run(&["--lexicon", &mine, "lexicon", "test", "--only", "my."]);
    assert_eq!((code, out.trim()), (0, "2 examples: 2 hold, 0 do not"));
    let (_, out, _) = run(&["--lexicon", &mine, "lexicon", "diff"]);
    assert!(out.starts_with("+ my.spray\n"), "{out}");
    write(Path::new(&mine), "broken.toml", "[[event]]\nid = \"x\"\ntype = \"ASSAULT\"\nverbs = [\"قصف\"]\nframe = \"no-such-frame\"\n");
    let (code, _, err) = run(&["--lexicon", &mine, "code", "-"]);
    assert_eq!(code, 2);
    assert!(err.contains("no-such-frame"), "{err}");
}

#[test]
fn a_users_places_are_known_by_option_or_environment() {
    let dir = tempfile::tempdir().unwrap();
    let table =
        write(dir.path(), "own.csv", "id,name_ar,kind,parent,lat,lon\nown.1,الزيتونة الشرقية,settlement,sy,35.1,36.2\nown.2,السدرة,settlement,sy,95,36.2\n");
    let places = dir.path().join("own.places").display().to_string();
    let (code, _, told) = run(&["places", "import", &table, "-o", &places]);
    assert!(code == 1 && told.contains("own.csv:3") && told.contains("1 places kept"), "the bad row is named, the rest is there: {told}");
    let report = write(dir.path(), "a.jsonl", jsonl("a", "قصفت مدفعية الجيش قرية الزيتونة الشرقية أمس، ما أدى إلى مقتل ثلاثة مدنيين."));
    let id = |o: Output| {
        assert!(o.status.success(), "{}", String::from_utf8_lossy(&o.stderr));
        serde_json::from_slice::<serde_json::Value>(&o.stdout).unwrap()["place"]["id"].clone()
    };
    let call = ["incidents", "--format", "jsonl", report.as_str()];
    let by_environment = |list: &str| Command::new(env!("CARGO_BIN_EXE_tawatur")).args(call).env("TAWATUR_PLACES", list).output().unwrap();
    assert_eq!(id(tawatur(&["--places", &places, call[0], call[1], call[2], call[3]])), "own.1");
    assert_eq!(id(by_environment(&places)), "own.1");
    assert_ne!(id(by_environment("")), "own.1");
    let missing = by_environment("/nowhere/own.places");
    assert_eq!(missing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("places import"));
}
