//! Addresses that nobody may write to again.

use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, Statement,
};

use crate::clock::Instant;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::schema::{invitation, link, opt_out};

/// Where a link of a mail leads when its reader wants no more of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// The tenant.
    pub organisation: OrganisationId,
    /// The key of his address; none once the address is gone from here.
    pub address_key: Option<Vec<u8>>,
    /// His language.
    pub locale: String,
}

/// Whose link has this digest. A link that ended leads here for as long as it is known.
pub async fn reader(conn: &impl ConnectionTrait, digest: Vec<u8>) -> Result<Option<Reader>> {
    let Some(link) = link::Entity::find_by_id(digest).one(conn).await? else { return Ok(None) };
    let row =
        invitation::Entity::find_by_id((link.organisation_id, link.invitation)).one(conn).await?;
    Ok(row.map(|row| Reader {
        organisation: row.organisation_id,
        address_key: row.address_key,
        locale: row.locale,
    }))
}

/// Remembers that nobody may write to an address, and takes back the mails that wait for it.
pub async fn add(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    address_key: &[u8],
    reason: &str,
    now: Instant,
) -> Result<()> {
    let row = opt_out::Model {
        organisation_id: organisation,
        address_key: address_key.to_vec(),
        since: now,
        reason: reason.to_owned(),
    };
    let same = OnConflict::new().do_nothing().to_owned();
    opt_out::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(same)
        .exec_without_returning(tx)
        .await?;
    let sql = "UPDATE mail SET state = 'cancelled', failure = 'opted-out' WHERE state = 'waiting' \
        AND organisation_id = $1 AND invitation IN \
        (SELECT id FROM invitation WHERE organisation_id = $1 AND address_key = $2)";
    let values = [organisation.into(), address_key.to_vec().into()];
    tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), sql, values)).await?;
    Ok(())
}

/// Whether nobody may write to an address.
pub async fn is_out(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
    address_key: &[u8],
) -> Result<bool> {
    Ok(opt_out::Entity::find_by_id((organisation, address_key.to_vec())).one(conn).await?.is_some())
}
