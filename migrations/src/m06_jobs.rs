//! Work to do later.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, integer, text, text_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(job()).await?;
        manager
            .create_index(Index::create().name("job_due").table("job").col("run_at").to_owned())
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("job").to_owned()).await?;
        Ok(())
    }
}

fn job() -> TableCreateStatement {
    Table::create()
        .table("job")
        .col(big_integer("id"))
        .col(big_integer("organisation_id"))
        .col(text("kind"))
        .col(text("key"))
        .col(text("payload"))
        .col(big_integer("run_at"))
        .col(integer("attempts"))
        .col(big_integer_null("leased_until"))
        .col(big_integer_null("done_at"))
        .col(text_null("failure"))
        .primary_key(Index::create().col("id"))
        .index(
            Index::create()
                .unique()
                .name("job_key_unique")
                .col("organisation_id")
                .col("kind")
                .col("key"),
        )
        .to_owned()
}
