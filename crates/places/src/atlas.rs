//! The gazetteers of a run asked as one: the embedded one, and those that a user imported.

use crate::gazetteer::{Gazetteer, Place, PlaceId};
use crate::source::PlaceKind;

/// A place of one of an [`Atlas`]'s gazetteers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlaceRef {
    /// Which gazetteer: 0 is the embedded one.
    pub layer: u8,
    /// Which place in it.
    pub id: PlaceId,
}

/// The embedded gazetteer and others.
///
/// ```
/// use tawatur_places::Atlas;
/// let atlas = Atlas::embedded();
/// let aleppo = atlas.by_id("sy.aleppo").unwrap();
/// assert_eq!((atlas.get(aleppo).name_ar, atlas.country(aleppo)), ("حلب", Some("sy")));
/// ```
#[derive(Debug, Clone)]
pub struct Atlas {
    layers: Vec<Gazetteer<'static>>,
}

impl Atlas {
    /// The embedded gazetteer alone.
    pub fn embedded() -> Atlas {
        Atlas::with([])
    }

    /// The embedded gazetteer and others, of which the first 255 are asked.
    pub fn with(more: impl IntoIterator<Item = Gazetteer<'static>>) -> Atlas {
        Atlas { layers: std::iter::once(crate::embedded()).chain(more).take(usize::from(u8::MAX) + 1).collect() }
    }

    /// The gazetteers, the embedded one first.
    pub fn layers(&self) -> &[Gazetteer<'static>] {
        &self.layers
    }

    /// What the imported gazetteers are, as one number in hexadecimal; nothing where there are none.
    pub fn imported(&self) -> Option<String> {
        let marks = self.layers[1..].iter().map(Gazetteer::mark);
        marks.reduce(|all, m| all.rotate_left(7) ^ m).map(|m| format!("{m:016x}"))
    }

    /// The gazetteer that a place lies in.
    pub fn gazetteer(&self, r: PlaceRef) -> &Gazetteer<'static> {
        &self.layers[r.layer as usize]
    }

    /// A place.
    pub fn get(&self, r: PlaceRef) -> Place<'static> {
        self.gazetteer(r).get(r.id)
    }

    /// Its kind.
    pub fn kind(&self, r: PlaceRef) -> PlaceKind {
        self.gazetteer(r).kind(r.id)
    }

    /// The place of an id, of the first gazetteer that has it.
    pub fn by_id(&self, id: &str) -> Option<PlaceRef> {
        (0u8..).zip(&self.layers).find_map(|(layer, g)| g.by_id(id).map(|id| PlaceRef { layer, id }))
    }

    /// All places of a name, in any spelling that folding makes one; each once.
    pub fn lookup(&self, name: &str) -> Vec<PlaceRef> {
        let of = |(layer, g): (u8, &Gazetteer<'static>)| g.lookup(name).into_iter().map(move |p| PlaceRef { layer, id: p.place });
        let mut found: Vec<PlaceRef> = (0u8..).zip(&self.layers).flat_map(of).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The place and everything that contains it, smallest first. A country is the embedded gazetteer's wherever that has it: an imported place and
    /// an embedded one lie in one country.
    pub fn ancestors(&self, r: PlaceRef) -> impl Iterator<Item = PlaceRef> + '_ {
        let (g, home) = (self.gazetteer(r), &self.layers[0]);
        g.ancestors(r.id).map(move |id| match Some(id).filter(|id| r.layer > 0 && g.kind(*id) == PlaceKind::Country).and_then(|c| home.by_id(g.id(c))) {
            Some(id) => PlaceRef { layer: 0, id },
            None => PlaceRef { layer: r.layer, id },
        })
    }

    /// The country that a place lies in: ISO 3166 alpha-2, lower case.
    pub fn country(&self, r: PlaceRef) -> Option<&'static str> {
        let g = self.gazetteer(r);
        g.country(r.id).map(|c| g.id(c))
    }

    /// The first-level division of a place.
    pub fn admin1(&self, r: PlaceRef) -> Option<PlaceRef> {
        self.gazetteer(r).admin1(r.id).map(|id| PlaceRef { layer: r.layer, id })
    }

    /// A place's own coordinates, or else those of the smallest place that contains it and has some.
    pub fn point(&self, r: PlaceRef) -> Option<((f64, f64), PlaceRef)> {
        self.gazetteer(r).point_or_area(r.id).map(|(p, id)| (p, PlaceRef { layer: r.layer, id }))
    }

    /// Where a place roughly is: at its own coordinates, or at those of what contains it, short of a country.
    pub(crate) fn whereabouts(&self, r: PlaceRef) -> Option<(f64, f64)> {
        let (point, at) = self.point(r)?;
        (at == r || self.kind(at) != PlaceKind::Country).then_some(point)
    }

    /// `true` when `outer` contains `inner` (or is it).
    pub fn contains(&self, outer: PlaceRef, inner: PlaceRef) -> bool {
        if outer.layer == inner.layer {
            return self.gazetteer(inner).ancestors(inner.id).any(|a| a == outer.id);
        }
        let id = self.gazetteer(outer).id(outer.id);
        let g = self.gazetteer(inner);
        g.ancestors(inner.id).any(|a| g.id(a) == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Row;

    /// A gazetteer of a province, a village in it, and the country that both lie in.
    fn own() -> Gazetteer<'static> {
        let rows = [
            Row { point: Some((35.0, 36.0)), ..Row::new("own.1", "السهل", PlaceKind::Admin1, "sy") },
            Row::new("own.2", "كفر الورد", PlaceKind::Settlement, "own.1"),
            Row::new("sy", "", PlaceKind::Country, ""),
        ];
        Gazetteer::open(Box::leak(crate::compile(&rows).unwrap().into_boxed_slice())).unwrap()
    }

    #[test]
    fn an_imported_place_lies_in_the_embedded_country() {
        let atlas = Atlas::with([own()]);
        let village = atlas.by_id("own.2").unwrap();
        let names: Vec<&str> = atlas.ancestors(village).map(|a| atlas.get(a).id).collect();
        assert_eq!(names, ["own.2", "own.1", "sy"]);
        let syria = atlas.by_id("sy").unwrap();
        assert_eq!((syria.layer, atlas.ancestors(village).last()), (0, Some(syria)));
        assert!(atlas.contains(syria, village) && !atlas.contains(village, syria));
        assert_eq!(atlas.lookup("كفر ورد"), [village]);
        assert_eq!(atlas.point(village), Some(((35.0, 36.0), atlas.by_id("own.1").unwrap())));
    }

    #[test]
    fn other_gazetteers_have_other_marks() {
        let other = crate::compile(&[]).unwrap();
        let marks = [Atlas::with([own()]), Atlas::with([own(), own()]), Atlas::with([Gazetteer::open(other.leak()).unwrap()])].map(|a| a.imported());
        assert!(marks.iter().all(Option::is_some) && marks[0] != marks[1] && marks[0] != marks[2]);
        assert_eq!((Atlas::embedded().imported(), Atlas::with([own()]).imported()), (None, marks[0].clone()));
    }
}
