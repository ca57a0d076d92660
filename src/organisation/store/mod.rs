//! Organisations: making them, finding them, their settings in force. The one place that knows
//! their name and zone.

use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::json;

use super::Stage;
use super::settings::{Change, Setting, Settings};
use crate::calendar::Zone;
use crate::clock::Instant;
use crate::db::{self, Db};
use crate::error::{Error, Result};
use crate::i18n::Text;
use crate::id::OrganisationId;
use crate::jobs;
use crate::journal::objection::Objections;
use crate::journal::store::objections::objections;
use crate::journal::{self, Author, Entry, Reason};
use crate::limits;
use crate::schema::{journal_entry, organisation, release};

pub mod sites;
pub mod teams;

pub use sites::sites;
pub use teams::{team_name, teams};

/// An organisation to make.
#[derive(Clone, Debug)]
pub struct NewOrganisation {
    /// Its name for programs.
    pub code: String,
    /// Its name for people.
    pub name: String,
    /// Where its weeks begin.
    pub time_zone: String,
}

impl Default for NewOrganisation {
    fn default() -> Self {
        Self {
            code: "main".to_owned(),
            name: "Relais".to_owned(),
            time_zone: "Europe/Paris".to_owned(),
        }
    }
}

/// The organisation of a data folder, which a first command makes when there is none; settings
/// that are due come into force. With more than one organisation it is the oldest.
pub async fn ensure(db: &Db, now: Instant) -> Result<OrganisationId> {
    let id = match first(db.reader()).await? {
        Some(id) => id,
        None => found(db, NewOrganisation::default(), now).await?,
    };
    apply_due(db, id, now).await?;
    Ok(id)
}

/// Makes the organisation of an empty data folder, in pilot; one that is there already is left as
/// it is.
pub async fn found(db: &Db, new: NewOrganisation, now: Instant) -> Result<OrganisationId> {
    db.write(move |tx| {
        Box::pin(async move {
            db::lock(tx, "organisation").await?;
            match first(tx).await? {
                Some(id) => Ok(id),
                None => create(tx, &new, now).await,
            }
        })
    })
    .await
}

async fn first(connection: &impl ConnectionTrait) -> Result<Option<OrganisationId>> {
    let row =
        organisation::Entity::find().order_by_asc(organisation::Column::Id).one(connection).await?;
    Ok(row.map(|row| row.id))
}

/// Makes an organisation, in pilot.
pub async fn create(
    tx: &DatabaseTransaction,
    new: &NewOrganisation,
    now: Instant,
) -> Result<OrganisationId> {
    Zone::named(&new.time_zone)?;
    db::lock(tx, "organisation").await?;
    let newest =
        organisation::Entity::find().order_by_desc(organisation::Column::Id).one(tx).await?;
    let row = organisation::Model {
        id: OrganisationId::new(newest.map_or(0, |row| row.id.number()) + 1),
        code: new.code.clone(),
        name: new.name.clone(),
        time_zone: new.time_zone.clone(),
        stage: "pilot".to_owned(),
        pilot_until: now + limits::PILOT,
        minimum_answers: Setting::MinimumAnswers.first(),
        minimum_heads: Setting::MinimumHeads.first(),
        embargo_days: Setting::EmbargoDays.first(),
        created_at: now,
    };
    let id = row.id;
    organisation::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(tx)
        .await?;
    Ok(id)
}

/// Renames an organisation, or moves it to another zone, which is refused once weeks have been
/// published.
pub async fn rename(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    name: Option<&str>,
    time_zone: Option<&str>,
    (author, reason, now): (Author, Reason, Instant),
) -> Result<()> {
    let old = must_exist(tx, organisation).await?;
    let name = name.unwrap_or(&old.name);
    let time_zone = time_zone.unwrap_or(&old.time_zone);
    if (name, time_zone) == (&old.name, &old.time_zone) {
        return Ok(());
    }
    Zone::named(time_zone)?;
    if time_zone != old.time_zone && has_published(tx, organisation).await? {
        return Err(Text::new("team-zone-is-fixed").into());
    }
    set(tx, organisation, organisation::Column::Name, name.to_owned().into()).await?;
    set(tx, organisation, organisation::Column::TimeZone, time_zone.to_owned().into()).await?;
    let told = |name: &str, zone: &str| Some(json!({"name": name, "time_zone": zone}));
    let (before, after) = (told(&old.name, &old.time_zone), told(name, time_zone));
    let subject = "organisation".to_owned();
    let entry = Entry { at: now, author, subject, before, after, reason, effective_at: now };
    journal::store::append(tx, organisation, entry).await?;
    Ok(())
}

async fn has_published(tx: &DatabaseTransaction, organisation: OrganisationId) -> Result<bool> {
    let rows = release::Entity::of(organisation);
    Ok(rows.one(tx).await?.is_some())
}

/// The settings of an organisation that are in force; `None` when there is no such organisation. A
/// row that somebody changed behind the journal's back cannot go below the floors.
pub async fn settings(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> Result<Option<Settings>> {
    let Some(row) = organisation::Entity::find_by_id(organisation).one(connection).await? else {
        return Ok(None);
    };
    Ok(Some(Settings {
        name: row.name,
        zone: Zone::named(&row.time_zone)?,
        stage: Stage::of_row(&row.stage, row.pilot_until),
        minimum_answers: Setting::MinimumAnswers.in_bounds(row.minimum_answers),
        minimum_heads: Setting::MinimumHeads.in_bounds(row.minimum_heads),
        embargo_days: Setting::EmbargoDays.in_bounds(row.embargo_days),
    }))
}

/// The zone that an organisation's local times are meant in.
pub async fn zone(connection: &impl ConnectionTrait, organisation: OrganisationId) -> Result<Zone> {
    Zone::named(&must_exist(connection, organisation).await?.time_zone)
}

/// What an organisation is called.
pub async fn name(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> Result<String> {
    Ok(must_exist(connection, organisation).await?.name)
}

/// What the organisation is called, when there is only one.
pub async fn only_name(connection: &impl ConnectionTrait) -> Result<Option<String>> {
    let rows = organisation::Entity::find().limit(2).all(connection).await?;
    let [only] = rows.as_slice() else { return Ok(None) };
    Ok(Some(only.name.clone()))
}

/// Announces a change in the journal, where every member reads it; says when it comes into force.
pub async fn announce(
    db: &Db,
    organisation: OrganisationId,
    change: Change,
    author: Author,
    now: Instant,
) -> Result<Instant> {
    let effective_at = now + limits::PRIVACY_NOTICE;
    db.write(move |tx| {
        Box::pin(async move {
            let old = must_exist(tx, organisation).await?;
            let entry = Entry {
                at: now,
                author,
                subject: change.setting.subject(),
                before: Some(json!({"value": column_of(&old, change.setting)})),
                after: Some(json!({"value": change.value, "agreed_by": change.agreed_by})),
                reason: change.reason,
                effective_at,
            };
            journal::store::append(tx, organisation, entry).await?;
            jobs::enqueue(tx, vec![journal::due(organisation, effective_at)]).await
        })
    })
    .await?;
    Ok(effective_at)
}

/// Brings into force what the journal has announced and whose notice is over. Doing it twice
/// changes nothing.
pub async fn apply_due(db: &Db, organisation: OrganisationId, now: Instant) -> Result<()> {
    let old = must_exist(db.reader(), organisation).await?;
    let objections = objections(db.reader(), organisation).await?;
    for setting in Setting::ALL {
        let due = newest_due(db, organisation, setting, &objections, now).await?;
        if let Some(value) = due.filter(|value| *value != column_of(&old, setting)) {
            let column = column(setting);
            db.write(move |tx| Box::pin(set(tx, organisation, column, value.into()))).await?;
        }
    }
    Ok(())
}

async fn newest_due(
    db: &Db,
    organisation: OrganisationId,
    setting: Setting,
    objections: &Objections,
    now: Instant,
) -> Result<Option<i32>> {
    let due = journal_entry::Entity::of(organisation)
        .filter(journal_entry::Column::Subject.eq(setting.subject()))
        .filter(journal_entry::Column::EffectiveAt.lte(now))
        .order_by_desc(journal_entry::Column::Number)
        .all(db.reader())
        .await?;
    let in_force = |entry: &journal_entry::Model| {
        objections.in_force(entry.effective_at).is_some_and(|at| at <= now)
    };
    let after = due.into_iter().find(in_force).and_then(|entry| entry.after);
    let value = after.and_then(|after| serde_json::from_str::<serde_json::Value>(&after).ok());
    let value = value.and_then(|value| i32::try_from(value.get("value")?.as_i64()?).ok());
    Ok(value.map(|value| setting.in_bounds(value)))
}

/// Ends the pilot in the row; [`super::pilot`] says when that may be done and writes it down.
pub async fn end_pilot(tx: &DatabaseTransaction, organisation: OrganisationId) -> Result<()> {
    set(tx, organisation, organisation::Column::Stage, "running".to_owned().into()).await
}

/// The row of an organisation that must be there.
pub(super) async fn must_exist(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> Result<organisation::Model> {
    let row = organisation::Entity::find_by_id(organisation).one(connection).await?;
    row.ok_or_else(|| Error::Internal(format!("there is no organisation {organisation}")))
}

fn column_of(row: &organisation::Model, setting: Setting) -> i32 {
    match setting {
        Setting::MinimumAnswers => row.minimum_answers,
        Setting::MinimumHeads => row.minimum_heads,
        Setting::EmbargoDays => row.embargo_days,
    }
}

fn column(setting: Setting) -> organisation::Column {
    match setting {
        Setting::MinimumAnswers => organisation::Column::MinimumAnswers,
        Setting::MinimumHeads => organisation::Column::MinimumHeads,
        Setting::EmbargoDays => organisation::Column::EmbargoDays,
    }
}

async fn set(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    column: organisation::Column,
    value: sea_orm::Value,
) -> Result<()> {
    organisation::Entity::update_many()
        .col_expr(column, Expr::val(value))
        .filter(organisation::Column::Id.eq(organisation))
        .exec(tx)
        .await?;
    Ok(())
}
