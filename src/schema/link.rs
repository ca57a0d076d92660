//! A link to an invitation: each mail has one of its own. Only the digest of its secret is stored.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `link`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "link")]
pub struct Model {
    /// SHA-256 of the secret.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Blob")]
    pub digest: Vec<u8>,
    /// The tenant.
    pub organisation_id: OrganisationId,
    /// Where it leads.
    #[sea_orm(column_type = "Blob")]
    pub invitation: Vec<u8>,
    /// Instant.
    pub created_at: i64,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
