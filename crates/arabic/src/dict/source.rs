//! The dictionary's source: plain text files that an analyst edits.
//!
//! One lemma a line; `#` begins a comment. Which file it stands in says what it is:
//!
//! | file | a line | example |
//! |---|---|---|
//! | `verbs.txt` | past, present if irregular, `=` masdars if irregular | `قال يقول = قول` |
//! | `nouns.txt` | singular, plurals (spelled out, `-ون`, `-ات`), `m` or `f` where the ending misleads | `جندي جنود` |
//! | `adjectives.txt` | masculine, broken plurals | `عربي عرب` |
//! | `particles.txt` | all forms | `على` |
//! | `names.txt` | given and family names | `محمد` |
//!
//! `@tag` words give a line meanings that other parts of the program look for. `? form …` lists forms that the line must
//! produce, `! form …` forms that it must not; both are checked whenever the dictionary is compiled. `-lemma` alone
//! on a line (in a user's own file) takes the program's line of that lemma away.

use crate::letters::{CharClass, SHADDA, class};
use crate::morph::{Feat, Form, Gender, Number, Plural, Pos, State, Verb, inflect_adjective, inflect_fixed, inflect_noun};
use std::collections::BTreeMap;

/// One problem in a source file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct SourceError {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub message: String,
}

/// A lemma and all its forms, before compilation.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The dictionary form, without vowels.
    pub lemma: String,
    /// Part of speech.
    pub pos: Pos,
    /// Tags, sorted.
    pub tags: Vec<String>,
    /// Of a masdar or participle: the index of its verb among the entries.
    pub base: Option<usize>,
    /// Its forms.
    pub forms: Vec<Form>,
    /// Where it stands.
    pub at: (String, usize),
}

const FILES: [(&str, Pos); 5] =
    [("verbs.txt", Pos::Verb), ("nouns.txt", Pos::Noun), ("adjectives.txt", Pos::Adj), ("particles.txt", Pos::Particle), ("names.txt", Pos::Name)];

fn bare(s: &str) -> String {
    s.chars().filter(|c| class(*c) != CharClass::Mark).collect()
}

/// Lemmas that stand in two files of one part of speech: within the program's own files a mistake, in a user's an override.
pub fn duplicates<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<SourceError> {
    let mut seen: BTreeMap<(u8, String), String> = BTreeMap::new();
    let mut out = Vec::new();
    for (name, text) in files {
        let Some(pos) = FILES.iter().find(|f| name.ends_with(f.0)).map(|f| f.1 as u8) else { continue };
        for (i, line) in text.lines().enumerate() {
            let Some(head) = line.split('#').next().unwrap_or("").split_whitespace().next() else { continue };
            if let Some(first) = seen.insert((pos, head.to_string()), name.to_string()).filter(|f| f != name) {
                out.push(SourceError { file: name.into(), line: i + 1, message: format!("“{head}” stands already in {first}: join the two lines") });
            }
        }
    }
    out
}

/// Reads source files, given as name and text in the order in which later ones override earlier ones.
///
/// # Errors
/// Every bad line, each named; lines that are good are still read.
pub fn read<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Vec<Entry>, Vec<SourceError>) {
    let mut entries: Vec<Entry> = Vec::new();
    let mut errors = Vec::new();
    // A later file's line of the same lemma and part of speech takes the earlier one's place.
    let mut lines: BTreeMap<(u8, String), (String, usize, String)> = BTreeMap::new();
    for (name, text) in files {
        let base = name.rsplit('/').next().unwrap_or(name);
        let Some(pos) = FILES.iter().find(|f| base.ends_with(f.0)).map(|f| f.1) else {
            errors.push(SourceError {
                file: name.into(),
                line: 0,
                message: "the name must end in verbs.txt, nouns.txt, adjectives.txt, particles.txt or names.txt".into(),
            });
            continue;
        };
        let mut here: BTreeMap<String, usize> = BTreeMap::new();
        for (i, line) in text.lines().enumerate() {
            let line = line.split('#').next().unwrap_or("").trim();
            let mut words = line.split_whitespace();
            let Some(head) = words.next() else { continue };
            if let Some(gone) = head.strip_prefix('-').filter(|g| !g.is_empty()) {
                if lines.remove(&(pos as u8, gone.to_string())).is_none() {
                    errors.push(SourceError { file: name.into(), line: i + 1, message: format!("there is no “{gone}” to take away") });
                } else if let Some(more) = words.next() {
                    errors.push(SourceError {
                        file: name.into(), line: i + 1, message: format!("“{more}” is one word too many: a line takes one word away")
                    });
                }
                continue;
            }
            if let Some(first) = here.insert(head.to_string(), i + 1) {
                errors
                    .push(SourceError { file: name.into(), line: i + 1, message: format!("“{head}” stands already in line {first}: join the two lines") });
            }
            lines.insert((pos as u8, head.to_string()), (name.to_string(), i + 1, line.to_string()));
        }
    }
    for ((pos, _), (file, line, text)) in &lines {
        let pos = FILES[*pos as usize].1;
        if let Err(message) = entry(pos, file, *line, text, &mut entries) {
            errors.push(SourceError { file: file.clone(), line: *line, message });
        }
    }
    (entries, errors)
}

struct Line<'a> {
    words: Vec<&'a str>,
    after_equals: Vec<&'a str>,
    tags: Vec<String>,
    must: Vec<&'a str>,
    must_not: Vec<&'a str>,
}

fn split(text: &str) -> Line<'_> {
    let mut l = Line { words: vec![], after_equals: vec![], tags: vec![], must: vec![], must_not: vec![] };
    let mut mode = ' ';
    for w in text.split_whitespace() {
        match w {
            "=" | "?" | "!" => mode = w.chars().next().unwrap_or(' '),
            _ if w.starts_with('@') => l.tags.push(w[1..].to_string()),
            _ => match mode {
                '=' => l.after_equals.push(w),
                '?' => l.must.push(w),
                '!' => l.must_not.push(w),
                _ => l.words.push(w),
            },
        }
    }
    l.tags.sort();
    l.tags.dedup();
    l
}

fn entry(pos: Pos, file: &str, line: usize, text: &str, entries: &mut Vec<Entry>) -> Result<(), String> {
    let l = split(text);
    let head = *l.words.first().ok_or("the line has tags but no word")?;
    if let Some(bad) = l
        .words
        .iter()
        .chain(&l.after_equals)
        .find(|w| !matches!(**w, "-ون" | "-ات" | "m" | "f") && w.chars().any(|c| !matches!(class(c), CharClass::Arabic | CharClass::Mark)))
    {
        return Err(format!("“{bad}” is no Arabic word (tags begin with @, masdars follow =)"));
    }
    let at = (file.to_string(), line);
    let first = entries.len();
    let make = |pos, lemma: &str, base, forms, tags: &[String]| Entry { lemma: bare(lemma), pos, tags: tags.to_vec(), base, forms, at: at.clone() };
    match pos {
        Pos::Verb => {
            let v = Verb::new(head, l.words.get(1).copied(), &l.after_equals).map_err(|e| e.to_string())?;
            if l.words.len() > 2 {
                return Err(format!("“{}” is one word too many: past, present, then = and masdars", l.words[2]));
            }
            entries.push(make(Pos::Verb, head, None, v.forms(), &l.tags));
            for (m, forms) in v.masdar_forms() {
                entries.push(make(Pos::Noun, &m, Some(first), forms, &l.tags));
            }
            let p = v.participle_forms();
            if let Some(lemma) = p.first().map(|f| f.0.clone()) {
                entries.push(make(Pos::Adj, &lemma, Some(first), p, &l.tags));
            }
        }
        Pos::Noun => {
            let gender = l.words.iter().find_map(|w| match *w {
                "m" => Some(Gender::Masc),
                "f" => Some(Gender::Fem),
                _ => None,
            });
            let plurals: Vec<Plural> = l.words[1..].iter().filter(|w| !matches!(**w, "m" | "f")).map(|w| Plural::parse(w)).collect();
            let tagged = |t: &str| l.tags.iter().any(|x| x == t);
            let forms = match (tagged("inv"), tagged("pl")) {
                (true, _) => inflect_fixed(&bare(head), gender, Number::Any),
                (_, true) => inflect_fixed(&bare(head), gender, Number::Plural),
                _ => inflect_noun(&bare(head), &plurals, gender),
            };
            entries.push(make(Pos::Noun, head, None, forms, &l.tags));
        }
        Pos::Adj => {
            entries.push(make(Pos::Adj, head, None, inflect_adjective(&bare(head), &l.words[1..]), &l.tags));
        }
        Pos::Particle | Pos::Name => {
            let f = Feat::nominal(Gender::Any, Number::Any, State::Any, crate::morph::Case::Any);
            let forms = l.words.iter().map(|w| (bare(w), f)).collect();
            entries.push(make(pos, head, None, forms, &l.tags));
        }
    }
    let made = |w: &str| entries[first..].iter().any(|e| e.forms.iter().any(|f| f.0 == bare(w)));
    if let Some(w) = l.must.iter().find(|w| !made(w)) {
        return Err(format!("must produce “{w}” and does not"));
    }
    if let Some(w) = l.must_not.iter().find(|w| made(w)) {
        return Err(format!("must not produce “{w}” and does"));
    }
    debug_assert!(!head.contains(SHADDA) || pos == Pos::Verb || !bare(head).contains(SHADDA));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_files_override_and_remove() {
        let (e, err) = read([("a/nouns.txt", "جندي جنود @combatant\nغارة -ات\n"), ("b/nouns.txt", "جندي جنود @soldier\n-غارة\n")]);
        assert!(err.is_empty(), "{err:?}");
        assert_eq!(e.len(), 1);
        assert_eq!(e[0].tags, ["soldier"]);
    }

    #[test]
    fn names_what_is_wrong() {
        let (e, err) =
            read([("nouns.txt", "جندي جنود\nجندي جند\nbad\n-هجوم\nغارة\n-غارة ثانية\n"), ("verbs.txt", "قال\nقصف ? يقصفون ! قصوف\n"), ("x.txt", "")]);
        assert_eq!(err.len(), 6, "{err:?}");
        assert!(e.iter().any(|x| x.lemma == "قصف"));
    }
}
