//! Keys in the database: each by its digest.

use std::collections::HashMap;

use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder,
};

use super::grant::{Grant, refused};
use crate::clock::Instant;
use crate::db::{self, Db};
use crate::error::Result;
use crate::i18n::Text;
use crate::id::OrganisationId;
use crate::privacy::Eyes;
use crate::schema::{api_key, team};
use crate::token::Token;

/// Stores a key; refuses eyes of a team that does not exist, and a label that another key in force
/// has.
pub async fn add(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    label: &str,
    grant: &Grant,
    key: &Token,
    now: Instant,
) -> Result<()> {
    if let Some(Eyes::Team(team)) = grant.eyes()
        && team::Entity::find_by_id((organisation, team.clone())).one(tx).await?.is_none()
    {
        return Err(refused("eyes", Text::new("team-unknown-team").with("team", team.as_str())));
    }
    db::lock(tx, "api_key").await?;
    if in_force(tx, organisation).await?.iter().any(|known| known.label == label) {
        return Err(refused("label", Text::new("team-key-label-taken").with("label", label)));
    }
    let row = api_key::Model {
        digest: key.digest(),
        organisation_id: organisation,
        label: label.to_owned(),
        scope: grant.scopes(),
        created_at: now,
        revoked_at: None,
        eyes: grant.eyes().map(ToString::to_string),
        used_on: None,
    };
    api_key::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx).await?;
    Ok(())
}

/// Revokes the keys of a label that are still in force, and says how many there were.
pub async fn revoke(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    label: &str,
    now: Instant,
) -> Result<u64> {
    let revoked = api_key::Entity::update_of(organisation)
        .col_expr(api_key::Column::RevokedAt, Expr::val(now))
        .filter(api_key::Column::Label.eq(label))
        .filter(api_key::Column::RevokedAt.is_null())
        .exec(tx)
        .await?;
    Ok(revoked.rows_affected)
}

/// Whose key it is and what it may do; `None` when it is unknown or revoked.
pub async fn holder(db: &Db, key: &Token) -> Result<Option<(OrganisationId, Grant)>> {
    let row = api_key::Entity::find_by_id(key.digest()).one(db.reader()).await?;
    let Some(row) = row.filter(|row| row.revoked_at.is_none()) else { return Ok(None) };
    Ok(Some((row.organisation_id, grant(&row)?)))
}

/// What a key in the database allows.
pub fn grant(row: &api_key::Model) -> Result<Grant> {
    Grant::parse(row.scope.split(' '), row.eyes.as_deref())
}

/// The keys of an organisation that are in force, by label.
pub async fn in_force(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> Result<Vec<api_key::Model>> {
    let rows = api_key::Entity::of(organisation)
        .filter(api_key::Column::RevokedAt.is_null())
        .order_by_asc(api_key::Column::Label);
    Ok(rows.all(connection).await?)
}

/// Writes down the days on which keys, named by their digests, were used last.
pub async fn used(tx: &DatabaseTransaction, uses: HashMap<Vec<u8>, i32>) -> Result<()> {
    for (digest, day) in uses {
        api_key::Entity::update_many()
            .col_expr(api_key::Column::UsedOn, Expr::val(day))
            .filter(api_key::Column::Digest.eq(digest))
            .exec(tx)
            .await?;
    }
    Ok(())
}
