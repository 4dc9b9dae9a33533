//! What is found in text, and as what. Every sentence is written for these tests.

use arabic::text::Text;
use arabic::words::Words;
use proptest::prelude::*;
use tawatur_places::{Hints, PlaceFinder, PlaceKind, PlaceMention, PlaceRole};

/// The mentions of a text: as written, and the id that each resolves to.
fn found(text: &str) -> Vec<(String, Option<&'static str>)> {
    mentions(text).into_iter().map(|(s, id, _)| (s, id)).collect()
}

fn mentions(text: &str) -> Vec<(String, Option<&'static str>, PlaceMention)> {
    let mut words = Words::new(arabic::dictionary());
    let analysed = Text::new(text, &mut words);
    let mut finder = PlaceFinder::new();
    let list = finder.find(&analysed, &words, &Hints::default());
    list.into_iter().map(|m| (text[m.bytes.clone()].to_string(), m.place.map(|p| finder.atlas().get(p).id), m)).collect()
}

fn names(text: &str) -> Vec<String> {
    mentions(text).into_iter().map(|m| m.0).collect()
}

#[test]
fn villages_with_and_without_clitics() {
    assert_eq!(found("اندلع حريق بالخوين"), [("الخوين".into(), Some("sy.khuwayn"))]);
    assert_eq!(found("وصلت القافلة إلى قرية أم خلاخيل")[0].1, Some("sy.umm-al-khalakhil"));
    assert_eq!(found("وصلت القافلة إلى قرية أم الخلاخيل")[0].1, Some("sy.umm-al-khalakhil"));
}

#[test]
fn the_two_villages_lie_where_they_lie() {
    for (id, lat, lon) in [("sy.khuwayn", 35.478, 36.836), ("sy.umm-al-khalakhil", 35.512, 36.882)] {
        let g = tawatur_places::embedded();
        let place = g.get(g.by_id(id).unwrap());
        assert!(tawatur_places::kilometres(place.point.unwrap(), (lat, lon)) < 1.0, "{id}");
        assert_eq!(g.admin1(g.by_id(id).unwrap()).map(|a| g.get(a).id), Some("sy.idlib"));
    }
}

#[test]
fn lists_hang_together() {
    let m = mentions("تضررت قرى الخوين وسكيك والتمانعة بريف إدلب الجنوبي");
    assert_eq!(m.iter().map(|m| &*m.0).collect::<Vec<_>>(), ["الخوين", "سكيك", "التمانعة", "ريف إدلب الجنوبي"]);
    assert!(m.windows(2).all(|w| w[0].2.chain == w[1].2.chain), "one locative phrase");
}

#[test]
fn a_countryside_is_an_area_of_its_own() {
    let m = &mentions("هدوء في ريف حلب الشمالي")[0];
    assert_eq!((&*m.0, m.1, m.2.kind), ("ريف حلب الشمالي", None, PlaceKind::Region));
    assert_eq!(m.2.precision, 3);
    assert!(m.2.approximated_by.is_some(), "the point is the governorate's, and says so");
}

#[test]
fn a_direction_without_article_begins_the_next_place() {
    assert_eq!(names("أمطار في سهل الغاب غربي حماة"), ["سهل الغاب", "حماة"]);
    assert_eq!(names("أمطار في شمال غربي سوريا"), ["شمال غربي سوريا"]);
}

#[test]
fn distance_makes_near() {
    let m = &mentions("على بعد 30 كلم شمال شرقي بعقوبة")[0];
    assert_eq!((m.2.role, m.2.precision), (PlaceRole::Near, 2));
}

#[test]
fn units_and_roads_and_facilities_by_their_kind() {
    assert_eq!(names("سقطت قذائف في الفوج 46 غربي حلب"), ["الفوج 46", "حلب"]);
    assert!(names("زار القائد الفوج 46").is_empty(), "a unit is no place by itself");
    assert_eq!(names("توقفت الشاحنات على طريق حلب – دمشق")[0], "طريق حلب – دمشق");
    assert_eq!(names("أزمة سير على طريق M4")[0], "طريق M4");
    assert_eq!(names("نقل الجرحى إلى المشفى الوطني في درعا")[0], "المشفى الوطني");
}

#[test]
fn words_persons_and_states_adjectives_are_no_places() {
    assert!(names("قال صالح إن الثورة مستمرة").is_empty());
    assert!(names("أعلنت الحكومة السورية القرار").is_empty());
    assert!(names("هذه أكبر مدينة كبيرة").is_empty(), "an adjective behind a head");
}

#[test]
fn an_unknown_village_takes_the_point_of_its_area() {
    let m = &mentions("حريق في قرية الزمزومية بريف منبج")[0];
    assert_eq!((&*m.0, m.1), ("الزمزومية", None));
    assert_eq!(m.2.precision, 3);
    assert!(m.2.approximated_by.is_some() && m.2.point.is_some());
}

#[test]
fn a_name_that_nothing_knows_is_placed_by_what_stands_around_it() {
    let m = &mentions("حريق في زمزومة بولاية كولورادو")[0];
    assert_eq!((&*m.0, m.1, m.2.found.as_str()), ("زمزومة", None, "place.placed"));
    assert_eq!(names("أمطار في الفوج 46 غربي حلب، وعين زمزوم غربي حماة"), ["الفوج 46", "حلب", "عين زمزوم", "حماة"]);
    assert_eq!(names("توقف السير عند حاجز الزيتونة بريف درعا")[0], "حاجز الزيتونة");
    assert!(names("توقف السير عند حاجز التفتيش").is_empty(), "a thing is a name only where it is placed");
    assert_eq!(names("إلى معسكر «كامب زمزوم»"), ["كامب زمزوم"], "a name in quotes is whole");
}

#[test]
fn lists_take_in_names_of_two_words() {
    assert_eq!(names("في قرى سكيك وخربة الزعفرانة والشيخ عسران والتمانعة"), ["سكيك", "خربة الزعفرانة", "الشيخ عسران", "التمانعة"]);
    assert_eq!(names("في الموصل، فإن المدينة")[..1], ["الموصل"], "a particle is no town of Turkey");
    assert_eq!(names("في الموصل، فإن المدينة").len(), 1);
}

#[test]
fn a_part_of_what_was_told_before_lies_in_it() {
    let m = mentions("وصل إلى مدينة طولكرم ثم إلى بوابة شويكة غربي المدينة");
    let told = m.last().unwrap();
    assert_eq!((&*told.0, told.2.found.as_str()), ("غربي المدينة", "place.told"));
    let town = m.iter().find(|m| m.0 == "طولكرم").unwrap();
    assert_eq!(told.2.approximated_by, town.2.place);
    assert_eq!(found("هدوء شمالي الضفة"), [("الضفة".into(), Some("ps.west-bank"))]);
    assert!(names("عبور إلى الضفة الشرقية من القناة").is_empty(), "another bank");
}

#[test]
fn facilities_that_lie_at_the_town_of_their_name() {
    assert_eq!(found("رست السفينة في ميناء عدن"), [("ميناء عدن".into(), Some("ye.port-of-aden")), ("عدن".into(), Some("ye.aden-city"))]);
    assert_eq!(names("ازدحام على طريق بلدة الهول"), ["طريق بلدة الهول", "الهول"]);
    assert_eq!(names("ازدحام عند حاجز سالم"), ["حاجز سالم"]);
}

#[test]
fn directions_offices_and_manners_are_no_names() {
    assert_eq!(names("احتجاجات في مناطق شمال وشرق سوريا"), ["شمال وشرق سوريا"]);
    assert!(names("زار مديرية الكهرباء").is_empty(), "a directorate, no district");
    assert!(names("قتل بطريق الخطأ").is_empty());
    assert_eq!(names("ازدحام في شارع المدارس"), ["شارع المدارس"]);
    assert_eq!(names("حريق في مسجد الهداية"), ["مسجد الهداية"]);
    let mosque = &mentions("حريق في مسجد التوبة بمدينة حمص")[0].2;
    assert!(mosque.approximated_by.is_some_and(|a| tawatur_places::Atlas::embedded().get(a).name_ar == "حمص"), "not at the village التوبة: {mosque:?}");
    assert!(names("وصف مسجد الهداية").is_empty(), "a thing is a name only where something happens");
    assert!(names("هذه أفضل طبقة في البئر").is_empty(), "الطبقة has its article");
}

#[test]
fn towns_may_be_called_like_buildings() {
    for text in ["قصف على مدينة جسر الشغور", "قصف على جسر الشغور"] {
        assert_eq!(found(text), [("جسر الشغور".into(), Some("sy.jisr-al-shughur"))]);
    }
}

#[test]
fn what_is_joined_is_another_place() {
    assert_eq!(found("سقطت ثلاثون بلدة وكييف تنفي"), [("كييف".into(), Some("ua.kyiv"))]);
}

#[test]
fn of_namesakes_the_one_usually_called_so_and_near() {
    assert_eq!(found("سقطت قذائف قرب معبر «الحمران» شمالي منبج")[0].1, Some("sy.hamran-crossing"));
    assert_eq!(found("حريق في قرية المشيرفة شرق ناحية عين عيسى")[0].1, Some("sy.mushayrifa.raqqa"));
    assert_eq!(found("حريق في قرية البوغاز غرب مدينة منبج")[0].1, Some("sy.bughaz"), "another village is called so too");
}

#[test]
fn a_point_that_stands_in_is_told() {
    let quarter = &mentions("حريق في حي الزيتون بمدينة غزة")[0].2;
    let (place, by) = (quarter.place.unwrap(), quarter.approximated_by.unwrap());
    assert!(by != place && quarter.precision == 3, "no table has the quarter's own point");
    let crossing = &mentions("ازدحام عند معبر باب السلامة")[0].2;
    assert_eq!((crossing.approximated_by, crossing.precision), (None, 2), "its point is that of a village beside it");
}

#[test]
fn what_stands_beside_a_name_tells_which_is_not_meant() {
    assert_eq!(found("سقطت قذائف على بلدة الأزرق بريف حلب الشمالي")[0].1, None, "not the one in Jordan");
    assert_eq!(found("معارك في رفح بشمال سيناء").len(), 2);
    assert_eq!(found("أمطار في قرية جنين بريف درعا")[0].1, None, "not the city");
    assert_eq!(found("أمطار في جنين وريف درعا")[0].1, Some("ps.jenin-city"), "two places");
}

#[test]
fn a_word_behind_a_head_is_a_name_only_where_it_can_be_one() {
    assert_eq!(names("زار الوفد مدينة أثرية وجولة في مناطق وقف إطلاق النار"), [""; 0]);
    assert_eq!(names("تضررت ضواحي مدينة عدن"), ["عدن"]);
    assert_eq!(names("سيارات في جميع مدن المملكة"), [""; 0]);
    assert_eq!(names("سأل الله أن يمن على المرضى، وقال نصر الله إن الأمر انتهى"), [""; 0]);
    assert_eq!(found("انتشار في إب وسط اليمن")[0].1, Some("ye.ibb-city"));
}

#[test]
fn the_land_of_a_country_is_a_part_of_it() {
    let m = &mentions("انفجار على الحدود السورية التركية")[0];
    assert_eq!((&*m.0, m.1, m.2.kind, m.2.precision), ("الحدود السورية التركية", None, PlaceKind::Region, 3));
    assert_eq!(names("حشود على الشريط الحدودي السعودي"), ["الشريط الحدودي السعودي"]);
    assert_eq!(names("غارات في الأراضي اليمنية المحتلة"), ["الأراضي اليمنية المحتلة"]);
    assert_eq!(names("سيارة في القرية القريبة من الحدود السورية"), [""; 0], "it only locates");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_text_is_read(words in prop::collection::vec(prop_oneof![
        Just("في"), Just("ريف"), Just("حلب"), Just("طريق"), Just("–"), Just("و"), Just("قرية"), Just("الفوج"), Just("46"), Just("شمال"), Just("العاصمة"),
        Just("“"), Just("،"), Just("M4"), Just("الواصل"), Just("بين"), Just("تل"), Just("النبي"), Just("مدينتي"), Just(".")], 0..24)) {
        let text = words.join(" ");
        for (s, _, m) in mentions(&text) {
            prop_assert!(!s.is_empty());
            prop_assert!(m.tokens.start < m.tokens.end && (1..=3).contains(&m.precision));
        }
    }
}
