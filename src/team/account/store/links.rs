//! One-time links.

use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
};

use super::{account, set};
use crate::clock::Instant;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::schema::account::Column;
use crate::schema::sign_in_link;
use crate::token::Token;

/// Stores a one-time link.
pub async fn add_link(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    account: i64,
    link: &Token,
    expires_at: Instant,
) -> Result<()> {
    let row = sign_in_link::Model {
        digest: link.digest(),
        organisation_id: organisation,
        account,
        expires_at,
        used_at: None,
    };
    sign_in_link::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Spends a one-time link: whose it was; `None` when it is unknown, used or expired, by the same
/// one statement. The password of before is forgotten, since a link is asked for by who has lost
/// it or never had one.
pub async fn spend_link(
    tx: &DatabaseTransaction,
    link: &Token,
    now: Instant,
) -> Result<Option<(OrganisationId, i64)>> {
    let digest = link.digest();
    let spent = sign_in_link::Entity::update_many()
        .col_expr(sign_in_link::Column::UsedAt, Expr::val(now))
        .filter(sign_in_link::Column::Digest.eq(digest.clone()))
        .filter(sign_in_link::Column::UsedAt.is_null())
        .filter(sign_in_link::Column::ExpiresAt.gt(now))
        .exec(tx)
        .await?;
    let row = sign_in_link::Entity::find_by_id(digest).one(tx).await?;
    let Some(row) = row.filter(|_| spent.rows_affected == 1) else { return Ok(None) };
    let whose = account(tx, row.organisation_id, row.account).await?;
    if whose.is_none_or(|whose| whose.disabled) {
        return Ok(None);
    }
    set(tx, row.organisation_id, row.account, Column::PasswordHash, None::<String>).await?;
    Ok(Some((row.organisation_id, row.account)))
}
