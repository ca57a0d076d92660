//! A step of a blueprint, in its usual order.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `step`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "step")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// Its journey type.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub journey_type: String,
    /// Its code.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub code: String,
    /// Its place in the usual order.
    pub position: i32,
    /// The team that does it.
    #[sea_orm(column_type = "Text", nullable)]
    pub team: Option<String>,
    /// Whether the customer meets it.
    pub frontstage: bool,
    /// The step that gives its dates.
    #[sea_orm(column_type = "Text", nullable)]
    pub planned_by: Option<String>,
    /// French name.
    #[sea_orm(column_type = "Text")]
    pub name_fr: String,
    /// English name.
    #[sea_orm(column_type = "Text")]
    pub name_en: String,
    /// JSON list of activity names that mean this step.
    #[sea_orm(column_type = "Text")]
    pub activities: String,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
