//! The customer's pages: data in, whole pages out. Nothing here knows of requests or tables.
//!
//! [`pages`] are the three that ask, [`notices`] those around them. [`timeline`] is the journey
//! in words. Every page works without script and cookie; what is typed is kept when the language
//! is switched, since the switch is a button of the same form.

mod group;
pub mod notices;
pub mod pages;
pub mod timeline;

pub use group::product_words;
pub use notices::{closed_page, privacy_page, thanks_page, unsubscribe_page, unsubscribed_page};
pub use notices::{withdraw_page, withdrawn_page};
pub use pages::{outcome_page, parts_page, words_page};

pub use super::form::Problem;
use crate::blueprint::Blueprint;
use crate::calendar::Zone;
use crate::i18n::{Lang, Text, Words};
use crate::journey::trace::Trace;
use crate::survey::Questionnaire;

#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    pub questionnaire: &'a Questionnaire,
    pub blueprint: &'a Blueprint,
    /// `None` once the customer said that it was not their journey.
    pub trace: Option<&'a Trace>,
    pub zone: &'a Zone,
    /// The language wished for; the page is in the nearest that the questionnaire offers.
    pub lang: Lang,
    pub organisation: &'a str,
}

#[derive(Clone, Debug)]
pub struct CustomerFrame {
    token: String,
    lang: Lang,
    /// Before every id and name, so that previews can stand beside each other.
    prefix: String,
    preview: bool,
    /// Whether pages were saved through another link.
    saved_elsewhere: bool,
}

impl CustomerFrame {
    /// The frame of the pages of a link.
    pub fn new(token: impl Into<String>, lang: Lang) -> Self {
        Self {
            token: token.into(),
            lang,
            prefix: String::new(),
            preview: false,
            saved_elsewhere: false,
        }
    }

    /// Whether pages were saved through another link.
    pub fn with_saved_elsewhere(self, saved_elsewhere: bool) -> Self {
        Self { saved_elsewhere, ..self }
    }

    /// The language wished for.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The frame of a page that is only looked at: its fields are disabled, and its ids and names
    /// begin with `prefix`.
    pub fn preview(prefix: impl Into<String>, lang: Lang) -> Self {
        Self {
            token: String::new(),
            lang,
            prefix: prefix.into(),
            preview: true,
            saved_elsewhere: false,
        }
    }
}

#[derive(Clone, Debug)]
pub struct Shell {
    w: Words,
    title: String,
    organisation: String,
    /// `None` where it is not offered.
    other: Option<Lang>,
    around: CustomerFrame,
    problems: Vec<ListedProblem>,
}

#[derive(Clone, Debug)]
struct ListedProblem {
    field: String,
    text: String,
}

impl Shell {
    /// A page without questions.
    fn new(around: &CustomerFrame, organisation: &str, title: Text) -> Self {
        Self {
            w: Words(around.lang),
            title: title.say(around.lang),
            organisation: organisation.to_owned(),
            other: Some(around.lang.other()),
            around: around.clone(),
            problems: Vec::new(),
        }
    }

    /// A page that asks, in a language that its questionnaire offers.
    fn asking(
        subject: &Subject<'_>,
        around: &CustomerFrame,
        title: Text,
        problems: &[Problem],
    ) -> Self {
        let wording = &subject.questionnaire.wording;
        let lang = wording.nearest(subject.lang);
        let listed = problems.iter().map(|problem| ListedProblem {
            field: problem.field.clone(),
            text: problem.text.say(lang),
        });
        Self {
            other: Some(lang.other()).filter(|other| wording.languages.contains(other)),
            problems: listed.collect(),
            ..Self::new(&CustomerFrame { lang, ..around.clone() }, subject.organisation, title)
        }
    }

    fn lang(&self) -> Lang {
        self.w.0
    }

    fn id(&self, name: &str) -> String {
        format!("{}{name}", self.around.prefix)
    }

    fn problem(&self, field: &str) -> Option<String> {
        self.problems
            .iter()
            .find(|problem| problem.field == field)
            .map(|problem| problem.text.clone())
    }

    /// The level of the page's title: a preview stands under the titles of another page.
    fn level(&self) -> u8 {
        if self.around.preview { 4 } else { 1 }
    }

    fn preview(&self) -> bool {
        self.around.preview
    }

    fn token(&self) -> &str {
        &self.around.token
    }
}

#[cfg(test)]
mod tests;
