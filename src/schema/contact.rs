//! How to reach the customer of a journey; expires.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `contact`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contact")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// The journey.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Blob")]
    pub journey: Vec<u8>,
    /// Encrypted.
    #[sea_orm(column_type = "Blob")]
    pub address: Vec<u8>,
    /// `fr` or `en`.
    #[sea_orm(column_type = "Text", nullable)]
    pub locale: Option<String>,
    /// Instant at which the row goes.
    pub expires_at: i64,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
