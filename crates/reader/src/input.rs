//! Files, folders and standard input.

use std::path::{Path, PathBuf};

/// Something that documents are read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// `-`
    Stdin,
    /// A file or a folder.
    Path(PathBuf),
}

impl From<&str> for Input {
    fn from(s: &str) -> Input {
        if s == "-" { Input::Stdin } else { Input::Path(s.into()) }
    }
}

/// A file, and the id that a document gets from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Where it is.
    pub path: PathBuf,
    /// Its name, or its path inside the folder that was named, with `/` on every system.
    pub id: String,
}

/// The files of a path: itself, or everything in the folder in the order of names, or, when there is none of that name, what it
/// matches as a pattern (`saved/**/*.html`). Hidden files are passed over.
///
/// # Errors
/// When the path is not there or cannot be listed.
pub fn files(path: &Path) -> std::io::Result<Vec<File>> {
    let found = match std::fs::metadata(path) {
        Ok(found) => found,
        Err(e) => return matching(path).filter(|m| !m.is_empty()).ok_or(e),
    };
    if !found.is_dir() {
        let id = path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
        return Ok(vec![File { path: path.into(), id }]);
    }
    let mut out = Vec::new();
    walk(path, "", &mut out)?;
    Ok(out)
}

/// The files that a pattern matches, in the order of names; their ids are their paths.
fn matching(pattern: &Path) -> Option<Vec<File>> {
    let pattern = pattern.to_str().filter(|p| p.contains(['*', '?', '[']))?;
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::new() };
    let paths = glob::glob_with(pattern, options).ok()?.filter_map(Result::ok).filter(|p| p.is_file());
    Some(paths.map(|path| File { id: path.display().to_string(), path }).collect())
}

fn walk(dir: &Path, prefix: &str, out: &mut Vec<File>) -> std::io::Result<()> {
    let mut list: Vec<_> = std::fs::read_dir(dir)?.collect::<Result<_, _>>()?;
    list.sort_by_key(|f| f.file_name());
    for f in list {
        let name = f.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let id = format!("{prefix}{name}");
        // what a link points to is read where it stands, not through the link
        let kind = f.file_type()?;
        if kind.is_dir() {
            walk(&f.path(), &format!("{id}/"), out)?;
        } else if kind.is_file() {
            out.push(File { path: f.path(), id });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_matches_files_in_order() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let found = files(&here.join("src/*/mod.rs")).unwrap();
        let ends: Vec<bool> = found.iter().zip(["src/format/mod.rs", "src/html/mod.rs"]).map(|(f, e)| f.path.ends_with(e)).collect();
        assert_eq!(ends, [true, true]);
        assert!(files(&here.join("src/*.none")).is_err());
    }
}
