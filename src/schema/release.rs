//! A release: one closed week of a journey type.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `release`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "release")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// Its journey type.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub journey_type: String,
    /// Running number of the ISO week.
    #[sea_orm(primary_key, auto_increment = false)]
    pub week: i32,
    /// Instant.
    pub published_at: i64,
    /// Instant from which others than the teams see it.
    pub owners_from: i64,
    /// JSON object: site to `[answers that came since the last release, answers left waiting]`.
    #[sea_orm(column_type = "Text")]
    pub sites: String,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
