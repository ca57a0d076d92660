//! What customers are told was done about a step or a handoff.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `sentence`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sentence")]
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
    /// What it answers.
    #[sea_orm(column_type = "Text")]
    pub element: String,
    /// Whose customers read it.
    #[sea_orm(column_type = "Text")]
    pub place: String,
    /// The team that wrote it.
    #[sea_orm(column_type = "Text")]
    pub team: String,
    /// In French, redacted.
    #[sea_orm(column_type = "Text", nullable)]
    pub text_fr: Option<String>,
    /// In English, redacted.
    #[sea_orm(column_type = "Text", nullable)]
    pub text_en: Option<String>,
    /// Days since 1970.
    pub written_on: i32,
    /// Whether figures about what it answers may be shown: before that no customer reads it.
    pub floor_met: bool,
    /// Days since 1970.
    pub withdrawn_on: Option<i32>,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
