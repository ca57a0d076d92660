//! Signing in and reading: linked to nothing that is measured.

use crate::calendar::Day;
use crate::i18n::Lang;
use crate::id::OrganisationId;
use crate::schema::codes::Role;

table! {
    /// For access alone. Nothing links it to journeys, answers or actions.
    account {
        organisation_id: OrganisationId,
        id: i64;
        /// Lower case.
        email: String,
        /// Argon2id; none until the first sign-in.
        password_hash: Option<String>,
        role: Role,
        locale: Lang,
        disabled: bool,
        created_at: i64,
        /// SHA-256 of the name by which the organisation's provider knows its holder, from the
        /// first sign-in through it.
        subject: Option<Vec<u8>>,
        /// Whether the holder wants mails about the figures and actions of their teams.
        mails: bool,
    }
}

table! {
    /// Which team an account reads for.
    membership {
        organisation_id: OrganisationId,
        account: i64,
        team: String,
        /// The site; empty for all of the team.
        site: String;
    }
}

table! {
    /// The cookie's digest is its key.
    session {
        digest: Vec<u8>;
        organisation_id: OrganisationId,
        account: i64,
        created_at: i64,
        seen_at: i64,
        /// It opens nothing yet but the question for the second factor.
        awaits_factor: bool,
    }
}

table! {
    /// Good for one sign-in; its digest is its key.
    sign_in_link {
        digest: Vec<u8>;
        organisation_id: OrganisationId,
        account: i64,
        expires_at: i64,
        used_at: Option<i64>,
    }
}

table! {
    /// What an account signs in with beside its password: the secret of an authenticator
    /// application.
    second_factor {
        organisation_id: OrganisationId,
        account: i64;
        secret: Vec<u8>,
        created_at: i64,
        /// The first right code; until then it is asked for nowhere.
        confirmed_at: Option<i64>,
        /// The time step of the last code that was accepted: none of it or before is accepted
        /// again.
        last_step: Option<i64>,
    }
}

table! {
    /// A code that stands for a lost second factor, once; its digest is its key.
    recovery_code {
        organisation_id: OrganisationId,
        account: i64,
        digest: Vec<u8>;
    }
}

table! {
    /// Only the digest of a key is stored.
    api_key {
        digest: Vec<u8>;
        organisation_id: OrganisationId,
        label: String,
        /// What it may do, such as `events:write breakdown:read`.
        scope: String,
        created_at: i64,
        revoked_at: Option<i64>,
        /// With whose eyes it reads: `owner` or `team:T`.
        eyes: Option<String>,
        used_on: Option<Day>,
    }
}
