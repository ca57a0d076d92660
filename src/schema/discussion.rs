//! A discussion of two neighbouring teams about one handoff.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `discussion`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "discussion")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// Its key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The journey type.
    #[sea_orm(column_type = "Text")]
    pub journey_type: String,
    /// The handoff.
    #[sea_orm(column_type = "Text")]
    pub element: String,
    /// Whose journeys: `network`, `region:R` or `site:S`.
    #[sea_orm(column_type = "Text")]
    pub place: String,
    /// The team that opened it.
    #[sea_orm(column_type = "Text")]
    pub team: String,
    /// The other team of the handoff; the same where one team does both steps.
    #[sea_orm(column_type = "Text")]
    pub neighbour: String,
    /// Days since 1970.
    pub opened_on: i32,
    /// Days since 1970; none until the other team has written or said that it takes part.
    pub joined_on: Option<i32>,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
