//! A document from named fields: the keys of a JSON object, the columns of a table.

use crate::{Document, Options, Problem, meta};
use serde_json::{Map, Value};

/// A field of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// Its name among the others.
    Id,
    /// The report.
    Text,
    /// Its title.
    Title,
    /// The day or moment of publication.
    Published,
    /// Who published it.
    Outlet,
    /// Where it stood.
    Url,
}

impl Field {
    /// All of them.
    pub const ALL: [Field; 6] = [Field::Id, Field::Text, Field::Title, Field::Published, Field::Outlet, Field::Url];

    /// The key that records use.
    pub fn as_str(self) -> &'static str {
        match self {
            Field::Id => "id",
            Field::Text => "text",
            Field::Title => "title",
            Field::Published => "published",
            Field::Outlet => "outlet",
            Field::Url => "url",
        }
    }

    /// What people call it, in lower case; the surest first.
    pub(crate) fn names(self) -> &'static [&'static str] {
        match self {
            Field::Id => &["id", "doc_id", "article_id", "guid", "الرقم", "المعرف", "رقم"],
            Field::Text => &[
                "text",
                "body",
                "full_text",
                "fulltext",
                "article_body",
                "articlebody",
                "content",
                "article",
                "maintext",
                "message",
                "story",
                "description",
                "النص",
                "نص",
                "نص الخبر",
                "المتن",
                "المحتوى",
                "محتوى",
                "الخبر",
                "التفاصيل",
            ],
            Field::Title => &["title", "headline", "subject", "name", "العنوان", "عنوان", "عنوان الخبر"],
            Field::Published => &[
                "published",
                "date",
                "published_at",
                "publish_date",
                "pubdate",
                "publication_date",
                "published_date",
                "date_published",
                "datepublished",
                "timestamp",
                "created_at",
                "datetime",
                "time",
                "التاريخ",
                "تاريخ",
                "تاريخ النشر",
            ],
            Field::Outlet => {
                &["outlet", "source", "publisher", "site", "site_name", "newspaper", "website", "channel", "المصدر", "مصدر", "الموقع", "الصحيفة", "الوسيلة"]
            }
            Field::Url => &["url", "link", "href", "permalink", "source_url", "الرابط", "رابط"],
        }
    }

    /// The field that a key or column is called for, and how sure that is (0 the surest).
    pub(crate) fn named(name: &str) -> Option<(Field, usize)> {
        let name = name.trim().trim_end_matches(':').trim().to_lowercase().replace([' ', '-'], "_");
        let same = |n: &&str| n.replace(' ', "_") == name;
        Field::ALL.into_iter().filter_map(|f| Some((f, f.names().iter().position(&same)?))).min_by_key(|x| x.1)
    }
}

impl std::str::FromStr for Field {
    type Err = String;

    fn from_str(s: &str) -> Result<Field, String> {
        let known = || Field::ALL.map(Field::as_str).join(", ");
        Field::ALL.into_iter().find(|f| f.as_str() == s).ok_or_else(|| format!("“{s}” is no field of a document; the fields are {}", known()))
    }
}

/// A column of a table that holds a field, by its name or its number from 1.
///
/// ```
/// use tawatur_reader::record::{Column, Field};
/// let c: Column = "text=نص التقرير".parse().unwrap();
/// assert_eq!((c.field, c.column.as_str()), (Field::Text, "نص التقرير"));
/// assert!("text".parse::<Column>().is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Which field.
    pub field: Field,
    /// Which column.
    pub column: String,
}

impl std::str::FromStr for Column {
    type Err = String;

    fn from_str(s: &str) -> Result<Column, String> {
        let (field, column) = s.split_once('=').ok_or("write FIELD=COLUMN, as in text=content or date=3")?;
        Ok(Column { field: field.parse()?, column: column.trim().to_string() })
    }
}

/// A document from the keys of an object; what it does not use stays in `extra`. A key that is none of the contract's is taken
/// for one by its usual names when the contract's is missing.
///
/// # Errors
/// [`Problem::Field`] when it has no text.
pub fn document(mut map: Map<String, Value>, id: impl FnOnce() -> String, options: &Options) -> Result<Document, Problem> {
    let mut take = |field: Field| {
        // of the usual names only a text's are tried: another `source` or `name` may mean anything
        let keys = if field == Field::Text { field.names() } else { &field.names()[..1] };
        keys.iter().find_map(|key| {
            let found = match map.get(*key)? {
                Value::String(s) => Some(s.clone()),
                Value::Number(n) if field == Field::Id => Some(n.to_string()),
                Value::Null => None,
                _ => return None,
            };
            map.shift_remove(*key);
            found.filter(|s| !s.trim().is_empty())
        })
    };
    let text = take(Field::Text);
    let (title, outlet, url, date, given) = (take(Field::Title), take(Field::Outlet), take(Field::Url), take(Field::Published), take(Field::Id));
    let Some(text) = text else { return Err(Problem::Field("text")) };
    let mut d = Document { id: given.unwrap_or_else(id), text, title, outlet, url, extra: map, ..Document::default() };
    d.date(date, options);
    Ok(d)
}

impl Document {
    /// Sets the date of publication from what was given, which is kept when it is none.
    pub(crate) fn date(&mut self, given: Option<String>, options: &Options) {
        let Some(given) = given else { return };
        match meta::iso(&given) {
            Some(iso) => self.published = Some(iso),
            None => {
                self.warnings.push(Problem::Date(given.clone()).to_string());
                self.extra.insert("published_as_given".into(), Value::String(given));
                self.published = options.published.clone();
            }
        }
    }
}
