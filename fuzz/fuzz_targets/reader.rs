//! What every target of the reader does: reads the bytes as an input and looks at what comes of it.

use tawatur_reader::{Options, Outcome, stream};

/// Reads `bytes` behind `prefix`, which makes them one format.
pub fn read(prefix: &[u8], bytes: &[u8]) {
    let input = [prefix, bytes].concat();
    // a small limit, so that a bomb shows as a long text
    let options = Options { limit: 1 << 20, arabic_only: false, ..Options::default() };
    let mut outcomes = 0u64;
    stream("fuzz", "fuzz", Box::new(&input[..]), &options, &mut |o| {
        outcomes += 1;
        if let Outcome::Read(d) = o {
            let chars = d.text.chars().count();
            assert!(!d.text.trim().is_empty());
            assert!(d.text.len() <= 4 << 20, "a document of {} bytes", d.text.len());
            assert!(d.map.iter().all(|p| p.text.end <= chars && p.text.start <= p.text.end && p.source.start <= p.source.end));
        }
        true
    });
    assert!(outcomes <= 2 * input.len() as u64 + 4, "{outcomes} outcomes of {} bytes", input.len());
}
