//! Accounts and memberships. Of every secret only a digest is stored.

mod links;
mod readers;

pub use links::{add_link, spend_link};
pub use readers::{Reader, Readership, readers, want_mails};

use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, Value,
};

use super::Email;
use crate::clock::Instant;
use crate::db;
use crate::error::{Refusal, Result};
use crate::i18n::{Lang, Text};
use crate::id::OrganisationId;
use crate::schema::{account, membership, session, sign_in_link, site, team};
use crate::team::Role;
use crate::team::factor::store as factors;

/// An account to add.
#[derive(Clone, Debug)]
pub struct NewAccount {
    pub email: Email,
    pub standing: Standing,
    pub lang: Lang,
}

/// What an account is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub role: Role,
    /// Of a team member: the team, and the site unless the team is central or meant at every site.
    pub memberships: Vec<(String, Option<String>)>,
}

impl Standing {
    fn check(&self) -> Result<()> {
        if (self.role == Role::TeamMember) == self.memberships.is_empty() {
            return Err(Refusal::new(Text::new("team-member-needs-team")).in_field("team").into());
        }
        Ok(())
    }
}

/// Adds an account; refuses an address that has one, and a membership of a team or site that does
/// not exist.
pub async fn add(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    new: &NewAccount,
    now: Instant,
) -> Result<i64> {
    new.standing.check()?;
    db::lock(tx, "account").await?;
    if holder(tx, &new.email).await?.is_some() {
        return Err(Refusal::new(Text::new("team-account-exists")).in_field("email").into());
    }
    let newest: Option<i64> = account::Entity::of(organisation)
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
        role: new.standing.role,
        locale: new.lang,
        disabled: false,
        created_at: now,
        subject: None,
        mails: true,
    };
    let id = row.id;
    account::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx).await?;
    for (team, site) in &new.standing.memberships {
        join(tx, organisation, id, team, site.as_deref()).await?;
    }
    Ok(id)
}

async fn join(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    account: i64,
    team: &str,
    site: Option<&str>,
) -> Result<()> {
    let refused = |text: Text| Err(Refusal::new(text).in_field("team").into());
    if team::Entity::find_by_id((organisation, team.to_owned())).one(tx).await?.is_none() {
        return refused(Text::new("team-unknown-team").with("team", team));
    }
    if let Some(site) = site
        && site::Entity::find_by_id((organisation, site.to_owned())).one(tx).await?.is_none()
    {
        return refused(Text::new("team-unknown-site").with("site", site));
    }
    let site = site.unwrap_or_default().to_owned();
    let row =
        membership::Model { organisation_id: organisation, account, team: team.to_owned(), site };
    membership::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// The account of an address. The one query that has no organisation: signing in is how it becomes
/// known.
pub async fn holder(
    connection: &impl ConnectionTrait,
    email: &Email,
) -> Result<Option<account::Model>> {
    let rows = account::Entity::find().filter(account::Column::Email.eq(email.as_str()));
    Ok(rows.one(connection).await?)
}

/// One account of an organisation.
pub async fn account(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    id: i64,
) -> Result<Option<account::Model>> {
    Ok(account::Entity::find_by_id((organisation, id)).one(connection).await?)
}

/// Whether somebody administers the organisation, other than who signs in with `email`.
pub async fn has_administrator(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    email: &Email,
) -> Result<bool> {
    let rows = account::Entity::of(organisation)
        .filter(account::Column::Role.eq(Role::Administrator))
        .filter(account::Column::Disabled.eq(false))
        .filter(account::Column::Email.ne(email.as_str()));
    Ok(rows.one(tx).await?.is_some())
}

/// Sets the password of an account and ends its sessions: whoever knew the old one is out.
pub async fn set_password(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    id: i64,
    hash: String,
) -> Result<()> {
    set(tx, organisation, id, account::Column::PasswordHash, Some(hash)).await?;
    end_sessions(tx, organisation, id).await
}

/// Ends every session of an account.
pub async fn end_sessions(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    id: i64,
) -> Result<()> {
    session::Entity::delete_of(organisation)
        .filter(session::Column::Account.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Sets one column of an account.
async fn set(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    id: i64,
    column: account::Column,
    value: impl Into<Value>,
) -> Result<()> {
    account::Entity::update_of(organisation)
        .col_expr(column, Expr::val(value))
        .filter(account::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Remembers as whom the organisation's provider knows an account, by a digest. Who is known as
/// somebody else already is left as it is; says whether the account is the provider's `subject`
/// now.
pub async fn bind(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    id: i64,
    subject: Vec<u8>,
) -> Result<bool> {
    account::Entity::update_of(organisation)
        .col_expr(account::Column::Subject, Expr::val(subject.clone()))
        .filter(account::Column::Id.eq(id))
        .filter(account::Column::Subject.is_null())
        .exec(tx)
        .await?;
    Ok(account(tx, organisation, id)
        .await?
        .is_some_and(|row| !row.disabled && row.subject == Some(subject)))
}

/// Forgets as whom the provider knows an account, so that the next sign-in through it says so
/// anew.
pub async fn unbind(tx: &DatabaseTransaction, organisation: OrganisationId, id: i64) -> Result<()> {
    set(tx, organisation, id, account::Column::Subject, None::<Vec<u8>>).await
}

/// The account of a number that may sign in; refused when there is none.
pub async fn must_exist(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    id: i64,
) -> Result<account::Model> {
    let row = account(connection, organisation, id).await?.filter(|row| !row.disabled);
    row.ok_or_else(|| Text::new("team-unknown-account").into())
}

/// The number of who signs in with an address; refused when nobody of the organisation does.
pub async fn number_of(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    email: &Email,
) -> Result<i64> {
    let row = holder(connection, email)
        .await?
        .filter(|row| row.organisation_id == organisation && !row.disabled);
    row.map(|row| row.id).ok_or_else(|| Text::new("team-unknown-account").into())
}

/// The accounts of an organisation that may sign in, oldest first.
pub async fn all(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> Result<Vec<account::Model>> {
    let rows = account::Entity::of(organisation)
        .filter(account::Column::Disabled.eq(false))
        .order_by_asc(account::Column::Id);
    Ok(rows.all(connection).await?)
}

/// What an account is for.
pub async fn standing(connection: &impl ConnectionTrait, row: &account::Model) -> Result<Standing> {
    let rows = membership::Entity::of(row.organisation_id)
        .filter(membership::Column::Account.eq(row.id))
        .order_by_asc(membership::Column::Team)
        .order_by_asc(membership::Column::Site)
        .all(connection)
        .await?;
    let memberships = rows
        .into_iter()
        .map(|row| (row.team, Some(row.site).filter(|site| !site.is_empty())))
        .collect();
    Ok(Standing { role: row.role, memberships })
}

/// Makes an account something else; its sessions end, since they were begun as what it was.
pub async fn stand(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    id: i64,
    new: &Standing,
) -> Result<()> {
    new.check()?;
    set(tx, organisation, id, account::Column::Role, new.role).await?;
    leave_teams(tx, organisation, id).await?;
    for (team, site) in &new.memberships {
        join(tx, organisation, id, team, site.as_deref()).await?;
    }
    end_sessions(tx, organisation, id).await
}

/// Refuses to go on with the last administrator of an organisation: nobody could be let in any
/// more.
pub async fn must_not_be_last(tx: &DatabaseTransaction, row: &account::Model) -> Result<()> {
    if row.role != Role::Administrator {
        return Ok(());
    }
    let others = all(tx, row.organisation_id).await?;
    if !others.iter().any(|other| other.role == row.role && other.id != row.id) {
        return Err(Refusal::new(Text::new("team-last-administrator")).in_field("role").into());
    }
    Ok(())
}

/// Empties the row of an account: nothing of the person stays, nobody signs in with it, and its
/// number, which the journal names, is never given to somebody else.
pub async fn empty(tx: &DatabaseTransaction, organisation: OrganisationId, id: i64) -> Result<()> {
    end_sessions(tx, organisation, id).await?;
    leave_teams(tx, organisation, id).await?;
    factors::forget(tx, (organisation, id)).await?;
    sign_in_link::Entity::delete_of(organisation)
        .filter(sign_in_link::Column::Account.eq(id))
        .exec(tx)
        .await?;
    // No address looks like this, so nobody can type it.
    set(tx, organisation, id, account::Column::Email, format!("removed:{organisation}:{id}"))
        .await?;
    set(tx, organisation, id, account::Column::PasswordHash, None::<String>).await?;
    unbind(tx, organisation, id).await?;
    set(tx, organisation, id, account::Column::Disabled, true).await
}

async fn leave_teams(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    id: i64,
) -> Result<()> {
    membership::Entity::delete_of(organisation)
        .filter(membership::Column::Account.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}
