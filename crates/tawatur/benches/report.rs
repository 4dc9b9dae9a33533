//! How fast each part of the work is, beside its floor: one Aho-Corasick pass over the same bytes in the same run, for the words that the
//! part looks for. Printed as lines of `part`, `MB/s`, `floor MB/s`, parted by tabs; `scripts/bench` makes one table of it and of
//! what only whole runs of the program can tell.
//!
//! `TAWATUR_BENCH=FILE cargo bench -p tawatur --bench report` takes JSON Lines with a `text` and a `published`. Without it a few sentences
//! are repeated, which shows the tool but flatters it: few different words.

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use arabic::number::Numbers;
use arabic::text::Text;
use arabic::words::Words;
use claims::{Coder, Document};
use places::{Hints, PlaceFinder};
use std::hint::black_box;
use std::time::Instant;
use time::{Anchor, Prefer, TimeFinder};

const SAMPLE: &str = "أعلنت وزارة الدفاع مساء أمس الأربعاء مقتل ثلاثة جنود وإصابة خمسة آخرين في قصف مدفعي استهدف موقعا للجيش قرب الحدود، \
    فيما قال ناشطون إن الطيران الحربي نفذ أكثر من عشرين غارة على أحياء المدينة منذ مطلع الشهر الجاري.";

/// No more bytes of text than these are measured on.
const MOST: usize = 16 << 20;
/// Each figure is that of the fastest of so many runs: whatever else the machine does only makes one slower.
const RUNS: usize = 5;

fn documents() -> Vec<Document> {
    let Ok(path) = std::env::var("TAWATUR_BENCH") else {
        return vec![Document { text: SAMPLE.repeat(10), published: Some("2015-08-01".into()), ..Document::default() }; 200];
    };
    let lines = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    let mut bytes = 0;
    let read = lines.lines().map(|l| {
        let v: serde_json::Value = serde_json::from_str(l).unwrap_or_else(|e| panic!("{path}: {e}"));
        let field = |k: &str| v[k].as_str().map(str::to_string);
        Document { text: field("text").unwrap_or_default(), title: field("title"), published: field("published"), ..Document::default() }
    });
    read.take_while(|d| {
        bytes += d.text.len();
        bytes <= MOST
    })
    .collect()
}

fn floor(words: Vec<String>) -> AhoCorasick {
    // a single machine over millions of states: the smallest kind is also the fastest that can be built
    AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(words).expect("the words fit")
}

struct Report<'a> {
    docs: &'a [Document],
    mb: f64,
}

impl Report<'_> {
    /// Megabytes of text a second.
    fn rate(&self, mut run: impl FnMut() -> usize) -> f64 {
        let seconds = (0..RUNS).map(|_| {
            let start = Instant::now();
            black_box(run());
            start.elapsed().as_secs_f64()
        });
        self.mb / seconds.fold(f64::INFINITY, f64::min)
    }

    fn scan(&self, floor: &AhoCorasick) -> f64 {
        self.rate(|| self.docs.iter().map(|d| floor.find_iter(&d.text).count()).sum())
    }
}

fn main() {
    let docs = documents();
    let r = Report { docs: &docs, mb: docs.iter().map(|d| d.text.len()).sum::<usize>() as f64 / 1e6 };
    let line = |part: &str, rate: f64, floor: f64| println!("{part}\t{rate:.1}\t{floor:.1}");

    let source = claims::embedded_source();
    let actors = source.actors.iter().flat_map(|a| std::iter::once(&a.name).chain(&a.aliases)).cloned();
    let forms = arabic::dictionary().forms();
    let named: Vec<String> = places::embedded().iter().map(|(_, p)| p.name_ar.to_string()).collect();
    let words = floor(forms.clone());
    let lexicon = floor(forms.into_iter().chain(actors).chain(named.iter().cloned()).collect());
    let (scan_words, scan_lexicon) = (r.scan(&words), r.scan(&lexicon));
    drop((words, lexicon));

    let mut coder = Coder::new();
    line("coding, words seen before", r.rate(|| docs.iter().map(|d| coder.code(d).len()).sum()), scan_lexicon);
    let fresh = r.rate(|| {
        let mut coder = Coder::new();
        docs.iter().map(|d| coder.code(d).len()).sum()
    });
    line("coding, words seen for the first time", fresh, scan_lexicon);

    let mut memory = Words::new(arabic::dictionary());
    line("analysing, words seen before", r.rate(|| docs.iter().map(|d| Text::new(&d.text, &mut memory).tokens.len()).sum()), scan_words);
    let fresh = r.rate(|| {
        let mut memory = Words::new(arabic::dictionary());
        docs.iter().map(|d| Text::new(&d.text, &mut memory).tokens.len()).sum()
    });
    line("analysing, words seen for the first time", fresh, scan_words);

    // the parts that look into texts already taken apart, document by document: time is counted in the part alone
    let mut memory = Words::new(arabic::dictionary());
    let mut part = |find: &mut dyn FnMut(&Text<'_>, &Words, &Document) -> usize| {
        let best = (0..RUNS).map(|_| {
            docs.iter()
                .map(|d| {
                    let text = Text::new(&d.text, &mut memory);
                    let start = Instant::now();
                    black_box(find(&text, &memory, d));
                    start.elapsed().as_secs_f64()
                })
                .sum::<f64>()
        });
        r.mb / best.fold(f64::INFINITY, f64::min)
    };
    let mut times = TimeFinder::new();
    let any = Anchor::parse("2015-08-01").expect("a date");
    let rate = part(&mut |t, w, d| times.find(t, w, d.published.as_deref().and_then(Anchor::parse).unwrap_or(any), Prefer::Past).len());
    line("time expressions of analysed text", rate, r.scan(&AhoCorasick::new(time::table().words()).expect("the words fit")));
    let mut finder = PlaceFinder::new();
    let rate = part(&mut |t, w, _| finder.find(t, w, &Hints::default()).len());
    line("places of analysed text", rate, r.scan(&floor(named)));
    let mut numbers = Numbers::new();
    let rate = part(&mut |t, w, _| numbers.find(t, w).len());
    line("numbers of analysed text", rate, scan_words);
}
