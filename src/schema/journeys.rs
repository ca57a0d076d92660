//! What happened.

use crate::calendar::{Day, Week};
use crate::i18n::Lang;
use crate::id::OrganisationId;

table! {
    /// Its identifier is a keyed hash of the source's.
    journey {
        organisation_id: OrganisationId,
        /// 16 bytes of a keyed hash.
        id: Vec<u8>;
        journey_type: String,
        site: Option<String>,
        /// JSON object of declared attributes.
        attributes: Option<String>,
        /// JSON of its events, see `journey::trace`.
        trace: String,
        started_at: i64,
        ended_at: i64,
        /// When it counts as over, which puts it into a week.
        finished_at: i64,
        atom: Option<i64>,
    }
}

table! {
    /// How to reach the customer of a journey; expires.
    contact {
        organisation_id: OrganisationId,
        journey: Vec<u8>;
        address: Vec<u8>,
        locale: Option<Lang>,
        expires_at: i64,
    }
}

table! {
    /// What an import found: counts and reasons, no values.
    import_note {
        organisation_id: OrganisationId,
        id: i64;
        at: i64,
        /// `events` or `answers`.
        kind: String,
        journey_type: String,
        /// JSON.
        report: String,
    }
}

table! {
    /// How many events of a step arrived on a day (UTC), from anywhere: no site, no journey.
    feed_day {
        organisation_id: OrganisationId,
        journey_type: String,
        step: String,
        day: Day;
        /// Events that were new or told something new.
        events: i64,
        /// Events with a promised date.
        promised: i64,
        /// Events that say when they began and when they ended.
        timed: i64,
    }
}

table! {
    /// A release that has faded: of its journeys only weeks and durations are known.
    faded_week {
        organisation_id: OrganisationId,
        journey_type: String,
        week: Week;
    }
}
