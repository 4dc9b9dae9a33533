//! Reports of one's own, coded and joined: which stand in one incident, and what is held of it.

use claims::record::Claim;
use claims::{Coder, Document};
use proptest::prelude::*;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use tawatur_ledger::incidents::{Directory, Incident, Judgements, Report, Roll, Shelf, Telling, Verdict, incidents, join, join_by_days, rejoin, tellings};

/// Codes reports: id, outlet, day of publication, text.
fn code(reports: &[(&str, &str, &str, &str)]) -> Vec<(Document, Vec<Claim>)> {
    thread_local!(static CODER: RefCell<Coder> = RefCell::new(Coder::new()));
    let one = |&(id, outlet, published, text): &(&str, &str, &str, &str)| {
        let some = |s: &str| Some(s.to_string());
        let d = Document { id: id.into(), text: text.into(), outlet: some(outlet), published: some(published), ..Document::default() };
        let claims = CODER.with_borrow_mut(|c| c.code(&d));
        (d, claims)
    };
    reports.iter().map(one).collect()
}

fn joined(coded: &[(Document, Vec<Claim>)], copies: &[(&str, u64)], judgements: &Judgements) -> Vec<Incident> {
    let of = |id: &str| copies.iter().find(|c| c.0 == id).map(|c| c.1);
    let reports: Vec<Report<'_>> = coded.iter().map(|(d, claims)| Report { text: &d.text, claims, undated: false, copies: of(&d.id) }).collect();
    incidents(&reports, judgements, &places::Atlas::embedded(), &Directory::embedded())
}

/// For each incident the documents that report it, as a set of letters.
fn documents(found: &[Incident]) -> BTreeSet<String> {
    found.iter().map(|i| i.claims.iter().map(|c| c.doc.as_str()).collect::<BTreeSet<_>>().into_iter().collect::<String>()).collect()
}

/// What is joined and what is not: a name, the reports, the groups that are expected among the incidents.
type Case = (&'static str, &'static [(&'static str, &'static str, &'static str, &'static str)], &'static [&'static str]);

const CASES: &[Case] = &[
    (
        "one shelling, two outlets",
        &[
            ("a", "الصباح", "2021-06-10", "قتل 4 مدنيين في قصف مدفعي استهدف بلدة سرمين صباح اليوم."),
            ("b", "المساء", "2021-06-10", "أدى قصف مدفعي على سرمين اليوم إلى مقتل 4 مدنيين."),
        ],
        &["ab"],
    ),
    (
        "the same village on another day",
        &[
            ("a", "الصباح", "2021-06-10", "قتل 4 مدنيين في قصف مدفعي استهدف بلدة سرمين صباح اليوم."),
            ("b", "المساء", "2021-06-15", "قتل 4 مدنيين في قصف مدفعي استهدف بلدة سرمين صباح اليوم."),
        ],
        &["a", "b"],
    ),
    (
        "the same day in another village",
        &[
            ("a", "الصباح", "2021-06-10", "قتل 4 مدنيين في قصف مدفعي استهدف بلدة سرمين صباح اليوم."),
            ("b", "المساء", "2021-06-10", "قتل 4 مدنيين في قصف مدفعي استهدف مدينة الرستن صباح اليوم."),
        ],
        &["a", "b"],
    ),
    (
        "told the next day with the day's name",
        &[
            ("a", "الصباح", "2021-06-10", "انفجرت عبوة ناسفة في مدينة الباب اليوم الخميس وأصيب ثلاثة أشخاص."),
            ("b", "المساء", "2021-06-11", "أصيب ثلاثة أشخاص بانفجار عبوة ناسفة في مدينة الباب أمس الخميس."),
        ],
        &["ab"],
    ),
    (
        "a round-up joins none of its events to another",
        &[
            ("a", "الصباح", "2021-06-10", "انفجرت عبوة ناسفة في مدينة الباب اليوم وأصيب ثلاثة أشخاص."),
            ("b", "المساء", "2021-06-10", "قتل مدنيان بقصف مدفعي على بلدة سرمين اليوم."),
            ("c", "الليل", "2021-06-10", "انفجرت عبوة ناسفة في مدينة الباب اليوم وأصيب ثلاثة أشخاص.\nقتل مدنيان بقصف مدفعي على بلدة سرمين اليوم."),
        ],
        &["ac", "bc"],
    ),
    (
        "a threat is no event",
        &[("a", "الصباح", "2021-06-10", "قتل مدنيان بقصف مدفعي على بلدة سرمين اليوم."), ("b", "المساء", "2021-06-10", "هدد القائد بقصف بلدة سرمين غدا.")],
        &["a"],
    ),
];

#[test]
fn what_is_joined() {
    for (name, reports, expected) in CASES {
        let found: Vec<Incident> = joined(&code(reports), &[], &Judgements::default()).into_iter().filter(|i| i.kind == "ASSAULT").collect();
        let expected: BTreeSet<String> = expected.iter().map(|s| s.to_string()).collect();
        assert_eq!(documents(&found), expected, "{name}");
    }
}

const SHELLING: &[(&str, &str, &str, &str)] = &[
    ("a", "الصباح", "2021-06-10", "قتل 4 مدنيين في قصف مدفعي استهدف بلدة سرمين صباح اليوم، بحسب الدفاع المدني السوري."),
    ("b", "المساء", "2021-06-10", "قال المرصد السوري لحقوق الإنسان إن قصفا مدفعيا على سرمين اليوم أدى إلى مقتل 6 مدنيين."),
    ("c", "الليل", "2021-06-11", "قال المرصد السوري لحقوق الإنسان إن عدد قتلى القصف على سرمين أمس بلغ 6."),
    ("d", "الفجر", "2021-06-10", "قتل 4 مدنيين في قصف مدفعي استهدف بلدة سرمين صباح اليوم، بحسب الدفاع المدني السوري."),
];

#[test]
fn tolls_keep_their_sources() {
    let found = joined(&code(SHELLING), &[("a", 1), ("d", 1)], &Judgements::default());
    let i = found.iter().find(|i| i.documents >= 3).expect("the shelling");
    let killed = &i.counts["killed"];
    assert_eq!((killed.low, killed.high), (Some(4.0), Some(6.0)));
    assert!(killed.by_source.iter().any(|f| f.source.as_deref() == Some("المرصد السوري لحقوق الإنسان") && f.low == Some(6.0)));
    assert!(i.conflicts.iter().any(|c| c.field == "killed" && c.values.len() == 2), "{:?}", i.conflicts);
}

#[test]
fn the_same_sum_in_other_words_is_no_conflict() {
    let found = joined(
        &code(&[
            ("a", "الصباح", "2021-06-10", "قتلت امرأة وطفلان في قصف مدفعي استهدف بلدة سرمين صباح اليوم."),
            ("b", "المساء", "2021-06-10", "أدى قصف مدفعي على سرمين اليوم إلى مقتل 3 مدنيين."),
        ]),
        &[],
        &Judgements::default(),
    );
    assert_eq!((found.len(), found[0].counts["killed"].best), (1, Some(3.0)));
    assert!(found[0].conflicts.iter().all(|c| c.field != "killed"), "{:?}", found[0].conflicts);
}

#[test]
fn which_figure_is_the_best() {
    let tally = |texts: &[&str]| {
        let list: Vec<(String, &str)> = texts.iter().enumerate().map(|(n, t)| (format!("r{n}"), *t)).collect();
        let reports: Vec<(&str, &str, &str, &str)> = list.iter().map(|(id, t)| (id.as_str(), id.as_str(), "2021-06-10", *t)).collect();
        let found = joined(&code(&reports), &[], &Judgements::default());
        assert_eq!(found.len(), 1, "{texts:?}");
        found[0].counts.get("killed").map(|k| (k.low, k.high, k.best))
    };
    let four = "قتل 4 مدنيين في قصف مدفعي استهدف بلدة سرمين صباح اليوم.";
    let (low, high) = (Some(4.0), Some(4.0));
    // one who is told of without a number does not say that there were no more
    assert_eq!(tally(&[four, "استشهدت سيدة في قصف مدفعي على بلدة سرمين اليوم."]), Some((low, high, Some(4.0))));
    // what a total is made of is not added to it
    let made = "قتل اثنان في قصف مدفعي على بلدة سرمين اليوم، رجل مسن وفتى.";
    assert!(tally(&[made]).is_none_or(|t| t.2 == Some(2.0)), "{:?}", tally(&[made]));
    // what is counted over a region is more than the event that is counted at a place
    let sum = "قتل 4 مدنيين في قصف مدفعي استهدف بلدة سرمين صباح اليوم. وأدى القصف على ريف إدلب اليوم إلى مقتل 19 مدنيا.";
    assert!(tally(&[sum]).is_none_or(|t| t == (low, high, Some(4.0))), "{:?}", tally(&[sum]));
    // one figure for the dead and the hurt is neither
    assert_eq!(tally(&["سقط 37 مدنيا بين قتيل وجريح في قصف مدفعي على بلدة سرمين اليوم."]), None);
}

#[test]
fn one_telling_a_place() {
    let text = "قصفت مدفعية الجيش صباح اليوم بلدة سرمين بريف إدلب وقتل 4 مدنيين. وقتل مدني في قصف مدفعي على مدينة الرستن بريف حمص اليوم.";
    let found = joined(&code(&[("a", "الصباح", "2021-06-10", text)]), &[], &Judgements::default());
    let places: BTreeSet<Option<String>> = found.iter().map(|i| i.place.as_ref().and_then(|p| p.id.clone())).collect();
    assert!(places.contains(&Some("sy.sarmin".into())) && places.len() == 2, "{places:?}");
}

#[test]
fn the_most_told_come_first() {
    let found = joined(
        &code(&[
            ("a", "الصباح", "2021-06-08", "قتل مدني في قصف مدفعي على مدينة الرستن اليوم. وقتل 7 مدنيين في قصف مدفعي على مدينة دوما أمس."),
            ("c", "الصباح", "2021-06-10", "قتل 4 مدنيين في قصف مدفعي استهدف بلدة سرمين صباح اليوم."),
            ("d", "المساء", "2021-06-10", "أدى قصف مدفعي على سرمين اليوم إلى مقتل 4 مدنيين."),
        ]),
        &[],
        &Judgements::default(),
    );
    let best: Vec<Option<f64>> = found.iter().map(|i| i.counts["killed"].best).collect();
    assert_eq!(best, [Some(4.0), Some(7.0), Some(1.0)]);
}

#[test]
fn copies_and_citations_are_one_origin() {
    let found = joined(&code(SHELLING), &[("a", 1), ("d", 1)], &Judgements::default());
    let i = found.iter().find(|i| i.documents >= 3).expect("the shelling");
    // the civil defence, told by a report and its copy; the observatory, cited by two
    assert_eq!(i.origins, 2, "{:?}", i.origin_list);
    assert_eq!(i.origins_at_least, 2, "{:?}", i.origin_list);
}

#[test]
fn outlets_without_a_source_are_not_certain() {
    let found = joined(&code(CASES[0].1), &[], &Judgements::default());
    let i = found.iter().find(|i| i.documents == 2).expect("the shelling");
    assert_eq!((i.origins_at_least, i.origins), (1, 2));
}

#[test]
fn the_history_tells_what_each_report_changed() {
    let found = joined(&code(SHELLING), &[("a", 1), ("d", 1)], &Judgements::default());
    let i = found.iter().find(|i| i.documents >= 3).expect("the shelling");
    assert_eq!(i.history[0].changes.iter().filter(|c| c.before.is_some()).count(), 0);
    let toll = i.history.iter().flat_map(|s| &s.changes).find(|c| c.field == "killed" && c.before.is_some()).expect("a change of the toll");
    assert_ne!(toll.before, toll.after);
}

#[test]
fn looking_back_is_no_report() {
    let coded = code(&[
        ("a", "الصباح", "2021-06-10", "قتل 4 مدنيين في قصف مدفعي استهدف بلدة سرمين صباح اليوم."),
        ("b", "المساء", "2021-06-30", "وكان 4 مدنيين قتلوا بقصف مدفعي على بلدة سرمين في 10 حزيران الجاري."),
    ]);
    let found = joined(&coded, &[], &Judgements::default());
    let i = found.iter().find(|i| !i.background.is_empty()).expect("an incident with background");
    assert_eq!((i.documents, i.origins), (1, 1));
    assert_eq!(i.background[0].doc, "b");
}

#[test]
fn a_standing_paragraph_joins_nothing() {
    let text = |who: &str, place: &str| format!("{who} إن طائرات حربية روسية قصفت أحياء سكنية{place} في 5 آذار 2020 وقتل في القصف 12 مدنيا.");
    let count = |place: &str| {
        let (a, b) = (text("قال المجلس المحلي", place), text("قالت المديرية", place));
        joined(&code(&[("a", "الصباح", "2021-06-10", &a), ("b", "المساء", "2021-08-02", &b)]), &[], &Judgements::default()).len()
    };
    assert_eq!((count(""), count(" في سرمين")), (2, 1));
}

#[test]
fn a_sentence_without_a_place_belongs_to_the_places_of_its_report() {
    let text = |village: &str| format!("قصفت مدفعية الجيش بلدة {village} صباح اليوم.\nودعا ناشطون محليون إلى فتح تحقيق مستقل في ما جرى ومحاسبة المسؤولين عنه.");
    let requests = |one: &str, other: &str| {
        let found = joined(&code(&[("a", "الصباح", "2021-06-10", &text(one)), ("b", "المساء", "2021-06-10", &text(other))]), &[], &Judgements::default());
        found.iter().filter(|i| i.kind == "REQUEST").map(|i| i.documents).collect::<Vec<_>>()
    };
    assert_eq!(requests("سرمين", "سرمين"), [2]);
    assert_eq!(requests("سرمين", "الرستن"), [1, 1]);
}

#[test]
fn people_decide() {
    let apart = code(CASES[0].1);
    let id = |n: usize| apart[n].1[0].id.clone();
    let mut j = Judgements::default();
    j.judge(&id(0), &id(1), Verdict::Different);
    assert_eq!(documents(&joined(&apart, &[], &j)), BTreeSet::from(["a".to_string(), "b".to_string()]));
    j.judge(&id(0), &id(1), Verdict::Unsure);
    assert!(documents(&joined(&apart, &[], &j)).contains("ab"));
    let far = code(CASES[2].1);
    let mut j = Judgements::default();
    j.judge(&far[0].1[0].id, &far[1].1[0].id, Verdict::Same);
    assert!(documents(&joined(&far, &[], &j)).contains("ab"));
}

/// A shelf in memory.
#[derive(Default)]
struct InMemory(BTreeMap<u64, Telling>);

impl Shelf for InMemory {
    type Error = std::convert::Infallible;

    fn between(&self, from: i32, to: i32) -> Result<Vec<Telling>, Self::Error> {
        Ok(self.0.values().filter(|t| t.days.is_some_and(|d| d.from <= to && from <= d.to)).cloned().collect())
    }

    fn of_claim(&self, claim: &str) -> Result<Option<Telling>, Self::Error> {
        Ok(self.0.values().find(|t| t.claims.iter().any(|c| c == claim)).cloned())
    }
}

/// Reports that differ in village, day, toll and outlet, many of them of the same events.
fn report() -> impl Strategy<Value = (usize, u32, u32, usize)> {
    (0..4usize, 1..6u32, 2..5u32, 0..5usize)
}

fn write((village, day, dead, way): (usize, u32, u32, usize)) -> (String, String) {
    let village = ["سرمين", "أريحا", "الأتارب", "الرستن"][village];
    let text = match way {
        0 => format!("قتل {dead} مدنيين في قصف مدفعي استهدف {village} اليوم."),
        1 => format!("أدى قصف مدفعي على {village} اليوم إلى مقتل {dead} أشخاص."),
        2 => format!("شن الطيران الحربي غارات على {village} أمس، وأصيب {dead} أشخاص."),
        3 => format!("قصفت مدفعية الجيش {village} اليوم.\nودعا ناشطون محليون إلى فتح تحقيق مستقل في ما جرى ومحاسبة المسؤولين عنه."),
        _ => "ودعا ناشطون محليون إلى فتح تحقيق مستقل في ما جرى ومحاسبة المسؤولين عنه.".to_string(),
    };
    (text, format!("2021-06-{day:02}"))
}

fn of_reports(list: &[(usize, u32, u32, usize)]) -> Vec<Telling> {
    let atlas = places::Atlas::embedded();
    let rows: Vec<(String, String, String)> = list.iter().enumerate().map(|(n, r)| (n.to_string(), write(*r))).map(|(id, (t, d))| (id, t, d)).collect();
    let coded = code(&rows.iter().map(|(id, text, day)| (id.as_str(), "الصباح", day.as_str(), text.as_str())).collect::<Vec<_>>());
    let report =
        |(d, claims): &(Document, Vec<Claim>)| tellings(&Report { text: &d.text, claims, undated: false, copies: None }, &atlas, &Judgements::default());
    coded.iter().flat_map(report).collect()
}

fn groups(list: &[Telling]) -> BTreeSet<BTreeSet<u64>> {
    join(list, &Judgements::default()).into_iter().map(|g| g.into_iter().map(|n| list[n as usize].id.0).collect()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_documents_does_not_matter(list in prop::collection::vec(report(), 1..24), seed in any::<u64>()) {
        let told = of_reports(&list);
        let mut mixed = told.clone();
        mixed.sort_by_key(|t| t.id.0.wrapping_mul(seed | 1).rotate_left(17));
        prop_assert_eq!(groups(&told), groups(&mixed));
    }

    #[test]
    fn one_by_one_is_as_from_scratch(list in prop::collection::vec(report(), 1..24)) {
        let told = of_reports(&list);
        let mut shelf = InMemory::default();
        let mut incident: BTreeMap<u64, u64> = BTreeMap::new();
        for t in &told {
            shelf.0.insert(t.id.0, t.clone());
            for g in rejoin(vec![t.clone()], &shelf, &Judgements::default()).unwrap() {
                for m in &g {
                    incident.insert(m.id.0, g[0].id.0);
                }
            }
        }
        let mut found: BTreeMap<u64, BTreeSet<u64>> = BTreeMap::new();
        for (t, i) in incident {
            found.entry(i).or_default().insert(t);
        }
        prop_assert_eq!(found.into_values().collect::<BTreeSet<_>>(), groups(&told));
    }

    #[test]
    fn day_by_day_is_as_at_once(list in prop::collection::vec(report(), 1..24), at_once in 1..9usize, judged in any::<(prop::sample::Index, prop::sample::Index)>()) {
        let told = of_reports(&list);
        let mut judgements = Judgements::default();
        let claim = |n: prop::sample::Index| told[n.index(told.len())].claims[0].clone();
        judgements.judge(&claim(judged.0), &claim(judged.1), Verdict::Same);
        let mut roll = Roll::default();
        told.iter().for_each(|t| roll.list(t, &judgements));
        let mut asked: Vec<u32> = Vec::new();
        let firsts = join_by_days(&roll, &judgements, at_once, |numbers| {
            asked.extend(numbers);
            Ok::<_, ()>(numbers.iter().map(|n| told[*n as usize].clone()).collect())
        });
        let mut found: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        for (n, first) in firsts.unwrap().into_iter().enumerate() {
            found.entry(first).or_default().insert(n as u32);
        }
        let expected: BTreeSet<BTreeSet<u32>> = join(&told, &judgements).into_iter().map(BTreeSet::from_iter).collect();
        prop_assert_eq!(found.into_values().collect::<BTreeSet<_>>(), expected);
        prop_assert_eq!(asked.len(), asked.iter().collect::<BTreeSet<_>>().len(), "each is read once");
    }

    #[test]
    fn no_document_stands_twice_in_an_incident(list in prop::collection::vec(report(), 1..24)) {
        let told = of_reports(&list);
        for g in join(&told, &Judgements::default()) {
            let voices: BTreeSet<u32> = g.iter().map(|n| told[*n as usize].voice().0).collect();
            prop_assert_eq!(voices.len(), g.len());
        }
    }
}

#[test]
fn the_history_of_what_very_many_report_goes_by_days() {
    let list: Vec<(String, &str, String)> = (0..90)
        .map(|n| {
            (
                format!("r{n:02}"),
                if n < 60 { "2021-06-10" } else { "2021-06-11" },
                format!("قتل {} مدنيين في قصف مدفعي على بلدة سرمين {}.", 3 + n % 7, if n < 60 { "اليوم" } else { "أمس" }),
            )
        })
        .collect();
    let reports: Vec<(&str, &str, &str, &str)> = list.iter().map(|(id, day, text)| (id.as_str(), id.as_str(), *day, text.as_str())).collect();
    let found = joined(&code(&reports), &[], &Judgements::default());
    assert_eq!((found.len(), found[0].documents), (1, 90));
    let steps: Vec<usize> = found[0].history.iter().map(|s| s.docs.len()).collect();
    assert_eq!(steps, [60, 30]);
}
