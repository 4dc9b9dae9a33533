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

/// A workbook as OCHA has them: a sheet of notes, then a sheet of areas whose titles stand under a title of its own.
fn workbook(path: &std::path::Path) {
    use rust_xlsxwriter::Workbook;
    let mut book = Workbook::new();
    let notes = book.add_worksheet().set_name("ReadMe").unwrap();
    notes.write_string(0, 0, "Made for a test").unwrap();
    let areas = book.add_worksheet().set_name("Areas").unwrap();
    areas.write_string(0, 0, "Administrative areas, second level").unwrap();
    for (n, title) in ["ADM1_EN", "ADM1_AR", "ADM1_PCODE", "ADM2_EN", "ADM2_AR", "ADM2_PCODE", "Latitude", "Longitude"].iter().enumerate() {
        areas.write_string(2, n as u16, *title).unwrap();
    }
    for (row, code, arabic, lat, lon) in [(3, 9001.0, "النخلة", 35.1, 36.2), (4, 9002.0, "الأرز", 35.3, 936.0), (1_000_000, 9003.0, "السدرة", 35.0, 36.5)]
    {
        for (n, cell) in [(0, "North"), (1, "الشمال"), (2, "SY90"), (3, "Tree"), (4, arabic)] {
            areas.write_string(row, n, cell).unwrap();
        }
        for (n, number) in [(5, code), (6, lat), (7, lon)] {
            areas.write_number(row, n, number).unwrap();
        }
    }
    // so far away that a table of all cells would not fit in memory
    areas.write_string(1_048_575, 16_383, "end").unwrap();
    book.save(path).unwrap();
}

#[test]
fn ocha_workbooks() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("areas.xlsx");
    workbook(&path);
    let i = read(&[path], &Options::default(), &mut |_| {}).unwrap();
    let rows: Vec<_> = i.rows.iter().map(|r| (&*r.id, &*r.name_ar, &*r.parent, r.point)).collect();
    let expected = [("SY90", "الشمال", "sy", None), ("9001", "النخلة", "SY90", Some((35.1, 36.2))), ("9003", "السدرة", "SY90", Some((35.0, 36.5)))];
    assert_eq!(rows[..3], expected);
    let refused: Vec<_> = i.refused.iter().map(|e| (e.file.rsplit('[').next().unwrap(), e.line, e.message.contains("not known"))).collect();
    assert_eq!(refused, [("Areas]", 5, false), ("ReadMe]", 1, true)]);
    let old = dir.path().join("areas.ods");
    std::fs::write(&old, b"PK").unwrap();
    assert!(read(&[old], &Options::default(), &mut |_| {}).unwrap_err().to_string().contains("save it as .xlsx"));
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
        bytes.splice(0..0, *b"TWTRgaz2\x06\0\0\0");
        prop_assert!(Gazetteer::open(&bytes).is_err());
    }
}
