//! A run that is killed and made again writes what one run would have written.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

fn documents(path: &Path, count: usize) {
    let line = |i: usize| {
        let text = format!("قصفت مدفعية الجيش قرية الزيتونة أمس، ما أدى إلى مقتل {} مدنيين. ", i % 90 + 3).repeat(4);
        // some lines are refused, and count as well
        if i % 50 == 7 {
            "{\"text\":\n".to_string()
        } else {
            format!("{}\n", serde_json::json!({"id": format!("d{i}"), "published": "2021-03-04", "text": text}))
        }
    };
    std::fs::write(path, (0..count).map(line).collect::<String>()).unwrap();
}

fn resumed(command: &[&str], count: usize) {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    documents(&at("in.jsonl"), count);
    let run = |out: &str| {
        let mut c = Command::new(env!("CARGO_BIN_EXE_tawatur"));
        c.args(command).arg(at("in.jsonl")).arg("-o").arg(at(out)).stderr(Stdio::null());
        c
    };
    let length = |name: &str| std::fs::metadata(at(name)).map_or(0, |m| m.len());
    run("whole").status().unwrap();
    let mut kills = 0;
    loop {
        let mut child = run("parts").arg("--resume").arg(at("state")).spawn().unwrap();
        // a quarter further than the run before, so that there is output behind what was noted
        let (begun, aim) = (Instant::now(), length("whole") / 4 * (kills + 1));
        let ended = loop {
            if let Some(status) = child.try_wait().unwrap() {
                break Some(status);
            }
            if kills < 3 && length("parts") > aim {
                child.kill().unwrap();
                child.wait().unwrap();
                break None;
            }
            assert!(begun.elapsed() < Duration::from_secs(300), "{command:?} does not end");
            std::thread::sleep(Duration::from_millis(1));
        };
        let Some(status) = ended else {
            kills += 1;
            assert!(at("state").exists(), "killed before it noted anything");
            continue;
        };
        // the lines that are no JSON
        assert_eq!(status.code(), Some(1));
        break;
    }
    assert!(kills > 0, "it was over before it could be killed: give it more to do");
    assert!(!at("state").exists());
    assert!(std::fs::read(at("parts")).unwrap() == std::fs::read(at("whole")).unwrap(), "{command:?} after {kills} kills");
}

#[test]
fn read_goes_on_after_a_kill() {
    resumed(&["read"], 60_000);
}

#[test]
fn code_goes_on_after_a_kill() {
    resumed(&["code", "--format", "jsonl", "--jobs", "2"], 2_000);
}

#[test]
fn another_call_cannot_go_on() {
    let dir = tempfile::tempdir().unwrap();
    let state = dir.path().join("state");
    std::fs::write(&state, r#"{"inputs":["elsewhere"],"output":"x","done":1,"bytes":2}"#).unwrap();
    let input = dir.path().join("in.jsonl");
    documents(&input, 1);
    let run = |state: &Path| {
        let out = Command::new(env!("CARGO_BIN_EXE_tawatur"))
            .arg("read")
            .arg(&input)
            .arg("-o")
            .arg(dir.path().join("out"))
            .arg("--resume")
            .arg(state)
            .output()
            .unwrap();
        (out.status.code(), String::from_utf8(out.stderr).unwrap())
    };
    let (code, err) = run(&state);
    assert!(code != Some(0) && err.contains("remove it to begin again"), "{err}");
    std::fs::write(&state, "half a sta").unwrap();
    let (code, err) = run(&state);
    assert!(code != Some(0) && err.contains("is no state of a run"), "{err}");
}
