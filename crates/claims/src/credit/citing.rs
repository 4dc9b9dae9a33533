//! Words that cite: "بحسب مصادر طبية", "نقلا عن الوكالة", "كما أعلنت الوزارة", "وفق ما أفاد المرصد".

use super::{Credited, Listener, Scope};
use crate::phrase::{NpId, Phrase};
use std::ops::Range;

/// How many phrases may stand between a word that cites and the one whom it cites.
const REACH: usize = 6;

impl Listener<'_> {
    /// Reads a word that cites at a phrase; where to read on, or `None` when there is none.
    pub(super) fn citing(&mut self, k: usize) -> Option<usize> {
        let start = self.start(k);
        if !self.f.lexes.at(start).cites {
            return None;
        }
        let cue = self.lexicon.credits.iter().find(|c| self.words_at(start, &c.words))?;
        let words = cue.words.iter().filter(|w| *w != "ل").count();
        let (n, next) = if cue.said { self.who_said(k, start + words)? } else { self.cited(k, start + words)? };
        if self.is_outlet(n) {
            return None;
        }
        let mut sources = self.resolve(self.credited(n, cue.stance, start, cue.id));
        let mut end = self.s.nps[n].tokens.end;
        for issuer in self.issuers(n, next) {
            end = self.s.nps[issuer].tokens.end;
            sources.push(self.credited(issuer, cue.stance, start, "cue.issued-by"));
        }
        self.remember(&sources);
        self.thread.last = sources.clone();
        self.place(sources, start..end, cue.id == "cue.from");
        Some(next)
    }

    /// ل may be written onto the next word.
    fn words_at(&self, start: usize, words: &[String]) -> bool {
        words.iter().enumerate().all(|(n, w)| {
            let k = self.key(start + n);
            k == w || n == 0 && self.bare_key(start) == w || w == "ل" && k.starts_with('ل')
        })
    }

    /// The noun phrase behind the words of a cue that end at token `from`.
    fn cited(&self, k: usize, from: usize) -> Option<(NpId, usize)> {
        for j in k..self.s.phrases.len().min(k + REACH) {
            match &self.s.phrases[j] {
                Phrase::Np(n) => {
                    let inside = self.s.nps[*n].genitive.filter(|_| self.s.nps[*n].tokens.start < from);
                    let n = inside.unwrap_or(*n);
                    if self.s.nps[n].tokens.start >= from {
                        return self.can_speak(n).then_some((n, j + 1));
                    }
                }
                Phrase::Verb(_) | Phrase::Comp(_) => return None,
                _ => {}
            }
        }
        None
    }

    /// The subject of a verb of saying right behind the cue, with nothing told behind it: "كما أعلنت الوزارة".
    fn who_said(&self, k: usize, from: usize) -> Option<(NpId, usize)> {
        let verb = (k..self.s.phrases.len().min(k + 4)).find(|j| self.start(*j) >= from)?;
        let Phrase::Verb(v) = self.s.phrases[verb] else { return None };
        self.say_at(v)?;
        let (at, n) = (verb + 1..self.s.phrases.len().min(verb + REACH)).find_map(|j| match self.s.phrases[j] {
            Phrase::Np(n) if self.can_speak(n) || self.s.nps[n].place.is_some() && j == verb + 1 => Some((j, n)),
            _ => None,
        })?;
        // "كما أعلنت الوزارة مقتل اثنين", "وفق ما قال المرصد إن": something is told behind it
        let open = |p: &Phrase| {
            matches!(p, Phrase::Comp(_) | Phrase::Mark(_, ':')) || matches!(p, Phrase::Np(m) if self.s.nps[*m].event && self.s.nps[*m].shape.prep.is_none())
        };
        let rest = self.s.phrases[at + 1..].iter().take_while(|p| !matches!(p, Phrase::Mark(_, ',' | ';')));
        (!rest.into_iter().any(open)).then_some((n, at + 1))
    }

    /// "بيان صادر عن الهيئة والنادي": who is behind a document.
    fn issuers(&self, document: NpId, next: usize) -> Vec<NpId> {
        let np = &self.s.nps[document];
        let issued = (np.head..np.tokens.end + 2).any(|t| self.f.has(t, &self.lexicon.sets.issued));
        if !np.tags.any(self.lexicon.tags.document) || !issued {
            return Vec::new();
        }
        // no further than the clause goes on with nouns: "بحسب البيان الصادر فقد اشتبك الطرفان" names no issuer
        let nominal = |p: &&Phrase| matches!(p, Phrase::Np(_) | Phrase::Prep(_) | Phrase::Conj(_) | Phrase::Time(_) | Phrase::Quote(..));
        let behind = self.s.phrases[next..].iter().take(REACH).take_while(nominal).filter_map(|p| if let Phrase::Np(n) = p { Some(*n) } else { None });
        let mut list: Vec<NpId> = Vec::new();
        for n in behind.skip_while(|n| !self.can_speak(*n)) {
            if !list.is_empty() && !(self.s.nps[n].shape.wa && self.can_speak(n)) {
                break;
            }
            list.push(n);
        }
        list
    }

    /// Puts the cited beside what they are cited for.
    fn place(&mut self, sources: Vec<Credited>, frame: Range<usize>, chain: bool) {
        let end = self.clause_end(frame.end);
        let from = match self.out.last_mut() {
            // inside somebody's words he cites; "بحسب الوكالة نقلا عن مصدر": the agency does
            Some(o) if o.tokens.end > frame.start && (!o.cited || chain || o.frame.end + 1 >= frame.start) => {
                let fresh: Vec<Credited> = sources.into_iter().filter(|c| !o.sources.iter().any(|x| x.is(c))).collect();
                o.sources.splice(0..0, fresh);
                return;
            }
            // "خمسة بحسب المرصد، وعشرة وفق الوزارة": each for what stands before it
            Some(o) if o.cited => {
                o.tokens.end = o.tokens.end.min(o.frame.end);
                o.frame.end
            }
            Some(o) => o.tokens.end,
            None => self.s.tokens.start,
        };
        self.out.push(Scope { tokens: from..end.max(frame.end), sources, frame, cited: true });
    }

    /// Where the clause around a word that cites ends: at a clause of something else.
    fn clause_end(&self, from: usize) -> usize {
        let turns = self.s.phrases.iter().find(|p| {
            let at = self.s.start(p, self.cx);
            at >= from
                && (matches!(p, Phrase::Mark(_, ';'))
                    || matches!(p, Phrase::Sub(_)) && (self.f.has(at, &self.lexicon.sets.meanwhile) || self.f.has(at - 1, &self.lexicon.sets.within)))
        });
        turns.map_or(self.s.tokens.end, |p| self.s.start(p, self.cx))
    }
}
