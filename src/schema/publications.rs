//! What was made public once, in integer sums.

use crate::calendar::Week;
use crate::id::OrganisationId;

table! {
    /// One closed week of a journey type.
    release {
        organisation_id: OrganisationId,
        journey_type: String,
        week: Week;
        published_at: i64,
        /// When others than the teams begin to see it.
        owners_from: i64,
        /// JSON object: site to `[answers that came since the last release, answers left
        /// waiting]`.
        sites: String,
        /// JSON of what it may show, see `privacy::ruling`; none of an old one.
        ruling: Option<String>,
    }
}

table! {
    /// A cell that a release made public, once and for ever.
    atom {
        organisation_id: OrganisationId,
        id: i64;
        journey_type: String,
        week: Week,
        /// `site`, `region` or `network`.
        scope: String,
        /// The site or region; empty for the network.
        place: String,
        /// As it was when it was released.
        region: Option<String>,
        /// JSON of the headcounts behind it by team, as they were when it was released.
        behind: String,
        answers: i32,
        journeys: i32,
        /// Of their customers; none where that is not known.
        invited: Option<i32>,
        heads: i32,
        published_at: i64,
        /// When others than the teams begin to see it.
        owners_from: i64,
    }
}

table! {
    /// The integer sums of an atom, by variant, questionnaire and replicate group.
    cells {
        organisation_id: OrganisationId,
        atom: i64;
        /// One cell after the other: see `publication::cells`.
        states: Vec<u8>,
    }
}

table! {
    /// The process measures of an atom.
    flow {
        organisation_id: OrganisationId,
        atom: i64;
        /// See the analytics crate's `process`.
        state: Vec<u8>,
    }
}

table! {
    /// The numbers of the steps in flows: grows only.
    flow_step {
        organisation_id: OrganisationId,
        journey_type: String,
        /// From 0 without a gap.
        number: i32;
        code: String,
    }
}

table! {
    /// The numbers of the common paths in flows: grows only.
    flow_path {
        organisation_id: OrganisationId,
        journey_type: String,
        /// From 0 without a gap.
        number: i32;
        /// JSON list of the numbers of its steps.
        steps: String,
    }
}
