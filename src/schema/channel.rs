//! The method's catalogue of channels: grows only.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `channel`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "channel")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// Its journey type.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub journey_type: String,
    /// Its number in cells.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// As events name it.
    #[sea_orm(column_type = "Text")]
    pub code: String,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
