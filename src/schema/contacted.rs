//! When an address was written to, as a keyed hash, so that nobody is asked too often; expires.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `contacted`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contacted")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// Keyed hash of the address.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Blob")]
    pub address_key: Vec<u8>,
    /// Instant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub at: i64,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
