//! Whom to ask, when, and what was sent.

use crate::calendar::Week;
use crate::i18n::Lang;
use crate::id::OrganisationId;
use crate::schema::codes::{Decision, MailState};

table! {
    /// Whom a journey type asks, when and how often at most.
    asking_rule {
        organisation_id: OrganisationId,
        journey_type: String;
        rate_percent: i32,
        delay_hours: i32,
        /// Hours of the day between which nobody is written to.
        quiet_from: i32,
        quiet_until: i32,
        /// Days after the invitation at which a reminder goes out; 0 for none.
        reminder_days: i32,
        /// Days in which an address is written to about one journey at most.
        rest_days: i32,
        link_days: i32,
    }
}

table! {
    /// What was decided about asking the customer of a journey: for every journey that was looked
    /// at, asked or not.
    decision {
        organisation_id: OrganisationId,
        journey: Vec<u8>;
        journey_type: String,
        week: Week,
        outcome: Decision,
        decided_at: i64,
    }
}

table! {
    /// One customer's questionnaire, its items and what they have answered so far.
    invitation {
        organisation_id: OrganisationId,
        /// 16 random bytes; the response that comes of it has the same.
        id: Vec<u8>;
        journey_type: String,
        /// None once the customer said that it was not theirs.
        journey: Option<Vec<u8>>,
        week: Week,
        version: i32,
        /// `mail`, or `link` when somebody else brings the link to the customer.
        channel: String,
        locale: Lang,
        /// JSON array of the items drawn, each with the probability that it was.
        items: String,
        /// Whether the customer is asked if somebody suggested an answer: one in ten.
        pressure: bool,
        address_key: Option<Vec<u8>>,
        created_at: i64,
        expires_at: i64,
        /// The digest of the link that the pages were saved through.
        answered_through: Option<Vec<u8>>,
        /// JSON of the pages as they were saved; none before, and once they are a response.
        outcome_page: Option<String>,
        parts_page: Option<String>,
        words_page: Option<String>,
        /// When the first page was saved: nothing is known of who only reads.
        opened_at: Option<i64>,
        saved_at: Option<i64>,
        finished_at: Option<i64>,
        /// When its answers became a response, finished or partial.
        closed_at: Option<i64>,
        withdrawn_at: Option<i64>,
        /// Whether an answer that was taken back had gone into something published.
        counted: Option<bool>,
    }
}

table! {
    /// Each mail has one of its own.
    link {
        /// SHA-256 of its secret.
        digest: Vec<u8>;
        organisation_id: OrganisationId,
        invitation: Vec<u8>,
        created_at: i64,
    }
}

table! {
    /// The outbox: each mail that is to be sent, and what became of it.
    mail {
        organisation_id: OrganisationId,
        invitation: Vec<u8>,
        /// 0 for the invitation, 1 for the reminder.
        wave: i32;
        state: MailState,
        due_at: i64,
        attempts: i32,
        /// Until when somebody is sending it.
        leased_until: Option<i64>,
        /// When a server took it.
        sent_at: Option<i64>,
        /// Why it did not go, as a code without anything of the address.
        failure: Option<String>,
    }
}

table! {
    /// When an address was written to, as a keyed hash, so that nobody is asked too often;
    /// expires.
    contact_date {
        organisation_id: OrganisationId,
        address_key: Vec<u8>,
        at: i64;
    }
}

table! {
    /// An address that nobody may write to again, as a keyed hash.
    opt_out {
        organisation_id: OrganisationId,
        address_key: Vec<u8>;
        since: i64,
        /// `unsubscribed` or `refused`: its server takes no mail for it.
        reason: String,
    }
}
