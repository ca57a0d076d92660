//! What can go wrong, told once.
//!
//! Two kinds matter: a [`Refusal`] is about what somebody gave us and says what, where and how to
//! mend it; everything else is a failure of ours or of the machine and keeps its source.

use std::fmt;

use crate::i18n::{Lang, Text};

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What was given cannot be accepted; says what, where and how to mend it.
    #[error("{0}")]
    Refused(Refusal),
    #[error("the database refused: {0}")]
    Database(#[from] sea_orm::DbErr),
    #[error("{what}: {source}")]
    Io { what: String, source: std::io::Error },
    /// Something that our own rules exclude; a defect, not an input.
    #[error("internal: {0}")]
    Internal(String),
}

impl Error {
    pub fn io(what: impl fmt::Display) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.to_string();
        move |source| Self::Io { what, source }
    }

    /// The sentence for a person. Failures of the machine are told without the machine's words.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            Self::Refused(refusal) => refusal.say(lang),
            Self::Database(source) => database(source).say(lang),
            Self::Io { what, source } => Text::new("error-io")
                .with("what", what.as_str())
                .with("why", source.to_string())
                .say(lang),
            Self::Internal(_) => Text::new("error-internal").say(lang),
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Text> for Error {
    fn from(text: Text) -> Self {
        Self::Refused(text.into())
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    pub text: Text,
    pub place: Place,
}

/// Where something stands in what was given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// As the person named it.
    pub file: Option<String>,
    /// Counted from 1.
    pub line: Option<u64>,
    /// The column or field, by name.
    pub field: Option<String>,
}

impl From<Text> for Refusal {
    fn from(text: Text) -> Self {
        Self { text, place: Place::default() }
    }
}

impl Refusal {
    pub fn new(text: Text) -> Self {
        text.into()
    }

    #[must_use]
    pub fn in_file(mut self, file: impl Into<String>) -> Self {
        self.place.file = Some(file.into());
        self
    }

    #[must_use]
    pub fn at_line(mut self, line: u64) -> Self {
        self.place.line = Some(line);
        self
    }

    #[must_use]
    pub fn in_field(mut self, field: impl Into<String>) -> Self {
        self.place.field = Some(field.into());
        self
    }

    /// The sentence for a person, with its place in front: `events.csv, line 3, promised: …`.
    pub fn say(&self, lang: Lang) -> String {
        let Place { file, line, field } = &self.place;
        let mut place = Vec::new();
        place.extend(file.clone());
        place.extend(line.map(|n| Text::new("error-line").with("line", n.to_string()).say(lang)));
        place.extend(field.clone());
        let colon = if lang == Lang::Fr { "\u{a0}: " } else { ": " };
        let text = self.text.say(lang);
        if place.is_empty() { text } else { format!("{}{colon}{text}", place.join(", ")) }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Lang::En))
    }
}

/// A database that did not do it has stored nothing, and the sentence may say so.
fn database(source: &sea_orm::DbErr) -> Text {
    let told = source.to_string().to_lowercase();
    let key = if told.contains("locked") || told.contains("busy") {
        "error-database-locked"
    } else if told.contains("full") || told.contains("no space") {
        "error-database-full"
    } else if told.contains("readonly") || told.contains("read-only") {
        "error-database-read-only"
    } else if matches!(source, sea_orm::DbErr::Conn(_) | sea_orm::DbErr::ConnectionAcquire(_)) {
        "error-database-away"
    } else {
        "error-database"
    };
    Text::new(key)
}
