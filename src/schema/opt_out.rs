//! An address that nobody may write to again, as a keyed hash.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `opt_out`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "opt_out")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// Keyed hash of the address.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Blob")]
    pub address_key: Vec<u8>,
    /// Instant.
    pub since: i64,
    /// `unsubscribed` or `refused`: its server takes no mail for it.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
