//! One function a guarantee: what was read goes in, a finding comes out. None of them reads or
//! writes anything.

pub(super) mod access_log;
pub(super) mod comments;
pub(super) mod customers;
pub(super) mod model;
pub(super) mod origins;
pub(super) mod parts;
pub(super) mod pilot;
pub(super) mod published;
pub(super) mod settings;
pub(super) mod shape;
pub(super) mod structure;

use std::fmt::Display;

use crate::i18n::Text;
use crate::limits;

/// One text a case, up to [`limits::CASES_TOLD`], and one for the others.
fn each<T>(cases: &[T], text: impl Fn(&T) -> Text) -> Vec<Text> {
    let told = cases.iter().take(limits::CASES_TOLD).map(text);
    let others = cases.len().saturating_sub(limits::CASES_TOLD);
    told.chain((others > 0).then(|| Text::new("guarantee-others").with("others", others))).collect()
}

fn list<T: Display>(items: impl IntoIterator<Item = T>) -> String {
    items.into_iter().map(|item| item.to_string()).collect::<Vec<_>>().join(", ")
}

fn spots<'a>(spots: impl IntoIterator<Item = &'a (String, String)>) -> Vec<String> {
    spots.into_iter().map(|(table, column)| format!("{table}.{column}")).collect()
}
