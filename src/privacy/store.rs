//! What the gate needs from the tables: the minimum sizes, the stage, the headcounts. What the redactor needs: [`names`].

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::error::Result;
use crate::schema::{headcount, organisation};

use super::{Floors, Headcounts};

pub mod names;

/// The settings of an organisation that decide what is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The minimum sizes in force.
    pub floors: Floors,
    /// Whether it is in pilot.
    pub pilot: bool,
}

/// The settings in force; `None` when there is no such organisation.
pub async fn settings(connection: &impl ConnectionTrait, organisation: i64) -> Result<Option<Settings>> {
    let row = organisation::Entity::find_by_id(organisation).one(connection).await?;
    Ok(row.map(|row| Settings {
        floors: Floors::raised(row.minimum_answers, row.minimum_heads),
        // Whatever is not plainly running is shown to nobody but the teams.
        pilot: row.stage != "running",
    }))
}

/// All headcounts of an organisation.
pub async fn headcounts(connection: &impl ConnectionTrait, organisation: i64) -> Result<Headcounts> {
    let rows = headcount::Entity::find().filter(headcount::Column::OrganisationId.eq(organisation));
    let mut counts = Headcounts::default();
    for row in rows.all(connection).await? {
        counts.enter(&row.team, &row.site, row.since, u32::try_from(row.heads).unwrap_or(0));
    }
    Ok(counts)
}
