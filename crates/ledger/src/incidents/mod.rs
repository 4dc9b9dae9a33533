//! Claims of several documents joined into incidents.
//!
//! | module | idea |
//! |---|---|
//! | [`telling`] | what one document tells of one event: the unit of joining |
//! | [`days`] | days, and how surely they are known |
//! | [`block`] | which tellings can be of one event at all |
//! | [`compare`] | how well two tellings fit one event |
//! | [`judgement`] | what people hold of two claims |
//! | [`mod@join`] | tellings put together, from scratch or one document more |
//! | `linkage` | the groups of a component |
//! | [`incident`] | what is held of an event: days, place, parties |
//! | [`counts`] | how many, by whom, and the best figure |
//! | [`origins`] | who of those that tell it did not have it from another |
//! | [`conflicts`] | what the tellings do not agree on |
//! | [`history`] | how reports changed what is held |
//! | [`kept`] | the incidents of a ledger, joined anew where something changed |

pub mod block;
pub mod compare;
pub mod conflicts;
pub mod counts;
pub mod days;
pub mod history;
pub mod incident;
pub mod join;
pub mod judgement;
pub mod kept;
mod linkage;
pub mod origins;
pub mod telling;

pub use incident::{Incident, Member};
pub use join::{Roll, Shelf, join, join_by_days, rejoin};
pub use judgement::{Judgements, Verdict};
pub use kept::{AtHand, Group, Joined, unverified};
pub use origins::Directory;
pub use telling::{Report, Telling, tellings};

use claims::record::Claim;
use foldhash::{HashMap, HashMapExt};
use places::Atlas;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// The incidents of some reports, joined from scratch: those that most documents tell first, of these the earlier, of one day those whose dead are
/// counted, of these those of which most is said; those that one document alone tells document by document.
///
/// The result does not depend on the order of the reports.
///
/// ```
/// use claims::{Coder, Document};
/// use places::Atlas;
/// use tawatur_ledger::incidents::{Directory, Judgements, Report, incidents};
/// let mut coder = Coder::new();
/// let mut read = |id: &str, outlet: &str, text: &str| {
///     let (id, outlet, published) = (id.to_string(), Some(outlet.to_string()), Some("2021-06-10".to_string()));
///     let d = Document { id, text: text.into(), outlet, published, ..Document::default() };
///     (coder.code(&d), d)
/// };
/// let coded = [
///     read("a", "الصباح", "قتل 4 مدنيين في قصف مدفعي استهدف بلدة معرة مصرين شمال إدلب، صباح اليوم."),
///     read("b", "المساء", "أدى قصف مدفعي على معرة مصرين اليوم إلى مقتل 5 مدنيين."),
/// ];
/// let reports: Vec<Report> = coded.iter().map(|(c, d)| Report { text: &d.text, claims: c, undated: false, copies: None }).collect();
/// let found = incidents(&reports, &Judgements::default(), &Atlas::embedded(), &Directory::embedded());
/// assert_eq!(found.len(), 1);
/// let killed = &found[0].counts["killed"];
/// assert_eq!((killed.low, killed.high, found[0].documents), (Some(4.0), Some(5.0), 2));
/// ```
pub fn incidents(reports: &[Report<'_>], judgements: &Judgements, atlas: &Atlas, directory: &Directory) -> Vec<Incident> {
    let mut told: Vec<Telling> = Vec::new();
    let mut of: Vec<usize> = Vec::new();
    for (n, r) in reports.iter().enumerate() {
        told.extend(tellings(r, atlas, judgements));
        of.resize(told.len(), n);
    }
    let mut by_id: HashMap<&str, &Claim> = HashMap::new();
    by_id.extend(reports.iter().flat_map(|r| r.claims).map(|c| (c.id.as_str(), c)));
    let groups = join(&told, judgements);
    let mut out: Vec<(Order, Incident)> = groups
        .iter()
        .map(|g| {
            let member = |n: &u32| {
                let (telling, report) = (&told[*n as usize], &reports[of[*n as usize]]);
                let claims = telling.claims.iter().filter_map(|c| by_id.get(c.as_str()).copied()).collect();
                Member { telling, claims, copies: report.copies }
            };
            (order(g.iter().map(|n| &told[*n as usize])), Incident::of(g.iter().map(member).collect(), atlas, directory))
        })
        .collect();
    out.sort_by(|(v, a), (w, b)| (v, &a.from, &a.id).cmp(&(w, &b.from, &b.id)));
    out.into_iter().map(|i| i.1).collect()
}

type Order = (Reverse<usize>, Option<telling::Name>, Option<i32>, Reverse<bool>, Reverse<usize>, Reverse<u32>);

/// The place of an incident in a list. Incidents of one document stand together, and of documents that tell the same events those of one day, so that
/// a ledger opens few documents more than once.
fn order<'a>(tellings: impl Iterator<Item = &'a Telling> + Clone) -> Order {
    let documents: BTreeSet<telling::Name> = tellings.clone().map(|t| t.document).collect();
    let alone = documents.first().copied().filter(|_| documents.len() == 1);
    let dead = tellings.clone().map(Telling::dead).max().unwrap_or(0);
    let day = tellings.clone().filter_map(|t| t.days).map(|d| d.from).min().filter(|_| alone.is_none());
    (Reverse(documents.len()), alone, day, Reverse(dead > 0), Reverse(tellings.map(|t| t.claims.len()).sum()), Reverse(dead))
}
