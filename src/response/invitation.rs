//! A customer's invitation as its link finds it, and what a response made of it says.

use super::pages::{OutcomePage, PartsPage, WordsPage};
use crate::clock::Instant;
use crate::i18n::Lang;
use crate::id::OrganisationId;
use crate::survey::drawing::Item;

#[derive(Clone, Debug)]
pub struct CustomerInvitation {
    pub organisation: OrganisationId,
    pub invitation: Vec<u8>,
    pub journey_type: String,
    /// The digest of the link that it was opened by.
    pub link: Vec<u8>,
    /// Whether pages were saved through another link: what they say is shown to that one alone.
    pub saved_elsewhere: bool,
    /// What happened; `None` once the customer said that it was not their journey.
    pub trace: Option<String>,
    pub site: Option<String>,
    pub version: i32,
    pub lang: Lang,
    pub items: Vec<Item>,
    pub pressure: bool,
    /// Whether an answer that was withdrawn had gone into something published.
    pub counted: bool,
    /// Fingerprint of everything that the pages are made of.
    pub made_of: [u8; 32],
    pub outcome: Option<OutcomePage>,
    pub parts: Option<PartsPage>,
    pub words: Option<WordsPage>,
}

#[derive(Clone, Debug)]
pub struct ResponseContent {
    pub answered_at: Instant,
    pub outcome: Option<i32>,
    /// JSON, as the next one: answers by element, and the probabilities with which the parts were
    /// drawn.
    pub answers: String,
    pub chances: String,
    pub another: Option<String>,
    pub pressed: Option<bool>,
    pub comment: Option<String>,
}
