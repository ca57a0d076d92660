//! The integer sums of an atom, by variant, questionnaire and replicate group.

use sea_orm::entity::prelude::*;

/// A row of `cell`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "cell")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: i64,
    /// Its atom.
    #[sea_orm(primary_key, auto_increment = false)]
    pub atom: i64,
    /// Number of the variant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub variant: i32,
    /// Of the questionnaire; 0 for the sums over all journeys.
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i32,
    /// Week and third of the week; serves the intervals alone.
    #[sea_orm(primary_key, auto_increment = false)]
    pub replicate: i32,
    /// See the analytics crate's `cell`.
    #[sea_orm(column_type = "Blob")]
    pub state: Vec<u8>,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
