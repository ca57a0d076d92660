//! What was objected to, read from the entries of the journal alone; raising an objection and
//! taking it back.

use std::collections::BTreeMap;

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, QueryFilter, QueryOrder,
};
use serde_json::{Value, json};

use super::lock;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::i18n::Text;
use crate::id::OrganisationId;
use crate::jobs;
use crate::journal::objection::{
    Objection, ObjectionEntry, Objections, Objector, SUBJECT, number_of,
};
use crate::journal::{Author, Entry, Reason, due};
use crate::schema::journal_entry;

/// The changes that are not in force yet, the newest first, with the objection that stands.
pub async fn waiting(
    db: &Db,
    organisation: OrganisationId,
    now: Instant,
) -> Result<Vec<(journal_entry::Model, Option<Objection>)>> {
    let objections = objections(db.reader(), organisation).await?;
    let (at, effective_at) = (journal_entry::Column::At, journal_entry::Column::EffectiveAt);
    let late =
        Condition::any().add(effective_at.gt(now)).add(effective_at.is_in(objections.overdue(now)));
    let rows = journal_entry::Entity::of(organisation)
        .filter(Expr::col(effective_at).gt(Expr::col(at)))
        .filter(late)
        .order_by_desc(journal_entry::Column::Number)
        .all(db.reader())
        .await?;
    let with_objection = |row: journal_entry::Model| {
        let objection = objections.standing(row.number).cloned();
        (row, objection)
    };
    Ok(rows.into_iter().map(with_objection).collect())
}

/// Everything that was objected to.
pub async fn objections(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> Result<Objections> {
    let rows = journal_entry::Entity::of(organisation)
        .filter(journal_entry::Column::Subject.starts_with(SUBJECT))
        .order_by_asc(journal_entry::Column::Number)
        .all(connection)
        .await?;
    if rows.is_empty() {
        return Ok(Objections::default());
    }
    let about: Vec<i64> = rows.iter().filter_map(|row| number_of(&row.subject)).collect();
    let about = journal_entry::Entity::of(organisation)
        .filter(journal_entry::Column::Number.is_in(about))
        .all(connection)
        .await?;
    let effective: BTreeMap<i64, Instant> =
        about.iter().map(|row| (row.number, row.effective_at)).collect();
    let entries: Vec<Option<ObjectionEntry>> = rows.iter().map(read).collect::<Result<_>>()?;
    Ok(Objections::of(entries.into_iter().flatten(), |number| effective.get(&number).copied()))
}

fn read(row: &journal_entry::Model) -> Result<Option<ObjectionEntry>> {
    let Some(about) = number_of(&row.subject) else { return Ok(None) };
    let after = row.after.as_deref().and_then(|text| serde_json::from_str::<Value>(text).ok());
    Ok(Some(ObjectionEntry {
        about,
        at: row.at,
        author: Author::stored(&row.author),
        reason: Reason::parse(&row.reason)?,
        withdraws: after.is_some_and(|after| after.get("removed").is_some()),
    }))
}

/// Objects to the entry of a number while it waits.
pub async fn raise(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    number: i64,
    by: Objector,
) -> Result<()> {
    let (row, known) = proposal(tx, organisation, number).await?;
    if known.standing(number).is_some() {
        return Err(Text::new("journal-objected-already").into());
    }
    let in_force = known.in_force(row.effective_at);
    if row.effective_at == row.at || in_force.is_some_and(|at| at <= by.now) {
        return Err(Text::new("journal-in-force-already").into());
    }
    append(tx, organisation, number, by, json!({ "number": number })).await
}

/// Takes an objection back: the change is in force from now on, unless it still waits.
pub async fn withdraw(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    number: i64,
    by: Objector,
) -> Result<()> {
    let (row, known) = proposal(tx, organisation, number).await?;
    let Some(standing) = known.standing(number) else {
        return Err(Text::new("journal-not-objected").into());
    };
    if standing.raised_by != by.author {
        return Err(Text::new("journal-not-your-objection").into());
    }
    jobs::enqueue(tx, vec![due(organisation, Ord::max(row.effective_at, by.now))]).await?;
    append(tx, organisation, number, by, json!({ "number": number, "removed": true })).await
}

async fn proposal(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    number: i64,
) -> Result<(journal_entry::Model, Objections)> {
    lock(tx, organisation).await?;
    let row = journal_entry::Entity::of(organisation)
        .filter(journal_entry::Column::Number.eq(number))
        .one(tx)
        .await?;
    let row =
        row.ok_or_else(|| Text::new("journal-no-entry").with("number", number.to_string()))?;
    Ok((row, objections(tx, organisation).await?))
}

async fn append(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    number: i64,
    by: Objector,
    after: Value,
) -> Result<()> {
    let entry = Entry {
        at: by.now,
        author: by.author,
        subject: format!("{SUBJECT}{number}"),
        before: None,
        after: Some(after),
        reason: by.reason,
        effective_at: by.now,
    };
    super::append(tx, organisation, entry).await?;
    Ok(())
}
