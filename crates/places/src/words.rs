//! The words of `lexicon/places.txt`: heads, directions, nearness.

use crate::source::PlaceKind;
use arabic::fold::{Level, fold_str};
use arabic::hash::Map;

/// What a word is to places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It stands before a name and tells its kind.
    Head {
        /// What kind.
        kind: PlaceKind,
        /// Also before names that the gazetteer does not know.
        open: bool,
        /// It belongs to the name as quoted.
        keep: bool,
    },
    /// A direction, as bits: 1 north, 2 south, 4 east, 8 west, 16 middle.
    Direction(u8),
    /// The place behind it only locates.
    Near,
    /// Something happens there.
    At,
    /// Something comes from there.
    From,
    /// Something goes there.
    To,
    /// It ties a place to the one behind it: "قرية X التابعة لناحية Y".
    Link,
    /// What it is said of lies beside the place behind it: "القريب من X".
    Beside,
    /// A unit that is called by a number; where something happens "in" it, its base is meant: "في الفوج 46".
    Unit,
    /// With the article and the adjective of a country, a part of that country: "الأراضي التركية".
    Land,
    /// Something is upon it: "على طريق X".
    On,
    /// The ends of a road follow: "الطريق الواصل بين A وB".
    Between,
    /// A measure of distance: "30 كلم شمال X".
    Distance,
    /// With the article, a place told before: "شرق البلاد".
    Told,
    /// Of these, a word for a town of the sentence: "شرقي المدينة".
    ToldTown,
    /// Of these, a word for the country of the text: "شرق البلاد".
    ToldCountry,
    /// With the article, makes a name of a facility's kind: "المشفى الوطني".
    Proper,
    /// Begins names of places of more than one word: "تل X", "عين X".
    First,
    /// A facility or road that is called by the town at which it lies: "ميناء X", "طريق X".
    OfTown,
    /// A facility that is called by any thing behind it: "مسجد النور".
    OfThing,
    /// Calls somebody whose name follows: "تل الشيخ X", "دوار أبو X".
    Calls,
}

/// The table, by lemma.
#[derive(Debug, Default)]
pub struct PlaceWords {
    roles: Map<String, Vec<Role>>,
}

impl PlaceWords {
    /// Reads the text of `places.txt`.
    ///
    /// # Errors
    /// The first bad line, by number and reason.
    pub fn parse(text: &str) -> Result<PlaceWords, String> {
        let mut t = PlaceWords::default();
        for (n, line) in text.lines().enumerate() {
            let line = line.split('#').next().unwrap_or("").trim();
            let mut w = line.split_whitespace();
            let Some(class) = w.next() else { continue };
            let bad = |why: &str| format!("places.txt:{}: {why}", n + 1);
            let value = w.next().ok_or_else(|| bad("nothing behind the class"))?;
            let role = match class {
                "head" => {
                    let kind = PlaceKind::parse(value).ok_or_else(|| bad("no such kind of place"))?;
                    let open = match w.next() {
                        Some("open") => true,
                        Some("closed") => false,
                        _ => return Err(bad("open or closed?")),
                    };
                    let keep = match w.next() {
                        Some("keep") => true,
                        Some("drop") => false,
                        _ => return Err(bad("keep or drop?")),
                    };
                    Role::Head { kind, open, keep }
                }
                "direction" => Role::Direction(value.parse().map_err(|_| bad("a direction is a number"))?),
                "near" => Role::Near,
                "at" => Role::At,
                "from" => Role::From,
                "to" => Role::To,
                "link" => Role::Link,
                "beside" => Role::Beside,
                "unit" => Role::Unit,
                "land" => Role::Land,
                "on" => Role::On,
                "between" => Role::Between,
                "distance" => Role::Distance,
                "told" => Role::Told,
                "told-town" => Role::ToldTown,
                "told-country" => Role::ToldCountry,
                "proper" => Role::Proper,
                "first" => Role::First,
                "calls" => Role::Calls,
                "of-town" => Role::OfTown,
                "of-thing" => Role::OfThing,
                _ => return Err(bad("no such class")),
            };
            for lemma in w {
                t.roles.entry(fold_str(lemma, Level::Folded)).or_default().push(role);
            }
        }
        Ok(t)
    }

    /// What a lemma is, folded.
    pub fn get(&self, lemma: &str) -> &[Role] {
        self.roles.get(lemma).map_or(&[], Vec::as_slice)
    }
}
