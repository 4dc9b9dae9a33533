//! The command line.

use crate::commands;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Reads Arabic reports of conflict and keeps what they claim: who says that who did what to whom, where, when, how many.
#[derive(Debug, Parser)]
#[command(name = "tawatur", version = version(), max_term_width = 110, arg_required_else_help = true)]
pub struct Cli {
    /// A folder of words, actors and events of your own, laid out as lexicon/ is: they are added to the program's, an entry of a known
    /// id takes that entry's place, and `remove = ["id"]` takes entries away.
    #[arg(long, value_name = "DIR", global = true)]
    pub lexicon: Option<PathBuf>,
    /// A gazetteer of your own, made by `places import`: its places are known beside the program's. May be given several times; without it,
    /// the files that the environment variable TAWATUR_PLACES lists are taken, separated as in PATH.
    #[arg(long, value_name = "FILE", global = true)]
    pub places: Vec<PathBuf>,
    #[command(subcommand)]
    pub command: Command,
}

impl Cli {
    /// The user's gazetteers: those of the call, else those of the environment.
    pub fn gazetteers(&self) -> Vec<PathBuf> {
        if !self.places.is_empty() {
            return self.places.clone();
        }
        let listed = std::env::var_os("TAWATUR_PLACES").unwrap_or_default();
        std::env::split_paths(&listed).filter(|p| !p.as_os_str().is_empty()).collect()
    }
}

/// The program's version and the lexicon's hash.
fn version() -> &'static str {
    concat!(env!("CARGO_PKG_VERSION"), " (lexicon ", env!("TAWATUR_LEXICON"), ")")
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Documents in, claims out.
    Code(Code),
    /// The text with each claim under its sentence, and the entry or rule behind every part.
    Explain(Explain),
    /// Time expressions, resolved.
    When(When),
    /// Numbers in digits and words.
    Numbers(Common),
    /// Places, resolved.
    Where(Where),
    /// Persons, groups, organisations, population groups.
    Who(Common),
    /// The documents that `code` would see, as JSON lines.
    Read(Read),
    /// Claims of several documents joined into events, with ranges, origins and conflicts.
    Incidents(Incidents),
    /// Codes documents and keeps them with their claims in a ledger; the same input twice changes nothing.
    Add(commands::add::Args),
    /// Full text and filters over a ledger's documents and claims.
    Search(commands::search::Args),
    /// A claim, an incident or a document of a ledger, with its history.
    Show(commands::show::Args),
    /// Claims of a ledger by what they lack.
    Gaps(commands::gaps::Args),
    /// Claims out to a table (CSV or XLSX) for people to rule on, and their rulings back in.
    Review(commands::review::Args),
    /// Two claims, actors or places are one and the same.
    Same(commands::judge::Args),
    /// Two claims, actors or places are two.
    Different(commands::judge::Args),
    /// It cannot be told whether two claims, actors or places are one; takes an earlier judgement back.
    Unsure(commands::judge::Args),
    /// Codes every document of a ledger again: new claims are added, those no longer found are withdrawn.
    Recode(commands::recode::Args),
    /// Destroys the key of a document, and with it all that was kept of it.
    Erase(commands::erase::Args),
    /// Checks a ledger: the chain, every document's hash, every span against its text, all that is derived.
    Verify(commands::verify::Args),
    /// Signs the end of a ledger's chain, in minisign's format.
    Checkpoint(commands::checkpoint::Args),
    /// Makes everything that a ledger derives from its statements again.
    Rebuild(commands::rebuild::Args),
    /// Checks the lexicon, runs its examples, shows what your own files change.
    #[command(subcommand)]
    Lexicon(LexiconCommand),
    /// How well the coder agrees with a person, slot by slot, on reports that the person annotated.
    Eval(Eval),
    /// Gazetteers: import one's own, look a name up, check the table against others.
    #[command(subcommand)]
    Places(PlacesCommand),
}

/// What can be asked of the lexicon (with `--lexicon DIR`: of the program's with yours over it).
#[derive(Debug, Subcommand)]
pub enum LexiconCommand {
    /// Unknown codes, entries that nothing can reach, names and words that two entries claim, missing examples.
    Check,
    /// Codes every entry's own examples: what stands under `match` must be found, what stands under `not` must not.
    Test {
        /// Only entries whose id begins so: "assault."
        #[arg(long, value_name = "ID", default_value = "")]
        only: String,
    },
    /// The entries that your files add, change and take away, and the claims of documents that come and go with them.
    Diff(LexiconDiff),
}

#[derive(Debug, Args)]
pub struct LexiconDiff {
    /// Documents to code with and without your files.
    #[arg(value_name = "INPUT")]
    pub inputs: Vec<String>,
}

#[derive(Debug, Args)]
pub struct Eval {
    /// Annotated reports, one a line (docs/evaluation.md).
    #[arg(long, value_name = "GOLD.jsonl")]
    pub gold: PathBuf,
    /// Documents to code instead of the texts of GOLD, told apart by their ids.
    #[arg(value_name = "INPUT")]
    pub inputs: Vec<String>,
    /// Print so many of the claims that were missed or false.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub errors: usize,
}

/// What every command that reads takes.
#[derive(Debug, Args)]
pub struct Common {
    /// Files, folders, or - for standard input.
    #[arg(default_value = "-", value_name = "INPUT")]
    pub inputs: Vec<String>,
    /// Write here instead of to standard output.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The day of publication of documents that do not tell theirs.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub published: Option<String>,
    /// The largest document that is read, in MiB.
    #[arg(long, value_name = "MIB", default_value_t = 64)]
    pub max_size: u64,
    /// Which column of a table holds what, by name or number, where the guess is wrong: text=content.
    #[arg(long, value_name = "FIELD=COLUMN")]
    pub column: Vec<reader::record::Column>,
}

#[derive(Debug, Args)]
pub struct Read {
    #[command(flatten)]
    pub common: Common,
    /// Also what of each input is not in the text, and why.
    #[arg(long)]
    pub dropped: bool,
    /// Also where each piece of the text stood in its page: code points of the text, then of the page.
    #[arg(long)]
    pub map: bool,
    /// Note in this file how far the run has come; the same call goes on from there.
    #[arg(long, value_name = "STATEFILE")]
    pub resume: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Code {
    #[command(flatten)]
    pub common: Common,
    /// How claims are written.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// How many documents are coded at once; the output is the same with any number.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: Option<u16>,
    /// Note in this file how far the run has come; the same call goes on from there.
    #[arg(long, value_name = "STATEFILE")]
    pub resume: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Table,
    /// One record a line.
    Jsonl,
    /// One claim a row.
    Csv,
}

#[derive(Debug, Args)]
pub struct Incidents {
    #[command(flatten)]
    pub common: Common,
    /// Join the claims of this ledger instead of inputs.
    #[arg(long, value_name = "PATH", conflicts_with = "inputs")]
    pub ledger: Option<PathBuf>,
    /// Only the incidents in which this document of the ledger takes part: its number, id or web address.
    #[arg(long, value_name = "DOCUMENT", requires = "ledger")]
    pub document: Option<String>,
    /// Give the names of sources and parties that the actor lexicon does not have; that they were shown is recorded in the ledger.
    #[arg(long, requires = "ledger")]
    pub show_names: bool,
    /// Who is shown them; else the name of the user of this computer.
    #[arg(long, value_name = "NAME", requires = "show_names")]
    pub by: Option<String>,
    /// How incidents are written.
    #[arg(long, value_enum, default_value_t = IncidentFormat::Table)]
    pub format: IncidentFormat,
    /// Only incidents of this type; may be given several times.
    #[arg(long = "type", value_name = "TYPE", value_parser = crate::commands::event_type)]
    pub types: Vec<claims::record::EventType>,
    /// Only incidents that at least so many documents tell.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub documents: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum IncidentFormat {
    /// For people.
    Table,
    /// One incident a line, with everything.
    Jsonl,
    /// One incident a row.
    Csv,
    /// One incident a feature, for maps.
    Geojson,
}

#[derive(Debug, Args)]
pub struct Explain {
    #[command(flatten)]
    pub common: Common,
    /// Also how each sentence is cut into phrases.
    #[arg(long)]
    pub phrases: bool,
}

#[derive(Debug, Args)]
pub struct When {
    #[command(flatten)]
    pub common: Common,
    /// Which way a bare weekday or month leans.
    #[arg(long, value_enum, default_value_t = Prefer::Past)]
    pub prefer: Prefer,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Prefer {
    /// The last one, as in news.
    Past,
    /// The next one, as in announcements.
    Future,
}

#[derive(Debug, Args)]
pub struct Where {
    #[command(flatten)]
    pub common: Common,
    /// The places lie near this point: "35.5,36.8".
    #[arg(long, value_name = "LAT,LON", value_parser = point, allow_hyphen_values = true)]
    pub near: Option<(f64, f64)>,
    /// The places lie in this country: SYR.
    #[arg(long, value_name = "ISO3", conflicts_with = "near")]
    pub country: Option<String>,
}

fn date(s: &str) -> Result<String, String> {
    reader::meta::iso(s).ok_or_else(|| "write YYYY-MM-DD, as in 2018-02-13".into())
}

fn point(s: &str) -> Result<(f64, f64), String> {
    let wrong = || "write latitude,longitude in degrees, as in 35.5,36.8".to_string();
    let (lat, lon) = s.split_once(',').ok_or_else(wrong)?;
    let (lat, lon): (f64, f64) = (lat.trim().parse().map_err(|_| wrong())?, lon.trim().parse().map_err(|_| wrong())?);
    if (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon) { Ok((lat, lon)) } else { Err(wrong()) }
}

/// What can be done with gazetteers.
#[derive(Debug, Subcommand)]
pub enum PlacesCommand {
    /// Compiles tables of places into one file for `--places`: GeoNames' country dumps, OCHA's tables of P-codes (CSV or XLSX), any table
    /// whose columns are told.
    Import(PlacesImport),
    /// Every place of a name (or of an id), in the program's gazetteer and those of `--places`.
    Lookup {
        /// The name, with or without its article.
        name: String,
    },
    /// Holds every row of the program's gazetteer against other tables: how many agree within 5 km, and which do not.
    Check(PlacesCheck),
}

#[derive(Debug, Args)]
pub struct PlacesImport {
    /// The tables.
    #[arg(required = true, value_name = "FILE")]
    pub inputs: Vec<PathBuf>,
    /// Write the compiled gazetteer here.
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// GeoNames' file of alternate names (alternateNamesV2.txt, or a country's part of it): the Arabic names stand there.
    #[arg(long, value_name = "FILE")]
    pub alternate_names: Option<PathBuf>,
    /// Which column holds what: name_ar=الاسم,lat=Y,lon=X (also: id, variants, name_en, kind, parent, rank, country).
    #[arg(long, value_name = "FIELD=TITLE,…", value_delimiter = ',', value_parser = column)]
    pub columns: Vec<(String, String)>,
    /// The country of rows that do not tell theirs: SYR.
    #[arg(long, value_name = "ISO3")]
    pub country: Option<String>,
}

#[derive(Debug, Args)]
pub struct PlacesCheck {
    /// Folders or files of other tables, in any layout that `places import` reads.
    #[arg(required = true, value_name = "TABLE")]
    pub references: Vec<PathBuf>,
    /// Also list the rows that no table has (source `press`): reports name the place, and it carries no coordinates.
    #[arg(long)]
    pub unsourced: bool,
}

fn column(s: &str) -> Result<(String, String), String> {
    let fields = places::import::FIELDS;
    match s.split_once('=').map(|(f, t)| (f.trim(), t.trim())) {
        Some((f, t)) if fields.contains(&f) && !t.is_empty() => Ok((f.into(), t.into())),
        _ => Err(format!("write FIELD=TITLE, where FIELD is one of {}", fields.join(", "))),
    }
}
