//! Second factors and recovery codes in the database, each by organisation and account.

use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, PaginatorTrait, QueryFilter,
};

use super::RecoveryCode;
use crate::clock::Instant;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::schema::{recovery_code, second_factor};

/// An account: the organisation and its number there.
type Who = (OrganisationId, i64);

/// The second factor of an account, whether it is confirmed or not.
pub async fn find(
    connection: &impl ConnectionTrait,
    who: Who,
) -> Result<Option<second_factor::Model>> {
    Ok(second_factor::Entity::find_by_id(who).one(connection).await?)
}

/// Whether an account is asked for a second factor.
pub async fn is_confirmed(connection: &impl ConnectionTrait, who: Who) -> Result<bool> {
    Ok(find(connection, who).await?.is_some_and(|row| row.confirmed_at.is_some()))
}

/// The accounts of an organisation that are asked for a second factor.
pub async fn confirmed(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> Result<Vec<i64>> {
    let rows = second_factor::Entity::find()
        .filter(second_factor::Column::OrganisationId.eq(organisation))
        .filter(second_factor::Column::ConfirmedAt.is_not_null());
    Ok(rows.all(connection).await?.into_iter().map(|row| row.account).collect())
}

/// Begins again with a new encrypted secret; says no where a confirmed one stands.
pub async fn begin(
    tx: &DatabaseTransaction,
    who: Who,
    secret: Vec<u8>,
    now: Instant,
) -> Result<bool> {
    if is_confirmed(tx, who).await? {
        return Ok(false);
    }
    forget(tx, who).await?;
    let row = second_factor::Model {
        organisation_id: who.0,
        account: who.1,
        secret,
        created_at: now,
        confirmed_at: None,
        last_step: None,
    };
    second_factor::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(tx)
        .await?;
    Ok(true)
}

/// Confirms a secret by its first right code; says no when that was done already.
pub async fn confirm(tx: &DatabaseTransaction, who: Who, step: i64, now: Instant) -> Result<bool> {
    let confirmed = second_factor::Entity::update_many()
        .col_expr(second_factor::Column::ConfirmedAt, Expr::val(now))
        .filter(second_factor::Column::ConfirmedAt.is_null())
        .filter(of(who))
        .exec(tx)
        .await?;
    Ok(confirmed.rows_affected == 1 && take_step(tx, who, step).await?)
}

/// Takes the code of a time step, by one statement: of two who present it at once, one is let in.
pub async fn take_step(tx: &DatabaseTransaction, who: Who, step: i64) -> Result<bool> {
    let last = second_factor::Column::LastStep;
    let taken = second_factor::Entity::update_many()
        .col_expr(last, Expr::val(step))
        .filter(of(who))
        .filter(second_factor::Column::ConfirmedAt.is_not_null())
        .filter(Condition::any().add(last.is_null()).add(last.lt(step)))
        .exec(tx)
        .await?;
    Ok(taken.rows_affected == 1)
}

/// Spends a recovery code; says no when it is none or was spent.
pub async fn spend(tx: &DatabaseTransaction, who: Who, code: &RecoveryCode) -> Result<bool> {
    let spent = recovery_code::Entity::delete_by_id((who.0, who.1, code.digest())).exec(tx).await?;
    Ok(spent.rows_affected == 1)
}

/// Puts new recovery codes in the place of all that there were.
pub async fn replace_codes(
    tx: &DatabaseTransaction,
    who: Who,
    codes: &[RecoveryCode],
) -> Result<()> {
    forget_codes(tx, who).await?;
    for code in codes {
        let row =
            recovery_code::Model { organisation_id: who.0, account: who.1, digest: code.digest() };
        recovery_code::Entity::insert(row.into_active_model().reset_all())
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// How many recovery codes are left.
pub async fn codes_left(connection: &impl ConnectionTrait, who: Who) -> Result<u64> {
    let rows = recovery_code::Entity::find()
        .filter(recovery_code::Column::OrganisationId.eq(who.0))
        .filter(recovery_code::Column::Account.eq(who.1));
    Ok(rows.count(connection).await?)
}

/// Takes the second factor of an account and its codes away; says whether there was one.
pub async fn forget(tx: &DatabaseTransaction, who: Who) -> Result<bool> {
    forget_codes(tx, who).await?;
    Ok(second_factor::Entity::delete_by_id(who).exec(tx).await?.rows_affected == 1)
}

async fn forget_codes(tx: &DatabaseTransaction, who: Who) -> Result<()> {
    recovery_code::Entity::delete_many()
        .filter(recovery_code::Column::OrganisationId.eq(who.0))
        .filter(recovery_code::Column::Account.eq(who.1))
        .exec(tx)
        .await?;
    Ok(())
}

fn of(who: Who) -> Condition {
    Condition::all()
        .add(second_factor::Column::OrganisationId.eq(who.0))
        .add(second_factor::Column::Account.eq(who.1))
}
