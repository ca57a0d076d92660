//! The outbox: one row for each mail that is to be sent, and what became of it.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `mail`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// What it is about.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Blob")]
    pub invitation: Vec<u8>,
    /// 0 for the invitation, 1 for the reminder.
    #[sea_orm(primary_key, auto_increment = false)]
    pub wave: i32,
    /// `waiting`, `sending`, `sent`, `refused`, `unknown` or `cancelled`; see `invitation::outbox`.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// Instant before which it rests.
    pub due_at: i64,
    /// How often it was tried.
    pub attempts: i32,
    /// Instant until which somebody is sending it.
    pub leased_until: Option<i64>,
    /// Instant at which a server took it.
    pub sent_at: Option<i64>,
    /// Why it did not go, as a code without anything of the address.
    #[sea_orm(column_type = "Text", nullable)]
    pub failure: Option<String>,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
