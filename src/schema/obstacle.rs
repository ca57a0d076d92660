//! What kept a team from good work in one month: one note a team and month, whoever ticked it.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `obstacle`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "obstacle")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// The journey type.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub journey_type: String,
    /// The step or handoff.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub element: String,
    /// The team.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub team: String,
    /// `network` or `site:S`: where the team is.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub place: String,
    /// Months since January of year 0.
    #[sea_orm(primary_key, auto_increment = false)]
    pub month: i32,
    /// Codes, apart by spaces.
    #[sea_orm(column_type = "Text")]
    pub ticked: String,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
