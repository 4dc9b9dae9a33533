//! No text, however broken, stops the ground; tokens and sentences put together are the text.

use proptest::prelude::*;
use tawatur_arabic::letters::{CharClass, class};
use tawatur_arabic::number::Numbers;
use tawatur_arabic::text::{Kind, Text};
use tawatur_arabic::words::Words;
use tawatur_arabic::{dictionary, page};

const WORDS: [&str; 17] =
    ["وكانالرئيس", "فيشباط", "قصـ.ـف", "اغت.يال", "شاطىء", "حاليًّا", "ثلاثة", "عشرون", "ألفاً", "مليون", "نصف", "أرباع", "الخمس", "على", "من", "قبل", "الأخير"];
const MARKS: [&str; 16] = [".", "..", "،", "؟", "-", "/", "^", "e", "\n", "\r\n", "\u{200f}", "\u{640}", "\u{64b}", "\u{651}", "«", "»"];

/// Letters that stand for several.
const LIGATURES: [&str; 8] = ["ﻻ", "ﻼ", "ﷲ", "ﷺ", "ﷶ", "ﷴ", "ﷵ", "ﷷ"];

fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[اأإآبتثجحخدذرزسشصضطظعغفقكلمنهويىةءؤئ]{1,9}",
        2 => prop::sample::select(&WORDS[..]).prop_map(str::to_string),
        2 => "[0-9٠-٩۰-۹]{1,5}",
        2 => prop::sample::select(&MARKS[..]).prop_map(str::to_string),
        1 => (prop::sample::select(&LIGATURES[..]), prop::sample::select(&WORDS[..])).prop_map(|(l, w)| format!("{l}{w}")),
        1 => "\\PC{0,5}",
        1 => any::<char>().prop_map(|c| c.to_string()),
    ];
    prop::collection::vec((piece, any::<bool>()), 0..24).prop_map(|v| v.into_iter().map(|(w, space)| if space { w + " " } else { w }).collect())
}

#[test]
fn a_ligature_is_not_parted() {
    for raw in ["ﷶقبل مليون", "ﷺقبلالسوق", "ﻻجلالمدينة", "مراسلﻻقناةفي"] {
        let mut words = Words::new(dictionary());
        let text = Text::new(raw, &mut words);
        assert!(text.tokens.iter().all(|t| t.start < t.end), "{raw}: {:?}", text.tokens);
    }
}

proptest! {
    #[test]
    fn tokens_and_sentences_are_the_text(s in soup()) {
        let mut words = Words::new(dictionary());
        let t = Text::new(&s, &mut words);
        let blank = |s: &str| s.chars().all(|c| matches!(class(c), CharClass::Space | CharClass::Control));
        let mut at = 0;
        for k in &t.tokens {
            let r = k.range();
            prop_assert!(r.start >= at && r.start < r.end);
            prop_assert!(blank(&s[at..r.start]));
            at = r.end;
        }
        prop_assert!(blank(&s[at..]));
        let mut next = 0;
        let said = |r: std::ops::Range<usize>| t.tokens[r].iter().any(|k| matches!(k.kind, Kind::Word | Kind::Number | Kind::Foreign));
        for r in &t.sentences {
            prop_assert!(r.start >= next && r.start < r.end && r.end <= t.tokens.len());
            prop_assert!(!said(next..r.start));
            prop_assert!(t.tokens[r.clone()].iter().all(|k| k.kind != Kind::Break));
            next = r.end;
        }
        prop_assert!(!said(next..t.tokens.len()));
    }

    #[test]
    fn numbers_lie_in_order(s in soup()) {
        let mut words = Words::new(dictionary());
        let t = Text::new(&s, &mut words);
        for mut finder in [Numbers::new(), Numbers::new().relative()] {
            let mut last = 0;
            for n in finder.find(&t, &words) {
                prop_assert!(n.tokens.start >= last && n.tokens.start < n.tokens.end && n.tokens.end <= t.tokens.len());
                prop_assert!(s.get(n.bytes.clone()).is_some());
                prop_assert!(n.outer.start <= n.tokens.start && n.outer.end >= n.tokens.end);
                last = n.tokens.end;
            }
        }
    }

    #[test]
    fn a_memory_of_words_changes_nothing(a in soup(), b in soup()) {
        let mut fresh = Words::new(dictionary());
        let mut used = Words::new(dictionary());
        let _ = Text::new(&a, &mut used);
        let (x, y) = (Text::new(&b, &mut fresh), Text::new(&b, &mut used));
        prop_assert_eq!(x.sentences.clone(), y.sentences.clone());
        prop_assert_eq!(x.tokens.len(), y.tokens.len());
        for (k, l) in x.tokens.iter().zip(&y.tokens) {
            prop_assert_eq!((k.start, k.end, k.kind, k.glued), (l.start, l.end, l.kind, l.glued));
            prop_assert_eq!(&fresh.get(k.word).readings, &used.get(l.word).readings);
        }
    }

    #[test]
    fn pages_of_anything(s in soup(), title in soup()) {
        let mut words = Words::new(dictionary());
        let t = Text::new(&s, &mut words);
        let _ = page::lines(&t, &words, Some(&title));
    }
}
