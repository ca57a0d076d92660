//! The process measures of an atom.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `flow`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "flow")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// Its atom.
    #[sea_orm(primary_key, auto_increment = false)]
    pub atom: i64,
    /// See the analytics crate's `process`.
    #[sea_orm(column_type = "Blob")]
    pub state: Vec<u8>,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
