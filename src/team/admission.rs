//! Letting people and programs in: the first administrator, further accounts, one-time links, API keys. Each is written
//! down in the journal by role and number; addresses and secrets never are.

use serde_json::{Value, json};

use super::account::Email;
use super::account::store::{self, NewAccount};
use super::{Role, Scope};
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::i18n::{Lang, Text};
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
    fn entry(&self, subject: String, before: Option<Value>, after: Option<Value>) -> Entry {
        let (at, effective_at) = (self.now, self.now);
        Entry { at, author: self.author.clone(), subject, before, after, reason: self.reason.clone(), effective_at }
    }
}

/// The first administrator of an organisation: makes the account and stores `link`, which signs it in once. Asked again
/// with the same address it only stores the new link; refused when somebody else administers the organisation already.
pub async fn first_administrator(
    db: &Db,
    organisation: i64,
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
                Some(known) if known.role == Role::Administrator.code() => known.id,
                _ => {
                    let new = NewAccount { email, role: Role::Administrator, lang, memberships: Vec::new() };
                    let id = store::add(tx, organisation, &new, admission.now).await?;
                    journal::store::append(tx, organisation, account_entry(&admission, id, &new)).await?;
                    id
                }
            };
            store::add_link(tx, organisation, account, &link, admission.now + limits::SIGN_IN_LINK).await
        })
    })
    .await
}

/// Adds an account and stores `link`, which signs it in once.
pub async fn add_account(db: &Db, organisation: i64, new: NewAccount, link: Token, admission: Admission) -> Result<()> {
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
    let teams: Vec<Value> = new.memberships.iter().map(|(team, site)| json!({"team": team, "site": site})).collect();
    let after = json!({"number": id, "role": new.role.code(), "teams": teams});
    admission.entry("account".to_owned(), None, Some(after))
}

/// Stores a new one-time link for an account that exists, for who has lost the password: it is forgotten when the link
/// is spent. Refused when nobody of the organisation has that address.
pub async fn renew_link(db: &Db, organisation: i64, email: Email, link: Token, now: Instant) -> Result<()> {
    db.write(move |tx| {
        Box::pin(async move {
            let known = store::holder(tx, &email).await?;
            let known = known.filter(|known| known.organisation_id == organisation && !known.disabled);
            let Some(known) = known else { return Err(Text::new("team-unknown-account").into()) };
            store::add_link(tx, organisation, known.id, &link, now + limits::SIGN_IN_LINK).await
        })
    })
    .await
}

/// Stores an API key, which is shown to who made it and to nobody later.
pub async fn add_key(
    db: &Db,
    organisation: i64,
    label: &str,
    scope: Scope,
    key: Token,
    admission: Admission,
) -> Result<()> {
    let label = label.trim().to_owned();
    if label.is_empty() || label.chars().count() > 100 {
        return Err(Text::new("team-key-label").into());
    }
    db.write(move |tx| {
        Box::pin(async move {
            store::add_key(tx, organisation, &label, &scope, &key, admission.now).await?;
            let after = json!({"scope": scope.to_string()});
            let entry = admission.entry(format!("key:{label}"), None, Some(after));
            journal::store::append(tx, organisation, entry).await?;
            Ok(())
        })
    })
    .await
}

/// Revokes the keys of a label; refused when none is in force.
pub async fn revoke_key(db: &Db, organisation: i64, label: String, admission: Admission) -> Result<()> {
    db.write(move |tx| {
        Box::pin(async move {
            if store::revoke_keys(tx, organisation, &label, admission.now).await? == 0 {
                return Err(Text::new("team-unknown-key").with("label", label).into());
            }
            let entry = admission.entry(format!("key:{label}"), Some(json!({"revoked": false})), None);
            journal::store::append(tx, organisation, entry).await?;
            Ok(())
        })
    })
    .await
}
