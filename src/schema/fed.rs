//! How many events of a step arrived on a day, from anywhere: no site, no journey.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `fed`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "fed")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// The journey type.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub journey_type: String,
    /// The step.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub step: String,
    /// When they arrived, in days since 1970 (UTC).
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: i32,
    /// Events that were new or told something new.
    pub events: i64,
    /// Those with a promised date.
    pub promised: i64,
    /// Those that say when they began and when they ended.
    pub timed: i64,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
