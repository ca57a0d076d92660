//! What can go wrong, told once.
//!
//! Two kinds matter: a [`Refusal`] is about what somebody gave us and says what, where and how to
//! mend it; everything else is a failure of ours or of the machine and keeps its source.

use std::borrow::Cow;
use std::fmt;
use std::io::ErrorKind;

use sea_orm::{DbErr, RuntimeErr};

use crate::i18n::{Lang, Text};

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What was given cannot be accepted; says what, where and how to mend it.
    #[error("{0}")]
    Refused(Refusal),
    #[error("the database refused: {0}")]
    Database(#[from] DbErr),
    /// Somebody still reads an older state of the database, which stands in its log.
    #[error("the log of the database is in use")]
    LogInUse,
    /// The file of the database was looked through, and is not what was written.
    #[error("the database is damaged")]
    Damaged,
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

    /// Whether there is no room: it may be made any moment.
    pub fn is_full_disk(&self) -> bool {
        match self {
            Self::Database(source) => DatabaseFailure::of(source) == DatabaseFailure::Full,
            Self::Io { source, .. } => {
                matches!(source.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded)
            }
            _ => false,
        }
    }

    /// The sentence for a person. Failures of the machine are told without the machine's words.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            Self::Refused(refusal) => refusal.say(lang),
            Self::Database(source) => DatabaseFailure::of(source).text().say(lang),
            Self::LogInUse => DatabaseFailure::Locked.text().say(lang),
            Self::Damaged => DatabaseFailure::Damaged.text().say(lang),
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
    /// Where it stands.
    pub place: Spot,
}

/// Where something stands in what was given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// The file, as the person named it.
    pub file: Option<String>,
    /// Counted from 1.
    pub line: Option<u64>,
    /// The column or field, by name.
    pub field: Option<String>,
}

impl From<Text> for Refusal {
    fn from(text: Text) -> Self {
        Self { text, place: Spot::default() }
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
        let Spot { file, line, field } = &self.place;
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

/// What a failure of the database says by its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatabaseFailure {
    /// Somebody else holds what was asked for.
    Locked,
    /// The disk is full.
    Full,
    ReadOnly,
    /// There is no connection.
    Away,
    Damaged,
    /// Another transaction changed the same rows: this one may be tried again.
    Conflict,
    Other,
}

impl DatabaseFailure {
    pub fn of(failure: &DbErr) -> Self {
        match (failure, code_of(failure).as_deref()) {
            (_, Some(state)) if state.len() == SQLSTATE => Self::of_postgres(state),
            (_, Some(code)) => Self::of_sqlite(code, failure),
            (DbErr::Conn(_) | DbErr::ConnectionAcquire(_), None) => Self::Away,
            (_, None) => Self::Other,
        }
    }

    fn of_postgres(state: &str) -> Self {
        match state {
            "55P03" => Self::Locked,
            "53100" => Self::Full,
            "25006" => Self::ReadOnly,
            // Too many connections; shut down, crashed, starting.
            "53300" | "57P01" | "57P02" | "57P03" => Self::Away,
            // Not serializable, deadlock, unique.
            "40001" | "40P01" | "23505" => Self::Conflict,
            _ if state.starts_with("08") => Self::Away,
            "XX001" | "XX002" => Self::Damaged,
            _ => Self::Other,
        }
    }

    /// The extended code has the primary one in its lowest byte.
    fn of_sqlite(code: &str, failure: &DbErr) -> Self {
        let code: i32 = code.parse().unwrap_or_default();
        match (code, code & 0xff) {
            (_, 5 | 6) => Self::Locked,
            (_, 13) => Self::Full,
            (_, 8) => Self::ReadOnly,
            // Malformed, or no database at all.
            (_, 11 | 26) => Self::Damaged,
            // Of a primary key, of a unique index.
            (1555 | 2067, _) => Self::Conflict,
            _ if matches!(failure, DbErr::Conn(_)) => Self::Away,
            _ => Self::Other,
        }
    }

    /// The truthful sentence: nothing was stored.
    fn text(self) -> Text {
        Text::new(match self {
            Self::Locked => "error-database-locked",
            Self::Full => "error-database-full",
            Self::ReadOnly => "error-database-read-only",
            Self::Away => "error-database-away",
            Self::Damaged => "error-database-damaged",
            Self::Conflict | Self::Other => "error-database",
        })
    }
}

/// Characters of a code of PostgreSQL; those of SQLite are shorter.
const SQLSTATE: usize = 5;

fn code_of(failure: &DbErr) -> Option<String> {
    let (DbErr::Conn(RuntimeErr::SqlxError(driver))
    | DbErr::Exec(RuntimeErr::SqlxError(driver))
    | DbErr::Query(RuntimeErr::SqlxError(driver))) = failure
    else {
        return None;
    };
    driver.as_database_error()?.code().map(Cow::into_owned)
}
