//! What customers answered: [`crate::publication`] alone reads it.

use crate::element::Element;
use crate::i18n::Lang;
use crate::id::OrganisationId;
use crate::schema::codes::CommentState;

table! {
    /// Read by the one module that publishes.
    response {
        organisation_id: OrganisationId,
        id: Vec<u8>;
        journey_type: String,
        /// None when the customer said that it was not theirs.
        journey: Option<Vec<u8>>,
        site: Option<String>,
        version: i32,
        answered_at: i64,
        outcome: Option<i32>,
        /// JSON object: element to rating, null for `does not know`.
        answers: String,
        atom: Option<i64>,
        /// JSON object: element to the probability that it was drawn; none for another tool's
        /// answers.
        chances: Option<String>,
        /// What the customer said without being asked went badly; kept apart from what was drawn.
        another: Option<Element>,
        /// Whether somebody suggested an answer; one in ten is asked.
        pressed: Option<bool>,
    }
}

table! {
    /// Held as it was written, then released redacted.
    comment {
        organisation_id: OrganisationId,
        response: Vec<u8>;
        /// As written while it is held, redacted once it is released.
        text: String,
        state: CommentState,
        atom: Option<i64>,
        /// The language that it is written in, once it is released: `fr` or `en`.
        lang: Option<Lang>,
        /// Whether somebody may still be named in it.
        team_only: bool,
    }
}

table! {
    /// A name that a team does not want to read in a comment, as a keyed hash: nobody can read the
    /// list.
    staff_name {
        organisation_id: OrganisationId,
        team: String,
        /// 16 bytes.
        digest: Vec<u8>;
    }
}
