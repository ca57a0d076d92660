//! Work to do later, enqueued in the transaction of the fact that causes it.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `job`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job")]
pub struct Model {
    /// Its key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The tenant.
    pub organisation_id: OrganisationId,
    /// What is to be done.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// What it is done to: the same key is the same job.
    #[sea_orm(column_type = "Text")]
    pub key: String,
    /// JSON of identifiers.
    #[sea_orm(column_type = "Text")]
    pub payload: String,
    /// Instant before which it rests.
    pub run_at: i64,
    /// How often it was tried.
    pub attempts: i32,
    /// Instant until which somebody works on it.
    pub leased_until: Option<i64>,
    /// Instant.
    pub done_at: Option<i64>,
    /// The last error; given up when there is no `run_at` to come.
    #[sea_orm(column_type = "Text", nullable)]
    pub failure: Option<String>,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
