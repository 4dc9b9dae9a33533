//! How joining grows: generated claims of reports that differ in day, place, actors, tolls and wording, a fifth of them near-copies.
//!
//! `cargo run --release -p tawatur-ledger --example joining -- 10000 100000 1000000` prints, for each number of claims, the seconds that
//! joining from scratch takes and the milliseconds of joining one more.

use claims::record::{Claim, Modality};
use claims::{Coder, Document};
use std::collections::BTreeMap;
use std::time::Instant;
use tawatur_ledger::incidents::days::iso;
use tawatur_ledger::incidents::{Judgements, Report, Shelf, Telling, join, rejoin, tellings};

/// SplitMix64: the same numbers everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
}

const SENTENCES: &[&str] = &[
    "قصفت مدفعية قوات النظام بلدة سرمين اليوم وقتل ثلاثة مدنيين.",
    "أصيب خمسة أشخاص بانفجار عبوة ناسفة في مدينة الباب اليوم.",
    "قصف الطيران الحربي الروسي مدينة أريحا اليوم وأصيب شخصان.",
    "قتل شاب برصاص مجهولين في مدينة نوى اليوم.",
    "استهدفت طائرة مسيرة تركية سيارة في القامشلي اليوم وقتل شخصان.",
];

/// Ten years of events over all settlements of the gazetteer.
fn generate(n: usize) -> Vec<Telling> {
    let atlas = places::Atlas::embedded();
    let settlements: Vec<_> = atlas.layers()[0].iter().map(|p| p.1).filter(|p| p.kind == places::PlaceKind::Settlement && p.point.is_some()).collect();
    let mut coder = Coder::new();
    let mut model = |text: &str| -> Claim {
        let d = Document { id: "model".into(), text: text.into(), published: Some("2021-06-10".into()), ..Document::default() };
        coder
            .code(&d)
            .into_iter()
            .find(|c| c.modality == Modality::Actual && !c.places.is_empty())
            .unwrap_or_else(|| panic!("the coder finds no placed claim in “{text}”; give the generator another sentence"))
    };
    let models: Vec<Claim> = SENTENCES.iter().map(|s| model(s)).collect();
    let mut random = Random(7);
    let mut out: Vec<Telling> = Vec::with_capacity(n);
    let mut last: Option<(Claim, String)> = None;
    for i in 0..n {
        let copy = i % 5 == 4;
        let (mut c, text) = match last.take().filter(|_| copy) {
            Some(l) => l,
            None => {
                let mut c = models[random.below(models.len())].clone();
                let p = settlements[random.below(settlements.len())];
                let place = &mut c.places[0];
                (place.id, place.name) = (Some(p.id.into()), Some(p.name_ar.into()));
                (place.lat, place.lon) = (p.point.map(|x| x.0), p.point.map(|x| x.1));
                c.places.truncate(1);
                let day = iso(16_000 + random.below(3652) as i32);
                if let Some(t) = &mut c.time {
                    (t.from, t.to) = (day.clone(), day.clone());
                }
                c.doc.published = Some(day);
                for k in &mut c.counts {
                    let dead = 1.0 + random.below(9) as f64;
                    (k.low, k.high) = (Some(dead), Some(dead));
                }
                let words: Vec<String> = (0..16).map(|_| format!("كلمة{}", random.below(5000))).collect();
                (c, words.join(" "))
            }
        };
        last = Some((c.clone(), text.clone()));
        c.doc.id = i.to_string();
        c.id = format!("clm_{:020x}", random.next());
        c.sentence.start = 0;
        c.sentence.end = text.chars().count();
        let report = Report { text: &text, claims: std::slice::from_ref(&c), undated: false, copies: None };
        out.extend(tellings(&report, &atlas, &Judgements::default()));
    }
    out
}

/// Tellings by their first day.
struct ByDay(BTreeMap<i32, Vec<Telling>>);

impl Shelf for ByDay {
    type Error = std::convert::Infallible;

    fn between(&self, from: i32, to: i32) -> Result<Vec<Telling>, Self::Error> {
        let all = self.0.range(from - 7..=to).flat_map(|d| d.1);
        Ok(all.filter(|t| t.days.is_some_and(|d| d.to >= from)).cloned().collect())
    }

    fn of_claim(&self, claim: &str) -> Result<Option<Telling>, Self::Error> {
        Ok(self.0.values().flatten().find(|t| t.claims.iter().any(|c| c == claim)).cloned())
    }
}

fn main() {
    println!("| claims | incidents | from scratch, s | one more, ms (mean of 20) |");
    println!("|---|---|---|---|");
    for n in std::env::args().skip(1).filter_map(|a| a.parse().ok()) {
        let list: Vec<Telling> = generate(n);
        let start = Instant::now();
        let groups = join(&list, &Judgements::default());
        let scratch = start.elapsed().as_secs_f64();
        let mut shelf = ByDay(BTreeMap::new());
        for t in &list {
            shelf.0.entry(t.days.map_or(i32::MIN, |d| d.from)).or_default().push(t.clone());
        }
        let start = Instant::now();
        for t in list.iter().step_by(n.div_ceil(20)) {
            let Ok(groups) = rejoin(vec![t.clone()], &shelf, &Judgements::default());
            assert!(!groups.is_empty());
        }
        let one = start.elapsed().as_secs_f64() * 1000.0 / list.iter().step_by(n.div_ceil(20)).count() as f64;
        println!("| {n} | {} | {scratch:.2} | {one:.1} |", groups.len());
    }
}
