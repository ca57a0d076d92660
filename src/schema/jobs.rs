//! What is still to be done.

use crate::id::OrganisationId;

table! {
    /// Work to do later, enqueued in the transaction of the fact that causes it.
    job {
        id: i64;
        organisation_id: OrganisationId,
        kind: String,
        /// The same key is the same job.
        key: String,
        payload: String,
        /// When it is due; in no time to come once it was given up.
        run_at: i64,
        attempts: i32,
        leased_until: Option<i64>,
        done_at: Option<i64>,
        /// The last error.
        failure: Option<String>,
    }
}
