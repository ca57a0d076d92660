//! The dossier as a page.

use askama::Template;

use super::{Dossier, Part};
use crate::error::{Error, Result};
use crate::i18n::{Lang, Words};

#[derive(Template)]
#[template(path = "guarantee/dossier.html")]
struct Paper<'a> {
    w: Words,
    dossier: &'a Dossier,
}

impl Dossier {
    /// As one page that needs no other file, to be printed on A4.
    pub fn to_html(&self, lang: Lang) -> Result<String> {
        let paper = Paper { w: Words(lang), dossier: self };
        paper.render().map_err(|failure| Error::Internal(format!("a template failed: {failure}")))
    }
}
