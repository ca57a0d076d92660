//! An atom: a cell that a release made public, once and for ever.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `atom`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "atom")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// Its key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Its journey type.
    #[sea_orm(column_type = "Text")]
    pub journey_type: String,
    /// Of its release.
    pub week: i32,
    /// `site`, `region` or `network`.
    #[sea_orm(column_type = "Text")]
    pub scope: String,
    /// The site or region; empty for the network.
    #[sea_orm(column_type = "Text")]
    pub place: String,
    /// The region that it counts in, as it was when it was released.
    #[sea_orm(column_type = "Text", nullable)]
    pub region: Option<String>,
    /// JSON of the headcounts behind it by team, as they were when it was released.
    #[sea_orm(column_type = "Text")]
    pub behind: String,
    /// How many responses it holds.
    pub answers: i32,
    /// How many journeys it holds.
    pub journeys: i32,
    /// How many of their customers were invited; none where that is not known.
    pub invited: Option<i32>,
    /// How many people stand behind it.
    pub heads: i32,
    /// Instant.
    pub published_at: i64,
    /// Instant from which others than the teams see it.
    pub owners_from: i64,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
