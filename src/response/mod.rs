//! Responses: what customers answered, and how answers get in.
//!
//! Customers answer on three pages: [`web`] takes the request, [`answering`] knows what a link
//! leads to and saves each page, [`session`] puts a page together from [`form`] (what was sent)
//! and [`view`] (what is shown). The administrator sees the same pages in the [`editor`] of a
//! questionnaire.
//!
//! Answers of another tool come as a file: [`columns`] says what its columns mean, [`row_reader`]
//! turns its rows into [`IncomingResponse`], and [`import`] stores them in batches, each whole or
//! not at all. A response is stored once: its identifier is a keyed hash of its journey, or of
//! what it says when it names none, so sending a file twice changes nothing.
//!
//! This domain writes answers; the one that publishes is the only one that reads them.

pub mod answering;
pub mod columns;
pub mod editor;
pub mod feed;
pub mod form;
pub mod import;
pub mod invitation;
pub mod judge;
pub mod pages;
pub mod report;
pub mod row_reader;
pub mod service;
pub mod session;
pub mod sites;
pub mod store;
pub mod view;
pub mod web;

use std::fmt;
use std::sync::Arc;

use crate::clock::Instant;
use crate::token::JourneyId;

/// A response on its way in: read and checked, not yet stored.
#[derive(Clone, PartialEq)]
pub struct IncomingResponse {
    /// In the file, counted from 1.
    pub line: u64,
    pub id: [u8; 16],
    /// One of its own when the response names no journey.
    pub journey: JourneyId,
    pub answered_at: Instant,
    /// As the file or the one who imports says.
    pub site: Option<Arc<str>>,
    /// On the questionnaire's scale; `None` in a partial response.
    pub outcome: Option<i32>,
    /// The items that were asked, by their place in [`columns::Columns::items`].
    pub asked: Vec<usize>,
    pub answers: String,
    /// Minutes, when that is all that is known of the journey.
    pub late: Option<i64>,
    pub comment: Option<Box<str>>,
}

impl fmt::Debug for IncomingResponse {
    /// Without what the customer said: it has no business in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IncomingResponse").field("line", &self.line).finish_non_exhaustive()
    }
}
