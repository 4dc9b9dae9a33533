//! Nouns of saying: "بعد إعلان الجيش مقتل اثنين", "نفي الحركة مسؤوليتها عن الهجوم", "اتهامها الفصائل بقصف القرية".

use super::{Listener, Scope};
use crate::lexicon::Say;
use crate::phrase::{NpId, Phrase};
use crate::record::Stance;
use arabic::words::Enclitic;

/// How many phrases may stand between the noun and what it tells.
const REACH: usize = 6;

impl<'l> Listener<'l> {
    /// Reads a noun of saying at a phrase. It tells no further than its own clause, and nobody goes on from it with "وأضاف".
    pub(super) fn announcing(&mut self, k: usize) {
        let Phrase::Np(n) = self.s.phrases[k] else { return };
        let head = self.s.nps[n].head;
        let Some(say) = self.say_noun_at(head) else { return };
        let Some((who, told)) = self.teller(n, k).zip(self.announced(k, say)) else { return };
        if self.is_outlet(who) {
            return;
        }
        let end = self.s.phrases[told..].iter().position(|p| matches!(p, Phrase::Mark(..) | Phrase::Sub(_))).map_or(self.s.phrases.len(), |at| told + at);
        let (from, told, end) = (self.start(k), self.start(told), self.start(end));
        let mut sources = self.resolve(self.credited(who, say.stance, head, say.id));
        // who tells of the announcement answers for what it tells too
        if let Some(o) = self.out.last().filter(|o| o.tokens.contains(&head)) {
            let outer: Vec<_> = o.sources.iter().filter(|c| !sources.iter().any(|x| x.is(c))).cloned().collect();
            sources.extend(outer);
        }
        self.remember(&sources);
        self.asides.push(Scope { tokens: told..end, sources, frame: from..told, cited: false });
    }

    /// The entry of a noun of saying.
    fn say_noun_at(&self, token: usize) -> Option<&'l Say> {
        let lexicon = self.lexicon;
        let syms = &self.f.lexes.get(token)?.syms;
        syms.iter().find_map(|(sym, _)| lexicon.say_nouns.get(sym)).map(|n| &lexicon.says[*n as usize])
    }

    /// Whose word it is: its genitive, or for a pronoun the nearest before it that stands behind no preposition.
    fn teller(&self, n: NpId, k: usize) -> Option<NpId> {
        let np = &self.s.nps[n];
        if np.pron == Enclitic::None {
            return np.genitive.filter(|g| self.can_speak(*g) || self.s.nps[*g].place.is_some());
        }
        (0..k).rev().find_map(|j| match self.s.phrases[j] {
            Phrase::Np(m) if self.can_speak(m) && self.s.nps[m].shape.prep.is_none() && !matches!(self.s.phrases[..j], [.., Phrase::Prep(_)]) => Some(m),
            _ => None,
        })
    }

    /// The phrase at which what is told begins.
    fn announced(&self, k: usize, say: &Say) -> Option<usize> {
        // "اتهام الجيش بالقصف", "اتهامه بالقصف": he is accused, unless somebody else stands behind
        let mut accused = say.stance != Stance::Alleges;
        let mut prep: Option<&str> = None;
        for j in k + 1..self.s.phrases.len().min(k + REACH) {
            match &self.s.phrases[j] {
                Phrase::Comp(_) => return accused.then_some(j + 1),
                Phrase::Prep(p) => prep = Some(self.bare_key(*p)),
                Phrase::Np(m) => {
                    let np = &self.s.nps[*m];
                    let mut letter = [0; 4];
                    let lead = prep.take().or(np.shape.prep.map(|c| &*c.encode_utf8(&mut letter)));
                    let told = match lead {
                        None => say.object && (self.tells(j) || !self.can_speak(*m) && np.place.is_none() && np.name.is_none()),
                        Some(p) => accused && say.behind.contains(&p) && self.tells(j),
                    };
                    if told {
                        return Some(j);
                    }
                    accused |= self.can_speak(*m);
                }
                Phrase::Time(_) | Phrase::Quote(..) => {}
                // "إعلان الجيش، فجر الجمعة، أن"
                Phrase::Mark(_, ',') if [j - 1, j + 1].iter().any(|i| matches!(self.s.phrases.get(*i), Some(Phrase::Time(_)))) => {}
                _ => return None,
            }
        }
        None
    }
}
