//! Whom a journey type asks, when and how often at most.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `asking`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "asking")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// The journey type.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub journey_type: String,
    /// Of a hundred customers who could be asked, so many are.
    pub rate_percent: i32,
    /// Hours between the end of a journey and the invitation.
    pub delay_hours: i32,
    /// Hour of the day from which nobody is written to.
    pub quiet_from: i32,
    /// Hour of the day until which nobody is written to.
    pub quiet_until: i32,
    /// Days after the invitation at which a reminder goes out; 0 for none.
    pub reminder_days: i32,
    /// Days in which an address is written to about one journey at most.
    pub rest_days: i32,
    /// Days for which a link is open.
    pub link_days: i32,
}

/// Joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
