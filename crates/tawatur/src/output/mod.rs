//! How claims are written.

pub mod csv;
pub mod incidents;
pub mod jsonl;
pub mod safe;
pub mod table;

use crate::cli::Format;
use claims::record::Claim;

/// What stands before the first document.
pub fn header(format: Format) -> Vec<u8> {
    match format {
        Format::Csv => csv::header(),
        Format::Table | Format::Jsonl => Vec::new(),
    }
}

/// The claims of one document.
pub fn render(format: Format, document: &reader::Document, claims: &[Claim]) -> Vec<u8> {
    match format {
        Format::Jsonl => jsonl::lines(claims),
        Format::Csv => csv::rows(claims),
        Format::Table => table::document(document, claims).into_bytes(),
    }
}
