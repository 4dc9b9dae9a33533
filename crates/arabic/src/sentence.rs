//! Where one sentence ends and the next begins.
//!
//! A sentence ends at a line break, at `؟ ! …`, and at a full stop, also where the page has lost the space behind it
//! ("المواجهة.ووفقاً"), but not inside a number ("3.5"), after a single letter ("د. سالم", "م.") or inside an abbreviation ("أ.ف.ب").
//! What runs on for more than [`LONGEST`] tokens is cut at a comma, so that whoever compares the words of one sentence with each other
//! stays within bounds on any text.

use crate::text::{Kind, Token};
use crate::words::Words;
use std::ops::Range;

/// The most tokens of one sentence. Of 145,000 sentences of news six were longer, all of them lists.
pub(crate) const LONGEST: usize = 400;

pub(crate) fn split(raw: &str, words: &Words, tokens: &[Token], out: &mut Vec<Range<usize>>) {
    let mut start = 0;
    let mut push = |mut start: usize, end: usize| {
        while start < end {
            let stop = if end - start > LONGEST { pause(raw, &tokens[start..start + LONGEST]) + start } else { end };
            if tokens[start..stop].iter().any(|t| matches!(t.kind, Kind::Word | Kind::Number | Kind::Foreign)) {
                out.push(start..stop);
            }
            start = stop;
        }
    };
    let mut i = 0;
    while i < tokens.len() {
        let t = &tokens[i];
        match t.kind {
            Kind::Break => {
                push(start, i);
                start = i + 1;
            }
            Kind::Punct => {
                let c = raw[t.range()].chars().next().unwrap_or(' ');
                let ends = match c {
                    '؟' | '!' | '…' => true,
                    '?' => true,
                    '.' => full_stop(words, tokens, i),
                    _ => false,
                };
                if ends {
                    // closing quotes and brackets belong to the sentence they close
                    while i + 1 < tokens.len() && closes(raw, &tokens[i + 1]) {
                        i += 1;
                    }
                    push(start, i + 1);
                    start = i + 1;
                }
            }
            _ => {}
        }
        i += 1;
    }
    push(start, tokens.len());
}

/// Where to cut a sentence that is too long: behind the last comma of its second half, else at its end.
fn pause(raw: &str, tokens: &[Token]) -> usize {
    let comma = |t: &Token| t.kind == Kind::Punct && matches!(raw[t.range()].chars().next(), Some('،' | '؛' | ',' | ';'));
    let late = tokens.len() / 2;
    tokens[late..].iter().rposition(comma).map_or(tokens.len(), |k| late + k + 1)
}

fn closes(raw: &str, t: &Token) -> bool {
    t.kind == Kind::Punct && t.glued && matches!(raw[t.range()].chars().next(), Some('»' | '”' | '"' | ')' | ']' | '’' | '.' | '!' | '؟' | '?' | '…'))
}

fn full_stop(words: &Words, tokens: &[Token], i: usize) -> bool {
    let t = &tokens[i];
    let Some(before) = i.checked_sub(1).map(|k| &tokens[k]) else { return true };
    let after = tokens.get(i + 1);
    let glued_after = after.is_some_and(|a| a.glued);
    if t.end - t.start > 1 {
        return true;
    }
    // 3.5, 13.2.2018, .5
    if glued_after && after.is_some_and(|a| a.kind == Kind::Number) && before.kind == Kind::Number && t.glued {
        return false;
    }
    if after.is_some_and(|a| a.kind == Kind::Foreign) && glued_after && before.kind == Kind::Foreign {
        return false;
    }
    // a single letter: an initial or an abbreviation (د. م. أ.ف.ب), but not the sign of an era or an hour (1436هـ. 2015م. 5 ص.)
    let sign = i >= 2 && tokens[i - 2].kind == Kind::Number;
    if !sign && before.kind == Kind::Word && t.glued && words.get(before.word).letters == 1 {
        return after.is_none_or(|a| a.kind == Kind::Break);
    }
    // letters spaced by dots
    if glued_after && after.is_some_and(|a| a.kind == Kind::Word && words.get(a.word).letters == 1) {
        return false;
    }
    true
}

#[cfg(test)]
mod tests {
    use crate::text::Text;
    use crate::words::Words;

    fn sentences(s: &str) -> usize {
        let mut words = Words::new(crate::dictionary());
        Text::new(s, &mut words).sentences.len()
    }

    #[test]
    fn what_runs_on_is_cut_at_a_comma() {
        use super::LONGEST;
        assert_eq!(sentences(&"كلمة ".repeat(LONGEST)), 1);
        assert_eq!(sentences(&"كلمة ".repeat(LONGEST + 1)), 2);
        let listed = format!("{}، {}", "كلمة ".repeat(LONGEST - 50), "كلمة ".repeat(200));
        let mut words = Words::new(crate::dictionary());
        let text = Text::new(&listed, &mut words);
        assert_eq!(text.sentences.len(), 2);
        assert!(text.slice(text.span(text.sentences[0].clone())).ends_with('،'));
        assert_eq!(sentences(&"كلمة، ".repeat(10 * LONGEST)), 20);
    }

    #[test]
    fn full_stops() {
        for (s, n) in [
            ("وقعت المواجهة.ووفقاً لشهود انسحب الجيش.", 2),
            ("قال د. سالم إن النسبة 3.5 في المئة. ولم يزد", 2),
            ("نقلت أ.ف.ب عن مصدر", 1),
            ("صدر عام 1436هـ. ثم عدل عام 2015م. ونشر", 3),
            ("«انتهى الأمر.» وقال", 2),
            ("من؟ أين! متى… الآن", 4),
            ("سطر\nسطر آخر", 2),
            ("في 13.2.2018 وصلوا", 1),
        ] {
            assert_eq!(sentences(s), n, "{s}");
        }
    }
}
