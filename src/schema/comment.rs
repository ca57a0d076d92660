//! A comment: held as it was written, then released redacted.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `comment`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "comment")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// The response.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Blob")]
    pub response: Vec<u8>,
    /// As written while it is held, redacted once it is released.
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// `held` or `released`.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// The atom that it was released with.
    pub atom: Option<i64>,
    /// The language that it is written in, once it is released: `fr` or `en`.
    #[sea_orm(column_type = "Text", nullable)]
    pub lang: Option<String>,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
