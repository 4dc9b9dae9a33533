//! How fast time expressions are found and resolved in texts already taken apart, beside a plain Aho-Corasick scan for the words of
//! time. `TAWATUR_BENCH=FILE cargo bench -p tawatur-time` takes plain text or JSON Lines with a `text`.

use arabic::dictionary;
use arabic::text::Text;
use arabic::words::Words;
use divan::Bencher;
use divan::counter::BytesCount;
use std::sync::OnceLock;
use tawatur_time::{Moment, Prefer, TimeFinder, table};

fn main() {
    divan::main();
}

const SAMPLE: &str = "أعلنت وزارة الدفاع مساء أمس الأربعاء مقتل ثلاثة جنود وإصابة خمسة آخرين في قصف مدفعي استهدف موقعا للجيش قرب الحدود، \
    فيما قال ناشطون إن الطيران الحربي نفذ أكثر من عشرين غارة على أحياء المدينة منذ مطلع الشهر الجاري.";

fn documents() -> &'static [String] {
    static DOCUMENTS: OnceLock<Vec<String>> = OnceLock::new();
    DOCUMENTS.get_or_init(|| match std::env::var("TAWATUR_BENCH") {
        Ok(path) => {
            let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
            let json = |l: &str| serde_json::from_str::<serde_json::Value>(l).ok()?.get("text")?.as_str().map(str::to_string);
            text.lines().map(|l| json(l).unwrap_or_else(|| l.to_string())).collect()
        }
        Err(_) => vec![SAMPLE.repeat(10); 200],
    })
}

fn bytes() -> BytesCount {
    BytesCount::new(documents().iter().map(String::len).sum::<usize>())
}

#[divan::bench]
fn find(b: Bencher<'_, '_>) {
    // one memory of words for all texts: none is forgotten while its text is in use
    let mut words = Words::new(dictionary());
    let texts: Vec<Text<'_>> = documents().iter().map(|d| Text::new(d, &mut words)).collect();
    let mut finder = TimeFinder::new();
    let anchor = Moment::parse("2015-08-01").expect("a date");
    b.counter(bytes()).bench_local(|| texts.iter().map(|t| finder.find(t, &words, anchor, Prefer::Past).len()).sum::<usize>());
}

/// The floor: one scan for the words of time, which knows neither the words around them nor what they mean together.
#[divan::bench]
fn floor_aho_corasick(b: Bencher<'_, '_>) {
    let scan = aho_corasick::AhoCorasick::new(table().words()).expect("the words fit");
    b.counter(bytes()).bench_local(|| documents().iter().map(|d| scan.find_iter(d.as_str()).count()).sum::<usize>());
}
