//! The numbers of the common paths in flows: grows only.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `flow_path`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "flow_path")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// Its journey type.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub journey_type: String,
    /// Its number in flows, from 0 without a gap.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// JSON list of the numbers of its steps.
    #[sea_orm(column_type = "Text")]
    pub steps: String,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
