//! What a team said in a discussion, redacted before it was stored.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `note`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "note")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// The discussion.
    #[sea_orm(primary_key, auto_increment = false)]
    pub discussion: i64,
    /// Counted from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// Who wrote; never a person.
    #[sea_orm(column_type = "Text")]
    pub team: String,
    /// Days since 1970.
    pub written_on: i32,
    /// Redacted.
    #[sea_orm(column_type = "Text")]
    pub text: String,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
