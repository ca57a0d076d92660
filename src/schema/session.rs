//! A server-side session; the cookie's digest is its key.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `session`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    /// SHA-256 of the cookie.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Blob")]
    pub digest: Vec<u8>,
    /// The tenant.
    pub organisation_id: OrganisationId,
    /// The account.
    pub account: i64,
    /// Instant.
    pub created_at: i64,
    /// Instant of the last request.
    pub seen_at: i64,
    /// Whether it opens nothing yet but the question for the second factor.
    pub awaits_factor: bool,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
