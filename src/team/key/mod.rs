//! Keys of programs: what each may do, and with whose eyes it reads. A key is shown once, when it
//! is made; only its digest is stored. Of its use the day is known, so that a forgotten key can be
//! found and revoked.

mod grant;
pub mod store;
pub mod web;

use grant::refused;
pub use grant::{Grant, Scope};

use jiff::civil::Date;
use serde_json::json;

use super::admission::Admission;
use crate::app::App;
use crate::calendar::Day;
use crate::db::Db;
use crate::error::Result;
use crate::i18n::Text;
use crate::id::OrganisationId;
use crate::journal;
use crate::schema::api_key;
use crate::token::Token;

/// The longest label, in characters.
const LABEL: usize = 100;

/// Stores a key, which is shown to who made it and to nobody later.
pub async fn add(
    db: &Db,
    organisation: OrganisationId,
    label: &str,
    grant: Grant,
    key: Token,
    by: Admission,
) -> Result<()> {
    let label = label.trim().to_owned();
    if label.is_empty() || label.chars().count() > LABEL {
        return Err(refused("label", Text::new("team-key-label")));
    }
    db.write(move |tx| {
        Box::pin(async move {
            store::add(tx, organisation, &label, &grant, &key, by.now).await?;
            let after =
                json!({"scope": grant.scopes(), "eyes": grant.eyes().map(ToString::to_string)});
            journal::store::append(
                tx,
                organisation,
                by.entry(format!("key:{label}"), None, Some(after)),
            )
            .await?;
            Ok(())
        })
    })
    .await
}

/// Revokes the keys of a label; refused when none is in force.
pub async fn revoke(
    db: &Db,
    organisation: OrganisationId,
    label: String,
    by: Admission,
) -> Result<()> {
    db.write(move |tx| {
        Box::pin(async move {
            if store::revoke(tx, organisation, &label, by.now).await? == 0 {
                return Err(Text::new("team-unknown-key").with("label", label).into());
            }
            let entry = by.entry(format!("key:{label}"), Some(json!({"revoked": false})), None);
            journal::store::append(tx, organisation, entry).await?;
            Ok(())
        })
    })
    .await
}

/// The day of a key's last use: what this service noted, or what was written down.
pub fn last_day(app: &App, row: &api_key::Model) -> Option<Date> {
    let noted = app.used.day_of(&row.digest).map(Day);
    noted.max(row.used_on).map(Date::from)
}

/// Writes down on which days keys were used, which reading requests only noted in memory.
pub async fn write_uses(app: &App) -> Result<()> {
    let uses = app.used.take();
    if uses.is_empty() {
        return Ok(());
    }
    app.db.write(move |tx| Box::pin(async move { store::used(tx, uses).await })).await
}
