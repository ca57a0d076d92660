//! Append-only and chained by hashes.

use crate::id::OrganisationId;

table! {
    /// A change of a setting.
    journal_entry {
        organisation_id: OrganisationId,
        /// Counted from 1 without a gap.
        number: i64;
        at: i64,
        author: String,
        subject: String,
        before: Option<String>,
        after: Option<String>,
        reason: String,
        /// When it comes into force.
        effective_at: i64,
        previous: Vec<u8>,
        hash: Vec<u8>,
    }
}

table! {
    /// Who looked at a team's data, by role.
    access_entry {
        organisation_id: OrganisationId,
        /// Counted from 1 without a gap.
        number: i64;
        at: i64,
        role: String,
        team: Option<String>,
        place: String,
        previous: Vec<u8>,
        hash: Vec<u8>,
    }
}
