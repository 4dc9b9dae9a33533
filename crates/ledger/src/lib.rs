//! The ledger: keeps every claim.
//!
//! One SQLite file holds a chain of statements to which one can only add, keys of which each can only be destroyed, and tables
//! that are worked out from both.
//!
//! | module | knows |
//! |---|---|
//! | [`chain`] | statements and their hashes |
//! | [`seal`] | encryption under a document's key, salted hashes |
//! | [`body`] | what is sealed: documents and codings |
//! | `store` | the file, and what is current in it |
//! | [`add`] | documents and claims coming in, and being coded again |
//! | [`decide`] | what people rule |
//! | [`correct`] | what a correction means, and the records as corrected |
//! | [`mod@derive`] | what is worked out, and its rebuilding |
//! | [`search`] | full text and filters |
//! | `copies` | what is kept to tell near-copies |
//! | [`incidents`] | claims of several documents joined |
//! | `erase` | the end of a document |
//! | [`verify`] | whether everything holds |
//! | [`checkpoint`] | signatures |
//! | [`names`] | hiding names of private persons |
//! | [`agreement`] | how far coders agree |
//! | [`rows`], [`record`] | what is read out |
//!
//! The ledger has no clock: who records something, and when, is told by an [`chain::Author`].

pub mod add;
pub mod agreement;
pub mod body;
pub mod chain;
pub mod checkpoint;
mod copies;
pub mod correct;
pub mod day;
pub mod decide;
pub mod derive;
mod erase;
mod error;
pub mod incidents;
pub mod names;
pub mod record;
pub mod rows;
pub mod seal;
pub mod search;
mod store;
pub mod verify;

pub use chain::Author;
pub use error::{Error, Result};
pub use store::Ledger;
