//! An imported gazetteer: one file, mapped into memory and used where it lies.

use crate::gazetteer::Gazetteer;
use arabic::blob::BlobError;
use std::path::{Path, PathBuf};

/// Why a gazetteer file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file itself.
    #[error("{}: {source}; name a file that `tawatur places import` made", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Its content.
    #[error("{}: {source} (`tawatur places import`)", path.display())]
    Content {
        /// Which.
        path: PathBuf,
        /// Why.
        source: BlobError,
    },
}

/// Maps a gazetteer file and checks it: the header, the bounds, and the checksum of its names. It stays open for the rest of the program's life.
///
/// # Errors
/// When the file cannot be read or is no gazetteer of this version.
pub fn open(path: &Path) -> Result<Gazetteer<'static>, OpenError> {
    let file = std::fs::File::open(path).map_err(|source| OpenError::File { path: path.to_path_buf(), source })?;
    let map = map(&file).map_err(|source| OpenError::File { path: path.to_path_buf(), source })?;
    // finders of every thread point into it, and a run opens a handful at most: the mapping ends with the program
    let bytes: &'static [u8] = &*Box::leak(Box::new(map));
    Gazetteer::open(bytes).map_err(|source| OpenError::Content { path: path.to_path_buf(), source })
}

#[allow(unsafe_code, reason = "mapping a file is unsafe wherever another program may change it; see the proof inside")]
fn map(file: &std::fs::File) -> std::io::Result<memmap2::Mmap> {
    // SAFETY: the mapping is read-only and private to this process; nothing here writes through it. What could change it is another
    // program that writes into the file while it is mapped. `write` below, the only maker of such files, never does: it writes a new
    // file and renames it over the old one, so that a mapping keeps the file that it was made of. Whoever overwrites the file in
    // place by other means can make reads return other bytes; every read of a gazetteer is checked against the bounds, and strings
    // against UTF-8, so that other bytes are other places, never memory that is not the file's.
    unsafe { memmap2::Mmap::map(file) }
}

/// Writes a compiled gazetteer so that whoever has the old file mapped keeps it.
///
/// # Errors
/// When the folder cannot be written.
pub fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let half = path.with_extension(format!("{}.part", std::process::id()));
    let done = std::fs::write(&half, bytes).and_then(|()| std::fs::rename(&half, path));
    if done.is_err() {
        let _ = std::fs::remove_file(&half);
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{PlaceKind, Row};

    fn row(id: &str, name: &str) -> Row {
        Row { point: Some((35.0, 36.0)), ..Row::new(id, name, PlaceKind::Settlement, "") }
    }

    #[test]
    fn opens_what_was_written_and_refuses_the_rest() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("own.places");
        let bytes = crate::compile(&[row("a", "النخلة"), row("b", "تل السدر")]).unwrap();
        write(&path, &bytes).unwrap();
        let g = open(&path).unwrap();
        assert_eq!(g.lookup("تل سدر").len(), 1);
        // any byte of the names changed, or the end missing
        for at in 60..bytes.len().min(90) {
            let mut other = bytes.clone();
            other[at] ^= 0x55;
            let p = dir.path().join("other");
            std::fs::write(&p, &other).unwrap();
            assert!(open(&p).is_err(), "byte {at}");
        }
        std::fs::write(dir.path().join("cut"), &bytes[..bytes.len() - 3]).unwrap();
        assert!(open(&dir.path().join("cut")).is_err());
        assert!(matches!(open(&dir.path().join("none")), Err(OpenError::File { .. })));
    }
}
