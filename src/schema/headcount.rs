//! How many people a team has at a site since an instant: a number, never a list.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `headcount`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "headcount")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// The team.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub team: String,
    /// The site; empty for a central team.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub site: String,
    /// Instant from which it holds.
    #[sea_orm(primary_key, auto_increment = false)]
    pub since: i64,
    /// How many.
    pub heads: i32,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
