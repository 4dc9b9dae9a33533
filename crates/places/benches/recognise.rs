//! How fast places are found in text that is analysed already, beside a plain scan for the same names; and how long an imported
//! gazetteer takes to load. Run with `cargo bench -p tawatur-places`.

use aho_corasick::AhoCorasick;
use arabic::text::Text;
use arabic::words::Words;
use divan::Bencher;
use divan::counter::BytesCount;
use std::sync::OnceLock;
use tawatur_places::source::{PlaceKind, Row};
use tawatur_places::{Atlas, Hints, PlaceFinder, compile, embedded, open, write};

fn main() {
    divan::main();
}

/// A report's worth of sentences, most of whose words are no names, over and over with other places.
const SENTENCES: [&str; 6] = [
    "وذكرت مصادر محلية أن طائرات حربية شنت صباح أمس غارات عدة على أطراف بلدة {} بريف {} ولم ترد حتى ساعة إعداد هذا الخبر معلومات عن ضحايا. ",
    "وكان ناشطون قد تحدثوا عن قصف مدفعي استهدف قريتي {} و{} منذ ساعات الفجر الأولى وأدى إلى دمار واسع في ممتلكات السكان. ",
    "وأضاف المصدر أن فرق الإسعاف نقلت المصابين إلى مشفى قريب، وأن العائلات التي فرت من منازلها ما تزال تنتظر المساعدة. ",
    "من جهته قال المتحدث باسم المنظمة إن الأوضاع الإنسانية في مدينة {} تزداد سوءا مع اقتراب الشتاء ونقص الوقود والدواء. ",
    "وتأتي هذه التطورات بعد أيام من اجتماع ضم ممثلين عن الأطراف المختلفة لبحث سبل التهدئة وفتح الطرق أمام القوافل. ",
    "وأفاد شهود بأن الطريق بين {} و{} ما يزال مقطوعا بسبب الأعمال العسكرية التي تشهدها المنطقة. ",
];

/// About 2 kB a document, 256 documents.
fn documents() -> &'static Vec<String> {
    static DOCUMENTS: OnceLock<Vec<String>> = OnceLock::new();
    DOCUMENTS.get_or_init(|| {
        let g = embedded();
        let names: Vec<&str> = g.iter().filter(|(_, p)| p.kind == PlaceKind::Settlement && !p.marked).map(|(_, p)| p.name_ar).collect();
        let mut next = (0..).map(|i: usize| names[i * 7919 % names.len()]);
        let fill = |s: &str, next: &mut dyn Iterator<Item = &'static str>| {
            let mut parts = s.split("{}");
            let mut out = parts.next().unwrap_or_default().to_string();
            for p in parts {
                out.push_str(next.next().unwrap_or_default());
                out.push_str(p);
            }
            out
        };
        (0..256).map(|_| SENTENCES.iter().map(|s| fill(s, &mut next)).collect()).collect()
    })
}

/// Half a million names that no dictionary knows: seven letters each, most with a head of names.
fn bytes() -> Vec<u8> {
    const LETTERS: [&str; 20] = ["ب", "ت", "ج", "ح", "خ", "د", "ر", "ز", "س", "ش", "ص", "ط", "ع", "غ", "ف", "ق", "ك", "ل", "م", "ن"];
    const HEADS: [&str; 6] = ["", "", "تل ", "كفر ", "أم ", "خربة "];
    let rows: Vec<Row> = (0..500_000usize)
        .map(|i| {
            // mixed well: names in order would make an automaton of next to nothing
            let mixed = (i as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
            let at = |k: u32| LETTERS[(mixed / 20u64.pow(k) % 20) as usize];
            let name = format!("{}{}ا{}{}ي{}{}", HEADS[i % 6], at(0), at(1), at(2), at(3), at(4));
            let point = Some((30.0 + (i % 700) as f64 / 100.0, 35.0 + (i / 700) as f64 / 100.0));
            Row { point, rank: 2, ..Row::new(&format!("x.{i}"), &name, PlaceKind::Settlement, "") }
        })
        .collect();
    compile(&rows).unwrap()
}

fn imported() -> (tempfile::TempDir, std::path::PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("invented.places");
    write(&path, &bytes()).unwrap();
    (dir, path)
}

fn recognise(bencher: Bencher<'_, '_>, mut finder: PlaceFinder) {
    let mut words = Words::new(arabic::dictionary());
    let texts: Vec<Text<'_>> = documents().iter().map(|d| Text::new(d, &mut words)).collect();
    let size: usize = documents().iter().map(String::len).sum();
    let hints = Hints::default();
    // the words of the texts are met once before, as they are in a run over many documents
    for t in &texts {
        finder.find(t, &words, &hints);
    }
    bencher.counter(BytesCount::new(size)).bench_local(|| texts.iter().map(|t| finder.find(t, &words, &hints).len()).sum::<usize>());
}

#[divan::bench]
fn embedded_names(bencher: Bencher<'_, '_>) {
    recognise(bencher, PlaceFinder::new());
}

#[divan::bench]
fn half_a_million_names_more(bencher: Bencher<'_, '_>) {
    let (_dir, path) = imported();
    recognise(bencher, PlaceFinder::with(Atlas::with([open(&path).unwrap()])));
}

/// The floor: an automaton over the embedded names as they are written, on the bare bytes.
#[divan::bench]
fn plain_scan(bencher: Bencher<'_, '_>) {
    let g = embedded();
    let names: Vec<&str> = g.iter().map(|(_, p)| p.name_ar).collect();
    let scan = AhoCorasick::new(&names).unwrap();
    let size: usize = documents().iter().map(String::len).sum();
    bencher.counter(BytesCount::new(size)).bench_local(|| documents().iter().map(|d| scan.find_iter(d).count()).sum::<usize>());
}

#[divan::bench]
fn load_half_a_million_names(bencher: Bencher<'_, '_>) {
    let (_dir, path) = imported();
    bencher.bench(|| open(&path).unwrap().len());
}
