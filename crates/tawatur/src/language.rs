//! The language that a run works with: what the program carries, and a user's files over it.

use arabic::dict::Dictionary;
use arabic::words::Words;
use claims::check;
use claims::lexicon::{Lexicon, Source};
use places::Atlas;
use std::path::{Path, PathBuf};

/// A lexicon with its dictionary and places.
pub struct Language {
    pub dictionary: &'static Dictionary,
    /// The user's TOML files, name and text; empty without `--lexicon`.
    files: Files,
    lexicon: std::sync::OnceLock<&'static Lexicon>,
    /// The embedded gazetteer and the user's.
    atlas: Atlas,
}

impl Language {
    /// The embedded language, or one with the files of a folder over it: `*.toml` as in `lexicon/`, `words/*.txt` as in `lexicon/words`.
    ///
    /// # Errors
    /// One line a problem: a folder that cannot be read or has nothing to read, files and entries that are wrong.
    pub fn new(overlay: Option<&Path>, gazetteers: &[PathBuf]) -> Result<Language, Vec<String>> {
        let open = |p: &PathBuf| places::open(p).map_err(|e| vec![e.to_string()]);
        let atlas = Atlas::with(gazetteers.iter().map(open).collect::<Result<Vec<_>, _>>()?);
        let Some(dir) = overlay else {
            return Ok(Language { dictionary: arabic::dictionary(), files: Files::new(), lexicon: std::sync::OnceLock::new(), atlas });
        };
        let (files, words) = read(dir)?;
        let dictionary = if words.is_empty() { arabic::dictionary() } else { dictionary(&words)? };
        let lexicon = claims::overlaid(&files, dictionary).map_err(|e| e.iter().map(ToString::to_string).collect::<Vec<_>>())?;
        Ok(Language { dictionary, files, lexicon: lexicon.into(), atlas })
    }

    /// The lexicon; the embedded one is made ready when it is first asked for.
    pub fn lexicon(&self) -> &'static Lexicon {
        self.lexicon.get_or_init(claims::embedded)
    }

    /// A coder.
    pub fn coder(&self) -> claims::Coder {
        claims::Coder::with(self.lexicon(), places::PlaceFinder::with(self.atlas.clone()))
    }

    /// The embedded gazetteer and the user's.
    pub fn atlas(&self) -> &Atlas {
        &self.atlas
    }

    /// A memory of words.
    pub fn words(&self) -> Words {
        Words::new(self.dictionary)
    }

    /// What tells this language from any other: the hash of what the program carries, and of the user's files and gazetteers where there are any.
    pub fn hash(&self) -> String {
        let own: String = self.files.iter().map(|(n, t)| format!("{n}\0{t}\0")).collect();
        let program = env!("TAWATUR_LEXICON");
        let files = (!own.is_empty()).then(|| format!("+{}", &claims::hash::sha256_hex(own.as_bytes())[..12]));
        let places = self.atlas.imported().map(|mark| format!("+places {}", &mark[..12]));
        format!("{program}{}{}", files.unwrap_or_default(), places.unwrap_or_default())
    }

    /// The entries as they were written.
    pub fn source(&self) -> Source {
        // the files were read when the language was made
        check::source_with(&self.files).unwrap_or_else(|_| claims::embedded_source())
    }
}

type Files = Vec<(String, String)>;

/// The TOML files and the word files of a folder, in order of their names.
fn read(dir: &Path) -> Result<(Files, Files), Vec<String>> {
    fn walk(dir: &Path, out: &mut Vec<PathBuf>) -> Result<(), String> {
        let wrong = |e: std::io::Error| format!("{}: {e}; name a folder laid out as lexicon/ is", dir.display());
        for entry in std::fs::read_dir(dir).map_err(wrong)? {
            let path = entry.map_err(wrong)?.path();
            if path.is_dir() { walk(&path, out)? } else { out.push(path) }
        }
        Ok(())
    }
    let mut paths = Vec::new();
    walk(dir, &mut paths).map_err(|e| vec![e])?;
    paths.sort();
    let (mut toml, mut words, mut errors) = (Vec::new(), Vec::new(), Vec::new());
    for p in paths {
        let list = match p.extension().and_then(|e| e.to_str()) {
            Some("toml") => &mut toml,
            Some("txt") => &mut words,
            _ => continue,
        };
        let name = p.display().to_string();
        match std::fs::read_to_string(&p) {
            Ok(text) => list.push((name, text)),
            Err(e) => errors.push(format!("{name}: {e}; save it as UTF-8 text")),
        }
    }
    if toml.is_empty() && words.is_empty() && errors.is_empty() {
        errors.push(format!("{}: no .toml file and no words/*.txt; name a folder laid out as lexicon/ is", dir.display()));
    }
    if errors.is_empty() { Ok((toml, words)) } else { Err(errors) }
}

/// The dictionary with a user's words. Compiling takes a second or two, so what was made is kept under the hash of its sources.
fn dictionary(words: &Files) -> Result<&'static Dictionary, Vec<String>> {
    let kept = cache(words);
    if let Some(d) = kept.as_ref().and_then(|p| std::fs::read(p).ok()).and_then(|b| arabic::dict::overlay::open(b).ok()) {
        return Ok(d);
    }
    let bytes = arabic::dict::overlay::compile_with(words).map_err(|e| e.iter().map(ToString::to_string).collect::<Vec<_>>())?;
    if let Some(path) = kept {
        // a cache that cannot be written costs time, nothing else; renaming keeps a reader from seeing half a file
        let half = path.with_extension(std::process::id().to_string());
        let written = path.parent().is_some_and(|d| std::fs::create_dir_all(d).is_ok()) && std::fs::write(&half, &bytes).is_ok();
        if !written || std::fs::rename(&half, &path).is_err() {
            let _ = std::fs::remove_file(&half);
        }
    }
    arabic::dict::overlay::open(bytes).map_err(|e| vec![e.to_string()])
}

/// Where the dictionary of these words is kept: the user's cache folder, when there is one.
fn cache(words: &Files) -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    let folder = set("XDG_CACHE_HOME").or_else(|| set("LOCALAPPDATA")).or_else(|| Some(set("HOME")?.join(".cache")))?;
    let mut all = String::from(env!("TAWATUR_LEXICON"));
    for (_, text) in words {
        all.push('\0');
        all.push_str(text);
    }
    Some(folder.join("tawatur").join(format!("dictionary-{}.bin", &claims::hash::sha256_hex(all.as_bytes())[..16])))
}
