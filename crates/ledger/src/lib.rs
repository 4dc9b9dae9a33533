//! The ledger: keeps every claim.
//!
//! One SQLite file holds a chain of statements to which one can only add, and tables that are worked out from it.
//!
//! | module | knows |
//! |---|---|
//! | [`rows`] | what is read out of a ledger |
//! | [`incidents`] | claims of several documents joined |

pub mod incidents;
pub mod rows;
