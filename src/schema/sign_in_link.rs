//! A one-time sign-in link; its digest is its key.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `sign_in_link`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_link")]
pub struct Model {
    /// SHA-256 of the token.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Blob")]
    pub digest: Vec<u8>,
    /// The tenant.
    pub organisation_id: OrganisationId,
    /// The account.
    pub account: i64,
    /// Instant.
    pub expires_at: i64,
    /// Instant.
    pub used_at: Option<i64>,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
