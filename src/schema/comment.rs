//! A comment: held until it is redacted.

use sea_orm::entity::prelude::*;

/// A row of `comment`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "comment")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: i64,
    /// The response.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Blob")]
    pub response: Vec<u8>,
    /// As written.
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// `held`.
    #[sea_orm(column_type = "Text")]
    pub state: String,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
