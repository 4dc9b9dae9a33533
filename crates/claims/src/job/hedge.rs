//! Who is only thought to have done it: "طيران يعتقد أنه تابع للتحالف", "مسلحون يشتبه بانتمائهم إلى التنظيم", "يرجح أن المسلحين نفذوا".

use super::*;

/// How many phrases may stand between the word of supposing and the one who is thought of.
const REACH: usize = 5;

impl Job<'_> {
    /// Marks the actors of a sentence that its text names with reserve, and puts those in who are thought to be behind them.
    pub(super) fn hedged(&self, index: usize, protos: &mut [Proto]) {
        let s = &self.sentences[index];
        let supposing = |k: &usize| matches!(s.phrases[*k], Phrase::Verb(v) if self.supposes(index, v));
        for k in (0..s.phrases.len()).filter(supposing) {
            // "التي رجحوا أنها": whoever the clause before it is about
            let about = s.phrases[..k].iter().rfind(|p| !matches!(p, Phrase::Rel(_) | Phrase::Quote(..) | Phrase::Mark(_, ',')));
            let about = about.and_then(|p| if let Phrase::Np(n) = p { Some(*n) } else { None });
            let behind = self.thought_of(index, k);
            let clause = s.phrases[k..].iter().take_while(|p| !matches!(p, Phrase::Mark(..) | Phrase::Sub(_))).count() + k;
            let told = (k + 1..clause).find(|j| matches!(s.phrases[*j], Phrase::Comp(_)));
            for a in protos.iter_mut().filter(|p| !p.gone).flat_map(|p| &mut p.actors).filter(|a| a.sentence == index && a.basis == Basis::Named) {
                if Some(a.np) == about && a.token.is_none() {
                    let unnamed = self.identify(index, a.np, None).actor.is_none();
                    let np = behind.filter(|_| unnamed).unwrap_or(a.np);
                    *a = Arg { np, basis: Basis::Hedged, why: "supposed", ..a.clone() };
                } else if told.is_some_and(|c| s.phrases[c..clause].contains(&Phrase::Np(a.np))) {
                    a.basis = Basis::Hedged;
                }
            }
        }
    }

    fn supposes(&self, index: usize, verb: usize) -> bool {
        self.is(index, verb, &self.cx.lexicon.sets.suppose)
    }

    /// "أنه تابع [للتحالف]", "أنهم من [التنظيم]", "بانتمائهم إلى [التنظيم]": whose they are thought to be.
    fn thought_of(&self, index: usize, verb: usize) -> Option<NpId> {
        let s = &self.sentences[index];
        let mut belongs = false;
        for p in s.phrases.iter().skip(verb + 1).take(REACH) {
            match p {
                Phrase::Np(n) => {
                    let np = &s.nps[*n];
                    let body = !np.actor.is_empty() || np.class.any(Class::GROUP);
                    if body && (belongs || np.shape.prep.is_some()) {
                        return Some(*n);
                    }
                    if let Some(o) = np.owner.filter(|o| s.nps[*o].class.any(Class::GROUP) || !s.nps[*o].actor.is_empty()) {
                        return Some(o);
                    }
                    belongs = true;
                }
                Phrase::Prep(_) => belongs = true,
                Phrase::Comp(_) | Phrase::Verb(_) | Phrase::Other(_) | Phrase::Quote(..) => {}
                _ => return None,
            }
        }
        None
    }
}
