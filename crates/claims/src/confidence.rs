//! How sure a claim is: a logistic model over what the coder saw, calibrated on annotated reports (docs/accuracy.md).

use crate::lexicon::Event;
use crate::record::Modality;

/// The probability that a claim is one, and of its type.
#[allow(clippy::too_many_arguments)]
pub fn of(e: &Event, actors: usize, recipients: usize, places: usize, counts: usize, modality: Modality, peaceful: bool, verb: bool) -> f64 {
    let mut x = -2.2 + 3.6 * e.weight as f64;
    x += if actors > 0 { 0.5 } else { -0.2 };
    x += if recipients > 0 { 0.4 } else { 0.0 };
    x += if places > 0 { 0.4 } else { -0.2 };
    x += if counts > 0 { 0.3 } else { 0.0 };
    x += if verb { 0.1 } else { 0.0 };
    x += if modality == Modality::Actual { 0.1 } else { -0.4 };
    x += if peaceful { -1.5 } else { 0.0 };
    let p = 1.0 / (1.0 + (-x).exp());
    (p * 1000.0).round() / 1000.0
}
