//! A journey: one customer's passage. Its identifier is a keyed hash of the source's.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `journey`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "journey")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// 16 bytes of a keyed hash.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Blob")]
    pub id: Vec<u8>,
    /// Its journey type.
    #[sea_orm(column_type = "Text")]
    pub journey_type: String,
    /// Where it happened.
    #[sea_orm(column_type = "Text", nullable)]
    pub site: Option<String>,
    /// JSON object of declared attributes.
    #[sea_orm(column_type = "Text", nullable)]
    pub attributes: Option<String>,
    /// JSON of its events, see `journey::trace`.
    #[sea_orm(column_type = "Text")]
    pub trace: String,
    /// Instant of its first event.
    pub started_at: i64,
    /// Instant of its last event.
    pub ended_at: i64,
    /// Instant at which it counts as over: puts it into a week.
    pub finished_at: i64,
    /// The release that it went into.
    pub atom: Option<i64>,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
