//! A variant, for the method: the set of rated elements that a journey has.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `variant`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "variant")]
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
    /// JSON list of catalogue positions.
    #[sea_orm(column_type = "Text")]
    pub elements: String,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
