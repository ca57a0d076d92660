//! A journey type: the blueprint of a service.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `journey_type`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "journey_type")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// Its code.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub code: String,
    /// French name.
    #[sea_orm(column_type = "Text")]
    pub name_fr: String,
    /// English name.
    #[sea_orm(column_type = "Text")]
    pub name_en: String,
    /// JSON list of the attributes that its events may carry.
    #[sea_orm(column_type = "Text")]
    pub attributes: String,
    /// Lateness that customers do not feel.
    pub buffer_minutes: i32,
    /// Days without an event after which an unfinished journey counts as over.
    pub quiet_days: i32,
    /// Instant.
    pub created_at: i64,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
