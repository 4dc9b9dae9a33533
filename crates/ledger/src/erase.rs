//! Erasure: the key goes, and with it everything that it sealed; the chain stays whole.

use crate::chain::{Author, Kind};
use crate::derive;
use crate::error::{Error, Result};
use crate::rows::DocNo;
use crate::store::{Ledger, plain};
use arabic::search::Analyser;

impl Ledger {
    /// Destroys the keys of a document and of all other versions of its page, and takes them out of everything derived. Returns
    /// the numbers of what was erased. The reason stands in the open: it should name nobody.
    ///
    /// # Errors
    /// When the document is not there or was erased before, or the ledger cannot be written.
    pub fn erase(&self, author: &Author, document: DocNo, why: &str) -> Result<Vec<DocNo>> {
        if why.trim().is_empty() {
            return Err(Error::Call("an erasure needs its reason; say --why (and name nobody in it)".into()));
        }
        self.key(document)?;
        derive::require_dictionary(&self.db)?;
        let versions = self.versions(document)?;
        self.write(|db, head| {
            let mut analyser = Analyser::new(arabic::dictionary());
            for &v in &versions {
                if self.is_current(v)? {
                    derive::forget_current(db, v, &self.derived(&mut analyser, v)?)?;
                }
                db.execute("DELETE FROM decision WHERE document = ?", [v.0])?;
                db.execute("DELETE FROM judgement WHERE a_document = ?1 OR b_document = ?1", [v.0])?;
                db.execute("DELETE FROM document WHERE no = ?", [v.0])?;
                head.append(db, plain(Kind::Erasure, author, Some(v), Some(serde_json::json!({"why": why}).to_string())))?;
                db.execute("DELETE FROM key WHERE document = ?", [v.0])?;
            }
            Ok(())
        })?;
        self.forget_log()?;
        Ok(versions)
    }

    /// Writes the log into the file and empties it: pages as they were before the erasure stand in it.
    fn forget_log(&self) -> Result<()> {
        let busy: i64 = self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |r| r.get(0))?;
        if busy != 0 {
            return Err(Error::Call(
                "the document is erased, but another program reads the ledger, so its log still holds old pages; run `tawatur rebuild` when it is closed"
                    .into(),
            ));
        }
        Ok(())
    }
}
