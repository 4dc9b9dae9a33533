//! Sixty pages: twenty layouts, as sites have them, with three reports each. Built the same on every run.

pub mod articles;
mod layouts;

use articles::{ARTICLES, Article};

/// A page and what should be read of it.
pub struct Case {
    pub name: String,
    pub html: String,
    pub article: &'static Article,
}

/// All of them.
pub fn all() -> Vec<Case> {
    let layouts = layouts::ALL.iter().enumerate();
    layouts
        .flat_map(|(n, (name, build))| {
            (0..3).map(move |k| {
                let article = &ARTICLES[(n + 2 * k) % ARTICLES.len()];
                Case { name: format!("{:02}-{name}-{}", n + 1, k + 1), html: build(article), article }
            })
        })
        .collect()
}
