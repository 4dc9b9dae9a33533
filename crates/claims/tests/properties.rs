//! What holds for any text.

use proptest::prelude::*;
use std::sync::OnceLock;
use tawatur_claims::record::{Claim, Span};
use tawatur_claims::{Coder, Document};

/// Words and marks that the coder reacts to, so that random texts reach into it.
const PIECES: &[&str] = &[
    "قصفت",
    "قتل",
    "مقتل",
    "استهدف",
    "هجوم",
    "غارة",
    "اشتباكات",
    "بين",
    "على",
    "في",
    "من",
    "قوات",
    "النظام",
    "الجيش",
    "مسلحون",
    "مدنيين",
    "طفلان",
    "ثلاثة",
    "20",
    "٣",
    "عشرات",
    "حلب",
    "بريف",
    "إدلب",
    "الشرقي",
    "أمس",
    "اليوم",
    "الثلاثاء",
    "2021",
    "قال",
    "المتحدث",
    "باسم",
    "إن",
    "أن",
    "وأضاف",
    "بحسب",
    "مصدر",
    "طبي",
    "نفى",
    "لم",
    "سوف",
    "إذا",
    "التي",
    "الذين",
    "و",
    "ثم",
    "،",
    ".",
    ":",
    "\"",
    "«",
    "»",
    "(",
    ")",
    "\n",
    "\n\n",
    "::",
    "-",
    "بـقـصـف",
    "تظاهر",
    "المئات",
    "اعتقلت",
    "الشرطة",
    "\u{200f}",
    "\u{64b}",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => proptest::sample::select(PIECES).prop_map(str::to_string),
        1 => "\\PC{0,4}".prop_map(String::from),
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec((piece, prop_oneof![6 => Just(" "), 1 => Just("")]), 0..80).prop_map(|v| v.into_iter().map(|(p, s)| p + s).collect())
}

fn code(text: &str) -> Vec<Claim> {
    static CODER: OnceLock<std::sync::Mutex<Coder>> = OnceLock::new();
    let mut coder = CODER.get_or_init(|| Coder::new().into()).lock().unwrap_or_else(|e| e.into_inner());
    coder.code(&Document { id: "d".into(), text: text.into(), published: Some("2021-03-04".into()), ..Document::default() })
}

fn spans(c: &Claim) -> Vec<&Span> {
    let mut out = vec![&c.trigger];
    out.extend(c.actors.iter().chain(&c.recipients).map(|p| &p.span));
    out.extend(c.places.iter().map(|p| &p.span));
    out.extend(c.counts.iter().map(|p| &p.span));
    out.extend(c.sources.iter().flat_map(|s| std::iter::once(&s.span).chain(&s.cue)));
    out.extend(c.objects.iter().map(|p| &p.span));
    out.extend(c.framing.iter().map(|p| &p.span));
    out.extend(c.time.iter().filter_map(|t| t.span.as_ref()));
    out
}

/// What holds for the claims of any text.
fn check(text: &str, claims: &[Claim]) {
    let chars: Vec<char> = text.chars().collect();
    for c in claims {
        for s in spans(c) {
            assert!(s.start < s.end && s.end <= chars.len(), "{s:?}");
            assert_eq!(chars[s.start..s.end].iter().collect::<String>(), s.text);
        }
        assert!(c.sentence.start <= c.trigger.start && c.trigger.end <= c.sentence.end);
        assert!((0.0..=1.0).contains(&c.confidence));
        for m in &c.modes {
            assert!(c.event_type.modes().contains(&m.as_str()));
        }
        for n in &c.counts {
            assert!(n.vague.is_none() || n.low.is_none() && n.high.is_none());
            assert!(!matches!((n.low, n.high), (Some(l), Some(h)) if l > h), "{n:?}");
        }
        let line = serde_json::to_string(c).unwrap();
        assert!(serde_json::from_str::<serde_json::Value>(&line).is_ok() && !line.contains('\n'));
    }
    // in the order of the text, each id once
    assert!(claims.windows(2).all(|w| w[0].trigger.start <= w[1].trigger.start));
    let ids: std::collections::BTreeSet<&str> = claims.iter().map(|c| c.id.as_str()).collect();
    assert_eq!(ids.len(), claims.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_gives_sound_records(text in text()) {
        let claims = code(&text);
        check(&text, &claims);
        // the coder's memory of earlier texts changes nothing
        prop_assert_eq!(claims, code(&text));
    }
}

/// Texts made to break a reader of Arabic. That each ends, and soon, is the test; how long it takes is a benchmark's business.
#[test]
fn texts_made_to_break_it() {
    let n = 10_000;
    let nested = |open: &str, close: &str| format!("قال مصدر {}قصف الجيش مدينة حلب أمس{}.", open.repeat(n), close.repeat(n));
    for text in [
        format!("قصف الجيش {} أمس.", vec!["قرية الزيتون"; n].join(" و")),
        format!("قُتل {} في حلب.", vec!["خمسة مدنيين"; n].join(" و")),
        format!("الجيش {}.", vec!["قصف المدينة"; n].join(" و")),
        format!("قُتل رجل {}.", "الذي قتل رجلا ".repeat(n)),
        nested("«قال ", "»"),
        nested("\"قال ", "\""),
        nested("(", ")"),
        format!("قال المتحدث {}الجيش قصف حلب.", "إن مصدرا قال ".repeat(n)),
        format!("{}قصف الجيش حلب.", "و".repeat(1_000_000)),
        format!("{}قصف الجيش حلب.", "وبال ".repeat(n)),
        format!("قُتل {}مئة مدني.", "ألف و".repeat(n)),
        format!("قُتل {} مدني.", "9".repeat(100_000)),
        format!("قصف الجيش {}حلب.", "يوم الأحد الماضي ".repeat(n)),
        format!("قـ{}صف الجيش حلب.", "ـ".repeat(1_000_000)),
        format!("قصف {}.", "\u{202E}حلب\u{202C}".repeat(n)),
        "قصفالجيشحلب".repeat(n),
        "قصف الجيش مدينة حلب أمس.\n".repeat(2_000),
        "اشتباكات في حلب.\n".repeat(n),
        "وأكدت مصادر وقوع قتلى.\n".repeat(n),
        "واندلعت الاشتباكات بين الطرفين.\n".repeat(n),
        "تجدد القصف على بلدتي سرمين وبنش أمس. واستهدف القصف البلدتين مساء.\n".repeat(n),
        "قصف الطيران بلدة سرمين. ووصلت تعزيزات إلى المدينة. ودارت اشتباكات شرقي المدينة.\n".repeat(n),
        "قتل سبعة جنود شمال شرق المدينة فجر اليوم في هجوم شنه تنظيم \"القاعدة\" قرب المكلا.\n".repeat(n),
        "إدلب: قصف الجيش بلدة سرمين. حلب: قصف الجيش بلدة عندان.\n".repeat(n),
        "قتل رجل مسلح أمس. والرجل قتل مساء الثلاثاء. وأعلنت الشرطة اعتقال ثلاثة.\n".repeat(n),
    ] {
        check(&text, &code(&text));
    }
}
