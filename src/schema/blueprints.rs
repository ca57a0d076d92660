//! What a service is meant to be, and the numbers by which stored cells name its parts.

use crate::id::OrganisationId;

table! {
    journey_type {
        organisation_id: OrganisationId,
        code: String;
        name_fr: String,
        name_en: String,
        /// JSON list of the attributes that its events may carry.
        attributes: String,
        /// Lateness that customers do not feel.
        buffer_minutes: i32,
        /// Days without an event after which an unfinished journey counts as over.
        quiet_days: i32,
        created_at: i64,
    }
}

table! {
    step {
        organisation_id: OrganisationId,
        journey_type: String,
        code: String;
        position: i32,
        team: Option<String>,
        frontstage: bool,
        /// The step that gives its dates.
        planned_by: Option<String>,
        name_fr: String,
        name_en: String,
        /// JSON list of activity names that mean this step.
        activities: String,
        /// Days without an event after which a journey that stopped here is over; `None` where the
        /// journey type's hold.
        quiet_days: Option<i32>,
    }
}

table! {
    /// The method's catalogue of elements: grows only.
    element {
        organisation_id: OrganisationId,
        journey_type: String,
        /// Its number in cells.
        position: i32;
        code: String,
    }
}

table! {
    /// A variant, for the method: the set of rated elements that a journey has.
    variant {
        organisation_id: OrganisationId,
        journey_type: String,
        number: i32;
        /// JSON list of catalogue positions.
        elements: String,
    }
}

table! {
    /// The method's catalogue of channels: grows only.
    channel {
        organisation_id: OrganisationId,
        journey_type: String,
        /// Its number in cells.
        number: i32;
        code: String,
    }
}
