//! Inflection: every written form of a verb, noun or adjective from its dictionary line.
//!
//! The generator writes no short vowels, as the press does not, but keeps hamzas, so that an exact spelling can be told
//! from a folded one. It follows the paradigms of W. Wright, *A Grammar of the Arabic Language* (3rd ed., I §§ 83–189) and
//! K. C. Ryding, *A Reference Grammar of Modern Standard Arabic* (2005, ch. 5–8, 21–33).

mod feat;
mod noun;
mod verb;

pub use feat::{Case, Feat, Gender, Number, Origin, Person, Pos, State, Tense, Voice};
#[allow(unused_imports)] // the build script has no use for all of them
pub use noun::{Plural, inflect_adjective, inflect_defective, inflect_fixed, inflect_noun};
pub use verb::Verb;
#[allow(unused_imports)] // the build script has no use for it
pub use verb::VerbError;

/// One generated form: its spelling without short vowels, and its features.
pub type Form = (String, Feat);
