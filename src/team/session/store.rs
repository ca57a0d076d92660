//! Sessions in the database: begun at sign-in, ended at sign-out, read with every request.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder,
};

use super::Digest;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::i18n::Lang;
use crate::id::OrganisationId;
use crate::limits;
use crate::organisation::store::team_name;
use crate::schema::{account, membership, session, site};
use crate::team::{Membership, Role, account as accounts};
use crate::token::Token;

/// A session as it was found: whose it is, and when it began.
#[derive(Clone, Debug)]
pub struct Found {
    pub organisation: OrganisationId,
    pub account: i64,
    pub role: Role,
    /// Where it reads for which team.
    pub teams: Vec<Membership>,
    pub has_password: bool,
    pub lang: Lang,
    pub began: Instant,
    /// Whether it is the question for the second factor alone that is open to it.
    pub awaits_factor: bool,
}

/// A session to begin.
#[derive(Clone, Debug)]
pub struct Beginning {
    /// The organisation and the account.
    pub who: (OrganisationId, i64),
    /// The secret of its cookie.
    pub cookie: Token,
    /// What the browser presented: that session ends.
    pub replaces: Option<Token>,
    /// Whether the second factor is still to come.
    pub awaits_factor: bool,
}

/// Begins a session of an account under a new cookie. The one that the browser presented ends, and
/// so do those of the organisation that are too old to be any use.
pub async fn begin(tx: &DatabaseTransaction, new: Beginning, now: Instant) -> Result<()> {
    let Beginning { who: (organisation, account), cookie, replaces, awaits_factor } = new;
    if let Some(old) = replaces {
        end(tx, &old.digest()).await?;
    }
    session::Entity::delete_of(organisation)
        .filter(session::Column::CreatedAt.lte(now - limits::SESSION))
        .exec(tx)
        .await?;
    let row = session::Model {
        digest: cookie.digest(),
        organisation_id: organisation,
        account,
        created_at: now,
        seen_at: now,
        awaits_factor,
    };
    session::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx).await?;
    Ok(())
}

/// The sessions of an account that are whole, newest first: the digest and when each began. Those
/// that ended by themselves are among them.
pub async fn of_account(
    db: &Db,
    organisation: OrganisationId,
    account: i64,
) -> Result<Vec<(Digest, Instant)>> {
    let rows = session::Entity::of(organisation)
        .filter(session::Column::Account.eq(account))
        .filter(session::Column::AwaitsFactor.eq(false))
        .order_by_desc(session::Column::CreatedAt)
        .order_by_asc(session::Column::Digest)
        .all(db.reader())
        .await?;
    Ok(rows.into_iter().map(|row| (row.digest, row.created_at)).collect())
}

/// Ends a session.
pub async fn end(tx: &DatabaseTransaction, digest: &Digest) -> Result<()> {
    session::Entity::delete_by_id(digest.clone()).exec(tx).await?;
    Ok(())
}

/// The session of a cookie; `None` when there is none or its account may not sign in any more.
pub async fn find(db: &Db, digest: &Digest) -> Result<Option<Found>> {
    let Some(row) = session::Entity::find_by_id(digest.clone()).one(db.reader()).await? else {
        return Ok(None);
    };
    let account = accounts::store::account(db.reader(), row.organisation_id, row.account).await?;
    let Some(account) = account.filter(|account| !account.disabled) else { return Ok(None) };
    Ok(Some(Found {
        organisation: row.organisation_id,
        account: row.account,
        role: account.role,
        teams: memberships(db.reader(), &account).await?,
        has_password: account.password_hash.is_some(),
        lang: account.locale,
        began: row.created_at,
        awaits_factor: row.awaits_factor,
    }))
}

/// The teams that an account reads for, and where.
pub async fn memberships(
    db: &impl ConnectionTrait,
    account: &account::Model,
) -> Result<Vec<Membership>> {
    let rows = membership::Entity::of(account.organisation_id)
        .filter(membership::Column::Account.eq(account.id))
        .all(db)
        .await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let site = Some(row.site).filter(|site| !site.is_empty());
        let region = match &site {
            Some(code) => region(db, account.organisation_id, code).await?,
            None => None,
        };
        let name = team_name(db, account.organisation_id, &row.team).await?.unwrap_or_default();
        found.push(Membership { team: row.team, site, region, name });
    }
    Ok(found)
}

async fn region(
    db: &impl ConnectionTrait,
    organisation: OrganisationId,
    site: &str,
) -> Result<Option<String>> {
    let row = site::Entity::find_by_id((organisation, site.to_owned())).one(db).await?;
    Ok(row.and_then(|row| row.region))
}
