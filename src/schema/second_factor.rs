//! What an account signs in with beside its password: the secret of an authenticator application.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `second_factor`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "second_factor")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// The account.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account: i64,
    /// Encrypted.
    #[sea_orm(column_type = "Blob")]
    pub secret: Vec<u8>,
    /// Instant.
    pub created_at: i64,
    /// Instant of the first right code; until then it is asked for nowhere.
    pub confirmed_at: Option<i64>,
    /// The time step of the last code that was taken: none of it or before it is taken again.
    pub last_step: Option<i64>,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
