//! What an import said: counts and reasons, no values.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `intake`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intake")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// Its key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Instant.
    pub at: i64,
    /// `events` or `answers`.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// The journey type.
    #[sea_orm(column_type = "Text")]
    pub journey_type: String,
    /// JSON of the report.
    #[sea_orm(column_type = "Text")]
    pub report: String,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
