//! A version of a questionnaire; one in use is never changed.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `questionnaire`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "questionnaire")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// Its journey type.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub journey_type: String,
    /// Counted from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i32,
    /// `three` or `observed`: how items are drawn.
    #[sea_orm(column_type = "Text")]
    pub design: String,
    /// Worst outcome.
    pub outcome_low: i32,
    /// Best outcome.
    pub outcome_high: i32,
    /// Worst rating.
    pub item_low: i32,
    /// Best rating.
    pub item_high: i32,
    /// JSON of the texts.
    #[sea_orm(column_type = "Text")]
    pub definition: String,
    /// Instant.
    pub created_at: i64,
    /// Instant from which it may be asked; a draft before.
    pub published_at: Option<i64>,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
