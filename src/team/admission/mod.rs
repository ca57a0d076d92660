//! Letting people in and out: the first administrator, invitations, one-time links, other roles, removal. Each is written
//! down in the journal by role and number; addresses and secrets never are.
//!
//! Whoever makes a link could use it himself, and read as a team does. So no link is made without an entry that every
//! member reads.

mod message;
pub mod web;

use serde_json::{Value, json};

use super::Role;
use super::account::Email;
use super::account::store::{self, NewAccount, Standing};
use crate::clock::Instant;
use crate::db::{self, Db};
use crate::error::Result;
use crate::i18n::{Lang, Text};
use crate::id::OrganisationId;
use crate::journal::{self, Author, Entry, Reason};
use crate::limits;
use crate::token::Token;

/// Who lets somebody in, why and when.
#[derive(Clone, Debug)]
pub struct Admission {
    /// Who does it.
    pub author: Author,
    /// Why.
    pub reason: Reason,
    /// When.
    pub now: Instant,
}

impl Admission {
    pub(super) fn entry(
        &self,
        subject: String,
        before: Option<Value>,
        after: Option<Value>,
    ) -> Entry {
        let (at, effective_at) = (self.now, self.now);
        Entry {
            at,
            author: self.author.clone(),
            subject,
            before,
            after,
            reason: self.reason.clone(),
            effective_at,
        }
    }
}

/// The first administrator of an organisation: makes the account and stores `link`, which signs it in once. Asked again
/// with the same address it only stores the new link; refused when somebody else administers the organisation already.
pub async fn first_administrator(
    db: &Db,
    organisation: OrganisationId,
    email: Email,
    lang: Lang,
    link: Token,
    admission: Admission,
) -> Result<()> {
    db.write(move |tx| {
        Box::pin(async move {
            if store::has_administrator(tx, organisation, &email).await? {
                return Err(Text::new("team-has-administrator").into());
            }
            let known = store::holder(tx, &email).await?;
            let account = match known.filter(|known| known.organisation_id == organisation) {
                Some(known) if known.role == Role::Administrator.code() => {
                    journal::store::append(tx, organisation, link_entry(&admission, known.id))
                        .await?;
                    known.id
                }
                _ => {
                    let standing = Standing { role: Role::Administrator, memberships: Vec::new() };
                    let new = NewAccount { email, standing, lang };
                    let id = store::add(tx, organisation, &new, admission.now).await?;
                    journal::store::append(tx, organisation, account_entry(&admission, id, &new))
                        .await?;
                    id
                }
            };
            store::add_link(tx, organisation, account, &link, admission.now + limits::SIGN_IN_LINK)
                .await
        })
    })
    .await
}

/// Adds an account and stores `link`, which signs it in once.
pub async fn add_account(
    db: &Db,
    organisation: OrganisationId,
    new: NewAccount,
    link: Token,
    admission: Admission,
) -> Result<()> {
    db.write(move |tx| {
        Box::pin(async move {
            let id = store::add(tx, organisation, &new, admission.now).await?;
            journal::store::append(tx, organisation, account_entry(&admission, id, &new)).await?;
            store::add_link(tx, organisation, id, &link, admission.now + limits::SIGN_IN_LINK).await
        })
    })
    .await
}

fn account_entry(admission: &Admission, id: i64, new: &NewAccount) -> Entry {
    admission.entry("account".to_owned(), None, Some(told(id, &new.standing)))
}

fn link_entry(admission: &Admission, id: i64) -> Entry {
    admission.entry("sign-in-link".to_owned(), None, Some(json!({"number": id})))
}

fn told(id: i64, standing: &Standing) -> Value {
    let team = |(team, site): &(String, Option<String>)| json!({"team": team, "site": site});
    let teams: Vec<Value> = standing.memberships.iter().map(team).collect();
    json!({"number": id, "role": standing.role.code(), "teams": teams})
}

/// Stores a new one-time link for an account that exists, for who has lost the password: it is forgotten when the link
/// is spent. Whom the provider knows the account as is forgotten at once, since that may be what was lost.
pub async fn renew_link(
    db: &Db,
    organisation: OrganisationId,
    id: i64,
    link: Token,
    by: Admission,
) -> Result<()> {
    db.write(move |tx| {
        Box::pin(async move {
            store::must_exist(tx, organisation, id).await?;
            store::unbind(tx, organisation, id).await?;
            store::add_link(tx, organisation, id, &link, by.now + limits::SIGN_IN_LINK).await?;
            journal::store::append(tx, organisation, link_entry(&by, id)).await?;
            Ok(())
        })
    })
    .await
}

/// Makes an account something else, and ends its sessions. The last administrator stays one.
pub async fn change(
    db: &Db,
    organisation: OrganisationId,
    id: i64,
    new: Standing,
    by: Admission,
) -> Result<()> {
    db.write(move |tx| {
        Box::pin(async move {
            db::lock(tx, "account").await?;
            let row = store::must_exist(tx, organisation, id).await?;
            let old = store::standing(tx, &row).await?;
            if old == new {
                return Ok(());
            }
            if new.role != Role::Administrator {
                store::must_not_be_last(tx, &row).await?;
            }
            store::stand(tx, organisation, id, &new).await?;
            let entry = by.entry("account".to_owned(), Some(told(id, &old)), Some(told(id, &new)));
            journal::store::append(tx, organisation, entry).await?;
            Ok(())
        })
    })
    .await
}

/// Removes an account: its sessions end at once, and nothing of the person stays.
pub async fn remove(db: &Db, organisation: OrganisationId, id: i64, by: Admission) -> Result<()> {
    db.write(move |tx| {
        Box::pin(async move {
            db::lock(tx, "account").await?;
            let row = store::must_exist(tx, organisation, id).await?;
            store::must_not_be_last(tx, &row).await?;
            let old = store::standing(tx, &row).await?;
            store::empty(tx, organisation, id).await?;
            let entry = by.entry("account".to_owned(), Some(told(id, &old)), None);
            journal::store::append(tx, organisation, entry).await?;
            Ok(())
        })
    })
    .await
}
