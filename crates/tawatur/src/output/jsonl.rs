//! One record a line.

/// Records as JSON lines.
pub fn lines<T: serde::Serialize>(records: &[T]) -> Vec<u8> {
    let mut out = Vec::with_capacity(records.len() * 2048);
    for r in records {
        // a record is made of strings, numbers and lists: writing it to memory cannot fail
        if serde_json::to_writer(&mut out, r).is_ok() {
            out.push(b'\n');
        }
    }
    out
}
