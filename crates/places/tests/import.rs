//! Tables of others: every layout, and every kind of broken row by its line.

use proptest::prelude::*;
use std::path::PathBuf;
use tawatur_places::import::{Import, Options, read};
use tawatur_places::{Gazetteer, PlaceKind, compile};

fn import(name: &str, text: &str, options: &Options) -> Import {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    std::fs::write(&path, text).unwrap();
    read(&[path], options, &mut |_| {}).unwrap()
}

/// A row of a GeoNames dump.
fn geonames(id: &str, name: &str, alternates: &str, point: (&str, &str), feature: (&str, &str), admin: [&str; 2]) -> String {
    let (lat, lon) = point;
    let (class, code) = feature;
    let [a1, a2] = admin;
    format!("{id}\t{name}\t{name}\t{alternates}\t{lat}\t{lon}\t{class}\t{code}\tSY\t\t{a1}\t{a2}\t\t\t2500\t\t300\tAsia/Damascus\t2024-01-01")
}

#[test]
fn a_geonames_dump() {
    let rows = [
        geonames("1", "Sahl", "Sahl,سهل الورد", ("35.1", "36.1"), ("A", "ADM1"), ["07", ""]),
        geonames("2", "Nakhla", "النخلة,Nakhla,نخلة", ("35.2", "36.2"), ("P", "PPL"), ["07", ""]),
        geonames("3", "Nowhere", "Nowhere", ("35.3", "36.3"), ("P", "PPL"), ["07", ""]),
        geonames("4", "Off", "خارج", ("95.3", "36.3"), ("P", "PPL"), ["07", ""]),
        geonames("2", "Twice", "مرتين", ("35.2", "36.2"), ("P", "PPL"), ["07", ""]),
        "5\tshort\trow".to_string(),
        geonames("x", "Bad", "سيئ", ("35.2", "36.2"), ("P", "PPL"), ["07", ""]),
    ];
    let i = import("SY.txt", &rows.join("\n"), &Options::default());
    assert_eq!(i.refused.iter().map(|e| e.line).collect::<Vec<_>>(), [4, 5, 6, 7]);
    assert!(i.refused[0].message.contains("off the globe") && i.refused[1].message.contains("stands already"), "{:?}", i.refused);
    assert_eq!(i.unnamed, 1);
    let bytes = compile(&i.rows).unwrap();
    let g = Gazetteer::open(&bytes).unwrap();
    let id = g.by_id("gn.2").unwrap();
    assert_eq!(g.ancestors(id).map(|a| g.get(a).id).collect::<Vec<_>>(), ["gn.2", "gn.1", "sy"]);
    assert_eq!(g.lookup("نخلة").len(), 1);
}

#[test]
fn alternate_names_say_what_is_usual() {
    let dir = tempfile::tempdir().unwrap();
    let (dump, names) = (dir.path().join("SY.txt"), dir.path().join("alternateNamesV2.txt"));
    std::fs::write(&dump, geonames("9", "Nakhla", "", ("35.2", "36.2"), ("P", "PPL"), ["", ""])).unwrap();
    std::fs::write(&names, "1\t9\tar\tنخيلة\t\t\t\t\n2\t9\tar\tالنخلة\t1\t\t\t\n3\t9\ten\tNakhla\t\t\t\t\n4\t9\tar\tقديم\t\t\t\t1\n").unwrap();
    let options = Options { alternate_names: Some(names), ..Options::default() };
    let i = read(&[dump], &options, &mut |_| {}).unwrap();
    assert_eq!((&*i.rows[0].name_ar, &i.rows[0].variants[..]), ("النخلة", &["نخيلة".to_string()][..]));
}

#[test]
fn ocha_tables() {
    let wide = "ADM1_EN,ADM1_AR,ADM1_PCODE,ADM2_EN,ADM2_AR,ADM2_PCODE,Latitude,Longitude\nNorth,الشمال,SY90,Palm,النخلة,SY9001,35.1,36.2\nNorth,الشمال,SY90,Cedar,الأرز,SY9002,35.3,936\n";
    let i = import("adm2.csv", wide, &Options::default());
    assert_eq!(
        i.rows.iter().map(|r| (&*r.id, r.kind, &*r.parent)).collect::<Vec<_>>()[..2],
        [("SY90", PlaceKind::Admin1, "sy"), ("SY9001", PlaceKind::Admin2, "SY90")]
    );
    assert_eq!(i.refused[0].line, 3);
    let long = "level;pcode;name_ar;name_en;admin1_pcode;admin2_pcode;lat;lon\n1;SY90;الشمال;North;;;35;36\n2;SY9001;النخلة;Palm;SY90;;35.1;36.1\n7;SY9002;الأرز;Cedar;SY90;;35.1;36.1\n";
    let i = import("areas.csv", long, &Options::default());
    assert_eq!(i.rows[1].parent, "SY90");
    assert!(i.refused[0].message.contains("no level"));
}

#[test]
fn any_table_with_its_columns_told() {
    let columns = [("name_ar", "الاسم"), ("lat", "Y"), ("lon", "X")].map(|(a, b)| (a.to_string(), b.to_string())).to_vec();
    let options = Options { columns, country: Some("sy".into()), ..Options::default() };
    let i = import("own.tsv", "X\tY\tالاسم\n36.2\t35.2\tالنخلة\nabc\t35.2\tالسدرة\n", &options);
    assert_eq!((&*i.rows[0].id, &*i.rows[0].parent, i.rows[0].point), ("own.2", "sy", Some((35.2, 36.2))));
    assert_eq!(i.refused[0].line, 3);
}

#[test]
fn an_unknown_layout_says_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("odd.csv");
    std::fs::write(&path, "a,b\n1,2\n").unwrap();
    let e = read(&[path], &Options::default(), &mut |_| {}).unwrap_err().to_string();
    assert!(e.contains("a, b") && e.contains("--columns"), "{e}");
}

#[test]
fn a_workbook_that_is_none_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("areas.xlsx");
    std::fs::write(&path, b"PK\x03\x04 no workbook").unwrap();
    let e = read(&[path], &Options::default(), &mut |_| {}).unwrap_err().to_string();
    assert!(e.contains("areas.xlsx") && e.contains("save it as"), "{e}");
    assert!(read(&[PathBuf::from("/nowhere/at/all.csv")], &Options::default(), &mut |_| {}).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400), tabs in any::<bool>()) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(if tabs { "a.tsv" } else { "a.csv" });
        let mut table = if tabs { b"name_ar\tlat\tlon\n".to_vec() } else { b"name_ar,lat,lon\n".to_vec() };
        table.extend(bytes);
        std::fs::write(&path, table).unwrap();
        if let Ok(i) = read(&[path], &Options::default(), &mut |_| {}) {
            prop_assert!(compile(&i.rows).is_ok());
        }
    }

    #[test]
    fn no_bytes_open_as_a_gazetteer_by_chance(mut bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Gazetteer::open(&bytes);
        bytes.splice(0..0, *b"TWTRgaz1\x05\0\0\0");
        prop_assert!(Gazetteer::open(&bytes).is_err());
    }
}
