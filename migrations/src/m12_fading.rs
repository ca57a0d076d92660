//! Which releases have faded: of their journeys only weeks and durations are known.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, integer, text};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("faded")
            .col(big_integer("organisation_id"))
            .col(text("journey_type"))
            .col(integer("week"))
            .primary_key(Index::create().col("organisation_id").col("journey_type").col("week"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("faded").to_owned()).await
    }
}
