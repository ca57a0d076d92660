//! An organisation: the tenant. Everything belongs to one.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `organisation`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organisation")]
pub struct Model {
    /// Its key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrganisationId,
    /// Its name for programs.
    #[sea_orm(column_type = "Text")]
    pub code: String,
    /// Its name for people.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// IANA name; weeks begin at its midnight.
    #[sea_orm(column_type = "Text")]
    pub time_zone: String,
    /// `pilot` or `running`.
    #[sea_orm(column_type = "Text")]
    pub stage: String,
    /// Instant at which the pilot ends.
    pub pilot_until: i64,
    /// Setting; never below the compiled floor.
    pub minimum_answers: i32,
    /// Setting; never below the compiled floor.
    pub minimum_heads: i32,
    /// Days for which the teams see a release first.
    pub embargo_days: i32,
    /// Instant.
    pub created_at: i64,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
