//! The lexicon's own examples: what stands under `match` is found, what stands under `not` is not.

use tawatur_claims::{check, embedded_source};

#[test]
fn every_example_holds() {
    let (run, failures) = check::examples(&embedded_source(), arabic::dictionary(), "").unwrap();
    assert!(run > 4000, "only {run} examples");
    let lines: Vec<String> = failures.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "\n{}", lines.join("\n"));
}

#[test]
fn no_entry_is_wrong() {
    let errors: Vec<_> = check::entries(&embedded_source()).into_iter().filter(|f| f.grade == check::Grade::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
}
