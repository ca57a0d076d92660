//! Accounts, memberships, one-time links and API keys. Of every secret only a digest is stored.

use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};

use super::Email;
use crate::clock::Instant;
use crate::db::{self, Db};
use crate::error::Result;
use crate::i18n::{Lang, Text};
use crate::schema::{account, api_key, membership, session, sign_in_link, site, team};
use crate::team::{Role, Scope};
use crate::token::Token;

/// An account to add.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// What it signs in with.
    pub email: Email,
    /// What it is for.
    pub role: Role,
    /// The language of its pages.
    pub lang: Lang,
    /// Of a team member: the team, and the site unless the team is central or meant at every site.
    pub memberships: Vec<(String, Option<String>)>,
}

/// Adds an account; refuses an address that has one, and a membership of a team or site that does not exist.
pub async fn add(tx: &DatabaseTransaction, organisation: i64, new: &NewAccount, now: Instant) -> Result<i64> {
    if (new.role == Role::TeamMember) == new.memberships.is_empty() {
        return Err(Text::new("team-member-needs-team").into());
    }
    db::lock(tx, "account").await?;
    if holder(tx, &new.email).await?.is_some() {
        return Err(Text::new("team-account-exists").into());
    }
    let newest: Option<i64> = account::Entity::find()
        .filter(account::Column::OrganisationId.eq(organisation))
        .order_by_desc(account::Column::Id)
        .select_only()
        .column(account::Column::Id)
        .into_tuple()
        .one(tx)
        .await?;
    let row = account::Model {
        organisation_id: organisation,
        id: newest.unwrap_or(0) + 1,
        email: new.email.as_str().to_owned(),
        password_hash: None,
        role: new.role.code().to_owned(),
        locale: new.lang.tag().to_owned(),
        disabled: false,
        created_at: now,
    };
    let id = row.id;
    account::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx).await?;
    for (team, site) in &new.memberships {
        join(tx, organisation, id, team, site.as_deref()).await?;
    }
    Ok(id)
}

async fn join(tx: &DatabaseTransaction, organisation: i64, account: i64, team: &str, site: Option<&str>) -> Result<()> {
    if team::Entity::find_by_id((organisation, team.to_owned())).one(tx).await?.is_none() {
        return Err(Text::new("team-unknown-team").with("team", team).into());
    }
    if let Some(site) = site
        && site::Entity::find_by_id((organisation, site.to_owned())).one(tx).await?.is_none()
    {
        return Err(Text::new("team-unknown-site").with("site", site).into());
    }
    let site = site.unwrap_or_default().to_owned();
    let row = membership::Model { organisation_id: organisation, account, team: team.to_owned(), site };
    membership::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx).await?;
    Ok(())
}

/// The account of an address. The one query that has no organisation: signing in is how it becomes known.
pub async fn holder(connection: &impl ConnectionTrait, email: &Email) -> Result<Option<account::Model>> {
    let rows = account::Entity::find().filter(account::Column::Email.eq(email.as_str()));
    Ok(rows.one(connection).await?)
}

/// One account of an organisation.
pub async fn account(connection: &impl ConnectionTrait, organisation: i64, id: i64) -> Result<Option<account::Model>> {
    Ok(account::Entity::find_by_id((organisation, id)).one(connection).await?)
}

/// Whether somebody administers the organisation, other than who signs in with `email`.
pub async fn has_administrator(tx: &DatabaseTransaction, organisation: i64, email: &Email) -> Result<bool> {
    let rows = account::Entity::find()
        .filter(account::Column::OrganisationId.eq(organisation))
        .filter(account::Column::Role.eq(Role::Administrator.code()))
        .filter(account::Column::Email.ne(email.as_str()));
    Ok(rows.one(tx).await?.is_some())
}

/// Sets the password of an account and ends its sessions: whoever knew the old one is out.
pub async fn set_password(tx: &DatabaseTransaction, organisation: i64, id: i64, hash: String) -> Result<()> {
    change_password(tx, organisation, id, Some(hash)).await?;
    session::Entity::delete_many()
        .filter(session::Column::OrganisationId.eq(organisation))
        .filter(session::Column::Account.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

async fn change_password(tx: &DatabaseTransaction, organisation: i64, id: i64, hash: Option<String>) -> Result<()> {
    account::Entity::update_many()
        .col_expr(account::Column::PasswordHash, Expr::val(hash))
        .filter(account::Column::OrganisationId.eq(organisation))
        .filter(account::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Stores a one-time link.
pub async fn add_link(
    tx: &DatabaseTransaction,
    organisation: i64,
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
    sign_in_link::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx).await?;
    Ok(())
}

/// Spends a one-time link: whose it was; `None` when it is unknown, used or expired, by the same one statement. The
/// password of before is forgotten, since a link is asked for by who has lost it or never had one.
pub async fn spend_link(tx: &DatabaseTransaction, link: &Token, now: Instant) -> Result<Option<(i64, i64)>> {
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
    change_password(tx, row.organisation_id, row.account, None).await?;
    Ok(Some((row.organisation_id, row.account)))
}

/// Stores an API key.
pub async fn add_key(
    tx: &DatabaseTransaction,
    organisation: i64,
    label: &str,
    scope: &Scope,
    key: &Token,
    now: Instant,
) -> Result<()> {
    if let Scope::ReadTeam(team) = scope
        && team::Entity::find_by_id((organisation, team.clone())).one(tx).await?.is_none()
    {
        return Err(Text::new("team-unknown-team").with("team", team.as_str()).into());
    }
    let row = api_key::Model {
        digest: key.digest(),
        organisation_id: organisation,
        label: label.to_owned(),
        scope: scope.to_string(),
        created_at: now,
        revoked_at: None,
    };
    api_key::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx).await?;
    Ok(())
}

/// Revokes the keys of a label that are still in force, and says how many there were.
pub async fn revoke_keys(tx: &DatabaseTransaction, organisation: i64, label: &str, now: Instant) -> Result<u64> {
    let revoked = api_key::Entity::update_many()
        .col_expr(api_key::Column::RevokedAt, Expr::val(now))
        .filter(api_key::Column::OrganisationId.eq(organisation))
        .filter(api_key::Column::Label.eq(label))
        .filter(api_key::Column::RevokedAt.is_null())
        .exec(tx)
        .await?;
    Ok(revoked.rows_affected)
}

/// Whose key it is and what it may do; `None` when it is unknown or revoked.
pub async fn key_holder(db: &Db, key: &Token) -> Result<Option<(i64, Scope)>> {
    let row = api_key::Entity::find_by_id(key.digest()).one(db.reader()).await?;
    let Some(row) = row.filter(|row| row.revoked_at.is_none()) else { return Ok(None) };
    Ok(Some((row.organisation_id, row.scope.parse()?)))
}
