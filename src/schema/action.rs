//! What a discussion tries, and how it will be judged: registered before it begins.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `action`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "action")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// Its key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The discussion.
    pub discussion: i64,
    /// The team that wrote it down.
    #[sea_orm(column_type = "Text")]
    pub proposed_by: String,
    /// The team that does it; none for the process owner.
    #[sea_orm(column_type = "Text", nullable)]
    pub team: Option<String>,
    /// Redacted.
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// A role, never a name; redacted.
    #[sea_orm(column_type = "Text", nullable)]
    pub role: Option<String>,
    /// The figure that should move, as charts name it.
    #[sea_orm(column_type = "Text")]
    pub measure: String,
    /// `up` or `down`.
    #[sea_orm(column_type = "Text")]
    pub direction: String,
    /// The network without this place is what it is compared with; none for its own past.
    #[sea_orm(column_type = "Text", nullable)]
    pub control: Option<String>,
    /// Days since 1970.
    pub saved_on: i32,
    /// The first week of it.
    pub start_week: i32,
    /// Days since 1970.
    pub review_on: i32,
    /// `open`, `kept`, `changed`, `dropped` or `passed`.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// Days since 1970.
    pub decided_on: Option<i32>,
    /// The process owner's answer, redacted.
    #[sea_orm(column_type = "Text", nullable)]
    pub answer: Option<String>,
    /// Days since 1970.
    pub answered_on: Option<i32>,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
