//! A response: read by the one module that publishes.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `response`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "response")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// 16 bytes.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Blob")]
    pub id: Vec<u8>,
    /// Its journey type.
    #[sea_orm(column_type = "Text")]
    pub journey_type: String,
    /// Its journey; none when the customer said it was not theirs.
    #[sea_orm(column_type = "Blob", nullable)]
    pub journey: Option<Vec<u8>>,
    /// Where it happened.
    #[sea_orm(column_type = "Text", nullable)]
    pub site: Option<String>,
    /// Of the questionnaire.
    pub version: i32,
    /// Instant.
    pub answered_at: i64,
    /// On the questionnaire's scale.
    pub outcome: Option<i32>,
    /// JSON object: element to rating, null for `does not know`.
    #[sea_orm(column_type = "Text")]
    pub answers: String,
    /// The release that it went into.
    pub atom: Option<i64>,
    /// JSON object: element to the probability that it was drawn; none for another tool's answers.
    #[sea_orm(column_type = "Text", nullable)]
    pub chances: Option<String>,
    /// The element of which the customer said by himself that it went badly; kept apart from what was drawn.
    #[sea_orm(column_type = "Text", nullable)]
    pub another: Option<String>,
    /// Whether somebody suggested which answer to give; only one in ten is asked.
    pub pressed: Option<bool>,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
