//! Modes that the event word and its means do not tell: by who moves, and by what the same event was said to be before.

use super::*;

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
        for i in 0..self.protos.len() {
            let p = &self.protos[i];
            if p.gone || !p.modes.is_empty() || p.event_type(lexicon) != EventType::Assault {
                continue;
            }
            let before = self.protos[..i].iter().rev().find(|q| !q.gone && q.event_ref == p.event_ref && !q.modes.is_empty());
            if let Some(q) = before {
                let modes = q.modes.clone();
                self.protos[i].modes = modes;
                self.protos[i].why.push("modes: told before".into());
            }
        }
    }
}
