//! How fast a text is taken apart, beside a plain Aho-Corasick scan for every form of the dictionary.
//!
//! `TAWATUR_BENCH=FILE cargo bench -p tawatur-arabic` measures on a file of one's own: plain text, one document a line, or JSON Lines
//! with a `text`. Without it a short text of the tests is repeated, which shows the tool but flatters it: few different words.

use arabic::number::Numbers;
use arabic::search::Analyser;
use arabic::text::Text;
use arabic::words::Words;
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use std::sync::OnceLock;
use tawatur_arabic as arabic;

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

/// Tokens, sentences and all readings, with the memory of words that a run over many documents has.
#[divan::bench]
fn analyse(b: Bencher<'_, '_>) {
    let mut words = Words::new(arabic::dictionary());
    let mut run = || documents().iter().map(|d| Text::new(d, &mut words).tokens.len()).sum::<usize>();
    run();
    b.counter(bytes()).bench_local(|| black_box(run()));
}

/// The same, every word seen for the first time.
#[divan::bench]
fn analyse_first_time(b: Bencher<'_, '_>) {
    b.counter(bytes()).bench_local(|| {
        let mut words = Words::new(arabic::dictionary());
        documents().iter().map(|d| Text::new(d, &mut words).tokens.len()).sum::<usize>()
    });
}

/// Exact, folded and lemma forms.
#[divan::bench]
fn search_forms(b: Bencher<'_, '_>) {
    let mut analyser = Analyser::new(arabic::dictionary());
    let mut run = || documents().iter().map(|d| analyser.analyse(d).len()).sum::<usize>();
    run();
    b.counter(bytes()).bench_local(|| black_box(run()));
}

/// Numbers of texts already taken apart.
#[divan::bench]
fn numbers(b: Bencher<'_, '_>) {
    let mut words = Words::new(arabic::dictionary());
    let texts: Vec<Text<'_>> = documents().iter().map(|d| Text::new(d, &mut words)).collect();
    let mut finder = Numbers::new();
    b.counter(bytes()).bench_local(|| texts.iter().map(|t| finder.find(t, &words).len()).sum::<usize>());
}

/// The floor: one scan for all forms, which knows neither words nor clitics.
#[divan::bench]
fn floor_aho_corasick(b: Bencher<'_, '_>) {
    let forms = arabic::dictionary().forms();
    let scan = aho_corasick::AhoCorasick::builder().kind(Some(aho_corasick::AhoCorasickKind::ContiguousNFA)).build(forms).expect("the forms fit");
    b.counter(bytes()).bench_local(|| documents().iter().map(|d| scan.find_iter(d.as_str()).count()).sum::<usize>());
}
