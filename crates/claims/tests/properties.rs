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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_gives_sound_records(text in text()) {
        let chars: Vec<char> = text.chars().collect();
        let claims = code(&text);
        for c in &claims {
            for s in spans(c) {
                prop_assert!(s.start < s.end && s.end <= chars.len(), "{s:?}");
                prop_assert_eq!(chars[s.start..s.end].iter().collect::<String>(), s.text.as_str());
            }
            prop_assert!(c.sentence.start <= c.trigger.start && c.trigger.end <= c.sentence.end);
            prop_assert!((0.0..=1.0).contains(&c.confidence));
            for m in &c.modes {
                prop_assert!(c.event_type.modes().contains(&m.as_str()));
            }
            for n in &c.counts {
                prop_assert!(n.vague.is_none() || n.low.is_none() && n.high.is_none());
                prop_assert!(!matches!((n.low, n.high), (Some(l), Some(h)) if l > h), "{n:?}");
            }
            let line = serde_json::to_string(c).unwrap();
            prop_assert!(serde_json::from_str::<serde_json::Value>(&line).is_ok() && !line.contains('\n'));
        }
        // in the order of the text, each id once
        prop_assert!(claims.windows(2).all(|w| w[0].trigger.start <= w[1].trigger.start));
        let ids: std::collections::BTreeSet<&str> = claims.iter().map(|c| c.id.as_str()).collect();
        prop_assert_eq!(ids.len(), claims.len());
        // the coder's memory of earlier texts changes nothing
        prop_assert_eq!(claims, code(&text));
    }
}
