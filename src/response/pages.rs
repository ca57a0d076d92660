//! What a customer said on each of the three pages, as it is saved page by page.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::element::Element;
use crate::survey::Answer;

/// The first page: how the journey went.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomePage {
    /// On the questionnaire's scale.
    pub outcome: Option<i32>,
}

/// The second page: the parts that were drawn, and one that the customer chose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartsPage {
    /// A part without an answer is not in it.
    pub answers: BTreeMap<Element, Answer>,
    pub another: Option<Element>,
}

/// The third page: the comment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordsPage {
    pub comment: Option<String>,
    /// Whether somebody suggested an answer, where that was asked.
    pub pressed: Option<bool>,
}
