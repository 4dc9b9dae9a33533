//! What the fuzz targets share: each target is one call of a function here.

pub mod files;
pub mod formats;
pub mod language;
mod words;

use std::cell::RefCell;

/// Does something with a value that is made once: a finder with its memory, as in a run over many documents.
fn with<T: 'static, R>(slot: &'static std::thread::LocalKey<RefCell<Option<T>>>, make: impl FnOnce() -> T, then: impl FnOnce(&mut T) -> R) -> R {
    slot.with_borrow_mut(|s| then(s.get_or_insert_with(make)))
}
