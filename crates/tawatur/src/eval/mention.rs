//! Do two mentions name the same thing?

use std::sync::OnceLock;

/// The words of `lexicon/evaluation.txt`.
#[derive(Debug, Default)]
pub struct Mentions {
    clitics: Vec<&'static str>,
    generic: Vec<&'static str>,
    part: Vec<String>,
}

impl Mentions {
    pub fn embedded() -> &'static Mentions {
        static WORDS: OnceLock<Mentions> = OnceLock::new();
        WORDS.get_or_init(|| {
            let mut m = Mentions::default();
            for (class, words) in include_str!("../../../../lexicon/evaluation.txt").lines().filter_map(|l| l.split('#').next()?.split_once(": ")) {
                let words = words.split_whitespace();
                match class {
                    "clitics" => m.clitics.extend(words),
                    "generic" => m.generic.extend(words),
                    "part" => m.part.extend(words.map(|w| w.replace('_', " "))),
                    other => unreachable!("lexicon/evaluation.txt has no class {other}"),
                }
            }
            m
        })
    }

    /// A word as it is, and without what may stand in front of it (where three letters are left).
    fn variants<'a>(&self, word: &'a str) -> Vec<&'a str> {
        let stripped = self.clitics.iter().filter_map(|c| word.strip_prefix(c)).filter(|rest| rest.chars().count() >= 3);
        std::iter::once(word).chain(stripped).collect()
    }

    /// Their distinguishing words agree: at least half of the first's, and a third of the second's.
    pub fn same(&self, a: &str, b: &str) -> bool {
        let (a, b) = (normal(a), normal(b));
        let (x, y) = (self.distinguishing(&a), self.distinguishing(&b));
        let agree = |one: &[Vec<&str>], other: &[Vec<&str>]| one.iter().filter(|t| other.iter().any(|u| t.iter().any(|w| u.contains(w)))).count();
        !x.is_empty() && !y.is_empty() && 2 * agree(&x, &y) >= x.len().max(2) && 3 * agree(&y, &x) >= y.len().max(3)
    }

    fn distinguishing<'a>(&self, text: &'a str) -> Vec<Vec<&'a str>> {
        let all: Vec<Vec<&str>> = text.split_whitespace().map(|w| self.variants(w)).collect();
        let telling: Vec<Vec<&str>> = all.iter().filter(|v| !v.iter().any(|w| self.generic.contains(w))).cloned().collect();
        if telling.is_empty() { all } else { telling }
    }

    /// Does the text end in a word like "بينهم" with at most two words behind it?
    pub fn ends_with_part(&self, before: &str) -> bool {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let tail = |rest: &str| {
            let mut rest = rest.trim_start_matches(|c| !word(c));
            for _ in 0..2 {
                let behind = rest.trim_start_matches(word);
                let next = behind.trim_start_matches(|c| !word(c));
                if behind.len() == rest.len() || next.len() == behind.len() {
                    break;
                }
                rest = next;
            }
            rest.is_empty()
        };
        self.part.iter().any(|p| before.match_indices(p.as_str()).any(|(i, _)| tail(&before[i + p.len()..])))
    }
}

/// Without marks and tatweel, hamza off alef, ى and ة as ي and ه, anything but letters and digits as one space.
fn normal(s: &str) -> String {
    let mut out = String::new();
    for c in s.chars() {
        match c {
            '\u{64b}'..='\u{652}' | '\u{670}' | '\u{640}' => {}
            'إ' | 'أ' | 'آ' => out.push('ا'),
            'ى' => out.push('ي'),
            'ة' => out.push('ه'),
            c if c.is_alphanumeric() || c == '_' => out.push(c),
            _ => out.push(' '),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distinguishing_words_decide() {
        let m = Mentions::embedded();
        assert!(m.same("قوات النظام السوري", "النظام"));
        assert!(!m.same("قوات النظام", "قوات سوريا الديمقراطية"));
        assert!(m.same("مدينة إدلب", "بإدلب"));
        assert!(!m.same("", "إدلب"));
    }

    #[test]
    fn parts_of_totals() {
        let m = Mentions::embedded();
        assert!(m.ends_with_part("مقتل تسعة أشخاص بينهم "));
        assert!(m.ends_with_part("مقتل تسعة بينهم نحو "));
        assert!(!m.ends_with_part("مقتل تسعة بينهم قائد في الفصيل وجرح "));
    }
}
