//! Whom a claim is credited to: those whose words its own words stand in, or who claimed it themselves.

use super::refer::FORGOTTEN;
use super::*;

impl Job<'_> {
    /// Credits the claims of a sentence, and those that told a toll which they took in.
    pub(super) fn credit(&self, protos: &mut [Proto], scopes: &[Scope]) {
        let told: Vec<&[Credited]> = protos.iter().map(|p| sources_at(scopes, p.trigger.tokens.start)).collect();
        for (i, p) in protos.iter_mut().enumerate().filter(|(_, p)| !p.gone) {
            p.sources = told[i].to_vec();
            // "متهما الجيش بالقصف": the word that credits is what is done, by those whom it credits
            let participle = p.trigger.form != Form::Verb;
            let speech = self.cx.lexicon.events[p.event].kind == EventKind::Speech && participle && p.sources.is_empty();
            let own = |s: &&Scope| s.sources.iter().any(|c| c.cue.is_some_and(|t| p.trigger.tokens.contains(&t)));
            if let Some(s) = scopes.iter().find(own).filter(|_| speech && p.actors.is_empty()) {
                p.sources = s.sources.clone();
            }
            for c in p.linked.iter().flat_map(|l| told[*l]) {
                if !p.sources.iter().any(|x| x.is(c)) {
                    p.sources.push(c.clone());
                }
            }
            // "تبنى التنظيم الهجوم": he says so himself
            if p.parts.claimed && p.sources.is_empty() {
                p.sources = p.actors.iter().filter(|a| a.token.is_none()).map(|a| self.himself(p, a, "source.claims-it")).collect();
            }
        }
    }

    /// "دعا الوزير إلى وقف القتال. وأضاف أن": who spoke by what he did is the one who goes on.
    pub(super) fn speaker(&self, protos: &[Proto], thread: &mut Thread) {
        let lexicon = self.cx.lexicon;
        let spoke = protos.iter().find(|p| !p.gone && matches!(p.trigger.form, Form::Verb) && lexicon.events[p.event].kind == EventKind::Speech);
        let Some((p, a)) = spoke.and_then(|p| p.actors.iter().find(|a| a.sentence == p.sentence && a.token.is_none()).map(|a| (p, a))) else { return };
        thread.last = vec![self.himself(p, a, "source.speaker")];
    }

    /// Who did it is who tells it.
    fn himself(&self, p: &Proto, a: &Arg, why: &'static str) -> Credited {
        let end = self.sentences[a.sentence].nps[a.np].core.end;
        Credited { sentence: a.sentence, np: a.np, end, stance: Stance::States, cue: None, cue_sentence: p.sentence, why }
    }
}

impl Job<'_> {
    /// "وأكدت مصادر طبية حصيلة الهجوم": what another source has told of before is confirmed.
    pub(super) fn confirmations(&mut self) {
        for i in 1..self.protos.len() {
            let p = &self.protos[i];
            if p.gone || !p.sources.iter().any(|c| self.confirms(c)) {
                continue;
            }
            let near = self.protos[..i].iter().rev().take_while(|q| q.sentence + FORGOTTEN > p.sentence);
            let told = near.filter(|q| !q.gone && q.event_ref == p.event_ref && q.sentence < p.sentence).flat_map(|q| &q.sources);
            let others: Vec<&Credited> = told.filter(|c| c.stance != Stance::Denies).collect();
            let fresh: Vec<bool> = p.sources.iter().map(|c| self.confirms(c) && others.iter().any(|o| !o.is(c)) && !others.iter().any(|o| o.is(c))).collect();
            for (c, _) in self.protos[i].sources.iter_mut().zip(fresh).filter(|x| x.1) {
                c.stance = Stance::Confirms;
            }
        }
    }

    fn confirms(&self, c: &Credited) -> bool {
        let word = c.cue.and_then(|t| self.lexes[c.cue_sentence].get(t));
        c.stance == Stance::States && word.is_some_and(|l| l.has_any(&self.cx.lexicon.sets.confirm))
    }
}

/// The innermost scope around a token: the shortest that holds it outside its frame.
fn sources_at(scopes: &[Scope], token: usize) -> &[Credited] {
    let around = scopes.iter().filter(|s| s.tokens.contains(&token) && !s.frame.contains(&token));
    around.min_by_key(|s| s.tokens.len()).map_or(&[], |s| &s.sources)
}
