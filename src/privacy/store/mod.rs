//! What the gate needs from the tables: the minimum sizes, the stage, the headcounts. What the
//! redactor needs: [`names`].

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::error::Result;
use crate::id::OrganisationId;
use crate::journal::objection::Objections;
use crate::journal::store::objections::objections;
use crate::schema::{headcount, journal_entry, organisation};

use super::embargo::Announced;
use super::{Floors, Headcounts};

pub mod names;
/// What the settings journal calls the days for which the teams see a release before anyone else.
const ALONE: &str = "setting:embargo_days";

/// The settings of an organisation that decide what is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The minimum sizes in force.
    pub floors: Floors,
    /// Whether it is in pilot.
    pub pilot: bool,
}

/// The settings in force; `None` when there is no such organisation.
pub async fn settings(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> Result<Option<Settings>> {
    let row = organisation::Entity::find_by_id(organisation).one(connection).await?;
    Ok(row.map(|row| Settings {
        floors: Floors::raised(row.minimum_answers, row.minimum_heads),
        // Whatever is not plainly running is shown to nobody but the teams.
        pilot: row.stage != "running",
    }))
}

/// All headcounts of an organisation.
pub async fn headcounts(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> Result<Headcounts> {
    let objections = objections(connection, organisation).await?;
    let rows = headcount::Entity::of(organisation);
    let mut counts = Headcounts::default();
    for row in rows.all(connection).await? {
        let Some(since) = objections.in_force(row.since) else { continue };
        counts.enter(&row.team, &row.site, since, u32::try_from(row.heads).unwrap_or(0));
    }
    Ok(counts)
}

/// What was announced of the time that the teams have for themselves, in the order of the journal.
pub async fn announced(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> Result<Vec<Announced>> {
    let objections = objections(connection, organisation).await?;
    let rows = journal_entry::Entity::of(organisation)
        .filter(journal_entry::Column::Subject.eq(ALONE))
        .order_by_asc(journal_entry::Column::Number);
    let rows = rows.all(connection).await?;
    Ok(rows.iter().filter_map(|row| announcement(row, &objections)).collect())
}

fn announcement(row: &journal_entry::Model, objections: &Objections) -> Option<Announced> {
    let after: serde_json::Value = serde_json::from_str(row.after.as_deref()?).ok()?;
    let days = i32::try_from(after.get("value")?.as_i64()?).ok()?;
    Some(Announced { effective_at: objections.in_force(row.effective_at)?, days })
}
