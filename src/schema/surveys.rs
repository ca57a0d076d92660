//! What customers are asked.

use crate::id::OrganisationId;

table! {
    /// A version of a questionnaire; one in use is never changed.
    questionnaire {
        organisation_id: OrganisationId,
        journey_type: String,
        version: i32;
        /// `drawn` or `observed`: how items are drawn.
        design: String,
        outcome_low: i32,
        outcome_high: i32,
        item_low: i32,
        item_high: i32,
        /// JSON of the texts.
        definition: String,
        created_at: i64,
        /// None for a draft.
        published_at: Option<i64>,
    }
}
