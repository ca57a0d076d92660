//! What teams do about it.

use crate::calendar::{Day, Week};
use crate::element::Element;
use crate::id::OrganisationId;
use crate::place::Place;
use crate::schema::codes::ActionState;

table! {
    /// Two neighbouring teams about one handoff.
    discussion {
        organisation_id: OrganisationId,
        id: i64;
        journey_type: String,
        element: Element,
        place: Place,
        team: String,
        /// The other team of the handoff; the same where one team does both steps.
        neighbour: String,
        opened_on: Day,
        /// Days since 1970; none until the other team has written or said that it takes part.
        joined_on: Option<Day>,
    }
}

table! {
    /// What a team said in a discussion, redacted before it was stored.
    note {
        organisation_id: OrganisationId,
        discussion: i64,
        number: i32;
        /// A team, never a person.
        team: String,
        written_on: Day,
        text: String,
    }
}

table! {
    /// Registered with how it will be judged, before it begins.
    action {
        organisation_id: OrganisationId,
        id: i64;
        discussion: i64,
        proposed_by: String,
        /// The team that does it; none for the process owner.
        team: Option<String>,
        text: String,
        /// A role, never a name; redacted.
        role: Option<String>,
        /// The figure that should move, as charts name it.
        measure: String,
        direction: String,
        /// Compared with the network without this place; none: with its own past.
        control: Option<Place>,
        saved_on: Day,
        start_week: Week,
        review_on: Day,
        state: ActionState,
        decided_on: Option<Day>,
        answer: Option<String>,
        answered_on: Option<Day>,
    }
}

table! {
    /// What customers are told was done about a step or a handoff.
    sentence {
        organisation_id: OrganisationId,
        id: i64;
        journey_type: String,
        element: Element,
        place: Place,
        team: String,
        text_fr: Option<String>,
        text_en: Option<String>,
        written_on: Day,
        /// Before figures about the element may be shown, no customer reads it.
        floor_met: bool,
        withdrawn_on: Option<Day>,
    }
}

table! {
    /// What kept a team from good work in one month: one note a team and month, whoever ticked it.
    obstacle {
        organisation_id: OrganisationId,
        journey_type: String,
        element: Element,
        team: String,
        /// Where the team is.
        place: Place,
        /// Months since January of year 0.
        month: i32;
        /// Codes, apart by spaces.
        ticked: String,
    }
}

table! {
    /// A mail to a team that was handed over, so that none goes twice. It knows no address.
    notice {
        organisation_id: OrganisationId,
        kind: String,
        /// An action, or a journey type and its week.
        about: String,
        /// The team; empty for the process owners.
        team: String;
        sent_on: Day,
    }
}
