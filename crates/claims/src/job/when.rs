//! When: the time of a claim, beside its trigger, in its sentence, carried over.

use super::*;

impl Job<'_> {
    /// When: beside the trigger, in its sentence, in the sentence before, on the day of publication.
    pub(super) fn times(&mut self) {
        let Some(anchor) = self.anchor else { return };
        let days = |t: &Expression| t.days();
        let usable = |t: &Expression| t.interval.is_some() && t.rule != "clock";
        let month_ago = anchor.moment.floor(Unit::Day).plus(-31, Unit::Day);
        let mut carried: Option<(usize, usize)> = None;
        // the first time of the text, for a lead that has none
        let lead = self.sentences.iter().enumerate().find_map(|(s, sent)| {
            sent.phrases.iter().find_map(|p| match p {
                Phrase::Time(t) if usable(&self.cx.times[*t]) && days(&self.cx.times[*t]).is_some_and(|d| d.1 >= month_ago) => Some((s, *t)),
                _ => None,
            })
        });
        for i in 0..self.protos.len() {
            let (s, phrase) = (self.protos[i].sentence, self.protos[i].trigger.phrase);
            let own = self.protos[i].time.filter(|t| usable(&self.cx.times[t.0]));
            let found = own.or_else(|| self.sentence_time(s, phrase).filter(|t| usable(&self.cx.times[*t])).map(|t| (t, "time.sentence")));
            match found {
                Some((t, w)) => {
                    self.protos[i].time = Some((t, w));
                    if days(&self.cx.times[t]).is_some_and(|d| d.1 >= month_ago) {
                        carried = Some((s, t));
                    }
                }
                None => {
                    let from = carried.or(lead.filter(|l| l.0 <= s + 1));
                    self.protos[i].time = from.map(|(_, t)| (t, "time.inherited"));
                }
            }
            // background: older than a month
            if let Some((t, _)) = self.protos[i].time {
                let old = days(&self.cx.times[t]).is_some_and(|d| d.1 < month_ago);
                if old && self.protos[i].modality == Modality::Actual {
                    self.protos[i].modality = Modality::Historical;
                    self.protos[i].why.push("modality: historical.date".into());
                }
            }
        }
    }

    /// A time elsewhere in the sentence: before the trigger in its clause first; one on a verb of saying last.
    pub(super) fn sentence_time(&self, s: usize, phrase: usize) -> Option<usize> {
        let sent = &self.sentences[s];
        let mut best: Option<(i32, usize)> = None;
        for (j, p) in sent.phrases.iter().enumerate() {
            let Phrase::Time(t) = p else { continue };
            if self.cx.times[*t].interval.is_none() {
                continue;
            }
            let (a, b) = (j.min(phrase), j.max(phrase));
            let mut score = 100 - (b - a) as i32;
            for q in &sent.phrases[a..b] {
                match q {
                    Phrase::Comp(_) => score -= 20,
                    Phrase::Sub(_) => score -= 15,
                    Phrase::Verb(_) => score -= 6,
                    Phrase::Mark(_, ';' | ':') => score -= 20,
                    _ => {}
                }
            }
            // owned by another claim of the sentence
            let taken = self.protos.iter().any(|q| q.sentence == s && !q.gone && q.parts.time == Some(*t) && q.trigger.phrase != phrase);
            if taken {
                score -= 25;
            }
            if best.is_none_or(|b| score > b.0) {
                best = Some((score, *t));
            }
        }
        best.filter(|b| b.0 > 30).map(|b| b.1)
    }
}
