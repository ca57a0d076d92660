//! A sign-in account: for access alone. Nothing links it to journeys, answers or actions.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `account`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// Its key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Lower case.
    #[sea_orm(column_type = "Text")]
    pub email: String,
    /// Argon2id; none until the first sign-in.
    #[sea_orm(column_type = "Text", nullable)]
    pub password_hash: Option<String>,
    /// Administrator, owner, member or representative.
    #[sea_orm(column_type = "Text")]
    pub role: String,
    /// `fr` or `en`.
    #[sea_orm(column_type = "Text")]
    pub locale: String,
    /// Whether it may sign in no more.
    pub disabled: bool,
    /// Instant.
    pub created_at: i64,
    /// SHA-256 of whom the organisation's provider knows it as, since it first signed in through it.
    #[sea_orm(column_type = "Blob", nullable)]
    pub subject: Option<Vec<u8>>,
    /// Whether it wants mail about its teams' figures and actions.
    pub letters: bool,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
