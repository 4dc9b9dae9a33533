//! `tawatur places`: gazetteers of one's own, and what the gazetteers know.

use crate::cli::{PlacesCheck, PlacesCommand, PlacesImport};
use crate::messages::Messages;
use crate::output::safe::terminal;
use ::places::import::{self, Import};
use ::places::{Atlas, Gazetteer, PlaceId, kilometres};
use std::collections::HashMap;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

pub fn run(c: PlacesCommand, atlas: &Atlas) -> std::io::Result<ExitCode> {
    match c {
        PlacesCommand::Import(c) => import(c),
        PlacesCommand::Lookup { name } => lookup(&name, atlas),
        PlacesCommand::Check(c) => check(c),
    }
}

/// Tells on a terminal how far a long import is.
fn progress() -> impl FnMut(usize) {
    let shown = std::io::stderr().is_terminal();
    move |rows| {
        if shown && rows > 0 {
            eprint!("\r{rows} rows read");
        }
    }
}

fn read(files: &[PathBuf], options: &import::Options) -> Result<Import, ExitCode> {
    import::read(files, options, &mut progress()).map_err(|e| {
        eprintln!("tawatur: {}", terminal(&e.to_string()));
        ExitCode::from(1)
    })
}

fn import(c: PlacesImport) -> std::io::Result<ExitCode> {
    let coder = claims::Coder::new();
    let country = match c.country.as_deref().map(|iso3| (iso3, coder.country(iso3))) {
        Some((iso3, None)) => {
            eprintln!("tawatur: --country {}: no such country; write its ISO 3166 alpha-3 code, as in SYR", terminal(iso3));
            return Ok(ExitCode::from(2));
        }
        Some((_, Some(iso2))) => Some(iso2.to_string()),
        None => None,
    };
    let alpha3 = coder.countries().map(|(three, two)| (three.to_string(), two.to_string())).collect();
    let options = import::Options { columns: c.columns, country, alpha3, alternate_names: c.alternate_names };
    let i = match read(&c.inputs, &options) {
        Ok(i) => i,
        Err(code) => return Ok(code),
    };
    let mut messages = Messages::default();
    for e in &i.refused {
        messages.refuse(&e.to_string());
    }
    let named = i.rows.iter().filter(|r| !r.name_ar.is_empty()).count();
    if named == 0 {
        eprintln!(
            "tawatur: no row has a name in Arabic letters: nothing to import; give GeoNames' alternate names with --alternate-names, or the column with --columns"
        );
        return Ok(ExitCode::from(1));
    }
    let bytes = match ::places::compile(&i.rows) {
        Ok(b) => b,
        Err(e) => {
            eprintln!("tawatur: {e}");
            return Ok(ExitCode::from(1));
        }
    };
    ::places::write(&c.output, &bytes).map_err(|e| std::io::Error::new(e.kind(), format!("{}: {e}; name a file that can be written", c.output.display())))?;
    eprintln!(
        "{} rows read, {named} places kept, {} without a name in Arabic letters, {} refused; {} written ({} KiB)",
        i.seen,
        i.unnamed,
        i.refused.len(),
        terminal(&c.output.display().to_string()),
        bytes.len().div_ceil(1 << 10)
    );
    Ok(messages.code())
}

fn lookup(name: &str, atlas: &Atlas) -> std::io::Result<ExitCode> {
    let mut w = std::io::stdout().lock();
    let mut any = false;
    for g in atlas.layers() {
        let mut found: Vec<PlaceId> = g.lookup(name).iter().map(|p| p.place).collect();
        found.extend(g.by_id(name).filter(|id| !found.contains(id)));
        if found.is_empty() && name.is_ascii() {
            found.extend(g.iter().filter(|(_, p)| p.name_en.eq_ignore_ascii_case(name)).map(|(id, _)| id));
        }
        for id in found {
            any = true;
            writeln!(w, "{}", line(g, id))?;
        }
    }
    if !any {
        eprintln!("tawatur: no place is called {}; try another spelling, or import a gazetteer that has it (`tawatur places import`)", terminal(name));
    }
    Ok(ExitCode::from(u8::from(!any)))
}

/// `id  name (English)  kind in its containing places  lat lon  rank, source`
fn line(g: &Gazetteer<'_>, id: PlaceId) -> String {
    let p = g.get(id);
    let within: Vec<&str> = g.ancestors(id).skip(1).map(|a| g.get(a).name_en).filter(|n| !n.is_empty()).collect();
    let point = match p.point {
        Some((lat, lon)) => format!("{lat:.4} {lon:.4}"),
        None => "no coordinates".into(),
    };
    let marked = if p.marked { ", a word too" } else { "" };
    terminal(&format!("{}  {} ({})  {} in {}  {point}  rank {}, {}{marked}", p.id, p.name_ar, p.name_en, p.kind.as_str(), within.join(", "), p.rank, p.source))
}

/// How far apart two tables may put one place.
const AGREE: f64 = 5.0;

/// A row of another table that has a place's name: how far off, and which.
struct Reference {
    km: f64,
    point: (f64, f64),
    at: String,
}

/// The source of rows that no table has: reports name the place.
const PRESS: &str = "press";

/// Another place of the name, so far off, says nothing of this one.
const ELSEWHERE: f64 = 150.0;

fn check(c: PlacesCheck) -> std::io::Result<ExitCode> {
    let mut files = Vec::new();
    for p in &c.references {
        match std::fs::read_dir(p) {
            Ok(dir) => files.extend(dir.filter_map(|f| f.ok().map(|f| f.path())).filter(|p| p.is_file())),
            Err(_) => files.push(p.clone()),
        }
    }
    files.sort();
    let g = ::places::embedded();
    let mut nearest: HashMap<PlaceId, Reference> = HashMap::new();
    let mut rows = 0;
    for f in &files {
        let i = match read(std::slice::from_ref(f), &import::Options::default()) {
            Ok(i) => i,
            Err(code) => return Ok(code),
        };
        rows += i.rows.iter().filter(|r| r.point.is_some()).count();
        for r in &i.rows {
            compare(&g, r, &f.file_name().unwrap_or_default().to_string_lossy(), &mut nearest);
        }
    }
    if rows == 0 {
        eprintln!("tawatur: no names with coordinates in the reference tables; name a folder or files of them");
        return Ok(ExitCode::from(1));
    }
    let mut w = std::io::BufWriter::new(std::io::stdout().lock());
    let (mut agree, mut areas, mut differ, mut unknown, mut pointless, mut unsourced) = (0, 0, 0, 0, 0, 0);
    for (id, p) in g.iter() {
        if p.source == PRESS {
            unsourced += 1;
            if c.unsourced {
                writeln!(w, "{}  is in no table that we know", line(&g, id))?;
            }
        }
        match nearest.get(&id) {
            _ if p.point.is_none() => pointless += 1,
            None => unknown += 1,
            Some(r) if r.km <= AGREE => agree += 1,
            Some(r) => {
                areas += usize::from(p.kind.is_area());
                differ += 1;
                writeln!(w, "{}  {:.0} km from {} ({:.4} {:.4})", line(&g, id), r.km, terminal(&r.at), r.point.0, r.point.1)?;
            }
        }
    }
    writeln!(
        w,
        "{} rows: {agree} agree within {AGREE} km with a row of the same name, {differ} do not (above; {areas} of them areas, whose middle need not be the town of \
         their name), {unknown} are in none of the tables, {pointless} have no coordinates; {unsourced} of all rest on reports alone",
        g.len()
    )?;
    w.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Holds a row of another table against the places that bear one of its names, whatever their kind (the seat of an area lies in it): those that agree with
/// it, else the nearest. Of namesakes each has its own row there, which says nothing of the others.
fn compare(g: &Gazetteer<'_>, row: &::places::source::Row, file: &str, nearest: &mut HashMap<PlaceId, Reference>) {
    let Some(point) = row.point else { return };
    let names = std::iter::once(&row.name_ar).chain(&row.variants);
    let called = names.flat_map(|name| g.lookup(name)).filter_map(|p| Some((kilometres(g.point(p.place)?, point), p.place)));
    let mut called: Vec<(f64, PlaceId)> = called.collect();
    called.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    for (n, (km, place)) in called.into_iter().enumerate() {
        let held = km <= AGREE || n == 0 && km <= ELSEWHERE;
        if held && nearest.get(&place).is_none_or(|r| km < r.km) {
            nearest.insert(place, Reference { km, point, at: format!("{file}, {}", row.id) });
        }
    }
}
