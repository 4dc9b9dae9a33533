//! Text of strangers, made harmless for terminals and spreadsheets.

/// Without characters that steer a terminal or reorder what stands around them: controls, escapes, bidi embeddings, overrides
/// and isolates. Line breaks and tabs become spaces.
pub fn terminal(s: &str) -> String {
    s.chars()
        .filter_map(|c| match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
            c if c.is_control() => None,
            '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' => None,
            c => Some(c),
        })
        .collect()
}

/// A cell that no spreadsheet takes for a formula: one that begins like a formula gets an apostrophe in front.
pub fn cell(s: &str) -> String {
    let formula = s.trim_start().starts_with(['=', '+', '-', '@']) || s.starts_with(['\t', '\r', '\n']);
    let number = s.trim().parse::<f64>().is_ok();
    if formula && !number { format!("'{s}") } else { s.to_string() }
}

#[cfg(test)]
mod tests {
    #[test]
    fn escapes_and_formulas() {
        assert_eq!(super::terminal("ق\u{1b}[31mصف\u{202e}\n"), "ق[31mصف ");
        assert_eq!(super::cell("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(super::cell("-3.5"), "-3.5");
        assert_eq!(super::cell("قصف"), "قصف");
    }
}
