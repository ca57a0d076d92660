//! Deletes what has expired, some rows at a time so that nobody who writes has to wait for all of
//! them.

use sea_orm::{ConnectionTrait, DatabaseTransaction, Statement};

use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::invitation::DAY;
use crate::limits;

/// How many rows were deleted, or lost what they held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PurgeCounts {
    pub contacts: u64,
    /// Keyed hashes of addresses that invitations held.
    pub address_keys: u64,
    pub contacted: u64,
    pub links: u64,
    /// Mails that waited for so long that nobody will take them.
    pub waiting_mails: u64,
    /// Mails as files.
    pub mail_files: u64,
}

/// Deletes an organisation's rows whose time is over.
pub async fn purge(db: &Db, organisation: OrganisationId, now: Instant) -> Result<PurgeCounts> {
    Ok(PurgeCounts {
        contacts: all(db, CONTACTS, organisation, now).await?,
        address_keys: all(db, ADDRESS_KEYS, organisation, now - limits::ADDRESS_DAYS * DAY).await?,
        contacted: all(db, CONTACTED, organisation, now - limits::CONTACTED_DAYS * DAY).await?,
        links: all(db, LINKS, organisation, now - limits::LINK_DAYS * DAY).await?,
        waiting_mails: all(db, WAITING_MAILS, organisation, now - limits::MAIL_DAYS * DAY).await?,
        mail_files: 0,
    })
}

/// Which rows a kind of purge means, and what it does with them.
#[derive(Clone, Copy)]
struct Kind {
    /// Chooses some of them.
    choice: &'static str,
    /// Does it to the chosen.
    act: &'static str,
}

const CONTACTS: Kind = Kind {
    choice: "SELECT journey FROM contact WHERE organisation_id = $1 AND expires_at <= $2 LIMIT $3",
    act: "DELETE FROM contact WHERE organisation_id = $1 AND journey IN",
};

const ADDRESS_KEYS: Kind = Kind {
    choice: "SELECT id FROM invitation \
        WHERE organisation_id = $1 AND address_key IS NOT NULL AND expires_at <= $2 LIMIT $3",
    act: "UPDATE invitation SET address_key = NULL WHERE organisation_id = $1 AND id IN",
};

const CONTACTED: Kind = Kind {
    choice: "SELECT address_key, at FROM contact_date WHERE organisation_id = $1 AND at <= $2 \
     LIMIT $3",
    act: "DELETE FROM contact_date WHERE organisation_id = $1 AND (address_key, at) IN",
};

const LINKS: Kind = Kind {
    choice: "SELECT l.digest FROM link l \
        JOIN invitation i ON i.organisation_id = l.organisation_id AND i.id = l.invitation \
        WHERE l.organisation_id = $1 AND i.expires_at <= $2 LIMIT $3",
    act: "DELETE FROM link WHERE organisation_id = $1 AND digest IN",
};

const WAITING_MAILS: Kind = Kind {
    choice: "SELECT invitation, wave FROM mail \
        WHERE organisation_id = $1 AND state = 'waiting' AND due_at <= $2 LIMIT $3",
    act: "DELETE FROM mail WHERE organisation_id = $1 AND (invitation, wave) IN",
};

async fn all(db: &Db, kind: Kind, organisation: OrganisationId, until: Instant) -> Result<u64> {
    let mut done = 0;
    // The usual case is that there is nothing; then nobody who writes waits for the look.
    while is_there(db, kind, organisation, until).await? {
        let some = db.write(move |tx| Box::pin(some(tx, kind, organisation, until))).await?;
        done += some;
        if some == 0 {
            break;
        }
    }
    Ok(done)
}

async fn is_there(
    db: &Db,
    kind: Kind,
    organisation: OrganisationId,
    until: Instant,
) -> Result<bool> {
    let values = [organisation.into(), until.into(), 1_i64.into()];
    let statement =
        Statement::from_sql_and_values(db.reader().get_database_backend(), kind.choice, values);
    Ok(db.reader().query_one_raw(statement).await?.is_some())
}

async fn some(
    tx: &DatabaseTransaction,
    kind: Kind,
    organisation: OrganisationId,
    until: Instant,
) -> Result<u64> {
    let sql = format!("{} ({})", kind.act, kind.choice);
    let values = [organisation.into(), until.into(), limits::PURGED_AT_ONCE.into()];
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    Ok(tx.execute_raw(statement).await?.rows_affected())
}
