//! The settings journal: append-only, hash-chained.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `journal_entry`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "journal_entry")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// Counted from 1 without a gap.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    /// Instant.
    pub at: i64,
    /// Role and account of who changed it, or the command line.
    #[sea_orm(column_type = "Text")]
    pub author: String,
    /// What was changed.
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    /// JSON.
    #[sea_orm(column_type = "Text", nullable)]
    pub before: Option<String>,
    /// JSON.
    #[sea_orm(column_type = "Text", nullable)]
    pub after: Option<String>,
    /// Why.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// Instant from which it holds.
    pub effective_at: i64,
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
