//! A name that a team does not want to read in a comment, as a keyed hash: nobody can read the list.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `staff_name`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "staff_name")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// The team, which salts the hash.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub team: String,
    /// 16 bytes.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Blob")]
    pub digest: Vec<u8>,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
