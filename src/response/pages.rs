//! What a customer said on each of the three pages, as it is saved page by page.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::element::Element;
use crate::survey::Answer;

/// The first page: how the journey went.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomePage {
    /// On the questionnaire's scale; `None` when the customer did not say.
    pub outcome: Option<i32>,
}

/// The second page: the parts that were drawn, and one that he chose himself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartsPage {
    /// The answers that he gave; a part without one is not in it.
    pub answers: BTreeMap<Element, Answer>,
    /// Another part that went badly.
    pub another: Option<Element>,
}

/// The third page: in his words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordsPage {
    /// As he wrote it.
    pub comment: Option<String>,
    /// Whether somebody suggested an answer, where that was asked.
    pub pressed: Option<bool>,
}
