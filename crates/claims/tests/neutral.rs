//! Who did it changes nothing but the names: two sides that change places, and loaded words that give way to neutral ones, leave every
//! claim as it was.

use tawatur_claims::record::{Claim, Participant};
use tawatur_claims::{Coder, Document, embedded};

/// Two sides whose names take the same verbs and pronouns.
const SIDES: [(&str, &str); 6] = [
    ("قوات سوريا الديمقراطية", "هيئة تحرير الشام"),
    ("الجيش الروسي", "الجيش الأوكراني"),
    ("الجيش الإسرائيلي", "الجيش السوري"),
    ("حركة حماس", "حركة طالبان"),
    ("القوات التركية", "القوات الأميركية"),
    ("قوات النظام", "قوات المعارضة"),
];

/// Reports in which each side does what the other does elsewhere.
const REPORTS: [&str; 10] = [
    "قصفت مدفعية {A} مواقع {B} قرب بلدة الوادي أمس، ما أسفر عن مقتل ثلاثة مدنيين وإصابة سبعة آخرين.",
    "اندلعت اشتباكات عنيفة بين {A} و{B} في محيط القرية فجر اليوم، وقتل خلالها خمسة مسلحين.",
    "اعتقلت {A} أربعة شبان خلال حملة مداهمات في حي الزهور، واقتادتهم إلى جهة مجهولة.",
    "أعلنت مصادر محلية أن {A} شنت هجوما على نقطة تابعة إلى {B} في الريف الشمالي، وأسرت جنديين.",
    "تعرضت مدينة حلب لقصف من قبل {A} أمس، بعد ساعات من انسحاب {B} منها.",
    "اتهمت {A} خصومها في {B} بقصف السوق الشعبي، ما أدى إلى سقوط قتلى وجرحى.",
    "سيطرت {A} على مدينة حلب بعد معارك مع {B} قتل فيها عشرة جنود.",
    "قتل شرطي على يد {A} في هجوم على حاجز عند مدخل المدينة.",
    "نفت {A} قصف المخيم، وأفرجت {B} عن عشرة معتقلين أمس.",
    "طالبت {A} المجتمع الدولي بمحاسبة {B} على قتل المدنيين في البلدة.",
];

/// A loaded wording and its neutral twin, under the term that records it.
const TWINS: [(&str, &str, &str); 14] = [
    ("martyr", "سقط ثلاثة شهداء في قصف على مدينة حلب أمس", "سقط ثلاثة قتلى في قصف على مدينة حلب أمس"),
    ("terrorist", "قتل إرهابيان في غارة على مدينة حلب أمس", "قتل مسلحان في غارة على مدينة حلب أمس"),
    ("terrorist", "وقع هجوم إرهابي على سوق في حلب أمس وقتل فيه عشرة مدنيين", "وقع هجوم مسلح على سوق في حلب أمس وقتل فيه عشرة مدنيين"),
    ("occupation", "قصف جيش الاحتلال الإسرائيلي مدينة غزة أمس", "قصف جيش الدفاع الإسرائيلي مدينة غزة أمس"),
    ("mercenary", "قصف المرتزقة مدينة حلب أمس بالمدفعية", "قصف المقاتلون مدينة حلب أمس بالمدفعية"),
    ("gang", "هاجمت عصابات مسلحة نقطة للشرطة في حلب أمس", "هاجمت مجموعات مسلحة نقطة للشرطة في حلب أمس"),
    ("heroic", "قصفت القوات الباسلة مدينة حلب أمس", "قصفت القوات البرية مدينة حلب أمس"),
    ("aggression", "شنت الطائرات هجوما غاشما على مدينة حلب أمس", "شنت الطائرات هجوما عنيفا على مدينة حلب أمس"),
    ("zionist", "قصف الجيش الصهيوني مدينة غزة أمس", "قصف الجيش الإسرائيلي مدينة غزة أمس"),
    ("enemy", "قصفت طائرات العدو الإسرائيلي مدينة غزة أمس", "قصفت طائرات الجيش الإسرائيلي مدينة غزة أمس"),
    ("sectarian", "هاجمت جماعة تكفيرية مدينة حلب أمس", "هاجمت جماعة مسلحة مدينة حلب أمس"),
    ("regime", "قصفت قوات النظام مدينة حلب أمس بالمدفعية", "قصفت قوات الحكومة مدينة حلب أمس بالمدفعية"),
    ("massacre", "قتلت الغارات عشرة مدنيين في مجزرة وقعت في حلب أمس", "قتلت الغارات عشرة مدنيين في هجوم وقع في حلب أمس"),
    ("liberation", "حرر الجيش مدينة حلب من المسلحين أمس وقتل عشرة منهم", "انتزع الجيش مدينة حلب من المسلحين أمس وقتل عشرة منهم"),
];

fn code(coder: &mut Coder, text: &str) -> Vec<Claim> {
    coder.code(&Document { id: "report".into(), text: text.into(), published: Some("2023-05-10".into()), ..Document::default() })
}

/// What a claim says, names aside: `say` puts the words of participants and sources into the form that is compared.
fn told(c: &Claim, say: &dyn Fn(&str) -> String) -> String {
    let who = |list: &[Participant]| list.iter().map(|p| format!("{}/{}/{:?}", say(p.text()), p.basis.as_str(), p.civilian)).collect::<Vec<_>>();
    let counts: Vec<_> = c.counts.iter().map(|n| format!("{}:{:?}-{:?}-{:?}", n.kind.as_str(), n.low, n.high, n.vague)).collect();
    let sources: Vec<_> = c.sources.iter().map(|s| format!("{}/{}", say(s.text()), s.stance.as_str())).collect();
    let places: Vec<_> = c.places.iter().map(|p| p.text().to_string()).collect();
    format!(
        "{} {:?} {} {} | {:?} > {:?} | {counts:?} {sources:?} {places:?} {:?}",
        c.event_type.as_str(),
        c.modes,
        c.modality.as_str(),
        c.event_ref,
        who(&c.actors),
        who(&c.recipients),
        c.time.as_ref().map(|t| (&t.from, &t.to))
    )
}

#[test]
fn sides_that_change_places_change_the_names_alone() {
    let mut coder = Coder::new();
    let mut problems = String::new();
    for (a, b) in SIDES {
        // neither name is written into the comparison: the sides are called by their letters
        let letters =
            |x: &'static str, y: &'static str| move |text: &str| text.replace(x, "{A}").replace(y, "{B}").replace(&x[2..], "{A}").replace(&y[2..], "{B}");
        for report in REPORTS {
            let one: Vec<String> = code(&mut coder, &report.replace("{A}", a).replace("{B}", b)).iter().map(|c| told(c, &letters(a, b))).collect();
            let other: Vec<String> = code(&mut coder, &report.replace("{A}", b).replace("{B}", a)).iter().map(|c| told(c, &letters(b, a))).collect();
            if one != other {
                problems += &format!("\n{report}\n  {a}, {b}: {one:#?}\n  {b}, {a}: {other:#?}\n");
            }
            if one.is_empty() {
                problems += &format!("\n{report}: nothing found");
            }
        }
    }
    assert!(problems.is_empty(), "{problems}");
}

#[test]
fn a_loaded_word_is_recorded_and_changes_nothing() {
    let mut coder = Coder::new();
    let mut problems = String::new();
    // how many, to whom, of what kind: the words themselves differ
    let told = |c: &Claim| {
        let who = |list: &[Participant]| list.iter().map(|p| format!("{:?}/{:?}/{}", p.roles, p.civilian, p.basis.as_str())).collect::<Vec<_>>();
        let counts: Vec<_> = c.counts.iter().map(|n| format!("{}:{:?}-{:?}-{:?}", n.kind.as_str(), n.low, n.high, n.vague)).collect();
        format!(
            "{} {:?} {} {:?} > {:?} {counts:?} {:?}",
            c.event_type.as_str(),
            c.modes,
            c.modality.as_str(),
            who(&c.actors),
            who(&c.recipients),
            c.places.len()
        )
    };
    for (term, loaded, neutral) in TWINS {
        let (x, y) = (code(&mut coder, loaded), code(&mut coder, neutral));
        let (a, b): (Vec<String>, Vec<String>) = (x.iter().map(told).collect(), y.iter().map(told).collect());
        let recorded = |claims: &[Claim]| claims.iter().any(|c| c.framing.iter().any(|f| f.term == term));
        if a != b || a.is_empty() {
            problems += &format!("\n{loaded}: {a:#?}\n{neutral}: {b:#?}\n");
        }
        if recorded(&y) {
            problems += &format!("\n{neutral}: is not neutral\n");
        }
    }
    assert!(problems.is_empty(), "{problems}");
    for term in &embedded().terms {
        assert!(TWINS.iter().any(|t| t.0 == term.id), "lexicon/framing.toml: {} has no pair of reports here: add one", term.id);
    }
}

/// Over reports of the press, where they are at hand: names of bodies that stand for one another.
#[test]
fn the_press_is_read_alike_whoever_did_it() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/benchmarks/claims-dev.jsonl");
    let Ok(lines) = std::fs::read_to_string(&path) else {
        eprintln!("{} is not here: skipped", path.display());
        return;
    };
    const PRESS: [(&str, &str); 5] = [
        ("الجيش السوري", "الجيش التركي"),
        ("القوات التركية", "القوات الأميركية"),
        ("تنظيم داعش", "تنظيم القاعدة"),
        ("حزب العمال الكردستاني", "حزب الله اللبناني"),
        ("القوات الحكومية", "القوات الانفصالية"),
    ];
    let mut coder = Coder::new();
    let (mut read, mut problems) = (0, String::new());
    for line in lines.lines() {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = value["text"].as_str().unwrap();
        for (a, b) in PRESS.iter().filter(|(a, b)| text.contains(a) || text.contains(b)) {
            let swapped = text.replace(a, "\u{1}").replace(b, a).replace('\u{1}', b);
            // which earlier mention a claim has its means from hangs on who else the report names, and of those only one name is changed
            let shape = |c: &Claim| {
                let told_before = c.why.iter().any(|w| w == "modes: told before");
                let modes: &[_] = if told_before { &[] } else { &c.modes };
                let counts: Vec<_> = c.counts.iter().map(|n| format!("{}:{:?}-{:?}-{:?}", n.kind.as_str(), n.low, n.high, n.vague)).collect();
                format!("{} {:?} {} {} {} {} {counts:?}", c.event_type.as_str(), modes, c.trigger.text, c.modality.as_str(), c.actors.len(), c.recipients.len())
            };
            let one: Vec<String> = code(&mut coder, text).iter().map(shape).collect();
            let other: Vec<String> = code(&mut coder, &swapped).iter().map(shape).collect();
            read += 1;
            for (x, y) in one.iter().zip(&other).filter(|(x, y)| x != y) {
                problems += &format!("\n{}: {a}, {b}\n  {x}\n  {y}", value["id"]);
            }
            if one.len() != other.len() {
                problems += &format!("\n{}: {a}, {b}: {} claims, {} claims", value["id"], one.len(), other.len());
            }
        }
    }
    assert!(read > 10, "too few reports name these bodies");
    assert!(problems.is_empty(), "{problems}");
}
