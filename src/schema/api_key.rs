//! A key of a program; only its digest is stored.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `api_key`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_key")]
pub struct Model {
    /// SHA-256 of the key.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Blob")]
    pub digest: Vec<u8>,
    /// The tenant.
    pub organisation_id: OrganisationId,
    /// What it is for.
    #[sea_orm(column_type = "Text")]
    pub label: String,
    /// What it may do, such as `events:write breakdown:read`.
    #[sea_orm(column_type = "Text")]
    pub scope: String,
    /// Instant.
    pub created_at: i64,
    /// Instant.
    pub revoked_at: Option<i64>,
    /// With whose eyes it reads: `owner` or `team:T`.
    #[sea_orm(column_type = "Text", nullable)]
    pub eyes: Option<String>,
    /// The day of its last use, in days since 1970.
    pub used_on: Option<i32>,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
