//! The channels through which journeys come, by the numbers that cells know them by.

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
        manager.create_table(channel()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("channel").to_owned()).await
    }
}

fn channel() -> TableCreateStatement {
    Table::create()
        .table("channel")
        .col(big_integer("organisation_id"))
        .col(text("journey_type"))
        .col(integer("number"))
        .col(text("code"))
        .primary_key(Index::create().col("organisation_id").col("journey_type").col("number"))
        .index(
            Index::create()
                .unique()
                .name("channel_code_unique")
                .col("organisation_id")
                .col("journey_type")
                .col("code"),
        )
        .to_owned()
}
