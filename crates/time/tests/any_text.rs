//! No text, however broken, stops the finder; what it finds lies in order inside the text.

use arabic::{dictionary, text::Text, words::Words};
use proptest::prelude::*;
use tawatur_time::{Moment, Prefer, TimeFinder};

/// Words of time, numbers and marks in any order, with whatever else between them.
fn soup() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        6 => prop::sample::select(tawatur_time::table().words()).prop_map(str::to_string),
        2 => (0u32..3000).prop_map(|n| n.to_string()),
        2 => prop::sample::select(vec!["ثلاثة", "الخامس", "عشرين", "ألفين", "نصف", "الـ", "إلا", "هـ", "و", "ال"]).prop_map(str::to_string),
        2 => prop::sample::select(vec!["/", "-", ".", ",", ":", "(", ")", "\n", "٢", "م"]).prop_map(str::to_string),
        1 => "\\PC{0,6}",
    ];
    (prop::collection::vec((word, any::<bool>()), 0..24)).prop_map(|v| v.into_iter().map(|(w, space)| if space { w + " " } else { w }).collect())
}

proptest! {
    #[test]
    fn found_in_order(text in soup(), year in 1u16..3000, future in any::<bool>()) {
        let mut words = Words::new(dictionary());
        let t = Text::new(&text, &mut words);
        let anchor = Moment::parse(&format!("{year:04}-02-28T23:59:59")).unwrap();
        let prefer = if future { Prefer::Future } else { Prefer::Past };
        let mut finder = TimeFinder::new();
        let found = finder.find(&t, &words, anchor, prefer);
        let mut last = 0;
        for e in &found {
            prop_assert!(e.tokens.start >= last && e.tokens.end <= t.tokens.len() && e.tokens.start < e.tokens.end);
            prop_assert!(text.get(e.bytes.clone()).is_some_and(|s| !s.is_empty()));
            prop_assert!(e.interval.is_none_or(|i| i.from < i.until));
            last = e.tokens.end;
        }
        // what was seen before changes nothing
        prop_assert_eq!(found, finder.find(&t, &words, anchor, prefer));
    }
}
