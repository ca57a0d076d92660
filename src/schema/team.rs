//! A team: a function, at a site or central. Never a roster.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `team`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "team")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// Its code in the blueprint.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub code: String,
    /// French name.
    #[sea_orm(column_type = "Text")]
    pub name_fr: String,
    /// English name.
    #[sea_orm(column_type = "Text")]
    pub name_en: String,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
