//! Modes that the event word and its means do not tell: by who moves, and by what the same event was said to be before.

use super::*;
use std::collections::BTreeMap;

impl Job<'_> {
    /// Reinforcements of an army are troops, of an armed group militia, of the police police.
    pub(super) fn modes_by_actor(&mut self) {
        let lexicon = self.cx.lexicon;
        for i in 0..self.protos.len() {
            let p = &self.protos[i];
            if p.gone || p.event_type(lexicon) != EventType::Mobilize || !p.modes.contains("troops") {
                continue;
            }
            let Some(a) = p.actors.first() else { continue };
            let roles = match a.token {
                Some(t) => self.identify_adjective(a.sentence, t, Some(EventType::Mobilize)).roles,
                None => self.identify(a.sentence, a.np, Some(EventType::Mobilize)).roles,
            };
            let mode = match roles.first() {
                Some(&("REB" | "PRM")) => "militia",
                Some(&"COP") => "police",
                _ => continue,
            };
            self.protos[i].modes.remove("troops");
            self.protos[i].modes.insert(mode);
        }
    }

    /// "أسفر الهجوم عن قتلى": the attack that was told with a car bomb before is one with a car bomb still.
    pub(super) fn modes_told_before(&mut self) {
        let lexicon = self.cx.lexicon;
        let mut told: BTreeMap<usize, BTreeSet<&'static str>> = BTreeMap::new();
        for p in self.protos.iter_mut().filter(|p| !p.gone) {
            if !p.modes.is_empty() {
                told.insert(p.event_ref, p.modes.clone());
            } else if let Some(modes) = told.get(&p.event_ref).filter(|_| p.event_type(lexicon) == EventType::Assault) {
                p.modes = modes.clone();
                p.why.push("modes: told before".into());
            }
        }
    }
}
