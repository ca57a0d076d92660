//! The access log: who looked at a team's data, by role. Append-only, hash-chained.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `access_entry`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "access_entry")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// Counted from 1 without a gap.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    /// Instant.
    pub at: i64,
    /// Of who looked.
    #[sea_orm(column_type = "Text")]
    pub role: String,
    /// Whose data.
    #[sea_orm(column_type = "Text", nullable)]
    pub team: Option<String>,
    /// Which page and partition.
    #[sea_orm(column_type = "Text")]
    pub place: String,
    /// Hash of the entry before.
    #[sea_orm(column_type = "Blob")]
    pub previous: Vec<u8>,
    /// Hash of this entry.
    #[sea_orm(column_type = "Blob")]
    pub hash: Vec<u8>,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
