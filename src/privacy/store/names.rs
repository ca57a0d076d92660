//! The names that teams add so that no comment shows them: written as hashes, with an entry in the
//! journal that tells how many and never which.

use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter,
};
use serde_json::json;

use crate::clock::Instant;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::i18n::Text;
use crate::id::OrganisationId;
use crate::journal::{self, Author, Entry, Reason};
use crate::privacy::redact::{StaffName, TeamNames};
use crate::schema::{staff_name, team};
use crate::token::Secret;

/// Who changes a team's list, when and why.
#[derive(Clone, Debug)]
pub struct By {
    /// Who.
    pub author: Author,
    /// Why.
    pub reason: Reason,
    /// When.
    pub at: Instant,
}

/// The names that the teams of an organisation have added.
pub async fn all(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    secret: &Secret,
) -> Result<TeamNames> {
    let rows = staff_name::Entity::of(organisation);
    let read = |row: staff_name::Model| {
        let digest = row
            .digest
            .try_into()
            .map_err(|_| Error::Internal("a hash of a name is not 16 bytes".to_owned()))?;
        Ok((row.team, digest))
    };
    let digests = rows.all(connection).await?.into_iter().map(read).collect::<Result<Vec<_>>>()?;
    Ok(TeamNames::new(secret.clone(), digests))
}

/// Adds the names of some lines to a team's list; says whether any of them was new.
pub async fn add(
    db: &Db,
    (organisation, team): (OrganisationId, &str),
    secret: &Secret,
    lines: &[Vec<StaffName>],
    by: By,
) -> Result<bool> {
    let row = |name: &StaffName| staff_name::Model {
        organisation_id: organisation,
        team: team.to_owned(),
        digest: name.digest(secret, team).to_vec(),
    };
    let rows: Vec<_> =
        lines.iter().flatten().map(|name| row(name).into_active_model().reset_all()).collect();
    let (team, told) = (team.to_owned(), json!({ "added": lines.len() }));
    db.write(move |tx| {
        Box::pin(async move {
            must_exist(tx, organisation, &team).await?;
            let mut new = 0;
            for some in rows.chunks(crate::db::most_values(tx.get_database_backend()) / 3) {
                let again = OnConflict::new().do_nothing().to_owned();
                let insert = staff_name::Entity::insert_many(some.to_vec()).on_conflict(again);
                new += insert.exec_without_returning(tx).await?;
            }
            if new > 0 {
                note(tx, (organisation, &team), told, by).await?;
            }
            Ok(new > 0)
        })
    })
    .await
}

/// Empties a team's list; says whether there was anything in it.
pub async fn clear(db: &Db, (organisation, team): (OrganisationId, &str), by: By) -> Result<bool> {
    let team = team.to_owned();
    db.write(move |tx| {
        Box::pin(async move {
            must_exist(tx, organisation, &team).await?;
            let gone = staff_name::Entity::delete_of(organisation)
                .filter(staff_name::Column::Team.eq(&team))
                .exec(tx)
                .await?;
            if gone.rows_affected > 0 {
                note(tx, (organisation, &team), json!({ "removed": true }), by).await?;
            }
            Ok(gone.rows_affected > 0)
        })
    })
    .await
}

async fn must_exist(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    code: &str,
) -> Result<()> {
    match team::Entity::find_by_id((organisation, code.to_owned())).one(tx).await? {
        Some(_) => Ok(()),
        None => Err(Text::new("team-unknown-team").with("team", code).into()),
    }
}

async fn note(
    tx: &DatabaseTransaction,
    (organisation, team): (OrganisationId, &str),
    told: serde_json::Value,
    By { author, reason, at }: By,
) -> Result<()> {
    let subject = format!("names:{team}");
    let entry =
        Entry { at, author, subject, before: None, after: Some(told), reason, effective_at: at };
    journal::store::append(tx, organisation, entry).await?;
    Ok(())
}
