//! The integer sums of an atom, by variant, questionnaire and replicate group.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `cells`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "cells")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// The atom.
    #[sea_orm(primary_key, auto_increment = false)]
    pub atom: i64,
    /// One cell after the other: see `publication::cells`.
    #[sea_orm(column_type = "Blob")]
    pub states: Vec<u8>,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
