//! A site: where the service happens.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `site`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "site")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// Its code in events.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub code: String,
    /// The region it belongs to.
    #[sea_orm(column_type = "Text", nullable)]
    pub region: Option<String>,
    /// Its name for people.
    #[sea_orm(column_type = "Text", nullable)]
    pub name: Option<String>,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
