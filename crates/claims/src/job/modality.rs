//! How a claim is told: as a fact, denied, to come, supposed, long past.

use super::*;

impl Job<'_> {
    pub(super) fn modality(&self, p: &mut Proto) {
        let lexicon = self.cx.lexicon;
        let s = &self.sentences[p.sentence];
        let lexes = &self.lexes[p.sentence];
        let first = p.trigger.tokens.start;
        // س on the verb itself
        if let Some((_, v, _)) = s.verb(first) {
            if v.future {
                p.modality = Modality::Future;
                p.why.push("modality: future.sa".into());
                return;
            }
        }
        // the clause begins behind the last أن, حيث, comma and verb
        let mut clause = s.tokens.start;
        for ph in &s.phrases[..p.trigger.phrase] {
            match ph {
                Phrase::Comp(i) | Phrase::Sub(i) => clause = *i,
                Phrase::Mark(i, ',' | ';' | ':') => clause = *i,
                _ => {}
            }
        }
        let has = |i: usize, sym| lexes.get(i).is_some_and(|l| l.has(sym));
        for cue in &lexicon.modality {
            let reach = if cue.clause { clause } else { first.saturating_sub(cue.within).max(s.tokens.start) };
            let reach = if cue.clause { reach.max(first.saturating_sub(cue.within.max(4) * 3)) } else { reach };
            for w in &cue.words {
                for at in reach..first {
                    if first - at > cue.within.max(1) && !cue.clause {
                        continue;
                    }
                    let Some(m) = w.matches(at, first, &mut |i, sym| has(i, sym)) else { continue };
                    if m[0] != at {
                        continue;
                    }
                    if cue.before_verb && !matches!(p.trigger.form, Form::Verb) {
                        continue;
                    }
                    // another trigger between takes the cue
                    let between = (at + 1..first).any(|i| s.verbs.iter().any(|v| v.0 == i) && !cue.clause);
                    if between {
                        continue;
                    }
                    p.modality = cue.modality;
                    p.why.push(format!("modality: {}", cue.id));
                    return;
                }
            }
        }
        // a future light verb, a denial
        if let Some(Phrase::Verb(v)) = s.phrases[..p.trigger.phrase].iter().rev().take(4).find(|x| matches!(x, Phrase::Verb(_))) {
            let carried = p.why.iter().any(|w| w.starts_with("light:"));
            if carried && s.verb(*v).is_some_and(|x| x.1.future) {
                p.modality = Modality::Future;
            }
        }
        if p.sources.iter().any(|c| c.stance == Stance::Denies && c.cue_sentence == p.sentence) {
            p.modality = Modality::Negated;
            p.why.push("modality: denied".into());
        }
    }
}
