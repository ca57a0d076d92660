//! How often each role looked lately is on every team's first page and on its sheet: counted from
//! the index alone, however many years the log has.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index = Index::create()
            .name("access_entry_at")
            .table("access_entry")
            .col("organisation_id")
            .col("at")
            .col("team")
            .col("role")
            .to_owned();
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_index(Index::drop().name("access_entry_at").table("access_entry").to_owned())
            .await
    }
}
