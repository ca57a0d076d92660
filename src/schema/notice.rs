//! A mail to a team that was handed over, so that none goes twice. It knows the team and no address.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `notice`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notice")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// What it told.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub kind: String,
    /// An action, or a journey type and its week.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub about: String,
    /// The team; empty for the process owners.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub team: String,
    /// Days since 1970.
    pub sent_on: i32,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
