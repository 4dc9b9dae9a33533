//! How well do claims agree with those of a human annotator? (`tawatur eval`)
//!
//! The slots and rules are those of the project's benchmark: a predicted and an annotated claim are paired, one to one and the best pairs
//! first, when they have the same type and either their triggers overlap or they stand in the same segment. Every slot is scored end to
//! end: a slot of an unpaired annotated claim is missed, one of an unpaired prediction is false.

mod gold;
mod mention;

pub use gold::Report;

use claims::record::{Claim, Count, CountKind, EventType, Modality, Stance};
use gold::{GoldClaim, GoldCount};
use mention::Mentions;

/// Right, false and missed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    pub right: usize,
    pub wrong: usize,
    pub missed: usize,
}

impl Score {
    /// Precision, recall, F1; 0 where nothing was asked or said.
    pub fn prf(self) -> (f64, f64, f64) {
        let share = |of: usize| if of == 0 { 0.0 } else { self.right as f64 / of as f64 };
        let (p, r) = (share(self.right + self.wrong), share(self.right + self.missed));
        (p, r, if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) })
    }

    fn count<G, P>(&mut self, gold: &[G], predicted: &[P], same: impl Fn(&G, &P) -> bool) {
        let mut used = vec![false; predicted.len()];
        for g in gold {
            match (0..predicted.len()).find(|i| !used[*i] && same(g, &predicted[*i])) {
                Some(i) => {
                    used[i] = true;
                    self.right += 1;
                }
                None => self.missed += 1,
            }
        }
        self.wrong += used.iter().filter(|u| !**u).count();
    }
}

/// The slots, in the order in which they are printed.
pub const SLOTS: [&str; 14] = [
    "event",
    "event_core",
    "trigger",
    "mode",
    "actor",
    "recipient",
    "place",
    "place_best",
    "geo_25km",
    "time",
    "count",
    "source",
    "stance",
    "modality_non_actual",
];

/// The scores of a set of reports, by [`SLOTS`], and the claims that were missed or false.
#[derive(Debug, Default)]
pub struct Scores {
    slots: [Score; SLOTS.len()],
    /// One line each: report, MISSED or FALSE, type, the text from the trigger on.
    pub errors: Vec<String>,
}

const CORE: [EventType; 5] = [EventType::Assault, EventType::Coerce, EventType::Protest, EventType::Retreat, EventType::Mobilize];

/// Longest trigger, in code points, that may pair by overlap: a whole sentence overlaps with everything.
const LONGEST_TRIGGER: usize = 30;

impl Scores {
    /// Every slot with its score.
    pub fn slots(&self) -> impl Iterator<Item = (&'static str, Score)> + '_ {
        SLOTS.into_iter().zip(self.slots)
    }

    fn at(&mut self, slot: &str) -> &mut Score {
        let i = SLOTS.iter().position(|s| *s == slot).unwrap_or_else(|| unreachable!("{slot} is no slot"));
        &mut self.slots[i]
    }

    /// Adds a report: its annotation, and what the coder found in its text.
    pub fn add(&mut self, report: &Report, predicted: &[Claim]) {
        let mentions = Mentions::embedded();
        let predicted: Vec<(&Claim, usize)> = predicted.iter().filter_map(|p| report.segment(p.trigger.start).map(|s| (p, s))).collect();
        let (pairs, rest) = pair(report, &predicted, mentions);
        let all = pairs.into_iter().map(|(g, p, t)| (Some(g), Some(p), t)).chain(rest);
        for (g, p, trigger) in all {
            self.compare(report, g, p, trigger, mentions);
        }
    }

    fn compare(&mut self, report: &Report, g: Option<&GoldClaim>, p: Option<&Claim>, trigger: bool, mentions: &Mentions) {
        let Some(event) = g.map(|g| g.event_type).or(p.map(|p| p.event_type)) else { return };
        let outcome = Score { right: (g.is_some() && p.is_some()).into(), wrong: g.is_none().into(), missed: p.is_none().into() };
        for slot in ["event"].into_iter().chain(CORE.contains(&event).then_some("event_core")) {
            let s = self.at(slot);
            *s = Score { right: s.right + outcome.right, wrong: s.wrong + outcome.wrong, missed: s.missed + outcome.missed };
        }
        if outcome.right == 0 {
            let start = g.map(|g| g.trigger.0).or(p.map(|p| p.trigger.start)).unwrap_or(0);
            let words: String = report.text.chars().skip(start).take(60).map(|c| if c == '\n' { ' ' } else { c }).collect();
            self.errors.push(format!("{} {} {} {words}", report.id, if g.is_some() { "MISSED" } else { "FALSE" }, event.as_str()));
        }
        let s = self.at("trigger");
        if trigger {
            s.right += 1;
        } else {
            s.missed += usize::from(g.is_some());
            s.wrong += usize::from(p.is_some());
        }
        // an absent claim has empty parts
        let none = GoldClaim::none(event);
        let gold = g.unwrap_or(&none);
        let (mut modes, mut actors, mut recipients, mut places, mut sources, mut counts) = Default::default();
        if let Some(p) = p {
            let texts = |list: &[claims::record::Participant]| list.iter().map(|x| x.text().to_string()).collect::<Vec<_>>();
            (modes, actors, recipients) = (p.modes.clone(), texts(&p.actors), texts(&p.recipients));
            places = p.places.iter().collect::<Vec<_>>();
            sources = p.sources.iter().collect::<Vec<_>>();
            counts = p.counts.iter().filter(|c| of_people(c.kind) && !report.is_part(c.span.start, mentions)).collect::<Vec<&Count>>();
        }
        self.at("mode").count(&gold.modes, &modes, |a, b| a == b);
        self.at("actor").count(&gold.actors, &actors, |a, b| mentions.same(&a.text, b));
        self.at("recipient").count(&gold.recipients, &recipients, |a, b| mentions.same(&a.text, b));
        self.at("place").count(&gold.places, &places, |a, b| mentions.same(&a.text, b.text()));
        self.at("source").count(&gold.sources, &sources, |a, b| mentions.same(&a.text, b.text()));
        let doubtful = |s: Stance| matches!(s, Stance::Alleges | Stance::Denies);
        let gold_doubt: Vec<_> = gold.sources.iter().filter(|s| doubtful(s.stance)).collect();
        let doubt: Vec<_> = sources.iter().filter(|s| doubtful(s.stance)).collect();
        self.at("stance").count(&gold_doubt, &doubt, |a, b| a.stance == b.stance && mentions.same(&a.text, b.text()));
        let gold_counts: Vec<&GoldCount> = gold.counts.iter().filter(|c| of_people(c.kind) && !report.is_part(c.span.0, mentions)).collect();
        self.at("count").count(&gold_counts, &counts, |a, b| same_count(a, b));
        self.places(gold, g.is_some(), p, mentions);
        self.time(gold, p);
        let differs = |m: Modality| if m == Modality::Actual { vec![] } else { vec![m] };
        let said = p.map(|p| differs(p.modality)).unwrap_or_default();
        self.at("modality_non_actual").count(&differs(gold.modality), &said, |a, b| a == b);
    }

    fn places(&mut self, gold: &GoldClaim, annotated: bool, p: Option<&Claim>, mentions: &Mentions) {
        let best = |p: &Claim| p.places.first().cloned();
        let said: Vec<_> = p.and_then(best).into_iter().collect();
        if let Some(first) = gold.places.first() {
            self.at("place_best").count(&gold.places[..1], &said, |a, b| mentions.same(&a.text, b.text()));
            if let (Some(lat), Some(lon)) = (first.lat, first.lon) {
                let points: Vec<(f64, f64)> = said.iter().filter_map(|x| Some((x.lat?, x.lon?))).collect();
                self.at("geo_25km").count(&[(lat, lon)], &points, |a, b| places::kilometres(*a, *b) <= 25.0);
            }
        } else if p.is_some_and(|p| !annotated || CORE.contains(&p.event_type)) {
            self.at("place_best").wrong += usize::from(!said.is_empty());
        }
    }

    fn time(&mut self, gold: &GoldClaim, p: Option<&Claim>) {
        let said: Vec<_> = p.and_then(|p| p.time.as_ref()).into_iter().collect();
        match &gold.time {
            Some(t) => self.at("time").count(&[t], &said, |a, b| a.from == b.from && a.to == b.to),
            None => self.at("time").wrong += said.iter().filter(|t| t.basis != "document").count(),
        }
    }
}

fn of_people(kind: CountKind) -> bool {
    use CountKind::*;
    matches!(kind, Killed | Injured | Captured | Detained | Abducted | Surrendered | Released | Displaced | Missing | Evacuated | Participants | Prisoners)
}

fn same_count(g: &GoldCount, p: &Count) -> bool {
    if g.kind != p.kind {
        return false;
    }
    if let Some(v) = &g.vague {
        return p.vague.as_ref() == Some(v);
    }
    p.low == g.low && if g.high.is_none() { p.high.is_none() || p.high == g.low } else { p.high == g.high }
}

type Pair<'a> = (&'a GoldClaim, &'a Claim, bool);
type Single<'a> = (Option<&'a GoldClaim>, Option<&'a Claim>, bool);

/// Pairs claims, the best first; what is left over stands alone.
fn pair<'a>(report: &'a Report, predicted: &[(&'a Claim, usize)], mentions: &Mentions) -> (Vec<Pair<'a>>, Vec<Single<'a>>) {
    let mut candidates = Vec::new();
    for (i, g) in report.claims.iter().enumerate() {
        for (j, (p, segment)) in predicted.iter().enumerate().filter(|(_, (p, _))| p.event_type == g.event_type) {
            let overlaps = |s: &(usize, usize)| s.0 < p.trigger.end && p.trigger.start < s.1;
            let trigger = p.trigger.end - p.trigger.start <= LONGEST_TRIGGER && (overlaps(&g.trigger) || g.also.iter().any(overlaps));
            let same_segment = report.segment(g.trigger.0) == Some(*segment);
            if !trigger && !same_segment {
                continue;
            }
            let any = |gold: Vec<&str>, said: Vec<&str>| gold.iter().any(|a| said.iter().any(|b| mentions.same(a, b)));
            let of = |list: &'a [claims::record::Participant]| list.iter().map(|x| x.text()).collect::<Vec<_>>();
            // tenths, so that the order is exact
            let mut score = 40 * u32::from(trigger) + 10 * u32::from(same_segment);
            score += 10 * u32::from(any(g.recipients.iter().map(|x| x.text.as_str()).collect(), of(&p.recipients)));
            score += 8 * u32::from(any(g.actors.iter().map(|x| x.text.as_str()).collect(), of(&p.actors)));
            score += 6 * u32::from(any(g.places.iter().map(|x| x.text.as_str()).collect(), p.places.iter().map(|x| x.text()).collect()));
            candidates.push((std::cmp::Reverse(score), i, j, trigger));
        }
    }
    candidates.sort();
    let (mut taken_g, mut taken_p) = (vec![false; report.claims.len()], vec![false; predicted.len()]);
    let mut pairs = Vec::new();
    for (_, i, j, trigger) in candidates {
        if !taken_g[i] && !taken_p[j] {
            (taken_g[i], taken_p[j]) = (true, true);
            pairs.push((&report.claims[i], predicted[j].0, trigger));
        }
    }
    let missed = report.claims.iter().zip(&taken_g).filter(|x| !x.1).map(|(g, _)| (Some(g), None, false));
    let wrong = predicted.iter().zip(&taken_p).filter(|x| !x.1).map(|((p, _), _)| (None, Some(*p), false));
    let rest = missed.chain(wrong).collect();
    (pairs, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOLD: &str = r#"{"id":"a","published":"2021-03-04","text":"قصفت مدفعية النظام بلدة سرمين أمس فقتلت ثلاثة مدنيين.",
        "claims":[{"type":"ASSAULT","modes":["heavy-weapons"],"trigger":[0,4],"actors":[{"text":"مدفعية النظام"}],
        "recipients":[{"text":"ثلاثة مدنيين"}],"places":[{"text":"سرمين","lat":35.9,"lon":36.7}],"time":{"from":"2021-03-03","to":"2021-03-03"},
        "counts":[{"kind":"killed","low":3,"high":3,"span":[39,44]}]}]}"#;

    #[test]
    fn what_agrees_is_right_and_what_is_not_said_is_missed() {
        let report = Report::parse(GOLD).unwrap();
        let said = claims::Coder::new().code(&report.document());
        let mut full = Scores::default();
        full.add(&report, &said);
        let of = |s: &Scores, slot: &str| s.slots().find(|x| x.0 == slot).unwrap().1;
        for slot in ["event", "event_core", "trigger", "actor", "recipient", "place_best", "geo_25km", "time", "count"] {
            assert_eq!(of(&full, slot), Score { right: 1, wrong: 0, missed: 0 }, "{slot}");
        }
        let mut empty = Scores::default();
        empty.add(&report, &[]);
        assert_eq!(of(&empty, "event"), Score { right: 0, wrong: 0, missed: 1 });
        assert_eq!(of(&empty, "place_best"), Score { right: 0, wrong: 0, missed: 1 });
        assert_eq!(empty.errors.len(), 1);
    }

    #[test]
    fn a_broken_line_is_named() {
        assert!(Report::parse(r#"{"id":"a","text":"x","claims":[{"type":"NOTHING","trigger":[0,1]}]}"#).unwrap_err().contains("NOTHING"));
        assert!(Report::parse("{").is_err());
    }
}
