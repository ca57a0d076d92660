//! What was decided about asking the customer of a journey: for every journey that was looked at, asked or not.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `decision`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "decision")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// The journey.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Blob")]
    pub journey: Vec<u8>,
    /// Its journey type.
    #[sea_orm(column_type = "Text")]
    pub journey_type: String,
    /// The running ISO week in which the journey was over.
    pub week: i32,
    /// `invited`, or the reason why not; see `invitation::Decision`.
    #[sea_orm(column_type = "Text")]
    pub outcome: String,
    /// Instant.
    pub decided_at: i64,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
