//! Which team an account reads for.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `membership`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "membership")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// The account.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account: i64,
    /// The team.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub team: String,
    /// The site; empty for all of the team.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub site: String,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
