//! Taking up an interrupted run where it stopped.
//!
//! A run that is given a state file notes in it, every few seconds, how many outcomes of its inputs are written out and how long the
//! output then was. The same call made again cuts the output to that length, passes over those outcomes and goes on; inputs are
//! read in the same order every time, so nothing is written twice or lost. A run that ends removes the file.

use crate::cli::Common;
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions};
use std::io::{Error, ErrorKind, Seek, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// How often the state is written.
const EVERY: Duration = Duration::from_secs(2);

#[derive(Debug, Serialize, Deserialize)]
struct State {
    /// What was called: another call cannot go on from here.
    inputs: Vec<String>,
    output: PathBuf,
    /// Outcomes that are done with.
    done: u64,
    /// Bytes of the output that belong to them.
    bytes: u64,
}

/// A run that can be taken up again, or one that cannot.
#[derive(Debug, Default)]
pub struct Resume {
    state: Option<(PathBuf, State)>,
    last: Option<Instant>,
}

impl Resume {
    /// Opens the output of a run with the state file `path`, if there is one; without, the run begins at the beginning.
    ///
    /// # Errors
    /// When no output is named, the state belongs to another call, or a file cannot be opened.
    pub fn open(path: Option<&PathBuf>, c: &Common) -> std::io::Result<(Resume, Box<dyn Write + Send>)> {
        let Some(path) = path else { return Ok((Resume::default(), super::commands::output(c)?)) };
        let wrong = |why: &str| Error::new(ErrorKind::InvalidInput, format!("--resume {}: {why}", path.display()));
        let Some(output) = c.output.clone() else { return Err(wrong("name the output with -o FILE, so that it can be gone on with")) };
        if c.inputs.iter().any(|i| i == "-") {
            return Err(wrong("standard input cannot be read twice; name files or folders"));
        }
        let fresh = State { inputs: c.inputs.clone(), output: output.clone(), done: 0, bytes: 0 };
        let state = match std::fs::read(path) {
            Ok(bytes) => {
                let state: State = serde_json::from_slice(&bytes).map_err(|e| wrong(&format!("is no state of a run ({e}); remove it to begin again")))?;
                if (&state.inputs, &state.output) != (&fresh.inputs, &fresh.output) {
                    return Err(wrong("belongs to a run with other inputs or another output; remove it to begin again"));
                }
                state
            }
            Err(e) if e.kind() == ErrorKind::NotFound => fresh,
            Err(e) => return Err(wrong(&e.to_string())),
        };
        let shown = |e: Error| Error::new(e.kind(), format!("{}: {e}; name a file that can be written", output.display()));
        let mut file: File = OpenOptions::new().create(true).truncate(false).write(true).open(&output).map_err(shown)?;
        file.set_len(state.bytes).map_err(shown)?;
        file.seek(std::io::SeekFrom::End(0)).map_err(shown)?;
        let resume = Resume { state: Some((path.clone(), state)), last: None };
        Ok((resume, Box::new(std::io::BufWriter::with_capacity(1 << 16, file))))
    }

    /// How many outcomes an earlier run was done with.
    pub fn done(&self) -> u64 {
        self.state.as_ref().map_or(0, |s| s.1.done)
    }

    /// Notes that `outcomes` more are written out to `w`, as `bytes` more.
    ///
    /// # Errors
    /// When the output or the state cannot be written.
    pub fn mark(&mut self, outcomes: u64, bytes: u64, w: &mut dyn Write) -> std::io::Result<()> {
        let Some((path, state)) = &mut self.state else { return Ok(()) };
        state.done += outcomes;
        state.bytes += bytes;
        if self.last.is_some_and(|l| l.elapsed() < EVERY) {
            return Ok(());
        }
        self.last = Some(Instant::now());
        w.flush()?;
        // a whole state or the one before, never half of one
        let next = path.with_extension("new");
        std::fs::write(&next, serde_json::to_vec(state)?)?;
        std::fs::rename(&next, path)
    }

    /// Ends a run that came to its end.
    ///
    /// # Errors
    /// When the state file cannot be removed.
    pub fn finish(self) -> std::io::Result<()> {
        match self.state {
            Some((path, _)) if path.exists() => std::fs::remove_file(path),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_goes_on_where_it_was_noted() {
        let dir = tempfile::tempdir().unwrap();
        let (state, out) = (dir.path().join("state"), dir.path().join("out"));
        let c = Common { inputs: vec!["in".into()], output: Some(out.clone()), published: None, max_size: 64, column: Vec::new() };
        let (mut resume, mut w) = Resume::open(Some(&state), &c).unwrap();
        assert_eq!(resume.done(), 0);
        w.write_all(b"one\n").unwrap();
        resume.mark(1, 4, &mut w).unwrap();
        // written, but not yet noted when the run broke off
        w.write_all(b"two\n").unwrap();
        drop((resume, w));
        let (mut resume, mut w) = Resume::open(Some(&state), &c).unwrap();
        assert_eq!(resume.done(), 1);
        w.write_all(b"two\n").unwrap();
        resume.mark(1, 4, &mut w).unwrap();
        drop(w);
        resume.finish().unwrap();
        assert_eq!(std::fs::read(&out).unwrap(), b"one\ntwo\n");
        assert!(!state.exists());
        let other = Common { inputs: vec!["elsewhere".into()], ..c };
        let (mut r, mut w) = Resume::open(Some(&state), &other).unwrap();
        r.mark(1, 0, &mut w).unwrap();
        let c = Common { inputs: vec!["in".into()], ..other };
        assert!(Resume::open(Some(&state), &c).is_err());
    }
}
