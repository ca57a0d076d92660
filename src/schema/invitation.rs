//! An invitation: one customer's questionnaire, its items and what he has answered so far.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `invitation`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitation")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// 16 random bytes; the response that comes of it has the same.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Blob")]
    pub id: Vec<u8>,
    /// Its journey type.
    #[sea_orm(column_type = "Text")]
    pub journey_type: String,
    /// Its journey; none once the customer said it was not his.
    #[sea_orm(column_type = "Blob", nullable)]
    pub journey: Option<Vec<u8>>,
    /// The running ISO week in which the journey was over.
    pub week: i32,
    /// Of the questionnaire.
    pub version: i32,
    /// `mail`, or `link` when somebody else brings the link to the customer.
    #[sea_orm(column_type = "Text")]
    pub channel: String,
    /// `fr` or `en`.
    #[sea_orm(column_type = "Text")]
    pub locale: String,
    /// JSON array of the items drawn, each with the probability that it was.
    #[sea_orm(column_type = "Text")]
    pub items: String,
    /// Whether he is asked if somebody suggested an answer: one in ten.
    pub pressure: bool,
    /// Keyed hash of the address; none once the address is gone.
    #[sea_orm(column_type = "Blob", nullable)]
    pub address_key: Option<Vec<u8>>,
    /// Instant.
    pub created_at: i64,
    /// Instant at which its links end.
    pub expires_at: i64,
    /// JSON of the first page as it was saved; none before, and once it is a response.
    #[sea_orm(column_type = "Text", nullable)]
    pub outcome_page: Option<String>,
    /// JSON of the second page likewise.
    #[sea_orm(column_type = "Text", nullable)]
    pub parts_page: Option<String>,
    /// JSON of the third page likewise.
    #[sea_orm(column_type = "Text", nullable)]
    pub words_page: Option<String>,
    /// Instant at which the first page was saved. Nothing is known of who only reads.
    pub opened_at: Option<i64>,
    /// Instant at which a page was saved last.
    pub saved_at: Option<i64>,
    /// Instant at which the last page was sent.
    pub finished_at: Option<i64>,
    /// Instant at which its answers became a response, finished or partial.
    pub closed_at: Option<i64>,
    /// Instant at which the customer took his answer back.
    pub withdrawn_at: Option<i64>,
    /// Whether an answer that was taken back had gone into something published.
    pub counted: Option<bool>,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
