//! Generated reports for measuring: `cargo run --example reports -- 10000 > reports.jsonl`.
//!
//! They differ in day (eleven years), place (every settlement of the gazetteer), actors, means, numbers and wording; a fifth are near-copies of an earlier one, under another outlet,
//! trimmed or with a sentence of their own. The same count and seed give the same bytes. They are for speed and size: what they
//! tell never happened, and how well anything is read is not to be measured on them.

use std::io::{BufWriter, Write};

const OUTLETS: [&str; 8] = ["صدى الفرات", "المرصد اليومي", "وكالة الجسر", "منبر الساحل", "أخبار الشرق", "الراية", "صوت الجنوب", "نبض الشارع"];
const ACTORS: [&str; 10] = [
    "قوات الجيش",
    "الطيران الحربي",
    "مدفعية الجيش",
    "فصائل المعارضة",
    "مسلحون مجهولون",
    "القوات التركية",
    "تنظيم الدولة",
    "قوات سوريا الديمقراطية",
    "الشرطة",
    "القوات الروسية",
];
const SOURCES: [&str; 7] = ["مصدر طبي", "مصدر عسكري", "شهود عيان", "الدفاع المدني", "ناشطون محليون", "متحدث باسم الجيش", "المرصد السوري لحقوق الإنسان"];
const MONTHS: [&str; 12] = ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"];
/// {a} actor, {p} place, {g} governorate, {n} {m} numbers, {s} source, {d} day
const LEADS: [&str; 8] = [
    "قصفت {a} بلدة {p} في ريف {g} {d}، ما أدى إلى مقتل {n} مدنيين وإصابة {m} آخرين.",
    "قتل {n} مدنيين وأصيب {m} آخرون {d} في قصف شنته {a} على أطراف {p} بمحافظة {g}.",
    "اندلعت اشتباكات عنيفة {d} في محيط {p} بريف {g} بين {a} ومجموعات محلية، وأسفرت عن سقوط {n} قتلى.",
    "اعتقلت {a} {n} أشخاص {d} خلال حملة دهم في مدينة {p} التابعة لمحافظة {g}.",
    "تظاهر مئات الأهالي {d} في {p} بمحافظة {g} احتجاجا على تردي الخدمات، وفرقتهم {a} بالقوة.",
    "سيطرت {a} {d} على مواقع قرب {p} في ريف {g} بعد معارك استمرت {n} أيام.",
    "استهدفت غارات جوية {d} سوقا في {p} بريف {g}، وقال {s} إن {n} أشخاص قتلوا.",
    "انفجرت عبوة ناسفة {d} على طريق {p} في محافظة {g}، ما أسفر عن مقتل {n} أشخاص وجرح {m}.",
];
const MORE: [&str; 18] = [
    "وقال {s} إن عدد القتلى ارتفع إلى {m} بينهم طفلان وامرأة.",
    "وأفاد {s} بأن سيارات الإسعاف حملت الجرحى إلى مشاف خارج {p}.",
    "وأكد {s} أن القصف تسبب بدمار كبير في الأبنية السكنية والمحال التجارية.",
    "وكانت {a} قد قصفت المنطقة نفسها قبل {n} أيام دون وقوع إصابات.",
    "وشهدت {p} خلال الأسابيع الماضية حركة نزوح واسعة باتجاه القرى المجاورة.",
    "وطالب الأهالي المنظمات الإنسانية بتقديم المساعدات العاجلة إلى سكان {p}.",
    "ونفى {s} صحة الأنباء التي تحدثت عن سقوط قتلى في صفوف {a}.",
    "وأعلنت {a} في بيان أنها ستواصل عملياتها في ريف {g} حتى تحقيق أهدافها.",
    "وتبعد {p} نحو {m} كيلومترا عن مركز محافظة {g}.",
    "وأغلقت السلطات الطرق المؤدية إلى {p} حتى إشعار آخر.",
    "وعادت حركة السير تدريجيا مع ساعات المساء بعد انسحاب {a} من المنطقة.",
    "ودعا {s} إلى فتح تحقيق مستقل في ما جرى في {p}.",
    "واستمرت عمليات البحث عن مفقودين تحت الأنقاض حتى ساعة متأخرة من الليل.",
    "وتضررت مدرسة ومشفى ميداني جراء سقوط قذائف على الأحياء الغربية من {p}.",
    "ولم تتبن أي جهة المسؤولية عن الهجوم حتى الآن.",
    "ووصلت تعزيزات عسكرية إلى مشارف {p} مساء اليوم نفسه.",
    "وحذر {s} من تدهور الأوضاع المعيشية في ريف {g} مع اقتراب الشتاء.",
    "وذكر {s} أن {n} عائلات غادرت منازلها في {p} بحثا عن مكان آمن.",
];

/// SplitMix64.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}

struct Report {
    title: String,
    sentences: Vec<String>,
    published: String,
}

/// Every settlement of the gazetteer with the first-level area around it.
fn settlements() -> Vec<(&'static str, &'static str)> {
    let g = places::embedded();
    let area = |id| g.admin1(id).map(|a| g.get(a).name_ar);
    g.iter().filter(|(_, p)| p.kind == places::PlaceKind::Settlement && p.point.is_some()).filter_map(|(id, p)| Some((p.name_ar, area(id)?))).collect()
}

fn report(dice: &mut Dice, settlements: &[(&'static str, &'static str)]) -> Report {
    let (place, area) = dice.pick(settlements);
    let (year, month, day) = (2014 + dice.below(11), dice.below(12), 1 + dice.below(28));
    let (actor, number) = (dice.pick(&ACTORS), 3 + dice.below(8));
    let fill = |template: &str, dice: &mut Dice| {
        let when = match dice.below(3) {
            0 => "اليوم".to_string(),
            1 => "أمس".to_string(),
            _ => format!("في {day} {}", MONTHS[month]),
        };
        template
            .replace("{a}", actor)
            .replace("{p}", place)
            .replace("{g}", area)
            .replace("{n}", &number.to_string())
            .replace("{m}", &(number + 1 + dice.below(30)).to_string())
            .replace("{s}", dice.pick(&SOURCES))
            .replace("{d}", &when)
    };
    let lead = dice.pick(&LEADS);
    let mut sentences = vec![fill(lead, dice)];
    let mut left: Vec<&str> = MORE.to_vec();
    for _ in 0..8 + dice.below(7) {
        let i = dice.below(left.len());
        sentences.push(fill(left.swap_remove(i), dice));
    }
    Report { title: format!("تطورات ميدانية في {place} بريف {area}"), sentences, published: format!("{year}-{:02}-{day:02}", month + 1) }
}

fn main() -> std::io::Result<()> {
    let args: Vec<u64> = std::env::args().skip(1).filter_map(|a| a.parse().ok()).collect();
    let Some(&count) = args.first() else {
        eprintln!("usage: reports COUNT [SEED]");
        std::process::exit(2);
    };
    let mut dice = Dice(args.get(1).copied().unwrap_or(1));
    let mut w = BufWriter::new(std::io::stdout().lock());
    let settlements = settlements();
    let mut earlier: Vec<Report> = Vec::new();
    for n in 0..count {
        let outlet = dice.pick(&OUTLETS);
        let copy = !earlier.is_empty() && dice.below(5) == 0;
        let r = if copy {
            let i = dice.below(earlier.len());
            let mut sentences = earlier[i].sentences.clone();
            match dice.below(3) {
                0 => {
                    sentences.pop();
                }
                1 => sentences.push(format!("نقلا عن {outlet}.")),
                _ => {}
            }
            Report { title: format!("{} ({outlet})", earlier[i].title), sentences, published: earlier[i].published.clone() }
        } else {
            report(&mut dice, &settlements)
        };
        // paragraphs of three sentences
        let text = r.sentences.chunks(3).map(|p| p.join(" ")).collect::<Vec<_>>().join("\n\n");
        let line = serde_json::json!({
            "id": format!("report-{n}"), "text": text, "title": r.title, "published": r.published, "outlet": outlet, "url": format!("https://reports.example/{n}"),
        });
        writeln!(w, "{line}")?;
        if !copy {
            // copies are made of one of the last five hundred
            if earlier.len() == 500 {
                let i = dice.below(500);
                earlier[i] = r;
            } else {
                earlier.push(r);
            }
        }
    }
    w.flush()
}
