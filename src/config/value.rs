//! The values of the settings as they were given, each with where it came from.

use std::collections::BTreeMap;
use std::fmt;

use crate::error::{Error, Refusal, Result};
use crate::i18n::Text;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    Default,
    File(String),
    Environment(&'static str),
    CommandLine,
    Derived,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(path) => f.write_str(path),
            Self::Environment(name) => f.write_str(name),
            Self::CommandLine => f.write_str("command line"),
            Self::Derived => f.write_str("derived"),
        }
    }
}

pub(super) type Values = BTreeMap<&'static str, (String, Origin)>;

/// Works a setting that nobody gave out of the others.
pub(super) fn derive(values: &mut Values, key: &'static str, value: String) {
    if values.get(key).is_none_or(|(given, _)| given.is_empty()) {
        values.insert(key, (value, Origin::Derived));
    }
}

pub(super) fn parsed<T: std::str::FromStr>(
    values: &Values,
    key: &'static str,
    text: &'static str,
) -> Result<T> {
    values[key].0.parse().map_err(|_| bad(values, key, text))
}

pub(super) fn bad(values: &Values, key: &'static str, text: &'static str) -> Error {
    refused(values, key, Text::new(text).with("value", values[key].0.as_str()))
}

pub(super) fn refused(values: &Values, key: &'static str, text: Text) -> Error {
    Refusal::new(text).in_file(values[key].1.to_string()).in_field(key).into()
}
